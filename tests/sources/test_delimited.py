"""Delimited text as survey programs save it: encoding, separator, zip, and what is refused before it fills memory."""

import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from qualtrics_files import delimited, zipped

from nsoc_lib.errors import NsocError
from nsoc_lib.sources import delimited as module
from nsoc_lib.sources.delimited import Delimited, load_delimited
from nsoc_lib.sources.export import Note

WHERE = "data/raw/meting-1/export.csv"
ROWS = [["vraag", "toelichting"], ["Eens", "één, twee; drie"], ["", 'zei "ja"\nen ging']]
CELLS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\r"), max_size=12)
FUZZ = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def load(folder: Path, content: bytes) -> Delimited:
    path = folder / "export.csv"
    path.write_bytes(content)
    return load_delimited(path, WHERE)


def outcome(folder: Path, content: bytes) -> Delimited | NsocError:
    """Return what a file ends in; anything but rows or a message for the researcher fails the test."""
    try:
        return load(folder, content)
    except NsocError as error:
        return error


def refusal(folder: Path, content: bytes) -> str:
    with pytest.raises(NsocError) as raised:
        load(folder, content)
    return str(raised.value)


@pytest.mark.parametrize(("encoding", "name"), [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16")])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_every_encoding_and_separator_gives_the_same_cells(tmp_path, encoding, name, separator):
    """A file with commas, semicolons or tabs, in UTF-8 with or without mark or in UTF-16, holds the same cells."""
    table = load(tmp_path, delimited(ROWS, separator).encode(encoding))
    assert [list(row) for row in table.rijen] == ROWS
    assert (table.codering, table.scheiding) == (name, separator)


def test_big_endian_utf_16_is_read_by_its_mark(tmp_path):
    """The byte order mark tells the order of the bytes."""
    assert load(tmp_path, "\ufeffa,é\n".encode("utf-16-be")).rijen == (("a", "é"),)


def test_a_separator_other_than_a_comma_is_noted(tmp_path):
    """That cells are separated by semicolons is read off the first line, which a researcher must be able to check."""
    assert load(tmp_path, b"a;b\n1;2\n").notities == (
        Note("aangenomen", "puntkomma's tussen de cellen", "zo is de kopregel", 2),
    )
    assert load(tmp_path, b"a,b\n1,2\n").notities == ()


def test_separators_inside_quotation_marks_do_not_count(tmp_path):
    """A question text full of commas and line ends does not hide that the cells are separated by semicolons."""
    table = load(tmp_path, b'"een, twee, drie,\nvier";b\n1;2\n')
    assert table.rijen == (("een, twee, drie,\nvier", "b"), ("1", "2"))


def test_a_line_that_tells_excel_the_separator_is_left_out_and_noted(tmp_path):
    """``sep=;`` is no row: a spreadsheet does not show it, and neither do the row numbers."""
    table = load(tmp_path, b"sep=;\r\na;b,c\r\n1;2\r\n")
    assert table.rijen == (("a", "b,c"), ("1", "2"))
    assert [(note.soort, note.aantal) for note in table.notities] == [("weggelaten", 1)]


def test_a_last_row_without_line_end_is_noted(tmp_path):
    """A file that broke off between two cells looks whole but for its line end, so that is told."""
    table = load(tmp_path, b"a,b\n1,")
    assert table.rijen == (("a", "b"), ("1", ""))
    assert table.notities == (Note("aangenomen", "de laatste rij is heel", "het bestand eindigt zonder regeleinde", 1),)


def test_an_empty_line_keeps_its_row(tmp_path):
    """Rows keep the numbers that a spreadsheet shows."""
    assert load(tmp_path, b"a,b\n\n1,2\n").rijen == (("a", "b"), (), ("1", "2"))


def test_an_empty_file_has_no_rows(tmp_path):
    """What is missing in it, the reader of the program says."""
    assert load(tmp_path, b"").rijen == ()


def test_the_one_table_in_a_zip_is_read_and_noted(tmp_path):
    """A zip as Qualtrics sends it, also from a Mac, with its folder of shadows."""
    content = zipped({"map/Onderzoek.csv": b"a,b\n1,2\n", "__MACOSX/map/._Onderzoek.csv": b"x", "leesmij.txt": b"hoi"})
    table = load(tmp_path, content)
    assert table.rijen == (("a", "b"), ("1", "2"))
    assert table.notities == (Note("aangenomen", "Onderzoek.csv uit het zipbestand", "de enige tabel", 1),)


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"leesmij.txt": b"hoi"}, "een zipbestand zonder tabel"),
        ({"a.csv": b"a", "b.tsv": b"b"}, "2 tabellen in het zipbestand (a.csv, b.tsv)"),
        ({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}, "een bestand van Excel of Word"),
        ({"../a.csv": b"a,b"}, 'een zipbestand met de naam "../a.csv"'),
        ({"/etc/a.csv": b"a,b"}, 'een zipbestand met de naam "/etc/a.csv"'),
        ({"..\\a.csv": b"a,b"}, 'een zipbestand met de naam "..\\a.csv"'),
        ({"C:/a.csv": b"a,b"}, 'een zipbestand met de naam "C:/a.csv"'),
        ({"a.csv": b"a,b", "map/../../weg.txt": b""}, 'een zipbestand met de naam "map/../../weg.txt"'),
        ({f"{n}.txt": b"" for n in range(1001)}, "1001 bestanden"),
    ],
)
def test_a_zip_that_is_not_just_the_export_is_refused(tmp_path, files, found):
    """No table, two tables, an Excel file, a name that climbs out, or a crowd of files."""
    assert f"  gevonden: {found}\n" in refusal(tmp_path, zipped(files))


