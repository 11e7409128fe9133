"""How sure a figure is: each way to say so beside what it assumes, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from conftest import OPEN_PROFILE, ROOT
from transcribed import load_real

from nsoc_lib.certainty import (
    change_results,
    score_items,
    select_agreement,
    tabulate_certainty,
    tabulate_conventions,
    tabulate_methods,
    tabulate_unreached,
    tell_reliability,
)
from nsoc_lib.cleaning import clean_survey
from nsoc_lib.errors import NsocError
from nsoc_lib.paths import Study
from nsoc_lib.prose import tell
from nsoc_lib.result import Result
from nsoc_lib.rounds import Change, Design, Round, compare_rounds
from nsoc_lib.scales import MeasuringScale
from nsoc_lib.shares import Share
from nsoc_lib.source_rows import SourceTable
from nsoc_lib.sources.qualtrics import load_qualtrics
from nsoc_lib.sources.study import load_codebook, load_meting
from nsoc_lib.survey import Survey

STUDY = Study(ROOT / "data", ROOT / "reports")
FOLDER = ROOT / "data" / "raw" / "meting-1"
NO_CODES = pd.DataFrame(columns=["respons", "vraag", "code", "codeur", "rij"])


@pytest.fixture(scope="module")
def survey() -> Survey:
    meting = load_meting(STUDY, "meting-1")
    record, codebook = meting.enquetes[0], load_codebook(STUDY, "meting-1", "codeboek.yml")
    cleaned = clean_survey(load_qualtrics(FOLDER / record.bestand, "export.csv"), codebook, NO_CODES, "codering.csv")
    tables = (cleaned.antwoorden, cleaned.respondenten, cleaned.open_antwoorden)
    return Survey("meting-1", *tables, codebook, record, "procesthermometer@proef")


@pytest.fixture(scope="module")
def published() -> SourceTable:
    return load_real("meting-1", "gepubliceerd")


def lines(table: object) -> list[str]:
    return table.show().text.splitlines()[2:]


def test_each_method_stands_beside_what_it_assumes(survey: Survey) -> None:
    """21 of 25 of 31: certainly 21 to 27, under a chance draw 23 to 27, Wilson 65 to 94 percent (vakkennis §3.1)."""
    rows = lines(tabulate_methods(survey, "directie"))
    assert rows[0] == "Zonder aanname | 21 tot 27 van 31 | Niets: wie niet antwoordde kan het eens of oneens zijn."
    assert rows[1].startswith("Hypergeometrisch | 23 tot 27 van 31 | Wie dit gebruikt neemt aan")
    assert rows[2].startswith("Wilson | 65% tot 94% | ")
    assert rows[3].startswith("Jeffreys | 66% tot 94% | ")
    assert rows[4].startswith("Clopper-Pearson | 64% tot 95% | ")


def test_every_statement_has_its_bounds(survey: Survey) -> None:
    """All 28 statements are listed, with counts, bounds and two intervals."""
    rows = lines(tabulate_certainty(survey))
    assert len(rows) == 28
    assert "Directie en MT doen wat nodig is | 84% | 21 van 25 | 21 tot 27 | 23 tot 27 | 65% tot 94%" in rows


def test_an_unknown_statement_is_refused(survey: Survey) -> None:
    """The example of the chapter must be a statement of the codebook."""
    with pytest.raises(NsocError, match='geen stelling "directeur"'):
        select_agreement(survey, "directeur")


def test_themes_of_simulated_answers_have_no_reliability(survey: Survey) -> None:
    """No alpha is shown for imitated answers; the reason is."""
    assert tell_reliability(survey).text == (
        "De samenhang binnen de thema’s (Cronbachs alfa) wordt hier niet getoond. "
        "De antwoorden zijn nagebootst; hun onderlinge samenhang is verzonnen."
    )


def test_a_theme_is_no_scale(survey: Survey) -> None:
    """With observed answers the themes are still refused: the codebook declares no scale."""
    observed = replace(survey, opgave=replace(survey.opgave, herkomst="waargenomen"))
    assert "Het codeboek noemt deze stellingen geen schaal" in tell_reliability(observed).text


def test_a_declared_scale_of_observed_answers_has_its_alpha(survey: Survey) -> None:
    """Alpha of a declared scale is a result of the ledger, with its margin."""
    scale = MeasuringScale("inzet", "Inzet", ("medewerkers", "directie", "partners", "bijsturing"))
    observed = replace(
        survey,
        opgave=replace(survey.opgave, herkomst="waargenomen"),
        codeboek=replace(survey.codeboek, meetschalen=(scale,)),
    )
    shown = tell_reliability(observed)
    ids = {result.id.rpartition(".")[2]: result for result in shown.results}
    assert {"alfa", "laag", "hoog"} <= set(ids)
    assert ids["alfa"].id == "meting-1.procesthermometer.schaal.inzet.alfa"
    assert ids["laag"].value <= ids["alfa"].value <= ids["hoog"].value


def test_a_negative_item_is_turned_round() -> None:
    """Whoever agrees with a shortage is unfavourable: alpha of two items that mirror each other is positive."""
    first = ["Mee eens", "Helemaal mee eens", "Neutraal", "Mee oneens"] * 6
    mirror = {"Mee eens": "Mee oneens", "Helemaal mee eens": "Helemaal mee oneens", "Neutraal": "Neutraal",
              "Mee oneens": "Mee eens"}  # fmt: skip
    scores = _scores_of({"expertise": first, "mandaat": first, "capaciteit": [mirror[answer] for answer in first]})
    assert scores["expertise"].tolist() == scores["capaciteit"].tolist() == scores["mandaat"].tolist()


def _scores_of(answers: dict[str, list[str]]) -> pd.DataFrame:
    codebook = load_codebook(STUDY, "meting-1", "codeboek.yml")
    rows = [(f"r{n}", item, answer) for item, column in answers.items() for n, answer in enumerate(column)]
    frame = pd.DataFrame(rows, columns=["respondent", "stelling", "antwoord"])
    record = load_meting(STUDY, "meting-1").enquetes[0]
    asked = Survey("meting-1", frame, pd.DataFrame(), pd.DataFrame(), codebook, record, "proef@x", profiel=OPEN_PROFILE)
    return score_items(asked, MeasuringScale("proef", "Proef", tuple(answers)))


def test_a_change_is_told_with_results() -> None:
    """Ten of ten invited agree after two of ten: certainly more, and the numbers are in the ledger."""
    first = Round("nsoc", "meting 1", "huisvesting", Share(2, 10, 10), "waargenomen")
    second = Round("nsoc", "meting 3", "huisvesting", Share(10, 10, 10), "waargenomen")
    change = compare_rounds(first, second, Design("zelfde populatie"), minimum=5)
    assert isinstance(change, Change)
    found = change_results(change, "meting-3.verandering.huisvesting", "Verandering", "waargenomen", "p@x")
    shown = tell(change.template, **found)
    assert shown.results
    assert all(result.id.startswith("meting-3.verandering.huisvesting.") for result in shown.results)
    assert {result.unit for result in shown.results} == {"personen"}
    assert '<span class="aanduiding">meting 1</span>' in shown.html


def test_the_bounds_of_a_change_are_results_as_well() -> None:
    """From two to ten of ten is eight more at least and at most, under a label that names the statement."""
    first = Round("nsoc", "eerder", "huisvesting", Share(2, 10, 10), "waargenomen")
    second = Round("nsoc", "later", "huisvesting", Share(10, 10, 10), "waargenomen")
    change = compare_rounds(first, second, Design("zelfde populatie"), minimum=5)
    assert isinstance(change, Change)
    found = change_results(change, "m.v.huisvesting", "Huisvesting voldoet", "waargenomen", "p@x")
    low = found["laag"]
    assert isinstance(low, Result)
    assert (low.id, low.value, low.label) == ("m.v.huisvesting.laag", 8, "Huisvesting voldoet: laag")


def test_conventions_stand_beside_chance(published: SourceTable) -> None:
    """The sum of two categories reaches 28 of 28 where blind percentages would reach 22; plain 23 where blind 16."""
    rows = lines(tabulate_conventions(published))
    assert "Som van twee afgeronde percentages | 28 van 28 | 22" in rows
    assert "Percentage van de som | 23 van 28 | 16" in rows


def test_percentages_without_a_base_show_where_they_would_fit(published: SourceTable, survey: Survey) -> None:
    """89, 74, 70, 39 and 66 are no share of a printed base; four fit a base of another figure."""
    rows = [line.split(" | ") for line in lines(tabulate_unreached(published, survey))]
    assert [row[1] for row in rows] == ["89%", "74%", "70%", "39%", "66%"]
    assert [row[4] for row in rows] == ["24 van 27, 25 van 28", "20 van 27", "19 van 27", "11 van 28", "–"]
