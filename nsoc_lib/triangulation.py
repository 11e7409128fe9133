"""Each condition as three kinds of source see it: questionnaire, interviews, documents; and our judgement of that.

Side by side is all that is computed here. Whether sources agree is a judgement: typed, signed, and
shown as the makers' own.
"""

from __future__ import annotations

from dataclasses import dataclass

from nsoc_lib.errors import enumerate_nl, select_named, unknown_value
from nsoc_lib.findings import (
    AFLEIDING,
    DOCUMENT,
    ENQUETE,
    GEMENGD,
    INTERVIEW,
    NIET,
    NIET_GETELD,
    SOORTEN,
    STEUNT,
    STREEPJE,
    TENEUREN,
    Findings,
    SourceFinding,
    name_activities,
)
from nsoc_lib.prose import Filling, indicate
from nsoc_lib.shares import Agreement, share_agreeing
from nsoc_lib.source_rows import AFGELEID, SourceTable, read_rows
from nsoc_lib.survey import Survey
from nsoc_lib.tables import NOTHING, Cell, Row, Table, with_counts
from nsoc_lib.verdict import check_signature

OORDELEN = ("stemt overeen", "stemt deels overeen", "spreekt elkaar tegen", "niet te vergelijken")
GEEN_BEVINDING = "geen bevinding in de bron"
GEEN_OORDEEL = "geen oordeel"
ONCE = "elke randvoorwaarde een keer"
AARD = {ENQUETE: "mening", INTERVIEW: "mening of waarneming", DOCUMENT: "document"}
STREKKING = {STEUNT: "voldaan", GEMENGD: "gemengd", NIET: "niet voldaan"}
ONZE_CODERING = (
    "Of een bevinding zegt dat aan de randvoorwaarde is voldaan, is onze codering. Een percentage coderen wij niet: "
    "vanaf wanneer aan een randvoorwaarde is voldaan, staat nergens."
)
ONS_OORDEEL = (
    "Het oordeel is van de opstellers van dit rapport en staat niet in de bron; het rust op het bewijs van toen."
)
NEGATIEF = "Negatief gesteld: wie het eens is, ziet een tekort."
NAGEBOOTST = "Achter de percentages staan nagebootste antwoorden, die optellen tot de gepubliceerde percentages."


@dataclass(frozen=True)
class Randvoorwaarde:
    """One condition: what the action plan asks, and the statements of the questionnaire that measure it."""

    id: str
    label: str
    omschrijving: str
    stellingen: tuple[str, ...]


@dataclass(frozen=True)
class Judgement:
    """Whether the sources on one condition agree. Raises NsocError unless signed with one of ``OORDELEN``."""

    randvoorwaarde: str
    oordeel: str
    argument: str
    rol: str
    datum: str

    def __post_init__(self) -> None:
        check_signature(self.randvoorwaarde, self.oordeel, self.rol, self.datum, self.argument)
        if self.oordeel not in OORDELEN:
            raise unknown_value(f"het oordeel over {self.randvoorwaarde}, oordeel", self.oordeel, OORDELEN)


@dataclass(frozen=True)
class Triangulation:
    """The conditions with their evidence by kind of source, and the judgements by condition."""

    kader: str
    randvoorwaarden: tuple[Randvoorwaarde, ...]
    enquete: Survey
    stellingen: dict[str, Agreement]
    bevindingen: Findings
    oordelen: dict[str, Judgement]

    def select_randvoorwaarde(self, name: str) -> Randvoorwaarde:
        """Return one condition. Raises NsocError when there is none of that name."""
        return select_named("de gevraagde randvoorwaarde", self.randvoorwaarden, name)

    def select_agreements(self, condition: Randvoorwaarde) -> tuple[Agreement, ...]:
        return tuple(self.stellingen[name] for name in condition.stellingen)

    def select_findings(self, condition: Randvoorwaarde, soort: str) -> tuple[SourceFinding, ...]:
        found = self.bevindingen.select_randvoorwaarde(condition.id)
        return tuple(finding for finding in found if finding.soort == soort)


def build_triangulation(
    conditions: SourceTable, judgements: SourceTable, survey: Survey, findings: Findings
) -> Triangulation:
    """Join conditions, survey, findings and judgements.

    Raises NsocError for a statement that was not asked, a condition, judgement or finding that is double
    or about no condition, and a judgement without signature.
    """
    asked = {a.stelling.id: a for thema in survey.codeboek.themas for a in share_agreeing(survey, thema)}
    known = _build_conditions(conditions, list(asked))
    for finding in findings.bevindingen:
        if finding.randvoorwaarde not in {"", *known}:
            raise unknown_value(f"bevinding {finding.key}, kolom randvoorwaarde", finding.randvoorwaarde, known)
    given = _build_judgements(judgements, list(known))
    return Triangulation(conditions.meting, tuple(known.values()), survey, asked, findings, given)


def _build_conditions(table: SourceTable, asked: list[str]) -> dict[str, Randvoorwaarde]:
    known: dict[str, Randvoorwaarde] = {}
    for row in read_rows(table):
        name, (label, wanted) = row.once("randvoorwaarde", known, ONCE), row.texts("label", "omschrijving")
        known[name] = Randvoorwaarde(name, label, wanted, row.choices("stellingen", asked))
    return known


