"""The columns that a survey program fills itself, in files of programs that have few of them or none.

A column is a system column when its name is one of those of Qualtrics, whatever its capitals and
marks (``ResponseId``, ``response_id``). What is absent follows from a rule and is said in a Note.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from nsoc_lib.doubles import find_double
from nsoc_lib.errors import NsocError
from nsoc_lib.sources.export import (
    AANGENOMEN,
    FINISHED,
    PROGRESS,
    RESPONSE_ID,
    STATUS,
    SYSTEM_COLUMNS,
    Column,
    Note,
    Response,
)

OTHER_NAMES = {
    "responseid": RESPONSE_ID,
    "durationinseconds": "duration",
    "externalreference": "externalDataReference",
}
# Per system column what stands in it when the file has none, and why.
ASSUMED = {
    RESPONSE_ID: ("kenmerk van de deelnemer: het nummer van de rij", "geen kolom ResponseId"),
    FINISHED: ("helemaal ingevuld: iedereen", "geen kolom Finished"),
    PROGRESS: (
        "voortgang: 100 bij wie klaar is, en anders de plaats van de laatste ingevulde kolom",
        "geen kolom Progress",
    ),
    STATUS: ("soort antwoord: van een deelnemer, niet uit een proef", "geen kolom Status"),
}
TRUE = frozenset({"1", "true", "waar", "ja", "yes"})


def name_columns(columns: Iterable[Column], where: str) -> tuple[Column, ...]:
    """Return the columns with system columns under their standard name. Raises NsocError for one that is there twice."""
    known = {_plain(name): name for name in SYSTEM_COLUMNS} | OTHER_NAMES
    named = tuple(replace(column, import_id=known.get(_plain(column.tag), column.import_id)) for column in columns)
    if double := find_double(named, lambda column: column.import_id):
        first, second = double
        raise NsocError(
            f"{where}, kolom {second.tag[:60]}",
            found=f"dezelfde kolom als {first.tag[:60]}",
            expected="elke kolom een keer",
            remedy="Verwijder een van beide kolommen, of geef haar een andere naam.",
        )
    return named


def complete_columns(
    columns: tuple[Column, ...], responses: Iterable[Response]
) -> tuple[tuple[Column, ...], tuple[Response, ...], tuple[Note, ...]]:
    """Return columns and responses with every system column that cleaning needs, and a Note per column assumed."""
    present = {column.import_id for column in columns}
    absent = [name for name in ASSUMED if name not in present]
    asked = [column.import_id for column in columns if column.import_id not in SYSTEM_COLUMNS]
    filled = tuple(_complete(response, absent, asked) for response in responses)
    notes = tuple(Note(AANGENOMEN, *ASSUMED[name], len(filled)) for name in absent)
    return (*columns, *(Column(name, ASSUMED[name][0], name) for name in absent)), filled, notes


def assumed_columns(notes: Iterable[Note]) -> frozenset[str]:
    """Return the system columns that these notes say were assumed."""
    said = {(note.wat, note.waarom) for note in notes if note.soort == AANGENOMEN}
    return frozenset(name for name, note in ASSUMED.items() if note in said)


def _complete(response: Response, absent: list[str], asked: list[str]) -> Response:
    cells = dict(response.cells)
    if FINISHED in absent:
        cells[FINISHED] = "True"
    if PROGRESS in absent:
        last = max((place for place, name in enumerate(asked, 1) if cells[name]), default=0)
        done = cells[FINISHED].casefold() in TRUE
        cells[PROGRESS] = "100" if done else str(min(99, 100 * last // max(1, len(asked))))
    if RESPONSE_ID in absent:
        cells[RESPONSE_ID] = str(response.rij)
    if STATUS in absent:
        cells[STATUS] = "0"
    return replace(response, cells=cells)


def _plain(name: str) -> str:
    return re.sub(r"[\s_.()-]", "", name.casefold())
