"""The markup of ours: the shapes by which a pass finds what it changes, and a walk that copies the rest as it stands."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any, TypeVar

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

NUMBER = re.compile(r'<data class="cijfer" data-id="(?P<id>[^"]+)" value="[^"]*">[^<]*</data>')
NUMBER_PLACE = '<span class="aanduiding nummer"></span>'  # where a figure or table gets its number
CAPTIONED = re.compile(r'<figure class="(figuur|tabel)" id="([^"]+)"[^>]*>')
FIGURE = re.compile(rf"{CAPTIONED.pattern}(.*?)</figure>", re.DOTALL)
REFERENCE = re.compile(r'<a class="aanduiding verwijzing" href="#(?P<target>[^"]+)">[^<]*</a>')
HEADING = re.compile(r'<h([1-6])\b[^>]*? id="([^"]*)"[^>]*>(.*?)</h\1>', re.DOTALL)  # anchored, as all are by now
_OWN_LINK = re.compile(r'<a class="anchor-link".*?</a>')  # nbconvert lets each heading point at itself

Opened = TypeVar("Opened", bound=tuple[Any, ...])


def title_of(heading: re.Match[str]) -> str:
    """Return the text of what ``HEADING`` found, which may hold markup."""
    return _OWN_LINK.sub("", heading[3]).strip()


def drawing_in(markup: str) -> str:
    """Return the first drawing in some markup; empty when there is none."""
    start = markup.find("<svg")
    return markup[start : markup.index("</svg>", start) + len("</svg>")] if start >= 0 else ""


def close_element(opened: list[Opened], tag: str) -> None:
    """Take an element, and what was left open in it, from those that are open, each led by its tag.

    The end of what was never opened changes nothing.
    """
    for position in range(len(opened) - 1, -1, -1):
        if opened[position][0] == tag:
            del opened[position:]
            break


class Copier(HTMLParser):
    """Copies what it is fed into ``copy``, piece by piece. A pass overrides what it changes and appends that itself."""

    def __init__(self, *, convert_charrefs: bool = False) -> None:
        super().__init__(convert_charrefs=convert_charrefs)
        self.copy: list[str] = []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.copy.append(self.get_starttag_text() or "")

    def parse_endtag(self, i: int) -> int:
        end = super().parse_endtag(i)
        self.copy.append(self.rawdata[i:end])  # as it stands: a name in a drawing minds its case
        return end

    def handle_data(self, data: str) -> None:
        self.copy.append(data)

    def handle_entityref(self, name: str) -> None:
        self.copy.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.copy.append(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self.copy.append(f"<!{decl}>")

    def handle_comment(self, data: str) -> None:
        self.copy.append(f"<!--{data}-->")
