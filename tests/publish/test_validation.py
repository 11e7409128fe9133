"""Validation: three outcomes, a reason for each rule, and a corrupt table that each rule catches."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from fictitious_enquete import add_export

from nsoc_lib.errors import NsocError
from nsoc_lib.expectation import HOUDT, HOUDT_NIET, NIET_TE_BEOORDELEN, Outcome
from nsoc_lib.paths import REPOSITORY, Study
from nsoc_lib.publish import validation as validation_module
from nsoc_lib.publish.clean import clean_folder
from nsoc_lib.publish.files import write_json
from nsoc_lib.publish.validation import stop_on_critical, validate_folder, validate_table

SUITES = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))["expectations"]
    for path in sorted((REPOSITORY / "expectations").glob("*.json"))
}


def rule(kind: str, severity: str = "critical", **kwargs: object) -> dict[str, object]:
    return {"type": kind, "kwargs": kwargs, "severity": severity, "meta": {"reden": "Zo hoort het."}}


def people(**columns: list[object]) -> pd.DataFrame:
    """Return four invented respondents from rows 4 to 7 of an export."""
    return pd.DataFrame({"respondent": ["d1", "d2", "d3", "d4"], "rij": [4, 5, 6, 7]} | columns)


def judge(frame: pd.DataFrame, *rules: dict[str, object]) -> tuple[Outcome, ...]:
    return validate_table(frame, list(rules), "meting-1", "proef", "waargenomen", "proef@abc").uitkomsten


def judge_one(frame: pd.DataFrame, kind: str, **kwargs: object) -> Outcome:
    return judge(frame, rule(kind, **kwargs))[0]


# What comes out of judging


def test_an_expectation_that_holds_says_nothing_more():
    """All four numbers differ, so the expectation holds and there is nothing to report."""
    outcome = judge_one(people(), "expect_column_values_to_be_unique", column="respondent")
    assert (outcome.uitkomst, outcome.waargenomen, outcome.aantal, outcome.plaatsen) == (HOUDT, "", 0, ())


def test_an_expectation_that_does_not_hold_counts_and_names_places():
    """Two of four ages are too high, in rows 5 and 7 of the export."""
    outcome = judge_one(
        people(leeftijd=[40, 140, 50, 150]), "expect_column_values_to_be_between", column="leeftijd", max_value=99
    )
    assert outcome.uitkomst == HOUDT_NIET
    assert outcome.waargenomen == "2 van 4 rijen wijken af"
    assert (outcome.aantal, outcome.plaatsen) == (2, ("rij 5, kolom leeftijd", "rij 7, kolom leeftijd"))


def test_the_place_is_the_column_of_the_export_when_the_table_knows_it():
    """A long table has one row per answer; the place names the question, as the researcher knows it."""
    frame = people(antwoord=["Eens", "Paars", "Eens", "Eens"], kolom=["Q1_1", "Q1_2", "Q1_1", "Q1_2"])
    outcome = judge_one(frame, "expect_column_values_to_be_in_set", column="antwoord", value_set=["Eens"])
    assert outcome.plaatsen == ("rij 5, kolom Q1_2",)


def test_only_a_few_places_are_named_and_all_are_counted():
    """Seven wrong rows give five places and the number seven."""
    frame = pd.DataFrame({"leeftijd": [140] * 7, "rij": range(4, 11)})
    outcome = judge_one(frame, "expect_column_values_to_be_between", column="leeftijd", max_value=99)
    assert (len(outcome.plaatsen), outcome.aantal) == (5, 7)


def test_what_was_found_never_quotes_an_answer():
    """The words of a respondent do not leave the data through an outcome."""
    frame = people(antwoord=["Eens", "mijn naam is Jansen", "Eens", "Eens"])
    outcome = judge_one(frame, "expect_column_values_to_be_in_set", column="antwoord", value_set=["Eens"])
    assert outcome.uitkomst == HOUDT_NIET
    assert "Jansen" not in json.dumps(outcome.to_json())


def test_a_column_that_is_absent_cannot_be_judged():
    """That is another outcome than not holding, and it names the column."""
    outcome = judge_one(people(), "expect_column_values_to_be_unique", column="leeftijd")
    assert (outcome.uitkomst, outcome.waargenomen) == (NIET_TE_BEOORDELEN, "kolom leeftijd ontbreekt")


@pytest.mark.parametrize(
    ("kind", "kwargs"),
    [
        ("expect_column_values_to_be_between", {"min_value": 0, "max_value": 99}),
        ("expect_column_values_to_be_in_set", {"value_set": [1, 2]}),
        ("expect_column_values_to_be_unique", {}),
        ("expect_column_values_to_match_regex", {"regex": "^a"}),
    ],
)
def test_a_column_without_any_value_does_not_pass(kind, kwargs):
    """Great Expectations skips missing values and would call this column perfect."""
    outcome = judge_one(people(leeftijd=[None] * 4), kind, column="leeftijd", **kwargs)
    assert (outcome.uitkomst, outcome.waargenomen) == (
        NIET_TE_BEOORDELEN,
        "kolom leeftijd heeft geen enkele waarde",
    )


def test_a_column_without_any_value_fails_where_values_must_stand():
    """An expectation about missing values itself can be judged, and does not hold."""
    outcome = judge_one(people(leeftijd=[None] * 4), "expect_column_values_to_not_be_null", column="leeftijd")
    assert (outcome.uitkomst, outcome.aantal) == (HOUDT_NIET, 4)


def test_a_column_without_any_value_holds_where_it_must_be_empty():
    """An expectation that asks for an empty column gets one."""
    outcome = judge_one(people(code=[None] * 4), "expect_column_values_to_be_null", column="code")
    assert outcome.uitkomst == HOUDT


def test_one_empty_column_of_two_cannot_be_compared():
    """A pair of columns can only be judged when both have values."""
    frame = people(a=[1, 2, 3, 4], b=[None] * 4)
    outcome = judge_one(frame, "expect_column_pair_values_to_be_equal", column_A="a", column_B="b")
    assert (outcome.uitkomst, outcome.kolom) == (NIET_TE_BEOORDELEN, "a, b")


def test_an_expectation_that_raises_cannot_be_judged():
    """A condition on a column that does not exist raises inside; that is not the same as holding."""
    outcome = judge_one(
        people(code=["a", "b", "c", "d"]), "expect_column_values_to_not_be_null", column="code",
        row_condition='stand == "af"', condition_parser="pandas",
    )  # fmt: skip
    assert outcome.uitkomst == NIET_TE_BEOORDELEN
    assert outcome.waargenomen == "Great Expectations kon deze verwachting niet uitrekenen"


@pytest.mark.parametrize(
    ("codes", "expected", "places"),
    [
        (["a", None, "c", None], HOUDT, ()),
        (["a", None, None, "d"], HOUDT_NIET, ("rij 6, kolom code",)),
    ],
)
def test_a_condition_limits_the_rows_that_are_judged(codes, expected, places):
    """Only who is finished must have a code; a missing one is named by its own row in the file."""
    frame = people(code=codes, status=["af", "open", "af", "open"])
    outcome = judge_one(
        frame, "expect_column_values_to_not_be_null", column="code",
        row_condition='status == "af"', condition_parser="pandas",
    )  # fmt: skip
    assert (outcome.uitkomst, outcome.plaatsen) == (expected, places)


@pytest.mark.parametrize("condition", [{}, {"row_condition": "rij > 4", "condition_parser": "pandas"}])
def test_a_set_of_values_says_how_many_are_missing_and_how_many_are_new(condition):
    """d2 was expected and x stands there; the values themselves are not quoted."""
    wanted = ["d1", "d2", "d3", "d4"][1 if condition else 0 :]
    frame = people().replace("d2", "x")
    outcome = judge_one(
        frame, "expect_column_distinct_values_to_equal_set", column="respondent", value_set=wanted, **condition
    )
    assert outcome.uitkomst == HOUDT_NIET
    assert outcome.waargenomen == "1 verwachte waarden ontbreken, 1 andere staan erin"


def test_double_pairs_are_named_by_row():
    """Two rows with the same respondent and question are both named."""
    frame = pd.DataFrame({"respondent": ["d1", "d1", "d2"], "vraag": ["a", "a", "a"], "rij": [4, 5, 6]})
    outcome = judge_one(frame, "expect_compound_columns_to_be_unique", column_list=["respondent", "vraag"])
    assert (outcome.uitkomst, outcome.aantal) == (HOUDT_NIET, 2)
    assert outcome.plaatsen == ("rij 4, kolom respondent, vraag", "rij 5, kolom respondent, vraag")


def test_an_expectation_about_the_whole_table_says_what_was_observed():
    """Four rows where three were expected."""
    outcome = judge_one(people(), "expect_table_row_count_to_equal", value=3)
    assert (outcome.uitkomst, outcome.waargenomen) == (HOUDT_NIET, "waargenomen: 4")


def test_outcomes_keep_the_order_and_the_reasons_of_the_suite():
    """The report lists them as the researcher wrote them."""
    outcomes = judge(
        people(),
        rule("expect_column_values_to_be_unique", column="respondent"),
        rule("expect_column_values_to_not_be_null", "warning", column="respondent"),
    )
    assert [(o.soort, o.ernst, o.reden) for o in outcomes] == [
        ("expect_column_values_to_be_unique", "critical", "Zo hoort het."),
        ("expect_column_values_to_not_be_null", "warning", "Zo hoort het."),
    ]


def test_a_validation_keeps_the_version_of_the_data():
    """Outcomes belong to one version of one table of one meting."""
    rules = [rule("expect_column_values_to_be_unique", column="respondent")]
    validation = validate_table(people(), rules, "meting-1", "proef", "waargenomen", "proef@abc")
    assert (validation.meting, validation.tabel, validation.herkomst, validation.dataset) == (
        "meting-1",
        "proef",
        "waargenomen",
        "proef@abc",
    )


# What stops the run


def stop(frame: pd.DataFrame, raw: dict[str, object]) -> str:
    """Return the block with which judging this table stops, or an empty text."""
    try:
        stop_on_critical(
            validate_table(frame, [raw], "meting-1", "proef", "waargenomen", "proef@abc"), "data/raw/meting-1/proef.csv"
        )
    except NsocError as error:
        return str(error)
    return ""


def test_a_critical_expectation_that_fails_names_file_row_and_column():
    """The whole block, as the researcher sees it."""
    frame = people(leeftijd=[40, 140, 50, 60])
    assert stop(frame, rule("expect_column_values_to_be_between", column="leeftijd", max_value=99)) == (
        "Fout in data/raw/meting-1/proef.csv, rij 5, kolom leeftijd\n"
        "  gevonden: 1 van 4 rijen wijken af\n"
        "  verwacht: Zo hoort het.\n"
        "  wat nu:   Verbeter het bestand, of de verwachting in expectations/proef.json."
    )


def test_a_critical_expectation_that_cannot_be_judged_stops_as_well():
    """An empty column is named with the file, though no row can be."""
    assert stop(people(leeftijd=[None] * 4), rule("expect_column_values_to_be_unique", column="leeftijd")) == (
        "Fout in data/raw/meting-1/proef.csv, kolom leeftijd\n"
        "  gevonden: kolom leeftijd heeft geen enkele waarde\n"
        "  verwacht: Zo hoort het.\n"
        "  wat nu:   Verbeter het bestand, of de verwachting in expectations/proef.json."
    )


def test_a_critical_expectation_about_the_whole_table_names_the_file_alone():
    """There is no row or column to point at, and the block does not pretend that there is."""
    assert stop(people(), rule("expect_table_row_count_to_equal", value=3)).splitlines()[0] == (
        "Fout in data/raw/meting-1/proef.csv"
    )


def test_a_warning_does_not_stop():
    """The same failure with severity warning goes on to the report."""
    frame = people(leeftijd=[40, 140, 50, 60])
    assert stop(frame, rule("expect_column_values_to_be_between", "warning", column="leeftijd", max_value=99)) == ""


def test_what_holds_does_not_stop():
    """A critical expectation that holds lets the run go on."""
    assert stop(people(), rule("expect_column_values_to_be_unique", column="respondent")) == ""


def test_an_unknown_kind_of_expectation_is_refused():
    """A misspelt type is one Dutch block, not a failed expectation."""
    with pytest.raises(NsocError) as error:
        judge_one(people(), "expect_column_values_to_be_uniek", column="respondent")
    assert str(error.value) == (
        "Fout in expectations/proef.json, verwachting 1\n"
        '  gevonden: "expect_column_values_to_be_uniek" met kwargs die Great Expectations zo niet kent: column\n'
        "  verwacht: een verwachting uit Great Expectations met haar eigen kwargs\n"
        "  wat nu:   Vergelijk de naam en de kwargs met de documentatie van Great Expectations."
    )


def test_an_unknown_argument_of_an_expectation_is_refused():
    """A misspelt argument would otherwise be an expectation about something else."""
    with pytest.raises(NsocError, match="Fout in expectations"):
        judge_one(people(), "expect_column_values_to_be_unique", column="respondent", mostlie=0.5)


# One corrupt table for each expectation

Mutation = Callable[[pd.DataFrame], pd.DataFrame]


def replace(column: str, value: object, row: int = 0) -> Mutation:
    """Return a mutation that puts one value in one cell."""

    def mutate(frame: pd.DataFrame) -> pd.DataFrame:
        frame = frame.astype({column: object})
        frame.loc[frame.index[row], column] = value
        return frame

    return mutate


def whole(column: str, value: int) -> Mutation:
    """Return a mutation that puts a whole number in the first cell and leaves the type of the column."""

    def mutate(frame: pd.DataFrame) -> pd.DataFrame:
        frame.loc[frame.index[0], column] = value
        return frame

    return mutate


def repeat_first(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the table with its first row twice."""
    return pd.concat([frame, frame.head(1)], ignore_index=True)


