"""XML of others: nothing in it is fetched or filled in, and what is broken is read as far as it goes."""

from __future__ import annotations

from functools import cache
from typing import Any


def parse_xml(content: bytes) -> Any:
    """Return the root element of some XML; None when there is none to be made of it."""
    import lxml.etree

    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=True)
    return lxml.etree.fromstring(content, parser)


def local(element: Any) -> str:
    """Return the name of an element without its namespace, in lower case; empty for a comment or an instruction."""
    tag = element.tag
    return local_name(tag) if isinstance(tag, str) else ""


@cache
def local_name(name: str) -> str:
    """Return the name of an element or attribute without its namespace, in lower case.

    >>> local_name("{http://www.w3.org/2000/svg}clipPath")
    'clippath'
    """
    return name.rsplit("}", 1)[-1].lower()
