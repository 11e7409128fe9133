"""The file of profiles: the repository's own, or that of a study."""

from __future__ import annotations

import pytest
from conftest import ROOT

from nsoc_lib.disclosure import Release
from nsoc_lib.errors import NsocError
from nsoc_lib.paths import Study
from nsoc_lib.sources.disclosure import load_current_profile, load_forbidden_words, load_profile, load_releases

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


def releases(tmp_path, *rows: str):
    study = Study(tmp_path / "data", tmp_path / "reports")
    study.raw.mkdir(parents=True)
    study.releases_file.write_text("\n".join(["id,besluit,rol,datum,reden", *rows, ""]), encoding="utf-8")
    return load_releases(study)


def test_no_file_is_no_decision(tmp_path):
    """A study in which nobody decided anything has no file for it, and no list of forbidden words."""
    study = Study(tmp_path / "data", tmp_path / "reports")
    assert load_releases(study) == ()
    assert load_forbidden_words(study, "meting-1") == ()
    assert load_current_profile(study).naam == "wodc-praktijk"


def test_a_decision_has_a_role_a_date_and_a_reason(tmp_path):
    """Each row is one decision about one output."""
    row = "m.a,vrijgeven,projectleider,2026-11-01,Groot genoeg"
    assert releases(tmp_path, row) == (Release("m.a", "vrijgeven", "projectleider", "2026-11-01", "Groot genoeg"),)


@pytest.mark.parametrize(
    ("rows", "where"),
    [
        (["m.a,vrijgeven,,2026-11-01,Groot"], "rij 2"),
        (["m.a,vrijgeven,rol,2026-11-01,"], "rij 2"),
        (["m.a,goed,rol,2026-11-01,Groot"], "rij 2, kolom besluit"),
        (["m.a,vrijgeven,rol,2026-02-30,Groot"], "rij 2, kolom datum"),
        (["m.a,vrijgeven,rol,2026-11-01,Groot", "m.a,tegenhouden,rol,2026-11-02,Klein"], "rij 3, kolom id"),
    ],
)
def test_a_decision_that_is_not_complete_is_refused(tmp_path, rows, where):
    """Without who, when and why, with another word, an impossible date, or twice about the same."""
    with pytest.raises(NsocError) as raised:
        releases(tmp_path, *rows)
    assert raised.value.where == f"data/raw/vrijgaven.csv, {where}"
