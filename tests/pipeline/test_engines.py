"""Our own engine beside the stock kernel on real notebooks: three on every run, all with ``make engines``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import nbformat
import pytest
from conftest import StudyFolder, new_tiny_study, run

SAMPLE = ("inleiding", "respons", "leeragenda")
ALL = os.environ.get("ENGINES") == "all"


def test_both_engines_publish_the_same(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Executed notebooks, their pages, figures, the ledger and the report are equal byte for byte."""
    study: StudyFolder = request.getfixturevalue("whole") if ALL else new_tiny_study(tmp_path, SAMPLE, ())
    assert study.run().code == 0
    ours = study.files()
    done = run([sys.executable, "-m", "nsoc_lib", "report", "--data", str(study.data), "--reports", str(study.reports),
                "--engine", "kernel"], seconds=3600)  # fmt: skip
    assert done.code == 0, done.err
    kernel = study.files()
    notebooks = [name for name in ours if name.endswith(".ipynb")]
    chapters = {name for name in done.done if name.startswith("hoofdstuk")}
    assert len(chapters) == len(notebooks) >= (40 if ALL else len(SAMPLE))
    for name in notebooks:
        cells = nbformat.reads(ours[name].decode(), as_version=4).cells
        assert any(cell.get("outputs") for cell in cells), name
    assert {name for name in ours | kernel if ours.get(name) != kernel.get(name)} == set()
