"""Jupyter Book 1 on the notebooks of a study, in an environment of its own; its kernels run in ours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

from cost import ROOT, Cost, measure

BOOK = ("jupyter-book==1.0.4.post1", "setuptools<81")  # the last of the first series; setuptools for its Sphinx
FOLDER = ROOT / ".venv-book"


def environment() -> Path:
    """Return the command of Jupyter Book, after installing it once (from the index that pip is set to)."""
    command = FOLDER / "bin" / "jupyter-book"
    if not command.exists():
        print("    .venv-book maken met Jupyter Book 1; dit duurt een paar minuten", file=sys.stderr, flush=True)
        venv.EnvBuilder(clear=True, with_pip=True).create(FOLDER)
        subprocess.run([FOLDER / "bin" / "python", "-m", "pip", "install", "-qq", *BOOK], check=True)
    return command


def measure_book(notebooks: Path, data: Path) -> dict[str, Cost]:
    """Build a book of these notebooks, with parameters filled in: cold, again, and after one of them has changed."""
    command = [str(environment()), "build", str(notebooks)]
    kernel = notebooks.parent / "kernels" / "python3"
    kernel.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (kernel / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "ons", "language": "python"}))
    pages = sorted(path.stem for path in notebooks.glob("*.ipynb"))
    contents = {"format": "jb-book", "root": pages[0], "chapters": [{"file": name} for name in pages[1:]]}
    settings = {
        "title": "Boek",
        "execute": {"execute_notebooks": "cache", "timeout": 300},
        "only_build_toc_files": True,
    }
    (notebooks / "_toc.yml").write_text(json.dumps(contents))  # JSON is YAML
    (notebooks / "_config.yml").write_text(json.dumps(settings))
    given = {
        "JUPYTER_PATH": str(notebooks.parent),
        "NSOC_DATA": str(data),
        "PATH": f"{FOLDER / 'bin'}:{os.environ['PATH']}",
    }
    found = {"Jupyter Book 1, koud": measure("Jupyter Book 1, koud", command, **given)}
    _refuse_failures(notebooks)
    found["Jupyter Book 1, niets veranderd"] = measure("Jupyter Book 1, niets veranderd", command, **given)
    path = notebooks / f"{pages[-1]}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    next(cell for cell in reversed(notebook["cells"]) if cell["cell_type"] == "code")["source"] += ["\n# anders"]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    found["Jupyter Book 1, een notebook anders"] = measure("Jupyter Book 1, een notebook anders", command, **given)
    return found


def _refuse_failures(notebooks: Path) -> None:
    """Raise when a notebook failed: Jupyter Book reports that and goes on."""
    failed = sorted(path.stem for path in (notebooks / "_build" / "html" / "reports").glob("*.err.log"))
    if failed:
        raise RuntimeError(f"Jupyter Book could not run {failed}")
