"""One edition of a report as it was published: its chapters in words, its figures and its ledger.

Only what an author wrote is read. Numbers of chapters, tables and references, and links that help a reader
to find the way, follow from the rest; they change when a chapter is inserted and say nothing of themselves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from nsoc_lib.errors import NsocError

PREFIX = "hoofdstuk-"
TITLE_PAGE = "titelblad"
BLOCKS = {"p", "li", "h1", "h2", "h3", "h4", "figcaption", "summary", "tr", "dt", "dd"}
CELLS = {"td", "th"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
FOLLOWING = {"nummer", "nootnummer", "verder", "genoemd", "afnemen", "gemaakt"}  # classes of what follows from the rest
SILENT = {"script", "style", "title", "nav"}
DEEPEST = 500  # elements within each other; our pages have some twenty


@dataclass(frozen=True)
class Word:
    """One word, result or reference. Two are the same when ``key`` is: the id of a result, the target of a reference.

    ``glued`` says that no space stands before it, as at a point after a number.
    """

    shown: str
    key: str
    glued: bool = False


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, caption or row of a table. ``anchor`` is its own id, empty when it has none."""

    anchor: str
    words: tuple[Word, ...]

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(word.key for word in self.words)

    @property
    def text(self) -> str:
        return join_words(self.words)


def join_words(words: Sequence[Word]) -> str:
    """Return words as the page shows them, with white space folded.

    >>> join_words([Word("84%", "{a}"), Word(".", ".", glued=True), Word("Dus", "Dus")])
    '84%. Dus'
    """
    return "".join(word.shown if word.glued or not place else f" {word.shown}" for place, word in enumerate(words))


@dataclass(frozen=True)
class Drawing:
    """A drawn figure: its caption and what stands for its content."""

    caption: str
    digest: str


