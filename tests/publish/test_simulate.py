"""The step behind ``make simulate``: the same bytes each time, and never over what people answered."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import ROOT

from nsoc_lib.errors import NsocError
from nsoc_lib.paths import Study
from nsoc_lib.publish.simulate import simulate_meting

MADE = ("procesthermometer.csv", "open_antwoorden_codering.csv", "simulatie.csv")


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """A study with the raw data of meting 1 alone."""
    shutil.copytree(ROOT / "data/raw/meting-1", tmp_path / "data/raw/meting-1")
    return Study(tmp_path / "data", tmp_path / "reports")


def test_what_is_imitated_are_the_files_of_the_repository(study: Study) -> None:
    """Export, coding and record of choices come back byte for byte after they were thrown away."""
    folder = study.raw / "meting-1"
    for name in MADE:
        (folder / name).unlink()
    simulate_meting(study, "meting-1")
    assert [
        name for name in MADE if (folder / name).read_bytes() != (ROOT / "data/raw/meting-1" / name).read_bytes()
    ] == []


def test_observed_answers_are_never_overwritten(study: Study) -> None:
    """Once the record says that people answered, the command refuses and every file stays."""
    record = study.record_file("meting-1")
    text = record.read_text(encoding="utf-8")
    assert "herkomst: gesimuleerd" in text
    record.write_text(text.replace("herkomst: gesimuleerd", "herkomst: waargenomen"), encoding="utf-8")
    before = {path.name: path.read_bytes() for path in record.parent.iterdir()}
    with pytest.raises(NsocError) as raised:
        simulate_meting(study, "meting-1")
    assert str(raised.value) == (
        "Fout in data/raw/meting-1/meting.yml\n"
        "  gevonden: herkomst: waargenomen\n"
        "  verwacht: herkomst: gesimuleerd, voordat een export wordt overschreven\n"
        "  wat nu:   Laat waargenomen gegevens staan; nabootsen is alleen voor de demonstratie."
    )
    assert {path.name: path.read_bytes() for path in record.parent.iterdir()} == before
