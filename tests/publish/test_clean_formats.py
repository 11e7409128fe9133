"""The step from raw to processed for files of SPSS, Excel and a plain CSV, as meting.yml names them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import invented_survey as survey
import pandas as pd
import pytest
import yaml
from fictitious import raw_record

from nsoc_lib.errors import NsocError
from nsoc_lib.meting import FORMATEN
from nsoc_lib.paths import Study
from nsoc_lib.publish.clean import READERS, clean_folder


def new_study(root: Path, content: bytes, **changes: Any) -> Study:
    """Return a study with one invented meting, whose file has this content."""
    study = Study(root / "data", root / "reports")
    folder = study.raw / "meting-9"
    folder.mkdir(parents=True)
    record = raw_record("meting-9", "", "waargenomen", 10)
    record["enquetes"][0] |= {"bestand": "antwoorden", "keuzevragen": True} | changes
    (folder / "antwoorden").write_bytes(content)
    (folder / "meting.yml").write_text(yaml.safe_dump(record, allow_unicode=True), encoding="utf-8")
    (folder / "codeboek.yml").write_text(yaml.safe_dump(survey.raw_codebook(), allow_unicode=True), encoding="utf-8")
    return study


def test_every_format_has_a_reader():
    """A format that meting.yml may name can be read."""
    assert set(READERS) == set(FORMATEN)


@pytest.mark.parametrize(
    ("content", "changes"),
    [
        (survey.spss_bytes(), {"formaat": "spss"}),
        (survey.excel_bytes(), {"formaat": "excel"}),
        (survey.excel_bytes(), {"formaat": "excel", "blad": "Sheet"}),
        (survey.plain_bytes(), {"formaat": "csv"}),
    ],
    ids=["spss", "excel", "excel, blad genoemd", "csv"],
)
def test_a_file_of_each_format_becomes_tables(tmp_path, content, changes):
    """Whatever the program, the tables of Qualtrics come out; only the row in the file differs."""
    tables = []
    for place, own in (("een", content), ("twee", survey.qualtrics_bytes())):
        study = new_study(tmp_path / place, own, **(changes if place == "een" else {}))
        clean_folder(study, "meting-9")
        tables.append([pd.read_parquet(path).drop(columns="rij")
                       for path in sorted(study.processed.glob("meting-9/*.parquet"))])  # fmt: skip
    assert len(tables[0]) == len(tables[1]) == 4
    for first, second in zip(*tables, strict=True):
        pd.testing.assert_frame_equal(first, second)


def test_a_sheet_that_is_not_there_stops_the_run(tmp_path):
    """Nothing is written when meting.yml names a sheet that the file does not have."""
    study = new_study(tmp_path, survey.excel_bytes(), formaat="excel", blad="Blad9")
    with pytest.raises(NsocError, match="data/raw/meting-9/antwoorden, blad Blad9"):
        clean_folder(study, "meting-9")
    assert not study.processed.exists()
