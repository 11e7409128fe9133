"""A place: its name in Word, and whether a passage still stands there."""

import pytest

from nsoc_lib.places import Place, bookmark_name, is_bookmark


def test_every_anchor_has_a_name_that_word_allows():
    """Word takes at most 40 letters, digits and underscores, beginning with a letter."""
    names = [bookmark_name(anchor) for anchor in ("a_1_1", "procesthermometer-meting-1-draagvlak_cel-12_14")]
    assert all(name.isidentifier() and len(name) <= 40 and is_bookmark(name) for name in names)
    assert names[0] != names[1]


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("Er deden 23 mensen mee.", "23   mensen"),
        ("4.1 Boodschap", "3.1 Boodschap"),
        ("Tabel 12.3. Wie meedeed.", "Tabel 3.1. Wie"),
        ("Zie daarvoor tabel B.2 en verder.", "Zie daarvoor tabel 15.8 en"),
    ],
)
def test_a_passage_stays_when_only_numbers_of_chapters_move(text, passage):
    """White space and the numbers of chapters, figures and tables are no change of the text."""
    assert Place("a", "Paragraaf 1.1", text).has(passage)


@pytest.mark.parametrize("passage", ["24 mensen", "Er deden 23 vrouwen", "23 mensen mee. Daarna"])
def test_another_number_or_word_is_a_change(passage):
    """A result that became another number is another text."""
    assert not Place("a", "Paragraaf 1.1", "Er deden 23 mensen mee.").has(passage)
