"""Which counts can give a printed number, checked against scrutiny, exact decimals and full enumeration.

The oracle is the R package scrutiny, version 0.6.1 (lhdjung/scrutiny at a56a945): its stored inputs and
expected outcomes, not a run of it. Its rounding to ceiling, floor, truncation and from other thresholds
than five has no counterpart here and is left out.
"""

import csv
import itertools
from decimal import ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from nsoc_lib.granularity import (
    HALF_TO_EVEN,
    ONLY_EVEN,
    ONLY_EVEN_OR_SUM,
    ONLY_SUM,
    PLAIN,
    SUM_OF_THREE,
    SUM_OF_TWO,
    UNREACHABLE,
    Fit,
    MeanReach,
    PrintedShare,
    Split,
    count_reachable,
    expect_by_chance,
    explain_table,
    fits_elsewhere,
    nearest,
    reach,
    reach_mean,
    round_units,
    select_counts,
    select_totals,
)
from nsoc_lib.rounding import ROUNDED_ONCE

TIES = {"up": ROUND_HALF_UP, "down": ROUND_HALF_DOWN, "even": ROUND_HALF_EVEN}
UNREACHED = ("doelen-nagestreefd", "vrachtcontrole", "logistieke-keten", "zicht-vermenging", "witwassen")

# scrutiny: R/data-doc.R (pigs1, pigs2) and README.md.
PIGS1 = [
    ("7.22", 32), ("4.74", 25), ("5.23", 29), ("2.57", 24), ("6.77", 27), ("2.68", 28),
    ("7.01", 29), ("7.38", 26), ("3.14", 27), ("6.89", 31), ("5.00", 25), ("0.24", 28),
]  # fmt: skip
PIGS1_CONSISTENT = "TFFFFTFTFFTF"
# scrutiny: tests/testthat/test-grim-map-seq.R, pigs1_exp: each inconsistent mean moved by -5 to 5 hundredths,
# and then each of their n moved by -5 to 5 people; the reported one itself is left out.
MOVED_MEANS = [
    "FFFTFFTFFF",
    "FFFTFTFFFT",
    "FFTFFTFFFT",
    "FFTFFTFFTF",
    "FTFFTFTFFF",
    "FFTFFTFFFT",
    "TFFTFTFFFT",
    "FFTFFTFFFT",
]
MOVED_N = [
    "FFFTFFTFFF",
    "FFTFFTTFFF",
    "FFTFTFFFTF",
    "TFFFTFFTTF",
    "FFFFFFFFFF",
    "TFFFFTTFFF",
    "FTTFFFFFTT",
    "FFTFFTFFFT",
]


def published() -> list[PrintedShare]:
    """Return the 28 percentages that the evaluation prints, with the bases of their figure."""
    path = ROOT / "data/raw/meting-1/gepubliceerd.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [
            PrintedShare(row["stelling"], row["percentage"], tuple(int(base) for base in row["bases"].split()))
            for row in csv.DictReader(file)
        ]


def marks(outcomes) -> str:
    return "".join("T" if outcome else "F" for outcome in outcomes)


def shares(n: int, unit: int = 100) -> set[int]:
    """Return every percentage that n people can show, by exact fractions and halves up."""
    return {int(Fraction(unit * k, n) + Fraction(1, 2)) for k in range(n + 1)}


# The evaluation's own figures


def test_one_rounding_reaches_23_of_the_28_published_percentages():
    """Rounded once, the printed bases reach every published percentage but five, all at figure 3.4."""
    rows = published()
    unreached = [row for row in rows if reach(row.percentage, row.bases).verdict != PLAIN]
    assert len(rows) == 28
    assert tuple(row.label for row in unreached) == UNREACHED
    assert [row.percentage for row in unreached] == ["89", "74", "70", "39", "66"]
    assert {row.bases for row in unreached} == {(24, 25, 26)}
    assert {reach(row.percentage, row.bases).verdict for row in unreached} == {ONLY_SUM}


def test_two_categories_rounded_apart_reach_all_28():
    """The single convention that explains most of the table is the sum of two rounded categories: all of it."""
    by_name = {explanation.convention: explanation for explanation in explain_table(published())}
    assert next(iter(by_name)) == SUM_OF_TWO
    assert {name: (found.reached, found.total) for name, found in by_name.items()} == {
        SUM_OF_TWO: (28, 28),
        SUM_OF_THREE: (28, 28),
        ROUNDED_ONCE: (23, 28),
        HALF_TO_EVEN: (23, 28),
    }
    assert by_name[ROUNDED_ONCE].missed == UNREACHED
    assert by_name[SUM_OF_TWO].missed == ()


