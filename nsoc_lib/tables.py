"""The house table: caption, headers, cells that are words or results, notes. Nothing else styles."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from nsoc_lib.disclosure import list_reasons
from nsoc_lib.prose import Filling, Indication, Shown, as_plain, as_token
from nsoc_lib.result import HIDDEN_MARK, Result

NOTHING = "–"
SHORT = 20  # characters of a word that may stand in a column of numbers
_GETAL = {True: ' class="getal"', False: ""}

Cell = Filling | Sequence[Filling]
Row = tuple[Cell, ...]


class Heading(NamedTuple):
    """A row of one cell over the whole width: the head of the rows below it."""

    text: Cell


@dataclass(frozen=True)
class Table:
    """Rows of cells under column heads. The first cell of a row is its head.

    ``key`` is unique in the report and is what ``refer`` points at. A cell is a Result, an
    Indication, a Reference, a word, or a sequence of these; a head is a word, or an Indication when a digit belongs to a name.
    """

    key: str
    bijschrift: str
    koppen: tuple[str | Indication, ...]
    rijen: tuple[Row, ...]
    noten: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for row in self.rijen:
            if len(row) != len(self.koppen) and not isinstance(row, Heading):
                raise ValueError(f"tabel {self.key}: een rij van {len(row)} cellen onder {len(self.koppen)} koppen")

    @property
    def results(self) -> tuple[Result, ...]:
        return tuple(
            piece for row in self.rijen for cell in row for piece in _pieces(cell) if isinstance(piece, Result)
        )

    @property
    def grid(self) -> str:
        """The table element itself."""
        full = [row for row in self.rijen if not isinstance(row, Heading)]
        numeric = tuple(_is_numeric([row[n] for row in full]) for n in range(len(self.koppen)))
        head = "".join(
            f'<th scope="col"{_GETAL[n]}>{as_token(kop)}</th>' for n, kop in zip(numeric, self.koppen, strict=True)
        )
        body = "".join(f"<tr>{_row(row, numeric)}</tr>" for row in self.rijen)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def boxed(self, title: str) -> str:
        """Return the table in a box that scrolls by itself, both named by the element with the id ``title``.

        That is a caption with a number, so that no two boxes of a report share a name.
        """
        named = f'aria-labelledby="{title}"'
        table = self.grid.replace("<table>", f"<table {named}>", 1)
        return f'<div class="rol" tabindex="0" role="region" {named}>{table}</div>'

    @property
    def notes(self) -> str:
        noten = (*self.noten, *explain_hidden(self.results))
        return "".join(f'<p class="noot">{html.escape(note, quote=False)}</p>' for note in noten)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return self.show()._repr_mimebundle_(include, exclude)

    def show(self) -> Shown:
        """Return the table with numbered caption and notes, for notebook and report."""
        key, caption = html.escape(self.key), html.escape(self.bijschrift, quote=False)
        markup = (
            f'<figure class="tabel" id="{key}">'
            f'<figcaption id="{key}-titel"><span class="aanduiding nummer"></span> {caption}</figcaption>'
            f"{self.boxed(f'{key}-titel')}{self.notes}</figure>"
        )
        lines = [" | ".join(as_plain(kop) for kop in self.koppen)]
        lines += [" | ".join("".join(as_plain(p) for p in _pieces(cell)) for cell in row) for row in self.rijen]
        return Shown(markup, "\n".join([self.bijschrift, *lines]), self.results)


def explain_hidden(results: Sequence[Result]) -> tuple[str, ...]:
    """Return the note that says why a cell shows a dot; none where every cell is shown."""
    reasons = list_reasons(results)
    return (f"Een punt ({HIDDEN_MARK}) betekent: niet getoond. Reden: {'; '.join(reasons)}.",) if reasons else ()


def with_counts(share: Result) -> tuple[Filling, ...]:
    """Return a share with its count and base for one cell; of a hidden one the dot alone."""
    return (share,) if share.suppressed else (share, " (", share.aantal, " van ", share.basis, ")")


def _pieces(cell: Cell) -> tuple[Filling, ...]:
    if isinstance(cell, Filling):
        return (cell,)
    return tuple(cell)


def _is_numeric(column: Sequence[Cell]) -> bool:
    """Whether a column holds numbers, and beside them at most a word or two such as "niet gepubliceerd"."""
    others = [cell for cell in column if not _is_number(cell)]
    short = all(isinstance(cell, str) and len(cell) <= SHORT for cell in others)
    return len(others) < len(column) and short


def _is_number(cell: Cell) -> bool:
    """Whether a cell begins with a result. A cell that begins with words is text, also with numbers in it."""
    return isinstance(next(iter(_pieces(cell)), None), Result)


def _markup(cell: Cell) -> str:
    return "".join(as_token(piece) for piece in _pieces(cell))


def _row(row: Row, numeric: Sequence[bool]) -> str:
    if isinstance(row, Heading):
        return f'<th scope="colgroup" colspan="{len(numeric)}"><strong>{_markup(row.text)}</strong></th>'
    cells = zip(row[1:], numeric[1:], strict=True)
    return f'<th scope="row">{_markup(row[0])}</th>' + "".join(f"<td{_GETAL[n]}>{_markup(c)}</td>" for c, n in cells)
