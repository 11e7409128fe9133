"""The toetsingskader: criteria for a future evaluation, and what the metingen already say about them.

A criterion is its framework plus its letter, never its text. Coverage is our judgement of the
evidence; a verdict is a researcher's, and exists only when signed.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from math import inf
from typing import Any

import pandas as pd

from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.prose import Filling, indicate
from nsoc_lib.published import SourceTable
from nsoc_lib.result import Result
from nsoc_lib.shares import slug
from nsoc_lib.tables import NOTHING, Row, Table
from nsoc_lib.verdict import check_signature

JA, DEELS, GEEN = "ja", "deels", "geen"
DEKKINGEN = (JA, DEELS, GEEN)
REGISTRATIE = "aantallen uit registratie"
GEEN_GEGEVENS = "geen gegevens"
GEEN_OORDEEL = "geen oordeel: nog niemand tekende er een"
ONS_OORDEEL = "Wat bewijs dekt, en wat nog ontbreekt, is een oordeel van de opstellers van dit rapport. Het staat niet in de bron."
RATE_CLAIM = "Wie deze grenzen gebruikt neemt aan dat gevallen los van elkaar geteld zijn en steeds even volledig zijn geregistreerd."


@dataclass(frozen=True)
class Criterion:
    """One criterion. ``methode`` is empty where the source names none (§6.2)."""

    kader: str
    letter: str
    groep: str
    label: str
    methode: str
    vindplaats: str

    @property
    def key(self) -> tuple[str, str]:
        return self.kader, self.letter


@dataclass(frozen=True)
class Evidence:
    """What a meting says about one criterion: whether it covers it, and what a verdict still lacks."""

    kader: str
    letter: str
    bewijs: str
    dekt: str
    toelichting: str
    vindplaats: str


@dataclass(frozen=True)
class Verdict:
    """A researcher's verdict on one criterion. Raises NsocError without words, role, argument or an ISO date."""

    kader: str
    letter: str
    oordeel: str
    rol: str
    datum: str
    argument: str

    def __post_init__(self) -> None:
        check_signature(f"{self.kader} {self.letter}", self.oordeel, self.rol, self.datum, self.argument)


@dataclass(frozen=True)
class Toetsingskader:
    """All criteria with the evidence for each and the verdicts that were signed."""

    meting: str
    criteria: tuple[Criterion, ...]
    bewijzen: tuple[Evidence, ...]
    datasets: tuple[str, str]
    oordelen: tuple[Verdict, ...] = field(default=())

    def select_criteria(self, kader: str) -> tuple[Criterion, ...]:
        """Return the criteria of one framework. Raises NsocError when there is none."""
        chosen = tuple(criterion for criterion in self.criteria if criterion.kader == kader)
        if not chosen:
            raise _unknown("tabel toetsingskader, kolom kader", kader, sorted({c.kader for c in self.criteria}))
        return chosen

    def select_evidence(self, criterion: Criterion) -> tuple[Evidence, ...]:
        return tuple(e for e in self.bewijzen if (e.kader, e.letter) == criterion.key)

    def coverage(self, criterion: Criterion) -> str:
        """Return the best that any piece of evidence gives; parts never add up to a whole."""
        given = {evidence.dekt for evidence in self.select_evidence(criterion)}
        return next((dekking for dekking in (JA, DEELS) if dekking in given), GEEN)

    def sign(self, verdict: Verdict) -> Toetsingskader:
        """Return the toetsingskader with a signed verdict. Raises NsocError for an unknown or judged criterion."""
        open_keys = {c.key for c in self.criteria} - {(v.kader, v.letter) for v in self.oordelen}
        if (verdict.kader, verdict.letter) not in open_keys:
            raise _unknown("de oordelen", f"{verdict.kader} {verdict.letter}", [" ".join(k) for k in sorted(open_keys)])
        return replace(self, oordelen=(*self.oordelen, verdict))


