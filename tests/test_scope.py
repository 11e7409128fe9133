"""What the study looked into: every aspect with our judgement and where it follows from."""

from __future__ import annotations

import pytest
from transcribed import invent, load_real

from nsoc_lib.errors import NsocError
from nsoc_lib.scope import Scope, build_scope, tabulate_scope

COLUMNS = ("aspect", "label", "onderzocht", "toelichting", "vindplaats")
ROW = ("opzet", "Opzet", "wel", "beschreven", "§2")


def build(*rows: tuple[str | None, ...]) -> Scope:
    return build_scope(invent("soort_evaluatie", COLUMNS, *rows))


@pytest.fixture(scope="module")
def scope() -> Scope:
    return build_scope(load_real("kader", "soort_evaluatie"))


def test_effects_and_costs_were_not_studied(scope):
    """None of the seven questions of §1.2 asks whether goals were reached thanks to NSOC, or at what cost."""
    assert [a.id for a in scope.aspecten if a.onderzocht == "niet"] == ["doeltreffendheid", "doelmatigheid"]


def test_what_rests_on_opinion_is_studied_in_part(scope):
    """First results and added value are what people involved see; design, execution and conditions were studied."""
    assert [a.id for a in scope.aspecten if a.onderzocht == "deels"] == ["opbrengsten", "meerwaarde"]
    assert {"opzet", "uitvoering", "randvoorwaarden"} <= {a.id for a in scope.aspecten if a.onderzocht == "wel"}


def test_the_judgement_is_marked_as_ours(scope):
    """The note says whose judgement it is, and that the source makes no such division."""
    table = tabulate_scope(scope)
    assert "een oordeel van de opstellers van dit rapport" in table.noten[0]
    assert table.show().text.splitlines()[2].startswith("Opzet: hoe het Actieplan moet werken | wel | ")
    assert table.results == ()


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ((ROW, ROW), r"rij 3, kolom aspect\n  gevonden: \"opzet\" nog een keer\n  verwacht: elk aspect een keer"),
        ((("opzet", "Opzet", "misschien", "x", "§2"),), r"rij 2, kolom onderzocht\n  gevonden: \"misschien\""),
        ((("opzet", "Opzet", "wel", None, "§2"),), r"rij 2, kolom toelichting\n  gevonden: een lege cel"),
    ],
    ids=["twice", "value", "empty"],
)
def test_a_wrong_row_is_refused(rows, message):
    """An aspect stands once, with wel, deels or niet, and an explanation."""
    with pytest.raises(NsocError, match=message):
        build(*rows)
