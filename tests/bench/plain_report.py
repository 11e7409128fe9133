"""The same report from one plain script: no make, no pytask, no papermill, no processes, no state.

This is what `make report` is measured against (`make bench`). It calls the same functions of ``nsoc_lib`` in
one process: read, clean, validate, run the code of each notebook, publish. It knows no parts that are up to date.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
from pathlib import Path
from typing import Any

import nbformat

from nsoc_lib.evaluation import Chapter
from nsoc_lib.paths import Study
from nsoc_lib.publish.clean import clean_folder
from nsoc_lib.publish.consistency import can_be_asked, write_findings
from nsoc_lib.publish.report import publish_chapters
from nsoc_lib.publish.validation import validate_folder
from nsoc_lib.sources.study import load_evaluation, load_meting

KADER = "kader"


def main() -> None:
    """Make the report of ``--data`` in ``--reports`` from the beginning."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--reports", type=Path, required=True)
    arguments = parser.parse_args()
    make_report(Study(arguments.data.resolve(), arguments.reports.resolve()))


def make_report(study: Study) -> None:
    """Clean, validate, compute and publish, one after the other."""
    os.environ["NSOC_DATA"], os.environ["NSOC_REPORTS"] = str(study.data), str(study.reports)
    evaluation = load_evaluation(study)
    metingen = {folder: load_meting(study, folder) for folder in evaluation.folders}
    for folder in metingen:
        clean_folder(study, folder)
        validate_folder(study, folder)
    for folder, meting in metingen.items():
        if can_be_asked(meting, metingen.get(KADER)):
            write_findings(study, folder, KADER)
    executed = {chapter.key: run_cells(study, chapter) for chapter in evaluation.chapters}
    publish_chapters(study, evaluation, executed)


def run_cells(study: Study, chapter: Chapter) -> nbformat.NotebookNode:
    """Run the code of a notebook as a script would, and keep what each cell shows."""
    raw = json.loads(study.notebook_file(chapter.notebook).read_text(encoding="utf-8"))
    space: dict[str, Any] = {}
    cells = []
    for cell in raw["cells"]:
        tags = cell["metadata"].get("tags", [])
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            cells.append(nbformat.v4.new_markdown_cell(source, id=cell["id"], metadata={"tags": tags}))
            continue
        shown = run_code(source, space)
        if "parameters" in tags:
            space |= chapter.parameters
        outputs = [] if shown is None else [nbformat.v4.new_output("display_data", data=bundle_of(shown))]
        cells.append(nbformat.v4.new_code_cell(source, id=cell["id"], metadata={"tags": tags}, outputs=outputs))
    return nbformat.v4.new_notebook(cells=cells)


def run_code(source: str, space: dict[str, Any]) -> Any:
    """Run one cell and return the value of its last line, when that is an expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cel", "exec"), space)
    return eval(compile(ast.Expression(last.value), "cel", "eval"), space) if isinstance(last, ast.Expr) else None


def bundle_of(shown: Any) -> dict[str, Any]:
    bundle: dict[str, Any] = shown._repr_mimebundle_()
    return bundle


if __name__ == "__main__":
    main()
