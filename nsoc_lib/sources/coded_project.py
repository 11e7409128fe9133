"""A project of qualitative analysis in one shape, whatever program coded it: codes, sources, coded segments.

It holds no word of an interview: a segment says where it stands, not what it says.
"""

from __future__ import annotations

from dataclasses import dataclass

from nsoc_lib.sources.export import Note

SCHEIDING = "::"
ONBEKENDE_CODEUR = "codeur onbekend"
TEKST, PDF, AFBEELDING, GELUID, BEELD, TRANSCRIPT, HELE_BRON = (
    "tekst", "pdf", "afbeelding", "geluid", "beeld", "transcript", "hele bron"
)  # fmt: skip


@dataclass(frozen=True)
class ProjectCode:
    """One code. ``pad`` are the names from the top of the hierarchy down to its own.

    ``codeerbaar`` is False for a folder that only groups codes; ``groepen`` are code groups that
    stand beside the hierarchy.
    """

    pad: tuple[str, ...]
    definitie: str = ""
    codeerbaar: bool = True
    groepen: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The names joined: the same for nested codes and for codes with the hierarchy in their name.

        >>> ProjectCode(("Middelen", "Geld")).id
        'Middelen::Geld'
        """
        return SCHEIDING.join(self.pad)


@dataclass(frozen=True)
class ProjectSource:
    """One document, picture or recording. ``lengte`` counts characters of its text; None without readable text.

    ``telling`` says how positions in this text were counted and how that is known. ``groepen``
    and ``gevallen`` are the sets and the cases that name this source.
    """

    id: str
    kenmerk: str
    naam: str
    soort: str
    lengte: int | None = None
    telling: str = ""
    groepen: tuple[str, ...] = ()
    gevallen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Segment:
    """One code given to one passage by one person.

    ``start`` and ``eind`` (exclusive) count characters (code points, a line end as one) for
    text, milliseconds for sound and image; both are None where the place is of another kind, which
    then stands in ``plaats`` as the file gives it. ``datum`` is a day, or empty when not recorded.
    """

    bron: str
    soort: str
    start: int | None
    eind: int | None
    plaats: str
    code: str
    codeur: str
    datum: str

    @property
    def passage(self) -> tuple[str, str, int, int, str]:
        """What makes two segments the same passage, in an order to sort by."""
        start = -1 if self.start is None else self.start
        return self.bron, self.soort, start, -1 if self.eind is None else self.eind, self.plaats


@dataclass(frozen=True)
class CodedProject:
    """A coded project as it came. A codebook alone has no sources and no segments; ``alleen_codes`` tells."""

    where: str
    programma: str
    codes: tuple[ProjectCode, ...]
    bronnen: tuple[ProjectSource, ...] = ()
    segmenten: tuple[Segment, ...] = ()
    notities: tuple[Note, ...] = ()
    alleen_codes: bool = False
    codeurs: tuple[str, ...] = ()
