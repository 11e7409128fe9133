"""Cells with several chosen options: read against the codebook, and every form of one export gives the same tables."""

import csv
import io
import json
import string
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from fictitious_enquete import CODING, Person, export_rows, load_own_codebook, people
from hypothesis import given, settings
from hypothesis import strategies as st
from qualtrics_files import Field, current

from nsoc_lib.choice_cells import split_choices
from nsoc_lib.cleaning import clean_survey
from nsoc_lib.codebook import Codebook
from nsoc_lib.entries import Entry
from nsoc_lib.errors import NsocError
from nsoc_lib.paths import REPOSITORY
from nsoc_lib.questions import KIES, MEER, Question
from nsoc_lib.sources.export import Column, Export, Response
from nsoc_lib.sources.qualtrics import load_qualtrics
from nsoc_lib.survey import Cleaned

FOLDER: Path = REPOSITORY / "data" / "raw" / "versterking-2021"
CODEBOOK = load_own_codebook(FOLDER)
WHERE = "data/raw/versterking-2021/enquete.csv"
SEVERAL = [question for question in CODEBOOK.gesloten if question.soort in {MEER, KIES}]
LABELS = {
    1: "Opsporing",
    4: "Opsporing, vervolging",
    6: "vervolging",
    9: "Anders, namelijk:",
    12: "a,b",
    13: "a",
    14: "b",
}


def small_codebook(labels: dict[int, str] | None = None) -> Codebook:
    """Return a codebook with one question of which labels hold commas, and codes are not 1, 2, 3."""
    options = [{"id": f"optie-{code}", "code": code, "label": label} for code, label in (labels or LABELS).items()]
    question = {"id": "welke", "soort": "meer", "kort": "K", "tekst": "Welke?", "kolom": "Q4", "import_id": "QID4"}
    raw = {
        "instrument": "enquete",
        "schalen": {},
        "themas": {},
        "stellingen": [],
        "vragen": [question | {"opties": options}],
    }
    return Codebook.build(Entry(raw, "codeboek.yml"))


def export_of(cell: str, missing: dict[str, str] | None = None) -> Export:
    columns = (Column("ResponseId", "Id", "_recordId"), Column("Q4", "Welke?", "QID4"), Column("Q5", "Wie?", "QID5"))
    response = Response(4, {"_recordId": "R_1", "QID4": cell, "QID5": "x"}, missing or {})
    return Export(WHERE, columns, (response,))


def chosen(cell: str) -> list[int]:
    """Return the codes of the options that a cell says were chosen."""
    split = split_choices(export_of(cell), small_codebook())
    return [code for code in LABELS if split.responses[0].cells[f"QID4_{code}"] == "1"]


def refusal(cell: str) -> str:
    with pytest.raises(NsocError) as raised:
        split_choices(export_of(cell), small_codebook())
    return str(raised.value)


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("", []),
        ("6", [6]),
        ("1,4,6", [1, 4, 6]),
        ("6, 1", [1, 6]),
        ("12", [12]),
        ("Opsporing", [1]),
        ("Opsporing, vervolging", [4]),
        ("Opsporing,vervolging", [1, 6]),
        ("Opsporing, vervolging,vervolging", [4, 6]),
        ("Opsporing,Opsporing, vervolging,Anders, namelijk:", [1, 4, 9]),
        ("a,b,a", [12, 13]),
        ("Anders, namelijk:,vervolging", [6, 9]),
    ],
)
def test_a_cell_is_read_against_the_options_of_the_codebook(cell, codes):
    """Codes or labels, in any order, also where a label holds a comma itself."""
    assert chosen(cell) == codes


def test_a_cell_that_can_be_read_in_two_ways_is_refused():
    """``a,b`` is one option, or two others: nobody can tell from the cell."""
    assert refusal("Opsporing,a,b") == (
        "Fout in data/raw/versterking-2021/enquete.csv, rij 4, kolom Q4\n"
        '  gevonden: "Opsporing,a,b", op meer dan een manier te lezen\n'
        "  verwacht: codes of labels uit het codeboek, elk een keer, met een komma ertussen: Opsporing, "
        "Opsporing, vervolging, vervolging, Anders, namelijk:, a,b, a, b\n"
        '  wat nu:   Exporteer opnieuw met een kolom per optie (in Qualtrics "Split multi-value fields into columns"), '
        "of verbeter het codeboek."
    )


