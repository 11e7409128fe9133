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

CAPTIONED = re.compile(r'<figure class="(figuur|tabel)" id="([^"]+)"[^>]*>')
NUMBER_PLACE = '<span class="aanduiding nummer"></span>'
REFERENCE = re.compile(r'<a class="aanduiding verwijzing" href="#([^"]+)">[^<]*</a>')
ENGLISH = {"Hoofdstuk": "Chapter", "Figuur": "Figure", "Tabel": "Table"}  # what an English chapter refers to
FRONT_MATTER = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
HEADING = re.compile(r'<h([1-6])\b[^>]*? id="([^"]*)"[^>]*>(.*?)</h\1>', re.DOTALL)


@dataclass(frozen=True)
class RenderedChapter:
    """A chapter ready for the page."""

    number: str
    title: str
    anchor: str
    body: Markup
    language: str = "nl"


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
    """Return "Figuur 3.1" or "Tabel 3.2" for each captioned figure, counted per chapter and kind."""
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


def finish_chapter(chapter: Chapter, body: str, number: str, labels: dict[str, str]) -> RenderedChapter:
    """Return a chapter with its sections, captions and references numbered.

    Raises NsocError for a reference to a figure or table that the report does not have.
    """
    body = CAPTIONED.sub(lambda match: f"{match[0]}\0{labels[match[2]]}\0", body)
    body = re.sub(
        rf"\0([^\0]+)\0(.*?){re.escape(NUMBER_PLACE)}",
        r'\2<span class="aanduiding nummer">\1.</span>',
        body,
        flags=re.DOTALL,
    )
    body = REFERENCE.sub(lambda match: _reference(match[1], labels, chapter), body)
    numbered = Markup(_number_headings(body, number))  # noqa: S704 (the library and nbconvert escaped it)
    return RenderedChapter(number, chapter.titel, f"hoofdstuk-{chapter.key}", numbered, chapter.taal)


def _reference(target: str, labels: dict[str, str], chapter: Chapter) -> str:
    if target not in labels:
        raise NsocError(
            f'hoofdstuk "{chapter.titel}"',
            found=f"een verwijzing naar {target}",
            expected="de sleutel van een figuur, tabel of hoofdstuk in dit rapport",
            remedy="Verbeter refer(…) in het notebook, of voeg toe waarnaar verwezen wordt.",
        )
    label = labels[target]
    if chapter.taal == "en":
        kind, _, number = label.partition(" ")
        label = f"{ENGLISH[kind]} {number}"
    return f'<a class="aanduiding verwijzing" href="#{target}">{label[0].lower()}{label[1:]}</a>'


def _number_headings(body: str, chapter: str) -> str:
    """Make the notebook's own headings sections of the chapter, 3.1 and 3.2, each at the anchor it has."""
    number = 0

    def section(match: re.Match[str]) -> str:
        nonlocal number
        number += 1
        title = re.sub(r'<a class="anchor-link".*?</a>', "", match[3]).strip()
        return f'<h4 id="{match[2]}"><span class="aanduiding">{chapter}.{number}</span> {title}</h4>'

    return HEADING.sub(section, body)
