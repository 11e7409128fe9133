"""Where sources say different things about the activities, and the counts of labs that they state."""

from __future__ import annotations

from dataclasses import dataclass

from nsoc_lib.activities import GENOEMD, Activities, read_rows, refuse_unknown
from nsoc_lib.published import SourceTable
from nsoc_lib.result import Result

RAAKT = ("stand", "doel", "naam", "datum", "aantal", "overgang", "bron", "actieplan")
COUNTED_BY = ("begin", "soort", "bovenliggend")


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
class Differences:
    """All differences, in the order of the table, with how many there are and how many touch a state."""

    verschillen: tuple[Difference, ...]
    aantal: Result
    stand: Result


@dataclass(frozen=True)
class LabCount:
    """A number of labs that a source states, beside the labs we can name, and those with a printed begin."""

    label: str
    gepubliceerd: Result
    benoemd: Result
    begin_genoemd: Result
    vindplaats: str

    @property
    def gelijk(self) -> bool:
        """Whether as many labs can be named as the source counts."""
        return self.gepubliceerd.value == self.benoemd.value


def build_differences(table: SourceTable, activities: Activities) -> Differences:
    """Check and return the differences. Raises NsocError for an unknown activity or what it touches."""
    found = []
    for where, texts in read_rows(table):
        difference = Difference(**texts)
        refuse_unknown(difference.activiteit, ["", *(a.activiteit for a in activities.activiteiten)],
                       f"{where}, kolom activiteit")  # fmt: skip
        refuse_unknown(difference.raakt, RAAKT, f"{where}, kolom raakt")
        found.append(difference)

    def count(name: str, label: str, rows: list[Difference]) -> Result:
        base = f"{activities.meting}.activiteiten.verschillen"
        return Result(f"{base}.{name}", label, len(rows), "verschillen", table.herkomst, table.dataset)

    return Differences(
        tuple(found),
        count("aantal", "Verschillen tussen bronnen over activiteiten", found),
        count("stand", "Verschillen die de stand raken", [d for d in found if d.raakt == "stand"]),
    )


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
            label,
            result("gepubliceerd", int(texts["waarde"]), table.herkomst, table.dataset),
            result("benoemd", len(labs), "herleid", counted),
            result("begin-genoemd", len(begun), "herleid", counted),
            texts["vindplaats"],
        )
    return counts
