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
# JupyterLab has an environment of its own beside ours; that of somebody else has it inside.
LAB_ENVIRONMENT := $(if $(ENVIRONMENT),.venv-lab/klaar)
LAB_PYTHON = "$(if $(LAB_ENVIRONMENT),.venv-lab/bin/python,$$(command -v "$(PYTHON)"))"
# Quoted throughout: a researcher's folder may have a space in its name.
SOURCES := "$(DATA)/raw" "$(DATA)/notebooks" "$(DATA)/expectations" notebooks expectations nsoc_lib requirements.lock
FILES := find $(SOURCES) -type f ! -path '*/__pycache__/*' ! -path '*/.ipynb_checkpoints/*'
# Names and contents of all that a report rests on. Times do not count: a clock may jump, a copy may bring an old one.
LIST := { $(FILES) -exec cksum {} + | LC_ALL=C sort; echo "$(ENGINE) $(REPORTS)"; }
FRESH = test "$$invoer" = "$$(cat "$(STAND)/invoer" 2>/dev/null)" && test ! -e "$(REPORTS)/.uitgave" \
	&& test -e "$(REPORTS)/evaluatierapport.html" && test -e "$(REPORTS)/resultaten.csv"
RUNS ?= 3
N ?=
INDEX ?=

.PHONY: help report why lab simulate audit doctor new-meting new-notebook codebook pdf docx reactions compare package deposit screenshots gate test engines faults bench lab-check check crash verify soak coverage mutants licences audit-deps fix lock clean

help:
	@grep -E '^(##|[a-z-]+:.*##)' $(MAKEFILE_LIST) | sed -E 's/^## ?(.*)/\n\1/; s/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

## Draaien
report: $(ENVIRONMENT) ## Maakt reports/evaluatierapport.html en resultaten.csv (DATA= REPORTS= ENGINE=kernel WORKERS=tcp://… PYTHON=)
	@test -d "$(DATA)/raw" || { echo "Fout in DATA: geen map $(DATA)/raw"; exit 1; }
	@invoer=$$($(LIST) 2>/dev/null); if $(FRESH); then echo "Niets te doen: $(REPORTS)/evaluatierapport.html is bij."; else \
	$(PYTHON) -m nsoc_lib report --data "$(DATA)" --reports "$(REPORTS)" --engine "$(ENGINE)" $(if $(WORKERS),--workers "$(WORKERS)") \
	&& printf '%s\n' "$$invoer" > "$(STAND)/invoer"; fi

why: $(ENVIRONMENT) ## Zegt wat make report opnieuw zou doen en waarom; doet niets (DATA= REPORTS= ENGINE=)
	@invoer=$$($(LIST) 2>/dev/null); if $(FRESH); then echo "Niets te doen: $(REPORTS)/evaluatierapport.html is bij."; else \
	$(PYTHON) -m nsoc_lib why --data "$(DATA)" --reports "$(REPORTS)" --engine "$(ENGINE)"; fi

lab: $(ENVIRONMENT) $(LAB_ENVIRONMENT) ## Opent JupyterLab met een startpagina: welk hoofdstuk welk notebook is (DATA= REPORTS=)
	@$(PYTHON) -m nsoc_lib lab --python $(LAB_PYTHON) --data "$(DATA)" --reports "$(REPORTS)"

simulate: $(ENVIRONMENT) ## Maakt de nagebootste export in data/raw/meting-1 opnieuw (zelfde bytes)
	@$(PYTHON) -m nsoc_lib simulate --data "$(DATA)"

audit: $(ENVIRONMENT) ## Toetst of gedrukte cijfers op hun bases mogelijk zijn (FILE=cijfers.csv)
	@$(PYTHON) -m nsoc_lib audit "$(FILE)"

## Gegevens
doctor: $(ENVIRONMENT) ## Zegt wat een bestand is, wat eraan mankeert en wat nu (FILE=export.csv STRUCTURE=)
	@$(PYTHON) -m nsoc_lib doctor "$(FILE)" $(if $(STRUCTURE),--structure "$(STRUCTURE)")

