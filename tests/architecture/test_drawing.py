"""The drawing of how data flows says what the code does."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from conftest import ROOT
from drawing import FLOWS, GROUPS, PLACES, STORES, files, groups_of, imported_groups, members, modules
from test_house_rules import EDGES, LIBRARY, ORDER, TOUCHES_FILES

WRITES = re.compile(
    r"\.write_text\(|\.write_bytes\(|\bwrite_whole\(|\bwrite_json\(|to_csv|to_parquet|\.mkdir\(|\.unlink\(|rmtree|"
    r"\.rename\(|\.replace\(path|open\([^)]*[\"'][wax]b?[\"']"
)


def test_every_module_belongs_to_one_group() -> None:
    """No module is drawn twice or not at all, and none is drawn that is not there."""
    assert {module: groups_of(module) for module in modules() if len(groups_of(module)) != 1} == {}
    assert set(modules()) == set(ORDER)
    named = [module for group in GROUPS.values() for module in group.modules]
    assert [module for module in named if module not in ORDER] == []
    assert [name for name in GROUPS if not members(name)] == []


@pytest.mark.parametrize("name", GROUPS)
def test_a_group_imports_only_groups_above_it(name: str) -> None:
    """The order of the table is the order of imports, so no two groups need each other."""
    order = list(GROUPS)
    assert [other for other in imported_groups(name) if order.index(other) > order.index(name)] == []


@pytest.mark.parametrize("name", GROUPS)
def test_a_group_is_joined_to_files_when_its_modules_may_touch_them(name: str) -> None:
    """An arrow from or to a box of files is drawn for the edges that the house rules name, and for no other group."""
    joined = any({start, end} & set(STORES) for start, end in FLOWS if name in (start, end))
    at_the_edge = [module for module in members(name) if module.split(".")[0] in EDGES or f"{module}.py" in EDGES]
    assert bool(at_the_edge) == joined


@pytest.mark.parametrize("name", [end for start, end in FLOWS if start in GROUPS and end in STORES])
def test_files_that_are_written_are_not_written_by_readers(name: str) -> None:
    """Only what publishes, or makes the environment, stands before an arrow to files."""
    writers = {start for start, end in FLOWS if end == name and start in GROUPS}
    assert not {module for group in writers for module in members(group) if module.startswith("sources.")}


@pytest.mark.parametrize("path", sorted((LIBRARY / "sources").glob("*.py")), ids=lambda path: path.stem)
def test_sources_only_read(path) -> None:
    """A reader leaves the disk as it found it."""
    assert WRITES.findall(path.read_text(encoding="utf-8")) == []


def test_writing_is_recognised() -> None:
    """What the rule on readers looks for is what modules that do write are made of."""
    publish = [path.read_text(encoding="utf-8") for path in sorted((LIBRARY / "publish").glob("*.py"))]
    assert sum(bool(WRITES.search(text)) for text in publish) > 10
    assert sum(bool(TOUCHES_FILES.search(text)) for text in publish) > 10


def test_everything_is_drawn_once_and_every_arrow_joins_two_boxes() -> None:
    """Each group and each kind of files has a place of its own."""
    assert set(PLACES) == set(GROUPS) | set(STORES)
    assert len(set(PLACES.values())) == len(PLACES)
    assert {name for flow in FLOWS for name in flow} <= set(PLACES)
    assert len(set(FLOWS)) == len(FLOWS)


def test_the_drawing_and_its_tables_are_up_to_date() -> None:
    """What stands in docs/ is what the code says now; ``python tests/architecture/drawing.py`` writes it."""
    for path, content in files():
        assert path.read_text(encoding="utf-8") == content, path.name


def test_the_picture_is_a_drawing_with_a_title() -> None:
    """It can be read by a program, says what it is, and asks nothing from elsewhere."""
    picture = (ROOT / "docs/beeld/architectuur.svg").read_text(encoding="utf-8")
    root = ET.fromstring(picture)
    space = "{http://www.w3.org/2000/svg}"
    assert root.find(f"{space}title") is not None
    assert len(root.findall(f"{space}g")) == len(PLACES)
    assert len(root.findall(f"{space}path")) == len(FLOWS)
    assert {len(box.findall(f"{space}text")) for box in root.findall(f"{space}g")} <= {2, 3}  # more would not fit
    assert re.findall(r"href|url\((?!#)|@import", picture) == []
