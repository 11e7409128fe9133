"""What is kept of a notebook that JupyterLab saves."""

from __future__ import annotations

import json
import subprocess
import sys

from conftest import ROOT

from nsoc_lib.publish.files import read_content
from nsoc_lib.saving import before_saving, keep_what_was_written

RUN = {
    "metadata": {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python", "version": "3.99"},
        "title": "Respons",
    },
    "nbformat": 4,
    "nbformat_minor": 5,
    "cells": [
        {"cell_type": "markdown", "id": "0", "metadata": {"tags": ["werkblad"], "jupyter": {"source_hidden": True}}, "source": ["# Respons"]},
        {
            "cell_type": "code", "id": "1", "metadata": {"collapsed": True, "scrolled": True, "execution": {"iopub": "12:00"}, "trusted": True},
            "execution_count": 7, "source": ["tell('een antwoord')"],
            "outputs": [{"output_type": "stream", "name": "stdout", "text": ["een antwoord\n"]}],
        },
    ],
}  # fmt: skip
WRITTEN = {
    "metadata": {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "title": "Respons",
    },
    "nbformat": 4,
    "nbformat_minor": 5,
    "cells": [
        {"cell_type": "markdown", "id": "0", "metadata": {"tags": ["werkblad"]}, "source": ["# Respons"]},
        {"cell_type": "code", "id": "1", "metadata": {}, "execution_count": None, "source": ["tell('een antwoord')"], "outputs": []},
    ],
}  # fmt: skip


def test_what_running_left_is_gone_and_what_was_written_stays():
    """Outputs, counts and traces of a screen go; text, code, tags, ids and a title of one's own stay."""
    notebook = json.loads(json.dumps(RUN))
    keep_what_was_written(notebook)
    assert notebook == WRITTEN


def test_what_is_left_is_what_nbstripout_leaves(tmp_path):
    """Another program that takes outputs out of notebooks finds nothing more to do."""
    path = tmp_path / "respons.ipynb"
    notebook = json.loads(json.dumps(RUN))
    keep_what_was_written(notebook)
    for content, code in ((RUN, 1), (notebook, 0)):
        path.write_text(json.dumps(content), encoding="utf-8")
        command = [sys.executable, "-m", "nbstripout", "--verify", "--keep-id", str(path)]
        assert subprocess.run(command, check=False, capture_output=True).returncode == code


def test_running_and_saving_makes_no_chapter_run_again(tmp_path):
    """What counts of a notebook for the report is the same before and after."""
    ran, stored = tmp_path / "ran.ipynb", tmp_path / "stored.ipynb"
    notebook = json.loads((ROOT / "notebooks/respons.ipynb").read_text(encoding="utf-8"))
    stored.write_text(json.dumps(notebook), encoding="utf-8")
    notebook["metadata"]["language_info"] = {"name": "python"}
    notebook["cells"][1]["execution_count"] = 1
    keep_what_was_written(notebook)
    ran.write_text(json.dumps(notebook), encoding="utf-8")
    assert read_content(ran) == read_content(stored)


def test_other_files_and_a_notebook_without_content_are_left_alone():
    """JupyterLab asks this for every save, also of YAML, of a folder, and when a file only gets another name."""
    for model in (
        {"type": "file", "content": "titel: A"},
        {"type": "directory"},
        {"type": "notebook", "content": None},
    ):
        before = dict(model)
        before_saving(model=model, path="x", contents_manager=None)
        assert model == before
    model = {"type": "notebook", "content": json.loads(json.dumps(RUN))}
    before_saving(model=model, path="x.ipynb", contents_manager=None)
    assert model["content"] == WRITTEN
