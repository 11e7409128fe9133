"""Read delimited text as survey programs save it: CSV or TSV, in UTF-8 or UTF-16, as it is or alone in a zip.

The encoding is told by the byte order mark, the separator by the first line. Nothing is
unpacked to disk, and files larger than a survey can be are refused before they fill the memory.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.sources.archive import climbs
from nsoc_lib.sources.export import AANGENOMEN, WEGGELATEN, Note
from nsoc_lib.sources.study import load_bytes, name_csv_fault, refuse_larger, too_large

SCHEIDINGEN = {
    ",": "komma's",
    ";": "puntkomma's",
    "\t": "tabs",
}  # in order of preference where the first line is silent
LIMESURVEY_ADVICE = (
    "Exporteer in LimeSurvey de antwoorden als CSV, met vraagcodes en antwoordcodes, en de vragenlijst als .lss voor "
    "structuur in meting.yml."
)
MOST_BYTES = 100_000_000
MOST_COLUMNS = 10_000
MOST_CELLS = 5_000_000
MOST_SEPARATORS = 200_000  # in one line of the file, cells with a separator of their own included
MOST_MEMBERS = 1_000
ZIP_MARK, OFFICE_MEMBER, MAC_FOLDER = b"PK\x03\x04", "[Content_Types].xml", "__MACOSX/"
_QUOTED = re.compile(r'"[^"]*"?')
_SEPARATOR_LINE = re.compile(r'"?sep=([,;\t])"?\r?\n')  # the first line with which Excel is told the separator
_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError, OverflowError)


@dataclass(frozen=True)
class Delimited:
    """The cells of a delimited file, as they came. ``rijen[0]`` is row 1 of a spreadsheet; an empty line is ().

    ``codering`` and ``scheiding`` say how it was read, ``notities`` what was assumed or left out.
    """

    rijen: tuple[tuple[str, ...], ...]
    codering: str
    scheiding: str
    notities: tuple[Note, ...]


def load_delimited(path: Path, where: str) -> Delimited:
    """Read a delimited file, with or without byte order mark, or the one csv or tsv in a zip.

    Cells keep their spaces and line ends. Raises NsocError for a file that is absent, too large, of
    another kind or encoding, a quotation mark that does not close, and a zip that is broken, holds
    more than one table or names files outside itself.
    """
    refuse_larger(path, where, MOST_BYTES)
    raw = load_bytes(path, where)
    notes: list[Note] = []
    if raw.startswith(ZIP_MARK):
        raw, note = _unzip(raw, where)
        notes.append(note)
    text, encoding = _decode(raw, where)
    told = _SEPARATOR_LINE.match(text)
    if told:
        text, separator = text[told.end() :], told[1]
        notes.append(Note(WEGGELATEN, "de eerste regel, met alleen het scheidingsteken", "geen gegevens", 1))
    else:
        separator = _find_separator(text)
    rows = _split(text, separator, where)
    if rows and not text.endswith(("\n", "\r")):
        notes.append(Note(AANGENOMEN, "de laatste rij is heel", "het bestand eindigt zonder regeleinde", 1))
    if separator != "," and not told:
        notes.append(Note(AANGENOMEN, f"{SCHEIDINGEN[separator]} tussen de cellen", "zo is de kopregel", len(rows)))
    return Delimited(rows, encoding, separator, tuple(notes))


def _unzip(raw: bytes, where: str) -> tuple[bytes, Note]:
    """Return what the one table in a zip holds. Its size is measured while reading, not believed."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            member = _select_member(archive.infolist(), where)
            with archive.open(member) as file:
                content = file.read(MOST_BYTES + 1)
    except _BROKEN_ZIP as error:
        raise NsocError(
            where,
            found="een zipbestand dat niet te lezen is",
            expected="een heel zipbestand zonder wachtwoord, met een csv of tsv erin",
            remedy="Download de export opnieuw, of pak het bestand zelf uit en gebruik de csv.",
        ) from error
    if len(content) > MOST_BYTES:
        raise too_large(f"{where}, in het zipbestand", f"meer dan {MOST_BYTES // 1_000_000} MB")
    return content, Note(AANGENOMEN, f"{PurePosixPath(member.filename).name} uit het zipbestand", "de enige tabel", 1)


