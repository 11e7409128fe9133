"""Tables of a questionnaire: each states its base, and without answers there is one refusal and no number."""

from dataclasses import replace

import pandas as pd
import pytest
from fictitious_enquete import people
from test_choices import SURVEY, survey

from nsoc_lib.choice_tables import (
    SILENCE,
    show_all,
    tabulate_given,
    tabulate_question,
    tabulate_without,
    tell_answers,
)
from nsoc_lib.errors import NsocError
from nsoc_lib.survey import Survey

EMPTY = pd.DataFrame()
UNPUBLISHED: Survey = replace(
    SURVEY, antwoorden=EMPTY, respondenten=EMPTY, open_antwoorden=EMPTY, keuzes=EMPTY,
    opgave=replace(SURVEY.opgave, bestand="", herkomst="niet gepubliceerd"),
)  # fmt: skip


def lines(text: str) -> list[list[str]]:
    """Return the rows of a table as shown, cells apart; the caption is left out."""
    return [line.split(" | ") for line in text.splitlines()[1:]]


def test_without_answers_there_is_one_refusal_with_the_reason():
    """The record says that the answers were never published, and no other function says anything."""
    assert tell_answers(UNPUBLISHED).text.splitlines()[0] == (
        "De uitslag van de enquête wordt hier niet getoond. De antwoorden zijn nooit openbaar gemaakt, en de waarden van "
        "de figuren staan niet in de tekst."
    )
    assert tabulate_question(UNPUBLISHED, "factoren") is SILENCE
    assert tabulate_given(UNPUBLISHED) is SILENCE
    assert tabulate_without(UNPUBLISHED, "factoren", "organisatie", "openbaar-ministerie") is SILENCE


def test_with_answers_the_people_are_counted():
    """Twelve with consent, eleven of whom finished."""
    assert tell_answers(SURVEY).text.startswith(
        "De uitkomsten gaan over 12 deelnemers die toestemming gaven; 11 van hen"
    )


def test_a_top_three_states_both_bases():
    """Respondents in each row, mentions below."""
    table = lines(tabulate_question(SURVEY, "factoren").text)
    assert table[0] == [
        "Antwoord",
        "Aandeel van de respondenten",
        "Aantal",
        "Respondenten",
        "Aandeel van de vermeldingen",
    ]
    assert table[1] == ["Capaciteit", "91%", "10", "11", "31%"]
    assert table[-1] == ["Alle vermeldingen", "–", "32", "11", "–"]


def test_the_note_on_several_answers_stands_where_it_applies():
    """One answer per person adds up to the whole; more do not."""
    assert "telt bij elk daarvan" in tabulate_question(SURVEY, "regio").html
    assert "telt bij elk daarvan" not in tabulate_question(SURVEY, "soort-organisatie").html


def test_a_hidden_group_has_words_in_place_of_numbers():
    """Neither its share nor its count is in the table or in the ledger."""
    shown = tabulate_question(SURVEY, "duur-organisatie")
    assert ["2 tot 5 jaar", "te klein om te tonen", "–", "–"] in lines(shown.text)
    assert not [result for result in shown.results if "2-tot-5" in result.id]
    assert "iemand herkenbaar zou zijn" in shown.html


def test_a_ranking_shows_places_top_and_what_was_left_unranked():
    """Awareness: never ranked, once chosen."""
    table = lines(tabulate_question(SURVEY, "factoren-rang").text)
    assert table[0] == ["Onderdeel", "Op een van deze plaatsen", "Plaats 1", "Plaats 2", "Plaats 3",
                        "Gekozen zonder plaats", "Antwoorden"]  # fmt: skip
    assert ["Capaciteit", "91% (10)", "6", "4", "0", "0", "11"] in table
    assert ["Bewustwording", "0% (0)", "0", "0", "0", "1", "11"] in table


def test_a_loop_says_that_rows_were_left_out():
    """Four answers for "anders" are fewer than five."""
    shown = tabulate_question(SURVEY, "duur-functie")
    assert ["Juridisch", "0", "4", "0", "0", "2", "6"] in lines(shown.text)
    assert "staan er niet bij" in shown.html
    assert "Anders" not in shown.text


def test_statements_show_the_whole_scale():
    """Agreeing first, as in the other figures."""
    table = lines(tabulate_question(SURVEY, "stellingen").text)
    assert table[0][1:4] == ["Instemmend", "Helemaal akkoord", "Akkoord"]
    assert ["Halvering in tien jaar", "60% (6)", "0", "6", "0", "4", "0", "10"] in table


def test_an_outcome_on_too_few_people_is_refused():
    """Three people answered the question on the kind of organisation, which asks for five."""
    persons = [replace(p, keuzes=p.keuzes | ({"soort-organisatie": []} if p.nummer > 3 else {})) for p in people()]
    shown = tabulate_question(survey(persons), "soort-organisatie")
    assert "te weinig mensen" in shown.text
    assert shown.results == ()


def test_with_and_without_the_over_represented_organisation_stand_side_by_side():
    """Ten of eleven with, five of six without, and nothing is weighted."""
    shown = tabulate_without(SURVEY, "factoren", "organisatie", "openbaar-ministerie")
    table = lines(shown.text)
    assert table[0] == ["Antwoord", "Alle respondenten", "Zonder Openbaar Ministerie"]
    assert table[1] == ["Capaciteit", "91% (10 van 11)", "83% (5 van 6)"]
    assert "Er is niet gewogen" in shown.html


def test_with_and_without_is_refused_for_background_and_for_small_groups():
    """The difference of both columns would tell what a small group answered."""
    background = tabulate_without(SURVEY, "regio", "organisatie", "openbaar-ministerie")
    assert "zou kleine groepen tonen" in background.text
    none = tabulate_without(SURVEY, "factoren", "organisatie", "politie")
    assert "te herleiden zou zijn" in none.text
    assert (background.results, none.results) == ((), ())


def test_how_each_question_was_answered_leaves_out_what_cannot_occur():
    """An open question is answered or not; only what depends on an earlier choice can be not shown."""
    table = {row[0]: row[1:] for row in lines(tabulate_given(SURVEY).text)}
    assert table["Belangrijkste factoren"] == ["11", "1", "0", "–", "–"]
    assert table["Rangorde van de factoren"] == ["11", "0", "0", "1", "–"]
    assert table["Droombeeld van de ideale aanpak"] == ["0", "–", "–", "–", "12"]


def test_several_outcomes_stand_below_each_other():
    """Texts, tables and results of all, and silence adds nothing."""
    both = show_all(tabulate_question(SURVEY, "regio"), SILENCE, tabulate_question(SURVEY, "functie"))
    assert both.html.count("<table ") == 2
    assert {result.id.split(".")[2] for result in both.results} == {"regio", "functie"}


def test_a_question_that_does_not_exist_is_refused():
    """The block lists the questions there are."""
    with pytest.raises(NsocError) as error:
        tabulate_question(SURVEY, "lievelingskleur")
    assert 'geen vraag "lievelingskleur"' in str(error.value)
