"""Where a study keeps its files. This module imports only our errors and reads no file."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from nsoc_lib.errors import NsocError

REPOSITORY = Path(__file__).resolve().parent.parent

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")  # longer names do not fit in the name of a file


def check_name(name: str, where: str) -> str:
    """Return ``name`` when it can safely be part of a path and of a result id.

    Raises NsocError for anything but lower-case letters, digits, ``-`` and ``_``, so that no
    key in a YAML file can point outside the folders of the study.
    """
    if not _NAME.fullmatch(name):
        raise NsocError(
            where,
            found=f'"{name}"',
            expected="een naam van kleine letters, cijfers, - en _ (zonder spaties of schuine streep)",
            remedy="Kies een kortere naam en gebruik die ook in de andere bestanden.",
        )
    return name


@dataclass(frozen=True)
class Study:
    """The folders of one study: what came in, what is disposable, what is published.

    ``data`` holds ``raw/`` and ``processed/`` and may hold ``notebooks/`` and
    ``expectations/`` that go, file by file, before those of the repository.
    """

    data: Path
    reports: Path

    @property
    def raw(self) -> Path:
        return self.data / "raw"

    @property
    def processed(self) -> Path:
        return self.data / "processed"

    @property
    def state(self) -> Path:
        """Bookkeeping of the pipeline and executed notebooks that are not published yet."""
        return self.processed / ".stand"

    @property
    def evaluation_file(self) -> Path:
        return self.raw / "evaluatie.yml"

    @property
    def reactions_file(self) -> Path:
        """What readers said about a concept and what was replied; not every study has it."""
        return self.raw / "reacties.csv"

    @property
    def releases_file(self) -> Path:
        """What reviewers decided about outputs that the rules of disclosure leave to a person; it may be absent."""
        return self.raw / "vrijgaven.csv"

    def forbidden_words_file(self, meting: str) -> Path:
        """Names, units and places that no quotation may hold; it may be absent."""
        return self.raw / meting / "verboden_woorden.csv"

    @property
    def readers_file(self) -> Path:
        """Which reader has which role. It holds names, so it is outside ``raw`` and never under version control."""
        return self.data / "lezers.csv"

    def record_file(self, meting: str) -> Path:
        return self.raw / meting / "meting.yml"

    def table_file(self, meting: str, table: str) -> Path:
        return self.processed / meting / f"{table}.parquet"

    def cleaning_file(self, meting: str) -> Path:
        return self.processed / meting / "opschoning.json"

    def validation_file(self, meting: str, table: str) -> Path:
        return self.processed / meting / "toetsing" / f"{table}.json"

    def seal_file(self, meting: str, table: str) -> Path:
        """Return where it is kept what the outcomes of a table rest on, so that only what changed is judged again."""
        return self.state / "getoetst" / f"{meting}.{table}"

    def findings_file(self, meting: str) -> Path:
        """Every question about the source's own tables, for the researcher."""
        return self.processed / meting / "samenhang.csv"

    def deposit_folder(self, meting: str) -> Path:
        """Where a cleaned meting is kept for an archive: answers per person, so never under ``reports``."""
        return self.processed / meting / "export"

    @property
    def lab_folder(self) -> Path:
        """The start page and the settings of JupyterLab, made anew by every ``make lab``."""
        return self.state / "lab"

    def executed_file(self, chapter: str) -> Path:
        return self.state / "notebooks" / f"{chapter}.ipynb"

    def notebook_file(self, name: str) -> Path:
        return self._own_or_repository("notebooks", f"{name}.ipynb")

    def new_notebook_file(self, name: str) -> Path:
        """Where a notebook that does not exist yet belongs: beside the others for the repository's own study."""
        root = REPOSITORY if self.data == REPOSITORY / "data" else self.data
        return root / "notebooks" / f"{name}.ipynb"

    def suite_file(self, table: str) -> Path:
        return self._own_or_repository("expectations", f"{table}.json")

    @property
    def disclosure_file(self) -> Path:
        return self._own_or_repository("expectations", "onthulling.yml")

    def _own_or_repository(self, folder: str, name: str) -> Path:
        own = self.data / folder / name
        return own if own.exists() else REPOSITORY / folder / name

    def show(self, path: Path) -> str:
        """Return ``path`` as a researcher would write it: ``data/raw/…``, never a home folder."""
        for root in (REPOSITORY, self.data.parent, self.reports.parent):
            if path.is_relative_to(root):
                return path.relative_to(root).as_posix()
        return path.name


def current_study() -> Study:
    """Return the study of this run, as ``DATA`` and ``REPORTS`` of the command line say.

    Without them it is the repository's own study, which is what a notebook in JupyterLab sees.
    """
    data = Path(os.environ.get("NSOC_DATA", REPOSITORY / "data"))
    reports = Path(os.environ.get("NSOC_REPORTS", REPOSITORY / "reports"))
    return Study(data=data.resolve(), reports=reports.resolve())
