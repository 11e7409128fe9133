"""What the executed chapters show together, before there is a page: their text, the ledger, and who is called what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nsoc_lib.disclosure import Rules, settle_results
from nsoc_lib.errors import NsocError
from nsoc_lib.evaluation import Evaluation
from nsoc_lib.ledger import collect_results
from nsoc_lib.publish.anchors import anchor_blocks
from nsoc_lib.publish.numbering import label_targets, number_chapters
from nsoc_lib.publish.statuses import Output, find_quotations, mark_statuses
from nsoc_lib.publish.templates import notebook_exporter
from nsoc_lib.result import Result

if TYPE_CHECKING:
    from nbformat import NotebookNode

# The page loads nothing and runs nothing: no picture from elsewhere, no link that is a program. Text that reads as
# markup is none: only what stands in a tag counts.
OUTSIDE = re.compile(
    r"""<img\b[^>]*>|<[a-z](?:"[^"]*"|'[^']*'|[^<>"'])*?\bhref\s*=\s*["']?(?!["'#]|https?://|mailto:)[^>]*>""",
    re.IGNORECASE,
)
WORKSHEET = "werkblad"


@dataclass(frozen=True)
class Contents:
    """The chapters by key: text and number; with the ledger, the status of each output, and the name of each target."""

    bodies: dict[str, str]
    numbers: dict[str, str]
    results: tuple[Result, ...]
    outputs: tuple[Output, ...]
    labels: dict[str, str]


def collect_contents(evaluation: Evaluation, executed: dict[str, NotebookNode], rules: Rules) -> Contents:
    """Return what executed chapters, by key, show.

    Raises NsocError for what a report may not hold, for two results or targets of one name, and, without a profile,
    for a number about observed people that no function judged.
    """
    ahead = {chapter.key for part in evaluation.delen if part.vooraf for chapter in part.hoofdstukken}
    # What stands in front repeats numbers of the chapters; a number belongs to the chapter that explains it.
    explained = sorted(shown_outputs(executed), key=lambda pair: pair[0] in ahead)
    bodies = {key: _render_body(key, notebook) for key, notebook in executed.items()}
    collected = collect_results((key, output.data) for key, output in explained)
    results = settle_results(collected, rules, find_quotations(bodies.values()))
    bodies, outputs = mark_statuses(bodies, results)
    numbers = dict(number_chapters(evaluation))
    return Contents(bodies, numbers, tuple(results), outputs, label_targets(bodies, numbers))


def shown_outputs(executed: dict[str, NotebookNode]) -> Iterator[tuple[str, Any]]:
    """Yield the key of a chapter with each output that it publishes; a worksheet is for the researcher alone."""
    for key, notebook in executed.items():
        for cell in notebook.cells:
            if WORKSHEET not in cell.metadata.get("tags", []):
                yield from ((key, output) for output in cell.get("outputs", []))


def _render_body(chapter: str, notebook: NotebookNode) -> str:
    body, _ = notebook_exporter("hoofdstuk.html.j2").from_notebook_node(notebook)
    outside = OUTSIDE.search(body)
    if outside:
        raise NsocError(
            f"hoofdstuk {chapter}",
            found=f"een beeld of verwijzing die niet in een rapport hoort: {outside[0][:80]}",
            expected="figuren uit plot_… en gewone verwijzingen (https:, mailto: of #)",
            remedy="Haal het beeld of de verwijzing uit de tekst van het notebook.",
        )
    return anchor_blocks(chapter, str(body))
