"""Per question of a questionnaire with choices who answered it, and how the others did not."""

from __future__ import annotations

from nsoc_lib.choices import count_people
from nsoc_lib.questions import TOESTEMMING, Listed, OpenQuestion
from nsoc_lib.result import Result
from nsoc_lib.shares import slug
from nsoc_lib.survey import NIET_GETOOND, ONTBREEKT, SOORT, STATUSSEN, Survey

OPEN_STATUS = "niet ingevuld"
GIVEN = (*STATUSSEN, NIET_GETOOND, OPEN_STATUS)


def count_given(survey: Survey) -> tuple[tuple[Listed, dict[str, Result]], ...]:
    """Count per question who answered it and, apart, each way of not answering, in people.

    Of statements the people are counted who answered at least one of them.
    """
    given, statuses = [], list_statuses(survey)
    for question in survey.codeboek.vragenlijst:
        if question.soort == TOESTEMMING:
            continue
        if isinstance(question, OpenQuestion):
            rows = survey.open_antwoorden.loc[survey.open_antwoorden["vraag"] == question.id]
        elif question.soort == "stellingen":
            rows = survey.antwoorden
        else:
            rows = survey.keuzes.loc[survey.keuzes["vraag"] == question.id]
        best = rows.assign(orde=rows["status"].map(statuses.index).astype(int)).groupby("respondent")["orde"].min()
        given.append(
            (question, {
                status: count_people(survey, f"{question.id}.status.{slug(status)}", f"{question.id}: {status}", int((best == n).sum()))
                for n, status in enumerate(statuses)
            })
        )  # fmt: skip
    return tuple(given)


def list_statuses(survey: Survey) -> tuple[str, ...]:
    """Return the ways of answering or not that occur; "ontbreekt" only where the file or the codebook declares it."""
    declared = any(SOORT in frame for frame in (survey.antwoorden, survey.open_antwoorden, survey.keuzes))
    return (GIVEN[0], ONTBREEKT, *GIVEN[1:]) if declared else GIVEN
