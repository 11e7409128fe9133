"""What is hidden about one statement, and that a reader with everything else in hand cannot come too close to it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import PROFILE, ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from nsoc_lib.feasible import feasible_interval, publish_counts
from nsoc_lib.linked_tables import cell_name
from nsoc_lib.paths import Study
from nsoc_lib.protection import (
    Split,
    link_statement,
    protect_options,
    protect_remainder,
    protect_statement,
    with_smallest_group,
)
from nsoc_lib.sources.disclosure import load_profile

AGREES = ("eens",)


def protect(answers, groups, profile=PROFILE):
    return protect_statement(answers, AGREES, groups, 60, profile)


def shown_cells(answers, groups, protected):
    """Return the cells of the linked counts that a reader sees: of a share that is shown count, rest and base."""
    parts = ("basis", "eens", "anders")
    whole = {"alle": protected.alle, **protected.groepen}
    shares = {cell_name("aandeel", name, part) for name, why in whole.items() if not why for part in parts}
    return shares | {cell_name("antwoord", "alle", label) for label, why in protected.antwoorden.items() if not why}


def test_large_mixed_groups_are_shown():
    """Ten with four and eight with five: nothing is small or unanimous, and nobody is left over."""
    protected = protect({"eens": 9, "oneens": 9}, {"a": Split(4, 6, 10), "b": Split(5, 3, 8)})
    assert (protected.alle, set(protected.groepen.values()), set(protected.antwoorden.values())) == ("", {""}, {""})


def test_a_small_group_takes_another_with_it_and_leaves_everybody_shown():
    """Four people are hidden; with the total known one more group must go, and the outcome of everybody stays."""
    groups = {"a": Split(4, 6, 10), "b": Split(1, 3, 6), "c": Split(5, 3, 10)}
    protected = protect({"eens": 10, "oneens": 12}, groups)
    assert protected.groepen["b"] == "te kleine groep"
    assert sorted(map(bool, protected.groepen.values())) == [False, True, True]
    assert protected.alle == ""


def test_a_unanimous_group_is_hidden():
    """All six agree: who knows that somebody is among them knows what that person thinks."""
    protected = protect({"eens": 10, "oneens": 6}, {"a": Split(6, 0, 10), "b": Split(4, 6, 10)})
    assert protected.groepen == {"a": "niemand of iedereen antwoordde dit", "b": "nodig om andere cellen te verbergen"}


def test_people_of_unknown_group_count_as_a_group():
    """Two people outside every group are the total minus the groups, so a group must go."""
    protected = protect({"eens": 10, "oneens": 12}, {"a": Split(4, 6, 10), "b": Split(5, 5, 10)})
    assert [bool(why) for why in protected.groepen.values()].count(True) >= 1
    assert protected.alle == ""


def test_a_codebook_may_ask_for_larger_groups():
    """Six people may be shown by the profile, and not under a codebook that asks for eight."""
    groups = {"a": Split(3, 3, 10), "b": Split(6, 6, 12)}
    assert not protect({"eens": 9, "oneens": 9}, groups).groepen["a"]
    assert protect({"eens": 9, "oneens": 9}, groups, with_smallest_group(PROFILE, 8)).groepen["a"] == "te kleine groep"


def test_a_small_answer_takes_another_with_it():
    """Under a least count of eight, three neutral answers are hidden, and one other answer with them."""
    strict = replace(PROFILE, kleinste_cel=8, kleinste_groep=8)
    answers = {"eens": 12, "neutraal": 3, "oneens": 10}
    assert sorted(label for label, why in protect(answers, {}, strict).antwoorden.items() if why) == [
        "neutraal",
        "oneens",
    ]


SPLITS = st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 3)).map(lambda t: Split(t[0], t[1], sum(t)))


@settings(max_examples=8, deadline=None)
@given(
    groups=st.lists(SPLITS, min_size=2, max_size=3),
    unknown=st.tuples(st.integers(0, 2), st.integers(0, 2)),
    smallest=st.sampled_from([5, 8]),
    cell=st.sampled_from([1, 5]),
)
def test_no_hidden_group_is_known_more_closely_than_the_profile_allows(groups, unknown, smallest, cell):
    """For small random breakdowns the exact interval of every forbidden count is as wide as the profile asks."""
    profile = replace(PROFILE, kleinste_groep=smallest, kleinste_cel=cell)
    named = {f"groep {number}": group for number, group in enumerate(groups) if group.basis}
    answers = {
        "eens": sum(g.eens for g in named.values()) + unknown[0],
        "oneens": sum(g.anders for g in named.values()) + unknown[1],
    }
    protected = protect(answers, named, profile)
    tables, shown = link_statement(answers, AGREES, named), shown_cells(answers, named, protected)
    limits = {
        cell_name("aandeel", n, part): g.genodigd for n, g in named.items() for part in ("basis", "eens", "anders")
    }
    seen = publish_counts(tables, tables.counts.keys() - shown, 40, limits=limits)
    # What the outcome of everybody tells of a group by itself.
    whole = {name for name in shown if "|alle|" in name}
    alone = publish_counts(tables, tables.counts.keys() - whole, 40, limits=limits)
    for name, group in named.items():
        for part, count in (("basis", group.basis), ("eens", group.eens), ("anders", group.anders)):
            forbidden = profile.forbids_count(count) or group.basis < smallest
            forbidden |= part != "basis" and count in (0, group.basis)
            if forbidden:
                hidden = cell_name("aandeel", name, part)
                least = min(profile.bescherming, feasible_interval(alone, hidden).width)
                assert feasible_interval(seen, hidden).width >= least, hidden


def test_what_can_be_hidden_is_hidden_though_the_solver_doubts_it():
    """Three of eight, none of three, six of seven and one unknown: the presolve of HiGHS calls this impossible."""
    groups = {"groep 0": Split(3, 5, 8), "groep 1": Split(0, 3, 3), "groep 2": Split(6, 1, 7)}
    profile = replace(PROFILE, kleinste_groep=5, kleinste_cel=5)
    found = protect({"eens": 9, "oneens": 10}, groups, profile)
    assert found.groepen["groep 1"] == "te kleine groep"
    assert all(found.groepen.values())
    assert (found.alle, dict(found.antwoorden)) == ("", {"eens": "", "oneens": ""})


def test_the_fewest_totals_are_hidden_though_the_solver_overlooks_them():
    """With every group hidden, the base goes beside who disagrees, not who agrees; the presolve of HiGHS misses that."""
    groups = {"a": Split(1, 0, 1), "b": Split(1, 0, 1), "c": Split(8, 3, 14), "d": Split(3, 2, 6), "e": Split(4, 2, 8)}
    strict = load_profile(Study(ROOT / "data", ROOT / "reports"), "strikt")
    answers = {"zeer eens": 15, "eens": 2, "neutraal": 0, "oneens": 6, "zeer oneens": 1}
    assert protect_statement(answers, ("zeer eens", "eens"), groups, 31, strict).alle == "te klein aantal"


def test_a_small_function_is_hidden_with_another():
    """One private employee beside five and five others; nobody in the fourth function is no group."""
    hidden = protect_options({"a": 5, "b": 5, "c": 1, "d": 0}, 11, PROFILE, single=True, smallest=5)
    assert hidden["c"] == "te kleine functie of groep"
    assert [name for name, why in hidden.items() if why] in (["a", "c"], ["b", "c"])


@pytest.mark.parametrize("single", [True, False])
def test_an_opinion_of_few_is_shown_in_practice(single):
    """What one person chose is no group of people under the profile of practice."""
    hidden = protect_options({"a": 10, "b": 1}, 11, PROFILE, single=single)
    assert set(hidden.values()) == {""}


def test_the_difference_with_and_without_a_group_is_judged_as_that_group():
    """Five of five left out chose a; four of ten remain. The difference would say that all five did."""
    hidden = protect_remainder({"a": 9, "b": 6}, {"a": 4, "b": 4}, (15, 10), PROFILE, single=False)
    assert hidden == {"a": "nodig om andere cellen te verbergen", "b": ""}
