"""The templates of what is published, and the one style sheet that a strict page may hold."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from nbconvert.exporters import HTMLExporter

if TYPE_CHECKING:
    from nbformat import NotebookNode

TEMPLATE = Path(__file__).parent / "sjabloon"


class NotebookExporter(HTMLExporter):  # type: ignore[misc]
    """The exporter of nbconvert without its pass through an HTML parser.

    That pass gives pictures a meaningless alternative text and writes the names in a drawing
    in lower case; ours have a text of their own, and XML minds its case.
    """

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[str, Any]:
        exported: tuple[str, Any] = super(HTMLExporter, self).from_notebook_node(nb, resources, **kw)
        return exported

    def _preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Do what the enabled preprocessors do, to the copy that was made for them.

        That of nbconvert copies once more, and validates the whole notebook after each of its twelve preprocessors,
        of which most are off; that took half the time of a page.
        """
        for preprocessor in self._preprocessors:
            if getattr(preprocessor, "enabled", True):
                nb, resources = preprocessor(nb, resources)
        return nb, resources


@cache
def notebook_exporter(template: str) -> NotebookExporter:
    """Return the exporter for one of our templates; making one costs more than using it."""
    return NotebookExporter(template_file=str(TEMPLATE / template))


@cache
def page_templates() -> jinja2.Environment:
    """Return our templates for whole pages; a value that is missing is an error."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATE), autoescape=True, undefined=jinja2.StrictUndefined
    )


def read_style(*names: str) -> str:
    """Return these style sheets as one."""
    return "".join((TEMPLATE / name).read_text(encoding="utf-8") for name in names)


def style_hash(style: str) -> str:
    """Return what a Content-Security-Policy says about the one style sheet that it lets through."""
    return f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}"
