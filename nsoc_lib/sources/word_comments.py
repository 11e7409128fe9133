"""Read the comments in a Word file and where they hang: by our bookmarks, never by page or number.

A file from outside is not trusted: it is unpacked in memory within limits, and its XML may hold no entities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import Element

from nsoc_lib.errors import NsocError
from nsoc_lib.places import is_bookmark
from nsoc_lib.reactions import CUT, NEXT, Remark
from nsoc_lib.sources.archive import MARK, Archive, open_archive, open_file
from nsoc_lib.sources.xml_tree import parse_tree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCUMENT_KIND, COMMENTS_KIND = "/officeDocument", "/comments"
MOST_PASSAGE = 400
WORD = "Word", "Vraag het bestand opnieuw."  # who makes such XML, and how to get another
ADDED_BY_READER = "(tekst die de lezer toevoegde)"
_HEADING = re.compile(r"(?:heading|kop)\s?([1-3])", re.IGNORECASE)
_NUMBER = re.compile(r"(\d+|[A-Z]{1,2}|[ivx]+)((?:\.\d+)?)\s")


@dataclass
class _Range:
    """What a comment hangs on while the text is walked through."""

    bookmark: str
    waar: str
    paragraphs: list[list[str]] = field(default_factory=lambda: [[]])
    added: bool = False
    open: bool = True

    @property
    def passage(self) -> str:
        text = NEXT.join(" ".join("".join(words).split()) for words in self.paragraphs if "".join(words).strip())
        if not text:
            return ADDED_BY_READER if self.added else ""
        if len(text) <= MOST_PASSAGE:
            return text
        return (text[: MOST_PASSAGE + 1].rpartition(" ")[0] or text[:MOST_PASSAGE]) + CUT


def load_comments(path: Path, where: str) -> tuple[Remark, ...]:
    """Return every comment of a Word file in the order of the text; a reply in a thread is a comment too.

    The passage is what the report said: what a reader struck out is in it, what they added is
    not. Raises NsocError for what is no Word file, has no comments, is no report of ours (it
    has none of our bookmarks), or is damaged or not to be trusted.
    """
    with open_file(path, where) as file:
        if file.read(2) != MARK:
            raise _refuse(where, "een bestand dat geen Word-bestand (.docx) is")
    with _in_word_terms(), open_archive(path, where) as archive:
        document = _find_part(archive, "_rels/.rels", DOCUMENT_KIND)
        if document is None:
            raise _refuse(where, "een zipbestand zonder Word-document erin")
        body = parse_tree(archive.read(document), f"{where}, {document}", *WORD)
        folder = PurePosixPath(document)
        comments = _find_part(archive, f"{folder.parent}/_rels/{folder.name}.rels", COMMENTS_KIND)
        listed = parse_tree(archive.read(comments), f"{where}, {comments}", *WORD) if comments else Element("comments")
    if not any(is_bookmark(mark.get(f"{W}name", "")) for mark in body.iter("bookmarkStart")):
        raise NsocError(
            where,
            found="een Word-bestand zonder de bladwijzers van dit rapport",
            expected="het evaluatierapport.docx dat make docx maakte, met opmerkingen erin",
            remedy="Kijk of dit het goede bestand is; in een ander document is de plaats van een opmerking niet te vinden.",
        )
    texts = {comment.get(f"{W}id", ""): comment for comment in listed.iter("comment")}
    if not texts:
        raise NsocError(
            where,
            found="geen enkele opmerking",
            expected="ten minste een opmerking (in Word: Controleren, Nieuwe opmerking)",
            remedy="Kijk of dit het bestand is dat de lezer terugstuurde; wijzigingen in de tekst zelf worden niet gelezen.",
        )
    return tuple(_remarks(texts, _Walker().walk(body)))


def _remarks(texts: dict[str, Element], ranges: dict[str, _Range]) -> Iterator[Remark]:
    nowhere = _Range("", "")
    order = [number for number in ranges if number in texts] + [number for number in texts if number not in ranges]
    for number in order:
        comment, hangs = texts[number], ranges.get(number, nowhere)
        lines = ["".join(_words(paragraph)).strip() for paragraph in comment.iter("p")]
        text = "\n".join(line for line in lines if line)
        author = comment.get(f"{W}author") or comment.get(f"{W}initials") or ""
        yield Remark(author, hangs.bookmark, hangs.waar, hangs.passage, text or "(lege opmerking)")


def _words(element: Element) -> Iterator[str]:
    for part in element.iter():
        if part.tag in ("t", "delText"):
            yield part.text or ""
        elif part.tag in ("tab", "br", "cr"):
            yield " "


class _Walker:
    """Walks through the text once and keeps what each comment hangs on."""

    def __init__(self) -> None:
        self._bookmark, self._chapter, self._section = "", "", ""
        self._ranges: dict[str, _Range] = {}

    def walk(self, body: Element) -> dict[str, _Range]:
        """Return what each comment hangs on, by the number of the comment."""
        self._visit(body, added=False, inside=False)
        return self._ranges

    def _visit(self, element: Element, *, added: bool, inside: bool) -> None:
        if element.tag == "p":
            self._enter(element)
        elif element.tag == "bookmarkStart" and not inside and is_bookmark(element.get(f"{W}name", "")):
            self._bookmark = element.get(f"{W}name", "")
        elif element.tag in ("commentRangeStart", "commentReference"):
            self._ranges.setdefault(element.get(f"{W}id", ""), _Range(self._bookmark, self._section or self._chapter))
        elif element.tag == "commentRangeEnd" and element.get(f"{W}id", "") in self._ranges:
            self._ranges[element.get(f"{W}id", "")].open = False
        elif element.tag in ("t", "delText", "tab", "br"):
            self._say(element, added=added)
        if element.tag == "commentReference":
            self._ranges[element.get(f"{W}id", "")].open = False
        for child in element:
            self._visit(child, added=added or element.tag in ("ins", "moveTo"), inside=inside or element.tag == "p")

    def _enter(self, paragraph: Element) -> None:
        """Begin a paragraph: its own bookmark counts from its first letter, for a comment may begin before it."""
        marks = [mark.get(f"{W}name", "") for mark in paragraph.iter("bookmarkStart")]
        self._bookmark = next((name for name in reversed(marks) if is_bookmark(name)), self._bookmark)
        style = paragraph.find("pPr/pStyle")
        heading = _HEADING.fullmatch(style.get(f"{W}val", "")) if style is not None else None
        if heading:
            text = "".join(_words(paragraph)).strip()
            number = _NUMBER.match(text)
            if number and number[2]:
                self._section = f"Paragraaf {number[1]}{number[2]}"
            else:
                self._chapter, self._section = f"Hoofdstuk {number[1]}" if number else text, ""
        for hangs in self._ranges.values():
            if hangs.open:
                hangs.paragraphs.append([])

    def _say(self, element: Element, *, added: bool) -> None:
        for hangs in self._ranges.values():
            if hangs.open and added:
                hangs.added = True
            elif hangs.open:
                hangs.paragraphs[-1].append((element.text or "") if element.tag in ("t", "delText") else " ")


def _find_part(archive: Archive, relations: str, kind: str) -> str | None:
    """Return the name of the part that a list of relations gives for this kind, or None."""
    if relations not in archive.names:
        return None
    folder = PurePosixPath(relations).parent.parent
    for relation in parse_tree(archive.read(relations), f"{archive.where}, {relations}", *WORD).iter("Relationship"):
        if relation.get("Type", "").endswith(kind) and relation.get("TargetMode") != "External":
            target = relation.get("Target", "")
            name = target.lstrip("/") if target.startswith("/") else (folder / target).as_posix()
            if name in archive.names:
                return name
    return None


def _refuse(where: str, found: str) -> NsocError:
    return NsocError(
        where,
        found=found,
        expected="het evaluatierapport.docx dat een lezer met opmerkingen terugstuurde",
        remedy="Sla het in Word op als .docx (niet .doc, .odt of .pdf) en geef dat bestand op.",
    )


@contextmanager
def _in_word_terms() -> Iterator[None]:
    """Say of a damaged or hostile file what was expected of a Word file."""
    try:
        yield
    except NsocError as error:
        raise NsocError(
            error.where,
            found=error.found,
            expected="een heel Word-bestand (.docx), zoals Word het opslaat",
            remedy="Vraag het bestand opnieuw, of open het in Word en sla het op als nieuw .docx; vertrouw het anders niet.",
        ) from error
