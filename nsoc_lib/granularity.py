"""Which counts can give a printed percentage or mean. What is printed goes in, exact integers decide.

A percentage of n people can take n + 1 values only, a mean of whole answers as many as there are totals. A printed
number between them is "not reachable under the printed bases": another base, a weight or another way of rounding may
explain it, so this says nothing about who printed it. The test for means is GRIM (Brown and Heathers 2017, Soc.
Psychol. Personal. Sci. 8(4)) as the R package scrutiny applies it; the test for sums of rounded categories is ours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from nsoc_lib.rounding import ROUNDED_ONCE

HALF_TO_EVEN = f"{ROUNDED_ONCE}, half naar even"
SUM_OF_TWO, SUM_OF_THREE = (f"som van {number} afgeronde percentages" for number in ("twee", "drie"))

PLAIN = "k van n"
ONLY_EVEN = "alleen bij afronden naar even"
ONLY_SUM = "alleen als som van afgeronde categorieën"
ONLY_EVEN_OR_SUM = "alleen bij afronden naar even of als som van afgeronde categorieën"
UNREACHABLE = "niet bereikbaar onder de gedrukte bases"

# The search for three categories grows with the square of the base; two are tried on any base.
LARGEST_BASE_FOR_THREE = 1000

Ties = Literal["up", "down", "even", "either"]


@dataclass(frozen=True)
class Fit:
    """The totals on one base that round to a printed number: people for a share, points for a mean."""

    base: int
    counts: range


@dataclass(frozen=True)
class Split:
    """Categories that are rounded apart and then add up to a printed percentage; one example per count."""

    base: int
    parts: tuple[int, ...]

    @property
    def count(self) -> int:
        return sum(self.parts)


@dataclass(frozen=True)
class Reach:
    """What can give one printed percentage on its printed bases. Nothing found is an empty tuple.

    ``plain`` are counts that round half up to it, ``even`` those that do when a half goes to the
    even neighbour, ``splits`` counts of which the categories, rounded apart and added, give it.
    """

    percentage: Decimal
    bases: tuple[int, ...]
    plain: tuple[Fit, ...]
    even: tuple[Fit, ...]
    splits: tuple[Split, ...]

    @property
    def verdict(self) -> str:
        """The Dutch words for it; a share that is k of n is that, whatever else would do."""
        if self.plain:
            return PLAIN
        if self.even:
            return ONLY_EVEN_OR_SUM if self.splits else ONLY_EVEN
        return ONLY_SUM if self.splits else UNREACHABLE


@dataclass(frozen=True)
class MeanReach:
    """The totals that can give one printed mean of whole answers; none means not reachable."""

    mean: Decimal
    bases: tuple[int, ...]
    items: int
    fits: tuple[Fit, ...]

    @property
    def consistent(self) -> bool:
        return bool(self.fits)


@dataclass(frozen=True)
class Neighbour:
    """A number that can be printed, and the total on a base that gives it."""

    value: Decimal
    count: int
    base: int


@dataclass(frozen=True)
class PrintedShare:
    """A percentage as a source prints it, with its zeros, and every base it may stand on."""

    label: str
    percentage: str
    bases: tuple[int, ...]


@dataclass(frozen=True)
class Explanation:
    """How many percentages of a table one rounding convention reaches, and the labels it misses."""

    convention: str
    reached: int
    total: int
    missed: tuple[str, ...]


def reach(percentage: Decimal | str, bases: Sequence[int], decimals: int | None = None, categories: int = 2) -> Reach:
    """Find every count on ``bases`` that can give a printed percentage.

    ``decimals`` is the precision in print; None takes it from the text. ``categories`` is how
    many separately rounded categories may have been added, some of which may be empty.
    Raises ValueError for text that is no number, more decimals than ``decimals`` and no base.

    >>> reach("74", [24, 25, 26]).verdict, reach("74", [24, 25, 26]).splits
    ('alleen als som van afgeronde categorieën', (Split(base=26, parts=(3, 16)),))
    """
    value, places = _in_units(percentage, decimals, bases)
    full = 100 * 10**places
    return Reach(
        percentage=Decimal(value).scaleb(-places),
        bases=tuple(bases),
        plain=_fits(bases, lambda base: select_counts(value, base, full)),
        even=_fits(bases, lambda base: select_counts(value, base, full, "even")),
        splits=tuple(split for base in bases for split in _splits(value, base, full, categories)),
    )


def reach_mean(mean: Decimal | str, bases: Sequence[int], items: int = 1, decimals: int | None = None) -> MeanReach:
    """Find every total of whole answers that can give a printed mean (GRIM).

    ``items`` is the number of whole answers per person that the mean is taken over. A half may
    have gone up or down, as in scrutiny's default. Raises ValueError as ``reach`` does.

    >>> reach_mean("5.19", [28]).consistent, reach_mean("5.19", [32]).fits
    (False, (Fit(base=32, counts=range(166, 167)),))
    """
    value, places = _in_units(mean, decimals, bases, items)
    fits = _fits(bases, lambda base: select_totals(value, base * items, 10**places, "either"))
    return MeanReach(Decimal(value).scaleb(-places), tuple(bases), items, fits)


def select_counts(value: int, base: int, full: int, ties: Ties = "up") -> range:
    """Return the counts k of 0 to ``base`` for which ``full`` · k / ``base`` rounds to ``value``.

    ``full`` is what everybody is in the unit of print: 100 for whole percentages, 1000 with one
    decimal. ``ties`` says where a half goes; ``either`` accepts both neighbours.

    >>> select_counts(84, 25, 100), select_counts(12, 24, 100)
    (range(21, 22), range(0, 0))
    """
    found = select_totals(value, base, full, ties)
    return range(max(found.start, 0), min(found.stop, base + 1)) or range(0)


def select_totals(value: int, denominator: int, unit: int, ties: Ties) -> range:
    """Return the whole totals t, negative ones too, for which ``unit`` · t / ``denominator`` rounds to ``value``.

    ``value`` and ``unit`` count the last printed digit: 5,19 is 519 with unit 100.
    """
    low, high = Fraction((2 * value - 1) * denominator, 2 * unit), Fraction((2 * value + 1) * denominator, 2 * unit)
    to_even = ties == "even" and value % 2 == 0
    first = ceil(low) if ties in {"up", "either"} or to_even else floor(low) + 1
    last = floor(high) if ties in {"down", "either"} or to_even else ceil(high) - 1
    return range(first, last + 1) or range(0)


def nearest(found: Reach | MeanReach) -> tuple[Neighbour, ...]:
    """Return the next lower and the next higher number that the same bases can give, half up.

    At and beyond 0 and 100 percent there is only one.

    >>> [(str(near.value), near.count, near.base) for near in nearest(reach("74", [24, 25, 26]))]
    [('73', 19, 26), ('75', 18, 24)]
    """
    printed, items = (found.percentage, 1) if isinstance(found, Reach) else (found.mean, found.items)
    value, places = _in_units(printed, None, found.bases)
    unit = (100 if isinstance(found, Reach) else 1) * 10**places
    near: set[tuple[int, int, int]] = set()
    for base in found.bases:
        below, above = (ceil(Fraction((2 * value + side) * base * items, 2 * unit)) for side in (-1, 1))
        totals = (below - 1, above)  # the last total that gives less, the first that gives more
        if isinstance(found, Reach):
            totals = (min(max(below - 1, 0), base), min(max(above, 0), base))
        near |= {(round_units(total, base * items, unit), base, total) for total in totals}
    lower, higher = [n for n in near if n[0] < value], [n for n in near if n[0] > value]
    chosen = [max(lower, key=lambda n: (n[0], -n[1]))] if lower else []
    chosen += [min(higher)] if higher else []
    return tuple(Neighbour(Decimal(shown).scaleb(-places), total, base) for shown, base, total in chosen)


def fits_elsewhere(percentage: Decimal | str, other_bases: Sequence[int]) -> tuple[Fit, ...]:
    """Return which bases of another figure would make a percentage k of n; none when there are no bases.

    >>> [(fit.base, list(fit.counts)) for fit in fits_elsewhere("89", [27, 28])]
    [(27, [24]), (28, [25])]
    """
    return reach(percentage, other_bases).plain if other_bases else ()


def explain_table(rows: Sequence[PrintedShare]) -> tuple[Explanation, ...]:
    """Return per convention how much of a table it reaches, the one that reaches most first.

    Of conventions that reach as much the simplest comes first. Read the outcome beside
    ``expect_by_chance``: a convention that reaches nearly every number explains little.
    """
    missed = {name: [r.label for r in rows if not _reaches(name, r.percentage, r.bases)] for name in _CONVENTIONS}
    explanations = (Explanation(name, len(rows) - len(m), len(rows), tuple(m)) for name, m in missed.items())
    return tuple(sorted(explanations, key=lambda explanation: -explanation.reached))


def expect_by_chance(rows: Sequence[PrintedShare], convention: str) -> Fraction:
    """Return how many of as many whole percentages, drawn blindly from 0 to 100, a convention reaches."""
    often = Counter(row.bases for row in rows)  # the rows of one figure share their bases
    reachable = sum(times * count_reachable(bases, convention) for bases, times in often.items())
    return Fraction(reachable, 101)


def count_reachable(bases: Sequence[int], convention: str = ROUNDED_ONCE) -> int:
    """Return how many of the 101 whole percentages from 0 to 100 a convention reaches on ``bases``."""
    return sum(_reaches(convention, str(percentage), bases) for percentage in range(101))


def round_units(total: int, denominator: int, unit: int) -> int:
    """Return ``unit`` · ``total`` / ``denominator``, half up, in the last printed digit."""
    return (2 * unit * total + denominator) // (2 * denominator)


# From simple to involved; the order decides between conventions that explain as much. What of a Reach must hold
# something, and how many categories are added.
_CONVENTIONS = {
    ROUNDED_ONCE: ("plain", 1),
    HALF_TO_EVEN: ("even", 1),
    SUM_OF_TWO: ("splits", 2),
    SUM_OF_THREE: ("splits", 3),
}


def _reaches(convention: str, percentage: str, bases: Sequence[int]) -> bool:
    part, categories = _CONVENTIONS[convention]
    return bool(getattr(reach(percentage, bases, categories=categories), part))


def _in_units(number: Decimal | str, decimals: int | None, bases: Sequence[int], items: int = 1) -> tuple[int, int]:
    """Return a printed number as a whole count of its last digit, and the number of its decimals."""
    try:
        value = Decimal(number)
        printed = max(-int(value.as_tuple().exponent), 0)
    except (InvalidOperation, ValueError) as error:
        raise ValueError(f"{number!r} is geen getal") from error
    places = printed if decimals is None else decimals
    scaled = Fraction(value) * 10**places
    if scaled.denominator != 1:
        raise ValueError(f"{number} heeft meer dan {places} decimalen")
    if not bases or min(bases) < 1 or items < 1:
        raise ValueError("elke basis en elk aantal items is ten minste 1, en er is een basis nodig")
    return int(scaled), places


def _fits(bases: Sequence[int], counts: Callable[[int], range]) -> tuple[Fit, ...]:
    return tuple(Fit(base, found) for base in bases if (found := counts(base)))


def _splits(value: int, base: int, full: int, categories: int) -> list[Split]:
    """Return one split per count. From ``full`` people on every number up to 100 percent is k of n by itself."""
    if base >= full and 0 <= value <= full:
        return [Split(base, (k,)) for k in select_counts(value, base, full)[:1]]
    most = categories if base <= LARGEST_BASE_FOR_THREE else min(categories, 2)
    slack = Fraction(most * base, 2 * full)  # each category moves the sum by half a unit at most
    middle = Fraction(value * base, full)
    counts = range(max(ceil(middle - slack), 0), min(floor(middle + slack), base) + 1)
    found = (_split(count, value, base, full, most) for count in counts)
    return [Split(base, parts) for parts in found if parts]


def _split(count: int, value: int, base: int, full: int, categories: int) -> tuple[int, ...] | None:
    """Return parts of ``count``, the smallest first part there is, whose rounded shares add up to ``value``."""
    if categories == 1:
        return (count,) if round_units(count, base, full) == value else None
    if abs(2 * (full * count - value * base)) > categories * base:
        return None
    for first in range(count // categories + 1):
        rest = _split(count - first, value - round_units(first, base, full), base, full, categories - 1)
        if rest is not None:
            return (first, *rest)
    return None
