"""The exporter of nbconvert with which chapters and notebooks become HTML, without what it does in vain.

Apart from the other templates: to import nbconvert takes longer than to fill in one of those.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from nbconvert.exporters import HTMLExporter

from nsoc_lib.publish.templates import TEMPLATE

if TYPE_CHECKING:
    from nbformat import NotebookNode


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
