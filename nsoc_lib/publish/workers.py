"""Run each step in a process that is forked from this one when the step starts.

The process carries whatever this one has imported by then. While steps run this one has nothing else to do,
and imports what later steps need.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from importlib import import_module
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from nsoc_lib.errors import NsocError

T = TypeVar("T")
NEEDS = "nodig"  # the attribute of a pytask task with the modules that it needs


class Workers(Executor):
    """An executor of forked processes, without threads: a fork in a process with threads may hang.

    pytask submits no more steps than may run, and asks their futures whether they are done. The first that is
    asked waits until any step ends. ``ahead`` names modules to import while waiting.
    """

    def __init__(self, ahead: Iterator[str]) -> None:
        self._ahead = ahead
        self._running: dict[Connection, tuple[_Ending, BaseProcess]] = {}
        self._untold: set[_Ending] = set()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Start a step, after importing here what it needs."""
        for module in kwargs["task"].attributes[NEEDS]:
            import_module(module)
        context = multiprocessing.get_context("fork")
        receiver, sender = context.Pipe(duplex=False)
        gc.freeze()  # a collection in the child would copy what is shared
        process = context.Process(target=send_result, args=(sender, fn, args, kwargs), name=kwargs["task"].name)
        process.start()
        sender.close()
        ending = _Ending(self)
        self._running[receiver] = (ending, process)
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
        """Take in what ended within this time; return whether anything did."""
        ended = wait(list(self._running), timeout)
        for receiver in ended:
            assert isinstance(receiver, Connection)
            ending, process = self._running.pop(receiver)
            try:
                ending.set_result(receiver.recv())
            except EOFError:
                process.join()
                ending.set_exception(died(process.name, process.exitcode))
            receiver.close()
            process.join()
            self._untold.add(ending)
        return bool(ended)


@contextmanager
def call_beside(function: Callable[[], T], *, apart: bool = True) -> Iterator[Callable[[], T]]:
    """Start a function in a process forked from this one, and lend what waits for its result.

    That raises what the function raised, and NsocError when its process died. With ``apart=False`` nothing starts,
    and the function is called when its result is asked.
    """
    if not apart:
        yield function
        return
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send_outcome, args=(sender, function))
    process.start()
    sender.close()

    def result() -> T:
        try:
            value, error = receiver.recv()
        except EOFError:
            process.join()
            raise died("rapport", process.exitcode) from None
        if error is not None:
            raise error
        outcome: T = value
        return outcome

    try:
        yield result
    finally:
        process.kill()  # whoever did not wait for the result does not need it
        process.join()
        receiver.close()


def _send_outcome(sender: Connection, function: Callable[[], Any]) -> None:
    try:
        sender.send((function(), None))
    except Exception as error:  # noqa: BLE001 (raised by who asks for the result)
        sender.send((None, error))


def died(step: str, exitcode: int | None) -> NsocError:
    """Return the error of a step whose process ended without a result."""
    return NsocError(
        f'de stap "{step}"',
        found=f"het proces van deze stap is gestopt{describe_exit(exitcode)}",
        expected="een stap die tot het einde loopt",
        remedy="Draai make report opnieuw; helpt dat niet, kijk dan of het geheugen vol is.",
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


def send_result(
    sender: Connection, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> None:
    """Do a step in the process that was started for it, and tell whoever holds the other end."""
    sender.send(function(*args, **kwargs))
    sender.close()