@pytest.mark.parametrize(
    "cell",
    ["14,6,", ",6", "146", "1,1", "6,Opsporing", "Opsporing,", "Opsporing;vervolging", "opsporing", "vervolging,vervolging",
     "Anders", "1,2", "-99", "0"],
)  # fmt: skip
def test_a_cell_with_anything_else_is_refused(cell):
    """An unknown code, codes glued together, codes among labels, an option twice, another separator, half a label."""
    assert f'gevonden: "{cell}", met iets dat geen optie is' in refusal(cell)


def test_a_cell_that_can_be_read_in_millions_of_ways_is_refused_at_once():
    """The number of readings that are kept is bounded: 26 pairs that are options as well as their halves."""
    letters = string.ascii_letters
    labels = [*letters, *(f"{letters[n]},{letters[n + 1]}" for n in range(0, 52, 2))]
    with pytest.raises(NsocError, match="op meer dan een manier te lezen"):
        split_choices(export_of(",".join(letters)), small_codebook(dict(enumerate(labels, 1))))
    assert "geen optie" in refusal("a," * 5_000 + "?")


def test_columns_take_the_place_of_the_one_column():
    """The split columns stand where the column stood, with the tag and the text of each option."""
    split = split_choices(export_of("1"), small_codebook())
    assert [column.tag for column in split.columns] == ["ResponseId", *(f"Q4_{code}" for code in LABELS), "Q5"]
    assert split.columns[1].text == "Welke? - Opsporing"
    assert split.responses[0].cells["QID5"] == "x"
    assert "QID4" not in split.responses[0].cells


def test_why_a_cell_is_empty_goes_on_to_every_option():
    """Somebody who saw the question and chose nothing saw each option."""
    split = split_choices(export_of("", {"QID4": "overgeslagen"}), small_codebook())
    assert split.responses[0].ontbreekt == {f"QID4_{code}": "overgeslagen" for code in LABELS}


def test_both_forms_of_one_question_are_refused():
    """An export has one form; two forms come from pasting."""
    whole = export_of("1")
    pasted = replace(whole, columns=(*whole.columns, Column("Q4_6", "Welke? - vervolging", "QID4_6")))
    with pytest.raises(NsocError) as raised:
        split_choices(pasted, small_codebook())
    assert "gevonden: een kolom Q4 met alle keuzes, en ook Q4_6" in str(raised.value)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.sets(st.sampled_from([1, 4, 6, 9]), min_size=1), st.randoms(use_true_random=False))
def test_any_choice_reads_back_in_both_forms(codes, order):
    """Codes or labels, joined in any order, are read as the options that were chosen."""
    listed = order.sample(sorted(codes), len(codes))
    assert chosen(",".join(map(str, listed))) == sorted(codes)
    assert chosen(",".join(LABELS[code] for code in listed)) == sorted(codes)


# ---- Every form of one export gives the same tables --------------------------------------------


def coding() -> pd.DataFrame:
    return pd.DataFrame(CODING, columns=["respons", "vraag", "code", "codeur"]).assign(rij=range(2, len(CODING) + 2))


def rows_of(*, numeric: bool, persons: list[Person] | None = None) -> list[list[str]]:
    """Return the fictitious export; a numeric one also has numbers in its system columns."""
    rows = export_rows(CODEBOOK, people() if persons is None else persons, numeric=numeric)
    numbers = {"Survey Preview": "1", "IP Address": "0", "True": "1", "False": "0"}
    return [*rows[:3], *([numbers.get(cell, cell) for cell in row] for row in rows[3:])] if numeric else rows


