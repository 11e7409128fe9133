"""Tables of the fieldwork: counts that follow from rows, questions with places, no code of a respondent."""

from __future__ import annotations

import re

import pytest
from fieldwork_tables import build_real, leave_out, load_source

from nsoc_lib.consistency import ConsistencyFinding
from nsoc_lib.errors import NsocError
from nsoc_lib.expectation import HOUDT, HOUDT_NIET, Outcome, Validation
from nsoc_lib.register import Register
from nsoc_lib.register_counts import compare_counts
from nsoc_lib.register_tables import (
    show_gap,
    show_month,
    tabulate_corrections,
    tabulate_faults,
    tabulate_forms,
    tabulate_months,
    tabulate_phases,
    tabulate_printed,
    tabulate_project_fieldwork,
    tabulate_projects,
    tabulate_questions,
)
from nsoc_lib.tables import Table


@pytest.fixture(scope="module")
def register() -> Register:
    return build_real()


def lines(table: Table) -> list[str]:
    return table.show().text.splitlines()[2:]


def test_phases(register):
    """The table has the numbers of the source's own table 1 of §2.2."""
    assert lines(tabulate_phases(register)) == ["Interviews | 14 | 96 | 2 | 112", "Bijeenkomsten | 7 | 16 | 1 | 24"]


def test_printed_counts_stand_beside_computed_ones(register):
    """A number in words keeps its word, and a difference says so."""
    rows = lines(tabulate_printed(compare_counts(register, load_source("gedrukte_tellingen_veldwerk")), register))
    assert rows[0] == "Interviews, verkennende fase | veertien (14) | 14 | gelijk | §2.2, verkennende fase"
    assert rows[1] == "Interviews, verkennende fase | 14 | 14 | gelijk | §2.2, tabel 1"
    assert rows[17].startswith(
        "Personen met een interview | 197 | 124 | gelijk bij een andere lezing: personen met een eigen code"
    )
    assert rows[19].startswith("Projecten met een reflectiesessie | alle (13) | 10 | verschilt")


def test_projects_add_up_to_the_total(register):
    """Counted by hand from tables 1 to 3 for two projects; the rows of all phases add up to the last."""
    rows = lines(tabulate_projects(register))
    assert rows[0] == "Vastgoed in Beeld Maastricht | 6 | 0 | 6 | 0 | 1 | 2 | 41 | 3"
    assert rows[2] == "1 SmartOverheid | 9 | 0 | 6 | 3 | 1 | 0 | 19 | 19"
    assert rows[3] == "Ondermijningsexperience | 3 | 0 | 3 | 0 | 0 | 0 | 1 | –"
    assert rows[-1] == "Totaal | 112 | 18 | 91 | 3 | 11 | 24 | 197 | 124"
    numbers = [[int(n) if n != "–" else 0 for n in row.split(" | ")[1:]] for row in rows]
    assert [sum(column) for column in zip(*numbers[:-1], strict=True)] == numbers[-1]


def test_an_interview_left_out_is_missed_in_its_cell():
    """Without the last row of table 2 the project has nine interviews and April 2021 two digital ones."""
    less = build_real(interviews=leave_out(load_source("interviews"), 113))
    assert lines(tabulate_projects(less))[8] == "Aanpak Havengebied | 9 | 0 | 9 | 0 | 0 | 0 | 8 | 8"
    assert lines(tabulate_months(less))[-1] == "april 2021 | 2 | 0 | 2 | 0 | 0 | 0 | 0 | 0"


