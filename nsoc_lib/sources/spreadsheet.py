"""Read answers from an Excel file (.xlsx): one sheet with data, its first row the names of the columns.

The workbook is read as a stream. A formula counts for what Excel last computed; what Excel never
computed, joined cells and errors are refused, because they would read as something they are not.
"""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.sources.delimited import ZIP_MARK
from nsoc_lib.sources.export import AANGENOMEN, HERNOEMD, WEGGELATEN, Export, Note, write_duration, write_number
from nsoc_lib.sources.headed import build_headed_export
from nsoc_lib.sources.study import load_bytes, refuse_larger, too_large

MOST_BYTES = 50_000_000
MOST_UNPACKED = 300_000_000
MOST_COLUMNS = 5_000
MOST_ROWS = 200_000
MOST_CELLS = 2_000_000
OLD_MARK = b"\xd0\xcf\x11\xe0"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
Rows = list[tuple[int, list[Any]]]


def load_spreadsheet(path: Path, where: str, blad: str = "") -> Export:
    """Read an Excel file; ``blad`` names the sheet where more than one has data.

    Whole numbers are text without point, dates ISO text, true and false ``True`` and ``False``.
    Raises NsocError for a file that is absent, not .xlsx, too large or damaged, for several sheets
    with data without ``blad``, and for merged cells, errors and formulas without a value.
    """
    raw = _load(path, where)
    try:
        sheets, left_out = _select_sheets(raw, where, blad)
        title, rows = next(iter(sheets.items()))
        place = f"{where}, blad {title}"
        formulas = _count_formulas(raw, title, place)
        table = [(number, [_show(value, f"{place}, rij {number}") for value in row]) for number, row in rows]
    except NsocError:
        raise
    except Exception as error:  # openpyxl raises whatever its parts meet in a damaged file
        raise NsocError(
            where,
            found=f"een bestand dat niet te lezen is ({type(error).__name__})",
            expected="een heel Excel-bestand (.xlsx)",
            remedy="Open het in Excel of LibreOffice en bewaar het opnieuw als .xlsx.",
        ) from error
    notes = [Note(WEGGELATEN, f"blad {name}", "leeg, of een ander blad is genoemd", 1) for name in left_out]
    if formulas:
        notes.append(Note(AANGENOMEN, "formules tellen als hun laatste uitkomst", "zo bewaarde Excel ze", formulas))
    dates = sum(isinstance(value, date | time | timedelta) for _, row in rows[1:] for value in row)
    if dates:
        notes.append(Note(HERNOEMD, "datums en tijden in ISO-tekst", "Excel toont ze naar de taal van de lezer", dates))
    if table[0][0] != 1:
        raise NsocError(
            f"{place}, rij 1",
            found="een lege rij",
            expected="de namen van de kolommen in de eerste rij",
            remedy="Verwijder de lege rijen boven de kop.",
        )
    return build_headed_export(table[0][1], table[1:], place, "Excel", notes)


def _load(path: Path, where: str) -> bytes:
    refuse_larger(path, where, MOST_BYTES)
    raw = load_bytes(path, where)
    if not raw.startswith(ZIP_MARK):
        old = raw.startswith(OLD_MARK)
        raise NsocError(
            where,
            found="een oud Excel-bestand (.xls), of een met een wachtwoord" if old else "een bestand dat geen .xlsx is",
            expected="een Excel-bestand (.xlsx) zonder wachtwoord",
            remedy="Open het in Excel of LibreOffice en bewaar het als .xlsx, of als CSV met formaat: csv.",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, OverflowError, RuntimeError) as error:
        raise NsocError(
            where,
            found="een bestand dat te vroeg ophoudt",
            expected="een heel Excel-bestand (.xlsx)",
            remedy="Vraag het bestand opnieuw op, of bewaar het opnieuw als .xlsx.",
        ) from error
    size = sum(member.file_size for member in members)
    if size > MOST_UNPACKED:
        raise too_large(where, f"uitgepakt {size // 1_000_000} MB")
    return raw


