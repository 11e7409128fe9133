"""Alpha and item-rest correlations against fractions by hand, a second formula, and published values.

Oracles: StatsBase.jl 0.34, docstring of cronbachalpha (covariance matrix, alpha 0.8136); R package cocron 1.0-1,
tests of cronbach.alpha.CI: alpha .79, 41 persons, 26 items, 90 percent gives .705 to .862 (Feldt, Woodruff and
Salih 1987 print .704 and .861, with F values of two decimals); feldt1.return by Chris Evans, as printed on the
statistics wiki of the MRC Cognition and Brain Sciences Unit (FAQ/cafun): .913, 873 persons, 20 items gives
.9044024 to .9211588. R and Julia are not on this machine; their values are taken from those pages.
"""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import betainc

from nsoc_lib.publish.digits import LOOSE
from nsoc_lib.reliability import NotReliable, Reliability, feldt_interval, score_reliability

# Four kinds of answer sheets, five people each.
SHEETS = [(1, 2, 1), (3, 3, 2), (4, 5, 5), (5, 3, 4)] * 5


def table(rows=SHEETS):
    return pd.DataFrame(rows, columns=[f"item_{number}" for number in range(1, len(rows[0]) + 1)])


def score(items, **other):
    return score_reliability(items, **{"scale": "samenwerking", "provenance": "waargenomen"} | other)


def covariance(first, second):
    """Return the sample covariance of two columns in whole fractions."""
    n = len(first)
    products = sum(Fraction(a * b) for a, b in zip(first, second, strict=True))
    return (products - Fraction(sum(first) * sum(second), n)) / (n - 1)


def alpha_of_covariances(rows):
    """Return alpha from mean covariance and mean variance, the other formula, in whole fractions."""
    columns = list(zip(*rows, strict=True))
    k = len(columns)
    between = [covariance(a, b) for i, a in enumerate(columns) for j, b in enumerate(columns) if i != j]
    mean_between, mean_within = sum(between) / len(between), sum(covariance(c, c) for c in columns) / k
    return k * mean_between / (mean_within + (k - 1) * mean_between)


def test_alpha_by_hand():
    """Four answer sheets, squares around the mean add up to 35, 19 and 40 quarters, of the totals to 236."""
    by_hand = Fraction(3, 2) * (1 - Fraction(35 + 19 + 40, 236))
    assert alpha_of_covariances(SHEETS) == by_hand
    assert score(table()).alpha == pytest.approx(float(by_hand), abs=1e-9)


@given(
    st.lists(st.tuples(*[st.integers(1, 5)] * 4), min_size=20, max_size=40).filter(
        lambda rows: len({sum(row) for row in rows}) > 1
    )
)
def test_alpha_is_the_same_by_covariances(rows):
    """For any answers, alpha from variances of sums is alpha from mean covariances."""
    assert score(table(rows)).alpha == pytest.approx(float(alpha_of_covariances(rows)), abs=1e-9)


def test_alpha_of_a_published_covariance_matrix():
    """Scores with the covariances of StatsBase.jl's example have its alpha, 0.8136."""
    covariances = np.full((4, 4), 6.0) + np.diag([4, 5, 6, 7])
    noise = np.random.default_rng(1).normal(size=(30, 4))
    centred = noise - noise.mean(axis=0)
    white = centred @ np.linalg.inv(np.linalg.cholesky(np.cov(centred.T))).T
    result = score(table((white @ np.linalg.cholesky(covariances).T).tolist()))
    assert result.alpha == pytest.approx(4 / 3 * (1 - 46 / 118), abs=1e-9)
    assert round(result.alpha, 4) == 0.8136


@pytest.mark.parametrize(
    ("given_values", "limits", "digits"),
    [((0.79, 26, 41, 0.90), (0.705, 0.862), 3), ((0.913, 20, 873, 0.95), (0.9044024, 0.9211588), 7)],
)
def test_the_interval_gives_published_examples(given_values, limits, digits):
    """Feldt's interval gives what cocron 1.0-1 and feldt1.return print, to the printed decimals."""
    assert tuple(round(limit, digits) for limit in feldt_interval(*given_values)) == limits


