"""The tutorial is done word for word, in a copy of the repository and in a home folder of the test.

In ``docs/tutorial/README.md`` a fenced ``sh`` block is typed, a ``text`` block is what it printed (times differ, and a
line ``…`` stands for lines left out), a ``diff`` block under "In `file`:" is an edit, and a quotation stands in the report,
with a bar between the cells of a table.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import ROOT, Run, run

TUTORIAL = ROOT / "docs" / "tutorial" / "README.md"
PIECE = re.compile(
    r"^In `(?P<file>[^`]+)`:\n\n```diff\n(?P<diff>.*?)^```$|^```(?P<kind>\w+)\n(?P<text>.*?)^```$|^(?P<quote>(?:> [^\n]*\n)+)",
    re.DOTALL | re.MULTILINE,
)
LEFT_OUT = "…"
TIME = re.compile(r"\d+,\d s")
NOT_COPIED = shutil.ignore_patterns(".*", "processed", "reports", "tests")


@dataclass(frozen=True)
class Piece:
    """One thing that the tutorial has the reader type, see, change or read; ``file`` is set for a change."""

    kind: str
    text: str
    file: str = ""


@dataclass(frozen=True)
class Walk:
    """What came of every piece: a run for what was typed, and the page as it was when a quotation came."""

    repository: Path
    before: dict[str, bytes]
    runs: list[tuple[Piece, Run]]
    shown: list[tuple[Piece, Run]]
    quoted: list[tuple[Piece, str]]


def read_pieces(text: str) -> list[Piece]:
    """Return the pieces of a tutorial in order."""
    pieces = []
    for found in PIECE.finditer(text):
        if found["file"]:
            pieces.append(Piece("diff", found["diff"], found["file"]))
        elif found["quote"]:
            pieces.append(
                Piece("quote", " ".join(line[2:].replace(" | ", " ") for line in found["quote"].splitlines()))
            )
        else:
            pieces.append(Piece(found["kind"], found["text"]))
    return pieces


def edit(content: str, diff: str) -> str:
    """Return content with one edit made; the lines before it must be there, and only once."""
    lines = diff.splitlines()
    old = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("+"))
    new = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("-"))
    assert f"\n{content}".count(f"\n{old}") == 1, f"not once in the file:\n{old}"
    return f"\n{content}".replace(f"\n{old}", f"\n{new}")[1:]


def edit_file(path: Path, diff: str) -> None:
    """Edit a text file, or the one cell of a notebook that has the lines."""
    content = path.read_text(encoding="utf-8")
    if path.suffix != ".ipynb":
        path.write_text(edit(content, diff), encoding="utf-8")
        return
    notebook = json.loads(content)
    old = "".join(f"{line[1:]}\n" for line in diff.splitlines() if not line.startswith("+"))
    (cell,) = [cell for cell in notebook["cells"] if old in "".join(cell["source"]) + "\n"]
    cell["source"] = edit("".join(cell["source"]) + "\n", diff).removesuffix("\n").splitlines(keepends=True)
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def was_printed(shown: str, output: str) -> bool:
    """Tell whether lines were printed below each other, with others in between only where the tutorial says so."""
    shown, output = (f"\n{TIME.sub('x s', text)}\n" for text in (shown.strip("\n"), output))
    place = 0
    for part in filter(None, (lines.strip("\n") for lines in f"{shown}\n".split(f"\n{LEFT_OUT}\n"))):
        found = output.find(f"\n{part}\n", place)
        if found < 0:
            return False
        place = found + len(part) + 1
    return True


def read_files(repository: Path) -> dict[str, bytes]:
    """Return what is in the repository, but for the bytecode of Python."""
    files = [path for path in repository.rglob("*") if path.is_file() and path.parent.name != "__pycache__"]
    return {path.relative_to(repository).as_posix(): path.read_bytes() for path in files}


def read_page(home: Path) -> str:
    """Return the report as a reader sees it; nothing when there is none, and then a test tells which command failed."""
    path = home / "oefening" / "reports" / "evaluatierapport.html"
    page = path.read_text(encoding="utf-8") if path.exists() else ""
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"</?(data|span|a|button)\b[^>]*>", "", page)).split())


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """Do the whole tutorial, once."""
    home = tmp_path_factory.mktemp("thuis")
    repository = home / "repository"
    shutil.copytree(ROOT, repository, ignore=NOT_COPIED)
    caches = os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))  # where matplotlib keeps its list of fonts
    environment = {"HOME": str(home), "PYTHON": sys.executable, "XDG_CACHE_HOME": caches}
    walk = Walk(repository, read_files(repository), [], [], [])
    for piece in read_pieces(TUTORIAL.read_text(encoding="utf-8")):
        if piece.kind == "sh":
            walk.runs.append((piece, run(["bash", "-e", "-c", piece.text], cwd=repository, **environment)))
        elif piece.kind == "text":
            walk.shown.append((piece, walk.runs[-1][1]))
        elif piece.kind == "diff":
            edit_file(Path(piece.file.replace("$HOME", str(home))), piece.text)
        else:
            walk.quoted.append((piece, read_page(home)))
    return walk


def test_every_command_ends_as_the_tutorial_says(walk: Walk) -> None:
    """A command succeeds, unless the tutorial shows the block of a mistake; then it fails."""
    refused = [run for shown, run in walk.shown if shown.text.startswith("Fout in ")]
    assert len(refused) == 1
    for piece, done in walk.runs:
        assert (done.code != 0) == (done in refused), f"{piece.text}{done.out}{done.err}"


def test_what_the_tutorial_shows_was_printed(walk: Walk) -> None:
    """Every line of output in the tutorial is what a reader gets, but for the times."""
    assert len(walk.shown) > 5
    for piece, done in walk.shown:
        assert was_printed(piece.text, done.out) or was_printed(piece.text, done.err), (
            f"{piece.text}{done.out}{done.err}"
        )


def test_what_the_tutorial_quotes_is_in_the_report(walk: Walk) -> None:
    """Every sentence that the reader is told to look for stands in the report at that moment."""
    assert len(walk.quoted) > 5
    assert [piece.text for piece, page in walk.quoted if piece.text not in page] == []


def test_nothing_of_the_repository_changes(walk: Walk) -> None:
    """The reader works on a copy: afterwards each file of the repository is as it was, and there is no other."""
    assert len(walk.before) > 400
    assert read_files(walk.repository) == walk.before


def test_the_tutorial_leaves_nothing_behind(walk: Walk) -> None:
    """The last command removes what the others made."""
    assert not (walk.repository.parent / "oefening").exists()


@pytest.mark.parametrize(("shown", "told"), [
    ("a\nb\n", True),
    ("a\n…\nd\n", True),
    ("klaar (9,9 s)\n", True),
    ("a\nc\n", False),
    ("d\n…\na\n", False),
    ("e\n", False),
])  # fmt: skip
def test_a_line_that_was_not_printed_is_noticed(shown: str, told: bool) -> None:  # noqa: FBT001
    """Order counts, and so does what stands between two lines."""
    assert was_printed(shown, "a\nb\nc\nd\nklaar (0,1 s)\n") == told


def test_an_edit_of_lines_that_are_not_there_is_noticed() -> None:
    """An edit is made in one place or not at all."""
    assert edit("a\nb\nc\n", "-b\n+x\n+y\n") == "a\nx\ny\nc\n"
    for diff in ("-d\n+x\n", "-a\n-c\n+x\n"):
        with pytest.raises(AssertionError, match="not once in the file"):
            edit("a\nb\nc\n", diff)