def test_a_half_to_even_is_a_convention_of_its_own():
    """Three of 24 is 12.5 percent, in print 12 only when a half goes to the even neighbour; the labels missed are told."""
    found = {one.convention: (one.reached, one.missed) for one in explain_table([PrintedShare("a", "12", (24,))])}
    assert (found[HALF_TO_EVEN], found[ROUNDED_ONCE]) == ((1, ()), (0, ("a",)))


def test_a_convention_is_weighed_against_chance():
    """Blindly drawn percentages would fit 16 of 28 places rounded once, and 22 as a sum of two categories."""
    rows = published()
    assert round(expect_by_chance(rows, ROUNDED_ONCE), 1) == Fraction("16.3")
    assert round(expect_by_chance(rows, SUM_OF_TWO), 1) == Fraction("22.1")


def test_four_of_the_five_would_fit_the_bases_of_another_figure():
    """89, 74, 70 and 39 are a share of 27 or 28, the bases of figure 3.3; 66 is a share of no printed base."""
    other = [base for base in (25, 26, 27, 28) if base not in (24, 25, 26)]
    found = {p: [(fit.base, *fit.counts) for fit in fits_elsewhere(p, other)] for p in ("89", "74", "70", "39", "66")}
    assert found == {"89": [(27, 24), (28, 25)], "74": [(27, 20)], "70": [(27, 19)], "39": [(28, 11)], "66": []}
    assert fits_elsewhere("89", []) == ()


def test_the_splits_that_explain_the_five_are_named():
    """Each of the five comes with a base and two categories that add up to it when rounded apart."""
    found = {p: reach(p, (24, 25, 26)).splits for p in ("89", "74", "70", "39", "66")}
    assert {p: [(split.base, split.count) for split in splits] for p, splits in found.items()} == {
        "89": [(26, 23)], "74": [(26, 19)], "70": [(26, 18)], "39": [(26, 10)], "66": [(24, 16), (26, 17)],
    }  # fmt: skip
    assert found["74"] == (Split(26, (3, 16)),)


# The published cases of scrutiny


def test_means_of_scrutiny_pigs1():
    """Scrutiny pigs1, grim_map: of 12 means with two decimals, four are consistent with their n."""
    assert marks(reach_mean(mean, [n]).consistent for mean, n in PIGS1) == PIGS1_CONSISTENT


def test_means_of_two_items_of_scrutiny():
    """Scrutiny test-grim-map.R: over two items six of the pigs1 means are consistent."""
    assert sum(reach_mean(mean, [n], items=2).consistent for mean, n in PIGS1) == 6


def test_percentages_of_scrutiny_pigs2():
    """Scrutiny pigs2, grim_map(percent = TRUE): of six percentages of 150 only 54.0 is a share."""
    printed = ["67.4", "54.2", "54.0", "69.8", "68.1", "55.4"]
    assert marks(reach(percentage, [150]).plain for percentage in printed) == "FFTFFF"


def test_whole_percentages_of_scrutiny():
    """Scrutiny test-grim.R, vec5: at n = 50 the even ones of 6 to 16 percent are a share."""
    assert marks(reach(str(percentage), [50]).plain for percentage in range(6, 17)) == "TFTFTFTFTFT"


def test_percentages_beyond_everybody_of_scrutiny():
    """Scrutiny test-grim.R, vec4: 519 to 530 percent at n = 28 follow the same grid beyond a hundred."""
    assert marks(select_totals(percentage, 28, 100, "either") for percentage in range(519, 531)) == "FFTFFFTFFFTF"
    assert not any(reach(str(percentage), [28]).plain for percentage in range(519, 531))


@pytest.mark.parametrize(
    ("first", "places", "n", "items", "consistent"),
    [(519, 2, 28, 1, "FFTFFFTFFFTF"), (150, 3, 120, 3, "TFFTFFTFTF"), (80, 2, 28, 2, "TFTFTFTTTT")],
    ids=["vec1", "vec2", "vec3"],
)
def test_means_in_a_row_of_scrutiny(first, places, n, items, consistent):
    """Scrutiny test-grim.R, vec1 to vec3: successive means, of one, three and two items."""
    means = [Decimal(first + step).scaleb(-places) for step in range(len(consistent))]
    assert marks(reach_mean(mean, [n], items).consistent for mean in means) == consistent


