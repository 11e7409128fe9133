"""What the cells of a notebook put out, in the order in which it appeared, as a notebook stores it."""

from __future__ import annotations

import io
import os
import tempfile
from contextlib import ExitStack
from typing import IO, TYPE_CHECKING, Any, Self

import nbformat

if TYPE_CHECKING:
    from nbformat import NotebookNode

STREAMS = ((1, "stdout"), (2, "stderr"))


class Outputs:
    """The outputs of one notebook. They go to the cell that runs; a display that has an id can be changed later."""

    def __init__(self) -> None:
        self.count = 0
        self._cell: list[NotebookNode] = []
        self._displays: dict[str, list[NotebookNode]] = {}
        self._clear_first = False

    def begin(self, count: int) -> list[NotebookNode]:
        """Start a cell with this number and return the list that its outputs will be in."""
        self.count, self._cell, self._clear_first = count, [], False
        return self._cell

    def stream(self, name: str, text: str) -> None:
        self._make_room()
        last = self._cell[-1] if self._cell else None
        if last is not None and last.output_type == "stream" and last.name == name:
            last.text += text
        else:
            self._cell.append(nbformat.v4.new_output("stream", name=name, text=text))

    def rich(self, kind: str, data: dict[str, Any], metadata: dict[str, Any], display_id: str = "") -> None:
        self._make_room()
        more = {"execution_count": self.count} if kind == "execute_result" else {}
        output = nbformat.v4.new_output(kind, data=data, metadata=metadata, **more)
        self._cell.append(output)
        if display_id:
            self.update(display_id, data, metadata)  # what was shown earlier under this id changes with it
            self._displays.setdefault(display_id, []).append(output)

    def update(self, display_id: str, data: dict[str, Any], metadata: dict[str, Any]) -> None:
        """Change every output with this id; an id that was never shown changes nothing, as in a kernel."""
        for output in self._displays.get(display_id, []):
            output.data, output.metadata = nbformat.from_dict(data), nbformat.from_dict(metadata)

    def error(self, name: str, value: str, traceback: list[str]) -> None:
        self._make_room()
        self._cell.append(nbformat.v4.new_output("error", ename=name, evalue=value, traceback=traceback))

    def clear(self, *, wait: bool) -> None:
        """Take away what this cell put out so far, at once or when the next output comes."""
        self._clear_first = wait
        if not wait:
            self._cell.clear()

    def _make_room(self) -> None:
        if self._clear_first:
            self.clear(wait=False)


class Stream(io.TextIOBase):
    """What stands in for ``sys.stdout`` or ``sys.stderr`` during a whole notebook: a logger may keep hold of it."""

    encoding = "UTF-8"

    def __init__(self, outputs: Outputs, name: str) -> None:
        self._outputs, self._name = outputs, name

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        if text:
            self._outputs.stream(self._name, text)
        return len(text)


class Descriptors:
    """What a cell writes past Python: a program that it starts, a library in C. Taken in when the cell ends."""

    def __init__(self) -> None:
        self._files: dict[str, IO[bytes]] = {}
        self._told: dict[str, int] = {}
        self._undo = ExitStack()

    def __enter__(self) -> Self:
        for descriptor, name in STREAMS:
            saved = os.dup(descriptor)
            self._undo.callback(os.close, saved)
            self._undo.callback(os.dup2, saved, descriptor)
            self._files[name] = self._undo.enter_context(tempfile.TemporaryFile())
            self._told[name] = 0
            os.dup2(self._files[name].fileno(), descriptor)
        return self

    def __exit__(self, *_: object) -> None:
        self._undo.close()

    def tell(self, outputs: Outputs) -> None:
        """Add what was written since the last time."""
        for name, file in self._files.items():
            size = os.fstat(file.fileno()).st_size
            if size > self._told[name]:
                text = os.pread(file.fileno(), size - self._told[name], self._told[name])
                outputs.stream(name, text.decode("utf-8", errors="replace"))
                self._told[name] = size
