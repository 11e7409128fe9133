"""The last appendix of a concept: reactions of readers, each with a link to its place."""

from __future__ import annotations

from collections.abc import Sequence

from nsoc_lib.evaluation import Chapter, Evaluation
from nsoc_lib.publish.anchors import anchor_blocks
from nsoc_lib.publish.finished import RenderedPart, bookmarked_places, finish_chapter
from nsoc_lib.publish.numbering import next_letter
from nsoc_lib.reactions import KEY, Reaction, tabulate_reactions

TITLE = "Reacties en antwoorden"


def append_reactions(
    evaluation: Evaluation, parts: tuple[RenderedPart, ...], reactions: Sequence[Reaction]
) -> tuple[RenderedPart, ...]:
    """Return the parts with the reactions as one more appendix; a report that is no concept has none."""
    if evaluation.status != "concept" or not reactions:
        return parts
    places = bookmarked_places(parts)
    letter = next_letter(evaluation)
    body = anchor_blocks(KEY, tabulate_reactions(reactions, places).show().html)
    labels = {place.anchor: place.label for place in places.values()} | {KEY: f"Tabel {letter}.1"}
    chapter = finish_chapter(Chapter(TITLE, KEY, {}), body, letter, labels, {})
    return (*parts, RenderedPart(TITLE, f"deel-{KEY}", (chapter,)))
