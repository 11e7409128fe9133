"""Read answers from an SPSS system file (.sav or .zsav): codes, their labels, and the kinds of missing.

A code that the file declares missing becomes an empty cell with its kind; a code that is only
called "don't know" stays an answer, and a Note asks. pyreadstat reads the file, in a process of its own.
"""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.sources.dont_know import ask_dont_know
from nsoc_lib.sources.export import (
    AANGENOMEN,
    CHOSEN,
    HERNOEMD,
    NIET_GEKOZEN,
    VRAAG,
    WEGGELATEN,
    Column,
    Export,
    Note,
    Response,
    write_duration,
    write_number,
)
from nsoc_lib.sources.spss_header import MOST_CELLS, Header, load_header
from nsoc_lib.sources.spss_process import MOST_SECONDS
from nsoc_lib.sources.study import too_large
from nsoc_lib.sources.system_columns import complete_columns, name_columns

SCRIPT = Path(__file__).with_name("spss_process.py")
SECONDS = MOST_SECONDS + 10  # the process ends itself before that, where the system can
LATIN = "WINDOWS-1252"
ENCODING_FAULTS = ("UnicodeDecodeError", "requested encoding", "character set")
MEETNIVEAUS = ("nominal", "ordinal", "scale")
WITHOUT_LABEL = "ontbrekend zonder label"
DATES = ("DATE", "ADATE", "EDATE", "JDATE", "SDATE", "MOYR", "QYR", "WKYR")
MOMENTS = ("DATETIME", "YMDHMS")
DURATIONS = ("TIME", "DTIME", "MTIME")
FIRST_DAY = datetime(1582, 10, 14)  # noqa: DTZ001 (SPSS counts seconds since this day, without time zone)


@dataclass(frozen=True)
class _File:
    """What the other process printed, and the encoding that had to be told."""

    inhoud: dict[str, Any]
    gedwongen: bool


@dataclass
class _Seen:
    """Counts, while cells are read, of what a researcher must know; per code and label the columns."""

    ontbreekt: Counter[tuple[str, str]] = field(default_factory=Counter)
    kolommen: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    buiten_bereik: int = 0


def load_spss(path: Path, where: str) -> Export:
    """Read an SPSS file; a column is known by the name of its variable, a row by the number of its case.

    Cells are codes as text (``1``, not ``1.0``), dates ISO text, durations H:MM:SS; system-missing is
    an empty cell. Raises NsocError for a file that is absent, cut off, damaged, too large, of
    another program, with a variable twice or without cases.
    """
    header = load_header(path, where)
    file = _read(path, where, header)
    content = file.inhoud
    _check(content, header, where)
    columns = tuple(
        Column(name, text or name, name, meetniveau=level if level in MEETNIVEAUS else "")
        for name, text in zip(content["namen"], content["teksten"], strict=True)
        for level in [content["meetniveaus"].get(name, "")]
    )
    seen = _Seen()
    read = [_read_column(column, content, number, seen) for number, column in enumerate(columns)]
    kinds: list[dict[str, str]] = [{} for _ in content["cellen"][0]]
    cells: list[dict[str, str]] = [{} for _ in kinds]
    named = name_columns((column for column, _ in read), where)
    for column, (_, texts) in zip(named, read, strict=True):
        for place, (text, kind) in enumerate(texts):
            cells[place][column.import_id] = text
            if kind:
                kinds[place][column.import_id] = kind
    responses = [Response(n, c, k) for n, (c, k) in enumerate(zip(cells, kinds, strict=True), 1)]
    responses, set_notes = _read_sets(content["sets"], {column.tag: column.import_id for column in named}, responses)
    completed, filled, assumed = complete_columns(named, responses)
    asked = ask_dont_know(named, responses)
    notes = (*_file_notes(file, header, len(responses)), *_seen_notes(seen), *asked, *set_notes, *assumed)
    return Export(where, completed, filled, "SPSS, codes", notes, len(responses))