@pytest.mark.parametrize(
    ("n", "ties", "consistent"),
    [
        (40, "either", "TFTTTTFTFFTF"), (40, "up", "FFTFFTFTFFTF"), (40, "down", "TFFTTFFFFFTF"),
        (80, "either", "TTTTTTTTTTTT"), (80, "up", "FTTFFTTTTTTT"), (80, "down", "TTFTTFTFTTTT"),
    ],
)  # fmt: skip
def test_means_that_end_on_a_half_of_scrutiny(n, ties, consistent):
    """Scrutiny test-grim-map.R, df8: at n = 40 and 80 the way a half goes decides.

    Its outcomes for "even" equal those for "either", since it adds a grain of dust to both sides
    before rounding; ours are exact, so they are checked against decimals instead.
    """
    assert marks(select_totals(int(Decimal(mean) * 100), n, 100, ties) for mean, _ in PIGS1) == consistent


def test_moved_means_and_moved_n_of_scrutiny():
    """Scrutiny test-grim-map-seq.R, pigs1_exp: 160 outcomes around the eight inconsistent means."""
    wrong = [case for case, mark in zip(PIGS1, PIGS1_CONSISTENT, strict=True) if mark == "F"]
    steps = [step for step in range(-5, 6) if step]
    means = [
        marks(reach_mean(Decimal(x) + Decimal(step).scaleb(-2), [n]).consistent for step in steps) for x, n in wrong
    ]
    sizes = [marks(reach_mean(x, [n + step]).consistent for step in steps) for x, n in wrong]
    assert (means, sizes) == (MOVED_MEANS, MOVED_N)


# What must hold for every share


@pytest.mark.parametrize("n", range(1, 51))
def test_every_true_percentage_is_consistent(n):
    """A percentage of k of n, for every k, is found with that k."""
    for k in range(n + 1):
        found = reach(str(round_units(k, n, 100)), [n])
        assert found.verdict == PLAIN
        assert k in found.plain[0].counts


@pytest.mark.parametrize("n", range(1, 51))
def test_a_true_percentage_moved_by_one_point_is_always_caught(n):
    """Up to 50 people on one printed base, no share moved by one point is a share, in any cell."""
    for k, step in itertools.product(range(n + 1), (-1, 1)):
        assert reach(str(round_units(k, n, 100) + step), [n]).verdict != PLAIN


def test_beyond_50_people_two_neighbouring_percentages_can_both_be_a_share():
    """With 51 people 12 is 24 and 13 is 25 percent, so a point more or less can go unseen."""
    assert [percentage for percentage in range(100) if {percentage, percentage + 1} <= shares(51)] == [24, 75]
    assert reach("24", [51]).plain == (Fit(51, range(12, 13)),)
    assert reach("25", [51]).plain == (Fit(51, range(13, 14)),)


def test_with_several_printed_bases_a_moved_percentage_is_caught_about_half_the_time():
    """A figure that prints 24, 25 and 26 lets 50 of 114 moved percentages through: one base is what counts."""
    bases = (24, 25, 26)
    reachable = [p for p in range(101) if reach(str(p), bases).plain]
    caught = [reach(str(p + step), bases).plain == () for p in reachable for step in (-1, 1)]
    assert (len(reachable), sum(caught), len(caught)) == (57, 64, 114)


def test_a_moved_percentage_may_still_be_a_sum_of_rounded_categories():
    """Of the 2650 cells moved by one point 1021 are what two categories can add up to, so never a proof."""
    moved = [(round_units(k, n, 100) + step, n) for n in range(1, 51) for k in range(n + 1) for step in (-1, 1)]
    assert len(moved) == 2650
    assert sum(bool(reach(str(percentage), [n]).splits) for percentage, n in moved) == 1021


def test_a_random_percentage_at_25_is_caught_in_about_74_of_100():
    """Of the 101 whole percentages 25 people can show 26, so 75 are caught."""
    caught = [reach(str(percentage), [25]).verdict == UNREACHABLE for percentage in range(101)]
    assert (sum(caught), len(caught)) == (75, 101)
    assert round(100 * sum(caught) / len(caught)) == 74
    assert count_reachable([25]) == 26


@given(st.integers(1, 60), st.sampled_from([100, 1000]), st.sampled_from(sorted(TIES)))
def test_counts_are_what_exact_decimals_give(n, full, ties):
    """Which counts round to a number, and where halves go, is what decimal arithmetic says."""
    rounded = [int((Decimal(full * k) / n).quantize(Decimal(1), rounding=TIES[ties])) for k in range(n + 1)]
    for value in range(-1, full + 2):
        assert list(select_counts(value, n, full, ties)) == [k for k in range(n + 1) if rounded[k] == value]


