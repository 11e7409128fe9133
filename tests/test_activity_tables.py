"""The tables of the activities: sign and word for each state, evidence beside it, nothing invented."""

from __future__ import annotations

import pytest
from test_activities import build, lab, load_activities, says

from nsoc_lib.activities import AFGEROND, LOPEND, ONTBONDEN, STANDEN, Activities
from nsoc_lib.activity_tables import (
    PRINTED_COLOURS,
    SIGNS,
    show_date,
    show_state,
    tabulate_evidence,
    tabulate_parts,
    tabulate_state_counts,
    tabulate_states,
    tabulate_transitions,
)
from nsoc_lib.tables import Table


@pytest.fixture(scope="module")
def real() -> Activities:
    return load_activities()


def row_of(table: Table, start: str) -> list[str]:
    lines = table.show().text.replace("\N{NO-BREAK SPACE}", " ").splitlines()
    return next(line for line in lines if line.startswith(start)).split(" | ")


def test_every_state_has_its_own_sign():
    """No two states look alike, and the four of the legend have a printed colour."""
    assert len(set(SIGNS.values())) == len(SIGNS) == 6
    assert set(PRINTED_COLOURS) == set(STANDEN)
    assert show_state(LOPEND) == "●\N{NO-BREAK SPACE}lopend"


def test_the_legend_and_the_counts_stand_together(real):
    """Sign, word, printed colour, and three counts that are results."""
    table = tabulate_state_counts(real)
    assert row_of(table, "● lopend") == ["● lopend", "donkergeel of goud", "3", "4", "6"]
    assert row_of(table, "? onbekend") == ["? onbekend", "–", "1", "0", "1"]
    assert row_of(table, "Totaal")[2:] == ["11", "11", "16"]
    assert len({result.id for result in table.results}) == 21


def test_a_state_stands_beside_the_printed_word_and_its_date(real):
    """The name it had before, its place in the plan, and what is our reading."""
    assert row_of(tabulate_states(real), "NSOC-lab 2.0 Postbus Apate") == [
        "NSOC-lab 2.0 Postbus Apate (eerder Trustkantoren)",
        "Financiële dienstverleners",
        "niet onder deze naam",
        "● lopend",
        "in uitvoering (sinds november 2022) (afgeleid)",
        "augustus 2023",
    ]


def test_an_activity_without_a_statement_shows_dashes(real):
    """Nobody gives a state for the activity out of which two labs arose."""
    assert row_of(tabulate_states(real), "Logistieke dienstverleners")[3:] == ["? onbekend", "–", "–"]
    assert row_of(tabulate_evidence(real), "Logistieke dienstverleners")[1:] == ["–", "–", "–"]


def test_evidence_names_place_document_and_what_others_say(real):
    """Exit: finished by Regioplan, while the website lets it work."""
    place, document, others = row_of(tabulate_evidence(real), "NSOC-lab – Exit")[1:]
    assert place == "Regioplan §2.3, Logistieke dienstverleners, punt 1, met voetnoten 24 en 25"
    assert document == "NSOC-labs (website); Tertaalrapportage januari t/m april 2023 (30 mei 2023)"
    assert others == "lopend: werken (afgeleid; zonder peildatum; website NSOC-labs, inleiding en Exit)"


def test_an_earlier_state_stands_beside_the_newest_with_its_date():
    """What was running in August and disbanded in December shows both."""
    found = build(says("a", LOPEND), says("a", ONTBONDEN, "2023-12"))
    assert row_of(tabulate_states(found), "NSOC-lab A")[3] == "✕ ontbonden"
    assert "lopend: zo staat het (afgeleid; augustus 2023" in row_of(tabulate_evidence(found), "NSOC-lab A")[3]


def test_sources_that_differ_are_all_named():
    """Both printed words stand there; no choice is made."""
    found = build(says("a", LOPEND, printed="loopt"), says("a", AFGEROND, printed="klaar"))
    assert row_of(tabulate_states(found), "NSOC-lab A")[3:5] == [
        "≠ bronnen verschillen",
        "loopt (afgeleid); klaar (afgeleid)",
    ]


def test_parts_have_no_state_of_their_own_but_one(real):
    """Twenty-one parts; the source calls only the sixth study finished."""
    lines = tabulate_parts(real).show().text.splitlines()[2:]
    assert len(lines) == 21
    assert [line.split(" | ")[0] for line in lines if "onbekend" not in line] == ["Deelonderzoek 6"]


def test_a_transition_reads_from_left_to_right(real):
    """Who merged into what, what arose from it, and that no date was published."""
    table = tabulate_transitions(real)
    assert row_of(table, "MIT-lab Caterpillar")[1:4] == ["opgegaan in", "TBML – Goud", "niet genoemd"]
    assert row_of(table, "MIT-lab – Geen ID")[1:4] == [
        "opgegaan in",
        "de reguliere aanpak van de samenwerkingspartners",
        "begin 2023",
    ]
    assert row_of(table, "Logistieke dienstverleners")[1:3] == ["daaruit ontstaan", "NSOC-lab Mind your step"]
    assert row_of(table, "het onderwerp vastgoed")[1:3] == ["hernoemd", "NSOC-lab 2.0 Sluitsteen"]


def test_a_date_that_was_not_published_is_said_so():
    """An empty cell is never a date."""
    assert show_date("") == "niet genoemd"
    assert show_date("2022-11").text == "november 2022"


def test_a_lab_under_two_names_is_one_row():
    """The old name stands behind the new one."""
    renamed = (("a", "b", "", "hernoemd", "", "§1"),)
    lines = tabulate_states(build(activities=(lab("a"), lab("b")), transitions=renamed)).show().text.splitlines()[2:]
    assert [line.split(" | ")[0] for line in lines] == ["NSOC-lab B (eerder A)"]