def build_toetsingskader(criteria: SourceTable, coverage: SourceTable) -> Toetsingskader:
    """Join criteria and evidence; raise NsocError for a double or unknown criterion and another ``dekt``."""
    names = ("kader", "letter", "groep", "label", "methode", "vindplaats")
    known = [Criterion(*_texts(row, *names)) for row in criteria.rijen.to_dict("records")]
    keys = [" ".join(criterion.key) for criterion in known]
    twice = [key for key in keys if keys.count(key) > 1]
    if twice:
        where = "tabel toetsingskader, kolom letter"
        raise _refusal(where, f"{twice[0]} nog een keer", "elke letter een keer per kader", "Verbeter de letter.")
    pieces = []
    for row in coverage.rijen.to_dict("records"):
        evidence = Evidence(*_texts(row, "kader", "letter", "bewijs", "dekt", "toelichting", "vindplaats"))
        where = f"tabel dekking_toetsingskader, rij {row.get('rij', '?')}, kolom"
        if f"{evidence.kader} {evidence.letter}" not in keys:
            raise _unknown(f"{where} letter", f"{evidence.kader} {evidence.letter}", keys)
        if evidence.dekt not in (JA, DEELS):
            raise _unknown(f"{where} dekt", evidence.dekt, [JA, DEELS])
        pieces.append(evidence)
    return Toetsingskader(criteria.meting, tuple(known), tuple(pieces), (criteria.dataset, coverage.dataset))


def _texts(row: dict[Hashable, Any], *names: str) -> list[str]:
    return ["" if pd.isna(row[name]) else str(row[name]) for name in names]


def _unknown(where: str, found: str, known: list[str]) -> NsocError:
    return _refusal(where, f'"{found}"', f"een van: {enumerate_nl(known)}", "Verbeter de waarde.")


def _refusal(where: str, found: str, expected: str, remedy: str) -> NsocError:
    return NsocError(where, found=found, expected=expected, remedy=remedy)


def needs_registration(criterion: Criterion) -> bool:
    """Whether the source asks for counts from a registration, which no meting has supplied."""
    return criterion.methode == REGISTRATIE


def count_coverage(toetsingskader: Toetsingskader, kader: str) -> dict[str, Result]:
    """Count the criteria of one framework: all, per coverage, and those that ask for a registration."""
    criteria = toetsingskader.select_criteria(kader)
    base, (of_criteria, of_evidence) = f"{toetsingskader.meting}.toetsingskader.{slug(kader)}", toetsingskader.datasets
    counts = {"totaal": (len(criteria), of_criteria)}
    counts |= {d: (sum(toetsingskader.coverage(c) == d for c in criteria), of_evidence) for d in DEKKINGEN}
    counts["registratie"] = (sum(needs_registration(c) for c in criteria), of_criteria)
    return {
        name: Result(f"{base}.{name}", f"§{kader}, onderwerpen: {name}", value, "onderwerpen", "herleid", dataset)
        for name, (value, dataset) in counts.items()
    }


def tabulate_counts(toetsingskader: Toetsingskader) -> Table:
    """Return per framework how many criteria have evidence, and how many ask for a registration."""
    rows: list[Row] = []
    for kader in dict.fromkeys(criterion.kader for criterion in toetsingskader.criteria):
        counts = count_coverage(toetsingskader, kader)
        rows.append((indicate(f"§{kader}"), *(counts[n] for n in ("totaal", *DEKKINGEN, "registratie"))))
    return Table(
        key=f"tabel-{toetsingskader.meting}-dekking-aantallen",
        bijschrift="Onderwerpen met bewijs uit de metingen.",
        koppen=("Kader", "Onderwerpen", "Gedekt", "Deels gedekt", "Niet gedekt", "Vraagt registratie"),
        rijen=tuple(rows),
        noten=(ONS_OORDEEL,),
    )


def tabulate_coverage(toetsingskader: Toetsingskader, kader: str) -> Table:
    """Return one row per criterion: method, coverage, the evidence, what is missing, the verdict."""
    rows: list[Row] = []
    for criterion in toetsingskader.select_criteria(kader):
        evidence = toetsingskader.select_evidence(criterion)
        names = indicate("; ".join(_name_evidence(e) for e in evidence)) if evidence else NOTHING
        head = (indicate(criterion.letter), criterion.groep, criterion.label, criterion.methode or "niet genoemd")
        given = (toetsingskader.coverage(criterion), names, _missing(criterion, evidence))
        rows.append((*head, *given, _verdict(toetsingskader, criterion), indicate(criterion.vindplaats)))
    return Table(
        key=f"tabel-{toetsingskader.meting}-toetsingskader-{slug(kader)}",
        bijschrift="Onderwerpen van het toetsingskader en wat de metingen daarover al geven.",
        koppen=("Letter", "Groep", "Onderwerp", "Werkwijze", "Dekking", "Bewijs", "Ontbreekt", "Oordeel", "Waar"),
        rijen=tuple(rows),
        noten=(ONS_OORDEEL,),
    )


