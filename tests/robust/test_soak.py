"""A few rounds of what ``make soak`` does, and that it would see a leak."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from runs import build_shared
from soak import MOST_GROWTH, Level, Soaked, soak_study

HELD = Level(memory=100_000_000, handles=10, children=0, temporary=0)


def test_builds_leave_no_open_file_process_or_temporary_file(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    """Two builds in one process; what memory does shows over many more, in make soak."""
    found = soak_study(tmp_path, build_shared(tmp_path_factory).copy_to(tmp_path / "studie"), 2)
    assert found.builds == 2
    assert (found.end.handles, found.end.children, found.end.temporary) == (
        found.settled.handles, found.settled.children, 0
    )  # fmt: skip


@pytest.mark.parametrize(
    "held",
    [
        replace(HELD, handles=11),
        replace(HELD, children=1),
        replace(HELD, temporary=1),
        replace(HELD, memory=HELD.memory + 51 * MOST_GROWTH),
    ],
)
def test_what_stays_behind_is_a_leak(held: Level) -> None:
    """One file, process or temporary file more at the end, or more memory per build than is allowed."""
    assert Soaked(100, 50, HELD, held).leaks
    assert "Er lekt iets." in str(Soaked(100, 50, HELD, held))
    assert not Soaked(100, 50, HELD, HELD).leaks
