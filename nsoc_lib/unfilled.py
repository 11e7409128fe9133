"""What somebody must still fill in: places that ``make new-meting`` left open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nsoc_lib.entries import Entry
from nsoc_lib.errors import NsocError, enumerate_nl

VUL_IN = "vul in"


def refuse_unfilled(raw: Entry) -> Entry:
    """Return the entry, or raise one NsocError that names every key that still says ``vul in``."""
    open_keys = list(dict.fromkeys(_open_keys(raw.values, "")))
    if open_keys:
        raise NsocError(
            raw.where,
            found=f'nog "{VUL_IN}" bij: {enumerate_nl(open_keys, most=20)}',
            expected="bij elke sleutel een waarde",
            remedy="Vul deze sleutels in. make doctor FILE=… zegt wat een export is en welk formaat hij heeft; "
            "make codebook FILE=… doet een voorstel voor het codeboek.",
        )
    return raw


def _open_keys(value: Any, key: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _open_keys(inner, str(name))
    elif isinstance(value, list):
        for inner in value:
            yield from _open_keys(inner, key)
    elif value == VUL_IN:
        yield key
