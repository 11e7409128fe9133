"""Added value: six elements, with words for how many as published and no percentage."""

from __future__ import annotations

import pytest
from transcribed import invent, load_real

from nsoc_lib.errors import NsocError
from nsoc_lib.meerwaarde import Meerwaarde, build_meerwaarde, tabulate_meerwaarde

COLUMNS = ("element", "label", "woord", "waarover", "niveau", "vindplaats")


def build(*row: str | None) -> Meerwaarde:
    return build_meerwaarde(invent("meerwaarde", COLUMNS, row))


@pytest.fixture(scope="module")
def meerwaarde() -> Meerwaarde:
    return build_meerwaarde(load_real("kader", "meerwaarde"))


def test_the_source_has_six_elements(meerwaarde):
    """Six elements, of which one has words for how many said so."""
    assert (meerwaarde.aantal.value, meerwaarde.toegelicht.value) == (6, 1)
    assert meerwaarde.aantal.id == "kader.meerwaarde.aantal"
    assert meerwaarde.aantal.provenance == "herleid"


def test_words_are_shown_as_published(meerwaarde):
    """Both words of the element on interventions stand there, each with what it is about."""
    rows = tabulate_meerwaarde(meerwaarde).show().text.splitlines()[2:]
    assert len(rows) == 6
    assert "meerderheid: wat er aan interventies is" in rows[3]
    assert "nagenoeg alle: werkwijzen maken" in rows[3]


def test_no_percentage_is_made_of_a_word(meerwaarde):
    """The table holds no result at all."""
    assert tabulate_meerwaarde(meerwaarde).results == ()


def test_what_the_source_leaves_out_is_a_dash():
    """An element without word and level shows two dashes, and the note says what a dash means."""
    table = tabulate_meerwaarde(build("a", "Samen", None, None, None, "§3.5"))
    assert table.show().text.splitlines()[2] == "Samen | – | – | §3.5"
    assert table.noten[0].startswith("Een streepje betekent dat de bron het bij dit element niet noemt")


def test_a_word_off_the_scale_is_refused():
    """Words for interviews come from one declared scale."""
    with pytest.raises(NsocError, match=r"rij 2, kolom woord\n  gevonden: \"veel\""):
        build("a", "Samen", "veel", "alles", None, "§3.5")


def test_a_word_must_say_what_it_is_about():
    """Two words and one subject leave open which belongs to which."""
    with pytest.raises(NsocError, match="2 in de kolom woord en 1 in de kolom waarover"):
        build("a", "Samen", "meerderheid; alle", "dit", None, "§3.5")
