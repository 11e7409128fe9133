"""Profiles of disclosure: three are given, and every fault in the file is refused with its place."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from nsoc_lib.disclosure_profile import ALLE, GROEP, DisclosureProfile, Dominance, build_profile
from nsoc_lib.entries import Entry
from nsoc_lib.errors import NsocError

RAW: dict[str, Any] = {
    "uitgangspunten": {"meningen_gevoelig": True, "rollen_herkenbaar": True, "genodigden_bekend": True},
    "profielen": {
        "proef": {
            "uitleg": "Verzonnen.",
            "bronnen": ["een bron"],
            "kleinste_cel": 3,
            "nul_is_onthullend": False,
            "kleinste_groep": 5,
            "bescherming": 2,
            "dominantie": {"grootste": 2, "hoogstens": 85},
            "eensgezindheid": "groep",
            "afronden_op": 1,
            "kleinste_rol": 5,
        }
    },
}


def profile(**changes: object) -> DisclosureProfile:
    """Return the invented profile with some values changed."""
    raw = deepcopy(RAW)
    raw["profielen"]["proef"] |= changes
    return build_profile(Entry(raw, "onthulling.yml"), "proef")


def refusal(**changes: object) -> str:
    """Return the block with which a changed profile is refused."""
    with pytest.raises(NsocError) as raised:
        profile(**changes)
    return str(raised.value)


def test_a_profile_holds_what_the_file_says():
    """Every value arrives as it was written."""
    built = profile()
    assert (built.naam, built.kleinste_cel, built.kleinste_groep, built.bescherming) == ("proef", 3, 5, 2)
    assert built.dominantie == Dominance(2, 85)


def test_no_dominance_is_said_in_a_word():
    """The word geen switches the rule off."""
    assert profile(dominantie="geen").dominantie is None
    assert not profile(dominantie="geen").forbids_contributions([25])


@pytest.mark.parametrize(
    ("count", "zero", "forbidden"), [(0, False, False), (0, True, True), (2, False, True), (3, True, False)]
)
def test_a_count_below_the_smallest_cell_is_forbidden(count, zero, forbidden):
    """Zero follows its own rule; the smallest cell itself may be shown."""
    assert profile(nul_is_onthullend=zero).forbids_count(count) is forbidden


@pytest.mark.parametrize(
    ("answers", "forbidden"), [([17, 0, 3], True), ([10, 7, 3], False), ([9, 9, 2], True), ([], False), ([0, 0], False)]
)
def test_two_organisations_may_not_be_nearly_all(answers, forbidden):
    """17 + 3 of 20 and 18 of 20 are more than 85 percent; 17 of 20 is exactly 85 and allowed."""
    assert profile().forbids_contributions(answers) is forbidden


@pytest.mark.parametrize(
    ("rule", "group", "everybody"), [("groep", True, False), ("alle", True, True), ("toegestaan", False, False)]
)
def test_unanimity_is_forbidden_within_a_group_or_everywhere(rule, group, everybody):
    """The rule for everybody holds for a group as well."""
    built = profile(eensgezindheid=rule)
    assert (built.forbids_unanimity(GROEP), built.forbids_unanimity(ALLE)) == (group, everybody)


def test_a_profile_without_a_source_is_refused():
    """A number must come from somewhere."""
    assert refusal(bronnen=[]) == (
        "Fout in onthulling.yml, sleutel profielen, sleutel proef, sleutel bronnen\n"
        "  gevonden: geen enkele bron\n"
        "  verwacht: ten minste een bron voor de getallen van dit profiel\n"
        "  wat nu:   Schrijf op uit welk document of welke regeling de getallen komen."
    )


def test_a_protection_of_nothing_is_refused():
    """A hidden count of which one value is possible is not hidden."""
    assert refusal(bescherming=0) == (
        "Fout in onthulling.yml, sleutel profielen, sleutel proef, sleutel bescherming\n"
        "  gevonden: 0\n"
        "  verwacht: een geheel getal van 1 of meer\n"
        "  wat nu:   Verhoog de waarde."
    )


@pytest.mark.parametrize("key", ["kleinste_cel", "kleinste_groep", "afronden_op", "kleinste_rol"])
def test_a_least_number_is_not_zero(key):
    """No minimum is written as one, and a role is shared by two at least."""
    assert f"sleutel {key}\n  gevonden: 0\n" in refusal(**{key: 0})


def test_a_group_smaller_than_a_cell_is_refused():
    """A group of four cannot hold a cell of six."""
    assert refusal(kleinste_cel=6) == (
        "Fout in onthulling.yml, sleutel profielen, sleutel proef, sleutel kleinste_groep\n"
        "  gevonden: 5, minder dan de kleinste cel van 6\n"
        "  verwacht: een kleinste groep die niet kleiner is dan de kleinste cel\n"
        "  wat nu:   Verhoog kleinste_groep of verlaag kleinste_cel."
    )


def test_more_than_all_is_no_percentage():
    """Dominance is a share of at most a hundred percent."""
    assert refusal(dominantie={"grootste": 2, "hoogstens": 185}) == (
        "Fout in onthulling.yml, sleutel profielen, sleutel proef, sleutel dominantie, sleutel hoogstens\n"
        "  gevonden: 185\n"
        "  verwacht: een percentage van 1 tot en met 100\n"
        "  wat nu:   Verbeter het percentage."
    )


def test_another_word_than_geen_is_refused():
    """A word that switches nothing off must not pass for a rule."""
    assert "sleutel dominantie\n  gevonden: 'nee'\n  verwacht: een blok\n" in refusal(dominantie="nee")


def test_a_misspelt_rule_is_refused():
    """A rule that nobody reads would protect nobody."""
    assert 'de onbekende sleutel "kleinste_cell"' in refusal(kleinste_cell=4)


@pytest.mark.parametrize("key", sorted(RAW["profielen"]["proef"]))
def test_no_rule_has_a_silent_default(key):
    """Each rule is written down in each profile."""
    raw = deepcopy(RAW)
    del raw["profielen"]["proef"][key]
    with pytest.raises(NsocError, match=f'geen sleutel "{key}"'):
        build_profile(Entry(raw, "onthulling.yml"), "proef")


@pytest.mark.parametrize("key", sorted(RAW["uitgangspunten"]))
def test_no_assumption_has_a_silent_default(key):
    """What holds for all profiles is written down as well."""
    raw = deepcopy(RAW)
    del raw["uitgangspunten"][key]
    with pytest.raises(NsocError, match=f'geen sleutel "{key}"'):
        build_profile(Entry(raw, "onthulling.yml"), "proef")


@pytest.mark.parametrize("key", sorted(RAW["uitgangspunten"]))
def test_an_assumption_cannot_be_switched_off(key):
    """No rule does without it, so that a false would be a promise that nothing keeps."""
    raw = deepcopy(RAW)
    raw["uitgangspunten"][key] = False
    with pytest.raises(NsocError) as raised:
        build_profile(Entry(raw, "onthulling.yml"), "proef")
    assert str(raised.value) == (
        f"Fout in onthulling.yml, sleutel uitgangspunten, sleutel {key}\n"
        "  gevonden: false\n"
        "  verwacht: true: de regels van elk profiel gaan hiervan uit\n"
        "  wat nu:   Zet true terug. Wat er anders zou mogen, is niet uitgewerkt."
    )


def test_a_profile_that_is_not_in_force_is_checked_too():
    """Who changes the profile later must not find a fault then."""
    raw = deepcopy(RAW)
    raw["profielen"]["ander"] = {**raw["profielen"]["proef"], "afronden_op": -5}
    with pytest.raises(NsocError, match="sleutel ander, sleutel afronden_op"):
        build_profile(Entry(raw, "onthulling.yml"), "proef")


def test_a_profile_that_does_not_exist_is_refused():
    """The message names the profiles there are."""
    with pytest.raises(NsocError) as raised:
        build_profile(Entry(deepcopy(RAW), "onthulling.yml"), "streng")
    assert str(raised.value) == (
        "Fout in onthulling.yml, sleutel profielen\n"
        '  gevonden: geen profiel "streng"\n'
        "  verwacht: een van: proef\n"
        "  wat nu:   Kies in evaluatie.yml bij onthulling een profiel dat hier staat, of voeg het toe."
    )
