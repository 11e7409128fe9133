"""Workers elsewhere: which are fit, what stops a run before it begins, and a step in a process of its own."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import cloudpickle
import distributed
import pytest

from nsoc_lib.errors import NsocError
from nsoc_lib.publish import cluster
from nsoc_lib.publish.cluster import Seen, connect, run_apart

OWN = Seen("abc", "hier 1", daemon=False)


def write_pid(path: Path, **_: object) -> str:
    path.write_text(str(os.getpid()), encoding="utf-8")
    return "klaar"


def die(**_: object) -> None:
    os._exit(3)


def apart(function: Callable[..., object], *arguments: object) -> object:
    return run_apart("schoonmaken meting-1", [], cloudpickle.dumps((function, arguments, {})))


def test_a_step_has_a_process_of_its_own(tmp_path: Path) -> None:
    """What the step returns comes back, and another process wrote what it writes."""
    assert apart(write_pid, tmp_path / "stap") == "klaar"
    assert int((tmp_path / "stap").read_text(encoding="utf-8")) != os.getpid()


def test_a_step_whose_process_dies_is_one_error() -> None:
    """The block is the one that a step here gives: its name, and code 3."""
    with pytest.raises(NsocError) as error:
        apart(die)
    assert str(error.value) == (
        'Fout in de stap "schoonmaken meting-1"\n'
        "  gevonden: het proces dat hier bezig was is gestopt (code 3)\n"
        "  verwacht: een proces dat tot het einde loopt\n"
        "  wat nu:   Draai make report opnieuw; helpt dat niet, kijk dan of het geheugen vol is."
    )


def test_without_the_package_the_way_out_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment without dask.distributed says what to install."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(NsocError) as error, connect("tcp://127.0.0.1:1", tmp_path, []):
        pass
    assert str(error.value) == (
        "Fout in WORKERS\n"
        "  gevonden: een omgeving zonder het pakket distributed\n"
        "  verwacht: het pakket distributed, hier en bij elke werker\n"
        '  wat nu:   Installeer het extra "cluster" van pyproject.toml (docs/cluster.md), of laat WORKERS weg.'
    )


@pytest.mark.parametrize(
    ("threads", "found"),
    [([], "een planner op tcp://x zonder werkers"), ([1, 2], "een werker met 2 draden")],
)
def test_workers_that_cannot_do_a_step_are_refused(threads: list[int], found: str) -> None:
    """There is a worker, and each does one step at a time."""
    with pytest.raises(NsocError) as error:
        cluster._refuse_unfit("tcp://x", threads)
    assert error.value.found == found
    cluster._refuse_unfit("tcp://x", [1, 1])


@pytest.mark.parametrize(
    ("seen", "found"),
    [
        (Seen("xyz", "hier 1", daemon=False), "andere code of andere pakketten bij werker tcp://y"),
        (Seen("abc", "", daemon=False), "werker tcp://y, die de map van DATA niet ziet"),
        (Seen("abc", "hier 1", daemon=True), "werker tcp://y, die zelf geen proces mag starten"),
    ],
)
def test_workers_that_see_something_else_are_refused(seen: Seen, found: str) -> None:
    """The same library, the same folders, and the right to start a process, or nothing runs at all."""
    with pytest.raises(NsocError) as error:
        cluster.refuse_different({"tcp://x": OWN, "tcp://y": seen}, OWN)
    assert error.value.found == found
    cluster.refuse_different({"tcp://x": OWN, "tcp://y": OWN}, OWN)


def test_code_that_changed_since_a_worker_began_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker tells of the code it has imported, not of the files as they are by now."""
    before = cluster.look_around(str(tmp_path / "werkers"))
    monkeypatch.setattr(cluster, "library_files", list)
    assert cluster.look_around(str(tmp_path / "werkers")) == before
    cluster._library.cache_clear()
    assert cluster.look_around(str(tmp_path / "werkers")) != before
    cluster._library.cache_clear()


def test_a_worker_sees_the_token_of_a_shared_folder(tmp_path: Path) -> None:
    """A token that is not there is an empty one, which no run has."""
    (tmp_path / "werkers").write_text("hier 1", encoding="utf-8")
    assert cluster.look_around(str(tmp_path / "werkers")).token == "hier 1"
    assert cluster.look_around(str(tmp_path / "elders")).token == ""


@pytest.fixture
def local() -> Iterator[distributed.LocalCluster]:
    """A scheduler and one worker in this process, on loopback."""
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, protocol="tcp", host="127.0.0.1", dashboard_address=None
    ) as cluster:
        yield cluster


def test_a_step_goes_to_a_worker_and_is_told_here(
    local: distributed.LocalCluster, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The result comes back, the name without its file is on the screen, and the token is gone."""
    task = SimpleNamespace(name="hoofdstuk Draagvlak (draagvlak.ipynb)")
    with connect(local.scheduler_address, tmp_path, []) as workers:
        assert workers.size == 1
        with workers:
            done = workers.submit(lambda **_: SimpleNamespace(exc_info=None), task=task)
    assert done.result() == SimpleNamespace(exc_info=None)
    assert "  klaar: hoofdstuk Draagvlak (0," in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def lose(local: distributed.LocalCluster, state: Path) -> None:
    with connect(local.scheduler_address, state, []) as workers:
        local.close()
        while workers.client.status == "running":
            time.sleep(0.01)
        raise RuntimeError("pytask stopte")


def test_a_scheduler_that_goes_is_one_error(local: distributed.LocalCluster, tmp_path: Path) -> None:
    """What pytask makes of it is not shown; an error while the scheduler is there stays as it is."""
    with pytest.raises(RuntimeError, match="van ons"), connect(local.scheduler_address, tmp_path, []):
        raise RuntimeError("van ons")
    address = local.scheduler_address
    with pytest.raises(NsocError) as error:
        lose(local, tmp_path)
    assert str(error.value) == (
        "Fout in WORKERS\n"
        f"  gevonden: een planner of werkers van {address} die verdwenen tijdens het werk\n"
        "  verwacht: een cluster dat blijft tot het rapport er is\n"
        "  wat nu:   Draai make report opnieuw: wat af is blijft staan. Helpt dat niet, kijk dan of het geheugen vol is."
    )


def test_a_worker_without_the_library_is_one_error(
    local: distributed.LocalCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A module that a planner or worker lacks is named, with where to start them."""

    def lack(token: str) -> Seen:
        raise ModuleNotFoundError("No module named 'nsoc_lib'", name="nsoc_lib")

    monkeypatch.setattr(cluster, "look_around", lack)
    with pytest.raises(NsocError) as error, connect(local.scheduler_address, tmp_path, []):
        pass
    assert error.value.found == "een planner of werker zonder nsoc_lib"
