"""The files that stand beside the page and its ledger: executed notebooks, drawings and the workbook."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import nbformat

from nsoc_lib.evaluation import Evaluation
from nsoc_lib.publish.contents import Contents, shown_outputs
from nsoc_lib.publish.cross_references import CAPTIONED
from nsoc_lib.publish.notebook_page import render_notebook
from nsoc_lib.publish.spreadsheet import render_spreadsheet

if TYPE_CHECKING:
    from nbformat import NotebookNode

NOTEBOOKS, DRAWINGS = "notebooks", "figuren"


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
    files |= {f"{DRAWINGS}/{name}": content for name, content in render_drawings(executed)}
    return files | {"resultaten.xlsx": render_spreadsheet(contents.results)}


def render_drawings(executed: dict[str, NotebookNode]) -> Iterator[tuple[str, bytes]]:
    """Return each figure as SVG and PNG, by file name, for slides."""
    for _, output in shown_outputs(executed):
        if "image/png" not in output.data:
            continue
        markup = output.data["text/html"]
        match = CAPTIONED.search(markup)
        if match:
            svg = markup[markup.index("<svg") : markup.index("</svg>") + len("</svg>")]
            yield f"{match[2]}.svg", f"{svg}\n".encode()
            yield f"{match[2]}.png", base64.b64decode(output.data["image/png"])
