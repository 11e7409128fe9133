"""The counts of labs that sources state, beside the labs we can name."""

from __future__ import annotations

import pytest
from test_activities import load_activities
from transcribed import change, load_real

from nsoc_lib.activity_sources import build_counts, compare_counts
from nsoc_lib.errors import NsocError


@pytest.fixture(scope="module")
def activities():
    return load_activities()


def test_five_new_labs_are_announced_and_of_three_the_begin_is_printed(activities):
    """Six and six; five announced, five that fit, three with a begin in Regioplan; two called MIT-lab, three listed."""
    counts = compare_counts(load_real("kader", "activiteiten_tellingen"), activities)
    values = {
        name: (count.gepubliceerd.value, count.benoemd.value, count.gedateerd.value) for name, count in counts.items()
    }
    assert values == {"labs-2021": (6, 6, 6), "labs-2022": (5, 5, 3), "mit-labs": (2, 3, 3)}


def test_a_printed_count_keeps_its_origin(activities):
    """What the source states is published; what we count follows from our rows."""
    count = compare_counts(load_real("kader", "activiteiten_tellingen"), activities)["labs-2022"]
    assert (count.gepubliceerd.provenance, count.benoemd.provenance) == ("gepubliceerd", "herleid")
    assert count.gepubliceerd.id == "kader.activiteiten.tellingen.labs-2022.gepubliceerd"
    assert count.benoemd.dataset == "activiteiten@proef"


def test_the_printed_count_is_the_same_result_without_the_activities(activities):
    """A chapter that knows no activities shows the number of the source under the same id."""
    table = load_real("kader", "activiteiten_tellingen")
    assert build_counts(table) == {name: c.gepubliceerd for name, c in compare_counts(table, activities).items()}


def test_labs_are_counted_by_a_known_column(activities):
    """A column that is no property of a lab is refused."""
    with pytest.raises(NsocError, match=r'kolom kolom\n  gevonden: "kleur"'):
        compare_counts(change(load_real("kader", "activiteiten_tellingen"), "kolom", "kleur"), activities)
