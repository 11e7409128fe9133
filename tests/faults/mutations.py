"""Faulty inputs that nobody thought of: a seed and a number give one change to one file of a study.

Whatever it changes, a run ends in a report or in one block, never in a traceback, and it leaves the
earlier report and the researcher's files alone. Whether the block names the right cause is not judged here.
"""

from __future__ import annotations

import csv
import io
import random
import re
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from faults import REPORT, bring_own, broke, readable, run_watched

Change = Callable[[bytes, random.Random], bytes]
REPORTED, PASSED, POOR, TRACEBACK, DAMAGE = "gemeld", "rapport gemaakt", "geen blok", "traceback", "schade"
MUTATION_OUTCOMES = (REPORTED, PASSED, POOR, TRACEBACK, DAMAGE)
OWN = (
    "data/notebooks/respons.ipynb", "data/notebooks/leeragenda.ipynb", "data/notebooks/veldwerk.ipynb",
    "data/expectations/gepubliceerd.json", "data/expectations/procesthermometer.json",
    "data/expectations/leervragen.json", "data/expectations/respons_enquete.json",
)  # fmt: skip
HOSTILE = (
    "", " ", "0", "-1", "9" * 400, "1e999", "nan", "inf", "ja", "null", "true", "2024-02-30", "=1+1", "@SUM(A1)", "\t",
    "\x1b[31mrood", "\u202eomgekeerd", "<script>alert(1)</script>", "{{ 7*7 }}", "${HOME}", "../../../etc/passwd",
    "'", '"', "a" * 200_000, "é" * 99, "\ud7ff", "[", "{", "&a", "*a", "!!python/name:os.system", "|", "%",
)  # fmt: skip


@dataclass(frozen=True)
class Mutated:
    """What became of one mutation. ``kind`` is the kind of file, ``what`` the change in words."""

    kind: str
    what: str
    outcome: str
    shown: str

    @property
    def well(self) -> bool:
        return self.outcome in {REPORTED, PASSED}


def run_mutation(study: Path, seed: int, number: int) -> Mutated:
    """Make the mutation with this seed and number in a copy of a study, run the report and judge it."""
    with tempfile.TemporaryDirectory(
        prefix="fout-", dir=study.parent
    ) as folder:  # beside it: pytask keeps relative paths
        own = Path(folder)
        shutil.copytree(study, own, dirs_exist_ok=True)
        name, what = mutate(own, random.Random(f"{seed}-{number}"))
        code, shown, damaged = run_watched(own, REPORT)
    return Mutated(_kind(name), f"{name}: {what} (mutatie {number})", _judge(code, shown, damaged=damaged), shown)


def mutate(study: Path, dice: random.Random) -> tuple[str, str]:
    """Change one file of a study, and say which and how. The same dice give the same change."""
    raw = study / "data" / "raw"
    names = sorted(path.relative_to(study).as_posix() for path in raw.rglob("*") if path.is_file())
    kinds = sorted({_kind(name) for name in (*names, *OWN)})
    kind = dice.choice(kinds)  # first the kind: there are far more tables than anything else
    name = dice.choice([name for name in (*names, *OWN) if _kind(name) == kind])
    bring_own(study, name)
    path = study / name
    before = path.read_bytes()
    for _ in range(20):
        what, change = dice.choice([*_ANY.items(), *_BY_KIND.get(path.suffix, {}).items()])
        after = change(before, dice)
        if after != before:
            break
    path.write_bytes(after)
    return name, what


def _kind(name: str) -> str:
    path = Path(name)
    if path.suffix == ".yml":
        return path.name
    return {".csv": "tabel", ".ipynb": "notebook", ".json": "suite"}[path.suffix]


def _judge(code: int, shown: str, *, damaged: bool) -> str:
    if damaged:
        return DAMAGE
    if broke(code, shown):
        return TRACEBACK
    if code == 0:
        return PASSED
    return REPORTED if shown.count("Fout in ") == 1 and readable(shown) else POOR


def _lines(content: bytes) -> list[bytes]:
    return content.splitlines(keepends=True)


