"""Imitate a survey export whose margins equal the published percentages. A demonstration only.

The respondents' answers were never published. For every published percentage a count is
sought, on a base that the figure prints, such that the sum of two separately rounded answer
categories gives that percentage. Many splits do; a stated rule picks one, so the split is no
finding. Nothing else in the export (who answered what, the answers that are not agreement,
the group of a respondent) carries any information.
"""

from __future__ import annotations

import csv
import io
import json
import random
import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd

from nsoc_lib.codebook import Background, Codebook, Stelling
from nsoc_lib.errors import NsocError
from nsoc_lib.meting import SurveyRecord
from nsoc_lib.questions import OpenQuestion
from nsoc_lib.rounding import percentage_of_sum, sum_of_percentages

T = TypeVar("T")

SEED = 20240115
FICTITIOUS_DAY = "2000-01-01"
OPEN_ANSWER = "(nagebootst) Er ontbreekt een gedeelde visie."
SYSTEM_HEADER = (
    ("StartDate", "Begindatum", "startDate"),
    ("EndDate", "Einddatum", "endDate"),
    ("Status", "Type antwoord", "status"),
    ("IPAddress", "IP-adres", "ipAddress"),
    ("Progress", "Voortgang", "progress"),
    ("Duration (in seconds)", "Duur (in seconden)", "duration"),
    ("Finished", "Voltooid", "finished"),
    ("RecordedDate", "Opgenomen op", "recordedDate"),
    ("ResponseId", "Antwoord-ID", "_recordId"),
    ("RecipientLastName", "Achternaam", "recipientLastName"),
    ("RecipientFirstName", "Voornaam", "recipientFirstName"),
    ("RecipientEmail", "E-mail", "recipientEmail"),
    ("ExternalReference", "Externe verwijzing", "externalDataReference"),
    ("LocationLatitude", "Breedtegraad", "locationLatitude"),
    ("LocationLongitude", "Lengtegraad", "locationLongitude"),
    ("DistributionChannel", "Distributiekanaal", "distributionChannel"),
    ("UserLanguage", "Taal", "userLanguage"),
)


@dataclass(frozen=True)
class Margin:
    """The counts chosen for one published percentage, and how many choices there were."""

    stelling: str
    percentage: int
    n: int
    eerste: int
    tweede: int
    oplossingen: int

    @property
    def count(self) -> int:
        return self.eerste + self.tweede

    @property
    def plain(self) -> int:
        return percentage_of_sum(self.count, self.n)

    @property
    def summed(self) -> int:
        return sum_of_percentages((self.eerste, self.tweede), self.n)


def choose_margin(stelling: str, percentage: int, bases: Sequence[int]) -> Margin:
    """Choose base, count and split for one published percentage.

    Every base that the figure prints and every split into two categories is tried. Of those
    whose separately rounded percentages add up to the published one, preferred are: one that
    is also count/base rounded once; then the largest base; then the smallest first category;
    then the smallest count. Raises NsocError when no base can give the percentage.
    """
    fits = [
        Margin(stelling, percentage, n, first, count - first, 0)
        for n in bases
        for count in range(n + 1)
        for first in range(count + 1)
        if sum_of_percentages((first, count - first), n) == percentage
    ]
    if not fits:
        raise NsocError(
            f"gepubliceerd.csv, stelling {stelling}",
            found=f"{percentage} procent op basis van {', '.join(map(str, bases))}",
            expected="een percentage dat op een van deze aantallen mogelijk is",
            remedy="Vergelijk percentage en bases met de bron.",
        )
    best = min(fits, key=lambda m: (m.plain != percentage, -m.n, m.eerste, m.count))
    return Margin(stelling, percentage, best.n, best.eerste, best.tweede, len(fits))


def choose_margins(published: pd.DataFrame) -> list[Margin]:
    """Choose counts for a table with the columns stelling, percentage, bases ("24 25 26")."""
    return [
        choose_margin(str(row["stelling"]), int(row["percentage"]), [int(base) for base in str(row["bases"]).split()])
        for row in published.to_dict("records")
    ]


def tabulate_margins(margins: Iterable[Margin], codebook: Codebook) -> str:
    """Return the record of the choices as CSV text: per statement k, n, both categories, both readings."""
    header = [
        "thema", "stelling", "percentage", "basis", "instemmend", "mee_eens", "helemaal_mee_eens",
        "percentage_van_de_som", "som_van_percentages", "aantal_oplossingen",
    ]  # fmt: skip
    rows = [
        [codebook.select_stelling(m.stelling).thema, m.stelling, m.percentage, m.n, m.count, m.eerste, m.tweede,
         m.plain, m.summed, m.oplossingen]
        for m in margins
    ]  # fmt: skip
    return _csv_text([header, *rows])


@dataclass(frozen=True)
class Simulated:
    """The text of the files that ``make simulate`` writes."""

    export: str
    codering: str
    marges: str


@dataclass(frozen=True)
class _Person:
    """One imitated respondent: answers by ImportId, and how far he or she came."""

    response_id: str
    answers: dict[str, str]
    groep: str
    open_antwoord: str
    compleet: bool
    voortgang: int


