"""Declared corrections of a transcribed table: the raw value stays in the file, the better one is used.

A correction names table, row of the file, column, what stands there and what is read instead, with a
reason, the role of who decided it and the date. What is doubtful is no correction but a question.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd

from nsoc_lib.errors import NsocError, unknown_value
from nsoc_lib.periods import is_day
from nsoc_lib.source_rows import SourceTable, read_rows

TEXTS = ("tabel", "veld", "ruwe_waarde", "verbeterde_waarde", "reden", "rol", "datum", "vindplaats")


@dataclass(frozen=True)
class Correction:
    """One cell read differently from how it is printed.

    ``veld`` is the column; ``bestandsrij`` the row of the CSV file as a spreadsheet shows it.
    """

    tabel: str
    bestandsrij: int
    veld: str
    ruwe_waarde: str
    verbeterde_waarde: str
    reden: str
    rol: str
    datum: str
    vindplaats: str

    @property
    def where(self) -> str:
        return f"tabel {self.tabel}, rij {self.bestandsrij}, kolom {self.veld}"


def build_corrections(table: SourceTable) -> tuple[Correction, ...]:
    """Check the list and return its corrections in order.

    Raises NsocError for an empty cell, a date that is no day, a correction that changes nothing and
    a cell that is corrected twice.
    """
    found: dict[str, Correction] = {}
    for row in read_rows(table):
        texts = {name: row.filled(name) for name in TEXTS}
        correction = Correction(**texts, bestandsrij=row.count("bestandsrij"))
        if not is_day(correction.datum):
            raise row.refuse("datum", "een datum als 2026-11-22", "Verbeter de datum.")
        if correction.ruwe_waarde == correction.verbeterde_waarde:
            nothing = "een correctie die niets verandert"
            raise row.refuse("verbeterde_waarde", "een andere waarde", "Haal de rij weg.", nothing)
        if correction.where in found:
            raise row.refuse("", "elke cel een keer", "Haal een van beide weg.", f"{correction.where} nog een keer")
        found[correction.where] = correction
    return tuple(found.values())


def refuse_other_tables(corrections: Iterable[Correction], names: Iterable[str]) -> None:
    """Raise NsocError for a correction of a table that nobody corrects: it would be ignored in silence."""
    known = list(names)
    for correction in corrections:
        if correction.tabel not in known:
            remedy = "Verbeter de naam van de tabel in de lijst met correcties."
            raise unknown_value(correction.where, correction.tabel, known, remedy)


def correct_table(table: SourceTable, corrections: Iterable[Correction]) -> SourceTable:
    """Return the table with its own corrections applied; the given table stays as it is.

    Raises NsocError when the row or column is not there, or when another value stands there than
    the list says: then the table has changed and somebody must look again.
    """
    frame = table.rijen.copy()
    for correction in corrections:
        if correction.tabel != table.naam:
            continue
        rows = frame.index[frame["rij"] == correction.bestandsrij]
        if len(rows) != 1 or correction.veld not in frame.columns:
            raise NsocError(
                correction.where,
                found="geen cel op deze plaats",
                expected="een rij en een kolom die de tabel heeft",
                remedy="Verbeter de lijst met correcties.",
            )
        value = frame.loc[rows[0], correction.veld]
        if pd.isna(value) or str(value) != correction.ruwe_waarde:
            raise NsocError(
                correction.where,
                found="een lege cel" if pd.isna(value) else f'"{value}"',
                expected=f'"{correction.ruwe_waarde}", zoals de lijst zegt',
                remedy="Kijk wat de bron drukt; verbeter de tabel of de lijst met correcties.",
            )
        frame.loc[rows[0], correction.veld] = correction.verbeterde_waarde
    return replace(table, rijen=frame)
