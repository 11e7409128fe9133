"""Read plain CSV tables that were typed over from a source or supplied by a colleague."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.sources.study import load_text, name_csv_fault

HEADER_ROWS = 1


def load_table(path: Path, where: str, columns: dict[str, str]) -> pd.DataFrame:
    """Read a comma-separated table with exactly these columns, checked cell by cell.

    ``columns`` maps name to ``tekst``, ``geheel``, ``getal`` or ``deelnemer``, the ResponseId of
    somebody in an export, of which only the pseudonym is kept. An empty cell is missing.
    Returns those columns plus ``rij``, the row in the file as a spreadsheet shows it.
    Raises NsocError with row and column for a missing or extra column and a wrong value.
    """
    try:
        rows = list(csv.reader(io.StringIO(load_text(path, where), newline=""), strict=True))
    except csv.Error as error:
        raise NsocError(
            where,
            found=name_csv_fault(error),
            expected="komma's tussen de cellen, en aanhalingstekens die ook sluiten",
            remedy='Zet een aanhalingsteken in een cel dubbel ("") en sluit elke cel af.',
        ) from error
    if len(rows) <= HEADER_ROWS:
        raise NsocError(
            where,
            found="geen enkele rij met gegevens",
            expected=f"een kopregel ({enumerate_nl(list(columns))}) en ten minste een rij",
            remedy="Vul de tabel, of haal haar uit meting.yml.",
        )
    if rows[0] != list(columns):
        raise NsocError(
            f"{where}, rij 1",
            found=f"de kolommen {enumerate_nl(rows[0], most=12)}",
            expected=f"de kolommen {enumerate_nl(list(columns), most=12)}, in deze volgorde",
            remedy="Verbeter de kopregel, of de kolommen in meting.yml.",
        )
    table = [_typed_row(row, number, where, columns) for number, row in enumerate(rows[HEADER_ROWS:], HEADER_ROWS + 1)]
    dtypes = {"tekst": "str", "geheel": "Int64", "getal": "Float64", "deelnemer": "str"}
    frame = pd.DataFrame(table, columns=[*columns, "rij"])
    return frame.astype({name: dtypes[kind] for name, kind in columns.items()})


def count_rows(path: Path, where: str) -> int:
    """Count the rows below the head of a table, whatever is in them."""
    return sum(1 for _ in csv.reader(io.StringIO(load_text(path, where), newline=""))) - HEADER_ROWS


def pseudonym(response_id: str) -> str:
    """Return what stands for a ResponseId in every cleaned table: the same in each, and not to be read back.

    >>> pseudonym("R_1")
    '8996cf56d8c9'
    """
    return hashlib.sha256(response_id.encode()).hexdigest()[:12]


def _whole(text: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,18}", text):
        raise ValueError(text)
    return int(text)


def _number(text: str) -> float:
    if not re.fullmatch(r"[+-]?\d+(\.\d+)?([eE][+-]?\d{1,3})?", text):
        raise ValueError(text)
    return float(text)


_TYPED: dict[str, Callable[[str], object]] = {
    "tekst": str,
    "geheel": _whole,
    "getal": _number,
    "deelnemer": pseudonym,
}


def _typed_row(row: list[str], number: int, where: str, columns: dict[str, str]) -> list[object]:
    if len(row) != len(columns):
        raise NsocError(
            f"{where}, rij {number}",
            found=f"{len(row)} cellen",
            expected=f"{len(columns)} cellen",
            remedy="Zet tekst met een komma tussen aanhalingstekens.",
        )
    typed: list[object] = []
    for cell, (name, kind) in zip(row, columns.items(), strict=True):
        text = cell.strip()
        try:
            typed.append(None if text == "" else _TYPED[kind](text))
        except ValueError as error:
            raise NsocError(
                f"{where}, rij {number}, kolom {name}",
                found=f'"{text}"',
                expected={"geheel": "een geheel getal", "getal": "een getal met een punt"}[kind],
                remedy="Verbeter de cel.",
            ) from error
    return [*typed, number]
