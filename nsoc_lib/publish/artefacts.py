"""Take published files apart into pieces, as a stranger with the right programs can: also what is hidden or embedded."""

from __future__ import annotations

import base64
import gzip
import io
import json
import re
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from nsoc_lib.leaks import DOWNLOAD, DRAWING, HIDDEN, LEDGER, NOTEBOOK, PDF, WORD, ZIP
from nsoc_lib.pieces import Inner, Piece, Record, Text, move
from nsoc_lib.publish.artefact_documents import read_opc, read_pdf, read_picture
from nsoc_lib.publish.artefact_pages import read_markup, read_svg
from nsoc_lib.publish.artefact_tables import (
    read_delimited,
    read_parquet,
    read_spss,
    read_structure,
    read_text,
    read_workbook,
)
from nsoc_lib.publish.placement import NOTEBOOKS, RESULTS, WORKBOOK
from nsoc_lib.result import MIME

Reader = Callable[[str, bytes, str, Inner], Iterator[Piece]]
ARCHIVES = (".zip", ".jar", ".tar", ".gz", ".tgz")
DEEPEST = 6  # archives in archives further down than this are refused, not read
CHANNELS = {
    ".html": HIDDEN, ".htm": HIDDEN, ".xhtml": HIDDEN, ".svg": DRAWING, ".ipynb": NOTEBOOK, ".docx": WORD, ".pdf": PDF, ".zip": ZIP, ".png": DRAWING,
    ".csv": DOWNLOAD, ".tsv": DOWNLOAD, ".xlsx": DOWNLOAD, ".json": DOWNLOAD,
}  # fmt: skip
BEGINS = {
    b"PK\x03\x04": ".zip", b"%PDF": ".pdf", b"\x89PNG": ".png", b"\xff\xd8\xff": ".jpg", b"<svg": ".svg", b"\x1f\x8b": ".gz",
}  # fmt: skip


def read_artefacts(files: Mapping[str, bytes]) -> tuple[Piece, ...]:
    """Return every piece of these files, in order of their paths."""
    return tuple(piece for where in sorted(files) for piece in _read_file(where, files[where]))


def _read_file(where: str, content: bytes, channel: str = "", depth: int = 0) -> Iterator[Piece]:
    """Yield the pieces of one file. ``channel`` is that of the file it is in, empty for a file of its own.

    A file of an unknown kind is read as text: what can be read in it, can be read by anybody.
    """
    suffix = _suffix(where, content)
    own = channel or _channel(where, suffix)
    yield Text(where, own, where.rsplit("!", 1)[-1])

    def inner(name: str, within: str, data: bytes) -> Iterator[Piece]:
        return _read_file(name, data, within, depth + 1)

    if suffix in ARCHIVES and depth > DEEPEST:
        yield Text(where, own, "archief in een archief, te diep om te lezen")
    else:
        yield from READERS.get(suffix, READERS[".txt"])(where, content, own, inner)


def _suffix(where: str, content: bytes) -> str:
    """Return the kind of a file, by what it begins with when its name does not tell."""
    name = where.lower().rsplit("/", 1)[-1]
    suffix = "." + name.rsplit(".", 1)[-1] if "." in name else ""
    if suffix in READERS:
        return suffix
    return next((kind for start, kind in BEGINS.items() if content.startswith(start)), suffix)


def _channel(where: str, suffix: str) -> str:
    if where.split("!", maxsplit=1)[0] in {RESULTS, WORKBOOK}:
        return LEDGER
    if where.startswith(f"{NOTEBOOKS}/"):
        return NOTEBOOK
    return CHANNELS.get(suffix, DOWNLOAD)


def _read_zip(where: str, content: bytes, channel: str, inner: Inner) -> Iterator[Piece]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield Text(where, channel, archive.comment.decode("utf-8", "replace"))
            for entry in archive.infolist():
                name = f"{where}!{entry.filename}"
                yield Text(name, channel, entry.comment.decode("utf-8", "replace"))
                if not entry.is_dir() and not entry.flag_bits & 1:
                    yield from inner(name, channel, archive.read(entry))
    except zipfile.BadZipFile:
        yield from read_text(where, content.decode("latin-1"), channel)


def _read_tar(where: str, content: bytes, channel: str, inner: Inner) -> Iterator[Piece]:
    try:
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            for entry in archive:
                yield Text(f"{where}!{entry.name}", channel, f"{entry.uname} {entry.linkname}")
                file = archive.extractfile(entry)
                if file is not None:
                    yield from inner(f"{where}!{entry.name}", channel, file.read())
    except tarfile.ReadError:
        yield from inner(where.removesuffix(".gz"), channel, gzip.decompress(content))


