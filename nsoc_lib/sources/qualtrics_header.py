"""The header rows of a Qualtrics export: which column is what, in each layout Qualtrics ever wrote.

Current and early exports have three rows: tag, question text in the language of the account, and
an object with the ImportId (JSON now, Python-style at first). Legacy exports have two and no
ImportId at all (Qualtrics support, "Understanding Your Dataset"; real headers of each layout).
"""

from __future__ import annotations

import ast
import html
import json
import re
from dataclasses import dataclass
from typing import Any

from nsoc_lib.doubles import find_double
from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.sources.delimited import Delimited
from nsoc_lib.sources.export import AANGENOMEN, HERNOEMD, RESPONSE_ID, SYSTEM_COLUMNS, WEGGELATEN, Column, Note

LEGACY_ID = "ResponseID"  # in the second row of a legacy export, whatever the language of the account
SYSTEM_NAMES = {
    "ResponseID": RESPONSE_ID,
    "responseId": RESPONSE_ID,
    "Name": "recipientLastName",
    "EmailAddress": "recipientEmail",
    "RecipientLastName": "recipientLastName",
    "RecipientFirstName": "recipientFirstName",
    "RecipientEmail": "recipientEmail",
    "ExternalDataReference": "externalDataReference",
    "IPAddress": "ipAddress",
    "Status": "status",
    "StartDate": "startDate",
    "EndDate": "endDate",
    "Finished": "finished",
    "LocationLatitude": "locationLatitude",
    "LocationLongitude": "locationLongitude",
}
LEFT_OUT = {
    "ResponseSet",
    "responseSetId",
    "LocationAccuracy",
    "Location-LocationAccuracy",
}  # of older exports; nothing is known by them
TECHNICAL = {
    "tijdmeting": re.compile(r"QID\d+(#\d+)?_(FIRST_CLICK|LAST_CLICK|PAGE_SUBMIT|CLICK_COUNT)"),
    "volgorde van tonen": re.compile(r"((\d+_)?QID\d+(#\d+)?|BL_\w+?|FL_\d+)_DO"),
    "gegevens over het apparaat": re.compile(r"(\d+_)?QID\d+_(BROWSER|VERSION|OS|RESOLUTION)"),
    "onderwerpen die Qualtrics zelf aan een tekst gaf": re.compile(r".*_TEXT_[0-9a-f]{16}\w*"),
}
TECHNICAL_TAGS = {
    "tijdmeting": re.compile(r".*_(First Click|Last Click|Page Submit|Click Count)"),
    "volgorde van tonen": re.compile(r"DO-(Q|BL|BR)-.*"),
}
MOST_CHARACTERS = 1_000  # of a name: what is longer is no ImportId and no tag
MOST_SHOWN = 10_000  # of a question text
_HIDDEN = re.compile(r"<(style|script)\b[^>]*>.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>")


@dataclass(frozen=True)
class Header:
    """The columns of one export by their place; None for a column that is left out."""

    layout: str
    rows: int
    columns: tuple[Column | None, ...]
    notes: tuple[Note, ...]

    @property
    def kept(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column)


def read_header(table: Delimited, where: str) -> Header:
    """Return the columns under their stable names. Raises NsocError for a header that no layout has.

    An option with a column of its own shares the ImportId of its question and has a ``choiceId``,
    which becomes part of the name: ``QID4`` and choice 7 is ``QID4_7``.
    """
    rows = table.rijen
    legacy = len(rows) > 1 and LEGACY_ID in rows[1] and not (len(rows) > 2 and _looks_like_object(rows[2]))
    if len(rows) < (2 if legacy else 3):
        raise NsocError(
            where,
            found=f"{len(rows)} regels",
            expected="drie kopregels en daaronder de antwoorden",
            remedy="Exporteer opnieuw uit Qualtrics (Data & Analysis, Export, CSV).",
        )
    header = _same_width(rows[: 2 if legacy else 3], where)
    if legacy:
        return _legacy_header(header, where)
    objects = [_read_object(cell, where, tag) for tag, cell in zip(header[0], header[2], strict=True)]
    early = any(cell.startswith("{'") for cell in header[2])
    names = [_stable_name(parsed, early=early) for parsed in objects]
    found = [str(parsed["ImportId"]) for parsed in objects]
    columns, notes = _place(header, names, found, where)
    return Header("Qualtrics, eerste Insights" if early else "Qualtrics", 3, columns, notes)


def _looks_like_object(row: tuple[str, ...]) -> bool:
    return any("ImportId" in cell for cell in row)


def _same_width(header: tuple[tuple[str, ...], ...], where: str) -> tuple[tuple[str, ...], ...]:
    widths = [len(row) for row in header]
    if len(set(widths)) > 1:
        raise NsocError(
            where,
            found=f"kopregels met {enumerate_nl([str(width) for width in widths])} kolommen",
            expected=f"{'drie' if len(header) == 3 else 'twee'} kopregels met evenveel kolommen",
            remedy="Exporteer opnieuw uit Qualtrics; verwijder geen kopregels.",
        )
    return header


def _read_object(cell: str, where: str, tag: str) -> dict[str, Any]:
    """Read a cell of the third row: JSON, or the Python-style text of early exports, which is never run."""
    parsed: object = None
    if len(cell) <= MOST_CHARACTERS:
        for read in (json.loads, ast.literal_eval):
            try:
                parsed = read(cell)
                break
            except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
                continue
    if not isinstance(parsed, dict) or not str(parsed.get("ImportId", "")).strip():
        raise NsocError(
            f"{where}, rij 3, kolom {tag}",
            found=f'"{cell[:40]}"',
            expected='{"ImportId":"…"}, de derde kopregel van Qualtrics',
            remedy="Is dit een export van een ander programma? Exporteer uit Qualtrics als CSV, met alle kopregels.",
        )
    return parsed


