"""Try JupyterLab in a real browser: ``python tests/lab --python .venv-lab/bin/python [--notebooks all]``. Prints what it saw.

It works on a copy of the study and of its notebooks, after ``make report``, so nothing of the repository is touched.
"""

from __future__ import annotations

import argparse
import contextlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from playwright.sync_api import Page

# One with a figure, one that is run for each project, and a chapter of text, on which the rest is tried.
LAST = "inleiding"
KINDS = ("procesthermometer", "projectblad")
TOKEN = "proef"
SECONDS = 120
NO_NETWORK = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
CLOSE = """() => { const seen = jupyterapp.shell.currentWidget;
return seen.sessionContext.shutdown().then(() => seen.dispose()) }"""
READY = """name => { const seen = jupyterapp.shell.currentWidget;
return seen?.title.label === name && seen.sessionContext.session?.kernel?.status === 'idle' }"""
NOTEBOOK = "() => jupyterapp.shell.currentWidget.content.model.toJSON()"
RAN = f"() => ({NOTEBOOK})().cells.filter(c => c.cell_type == 'code' && c.source.length).every(c => c.execution_count)"


def copy_study(folder: Path) -> Path:
    """Return the data folder of a copy of the repository's study, cleaned data and notebooks included."""
    if not (ROOT / "data/processed").is_dir():
        raise SystemExit("Draai eerst make report: zonder schoongemaakte gegevens draait geen notebook.")
    shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns(".stand", "lezers.csv"))
    shutil.copytree(ROOT / "notebooks", folder / "data/notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    return folder / "data"


@contextlib.contextmanager
def running_lab(data: Path, python: str) -> Iterator[str]:
    """Start what ``make lab`` starts, without a window, and give its address; stop it afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "nsoc_lib", "lab", "--python", python, "--data", str(data), "--no-browser"]
    command += ["--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", f"--IdentityProvider.token={TOKEN}"]
    command += ["--allow-root", "--LabApp.expose_app_in_browser=True"]
    with (data.parent / "lab.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
    try:
        wait_for(address, server, data.parent / "lab.log")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers; end with what it said when it does not."""
    for _ in range(4 * SECONDS):
        if server.poll() is not None:
            break
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/api?token={TOKEN}", timeout=5):
            return
        time.sleep(0.25)
    raise SystemExit(log.read_text(encoding="utf-8"))


def open_lab(page: Page, address: str) -> str:
    """Open the address that the server prints; return the title of the page that is in sight, and of a question if any."""
    page.goto(f"{address}/lab?token={TOKEN}")
    page.wait_for_selector(".jp-MarkdownViewer h1", timeout=1000 * SECONDS)
    page.wait_for_timeout(3000)  # what asks something does so after a while
    asked = page.locator(".jp-Dialog, .Toastify__toast").all_inner_texts()
    return " / ".join([page.inner_text(".jp-MarkdownViewer h1"), *asked])


def run_notebook(page: Page, name: str) -> dict[str, Any]:
    """Open a notebook from the start page, run it from top to bottom, save it, and return it with its outputs."""
    page.click(f'.jp-MarkdownViewer a:text-is("{name}") >> nth=0')
    page.wait_for_function(READY, arg=f"{name}.ipynb", timeout=1000 * SECONDS)
    page.click('.lm-MenuBar-itemLabel:text-is("Run")')
    page.click('.lm-Menu-itemLabel:text-is("Run All Cells")')
    with contextlib.suppress(Exception):  # a cell that raises leaves those after it without a count; that is told below
        page.wait_for_function(RAN, timeout=1000 * SECONDS)
    notebook: dict[str, Any] = page.evaluate(NOTEBOOK)
    page.keyboard.press("Control+s")
    page.wait_for_selector(".lm-TabBar-tab.lm-mod-current.jp-mod-dirty", state="detached", timeout=1000 * SECONDS)
    return notebook


def faults_of(notebook: dict[str, Any]) -> list[str]:
    """Return what is wrong with a notebook that ran: an error, words that are no outcome, or nothing shown at all."""
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
    wrong = [output.get("evalue") or output.get("text", "") for output in outputs if "data" not in output]
    return [str(text).splitlines()[0] for text in wrong] or ([] if outputs else ["niets getoond"])


def ask(page: Page, typed: str, key: str, answer: str) -> str:
    """Type in a new cell at the end of the notebook in sight, press a key, and return what appears."""
    page.evaluate(
        "() => { const n = jupyterapp.shell.currentWidget.content; n.activeCellIndex = n.widgets.length - 1 }"
    )
    page.evaluate("() => jupyterapp.commands.execute('notebook:insert-cell-below')")
    page.evaluate("() => jupyterapp.commands.execute('notebook:enter-edit-mode')")
    page.keyboard.type(typed)
    page.keyboard.press(key)
    page.wait_for_selector(answer, timeout=1000 * SECONDS)
    told = page.locator(answer).last.inner_text()
    page.keyboard.press("Escape")
    return told


def try_lab(page: Page, data: Path, names: list[str]) -> Iterator[tuple[str, bool]]:
    """Yield what was tried, and whether it went as a researcher may expect."""
    for name in names:
        notebook = run_notebook(page, name)
        faults = faults_of(notebook)
        yield f"{name}: draait van boven naar beneden{''.join(f'; {fault}' for fault in faults)}", not faults
        file = f"notebooks/{name}.ipynb"
        same = (data / file).read_bytes() == (ROOT / file).read_bytes()
        yield f"{name}: na bewaren byte voor byte zoals het was", same
        if name != LAST:
            page.evaluate(CLOSE)
            page.wait_for_selector(".jp-MarkdownViewer h1")
    said = ask(page, "tell(", "Shift+Tab", ".jp-Tooltip")
    yield "Shift+Tab toont wat tell doet", "Return a paragraph" in said
    yield (
        "Tab vult de naam van een feit aan",
        "partners" in ask(page, "feiten.pa", "Tab", ".jp-Completer:not(.lm-mod-hidden)"),
    )
    block = ask(page, 'load_facts("weg")', "Control+Enter", '[data-mime-type="application/vnd.jupyter.stderr"]')
    yield "een fout is een blok in het Nederlands", block.startswith("Fout in ") and "Traceback" not in block


def main() -> int:
    """Read the words, try, and return whether anything went otherwise."""
    from playwright.sync_api import sync_playwright

    from nsoc_lib.paths import Study
    from nsoc_lib.publish.browser import find_browser, flags
    from nsoc_lib.sources.study import load_evaluation

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", required=True)
    parser.add_argument("--notebooks", nargs="+", default=KINDS, help="names, or all")
    given = parser.parse_args()
    every = [path.stem for path in ROOT.glob("notebooks/*.ipynb")]
    chosen = every if given.notebooks == ["all"] else given.notebooks
    names = sorted({*chosen, LAST}, key=lambda name: (name == LAST, name))
    bad = 0
    with tempfile.TemporaryDirectory(prefix="lab-") as folder, sync_playwright() as playwright:
        data = copy_study(Path(folder))
        titel = load_evaluation(Study(data, data)).titel
        own_flags = [*(flag for flag in flags() if not flag.startswith("--host-resolver-rules")), NO_NETWORK]
        with running_lab(data, given.python) as address:
            browser = playwright.chromium.launch(executable_path=find_browser(), args=own_flags)
            page = browser.new_page(viewport={"width": 1400, "height": 1000})
            first = open_lab(page, address)
            for what, good in chain([(f"eerste scherm: {first}", first == titel)], try_lab(page, data, names)):
                print(f"{'goed' if good else 'FOUT'}  {what}", flush=True)
                bad += not good
            browser.close()
    return min(bad, 1)


if __name__ == "__main__":
    raise SystemExit(main())
