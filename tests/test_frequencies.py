"""Frequencies: what is counted per combination of levels, however the rows come in parts."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nsoc_lib.frequencies import Crosstab, count_parts, parts_of

LABELS = ["Oneens", "Eens"]
COLUMNS = ("stelling", "antwoord")


def frame(*rows: tuple[str, str | None]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"stelling": "str"})
    return table.astype({"antwoord": pd.CategoricalDtype(LABELS, ordered=True)})


def count(*frames: pd.DataFrame, columns: tuple[str, ...] = COLUMNS) -> Crosstab:
    return count_parts([part for table in frames for part in parts_of(table, columns)], *columns)


FIVE = count(frame(("doel", "Eens"), ("doel", "Eens"), ("doel", None), ("steun", "Oneens"), ("steun", "Eens")))


def test_every_combination_has_its_count():
    """Of three answers to doel two agree and one is missing; missing stands in the last place."""
    assert FIVE.where("stelling", "doel").counts.tolist() == [0, 2, 1]
    assert FIVE.where("stelling", "steun").counts.tolist() == [1, 1, 0]
    assert FIVE.rows == 5


def test_levels_that_do_not_occur_are_counted_as_none():
    """A label of the scale that nobody chose has a count of zero, and missing is no label."""
    assert FIVE.where("stelling", "doel").of("antwoord") == {"Oneens": 0, "Eens": 2}


def test_a_level_that_no_table_has_counts_nothing():
    """An unknown statement has no answers and no missing ones, rather than those of another."""
    nothing = FIVE.where("stelling", "nergens")
    assert (nothing.rows, nothing.of("antwoord")) == (0, {"Oneens": 0, "Eens": 0})


def test_parts_that_bring_other_levels_are_added_by_name():
    """A second part with its words in another order adds to the same words."""
    one = pd.DataFrame({"regio": ["Noord", "Zuid", None]})
    two = pd.DataFrame({"regio": ["Oost", "Zuid", "Noord", None, "Zuid"]})
    added = count(one, two, columns=("regio",))
    assert added.of("regio") == {"Noord": 2, "Zuid": 3, "Oost": 1}
    assert added.counts.tolist() == [2, 3, 1, 2]


def test_more_levels_than_a_byte_holds_are_counted():
    """With 300 levels the place of the last is not cut off, and missing stands after all of them."""
    words = [f"w{number:03d}" for number in range(300)]
    counted = count(pd.DataFrame({"woord": pd.Categorical([*words, "w299", None], words)}), columns=("woord",))
    assert counted.of("woord")["w299"] == 2
    assert counted.counts.tolist() == [1] * 299 + [2, 1]


@pytest.mark.parametrize("levels", [127, 128])
def test_missing_is_no_level_where_a_byte_is_just_full(levels: int):
    """Missing keeps a place of its own beside 127 and 128 levels, where a byte ends."""
    words = [f"w{number:03d}" for number in range(levels)]
    counted = count(pd.DataFrame({"woord": pd.Categorical([*words, None, None], words)}), columns=("woord",))
    assert counted.counts.tolist() == [1] * levels + [2]


def test_whole_numbers_and_truths_are_levels_too():
    """A column of numbers or of true and false is counted by its values."""
    table = pd.DataFrame({"jaar": [2020, 2021, 2020], "compleet": [True, True, False]})
    counted = count(table, columns=("jaar", "compleet"))
    assert counted.of("jaar") == {2020: 2, 2021: 1}
    assert counted.where("jaar", 2020).of("compleet") == {True: 1, False: 1}


def test_too_many_combinations_are_refused():
    """Four thousand names by four thousand names is no table of frequencies."""
    names = [f"n{number}" for number in range(4000)]
    with pytest.raises(ValueError, match="16008001 combinaties"):
        count(pd.DataFrame({"een": names, "twee": names}), columns=("een", "twee"))


ROWS = st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), st.sampled_from([*LABELS, None])), max_size=40)


@settings(deadline=None, max_examples=30)
@given(st.lists(ROWS, min_size=1, max_size=4))
def test_counts_are_those_of_pandas(parts: list[list[tuple[str, str | None]]]):
    """Whatever the rows and however they come in parts, every cell is that of a crosstab by pandas."""
    counted = count(*(frame(*rows) for rows in parts))
    whole = frame(*(row for rows in parts for row in rows))
    expected = pd.crosstab(whole["stelling"], whole["antwoord"].astype(object).fillna("leeg"))
    found = {
        (own, label): int(n)
        for own in counted.levels[0]
        for label, n in zip((*LABELS, "leeg"), counted.where("stelling", own).counts, strict=True)
        if n
    }
    assert found == {cell: n for cell, n in expected.T.unstack().items() if n}  # noqa: PD010 (a series, no table)
    assert counted.rows == len(whole)