def _select_member(members: list[zipfile.ZipInfo], where: str) -> zipfile.ZipInfo:
    names = [member.filename for member in members]
    climbing = [name for name in names if climbs(name.replace("\\", "/"))]
    if climbing or len(members) > MOST_MEMBERS:
        raise NsocError(
            where,
            found=f'een zipbestand met de naam "{climbing[0][:60]}"' if climbing else f"{len(members)} bestanden",
            expected="een zipbestand met alleen de export, zoals het programma het maakt",
            remedy="Vertrouw dit bestand niet; download de export opnieuw.",
        )
    tables = [
        member
        for member in members
        if member.filename.lower().endswith((".csv", ".tsv")) and not member.filename.startswith(MAC_FOLDER)
    ]
    if len(tables) != 1:
        office = OFFICE_MEMBER in names
        if any(re.fullmatch(r".*\.ls[srti]", name, re.IGNORECASE) for name in names):
            raise NsocError(
                where,
                found="een archief van LimeSurvey (.lsa)",
                expected="de antwoorden als CSV",
                remedy=LIMESURVEY_ADVICE,
            )
        listed = enumerate_nl([PurePosixPath(member.filename).name[:60] for member in tables])
        raise NsocError(
            where,
            found="een bestand van Excel of Word" if office else f"{len(tables)} tabellen in het zipbestand ({listed})"
            if tables else "een zipbestand zonder tabel",
            expected="precies een csv of tsv",
            remedy="Exporteer als CSV." if office else "Pak het zipbestand uit en gebruik de tabel met de antwoorden.",
        )  # fmt: skip
    if tables[0].compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile(tables[0].filename)  # other methods cannot be unpacked within a limit
    return tables[0]


def _decode(raw: bytes, where: str) -> tuple[str, str]:
    wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    name = "UTF-16" if wide else "UTF-8"
    try:
        text = raw.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise NsocError(
            where,
            found=f"een bestand dat geen {name} is (byte {error.start + 1})",
            expected=f"tekst in {name}",
            remedy="Exporteer of bewaar het opnieuw met tekencodering UTF-8.",
        ) from error
    if "\0" in text:
        raise NsocError(
            where,
            found=f"een teken dat geen tekst is (teken {text.index(chr(0)) + 1})",
            expected="een tekstbestand: csv of tsv, in UTF-8 of in UTF-16 met BOM",
            remedy="Kijk of dit het goede bestand is, en exporteer het opnieuw als CSV in UTF-8.",
        )
    return text, name


def _find_separator(text: str) -> str:
    """Return the separator that occurs most in the first line, outside quotation marks."""
    lines = _QUOTED.sub("", text[: MOST_BYTES // 100]).lstrip("\r\n").splitlines()
    return max(SCHEIDINGEN, key=lines[0].count) if lines else ","


def _split(text: str, separator: str, where: str) -> tuple[tuple[str, ...], ...]:
    rows: list[tuple[str, ...]] = []
    cells = 0
    try:
        for row in csv.reader(_lines(text, separator, where), delimiter=separator, strict=True):
            cells += max(len(row), 1)
            if len(row) > MOST_COLUMNS or cells > MOST_CELLS:
                raise _too_wide(f"{where}, rij {len(rows) + 1}", len(row), cells)
            rows.append(tuple(row))
    except csv.Error as error:
        raise NsocError(
            where,
            found=name_csv_fault(error),
            expected="een export met aanhalingstekens die ook sluiten",
            remedy="Exporteer opnieuw en bewerk het bestand niet in een tekstverwerker.",
        ) from error
    return tuple(rows)


def load_rows(path: Path, where: str, columns: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Give the rows of a table of ours below its head, with their number in the file; no file is no rows.

    Cells come without the spaces around them, empty rows are passed over. A row may be too short or too long.
    Raises NsocError for another head.
    """
    if not path.exists():
        return
    rows = load_delimited(path, where).rijen
    if not rows or tuple(cell.strip() for cell in rows[0]) != columns:
        raise NsocError(
            f"{where}, rij 1",
            found=f"de kolommen {enumerate_nl(list(rows[0]) if rows else ['geen'], most=12)}",
            expected=f"de kolommen {enumerate_nl(list(columns), most=12)}, in deze volgorde",
            remedy="Zet de kopregel terug.",
        )
    for number, row in enumerate(rows[1:], 2):
        cells = tuple(cell.strip() for cell in row)
        if any(cells):
            yield number, cells


def _lines(text: str, separator: str, where: str) -> Iterator[str]:
    """Give the lines one by one; a line with too many separators is refused before it becomes cells."""
    for number, line in enumerate(io.StringIO(text, newline=""), 1):
        found = line.count(separator)
        if found > MOST_SEPARATORS:
            raise _too_wide(f"{where}, regel {number}", found + 1, found + 1)
        yield line


def _too_wide(where: str, columns: int, cells: int) -> NsocError:
    return NsocError(
        where,
        found=f"{columns} kolommen" if columns > MOST_COLUMNS else f"al {cells} cellen",
        expected=f"een vragenlijst: ten hoogste {MOST_COLUMNS} kolommen en {MOST_CELLS} cellen",
        remedy="Kijk of dit het goede bestand is; exporteer minder kolommen als het klopt.",
    )
