"""Groups that a study involves: levels and overlap as the source gives them, and nothing beyond."""

from __future__ import annotations

import pytest
from transcribed import invent, load_real

from nsoc_lib.errors import NsocError
from nsoc_lib.groups import Group, build_groups, name_overlap, tabulate_groups

COLUMNS = ("groep", "label", "naam", "niveau", "taak", "overlapt", "vindplaats")
STUURGROEP = ("asg", "Stuurgroep", "De stuurgroep", "strategisch", "besluit", None, "§1")
DIRECTEUR = ("dir", "Directeur", "De directeur", None, None, "asg", "§1")


def build(*rows: tuple[str | None, ...]) -> tuple[Group, ...]:
    return build_groups(invent("groepen", COLUMNS, *rows))


@pytest.fixture(scope="module")
def groepen() -> tuple[Group, ...]:
    return build_groups(load_real("kader", "groepen"))


def test_the_groups_are_the_columns_of_the_source(groepen):
    """Table 1.1 has eight columns, in this order."""
    assert [group.id for group in groepen] == [
        "jenv", "ambtelijke-stuurgroep", "directeur", "netwerk-advies-groep", "coordinerend-overleg",
        "teammanagers", "intern-specialisten", "stakeholders",
    ]  # fmt: skip


def test_a_level_is_given_only_where_the_source_names_it(groepen):
    """§1.1 and §1.3 place five groups; those of JenV, director and stakeholders stay unknown."""
    assert {group.id: group.niveau for group in groepen} == {
        "jenv": "", "ambtelijke-stuurgroep": "strategisch", "directeur": "", "netwerk-advies-groep": "strategisch",
        "coordinerend-overleg": "tactisch", "teammanagers": "operationeel", "intern-specialisten": "operationeel",
        "stakeholders": "",
    }  # fmt: skip


def test_overlap_shows_on_both_sides(groepen):
    """JenV and the director belong to the steering group; it shares people with both, no other group does."""
    rows = {line.split(" | ")[0]: line.split(" | ") for line in tabulate_groups(groepen).show().text.splitlines()[2:]}
    assert {name: cells[4] for name, cells in rows.items() if cells[4] != "–"} == {
        "JenV": "Ambtelijke Stuurgroep",
        "Ambtelijke Stuurgroep": "JenV, Directeur NSOC",
        "Directeur NSOC": "Ambtelijke Stuurgroep",
    }


def test_an_unknown_level_and_task_are_called_so():
    """A dash is kept for overlap; what the source leaves out is "niet gepubliceerd"."""
    assert tabulate_groups(build(STUURGROEP, DIRECTEUR)).show().text.splitlines()[3] == (
        "Directeur | De directeur | niet gepubliceerd | niet gepubliceerd | Stuurgroep | §1"
    )


def test_overlap_in_words():
    """The words name each pair once; without overlap there are none."""
    assert name_overlap(build(STUURGROEP, DIRECTEUR)) == "Directeur met Stuurgroep"
    assert name_overlap(build(STUURGROEP)) == ""


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ((STUURGROEP, STUURGROEP), r"rij 2, kolom groep\n  gevonden: \"asg\"\n  verwacht: elke groep een keer"),
        ((("asg", None, "x", None, None, None, "§1"),), r"rij 2, kolom label\n  gevonden: een lege cel"),
        ((("asg", "A", "x", "hoog", None, None, "§1"),), r"rij 2, kolom niveau\n  gevonden: \"hoog\""),
        ((STUURGROEP, (*DIRECTEUR[:5], "mt", "§1")), r"rij 3, kolom overlapt\n  gevonden: \"mt\""),
        ((STUURGROEP, (*DIRECTEUR[:5], "dir", "§1")), r"rij 3, kolom overlapt\n  gevonden: \"dir\""),
    ],
    ids=["twice", "no-label", "level", "unknown-overlap", "with-itself"],
)
def test_a_wrong_row_is_refused(rows, message):
    """A group stands once, with label, a level from the list, and overlap with another group of the table."""
    with pytest.raises(NsocError, match=message):
        build(*rows)
