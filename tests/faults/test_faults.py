"""The corpus of faulty inputs is sound, its judge can tell right from wrong, and a fixed sample is caught."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest
from changes import CHANGES
from conftest import StudyFolder, new_study
from faults import CAUGHT, DAMAGE, OTHER, ROOT, SILENT, TRACEBACK, Fault, judge, kept, load_faults, run_fault
from mutations import mutate
from settings import SETTINGS

BLOCK = "Fout in a.csv\n  gevonden: x\n  verwacht: y\n  wat nu:   z"
FAULT = Fault("tabel", "proef", "data/raw/a.csv", {}, ("Fout in a.csv", "wat nu:"))


def test_every_case_can_be_done() -> None:
    """Names are unique within a kind, changes and settings are known, and a file to spoil is one of ours or made first."""
    faults = load_faults()
    assert [one for one, times in Counter((f.soort, f.naam) for f in faults).items() if times > 1] == []
    assert {kind for fault in faults for kind in fault.wijziging} <= set(CHANGES)
    assert {fault.opstelling for fault in faults} <= {"", *SETTINGS}
    assert all(fault.melding and all(fault.melding) for fault in faults)
    ours = [fault for fault in faults if fault.bestand.startswith("data/raw/") and not fault.opstelling]
    made = {"tekst", "bytes", "zip", "map"}  # these write the file as well
    assert [f.naam for f in ours if not made & set(f.wijziging) and not (ROOT / f.bestand).exists()] == []


@pytest.mark.parametrize(
    ("code", "shown", "damaged", "outcome"),
    [
        (1, BLOCK, False, CAUGHT),
        (1, BLOCK, True, DAMAGE),
        (0, BLOCK, False, SILENT),
        (1, BLOCK.replace("a.csv", "b.csv"), False, OTHER),
        (1, f"{BLOCK}\n{BLOCK}", False, OTHER),
        (1, f"{BLOCK}\x1b[2J", False, OTHER),
        (1, BLOCK + "w" * 5_000, False, OTHER),
        (2, BLOCK.replace("a.csv", "het programma zelf"), False, TRACEBACK),
        (1, f"Traceback (most recent call last)\n{BLOCK}", False, TRACEBACK),
        (-11, BLOCK, False, TRACEBACK),
    ],
)
def test_the_judge_tells_right_from_wrong(code: int, shown: str, outcome: str, *, damaged: bool) -> None:
    """Caught is one readable block with the words that were asked for, and nothing else."""
    assert judge(FAULT, code, shown, damaged=damaged) == outcome


@pytest.mark.parametrize("name", ["tien miljoen haken in YAML", "omgekeerde leesrichting in de naam van een bestand"])
def test_a_sample_of_the_corpus_is_caught(little: StudyFolder, name: str) -> None:
    """The rest is for ``make faults``."""
    (fault,) = [fault for fault in load_faults() if fault.naam == name]
    judged = run_fault(little.root, fault)
    assert judged.outcome == CAUGHT, judged.shown


def test_a_seed_gives_one_change(tmp_path: Path) -> None:
    """The same seed changes the same file of a study in the same way, and only that file."""
    studies = [new_study(tmp_path / name) for name in ("een", "twee")]
    said = [mutate(study.root, random.Random("1-3")) for study in studies]
    assert said[0] == said[1]
    ours, theirs = (kept(study.root) for study in studies)
    assert ours == theirs
    original = {f"data/raw/{name}": content for name, content in kept(ROOT / "data/raw").items()}
    assert [name for name in ours if ours[name] != original.get(name)] == [said[0][0]]
