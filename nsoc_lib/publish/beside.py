"""The files that stand beside the page and its ledger: executed notebooks, drawings and the workbook."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import nbformat

from nsoc_lib.evaluation import Evaluation
from nsoc_lib.publish.contents import Contents, shown_outputs
from nsoc_lib.publish.markup import CAPTIONED, drawing_in
from nsoc_lib.publish.notebook_page import render_notebook
from nsoc_lib.publish.placement import DRAWINGS, NOTEBOOKS, WORKBOOK
from nsoc_lib.publish.spreadsheet import render_spreadsheet

if TYPE_CHECKING:
    from nbformat import NotebookNode


def files_beside(
    evaluation: Evaluation, executed: dict[str, NotebookNode], contents: Contents, stored: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Return the files by name, in the order of writing. ``stored`` are executed notebooks as bytes, where there are."""
    ledger = {result.id for result in contents.results}
    files = {
        f"{NOTEBOOKS}/{key}.ipynb": (stored.get(key) or nbformat.writes(notebook).encode()) + b"\n"
        for key, notebook in executed.items()
    }
    for chapter in evaluation.chapters:
        page = render_notebook(chapter, executed[chapter.key], contents.labels, ledger)
        files[f"{NOTEBOOKS}/{chapter.key}.html"] = page.encode()
    for key, svg, png in find_drawings(executed):
        files |= {f"{DRAWINGS}/{key}.svg": f"{svg}\n".encode(), f"{DRAWINGS}/{key}.png": png}
    return files | {WORKBOOK: render_spreadsheet(contents.results)}


def find_drawings(executed: dict[str, NotebookNode]) -> Iterator[tuple[str, str, bytes]]:
    """Yield of each figure its key, its drawing as SVG, and the same as PNG."""
    for _, output in shown_outputs(executed):
        markup = output.data["text/html"] if "image/png" in output.data else ""
        if match := CAPTIONED.search(markup):
            yield match[2], drawing_in(markup), base64.b64decode(output.data["image/png"])
