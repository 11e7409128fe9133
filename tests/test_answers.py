"""Answers to the research questions: signed, on evidence, and without a number of their own."""

from __future__ import annotations

import pytest
from transcribed import invent, load_real

from nsoc_lib.answers import (
    MISSING,
    Answers,
    Indicator,
    build_answers,
    count_missing,
    index_findings,
    index_results,
    show_answer,
    tabulate_evidence,
    tabulate_trace,
    tell_answer,
    tell_answers,
)
from nsoc_lib.errors import NsocError
from nsoc_lib.result import Result
from nsoc_lib.toetsingskader import Criterion, Toetsingskader

QUESTIONS = ("vraag", "label", "vindplaats")
ANSWERS = ("vraag", "antwoord", "rol", "datum", "vindplaats")
EVIDENCE = ("vraag", "naam", "bewijs", "criterium", "vindplaats")
SIGNED = ("v1", "Van {alle} waren er {eens} het eens.", "onderzoeker", "2026-11-22", "§5")
LINKS = [
    ("v1", "alle", "m.alle", "6.2 A", "§5"),
    ("v1", "eens", "m.eens", None, "§5"),
    ("v1", None, "m.b01", "6.2 B", "§5"),
]
NUMBERS = [
    Result("m.alle", "Iedereen", 8, "personen", "waargenomen", "enquete@abc"),
    Result("m.eens", "Eens", 5, "personen", "waargenomen", "enquete@abc"),
]
KNOWN = index_results(NUMBERS, "mening") | index_findings(
    [("m.b01", "interview", "Het gaat goed (alle)", "bevindingen@d")]
)
KADER = Toetsingskader(
    "kader", tuple(Criterion("6.2", letter, "G", f"Onderwerp {letter}", "", "§6.2") for letter in "AB"), (), ("a", "b")
)


def build(answer: tuple[object, ...] = SIGNED, links: list[tuple[object, ...]] = LINKS) -> Answers:
    return build_answers(
        invent("onderzoeksvragen", QUESTIONS, ("v1", "Hoe gaat het?", "§1")),
        invent("antwoorden", ANSWERS, answer),
        invent("antwoorden_bewijs", EVIDENCE, *links),
    )


def real_answers() -> Answers:
    names = ("onderzoeksvragen", "antwoorden", "antwoorden_bewijs")
    return build_answers(*(load_real("kader", name) for name in names))


def test_an_answer_takes_its_numbers_from_the_ledger():
    """Each name in the text becomes the result it stands for."""
    shown = tell_answer(build().select("v1"), KNOWN)
    assert shown.text == "Hoe gaat het?\nVan 8 waren er 5 het eens."
    assert [result.id for result in shown.results] == ["m.alle", "m.eens"]


def test_a_number_that_is_gone_is_named_as_missing():
    """The rest of the answer still stands, and the count of missing evidence says one."""
    rest = {name: indicator for name, indicator in KNOWN.items() if name != "m.eens"}
    assert tell_answer(build().select("v1"), rest).text.endswith(f"Van 8 waren er ({MISSING}) het eens.")
    assert (count_missing(build(), rest).value, count_missing(build(), KNOWN).value) == (1, 0)


def test_the_count_behind_a_missing_share_is_missing_too():
    """``{eens.aantal}`` of a share that is gone has nothing to count."""
    answer = ("v1", "Het waren {eens.aantal} van {alle}.", *SIGNED[2:])
    shown = tell_answer(build(answer).select("v1"), index_results(NUMBERS[:1], "mening"))
    assert shown.text.endswith(f"Het waren ({MISSING}) van 8.")


def test_evidence_is_listed_with_its_kind():
    """Numbers and findings stand in the order of the table; what is gone says so."""
    rest: dict[str, Indicator] = {name: indicator for name, indicator in KNOWN.items() if name != "m.b01"}
    assert tabulate_evidence(build().select("v1"), KNOWN).show().text.splitlines()[2:] == [
        "m.alle | Iedereen: 8 | mening",
        "m.eens | Eens: 5 | mening",
        "m.b01 | Het gaat goed (alle) | interview",
    ]
    assert tabulate_evidence(build().select("v1"), rest).show().text.splitlines()[-1] == f"m.b01 | {MISSING} | –"


def test_an_answer_stands_above_what_it_rests_on():
    """One output holds both, with the numbers of both."""
    shown = show_answer(build(), "v1", KNOWN)
    assert shown.text.startswith("Hoe gaat het?\nVan 8 waren er 5 het eens.\n\nWaar het antwoord op rust.")
    assert shown.html.index("antwoord") < shown.html.index('id="tabel-antwoord-v1"')
    assert [result.id for result in shown.results] == ["m.alle", "m.eens"] * 2


