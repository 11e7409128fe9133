"""Our own engine beside the stock kernel on real notebooks: three on every run, all with ``make engines``."""

from __future__ import annotations

import os
import sys

import nbformat
from conftest import StudyFolder, keep_chapters, run

SAMPLE = ("inleiding", "respons", "leeragenda")
ALL = os.environ.get("ENGINES") == "all"


def test_both_engines_publish_the_same(own: StudyFolder, request: object) -> None:
    """Executed notebooks, their pages, figures, the ledger and the report are equal byte for byte."""
    study: StudyFolder = request.getfixturevalue("whole") if ALL else own  # type: ignore[attr-defined]
    if not ALL:
        contents = study.raw / "evaluatie.yml"
        contents.write_text(keep_chapters(contents.read_text(encoding="utf-8"), SAMPLE), encoding="utf-8")
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