def leave_out(column: str, value: str) -> Mutation:
    """Return a mutation that leaves out every row with this value."""
    return lambda frame: frame[frame[column] != value].reset_index(drop=True)


def too_many_people(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the table with the first respondent again under 32 new names."""
    copies = [frame.head(1).assign(respondent=f"extra{number}") for number in range(32)]
    return pd.concat([frame, *copies], ignore_index=True)


def where(column: str, value: object, target: str, new: object) -> Mutation:
    """Return a mutation that changes one cell in the first row where another column has this value."""

    def mutate(frame: pd.DataFrame) -> pd.DataFrame:
        frame = frame.astype({target: object})
        frame.loc[frame.index[frame[column] == value][0], target] = new
        return frame

    return mutate


def empty_a_third(column: str) -> Mutation:
    """Return a mutation that empties every third cell."""

    def mutate(frame: pd.DataFrame) -> pd.DataFrame:
        frame = frame.copy()
        frame.loc[frame.index[::3], column] = None
        return frame

    return mutate


def key(table: str, raw: dict[str, dict[str, object]]) -> tuple[str, ...]:
    """Return what tells one expectation from another: table, type, columns, and a condition if any."""
    kwargs = raw["kwargs"]
    columns = [kwargs[name] for name in ("column", "column_A", "column_B") if name in kwargs]
    special = [f"als {kwargs['row_condition']}"] if "row_condition" in kwargs else []
    special += ["meestal"] if "mostly" in kwargs else []
    return (table, raw["type"].removeprefix("expect_"), *columns, *kwargs.get("column_list", []), *special)


# The rows that the source of each meting gives; another source may have other rows.
EERSTE = 'vindplaats.str.contains("Regioplan.*eerste meting")'
TWEEDE = 'vindplaats.str.contains("Regioplan.*tweede meting")'

MUTATIONS: dict[tuple[str, ...], Mutation] = {
    ("koppelingen", "compound_columns_to_be_unique", "met", "respondent_eerste"): repeat_first,
    ("koppelingen", "compound_columns_to_be_unique", "met", "respondent_tweede"): repeat_first,
    ("koppelingen", "column_values_to_not_be_null", "met"): replace("met", None),
    ("koppelingen", "column_values_to_not_be_null", "respondent_eerste"): replace("respondent_eerste", None),
    ("koppelingen", "column_values_to_not_be_null", "respondent_tweede"): replace("respondent_tweede", None),
    ("citaten", "column_values_to_be_unique", "citaat"): repeat_first,
    ("citaten", "column_values_to_be_unique", "respondent"): repeat_first,
    ("citaten", "column_values_to_not_be_null", "citaat"): replace("citaat", None),
    ("citaten", "column_values_to_not_be_null", "respondent"): replace("respondent", None),
    ("citaten", "column_values_to_not_be_null", "aanduiding"): replace("aanduiding", None),
    ("citaten", "column_values_to_not_be_null", "tekst"): replace("tekst", None),
    ("onderzoeksvragen", "table_row_count_to_equal"): leave_out("vraag", "v7"),
    ("onderzoeksvragen", "column_values_to_be_unique", "vraag"): repeat_first,
    ("onderzoeksvragen", "column_values_to_be_in_set", "vraag"): replace("vraag", "v8"),
    ("onderzoeksvragen", "column_values_to_not_be_null", "label"): replace("label", None),
    ("onderzoeksvragen", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("antwoorden", "column_distinct_values_to_contain_set", "vraag"): leave_out("vraag", "v3"),
    ("antwoorden", "column_values_to_be_unique", "vraag"): repeat_first,
    ("antwoorden", "column_values_to_not_be_null", "antwoord"): replace("antwoord", None),
    ("antwoorden", "column_values_to_not_match_regex", "antwoord"): replace("antwoord", "68 procent is tevreden."),
    ("antwoorden", "column_values_to_not_be_null", "rol"): replace("rol", None),
    ("antwoorden", "column_values_to_match_regex", "datum"): replace("datum", "november 2026"),
    ("antwoorden", "column_values_to_not_be_null", "datum"): replace("datum", None),
    ("antwoorden", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("antwoorden_bewijs", "column_distinct_values_to_contain_set", "vraag"): leave_out("vraag", "v5"),
    ("antwoorden_bewijs", "compound_columns_to_be_unique", "vraag", "bewijs"): repeat_first,
    ("antwoorden_bewijs", "column_values_to_match_regex", "bewijs"): replace("bewijs", "van horen zeggen"),
    ("antwoorden_bewijs", "column_values_to_not_be_null", "bewijs"): replace("bewijs", None),
    ("antwoorden_bewijs", "column_values_to_match_regex", "naam"): replace("naam", "naam 1"),
    ("antwoorden_bewijs", "column_values_to_match_regex", "criterium"): replace("criterium", "6.4 A"),
    ("antwoorden_bewijs", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("registraties", "compound_columns_to_be_unique", "kader", "letter", "indicator", "periode"): repeat_first,
    ("registraties", "column_values_to_be_in_set", "kader"): replace("kader", "6.2"),
    ("registraties", "column_values_to_be_in_set", "letter"): replace("letter", "A"),
    ("registraties", "column_values_to_not_be_null", "periode"): replace("periode", None),
    ("registraties", "column_values_to_not_be_null", "indicator"): replace("indicator", None),
    ("registraties", "column_values_to_not_be_null", "aantal"): replace("aantal", None),
    ("registraties", "column_values_to_be_between", "aantal"): replace("aantal", -1),
    ("registraties", "column_values_to_not_be_null", "maanden"): replace("maanden", None),
    ("registraties", "column_values_to_be_between", "maanden"): replace("maanden", 0),
    ("registraties", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("normen_dimensies", "table_row_count_to_equal"): repeat_first,
    ("normen_dimensies", "column_values_to_be_unique", "dimensie"): repeat_first,
    ("normen_dimensies", "column_distinct_values_to_equal_set", "nummer", 'als kernfactor=="kennen"'): leave_out(
        "dimensie", "kennen-3"
    ),
    ("normen_dimensies", "column_distinct_values_to_equal_set", "nummer", 'als kernfactor=="kunnen"'): leave_out(
        "dimensie", "kunnen-3"
    ),
    ("normen_dimensies", "column_distinct_values_to_equal_set", "nummer", 'als kernfactor=="willen"'): leave_out(
        "dimensie", "willen-3"
    ),
    (
        "normen_dimensies",
        "column_distinct_values_to_equal_set",
        "nummer_hoofdtekst",
        'als kernfactor=="kennen" and nummer_hoofdtekst==nummer_hoofdtekst',
    ): where("dimensie", "kennen-5", "nummer_hoofdtekst", None),
    (
        "normen_dimensies",
        "column_distinct_values_to_equal_set",
        "nummer_hoofdtekst",
        'als kernfactor=="kunnen" and nummer_hoofdtekst==nummer_hoofdtekst',
    ): where("dimensie", "kunnen-9", "nummer_hoofdtekst", None),
    (
        "normen_dimensies",
        "column_distinct_values_to_equal_set",
        "nummer_hoofdtekst",
        'als kernfactor=="willen" and nummer_hoofdtekst==nummer_hoofdtekst',
    ): where("dimensie", "willen-6", "nummer_hoofdtekst", None),
    ("normen_dimensies", "column_values_to_be_in_set", "kernfactor"): replace("kernfactor", "weten"),
    ("normen_dimensies", "column_values_to_not_be_null", "kernfactor"): replace("kernfactor", None),
    ("normen_dimensies", "column_values_to_not_be_null", "label"): replace("label", None),
    ("normen_dimensies", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("normen_dimensies", "column_values_to_match_regex", "dimensie"): replace("dimensie", "kennen 1"),
    ("normen_dimensies", "column_value_lengths_to_be_between", "label"): replace("label", "x" * 101),
    ("normen_factoren", "table_row_count_to_equal"): leave_out("factor", "kunnen-5-f4"),
    ("normen_factoren", "column_values_to_be_unique", "factor"): repeat_first,
    ("normen_factoren", "column_distinct_values_to_equal_set", "factor", 'als soort=="succes"'): leave_out(
        "factor", "willen-5-s1"
    ),
    ("normen_factoren", "column_distinct_values_to_equal_set", "factor", 'als soort=="faal"'): leave_out(
        "factor", "kennen-5-f1"
    ),
    ("normen_factoren", "column_values_to_be_unique", "label"): repeat_first,
    ("normen_factoren", "column_values_to_be_in_set", "soort"): replace("soort", "risico"),
    ("normen_factoren", "column_values_to_match_regex", "dimensie"): replace("dimensie", "kennen-5, kennen-6"),
    ("normen_factoren", "column_values_to_not_be_null", "soort"): replace("soort", None),
    ("normen_factoren", "column_values_to_not_be_null", "dimensie"): replace("dimensie", None),
    ("normen_factoren", "column_values_to_not_be_null", "label"): replace("label", None),
    ("normen_factoren", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("normen_factoren", "column_value_lengths_to_be_between", "label"): replace("label", "x" * 101),
    ("normen_factoren", "column_values_to_match_regex", "vindplaats"): replace("vindplaats", "WODC 2021 §1.3"),
    ("normen_bevindingen", "column_values_to_be_unique", "bevinding"): repeat_first,
    ("normen_bevindingen", "column_values_to_be_unique", "label"): repeat_first,
    ("normen_bevindingen", "column_distinct_values_to_equal_set", "paragraaf"): leave_out("paragraaf", "5.5"),
    ("normen_bevindingen", "column_values_to_be_null", "ander_woord", "als hoeveel==hoeveel"): where(
        "hoeveel", "enkele", "ander_woord", "diverse"
    ),
    ("normen_bevindingen", "column_values_to_not_be_null", "eenheid", "als hoeveel==hoeveel"): where(
        "hoeveel", "enkele", "eenheid", None
    ),
    ("normen_bevindingen", "column_values_to_not_be_null", "eenheid", "als ander_woord==ander_woord"): where(
        "ander_woord", "diverse", "eenheid", None
    ),
    ("normen_bevindingen", "column_values_to_not_be_null", "bevinding"): replace("bevinding", None),
    ("normen_bevindingen", "column_values_to_not_be_null", "dimensie"): replace("dimensie", None),
    ("normen_bevindingen", "column_values_to_not_be_null", "toewijzing"): replace("toewijzing", None),
    ("normen_bevindingen", "column_values_to_not_be_null", "teneur"): replace("teneur", None),
    ("normen_bevindingen", "column_values_to_not_be_null", "label"): replace("label", None),
    ("normen_bevindingen", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("normen_bevindingen", "column_values_to_match_regex", "bevinding"): replace("bevinding", "bevinding 1"),
    ("normen_bevindingen", "column_values_to_be_in_set", "dimensie"): replace("dimensie", "kennen-7"),
    ("normen_bevindingen", "column_values_to_be_in_set", "toewijzing"): replace("toewijzing", "geraden"),
    ("normen_bevindingen", "column_values_to_be_in_set", "teneur"): replace("teneur", "goed"),
    ("normen_bevindingen", "column_value_lengths_to_be_between", "label"): replace("label", "x" * 101),
    ("normen_bevindingen", "column_values_to_be_in_set", "hoeveel"): replace("hoeveel", "diverse"),
    ("normen_bevindingen", "column_values_to_be_in_set", "ander_woord"): replace("ander_woord", "een handvol"),
    ("normen_bevindingen", "column_values_to_match_regex", "vindplaats"): replace(
        "vindplaats", "WODC 2021 §7.1, eerste alinea"
    ),
    ("slotconclusies", "column_values_to_be_unique", "conclusie"): repeat_first,
    ("slotconclusies", "column_distinct_values_to_equal_set", "paragraaf"): leave_out("paragraaf", "7.4"),
    ("slotconclusies", "column_distinct_values_to_equal_set", "thema"): replace("thema", "leren"),
    ("slotconclusies", "column_values_to_match_regex", "conclusie"): replace("conclusie", "slot 1"),
    ("slotconclusies", "column_values_to_be_in_set", "soort"): replace("soort", "advies"),
    ("slotconclusies", "column_values_to_not_be_null", "soort"): replace("soort", None),
    ("slotconclusies", "column_values_to_not_be_null", "label"): replace("label", None),
    ("slotconclusies", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("slotconclusies", "column_value_lengths_to_be_between", "label"): replace("label", "x" * 101),
    ("slotconclusies", "column_values_to_match_regex", "vindplaats"): replace("vindplaats", "WODC 2021 §6.1"),
    ("codering_open_vragen", "column_distinct_values_to_equal_set", "kenmerk"): leave_out("kenmerk", "tweede-codeur"),
    ("codering_open_vragen", "column_values_to_be_unique", "kenmerk"): repeat_first,
    ("codering_open_vragen", "column_values_to_be_in_set", "waarde", 'als kenmerk=="codes"'): where(
        "kenmerk", "codes", "waarde", 54
    ),
    ("codering_open_vragen", "column_values_to_not_be_null", "waarde", 'als kenmerk=="codes"'): where(
        "kenmerk", "codes", "waarde", None
    ),
    ("codering_open_vragen", "column_values_to_not_be_null", "antwoord", 'als kenmerk!="codes"'): where(
        "kenmerk", "programma", "antwoord", None
    ),
    ("codering_open_vragen", "column_values_to_not_be_null", "label"): replace("label", None),
    ("codering_open_vragen", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("codeboek_open", "column_values_to_be_unique", "code"): repeat_first,
    ("codeboek_open", "column_unique_value_count_to_be_between", "versie"): replace("versie", "verzonnen versie b"),
    ("codeboek_open", "column_unique_value_count_to_be_between", "soort"): replace("soort", "inductief"),
    ("codeboek_open", "column_values_to_be_in_set", "soort"): replace("soort", "gegroeid"),
    ("codeboek_open", "column_values_to_not_be_null", "code"): replace("code", None),
    ("codeboek_open", "column_values_to_not_be_null", "label"): replace("label", None),
    ("codeboek_open", "column_values_to_not_be_null", "thema"): replace("thema", None),
    ("codeboek_open", "column_values_to_not_be_null", "definitie"): replace("definitie", None),
    ("codeboek_open", "column_values_to_not_be_null", "wel"): replace("wel", None),
    ("codeboek_open", "column_values_to_not_be_null", "niet"): replace("niet", None),
    ("codeboek_open", "column_values_to_not_be_null", "versie"): replace("versie", None),
    ("codeboek_open", "column_values_to_not_be_null", "soort"): replace("soort", None),
    ("code_samenvoegingen", "column_values_to_be_unique", "van"): repeat_first,
    ("code_samenvoegingen", "column_values_to_not_be_null", "van"): replace("van", None),
    ("code_samenvoegingen", "column_values_to_not_be_null", "naar"): replace("naar", None),
    ("code_samenvoegingen", "column_values_to_not_be_null", "datum"): replace("datum", None),
    ("code_samenvoegingen", "column_values_to_not_be_null", "reden"): replace("reden", None),
    ("code_samenvoegingen", "column_values_to_match_regex", "datum"): replace("datum", "maart 2024"),
    ("coderingen", "compound_columns_to_be_unique", "respondent", "vraag", "fragment", "code", "codeur"): repeat_first,
    ("coderingen", "column_values_to_not_be_null", "respondent"): replace("respondent", None),
    ("coderingen", "column_values_to_not_be_null", "vraag"): replace("vraag", None),
    ("coderingen", "column_values_to_not_be_null", "fragment"): replace("fragment", None),
    ("coderingen", "column_values_to_not_be_null", "code"): replace("code", None),
    ("coderingen", "column_values_to_not_be_null", "codeur"): replace("codeur", None),
    ("coderingen", "column_values_to_not_be_null", "datum"): replace("datum", None),
    ("coderingen", "column_values_to_not_be_null", "telt"): replace("telt", None),
    ("coderingen", "column_value_lengths_to_be_between", "fragment"): replace(
        "fragment", "Wij spreken elkaar te weinig."
    ),
    ("coderingen", "column_values_to_match_regex", "datum"): replace("datum", "2024-02"),
    ("coderingen", "column_values_to_be_in_set", "telt"): replace("telt", "soms"),
    ("toezeggingen", "column_distinct_values_to_contain_set", "toezegging"): leave_out("toezegging", "tz-04"),
    ("toezeggingen", "column_values_to_be_unique", "toezegging"): repeat_first,
    ("toezeggingen", "column_values_to_match_regex", "toezegging"): replace("toezegging", "toezegging 1"),
    ("toezeggingen", "column_values_to_not_be_null", "label"): replace("label", None),
    ("toezeggingen", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("toezeggingen_standen", "column_distinct_values_to_contain_set", "toezegging"): leave_out("toezegging", "tz-02"),
    ("toezeggingen_standen", "compound_columns_to_be_unique", "toezegging", "bewijs", "stand"): repeat_first,
    ("toezeggingen_standen", "column_values_to_be_in_set", "stand"): replace("stand", "bijna"),
    ("toezeggingen_standen", "column_values_to_be_in_set", "soort"): replace("soort", "gehoord"),
    ("toezeggingen_standen", "column_values_to_not_be_null", "bewijs"): replace("bewijs", None),
    ("datums", "table_row_count_to_equal"): repeat_first,
    ("datums", "column_values_to_be_unique", "gebeurtenis"): repeat_first,
    ("datums", "column_values_to_match_regex", "datum"): replace("datum", "15 januari 2024"),
    ("datums", "column_values_to_not_be_null", "uiterlijk"): replace("uiterlijk", None),
    ("datums", "column_values_to_match_regex", "uiterlijk"): replace("uiterlijk", "2024/01"),
    ("datums", "column_values_to_be_in_set", "soort"): replace("soort", "gehoopt"),
    ("datums", "column_values_to_be_in_set", "toewijzing"): replace("toewijzing", "geraden"),
    ("datums", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("toetsingskader", "table_row_count_to_equal"): repeat_first,
    ("toetsingskader", "compound_columns_to_be_unique", "kader", "letter"): repeat_first,
    ("toetsingskader", "column_values_to_be_in_set", "kader"): replace("kader", "6.4"),
    ("toetsingskader", "column_values_to_be_in_set", "letter", 'als kader=="6.2"'): where(
        "kader", "6.2", "letter", "Y"
    ),
    ("toetsingskader", "column_values_to_be_in_set", "letter", 'als kader=="6.3"'): where(
        "kader", "6.3", "letter", "MM"
    ),
    ("toetsingskader", "column_values_to_be_in_set", "groep"): replace("groep", "Overig"),
    ("toetsingskader", "column_values_to_not_be_null", "groep"): replace("groep", None),
    ("toetsingskader", "column_values_to_not_be_null", "label"): replace("label", None),
    ("toetsingskader", "column_value_lengths_to_be_between", "label"): replace("label", "x" * 81),
    ("toetsingskader", "column_values_to_be_in_set", "methode"): where("kader", "6.3", "methode", "gok"),
    ("toetsingskader", "column_values_to_be_null", "methode", 'als kader=="6.2"'): where(
        "kader", "6.2", "methode", "interviews of enquête"
    ),
    ("toetsingskader", "column_values_to_not_be_null", "methode", 'als kader=="6.3"'): where(
        "kader", "6.3", "methode", None
    ),
    ("toetsingskader", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("dekking_toetsingskader", "compound_columns_to_be_unique", "kader", "letter", "bewijs"): repeat_first,
    ("dekking_toetsingskader", "column_values_to_be_in_set", "kader"): replace("kader", "6.4"),
    ("dekking_toetsingskader", "column_values_to_not_be_null", "letter"): replace("letter", None),
    ("dekking_toetsingskader", "column_values_to_match_regex", "bewijs"): replace("bewijs", "van horen zeggen"),
    ("dekking_toetsingskader", "column_values_to_not_be_null", "bewijs"): replace("bewijs", None),
    ("dekking_toetsingskader", "column_values_to_be_in_set", "dekt"): replace("dekt", "geen"),
    ("dekking_toetsingskader", "column_values_to_not_be_null", "dekt"): replace("dekt", None),
    ("dekking_toetsingskader", "column_values_to_not_be_null", "toelichting"): replace("toelichting", None),
    ("dekking_toetsingskader", "column_value_lengths_to_be_between", "toelichting"): replace("toelichting", "x" * 81),
    ("dekking_toetsingskader", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("dekking_toetsingskader", "column_values_to_not_match_regex", "bewijs", 'als dekt=="ja"'): where(
        "dekt", "ja", "bewijs", "kader.activiteiten.exit"
    ),
    ("dekking_eerste_lezing", "table_row_count_to_equal"): leave_out("letter", "H"),
    ("dekking_eerste_lezing", "compound_columns_to_be_unique", "kader", "letter"): replace("letter", "B"),
    ("dekking_eerste_lezing", "column_values_to_be_in_set", "kader"): replace("kader", "6.4"),
    ("dekking_eerste_lezing", "column_values_to_be_in_set", "letter", 'als kader=="6.2"'): where(
        "kader", "6.2", "letter", "Y"
    ),
    ("dekking_eerste_lezing", "column_values_to_be_in_set", "letter", 'als kader=="6.3"'): where(
        "kader", "6.3", "letter", "MM"
    ),
    ("dekking_eerste_lezing", "column_values_to_be_in_set", "dekt"): replace("dekt", "misschien"),
    ("dekking_eerste_lezing", "column_values_to_not_be_null", "dekt"): replace("dekt", None),
    ("dekking_eerste_lezing", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("dekking_tweede_lezing", "table_row_count_to_equal"): leave_out("letter", "H"),
    ("dekking_tweede_lezing", "compound_columns_to_be_unique", "kader", "letter"): replace("letter", "B"),
    ("dekking_tweede_lezing", "column_values_to_be_in_set", "kader"): replace("kader", "6.4"),
    ("dekking_tweede_lezing", "column_values_to_be_in_set", "letter", 'als kader=="6.2"'): where(
        "kader", "6.2", "letter", "Y"
    ),
    ("dekking_tweede_lezing", "column_values_to_be_in_set", "letter", 'als kader=="6.3"'): where(
        "kader", "6.3", "letter", "MM"
    ),
    ("dekking_tweede_lezing", "column_values_to_be_in_set", "dekt"): replace("dekt", "misschien"),
    ("dekking_tweede_lezing", "column_values_to_not_be_null", "dekt"): replace("dekt", None),
    ("dekking_tweede_lezing", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("dekking_tweede_lezing", "column_values_to_not_be_null", "argument"): replace("argument", None),
    ("dekking_tweede_lezing", "column_value_lengths_to_be_between", "argument"): replace("argument", "x" * 101),
    ("dekking_besluiten", "compound_columns_to_be_unique", "kader", "letter"): repeat_first,
    ("dekking_besluiten", "column_values_to_be_in_set", "kader"): replace("kader", "6.4"),
    ("dekking_besluiten", "column_values_to_be_in_set", "letter", 'als kader=="6.2"'): where(
        "kader", "6.2", "letter", "Y"
    ),
    ("dekking_besluiten", "column_values_to_be_in_set", "letter", 'als kader=="6.3"'): where(
        "kader", "6.3", "letter", "MM"
    ),
    ("dekking_besluiten", "column_values_to_not_be_null", "reden"): replace("reden", None),
    ("dekking_besluiten", "column_value_lengths_to_be_between", "reden"): replace("reden", "x" * 101),
    ("dekking_besluiten", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("oordelen", "compound_columns_to_be_unique", "kader", "letter"): repeat_first,
    ("oordelen", "column_values_to_be_in_set", "kader"): replace("kader", "6.4"),
    ("oordelen", "column_values_to_be_in_set", "letter", 'als kader=="6.2"'): where("kader", "6.2", "letter", "Y"),
    ("oordelen", "column_values_to_be_in_set", "letter", 'als kader=="6.3"'): where("kader", "6.3", "letter", "MM"),
    ("oordelen", "column_values_to_not_be_null", "oordeel"): replace("oordeel", None),
    ("oordelen", "column_values_to_not_be_null", "rol"): replace("rol", None),
    ("oordelen", "column_values_to_not_be_null", "datum"): replace("datum", None),
    ("oordelen", "column_values_to_not_be_null", "argument"): replace("argument", None),
    ("oordelen", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("oordelen", "column_values_to_match_regex", "datum"): replace("datum", "november 2026"),
    ("outcome_map", "table_row_count_to_equal"): leave_out("knoop", "probleem"),
    ("outcome_map", "column_values_to_be_unique", "knoop"): replace("knoop", "tbml"),
    ("outcome_map", "column_values_to_not_be_null", "knoop"): replace("knoop", None),
    ("outcome_map", "column_values_to_match_regex", "knoop"): replace("knoop", "Probleem 1"),
    ("outcome_map", "column_distinct_values_to_equal_set", "knoop", 'als laag=="werkdoel"'): where(
        "knoop", "tbml", "knoop", "witwassen"
    ),
    ("outcome_map", "column_distinct_values_to_equal_set", "knoop", 'als laag=="stap"'): where(
        "knoop", "identificatie", "laag", "werkproces"
    ),
    ("outcome_map", "column_distinct_values_to_equal_set", "knoop", 'als laag=="werkwijze"'): where(
        "knoop", "labs", "knoop", "mit-labs"
    ),
    ("outcome_map", "column_distinct_values_to_equal_set", "knoop", 'als laag=="activiteit"'): where(
        "knoop", "logistiek", "knoop", "loading"
    ),
    ("outcome_map", "column_distinct_values_to_equal_set", "knoop", 'als laag=="randvoorwaarde"'): where(
        "knoop", "mandaat", "knoop", "geld"
    ),
    ("outcome_map", "column_values_to_not_be_null", "laag"): replace("laag", None),
    ("outcome_map", "column_values_to_be_in_set", "laag"): replace("laag", "effect"),
    ("outcome_map", "column_values_to_not_be_null", "label"): replace("label", None),
    ("outcome_map", "column_value_lengths_to_be_between", "label"): replace("label", "x" * 81),
    ("outcome_map", "column_values_to_be_in_set", "soort"): where("knoop", "exit", "soort", "fieldlab"),
    ("outcome_map", "column_values_to_not_be_null", "soort", 'als laag=="activiteit"'): where(
        "knoop", "cat", "soort", None
    ),
    ("outcome_map", "column_values_to_be_null", "soort", 'als laag!="activiteit"'): where(
        "knoop", "labs", "soort", "NSOC-lab"
    ),
    ("outcome_map", "column_values_to_be_null", "ouders", 'als laag=="probleemstelling"'): replace("ouders", "tbml"),
    ("outcome_map", "column_values_to_not_be_null", "ouders", 'als laag!="probleemstelling"'): where(
        "knoop", "mandaat", "ouders", None
    ),
    ("outcome_map", "column_values_to_match_regex", "ouders"): where("knoop", "exit", "ouders", "tbml, labs"),
    ("outcome_map", "column_values_to_not_be_null", "toewijzing", 'als laag!="probleemstelling"'): where(
        "knoop", "mandaat", "toewijzing", None
    ),
    ("outcome_map", "column_values_to_match_regex", "toewijzing"): where("knoop", "exit", "toewijzing", "geraden"),
    ("outcome_map", "column_value_lengths_to_be_between", "toelichting"): replace("toelichting", "x" * 121),
    ("outcome_map", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("outcome_map", "column_values_to_match_regex", "vindplaats"): replace("vindplaats", "Regioplan §3.1, inleiding"),
    ("activiteiten", "table_row_count_to_equal"): repeat_first,
    ("activiteiten", "column_values_to_be_unique", "activiteit"): repeat_first,
    ("activiteiten", "column_distinct_values_to_equal_set", "activiteit", 'als in_actieplan=="genoemd"'): leave_out(
        "activiteit", "cat"
    ),
    ("activiteiten", "column_distinct_values_to_equal_set", "activiteit", 'als begin=="medio 2021"'): leave_out(
        "activiteit", "exit"
    ),
    ("activiteiten", "column_distinct_values_to_equal_set", "activiteit", 'als begin=="2022-11"'): leave_out(
        "activiteit", "sluitsteen"
    ),
    ("activiteiten", "column_distinct_values_to_equal_set", "activiteit", 'als begin_toewijzing=="afgeleid"'): where(
        "activiteit", "loading", "begin_toewijzing", "genoemd"
    ),
    ("activiteiten", "column_distinct_values_to_equal_set", "activiteit", 'als soort=="MIT-lab"'): leave_out(
        "activiteit", "geen-id"
    ),
    ("activiteiten", "column_distinct_values_to_equal_set", "activiteit", 'als bovenliggend=="heet-ijzer"'): leave_out(
        "activiteit", "heet-ijzer-pakketpost"
    ),
    ("activiteiten", "column_distinct_values_to_equal_set", "activiteit", 'als bovenliggend=="corruptie"'): leave_out(
        "activiteit", "corruptie-inwinning"
    ),
    (
        "activiteiten",
        "column_distinct_values_to_equal_set",
        "activiteit",
        'als bovenliggend=="systeemgerichte-aanpak"',
    ): leave_out("activiteit", "deelonderzoek-8"),
    ("activiteiten", "column_values_to_not_be_null", "label"): replace("label", None),
    ("activiteiten", "column_values_to_not_be_null", "soort"): replace("soort", None),
    ("activiteiten", "column_values_to_be_in_set", "soort"): replace("soort", "club"),
    ("activiteiten", "column_values_to_not_be_null", "focusgebied", 'als in_actieplan=="genoemd"'): where(
        "activiteit", "cat", "focusgebied", None
    ),
    ("activiteiten", "column_values_to_be_in_set", "focusgebied"): replace("focusgebied", "cybercrime"),
    ("activiteiten", "column_values_to_not_be_null", "in_actieplan"): replace("in_actieplan", None),
    ("activiteiten", "column_values_to_be_in_set", "in_actieplan"): replace("in_actieplan", "misschien"),
    ("activiteiten", "column_values_to_match_regex", "begin"): replace("begin", "zomer 2021"),
    ("activiteiten", "column_values_to_be_in_set", "begin_toewijzing"): where(
        "activiteit", "exit", "begin_toewijzing", "geraden"
    ),
    (
        "activiteiten",
        "column_values_to_not_be_null",
        "einde",
        'als activiteit in ["geen-id", "cash-cows", "exit"]',
    ): where("activiteit", "exit", "einde", None),
    ("activiteiten", "column_values_to_match_regex", "einde"): replace("einde", "onlangs"),
    ("activiteiten", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    (
        "activiteiten_standen",
        "column_distinct_values_to_equal_set",
        "activiteit",
        'als bron=="Regioplan §2.3"',
    ): leave_out("activiteit", "cat"),
    (
        "activiteiten_standen",
        "column_distinct_values_to_equal_set",
        "activiteit",
        'als bron=="website NSOC-labs"',
    ): leave_out("activiteit", "exit"),
    ("activiteiten_standen", "compound_columns_to_be_unique", "activiteit", "vindplaats"): repeat_first,
    ("activiteiten_standen", "column_values_to_not_be_null", "activiteit"): replace("activiteit", None),
    ("activiteiten_standen", "column_values_to_not_be_null", "stand"): replace("stand", None),
    ("activiteiten_standen", "column_values_to_be_in_set", "stand"): replace("stand", "bijna klaar"),
    ("activiteiten_standen", "column_values_to_not_be_null", "gedrukt"): replace("gedrukt", None),
    ("activiteiten_standen", "column_value_lengths_to_be_between", "gedrukt"): replace("gedrukt", "x" * 46),
    ("activiteiten_standen", "column_values_to_not_be_null", "toewijzing"): replace("toewijzing", None),
    ("activiteiten_standen", "column_values_to_be_in_set", "toewijzing"): replace("toewijzing", "geraden"),
    ("activiteiten_standen", "column_values_to_match_regex", "gedrukt", 'als toewijzing=="genoemd"'): replace(
        "toewijzing", "genoemd"
    ),
    ("activiteiten_standen", "column_values_to_not_be_null", "bron"): replace("bron", None),
    ("activiteiten_standen", "column_values_to_not_be_null", "peildatum", 'als bron=="Regioplan §2.3"'): replace(
        "peildatum", None
    ),
    ("activiteiten_standen", "column_values_to_match_regex", "peildatum"): replace("peildatum", "augustus 2023"),
    ("activiteiten_standen", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("activiteiten_overgangen", "table_row_count_to_equal"): repeat_first,
    ("activiteiten_overgangen", "compound_columns_to_be_unique", "van", "naar", "anders"): repeat_first,
    ("activiteiten_overgangen", "column_distinct_values_to_equal_set", "naar", 'als van=="logistiek"'): leave_out(
        "naar", "mind-your-step"
    ),
    (
        "activiteiten_overgangen",
        "column_distinct_values_to_equal_set",
        "soort",
        'als naar in ["postbus-apate", "bored-apes", "sluitsteen"]',
    ): replace("soort", "gesplitst"),
    ("activiteiten_overgangen", "column_values_to_not_be_null", "soort"): replace("soort", None),
    ("activiteiten_overgangen", "column_values_to_be_in_set", "soort"): replace("soort", "verdwenen"),
    ("activiteiten_overgangen", "column_values_to_match_regex", "datum"): where("van", "geen-id", "datum", "onlangs"),
    ("activiteiten_overgangen", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("activiteiten_tellingen", "table_row_count_to_equal"): repeat_first,
    ("activiteiten_tellingen", "column_values_to_be_unique", "telling"): repeat_first,
    ("activiteiten_tellingen", "column_values_to_not_be_null", "label"): replace("label", None),
    ("activiteiten_tellingen", "column_values_to_not_be_null", "waarde"): replace("waarde", None),
    ("activiteiten_tellingen", "column_values_to_be_between", "waarde"): replace("waarde", 12),
    ("activiteiten_tellingen", "column_values_to_not_be_null", "kolom"): replace("kolom", None),
    ("activiteiten_tellingen", "column_values_to_be_in_set", "kolom"): replace("kolom", "kleur"),
    ("activiteiten_tellingen", "column_values_to_not_be_null", "inhoud"): replace("inhoud", None),
    ("activiteiten_tellingen", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("bevindingen", "column_values_to_be_unique", "bevinding"): repeat_first,
    ("bevindingen", "column_values_to_not_be_null", "bevinding"): replace("bevinding", None),
    ("bevindingen", "column_values_to_match_regex", "bevinding"): replace("bevinding", "bevinding 1"),
    ("bevindingen", "column_values_to_not_be_null", "activiteit"): replace("activiteit", None),
    ("bevindingen", "column_values_to_match_regex", "activiteit"): replace(
        "activiteit", "documentstudie, duo-interviews"
    ),
    ("bevindingen", "column_values_to_be_in_set", "niveau"): replace("niveau", "bestuurlijk"),
    ("bevindingen", "column_values_to_be_in_set", "woord"): replace("woord", "veel"),
    ("bevindingen", "column_value_lengths_to_be_between", "ander_woord"): replace("ander_woord", "x" * 31),
    ("bevindingen", "column_values_to_not_be_null", "label"): replace("label", None),
    ("bevindingen", "column_value_lengths_to_be_between", "label"): replace("label", "x" * 101),
    ("bevindingen", "column_values_to_not_be_null", "onderzoeksvragen"): replace("onderzoeksvragen", None),
    ("bevindingen", "column_values_to_match_regex", "onderzoeksvragen"): replace("onderzoeksvragen", "v1, v2"),
    ("bevindingen", "column_values_to_be_in_set", "randvoorwaarde"): replace("randvoorwaarde", "geld"),
    ("bevindingen", "column_values_to_be_in_set", "teneur"): replace("teneur", "goed"),
    ("bevindingen", "column_values_to_not_be_null", "toewijzing"): replace("toewijzing", None),
    ("bevindingen", "column_values_to_be_in_set", "toewijzing"): replace("toewijzing", "geraden"),
    ("bevindingen", "column_values_to_not_be_null", "toelichting", 'als toewijzing=="afgeleid"'): where(
        "toewijzing", "afgeleid", "toelichting", None
    ),
    ("bevindingen", "column_value_lengths_to_be_between", "toelichting"): replace("toelichting", "x" * 141),
    ("bevindingen", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("randvoorwaarden", "table_row_count_to_equal"): repeat_first,
    ("randvoorwaarden", "column_values_to_be_unique", "randvoorwaarde"): repeat_first,
    ("randvoorwaarden", "column_values_to_be_in_set", "randvoorwaarde"): replace("randvoorwaarde", "geld"),
    ("randvoorwaarden", "column_values_to_not_be_null", "randvoorwaarde"): replace("randvoorwaarde", None),
    ("randvoorwaarden", "column_values_to_not_be_null", "label"): replace("label", None),
    ("randvoorwaarden", "column_values_to_not_be_null", "omschrijving"): replace("omschrijving", None),
    ("randvoorwaarden", "column_value_lengths_to_be_between", "omschrijving"): replace("omschrijving", "x" * 101),
    ("randvoorwaarden", "column_values_to_not_be_null", "stellingen"): replace("stellingen", None),
    ("randvoorwaarden", "column_values_to_match_regex", "stellingen"): replace("stellingen", "uitvoering, partners"),
    ("randvoorwaarden", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("triangulatie", "column_values_to_be_unique", "randvoorwaarde"): repeat_first,
    ("triangulatie", "column_values_to_not_be_null", "randvoorwaarde"): replace("randvoorwaarde", None),
    ("triangulatie", "column_values_to_be_in_set", "randvoorwaarde"): replace("randvoorwaarde", "geld"),
    ("triangulatie", "column_values_to_not_be_null", "oordeel"): replace("oordeel", None),
    ("triangulatie", "column_values_to_be_in_set", "oordeel"): replace("oordeel", "klopt wel"),
    ("triangulatie", "column_values_to_not_be_null", "argument"): replace("argument", None),
    ("triangulatie", "column_value_lengths_to_be_between", "argument"): replace("argument", "x" * 201),
    ("triangulatie", "column_values_to_not_be_null", "rol"): replace("rol", None),
    ("triangulatie", "column_values_to_not_be_null", "datum"): replace("datum", None),
    ("triangulatie", "column_values_to_match_regex", "datum"): replace("datum", "november 2026"),
    ("triangulatie", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("meerwaarde", "table_row_count_to_equal"): repeat_first,
    ("meerwaarde", "column_values_to_be_unique", "element"): repeat_first,
    ("meerwaarde", "column_values_to_not_be_null", "label"): replace("label", None),
    ("meerwaarde", "column_values_to_be_in_set", "woord"): replace("woord", "veel"),
    ("meerwaarde", "column_values_to_not_be_null", "waarover", 'als element=="interventies"'): where(
        "element", "interventies", "waarover", None
    ),
    ("meerwaarde", "column_values_to_be_in_set", "niveau"): replace("niveau", "bestuurlijk"),
    ("meerwaarde", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("leerpunten", "table_row_count_to_equal"): repeat_first,
    ("leerpunten", "column_values_to_be_unique", "leerpunt"): repeat_first,
    ("leerpunten", "column_values_to_not_be_null", "label"): replace("label", None),
    ("leerpunten", "column_values_to_not_be_null", "niveaus"): replace("niveaus", None),
    ("leerpunten", "column_values_to_match_regex", "niveaus"): replace("niveaus", "strategisch, tactisch"),
    ("leerpunten", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("leervragen", "column_distinct_values_to_contain_set", "leervraag"): leave_out("leervraag", "lv-08"),
    ("leervragen", "column_values_to_be_unique", "leervraag"): repeat_first,
    ("leervragen", "column_values_to_match_regex", "leervraag"): replace("leervraag", "vraag 1"),
    ("leervragen", "column_values_to_not_be_null", "leerpunt"): replace("leerpunt", None),
    ("leervragen", "column_values_to_be_in_set", "leerpunt"): replace("leerpunt", "geluk"),
    ("leervragen", "column_values_to_not_be_null", "vraag"): replace("vraag", None),
    ("leervragen", "column_values_to_not_be_null", "niveau"): replace("niveau", None),
    ("leervragen", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("leeragenda_standen", "column_distinct_values_to_contain_set", "leervraag"): leave_out("leervraag", "lv-08"),
    ("leeragenda_standen", "compound_columns_to_be_unique", "leervraag", "datum", "stand"): repeat_first,
    ("leeragenda_standen", "column_values_to_not_be_null", "leervraag"): replace("leervraag", None),
    ("leeragenda_standen", "column_values_to_not_be_null", "datum"): replace("datum", None),
    ("leeragenda_standen", "column_values_to_match_regex", "datum"): replace("datum", "januari 2024"),
    ("leeragenda_standen", "column_values_to_not_be_null", "stand"): replace("stand", None),
    ("leeragenda_standen", "column_values_to_be_in_set", "stand"): replace("stand", "bijna"),
    ("leeragenda_standen", "column_values_to_not_be_null", "soort"): replace("soort", None),
    ("leeragenda_standen", "column_values_to_be_in_set", "soort"): replace("soort", "gerucht"),
    ("leeragenda_standen", "column_values_to_not_be_null", "bewijs"): replace("bewijs", None),
    ("leeragenda_standen", "column_values_to_not_be_null", "opvolger", 'als stand=="geherformuleerd"'): replace(
        "stand", "geherformuleerd"
    ),
    ("opzet", "column_distinct_values_to_contain_set", "aspect"): leave_out("aspect", "periode"),
    ("opzet", "column_values_to_be_in_set", "aspect"): replace("aspect", "budget"),
    ("opzet", "column_values_to_be_unique", "aspect"): repeat_first,
    ("opzet", "column_values_to_not_be_null", "aspect"): replace("aspect", None),
    ("opzet", "column_values_to_not_be_null", "tekst"): replace("tekst", None),
    ("opzet", "column_value_lengths_to_be_between", "tekst"): replace("tekst", "x" * 161),
    ("opzet", "column_values_to_not_match_regex", "tekst", 'als aspect!="periode"'): replace("tekst", "31 genodigden"),
    ("opzet", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("vergelijkingen", "column_values_to_not_be_null", "met"): replace("met", None),
    ("vergelijkingen", "column_values_to_be_unique", "met"): repeat_first,
    ("vergelijkingen", "column_values_to_match_regex", "met"): replace("met", "Eerste meting"),
    ("vergelijkingen", "column_values_to_not_be_null", "opzet"): replace("opzet", None),
    ("vergelijkingen", "column_values_to_be_in_set", "opzet"): replace("opzet", "los"),
    ("vergelijkingen", "column_values_to_not_be_null", "reden"): replace("reden", None),
    ("vergelijkingen", "column_values_to_match_regex", "reden"): replace("reden", "Te verschillend"),
    ("vergelijkingen", "column_values_to_not_match_regex", "reden"): replace("reden", "Er waren 31 genodigden."),
    ("vergelijkingen", "column_values_to_not_be_null", "rol"): replace("rol", None),
    ("vergelijkingen", "column_values_to_not_be_null", "datum"): replace("datum", None),
    ("vergelijkingen", "column_values_to_match_regex", "datum"): replace("datum", "november 2026"),
    ("vergelijkingen", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("uitspraken", "table_row_count_to_equal"): repeat_first,
    ("uitspraken", "column_values_to_not_be_null", "stelling"): replace("stelling", None),
    ("uitspraken", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("uitspraken", "compound_columns_to_be_unique", "stelling", "vindplaats"): repeat_first,
    ("uitspraken", "column_values_to_be_in_set", "vorm"): replace("vorm", "zin"),
    ("uitspraken", "column_values_to_be_in_set", "rol"): replace("rol", "mening"),
    ("uitspraken", "column_values_to_be_between", "waarde"): replace("waarde", 101),
    ("uitspraken", "column_values_to_not_be_null", "waarde", 'als vorm=="percentage"'): where(
        "vorm", "percentage", "waarde", None
    ),
    ("uitspraken", "column_values_to_not_be_null", "verwoording", 'als vorm=="woord"'): where(
        "vorm", "woord", "verwoording", None
    ),
    ("uitspraken", "column_value_lengths_to_be_between", "verwoording"): replace("verwoording", "x" * 31),
    ("feiten", "column_values_to_be_unique", "feit"): repeat_first,
    ("feiten", "column_values_to_not_be_null", "waarde"): replace("waarde", None),
    ("feiten", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("gepubliceerd", "table_row_count_to_equal"): repeat_first,
    ("gepubliceerd", "column_values_to_be_between", "percentage"): replace("percentage", 101),
    ("gepubliceerd", "column_values_to_not_be_null", "percentage"): replace("percentage", None),
    ("gepubliceerd", "column_values_to_be_unique", "stelling"): repeat_first,
    ("gepubliceerd", "column_values_to_be_in_set", "richting"): replace("richting", "omgekeerd"),
    ("gepubliceerd", "column_values_to_be_in_set", "figuur"): replace("figuur", "3.5"),
    ("gepubliceerd", "column_values_to_be_in_set", "toewijzing"): replace("toewijzing", "geraden"),
    ("gepubliceerd", "column_values_to_match_regex", "bases"): replace("bases", "24, 25"),
    ("gepubliceerd", "column_values_to_not_be_null", "bases"): replace("bases", None),
    ("gepubliceerd", "column_values_to_not_be_null", "stelling"): replace("stelling", None),
    ("gepubliceerd", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("gepubliceerd", "column_values_to_not_be_null", "verwoording"): replace("verwoording", None),
    ("gepubliceerde_respons", "column_values_to_be_unique", "kenmerk"): repeat_first,
    ("gepubliceerde_respons", "column_values_to_not_be_null", "waarde"): replace("waarde", None),
    ("gepubliceerde_respons", "column_values_to_be_between", "waarde"): replace("waarde", -1),
    ("gepubliceerde_respons", "column_values_to_be_in_set", "eenheid"): replace("eenheid", "euro"),
    ("gepubliceerde_respons", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("open_antwoorden", "column_values_to_not_be_null", "respondent"): replace("respondent", None),
    ("open_antwoorden", "column_values_to_be_in_set", "status"): replace("status", "onbekend"),
    ("open_antwoorden", "compound_columns_to_be_unique", "respondent", "vraag"): repeat_first,
    ("open_antwoorden", "column_values_to_be_null", "code", 'als status == "niet ingevuld"'): where(
        "status", "niet ingevuld", "code", "gedeelde-visie"
    ),
    ("open_antwoorden", "column_values_to_not_be_null", "code", 'als status == "geldig"'): where(
        "status", "geldig", "code", None
    ),
    ("procesthermometer", "column_values_to_not_be_null", "respondent"): replace("respondent", None),
    ("procesthermometer", "column_values_to_not_be_null", "stelling"): replace("stelling", None),
    ("procesthermometer", "column_values_to_be_in_set", "thema"): replace("thema", "daadkrachtig"),
    ("procesthermometer", "column_values_to_be_in_set", "status"): replace("status", "onbekend"),
    ("procesthermometer", "compound_columns_to_be_unique", "respondent", "stelling"): repeat_first,
    ("procesthermometer", "column_unique_value_count_to_be_between", "stelling"): leave_out("stelling", "huisvesting"),
    ("procesthermometer", "column_unique_value_count_to_be_between", "respondent"): too_many_people,
    ("procesthermometer", "column_values_to_be_in_set", "antwoord"): replace("antwoord", "Weet niet"),
    ("procesthermometer", "column_values_to_not_be_null", "antwoord", 'als status == "geldig"'): where(
        "status", "geldig", "antwoord", None
    ),
    ("procesthermometer", "column_values_to_not_be_null", "antwoord", "meestal"): empty_a_third("antwoord"),
    ("respondenten", "column_values_to_be_unique", "respondent"): repeat_first,
    ("respondenten", "column_values_to_not_be_null", "respondent"): replace("respondent", None),
    ("respondenten", "column_values_to_not_be_null", "compleet"): replace("compleet", None),
    ("respondenten", "column_values_to_be_between", "voortgang"): replace("voortgang", 101),
    ("respondenten", "column_values_to_be_between", "voortgang", "als compleet == True"): where(
        "compleet", value=True, target="voortgang", new=60
    ),
    ("respondenten", "table_row_count_to_be_between"): too_many_people,
    ("respondenten", "column_values_to_not_be_null", "groep"): replace("groep", None),
    ("enquete", "column_values_to_not_be_null", "respondent"): replace("respondent", None),
    ("enquete", "column_values_to_not_be_null", "stelling"): replace("stelling", None),
    ("enquete", "column_values_to_be_in_set", "status"): replace("status", "kwijt"),
    ("enquete", "compound_columns_to_be_unique", "respondent", "stelling"): repeat_first,
    ("enquete", "column_unique_value_count_to_be_between", "stelling"): leave_out("stelling", "halvering"),
    ("enquete", "column_values_to_be_in_set", "antwoord"): replace("antwoord", "Mee eens"),
    ("enquete", "column_values_to_not_be_null", "antwoord", 'als status == "geldig"'): replace("antwoord", None),
    ("enquete_respondenten", "column_values_to_be_unique", "respondent"): repeat_first,
    ("enquete_respondenten", "column_values_to_not_be_null", "respondent"): replace("respondent", None),
    ("enquete_respondenten", "column_values_to_not_be_null", "compleet"): replace("compleet", None),
    ("enquete_respondenten", "column_values_to_be_between", "voortgang"): replace("voortgang", 101),
    ("enquete_respondenten", "table_row_count_to_be_between"): lambda frame: pd.concat(
        [frame.head(1).assign(respondent=f"extra{number}") for number in range(283)], ignore_index=True
    ),
    ("enquete_open_antwoorden", "column_values_to_not_be_null", "respondent"): replace("respondent", None),
    ("enquete_open_antwoorden", "column_values_to_be_in_set", "status"): replace("status", "kwijt"),
    ("enquete_open_antwoorden", "compound_columns_to_be_unique", "respondent", "vraag"): repeat_first,
    ("enquete_open_antwoorden", "column_values_to_be_null", "tekst"): replace("tekst", "een verzonnen zin"),
    ("enquete_open_antwoorden", "column_values_to_be_null", "code", 'als status == "niet ingevuld"'): where(
        "status", "niet ingevuld", "code", "gemeente"
    ),
    ("enquete_keuzes", "column_values_to_not_be_null", "respondent"): replace("respondent", None),
    ("enquete_keuzes", "column_values_to_be_in_set", "vraag"): replace("vraag", "geluk"),
    ("enquete_keuzes", "column_values_to_be_in_set", "status"): replace("status", "kwijt"),
    ("enquete_keuzes", "column_values_to_not_be_null", "optie", 'als status == "geldig"'): replace("optie", None),
    ("enquete_keuzes", "compound_columns_to_be_unique", "respondent", "vraag", "optie"): repeat_first,
    ("enquete_keuzes", "column_values_to_be_between", "rang"): where("vraag", "factoren-rang", "rang", 4),
    (
        "enquete_keuzes",
        "column_values_to_not_be_null",
        "antwoord",
        'als vraag == "duur-functie" and status == "geldig"',
    ): where("vraag", "duur-functie", "antwoord", None),
    ("enquete_keuzes", "column_values_to_be_in_set", "code"): where("code", "projectleider", "code", "geluk"),
    ("respons_enquete", "column_distinct_values_to_contain_set", "kenmerk"): leave_out("kenmerk", "minuten"),
    ("respons_enquete", "column_values_to_be_in_set", "kenmerk"): replace("kenmerk", "tranche-3"),
    ("respons_enquete", "column_values_to_be_unique", "kenmerk"): repeat_first,
    ("respons_enquete", "column_values_to_not_be_null", "label"): replace("label", None),
    ("respons_enquete", "column_values_to_not_be_null", "waarde"): replace("waarde", None),
    ("respons_enquete", "column_values_to_be_in_set", "eenheid"): replace("eenheid", "stuks"),
    ("respons_enquete", "column_values_to_not_be_null", "eenheid"): replace("eenheid", None),
    ("respons_enquete", "column_values_to_be_between", "waarde", 'als eenheid=="pct"'): where(
        "eenheid", "pct", "waarde", 608.0
    ),
    ("respons_enquete", "column_values_to_match_regex", "vindplaats"): replace("vindplaats", "Regioplan §1"),
    ("respons_enquete", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("anders_functies", "table_row_count_to_equal"): leave_out("functie", "training"),
    ("anders_functies", "column_values_to_be_unique", "functie"): replace("functie", "programma"),
    ("anders_functies", "column_values_to_not_be_null", "label"): replace("label", None),
    ("anders_functies", "column_values_to_be_between", "aantal"): replace("aantal", 0),
    ("anders_functies", "column_sum_to_be_between", "aantal"): replace("aantal", 21),
    ("anders_functies", "column_values_to_match_regex", "vindplaats"): replace(
        "vindplaats", "WODC 2021 bijlage 3, tabel 1, rij 15"
    ),
    ("anders_functies", "column_values_to_be_unique", "vindplaats"): replace(
        "vindplaats", "WODC 2021 bijlage 3, tabel 1, rij 2"
    ),
    ("vragen_enquete", "column_values_to_be_unique", "vraag"): repeat_first,
    ("vragen_enquete", "column_values_to_not_be_null", "onderwerp"): replace("onderwerp", None),
    ("vragen_enquete", "column_values_to_not_be_null", "staat_er"): replace("staat_er", None),
    ("vragen_enquete", "column_values_to_not_be_null", "vraag_aan_auteurs"): replace("vraag_aan_auteurs", None),
    ("vragen_enquete", "column_values_to_match_regex", "vraag_aan_auteurs"): replace("vraag_aan_auteurs", "Fout."),
    ("vragen_enquete", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("vragen_enquete", "column_values_to_match_regex", "vindplaats"): replace("vindplaats", "Regioplan §1"),
    ("simulatie", "table_row_count_to_equal"): repeat_first,
    ("simulatie", "column_pair_values_to_be_equal", "percentage", "som_van_percentages"): replace("percentage", 1),
    ("simulatie", "column_pair_values_a_to_be_greater_than_b", "basis", "instemmend"): replace("instemmend", 99),
    ("simulatie", "column_values_to_be_between", "aantal_oplossingen"): replace("aantal_oplossingen", 0),
    ("projecten", "table_row_count_to_equal"): leave_out("project", "p13"),
    ("projecten", "column_values_to_be_unique", "project"): repeat_first,
    ("projecten", "column_values_to_be_in_set", "project"): replace("project", "p14"),
    ("projecten", "column_values_to_be_unique", "naam"): replace("naam", "Mainports"),
    ("projecten", "column_values_to_not_be_null", "naam"): replace("naam", None),
    ("projecten", "column_distinct_values_to_contain_set", "regio"): leave_out("regio", "Limburg"),
    ("projecten", "column_values_to_be_in_set", "cluster"): replace("cluster", "overig"),
    ("projecten", "column_values_to_not_be_null", "beschrijving"): replace("beschrijving", None),
    ("projecten", "column_value_lengths_to_be_between", "beschrijving"): replace("beschrijving", "x" * 161),
    ("projecten", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("projectnamen", "table_row_count_to_equal"): leave_out("waar", "§7.2"),
    ("projectnamen", "column_distinct_values_to_contain_set", "project"): leave_out("project", "p04"),
    ("projectnamen", "column_values_to_match_regex", "project"): replace("project", "p14"),
    ("projectnamen", "column_values_to_not_be_null", "project"): replace("project", None),
    ("projectnamen", "column_values_to_not_be_null", "spelling"): replace("spelling", None),
    ("projectnamen", "compound_columns_to_be_unique", "spelling", "waar"): replace(
        "spelling", "Vastgoed in Beeld Maastricht", 5
    ),
    ("projectnamen", "compound_columns_to_be_unique", "project", "waar"): replace("waar", "bijlage 4", 2),
    ("projectnamen", "column_distinct_values_to_contain_set", "spelling"): leave_out("spelling", "Haven Rotterdam"),
    ("projectnamen", "column_values_to_not_be_null", "waar"): replace("waar", None),
    ("projectnamen", "column_values_to_be_in_set", "waar"): replace("waar", "§2.5"),
    ("projectnamen", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("keuzecriteria", "table_row_count_to_equal"): leave_out("waarde", "opleiding"),
    ("keuzecriteria", "column_distinct_values_to_contain_set", "criterium"): leave_out("criterium", "context"),
    ("keuzecriteria", "column_values_to_not_be_null", "criterium"): replace("criterium", None),
    ("keuzecriteria", "column_values_to_not_be_null", "label"): replace("label", None),
    ("keuzecriteria", "column_values_to_be_in_set", "soort"): replace("soort", "praktijk"),
    ("keuzecriteria", "column_values_to_not_be_null", "soort"): replace("soort", None),
    ("keuzecriteria", "column_values_to_not_be_null", "waarde"): replace("waarde", None),
    ("keuzecriteria", "compound_columns_to_be_unique", "criterium", "waarde"): repeat_first,
    ("keuzecriteria", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("projectkenmerken", "table_row_count_to_equal"): lambda frame: frame.head(-1),
    ("projectkenmerken", "compound_columns_to_be_unique", "project", "criterium", "waarde"): repeat_first,
    ("projectkenmerken", "column_values_to_be_in_set", "project"): replace("project", "p14"),
    ("projectkenmerken", "column_values_to_not_be_null", "project"): replace("project", None),
    ("projectkenmerken", "column_values_to_be_in_set", "criterium"): replace("criterium", "geluk"),
    ("projectkenmerken", "column_values_to_not_be_null", "criterium"): replace("criterium", None),
    ("projectkenmerken", "column_values_to_not_be_null", "waarde"): replace("waarde", None),
    ("projectkenmerken", "column_values_to_not_be_in_set", "waarde"): replace("waarde", "niet vermeld"),
    ("projectkenmerken", "column_values_to_be_in_set", "herkomst"): replace("herkomst", "geraden"),
    ("projectkenmerken", "column_values_to_not_be_null", "herkomst"): replace("herkomst", None),
    ("projectkenmerken", "column_values_to_be_in_set", "herkomst", 'als criterium=="regio"'): where(
        "criterium", "regio", "herkomst", "afgeleid"
    ),
    ("projectkenmerken", "column_values_to_match_regex", "vindplaats"): replace("vindplaats", "bijlage 4"),
    ("projectkenmerken", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("gedrukte_tellingen_keuze", "table_row_count_to_equal"): lambda frame: frame.head(-1),
    ("gedrukte_tellingen_keuze", "compound_columns_to_be_unique", "criterium", "waarde", "plaats"): lambda frame: (
        pd.concat([frame, frame.tail(1)], ignore_index=True)
    ),
    ("gedrukte_tellingen_keuze", "column_values_to_not_be_null", "criterium"): replace("criterium", None),
    ("gedrukte_tellingen_keuze", "column_distinct_values_to_contain_set", "criterium"): leave_out(
        "criterium", "uitvoerkracht"
    ),
    ("gedrukte_tellingen_keuze", "column_values_to_not_be_null", "aantal"): replace("aantal", None),
    ("gedrukte_tellingen_keuze", "column_values_to_be_between", "aantal"): replace("aantal", 127),
    ("gedrukte_tellingen_keuze", "column_values_to_be_between", "aantal", 'als criterium!="lijst"'): where(
        "criterium", "keuze", "aantal", 14
    ),
    ("gedrukte_tellingen_keuze", "column_values_to_be_in_set", "eenheid"): replace("eenheid", "dingen"),
    ("gedrukte_tellingen_keuze", "column_values_to_not_be_null", "eenheid"): replace("eenheid", None),
    ("gedrukte_tellingen_keuze", "column_values_to_be_null", "stadium", 'als criterium!="lijst"'): where(
        "criterium", "keuze", "stadium", "voorgesteld"
    ),
    ("gedrukte_tellingen_keuze", "column_values_to_not_be_null", "plaats"): replace("plaats", None),
    ("gedrukte_tellingen_keuze", "column_values_to_match_regex", "vindplaats"): replace("vindplaats", "bijlage 4"),
    ("gedrukte_tellingen_keuze", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("onderzoeksactiviteiten", "column_values_to_not_be_null", "activiteit"): replace("activiteit", None),
    ("onderzoeksactiviteiten", "column_values_to_match_regex", "activiteit"): replace("activiteit", "Documenten 2"),
    ("onderzoeksactiviteiten", "column_values_to_be_in_set", "activiteit", f"als {EERSTE}"): replace(
        "activiteit", "duo-interviews"
    ),
    ("onderzoeksactiviteiten", "column_values_to_be_in_set", "activiteit", f"als {TWEEDE}"): where(
        "activiteit", "duo-interviews", "activiteit", "procesthermometer"
    ),
    (
        "onderzoeksactiviteiten",
        "column_values_to_be_null",
        "activiteit",
        f"als {EERSTE} and activiteit.count() != 10",
    ): (leave_out("groep", "jenv")),
    ("onderzoeksactiviteiten", "column_values_to_be_null", "activiteit", f"als {TWEEDE} and activiteit.count() != 9"): (
        leave_out("groep", "stakeholders")
    ),
    (
        "onderzoeksactiviteiten",
        "column_values_to_be_null",
        "activiteit",
        'als activiteit.str.cat(groep, sep=" ", na_rep="").duplicated()',
    ): repeat_first,
    ("onderzoeksactiviteiten", "column_values_to_not_be_null", "label"): replace("label", None),
    ("onderzoeksactiviteiten", "column_values_to_not_be_null", "wie"): replace("wie", None),
    (
        "onderzoeksactiviteiten",
        "column_values_to_be_null",
        "niveau",
        'als niveau not in ["strategisch", "tactisch", "operationeel"]',
    ): replace("niveau", "bestuurlijk"),
    ("onderzoeksactiviteiten", "column_values_to_not_be_null", "eenheid"): replace("eenheid", None),
    ("onderzoeksactiviteiten", "column_values_to_be_in_set", "eenheid"): replace("eenheid", "uur"),
    ("onderzoeksactiviteiten", "column_values_to_not_be_null", "personen", 'als eenheid in ["persoon", "genodigde"]'): (
        where("eenheid", "persoon", "personen", None)
    ),
    ("onderzoeksactiviteiten", "column_values_to_not_be_null", "gesprekken", 'als eenheid == "gesprek"'): where(
        "eenheid", "gesprek", "gesprekken", None
    ),
    ("onderzoeksactiviteiten", "column_values_to_be_null", "personen", 'als eenheid in ["groep", "document"]'): where(
        "eenheid", "groep", "personen", 10
    ),
    ("onderzoeksactiviteiten", "column_values_to_be_null", "gesprekken", 'als eenheid in ["groep", "document"]'): where(
        "eenheid", "groep", "gesprekken", 1
    ),
    ("onderzoeksactiviteiten", "column_values_to_be_null", "personen", "als personen < 1"): whole("personen", 0),
    ("onderzoeksactiviteiten", "column_values_to_be_null", "gesprekken", "als gesprekken < 1"): whole("gesprekken", 0),
    ("onderzoeksactiviteiten", "column_values_to_be_null", "geweigerd", "als geweigerd < 0"): whole("geweigerd", -1),
    ("onderzoeksactiviteiten", "column_values_to_be_null", "goedgekeurd", "als goedgekeurd < 0"): whole(
        "goedgekeurd", -1
    ),
    ("onderzoeksactiviteiten", "column_values_to_be_null", "apart", 'als apart != "ja"'): replace("apart", "nee"),
    ("onderzoeksactiviteiten", "column_values_to_not_be_null", "personen", 'als apart == "ja"'): where(
        "apart", "ja", "personen", None
    ),
    ("onderzoeksactiviteiten", "column_values_to_not_be_null", "gedrukt", 'als eenheid != "groep"'): replace(
        "gedrukt", None
    ),
    ("onderzoeksactiviteiten", "column_values_to_be_null", "gedrukt", "als gedrukt.str.len() > 80"): replace(
        "gedrukt", "x" * 81
    ),
    ("onderzoeksactiviteiten", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("betrokkenheid", "column_values_to_not_be_null", "activiteit"): replace("activiteit", None),
    ("betrokkenheid", "column_values_to_not_be_null", "groep"): replace("groep", None),
    (
        "betrokkenheid",
        "column_values_to_be_in_set",
        "groep",
        'als vindplaats.str.contains("Regioplan tabel 1.1")',
    ): replace("groep", "reflectiegroep"),
    ("betrokkenheid", "compound_columns_to_be_unique", "activiteit", "groep"): repeat_first,
    (
        "betrokkenheid",
        "column_values_to_be_null",
        "activiteit",
        'als vindplaats.str.contains("Regioplan tabel 1.1, eerste meting") and activiteit.count() != 9',
    ): leave_out("groep", "teammanagers"),
    (
        "betrokkenheid",
        "column_values_to_be_null",
        "activiteit",
        'als vindplaats.str.contains("Regioplan tabel 1.1, tweede meting") and activiteit.count() != 10',
    ): leave_out("groep", "stakeholders"),
    ("betrokkenheid", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("groepen", "column_distinct_values_to_contain_set", "groep"): leave_out("groep", "stakeholders"),
    ("groepen", "column_values_to_be_unique", "groep"): repeat_first,
    ("groepen", "column_values_to_match_regex", "groep"): replace("groep", "Groep 1"),
    ("groepen", "column_values_to_not_be_null", "label"): replace("label", None),
    ("groepen", "column_values_to_not_be_null", "naam"): replace("naam", None),
    ("groepen", "column_values_to_be_in_set", "niveau"): replace("niveau", "bestuurlijk"),
    ("groepen", "column_value_lengths_to_be_between", "taak"): replace("taak", "x" * 81),
    ("groepen", "column_values_to_match_regex", "overlapt"): replace("overlapt", "jenv, directeur"),
    ("groepen", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("soort_evaluatie", "column_distinct_values_to_contain_set", "aspect"): leave_out("aspect", "doelmatigheid"),
    ("soort_evaluatie", "column_values_to_be_unique", "aspect"): repeat_first,
    ("soort_evaluatie", "column_values_to_not_be_null", "label"): replace("label", None),
    ("soort_evaluatie", "column_values_to_not_be_null", "onderzocht"): replace("onderzocht", None),
    ("soort_evaluatie", "column_values_to_be_in_set", "onderzocht"): replace("onderzocht", "misschien"),
    (
        "soort_evaluatie",
        "column_values_to_be_in_set",
        "onderzocht",
        'als aspect in ["doeltreffendheid", "doelmatigheid"]',
    ): where("aspect", "doelmatigheid", "onderzocht", "deels"),
    ("soort_evaluatie", "column_values_to_not_be_null", "toelichting"): replace("toelichting", None),
    ("soort_evaluatie", "column_value_lengths_to_be_between", "toelichting"): replace("toelichting", "x" * 81),
    ("soort_evaluatie", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("verschillen", "table_row_count_to_equal"): leave_out("verschil", "goud"),
    ("verschillen", "column_values_to_be_unique", "verschil"): repeat_first,
    ("verschillen", "column_values_to_not_be_null", "verschil"): replace("verschil", None),
    ("verschillen", "column_values_to_not_be_null", "groep"): replace("groep", None),
    ("verschillen", "column_values_to_not_be_null", "onderwerp"): replace("onderwerp", None),
    ("verschillen", "column_values_to_not_be_null", "staat_er"): replace("staat_er", None),
    ("verschillen", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("verschillen", "column_values_to_not_be_null", "staat_ook"): replace("staat_ook", None),
    ("verschillen", "column_values_to_not_be_null", "vindplaats_ook"): replace("vindplaats_ook", None),
    ("verschillen", "column_values_to_not_be_null", "vraag"): replace("vraag", None),
    ("verschillen", "column_values_to_not_be_null", "raakt"): replace("raakt", None),
    ("verschillen", "column_values_to_be_in_set", "groep"): replace("groep", "overig"),
    ("verschillen", "column_values_to_be_in_set", "raakt"): replace("raakt", "alles"),
    ("verschillen", "column_values_to_match_regex", "vraag"): replace("vraag", "Dat is vreemd."),
    ("verschillen", "column_value_lengths_to_be_between", "staat_er"): replace("staat_er", "x" * 81),
    ("verschillen", "column_value_lengths_to_be_between", "staat_ook"): replace("staat_ook", "x" * 81),
    ("verschillen", "column_values_to_match_regex", "vindplaats"): replace("vindplaats", "ergens"),
    ("verschillen", "column_values_to_match_regex", "vindplaats_ook"): replace("vindplaats_ook", "ergens"),
    ("verschillen", "select_column_values_to_be_unique_within_record", "staat_er", "staat_ook"): where(
        "verschil", "teammanagers", "staat_ook", "vijf"
    ),
    ("verschillen", "select_column_values_to_be_unique_within_record", "vindplaats", "vindplaats_ook"): where(
        "verschil", "optimisme", "vindplaats_ook", "Regioplan §5.3, laatste alinea"
    ),
    ("bijeenkomsten", "table_row_count_to_equal"): repeat_first,
    ("bijeenkomsten", "column_values_to_be_unique", "tabelrij"): repeat_first,
    ("bijeenkomsten", "column_values_to_not_be_null", "regio"): replace("regio", None),
    ("bijeenkomsten", "column_values_to_be_in_set", "regio"): replace("regio", "Overal"),
    ("bijeenkomsten", "column_values_to_not_be_null", "project"): replace("project", None),
    ("bijeenkomsten", "column_values_to_not_match_regex", "project"): replace("project", "Orville (Reflectiesessie)"),
    ("bijeenkomsten", "column_values_to_match_strftime_format", "datum"): replace("datum", "31/02/2020"),
    ("bijeenkomsten", "column_values_to_not_be_null", "datum"): replace("datum", None),
    ("bijeenkomsten", "column_values_to_not_match_regex", "datum"): replace("datum", "01/06/2021"),
    ("bijeenkomsten", "column_values_to_not_be_null", "type"): replace("type", None),
    ("bijeenkomsten", "column_values_to_be_in_set", "type"): replace("type", "Telefonisch"),
    ("bijeenkomsten", "compound_columns_to_be_unique", "regio", "project", "datum", "type"): repeat_first,
    ("bijeenkomsten", "column_values_to_be_unique", "vindplaats"): repeat_first,
    ("bijeenkomsten", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("interviews", "table_row_count_to_equal"): repeat_first,
    ("interviews", "column_values_to_be_unique", "tabelrij"): repeat_first,
    ("interviews", "column_values_to_not_be_null", "regio"): replace("regio", None),
    ("interviews", "column_values_to_be_in_set", "regio"): replace("regio", "Overal"),
    ("interviews", "column_values_to_not_be_null", "project"): replace("project", None),
    ("interviews", "column_values_to_match_regex", "project"): replace("project", "Orville (Borrel)"),
    ("interviews", "column_values_to_match_strftime_format", "datum"): replace("datum", "31/02/2020"),
    ("interviews", "column_values_to_not_be_null", "datum"): replace("datum", None),
    ("interviews", "column_values_to_not_match_regex", "datum"): replace("datum", "01/06/2021"),
    ("interviews", "column_values_to_not_be_null", "type"): replace("type", None),
    ("interviews", "column_values_to_be_in_set", "type"): replace("type", "Telefonisch"),
    ("interviews", "compound_columns_to_be_unique", "regio", "project", "datum", "type"): repeat_first,
    ("interviews", "column_values_to_be_unique", "vindplaats"): repeat_first,
    ("interviews", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("respondenten_projecten", "table_row_count_to_equal"): repeat_first,
    ("respondenten_projecten", "column_values_to_not_be_null", "tabelrij"): replace("tabelrij", None),
    ("respondenten_projecten", "column_values_to_be_between", "tabelrij"): replace("tabelrij", 99),
    ("respondenten_projecten", "column_distinct_values_to_contain_set", "projectnummer"): leave_out(
        "projectnummer", "P4"
    ),
    ("respondenten_projecten", "column_values_to_be_in_set", "projectnummer"): replace("projectnummer", "P14"),
    ("respondenten_projecten", "column_values_to_not_be_null", "projectnummer"): replace("projectnummer", None),
    ("respondenten_projecten", "column_values_to_not_be_null", "zoals_gedrukt"): replace("zoals_gedrukt", None),
    ("respondenten_projecten", "column_values_to_match_regex", "zoals_gedrukt"): replace("zoals_gedrukt", "P1R1 - P1R"),
    ("respondenten_projecten", "column_values_to_not_be_null", "soort"): replace("soort", None),
    ("respondenten_projecten", "column_values_to_be_in_set", "soort"): replace("soort", "gast"),
    ("respondenten_projecten", "column_values_to_be_unique", "respondent"): repeat_first,
    ("respondenten_projecten", "column_values_to_match_regex", "respondent"): replace("respondent", "P1 R1"),
    ("respondenten_projecten", "column_values_to_not_be_null", "respondent", 'als soort=="persoon"'): where(
        "soort", "persoon", "respondent", None
    ),
    ("respondenten_projecten", "column_values_to_not_be_null", "respondent", 'als soort=="bereik"'): where(
        "soort", "bereik", "respondent", None
    ),
    ("respondenten_projecten", "column_values_to_not_be_null", "interviews"): replace("interviews", None),
    ("respondenten_projecten", "column_values_to_match_regex", "interviews"): replace("interviews", "0"),
    ("respondenten_projecten", "column_values_to_not_be_null", "bijeenkomsten"): replace("bijeenkomsten", None),
    ("respondenten_projecten", "column_values_to_match_regex", "bijeenkomsten"): replace("bijeenkomsten", "enkele"),
    ("respondenten_projecten", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("correcties", "compound_columns_to_be_unique", "tabel", "bestandsrij", "veld"): repeat_first,
    ("correcties", "column_values_to_be_in_set", "tabel"): replace("tabel", "datums"),
    ("correcties", "column_values_to_be_between", "bestandsrij"): replace("bestandsrij", 1),
    ("correcties", "column_values_to_match_regex", "datum"): replace("datum", "22 november 2026"),
    ("correcties", "column_values_to_not_be_null", "tabel"): replace("tabel", None),
    ("correcties", "column_values_to_not_be_null", "bestandsrij"): replace("bestandsrij", None),
    ("correcties", "column_values_to_not_be_null", "veld"): replace("veld", None),
    ("correcties", "column_values_to_not_be_null", "ruwe_waarde"): replace("ruwe_waarde", None),
    ("correcties", "column_values_to_not_be_null", "verbeterde_waarde"): replace("verbeterde_waarde", None),
    ("correcties", "column_values_to_not_be_null", "reden"): replace("reden", None),
    ("correcties", "column_values_to_not_be_null", "rol"): replace("rol", None),
    ("correcties", "column_values_to_not_be_null", "datum"): replace("datum", None),
    ("correcties", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
    ("gedrukte_tellingen_veldwerk", "table_row_count_to_equal"): repeat_first,
    ("gedrukte_tellingen_veldwerk", "compound_columns_to_be_unique", "kenmerk", "vindplaats"): repeat_first,
    ("gedrukte_tellingen_veldwerk", "column_values_to_not_be_null", "kenmerk"): replace("kenmerk", None),
    ("gedrukte_tellingen_veldwerk", "column_distinct_values_to_contain_set", "kenmerk"): leave_out(
        "kenmerk", "projecten-met-reflectiesessie"
    ),
    ("gedrukte_tellingen_veldwerk", "column_values_to_be_in_set", "kenmerk"): replace("kenmerk", "uren"),
    ("gedrukte_tellingen_veldwerk", "column_values_to_not_be_null", "waarde"): replace("waarde", None),
    ("gedrukte_tellingen_veldwerk", "column_values_to_be_between", "waarde"): replace("waarde", 0),
    ("gedrukte_tellingen_veldwerk", "column_values_to_be_in_set", "eenheid"): replace("eenheid", "uren"),
    ("gedrukte_tellingen_veldwerk", "column_values_to_not_be_null", "gedrukt"): replace("gedrukt", None),
    (
        "gedrukte_tellingen_veldwerk",
        "column_values_to_not_be_null",
        "andere_lezing",
        'als kenmerk=="personen-met-interview"',
    ): where("kenmerk", "personen-met-interview", "andere_lezing", None),
    ("gedrukte_tellingen_veldwerk", "column_values_to_be_in_set", "andere_lezing"): where(
        "kenmerk", "personen-met-interview", "andere_lezing", "iedereen"
    ),
    ("gedrukte_tellingen_veldwerk", "column_values_to_not_be_null", "vindplaats"): replace("vindplaats", None),
}
# Faults of a printed source, found by reading it: how many rows differ, and the first of those rows in the file.
KNOWN_FAULTS: dict[tuple[str, ...], tuple[int, tuple[int, ...]]] = {
    ("bijeenkomsten", "compound_columns_to_be_unique", "regio", "project", "datum", "type"): (2, (5, 6)),
    # Seven, two, three, four, three and two equal rows; a date after the report itself.
    ("interviews", "compound_columns_to_be_unique", "regio", "project", "datum", "type"): (21, (45, 46, 47, 48, 49)),
    ("interviews", "column_values_to_not_match_regex", "datum"): (1, (86,)),
    # A range without a start, and a project whose one person has no counts.
    ("respondenten_projecten", "column_values_to_match_regex", "zoals_gedrukt"): (1, (84,)),
    ("respondenten_projecten", "column_values_to_not_be_null", "interviews"): (1, (73,)),
    ("respondenten_projecten", "column_values_to_not_be_null", "bijeenkomsten"): (1, (73,)),
}
RULES = [(table, raw) for table, suite in SUITES.items() for raw in suite]


@pytest.fixture(scope="module")
def cleaned(tmp_path_factory) -> dict[str, list[pd.DataFrame]]:
    """Return every table that cleaning makes of the raw data, one fictitious export and the invented examples, by name."""
    root: Path = tmp_path_factory.mktemp("studie")
    study = Study(data=root / "data", reports=root / "reports")
    shutil.copytree(REPOSITORY / "data" / "raw", study.raw)
    shutil.copytree(REPOSITORY / "tests" / "voorbeelden", study.raw / "voorbeelden")
    add_export(study.raw / "versterking-2021")  # without answers that survey has no tables to judge
    for record in sorted(study.raw.glob("*/meting.yml")):
        clean_folder(study, record.parent.name)
    tables: dict[str, list[pd.DataFrame]] = {}
    for path in sorted(study.processed.glob("*/*.parquet")):
        tables.setdefault(path.stem, []).append(pd.read_parquet(path))
    return tables


@pytest.mark.parametrize("table", SUITES)
def test_the_real_data_meet_their_own_suite(cleaned, table):
    """Every expectation holds on the committed data, but for warnings about faults that the source prints."""
    names = [key(table, raw) for raw in SUITES[table]]
    for frame in cleaned[table]:
        outcomes = judge(frame, *SUITES[table])
        failing = {name: o for name, o in zip(names, outcomes, strict=True) if o.uitkomst != HOUDT}
        found = {
            name: (o.aantal, tuple(int(place.split(",")[0].removeprefix("rij ")) for place in o.plaatsen))
            for name, o in failing.items()
        }
        assert found == {name: fault for name, fault in KNOWN_FAULTS.items() if name[0] == table}
        assert {o.ernst for o in failing.values()} <= {"warning"}


def test_every_cleaned_table_has_a_suite(cleaned):
    """A table without expectations would reach the report unjudged, and a suite without a table judges nothing."""
    assert set(cleaned) == set(SUITES)


@pytest.mark.parametrize(("table", "raw"), RULES, ids=[" ".join(key(table, raw)) for table, raw in RULES])
def test_each_expectation_catches_a_corrupt_table(cleaned, table, raw):
    """One wrong cell or row turns the expectation from holding to not holding, or makes a known fault larger."""
    mutation = MUTATIONS.get(key(table, raw))
    if mutation is None:
        pytest.fail(f"no corrupt table for {key(table, raw)}; add one to MUTATIONS")
    known = KNOWN_FAULTS.get(key(table, raw), (0, ()))[0]
    for frame in cleaned[table]:
        try:
            corrupt = mutation(frame.copy())
        except IndexError:  # the row to change stands in the table of another folder
            continue
        outcome = judge(corrupt, raw)[0]
        if outcome.uitkomst == HOUDT_NIET and (outcome.aantal or 1) > known:
            return
    pytest.fail("the expectation holds on every corrupt table")


def test_there_is_no_corrupt_table_too_many():
    """A mutation whose expectation was removed or renamed is removed as well, and no two share one."""
    keys = [key(table, raw) for table, raw in RULES]
    assert len(keys) == len(set(keys))
    assert set(MUTATIONS) - set(keys) == set()


def test_what_names_rows_goes_before_what_is_about_the_whole_table():
    """A row too many that is also a double one is told by its place, not only by a count."""
    frame = people(naam=["a", "b", "c", "b"])
    rules = (
        rule("expect_table_row_count_to_equal", value=3),
        rule("expect_column_values_to_be_unique", column="naam"),
    )
    validation = validate_table(frame, list(rules), "meting-1", "proef", "waargenomen", "proef@abc")
    with pytest.raises(NsocError, match="rij 5, kolom naam; rij 7, kolom naam"):
        stop_on_critical(validation, "data/raw/meting-1/proef.csv")


def test_a_column_that_is_called_kolom_is_no_place():
    """A table that was typed over may have such a column; the place is then the column that was judged."""
    frame = pd.DataFrame({"waarde": [1, 900], "kolom": ["begin", "begin"], "rij": [2, 3]})
    outcome = judge_one(frame, "expect_column_values_to_be_between", column="waarde", max_value=11)
    assert outcome.plaatsen == ("rij 3, kolom waarde",)


# Only what changed is judged again

SOME = ("leerpunten", "leervragen", "toezeggingen")


@pytest.fixture
def judged(tmp_path, monkeypatch) -> tuple[Study, list[str]]:
    """Return a study of which three tables were judged, and the names of the tables judged since."""
    study = Study(tmp_path / "data", tmp_path / "reports")
    shutil.copytree(REPOSITORY / "data" / "raw" / "kader", study.raw / "kader")
    for table in SOME:
        one = {"name": table, "expectations": [rule("expect_table_row_count_to_be_between", min_value=1)]}
        write_json(study.data / "expectations" / f"{table}.json", one)
    clean_folder(study, "kader")
    validate_folder(study, "kader", SOME)
    names: list[str] = []

    def note(frame, suite, folder, table, *rest, **named):
        names.append(table)
        return validate_table(frame, suite, folder, table, *rest, **named)

    monkeypatch.setattr(validation_module, "validate_table", note)
    return study, names


def outcomes_of(study: Study) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in study.processed.glob("kader/toetsing/*.json")}


def test_what_is_as_it_was_is_not_judged_again(judged):
    """Neither table, suite, library nor outcome changed."""
    study, names = judged
    before = outcomes_of(study)
    validate_folder(study, "kader", SOME)
    assert (names, outcomes_of(study)) == ([], before)
    assert len(before) == len(SOME)


def drop_row(study: Study) -> None:
    path = study.raw / "kader" / "leerpunten.csv"
    path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8")
    clean_folder(study, "kader")


def change_suite(study: Study) -> None:
    one = rule("expect_table_row_count_to_be_between", min_value=2)
    write_json(study.data / "expectations" / "leerpunten.json", {"name": "leerpunten", "expectations": [one]})


def edit_outcome(study: Study) -> None:
    path = study.validation_file("kader", "leerpunten")
    path.write_text(path.read_text(encoding="utf-8").replace('"klopt"', '"klopt niet"'), encoding="utf-8")


def lose_outcome(study: Study) -> None:
    study.validation_file("kader", "leerpunten").unlink()


def change_origin(study: Study) -> None:
    path = study.record_file("kader")
    before, block = path.read_text(encoding="utf-8").split("naam: leerpunten\n")
    path.write_text(
        f"{before}naam: leerpunten\n{re.sub('herkomst: .*', 'herkomst: gesimuleerd', block, count=1)}", "utf-8"
    )


@pytest.mark.parametrize("change", [drop_row, change_suite, edit_outcome, lose_outcome, change_origin])
def test_what_changed_is_judged_again_as_the_first_time(judged, change):
    """One table, one suite, one outcome or one origin; the outcomes are those of a study that is judged from nothing."""
    study, names = judged
    change(study)
    validate_folder(study, "kader", SOME)
    assert names == ["leerpunten"]
    kept = outcomes_of(study)
    shutil.rmtree(study.state)
    validate_folder(study, "kader", SOME)
    assert outcomes_of(study) == kept
    assert names == ["leerpunten", *SOME]


def test_another_library_judges_everything_again(judged, monkeypatch):
    """What reads a table and a suite may have changed."""
    study, names = judged
    monkeypatch.setattr(validation_module, "library_files", list)
    validate_folder(study, "kader", SOME)
    assert names == list(SOME)


def test_a_table_that_is_refused_keeps_no_seal(judged):
    """A critical expectation stops every time, not the first time only."""
    study, names = judged
    one = rule("expect_table_row_count_to_be_between", min_value=99)
    write_json(study.data / "expectations" / "leerpunten.json", {"name": "leerpunten", "expectations": [one]})
    for _ in range(2):
        with pytest.raises(NsocError, match="leerpunten"):
            validate_folder(study, "kader", SOME)
    assert names == ["leerpunten"] * 2
