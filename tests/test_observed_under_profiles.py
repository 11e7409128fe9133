"""Observed answers under each profile of the file: every table and figure together make a report that may be published."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import ROOT
from test_tabulate import tiny_survey

from nsoc_lib.certainty import tabulate_certainty
from nsoc_lib.disclosure import Rules, settle_results
from nsoc_lib.figures import plot_likert
from nsoc_lib.ledger import collect_results, ledger_csv, ledger_rows
from nsoc_lib.meting import Invited
from nsoc_lib.paths import Study
from nsoc_lib.publish.gate import attack_files
from nsoc_lib.response import count_response
from nsoc_lib.result import MIME
from nsoc_lib.sources.disclosure import load_profile
from nsoc_lib.tabulate import tabulate_answers, tabulate_bases, tabulate_flow, tabulate_groups

# Thirty of 31 began; to the second statement four of the board answered, and only three people agree.
PEOPLE = ["Bestuur"] * 5 + ["Uitvoering"] * 25
ANSWERS = {
    "steun": ["Eens", "Oneens"] * 6 + ["Zeer eens"] * 12 + ["Oneens"] * 6,
    "tijd": [None] + ["Eens"] * 3 + ["Oneens"] * 25 + [None],
}


def survey(name: str):
    small = tiny_survey(groups=PEOPLE, answers=ANSWERS)
    groups = (Invited("Bestuur", 5, "herleid", "Bron"), Invited("Uitvoering", 26, "herleid", "Bron"))
    fieldwork = replace(small.opgave.veldwerk, uitgenodigd=31, groepen=groups)
    profile = load_profile(Study(ROOT / "data", ROOT / "reports"), name)
    return replace(small, opgave=replace(small.opgave, veldwerk=fieldwork), profiel=profile)


def publish(name: str):
    observed = survey(name)
    shown = [
        tabulate_answers(observed, "draagvlak"), tabulate_groups(observed, "draagvlak"), plot_likert(observed, "draagvlak"),
        tabulate_flow(count_response(observed), observed.meting), tabulate_bases(observed), tabulate_certainty(observed),
    ]  # fmt: skip
    bundles = [part._repr_mimebundle_() for part in shown]
    results = settle_results(collect_results(("a", {MIME: bundle[MIME]}) for bundle in bundles), Rules(observed.regels))
    return results, "".join(bundle["text/html"] for bundle in bundles)


@pytest.mark.parametrize("name", ["wodc-praktijk", "opensafely", "strikt"])
def test_every_profile_gives_a_report_that_is_accepted(name):
    """Whatever is shown twice is the same, every number has a status, and a hidden one has nothing in page or ledger."""
    results, html = publish(name)
    assert {result.status for result in results} <= {"pass", "review", "suppress"}
    hidden = [result for result in results if result.suppressed]
    assert hidden
    head, *rows = ledger_rows(results)
    for row in rows:
        cells = dict(zip(head, row, strict=True))
        if cells["status"] == "suppress":
            kept = {"id", "meting", "notebook", "label", "unit", "provenance", "dataset", "status", "status_reden"}
            assert [name for name, cell in cells.items() if cell and name not in kept] == []
            assert f'class="cijfer" data-id="{cells["id"]}"' not in html


@pytest.mark.parametrize("name", ["wodc-praktijk", "opensafely", "strikt"])
def test_the_gate_finds_nothing_in_what_the_statuses_left(name):
    """What decides about a number and what attacks the finished files follow one rule, under every profile."""
    results, html = publish(name)
    files = {"resultaten.csv": ledger_csv(results).encode(), "evaluatierapport.html": html.encode()}
    assert attack_files(files, survey(name).regels) == []


def test_the_gate_finds_what_a_status_should_have_hidden():
    """With the group of four shown after all, as one row more in the ledger, the same files are refused."""
    results, html = publish("wodc-praktijk")
    (found,) = [row for row in results if row.id.endswith("tijd.groep.bestuur.eens")]
    shown = replace(found, value=25.0, count=1, n=4, population=5, status="pass", status_reden="mag")
    ledger = ledger_csv([shown if row is found else row for row in results])
    leaks = attack_files({"resultaten.csv": ledger.encode(), "evaluatierapport.html": html.encode()},
                         survey("wodc-praktijk").regels)  # fmt: skip
    assert {leak.rule for leak in leaks} >= {"kleinste_groep"}


def test_practice_hides_the_small_group_and_shows_everybody():
    """Four people of the board are too few, and so the others go too; of everybody each answer is shown."""
    results, html = publish("wodc-praktijk")
    status = {result.id.removeprefix("meting-1.proef.draagvlak."): result.status for result in results}
    assert (status["tijd.groep.bestuur.eens"], status["tijd.groep.uitvoering.eens"]) == ("suppress", "suppress")
    assert (status["steun.groep.bestuur.eens"], status["steun.groep.uitvoering.eens"]) == ("pass", "pass")
    assert (status["steun.eens"], status["tijd.eens"], status["tijd.antwoord.oneens"]) == ("pass", "pass", "pass")
    assert "niet getoond" not in html[html.index("<svg") : html.index("</svg>")]


def test_a_hidden_answer_is_not_drawn():
    """Under the strictest profile the bar of three people is part of a remainder; no drawn number belongs to it."""
    _, html = publish("strikt")
    drawing = html[html.index("<svg") : html.index("</svg>")]
    assert "niet getoond" in drawing
    assert 'data-id="meting-1.proef.draagvlak.tijd.antwoord.eens"' not in drawing
