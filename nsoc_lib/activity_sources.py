"""Where sources say different things about the activities, and the counts of labs that they state."""

from __future__ import annotations

from dataclasses import dataclass

from nsoc_lib.activities import GENOEMD, Activities, read_rows, refuse_unknown
from nsoc_lib.published import SourceTable
from nsoc_lib.result import Result

RAAKT = ("stand", "doel", "naam", "datum", "aantal", "overgang", "bron", "actieplan")
COUNTED_BY = ("begin", "soort")


@dataclass(frozen=True)
class Difference:
    """Two places that say different things; which of them is right is not decided here."""

    activiteit: str
    onderwerp: str
    aspect: str
    vindplaats_a: str
    staat_a: str
    vindplaats_b: str
    staat_b: str
    raakt: str


@dataclass(frozen=True)
class LabCount:
    """A number of labs that a source states, beside the labs we can name, and those whose begin a source prints."""

    gepubliceerd: Result
    benoemd: Result
    gedateerd: Result


def build_differences(table: SourceTable, activities: Activities) -> tuple[Difference, ...]:
    """Check and return the differences. Raises NsocError for an unknown activity, or what one cannot touch."""
    known = ["", *(activity.activiteit for activity in activities.activiteiten)]
    found = []
    for where, texts in read_rows(table):
        difference = Difference(**texts)
        refuse_unknown(difference.activiteit, known, f"{where}, kolom activiteit")
        refuse_unknown(difference.raakt, RAAKT, f"{where}, kolom raakt")
        found.append(difference)
    return tuple(found)


def compare_counts(table: SourceTable, activities: Activities) -> dict[str, LabCount]:
    """Put each count that a source states beside the labs that have ``inhoud`` in ``kolom``.

    Raises NsocError for a column that labs are not counted by.
    """
    counts = {}
    for where, texts in read_rows(table):
        refuse_unknown(texts["kolom"], COUNTED_BY, f"{where}, kolom kolom")
        name, label = f"{activities.meting}.activiteiten.tellingen.{texts['telling']}", texts["label"]
        labs = [lab for lab in activities.select_group("labs") if getattr(lab, texts["kolom"]) == texts["inhoud"]]
        begun = [lab for lab in labs if lab.begin_toewijzing == GENOEMD]

        def result(
            suffix: str, value: int, herkomst: str, dataset: str, base: tuple[str, str] = (name, label)
        ) -> Result:
            return Result(f"{base[0]}.{suffix}", f"{base[1]}: {suffix}", value, "labs", herkomst, dataset)

        counted = activities.datasets["activiteiten"]
        counts[texts["telling"]] = LabCount(
            result("gepubliceerd", int(texts["waarde"]), table.herkomst, table.dataset),
            result("benoemd", len(labs), "herleid", counted),
            result("begin-genoemd", len(begun), "herleid", counted),
        )
    return counts
