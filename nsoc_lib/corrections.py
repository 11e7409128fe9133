"""Declared corrections of a transcribed table: the raw value stays in the file, the better one is used.

A correction names table, row of the file, column, what stands there and what is read instead, with a
reason, the role of who decided it and the date. What is doubtful is no correction but a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd

from nsoc_lib.errors import NsocError, unknown_value
from nsoc_lib.published import SourceTable
from nsoc_lib.source_rows import table_name

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

    Raises NsocError for an empty cell, a date that is not ISO, a correction that changes nothing and
    a cell that is corrected twice.
    """
    found: dict[str, Correction] = {}
    for row in table.rijen.to_dict("records"):
        here = f"tabel {table_name(table)}, rij {row.get('rij', '?')}"
        empty = [name for name in (*TEXTS, "bestandsrij") if pd.isna(row[name])]
        if empty:
            raise _refusal(f"{here}, kolom {empty[0]}", "niets", "een waarde in elke kolom", "Vul de cel in.")
        texts = {name: str(row[name]) for name in TEXTS}
        correction = Correction(**texts, bestandsrij=int(row["bestandsrij"]))
        if not re.fullmatch(r"\d{4}-[01]\d-[0-3]\d", correction.datum):
            raise _refusal(
                f"{here}, kolom datum", f'"{correction.datum}"', "een datum als 2026-11-22", "Verbeter haar."
            )
        if correction.ruwe_waarde == correction.verbeterde_waarde:
            raise _refusal(here, "een correctie die niets verandert", "een andere waarde", "Haal de rij weg.")
        if correction.where in found:
            raise _refusal(here, f"{correction.where} nog een keer", "elke cel een keer", "Haal een van beide weg.")
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
        if correction.tabel != table_name(table):
            continue
        rows = frame.index[frame["rij"] == correction.bestandsrij]
        if len(rows) != 1 or correction.veld not in frame.columns:
            expected = "een rij en een kolom die de tabel heeft"
            raise _refusal(correction.where, "geen cel op deze plaats", expected, "Verbeter de lijst met correcties.")
        value = frame.loc[rows[0], correction.veld]
        if pd.isna(value) or str(value) != correction.ruwe_waarde:
            found = "een lege cel" if pd.isna(value) else f'"{value}"'
            remedy = "Kijk wat de bron drukt; verbeter de tabel of de lijst met correcties."
            raise _refusal(correction.where, found, f'"{correction.ruwe_waarde}", zoals de lijst zegt', remedy)
        frame.loc[rows[0], correction.veld] = correction.verbeterde_waarde
    return replace(table, rijen=frame)


def _refusal(where: str, found: str, expected: str, remedy: str) -> NsocError:
    return NsocError(where, found=found, expected=expected, remedy=remedy)
