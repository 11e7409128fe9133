"""Write fictitious REFI-QDA projects and codebooks as several programs do; everything in them is invented."""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from xml.sax.saxutils import quoteattr

PROJECT, CODEBOOK = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"
DAY = "2024-05-01"
Path_ = tuple[str, ...]


@dataclass(frozen=True)
class Style:
    """How a program writes: nested codes, line ends and BOM in texts, what positions count, names and paths."""

    origin: str
    nested: bool
    line_end: str = "\n"
    bom: bool = False
    utf16: bool = False
    counts_lf: bool = False  # positions over LF, whatever stands in the text
    counts_bom: bool = False
    folder: str = "sources"
    path: str = "internal://{}"
    project: str = "project.qde"
    names: bool = False


ATLAS = Style("ATLAS.ti 23.1", nested=False, names=True)
NVIVO = Style("NVivo 14", nested=True, line_end="\r\n", bom=True, utf16=True, folder="Sources", path="internal:/{}")


@dataclass(frozen=True)
class Coded:
    """One coded passage of a document, in characters over LF; ``guid`` makes two codings one selection."""

    document: str
    start: int
    end: int
    code: Path_
    coder: str = "Anna"
    day: str = DAY
    guid: str = ""


def guid(*names: object) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(map(str, names))))


def count(text: str, place: int, style: Style) -> int:
    """Return a place in characters over LF as a program counts it."""
    before = text[:place]
    if not style.counts_lf:
        before = before.replace("\n", style.line_end)
    length = len(before.encode("utf-16-le")) // 2 if style.utf16 else len(before)
    return length + (style.bom and style.counts_bom)


def codes_xml(codes: dict[Path_, str], *, nested: bool, folders: Iterable[Path_] = ()) -> str:
    """Return the codes with their definitions: nested, or all at the top with the hierarchy in the name."""

    def one(path: Path_) -> str:
        name = path[-1] if nested else "::".join(path)
        below = "".join(one(p) for p in codes if nested and len(p) == len(path) + 1 and p[: len(path)] == path)
        text = f"<Description>{codes[path]}</Description>" if codes[path] else ""
        codable = "false" if path in set(folders) else "true"
        return f'<Code guid="{guid(path)}" name={quoteattr(name)} isCodable="{codable}">{text}{below}</Code>'

    return "".join(one(path) for path in codes if not nested or len(path) == 1)


def selection_xml(coded: Coded, text: str, style: Style) -> str:
    name = text[coded.start : coded.end] if style.names else ""
    name = f"{name[:100]}…" if len(name) > 100 else name
    start, end = count(text, coded.start, style), count(text, coded.end, style)
    own = coded.guid or guid("selectie", coded)
    return (
        f'<PlainTextSelection guid="{own}" name={quoteattr(name)} startPosition="{start}" endPosition="{end}">'
        f"{coding_xml(coded)}</PlainTextSelection>"
    )


def coding_xml(coded: Coded) -> str:
    when = f' creationDateTime="{coded.day}T10:00:00Z"' if coded.day else ""
    who = f' creatingUser="{guid("codeur", coded.coder)}"' if coded.coder else ""
    return f'<Coding guid="{guid("codering", coded)}"{who}{when}><CodeRef targetGUID="{{{guid(coded.code).upper()}}}"/></Coding>'


def sources_xml(documents: dict[str, str], codings: Iterable[Coded], style: Style) -> str:
    found = list(codings)
    return "".join(
        f'<TextSource guid="{guid("bron", name)}" name={quoteattr(name)} plainTextPath="{style.path.format(file_of(name))}">'
        + "".join(selection_xml(c, text, style) for c in found if c.document == name)
        + "</TextSource>"
        for name, text in documents.items()
    )


def file_of(document: str) -> str:
    return f"{guid('bron', document)}.txt"


def project_xml(
    codes: str, sources: str, *, origin: str = "verzonnen", coders: Iterable[str] = ("Anna", "Bram"), rest: str = ""
) -> str:
    users = "".join(f'<User guid="{guid("codeur", name)}" name="{name}"/>' for name in coders)
    return (
        f'<?xml version="1.0" encoding="utf-8"?><Project xmlns="{PROJECT}" name="verzonnen" origin="{origin}" '
        f'basePath="C:/Users/iemand"><Users>{users}</Users><CodeBook><Codes>{codes}</Codes></CodeBook>'
        f"<Sources>{sources}</Sources>{rest}</Project>"
    )


def codebook_xml(codes: str, rest: str = "") -> str:
    return (
        f'<?xml version="1.0"?><CodeBook xmlns="{CODEBOOK}" origin="verzonnen"><Codes>{codes}</Codes>{rest}</CodeBook>'
    )


def zip_bytes(members: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def project_bytes(
    codes: dict[Path_, str], documents: dict[str, str], codings: Iterable[Coded], style: Style = ATLAS, rest: str = ""
) -> bytes:
    """Return a whole .qdpx in the style of a program."""
    sources = sources_xml(documents, codings, style)
    qde = project_xml(codes_xml(codes, nested=style.nested), sources, origin=style.origin, rest=rest)
    texts = {
        f"{style.folder}/{file_of(name)}": ("\ufeff" if style.bom else "") + text.replace("\n", style.line_end)
        for name, text in documents.items()
    }
    return zip_bytes({**texts, style.project: qde})


def write(folder: Path, content: bytes | str, name: str = "interviews.qdpx") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


TEKST = "Wij zien elkaar te weinig.\nGeld is er wel 😀, mensen niet.\nHet vertrouwen groeit."
CODES: dict[Path_, str] = {
    ("Middelen",): "",
    ("Middelen", "Geld"): "Er is genoeg geld",
    ("Middelen", "Mensen"): "",
    ("Samenwerken",): "",
    ("Samenwerken", "Vertrouwen"): "Partners rekenen op elkaar",
}
DOCUMENTS = {"Gesprek A": TEKST, "Gesprek B": "Er is geen geld."}


def passage(words: str, code: Path_, document: str = "Gesprek A", **changes: str) -> Coded:
    """Return the coding of these words where they stand in a document."""
    start = DOCUMENTS[document].index(words)
    return replace(Coded(document, start, start + len(words), code), **changes)


CODINGS = (
    passage("Geld is er wel 😀", ("Middelen", "Geld")),
    passage("mensen niet", ("Middelen", "Mensen")),
    passage("Het vertrouwen groeit", ("Samenwerken", "Vertrouwen")),
    passage("Het vertrouwen groeit", ("Samenwerken", "Vertrouwen"), coder="Bram"),
    passage("geen geld", ("Middelen", "Geld"), "Gesprek B", coder="Bram"),
)
