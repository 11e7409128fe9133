"""Bringing a report up to date: one run at a time."""

from __future__ import annotations

from conftest import StudyFolder
from filelock import FileLock


def test_a_second_run_at_the_same_time_refuses(own: StudyFolder) -> None:
    """Two runs never write the same study: the second says that one is under way."""
    with FileLock(own.data / "processed" / ".stand" / "slot"):
        done = own.run()
    assert done.code == 1
    assert "gevonden: een andere make report die nog draait" in done.err
