"""Answers and marks of single people in published files: rows, open answers, addresses, numbers and paths."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import unquote

from nsoc_lib.leaks import MICRODATA, NO_MICRODATA, Leak
from nsoc_lib.pieces import AUTHOR, Drawing, Grid, Mark, Piece, Quotation, Record, Release, Text
from nsoc_lib.privacy import IP, PLAATS, recognise

OPEN_ANSWER, PER_PERSON, MARK, PATH, NAME = "open antwoord", "per deelnemer", "kenmerk", "bestandspad", "naam"
_PATHS = re.compile(
    r"(?<![\w.:/-])(?:/home/|/Users/|/root/|/mnt/[a-z]/|/media/|/tmp/|/var/|~/)\w|file:/{1,3}\w|(?<![A-Za-z])[A-Za-z]:\\{1,2}\w"
    r"|(?<![A-Za-z])[A-Za-z]:/Users/|(?<!\\)\\\\\w[\w.-]+\\\w|%2Fhome%2F|%2FUsers%2F"
)
# A path has one of these; they are far cheaper to look for.
_PATH_SIGNS = ("/home/", "/Users/", "/root/", "/mnt/", "/media/", "/tmp/", "/var/", "~/", "file:/", ":\\", "\\\\", "%2F")  # noqa: S108  # fmt: skip
_MARKS = re.compile(
    r"\bR_(?=[0-9A-Za-z]*\d)[0-9A-Za-z]{11,}\b|\b[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b"
)
_PERSON = re.compile(
    r"\b(?:respondent|deelnemer|participant|invuller|ingevuld door)[ _#:-]{0,2}(\d{1,4})\b", re.IGNORECASE
)
_PERSON_HEAD = re.compile(
    r"(?:respondent|deelnemer|participant|invuller|respons|response|persoon|record|case|resp|casus)"
    r"(?:[ _-]?(?:id|nr|nummer|code|kenmerk))?|respid|recordid|responseid|token",
    re.IGNORECASE,
)
_MARK_HEAD = re.compile(r"kenmerk|pseudoniem|pseudonym|sleutel", re.IGNORECASE)
_PSEUDONYM = re.compile(r"(?=\S*\d)[\w-]{4,}")
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
_PROGRAM = re.compile(
    r"microsoft|libreoffice|matplotlib|openpyxl|python|word|pandoc|typst|chrom|skia|nsoc_lib", re.IGNORECASE
)
_QUAD = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]*\d)")
# Three decimals are how thousands are written; who measures a place writes more.
_PLACE = re.compile(r"-?\d{1,3}\.\d{4,}|,\s?-?\d{1,3}\.\d{3}")
LOW_PART = 32
# A bookmark in our Word file is a hash with a name before it.
_HASH = re.compile(r"(?<![\w.])(?:nsoc_)?(?=[0-9a-f]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{12,64}(?![\w@])(?!\.\w)")
_CODEBOOK = ("variabele", "tekst")  # the first columns of a codebook as make package writes it
_QUESTION = re.compile(r"[A-Za-z]{1,4}\d{1,3}(?:[_.]\d{1,3})*")
_ADDRESSED = re.compile(
    r"\b(?:[Dd]hr|[Mm]evr|[Mm]w|[Dd]e heer|[Mm]evrouw|[Mm]eneer|[Ii]ngevuld door|[Gg]esproken met)\.?\s+(?:[A-Z]\.\s?)+[A-Z]"
)
_EACH = re.compile(r"\bper (?:deelnemer|respondent|persoon|invuller)\b", re.IGNORECASE)
QUOTED = "citaat"
_WORDS = {NAME: "naam of contact"}
# Cheap looks before the expensive one: every kind of personal data has one of these.
_WORTH = re.compile(r"@|\d[.:]\d|\d{7}|[0\d][\d .-]{8}|[0-9a-fA-F]:[0-9a-fA-F:]|[Nn]aam|[Hh]eet|[Dd]hr|[Mm]ev|[Hh]eer|[Gg]roet|[Vv]g|[Bb]el|[Mm]ail|[Mm]eneer|[Bb]ereik|[Cc]ontact")  # fmt: skip
LEAST_ROWS = 3


class _Said(NamedTuple):
    """What one text tells: kinds of personal data, and the numbers of the people it names by number."""

    kinds: tuple[str, ...]
    persons: list[str]


def find_personal(pieces: Sequence[Piece], secrets: frozenset[str] = frozenset()) -> list[Leak]:
    """Return every piece that holds data of one person. ``secrets`` are marks and open answers that must stay behind."""
    asked = _questions(pieces)
    answers = tuple(sorted(secret for secret in secrets if " " in secret))
    found: list[Leak] = []
    persons: dict[str, set[str]] = {}
    known: dict[tuple[str, str], _Said] = {}  # a page, a notebook and a PDF repeat most of their texts
    for piece in pieces:
        where = "" if isinstance(piece, Release) else piece.where
        for text, kind in _texts(piece):
            said = known.get((text, kind))
            if said is None:
                kinds = (*_kinds(text, kind, asked), *_kept_apart(text, secrets, answers))
                said = known[text, kind] = _Said(kinds, _PERSON.findall(text) if kind != QUOTED else [])
            found += [_leak(where, each) for each in said.kinds]
            if said.persons:
                persons.setdefault(where, set()).update(said.persons)
        if isinstance(piece, Grid):
            found += _of_grid(piece)
        if isinstance(piece, Drawing) and _is_swarm(piece):
            found.append(_leak(where, PER_PERSON))
    return found + [_leak(where, PER_PERSON) for where, seen in persons.items() if len(seen) >= LEAST_ROWS]


def _questions(pieces: Sequence[Piece]) -> tuple[str, ...]:
    """Return the wording of questions, which may say I and my.

    They stand in a codebook of ours, or in a row that begins with a code of its own.
    """
    found: set[str] = set()
    for piece in pieces:
        if not isinstance(piece, Grid):
            continue
        if piece.rows[0][:2] == _CODEBOOK:
            found |= {row[1] for row in piece.rows[1:] if " " in "".join(row[1:2])}
        codes = [row[0] for row in piece.rows if row and _QUESTION.fullmatch(row[0])]
        if len(codes) > 1 and len(set(codes)) == len(codes):
            found |= {cell for row in piece.rows if row and row[0] in codes for cell in row[1:] if " " in cell}
    return tuple(sorted(found, key=lambda text: (-len(text), text)))


def _leak(where: str, kind: str) -> Leak:
    sentences = {
        PER_PERSON: "Hier staan antwoorden of gegevens per deelnemer, een regel voor elke persoon.",
        OPEN_ANSWER: "Hier staat een open antwoord zoals iemand het gaf.",
        MARK: "Hier staat het kenmerk van een respondent.",
        PATH: "Hier staat een bestandspad van de computer waarop het is gemaakt.",
    }
    return Leak(where, MICRODATA, sentences.get(kind, f"Hier staat een {_WORDS.get(kind, kind)}."), NO_MICRODATA)


def _texts(piece: Piece) -> list[tuple[str, str]]:
    """Return every text in a piece, each with its kind."""
    if isinstance(piece, Text):
        return [(piece.text, piece.kind)]
    if isinstance(piece, Quotation):
        return [(text, QUOTED) for text in (piece.text, piece.source, *(value for _, value in piece.traits))]
    return [(text, "") for text in _plain_texts(piece)]


def _plain_texts(piece: Piece) -> list[str]:
    if isinstance(piece, Grid):
        return [cell for row in piece.rows for cell in row if cell]
    if isinstance(piece, Record):
        return [piece[column] for column in ("id", "label", "dataset", "notebook") if piece[column]]
    if isinstance(piece, Drawing):
        return [label.text for label in piece.labels]
    return [piece.text] if isinstance(piece, Mark) else []


def _kinds(text: str, kind: str, asked: Sequence[str]) -> list[str]:
    found: list[str] = []
    text = unquote(text) if "%" in text else text
    if _WORTH.search(text):
        # A whole cell of two words with a capital is a name only in a file's properties.
        looked = _HASH.sub("·", text)
        recognised = recognise(looked if kind == AUTHOR else f"· {looked}")
        found += [each for each in recognised if not _is_number(each, looked)]
    if any(sign in text for sign in _PATH_SIGNS) and _PATHS.search(text):
        found.append(PATH)
    if ("R_" in text or text.count("-") > 3) and _MARKS.search(text):
        found.append(MARK)
    if kind != QUOTED and ("k " in text or "ij" in text or " ik" in text) and _FIRST_PERSON.search(text):
        for question in asked:
            text = text.replace(question, "")
        found += [OPEN_ANSWER] if _FIRST_PERSON.search(text) else []
    if _ADDRESSED.search(text):
        found.append(NAME)
    if kind == AUTHOR and _INITIALS.search(text) and not _PROGRAM.search(text):
        found.append(NAME)
    return found


def _kept_apart(text: str, secrets: frozenset[str], answers: Sequence[str]) -> list[str]:
    """Return whether a text holds a mark or an open answer that must not leave the cleaned data."""
    if not secrets:
        return []
    marks = [MARK] if secrets.intersection(re.findall(r"[\w-]+", text)) else []
    return marks + ([OPEN_ANSWER] if any(answer in text for answer in answers) else [])


def _is_number(kind: str, text: str) -> bool:
    """Whether what looks like a place on earth or an address of a computer is a number or a version after all."""
    return (kind == IP and _only_versions(text)) or (kind == PLAATS and not _PLACE.search(text))


def _only_versions(text: str) -> bool:
    """Whether every number of four parts is more likely the version of a program: low parts, and no word that says IP."""
    quads = _QUAD.findall(text)
    low = [quad for quad in quads if all(int(part) < LOW_PART for part in quad.split("."))]
    return (
        bool(quads)
        and len(low) == len(quads)
        and ":" not in text
        and not re.search(r"\bip|address", text, re.IGNORECASE)
    )


def _is_swarm(drawing: Drawing) -> bool:
    """Whether a drawing says that it has a mark per person, and has several marks."""
    dots = sum(shape.is_point for shape in drawing.shapes)
    return dots >= LEAST_ROWS and any(_EACH.search(label.text) for label in drawing.labels)


def _of_grid(grid: Grid) -> list[Leak]:
    if len(grid.rows) < 2:
        return []
    turned = tuple(zip(*grid.padded, strict=True))
    found = []
    for rows in (grid.rows, turned):
        heads, body = rows[0], rows[1:]
        columns = list(zip(*[row + ("",) * (len(heads) - len(row)) for row in body], strict=False))
        if _is_per_person(heads, columns):
            found.append(_leak(grid.where, PER_PERSON))
        marks = {cell for cell in columns[0] if _PSEUDONYM.fullmatch(cell.strip())} if columns else set()
        if _MARK_HEAD.fullmatch(heads[0].strip()) and len(marks) == len(body) >= LEAST_ROWS:
            found.append(_leak(grid.where, MARK))
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
