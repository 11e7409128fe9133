"""Reading plain CSV tables, checked cell by cell."""

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nsoc_lib.errors import NsocError
from nsoc_lib.sources.tabular import count_rows, load_table, pseudonym

COLUMNS = {"stelling": "tekst", "percentage": "geheel", "maat": "getal"}
HEADER = "stelling,percentage,maat\n"
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20).map(str.strip)
ROWS = st.lists(
    st.tuples(TEXTS, st.integers(-(10**9), 10**9), st.floats(-1e9, 1e9, allow_nan=False)), min_size=1, max_size=8
)


def table(folder: Path, text: str | bytes) -> pd.DataFrame:
    """Return the table that a file with this content gives."""
    path = folder / "tabel.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load_table(path, "data/raw/kader/tabel.csv", COLUMNS)


def refusal(folder: Path, text: str | bytes) -> str:
    """Return the block with which a file is refused."""
    with pytest.raises(NsocError) as raised:
        table(folder, text)
    return str(raised.value)


def test_cells_get_the_kind_of_their_column(tmp_path):
    """Text, whole numbers and numbers come out as such, beside the row of the file."""
    read = table(tmp_path, HEADER + '"doel, gedeeld",84,0.5\ntijd,-3,2\n')
    assert read.to_dict("list") == {
        "stelling": ["doel, gedeeld", "tijd"],
        "percentage": [84, -3],
        "maat": [0.5, 2.0],
        "rij": [2, 3],
    }


def test_an_empty_cell_is_missing(tmp_path):
    """An empty cell is missing, whatever the kind of its column, and whole numbers stay whole."""
    read = table(tmp_path, HEADER + "doel,,\n,84,\n")
    assert read.isna().to_numpy().tolist() == [[False, True, True, False], [True, False, True, False]]
    assert read.loc[1, "percentage"] == 84
    assert str(read["percentage"].dtype) == "Int64"


def test_spaces_around_a_cell_are_dropped(tmp_path):
    """A space before or after a cell is no part of it."""
    assert table(tmp_path, HEADER + "  doel , 84 , 1.5 \n").loc[0, "stelling"] == "doel"


def test_somebody_is_kept_as_a_pseudonym(tmp_path):
    """A ResponseId in a table becomes the same mark as in the cleaned survey, and an empty cell stays empty."""
    path = tmp_path / "koppelingen.csv"
    path.write_text("met,eerste\nmeting-1,R_1\nmeting-1,\n", encoding="utf-8")
    read = load_table(path, "koppelingen.csv", {"met": "tekst", "eerste": "deelnemer"})
    assert read["eerste"].tolist()[0] == pseudonym("R_1")
    assert read["eerste"].isna().tolist() == [False, True]
    assert "R_1" not in read.to_csv()


def test_a_wrong_header_is_refused_with_both_headers(tmp_path):
    """A renamed column is refused with the columns that stand there and those that should."""
    assert refusal(tmp_path, "stelling,procent,maat\ndoel,84,1\n") == (
        "Fout in data/raw/kader/tabel.csv, rij 1\n"
        "  gevonden: de kolommen stelling, procent, maat\n"
        "  verwacht: de kolommen stelling, percentage, maat, in deze volgorde\n"
        "  wat nu:   Verbeter de kopregel, of de kolommen in meting.yml."
    )


@pytest.mark.parametrize(
    "header", ["stelling,percentage", "stelling,percentage,maat,extra", "percentage,stelling,maat", "a;b;c"]
)
def test_a_missing_extra_or_moved_column_is_refused(tmp_path, header):
    """The header is the one that meting.yml describes, no column less, more or elsewhere."""
    assert refusal(tmp_path, f"{header}\ndoel,84,1\n").startswith("Fout in data/raw/kader/tabel.csv, rij 1\n")


def test_a_wrong_cell_is_refused_with_row_and_column(tmp_path):
    """A word where a whole number belongs is quoted with the row and column a spreadsheet shows."""
    assert refusal(tmp_path, HEADER + "doel,84,1\ntijd,drie kwart,1\n") == (
        "Fout in data/raw/kader/tabel.csv, rij 3, kolom percentage\n"
        '  gevonden: "drie kwart"\n'
        "  verwacht: een geheel getal\n"
        "  wat nu:   Verbeter de cel."
    )


