"""Hand steps to pytask, which knows what is stale and in what order, and run those side by side.

pytask keeps its books in a database that it writes to disk for every file of every step. A report has thousands
of those, so they are told by the hand: all that a step reads from outside is one value, all that it makes one node.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Callable, Container
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from nsoc_lib.errors import NsocError
from nsoc_lib.publish.steps import Step, is_current, record_of, state_of, write_record
from nsoc_lib.publish.workers import NEEDS, Workers


@dataclass
class Made:
    """All files that one step makes, as one node for pytask; its state is that of their content."""

    name: str
    files: tuple[Path, ...]
    attributes: dict[Any, Any] = field(default_factory=dict)

    @property
    def signature(self) -> str:
        return hashlib.sha256(self.name.encode()).hexdigest()

    def state(self) -> str | None:
        return state_of(self.files) if all(path.exists() for path in self.files) else None

    def load(self, is_product: bool = False) -> tuple[Path, ...]:  # noqa: FBT001, FBT002 (as pytask declares it)
        return self.files

    def save(self, value: object) -> None:
        raise TypeError("a step writes its own files and returns nothing to keep")


def run_steps(steps: list[Step], state: Path, workers: int, elsewhere: Executor | None = None) -> None:
    """Run what is stale, at most about ``workers`` steps at a time, here or by an executor; raise the first error."""
    waiting = may_run(steps, state)
    if not waiting:
        return
    import pytask

    config = state / "pyproject.toml"
    config.write_text("[tool.pytask.ini_options]\n", encoding="utf-8")
    pytask.console.quiet = True
    session = pytask.build(
        tasks=_tasks(waiting, steps, state),
        paths=state,
        config=config,
        database_url="sqlite://",  # in memory: pytask decides by its lock file, and would put each file on disk here as well
        n_workers=workers + 1,  # one more than cores, so that none waits while the books are kept
        parallel_backend=_backend(waiting, elsewhere),
        capture="no",
        verbose=0,
        show_traceback=False,
        max_failures=1,
    )
    pytask.console.quiet = False
    _raise_first(session)


def may_run(steps: list[Step], state: Path) -> list[Step]:
    """Return the steps that their record or that of a step before them calls stale.

    Only these are handed to pytask, which has work with every step, also with one that is up to date.
    """
    maker = {path: step.sleutel for step in steps for path in step.maakt}
    stale: dict[str, Step] = {}
    for step in steps:
        before = {maker[path] for path in step.leest if path in maker}
        if not before.isdisjoint(stale) or not is_current(state, step, maker):
            stale[step.sleutel] = step
    return list(stale.values())


def _backend(waiting: list[Step], elsewhere: Executor | None) -> str:
    """Register who does the steps with pytask-parallel; where no process can be forked, its own must do."""
    from pytask_parallel import ParallelBackend, registry

    if not elsewhere and not hasattr(os, "fork"):
        return "processes"
    ahead = (module for step in waiting for module in step.nodig)  # imported while steps before it run
    registry.register_parallel_backend(ParallelBackend.CUSTOM, lambda **_: elsewhere or Workers(ahead))
    return "custom"


def _tasks(waiting: list[Step], steps: list[Step], state: Path) -> list[Any]:
    made = {step.sleutel: Made(f"wat {step.sleutel} maakt", step.maakt) for step in steps}
    maker = {path: step.sleutel for step in steps for path in step.maakt}
    return [_task(step, made, maker, state) for step in waiting]


def _task(step: Step, made: dict[str, Made], maker: dict[Path, str], state: Path) -> Any:
    import pytask
    from pytask import NodeInfo, PythonNode

    value = f"{step.telt} {state_of(step.outside(maker), whole=False)}"
    # Without this info all values share one identity in pytask's books, and a change goes unseen.
    info = NodeInfo(arg_name="telt", path=(), value=value, task_name=step.sleutel, task_path=None)
    return pytask.TaskWithoutPath(
        name=step.sleutel,
        function=_work(step, maker, state),
        depends_on={
            "leest": [made[key] for key in dict.fromkeys(maker[path] for path in step.leest if path in maker)],
            "telt": PythonNode(name=f"{step.sleutel}: instellingen", value=value, hash=True, node_info=info),
        },
        produces={"maakt": made[step.sleutel]},
        attributes={NEEDS: step.nodig},
    )


def _work(step: Step, made: Container[Path], state: Path) -> Callable[..., None]:
    """Return the step as a function that pytask can call in a worker."""

    def work(leest: object, telt: object, maakt: object) -> None:  # noqa: ARG001 (pytask passes what a step declares)
        start = time.monotonic()
        before = record_of(step, made)
        try:
            step.functie(*step.argumenten)
        except NsocError as error:
            # Without what was behind it: pytask draws that as well, and fails on the error of an XML reader.
            raise error from None
        write_record(state, step, replace(before, maakt=record_of(step, made).maakt))
        seconds = f"{time.monotonic() - start:.1f} s".replace(".", ",")
        # pytask-parallel keeps what a worker writes to sys.stderr until the end.
        print(f"  klaar: {step.naam} ({seconds})", file=sys.__stderr__, flush=True)

    return work


def _raise_first(session: Any) -> None:
    errors = [report.exc_info[1] for report in session.execution_reports if report.outcome.name == "FAIL"]
    for error in errors:
        if isinstance(error, NsocError):
            raise error
    if errors:
        raise errors[0]
    if session.exit_code != 0:
        raise RuntimeError(f"pytask stopte met {session.exit_code!r}")
