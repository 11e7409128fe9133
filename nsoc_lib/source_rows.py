"""Transcribed tables and their rows, each with its place, so that every cell taken from one is checked."""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from nsoc_lib.errors import NsocError, unknown_value
from nsoc_lib.periods import is_moment

GENOEMD, AFGELEID = "genoemd", "afgeleid"  # what the source says itself, and what we read in it
TOEWIJZINGEN = (GENOEMD, AFGELEID)


@dataclass(frozen=True)
class SourceTable:
    """A transcribed table. ``dataset`` is its name with the version of its file, so that each figure keeps its origin."""

    meting: str
    rijen: pd.DataFrame
    herkomst: str
    dataset: str

    @property
    def naam(self) -> str:
        """The name without the version of the file."""
        return self.dataset.split("@")[0]

    def place(self, column: str = "") -> str:
        """Return where the table, or a column of it, stands, as a message names it."""
        return f"tabel {self.naam} van {self.meting}{f', kolom {column}' if column else ''}"


@dataclass(frozen=True)
class SourceRow:
    """A row as it stands in the file. ``rij`` is its number there as a spreadsheet shows it."""

    tabel: SourceTable
    cellen: Mapping[Hashable, Any]

    def place(self, column: str = "") -> str:
        """Return where this row, or one cell of it, stands."""
        return f"{self.tabel.place()}, rij {self.cellen.get('rij', '?')}{f', kolom {column}' if column else ''}"

    def text(self, column: str) -> str:
        """Return a cell as text without spaces around it; empty when nothing stands there."""
        return "" if pd.isna(self.cellen[column]) else str(self.cellen[column]).strip()

    def texts(self, *columns: str) -> list[str]:
        """Return these cells as text, in this order."""
        return [self.text(column) for column in columns]

    def filled(self, column: str) -> str:
        """Return a cell that must hold text."""
        if not self.text(column):
            raise self.refuse(column, "tekst in deze cel", "Vul de cel in, of haal de rij weg.")
        return self.text(column)

    def once(self, column: str, earlier: Container[str], expected: str) -> str:
        """Return a cell that must hold text which no earlier row has."""
        if self.filled(column) in earlier:
            found = f'"{self.text(column)}" nog een keer'
            raise self.refuse(column, expected, "Haal een van de rijen weg, of verbeter de naam.", found)
        return self.text(column)

    def whole(self, column: str) -> int | None:
        """Return a whole number; None when nothing stands there."""
        return None if pd.isna(self.cellen[column]) else int(self.cellen[column])

    def number(self, column: str) -> float | None:
        """Return a number; None when nothing stands there."""
        return None if pd.isna(self.cellen[column]) else float(self.cellen[column])

    def count(self, column: str) -> int:
        """Return a count that must stand there: a whole number from nought up."""
        value = self.whole(column)
        if value is None or value < 0:
            raise self.refuse(
                column, "een aantal vanaf nul", "Vul het aantal van de vindplaats in, of haal de rij weg."
            )
        return value

    def choice(self, column: str, options: Iterable[str], remedy: str = "Verbeter de waarde in de tabel.") -> str:
        """Return a cell that holds one of these values; an empty text may be one of them."""
        known = list(options)
        if self.text(column) not in known:
            raise unknown_value(self.place(column), self.text(column), known, remedy)
        return self.text(column)

    def choices(self, column: str, options: Iterable[str]) -> tuple[str, ...]:
        """Return the values in a cell with spaces between them, each one of these; none when it is empty."""
        known = list(options)
        for value in self.text(column).split():
            if value not in known:
                raise unknown_value(self.place(column), value, known)
        return tuple(self.text(column).split())

    def moment(self, column: str) -> str:
        """Return an ISO date to the day, month or year; empty when nothing stands there."""
        text = self.text(column)
        if text and not is_moment(text):
            raise self.refuse(column, "een bestaande datum als 2024-01-31, 2024-01 of 2024", "Verbeter de datum.")
        return text

    def refuse(self, column: str, expected: str, remedy: str, found: str = "") -> NsocError:
        """Return the error for a cell; without ``found`` it names what stands there."""
        text = self.text(column) if column else ""
        return NsocError(
            self.place(column),
            found=found or (f'"{text}"' if text else "een lege cel"),
            expected=expected,
            remedy=remedy,
        )


def read_rows(table: SourceTable) -> list[SourceRow]:
    """Return the rows of a table in file order."""
    return [SourceRow(table, row) for row in table.rijen.to_dict("records")]


def list_records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table that was not transcribed, or was put together, by the names of their columns."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
