"""What the elements of a REFI-QDA file say, in one way of writing; and how such a file is parsed."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from nsoc_lib.sources.xml_tree import parse_tree

_WHOLE = re.compile(r"[+-]?[0-9]{1,12}")


def parse_refi(raw: bytes, where: str) -> Element:
    """Return the root of a project or codebook. Raises NsocError as ``parse_tree`` does."""
    return parse_tree(raw, where, "een programma voor kwalitatieve analyse", "Exporteer het project opnieuw.")


def read_guid(element: Element, name: str = "guid") -> str:
    """Return a guid in one way of writing: with or without braces, in capitals or not; empty when absent."""
    return element.get(name, "").strip().strip("{}").lower()


def read_name(element: Element) -> str:
    """Return the name of something on one line; empty when absent."""
    return " ".join(element.get("name", "").split())


def read_whole(element: Element, name: str) -> int | None:
    """Return a whole number; None when it is absent or is no number."""
    text = element.get(name, "").strip()
    return int(text) if _WHOLE.fullmatch(text) else None


def read_description(element: Element) -> str:
    """Return the description of something as one line of text."""
    return " ".join((element.findtext("Description") or "").split())
