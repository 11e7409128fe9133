"""The file with every question about a source, for the researcher."""

from __future__ import annotations

import csv
from pathlib import Path

from conftest import ROOT, StudyFolder, new_tiny_study

from nsoc_lib.paths import Study
from nsoc_lib.publish.consistency import can_be_asked
from nsoc_lib.sources.study import load_meting

STUDY = Study(ROOT / "data", ROOT / "reports")


def test_the_rules_need_their_tables() -> None:
    """Meting 1 has the tables that the rules speak of; the folder kader by itself has not."""
    meting, kader = load_meting(STUDY, "meting-1"), load_meting(STUDY, "kader")
    assert can_be_asked(meting, kader)
    assert not can_be_asked(kader, kader)
    assert not can_be_asked(meting, None)


def test_a_conclusion_on_54_percent_is_asked_about(built: StudyFolder) -> None:
    """The strategic approach to corruption is told as done where 54 percent agreed: a question, with both places."""
    with (built.data / "processed" / "meting-1" / "samenhang.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["onderwerp"] == "corruptie"]
    assert len(rows) == 1
    assert rows[0]["ernst"] == "hoog"
    assert "§5.2, vraag 3, vijfde punt" in rows[0]["vindplaatsen"]


def test_a_changed_percentage_is_noticed(tmp_path: Path) -> None:
    """When a figure stated twice gets two values, a question that touches a number appears on the page."""
    own = new_tiny_study(tmp_path / "studie", ("bronverschillen",), ())
    own.replace("meting-1/uitspraken.csv", "percentage,68,", "percentage,69,")
    done = own.run()
    assert done.code == 0, done.err
    text = (own.data / "processed" / "meting-1" / "samenhang.csv").read_text(encoding="utf-8")
    assert "twee keer genoemd" in text
    assert "getal" in own.page[own.page.index('id="tabel-meting-1-bronverschillen"') :]
