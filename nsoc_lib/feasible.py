"""What a reader can still think of a hidden count: the exact interval that all published numbers leave open.

The reader knows every shown count, every sum, every rounded count and percentage, that a count of people
is a whole number and not negative, and how many people there are at most. The interval is found by integer
linear programming (HiGHS, through scipy), once for the lowest and once for the highest count. A reader who
also knows the rule by which cells were hidden may know a little more; that is not counted here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor, inf
from typing import Any, NamedTuple

from nsoc_lib.linked_tables import Equation, LinkedTables
from nsoc_lib.solver import best_counts

ROUNDS = 50  # sums that contradict each other could narrow a count by one a time for ever; the solver sees it at once
NONE_FIT = "geen aantallen passen bij wat er is gepubliceerd"


class Row(NamedTuple):
    """That a sum of counts, each times its coefficient, lies between two numbers."""

    coefficients: Mapping[str, float]
    low: float
    high: float


@dataclass(frozen=True)
class Interval:
    """The lowest and the highest count that are possible."""

    low: int
    high: int

    @property
    def width(self) -> int:
        return self.high - self.low


@dataclass(frozen=True)
class ShownPercentage:
    """That the cell ``count`` is printed as a percentage of the cell ``base``, halves rounded up.

    ``shown`` is in whole percents, or in steps of a tenth when ``decimals`` is 1: 735 for 73,5%. With more
    ``parts`` it is the sum of so many categories that were each rounded first, which asks for a shown base.
    """

    count: str
    base: str
    shown: int
    decimals: int = 0
    parts: int = 1


@dataclass(frozen=True)
class Published:
    """What can be read of linked counts. A shown count has an interval of one number, a hidden one has 0 to the most."""

    known: Mapping[str, Interval]
    equations: tuple[Equation, ...]
    percentages: tuple[ShownPercentage, ...] = ()


def publish_counts(
    tables: LinkedTables,
    hidden: Iterable[str],
    most: int,
    *,
    rounded_to: int = 1,
    percentages: tuple[ShownPercentage, ...] = (),
    limits: Mapping[str, int] | None = None,
) -> Published:
    """Return what a reader sees when ``hidden`` cells are left out and the others are rounded.

    ``most`` is the number of people there can be, such as the invited: no count is higher; ``limits`` says of
    some cells that they are lower still.
    """
    left_out = frozenset(hidden)
    known = {
        name: Interval(0, (limits or {}).get(name, most))
        if name in left_out
        else rounded_interval(round_count(count, rounded_to), rounded_to)
        for name, count in tables.counts.items()
    }
    for name in tables.public:
        known[name] = Interval(tables.counts[name], tables.counts[name])
    return Published(known, tables.equations, percentages)


def round_count(count: int, step: int) -> int:
    """Return a count as the nearest multiple of ``step``, halves up.

    >>> [round_count(count, 5) for count in (7, 8, 12, 13)]
    [5, 10, 10, 15]
    """
    return (2 * count + step) // (2 * step) * step


def rounded_interval(shown: int, step: int) -> Interval:
    """Return which counts are shown as ``shown`` after rounding to a multiple of ``step``.

    >>> rounded_interval(10, 5), rounded_interval(10, 2), rounded_interval(7, 1)
    (Interval(low=8, high=12), Interval(low=9, high=10), Interval(low=7, high=7))
    """
    low = (2 * shown - step + 1) // 2
    return Interval(max(low, 0), low + step - 1)


def feasible_interval(published: Published, cell: str) -> Interval:
    """Return the exact interval of one count, given everything that is published. Raises as ``Reader`` does."""
    return Reader(published).interval(cell)


class Reader:
    """Who works out counts from everything that is published; the sums are written down once for all counts.

    Raises ValueError when the base of a sum of rounded percentages is not shown, and when a sum by itself leaves no
    count at all.
    """

    def __init__(self, published: Published) -> None:
        known, rows = dict(published.known), [_sum_row(equation) for equation in published.equations]
        for number, percentage in enumerate(published.percentages):
            more, others = (
                _sum_of_rounded(percentage, known, number) if percentage.parts > 1 else ({}, _rounded(percentage))
            )
            known |= more
            rows += others
        self._asked = frozenset(published.known)
        self._rows = rows
        self._known = narrow(known, rows)
        # Counts that fit all that is published: what a cell is in one of these is possible, and need not be sought.
        self._fitting: list[dict[str, int]] = []
        if not any(each.width for each in self._known.values()):
            self._fitting.append({name: each.low for name, each in self._known.items()})

    def interval(self, cell: str) -> Interval:
        """Return the exact interval of one count.

        Raises ValueError when no counts at all fit what is published, and KeyError for an unknown cell.
        """
        if cell not in self._asked:
            raise KeyError(cell)
        ends = ((self._known[cell].low, 1), (self._known[cell].high, -1))
        low, high = (
            end if any(counts[cell] == end for counts in self._fitting) else self._seek(cell, sign)
            for end, sign in ends
        )
        self._known[cell] = Interval(low, high)
        return self._known[cell]

    def _seek(self, cell: str, sign: int) -> int:
        """Return the lowest count of a cell, or the highest when ``sign`` is -1, and keep the counts it comes with."""
        import numpy as np

        names = list(self._known)
        aim = np.zeros(len(names))
        aim[names.index(cell)] = sign
        found = best_counts(aim, *self._program)
        if found is None:
            raise ValueError(NONE_FIT)
        self._fitting.append(dict(zip(names, found.tolist(), strict=True)))
        return self._fitting[-1][cell]

    @cached_property
    def _program(self) -> tuple[Any, Any]:
        """What ties the counts together, in the terms of the solver."""
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint  # type: ignore[import-untyped]

        places = {name: place for place, name in enumerate(self._known)}
        matrix = np.zeros((len(self._rows), len(places)))
        for line, row in zip(matrix, self._rows, strict=True):
            for name, coefficient in row.coefficients.items():
                line[places[name]] = coefficient
        ends = self._known.values()
        limits = [row.low for row in self._rows], [row.high for row in self._rows]
        bounds = Bounds([each.low for each in ends], [each.high for each in ends])
        return bounds, LinearConstraint(matrix, *limits) if self._rows else ()


def narrow(known: Mapping[str, Interval], rows: Collection[Row]) -> dict[str, Interval]:
    """Return the counts that each sum by itself leaves possible, sum after sum until nothing changes.

    Never less than is possible, but sometimes more: two sums together may say what neither says alone. (The *shuttle
    algorithm* of Buzzigoli and Giusti, 1999.) Raises ValueError when a sum leaves nothing.
    """
    found = dict(known)
    for _ in range(ROUNDS):
        before = dict(found)
        for row in rows:
            _narrow_by(row, found)
        if found == before:
            return found
    return dict(known)


def _narrow_by(row: Row, known: dict[str, Interval]) -> None:
    """Narrow each count of one sum to what is left of the sum when all others are as low, or as high, as they can be."""
    terms = {
        name: sorted((factor * known[name].low, factor * known[name].high))
        for name, factor in row.coefficients.items()
        if factor
    }
    lowest, highest = sum(low for low, _ in terms.values()), sum(high for _, high in terms.values())
    for name, (low, high) in terms.items():
        factor = row.coefficients[name]
        least, most = sorted(((row.low - highest + high) / factor, (row.high - lowest + low) / factor))
        known[name] = Interval(ceil(max(known[name].low, least)), floor(min(known[name].high, most)))
        if known[name].width < 0:
            raise ValueError(NONE_FIT)


def _sum_row(equation: Equation) -> Row:
    coefficients = {equation.total: 1.0}
    for part in equation.parts:
        coefficients[part] = coefficients.get(part, 0.0) - 1
    return Row(coefficients, 0, 0)


def _rounded(percentage: ShownPercentage) -> list[Row]:
    """Return that shown is the floor of scale·count/base + ½, of a base not below its count; an empty base fits neither row."""
    count, base, shown, scale = percentage.count, percentage.base, percentage.shown, _scale(percentage)
    return [
        Row({count: 2 * scale, base: 1 - 2 * shown}, 0, inf),
        Row({count: 2 * scale, base: -1 - 2 * shown}, -inf, -1),
        Row({base: 1, count: -1}, 0, inf),
    ]


def _sum_of_rounded(
    percentage: ShownPercentage, known: Mapping[str, Interval], number: int
) -> tuple[dict[str, Interval], list[Row]]:
    """Return each category and its own percentage as further unknowns, and what ties them to what is printed."""
    base, scale = known[percentage.base], _scale(percentage)
    if base.width or not base.low:
        raise ValueError(f"de basis {percentage.base} is niet getoond of leeg")
    n = base.low
    parts = [f"{number}: aantal {part}" for part in range(percentage.parts)]
    shares = [f"{number}: percentage {part}" for part in range(percentage.parts)]
    more = dict.fromkeys(parts, Interval(0, n)) | dict.fromkeys(shares, Interval(0, scale))
    rows = [
        _sum_row(Equation(percentage.count, tuple(parts))),
        Row(dict.fromkeys(shares, 1), percentage.shown, percentage.shown),
    ]
    rows.append(Row({percentage.count: 1}, 0, n))
    rows += [Row({k: 2 * scale, p: -2 * n}, -n, n - 1) for k, p in zip(parts, shares, strict=True)]
    return more, rows


def _scale(percentage: ShownPercentage) -> int:
    return 100 * int(10**percentage.decimals)
