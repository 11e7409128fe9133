"""What the source says of its coding: 45 codes, made while reading, and the rest not published."""

from __future__ import annotations

from dataclasses import replace

import pytest
from transcribed import load_real

from nsoc_lib.coding_facts import build_coding_facts, tabulate_coding_facts
from nsoc_lib.errors import NsocError
from nsoc_lib.source_rows import SourceTable


def changed(row: int, **cells: object) -> SourceTable:
    table = load_real("versterking-2021", "codering_open_vragen")
    frame = table.rijen.astype(object)
    for column, value in cells.items():
        frame.loc[frame.index[row], column] = value
    return replace(table, rijen=frame)


def test_the_source_counts_45_codes():
    """The number is a result with its place; it is the only number the source gives."""
    facts = build_coding_facts(load_real("versterking-2021", "codering_open_vragen"))
    assert (facts.codes.value, facts.codes.id) == (45, "versterking-2021.open-vragen.codes")
    assert "bijlage 3" in facts.vindplaats.text


def test_the_table_says_what_was_not_published():
    """Code list, codings and a second coder are not published; the way of coding is."""
    text = tabulate_coding_facts(build_coding_facts(load_real("versterking-2021", "codering_open_vragen"))).show().text
    assert text.count(" | niet gepubliceerd | ") == 3
    assert "zonder lijst vooraf" in text
    assert "45" not in text


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (changed(0, antwoord="veel"), "rij 2, kolom antwoord"),
        (changed(2, antwoord=None), "rij 4, kolom antwoord\n  gevonden: een lege cel"),
        (changed(1, kenmerk="codes"), "rij 3, kolom kenmerk"),
        (changed(0, waarde=None, antwoord="onbekend"), "kolom waarde\n  gevonden: geen aantal codes"),
    ],
)
def test_a_wrong_cell_is_refused(table, message):
    """A fact is a number or words, each once, and the number of codes is there."""
    with pytest.raises(NsocError, match=message):
        build_coding_facts(table)
