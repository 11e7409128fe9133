"""Kinds of question: one door for each, and the columns that an export has for it."""

from copy import deepcopy
from typing import Any

import pytest

from nsoc_lib.entries import Entry
from nsoc_lib.errors import NsocError
from nsoc_lib.paths import REPOSITORY
from nsoc_lib.questions import OpenQuestion, Question, build_questions, count_asked
from nsoc_lib.sources.study import load_yaml

FRUIT = [{"id": "appel", "code": 1, "label": "Appel"}, {"id": "peer", "code": 4, "label": "Peer"},
         {"id": "anders", "code": 9, "label": "Anders", "toelichting": True}]  # fmt: skip
YEARS = [{"id": "kort", "code": 1, "label": "Kort"}, {"id": "lang", "code": 2, "label": "Lang"}]
RAW: list[dict[str, Any]] = [
    {"id": "ja", "soort": "toestemming", "kolom": "Q1", "import_id": "QID1", "kort": "Mee", "tekst": "Doet u mee?",
     "opties": [{"id": "ja", "code": 1, "label": "Ja"}]},
    {"id": "wens", "soort": "open", "kolom": "Q2", "import_id": "QID2_TEXT", "tekst": "Wens", "bewaren": False,
     "reden": "Alleen codes.", "codes": {}},
    {"id": "top", "soort": "kies", "kolom": "Q3", "import_id": "QID3", "kort": "Top", "tekst": "Kies er twee.",
     "aantal": 2, "opties": FRUIT},
    {"id": "rang", "soort": "rangorde", "kolom": "Q4", "import_id": "QID4", "kort": "Rang", "tekst": "Orden.",
     "van": "top"},
    {"id": "blok", "soort": "stellingen", "kort": "Stellingen", "tekst": "Eens?"},
    {"id": "soms", "soort": "meer", "kolom": "Q6", "import_id": "QID6", "kort": "Soms", "tekst": "Wat?",
     "opties": FRUIT, "codes": {"pruim": "Pruim"}},
    {"id": "duur", "soort": "lus", "kolom": "Q7", "import_id": "QID7", "kort": "Duur", "tekst": "Hoe lang?",
     "van": "soms", "antwoorden": YEARS},
    {"id": "keer", "soort": "een", "kolom": "Q8", "import_id": "QID8", "kort": "Keer", "tekst": "Welke?",
     "opties": FRUIT},
]  # fmt: skip


def build(raw: list[dict[str, Any]] = RAW) -> dict[str, Question | OpenQuestion]:
    """Return the questions of a raw list by id."""
    entries = [Entry(one, f"codeboek.yml, vraag {number}") for number, one in enumerate(deepcopy(raw), 1)]
    return {question.id: question for question in build_questions(entries)}


def changed(name: str, **values: Any) -> list[dict[str, Any]]:
    return [one | values if one["id"] == name else one for one in RAW]


def refusal(raw: list[dict[str, Any]]) -> str:
    with pytest.raises(NsocError) as error:
        build(raw)
    return str(error.value)


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("ja", {"QID1": "Q1"}),
        ("wens", {"QID2_TEXT": "Q2"}),
        ("top", {"QID3_1": "Q3_1", "QID3_4": "Q3_4", "QID3_9": "Q3_9", "QID3_9_TEXT": "Q3_9_TEXT"}),
        ("rang", {"QID4_1": "Q4_1", "QID4_4": "Q4_4", "QID4_9": "Q4_9"}),
        ("blok", {}),
        ("duur", {"1_QID7": "1_Q7", "4_QID7": "4_Q7", "9_QID7": "9_Q7"}),
        ("keer", {"QID8": "Q8", "QID8_9_TEXT": "Q8_9_TEXT"}),
    ],
)
def test_each_kind_has_its_own_columns(name, columns):
    """One column for one answer, one per option when more are given, and one for the words at "anders"."""
    assert build()[name].kolommen == columns


def test_a_question_that_follows_takes_the_options_of_the_earlier_one():
    """What is ranked or repeated is what could be chosen; a ranking has as many places as could be chosen."""
    questions = build()
    assert [option.id for option in questions["rang"].opties] == ["appel", "peer", "anders"]
    assert (questions["rang"].aantal, questions["duur"].van) == (2, "soms")


def test_consent_is_no_question_and_statements_are_one():
    """Of eight entries one is consent: seven questions."""
    assert count_asked(tuple(build().values())) == 7


def test_the_real_questionnaire_has_eighteen_questions_and_thirteen_factors():
    """WODC 2021 bijlage 3 says eighteen; it lists thirteen factors, eleven regions and abroad, nine functions."""
    listed = build_questions(load_yaml(REPOSITORY / "data/raw/versterking-2021/codeboek.yml", "c").entries("vragen"))
    sizes = {q.id: len(q.opties) for q in listed if isinstance(q, Question)}
    assert count_asked(listed) == 18
    assert (sizes["factoren"], sizes["obstakels"], sizes["regio"], sizes["functie"], sizes["pijlers"]) == (
        13, 13, 12, 9, 5,
    )  # fmt: skip
    assert [q.soort for q in listed] == [
        "toestemming", "open", "open", "kies", "rangorde", "open", "kies", "rangorde", "open", "stellingen", "open",
        "meer", "een", "open", "een", "meer", "lus", "meer", "meer",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "parts"),
    [
        (changed("top", soort="raad"), ['gevonden: "raad"', "een van: toestemming, open, een"]),
        (changed("top", aantal=3), ["sleutel aantal", "3 van 3 opties", "gebruik soort: meer"]),
        (changed("top", opties=[]), ["sleutel opties", "een lege lijst"]),
        (changed("top", opties=[FRUIT[0], FRUIT[1] | {"code": 1}]), ['code "1" meer dan een keer']),
        (changed("top", kleinste_groep=2), ["sleutel kleinste_groep", "ten minste 3"]),
        (changed("top", optie="x"), ['de onbekende sleutel "optie"']),
        (changed("rang", van="soms"), ["sleutel van", "een eerdere vraag van soort kies: top"]),
        (changed("duur", van="later"), ['"later"', "een eerdere vraag van soort meer: soms"]),
        (changed("keer", id="top"), ['"top" bij meer dan een vraag']),
    ],
)
def test_a_wrong_question_is_refused_with_its_place(raw, parts):
    """The block names the question, what stands there and what may."""
    block = refusal(raw)
    assert "codeboek.yml, vraag" in block
    assert [part for part in parts if part not in block] == []


def test_an_option_that_does_not_exist_is_refused():
    """The block lists the options there are."""
    with pytest.raises(NsocError) as error:
        build()["top"].select_option("kiwi")
    assert (error.value.found, error.value.expected) == ('geen optie "kiwi"', "een van: appel, peer, anders")
