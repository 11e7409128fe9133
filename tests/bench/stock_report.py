"""The notebooks of a study with papermill and nbconvert as they come: a kernel and a page per notebook, one by one.

Cleaned and validated tables must be there already: stock papermill makes notebooks, no tables.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import papermill
from nbconvert import HTMLExporter

from nsoc_lib.paths import Study
from nsoc_lib.sources.study import load_evaluation


def main() -> None:
    """Write an executed notebook and a page per chapter of ``--data``; ``--prepare`` only fills in the parameters."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--first", type=int)
    parser.add_argument("--prepare", action="store_true")
    arguments = parser.parse_args()
    study = Study(arguments.data.resolve(), arguments.out.resolve())
    os.environ["NSOC_DATA"], os.environ["NSOC_REPORTS"] = str(study.data), str(study.reports)
    study.reports.mkdir(parents=True)
    exporter = HTMLExporter()
    for chapter in load_evaluation(study).chapters[: arguments.first]:
        source, target = study.notebook_file(chapter.notebook), study.reports / f"{chapter.key}.ipynb"
        papermill.execute_notebook(
            source,
            target,
            chapter.parameters,
            kernel_name="python3",
            progress_bar=False,
            prepare_only=arguments.prepare,
        )
        if not arguments.prepare:
            page, _ = exporter.from_filename(str(target))
            target.with_suffix(".html").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
