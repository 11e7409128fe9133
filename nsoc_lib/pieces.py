"""What a stranger can take out of published files: pieces, each with the file and the channel it came through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

AUTHOR = "auteur"  # the kind of a text that a file has as its maker
POINT = 12.0  # a mark no larger than this is a point, which says where it stands and not how long it is


@dataclass(frozen=True)
class Text:
    """A line, a sentence or a paragraph; ``ids`` are the results shown in it, which are left out of the text."""

    where: str
    channel: str
    text: str
    kind: str = ""
    ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Grid:
    """A table as rows of cells; a cell without text is empty."""

    where: str
    channel: str
    rows: tuple[tuple[str, ...], ...]

    @property
    def padded(self) -> tuple[tuple[str, ...], ...]:
        """The rows, each with empty cells behind it until it is as long as the longest."""
        width = max(map(len, self.rows), default=0)
        return tuple(row + ("",) * (width - len(row)) for row in self.rows)


@dataclass(frozen=True)
class Record:
    """A row of the ledger, by the names of its columns; what is absent is empty."""

    where: str
    channel: str
    cells: Mapping[str, str] = field(hash=False)

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Mark:
    """Text or an attribute that belongs to one result."""

    where: str
    channel: str
    id: str
    text: str


@dataclass(frozen=True)
class Label:
    """A text in a drawing and where it stands."""

    text: str
    x: float
    y: float


@dataclass(frozen=True)
class Shape:
    """What encloses a drawn shape: left, top, right and bottom."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def is_point(self) -> bool:
        return self.width <= POINT and self.height <= POINT


@dataclass(frozen=True)
class Drawing:
    """The texts and shapes of one drawing, in its own coordinates."""

    where: str
    channel: str
    labels: tuple[Label, ...]
    shapes: tuple[Shape, ...]


@dataclass(frozen=True)
class Quotation:
    """A quotation: its mark (empty when it has none), text, attribution and further attributes."""

    where: str
    name: str
    text: str
    source: str
    traits: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Release:
    """A row of the table of releases: the quotation it is about and the cells that follow."""

    name: str
    cells: tuple[str, ...]


Piece = Text | Grid | Record | Mark | Drawing | Quotation | Release
# How to read what is embedded in a file: its name, the channel that it came through, and its content.
Inner = Callable[[str, str, bytes], Iterator[Piece]]

P = TypeVar("P")


def of_kind(pieces: Iterable[Piece], kind: type[P]) -> list[P]:
    """Return the pieces of one kind, in order."""
    return [piece for piece in pieces if isinstance(piece, kind)]


def move(piece: Piece, where: str) -> Piece:
    """Return a piece as one of another file: what is embedded in a file is part of that file."""
    return piece if isinstance(piece, Release) else replace(piece, where=where)
