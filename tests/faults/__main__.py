"""Try every faulty input and print what became of it: ``python tests/faults [part of a name …] [--mutations N --seed S]``."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parents[n]) for n in (1, 2)]

from child import run_in_child  # noqa: E402 (found by the line above)
from conftest import import_once, new_small_study, new_study  # noqa: E402 (found by the line above)
from faults import CAUGHT, DAMAGE, OUTCOMES, TRACEBACK, Fault, Judged, load_faults, run_fault  # noqa: E402
from mutations import MUTATION_OUTCOMES, Mutated, run_mutation  # noqa: E402 (found by the line above)

BUILD_SECONDS = 900


def build_studies(folder: Path, *, whole: bool) -> tuple[Path, Path]:
    """Make the report of a study with a few chapters, and of the one with all when a case asks for it."""
    small, full = new_small_study(folder / "klein"), new_study(folder / "heel")
    for study in [small, full] if whole else [small]:
        code, shown = run_in_child(
            ["report", "--data", str(study.data), "--reports", str(study.reports)], BUILD_SECONDS
        )
        assert code == 0, shown
    return small.root, full.root


def tabulate(tried: Sequence[tuple[str, str]], outcomes: Sequence[str]) -> str:
    """Return the table of (kind, outcome): per kind how many were tried, and what became of them."""
    counts = Counter(tried)
    kinds = sorted({kind for kind, _ in tried})
    lines = [f"{'soort':24}{'geprobeerd':>12}" + "".join(f"{outcome:>16}" for outcome in outcomes)]
    for kind in [*kinds, "samen"]:
        row = [sum(n for (k, o), n in counts.items() if kind in (k, "samen") and o == one) for one in outcomes]
        lines.append(f"{kind:24}{sum(row):12}" + "".join(f"{n:16}" for n in row))
    return "\n".join(lines)


def side_by_side(function: Callable[[Any], Any], given: Sequence[Any], workers: int) -> Iterator[Any]:
    """Give the outcome of each, in order, so many at a time; each process forks its own runs."""
    with ProcessPoolExecutor(workers, multiprocessing.get_context("fork")) as pool:
        for number, outcome in enumerate(pool.map(function, given), 1):
            if sys.stderr.isatty():
                print(f"\r{number} van {len(given)}", end="", file=sys.stderr, flush=True)
            yield outcome


def run_one(studies: tuple[Path, Path], fault: Fault) -> Judged:
    small, whole = studies
    return run_fault(whole if fault.heel else small, fault)


def try_corpus(folder: Path, names: Sequence[str], workers: int) -> bool:
    """Run the corpus, or the cases whose name holds one of these words, and print the table; whether all were caught."""
    faults = [fault for fault in load_faults() if not names or any(n in f"{fault.soort} {fault.naam}" for n in names)]
    studies = build_studies(folder, whole=any(fault.heel for fault in faults))
    judged: list[Judged] = []
    for each in side_by_side(partial(run_one, studies), faults, workers):
        judged.append(each)
        if each.outcome != CAUGHT:
            print(f"\n{each.outcome}: {each.fault.soort}, {each.fault.naam}\n{each.shown.strip()[-3000:]}", flush=True)
    print("\n" + tabulate([(each.fault.soort, each.outcome) for each in judged], OUTCOMES))
    missed = sum(each.outcome != CAUGHT for each in judged)
    worst = sum(each.outcome in {TRACEBACK, DAMAGE} for each in judged)
    print(f"{len(judged)} fouten geprobeerd, {missed} niet met de juiste melding, {worst} met een traceback of schade.")
    return not missed


def try_mutations(folder: Path, seed: int, number: int, workers: int) -> bool:
    """Make and run so many mutations and print the table; whether each ended well."""
    study, _ = build_studies(folder, whole=False)
    found: list[Mutated] = []
    for each in side_by_side(partial(run_mutation, study, seed), range(number), workers):
        found.append(each)
        if not each.well:
            print(f"\n{each.outcome}: {each.what}\n{each.shown.strip()[-3000:]}", flush=True)
    print("\n" + tabulate([(each.kind, each.outcome) for each in found], MUTATION_OUTCOMES))
    missed = sum(not each.well for each in found)
    print(f"{number} mutaties met zaad {seed}, {missed} met iets anders dan een rapport of een melding.")
    return not missed


def main() -> int:
    """Try the corpus, or mutations when a number of them is asked for; 1 when anything is not as it should be."""
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mutations", type=int, default=0)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    import_once()
    with tempfile.TemporaryDirectory(prefix="fouten-") as folder:
        if asked.mutations:
            return int(not try_mutations(Path(folder), asked.seed, asked.mutations, asked.workers))
        return int(not try_corpus(Path(folder), asked.names, asked.workers))


if __name__ == "__main__":
    raise SystemExit(main())
