"""Conditions as survey, interviews and documents see them, side by side, and a judgement that is signed."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from conftest import ROOT
from transcribed import STUDY, change, load_real, without

from nsoc_lib.cleaning import clean_survey
from nsoc_lib.errors import NsocError
from nsoc_lib.findings import Findings, build_findings
from nsoc_lib.shares import share_agreeing
from nsoc_lib.source_rows import SourceTable
from nsoc_lib.sources.qualtrics import load_qualtrics
from nsoc_lib.sources.study import load_codebook, load_meting
from nsoc_lib.survey import Survey
from nsoc_lib.tables import Table
from nsoc_lib.triangulation import (
    GEEN_BEVINDING,
    GEEN_OORDEEL,
    NAGEBOOTST,
    NEGATIEF,
    Judgement,
    Triangulation,
    build_triangulation,
    tabulate_randvoorwaarde,
    tabulate_triangulation,
)

NO_CODES = pd.DataFrame(columns=["respons", "vraag", "code", "codeur", "rij"])
CONDITIONS = ["commitment", "capaciteit", "middelen", "beheerorganisatie", "juridisch-kader", "governance", "mandaat"]
SIGNED = {
    "randvoorwaarde": "governance",
    "oordeel": "stemt overeen",
    "argument": "Alle bronnen zeggen het.",
    "rol": "onderzoeker",
    "datum": "2026-11-22",
}


def without_finding(table: SourceTable, column: str, text: str) -> SourceTable:
    """Return the table without its one row that has this text."""
    hit = table.rijen[column].str.contains(text)
    assert hit.sum() == 1
    return replace(table, rijen=table.rijen[~hit])


def repeat_first(table: SourceTable) -> SourceTable:
    return replace(table, rijen=pd.concat([table.rijen, table.rijen.head(1)]))


def rows_of(table: Table) -> list[list[str]]:
    return [line.split(" | ") for line in table.show().text.splitlines()[2:]]


@pytest.fixture(scope="module")
def survey() -> Survey:
    record, codebook = load_meting(STUDY, "meting-1").enquetes[0], load_codebook(STUDY, "meting-1", "codeboek.yml")
    export = load_qualtrics(ROOT / "data/raw/meting-1" / record.bestand, "export.csv")
    cleaned = clean_survey(export, codebook, NO_CODES, "codering.csv")
    tables = (cleaned.antwoorden, cleaned.respondenten, cleaned.open_antwoorden)
    return Survey("meting-1", *tables, codebook, record, "procesthermometer@proef")


@pytest.fixture(scope="module")
def conditions() -> SourceTable:
    return load_real("kader", "randvoorwaarden")


@pytest.fixture(scope="module")
def judgements() -> SourceTable:
    return load_real("kader", "triangulatie")


@pytest.fixture(scope="module")
def sources() -> tuple[SourceTable, SourceTable]:
    return load_real("meting-1", "bevindingen"), load_real("meting-2", "bevindingen")


@pytest.fixture(scope="module")
def findings(sources: tuple[SourceTable, SourceTable]) -> Findings:
    return build_findings(sources)


@pytest.fixture(scope="module")
def whole(survey: Survey, conditions: SourceTable, judgements: SourceTable, findings: Findings) -> Triangulation:
    return build_triangulation(conditions, judgements, survey, findings)


# What stands beside each other


def test_commitment_and_six_conditions_in_the_order_of_the_source(whole: Triangulation) -> None:
    """Commitment stands before the six that the action plan numbers."""
    assert [condition.id for condition in whole.randvoorwaarden] == CONDITIONS
    assert [row[0] for row in rows_of(tabulate_triangulation(whole))] == [
        "Commitment", "Capaciteit", "Middelen", "Beheerorganisatie", "Juridisch kader", "Governance", "Mandaat",
    ]  # fmt: skip


def test_the_kinds_of_source_are_labelled(whole: Triangulation) -> None:
    """An opinion is called an opinion; a document is a document; the judgement is ours."""
    assert tabulate_triangulation(whole).koppen[1:] == (
        "Enquête: mening",
        "Interviews: mening of waarneming",
        "Documenten",
        "Ons oordeel",
    )
    sources = [row[0] for row in rows_of(tabulate_randvoorwaarde(whole, "juridisch-kader"))]
    assert sources[0] == "enquête: mening"
    assert "duo-interviews: mening of waarneming" in sources
    assert "documentstudie: document" in sources
    assert sources[-1] == "Ons oordeel"


def test_survey_figures_are_those_of_the_ledger(whole: Triangulation, survey: Survey) -> None:
    """The same results as in the chapters on the themes, so that the ledger has each once."""
    ledger = {a.eens.id: a.eens for thema in survey.codeboek.themas for a in share_agreeing(survey, thema)}
    for table in [tabulate_triangulation(whole), *(tabulate_randvoorwaarde(whole, name) for name in CONDITIONS)]:
        shares = [result for result in table.results if result.id.endswith(".eens")]
        assert shares
        assert all(ledger[result.id] == result for result in shares)


def test_all_fifteen_figures_on_conditions_stand_in_the_overview(whole: Triangulation) -> None:
    """Published percentages with k of n: four on commitment, four on capacity, three on means, one on each other."""
    text = tabulate_triangulation(whole).show().text
    shares = {r.id.split(".")[3]: r.shown for r in tabulate_triangulation(whole).results if r.id.endswith(".eens")}
    assert shares == {
        "uitvoering": "68%", "hoofddoel": "84%", "werkdoelen": "73%", "partners": "68%", "capaciteit": "74%",
        "expertise": "67%", "tijdelijke-capaciteit": "59%", "commitment-capaciteit": "52%", "systemen": "69%",
        "digitale-infrastructuur": "67%", "huisvesting": "82%", "beheerorganisatie": "56%", "datadeling": "74%",
        "governance": "61%", "mandaat": "85%",
    }  # fmt: skip
    assert "Partners doen wat nodig is: 68% (17 van 25)" in text


def test_a_negative_statement_stays_negative(whole: Triangulation) -> None:
    """Three statements report a lack: 74 percent, never the 26 that remain."""
    text = tabulate_triangulation(whole).show().text
    assert text.count("(negatief gesteld)") == 3
    assert "Nodige voor datadeling ontbreekt (negatief gesteld): 74% (20 van 27)" in text
    assert NEGATIEF in tabulate_randvoorwaarde(whole, "juridisch-kader").noten
    assert NEGATIEF not in tabulate_randvoorwaarde(whole, "mandaat").noten


def test_the_tension_on_partners_is_visible(whole: Triangulation) -> None:
    """68 percent see partners do what is needed; all interviewees see interventions left undone."""
    rows = rows_of(tabulate_randvoorwaarde(whole, "commitment"))
    assert ["Partners doen wat nodig is", "mee eens: 68% (17 van 25)"] in [row[1:3] for row in rows]
    undone = [row for row in rows if "te weinig tot uitvoering" in row[1]]
    assert [row[2:4] for row in undone] == [["alle", "niet voldaan"]]
    assert ["de meerderheid", "niet voldaan"] in [row[2:4] for row in rows if "afnemen bij partners" in row[1]]
    assert "botst" in rows[-1][1]


def test_the_shared_workspace_is_missed_by_all_kinds(whole: Triangulation) -> None:
    """Access for 69 percent, a lack for 67, and the missing platform in interviews and documents."""
    rows = rows_of(tabulate_randvoorwaarde(whole, "middelen"))
    assert {"mee eens: 69% (18 van 26)", "mee eens: 67% (18 van 27)"} <= {row[2] for row in rows}
    platform = {row[0].split(":")[0] for row in rows if "platform" in row[1] and row[3] == "niet voldaan"}
    assert {"duo-interviews", "documentstudie"} <= platform


def test_the_overview_says_per_activity_what_was_coded(whole: Triangulation) -> None:
    """Commitment was met in the first interviews; in the second both readings stand beside each other."""
    interviews = {row[0]: row[2] for row in rows_of(tabulate_triangulation(whole))}
    assert interviews["Commitment"].startswith(
        "aanvullende interviews: voldaan, gemengd; duo-interviews: voldaan, niet"
    )
    assert interviews["Mandaat"] == "duo-interviews: gemengd"


# What is missing says so


def test_removing_a_finding_changes_the_cell(
    survey: Survey, conditions: SourceTable, judgements: SourceTable, sources: tuple[SourceTable, SourceTable]
) -> None:
    """Without the one document on means the cell of the overview says that the source has none."""
    first, second = sources
    bare = build_findings((without_finding(first, "label", "Zonder samenwerkingsplatform komt"), second))
    told = build_triangulation(conditions, judgements, survey, build_findings(sources))
    untold = build_triangulation(conditions, judgements, survey, bare)
    cells = [rows_of(tabulate_triangulation(t))[2][3] for t in (told, untold)]
    assert cells == ["documentstudie: niet voldaan", GEEN_BEVINDING]
    before, after = (rows_of(tabulate_randvoorwaarde(t, "middelen")) for t in (told, untold))
    assert ["document", GEEN_BEVINDING, "–", "–", "–"] not in before
    assert ["document", GEEN_BEVINDING, "–", "–", "–"] in after


def test_removing_what_all_said_removes_it_from_commitment(
    survey: Survey, conditions: SourceTable, judgements: SourceTable, sources: tuple[SourceTable, SourceTable]
) -> None:
    """The row on interventions is a row of the table and nothing else brings it back."""
    first, second = sources
    bare = build_findings((first, without_finding(second, "label", "te weinig tot uitvoering")))
    table = tabulate_randvoorwaarde(build_triangulation(conditions, judgements, survey, bare), "commitment")
    assert "te weinig tot uitvoering" not in table.show().text


def test_without_findings_every_kind_says_that_there_are_none(
    survey: Survey, conditions: SourceTable, judgements: SourceTable
) -> None:
    """The survey still has its figures; interviews and documents have nothing."""
    bare = build_triangulation(conditions, judgements, survey, Findings((), {}))
    assert [row[2:4] for row in rows_of(tabulate_triangulation(bare))] == [[GEEN_BEVINDING] * 2] * 7
    kinds = [row[0] for row in rows_of(tabulate_randvoorwaarde(bare, "mandaat")) if row[1] == GEEN_BEVINDING]
    assert kinds == ["interview: mening of waarneming", "document"]


def test_a_condition_without_statements_has_no_survey(
    survey: Survey, conditions: SourceTable, judgements: SourceTable
) -> None:
    """A condition on which nothing was asked says so instead of an empty cell."""
    bare = build_triangulation(change(conditions, "stellingen", ""), judgements, survey, Findings((), {}))
    assert rows_of(tabulate_triangulation(bare))[0][1] == GEEN_BEVINDING
    assert rows_of(tabulate_randvoorwaarde(bare, "commitment"))[0][:2] == ["enquête: mening", GEEN_BEVINDING]


def test_without_a_judgement_there_is_none(
    survey: Survey, conditions: SourceTable, judgements: SourceTable, findings: Findings
) -> None:
    """The software never fills in whether sources agree."""
    unjudged = without(judgements, randvoorwaarde="mandaat")
    bare = build_triangulation(conditions, unjudged, survey, findings)
    assert [row[4] for row in rows_of(tabulate_triangulation(bare))].count(GEEN_OORDEEL) == 1
    assert rows_of(tabulate_randvoorwaarde(bare, "mandaat"))[-1][:2] == ["Ons oordeel", GEEN_OORDEEL]


def test_a_judgement_shows_who_gave_it_and_why(whole: Triangulation) -> None:
    """Outcome with argument, role and date stand in the last row."""
    last = rows_of(tabulate_randvoorwaarde(whole, "mandaat"))[-1]
    assert last[1].startswith("niet te vergelijken: De enquête vraagt of het mandaat genoeg is.")
    assert last[4] == "opstellers van dit rapport, 2026-11-22"


def test_imitated_answers_are_called_so(whole: Triangulation, survey: Survey) -> None:
    """With observed answers the note is gone."""
    observed = replace(whole, enquete=replace(survey, opgave=replace(survey.opgave, herkomst="waargenomen")))
    assert NAGEBOOTST in tabulate_triangulation(whole).noten
    assert NAGEBOOTST not in tabulate_triangulation(observed).noten


# What is refused


@pytest.mark.parametrize("name", ["oordeel", "argument", "rol", "datum"])
def test_a_judgement_without_signature_is_refused(name: str) -> None:
    """Outcome, argument, role and date are all needed."""
    with pytest.raises(NsocError, match=f"het oordeel over governance, {name}"):
        Judgement(**(SIGNED | {name: ""}))


def test_another_outcome_is_refused() -> None:
    """There are four outcomes."""
    with pytest.raises(NsocError, match="een van: stemt overeen, stemt deels overeen, spreekt elkaar tegen, niet te"):
        Judgement(**(SIGNED | {"oordeel": "klopt wel"}))


def test_an_empty_cell_in_the_table_of_judgements_is_refused(
    survey: Survey, conditions: SourceTable, judgements: SourceTable, findings: Findings
) -> None:
    """A judgement without argument does not pass by way of the table either."""
    with pytest.raises(NsocError, match="het oordeel over commitment, argument"):
        build_triangulation(conditions, change(judgements, "argument", ""), survey, findings)


@pytest.mark.parametrize(
    ("which", "column", "value", "message"),
    [
        ("conditions", "stellingen", "zin", r'tabel randvoorwaarden van kader, rij 2, kolom stellingen\n  gevonden: "zin"'),
        ("judgements", "randvoorwaarde", "geld", r"tabel triangulatie van kader, rij 2, kolom randvoorwaarde"),
        ("sources", "randvoorwaarde", "geld", r'bevinding meting-1\.b01, kolom randvoorwaarde\n  gevonden: "geld"'),
    ],
)  # fmt: skip
def test_what_belongs_nowhere_is_refused(
    request: pytest.FixtureRequest, survey: Survey, which: str, column: str, value: str, message: str
) -> None:
    """A statement nobody was asked, a judgement and a finding on no condition: each with its place."""
    tables = {name: request.getfixturevalue(name) for name in ("conditions", "judgements")}
    first, second = request.getfixturevalue("sources")
    if which == "sources":
        first = change(first, column, value)
    else:
        tables[which] = change(tables[which], column, value)
    with pytest.raises(NsocError, match=message):
        build_triangulation(tables["conditions"], tables["judgements"], survey, build_findings((first, second)))


@pytest.mark.parametrize("which", ["conditions", "judgements"])
def test_a_condition_twice_is_refused(request: pytest.FixtureRequest, survey: Survey, which: str) -> None:
    """One condition, and at most one judgement on it."""
    tables = {name: request.getfixturevalue(name) for name in ("conditions", "judgements")}
    tables[which] = repeat_first(tables[which])
    with pytest.raises(NsocError, match='"commitment" nog een keer'):
        build_triangulation(tables["conditions"], tables["judgements"], survey, Findings((), {}))


def test_an_unknown_condition_is_refused(whole: Triangulation) -> None:
    """The message lists the conditions there are."""
    with pytest.raises(NsocError, match="een van: commitment, capaciteit, middelen"):
        tabulate_randvoorwaarde(whole, "geld")
