"""Personal data in an export: which columns seem to hold it, by their head and by what is in them.

Every rule is a pattern in this module. A pattern that fits is an alarm, also where it is wrong: a number
that passes the test of a BSN need not be one. No alarm is no proof either, since a name in the middle of
a sentence looks like any word. What stands in a cell never leaves this module, only its kind and a count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nsoc_lib.characters import without_accents
from nsoc_lib.sources.export import PERSONAL_COLUMNS, RESPONSE_ID, SYSTEM_COLUMNS, Column, Export

EMAIL, IP, TELEFOON, BSN, PLAATS = "e-mailadres", "IP-adres", "telefoonnummer", "BSN", "coördinaten"
NAAM, ADRES, GEBOORTE, KENMERK = "naam of contact", "adres", "geboortedatum", "kenmerk van een persoon"

# What a column is called: its tag or stable name, in lower case without accents, words apart.
_HEADS = {
    IP: r"\bip\b|\bip ?ad",
    EMAIL: r"\be ?mail|\bmail ?adres",
    NAAM: r"\b(?:voor|achter|roep)naam\b|\b(?:first|last|full|sur) ?name\b|\b(?:naam|name)\b"
    r"(?! (?:van (?:de |het |uw )?)?(?:organisatie|project|bedrijf|instelling|lab)\b)",
    TELEFOON: r"\b(?:telefoon|phone|mobiel|gsm|tel)(?:nummer|nr)?\b",
    BSN: r"\bbsn\b|\bburgerservice",
    PLAATS: r"\b(?:latitude|longitude|lat|lon|lng|gps|breedtegraad|lengtegraad|coordina\w*)\b",
    ADRES: r"\b(?<!ip )(?<!mail )(?:woon|post|huis)?adres\b|\bpostcode\b|\bwoonplaats\b",
    GEBOORTE: r"\bgeboorte|\bbirth|\bdate of birth\b",
}
# A question asks for somebody's own data; the word alone may stand in any question.
_ASKED = re.compile(
    r"\b(?:uw|je|jouw)\b[^.?]{0,30}\b(?:e ?mail|naam|telefoon|mobiel|bsn|burgerservice|adres|postcode|geboorte)"
)
_LETTERS, _NAME = r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ'’-]{1,30}", r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ'’-]"
_BETWEEN = r"(?: (?:van|de|der|den|het|ter|ten|te|el|al|bin|von|la|le)){0,3}"
# What stands in a cell. All repeats are bounded, so that a long cell costs no more than its length.
CONTENTS = {
    EMAIL: re.compile(r"[^\s@]{1,64}@[^\s@]{1,190}\.[a-z]{2,}", re.IGNORECASE),
    IP: re.compile(
        r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.]*\d)"
        r"|(?<![0-9a-f:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![0-9a-f:])"
        r"|(?<![0-9a-f:])(?:[0-9a-f]{1,4}:){1,6}:(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,5})?(?![0-9a-f:])",
        re.IGNORECASE | re.ASCII,
    ),
    TELEFOON: re.compile(
        r"(?<![\d+])(?:\+31|0031|0)[ ./-]?(?:\(0\)[ -]?)?[1-9](?:[ ./-]?\d){8}(?!\d)|(?<!\d)\+[1-9](?:[ -]?\d){8,13}(?!\d)",
        re.ASCII,
    ),
    PLAATS: re.compile(r"(?<![\d.])-?\d{1,3}[.]\d{3,}\s?[,; ]\s?-?\d{1,3}[.]\d{3,}(?![\d.])", re.ASCII),
    NAAM: re.compile(
        rf"\b(?:[Mm]ijn naam is|[Ii]k heet|[Dd]hr\.?|[Mm]evr\.?|[Dd]e heer|[Mm]evrouw|[Mm]eneer|[Gg]roet(?:en|jes)?,?|[Mm]vg,?)\s+{_NAME}"
        rf"|\b(?:[Bb]el|[Mm]ail|[Bb]ereikbaar via|[Cc]ontact met)\s+(?:mij|me|{_NAME})"
        rf"|\A\s*{_LETTERS}(?: [A-Z]\.){{0,3}}{_BETWEEN} {_LETTERS}(?:-{_LETTERS})?\s*\Z"
    ),
}
_BSN = re.compile(r"(?<![\d.,])(?:\d{9}|\d{4}[. ]\d{2}[. ]\d{3}|\d{3}[. -]\d{3}[. -]\d{3})(?![\d])", re.ASCII)


@dataclass(frozen=True)
class Alarm:
    """A column that seems to hold personal data: what kinds, in how many cells, by its head or by its cells."""

    import_id: str
    kolom: str
    soorten: tuple[str, ...]
    cellen: int
    naar_kop: bool

    @property
    def tekst(self) -> str:
        """What was found, in words without a value."""
        how = "volgens de kop" if self.naar_kop else "naar wat erin staat"
        return f"Kolom {self.kolom}: {how} persoonsgegevens ({', '.join(self.soorten)}), aantal cellen: {self.cellen}"


def recognise(text: str) -> tuple[str, ...]:
    """Return the kinds of personal data that a text seems to hold.

    >>> recognise("Bel mij op 06-12345678"), recognise("Er ontbreekt een gedeelde visie.")
    (('telefoonnummer', 'naam of contact'), ())
    """
    kinds = [kind for kind, pattern in CONTENTS.items() if can_hold(text, kind) and pattern.search(text)]
    return (*kinds, BSN) if any(_passes(match[0]) for match in _BSN.finditer(text)) else tuple(kinds)


def can_hold(text: str, kind: str) -> bool:
    """Whether a text has the signs without which there is nothing of a kind: far cheaper to see than the kind itself."""
    if kind == EMAIL:
        return "@" in text
    if kind == IP:
        return text.count(".") > 2 or "::" in text or text.count(":") > 6
    return kind != PLAATS or text.count(".") > 1


def quote_cell(text: str) -> str:
    """Return a cell as a message may show it: its first words, or only the kind when it seems personal.

    A name is shown: an answer that the codebook does not know may be one, and must be found by the researcher.
    """
    kinds = [kind for kind in recognise(text) if kind != NAAM]
    return f"iets dat op een {kinds[0]} lijkt" if kinds else f'"{text[:60]}"'


def find_alarms(export: Export, checked: frozenset[str]) -> tuple[Alarm, ...]:
    """Return the filled columns that seem to hold personal data, in the order of the file.

    ``checked`` are the columns in which only the answers of the codebook may stand. What a survey
    program fills by itself is known by name; of the mark of a respondent only the content is looked at.
    """
    harmless = {*SYSTEM_COLUMNS, *checked} - {*PERSONAL_COLUMNS, RESPONSE_ID}
    looked = [(n, column) for n, column in enumerate(export.columns, 1) if column.import_id not in harmless]
    return tuple(alarm for n, column in looked if (alarm := _find_alarm(export, column, n)) is not None)


def _find_alarm(export: Export, column: Column, number: int) -> Alarm | None:
    filled = [text for response in export.responses if (text := response.cells.get(column.import_id, ""))]
    name = name_column(column, number)
    if column.import_id != RESPONSE_ID and filled and (kinds := _recognise_head(column)):
        return Alarm(column.import_id, name, kinds, len(filled), naar_kop=True)
    found = [kinds for text in filled if (kinds := recognise(text))]
    kinds = tuple(dict.fromkeys(kind for each in found for kind in each))
    return Alarm(column.import_id, name, kinds, len(found), naar_kop=False) if found else None


def name_column(column: Column, number: int) -> str:
    """Return the tag of a column, or its place in the file when the tag itself looks personal."""
    return f"nummer {number}" if recognise(column.tag) else column.tag


def _recognise_head(column: Column) -> tuple[str, ...]:
    heads = [_plain(column.tag), _plain(column.import_id)]
    kinds = [kind for kind, pattern in _HEADS.items() if any(re.search(pattern, head) for head in heads)]
    if not kinds and column.import_id in PERSONAL_COLUMNS:
        return (KENMERK,)
    if not kinds and _ASKED.search(_plain(column.text)):
        return (NAAM,)
    return tuple(kinds)


def _plain(head: str) -> str:
    """Return a head in lower case without accents, its words apart.

    >>> _plain("RecipientEmail"), _plain("IPAddress"), _plain("locationLatitude")
    ('recipient email', 'ip address', 'location latitude')
    """
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z0-9.?]+", " ", without_accents(head))
    return " ".join(apart.lower().split())


def _passes(number: str) -> bool:
    """Whether nine digits pass the test that every BSN passes.

    >>> _passes("111222333"), _passes("123456789")
    (True, False)
    """
    digits = [int(digit) for digit in number if digit.isdigit()]
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return any(digits) and sum(w * d for w, d in zip(weights, digits, strict=True)) % 11 == 0
