"""XML from outside: a tree without namespaces, and limits that hold before memory is full."""

from __future__ import annotations

import time

import pytest

from nsoc_lib.errors import NsocError
from nsoc_lib.sources.xml_tree import parse_tree

MADE = "een programma", "Exporteer opnieuw."


def refusal(xml: str) -> str:
    with pytest.raises(NsocError) as raised:
        parse_tree(xml.encode(), "codes.qdc", *MADE)
    return str(raised.value)


@pytest.mark.parametrize(
    "xml", ['<a xmlns="urn:x"><b/></a>', '<x:a xmlns:x="urn:x"><x:b/></x:a>', "<a><b/></a>", "\ufeff<a><b/></a>"]
)
def test_a_namespace_makes_no_difference(xml):
    """Programs write the namespace as default, with a prefix or not at all."""
    root = parse_tree(xml.encode(), "codes.qdc", *MADE)
    assert [root.tag, *(child.tag for child in root)] == ["a", "b"]


def test_xml_in_utf_16_is_read():
    """The standard says UTF-8; XML itself says which encoding it has."""
    assert parse_tree('<a name="één"/>'.encode("utf-16"), "codes.qdc", *MADE).get("name") == "één"


def test_broken_xml_names_its_line():
    """A file that was cut off is refused with the line where it stops making sense."""
    assert refusal("<a>\n<b>\n</a>") == (
        "Fout in codes.qdc, regel 3\n"
        "  gevonden: tekst die geen geldige XML is\n"
        "  verwacht: een heel bestand in XML, zoals een programma het schrijft\n"
        "  wat nu:   Exporteer opnieuw. Bewerk het bestand niet met de hand."
    )


@pytest.mark.parametrize(
    ("xml", "part"),
    [
        ("<a>" * 5_000_000, "meer dan 100 niveaus"),
        ("<a>" + "<b/>" * 5_000_000, "meer dan 500000 onderdelen"),
        ("<a " + " ".join(f'b{n}=""' for n in range(150_000)), "geen geldige XML"),
    ],
    ids=["levels", "elements", "attributes"],
)
def test_xml_without_end_is_refused_within_seconds(xml, part):
    """The tree is counted while it grows, and a tag without end is not read over and over."""
    began = time.monotonic()
    assert part in refusal(xml)
    assert time.monotonic() - began < 8
