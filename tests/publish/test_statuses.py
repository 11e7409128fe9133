"""What disclosure control decided, written on the pages: per table and figure, per number, and counted."""

from __future__ import annotations

import re

import pytest

from nsoc_lib.disclosure import Release, settle_results
from nsoc_lib.errors import NsocError
from nsoc_lib.prose import tell
from nsoc_lib.publish.statuses import find_quotations, mark_statuses, refuse_unreviewed
from nsoc_lib.result import REVIEW, Result
from nsoc_lib.status_tables import tabulate_reasons, tabulate_releases, tabulate_statuses
from nsoc_lib.tables import Table

PASSES = Result("m.een", "Een", 3, "personen", "gepubliceerd", "b@1")
WAITS = Result("m.twee", "Twee", 4, "personen", "waargenomen", "b@1", status=REVIEW, status_reden="kijk hiernaar")
HIDDEN = Result("m.drie", "Drie", 5, "personen", "waargenomen", "b@1").suppress("te kleine groep")
RESULTS = settle_results([PASSES, WAITS, HIDDEN])


def table(key: str, *results: Result) -> str:
    return Table(key, "Een tabel.", ("Wat", "Getal"), tuple((r.label, r) for r in results)).show().html


def test_every_table_carries_its_status_and_reason():
    """A table of public numbers passes, one with a number that waits has to wait, one with nothing shown is suppressed."""
    bodies = {"a": table("t1", PASSES) + table("t2", PASSES, WAITS) + table("t3", HIDDEN)}
    marked, outputs = mark_statuses(bodies, RESULTS)
    assert [(o.id, o.soort, o.status) for o in outputs] == [
        ("t1", "tabellen", "pass"), ("t2", "tabellen", "review"), ("t3", "tabellen", "suppress"),
    ]  # fmt: skip
    assert '<figure class="tabel" id="t3" data-status="suppress" data-reden="te kleine groep">' in marked["a"]
    assert all(output.reden for output in outputs)


def test_a_number_that_waits_is_marked():
    """A reader of a concept sees which number nobody has released yet."""
    marked, _ = mark_statuses({"a": tell("{a} en {b}", a=PASSES, b=WAITS).html}, RESULTS)
    assert marked["a"].count('<mark class="toetsen"><data class="cijfer" data-id="m.twee"') == 1
    assert marked["a"].count("<mark") == 1


def test_the_counts_of_the_whole_report_are_filled_in():
    """One number passes, one waits, one is hidden; the two tables of the chapter itself count as tables."""
    body = tabulate_statuses().show().html + tabulate_reasons().show().html + table("t1", PASSES, HIDDEN)
    marked, _ = mark_statuses({"a": body, "b": '<blockquote class="citaat" data-citaat="m.citaat.x">'}, RESULTS)

    def place(name: str) -> str:
        return marked["a"].split(f'data-telling="{name}">')[1].split("<")[0]

    assert [place(f"cijfers {status}") for status in ("pass", "review", "suppress")] == ["1", "1", "1"]
    assert [place(f"tabellen {status}") for status in ("pass", "review", "suppress")] == ["3", "0", "0"]
    assert (place("citaten pass"), place("reden gepubliceerd"), place("reden groep"), place("reden klein")) == (
        "1",
        "1",
        "1",
        "0",
    )


def test_quotations_are_known_by_their_marks():
    """A quotation that is shown was released, one that waits was not."""
    body = '<blockquote class="citaat" data-citaat="m.citaat.x"></blockquote><p data-citaat-wacht="m.citaat.y" class="w"></p>'
    assert find_quotations([body]) == {"m.citaat.x": "pass", "m.citaat.y": "review"}


def test_a_final_report_waits_for_every_decision():
    """Numbers and quotations under review are named; a hidden or released one stops nothing."""
    _, outputs = mark_statuses({"a": table("t", WAITS) + '<p data-citaat-wacht="m.citaat.y"></p>'}, RESULTS)
    with pytest.raises(NsocError) as raised:
        refuse_unreviewed(RESULTS, outputs)
    assert raised.value.found == "nog geen vrijgave van m.twee, m.citaat.y"
    refuse_unreviewed([r for r in RESULTS if r.status != REVIEW], ())


def test_decisions_stand_in_a_table_and_none_is_a_sentence():
    """Who decided, when and why is told for each output; without any it is said that there are none."""
    assert "Er zijn geen besluiten van een toetser vastgelegd." in tabulate_releases([]).text
    shown = tabulate_releases([Release("m.a", "vrijgeven", "projectleider", "2026-11-01", "Vijf organisaties.")])
    assert "Besluiten van toetsers over uitkomsten die de regels aan een mens overlaten." in shown.text
    for cell in ("m.a", "vrijgeven", "projectleider", "2026-11-01", "Vijf organisaties."):
        assert f">{cell}<" in re.sub(r"<span[^>]*>|</span>", "", shown.html)
