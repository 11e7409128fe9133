"""What the package is made of: no row of anybody's answers."""

from __future__ import annotations

from nsoc_lib.publish.package import without_places, without_questions


def test_an_outcome_loses_the_rows_where_it_was_found() -> None:
    """How many rows failed is told; which rows they were is for the researcher alone."""
    outcome = {"soort": "verwachting", "aantal": 1, "plaatsen": ["rij 73, kolom interviews"]}
    kept = without_places({"tabel": "t", "uitkomsten": [outcome]})
    assert kept == {"tabel": "t", "uitkomsten": [{"soort": "verwachting", "aantal": 1}]}
    assert outcome["plaatsen"], "what was given is not changed"


def test_a_receipt_loses_its_counts_per_question() -> None:
    """How many came in and were left out is told; one person who skipped one question is not."""
    receipt = {"instrument": "thermometer", "rijen": 28, "vragen": [{"vraag": "doel", "leeg": 1}]}
    kept = without_questions({"datasets": {"t": "abc"}, "ontvangst": [receipt]})
    assert kept == {"datasets": {"t": "abc"}, "ontvangst": [{"instrument": "thermometer", "rijen": 28}]}
