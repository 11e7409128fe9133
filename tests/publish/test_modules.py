"""What a notebook rests on: the modules it imports, and what those import in turn."""

import nbformat
import pytest

from nsoc_lib.paths import REPOSITORY
from nsoc_lib.publish.modules import imports_as_formatted, module_closure, modules_of_notebook, parse_imports


@pytest.fixture
def names_of(tmp_path):
    """Return a function that tells the names of the modules a notebook with these cells rests on."""

    def names(*cells: str) -> set[str]:
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        notebook.cells.append(nbformat.v4.new_markdown_cell("from nsoc_lib import simulation"))
        path = tmp_path / "proef.ipynb"
        nbformat.write(notebook, path)
        return {file.relative_to(REPOSITORY).as_posix() for file in modules_of_notebook(path)}

    return names


def test_a_module_without_imports_of_ours_stands_alone(names_of):
    """What is known of characters rests on nothing but the package itself."""
    assert names_of("from nsoc_lib.characters import visible") == {"nsoc_lib/__init__.py", "nsoc_lib/characters.py"}


def test_what_a_module_imports_counts_as_well(names_of):
    """Prose rests on results, which rest on rounding."""
    found = names_of("from nsoc_lib.prose import tell")
    assert {"nsoc_lib/prose.py", "nsoc_lib/result.py", "nsoc_lib/rounding.py", "nsoc_lib/errors.py"} <= found


def test_what_is_not_imported_does_not_count(names_of):
    """A change in drawing does not rerun a notebook that only tells."""
    assert not {"nsoc_lib/figures.py", "nsoc_lib/simulation.py"} & names_of("from nsoc_lib.prose import tell")


@pytest.mark.parametrize(
    "line",
    [
        "import nsoc_lib.svg",
        "from nsoc_lib import svg",
        "def later():\n    import nsoc_lib.svg",
        "class A:\n    async def later(self):\n        with x:\n            import nsoc_lib.svg",
        "if x:\n    pass\nelse:\n    import nsoc_lib.svg",
        "try:\n    pass\nexcept A:\n    import nsoc_lib.svg",
        "try:\n    pass\nfinally:\n    import nsoc_lib.svg",
        "match x:\n    case 1:\n        import nsoc_lib.svg",
        "for x in y:\n    pass\nelse:\n    while x:\n        import nsoc_lib.svg",
    ],
)
def test_every_way_to_import_is_seen(names_of, line):
    """Whole modules, names from the package and imports inside any block all count."""
    assert "nsoc_lib/svg.py" in names_of(line)


def test_imports_of_all_code_cells_count_and_prose_does_not(names_of):
    """Two cells add up; an import written in a markdown cell is only text."""
    found = names_of("import nsoc_lib.svg", "import nsoc_lib.entries")
    assert {"nsoc_lib/svg.py", "nsoc_lib/entries.py"} <= found
    assert "nsoc_lib/simulation.py" not in found


def test_other_libraries_are_not_ours(names_of):
    """Pandas is pinned by the lock, so it is no file to watch."""
    assert names_of("import pandas", "import nsoc_library") == {"nsoc_lib/__init__.py"}


@pytest.mark.parametrize("odd", ["%matplotlib inline", "!ls", "await something()"])
def test_a_cell_that_is_no_plain_python_hides_no_dependency(names_of, odd):
    """A notebook with a magic command still reruns when the module it draws with changes."""
    assert "nsoc_lib/figures.py" in names_of(odd, "from nsoc_lib.figures import plot_likert")


def test_a_sub_package_counts_with_its_init():
    """Importing a reader runs the file of its package too."""
    names = {path.relative_to(REPOSITORY).as_posix() for path in module_closure(["nsoc_lib.sources.tabular"])}
    assert {"nsoc_lib/sources/__init__.py", "nsoc_lib/sources/tabular.py", "nsoc_lib/__init__.py"} <= names


def test_files_are_listed_once_and_sorted():
    """The list is the same from run to run, so it can be hashed."""
    found = module_closure(["nsoc_lib.figures", "nsoc_lib.tabulate", "nsoc_lib.figures"])
    assert found == sorted(set(found))
    assert len(found) > 5


def test_a_module_that_does_not_exist_is_left_to_the_notebook():
    """Running the cell says what is wrong; looking for dependencies does not."""
    assert module_closure(["nsoc_lib.bestaat_niet"]) == []


@pytest.mark.parametrize("content", ["geen json", "[]", '{"cells": 7}', '{"cells": [{"cell_type": "code"}]}'])
def test_what_is_no_notebook_rests_on_the_package_alone(tmp_path, content):
    """Running it will say what is wrong with it."""
    path = tmp_path / "proef.ipynb"
    path.write_text(content, encoding="utf-8")
    assert [file.relative_to(REPOSITORY).as_posix() for file in modules_of_notebook(path)] == ["nsoc_lib/__init__.py"]


def test_a_cell_that_is_no_python_takes_no_other_along(names_of):
    """A bracket too many in one cell leaves what the next one imports."""
    assert names_of("print((", "from nsoc_lib.characters import visible") == {
        "nsoc_lib/__init__.py",
        "nsoc_lib/characters.py",
    }


@pytest.mark.parametrize("path", sorted((REPOSITORY / "nsoc_lib").rglob("*.py")), ids=lambda path: path.stem)
def test_the_imports_of_our_modules_are_read_as_python_reads_them(path):
    """The quick look at a formatted module finds what its syntax tree holds; only in a text it may find more."""
    source = path.read_text(encoding="utf-8")
    quick, parsed = set(imports_as_formatted(source)), set(parse_imports(source))
    assert quick >= parsed
    assert quick == parsed or path.stem == "new_notebook"  # which holds a notebook as a text
