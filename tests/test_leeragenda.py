"""The learning agenda: what may follow on a state, on what it rests, and what changed since."""

from __future__ import annotations

from dataclasses import replace

import pytest
from transcribed import invent, load_real

from nsoc_lib.errors import NsocError
from nsoc_lib.leeragenda import (
    STANDEN,
    Leeragenda,
    build_leeragenda,
    count_leerpunten,
    count_leervragen,
    count_states,
)
from nsoc_lib.leeragenda_tables import tabulate_changes, tabulate_leeragenda, tabulate_leerpunten
from nsoc_lib.source_rows import SourceTable

COLUMNS = {
    "leerpunten": ("leerpunt", "label", "niveaus", "vindplaats"),
    "leervragen": ("leervraag", "leerpunt", "vraag", "niveau", "vindplaats"),
    "leeragenda_standen": ("leervraag", "datum", "stand", "soort", "bewijs", "opvolger"),
}
POINTS = [("doelen", "Doelen", "strategisch tactisch", "§4"), ("uitleg", "Uitleg", "strategisch", "§4")]
QUESTIONS = [
    ("a", "doelen", "Wat is het doel?", "strategisch tactisch", "§4"),
    ("b", "doelen", "Wat is een werkdoel?", "strategisch tactisch", "§4"),
    ("c", "uitleg", "Wie vertelt het?", "strategisch", "§4"),
]
FIRST = [(name, "2024-01", "open", "bewijs", "§4", None) for name in "abc"]
# A fictitious second round: a is answered in steps, b proves stubborn and becomes d, c stays open.
LATER = [
    ("a", "2025-03-04", "in behandeling", "verslag", "Bijeenkomst maart", None),
    ("b", "2025-03-04", "hardnekkig", "verslag", "Bijeenkomst maart", None),
    ("d", "2025-06-10", "open", "verslag", "Bijeenkomst juni", None),
    ("b", "2025-06-10", "geherformuleerd", "verslag", "Bijeenkomst juni", "d"),
    ("a", "2025-06-10", "voorlopig beantwoord", "bewijs", "Notitie doelen, p. 3", None),
]
NEW = ("d", "doelen", "Wanneer is een werkdoel af?", "strategisch tactisch", "Bijeenkomst juni")


def table(name: str, rows: list[tuple[str | None, ...]]) -> SourceTable:
    return invent(name, COLUMNS[name], *rows)


def agenda_of(states, questions=QUESTIONS, points=POINTS) -> Leeragenda:
    tables = (table("leerpunten", points), table("leervragen", questions), table("leeragenda_standen", states))
    return build_leeragenda(*tables)


def refusal(*added: tuple[str | None, ...]) -> NsocError:
    with pytest.raises(NsocError) as caught:
        agenda_of([*FIRST, *added])
    return caught.value


@pytest.fixture(scope="module")
def agenda() -> Leeragenda:
    return build_leeragenda(*(load_real("kader", name) for name in COLUMNS))


@pytest.fixture
def second() -> Leeragenda:
    return agenda_of([*FIRST, *LATER], [*QUESTIONS, NEW])


# As published


def test_the_source_has_six_leerpunten_and_fourteen_leervragen(agenda):
    """Six lessons with 2, 3, 3, 3, 2 and 1 questions."""
    assert (count_leerpunten(agenda).value, count_leervragen(agenda).value) == (6, 14)
    assert [count_leervragen(agenda, point.id).value for point in agenda.leerpunten] == [2, 3, 3, 3, 2, 1]


def test_every_question_was_open_in_january_2024(agenda):
    """The one state that the source gives is a result of the ledger, worked out and not printed."""
    counts = count_states(agenda)
    assert {stand: result.value for stand, result in counts.items()} == dict.fromkeys(STANDEN, 0) | {"open": 14}
    assert counts["open"].id == "kader.leeragenda.open"
    assert counts["in behandeling"].id == "kader.leeragenda.in-behandeling"
    assert (counts["open"].provenance, counts["open"].dataset) == ("herleid", "leeragenda_standen@proef")


def test_nothing_has_changed_since_the_source(agenda):
    """Without later rows the view says so in a sentence."""
    assert tabulate_changes(agenda, "2024-01").text == (
        "Na 2024-01 is geen verandering vastgelegd. Dat zegt niets over wat er in de praktijk is gebeurd."
    )


def test_before_the_source_there_is_no_agenda(agenda):
    """In 2023 no question had a state yet."""
    assert agenda.state_on("2023-12") == {}


def test_levels_are_those_of_the_source(agenda):
    """Three lessons are for all levels, two for the upper two, one for the strategic level."""
    levels = [len(point.niveaus) for point in agenda.leerpunten]
    assert levels == [2, 3, 3, 3, 2, 1]


def test_the_table_lists_every_leerpunt_with_its_questions(agenda):
    """A row holds name, levels, count and locator."""
    rows = tabulate_leerpunten(agenda).show().text.splitlines()[2:]
    assert len(rows) == 6
    assert rows[0] == "Scherpere doelen | strategisch, tactisch | 2 | Regioplan §4.2, leerpunt 1"


