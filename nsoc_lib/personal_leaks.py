"""Answers and marks of single people in published files: rows, open answers, addresses, numbers and paths."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from nsoc_lib.leaks import MICRODATA, NO_MICRODATA, Leak
from nsoc_lib.pieces import AUTHOR, Drawing, Grid, Mark, Piece, Quotation, Record, Text
from nsoc_lib.privacy import IP, recognise

OPEN_ANSWER, PER_PERSON, MARK, PATH, NAME = "open antwoord", "per deelnemer", "kenmerk", "bestandspad", "naam"
_PATHS = re.compile(
    r"(?<![\w.:/-])(?:/home/|/Users/|/root/|/mnt/[a-z]/|/media/|/tmp/|/var/|~/)\w|file:/{1,3}\w|(?<![A-Za-z])[A-Za-z]:\\{1,2}\w"
    r"|(?<![A-Za-z])[A-Za-z]:/Users/|(?<!\\)\\\\\w[\w.-]+\\\w|%2Fhome%2F|%2FUsers%2F"
)
_MARKS = re.compile(
    r"\bR_(?=[0-9A-Za-z]*\d)[0-9A-Za-z]{11,}\b|\b[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b"
)
_PERSON = re.compile(r"\b(?:respondent|deelnemer|participant|invuller|ingevuld door)[ _#:-]{0,2}(\d{1,4})\b", re.IGNORECASE)
_PERSON_HEAD = re.compile(
    r"(?:respondent|deelnemer|participant|invuller|respons|response|persoon|record|case|resp|casus)"
    r"(?:[ _-]?(?:id|nr|nummer|code|kenmerk))?|respid|recordid|responseid|token",
    re.IGNORECASE,
)
_OPEN_HEAD = re.compile(r"toelichting|opmerking|open antwoord|in eigen woorden|anders, namelijk|reactie", re.IGNORECASE)
_FIRST_PERSON = re.compile(
    r"\b[Ii]k\s+(?:\w+\s+)?(?:vind|vond|heb|had|ben|was|denk|dacht|doe|deed|voel|zie|zag|weet|wist|werk|mis|zou|kan|kon|wil|wilde|"
    r"merk|ervaar|hoop|word|krijg|kreeg|mag|moet|ga|hoor|snap|begrijp|twijfel|geloof|verwacht|kom|zit|sta|blijf|lees|praat)\b"
    r"|\b(?:vind|heb|ben|denk|weet|zie|voel|werk|mis)\s+ik\b|\b[Bb]ij ons\b.{0,40}\b(?:wordt|is|zijn|worden|gaat)\b"
    r"|\b[Mm]ijn (?:leidinggevende|baas|team|collega|werk|organisatie|chef|afdeling)"
)
_SCALE = re.compile(
    r"(?:zeer |helemaal |geheel |volledig )?(?:mee )?(?:eens|oneens)|neutraal|weet (?:ik )?niet|geen mening|n\.?v\.?t\.?|ja|nee"
    r"|(?:noch|niet) eens,? (?:noch|niet) oneens",
    re.IGNORECASE,
)
_INITIALS = re.compile(
    r"\b(?:[A-Z]\.\s?){1,3}(?:(?:van|de|der|den|ter|ten)\s){0,3}[A-Z][a-zà-ÿ]+|[A-Z][a-zà-ÿ]+(?: (?:van|de|der|den|ter|ten)){0,3} [A-Z][a-zà-ÿ]+"
)
_PROGRAM = re.compile(r"microsoft|libreoffice|matplotlib|openpyxl|python|word|pandoc|typst|chrom|skia|nsoc_lib", re.IGNORECASE)
_QUAD = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]*\d)")
LOW_PART = 32
_WORDS = {NAME: "naam of contact"}
# Cheap looks before the expensive one: every kind of personal data has one of these.
_WORTH = re.compile(r"@|\d[.:]\d|\d{7}|[0\d][\d .-]{8}|[0-9a-fA-F]:[0-9a-fA-F:]|[Nn]aam|[Hh]eet|[Dd]hr|[Mm]ev|[Hh]eer|[Gg]roet|[Vv]g|[Bb]el|[Mm]ail|[Mm]eneer|[Bb]ereik|[Cc]ontact")  # fmt: skip
LEAST_ROWS = 3


def find_personal(pieces: Iterable[Piece], secrets: frozenset[str] = frozenset()) -> list[Leak]:
    """Return every piece that holds data of one person. ``secrets`` are marks and open answers that must stay behind."""
    found: list[Leak] = []
    persons: dict[str, set[str]] = {}
    for piece in pieces:
        for text, kind in _texts(piece):
            found += [_leak(piece.where, each) for each in _kinds(text, kind)]  # type: ignore[union-attr]
            if secrets and any(secret in text for secret in _candidates(text, secrets)):
                found.append(_leak(piece.where, OPEN_ANSWER if " " in text else MARK))  # type: ignore[union-attr]
            if not isinstance(piece, Quotation):
                persons.setdefault(piece.where, set()).update(_PERSON.findall(text))  # type: ignore[union-attr]
        if isinstance(piece, Grid):
            found += _of_grid(piece)
    found += [_leak(where, PER_PERSON) for where, seen in persons.items() if len(seen) >= LEAST_ROWS]
    return found


def _leak(where: str, kind: str) -> Leak:
    sentences = {
        PER_PERSON: "Hier staan antwoorden of gegevens per deelnemer, een regel voor elke persoon.",
        OPEN_ANSWER: "Hier staat een open antwoord zoals iemand het gaf.",
        MARK: "Hier staat het kenmerk van een respondent.",
        PATH: "Hier staat een bestandspad van de computer waarop het is gemaakt.",
    }
    return Leak(where, MICRODATA, sentences.get(kind, f"Hier staat een {_WORDS.get(kind, kind)}."), NO_MICRODATA)


def _texts(piece: Piece) -> list[tuple[str, str]]:
    if isinstance(piece, Text):
        return [(piece.text, piece.kind)]
    if isinstance(piece, Mark):
        return [(piece.text, "")]
    if isinstance(piece, Quotation):
        return [(text, "citaat") for text in (piece.text, piece.source, *(value for _, value in piece.traits))]
    if isinstance(piece, Grid):
        return [(cell, "") for row in piece.rows for cell in row if cell]
    if isinstance(piece, Record):
        return [(piece[column], "") for column in ("label", "dataset", "notebook") if piece[column]]
    if isinstance(piece, Drawing):
        return [(label.text, "") for label in piece.labels]
    return []


def _kinds(text: str, kind: str) -> list[str]:
    found: list[str] = []
    if _WORTH.search(text):
        # A whole cell of two words with a capital is a name only in a file's properties.
        recognised = recognise(text if kind == AUTHOR else f"· {text}")
        found += [each for each in recognised if each != IP or not _only_versions(text)]
    if _PATHS.search(text):
        found.append(PATH)
    if _MARKS.search(text):
        found.append(MARK)
    if kind != "citaat" and _FIRST_PERSON.search(text):
        found.append(OPEN_ANSWER)
    if kind == AUTHOR and _INITIALS.search(text) and not _PROGRAM.search(text):
        found.append(NAME)
    return found


def _only_versions(text: str) -> bool:
    """Whether every number of four parts is more likely the version of a program: low parts, and no word that says IP."""
    quads = _QUAD.findall(text)
    low = [quad for quad in quads if all(int(part) < LOW_PART for part in quad.split("."))]
    return bool(quads) and len(low) == len(quads) and ":" not in text and not re.search(r"\bip|address", text, re.IGNORECASE)


def _candidates(text: str, secrets: frozenset[str]) -> Iterable[str]:
    """Return the secrets that may stand in a text, by its words for a mark and whole for an answer."""
    words = {*re.findall(r"[\w-]+", text), text.strip()}
    return [*(words & secrets), *(secret for secret in secrets if " " in secret and len(secret) <= len(text))]


def _of_grid(grid: Grid) -> list[Leak]:
    if len(grid.rows) < 2:
        return []
    turned = tuple(zip(*[row + ("",) * (max(map(len, grid.rows)) - len(row)) for row in grid.rows], strict=True))
    found = []
    for rows in (grid.rows, turned):
        heads, body = rows[0], rows[1:]
        columns = list(zip(*[row + ("",) * (len(heads) - len(row)) for row in body], strict=False))
        if _is_per_person(heads, columns):
            found.append(_leak(grid.where, PER_PERSON))
        for head, column in zip(heads, columns, strict=False):
            said = [cell for cell in column if " " in cell.strip()]
            sentences = [cell for cell in said if re.search(r"[.!?]$|\b(?:ik|wij|we|ons|hoor)\b", cell.strip())]
            if _OPEN_HEAD.search(head) and len(sentences) >= 2:
                found.append(_leak(grid.where, OPEN_ANSWER))
    return found


def _is_per_person(heads: Sequence[str], columns: Sequence[Sequence[str]]) -> bool:
    """Whether a table has a row per person: by a head that says so, or by answers of a scale in several columns."""
    if not columns or len(columns[0]) < LEAST_ROWS:
        return False
    for head, column in zip(heads, columns, strict=False):
        filled = [cell for cell in column if cell.strip()]
        if _PERSON_HEAD.fullmatch(head.strip()) and len(filled) >= LEAST_ROWS and len(set(filled)) > 0.8 * len(filled):
            marks = [cell for cell in filled if re.fullmatch(r"[\w.-]*\d[\w.-]*", cell.strip())]
            if len(marks) > 0.8 * len(filled) and len(columns) > 1:
                return True
    scaled = [
        column
        for column in columns
        if sum(bool(_SCALE.fullmatch(cell.strip())) for cell in column) > 0.8 * len(column) and len(column) >= 5
    ]
    return len(scaled) >= 2
