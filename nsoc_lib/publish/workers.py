"""Run each step in a process that is forked from this one when the step starts.

The process carries whatever this one has imported by then. While steps run this one has nothing else to do,
and imports what later steps need.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from importlib import import_module
from multiprocessing.connection import Connection, wait
from typing import Any

from nsoc_lib.publish.apart import Apart

NEEDS = "nodig"  # the attribute of a pytask task with the modules that it needs


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


def say_done(name: str, seconds: float) -> str:
    """Return the line that tells of a step that succeeded.

    >>> say_done("rapport", 1.25)
    '  klaar: rapport (1,2 s)'
    """
    shown = f"{seconds:.1f}".replace(".", ",")
    return f"  klaar: {name} ({shown} s)"


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
