"""The file of profiles: the repository's own, or that of a study."""

from __future__ import annotations

import pytest
from conftest import ROOT

from nsoc_lib.errors import NsocError
from nsoc_lib.paths import Study
from nsoc_lib.sources.disclosure import load_profile

# Smallest cell, zero, smallest group, dominance, unanimity, rounding: as the named rules have it.
RULES = {
    "wodc-praktijk": (1, False, 5, None, "groep", 1),  # WODC 2021 prints cells of 1; sdcLog: five entities
    "opensafely": (8, False, 8, None, "alle", 5),  # redact counts of seven or fewer, then round to five
    "strikt": (11, True, 11, (2, 85), "alle", 5),  # HRS: no cell below 11; sdcLog: 85; ACRO: zeros
}


@pytest.fixture
def study(tmp_path) -> Study:
    """A study outside the repository without a file of profiles of its own."""
    return Study(tmp_path / "data", tmp_path / "reports")


@pytest.mark.parametrize("name", RULES)
def test_the_profiles_have_the_figures_of_their_sources(study, name):
    """What OpenSAFELY, ACRO, HRS and sdcLog print stands in the file."""
    profile = load_profile(study, name)
    dominance = profile.dominantie and (profile.dominantie.grootste, profile.dominantie.hoogstens)
    assert RULES[name] == (
        profile.kleinste_cel, profile.nul_is_onthullend, profile.kleinste_groep, dominance, profile.eensgezindheid,
        profile.afronden_op,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "forbidden"), [("wodc-praktijk", range(1, 5)), ("opensafely", range(1, 8)), ("strikt", range(11))]
)
def test_protection_is_as_wide_as_what_the_rule_itself_leaves_out(study, name, forbidden):
    """A hidden count stays as uncertain as one that is simply left out: one to seven, say."""
    assert load_profile(study, name).bescherming == max(forbidden) - min(forbidden)


def test_practice_is_in_force_when_nothing_is_said(study):
    """The default is what reports do now."""
    assert load_profile(study).naam == "wodc-praktijk"


def test_a_study_may_have_profiles_of_its_own(study):
    """The file in the study's own folder goes before that of the repository."""
    text = (ROOT / "expectations/onthulling.yml").read_text(encoding="utf-8")
    (study.data / "expectations").mkdir(parents=True)
    own = study.data / "expectations/onthulling.yml"
    own.write_text(text.replace("kleinste_groep: 8", "kleinste_groep: 9"), encoding="utf-8")
    assert load_profile(study, "opensafely").kleinste_groep == 9


def test_a_fault_names_the_file_of_the_study(study):
    """The researcher is sent to the file that is read."""
    own = study.data / "expectations/onthulling.yml"
    own.parent.mkdir(parents=True)
    own.write_text("profielen: {}\n", encoding="utf-8")
    with pytest.raises(NsocError, match=r"^Fout in data/expectations/onthulling\.yml\n"):
        load_profile(study)
