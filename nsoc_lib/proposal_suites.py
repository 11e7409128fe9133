"""Expectations for the tables of a questionnaire that has none yet: what holds of any questionnaire."""

from __future__ import annotations

from typing import Any

from nsoc_lib.meting import CHOICES, SURVEY_TABLES
from nsoc_lib.proposal import OVERSLAAN, STELLING, Proposal
from nsoc_lib.questions import OPEN
from nsoc_lib.survey import ONTBREEKT, STATUSSEN

_UNIQUE, _FILLED = "expect_compound_columns_to_be_unique", "expect_column_values_to_not_be_null"
_IN_SET, _BETWEEN = "expect_column_values_to_be_in_set", "expect_column_values_to_be_between"


def propose_suites(instrument: str, proposal: Proposal) -> dict[str, dict[str, Any]]:
    """Return the suites of the four tables of a questionnaire with choice questions, by the name of the table.

    Of a table that will have no rows only is expected what can be judged of one.
    """
    people, words = (f"{instrument}_{name}" for name in SURVEY_TABLES)
    answer = [{"column": "respondent"}, "Elk antwoord hoort bij een deelnemer."]
    rules: dict[str, list[list[Any]]] = {
        instrument: [
            [_FILLED, *answer],
            [_IN_SET, {"column": "status", "value_set": [*STATUSSEN, ONTBREEKT]}, "Van elk antwoord is bekend hoe het ervoor staat."],
            [_UNIQUE, {"column_list": ["respondent", "stelling"]}, "Elke deelnemer beantwoordt elke stelling een keer."],
        ],
        people: [
            ["expect_column_values_to_be_unique", {"column": "respondent"}, "Elke deelnemer staat er een keer in."],
            [_FILLED, {"column": "compleet"}, "Van elke deelnemer is bekend of de vragenlijst af is."],
            [_BETWEEN, {"column": "voortgang", "min_value": 0, "max_value": 100}, "De voortgang is een percentage."],
        ],
        words: [
            [_FILLED, *answer],
            [_UNIQUE, {"column_list": ["respondent", "vraag"]}, "Elke deelnemer beantwoordt elke open vraag een keer."],
        ],
        f"{instrument}_{CHOICES}": [
            [_FILLED, *answer],
            [_UNIQUE, {"column_list": ["respondent", "vraag", "optie"]}, "Elke deelnemer kiest elke optie een keer."],
        ],
    }  # fmt: skip
    kinds = {question.soort for question in proposal.vragen}
    present = {instrument: STELLING in kinds, people: True, words: OPEN in kinds}
    closed = bool(kinds - {STELLING, OPEN, OVERSLAAN})
    return {
        table: {
            "name": table,
            "expectations": [
                {"type": kind, "kwargs": kwargs, "severity": "critical", "meta": {"reden": reason}}
                for kind, kwargs, reason in found
                if kind == _FILLED or present.get(table, closed)
            ],
        }
        for table, found in rules.items()
    }
