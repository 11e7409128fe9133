"""Counts tied together by sums: what is built from a table, and what does not add up."""

from __future__ import annotations

import pytest

from nsoc_lib.linked_tables import ALLE, GROEP, SOM, Equation, LinkedTables, cross_table

BY_GROUP = {"om": {"eens": 4, "oneens": 1}, "fiod": {"eens": 2, "oneens": 3}}
BY_LEVEL = {"hoog": {"eens": 5, "oneens": 2}, "laag": {"eens": 1, "oneens": 2}}


def test_a_table_has_its_margins():
    """Rows, columns and the whole add up: 5 and 5, 6 and 4, 10."""
    counts = cross_table("s", BY_GROUP).counts
    assert [counts[f"s|{cell}"] for cell in ("om|totaal", "fiod|totaal", "totaal|eens", "totaal|oneens", "totaal|totaal")] == [
        5, 5, 6, 4, 10,
    ]  # fmt: skip


def test_a_sum_says_whose_answers_it_adds():
    """A row is a group, the bottom row is everybody, a column is neither."""
    kinds = {e.total: e.kind for e in cross_table("s", BY_GROUP).equations if e.parts[0].split("|")[2] != "totaal"}
    assert kinds == {
        "s|om|totaal": GROEP, "s|fiod|totaal": GROEP, "s|totaal|eens": SOM, "s|totaal|oneens": SOM, "s|totaal|totaal": ALLE,
    }  # fmt: skip


def test_an_answer_that_nobody_in_a_group_gave_is_zero():
    """A missing answer in one row is a count of nobody."""
    assert cross_table("s", {"om": {"eens": 4}, "fiod": {"oneens": 3}}).counts["s|om|oneens"] == 0


@pytest.mark.parametrize(
    ("counts", "message"),
    [
        ({"a": 3, "b": 1, "c": 1}, "tellen niet op"),
        ({"a": 0, "b": 1, "c": -1}, "negatief"),
        ({"a": 1, "b": 1}, "geen aantal voor c"),
    ],
)
def test_counts_that_cannot_be_are_refused(counts, message):
    """A sum that fails, a negative count and an unknown cell are faults of ours."""
    with pytest.raises(ValueError, match=message):
        LinkedTables(counts, (Equation("a", ("b", "c")),))
