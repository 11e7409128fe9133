"""What stands somewhere twice and should stand there once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

T = TypeVar("T")


def find_double(items: Iterable[T], key: Callable[[T], Hashable]) -> tuple[T, T] | None:
    """Return the first item with the key of an earlier one, after that earlier one; None when all differ.

    >>> find_double(["aap", "noot", "Aap"], str.lower)
    ('aap', 'Aap')
    """
    seen: dict[Hashable, T] = {}
    for item in items:
        if key(item) in seen:
            return seen[key(item)], item
        seen[key(item)] = item
    return None


def first_double(values: Iterable[str]) -> str:
    """Return the first text that stands there a second time; empty when none does.

    >>> first_double(["a", "b", "b"]), first_double(["a"])
    ('b', '')
    """
    double = find_double(values, str)
    return double[1] if double else ""
