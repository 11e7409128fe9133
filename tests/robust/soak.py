"""Many builds in one tree of processes: no memory, open files or temporary files may stay behind."""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil
from conftest import StudyFolder, import_once
from runs import answer

from nsoc_lib.paths import Study

SETTLING = 50  # the first builds fill caches that are meant to stay, and the holes between them
MOST_GROWTH = 40_000  # bytes per build; what a leak of one table would exceed
EVERY = 50


@dataclass(frozen=True)
class Level:
    """What one process holds: memory in bytes, open files, children, and temporary files beside it."""

    memory: int
    handles: int
    children: int
    temporary: int


@dataclass(frozen=True)
class Soaked:
    """How many builds were done, after how many it had settled, and what was held then and at the end."""

    builds: int
    settling: int
    settled: Level
    end: Level

    @property
    def growth(self) -> float:
        """Bytes of memory per build."""
        return (self.end.memory - self.settled.memory) / max(1, self.builds - self.settling)

    @property
    def leaks(self) -> bool:
        held = (self.end.handles, self.end.children, self.end.temporary)
        before = (self.settled.handles, self.settled.children, self.settled.temporary)
        return any(now > then for now, then in zip(held, before, strict=True)) or self.growth > MOST_GROWTH

    def __str__(self) -> str:
        one, other = self.settled, self.end
        return (
            f"{self.builds} keer gemaakt. Geheugen {one.memory / 1e6:.0f} -> {other.memory / 1e6:.0f} MB"
            f" ({self.growth / 1e3:.1f} kB per keer), open bestanden {one.handles} -> {other.handles},"
            f" processen {one.children} -> {other.children}, tijdelijke bestanden {one.temporary} -> {other.temporary}."
            f" {'Er lekt iets.' if self.leaks else 'Er lekt niets.'}"
        ).replace(".0 MB", " MB")


def soak_study(folder: Path, study: StudyFolder, count: int, tell: Callable[[str], None] = lambda _: None) -> Soaked:
    """Build a study ``count`` times in this process, with another answer each time, and measure what stays.

    The builder is called as the command line calls it, without a fork around it: what leaks stays.
    """
    from nsoc_lib.publish.pipeline import run_pipeline

    import_once()
    temporary = folder / "tijdelijk"
    temporary.mkdir()
    before, tempfile.tempdir = tempfile.tempdir, str(temporary)
    try:
        settling, settled = min(SETTLING, count // 2), measure(study, temporary)
        for number in range(1, count + 1):
            answer(study, number % 2)
            run_pipeline(Study(study.data, study.reports), "nsoc", 2)
            if number == settling:
                settled = measure(study, temporary)
            if number % EVERY == 0:
                tell(str(Soaked(number, settling, settled, measure(study, temporary))))
        return Soaked(count, settling, settled, measure(study, temporary))
    finally:
        tempfile.tempdir = before


def measure(study: StudyFolder, temporary: Path) -> Level:
    """Return what this process holds now; half-written files of the study count as temporary."""
    gc.collect()
    me = psutil.Process(os.getpid())
    halves = [path for path in study.root.rglob(".*.[0-9]*") if path.is_file()]
    return Level(
        me.memory_info().rss,
        me.num_fds(),
        len(me.children(recursive=True)),
        len(halves) + len(list(temporary.iterdir())),
    )
