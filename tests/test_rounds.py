"""Comparison by declared design, against published values and a second route each.

Oracles: statsmodels 0.15.0, stats/tests/test_nonparametric.py, test_mcnemar_exact (six decimals, which that
file took from VassarStats); the two McNemar tables of this project's notes; Newcombe 1998, method 10, as
printed with four decimals in R package propint, tests/testthat/test_Two_Independent_Props_CI.R. The article
and R were not at hand: its values are taken from that test, and statsmodels and a formula in decimals agree.
"""

from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import product
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nsoc_lib.certainty import change_results
from nsoc_lib.prose import indicate, tell
from nsoc_lib.publish.digits import LOOSE
from nsoc_lib.rounds import (
    CLAIMS,
    GEKOPPELD,
    GESCHEIDEN,
    NIET_VERGELIJKBAAR,
    ZELFDE_POPULATIE,
    Change,
    Design,
    NoComparison,
    Round,
    compare_rounds,
    newcombe,
)
from nsoc_lib.shares import Share

LINKED = Design(GEKOPPELD, toestemming="toestemmingsformulier, vraag over koppelen")
SAME = Design(ZELFDE_POPULATIE)
APART = Design(GESCHEIDEN)
INTERVIEWS = "De tweede meting bestaat uit gesprekken; daaruit volgen geen percentages."


def side(name, share, **other):
    """Return one side of a comparison, observed and of one evaluation unless told otherwise."""
    return Round(**{"evaluatie": "nsoc", "stelling": "doel", "herkomst": "waargenomen"} | other, naam=name, share=share)


def linked(table, extra_first=0, extra_second=0, **other):
    """Return two rounds from [[both, lost], [gained, neither]], with people who took part once."""
    (both, lost), (gained, neither) = table
    pairs = [(True, True)] * both + [(True, False)] * lost + [(False, True)] * gained + [(False, False)] * neither
    answers = [{f"r{number}": pair[turn] for number, pair in enumerate(pairs)} for turn in (0, 1)]
    answers[0] |= {f"eerst{number}": True for number in range(extra_first)}
    answers[1] |= {f"daarna{number}": True for number in range(extra_second)}
    return [
        side(name, Share(sum(a.values()), len(a), len(a)), antwoorden=a, **other)
        for name, a in zip(("de eerste meting", "de tweede meting"), answers, strict=True)
    ]


def exact_mcnemar(gained, lost):
    """Return twice the smaller binomial tail at a half, at most one, in whole fractions."""
    turned = gained + lost
    return min(Fraction(1), Fraction(2 * sum(comb(turned, k) for k in range(min(gained, lost) + 1)), 2**turned))


def exact_newcombe(first, second):
    """Return Newcombe's limits for second minus first in percentage points, by formula in 40 decimals."""
    with localcontext() as context:
        context.prec = 40
        z = Decimal("1.959963984540054235524594430520551527955")

        def limits(share):
            k, n = Decimal(share.count), Decimal(share.n)
            width = z * (z * z + 4 * k * (1 - k / n)).sqrt()
            return k / n, (2 * k + z * z - width) / (2 * (n + z * z)), (2 * k + z * z + width) / (2 * (n + z * z))

        (p1, l1, u1), (p2, l2, u2) = limits(first), limits(second)
        low = p2 - p1 - ((p2 - l2) ** 2 + (u1 - p1) ** 2).sqrt()
        high = p2 - p1 + ((u2 - p2) ** 2 + (p1 - l1) ** 2).sqrt()
        return float(100 * low), float(100 * high)


def went(change: Change) -> tuple[int, ...]:
    """Return who went to agreeing, who away from it, and who stayed."""
    return tuple(change.filling[name] for name in ("erbij", "eraf", "gebleven"))


def said(change: Change) -> str:
    """Return the sentence as a reader sees it."""
    return tell(change.template, **change_results(change, "m.v", "Verandering", "waargenomen", "p@x")).text