@pytest.mark.parametrize("cell", ["84%", "84.0", "84,5", "1e2", "1_000", "9" * 25])
def test_only_a_whole_number_is_a_whole_number(tmp_path, cell):
    """A percent sign, a decimal, an exponent, an underscore or far too many digits make no whole number."""
    assert "rij 2, kolom percentage\n" in refusal(tmp_path, f'{HEADER}doel,"{cell}",1\n')


@pytest.mark.parametrize("cell", ["2,5", "veel", "nan", "inf", "1_000"])
def test_only_a_number_is_a_number(tmp_path, cell):
    """A decimal comma, a word, infinity and what only a programming language calls a number are refused."""
    assert refusal(tmp_path, f'{HEADER}doel,84,"{cell}"\n') == (
        "Fout in data/raw/kader/tabel.csv, rij 2, kolom maat\n"
        f'  gevonden: "{cell}"\n'
        "  verwacht: een getal met een punt\n"
        "  wat nu:   Verbeter de cel."
    )


def test_a_row_of_another_width_is_refused(tmp_path):
    """A row with a cell too many is refused with its number and the usual cause."""
    assert refusal(tmp_path, HEADER + "doel,84,1\ndoel, gedeeld,84,1\n") == (
        "Fout in data/raw/kader/tabel.csv, rij 3\n"
        "  gevonden: 4 cellen\n"
        "  verwacht: 3 cellen\n"
        "  wat nu:   Zet tekst met een komma tussen aanhalingstekens."
    )


@pytest.mark.parametrize("text", ["", HEADER])
def test_a_table_without_rows_is_refused(tmp_path, text):
    """A file that is empty or holds its header alone is refused."""
    assert refusal(tmp_path, text) == (
        "Fout in data/raw/kader/tabel.csv\n"
        "  gevonden: geen enkele rij met gegevens\n"
        "  verwacht: een kopregel (stelling, percentage, maat) en ten minste een rij\n"
        "  wat nu:   Vul de tabel, of haal haar uit meting.yml."
    )


def test_a_table_in_another_encoding_is_refused(tmp_path):
    """A Latin-1 table is refused with the place of the first byte that is not UTF-8."""
    assert refusal(tmp_path, (HEADER + "coördinatie,84,1\n").encode("latin-1")) == (
        "Fout in data/raw/kader/tabel.csv\n"
        "  gevonden: een bestand dat geen UTF-8 is (byte 28)\n"
        "  verwacht: tekst in UTF-8\n"
        "  wat nu:   Exporteer of bewaar het opnieuw met tekencodering UTF-8."
    )


def test_a_missing_table_is_named(tmp_path):
    """A table that is not there is named."""
    with pytest.raises(NsocError, match="gevonden: geen bestand met deze naam"):
        load_table(tmp_path / "weg.csv", "data/raw/kader/weg.csv", COLUMNS)


@pytest.mark.parametrize("row", ['"doel,84,1\n', '"do"el,84,1\n'])
def test_a_quotation_mark_that_does_not_close_is_refused(tmp_path, row):
    """A table with a broken quotation gives one block, not a traceback."""
    assert refusal(tmp_path, HEADER + row).startswith("Fout in data/raw/kader/tabel.csv")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(ROWS)
def test_any_table_reads_back_as_written(tmp_path, rows):
    """Whatever texts and numbers are written to a table, the same come back."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([list(COLUMNS), *rows])
    read = table(tmp_path, text.getvalue())
    written = [(stelling or None, percentage, maat) for stelling, percentage, maat in rows]
    back = [
        (None if pd.isna(stelling) else stelling, percentage, maat)
        for stelling, percentage, maat in zip(read["stelling"], read["percentage"], read["maat"], strict=True)
    ]
    assert back == written


def test_rows_are_counted_without_the_head(tmp_path):
    """A line end inside a cell makes no row."""
    path = tmp_path / "tabel.csv"
    path.write_text('a,b\n1,"twee\nregels"\n3,4\n', encoding="utf-8")
    assert count_rows(path, "tabel.csv") == 2
