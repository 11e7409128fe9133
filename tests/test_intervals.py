"""Intervals against published values, enumeration of every case, and a second route each.

Oracles: the table of fixtures of this project (scipy 1.17, one decimal); R package samplingbook 1.2.4,
tests/testthat/tests_ch2.r; R package binom, binom.confint, as stored in statsmodels 0.15.0,
statsmodels/stats/tests/results/results_proportion.py. R itself is not on this machine: values from R are
taken from those files and were not run again. Of the stored results those of n = 30 have seven or eight
digits, and their "bayes" rows are shortest instead of equal-tailed intervals; they are compared accordingly
or not at all. Wang's 2015 shortest intervals were not compared.
"""

import re
from decimal import Decimal, localcontext
from itertools import combinations, product
from math import comb

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, hypergeom

from nsoc_lib.intervals import (
    CLOPPER_PEARSON,
    HYPERGEOMETRISCH,
    JEFFREYS,
    METHODEN,
    WILSON,
    clopper_pearson,
    coverage,
    hypergeometric_range,
    intervals_of,
    jeffreys,
    wilson,
)
from nsoc_lib.publish.coverage import cover_difference, main
from nsoc_lib.publish.digits import LOOSE
from nsoc_lib.rounds import newcombe
from nsoc_lib.shares import Share

BINOMIAL = {WILSON: wilson, JEFFREYS: jeffreys, CLOPPER_PEARSON: clopper_pearson}

# count, n of 31: hypergeometric M, worst-case M, then Wilson, Jeffreys and Clopper-Pearson in percent.
# The project's notes print 65.4 (Wilson, low) and 94.4 (Jeffreys, high) at 21 of 25; the limits are
# 65.346 and 94.348, which round to 65.3 and 94.3.
FIXTURES = [
    (23, 25, (26, 29), (83.9, 93.5), (23, 29), (75.0, 97.8), (76.7, 98.3), (74.0, 99.0)),
    (21, 25, (23, 27), (74.2, 87.1), (21, 27), (65.3, 93.6), (66.3, 94.3), (63.9, 95.5)),
    (17, 25, (18, 23), (58.1, 74.2), (17, 23), (48.4, 82.8), (48.5, 83.6), (46.5, 85.1)),
    (11, 24, (11, 17), (35.5, 54.8), (11, 18), (27.9, 64.9), (27.3, 65.3), (25.6, 67.2)),
    (0, 25, (0, 2), (0.0, 6.5), (0, 6), (0.0, 13.3), (0.0, 9.5), (0.0, 13.7)),
    (25, 25, (29, 31), (93.5, 100.0), (25, 31), (86.7, 100.0), (90.5, 100.0), (86.3, 100.0)),
]

# statsmodels 0.15.0, results_proportion.py, res_binom[(count, n)], rows "wilson", "bayes", "exact" (R binom.confint).
STORED_R = [
    (18, 20, WILSON, 0.6989663547715128, 0.972133518786232),
    (18, 20, JEFFREYS, 0.716146742695748, 0.97862751197755),
    (18, 20, CLOPPER_PEARSON, 0.6830172859809176, 0.9876514728297052),
    (4, 20, WILSON, 0.0806576625797981, 0.4160174322518935),
    (4, 20, JEFFREYS, 0.07152005247873425, 0.4082257625169254),
    (4, 20, CLOPPER_PEARSON, 0.05733399705003284, 0.436614002996668),
    (4, 200, WILSON, 0.00780442641634947, 0.05028708690582643),
    (4, 200, JEFFREYS, 0.00678759879519299, 0.0468465669668423),
    (4, 200, CLOPPER_PEARSON, 0.005475565879556443, 0.05041360908989634),
    (190, 200, WILSON, 0.910421851861224, 0.972617354399236),
    (190, 200, CLOPPER_PEARSON, 0.9099724622986486, 0.975765834527891),
]
STORED_R_SHORT = [
    (1, 30, WILSON, 5.908590e-03, 0.16670391),
    (1, 30, CLOPPER_PEARSON, 8.435709e-04, 0.17216946),
    (29, 30, WILSON, 0.8332961, 0.9940914),
    (29, 30, CLOPPER_PEARSON, 0.8278305, 0.9991564),
    (0, 30, WILSON, 0.0, 0.11351339),
    (0, 30, CLOPPER_PEARSON, 0.0, 0.11570331),
    (30, 30, WILSON, 0.8864866, 1.0),
    (30, 30, CLOPPER_PEARSON, 0.8842967, 1.0),
]


