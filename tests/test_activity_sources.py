"""Sources on the same lab: what differs, and the counts that they state."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_activities import load_source

from nsoc_lib.activities import build_activities
from nsoc_lib.activity_sources import build_differences, compare_counts
from nsoc_lib.errors import NsocError
from nsoc_lib.published import SourceTable


@pytest.fixture(scope="module")
def activities():
    return build_activities(*(load_source(f"activiteiten{part}") for part in ("", "_overgangen", "_standen")))


def change(table: SourceTable, column: str, value: str) -> SourceTable:
    frame = table.rijen.copy()
    frame.loc[frame.index[0], column] = value
    return replace(table, rijen=frame)


def test_the_known_differences_are_there(activities):
    """Purpose of Geen ID, where Caterpillar went, who still works, and when NSOC began."""
    found = {(d.activiteit, d.raakt) for d in build_differences(load_source("activiteiten_bronnen"), activities)}
    assert found >= {
        ("geen-id", "doel"),
        ("caterpillar", "overgang"),
        ("switch-off", "stand"),
        ("exit", "stand"),
        ("cash-cows", "stand"),
        ("heet-ijzer", "doel"),
        ("", "datum"),
        ("", "naam"),
        ("", "aantal"),
    }


def test_every_difference_in_state_with_the_web_page_is_written_down(activities):
    """What stands beside a state as another state of the website is a row of the differences too."""
    differing = {
        a.activiteit
        for a in activities.select_group("alle")
        for s in activities.standing(a.activiteit).anders
        if s.bron == "website NSOC-labs"
    }
    rows = build_differences(load_source("activiteiten_bronnen"), activities)
    assert differing == {d.activiteit for d in rows if d.raakt == "stand" and d.vindplaats_a.startswith("website")}


def test_what_is_said_is_in_few_words(activities):
    """Own words: at most sixteen on either side."""
    rows = build_differences(load_source("activiteiten_bronnen"), activities)
    assert max(len(text.split()) for d in rows for text in (d.staat_a, d.staat_b)) <= 16


def test_a_difference_about_an_unknown_activity_is_refused(activities):
    """The message names the row and the column."""
    with pytest.raises(NsocError, match=r'rij 2, kolom activiteit\n  gevonden: "hoax"'):
        build_differences(change(load_source("activiteiten_bronnen"), "activiteit", "hoax"), activities)


def test_a_difference_touches_something_known(activities):
    """Nothing touches the weather."""
    with pytest.raises(NsocError, match=r'kolom raakt\n  gevonden: "weer"'):
        build_differences(change(load_source("activiteiten_bronnen"), "raakt", "weer"), activities)


def test_five_new_labs_are_announced_and_of_three_the_begin_is_printed(activities):
    """Six and six; five announced, five that fit, three with a begin in Regioplan; two called MIT-lab, three listed."""
    counts = compare_counts(load_source("activiteiten_tellingen"), activities)
    values = {
        name: (count.gepubliceerd.value, count.benoemd.value, count.gedateerd.value) for name, count in counts.items()
    }
    assert values == {"labs-2021": (6, 6, 6), "labs-2022": (5, 5, 3), "mit-labs": (2, 3, 3)}


def test_a_printed_count_keeps_its_origin(activities):
    """What the source states is published; what we count follows from our rows."""
    count = compare_counts(load_source("activiteiten_tellingen"), activities)["labs-2022"]
    assert (count.gepubliceerd.provenance, count.benoemd.provenance) == ("gepubliceerd", "herleid")
    assert count.gepubliceerd.id == "kader.activiteiten.tellingen.labs-2022.gepubliceerd"
    assert count.benoemd.dataset == "activiteiten@proef"


def test_labs_are_counted_by_a_known_column(activities):
    """A column that is no property of a lab is refused."""
    with pytest.raises(NsocError, match=r'kolom kolom\n  gevonden: "kleur"'):
        compare_counts(change(load_source("activiteiten_tellingen"), "kolom", "kleur"), activities)
