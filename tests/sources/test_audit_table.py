"""Reading anyone's table of printed percentages and means, in the forms that spreadsheets save."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nsoc_lib.errors import NsocError
from nsoc_lib.rounding import ROUNDED_APART
from nsoc_lib.sources.audit_table import HEADERS, AuditRow, load_audit_table

HEADER = "label;percentage;n\n"


def load(folder: Path, text: str | bytes) -> tuple[AuditRow, ...]:
    """Return the rows that a file with this content gives."""
    path = folder / "cijfers.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load_audit_table(path, "cijfers.csv")


def refusal(folder: Path, text: str | bytes) -> str:
    """Return the block with which a file is refused."""
    with pytest.raises(NsocError) as raised:
        load(folder, text)
    return str(raised.value)


def cell(folder: Path, name: str, text: str) -> AuditRow:
    """Return a row of a table in which one cell has this text, the others being good."""
    cells = {"label": "doel", "percentage": "84", "n": "25"} | {name: text}
    if name in {"gemiddelde", "items"}:
        cells = {"label": "doel", "gemiddelde": "3,14", "n": "25"} | {name: text}
    return load(folder, f"{';'.join(cells)}\n{';'.join(cells.values())}\n")[0]


def test_a_row_says_what_is_printed_and_on_what_it_stands(tmp_path):
    """A percentage comes with its row, label, zeros, bases and the plain convention."""
    assert load(tmp_path, "label,percentage,n\ndoel,84.0,25\n") == (
        AuditRow(2, "doel", Decimal("84.0"), False, (25,), 1, "percentage van de som"),
    )


def test_a_mean_comes_with_its_items(tmp_path):
    """A mean stands in its own column, with the number of items it is taken over."""
    (row,) = load(tmp_path, "label;gemiddelde;n;items\nschaal;3,14;27;2\n")
    assert (row.value, row.is_mean, row.bases, row.items) == (Decimal("3.14"), True, (27,), 2)


@pytest.mark.parametrize(("separator", "comma"), [(";", ","), ("\t", ","), (",", "."), (";", "."), ("\t", ".")])
def test_commas_semicolons_and_tabs_separate(tmp_path, separator, comma):
    """The separator is seen from the header, and a decimal comma or point is read alike."""
    text = "\n".join([separator.join(["label", "pct", "N"]), separator.join(["doel", f"84{comma}5", "200"])])
    (row,) = load(tmp_path, text)
    assert (row.value, row.bases) == (Decimal("84.5"), (200,))


def test_a_decimal_comma_between_quotation_marks_is_read_from_a_comma_table(tmp_path):
    """In a table with commas a number with a decimal comma stands between quotation marks."""
    assert load(tmp_path, 'label,mean,n\nschaal,"3,14","27, 28"\n')[0].value == Decimal("3.14")


@pytest.mark.parametrize("bases", ["24 25 26", "24/25/26", "24, 25, 26", "24,25 / 26", "24 25 25 26 24"])
def test_a_list_of_bases_is_read_in_any_common_form(tmp_path, bases):
    """Spaces, commas and strokes separate bases; one that is given twice counts once."""
    assert load(tmp_path, f'label,percentage,n\ndoel,84,"{bases}"\n')[0].bases == (24, 25, 26)


@pytest.mark.parametrize("role", ["label", "percentage", "n"])
def test_headers_are_dutch_or_english(tmp_path, role):
    """Each name of a column, in any case and with spaces around it, is understood."""
    for name in HEADERS[role]:
        columns = {"label": "label", "percentage": "percentage", "n": "n"} | {role: f" {name.upper()} "}
        (row,) = load(tmp_path, f"{';'.join(columns.values())}\ndoel;84;25\n")
        assert (row.label, row.value, row.bases) == ("doel", Decimal(84), (25,))


@pytest.mark.parametrize("printed", ["84%", "84 %", " 84 ", "84\u00a0%"])
def test_a_percent_sign_and_spaces_are_no_part_of_the_number(tmp_path, printed):
    """A percent sign, with or without a space, is left out."""
    assert cell(tmp_path, "percentage", printed).value == Decimal(84)


def test_decimals_are_those_in_print_unless_a_column_gives_them(tmp_path):
    """A spreadsheet drops zeros, so a column can give the decimals; zeros too many are dropped."""
    rows = load(tmp_path, "label;percentage;n;decimalen\na;84,50;40;\nb;84,5;40;2\nc;84,0;25;0\nd;84;25;1\n")
    assert [str(row.value) for row in rows] == ["84.50", "84.50", "84", "84.0"]


@pytest.mark.parametrize("words", [ROUNDED_APART, "Sum of  rounded percentages"])
def test_a_table_can_declare_how_it_rounds(tmp_path, words):
    """A column of conventions, Dutch or English, says that categories were rounded apart."""
    assert cell(tmp_path, "afronding", words).convention == ROUNDED_APART


def test_other_columns_and_empty_rows_are_ignored(tmp_path):
    """Columns that say something else stand in nobody's way, and rows keep their number in the file."""
    rows = load(tmp_path, "figuur;label;percentage;n;vindplaats\n3.1;a;84;25;blz. 4\n;;;;\n\n3.2;b;68;25;\n")
    assert [(row.rij, row.label) for row in rows] == [(2, "a"), (5, "b")]


