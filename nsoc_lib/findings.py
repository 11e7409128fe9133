"""What interviewees, remarks in a questionnaire and documents say, with the published word for how many.

Nobody counted: a word stands as it is printed and no percentage follows from it. Words on the scale
of ``wording`` have an order; other words for a quantity are shown and never ranked.
"""

from __future__ import annotations

from dataclasses import dataclass

from nsoc_lib.errors import NsocError, unknown_value
from nsoc_lib.prose import Filling, Indication, Shown, indicate, tell
from nsoc_lib.result import Result
from nsoc_lib.source_rows import AFGELEID, TOEWIJZINGEN, SourceRow, SourceTable, read_rows
from nsoc_lib.tables import NOTHING, Row, Table
from nsoc_lib.wording import QUANTIFIERS, Quantifier, read_quantifier

ENQUETE, INTERVIEW, DOCUMENT = "enquête", "interview", "document"
SOORTEN = (ENQUETE, INTERVIEW, DOCUMENT)
# Each research activity with its name in the report and the kind of source that it is, in the order of the tables.
ACTIVITEITEN: dict[str, tuple[str, str]] = {
    "documentstudie": ("documentstudie", DOCUMENT),
    "aanvullende-interviews": ("aanvullende interviews", INTERVIEW),
    "procesthermometer": ("Procesthermometer, opmerkingen", ENQUETE),
    "duo-interviews": ("duo-interviews", INTERVIEW),
    "groepsgesprekken": ("groepsgesprekken", INTERVIEW),
    "stakeholderinterviews": ("interviews met stakeholders", INTERVIEW),
}
VRAGEN = tuple(f"v{number}" for number in range(1, 8))
STEUNT, GEMENGD, NIET = "steunt", "gemengd", "niet"
TENEUREN = (STEUNT, GEMENGD, NIET)
NIET_GETELD = (
    "Niemand heeft geteld: er hoort geen percentage bij een woord. De woorden staan er zoals gepubliceerd. De meeste "
    "lopen op de schaal voor interviews, van “een enkele” tot “alle”; een woord daarbuiten, zoals “veel”, heeft geen rang."
)
STREEPJE = "Een streepje betekent dat de bron het niet zegt. De omschrijvingen zijn van ons."
AFLEIDING = "Afgeleid: bij deze zin noemt de bron de activiteit niet; wij leiden haar af uit volgorde of onderwerp."


@dataclass(frozen=True)
class SourceFinding:
    """One thing that a source reports somebody said. ``hoeveel`` is the printed word, empty when there is none.

    ``rang`` is its place on the scale, None for a word off the scale. ``teneur`` is our coding of whether
    the condition is met, empty when the finding does not say so.
    """

    meting: str
    id: str
    activiteiten: tuple[str, ...]
    niveau: str
    hoeveel: str
    rang: Quantifier | None
    label: str
    vragen: tuple[str, ...]
    randvoorwaarde: str
    teneur: str
    toewijzing: str
    vindplaats: str

    @property
    def key(self) -> str:
        """The finding as evidence: ``meting-2.b07``."""
        return f"{self.meting}.{self.id}"

    @property
    def soort(self) -> str:
        """Whether this came from a questionnaire, an interview or a document."""
        return ACTIVITEITEN[self.activiteiten[0]][1]

    @property
    def bron(self) -> str:
        """The activities by name, and whether we assigned them."""
        names = name_activities(self.activiteiten)
        return f"{names} ({AFGELEID})" if self.toewijzing == AFGELEID else names

    @property
    def woord(self) -> Indication | str:
        """The printed word for how many, for a cell."""
        return indicate(self.hoeveel) if self.hoeveel else NOTHING


@dataclass(frozen=True)
class Findings:
    """All findings by activity, and within one in the order of the source; ``datasets`` by meting."""

    bevindingen: tuple[SourceFinding, ...]
    datasets: dict[str, str]

    def select_vraag(self, vraag: str) -> tuple[SourceFinding, ...]:
        """Return what bears on any of these research questions, with spaces between: ``v4 v5``."""
        asked = vraag.split()
        for name in asked or [vraag]:
            if name not in VRAGEN:
                raise unknown_value("de gevraagde onderzoeksvraag", name, VRAGEN, "Verbeter de vraag in het notebook.")
        return tuple(f for f in self.bevindingen if set(asked) & set(f.vragen))

    def select_randvoorwaarde(self, name: str) -> tuple[SourceFinding, ...]:
        return tuple(f for f in self.bevindingen if f.randvoorwaarde == name)


def name_activities(activiteiten: tuple[str, ...]) -> str:
    """Return research activities by their name in the report.

    >>> name_activities(("duo-interviews", "groepsgesprekken"))
    'duo-interviews en groepsgesprekken'
    """
    return " en ".join(ACTIVITEITEN[activity][0] for activity in activiteiten)


def build_findings(tables: tuple[SourceTable, ...]) -> Findings:
    """Check the tables of one or more metingen and join them, or raise one NsocError with row and column."""
    found: dict[str, SourceFinding] = {}
    for table in tables:
        for row in read_rows(table):
            finding = _build_finding(row)
            if finding.key in found:
                raise _refusal(row.place("bevinding"), f"{finding.id} nog een keer", "elk nummer een keer")
            found[finding.key] = finding
    order = list(ACTIVITEITEN)
    ordered = sorted(found.values(), key=lambda finding: order.index(finding.activiteiten[0]))
    return Findings(tuple(ordered), {table.meting: table.dataset for table in tables})


