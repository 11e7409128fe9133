"""Take Word files, workbooks, PDF files and pictures apart: hidden text, comments, properties and what is embedded."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Any

from nsoc_lib.pieces import AUTHOR, Grid, Inner, Piece, Text, move
from nsoc_lib.publish.artefact_lines import plain_text, read_lines
from nsoc_lib.publish.artefact_tables import read_text
from nsoc_lib.publish.artefact_xml import local, local_name, parse_xml

_SKIPPED = re.compile(r"(?:^|/)(?:styles\w*|theme\d*|fontTable|numbering|webSettings|sharedStrings|sheet\d+)\.xml$")
_MAKERS = {"creator", "lastmodifiedby", "manager", "initial-creator", "author", "last-modified-by"}
_PARAGRAPHS, _ROWS, _CELLS, _TABLES = {"p", "h"}, {"tr", "table-row"}, {"tc", "table-cell"}, {"tbl", "table"}
_TEXTUAL = {
    "descr",
    "title",
    "alt",
    "author",
    "name",
    "target",
    "initials",
    "val",
    "date",
    "string",
    "formula",
    "linktarget",
}


def read_opc(where: str, content: bytes, channel: str, inner: Inner) -> Iterator[Piece]:
    """Yield what a Word file, a workbook or the like holds beside and in its text; it is an archive of XML."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield Text(where, channel, archive.comment.decode("utf-8", "replace"))
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                if not _SKIPPED.search(name):
                    yield from _read_part(where, archive.read(name), channel)
            elif not name.endswith("/"):
                yield from (move(piece, where) for piece in inner(name, channel, archive.read(name)))


def _read_part(where: str, content: bytes, channel: str) -> Iterator[Piece]:
    root = parse_xml(content)
    for element in root.iter() if root is not None else ():
        yield from _read_element(where, element, local(element), channel)
        for key, value in element.attrib.items():
            named = local_name(str(key))
            if named in _TEXTUAL and len(value) > 1:
                yield Text(where, channel, str(value), AUTHOR if named == "author" else "")


def _read_element(where: str, element: Any, name: str, channel: str) -> Iterator[Piece]:
    if name in _TABLES:
        yield from _read_table(where, element, channel)
    elif name == "ser":
        yield from _read_series(where, element, channel)
    elif name in {*_PARAGRAPHS, "comment"}:
        yield Text(where, channel, "".join(element.itertext()))
    elif not name or len(element) == 0:
        yield Text(where, channel, str(element.text or ""), AUTHOR if name in _MAKERS else "")


def _read_table(where: str, table: Any, channel: str) -> Iterator[Piece]:
    rows = tuple(
        tuple(" ".join("".join(cell.itertext()).split()) for cell in row if local(cell) in _CELLS)
        for row in table
        if local(row) in _ROWS
    )
    if len(rows) > 1:
        yield Grid(where, channel, rows)


def _read_series(where: str, series: Any, channel: str) -> Iterator[Piece]:
    """Yield a series of a chart: the name of each point next to its value."""
    kept: dict[str, dict[str, str]] = {"cat": {}, "val": {}}
    for part in series:
        if local(part) in kept:
            kept[local(part)] = {p.get("idx", ""): "".join(p.itertext()) for p in part.iter() if local(p) == "pt"}
    yield Grid(
        where,
        channel,
        (("naam", "waarde"), *((name, kept["val"].get(index, "")) for index, name in kept["cat"].items())),
    )


def read_pdf(where: str, content: bytes, channel: str, inner: Inner) -> Iterator[Piece]:
    """Yield the text of a PDF, also what is not visible, its properties, notes, bookmarks and attachments."""
    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream):
                yield from _read_stream(where, thing, channel)
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/EF") is not None:
                yield from _read_attachment(where, thing, channel, inner)
            if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                yield from _read_dictionary(where, thing, channel)
        if pdf.trailer.get("/Info") is not None:
            yield from _read_dictionary(where, pdf.trailer.Info, channel)
        for page in pdf.pages:
            lines = _page_lines(page, page.get("/Resources", {}))
            yield from _read_lines(where, lines, channel)


def _read_lines(where: str, lines: list[str], channel: str) -> Iterator[Piece]:
    yield from read_text(where, "\n".join(lines), channel)
    # A sentence that runs on to the next line is read as one as well.
    yield from (Text(where, channel, f"{one} {other}") for one, other in pairwise(lines))


def _read_attachment(where: str, thing: Any, channel: str, inner: Inner) -> Iterator[Piece]:
    """Yield what a file holds that is embedded in a PDF, read by its own name."""
    name = str(thing.get("/UF", thing.get("/F", "bijlage.txt")))
    for stream in {stream.objgen: stream for stream in dict(thing.EF).values()}.values():
        yield from (move(piece, where) for piece in inner(name, channel, stream.read_bytes()))


