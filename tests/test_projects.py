"""Projects: what each is about, and every spelling that leads to it."""

from __future__ import annotations

import pytest
from conftest import ROOT
from transcribed import invent, load_real

from nsoc_lib.errors import NsocError
from nsoc_lib.projects import Projects, build_projects

RAW = ROOT / "data/raw/versterking-2021"
PROJECTS = ("project", "naam", "regio", "cluster", "beschrijving", "vindplaats")
NAMES = ("project", "spelling", "waar", "vindplaats")


def build(*names: tuple[str, str]) -> Projects:
    rows = [(name, name.upper(), "Hier", None, "Iets doen.", "§1") for name in ("b", "a")]
    spellings = [(*pair, "tabel", "§1") for pair in names]
    return build_projects(invent("projecten", PROJECTS, *rows), invent("projectnamen", NAMES, *spellings))


@pytest.fixture(scope="module")
def projects() -> Projects:
    return build_projects(load_real("versterking-2021", "projecten"), load_real("versterking-2021", "projectnamen"))


def test_the_source_describes_thirteen_projects(projects):
    """Bijlage 4 numbers them from 1 to 13; seven descriptions name one of the clusters, and p11 in its last line."""
    assert projects.ids == tuple(f"p{number:02d}" for number in range(1, 14))
    assert [p.id for p in projects.projecten if p.cluster] == ["p02", "p05", "p06", "p07", "p08", "p09", "p10", "p11"]


@pytest.mark.parametrize(
    ("spelling", "project"),
    [
        ("Haven Rotterdam", "p09"),
        ("ISO", "p03"),
        ("1SmartOverheid West-Brabant-Zeeland", "p03"),
        ("Orville", "p07"),
        ("Orville (Schiphol)", "p07"),
        ("Straatwaarde(n)", "p08"),
        ("MVC Amsterdam", "p10"),
        ("Integraal Ondernijningsteam Noord-Nederland", "p11"),
        ("SCTF", "p12"),
        ("Mainports OM", "p13"),
    ],
)
def test_every_spelling_of_the_source_leads_to_its_project(projects, spelling, project):
    """The registers of the fieldwork use other names than bijlage 4 does."""
    assert projects.find(spelling).id == project


def test_an_unknown_spelling_is_refused(projects):
    """A register with a new spelling names it and says where to add it."""
    with pytest.raises(NsocError) as error:
        projects.find("Haven")
    assert error.value.found == '"Haven"'
    assert "voeg haar toe aan projectnamen" in error.value.remedy


def test_the_order_of_the_rows_does_not_matter():
    """Projects stand in the order of their ids."""
    assert build(("a", "A"), ("b", "B")).ids == ("a", "b")


def test_one_spelling_of_two_projects_is_refused():
    """A name that leads to two projects leads nowhere."""
    with pytest.raises(NsocError, match=r"rij 3, kolom spelling(.|\n)*deze is ook van a"):
        build(("a", "Samen"), ("b", "Samen"))


def test_a_spelling_of_an_unknown_project_is_refused():
    """The message names the row and the projects there are."""
    with pytest.raises(NsocError, match=r"tabel projectnamen van kader, rij 2, kolom project(.|\n)*een van: b, a"):
        build(("c", "C"))


def test_a_project_that_stands_there_twice_is_refused():
    """Nobody can say which of two rows is meant."""
    twice = invent("projecten", PROJECTS, *[("a", "A", "Hier", None, "Iets.", "§1")] * 2)
    with pytest.raises(NsocError, match=r"rij 3, kolom project(.|\n)*elk project een keer"):
        build_projects(twice, invent("projectnamen", NAMES, ("a", "A", "tabel", "§1")))


def test_other_names_leave_out_the_name_itself():
    """Capitals alone make no other spelling, and a project with one name says so."""
    assert build(("a", "a"), ("a", "Team A"), ("b", "B")).select("a").other_spellings == "Team A"
    assert build(("a", "A"), ("b", "B")).select("b").other_spellings == "geen"
