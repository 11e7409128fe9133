"""Number chapters, sections, figures and tables, and fill in the references to them.

The library leaves an empty place for each number; only here is it known what comes before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from markupsafe import Markup

from nsoc_lib.errors import NsocError
from nsoc_lib.evaluation import Chapter, Evaluation
from nsoc_lib.publish.cross_references import (
    CAPTIONED,
    FIGURE,
    HEADING,
    Mention,
    add_mentions,
    name_references,
    place_footnotes,
    show_mentions,
)
from nsoc_lib.publish.downloads import offer_downloads

NUMBER_PLACE = '<span class="aanduiding nummer"></span>'
ENGLISH = {"Hoofdstuk": "Chapter", "Figuur": "Figure", "Tabel": "Table"}  # what an English chapter refers to
FRONT_MATTER = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
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


def _letter(number: int) -> str:
    """Return A to Z, then AA, AB, as appendices are lettered."""
    letter = chr(ord("A") + number % 26)
    return letter if number < 26 else _letter(number // 26 - 1) + letter


def number_chapters(evaluation: Evaluation) -> Iterator[tuple[str, str]]:
    """Give chapters 1, 2, 3 through all parts, those of an appendix A, B, C, and those in front i, ii, iii."""
    numbers, letters, front = map(str, count(1)), map(_letter, count()), iter(FRONT_MATTER)
    for part in evaluation.delen:
        for chapter in part.hoofdstukken:
            yield chapter.key, next(front if part.vooraf else letters if part.bijlage else numbers)


def next_letter(evaluation: Evaluation) -> str:
    """Return the letter after those of the appendices in ``evaluatie.yml``."""
    return _letter(sum(len(part.hoofdstukken) for part in evaluation.delen if part.bijlage))


def label_targets(bodies: dict[str, str], numbers: dict[str, str]) -> dict[str, str]:
    """Return "Figuur 3.1" or "Tabel 3.2" for each captioned figure, counted per chapter and kind.

    Raises NsocError when two of them have the same key.
    """
    labels = {f"hoofdstuk-{key}": f"Hoofdstuk {number}" for key, number in numbers.items()}
    for key, body in bodies.items():
        counts = {"figuur": 0, "tabel": 0}
        for kind, target in CAPTIONED.findall(body):
            counts[kind] += 1
            if target in labels:
                raise NsocError(
                    f"hoofdstuk {numbers[key]}",
                    found=f"een tweede {kind} met de sleutel {target}",
                    expected="elke figuur en tabel een keer in het rapport",
                    remedy="Haal een van beide weg, of geef het hoofdstuk andere parameters.",
                )
            labels[target] = f"{kind.capitalize()} {numbers[key]}.{counts[kind]}"
    return labels


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
        title = re.sub(r'<a class="anchor-link".*?</a>', "", match[3]).strip()
        return f'<h4 id="{match[2]}"><span class="aanduiding">{chapter}.{number}</span> {title}</h4>'

    return HEADING.sub(section, body)
