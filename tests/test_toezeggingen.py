"""Commitments of a minister: five, each with a state that rests on evidence; silence is unknown, not undone."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from transcribed import load_real

from nsoc_lib.errors import NsocError
from nsoc_lib.toezeggingen import Toezeggingen, build_toezeggingen, count_toezeggingen, tabulate_toezeggingen

STATES = ("toezegging", "datum", "stand", "soort", "bewijs")


def build(states: pd.DataFrame) -> Toezeggingen:
    first = load_real("kader", "toezeggingen")
    return build_toezeggingen(first, replace(load_real("kader", "toezeggingen_standen"), rijen=states))


def later(*rows: tuple[str | None, ...]) -> Toezeggingen:
    """Return the real commitments with these states after those of the letter."""
    states = load_real("kader", "toezeggingen_standen").rijen
    more = pd.DataFrame(rows, columns=list(STATES)).assign(rij=range(7, 7 + len(rows)))
    return build(pd.concat([states, more], ignore_index=True))


def test_the_letter_holds_five_commitments():
    """All five are promised and nothing is recorded since."""
    counts = {name: result.value for name, result in count_toezeggingen(later()).items() if result.value}
    assert counts == {"totaal": 5, "toegezegd": 5}
    assert count_toezeggingen(later())["toegezegd"].id == "kader.toezeggingen.toegezegd"


def test_term_and_condition_stand_as_the_letter_gives_them():
    """Two commitments have a term and one a condition; a dash stands for the rest."""
    rows = [line.split(" | ") for line in tabulate_toezeggingen(later()).show().text.splitlines()[2:]]
    assert [row[1] for row in rows] == ["ten minste twee jaar", "–", "–", "elk half jaar", "–"]
    assert [row[2] for row in rows] == ["–", "–", "–", "–", "als bestaande regels tekortschieten"]


def test_a_later_state_with_evidence_is_shown():
    """The last record counts, with its date and what it rests on."""
    told = later(("tz-04", "2024-06-30", "loopt", "bewijs", "Brief van juni"))
    assert "loopt | 2024-06-30 | Brief van juni" in tabulate_toezeggingen(told).show().text
    assert count_toezeggingen(told)["loopt"].value == 1


def test_without_its_row_a_commitment_is_unknown():
    """Remove the evidence and the state goes with it."""
    states = load_real("kader", "toezeggingen_standen").rijen
    told = build(states[states["toezegging"] != "tz-04"])
    assert count_toezeggingen(told)["onbekend"].value == 1
    assert "De Kamer hoort hoe het gaat met NSOC en met het hele bestel | elk half jaar | – | onbekend | – | –" in (
        tabulate_toezeggingen(told).show().text
    )


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("tz-04", "2024-06", "loopt", "bewijs", None)], "rij 7, kolom bewijs\n  gevonden: een lege cel"),
        ([("tz-04", "2024-06", "loopt", None, "Brief")], "rij 7, kolom soort\n  gevonden: een lege cel"),
        ([("tz-04", None, "loopt", "bewijs", "Brief")], "rij 7, kolom datum\n  gevonden: een lege cel"),
        ([("tz-04", "2024-06", "toegezegd", "bewijs", "Brief")], 'rij 7, kolom stand\n  gevonden: "toegezegd"'),
        ([("tz-09", "2024-06", "loopt", "bewijs", "Brief")], 'rij 7, kolom toezegging\n  gevonden: "tz-09"'),
        (
            [("tz-04", "2024-06", "loopt", "bewijs", "Brief"), ("tz-04", "2024-05", "nagekomen", "bewijs", "Brief")],
            'rij 8, kolom datum\n  gevonden: "2024-05"',
        ),
        (
            [("tz-04", "2024-06", "vervallen", "bewijs", "Brief"), ("tz-04", "2024-07", "loopt", "bewijs", "Brief")],
            'rij 8, kolom stand\n  gevonden: "loopt"',
        ),
    ],
    ids=[
        "geen bewijs",
        "geen soort",
        "geen datum",
        "opnieuw toegezegd",
        "onbekend",
        "terug in de tijd",
        "na het einde",
    ],
)
def test_a_change_that_rests_on_nothing_or_cannot_follow_is_refused(rows, message):
    """The refusal names row and column."""
    with pytest.raises(NsocError, match=message):
        later(*rows)
