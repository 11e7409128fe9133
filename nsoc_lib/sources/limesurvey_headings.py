"""The first row of an export of LimeSurvey: codes, full texts, or both, and the fixed columns in three languages.

A question becomes one stable name, however its part is written: ``G01Q04[SQ001]`` is ``G01Q04_SQ001``.
With full texts alone the name is the text itself, unless the structure knows which question has it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nsoc_lib.doubles import find_double
from nsoc_lib.errors import NsocError
from nsoc_lib.sources.delimited import Delimited
from nsoc_lib.sources.export import RESPONSE_ID
from nsoc_lib.sources.limesurvey_fields import OTHER, OTHER_WORDS, Field, Structure, flatten, key_of

ID, SUBMITTED, PAGE = "id", "submitdate", "lastpage"
CODES, TEXTS, BOTH = "vraagcodes", "vraagteksten", "vraagcodes en vraagteksten"
# Each fixed column: its code, the standard name it gets ("" is left out), its titles in Dutch, English and German.
FIXED = {
    ID: (RESPONSE_ID, ("Respons ID", "Response ID", "Antwort ID", "Respons-ID", "Antwort-ID")),
    SUBMITTED: ("endDate", ("Datum verstuurd", "Date submitted", "Datum Abgeschickt")),
    PAGE: ("", ("Laatste pagina", "Last page", "Letzte Seite")),
    "startlanguage": ("userLanguage", ("begin taal", "begintaal", "start language", "start-sprache")),
    "seed": ("", ("seed", "zufallsstartwert", "zufallsgeneratorstartwert")),
    "startdate": ("startDate", ("startdatum", "date started", "datum gestartet")),
    "datestamp": ("recordedDate", ("datum laatste actie", "date last action", "datum letzte aktivität")),
    "ipaddr": ("ipAddress", ("ip-adres", "ip address", "ip-adresse")),
    "refurl": ("", ("verwijzende url", "referrer url", "referring url", "weiterleitungs-url")),
    "token": ("externalDataReference", ("toegangscode", "access code", "token", "zugangscode", "zugangsschlüssel")),
    "firstname": ("recipientFirstName", ("voornaam", "first name", "vorname")),
    "lastname": ("recipientLastName", ("achternaam", "last name", "nachname")),
    "email": ("recipientEmail", ("e-mailadres", "email address", "e-mail-adresse")),
    "interviewtime": ("duration", ("totale tijd", "total time", "gesamtzeit")),
}
NEEDED = (ID, SUBMITTED, PAGE)
_TITLES = {title.casefold(): code for code, (_, titles) in FIXED.items() for title in titles}
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,99}(?:\[[^\[\]]{1,99}\]){0,2}")
_TIME = re.compile(r"(?:group|question)Time\d{1,12}")
_DATABASE = re.compile(r"\d{1,9}X\d{1,9}X\d{1,9}")  # how the database names a column: survey, group, question
_PARTICIPANT = ("firstname", "lastname", "email")


@dataclass(frozen=True)
class Heading:
    """One column: what stands in the file, its stable name, the question and part it shows, and its text.

    ``vast`` is the code of a fixed column and empty for a question.
    """

    tag: str
    naam: str
    vraag: str = ""
    deel: str = ""
    tekst: str = ""
    vast: str = ""
    veld: Field | None = None


def read_headings(cells: Sequence[str], structure: Structure | None, where: str) -> tuple[str, tuple[Heading, ...]]:
    """Return the kind of heading and the columns, in the order of the file.

    Raises NsocError when the fixed columns for the number, the date of submitting or the last page
    are absent, when a column occurs twice, and when file and structure do not belong together.
    """
    cells = [cell.strip() for cell in cells]
    if structure and structure.volgorde:
        kind, headings = CODES, _by_place(cells, structure, where)
    else:
        kind, separator = _kind_of(cells, where)
        texts = _index(structure)
        headings = tuple(
            _by_text(cell, texts) if kind == TEXTS else _by_code(cell, separator, structure) for cell in cells
        )
    _refuse_twice(headings, where)
    present = {heading.vast for heading in headings}
    for code in NEEDED:
        if code not in present:
            raise _no_fixed_column(where, code, cells)
    if structure and not any(heading.veld for heading in headings if not heading.vast):
        raise _other_survey(where, structure, "geen enkele vraag uit de structuur")
    return kind, headings


def _kind_of(cells: Sequence[str], where: str) -> tuple[str, str]:
    """Return the kind of heading and what stands between code and text, told by the column with the number."""
    for cell in cells:
        if cell == ID:
            return CODES, ""
        if _title_of(cell) == ID:
            return TEXTS, ""
        for title in FIXED[ID][1]:
            if cell.startswith(ID) and cell.casefold().endswith(title.casefold()) and len(cell) - len(title) <= 8:
                return BOTH, cell[len(ID) : len(cell) - len(title)]
    raise _no_fixed_column(where, ID, cells)


def _title_of(cell: str) -> str:
    return _TITLES.get(cell.replace("_", " ").casefold(), "")


def _by_place(cells: Sequence[str], structure: Structure, where: str) -> tuple[Heading, ...]:
    """Return the columns with the names that the syntax file of R gives them by place, if those fit the headings."""
    if len(cells) != len(structure.volgorde):
        raise _other_survey(where, structure, f"{len(cells)} kolommen, en {len(structure.volgorde)} in de structuur")
    headings = []
    for cell, name in zip(cells, structure.volgorde, strict=True):
        own = _by_code(cell, "", structure)
        if name and own.naam != name:
            if own.naam.casefold() not in {name.casefold(), name.removeprefix("q_").casefold()} and not _DATABASE.match(
                cell
            ):
                raise _other_survey(
                    where, structure, f'de kolom "{cell[:60]}", en op die plaats {name[:60]} in de structuur'
                )
            own = _by_code(name, "", structure)
        headings.append(own)
    return tuple(headings)


def _by_code(cell: str, separator: str, structure: Structure | None) -> Heading:
    code, _, text = cell.partition(separator) if separator else (cell, "", "")
    if code in FIXED or _TIME.fullmatch(code):
        return Heading(code, code, vast=code)
    parts = re.findall(r"\[([^\[\]]*)\]", code) if _CODE.fullmatch(code) else []
    question = code.partition("[")[0] if parts else code
    name = "_".join([question, *parts])
    field = structure.velden.get(name) if structure else None
    if field:
        return Heading(code, name, field.vraag, field.deel, flatten(text) or field.tekst, veld=field)
    return Heading(code, name, question, "_".join(parts), flatten(text))


def _index(structure: Structure | None) -> dict[str, list[Field]]:
    """Return the fields by the keys of their full heading; two questions may have the same text."""
    found: dict[str, list[Field]] = {}
    for field in structure.velden.values() if structure else ():
        for key in field.koppen:
            found.setdefault(key, []).append(field)
    return found


def _by_text(cell: str, texts: dict[str, list[Field]]) -> Heading:
    """Return the column with this full text: the field of the structure that has it, else a name made of the text."""
    code = _title_of(cell)
    if code and code not in _PARTICIPANT:
        return Heading(cell, code, vast=code)
    text = flatten(cell)
    fields = texts.get(key_of(cell), [])
    if len(fields) == 1:
        field = fields[0]
        tag = f"{field.vraag}[{field.deel}]" if field.deel else field.vraag  # as in a heading with codes
        return Heading(tag, field.naam, field.vraag, field.deel, text, veld=field)
    question, parts = text, list[str]()
    while question.endswith("]") and "[" in question:
        question, _, part = question[:-1].rpartition("[")
        question = question.rstrip()
        parts.insert(0, OTHER if part.casefold() in OTHER_WORDS else part.strip())
    return Heading(text, "_".join([question, *parts]), question, "_".join(parts), text)


def _refuse_twice(headings: tuple[Heading, ...], where: str) -> None:
    if double := find_double(headings, lambda heading: heading.naam):
        raise NsocError(
            f"{where}, rij 1",
            found=f'de kolom "{double[1].tag[:60]}" voor de tweede keer',
            expected="elke kolom een keer",
            remedy="Exporteer opnieuw met vraagcodes in de kop; plak geen kolommen bij.",
        )


def _no_fixed_column(where: str, code: str, cells: Sequence[str]) -> NsocError:
    titles = [f'"{title}"' for title in FIXED[code][1][:3]]
    shown = ", ".join(f'"{cell[:30]}"' for cell in cells[:4]) or "niets"
    return NsocError(
        f"{where}, rij 1",
        found=f"een kop die begint met {shown}",
        expected=f'de vaste kolom "{code}" van LimeSurvey, of {", ".join(titles)}',
        remedy="Exporteer uit LimeSurvey met alle kolommen, en met vraagcodes in de kop. Of is dit een ander programma?",
    )


def _other_survey(where: str, structure: Structure | None, found: str) -> NsocError:
    return NsocError(
        f"{where}, rij 1",
        found=found,
        expected=f"de kolommen van {structure.where if structure else 'de structuur'}",
        remedy="Neem de export en de structuur van dezelfde vragenlijst, en exporteer beide opnieuw.",
    )


def is_vv(table: Delimited) -> bool:
    """Tell a vv export: tabs, texts in the first row and the names of fields in the second."""
    second = table.rijen[1] if len(table.rijen) > 1 else ()
    return table.scheiding == "\t" and {ID, SUBMITTED} <= set(second)
