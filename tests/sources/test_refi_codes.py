"""The codes of a REFI-QDA file: one id for a code, however its hierarchy is written."""

from __future__ import annotations

import pytest
from refi_files import CODES, codebook_xml, codes_xml, guid

from nsoc_lib.errors import NsocError
from nsoc_lib.sources.refi_codes import Codes, build_codes
from nsoc_lib.sources.refi_xml import parse_refi


def build(codes: str, rest: str = "") -> Codes:
    root = parse_refi(codebook_xml(codes, rest).encode(), "codes.qdc")
    return build_codes(root, root.find("Sets"), "codes.qdc")


def one(name: str, *below: str, number: int = 0) -> str:
    return f'<Code guid="{guid(name, number)}" name="{name}" isCodable="true">{"".join(below)}</Code>'


@pytest.mark.parametrize("nested", [True, False])
def test_nested_and_flattened_codes_have_the_same_ids(nested):
    """NVivo nests codes, ATLAS.ti writes Middelen::Geld."""
    found = build(codes_xml(CODES, nested=nested))
    assert [code.pad for code in found.lijst] == list(CODES)
    assert [code.id for code in found.lijst][1] == "Middelen::Geld"
    assert [(note.wat, note.aantal) for note in found.notities] == (
        [] if nested else [('codes met "::" in de naam', 3)]
    )


def test_a_name_may_occur_in_two_branches():
    """Overig under one code is another code than overig under another."""
    found = build(one("geld", one("overig", number=1)) + one("mensen", one("overig", number=2)))
    assert [code.id for code in found.lijst] == ["geld", "geld::overig", "mensen", "mensen::overig"]


def test_a_name_given_twice_in_one_place_gets_a_number():
    """Two codes that cannot be told apart by name stay two codes, with what stands below each."""
    found = build(one("geld", one("veel")) + one("geld", one("weinig"), number=1))
    assert [code.id for code in found.lijst] == ["geld", "geld::veel", "geld (2)", "geld (2)::weinig"]
    assert [(note.soort, note.aantal) for note in found.notities] == [("hernoemd", 1)]


@pytest.mark.parametrize(("given", "codable"), [("false", False), ("0", False), ("true", True), ("", True)])
def test_a_folder_is_no_code(given, codable):
    """What is not codable is a folder; without a word about it a code can be given."""
    [code] = build(f'<Code name="map" isCodable="{given}"/>').lijst
    assert code.codeerbaar == codable


def test_a_definition_is_one_line():
    """A definition is kept without its line ends."""
    [code] = build('<Code name="geld"><Description> over\n  geld </Description></Code>').lijst
    assert code.definitie == "over geld"


def test_groups_of_a_codebook_stand_beside_the_hierarchy():
    """A set in a codebook names its codes by guid."""
    found = build(one("geld"), f'<Sets><Set name="kern"><MemberCode guid="{guid("geld", 0)}"/></Set></Sets>')
    assert found.lijst[0].groepen == ("kern",)


def test_a_guid_is_the_same_with_braces_and_in_capitals():
    """NVivo and others write guids in braces or in capitals."""
    found = build(f'<Code guid="{{{guid("a").upper()}}}" name="geld"/>')
    assert list(found.per_guid) == [guid("a")]


@pytest.mark.parametrize(
    ("codes", "part"),
    [
        ('<Code guid="1"/>', "een code zonder naam"),
        (one("a") + one("a").replace('"a"', '"b"'), "twee codes met een guid"),
    ],
)
def test_a_code_that_cannot_be_known_is_refused(codes, part):
    """A code has a name, and a guid of its own."""
    with pytest.raises(NsocError, match=part):
        build(codes)