def rounded(limits):
    return tuple(round(limit, 1) for limit in limits)


def exact_wilson(count, n):
    """Return Wilson's limits in percent by the textbook formula in 40 decimals."""
    with localcontext() as context:
        context.prec = 40
        z, k, n = Decimal("1.959963984540054235524594430520551527955"), Decimal(count), Decimal(n)
        middle = (k / n + z * z / (2 * n)) / (1 + z * z / n)
        width = z * (k / n * (1 - k / n) / n + z * z / (4 * n * n)).sqrt() / (1 + z * z / n)
        return float(100 * (middle - width)), float(100 * (middle + width))


def chance_of_holding(limits, share):
    """Return by the definition the binomial chance that the interval holds a true share."""
    n = len(limits) - 1
    return sum(binom.pmf(k, n, share) for k, (low, high) in enumerate(limits) if low <= 100 * share <= high)


@pytest.mark.parametrize("row", FIXTURES, ids=lambda row: f"{row[0]}-{row[1]}")
def test_the_five_intervals_of_the_report(row):
    """Of 31 invited, each method gives the limits that were computed beforehand, to one decimal."""
    count, n, people, percent, worst, *binomial = row
    share = Share(count, n, 31)
    assert hypergeometric_range(count, n, 31) == people
    assert (count, count + 31 - n) == worst
    assert rounded(share.bounds) == rounded([100 * m / 31 for m in worst])
    shown = {interval.method: rounded((interval.low, interval.high)) for interval in intervals_of(share)}
    assert shown == dict(zip(METHODEN, [percent, *binomial], strict=True))


@pytest.mark.parametrize(
    ("count", "n", "population", "strict", "sprop"),
    [
        (45, 100, 300, (111, 160), (110, 161)),
        (2, 100, 300, (2, 18), (2, 19)),
        (10, 20, 20, (10, 10), (10, 10)),
        (50, 60, 61, (50, 51), (50, 51)),
    ],
)
def test_samplingbook_widens_each_limit_by_one(count, n, population, strict, sprop):
    """``Sprop(m, n, N)$nr$exact`` of samplingbook 1.2.4 is the strict range, one wider within the bounds."""
    low, high = hypergeometric_range(count, n, population)
    assert (low, high) == strict
    assert (max(low - 1, count), min(high + 1, count + population - n)) == sprop


def test_the_value_on_which_the_conventions_differ():
    """With 161 of 300 agreeing, 45 or fewer of 100 has a chance of .02246, under .025 (scipy 1.17, hypergeom.cdf)."""
    assert hypergeom.cdf(45, 300, 161, 100) == pytest.approx(0.02246, abs=5e-6)
    assert hypergeom.cdf(45, 300, 160, 100) > 0.025
    assert hypergeom.sf(44, 300, 111, 100) > 0.025 > hypergeom.sf(44, 300, 110, 100)


@pytest.mark.parametrize("population", range(1, 61))
def test_every_range_up_to_sixty_people(population):
    """For every n and count the range is what passes both tails, within the bounds, and holds M in 95 of 100 draws."""
    for n in range(1, population + 1):
        draws = comb(population, n)
        ways = [[comb(m, k) * comb(population - m, n - k) for k in range(n + 1)] for m in range(population + 1)]
        kept = [[] for _ in range(n + 1)]
        for m, row in enumerate(ways):
            below = 0
            for k, way in enumerate(row):
                at_most, at_least = below + way, draws - below
                if way and 40 * at_most >= draws and 40 * at_least >= draws:
                    kept[k].append(m)
                below = at_most
        held = [0] * (population + 1)
        for k, passing in enumerate(kept):
            low, high = hypergeometric_range(k, n, population)
            assert passing == list(range(low, high + 1))
            assert k <= low <= high <= k + population - n
            assert n < population or low == high == k
            for m in passing:
                held[m] += ways[m][k]
        assert all(20 * way >= 19 * draws for way in held)


def test_a_draw_enumerated_by_hand():
    """Listing all 70 draws of four from eight gives the same coverage as counting does."""
    held = []
    for total in range(9):
        counts = [sum(person < total for person in draw) for draw in combinations(range(8), 4)]
        held.append(sum(low <= total <= high for low, high in (hypergeometric_range(k, 4, 8) for k in counts)) / 70)
    found = coverage(HYPERGEOMETRISCH, 4, 8)
    assert (found.minimum, found.mean) == pytest.approx((100 * min(held), 100 * sum(held) / 9), abs=1e-9)


