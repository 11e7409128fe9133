"""A step of the pipeline, and the hashes of what it reads and makes: by these pytask decides and ``make why`` explains."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from nsoc_lib.paths import REPOSITORY
from nsoc_lib.publish.files import read_content, write_json

LOCK_FILE = REPOSITORY / "requirements.lock"
Hashes = list[list[str]]  # name of a file and hash of its content


@dataclass(frozen=True)
class Step:
    """One step: the function that does it, what it reads, which settings count, what it makes, what it imports."""

    naam: str
    functie: Callable[..., None]
    argumenten: tuple[Any, ...]
    leest: tuple[Path, ...]
    telt: str
    maakt: tuple[Path, ...]
    nodig: tuple[str, ...] = ()

    @property
    def sleutel(self) -> str:
        """What tells this step from all others: two chapters may share a title, never a file."""
        return f"{self.naam} ({self.maakt[0].name})"

    def outside(self, made: Container[Path]) -> list[Path]:
        """Return what this step reads that no step makes."""
        return [path for path in dict.fromkeys([*self.leest, LOCK_FILE]) if path not in made]


@dataclass(frozen=True)
class Record:
    """What counted for a step when it last ran: its settings, and the content of what it read and made."""

    telt: str
    buiten: Hashes
    tussen: Hashes
    maakt: Hashes


def state_of(paths: Iterable[Path], *, whole: bool = True) -> str:
    """Return a hash of the names and contents of these files; where they stand does not count.

    Of what a researcher wrote (``whole=False``) only what matters counts, as ``read_content`` has it.
    """
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path.name}\0".encode())
        digest.update(_hash(path, whole=whole))
    return digest.hexdigest()


def _hash(path: Path, *, whole: bool) -> bytes:
    stat = path.stat()
    return _hash_of(path, (stat.st_ino, stat.st_size, stat.st_mtime_ns), whole=whole)


# A module is read by nearly every step, a table by every chapter of its folder; more files than one study has.
@lru_cache(maxsize=8192)
def _hash_of(path: Path, version: tuple[int, ...], *, whole: bool) -> bytes:  # noqa: ARG001 (a changed file is read again)
    return hashlib.sha256(path.read_bytes() if whole else read_content(path)).digest()


def record_of(step: Step, made: Container[Path]) -> Record:
    """Return what counts for a step as its files are now; a file that is not there is left out."""
    between = [path for path in dict.fromkeys(step.leest) if path in made]
    return Record(
        step.telt,
        _hashes(step.outside(made), whole=False),
        _hashes(between, whole=True),
        _hashes(step.maakt, whole=True),
    )


def _hashes(paths: Iterable[Path], *, whole: bool) -> Hashes:
    return [[path.name, _hash(path, whole=whole).hex()] for path in paths if path.exists()]


def write_record(state: Path, step: Step, record: Record) -> None:
    """Keep what counted for a step that succeeded, for who asks later why it runs again."""
    write_json(_record_file(state, step), vars(record))


def read_record(state: Path, step: Step) -> Record | None:
    """Return what counted when a step last succeeded, or nothing when that was never."""
    path = _record_file(state, step)
    return Record(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None


def is_current(state: Path, step: Step, made: Container[Path]) -> bool:
    """Whether all that counts for a step is as it was when the step last succeeded."""
    then = read_record(state, step)
    return then is not None and all(path.exists() for path in step.outside(made)) and then == record_of(step, made)


def _record_file(state: Path, step: Step) -> Path:
    return state / "stappen" / f"{hashlib.sha256(step.sleutel.encode()).hexdigest()[:16]}.json"
