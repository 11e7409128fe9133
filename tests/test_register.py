"""The register of fieldwork: what is printed, corrected where declared, refused where it cannot be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from fieldwork_tables import build_real, leave_out, load_source
from transcribed import change

from nsoc_lib.errors import NsocError
from nsoc_lib.register import (
    BIJEENKOMSTEN,
    BREED,
    INTERVIEWS,
    PROJECTEN,
    VERKENNEND,
    Appointment,
    Register,
    expand_range,
    read_day,
)


@pytest.fixture(scope="module")
def register() -> Register:
    return build_real()


def appointment(day: date, project: str) -> Appointment:
    return Appointment(INTERVIEWS, "Limburg", project, reflectie=False, dag=day, vorm="Digitaal", vindplaats="rij 1")


def test_every_printed_row_is_there(register):
    """The source counts 112 interviews and 24 meetings."""
    assert (len(register.select(INTERVIEWS)), len(register.select(BIJEENKOMSTEN))) == (112, 24)


@pytest.mark.parametrize(
    ("day", "project", "fase"),
    [
        (date(2020, 4, 30), "", VERKENNEND),
        (date(2020, 4, 30), "p01", VERKENNEND),
        (date(2020, 5, 1), "p01", PROJECTEN),
        (date(2020, 5, 1), "", BREED),
    ],
)
def test_the_phase_follows_from_month_and_project(day, project, fase):
    """Before May 2020 all is exploratory; after it a project tells the two others apart."""
    assert appointment(day, project).fase == fase


def test_a_corrected_date_is_used(register):
    """Row 85 of table 2 prints November 2021; the register has November 2020, and the row above is of that month."""
    rows = register.select(INTERVIEWS)
    assert (rows[84].vindplaats[-6:], rows[84].dag, rows[83].maand) == ("rij 85", date(2020, 11, 23), "2020-11")


def test_a_session_is_a_session_of_its_project(register):
    """Row 97 of table 2 is a reflectiesessie of the seventh project, row 96 an interview of the ninth."""
    rows = register.select(INTERVIEWS)
    assert [(row.project, row.reflectie) for row in rows[95:97]] == [("p09", False), ("p07", True)]


def test_a_short_name_finds_its_project(register):
    """In table 2 row 26 is printed as ISO and row 18 as Haven Rotterdam."""
    rows = register.select(INTERVIEWS)
    assert (rows[25].project, rows[17].project) == ("p03", "p09")


def test_projects_have_the_names_above_their_descriptions(register):
    """Thirteen projects in the order of the source, named as in bijlage 4, so that every chapter names them alike."""
    assert list(register.namen) == [f"p{number:02d}" for number in range(1, 14)]
    assert [register.namen[project] for project in ("p03", "p07", "p08", "p11")] == [
        "1 SmartOverheid", "Schiphol", "Straatwaarden", "Integraal ondermijningsteam",
    ]  # fmt: skip


def test_a_name_that_no_longer_stands_as_it_was_corrected_is_refused():
    """Row 18 of the file has the name of project 4 in the list of the source, with one letter wrong."""
    names = load_source("projectnamen")
    with pytest.raises(NsocError, match=r'rij 18, kolom spelling(.|\n)*"Ondernijningsexperience", zoals de lijst zegt'):
        build_real(projectnamen=change(names, "spelling", "Escaperoom", row=18))


def test_codes_are_written_out(register):
    """Per project as many people as the highest number printed: 41, 11, 19, 1, 4, 22, 21, 22, 8, 5, 13, 24 and 6."""
    per_project = [sum(p.project == project for p in register.respondenten) for project in register.namen]
    assert per_project == [41, 11, 19, 1, 4, 22, 21, 22, 8, 5, 13, 24, 6]


def test_a_dash_is_none_and_an_empty_cell_is_unknown(register):
    """The fifth person of table 3 was at no interview; of the one person of project 4 nothing is filled in."""
    known = {p.code: (p.interviews, p.bijeenkomsten) for p in register.respondenten}
    assert (known["P1R5"], known["P4R1"], known["P12R14"]) == ((0, 1), (None, None), (0, 1))


def test_groups_have_no_codes(register):
    """Two groups are printed, of 25 and 7 people."""
    assert [(group.project, group.omvang, group.bijeenkomsten) for group in register.groepen] == [
        ("p08", 25, 1),
        ("p11", 7, 1),
    ]


def test_an_expanded_range_has_a_row_for_each_code():
    """Leaving out one row of the first range is found: the code of the row in the file is P1R10."""
    people = load_source("respondenten_projecten")
    row = int(people.rijen.loc[people.rijen["respondent"] == "P1R10", "rij"].iloc[0])
    with pytest.raises(NsocError, match=r'kolom zoals_gedrukt\n  gevonden: "P1R4– P1R41"'):
        build_real(respondenten_projecten=leave_out(people, row))


def test_without_its_correction_the_broken_range_is_refused():
    """How many people it stands for is not to be guessed; the block says that a correction is missing."""
    corrections = load_source("correcties")
    with pytest.raises(NsocError) as error:
        build_real(correcties=leave_out(corrections, 3))
    assert str(error.value) == (
        "Fout in tabel respondenten_projecten van versterking-2021, rij 84, kolom zoals_gedrukt\n"
        '  gevonden: "P6R - P6R14"\n'
        "  verwacht: een code of een bereik met begin en einde, met een rij per code\n"
        "  wat nu:   Schrijf het bereik uit; ontbreekt het begin in de bron, voeg dan een correctie toe."
    )


def test_another_code_than_printed_is_refused():
    """The second row of table 3 prints P1R2; with another code beside it nobody has that one."""
    with pytest.raises(NsocError, match='rij 3, kolom zoals_gedrukt\n  gevonden: "P1R2"'):
        build_real(respondenten_projecten=change(load_source("respondenten_projecten"), "respondent", "P1R99", row=3))


def test_a_code_stands_there_once():
    """The first person again, also in print, would be two people."""
    people = load_source("respondenten_projecten")
    twice = replace(people, rijen=pd.concat([people.rijen, people.rijen.head(1).assign(rij=194)], ignore_index=True))
    with pytest.raises(NsocError, match='rij 194, kolom respondent\n  gevonden: "P1R1"'):
        build_real(respondenten_projecten=twice)


def test_a_code_outside_its_range_is_refused():
    """An extra row under the range of project 5 with a code that the range has not."""
    people = load_source("respondenten_projecten")
    extra = people.rijen[people.rijen["respondent"] == "P5R2"].assign(respondent="P5R9", rij=194)
    with pytest.raises(NsocError, match='rij 194, kolom respondent\n  gevonden: "P5R9"'):
        build_real(respondenten_projecten=replace(people, rijen=pd.concat([people.rijen, extra], ignore_index=True)))


def test_a_code_belongs_to_its_own_project():
    """P1R2 under project 2 would count for the wrong one."""
    with pytest.raises(NsocError, match='rij 3, kolom respondent\n  gevonden: "P1R2"'):
        build_real(respondenten_projecten=change(load_source("respondenten_projecten"), "projectnummer", "P2", row=3))


@pytest.mark.parametrize(
    ("column", "value"), [("project", "Postbus"), ("type", "Telefonisch"), ("datum", "31/02/2020"), ("datum", "morgen")]
)
def test_an_unreadable_cell_names_its_place(column, value):
    """Table, row of the file and column."""
    where = rf'tabel interviews van versterking-2021, rij 5, kolom {column}\n  gevonden: "{value}"'
    with pytest.raises(NsocError, match=where):
        build_real(interviews=change(load_source("interviews"), column, value, row=5))


def test_a_count_in_words_is_refused():
    """A count is a number or a dash."""
    with pytest.raises(NsocError, match='kolom bijeenkomsten\n  gevonden: "veel"'):
        build_real(respondenten_projecten=change(load_source("respondenten_projecten"), "bijeenkomsten", "veel", row=2))


def test_one_name_for_two_projects_is_refused():
    """It would put the interviews of one under the other; row 3 of the file is a name of the first project."""
    names = load_source("projectnamen")
    with pytest.raises(NsocError, match='"Buitengebied" voor p01 en p02'):
        build_real(projectnamen=change(names, "spelling", "Buitengebied", row=3))


def test_a_date_reads_day_first():
    """The eleventh of March, not the third of November."""
    assert read_day("11/03/2020") == date(2020, 3, 11)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("P5R2 - P5R4", ("P5R2", "P5R3", "P5R4")),
        ("P1R4– P1R5", ("P1R4", "P1R5")),
        ("P7R 8 - P7R9", ("P7R8", "P7R9")),
        ("P3R1", ("P3R1",)),
        ("P6R - P6R14", ()),
        ("P6R1 - P7R2", ()),
        ("P8 Groep 1 (25 respondenten)", ()),
    ],
)
def test_a_range_is_written_out_when_it_has_two_ends(text, codes):
    """Spaces and either dash make no difference; both ends belong to one project."""
    assert expand_range(text) == codes


def test_the_register_can_be_limited():
    """By kind, phase, project and month together."""
    invented = replace(
        build_real(), afspraken=(appointment(date(2020, 6, 1), "p01"), appointment(date(2020, 7, 1), ""))
    )
    assert len(invented.select(INTERVIEWS)) == 2
    assert [a.maand for a in invented.select(INTERVIEWS, fase=BREED)] == ["2020-07"]
    assert [a.maand for a in invented.select(INTERVIEWS, project="p01")] == ["2020-06"]
    assert invented.select(INTERVIEWS, maand="2020-08") == invented.select(BIJEENKOMSTEN) == ()
