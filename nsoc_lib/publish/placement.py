"""The folder of a report: what stands where, and how a new one gets there whole, also when the plug is pulled half-way.

All files are first written in a folder of their own within that of the report. Then a list of them is written, and
from that moment the new report is the report. Moving its files to their places can be done again, so whoever looks at
the folder next finishes what was left. What else a researcher keeps there is not touched.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

from nsoc_lib.errors import NsocError
from nsoc_lib.publish.files import write_whole

PAGE, RESULTS, WORKBOOK = "evaluatierapport.html", "resultaten.csv", "resultaten.xlsx"
NOTEBOOKS, DRAWINGS = "notebooks", "figuren"
COMING, LIST = ".uitgave", "inhoud.json"
WRITERS = 16
FOLDERS = (NOTEBOOKS, DRAWINGS)  # of an earlier report nothing stays here
KINDS = (".ipynb", ".html", ".svg", ".png")


def place_report(reports: Path, files: Mapping[str, bytes]) -> None:
    """Replace the report by these files, named from its folder, in this order; chapters and figures of before go."""
    reports.mkdir(parents=True, exist_ok=True)
    refuse_links(reports, (*FOLDERS, COMING))
    with _alone(reports):
        _finish(reports)
        _write_all(reports / COMING, files)
        write_whole(reports / COMING / LIST, json.dumps(list(files)).encode())
        _finish(reports)


def _write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files at once, for each waits for the disk, which takes many together; one of each folder goes first and makes it."""
    first = {name.rpartition("/")[0]: name for name in files}.values()
    for name in first:
        write_whole(folder / name, files[name])
    with ThreadPoolExecutor(WRITERS) as writers:
        others = (name for name in files if name not in first)
        list(writers.map(lambda name: write_whole(folder / name, files[name]), others))


def settle_report(reports: Path) -> None:
    """Finish a report that was being put in place when its run was ended; throw away one that was not complete."""
    if (reports / COMING).is_dir():
        refuse_links(reports, (*FOLDERS, COMING))
        with _alone(reports):
            _finish(reports)


def find_report(reports: Path) -> Path:
    """Return the page of the report in this folder. Raises NsocError when it was not made yet."""
    page = reports / PAGE
    if not page.is_file():
        raise NsocError(
            f"{reports.name}/{PAGE}",
            found="nog niet gemaakt",
            expected="het rapport als pagina",
            remedy="Draai eerst make report, met dezelfde REPORTS=.",
        )
    return page


def refuse_links(root: Path, names: tuple[str, ...]) -> None:
    """Raise NsocError when one of these places in a folder is a link: through it we would write somewhere else."""
    for place in (root / name for name in names):
        inside = (Path(folder) / name for folder, *both in os.walk(place) for name in sorted(both[0] + both[1]))
        for path in (place, *inside):
            if path.is_symlink():
                raise NsocError(
                    path.relative_to(root.parent).as_posix(),
                    found=f"een verwijzing naar {path.readlink()}",
                    expected="een gewone map of een gewoon bestand, want hier wordt geschreven",
                    remedy="Haal de verwijzing weg.",
                )


def _finish(reports: Path) -> None:
    """Move what the list names and is not yet in its place, the page last; without a list there was no new report."""
    coming = reports / COMING
    if (coming / LIST).exists():
        names = [name for name in json.loads((coming / LIST).read_bytes()) if _is_ours(name)]
        for folder in FOLDERS:
            for path in sorted((reports / folder).glob("*.*")):
                if path.suffix in KINDS and f"{folder}/{path.name}" not in names:
                    path.unlink()
        for name in names:
            (reports / name).parent.mkdir(exist_ok=True)
            with suppress(FileNotFoundError):  # it is in its place already
                (coming / name).replace(reports / name)
        _to_disk(reports, *(reports / folder for folder in FOLDERS))
        (coming / LIST).unlink()
    shutil.rmtree(coming, ignore_errors=True)


def _is_ours(name: str) -> bool:
    folder, _, rest = name.rpartition("/")
    return folder in {"", *FOLDERS} and rest not in {"", ".", ".."}


@contextmanager
def _alone(reports: Path) -> Iterator[None]:
    """Wait until no other process puts a report in this folder. The lock is the folder's own, so no file stays."""
    try:
        import fcntl
    except ImportError:  # Windows has no such lock; the study's own lock remains
        yield
        return
    folder = os.open(reports, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _to_disk(*folders: Path) -> None:
    """Have the system write names to disk as well: without it a power cut may undo a move and keep a later one."""
    for path in folders:
        if hasattr(os, "O_DIRECTORY") and path.is_dir():
            folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
