"""Read a survey export of Qualtrics: CSV or TSV, with answer texts or codes, current, early or legacy.

Columns are recognised by the third header row alone: tags can occur twice and texts are localised.
A cell stays as it came, also one that holds several chosen options: what it means is decided by
the codebook. Recognised by Qualtrics' own rules are test responses and −99, "seen but unanswered".
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from nsoc_lib.errors import NsocError
from nsoc_lib.sources.delimited import load_delimited
from nsoc_lib.sources.export import (
    AANGENOMEN,
    HERNOEMD,
    OVERGESLAGEN,
    SYSTEM_COLUMNS,
    Column,
    Export,
    Note,
    Response,
)
from nsoc_lib.sources.qualtrics_header import Header, read_header

SEEN_UNANSWERED = "-99"
TEST, TEST_CODES = "Survey Preview", ("1", "2", "9", "17", "256")
# Survey Preview, Survey Test, Synthetic, and their translations in Dutch, German and French.
TEST_WORDS = re.compile(r"preview|test|synthetic|voorbeeld|vorschau|aperçu", re.IGNORECASE)
SPAM_CODES, SPAM_WORD = ("8", "12", "40"), "spam"
FINISHED = {"true": "True", "waar": "True", "wahr": "True", "vrai": "True",
            "false": "False", "onwaar": "False", "falsch": "False", "faux": "False"}  # fmt: skip
CODES = {"0", "1"}


@dataclass
class _Tally:
    """What the reader did to cells, counted while it reads; becomes the notes."""

    counts: Counter[str] = field(default_factory=Counter)
    missing: set[str] = field(default_factory=set)

    def notes(self) -> tuple[Note, ...]:
        told = (
            (AANGENOMEN, f"{SEEN_UNANSWERED} als gezien en niet beantwoord", "zo schrijft Qualtrics dat", "gezien"),
            (HERNOEMD, f"de status van testantwoorden naar {TEST}", "code of vertaling van Qualtrics", "test"),
            (AANGENOMEN, "antwoorden met de status spam als echt", "Qualtrics vermoedt het alleen", "spam"),
            (HERNOEMD, "Finished naar True of False", "vertaald of door Excel in hoofdletters gezet", "finished"),
            (AANGENOMEN, "de voortgang: 100 wie klaar was, anders de plaats van het laatste antwoord onder de vragen",
             "deze export heeft geen kolom Progress", "progress"),
        )  # fmt: skip
        return tuple(Note(kind, what, why, self.counts[key]) for kind, what, why, key in told if self.counts[key])


def load_qualtrics(path: Path, where: str) -> Export:
    """Read a Qualtrics export: UTF-8 or UTF-16, commas, semicolons or tabs, as it is or in a zip.

    An empty cell stays an empty text: whether that means skipped or not reached is decided
    when the answers are cleaned; only −99 says so itself. Technical columns (timing, display order)
    stay out, with a note. Raises NsocError for another encoding or layout, a row of the wrong
    width, an ImportId given twice and an export without respondents.
    """
    table = load_delimited(path, where)
    header = read_header(table, where)
    body = [(n, row) for n, row in enumerate(table.rijen[header.rows :], header.rows + 1) if any(map(str.strip, row))]
    if not body:
        raise NsocError(
            where,
            found=f"{'drie' if header.rows == 3 else 'twee'} kopregels en geen enkele deelnemer",
            expected="ten minste een rij met antwoorden",
            remedy="Kijk of de export een filter had, en exporteer opnieuw.",
        )
    tally = _Tally()
    responses = tuple(_response(number, row, header, where, tally) for number, row in body)
    columns = [_declare_missing(column, tally) for column in header.kept]
    if header.layout != "Qualtrics" and "progress" not in {column.import_id for column in columns}:
        columns.append(Column("Progress", "", "progress"))
        responses = tuple(_with_progress(response, header.kept, tally) for response in responses)
    numeric = {response.cells.get("finished", "") for response in responses} <= CODES
    return Export(
        where,
        tuple(columns),
        responses,
        programma=f"{header.layout}, {'codes' if numeric else 'keuzetekst'}",
        notities=(*table.notities, *header.notes, *tally.notes()),
        rijen_gelezen=len(body),
    )


def _response(number: int, row: tuple[str, ...], header: Header, where: str, tally: _Tally) -> Response:
    if len(row) != len(header.columns):
        raise NsocError(
            f"{where}, rij {number}",
            found=f"{len(row)} cellen",
            expected=f"{len(header.columns)} cellen, evenveel als er kolommen zijn",
            remedy="Exporteer opnieuw; bewerk het bestand niet met de hand.",
        )
    cells: dict[str, str] = {}
    missing: dict[str, str] = {}
    for column, cell in zip(header.columns, row, strict=True):
        if column is None:
            continue
        name, text = column.import_id, cell.strip()
        if name not in SYSTEM_COLUMNS and text == SEEN_UNANSWERED:
            text, missing[name] = "", OVERGESLAGEN
            tally.counts["gezien"] += 1
            tally.missing.add(name)
        cells[name] = text
    if "status" in cells:
        cells["status"] = _read_status(cells["status"], tally)
    if cells.get("finished", "").casefold() in FINISHED:
        standard = FINISHED[cells["finished"].casefold()]
        tally.counts["finished"] += cells["finished"] != standard
        cells["finished"] = standard
    return Response(number, cells, missing)


def _read_status(status: str, tally: _Tally) -> str:
    """Return one word for every test response, in whatever language or code; any other status as it came."""
    if status in TEST_CODES or TEST_WORDS.search(status):
        tally.counts["test"] += status != TEST
        return TEST
    tally.counts["spam"] += status in SPAM_CODES or SPAM_WORD in status.casefold()
    return status


def _declare_missing(column: Column, tally: _Tally) -> Column:
    missing = column.import_id in tally.missing
    return replace(column, ontbreekt={SEEN_UNANSWERED: OVERGESLAGEN}) if missing else column


def _with_progress(response: Response, columns: tuple[Column, ...], tally: _Tally) -> Response:
    """Older exports have no Progress: 100 for who finished, else the place of the last answer among the questions."""
    asked = [column.import_id for column in columns if column.import_id not in SYSTEM_COLUMNS]
    last = max(
        (place for place, name in enumerate(asked, 1) if response.cells[name] or name in response.ontbreekt), default=0
    )
    finished = response.cells.get("finished") in {"1", "True"}
    progress = 100 if finished else min(99, 100 * last // max(len(asked), 1))
    tally.counts["progress"] += 1
    return replace(response, cells=response.cells | {"progress": str(progress)})
