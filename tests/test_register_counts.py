"""Counts of the fieldwork: every printed count computed again, and a difference shown as such."""

from __future__ import annotations

import pytest
from fieldwork_tables import build_real, leave_out, load_source
from transcribed import change

from nsoc_lib.errors import NsocError
from nsoc_lib.register import BIJEENKOMSTEN, INTERVIEWS, Register
from nsoc_lib.register_counts import (
    ANDERE_LEZING,
    GELIJK,
    VERSCHIL,
    check_month,
    compare_counts,
    count_fieldwork,
    count_forms,
    count_outcomes,
    count_people,
    list_months,
)


@pytest.fixture(scope="module")
def register() -> Register:
    return build_real()


def test_counts_per_phase_are_those_of_the_source(register):
    """Fourteen, 96 and two interviews; seven, sixteen and one meetings (§2.2, table 1)."""
    counts = count_fieldwork(register)
    for soort, printed in ((INTERVIEWS, (14, 96, 2, 112)), (BIJEENKOMSTEN, (7, 16, 1, 24))):
        names = (f"{soort}-verkennend", f"{soort}-projecten", f"{soort}-breed", soort)
        assert tuple(counts[name].value for name in names) == printed


def test_people_are_counted_by_what_they_did(register):
    """Of 197 codes 124 have an interview, 72 only a meeting, and one has nothing filled in: added by hand from table 3."""
    counts = count_fieldwork(register)
    names = ("met-code", "met-interview", "alleen-bijeenkomst", "zonder-opgave", "meermaals")
    assert [counts[f"personen-{name}"].value for name in names] == [197, 124, 72, 1, 44]
    assert counts["groepsleden"].value == 25 + 7


def test_sessions_are_counted_by_session_and_by_project(register):
    """Eleven rows are a reflectiesessie; one project has two, three projects have none."""
    counts = count_fieldwork(register)
    assert (counts["reflectiesessies"].value, counts["projecten-met-reflectiesessie"].value) == (11, 10)
    assert counts["projecten"].value == 13


def test_a_count_is_a_result_of_its_own_table(register):
    """Id, unit and version of the data."""
    counts = count_fieldwork(register)
    assert counts["interviews-breed"].id == "versterking-2021.veldwerk.interviews.breed"
    assert (counts["interviews-breed"].unit, counts["interviews-breed"].dataset) == ("interviews", "interviews@proef")
    assert counts["personen-met-code"].dataset == "respondenten_projecten@proef"
    assert counts["personen-met-code"].provenance == "herleid"


def test_forms_add_up(register):
    """Eighteen in person, 91 digital, three both: 112."""
    forms, total = count_forms(register, INTERVIEWS, "", register.select(INTERVIEWS))
    assert ([form.value for form in forms], total.value) == ([18, 91, 3], 112)


def test_people_per_project(register):
    """Project 1 has 41 codes of whom three were interviewed."""
    people, interviewed = count_people(register, "p01")
    assert (people.value, interviewed and interviewed.value) == (41, 3)


def test_who_was_interviewed_is_unknown_where_nothing_is_filled_in(register):
    """Project 4 has one person; whether that person was interviewed is not printed, which is not zero."""
    people, interviewed = count_people(register, "p04")
    assert (people.value, interviewed) == (1, None)


def test_a_person_left_out_of_the_table_is_missed():
    """Without its second row table 3 has one code and one interviewed person less."""
    less = count_fieldwork(build_real(respondenten_projecten=leave_out(load_source("respondenten_projecten"), 3)))
    assert (less["personen-met-code"].value, less["personen-met-interview"].value) == (196, 123)


def test_months_run_without_gaps(register):
    """From July 2019 to April 2021 are 22 months, also April 2020 in which nothing was held."""
    months = list_months(register)
    assert (months[0], months[-1], len(months)) == ("2019-07", "2021-04", 22)
    assert months[9] == "2020-04"


@pytest.mark.parametrize("text", ["april 2020", "2020-4", "2020-13"])
def test_another_month_is_refused(text):
    """Months are compared as texts and must be written in one way."""
    with pytest.raises(NsocError, match="een maand als 2020-04"):
        check_month(text)


def test_every_printed_count_has_an_outcome(register):
    """Of 20 printed counts 17 are equal, two (the 197 people) in another reading, one differs: sessions in all projects."""
    comparisons = compare_counts(register, load_source("gedrukte_tellingen_veldwerk"))
    outcomes = count_outcomes(comparisons, register)
    assert [outcomes[name].value for name in ("totaal", GELIJK, ANDERE_LEZING, VERSCHIL)] == [20, 17, 2, 1]
    differing = [(c.kenmerk, c.gepubliceerd.value, c.berekend.value) for c in comparisons if c.uitkomst != GELIJK]
    assert differing == [("personen-met-interview", 197, 124)] * 2 + [("projecten-met-reflectiesessie", 13, 10)]


def test_ids_of_printed_counts_differ(register):
    """One count printed in three places is three results, none of them the computed one."""
    comparisons = compare_counts(register, load_source("gedrukte_tellingen_veldwerk"))
    ids = [c.gepubliceerd.id for c in comparisons]
    assert len(set(ids)) == 20
    assert not set(ids) & {c.berekend.id for c in comparisons}


def test_a_row_left_out_shows_as_a_difference():
    """Without the last interview three places say 112 where the register has 111, and 96 becomes 95."""
    register = build_real(interviews=leave_out(load_source("interviews"), 113))
    comparisons = compare_counts(register, load_source("gedrukte_tellingen_veldwerk"))
    found = {(c.gepubliceerd.value, c.berekend.value) for c in comparisons if c.uitkomst == VERSCHIL}
    assert {(112, 111), (96, 95)} <= found


def test_the_other_reading_must_be_equal_as_well():
    """With one code less the 197 are equal in no reading."""
    register = build_real(respondenten_projecten=leave_out(load_source("respondenten_projecten"), 3))
    comparisons = compare_counts(register, load_source("gedrukte_tellingen_veldwerk"))
    assert {c.uitkomst for c in comparisons if c.kenmerk == "personen-met-interview"} == {VERSCHIL}


@pytest.mark.parametrize("column", ["kenmerk", "andere_lezing"])
def test_a_count_of_something_else_is_refused(register, column):
    """A misspelt name is found with its row."""
    table = change(load_source("gedrukte_tellingen_veldwerk"), column, "uren", row=2)
    with pytest.raises(NsocError, match=rf'rij 2, kolom {column}\n  gevonden: "uren"'):
        compare_counts(register, table)
