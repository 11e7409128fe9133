"""The colophon: everything that a report of a study rests on, by the hash of its content."""

from __future__ import annotations

from pathlib import Path

import nbformat
from limesurvey_files import write_study
from small_reports import evaluation, notebook

from nsoc_lib.evaluation import Chapter, Part
from nsoc_lib.publish.colophon import colophon_rows
from nsoc_lib.publish.files import content_hash, write_whole
from nsoc_lib.sources.study import load_meting


def test_every_file_that_a_meting_names_has_its_hash(tmp_path: Path) -> None:
    """The structure of a questionnaire as well: it decides what an answer means."""
    study = write_study(tmp_path)
    for table in load_meting(study, "meting-9").table_sources:
        write_whole(study.data / "expectations" / f"{table}.json", b"{}")
    write_whole(study.data / "notebooks" / "a.ipynb", nbformat.writes(notebook()).encode())
    contents = evaluation(Part("Deel", bijlage=False, hoofdstukken=(Chapter("A", "a", {"meting": "meting-9"}),)))
    rows = colophon_rows(study, contents)
    assert [name for name, _ in rows][:4] == [
        "meting-9/meting.yml",
        "meting-9/export.csv",
        "meting-9/codeboek.yml",
        "meting-9/survey.lss",
    ]
    assert dict(rows)["meting-9/survey.lss"] == content_hash([study.raw / "meting-9" / "survey.lss"])
