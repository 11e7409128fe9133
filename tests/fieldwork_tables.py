"""The real transcribed tables of the fieldwork of 2021, for the tests of several modules."""

from __future__ import annotations

from dataclasses import replace

import yaml
from conftest import ROOT

from nsoc_lib.register import Register, build_register
from nsoc_lib.source_rows import SourceTable
from nsoc_lib.sources.tabular import load_table

MAP = ROOT / "data" / "raw" / "versterking-2021"
CORRECTED = ("bijeenkomsten", "interviews", "respondenten_projecten", "projectnamen", "correcties")


def load_source(name: str) -> SourceTable:
    tables = yaml.safe_load((MAP / "meting.yml").read_text(encoding="utf-8"))["tabellen"]
    record = next(table for table in tables if table["naam"] == name)
    frame = load_table(MAP / record["bestand"], record["bestand"], record["kolommen"])
    return SourceTable("versterking-2021", frame, record["herkomst"], f"{name}@proef")


def build_real(**changed: SourceTable) -> Register:
    """Return the real register, with some of its tables replaced."""
    return build_register(*(changed.get(name) or load_source(name) for name in CORRECTED))


def change(table: SourceTable, row: int, column: str, value: object) -> SourceTable:
    """Return the table with one cell changed; ``row`` is the row of the file."""
    frame = table.rijen.copy()
    assert (frame["rij"] == row).sum() == 1
    frame.loc[frame["rij"] == row, column] = value
    return replace(table, rijen=frame)


def leave_out(table: SourceTable, row: int) -> SourceTable:
    assert (table.rijen["rij"] == row).sum() == 1
    return replace(table, rijen=table.rijen[table.rijen["rij"] != row])
