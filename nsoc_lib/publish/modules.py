"""Which modules of the library a notebook or a step rests on, so that a change reruns just that."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from nsoc_lib.paths import REPOSITORY

PACKAGE = "nsoc_lib"
_IMPORT = re.compile(
    rf"^[ ]*(?:from ({PACKAGE}[\w.]*) import (?:\(([^)]*)\).*|(.*))|import ({PACKAGE}[\w.]*).*)$", re.MULTILINE
)


def modules_of_notebook(path: Path) -> list[Path]:
    """Return the files of our library that a notebook imports, directly or not."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return module_closure([PACKAGE])  # running it will say that it is no notebook
    return module_closure([PACKAGE, *(name for source in sources for name in _imported_in_cell(source))])


@cache  # a notebook may make many chapters
def _imported_in_cell(source: str) -> tuple[str, ...]:
    """Leave out magics (``%`` and ``!``); a cell that is no Python is reported when it is run."""
    python = "\n".join(line for line in source.splitlines() if not line.lstrip().startswith(("%", "!")))
    try:
        return tuple(parse_imports(python))
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # what a parser makes of a cell of brackets
        return ()


def module_name(path: Path) -> str:
    """Return the name under which a file of our library is imported."""
    parts = path.relative_to(REPOSITORY).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def module_closure(names: Iterable[str]) -> list[Path]:
    """Return the files of these modules and of all they import within our library, sorted."""
    seen: set[str] = set()
    todo = list(names)
    while todo:
        name = todo.pop()
        if name in seen or _file(name) is None:
            continue
        seen.add(name)
        todo += [*_imports_of(name), *([name.rpartition(".")[0]] if "." in name else [])]
    return sorted(path for path in map(_file, seen) if path)


@cache
def _imports_of(name: str) -> tuple[str, ...]:
    path = _file(name)
    return tuple(imports_as_formatted(path.read_text(encoding="utf-8"))) if path else ()


def imports_as_formatted(source: str) -> list[str]:
    """Return the modules and names of our library that a module of it imports.

    To parse all of the library took a quarter of a second at each start. Its modules are formatted by ruff, so an import begins
    a line and stands on one, or between brackets; a test holds this against ``parse_imports``. A line within a text that looks
    like an import counts as one.
    """
    names: list[str] = []
    for package, within, on_line, module in _IMPORT.findall(source):
        if module:
            names.append(module)
            continue
        said = re.sub("#.*", "", within or on_line).split(",")
        names += [package, *(f"{package}.{name.split()[0]}" for name in said if name.strip())]
    return names


def parse_imports(source: str) -> list[str]:
    """Return the modules and names of our library that any Python imports. Raises SyntaxError when it is none."""
    names: list[str] = []
    for node in _statements(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return [name for name in names if name.split(".")[0] == PACKAGE]


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """Yield every statement under a node: an import is never within an expression, of which there are far more."""
    for field in ("body", "orelse", "finalbody", "handlers", "cases"):
        for child in getattr(node, field, ()):
            yield child
            yield from _statements(child)


@cache
def _file(name: str) -> Path | None:
    base = REPOSITORY.joinpath(*name.split("."))
    for path in (base.with_suffix(".py"), base / "__init__.py"):
        if path.is_file():
            return path
    return None
