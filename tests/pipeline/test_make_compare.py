"""``make compare`` on two real reports: the page names exactly the numbers that changed."""

from __future__ import annotations

import sys
from pathlib import Path

import lxml.html
from conftest import StudyFolder, run

FOLLOWING = {"dataset", "notebook"}  # a version of the data, and where a number is shown first


def test_the_page_names_exactly_the_numbers_that_one_changed_answer_changes(
    little: StudyFolder, altered: StudyFolder, tmp_path: Path
) -> None:
    """One answer on huisvesting is changed in the raw export; the rows of both ledgers that differ are on the page."""
    study = altered.copy_to(tmp_path / "studie")
    done = run(["make", "compare", f"WITH={little.reports}", f"REPORTS={study.reports}", f"PYTHON={sys.executable}"])
    assert done.code == 0, done.err
    old, new = little.results(), study.results()
    differ = {k for k in new if any(new[k][name] != old[k][name] for name in new[k] if name not in FOLLOWING)}
    tree = lxml.html.fromstring((study.reports / "vergelijking.html").read_bytes())
    assert set(tree.xpath("//tr/@data-id")) == differ
    key = "meting-1.procesthermometer.draagkracht.huisvesting.eens"
    cells = [cell.text_content() for cell in tree.xpath(f'//tr[@data-id="{key}"]/td')]
    assert cells[:3] == ["82%", "79%", "−3,6 procentpunt"]
    assert "aantal: 23 → 22" in cells[3]
    assert any(caption.startswith("Draagkracht") for caption in tree.xpath("//section//li/text()"))
