"""Read the XML of REFI-QDA: a tree within limits, without document types, entities or references outside."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, TreeBuilder

from nsoc_lib.errors import NsocError

MOST_ELEMENTS = 500_000  # three per coding
MOST_DEPTH = 100
CHUNK = 1_000_000  # bytes; in small ones a tag without end is read over and over
_WHOLE = re.compile(r"[+-]?[0-9]{1,12}")


class _Tree(TreeBuilder):
    """Builds the tree without namespaces and counts while it grows."""

    def __init__(self, where: str) -> None:
        super().__init__()
        self._where, self._depth, self._count = where, 0, 0

    def start(self, tag: str, attributes: dict[str, str], /) -> Element:
        self._depth, self._count = self._depth + 1, self._count + 1
        if self._depth > MOST_DEPTH or self._count > MOST_ELEMENTS:
            raise _refuse_size(self._where, self._depth)
        return super().start(tag.rpartition("}")[2], attributes)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag)


def parse_tree(raw: bytes, where: str) -> Element:
    """Return the root of an XML document, with names without their namespace.

    Raises NsocError for XML that is broken or cut off, has a document type, entities or
    references outside, or has more elements or levels than a project can have.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser, ParseError

    parser = DefusedXMLParser(target=_Tree(where), forbid_dtd=True)
    try:
        for start in range(0, len(raw), CHUNK):
            parser.feed(raw[start : start + CHUNK])
        root: Element = parser.close()
    except DefusedXmlException as error:
        raise NsocError(
            where,
            found="XML met een documenttype, eigen entiteiten of verwijzingen naar buiten",
            expected="XML zoals een programma voor kwalitatieve analyse die schrijft",
            remedy="Vertrouw dit bestand niet; exporteer het project opnieuw.",
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        line = getattr(error, "position", (1, 0))[0]
        raise NsocError(
            f"{where}, regel {line}",
            found="tekst die geen geldige XML is",
            expected="een heel bestand in XML",
            remedy="Exporteer het project opnieuw en bewerk het bestand niet.",
        ) from error
    return root


def _refuse_size(where: str, depth: int) -> NsocError:
    return NsocError(
        where,
        found=f"meer dan {MOST_DEPTH} niveaus" if depth > MOST_DEPTH else f"meer dan {MOST_ELEMENTS} onderdelen",
        expected="een project van een omvang die mensen coderen",
        remedy="Kijk of dit het goede bestand is; exporteer een kleiner deel als het klopt.",
    )


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
