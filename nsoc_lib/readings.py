"""Two readings of what the sources say about each criterion: where they agreed before they were reconciled.

Both readings are by the makers of this report. They are no independent panel, and their agreement
says how clear the rules of coding are, not whether a code is right.
"""

from __future__ import annotations

from dataclasses import dataclass

from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.prose import Filling, indicate
from nsoc_lib.reliability import cohen_kappa
from nsoc_lib.result import Result
from nsoc_lib.shares import slug
from nsoc_lib.source_rows import SourceTable, read_rows
from nsoc_lib.tables import NOTHING, Row, Table
from nsoc_lib.toetsingskader import DEKKINGEN, Criterion, Toetsingskader

Key = tuple[str, str]
LEZERS = "Beide lezingen zijn van opstellers van dit rapport, geen onafhankelijk panel."
KAPPA = (
    "Cohens kappa telt alleen overeenstemming boven die door toeval: op het nulpunt zijn de lezingen niet vaker gelijk "
    "dan bij toeval. Waar bijna alles dezelfde code heeft, valt kappa laag uit."
)


@dataclass(frozen=True)
class Readings:
    """The code of every criterion in both readings, and why each difference was decided as it was."""

    toetsingskader: Toetsingskader
    eerste: dict[Key, str]
    tweede: dict[Key, str]
    redenen: dict[Key, tuple[str, str]]  # reason and its place in the source
    dataset: str

    def select(self, kader: str) -> tuple[Criterion, ...]:
        """Return the criteria of one framework, or all for an empty name."""
        return self.toetsingskader.select_criteria(kader) if kader else self.toetsingskader.criteria

    def differing(self, kader: str = "") -> tuple[Criterion, ...]:
        """Return the criteria that the readings coded otherwise."""
        return tuple(c for c in self.select(kader) if self.eerste[c.key] != self.tweede[c.key])


def build_readings(
    toetsingskader: Toetsingskader, first: SourceTable, second: SourceTable, reasons: SourceTable
) -> Readings:
    """Join both readings with the reasons for reconciling them.

    Raises NsocError for a criterion that a reading leaves out, repeats or does not know, for another
    code, and unless exactly the criteria that differ have a reason.
    """
    one, two = (_build_reading(toetsingskader, table) for table in (first, second))
    given: dict[Key, tuple[str, str]] = {}
    for row in read_rows(reasons):
        key = row.filled("kader"), row.filled("letter")
        if one.get(key) == two.get(key) or key in given:
            expected = "een keer elk onderwerp dat de lezingen anders codeerden"
            raise row.refuse("letter", expected, "Haal de rij weg.", found=" ".join(key))
        given[key] = row.filled("reden"), row.filled("vindplaats")
    silent = [" ".join(key) for key in one if one[key] != two[key] and key not in given]
    if silent:
        raise _refusal(reasons, f"geen reden bij {enumerate_nl(silent)}", "bij elk verschil een reden")
    return Readings(toetsingskader, one, two, given, second.dataset)


def _build_reading(toetsingskader: Toetsingskader, table: SourceTable) -> dict[Key, str]:
    known, codes = [criterion.key for criterion in toetsingskader.criteria], dict[Key, str]()
    for row in read_rows(table):
        key = row.filled("kader"), row.filled("letter")
        if key not in known or key in codes:
            expected = "elk onderwerp van het toetsingskader een keer"
            raise row.refuse("letter", expected, "Verbeter kader of letter.", found=" ".join(key))
        codes[key] = row.choice("dekt", DEKKINGEN)
    absent = [" ".join(key) for key in known if key not in codes]
    if absent:
        raise _refusal(table, f"geen code voor {enumerate_nl(absent)}", "een code voor elk onderwerp")
    return {key: codes[key] for key in known}


def _refusal(table: SourceTable, found: str, expected: str) -> NsocError:
    return NsocError(table.place(), found=found, expected=expected, remedy="Voeg de ontbrekende rijen toe.")


def count_agreement(readings: Readings, kader: str = "") -> dict[str, Result]:
    """Count where the readings agreed, of one framework or of all: gelijk, anders, and which code was kept.

    ``kappa`` is absent where it has no value.
    """
    criteria, differing = readings.select(kader), readings.differing(kader)
    kept = [readings.toetsingskader.coverage(criterion) for criterion in differing]
    counts: dict[str, float | int | None] = {
        "totaal": len(criteria),
        "gelijk": len(criteria) - len(differing),
        "anders": len(differing),
        "eerste": sum(code == readings.eerste[c.key] for c, code in zip(differing, kept, strict=True)),
        "tweede": sum(code == readings.tweede[c.key] for c, code in zip(differing, kept, strict=True)),
        "kappa": cohen_kappa([readings.eerste[c.key] for c in criteria], [readings.tweede[c.key] for c in criteria]),
    }
    base = f"{readings.toetsingskader.meting}.toetsingskader.lezingen{'.' + slug(kader) if kader else ''}"
    label = f"Twee lezingen van §{kader}" if kader else "Twee lezingen van het toetsingskader"
    return {
        name: Result(
            f"{base}.{name}",
            f"{label}: {name}",
            value,
            "getal" if name == "kappa" else "onderwerpen",
            "herleid",
            readings.dataset,
        )
        for name, value in counts.items()
        if value is not None
    }


def tabulate_agreement(readings: Readings) -> Table:
    """Return per framework, and over both, how many codes were the same and what became of the others."""
    frameworks = dict.fromkeys(criterion.kader for criterion in readings.toetsingskader.criteria)
    rows: list[Row] = []
    for kader in (*frameworks, ""):
        counts = count_agreement(readings, kader)
        columns: tuple[Filling, ...] = tuple(counts[n] for n in ("totaal", "gelijk", "eerste", "tweede"))
        rows.append((indicate(f"§{kader}") if kader else "Samen", *columns, counts.get("kappa", NOTHING)))
    return Table(
        key=f"tabel-{readings.toetsingskader.meting}-lezingen",
        bijschrift="Hoe vaak de lezingen hetzelfde codeerden, voordat verschillen zijn uitgezocht.",
        koppen=("Kader", "Onderwerpen", "Zelfde code", "Daarna als eerste lezing", "Daarna als tweede lezing", "Kappa"),
        rijen=tuple(rows),
        noten=(LEZERS, KAPPA),
    )


def tabulate_differences(readings: Readings) -> Table:
    """Return every criterion that the readings coded otherwise, with what was decided and why."""
    rows: list[Row] = []
    for criterion in readings.differing():
        reason, where = readings.redenen[criterion.key]
        codes = (readings.eerste[criterion.key], readings.tweede[criterion.key])
        kept = readings.toetsingskader.coverage(criterion)
        name = indicate(f"§{criterion.kader} {criterion.letter}. {criterion.label}")
        rows.append((name, *codes, kept, indicate(f"{reason} ({where})")))
    return Table(
        key=f"tabel-{readings.toetsingskader.meting}-lezingen-verschillen",
        bijschrift="Onderwerpen die de lezingen anders codeerden, en hoe dat is beslist.",
        koppen=("Onderwerp", "Eerste lezing", "Tweede lezing", "Besluit", "Waarom"),
        rijen=tuple(rows),
        noten=(LEZERS,),
    )
