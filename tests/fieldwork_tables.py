"""The real transcribed tables of the fieldwork of 2021, for the tests of several modules."""

from __future__ import annotations

from dataclasses import replace

from transcribed import load_real

from nsoc_lib.register import Register, build_register
from nsoc_lib.source_rows import SourceTable

CORRECTED = ("bijeenkomsten", "interviews", "respondenten_projecten", "projectnamen", "correcties")


def load_source(name: str) -> SourceTable:
    return load_real("versterking-2021", name)


def build_real(**changed: SourceTable) -> Register:
    """Return the real register, with some of its tables replaced."""
    return build_register(*(changed.get(name) or load_source(name) for name in CORRECTED))


def leave_out(table: SourceTable, row: int) -> SourceTable:
    assert (table.rijen["rij"] == row).sum() == 1
    return replace(table, rijen=table.rijen[table.rijen["rij"] != row])
