"""The step behind ``make new-notebook``: a notebook and the line that makes it a chapter, or nothing at all."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
import yaml
from conftest import ROOT

from nsoc_lib.errors import NsocError
from nsoc_lib.paths import REPOSITORY, Study
from nsoc_lib.publish.new_notebook import add_notebook, chapter_line


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """A study outside the repository that reads the repository's raw data."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "raw").symlink_to(ROOT / "data" / "raw")
    return Study(tmp_path / "data", tmp_path / "reports")


def test_the_notebook_is_about_the_first_questionnaire_of_the_study(study):
    """It is valid as JupyterLab sees it, named after the chapter, with the parameters that the line gives it."""
    made = add_notebook(study, "hoe_het_ging")
    assert made.bestand == "data/notebooks/hoe_het_ging.ipynb"
    assert made.regel == (
        "- {titel: Hoe het ging, notebook: hoe_het_ging, parameters: {meting: meting-1, instrument: procesthermometer}}"
    )
    notebook = nbformat.read(study.notebook_file("hoe_het_ging"), as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    (parameters,) = [cell.source for cell in notebook.cells if cell.metadata.get("tags") == ["parameters"]]
    assert parameters.splitlines()[0] == 'meting: str = "meting-1"  # map onder data/raw'
    assert "# Hoe het ging\n" in notebook.cells[0].source


def test_it_goes_where_the_study_keeps_its_notebooks(study):
    """The repository's own study has them beside data, so that the command writes what make report reads."""
    own = Study(REPOSITORY / "data", REPOSITORY / "reports")
    assert own.new_notebook_file("nieuw") == REPOSITORY / "notebooks" / "nieuw.ipynb"
    assert study.new_notebook_file("nieuw") == study.data / "notebooks" / "nieuw.ipynb"


@pytest.mark.parametrize("name", ["../buiten", "Hoe het ging", "", "/tmp/x", ".", "a/b", "a.ipynb"])
def test_a_name_that_is_no_name_of_a_file_writes_nothing(study, name):
    """A name cannot climb out of the folder."""
    with pytest.raises(NsocError, match="Fout in NAME"):
        add_notebook(study, name)
    assert not (study.data / "notebooks").exists()


@pytest.mark.parametrize(("name", "where"), [
    ("respons", "notebooks/respons.ipynb"),
    ("eigen", "data/notebooks/eigen.ipynb"),
])  # fmt: skip
def test_a_name_that_is_taken_is_refused(study, name, where):
    """A notebook of the repository is not hidden by accident, and one of the study not overwritten."""
    mine = study.data / "notebooks" / "eigen.ipynb"
    mine.parent.mkdir()
    mine.write_text("van mij", encoding="utf-8")
    with pytest.raises(NsocError) as caught:
        add_notebook(study, name)
    assert str(caught.value) == (
        f"Fout in {where}\n"
        "  gevonden: een notebook met deze naam\n"
        "  verwacht: een naam die nog vrij is\n"
        "  wat nu:   Kies een andere naam, of werk verder in dit notebook."
    )
    assert [path.name for path in mine.parent.iterdir()] == ["eigen.ipynb"]
    assert mine.read_text(encoding="utf-8") == "van mij"


def test_without_answers_there_is_nothing_to_start_from(study):
    """A study of tables alone, or with answers of nobody knows how many people, is told so."""
    raw = study.data / "raw"
    raw.unlink()
    (raw / "kader").mkdir(parents=True)
    (raw / "kader" / "meting.yml").write_text("meting: kader\ntitel: Kader\n", encoding="utf-8")
    chapter = "{titel: A, notebook: meerwaarde, parameters: {kader: kader}}"
    head = "titel: A\nondertitel: B\nopstellers: C\nstatus: concept\nversie: v\ndatum: D\nverantwoording: [E]\n"
    study.evaluation_file.write_text(f"{head}delen: [{{titel: A, hoofdstukken: [{chapter}]}}]\n", encoding="utf-8")
    with pytest.raises(NsocError, match="geen meting met antwoorden en een aantal genodigden"):
        add_notebook(study, "nieuw")
    assert not (study.data / "notebooks").exists()


@pytest.mark.parametrize("name", ["2024", "null", "ja-nee", "on"])
def test_the_line_reads_back_as_text(name):
    """A name that YAML takes for a number or nothing is quoted."""
    line = chapter_line(name.capitalize(), name, {"meting": name})
    (read,) = yaml.safe_load(line)
    assert read == {"titel": name.capitalize(), "notebook": name, "parameters": {"meting": name}}
