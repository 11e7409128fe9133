"""The order in which ``make test`` does its work."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import deal


def items(*names: str) -> list[SimpleNamespace]:
    return [SimpleNamespace(path=Path(name), nodeid=f"{name}{number}") for name in names for number in (1, 2)]


def test_each_process_begins_with_slow_files_and_ends_with_quick_ones() -> None:
    """Two slow files and two quick ones for two processes: each begins with one slow file, whole."""
    dealt = deal(items("tests/a.py", "tests/b.py", "tests/pipeline/c.py", "tests/robust/d.py"), 2)
    names = ["tests/pipeline/c.py", "tests/a.py", "tests/robust/d.py", "tests/b.py"]
    assert [item.nodeid for item in dealt] == [item.nodeid for item in items(*names)]


@pytest.mark.parametrize("hands", [1, 2, 3, 9])
def test_no_test_is_lost_or_done_twice(hands: int) -> None:
    """Also with more slow tests than one process should have, or more processes than tests."""
    given = items("tests/browser/a.py", "tests/pipeline/b.py", "tests/pipeline/c.py", "tests/d.py")
    assert sorted(item.nodeid for item in deal(given, hands)) == sorted(item.nodeid for item in given)
