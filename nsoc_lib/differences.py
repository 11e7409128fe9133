"""Places where a source says two things about one matter, each as a question to its authors."""

from __future__ import annotations

from dataclasses import dataclass

from nsoc_lib.prose import indicate
from nsoc_lib.published import SourceTable
from nsoc_lib.result import Result
from nsoc_lib.source_rows import read_rows
from nsoc_lib.tables import Table


@dataclass(frozen=True)
class Difference:
    """One matter, what stands in the one place and in the other, and the question that is left."""

    id: str
    onderwerp: str
    staat_er: str
    vindplaats: str
    staat_ook: str
    vindplaats_ook: str
    vraag: str


@dataclass(frozen=True)
class Differences:
    """All differences of one table, in its order."""

    meting: str
    naam: str
    verschillen: tuple[Difference, ...]
    dataset: str

    @property
    def aantal(self) -> Result:
        """How many differences we noted; the source may hold more."""
        name = f"{self.meting}.{self.naam.replace('_', '-')}.aantal"
        return Result(name, "Verschillen binnen de bron", len(self.verschillen), "verschillen", "herleid", self.dataset)


def build_differences(table: SourceTable) -> Differences:
    """Return the differences of a table.

    Raises NsocError with row and column for an empty cell, a double difference, and two places that say the same.
    """
    columns = ("verschil", "onderwerp", "staat_er", "vindplaats", "staat_ook", "vindplaats_ook", "vraag")
    found: list[Difference] = []
    for row in read_rows(table):
        difference = Difference(*(row.filled(column) for column in columns))
        if difference.id in [earlier.id for earlier in found]:
            raise row.refuse("verschil", "elk verschil een keer", "Haal een van de rijen weg.")
        if difference.staat_er == difference.staat_ook:
            raise row.refuse("staat_ook", "iets anders dan in staat_er", "Verbeter een van beide, of haal de rij weg.")
        found.append(difference)
    return Differences(table.meting, table.dataset.split("@")[0], tuple(found), table.dataset)


def tabulate_differences(differences: Differences, bijschrift: str) -> Table:
    """Return every difference with both places and the question to the authors."""
    return Table(
        key=f"tabel-{differences.meting}-{differences.naam.replace('_', '-')}",
        bijschrift=bijschrift,
        koppen=("Onderwerp", "Op de ene plaats", "Vindplaats", "Op de andere plaats", "Vindplaats", "Vraag"),
        rijen=tuple(
            (
                d.onderwerp,
                indicate(d.staat_er),
                indicate(d.vindplaats),
                indicate(d.staat_ook),
                indicate(d.vindplaats_ook),
                d.vraag,
            )
            for d in differences.verschillen
        ),
    )