def tables(folder: Path, rows: list[list[str]]) -> Cleaned:
    """Return what cleaning makes of these rows as a file."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    (folder / "enquete.csv").write_text(text.getvalue(), encoding="utf-8")
    return clean_survey(load_qualtrics(folder / "enquete.csv", WHERE), CODEBOOK, coding(), "codering.csv")


def assert_same(left: Cleaned, right: Cleaned) -> None:
    """All tables and all findings are the same; only the tag of a split column may differ."""
    for name in ("antwoorden", "respondenten", "open_antwoorden", "keuzes"):
        pd.testing.assert_frame_equal(getattr(left, name), getattr(right, name))
    assert left.bevindingen == right.bevindingen


def in_one_column(rows: list[list[str]], *, numeric: bool) -> list[list[str]]:
    """Return the export as it is without "Split multi-value fields into columns"."""
    keys = [json.loads(cell)["ImportId"] for cell in rows[2]]
    for question in SEVERAL:
        places = {option: keys.index(question.column_of(option)[0]) for option in question.opties}
        first, rest = min(places.values()), sorted(places.values())[1:]
        shown = {place: option.code if numeric else option.label for option, place in places.items()}
        joined = [",".join(shown[place] for place in sorted(shown) if row[place]) for row in rows[3:]]
        head = [question.kolom, f"Vraag {question.kolom}", json.dumps({"ImportId": question.import_id})]
        rows = [[*row[:first], cell, *row[first + 1 :]] for row, cell in zip(rows, [*head, *joined], strict=True)]
        rows = [[cell for place, cell in enumerate(row) if place not in rest] for row in rows]
        keys = [json.loads(cell)["ImportId"] for cell in rows[2]]
    return rows


def under_one_import_id(rows: list[list[str]]) -> list[list[str]]:
    """Return the export with the options as Qualtrics names them: one ImportId, and a choiceId each."""
    objects = dict.fromkeys(rows[2])
    names = {cell: cell for cell in objects}
    for question in SEVERAL:
        for option in question.opties:
            cell = json.dumps({"ImportId": question.column_of(option)[0]}, separators=(",", ":"))
            names[cell] = json.dumps({"ImportId": question.import_id, "choiceId": option.code})
    assert sum(cell != name for cell, name in names.items()) > 20
    return [*rows[:2], [names[cell] for cell in rows[2]], *rows[3:]]


def with_seen_unanswered(rows: list[list[str]]) -> list[list[str]]:
    """Return the export in which what finished people left blank is −99, and 0 for options not chosen."""
    keys = [json.loads(cell)["ImportId"] for cell in rows[2]]
    finished = keys.index("finished")
    several = {question.column_of(option)[0]: question for question in SEVERAL for option in question.opties}

    def cell_of(row: list[str], place: int) -> str:
        if row[place] or row[finished] not in {"1", "True"}:
            return row[place]
        question = several.get(keys[place])
        if question and any(row[keys.index(question.column_of(option)[0])] for option in question.opties):
            return "0"
        return "-99"

    return [*rows[:3], *([cell_of(row, place) for place in range(len(row))] for row in rows[3:])]


@pytest.fixture(scope="module")
def expected(tmp_path_factory) -> Cleaned:
    """Return the tables of the text export in the split form."""
    cleaned = tables(tmp_path_factory.mktemp("tekst"), rows_of(numeric=False))
    assert (len(cleaned.respondenten), len(cleaned.keuzes) > 100) == (12, True)
    return cleaned


@pytest.mark.parametrize("numeric", [False, True], ids=["tekst", "codes"])
@pytest.mark.parametrize("form", ["gesplitst", "een kolom", "choiceId", "gezien"])
def test_codes_and_texts_in_every_form_give_the_same_tables(tmp_path, expected, numeric, form):
    """Texts or codes, split or in one column, with or without −99: the cleaned tables and findings are the same."""
    rows = rows_of(numeric=numeric)
    if form == "een kolom":
        rows = in_one_column(rows, numeric=numeric)
        assert len(rows[0]) < len(rows_of(numeric=numeric)[0])
    if form == "choiceId":
        rows = under_one_import_id(rows)
    if form == "gezien":
        rows = with_seen_unanswered(rows)
        assert {"0", "-99"} <= {cell for row in rows[3:] for cell in row}
    assert_same(tables(tmp_path, rows), expected)


def test_a_test_response_from_an_older_questionnaire_stops_nothing(tmp_path, expected):
    """A preview with an option that no longer exists is left out before its cells are read."""
    rows = in_one_column(rows_of(numeric=False), numeric=False)
    place = rows[0].index(SEVERAL[0].kolom)
    assert rows[-1][rows[0].index("Status")] == "Survey Preview"
    rows[-1][place] = "Een optie van vroeger"
    assert_same(tables(tmp_path, rows), expected)
    rows[3][place] = "Een optie van vroeger"
    with pytest.raises(NsocError, match="iets dat geen optie is"):
        tables(tmp_path, rows)


def scale_codebook(codes: tuple[int, int, int]) -> Codebook:
    """Return a codebook of one statement whose answers have these codes, from disagreeing to agreeing."""
    labels = ["Oneens", "Neutraal", "Eens"]
    answers = [{"code": code, "label": label} for code, label in zip(codes, labels, strict=True)]
    raw = {
        "instrument": "enquete",
        "schalen": {"eens": {"herkomst": "vragenlijst", "antwoorden": answers, "instemmend": ["Eens"]}},
        "themas": {"doel": "Doel"},
        "stellingen": [{"id": "doel", "kolom": "Q1", "import_id": "QID1", "tekst": "T", "thema": "doel", "kort": "K",
                        "schaal": "eens", "richting": "positief"}],
    }  # fmt: skip
    return Codebook.build(Entry(raw, "codeboek.yml"))


def clean_statement(folder: Path, codebook: Codebook, *answers: str) -> pd.DataFrame:
    (folder / "e.csv").write_text(current((Field("Q1", "T", "QID1"),), *([a] for a in answers)), encoding="utf-8")
    none = pd.DataFrame(columns=["respons", "vraag", "code", "rij"])
    return clean_survey(load_qualtrics(folder / "e.csv", WHERE), codebook, none, "codering.csv").antwoorden


@pytest.mark.parametrize("codes", [(1, 2, 3), (3, 2, 1), (7, 40, 12), (-1, 0, 1)])
def test_the_codebook_orders_the_answers_whatever_their_codes(tmp_path, codes):
    """Reversed or arbitrary recode values give the answers of the text export, in the order of the codebook."""
    by_text = clean_statement(tmp_path, scale_codebook(codes), "Eens", "Oneens", "Neutraal")
    by_code = clean_statement(tmp_path, scale_codebook(codes), *(str(codes[n]) for n in (2, 0, 1)))
    pd.testing.assert_frame_equal(by_code, by_text)
    assert list(by_code["antwoord"].cat.categories) == ["Oneens", "Neutraal", "Eens"]
    assert by_code["antwoord"].tolist() == ["Eens", "Oneens", "Neutraal"]


def test_an_answer_with_the_code_of_seen_and_unanswered_is_refused(tmp_path):
    """Where the codebook has an answer −99, a −99 in the export can mean two things."""
    with pytest.raises(NsocError) as raised:
        clean_statement(tmp_path, scale_codebook((1, 2, -99)), "1", "-99")
    assert str(raised.value) == (
        "Fout in data/raw/versterking-2021/enquete.csv, kolom Q1\n"
        "  gevonden: de code -99, die in een export ook gezien en niet beantwoord betekent\n"
        "  verwacht: een code met een betekenis\n"
        "  wat nu:   Exporteer de antwoorden als tekst, of zonder de code voor gezien en niet beantwoord."
    )


def test_every_question_with_several_options_is_tested():
    """The fictitious export has questions of both kinds, or these tests would prove less than they say."""
    assert {question.soort for question in SEVERAL} == {MEER, KIES}
    assert all(isinstance(question, Question) for question in SEVERAL)


def recoded(cell: str, words: str = "", **values: int) -> Export:
    """Split one cell of a question of which option 9 has words beside it; ``values`` are recoded values by code."""
    options = [
        {"id": f"optie-{code}", "code": code, "label": label, "toelichting": code == 9}
        | ({"waarde": values[f"w{code}"]} if values else {})
        for code, label in LABELS.items()
        if code in {1, 4, 9}
    ]
    question = {"id": "welke", "soort": "meer", "kort": "K", "tekst": "Welke?", "kolom": "Q4", "import_id": "QID4"}
    raw = {"instrument": "e", "schalen": {}, "themas": {}, "stellingen": [], "vragen": [question | {"opties": options}]}
    export = export_of(cell)
    cells = export.responses[0].cells | {"QID4_9_TEXT": words}
    export = replace(export, responses=(replace(export.responses[0], cells=cells),))
    return split_choices(export, Codebook.build(Entry(raw, "codeboek.yml")))


def ones(export: Export) -> list[str]:
    return [key for key, cell in export.responses[0].cells.items() if cell == "1"]


def test_words_at_an_option_that_the_codes_do_not_choose_stop_the_run():
    """Choice 9 was recoded to 1: without help "1,4" would be read as choices 1 and 4, with words at neither."""
    with pytest.raises(NsocError, match="hercodeerd") as refused:
        recoded("1,4", "een ding")
    assert 'woorden bij "Anders, namelijk:" (code 9)' in refused.value.found


def test_recoded_values_are_read_when_the_codebook_gives_them():
    """With waarde 1 for choice 9 and 9 for choice 1 the cell "1,4" holds choices 9 and 4."""
    assert ones(recoded("1,4", "een ding", w1=9, w4=4, w9=1)) == ["QID4_4", "QID4_9"]


def test_codes_that_nobody_vouched_for_are_said_to_be_assumed():
    """Without recoded values a note says what the codes were taken for; with them, or with labels, there is none."""
    assert [note.aantal for note in recoded("1,4").notities] == [1]
    assert recoded("1,4", w1=1, w4=4, w9=9).notities == ()
    assert recoded(LABELS[1]).notities == ()


def test_two_options_with_one_value_are_refused():
    """A value in a cell belongs to one option."""
    with pytest.raises(NsocError, match='waarde "4" meer dan een keer'):
        recoded("4", w1=4, w4=4, w9=9)
