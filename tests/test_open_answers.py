"""Answers in words; the rules about codes stand in ``test_cleaning.py``, through the one door to both."""

from __future__ import annotations

import pandas as pd

from nsoc_lib.codebook import Codebook
from nsoc_lib.entries import Entry
from nsoc_lib.open_answers import clean_open_answers
from nsoc_lib.sources.export import Response

NO_CODES = pd.DataFrame(columns=["respons", "vraag", "code", "codeur", "rij"])


def codebook(*, keep: bool) -> Codebook:
    question = {"id": "rest", "kolom": "Q2", "import_id": "QID2", "tekst": "Wat nog?", "bewaren": keep,
                "reden": "Om te coderen.", "codes": {"geld": "Mist geld"}}  # fmt: skip
    scale = {
        "herkomst": "vragenlijst",
        "antwoorden": [{"code": 1, "label": "Eens"}, {"code": 2, "label": "Oneens"}],
        "instemmend": ["Eens"],
    }
    statement = {"id": "doel", "kolom": "Q1", "import_id": "QID1", "thema": "draagvlak", "kort": "Doel",
                 "tekst": "Het doel is helder.", "schaal": "eens", "richting": "positief"}  # fmt: skip
    raw = {"instrument": "proef", "schalen": {"eens": scale}, "themas": {"draagvlak": "Draagvlak"},
           "stellingen": [statement], "open_vragen": [question]}  # fmt: skip
    return Codebook.build(Entry(raw, "codeboek.yml"))


RESPONSES = [Response(4, {"QID2": "Te weinig geld", "_recordId": "R_1"}), Response(5, {"QID2": "", "_recordId": "R_2"})]
NAMES = {"R_1": "r001", "R_2": "r002"}


def test_words_are_kept_only_when_the_codebook_says_so() -> None:
    """The same answer is there with ``bewaren: true`` and gone with ``bewaren: false``."""
    kept, dropped = (
        clean_open_answers(RESPONSES, NAMES, codebook(keep=k), (NO_CODES, "c.csv"), frozenset()) for k in (True, False)
    )
    assert kept["tekst"].tolist()[0] == "Te weinig geld"
    assert dropped["tekst"].isna().all()
    assert kept["status"].tolist() == dropped["status"].tolist() == ["geldig", "niet ingevuld"]


def test_an_answer_without_a_code_is_missing_one() -> None:
    """Nobody's answer was coded, so the code is missing for all and no answer is lost."""
    frame = clean_open_answers(RESPONSES, NAMES, codebook(keep=True), (NO_CODES, "c.csv"), frozenset())
    assert frame["code"].isna().tolist() == [True, True]
    assert frame["respondent"].tolist() == ["r001", "r002"]


def test_a_declared_kind_of_missing_is_kept() -> None:
    """Who refused to answer in words left nothing blank."""
    refused = Response(6, {"QID2": "", "_recordId": "R_3"}, {"QID2": "weigert"})
    names = NAMES | {"R_3": "r003"}
    frame = clean_open_answers([*RESPONSES, refused], names, codebook(keep=True), (NO_CODES, "c.csv"), frozenset())
    assert frame["status"].tolist() == ["geldig", "niet ingevuld", "ontbreekt"]
    assert frame["soort_ontbreekt"].fillna("").tolist() == ["", "", "weigert"]


def test_words_of_a_personal_column_are_not_kept() -> None:
    """The head of the column was reason enough."""
    frame = clean_open_answers(RESPONSES, NAMES, codebook(keep=True), (NO_CODES, "c.csv"), frozenset({"QID2"}))
    assert frame["tekst"].isna().all()
    assert frame["status"].tolist() == ["geldig", "niet ingevuld"]