@given(st.floats(-1, 0.99), st.integers(3, 30), st.integers(20, 300))
def test_the_interval_is_where_the_f_distribution_leaves_a_fortieth(alpha, items, persons):
    """By the incomplete beta function (scipy.special 1.17) each limit leaves .025 of the F distribution outside."""
    low, high = feldt_interval(alpha, items, persons)
    first, second = persons - 1, (persons - 1) * (items - 1)
    for limit, left in ((low, 0.975), (high, 0.025)):
        value = (1 - limit) / (1 - alpha)
        assert betainc(first / 2, second / 2, first * value / (first * value + second)) == pytest.approx(left, abs=1e-9)
    assert low < alpha < high


def test_who_skipped_an_item_is_left_out_and_counted():
    """A person with a missing score takes no part in alpha, and the result says how many there were."""
    result = score(table([*SHEETS, (5, None, 1), (None, None, None)]))
    assert (result.persons, result.incomplete, result.items) == (20, 2, 3)
    assert result.alpha == pytest.approx(score(table()).alpha, abs=1e-12)


def test_a_perfect_scale_has_no_margin():
    """Items that everybody answers the same way have alpha one, without margin."""
    result = score(table([(value, value, value) for value in (1, 2, 3, 4)] * 5 + [(5, 5, 5)]))
    assert (result.alpha, result.low, result.high) == pytest.approx((1, 1, 1), abs=1e-12)


@pytest.mark.parametrize(
    ("items", "other", "reason"),
    [
        (table(), {"provenance": "gesimuleerd"}, "nagebootst"),
        (table(), {"scale": None}, "geen schaal"),
        (table(), {"scale": ""}, "geen schaal"),
        (table()[["item_1", "item_2"]], {}, "te weinig items"),
        (table(SHEETS[:19]), {}, "Te weinig mensen"),
        (table([*SHEETS[:19], (1, None, 2)]), {}, "Te weinig mensen"),
        (table([(1, 2, 3)] * 20), {}, "dezelfde totaalscore"),
    ],
)
def test_alpha_is_refused_with_its_reason(items, other, reason):
    """Imitated answers, themes, short scales, few people and equal totals give a Dutch sentence, no number."""
    refusal = score(items, **other)
    assert isinstance(refusal, NotReliable)
    assert reason in refusal.reason
    assert LOOSE.search(refusal.reason) is None


def test_twenty_people_and_three_items_are_enough():
    """At the least numbers allowed alpha is given."""
    assert isinstance(score(table()), Reliability)


def test_the_sentence_names_scale_people_and_margin():
    """The sentence gives alpha with margin and base, and its template has no number of its own."""
    result = score(table())
    assert result.template == (
        "De samenhang van de {items} items van {schaal} is {alfa} (Cronbachs alfa, marge {laag} tot {hoog}), "
        "over de {personen} mensen die alle items beantwoordden."
    )
    limits = {"alfa": result.alpha, "laag": result.low, "hoog": result.high}
    assert result.filling == {"schaal": "samenwerking", "items": 3, "personen": 20} | limits
    assert LOOSE.search(result.template) is None


def test_items_that_contradict_each_other_are_called_so():
    """An alpha below nought comes with the hint to look for a reversed item, without a loose number."""
    result = score(table([(a, 6 - a, b) for a, b, _ in SHEETS]))
    assert result.alpha < 0
    assert result.template.endswith("kijk na of er een omgekeerd is gesteld.")
    assert LOOSE.search(result.template) is None


def test_answers_in_words_are_refused():
    """A column with labels instead of scores is named."""
    with pytest.raises(ValueError, match="items zonder getallen: item_2"):
        score(table().assign(item_2="eens"))


@pytest.mark.parametrize(("items", "persons", "confidence"), [(1, 20, 0.95), (3, 1, 0.95), (3, 20, 95)])
def test_an_interval_needs_items_people_and_a_chance(items, persons, confidence):
    """One item, one person, or a confidence of 95 give no interval."""
    with pytest.raises(ValueError, match="geen marge voor"):
        feldt_interval(0.8, items, persons, confidence)