def test_a_project_sheet_has_the_fieldwork_of_its_project():
    """Project 1 by hand: six interviews in table 2, two meetings in table 1, 41 codes, and one of each before May 2020."""
    assert lines(tabulate_project_fieldwork(build_real(), "p01")) == [
        "Interviews | 6 | bijlage 1, tabel 2, rij 17, 43, 79, 80, 93, 99",
        "Waarvan reflectiesessie | 1 | bijlage 1, tabel 2, rij 99",
        "Bijeenkomsten | 2 | bijlage 1, tabel 1, rij 8, 10",
        "Interviews in de verkennende fase | 1 | bijlage 1, tabel 2, rij 4",
        "Bijeenkomsten in de verkennende fase | 1 | bijlage 1, tabel 1, rij 1",
        "Personen met een code | 41 | bijlage 1, tabel 3, rij 1, 2, 3, 4",
        "Van wie met een interview | 3 | bijlage 1, tabel 3, rij 1, 2, 3",
    ]


def test_a_project_sheet_keeps_not_stated_apart_from_none(register):
    """Of project 4 no count per person is filled in; project 9 had no session; a group is there only where one is."""
    fourth, ninth = (lines(tabulate_project_fieldwork(register, project)) for project in ("p04", "p09"))
    assert fourth[-2:] == [
        "Personen met een code | 1 | bijlage 1, tabel 3, rij 21",
        "Van wie met een interview | niet vermeld | –",
    ]
    assert ninth[1:3] == ["Waarvan reflectiesessie | 0 | –", "Bijeenkomsten | 0 | –"]
    assert lines(tabulate_project_fieldwork(register, "p08"))[-1].startswith(
        "Personen in een groep, zonder code | 25 |"
    )


def test_a_project_sheet_misses_a_row_left_out():
    """Row 113 of the file is the last interview in the port: nine are left."""
    less = build_real(interviews=leave_out(load_source("interviews"), 113))
    assert lines(tabulate_project_fieldwork(less, "p09"))[0].startswith("Interviews | 9 | ")


def test_sheets_and_chapter_give_one_number(register):
    """Results of the sheets that stand in the table per project as well have the same id and value; no id is double."""
    chapter = {result.id: result.value for result in tabulate_projects(register).results}
    sheets = [result for name in register.namen for result in tabulate_project_fieldwork(register, name).results]
    assert len({result.id for result in sheets}) == len(sheets)
    assert sum(result.id in chapter for result in sheets) == 5 * 13 - 1
    assert all(chapter.get(result.id, result.value) == result.value for result in sheets)


def test_before_and_after_our_border(register):
    """Before April 2020 all 21 were in person; after it seven were, four both ways and 104 digital."""
    assert lines(tabulate_forms(register, "2020-04")) == [
        "Interviews, tot april 2020 | 14 | 0 | 0 | 14",
        "Interviews, vanaf april 2020 | 4 | 91 | 3 | 98",
        "Bijeenkomsten, tot april 2020 | 7 | 0 | 0 | 7",
        "Bijeenkomsten, vanaf april 2020 | 3 | 13 | 1 | 17",
    ]


def test_another_border_moves_rows(register):
    """In May 2020 one interview was in person and three were digital."""
    assert lines(tabulate_forms(register, "2020-06"))[0] == "Interviews, tot juni 2020 | 15 | 3 | 0 | 18"


def test_the_border_lies_in_a_gap(register):
    """Nothing was held from 12 March to 18 May 2020, so that April and May give the same table."""
    assert [day.text for day in show_gap(register, "2020-04")] == ["11 maart 2020", "19 mei 2020"]
    assert lines(tabulate_forms(register, "2020-05"))[0].endswith("| 14 | 0 | 0 | 14")


def test_a_border_outside_the_register(register):
    """Before the first appointment there is no last one, and after the last no first."""
    assert [day.text for day in show_gap(register, "2018-01")] == ["het begin", "9 juli 2019"]
    assert [day.text for day in show_gap(register, "2022-01")] == ["26 april 2021", "het einde"]


def test_a_border_must_be_a_month(register):
    """A word cannot be compared."""
    with pytest.raises(NsocError, match="een maand als 2020-04"):
        tabulate_forms(register, "voorjaar")
    assert show_month("2020-05").text == "mei 2020"


