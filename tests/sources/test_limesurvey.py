"""Reading an export of LimeSurvey: the same people whatever the heading, the answers and the language."""

import re
import time
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from limesurvey_files import COLUMNS, FIXED_CODES, PEOPLE, Person, csv_text, lss, r_data, r_syntax, write
from qualtrics_files import zipped

from nsoc_lib.cleaning import clean_survey
from nsoc_lib.codebook import Codebook
from nsoc_lib.entries import Entry
from nsoc_lib.errors import NsocError
from nsoc_lib.sources import limesurvey
from nsoc_lib.sources.export import AANGENOMEN, HERNOEMD, WEGGELATEN, Export
from nsoc_lib.sources.limesurvey import load_limesurvey
from nsoc_lib.survey import Cleaned

WHERE = "data/raw/meting-9/export.csv"
NAMES = [
    "G01Q01_SQ001", "G01Q01_SQ002", "G01Q02", "G01Q02_other_TEXT", "G02Q03_SQ001", "G02Q03_SQ002", "G02Q03_SQ003",
    "G02Q04_SQ001", "G02Q04_SQ002", "G02Q04_SQ003", "G03Q05_SQ001", "G03Q05_SQ002", "G03Q05_other",
    "G03Q05_other_TEXT", "G03Q06", "G04Q07",
]  # fmt: skip
DERIVED = ["finished", "progress", "status"]
FUZZING = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def load(folder: Path, text: str | bytes, structure: tuple[str, str] | None = None) -> Export:
    """Return the export of a file with this content, with a structure of this name and content beside it."""
    path = folder / "export.csv"
    path.write_bytes(text if isinstance(text, bytes) else ("\ufeff" + text).encode("utf-8"))
    beside = write(folder, *structure, mark="") if structure else None
    return load_limesurvey(path, WHERE, beside)


def refusal(folder: Path, text: str | bytes, structure: tuple[str, str] | None = None) -> str:
    """Return the block with which a file is refused."""
    with pytest.raises(NsocError) as raised:
        load(folder, text, structure)
    return str(raised.value)


def answers(export: Export, names: list[str] = NAMES) -> list[list[str]]:
    """Return the cells of these columns, one list per person."""
    return [[response.cells[name] for name in names] for response in export.responses]


def notes(export: Export, kind: str) -> dict[str, int]:
    """Return what was noted of one kind, with its counts."""
    return {note.wat: note.aantal for note in export.notities if note.soort == kind}


def raw_codebook() -> dict[str, Any]:
    """Return the codebook of the fictitious questionnaire, with the codes that LimeSurvey gave."""
    statement = {"thema": "draagvlak", "kort": "K", "schaal": "eens", "richting": "positief"}
    helped = [{"id": i, "code": c, "label": t} for i, c, t in (("tijd", "SQ001", "Tijd"), ("geld", "SQ002", "Geld"),
                                                              ("mensen", "SQ003", "Mensen"))]  # fmt: skip
    other = {"id": "anders", "code": "other", "label": "Anders", "toelichting": True}
    works = [
        {"id": "gemeente", "code": "AO01", "label": "Gemeente"},
        {"id": "politie", "code": "AO02", "label": "Politie"},
    ]
    hindered = [
        {"id": "regels", "code": "SQ001", "label": "Regels"},
        {"id": "afstand", "code": "SQ002", "label": "Afstand"},
    ]
    still = [{"id": "ja", "code": "Y", "label": "Ja"}, {"id": "nee", "code": "N", "label": "Nee"}]

    def asked(name: str, kind: str, code: str, **more: Any) -> dict[str, Any]:
        return {"id": name, "soort": kind, "kort": name, "tekst": name, "kolom": code, "import_id": code} | more

    return {
        "instrument": "thermometer",
        "schalen": {
            "eens": {
                "herkomst": "vragenlijst",
                "antwoorden": [{"code": "A1", "label": "Oneens"}, {"code": "A2", "label": "Eens"}],
                "instemmend": ["Eens"],
            }
        },
        "themas": {"draagvlak": "Draagvlak"},
        "stellingen": [
            {"id": "doel", "kolom": "G01Q01[SQ001]", "import_id": "G01Q01_SQ001", "tekst": "Wij delen het doel."} | statement,
            {"id": "tijd", "kolom": "G01Q01[SQ002]", "import_id": "G01Q01_SQ002", "tekst": "Er is tijd."} | statement,
        ],
        "vragen": [
            {"id": "mening", "soort": "stellingen", "kort": "Mening", "tekst": "Geef uw mening."},
            asked("werk", "een", "G01Q02", opties=[*works, other]),
            asked("hulp", "kies", "G02Q03", opties=helped, aantal=2),
            asked("hulp-rang", "rangorde", "G02Q04", van="hulp"),
            asked("hinder", "meer", "G03Q05", opties=[*hindered, other]),
            asked("nog", "een", "G03Q06", opties=still),
            {"id": "overig", "soort": "open", "kolom": "G04Q07", "import_id": "G04Q07", "tekst": "Wat ontbreekt?",
             "bewaren": False, "reden": "Alleen codes.", "codes": {"visie": "Mist visie"}},
        ],
    }  # fmt: skip


