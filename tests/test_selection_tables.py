"""The tables of the choice: every cell follows from the rows, and silence is said in words."""

from __future__ import annotations

import pytest
from test_selection import IDS, build, load_all
from transcribed import load_real

from nsoc_lib.projects import Project, Projects, build_projects
from nsoc_lib.selection import Candidates
from nsoc_lib.selection_tables import (
    count_stated,
    tabulate_coverage,
    tabulate_loss,
    tabulate_overlap,
    tabulate_project,
)
from nsoc_lib.tables import Table

TRIO = Projects("proef", tuple(Project(n, f"Project {n}", "", "", "", "", ()) for n in "abc"), "projecten@x")


@pytest.fixture(scope="module")
def real() -> Candidates:
    return load_all()


@pytest.fixture(scope="module")
def projects() -> Projects:
    return build_projects(load_real("versterking-2021", "projecten"), load_real("versterking-2021", "projectnamen"))


def lines(table: Table) -> list[str]:
    return table.show().text.splitlines()[2:]


def test_coverage_has_a_row_per_value_and_one_for_silence():
    """Green has nobody; c says nothing; one of the two red ones is our reading."""
    candidates = build(("a", "kleur", "rood"), ("b", "kleur", "rood", "afgeleid"), ("b", "kleur", "blauw"))
    assert lines(tabulate_coverage(candidates, TRIO, "nader")) == [
        "Kleur: rood | 2 | 1 | Project a, Project b",
        "Kleur: blauw | 1 | 0 | Project b",
        "Kleur: groen | 0 | 0 | geen",
        "Kleur: niet vermeld | 1 | – | –",
    ]


def test_a_no_has_a_row_of_its_own_beside_silence():
    """A says no, b and c say nothing."""
    assert lines(tabulate_coverage(build(("a", "kennis", "nee")), TRIO, "theorie")) == [
        "Kennis: ja | 0 | 0 | geen",
        "Kennis: nee | 1 | 0 | Project a",
        "Kennis: niet vermeld | 2 | – | –",
    ]


def test_overlap_names_every_nearest_project():
    """A shares red with b and with c; b shares it with a alone most, and a project without values with nobody."""
    candidates = build(("a", "kleur", "rood"), ("a", "kennis", "ja"), ("b", "kleur", "rood"))
    assert lines(tabulate_overlap(candidates, TRIO)) == [
        "Project a | 2 | 1 | Project b",
        "Project b | 1 | 1 | Project a",
        "Project c | 0 | 0 | –",
    ]


def test_loss_names_the_values_by_criterion():
    """Two colours of one criterion stand together."""
    candidates = build(("a", "kleur", "rood"), ("a", "kleur", "groen"), ("a", "kennis", "ja"), ("b", "kleur", "blauw"))
    assert lines(tabulate_loss(candidates, TRIO)) == [
        "Project a | 3 | Kleur: rood, groen; Kennis: ja",
        "Project b | 1 | Kleur: blauw",
        "Project c | 0 | niets",
    ]


def test_removing_a_project_changes_the_coverage(real, projects):
    """Without the rows of project 10 nobody is repressive, and the region has nobody."""
    rows = lines(tabulate_coverage(real, projects, "nader"))
    fewer = load_all(tuple(project for project in IDS if project != "p10"))
    changed = lines(tabulate_coverage(fewer, projects, "nader"))
    assert "Preventie of repressie: repressie | 1 | 0 | Moeilijk vervangbare clusters" in rows
    assert "Preventie of repressie: repressie | 0 | 0 | geen" in changed
    assert "Regio: Amsterdam-Amstelland | 0 | 0 | geen" in changed


def test_a_project_sheet_has_every_criterion(real):
    """13 rows; what bijlage 4 leaves out of project 13 is said in words, with no origin and no place."""
    rows = lines(tabulate_project(real, "p13"))
    assert len(rows) == 13
    assert "Intelligence | ja | genoemd | WODC 2021 bijlage 4, project 13" in rows
    assert "Cluster | risicolocaties | afgeleid | WODC 2021 bijlage 4, project 13" in rows
    assert "Preventie of repressie | niet vermeld | – | –" in rows
    assert {name: result.value for name, result in count_stated(real, "p13").items()} == {"criteria": 13, "stil": 7}


def test_a_sheet_shows_two_values_and_shortens_a_whole_list(real):
    """Project 9 is new and builds on what there is; it has every phase of the crime script."""
    rows = lines(tabulate_project(real, "p09"))
    assert rows[0] == "Fase van het crime script | alle | afgeleid | WODC 2021 bijlage 4, project 9"
    assert any(row.startswith("Innovatie | innovatief; bouwt verder op wat er is | genoemd |") for row in rows)


def test_a_sheet_tells_no_from_silence():
    """Nee is a word of the source."""
    rows = lines(tabulate_project(build(("a", "kennis", "nee")), "a"))
    assert rows == ["Kleur | niet vermeld | – | –", "Kennis | nee | genoemd | §1"]