def test_the_trace_leads_from_question_to_data():
    """Question, criterion, indicator, kind, dataset; without a criterion stands a dash."""
    assert tabulate_trace(build(), KNOWN, KADER).show().text.splitlines()[2:] == [
        "v1 | 6.2 A: Onderwerp A | m.alle | mening | enquete",
        "v1 | – | m.eens | mening | enquete",
        "v1 | 6.2 B: Onderwerp B | m.b01 | interview | bevindingen",
    ]


def test_all_answers_together_are_the_answers_one_by_one():
    """What stands up front repeats the chapter word for word."""
    answers = build()
    assert tell_answer(answers.select("v1"), KNOWN).html in tell_answers(answers, KNOWN).html


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (("v1", "Ja.", "onderzoeker", "2026-11-22", "§5"), "kolom antwoord\n  gevonden: alle, eens"),
        (("v1", "{alle} {eens} {meer}", "onderzoeker", "2026-11-22", "§5"), "kolom antwoord\n  gevonden: meer"),
        (("v1", SIGNED[1], None, "2026-11-22", "§5"), "kolom rol\n  gevonden: een lege cel"),
        (("v1", SIGNED[1], "onderzoeker", None, "§5"), "kolom datum\n  gevonden: een lege cel"),
        (("v1", SIGNED[1], "onderzoeker", "gisteren", "§5"), 'kolom datum\n  gevonden: "gisteren"'),
        (("v2", SIGNED[1], "onderzoeker", "2026-11-22", "§5"), 'kolom vraag\n  gevonden: "v2"'),
    ],
    ids=["naam over", "naam te kort", "zonder rol", "zonder datum", "geen datum", "onbekende vraag"],
)
def test_an_answer_that_is_not_signed_or_does_not_fit_its_evidence_is_refused(answer, message):
    """The refusal names table, row and column."""
    with pytest.raises(NsocError, match=f"tabel antwoorden van kader, rij 2, {message}"):
        build(answer)


def test_an_answer_without_evidence_is_refused():
    """Nobody has to take an answer on trust."""
    with pytest.raises(NsocError, match="verwacht: een antwoord met bewijs"):
        build(("v1", "Ja.", *SIGNED[2:]), [])


def test_a_question_without_answer_is_refused():
    """Every question that was asked is answered."""
    questions = invent("onderzoeksvragen", QUESTIONS, ("v1", "Hoe?", "§1"), ("v2", "Waarom?", "§1"))
    with pytest.raises(NsocError, match="geen antwoord op v2"):
        build_answers(questions, invent("antwoorden", ANSWERS, SIGNED), invent("b", EVIDENCE, *LINKS))


def test_a_criterion_that_does_not_exist_is_refused():
    """A letter outside the framework leads nowhere."""
    links = [("v1", "alle", "m.alle", "6.2 Z", "§5"), *LINKS[1:]]
    with pytest.raises(NsocError, match=r'bewijs m\.alle, kolom criterium\n  gevonden: "6.2 Z"'):
        tabulate_trace(build(links=links), KNOWN, KADER)


def test_the_source_has_seven_questions_and_each_has_an_answer():
    """Seven research questions in §1.2, in that order."""
    answers = real_answers()
    assert answers.aantal.value == 7
    assert [question.id for question in answers.vragen] == [f"v{n}" for n in range(1, 8)]
    assert {question.rol for question in answers.vragen} == {"opstellers van dit rapport"}


def test_no_answer_types_a_number():
    """Every digit in the text of an answer stands between braces, as a name."""
    for question in real_answers().vragen:
        assert not any(character.isdigit() for character in question.antwoord), question.id


def test_an_unknown_question_is_refused_with_those_there_are():
    """A slip in a notebook is told with the names that would do."""
    with pytest.raises(NsocError) as raised:
        build().select("v9")
    assert "v9" in raised.value.found
    assert "v1" in raised.value.expected
    assert raised.value.remedy == "Verbeter de naam in het notebook."


def test_a_question_is_answered_once():
    """Two answers to one question are refused at the second row."""
    with pytest.raises(NsocError) as raised:
        build_answers(
            invent("onderzoeksvragen", QUESTIONS, ("v1", "Hoe?", "§5")),
            invent("antwoorden", ANSWERS, SIGNED, SIGNED),
            invent("antwoorden_bewijs", EVIDENCE, *LINKS),
        )
    assert raised.value.remedy == "Haal een van beide antwoorden weg."
    assert raised.value.expected == "een antwoord per vraag"