def _build_judgements(table: SourceTable, known: list[str]) -> dict[str, Judgement]:
    given: dict[str, Judgement] = {}
    for row in read_rows(table):
        row.choice("randvoorwaarde", known)
        given[row.once("randvoorwaarde", given, ONCE)] = Judgement(
            *row.texts("randvoorwaarde", "oordeel", "argument", "rol", "datum")
        )
    return given


# At a glance


def tabulate_triangulation(triangulation: Triangulation) -> Table:
    """Return the conditions in rows and the kinds of source side by side, with our judgement.

    The questionnaire gives its shares; what was said gives per activity what we coded, never a count.
    """
    rows: list[Row] = []
    for condition in triangulation.randvoorwaarden:
        shares: list[Filling] = []
        for agreement in triangulation.select_agreements(condition):
            shares += ["; " if shares else "", f"{_name(agreement)}: ", *with_counts(agreement.eens)]
        remarks = _summarise(triangulation.select_findings(condition, ENQUETE))
        said = [_summarise(triangulation.select_findings(condition, soort)) for soort in (INTERVIEW, DOCUMENT)]
        survey: Cell = (*shares, f"; {remarks}") if shares and remarks else tuple(shares) or remarks or GEEN_BEVINDING
        judgement = triangulation.oordelen.get(condition.id)
        verdict = judgement.oordeel if judgement else GEEN_OORDEEL
        rows.append((condition.label, survey, *(text or GEEN_BEVINDING for text in said), verdict))
    return Table(
        key=f"tabel-{triangulation.kader}-triangulatie",
        bijschrift="Randvoorwaarden volgens enquête, interviews en documenten.",
        koppen=("Randvoorwaarde", "Enquête: mening", "Interviews: mening of waarneming", "Documenten", "Ons oordeel"),
        rijen=tuple(rows),
        noten=(NEGATIEF, ONZE_CODERING, ONS_OORDEEL, *_simulated(triangulation)),
    )


def _summarise(findings: tuple[SourceFinding, ...]) -> str:
    """Return per activity what its findings say of the condition, in the order met, mixed, not met."""
    pieces = []
    for activities in dict.fromkeys(finding.activiteiten for finding in findings):
        own = {finding.teneur for finding in findings if finding.activiteiten == activities}
        coded = [STREKKING[teneur] for teneur in TENEUREN if teneur in own]
        pieces.append(f"{name_activities(activities)}: {enumerate_nl(coded) if coded else 'zegt dit niet'}")
    return "; ".join(pieces)


def _name(agreement: Agreement) -> str:
    """Return a statement as it was reported, a negative one marked and never turned around."""
    suffix = " (negatief gesteld)" if agreement.stelling.richting == "negatief" else ""
    return f"{agreement.stelling.kort}{suffix}"


def _simulated(triangulation: Triangulation) -> tuple[str, ...]:
    return () if triangulation.enquete.waargenomen else (NAGEBOOTST,)


# One condition in full


def tabulate_randvoorwaarde(triangulation: Triangulation, name: str) -> Table:
    """Return all evidence on one condition, a row each, by kind of source; our judgement comes last."""
    condition = triangulation.select_randvoorwaarde(name)
    agreements = triangulation.select_agreements(condition)
    rows: list[Row] = [_statement_row(triangulation, agreement) for agreement in agreements]
    for soort in SOORTEN:
        findings = triangulation.select_findings(condition, soort)
        rows += [_finding_row(finding) for finding in findings]
        if not findings and not (soort == ENQUETE and agreements):
            rows.append(
                (soort if soort == DOCUMENT else f"{soort}: {AARD[soort]}", GEEN_BEVINDING, NOTHING, NOTHING, NOTHING)
            )
    assigned = any(
        f.toewijzing == AFGELEID for soort in SOORTEN for f in triangulation.select_findings(condition, soort)
    )
    rows.append(_judgement_row(triangulation.oordelen.get(condition.id)))
    return Table(
        key=f"tabel-{triangulation.kader}-randvoorwaarde-{condition.id}",
        bijschrift=f"{condition.label}: {condition.omschrijving}.",
        koppen=("Bron", "Wat", "Hoeveel", "Voldaan (onze codering)", "Vindplaats"),
        rijen=tuple(rows),
        noten=(
            *((NEGATIEF,) if any(a.stelling.richting == "negatief" for a in agreements) else ()),
            NIET_GETELD,
            STREEPJE,
            ONZE_CODERING,
            *((AFLEIDING,) if assigned else ()),
        ),
    )


def _statement_row(triangulation: Triangulation, agreement: Agreement) -> Row:
    theme = triangulation.enquete.codeboek.themas[agreement.stelling.thema].lower()
    where = f"{triangulation.enquete.codeboek.instrument.capitalize()}, {theme}"
    return (f"enquête: {AARD[ENQUETE]}", _name(agreement), ("mee eens: ", *with_counts(agreement.eens)), NOTHING, where)


def _finding_row(finding: SourceFinding) -> Row:
    source = f"{finding.bron}: {AARD[finding.soort]}"
    coded = STREKKING.get(finding.teneur, NOTHING)
    return (source, finding.label, finding.woord, coded, indicate(finding.vindplaats))


def _judgement_row(judgement: Judgement | None) -> Row:
    if judgement is None:
        return ("Ons oordeel", GEEN_OORDEEL, NOTHING, NOTHING, NOTHING)
    signed = indicate(f"{judgement.rol}, {judgement.datum}")
    return ("Ons oordeel", f"{judgement.oordeel}: {judgement.argument}", NOTHING, NOTHING, signed)