def _name_evidence(evidence: Evidence) -> str:
    """Return a statement by its name in the codebook, with its place in the source; a place as it is."""
    *_, name = evidence.bewijs.split(".")
    return evidence.bewijs if evidence.bewijs == evidence.vindplaats else f"stelling {name} ({evidence.vindplaats})"


def _missing(criterion: Criterion, evidence: tuple[Evidence, ...]) -> str:
    lacking = list(dict.fromkeys(e.toelichting for e in evidence))
    if needs_registration(criterion):
        lacking.append(f"{GEEN_GEGEVENS}: een registratietabel is niet aangeleverd")
    return "; ".join(lacking) or "bewijs"


def _verdict(toetsingskader: Toetsingskader, criterion: Criterion) -> Filling:
    for verdict in toetsingskader.oordelen:
        if (verdict.kader, verdict.letter) == criterion.key:
            return indicate(f"{verdict.oordeel} ({verdict.rol}, {verdict.datum}): {verdict.argument}")
    return GEEN_OORDEEL


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
        raise _refusal("een registratietabel", found, expected, "Verbeter het aantal of de duur, of laat de rijen weg.")
    scale = exposure1 / exposure2
    low = float(beta.ppf(0.025, count2, count1 + 1)) if count2 else 0.0
    high = float(beta.ppf(0.975, count2 + 1, count1)) if count1 else 1.0
    return RateRatio(
        ratio=count2 / count1 * scale if count1 else inf,
        low=low / (1 - low) * scale,
        high=high / (1 - high) * scale if high < 1 else inf,
    )


def tabulate_registrations(toetsingskader: Toetsingskader, table: SourceTable | None = None) -> Table:
    """Return per criterion that asks for a registration its counts and the last period over the first.

    ``table`` has kader, letter, periode, indicator, aantal and maanden, in the order of time. A criterion
    without rows says that there are no data. Raises NsocError for a criterion that asks for none.
    """
    supplied = [] if table is None else table.rijen.to_dict("records")
    asking = [criterion for criterion in toetsingskader.criteria if needs_registration(criterion)]
    for row in supplied:
        if (str(row["kader"]), str(row["letter"])) not in {criterion.key for criterion in asking}:
            raise _unknown("de registratietabel, kolom letter", str(row["letter"]), [c.letter for c in asking])
    rows: list[Row] = []
    for criterion in asking:
        own = [row for row in supplied if (str(row["kader"]), str(row["letter"])) == criterion.key]
        series = {str(r["indicator"]): [row for row in own if row["indicator"] == r["indicator"]] for r in own}
        rows += [_trend(criterion, name, points, table) for name, points in series.items() if table is not None]
        if not own:
            rows.append((indicate(criterion.letter), criterion.label, GEEN_GEGEVENS, NOTHING, NOTHING))
    return Table(
        key=f"tabel-{toetsingskader.meting}-registraties",
        bijschrift="Onderwerpen die een telling uit een registratie vragen.",
        koppen=("Letter", "Onderwerp", "Tellingen", "Verhouding laatste tot eerste", "Grenzen"),
        rijen=tuple(rows),
        noten=(RATE_CLAIM,) if supplied else (),
    )


def _trend(criterion: Criterion, indicator: str, points: list[dict[Hashable, Any]], table: SourceTable) -> Row:
    base = f"{table.meting}.toetsingskader.{slug(criterion.kader)}.{slug(criterion.letter)}.{slug(indicator)}"

    def result(name: str, value: float, unit: str) -> Filling:
        shown = Result(f"{base}.{slug(name)}", f"{indicator}: {name}", value, unit, table.herkomst, table.dataset)
        return "onbegrensd" if value == inf else shown

    counts: list[Filling] = []
    for point in points:
        counts += [indicate(f"{'; ' if counts else ''}{point['periode']}: ")]
        counts += [result(str(point["periode"]), int(point["aantal"]), "gevallen")]
    head = (indicate(criterion.letter), indicate(f"{criterion.label}: {indicator}"), tuple(counts))
    first, last = points[0], points[-1]
    if len(points) == 1:
        return (*head, NOTHING, NOTHING)
    change = rate_ratio(int(first["aantal"]), float(first["maanden"]), int(last["aantal"]), float(last["maanden"]))
    limits = (result("laag", change.low, "getal"), " tot ", result("hoog", change.high, "getal"))
    return (*head, result("verhouding", change.ratio, "getal"), limits)
