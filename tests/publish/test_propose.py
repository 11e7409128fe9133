"""The step behind ``make codebook``: beside the export, never over somebody's work."""

from __future__ import annotations

from pathlib import Path

import invented_survey as survey
import limesurvey_files as limesurvey
import pytest
from conftest import ROOT

from nsoc_lib.codebook import Codebook
from nsoc_lib.errors import NsocError
from nsoc_lib.publish.propose import PROPOSAL, propose_for, show_given
from nsoc_lib.sources.study import load_yaml

EXPORTS = {
    "qualtrics.csv": survey.qualtrics_bytes(), "a.sav": survey.spss_bytes(), "a.xlsx": survey.excel_bytes(),
    "gewoon.csv": survey.plain_bytes(), "limesurvey.csv": limesurvey.csv_text().encode(),
}  # fmt: skip


def folder_with(root: Path, name: str, content: bytes) -> Path:
    path = root / "data" / "raw" / "meting-9" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("name", EXPORTS)
def test_a_proposal_for_each_program_loads_once_confirmed(tmp_path, name):
    """Of every program comes a codebook that the codebook reader takes, and suites for its tables."""
    path = folder_with(tmp_path, name, EXPORTS[name])
    structure = path.with_name("x.lss") if name.startswith("lime") else None
    if structure:
        structure.write_text(limesurvey.lss(), encoding="utf-8")
    made = propose_for(path, structure)
    assert made.bestanden[0] == PROPOSAL
    assert made.gissingen > 5
    text = path.with_name(PROPOSAL).read_text(encoding="utf-8")
    ready = path.with_name("codeboek.yml")
    ready.write_text("".join(line for line in text.splitlines(True) if "    volgorde:" not in line), encoding="utf-8")
    book = Codebook.build(load_yaml(ready, "codeboek.yml"))
    assert book.kolommen
    assert sorted(p.stem for p in (tmp_path / "data" / "expectations").iterdir()) == [
        "vragenlijst", "vragenlijst_keuzes", "vragenlijst_open_antwoorden", "vragenlijst_respondenten",
    ]  # fmt: skip


def test_the_structure_of_limesurvey_settles_labels_and_order(tmp_path):
    """With the .lss the answers are Oneens and Eens in that order, and no scale waits for confirmation."""
    path = folder_with(tmp_path, "a.csv", limesurvey.csv_text().encode())
    structure = path.with_name("x.lss")
    structure.write_text(limesurvey.lss(), encoding="utf-8")
    assert propose_for(path, structure).schalen == 0
    text = path.with_name(PROPOSAL).read_text(encoding="utf-8")
    assert '- {code: "A1", label: "Oneens"}\n      - {code: "A2", label: "Eens"}\n' in text


def test_work_of_a_researcher_is_never_overwritten(tmp_path):
    """With a proposal there the command stops and every file stays as it was; codeboek.yml is never touched."""
    path = folder_with(tmp_path, "a.csv", survey.plain_bytes())
    path.with_name("codeboek.yml").write_text("van mij", encoding="utf-8")
    propose_for(path)
    path.with_name(PROPOSAL).write_text("verbeterd", encoding="utf-8")
    with pytest.raises(NsocError, match="een voorstel dat er al staat"):
        propose_for(path)
    assert path.with_name(PROPOSAL).read_text(encoding="utf-8") == "verbeterd"
    assert path.with_name("codeboek.yml").read_text(encoding="utf-8") == "van mij"


def test_what_is_no_export_gets_no_proposal(tmp_path):
    """A PDF is refused by name, and nothing is written beside it."""
    path = folder_with(tmp_path, "a.csv", b"%PDF-1.7")
    with pytest.raises(NsocError, match="gevonden: een PDF"):
        propose_for(path)
    assert [p.name for p in path.parent.iterdir()] == ["a.csv"]


def test_suites_that_are_there_stay(tmp_path):
    """A suite that somebody wrote goes before what a machine proposes."""
    path = folder_with(tmp_path, "a.csv", survey.plain_bytes())
    own = tmp_path / "data" / "expectations" / "vragenlijst.json"
    own.parent.mkdir()
    own.write_text("van mij", encoding="utf-8")
    propose_for(path)
    assert own.read_text(encoding="utf-8") == "van mij"


def test_a_structure_belongs_to_limesurvey_alone(tmp_path):
    """With another program's export a structure is a mistake, not something to leave out in silence."""
    path = folder_with(tmp_path, "a.csv", EXPORTS["qualtrics.csv"])
    with pytest.raises(NsocError) as raised:
        propose_for(path, path.with_name("x.lss"))
    assert (raised.value.where, raised.value.expected, raised.value.remedy) == (
        "STRUCTURE",
        "een structuur (.lss of .R) alleen bij een export van LimeSurvey",
        "Laat STRUCTURE= weg.",
    )


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (Path("data/raw/x.csv"), "data/raw/x.csv"),
        (ROOT / "data/raw/x.csv", "data/raw/x.csv"),
        (Path("/elders/x.csv"), "x.csv"),
    ],
)
def test_a_path_is_shown_without_the_folders_of_a_machine(path, shown):
    """As it was typed, from the repository on, or by its name alone."""
    assert show_given(path, "FILE") == shown


def test_outside_a_study_no_suites_are_written(tmp_path):
    """An export that lies in a folder of its own gets a codebook beside it and nothing else."""
    path = tmp_path / "los" / "a.csv"
    path.parent.mkdir()
    path.write_bytes(EXPORTS["qualtrics.csv"])
    assert propose_for(path).bestanden == (PROPOSAL,)
    assert sorted(file.name for file in tmp_path.rglob("*") if file.is_file()) == ["a.csv", PROPOSAL]
