"""The in-process engine beside a stock kernel: the same cells give the same outputs, whatever they do."""

import json
import multiprocessing
import os
import re
from pathlib import Path

import nbformat
import papermill
import pytest
from small_reports import notebook

from nsoc_lib.publish.engine import ENGINE_NAME, register_engine

ANSI = re.compile(r"\x1b\[[0-9;]*m")
HEAD = "import sys, os, logging\nfrom IPython.display import display, update_display, clear_output, HTML\n"
CELLS = {
    "order": "print('a')\ndisplay(HTML('<b>b</b>'))\nprint('c', file=sys.stderr)\n6 * 7",
    "update": "handle = display('een', display_id='x')\nprint('na')\nupdate_display('twee', display_id='x')",
    "update in a later cell": "handle.update('drie')",
    "same id again": "display('vier', display_id='x')",
    "update of nothing": "update_display('niets', display_id='nooit')",
    "clear": "print('weg')\nclear_output()\nprint('blijft')",
    "clear at the next output": "print('weg')\nclear_output(wait=True)\ndisplay('blijft')",
    "clear with nothing after it": "print('blijft')\nclear_output(wait=True)",
    "capture": "%%capture gevangen\nprint('stil')\ndisplay('stil')\n7",
    "show captured": "gevangen.show()",
    "time": "%time x = 1",
    "autoreload": "%load_ext autoreload\n%autoreload 2",
    "matplotlib": "%matplotlib inline",
    "figure at the end of a cell": "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nprint('voor de figuur');",
    "no figure left over": "print(plt.get_fignums())",
    "two figures": "plt.figure(figsize=(1, 1))\nplt.figure(figsize=(2, 1))\nplt.show()\nprint('na')",
    "await": "import asyncio\nasync def zeven():\n    await asyncio.sleep(0)\n    return 7\nawait zeven()",
    "underscores": "_ + 1",
    "out": "Out[max(Out)], len(In) > 10",
    "object that shows itself": "class Zelf:\n    def _ipython_display_(self):\n        print('zelf')\nZelf()",
    "bytes of a picture": "class Beeld:\n    def _repr_png_(self):\n        return bytes(range(9))\nBeeld()",
    "wide frame": "import pandas as pd\npd.DataFrame({f'kolom_{n}': [n] for n in range(30)})",
    "logger of this cell": "logging.basicConfig(level='INFO', format='%(message)s', force=True)\nlogging.info('een')",
    "logger in a later cell": "logging.info('twee')",
    "a program": "import subprocess\nx = subprocess.run(['echo', 'van buiten'], check=True)",
    "a shell line": "!echo schelp",
    "a shell line kept": "regels = !printf 'a\\nb'\nlist(regels)",
    "help": "len?",
    "a module beside it": "import naastliggend\nnaastliggend.WAARDE",
    "folder": "from pathlib import Path\nPath('naastliggend.py').exists()",
    "main": "import __main__\n__main__.x is x, __name__",
    "quiet": "1;",
    "warning": "import warnings\nwarnings.warn('let op', DeprecationWarning)",
    "an expected error": "print('voor')\n1 / 0",
    "a syntax error": "dit is geen python",
    "a question": "input('naam?')",
    "skipped": "print('nooit')",
    "the end": "raise ValueError('klaar')",
    "after the end": "print('nooit')",
}
TAGS = {"an expected error": ["raises-exception"], "a syntax error": ["raises-exception"],
        "a question": ["raises-exception"], "skipped": ["skip-execution"]}  # fmt: skip


def _execute(folder: Path, engine: str | None) -> None:
    os.environ["IPYTHONDIR"] = os.environ["HOME"] = str(folder)
    os.environ["MPLBACKEND"] = "agg"
    os.environ.pop("PYTEST_CURRENT_TEST", None)  # in which ipykernel does not look at what programs write
    register_engine()
    papermill.execute_notebook(
        folder / "bron.ipynb", folder / f"{engine}.ipynb", engine_name=engine, kernel_name="python3",
        progress_bar=False, cwd=str(folder)
    )  # fmt: skip


