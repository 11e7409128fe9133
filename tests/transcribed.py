"""Transcribed tables for the tests of several modules: the real ones, invented ones, and either with a row less."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd
from conftest import ROOT

from nsoc_lib.paths import Study
from nsoc_lib.source_rows import SourceTable
from nsoc_lib.sources.study import load_meting
from nsoc_lib.sources.tabular import load_table

STUDY = Study(ROOT / "data", ROOT / "reports")


def load_real(folder: str, name: str) -> SourceTable:
    """Return a table of ``data/raw`` as its title page declares it."""
    raw = next(table for table in load_meting(STUDY, folder).tabellen if table.naam == name)
    rows = load_table(STUDY.raw / folder / raw.bestand, raw.bestand, raw.kolommen)
    return SourceTable(folder, rows, raw.herkomst, f"{name}@proef")


def invent(
    name: str,
    columns: Iterable[str],
    *rows: Iterable[object],
    meting: str = "kader",
    herkomst: str = "herleid",
) -> SourceTable:
    """Return a table of these rows, which stand in the file from row 2 on."""
    frame = pd.DataFrame([list(row) for row in rows], columns=list(columns)).assign(rij=range(2, 2 + len(rows)))
    return SourceTable(meting, frame, herkomst, f"{name}@x")


def without(table: SourceTable, **values: str) -> SourceTable:
    """Return the table without the rows that have all these values, of which there must be some."""
    hit = pd.Series(data=True, index=table.rijen.index)
    for column, value in values.items():
        hit &= table.rijen[column] == value
    assert hit.any()
    return replace(table, rijen=table.rijen[~hit])


def change(table: SourceTable, column: str, value: object, row: int = 2) -> SourceTable:
    """Return the table with one cell changed; ``row`` is the row of the file."""
    assert (table.rijen["rij"] == row).sum() == 1
    frame = table.rijen.astype({column: object})
    frame.loc[frame["rij"] == row, column] = value
    return replace(table, rijen=frame)
