"""Workers: each step in a process of its own, and what happens while they run."""

from __future__ import annotations

import os
import sys
import time
from concurrent.futures import Future
from types import SimpleNamespace
from typing import Any

import pytest

from nsoc_lib.errors import NsocError
from nsoc_lib.publish.workers import NEEDS, Workers


def step(*needs: str) -> SimpleNamespace:
    return SimpleNamespace(attributes={NEEDS: needs})


def wait_for(future: Future[Any]) -> Any:
    while not future.done():
        pass
    return future.result()


def test_each_step_has_a_process_of_its_own() -> None:
    """Two steps see two process ids, neither of which is ours."""
    with Workers(iter(())) as workers:
        futures = [workers.submit(lambda **_: os.getpid(), task=step()) for _ in range(2)]
        assert len({os.getpid(), *map(wait_for, futures)}) == 3


def test_a_step_carries_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A module that a step needs is imported here, before the fork, so that the next step has it as well."""
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    with Workers(iter(())) as workers:
        assert wait_for(workers.submit(lambda **_: "colorsys" in sys.modules, task=step("colorsys")))
    assert "colorsys" in sys.modules


def test_what_comes_later_is_imported_while_a_step_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting for a step of a tenth of a second leaves time to import a module that it did not ask for."""
    monkeypatch.delitem(sys.modules, "wave", raising=False)
    with Workers(iter(["wave"])) as workers:
        wait_for(workers.submit(lambda **_: time.sleep(0.1), task=step()))
    assert "wave" in sys.modules


def test_asking_one_future_does_not_hide_that_another_ended() -> None:
    """A short step is told as ended while a long one, asked first, still runs."""
    with Workers(iter(())) as workers:
        long = workers.submit(lambda **_: time.sleep(1), task=step())
        short = workers.submit(lambda **_: 7, task=step())
        assert not long.done()
        assert short.done()
        assert short.result() == 7


def test_a_process_that_dies_is_an_error_and_the_next_step_runs() -> None:
    """One process that stops with code 3 does not break what comes after."""
    with Workers(iter(())) as workers:
        dead = workers.submit(lambda **_: os._exit(3), task=step())
        with pytest.raises(NsocError, match="gestopt met code 3"):
            wait_for(dead)
        assert wait_for(workers.submit(lambda **_: 7, task=step())) == 7
