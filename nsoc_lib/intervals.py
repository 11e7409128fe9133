"""Intervals around a share of a small group, each with what one must be willing to assume.

The bounds of a share (``Share.bounds``) assume nothing. An interval assumes that those who
answered are a chance draw: from the invited, and then it can be narrower than the bounds, or
from a larger group, and then it speaks of others and is often wider. Which draw, and from whom,
is the ``claim`` that travels with every interval. Wald's interval is not offered: it is known to fail
at small n (Brown, Cai and DasGupta 2001, Statistical Science 16(2), sections 1 and 2).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import comb

from nsoc_lib.shares import Share

HYPERGEOMETRISCH = "hypergeometrisch"
WILSON = "Wilson"
JEFFREYS = "Jeffreys"
CLOPPER_PEARSON = "Clopper-Pearson"
METHODEN = (HYPERGEOMETRISCH, WILSON, JEFFREYS, CLOPPER_PEARSON)

GROTERE_GROEP = (
    "Wie dit gebruikt neemt aan dat de genodigden die antwoordden zelf een toevallige greep zijn uit een veel "
    "grotere groep, en spreekt over die groep, niet over de genodigden."
)
CLAIMS = {
    HYPERGEOMETRISCH: (
        "Wie dit gebruikt neemt aan dat wie antwoordde een toevallige greep is uit de genodigden: of iemand zweeg "
        "hangt niet samen met wat die vindt. Het gaat over de genodigden en over niemand daarbuiten."
    ),
    WILSON: f"{GROTERE_GROEP} De grenzen kloppen gemiddeld zo vaak als beloofd, in sommige gevallen minder vaak.",
    JEFFREYS: (
        f"{GROTERE_GROEP} Vooraf gelden grote en kleine aandelen als vrijwel even aannemelijk. "
        "De grenzen kloppen gemiddeld zo vaak als beloofd, in sommige gevallen minder vaak."
    ),
    CLOPPER_PEARSON: f"{GROTERE_GROEP} De grenzen kloppen nooit minder vaak dan beloofd en zijn daardoor ruimer.",
}


@dataclass(frozen=True)
class Interval:
    """Lowest and highest percentage (0 to 100) that fit a share, if one grants the ``claim``.

    ``method`` is one of METHODEN. ``claim`` is a Dutch sentence without digits, for a policy
    reader. For the hypergeometric method the percentages are of the invited, for the others of
    a larger group.
    """

    method: str
    low: float
    high: float
    claim: str


@dataclass(frozen=True)
class Coverage:
    """How often (percent, 0 to 100) an interval holds the truth: at worst, and on average.

    ``population`` is missing (None) for methods that speak of an endless larger group.
    """

    method: str
    n: int
    population: int | None
    confidence: float
    minimum: float
    mean: float


def intervals_of(share: Share, confidence: float = 0.95) -> tuple[Interval, ...]:
    """Return the four intervals of a share in the order of METHODEN, as percentages with their claims.

    The hypergeometric one comes first: it is the only one that speaks of the invited. Raises
    ValueError when ``confidence`` does not lie between 0 and 1.

    >>> [round(limit, 1) for limit in (lambda i: (i.low, i.high))(intervals_of(Share(21, 25, 31))[0])]
    [74.2, 87.1]
    """
    low, high = hypergeometric_range(share.count, share.n, share.population, confidence)
    limits = {HYPERGEOMETRISCH: (100 * low / share.population, 100 * high / share.population)}
    limits |= {name: interval(share.count, share.n, confidence) for name, interval in _BINOMIAL.items()}
    return tuple(Interval(name, *limits[name], CLAIMS[name]) for name in METHODEN)


def hypergeometric_range(count: int, n: int, population: int, confidence: float = 0.95) -> tuple[int, int]:
    """Return the fewest and most people of the population who may agree, given ``count`` of ``n``.

    Exact inversion of both tails for a draw without replacement: M stays when both P(X <= count | M)
    and P(X >= count | M) are at least (1 - confidence) / 2. Tails are counted in whole numbers and
    ``confidence`` is read as the decimal that was typed, so a tail of exactly 0.025 stays. The range
    always lies within the worst-case bounds count to count + population - n, and is the count itself
    when everybody answered.

    Convention: strict, nothing is added. R's ``samplingbook::Sprop`` 1.2.4 walks to the last value
    that fails and thereby widens each limit by one, within the same bounds: 110 to 161 where this gives
    111 to 160 for 45 of 100 of 300. Source of the method: Wang 2015, JASA 110(512), as cited by
    samplingbook; strict inversion is the elementary form, not Wang's shortest interval.

    Raises ValueError when the counts contradict each other or confidence does not lie between 0 and 1.

    >>> hypergeometric_range(21, 25, 31)
    (23, 27)
    """
    Share(count, n, population)  # refuses counts that contradict each other
    least = _tail(confidence) * comb(population, n)
    possible = range(count, count + population - n + 1)

    def enough_at_least(total: int) -> bool:
        # At least ``count`` who agree is at most n - count who do not.
        return _ways_at_most(n - count, n, population - total, population) >= least

    def too_few_at_most(total: int) -> bool:
        return _ways_at_most(count, n, total, population) < least

    low = bisect_left(possible, True, key=enough_at_least)
    high = bisect_left(possible, True, key=too_few_at_most) - 1
    return possible[low], possible[high]


def wilson(count: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return Wilson's score interval as percentages (Wilson 1927, JASA 22; statsmodels ``wilson``).

    Raises ValueError when the counts contradict each other or confidence does not lie between 0 and 1.
    """
    return _binomial(count, n, confidence, "wilson")