def _read(path: Path, where: str, header: Header) -> _File:
    """Return what the file holds; once more as Windows text where its own encoding does not fit."""
    rows = MOST_CELLS // header.variabelen + 1
    content = _run(path, where, "", rows)
    if any(fault in content.get("fout", "") for fault in ENCODING_FAULTS):
        again = _run(path, where, LATIN, rows)
        if "fout" not in again:
            return _File(again, gedwongen=True)
    if "fout" in content:
        cut = "expected number of rows" in content["fout"] or "Unable to read" in content["fout"]
        raise _damaged(where, "een bestand dat te vroeg ophoudt" if cut else "een bestand dat niet te lezen is")
    return _File(content, gedwongen=False)


def _run(path: Path, where: str, encoding: str, rows: int) -> dict[str, Any]:
    command = [sys.executable, "-P", str(SCRIPT), str(path.resolve()), encoding, str(rows)]
    try:
        done = subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)  # noqa: S603
        content: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise _damaged(where, f"een bestand dat na {SECONDS} seconden nog niet gelezen is") from error
    except (subprocess.CalledProcessError, OSError, ValueError) as error:
        raise _damaged(where, "een bestand waarop het lezen afbreekt") from error
    return content


def _damaged(where: str, found: str) -> NsocError:
    return NsocError(
        where,
        found=found,
        expected="een heel SPSS-bestand (.sav)",
        remedy="Open het in SPSS of PSPP en bewaar het opnieuw, of vraag het bestand opnieuw op.",
    )


def _check(content: dict[str, Any], header: Header, where: str) -> None:
    twice = [warning for warning in content["waarschuwingen"] if "duplicated" in warning]
    if twice:
        raise NsocError(
            where,
            found=f"een variabele die er twee keer in staat ({twice[0].split(chr(39))[1][:60]})",
            expected="elke variabele een keer",
            remedy="Geef een van beide in SPSS een andere naam en bewaar opnieuw.",
        )
    rows = len(content["cellen"][0]) if content["cellen"] else 0
    if not rows:
        raise NsocError(
            where,
            found=f"{len(content['namen'])} variabelen en geen enkele deelnemer",
            expected="ten minste een rij met antwoorden",
            remedy="Kijk of er in SPSS een selectie aan stond toen het bestand werd bewaard.",
        )
    if rows * len(content["namen"]) > MOST_CELLS:
        raise too_large(where, f"meer dan {MOST_CELLS} cellen")
    if header.rijen >= 0 and rows != header.rijen:
        raise _damaged(where, f"{rows} rijen, terwijl het bestand zelf er {header.rijen} belooft")


def _read_column(
    column: Column, content: dict[str, Any], number: int, seen: _Seen
) -> tuple[Column, list[tuple[str, str]]]:
    """Return the column with its labels, and per case the text of the cell and the kind of missing."""
    kind = re.sub(r"[\d.]+$", "", str(content["soorten"].get(column.tag) or ""))
    show: Callable[[Any], str] = lambda value: _show(value, kind)  # noqa: E731
    values = content["cellen"][number]
    labels = {show(code): str(label).strip() for code, label in content["labels"].get(column.tag, ())}
    ranges = content["ontbreekt"].get(column.tag, [])
    coded = [code for code, _ in content["labels"].get(column.tag, ())]
    missing = {
        show(value): labels.get(show(value)) or WITHOUT_LABEL
        for value in (*coded, *values)
        if value is not None and _within(value, ranges)
    }
    texts = []
    for value in values:
        text = show(value)
        if value is not None and text in missing:
            seen.ontbreekt[text, missing[text]] += 1
            _remember(seen, (text, missing[text]), column.tag)
            texts.append(("", missing[text]))
            continue
        seen.buiten_bereik += int(kind in DATES + MOMENTS and text != "" and "-" not in text[1:])
        texts.append((text, ""))
    return replace(column, labels=labels, ontbreekt=missing), texts


