"""The same input gives the same bytes in other surroundings: folder, language, time zone, hashes, cores, engine."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from conftest import ROOT, StudyFolder, new_small_study
from runs import words_for

from nsoc_lib.errors import NsocError
from nsoc_lib.publish.browser import find_browser

SECONDS = 900
KINDS = {"rapport": ".html", "csv": ".csv", "xlsx": ".xlsx", "figuren": (".svg", ".png"), "notebooks": ".ipynb",
         "pdf": ".pdf", "pakket": ".zip"}  # fmt: skip
# What the locale of a machine decides; a language that is not installed is said to be so and falls back to C.
SURROUNDINGS: dict[str, dict[str, str]] = {
    "C, UTC, seed 0, alle kernen": {"LC_ALL": "C", "TZ": "UTC", "PYTHONHASHSEED": "0"},
    "nl_NL, Auckland, seed 7, een kern": {"LC_ALL": "nl_NL.UTF-8", "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7"},
    "tr_TR, New York, seed 99, kernels": {"LC_ALL": "tr_TR.UTF-8", "TZ": "America/New_York", "PYTHONHASHSEED": "99"},
}


@dataclass(frozen=True)
class Built:
    """One build: in what surroundings, a hash per kind of file, and which files differ from the first build."""

    name: str
    hashes: dict[str, str]
    differences: tuple[str, ...] = ()
    remark: str = ""


def verify_all(
    folder: Path, make: Callable[[Path], StudyFolder] = new_small_study, names: Sequence[str] = tuple(SURROUNDINGS)
) -> Iterator[Built]:
    """Build one study in each of these surroundings, each in a folder of its own, and compare all with the first."""
    first: dict[str, bytes] = {}
    for number, name in enumerate(names):
        environment = SURROUNDINGS[name]
        root = folder / ("studie" if number == 0 else f"een andere map {number}/İstanbul")
        study = make(root)
        build(study, environment, one_core="een kern" in name, engine="kernel" if "kernels" in name else "nsoc")
        found = study.files()
        first = first or found
        different = tuple(sorted(key for key in {*first, *found} if first.get(key) != found.get(key)))
        yield Built(name, summarise(found), different, _remark(environment["LC_ALL"]))


def build(study: StudyFolder, environment: dict[str, str], *, one_core: bool, engine: str) -> None:
    """Make the report of a study as a program of its own, and what is made of that."""
    taskset = shutil.which("taskset") if one_core else None
    before = [taskset, "-c", str(min(os.sched_getaffinity(0)))] if taskset else []
    run([*before, sys.executable, "-m", "nsoc_lib", *words_for(study, "--engine", engine)], environment)
    for words in words_for_editions(study):
        run([sys.executable, "-m", "nsoc_lib", *words], environment)


def words_for_editions(study: StudyFolder) -> list[list[str]]:
    """Return the words that print the report as PDF, where there is a browser, and then pack all of it, the PDF too."""
    names = ["package"] if browser_remark() else ["pdf", "package"]
    return [[name, *words_for(study)[1:]] for name in names]


def browser_remark() -> str:
    """Return that no PDF was compared, where no browser can print one."""
    try:
        find_browser()
    except NsocError:
        return "geen browser, dus geen pdf"
    return ""


def run(command: list[str], environment: dict[str, str]) -> None:
    """Run a command in these surroundings. One that fails stops the comparison."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)


def summarise(files: dict[str, bytes]) -> dict[str, str]:
    """Return eight digits of a hash per kind of file; names count as well."""
    found = {}
    for kind, ending in KINDS.items():
        digest = hashlib.sha256()
        for name in sorted(name for name in files if name.endswith(ending)):
            digest.update(name.encode() + b"\0" + hashlib.sha256(files[name]).digest())
        found[kind] = digest.hexdigest()[:8]
    return found


def _remark(language: str) -> str:
    command = [sys.executable, "-c", "import locale; locale.setlocale(locale.LC_ALL, '')"]
    known = subprocess.run(command, env={**os.environ, "LC_ALL": language}, capture_output=True, check=False)
    remarks = ["" if known.returncode == 0 else f"{language} staat niet op deze machine", browser_remark()]
    return "; ".join(filter(None, remarks))


def tabulate(rows: list[Built]) -> str:
    """Return a table for the screen, and below it every file that differs."""
    lines = [f"{'omgeving':38}" + "".join(f"{kind:11}" for kind in KINDS)]
    for row in rows:
        lines.append(f"{row.name:38}" + "".join(f"{row.hashes[kind]:11}" for kind in KINDS) + row.remark)
        lines += [f"  anders: {name}" for name in row.differences]
    equal = not any(row.differences for row in rows)
    return "\n".join([*lines, "Alles is gelijk." if equal else "Niet alles is gelijk."])
