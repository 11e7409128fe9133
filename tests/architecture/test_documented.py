"""What a newcomer looks up is written down: what may go wrong in a function, and every key that a researcher types."""

from __future__ import annotations

import ast
import inspect
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import make_dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from test_house_rules import LIBRARY, MODULES, NOTEBOOKS, code_cells, name_of

from nsoc_lib.codebook import SYSTEEMKOLOMMEN
from nsoc_lib.disclosure_profile import DisclosureProfile
from nsoc_lib.errors import NsocError

# Which file of the researcher each module takes keys from.
TAKES_KEYS = {
    "meting": "meting.yml",
    "evaluation": "evaluatie.yml",
    "codebook": "codeboek.yml",
    "questions": "codeboek.yml",
    "scales": "codeboek.yml",
    "disclosure_profile": "onthulling.yml",
}
# The methods of an Entry that take a key.
TAKING = {"text", "whole", "whole_or", "code", "flag", "choice", "texts", "entry", "entries", "has", "holds"}


def public_functions(path: Path) -> Iterator[tuple[ast.FunctionDef, str]]:
    """Yield what other modules may call, with what is said of it: its docstring and that of its class.

    ``build`` checks raw values and ``refuse_…`` refuses: their names say that they raise.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in [tree, *(node for node in tree.body if isinstance(node, ast.ClassDef))]:
        around = ast.get_docstring(node) or "" if isinstance(node, ast.ClassDef) else ""
        for function in (part for part in node.body if isinstance(part, ast.FunctionDef)):
            if not re.match(r"_|build$|refuse_", function.name):
                yield function, f"{ast.get_docstring(function) or ''} {around}"


def raised_in(function: ast.FunctionDef) -> set[str]:
    """Return which of our own refusals a function makes itself: NsocError to a researcher, ValueError to a programmer."""
    made = [node.exc for node in ast.walk(function) if isinstance(node, ast.Raise) and node.exc is not None]
    return {ast.unparse(exc.func) for exc in made if isinstance(exc, ast.Call)} & {"NsocError", "ValueError"}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_what_a_function_raises_stands_in_its_docstring(path: Path) -> None:
    """Whoever calls a function knows what may come instead of an answer."""
    unsaid = [
        (function.name, raised_in(function) - set(re.findall(r"\w+", text)))
        for function, text in public_functions(path)
    ]
    assert [(name, names) for name, names in unsaid if names] == []


def test_raising_is_recognised() -> None:
    """The search sees what a function raises, and what its docstring leaves out."""
    tree = ast.parse(
        'def f(x):\n    """Return x."""\n    if x:\n        raise NsocError("a", found="b")\n    raise TypeError\n'
    )
    assert raised_in(tree.body[0]) == {"NsocError"}
    assert sum(bool(raised_in(function)) for path in MODULES for function, _ in public_functions(path)) > 50


def keys_of(module: str) -> set[str]:
    """Return the keys that a module takes from a mapping, as a method's first or a function's second argument."""
    keys = set()
    for node in ast.walk(ast.parse((LIBRARY / f"{module}.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            taking = isinstance(node.func, ast.Attribute) and node.func.attr in TAKING
            passing = isinstance(node.func, ast.Name) and len(node.args) > 1 and isinstance(node.args[0], ast.Name)
            given = node.args[:1] if taking else node.args[1:2] if passing else []
            keys |= {str(key.value) for key in given if isinstance(key, ast.Constant) and isinstance(key.value, str)}
    return {key for key in keys if key.isidentifier()}


def test_keys_are_taken_in_these_modules_only() -> None:
    """A module that takes keys from a file of the researcher is in the list above."""
    taking = {name_of(path) for path in MODULES if "from nsoc_lib.entries import" in path.read_text(encoding="utf-8")}
    assert {name for name in taking if "." not in name} - {"unfilled"} == set(TAKES_KEYS)  # that one takes no key


def test_every_key_that_a_researcher_types_is_explained() -> None:
    """The glossary has a row per key with the files it stands in, and none for a key that nothing reads."""
    files: dict[str, set[str]] = {key: {"codeboek.yml"} for key in SYSTEEMKOLOMMEN}
    for module, file in TAKES_KEYS.items():
        for key in keys_of(module):
            files.setdefault(key, set()).add(file)
    glossary = (ROOT / "docs/begrippenlijst.md").read_text(encoding="utf-8").split("## Keys in YAML")[1]
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \| [^|]{10,} \|$", glossary, re.MULTILINE)
    assert dict(rows) == {key: ", ".join(sorted(names)) for key, names in files.items()}
    assert len(rows) == len(dict(rows))
    assert [key for key, _ in rows] == sorted(key for key, _ in rows)


def test_keys_are_found_in_the_code() -> None:
    """The search misses no rule of a profile, whose keys are also fields."""
    fields = set(DisclosureProfile.__dataclass_fields__) - {"naam"}
    assert fields <= keys_of("disclosure_profile")


def test_what_a_notebook_imports_explains_itself() -> None:
    """Shift-Tab in JupyterLab shows a docstring of our own for every name that a notebook asks for."""
    found = {
        f"{node.module}.{alias.name}"
        for path in NOTEBOOKS
        for node in ast.walk(ast.parse("\n".join(code_cells(path))))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert len(found) > 100
    assert [name for name in sorted(found) if not explained(pkgutil.resolve_name(name))] == []


def explained(thing: Any) -> bool:
    """Whether this has a docstring that somebody wrote; Python gives a dataclass without one its signature."""
    said = inspect.getdoc(thing) or ""
    return bool(said) and not said.startswith(f"{getattr(thing, '__name__', '')}(")


def test_a_thing_without_words_is_recognised() -> None:
    """A function without a docstring and a dataclass with its signature for one do not pass."""
    assert [explained(thing) for thing in (lambda: None, make_dataclass("Leeg", ["naam"]), NsocError)] == [
        False,
        False,
        True,
    ]
