"""Pull the plug at many moments of a run, and do other things that disks, clocks and people do.

After each the folder of the report must be the old or the new report, whole, and the next run must complete and
give what an undisturbed run gives, byte for byte.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import psutil
from conftest import StudyFolder
from runs import Started, answer, build, is_fresh, note_fresh, processed, published, start, start_make

from nsoc_lib.publish.placement import COMING, LIST, settle_report

OLD, NEW, COMMITTED, MIXED = "oud", "nieuw", "nieuw, nog te plaatsen", "gemengd"
EQUAL = "gelijk"
# By turns the plug is pulled at any moment, within these seconds of the first file of a new report, and of its list.
WRITTEN, MOVED = 0.3, 0.004
MAKE_EVERY = 10
FILE_LIMIT = 3_000  # bytes


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


@dataclass
class Trial:
    """A study that is disturbed, what its two variants give when nobody disturbs them, and which it gave last."""

    study: StudyFolder
    reports: tuple[dict[str, bytes], dict[str, bytes]]
    tables: tuple[dict[str, bytes], dict[str, bytes]]
    seconds: float
    variant: int = 0

    def change(self) -> None:
        """Give the study its other answer, so that a run has something to do."""
        self.variant = 1 - self.variant
        answer(self.study, self.variant)

    def stands(self) -> str:
        """Say which report stands in the folder; a list of what is still to be moved counts as far as it leads."""
        new, old = self.reports[self.variant], self.reports[1 - self.variant]
        found = published(self.study)
        visible = {name: content for name, content in found.items() if not name.startswith(COMING)}
        if old in (found, visible):
            return OLD
        if found == new:
            return NEW
        with tempfile.TemporaryDirectory(dir=self.study.root.parent) as folder:
            copy = Path(shutil.copytree(self.study.reports, Path(folder) / "reports"))
            settle_report(copy)
            return COMMITTED if published(StudyFolder(Path(folder))) == new else MIXED

    def next_run(self, run: Callable[[StudyFolder], Started] = start) -> str:
        """Run again, undisturbed, and say whether everything equals what an undisturbed study gives."""
        code, shown = run(self.study).wait()
        if code != 0:
            return f"code {code}: {shown.strip()[-200:]}"
        if published(self.study) != self.reports[self.variant]:
            return "een ander rapport"
        made, expected = processed(self.study), self.tables[self.variant]
        other = sorted(name for name in made.keys() | expected.keys() if made.get(name) != expected.get(name))
        return EQUAL if not other else f"andere tabellen: {other[0]}"


def prepare(folder: Path, first: StudyFolder) -> Trial:
    """Make the other variant of a study undisturbed, and a copy of the study that is to be disturbed."""
    began = time.monotonic()
    second = build(folder / "b", 1)
    seconds = time.monotonic() - began
    reports, tables = zip(*((published(study), processed(study)) for study in (first, second)), strict=True)
    assert reports[0] != reports[1]
    return Trial(first.copy_to(folder / "c"), reports, tables, seconds)


def pull_plug(trial: Trial, count: int, seed: int) -> Iterator[Outcome]:
    """End a run at ``count`` moments, by turns anywhere in it, while its report is written and while that is moved."""
    chance = random.Random(seed)
    for number in range(count):
        trial.change()
        run = start_make if number % MAKE_EVERY == MAKE_EVERY - 1 else start
        began = time.monotonic()
        started = run(trial.study)
        coming = trial.study.reports / COMING
        seen, within = ((None, trial.seconds), (coming, WRITTEN), (coming / LIST, MOVED))[number % 3]
        _wait_for(lambda seen=seen, s=started: seen is None or seen.exists() or s.poll() is not None)
        time.sleep(chance.uniform(0, within))
        moment = f"na {time.monotonic() - began:.2f} s".replace(".", ",")
        started.kill()
        what = "stekker eruit" + (" (make)" if run is start_make else "")
        yield Outcome(what, moment, trial.stands(), trial.next_run(run))


def _wait_for(happened: Callable[[], bool], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not happened() and time.monotonic() < deadline:
        time.sleep(0.0002)


def fill_disk(trial: Trial, rooms: tuple[int, ...] = (0, 40, 400)) -> Iterator[Outcome]:
    """Run on a disk with so many kilobytes left, then with room; where no disk can be mounted, with a limit on files."""
    with _small_disk(trial.study.root.parent / "schijf") as disk:
        if disk is None:
            yield limit_files(trial)
            return
        full = replace(trial, study=trial.study.copy_to(disk / "studie"))
        ballast = disk / "ballast"
        for room in rooms:
            full.change()
            ballast.write_bytes(b"\0" * max(0, shutil.disk_usage(disk).free - room * 1024))
            code, shown = start(full.study).wait()
            stood = full.stands()
            ballast.unlink()
            after = full.next_run()
            yield Outcome("volle schijf", f"{room} kB over", stood, _told(after, code, shown, "een volle schijf"))


def limit_files(trial: Trial) -> Outcome:
    """Run while no file may grow beyond what a table takes: the system refuses in the same place, without a mount."""
    trial.change()
    code, shown = start(trial.study, most_bytes=FILE_LIMIT).wait()
    stood, after = trial.stands(), trial.next_run()
    return Outcome(
        "grens aan bestanden", f"{FILE_LIMIT} bytes", stood, _told(after, code, shown, "een bestand dat niet")
    )


def _told(after: str, code: int, shown: str, words: str) -> str:
    """Return how the next run ended, unless this one did not tell its fault in one block with these words."""
    refused = code == 1 and shown.count("Fout in ") == 1 and words in shown and "Traceback" not in shown
    return after if refused else f"meldt: {shown.strip()[-300:]}"


@contextmanager
def _small_disk(folder: Path) -> Iterator[Path | None]:
    """Yield a small disk of its own, or nothing where only root may mount one."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=60m", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(command, capture_output=True, check=False).returncode:
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def hide_file(trial: Trial, ways: int = 2) -> Iterator[Outcome]:
    """Put in the place of the export a folder, and a link to nothing: rights do not stop who is root."""
    spoils = (("map op de plaats van de export", Path.mkdir), ("verwijzing naar niets", _dangle))
    for what, spoil in spoils[:ways]:
        trial.change()
        export = trial.study.export
        aside = export.rename(export.with_name("opzij"))
        spoil(export)
        code, shown = start(trial.study).wait()
        stood = trial.stands()
        export.rmdir() if export.is_dir() else export.unlink()
        aside.rename(export)
        yield Outcome(what, "", stood, _told(trial.next_run(), code, shown, export.name))


