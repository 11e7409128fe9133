"""Why a report would do something again: the same hashes as the run, said in Dutch."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import ROOT, StudyFolder, run_forked
from test_schedule import copy

from nsoc_lib.paths import Study
from nsoc_lib.publish import why
from nsoc_lib.publish.schedule import run_steps
from nsoc_lib.publish.steps import Step


@pytest.fixture
def study(tmp_path: Path) -> Study:
    study = Study(tmp_path / "data", tmp_path / "reports")
    for folder in (study.raw, study.state, study.reports):
        folder.mkdir(parents=True)
    (study.raw / "bron").write_text("een")
    return study


@pytest.fixture
def explain(study: Study, monkeypatch: pytest.MonkeyPatch):
    """Return a function that explains two steps, raw → clean → report, or runs them."""

    def ask(telt: str = "", *, run: bool = False) -> list[str]:
        raw, clean, report = study.raw / "bron", study.processed / "schoon", study.reports / "rapport"
        steps = [
            Step("eerst", copy, (raw, clean), (raw,), telt, (clean,)),
            Step("dan", copy, (clean, report), (clean,), "", (report,)),
        ]
        monkeypatch.setattr(why, "plan_steps", lambda *_: steps)
        if run:
            run_steps(steps, study.state, 2)
        return why.explain_report(study, "nsoc")

    return ask


def test_what_was_never_done_is_said_to_be_so(explain):
    """Before the first run both steps are new; after it there is nothing to do."""
    assert explain() == ["eerst: nog niet gedaan", "dan: nog niet gedaan"]
    assert explain(run=True) == []


def test_a_changed_file_is_named_and_what_follows_is_conditional(explain, study):
    """The step that reads the file runs; the next one only if the outcome differs."""
    explain(run=True)
    (study.raw / "bron").write_text("een ")
    assert explain() == ["eerst: data/raw/bron is veranderd", 'dan: als "eerst" iets anders oplevert']
    assert explain(run=True) == []  # a space makes no other outcome


def test_a_setting_that_changed_is_said(explain):
    """A parameter is no file."""
    explain(run=True)
    assert explain("anders")[0] == "eerst: parameters of ENGINE zijn veranderd"


def test_what_is_gone_or_was_edited_is_named(explain, study):
    """A product that somebody removed or wrote in is made again."""
    explain(run=True)
    (study.reports / "rapport").write_text("met de hand")
    assert explain() == ["dan: reports/rapport is veranderd"]
    (study.reports / "rapport").unlink()
    assert explain() == ["dan: reports/rapport is weg"]
    (study.raw / "bron").unlink()
    assert explain()[0] == "eerst: data/raw/bron is er niet, data/raw/bron is weg"


def test_explaining_runs_and_writes_nothing(explain, study):
    """Files and their times stay as they are."""
    explain(run=True)
    (study.raw / "bron").write_text("twee")
    before = {path: path.stat().st_mtime_ns for path in study.data.parent.rglob("*")}
    explain()
    assert {path: path.stat().st_mtime_ns for path in study.data.parent.rglob("*")} == before


def save_in_jupyterlab(study: StudyFolder, name: str) -> Path:
    """Give the study a copy of a notebook as JupyterLab saves it after running it: outputs, counts, metadata."""
    path = study.data / "notebooks" / f"{name}.ipynb"
    path.parent.mkdir(exist_ok=True)
    notebook = json.loads((ROOT / "notebooks" / path.name).read_text(encoding="utf-8"))
    notebook["metadata"] = {
        "kernelspec": {"name": "lab", "display_name": "Lab"},
        "language_info": {"name": "python", "version": "3.99"},
    }
    for number, cell in enumerate(notebook["cells"]):
        cell["metadata"] |= {"jupyter": {"source_hidden": True}, "collapsed": True}
        cell["source"] = "".join(cell["source"])
        if cell["cell_type"] == "code":
            cell["execution_count"] = number
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["een antwoord\n"]}]
    path.write_text(json.dumps(notebook, indent=1) + "\n", encoding="utf-8")
    return path


def test_a_notebook_that_was_only_run_and_saved_reruns_nothing(own: StudyFolder) -> None:
    """Why says nothing, the run does nothing and publishes nothing; one letter more and both name that chapter."""
    assert own.run().code == 0
    before = own.files()
    path = save_in_jupyterlab(own, "respons")
    command = ["why", "--data", str(own.data), "--reports", str(own.reports)]
    assert run_forked(command).out == "Niets te doen: reports/evaluatierapport.html is bij.\n"
    assert own.run().done == set()
    assert own.files() == before
    saved = path.read_text(encoding="utf-8")
    assert "from nsoc_lib.prose" in saved
    path.write_text(saved.replace("from nsoc_lib.prose", "# a\\nfrom nsoc_lib.prose", 1), encoding="utf-8")
    asked = run_forked(command)
    assert asked.out == (
        "Dit zou make report opnieuw doen:\n"
        "  hoofdstuk Respons op de Procesthermometer: data/notebooks/respons.ipynb is veranderd\n"
        "  rapport: data/notebooks/respons.ipynb is veranderd\n"
    )
    done = own.run()
    assert done.done == {"hoofdstuk Respons op de Procesthermometer", "rapport"}, done.err
