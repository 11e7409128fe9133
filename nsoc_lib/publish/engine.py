"""Run the cells of a notebook in this process, as a papermill engine.

A fresh kernel costs seconds per notebook; a process that was forked from one that has
already imported pandas and seaborn costs a fraction of one. The caller forks (see
``publish.chapter``), so one notebook never sees what another left behind.
"""

from __future__ import annotations

import builtins
import os
import sys
import tempfile
from binascii import b2a_base64
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, Any

import pandas as pd
from ipykernel.compiler import XCachingCompiler
from IPython.core import page
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from IPython.core.interactiveshell import InteractiveShell
from papermill.engines import Engine, papermill_engines
from traitlets import Type
from traitlets.config import Config

from nsoc_lib.publish.cell_outputs import Descriptors, Outputs, Stream

if TYPE_CHECKING:
    from nbformat import NotebookNode

ENGINE_NAME = "nsoc"
INJECTED = "injected-parameters"  # the tag of the cell that papermill puts in
SKIPPED, MAY_RAISE = "skip-execution", "raises-exception"  # tags that nbclient knows
INLINE = ("inline", "module://matplotlib_inline.backend_inline")


class _Publisher(DisplayPublisher):  # type: ignore[misc]
    outputs: Outputs

    def publish(
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        *,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **_: Any,
    ) -> None:
        self._validate_data(data, metadata)
        display_id = (transient or {}).get("display_id", "")
        if update:
            self.outputs.update(display_id, _as_text(data), metadata or {})
        else:
            self.outputs.rich("display_data", _as_text(data), metadata or {}, display_id)

    def clear_output(self, wait: bool = False) -> None:  # noqa: FBT001, FBT002 (as IPython declares it)
        self.outputs.clear(wait=wait)


class _Hook(DisplayHook):  # type: ignore[misc]
    outputs: Outputs

    def write_output_prompt(self) -> None:
        """Write nothing: the number of a result is stored with it."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        self.outputs.rich("execute_result", _as_text(format_dict), md_dict or {})

    def finish_displayhook(self) -> None:
        self._is_active = False


def _as_text(data: dict[str, Any]) -> dict[str, Any]:
    """Return what an object shows of itself as a notebook can store it: bytes of a picture become base64."""
    return {
        kind: b2a_base64(v, newline=False).decode("ascii") if isinstance(v, bytes) else v for kind, v in data.items()
    }


class ZMQInteractiveShell(InteractiveShell):  # type: ignore[misc]
    """A shell of this process. It has the name of a kernel's shell: by that pandas and others know a notebook."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)
    compiler_class = Type(XCachingCompiler)  # names a cell by its content, so that a message about it is the same
    outputs: Outputs

    def _showtraceback(self, etype: type[BaseException], evalue: BaseException, stb: list[str]) -> None:
        """Store a traceback as an error where it was raised; ``%%capture`` and the like do not hold it back."""
        self.outputs.error(etype.__name__, str(evalue), list(stb))

    def enable_gui(self, gui: str | None = None) -> None:
        """Do nothing: figures are stored, there is no window to serve."""


class InProcessEngine(Engine):  # type: ignore[misc]
    """Papermill engine that runs every cell in an IPython shell of this process."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, *, at_cell: Callable[[int], object] = id, **_: Any
    ) -> None:
        """Run the cells in order and stop after the first that raises, as nbclient does.

        ``at_cell`` is told the number of each cell before it runs, as in the notebook without the cell of papermill.
        """
        del kernel_name  # there is no kernel to choose
        count, injected = 0, 0
        with _shell() as (shell, written):
            for index, cell in enumerate(nb_man.nb.cells):
                tags = cell.metadata.get("tags", [])
                injected += INJECTED in tags
                if cell.cell_type != "code" or not cell.source.strip() or SKIPPED in tags:
                    continue
                count += 1
                at_cell(index + 1 - injected)
                nb_man.cell_start(cell, index)
                if not _run_cell(shell, written, cell, count) and MAY_RAISE not in tags:
                    nb_man.cell_exception(cell, cell_index=index)
                    break
                nb_man.cell_complete(cell, cell_index=index)


@contextmanager
def _shell() -> Iterator[tuple[ZMQInteractiveShell, Descriptors]]:
    """Lend a shell that keeps no history, leaves the user's own IPython folder alone and asks nobody anything."""
    outputs = Outputs()
    streams = redirect_stdout(Stream(outputs, "stdout")), redirect_stderr(Stream(outputs, "stderr"))
    with tempfile.TemporaryDirectory() as home, Descriptors() as written, streams[0], streams[1]:
        ZMQInteractiveShell.clear_instance()
        config = Config()
        config.HistoryManager.enabled = False
        config.InteractiveShell.colors = "nocolor"
        shell: ZMQInteractiveShell = ZMQInteractiveShell.instance(
            config=config, ipython_dir=home, user_ns={"__name__": "__main__"}
        )
        shell.outputs = shell.display_pub.outputs = shell.displayhook.outputs = outputs
        shell.set_hook("show_in_pager", page.as_hook(lambda *_, **__: None), 99)  # help has no reader
        builtins.input = _refuse_input
        if "" not in sys.path:  # a module beside the notebook, after those of Python itself
            own = (place for place, entry in enumerate(sys.path) if entry.endswith(("site-packages", "dist-packages")))
            sys.path.insert(next(own, len(sys.path)), "")
        pd.set_option("display.max_columns", 20)  # pandas was imported before there was a notebook, as in a terminal
        if os.environ.get("MPLBACKEND") in INLINE:
            shell.enable_matplotlib("inline")
        yield shell, written


def _refuse_input(prompt: object = "") -> str:  # noqa: ARG001 (as Python declares it)
    raise StdinNotImplementedError("raw_input was called, but this frontend does not support input requests.")


def _run_cell(shell: ZMQInteractiveShell, written: Descriptors, cell: NotebookNode, count: int) -> bool:
    """Run one cell, keep what it puts out, and return whether it succeeded."""
    cell.outputs = shell.outputs.begin(count)
    cell.execution_count = shell.execution_count = count
    result = shell.run_cell(cell.source, store_history=True)
    written.tell(shell.outputs)
    return bool(result.success)


def register_engine() -> None:
    """Make the engine known to papermill and keep figures off any screen."""
    os.environ.setdefault("MPLBACKEND", "agg")
    papermill_engines.register(ENGINE_NAME, InProcessEngine)
