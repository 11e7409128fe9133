"""The groups a study involves: their level, what they do, and with which others they share people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nsoc_lib.meting import ONBEKEND
from nsoc_lib.prose import indicate
from nsoc_lib.source_rows import SourceTable, read_rows
from nsoc_lib.tables import NOTHING, Row, Table

NIVEAUS = ("strategisch", "tactisch", "operationeel")


@dataclass(frozen=True)
class Group:
    """One group. ``niveau`` and ``taak`` are empty where the source gives none.

    ``overlapt`` names the groups it shares people with; that A stands at B is enough, B need not stand at A.
    """

    id: str
    label: str
    naam: str
    niveau: str
    taak: str
    overlapt: tuple[str, ...]
    vindplaats: str

    def shares_people_with(self, other: Group) -> bool:
        """Whether the source counts people of the one to the other, in either direction."""
        return other.id in self.overlapt or self.id in other.overlapt


def build_groups(table: SourceTable) -> tuple[Group, ...]:
    """Return the groups in the order of the table (Regioplan: the columns of tabel 1.1).

    Raises NsocError with row and column for a double group, an empty label, name or locator, another
    level, and an overlap with itself or with a group the table does not have.
    """
    rows = read_rows(table)
    known = [row.text("groep") for row in rows]
    groups = []
    for row in rows:
        name = row.filled("groep")
        if known.count(name) > 1:
            raise row.refuse("groep", "elke groep een keer", "Haal een van de rijen weg.")
        overlap = row.choices("overlapt", [group for group in known if group != name])
        label, full, level = row.filled("label"), row.filled("naam"), row.choice("niveau", ("", *NIVEAUS))
        groups.append(Group(name, label, full, level, row.text("taak"), overlap, row.filled("vindplaats")))
    return tuple(groups)


def name_overlap(groups: Sequence[Group]) -> str:
    """Return which groups share people, as words: "A met B en C". Empty when none do."""
    pairs = {
        group.label: [other.label for other in groups if other.id in group.overlapt]
        for group in groups
        if group.overlapt
    }
    return "; ".join(f"{label} met {' en '.join(others)}" for label, others in pairs.items())


def tabulate_groups(groups: Sequence[Group]) -> Table:
    """Return every group with its full name, level, task, and the groups it shares people with."""
    rows: list[Row] = []
    for group in groups:
        shared = ", ".join(other.label for other in groups if group.shares_people_with(other))
        cells = (group.naam, group.niveau or ONBEKEND, group.taak or ONBEKEND, shared or NOTHING)
        rows.append((group.label, *cells, indicate(group.vindplaats)))
    return Table(
        key="tabel-groepen",
        bijschrift="Groepen die bij het onderzoek zijn betrokken.",
        koppen=("Groep", "Volledige naam", "Niveau", "Wat de groep doet", "Deelt mensen met", "Vindplaats"),
        rijen=tuple(rows),
        noten=("Een streepje betekent dat de bron geen overlap noemt. Uitgesloten is die daarmee niet.",),
    )
