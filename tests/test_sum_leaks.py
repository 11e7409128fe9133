"""What hides behind a total is no leak when the ledger says that nothing small hides there."""

from __future__ import annotations

import pytest
from conftest import PROFILE

from nsoc_lib.fact_table import build_statements
from nsoc_lib.leaks import LEDGER, SMALL_GROUP
from nsoc_lib.ledger_rows import Group
from nsoc_lib.pieces import Record
from nsoc_lib.sum_leaks import find_by_sums
from nsoc_lib.suppression import AANVULLEND, EENSGEZIND, KLEINE_GROEP

INVITED = {"top": 10, "overleg": 6, "managers": 5, "specialisten": 10}
GROUPS = [Group(name, name, number, hidden=number in (5, 10)) for name, number in INVITED.items()]


def row(who: str, count: int | str, base: int | str, population: int | str, reason: str = "") -> Record:
    status = {"status": "suppress", "status_reden": reason} if reason else {"status": "pass"}
    cells = {"id": f"meting-1.thema.stelling.{who}eens", "label": "Stelling: eens", "unit": "pct",
             "provenance": "waargenomen", "count": str(count), "n": str(base), "population": str(population)}  # fmt: skip
    return Record("resultaten.csv", LEDGER, cells | status)


def leaks(reason: str) -> list[tuple[str, tuple[int, int] | None]]:
    """28 of 31 answered, 9 of the first group and 5 of the second; of the other 14 at most ten are specialists."""
    rows = [
        row("", 12, 28, 31),
        row("groep.top.", 6, 9, 10),
        row("groep.overleg.", 2, 5, 6),
        row("groep.managers.", "", "", "", reason),
        row("groep.specialisten.", "", "", "", AANVULLEND),
    ]
    found = find_by_sums(build_statements(rows, GROUPS), GROUPS, PROFILE)
    return [(leak.rule, leak.derived) for leak in found]


def test_a_group_that_may_be_too_small_and_is_nearly_known_is_a_leak() -> None:
    """Four or five managers answered: with so little doubt nothing is hidden."""
    assert (SMALL_GROUP, (4, 5)) in leaks(KLEINE_GROEP)


@pytest.mark.parametrize("reason", [EENSGEZIND, AANVULLEND])
def test_a_group_of_which_the_ledger_says_that_it_is_not_small_is_none(reason: str) -> None:
    """All five answered, and the same: that five answered may be known, so the reader may work it out."""
    assert leaks(reason) == []


def test_a_reason_that_cannot_be_true_hides_nothing() -> None:
    """Who calls a group unanimous of which at most four can have answered, is not believed."""
    rows = [row("", 12, 27, 31), row("groep.top.", 6, 10, 10), row("groep.overleg.", 2, 5, 6),
            row("groep.managers.", "", "", "", EENSGEZIND), row("groep.specialisten.", 3, 8, 10)]  # fmt: skip
    statements = build_statements(rows, GROUPS)
    assert SMALL_GROUP in {leak.rule for leak in find_by_sums(statements, GROUPS, PROFILE)}
