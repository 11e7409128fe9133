"""Places where sources say two things about one matter, each as a question to their authors."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nsoc_lib.consistency import CONCLUSIE, GEEN, GETAL
from nsoc_lib.errors import unknown_value
from nsoc_lib.prose import indicate
from nsoc_lib.result import Result
from nsoc_lib.source_rows import SourceTable, read_rows
from nsoc_lib.tables import Cell, Table

GROEPEN = ("aanleiding", "aanpak", "actieplan", "activiteiten", "bevindingen", "toetsingskader", "brief")
RAAKT = (GETAL, CONCLUSIE, GEEN)
REPORTED = (GETAL, CONCLUSIE)  # what the appendix asks about; the rest stays in the table
NO_FAULT = "In eigen woorden. Een verschil is geen fout: plaatsen kunnen over een ander moment of een ander deel gaan."


@dataclass(frozen=True)
class Difference:
    """One matter, what stands in the one place and in the other, and the question that is left.

    ``groep`` is what the matter belongs to, ``raakt`` says whether a number or a conclusion depends on it.
    """

    id: str
    groep: str
    onderwerp: str
    staat_er: str
    vindplaats: str
    staat_ook: str
    vindplaats_ook: str
    vraag: str
    raakt: str


@dataclass(frozen=True)
class Differences:
    """Differences in the order of their table: all, or those of the group ``groep``."""

    meting: str
    verschillen: tuple[Difference, ...]
    dataset: str
    groep: str = ""

    @property
    def aantal(self) -> Result:
        """How many differences we noted; the sources may hold more."""
        return self._count("aantal", "Verschillen in en tussen de bronnen", RAAKT)

    @property
    def getal(self) -> Result:
        """How many of them touch a number."""
        return self._count("getal", "Verschillen die een getal raken", (GETAL,))

    @property
    def conclusie(self) -> Result:
        """How many of them touch a conclusion."""
        return self._count("conclusie", "Verschillen die een conclusie raken", (CONCLUSIE,))

    @property
    def gevraagd(self) -> Result:
        """How many of them the appendix asks about."""
        return self._count("gevraagd", "Verschillen die als vraag in de bijlage staan", REPORTED)

    @property
    def overig(self) -> Result:
        """How many of them touch neither a number nor a conclusion."""
        return self._count("overig", "Verschillen die geen getal of conclusie raken", (GEEN,))

    def _count(self, name: str, label: str, touched: tuple[str, ...]) -> Result:
        parts = [self.meting, "verschillen", *([self.groep] if self.groep else []), name]
        found = sum(difference.raakt in touched for difference in self.verschillen)
        label = f"{label}: {self.groep}" if self.groep else label
        return Result(".".join(parts), label, found, "verschillen", "herleid", self.dataset)

    def select_group(self, groep: str) -> Differences:
        """Return the differences of one group, possibly none. Raises NsocError for an unknown group."""
        if groep not in GROEPEN:
            raise unknown_value("de groep van verschillen", groep, GROEPEN, "Verbeter de naam in het notebook.")
        found = tuple(difference for difference in self.verschillen if difference.groep == groep)
        return replace(self, verschillen=found, groep=groep)

    def select_reported(self) -> tuple[Difference, ...]:
        """Return what the appendix asks about: differences that touch a number or a conclusion."""
        return tuple(difference for difference in self.verschillen if difference.raakt in REPORTED)


def build_differences(table: SourceTable) -> Differences:
    """Return the differences of a table.

    Raises NsocError with row and column for an empty cell, a double difference, two places that say
    the same or are the same, a question without question mark, and an unknown ``groep`` or ``raakt``.
    """
    found: list[Difference] = []
    for row in read_rows(table):
        difference = Difference(
            id=row.once("verschil", [earlier.id for earlier in found], "elk verschil een keer"),
            groep=row.choice("groep", GROEPEN),
            onderwerp=row.filled("onderwerp"),
            staat_er=row.filled("staat_er"),
            vindplaats=row.filled("vindplaats"),
            staat_ook=row.filled("staat_ook"),
            vindplaats_ook=row.filled("vindplaats_ook"),
            vraag=row.filled("vraag"),
            raakt=row.choice("raakt", RAAKT),
        )
        if difference.staat_er == difference.staat_ook:
            raise row.refuse("staat_ook", "iets anders dan in staat_er", "Verbeter een van beide, of haal de rij weg.")
        if difference.vindplaats == difference.vindplaats_ook:
            raise row.refuse("vindplaats_ook", "een andere plaats dan in vindplaats", "Zeg bij elk waar het staat.")
        if not difference.vraag.endswith("?"):
            raise row.refuse("vraag", "een vraag met een vraagteken", "Maak er een vraag van.")
        found.append(difference)
    return Differences(table.meting, tuple(found), table.dataset)


def tabulate_differences(differences: Differences, bijschrift: str) -> Table:
    """Return every difference with both places, the question to the authors, and what it touches."""
    name = f"-{differences.groep}" if differences.groep else ""
    return Table(
        key=f"tabel-{differences.meting}-verschillen{name}",
        bijschrift=bijschrift,
        koppen=("Onderwerp", "Hier staat", "Elders staat", "Vraag", "Raakt"),
        rijen=tuple((indicate(d.onderwerp), *_sides(d), d.vraag, d.raakt) for d in differences.verschillen),
        noten=(NO_FAULT,) if differences.verschillen else ("Zulke verschillen zijn niet opgeschreven.",),
    )


def tabulate_questions(differences: Differences) -> Table:
    """Return the differences that touch a number or a conclusion, as questions to the authors of the sources."""
    rows = tuple(
        ((indicate(d.onderwerp), f" ({d.groep})"), *_sides(d), d.vraag, d.raakt) for d in differences.select_reported()
    )
    return Table(
        key=f"tabel-{differences.meting}-vragen",
        bijschrift="Vragen over plaatsen die iets anders zeggen over hetzelfde.",
        koppen=("Onderwerp (en groep)", "Hier staat", "Elders staat", "Vraag", "Raakt"),
        rijen=rows,
        noten=(NO_FAULT,) if rows else ("Er zijn geen zulke vragen.",),
    )


def _sides(difference: Difference) -> tuple[Cell, Cell]:
    return (
        indicate(f"{difference.staat_er} ({difference.vindplaats})"),
        indicate(f"{difference.staat_ook} ({difference.vindplaats_ook})"),
    )
