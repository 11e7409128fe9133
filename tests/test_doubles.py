"""What stands somewhere twice is found with the earlier one beside it."""

from __future__ import annotations

from nsoc_lib.doubles import find_double, first_double


def test_the_first_that_comes_back_is_found_with_the_earlier_one():
    """Of three with the same key the second is told, after the first; what differs is none."""
    assert find_double([("a", 1), ("b", 2), ("a", 3), ("b", 4), ("a", 5)], lambda item: item[0]) == (("a", 1), ("a", 3))
    assert find_double([("a", 1), ("b", 1)], lambda item: item[0]) is None
    assert find_double([], str) is None


def test_texts_are_their_own_key():
    """The text that comes back first, not the one that stood first; an empty text when none does."""
    assert first_double(["a", "b", "b", "a"]) == "b"
    assert first_double(iter(["a", "b"])) == ""