def test_a_climbing_name_is_refused_whole(tmp_path):
    """The message tells not to trust the file."""
    assert refusal(tmp_path, zipped({"../../a.csv": b"a,b\n"})) == (
        "Fout in data/raw/meting-1/export.csv\n"
        '  gevonden: een zipbestand met de naam "../../a.csv"\n'
        "  verwacht: een zipbestand met alleen de export, zoals het programma het maakt\n"
        "  wat nu:   Vertrouw dit bestand niet; download de export opnieuw."
    )
    assert [path.name for path in tmp_path.rglob("*")] == ["export.csv"]


def test_a_bomb_in_a_zip_is_refused_while_it_is_read(tmp_path):
    """A small zip that holds more than a survey can be is refused, whatever size its own list gives."""
    bomb = zipped({"a.csv": b"0" * (module.MOST_BYTES + 1)})
    assert len(bomb) < 200_000
    assert refusal(tmp_path, bomb) == (
        "Fout in data/raw/meting-1/export.csv, in het zipbestand\n"
        "  gevonden: meer dan 100 MB\n"
        "  verwacht: de antwoorden op een vragenlijst\n"
        "  wat nu:   Kijk of dit het goede bestand is; bewaar of exporteer minder kolommen als het klopt."
    )


def test_a_bomb_never_fills_the_memory(tmp_path, monkeypatch):
    """No more of a zip is unpacked than may be read, whatever the size of what is in it."""
    bomb = zipped({"a.csv": b"0" * 50_000_000})
    monkeypatch.setattr(module, "MOST_BYTES", 100_000)
    tracemalloc.start()
    assert "in het zipbestand" in refusal(tmp_path, bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_in_a_method_without_limit_is_refused(tmp_path, method):
    """Only what can be unpacked up to a limit is unpacked."""
    assert "een zipbestand dat niet te lezen is" in refusal(tmp_path, zipped({"a.csv": b"a,b\n"}, method))


def test_a_truncated_zip_is_refused(tmp_path):
    """A download that broke off is refused."""
    content = zipped({"a.csv": b"a,b\n" * 1000})
    assert refusal(tmp_path, content[:-30]) == (
        "Fout in data/raw/meting-1/export.csv\n"
        "  gevonden: een zipbestand dat niet te lezen is\n"
        "  verwacht: een heel zipbestand zonder wachtwoord, met een csv of tsv erin\n"
        "  wat nu:   Download de export opnieuw, of pak het bestand zelf uit en gebruik de csv."
    )


def test_a_file_larger_than_a_survey_is_refused_unread(tmp_path, monkeypatch):
    """The size is looked at before the file is opened."""
    monkeypatch.setattr(module, "MOST_BYTES", 10)
    monkeypatch.setattr(module, "load_bytes", lambda _path, _where: pytest.fail("the file was read"))
    assert "gevonden: meer dan" in refusal(tmp_path, b"a,b\n1,2\n3,4\n")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("é".encode("latin-1"), "een bestand dat geen UTF-8 is (byte 1)"),
        (b"\xff\xfea\x00b", "een bestand dat geen UTF-16 is (byte 5)"),
        ("a,b\n".encode("utf-16-le"), "een teken dat geen tekst is (teken 2)"),
        (b"\x89PNG\r\n\x1a\n", "een bestand dat geen UTF-8 is (byte 1)"),
        (b"$FL2@(#) SPSS DATA FILE\0\0", "een teken dat geen tekst is (teken 24)"),
        (b'a,b\n"open,1\n', "tekst die geen geldige CSV is"),
        (b'a,b\n"een"twee,1\n', "tekst die geen geldige CSV is"),
        (b'a,b\n"' + b"x" * 140_000 + b'",1\n', "een cel van meer dan 131072 tekens"),
    ],
)
def test_what_is_no_delimited_text_is_refused(tmp_path, content, found):
    """Another encoding, another kind of file, a quotation mark that does not close and an endless cell."""
    assert f"  gevonden: {found}\n" in refusal(tmp_path, content)


