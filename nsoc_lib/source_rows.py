"""One row of a transcribed table with its place, so that every cell taken from it is checked."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from nsoc_lib.errors import NsocError, unknown_value
from nsoc_lib.published import SourceTable


def table_name(table: SourceTable) -> str:
    """Return the name of a table without the version of its file."""
    return table.dataset.split("@")[0]


def place(table: SourceTable, row: Mapping[Hashable, Any] | None = None, column: str = "") -> str:
    """Return where a table, a row of it or one cell stands, as a message names it."""
    where = f"tabel {table_name(table)} van {table.meting}"
    where += f", rij {row.get('rij', '?')}" if row is not None else ""
    return f"{where}, kolom {column}" if column else where


@dataclass(frozen=True)
class SourceRow:
    """A row as it stands in the file. ``rij`` is its number there as a spreadsheet shows it."""

    tabel: SourceTable
    cellen: Mapping[Hashable, Any]

    def place(self, column: str = "") -> str:
        """Return where this row, or one cell of it, stands."""
        return place(self.tabel, self.cellen, column)

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

    def whole(self, column: str) -> int | None:
        """Return a whole number; None when nothing stands there."""
        return None if pd.isna(self.cellen[column]) else int(self.cellen[column])

    def number(self, column: str) -> float | None:
        """Return a number; None when nothing stands there."""
        return None if pd.isna(self.cellen[column]) else float(self.cellen[column])

    def choice(self, column: str, options: Iterable[str]) -> str:
        """Return a cell that holds one of these values; an empty text may be one of them."""
        known = list(options)
        if self.text(column) not in known:
            raise unknown_value(self.place(column), self.text(column), known)
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
        try:
            known = re.fullmatch(r"\d{4}(-\d{2}){0,2}", text) and date.fromisoformat(f"{text}-01-01"[:10])
        except ValueError:
            known = None
        if text and not known:
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
