"""What is kept of a notebook that JupyterLab saves: what a researcher wrote, and nothing that came of running it.

JupyterLab uses this module in an environment of its own, so it imports the standard library alone.
"""

from __future__ import annotations

from typing import Any

KERNEL: dict[str, str] = {"display_name": "Python 3", "language": "python", "name": "python3"}
# What running a notebook, or folding a cell on somebody's screen, leaves in the metadata.
OF_NOTEBOOK = ("language_info", "signature", "widgets")
OF_CELL = ("ExecuteTime", "collapsed", "execution", "heading_collapsed", "hidden", "jupyter", "scrolled", "trusted")


def keep_what_was_written(notebook: dict[str, Any]) -> None:
    """Take outputs, counts and traces of a screen out of a notebook, in place; text, code, tags and ids stay."""
    for name in OF_NOTEBOOK:
        notebook["metadata"].pop(name, None)
    notebook["metadata"]["kernelspec"] = dict(KERNEL)
    for cell in notebook["cells"]:
        for name in OF_CELL:
            cell["metadata"].pop(name, None)
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None


def before_saving(model: dict[str, Any], **_: object) -> None:
    """Do so with what JupyterLab is about to save, when that is a notebook and not another file or a folder."""
    if model["type"] == "notebook" and model.get("content"):
        keep_what_was_written(model["content"])