def test_the_agenda_table_has_a_row_per_question(agenda):
    """Fourteen questions with state, date and evidence, and the note that levels were inferred."""
    table_of_questions = tabulate_leeragenda(agenda)
    assert len(table_of_questions.rijen) == 14
    assert "open | 2024-01 | bewijs: Regioplan §4.2, leerpunt 1, vraag 1" in table_of_questions.show().text
    assert "volgt uit haar leerpunt" in table_of_questions.noten[0]


# A fictitious second round


def test_the_agenda_of_any_date_can_be_shown_again(second):
    """In April 2025 a is taken up and b is stubborn; c is open; d is not there yet."""
    states = {name: state.stand for name, state in second.state_on("2025-04").items()}
    assert states == {"a": "in behandeling", "b": "hardnekkig", "c": "open"}
    assert "Wanneer is een werkdoel af?" not in tabulate_leeragenda(second, "2025-04").show().text


@pytest.mark.parametrize(
    ("moment", "stand"), [("2025-03-03", "open"), ("2025-03-04", "in behandeling"), ("2025-03", "in behandeling")]
)
def test_a_state_holds_from_its_day_and_a_month_means_its_end(second, moment, stand):
    """The meeting of 4 March counts on that day and when all of March is asked for."""
    assert second.state_on(moment)["a"].stand == stand


def test_what_changed_since_the_last_meting(second):
    """Since January 2024 five things changed, by date, each beside the state before it."""
    changes = [(c.later.leervraag, c.eerder and c.eerder.stand, c.later.stand) for c in second.changes_since("2024-01")]
    assert changes == [
        ("a", "open", "in behandeling"),
        ("b", "open", "hardnekkig"),
        ("a", "in behandeling", "voorlopig beantwoord"),
        ("b", "hardnekkig", "geherformuleerd"),
        ("d", None, "open"),
    ]


def test_the_view_shows_what_changed_with_its_evidence(second):
    """A reader sees question, state before, state after, date and record; a successor by its id."""
    rows = tabulate_changes(second, "2025-03-04").text.splitlines()[2:]
    assert rows == [
        "a Wat is het doel? | in behandeling | voorlopig beantwoord | 2025-06-10 | bewijs: Notitie doelen, p. 3",
        "b Wat is een werkdoel? | hardnekkig | geherformuleerd als d | 2025-06-10 | verslag: Bijeenkomst juni",
        "d Wanneer is een werkdoel af? | – | open | 2025-06-10 | verslag: Bijeenkomst juni",
    ]


def test_counts_follow_the_last_record_or_a_date(second):
    """Now c and d are open; in March 2025 only c was, under an id of its own."""
    assert {stand: r.value for stand, r in count_states(second).items() if r.value} == {
        "open": 2, "voorlopig beantwoord": 1, "geherformuleerd": 1,
    }  # fmt: skip
    then = count_states(second, "2025-03")["open"]
    assert (then.id, then.value) == ("kader.leeragenda.2025-03.open", 1)


def test_taking_the_evidence_row_away_changes_the_count(second):
    """Without the row that says so, a is not provisionally answered."""
    less = agenda_of([*FIRST, *LATER[:-1]], [*QUESTIONS, NEW])
    assert count_states(second)["voorlopig beantwoord"].value == 1
    assert count_states(less)["voorlopig beantwoord"].value == 0


def test_a_question_can_go_all_the_way():
    """From open to followed up takes four changes."""
    steps = ["in behandeling", "voorlopig beantwoord", "beantwoord", "opgevolgd"]
    rows = [("a", f"2025-0{n}", step, "verslag", "Bijeenkomst", None) for n, step in enumerate(steps, 1)]
    assert agenda_of([*FIRST, *rows]).latest()["a"].stand == "opgevolgd"


# What is refused


def test_a_change_without_evidence_or_record_is_refused():
    """The block names table, row and column, and what to fill in."""
    assert str(refusal(("a", "2025-03", "in behandeling", None, None, None))) == (
        "Fout in tabel leeragenda_standen van kader, rij 5, kolom soort\n"
        '  gevonden: a wordt "in behandeling" zonder bewijs en zonder verslag\n'
        "  verwacht: bewijs, of het verslag van een bijeenkomst, met de vindplaats\n"
        "  wat nu:   Vul soort (bewijs of verslag) en bewijs in, of haal de rij weg."
    )


def test_a_kind_of_evidence_without_its_place_is_refused():
    """To say that there is a record is no record."""
    assert refusal(("a", "2025-03", "in behandeling", "verslag", None, None)).where.endswith("kolom bewijs")


