"""What the documents say that is there, is there; the numbers of the README are held against the report elsewhere."""

from __future__ import annotations

import re
import struct

import pytest
import yaml
from conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
# Made on the way, or an example of somebody else's: not in the repository.
MADE = re.compile(
    r"\breports/|\bdata/processed\b|meting-3|/path/to/|^data/(?:notebooks|expectations|lezers)\b|\.venv|voorstel"
)
OPTIONAL = {"data/raw/reacties.csv", "data/raw/vrijgaven.csv"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_link_leads_to_a_file(document) -> None:
    """Every link within the repository has a file at its end."""
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)[^)]*\)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS[:2], ids=lambda path: path.name)
def test_a_path_that_is_named_is_there(document) -> None:
    """A path between backticks is a file or a folder of the repository, unless it is made on the way."""
    named = re.findall(
        r"`((?:data|docs|expectations|notebooks|nsoc_lib|tests|reports)/[^`\s]*)`", document.read_text(encoding="utf-8")
    )
    kept = {path for path in named if not MADE.search(path)} - OPTIONAL
    assert kept
    assert [path for path in sorted(kept) if "<" not in path and not list(ROOT.glob(path.rstrip("/")))] == []


def test_the_folders_are_told_with_what_may_be_thrown_away() -> None:
    """Each folder of the repository has a line; what git ignores and ``make clean`` empties is disposable."""
    rows = re.findall(r"^\| (`[^|]+) \| [^|]+ \| (yes|no) \|$", README, re.MULTILINE)
    told = {folder: word for cell, word in rows for folder in re.findall(r"`([^`]+)`", cell)}
    ignored = set((ROOT / ".gitignore").read_text(encoding="utf-8").split())
    assert {folder for folder, word in told.items() if word == "yes"} == {"data/processed/", "reports/"}
    assert {folder for folder in told if folder in ignored} == {"data/processed/", "reports/"}
    top = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith((".", "__"))}
    assert {folder.split("/")[0] for folder in told} == top | {"reports"}


def test_the_picture_is_a_small_one_of_a_page_and_says_what_it_shows() -> None:
    """It is as wide as a screen, is no burden to download, has words in its place, and admits that answers are simulated."""
    content = (ROOT / "docs/beeld/rapport.png").read_bytes()
    width, height = struct.unpack(">II", content[16:24])
    assert content.startswith(b"\x89PNG")
    assert (width, 700 < height < 900, len(content) < 300_000) == (1280, True, True)
    alternative, caption = re.search(r"!\[([^\]]+)\]\(docs/beeld/rapport\.png\)\n\n\*([^*]+)\*", README).groups()
    assert len(alternative) > 40
    assert "simulated" in caption


def test_the_first_screen_comes_before_everything_else() -> None:
    """Within sixty lines: what it is, the picture, both commands, the folders, what is simulated and what may not be concluded."""
    first = "\n".join(README.splitlines()[:60])
    places = [
        first.index(word)
        for word in (
            "docs/beeld/rapport.png",
            "make report ",
            "make test ",
            "| `data/raw/` |",
            "**What is simulated.**",
            "**What may not be concluded.**",
        )
    ]
    assert places == sorted(places)


def test_own_study_takes_ten_steps() -> None:
    """From export to report there are ten numbered steps, in order."""
    part = README.split("## Your own study, from export to report")[1].split("\n## ")[0]
    assert re.findall(r"(?m)^(\d+)\. ", part) == [str(number) for number in range(1, 11)]


def test_the_citation_can_be_read_and_invents_nothing() -> None:
    """It has what the format asks, the version and licence of the project, and no address or number that does not exist."""
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert citation["cff-version"] == "1.2.0"
    assert set(citation) <= {
        "cff-version",
        "message",
        "title",
        "abstract",
        "type",
        "authors",
        "version",
        "license",
        "keywords",
    }
    assert {"message", "title", "authors"} <= set(citation)
    assert citation["authors"] == [{"name": "NSOC-evaluatie, ontwikkelteam"}]
    assert f'version = "{citation["version"]}"' in project
    assert f'license = "{citation["license"]}"' in project
    assert citation["type"] == "software"
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith(f"{citation['license']} License")


def test_a_decision_has_a_number_a_status_and_a_page_at_most() -> None:
    """Decisions are numbered without a gap or a double, under their own number, and are short enough to be read."""
    decisions = sorted((ROOT / "docs/adr").glob("*.md"))
    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))
    for number, path in enumerate(decisions, 1):
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {number}. "), path.name
        assert "\n*Accepted.* " in text, path.name
        assert len(text.splitlines()) <= 50, path.name
