"""What a machine may guess about an export, and what it must leave to a person. Nobody in these exports exists."""

from __future__ import annotations

import pytest

from nsoc_lib.errors import NsocError
from nsoc_lib.proposal import Proposal, propose_codebook
from nsoc_lib.proposal_scales import AnswerList, is_about_agreement
from nsoc_lib.sources.export import Column, Export, Response

LABELS = {"1": "Eens", "2": "Oneens", "8": "Weet niet", "9": "Geweigerd"}


def propose(cells: dict[str, list[str]], columns: dict[str, Column] | None = None, **options: object) -> Proposal:
    """Return the proposal for columns by name, each with a cell per person."""
    known = columns or {}
    rows = zip(*cells.values(), strict=True)
    responses = tuple(Response(n, dict(zip(cells, row, strict=True))) for n, row in enumerate(rows, 2))
    return propose_codebook(Export("e.csv", tuple(known.get(n, Column(n, n, n)) for n in cells), responses), **options)


def kinds(proposal: Proposal) -> dict[str, str]:
    return {question.kolom: question.soort for question in proposal.vragen}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"Q1_1": ["1", "5", "2", "2"], "Q1_2": ["5", "5", "2", "2"]}, {"Q1_1": "stelling", "Q1_2": "stelling"}),
        ({"Q1_1": ["1", "", ""], "Q1_2": ["1", "1", ""]}, {"Q1": "meer"}),
        ({"Q1_1": ["1", "0", "0"], "Q1_2": ["1", "1", "0"]}, {"Q1": "meer"}),
        ({"Q1_1": ["Politie", "", ""], "Q1_2": ["", "Gemeente", ""]}, {"Q1": "meer"}),
        ({"Q1": ["1,4", "4", "1,4,6"]}, {"Q1": "meer"}),
        ({"Q1": ["Politie,Rijk", "Rijk", "Politie", "Rijk"]}, {"Q1": "meer"}),
        ({"Q1": ["Noord", "Zuid", "Noord", "Zuid"]}, {"Q1": "een"}),
        ({"Q1": ["Mee eens", "Mee oneens", "Mee eens", "Mee oneens"]}, {"Q1": "stelling"}),
        ({"Q1": ["Er is te weinig tijd", "Meer mensen", "", ""], "Q2": ["a", "a", "b", "b"]}, {"Q1": "open", "Q2": "een"}),
        ({"Q1_1": ["1", "2", "3"], "Q1_2": ["2", "1", "1"], "Q1_3": ["3", "3", "2"], "Q2": ["a", "a", "a"]},
         {"Q1_1": "overslaan", "Q1_2": "overslaan", "Q1_3": "overslaan", "Q2": "een"}),
        ({"leeftijd": ["34", "51", "29", "60"], "Q2": ["a", "a", "b", "b"]}, {"leeftijd": "overslaan", "Q2": "een"}),
        ({"leeg": ["", "", "", ""], "Q2": ["a", "a", "b", "b"]}, {"leeg": "overslaan", "Q2": "een"}),
        ({"e-mailadres": ["a@b.nl", "", "", ""], "Q2": ["a", "a", "b", "b"]}, {"e-mailadres": "overslaan", "Q2": "een"}),
    ],
)  # fmt: skip
def test_a_kind_follows_from_what_stands_in_the_columns(cells, expected):
    """Each kind of question has its own mark, and what the codebook has no kind for is left out with a reason."""
    assert kinds(propose(cells)) == expected


def test_what_one_person_wrote_is_never_an_answer_to_choose():
    """An answer that does not return may be somebody's own words, and answers are published."""
    proposal = propose({"Q1": ["Bel mij: 06-12345678"] * 4, "Q2": ["Ik vond het niets", "", "", ""], "Q3": ["a"] * 4})
    assert kinds(proposal) == {"Q1": "open", "Q2": "open", "Q3": "een"}
    assert all(not question.antwoorden.labels for question in proposal.having("open"))


