"""Differences within a source: both places, what stands there, and a question."""

from __future__ import annotations

import pandas as pd
import pytest
from conftest import ROOT

from nsoc_lib.differences import Differences, build_differences, tabulate_differences
from nsoc_lib.errors import NsocError
from nsoc_lib.published import SourceTable
from nsoc_lib.sources.tabular import load_table

COLUMNS = ("verschil", "onderwerp", "staat_er", "vindplaats", "staat_ook", "vindplaats_ook", "vraag")
ROW = ("managers", "Managers", "vijf", "§1.1", "vier", "§1.3", "Hoeveel?")


def build(*rows: tuple[str | None, ...]) -> Differences:
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).assign(rij=range(2, len(rows) + 2))
    return build_differences(SourceTable("kader", frame, "herleid", "verschillen_aanpak@x"))


@pytest.fixture(scope="module")
def verschillen() -> Differences:
    path = ROOT / "data/raw/kader/verschillen_aanpak.csv"
    frame = load_table(path, path.name, dict.fromkeys(COLUMNS, "tekst"))
    return build_differences(SourceTable("kader", frame, "herleid", "verschillen_aanpak@x"))


def test_the_source_differs_on_managers_and_on_the_number_of_a_table(verschillen):
    """§1.1 has five teammanagers and §1.3 four; the text says tabel 1.2 and the caption 1.1."""
    said = {d.id: (d.staat_er, d.staat_ook) for d in verschillen.verschillen}
    assert said["teammanagers"] == ("vijf", "vier")
    assert said["tabelnummer"] == ("tabel 1.2", "tabel 1.1")


def test_the_count_is_ours():
    """One difference is counted as one, derived from our own list."""
    count = build(ROW).aantal
    assert (count.id, count.value, count.provenance) == ("kader.verschillen-aanpak.aantal", 1, "herleid")


def test_both_places_are_shown_without_loose_numbers():
    """What stands in the source is quoted as an indication, so that a number word there is accounted for."""
    table = tabulate_differences(build(ROW), "Verschillen.")
    assert table.show().text.splitlines()[2] == "Managers | vijf | §1.1 | vier | §1.3 | Hoeveel?"
    assert '<span class="aanduiding">vijf</span>' in table.grid


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ((ROW, ROW), r"rij 3, kolom verschil\n  gevonden: \"managers\"\n  verwacht: elk verschil een keer"),
        (
            ((*ROW[:4], "vijf", "§1.3", "Hoeveel?"),),
            r"rij 2, kolom staat_ook\n  gevonden: \"vijf\"\n  verwacht: iets anders dan in staat_er",
        ),
        (((*ROW[:6], None),), r"rij 2, kolom vraag\n  gevonden: een lege cel"),
    ],
    ids=["twice", "same", "no-question"],
)
def test_a_wrong_row_is_refused(rows, message):
    """A difference stands once, says two things, and asks something."""
    with pytest.raises(NsocError, match=message):
        build(*rows)
