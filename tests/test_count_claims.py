"""What words next to the name of a group say about how many people: and what only looks like it."""

from __future__ import annotations

import pytest

from nsoc_lib.count_claims import find_claims, name_pattern
from nsoc_lib.feasible import Interval
from nsoc_lib.ledger_rows import Group

DOUANE = Group("Douane", "douane", 10)
AGREES = Group("mee eens", "mee-eens", hidden=True, is_answer=True)


def claims(text: str, *groups: Group) -> list[tuple[Interval, Interval | None]]:
    names = name_pattern(groups)
    assert names is not None
    return [(claim.count, claim.base) for claim in find_claims(text, groups, names)]


@pytest.mark.parametrize(
    ("text", "count", "base"),
    [
        ("Bij Douane waren 3 van de 4 het ermee eens.", 3, 4),
        ("Douane: 7", 7, None),
        ("Van de Douane antwoordden drie mensen.", 3, None),
    ],
)
def test_a_number_next_to_a_group_is_a_claim(text, count, base):
    """In digits or in words; a pair has a base."""
    assert claims(text, DOUANE) == [(Interval(count, count), None if base is None else Interval(base, base))]


@pytest.mark.parametrize(
    "text",
    [
        "Uitgenodigd: Douane | 10 | herleid: Bron §1.3, aanvullende interviews",
        "Genodigd bij Douane | 10 |",
        "Iedereen zonder Douane: 7",
    ],
)
def test_what_was_invited_is_public(text):
    """How many were invited is no claim, nor is the number of a section, nor what the others answered."""
    assert claims(text, DOUANE) == []


def test_another_number_after_an_invitation_is_a_claim():
    """Only the number invited itself is let through."""
    assert claims("Uitgenodigd: Douane | 10 | 3 van 4 deden mee", DOUANE) == [(Interval(3, 3), Interval(4, 4))]


def test_who_agrees_in_all_is_not_the_answer_that_is_hidden():
    """The words of an answer after a word in brackets name the two answers together."""
    assert claims("33% Stelling: (helemaal) mee eens", AGREES) == []
    assert claims("33% Stelling: mee eens", AGREES) != []