def execute(folder: Path, engine: str | None) -> dict[str, nbformat.NotebookNode]:
    """Run all cells in a process of their own; papermill ends it with the error of the last."""
    fresh = multiprocessing.get_context("spawn")  # a fork of pytest would keep its warnings
    child = fresh.Process(target=_execute, args=(folder, engine))
    child.start()
    child.join()
    assert child.exitcode == 1
    notebook = nbformat.read(folder / f"{engine}.ipynb", as_version=4)
    nbformat.validate(notebook)
    return {cell.metadata.naam: cell for cell in notebook.cells if "naam" in cell.metadata}


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """The same notebook, executed by a stock kernel and by ours."""
    folder = tmp_path_factory.mktemp("motoren")
    (folder / "naastliggend.py").write_text("WAARDE = 7\n")
    cells = [nbformat.v4.new_code_cell(HEAD)]
    for name, source in CELLS.items():
        cells.append(nbformat.v4.new_code_cell(source, metadata={"naam": name, "tags": TAGS.get(name, [])}))
    nbformat.write(notebook(*cells), folder / "bron.ipynb")
    return execute(folder, None), execute(folder, ENGINE_NAME)


def normalise(cell: nbformat.NotebookNode) -> list[dict[str, object]]:
    """Leave out what may differ: colours, times, addresses, frames of IPython, and where a kernel cuts a stream."""
    outputs: list[dict[str, object]] = []
    for output in json.loads(json.dumps(cell.outputs)):
        if output["output_type"] == "stream":
            output["text"] = re.sub(r"\d+(\.\d+)? [nµμm]?s", "T", re.sub(r"ipykernel_\d+/\d+", "P", output["text"]))
            output["text"] = re.sub(r"/tmp/\S+:(?=\d+:)|\S*<\S+>:(?=\d+:)", "", output["text"])
            last = outputs[-1] if outputs else {}
            if (last.get("output_type"), last.get("name")) == ("stream", output["name"]):
                last["text"] = str(last["text"]) + output["text"]
                continue
        if output["output_type"] == "error":
            output["traceback"] = ANSI.sub("", "\n".join(output["traceback"])).partition("\nFile ")[0]
        outputs.append(json.loads(re.sub(r" at 0x[0-9a-f]+", " at 0x0", json.dumps(output))))
    return outputs


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_puts_out_what_it_does_in_a_kernel(both, name):
    """Outputs, their order, their numbers and their errors are equal."""
    kernel, ours = both
    assert normalise(ours[name]) == normalise(kernel[name])
    assert ours[name].execution_count == kernel[name].execution_count


def test_the_cells_do_what_their_names_say(both):
    """Two empty notebooks would be equal as well: so a few outputs are told by hand."""
    _, ours = both
    kinds = {name: [output.output_type for output in cell.outputs] for name, cell in ours.items()}
    assert kinds["order"] == ["stream", "display_data", "stream", "execute_result"]
    assert [output.data["text/plain"] for output in ours["update"].outputs if "data" in output] == ["'vier'"]
    assert [output.text for output in ours["clear"].outputs] == ["blijft\n"]
    assert (kinds["capture"], kinds["two figures"]) == ([], ["display_data", "display_data", "stream"])
    assert "image/png" in ours["figure at the end of a cell"].outputs[-1].data
    assert ours["await"].outputs[0].data["text/plain"] == "7"
    assert ours["logger in a later cell"].outputs[0].text == "twee\n"
    assert ours["a program"].outputs[0].text == "van buiten\n"
    assert (kinds["an expected error"], kinds["the end"]) == (["stream", "error"], ["error"])
    assert (kinds["skipped"], kinds["after the end"]) == ([], [])