def test_a_tail_of_exactly_a_fortieth_stays():
    """Drawn one of 40 who agrees: that only one of 40 does has a chance of exactly .025, and is kept."""
    assert hypergeometric_range(1, 1, 40) == (1, 40)
    assert hypergeometric_range(1, 1, 41) == (2, 41)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(61, 3000).flatmap(
        lambda population: st.integers(1, population).flatmap(
            lambda n: st.tuples(st.integers(0, n), st.just(n), st.just(population))
        )
    )
)
def test_large_populations_agree_with_scipy(counts):
    """Just inside the range both tails of scipy 1.17 are .025 or more, just outside one is not."""
    k, n, population = counts
    low, high = hypergeometric_range(k, n, population)
    slack = 1e-9
    assert hypergeom.sf(k - 1, population, low, n) >= 0.025 - slack
    assert hypergeom.cdf(k, population, high, n) >= 0.025 - slack
    assert low == k or hypergeom.sf(k - 1, population, low - 1, n) < 0.025 + slack
    assert high == k + population - n or hypergeom.cdf(k, population, high + 1, n) < 0.025 + slack


@given(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n), st.integers(n, 60))))
def test_those_who_disagree_mirror_those_who_agree(counts):
    """The range for those who do not agree is the population minus the range for those who do."""
    k, n, population = counts
    low, high = hypergeometric_range(k, n, population)
    assert hypergeometric_range(n - k, n, population) == (population - high, population - low)


def test_more_confidence_is_a_wider_range():
    """At 99 percent the range holds that of 95 percent, which holds that of 80 percent."""
    ranges = [hypergeometric_range(21, 25, 31, confidence) for confidence in (0.8, 0.95, 0.99)]
    assert ranges[0][0] >= ranges[1][0] >= ranges[2][0]
    assert ranges[0][1] <= ranges[1][1] <= ranges[2][1]


@pytest.mark.parametrize(("count", "n", "method", "low", "high"), STORED_R)
def test_binomial_intervals_are_those_of_r(count, n, method, low, high):
    """R's binom.confint, as stored in statsmodels 0.15.0, gives the same limits to nine decimals."""
    found = BINOMIAL[method](count, n)
    assert (found[0] / 100, found[1] / 100) == pytest.approx((low, high), abs=1e-9, rel=0)


@pytest.mark.parametrize(("count", "n", "method", "low", "high"), STORED_R_SHORT)
def test_binomial_intervals_at_the_edge_are_those_of_r(count, n, method, low, high):
    """For n = 30, where the stored results of R have seven or eight digits, those digits agree."""
    found = BINOMIAL[method](count, n)
    assert (found[0] / 100, found[1] / 100) == pytest.approx((low, high), abs=5.1e-8, rel=0)


@pytest.mark.parametrize(
    ("count", "n", "method", "low", "high", "digits"),
    [
        (302, 1206, CLOPPER_PEARSON, 0.226, 0.276, 3),
        (133, 1206, CLOPPER_PEARSON, 0.0932, 0.1293, 4),
        (302, 1206, WILSON, 0.227, 0.276, 3),
        (133, 1206, WILSON, 0.0938, 0.1292, 4),
    ],
)
def test_an_election_poll_in_r(count, n, method, low, high, digits):
    """``Sprop(302, 1206)`` and ``Sprop(133, 1206)`` of samplingbook 1.2.4: $ci$cp, and $ci$ac, which is Wilson's."""
    assert tuple(round(limit / 100, digits) for limit in BINOMIAL[method](count, n)) == (low, high)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_follows_its_formula(counts):
    """Wilson's limits are those of the textbook formula in exact decimals."""
    assert wilson(*counts) == pytest.approx(exact_wilson(*counts), abs=1e-9)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_limits_stay_on_the_scale(counts):
    """Every interval lies within 0 and 100 and holds the percentage itself; none of n starts at 0, all of n ends at 100."""
    count, n = counts
    for interval in BINOMIAL.values():
        low, high = interval(count, n)
        assert 0 <= low <= 100 * count / n <= high <= 100
        assert low == 0 or count > 0
        assert high == 100 or count < n