def clean(export: Export) -> Cleaned:
    """Return the tidy tables of an export of the fictitious questionnaire."""
    coding = pd.DataFrame(columns=["respons", "vraag", "code", "codeur", "rij"])
    return clean_survey(export, Codebook.build(Entry(raw_codebook(), "codeboek.yml")), coding, "codering.csv")


@pytest.mark.parametrize("kind", ["code", "tekst", "beide"])
@pytest.mark.parametrize("version", [3, 6])
def test_every_heading_gives_the_same_columns_and_answers(tmp_path, kind, version):
    """With the structure it makes no difference whether codes, texts or both stand in the heading."""
    export = load(tmp_path, csv_text(kind), ("survey.lss", lss(version)))
    assert export.import_ids == ["_recordId", "endDate", "userLanguage", "startDate", "ipAddress", *NAMES, *DERIVED]
    assert [column.tag for column in export.columns[5:11]] == [
        "G01Q01[SQ001]", "G01Q01[SQ002]", "G01Q02", "G01Q02[other]", "G02Q03[SQ001]", "G02Q03[SQ002]",
    ]  # fmt: skip
    assert answers(export) == [
        ["A2", "A1", "AO01", "", "1", "1", "", "2", "1", "", "1", "", "", "", "Y", 'Meer; "tijd"'],
        ["A2", "", "other", "Rijk", "", "1", "1", "", "", "1", "", "1", "1", "Ruzie", "N", ""],
        ["A1", "A2", "AO02", "", "1", "", "", "", "", "", "", "", "", "", "", ""],
        [""] * 16,
    ]


@pytest.mark.parametrize("language", ["nl", "en", "de"])
@pytest.mark.parametrize("kind", ["code", "tekst", "beide"])
def test_answer_texts_in_three_languages_are_recognised(tmp_path, kind, language):
    """Fixed columns, yes, no, not applicable and other are known in Dutch, English and German."""
    export = load(tmp_path, csv_text(kind, "teksten", language), ("survey.lss", lss()))
    yes, no = {"nl": ("Ja", "Nee"), "en": ("Yes", "No"), "de": ("Ja", "Nein")}[language]
    assert answers(export) == [
        ["Eens", "Oneens", "Gemeente", "", "1", "1", "", "2", "1", "", "1", "", "", "", yes, 'Meer; "tijd"'],
        ["Eens", "", "other", "Rijk", "", "1", "1", "", "", "1", "", "1", "1", "Ruzie", no, ""],
        ["Oneens", "Eens", "Politie", "", "1", "", "", "", "", "", "", "", "", "", "", ""],
        [""] * 16,
    ]
    assert [[r.cells[name] for name in ("_recordId", "finished", "userLanguage")] for r in export.responses] == [
        ["3", "True", language], ["5", "True", language], ["8", "False", language], ["9", "False", language],
    ]  # fmt: skip


