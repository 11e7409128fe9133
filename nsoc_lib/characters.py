"""Characters that nobody sees but that steer: a terminal, the direction of a text, a parser."""

from __future__ import annotations

import re
import unicodedata

# C0 and C1 without tab and line ends; marks, embeddings, overrides and isolates of direction; half pairs; non-characters.
STEERING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
# On a screen also what shows nothing or ends a line: spaces without width, joiners, separators, a carriage return.
UNSEEN = re.compile(f"{STEERING.pattern[:-1]}\r\u200b-\u200d\u2028\u2029\u2060-\u206f\ufeff]")
IN_ITS_PLACE = "\N{REPLACEMENT CHARACTER}"


def visible(text: str) -> str:
    r"""Return a text for the screen, with its code in place of every character that steers or shows nothing.

    >>> visible("\x1b[31mrood")
    '<U+001B>[31mrood'
    """
    return UNSEEN.sub(lambda found: f"<{_code(found[0])}>", text)


def mark_steering(text: str) -> str:
    r"""Return a text to publish, with a visible mark for each character that steers instead of being read.

    Not its code: that looks like HTML, and what is published may be HTML. Joiners stay, as some scripts need them.

    >>> mark_steering("rood: \x1b[31m")
    'rood: \ufffd[31m'
    """
    return STEERING.sub(IN_ITS_PLACE, text)


def on_one_line(text: str) -> str:
    r"""Return a text on one line, without characters that steer instead of being read.

    >>> on_one_line("een\n\x1b twee")
    'een twee'
    """
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def without_accents(text: str) -> str:
    """Return a text in plain letters, as names of ours are; what has no plain letter is left out.

    >>> without_accents("Coördinerend Overleg")
    'Coordinerend Overleg'
    """
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def find_steering(text: str) -> str:
    r"""Return the first character that steers by its code; empty when there is none.

    >>> find_steering("a\u202eb"), find_steering("gewoon")
    ('U+202E', '')
    """
    found = STEERING.search(text)
    return _code(found[0]) if found else ""


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"