new-meting: $(ENVIRONMENT) ## Maakt de map van een meting, met meting.yml en een deel in evaluatie.yml (NAME=meting-3 DATA=)
	@$(PYTHON) -m nsoc_lib new-meting --name "$(NAME)" --data "$(DATA)"

new-notebook: $(ENVIRONMENT) ## Maakt een notebook dat meteen draait, en zegt welke regel in evaluatie.yml hoort (NAME=… DATA=)
	@$(PYTHON) -m nsoc_lib new-notebook --name "$(NAME)" --data "$(DATA)"

codebook: $(ENVIRONMENT) ## Stelt codeboek.voorstel.yml voor, naast de export (FILE=export.csv STRUCTURE=)
	@$(PYTHON) -m nsoc_lib codebook "$(FILE)" $(if $(STRUCTURE),--structure "$(STRUCTURE)")

## Publiceren
docx: $(ENVIRONMENT) ## Maakt reports/evaluatierapport.docx van het laatst gemaakte rapport (DATA= REPORTS=)
	@$(PYTHON) -m nsoc_lib docx --data "$(DATA)" --reports "$(REPORTS)"

reactions: $(ENVIRONMENT) ## Zet opmerkingen uit Word in data/raw/reacties.csv (FILE=opmerkingen.docx DATA= REPORTS=)
	@$(PYTHON) -m nsoc_lib reactions --data "$(DATA)" --reports "$(REPORTS)" "$(FILE)"

compare: $(ENVIRONMENT) ## Zet het rapport naast een eerder, in reports/vergelijking.html (WITH=eerder.zip of map, REPORTS=)
	@$(PYTHON) -m nsoc_lib compare "$(WITH)" --reports "$(REPORTS)"

pdf: $(ENVIRONMENT) ## Drukt het rapport af als reports/evaluatierapport.pdf; vraagt Chromium of Chrome (DATA= REPORTS=)
	@$(PYTHON) -m nsoc_lib pdf --data "$(DATA)" --reports "$(REPORTS)"

package: $(ENVIRONMENT) ## Pakt rapport, cijfers, notebooks en codeboeken in reports/deposit.zip; geen antwoorden per persoon (DATA= REPORTS=)
	@$(PYTHON) -m nsoc_lib package --data "$(DATA)" --reports "$(REPORTS)"

deposit: $(ENVIRONMENT) ## Bewaart de antwoorden van een meting, per persoon, in data/processed; niet openbaar (NAME=meting-1 DATA=)
	@$(PYTHON) -m nsoc_lib deposit --data "$(DATA)" --meting "$(NAME)"

screenshots: $(ENVIRONMENT) ## Maakt reports/schermbeelden/*.png; vraagt Chromium of Chrome (REPORTS=)
	@$(PYTHON) -m nsoc_lib screenshots --reports "$(REPORTS)"

## Controleren
gate: $(ENVIRONMENT) ## Zoekt in alle bestanden van REPORTS= naar wat over een persoon te herleiden is
	@$(PYTHON) -m nsoc_lib gate --data "$(DATA)" --reports "$(REPORTS)"

test: $(ENVIRONMENT) ## Draait alle tests
	@$(PYTHON) -m pytest -q -n auto --dist worksteal

engines: $(ENVIRONMENT) ## Houdt op elk notebook de eigen motor en een kernel naast elkaar (duurt minuten)
	@ENGINES=all $(PYTHON) -m pytest -q tests/pipeline/test_engines.py

bench: $(ENVIRONMENT) ## Meet make report naast andere wegen, in docs/benchmarks.md (RUNS=3 PARTS="cold kernel stock sheets scale" PEERS=1)
	@$(PYTHON) tests/bench/measure.py --runs $(RUNS) $(if $(PARTS),--parts $(PARTS)) $(if $(PEERS),--peers)

