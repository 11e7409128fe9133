"""The response of a survey as its report prints it: who counts, what adds up, what cannot be known."""

from __future__ import annotations

from dataclasses import dataclass

from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.granularity import reach
from nsoc_lib.prose import indicate
from nsoc_lib.result import ONE_DECIMAL, PROCENT, Result
from nsoc_lib.source_rows import SourceRow, SourceTable, read_rows
from nsoc_lib.tables import Table

# What the printed figures must add up to: what is added, the whole, and its parts.
SUMS = (
    ("beide tranches", "totaal", ("tranche-1", "tranche-2")),
    ("wie de vraag naar de regio wel en niet beantwoordde", "totaal", ("regio-beantwoord", "regio-onbeantwoord")),
)
NEEDED = ("tranche-1", "tranche-2", "totaal", "respons-tranche-1", "regio-beantwoord", "regio-onbeantwoord",
          "anders-functie", "anders-zonder-toelichting", "vragen")  # fmt: skip


@dataclass(frozen=True)
class PublishedFigure:
    """One printed figure on the response: what it is, and where it stands."""

    label: str
    waarde: Result
    vindplaats: str


@dataclass(frozen=True)
class PublishedResponse:
    """All printed figures on the response, by their name, and the categories of one open answer."""

    meting: str
    cijfers: dict[str, PublishedFigure]
    anders: tuple[PublishedFigure, ...]
    dataset: str

    def __getitem__(self, name: str) -> Result:
        return self.cijfers[name].waarde


@dataclass(frozen=True)
class Check:
    """A printed figure beside the same figure computed from what else is printed."""

    label: str
    berekend: Result
    gedrukt: Result
    vindplaats: str

    @property
    def gelijk(self) -> bool:
        return self.berekend.value == self.gedrukt.value


def build_published_response(response: SourceTable, other: SourceTable) -> PublishedResponse:
    """Check both transcribed tables and return them, or raise one NsocError that says what is missing.

    ``response`` has kenmerk, label, waarde, eenheid, vindplaats; ``other`` functie, label, aantal,
    vindplaats: what people wrote at "anders, namelijk", in the categories of the source.
    """
    figures = {
        row.text("kenmerk"): _figure(row, row.text("kenmerk"), "waarde", row.text("eenheid"))
        for row in read_rows(response)
    }
    missing = [name for name in NEEDED if name not in figures]
    if missing:
        raise NsocError(
            response.place("kenmerk"),
            found=f"geen rij voor {enumerate_nl(missing)}",
            expected="elk cijfer waarmee het rapport rekent",
            remedy="Voeg de rij toe, met haar vindplaats.",
        )
    rows = tuple(_figure(row, f"anders.{row.text('functie')}", "aantal", "antwoorden") for row in read_rows(other))
    return PublishedResponse(response.meting, figures, rows, response.dataset)


def _figure(row: SourceRow, name: str, column: str, unit: str) -> PublishedFigure:
    value = row.number(column)
    if value is None:
        raise row.refuse(column, "een getal", "Neem het getal over van de vindplaats, of haal de rij weg.")
    label, where = row.texts("label", "vindplaats")
    result = Result(
        id=f"{row.tabel.meting}.respons.{name}.gepubliceerd",
        label=f"{label} ({where})",
        value=int(value) if value == int(value) else value,
        unit=unit,
        provenance=row.tabel.herkomst,
        dataset=row.tabel.dataset,
        rounding=ONE_DECIMAL if unit == PROCENT else "geen",
    )
    return PublishedFigure(label, result, where)


def check_response(response: PublishedResponse, questions: Result) -> tuple[Check, ...]:
    """Compute every printed figure that follows from others: sums, the rows of the table, the questions."""
    checks = [
        _check(response, label, whole, "-".join(parts), sum(int(response[part].value) for part in parts))
        for label, whole, parts in SUMS
    ]
    rows = sum(int(row.waarde.value) for row in response.anders)
    checks.append(_check(response, "de rijen van tabel 1", "anders-functie", "anders", rows))
    source = response.cijfers["vragen"]
    return (*checks, Check("vragen in het codeboek", questions, source.waarde, source.vindplaats))


