"""Answers to the research questions: text that somebody signed, with every number in it from the ledger.

An answer names its evidence. A number in its text is one of those, under a name of its own;
evidence that is no longer in the data is named as missing, and an answer without any is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nsoc_lib.errors import NsocError, enumerate_nl, select_named
from nsoc_lib.prose import Filling, Indication, Shown, fill, indicate, show_all
from nsoc_lib.result import Result
from nsoc_lib.shares import share_agreeing
from nsoc_lib.source_rows import SourceRow, SourceTable, read_rows
from nsoc_lib.survey import Survey
from nsoc_lib.tables import NOTHING, Cell, Row, Table
from nsoc_lib.toetsingskader import Criterion, Toetsingskader

PLACE = re.compile(r"\{([^{}.]*)[^{}]*\}")
MISSING = "niet meer in de gegevens"


@dataclass(frozen=True)
class Indicator:
    """What an answer may rest on: a number or a finding, with its kind and the data it comes from."""

    id: str
    soort: str
    wat: Filling
    dataset: str


@dataclass(frozen=True)
class Evidence:
    """That an answer rests on one indicator.

    ``naam`` is empty when the text does not show it as a number; ``criterium`` is framework and
    letter, empty when no criterion of the toetsingskader asks for it.
    """

    naam: str
    indicator: str
    criterium: str


@dataclass(frozen=True)
class Question:
    """A research question with the answer that was signed: by whom, when, and on what."""

    id: str
    label: str
    vindplaats: str
    antwoord: str
    rol: str
    datum: str
    bron: str
    bewijs: tuple[Evidence, ...]


@dataclass(frozen=True)
class Answers:
    """All research questions in the order of the source."""

    meting: str
    vragen: tuple[Question, ...]
    dataset: str

    def select(self, vraag: str) -> Question:
        """Return one question. Raises NsocError when there is none of that name."""
        return select_named("de onderzoeksvragen", self.vragen, vraag)

    @property
    def aantal(self) -> Result:
        """How many research questions there are."""
        value, name = len(self.vragen), f"{self.meting}.antwoorden.aantal"
        return Result(name, "Onderzoeksvragen", value, "vragen", "herleid", self.dataset)


def build_answers(questions: SourceTable, answers: SourceTable, evidence: SourceTable) -> Answers:
    """Join questions, answers and evidence; raise one NsocError with row and column.

    Every question has one signed answer (rol, datum) with evidence, and every ``{name}`` in an
    answer is the name of a piece of its evidence.
    """
    asked = {row.filled("vraag"): row for row in read_rows(questions)}
    links: dict[str, list[Evidence]] = {vraag: [] for vraag in asked}
    for row in read_rows(evidence):
        link = Evidence(row.text("naam"), row.filled("bewijs"), row.text("criterium"))
        links[row.choice("vraag", asked)].append(link)
    given: dict[str, SourceRow] = {}
    for row in read_rows(answers):
        if row.choice("vraag", asked) in given:
            raise row.refuse("vraag", "een antwoord per vraag", "Haal een van beide antwoorden weg.")
        given[row.text("vraag")] = row
        _check_answer(row, links[row.text("vraag")])
    silent = [vraag for vraag in asked if vraag not in given]
    if silent:
        raise NsocError(
            answers.place(),
            found=f"geen antwoord op {enumerate_nl(silent)}",
            expected="bij elke onderzoeksvraag een antwoord",
            remedy="Voeg een rij toe met antwoord, rol en datum.",
        )
    built = (
        Question(
            vraag, row.filled("label"), row.filled("vindplaats"), given[vraag].text("antwoord"), given[vraag].text("rol"),
            given[vraag].moment("datum"), given[vraag].filled("vindplaats"), tuple(links[vraag]),
        )
        for vraag, row in asked.items()
    )  # fmt: skip
    return Answers(questions.meting, tuple(built), answers.dataset)


def _check_answer(row: SourceRow, links: list[Evidence]) -> None:
    for column in ("antwoord", "rol", "datum"):
        row.filled(column)
    if not links:
        raise row.refuse(
            "antwoord", "een antwoord met bewijs", "Voeg bewijs toe in antwoorden_bewijs, of haal het weg."
        )
    shown, named = set(PLACE.findall(row.text("antwoord"))), {link.naam for link in links if link.naam}
    if shown != named:
        odd = enumerate_nl(sorted(shown ^ named))
        expected = "tussen accolades precies de namen die in antwoorden_bewijs bij deze vraag staan"
        raise row.refuse("antwoord", expected, "Verbeter de naam in het antwoord of bij het bewijs.", found=odd)


def tell_answers(answers: Answers, known: Mapping[str, Indicator]) -> Shown:
    """Return every question with its answer, for who reads nothing else."""
    return show_all(*(tell_answer(question, known) for question in answers.vragen))


def tell_answer(question: Question, known: Mapping[str, Indicator]) -> Shown:
    """Return question and answer, with numbers from the ledger; a number that is gone is named as missing."""
    gone = {link.naam for link in question.bewijs if link.naam and link.indicator not in known}
    values = {link.naam: known[link.indicator].wat for link in question.bewijs if link.naam and link.naam not in gone}
    template = PLACE.sub(lambda place: f"({MISSING})" if place[1] in gone else place[0], question.antwoord)
    as_html, as_text, results = fill(template, values)
    return Shown(
        f'<section class="antwoord"><p class="vraag">{indicate(question.label).html}</p><p>{as_html}</p></section>',
        f"{question.label}\n{as_text}",
        results,
    )


def show_answer(answers: Answers, vraag: str, known: Mapping[str, Indicator]) -> Shown:
    """Return one question with its answer and, below it, the table of what that rests on."""
    question = answers.select(vraag)
    return show_all(tell_answer(question, known), tabulate_evidence(question, known).show())


def tabulate_evidence(question: Question, known: Mapping[str, Indicator]) -> Table:
    """Return what an answer rests on: each indicator with its kind; missing evidence is named as such."""
    rows: list[Row] = []
    for link in question.bewijs:
        indicator = known.get(link.indicator)
        kind = indicator.soort if indicator else NOTHING
        rows.append((indicate(link.indicator), _what(indicator), kind))
    return Table(
        key=f"tabel-antwoord-{question.id}",
        bijschrift="Waar het antwoord op rust.",
        koppen=("Kenmerk", "Wat het zegt", "Soort"),
        rijen=tuple(rows),
    )


def _what(indicator: Indicator | None) -> Cell:
    if indicator is None:
        return MISSING
    if isinstance(indicator.wat, Result):
        return (indicate(f"{indicator.wat.label}: "), indicator.wat)
    return indicator.wat


def tabulate_trace(answers: Answers, known: Mapping[str, Indicator], toetsingskader: Toetsingskader) -> Table:
    """Return the way from each question to the data: criterion, indicator, kind and dataset."""
    criteria = {" ".join(criterion.key): criterion for criterion in toetsingskader.criteria}
    rows: list[Row] = []
    for question in answers.vragen:
        for link in question.bewijs:
            indicator = known.get(link.indicator)
            asked: Filling = _criterion(link, criteria, question) if link.criterium else NOTHING
            dataset = indicate(indicator.dataset.split("@")[0]) if indicator else MISSING
            kind = indicator.soort if indicator else NOTHING
            rows.append((indicate(question.id), asked, indicate(link.indicator), kind, dataset))
    return Table(
        key=f"tabel-{answers.meting}-herleiding",
        bijschrift="Van onderzoeksvraag naar gegevens.",
        koppen=("Vraag", "Onderwerp van het toetsingskader", "Waaraan af te lezen", "Soort", "Gegevens"),
        rijen=tuple(rows),
        noten=("Een streepje: het toetsingskader van de bron vraagt hier niet naar.",),
    )


def _criterion(link: Evidence, criteria: Mapping[str, Criterion], question: Question) -> Filling:
    if link.criterium not in criteria:
        raise NsocError(
            f"tabel antwoorden_bewijs, vraag {question.id}, bewijs {link.indicator}, kolom criterium",
            found=f'"{link.criterium}"',
            expected="kader en letter van een onderwerp, zoals 6.2 A",
            remedy="Verbeter kader of letter, of maak de cel leeg.",
        )
    return indicate(f"{link.criterium}: {criteria[link.criterium].label}")


def count_missing(answers: Answers, known: Mapping[str, Indicator]) -> Result:
    """Count the pieces of evidence that answers name and the data no longer hold."""
    missing = sum(link.indicator not in known for question in answers.vragen for link in question.bewijs)
    name, label = f"{answers.meting}.antwoorden.zonder-bewijs", "Bewijs dat niet meer in de gegevens staat"
    return Result(name, label, missing, "stuks", "herleid", answers.dataset)


def index_results(results: Iterable[Result], soort: str) -> dict[str, Indicator]:
    """Return numbers of the ledger as indicators, by id."""
    return {result.id: Indicator(result.id, soort, result, result.dataset) for result in results}


def index_survey(survey: Survey) -> dict[str, Indicator]:
    """Return the share that agrees with each statement of a questionnaire, by the id of the statement."""
    shares = [agreement.eens for theme in survey.codeboek.themas for agreement in share_agreeing(survey, theme)]
    known = index_results(shares, "mening in de vragenlijst")
    return {name.removesuffix(".eens"): indicator for name, indicator in known.items()}


def index_findings(findings: Iterable[tuple[str, str, str, str]]) -> dict[str, Indicator]:
    """Return findings as indicators, by id: id, kind, text and dataset."""
    return {name: Indicator(name, kind, Indication(text), dataset) for name, kind, text, dataset in findings}