def test_beside_a_base_aantal_is_the_count(tmp_path):
    """``aantal`` is the base when no other column is; beside n it is the count and ignored, in either order."""
    assert load(tmp_path, "label;percentage;aantal\na;84;25\n")[0].bases == (25,)
    assert load(tmp_path, "label;aantal;n;percentage\na;21;25;84\n")[0].bases == (25,)
    assert load(tmp_path, "label;n;aantal;percentage\na;25;21;84\n")[0].bases == (25,)


def test_a_label_cannot_steer_the_screen(tmp_path):
    """Escape codes, reversed writing and line breaks in a label become spaces."""
    label = '"do\x1b[31mel\u202e\n twee"'
    assert cell(tmp_path, "label", label).label == "do [31mel twee"


def test_a_table_with_a_byte_order_mark_is_read(tmp_path):
    """Excel's UTF-8 begins with a byte order mark, which is no part of the first header; lines may end in CRLF."""
    text = "label;percentage;n\r\ncoördinatie;84;25\r\n"
    assert load(tmp_path, b"\xef\xbb\xbf" + text.encode())[0].label == "coördinatie"


def test_a_wrong_number_is_refused_with_row_and_column(tmp_path):
    """A word where a percentage belongs is quoted with the row and column a spreadsheet shows."""
    assert refusal(tmp_path, HEADER + "doel;84;25\ntijd;drie kwart;25\n") == (
        "Fout in cijfers.csv, rij 3, kolom percentage\n"
        '  gevonden: "drie kwart"\n'
        "  verwacht: een getal, zoals 84 of 3,14\n"
        "  wat nu:   Schrijf alleen het getal zoals het gedrukt staat."
    )


@pytest.mark.parametrize("printed", ["84,5,1", "1.250,0", "nan", "1e2", "84%%", "1_0", "٨٤", "84-85", "<5"])
def test_only_a_number_is_a_number(tmp_path, printed):
    """Two commas, exponents, other digits, ranges and what only a programming language reads are refused."""
    with pytest.raises(NsocError, match=r"rij 2, kolom percentage\n"):
        cell(tmp_path, "percentage", printed)


def test_a_percent_sign_with_a_mean_is_refused(tmp_path):
    """A mean with a percent sign stands in the wrong column."""
    with pytest.raises(NsocError, match=r"rij 2, kolom gemiddelde\n"):
        cell(tmp_path, "gemiddelde", "84%")


@pytest.mark.parametrize("bases", ["", "0", "25 0", "vijf", "24-26", "1.250", "-25", "24 en 25"])
def test_a_base_is_a_number_of_people(tmp_path, bases):
    """An empty base, nought, a word, a range and a thousand with a point are refused."""
    assert refusal(tmp_path, f"{HEADER}doel;84;{bases}\n") == (
        "Fout in cijfers.csv, rij 2, kolom n\n"
        f'  gevonden: "{bases}"\n'
        "  verwacht: een aantal, of een rijtje zoals 24 25 26\n"
        "  wat nu:   Schrijf elk aantal uit, zonder punten."
    )


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("items", "0", "een geheel getal van 1 of meer"),
        ("items", "2,5", "een geheel getal van 1 of meer"),
        ("decimalen", "-1", "een geheel getal van 0 of meer"),
        ("decimalen", "12", "ten hoogste 4 decimalen"),
        ("percentage", "84,12345", "ten hoogste 4 decimalen"),
        ("afronding", "op gevoel", "een van: percentage van de som, som van afgeronde percentages"),
    ],
)
def test_a_setting_out_of_bounds_is_refused(tmp_path, name, text, expected):
    """Items, decimals and convention have their own bounds, and the message gives them."""
    with pytest.raises(NsocError) as raised:
        cell(tmp_path, name, text)
    assert f'rij 2, kolom {name}\n  gevonden: "{text}"\n  verwacht: {expected}\n' in str(raised.value)


