"""Faulty inputs with the message each must give: read from the corpus, done to a study, run and judged.

A case of the corpus is one change to one file of a study whose report was made before, and the
lines that the researcher must then see. What must never happen, whatever the fault, is judged for every run:
a traceback, or an earlier report or a file of the researcher that is not what it was.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from changes import apply_change
from child import run_in_child
from settings import make_setting

CORPUS = Path(__file__).resolve().parent / "corpus"
ROOT = Path(__file__).resolve().parents[2]
CAUGHT, OTHER, SILENT, TRACEBACK, DAMAGE = "gevangen", "andere melding", "niet gemeld", "traceback", "schade"
OUTCOMES = (CAUGHT, OTHER, SILENT, TRACEBACK, DAMAGE)
REPORT = ("report", "--data", "{studie}/data", "--reports", "{studie}/reports")
MOST_SHOWN = 5_000  # characters: nobody reads on to the remedy after a page of somebody's answer
# What steers a screen instead of showing on it: control characters, and marks that turn the direction of reading.
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True)
class Fault:
    """One faulty input.

    ``bestand`` is the file that changes, from the folder of the study. ``wijziging`` maps one or more kinds of
    change (see ``changes``) to what they take. ``melding`` are texts that must stand in the message, in this
    order. ``opdracht`` are the words after ``python -m nsoc_lib``; {studie} is the folder of the study.
    ``opstelling`` names what is put in the study first (see ``settings``), ``blok`` whether the message is one
    block, as everywhere but where a command prints findings. ``heel`` asks for the report with every chapter.
    """

    soort: str
    naam: str
    bestand: str
    wijziging: dict[str, Any]
    melding: tuple[str, ...]
    opdracht: tuple[str, ...] = REPORT
    opstelling: str = ""
    blok: bool = True
    heel: bool = False


@dataclass(frozen=True)
class Judged:
    """What became of a fault: one of OUTCOMES, and what the researcher saw."""

    fault: Fault
    outcome: str
    shown: str


def load_faults() -> list[Fault]:
    """Return the corpus by file and in file order. The name of a file of the corpus is the kind of its faults."""
    faults = []
    for path in sorted(CORPUS.glob("*.yml")):
        for raw in yaml.safe_load(path.read_text(encoding="utf-8")):
            options = {key: raw.pop(key) for key in ("heel", "blok", "opstelling") if key in raw}
            if "opdracht" in raw:
                options["opdracht"] = tuple(raw.pop("opdracht"))
            name, file, message = raw.pop("naam"), raw.pop("bestand", ""), raw.pop("melding")
            faults.append(Fault(path.stem, name, file, raw, tuple(message), **options))
    return faults


def run_fault(study: Path, fault: Fault) -> Judged:
    """Spoil a copy of a study with a made report, run the command and judge what came of it."""
    with tempfile.TemporaryDirectory(
        prefix="fout-", dir=study.parent
    ) as folder:  # beside it: pytask keeps relative paths
        own = Path(folder)
        shutil.copytree(study, own, dirs_exist_ok=True)
        bring_own(own, fault.bestand)
        if fault.opstelling:
            make_setting(own, fault.opstelling)
        for kind, value in fault.wijziging.items():
            apply_change(own / fault.bestand, kind, value)
        code, shown, damaged = run_watched(own, fault.opdracht)
    return Judged(fault, judge(fault, code, shown, damaged=damaged), shown)


def bring_own(study: Path, name: str) -> None:
    """Give the study its own copy of a notebook or of expectations, when that is the file to spoil."""
    for folder in ("notebooks", "expectations"):
        source = ROOT / folder / Path(name).name
        if name.startswith(f"data/{folder}/") and source.exists():
            (study / "data" / folder).mkdir(exist_ok=True)
            shutil.copy(source, study / name)


def run_watched(study: Path, words: Iterable[str]) -> tuple[int, str, bool]:
    """Run a command; return exit code, what it showed, and whether it did damage.

    Damage is a file left half written, or a run that failed and yet changed the published report or
    anything that is the researcher's. Only ``data/processed`` may differ then: it can be made again.
    """
    before = kept(study)
    code, shown = run_in_child([word.replace("{studie}", str(study)) for word in words])
    return code, shown, bool(_halves(study)) or (code != 0 and kept(study) != before)


def broke(code: int, shown: str) -> bool:
    """Whether a run ended in anything but success or a message: a traceback, an own fault, a crash or no end."""
    return "Traceback" in shown or code not in {0, 1, 2} or "Fout in het programma zelf" in shown


def readable(shown: str) -> bool:
    """Whether what was shown is short and steers no screen."""
    return len(shown) <= MOST_SHOWN and not STEERING.search(shown)


def judge(fault: Fault, code: int, shown: str, *, damaged: bool) -> str:
    if damaged:
        return DAMAGE
    if broke(code, shown):
        return TRACEBACK
    if code == 0:
        return SILENT
    ordered = ".*?".join(re.escape(text) for text in fault.melding)
    one = shown.count("Fout in ") == 1 or not fault.blok
    return CAUGHT if one and readable(shown) and re.search(ordered, shown, re.DOTALL) else OTHER


def kept(study: Path) -> dict[str, bytes]:
    """Return every file that a failed run must leave as it was."""
    made = study / "data" / "processed"
    files = (path for path in study.rglob("*") if path.is_file() and not path.is_relative_to(made))
    return {path.relative_to(study).as_posix(): path.read_bytes() for path in files}


def _halves(study: Path) -> list[Path]:
    """Return what a writer left half done: everything is written beside its name and then moved."""
    return [path for path in study.rglob(".*") if re.fullmatch(r"\..+\.\d+", path.name)]
