"""Reading a survey export of Qualtrics: three header rows, columns known by their ImportId."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nsoc_lib.errors import NsocError
from nsoc_lib.sources.export import Column, Export
from nsoc_lib.sources.qualtrics import load_qualtrics

WHERE = "data/raw/meting-1/export.csv"
COLUMNS = (
    Column("ResponseId", "Antwoord-ID", "_recordId"),
    Column("Q1", "Wij delen het doel.", "QID1"),
    Column("Q2", "Wat ontbreekt, naar uw mening?", "QID2_TEXT"),
)
ANSWERS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r"), max_size=25)


def import_cell(import_id: str) -> str:
    """Return a cell of the third header row."""
    return json.dumps({"ImportId": import_id})


def export_text(*answers: list[str], columns: tuple[Column, ...] = COLUMNS, newline: str = "\n") -> str:
    """Return the text of an export with these answers as rows."""
    text = io.StringIO()
    header = [
        [column.tag for column in columns],
        [column.text for column in columns],
        [import_cell(column.import_id) for column in columns],
    ]
    csv.writer(text, lineterminator=newline).writerows([*header, *answers])
    return text.getvalue()


def load(folder: Path, text: str | bytes) -> Export:
    """Return the export that a file with this content gives."""
    path = folder / "export.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load_qualtrics(path, WHERE)


def refusal(folder: Path, text: str | bytes) -> str:
    """Return the block with which a file is refused."""
    with pytest.raises(NsocError) as raised:
        load(folder, text)
    return str(raised.value)


def test_three_header_rows_become_columns(tmp_path):
    """Each column keeps its tag, its question text and its ImportId, in the order of the file."""
    assert load(tmp_path, export_text(["R_1", "Eens", ""])).columns == COLUMNS


def test_cells_are_found_by_import_id(tmp_path):
    """An answer is found by the ImportId of its column, and an empty cell stays an empty text."""
    export = load(tmp_path, export_text(["R_1", "Eens", ""], ["R_2", "", "Tijd"]))
    assert [response.cells for response in export.responses] == [
        {"_recordId": "R_1", "QID1": "Eens", "QID2_TEXT": ""},
        {"_recordId": "R_2", "QID1": "", "QID2_TEXT": "Tijd"},
    ]
    assert [response.response_id for response in export.responses] == ["R_1", "R_2"]


def test_columns_may_stand_in_any_order_under_any_tag(tmp_path):
    """Another order, another tag or another language changes nothing about where answers belong."""
    columns = (Column("Q1", "Nombre", "QID2_TEXT"), Column("Q1", "Goal", "QID1"), Column("id", "ID", "_recordId"))
    export = load(tmp_path, export_text(["Tijd", "Eens", "R_1"], columns=columns))
    assert export.responses[0].cells == {"_recordId": "R_1", "QID1": "Eens", "QID2_TEXT": "Tijd"}


def test_more_than_an_import_id_may_stand_in_the_third_row(tmp_path):
    """Qualtrics adds a time zone to dates, which is no obstacle."""
    text = export_text(["R_1", "Eens", ""]).replace(
        '"{""ImportId"": ""QID1""}"', '"{""ImportId"": ""QID1"", ""timeZone"": ""Europe/Amsterdam""}"'
    )
    assert "timeZone" in text
    assert load(tmp_path, text).import_ids == ["_recordId", "QID1", "QID2_TEXT"]


def test_a_row_has_the_number_that_a_spreadsheet_shows(tmp_path):
    """The first respondent is row 4, an answer of two lines is one row, and an empty line counts as a row."""
    text = export_text(["R_1", "Eens", "een\ntwee"], [], ["R_2", "Eens", ""])
    assert [response.rij for response in load(tmp_path, text).responses] == [4, 6]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_marks_and_line_ends_of_the_file_do_not_matter(tmp_path, mark, newline):
    """A file with or without byte order mark, with line ends of Windows or not, gives the same export."""
    text = mark + export_text(["R_1", "Eens", "é"], newline=newline)
    assert load(tmp_path, text).responses[0].cells == {"_recordId": "R_1", "QID1": "Eens", "QID2_TEXT": "é"}


@pytest.mark.parametrize("answer", ["een\ntwee", "een\r\ntwee"])
def test_a_line_end_inside_an_answer_stays_as_it_came(tmp_path, answer):
    """An answer of two lines is the same text in the export as in the file."""
    export = load(tmp_path, export_text(["R_1", "Eens", answer]))
    assert export.responses[0].cells["QID2_TEXT"] == answer


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(ANSWERS, ANSWERS), min_size=1, max_size=6))
def test_any_answers_read_back_as_written(tmp_path, answers):
    """Commas, quotation marks, line ends and every alphabet survive; only spaces at the ends are dropped."""
    rows = [[f"R_{number}", *pair] for number, pair in enumerate(answers)]
    export = load(tmp_path, export_text(*rows))
    assert [list(response.cells.values()) for response in export.responses] == [
        [cell.strip() for cell in row] for row in rows
    ]


def test_an_export_in_another_encoding_is_refused(tmp_path):
    """A Latin-1 export is refused with the place of the first byte that is not UTF-8."""
    text = export_text(["R_1", "Eens", "é"], columns=(*COLUMNS[:2], Column("Q2", "Wat", "QID2_TEXT")))
    place = text.index("é") + 1
    assert refusal(tmp_path, text.encode("latin-1")) == (
        "Fout in data/raw/meting-1/export.csv\n"
        f"  gevonden: een bestand dat geen UTF-8 is (byte {place})\n"
        "  verwacht: tekst in UTF-8\n"
        "  wat nu:   Exporteer of bewaar het opnieuw met tekencodering UTF-8."
    )


def test_a_missing_export_is_named(tmp_path):
    """An export that is not there is named as the researcher knows it."""
    with pytest.raises(NsocError) as raised:
        load_qualtrics(tmp_path / "weg.csv", WHERE)
    assert str(raised.value) == (
        "Fout in data/raw/meting-1/export.csv\n"
        "  gevonden: geen bestand met deze naam\n"
        "  verwacht: dit bestand, op deze plaats\n"
        "  wat nu:   Zet het bestand terug of verbeter de naam waar ernaar verwezen wordt."
    )


def test_an_empty_file_is_refused(tmp_path):
    """A file without a single line is refused and sends the reader back to Qualtrics."""
    assert refusal(tmp_path, "") == (
        "Fout in data/raw/meting-1/export.csv\n"
        "  gevonden: 0 regels\n"
        "  verwacht: drie kopregels en daaronder de antwoorden\n"
        "  wat nu:   Exporteer opnieuw uit Qualtrics (Data & Analysis, Export, CSV)."
    )


@pytest.mark.parametrize("body", ["", "\n\n", ",,\n"])
def test_an_export_without_respondents_is_refused(tmp_path, body):
    """An export of three header rows, with nothing or only empty rows below, is refused."""
    assert refusal(tmp_path, export_text() + body) == (
        "Fout in data/raw/meting-1/export.csv\n"
        "  gevonden: drie kopregels en geen enkele deelnemer\n"
        "  verwacht: ten minste een rij met antwoorden\n"
        "  wat nu:   Kijk of de export een filter had, en exporteer opnieuw."
    )


def test_an_export_of_another_program_is_refused(tmp_path):
    """A table with one header row has answers where Qualtrics writes its ImportIds, and is refused so."""
    assert refusal(tmp_path, "Q1,Q2\nEens,Oneens\nEens,Eens\nOneens,Eens\n") == (
        "Fout in data/raw/meting-1/export.csv, rij 3, kolom Q1\n"
        '  gevonden: "Eens"\n'
        '  verwacht: {"ImportId":"…"}, de derde kopregel van Qualtrics\n'
        "  wat nu:   Is dit een export van een ander programma? Exporteer uit Qualtrics als CSV, met alle kopregels."
    )


@pytest.mark.parametrize("cell", ["", "5", "[]", '{"Import": "QID1"}', "null", '"QID1"'])
def test_a_third_row_without_import_id_is_refused(tmp_path, cell):
    """JSON of another kind in the third row is no ImportId."""
    text = io.StringIO()
    csv.writer(text).writerows([["ResponseId", "Q1"], ["a", "b"], [import_cell("_recordId"), cell], ["R_1", "Eens"]])
    assert refusal(tmp_path, text.getvalue()).startswith("Fout in data/raw/meting-1/export.csv, rij 3, kolom Q1\n")


def test_a_lost_header_row_is_refused(tmp_path):
    """An export from which somebody removed a header row is refused."""
    lines = export_text(["R_1", "Eens", ""], ["R_2", "Eens", ""]).splitlines(keepends=True)
    assert "rij 3, kolom ResponseId" in refusal(tmp_path, "".join([lines[0], *lines[2:]]))


def test_header_rows_of_different_width_are_refused(tmp_path):
    """Header rows that do not have the same number of columns are refused with their widths."""
    assert refusal(tmp_path, "a,b\na,b,c\na,b\nR_1,Eens\n") == (
        "Fout in data/raw/meting-1/export.csv\n"
        "  gevonden: kopregels met 2, 3, 2 kolommen\n"
        "  verwacht: drie kopregels met evenveel kolommen\n"
        "  wat nu:   Exporteer opnieuw uit Qualtrics; verwijder geen kopregels."
    )


def test_a_row_of_another_width_is_refused(tmp_path):
    """A row with a cell too few is refused with the number that a spreadsheet shows."""
    assert refusal(tmp_path, export_text(["R_1", "Eens", ""], ["R_2", "Eens"])) == (
        "Fout in data/raw/meting-1/export.csv, rij 5\n"
        "  gevonden: 2 cellen\n"
        "  verwacht: 3 cellen, evenveel als er kolommen zijn\n"
        "  wat nu:   Exporteer opnieuw; bewerk het bestand niet met de hand."
    )


def test_a_double_import_id_is_refused(tmp_path):
    """An ImportId in two columns is refused with the tags of both."""
    columns = (*COLUMNS, Column("Q9", "Nog eens", "QID1"))
    assert refusal(tmp_path, export_text(["R_1", "Eens", "", "Oneens"], columns=columns)) == (
        "Fout in data/raw/meting-1/export.csv, rij 3\n"
        "  gevonden: ImportId QID1 bij de kolommen Q1 en Q9\n"
        "  verwacht: elke ImportId een keer\n"
        "  wat nu:   Exporteer opnieuw uit Qualtrics; plak geen kolommen bij."
    )


def test_an_export_without_response_ids_is_refused(tmp_path):
    """Without the column ResponseId nobody can be told apart, and the export is refused."""
    assert refusal(tmp_path, export_text(["Eens", ""], columns=COLUMNS[1:])) == (
        "Fout in data/raw/meting-1/export.csv, rij 3\n"
        "  gevonden: geen kolom met ImportId _recordId\n"
        "  verwacht: de kolom ResponseId van Qualtrics\n"
        "  wat nu:   Exporteer opnieuw met alle systeemkolommen."
    )


def test_a_quotation_mark_that_does_not_close_is_refused(tmp_path):
    """A file that was cut off inside a quotation is refused."""
    text = refusal(tmp_path, export_text(["R_1", "Eens", "een, twee"]).rstrip().removesuffix('"'))
    assert text.startswith("Fout in data/raw/meting-1/export.csv\n  gevonden: tekst die geen geldige CSV is\n")