def _read_stream(where: str, stream: Any, channel: str) -> Iterator[Piece]:
    import pikepdf

    kind, subtype = str(stream.get("/Type", "")), str(stream.get("/Subtype", ""))
    if kind == "/Metadata" or subtype == "/XML":
        yield from _read_part(where, stream.read_bytes(), channel)
    elif subtype == "/Form":
        lines = _page_lines(stream, stream.get("/Resources", pikepdf.Dictionary()))
        yield from _read_lines(where, lines, channel)


def _read_dictionary(where: str, thing: Any, channel: str) -> Iterator[Piece]:
    import pikepdf

    if str(thing.get("/Type", "")) in {"/Font", "/FontDescriptor", "/XRef"}:
        return
    for key, value in thing.items():
        if isinstance(value, pikepdf.String) and key not in {"/ID", "/O", "/U", "/OE", "/UE", "/Perms"}:
            yield Text(where, channel, str(value), AUTHOR if key in {"/Author", "/T"} else "")
        elif isinstance(value, pikepdf.Array):
            yield from (Text(where, channel, str(each)) for each in value if isinstance(each, pikepdf.String))
        elif isinstance(value, pikepdf.Dictionary) and not value.is_indirect:
            yield from _read_dictionary(where, value, channel)


def _page_lines(page: Any, resources: Any) -> list[str]:
    """Return the text that a page shows, by line: what is shown at another height begins another."""
    fonts = {str(name): _decoder(font) for name, font in dict(resources.get("/Font", {})).items()}
    return read_lines(_content(page), fonts)


def _content(page: Any) -> bytes:
    import pikepdf

    if isinstance(page, pikepdf.Stream):
        return bytes(page.read_bytes())
    contents = page.obj.get("/Contents")
    if contents is None:
        return b""
    streams = contents if isinstance(contents, pikepdf.Array) else [contents]
    return b"\n".join(bytes(stream.read_bytes()) for stream in streams)


def _decoder(font: Any) -> Callable[[bytes], str]:
    """Return how a font turns bytes into text: by the table that it carries for who copies text, else as Western text."""
    if font.get("/ToUnicode") is None:
        return plain_text
    table = font.ToUnicode.read_bytes().decode("latin-1")
    width = 2 if str(font.get("/Subtype", "")) == "/Type0" else 1
    known: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        known |= {int(code, 16): _unicode(text) for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", block)}
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for low, high, first in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            span = range(int(low, 16), int(high, 16) + 1)
            known |= {code: chr(ord(_unicode(first)[-1:] or " ") + step) for step, code in enumerate(span)}
        for low, _, texts in re.findall(r"<(\w+)>\s*<(\w+)>\s*\[(.*?)\]", block, re.DOTALL):
            known |= {int(low, 16) + n: _unicode(text) for n, text in enumerate(re.findall(r"<(\w+)>", texts))}

    def decode(raw: bytes) -> str:
        codes: Iterable[int] = (
            raw if width == 1 else (high << 8 | low for high, low in zip(raw[::2], raw[1::2], strict=False))
        )
        return "".join([known.get(code, "") for code in codes])

    return decode


def _unicode(digits: str) -> str:
    return bytes.fromhex(digits.zfill(4)).decode("utf-16-be", "replace")


def read_picture(where: str, content: bytes, channel: str) -> Iterator[Piece]:
    """Yield the texts that a PNG or JPEG carries beside its pixels."""
    if content.startswith(b"\x89PNG"):
        yield from (Text(where, channel, text) for text in _png_texts(content))
    elif content.startswith(b"\xff\xd8"):
        head = content[: content.find(b"\xff\xda")] if b"\xff\xda" in content else content[:65536]
        for match in re.finditer(rb"(?:Exif|http://ns\.adobe|\xff\xfe)[\s\S]{0,65000}", head):
            words = re.findall(rb"[\x20-\x7e]{6,}", match[0])
            yield from (Text(where, channel, word.decode("ascii")) for word in words)


def _png_texts(content: bytes) -> Iterator[str]:
    place = 8
    while place + 8 <= len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        kind, body = content[place + 4 : place + 8], content[place + 8 : place + 8 + length]
        place += 12 + length
        if kind in {b"tEXt", b"iTXt", b"zTXt", b"eXIf"}:
            key, _, rest = body.partition(b"\0")
            try:
                text = _png_text(kind, rest)
            except (zlib.error, ValueError):
                text = rest
            yield f"{key.decode('latin-1')}: {text.decode('utf-8', 'replace')}"


def _png_text(kind: bytes, rest: bytes) -> bytes:
    """Return the text of a chunk, of which the key was taken off; it may be packed, after a language and a translated key."""
    if kind == b"zTXt":
        return zlib.decompress(rest[1:])
    if kind == b"iTXt" and rest[:1] == b"\1":
        return zlib.decompress(rest[rest.index(b"\0", 2 + rest[2:].index(b"\0")) + 1 :])
    return rest
