"""Small reports as a run makes them: executed cells of the library, a table of contents, and the page of both."""

from __future__ import annotations

from collections.abc import Sequence

import nbformat
from conftest import PROFILE

from nsoc_lib.disclosure import Rules
from nsoc_lib.evaluation import Evaluation, Part
from nsoc_lib.publish import report
from nsoc_lib.publish.contents import collect_contents
from nsoc_lib.reactions import Reaction
from nsoc_lib.saving import KERNEL


def output(thing: object) -> nbformat.NotebookNode:
    """Return what a cell stores of an object of the library."""
    return nbformat.v4.new_output("execute_result", data=thing._repr_mimebundle_(), execution_count=1)  # type: ignore[attr-defined]


def cell(*shown: object, tags: Sequence[str] = (), source: str = "geheim = 1") -> nbformat.NotebookNode:
    """Return an executed code cell that shows these objects of the library."""
    return nbformat.v4.new_code_cell(source, outputs=list(map(output, shown)), metadata={"tags": list(tags)})


def prose(text: str, *tags: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_markdown_cell(text, metadata={"tags": list(tags)})


def notebook(*cells: nbformat.NotebookNode) -> nbformat.NotebookNode:
    return nbformat.v4.new_notebook(cells=list(cells), metadata={"kernelspec": KERNEL})


def evaluation(*parts: Part, status: str = "concept") -> Evaluation:
    return Evaluation("Proef", "Een kleine proef", "Wij", status, "0.1", "1 mei 2024", ("Vooraf.",), parts)


def build_report(
    of: Evaluation,
    executed: dict[str, nbformat.NotebookNode],
    colophon: Sequence[tuple[str, str]] = (),
    reactions: Sequence[Reaction] = (),
) -> report.Report:
    """Return the report of executed chapters, under the profile of the tests."""
    return report.build_report(of, executed, collect_contents(of, executed, Rules(PROFILE)), colophon, (), reactions)
