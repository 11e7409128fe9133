"""The files beside the page: executed notebooks and their pages, drawings, the workbook."""

from __future__ import annotations

import io

import nbformat
import openpyxl

from nsoc_lib.disclosure import NO_RULES
from nsoc_lib.evaluation import Chapter, Evaluation, Part
from nsoc_lib.figures import Figure
from nsoc_lib.publish.beside import files_beside
from nsoc_lib.publish.contents import collect_contents
from nsoc_lib.result import Result
from nsoc_lib.tables import Table

COUNT = Result("kader.labs", "Labs", 7, "labs", "gepubliceerd", "feiten@abc")
TWIN = Table("tabel-f", "Labs.", ("Wat", "Hoeveel"), (("Labs", COUNT),))
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><text>7</text></svg>'
FIGURE = Figure("figuur-f", "Labs.", "Een balk.", SVG, b"\x89PNG", TWIN, (COUNT,)).show()


def files(**stored: bytes) -> dict[str, bytes]:
    """Return the files of a report of one chapter with a figure."""
    output = nbformat.v4.new_output("display_data", data=FIGURE._repr_mimebundle_())
    executed = {"a": nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1", outputs=[output])])}
    parts = (Part("Deel", bijlage=False, hoofdstukken=(Chapter("A", "a", {}),)),)
    evaluation = Evaluation("P", "p", "W", "concept", "1", "mei", (), parts)
    return files_beside(evaluation, executed, collect_contents(evaluation, executed, NO_RULES), stored)


def test_every_file_has_its_name_and_place_in_the_order_of_writing() -> None:
    """A notebook and its page per chapter, a drawing in two forms per figure, and the workbook last."""
    assert list(files()) == [
        "notebooks/a.ipynb",
        "notebooks/a.html",
        "figuren/figuur-f.svg",
        "figuren/figuur-f.png",
        "resultaten.xlsx",
    ]


def test_a_notebook_that_was_stored_is_published_as_it_is() -> None:
    """Its bytes and the end of a line; without them the notebook is written out."""
    assert files(a=b"{}")["notebooks/a.ipynb"] == b"{}\n"
    assert nbformat.reads(files()["notebooks/a.ipynb"].decode(), as_version=4).cells[0].source == "1"


def test_a_drawing_leaves_as_it_was_drawn() -> None:
    """The SVG as text, the PNG as bytes."""
    made = files()
    assert made["figuren/figuur-f.svg"].startswith(b"<svg")
    assert made["figuren/figuur-f.svg"].endswith(b"<text>7</text></svg>\n")
    assert made["figuren/figuur-f.png"] == b"\x89PNG"


def test_the_workbook_holds_the_ledger() -> None:
    """Its second row is the one result."""
    sheet = openpyxl.load_workbook(io.BytesIO(files()["resultaten.xlsx"])).active
    row = dict(zip(*([cell.value for cell in line] for line in sheet.iter_rows()), strict=True))
    assert (row["id"], row["value"]) == ("kader.labs", 7)
