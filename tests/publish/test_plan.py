"""The plan of a report: what each step reads."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import pytest
from conftest import ROOT, StudyFolder, new_study

from nsoc_lib.errors import NsocError
from nsoc_lib.paths import Study
from nsoc_lib.publish.apart import call_beside
from nsoc_lib.publish.plan import plan_steps
from nsoc_lib.publish.steps import Step


def plan(tmp_path: Path, engine: str = "nsoc") -> dict[str, Step]:
    study = new_study(tmp_path)
    return {step.naam: step for step in plan_steps(Study(study.data, study.reports), engine)}


def modules(step: Step) -> set[str]:
    library = ROOT / "nsoc_lib"
    return {str(path.relative_to(library)) for path in step.leest if path.is_relative_to(library)}


def test_a_chapter_rests_on_the_modules_it_uses_and_no_others(tmp_path: Path) -> None:
    """A change in ``shares`` reruns the chapter on daadkracht; one in ``simulation`` or ``cleaning`` does not."""
    used = modules(plan(tmp_path)["hoofdstuk Uitvoering en daadkracht"])
    assert {"shares.py", "figures.py", "prose.py", "errors.py", "sources/cleaned.py"} <= used
    assert not used & {"simulation.py", "cleaning.py", "publish/validation.py", "publish/report.py"}


def test_cleaning_rests_on_readers_and_not_on_figures(tmp_path: Path) -> None:
    """A change in a reader reruns cleaning; a change in a figure does not."""
    used = modules(plan(tmp_path)["schoonmaken meting-1"])
    assert {"sources/qualtrics.py", "cleaning.py", "codebook.py"} <= used
    assert not used & {"figures.py", "tabulate.py", "publish/report.py"}


def test_the_report_rests_on_its_template(tmp_path: Path) -> None:
    """A change in the style sheet renders the page again and runs no chapter."""
    steps = plan(tmp_path)
    assert "publish/sjabloon/rapport.css" in modules(steps["rapport"])
    assert not any("sjabloon" in name for name in modules(steps["hoofdstuk Draagvlak"]))


def test_the_report_rests_on_the_whole_library(tmp_path: Path) -> None:
    """The colophon prints one hash of the library, so a change in any module renders the page again."""
    assert {"simulation.py", "cleaning.py", "__main__.py"} <= modules(plan(tmp_path)["rapport"])


def test_two_chapters_may_share_a_title(own: StudyFolder) -> None:
    """What tells two steps apart is the file they make, not the title a researcher gives."""
    own.replace("evaluatie.yml", "titel: Draagvlak", "titel: Draagkracht")
    done = own.run()
    assert done.code == 0, done.err
    assert own.page.count("</span> Draagkracht</h3>") == 2


def test_chapters_read_only_the_folders_that_their_parameters_name(tmp_path: Path) -> None:
    """The introduction takes its facts from ``kader`` and is not touched by a new export of meting 1."""
    reads = plan(tmp_path)["hoofdstuk Aanleiding en vragen"].leest
    assert any("kader" in path.parts for path in reads)
    assert not any("meting-1" in path.parts for path in reads)


def test_another_engine_or_parameter_counts_as_a_change(tmp_path: Path) -> None:
    """What is not a file is told to pytask as a value, which differs with the engine and the parameters."""
    here, kernel = plan(tmp_path / "a"), plan(tmp_path / "b", "kernel")
    assert here["hoofdstuk Draagvlak"].telt != kernel["hoofdstuk Draagvlak"].telt
    assert here["hoofdstuk Draagvlak"].telt != here["hoofdstuk Draagkracht"].telt


def test_every_table_of_a_large_folder_is_judged_once(tmp_path: Path) -> None:
    """The steps that judge ``kader`` read their own tables and suites; together they judge each table exactly once."""
    steps = [step for name, step in plan(tmp_path).items() if name.startswith("toetsen kader")]
    judged = [path.stem for step in steps for path in step.maakt]
    cleaned = [path.stem for path in plan(tmp_path / "b")["schoonmaken kader"].maakt if path.suffix == ".parquet"]
    assert len(steps) > 1
    assert judged == cleaned
    for step in steps:
        own = {path.stem for path in step.maakt}
        assert {path.stem for path in step.leest if path.suffix == ".parquet"} == own
        assert (
            set(step.argumenten[2]) == {path.stem for path in step.leest if path.parent.name == "expectations"} == own
        )


def test_an_unknown_engine_is_refused(tmp_path: Path) -> None:
    """The block names both that there are."""
    with pytest.raises(NsocError) as raised:
        plan_steps(Study(tmp_path, tmp_path), "papermill")
    assert str(raised.value) == (
        'Fout in ENGINE\n  gevonden: "papermill"\n  verwacht: nsoc of kernel\n  wat nu:   Laat ENGINE weg.'
    )


@pytest.mark.parametrize("title", ["Respons op de Procesthermometer", "Draagvlak"])
def test_a_chapter_finds_imported_what_it_needs(own: StudyFolder, title: str) -> None:
    """A chapter imports next to nothing itself, whether it draws or not: every chapter would do so again."""
    steps = plan_steps(Study(own.data, own.reports), "nsoc")
    step = next(step for step in steps if step.naam == f"hoofdstuk {title}")

    def imported() -> set[str]:
        for module in step.nodig:
            import_module(module)
        before = set(sys.modules)
        step.functie(*step.argumenten)
        return {name.partition(".")[0] for name in set(sys.modules) - before}

    with call_beside(imported) as names:
        assert names() <= {"bdb", "__main__"}


def test_the_names_of_modules_are_those_of_their_files(tmp_path: Path) -> None:
    """What a chapter imports ahead are the modules of the library that it rests on."""
    step = plan(tmp_path)["hoofdstuk Draagvlak"]
    names = {name for name in step.nodig if name.partition(".")[0] == "nsoc_lib"}
    assert {"nsoc_lib", "nsoc_lib.shares", "nsoc_lib.sources.cleaned"} <= names
    assert all(import_module(name) for name in names)
