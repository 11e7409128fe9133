"""Reading a survey export of Qualtrics: three header rows, columns known by their ImportId."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from qualtrics_files import Field, current, early, legacy, zipped

from nsoc_lib.errors import NsocError
from nsoc_lib.sources.export import Column, Export, Note
from nsoc_lib.sources.qualtrics import load_qualtrics

WHERE = "data/raw/meting-1/export.csv"
COLUMNS = (
    Column("ResponseId", "Antwoord-ID", "_recordId"),
    Column("Q1", "Wij delen het doel.", "QID1"),
    Column("Q2", "Wat ontbreekt, naar uw mening?", "QID2_TEXT"),
)
ANSWERS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\r"), max_size=25)


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


STATEMENT, CHOICES = Field("Q1", "Wij delen het doel.", "QID1"), Field("Q4", "Welke?", "QID4")


def cells_of(export: Export, name: str) -> list[str]:
    """Return the cells of one column."""
    return [response.cells[name] for response in export.responses]


def counts(export: Export) -> list[tuple[str, str, int]]:
    """Return the notes without their reasons."""
    return [(note.soort, note.wat, note.aantal) for note in export.notities]


def test_an_export_says_what_it_is_and_how_many_rows_it_had(tmp_path):
    """Program, form of the answers and the number of respondents in the file are part of the export."""
    export = load(tmp_path, current((STATEMENT,), ["Eens"], ["Oneens"]))
    assert (export.programma, export.rijen_gelezen, export.notities) == ("Qualtrics, keuzetekst", 2, ())


def test_codes_are_told_from_texts_by_a_system_column(tmp_path):
    """Finished is 1 or 0 in an export with codes, whatever the questions are."""
    text = current((STATEMENT,), ["2"], ["1"])
    assert load(tmp_path, text.replace(",True,", ",1,")).programma == "Qualtrics, codes"
    assert load(tmp_path, text).programma == "Qualtrics, keuzetekst"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t"])
def test_csv_and_tsv_in_either_encoding_hold_the_same_answers(tmp_path, encoding, separator):
    """A TSV in UTF-16, as Qualtrics makes it for Excel, gives the responses of a CSV in UTF-8."""
    text = current((STATEMENT,), ["Eens, één\ttab"], separator=separator)
    assert cells_of(load(tmp_path, text.encode(encoding)), "QID1") == ["Eens, één\ttab"]


def test_an_export_may_stay_in_its_zip(tmp_path):
    """The zip that Qualtrics sends is read as it is, and the name of the file in it is noted."""
    export = load(tmp_path, zipped({"Procesthermometer.csv": current((STATEMENT,), ["Eens"]).encode("utf-8-sig")}))
    assert cells_of(export, "QID1") == ["Eens"]
    assert counts(export) == [("aangenomen", "Procesthermometer.csv uit het zipbestand", 1)]


def test_a_tag_may_occur_twice(tmp_path):
    """Two questions with the same tag stay apart by their ImportId, and each shows its tag."""
    export = load(tmp_path, current((Field("Q1", "Een", "QID1"), Field("Q1", "Twee", "QID2")), ["Eens", "Oneens"]))
    assert [(c.tag, c.import_id) for c in export.columns[-2:]] == [("Q1", "QID1"), ("Q1", "QID2")]
    assert (cells_of(export, "QID1"), cells_of(export, "QID2")) == (["Eens"], ["Oneens"])


@pytest.mark.parametrize("cell", ["1,4,6", "Opsporing, vervolging,Anders, namelijk", "25"])
def test_a_cell_with_several_options_stays_as_it_came(tmp_path, cell):
    """What was chosen is decided by the codebook, never by the reader."""
    assert cells_of(load(tmp_path, current((CHOICES,), [cell])), "QID4") == [cell]


def test_technical_columns_have_no_cells(tmp_path):
    """What stays out of the columns stays out of the responses."""
    timing = Field("Q1_Page Submit", "Tijd", "QID9_PAGE_SUBMIT")
    export = load(tmp_path, current((timing, STATEMENT), ["12.5", "Eens"]))
    assert "QID9_PAGE_SUBMIT" not in export.responses[0].cells
    assert cells_of(export, "QID1") == ["Eens"]
    assert export.notities == (Note("weggelaten", "kolommen met tijdmeting", "technisch, geen antwoord", 1),)


def test_seen_and_not_answered_is_an_empty_cell_with_a_reason(tmp_path):
    """A −99 is no answer: the cell is empty, its kind of missing is known, and the number of cells is noted."""
    export = load(tmp_path, current((STATEMENT, CHOICES), ["-99", "1"], ["-99", "-99"], ["Eens", ""]))
    assert (cells_of(export, "QID1"), cells_of(export, "QID4")) == (["", "", "Eens"], ["1", "", ""])
    assert [dict(response.ontbreekt) for response in export.responses] == [
        {"QID1": "overgeslagen"}, {"QID1": "overgeslagen", "QID4": "overgeslagen"}, {},
    ]  # fmt: skip
    assert [dict(column.ontbreekt) for column in export.columns[-2:]] == [{"-99": "overgeslagen"}] * 2
    assert counts(export) == [("aangenomen", "-99 als gezien en niet beantwoord", 3)]


def test_a_number_of_the_program_itself_is_never_missing(tmp_path):
    """A place at longitude −99 is a place."""
    place = Field("LocationLongitude", "Lengtegraad", "locationLongitude")
    export = load(tmp_path, current((place, STATEMENT), ["-99", "Eens"]))
    assert (cells_of(export, "locationLongitude"), export.notities) == (["-99"], ())


def test_other_negative_codes_are_answers(tmp_path):
    """Only −99 has that meaning in Qualtrics; −9, 99 and a temperature of −99.0 stay."""
    export = load(tmp_path, current((STATEMENT,), ["-9"], ["99"], ["-99.0"]))
    assert (cells_of(export, "QID1"), export.notities) == (["-9", "99", "-99.0"], ())


@pytest.mark.parametrize(
    "status",
    ["1", "2", "9", "17", "256", "Survey Test", "Survey Preview Spam", "Offline Survey Preview", "Synthetic",
     "Voorbeeldversie enquête", "Umfragevorschau", "Umfragetest", "Aperçu de l'enquête", "Test de l’enquête"],
)  # fmt: skip
def test_a_test_response_is_known_by_code_and_in_four_languages(tmp_path, status):
    """Preview, test and synthetic responses get one status, which cleaning leaves out, with a note."""
    export = load(tmp_path, current((STATEMENT,), ["Eens"], ["Eens"]).replace("IP Address", status, 1))
    assert cells_of(export, "status") == ["Survey Preview", "IP Address"]
    assert counts(export) == [("hernoemd", "de status van testantwoorden naar Survey Preview", 1)]
    assert export.rijen_gelezen == 2


@pytest.mark.parametrize("status", ["0", "4", "16", "32", "IP Address", "IP-adres", "IP-Adresse", "Adresse IP",
                                    "Imported", "Importiert", "Offline", "Hors ligne"])  # fmt: skip
def test_a_response_of_a_person_keeps_its_status(tmp_path, status):
    """Imported and offline responses are real ones."""
    export = load(tmp_path, current((STATEMENT,), ["Eens"]).replace("IP Address", status, 1))
    assert (cells_of(export, "status"), export.notities) == ([status], ())


@pytest.mark.parametrize("status", ["8", "12", "Spam", "Imported Spam"])
def test_suspected_spam_counts_and_is_noted(tmp_path, status):
    """Qualtrics only suspects; whether somebody is real is for the researcher to find out."""
    export = load(tmp_path, current((STATEMENT,), ["Eens"]).replace("IP Address", status, 1))
    assert cells_of(export, "status") == [status]
    assert counts(export) == [("aangenomen", "antwoorden met de status spam als echt", 1)]


@pytest.mark.parametrize(("cell", "standard"), [("TRUE", "True"), ("WAHR", "True"), ("Vrai", "True"), ("WAAR", "True"),
                                                ("FAUX", "False"), ("falsch", "False")])  # fmt: skip
def test_finished_in_another_language_is_renamed(tmp_path, cell, standard):
    """Excel and other languages write True otherwise; the export has one word, and says so."""
    export = load(tmp_path, current((STATEMENT,), ["Eens"]).replace(",True,", f",{cell},"))
    assert cells_of(export, "finished") == [standard]
    assert counts(export) == [("hernoemd", "Finished naar True of False", 1)]


def test_a_legacy_export_is_read(tmp_path):
    """Two header rows, old names, no Progress: 100 for who finished, else the place of the last answer."""
    questions = {"Q1": "Doel", "Q2": "Tijd", "Q3": "Geld"}
    export = load(
        tmp_path, legacy(questions, ["1", "2", "", "1"], ["0", "2", "", ""], ["0", "", "-99", ""], ["0", "2", "", "3"])
    )
    assert export.programma == "Qualtrics legacy, codes"
    assert [response.rij for response in export.responses] == [3, 4, 5, 6]
    assert cells_of(export, "_recordId") == ["R_1", "R_2", "R_3", "R_4"]
    assert cells_of(export, "progress") == ["100", "33", "66", "99"]
    assert cells_of(export, "Q1") == ["2", "2", "", "2"]
    assert ("aangenomen", "de voortgang: 100 wie klaar was, anders de plaats van het laatste antwoord onder de vragen",
            4) in counts(export)  # fmt: skip


def test_a_legacy_export_without_respondents_is_refused(tmp_path):
    """The message knows that this layout has two header rows."""
    assert "gevonden: twee kopregels en geen enkele deelnemer" in refusal(tmp_path, legacy({"Q1": "Doel"}))


def test_an_early_insights_export_is_read(tmp_path):
    """The third row is Python-style, names get their present form, and Progress follows from Finished."""
    export = load(tmp_path, early((Field("Q2_1", "Matrix", "QID2-1"),), ["1", "3"], ["0", ""]))
    assert export.programma == "Qualtrics, eerste Insights, codes"
    assert [(r.response_id, r.rij, r.cells["QID2_1"], r.cells["progress"]) for r in export.responses] == [
        ("R_1", 4, "3", "100"), ("R_2", 5, "", "0"),
    ]  # fmt: skip


def test_a_current_export_without_progress_gets_none(tmp_path):
    """Somebody took the column out; cleaning then asks for it, and nothing is made up."""
    assert "progress" not in load(tmp_path, export_text(["R_1", "Eens", ""])).import_ids


def outcome(folder: Path, text: str | bytes) -> Export | NsocError:
    """Return what a file ends in; anything but an export or a message for the researcher fails the test."""
    try:
        return load(folder, text)
    except NsocError as error:
        return error


def test_a_truncated_export_is_refused_or_noted(tmp_path):
    """A file that broke off anywhere but after a row is refused, or says that its last row may not be whole."""
    text = current((STATEMENT, CHOICES), ["Eens", "1"], ["Eens", "2"])
    whole = {0} | {place + 1 for place, sign in enumerate(text) if sign == "\n"}
    for keep in set(range(len(text))) - whole:
        found = outcome(tmp_path, text[:keep])
        assert isinstance(found, NsocError) or ("aangenomen", "de laatste rij is heel", 1) in counts(found)


CELL = st.sampled_from(["", "-99", "1", "R_1", "ResponseID", "{'ImportId': 'QID1'}", '{"ImportId":"_recordId"}',
                        '{"ImportId":"status"}', "TRUE", "\n", '"', ",", "V1", "<b>"]) | st.text(max_size=6)  # fmt: skip


@settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.lists(CELL, min_size=2, max_size=2), max_size=6))
def test_any_table_ends_in_an_export_or_a_message(tmp_path, rows):
    """No table makes the reader fall, whatever stands in its header."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    assert isinstance(outcome(tmp_path, text.getvalue().encode("utf-8", "replace")), Export | NsocError)