def _drop_line(content: bytes, dice: random.Random) -> bytes:
    lines = _lines(content)
    del lines[dice.randrange(len(lines))]
    return b"".join(lines)


def _double_line(content: bytes, dice: random.Random) -> bytes:
    lines = _lines(content)
    at = dice.randrange(len(lines))
    return b"".join([*lines[:at], lines[at], *lines[at:]])


def _swap_lines(content: bytes, dice: random.Random) -> bytes:
    lines = _lines(content)
    one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def _drop_byte(content: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(content))
    return content[:at] + content[at + 1 :]


def _change_byte(content: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(content))
    return content[:at] + bytes([dice.randrange(256)]) + content[at + 1 :]


def _truncate(content: bytes, dice: random.Random) -> bytes:
    return content[: dice.randrange(len(content))]


def _block_twice(content: bytes, dice: random.Random) -> bytes:
    start, end = sorted(dice.randrange(len(content)) for _ in range(2))
    return content[:end] + content[start:end] + content[end:]


def _other_word(content: bytes, dice: random.Random) -> bytes:
    words = list(re.finditer(rb"[A-Za-z0-9_.-]+", content))
    if not words:
        return content
    word = dice.choice(words)
    return content[: word.start()] + dice.choice(HOSTILE).encode() + content[word.end() :]


def _swap_words(content: bytes, dice: random.Random) -> bytes:
    words = list(re.finditer(rb"[A-Za-z0-9_.-]+", content))
    if len(words) < 2:
        return content
    one, other = sorted(dice.sample(words, 2), key=lambda word: word.start())
    parts = (content[: one.start()], other[0], content[one.end() : other.start()], one[0], content[other.end() :])
    return b"".join(parts)


def _of_rows(change: Callable[[list[list[str]], random.Random], None]) -> Change:
    """Return a change of cells as a change of bytes; a table without two rows stays as it is."""

    def changed(content: bytes, dice: random.Random) -> bytes:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
        if len(rows) < 2:
            return content
        change(rows, dice)
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        return text.getvalue().encode()

    return changed


def _hostile_cell(rows: list[list[str]], dice: random.Random) -> None:
    row = dice.choice(rows)
    row[dice.randrange(len(row))] = dice.choice(HOSTILE)


def _swap_cells(rows: list[list[str]], dice: random.Random) -> None:
    row = dice.choice(rows)
    one, other = dice.randrange(len(row)), dice.randrange(len(row))
    row[one], row[other] = row[other], row[one]


def _copy_down(rows: list[list[str]], dice: random.Random) -> None:
    column = dice.randrange(len(rows[0]))
    value = dice.choice(rows[1:])[column]
    for row in rows[1:]:
        row[column] = value


def _empty_column(rows: list[list[str]], dice: random.Random) -> None:
    column = dice.randrange(len(rows[0]))
    for row in rows[1:]:
        row[column] = ""


def _drop_column(rows: list[list[str]], dice: random.Random) -> None:
    column = dice.randrange(len(rows[0]))
    for row in rows:
        del row[column]


def _drop_rows(rows: list[list[str]], dice: random.Random) -> None:
    del rows[dice.randrange(1, len(rows)) :]


_ANY: dict[str, Change] = {
    "een regel weg": _drop_line,
    "een regel twee keer": _double_line,
    "twee regels verwisseld": _swap_lines,
    "een byte weg": _drop_byte,
    "een byte anders": _change_byte,
    "afgekapt": _truncate,
    "een stuk twee keer": _block_twice,
    "een woord of getal vervangen door iets vijandigs": _other_word,
    "twee woorden of getallen verwisseld": _swap_words,
}
_BY_KIND: dict[str, dict[str, Change]] = {
    ".csv": {
        "een cel vervangen door iets vijandigs": _of_rows(_hostile_cell),
        "twee cellen van een rij verwisseld": _of_rows(_swap_cells),
        "een kolom met overal dezelfde waarde": _of_rows(_copy_down),
        "een kolom zonder waarden": _of_rows(_empty_column),
        "een kolom weg": _of_rows(_drop_column),
        "de laatste rijen weg": _of_rows(_drop_rows),
    }
}
