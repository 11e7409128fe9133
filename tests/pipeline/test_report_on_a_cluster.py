"""A report made by workers elsewhere, of whom one is killed half way: the same bytes as made here."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import distributed
import pytest
from conftest import ROOT, StudyFolder

SECONDS = 120  # longer than anything here takes on a slow machine


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[distributed.Client, dict[int, subprocess.Popen[bytes]]]]:
    """A scheduler and two workers on loopback with the processes of the workers by pid; all end with the test."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    here = ["--no-dashboard", "--host", "127.0.0.1"]
    one = ["--nthreads", "1", "--no-nanny", "--local-directory", str(tmp_path)]
    scheduler = start("scheduler", *here, "--port", address.rpartition(":")[2])
    workers = [start("worker", address, *here, *one) for _ in range(2)]
    try:
        with distributed.Client(address, timeout=SECONDS, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=SECONDS)
            yield client, {process.pid: process for process in workers}
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


def start(kind: str, *arguments: str) -> subprocess.Popen[bytes]:
    return in_background(["dask", kind, *arguments], subprocess.DEVNULL)


def in_background(arguments: list[str], output: int) -> subprocess.Popen[bytes]:
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": ""}
    command = [sys.executable, "-m", *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=output)


def wait_until(ready: Callable[[], object]) -> None:
    end = time.monotonic() + SECONDS
    while not ready():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_killed_worker_loses_nothing(
    little: StudyFolder,
    own_little: StudyFolder,
    cluster: tuple[distributed.Client, dict[int, subprocess.Popen[bytes]]],
    tmp_path: Path,
) -> None:
    """A worker is killed while it does a chapter; the other one finishes, and page and ledger are those made here."""
    shutil.rmtree(own_little.reports)
    shutil.rmtree(own_little.data / "processed" / ".stand" / "notebooks")
    shutil.rmtree(own_little.data / "processed" / "kader")
    client, processes = cluster
    pids = client.run(os.getpid)
    log = tmp_path / "voortgang.txt"
    folders = ["--data", str(own_little.data), "--reports", str(own_little.reports)]
    with log.open("wb") as file:
        run = in_background(["nsoc_lib", "report", *folders, "--workers", client.scheduler.address], file.fileno())
    wait_until(lambda: run.poll() is not None or "klaar: hoofdstuk" in log.read_text(encoding="utf-8"))
    assert run.poll() is None, log.read_text(encoding="utf-8")
    busy: list[str] = []
    wait_until(lambda: busy.extend(name for name, steps in client.processing().items() if steps) or busy)
    processes[pids[busy[0]]].kill()
    told = log.read_text(encoding="utf-8")
    assert run.wait(timeout=SECONDS) == 0, log.read_text(encoding="utf-8")
    assert "klaar: rapport" not in told
    assert list(client.scheduler_info()["workers"]) == [name for name in pids if name != busy[0]]
    for name in ("evaluatierapport.html", "resultaten.csv"):
        assert (own_little.reports / name).read_bytes() == (little.reports / name).read_bytes()
    done = log.read_text(encoding="utf-8")
    assert [done.count(f"klaar: {kind}") for kind in ("schoonmaken", "toetsen", "hoofdstuk", "rapport")] == [
        1,
        2,
        5,
        1,
    ]


def test_no_scheduler_is_one_error(own_little: StudyFolder) -> None:
    """An address where nobody answers stops make with a block that says what to do, and the report stays as it was."""
    own_little.replace("meting-1/meting.yml", "\n", "\n\n")  # else make has nothing to do
    before = own_little.files()
    done = own_little.make("WORKERS=tcp://127.0.0.1:9")
    assert done.code == 2
    assert (
        "Fout in WORKERS\n"
        "  gevonden: geen antwoord op tcp://127.0.0.1:9\n"
        "  verwacht: het adres van een planner van Dask, zoals tcp://127.0.0.1:8786\n"
        "  wat nu:   Start de planner met python -m dask scheduler, verbeter het adres, of laat WORKERS weg.\n"
    ) in done.err
    assert own_little.files() == before
