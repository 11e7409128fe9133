"""From a folder of raw data to cleaned tables, for a program whose export comes with a structure."""

import json

import pandas as pd
import pytest
from limesurvey_files import write_study

from nsoc_lib.errors import NsocError
from nsoc_lib.publish.clean import clean_folder, raw_files
from nsoc_lib.sources.study import load_meting


def test_an_export_is_read_with_the_structure_of_its_record(tmp_path):
    """The structure that meting.yml names is read with the export, and the cleaned answers are those of the people."""
    own = write_study(tmp_path)
    clean_folder(own, "meting-9")
    frame = pd.read_parquet(own.table_file("meting-9", "thermometer"))
    assert frame["antwoord"].astype(object).fillna("").tolist() == ["Eens", "Eens", "Oneens", ""]


def test_a_change_in_the_structure_is_another_version_of_the_data(tmp_path):
    """The structure decides what an answer means, so the version of a table counts it."""
    own = write_study(tmp_path)

    def version() -> str:
        clean_folder(own, "meting-9")
        return str(json.loads(own.cleaning_file("meting-9").read_text(encoding="utf-8"))["datasets"]["thermometer"])

    before = version()
    path = own.raw / "meting-9" / "survey.lss"
    path.write_text(path.read_text(encoding="utf-8").replace("Wat hielp?", "Wat hielp u?"), encoding="utf-8")
    assert version() != before


def test_the_pipeline_watches_the_structure(tmp_path):
    """A new structure makes the step of cleaning run again."""
    own = write_study(tmp_path)
    assert own.raw / "meting-9" / "survey.lss" in raw_files(own, load_meting(own, "meting-9"))


def test_nothing_is_written_when_the_structure_is_broken(tmp_path):
    """A structure that cannot be read stops cleaning before a table is written."""
    own = write_study(tmp_path)
    (own.raw / "meting-9" / "survey.lss").write_text("<document>", encoding="utf-8")
    with pytest.raises(NsocError, match=r"Fout in data/raw/meting-9/survey\.lss"):
        clean_folder(own, "meting-9")
    assert not own.processed.exists()