@given(st.integers(-300, 300), st.integers(1, 40), st.integers(1, 4))
def test_a_true_mean_is_consistent_and_found_with_its_total(total, n, items):
    """The mean of whole answers, negative ones too, is consistent whichever way its half went."""
    for rounding in (ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN):
        mean = (Decimal(total) / (n * items)).quantize(Decimal("0.01"), rounding=rounding)
        assert any(total in fit.counts for fit in reach_mean(mean, [n], items).fits)


@pytest.mark.parametrize("n", range(1, 31))
def test_sums_of_two_categories_are_what_full_enumeration_gives(n):
    """Trying every split of every count finds the same percentages, and the same counts behind them."""
    sums: dict[int, set[int]] = {}
    for first, second in itertools.product(range(n + 1), repeat=2):
        if first + second <= n:
            sums.setdefault(round_units(first, n, 100) + round_units(second, n, 100), set()).add(first + second)
    for percentage in range(-2, 104):
        assert {split.count for split in reach(str(percentage), [n]).splits} == sums.get(percentage, set())


@pytest.mark.parametrize("n", [7, 12, 24, 26])
def test_sums_of_three_categories_are_what_full_enumeration_gives(n):
    """Three categories rounded apart, some of which may be empty, are tried in full as well."""
    sums = {
        sum(round_units(part, n, 100) for part in parts)
        for parts in itertools.product(range(n + 1), repeat=3)
        if sum(parts) <= n
    }
    found = {p for p in range(-2, 105) if reach(str(p), [n], categories=3).splits}
    assert found == sums
    assert count_reachable([n], SUM_OF_THREE) == len(sums & set(range(101)))


@given(st.integers(1, 120), st.integers(-1, 1002), st.integers(1, 3))
def test_every_split_adds_up(n, tenths, categories):
    """What is shown as a way to a percentage really gives it, with as many categories as asked for."""
    found = reach(Decimal(tenths).scaleb(-1), [n], categories=categories)
    for split in found.splits:
        assert sum(round_units(part, n, 1000) for part in split.parts) == tenths
        assert len(split.parts) == categories
        assert min(split.parts) >= 0
        assert split.count <= n
    assert bool(found.splits) >= bool(found.plain)


# Words, neighbours and refusals


@pytest.mark.parametrize(
    ("percentage", "bases", "verdict"),
    [
        ("84", [25], PLAIN),
        ("85", [25], UNREACHABLE),
        ("74", [26], ONLY_SUM),
        ("62", [8], ONLY_EVEN),
        ("12", [24], ONLY_EVEN_OR_SUM),
        ("2.50", [1000, 26], PLAIN),
        ("101", [8], ONLY_SUM),
        ("101", [200], ONLY_SUM),
        ("101", [25], UNREACHABLE),
        ("-1", [25], UNREACHABLE),
    ],
)
def test_the_verdict_says_what_would_do_and_accuses_nobody(percentage, bases, verdict):
    """A share, only with halves to even, only as a sum, both of these, or not reachable under the printed bases."""
    assert reach(percentage, bases).verdict == verdict
    assert UNREACHABLE == "niet bereikbaar onder de gedrukte bases"


def test_a_half_that_went_to_the_even_neighbour_is_told_apart():
    """12 of 24 people's 12.5 is 13 half up and 12 half to even; as one category no sum gives it either."""
    found = reach("12", [24], categories=1)
    assert found.plain == ()
    assert found.even == (Fit(24, range(3, 4)),)
    assert found.verdict == ONLY_EVEN
    assert reach("13", [24]).verdict == PLAIN


def test_the_zeros_in_print_count():
    """84 of 31 people is 26, but 84.0 is no share of 31: decimals come from the text unless they are given."""
    assert reach("84", [31]).plain == (Fit(31, range(26, 27)),)
    assert reach("84.0", [31]).plain == ()
    assert reach("84", [31], decimals=1).plain == ()
    assert str(reach("84", [25], decimals=2).percentage) == "84.00"


def test_a_large_base_gives_a_range_of_counts():
    """With 1000 people ten counts round to one whole percentage."""
    assert reach("84", [1000]).plain == (Fit(1000, range(835, 845)),)


