"""The in-process engine: what a notebook stores is what a kernel would have stored."""

import builtins
import multiprocessing
import os
import sys
from pathlib import Path

import nbformat
import papermill
import pytest
from papermill.exceptions import PapermillExecutionError
from small_reports import notebook

from nsoc_lib.publish.engine import ENGINE_NAME, register_engine


def _run(source: Path, target: Path, home: Path) -> None:
    os.environ["IPYTHONDIR"] = os.environ["HOME"] = str(home)
    vars(builtins).pop("_", None)  # a doctest in this process leaves its last result there, and IPython then keeps off
    register_engine()
    try:
        papermill.execute_notebook(
            source, target, engine_name=ENGINE_NAME, kernel_name="python3", progress_bar=False, log_output=False
        )
    except PapermillExecutionError:
        sys.exit(3)


@pytest.fixture
def execute(tmp_path):
    """Return a function that runs code cells in a forked child and gives the executed code cells back."""

    def run(*cells: str, code: int = 0) -> list[nbformat.NotebookNode]:
        source, target = tmp_path / "bron.ipynb", tmp_path / "uitgevoerd.ipynb"
        nbformat.write(notebook(*map(nbformat.v4.new_code_cell, cells)), source)
        (tmp_path / "thuis").mkdir(exist_ok=True)
        child = multiprocessing.get_context("fork").Process(target=_run, args=(source, target, tmp_path / "thuis"))
        child.start()
        child.join()
        assert child.exitcode == code
        executed = nbformat.read(target, as_version=4)
        nbformat.validate(executed)
        return [cell for cell in executed.cells if cell.cell_type == "code"]

    return run


def kinds(cell: nbformat.NotebookNode) -> list[str]:
    return [output.output_type for output in cell.outputs]


def test_printed_and_rich_outputs_keep_their_order(execute):
    """Print, display, print, last expression: four outputs in that order."""
    (cell,) = execute("from IPython.display import display\nprint('voor')\ndisplay('rijk')\nprint('na')\n6 * 7")
    assert kinds(cell) == ["stream", "display_data", "stream", "execute_result"]
    assert [cell.outputs[0].text, cell.outputs[1].data["text/plain"], cell.outputs[2].text] == [
        "voor\n",
        "'rijk'",
        "na\n",
    ]
    assert cell.outputs[3].data["text/plain"] == "42"


def test_lines_printed_in_a_row_are_one_output(execute):
    """A notebook stores consecutive text of one stream together."""
    (cell,) = execute("print('a')\nprint('b')")
    assert [(output.name, output.text) for output in cell.outputs] == [("stdout", "a\nb\n")]


def test_warnings_and_prints_go_to_streams_of_their_own(execute):
    """Text on stderr is stored as stderr, between what was printed before and after."""
    (cell,) = execute("import sys\nprint('a')\nprint('b', file=sys.stderr)\nprint('c')")
    assert [(output.name, output.text) for output in cell.outputs] == [
        ("stdout", "a\n"),
        ("stderr", "b\n"),
        ("stdout", "c\n"),
    ]


def test_an_object_that_describes_itself_keeps_every_form(execute):
    """What the library shows is stored with HTML, plain text and results alike."""
    (cell,) = execute("from nsoc_lib.prose import tell\ntell('Goed.')")
    assert cell.outputs[0].data["text/html"] == "<p>Goed.</p>"
    assert set(cell.outputs[0].data) == {"text/html", "text/plain", "application/vnd.nsoc.resultaat+json"}


def test_cells_share_what_they_define(execute):
    """A later cell sees the names of an earlier one, and the result of the one before."""
    cells = execute("a = 20", "a + 1", "a + _")
    assert [cell.outputs[0].data["text/plain"] for cell in cells[1:]] == ["21", "41"]


def test_nothing_is_stored_for_an_assignment_or_a_semicolon(execute):
    """A cell without a shown value has no output."""
    assert [cell.outputs for cell in execute("a = 1", "a;", "None")] == [[], [], []]


def test_cells_are_numbered_as_a_reader_would_run_them(execute):
    """Empty cells are skipped and take no number."""
    assert [cell.execution_count for cell in execute("1", "  ", "2")] == [1, None, 2]


def test_a_result_has_the_number_of_its_cell(execute):
    """In JupyterLab the number before a result is that of the cell that gave it."""
    cells = execute("1", "print('a')", "3")
    assert [(cells[n].execution_count, cells[n].outputs[0].execution_count) for n in (0, 2)] == [(1, 1), (3, 3)]


def test_an_error_is_stored_as_output_and_stops_the_notebook(execute):
    """The failing cell keeps what it printed and then its error; the cells after it are not run."""
    first, failing, after = execute("1", "print('voor')\n1 / 0", "print('nooit')", code=3)
    assert kinds(first) == ["execute_result"]
    assert kinds(failing) == ["stream", "error"]
    assert (failing.outputs[1].ename, failing.outputs[1].evalue) == ("ZeroDivisionError", "division by zero")
    assert any("1 / 0" in line for line in failing.outputs[1].traceback)
    assert after.outputs == []


def test_a_cell_that_is_no_python_is_an_error_too(execute):
    """Nothing of the cell runs, and the error is stored."""
    (cell,) = execute("print('voor')\ndit is geen python", code=3)
    assert [(output.output_type, output.ename) for output in cell.outputs] == [("error", "SyntaxError")]


def test_the_own_folder_of_ipython_is_left_alone(execute, tmp_path):
    """No history or profile appears in the home folder of whoever runs the report."""
    execute("1")
    assert list((tmp_path / "thuis").iterdir()) == []


def test_no_screen_is_needed_for_a_figure(execute):
    """Drawing uses a backend that opens no window."""
    (cell,) = execute("import matplotlib\nmatplotlib.get_backend().lower()")
    assert cell.outputs[0].data["text/plain"] == "'agg'"
