"""The step behind ``make new-meting``: a folder and a part in ``evaluatie.yml``, or nothing at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT

from nsoc_lib.errors import NsocError
from nsoc_lib.paths import Study
from nsoc_lib.publish.new_meting import add_meting
from nsoc_lib.sources.study import load_evaluation, load_meting

CONTENTS = (ROOT / "data" / "raw" / "evaluatie.yml").read_text(encoding="utf-8")


def study_with(root: Path, contents: str = CONTENTS) -> Study:
    study = Study(root / "data", root / "reports")
    study.raw.mkdir(parents=True)
    study.evaluation_file.write_bytes(contents.encode())
    return study


def lines_added(study: Study, before: str) -> list[str]:
    """Return the lines that are new, when what was there is still there in the same order."""
    old, added = iter([*before.splitlines(keepends=True), None]), []
    expected = next(old)
    for line in study.evaluation_file.read_bytes().decode().splitlines(keepends=True):
        if line == expected:
            expected = next(old)
        else:
            added.append(line)
    assert expected is None
    return added


def test_the_folder_and_the_part_are_made(tmp_path):
    """Every line of evaluatie.yml stays, the part comes before the appendices, and the record waits to be filled in."""
    study = study_with(tmp_path)
    assert add_meting(study, "meting-3") == ("data/raw/meting-3/meting.yml", "data/raw/evaluatie.yml")
    assert "  - titel: meting-3\n" in lines_added(study, CONTENTS)
    parts = load_evaluation(study).delen
    assert [part.bijlage for part in parts] == sorted(part.bijlage for part in parts)
    assert [part.titel for part in parts if not part.bijlage][-1] == "meting-3"
    with pytest.raises(
        NsocError, match='nog "vul in" bij: onderzoek, titel, bestand, formaat, toelichting, reden, vorm'
    ):
        load_meting(study, "meting-3")


@pytest.mark.parametrize("change", [
    lambda text: text.replace("\n", "\r\n"),
    lambda text: text.rstrip("\n"),
    lambda text: text + "# aan het eind\n",
    lambda text: "\ufeff" + text,
    lambda text: text.partition("  - titel: Bijlagen")[0] + "\n# na het laatste deel\n\n",
    lambda text: text.partition("delen:\n")[0] + "delen:\n- titel: A\n  hoofdstukken:\n  - {titel: B, notebook: codeboek}\nextra: 1\n".removesuffix("extra: 1\n"),
])  # fmt: skip
def test_whatever_the_file_looks_like_nothing_else_changes(tmp_path, change):
    """Line ends, a byte order mark, comments and another indent stay as they were."""
    study = study_with(tmp_path, change(CONTENTS))
    add_meting(study, "meting-3")
    if change(CONTENTS).endswith("\n"):
        lines_added(study, change(CONTENTS))
    assert [part.titel for part in load_evaluation(study).delen].count("meting-3") == 1


@pytest.mark.parametrize("name", ["../buiten", "Meting 3", "", "/tmp/x", ".", "a/b"])
def test_a_name_that_is_no_name_of_a_folder_writes_nothing(tmp_path, name):
    """A name cannot climb out of data/raw, and the contents stay as they were."""
    study = study_with(tmp_path)
    with pytest.raises(NsocError, match="Fout in NAME"):
        add_meting(study, name)
    assert study.evaluation_file.read_text(encoding="utf-8") == CONTENTS
    assert [path.name for path in study.raw.iterdir()] == ["evaluatie.yml"]


@pytest.mark.parametrize("contents", [
    CONTENTS.partition("delen:\n")[0] + "delen: [{titel: A, hoofdstukken: [{titel: B, notebook: codeboek}]}]\n",
    "delen: [",
])  # fmt: skip
def test_contents_that_cannot_take_a_part_are_left_alone(tmp_path, contents):
    """Parts on one line and broken YAML are refused with a place, before a folder is made."""
    study = study_with(tmp_path, contents)
    with pytest.raises(NsocError, match=r"Fout in data/raw/evaluatie\.yml"):
        add_meting(study, "meting-3")
    assert study.evaluation_file.read_text(encoding="utf-8") == contents
    assert not (study.raw / "meting-3").exists()


def test_a_folder_that_is_there_is_refused(tmp_path):
    """Work of somebody in the folder is not touched."""
    study = study_with(tmp_path)
    (study.raw / "meting-3").mkdir()
    with pytest.raises(NsocError, match="een map of bestand met deze naam"):
        add_meting(study, "meting-3")
    assert list((study.raw / "meting-3").iterdir()) == []
