"""Runs of the command line that can be ended: forked from a process in which the slow imports were made."""

from __future__ import annotations

import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest
from conftest import ROOT, Run, StudyFolder, build_once, import_once, in_fork, new_tiny_study

SECONDS = 300
# Of the pipeline itself, in .stand. A run that was ended leaves a journal, which pytask takes in when it next has a step to do.
BOOKS = {".pytask", "pytask.lock", "pytask.lock.journal", "invoer", "slot", "pyproject.toml"}


@dataclass
class Started:
    """A run under way, with all its workers in one group of processes."""

    pid: int
    shown: IO[bytes]
    process: subprocess.Popen[bytes] | None = None
    code: int | None = None
    text: str | None = None

    def wait(self, seconds: float = SECONDS) -> tuple[int, str]:
        """Return exit code and what was shown; a run that takes longer is ended with its workers, with code -9."""
        deadline = time.monotonic() + seconds
        while (code := self.poll()) is None:
            if time.monotonic() > deadline:
                self.kill()
                return -9, self.told()
            time.sleep(0.005)
        return code, self.told()

    def poll(self) -> int | None:
        """Return the exit code once the run has ended."""
        if self.process is not None:
            return self.process.poll()
        if self.code is None:
            done, status = os.waitpid(self.pid, os.WNOHANG)
            self.code = os.waitstatus_to_exitcode(status) if done else None
        return self.code

    def kill(self) -> None:
        """Pull the plug: end the run and its workers at once, unless it has ended already."""
        if self.poll() is None:
            os.killpg(self.pid, 9)
            self.wait()
        self.told()
        while _group_lives(self.pid):  # workers are orphans now; who goes on must not meet them
            time.sleep(0.005)

    def told(self) -> str:
        """Return what was shown, once the run has ended."""
        if self.text is None:
            self.shown.seek(0)
            self.text = self.shown.read().decode("utf-8", errors="replace")
            self.shown.close()
        return self.text


def _group_lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return any(f" {group} " in line for line in _living())


def _living() -> list[str]:
    """Return the group of every process that is not a zombie: one that nobody waits for stays in its group."""
    found = subprocess.run(["ps", "-eo", "pgid=,stat="], capture_output=True, text=True, check=True).stdout
    return [f" {line.split()[0]} " for line in found.splitlines() if not line.split()[1].startswith("Z")]


def words_for(study: StudyFolder, *more: str) -> list[str]:
    """Return the words of ``make report`` for this study, after ``python -m nsoc_lib``."""
    return ["report", "--data", str(study.data), "--reports", str(study.reports), *more]


def start(study: StudyFolder, most_bytes: int | None = None) -> Started:
    """Start a run in a fork of this process, in which no file may grow beyond so many bytes."""
    import_once()
    shown = tempfile.TemporaryFile()  # noqa: SIM115 (it lives as long as the run)
    child = os.fork()
    if child == 0:
        os.setsid()
        if most_bytes:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
        in_fork(words_for(study), shown.fileno(), shown.fileno())
    return Started(child, shown)


def start_make(study: StudyFolder) -> Started:
    """Start ``make report`` as a researcher does."""
    shown = tempfile.TemporaryFile()  # noqa: SIM115 (it lives as long as the run)
    process = subprocess.Popen(
        _make(study, sys.executable), cwd=ROOT, stdout=shown, stderr=shown, start_new_session=True,
        env={**os.environ, "MAKEFLAGS": ""},
    )  # fmt: skip
    return Started(process.pid, shown, process)


def _make(study: StudyFolder, python: str) -> list[str]:
    return ["make", "report", f"DATA={study.data}", f"REPORTS={study.reports}", f"PYTHON={python}"]


def note_fresh(study: StudyFolder) -> bool:
    """Let make keep its list of inputs, as after a run that succeeded."""
    return subprocess.run(_make(study, "true"), cwd=ROOT, capture_output=True, check=False).returncode == 0


def is_fresh(study: StudyFolder) -> bool:
    """Return whether make report would find nothing to do; it is given a Python that cannot do anything."""
    return subprocess.run(_make(study, "false"), cwd=ROOT, capture_output=True, check=False).returncode == 0


def build(root: Path, variant: int = 0) -> StudyFolder:
    """Make the report of a tiny study, undisturbed."""
    study = new_tiny_study(root)
    answer(study, variant)
    code, shown = start(study).wait()
    assert code == 0, shown
    return study


def answer(study: StudyFolder, variant: int) -> None:
    """Give one answer of the raw export one of two values, which lead to other numbers in the report."""
    with study.export.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    row = next(row for row in rows[3:] if row[rows[0].index("Q1_1")] in OPTIONS)
    row[rows[0].index("Q1_1")] = OPTIONS[variant]
    with study.export.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


OPTIONS = ("Helemaal mee eens", "Neutraal")


def published(study: StudyFolder) -> dict[str, bytes]:
    """Return every file in the folder of the report, hidden ones included."""
    return _content(study.reports)


def processed(study: StudyFolder) -> dict[str, bytes]:
    """Return every file that can be made again, without the books of the pipeline."""
    found = _content(study.data / "processed")
    return {name: content for name, content in found.items() if name.split("/")[1] not in BOOKS}


def _content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def build_shared(tmp_path_factory: pytest.TempPathFactory) -> StudyFolder:
    """Return a tiny study with its report, built once. Tests read it; who changes something copies it first."""
    return build_once(tmp_path_factory, "piepklein", lambda root: Run(*start(new_tiny_study(root)).wait(), ""))
