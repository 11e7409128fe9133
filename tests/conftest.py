"""What several test files need: a study of their own, and a report built from it."""

from __future__ import annotations

import csv
import gc
import importlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import NoReturn

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from nsoc_lib.errors import NsocError
from nsoc_lib.paths import Study
from nsoc_lib.publish.browser import find_browser
from nsoc_lib.sources.disclosure import load_profile

ROOT = Path(__file__).resolve().parent.parent
PROFILE = load_profile(Study(ROOT / "data", ROOT / "reports"))  # wodc-praktijk
# For tests of counting: a profile that leaves the few answers of an invented questionnaire as they are.
OPEN_PROFILE = replace(PROFILE, kleinste_groep=1, eensgezindheid="toegestaan", kleinste_rol=2)
SMALL = (
    "inleiding", "respons", "procesthermometer", "leeragenda", "zekerheid", "berekend_naast_gepubliceerd", "datakwaliteit",
    "codeboek", "bronverschillen", "veldwerk",
)  # fmt: skip
# Chapters by notebook, and what stands in the lines of those that are left out: enough to see what a change does.
LITTLE = ("inleiding", "respons", "procesthermometer", "berekend_naast_gepubliceerd", "codeboek")
NOT_LITTLE = ("thema: daadkracht", "thema: opbrengsten", "meting: versterking-2021")
TINY = ("respons", "procesthermometer")
NOT_TINY = ("thema: daadkracht", "thema: draagvlak", "thema: opbrengsten")
SLOW = ("browser", "pipeline", "robust")  # folders of tests that make reports
# A slow machine is no fault of what is tested.
settings.register_profile("nsoc", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("nsoc")
TOKEN = re.compile(r'<data class="cijfer" data-id="([^"]+)" value="([^"]*)">([^<]*)</data>')


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let no core wait: deal the slow files to the processes of xdist; quick tests end the run, whoever has time."""
    items[:] = deal(items, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


def deal(items: Sequence[pytest.Item], hands: int) -> list[pytest.Item]:
    """Return the tests in as many equal parts as there are processes: what xdist gives each, to begin with."""
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    slow = [tests for path, tests in files.items() if path.parent.name in SLOW]
    quick = [item for item in items if item.path.parent.name not in SLOW]
    dealt: list[pytest.Item] = []
    for hand in range(hands):
        own = [item for tests in slow[hand::hands] for item in tests]
        room = max(0, (len(items) - len(dealt)) // (hands - hand) - len(own))
        dealt += [*own, *quick[:room]]
        quick = quick[room:]
    return [*dealt, *quick]


def pytest_collection_finish() -> None:
    """Keep thousands of tests out of every collection of garbage, here and in the forks, which would copy them."""
    gc.collect()
    gc.freeze()


@dataclass(frozen=True)
class Run:
    """What a researcher sees of one run of the command line."""

    code: int
    out: str
    err: str

    @property
    def done(self) -> set[str]:
        """The names of the steps that ran."""
        return set(re.findall(r"klaar: (.*) \(\d+,\d s\)", self.err))


@dataclass(frozen=True)
class StudyFolder:
    """A study outside the repository: ``data`` and ``reports`` in a folder of the test."""

    root: Path

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def raw(self) -> Path:
        return self.data / "raw"

    @property
    def reports(self) -> Path:
        return self.root / "reports"

    @property
    def page(self) -> str:
        return (self.reports / "evaluatierapport.html").read_text(encoding="utf-8")

    @property
    def export(self) -> Path:
        return self.raw / "meting-1" / "procesthermometer.csv"

    def results(self) -> dict[str, dict[str, str]]:
        """Return the published ledger by id."""
        with (self.reports / "resultaten.csv").open(encoding="utf-8", newline="") as file:
            return {row["id"]: row for row in csv.DictReader(file)}

    def tokens(self) -> dict[str, tuple[str, str]]:
        """Return what the page shows per result, in figures: plain value and shown text."""
        found = TOKEN.findall(self.page)
        return {key: (value, shown) for key, value, shown in found if re.search(r"\d", shown)}

    def copy_to(self, root: Path) -> StudyFolder:
        shutil.copytree(self.root, root, dirs_exist_ok=True)
        return StudyFolder(root)

    def replace(self, name: str, old: str, new: str) -> None:
        """Change one piece of text in a raw file, which must be there."""
        path = self.raw / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def change_answer(self, tag: str, old: str, new: str) -> None:
        """Change the first answer ``old`` in the column with this tag of the raw export."""
        with self.export.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        column = rows[0].index(tag)
        row = next(row for row in rows[3:] if row[column] == old)
        row[column] = new
        with self.export.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)

    def files(self) -> dict[str, bytes]:
        """Return every published file with its content."""
        return {str(p.relative_to(self.reports)): p.read_bytes() for p in self.reports.rglob("*") if p.is_file()}

    def run(self, *arguments: str, engine: str = "nsoc", **environment: str) -> Run:
        """Run ``nsoc_lib report`` on this study, as make does; with kernels or an environment as a program, else forked."""
        command = ["report", "--data", str(self.data), "--reports", str(self.reports), "--engine", engine, *arguments]
        if engine == "kernel" or environment:
            return run([sys.executable, "-m", "nsoc_lib", *command], **environment)
        return run_forked(command)

    def make(self, *arguments: str) -> Run:
        """Run ``make report`` on this study with the environment of the tests."""
        folders = [f"DATA={self.data}", f"REPORTS={self.reports}", f"PYTHON={sys.executable}"]
        return run(["make", "report", *folders, *arguments])


def run(command: list[str], seconds: float = 240, cwd: Path = ROOT, **changed: str) -> Run:
    # A make that was started by make would speak of the folder it enters.
    inherited = {name: value for name, value in os.environ.items() if name not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}}
    environment = inherited | {"PYTHONDONTWRITEBYTECODE": "", "DEBUG": ""} | changed
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=seconds, check=False
    )
    return Run(done.returncode, done.stdout, done.stderr)


def run_forked(arguments: list[str]) -> Run:
    """Run the command line in a fork of this process, which has its imports: the same run without five seconds of them.

    What make and a fresh Python add is for the tests that call ``make``.
    """
    import_once()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            in_fork(arguments, out.fileno(), err.fileno())
        _, status = os.waitpid(child, 0)
        out.seek(0)
        err.seek(0)
        return Run(os.waitstatus_to_exitcode(status), out.read().decode(), err.read().decode())


@cache
def import_once() -> None:
    """Import what a run needs, and its steps; warnings of libraries at that are not those of a test."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in ("pytask", "pytask_parallel", "nsoc_lib.__main__", "nsoc_lib.publish.pipeline"):
            importlib.import_module(name)
        steps = sys.modules["nsoc_lib.publish.pipeline"].plan_steps(Study(ROOT / "data", ROOT / "reports"), "nsoc")
        for name in dict.fromkeys(name for step in steps for name in step.nodig):
            importlib.import_module(name)


def in_fork(arguments: list[str], out: int, err: int) -> NoReturn:
    """Be a fresh command line as far as one can see: own streams, folder, arguments and warnings."""
    code = 70
    try:
        os.dup2(out, 1)
        os.dup2(err, 2)
        sys.stdout = sys.__stdout__ = io.TextIOWrapper(io.FileIO(1, "w", closefd=False), encoding="utf-8")
        sys.stderr = sys.__stderr__ = io.TextIOWrapper(io.FileIO(2, "w", closefd=False), encoding="utf-8")
        sys.argv = ["nsoc_lib", *arguments]
        os.chdir(ROOT)
        os.environ["DEBUG"] = ""
        warnings.resetwarnings()
        warnings.simplefilter("ignore")
        code = importlib.import_module("nsoc_lib.__main__").main()
    except BaseException:  # noqa: BLE001 (a fork has nobody to raise to)
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def new_study(root: Path) -> StudyFolder:
    """Return a study with the repository's raw data and nothing made from it yet."""
    shutil.copytree(ROOT / "data" / "raw", root / "data" / "raw")
    return StudyFolder(root)


def build_once(tmp_path_factory: pytest.TempPathFactory, name: str, build: Callable[[Path], Run]) -> StudyFolder:
    """Return a study that one of the processes of this test session builds and the others wait for."""
    own_folder = tmp_path_factory.getbasetemp()
    shared = own_folder.parent if "PYTEST_XDIST_WORKER" in os.environ else own_folder
    with FileLock(shared / f"{name}.slot"):
        ready = shared / f"{name}.klaar"
        if not ready.exists():
            shutil.rmtree(shared / name, ignore_errors=True)
            done = build(shared / name)
            assert done.code == 0, done.err
            ready.touch()
    return StudyFolder(shared / name)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> StudyFolder:
    """A study whose report was built once. Tests read it; who changes something copies it first."""
    return build_once(tmp_path_factory, "gebouwd", lambda root: new_study(root).run())


@pytest.fixture(scope="session")
def little(tmp_path_factory: pytest.TempPathFactory) -> StudyFolder:
    """A study of six chapters and one expectation per table, built once: what a change or a fault does shows there too."""
    return build_once(tmp_path_factory, "weinig", lambda root: new_little_study(root).run())


def new_small_study(root: Path, notebooks: Sequence[str] = SMALL, without: Sequence[str] = ()) -> StudyFolder:
    """Return a study with a few chapters, those of these notebooks, and nothing made from it yet.

    Left out are chapters with one of the texts ``without`` in their lines.
    """
    study = new_study(root)
    contents = study.raw / "evaluatie.yml"
    contents.write_text(keep_chapters(contents.read_text(encoding="utf-8"), notebooks, without), encoding="utf-8")
    return study


def new_tiny_study(root: Path, notebooks: Sequence[str] = TINY, without: Sequence[str] = NOT_TINY) -> StudyFolder:
    """Return a study of two chapters, one with a figure, or of others, and one expectation per table."""
    study = new_small_study(root, notebooks, without)
    expect_little(study, "Een tabel is er.")
    return study


def new_little_study(root: Path) -> StudyFolder:
    """Return a study of six chapters and one expectation per table, and nothing made from it yet."""
    return new_tiny_study(root, LITTLE, NOT_LITTLE)


def expect_little(study: StudyFolder, reason: str) -> None:
    """Give a study suites with one expectation each, for this reason: judging tables takes half the time of a run."""
    one = {"type": "expect_table_row_count_to_be_between", "kwargs": {"min_value": 0}, "severity": "critical",
           "meta": {"reden": reason}}  # fmt: skip
    folder = study.data / "expectations"
    folder.mkdir()
    for path in (ROOT / "expectations").glob("*.json"):
        (folder / path.name).write_text(json.dumps({"name": path.stem, "expectations": [one]}), encoding="utf-8")


@pytest.fixture(scope="session")
def browser_here() -> str:
    """The browser of this machine. Without one the test is skipped aloud, but in CI that is a failure."""
    try:
        return find_browser()
    except NsocError as error:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{error}\n.ci/run hoort het te installeren")
        pytest.skip(str(error))


def keep_chapters(contents: str, notebooks: Sequence[str] = SMALL, without: Sequence[str] = ()) -> str:
    """Return a table of contents with only the chapters of these notebooks, and no part without any."""

    def chosen(chapter: str) -> bool:
        notebook = re.search(r"notebook: (\w+)", chapter)
        return bool(notebook) and notebook[1] in notebooks and not any(text in chapter for text in without)

    head, *parts = re.split(r"(?m)^(?=  - titel:)", contents)
    kept = []
    for part in parts:
        title, *chapters = re.split(r"(?m)^(?=      - titel:)", part)
        those = [chapter for chapter in chapters if chosen(chapter)]
        kept += [title, *those] if those else []
    return head + "".join(kept)


@pytest.fixture
def own(little: StudyFolder, tmp_path_factory: pytest.TempPathFactory) -> StudyFolder:
    """A copy of the study of six chapters, free to change. Beside the original: pytask keeps relative paths."""
    return little.copy_to(tmp_path_factory.mktemp("eigen"))


@pytest.fixture(scope="session")
def altered(little: StudyFolder, tmp_path_factory: pytest.TempPathFactory) -> StudyFolder:
    """The study of six chapters after one answer on huisvesting was changed, built once. Tests read it."""

    def alter(root: Path) -> Run:
        study = little.copy_to(root)
        study.change_answer("Q1_1", "Helemaal mee eens", "Neutraal")
        return study.run()

    return build_once(tmp_path_factory, "veranderd", alter)


@pytest.fixture
def whole(built: StudyFolder, tmp_path_factory: pytest.TempPathFactory) -> StudyFolder:
    """A copy of the study with every chapter, free to change."""
    return built.copy_to(tmp_path_factory.mktemp("heel"))
