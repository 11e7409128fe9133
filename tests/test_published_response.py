"""The printed response of the survey of 2021: what each figure counts, what adds up, what cannot be known."""

from dataclasses import replace

import pytest
from transcribed import load_real

from nsoc_lib.errors import NsocError
from nsoc_lib.paths import REPOSITORY
from nsoc_lib.published_response import (
    build_published_response,
    check_response,
    count_other,
    count_possible_rates,
    tabulate_author_questions,
    tabulate_checks,
    tabulate_other,
    tabulate_published_response,
)
from nsoc_lib.result import Result
from nsoc_lib.source_rows import SourceTable
from nsoc_lib.sources.study import load_yaml

FOLDER = REPOSITORY / "data" / "raw" / "versterking-2021"
QUESTIONS = Result("versterking-2021.enquete.vragen.totaal", "Vragen", 18, "vragen", "herleid", "codeboek.yml")


def without(source: SourceTable, column: str, value: str) -> SourceTable:
    return replace(source, rijen=source.rijen.loc[source.rijen[column] != value])


def changed(source: SourceTable, row: str, value: float) -> SourceTable:
    rows = source.rijen.copy()
    rows.loc[rows["kenmerk"] == row, "waarde"] = value
    return replace(source, rijen=rows)


RESPONSE, OTHER = load_real("versterking-2021", "respons_enquete"), load_real("versterking-2021", "anders_functies")
REAL = build_published_response(RESPONSE, OTHER)


def test_each_figure_says_what_it_counts():
    """WODC 2021 bijlage 3: people, mentions and a percentage are not the same."""
    units = {name: figure.waarde.unit for name, figure in REAL.cijfers.items()}
    assert (units["totaal"], units["regio-vermeldingen"], units["functie-vermeldingen"]) == (
        "respondenten", "vermeldingen", "vermeldingen",
    )  # fmt: skip
    assert (REAL["totaal"].value, REAL["regio-vermeldingen"].value, REAL["functie-vermeldingen"].value) == (
        282,
        221,
        325,
    )
    assert REAL["respons-tranche-1"].shown == "60,8%"


def test_the_tranches_the_region_and_the_table_add_up():
    """198 + 84 = 282, 197 + 85 = 282, the fourteen rows make 57, and there are eighteen questions."""
    checks = check_response(REAL, QUESTIONS)
    assert [(int(c.berekend.value), int(c.gedrukt.value), c.gelijk) for c in checks] == [
        (282, 282, True),
        (282, 282, True),
        (57, 57, True),
        (18, 18, True),
    ]


def test_a_difference_is_a_question_to_the_authors():
    """With 83 in the second tranche the sum is 281: the table asks, it does not judge."""
    checks = check_response(build_published_response(changed(RESPONSE, "tranche-2", 83), OTHER), QUESTIONS)
    assert [c.gelijk for c in checks] == [False, True, True, True]
    assert "281 | 282 | vraag aan de auteurs" in tabulate_checks(checks, "versterking-2021").show().text


def test_a_row_less_in_the_real_table_changes_the_shown_sum():
    """Without the 17 of programme management forty are left."""
    checks = check_response(build_published_response(RESPONSE, without(OTHER, "functie", "programma")), QUESTIONS)
    assert "de rijen van tabel 1 | 40 | 57 | vraag aan de auteurs" in tabulate_checks(checks, "m").show().text


def test_all_respondents_of_the_first_tranche_cannot_give_its_rate():
    """198 of 325 is 60,9 percent and 198 of 326 is 60,7: no number asked gives 60,8; 52 smaller pairs do."""
    possible = count_possible_rates(REAL)
    assert (possible["eerste_tranche"].value, possible["paren"].value) == (0, 52)


def test_a_rate_that_fits_is_found():
    """198 of 330 is exactly 60,0 percent, and nothing else near it is."""
    fitting = count_possible_rates(build_published_response(changed(RESPONSE, "respons-tranche-1", 60.0), OTHER))
    assert fitting["eerste_tranche"].value == 1


def test_who_wrote_nothing_comes_on_top_of_the_rows():
    """57 and the one of footnote 14."""
    assert (count_other(REAL).value, count_other(REAL).provenance) == (58, "herleid")


def test_a_missing_figure_is_refused():
    """The chapter cannot be told without it."""
    with pytest.raises(NsocError) as error:
        build_published_response(without(RESPONSE, "kenmerk", "totaal"), OTHER)
    assert "tabel respons_enquete van versterking-2021, kolom kenmerk" in str(error.value)
    assert "geen rij voor totaal" in str(error.value)


def test_the_tables_hold_every_row_with_its_locator():
    """Thirteen figures, fourteen functions, eight questions."""
    tables = (
        tabulate_published_response(REAL),
        tabulate_other(REAL),
        tabulate_author_questions(load_real("versterking-2021", "vragen_enquete")),
    )
    assert [len(one.rijen) for one in tables] == [13, 14, 8]
    assert all("WODC 2021" in row[-1].text for one in tables for row in one.rijen)


def test_published_figures_keep_their_provenance():
    """What is printed is published, what follows from it is derived."""
    assert REAL["totaal"].provenance == "gepubliceerd"
    assert check_response(REAL, QUESTIONS)[0].berekend.provenance == "herleid"
    assert REAL["totaal"].id == "versterking-2021.respons.totaal.gepubliceerd"


def test_the_categories_of_the_codebook_are_those_of_the_printed_table():
    """What researchers may code at "anders, namelijk" is what table 1 counts, with the same names."""
    listed = load_yaml(FOLDER / "codeboek.yml", "codeboek.yml").entries("vragen")
    codes = next(entry.entry("codes") for entry in listed if entry.text("id") == "functie")
    assert {name: codes.text(name) for name in codes.names()} == dict(
        zip(OTHER.rijen["functie"], OTHER.rijen["label"], strict=True)
    )
