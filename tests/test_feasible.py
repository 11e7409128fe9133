"""What a reader can still think of a hidden count: checked by hand, and by trying every table there can be."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from nsoc_lib.feasible import (
    Interval,
    Published,
    Reader,
    Row,
    ShownPercentage,
    feasible_interval,
    narrow,
    publish_counts,
    round_count,
)
from nsoc_lib.linked_tables import Equation, LinkedTables, cross_table
from nsoc_lib.rounding import percentage_of_sum, sum_of_percentages

HALF_TABLE = LinkedTables({"alle": 25, "leiding": 4, "overig": 21}, (Equation("alle", ("leiding", "overig")),))


def share(shown: int, decimals: int = 0, **known: Interval) -> Published:
    return Published(known, (), (ShownPercentage("aantal", "basis", shown, decimals),))


def test_one_hidden_part_is_computed_from_the_rest():
    """All but the management answered 21, all 25: the management is 4 and nothing else."""
    assert feasible_interval(publish_counts(HALF_TABLE, {"leiding"}, 31), "leiding") == Interval(4, 4)


def test_two_hidden_parts_hide_each_other():
    """Of 25 the management can be anything."""
    assert feasible_interval(publish_counts(HALF_TABLE, {"leiding", "overig"}, 31), "leiding") == Interval(0, 25)


def test_nobody_is_more_than_all():
    """When everything is hidden the number of people is what a reader knows."""
    assert feasible_interval(publish_counts(HALF_TABLE, HALF_TABLE.counts, 31), "leiding") == Interval(0, 31)


def test_what_is_public_cannot_be_hidden():
    """Hiding how many were invited hides nothing."""
    tables = LinkedTables(HALF_TABLE.counts, HALF_TABLE.equations, frozenset({"alle", "overig"}))
    assert feasible_interval(publish_counts(tables, HALF_TABLE.counts, 31), "leiding") == Interval(4, 4)


def test_a_percentage_with_its_base_is_a_count():
    """92% of 25 is 23 and nothing else; so 2 do not agree."""
    assert feasible_interval(share(92, aantal=Interval(0, 31), basis=Interval(25, 25)), "aantal") == Interval(23, 23)


def test_a_percentage_without_its_base_leaves_much_open():
    """92% of at most 31: 11 of 12 (91,67) at the least, 24 of 26 (92,3) at the most, by trying all."""
    fits = [(k, n) for n in range(1, 32) for k in range(n + 1) if percentage_of_sum(k, n) == 92]
    published = share(92, aantal=Interval(0, 31), basis=Interval(0, 31))
    assert feasible_interval(published, "aantal") == Interval(min(k for k, _ in fits), max(k for k, _ in fits))
    assert feasible_interval(published, "basis") == Interval(min(n for _, n in fits), max(n for _, n in fits))


@pytest.mark.parametrize("count", [3, 9, 15, 21])
def test_an_exact_half_counts_as_rounded_up(count):
    """12,5% of 24 is printed as 13, and 13% of 24 is therefore 3."""
    shown = percentage_of_sum(count, 24)
    assert feasible_interval(share(shown, aantal=Interval(0, 24), basis=Interval(24, 24)), "aantal") == Interval(
        count, count
    )


@pytest.mark.parametrize(("shown", "decimals", "high"), [(74, 0, 148), (735, 1, 147)])
def test_a_decimal_tells_more(shown, decimals, high):
    """Of 200 both 147 (73,5%) and 148 (74,0%) are printed as 74%; with a decimal only the one is left."""
    published = share(shown, decimals, aantal=Interval(0, 200), basis=Interval(200, 200))
    assert feasible_interval(published, "aantal") == Interval(147, high)


@pytest.mark.parametrize(("shown", "n", "parts"), [(74, 26, 2), (84, 25, 2), (66, 26, 3), (50, 24, 2), (101, 24, 2)])
def test_a_sum_of_rounded_percentages_is_read_as_such(shown, n, parts):
    """74% of 26 is no count at all when rounded once, and 19 as 12 + 62; checked by trying every split."""
    fits = {
        sum(split)
        for split in product(range(n + 1), repeat=parts)
        if sum(split) <= n and sum_of_percentages(split, n) == shown
    }
    published = Published(
        {"aantal": Interval(0, 31), "basis": Interval(n, n)},
        (),
        (ShownPercentage("aantal", "basis", shown, parts=parts),),
    )
    assert feasible_interval(published, "aantal") == Interval(min(fits), max(fits))


def test_nobody_agrees_who_did_not_answer():
    """100% of 300 is 299 (99,67) or 300, and never 301, which would round to it as well."""
    assert feasible_interval(share(100, aantal=Interval(0, 400), basis=Interval(300, 300)), "aantal") == Interval(
        299, 300
    )


def test_a_percentage_has_a_base_that_is_not_empty():
    """0% of an unknown base says at least that somebody answered."""
    assert feasible_interval(share(0, aantal=Interval(0, 31), basis=Interval(0, 31)), "basis") == Interval(1, 31)


def test_a_half_is_rounded_up_in_each_part():
    """1 of 8 is 12,5% and printed as 13; a sum of 12% of 8 can therefore not be."""
    published = Published({"k": Interval(0, 8), "n": Interval(8, 8)}, (), (ShownPercentage("k", "n", 12, parts=2),))
    with pytest.raises(ValueError, match="geen aantallen passen"):
        feasible_interval(published, "k")


def test_a_sum_of_rounded_percentages_needs_its_base():
    """Without the base nothing is promised, and the call says so."""
    published = Published({"k": Interval(0, 31), "n": Interval(0, 31)}, (), (ShownPercentage("k", "n", 74, parts=2),))
    with pytest.raises(ValueError, match="basis n is niet getoond"):
        feasible_interval(published, "k")


def test_an_unknown_cell_has_no_interval():
    """A misspelt name is a fault of ours."""
    with pytest.raises(KeyError, match="directie"):
        feasible_interval(publish_counts(HALF_TABLE, {"leiding"}, 31), "directie")


def test_rounded_counts_leave_a_margin_that_sums_can_close():
    """10 and 5 after rounding are at least 8 and 3; an exact total of 11 leaves 8 and 3 alone."""
    published = Published(
        {"alle": Interval(11, 11), "a": Interval(8, 12), "b": Interval(3, 7)}, (Equation("alle", ("a", "b")),)
    )
    assert feasible_interval(published, "b") == Interval(3, 3)


def test_counts_that_contradict_each_other_are_no_interval():
    """No count is both 3 and the whole of 5."""
    with pytest.raises(ValueError, match="geen aantallen passen"):
        feasible_interval(Published({"a": Interval(5, 5), "b": Interval(3, 3)}, (Equation("a", ("b",)),)), "b")


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.data())
def test_the_interval_is_what_trying_every_table_gives(data):
    """Without any solver: fill in every hidden cell in every way and keep what fits all that is shown."""
    columns = data.draw(st.sampled_from([2, 3]))
    rows = {f"g{r}": {f"a{c}": data.draw(st.integers(0, 4)) for c in range(columns)} for r in range(2)}
    table = cross_table("t", rows)
    step = data.draw(st.sampled_from([1, 1, 3]))
    most = max(table.counts.values()) + 1
    hidden = data.draw(st.sets(st.sampled_from(sorted(table.counts)), min_size=1, max_size=7))
    published = publish_counts(table, hidden, most, rounded_to=step)
    possible = list(every_table(rows, {n: c for n, c in table.counts.items() if n not in hidden}, step, most))
    for cell in sorted(hidden)[:2]:
        found = feasible_interval(published, cell)
        assert found == Interval(min(t[cell] for t in possible), max(t[cell] for t in possible))


def every_table(rows, shown, step, most):
    """Yield the counts of every table of this size that would be shown in the same way."""
    cells = [(r, c) for r in rows for c in rows[r]]
    lowest_total = min(most, shown.get("t|totaal|totaal", most) + step)
    ranges = [
        range(lowest_total + 1) if (name := f"t|{r}|{c}") not in shown
        else [k for k in range(shown[name] + step + 1) if round_count(k, step) == round_count(shown[name], step)]
        for r, c in cells
    ]  # fmt: skip
    for values in product(*ranges):
        if sum(values) > lowest_total:
            continue
        filled: dict[str, int] = {}
        for (r, c), value in zip(cells, values, strict=True):
            for name in (f"t|{r}|{c}", f"t|{r}|totaal", f"t|totaal|{c}", "t|totaal|totaal"):
                filled[name] = filled.get(name, 0) + value
        if (
            all(round_count(filled[n], step) == round_count(k, step) for n, k in shown.items())
            and max(filled.values()) <= most
        ):
            yield filled


def by_solver(published: Published, cell: str) -> Interval:
    """Return the interval as the solver alone finds it, in whole numbers from the start: no arithmetic, nothing kept."""
    names = list(published.known)
    rows, lows, highs = [], [], []
    for equation in published.equations:
        rows.append([(name == equation.total) - equation.parts.count(name) for name in names])
        lows.append(0)
        highs.append(0)
    for percentage in published.percentages:  # 200·count lies from (2·shown - 1)·base up to (2·shown + 1)·base - 1
        for slope, low, high in ((2 * percentage.shown - 1, 0, np.inf), (2 * percentage.shown + 1, -np.inf, -1)):
            rows.append([200 * (name == percentage.count) - slope * (name == percentage.base) for name in names])
            lows.append(low)
            highs.append(high)
    ends = published.known.values()
    bounds = Bounds([each.low for each in ends], [each.high for each in ends])
    found = [
        milp([sign * (name == cell) for name in names], integrality=np.ones(len(names)), bounds=bounds,
             constraints=LinearConstraint(np.array(rows, dtype=float), lows, highs), options={"presolve": False, "mip_rel_gap": 0})
        for sign in (1, -1)
    ]  # fmt: skip
    return Interval(round(found[0].fun), -round(found[1].fun))


@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.data())
def test_arithmetic_and_kept_counts_give_what_the_solver_gives(data):
    """Of a random table with hidden, rounded and percented cells each interval is the solver's own, in any order asked."""
    columns = data.draw(st.integers(2, 3))
    rows = {
        f"g{r}": {f"a{c}": data.draw(st.integers(0, 6)) for c in range(columns)}
        for r in range(data.draw(st.integers(2, 3)))
    }
    table = cross_table("t", rows)
    hidden = data.draw(st.sets(st.sampled_from(sorted(table.counts)), min_size=2))
    shares = tuple(
        ShownPercentage(f"t|{r}|a0", f"t|{r}|totaal", percentage_of_sum(table.counts[f"t|{r}|a0"], base))
        for r in data.draw(st.sets(st.sampled_from(sorted(rows)), max_size=2)) if (base := table.counts[f"t|{r}|totaal"])
    )  # fmt: skip
    limits = {cell: table.counts[cell] + data.draw(st.integers(0, 2)) for cell in sorted(hidden)[::2]}
    published = publish_counts(
        table, hidden, 40, rounded_to=data.draw(st.sampled_from([1, 1, 3])), percentages=shares, limits=limits
    )
    reader = Reader(published)
    for cell in data.draw(st.permutations(sorted(hidden))):
        assert reader.interval(cell) == by_solver(published, cell)


def test_one_sum_is_arithmetic():
    """Of 25 at least 12 and at most 14 are in the one part, so 11 to 13 in the other; no solver is asked."""
    known = {"alle": Interval(25, 25), "a": Interval(12, 14), "b": Interval(0, 25)}
    whole = Row({"alle": 1, "a": -1, "b": -1}, 0, 0)
    assert narrow(known, [whole]) == {"alle": Interval(25, 25), "a": Interval(12, 14), "b": Interval(11, 13)}


def test_sums_that_contradict_each_other_slowly_come_to_an_end():
    """That a is one more than b and b one more than a would take a hundred thousand steps of one to be refused."""
    most = Interval(0, 100_000)
    published = Published(
        {"a": most, "b": most, "one": Interval(1, 1)}, (Equation("a", ("b", "one")), Equation("b", ("a", "one")))
    )
    with pytest.raises(ValueError, match="geen aantallen passen"):
        feasible_interval(published, "a")
