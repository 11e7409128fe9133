"""Counts from a registration: a trend with a rate ratio and its limits, or no data."""

from __future__ import annotations

from math import inf

import pytest
from transcribed import invent, load_real

from nsoc_lib.errors import NsocError
from nsoc_lib.registrations import build_registration, rate_ratio, supply, tabulate_registrations
from nsoc_lib.source_rows import SourceTable
from nsoc_lib.tables import Table
from nsoc_lib.toetsingskader import GEEN_GEGEVENS, Toetsingskader, build_toetsingskader, tabulate_coverage

COUNTS = ("kader", "letter", "periode", "indicator", "aantal", "maanden")


@pytest.fixture(scope="module")
def kader() -> Toetsingskader:
    return build_toetsingskader(*(load_real("kader", name) for name in ("toetsingskader", "dekking_toetsingskader")))


def counts(*rows: tuple[object, ...]) -> SourceTable:
    """Return an invented registration."""
    return invent("registraties", COUNTS, *rows, herkomst="waargenomen")


def tabulate(kader: Toetsingskader, *rows: tuple[object, ...]) -> Table:
    return tabulate_registrations(kader, build_registration(kader, counts(*rows)))


def row_of(table: Table, letter: str) -> str:
    return next(line for line in table.show().text.splitlines() if line.startswith((f"{letter} | ", f"{letter}. ")))


def test_without_a_registration_there_are_no_data(kader):
    """All ten rows say so, in the coverage table as well."""
    assert tabulate_registrations(kader).show().text.count(GEEN_GEGEVENS) == 10
    assert GEEN_GEGEVENS in row_of(tabulate_coverage(kader, "6.3"), "X")


def test_a_registration_gives_a_trend(kader):
    """Ten in half a year and thirty in a year is one and a half times the rate; nine criteria stay without data."""
    table = tabulate(kader, ("6.3", "X", "2023", "vangsten", 10, 6), ("6.3", "X", "2024", "vangsten", 30, 12))
    assert "vangsten | 2023: 10; 2024: 30 | 1,50 | " in row_of(table, "X")
    assert table.show().text.count(GEEN_GEGEVENS) == 9
    ids = [result.id.removeprefix("kader.toetsingskader.6-3.x.vangsten.") for result in table.results]
    assert ids == ["2023", "2024", "verhouding", "laag", "hoog"]


def test_a_supplied_registration_is_no_longer_missing(kader):
    """For that criterion alone the coverage table asks for a norm instead of counts."""
    registration = build_registration(kader, counts(("6.3", "X", "2023", "vangsten", 10, 6)))
    table = tabulate_coverage(supply(kader, registration), "6.3")
    assert "een norm voor de telling" in row_of(table, "X")
    assert table.show().text.count(GEEN_GEGEVENS) == 9
    assert supply(kader, None) == kader


def test_a_single_period_has_no_ratio(kader):
    """One count is shown and compared with nothing."""
    assert row_of(tabulate(kader, ("6.3", "X", "2023", "vangsten", 10, 12)), "X").endswith(
        "vangsten | 2023: 10 | – | –"
    )


def test_two_periods_without_any_case_have_no_ratio(kader):
    """Nothing over nothing is no number; both counts are shown."""
    table = tabulate(kader, ("6.3", "X", "2023", "vangsten", 0, 12), ("6.3", "X", "2024", "vangsten", 0, 12))
    assert row_of(table, "X").endswith("vangsten | 2023: 0; 2024: 0 | – | –")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("6.3", "A", "2023", "vangsten", 10, 12), r"rij 2, kolom letter\n  gevonden: \"A\".*\n?  verwacht: .*6.3 H"),
        (("6.3", "X", "2023", "vangsten", -1, 12), r"rij 2, kolom aantal\n  gevonden: \"-1\""),
        (("6.3", "X", "2023", "vangsten", None, 12), r"rij 2, kolom aantal\n  gevonden: een lege cel"),
        (("6.3", "X", "2023", "vangsten", 1, 0), r"rij 2, kolom maanden\n  gevonden: \"0\""),
        (("6.3", "X", None, "vangsten", 1, 12), r"rij 2, kolom periode\n  gevonden: een lege cel"),
    ],
    ids=["andere werkwijze", "negatief", "geen aantal", "geen duur", "geen periode"],
)
def test_a_count_that_cannot_be_is_refused(kader, row, message):
    """The refusal names the row of the supplied table."""
    with pytest.raises(NsocError, match=message):
        tabulate(kader, row)


def test_a_period_given_twice_is_refused(kader):
    """Which of the two counts holds is for the researcher to say."""
    row = ("6.3", "X", "2023", "vangsten", 10, 12)
    with pytest.raises(NsocError, match="rij 3, kolom periode"):
        tabulate(kader, row, row)


def test_the_rate_ratio_equals_a_published_example() -> None:
    """Cases and person-years from the manual of R's poisson.test: 1.971488, from 0.8584264 to 4.2772659."""
    found = rate_ratio(6 + 8 + 7, 1083 + 1050 + 878, 11, 800)
    assert (found.ratio, found.low, found.high) == pytest.approx((1.971488, 0.8584264, 4.2772659), rel=1e-5)


def test_nothing_counted_in_one_period_leaves_one_side_open() -> None:
    """With 0 and 3 the lowest share is the cube root of 0.025: 0.2924, so the ratio is at least 0.4132."""
    share = 0.025 ** (1 / 3)
    up, down = rate_ratio(0, 12, 3, 12), rate_ratio(3, 12, 0, 12)
    assert (up.ratio, up.high) == (inf, inf)
    assert up.low == pytest.approx(share / (1 - share))
    assert (down.ratio, down.low) == (0, 0)
    assert down.high == pytest.approx((1 - share) / share)


@pytest.mark.parametrize("numbers", [(0, 12, 0, 12), (-1, 12, 3, 12), (1, 0, 3, 12)])
def test_no_ratio_without_cases_or_time(numbers: tuple[int, float, int, float]) -> None:
    """Nothing counted, a negative count and no exposure have no ratio."""
    with pytest.raises(NsocError, match="een duur groter dan nul"):
        rate_ratio(*numbers)
