"""How counts become whole percentages, checked against exact decimals and the printed figures."""

from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nsoc_lib.rounding import percentage_of_sum, round_half_up, sum_of_percentages

PUBLISHED = {
    "daadkracht": ((24, 25, 26), (92, 84, 68, 80)),
    "draagvlak": ((25, 26), (68, 84, 73)),
    "draagkracht": ((26, 27, 28), (74, 67, 59, 52, 69, 67, 82, 56, 74, 61, 85)),
    "opbrengsten": ((24, 25, 26), (89, 88, 74, 70, 69, 39, 46, 66, 58, 54)),
}
PRINTED = [(theme, percentage, bases) for theme, (bases, all_) in PUBLISHED.items() for percentage in all_]
COUNTS = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
SPLITS = st.integers(1, 500).flatmap(
    lambda n: st.integers(0, n).flatmap(lambda k: st.tuples(st.integers(0, k), st.just(k), st.just(n)))
)


def exact(count: int, n: int) -> int:
    """Return the whole percentage by exact decimals, halves up, as an accountant would."""
    with localcontext() as context:
        context.prec = 60
        return int((Decimal(100 * count) / Decimal(n)).quantize(Decimal(1), rounding=ROUND_HALF_UP))


@pytest.mark.parametrize(
    ("count", "n", "shown"),
    [(21, 25, 84), (17, 25, 68), (20, 25, 80), (19, 26, 73), (24, 26, 92), (23, 31, 74), (28, 31, 90), (0, 7, 0)],
)
def test_counts_from_the_report_give_the_printed_percentage(count, n, shown):
    """Counts that are known to lie behind a printed percentage give that percentage."""
    assert percentage_of_sum(count, n) == shown


@pytest.mark.parametrize(("count", "n", "shown"), [(1, 8, 13), (3, 8, 38), (5, 8, 63), (7, 8, 88), (1, 200, 1)])
def test_a_half_goes_up(count, n, shown):
    """A percentage halfway two whole ones goes to the higher, also when that is odd."""
    assert percentage_of_sum(count, n) == shown


@given(COUNTS)
def test_a_percentage_is_what_exact_decimals_give(pair):
    """Every count of every base is rounded as exact decimal arithmetic rounds it."""
    count, n = pair
    assert percentage_of_sum(count, n) == exact(count, n)


@given(SPLITS)
def test_a_sum_of_percentages_rounds_each_category_apart(split):
    """Two categories are each rounded by themselves and only then added."""
    first, count, n = split
    assert sum_of_percentages((first, count - first), n) == exact(first, n) + exact(count - first, n)


@given(SPLITS)
def test_two_ways_of_rounding_differ_by_one_at_most(split):
    """Rounding two categories apart moves the percentage by one point or not at all."""
    first, count, n = split
    assert abs(sum_of_percentages((first, count - first), n) - percentage_of_sum(count, n)) <= 1


def test_a_single_category_rounds_the_same_both_ways():
    """With one category there is nothing to add, and without any the sum is nothing."""
    assert sum_of_percentages([19], 26) == 73
    assert sum_of_percentages([], 26) == 0


def test_two_halves_can_add_up_to_more_than_everybody():
    """Categories of one and seven out of eight show as 13 and 88, together 101."""
    assert sum_of_percentages([1, 7], 8) == 101


def test_23_of_the_28_published_percentages_are_a_share_rounded_once():
    """Rounded once, the printed bases reach all published percentages but five, all among the results."""
    missed = [
        (theme, percentage)
        for theme, percentage, bases in PRINTED
        if not any(percentage_of_sum(k, n) == percentage for n in bases for k in range(n + 1))
    ]
    assert len(PRINTED) == 28
    assert missed == [("opbrengsten", percentage) for percentage in (89, 74, 70, 39, 66)]


def test_all_28_published_percentages_are_a_sum_of_two_rounded_categories():
    """Read as the sum of two categories rounded apart, the printed bases reach every published percentage."""
    reached = [
        (theme, percentage)
        for theme, percentage, bases in PRINTED
        if any(
            sum_of_percentages((first, second), n) == percentage
            for n in bases
            for first in range(n + 1)
            for second in range(n + 1 - first)
        )
    ]
    assert len(reached) == 28


@given(st.decimals(min_value=-1000, max_value=1000, places=1))
def test_a_published_value_goes_to_the_nearest_whole_number(value):
    """A value with one decimal is rounded half away from zero, as exact decimals do."""
    assert round_half_up(float(value)) == int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))
