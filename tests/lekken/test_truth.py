"""The arithmetic of the corpus is true: what is called derivable follows from the folder, and not from its twin."""

from __future__ import annotations

import csv

import pytest
from conftest import ROOT

from lekken.corpus import cases, held_out_cases
from lekken.folder import INVITED, SURVEY, THERMOMETER, group_id
from nsoc_lib.feasible import Interval, Published, ShownPercentage, feasible_interval
from nsoc_lib.linked_tables import Equation
from nsoc_lib.paths import Study
from nsoc_lib.sources.disclosure import load_profile

CASES = {case.name: case for case in (*cases(), *held_out_cases())}
REPOSITORY = Study(ROOT / "data", ROOT / "reports")
T, S = THERMOMETER, SURVEY
SHOWN_GROUPS = ("OM", "FIOD", "Politie")


def ledger(name: str, tmp_path, *, leaking: bool) -> dict[str, dict[str, str]]:
    reports = CASES[name].build(tmp_path, leaking=leaking)
    with (reports / "resultaten.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def read(rows: dict[str, dict[str, str]], row_id: str, column: str, most: int) -> Interval:
    """Return what the ledger says of one count: the number, or from nobody to the most there can be."""
    text = rows.get(row_id, {}).get(column, "")
    return Interval(int(float(text)), int(float(text))) if text else Interval(0, most)


# Per case: the column, the total, its parts, and the part that is derived.
SUMS = {
    "laatste-deel-van-het-totaal": ("n", f"{T}.eens", [group_id(T, g) for g in (*SHOWN_GROUPS, "Stuurgroep", "Douane")], group_id(T, "Douane")),
    "alle-min-alle-zonder-stuurgroep": ("n", f"{T}.eens", [f"{T}.zonder.stuurgroep.eens", "rest"], "rest"),
    "zonder-staat-in-een-noot": ("n", f"{T}.eens", [f"{T}.zonder.fiod.eens", "rest"], "rest"),
    "twee-keer-zonder": ("n", f"{T}.zonder.stuurgroep.eens", [f"{T}.zonder.stuurgroep-en-om.eens", "rest"], "rest"),
    "twee-tabellen-delen-een-rand": ("n", f"{T}.eens", [f"{T}.niveau.overig.eens", f"{T}.niveau.strategisch.eens"], f"{T}.niveau.strategisch.eens"),
    "een-categorie-onderdrukt": ("value", f"{S}.antwoord.totaal", [f"{S}.antwoord.{a}" for a in ("eens", "neutraal", "oneens", "weet-niet")], f"{S}.antwoord.weet-niet"),
    "niemand-is-ook-een-antwoord": ("value", f"{S}.antwoord.totaal", [f"{S}.antwoord.{a}" for a in ("eens", "oneens", "weet-niet")], f"{S}.antwoord.weet-niet"),
}  # fmt: skip


def interval(name: str, tmp_path, *, leaking: bool) -> Interval:
    column, total, parts, target = SUMS[name]
    rows = ledger(name, tmp_path / str(leaking), leaking=leaking)
    bounds = {group_id(T, group): count for group, count in INVITED.items()}
    known = {cell: read(rows, cell, column, bounds.get(cell, 330)) for cell in (total, *parts)}
    return feasible_interval(Published(known, (Equation(total, tuple(parts)),)), target)


@pytest.mark.parametrize("name", SUMS)
def test_a_sum_gives_away_what_the_case_says(name, tmp_path):
    """By integer programming over the ledger alone the hidden count is within what the case calls derived."""
    found, said = interval(name, tmp_path, leaking=True), CASES[name].expected.derived
    assert said[0] <= found.low <= found.high <= said[1]


@pytest.mark.parametrize("name", SUMS)
def test_the_same_sum_is_harmless_in_the_twin(name, tmp_path):
    """In the twin the count is as uncertain as the profile asks, or large enough to be shown."""
    profile = load_profile(REPOSITORY, CASES[name].profile)
    found = interval(name, tmp_path, leaking=False)
    least = profile.kleinste_groep if CASES[name].expected.rule == "kleinste_groep" else profile.kleinste_cel
    assert found.width >= profile.bescherming or found.low >= least


def test_the_breakdown_that_most_cases_start_from_is_safe(tmp_path):
    """With the invited known, Douane can be nobody to all three, and of all counts the profile's width is left."""
    rows = ledger("commentaar", tmp_path, leaking=False)
    groups = (*SHOWN_GROUPS, "Douane", "Stuurgroep")
    known = {"n": read(rows, f"{T}.eens", "n", 31), "k": read(rows, f"{T}.eens", "count", 31)}
    for group in groups:
        known |= {
            f"n {group}": read(rows, group_id(T, group), "n", INVITED[group]),
            f"k {group}": read(rows, group_id(T, group), "count", INVITED[group]),
            f"not {group}": Interval(0, INVITED[group]),
        }
    sums = [Equation(what, tuple(f"{what} {group}" for group in groups)) for what in ("n", "k")]
    sums += [Equation(f"n {group}", (f"k {group}", f"not {group}")) for group in groups]
    published = Published(known, tuple(sums))
    width = load_profile(REPOSITORY).bescherming
    assert all(
        feasible_interval(published, f"{what} {g}").width >= width for what in "nk" for g in ("Douane", "Stuurgroep")
    )


@pytest.mark.parametrize(("leaking", "least", "most"), [(True, 3, 7), (False, 8, 280)])
def test_a_percentage_of_a_known_base_is_a_count_of_who_differs(leaking, least, most, tmp_path):
    """98% of 280 leaves seven people at most who disagree; 71% leaves eight at least."""
    rows = ledger("rest-onder-de-drempel", tmp_path, leaking=leaking)
    shown = int(rows[f"{S}.eens"]["shown"].rstrip("%"))
    known = {"base": Interval(280, 280), "eens": Interval(0, 280), "rest": Interval(0, 280)}
    published = Published(known, (Equation("base", ("eens", "rest")),), (ShownPercentage("eens", "base", shown),))
    found = feasible_interval(published, "rest")
    assert least <= found.low <= found.high <= most


@pytest.mark.parametrize(("leaking", "one"), [(True, True), (False, False)])
def test_parts_with_a_decimal_leave_one_count_for_the_last(leaking, one, tmp_path):
    """60,7 and 25,0 and 8,9 and 3,6 percent of 280 leave 5 people; in the twin two answers share what is left."""
    rows = ledger("delen-tot-honderd", tmp_path, leaking=leaking)
    answers = ("helemaal-eens", "eens", "neutraal", "oneens", "helemaal-oneens")
    known = {"base": Interval(280, 280)} | {a: Interval(0, 280) for a in answers}
    shares = tuple(
        ShownPercentage(a, "base", round(10 * float(rows[f"{S}.antwoord.{a}"]["value"])), 1)
        for a in answers if rows[f"{S}.antwoord.{a}"]["value"]
    )  # fmt: skip
    found = feasible_interval(Published(known, (Equation("base", answers),), shares), "helemaal-oneens")
    assert (found == Interval(5, 5)) is one
    assert one or found.width >= load_profile(REPOSITORY, "opensafely").bescherming


@pytest.mark.parametrize(("leaking", "derived"), [(True, (240, 246)), (False, None)])
def test_worst_case_bounds_are_a_count_and_a_base(leaking, derived, tmp_path):
    """The low bound times 330 is the count; what the high bound adds is who did not answer."""
    row = ledger("grenzen-verraden-het-aantal", tmp_path, leaking=leaking)[f"{S}.eens"]
    assert row["count"] == "" or not leaking
    if row["low"]:
        count = round(float(row["low"]) * 330 / 100)
        assert (count, 330 - round(float(row["high"]) * 330 / 100) + count) == derived
    else:
        assert derived is None
