"""The questionnaire itself: every question in order, what its kind gives, how many there are."""

from __future__ import annotations

from nsoc_lib.prose import Shown, indicate
from nsoc_lib.questions import (
    EEN,
    KIES,
    LUS,
    MEER,
    OPEN,
    RANGORDE,
    STELLINGEN,
    TOESTEMMING,
    Listed,
    OpenQuestion,
    count_asked,
)
from nsoc_lib.result import Result
from nsoc_lib.survey import Survey
from nsoc_lib.tables import NOTHING, Table

NAMES = {TOESTEMMING: "toestemming", OPEN: "open", EEN: "kies een antwoord", MEER: "meer antwoorden", KIES: "kies er een aantal",
         RANGORDE: "rangorde", LUS: "herhaald per keuze", STELLINGEN: "stellingen"}  # fmt: skip
GIVES = {
    OPEN: "aandeel per code van onderzoekers, van wie is gecodeerd",
    EEN: "aandeel per antwoord, van wie antwoordde",
    MEER: "aandeel per antwoord, van wie antwoordde en van alle vermeldingen",
    KIES: "aandeel per optie, van wie antwoordde en van alle vermeldingen",
    RANGORDE: "verdeling over de plaatsen, van wie een rangorde gaf",
    LUS: "verdeling per gekozen optie, van wie haar koos",
    STELLINGEN: "alle antwoorden per stelling, van wie haar beantwoordde",
}


def show_questionnaire(survey: Survey) -> Shown:
    """Return the whole questionnaire, or nothing for one that has statements and open questions alone."""
    return tabulate_questionnaire(survey).show() if survey.codeboek.vragenlijst else Shown("", "")


def tabulate_questionnaire(survey: Survey) -> Table:
    """Return every question in order: its column, kind, how the kind is known and what was published."""
    rows = [
        (
            indicate(question.kolom or NOTHING),
            indicate(question.tekst),
            NAMES[question.soort],
            indicate("vragenlijst" if isinstance(question, OpenQuestion) else question.soort_uit),
            indicate(", ".join(_answers(survey, question)) or NOTHING),
        )
        for question in survey.codeboek.vragenlijst
    ]
    return Table(
        key=f"tabel-{survey.meting}-vragenlijst",
        bijschrift="De vragenlijst in de volgorde waarin zij is afgenomen.",
        koppen=("Kolom", "Vraag", "Soort", "Soort blijkt uit", "Antwoorden"),
        rijen=tuple(rows),
        noten=("De kolommen zijn van ons: een export is nooit openbaar gemaakt.",) if not survey.beschikbaar else (),
    )


def _answers(survey: Survey, question: Listed) -> list[str]:
    if isinstance(question, OpenQuestion):
        return []
    if question.soort == STELLINGEN:
        return [stelling.kort for stelling in survey.codeboek.stellingen]
    options = question.antwoorden if question.soort == LUS else () if question.soort == RANGORDE else question.opties
    return [option.label for option in options]


def tabulate_published_outcomes(survey: Survey) -> Table:
    """Return per question what an export would give, and where the source gives outcomes."""
    return Table(
        key=f"tabel-{survey.meting}-vraagsoorten",
        bijschrift="Wat elke vraag oplevert, en wat ervan is gepubliceerd.",
        koppen=("Vraag", "Soort", "Uitkomst bij een export", "In de bron"),
        rijen=tuple(
            (
                indicate(name_question(question)),
                NAMES[question.soort],
                GIVES[question.soort],
                indicate(question.gepubliceerd),
            )
            for question in survey.codeboek.vragenlijst
            if question.soort != TOESTEMMING
        ),
    )


def name_question(question: Listed) -> str:
    """Return the short name of a question; an open one is called by its text."""
    return question.tekst if isinstance(question, OpenQuestion) else question.kort


def count_questions(survey: Survey) -> dict[str, Result]:
    """Count the questions: as the respondent meets them, with each statement apart, and with consent."""
    asked = count_asked(survey.codeboek.vragenlijst)
    apart = asked - 1 + len(survey.codeboek.stellingen) if survey.codeboek.stellingen else asked
    consent = sum(question.soort == TOESTEMMING for question in survey.codeboek.vragenlijst)
    return {
        name: Result(f"{survey.meting}.{survey.codeboek.instrument}.vragen.{name}", label, value, "vragen", "herleid",
                     survey.opgave.codeboek)
        for name, label, value in (
            ("totaal", "Vragen in het codeboek, de stellingen als een vraag en zonder de toestemming", asked),
            ("stellingen-apart", "Vragen, elke stelling apart", apart),
            ("met-toestemming", "Vragen, met de toestemming", asked + consent),
        )
    }  # fmt: skip
