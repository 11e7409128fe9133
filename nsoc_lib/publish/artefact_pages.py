"""Take a page and the drawings in it apart: text, comments, attributes, style, tables, marks, downloads."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import unquote_to_bytes

from nsoc_lib.leaks import ALT, DOWNLOAD, DRAWING, HIDDEN, PERCENTAGE
from nsoc_lib.pieces import (
    AUTHOR,
    Drawing,
    Grid,
    Inner,
    Label,
    Mark,
    Piece,
    Quotation,
    Record,
    Release,
    Shape,
    Text,
    move,
)
from nsoc_lib.publish.artefact_shapes import Matrix, box_of, place_of, transform_of
from nsoc_lib.publish.artefact_xml import local, local_name, parse_xml

ALTERNATIVES = {"alt", "aria-label", "aria-description", "aria-valuetext", "title", "longdesc", "summary"}
GEOMETRY = {"d", "points", "x", "y", "width", "height", "transform", "viewbox", "fill", "stroke", "class", "font-size",
            "font-family", "text-anchor", "cx", "cy", "r", "x1", "x2", "y1", "y2", "id", "data-id", "for", "headers",
            "scope", "colspan", "rowspan", "tabindex", "role", "popovertarget", "aria-hidden", "aria-labelledby",
            "aria-describedby", "lang", "rel", "type", "charset", "clip-path", "http-equiv", "stroke-width", "font-weight"}  # fmt: skip
BLOCKS = {"p", "li", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "div", "section", "main", "body",
          "article", "aside", "header", "footer", "nav", "summary", "details", "caption", "button", "pre", "blockquote",
          "table", "thead", "tbody", "tr", "ul", "ol", "dl", "figure", "html", "head", "template", "title", "script", "style", "svg"}  # fmt: skip
_CONTENT = re.compile(r"(?:content|--[\w-]+)\s*:\s*(\"[^\"]*\"|'[^']*'|[^;}]*)")
_DATA_URI = re.compile(r"data:([^;,\"']*)((?:;[^;,\"']*)*),([^\"')\s]*)")
_KINDS = {"text/csv": ".csv", "application/json": ".json", "image/svg+xml": ".svg", "text/html": ".html", "image/png": ".png",
          "application/zip": ".zip", "text/plain": ".txt", "application/pdf": ".pdf"}  # fmt: skip
_STYLE_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_NOT_SHOWN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0)\b")
_SELECTED = re.compile(r"[.#][\w-]+")
_OF_WIDTH = re.compile(r"(?:width|height|left|--[\w-]+)\s*:\s*(\d+(?:\.\d+)?)%")


def read_markup(where: str, markup: str, channel: str, inner: Inner) -> Iterator[Piece]:
    """Yield the pieces of a page. With a ``channel`` every piece came through it; empty for the report itself."""
    import lxml.etree

    if not markup.strip():
        return
    # The parser of lxml.html, without its elements: to look up a class for each of them takes a fifth of the time.
    root = lxml.etree.fromstring(markup.encode(), lxml.etree.HTMLParser(encoding="utf-8", huge_tree=True))
    if root is None:
        return
    page = _Page(where, channel, inner)
    styles = ["".join(map(str, style.itertext())) for style in root.iter("style")]
    page.unseen = frozenset().union(*map(_not_shown_by, styles))
    yield from page.read(root)


@cache
def _not_shown_by(style: str) -> frozenset[str]:
    """Return the simple selectors that a style sheet hides; cached, for pages of one study share their style."""
    hidden = [selector for selector, rules in _STYLE_RULE.findall(style) if _NOT_SHOWN.search(rules)]
    return frozenset(name for selector in hidden for name in _SELECTED.findall(selector))


def read_svg(where: str, content: bytes, channel: str) -> Iterator[Piece]:
    """Yield the pieces of a drawing that is a file of its own."""
    root = parse_xml(content)
    if root is not None:
        yield from _read_drawing(where, root, channel, "" if channel == DRAWING else channel)


class _Page:
    """The reader of one page; it carries the file, the channel, how to read what is embedded, and what it found."""

    def __init__(self, where: str, channel: str, inner: Inner) -> None:
        self.where, self.channel, self.inner = where, channel, inner
        self.found: list[Piece] = []
        self.unseen: frozenset[str] = frozenset()

    def read(self, element: Any, *, hidden: bool = False) -> list[Piece]:
        """Add what an element and all in it hold, and return everything found so far."""
        name = local(element)
        if not name:
            self._say(HIDDEN, str(element.text or ""))
            return self.found
        hidden = hidden or _is_hidden(element, name) or not self.unseen.isdisjoint(_names(element))
        self._attributes(element, name)
        if name == "svg":
            self.found += _read_drawing(self.where, element, self.channel or DRAWING, self.channel)
        elif name in {"style", "script"}:
            self._program(name, _text_content(element))
        elif name in {"blockquote", "q"}:
            self.found.append(self._quotation(element))
        else:
            self._content(element, name, hidden=hidden)
        return self.found

    def _say(self, channel: str, text: str, kind: str = "", ids: tuple[str, ...] = ()) -> None:
        self.found.append(Text(self.where, self.channel or channel, text, kind, ids))

    def _content(self, element: Any, name: str, *, hidden: bool) -> None:
        channel = ALT if element.get("class") == "alt" else HIDDEN if hidden else PERCENTAGE
        if name == "table":
            self.found += self._table(element, self.channel or channel)
        if name in BLOCKS:
            ids: list[str] = []
            text = " ".join(_own_text(element, ids).split())
            if text:
                self._say(channel, text, ids=tuple(ids))
        if name in {"dl", "tr"}:
            self._say(channel, _pairs(element))
        for child in element:
            self.read(child, hidden=hidden)

    def _attributes(self, element: Any, name: str) -> None:
        attributes = dict(element.attrib)
        shown = attributes.get("data-id", "")
        if shown and name == "data" and attributes.get("class") == "cijfer":
            cells = {"id": shown, "value": attributes.get("value", ""), "shown": _text_content(element)}
            self.found.append(Record(self.where, self.channel or PERCENTAGE, cells))
        elif shown:
            self.found.append(Mark(self.where, self.channel or HIDDEN, shown, _text_content(element)))
        maker = AUTHOR if attributes.get("name", "").lower() in {"author", "creator"} else ""
        for key, value in attributes.items():
            if "data:" in value and "," in value:
                self._download(value)
            elif key == "style":
                self._style(element, value)
            elif key not in GEOMETRY and not (shown and key == "value") and value:
                channel = ALT if key in ALTERNATIVES else HIDDEN
                self._say(channel, value, maker)
                if shown:
                    self.found.append(Mark(self.where, self.channel or channel, shown, value))

    def _style(self, element: Any, value: str) -> None:
        """Add how far an element reaches when its width is a percentage: a bar without a drawing."""
        row = next((e for e in element.iterancestors() if local(e) in {"tr", "li", "p", "dl", "figure"}), None)
        for match in _OF_WIDTH.finditer(value):
            words = _text_content(row if row is not None else element)
            self._say(HIDDEN, f"{' '.join(words.split())[:200]}: {match[1]}%")

    def _download(self, value: str) -> None:
        for match in _DATA_URI.finditer(value):
            kind, options, body = match.groups()
            content = unquote_to_bytes(body)
            content = base64.b64decode(content + b"==") if "base64" in options else content
            channel = self.channel or (DRAWING if kind.startswith("image/") else DOWNLOAD)
            pieces = self.inner(f"data{_KINDS.get(kind, '.txt')}", channel, content)
            self.found += [move(piece, self.where) for piece in pieces]

    def _program(self, name: str, text: str) -> None:
        if name == "style":
            for said in [*_CONTENT.findall(text), *re.findall(r"/\*(.*?)\*/", text, re.DOTALL)]:
                self._say(HIDDEN, said.strip("\"' "))
            return
        structured = text.lstrip()[:1] in {"{", "["}
        pieces = self.inner("data.json" if structured else "data.txt", self.channel or HIDDEN, text.encode())
        self.found += [move(piece, self.where) for piece in pieces]

    def _quotation(self, element: Any) -> Quotation:
        feet = [e for e in element.iter() if local(e) in {"footer", "cite"}]
        source = " ".join(map(_text_content, feet))
        text = " ".join(_text_content(e) for e in element.iter() if local(e) == "p") or _text_content(element)
        traits = tuple(
            (k, v) for e in element.iter() for k, v in e.attrib.items() if k not in {"class", "data-citaat", "id"}
        )
        return Quotation(
            self.where, element.get("data-citaat", ""), " ".join(text.split()), " ".join(source.split()), traits
        )

    def _table(self, element: Any, channel: str) -> Iterator[Piece]:
        rows = tuple(
            tuple(" ".join(_all_text(cell).split()) for cell in row if local(cell) in {"td", "th"})
            for row in element.iter("tr")
        )
        if any(e.get("id") == "tabel-vrijgave" for e in [element, *element.iterancestors()]):
            yield from (Release(row[0], row[1:]) for row in rows[1:] if row)
        elif len(rows) > 1:
            yield Grid(self.where, channel, rows)


def _is_hidden(element: Any, name: str) -> bool:
    style = element.get("style", "").replace(" ", "")
    return (
        name in {"template", "details", "dialog", "noscript", "head"}
        or any(element.get(key) is not None for key in ("hidden", "popover", "inert"))
        or any(word in style for word in ("display:none", "visibility:hidden", "opacity:0", "font-size:0"))
        or any(word in element.get("class", "") for word in ("hidden", "verborgen", "sr-only", "visually"))
    )


def _names(element: Any) -> list[str]:
    """Return by which simple selectors a style sheet can mean an element."""
    mark = element.get("id")
    return [*(f".{each}" for each in element.get("class", "").split()), *([f"#{mark}"] if mark else [])]


def _text_content(element: Any) -> str:
    """Return all text in an element, that of comments not."""
    return "".join(element.xpath("string()"))


def _own_text(element: Any, ids: list[str]) -> str:
    """Return the text of a block without the blocks in it, and without numbers that are results of the ledger."""
    parts = [element.text or ""]
    for child in element:
        name = local(child)
        if name and name not in BLOCKS:
            shown = child.get("data-id") if name == "data" else None
            if shown is not None:
                ids.append(shown)
            parts.append(" " if shown is not None else _own_text(child, ids))
        parts.append(child.tail or "")
    return "".join(parts)


def _all_text(element: Any) -> str:
    """Return all text of an element with spaces between its parts."""
    name = local(element)
    if not name or (name == "data" and element.get("data-id") is not None):
        return ""
    return " ".join([element.text or "", *(f"{_all_text(child)}{child.tail or ''}" for child in element)])


def _pairs(element: Any) -> str:
    """Return a list of terms or a row as one line: term, colon, what it is."""
    texts = [(local(e), " ".join(_all_text(e).split())) for e in element if local(e)]
    return " ".join(f"{text}:" if name == "dt" else f"{text} |" for name, text in texts)


def _read_drawing(where: str, root: Any, channel: str, given: str) -> Iterator[Piece]:
    labels: list[Label] = []
    shapes: list[Shape] = []
    by_id = {
        element.get("id"): element for element in root.iter() if isinstance(element.tag, str) and element.get("id")
    }
    for element, matrix in _walk(root, (1, 0, 0, 1, 0, 0)):
        name = local(element)
        text = "".join(element.itertext()).strip() if name in {"text", "title", "desc", "metadata", "style"} else ""
        if not name:
            yield Text(where, channel, str(element.text or ""))
        elif text:
            yield Text(where, channel, text)
            if name in {"title", "desc"} and not given:
                yield Text(where, ALT, text)
        if name == "text":
            labels.append(Label(text, *place_of(element, matrix)))
        elif name and (box := box_of(element, matrix, by_id)):
            shapes.append(box)
        yield from _drawn_attributes(where, element, channel, given)
    yield Drawing(where, channel, tuple(labels), tuple(shapes))


def _walk(element: Any, matrix: Matrix) -> Iterator[tuple[Any, Matrix]]:
    own = transform_of(element, matrix)
    yield element, own
    if local(element) not in {"defs", "clippath", "symbol"}:
        for child in element:
            yield from _walk(child, own)
    else:
        yield from ((child, own) for child in element.iterdescendants() if local(child) in {"title", "desc", "text"})


def _drawn_attributes(where: str, element: Any, channel: str, given: str) -> Iterator[Piece]:
    if not local(element):
        return
    shown = element.get("data-id", "")
    if shown:
        yield Mark(where, channel, shown, " ".join("".join(element.itertext()).split()))
    for key, value in element.attrib.items():
        name = local_name(str(key))
        if name in GEOMETRY or not value:
            continue
        yield Text(where, channel, value)
        if name in ALTERNATIVES and not given:
            yield Text(where, ALT, value)
        if shown:
            yield Mark(where, channel, shown, value)
