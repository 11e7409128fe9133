"""The commands that the documents name: each is there, takes the variables it is given, and the cheap ones run."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest
from conftest import ROOT, Run, StudyFolder, new_study, run

DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
# Read by the program itself, so no recipe shows them.
EXPORTED = {"DEBUG"}
COMMAND = re.compile(r"make(?: (?:[A-Z]+=(?:\"[^\"]*\"|\S+)|[a-z][a-z-]*))*")


def code_of(text: str) -> list[str]:
    """Return what a document sets as code: the lines of its shell blocks, and what stands between backticks."""
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    return [re.sub(r"\s+#.*", "", line).strip() for line in [*"".join(blocks).splitlines(), *inline]]


def read_by_make(name: str) -> bool:
    return re.search(rf"\$\({name}\)|^export {name}\b", MAKEFILE, re.MULTILINE) is not None


def commands_of(path: Path) -> list[str]:
    return sorted({piece for piece in code_of(path.read_text(encoding="utf-8")) if re.match(r"make\b", piece)})


COMMANDS = sorted({command for path in DOCUMENTS for command in commands_of(path)})


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_in_the_documents_is_a_command_of_make(command: str) -> None:
    """It is made of targets of the Makefile and variables, and what a variable says reaches the recipe."""
    assert COMMAND.fullmatch(command), command
    words = shlex.split(os.path.expandvars(command))[1:]
    assert {word for word in words if "=" not in word} <= TARGETS
    dry = run(["make", "-n", *words])
    assert dry.code == 0, dry.err
    given = dict(word.split("=", 1) for word in words if "=" in word)
    assert [name for name in given if not read_by_make(name)] == []
    assert [name for name, value in given.items() if name not in EXPORTED and value not in dry.out] == []


def test_a_variable_beside_a_command_is_one_of_the_makefile() -> None:
    """A variable that is named alone, as in ``ENGINE=kernel``, is read in a recipe."""
    alone = {
        found[1]
        for path in DOCUMENTS[:2]
        for piece in code_of(path.read_text(encoding="utf-8"))
        if (found := re.fullmatch(r"([A-Z]+)=\S*", piece))
    }
    assert {"ENGINE", "DEBUG", "PYTHON"} <= alone
    assert [
        name for name in sorted(alone) if not re.search(rf"\$\({name}\)|^export {name}\b", MAKEFILE, re.MULTILINE)
    ] == []


def test_a_program_of_ours_that_the_documents_start_is_there() -> None:
    """``python -m nsoc_lib…`` names a module, and the command line knows the word after it."""
    pieces = [piece for path in DOCUMENTS for piece in code_of(path.read_text(encoding="utf-8"))]
    started = [found for piece in pieces if (found := re.search(r"python -m (nsoc_lib\S*) ?(\S*)", piece))]
    assert started
    command_line = (ROOT / "nsoc_lib/__main__.py").read_text(encoding="utf-8")
    for module, word in ((found[1], found[2]) for found in started):
        path = ROOT / module.replace(".", "/")
        assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file(), module
        assert module != "nsoc_lib" or word.startswith("-") or f"def {word.replace('-', '_')}(" in command_line


def test_the_steps_of_the_readme_before_a_report_run_as_they_stand(tmp_path: Path) -> None:
    """A place is made, a file is looked at, a codebook proposed, and what is not filled in named: with meting 1's export."""
    study = new_study(tmp_path)
    export = study.raw / "meting-3" / "export.csv"
    assert make(study, "make new-meting NAME=meting-3", export).code == 0
    shutil.copy(study.export, export)
    looked = make(study, "make doctor FILE=export.csv", export)
    assert "28 rijen met deelnemers" in looked.out
    assert looked.code == 2  # the columns of e-mail addresses are there
    assert make(study, "make codebook FILE=data/raw/meting-3/export.csv", export).code == 0
    proposed = (study.raw / "meting-3" / "codeboek.voorstel.yml").read_text(encoding="utf-8")
    assert "# te bevestigen: " in proposed
    assert "volgorde: te bevestigen" in proposed
    assert 'nog "vul in" bij: ' in make(study, "make why", export).err


def make(study: StudyFolder, command: str, export: Path) -> Run:
    """Run a command that the README names on this study and this export."""
    assert command in commands_of(ROOT / "README.md")
    words = [f"FILE={export}" if word.startswith("FILE=") else word for word in command.split()]
    return run([*words, f"DATA={study.data}", f"REPORTS={study.reports}", f"PYTHON={sys.executable}"])
