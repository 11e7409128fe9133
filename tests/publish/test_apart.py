"""A function in a process of its own: its result, its errors, and that nothing of it stays."""

from __future__ import annotations

import multiprocessing
import os
import time

import pytest

from nsoc_lib.publish.apart import Place, call_beside, tell_place


def test_a_call_beside_runs_while_we_go_on_and_gives_its_result() -> None:
    """It has a process of its own, which is gone afterwards; what it raised is raised here."""
    with call_beside(os.getpid) as result:
        here = os.getpid()
        assert result() != here
    with call_beside(lambda: {}["weg"]) as result, pytest.raises(KeyError):
        result()
    assert multiprocessing.active_children() == []


def test_a_call_beside_that_nobody_waits_for_is_ended() -> None:
    """Who fails meanwhile does not wait a minute for it."""
    start = time.monotonic()
    with pytest.raises(KeyError), call_beside(lambda: time.sleep(60)):
        raise KeyError
    assert time.monotonic() - start < 30
    assert multiprocessing.active_children() == []


def test_a_call_beside_may_be_made_here() -> None:
    """Where no process can be forked, or none is wanted, the function is called when its result is asked."""
    with call_beside(os.getpid, apart=False) as result:
        assert result() == os.getpid()


def test_nobody_is_told_a_place_where_nobody_waits() -> None:
    """A chapter that runs in the process of its caller says nothing."""
    tell_place(Place("hier", 1))
