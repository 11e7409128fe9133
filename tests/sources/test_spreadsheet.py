"""Reading an Excel file: one sheet with data, values and never formulas, nothing joined, nothing guessed."""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from nsoc_lib.errors import NsocError
from nsoc_lib.sources.export import Export, Note
from nsoc_lib.sources.spreadsheet import load_spreadsheet

WHERE = "data/raw/meting-3/antwoorden.xlsx"


def book_bytes(sheets, change=None):
    """Return a workbook with these rows per sheet; ``change`` may do more to the first sheet."""
    book, buffer = Workbook(), io.BytesIO()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    if change:
        change(book.worksheets[0])
    book.save(buffer)
    return buffer.getvalue()


def with_part(content, name, change):
    """Return the workbook with one of its parts changed, as another program would have written it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return buffer.getvalue()


def load(folder, content, blad=""):
    path = folder / "antwoorden.xlsx"
    path.write_bytes(content)
    return load_spreadsheet(path, WHERE, blad)


def refusal(folder, content, blad=""):
    with pytest.raises(NsocError) as raised:
        load(folder, content, blad)
    return str(raised.value)


SIMPLE = {"Blad1": [["doel", "tijd"], [1, "Eens"]]}
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1, "1"), (1.0, "1"), (1.5, "1.5"), (True, "True"), (False, "False"), (None, ""), (" Eens ", "Eens"),
        (datetime.fromisoformat("2024-01-02"), "2024-01-02"), (date(2024, 1, 2), "2024-01-02"), (time(9, 5), "09:05:00"),
        (datetime.fromisoformat("2024-01-02T03:04:05"), "2024-01-02 03:04:05"), (timedelta(hours=30), "30:00:00"), ("é\n漢", "é\n漢"),
    ],
)  # fmt: skip
def test_a_cell_is_text_as_a_researcher_would_type_it(tmp_path, value, text):
    """Whole numbers have no point, dates are ISO text, truth is True or False, empty is empty."""
    export = load(tmp_path, book_bytes({"Blad1": [["nr", "doel"], [7, value]]}))
    assert export.responses[0].cells["doel"] == text


def test_rows_keep_their_number_and_empty_rows_are_nobody(tmp_path):
    """The row is the one that Excel shows; an empty row, or one of spaces, is no respondent."""
    export = load(tmp_path, book_bytes({"Blad1": [["doel"], ["Eens"], [], [" "], ["Oneens"]]}))
    assert [(response.rij, response.response_id) for response in export.responses] == [(2, "2"), (5, "5")]
    assert (export.programma, export.rijen_gelezen) == ("Excel", 2)


def test_other_sheets_are_told(tmp_path):
    """An empty sheet is left out with a note."""
    export = load(tmp_path, book_bytes(SIMPLE | {"Leeg": []}))
    assert Note("weggelaten", "blad Leeg", "leeg, of een ander blad is genoemd", 1) in export.notities


def test_several_sheets_with_data_need_a_name(tmp_path):
    """Which of two sheets holds the answers is for the researcher to say."""
    content = book_bytes(SIMPLE | {"Uitleg": [["Dit is uitleg"]]})
    assert refusal(tmp_path, content) == (
        "Fout in data/raw/meting-3/antwoorden.xlsx\n"
        "  gevonden: 2 bladen met gegevens (Blad1, Uitleg)\n"
        "  verwacht: een blad met antwoorden\n"
        "  wat nu:   Zet in meting.yml bij de enquete blad: met de naam van het blad."
    )
    assert load(tmp_path, content, "Blad1").responses[0].cells["tijd"] == "Eens"
    assert "gevonden: de bladen Blad1, Uitleg" in refusal(tmp_path, content, "Blad2")


def test_a_formula_without_a_value_is_refused(tmp_path):
    """A program that never computed a formula leaves no value: an empty cell would be a lie."""
    assert refusal(tmp_path, book_bytes({"Blad1": [["doel", "som"], [1, "=A2+1"]]})) == (
        "Fout in data/raw/meting-3/antwoorden.xlsx, blad Blad1, cel B2\n"
        "  gevonden: een formule die Excel nooit heeft uitgerekend\n"
        "  verwacht: antwoorden, of formules met een uitkomst\n"
        "  wat nu:   Open het bestand in Excel, laat het rekenen, en bewaar waarden in plaats van formules."
    )


FORMULA = re.compile(rb'<c r="B2"[^>]*><f>A2\+1</f><v ?/></c>|<c r="B2"[^>]*><f>A2\+1</f><v></v></c>')


@pytest.mark.parametrize(("cell", "text"), [(b"<v>2</v>", "2"), (b"<v></v>", ""), (b"<v>Eens</v>", "Eens")])
def test_a_formula_counts_for_its_last_value(tmp_path, cell, text):
    """What Excel computed is used, an empty text too, and the receipt counts how often."""
    computed = b'<c r="B2" t="%s"><f>A2+1</f>%s</c>' % (b"n" if text == "2" else b"str", cell)
    plain = book_bytes({"Blad1": [["doel", "som"], [1, "=A2+1"]]})
    content = with_part(plain, SHEET, lambda xml: FORMULA.sub(computed, xml))
    assert content != plain
    export = load(tmp_path, content)
    assert export.responses[0].cells["som"] == text
    assert Note("aangenomen", "formules tellen als hun laatste uitkomst", "zo bewaarde Excel ze", 1) in export.notities


@pytest.mark.parametrize("cells", ["A1:B1", "A2:A3"])
def test_merged_cells_are_refused(tmp_path, cells):
    """Joined cells hold one value for several: above columns as a header, or beside rows as an answer."""
    rows = {"Blad1": [["doel", "tijd"], [1, 2], [3, 4]]}
    found = refusal(tmp_path, book_bytes(rows, lambda sheet: sheet.merge_cells(cells)))
    assert f"blad Blad1, cellen {cells}\n  gevonden: samengevoegde cellen ({cells})" in found


def test_an_error_of_excel_is_no_answer(tmp_path):
    """A cell that shows #N/A is refused with its row."""
    found = refusal(tmp_path, book_bytes({"Blad1": [["doel"], ["#N/A"]]}))
    assert "blad Blad1, rij 2\n  gevonden: de foutmelding #N/A in een cel" in found


