"""What readers said about a concept, where, and what we replied: the table of reactions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace

from nsoc_lib.places import Place, bookmark_name
from nsoc_lib.prose import Filling, Indication, Reference
from nsoc_lib.tables import NOTHING, Table

KEY = "reacties"
JA, NEE = "ja", "nee"
READER = re.compile(r"lezer (\d+)")
NAME = "[naam]"
NEXT, CUT = " / ", "…"  # between the paragraphs of a passage, and where a long one ends


@dataclass(frozen=True)
class Remark:
    """One comment as it stands in a Word file. ``bookmark`` and ``waar`` are empty when it hangs on nothing."""

    auteur: str
    bookmark: str
    waar: str
    passage: str
    opmerking: str


@dataclass(frozen=True)
class Reaction:
    """A row of ``reacties.csv``: who (a role, never a name), where, on which words, what, our reply, and if it is done.

    ``plaats`` is an anchor, or the name of a bookmark when the report no longer has the anchor;
    ``waar`` is the number of the chapter, section, figure or table when the comment was read.
    """

    nr: int
    rol: str
    plaats: str
    waar: str
    passage: str
    opmerking: str
    antwoord: str = ""
    afgehandeld: str = NEE

    @property
    def identity(self) -> tuple[str, str]:
        """What makes it the same comment in another file: its place and its words."""
        return bookmark_name(self.plaats) if self.plaats else "", "".join(self.opmerking.split())

    @property
    def cells(self) -> list[str]:
        return [str(value) for value in astuple(self)]


COLUMNS = tuple(field.name for field in fields(Reaction))


@dataclass(frozen=True)
class Merged:
    """The table after reading comments: all rows, how many are new, and which role each author got."""

    reactions: tuple[Reaction, ...]
    new: int
    roles: dict[str, str]


def merge_reactions(
    known: Sequence[Reaction], remarks: Sequence[Remark], roles: Mapping[str, str], places: Mapping[str, Place]
) -> Merged:
    """Add comments to the table. Every row that was there stays, with its reply; a comment that is there is not added.

    ``roles`` maps the name of an author (see ``fold_name``) to a role; who is not in it becomes
    "lezer 1", "lezer 2" and so on, the same reader as before when a comment of theirs is already
    there. ``places`` are those of the report as it is now, by bookmark.
    """
    names = [remark.auteur for remark in remarks] + list(roles)
    incoming = [_read(remark, names, places) for remark in remarks]
    matches = _match(known, incoming)
    given = _give_roles(known, remarks, matches, roles)
    rows, number = list(known), max((reaction.nr for reaction in known), default=0)
    for remark, reaction, match in zip(remarks, incoming, matches, strict=True):
        role = given[fold_name(remark.auteur)]
        if match is None:
            number += 1
            rows.append(replace(reaction, nr=number, rol=role))
        elif READER.fullmatch(rows[match].rol):
            rows[match] = replace(rows[match], rol=role)
    shown = {remark.auteur: given[fold_name(remark.auteur)] for remark in remarks}
    return Merged(tuple(rows), matches.count(None), shown)


def fold_name(name: str) -> str:
    """Return a name in one way of writing.

    >>> fold_name(" J.  de Vries ")
    'j. de vries'
    """
    return " ".join(name.split()).casefold()


def _read(remark: Remark, names: Sequence[str], places: Mapping[str, Place]) -> Reaction:
    place = places.get(remark.bookmark)
    return Reaction(
        nr=0,
        rol="",
        plaats=place.anchor if place else remark.bookmark,
        waar=place.label if place else remark.waar,
        passage=remark.passage,
        opmerking=hide_names(remark.opmerking, names),
    )


def hide_names(text: str, names: Sequence[str]) -> str:
    """Return a text without the names of these people, as far as they are written out.

    >>> hide_names("Zie ook @Jan de  Vries hierboven.", ["Jan de Vries"])
    'Zie ook [naam] hierboven.'
    """
    for name in sorted({*names}, key=lambda name: (-len(name), name)):
        written = r"\s+".join(re.escape(word) for word in name.split())
        if len(written) > 2:  # initials of two letters are part of many words
            text = re.sub(rf"@?(?<!\w){written}(?!\w)", NAME, text, flags=re.IGNORECASE)
    return text


def _match(known: Sequence[Reaction], incoming: Sequence[Reaction]) -> list[int | None]:
    """Return for each comment the row that it is already in; the second of two alike is the second row."""
    rows: dict[tuple[tuple[str, str], int], int] = {}
    seen: Counter[tuple[str, str]] = Counter()
    for position, reaction in enumerate(known):
        rows[reaction.identity, seen[reaction.identity]] = position
        seen[reaction.identity] += 1
    seen.clear()
    matches = []
    for reaction in incoming:
        matches.append(rows.get((reaction.identity, seen[reaction.identity])))
        seen[reaction.identity] += 1
    return matches


def _give_roles(
    known: Sequence[Reaction], remarks: Sequence[Remark], matches: Sequence[int | None], roles: Mapping[str, str]
) -> dict[str, str]:
    given: dict[str, str] = {}
    for remark, match in zip(remarks, matches, strict=True):
        name = fold_name(remark.auteur)
        if name in roles:
            given[name] = roles[name]
        elif match is not None:
            given.setdefault(name, known[match].rol)
    taken = [READER.fullmatch(role) for role in [*given.values(), *(reaction.rol for reaction in known)]]
    number = max((int(match[1]) for match in taken if match), default=0)
    for remark in remarks:
        if fold_name(remark.auteur) not in given:
            number += 1
            given[fold_name(remark.auteur)] = f"lezer {number}"
    return given


def tabulate_reactions(reactions: Sequence[Reaction], places: Mapping[str, Place]) -> Table:
    """Return every reaction with a link to its place. ``places`` are those of this report, by bookmark.

    A place that is gone and a passage that was changed are said.
    """
    return Table(
        KEY,
        "Reacties op eerdere versies, en wat ermee is gedaan.",
        ("Nummer", "Van", "Plaats", "Passage", "Reactie", "Antwoord", "Afgehandeld"),
        tuple(
            (
                Indication(str(reaction.nr)),
                Indication(reaction.rol),
                _place(reaction, places),
                _quote(reaction.passage),
                _quote(reaction.opmerking),
                _quote(reaction.antwoord),
                reaction.afgehandeld,
            )
            for reaction in reactions
        ),
        ("Van is een rol, nooit een naam. De passage staat zoals die was toen de reactie kwam.",),
    )


def _place(reaction: Reaction, places: Mapping[str, Place]) -> tuple[Filling, ...]:
    place = places.get(bookmark_name(reaction.plaats)) if reaction.plaats else None
    if place is None:
        where = reaction.waar or "onbekend"
        gone = ": deze plaats bestaat niet meer" if reaction.plaats else ": de reactie hing niet aan een plaats"
        return (Indication(where), gone)
    first = reaction.passage.split(NEXT)[0].removesuffix(CUT)  # what follows stands at other places
    return (Reference(place.anchor),) if place.has(first) else (Reference(place.anchor), ": de tekst is gewijzigd")


def _quote(text: str) -> Filling:
    return Indication(text) if text else NOTHING