def test_words_beside_an_option_belong_to_it():
    """QID2_7_TEXT holds the words at choice 7; in an export with texts the option called anders gets that number."""
    cells = {"QID2": ["Rijk", "Anders", "Rijk", "Anders"], "QID2_7_TEXT": ["", "een ding", "", "iets"]}
    question = propose(cells).vragen[0]
    assert (question.toelichting, question.antwoorden.antwoorden) == (("7",), (("1", "Rijk"), ("7", "Anders")))


def test_a_column_that_tells_people_apart_is_the_respondent_only_when_none_is_known():
    """A number per row under a telling name is the respondent, unless the file has a column for it."""
    cells = {"respnr": ["7", "8"], "Q1": ["a", "a"]}
    with_own = {"_recordId": ["R_1", "R_2"], **cells}
    assumed = Column("_recordId", "", "_recordId")
    assert propose(with_own, {"_recordId": assumed}).systeem == {"deelnemer": "respnr"}
    assert propose(with_own, {"_recordId": Column("ResponseId", "", "_recordId")}).systeem == {}


def test_a_block_with_fewer_answers_takes_the_fullest_scale():
    """Nobody chose Neutraal in the second block; both blocks are one scale."""
    words = ["Oneens", "Neutraal", "Eens", "Eens", "Oneens", "Eens", "Neutraal", "Oneens"]
    fewer = ["Oneens", "Eens"] * 4
    found = propose({"Q1_1": words, "Q1_2": words, "Q2_1": fewer, "Q2_2": fewer}).vragen
    assert {question.antwoorden.labels for question in found} == {("Oneens", "Neutraal", "Eens")}


def test_only_an_order_that_the_file_states_and_the_words_bear_out_is_settled():
    """The file's own list in a known order is one; a list of texts, codes without labels or odd words are not."""
    column = Column("Q1", "Q1", "Q1", labels=LABELS)
    odd = Column("Q1", "Q1", "Q1", labels={"1": "Blauw", "2": "Rood"})
    assert AnswerList.build([column], {"1"}, {"Q1"}).geordend
    assert not AnswerList.build([column], {"1"}, ()).geordend
    assert not AnswerList.build([odd], {"1"}, {"Q1"}).geordend
    assert not AnswerList.build([], {"Eens", "Oneens"}, ()).geordend
    assert not AnswerList.build([], {"1", "2"}, ()).geordend


def test_answers_run_from_disagreeing_to_agreeing_with_dont_know_last():
    """The file starts with Eens; the proposal starts with Oneens and tells opinion, no opinion and refusal apart."""
    answers = AnswerList.build([Column("Q1", "", "Q1", labels=LABELS)], set(), {"Q1"})
    assert answers.antwoorden == (("2", "Oneens"), ("1", "Eens"), ("8", "Weet niet"), ("9", "Geweigerd"))
    assert (answers.instemmend, answers.weet_niet, answers.geen_antwoord) == (("Eens",), ("Weet niet",), ("Geweigerd",))


def test_a_code_declared_missing_is_no_answer():
    """What the file declares missing stays out of the scale and is named beside it."""
    column = Column("Q1", "", "Q1", labels=LABELS, ontbreekt={"9": "Geweigerd"})
    answers = AnswerList.build([column], set(), ())
    assert ("9", "Geweigerd") not in answers.antwoorden
    assert answers.ontbrekend == (("9", "Geweigerd"),)


@pytest.mark.parametrize("labels", [["Noord", "Zuid"], ["Ja", "Nee"], ["Eens"], ["Eens", "Blauw"]])
def test_what_is_no_scale_of_agreement(labels):
    """Yes and no, one answer alone, and a list with a word that says nothing are no scale by themselves."""
    assert not is_about_agreement(labels)


def test_a_file_without_any_question_is_refused():
    """A table of numbers is no questionnaire, and the message names the next step."""
    with pytest.raises(NsocError, match="waarvan er geen een vraag lijkt") as refused:
        propose({"omzet": ["1.5", "2.5"], "winst": ["3.5", "4.5"]})
    assert "make doctor" in refused.value.remedy
