"""How a percentage is rounded for showing. Counts go in, whole percentages come out.

Halves go up, as in SPSS and in printed reports; Python's own ``round`` goes to the even
neighbour and would show 12 for 12.5.
"""

from __future__ import annotations

from collections.abc import Sequence

ROUNDED_ONCE, ROUNDED_APART = "percentage van de som", "som van afgeronde percentages"


def percentage_of_sum(count: int, n: int) -> int:
    """Return ``count`` of ``n`` as a whole percentage, half up. ``n`` must be positive.

    >>> percentage_of_sum(3, 24)
    13
    """
    return (200 * count + n) // (2 * n)


def sum_of_percentages(parts: Sequence[int], n: int) -> int:
    """Return the sum of separately rounded categories, as some reports print it.

    >>> sum_of_percentages([3, 16], 26)
    74
    >>> percentage_of_sum(19, 26)
    73
    """
    return sum(percentage_of_sum(part, n) for part in parts)


def round_half_up(value: float) -> int:
    """Return a value that is not a share of counts (a published one, a mean) as a whole number."""
    return int(value + 0.5) if value >= 0 else -int(-value + 0.5)