def test_months_without_an_appointment_are_shown(register):
    """The busiest month has 35 digital interviews; April 2020 has none; the corrected date is in November 2020."""
    rows = {row.split(" | ")[0]: row.split(" | ")[1:] for row in lines(tabulate_months(register))}
    assert rows["oktober 2020"] == ["35", "0", "35", "0", "2", "0", "2", "0"]
    assert rows["juni 2020"] == ["11", "2", "8", "1", "1", "0", "0", "1"]
    assert tabulate_months(register).koppen[1:5] == (
        "Interviews", "in persoon", "digitaal", "beide",
    )  # fmt: skip
    assert set(rows["april 2020"]) == {"0"}
    assert rows["november 2020"][:4] == ["10", "0", "9", "1"]
    assert "november 2021" not in rows


def test_corrections_show_no_code(register):
    """What is read instead of what is printed, with reason and signature; numbers of people are masked."""
    rows = lines(tabulate_corrections(register))
    assert len(rows) == 5
    assert rows[0].startswith("23/11/2021 | 23/11/2020 | De datum ligt na de publicatie")
    assert rows[0].endswith("opsteller van dit rapport, 2026-11-22 | bijlage 1, tabel 2, rij 85")
    assert rows[1].startswith("P6R - P6R… | P6R… - P6R… | ")


def test_no_table_shows_a_code(register):
    """Of all tables together none has a respondent's code."""
    comparisons = compare_counts(register, load_source("gedrukte_tellingen_veldwerk"))
    tables = [tabulate_phases(register), tabulate_projects(register), tabulate_months(register),
              tabulate_corrections(register), tabulate_printed(comparisons, register),
              *(tabulate_project_fieldwork(register, project) for project in register.namen)]  # fmt: skip
    assert not [t.key for t in tables if re.search(r"P\d+R\d", t.show().text)]


def outcome(result: str, count: int, *places: str) -> Outcome:
    return Outcome(
        "interviews", "expect_x", "datum", "warning", "Zo hoort het.", result, f"{count} rijen", count, places
    )


def validation(table: str, *outcomes: Outcome) -> Validation:
    return Validation("versterking-2021", table, "gepubliceerd", f"{table}@x", outcomes)


def test_faults_are_expectations_that_do_not_hold():
    """Only of the tables of the fieldwork, with rows of the file, and that there are more of them."""
    failing = outcome(HOUDT_NIET, 3, "rij 5, kolom datum", "rij 6, kolom datum")
    table = tabulate_faults(
        [validation("interviews", outcome(HOUDT, 0), failing), validation("projecten", failing)], "versterking-2021"
    )
    assert lines(table)[:1] == ["interviews | Zo hoort het. | 3 rijen | 5, 6 en verder"]
    assert len(table.rijen) == 1


def test_no_faults_is_said():
    """An empty table would leave the reader guessing."""
    table = tabulate_faults([validation("interviews", outcome(HOUDT, 0))], "versterking-2021")
    assert table.noten == ("Alle verwachtingen komen uit.",)


def test_rows_of_one_table_stand_together():
    """Places are joined per table; a place without a row stays as it is."""
    places = ("WODC 2021 bijlage 1, tabel 2, rij 5", "WODC 2021 bijlage 1, tabel 2, rij 6", "WODC 2021 §2.2, totalen")
    finding = ConsistencyFinding("gelijke rijen", "Markt", places, "2 keer", "Dubbel?", "laag", "getal")
    (row,) = lines(tabulate_questions([finding], "versterking-2021"))
    assert row == "gelijke rijen | Markt | 2 keer | Dubbel? | bijlage 1, tabel 2, rij 5, 6; §2.2, totalen"


def test_no_questions_is_said():
    """A source without questions says so."""
    assert tabulate_questions([], "versterking-2021").noten == ("Er zijn geen zulke vragen.",)
