"""Try every faulty input and print what became of it: ``python tests/faults [part of a name …]``."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[n]) for n in (1, 2)]

from conftest import keep_chapters, new_study
from faults import CAUGHT, DAMAGE, OUTCOMES, TRACEBACK, Fault, Judged, load_faults, run_all, run_in_child, warm_up

BUILD_SECONDS = 900


def build_studies(folder: Path, faults: list[Fault]) -> tuple[Path, Path]:
    """Make the report of a study with a few chapters, and of the whole one when a case asks for it."""
    small, whole = new_study(folder / "klein"), new_study(folder / "heel")
    contents = small.raw / "evaluatie.yml"
    contents.write_text(keep_chapters(contents.read_text(encoding="utf-8")), encoding="utf-8")
    for study in [small, whole] if any(fault.heel for fault in faults) else [small]:
        code, shown = run_in_child(["report", "--data", str(study.data), "--reports", str(study.reports)], BUILD_SECONDS)
        assert code == 0, shown
    return small.root, whole.root


def tabulate(judged: list[Judged]) -> str:
    """Return the table: per kind how many were tried, and what became of them."""
    counts = Counter((each.fault.soort, each.outcome) for each in judged)
    kinds = sorted({kind for kind, _ in counts})
    lines = [f"{'soort':24}{'geprobeerd':>12}" + "".join(f"{outcome:>16}" for outcome in OUTCOMES)]
    for kind in [*kinds, "samen"]:
        row = [sum(n for (k, o), n in counts.items() if k == kind or kind == "samen" if o == one) for one in OUTCOMES]
        lines.append(f"{kind:24}{sum(row):12}" + "".join(f"{n:16}" for n in row))
    return "\n".join(lines)


def main(names: list[str]) -> int:
    """Run the corpus, or the cases whose name holds one of these words; return how many were not caught."""
    faults = [fault for fault in load_faults() if not names or any(n in f"{fault.soort} {fault.naam}" for n in names)]
    warm_up()
    judged = []
    with tempfile.TemporaryDirectory(prefix="fouten-") as folder:
        small, whole = build_studies(Path(folder), faults)
        for number, each in enumerate(run_all(faults, small, whole), 1):
            judged.append(each)
            if sys.stderr.isatty():
                print(f"\r{number} van {len(faults)}", end="", file=sys.stderr, flush=True)
            if each.outcome != CAUGHT:
                print(f"\n{each.outcome}: {each.fault.soort}, {each.fault.naam}\n{each.shown.strip()}", flush=True)
    print("\n" + tabulate(judged))
    worst = sum(each.outcome in {TRACEBACK, DAMAGE} for each in judged)
    missed = sum(each.outcome != CAUGHT for each in judged)
    print(f"{len(judged)} fouten geprobeerd, {missed} niet met de juiste melding, {worst} met een traceback of schade.")
    return min(missed, 1)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
