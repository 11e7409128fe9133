"""Write down how often each interval of the report holds the truth: ``docs/dekking.md``.

Run ``python -m nsoc_lib.publish.coverage docs/dekking.md``. The text is the same from run to run.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from nsoc_lib.intervals import CLOPPER_PEARSON, HYPERGEOMETRISCH, JEFFREYS, METHODEN, WILSON, coverage
from nsoc_lib.publish.files import write_whole
from nsoc_lib.rounds import newcombe
from nsoc_lib.shares import Share

COMMAND = "python -m nsoc_lib.publish.coverage docs/dekking.md"
SIZES = ((31, range(23, 32)), (20, (5, 10, 15)), (40, (10, 20, 30)), (60, (20, 40, 55)), (300, (100, 200)))
GROUPS = ((8, 8), (8, 20), (14, 14), (25, 25), (25, 60))
STEPS = 50


def render_coverage() -> str:
    """Return the page as markdown: what is guaranteed, what was computed, and what was not."""
    return "\n".join(
        [
            "# How often the intervals hold the truth",
            "",
            f"Computed by `{COMMAND}`; do not edit. Nominal coverage is 95 percent everywhere.",
            "",
            "**Worst-case bounds** hold the true number of the invited always, by arithmetic: no table is needed.",
            "Every figure below is conditional on a chance draw, the claim that stands beside the interval. People who",
            "were chosen by hand, or who stayed silent for a reason, are no chance draw: then nothing is promised.",
            "",
            "## Share of a group",
            "",
            "n of N invited answered. Each cell: least / mean coverage in percent. Hypergeometric: over every true",
            "number M from 0 to N, counted exactly with whole numbers, for a draw of n from N without replacement;",
            "the least is never below 95. The other methods: n independent draws from an endless group, so N does not",
            "matter; the least is the infimum over every true share (found at the ends of the intervals, not on a",
            "grid), the mean is the integral over the share. Wilson and Jeffreys are right on average and dip below",
            "95, most of all near 0 and 100 percent; Clopper-Pearson never does. All figures are rounded down.",
            "",
            *_table(["N", "n", *METHODEN], _share_rows()),
            "",
            "## Difference between two separate groups (Newcombe)",
            "",
            f"Two independent draws; every pair of true shares on a grid of {STEPS + 1} by {STEPS + 1} points from 0",
            "to 1, ends included; the chance of each pair of counts is added up, nothing is simulated. Between grid",
            "points the coverage can be a little lower.",
            "",
            *_table(["first n", "second n", "least", "mean"], _group_rows()),
            "",
            "## Not computed",
            "",
            "- McNemar's exact test gives a chance, no interval: its size is at most the nominal one by construction.",
            "- Feldt's interval for Cronbach's alpha has its nominal coverage only for normal, equally related items;",
            "  answers on a scale of a few points are neither, and their coverage depends on the answers. The report",
            "  calls it a rough margin.",
            "",
        ]
    )


def _share_rows() -> Iterable[Sequence[str]]:
    binomial = {
        (name, n): _cell(coverage(name, n).minimum, coverage(name, n).mean)
        for name in (WILSON, JEFFREYS, CLOPPER_PEARSON)
        for n in sorted({n for _, sizes in SIZES for n in sizes})
    }
    for population, sizes in SIZES:
        for n in sizes:
            exact = coverage(HYPERGEOMETRISCH, n, population)
            others = (binomial[name, n] for name in METHODEN if name != HYPERGEOMETRISCH)
            yield (str(population), str(n), _cell(exact.minimum, exact.mean), *others)


def _group_rows() -> Iterable[Sequence[str]]:
    for first, second in GROUPS:
        least, mean = cover_difference(first, second)
        yield (str(first), str(second), _floor(least), _floor(mean))


def cover_difference(first: int, second: int, steps: int = STEPS) -> tuple[float, float]:
    """Return least and mean coverage (percent) of Newcombe's 95 percent interval over a grid of true shares."""
    import numpy as np
    from scipy.stats import binom  # type: ignore[import-untyped]

    truth = np.arange(steps + 1) / steps
    chances = [binom.pmf(np.arange(n + 1)[:, None], n, truth) for n in (first, second)]
    difference = 100 * (truth[None, :] - truth[:, None])
    held = np.zeros_like(difference)
    for before in range(first + 1):
        for after in range(second + 1):
            low, high = newcombe(Share(before, first, first), Share(after, second, second))
            within = (low - 1e-9 <= difference) & (difference <= high + 1e-9)
            held += within * chances[0][before][:, None] * chances[1][after][None, :]
    return 100 * float(held.min()), 100 * float(held.mean())


def _cell(least: float, mean: float) -> str:
    return f"{_floor(least)} / {_floor(mean)}"


def _floor(percentage: float) -> str:
    """Round down, so that the page never promises more than there is."""
    return f"{int(percentage * 10 + 1e-6) / 10:.1f}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [list(heads), ["---:"] * len(heads), *map(list, rows)]
    return [f"| {' | '.join(line)} |" for line in lines]


def main(arguments: Sequence[str]) -> None:
    """Write the page to the one path given."""
    (path,) = arguments
    write_whole(Path(path), render_coverage().encode("utf-8"))


if __name__ == "__main__":
    main(sys.argv[1:])
