"""Counts and verdicts that a researcher supplies later: two files, two blocks in ``meting.yml``, and they appear."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, Run, StudyFolder, build_once, new_tiny_study

EXAMPLES = ROOT / "tests" / "voorbeelden"


def supply_examples(study: StudyFolder) -> None:
    """Put the invented examples of registraties and oordelen in the folder of the toetsingskader."""
    blocks = (EXAMPLES / "meting.yml").read_text(encoding="utf-8").split("tabellen:\n")[1]
    record = study.raw / "kader" / "meting.yml"
    text = record.read_text(encoding="utf-8").rstrip()
    for name in ("registraties", "oordelen"):
        shutil.copy(EXAMPLES / f"{name}.csv", study.raw / "kader")
        block = re.search(rf"  - naam: {name}\n(?:    .*\n)+", blocks)
        assert block
        text += f"\n{block[0].rstrip()}"
    record.write_text(f"{text}\n", encoding="utf-8")


@pytest.fixture(scope="module")
def supplied(tmp_path_factory: pytest.TempPathFactory) -> StudyFolder:
    """The one chapter that shows them with both examples, built once."""

    def build(root: Path) -> Run:
        study = new_tiny_study(root, ("toetsingskader",), ())
        supply_examples(study)
        return study.run()

    return build_once(tmp_path_factory, "aangeleverd", build)


def table(study: StudyFolder, key: str) -> str:
    """Return one table of the page as text, with a bar between cells and a line per row."""
    found = re.search(rf'<figure class="tabel" id="{key}"[^>]*>(.*?)</figure>', study.page, re.DOTALL)
    assert found
    rows = re.sub(r"</t[hd]>(?=<t[hd])", " | ", found[1]).replace("</tr>", "\n")
    return re.sub(r"<[^>]+>", "", rows)


def test_a_signed_verdict_stands_in_its_row(supplied: StudyFolder) -> None:
    """The invented verdict on T appears with role, date, argument and record; nobody judged the criteria beside it."""
    lines = table(supplied, "tabel-kader-toetsingskader-6-2").splitlines()
    row = next(line for line in lines if line.startswith("T. Governance"))
    assert row.endswith(
        " | niet vast te stellen (onderzoeker, 2027-03-01): Er is een mening gevraagd, en nergens staat een norm. "
        "(verzonnen verslag)"
    )
    assert sum(line.endswith(" | geen oordeel") for line in lines) == 23


def test_supplied_counts_stand_in_the_ledger(supplied: StudyFolder) -> None:
    """10 seizures in 6 months and 30 in 12: the rate went from 10/6 to 30/12 a month, a ratio of 1.5."""
    results = supplied.results()
    ratio = next(row for key, row in results.items() if key.endswith("6-3.x.vangsten.verhouding"))
    assert (float(ratio["value"]), ratio["provenance"]) == (pytest.approx(1.5), "waargenomen")
    text = table(supplied, "tabel-kader-toetsingskader-6-3")
    assert text.count("een registratietabel is niet aangeleverd") == 8
    assert "een norm voor de telling" in next(line for line in text.splitlines() if line.startswith("X. "))


def test_coverage_does_not_change_by_a_verdict(supplied: StudyFolder, built: StudyFolder) -> None:
    """A verdict and a count are no evidence that was published: the coverage is the same with and without them."""
    names = [f"kader.toetsingskader.{kader}.{code}" for kader in ("6-2", "6-3") for code in ("ja", "deels", "geen")]
    assert [supplied.results()[n]["value"] for n in names] == [built.results()[n]["value"] for n in names]
    assert "Over geen van deze onderwerpen tekende" not in supplied.page
    assert built.page.count("Over geen van deze onderwerpen tekende") == 2


def test_no_number_of_a_verdict_is_loose(supplied: StudyFolder) -> None:
    """The date of signing is an indication, no figure that nobody computed."""
    assert "<mark" not in supplied.page


@pytest.mark.parametrize("cell", ["onderzoeker", "2027-03-01"])
def test_an_unsigned_verdict_stops_the_report(
    supplied: StudyFolder, tmp_path_factory: pytest.TempPathFactory, cell: str
) -> None:
    """Without a role or a date the report is not made, and the message names file and row."""
    study = supplied.copy_to(tmp_path_factory.mktemp("ongetekend"))
    study.replace("kader/oordelen.csv", cell, "")
    done = study.run()
    assert done.code != 0
    assert "oordelen" in done.err
    assert "rij 2" in done.err
