"""Read XML from outside: a tree within limits, without document types, entities or references elsewhere."""

from __future__ import annotations

from xml.etree.ElementTree import Element, TreeBuilder

from nsoc_lib.errors import NsocError

MOST_ELEMENTS = 500_000  # three per coding of an interview
MOST_DEPTH = 100
CHUNK = 1_000_000  # bytes; in small ones a tag without end is read over and over


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


def parse_tree(raw: bytes, where: str, maker: str, remedy: str) -> Element:
    """Return the root of an XML document, with names without their namespace.

    ``maker`` is what writes such files and ``remedy`` how to get another one, both for the message. Raises
    NsocError for XML that is broken or cut off, has a document type, entities or references outside, or
    has more elements or levels than people make.
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
            expected=f"XML zoals {maker} die schrijft",
            remedy=f"Vertrouw dit bestand niet. {remedy}",
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        line = getattr(error, "position", (1, 0))[0]
        raise NsocError(
            f"{where}, regel {line}",
            found="tekst die geen geldige XML is",
            expected=f"een heel bestand in XML, zoals {maker} het schrijft",
            remedy=f"{remedy} Bewerk het bestand niet met de hand.",
        ) from error
    return root


def _refuse_size(where: str, depth: int) -> NsocError:
    return NsocError(
        where,
        found=f"meer dan {MOST_DEPTH} niveaus" if depth > MOST_DEPTH else f"meer dan {MOST_ELEMENTS} onderdelen",
        expected="een bestand van een omvang die mensen maken",
        remedy="Kijk of dit het goede bestand is; exporteer een kleiner deel als het klopt.",
    )
