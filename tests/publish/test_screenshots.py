"""Pictures of the report: what is missing is told; the pictures themselves are taken of a whole report elsewhere."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from nsoc_lib.errors import NsocError
from nsoc_lib.publish.screenshots import PICTURES, take_screenshots


def test_without_playwright_the_message_says_where_it_comes_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Playwright belongs to the tests; an environment without it can make a report but no pictures."""
    (tmp_path / "evaluatierapport.html").write_text("<title>x</title>", encoding="utf-8")
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    with pytest.raises(NsocError) as raised:
        take_screenshots(tmp_path)
    assert str(raised.value) == (
        "Fout in deze omgeving\n"
        "  gevonden: geen playwright\n"
        "  verwacht: het pakket playwright, dat bij de tests hoort\n"
        "  wat nu:   Gebruik de omgeving die make zelf maakt (laat PYTHON= weg), of installeer playwright."
    )
    assert not (tmp_path / "schermbeelden").exists()


def test_no_two_pictures_share_a_file() -> None:
    """A picture has the name of its file."""
    assert len({picture.name for picture in PICTURES}) == len(PICTURES)
