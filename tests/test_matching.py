"""Files that know a column by its name: the codebook says what it is, the file's labels what a code means."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import invented_survey as survey
import pandas as pd
import pytest
from spss_files import Variable, sav_bytes

from nsoc_lib.cleaning import clean_survey
from nsoc_lib.codebook import Codebook
from nsoc_lib.errors import NsocError
from nsoc_lib.matching import match_export, spss_name
from nsoc_lib.sources.export import Export, Note
from nsoc_lib.sources.plain import load_plain
from nsoc_lib.sources.qualtrics import load_qualtrics
from nsoc_lib.sources.spreadsheet import load_spreadsheet
from nsoc_lib.sources.spss import load_spss
from nsoc_lib.survey import Cleaned

CODING = pd.DataFrame([("R_1", "waarom", "tijdgebrek", "AB", 2)], columns=["respons", "vraag", "code", "codeur", "rij"])


def read(folder: Path, content: bytes, load: Any) -> Export:
    path = folder / "bestand"
    path.write_bytes(content)
    return load(path, "bestand")


def clean(export: Export, codebook: Codebook | None = None) -> Cleaned:
    book = codebook or survey.codebook()
    return clean_survey(match_export(export, book), book, CODING, "codering.csv")


def tables(cleaned: Cleaned) -> list[pd.DataFrame]:
    """Return the cleaned tables without the row in the file, in which formats must differ."""
    frames = [cleaned.antwoorden, cleaned.respondenten, cleaned.open_antwoorden, cleaned.keuzes]
    return [frame.drop(columns="rij") for frame in frames]


def one(folder: Path, *variables: Variable, row: tuple[Any, ...], codebook: Codebook | None = None) -> Export:
    """Return a matched SPSS file with one case."""
    return match_export(read(folder, sav_bytes(variables, [row]), load_spss), codebook or survey.codebook())


FORMATS = {
    "spss": (survey.spss_bytes(), load_spss),
    "spss, schaal omgekeerd": (survey.spss_bytes(turned=True), load_spss),
    "excel": (survey.excel_bytes(), load_spreadsheet),
    "csv": (survey.plain_bytes(), load_plain),
}


@pytest.mark.parametrize("name", FORMATS)
def test_one_meting_gives_the_same_tables_whatever_the_program(tmp_path, name):
    """Qualtrics, SPSS with either order of codes, Excel and a plain CSV end in equal cleaned tables."""
    original = clean_survey(
        read(tmp_path, survey.qualtrics_bytes(), load_qualtrics), survey.codebook(), CODING, "codering.csv"
    )
    for first, second in zip(tables(original), tables(clean(read(tmp_path, *FORMATS[name]))), strict=True):
        assert len(first)
        pd.testing.assert_frame_equal(first, second)


def test_the_tables_are_those_of_the_invented_people(tmp_path):
    """What the four people answered, counted by hand, is what an SPSS file gives."""
    cleaned = clean(read(tmp_path, *FORMATS["spss, schaal omgekeerd"]))
    answers = cleaned.antwoorden.set_index("stelling")
    assert answers.loc["doel", "antwoord"].tolist() == ["Eens", "Oneens", "Weet niet", "Eens"]
    assert answers.loc["tijd", "status"].tolist() == ["geldig", "overgeslagen", "geldig", "niet bereikt"]
    assert cleaned.keuzes["optie"].fillna("-").tolist() == ["politie", "politie", "gemeente", "-", "-"]
    assert cleaned.keuzes["status"].tolist() == ["geldig"] * 3 + ["overgeslagen", "niet bereikt"]
    assert cleaned.respondenten["groep"].astype(object).fillna("-").tolist() == ["Noord", "Zuid", "-", "Noord"]


def test_a_code_that_file_and_codebook_call_differently_is_refused(tmp_path):
    """Nobody may guess whether 2 is Eens or Heel erg eens."""
    with pytest.raises(NsocError) as raised:
        one(tmp_path, Variable("doel", labels={2: "Heel erg eens"}), row=(2,))
    assert str(raised.value) == (
        "Fout in bestand, rij 1, kolom doel\n"
        '  gevonden: code 2, die het bestand "Heel erg eens" noemt\n'
        '  verwacht: "Eens", zoals het codeboek code 2 noemt\n'
        "  wat nu:   Kijk wat de vragenlijst zegt, en maak het label in codeboek.yml en in het bestand gelijk."
    )


def test_a_label_that_nobody_chose_is_no_obstacle(tmp_path):
    """A file may label codes that the codebook does not have, as long as they do not occur."""
    export = one(tmp_path, Variable("doel", labels={1: "oneens ", 2: "Heel erg eens"}), row=(1,))
    assert export.responses[0].cells["QID1"] == "Oneens"


def test_a_label_cut_off_by_spss_is_recognised(tmp_path):
    """SPSS keeps 60 or 120 bytes of a label: its beginning stands for the only answer that begins so."""
    label = "Dit antwoord is veel langer dan een oud SPSS-bestand van een label bewaart"
    raw = survey.raw_codebook()
    raw["achtergrond"][0]["antwoorden"] = [label, "Zuid"]
    book = survey.codebook(achtergrond=raw["achtergrond"])
    export = one(tmp_path, Variable("groep", labels={1: label[:60]}), row=(1,), codebook=book)
    assert export.responses[0].cells["QID5"] == label


def test_what_the_file_declares_missing_and_the_codebook_an_answer_is_told(tmp_path):
    """Weet niet is an answer when the codebook says so, and the receipt tells that the file thought otherwise."""
    export = one(tmp_path, Variable("doel", labels={9: "weet niet"}, ontbreekt=(9,)), row=(9,))
    assert export.responses[0].cells["QID1"] == "Weet niet"
    assert Note(
        "hernoemd", '"Weet niet" telt als antwoord', "het codeboek noemt het zo, het bestand ontbrekend", 1
    ) in (export.notities)


def test_another_kind_of_missing_stays_missing(tmp_path):
    """A code declared missing that is no answer of the codebook stays an empty cell with its kind."""
    export = one(tmp_path, Variable("doel", labels={8: "Geweigerd"}, ontbreekt=(8,)), row=(8,))
    assert export.responses[0].cells["QID1"] == ""
    assert export.responses[0].ontbreekt == {"QID1": "Geweigerd"}


def test_zero_is_not_chosen(tmp_path):
    """In a column per option 0 is an empty cell, and the receipt says that this was assumed, with a count."""
    export = one(tmp_path, Variable("partners_1"), Variable("partners_2"), row=(0, 1))
    assert (export.responses[0].cells["QID2_1"], export.responses[0].cells["QID2_2"]) == ("", "1")
    assert export.responses[0].ontbreekt == {"QID2_1": "niet gekozen"}
    assert [note.aantal for note in export.notities if note.wat == "0 is niet gekozen"] == [1]


def test_the_codebook_may_declare_system_columns(tmp_path):
    """A column of any name identifies people or says who finished when the codebook says so; nothing is assumed then."""
    book = survey.codebook(systeemkolommen={"deelnemer": "nr", "compleet": "klaar"})
    variables = (Variable("nr"), Variable("klaar", labels={1: "Ja", 2: "Nee"}), Variable("doel"), Variable("tijd"))
    export = match_export(read(tmp_path, sav_bytes(variables, [(7, 1, 1, 1), (8, 2, 1, None)]), load_spss), book)
    assert [response.response_id for response in export.responses] == ["7", "8"]
    assert [response.cells["finished"] for response in export.responses] == ["True", "False"]
    assert [response.cells["progress"] for response in export.responses] == ["100", "50"]
    assert [note.waarom for note in export.notities if note.soort == "aangenomen"] == [
        "geen kolom Progress",
        "geen kolom Status",
    ]


def test_a_declared_column_that_is_not_there_is_named(tmp_path):
    """A codebook that declares a column the file does not have stops the run."""
    book = survey.codebook(systeemkolommen={"deelnemer": "nummer"})
    with pytest.raises(NsocError, match="bestand, kolom nummer\n  gevonden: geen kolom met deze naam"):
        one(tmp_path, Variable("doel"), row=(1,), codebook=book)


def test_two_columns_for_one_question_are_refused(tmp_path):
    """A file with both the tag and the ImportId of a question has two columns for one answer."""
    with pytest.raises(NsocError, match="dezelfde kolom van het codeboek als doel"):
        one(tmp_path, Variable("doel"), Variable("QID1"), row=(1, 2))


def test_a_column_is_found_whatever_its_capitals(tmp_path):
    """SPSS does not tell Doel from doel, and writes @ before a name that begins with a digit."""
    export = one(tmp_path, Variable("DOEL"), Variable("@tijd"), row=(1, 2))
    assert (export.responses[0].cells["QID1"], export.responses[0].cells["QID3"]) == ("1", "2")


def test_a_column_that_the_codebook_does_not_know_is_left_for_cleaning(tmp_path):
    """A column of nobody keeps its name, so that cleaning can ask what it is."""
    with pytest.raises(NsocError, match="een vraag die het codeboek niet kent"):
        clean(read(tmp_path, survey.plain_bytes().replace(b";groep", b";groep;extra", 1).replace(b"Noord", b"Noord;x")
                   .replace(b"Zuid", b"Zuid;y").replace("één;".encode(), "één;;".encode())
                   , load_plain))  # fmt: skip


@pytest.mark.parametrize(("name", "expected"), [("Q1_1", "Q1_1"), ("1_Q5", "v_1_Q5"), ("all", "all_"), ("a-b.", "a_b")])
def test_names_that_spss_accepts(name, expected):
    """A variable begins with a letter, has no hyphen, does not end in a point and is no word of SPSS."""
    assert spss_name(name) == expected


@pytest.mark.parametrize("cell", ["1,2", "Politie,Gemeente"])
@pytest.mark.parametrize("head", ["partners", "QID2"])
def test_all_choices_in_one_cell_are_read_as_in_qualtrics(tmp_path, cell, head):
    """A plain CSV with "1,2" or the labels under the name of the question gives the tables of split columns."""
    names = [name for name in survey.COLUMNS.values() if not name.startswith("partners")]
    row = ["R_1", "True", "100", "IP Address", "Eens", "", "Zo", "Noord"]
    content = ";".join([*names, head]) + "\n" + ";".join([*row, cell]) + "\n"
    cleaned = clean(read(tmp_path, content.encode(), load_plain))
    assert list(cleaned.keuzes["optie"]) == ["politie", "gemeente"]


def test_a_decimal_that_excel_made_of_choices_is_refused(tmp_path):
    """Excel turns 1,2 into the number 1.2: that is no list of options, and no choice is made up from it."""
    content = "doel;tijd;waarom;groep;partners\nEens;Eens;;Noord;1.2\n"
    with pytest.raises(NsocError, match="met iets dat geen optie is"):
        clean(read(tmp_path, content.encode(), load_plain))


@pytest.mark.parametrize(
    ("changes", "asked"),
    [({"weet_niet": ["Weet niet"]}, 0), ({"weet_niet": [], "ontbreekt": ["Weet niet"]}, 0), ({"weet_niet": []}, 1)],
)
def test_dont_know_is_not_asked_when_the_codebook_answers(tmp_path, changes, asked):
    """Under weet_niet or ontbreekt of its scale it is answered; as one point among others it is not."""
    raw = survey.raw_codebook()
    book = survey.codebook(schalen={"eens": raw["schalen"]["eens"] | changes})
    export = one(tmp_path, Variable("doel", labels={1: "Oneens", 2: "Eens", 9: "weet niet"}), row=(9,), codebook=book)
    assert sum(note.soort == "vraag" for note in export.notities) == asked