@pytest.mark.parametrize(
    ("table", "p_value", "digits"),
    [
        ([[794, 86], [150, 570]], 3.716e-05, 8),
        ([[10, 5], [1, 8]], 0.21875, 12),
        ([[101, 121], [59, 33]], 0.000004, 6),
        ([[101, 70], [59, 33]], 0.378688, 6),
        ([[101, 80], [59, 33]], 0.089452, 6),
        ([[101, 30], [60, 33]], 0.00206, 6),
        ([[101, 10], [30, 33]], 0.002221, 6),
        ([[101, 10], [10, 33]], 1.0, 6),
    ],
)
def test_linked_rounds_are_judged_by_who_changed(table, p_value, digits):
    """Exact McNemar gives the stored values, beside how many people went each way and how many stayed."""
    change = compare_rounds(*linked(table), LINKED, minimum=5)
    (both, lost), (gained, neither) = table
    assert round(change.filling["kans"], digits) == p_value
    assert change.filling["kans"] == pytest.approx(float(exact_mcnemar(gained, lost)), abs=1e-9)
    assert went(change) == (gained, lost, both + neither)


@given(st.tuples(*[st.integers(0, 12)] * 4).filter(lambda counts: sum(counts) > 0))
def test_every_small_table_is_what_the_binomial_gives(counts):
    """For any small table the chance is that of heads and tails, one when nobody changed."""
    both, lost, gained, neither = counts
    change = compare_rounds(*linked([[both, lost], [gained, neither]]), LINKED, minimum=1)
    assert change.filling["kans"] == pytest.approx(float(exact_mcnemar(gained, lost)), abs=1e-9)
    balance = {1: "toegenomen", 0: "gelijk gebleven", -1: "afgenomen"}[(gained > lost) - (gained < lost)]
    assert change.outcome == f"per saldo {balance}"


def test_a_chance_never_stands_alone():
    """The sentence on linked rounds says who went which way before it says a chance."""
    change = compare_rounds(*linked([[10, 5], [1, 8]]), LINKED, minimum=5)
    assert said(change) == (
        "Van de 24 mensen die bij de eerste meting en bij de tweede meting antwoordden gingen er 1 van niet eens "
        "naar eens en 5 van eens naar niet eens; 18 bleven waar zij waren. De kans dat toeval alleen een minstens "
        "zo scheve verdeling geeft is 0,219."
    )
    assert (change.low, change.high) == (None, None)


def test_a_very_small_chance_is_not_shown_as_none():
    """A chance under a thousandth is called smaller than that."""
    assert "is kleiner dan 0,001." in said(compare_rounds(*linked([[794, 86], [150, 570]]), LINKED, minimum=5))


def test_only_those_in_both_rounds_are_linked():
    """People who took part once are not counted as changed or unchanged."""
    change = compare_rounds(*linked([[10, 5], [1, 8]], extra_first=6, extra_second=7), LINKED, minimum=5)
    assert sum(went(change)) == 24


@pytest.mark.parametrize(
    ("before", "after", "low", "high", "outcome"),
    [
        (Share(10, 28, 31), Share(20, 30, 31), 7, 11, "zeker toegenomen"),
        (Share(20, 30, 31), Share(10, 28, 31), -11, -7, "zeker afgenomen"),
        (Share(21, 25, 31), Share(23, 25, 31), -4, 8, "niet te zeggen"),
        (Share(20, 28, 31), Share(23, 28, 31), 0, 6, "niet te zeggen"),
        (Share(23, 28, 31), Share(20, 28, 31), -6, 0, "niet te zeggen"),
        (Share(20, 31, 31), Share(20, 31, 31), 0, 0, "zeker gelijk gebleven"),
        (Share(20, 31, 31), Share(21, 31, 31), 1, 1, "zeker toegenomen"),
    ],
)
def test_one_population_changes_as_far_as_the_bounds_say(before, after, low, high, outcome):
    """Unlinked rounds of one population are compared by their worst-case bounds, in people."""
    change = compare_rounds(side("toen", before), side("nu", after), SAME, minimum=5)
    assert (change.low, change.high, change.outcome, change.unit) == (low, high, outcome, "personen")
    assert "kans" not in change.filling


SHARE_OF_NINE = st.integers(1, 9).flatmap(lambda n: st.builds(Share, st.integers(0, n), st.just(n), st.just(9)))


