"""Pull the plug at many moments of a run, and do other things that disks, clocks and people do.

After each the folder of the report must be the old or the new report, whole, and the next run must complete and
give what an undisturbed run gives, byte for byte.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from conftest import StudyFolder
from runs import Started, answer, build, processed, published, start, start_make

from nsoc_lib.publish.placement import COMING, LIST, settle_report

OLD, NEW, COMMITTED, MIXED = "oud", "nieuw", "nieuw, nog te plaatsen", "gemengd"
EQUAL = "gelijk"
# By turns the plug is pulled at any moment, within these seconds of the first file of a new report, and of its list.
WRITTEN, MOVED = 0.3, 0.004
MAKE_EVERY = 10


class CannotTryError(Exception):
    """A disaster that cannot be had on this machine; the text says why."""


@dataclass(frozen=True)
class Outcome:
    """What happened, when, which report stood in the folder then, and what the next run made."""

    what: str
    moment: str
    stood: str
    after: str

    @property
    def good(self) -> bool:
        return self.stood in {OLD, NEW, COMMITTED} and self.after == EQUAL

    def __str__(self) -> str:
        return f"{self.what:38}{self.moment:28}{self.stood:26}{self.after}"


@dataclass(frozen=True)
class Trial:
    """A study that is disturbed, and what its two variants give when nobody disturbs them."""

    study: StudyFolder
    reports: tuple[dict[str, bytes], dict[str, bytes]]
    tables: tuple[dict[str, bytes], dict[str, bytes]]
    seconds: float

    def stands(self, old: int) -> str:
        """Say which report stands in the folder; a list of what is still to be moved counts as far as it leads."""
        found = published(self.study)
        if found == self.reports[old]:
            return OLD
        if found == self.reports[1 - old]:
            return NEW
        visible = {name: content for name, content in found.items() if not name.startswith(COMING)}
        if visible == self.reports[old]:
            return OLD
        with tempfile.TemporaryDirectory(dir=self.study.root.parent) as folder:
            copy = Path(shutil.copytree(self.study.reports, Path(folder) / "reports"))
            settle_report(copy)
            return COMMITTED if published(StudyFolder(Path(folder))) == self.reports[1 - old] else MIXED

    def next_run(self, variant: int, run: Callable[[StudyFolder], Started] = start) -> str:
        """Run again, undisturbed, and say whether everything equals what an undisturbed study gives."""
        code, shown = run(self.study).wait()
        if code != 0:
            return f"code {code}: {shown.strip()[-200:]}"
        if published(self.study) != self.reports[variant]:
            return "een ander rapport"
        return EQUAL if processed(self.study) == self.tables[variant] else "andere tabellen"


def prepare(folder: Path) -> Trial:
    """Make both variants undisturbed, each in a folder of its own, and the study that is to be disturbed."""
    variants = [build(folder / "a", 0), build(folder / "b", 1)]
    reports, tables = zip(*((published(study), processed(study)) for study in variants), strict=True)
    assert reports[0] != reports[1]
    study = variants[0].copy_to(folder / "c" / "studie")
    answer(study, 1)
    began = time.monotonic()
    trial = Trial(study, reports, tables, 0.0)
    assert trial.next_run(1) == EQUAL
    answer(study, 0)
    assert trial.next_run(0) == EQUAL
    return Trial(study, reports, tables, (time.monotonic() - began) / 2)


def pull_plug(trial: Trial, count: int, seed: int) -> Iterator[Outcome]:
    """End a run at ``count`` moments, by turns anywhere in it, while its report is written and while that is moved."""
    chance = random.Random(seed)
    for number in range(count):
        old, new = number % 2, 1 - number % 2
        answer(trial.study, new)
        run = start_make if number % MAKE_EVERY == MAKE_EVERY - 1 else start
        began = time.monotonic()
        started = run(trial.study)
        coming = trial.study.reports / COMING
        seen, within = ((None, trial.seconds), (coming, WRITTEN), (coming / LIST, MOVED))[number % 3]
        _wait_for(lambda seen=seen, s=started: seen is None or seen.exists() or s.poll() is not None)
        time.sleep(chance.uniform(0, within))
        moment = f"na {time.monotonic() - began:.2f} s".replace(".", ",")
        started.kill()
        stood = trial.stands(old)
        yield Outcome(
            "stekker eruit" + (" (make)" if run is start_make else ""), moment, stood, trial.next_run(new, run)
        )


def _wait_for(happened: Callable[[], bool], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not happened() and time.monotonic() < deadline:
        time.sleep(0.0002)


def fill_disk(trial: Trial, rooms: tuple[int, ...] = (0, 40, 400)) -> Iterator[Outcome]:
    """Run on a disk with so many kilobytes left; then with room. Raises CannotTryError where no disk can be mounted."""
    with _small_disk(trial.study.root.parent / "schijf") as disk:
        study = trial.study.copy_to(disk / "studie")
        full = Trial(study, trial.reports, trial.tables, trial.seconds)
        ballast = disk / "ballast"
        for number, room in enumerate(rooms):
            old, new = number % 2, 1 - number % 2
            answer(study, new)
            free = shutil.disk_usage(disk).free - room * 1024
            ballast.write_bytes(b"\0" * max(0, free))
            code, shown = start(study).wait()
            stood = full.stands(old)
            ballast.unlink()
            after = full.next_run(new)
            refused = code == 1 and shown.count("Fout in ") == 1 and "een volle schijf" in shown
            yield Outcome(
                "volle schijf", f"{room} kB over", stood, after if refused else f"meldt: {shown.strip()[-300:]}"
            )


@contextmanager
def _small_disk(folder: Path) -> Iterator[Path]:
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=60m", "tmpfs", str(folder)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        raise CannotTryError(f"geen kleine schijf te koppelen: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def hide_file(trial: Trial) -> Iterator[Outcome]:
    """Put in the place of the export a folder, and a link to nothing: rights do not stop who is root."""
    for what, spoil in (("map op de plaats van de export", Path.mkdir), ("verwijzing naar niets", _dangle)):
        export = trial.study.export
        aside = export.rename(export.with_name("opzij"))
        spoil(export)
        code, shown = start(trial.study).wait()
        stood = trial.stands(0)
        export.rmdir() if export.is_dir() else export.unlink()
        aside.rename(export)
        after = trial.next_run(0)
        refused = code == 1 and shown.count("Fout in ") == 1 and export.name in shown
        yield Outcome(what, "", stood, after if refused else f"meldt: {shown.strip()[-300:]}")


def _dangle(path: Path) -> None:
    path.symlink_to("er-is-niets")


def lose_worker(trial: Trial, seed: int, count: int = 2) -> Iterator[Outcome]:
    """End one process of a run, not the run itself."""
    chance = random.Random(seed)
    for number in range(count):
        old, new = number % 2, 1 - number % 2
        answer(trial.study, new)
        started = start(trial.study)
        workers: list[int] = []
        _wait_for(lambda s=started, w=workers: bool(w.extend(_children(s.pid)) or w) or s.poll() is not None)
        time.sleep(chance.uniform(0, trial.seconds / 2))
        workers = _children(started.pid) or workers
        os.kill(chance.choice(workers), signal.SIGKILL)
        code, shown = started.wait()
        stood = trial.stands(old)
        told = code == 0 or (shown.count("Fout in ") == 1 and "Traceback" not in shown)
        after = trial.next_run(new)
        yield Outcome("verloren proces", f"code {code}", stood, after if told else f"meldt: {shown.strip()[-300:]}")


def _children(parent: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True, check=False)
    return [int(pid) for pid in listed.stdout.split()]


def jump_clock(trial: Trial) -> Iterator[Outcome]:
    """Change an answer while its file seems as old as before, ages older, or from the future."""
    before = trial.study.export.stat().st_mtime
    for number, (what, moment) in enumerate((("zelfde tijd", before), ("1980", 3e8), ("over 30 jaar", before + 1e9))):
        new = 1 - number % 2
        answer(trial.study, new)
        os.utime(trial.study.export, (moment, moment))
        yield Outcome("klok verspringt", what, trial.stands(1 - new), trial.next_run(new, start_make))
    answer(trial.study, 0)
    assert trial.next_run(0) == EQUAL


def run_two_at_once(trial: Trial) -> Iterator[Outcome]:
    """Start two runs of one study: one does it, the other refuses or finds nothing to do."""
    answer(trial.study, 1)
    both = [start(trial.study), start(trial.study)]
    ended = [started.wait() for started in both]
    refused = [shown for code, shown in ended if code == 1]
    stood = trial.stands(0)
    fine = sorted(code for code, _ in ended) == [0, 1] and "een andere make report die nog draait" in refused[0]
    yield Outcome("twee tegelijk", "een weigert", stood, trial.next_run(1) if fine else str(ended)[-300:])
    answer(trial.study, 0)
    assert trial.next_run(0) == EQUAL


def disasters(trial: Trial, count: int, seed: int) -> Iterator[Outcome]:
    """Do all of it; what this machine cannot do is an outcome too, which CI does not accept."""
    for number, outcomes in enumerate(
        (pull_plug(trial, count, seed), fill_disk(trial), hide_file(trial), lose_worker(trial, seed), jump_clock(trial),
         run_two_at_once(trial))
    ):  # fmt: skip
        try:
            yield from outcomes
        except CannotTryError as error:
            allowed = os.environ.get("CI") != "true"
            yield Outcome(f"ramp {number + 1}", "overgeslagen", OLD, EQUAL if allowed else "niet geprobeerd")
            print(f"Overgeslagen: {error}", flush=True)
        restore(trial)


def restore(trial: Trial) -> None:
    """Bring the study back to its first variant."""
    answer(trial.study, 0)
    assert trial.next_run(0) == EQUAL
