"""A verdict counts when somebody signed it, and only then."""

from __future__ import annotations

import pytest

from nsoc_lib.errors import NsocError
from nsoc_lib.verdict import check_signature

SIGNED = {
    "oordeel": "stemt overeen",
    "rol": "onderzoeker",
    "datum": "2026-11-22",
    "argument": "Alle bronnen zeggen het.",
}


def test_a_signed_verdict_passes() -> None:
    """Words, role, day and argument together are enough."""
    check_signature("governance", **SIGNED)


@pytest.mark.parametrize("name", list(SIGNED))
def test_each_part_of_the_signature_is_needed(name: str) -> None:
    """The message names the verdict and what it lacks."""
    with pytest.raises(NsocError, match=f"het oordeel over governance, {name}\n  gevonden: niets"):
        check_signature("governance", **(SIGNED | {name: " "}))


@pytest.mark.parametrize("day", ["gisteren", "2026-11", "2026-13-01", "2026-02-30", "22-11-2026"])
def test_a_date_is_a_day_that_exists(day: str) -> None:
    """A month is no day, and neither is the thirtieth of February."""
    with pytest.raises(NsocError, match="een datum als 2026-11-22"):
        check_signature("governance", **(SIGNED | {"datum": day}))