@given(SHARE_OF_NINE, SHARE_OF_NINE)
def test_bounds_of_a_change_hold_for_every_completion(before, after):
    """Whatever the silent think in either round, the change lies within the bounds, and both bounds can happen."""
    possible = [
        after.count + more_after - before.count - more_before
        for more_before, more_after in product(range(9 - before.n + 1), range(9 - after.n + 1))
    ]
    change = compare_rounds(side("toen", before), side("nu", after), SAME, minimum=1)
    assert (change.low, change.high) == (min(possible), max(possible))
    assert ("toegenomen" in change.outcome) == all(value > 0 for value in possible)
    assert ("afgenomen" in change.outcome) == all(value < 0 for value in possible)


def test_a_certain_change_is_told_with_its_least_and_most():
    """A decline is told in positive numbers, the least first."""
    change = compare_rounds(side("toen", Share(20, 30, 31)), side("nu", Share(10, 28, 31)), SAME, minimum=5)
    assert said(change) == (
        "Bij toen waren zeker 20 tot 21 van de 31 genodigden het eens, bij nu zeker 10 tot 13. "
        "Het aantal is zeker afgenomen, met ten minste 7 en ten hoogste 11."
    )


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [(Share(48, 80, 80), Share(56, 70, 70), 0.0524, 0.3339), (Share(3, 10, 10), Share(9, 10, 10), 0.1705, 0.8090)],
)
def test_newcombe_gives_the_published_examples(first, second, low, high):
    """56/70 against 48/80 and 9/10 against 3/10 give the limits of Newcombe 1998, as propint's test prints them."""
    assert tuple(round(limit / 100, 4) for limit in newcombe(first, second)) == (low, high)


@given(SHARE_OF_NINE, SHARE_OF_NINE)
def test_newcombe_follows_its_formula(first, second):
    """For every pair of small groups the limits are those of the formula in exact decimals."""
    assert newcombe(first, second) == pytest.approx(exact_newcombe(first, second), abs=1e-7)
    assert [limit / 100 for limit in newcombe(first, second)] == pytest.approx(
        [limit / 100 for limit in exact_newcombe(first, second)], abs=1e-9
    )


def test_separate_groups_are_told_with_counts_and_margin():
    """Two groups give both counts, the difference and its margin, and whether no difference fits."""
    first, second = side("m", Share(48, 80, 90), groep="noord"), side("m", Share(56, 70, 75), groep="zuid")
    change = compare_rounds(first, second, APART, minimum=5)
    assert (change.outcome, change.unit) == ("verschil", "procentpunt")
    assert (change.low, change.high) == newcombe(first.share, second.share)
    assert said(change) == (
        "Bij noord waren 48 van 80 het eens, bij zuid 56 van 70: een verschil van 20 procentpunt, "
        "met een marge van 5 tot 33. Dat er geen verschil is past daar niet bij."
    )


def test_a_small_difference_between_groups_is_no_difference_shown():
    """Six of ten against seven of ten fits no difference, and the sentence says so."""
    change = compare_rounds(side("a", Share(6, 10, 10)), side("b", Share(7, 10, 10)), APART, minimum=5)
    assert change.outcome == "geen verschil aan te tonen"
    assert said(change).endswith("Dat er geen verschil is past daar ook bij.")


