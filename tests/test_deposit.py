"""A cleaned questionnaire as an archive keeps it: codes, labels, kinds of missing, and no words of people."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import invented_survey as survey
import pandas as pd
import pytest
from test_matching import CODING

from nsoc_lib.cleaning import clean_survey
from nsoc_lib.codebook import Codebook
from nsoc_lib.deposit import Deposited, build_codebook_table, build_long, build_questionnaire, build_wide
from nsoc_lib.errors import NsocError
from nsoc_lib.sources.qualtrics import load_qualtrics
from nsoc_lib.survey import Cleaned


def cleaned(folder: Path) -> Cleaned:
    path = folder / "export.csv"
    path.write_bytes(survey.qualtrics_bytes())
    return clean_survey(load_qualtrics(path, "export.csv"), survey.codebook(), CODING, "codering.csv")


def wide(folder: Path, codebook: Codebook | None = None) -> Deposited:
    found = cleaned(folder)
    frames = (found.antwoorden, found.respondenten, found.open_antwoorden, found.keuzes)
    return build_wide("thermometer_breed", frames, codebook or survey.codebook())


def test_one_row_per_person_with_codes_and_kinds_of_missing(tmp_path):
    """The four people, by hand: -1 is overgeslagen, -2 niet bereikt, an empty cell is unknown."""
    shown = {
        name: [None if cell is pd.NA else cell for cell in column]
        for name, column in wide(tmp_path).tabel.astype(object).items()
    }
    assert shown == {
        "ResponseId": ["r001", "r002", "r003", "r004"],
        "Finished": [1, 1, 1, 0],
        "Progress": [100, 100, 100, 40],
        "groep": [1, 2, None, 1],
        "doel": [2, 1, 9, 2],
        "tijd": [9, -1, 2, -2],
        "partners_1": [1, 1, -1, -2],
        "partners_2": [0, 1, -1, -2],
        "waarom": ["[tekst, niet in dit bestand]", "", "[tekst, niet in dit bestand]", ""],
    }


def test_a_declared_kind_of_missing_has_a_code_of_its_own(tmp_path):
    """Who refused is no -1, -2 or -3: the kind that the file gives follows those, under its own name."""
    found = cleaned(tmp_path)
    answers, choices = (
        frame.astype({"status": object, name: object}).assign(soort_ontbreekt=None)
        for frame, name in ((found.antwoorden, "antwoord"), (found.keuzes, "optie"))
    )
    refused = (answers["respondent"] == "r001") & (answers["stelling"] == "tijd")
    answers.loc[refused, ["antwoord", "status", "soort_ontbreekt"]] = [None, "ontbreekt", "weigert"]
    silent = choices["respondent"] == "r003"
    choices.loc[silent, ["status", "soort_ontbreekt"]] = ["ontbreekt", "niet gevraagd"]
    made = build_wide("breed", (answers, found.respondenten, found.open_antwoorden, choices), survey.codebook())
    assert list(made.tabel["tijd"]) == [-5, -1, 2, -2]
    assert list(made.tabel["partners_1"]) == [1, 1, -4, -2]
    assert made.variabelen["tijd"].ontbreekt == {
        9: "Weet niet", -1: "overgeslagen", -2: "niet bereikt", -3: "niet getoond", -4: "niet gevraagd", -5: "weigert"
    }  # fmt: skip


def test_every_code_has_its_label(tmp_path):
    """A label for each answer and each kind of missing; weet niet and the kinds are declared missing."""
    variables = wide(tmp_path).variabelen
    kinds = {-1: "overgeslagen", -2: "niet bereikt", -3: "niet getoond"}
    assert variables["doel"].tekst == "Wij delen doel."
    assert variables["doel"].labels == {1: "Oneens", 2: "Eens", 9: "Weet niet"} | kinds
    assert variables["doel"].ontbreekt == {9: "Weet niet"} | kinds
    assert variables["partners_1"].labels == {0: "Niet gekozen", 1: "Politie"} | kinds
    assert variables["groep"].labels == {1: "Noord", 2: "Zuid"}


def test_no_words_of_people_and_no_pseudonym(tmp_path):
    """What people wrote, and what links them to another meting, is in none of the tables."""
    table = wide(tmp_path).tabel
    assert "Zoë" not in table.to_csv()
    long = build_long("respondenten", cleaned(tmp_path).respondenten, ("kenmerk",))
    assert "kenmerk" not in long.tabel.columns
    assert "kenmerk" not in long.gecodeerd.columns


def test_a_code_that_means_a_kind_of_missing_is_refused(tmp_path):
    """A codebook with an answer -1 would read as overgeslagen."""
    raw = survey.raw_codebook()
    raw["schalen"]["eens"]["antwoorden"][0]["code"] = -1
    with pytest.raises(NsocError, match="het codeboek, stelling doel\n  gevonden: code -1"):
        wide(tmp_path, survey.codebook(schalen=raw["schalen"]))


def test_codes_that_are_no_numbers_are_numbered(tmp_path):
    """SPSS labels numbers: answers with codes such as A1 are numbered in the order of the codebook."""
    book = survey.codebook()
    scale = replace(book.schalen["eens"], antwoorden={"A1": "Oneens", "A2": "Eens", "A9": "Weet niet"})
    table = wide(tmp_path, replace(book, schalen={"eens": scale}))
    assert table.tabel["doel"].tolist() == [2, 1, 3, 2]
    assert table.variabelen["doel"].ontbreekt[3] == "Weet niet"


def test_two_columns_that_spss_cannot_tell_apart_are_refused(tmp_path):
    """Names that differ in a hyphen only would be one variable, and an answer would be lost."""
    raw = survey.raw_codebook()
    raw["stellingen"][0]["kolom"], raw["stellingen"][1]["kolom"] = "a-b", "a_b"
    with pytest.raises(NsocError, match="kolommen die in SPSS dezelfde naam zouden krijgen"):
        wide(tmp_path, survey.codebook(stellingen=raw["stellingen"]))


def test_a_long_table_keeps_its_words_and_gets_codes_for_spss():
    """A category is a label in CSV and a numbered code with that label in SPSS; empty stays empty."""
    kinds: Any = pd.CategoricalDtype(["Oneens", "Eens"], ordered=True)
    frame = pd.DataFrame({"soort-vraag": pd.Series(["Eens", None], dtype=kinds), "af": [True, False]})
    table = build_long("antwoorden", frame)
    assert table.tabel["soort_vraag"].astype(object).fillna("-").tolist() == ["Eens", "-"]
    assert table.gecodeerd["soort_vraag"].astype(object).where(
        table.gecodeerd["soort_vraag"].notna(), None
    ).tolist() == [
        2,
        None,
    ]
    assert table.variabelen["soort_vraag"].labels == {1: "Oneens", 2: "Eens"}
    assert table.gecodeerd["af"].tolist() == [1, 0]


def test_the_codebook_has_a_row_per_variable_and_per_code(tmp_path):
    """Each variable with its question, below it each code with label and whether it is an answer."""
    table = build_codebook_table([wide(tmp_path)]).tabel
    rows = table.loc[table["variabele"] == "doel"].astype(object).fillna("").to_numpy().tolist()
    assert rows[0] == ["thermometer_breed", "", "doel", "Wij delen doel.", "", "", ""]
    assert [row[4:] for row in rows[1:]] == [
        [1, "Oneens", "antwoord"], [2, "Eens", "antwoord"], [9, "Weet niet", "ontbreekt"],
        [-1, "overgeslagen", "ontbreekt"], [-2, "niet bereikt", "ontbreekt"], [-3, "niet getoond", "ontbreekt"],
    ]  # fmt: skip


def test_a_questionnaire_is_described_without_anybody(tmp_path):
    """The same variables, labels and kinds of missing as with answers, and not one row."""
    described = build_questionnaire("thermometer", survey.codebook())
    assert described.variabelen == wide(tmp_path).variabelen
    assert len(described.tabel) == 0