def _remember(seen: _Seen, key: tuple[str, str], tag: str) -> None:
    columns = seen.kolommen.setdefault(key, [])
    if tag not in columns:
        columns.append(tag)


def _within(value: float | str, ranges: list[Any]) -> bool:
    for part in ranges:
        low, high = (part["lo"], part["hi"]) if isinstance(part, dict) else (part, part)
        if isinstance(value, str):
            if value.rstrip() == str(low).rstrip():
                return True
        elif not isinstance(low, str) and low <= value <= high:
            return True
    return False


def _show(value: float | str | None, kind: str) -> str:
    """Return a value as text: a date as ISO, a whole number without point, anything else in full."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if kind in DATES + MOMENTS + DURATIONS and math.isfinite(value):
        if kind in DURATIONS:
            return write_duration(value) if value >= 0 else write_number(value)
        try:
            moment = FIRST_DAY + timedelta(seconds=value)
        except OverflowError:
            return write_number(value)
        return moment.date().isoformat() if kind in DATES else moment.isoformat(sep=" ", timespec="seconds")
    return write_number(value)


def _read_sets(
    sets: dict[str, Any], names: dict[str, str], responses: list[Response]
) -> tuple[list[Response], tuple[Note, ...]]:
    """Read multiple-response sets: in one of yes and no the counted value becomes 1, another value an empty cell."""
    notes = []
    for name, found in sets.items():
        members = [names[tag] for tag in found["variable_list"] if tag in names]
        counted = found["counted_value"]
        if not members:
            continue
        if not found["is_dichotomy"] or counted is None:
            what = f"meervoudige-antwoordset {name}: {len(members)} kolommen, gelezen als losse vragen"
            notes.append(
                Note(WEGGELATEN, what, "een set met een code per keuze heeft geen kolom per optie", len(members))
            )
            continue
        changed = 0
        for place, response in enumerate(responses):
            other = [key for key in members if response.cells[key] not in {"", str(counted)}]
            ones = {key: CHOSEN for key in members if response.cells[key] == str(counted)}
            empty = dict.fromkeys(other, "")
            responses[place] = replace(
                response,
                cells=response.cells | ones | empty,
                ontbreekt={**response.ontbreekt, **dict.fromkeys(other, NIET_GEKOZEN)},
            )
            changed += len(other)
        what = f"meervoudige-antwoordset {name} ({enumerate_nl(members)}): {counted} is gekozen, al het andere niet"
        notes.append(Note(HERNOEMD, what, "zo staat de set in het bestand", changed))
    return responses, tuple(notes)


def _file_notes(file: _File, header: Header, rows: int) -> tuple[Note, ...]:
    notes = []
    if file.gedwongen:
        notes.append(
            Note(AANGENOMEN, "tekencodering Windows-1252", "de codering die het bestand noemt, past niet", rows)
        )
    if header.gewogen:
        notes.append(Note(WEGGELATEN, "de weging die in SPSS aan stond", "weging hoort in meting.yml", rows))
    if header.rijen < 0:
        notes.append(Note(VRAAG, "zijn dit alle rijen?", "het bestand zegt zelf niet hoeveel rijen het heeft", rows))
    return tuple(notes)


def _seen_notes(seen: _Seen) -> tuple[Note, ...]:
    notes = []
    for (code, label), count in seen.ontbreekt.items():
        columns = enumerate_nl(seen.kolommen[code, label], most=5)
        what = f'code {code} ("{label}") wordt een lege cel met die soort ontbrekend, in {columns}'
        notes.append(Note(HERNOEMD, what, "het bestand verklaart deze code ontbrekend", count))
    if seen.buiten_bereik:
        what = "datums die buiten de kalender vallen, als getal gelezen"
        notes.append(Note(HERNOEMD, what, "zulke datums bestaan niet in ISO-tekst", seen.buiten_bereik))
    return tuple(notes)
