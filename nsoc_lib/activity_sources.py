"""The counts of labs that sources state, beside the labs we can name."""

from __future__ import annotations

from dataclasses import dataclass

from nsoc_lib.activities import Activities
from nsoc_lib.result import Result
from nsoc_lib.source_rows import GENOEMD, SourceRow, SourceTable, read_rows

COUNTED_BY = ("begin", "soort")


@dataclass(frozen=True)
class LabCount:
    """A number of labs that a source states, beside the labs we can name, and those whose begin a source prints."""

    gepubliceerd: Result
    benoemd: Result
    gedateerd: Result


def build_counts(table: SourceTable) -> dict[str, Result]:
    """Return each count of labs as its source states it, by the name of the count."""
    return {
        row.text("telling"): _count(
            row, table.meting, "gepubliceerd", row.count("waarde"), table.herkomst, table.dataset
        )
        for row in read_rows(table)
    }


def compare_counts(table: SourceTable, activities: Activities) -> dict[str, LabCount]:
    """Put each count that a source states beside the labs that have ``inhoud`` in ``kolom``.

    Raises NsocError for a column that labs are not counted by.
    """
    stated, counts = build_counts(table), {}
    own = "herleid", activities.datasets["activiteiten"]
    for row in read_rows(table):
        column = row.choice("kolom", COUNTED_BY)
        labs = [lab for lab in activities.select_group("labs") if getattr(lab, column) == row.text("inhoud")]
        begun = [lab for lab in labs if lab.begin_toewijzing == GENOEMD]
        counts[row.text("telling")] = LabCount(
            stated[row.text("telling")],
            _count(row, activities.meting, "benoemd", len(labs), *own),
            _count(row, activities.meting, "begin-genoemd", len(begun), *own),
        )
    return counts


def _count(row: SourceRow, meting: str, what: str, value: int, provenance: str, dataset: str) -> Result:
    name, label = f"{meting}.activiteiten.tellingen.{row.text('telling')}.{what}", f"{row.text('label')}: {what}"
    return Result(name, label, value, "labs", provenance, dataset)
