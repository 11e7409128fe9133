"""The step behind ``make new-notebook``: a notebook that runs as it is, to be rewritten by a researcher."""

from __future__ import annotations

import json
from dataclasses import dataclass
from string import Template
from typing import Any

import yaml

from nsoc_lib.errors import NsocError
from nsoc_lib.meting import SurveyRecord
from nsoc_lib.paths import Study, check_name
from nsoc_lib.publish.files import write_whole
from nsoc_lib.saving import KERNEL
from nsoc_lib.sources.study import load_evaluation, load_meting

WERKBLAD, PARAMETERS = "werkblad", "parameters"
MARKDOWN, CODE = "markdown", "code"
# Kind, tag and source of each cell; $names are filled in.
CELLS = (
    (
        MARKDOWN,
        WERKBLAD,
        """\
# $titel

- **Vraag:** schrijf hier de ene vraag die dit hoofdstuk beantwoordt.
- **Gegevens in:** de schoongemaakte vragenlijst en het veldwerkblok in `meting.yml`.
- **Product:** schrijf hier wat de lezer eraan heeft.
- **Aan te passen:** de zin in `tell(…)`, onder *Boodschap*, en de gewone tekst eromheen, te beginnen met alles wat nog te schrijven is.

Deze cel komt niet in het rapport. Vervang wat hieronder staat door eigen tekst, berekeningen en tabellen. Een getal wordt nooit
getypt: het staat tussen accolades in een zin van `tell(…)`, en komt uit de gegevens.""",
    ),
    (
        CODE,
        "",
        """\
from nsoc_lib.prose import refer, tell
from nsoc_lib.response import count_response
from nsoc_lib.sources.cleaned import load_survey
from nsoc_lib.tables import Table""",
    ),
    (
        CODE,
        PARAMETERS,
        """\
meting: str = "$meting"  # map onder data/raw
instrument: str = "$instrument"  # vragenlijst van die meting""",
    ),
    (
        CODE,
        "",
        """\
enquete = load_survey(meting, instrument)
respons = count_response(enquete)""",
    ),
    (
        MARKDOWN,
        "",
        """\
## Boodschap

*Nog te schrijven:* wat de lezer moet onthouden.""",
    ),
    (
        CODE,
        "",
        """\
tell(
    "Van de {respons.genodigd} genodigden begonnen er {respons.gestart} aan de vragenlijst. Zie {tabel}.",
    respons=respons,
    tabel=refer(f"tabel-{meting}-$sleutel"),
)""",
    ),
    (
        MARKDOWN,
        "",
        """\
## Uitkomst

*Nog te schrijven:* waar de lezer in de tabel op moet letten.""",
    ),
    (
        CODE,
        "",
        """\
Table(
    key=f"tabel-{meting}-$sleutel",
    bijschrift="Van uitgenodigd tot begonnen.",
    koppen=("Stap", "Personen"),
    rijen=(("Uitgenodigd", respons.genodigd), ("Begonnen", respons.gestart)),
)""",
    ),
    (
        MARKDOWN,
        "",
        """\
**Wat dit zegt en wat niet.** *Nog te schrijven:* wat uit deze cijfers volgt, en wat niemand eruit mag besluiten.""",
    ),
)


@dataclass(frozen=True)
class NewNotebook:
    """The file that was made, as it may be shown, and the line with which ``evaluatie.yml`` makes it a chapter."""

    bestand: str
    regel: str


def add_notebook(study: Study, name: str) -> NewNotebook:
    """Write a notebook about the first questionnaire of the study; ``evaluatie.yml`` is left to the researcher.

    It goes where the study keeps its notebooks: those of the repository, or ``DATA/notebooks``. Raises NsocError for
    a name that is no name for a file or is taken, and for a study without answers to tell about.
    """
    check_name(name, "NAME")
    known = study.notebook_file(name)
    if known.exists():
        raise NsocError(
            study.show(known),
            found="een notebook met deze naam",
            expected="een naam die nog vrij is",
            remedy="Kies een andere naam, of werk verder in dit notebook.",
        )
    meting, survey = _first_survey(study)
    path, parameters = study.new_notebook_file(name), {"meting": meting, "instrument": survey.instrument}
    titel = name.replace("_", " ").replace("-", " ").strip().capitalize()
    filled = notebook_cells({"titel": titel, "sleutel": name.replace("_", "-"), **parameters})
    notebook = {"cells": filled, "metadata": {"kernelspec": KERNEL}, "nbformat": 4, "nbformat_minor": 5}
    write_whole(path, (json.dumps(notebook, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
    return NewNotebook(study.show(path), chapter_line(titel, name, parameters))


def _first_survey(study: Study) -> tuple[str, SurveyRecord]:
    """Return the first questionnaire of ``evaluatie.yml`` with answers and a known number of people invited."""
    for folder in load_evaluation(study).folders:
        for survey in load_meting(study, folder).enquetes:
            if survey.bestand and survey.veldwerk.uitgenodigd is not None:
                return folder, survey
    raise NsocError(
        study.show(study.evaluation_file),
        found="geen meting met antwoorden en een aantal genodigden",
        expected="een meting waarover een nieuw hoofdstuk iets kan vertellen",
        remedy="Maak eerst een meting met make new-meting NAME=…, of kopieer een notebook dat er al is.",
    )


def notebook_cells(values: dict[str, str]) -> list[dict[str, Any]]:
    """Return the cells of a new notebook, as a notebook of format 4.5 stores them."""
    cells = []
    for number, (kind, tag, source) in enumerate(CELLS):
        lines = Template(source).substitute(values).splitlines(keepends=True)
        of_code: dict[str, Any] = {"execution_count": None, "outputs": []} if kind == CODE else {}
        cell = {"cell_type": kind, "id": str(number), "metadata": {"tags": [tag]} if tag else {}, "source": lines}
        cells.append(dict(sorted((cell | of_code).items())))
    return cells


def chapter_line(titel: str, name: str, parameters: dict[str, str]) -> str:
    """Return a chapter as one line of ``evaluatie.yml``, quoted where YAML would read something else than text."""
    chapter = {"titel": titel, "notebook": name, "parameters": parameters}
    text = yaml.safe_dump(chapter, default_flow_style=True, sort_keys=False, allow_unicode=True, width=10**9)
    return f"- {text.strip()}"
