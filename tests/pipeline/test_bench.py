"""The measurement: the plain script does the same work, and the table divides what it says it divides."""

from __future__ import annotations

import importlib.util
import multiprocessing
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest
from conftest import ROOT, StudyFolder, import_once

from nsoc_lib.paths import Study


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("measure", ROOT / "tests/bench/measure.py")
    assert spec
    assert spec.loader
    sys.path.insert(0, str(ROOT / "tests/bench"))  # where it finds its own modules as a script
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # a dataclass looks itself up
    spec.loader.exec_module(module)
    return module


def test_the_plain_script_gives_the_same_ledger_and_page(
    little: StudyFolder, bench: ModuleType, tmp_path: Path
) -> None:
    """Else the comparison would be with other work."""
    for name in ("raw", "expectations"):
        shutil.copytree(little.data / name, tmp_path / "data" / name)
    import_once()
    plain = importlib.import_module("plain_report")  # ``bench`` has put it within reach
    study = Study(tmp_path / "data", tmp_path / "reports")
    script = multiprocessing.get_context("fork").Process(target=plain.make_report, args=(study,))
    script.start()
    script.join()
    assert script.exitcode == 0
    for name in ("resultaten.csv", "evaluatierapport.html"):
        assert (study.reports / name).read_bytes() == (little.reports / name).read_bytes()


def test_a_command_is_measured_to_its_end(bench: ModuleType) -> None:
    """A process that sleeps costs time and no work; one that fails is no measurement."""
    cost = bench.measure("slaap", [sys.executable, "-S", "-c", "import time; time.sleep(0.6)"])
    assert cost.clock >= 0.6 > cost.processor
    with pytest.raises(RuntimeError, match="stopped with 3"):
        bench.measure("fout", [sys.executable, "-S", "-c", "raise SystemExit(3)"])


def test_the_table_shows_medians_and_ratios(bench: ModuleType) -> None:
    """Cold is divided by the script (12 of 10), a change by cold (3 of 12); the slow round does not count."""
    rounds = [
        {
            "kaal script": bench.Cost(10, 9, 200),
            "koud": bench.Cost(clock, 18, 300),
            "een notebook veranderd": bench.Cost(3, 2, 100),
        }
        for clock in (11, 12, 60)
    ]
    page = bench.table(rounds, bench.LIMITS)
    assert "| koud | 12.00 | 18.00 | 300 | 1.20 | 1.00 |" in page
    assert "| een notebook veranderd | 3.00 | 2.00 | 100 | 0.25 | 0.35 |" in page
    assert "1.50 keer" in page


def test_each_round_changes_another_answer(bench: ModuleType, little: StudyFolder, tmp_path: Path) -> None:
    """One line of the export differs, and not the same one in the next round."""
    lines = []
    for number in (0, 1):
        study = little.copy_to(tmp_path / str(number))
        bench.change_answer(study.data, number)
        before, after = little.export.read_text(encoding="utf-8"), study.export.read_text(encoding="utf-8")
        lines += [set(after.splitlines()) - set(before.splitlines())]
    assert len(lines[0]) == 1
    assert len(lines[1]) == 1
    assert lines[0] != lines[1]
