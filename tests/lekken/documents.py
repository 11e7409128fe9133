"""Word and PDF files for the cases, made in code: nothing binary lies in the repository."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

MADE = datetime(2000, 1, 1, tzinfo=UTC)


def word_file(paragraphs: Sequence[str], change: Callable[[Any], None] | None = None) -> bytes:
    """Return a Word file with these paragraphs; ``change`` gets the document before it is saved."""
    from docx import Document

    document = Document()
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.created = document.core_properties.modified = MADE
    for text in paragraphs:
        document.add_paragraph(text)
    if change:
        change(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return _without_clock(buffer.getvalue())


def _without_clock(word: bytes) -> bytes:
    """Return the same file with dates that say nothing, so that a case is the same bytes each time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word)) as file, zipfile.ZipFile(buffer, "w") as other:
        for name in file.namelist():
            content = re.sub(rb'w:date="[^"]*"', b'w:date="2000-01-01T00:00:00Z"', file.read(name))
            other.writestr(zipfile.ZipInfo(name), content)
    return buffer.getvalue()


def hidden_run(document: Any, text: str) -> None:
    """Add text that Word does not show or print."""
    document.paragraphs[0].add_run(text).font.hidden = True


def deleted_run(document: Any, text: str) -> None:
    """Add text as a tracked deletion: gone to the eye until somebody rejects the change."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    deleted, run, gone = (OxmlElement(name) for name in ("w:del", "w:r", "w:delText"))
    deleted.set(qn("w:id"), "7")
    deleted.set(qn("w:author"), "redactie")
    deleted.set(qn("w:date"), "2000-01-01T00:00:00Z")
    gone.text = text
    run.append(gone)
    deleted.append(run)
    document.paragraphs[0]._p.append(deleted)


def pdf_file(lines: Sequence[str], change: Callable[[Any], None] | None = None) -> bytes:
    """Return a PDF of one page with these lines; ``change`` gets the file before it is saved."""
    import pikepdf
    from pikepdf import Dictionary, Name

    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    page.obj.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
    text = "".join(
        f"1 0 0 1 60 {780 - 20 * n} Tm ({line.replace('(', '').replace(')', '')}) Tj\n" for n, line in enumerate(lines)
    )
    page.obj.Contents = pdf.make_stream(f"BT /F1 11 Tf\n{text}ET\n".encode("cp1252"))
    if change:
        change(pdf)
    buffer = io.BytesIO()
    pdf.save(buffer, deterministic_id=True)
    return buffer.getvalue()


def white_text(pdf: Any, line: str) -> None:
    """Write a line in white on white, at the foot of the page."""
    pdf.pages[0].contents_add(f"BT 1 1 1 rg /F1 4 Tf 1 0 0 1 60 20 Tm ({line}) Tj ET\n".encode("cp1252"))


def alternative_text(pdf: Any, words: str) -> None:
    """Give the page a figure in the structure tree with this text for a screen reader."""
    from pikepdf import Array, Dictionary, Name, String

    figure = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Figure, Alt=String(words)))
    pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([figure])))


def attach(pdf: Any, name: str, content: bytes) -> None:
    """Put a file inside the PDF."""
    from pikepdf import AttachedFileSpec

    pdf.attachments[name] = AttachedFileSpec(pdf, content, filename=name)


def subject(pdf: Any, words: str) -> None:
    """Set the subject in the properties of the PDF."""
    pdf.docinfo["/Subject"] = words


def png_picture(words: str = "") -> bytes:
    """Return a picture of one dot, with a text in its file when there is one."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">2I5B", 1, 1, 8, 0, 0, 0, 0))
    text = chunk(b"tEXt", b"Description\0" + words.encode("latin-1")) if words else b""
    return b"\x89PNG\r\n\x1a\n" + head + text + chunk(b"IDAT", zlib.compress(b"\0\xff")) + chunk(b"IEND", b"")
