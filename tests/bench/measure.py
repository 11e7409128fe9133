"""Measure ``make report`` against a plain script, stock papermill and more, and write ``docs/benchmarks.md``.

Only ratios within one part say anything: another machine, or other work on this one, changes every second in them.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd
import scale_bench
import yaml
from book import measure_book
from cost import ROOT, Cost, measure, table

HERE = Path(__file__).resolve().parent
PAGE = ROOT / "docs" / "benchmarks.md"
NOTEBOOK = "leeragenda"
SHEETS, SAMPLE, PROJECTS, SHEETS_OF = 500, 20, 13, "versterking-2021"
LIMITS = {"koud": 1.0, "een notebook veranderd": 0.35, "een antwoord veranderd": 0.6}
Round = dict[str, Cost]


@dataclass(frozen=True)
class Part:
    """A part of the page: its heading, what is measured, and how."""

    title: str
    intro: str
    measure: Callable[[Path, int], Round]


def new_data(folder: Path) -> Path:
    """Return a study with the raw data of the repository."""
    shutil.copytree(ROOT / "data" / "raw", folder / "data" / "raw")
    return folder / "data"


def make(data: Path, *options: str) -> list[str]:
    reports = data.parent / "reports"
    return ["make", "report", f"DATA={data}", f"REPORTS={reports}", f"PYTHON={sys.executable}", *options]


def script(name: str, data: Path, *options: str) -> list[str]:
    return [sys.executable, str(HERE / name), "--data", str(data), *options]


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


def measure_cold(root: Path, number: int) -> Round:
    """Measure a run from nothing and after each change. Raises when the plain script gives other results."""
    data, plain = new_data(root / "make"), new_data(root / "script")
    found = {
        "kaal script": measure(
            "kaal script", script("plain_report.py", plain, "--reports", str(plain.parent / "reports"))
        ),
        "koud": measure("koud", make(data)),
    }
    ledgers = [(own.parent / "reports" / "resultaten.csv").read_bytes() for own in (data, plain)]
    if ledgers[0] != ledgers[1]:
        raise RuntimeError("resultaten.csv differs between make report and the plain script")
    found["niets veranderd"] = measure("niets veranderd", make(data))
    change_notebook(data, number)
    found["een notebook veranderd"] = measure("een notebook veranderd", make(data))
    change_answer(data, number)
    found["een antwoord veranderd"] = measure("een antwoord veranderd", make(data))
    return found


def measure_kernel(root: Path, _: int) -> Round:
    """Measure a run from nothing with our engine and with a kernel per notebook."""
    names = {"ENGINE=nsoc": "a", "ENGINE=kernel": "b"}
    return {name: measure(name, make(new_data(root / folder), name)) for name, folder in names.items()}


def measure_notebooks(root: Path) -> tuple[Path, Round]:
    """Measure every notebook and the page of a study whose tables are there already; return the study as well."""
    data = new_data(root)
    measure("voorbereiden", make(data))
    shutil.rmtree(data / "processed" / ".stand" / "notebooks")
    shutil.rmtree(data.parent / "reports")
    name = "make report, notebooks en pagina"
    return data, {name: measure(name, make(data))}


def measure_stock(root: Path, _: int) -> Round:
    """Measure the same notebooks with papermill and nbconvert as they come."""
    data, found = measure_notebooks(root)
    name = "papermill en nbconvert"
    return found | {name: measure(name, script("stock_report.py", data, "--out", str(root / "stock")))}


def measure_jupyter_book(root: Path, _: int) -> Round:
    """Measure the same notebooks with Jupyter Book 1."""
    data, found = measure_notebooks(root)
    measure("parameters invullen", script("stock_report.py", data, "--out", str(root / "book"), "--prepare"))
    return found | measure_book(root / "book", data)


def write_sheets(data: Path) -> None:
    """Let the study be one part with a sheet for each of so many projects: those of the source, again and again."""
    for source, name in (("projecten", "naam"), ("projectnamen", "spelling"), ("projectkenmerken", None)):
        path = data / "raw" / SHEETS_OF / f"{source}.csv"
        rows = pd.read_csv(path, dtype=str, keep_default_na=False)
        again = [_renumber(rows, first, name) for first in range(0, SHEETS, PROJECTS)]
        more = pd.concat(again)
        more[more["project"].isin(_projects())].to_csv(path, index=False)
        _accept(data, source)
    contents = data / "raw" / "evaluatie.yml"
    settings: dict[str, Any] = yaml.safe_load(contents.read_text(encoding="utf-8"))
    chapters = [
        {"titel": f"Blad {project}", "notebook": "projectblad", "parameters": {"meting": SHEETS_OF, "project": project}}
        for project in _projects()
    ]
    settings["delen"] = [{"titel": "Bladen", "hoofdstukken": chapters}]
    contents.write_text(yaml.safe_dump(settings, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _projects() -> list[str]:
    return [f"p{number:02d}" for number in range(1, SHEETS + 1)]


def _renumber(rows: pd.DataFrame, first: int, name: str | None) -> pd.DataFrame:
    """Return the rows of all projects under new numbers, and under new names where those must differ."""
    numbers = rows["project"].str[1:].astype(int) + first
    again = rows.assign(project=numbers.map("p{:02d}".format))
    return again.assign(**{name: rows[name] + f" {first}"}) if name and first else again


def _accept(data: Path, table: str) -> None:
    """Give the study a suite that does not count the projects of the source."""
    suite = {
        "name": table,
        "expectations": [
            {
                "type": "expect_column_values_to_not_be_null",
                "kwargs": {"column": "project"},
                "severity": "critical",
                "meta": {"reden": "Elke rij hoort bij een project."},
            }
        ],
    }
    path = data / "expectations" / f"{table}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(suite), encoding="utf-8")


def measure_sheets(root: Path, _: int) -> Round:
    """Measure many project sheets from nothing, and stock papermill on the first few of them."""
    data = new_data(root)
    write_sheets(data)
    found = {f"make report, {SHEETS} bladen": measure(f"make report, {SHEETS} bladen", make(data))}
    stock = script("stock_report.py", data, "--out", str(root / "stock"), "--first", str(SAMPLE))
    few = measure(f"papermill en nbconvert, {SAMPLE} bladen", stock)
    return found | {f"papermill en nbconvert, {SAMPLE} bladen maal {SHEETS // SAMPLE}": few.times(SHEETS // SAMPLE)}


PARTS = {
    "cold": Part(
        "Een rapport maken en bijwerken",
        'Runs named "veranderd" are divided by a cold `make report`, the others by the plain script\n'
        "(`tests/bench/plain_report.py`), which does the same work in one process.",
        measure_cold,
    ),
    "kernel": Part(
        "Een kernel per notebook",
        "A cold `make report` with each engine, cleaning and validation included.",
        measure_kernel,
    ),
    "stock": Part(
        "Papermill en nbconvert",
        "The same notebooks on tables that are there already: `make report` side by side with one page and a ledger at the\n"
        "end, papermill and nbconvert (`tests/bench/stock_report.py`) one by one with a page each.",
        measure_stock,
    ),
    "sheets": Part(
        f"{SHEETS} projectbladen",
        f"One notebook for {SHEETS} projects, those of the source many times. `make report` cleans, validates and makes the page as well; papermill\n"
        f"and nbconvert made {SAMPLE} sheets, and the row multiplies what that cost.",
        measure_sheets,
    ),
    "book": Part(
        "Jupyter Book 1",
        "The same notebooks with parameters filled in and its cache on, in an environment of its own (`.venv-book`).",
        measure_jupyter_book,
    ),
}
SCALE = "scale"


def section(part: Part, runs: int) -> str:
    """Measure a part so many times, in folders of their own, and return its text."""
    rounds = []
    for number in range(runs):
        print(f"  ronde {number + 1} van {runs}", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory() as folder:
            rounds.append(part.measure(Path(folder), number))
    return f"## {part.title}\n\n{_circumstances(runs)}{part.intro}\n\n{table(rounds, LIMITS)}\n"


def _circumstances(runs: int) -> str:
    versions = ", ".join(f"{n} {version(n)}" for n in ("pandas", "great-expectations", "papermill", "pytask"))
    machine = f"{platform.system()} {platform.machine()} with {os.cpu_count()} cores"
    return (
        f"Measured on {datetime.now(UTC).date().isoformat()}, medians of {runs} runs, on {machine},\n"
        f"Python {platform.python_version()}, {versions}.\n"
    )


def replace_section(page: str, text: str) -> str:
    """Put a part in the page, in place of what it said before; the order of parts stays."""
    title = text.splitlines()[0]
    head, *parts = re.split(r"(?m)^(?=## )", page)
    if any(part.startswith(f"{title}\n") for part in parts):
        parts = [text if part.startswith(f"{title}\n") else part for part in parts]
    else:
        parts = [*parts, text]
    return "\n".join(part.rstrip("\n") + "\n" for part in (head, *parts))


HEAD = """# Benchmarks

`make bench` wrote this; `make bench PARTS="cold stock"` measures those parts again. Memory is the largest sum of PSS of
all processes together. Ratios are those of the clock, within one part.
"""


def main() -> None:
    """Measure each part and put it in the page as soon as it is there."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peers", action="store_true", help="Jupyter Book as well, which is installed first")
    parser.add_argument("--parts", nargs="*", choices=[*PARTS, SCALE])
    arguments = parser.parse_args()
    chosen = arguments.parts or [name for name in (*PARTS, SCALE) if arguments.peers or name != "book"]
    for number, name in enumerate(chosen, 1):
        print(f"Deel {name} ({number} van {len(chosen)})", file=sys.stderr, flush=True)
        start = time.monotonic()
        if name == SCALE:
            text, _ = scale_bench.report(scale_bench.SIZES, scale_bench.REGISTER, arguments.runs)
        else:
            text = section(PARTS[name], arguments.runs)
        PAGE.write_text(replace_section(PAGE.read_text("utf-8") if PAGE.exists() else HEAD, text), encoding="utf-8")
        print(f"Deel {name} klaar in {(time.monotonic() - start) / 60:.1f} minuten", file=sys.stderr, flush=True)
        print(text, flush=True)


if __name__ == "__main__":
    main()
