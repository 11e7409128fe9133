"""Which numbers next to a name repeat what the ledger shows or a source prints."""

from __future__ import annotations

import pytest

from nsoc_lib.count_claims import Claim
from nsoc_lib.explanations import Explanations
from nsoc_lib.feasible import Interval
from nsoc_lib.ledger_rows import Group
from nsoc_lib.pieces import Record

DOUANE = Group("Douane", "douane", 10, hidden=True)


def row(label: str, status: str = "pass", **cells: str) -> Record:
    return Record("resultaten.csv", "resultaten", {"label": label, "status": status} | cells)


LEDGER = Explanations([
    row("Capaciteit, Douane: (helemaal) mee eens", count="3", n="6", value="50"),
    row("Huisvesting, Douane: (helemaal) mee eens", status="suppress", count="2", n="4"),
    row("Interviews, douane: personen", value="4"),
])  # fmt: skip


def claim(count: int, base: int | None = None) -> Claim:
    return Claim(DOUANE, Interval(count, count), None if base is None else Interval(base, base))


@pytest.mark.parametrize(
    ("words", "said", "explained"),
    [
        ("Stelling | Douane | Capaciteit | 50% (3 van 6)", claim(3, 6), True),
        ("Stelling | Douane | Capaciteit | 50% (3 van 7)", claim(3, 7), False),
        ("Stelling | Douane | Huisvesting | 50% (2 van 4)", claim(2, 4), False),
        ("Interviews, douane: personen | 4 | gepubliceerd", claim(4), True),
        ("Bij Douane waren het er 4.", claim(4), False),
        ("Leden van Douane: vier (Rapport §1.3)", claim(4), True),
        ("Van Douane 2 van 4 (Rapport §1.3)", claim(2, 4), False),
    ],
)
def test_a_number_is_explained_by_a_shown_row_or_a_section(words, said, explained):
    """The words must be about the row, the row must be shown, and a section explains no count of a base."""
    assert LEDGER.explain(said, words) == explained
