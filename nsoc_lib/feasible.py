"""What a reader can still think of a hidden count: the exact interval that all published numbers leave open.

The reader knows every shown count, every sum, every rounded count and percentage, that a count of people
is a whole number and not negative, and how many people there are at most. The interval is found by integer
linear programming (HiGHS, through scipy), once for the lowest and once for the highest count. A reader who
also knows the rule by which cells were hidden may know a little more; that is not counted here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nsoc_lib.linked_tables import Equation, LinkedTables

if TYPE_CHECKING:
    import numpy as np

EXACT: dict[str, Any] = {"mip_rel_gap": 0}  # the default stops within a ten-thousandth of the optimum


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

    ``shown`` is in whole percents, or in steps of a tenth when ``decimals`` is 1: 735 for 73,5%.
    """

    count: str
    base: str
    shown: int
    decimals: int = 0


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
) -> Published:
    """Return what a reader sees when ``hidden`` cells are left out and the others are rounded.

    ``most`` is the number of people there can be, such as the invited: no count is higher.
    """
    left_out = frozenset(hidden)
    known = {
        name: Interval(0, most) if name in left_out else rounded_interval(round_count(count, rounded_to), rounded_to)
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
    """Return the exact interval of one count, given everything that is published.

    Raises ValueError when no counts at all fit what is published, and KeyError for an unknown cell.
    """
    import numpy as np

    names = list(published.known)
    if cell not in published.known:
        raise KeyError(cell)
    aim = np.zeros(len(names))
    aim[names.index(cell)] = 1
    return Interval(_lowest(published, names, aim), -_lowest(published, names, -aim))


def _lowest(published: Published, names: list[str], aim: np.ndarray) -> int:
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped]

    rows, low, high = _constraints(published, names)
    bounds = Bounds([published.known[n].low for n in names], [published.known[n].high for n in names])
    constraints = LinearConstraint(rows, low, high) if len(rows) else ()
    found = milp(aim, integrality=np.ones(len(names)), bounds=bounds, constraints=constraints, options=EXACT)
    if found.x is None:
        raise ValueError("geen aantallen passen bij wat er is gepubliceerd")
    return round(float(aim @ np.round(found.x)))


def sum_matrix(equations: Iterable[Equation], names: list[str]) -> np.ndarray:
    """Return one row per equation with 1 for its total and -1 for each part, one column per cell."""
    import numpy as np

    place = {name: number for number, name in enumerate(names)}
    listed = list(equations)
    matrix = np.zeros((len(listed), len(names)))
    for row, equation in zip(matrix, listed, strict=True):
        row[place[equation.total]] += 1
        for part in equation.parts:
            row[place[part]] -= 1
    return matrix


def _constraints(published: Published, names: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return sums and percentages as rows with a lowest and a highest value."""
    import numpy as np

    sums = sum_matrix(published.equations, names)
    rows, low, high = [sums], [np.zeros(len(sums))], [np.zeros(len(sums))]
    for percentage in published.percentages:
        count, base = names.index(percentage.count), names.index(percentage.base)
        scale, shown = 100 * 10**percentage.decimals, percentage.shown
        # shown is the floor of scale·count/base + ½, and a count is never more than its base, which is not empty.
        block = np.zeros((4, len(names)))
        block[0, [count, base]] = 2 * scale, -(2 * shown - 1)
        block[1, [count, base]] = 2 * scale, -(2 * shown + 1)
        block[2, [count, base]] = -1, 1
        block[3, base] = 1
        rows.append(block)
        low.append(np.array([0, -np.inf, 0, 1]))
        high.append(np.array([np.inf, -1, np.inf, np.inf]))
    return np.vstack(rows), np.concatenate(low), np.concatenate(high)
