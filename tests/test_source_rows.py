"""A row of a transcribed table: each cell is checked, and a refusal says where it stands."""

from __future__ import annotations

import pandas as pd
import pytest

from nsoc_lib.errors import NsocError
from nsoc_lib.source_rows import SourceRow, SourceTable, read_rows


def row(**cells: object) -> SourceRow:
    frame = pd.DataFrame([cells | {"rij": 7}])
    return read_rows(SourceTable("kader", frame, "gepubliceerd", "proef@abc"))[0]


def test_the_place_is_table_folder_row_and_column():
    """The row is numbered as a spreadsheet shows it."""
    assert row(a="x").place("a") == "tabel proef van kader, rij 7, kolom a"
    assert row(a="x").place() == "tabel proef van kader, rij 7"


def test_an_empty_cell_is_an_empty_text_and_no_number():
    """Missing values of pandas never reach a sentence."""
    assert (row(a=None).text("a"), row(a=float("nan")).text("a"), row(a=pd.NA).whole("a")) == ("", "", None)
    assert (row(a="  x ").text("a"), row(a=12).whole("a")) == ("x", 12)


def test_a_cell_that_must_hold_text_says_that_it_is_empty():
    """The refusal names the row, what was found and what to do."""
    with pytest.raises(NsocError, match=r"rij 7, kolom a\n  gevonden: een lege cel\n  verwacht: tekst in deze cel"):
        row(a=None).filled("a")


def test_a_choice_is_one_of_the_values():
    """An empty cell may be one of them, and is named so in the list."""
    assert (row(a="ja").choice("a", ("ja", "nee")), row(a=None).choice("a", ("", "ja"))) == ("ja", "")
    with pytest.raises(NsocError, match=r'gevonden: "soms"\n  verwacht: een van: leeg, ja, nee'):
        row(a="soms").choice("a", ("", "ja", "nee"))


def test_several_choices_stand_in_one_cell_with_spaces_between():
    """Each of them is one of the values; an empty cell holds none."""
    assert (row(a="v2 v1").choices("a", ("v1", "v2")), row(a=None).choices("a", ("v1",))) == (("v2", "v1"), ())
    with pytest.raises(NsocError, match='gevonden: "v9"'):
        row(a="v1 v9").choices("a", ("v1", "v2"))


@pytest.mark.parametrize("text", ["2024", "2024-02", "2024-02-29"])
def test_a_date_is_a_day_a_month_or_a_year(text):
    """An ISO date comes back as it stands, and an empty cell as an empty text."""
    assert row(a=text).moment("a") == text
    assert row(a=None).moment("a") == ""


@pytest.mark.parametrize("text", ["2023-02-29", "2024-13", "mei 2024", "24-01", "2024-1"])
def test_a_date_that_does_not_exist_is_refused(text):
    """Another notation and an impossible date are both named as they stand."""
    with pytest.raises(NsocError, match=f'gevonden: "{text}"'):
        row(a=text).moment("a")
