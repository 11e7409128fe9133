"""Printed counts beside the descriptions: what fits, what may fit, and the questions that remain."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_selection import build, load_all
from transcribed import change, invent, load_real

from nsoc_lib.errors import NsocError
from nsoc_lib.selection import Candidates
from nsoc_lib.selection_counts import (
    PrintedCounts,
    build_printed_counts,
    check_counts,
    find_questions,
    tabulate_printed,
    tabulate_questions,
)

COLUMNS = ("criterium", "waarde", "aantal", "eenheid", "stadium", "plaats", "vindplaats")
Printed = tuple[str, str | None, int | None, str]


def build_printed(candidates: Candidates, *rows: Printed, stages: tuple[str, ...] = ()) -> PrintedCounts:
    """Return printed counts from rows of criterion, value, count and place."""
    full = [
        (name, value, number, "projecten", stages[n] if stages else None, place, f"bron, {place}")
        for n, (name, value, number, place) in enumerate(rows)
    ]
    table = invent("tellingen", COLUMNS, *full, meting="proef")
    return build_printed_counts(replace(table, rijen=table.rijen.astype({"aantal": "Int64"})), candidates)


def load_printed(candidates: Candidates, **changes: int) -> PrintedCounts:
    """Return the real printed counts; ``changes`` gives a criterion another count on its first row."""
    table = load_real("versterking-2021", "gedrukte_tellingen_keuze")
    for criterium, number in changes.items():
        first = table.rijen.loc[table.rijen["criterium"] == criterium, "rij"].min()
        table = change(table, "aantal", number, row=first)
    return build_printed_counts(table, candidates)


@pytest.fixture(scope="module")
def real() -> PrintedCounts:
    return load_printed(load_all())


RED = build(("a", "kleur", "rood"), ("b", "kleur", "rood", "afgeleid"))  # of c nothing is stated


@pytest.mark.parametrize(
    ("number", "fits"), [(0, "nee"), (1, "wij lezen er meer"), (2, "gelijk"), (3, "mogelijk"), (4, "nee")]
)
def test_a_printed_count_fits_when_the_descriptions_leave_room(number, fits):
    """A must count, b is our reading, c may count: from one to three, and two is what we read."""
    check = check_counts(build_printed(RED, ("kleur", "rood", number, "§1")))[0]
    assert (check.laagst, check.hoogst, check.past) == (1, 3, fits)
    assert (check.genoemd.value, check.afgeleid.value) == (1, 1)


def test_a_project_with_two_values_need_not_count_for_either():
    """Who must choose one value of two may choose the other."""
    both = build(("a", "kleur", "rood"), ("a", "kleur", "blauw"), projects="a")
    check = check_counts(build_printed(both, ("kleur", "rood", 0, "§1")))[0]
    assert (check.laagst, check.hoogst, check.past) == (0, 1, "mogelijk")


def test_a_project_that_says_no_leaves_no_room():
    """Of a criterion that a does not meet at most b and c remain."""
    check = check_counts(build_printed(build(("a", "kennis", "nee")), ("kennis", "ja", 3, "§1")))[0]
    assert (check.hoogst, check.past) == (2, "nee")


def test_the_number_of_chosen_projects_must_be_the_number_described():
    """Three are described, so four does not fit, and the question says so."""
    printed = build_printed(RED, ("keuze", None, 4, "§1"))
    assert check_counts(printed)[0].past == "nee"
    assert find_questions(printed)[0].staat_er == "gedrukt 4; de beschrijvingen laten 3 tot 3 toe"


# Questions


def test_two_places_with_another_count_are_a_question():
    """Both places are named with their count; equal counts are no question."""
    printed = build_printed(RED, ("kleur", "rood", 2, "§1"), ("kleur", "rood", 1, "§2"), ("kleur", "blauw", 1, "§1"))
    question = next(q for q in find_questions(printed) if q.regel == "twee keer genoemd")
    assert (question.onderwerp, question.staat_er) == ("Kleur: rood", "§1: 2; §2: 1")
    assert question.vindplaatsen == ("bron, §1", "bron, §2")


def test_one_count_under_two_descriptions_is_a_question():
    """A list of proposals is no list of projects that were paid; a place without a description is left out."""
    rows = [("lijst", None, 9, place) for place in ("§1", "§2", "§3")]
    printed = build_printed(RED, *rows, stages=("voorgesteld", "kreeg geld", ""))
    (question,) = find_questions(printed)
    assert (question.onderwerp, question.staat_er) == ("Projecten op de lijst", "9: voorgesteld; kreeg geld")
    assert question.vindplaatsen == ("bron, §1", "bron, §2")


@pytest.mark.parametrize(("blue", "asked"), [(1, []), (2, ["samen 4 van de 3 projecten"])])
def test_values_of_one_criterion_add_up_to_the_choice(blue, asked):
    """Two red and one blue make three; a criterion that is met or not need not add up."""
    printed = build_printed(RED, ("kleur", "rood", 2, "§1"), ("kleur", "blauw", blue, "§1"), ("kennis", "ja", 1, "§1"))
    assert [q.staat_er for q in find_questions(printed) if q.regel == "deel en geheel"] == asked


def test_the_source_differs_with_itself_on_the_partners(real):
    """§2.4 has 2 and 11, bijlage 4 has 3 and 10; the list of 126 is described in four ways; nothing else is asked."""
    assert [(q.onderwerp, q.staat_er) for q in find_questions(real)] == [
        ("Partners: publiek", "§2.4: 2; bijlage 4: 3"),
        ("Partners: publiek en privaat", "§2.4: 11; bijlage 4: 10"),
        (
            "Projecten op de lijst",
            "126: kreeg geld; op de lijst uit de plannen; kwam in aanmerking voor geld; voorgesteld",
        ),
    ]


def test_a_misread_count_becomes_a_question():
    """Were 9 printed for borging, where seven descriptions name it, nothing would be asked; 6 cannot be."""
    assert len(find_questions(load_printed(load_all(), borging=9))) == 3
    assert [q.onderwerp for q in find_questions(load_printed(load_all(), borging=6))][3:] == [
        "Institutioneel geheugen en borging: ja"
    ]


# What is counted and shown


def test_the_rest_of_the_list_is_not_described(real):
    """126 less 13."""
    assert (real.niet_beschreven.value, real.niet_beschreven.provenance) == (113, "herleid")


def test_the_counts_of_the_three_main_criteria_make_the_choice(real):
    """6 and 2 and 5."""
    assert real.add("intelligence", "organisatie", "uitvoerkracht").value == 13


def test_a_printed_count_is_selected_by_place(real):
    """Without a place the first that gives it."""
    assert real.select("partners", "publiek").value == 2
    assert real.select("partners", "publiek", "bijlage 4").value == 3
    assert real.select("lijst").id == "versterking-2021.keuze.gedrukt.lijst.1-2"


def test_a_count_that_is_not_printed_is_refused(real):
    """No place counts private partners alone."""
    with pytest.raises(NsocError, match='geen telling van "partners privaat"'):
        real.select("partners", "privaat")


def test_places_with_the_same_count_share_a_row(real):
    """The geography stands in two places with the same counts, the partners with other ones."""
    lines = tabulate_printed(real).show().text.splitlines()
    district = [line for line in lines if line.startswith("Geografisch niveau: district")]
    assert district == [
        "Geografisch niveau: district | 4 | 2 | 0 | mogelijk | "
        "§2.4, tweede alinea; bijlage 4, geografische operationalisering"
    ]
    assert len([line for line in lines if line.startswith("Partners: publiek |")]) == 2


def test_where_our_reading_exceeds_the_printed_count_the_table_says_so(real):
    """The source counts four projects at the level of a region and one on a resilient government; we read six and two."""
    lines = tabulate_printed(real).show().text.splitlines()
    more = [line.split(" | ")[:5] for line in lines if "wij lezen er meer" in line]
    assert ["Geografisch niveau: regio", "4", "1", "5", "wij lezen er meer"] in more
    assert ["Cluster: weerbare overheid", "1", "1", "1", "wij lezen er meer"] in more


def test_a_table_without_questions_says_so():
    """An empty table would leave the reader guessing."""
    assert tabulate_questions(build_printed(RED, ("keuze", None, 3, "§1"))).noten == ("Er zijn geen zulke vragen.",)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("kleur", "paars", 1, "§1")], r"rij 2, kolom waarde(.|\n)*een van: rood, blauw, groen"),
        ([("kleur", "rood", None, "§1")], r"rij 2, kolom aantal\n  gevonden: een lege cel"),
        ([("kleur", "rood", -1, "§1")], r"rij 2, kolom aantal(.|\n)*een aantal vanaf nul"),
        ([("kleur", "rood", 1, "§1")] * 2, r"rij 3, kolom plaats(.|\n)*elke telling een keer per plaats"),
    ],
)
def test_a_printed_count_that_cannot_be_is_refused(rows, message):
    """Row, column and what may stand there."""
    with pytest.raises(NsocError, match=message):
        build_printed(RED, *rows)