def simulate_survey(
    codebook: Codebook, record: SurveyRecord, published: pd.DataFrame, response: dict[str, int], seed: int = SEED
) -> Simulated:
    """Build an export in the Qualtrics CSV format from published margins.

    ``response`` holds the published ``compleet`` and ``deels`` (people) and ``gedeelde-visie``
    (percent whose open answer gets the first code). The same seed gives the same bytes.
    """
    margins = {margin.stelling: margin for margin in choose_margins(published)}
    persons = _imitate_persons(codebook, record, margins, response, _Draw(seed))
    return Simulated(
        export=_export_text(codebook, persons),
        codering=_coding_text(codebook, persons),
        marges=tabulate_margins(margins.values(), codebook),
    )


class _Draw:
    """Chance from ``random.random`` alone, whose sequence Python promises to keep for a seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 (a demonstration needs repeatable, not secret, chance)

    def shuffled(self, items: Iterable[T]) -> list[T]:
        return [item for _, item in sorted(((self._random.random(), item) for item in items), key=lambda pair: pair[0])]

    def one(self, items: Sequence[T]) -> T:
        return items[int(self._random.random() * len(items))]


def _imitate_persons(
    codebook: Codebook, record: SurveyRecord, margins: dict[str, Margin], response: dict[str, int], draw: _Draw
) -> list[_Person]:
    """Person number i sees a statement as long as more than i people reach it; the first are complete."""
    complete, started = response["compleet"], response["compleet"] + response["deels"]
    reached = _count_reached([margins[stelling.id].n for stelling in codebook.stellingen], started)
    answers: list[dict[str, str]] = [{} for _ in range(started)]
    for stelling, here in zip(codebook.stellingen, reached, strict=True):
        for person, answer in _imitate_answers(codebook, stelling, margins[stelling.id], here, complete, draw).items():
            answers[person][stelling.import_id] = answer
    groups = draw.shuffled([group.groep for group in record.veldwerk.groepen for _ in range(group.aantal)])
    mentions = (started * response["gedeelde-visie"] + 50) // 100
    vocal = set(draw.shuffled(range(complete))[:mentions])
    questions = len(codebook.stellingen) + len(codebook.open_vragen)
    persons = [
        _Person(
            response_id="R_" + "".join(draw.one(string.ascii_letters + string.digits) for _ in range(15)),
            answers=answers[i],
            groep=groups[i],
            open_antwoord=OPEN_ANSWER if i in vocal else "",
            compleet=i < complete,
            voortgang=100 if i < complete else 100 * sum(i < here for here in reached) // questions,
        )
        for i in range(started)
    ]
    return draw.shuffled(persons)


def _count_reached(bases: list[int], started: int) -> list[int]:
    """Return how many people reach each statement: no fewer than answer any later one."""
    return [started if number == 0 else max(bases[number:]) for number in range(len(bases))]


def _imitate_answers(
    codebook: Codebook, stelling: Stelling, margin: Margin, reached: int, complete: int, draw: _Draw
) -> dict[int, str]:
    """Give the people who reach a statement answers with exactly these margins; some of the complete skip it."""
    scale = codebook.scale_of(stelling)
    first, second = scale.instemmend
    rest = [label for label in scale.labels if label not in scale.instemmend]
    skipped = set(draw.shuffled(range(complete))[: reached - margin.n])
    answering = draw.shuffled(person for person in range(reached) if person not in skipped)
    agreeing = [first] * margin.eerste + [second] * margin.tweede
    other = [draw.one(rest) for _ in range(margin.n - margin.count)]
    return dict(zip(answering, agreeing + other, strict=True))


def _export_text(codebook: Codebook, persons: list[_Person]) -> str:
    """Return the three header rows and a row per person, as Qualtrics writes choice text."""
    questions: list[Stelling | OpenQuestion | Background] = [
        *codebook.stellingen,
        *codebook.open_vragen,
        *codebook.achtergrond,
    ]
    header = [
        [tag for tag, _, _ in SYSTEM_HEADER] + [question.kolom for question in questions],
        [text for _, text, _ in SYSTEM_HEADER] + [question.tekst for question in questions],
        [json.dumps({"ImportId": import_id}, separators=(",", ":")) for _, _, import_id in SYSTEM_HEADER]
        + [json.dumps({"ImportId": question.import_id}, separators=(",", ":")) for question in questions],
    ]
    rows = [
        _system_cells(number, person)
        + [person.answers.get(stelling.import_id, "") for stelling in codebook.stellingen]
        + [person.open_antwoord for _ in codebook.open_vragen]
        + [person.groep for _ in codebook.achtergrond]
        for number, person in enumerate(persons, 1)
    ]
    return _csv_text([*header, *rows])


def _system_cells(number: int, person: _Person) -> list[str]:
    """Fill the columns of the survey tool; where personal data would stand, addresses reserved for examples."""
    moment = f"{FICTITIOUS_DAY} 09:00:00"
    return [
        moment, moment, "IP Address", f"192.0.2.{number}", str(person.voortgang), "600", str(person.compleet), moment,
        person.response_id, "Nagebootst", f"Deelnemer {number}", f"deelnemer{number}@example.org", "", "", "",
        "anonymous", "NL",
    ]  # fmt: skip


def _coding_text(codebook: Codebook, persons: list[_Person]) -> str:
    question = codebook.open_vragen[0]
    code = next(iter(question.codes))
    rows = [[person.response_id, question.id, code, "nagebootst"] for person in persons if person.open_antwoord]
    return _csv_text([["respons", "vraag", "code", "codeur"], *rows])


def _csv_text(rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
