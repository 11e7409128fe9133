"""The counts of labs that sources state, beside the labs we can name."""

from __future__ import annotations

from dataclasses import dataclass

from nsoc_lib.activities import GENOEMD, Activities, read_texts, refuse_unknown
from nsoc_lib.published import SourceTable
from nsoc_lib.result import Result

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
        texts["telling"]: Result(
            id=f"{table.meting}.activiteiten.tellingen.{texts['telling']}.gepubliceerd",
            label=f"{texts['label']}: gepubliceerd",
            value=int(texts["waarde"]),
            unit="labs",
            provenance=table.herkomst,
            dataset=table.dataset,
        )
        for _, texts in read_texts(table)
    }


def compare_counts(table: SourceTable, activities: Activities) -> dict[str, LabCount]:
    """Put each count that a source states beside the labs that have ``inhoud`` in ``kolom``.

    Raises NsocError for a column that labs are not counted by.
    """
    stated, counts = build_counts(table), {}
    for where, texts in read_texts(table):
        refuse_unknown(texts["kolom"], COUNTED_BY, f"{where}, kolom kolom")
        name, label = f"{activities.meting}.activiteiten.tellingen.{texts['telling']}", texts["label"]
        labs = [lab for lab in activities.select_group("labs") if getattr(lab, texts["kolom"]) == texts["inhoud"]]
        begun = [lab for lab in labs if lab.begin_toewijzing == GENOEMD]

        def count(suffix: str, value: int, base: tuple[str, str] = (name, label)) -> Result:
            dataset = activities.datasets["activiteiten"]
            return Result(f"{base[0]}.{suffix}", f"{base[1]}: {suffix}", value, "labs", "herleid", dataset)

        counts[texts["telling"]] = LabCount(
            stated[texts["telling"]], count("benoemd", len(labs)), count("begin-genoemd", len(begun))
        )
    return counts