def _read_page(where: str, content: bytes, channel: str, inner: Inner) -> Iterator[Piece]:
    # In the report itself a piece came through what it stands in; in any other page through that page.
    return read_markup(where, content.decode("utf-8", "replace"), "" if channel == HIDDEN else channel, inner)


def _read_xlsx(where: str, content: bytes, channel: str, inner: Inner) -> Iterator[Piece]:
    yield from read_workbook(where, content, channel)
    yield from read_opc(where, content, channel, inner)


def _read_json(where: str, content: bytes, channel: str, _: Inner) -> Iterator[Piece]:
    return read_structure(where, json.loads(content), channel)


def _read_notebook(where: str, content: bytes, channel: str, inner: Inner) -> Iterator[Piece]:
    """Yield what stands in the cells, their outputs in every form, and the metadata of all of it."""
    notebook = json.loads(content)
    yield from read_structure(where, notebook.get("metadata", {}), channel)
    for cell in notebook.get("cells", []):
        yield from read_structure(where, cell.get("metadata", {}), channel)
        yield from read_text(where, _joined(cell.get("source", "")), channel)
        for name, forms in cell.get("attachments", {}).items():
            for form in forms.values():
                attached = inner(name, channel, base64.b64decode(_joined(form)))
                yield from (move(piece, where) for piece in attached)
        for output in cell.get("outputs", []):
            yield from read_structure(where, output.get("metadata", {}), channel)
            for key in ("text", "evalue", "traceback"):
                yield from read_text(where, _joined(output.get(key, "")), channel)
            yield from _forms(where, output.get("data", {}), channel, inner)


def _forms(where: str, forms: Mapping[str, Any], channel: str, inner: Inner) -> Iterator[Piece]:
    """Yield the pieces of one output, in each of the forms in which a notebook keeps it."""
    for kind, form in forms.items():
        if kind == MIME:
            payload = json.loads(form) if isinstance(form, str) else form
            yield from _read_records(where, payload.get("resultaten", []), channel)
            yield from read_structure(where, {k: v for k, v in payload.items() if k != "resultaten"}, channel)
        elif kind == "text/html":
            yield from read_markup(where, _joined(form), channel, inner)
        elif kind == "image/svg+xml":
            yield from read_svg(where, _joined(form).encode(), channel)
        elif kind.startswith("image/"):
            yield from read_picture(where, base64.b64decode(_joined(form)), channel)
        elif kind.endswith("json"):
            yield from read_structure(where, form, channel)
        else:
            yield from read_text(where, _joined(form), channel)


def _joined(text: Any) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", "".join(map(str, text)) if isinstance(text, list) else str(text))


def _read_records(where: str, rows: Any, channel: str) -> Iterator[Piece]:
    """Yield rows of the ledger as a notebook carries them."""
    for row in rows:
        yield Record(where, channel, {key: _cell(key, value) for key, value in row.items()})


def _cell(key: str, value: Any) -> str:
    if value is None:
        return ""
    if key == "missing" and isinstance(value, list):
        return "; ".join(f"{kind} {count}" for kind, count in value)
    return "+".join(map(str, value)) if isinstance(value, list) else str(value)


def _whole(read: Callable[[str, bytes, str], Iterator[Piece]]) -> Reader:
    """Return the reader of a kind of file in which no other is embedded."""
    return lambda where, content, channel, _: read(where, content, channel)


def _text(read: Callable[[str, str, str], Iterator[Piece]], encoding: str = "utf-8") -> Reader:
    """Return the reader of a kind of file that is text."""
    return lambda where, content, channel, _: read(where, content.decode(encoding, "replace"), channel)


READERS: dict[str, Reader] = {
    **dict.fromkeys((".zip", ".jar"), _read_zip),
    **dict.fromkeys((".tar", ".gz", ".tgz"), _read_tar),
    **dict.fromkeys((".html", ".htm", ".xhtml"), _read_page),
    **dict.fromkeys((".docx", ".pptx", ".odt", ".ods"), read_opc),
    **dict.fromkeys((".png", ".jpg", ".jpeg"), _whole(read_picture)),
    **dict.fromkeys((".csv", ".tsv"), _text(read_delimited, "utf-8-sig")),
    **dict.fromkeys((".txt", ".md"), _text(read_text)),
    ".ipynb": _read_notebook,
    ".svg": _whole(read_svg),
    ".pdf": read_pdf,
    ".xlsx": _read_xlsx,
    ".json": _read_json,
    ".parquet": _whole(read_parquet),
    ".sav": _whole(read_spss),
}