def test_a_claimed_size_is_not_believed(tmp_path):
    """A sheet that says it is as large as Excel allows is read as large as it is."""
    content = with_part(
        book_bytes(SIMPLE), SHEET, lambda xml: xml.replace(b'<dimension ref="A1:B2"', b'<dimension ref="A1:XFD1048576"')
    )
    assert b"XFD1048576" in zipfile.ZipFile(io.BytesIO(content)).read(SHEET)
    assert len(load(tmp_path, content).responses) == 1


def bomb():
    """Return a workbook whose sheet unpacks to more than a survey can be."""
    buffer = io.BytesIO(book_bytes(SIMPLE))
    with (
        zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/bom.xml", "w", force_zip64=True) as file,
    ):
        for _ in range(31):
            file.write(b"\0" * 10_000_000)
    return buffer.getvalue()


def entities(xml):
    """Return XML in which one name stands for many, many letters."""
    nested = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "aaaaaaaaaa">{nested}]>'.encode()
    return head + xml.split(b"?>")[-1].replace(b"<v>1</v>", b"<v>&e9;</v>")


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "een bestand dat geen .xlsx is"),
        (b"doel,tijd\n1,2\n", "een bestand dat geen .xlsx is"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "een oud Excel-bestand (.xls), of een met een wachtwoord"),
        (book_bytes(SIMPLE)[:2000], "een bestand dat te vroeg ophoudt"),
        (with_part(book_bytes(SIMPLE), SHEET, lambda xml: xml[:200]), "een bestand dat niet te lezen is"),
        (with_part(book_bytes(SIMPLE), SHEET, entities), "een bestand dat niet te lezen is"),
        (bomb, "uitgepakt 310 MB"),
        (book_bytes({"Blad1": []}), "geen gegevens"),
        (book_bytes({"Blad1": [["doel"]]}), "een kopregel en geen enkele deelnemer"),
        (book_bytes({"Blad1": [[], ["doel"], [1]]}), "rij 1\n  gevonden: een lege rij"),
        (book_bytes({"Blad1": [["doel", None, "tijd"], [1, 2, 3]]}), "rij 1, kolom 2\n  gevonden: een lege kop"),
        (book_bytes({"Blad1": [["doel", "doel"], [1, 2]]}), 'de kop "doel" voor de tweede keer'),
        (book_bytes({"Blad1": [["doel"], [1, 2]]}), "rij 2\n  gevonden: 2 cellen onder 1 koppen (doel)"),
        (book_bytes({"Blad1": [list(range(5_001)), [1]]}), "meer dan 5000 kolommen"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_file_is_refused(tmp_path, content, part):
    """A file of another kind, cut off, hostile or without answers ends in one message."""
    assert part in refusal(tmp_path, content() if callable(content) else content)


def test_a_file_that_is_not_there_is_named(tmp_path):
    """A wrong name is named as the researcher knows it."""
    with pytest.raises(NsocError, match="geen bestand met deze naam"):
        load_spreadsheet(tmp_path / "weg.xlsx", WHERE)


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**9), st.integers(1, 3))
def test_a_damaged_file_ends_in_an_export_or_a_message(tmp_path, seed, times):
    """Bytes that fell over give an export or one message, and nothing else."""
    content = bytearray(book_bytes(SIMPLE))
    for n in range(times):
        content[(seed * (n + 1) + n) % len(content)] = seed % 256
    with contextlib.suppress(NsocError):
        assert isinstance(load(tmp_path, bytes(content)), Export)