def _dangle(path: Path) -> None:
    path.symlink_to("er-is-niets")


def lose_worker(trial: Trial, seed: int, count: int = 2) -> Iterator[Outcome]:
    """End one process of a run as soon as it starts, not the run itself: that tells it and stops."""
    chance = random.Random(seed)
    for _ in range(count):
        trial.change()
        number = chance.randint(1, 4)  # of the five steps
        started = start(trial.study)
        _wait_for(lambda s=started, n=number, seen=set(): _end_worker(s.pid, n, seen) or s.poll() is not None)
        code, shown = started.wait()
        stood = trial.stands()
        yield Outcome("verloren proces", f"stap {number}", stood, _told(trial.next_run(), code, shown, "SIGKILL"))


def _end_worker(run: int, number: int, seen: set[int]) -> bool:
    """End a step of a run if it is the one with this number; ``seen`` are those that started before."""
    with suppress(psutil.NoSuchProcess):
        for step in psutil.Process(run).children():
            seen.add(step.pid)
            if len(seen) >= number:
                step.kill()
                return True
    return False


def jump_clock(trial: Trial, whats: tuple[str, ...] = ("zelfde tijd", "1980", "over 30 jaar")) -> Iterator[Outcome]:
    """Change an answer while its file seems as old as before, ages older, or from the future; make must see it."""
    before = trial.study.export.stat().st_mtime
    moments = {"zelfde tijd": before, "1980": 3e8, "over 30 jaar": before + 1e9}
    for what in whats:
        fresh = note_fresh(trial.study) and is_fresh(trial.study)
        trial.change()
        os.utime(trial.study.export, (moments[what], moments[what]))
        seen = fresh and not is_fresh(trial.study)
        yield Outcome("klok verspringt", what, trial.stands(), trial.next_run() if seen else "make ziet het niet")


def run_two_at_once(trial: Trial) -> Iterator[Outcome]:
    """Start two runs of one study: one does it, the other refuses."""
    trial.change()
    both = [start(trial.study), start(trial.study)]
    ended = [started.wait() for started in both]
    refused = [shown for code, shown in ended if code == 1]
    stood = trial.stands()
    fine = sorted(code for code, _ in ended) == [0, 1] and "een andere make report die nog draait" in refused[0]
    yield Outcome("twee tegelijk", "een weigert", stood, trial.next_run() if fine else str(ended)[-300:])


def disasters(trial: Trial, count: int, seed: int) -> Iterator[Outcome]:
    """Do all of it."""
    yield from pull_plug(trial, count, seed)
    yield from fill_disk(trial)
    yield limit_files(trial)
    yield from hide_file(trial)
    yield from lose_worker(trial, seed)
    yield from jump_clock(trial)
    yield from run_two_at_once(trial)
