"""An earlier report is read from a folder or a zip, and anything else is refused in one block."""

from __future__ import annotations

from pathlib import Path

import pytest
from report_pages import chapter, ledger, page, row, write_report, write_zip

from nsoc_lib.errors import NsocError
from nsoc_lib.sources.earlier_report import read_edition

PAGE = page(chapter("a", "A", "<p>Zin.</p>"))
LEDGER = ledger(row("m.a", "84", "84%"))


def refusal(path: Path) -> str:
    with pytest.raises(NsocError) as raised:
        read_edition(path, "WITH")
    return str(raised.value)


def places(root: Path) -> list[Path]:
    """Return the same report in every way in which it may be given."""
    return [
        write_report(root / "reports", PAGE, LEDGER),
        write_report(root / "uitgepakt/deposit", PAGE, LEDGER).parent,
        write_zip(root / "plat.zip", evaluatierapport_html=PAGE, resultaten_csv=LEDGER, ro_crate="{}"),
        write_zip(root / "map.zip", deposit__evaluatierapport_html=PAGE, deposit__resultaten_csv=LEDGER),
    ]


def test_a_report_is_read_from_a_folder_and_from_a_zip(tmp_path):
    """In the folder or zip itself or in one folder in it: the same edition each time."""
    first, *others = (read_edition(path, "WITH") for path in places(tmp_path))
    assert first.numbers["m.a"]["shown"] == "84%"
    assert all(other == first for other in others)


@pytest.mark.parametrize(
    ("members", "found"),
    [
        ({"readme_html": "x"}, "geen evaluatierapport.html"),
        ({"evaluatierapport_html": PAGE}, "een rapport zonder resultaten.csv"),
        ({"a__evaluatierapport_html": PAGE, "b__evaluatierapport_html": PAGE}, "2 rapporten naast elkaar"),
        ({"evaluatierapport_html": PAGE, "resultaten_csv": "a,b\n"}, "geen kolom id"),
        (
            {"evaluatierapport_html": PAGE, "resultaten_csv": LEDGER + LEDGER.split("\n")[1]},
            "een id die twee keer voorkomt",
        ),
        ({"evaluatierapport_html": "<p>x</p>", "resultaten_csv": LEDGER}, "een pagina zonder titel of hoofdstukken"),
        (
            {"evaluatierapport_html": PAGE, "..__resultaten_csv": LEDGER},
            'een zipbestand met de naam "../resultaten.csv"',
        ),
        ({"evaluatierapport_html": "\0" * 30_000_000}, '"evaluatierapport.html", dat uitgepakt te groot is'),
    ],
)
def test_a_zip_that_is_no_report_is_refused(tmp_path, members, found):
    """What was found is said, and every refusal tells what to give instead."""
    text = refusal(write_zip(tmp_path / "eerder.zip", **members))
    assert f"  gevonden: {found}" in text
    assert text.endswith("  wat nu:   Geef deposit.zip van make package, of de map van een eerder rapport.")


def test_a_name_that_is_not_there_is_refused(tmp_path):
    """The block names what was asked for."""
    assert refusal(tmp_path / "weg.zip") == (
        "Fout in WITH\n"
        "  gevonden: geen bestand of map met deze naam\n"
        "  verwacht: een eerder rapport\n"
        "  wat nu:   Geef deposit.zip van make package, of de map van een eerder rapport."
    )


def test_a_file_that_is_no_zip_is_refused(tmp_path):
    """The page alone, without its ledger, is not enough."""
    path = write_report(tmp_path, PAGE, LEDGER) / "evaluatierapport.html"
    assert "een zipbestand dat beschadigd of niet heel is" in refusal(path)


def test_an_empty_folder_is_refused(tmp_path):
    """A folder in which nothing was made yet holds no report."""
    assert "  gevonden: geen evaluatierapport.html" in refusal(tmp_path)


def test_a_page_in_another_encoding_is_refused(tmp_path):
    """Somebody saved it anew; the block says at which byte that shows."""
    folder = write_report(tmp_path / "reports", PAGE, LEDGER)
    (folder / "evaluatierapport.html").write_bytes(b"co\xf6rdinatie")
    assert "  gevonden: een bestand dat geen UTF-8 is (byte 3)\n  verwacht: tekst in UTF-8\n" in refusal(folder)
