"""The one error a researcher sees: where it is, what was found, what was expected, what to do."""

from __future__ import annotations

import os
import re
import traceback
from collections.abc import Iterable
from typing import Protocol, TypeVar

from nsoc_lib.characters import visible


class NsocError(Exception):
    """Stop the run with a block that a researcher can act on.

    All four texts are Dutch and meant for the screen. ``where`` names the file and,
    where it applies, row, column or key; ``found`` quotes what stands there.
    """

    def __init__(self, where: str, *, found: str, expected: str, remedy: str) -> None:
        super().__init__(where, found, expected, remedy)
        self.where = where
        self.found = found
        self.expected = expected
        self.remedy = remedy

    def __reduce__(self) -> tuple[object, ...]:
        # Workers send errors to the parent by pickle, which cannot call keyword arguments.
        return (_rebuild, (self.where, self.found, self.expected, self.remedy))

    def __str__(self) -> str:
        return "\n".join(
            [
                f"Fout in {self.where}",
                f"  gevonden: {self.found}",
                f"  verwacht: {self.expected}",
                f"  wat nu:   {self.remedy}",
            ]
        )

    def on_screen(self) -> str:
        """Return the block as a researcher sees it: what it quotes is short, and steers no screen."""
        found, expected, remedy = map(_quote, (self.found, self.expected, self.remedy))
        return str(NsocError(_quote(self.where), found=found, expected=expected, remedy=remedy))

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook shows of it, as IPython asks: the block alone, and with ``DEBUG`` what led to it."""
        led_to = traceback.format_exception(self) if os.environ.get("DEBUG") else []
        return [*"".join(led_to).splitlines(), *self.on_screen().splitlines()]

    @classmethod
    def read(cls, block: str) -> NsocError | None:
        """Read an error back from its block, as it comes out of a kernel; None for other text."""
        match = _BLOCK.fullmatch(block)
        return cls(match[1], found=match[2], expected=match[3], remedy=match[4]) if match else None


def unknown_value(
    where: str, value: object, known: Iterable[str], remedy: str = "Verbeter de waarde in de tabel."
) -> NsocError:
    """Return the error for a value that is none of those known; an empty text among them reads as ``leeg``.

    >>> unknown_value("tabel t, rij 2", "x", ["a", "b"]).expected
    'een van: a, b'
    """
    options = enumerate_nl([name or "leeg" for name in known], most=20)
    return NsocError(
        where, found=f'"{value}"' if value else "een lege cel", expected=f"een van: {options}", remedy=remedy
    )


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_N = TypeVar("_N", bound=_Named)


def select_named(where: str, items: Iterable[_N], name: str) -> _N:
    """Return the item whose ``id`` is a name given in a notebook. Raises NsocError when there is none."""
    known = {item.id: item for item in items}
    if name not in known:
        raise unknown_value(where, name, known, "Verbeter de naam in het notebook.")
    return known[name]


MOST_QUOTED = 1000  # characters of one line of a block: a cell can hold millions


def _quote(text: str) -> str:
    """Return a text of a block as it may be shown; its own lines stand below each other, so they are no line of ours."""
    left_out = len(text) - MOST_QUOTED
    shown = f"{text[:MOST_QUOTED]}… (en nog {left_out} tekens)" if left_out > 0 else text
    return visible(shown.replace("\r\n", "\n")).replace("\n", "\n            ")


_BLOCK = re.compile(r"Fout in (.*)\n  gevonden: (.*)\n  verwacht: (.*)\n  wat nu:   (.*)", re.DOTALL)


def _rebuild(where: str, found: str, expected: str, remedy: str) -> NsocError:
    return NsocError(where, found=found, expected=expected, remedy=remedy)


def enumerate_nl(words: list[str], most: int = 8) -> str:
    """Join words as a Dutch enumeration for a message, cut after ``most`` with a count.

    >>> enumerate_nl(["a", "b", "c"])
    'a, b, c'
    >>> enumerate_nl(["a", "b", "c"], most=2)
    'a, b en nog 1'
    """
    if len(words) <= most:
        return ", ".join(words)
    return f"{', '.join(words[:most])} en nog {len(words) - most}"
