"""Measure counting past one laptop's comfort: a million respondents and a register of ten million rows.

Counts go through the functions of the report: ``load_survey``, ``count_answers``, ``count_status`` and
``share_by_group``. Every cell is compared with what was written and with what other engines count. Only ratios
within one run say anything; the first run of each engine, in which it is imported, is not counted.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import product
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from bench import scale_data, scale_peers  # noqa: E402
from bench.scale_peers import Cells  # noqa: E402

from nsoc_lib.frequencies import Crosstab, count_parts  # noqa: E402
from nsoc_lib.response import count_status  # noqa: E402
from nsoc_lib.shares import count_answers, share_by_group  # noqa: E402
from nsoc_lib.sources.cleaned import load_survey  # noqa: E402
from nsoc_lib.sources.stored import StoredTable  # noqa: E402
from nsoc_lib.survey import Survey  # noqa: E402

SIZES = (10_000, 100_000, 300_000, 1_000_000)
REGISTER = 10_000_000
LIMIT = 1.5
OURS = "nsoc_lib"


def cells_of(crosstab: Crosstab) -> Cells:
    """Return the combinations that occur, with None for missing."""
    keys = product(*([*map(str, own), None] for own in crosstab.levels))
    return {key: int(n) for key, n in zip(keys, crosstab.counts.ravel(), strict=True) if n}


def load(data: Path) -> Survey:
    """Read the large survey as a notebook does."""
    os.environ["NSOC_DATA"] = str(data)
    return load_survey(scale_data.METING, scale_data.INSTRUMENT)


def count_all(survey: Survey) -> Cells:
    """Count every answer and status of every statement, and return the cells behind them."""
    for stelling in survey.codeboek.stellingen:
        count_answers(survey, stelling)
        count_status(survey, stelling)
    return cells_of(survey.count("stelling", "antwoord", "status"))


def count_groups(survey: Survey) -> Cells:
    """Count who agrees with every statement in each of twelve groups, and return the cells behind it."""
    for stelling in survey.codeboek.stellingen:
        share_by_group(survey, stelling, survey.codeboek.achtergrond[0])
    return cells_of(survey.count("stelling", "antwoord", by="groep"))


def count_register(path: Path, columns: list[str]) -> Cells:
    return cells_of(count_parts(StoredTable(path).parts(columns), *columns))


def timed(function: Callable[[], Cells]) -> tuple[float, Cells]:
    start = time.perf_counter()
    cells = function()
    return time.perf_counter() - start, cells


def measure(ours: Callable[[], Cells], others: dict[str, Callable[[], Cells]], runs: int) -> dict[str, float]:
    """Return the median seconds of each engine, in turn. Raises when any cell differs between two of them."""
    engines = {OURS: ours, **others}
    seconds: dict[str, list[float]] = {name: [] for name in engines}
    expected: Cells = {}
    for run in range(runs + 1):
        for name, engine in engines.items():
            spent, cells = timed(engine)
            expected = expected or cells
            if cells != expected:
                raise RuntimeError(f"{name} counts other cells than {OURS}")
            seconds[name] += [spent] if run else []
    return {name: statistics.median(spent) for name, spent in seconds.items()}


def measure_survey(folder: Path, respondents: int, runs: int, *, peers: bool) -> dict[str, dict[str, float]]:
    """Write a survey, compare every cell with what was written, and return the seconds per table and engine."""
    tally = scale_data.write_survey(folder / "data", respondents)
    survey = load(folder / "data")
    check(survey.count("stelling", "antwoord", "status"), tally.answers)
    check(survey.count("stelling", "antwoord", by="groep"), tally.groups)
    table, people = (folder / "data" / "processed" / scale_data.METING / f"{name}.parquet"
                     for name in (scale_data.INSTRUMENT, "respondenten"))  # fmt: skip
    found = {}
    engines = scale_peers.others() if peers else {}
    for name, count, joined, columns in (
        ("alle antwoorden", count_all, None, ["stelling", "antwoord", "status"]),
        ("naar twaalf groepen", count_groups, people, ["stelling", "antwoord", "groep"]),
    ):
        surveys = [load(folder / "data") for _ in range(runs + 1)]  # what was counted once is remembered
        found[name] = measure(
            lambda count=count, surveys=surveys: count(surveys.pop()),
            {n: lambda e=e, j=joined, c=columns: e(table, j, c) for n, e in engines.items()},
            runs,
        )
    if peers:
        wide = table.with_name(f"{scale_data.WIDE}.parquet")
        start = time.perf_counter()
        assert scale_peers.count_wide(wide) == respondents * len(scale_data.STATEMENTS)
        found["naar twaalf groepen"]["NumPy, kolom per stelling"] = time.perf_counter() - start
    return found


def measure_register(folder: Path, rows: int, runs: int) -> dict[str, dict[str, float]]:
    """Do the same for a register of one kind and one region per row."""
    path = folder / "register.parquet"
    tally = scale_data.write_register(path, rows)
    check(count_parts(StoredTable(path).parts(["soort", "regio"]), "soort", "regio"), tally)
    return {
        name: measure(
            lambda columns=columns: count_register(path, columns),
            {n: lambda e=e, c=columns: e(path, None, c) for n, e in scale_peers.others().items()},
            runs,
        )
        for name, columns in (("register", ["soort"]), ("register naar twaalf groepen", ["soort", "regio"]))
    }


def check(crosstab: Crosstab, tally: np.ndarray) -> None:
    """Compare every cell with what was written. Raises RuntimeError when one differs."""
    written = tuple(slice(size) for size in tally.shape)
    if not np.array_equal(crosstab.counts[written], tally) or crosstab.rows != tally.sum():
        raise RuntimeError("what is counted is not what was written")


def peak_of(data: Path) -> float:
    """Return the most memory in MB that counting takes in a process of its own, above what importing takes."""
    command = [sys.executable, __file__, "--count", str(data)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def count_once(data: Path) -> float:
    before = _high_water()
    survey = load(data)
    count_all(survey)
    count_groups(survey)
    return _high_water() - before


def _high_water() -> float:
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


def table(measured: dict[str, dict[str, float]]) -> str:
    """Return a row per table, each engine in seconds, and ours over the fastest other."""
    engines = list(dict.fromkeys(name for seconds in measured.values() for name in seconds))
    lines = ["| tabel | " + " | ".join(f"{name} (s)" for name in engines) + " | verhouding | ten hoogste |"]
    lines.append("|---" * (len(engines) + 3) + "|")
    for name, seconds in measured.items():
        shown = [f"{seconds[engine]:.2f}" if engine in seconds else "" for engine in engines]
        rivals = [seconds[engine] for engine in scale_peers.others() if engine in seconds]
        lines.append("| " + " | ".join([name, *shown, f"{seconds[OURS] / min(rivals):.2f}", f"{LIMIT:.2f}"]) + " |")
    return "\n".join(lines)


def plot(costs: dict[int, float]) -> str:
    """Return seconds against respondents as a small SVG; on a straight line through the origin cost is linear."""
    most, longest = max(costs), max(costs.values())
    points = [(60 + 480 * size / most, 260 - 220 * seconds / longest) for size, seconds in costs.items()]
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4"/>' for x, y in points)
    labels = "".join(
        f'<text x="{x:.1f}" y="{y - 10:.1f}" text-anchor="middle">{size:,}: {costs[size]:.2f} s</text>'.replace(
            ",", "."
        )
        for (x, y), size in zip(points, costs, strict=True)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 300" font-family="sans-serif" font-size="11">'
        '<path d="M60 30V260H560" fill="none" stroke="#555"/><path d="M60 260L540 40" stroke="#bbb"/>'
        f'{dots}{labels}<text x="300" y="290" text-anchor="middle">respondenten</text></svg>\n'
    )


def report(sizes: tuple[int, ...], rows: int, runs: int) -> tuple[str, str]:
    """Measure everything; return a part of the page in Markdown and the plot."""
    costs, peaks = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            root = Path(folder) / str(size)
            found = measure_survey(root, size, runs, peers=size == sizes[-1])
            costs[size] = sum(seconds[OURS] for seconds in found.values())
            peaks[size] = peak_of(root / "data")
        found |= measure_register(Path(folder), rows, runs)
    absent = [name for name in ("DuckDB", "polars") if name not in scale_peers.others()]
    note = f"\n\nNiet vergeleken, want niet geïnstalleerd: {', '.join(absent)}." if absent else ""
    lines = ["| respondenten | beide tabellen (s) | per miljoen (s) | geheugen erbij (MB) |", "|---|---|---|---|"]
    lines += [f"| {n} | {s:.2f} | {1e6 * s / n:.2f} | {peaks[n]:.0f} |" for n, s in costs.items()]
    intro = f"{sizes[-1]} respondenten, 40 stellingen; een register van {rows} rijen; lezen uit Parquet telt mee."
    return f"## Tellen op schaal\n\n{intro}\n\n{table(found)}{note}\n\n" + "\n".join(lines) + "\n", plot(costs)


def main() -> None:
    """Print the measurements; ``--plot`` writes the drawing as well."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--respondents", type=int, nargs="+", default=SIZES)
    parser.add_argument("--rows", type=int, default=REGISTER)
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--count", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.count:
        print(count_once(arguments.count))
        return
    page, drawing = report(tuple(arguments.respondents), arguments.rows, arguments.runs)
    print(page)
    if arguments.plot:
        arguments.plot.write_text(drawing, encoding="utf-8")


if __name__ == "__main__":
    main()
