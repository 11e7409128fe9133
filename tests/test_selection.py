"""A purposive choice: coverage, overlap and loss on any table of candidates, and on the real one."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from transcribed import invent, load_real

from nsoc_lib.errors import NsocError
from nsoc_lib.selection import (
    Candidates,
    build_candidates,
    count_choice,
    count_holders,
    count_holding,
    count_silent,
    count_values,
)
from nsoc_lib.source_rows import SourceTable

CRITERIA = ("criterium", "label", "soort", "waarde", "vindplaats")
FEATURES = ("project", "criterium", "waarde", "herkomst", "vindplaats")
KINDS = [
    ("kleur", "Kleur", "nader", "rood", "§1"),
    ("kleur", "Kleur", "nader", "blauw", "§1"),
    ("kleur", "Kleur", "nader", "groen", "§1"),
    ("kennis", "Kennis", "theorie", "ja", "§1"),
]
IDS = tuple(f"p{number:02d}" for number in range(1, 14))


def criteria(*rows: tuple[str | None, ...]) -> SourceTable:
    return invent("criteria", CRITERIA, *rows, meting="proef")


def build(*rows: tuple[str, ...], projects: str = "abc") -> Candidates:
    """Return candidates from rows of project, criterion, value and, where it is not genoemd, the origin."""
    full = [(*row[:3], row[3] if len(row) > 3 else "genoemd", "§1") for row in rows]
    return build_candidates(criteria(*KINDS), invent("kenmerken", FEATURES, *full, meting="proef"), projects)


def load_all(projects: tuple[str, ...] = IDS) -> Candidates:
    """Return the real candidates, or some of them; rows of the others are left out."""
    features = load_real("versterking-2021", "projectkenmerken")
    rows = features.rijen[features.rijen["project"].isin(projects)].reset_index(drop=True)
    kept = SourceTable(features.meting, rows, features.herkomst, features.dataset)
    return build_candidates(load_real("versterking-2021", "keuzecriteria"), kept, projects)


@pytest.fixture(scope="module")
def real() -> Candidates:
    return load_all()


# What is covered


def test_a_value_counts_the_projects_that_have_it():
    """Two are red, one is blue and green at once, none is anything else."""
    candidates = build(("a", "kleur", "rood"), ("b", "kleur", "rood"), ("c", "kleur", "blauw"), ("c", "kleur", "groen"))
    assert candidates.holders("kleur", "rood") == ("a", "b")
    assert candidates.values("c", "kleur") == ("blauw", "groen")
    assert count_holders(candidates, "kleur", "rood").value == 2
    assert count_holders(candidates, "kleur", "rood").id == "proef.keuze.kleur.rood"


def test_a_project_without_a_value_is_not_stated_and_not_a_no():
    """A says no, b says nothing: one is silent, and neither is covered."""
    candidates = build(("a", "kennis", "nee"), ("c", "kennis", "ja"))
    assert candidates.silent("kennis") == ("b",)
    assert count_silent(candidates, "kennis").value == 1
    assert candidates.values("a", "kennis") == ("nee",)
    assert candidates.covered("a") == frozenset()
    assert (count_choice(candidates)["nee"].value, count_choice(candidates)["stil"].value) == (1, 4)


def test_a_project_without_any_row_is_silent_everywhere():
    """It stays in the table of candidates, on every criterion."""
    candidates = build(("a", "kleur", "rood"))
    assert candidates.silent("kleur") == ("b", "c")
    assert candidates.silent("kennis") == ("a", "b", "c")


def test_what_we_read_into_a_description_is_counted_apart():
    """One of the two red projects is our reading."""
    candidates = build(("a", "kleur", "rood"), ("b", "kleur", "rood", "afgeleid"))
    assert candidates.holders("kleur", "rood", "genoemd") == ("a",)
    assert count_holders(candidates, "kleur", "rood", "afgeleid").value == 1


# Where projects overlap, and what one alone brings


def test_overlap_is_what_both_have():
    """Red is shared, knowledge is not; the same values make them equal."""
    candidates = build(
        ("a", "kleur", "rood"), ("a", "kennis", "ja"), ("b", "kleur", "rood"), ("c", "kleur", "rood"),
    )  # fmt: skip
    assert candidates.overlap("a", "b").gedeeld == (("kleur", "rood"),)
    assert [(pair.projecten, pair.gelijk) for pair in candidates.overlaps()] == [
        (("a", "b"), False),
        (("a", "c"), False),
        (("b", "c"), True),
    ]


def test_two_projects_of_which_nothing_is_stated_are_not_the_same():
    """Silence is no likeness."""
    pair = build(("a", "kleur", "rood")).overlap("b", "c")
    assert (pair.gedeeld, pair.gelijk) == ((), False)


def test_the_loss_of_a_project_is_what_no_other_has():
    """Without a nobody has knowledge; red stays."""
    candidates = build(("a", "kleur", "rood"), ("a", "kennis", "ja"), ("b", "kleur", "rood"))
    assert candidates.lost_without("a") == (("kennis", "ja"),)
    assert candidates.lost_without("b") == ()


ROWS = st.sets(
    st.tuples(
        st.sampled_from("abcd"),
        st.sampled_from([("kleur", "rood"), ("kleur", "blauw"), ("kleur", "groen"), ("kennis", "ja")]),
    )
)


@given(ROWS.flatmap(lambda rows: st.tuples(st.permutations(sorted(rows)), st.permutations("abcd"))))
def test_the_order_of_rows_and_projects_changes_nothing(shuffled):
    """Sorted or shuffled, the candidates are the same in every respect."""
    rows, projects = shuffled
    flat = [(project, *value) for project, value in rows]
    one, other = build(*flat, projects="".join(projects)), build(*sorted(flat), projects="abcd")
    assert one == other
    assert [one.lost_without(p) for p in "abcd"] == [other.lost_without(p) for p in "abcd"]
    assert one.overlaps() == other.overlaps()


@given(ROWS)
def test_loss_is_the_coverage_that_goes_with_a_project(rows):
    """What all cover is what the others cover plus what this one loses, by a route without its code."""
    candidates = build(*[(project, *value) for project, value in rows], projects="abcd")
    for project in "abcd":
        others = {value for owner, value in rows if owner != project}
        assert set(candidates.lost_without(project)) == {value for _, value in rows} - others


def test_leaving_out_an_unknown_project_is_refused():
    """The message names the projects there are."""
    with pytest.raises(NsocError, match=r'gevonden: "z"\n  verwacht: een van: a, b, c'):
        build(("a", "kleur", "rood")).without("z")


# What is refused


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("z", "kleur", "rood"), r"tabel kenmerken van proef, rij 3, kolom project(.|\n)*een van: a, b, c"),
        (("a", "smaak", "zoet"), r"rij 3, kolom criterium(.|\n)*een van: kleur, kennis"),
        (("a", "kleur", "paars"), r'rij 3, kolom waarde\n  gevonden: "paars"\n  verwacht: een van: rood, blauw, groen'),
        (("a", "kleur", "nee"), r"rij 3, kolom waarde"),
        (("a", "kennis", "niet vermeld"), r"rij 3, kolom waarde(.|\n)*een van: ja, nee"),
        (("a", "kleur", "blauw", "geraden"), r"rij 3, kolom herkomst(.|\n)*een van: genoemd, afgeleid"),
        (("a", "kleur", "rood"), r"rij 3, kolom waarde(.|\n)*elke waarde een keer per project; a heeft deze al"),
    ],
)
def test_a_feature_that_cannot_be_is_refused_with_its_place(row, message):
    """Row, column and what may stand there."""
    with pytest.raises(NsocError, match=message):
        build(("a", "kleur", "rood"), row)


def test_yes_and_no_at_once_are_refused():
    """A project meets a criterion or it does not."""
    with pytest.raises(NsocError, match="ja of nee, niet beide"):
        build(("a", "kennis", "ja"), ("a", "kennis", "nee"))


def test_a_criterion_with_two_names_is_refused():
    """Its label is the same on every row."""
    kinds = [*KINDS, ("kleur", "Tint", "nader", "geel", "§1")]
    with pytest.raises(NsocError, match=r"rij 6, kolom label(.|\n)*Kleur \(nader\), zoals bij de eerste rij"):
        build_candidates(criteria(*kinds), invent("kenmerken", FEATURES, meting="proef"), "abc")


# The choice of 13 projects (WODC 2021 bijlage 4)


@pytest.mark.parametrize(
    ("criterium", "waarde", "numbers"),
    [
        ("intelligence", "ja", (1, 5, 6, 10, 12, 13)),
        ("organisatie", "ja", (3, 11)),
        ("uitvoerkracht", "ja", (1, 2, 8, 9, 11)),
        ("borging", "ja", (3, 4, 5, 6, 7, 9, 10)),
        ("crime-script", "toegang (entry)", (8, 9)),
        ("crime-script", "vertrek (exit)", (9, 12)),
        ("regio", "Noord-Holland", (6, 7)),
        ("cluster", "weerbare samenleving", (5, 8, 10)),
        ("partners", "privaat", ()),
        ("innovatie", "bouwt verder op wat er is", (2, 9, 10)),
        ("focus", "repressie", (10,)),
        ("geografie", "district", (1, 5)),
    ],
)
def test_who_has_a_value_follows_the_descriptions(real, criterium, waarde, numbers):
    """Read by hand in bijlage 4, project by project."""
    assert real.holders(criterium, waarde) == tuple(f"p{number:02d}" for number in numbers)


def test_the_counts_of_the_real_choice(real):
    """13 projects on 13 criteria; the source never says no; no two have the same values."""
    counts = {name: result.value for name, result in count_choice(real).items()}
    assert (counts["gekozen"], counts["criteria"], counts["cellen"], counts["paren"]) == (13, 13, 169, 78)
    assert (counts["nee"], counts["gelijk"], counts["theorie_ongedekt"]) == (0, 0, 0)
    assert (counts["theorie"], counts["waarden"], counts["ongedekt"]) == (12, 49, 5)


def test_the_real_criteria_have_the_clusters_and_plans_of_the_source(real):
    """Five clusters beside none of them (bijlage 4), and nine regions that sent in a plan (voetnoot 16)."""
    assert count_values(real, "cluster", "geen van de clusters").value == 5
    assert count_values(real, "regio", "Landelijke partners").value == 9
    with pytest.raises(NsocError, match="de waarden van Cluster"):
        count_values(real, "cluster", "geen")


def test_some_projects_meet_two_main_criteria_and_some_none(real):
    """Projects 1 and 11 have two of the three, projects 4 and 7 none, the other nine one."""
    counts = count_holding(real, "intelligence", "organisatie", "uitvoerkracht")
    assert {name: result.value for name, result in counts.items()} == {"geen": 2, "een": 9, "meer": 2}


def test_what_the_real_choice_loses_without_a_project(real):
    """Project 2 alone lies in the east, in a vulnerable area, with public partners; project 7 brings nothing alone."""
    assert real.lost_without("p02") == (
        ("regio", "Oost-Nederland"),
        ("cluster", "kwetsbare gebieden"),
        ("partners", "publiek"),
    )
    assert real.lost_without("p07") == ()


def test_without_a_project_its_values_lose_a_holder(real):
    """Leaving project 9 out of the raw table leaves five phases of the script uncovered."""
    fewer = load_all(tuple(project for project in IDS if project != "p09"))
    gone = {value for value in real.covered() - fewer.covered() if value[0] == "crime-script"}
    assert len(gone) == 5
    assert fewer == real.without("p09")


def test_an_extra_candidate_changes_what_the_others_bring_alone():
    """A planted fourteenth project in the east takes that region off the loss of project 2."""
    features = load_real("versterking-2021", "projectkenmerken")
    planted = dict(zip(FEATURES, ("p14", "regio", "Oost-Nederland", "genoemd", "proef"), strict=True)) | {"rij": 999}
    rows = pd.concat([features.rijen, pd.DataFrame([planted])], ignore_index=True)
    table = SourceTable(features.meting, rows, features.herkomst, features.dataset)
    more = build_candidates(load_real("versterking-2021", "keuzecriteria"), table, (*IDS, "p14"))
    assert more.lost_without("p02") == (("cluster", "kwetsbare gebieden"), ("partners", "publiek"))
    assert len(more.silent("cluster")) == 2


def test_both_tables_agree_on_region_and_cluster(real):
    """The heading of a project and its features are two records of one fact."""
    for row in load_real("versterking-2021", "projecten").rijen.fillna("").to_dict("records"):
        assert real.values(row["project"], "regio") == (row["regio"],)
        assert real.values(row["project"], "cluster", "genoemd") == ((row["cluster"],) if row["cluster"] else ())


def test_an_unknown_criterion_is_refused_with_those_there_are(real):
    """A slip in a notebook is told with the names that would do."""
    with pytest.raises(NsocError) as raised:
        real.select_criterion("zoek")
    assert "zoek" in raised.value.found
    assert real.criteria[0].id in raised.value.expected


def test_a_value_stands_once_under_a_criterion():
    """A second row of the same value is refused."""
    with pytest.raises(NsocError) as raised:
        build_candidates(criteria(*KINDS, KINDS[0]), invent("kenmerken", FEATURES, meting="proef"), "abc")
    assert raised.value.expected == "elke waarde een keer per criterium"
    assert raised.value.remedy == "Haal een van beide rijen weg."
