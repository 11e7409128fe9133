"""The whole numbers of least cost that fit what ties them together, as HiGHS finds them, through scipy."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

# The default stops within a ten-thousandth of the optimum, and the presolve of HiGHS cuts off optima of whole numbers
# (github.com/ERGO-Code/HiGHS, issues 1725 and 3073).
EXACT: dict[str, Any] = {"mip_rel_gap": 0, "presolve": False}
ALMOST = 1e-9  # what a solver calls whole may differ this much from it
# What HiGHS prints now and then, also when it is told to print nothing (github.com/ERGO-Code/HiGHS, issue 2783).
CHATTER = b"HighsMipSolverData::transformNewIntegerFeasibleSolution tmpSolver.run();\n"


def best_counts(cost: np.ndarray, bounds: Any, constraints: Any) -> np.ndarray | None:
    """Return the whole numbers of the least cost, or None when there are none.

    The best of all fractions is found much sooner; when it is whole, nothing whole is better.
    """
    import numpy as np
    from scipy.optimize import milp  # type: ignore[import-untyped]

    for whole in (0, 1):
        with _quiet():
            found = milp(
                cost, integrality=np.full(len(cost), whole), bounds=bounds, constraints=constraints, options=EXACT
            )
        if found.x is None:
            return None
        if np.abs(found.x - np.round(found.x)).max() < ALMOST:
            break
    counts: np.ndarray = np.round(found.x).astype(int)
    return counts


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep one line of HiGHS from standard output, which is that of a notebook; whatever else comes goes there after all."""
    if os.name != "posix":
        yield
        return
    flush = ctypes.CDLL(None).fflush
    flush(None)
    shown = os.dup(1)
    with TemporaryFile() as said:
        os.dup2(said.fileno(), 1)
        try:
            yield
        finally:
            flush(None)
            os.dup2(shown, 1)
            os.close(shown)
            said.seek(0)
            if left := said.read().replace(CHATTER, b""):
                os.write(1, left)
