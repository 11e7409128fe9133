"""Run the steps of a report on the workers of a Dask cluster that is there already, instead of on this machine.

Workers read and write the same files as this machine does, so they need the same folders under the same names, and
the same library; that is checked before the first step. Dask runs a step again, on another worker, when its worker
disappears; a step writes its files whole or not at all, so that loses nothing.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import socket
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from nsoc_lib.errors import NsocError
from nsoc_lib.paths import REPOSITORY
from nsoc_lib.publish.apart import Apart
from nsoc_lib.publish.files import content_hash, library_files, write_whole
from nsoc_lib.publish.workers import say_done

SECONDS = 5  # to find the scheduler
START = "python -m dask worker <adres> --nthreads 1 --no-nanny"


@dataclass(frozen=True)
class Seen:
    """What a worker sees: the library it would run, the token of this run, and whether it may start processes."""

    library: str
    token: str
    daemon: bool


class Cluster(Executor):
    """The workers of a cluster as an executor; ``size`` is how many there are, ``ahead`` what steps import."""

    def __init__(self, client: Any, size: int, ahead: Sequence[str]) -> None:
        self.client = client
        self._executor = client.get_executor(pure=False)  # the same step twice is two pieces of work
        self._ahead = list(ahead)
        self.size = size

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Send a step to a worker; it is told here when it succeeded, since a worker has its own screen."""
        import cloudpickle

        start, name = time.monotonic(), kwargs["task"].name
        work = cloudpickle.dumps((fn, args, kwargs))
        future: Future[Any] = self._executor.submit(run_apart, name, self._ahead, work)
        future.add_done_callback(lambda ended: _tell(ended, name, time.monotonic() - start))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 (as declared)
        """Wait for what runs, so that nothing writes after this run has ended."""
        self._executor.shutdown(wait=wait)


def _tell(ended: Future[Any], name: str, seconds: float) -> None:
    if not ended.cancelled() and not ended.exception() and ended.result().exc_info is None:
        print(say_done(name.rsplit(" (", 1)[0], seconds), file=sys.stderr, flush=True)


def run_apart(name: str, ahead: list[str], work: bytes) -> Any:
    """Run a pickled step in a process of its own and return its result; a worker calls this.

    A worker has threads and may not fork. The process is forked from one without, which imports ``ahead`` once.
    Raises NsocError when the process dies.
    """
    multiprocessing.get_context("forkserver").set_forkserver_preload(ahead)
    return Apart(name, partial(_unpack, work), "forkserver").wait()


def _unpack(work: bytes) -> Any:
    import cloudpickle

    function, args, kwargs = cloudpickle.loads(work)
    return function(*args, **kwargs)


@contextmanager
def connect(address: str, state: Path, ahead: Sequence[str]) -> Iterator[Cluster]:
    """Give the workers of the scheduler at this address; ``state`` is a folder that they must see as well.

    Raises NsocError when they cannot make this report, or when the cluster is lost while they do.
    """
    distributed = _import_distributed()
    try:
        client = distributed.Client(address, timeout=SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise _no_scheduler(address) from error
    with client:
        workers = client.scheduler_info(n_workers=-1)["workers"]
        _refuse_unfit(address, [worker["nthreads"] for worker in workers.values()])
        _refuse_strangers(client, state / "werkers")
        try:
            yield Cluster(client, len(workers), ahead)
        except Exception as error:
            # A scheduler that goes cancels every step, which pytask reports in words of its own.
            if isinstance(error, distributed.KilledWorker) or client.status != "running":
                raise _lost(address) from error
            raise


def _import_distributed() -> Any:
    try:
        import distributed
    except ImportError as error:
        raise NsocError(
            "WORKERS",
            found="een omgeving zonder het pakket distributed",
            expected="het pakket distributed, hier en bij elke werker",
            remedy='Installeer het extra "cluster" van pyproject.toml (docs/cluster.md), of laat WORKERS weg.',
        ) from error
    for name in ("distributed", "distributed.client", "distributed.utils"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what goes wrong is told once, by us
    return distributed


def _no_scheduler(address: str) -> NsocError:
    return NsocError(
        "WORKERS",
        found=f"geen antwoord op {address}",
        expected="het adres van een planner van Dask, zoals tcp://127.0.0.1:8786",
        remedy="Start de planner met python -m dask scheduler, verbeter het adres, of laat WORKERS weg.",
    )


def _refuse_unfit(address: str, threads: list[int]) -> None:
    if not threads:
        found = f"een planner op {address} zonder werkers"
    elif max(threads) > 1:
        found = f"een werker met {max(threads)} draden"
    else:
        return
    raise NsocError(
        "WORKERS",
        found=found,
        expected="werkers die elk een stap tegelijk doen",
        remedy=f"Start elke werker met {START}.",
    )


def look_around(token: str) -> Seen:
    """Return what this process sees; a worker calls it as well."""
    path = Path(token)
    found = path.read_text(encoding="utf-8") if path.exists() else ""
    return Seen(_library(), found, multiprocessing.current_process().daemon)


@cache  # a worker keeps the code that it once imported, whatever becomes of the files
def _library() -> str:
    packages = sorted(f"{found.name} {found.version}" for found in distributions())
    return f"{content_hash(library_files())} {sys.version} {packages}"


def _refuse_strangers(client: Any, token: Path) -> None:
    """Let every worker look at a file that this run just wrote."""
    write_whole(token, f"{socket.gethostname()} {os.getpid()}".encode())
    try:
        client.run_on_scheduler(look_around, str(token))  # it reads what steps are made of, so it has the library too
        refuse_different(client.run(look_around, str(token)), look_around(str(token)))
    except ModuleNotFoundError as error:
        raise NsocError(
            "WORKERS",
            found=f"een planner of werker zonder {error.name}",
            expected="een planner en werkers met dezelfde code en pakketten als hier",
            remedy=f"Start ze in de map {REPOSITORY.name}, met python -m dask en de omgeving van hier.",
        ) from error
    finally:
        token.unlink(missing_ok=True)


def refuse_different(seen: dict[str, Seen], own: Seen) -> None:
    """Raise NsocError for the first worker that has other code, other folders or no right to start a process."""
    for worker, other in sorted(seen.items()):
        if other.library != own.library:
            found = f"andere code of andere pakketten bij werker {worker}"
            expected = "dezelfde versie van nsoc_lib en van elk pakket als hier"
            remedy = f"Start de werker opnieuw, in de map {REPOSITORY.name} en met de omgeving van hier."
        elif other.token != own.token:
            found = f"werker {worker}, die de map van DATA niet ziet"
            expected = "dezelfde mappen onder dezelfde naam"
            remedy = "Zet de repository, DATA en REPORTS op een schijf die alle werkers delen."
        elif other.daemon:
            found, expected = f"werker {worker}, die zelf geen proces mag starten", "een werker zonder nanny"
            remedy = f"Start elke werker met {START}."
        else:
            continue
        raise NsocError("WORKERS", found=found, expected=expected, remedy=remedy)


def _lost(address: str) -> NsocError:
    return NsocError(
        "WORKERS",
        found=f"een planner of werkers van {address} die verdwenen tijdens het werk",
        expected="een cluster dat blijft tot het rapport er is",
        remedy="Draai make report opnieuw: wat af is blijft staan. Helpt dat niet, kijk dan of het geheugen vol is.",
    )
