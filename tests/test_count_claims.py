"""What words next to the name of a group say about how many people: and what only looks like it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import PROFILE

from nsoc_lib.count_claims import (
    EVERYBODY,
    Claim,
    claims_of_cells,
    claims_of_everybody,
    claims_of_percentages,
    find_claims,
    judge_claim,
    name_pattern,
)
from nsoc_lib.feasible import Interval
from nsoc_lib.leaks import SMALL_CELL, SMALL_GROUP
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


def exactly(number: int) -> Interval:
    return Interval(number, number)


@pytest.mark.parametrize(("text", "count"), [("Er deden 3 van de 4 mee.", 3), ("In 2024 deden 3 van de 5 mee.", None)])
def test_a_count_of_a_known_base_is_about_everybody(text, count):
    """Of four the report is known to speak; of five it is not, so that is about something else."""
    found = list(claims_of_everybody(text, {4}))
    assert found == ([] if count is None else [Claim(EVERYBODY, exactly(count), exactly(4))])


def test_what_only_looks_like_a_count_is_no_claim():
    """More than were invited, more than a hundred percent, and how many were invited say nothing of who answered."""
    assert claims("Bij Douane zijn 40 schepen.", DOUANE) == []
    assert list(claims_of_percentages(DOUANE, [140.0])) == []
    assert list(claims_of_cells(DOUANE, [("Genodigd", "4"), ("nr", "3")])) == []
    assert list(claims_of_cells(DOUANE, [("Antwoorden", "3 van 4")])) == [Claim(DOUANE, exactly(3), exactly(4))]


def test_a_count_with_its_base_says_something_by_itself():
    """Two statements in one line are two claims; a count and a base in cells of their own are one."""
    shares = [("Huisvesting", "75% (3 van 4)"), ("Draagvlak", "50% (2 van 4)"), ("Mandaat", "·")]
    assert list(claims_of_cells(DOUANE, shares)) == [Claim(DOUANE, exactly(k), exactly(4)) for k in (3, 2)]
    assert list(claims_of_cells(DOUANE, [("Eens", "3"), ("Basis", "4")])) == [Claim(DOUANE, exactly(3), exactly(4))]


@pytest.mark.parametrize(
    ("claim", "broken"),
    [
        (Claim(EVERYBODY, exactly(2), exactly(20)), [SMALL_CELL]),
        (Claim(EVERYBODY, exactly(9), exactly(20)), []),
        (Claim(DOUANE, exactly(2), None), []),
        (Claim(AGREES, exactly(2), exactly(20)), [SMALL_CELL]),
        (Claim(AGREES, exactly(9), exactly(20)), []),
        (Claim(Group("FIOD", "fiod", 9, hidden=True), exactly(9), None), [SMALL_GROUP]),
    ],
)
def test_a_claim_is_judged_by_the_profile(claim, broken):
    """With at least three to a number and five to a group; of a hidden group anything is too much."""
    assert [rule for rule, _ in judge_claim(claim, replace(PROFILE, kleinste_cel=3))] == broken
