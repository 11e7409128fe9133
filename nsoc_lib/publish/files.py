"""Write files whole or not at all, and tell versions of content apart."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from nsoc_lib.paths import REPOSITORY


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file in one step: a reader sees the old or the new content, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def write_json(path: Path, value: Any) -> None:
    """Write readable JSON, the same bytes for the same value."""
    write_whole(path, (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))


def library_files() -> list[Path]:
    """Return every file of our library that can change a report, in a fixed order."""
    library = REPOSITORY / "nsoc_lib"
    return sorted(path for path in library.rglob("*") if path.suffix in {".py", ".j2", ".css"})


def content_hash(paths: Iterable[Path]) -> str:
    """Return 12 hexadecimal digits that stand for the content of these files, in this order."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(hashlib.sha256(read_content(path)).digest())
    return digest.hexdigest()[:12]


def read_content(path: Path) -> bytes:
    """Return what counts of a file that a researcher wrote: its bytes, but of a notebook only its cells.

    JupyterLab writes outputs, counts and the name of a kernel into a notebook when it is run and saved; none of these
    reaches a report. Of a cell count its kind, source, tags, id and pictures.
    """
    content = path.read_bytes()
    if path.suffix != ".ipynb":
        return content
    try:
        notebook = json.loads(content)
        cells = [_of_cell(cell) for cell in notebook["cells"]]
        return json.dumps([notebook["nbformat"], notebook["nbformat_minor"], cells], sort_keys=True).encode()
    except (ValueError, KeyError, TypeError, AttributeError):
        return content  # running it will say that it is no notebook


def _of_cell(cell: dict[str, Any]) -> list[Any]:
    tags = cell["metadata"].get("tags") or []
    return [cell["cell_type"], "".join(cell["source"]), tags, cell.get("id"), cell.get("attachments") or {}]
