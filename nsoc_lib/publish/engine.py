"""Run the cells of a notebook in this process, as a papermill engine.

A fresh kernel costs seconds per notebook; a process that was forked from one that has
already imported pandas and seaborn costs a fraction of one. The caller forks (see
``publish.chapter``), so one notebook never sees what another left behind.
"""

from __future__ import annotations

import io
import os
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, Any

import nbformat
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import ExecutionResult, InteractiveShell
from papermill.engines import Engine, papermill_engines
from traitlets import Type
from traitlets.config import Config

if TYPE_CHECKING:
    from nbformat import NotebookNode

ENGINE_NAME = "nsoc"


class Recorder:
    """The outputs of one cell in the order in which they appeared, as a notebook stores them."""

    def __init__(self, source: str, count: int) -> None:
        self.source, self.count = source, count
        self.outputs: list[NotebookNode] = []

    def stream(self, name: str, text: str) -> None:
        last = self.outputs[-1] if self.outputs else None
        if last is not None and last.output_type == "stream" and last.name == name:
            last.text += text
        else:
            self.outputs.append(nbformat.v4.new_output("stream", name=name, text=text))

    def rich(self, kind: str, data: dict[str, Any], metadata: dict[str, Any], **more: Any) -> None:
        self.outputs.append(nbformat.v4.new_output(kind, data=data, metadata=metadata, **more))

    def error(self, name: str, value: str, traceback: list[str]) -> None:
        self.outputs.append(nbformat.v4.new_output("error", ename=name, evalue=value, traceback=traceback))


class _Stream(io.TextIOBase):
    def __init__(self, recorder: Recorder, name: str) -> None:
        self._recorder, self._name = recorder, name

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if text:
            self._recorder.stream(self._name, text)
        return len(text)


class _Publisher(DisplayPublisher):  # type: ignore[misc]
    recorder: Recorder

    def publish(self, data: dict[str, Any], metadata: dict[str, Any] | None = None, **_: Any) -> None:
        self.recorder.rich("display_data", data, metadata or {})


class _Hook(DisplayHook):  # type: ignore[misc]
    recorder: Recorder

    def __call__(self, result: Any = None) -> None:
        if result is None or self.semicolon_at_end_of_expression(self.recorder.source):
            return
        data, metadata = self.compute_format_data(result)
        self.update_user_ns(result)
        self.recorder.rich("execute_result", data, metadata, execution_count=self.recorder.count)


class _Shell(InteractiveShell):  # type: ignore[misc]
    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)

    def _showtraceback(self, etype: object, evalue: object, stb: object) -> None:
        """Keep a traceback off the stream: it is stored as the error output of the cell."""


class InProcessEngine(Engine):  # type: ignore[misc]
    """Papermill engine that runs every cell in an IPython shell of this process."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **_: Any) -> None:
        """Run the cells in order and stop after the first that raises, as nbclient does."""
        del kernel_name  # there is no kernel to choose
        with tempfile.TemporaryDirectory() as home:
            shell = _new_shell(home)
            count = 0
            for index, cell in enumerate(nb_man.nb.cells):
                if cell.cell_type != "code" or not cell.source.strip():
                    continue
                count += 1
                nb_man.cell_start(cell, index)
                result = _run_cell(shell, cell, count)
                if not result.success:
                    nb_man.cell_exception(cell, cell_index=index)
                    break
                nb_man.cell_complete(cell, cell_index=index)


def _new_shell(home: str) -> _Shell:
    """Return a shell that keeps no history and leaves the user's own IPython folder alone."""
    _Shell.clear_instance()
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    shell: _Shell = _Shell.instance(config=config, ipython_dir=home, user_ns={"__name__": "__main__"})
    return shell


def _run_cell(shell: _Shell, cell: NotebookNode, count: int) -> ExecutionResult:
    recorder = Recorder(cell.source, count)
    shell.display_pub.recorder = recorder
    shell.displayhook.recorder = recorder
    shell.execution_count = count
    with redirect_stdout(_Stream(recorder, "stdout")), redirect_stderr(_Stream(recorder, "stderr")):
        result = shell.run_cell(cell.source, store_history=False)
    cell.execution_count = count
    error = result.error_before_exec or result.error_in_exec
    if error is not None:
        recorder.error(type(error).__name__, str(error), _traceback(shell, error))
    cell.outputs = recorder.outputs
    return result


def _traceback(shell: _Shell, error: BaseException) -> list[str]:
    return list(shell.InteractiveTB.structured_traceback(type(error), error, error.__traceback__))


def register_engine() -> None:
    """Make the engine known to papermill and keep figures off any screen."""
    os.environ.setdefault("MPLBACKEND", "agg")
    papermill_engines.register(ENGINE_NAME, InProcessEngine)
