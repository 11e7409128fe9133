"""What a report concludes in its closing chapter: statements, worries, tasks and what it leaves open."""

from __future__ import annotations

from dataclasses import dataclass

from nsoc_lib.errors import unknown_value
from nsoc_lib.prose import indicate
from nsoc_lib.result import Result
from nsoc_lib.shares import slug
from nsoc_lib.source_rows import SourceTable, read_rows
from nsoc_lib.tables import Row, Table

SOORTEN = ("vaststelling", "zorg", "opgave", "open")
ONZE_SOORT = (
    "De verdeling in rijen en de soort zijn van ons. Vaststelling: wat de onderzoekers zien. Zorg: wat zij als risico of "
    "tekort noemen. Opgave: wat er volgens hen moet gebeuren. Open: waarover zij nog niet oordelen."
)


@dataclass(frozen=True)
class Conclusion:
    """One conclusion of the closing chapter in our own words."""

    id: str
    thema: str
    soort: str
    label: str
    vindplaats: str


@dataclass(frozen=True)
class Slotbeschouwing:
    """All conclusions in the order of the source."""

    meting: str
    conclusies: tuple[Conclusion, ...]
    dataset: str

    @property
    def themas(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(conclusion.thema for conclusion in self.conclusies))


def build_slotbeschouwing(table: SourceTable) -> Slotbeschouwing:
    """Check the table and return the conclusions, or raise one NsocError with row and column."""
    conclusions: list[Conclusion] = []
    for row in read_rows(table):
        name = row.once("conclusie", [conclusion.id for conclusion in conclusions], "elke conclusie een keer")
        if f"§{row.filled('paragraaf')}" not in row.filled("vindplaats"):
            expected = f"een plaats in §{row.text('paragraaf')}"
            raise row.refuse("vindplaats", expected, "Verbeter paragraaf of vindplaats.")
        kind = row.choice("soort", SOORTEN)
        conclusions.append(Conclusion(name, row.filled("thema"), kind, row.filled("label"), row.text("vindplaats")))
    return Slotbeschouwing(table.meting, tuple(conclusions), table.dataset)


def count_conclusions(slot: Slotbeschouwing) -> dict[str, Result]:
    """Count the conclusions: ``totaal``, and of each kind."""
    kinds = [conclusion.soort for conclusion in slot.conclusies]
    counts = {"totaal": len(kinds)} | {kind: kinds.count(kind) for kind in SOORTEN}
    return {
        name: Result(
            f"{slot.meting}.slotbeschouwing.{slug(name)}",
            f"Conclusies van het slothoofdstuk: {name}",
            value,
            "conclusies",
            "herleid",
            slot.dataset,
        )
        for name, value in counts.items()
    }


def tabulate_conclusions(slot: Slotbeschouwing, *soorten: str) -> Table:
    """Return the conclusions of these kinds by theme. Raises NsocError for a kind that does not exist."""
    unknown = [kind for kind in soorten if kind not in SOORTEN]
    if unknown:
        raise unknown_value("de tabel met conclusies", unknown[0], SOORTEN, "Verbeter de soort in het notebook.")
    rows: list[Row] = [
        (conclusion.label, conclusion.soort, conclusion.thema, indicate(conclusion.vindplaats))
        for conclusion in slot.conclusies
        if conclusion.soort in soorten
    ]
    return Table(
        key="-".join(["tabel", slot.meting, "slot", *soorten]),
        bijschrift=f"Conclusies van het slothoofdstuk: {', '.join(soorten)}.",
        koppen=("Conclusie", "Soort", "Thema", "Vindplaats"),
        rijen=tuple(rows),
        noten=(ONZE_SOORT,),
    )