faults: $(ENVIRONMENT) ## Probeert elke foute invoer, of met N= nieuwe door mutatie, en drukt de tabel af (SEED=1 N=0)
	@$(PYTHON) tests/faults $(if $(N),--mutations "$(N)" --seed "$(or $(SEED),1)")

lab-check: $(ENVIRONMENT) $(LAB_ENVIRONMENT) ## Probeert JupyterLab in een echte browser, na make report (PARTS=all: elk notebook)
	@$(PYTHON) tests/lab --python $(LAB_PYTHON) $(if $(PARTS),--notebooks $(PARTS))

check: $(ENVIRONMENT) ## Controleert stijl en types, verandert niets
	@$(PYTHON) -m nsoc_lib.environment check

crash: $(ENVIRONMENT) ## Trekt op veel momenten de stekker uit een run, en andere rampen (N=50)
	@$(PYTHON) tests/robust crash $(if $(N),--n $(N))

verify: $(ENVIRONMENT) ## Maakt een klein rapport met pdf en pakket in andere mappen, talen, tijdzones en engines, en vergelijkt
	@$(PYTHON) tests/robust verify

soak: $(ENVIRONMENT) ## Maakt een klein rapport vele malen in een proces en zoekt lekken (N=1000)
	@$(PYTHON) tests/robust soak $(if $(N),--n $(N))

coverage: $(ENVIRONMENT) ## Draait alle tests, ook in andere processen, en noemt regels en takken die geen test bereikt
	@$(PYTHON) -m pytest -q -n auto --dist worksteal --cov --cov-report=term-missing:skip-covered

mutants: $(ENVIRONMENT) ## Verandert shares, granularity, disclosure en ledger stuk voor stuk en zoekt wat geen test merkt (vraagt mutmut)
	@$(PYTHON) -c "import mutmut" 2>/dev/null || { echo "Fout in deze omgeving: geen mutmut; het is er met $(PYTHON) -m pip install mutmut"; exit 1; }
	@rm -rf mutants; $(PYTHON) -m mutmut run && $(PYTHON) -m mutmut results

licences: $(ENVIRONMENT) ## Toont de licentie van alles in requirements.lock
	@$(PYTHON) -m nsoc_lib.supply licences

audit-deps: $(ENVIRONMENT) ## Kijkt na of er kwetsbaarheden gemeld zijn in wat het slot noemt (INDEX=, anders die van pip)
	@$(PYTHON) -m nsoc_lib.supply audit $(if $(INDEX),--index "$(INDEX)")

## Onderhouden
fix: $(ENVIRONMENT) ## Herstelt opmaak van code en haalt uitvoer uit notebooks
	@$(PYTHON) -m ruff check -q --fix . ; $(PYTHON) -m ruff format -q . ; $(PYTHON) -m nbstripout --keep-id notebooks/*.ipynb

lock: ## Vernieuwt requirements.lock, requirements-lab.lock en environment.yml (vraagt uv)
	@uv pip compile pyproject.toml --extra test --universal --generate-hashes --fork-strategy fewest --upgrade -q -o requirements.lock
	@uv pip compile requirements-lab.in -c requirements.lock --universal --generate-hashes --fork-strategy fewest --upgrade -q -o requirements-lab.lock
	@python3 -m nsoc_lib.environment conda

clean: ## Verwijdert wat make maakte, in data/processed en reports; nooit iets anders, nooit .venv
	@rm -rf "$(DATA)/processed" "$(REPORTS)/notebooks" "$(REPORTS)/figuren" .coverage* mutants .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@cd "$(REPORTS)" 2>/dev/null && rm -rf evaluatierapport.* .uitgave vergelijking.html resultaten.csv resultaten.xlsx deposit.zip schermbeelden || true

.venv/klaar: requirements.lock
	@python3 -m nsoc_lib.environment create .venv requirements.lock

.venv-lab/klaar: requirements-lab.lock .venv/klaar
	@python3 -m nsoc_lib.environment create .venv-lab requirements-lab.lock
