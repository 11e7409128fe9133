"""Measure ``make report`` against one plain script that does the same work, and write ``docs/benchmarks.md``.

Only ratios within one run say anything: another machine, or other work on this one, changes every second in them.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PLAIN = Path(__file__).with_name("plain_report.py")
NOTEBOOK = "leeragenda"
LIMITS = {"koud": 1.0, "een notebook veranderd": 0.35, "een antwoord veranderd": 0.6}


@dataclass(frozen=True)
class Cost:
    """What one command cost: seconds on the clock, seconds of processor, and the largest PSS of its processes in MB."""

    clock: float
    processor: float
    memory: float


def measure(command: list[str]) -> Cost:
    """Run a command to its end. Raises when it fails: a broken run costs nothing worth knowing."""
    before, start = os.times(), time.monotonic()
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "", "MPLBACKEND": "agg"}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peaks = [0.0]
    watcher = threading.Thread(target=_watch, args=(process, peaks))
    watcher.start()
    code = process.wait()
    clock, after = time.monotonic() - start, os.times()
    watcher.join()
    if code:
        raise RuntimeError(f"{command} stopped with {code}")
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(clock, used, max(peaks))


def _watch(process: subprocess.Popen[bytes], peaks: list[float]) -> None:
    while process.poll() is None:
        peaks.append(sum(_pss(pid) for pid in _tree(process.pid)))
        time.sleep(0.25)


def _tree(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(grandchild for child in children for grandchild in _tree(int(child)))]


def _pss(pid: int) -> float:
    """Return the proportional memory of a process in MB; nothing when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def change_notebook(data: Path, number: int) -> None:
    """Give the study its own copy of a notebook, with another remark in its last cell."""
    path = data / "notebooks" / f"{NOTEBOOK}.ipynb"
    path.parent.mkdir(exist_ok=True)
    notebook = json.loads((ROOT / "notebooks" / path.name).read_text(encoding="utf-8"))
    next(cell for cell in reversed(notebook["cells"]) if cell["cell_type"] == "code")["source"] += [f"\n# {number}"]
    path.write_text(json.dumps(notebook), encoding="utf-8")


def change_answer(data: Path, number: int) -> None:
    """Change one answer of one respondent, another one each time."""
    path = data / "raw" / "meting-1" / "procesthermometer.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    column = rows[0].index("Q1_1")
    same = [row for row in rows[3:] if row[column] == "Helemaal mee eens"]
    same[number % len(same)][column] = "Mee eens"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def measure_round(root: Path, number: int, *, kernel: bool) -> dict[str, Cost]:
    """Measure everything once, in folders of their own. Raises when both ways give other results."""
    data, plain = root / "make", root / "script"
    for folder in (data, plain):
        shutil.copytree(ROOT / "data" / "raw", folder / "data" / "raw")
    make = ["make", "report", f"DATA={data / 'data'}", f"REPORTS={data / 'reports'}", f"PYTHON={sys.executable}"]
    script = [sys.executable, str(PLAIN), "--data", str(plain / "data"), "--reports", str(plain / "reports")]
    found = {"kaal script": measure(script), "koud": measure(make)}
    ledgers = [(folder / "reports" / "resultaten.csv").read_bytes() for folder in (data, plain)]
    if ledgers[0] != ledgers[1]:
        raise RuntimeError("resultaten.csv differs between make report and the plain script")
    found["niets veranderd"] = measure(make)
    changes: dict[str, Callable[[Path, int], None]] = {
        "een notebook veranderd": change_notebook,
        "een antwoord veranderd": change_answer,
    }
    for name, change in changes.items():
        change(data / "data", number)
        found[name] = measure(make)
    if kernel:
        found["koud, ENGINE=kernel"] = measure([*make[:2], f"DATA={plain / 'data'}", f"REPORTS={plain / 'reports'}",
                                                f"PYTHON={sys.executable}", "ENGINE=kernel"])  # fmt: skip
    return found


def table(rounds: list[dict[str, Cost]]) -> str:
    """Return medians and their ratios as a table in Markdown."""
    medians = {
        name: Cost(*(statistics.median(getattr(r[name], field) for r in rounds) for field in Cost.__annotations__))
        for name in rounds[0]
    }
    lines = [
        "| run | klok (s) | rekentijd (s) | geheugen (MB) | verhouding | ten hoogste |",
        "|---|---|---|---|---|---|",
    ]
    for name, cost in medians.items():
        base = medians["koud" if "veranderd" in name else "kaal script"]
        limit = f"{LIMITS[name]:.2f}" if name in LIMITS else ""
        shown = [f"{cost.clock:.2f}", f"{cost.processor:.2f}", f"{cost.memory:.0f}", f"{cost.clock / base.clock:.2f}"]
        lines.append("| " + " | ".join([name, *shown, limit]) + " |")
    ratio = medians["koud"].memory / medians["kaal script"].memory
    return "\n".join(
        [*lines, "", f"Geheugen van een koude run: {ratio:.2f} keer dat van het kale script (ten hoogste 2.00)."]
    )


def report(rounds: list[dict[str, Cost]]) -> str:
    """Return the whole page, with machine, versions and date."""
    versions = ", ".join(f"{n} {version(n)}" for n in ("pandas", "great-expectations", "papermill", "pytask"))
    return f"""# Benchmarks

`make bench` wrote this on {datetime.now(UTC).date().isoformat()}: medians of {len(rounds)} runs, on {platform.system()}
{platform.machine()} with {os.cpu_count()} cores, Python {platform.python_version()}, {versions}.
Runs named "veranderd" are divided by a cold `make report` on the clock, the others by the plain script
(`tests/bench/plain_report.py`), which does the same work in one process. Memory is the largest sum of PSS.

{table(rounds)}
"""


def main() -> None:
    """Measure and write the page; ``--short`` leaves kernels out and prints instead of writing."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--short", action="store_true")
    arguments = parser.parse_args()
    rounds = []
    for number in range(arguments.runs):
        with tempfile.TemporaryDirectory() as folder:
            rounds.append(measure_round(Path(folder), number, kernel=not arguments.short))
    page = report(rounds)
    print(page)
    if not arguments.short:
        (ROOT / "docs" / "benchmarks.md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
