"""What a command costs: seconds on the clock, seconds of processor and memory, of all its processes together."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Cost:
    """What one command cost: seconds on the clock, seconds of processor, and the largest PSS of its processes in MB."""

    clock: float
    processor: float
    memory: float

    def times(self, count: int) -> Cost:
        """Return what so many of these cost, one after the other."""
        return Cost(self.clock * count, self.processor * count, self.memory)


def measure(name: str, command: list[str], **changed: str) -> Cost:
    """Run a command to its end and say how long it took. Raises when it fails: a broken run costs nothing worth knowing."""
    before, start = os.times(), time.monotonic()
    given = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "", "MPLBACKEND": "agg"} | changed
    # A make that was started by make would speak of the folder it enters.
    inherited = {key: value for key, value in os.environ.items() if key not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}}
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=ROOT, env=inherited | given, stdout=said, stderr=said)
        peaks = [0.0]
        watcher = threading.Thread(target=_watch, args=(process, peaks))
        watcher.start()
        code = process.wait()
        clock, after = time.monotonic() - start, os.times()
        watcher.join()
        if code:
            said.seek(0)
            raise RuntimeError(f"{' '.join(command)} stopped with {code}:\n{said.read().decode()[-2000:]}")
    used = after.children_user + after.children_system - before.children_user - before.children_system
    print(f"    {name}: {clock:.1f} s", file=sys.stderr, flush=True)
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


def table(rounds: list[dict[str, Cost]], limits: dict[str, float]) -> str:
    """Return medians in Markdown, each divided by the first on the clock and, "veranderd", by a cold run."""
    medians = {
        name: Cost(*(statistics.median(getattr(r[name], field) for r in rounds) for field in Cost.__annotations__))
        for name in rounds[0]
    }
    first = next(iter(medians.values()))
    lines = [
        "| run | klok (s) | rekentijd (s) | geheugen (MB) | verhouding | ten hoogste |",
        "|---|---|---|---|---|---|",
    ]
    for name, cost in medians.items():
        base = medians["koud"] if "koud" in medians and "veranderd" in name else first
        limit = f"{limits[name]:.2f}" if name in limits else ""
        shown = [f"{cost.clock:.2f}", f"{cost.processor:.2f}", f"{cost.memory:.0f}", f"{cost.clock / base.clock:.2f}"]
        lines.append("| " + " | ".join([name, *shown, limit]) + " |")
    if "koud" in medians:
        ratio = medians["koud"].memory / first.memory
        lines += ["", f"Geheugen van een koude run: {ratio:.2f} keer dat van het kale script (ten hoogste 2.00)."]
    return "\n".join(lines)
