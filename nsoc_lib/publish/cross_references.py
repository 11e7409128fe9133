"""References both ways: a figure, table or chapter says where it is named, a note leads back to its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nsoc_lib.errors import NsocError
from nsoc_lib.publish.markup import FIGURE, HEADING, REFERENCE

FOOTNOTE = re.compile(r'<small class="voetnoot">(.*?)</small>', re.DOTALL)


@dataclass(frozen=True)
class Mention:
    """One place in the text that refers to something: its anchor, and the chapter or section it stands in."""

    target: str
    anchor: str
    place: str


def find_mentions(bodies: dict[str, str], numbers: dict[str, str]) -> dict[str, tuple[Mention, ...]]:
    """Return by target where it is named, in reading order; a target that nobody names is absent."""
    found: dict[str, tuple[Mention, ...]] = {}
    for key, body in bodies.items():
        for mention in _mentions(body, numbers[key]):
            found[mention.target] = (*found.get(mention.target, ()), mention)
    return found


def _mentions(body: str, chapter: str) -> Iterator[Mention]:
    section = named = 0
    for match in re.finditer(f"{HEADING.pattern}|{REFERENCE.pattern}", body, re.DOTALL):
        if not match["target"]:
            section += 1
            continue
        named += 1
        yield Mention(match["target"], _anchor(chapter, named), f"{chapter}.{section}" if section else chapter)


def _anchor(chapter: str, number: int) -> str:
    return f"verwijzing-{chapter}-{number}"


def name_references(body: str, chapter: str, title: str, labels: dict[str, str]) -> str:
    """Write the number of what is referred to, and make each reference a place one can return to.

    Raises NsocError for a reference to something that is not in the report.
    """
    number = 0

    def named(match: re.Match[str]) -> str:
        nonlocal number
        number += 1
        label = _label(match[1], title, labels)
        return f'<a class="aanduiding verwijzing" id="{_anchor(chapter, number)}" href="#{match[1]}">{label}</a>'

    return REFERENCE.sub(named, body)


def _label(target: str, title: str, labels: dict[str, str]) -> str:
    if target not in labels:
        raise NsocError(
            f'hoofdstuk "{title}"',
            found=f"een verwijzing naar {target}",
            expected="de sleutel van een figuur, tabel of hoofdstuk in dit rapport",
            remedy="Verbeter refer(…) in het notebook, of voeg toe waarnaar verwezen wordt.",
        )
    return f"{labels[target][0].lower()}{labels[target][1:]}"


def show_mentions(mentions: tuple[Mention, ...]) -> str:
    """Return the line "Genoemd in 3.2, 4.1", each section once; nothing for what nobody names.

    >>> show_mentions((Mention("tabel-x", "verwijzing-3-1", "3.2"),))
    '<p class="genoemd">Genoemd in <a class="aanduiding" href="#verwijzing-3-1">3.2</a></p>'
    """
    first = {mention.place: mention for mention in reversed(mentions)}
    links = [f'<a class="aanduiding" href="#{first[place].anchor}">{place}</a>'
             for place in dict.fromkeys(mention.place for mention in mentions)]  # fmt: skip
    return f'<p class="genoemd">Genoemd in {", ".join(links)}</p>' if links else ""


def add_mentions(body: str, mentions: dict[str, tuple[Mention, ...]]) -> str:
    """End each figure and table with where it is named."""
    return FIGURE.sub(
        lambda match: f"{match[0].removesuffix('</figure>')}{show_mentions(mentions.get(match[2], ()))}</figure>", body
    )


def place_footnotes(body: str, chapter: str) -> str:
    """Give the notes of a chapter numbers and put them at its end, each with a link back to its sentence."""
    notes: list[str] = []

    def referred(match: re.Match[str]) -> str:
        notes.append(match[1])
        number, name = len(notes), f"{chapter}-{len(notes)}"
        return (
            f'<sup><a class="aanduiding nootnummer" role="doc-noteref" id="bij-noot-{name}" href="#noot-{name}" '
            f'aria-label="Noot {number}">{number}</a></sup>'
        )

    body = FOOTNOTE.sub(referred, body)
    if not notes:
        return body
    items = "".join(
        f'<li id="noot-{chapter}-{number}"><span class="aanduiding" aria-hidden="true">{number}</span> <p>{note} '
        f'<a role="doc-backlink" href="#bij-noot-{chapter}-{number}" aria-label="Terug naar noot {number}">↩</a></p></li>'
        for number, note in enumerate(notes, 1)
    )
    return (
        f'{body}<section class="noten" role="doc-endnotes" aria-label="Noten bij {chapter}">'
        f'<ol role="list">{items}</ol></section>'
    )
