"""Read an earlier report back: from its folder, or from the zip in which it was given to an archive."""

from __future__ import annotations

import csv
import io
from pathlib import Path, PurePosixPath

from nsoc_lib.edition import Edition, read_page
from nsoc_lib.errors import NsocError
from nsoc_lib.sources.archive import Archive, open_archive

PAGE, LEDGER = "evaluatierapport.html", "resultaten.csv"
COLUMNS = ("id", "label", "value", "shown")  # without these it is no ledger; what else it has may differ per version
REMEDY = "Geef deposit.zip van make package, of de map van een eerder rapport."


def read_edition(path: Path, where: str) -> Edition:
    """Return the report that a folder or a zip holds, in itself or in one folder in it. Nothing is unpacked to disk.

    Raises NsocError when there is no such file, no report or more than one in it, and for a zip not to be trusted.
    """
    if path.is_dir():
        found = [folder for folder in (path, *sorted(path.glob("*/"))) if (folder / PAGE).is_file()]
        folder = _only([path] if path in found else found, where)
        names = [folder / PAGE, folder / LEDGER]
        page, ledger = (name.read_bytes() if name.is_file() else None for name in names)
    elif path.is_file():
        page, ledger = _from_zip(path, where)
    else:
        raise NsocError(where, found="geen bestand of map met deze naam", expected="een eerder rapport", remedy=REMEDY)
    if page is None or ledger is None:
        raise _refuse(where, f"een rapport zonder {LEDGER}", f"{PAGE} met {LEDGER} ernaast")
    return read_page(
        _decode(page, f"{where}, {PAGE}"), read_ledger(_decode(ledger, f"{where}, {LEDGER}"), where), where
    )


def _from_zip(path: Path, where: str) -> tuple[bytes | None, bytes | None]:
    try:
        with open_archive(path, where) as archive:
            return _members(archive, where)
    except NsocError as error:  # the reader of zips speaks of a project of coded interviews
        raise NsocError(error.where, found=error.found, expected=error.expected, remedy=REMEDY) from error


def _members(archive: Archive, where: str) -> tuple[bytes | None, bytes | None]:
    pages = [name for name in archive.names if PurePosixPath(name).name == PAGE]
    highest = min((len(PurePosixPath(name).parts) for name in pages), default=0)
    page = _only([Path(name) for name in pages if len(PurePosixPath(name).parts) == highest], where).as_posix()
    ledger = str(PurePosixPath(page).with_name(LEDGER))
    return archive.read(page), archive.read(ledger) if ledger in archive.names else None


def _only(found: list[Path], where: str) -> Path:
    if len(found) != 1:
        what = f"{len(found)} rapporten naast elkaar" if found else f"geen {PAGE}"
        raise _refuse(where, what, "een rapport, in de map of het zipbestand zelf of in een map daarin")
    return found[0]


def _decode(content: bytes, where: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refuse(where, f"een bestand dat geen UTF-8 is (byte {error.start + 1})", "tekst in UTF-8") from error


def read_ledger(text: str, where: str) -> dict[str, dict[str, str]]:
    """Return the rows of ``resultaten.csv`` by id, every cell as text. Raises NsocError when it is no ledger."""
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="", restval="")
    try:
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        rows = [] if missing else list(reader)
    except csv.Error as error:
        raise _refuse(f"{where}, {LEDGER}", f"geen leesbare CSV ({error})", "de lijst met resultaten") from error
    if missing:
        raise _refuse(f"{where}, {LEDGER}", f"geen kolom {missing[0]}", "de lijst met resultaten van make report")
    by_id = {row["id"]: {name: cell for name, cell in row.items() if name} for row in rows}
    if len(by_id) != len(rows):
        raise _refuse(f"{where}, {LEDGER}", "een id die twee keer voorkomt", "elk getal een keer")
    return by_id


def _refuse(where: str, found: str, expected: str) -> NsocError:
    return NsocError(where, found=found, expected=expected, remedy=REMEDY)
