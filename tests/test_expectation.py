"""Outcomes of validation: counted as results, and the same after being written and read."""

import json

from nsoc_lib.expectation import HOUDT, HOUDT_NIET, NIET_TE_BEOORDELEN, Outcome, Validation


def outcome(uitkomst: str, plaatsen: tuple[str, ...] = ()) -> Outcome:
    return Outcome(
        tabel="respondenten",
        soort="expect_column_values_to_be_unique",
        kolom="respondent",
        ernst="critical",
        reden="Elke deelnemer staat er een keer in.",
        uitkomst=uitkomst,
        waargenomen="",
        aantal=len(plaatsen),
        plaatsen=plaatsen,
    )


def validation() -> Validation:
    outcomes = (outcome(HOUDT), outcome(HOUDT), outcome(HOUDT_NIET, ("rij 4, kolom ResponseId",)))
    return Validation("meting-1", "respondenten", "waargenomen", "respondenten@abc", outcomes)


def test_each_kind_of_outcome_is_counted_apart():
    """Two hold, one does not, none could not be judged: three numbers that never run together."""
    counts = {kind: validation().count(kind).value for kind in (HOUDT, HOUDT_NIET, NIET_TE_BEOORDELEN)}
    assert counts == {"klopt": 2, "klopt niet": 1, "niet te beoordelen": 0}


def test_a_count_of_outcomes_is_a_result_with_the_origin_of_the_table():
    """The id begins with the meting and has no spaces; provenance and dataset are those of the table."""
    result = validation().count(NIET_TE_BEOORDELEN)
    assert result.id == "meting-1.toetsing.respondenten.niet-te-beoordelen"
    assert (result.unit, result.provenance, result.dataset) == ("verwachtingen", "waargenomen", "respondenten@abc")


def test_a_validation_survives_being_written_and_read():
    """What stands in the JSON file comes back equal, places included."""
    assert Validation.from_json(json.loads(json.dumps(validation().to_json()))) == validation()