TWICE = linked([[10, 5], [1, 8]])
REFUSED = {
    "evaluatie": (side("a", Share(3, 9, 9)), side("b", Share(3, 9, 9), evaluatie="ondermijning"), SAME),
    "verklaard": (side("a", Share(3, 9, 9)), side("b", None), Design(NIET_VERGELIJKBAAR, reden=INTERVIEWS)),
    "geen aandeel": (side("a", Share(3, 9, 9)), side("b", None), SAME),
    "stelling": (side("a", Share(3, 9, 9)), side("b", Share(3, 9, 9), stelling="tijd"), SAME),
    "toestemming": (*TWICE, Design(GEKOPPELD)),
    "lege toestemming": (*TWICE, Design(GEKOPPELD, toestemming=" ")),
    "nagebootst": (*linked([[10, 5], [1, 8]], herkomst="gesimuleerd"), LINKED),
    "nagebootste groep": (
        side("a", Share(3, 9, 9), groep="noord", herkomst="gesimuleerd"),
        side("a", Share(3, 9, 9), groep="zuid", herkomst="gesimuleerd"),
        APART,
    ),
    "niet gekoppeld": (side("a", Share(3, 9, 9)), side("b", Share(3, 9, 9)), LINKED),
    "andere populatie": (side("a", Share(3, 9, 9)), side("b", Share(3, 9, 10)), SAME),
    "andere groep": (side("a", Share(3, 9, 9), groep="noord"), side("b", Share(3, 9, 9), groep="zuid"), SAME),
    "overlap": (*TWICE, APART),
    "kleine groep": (side("a", Share(2, 4, 9)), side("b", Share(3, 9, 9)), APART),
    "kleine meting": (side("a", Share(2, 4, 9)), side("b", Share(3, 9, 9)), SAME),
    "weinig gekoppeld": (*linked([[1, 1], [1, 1]], extra_first=9, extra_second=9), LINKED),
    "kleine rest": (*linked([[10, 5], [1, 8]], extra_second=1), LINKED),
}
EXPECTED = {
    "evaluatie": "verschillende evaluaties",
    "verklaard": INTERVIEWS,
    "geen aandeel": "leverde geen aandelen op",
    "stelling": "niet dezelfde vraag",
    "toestemming": "toestemming",
    "lege toestemming": "toestemming",
    "nagebootst": "nagebootst",
    "nagebootste groep": "nagebootst",
    "niet gekoppeld": "niets gekoppeld",
    "andere populatie": "niet dezelfde populatie",
    "andere groep": "niet dezelfde populatie",
    "overlap": "niet gescheiden",
    "kleine groep": "te herleiden",
    "kleine meting": "te herleiden",
    "weinig gekoppeld": "te herleiden",
    "kleine rest": "te herleiden",
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_compared_is_refused_with_its_reason(case):
    """Each comparison that a design cannot carry gives a Dutch sentence without a loose number."""
    refusal = compare_rounds(*REFUSED[case], minimum=5)
    assert isinstance(refusal, NoComparison)
    assert EXPECTED[case] in refusal.reason
    assert refusal.reason.endswith(".")
    assert LOOSE.search(refusal.reason) is None


def test_margins_of_imitated_answers_may_be_compared():
    """Imitated answers add up to published shares, so the bounds of one population still hold."""
    sides = [side(name, Share(21, 25, 31), herkomst="gesimuleerd") for name in ("a", "b")]
    assert isinstance(compare_rounds(*sides, SAME, minimum=5), Change)


CHANGES = [
    compare_rounds(*linked([[10, 5], [1, 8]]), LINKED, minimum=5),
    compare_rounds(side("a", Share(6, 10, 10)), side("b", Share(7, 10, 10)), APART, minimum=5),
    *(
        compare_rounds(side("a", Share(k, n, 31)), side("b", Share(20, 28, 31)), SAME, minimum=5)
        for k, n in ((10, 28), (17, 28), (20, 28), (23, 28), (30, 31))
    ),
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: f"{change.design}: {change.outcome}")
def test_a_sentence_can_be_told_by_the_report(change):
    """The template has no number of its own, and every name in it has a value that ``tell`` can fill."""
    assert LOOSE.search(change.template) is None
    assert LOOSE.search(change.claim) is None
    assert change.claim == CLAIMS[change.design]
    assert tell(change.template, **{name: indicate(str(value)) for name, value in change.filling.items()}).text


def test_a_design_is_declared_in_full():
    """An unknown design, and "niet vergelijkbaar" without a reason, are refused when declared."""
    with pytest.raises(ValueError, match='onbekende opzet "los"; kies uit gekoppeld, zelfde populatie'):
        Design("los")
    with pytest.raises(ValueError, match="vraagt een reden"):
        Design(NIET_VERGELIJKBAAR, reden=" ")


def test_answers_per_person_are_the_share():
    """Linked answers that do not add up to the share of the round are refused."""
    with pytest.raises(ValueError, match="toen: 1 van 2 per persoon is niet het aandeel"):
        side("toen", Share(2, 2, 9), antwoorden={"r1": True, "r2": False})
    with pytest.raises(ValueError, match="toen: 1 van 1 per persoon"):
        side("toen", None, antwoorden={"r1": True})


def test_confidence_of_a_difference_is_no_percentage():
    """A confidence of 95, meant as a percentage, is refused."""
    with pytest.raises(ValueError, match="betrouwbaarheid 95 ligt niet tussen 0 en 1"):
        newcombe(Share(3, 9, 9), Share(4, 9, 9), 95)