@pytest.mark.parametrize("method", BINOMIAL)
@pytest.mark.parametrize("n", [1, 5, 25, 28])
def test_binomial_coverage_is_the_lowest_there_is(method, n):
    """No share on a fine grid is held less often than the least coverage, and one beside a limit is held just that often."""
    limits = [BINOMIAL[method](k, n) for k in range(n + 1)]
    found = coverage(method, n)
    grid = [100 * chance_of_holding(limits, step / 500) for step in range(501)]
    beside = [
        100 * chance_of_holding(limits, share)
        for pair in limits
        for end in pair
        for share in (end / 100 - 1e-9, end / 100 + 1e-9)
        if 0 < share < 1
    ]
    assert min(grid) >= found.minimum - 1e-9
    assert min(beside) == pytest.approx(found.minimum, abs=1e-5)
    assert sum(grid) / len(grid) == pytest.approx(found.mean, abs=0.2)


@pytest.mark.parametrize("n", range(1, 32))
def test_exact_methods_keep_their_word(n):
    """The hypergeometric range (of 31) and Clopper-Pearson hold the truth in at least 95 of 100 cases."""
    assert coverage(HYPERGEOMETRISCH, n, 31).minimum >= 95
    assert coverage(CLOPPER_PEARSON, n).minimum >= 95


def test_coverage_of_the_smallest_case_by_hand():
    """Of two invited one answers: the range holds the truth always, for neither answer rules out half."""
    found = coverage(HYPERGEOMETRISCH, 1, 2)
    assert (found.minimum, found.mean) == (100.0, 100.0)
    assert coverage(HYPERGEOMETRISCH, 31, 31).minimum == 100.0


def test_every_interval_says_what_one_must_grant():
    """The hypergeometric one speaks of those invited, the others of a larger group, none with a loose number."""
    intervals = intervals_of(Share(21, 25, 31))
    assert tuple(interval.method for interval in intervals) == METHODEN
    assert "toevallige greep is uit de genodigden" in intervals[0].claim
    assert all("zelf een toevallige greep" in i.claim and "grotere groep" in i.claim for i in intervals[1:])
    assert not [interval.claim for interval in intervals if LOOSE.search(interval.claim)]


def test_wald_is_not_offered():
    """No method is Wald's, and at all of 25 no interval shrinks to a point, as Wald's would."""
    assert not [name for name in METHODEN if re.search("wald|normaal", name, re.IGNORECASE)]
    assert all(interval.low < 100 for interval in intervals_of(Share(25, 25, 31)))


@pytest.mark.parametrize("counts", [(-1, 5, 8), (6, 5, 8), (5, 9, 8), (0, 0, 8)])
def test_counts_that_contradict_each_other_have_no_range(counts):
    """Counts that are no share are refused with the counts in the message."""
    with pytest.raises(ValueError, match=f"{counts[0]} van {counts[1]} van {counts[2]}"):
        hypergeometric_range(*counts)


@pytest.mark.parametrize("confidence", [0, 1, 95, -0.5])
@pytest.mark.parametrize("method", [wilson, lambda k, n, c: hypergeometric_range(k, n, 8, c)])
def test_confidence_lies_between_none_and_certain(method, confidence):
    """A confidence of 95, meant as a percentage, is refused instead of read as something else."""
    with pytest.raises(ValueError, match="ligt niet tussen 0 en 1"):
        method(3, 5, confidence)


def test_coverage_asks_for_what_it_needs():
    """An unknown method, and the hypergeometric one without a population, are refused."""
    with pytest.raises(ValueError, match='onbekende methode "Wald"; kies uit hypergeometrisch, Wilson'):
        coverage("Wald", 25)
    with pytest.raises(ValueError, match="vraagt het aantal genodigden"):
        coverage(HYPERGEOMETRISCH, 25)


def test_the_page_on_coverage_is_the_computed_one(tmp_path):
    """docs/dekking.md is what its command writes, byte for byte."""
    main([str(tmp_path / "dekking.md")])
    assert (ROOT / "docs/dekking.md").read_bytes() == (tmp_path / "dekking.md").read_bytes()


def test_coverage_of_a_difference_adds_up_every_outcome():
    """Coverage of Newcombe's interval is what adding up all outcomes of two and three answers gives."""
    chances = []
    for first, second in product([0, 0.25, 0.5, 0.75, 1], repeat=2):
        held = 0.0
        for before, after in product(range(3), range(4)):
            low, high = newcombe(Share(before, 2, 2), Share(after, 3, 3))
            if low - 1e-9 <= 100 * (second - first) <= high + 1e-9:
                held += binom.pmf(before, 2, first) * binom.pmf(after, 3, second)
        chances.append(100 * held)
    assert cover_difference(2, 3, steps=4) == pytest.approx((min(chances), sum(chances) / 25), abs=1e-9)
