"""Chapters and parts ready for the page: numbered, named and linked, each chapter with how it was made at its end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from nsoc_lib.evaluation import Chapter, Evaluation
from nsoc_lib.places import Place, bookmark_name
from nsoc_lib.publish.anchors import list_places
from nsoc_lib.publish.contents import Contents, shown_outputs
from nsoc_lib.publish.cross_references import (
    Mention,
    add_mentions,
    find_mentions,
    name_references,
    place_footnotes,
    show_mentions,
)
from nsoc_lib.publish.downloads import offer_downloads
from nsoc_lib.publish.markup import CAPTIONED, FIGURE, HEADING, NUMBER_PLACE, title_of
from nsoc_lib.publish.templates import page_templates
from nsoc_lib.result import MIME

if TYPE_CHECKING:
    from nbformat import NotebookNode

ENGLISH = {"Hoofdstuk": "Chapter", "Figuur": "Figure", "Tabel": "Table"}  # what an English chapter refers to
CAPTION = re.compile(r'<figcaption[^>]*><span class="aanduiding nummer">([^<]*)\.</span> (.*?)</figcaption>', re.DOTALL)


@dataclass(frozen=True)
class Caption:
    """A figure or table as the lists name it: its kind, where it stands, its number and its caption."""

    kind: str
    target: str
    number: str
    text: Markup


@dataclass(frozen=True)
class RenderedChapter:
    """A chapter ready for the page."""

    number: str
    title: str
    anchor: str
    body: Markup
    language: str = "nl"
    captions: tuple[Caption, ...] = ()


@dataclass(frozen=True)
class RenderedPart:
    """A part of the report with its chapters."""

    title: str
    anchor: str
    chapters: tuple[RenderedChapter, ...]


def finish_parts(
    evaluation: Evaluation, executed: dict[str, NotebookNode], contents: Contents
) -> tuple[RenderedPart, ...]:
    """Return the parts of the report, of executed chapters by key and of what they show.

    Raises NsocError for a reference to a figure, table or chapter that the report does not have.
    """
    mentions = find_mentions(contents.bodies, contents.numbers)

    def finished(chapter: Chapter) -> RenderedChapter:
        body = contents.bodies[chapter.key] + render_foot(chapter, _datasets(executed[chapter.key]))
        return finish_chapter(chapter, body, contents.numbers[chapter.key], contents.labels, mentions)

    return tuple(
        RenderedPart(part.titel, f"deel-{position}", tuple(map(finished, part.hoofdstukken)))
        for position, part in enumerate(evaluation.delen, 1)
    )


def _datasets(notebook: NotebookNode) -> set[str]:
    """Return the datasets behind everything that a chapter shows."""
    payloads = (output.data.get(MIME, {}) for _, output in shown_outputs({"": notebook}))
    return {raw["dataset"] for payload in payloads for raw in payload.get("resultaten", [])}


def render_foot(chapter: Chapter, datasets: Iterable[str]) -> str:
    """Return how a chapter was made: notebook, parameters, data, and where to see the executed notebook."""
    template = page_templates().get_template("hoofdstukvoet.html.j2")
    parameters = ", ".join(f"{name} = {value}" for name, value in chapter.parameters.items())
    return template.render(chapter=chapter, parameters=parameters, datasets="; ".join(sorted(set(datasets))))


def finish_chapter(
    chapter: Chapter, body: str, number: str, labels: dict[str, str], mentions: dict[str, tuple[Mention, ...]]
) -> RenderedChapter:
    """Return a chapter with its sections, captions, references and notes numbered, and with what can be saved.

    Raises NsocError for a reference to a figure or table that the report does not have.
    """
    body = CAPTIONED.sub(lambda match: f"{match[0]}\0{labels[match[2]]}\0", body)
    body = re.sub(
        rf"\0([^\0]+)\0(.*?){re.escape(NUMBER_PLACE)}",
        r'\2<span class="aanduiding nummer">\1.</span>',
        body,
        flags=re.DOTALL,
    )
    body = name_references(body, number, chapter.titel, _in_english(labels) if chapter.taal == "en" else labels)
    body = place_footnotes(_number_headings(add_mentions(offer_downloads(body), mentions), number), number)
    anchor = f"hoofdstuk-{chapter.key}"
    finished = Markup(show_mentions(mentions.get(anchor, ())) + body)  # noqa: S704 (the library and nbconvert escaped it)
    return RenderedChapter(number, chapter.titel, anchor, finished, chapter.taal, tuple(_captions(body)))


def _in_english(labels: dict[str, str]) -> dict[str, str]:
    pairs = ((target, label.partition(" ")) for target, label in labels.items())
    return {target: f"{ENGLISH[kind]} {number}" for target, (kind, _, number) in pairs}


def _captions(body: str) -> Iterator[Caption]:
    for kind, target, inside in FIGURE.findall(body):
        caption = CAPTION.search(inside)
        if caption:
            yield Caption(kind, target, caption[1], Markup(caption[2]))  # noqa: S704 (the library escaped it)


def _number_headings(body: str, chapter: str) -> str:
    """Make the notebook's own headings sections of the chapter, 3.1 and 3.2, each at the anchor it has."""
    number = 0

    def section(match: re.Match[str]) -> str:
        nonlocal number
        number += 1
        return f'<h4 id="{match[2]}"><span class="aanduiding">{chapter}.{number}</span> {title_of(match)}</h4>'

    return HEADING.sub(section, body)


def bookmarked_places(parts: Iterable[RenderedPart]) -> dict[str, Place]:
    """Return every anchor of the report, in parts, chapters and what stands in them, by its bookmark in a Word file."""
    places = []
    for part in parts:
        places.append(Place(part.anchor, part.title, part.title))
        for chapter in part.chapters:
            label = f"Hoofdstuk {chapter.number}"
            places.append(Place(chapter.anchor, label, f"{chapter.number} {chapter.title}"))
            places += list_places(str(chapter.body), label)
    return {bookmark_name(place.anchor): place for place in places}
