"""The toetsingskader: criteria for a future evaluation, and what was published about them already.

A criterion is its framework plus its letter, never its text. Coverage is our judgement of the
evidence; a verdict is a researcher's, and exists only when signed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from nsoc_lib.doubles import first_double
from nsoc_lib.errors import NsocError, unknown_value
from nsoc_lib.prose import Filling, indicate
from nsoc_lib.result import Result
from nsoc_lib.shares import slug
from nsoc_lib.source_rows import SourceRow, SourceTable, read_rows
from nsoc_lib.tables import NOTHING, Heading, Row, Table
from nsoc_lib.verdict import check_signature

JA, DEELS, GEEN = "ja", "deels", "geen"
DEKKINGEN = (JA, DEELS, GEEN)
REGISTRATIE = "aantallen uit registratie"
GEEN_GEGEVENS = "geen gegevens"
GEEN_OORDEEL = "geen oordeel"
NIETS_GETEKEND = "Over geen van deze onderwerpen tekende een onderzoeker een oordeel; een kolom daarvoor ontbreekt dus."
ONS_OORDEEL = "Wat bewijs dekt, en wat nog ontbreekt, is een oordeel van de opstellers van dit rapport. Het staat niet in de bron."


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
    """What was published about one criterion: whether it covers it, and what a verdict still lacks.

    ``bewijs`` is the id of a statement, finding or activity, or else a place in a source.
    """

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
    vindplaats: str = ""

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
    geregistreerd: frozenset[tuple[str, str]] = frozenset()  # criteria for which counts were supplied
    namen: Mapping[str, str] = field(default_factory=dict)  # what evidence is called in the report, by its id

    def select_criteria(self, kader: str) -> tuple[Criterion, ...]:
        """Return the criteria of one framework. Raises NsocError when there is none."""
        chosen = tuple(criterion for criterion in self.criteria if criterion.kader == kader)
        if not chosen:
            raise unknown_value("tabel toetsingskader, kolom kader", kader, sorted({c.kader for c in self.criteria}))
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
            raise unknown_value(
                "de oordelen", f"{verdict.kader} {verdict.letter}", [" ".join(k) for k in sorted(open_keys)]
            )
        return replace(self, oordelen=(*self.oordelen, verdict))


def build_toetsingskader(criteria: SourceTable, coverage: SourceTable) -> Toetsingskader:
    """Join criteria and evidence.

    Raises NsocError for a double or unknown criterion, another ``dekt``, and for evidence said to cover
    a criterion in full that asks for a registration: an opinion counts no cases.
    """
    names = ("kader", "letter", "groep", "label", "methode", "vindplaats")
    known = [Criterion(*row.texts(*names)) for row in read_rows(criteria)]
    keys = [" ".join(criterion.key) for criterion in known]
    if twice := first_double(keys):
        raise NsocError(
            "tabel toetsingskader, kolom letter",
            found=f"{twice} nog een keer",
            expected="elke letter een keer per kader",
            remedy="Verbeter de letter.",
        )
    counting = {criterion.key for criterion in known if needs_registration(criterion)}
    pieces = []
    for row in read_rows(coverage):
        evidence = Evidence(*row.texts("kader", "letter", "bewijs", "dekt", "toelichting", "vindplaats"))
        if f"{evidence.kader} {evidence.letter}" not in keys:
            raise unknown_value(row.place("letter"), f"{evidence.kader} {evidence.letter}", keys)
        if row.choice("dekt", (JA, DEELS)) == JA and (evidence.kader, evidence.letter) in counting:
            remedy = "Maak er deels van; een telling zelf hoort in de tabel registraties."
            raise row.refuse("dekt", "deels: dit onderwerp vraagt een telling uit een registratie", remedy)
        pieces.append(evidence)
    return Toetsingskader(criteria.meting, tuple(known), tuple(pieces), (criteria.dataset, coverage.dataset))


def sign_all(toetsingskader: Toetsingskader, table: SourceTable | None) -> Toetsingskader:
    """Return the toetsingskader with the verdicts of a supplied table; without a table it is as it was.

    The table has the columns kader, letter, oordeel, rol, datum, argument and vindplaats. Raises
    NsocError with row and column for an empty cell, a date that is no day, and an unknown or judged criterion.
    """
    for row in read_rows(table) if table else []:
        toetsingskader = toetsingskader.sign(_build_verdict(row, toetsingskader))
    return toetsingskader


def _build_verdict(row: SourceRow, toetsingskader: Toetsingskader) -> Verdict:
    key = row.filled("kader"), row.filled("letter")
    if key not in {criterion.key for criterion in toetsingskader.criteria}:
        raise row.refuse("letter", f"een letter uit §{key[0]}", "Verbeter kader of letter.", found=" ".join(key))
    if key in {(verdict.kader, verdict.letter) for verdict in toetsingskader.oordelen}:
        found = f"{' '.join(key)} nog een keer"
        raise row.refuse("letter", "een oordeel per onderwerp", "Haal een van beide rijen weg.", found=found)
    cells = [row.filled(column) for column in ("oordeel", "rol", "datum", "argument", "vindplaats")]
    if len(row.moment("datum")) < len("2026-11-22"):
        raise row.refuse("datum", "een datum als 2026-11-22", "Vul de dag in waarop is getekend.")
    return Verdict(*key, *cells)


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
        bijschrift="Onderwerpen waarover al iets is gepubliceerd.",
        koppen=("Kader", "Onderwerpen", "Gedekt", "Deels gedekt", "Niet gedekt", "Vraagt registratie"),
        rijen=tuple(rows),
        noten=(ONS_OORDEEL,),
    )


def tabulate_coverage(toetsingskader: Toetsingskader, kader: str) -> Table:
    """Return one row per criterion under the name of its group: coverage, evidence, and what is missing.

    The method stands behind the criterion where the source names one; a column for the verdict is there once
    one was signed.
    """
    criteria = toetsingskader.select_criteria(kader)
    signed = any(verdict.kader == kader for verdict in toetsingskader.oordelen)
    rows: list[Row] = []
    for before, criterion in zip((None, *criteria), criteria, strict=False):
        if before is None or before.groep != criterion.groep:
            rows.append(Heading(indicate(criterion.groep)))
        method = f" ({criterion.methode})" if criterion.methode else ""
        named = "; ".join(_name_evidence(toetsingskader, e) for e in toetsingskader.select_evidence(criterion))
        rows.append(
            (
                indicate(f"{criterion.letter}. {criterion.label}{method}"),
                toetsingskader.coverage(criterion),
                indicate(named) if named else NOTHING,
                _missing(toetsingskader, criterion),
                *((_verdict(toetsingskader, criterion),) if signed else ()),
            )
        )
    return Table(
        key=f"tabel-{toetsingskader.meting}-toetsingskader-{slug(kader)}",
        bijschrift="Onderwerpen van het toetsingskader en wat daarover al is gepubliceerd.",
        koppen=("Onderwerp", "Dekking", "Bewijs en vindplaats", "Ontbreekt", *(("Oordeel",) if signed else ())),
        rijen=tuple(rows),
        noten=(ONS_OORDEEL, *(() if signed else (NIETS_GETEKEND,))),
    )


def _name_evidence(toetsingskader: Toetsingskader, evidence: Evidence) -> str:
    """Return evidence by its name in the report, with its place in the source; a place as it is."""
    if evidence.bewijs == evidence.vindplaats:
        return evidence.bewijs
    return f"{toetsingskader.namen.get(evidence.bewijs, evidence.bewijs)} ({evidence.vindplaats})"


def _missing(toetsingskader: Toetsingskader, criterion: Criterion) -> str:
    lacking = list(dict.fromkeys(e.toelichting for e in toetsingskader.select_evidence(criterion)))
    if needs_registration(criterion) and criterion.key not in toetsingskader.geregistreerd:
        lacking.append(f"{GEEN_GEGEVENS}: een registratietabel is niet aangeleverd")
    elif needs_registration(criterion):
        lacking.append("een norm voor de telling")
    return "; ".join(lacking) or "bewijs"


def _verdict(toetsingskader: Toetsingskader, criterion: Criterion) -> Filling:
    for verdict in toetsingskader.oordelen:
        if (verdict.kader, verdict.letter) == criterion.key:
            where = f" ({verdict.vindplaats})" if verdict.vindplaats else ""
            return indicate(f"{verdict.oordeel} ({verdict.rol}, {verdict.datum}): {verdict.argument}{where}")
    return GEEN_OORDEEL
