"""A place in the report: an anchor that stays when chapters move, and what a reader finds there."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

_BOOKMARK = re.compile(r"nsoc_[0-9a-f]{20}")
# What moves with the chapters: "tabel 3.1" anywhere, and the number before a title.
_NUMBERING = re.compile(r"\b([Tt]abel|[Ff]iguur|[Pp]aragraaf|[Hh]oofdstuk) (?:\d+|[A-Z]{1,2}|[ivx]+)(?:\.\d+)?\b\.?")
_TITLE_NUMBER = re.compile(r"^\s*(?:\d+|[A-Z]{1,2}|[ivx]+)(?:\.\d+)?\s+(?=[A-Z])")


@dataclass(frozen=True)
class Place:
    """One anchor in the finished report: the number a reader sees it under, and the words that stand there."""

    anchor: str
    label: str
    text: str

    def has(self, passage: str) -> bool:
        """Whether a passage still stands here; white space and the numbers of chapters and tables do not count."""
        return _bare(passage) in _bare(self.text)


def bookmark_name(anchor: str) -> str:
    """Return the name of an anchor in a Word file, where 40 letters, digits and _ are all there may be.

    The name of a bookmark is its own name, so that a place which the report no longer has keeps it.

    >>> bookmark_name("inleiding-kader_3_1")
    'nsoc_ed95cf8821703177cf16'
    >>> bookmark_name("nsoc_ed95cf8821703177cf16")
    'nsoc_ed95cf8821703177cf16'
    """
    return anchor if is_bookmark(anchor) else f"nsoc_{hashlib.sha256(anchor.encode()).hexdigest()[:20]}"


def is_bookmark(name: str) -> bool:
    """Whether this is the name of a bookmark that we made."""
    return _BOOKMARK.fullmatch(name) is not None


def _bare(text: str) -> str:
    return "".join(_NUMBERING.sub(r"\1", _TITLE_NUMBER.sub("", " ".join(text.split()))).split())
