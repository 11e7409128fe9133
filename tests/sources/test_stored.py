"""Stored tables: read whole, or in parts with a few columns alone."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from nsoc_lib.frequencies import count_parts
from nsoc_lib.sources.stored import StoredTable

ROWS = pd.DataFrame(
    {
        "regio": ["Noord", "Zuid", None, "Zuid", "Oost"],
        "antwoord": pd.Categorical(["Eens", None, "Eens", "Oneens", "Eens"], ["Oneens", "Neutraal", "Eens"]),
        "rij": [4, 5, 6, 7, 8],
    }
)


@pytest.fixture
def stored(tmp_path: Path) -> StoredTable:
    """A table of five rows in parts of two."""
    path = tmp_path / "tabel.parquet"
    ROWS.astype({"regio": "str"}).to_parquet(path, index=False, row_group_size=2)
    return StoredTable(path)


def test_the_whole_table_is_as_it_was_written(stored: StoredTable) -> None:
    """Rows, columns and the order of a scale survive."""
    assert stored.frame["antwoord"].cat.categories.tolist() == ["Oneens", "Neutraal", "Eens"]
    assert stored.frame["rij"].tolist() == [4, 5, 6, 7, 8]
    assert stored.columns == ("regio", "antwoord", "rij")


def test_a_part_holds_the_columns_that_are_asked(stored: StoredTable) -> None:
    """Five rows in groups of two are three parts, of one column."""
    parts = [part() for part in stored.parts(["rij"])]
    assert [(part.column_names, part.num_rows) for part in parts] == [(["rij"], 2), (["rij"], 2), (["rij"], 1)]


def test_parts_count_as_the_whole(stored: StoredTable) -> None:
    """Words that stand at another place in each part are counted as the words they are."""
    counted = count_parts(stored.parts(["regio", "antwoord"]), "regio", "antwoord")
    assert counted.of("regio") == {"Noord": 1, "Zuid": 2, "Oost": 1}
    assert counted.of("antwoord") == {"Oneens": 1, "Neutraal": 0, "Eens": 3}
    assert counted.where("regio", "Zuid").counts.tolist() == [1, 0, 0, 1]


def test_a_table_without_rows_counts_nothing(tmp_path: Path) -> None:
    """An empty table has the levels of its scale, and none of them occurs."""
    ROWS.iloc[:0].to_parquet(tmp_path / "leeg.parquet", index=False)
    counted = count_parts(StoredTable(tmp_path / "leeg.parquet").parts(["antwoord"]), "antwoord")
    assert counted.rows == 0
