"""Read a survey export of Qualtrics: a CSV file with three header rows.

Row one holds the export tag, row two the question text in the language of the account, row
three JSON with the ImportId. Columns are recognised by row three alone: tags can occur twice
and texts are localised (Qualtrics support, "Understanding Your Dataset").
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.sources.export import RESPONSE_ID, Column, Export, Response
from nsoc_lib.sources.study import load_text

HEADER_ROWS = 3


def load_qualtrics(path: Path, where: str) -> Export:
    """Read a Qualtrics CSV export (three header rows, UTF-8 with or without BOM).

    An empty cell stays an empty text: whether that means skipped or not reached is decided
    when the answers are cleaned. Raises NsocError for another encoding, another layout, a row
    of the wrong width, an ImportId given twice and an export without respondents.
    """
    try:
        rows = list(csv.reader(io.StringIO(load_text(path, where), newline=""), strict=True))
    except csv.Error as error:
        raise NsocError(
            where,
            found="tekst die geen geldige CSV is",
            expected="een export met aanhalingstekens die ook sluiten",
            remedy="Exporteer opnieuw uit Qualtrics en bewerk het bestand niet in een tekstverwerker.",
        ) from error
    if len(rows) < HEADER_ROWS:
        raise NsocError(
            where,
            found=f"{len(rows)} regels",
            expected="drie kopregels en daaronder de antwoorden",
            remedy="Exporteer opnieuw uit Qualtrics (Data & Analysis, Export, CSV).",
        )
    columns = tuple(
        Column(tag, text, _import_id(cell, where, tag))
        for tag, text, cell in zip(*_same_width(rows[:HEADER_ROWS], where), strict=True)
    )
    _refuse_double_ids(columns, where)
    body = [(number, row) for number, row in enumerate(rows[HEADER_ROWS:], HEADER_ROWS + 1) if any(row)]
    if not body:
        raise NsocError(
            where,
            found="drie kopregels en geen enkele deelnemer",
            expected="ten minste een rij met antwoorden",
            remedy="Kijk of de export een filter had, en exporteer opnieuw.",
        )
    return Export(where, columns, tuple(_response(number, row, columns, where) for number, row in body))


def _same_width(header: list[list[str]], where: str) -> list[list[str]]:
    widths = [len(row) for row in header]
    if len(set(widths)) > 1:
        raise NsocError(
            where,
            found=f"kopregels met {enumerate_nl([str(width) for width in widths])} kolommen",
            expected="drie kopregels met evenveel kolommen",
            remedy="Exporteer opnieuw uit Qualtrics; verwijder geen kopregels.",
        )
    return header


def _import_id(cell: str, where: str, tag: str) -> str:
    try:
        return str(json.loads(cell)["ImportId"])
    except (ValueError, KeyError, TypeError) as error:
        raise NsocError(
            f"{where}, rij 3, kolom {tag}",
            found=f'"{cell[:40]}"',
            expected='{"ImportId":"…"}, de derde kopregel van Qualtrics',
            remedy="Is dit een export van een ander programma? Exporteer uit Qualtrics als CSV, met alle kopregels.",
        ) from error


def _refuse_double_ids(columns: tuple[Column, ...], where: str) -> None:
    seen: dict[str, str] = {}
    for column in columns:
        if column.import_id in seen:
            raise NsocError(
                f"{where}, rij 3",
                found=f"ImportId {column.import_id} bij de kolommen {seen[column.import_id]} en {column.tag}",
                expected="elke ImportId een keer",
                remedy="Exporteer opnieuw uit Qualtrics; plak geen kolommen bij.",
            )
        seen[column.import_id] = column.tag
    if RESPONSE_ID not in seen:
        raise NsocError(
            f"{where}, rij 3",
            found=f"geen kolom met ImportId {RESPONSE_ID}",
            expected="de kolom ResponseId van Qualtrics",
            remedy="Exporteer opnieuw met alle systeemkolommen.",
        )


def _response(number: int, row: list[str], columns: tuple[Column, ...], where: str) -> Response:
    if len(row) != len(columns):
        raise NsocError(
            f"{where}, rij {number}",
            found=f"{len(row)} cellen",
            expected=f"{len(columns)} cellen, evenveel als er kolommen zijn",
            remedy="Exporteer opnieuw; bewerk het bestand niet met de hand.",
        )
    return Response(number, {column.import_id: cell.strip() for column, cell in zip(columns, row, strict=True)})
