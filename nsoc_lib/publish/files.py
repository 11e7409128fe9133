"""Write files whole or not at all, the same bytes for the same content, and tell versions of content apart."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from nsoc_lib.errors import NsocError
from nsoc_lib.paths import REPOSITORY

NO_TIME = (1980, 1, 1, 0, 0, 0)  # the first that a zip can hold, and it says nothing
HALF = re.compile(r"\..+\.\d+")  # the name under which a file is written before it gets its own


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file in one step: a reader sees the old or the new content, never a part.

    Raises NsocError when the system refuses, as on a full disk; the old content then stands.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_beside(beside, path, content)
    except OSError as error:
        raise refused_by_system(error, f"{path.parent.name}/{path.name}") from error


def _write_beside(beside: Path, path: Path, content: bytes) -> None:
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def refused_by_system(error: OSError, where: str) -> NsocError:
    """Return the error for what the system refused: no room, no right, a name too long."""
    reason = os.strerror(error.errno) if error.errno else str(error)
    remedies = {
        errno.ENOSPC: ("een volle schijf", "Maak ruimte vrij"),
        errno.EFBIG: ("een bestand dat niet groter mag worden", "Vraag om die grens te verhogen"),
        errno.EDQUOT: ("een volle schijf voor deze gebruiker", "Maak ruimte vrij"),
        errno.EROFS: ("een schijf waarop niet geschreven mag worden", "Kies een andere map"),
        errno.EACCES: ("geen recht om dit te lezen of te schrijven", "Vraag om dat recht of kies een andere map"),
        errno.EMFILE: ("te veel open bestanden", "Sluit andere programma's"),
        errno.ENAMETOOLONG: ("een te lange naam", "Kies een kortere naam"),
    }
    found, remedy = remedies.get(error.errno or 0, (reason, "Herstel dit"))
    return NsocError(
        where,
        found=f"{found} ({reason})" if found != reason else reason,
        expected="een bestand dat te lezen en te schrijven is",
        remedy=f"{remedy} en draai de opdracht opnieuw; wat er stond, staat er nog.",
    )


def remove_halves(folder: Path) -> None:
    """Remove what a run left that was ended while it wrote; only for who is alone in the folder."""
    for path in sorted(folder.rglob(".*")):
        if HALF.fullmatch(path.name) and path.is_file():
            path.unlink()


def json_bytes(value: Any) -> bytes:
    """Return readable JSON, the same bytes for the same value."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def write_json(path: Path, value: Any) -> None:
    """Write readable JSON, as ``write_whole`` does."""
    write_whole(path, json_bytes(value))


def zip_bytes(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a zip with these names and contents in this order, without times and owners: the same bytes every time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in entries:
            entry = zipfile.ZipInfo(name, NO_TIME)
            entry.create_system = 3  # Unix, also when made on another system
            entry.external_attr = 0o100644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, compresslevel=9)
    return buffer.getvalue()


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
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return content  # running it will say that it is no notebook


def _of_cell(cell: dict[str, Any]) -> list[Any]:
    tags = cell["metadata"].get("tags") or []
    return [cell["cell_type"], "".join(cell["source"]), tags, cell.get("id"), cell.get("attachments") or {}]
