"""The page with which JupyterLab opens."""

from __future__ import annotations

import re

import pytest

from nsoc_lib.entries import Entry
from nsoc_lib.evaluation import Evaluation
from nsoc_lib.start_page import NotebookLink, Workplace, render_start

TEXT = {
    "titel": "Evaluatie van *alles*", "ondertitel": "B", "opstellers": "C", "status": "concept", "versie": "v", "datum": "D",
    "verantwoording": ["E"],
    "delen": [
        {"titel": "Kern", "hoofdstukken": [
            {"titel": "Respons | kort", "notebook": "respons", "parameters": {"meting": "m-1"}},
            {"titel": "Slot", "notebook": "eigen"},
        ]},
    ],
}  # fmt: skip


@pytest.fixture
def evaluation() -> Evaluation:
    return Evaluation.build(Entry(TEXT, "evaluatie.yml"))


def work(*, studie: str = "", uitvoer: str = "", schoon: bool = True) -> Workplace:
    """Return a place with a notebook of the repository and one of the study."""
    return Workplace(
        notebooks={
            "respons": NotebookLink("../../notebooks/respons.ipynb", "notebooks/respons.ipynb", van_repository=True),
            "eigen": NotebookLink("../mijn%20map/eigen.ipynb", "data/notebooks/eigen.ipynb", van_repository=False),
        },
        inhoudsopgave=NotebookLink("../raw/evaluatie.yml", "data/raw/evaluatie.yml", van_repository=False),
        map="data/notebooks",
        studie=studie,
        uitvoer=uitvoer,
        schoon=schoon,
    )


def test_each_chapter_has_a_row_with_its_notebook_and_its_values(evaluation):
    """A title is text, whatever signs are in it; a notebook without parameters says so."""
    page = render_start(evaluation, work())
    assert page.startswith("# Evaluatie van \\*alles\\*\n")
    assert "### Kern\n\n| hoofdstuk | notebook | waarden in het rapport |\n|---|---|---|\n" in page
    assert "| Respons \\| kort | [respons](../../notebooks/respons.ipynb) | `meting: m-1` |\n" in page
    assert "| Slot | [eigen](../mijn%20map/eigen.ipynb) | geen |\n" in page
    assert "[`data/raw/evaluatie.yml`](../raw/evaluatie.yml)" in page


def test_it_says_what_a_researcher_does_there(evaluation):
    """Which sentence to edit, how to run, that outcomes are not stored, and how to see it in the report."""
    page = " ".join(render_start(evaluation, work()).split())
    for said in (
        "kies dan menu *Run*, *Run All Cells*",
        "De eerste cel zegt bij **Aan te passen** welke.",
        "Bewaard wordt alleen wat u schreef: tekst en code, nooit de uitkomsten.",
        "draai `make report` in een terminal",
        "`make new-notebook NAME=eigen_vraag` maakt een notebook",
    ):
        assert said in page


def test_commands_for_a_study_of_ones_own_name_it(evaluation):
    """Each command takes what it knows: only what makes a report is told where reports go."""
    page = render_start(evaluation, work(studie=" DATA='/een map'", uitvoer=" REPORTS=/uit"))
    assert set(re.findall(r"`(make [^`]+)`", page)) == {
        f"make {target} DATA='/een map' REPORTS=/uit" for target in ("report", "why", "lab")
    } | {"make new-notebook NAME=eigen_vraag DATA='/een map'"}


def test_a_notebook_of_the_repository_has_a_star_in_a_study_of_ones_own(evaluation):
    """Who changes it changes it for all studies; in the repository's own study there is no such difference."""
    page = render_start(evaluation, work(studie=" DATA=/x"))
    assert "[respons](../../notebooks/respons.ipynb) \\* |" in page
    assert "[eigen](../mijn%20map/eigen.ipynb) | geen" in page
    assert "een kopie met dezelfde naam in `data/notebooks`" in page
    assert "sterretje" not in render_start(evaluation, work())


def test_data_that_nobody_cleaned_are_told_of_first(evaluation):
    """Until make report has run no notebook can read anything, so the page says that before all else."""
    told = "> **De gegevens zijn nog niet schoongemaakt.** Draai eerst `make report DATA=/x`"
    page = render_start(evaluation, work(studie=" DATA=/x", schoon=False))
    assert page.index(told) < page.index("## Een hoofdstuk aanpassen")
    assert "schoongemaakt" not in render_start(evaluation, work())