def test_more_decimals_in_print_than_given_are_refused(tmp_path):
    """A number with a decimal that the column of decimals denies is a contradiction."""
    block = refusal(tmp_path, "label;percentage;n;decimals\na;84,5;40;0\n")
    assert "kolom percentage\n" in block
    assert "een getal met 0 decimalen" in block


def test_items_with_a_percentage_are_refused(tmp_path):
    """A percentage is of people; more than one item makes no sense with it."""
    block = refusal(tmp_path, "label;percentage;n;items\na;84;25;2\n")
    assert "rij 2, kolom items\n" in block
    assert "items alleen bij een gemiddelde" in block


@pytest.mark.parametrize(
    ("cells", "found"),
    [("a;84;3,1;25", "een percentage en een gemiddelde"), ("a;;;25", "geen percentage en geen gemiddelde")],
)
def test_a_row_holds_one_number(tmp_path, cells, found):
    """A row with both a percentage and a mean, or with neither, is refused."""
    assert f"rij 2\n  gevonden: {found}\n" in refusal(tmp_path, f"label;percentage;gemiddelde;n\n{cells}\n")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("percentage;n", "een kolom label (ook goed: omschrijving"),
        ("label;n", "een kolom percentage of gemiddelde (ook goed: procent"),
        ("label;percentage", "een kolom n (ook goed: basis"),
        ("a|b|c", "een kolom label (ook goed"),
    ],
)
def test_a_missing_column_is_refused_with_the_names_it_may_have(tmp_path, header, expected):
    """Without label, number or base there is nothing to judge; the message lists the names that are known."""
    block = refusal(tmp_path, f"{header}\n1;2\n")
    assert block.startswith("Fout in cijfers.csv, rij 1\n")
    assert expected in block


def test_a_column_given_twice_is_refused(tmp_path):
    """Two columns with the same meaning are named, since either may be the right one."""
    assert refusal(tmp_path, "label;percentage;%;n\na;84;85;25\n") == (
        "Fout in cijfers.csv, rij 1\n"
        '  gevonden: de kolommen "percentage" en "%"\n'
        "  verwacht: een kolom voor percentage\n"
        "  wat nu:   Verwijder of hernoem een van beide."
    )


def test_a_misspelt_column_is_refused(tmp_path):
    """A column whose name is nearly known would be ignored in silence, so it is refused."""
    assert 'gevonden: de onbekende kolom "decimal"' in refusal(tmp_path, "label;percentage;n;decimal\na;84;25;1\n")


def test_a_loose_comma_is_refused_with_the_usual_cause(tmp_path):
    """A decimal comma in a table with commas makes a cell too many, and the message says what to do."""
    assert refusal(tmp_path, "label,mean,n\nschaal,3,14,27\n") == (
        "Fout in cijfers.csv, rij 2\n"
        "  gevonden: 4 cellen\n"
        "  verwacht: 3 cellen, met komma's ertussen\n"
        '  wat nu:   Zet een cel met een komma tussen aanhalingstekens: "3,14".'
    )


@pytest.mark.parametrize("text", ["", "\n", HEADER, HEADER + ";;\n"])
def test_a_table_without_numbers_is_refused(tmp_path, text):
    """A file that is empty or holds a header alone is refused."""
    assert "gevonden: geen enkele rij met cijfers\n" in refusal(tmp_path, text)


@pytest.mark.parametrize(
    "text", [HEADER.encode() + b'"doel;84;25\n', HEADER.encode() + "coördinatie;84;25\n".encode("latin-1")]
)
def test_a_broken_file_gives_one_block(tmp_path, text):
    """A quotation mark that does not close and another encoding give one block, not a traceback."""
    assert refusal(tmp_path, text).startswith("Fout in cijfers.csv\n")


def test_a_missing_file_is_named(tmp_path):
    """A file that is not there is named."""
    with pytest.raises(NsocError, match=r"Fout in weg\.csv\n  gevonden: geen bestand met deze naam"):
        load_audit_table(tmp_path / "weg.csv", "weg.csv")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=200))
def test_whatever_the_text_there_are_rows_or_one_block(tmp_path, text):
    """Any text below a good header gives rows or one refusal, never another error."""
    try:
        rows = load(tmp_path, (HEADER + text).encode("utf-8", "surrogatepass"))
    except NsocError:
        return
    assert all(row.bases and row.value.is_finite() for row in rows)


def test_a_cell_too_large_to_read_is_called_so(tmp_path):
    """Such a file is valid CSV, and is not called otherwise."""
    message = refusal(tmp_path, f"label,percentage,n\n{'x' * 140_000},84.0,25\n")
    assert "gevonden: een cel van meer dan 131072 tekens" in message
