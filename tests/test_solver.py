"""The cheapest whole numbers, exactly, and nothing on standard output."""

from contextlib import nullcontext

import numpy as np
import pytest
from conftest import PROFILE
from scipy.optimize import Bounds, LinearConstraint

from nsoc_lib import solver
from nsoc_lib.protection import Split, _find_hidden, protect_statement
from nsoc_lib.solver import CHATTER, best_counts

BOX = Bounds([0, 0], [10, 10])


def test_fractions_that_are_whole_are_the_answer():
    """The least of a + 2b with a + b at least 7 is 7 and 0."""
    assert best_counts(np.array([1, 2]), BOX, LinearConstraint([[1, 1]], 7, np.inf)).tolist() == [7, 0]


def test_fractions_that_are_not_are_sought_in_whole_numbers():
    """The least of a + b with 2a + 2b at least 5 is 2,5 in fractions, and 3 in people."""
    assert best_counts(np.array([1, 1]), BOX, LinearConstraint([[2, 2]], 5, np.inf)).sum() == 3


def test_what_cannot_be_is_nothing():
    """Two of at most ten are never 21; and twice a number is never 5."""
    assert best_counts(np.array([1, 1]), BOX, LinearConstraint([[1, 1]], 21, np.inf)) is None
    assert best_counts(np.array([1, 1]), BOX, LinearConstraint([[2, 0]], 5, 5)) is None


def protect_talkatively() -> None:
    """Decide about a statement of 28 answers for which HiGHS prints a line of its own."""
    _find_hidden.cache_clear()
    groups = {"a": Split(3, 7, 10), "b": Split(3, 3, 6), "c": Split(1, 2, 5), "d": Split(6, 3, 10)}
    answers = {"zeer oneens": 4, "oneens": 9, "neutraal": 2, "eens": 8, "zeer eens": 5}
    protect_statement(answers, ("eens", "zeer eens"), groups, 31, PROFILE)


def test_the_solver_is_kept_quiet(capfd: pytest.CaptureFixture[str]):
    """In a chapter its line would be output that is not ours, and stop the report."""
    protect_talkatively()
    assert capfd.readouterr().out == ""


def test_the_solver_still_has_to_be_kept_quiet(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """When this fails HiGHS has learnt to be silent, and ``_quiet`` can go."""
    monkeypatch.setattr(solver, "_quiet", nullcontext)
    protect_talkatively()
    solver.ctypes.CDLL(None).fflush(None)
    assert CHATTER.decode() in capfd.readouterr().out


def test_other_words_on_standard_output_are_not_lost(capfd: pytest.CaptureFixture[str]):
    """Only that one line is left out."""
    with solver._quiet():
        solver.os.write(1, b"iets anders\n" + CHATTER + b"en nog iets\n")
    assert capfd.readouterr().out == "iets anders\nen nog iets\n"
