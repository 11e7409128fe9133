"""What changes reaches the page, what does not change is not done again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from conftest import ROOT, StudyFolder, run

THEMES = {"hoofdstuk Draagvlak", "hoofdstuk Draagkracht"}
KWALITEIT = """\
      - titel: Kwaliteit van de gegevens
        notebook: datakwaliteit
        parameters: {metingen: meting-1, kader: kader}
"""


def edit_cell(study: StudyFolder, name: str, cell_type: str, add: str) -> None:
    """Give the study its own copy of a notebook, with text added to the last cell of a type."""
    folder = study.data / "notebooks"
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.ipynb"
    if not path.exists():
        shutil.copy(ROOT / "notebooks" / f"{name}.ipynb", path)
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = [cell for cell in notebook["cells"] if cell["cell_type"] == cell_type][-1]
    cell["source"] = [*cell["source"], add]
    path.write_text(json.dumps(notebook), encoding="utf-8")


def test_one_changed_answer_changes_the_number_on_the_page(little: StudyFolder, altered: StudyFolder) -> None:
    """Huisvesting is 23 of 28; one "helemaal mee eens" less makes it 22 of 28, which is 79 percent."""
    key = "meting-1.procesthermometer.draagkracht.huisvesting.eens"
    assert little.tokens()[key][1] == "82%"
    assert altered.tokens()[key][1] == "79%"
    before, after = little.results(), altered.results()
    assert after[key]["count"] == "22"
    changed = {k for k in after if after[k]["value"] != before[k]["value"]}
    own_numbers = ("", ".aantal", ".minstens", ".hoogstens")
    comparisons = ("gelijk", "eens-afgerond", "als-som")
    assert changed == {
        *(key + name for name in own_numbers),
        *(f"meting-1.vergelijking.{name}" for name in comparisons),
    }


def test_a_second_make_does_nothing(own: StudyFolder) -> None:
    """With nothing changed make says so and leaves every file alone, its time included."""
    assert own.make().code == 0  # the copy has new times, so make looks once
    before = {path: path.stat().st_mtime_ns for path in own.root.rglob("*") if path.is_file()}
    done = own.make()
    assert done.code == 0
    assert done.out.startswith("Niets te doen")
    assert {path: path.stat().st_mtime_ns for path in own.root.rglob("*") if path.is_file()} == before


def test_a_folder_may_have_a_space_in_its_name(own: StudyFolder, tmp_path: Path) -> None:
    """A study in "mijn studie" is built by make, found up to date, and cleaned without touching other files."""
    study = own.copy_to(tmp_path / "mijn studie")
    assert study.make().code == 0
    assert study.make().out.startswith("Niets te doen")
    (study.reports / "aantekening.txt").write_text("van de onderzoeker", encoding="utf-8")
    assert run(["make", "clean", f"DATA={study.data}", f"REPORTS={study.reports}"]).code == 0
    assert [path.name for path in study.reports.iterdir()] == ["aantekening.txt"]
    assert {path.name for path in study.data.iterdir()} == {"raw", "expectations"}


def test_a_file_touched_but_not_changed_reruns_no_step(own: StudyFolder) -> None:
    """Saving a raw file without a change makes make look, and nothing is done again."""
    assert own.make("PYTHON=true").code == 0  # make keeps its list of inputs, as after a run
    own.export.touch()
    done = own.make()
    assert (done.code, done.done) == (0, set())


def test_a_changed_cell_reruns_the_chapters_of_that_notebook(own: StudyFolder) -> None:
    """A code cell changed in ``respons`` reruns one chapter, in ``procesthermometer`` both of its themes."""
    edit_cell(own, "respons", "code", "\n# een opmerking\n")
    assert own.run().done == {"hoofdstuk Respons op de Procesthermometer", "rapport"}
    edit_cell(own, "procesthermometer", "code", "\n# een opmerking\n")
    assert own.run().done == {*THEMES, "rapport"}


def test_a_changed_sentence_reaches_the_page(own: StudyFolder) -> None:
    """Prose that a researcher adds to a notebook is on the page after the next run."""
    edit_cell(own, "respons", "markdown", "\n\nEen zin van de onderzoeker.")
    assert own.run().code == 0
    assert ">Een zin van de onderzoeker.</p>" in own.page


def test_a_changed_parameter_reruns_that_chapter(own: StudyFolder) -> None:
    """A chapter with another parameter is another chapter; the one it replaces is taken away."""
    own.replace("evaluatie.yml", "parameters: {meting: meting-1, thema: draagvlak}",
                "parameters: {thema: draagvlak, meting: meting-1}")  # fmt: skip
    done = own.run()
    assert done.done == {"hoofdstuk Draagvlak", "rapport"}
    names = {path.name for path in (own.reports / "notebooks").iterdir()}
    assert "procesthermometer-draagvlak-meting-1.ipynb" in names
    assert "procesthermometer-meting-1-draagvlak.ipynb" not in names


def test_a_changed_codebook_reruns_what_reads_it(own: StudyFolder) -> None:
    """A new short name reruns cleaning and every chapter on that meting, not the introduction."""
    own.replace("meting-1/codeboek.yml", "kort: Huisvesting voldoet", "kort: Huisvesting is goed")
    done = own.run()
    assert done.code == 0, done.err
    assert {"schoonmaken meting-1", "hoofdstuk Draagkracht", "hoofdstuk Vragenlijst en codeboek"} <= done.done
    assert "hoofdstuk Aanleiding en vragen" not in done.done
    assert "Huisvesting is goed" in own.page


def test_a_deleted_input_is_noticed(own: StudyFolder) -> None:
    """Make sees that a raw file is gone, names it, and leaves the earlier report alone."""
    assert own.make("PYTHON=true").code == 0  # make keeps its list of inputs, as after a run
    before = own.files()
    (own.raw / "meting-1" / "gepubliceerd.csv").unlink()
    done = own.make()
    assert done.code != 0
    assert "gepubliceerd.csv" in done.err
    assert own.files() == before


def test_a_deleted_report_is_made_again(little: StudyFolder, own: StudyFolder) -> None:
    """Who throws the page away gets the same page back."""
    assert own.make("PYTHON=true").code == 0  # make keeps its list of inputs, as after a run
    (own.reports / "evaluatierapport.html").unlink()
    assert own.make().code == 0
    assert own.files() == little.files()


def test_a_study_may_bring_its_own_suite(own: StudyFolder) -> None:
    """A suite in DATA/expectations goes before the repository's; a warning becomes a finding on the page."""
    before = "      - titel: Vragenlijst en codeboek\n"
    own.replace("evaluatie.yml", before, KWALITEIT + before)
    suite = json.loads((ROOT / "expectations" / "respondenten.json").read_text(encoding="utf-8"))
    suite["expectations"].append(
        {
            "type": "expect_column_values_to_be_between",
            "kwargs": {"column": "voortgang", "min_value": 100, "max_value": 100},
            "severity": "warning",
            "meta": {"reden": "Iedereen maakt de vragenlijst af."},
        }
    )
    (own.data / "expectations" / "respondenten.json").write_text(json.dumps(suite), encoding="utf-8")
    done = own.run()
    assert done.code == 0, done.err
    assert "Iedereen maakt de vragenlijst af." in own.page
    assert "5 van 28 rijen wijken af" in own.page


def test_only_the_data_and_reports_folders_are_written(altered: StudyFolder) -> None:
    """A study outside the repository writes DATA/processed and REPORTS and nothing else."""
    given = {path.relative_to(ROOT / "data" / "raw") for path in (ROOT / "data" / "raw").rglob("*")}
    assert {path.relative_to(altered.raw) for path in altered.raw.rglob("*")} == given
    assert {path.name for path in altered.root.iterdir()} == {"data", "reports"}
    assert {path.name for path in altered.data.iterdir()} == {"raw", "processed", "expectations"}
