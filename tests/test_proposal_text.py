"""The text of a proposal: it loads as a codebook, keeps every character of an answer, and marks its guesses."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from test_proposal import propose

from nsoc_lib.characters import find_steering
from nsoc_lib.codebook import Codebook
from nsoc_lib.entries import Entry
from nsoc_lib.errors import NsocError
from nsoc_lib.proposal_text import proposal_text

CELLS = {
    "Q1_1": ["Eens", "Oneens", "Eens", "Weet niet"], "Q1_2": ["Oneens", "Oneens", "Eens", "Weet niet"],
    "Q2": ["Noord", "Zuid", "Noord", "Zuid"], "Q3": ["wat ik vind", "", "", ""], "Q4_1": ["1", "", "1", ""],
    "Q4_2": ["", "1", "", "1"], "leeg": ["", "", "", ""],
}  # fmt: skip


def confirmed(text: str) -> Codebook:
    """Return the codebook once somebody has taken the lines about the order away."""
    lines = [line for line in text.splitlines() if not line.strip().startswith("volgorde:")]
    return Codebook.build(Entry(yaml.safe_load("\n".join(lines)), "codeboek.yml"))


def test_a_proposal_loads_once_its_orders_are_confirmed_and_not_before():
    """With the order open the codebook is refused by name; with the order confirmed every question is there."""
    text = proposal_text(propose(CELLS), "e.csv", "vragenlijst")
    with pytest.raises(NsocError, match="schaal schaal-1 met volgorde: te bevestigen"):
        Codebook.build(Entry(yaml.safe_load(text), "codeboek.yml"))
    book = confirmed(text)
    assert [s.kolom for s in book.stellingen] == ["Q1_1", "Q1_2"]
    assert [(q.id, q.soort) for q in book.vragenlijst] == [
        ("stellingen", "stellingen"), ("q2", "een"), ("q3", "open"), ("q4", "meer"),
    ]  # fmt: skip
    assert book.schalen["schaal-1"].weet_niet == ("Weet niet",)
    assert list(book.overslaan) == ["leeg"]


def test_every_guess_has_a_mark_of_its_own():
    """Kind, short title, theme, direction, agreeing answers, code and what is left out each say that they are guessed."""
    text = proposal_text(propose(CELLS), "e.csv", "vragenlijst")
    for key in ("soort: een", "soort: meer", "soort: open", "kort:", "richting:", "instemmend:", "weet_niet:", "volgorde:",
                "bewaren:", 'reden: "leeg', "{code:", chr(34) + "q1", "instrument:"):  # fmt: skip
        lines = [
            line
            for line in text.splitlines()
            if line.strip(" -").startswith(key) and line.strip() != "kort: Stellingen"
        ]
        assert lines, key
        assert all("# te bevestigen: " in line for line in lines), key


@settings(max_examples=40, deadline=None)
@given(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=30).filter(
        lambda text: text.strip() == text and not find_steering(text)
    )
)
def test_an_answer_comes_back_as_it_stands_in_the_cells(answer):
    """Whatever an answer holds, marks, quotes, line ends or a sign of YAML, the codebook knows that very text.

    Characters that steer are refused by every codebook.
    """
    try:
        text = proposal_text(propose({"Q1": [answer] * 3, "Q2": ["a"] * 3}), "e\n.csv", "vragenlijst")
    except NsocError:
        raise AssertionError("Q2 is a question") from None
    for question in confirmed(text).gesloten:
        if question.id == "q1" and question.soort == "een":
            assert [option.label for option in question.opties] == [answer]


def test_the_same_export_gives_the_same_text():
    """Nothing in the text depends on the order of a set."""
    assert proposal_text(propose(CELLS), "e.csv", "v") == proposal_text(propose(dict(CELLS)), "e.csv", "v")
