"""Counts from a registration for criteria that ask for one, and what may be said about their change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf

from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.prose import Filling, indicate
from nsoc_lib.result import Result
from nsoc_lib.shares import slug
from nsoc_lib.source_rows import SourceRow, SourceTable, read_rows
from nsoc_lib.tables import NOTHING, Row, Table
from nsoc_lib.toetsingskader import GEEN_GEGEVENS, Criterion, Toetsingskader, needs_registration

RATE_CLAIM = "Wie deze grenzen gebruikt neemt aan dat gevallen los van elkaar geteld zijn en steeds even volledig zijn geregistreerd."


@dataclass(frozen=True)
class Count:
    """What a registration counted for one criterion in one period of ``maanden`` months."""

    criterium: tuple[str, str]
    periode: str
    indicator: str
    aantal: int
    maanden: float


@dataclass(frozen=True)
class Registration:
    """The counts of one supplied table, in the order of time as the file gives it."""

    meting: str
    tellingen: tuple[Count, ...]
    herkomst: str
    dataset: str

    def series(self, criterion: Criterion) -> dict[str, list[Count]]:
        """Return the counts of one criterion per indicator."""
        own = [count for count in self.tellingen if count.criterium == criterion.key]
        return {c.indicator: [count for count in own if count.indicator == c.indicator] for c in own}


def build_registration(toetsingskader: Toetsingskader, table: SourceTable | None) -> Registration | None:
    """Check a table of kader, letter, periode, indicator, aantal, maanden and vindplaats; None stays None.

    Raises NsocError for a criterion that asks for no registration, a period given twice, a
    negative count and a period without length.
    """
    if table is None:
        return None
    asking = {criterion.key for criterion in toetsingskader.criteria if needs_registration(criterion)}
    counts: list[Count] = []
    for row in read_rows(table):
        count = _build_count(row, asking)
        if any(
            (c.criterium, c.indicator, c.periode) == (count.criterium, count.indicator, count.periode) for c in counts
        ):
            raise row.refuse("periode", "elke periode een keer per indicator", "Haal een van beide rijen weg.")
        counts.append(count)
    return Registration(table.meting, tuple(counts), table.herkomst, table.dataset)


def _build_count(row: SourceRow, asking: set[tuple[str, str]]) -> Count:
    key = (row.filled("kader"), row.filled("letter"))
    if key not in asking:
        known = enumerate_nl(sorted(" ".join(pair) for pair in asking), most=12)
        raise row.refuse("letter", f"een onderwerp dat een registratie vraagt: {known}", "Verbeter kader of letter.")
    count, months = row.count("aantal"), row.number("maanden")
    if months is None or months <= 0:
        raise row.refuse("maanden", "de duur van de periode in maanden, groter dan nul", "Vul de duur in.")
    return Count(key, row.filled("periode"), row.filled("indicator"), count, months)


@dataclass(frozen=True)
class RateRatio:
    """The rate of the second period over that of the first, with exact limits; infinite is without limit."""

    ratio: float
    low: float
    high: float


def rate_ratio(count1: int, exposure1: float, count2: int, exposure2: float) -> RateRatio:
    """Compare two counts, each over its exposure (months), with exact 95 percent limits given their total.

    Given the total the second count is binomial; Clopper-Pearson limits of its share become limits
    of the ratio. Raises NsocError for a negative count, no exposure, and nothing counted at all.

    >>> rate_ratio(10, 12, 20, 12).ratio
    2.0
    """
    from scipy.stats import beta  # type: ignore[import-untyped]

    if min(count1, count2) < 0 or min(exposure1, exposure2) <= 0 or count1 + count2 == 0:
        found = f"aantallen {count1} en {count2} over {exposure1:g} en {exposure2:g}"
        expected = "aantallen vanaf nul, ten minste een geval, en een duur groter dan nul"
        remedy = "Verbeter het aantal of de duur, of laat de rijen weg."
        raise NsocError("een registratietabel", found=found, expected=expected, remedy=remedy)
    scale = exposure1 / exposure2
    low = float(beta.ppf(0.025, count2, count1 + 1)) if count2 else 0.0
    high = float(beta.ppf(0.975, count2 + 1, count1)) if count1 else 1.0
    return RateRatio(
        ratio=count2 / count1 * scale if count1 else inf,
        low=low / (1 - low) * scale,
        high=high / (1 - high) * scale if high < 1 else inf,
    )


def supply(toetsingskader: Toetsingskader, registration: Registration | None) -> Toetsingskader:
    """Return the toetsingskader in which these criteria no longer lack a registration."""
    keys = {count.criterium for count in registration.tellingen} if registration else set()
    return replace(toetsingskader, geregistreerd=frozenset(keys))


def tabulate_registrations(toetsingskader: Toetsingskader, registration: Registration | None = None) -> Table:
    """Return per criterion that asks for a registration its counts and the last period over the first.

    A criterion without counts says that there are no data.
    """
    rows: list[Row] = []
    for criterion in filter(needs_registration, toetsingskader.criteria):
        series = registration.series(criterion) if registration else {}
        rows += [_trend(criterion, counts, registration) for counts in series.values() if registration]
        if not series:
            rows.append((indicate(criterion.letter), criterion.label, GEEN_GEGEVENS, NOTHING, NOTHING))
    return Table(
        key=f"tabel-{toetsingskader.meting}-registraties",
        bijschrift="Onderwerpen die een telling uit een registratie vragen.",
        koppen=("Letter", "Onderwerp", "Tellingen", "Verhouding laatste tot eerste", "Grenzen"),
        rijen=tuple(rows),
        noten=(RATE_CLAIM,) if registration else (),
    )


def _trend(criterion: Criterion, counts: list[Count], registration: Registration) -> Row:
    indicator = counts[0].indicator
    base = f"{registration.meting}.toetsingskader.{slug(criterion.kader)}.{slug(criterion.letter)}.{slug(indicator)}"

    def result(name: str, value: float, unit: str) -> Filling:
        label, origin = f"{indicator}: {name}", registration.herkomst
        shown = Result(f"{base}.{slug(name)}", label, value, unit, origin, registration.dataset)
        return "onbegrensd" if value == inf else shown

    told: list[Filling] = []
    for count in counts:
        told += [indicate(f"{'; ' if told else ''}{count.periode}: "), result(count.periode, count.aantal, "gevallen")]
    head = (indicate(criterion.letter), indicate(f"{criterion.label}: {indicator}"), tuple(told))
    first, last = counts[0], counts[-1]
    if len(counts) == 1 or first.aantal + last.aantal == 0:  # nothing to compare: one period, or no cases at all
        return (*head, NOTHING, NOTHING)
    change = rate_ratio(first.aantal, first.maanden, last.aantal, last.maanden)
    limits = (result("laag", change.low, "getal"), " tot ", result("hoog", change.high, "getal"))
    return (*head, result("verhouding", change.ratio, "getal"), limits)
