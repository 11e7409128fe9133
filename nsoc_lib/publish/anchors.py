"""Give every paragraph, list item, heading, figure and table a place of its own: an anchor that stays.

An anchor is the key of the chapter, the id of the cell and the position within the cell. Numbers of
chapters and sections play no part, so a chapter that is put in between moves no anchor.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from nsoc_lib.places import Place
from nsoc_lib.publish.markup import HEADINGS, VOID, Copier, close_element

CELL = "cel "  # the template puts <!--cel ID--> before each cell
BLOCKS = {"p", "li", "table", "figure", "figcaption", *HEADINGS}
ASIDE = {"svg", "button", "nav", "template"}
_ID = re.compile(r'\s+id="[^"]*"')


def anchor_blocks(chapter: str, body: str) -> str:
    """Return the body of a chapter with an id on each block that has none; a heading always gets ours.

    What pops up, is drawn or is a button is no place in the text and is passed over.
    """
    placer = _Placer(chapter)
    placer.feed(body)
    placer.close()
    return "".join(placer.copy)


def list_places(body: str, chapter: str) -> list[Place]:
    """Return every anchor of a finished chapter, under the section, figure or table in which it stands.

    ``chapter`` is the label of the chapter itself, for what stands before its first section.
    """
    reader = _Reader(chapter)
    reader.feed(body)
    reader.close()
    return [Place(anchor, label, " ".join("".join(words).split())) for anchor, label, words in reader.places]


class _Blocks(HTMLParser):
    """Walks through markup and knows what is no part of the running text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[tuple[str, bool]] = []

    @property
    def aside(self) -> bool:
        return any(aside for _, aside in self.open)

    def push(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append((tag, tag in ASIDE or any(name == "popover" for name, _ in attrs)))

    def pop(self, tag: str) -> int:
        """Close an element and return how many remain open."""
        close_element(self.open, tag)
        return len(self.open)


class _Placer(_Blocks, Copier):
    """Copies a body as it is and adds ids on the way."""

    def __init__(self, chapter: str) -> None:
        super().__init__()
        self._chapter, self._cell, self._position = chapter, "0", 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        text = self.get_starttag_text() or ""
        if tag in BLOCKS and not self.aside:
            self._position += 1
            if tag in HEADINGS or "id" not in dict(attrs):
                anchor = f"{self._chapter}_{self._cell}_{self._position}"
                text = f'{_ID.sub("", text, count=1).removesuffix(">")} id="{anchor}">'
        self.copy.append(text)
        self.push(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.pop(tag)

    def handle_comment(self, data: str) -> None:
        if data.startswith(CELL):
            self._cell, self._position = data.removeprefix(CELL), 0
        else:
            super().handle_comment(data)


class _Reader(_Blocks):
    """Collects the words under each anchor, and the number under which a reader finds them."""

    def __init__(self, chapter: str) -> None:
        super().__init__()
        self.convert_charrefs = True
        self.places: list[tuple[str, str, list[str]]] = []
        self._section, self._caption = chapter, ""
        self._under: list[tuple[int, str, list[str]]] = []  # depth, tag and words of the blocks that are open
        self._number: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        classes = (values.get("class") or "").split()
        if tag == "span" and "aanduiding" in classes and self._under and self._number is None:
            kind = self._under[-1][1]
            if kind in HEADINGS or (kind == "figcaption" and "nummer" in classes):
                self._number = []
        if tag in BLOCKS and not self.aside and values.get("id"):
            words: list[str] = []
            self.places.append((values["id"] or "", self._caption or self._section, words))
            self._under.append((len(self.open), tag, words))
        self.push(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "span" and self._number is not None:
            self._read_number("".join(self._number).strip().rstrip("."))
            self._number = None
        if tag == "figure":
            self._caption = ""
        depth = self.pop(tag)
        self._under = [block for block in self._under if block[0] < depth]

    def _read_number(self, number: str) -> None:
        """Take the number of a section from here on; that of a figure or table for what is in it."""
        if not number:
            return
        if self._under[-1][1] in HEADINGS:
            self._section = f"Paragraaf {number}"
            self.places[-1] = (self.places[-1][0], self._section, self.places[-1][2])
            return
        self._caption = number
        captioned = [words for _, tag, words in self._under if tag in {"figure", "figcaption"}]
        self.places = [
            (anchor, number if any(words is one for one in captioned) else label, words)
            for anchor, label, words in self.places
        ]

    def handle_data(self, data: str) -> None:
        if self._number is not None:
            self._number.append(data)
        if not self.aside:
            for _, _, words in self._under:
                words.append(data)