@dataclass(frozen=True)
class ChapterText:
    """A chapter: its key, which stays when chapters move, its title, its blocks, its drawings by key, its language."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    drawings: dict[str, Drawing]
    language: str = "nl"


@dataclass(frozen=True)
class Edition:
    """A report: title, status line, chapters in order, and the rows of the ledger by id."""

    title: str
    status: str
    chapters: tuple[ChapterText, ...]
    numbers: dict[str, dict[str, str]]


@dataclass
class _Open:
    """An element that has begun: whether it is passed over, and the words if it is a block."""

    tag: str
    silent: bool
    reference: str = ""  # the key of the result or reference that this element is
    block: bool = False
    anchor: str = ""
    words: list[Word] = field(default_factory=list)
    space: bool = False  # whether white space followed the last word


@dataclass
class _Chapter:
    key: str
    title: str = ""
    language: str = "nl"
    blocks: list[Block] = field(default_factory=list)
    drawings: dict[str, Drawing] = field(default_factory=dict)


class _Reader(HTMLParser):
    """Reads chapters and their drawings from a page; what it does not know is passed over."""

    def __init__(self, where: str) -> None:
        super().__init__(convert_charrefs=True)
        self.where, self.title, self.status = where, "", ""
        self.chapters: list[_Chapter] = []
        self._open: list[_Open] = []
        self._chapter_depth = self._svg_depth = 0
        self._figure = ""
        self._svg: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._svg_depth or tag == "svg":
            self._svg.append(self.get_starttag_text() or "")
        if tag in VOID:
            return
        values = {name: value or "" for name, value in attrs}
        classes, anchor = set(values.get("class", "").split()), values.get("id", "")
        if len(self._open) >= DEEPEST:
            raise _no_report(self.where, f"een pagina met meer dan {DEEPEST} elementen in elkaar")
        self._begin_chapter(tag, classes, anchor, values.get("lang", "nl"))
        if tag == "figure" and "figuur" in classes:
            self._figure = anchor
        follows = bool(classes & FOLLOWING) or tag in SILENT or values.get("role") == "doc-backlink"
        within = self._open[-1] if self._open else _Open("", silent=False)
        number = tag == "span" and "aanduiding" in classes and within.tag in {"h3", "h4"} and not within.words
        silent = within.silent or follows or number
        if tag in CELLS and within.words:
            within.words.append(Word("|", "|"))
            within.space = True
        reference = f"{{{values.get('data-id', '')}}}" if tag == "data" else ""
        if tag == "a" and "verwijzing" in classes:
            reference = f"[{values.get('href', '')}]"
        self._open.append(_Open(tag, silent, reference, tag in BLOCKS, anchor))
        if tag == "svg" and not self._svg_depth:
            self._svg_depth = len(self._open)

    def _begin_chapter(self, tag: str, classes: set[str], anchor: str, language: str) -> None:
        if tag == "header" and TITLE_PAGE in classes:
            self.chapters.append(_Chapter(TITLE_PAGE, "Titelpagina"))
        elif tag == "article" and anchor.startswith(PREFIX):
            self.chapters.append(_Chapter(anchor.removeprefix(PREFIX), language=language))
        else:
            return
        self._chapter_depth = len(self._open) + 1

    def handle_endtag(self, tag: str) -> None:
        if self._svg_depth:
            self._svg.append(f"</{tag}>")
        place = next((n for n in range(len(self._open) - 1, -1, -1) if self._open[n].tag == tag), None)
        while place is not None and len(self._open) > place:
            self._close(self._open.pop())

    def _close(self, element: _Open) -> None:
        depth = len(self._open) + 1
        if depth == self._svg_depth:
            self._end_drawing()
        if element.tag == "h1":
            self.title = join_words(element.words)
        if element.tag == "figure":
            self._figure = ""
        if element.words and element.block and self._chapter_depth:
            self._end_block(element)
        elif element.words and element.block and element.tag == "p" and not self.status and not self.chapters:
            self.status = join_words(element.words)
        if depth == self._chapter_depth:
            self._chapter_depth = 0

    def _end_drawing(self) -> None:
        if self._figure and self._chapter_depth:
            digest = hashlib.sha256("".join(self._svg).encode()).hexdigest()[:12]
            self.chapters[-1].drawings[self._figure] = Drawing(self._figure, digest)
        self._svg_depth, self._svg = 0, []

    def _end_block(self, element: _Open) -> None:
        chapter, text = self.chapters[-1], join_words(element.words)
        if element.tag == "h3" and not chapter.title:
            chapter.title = text
            return
        if element.tag == "figcaption" and self._figure in chapter.drawings:
            chapter.drawings[self._figure] = Drawing(text, chapter.drawings[self._figure].digest)
        chapter.blocks.append(Block(element.anchor, tuple(element.words)))

    def handle_data(self, data: str) -> None:
        if self._svg_depth:
            self._svg.append(data)
        if self._svg_depth or not self._open or self._open[-1].silent:
            return
        holder = next((one for one in reversed(self._open) if one.block), None)
        if holder is None:
            return
        glued, holder.space = bool(holder.words) and not (holder.space or data[:1].isspace()), data[-1:].isspace()
        if not data.strip():
            holder.space = True
            return
        reference = next((one.reference for one in reversed(self._open) if one.reference), "")
        if reference:
            holder.words.append(Word(" ".join(data.split()), reference, glued))
        else:
            first, *others = data.split()
            holder.words += [Word(first, first, glued), *(Word(word, word) for word in others)]


def read_page(page: str, numbers: dict[str, dict[str, str]], where: str) -> Edition:
    """Return the edition that a page and its ledger are. Raises NsocError when the page is no report of this kind."""
    reader = _Reader(where)
    reader.feed(page)
    reader.close()
    chapters = tuple(ChapterText(c.key, c.title, tuple(c.blocks), c.drawings, c.language) for c in reader.chapters)
    if not reader.title or all(chapter.key == TITLE_PAGE for chapter in chapters):
        raise _no_report(where, "een pagina zonder titel of hoofdstukken")
    return Edition(reader.title, reader.status, chapters, numbers)


def _no_report(where: str, found: str) -> NsocError:
    return NsocError(
        where,
        found=found,
        expected="een evaluatierapport zoals make report het maakt",
        remedy="Geef deposit.zip van make package, of de map van een eerder rapport.",
    )
