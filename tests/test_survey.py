"""A cleaned questionnaire knows how many were invited and whether real people answered."""

from dataclasses import replace

import pandas as pd
import pytest
from fictitious import survey_record

from nsoc_lib.codebook import Codebook
from nsoc_lib.errors import NsocError
from nsoc_lib.meting import Invited
from nsoc_lib.sources.export import Response
from nsoc_lib.sources.stored import StoredTable
from nsoc_lib.survey import Survey, kind_of_missing


def survey(herkomst: str) -> Survey:
    """Return a questionnaire for eight invited people, with answers of this origin."""
    groups = (Invited("Noord", 5, "waargenomen", "lijst"), Invited("Zuid", 3, "waargenomen", "lijst"))
    record = survey_record(*groups, herkomst=herkomst)
    empty = pd.DataFrame()
    return Survey("meting-9", empty, empty, empty, Codebook("thermometer", {}, {}, (), (), (), {}), record, "x@1")


@pytest.mark.parametrize(("herkomst", "observed"), [("waargenomen", True), ("gesimuleerd", False)])
def test_only_observed_answers_count_as_observed(herkomst, observed):
    """Answers are observed when the record of the meting says so, and simulated ones never are."""
    assert survey(herkomst).waargenomen is observed


def test_the_invited_come_from_the_record():
    """How many were invited is what the record says, not how many answered."""
    assert survey("waargenomen").genodigd == 8


def test_an_unknown_number_of_invited_is_refused():
    """A share of those invited cannot be given when nobody knows how many they were."""
    known = survey("waargenomen")
    unknown = replace(known, opgave=replace(known.opgave, veldwerk=replace(known.opgave.veldwerk, uitgenodigd=None)))
    with pytest.raises(NsocError) as error:
        _ = unknown.genodigd
    assert (error.value.where, error.value.found) == (
        "data/raw/meting-9/meting.yml, sleutel uitgenodigd",
        "niet gepubliceerd",
    )


@pytest.mark.parametrize(
    ("herkomst", "there"), [("waargenomen", True), ("gesimuleerd", True), ("niet gepubliceerd", False)]
)
def test_answers_that_were_never_published_are_not_there(herkomst, there):
    """A chapter asks this before it shows an outcome."""
    assert survey(herkomst).beschikbaar is there


def test_kinds_of_missing_of_one_question_are_told_together():
    """Each kind once, in the order of the columns; a cell with something in it is not missing, whatever is declared."""
    response = Response(
        4, {"a": "", "b": "", "c": "", "d": "x"}, {"a": "weigert", "b": "n.v.t.", "c": "weigert", "d": "fout"}
    )
    assert kind_of_missing(response, "a", "b", "c") == "weigert; n.v.t."
    assert kind_of_missing(response, "d") is None
    assert kind_of_missing(Response(4, {"a": ""}), "a") is None


def test_a_kind_that_repeats_a_status_is_no_kind():
    """A file we wrote ourselves gives each status as a kind of missing; read back, it is the status again."""
    kinds = {"a": "Overgeslagen", "b": "niet bereikt", "c": "niet getoond", "d": "niet gekozen"}
    assert kind_of_missing(Response(4, dict.fromkeys(kinds, ""), kinds), *kinds) is None


def answered(answers: pd.DataFrame, respondents: pd.DataFrame) -> Survey:
    return replace(survey("waargenomen"), antwoorden=answers, respondenten=respondents)


ANSWERS = pd.DataFrame(
    {
        "respondent": ["r1", "r1", "r2", "r2", "r3", "r4"],
        "stelling": ["doel", "tijd", "doel", "tijd", "doel", "doel"],
        "antwoord": ["Eens", "Eens", "Oneens", None, "Eens", "Eens"],
        "rij": [4, 4, 7, 7, 5, 9],
    }
)
PEOPLE = pd.DataFrame({"respondent": ["r3", "r1", "r2"], "groep": [None, "Noord", "Zuid"], "rij": [5, 4, 7]})


def test_answers_are_counted_by_the_group_of_who_gave_them():
    """The row in the export ties an answer to a respondent, in whatever order both tables stand."""
    counted = answered(ANSWERS, PEOPLE).count("stelling", "antwoord", by="groep")
    assert counted.where("groep", "Noord").where("stelling", "doel").of("antwoord") == {"Eens": 1, "Oneens": 0}
    assert counted.where("groep", "Zuid").where("stelling", "doel").of("antwoord") == {"Eens": 0, "Oneens": 1}


def test_who_has_no_group_is_in_none():
    """Of six answers one is of somebody without a group and one of a row that no respondent has."""
    counted = answered(ANSWERS, PEOPLE).count("antwoord", by="groep")
    assert counted.of("groep") == {"Noord": 2, "Zuid": 2}
    assert counted.rows == 6


def test_nobody_has_a_group():
    """Without a single group known there are no groups, and all answers are still counted."""
    counted = answered(ANSWERS, PEOPLE.assign(groep=pd.array([None] * 3, dtype="str"))).count("antwoord", by="groep")
    assert (counted.of("groep"), counted.rows) == ({}, 6)


def test_other_answers_are_counted_anew():
    """Counts belong to the answers they were taken from, not to a survey that was made out of it."""
    first = answered(ANSWERS, PEOPLE)
    assert first.count("antwoord").of("antwoord")["Eens"] == 4
    assert replace(first, antwoorden=ANSWERS.iloc[:2]).count("antwoord").of("antwoord") == {"Eens": 2}


def test_counting_reads_no_rows(tmp_path):
    """A table on disk is counted in parts; its rows are read when somebody asks for rows, and not before."""
    path = tmp_path / "antwoorden.parquet"
    ANSWERS.to_parquet(path, index=False, row_group_size=2)
    stored = StoredTable(path)
    counted = answered(stored, PEOPLE)
    assert counted.count("antwoord", by="groep").of("groep") == {"Noord": 2, "Zuid": 2}
    assert "frame" not in stored.__dict__
    assert counted.antwoorden["antwoord"].tolist()[:3] == ["Eens", "Eens", "Oneens"]
    assert "frame" in stored.__dict__


def test_a_survey_without_a_profile_has_no_rules():
    """Whoever puts one together without a profile is told, before anything observed is shown."""
    with pytest.raises(ValueError, match="enquête thermometer van meting-9 heeft geen profiel van onthulling"):
        _ = survey("waargenomen").regels
