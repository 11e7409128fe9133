"""Prove that a run survives: ``python tests/robust crash|verify|soak [--n N] [--seed SEED]``. Prints what became of it."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[n]) for n in (1, 2)]


def crash(folder: Path, count: int, seed: int) -> int:
    """Do every disaster; the exit code says whether each ended well."""
    from crash import COMMITTED, disasters, prepare
    from runs import build

    outcomes = []
    for outcome in disasters(prepare(folder, build(folder / "a")), count, seed):
        outcomes.append(outcome)
        print(f"{len(outcomes):3}  {outcome}", flush=True)
    bad = sum(not outcome.good for outcome in outcomes)
    half = sum(outcome.stood == COMMITTED for outcome in outcomes)
    print(
        f"{len(outcomes)} rampen, {half} tijdens het op hun plaats zetten, {bad} met een gemengd rapport of een ander vervolg."
    )
    return min(bad, 1)


def verify(folder: Path, count: int, seed: int) -> int:
    """Build one study in other surroundings; the exit code says whether all are equal."""
    from verify import tabulate, verify_all

    rows = list(verify_all(folder))
    print(tabulate(rows))
    return int(any(row.differences for row in rows))


def soak(folder: Path, count: int, seed: int) -> int:
    """Build a tiny study many times in one tree of processes; the exit code says whether anything grew."""
    from runs import build
    from soak import soak_study

    found = soak_study(folder, build(folder / "studie"), count, tell=lambda line: print(line, flush=True))
    print(found)
    return int(found.leaks)


DEFAULTS = {crash: 50, verify: 0, soak: 1000}


def main() -> int:
    """Read the words and do what they ask for."""
    jobs = {job.__name__: job for job in DEFAULTS}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("job", choices=jobs)
    parser.add_argument("--n", type=int)
    parser.add_argument("--seed", type=int, default=20260401)
    given = parser.parse_args()
    job = jobs[given.job]
    with tempfile.TemporaryDirectory(prefix=f"{given.job}-") as folder:
        return job(Path(folder), given.n or DEFAULTS[job], given.seed)


if __name__ == "__main__":
    raise SystemExit(main())
