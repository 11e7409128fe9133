"""A function in a process of its own: what it tells of where it is, and how it ends."""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from nsoc_lib.errors import NsocError

T = TypeVar("T")
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
