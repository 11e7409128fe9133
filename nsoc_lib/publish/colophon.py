"""What a report was made from: hashes of input, versions of programs. No clock, no path."""

from __future__ import annotations

import platform
from importlib.metadata import version

from nsoc_lib.evaluation import Evaluation
from nsoc_lib.paths import REPOSITORY, Study
from nsoc_lib.publish.clean import raw_files
from nsoc_lib.publish.files import content_hash, library_files
from nsoc_lib.sources.study import load_meting

VERSIONED = ("pandas", "matplotlib", "seaborn", "papermill", "nbconvert", "great-expectations", "pytask")


def colophon_rows(study: Study, evaluation: Evaluation) -> list[tuple[str, str]]:
    """Return the name and the hash or version of everything that a report of this study rests on, as it is now.

    What a study need not have, such as reactions, has a row only when it is there.
    """
    rows = []
    for folder in evaluation.folders:
        files = raw_files(study, load_meting(study, folder))
        rows += [(path.relative_to(study.raw).as_posix(), content_hash([path])) for path in files]
    supplied = [study.evaluation_file, study.reactions_file, study.releases_file, study.disclosure_file]
    rows += [(path.name, content_hash([path])) for path in supplied if path.exists()]
    suites = [study.suite_file(t) for folder in evaluation.folders for t in load_meting(study, folder).table_sources]
    rows.append(("expectations", content_hash(dict.fromkeys(suites))))
    notebooks = dict.fromkeys(chapter.notebook for chapter in evaluation.chapters)
    rows += [(f"notebook {name}", content_hash([study.notebook_file(name)])) for name in notebooks]
    rows.append(("nsoc_lib", content_hash(library_files())))
    rows.append(("requirements.lock", content_hash([REPOSITORY / "requirements.lock"])))
    rows.append(("Python", ".".join(platform.python_version_tuple()[:2])))
    return [*rows, *((name, version(name)) for name in VERSIONED)]