def _stable_name(parsed: dict[str, Any], *, early: bool) -> str:
    """Return the name that stays when tags are renamed; early exports wrote hyphens and prefixes."""
    name = str(parsed["ImportId"])
    if early:
        bare = name.removeprefix("panel-").removeprefix("Location-")
        name = SYSTEM_NAMES.get(bare, name.replace("-", "_") if re.match(r"(\d+_)?QID\d", name) else name)
    return "_".join([name, *(str(parsed[key]) for key in ("choiceId", "point", "coord") if key in parsed)])


def _legacy_header(header: tuple[tuple[str, ...], ...], where: str) -> Header:
    tags, texts = header
    while tags and not tags[-1].strip() and not texts[-1].strip():
        tags, texts = tags[:-1], texts[:-1]  # each row of a legacy export ends with a comma
    # Only a column that Qualtrics numbered itself is a system column: a question may read "Name" as well.
    own = [text if tag == text or re.fullmatch(r"V\d+", tag) else tag for tag, text in zip(tags, texts, strict=True)]
    found = [name if name in SYSTEM_NAMES or name in LEFT_OUT else tag for name, tag in zip(own, tags, strict=True)]
    names = [SYSTEM_NAMES.get(name, name) for name in found]
    columns, notes = _place((tags, texts), names, found, where)
    asked = sum(column is not None and column.import_id not in SYSTEM_COLUMNS for column in columns)
    empty = len(header[0]) - len(tags)
    notes = (
        *notes,
        Note(AANGENOMEN, "de kolomnaam als vaste naam van een vraag", "een legacy-export heeft geen ImportId", asked),
        *(
            [Note(WEGGELATEN, "lege kolommen aan het eind", "een legacy-export eindigt op een komma", empty)]
            * bool(empty)
        ),
    )
    return Header("Qualtrics legacy", 2, (*columns, *([None] * empty)), notes)


def _place(
    header: tuple[tuple[str, ...], ...], names: list[str], found: list[str], where: str
) -> tuple[tuple[Column | None, ...], tuple[Note, ...]]:
    """Return a column per place and what was renamed or left out; ``found`` is what the file itself called it."""
    columns: list[Column | None] = []
    left_out: dict[str, int] = {}
    for tag, text, name, own in zip(header[0], header[1], names, found, strict=True):
        why = _technical(tag, own)
        if why:
            left_out[why] = left_out.get(why, 0) + 1
        columns.append(None if why else Column(tag.strip(), strip_markup(text), name))
    kept = [column for column in columns if column]
    _refuse_double_names(kept, where, row=3 if len(header) == 3 else 1)
    renamed = sum(
        column is not None and own != column.import_id and not column.import_id.startswith(f"{own}_")
        for column, own in zip(columns, found, strict=True)
    )
    cleaned = sum(
        column is not None and column.text != text.strip() for column, text in zip(columns, header[1], strict=True)
    )
    notes = [Note(WEGGELATEN, f"kolommen met {why}", "technisch, geen antwoord", n) for why, n in left_out.items()]
    if renamed:
        notes.append(Note(HERNOEMD, "kolommen van een oudere export naar hun huidige naam", "de namen van nu", renamed))
    if cleaned:
        notes.append(Note(WEGGELATEN, "opmaak en regeleinden in vraagteksten", "alleen om te tonen", cleaned))
    return tuple(columns), tuple(notes)


def _technical(tag: str, name: str) -> str:
    """Return what a column that holds no answer does hold, or an empty text."""
    if name in LEFT_OUT:
        return "gegevens die alleen oudere exports hebben"
    if len(name) > MOST_CHARACTERS or len(tag) > MOST_CHARACTERS:
        return ""
    for kind, pattern in TECHNICAL.items():
        by_tag = TECHNICAL_TAGS.get(kind)
        if pattern.fullmatch(name) or (by_tag and by_tag.fullmatch(tag)):
            return kind
    return ""


def strip_markup(text: str) -> str:
    r"""Return a question text as a reader sees it: no HTML, no line ends, no hard spaces.

    >>> strip_markup("<b>Hoe</b> vaak&nbsp;is 1 < 2?\n - Selected Choice")
    'Hoe vaak is 1 < 2? - Selected Choice'
    """
    return " ".join(html.unescape(_MARKUP.sub(" ", _HIDDEN.sub(" ", text[:MOST_SHOWN]))).split())


def _refuse_double_names(columns: list[Column], where: str, row: int) -> None:
    if double := find_double(columns, lambda column: column.import_id):
        first, second = double
        raise NsocError(
            f"{where}, rij {row}",
            found=f"ImportId {first.import_id} bij de kolommen {first.tag} en {second.tag}",
            expected="elke ImportId een keer",
            remedy="Exporteer opnieuw uit Qualtrics; plak geen kolommen bij.",
        )
    if RESPONSE_ID not in {column.import_id for column in columns}:
        raise NsocError(
            f"{where}, rij {row}",
            found=f"geen kolom met ImportId {RESPONSE_ID}",
            expected="de kolom ResponseId van Qualtrics",
            remedy="Exporteer opnieuw met alle systeemkolommen.",
        )