def test_codes_and_texts_of_the_same_people_clean_to_the_same_tables(tmp_path):
    """An export with answer codes and one with answer texts lead to the same four tables, known by hand."""
    by_code = clean(load(tmp_path, csv_text("code", "codes"), ("survey.lss", lss())))
    by_text = clean(load(tmp_path, csv_text("tekst", "teksten"), ("survey.lss", lss())))
    for name in ("antwoorden", "respondenten", "open_antwoorden", "keuzes"):
        pd.testing.assert_frame_equal(getattr(by_text, name), getattr(by_code, name))
    assert by_text.bevindingen == by_code.bevindingen
    assert by_code.antwoorden[["antwoord", "status"]].astype(object).fillna("").to_numpy().tolist() == [
        ["Eens", "geldig"], ["Oneens", "geldig"], ["Eens", "geldig"], ["", "overgeslagen"],
        ["Oneens", "geldig"], ["Eens", "geldig"], ["", "niet bereikt"], ["", "niet bereikt"],
    ]  # fmt: skip
    chosen = by_code.keuzes.dropna(subset=["optie"])
    assert [tuple(row) for row in chosen[["respondent", "vraag", "optie"]].to_numpy()] == [
        ("r001", "werk", "gemeente"), ("r001", "hulp", "tijd"), ("r001", "hulp", "geld"), ("r001", "hulp-rang", "geld"),
        ("r001", "hulp-rang", "tijd"), ("r001", "hinder", "regels"), ("r001", "nog", "ja"), ("r002", "werk", "anders"),
        ("r002", "hulp", "geld"), ("r002", "hulp", "mensen"), ("r002", "hulp-rang", "mensen"),
        ("r002", "hinder", "afstand"), ("r002", "hinder", "anders"), ("r002", "nog", "nee"), ("r003", "werk", "politie"),
        ("r003", "hulp", "tijd"),
    ]  # fmt: skip


@pytest.mark.parametrize(("yes", "no"), [("1", "0"), ("2", "1")])
def test_the_pair_for_r_gives_the_same_answers(tmp_path, yes, no):
    """The data file and the syntax file for R need no structure beside them; only yes and no keep R's own numbers."""
    export = load(tmp_path, r_data(yes, no), ("survey_R_syntax_file.R", r_syntax(yes, no)))
    plain = load(tmp_path, csv_text(), ("survey.lss", lss()))
    assert export.import_ids == plain.import_ids
    assert answers(export, [name for name in NAMES if name != "G03Q06"]) == answers(
        plain, [name for name in NAMES if name != "G03Q06"]
    )
    assert answers(export, ["G03Q06"]) == [["1"], ["2"], [""], [""]]
    assert export.programma == "LimeSurvey, met het syntaxbestand voor R, vraagcodes in de kop"


def test_two_quotation_marks_are_an_empty_cell_for_r_alone(tmp_path):
    """The syntax file calls them missing; in a CSV export they are what somebody wrote."""
    written, marks = '"Meer; ""tijd"""', '""""""'
    for_r = load(tmp_path, r_data().replace(written, marks), ("survey.R", r_syntax()))
    plain = load(tmp_path, csv_text().replace(written, marks), ("survey.lss", lss()))
    assert [answers(export, ["G04Q07"])[0] for export in (for_r, plain)] == [[""], ['""']]


def test_the_structure_is_a_codebook(tmp_path):
    """A column carries the text of its question and part and the labels of its codes, from .lss or from R."""
    for structure in (("survey.lss", lss()), ("survey.R", r_syntax())):
        columns = {c.import_id: c for c in load(tmp_path, csv_text(), structure).columns}
        assert columns["G01Q01_SQ001"].labels == {"A1": "Oneens", "A2": "Eens"}
        assert columns["G01Q02"].labels == {"AO01": "Gemeente", "AO02": "Politie"}
        assert columns["G04Q07"].labels == {}
        assert columns["G01Q01_SQ001"].tag == "G01Q01[SQ001]"
    assert load(tmp_path, csv_text(), ("survey.lss", lss())).columns[5].text == "Geef uw mening. [Wij delen het doel.]"