def test_a_change_without_a_date_is_refused():
    """The block asks for the date of the evidence or the meeting."""
    assert str(refusal(("a", None, "in behandeling", "verslag", "Bijeenkomst", None))) == (
        "Fout in tabel leeragenda_standen van kader, rij 5, kolom datum\n"
        "  gevonden: geen datum\n"
        "  verwacht: jaar-maand of jaar-maand-dag, zoals 2024-01 of 2024-01-31\n"
        "  wat nu:   Vul de datum in van het bewijs of van de bijeenkomst."
    )


@pytest.mark.parametrize("datum", ["2025-13", "2025-02-30", "maart 2025", "2025"])
def test_a_date_that_is_none_is_refused(datum):
    """Month thirteen, 30 February, words and a bare year are no dates here."""
    assert refusal(("a", datum, "in behandeling", "verslag", "Bijeenkomst", None)).found == f'"{datum}"'


def test_an_unknown_question_is_refused():
    """A state belongs to a question of the agenda."""
    error = refusal(("z", "2025-03", "open", "verslag", "Bijeenkomst", None))
    assert (error.found, error.expected) == ('"z"', "een van: a, b, c")


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        (["beantwoord"], 'a: "beantwoord" na "open"'),
        (["vervallen", "in behandeling"], 'a: "in behandeling" na "vervallen"'),
        (["in behandeling", "open"], 'a: "open" na "in behandeling"'),
    ],
)
def test_an_impossible_order_of_states_is_refused(steps, found):
    """No answer before the question is taken up, nothing after it lapsed, and no way back to open."""
    rows = [("a", f"2025-0{n}", step, "verslag", "Bijeenkomst", None) for n, step in enumerate(steps, 1)]
    assert refusal(*rows).found == found


def test_the_first_state_is_open():
    """A question does not enter the agenda answered."""
    with pytest.raises(NsocError, match='a: "in behandeling" als eerste stand'):
        agenda_of([("a", "2024-01", "in behandeling", "bewijs", "§4", None), *FIRST[1:]])


def test_a_date_before_the_earlier_state_is_refused():
    """History is not rewritten: December 2023 comes before January 2024."""
    error = refusal(("a", "2023-12", "in behandeling", "verslag", "Bijeenkomst", None))
    assert error.found == "2023-12, vóór de vorige stand van a (2024-01)"


@pytest.mark.parametrize(
    ("stand", "opvolger", "found"),
    [
        ("geherformuleerd", None, "geen opvolger"),
        ("geherformuleerd", "a", '"a" bij de stand "geherformuleerd"'),
        ("vervallen", "b", '"b" bij de stand "vervallen"'),
        ("geherformuleerd", "z", '"z"'),
    ],
)
def test_a_reformulated_question_names_another_that_exists(stand, opvolger, found):
    """Only a reformulated question has a successor, and it is another question of the agenda."""
    assert refusal(("a", "2025-03", stand, "verslag", "Bijeenkomst", opvolger)).found == found


def test_successors_do_not_go_round():
    """Two questions that replace each other would leave nobody with a question."""
    rows = [
        ("a", "2025-03", "geherformuleerd", "verslag", "B", "b"),
        ("b", "2025-03", "geherformuleerd", "verslag", "B", "a"),
    ]
    assert refusal(*rows).found == "een kring van opvolgers: a, b, a"


def test_a_question_without_a_state_is_refused():
    """Each question is at least open since some date."""
    with pytest.raises(NsocError, match="geen stand van c"):
        agenda_of(FIRST[:2])


def test_a_level_other_than_that_of_the_leerpunt_is_refused():
    """The level of a question follows from its leerpunt."""
    with pytest.raises(NsocError, match='verwacht: "strategisch", het niveau van leerpunt uitleg'):
        agenda_of(FIRST, [*QUESTIONS[:2], (*QUESTIONS[2][:3], "tactisch", "§4")])


def test_a_question_of_an_unknown_leerpunt_is_refused():
    """A question hangs under one of the lessons."""
    with pytest.raises(NsocError, match="een van: doelen, uitleg"):
        agenda_of(FIRST, [("a", "geluk", "Wat?", "strategisch", "§4")])


def test_the_moment_that_is_asked_for_must_be_a_date(agenda):
    """A parameter of the notebook is checked like a cell of the table."""
    with pytest.raises(NsocError, match="de datum vanaf wanneer"):
        agenda.changes_since("vorig jaar")


def test_an_agenda_cannot_be_changed_in_place(agenda):
    """Frozen: a new record is a new row and a new agenda."""
    assert replace(agenda, meting="meting-3").meting == "meting-3"
    with pytest.raises(AttributeError):
        agenda.meting = "meting-3"


def test_a_question_that_is_not_on_the_agenda_is_refused_with_those_that_are():
    """A notebook that asks for another name gets the names there are, and no bare StopIteration."""
    agenda = agenda_of(FIRST)
    assert agenda.select_leervraag("b").vraag == "Wat is een werkdoel?"
    with pytest.raises(NsocError, match='gevonden: "z"\n  verwacht: een van: a, b, c') as caught:
        agenda.select_leervraag("z")
    assert caught.value.remedy == "Verbeter de naam in het notebook."
