"""A fixed sample of what ``make crash`` does."""

from __future__ import annotations

import os
import time

import pytest
from crash import (
    COMMITTED,
    EQUAL,
    MIXED,
    NEW,
    OLD,
    Outcome,
    Trial,
    fill_disk,
    hide_file,
    jump_clock,
    lose_worker,
    prepare,
    pull_plug,
    run_two_at_once,
)  # fmt: skip
from runs import build_shared, is_fresh, note_fresh


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    """A tiny study and what it gives when nobody disturbs it. Each test leaves it undisturbed."""
    return prepare(tmp_path_factory.mktemp("rampen"), build_shared(tmp_path_factory))


def test_a_mixed_folder_would_be_seen(trial: Trial) -> None:
    """One file of the other report among these is called mixed; a hidden remainder is not a report."""
    page = trial.study.reports / "evaluatierapport.html"
    whole = page.read_bytes()
    assert trial.stands() == NEW
    page.write_bytes(trial.reports[1][page.name])
    assert trial.stands() == MIXED
    page.write_bytes(whole)
    assert not Outcome("", "", MIXED, EQUAL).good
    assert not Outcome("", "", COMMITTED, "een ander rapport").good


def test_a_pulled_plug_leaves_a_whole_report_and_the_next_run_completes(trial: Trial) -> None:
    """At any moment, while the report is written, and while it is put in place."""
    outcomes = list(pull_plug(trial, 3, seed=1))
    assert len(outcomes) == 3
    assert [str(outcome) for outcome in outcomes if not outcome.good] == []


def test_a_full_disk_is_told_and_changes_nothing(trial: Trial) -> None:
    """The message says so, the earlier report stands, and with room again the run completes; without a mount, a limit."""
    outcomes = list(fill_disk(trial, rooms=(40,)))
    assert [(outcome.stood, outcome.after) for outcome in outcomes] == [(OLD, EQUAL)]


def test_a_lost_process_is_told_and_the_next_run_completes(trial: Trial) -> None:
    """One process of a run is ended; the report stays whole."""
    outcomes = list(lose_worker(trial, seed=1, count=1))
    assert [(outcome.stood, outcome.after) for outcome in outcomes] == [(OLD, EQUAL)]


def test_an_unreadable_export_is_told(trial: Trial) -> None:
    """A folder in its place: the earlier report stands."""
    outcomes = list(hide_file(trial, ways=1))
    assert [(outcome.stood, outcome.after) for outcome in outcomes] == [(OLD, EQUAL)]


def test_two_runs_at_once_give_one_report(trial: Trial) -> None:
    """The second says that another is under way."""
    assert [(outcome.stood, outcome.after) for outcome in run_two_at_once(trial)] == [(NEW, EQUAL)]


def test_times_of_files_decide_nothing(trial: Trial) -> None:
    """An answer that changed in a file that keeps its time is seen, by make and by the run."""
    outcomes = list(jump_clock(trial, ("zelfde tijd",)))
    assert [(outcome.stood, outcome.after) for outcome in outcomes] == [(OLD, EQUAL)]


def test_a_file_of_another_time_with_the_same_content_is_nothing_to_do(trial: Trial) -> None:
    """After a clock that jumped, or a copy, make does not start for what says the same."""
    assert note_fresh(trial.study)
    os.utime(trial.study.export, (time.time() + 1e9,) * 2)
    assert is_fresh(trial.study)
