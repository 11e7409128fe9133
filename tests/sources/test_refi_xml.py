"""What the elements of a REFI-QDA file say, whatever program wrote it."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest

from nsoc_lib.sources.refi_xml import read_guid, read_whole


@pytest.mark.parametrize(("given", "guid"), [("{AB-1}", "ab-1"), (" ab-1 ", "ab-1"), ("", "")])
def test_a_guid_is_read_in_one_way(given, guid):
    """Braces and capitals are no part of a guid."""
    assert read_guid(Element("a", {"guid": given})) == guid


@pytest.mark.parametrize(
    ("given", "number"),
    [("12", 12), ("-1", -1), (" 3 ", 3), ("", None), ("1.5", None), ("1_0", None), ("٣", None), ("9" * 5000, None)],
)
def test_a_position_is_a_whole_number_or_nothing(given, number):
    """Digits of other scripts, fractions and numbers without end are no positions."""
    assert read_whole(Element("a", {"b": given}), "b") == number