def _check(response: PublishedResponse, label: str, whole: str, name: str, value: int) -> Check:
    printed = response.cijfers[whole]
    computed = _derived(response, f"som.{name}", f"Som van {label}", value, printed.waarde.unit)
    return Check(label, computed, printed.waarde, printed.vindplaats)


def _derived(response: PublishedResponse, name: str, label: str, value: int, unit: str) -> Result:
    return Result(f"{response.meting}.respons.{name}", label, value, unit, "herleid", response.dataset)


def count_possible_rates(response: PublishedResponse) -> dict[str, Result]:
    """Count which numerators can give the printed rate of the first tranche on some number of people asked.

    ``eerste-tranche``: on how many bases all of its respondents give that rate; ``paren``: how many
    pairs of count and base do with at most as many respondents. Half up, as printed to one decimal.
    """
    most, rate = int(response["tranche-1"].value), f"{response['respons-tranche-1'].value:.1f}"
    largest = int(100 * most / max(float(rate) - 0.05, 0.05)) + 1  # on more people even all of them give less
    fits = reach(rate, list(range(1, largest + 1)), categories=1).plain
    counts = [count for fit in fits for count in fit.counts if count <= most]
    return {
        "eerste_tranche": _derived(response, "aantallen-bij-de-hele-tranche", "Aantallen aangeschrevenen die bij alle "
                                   "respondenten van de eerste tranche passen", counts.count(most), "aantallen"),
        "paren": _derived(response, "mogelijke-paren", "Paren van teller en noemer die bij het percentage passen",
                          len(counts), "paren"),
    }  # fmt: skip


def count_other(response: PublishedResponse) -> Result:
    """Return how many people chose "anders, namelijk" when the one without words is not among the rows."""
    total = int(response["anders-functie"].value) + int(response["anders-zonder-toelichting"].value)
    return _derived(response, "anders-gekozen", "Kozen anders, met wie niets opschreef erbij", total, "respondenten")


def tabulate_published_response(response: PublishedResponse) -> Table:
    """Return every printed figure with what it counts and where it stands."""
    return Table(
        key=f"tabel-{response.meting}-enquete-respons",
        bijschrift="Gepubliceerde cijfers over de respons, en wat elk cijfer telt.",
        koppen=("Gegeven", "Waarde", "Telt", "Vindplaats"),
        rijen=tuple(
            (f.label, f.waarde, "percentage" if f.waarde.unit == PROCENT else f.waarde.unit, indicate(f.vindplaats))
            for f in response.cijfers.values()
        ),
    )


def tabulate_checks(checks: tuple[Check, ...], meting: str) -> Table:
    """Return every printed figure beside the computed one; a difference is a question, not a verdict."""
    return Table(
        key=f"tabel-{meting}-enquete-controle",
        bijschrift="Wat berekend is naast wat gedrukt is.",
        koppen=("Berekend uit", "Berekend", "Gedrukt", "Uitkomst", "Vindplaats"),
        rijen=tuple(
            (indicate(c.label), c.berekend, c.gedrukt, "gelijk" if c.gelijk else "vraag aan de auteurs",
             indicate(c.vindplaats))
            for c in checks
        ),
    )  # fmt: skip


def tabulate_other(response: PublishedResponse) -> Table:
    """Return the categories of what people wrote at "anders, namelijk", as the source counts them."""
    return Table(
        key=f"tabel-{response.meting}-anders-functies",
        bijschrift="Functies die onder anders, namelijk zijn opgeschreven, zoals de bron ze telt.",
        koppen=("Functie", "Antwoorden", "Vindplaats"),
        rijen=tuple((row.label, row.waarde, indicate(row.vindplaats)) for row in response.anders),
        noten=("In onze weergave van de bron; de indeling is van de onderzoekers.",),
    )


def tabulate_author_questions(table: SourceTable) -> Table:
    """Return what is unclear in the account of the survey, as questions to its authors."""
    return Table(
        key=f"tabel-{table.meting}-enquete-vragen",
        bijschrift="Vragen aan de auteurs over de enquête.",
        koppen=("Onderwerp", "Wat er staat", "Vraag", "Vindplaats"),
        rijen=tuple(
            tuple(map(indicate, row.texts("onderwerp", "staat_er", "vraag_aan_auteurs", "vindplaats")))
            for row in read_rows(table)
        ),
    )
