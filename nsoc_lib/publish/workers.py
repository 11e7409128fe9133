"""Run each step in a process that is forked from this one when the step starts.

The process carries whatever this one has imported by then. While steps run this one has nothing else to do,
and imports what later steps need. A step may tell where it is and how long it may stay there, so that what never ends
or dies is named.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from nsoc_lib.errors import NsocError

T = TypeVar("T")
NEEDS = "nodig"  # the attribute of a pytask task with the modules that it needs
LEAVING = 1.0  # seconds that a process gets to leave once it has told its result


@dataclass(frozen=True)
class Place:
    """Where a step is, in the words of a message, and how many seconds it may stay there."""

    where: str
    seconds: float


@dataclass(frozen=True)
class _Outcome:
    value: Any = None
    error: Exception | None = None


class Apart(Generic[T]):
    """A function that runs in a process of its own: what it told last, and its outcome once it has ended."""

    def __init__(self, name: str, function: Callable[[], T], method: str = "fork") -> None:
        context = multiprocessing.get_context(method)
        self.receiver, sender = context.Pipe(duplex=False)
        self._process = context.Process(target=_do, args=(sender, function), name=name)  # type: ignore[attr-defined]
        self._place = Place(f'de stap "{name}"', float("inf"))
        self._until = float("inf")
        self._outcome: _Outcome | None = None
        self._process.start()
        sender.close()

    @property
    def left(self) -> float:
        """Seconds that it may stay where it is."""
        return max(0.0, self._until - time.monotonic())

    def look(self) -> bool:
        """Take in what it told, when it told anything; return whether it has ended."""
        if self.receiver.poll():
            self._take()
        elif not self.left:
            self._process.kill()
            self._end(_Outcome(error=too_slow(self._place)))
        return self._outcome is not None

    def _take(self) -> None:
        try:
            told = self.receiver.recv()
        except EOFError:
            self._process.join()
            self._end(_Outcome(error=died(self._place.where, self._process.exitcode)))
            return
        if isinstance(told, Place):
            self._place, self._until = told, time.monotonic() + told.seconds
        else:
            self._end(told)

    def _end(self, outcome: _Outcome) -> None:
        self._outcome = outcome
        self.leave()

    def leave(self) -> None:
        """See to it that its process is gone."""
        self._process.join(LEAVING if self._outcome else 0)
        self._process.kill()
        self._process.join()
        self.receiver.close()

    def wait(self) -> T:
        """Wait until it ends, and return what it returned. Raises what it raised, and NsocError when it died."""
        while not self.look():
            wait([self.receiver], None if self.left == float("inf") else self.left)
        return self.outcome()

    def outcome(self) -> T:
        """Return what it returned, or raise what it raised; only once it has ended."""
        assert self._outcome is not None
        if self._outcome.error is not None:
            raise self._outcome.error
        value: T = self._outcome.value
        return value


_to_parent: Connection | None = None


def _do(sender: Connection, function: Callable[[], Any]) -> None:
    """Call a function in the process that was started for it, and tell how it ended."""
    global _to_parent  # noqa: PLW0603 (a process has one parent)
    _to_parent = sender
    try:
        outcome = _Outcome(function())
    except Exception as error:  # noqa: BLE001 (raised by who waits)
        outcome = _Outcome(error=error)
    sender.send(outcome)
    sender.close()


def tell_place(place: Place) -> None:
    """Tell who waits for this process where it is; says nothing where nobody waits."""
    if _to_parent is not None:
        _to_parent.send(place)


@contextmanager
def call_beside(function: Callable[[], T], *, apart: bool = True) -> Iterator[Callable[[], T]]:
    """Start a function in a process forked from this one, and lend what waits for its result.

    With ``apart=False`` nothing starts, and the function is called when its result is asked.
    """
    if not apart:
        yield function
        return
    beside = Apart("rapport", function)
    try:
        yield beside.wait
    finally:
        beside.leave()


class Workers(Executor):
    """An executor of forked processes, without threads: a fork in a process with threads may hang.

    pytask submits no more steps than may run, and asks their futures whether they are done. The first that is
    asked waits until any step ends. ``ahead`` names modules to import while waiting.
    """

    def __init__(self, ahead: Iterator[str]) -> None:
        self._ahead = ahead
        self._running: dict[Connection, tuple[_Ending, Apart[Any]]] = {}
        self._untold: set[_Ending] = set()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Start a step, after importing here what it needs."""
        for module in kwargs["task"].attributes[NEEDS]:
            import_module(module)
        gc.freeze()  # a collection in the child would copy what is shared
        apart = Apart(kwargs["task"].name, lambda: fn(*args, **kwargs))
        ending = _Ending(self)
        self._running[apart.receiver] = (ending, apart)
        return ending

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 (as declared)
        """Wait for what runs, so that no process outlives the run."""
        while self._running:
            self._collect(None)
        gc.unfreeze()  # who builds more than once in a process wants the garbage of this build collected

    def has_ended(self, ending: _Ending) -> bool:
        """Return whether this step has ended; wait only when no other end is still to be told."""
        while self._running and not self._collect(0) and not self._untold:
            module = next(self._ahead, None)
            if module is None:
                self._collect(None)
            else:
                import_module(module)
        self._untold.discard(ending)
        return ending.ended

    def _collect(self, timeout: float | None) -> bool:
        """Take in what was told within this time, and what took too long; return whether any step ended."""
        limits = [apart.left for _, apart in self._running.values()]
        limits += [] if timeout is None else [timeout]
        wait(list(self._running), None if min(limits) == float("inf") else min(limits))
        ended = [receiver for receiver, (_, apart) in self._running.items() if apart.look()]
        for receiver in ended:
            ending, apart = self._running.pop(receiver)
            try:
                ending.set_result(apart.outcome())
            except Exception as error:  # noqa: BLE001 (raised by who asks for the result)
                ending.set_exception(error)
            self._untold.add(ending)
        return bool(ended)


def died(where: str, exitcode: int | None) -> NsocError:
    """Return the error of a process that ended without a result."""
    return NsocError(
        where,
        found=f"het proces dat hier bezig was is gestopt{describe_exit(exitcode)}",
        expected="een proces dat tot het einde loopt",
        remedy="Draai make report opnieuw; helpt dat niet, kijk dan of het geheugen vol is.",
    )


def too_slow(place: Place) -> NsocError:
    """Return the error of a cell that took all the time that it had."""
    return NsocError(
        place.where,
        found=f"na {place.seconds / 60:.0f} minuten nog niet klaar",
        expected="een cel die binnen die tijd klaar is",
        remedy="Open het notebook in JupyterLab en kijk wat deze cel zo lang doet.",
    )


def describe_exit(exitcode: int | None) -> str:
    """Return in words how a process ended that should not have.

    >>> describe_exit(-9), describe_exit(7), describe_exit(0)
    (' (signaal SIGKILL)', ' (code 7)', '')
    """
    if exitcode and exitcode < 0:
        return f" (signaal {signal.Signals(-exitcode).name})"
    return f" (code {exitcode})" if exitcode else ""


class _Ending(Future[Any]):
    """How a step ended, once it has."""

    def __init__(self, workers: Workers) -> None:
        super().__init__()
        self._workers = workers

    @property
    def ended(self) -> bool:
        return super().done()

    def done(self) -> bool:
        return self._workers.has_ended(self)