def test_on_a_base_as_large_as_the_scale_every_number_is_a_count_by_itself():
    """From a hundred people on every whole percentage, 0 and 100 as well, is one category; the smallest count is shown."""
    assert [reach(str(p), [100]).splits for p in (0, 84, 100)] == [(Split(100, (p,)),) for p in (0, 84, 100)]
    assert reach("84", [1000]).splits == (Split(1000, (835,)),)


def test_on_a_large_base_no_more_than_two_categories_are_tried():
    """Of 1000 people three categories are tried as asked for; of 1001 only two, whatever was asked for.

    With two decimals 840 of 1000 is 84.00 and 841 of 1001 is 84.0160, so 84.02.
    """
    assert reach("84.00", [1000], categories=3).splits == (Split(1000, (0, 0, 840)),)
    assert reach("84.02", [1001], categories=3).splits == (Split(1001, (0, 841)),)


def test_more_than_everybody_can_be_a_sum_on_a_large_base_too():
    """0.5 and 99.5 percent are 1 and 100 when rounded, together 101: of 100 000 people 500 and 99 500."""
    assert reach("101", [100_000]).splits == (Split(100_000, (500, 99_500)),)


def test_a_mean_comes_with_everything_it_was_asked_with():
    """Three people answered two items each: 3.33 is 20 of 6. As 3.30 it is the mean of no 6 answers, as 3.3 it is."""
    assert reach_mean("3.33", [3], 2) == MeanReach(Decimal("3.33"), (3,), 2, (Fit(3, range(20, 21)),))
    assert reach_mean("3.3", [3], 2).consistent
    assert reach_mean("3.3", [3], 2, decimals=2) == MeanReach(Decimal("3.30"), (3,), 2, ())


def test_of_equal_neighbours_the_smallest_base_is_named():
    """One of 67 and one of 100 are both the 1 percent below 2: the smaller base is the simpler example."""
    for bases in ([67, 100], [100, 67]):
        assert next((n.count, n.base) for n in nearest(reach("2", bases))) == (1, 67)


@pytest.mark.parametrize(
    ("found", "near"),
    [
        (reach("85", [25]), [("84", 21, 25), ("88", 22, 25)]),
        (reach("74", [24, 25, 26]), [("73", 19, 26), ("75", 18, 24)]),
        (reach("85", [50, 25]), [("84", 21, 25), ("86", 43, 50)]),
        (reach("101", [25]), [("100", 25, 25)]),
        (reach("150", [25]), [("100", 25, 25)]),
        (reach("-3", [25]), [("0", 0, 25)]),
        (reach("50", [1000]), [("49", 494, 1000), ("51", 505, 1000)]),
        (reach_mean("4.74", [25]), [("4.72", 118, 25), ("4.76", 119, 25)]),
        (reach_mean("3.14", [27], items=2), [("3.13", 169, 27), ("3.15", 170, 27)]),
        (reach_mean("-0.01", [25]), [("-0.04", -1, 25), ("0.00", 0, 25)]),
    ],
)
def test_the_nearest_numbers_are_named_with_their_count(found, near):
    """The next lower and higher number that the bases can give stand with a count and a base."""
    assert [(str(n.value), n.count, n.base) for n in nearest(found)] == near


@given(st.integers(0, 100), st.lists(st.integers(1, 60), min_size=1, max_size=3, unique=True))
def test_the_nearest_numbers_are_the_nearest(percentage, bases):
    """No share of these bases lies between a percentage and its neighbours."""
    reachable = set().union(*(shares(base) for base in bases))
    lower = max((p for p in reachable if p < percentage), default=None)
    higher = min((p for p in reachable if p > percentage), default=None)
    expected = [p for p in (lower, higher) if p is not None]
    assert [int(n.value) for n in nearest(reach(str(percentage), bases))] == expected


@pytest.mark.parametrize(
    ("percentage", "bases", "decimals"),
    [("veel", [25], None), ("nan", [25], 0), ("inf", [25], None), ("84.5", [25], 0), ("84", [], None), ("84", [0], 0)],
)
def test_what_is_no_printed_number_is_refused(percentage, bases, decimals):
    """A word, infinity, a decimal too many, no base and an empty base are refused."""
    with pytest.raises(ValueError, match=r"getal|decimalen|basis"):
        reach(percentage, bases, decimals)


def test_a_mean_needs_an_item():
    """A mean over no items at all is refused."""
    with pytest.raises(ValueError, match=r"^elke basis en elk aantal items is ten minste 1, en er is een basis nodig$"):
        reach_mean("4.74", [25], items=0)