def jeffreys(count: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the equal-tailed Jeffreys interval as percentages (statsmodels ``jeffreys``).

    At none of n the low limit is 0 and at all of n the high limit is 100, as Brown, Cai and
    DasGupta define it (2001, section 3.1.2); statsmodels leaves it a hair away from there.
    Raises ValueError when the counts contradict each other or confidence does not lie between 0 and 1.
    """
    return _binomial(count, n, confidence, "jeffreys")


def clopper_pearson(count: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the exact binomial interval as percentages (Clopper and Pearson 1934; statsmodels ``beta``).

    Raises ValueError when the counts contradict each other or confidence does not lie between 0 and 1.
    """
    return _binomial(count, n, confidence, "beta")


_BINOMIAL: dict[str, Callable[[int, int, float], tuple[float, float]]] = {
    WILSON: wilson,
    JEFFREYS: jeffreys,
    CLOPPER_PEARSON: clopper_pearson,
}


def coverage(method: str, n: int, population: int | None = None, confidence: float = 0.95) -> Coverage:
    """Return how often a method holds the truth for ``n`` answers: the least, and the average.

    Hypergeometric: over every true number M from 0 to ``population``, counted exactly. The other
    methods: over every true share between 0 and 1, ``population`` does not matter; the least is
    the infimum, found at the ends of the stretches on which the same counts hold the truth, where
    the coverage is lowest; the average is the integral, by the beta distribution.
    Raises ValueError for an unknown method, and for the hypergeometric one without population.
    """
    if method == HYPERGEOMETRISCH:
        if population is None:
            raise ValueError("de hypergeometrische dekking vraagt het aantal genodigden")
        chances = _hypergeometric_chances(n, population, confidence)
        mean = sum(chances, Fraction(0)) / len(chances)
        return Coverage(method, n, population, confidence, 100 * float(min(chances)), 100 * float(mean))
    if method not in _BINOMIAL:
        raise ValueError(f'onbekende methode "{method}"; kies uit {", ".join(METHODEN)}')
    limits = [_BINOMIAL[method](count, n, confidence) for count in range(n + 1)]
    least, mean_share = _binomial_chances([(low / 100, high / 100) for low, high in limits])
    return Coverage(method, n, None, confidence, 100 * least, 100 * mean_share)


def _hypergeometric_chances(n: int, population: int, confidence: float) -> list[Fraction]:
    """Return for every true number 0 to population the chance that the range holds it."""
    ways = [0] * (population + 1)
    for count in range(n + 1):
        low, high = hypergeometric_range(count, n, population, confidence)
        for total in range(low, high + 1):
            ways[total] += comb(total, count) * comb(population - total, n - count)
    return [Fraction(way, comb(population, n)) for way in ways]


def _binomial_chances(limits: list[tuple[float, float]]) -> tuple[float, float]:
    """Return infimum and integral over the true share of the chance that the interval holds it.

    Limits rise with the count, so the counts that hold a given share are consecutive, and the
    chance of consecutive counts first rises and then falls in the share: it is least at an end.
    """
    from scipy.stats import beta, binom  # type: ignore[import-untyped]

    n = len(limits) - 1
    ends = sorted({0.0, 1.0, *(end for pair in limits for end in pair)})
    least = 1.0
    for start, stop in pairwise(ends):
        if stop - start < 1e-12:  # the same limit twice, but for the last bits
            continue
        middle = (start + stop) / 2
        held = [count for count, (low, high) in enumerate(limits) if low <= middle <= high]
        chances = binom.cdf(held[-1], n, [start, stop]) - binom.cdf(held[0] - 1, n, [start, stop]) if held else [0.0]
        least = min(least, *map(float, chances))
    parts = (
        beta.cdf(high, count + 1, n - count + 1) - beta.cdf(low, count + 1, n - count + 1)
        for count, (low, high) in enumerate(limits)
    )
    return least, float(sum(parts)) / (n + 1)


def _binomial(count: int, n: int, confidence: float, name: str) -> tuple[float, float]:
    from statsmodels.stats.proportion import proportion_confint  # type: ignore[import-untyped]

    Share(count, n, n)  # refuses counts that contradict each other
    low, high = proportion_confint(count, n, alpha=float(2 * _tail(confidence)), method=name)
    return 0.0 if count == 0 else 100 * float(low), 100.0 if count == n else 100 * float(high)


def _tail(confidence: float) -> Fraction:
    """Return half of what confidence leaves over, exactly as typed: 1/40 for 0.95."""
    if not 0 < confidence < 1:
        raise ValueError(f"betrouwbaarheid {confidence} ligt niet tussen 0 en 1")
    return (1 - Fraction(str(confidence))) / 2


def _ways_at_most(count: int, n: int, total: int, population: int) -> int:
    """Count the draws of n in which at most ``count`` of the ``total`` who agree are drawn."""
    others = population - total
    drawn = max(0, n - others)
    ways = comb(total, drawn) * comb(others, n - drawn)
    summed = 0
    while drawn <= count and ways:
        summed += ways
        ways = ways * (total - drawn) * (n - drawn) // ((drawn + 1) * (others - n + drawn + 1))
        drawn += 1
    return summed
