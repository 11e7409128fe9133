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
from conftest import ROOT, StudyFolder, run

from nsoc_lib.publish import cluster as cluster_of_dask

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
    own: StudyFolder,
    cluster: tuple[distributed.Client, dict[int, subprocess.Popen[bytes]]],
    tmp_path: Path,
) -> None:
    """A worker is killed while it does a chapter; the other one finishes, and page and ledger are those made here."""
    shutil.rmtree(own.reports)
    shutil.rmtree(own.data / "processed" / ".stand" / "notebooks")
    client, processes = cluster
    pids = client.run(os.getpid)
    log = tmp_path / "voortgang.txt"
    folders = ["--data", str(own.data), "--reports", str(own.reports)]
    with log.open("wb") as file:
        making = in_background(["nsoc_lib", "report", *folders, "--workers", client.scheduler.address], file.fileno())
    wait_until(lambda: making.poll() is not None or "klaar: hoofdstuk" in log.read_text(encoding="utf-8"))
    assert making.poll() is None, log.read_text(encoding="utf-8")
    busy: list[str] = []
    wait_until(lambda: busy.extend(name for name, steps in client.processing().items() if steps) or busy)
    processes[pids[busy[0]]].kill()
    told = log.read_text(encoding="utf-8")
    assert making.wait(timeout=SECONDS) == 0, log.read_text(encoding="utf-8")
    assert "klaar: rapport" not in told
    assert list(client.scheduler_info()["workers"]) == [name for name in pids if name != busy[0]]
    for name in ("evaluatierapport.html", "resultaten.csv"):
        assert (own.reports / name).read_bytes() == (little.reports / name).read_bytes()
    done = log.read_text(encoding="utf-8")
    assert [done.count(f"klaar: {kind}") for kind in ("hoofdstuk", "rapport")] == [6, 1]


def test_no_scheduler_is_one_error(own: StudyFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address where nobody answers stops the run with a block that says what to do; the report stays as it was."""
    monkeypatch.setattr(cluster_of_dask, "SECONDS", 1)  # a fork of this process waits no longer for an answer
    own.replace("meting-1/meting.yml", "\n", "\n\n")  # else there is nothing to do
    before = own.files()
    done = own.run("--workers", "tcp://127.0.0.1:9")
    assert done.code == 1
    assert (
        "Fout in WORKERS\n"
        "  gevonden: geen antwoord op tcp://127.0.0.1:9\n"
        "  verwacht: het adres van een planner van Dask, zoals tcp://127.0.0.1:8786\n"
        "  wat nu:   Start de planner met python -m dask scheduler, verbeter het adres, of laat WORKERS weg.\n"
    ) in done.err
    assert own.files() == before


def test_make_passes_the_address_on() -> None:
    """Who types ``make report WORKERS=…`` asks for the same."""
    shown = run(["make", "-n", "report", "WORKERS=tcp://127.0.0.1:9", f"PYTHON={sys.executable}"]).out
    assert '--workers "tcp://127.0.0.1:9"' in shown
