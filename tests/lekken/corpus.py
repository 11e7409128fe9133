"""The way in: ``cases`` for who builds a gate, and the held-out half for the final run only."""

from __future__ import annotations

from lekken import files, numbers, people, shown  # noqa: F401 (importing plants the cases)
from lekken.contract import Case, registered


def cases() -> tuple[Case, ...]:
    """Return the open half, by name: what unit tests of a gate may use."""
    return tuple(case for case in registered() if not case.held_out)


def held_out_cases() -> tuple[Case, ...]:
    """Return the half that is kept apart (``bewaard``): for one final run over the whole corpus, and nothing else."""
    return tuple(case for case in registered() if case.held_out)
