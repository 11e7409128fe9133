"""From a folder of raw data to cleaned tables, for a program whose export comes with a structure."""

import json
from pathlib import Path

import pandas as pd
import pytest
import yaml
from fictitious import raw_record
from limesurvey_files import CODEBOOK, csv_text, lss, write

from nsoc_lib.errors import NsocError
from nsoc_lib.paths import Study
from nsoc_lib.publish.clean import clean_folder
from nsoc_lib.publish.pipeline import _raw_files
from nsoc_lib.sources.study import load_meting


def study(root: Path, *, structure: bool = True) -> Study:
    """Return a study of one meting with an export of LimeSurvey, full texts in its heading."""
    folder = root / "data" / "raw" / "meting-9"
    folder.mkdir(parents=True)
    record = raw_record("meting-9", "", "waargenomen", 4)
    record["enquetes"][0] |= {"formaat": "limesurvey"} | ({"structuur": "survey.lss"} if structure else {})
    for name, content in (("meting.yml", record), ("codeboek.yml", CODEBOOK)):
        (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    write(folder, "export.csv", csv_text("beide", "teksten"))
    write(folder, "survey.lss", lss(), mark="")
    return Study(root / "data", root / "reports")


def test_an_export_is_read_with_the_structure_of_its_record(tmp_path):
    """The structure that meting.yml names is read with the export, and the cleaned answers are those of the people."""
    own = study(tmp_path)
    clean_folder(own, "meting-9")
    frame = pd.read_parquet(own.table_file("meting-9", "thermometer"))
    assert frame["antwoord"].astype(object).fillna("").tolist() == ["Eens", "Eens", "Oneens", ""]


def test_a_change_in_the_structure_is_another_version_of_the_data(tmp_path):
    """The structure decides what an answer means, so the version of a table counts it."""
    own = study(tmp_path)

    def version() -> str:
        clean_folder(own, "meting-9")
        return str(json.loads(own.cleaning_file("meting-9").read_text(encoding="utf-8"))["datasets"]["thermometer"])

    before = version()
    path = own.raw / "meting-9" / "survey.lss"
    path.write_text(path.read_text(encoding="utf-8").replace("Wat hielp?", "Wat hielp u?"), encoding="utf-8")
    assert version() != before


def test_the_pipeline_watches_the_structure(tmp_path):
    """A new structure makes the step of cleaning run again."""
    own = study(tmp_path)
    assert own.raw / "meting-9" / "survey.lss" in _raw_files(own, load_meting(own, "meting-9"))


def test_nothing_is_written_when_the_structure_is_broken(tmp_path):
    """A structure that cannot be read stops cleaning before a table is written."""
    own = study(tmp_path)
    (own.raw / "meting-9" / "survey.lss").write_text("<document>", encoding="utf-8")
    with pytest.raises(NsocError, match=r"Fout in data/raw/meting-9/survey\.lss"):
        clean_folder(own, "meting-9")
    assert not own.processed.exists()
