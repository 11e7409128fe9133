"""Hidden cells stay hidden: what the profile forbids, and the fewest other cells that keep it so."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nsoc_lib.disclosure_profile import DisclosureProfile, Dominance
from nsoc_lib.errors import NsocError
from nsoc_lib.feasible import Interval, feasible_interval, publish_counts
from nsoc_lib.linked_tables import Equation, LinkedTables, cross_table
from nsoc_lib.suppression import suppress_cells, suppress_primary

PRACTICE = DisclosureProfile(
    naam="proef", uitleg="", bronnen=("x",), kleinste_cel=1, nul_is_onthullend=False, kleinste_groep=5, bescherming=3,
    dominantie=None, eensgezindheid="groep", afronden_op=1, kleinste_rol=5,
)  # fmt: skip
SMALL_CELLS = replace(PRACTICE, kleinste_cel=3, kleinste_groep=3, bescherming=2, eensgezindheid="toegestaan")
GROUPS = {"om": {"eens": 6, "oneens": 2}, "fiod": {"eens": 2, "oneens": 1}, "politie": {"eens": 7, "oneens": 0}}


def test_a_small_group_shows_nothing():
    """Of three people neither an answer nor their number is shown."""
    hidden = suppress_primary(cross_table("s", GROUPS), PRACTICE)
    assert {cell for cell, why in hidden.items() if why == "te kleine groep"} == {
        "s|fiod|eens",
        "s|fiod|oneens",
        "s|fiod|totaal",
    }


def test_a_group_that_agrees_shows_no_answer():
    """All seven agree: whoever was one of them would be known, by the seven and by the zero."""
    hidden = suppress_primary(cross_table("s", GROUPS), PRACTICE)
    assert {cell for cell, why in hidden.items() if why == "niemand of iedereen antwoordde dit"} == {
        "s|politie|eens",
        "s|politie|oneens",
    }


@pytest.mark.parametrize(("rule", "hidden"), [("groep", set()), ("alle", {"s|totaal|eens", "s|totaal|oneens"})])
def test_everybody_agreeing_is_another_rule(rule, hidden):
    """One group of mixed answers would not do; here the two groups together are unanimous, as each is."""
    table = cross_table("s", {"om": {"eens": 6, "oneens": 0}, "fiod": {"eens": 5, "oneens": 0}})
    found = set(suppress_primary(table, replace(PRACTICE, eensgezindheid=rule)))
    assert found - {"s|om|eens", "s|om|oneens", "s|fiod|eens", "s|fiod|oneens"} == hidden


def test_a_group_without_answers_has_nothing_to_hide():
    """Nobody answered, and zero may be shown."""
    assert suppress_primary(cross_table("s", {"om": {"eens": 0}, "fiod": {"eens": 0}}), PRACTICE) == {}


def test_small_counts_are_hidden_in_margins_too():
    """A column of one and one is a margin of two, below three."""
    table = cross_table("s", {"om": {"eens": 4, "oneens": 1}, "fiod": {"eens": 5, "oneens": 1}})
    assert set(suppress_primary(table, SMALL_CELLS)) == {"s|om|oneens", "s|fiod|oneens", "s|totaal|oneens"}


def test_one_organisation_behind_a_number_hides_it():
    """Of 20 answers two organisations gave 18."""
    profile = replace(PRACTICE, dominantie=Dominance(2, 85), eensgezindheid="toegestaan")
    table = cross_table("s", {"hoog": {"eens": 12, "oneens": 8}})
    assert suppress_primary(table, profile, {"s|hoog|totaal": [9, 9, 2]}) == {"s|hoog|totaal": "dominantie"}


def test_what_is_public_is_never_hidden():
    """How many a small group was invited with is known to all."""
    table = LinkedTables(
        {"genodigd": 3, "kwam": 2, "kwam niet": 1},
        (Equation("genodigd", ("kwam", "kwam niet")),),
        frozenset({"genodigd"}),
    )
    profile = replace(SMALL_CELLS, kleinste_cel=4, kleinste_groep=4)
    assert set(suppress_primary(table, profile)) == {"kwam", "kwam niet"}


def test_nothing_forbidden_is_nothing_hidden():
    """A table that may be shown is shown whole."""
    table = cross_table("s", {"om": {"eens": 6, "oneens": 3}, "fiod": {"eens": 4, "oneens": 4}})
    suppression = suppress_cells(table, suppress_primary(table, PRACTICE), PRACTICE, 31, "tabel s")
    assert suppression.hidden == frozenset()


def test_one_hidden_cell_takes_three_others_along():
    """In a table of two by two a single cell needs the whole block; margins stay."""
    table = cross_table("s", {"om": {"eens": 6, "oneens": 1}, "fiod": {"eens": 5, "oneens": 4}})
    suppression = suppress_cells(table, suppress_primary(table, SMALL_CELLS), SMALL_CELLS, 31, "tabel s")
    assert set(suppression.primary) == {"s|om|oneens"}
    assert suppression.complementary == {"s|om|eens", "s|fiod|eens", "s|fiod|oneens"}
    assert [suppression.reason(f"s|om|{cell}") for cell in ("oneens", "eens", "totaal")] == [
        "te klein aantal", "nodig om andere cellen te verbergen", "",
    ]  # fmt: skip


def test_a_linked_table_cannot_give_away_what_the_other_hides():
    """By organisation the cell is hidden; by level the same people would be the rest of a sum."""
    organisations = cross_table("s", {"om": {"eens": 6, "oneens": 1}, "fiod": {"eens": 5, "oneens": 4}})
    without = Equation("s|totaal|oneens", ("s|om|oneens", "zonder om"))
    tables = LinkedTables({**organisations.counts, "zonder om": 4}, (*organisations.equations, without))
    suppression = suppress_cells(tables, suppress_primary(tables, SMALL_CELLS), SMALL_CELLS, 31, "tabel s")
    assert "zonder om" in suppression.hidden


def test_fewer_people_are_hidden_when_as_many_cells_would_do():
    """One cell beside a is enough; b has three people and c five, though by name c would go first."""
    tables = LinkedTables({"alle": 9, "a": 1, "b": 3, "c": 5}, (Equation("alle", ("a", "b", "c")),))
    assert suppress_cells(tables, {"a": "x"}, SMALL_CELLS, 31, "tabel").complementary == {"b"}


def test_equal_choices_are_settled_by_name():
    """Cells c and b would do equally well; the later name is hidden, in whatever order the table is written."""
    counts = {"alle": 9, "a": 1, "b": 4, "c": 4}
    for order in (("a", "b", "c"), ("c", "b", "a")):
        tables = LinkedTables({"alle": 9} | {name: counts[name] for name in order}, (Equation("alle", order),))
        assert suppress_cells(tables, {"a": "x"}, SMALL_CELLS, 31, "tabel").complementary == {"c"}


def test_a_table_that_cannot_be_protected_is_refused():
    """The total is public and the other part is: hiding the cell would be pretence."""
    tables = LinkedTables({"alle": 9, "a": 1, "b": 8}, (Equation("alle", ("a", "b")),), frozenset({"alle", "b"}))
    with pytest.raises(NsocError) as raised:
        suppress_cells(tables, {"a": "te klein aantal"}, SMALL_CELLS, 31, "tabel Draagvlak naar organisatie")
    assert str(raised.value) == (
        "Fout in tabel Draagvlak naar organisatie\n"
        "  gevonden: een tabel die ook met meer verborgen cellen nog te berekenen is\n"
        "  verwacht: van elke verborgen cel ten minste 3 mogelijke aantallen\n"
        "  wat nu:   Laat de tabel weg, of voeg groepen samen."
    )


def test_nobody_counts_more_people_than_there_are():
    """A count above the number of people a reader is said to know is a fault of ours."""
    table = cross_table("s", {"om": {"eens": 6, "oneens": 1}, "fiod": {"eens": 5, "oneens": 4}})
    with pytest.raises(ValueError, match="hoger dan 10"):
        suppress_cells(table, {"s|om|oneens": "x"}, SMALL_CELLS, 10, "tabel s")


def test_hiding_too_little_would_be_seen():
    """The proof can fail: with only the small cell hidden its interval is one number."""
    table = cross_table("s", {"om": {"eens": 6, "oneens": 1}, "fiod": {"eens": 5, "oneens": 4}})
    assert feasible_interval(publish_counts(table, {"s|om|oneens"}, 31), "s|om|oneens") == Interval(1, 1)


@cache
def every_small_table(most: int) -> tuple[tuple[str, ...], np.ndarray]:
    """Return the cells of a table of two by two and the counts of every such table of at most so many people."""
    inner = np.array([t for t in product(range(most + 1), repeat=4) if sum(t) <= most])
    names = tuple(cross_table("t", {"g": {"a": 0, "b": 0}, "h": {"a": 0, "b": 0}}).counts)
    place = {name: number for number, name in enumerate(["t|g|a", "t|g|b", "t|h|a", "t|h|b"])}
    columns = []
    for name in names:
        _, row, column = name.split("|")
        parts = [
            p for n, p in place.items() if row in (n.split("|")[1], "totaal") and column in (n.split("|")[2], "totaal")
        ]
        columns.append(inner[:, parts].sum(axis=1))
    return names, np.stack(columns, axis=1)


def widths_by_trying(counts: dict[str, int], hidden: set[str], most: int) -> dict[str, int]:
    """Return how uncertain each hidden cell is, from every table that shows the same."""
    names, tables = every_small_table(most)
    shown = [n for n, name in enumerate(names) if name not in hidden]
    fits = tables[(tables[:, shown] == [counts[names[n]] for n in shown]).all(axis=1)]
    return {name: int(np.ptp(fits[:, n])) for n, name in enumerate(names) if name in hidden}


@settings(max_examples=20, deadline=None, derandomize=True)
@given(st.lists(st.integers(0, 5), min_size=4, max_size=4), st.sampled_from([SMALL_CELLS, PRACTICE]))
def test_no_forbidden_cell_is_better_known_than_the_profile_allows(inner, profile):
    """Without any solver: every table that would look the same leaves each hidden cell wide enough."""
    table = cross_table("t", {"g": {"a": inner[0], "b": inner[1]}, "h": {"a": inner[2], "b": inner[3]}})
    most = sum(inner) + 3
    primary = suppress_primary(table, profile)
    suppression = suppress_cells(table, primary, profile, most, "tabel")
    widths = widths_by_trying(dict(table.counts), set(suppression.hidden), most)
    assert all(widths[cell] >= profile.bescherming for cell in primary)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.integers(2, 4), st.integers(2, 3), st.data())
def test_larger_tables_are_safe_by_their_exact_intervals(rows, columns, data):
    """The interval of each forbidden cell, by integer programming, is no narrower than the profile asks."""
    grid = {f"g{r}": {f"a{c}": data.draw(st.integers(0, 8)) for c in range(columns)} for r in range(rows)}
    table = cross_table("t", grid)
    most = sum(sum(row.values()) for row in grid.values()) + 3
    suppression = suppress_cells(table, suppress_primary(table, PRACTICE), PRACTICE, most, "tabel")
    published = publish_counts(table, suppression.hidden, most)
    for cell in suppression.primary:
        found = feasible_interval(published, cell)
        assert found.width >= PRACTICE.bescherming
        assert found.low <= table.counts[cell] <= found.high


@pytest.mark.parametrize("inner", [(1, 2, 3, 1), (3, 1, 0, 2), (1, 1, 3, 3)])
def test_no_cheaper_choice_is_safe(inner):
    """Of all 512 ways to hide cells of a table of two by two none that is safe hides fewer totals, cells, people."""
    table = cross_table("t", {"g": {"a": inner[0], "b": inner[1]}, "h": {"a": inner[2], "b": inner[3]}})
    most = sum(inner) + 1
    primary = suppress_primary(table, SMALL_CELLS)
    assert primary

    def price(hidden: set[str]) -> tuple[int, int, int]:
        return len(hidden & table.totals), len(hidden), sum(table.counts[cell] for cell in hidden)

    names = sorted(table.counts)
    ways = [{n for n, bit in zip(names, bits, strict=True) if bit} for bits in product((0, 1), repeat=9)]
    safe = [
        way for way in ways
        if set(primary) <= way
        and all(width >= 2 for cell, width in widths_by_trying(dict(table.counts), way, most).items() if cell in primary)
    ]  # fmt: skip
    chosen = suppress_cells(table, primary, SMALL_CELLS, most, "tabel").hidden
    assert price(set(chosen)) == min(price(way) for way in safe)