def test_who_did_not_submit_did_not_finish(tmp_path):
    """Without a date of submitting somebody stopped; the date of 1980 that anonymous surveys get is one."""
    export = load(tmp_path, csv_text())
    assert [(r.cells["finished"], r.cells["progress"], r.cells["endDate"][:4]) for r in export.responses] == [
        ("True", "100", "1980"), ("True", "100", "1980"), ("False", "50", ""), ("False", "0", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("page", "highest", "progress"),
    [(1, 3, "33"), (2, 3, "66"), (3, 3, "99"), (5, 3, "99"), (-1, 3, "0"), (0, 0, "0")],
)
def test_progress_of_who_stopped_is_the_last_page(tmp_path, page, highest, progress):
    """The last page over the highest page in the file, rounded down, and never 100 before submitting."""
    cells = dict.fromkeys(PEOPLE[0].cells, "")
    people = (Person(1, highest, cells), Person(2, page, cells, submitted=False))
    assert load(tmp_path, csv_text(people=people)).responses[1].cells["progress"] == progress


def test_what_was_assumed_renamed_and_left_out_is_noted_with_counts(tmp_path):
    """The receipt tells the rules for finished and progress, what became another cell, and what stayed behind."""
    export = load(tmp_path, csv_text(), ("survey.lss", lss()))
    assert notes(export, AANGENOMEN) == {
        "af is wie de vragenlijst verstuurde; zonder datum van versturen is iemand gestopt": 4,
        "voortgang van wie stopte is de laatste pagina gedeeld door 4, de hoogste in het bestand, naar beneden afgerond "
        "en ten hoogste 99 procent": 2,
        "alle rijen zijn echte antwoorden": 4,
    }
    assert notes(export, HERNOEMD) == {
        "vaste kolommen kregen de standaardnaam": 5,
        "cellen van meerkeuzevragen omgezet: gekozen is 1, niet gekozen of niet getoond is leeg": 7,
        "keer de keuze voor een ander antwoord omgezet in de code other": 1,
        "kolommen met een toelichting heten nu …_TEXT; wat er staat telt als gekozen": 2,
        "kolommen met de optie per rang omgezet naar de rang per optie": 3,
    }
    assert notes(export, WEGGELATEN) == {"vaste kolommen die geen vraag zijn: seed": 1}
    assert export.rijen_gelezen == 4


@pytest.mark.parametrize(
    ("kind", "cells", "layout"),
    [
        ("code", "codes", "LimeSurvey, antwoordcodes, vraagcodes in de kop"),
        ("tekst", "teksten", "LimeSurvey, antwoordteksten, vraagteksten in de kop"),
        ("beide", "codes", "LimeSurvey, antwoordcodes, vraagcodes en vraagteksten in de kop"),
    ],
)
def test_the_receipt_names_program_and_layout(tmp_path, kind, cells, layout):
    """Program, kind of answers and kind of heading are told, also without a structure."""
    assert load(tmp_path, csv_text(kind, cells)).programma == layout
    assert load(tmp_path, csv_text(kind, cells), ("survey.lss", lss())).programma == layout


def test_every_cell_of_a_fixed_column_stands_once_under_its_standard_name(tmp_path):
    """An IP address is nowhere but in the column that cleaning reports as personal data."""
    export = load(tmp_path, csv_text().replace('"2026-05-01 10:00:00",""', '"2026-05-01 10:00:00","203.0.113.7"'))
    for response in export.responses:
        assert [name for name, cell in response.cells.items() if cell == "203.0.113.7"] == ["ipAddress"]
        assert set(response.cells) == set(export.import_ids)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_does_not_matter(tmp_path, separator):
    """LimeSurvey lets its user choose the separator of a CSV file."""
    assert answers(load(tmp_path, csv_text(separator=separator), ("survey.lss", lss())))[0][-1] == 'Meer; "tijd"'


def test_an_export_may_be_alone_in_a_zip(tmp_path):
    """What arrived zipped needs no unpacking."""
    inner = write(tmp_path, "results-survey1.csv", csv_text())
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.write(inner, "results-survey1.csv")
    assert len(load_limesurvey(tmp_path / "export.zip", WHERE).responses) == 4


def test_a_wide_export_is_read_or_refused_within_seconds(tmp_path):
    """Thousands of columns take seconds, and more than a questionnaire has are refused."""
    start = time.perf_counter()
    for width, structure in ((9_000, None), (9_000, ("survey.lss", lss())), (60_000, None)):
        head = ["id", "submitdate", "lastpage", "G04Q07", *(f"Q{n}[SQ001]" for n in range(width))]
        text = "\n".join([",".join(head), *(",".join(["1", "", "1", "", *["Y"] * width]) for _ in range(20))])
        if width > 10_000:
            assert "verwacht: een vragenlijst: ten hoogste 10000 kolommen" in refusal(tmp_path, text, structure)
        else:
            assert len(load(tmp_path, text, structure).columns) == width + 6
    assert time.perf_counter() - start < 20


def test_a_row_has_the_number_that_a_spreadsheet_shows(tmp_path):
    """The first person stands in row 2 and the white line at the end is nobody."""
    assert [response.rij for response in load(tmp_path, csv_text()).responses] == [2, 3, 4, 5]


def test_an_export_of_another_program_is_refused(tmp_path):
    """An export of Qualtrics is no export of LimeSurvey, and the message says what was looked for."""
    assert refusal(tmp_path, "StartDate,EndDate,Status,IPAddress\na,b,c,d\n") == (
        "Fout in data/raw/meting-9/export.csv, rij 1\n"
        '  gevonden: een kop die begint met "StartDate", "EndDate", "Status", "IPAddress"\n'
        '  verwacht: de vaste kolom "id" van LimeSurvey, of "Respons ID", "Response ID", "Antwort ID"\n'
        "  wat nu:   Exporteer uit LimeSurvey met alle kolommen, en met vraagcodes in de kop. Of is dit een ander programma?"
    )


@pytest.mark.parametrize("column", ["submitdate", "lastpage"])
def test_a_fixed_column_that_was_not_exported_is_named(tmp_path, column):
    """Without the date of submitting or the last page nobody knows who finished, so neither is guessed."""
    assert f'verwacht: de vaste kolom "{column}" van LimeSurvey' in refusal(
        tmp_path, csv_text().replace(f'"{column}"', '"Q99"')
    )


@pytest.mark.parametrize(("column", "cell"), [("submitdate", "1980-01-01 00:00:00"), ("lastpage", "4")])
def test_a_fixed_column_with_something_else_in_it_is_refused(tmp_path, column, cell):
    """A date or a page that is none is named with its row and column."""
    text = csv_text().replace(f'"{cell}"', '"later"', 1)
    assert refusal(tmp_path, text).splitlines()[:2] == [
        f"Fout in data/raw/meting-9/export.csv, rij 2, kolom {column}",
        '  gevonden: "later"',
    ]


def test_a_row_of_another_width_is_refused(tmp_path):
    """A row with a cell too few is named."""
    text = csv_text().replace('"Meer; ""tijd"""', "", 1).replace('"Y",\r\n', '"Y"\r\n', 1)
    width = len(COLUMNS) + len(FIXED_CODES)
    assert refusal(tmp_path, text).splitlines()[:3] == [
        "Fout in data/raw/meting-9/export.csv, rij 2",
        f"  gevonden: {width - 1} cellen",
        f"  verwacht: {width} cellen, evenveel als er kolommen zijn",
    ]


@pytest.mark.parametrize("people", [(), (Person(0, 0, PEOPLE[3].cells),)])
def test_an_export_of_nobody_is_refused(tmp_path, people):
    """LimeSurvey writes a heading, or a heading and one empty row, when nobody answered."""
    lines = csv_text(people=people).splitlines()
    text = "\r\n".join([lines[0], ",".join('""' for _ in lines[0].split(","))] if people else lines)
    assert "gevonden: een kop en geen enkele deelnemer" in refusal(tmp_path, text)


def test_an_empty_file_is_refused(tmp_path):
    """A file without a line is refused."""
    assert "gevonden: geen enkele regel" in refusal(tmp_path, "")


def test_a_column_twice_is_refused(tmp_path):
    """Two columns with the same heading cannot be told apart."""
    text = csv_text("tekst").replace('"Wat ontbreekt?"', '"Werkt u er nog?"')
    assert refusal(tmp_path, text) == (
        "Fout in data/raw/meting-9/export.csv, rij 1\n"
        '  gevonden: de kolom "Werkt u er nog?" voor de tweede keer\n'
        "  verwacht: elke kolom een keer\n"
        "  wat nu:   Exporteer opnieuw met vraagcodes in de kop; plak geen kolommen bij."
    )


def test_a_question_that_takes_a_name_of_ours_is_refused(tmp_path):
    """A question with the code finished would overwrite what is derived."""
    assert refusal(tmp_path, csv_text().replace('"G04Q07"', '"finished"')).splitlines()[1] == (
        '  gevonden: de kolommen "finished" en "finished", die allebei finished heten'
    )


def test_a_structure_of_another_survey_is_refused(tmp_path):
    """Export and structure belong to one questionnaire; a question they share is the least."""
    for structure in (("survey.lss", lss().replace("G0", "H0")), ("survey.R", r_syntax().replace('"G0', '"H0'))):
        assert "verwacht: de kolommen van data/raw/meting-9/survey." in refusal(tmp_path, csv_text(), structure)


def test_a_column_the_structure_does_not_know_stays_and_is_noted(tmp_path):
    """A question that was added later keeps its cells, and the receipt names it."""
    export = load(tmp_path, csv_text().replace('"G04Q07"', '"G09Q99"'), ("survey.lss", lss()))
    assert export.responses[0].cells["G09Q99"] == 'Meer; "tijd"'
    assert notes(export, AANGENOMEN)["kolommen die de structuur niet kent, gelaten zoals ze zijn: G09Q99"] == 1


@pytest.mark.parametrize("name", ["survey.sav", "survey", "survey.lsa"])
def test_another_kind_of_structure_is_refused(tmp_path, name):
    """A structure is a .lss or a syntax file of R, told by the end of its name."""
    assert "verwacht: een .lss, of het syntaxbestand voor R (.R)" in refusal(tmp_path, csv_text(), (name, lss()))


def test_a_structure_that_is_too_large_is_refused_before_it_is_read(tmp_path, monkeypatch):
    """A structure has a limit, so that no file fills the memory."""
    monkeypatch.setattr(limesurvey, "MOST_STRUCTURE_BYTES", 1000)
    assert "verwacht: de structuur van een vragenlijst" in refusal(tmp_path, csv_text(), ("survey.lss", lss()))


def test_a_missing_structure_is_named(tmp_path):
    """A structure that is not there is named as the researcher knows it."""
    path = write(tmp_path, "export.csv", csv_text())
    with pytest.raises(NsocError, match=r"Fout in data/raw/meting-9/survey\.lss\n  gevonden: geen bestand"):
        load_limesurvey(path, WHERE, tmp_path / "survey.lss")


@FUZZING
@given(st.lists(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r\0"), max_size=20), min_size=1,
                max_size=5))  # fmt: skip
def test_any_open_answer_reads_back_as_written(tmp_path, texts):
    """Separators, quotation marks, line ends and every alphabet survive; only spaces at the ends are dropped."""
    people = tuple(Person(n, 4, {**PEOPLE[3].cells, "G04Q07": text}) for n, text in enumerate(texts, 1))
    export = load(tmp_path, csv_text(people=people), ("survey.lss", lss()))
    assert [response.cells["G04Q07"] for response in export.responses] == [text.strip() for text in texts]


@FUZZING
@given(st.data())
@pytest.mark.parametrize("part", ["export", "survey.lss", "survey.R"])
def test_a_damaged_file_ends_in_an_export_or_a_message(tmp_path, part, data):
    """Cut, changed and mixed files never end in anything but an export or one error of ours."""
    texts = {"export": csv_text("beide", "teksten"), "survey.lss": lss(), "survey.R": r_syntax()}
    raw = bytearray(texts[part].encode())
    start = data.draw(st.integers(0, len(raw)))
    raw[start : start + data.draw(st.integers(0, 400))] = data.draw(st.binary(max_size=12))
    structure = None if part == "export" else tmp_path / part
    if structure:
        structure.write_bytes(raw)
    export = tmp_path / "export.csv"
    export.write_bytes(
        bytes(raw) if part == "export" else (r_data() if part == "survey.R" else texts["export"]).encode()
    )
    try:
        said = f"{len(load_limesurvey(export, WHERE, structure).responses)} deelnemers"
    except NsocError as error:
        said = str(error)
    assert re.match(r"[1-9]\d* deelnemers|Fout in data/raw/meting-9/", said)


VV = "Respons\tVerstuurd\tPagina\tVraag\nid\tsubmitdate\tlastpage\tQ1\n1\t1980-01-01\t2\tA1\n"


@pytest.mark.parametrize(
    ("content", "found"),
    [(VV.encode(), "een vv-export van LimeSurvey"),
     (zipped({"survey_1.lss": b"", "survey_1_responses.lsr": b""}), "een archief van LimeSurvey (.lsa)")],
    ids=["vv", "lsa"],
)  # fmt: skip
def test_an_archive_and_a_vv_export_say_what_to_export_instead(tmp_path, content, found):
    """Neither is read; one sentence names the export that is."""
    path = tmp_path / "bestand"
    path.write_bytes(content)
    with pytest.raises(NsocError) as refused:
        load_limesurvey(path, "bestand")
    assert refused.value.found == found
    assert refused.value.remedy == (
        "Exporteer in LimeSurvey de antwoorden als CSV, met vraagcodes en antwoordcodes, en de vragenlijst als .lss voor "
        "structuur in meting.yml."
    )