def _select_sheets(raw: bytes, where: str, blad: str) -> tuple[dict[str, Rows], list[str]]:
    """Return the one sheet that counts with its rows, and the names of the others."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    titles = [sheet.title for sheet in book.worksheets]
    if blad and blad not in titles:
        raise NsocError(
            f"{where}, blad {blad}",
            found=f"de bladen {enumerate_nl(titles)}",
            expected="een blad met de naam die in meting.yml onder blad staat",
            remedy="Verbeter blad in meting.yml.",
        )
    read = {s.title: _rows(s, f"{where}, blad {s.title}") for s in book.worksheets if not blad or s.title == blad}
    filled = {title: rows for title, rows in read.items() if rows}
    if len(filled) != 1:
        raise NsocError(
            where,
            found=f"{len(filled)} bladen met gegevens ({enumerate_nl(list(filled))})" if filled else "geen gegevens",
            expected="een blad met antwoorden",
            remedy="Zet in meting.yml bij de enquete blad: met de naam van het blad."
            if filled else "Kijk of dit het goede bestand is.",
        )  # fmt: skip
    return filled, [title for title in titles if title not in filled]


def _rows(sheet: Any, where: str) -> Rows:
    """Return the rows that hold anything, with their number; the size that a sheet claims is not believed."""
    sheet.reset_dimensions()
    rows: Rows = []
    cells = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        filled = list(row)
        while filled and filled[-1] in {None, ""}:
            filled.pop()
        cells += len(filled)
        if len(filled) > MOST_COLUMNS or cells > MOST_CELLS or number > MOST_ROWS:
            found = f"meer dan {MOST_COLUMNS} kolommen, {MOST_ROWS} rijen of {MOST_CELLS} cellen"
            raise too_large(f"{where}, rij {number}", found)
        if filled:
            rows.append((number, filled))
    return rows


def _count_formulas(raw: bytes, title: str, where: str) -> int:
    """Count the formulas of a sheet. Raises NsocError for one that Excel never computed, and for merged cells.

    Read from the XML itself: as a stream openpyxl tells neither merged cells nor a formula that
    gives an empty text from one without outcome.
    """
    from defusedxml.ElementTree import iterparse
    from openpyxl import load_workbook

    part = load_workbook(io.BytesIO(raw), read_only=True)[title]._worksheet_path
    merged, count = [], 0
    with zipfile.ZipFile(io.BytesIO(raw)) as archive, archive.open(part) as file:
        for _, element in iterparse(file):
            if element.tag == f"{MAIN}mergeCell":
                merged.append(element.get("ref", ""))
            elif element.tag == f"{MAIN}c" and element.find(f"{MAIN}f") is not None:
                count += 1
                if not element.findtext(f"{MAIN}v") and element.get("t") != "str":
                    raise NsocError(
                        f"{where}, cel {element.get('r')}",
                        found="een formule die Excel nooit heeft uitgerekend",
                        expected="antwoorden, of formules met een uitkomst",
                        remedy="Open het bestand in Excel, laat het rekenen, en bewaar waarden in plaats van formules.",
                    )
            if element.tag in {f"{MAIN}c", f"{MAIN}row"}:
                element.clear()
    if merged:
        raise NsocError(
            f"{where}, cellen {merged[0]}",
            found=f"samengevoegde cellen ({enumerate_nl(merged)})",
            expected="elke kop en elk antwoord in een eigen cel",
            remedy="Maak de samenvoeging ongedaan en vul elke cel.",
        )
    return count


def _show(value: Any, where: str) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return write_number(value)
    if isinstance(value, datetime):
        midnight = value.time() == time(0)
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, timedelta):
        return write_duration(value.total_seconds())
    if isinstance(value, str) and value in {"#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!"}:
        raise NsocError(
            where,
            found=f"de foutmelding {value} in een cel",
            expected="een antwoord of een lege cel",
            remedy="Verbeter de cel in Excel en bewaar opnieuw.",
        )
    return value.isoformat() if isinstance(value, date | time) else str(value).strip()
