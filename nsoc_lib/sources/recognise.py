"""Tell what kind of file somebody has, from what is in it: an export, or something that only lies beside one.

A name says little, so the first bytes decide, then the members of a zip, the root of XML, the
keys of YAML and the header rows of a table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from nsoc_lib.errors import NsocError
from nsoc_lib.sources.archive import MARK, open_archive
from nsoc_lib.sources.delimited import LIMESURVEY_ADVICE, OFFICE_MEMBER, SCHEIDINGEN, Delimited, load_delimited
from nsoc_lib.sources.limesurvey_headings import FIXED, ID, SUBMITTED, is_vv
from nsoc_lib.sources.qualtrics_header import LEGACY_ID
from nsoc_lib.sources.spreadsheet import OLD_MARK
from nsoc_lib.sources.spss_header import MARKS
from nsoc_lib.sources.study import load_bytes, load_yaml

ANOTHER = "Zoek de export van de vragenlijst zelf: CSV van Qualtrics of LimeSurvey, .sav, .xlsx of een gewone CSV."
CODED = "Noem het in meting.yml onder tabellen met formaat: refi-qda; zie docs/adding-a-meting.md."
# The first bytes of files that hold no answers as we can read them: what it is, and what to do.
STARTS = (
    (b"%PDF", "een PDF", "Een PDF is een opgemaakt document en geen tabel. " + ANOTHER),
    (b"SQLite format 3\0", "een database (SQLite), zoals van QualCoder of Taguette",
     "Exporteer het project daar als REFI-QDA (.qdpx). " + CODED),
    (b"\x89PNG", "een afbeelding", ANOTHER),
    (b"\xff\xd8\xff", "een afbeelding", ANOTHER),
)  # fmt: skip
# What a zip holds that tells what it is: a part of the name of a member.
MEMBERS = (
    (r".*\.qde", "een project met codes (REFI-QDA, .qdpx)", CODED),
    (r"word/.*", "een document van Word", "Een document is geen tabel. " + ANOTHER),
    (r"ppt/.*", "een presentatie", ANOTHER),
    (r".*\.ls[srti]", "een archief van LimeSurvey (.lsa)", LIMESURVEY_ADVICE),
    (r"content\.xml", "een bestand van LibreOffice", "Open het en bewaar het als .xlsx of als CSV."),
)
MARKUP = (
    (r"<LimeSurveyDocType>", "de structuur van een vragenlijst van LimeSurvey (.lss), zonder antwoorden",
     "Zet haar naast de export en noem haar bij structuur in meting.yml; geef haar mee als STRUCTURE=."),
    (r"urn:QDA-XML:codebook", "een codeboek voor interviews (REFI-QDA, .qdc)", CODED),
    (r"urn:QDA-XML:project", "het binnenste van een project met codes (REFI-QDA)", CODED),
    (r"<html|<!doctype html", "een webpagina", "Misschien is een inlogpagina bewaard. Log in en download de export opnieuw."),
)  # fmt: skip
TEXTS = (
    (r"^names\(data\)\[\d", "het syntaxbestand voor R van LimeSurvey, zonder antwoorden",
     "Noem het bij structuur in meting.yml, naast de R (data file); geef het mee als STRUCTURE=."),
    (r'^\s*\{\s*"SurveyEntry"', "de vragenlijst van Qualtrics (.qsf), zonder antwoorden", ANOTHER),
    (r"^\s*[{\[]", "JSON", ANOTHER),
)  # fmt: skip
YAMLS = (
    ("delen", "evaluatie.yml: de inhoudsopgave van het rapport", "Dit is geen export. make report leest het."),
    ("schalen", "een codeboek (codeboek.yml)", "Dit is geen export. make report leest het, als meting.yml het noemt."),
    ("meting", "meting.yml: wat er in een map staat", "Dit is geen export. make report leest het."),
)
LOCATOR = "vindplaats"  # the column that every table has that was typed over from a source
_BYTES = 20_000


@dataclass(frozen=True)
class Recognised:
    """What a file is. ``formaat`` is that of meting.yml, empty for what is no export; ``advies`` then says what to do."""

    soort: str
    formaat: str = ""
    advies: str = ""
    opmaak: tuple[str, ...] = field(default=())


def recognise_file(path: Path, where: str) -> Recognised:
    """Return what a file is. Raises NsocError when it is absent, empty, or cannot be read as what it seems."""
    head = load_bytes(path, where)[:_BYTES]
    if not head.strip():
        raise NsocError(
            where,
            found="een leeg bestand",
            expected="de export van een vragenlijst",
            remedy="Download of kopieer de export opnieuw.",
        )
    if head.startswith(MARKS):
        return Recognised("een bestand van SPSS (.sav)", "spss")
    if head.startswith(OLD_MARK):
        return Recognised(
            "een oud bestand van Excel of Word, of een met een wachtwoord",
            advies="Bewaar het als .xlsx, zonder wachtwoord.",
        )
    for start, kind, advice in STARTS:
        if head.startswith(start):
            return Recognised(kind, advies=advice)
    if head.startswith(MARK):
        return _recognise_zip(path, where)
    if path.suffix.casefold() in {".yml", ".yaml"}:
        return _recognise_yaml(path, where)
    text = head.decode("utf-8-sig", errors="replace")
    known = (
        _search(MARKUP, text, re.IGNORECASE) if text.lstrip().startswith("<") else _search(TEXTS, text, re.MULTILINE)
    )
    return known or _recognise_table(load_delimited(path, where))


def _search(patterns: tuple[tuple[str, str, str], ...], text: str, flags: int) -> Recognised | None:
    for pattern, kind, advice in patterns:
        if re.search(pattern, text, flags):
            return Recognised(kind, advies=advice)
    return None


def _recognise_zip(path: Path, where: str) -> Recognised:
    with open_archive(path, where) as archive:
        names = archive.names
    if OFFICE_MEMBER in names and any(name.startswith("xl/") for name in names):
        return Recognised("een bestand van Excel (.xlsx)", "excel")
    for pattern, kind, advice in MEMBERS:
        if any(re.fullmatch(pattern, name, re.IGNORECASE) for name in names):
            return Recognised(kind, advies=advice)
    inside = [name for name in names if name.casefold().endswith((".sav", ".zsav", ".xlsx"))]
    if inside:
        return Recognised(
            f"een zipbestand met {inside[0].rpartition('/')[2][:60]} erin", advies="Pak het uit en gebruik dat bestand."
        )
    return _recognise_table(load_delimited(path, where), zipped=True)


def _recognise_yaml(path: Path, where: str) -> Recognised:
    keys = load_yaml(path, where).names()
    for key, kind, advice in YAMLS:
        if key in keys:
            return Recognised(kind, advies=advice)
    return Recognised("een YAML-bestand", advies=ANOTHER)


def _recognise_table(table: Delimited, *, zipped: bool = False) -> Recognised:
    """Return what a table is by its header rows."""
    rows = [*table.rijen[:3], (), (), ()][:3]
    layout = (
        *(["in een zipbestand"] if zipped else []),
        table.codering,
        f"{SCHEIDINGEN[table.scheiding]} tussen de cellen",
    )
    first = [cell.strip() for cell in rows[0]]
    if any("ImportId" in cell for cell in rows[2]) or LEGACY_ID in rows[1]:
        return Recognised("een export van Qualtrics", "qualtrics", opmaak=layout)
    if is_vv(table):
        return Recognised("een vv-export van LimeSurvey", advies=LIMESURVEY_ADVICE, opmaak=layout)
    if _has(first, ID) and _has(first, SUBMITTED):
        return Recognised("een export van LimeSurvey", "limesurvey", opmaak=layout)
    if LOCATOR in first:
        return Recognised(
            "een tabel die uit een bron is overgetypt",
            advies="Noem haar in meting.yml onder tabellen, met haar kolommen.",
            opmaak=layout,
        )
    widths = [len(row) for row in table.rijen if any(cell.strip() for cell in row)]
    if len(first) < 2 or len(widths) < 2 or sum(width == len(first) for width in widths) * 2 < len(widths):
        return Recognised("gewone tekst, en geen tabel met antwoorden", advies=ANOTHER, opmaak=layout)
    return Recognised("een gewone CSV met een kopregel", "csv", opmaak=layout)


def _has(cells: list[str], code: str) -> bool:
    """Whether a heading is there as its code, as its title in some language, or as both."""
    titles = {title.casefold() for title in FIXED[code][1]}
    return any(
        cell == code or cell.replace("_", " ").casefold() in titles
        or (cell.startswith(code) and any(cell.casefold().endswith(title) for title in titles))
        for cell in cells
    )  # fmt: skip
