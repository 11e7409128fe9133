"""``make audit`` on anyone's table: silence when all is possible, a line per number that is not."""

from __future__ import annotations

from pathlib import Path

from conftest import run_forked


def audit(path: Path) -> object:
    return run_forked(["audit", str(path)])


def test_a_clean_table_says_nothing(tmp_path: Path) -> None:
    """Twenty-one of twenty-five is 84 percent: no line, exit code 0."""
    path = tmp_path / "cijfers.csv"
    path.write_text("label;percentage;n\nA;84;25\n", encoding="utf-8")
    done = audit(path)
    assert (done.code, done.out) == (0, "")


def test_a_percentage_moved_by_one_point_is_named(tmp_path: Path) -> None:
    """85 percent cannot stand on 25 answers: the row is named with what could, and the exit code is 1."""
    path = tmp_path / "cijfers.csv"
    path.write_text("label;percentage;n\nA;84;25\nB;85;25\n", encoding="utf-8")
    done = audit(path)
    assert done.code == 1
    assert done.out.startswith(
        "rij 3, B: 85% is niet bereikbaar onder de gedrukte bases (25). Dichtstbij: 84% (21 van 25)"
    )


def test_a_file_that_is_not_there_is_told_in_one_block(tmp_path: Path) -> None:
    """A wrong name gives the block that every fault gives."""
    done = audit(tmp_path / "weg.csv")
    assert done.code == 1
    assert done.err.strip().startswith("Fout in weg.csv\n  gevonden: geen bestand met deze naam")
