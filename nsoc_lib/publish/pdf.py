"""The report as PDF: printed by the browser of this machine, then finished by us.

Chromium writes tags, alternative texts, language and bookmarks. What is left: the time of
printing goes out, so that the same browser gives the same bytes; bookmarks read as the headings
do; a table is a table, not a figure without a text; a link to a file beside the page names that
file and not the folder in which it was printed. Everything else in the file (lines, pages,
pieces of fonts) is the browser's: another version of it, or other fonts, gives other bytes.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nsoc_lib.errors import NsocError
from nsoc_lib.paths import Study
from nsoc_lib.publish.browser import find_browser, print_page
from nsoc_lib.publish.gate import write_checked
from nsoc_lib.publish.markup import HEADINGS
from nsoc_lib.publish.pdf_tags import mend_tags
from nsoc_lib.publish.placement import PAGE, find_report

if TYPE_CHECKING:
    import pikepdf

PRINTED = "evaluatierapport.pdf"
OPEN_LEVELS = 2  # title and parts show what is in them; a chapter does when asked


@dataclass(frozen=True)
class Heading:
    """A heading of the page, ``h1`` to ``h6``. ``in_contents`` when it stands in the table of contents itself."""

    level: str
    text: str
    in_contents: bool


@dataclass(frozen=True)
class Outline:
    """What the page says about itself: title, authors, headings in order, and the files it points at."""

    title: str
    author: str
    headings: tuple[Heading, ...]
    files: frozenset[str] = frozenset()


def print_report(study: Study) -> Path:
    """Write the PDF of the report that stands in ``REPORTS``; return the file.

    Raises NsocError when there is no report yet, no browser, a browser that prints no tagged PDF, or something in
    the PDF that the disclosure profile forbids.
    """
    page = find_report(study.reports)
    program = find_browser()
    print(f"Afdrukken met {Path(program).name}; een groot rapport duurt een halve minuut of langer.", flush=True)
    path = study.reports / PRINTED
    write_checked(study, path, finish_pdf(print_page(page), page.read_bytes()))
    return path


def finish_pdf(printed: bytes, page: bytes) -> bytes:
    """Return the printed page without its time, with bookmarks, title and structure put right."""
    import pikepdf

    outline = read_outline(page.decode("utf-8"))
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        _refuse_poor(pdf)
        _name_bookmarks(pdf, outline)
        _free_links(pdf, outline.files)
        mend_tags(pdf)
        _describe(pdf, outline, source_of(page))
        buffer = io.BytesIO()
        pdf.save(
            buffer,
            min_version="1.7",
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
    return buffer.getvalue()


def source_of(page: bytes) -> str:
    """Return how a PDF names the page that it is a print of."""
    return f"{PAGE} sha256:{hashlib.sha256(page).hexdigest()}"


def printed_from(printed: bytes) -> str:
    """Return which page a PDF of ours is a print of, as ``source_of`` tells; empty for another PDF."""
    import pikepdf

    with pikepdf.open(io.BytesIO(printed)) as pdf, pdf.open_metadata() as meta:
        return str(meta.get("dc:source", ""))


def read_outline(page: str) -> Outline:
    """Return title, authors and headings of a page of ours."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return Outline(_plain(reader.title), reader.author, tuple(reader.headings), frozenset(reader.files))


