"""Characters that nobody sees but that steer: a terminal, the direction of a text, a parser."""

from __future__ import annotations

import re

# C0 and C1 without tab and line ends; marks, embeddings, overrides and isolates of direction; half pairs; non-characters.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
IN_ITS_PLACE = "\N{REPLACEMENT CHARACTER}"


def show_unseen(text: str) -> str:
    r"""Return a text with a visible mark for each character that steers instead of being read.

    >>> show_unseen("rood: \x1b[31m")
    'rood: \ufffd[31m'
    """
    return UNSEEN.sub(IN_ITS_PLACE, text)


def find_unseen(text: str) -> str:
    r"""Return the first such character by its number, as ``U+202E``; empty when there is none.

    >>> find_unseen("a\u202eb"), find_unseen("gewoon")
    ('U+202E', '')
    """
    found = UNSEEN.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""
