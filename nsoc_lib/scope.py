"""What a study looked into and what not, in the terms of the rules for policy evaluation. Our judgement."""

from __future__ import annotations

from dataclasses import dataclass

from nsoc_lib.prose import indicate
from nsoc_lib.source_rows import SourceTable, read_rows
from nsoc_lib.tables import Table

WEL, DEELS, NIET = "wel", "deels", "niet"
ONS_OORDEEL = (
    "Of een aspect is onderzocht is een oordeel van de opstellers van dit rapport. De bron maakt deze indeling niet."
)


@dataclass(frozen=True)
class Aspect:
    """One aspect of policy and whether the study looked into it: wel, deels or niet."""

    id: str
    label: str
    onderzocht: str
    toelichting: str
    vindplaats: str


@dataclass(frozen=True)
class Scope:
    """All aspects in the order of the table."""

    meting: str
    aspecten: tuple[Aspect, ...]


def build_scope(table: SourceTable) -> Scope:
    """Return the aspects; raise NsocError with row and column for an empty cell, a double aspect, another value."""
    aspects: list[Aspect] = []
    for row in read_rows(table):
        aspects.append(
            Aspect(
                id=row.once("aspect", [aspect.id for aspect in aspects], "elk aspect een keer"),
                label=row.filled("label"),
                onderzocht=row.choice("onderzocht", (WEL, DEELS, NIET)),
                toelichting=row.filled("toelichting"),
                vindplaats=row.filled("vindplaats"),
            )
        )
    return Scope(table.meting, tuple(aspects))


def tabulate_scope(scope: Scope) -> Table:
    """Return every aspect with whether it was studied, on what, and where that follows from."""
    return Table(
        key=f"tabel-{scope.meting}-soort-evaluatie",
        bijschrift="Wat de evaluatie wel en niet heeft onderzocht.",
        koppen=("Aspect", "Onderzocht", "Toelichting", "Vindplaats"),
        rijen=tuple((a.label, a.onderzocht, a.toelichting, indicate(a.vindplaats)) for a in scope.aspecten),
        noten=(ONS_OORDEEL,),
    )