class _Reader(HTMLParser):
    """Collects what the bookmarks need from the page."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.author = "", ""
        self.headings: list[Heading] = []
        self.files: set[str] = set()
        self._inside = ""
        self._text = ""
        self._navs = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "meta" and given.get("name") == "author":
            self.author = given.get("content") or ""
        if tag == "a" and not re.match(r"#|\w+:", given.get("href") or "#"):
            self.files.add(given["href"] or "")
        if tag == "nav":
            self._navs += 1
        if tag in HEADINGS or (tag == "title" and not self.title):  # a drawing may have a title too
            self._inside, self._text = tag, ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "nav":
            self._navs -= 1
        if tag != self._inside:
            return
        if tag == "title":
            self.title = self._text
        else:
            self.headings.append(Heading(tag, _plain(self._text), self._navs > 0))
        self._inside = ""


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _refuse_poor(pdf: pikepdf.Pdf) -> None:
    missing = [
        label
        for key, label in (("/StructTreeRoot", "structuur"), ("/Outlines", "bladwijzers"), ("/Lang", "taal"))
        if key not in pdf.Root
    ]
    if missing:
        raise NsocError(
            PRINTED,
            found=f"een PDF zonder {' en '.join(missing)}",
            expected="een PDF die ook wordt voorgelezen en doorzocht, zoals Chromium sinds versie 125 die maakt",
            remedy="Werk Chromium of Google Chrome bij.",
        )


def _free_links(pdf: pikepdf.Pdf, files: Collection[str]) -> None:
    """Let a link to a file beside the page name that file only: the browser writes the whole path of this machine."""
    import pikepdf

    links = (
        found.A
        for found in pdf.objects
        if isinstance(found, pikepdf.Dictionary) and found.get("/Subtype") == "/Link" and "/A" in found
    )
    for action in links:
        if not str(action.get("/URI", "")).startswith("file:"):
            continue
        beside = [name for name in files if str(action.URI).endswith(f"/{name}")]
        if not beside:
            raise NsocError(
                PRINTED,
                found="een verwijzing naar een bestand van deze computer",
                expected="verwijzingen naar bestanden naast het rapport",
                remedy="Haal de verwijzing uit het notebook dat haar geeft.",
            )
        action.URI = pikepdf.String(max(beside, key=len))


def _name_bookmarks(pdf: pikepdf.Pdf, outline: Outline) -> None:
    """Give bookmarks the text of the headings: the browser's own miss a space at the end of a line.

    The groups within the table of contents are no bookmarks of their own, and chapters begin closed.
    A heading that is not printed has no bookmark, so each bookmark looks ahead for its own.
    """
    ahead = list(outline.headings)
    for bookmark in list(_below(pdf.Root.Outlines)):
        printed = (str(bookmark.SE.S).strip("/").lower(), _squeeze(str(bookmark.Title)))
        place = next((at for at, own in enumerate(ahead) if (own.level, _squeeze(own.text)) == printed), None)
        if place is None:
            continue
        bookmark.Title = ahead[place].text
        if ahead[place].in_contents and "/First" in bookmark:
            del bookmark["/First"], bookmark["/Last"]
        ahead = ahead[place + 1 :]
    _count(pdf.Root.Outlines, 0)


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()


def _children(bookmark: Any) -> Iterator[Any]:
    child = bookmark.get("/First")
    while child is not None:
        yield child
        child = child.get("/Next")


def _below(bookmark: Any) -> Iterator[Any]:
    for child in _children(bookmark):
        yield child
        yield from _below(child)


def _count(bookmark: Any, level: int) -> int:
    """Write how many bookmarks show below each one, negative where it begins closed; return how many show."""
    below = sum(1 + _count(child, level + 1) for child in _children(bookmark))
    if "/Count" in bookmark:
        del bookmark["/Count"]
    if below == 0:
        return 0
    bookmark["/Count"] = below if level <= OPEN_LEVELS else -below
    return below if level <= OPEN_LEVELS else 0


def _describe(pdf: pikepdf.Pdf, outline: Outline, source: str) -> None:
    """Say title, authors, language, the page it is a print of and the printer; no clock and no machine."""
    import pikepdf

    printer = str(pdf.docinfo.get("/Producer", ""))
    for key in list(pdf.docinfo.keys()):
        del pdf.docinfo[key]
    pdf.docinfo["/Title"] = outline.title
    pdf.docinfo["/Author"] = outline.author
    pdf.docinfo["/Producer"] = printer
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        meta["dc:title"] = outline.title
        meta["dc:creator"] = [outline.author]
        meta["dc:language"] = {str(pdf.Root.Lang)}
        meta["dc:source"] = source
        meta["pdf:Producer"] = printer
    pdf.Root["/MarkInfo"] = pikepdf.Dictionary(Marked=True)
    pdf.Root["/ViewerPreferences"] = pikepdf.Dictionary(DisplayDocTitle=True)
    pdf.Root["/PageMode"] = pikepdf.Name("/UseOutlines")
