"""Workers: each step in a process of its own, and what happens while they run."""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from concurrent.futures import Future
from types import SimpleNamespace
from typing import Any

import pytest

from nsoc_lib.errors import NsocError
from nsoc_lib.publish.apart import Place, tell_place
from nsoc_lib.publish.workers import NEEDS, Workers


def step(*needs: str) -> SimpleNamespace:
    return SimpleNamespace(name="proef", attributes={NEEDS: needs})


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


def test_an_end_that_nobody_asks_about_does_not_hide_another() -> None:
    """A short step has ended and is not asked about; the long one is still told as ended once it has."""
    with Workers(iter(())) as workers:
        long = workers.submit(lambda **_: time.sleep(0.3), task=step())
        workers.submit(lambda **_: 7, task=step())
        assert not long.done()
        time.sleep(0.6)
        assert long.done()


@pytest.mark.parametrize(
    ("end", "said"), [(lambda **_: os._exit(3), "code 3"), (lambda **_: os.kill(os.getpid(), 9), "signaal SIGKILL")]
)
def test_a_process_that_dies_is_reported_and_the_others_run_on(end: Any, said: str) -> None:
    """The block names the step and how it ended; a step that ran beside it and one that starts later give their results."""
    with Workers(iter(())) as workers:
        beside = workers.submit(lambda **_: time.sleep(0.3) or 6, task=step())
        dead = workers.submit(end, task=step())
        with pytest.raises(NsocError) as error:
            wait_for(dead)
        assert str(error.value) == (
            'Fout in de stap "proef"\n'
            f"  gevonden: het proces dat hier bezig was is gestopt ({said})\n"
            "  verwacht: een proces dat tot het einde loopt\n"
            "  wat nu:   Draai make report opnieuw; helpt dat niet, kijk dan of het geheugen vol is."
        )
        assert wait_for(beside) == 6
        assert wait_for(workers.submit(lambda **_: 7, task=step())) == 7


def stay() -> None:
    tell_place(Place("de keuken, cel 3", 0.2))
    time.sleep(60)


def leave() -> None:
    tell_place(Place("de keuken, cel 4", 60))
    os._exit(3)


@pytest.mark.parametrize(
    ("step_of", "where", "found"),
    [(stay, "de keuken, cel 3", "na 0 minuten nog niet klaar"), (leave, "de keuken, cel 4", "is gestopt (code 3)")],
)
def test_what_never_ends_or_dies_is_named_by_the_place_that_it_told(step_of: Any, where: str, found: str) -> None:
    """A step that stays longer than it said is ended; one that dies is named with where it was."""
    with Workers(iter(())) as workers:
        future = workers.submit(lambda **_: step_of(), task=step())
        with pytest.raises(NsocError, match=f"^Fout in {where}\n") as error:
            wait_for(future)
    assert found in str(error.value)
    assert multiprocessing.active_children() == []


def test_a_step_may_move_on_from_place_to_place() -> None:
    """The time is for a place: three of them take longer than one may."""

    def walk(**_: Any) -> str:
        for number in range(3):
            tell_place(Place(f"cel {number}", 0.5))
            time.sleep(0.3)
        return "er"

    with Workers(iter(())) as workers:
        assert wait_for(workers.submit(walk, task=step())) == "er"
