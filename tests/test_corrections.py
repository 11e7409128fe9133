"""Corrections: declared, signed, and refused as soon as another value stands there."""

from __future__ import annotations

import pandas as pd
import pytest
from fieldwork_tables import load_source
from transcribed import change

from nsoc_lib.corrections import Correction, build_corrections, correct_table, refuse_other_tables
from nsoc_lib.errors import NsocError
from nsoc_lib.source_rows import SourceTable

SIGNED = {
    "tabel": "proef",
    "bestandsrij": 3,
    "veld": "naam",
    "ruwe_waarde": "Jnasen",
    "verbeterde_waarde": "Jansen",
    "reden": "letters verwisseld",
    "rol": "onderzoeker",
    "datum": "2026-11-22",
    "vindplaats": "tabel 1, rij 2",
}
NAMES = SourceTable("x", pd.DataFrame({"naam": ["Pietersen", "Jnasen"], "rij": [2, 3]}), "gepubliceerd", "proef@a")


def listed(*rows: dict[str, object]) -> SourceTable:
    frame = pd.DataFrame(rows).assign(rij=range(2, len(rows) + 2))
    return SourceTable("x", frame, "herleid", "correcties@b")


def test_a_correction_changes_its_own_cell_only():
    """The corrected table has the better name; the table that was given keeps what is printed."""
    corrected = correct_table(NAMES, build_corrections(listed(SIGNED)))
    assert list(corrected.rijen["naam"]) == ["Pietersen", "Jansen"]
    assert list(NAMES.rijen["naam"]) == ["Pietersen", "Jnasen"]


def test_a_correction_of_another_table_does_nothing_here():
    """A list holds the corrections of several tables."""
    corrected = correct_table(NAMES, build_corrections(listed(SIGNED | {"tabel": "anders"})))
    assert list(corrected.rijen["naam"]) == ["Pietersen", "Jnasen"]


def test_another_value_in_the_cell_is_refused():
    """The table has changed since somebody decided; the whole block says where and what to do."""
    with pytest.raises(NsocError) as error:
        correct_table(NAMES, build_corrections(listed(SIGNED | {"ruwe_waarde": "Jansne"})))
    assert str(error.value) == (
        "Fout in tabel proef, rij 3, kolom naam\n"
        '  gevonden: "Jnasen"\n'
        '  verwacht: "Jansne", zoals de lijst zegt\n'
        "  wat nu:   Kijk wat de bron drukt; verbeter de tabel of de lijst met correcties."
    )


def test_an_empty_cell_is_not_what_the_list_says():
    """A cell that was emptied is found as well."""
    with pytest.raises(NsocError, match="een lege cel"):
        correct_table(change(NAMES, "naam", None, row=3), build_corrections(listed(SIGNED)))


@pytest.mark.parametrize("place", [{"bestandsrij": 9}, {"veld": "adres"}])
def test_a_cell_that_is_not_there_is_refused(place):
    """A row or column that the table has not is no place to correct."""
    with pytest.raises(NsocError, match="geen cel op deze plaats"):
        correct_table(NAMES, build_corrections(listed(SIGNED | place)))


@pytest.mark.parametrize("name", [*SIGNED])
def test_every_part_of_a_correction_is_needed(name):
    """Without reason, role or date nobody can account for it."""
    with pytest.raises(NsocError, match=rf"rij 2, kolom {name}\n  gevonden: een lege cel"):
        build_corrections(listed(SIGNED | {name: None}))


@pytest.mark.parametrize("datum", ["vandaag", "2026-02-31", "2026-19-39", "2026-11"])
def test_a_date_is_a_day_that_exists(datum):
    """Dates are ISO texts to the day; the thirty-first of February never was."""
    with pytest.raises(NsocError, match="een datum als 2026-11-22"):
        build_corrections(listed(SIGNED | {"datum": datum}))


def test_a_correction_that_changes_nothing_is_refused():
    """It would stand in the report as if something was wrong."""
    with pytest.raises(NsocError, match="een correctie die niets verandert"):
        build_corrections(listed(SIGNED | {"verbeterde_waarde": "Jnasen"}))


def test_a_cell_is_corrected_once():
    """Two corrections of one cell leave open which is meant."""
    with pytest.raises(NsocError, match="rij 3, kolom naam nog een keer"):
        build_corrections(listed(SIGNED, SIGNED | {"verbeterde_waarde": "Janssen"}))


def test_a_misspelt_table_is_refused():
    """A correction of a table that nobody reads would be ignored in silence."""
    with pytest.raises(NsocError, match='gevonden: "proef"\n  verwacht: een van: interviews'):
        refuse_other_tables(build_corrections(listed(SIGNED)), ["interviews"])


def test_the_real_list_has_five_corrections():
    """A year, the start of a range, and three names with one letter wrong."""
    corrections = build_corrections(load_source("correcties"))
    assert [(c.ruwe_waarde, c.verbeterde_waarde) for c in corrections] == [
        ("23/11/2021", "23/11/2020"),
        ("P6R - P6R14", "P6R7 - P6R14"),
        ("Ondernijningsexperience", "Ondermijningsexperience"),
        ("Integraal ondernijningsteam", "Integraal ondermijningsteam"),
        ("Integraal Ondernijningsteam Noord-Nederland", "Integraal Ondermijningsteam Noord-Nederland"),
    ]
    assert all(isinstance(c, Correction) and c.rol == "opsteller van dit rapport" for c in corrections)