def _build_finding(row: SourceRow) -> SourceFinding:
    activities, questions = tuple(row.text("activiteit").split()), tuple(row.text("onderzoeksvragen").split())
    origin, tenor = row.texts("toewijzing", "teneur")
    for column, values, known in (
        ("activiteit", activities or ("",), tuple(ACTIVITEITEN)),
        ("onderzoeksvragen", questions or ("",), VRAGEN),
        ("toewijzing", (origin,), TOEWIJZINGEN),
        ("teneur", (tenor,), ("", *TENEUREN)),
    ):
        for value in values:
            if value not in known:
                raise unknown_value(row.place(column), value, known)
    if len({ACTIVITEITEN[activity][1] for activity in activities}) > 1:
        raise _refusal(row.place("activiteit"), f'"{row.text("activiteit")}"', "activiteiten van een soort bron")
    if tenor and not row.text("randvoorwaarde"):
        raise _refusal(row.place("teneur"), f'"{tenor}" zonder randvoorwaarde', "beide of geen teneur")
    return SourceFinding(
        meting=row.tabel.meting,
        id=row.text("bevinding"),
        activiteiten=activities,
        niveau=row.text("niveau"),
        hoeveel=row.text("woord") or row.text("ander_woord"),
        rang=_rank(row),
        label=row.text("label"),
        vragen=questions,
        randvoorwaarde=row.text("randvoorwaarde"),
        teneur=tenor,
        toewijzing=origin,
        vindplaats=row.text("vindplaats"),
    )


def _rank(row: SourceRow) -> Quantifier | None:
    """Return the rank of a word on the scale; refuse a second word, and a word of the scale in the other column."""
    (word, other), elsewhere = row.texts("woord", "ander_woord"), row.place("ander_woord")
    if word and other:
        raise _refusal(elsewhere, f'"{other}" naast "{word}"', "een woord voor hoeveel, in een van beide kolommen")
    if other:
        try:
            read_quantifier(other)
        except NsocError:
            return None
        raise _refusal(elsewhere, f'"{other}", een woord van de schaal', "dat woord in de kolom woord")
    return read_quantifier(word, row.place("woord")) if word else None


def _refusal(where: str, found: str, expected: str) -> NsocError:
    return NsocError(where, found=found, expected=expected, remedy="Verbeter de waarde en lees de vindplaats na.")


# What is counted and shown


def count_findings(findings: Findings, vraag: str = "") -> dict[str, Result]:
    """Count the findings per meting, of all questions or of one. A finding is no person and no vote."""
    chosen = findings.select_vraag(vraag) if vraag else findings.bevindingen
    name = vraag.replace(" ", "-") or "aantal"
    label = f"Bevindingen bij onderzoeksvraag {vraag}" if vraag else "Bevindingen"
    return {
        meting: Result(
            f"{meting}.bevindingen.{name}",
            label,
            sum(finding.meting == meting for finding in chosen),
            "bevindingen",
            "herleid",
            dataset,
        )
        for meting, dataset in findings.datasets.items()
    }


def name_scale() -> Indication:
    """Return the words of the scale for interviews from few to many, for a sentence."""
    return indicate(", ".join(quantifier.woord for quantifier in reversed(QUANTIFIERS)))


def tabulate_counts(findings: Findings) -> Table:
    """Return how many findings each meting gives per research question; a finding may bear on several."""
    rows: list[Row] = [(indicate(f"Onderzoeksvraag {vraag[1:]}"), _per_meting(findings, vraag)) for vraag in VRAGEN]
    return Table(
        key="tabel-bevindingen-aantallen",
        bijschrift="Bevindingen per onderzoeksvraag en per meting.",
        koppen=("Onderzoeksvraag", "Bevindingen per meting"),
        rijen=(*rows, ("Alle bevindingen", _per_meting(findings))),
        noten=("Een bevinding telt bij elke vraag waar zij over gaat. Zij is geen persoon en geen stem.",),
    )


def _per_meting(findings: Findings, vraag: str = "") -> tuple[Filling, ...]:
    pieces: list[Filling] = []
    for meting, count in count_findings(findings, vraag).items():
        pieces += [indicate(f"{'; ' if pieces else ''}{meting}: "), count]
    return tuple(pieces)


def tabulate_findings(findings: Findings, vraag: str) -> Shown:
    """Return what was said about one or more research questions, or the sentence that nothing was.

    One row per finding, by activity and then in the order of the source, with the word as published.
    Raises NsocError for an unknown question.
    """
    chosen = findings.select_vraag(vraag)
    if not chosen:
        return tell("Over {vraag} staat geen bevinding in de bron.", vraag=indicate(f"onderzoeksvraag {vraag[1:]}"))
    rows: list[Row] = [(f.label, f.woord, f.bron, f.niveau or NOTHING, indicate(f.vindplaats)) for f in chosen]
    assigned = any(finding.toewijzing == AFGELEID for finding in chosen)
    return Table(
        key=f"tabel-bevindingen-{vraag.replace(' ', '-')}",
        bijschrift="Wat er is gezegd, met het gepubliceerde woord voor hoeveel.",
        koppen=("Wat", "Hoeveel", "Onderzoeksactiviteit", "Niveau", "Vindplaats"),
        rijen=tuple(rows),
        noten=(NIET_GETELD, STREEPJE, *((AFLEIDING,) if assigned else ())),
    ).show()