def test_a_missing_file_is_named(tmp_path):
    """A file that is not there is named as the researcher knows it."""
    with pytest.raises(NsocError, match="geen bestand met deze naam"):
        load_delimited(tmp_path / "weg.csv", WHERE)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b",".join([b"k"] * 10_001), "10001 kolommen"),
        (b"," * 5_000_000, "5000001 kolommen"),
        (b"a,b\n" + b",\n" * 2_500_000, "al 5000002 cellen"),
    ],
)
def test_a_table_that_no_survey_has_is_refused_within_seconds(tmp_path, content, found):
    """Too many columns or cells give a message, not a machine without memory."""
    start = time.monotonic()
    assert f"  gevonden: {found}\n" in refusal(tmp_path, content)
    assert time.monotonic() - start < 10


@FUZZ
@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=5), st.sampled_from(["utf-8", "utf-16"]))
def test_any_cells_read_back_as_written(tmp_path, rows, encoding):
    """Whatever stands in the cells below a plain header comes back as it was."""
    whole = [["q1", "q2", "q3"], *rows]
    assert [list(row) for row in load(tmp_path, delimited(whole).encode(encoding)).rijen] == whole


@FUZZ
@given(st.binary(max_size=200), st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"sep=;\n"]))
def test_any_bytes_end_in_rows_or_a_message(tmp_path, content, start):
    """No file makes the reader fall."""
    assert isinstance(outcome(tmp_path, start + content), Delimited | NsocError)


@FUZZ
@given(st.integers(0, 400), st.integers(0, 255))
def test_a_zip_with_a_damaged_byte_ends_in_rows_or_a_message(tmp_path, place, value):
    """A zip damaged anywhere is read or refused."""
    content = bytearray(zipped({"a.csv": b"a,b\n1,2\n", "map/b.txt": b"x" * 50}))
    content[place % len(content)] = value
    assert isinstance(outcome(tmp_path, bytes(content)), Delimited | NsocError)
