"""A fixed sample of what ``make crash`` does."""

from __future__ import annotations

import os

import pytest
from crash import (
    COMMITTED,
    EQUAL,
    MIXED,
    NEW,
    OLD,
    CannotTryError,
    Outcome,
    Trial,
    fill_disk,
    hide_file,
    jump_clock,
    lose_worker,
    prepare,
    pull_plug,
    restore,
    run_two_at_once,
)  # fmt: skip


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    """A tiny study and what it gives when nobody disturbs it."""
    return prepare(tmp_path_factory.mktemp("rampen"))


def test_a_pulled_plug_leaves_a_whole_report_and_the_next_run_completes(trial: Trial) -> None:
    """At any moment, while the report is written, and while it is put in place."""
    outcomes = list(pull_plug(trial, 3, seed=1))
    restore(trial)
    assert len(outcomes) == 3
    assert [str(outcome) for outcome in outcomes if not outcome.good] == []


def test_a_full_disk_is_told_and_changes_nothing(trial: Trial) -> None:
    """The message says so, the earlier report stands, and with room again the run completes."""
    try:
        outcomes = list(fill_disk(trial, rooms=(40,)))
    except CannotTryError as error:
        if os.environ.get("CI") == "true":
            pytest.fail(str(error))
        pytest.skip(str(error))
    assert [str(outcome) for outcome in outcomes if (outcome.stood, outcome.after) != (OLD, EQUAL)] == []


def test_a_lost_process_is_told_and_the_next_run_completes(trial: Trial) -> None:
    """One process of a run is ended; the report stays whole."""
    outcomes = list(lose_worker(trial, seed=1, count=1))
    restore(trial)
    assert [str(outcome) for outcome in outcomes if not outcome.good] == []


def test_an_unreadable_export_is_told(trial: Trial) -> None:
    """A folder or a link to nothing in its place: the earlier report stands."""
    assert [str(outcome) for outcome in hide_file(trial) if (outcome.stood, outcome.after) != (OLD, EQUAL)] == []


def test_two_runs_at_once_give_one_report(trial: Trial) -> None:
    """The second says that another is under way."""
    assert [str(outcome) for outcome in run_two_at_once(trial) if (outcome.stood, outcome.after) != (NEW, EQUAL)] == []


def test_times_of_files_decide_nothing(trial: Trial) -> None:
    """An answer that changed in a file with its old time, or one from long ago, is seen."""
    assert [str(outcome) for outcome in jump_clock(trial) if not outcome.good] == []


def test_a_mixed_folder_would_be_seen(trial: Trial) -> None:
    """One file of the other report among these is called mixed; a hidden remainder is not a report."""
    page = trial.study.reports / "evaluatierapport.html"
    whole = page.read_bytes()
    assert trial.stands(0) == OLD
    page.write_bytes(trial.reports[1][page.name])
    assert trial.stands(0) == MIXED
    page.write_bytes(whole)
    assert not Outcome("", "", MIXED, EQUAL).good
    assert not Outcome("", "", COMMITTED, "een ander rapport").good
