"""``make compare`` on two real reports: the page names exactly the numbers that changed."""

from __future__ import annotations

import sys

import lxml.html
from conftest import StudyFolder, run
from test_changes import change_answer

FOLLOWING = {"dataset", "notebook"}  # a version of the data, and where a number is shown first


def test_the_page_names_exactly_the_numbers_that_one_changed_answer_changes(
    small: StudyFolder, own: StudyFolder
) -> None:
    """One answer on huisvesting is changed in the raw export; the rows of both ledgers that differ are on the page."""
    change_answer(own, "Q1_1", "Helemaal mee eens", "Neutraal")
    assert own.run().code == 0
    done = run(["make", "compare", f"WITH={small.reports}", f"REPORTS={own.reports}", f"PYTHON={sys.executable}"])
    assert done.code == 0, done.err
    old, new = small.results(), own.results()
    differ = {k for k in new if any(new[k][name] != old[k][name] for name in new[k] if name not in FOLLOWING)}
    tree = lxml.html.fromstring((own.reports / "vergelijking.html").read_bytes())
    assert set(tree.xpath("//tr/@data-id")) == differ
    key = "meting-1.procesthermometer.draagkracht.huisvesting.eens"
    cells = [cell.text_content() for cell in tree.xpath(f'//tr[@data-id="{key}"]/td')]
    assert cells[:3] == ["82%", "79%", "−3,6 procentpunt"]
    assert "aantal: 23 → 22" in cells[3]
    assert any(caption.startswith("Draagkracht") for caption in tree.xpath("//section//li/text()"))
