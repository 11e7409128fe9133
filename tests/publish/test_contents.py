"""What chapters show together: their text, the ledger and the names of their targets, before there is a page."""

from __future__ import annotations

import nbformat
import pytest

from nsoc_lib.disclosure import NO_RULES
from nsoc_lib.errors import NsocError
from nsoc_lib.evaluation import Chapter, Evaluation, Part
from nsoc_lib.prose import tell
from nsoc_lib.publish.contents import Contents, collect_contents, shown_outputs
from nsoc_lib.result import Result
from nsoc_lib.tables import Table

COUNT = Result("kader.labs", "Labs", 7, "labs", "gepubliceerd", "feiten@abc")


def notebook(*shown: object, tags: tuple[str, ...] = ()) -> nbformat.NotebookNode:
    outputs = [nbformat.v4.new_output("display_data", data=thing._repr_mimebundle_()) for thing in shown]
    return nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("1", outputs=outputs, metadata={"tags": list(tags)})]
    )


def collect(executed: dict[str, nbformat.NotebookNode], *ahead: str) -> Contents:
    parts = tuple(
        Part("Deel", bijlage=False, vooraf=name in ahead, hoofdstukken=(Chapter(name, name, {}),)) for name in executed
    )
    return collect_contents(Evaluation("P", "p", "W", "concept", "1", "mei", (), parts), executed, NO_RULES)


def test_each_chapter_has_its_number_text_and_targets() -> None:
    """A table of the second chapter is Tabel 2.1, and its number is in the ledger."""
    table = Table("tabel-labs", "Labs.", ("Wat", "Hoeveel"), (("Labs", COUNT),))
    contents = collect({"a": notebook(tell("Niets.")), "b": notebook(table)})
    assert contents.numbers == {"a": "1", "b": "2"}
    assert contents.labels["tabel-labs"] == "Tabel 2.1"
    assert "Niets." in contents.bodies["a"]
    assert [(result.id, result.value, result.notebook) for result in contents.results] == [("kader.labs", 7, "b")]


def test_a_number_that_stands_in_front_as_well_belongs_to_the_chapter_behind() -> None:
    """The summary repeats it; who wants to know more is led to the chapter."""
    contents = collect({"a": notebook(tell("{n}", n=COUNT)), "b": notebook(tell("{n}", n=COUNT))}, "a")
    assert [result.notebook for result in contents.results] == ["b"]


def test_a_worksheet_shows_nothing() -> None:
    """What is for the researcher alone is no output of a chapter."""
    executed = {"a": notebook(tell("{n}", n=COUNT), tags=("werkblad",)), "b": notebook(tell("Wel."))}
    assert [key for key, _ in shown_outputs(executed)] == ["b"]
    assert collect(executed).results == ()


def test_a_picture_from_elsewhere_is_refused() -> None:
    """The chapter is named, and what stands there."""
    executed = {"a": nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("![x](https://elders.nl/x.png)")])}
    with pytest.raises(NsocError, match=r"^Fout in hoofdstuk a\n  gevonden: een beeld of verwijzing"):
        collect(executed)
