"""One name runs through the tree: whoever has the name of a table or a module finds its file, its suite and its tests."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from conftest import ROOT
from test_house_rules import LIBRARY, NOTEBOOKS

RECORDS = [*sorted(ROOT.glob("data/raw/*/meting.yml")), ROOT / "tests/voorbeelden/meting.yml"]
TABLES = {
    table["naam"]: (record.parent / table["bestand"], table["naam"])
    for record in RECORDS
    for table in yaml.safe_load(record.read_text(encoding="utf-8")).get("tabellen", [])
}
# What the generator of answers chose, for a person to look up; no chapter reads it.
FOR_PEOPLE = {"simulatie"}
# Tests of something that several modules do together, or that has another name for who uses it.
TOGETHER = {"command_line", "observed_under_profiles", "palette"}
MIRRORS = [
    path for folder in (".", "sources", "publish") for path in sorted((ROOT / "tests" / folder).glob("test_*.py"))
]


@pytest.mark.parametrize(("file", "name"), TABLES.values(), ids=TABLES)
def test_a_raw_file_has_the_name_of_its_table(file: Path, name: str) -> None:
    """The table ``opzet`` is ``opzet.csv``, and so are its suite and its Parquet file."""
    assert file.stem == name
    assert file.is_file()
    assert (ROOT / f"expectations/{name}.json").is_file()


def test_an_export_has_the_name_of_its_instrument() -> None:
    """The answers to the procesthermometer stand in procesthermometer.csv, and a notebook of that name shows them."""
    surveys = [s for record in RECORDS for s in yaml.safe_load(record.read_text(encoding="utf-8")).get("enquetes", [])]
    with_answers = [survey for survey in surveys if survey.get("bestand")]
    assert with_answers
    assert [s for s in with_answers if Path(s["bestand"]).stem != s["instrument"]] == []
    assert {survey["instrument"] for survey in with_answers} <= {path.stem for path in NOTEBOOKS}


def test_every_table_is_read() -> None:
    """A table that neither the library nor a notebook names tells nobody anything."""
    readers = [*LIBRARY.rglob("*.py"), *NOTEBOOKS]
    text = "\n".join(path.read_text(encoding="utf-8") for path in readers)
    unread = {name for name in TABLES if not re.search(rf"[\"']{name}[\"'\\]", text)}  # a notebook escapes its quotes
    assert unread == FOR_PEOPLE


def test_every_table_is_tried() -> None:
    """A test names each table, so that what it should hold is written down somewhere besides its suite."""
    paths = [
        path
        for path in (ROOT / "tests").rglob("*")
        if path.suffix in {".py", ".yml"} and path.name != Path(__file__).name
    ]
    text = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    assert [name for name in TABLES if not re.search(rf"\b{name}\b", text)] == []


@pytest.mark.parametrize("path", MIRRORS, ids=lambda path: path.stem)
def test_a_test_mirrors_a_module(path: Path) -> None:
    """``tests/test_shares.py`` is about ``shares``; a second file about a module begins with its name."""
    subject = path.stem.removeprefix("test_")
    names = {module.stem for module in LIBRARY.rglob("*.py")}
    known = {subject, subject.removeprefix("publish_")} & names or [n for n in names if subject.startswith(f"{n}_")]
    assert known or subject in TOGETHER
