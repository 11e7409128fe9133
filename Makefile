# Every command of the project. `make` alone prints this list.
DATA ?= data
REPORTS ?= reports
ENGINE ?= nsoc
PYTHON ?= .venv/bin/python
export DEBUG
# Bytecode that is not written is compiled anew on every run, which doubles the time of a report.
export PYTHONDONTWRITEBYTECODE =
export MPLBACKEND = agg

$(foreach folder,DATA REPORTS,$(if $(strip $($(folder))),,$(error $(folder) is leeg; noem een map, of laat $(folder)= weg)))
STAND := $(DATA)/processed/.stand
ENVIRONMENT := $(if $(filter .venv/bin/python,$(PYTHON)),.venv/klaar)
# Quoted throughout: a researcher's folder may have a space in its name.
SOURCES := "$(DATA)/raw" "$(DATA)/notebooks" "$(DATA)/expectations" notebooks expectations nsoc_lib requirements.lock
FILES := find $(SOURCES) -type f ! -path '*/__pycache__/*' ! -path '*/.ipynb_checkpoints/*' 2>/dev/null
LIST := { $(FILES) | LC_ALL=C sort; echo "$(ENGINE) $(REPORTS)"; }
# Stale when the list of files differs from that of the last report, or one of them is newer than it.
FRESH = $(LIST) | cmp -s - "$(STAND)/invoer" && test -e "$(REPORTS)/evaluatierapport.html" \
	&& test -e "$(REPORTS)/resultaten.csv" && ! $(FILES) -newer "$(STAND)/klaar" | grep -q .

.PHONY: help report lab simulate audit deposit gate test check fix lock clean

help:
	@grep -E '^(##|[a-z-]+:.*##)' $(MAKEFILE_LIST) | sed -E 's/^## ?(.*)/\n\1/; s/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

## Draaien
report: $(ENVIRONMENT) ## Maakt reports/evaluatierapport.html en resultaten.csv (DATA= REPORTS= ENGINE=kernel PYTHON=)
	@test -d "$(DATA)/raw" || { echo "Fout in DATA: geen map $(DATA)/raw"; exit 1; }
	@if $(FRESH); then echo "Niets te doen: $(REPORTS)/evaluatierapport.html is bij."; else \
	mkdir -p "$(STAND)" && $(LIST) > "$(STAND)/invoer.nieuw" && touch "$(STAND)/begonnen" && $(PYTHON) -m nsoc_lib report --data "$(DATA)" --reports "$(REPORTS)" --engine "$(ENGINE)" \
	&& mv "$(STAND)/begonnen" "$(STAND)/klaar" && mv "$(STAND)/invoer.nieuw" "$(STAND)/invoer"; fi

lab: $(ENVIRONMENT) .venv-lab/klaar ## Opent de notebooks in JupyterLab
	@.venv-lab/bin/python -m jupyterlab --notebook-dir=notebooks

simulate: $(ENVIRONMENT) ## Maakt de nagebootste export in data/raw/meting-1 opnieuw (zelfde bytes)
	@$(PYTHON) -m nsoc_lib simulate --data "$(DATA)"

audit: $(ENVIRONMENT) ## Toetst of gedrukte cijfers op hun bases mogelijk zijn (FILE=cijfers.csv)
	@$(PYTHON) -m nsoc_lib audit "$(FILE)"

deposit: $(ENVIRONMENT) ## Bewaart een schoongemaakte meting als CSV, Parquet en SPSS, met codeboek (NAME=meting-1 DATA=)
	@$(PYTHON) -m nsoc_lib deposit --data "$(DATA)" --meting "$(NAME)"

## Controleren
gate: $(ENVIRONMENT) ## Zoekt in alle bestanden van REPORTS= naar wat over een persoon te herleiden is
	@$(PYTHON) -m nsoc_lib gate --data "$(DATA)" --reports "$(REPORTS)"

test: $(ENVIRONMENT) ## Draait alle tests
	@$(PYTHON) -m pytest -q -n auto

check: $(ENVIRONMENT) ## Controleert stijl en types, verandert niets
	@$(PYTHON) -m nsoc_lib.environment check

## Onderhouden
fix: $(ENVIRONMENT) ## Herstelt opmaak van code en haalt uitvoer uit notebooks
	@$(PYTHON) -m ruff check -q --fix . ; $(PYTHON) -m ruff format -q . ; $(PYTHON) -m nbstripout notebooks/*.ipynb

lock: ## Vernieuwt requirements.lock, requirements-lab.lock en environment.yml (vraagt uv)
	@uv pip compile pyproject.toml --extra test --universal --generate-hashes --fork-strategy fewest --upgrade -q -o requirements.lock
	@uv pip compile requirements-lab.in -c requirements.lock --universal --generate-hashes --fork-strategy fewest --upgrade -q -o requirements-lab.lock
	@python3 -m nsoc_lib.environment conda

clean: ## Verwijdert wat make report maakte, in data/processed en reports; nooit iets anders, nooit .venv
	@rm -rf "$(DATA)/processed" "$(REPORTS)/notebooks" "$(REPORTS)/figuren" .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@rm -f "$(REPORTS)/evaluatierapport.html" "$(REPORTS)/resultaten.csv" "$(REPORTS)/resultaten.xlsx"

.venv/klaar: requirements.lock
	@python3 -m nsoc_lib.environment create .venv requirements.lock

.venv-lab/klaar: requirements-lab.lock .venv/klaar
	@python3 -m nsoc_lib.environment create .venv-lab requirements-lab.lock
