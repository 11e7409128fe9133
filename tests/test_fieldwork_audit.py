"""Rules over the printed tables of the fieldwork; the faults of the real tables were listed by reading them."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from fieldwork_tables import build_real, leave_out, load_source
from transcribed import change

from nsoc_lib.consistency import ConsistencyFinding
from nsoc_lib.fieldwork_audit import (
    ATTENDANCE,
    BOTH,
    IDENTICAL,
    ORDER,
    PRINTED,
    RULES,
    SPELLING,
    WEEKEND,
    audit_fieldwork,
    check_attendance,
    check_both,
    check_identical,
    check_order,
    check_printed,
    check_spelling,
    check_weekend,
)
from nsoc_lib.register import Group, Respondent
from nsoc_lib.register_counts import compare_counts

# Found by reading bijlage 1 and §2.2: rule, table, rows of the table.
BY_HAND = {
    ORDER.naam: ["tabel 2: 5 6", "tabel 2: 85 86", "tabel 2: 98 99"],
    IDENTICAL.naam: [
        "tabel 1: 4 5",
        "tabel 2: 44 45 46 47 48 49 50",
        "tabel 2: 51 52",
        "tabel 2: 54 55 56",
        "tabel 2: 58 59 60 61",
        "tabel 2: 75 76 77",
        "tabel 2: 89 90",
    ],
    WEEKEND.naam: ["tabel 2: 9", "tabel 2: 83", "tabel 2: 84"],
    BOTH.naam: ["tabel 1: 1 tabel 2: 4", "tabel 1: 14 tabel 2: 51 52"],
    ATTENDANCE.naam: ["tabel 3: 7 8 9 10 11", "tabel 1: 12 16 18 tabel 3: 73"],
}
NAMES_BY_HAND = ["1 SmartOverheid", "Ondermijningsexperience", "Straatwaarden", "Aanpak Havengebied"]
COUNTS_BY_HAND = ["Personen met een interview", "Projecten met een reflectiesessie"]


def places(finding: ConsistencyFinding) -> str:
    """Return "tabel 1: 4 5" for places in appendix 1."""
    rows: dict[str, list[str]] = {}
    for place in finding.vindplaatsen:
        table, row = place.removeprefix("WODC 2021 bijlage 1, ").split(", rij ")
        rows.setdefault(table, []).append(row)
    return " ".join(f"{table}: {' '.join(numbers)}" for table, numbers in rows.items())


@pytest.fixture(scope="module")
def found() -> tuple[ConsistencyFinding, ...]:
    register = build_real()
    comparisons = compare_counts(register, load_source("gedrukte_tellingen_veldwerk"))
    names = ("bijeenkomsten", "interviews", "projectnamen")
    return audit_fieldwork(*(load_source(name) for name in names), register, comparisons)


def test_the_real_tables_have_the_faults_that_were_read(found):
    """No more and no fewer, in the order of the rules."""
    by_rule = {name: [places(f) for f in found if f.regel == name] for name in BY_HAND}
    assert by_rule == BY_HAND
    assert [f.onderwerp for f in found if f.regel == SPELLING.naam] == NAMES_BY_HAND
    assert [f.onderwerp for f in found if f.regel == PRINTED.naam] == COUNTS_BY_HAND
    assert len(found) == sum(map(len, BY_HAND.values())) + 4 + 2
    order = [rule.naam for rule in RULES]
    assert [order.index(f.regel) for f in found] == sorted(order.index(f.regel) for f in found)


def test_no_finding_names_a_respondent(found):
    """Codes stay in the data; a question says table and row."""
    assert not [f for f in found if "P1" in f.staat_er + f.onderwerp or "R1" in f.staat_er + f.onderwerp]


def test_a_finding_is_a_question(found):
    """Each ends with a question mark and blames nobody."""
    assert all(f.vraag.endswith("?") for f in found)


def table(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["regio", "project", "datum", "type"])
    return frame.assign(vindplaats=[f"rij {number}" for number in range(1, len(rows) + 1)])


MONDAY, TUESDAY = ("Limburg", "Markt", "01/06/2020", "Digitaal"), ("Limburg", "Markt", "02/06/2020", "Digitaal")
SATURDAY, SUNDAY = ("Zeeland", "Haven", "06/06/2020", "Digitaal"), ("Zeeland", "Haven", "07/06/2020", "In persoon")


def test_a_date_before_the_one_above_is_out_of_order():
    """Tuesday, Monday, Tuesday: the second row, with the first beside it; equal dates are in order."""
    (finding,) = check_order(table(TUESDAY, MONDAY, TUESDAY, TUESDAY))
    assert (finding.vindplaatsen, finding.staat_er) == (("rij 1", "rij 2"), "01/06/2020 staat onder 02/06/2020")


def test_days_are_compared_and_not_texts():
    """The second of June follows the thirtieth of May."""
    assert check_order(table(("Limburg", "Markt", "30/05/2020", "Digitaal"), TUESDAY)) == ()


def test_rows_are_identical_in_all_four_columns():
    """Another form is another appointment; three equal rows are one finding."""
    (finding,) = check_identical(table(MONDAY, MONDAY, TUESDAY, MONDAY, (*MONDAY[:3], "In persoon")))
    assert (finding.vindplaatsen, finding.staat_er) == (("rij 1", "rij 2", "rij 4"), "3 keer")


def test_weekends_are_saturday_and_sunday():
    """Not Monday; each row is a question of its own."""
    findings = check_weekend(table(MONDAY, SATURDAY, SUNDAY))
    assert [f.staat_er for f in findings] == ["06/06/2020, een zaterdag", "07/06/2020, een zondag"]


def test_one_appointment_in_both_tables():
    """Region, project and day must be the same; the form need not."""
    (finding,) = check_both(table(MONDAY, SATURDAY), table(TUESDAY, (*MONDAY[:3], "In persoon"), SUNDAY))
    assert (finding.onderwerp, finding.staat_er) == ("Markt (Limburg)", "01/06/2020: bijeenkomsten 1, interviews 1")


@pytest.mark.parametrize(
    ("spellings", "asked"),
    [
        (["Markt", "Markt Maastricht", "markt"], False),
        (["Markt Maastricht", "Markt Limburg"], True),
        (["Markt Maastricht", "Markt Limburg", "Markt"], False),
        (["Open Markt Team", "OMT"], False),
        (["Open Markt Team", "TOM"], True),
        (["1 Markt", "1Markt Zuid"], False),
        (["Markten", "Markte(n)"], True),
        (["Havengebied", "Haven Rotterdam"], True),
    ],
)
def test_names_of_one_project_are_the_same_name(spellings, asked):
    """Words added, capitals, spaces and an abbreviation are no other name; the rest is asked."""
    names = pd.DataFrame({"project": "p01", "spelling": spellings, "vindplaats": "lijst"})
    assert bool(check_spelling(names)) is asked


def attend(meetings: list[int | None], group: int | None = None) -> tuple[ConsistencyFinding, ...]:
    """Return the findings when project 1 has people, and a group, with these numbers of meetings.

    The real project 1 has six interviews, and two meetings in the projects (table 1, rows 8 and 10).
    """
    real = build_real()
    people = tuple(Respondent("p01", f"x{n}", 6, count, f"rij {n}") for n, count in enumerate(meetings))
    groups = () if group is None else (Group("p01", 30, 0, group, "groep"),)
    names = {"p01": "Markt"}
    return check_attendance(replace(real, respondenten=people, groepen=groups, namen=names))


def test_nobody_attends_more_than_there_is():
    """Two meetings were held: somebody with three is a question, with two is not."""
    assert [f.staat_er for f in attend([3])] == [
        "bijeenkomsten: 2 in het register; per persoon of groep opgeteld 3, de hoogste 3"
    ]
    assert attend([2]) == ()


def test_every_appointment_has_somebody():
    """Two meetings need two attendances, of people or of a group that counts as one."""
    assert len(attend([1, 0])) == 1
    assert attend([1, 1]) == ()
    assert attend([1], group=1) == ()
    assert len(attend([0], group=1)) == 1


def test_an_unknown_count_is_not_judged():
    """With an empty cell nothing can be said, also not by the others."""
    assert attend([3, None]) == ()


def test_printed_counts_are_asked_once_per_kenmerk():
    """With one interview less the three places that print 112 are one question."""
    register = build_real(interviews=leave_out(load_source("interviews"), 113))
    findings = check_printed(compare_counts(register, load_source("gedrukte_tellingen_veldwerk")))
    (finding,) = (f for f in findings if f.onderwerp == "Interviews")
    assert finding.vindplaatsen == (
        "WODC 2021 §2.2, totalen",
        "WODC 2021 §2.2, tabel 1",
        "WODC 2021 bijlage 1, inleiding",
    )
    assert finding.staat_er == "gedrukt: 112; in het register: 111"


def test_a_correction_hides_no_question():
    """The rules read the printed dates: corrected or not, rows 85 and 86 are asked about."""
    raw = load_source("interviews")
    mended = change(raw, "datum", "23/11/2020", row=86)
    assert len(check_order(raw.rijen)) == len(check_order(mended.rijen)) + 1
