"""A cleaned questionnaire knows how many were invited and whether real people answered."""

from dataclasses import replace

import pandas as pd
import pytest

from nsoc_lib.codebook import Codebook
from nsoc_lib.errors import NsocError
from nsoc_lib.meting import Fieldwork, Invited, SurveyRecord
from nsoc_lib.sources.export import Response
from nsoc_lib.survey import Survey, kind_of_missing


def survey(herkomst: str) -> Survey:
    """Return a questionnaire for eight invited people, with answers of this origin."""
    groups = (Invited("Noord", 5, "waargenomen", "lijst"), Invited("Zuid", 3, "waargenomen", "lijst"))
    record = SurveyRecord(
        instrument="thermometer",
        bestand="export.csv",
        formaat="qualtrics",
        codeboek="codeboek.yml",
        codering="codering.csv",
        herkomst=herkomst,
        toelichting="",
        afronding="percentage van de som",
        weging="geen",
        weging_reden="Iedereen is gevraagd.",
        veldwerk=Fieldwork("internet", "mei", "een", "", 8, "lijst", groups),
    )
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
