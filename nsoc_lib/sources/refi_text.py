"""How a program counted positions in a text: characters or UTF-16 units, over which line ends.

The standard counts code points from zero and speaks of a first and last character; programs
count otherwise, and none says so (REFI-QDA 1.5, section 10.2). So every way of counting is tried on
all selections of a text, and the one that fits is used: first by quotations that the file
itself stores, then by how many selections begin and end at a word.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

CODEPUNTEN, UTF16 = "codepunten", "UTF-16-eenheden"
OPGESLAGEN, LF, CRLF = "regeleinden zoals in het bestand", "regeleinden als LF", "regeleinden als CRLF"
GEEN_VERSCHIL = "andere tellingen geven hier dezelfde plaatsen"
CITATEN = "zo staan de citaten uit het bestand op hun plaats"
WOORDEN = "zo vallen meer plaatsen op woordgrenzen dan bij een andere telling"
EVEN_GOED = "meer tellingen passen even goed; de standaard zegt codepunten"
ZONDER_PASSAGES = "zonder passages valt er niets te tellen"
_CUT = re.compile(
    r"(?P<begin>.{20,}?)\s*(…|\.\.\.)"
)  # ATLAS.ti stores the first hundred characters of a long quotation

Place = tuple[int, int] | None
Places = np.ndarray[tuple[int, ...], np.dtype[np.intp]]


@dataclass(frozen=True)
class Selection:
    """A selection as the file gives it; ``naam`` may hold the quotation, a title, or nothing."""

    start: int
    eind: int
    naam: str = ""


@dataclass(frozen=True, eq=False)
class Text:
    """A text with line ends as one character and without byte order mark; ``bom`` and ``breed`` remember them.

    ``breed`` are the places of line ends that take two characters in the file.
    """

    tekst: str
    breed: Places
    bom: bool

    @cached_property
    def line_ends(self) -> Places:
        return np.flatnonzero(_characters(self.tekst) == ord("\n"))

    @cached_property
    def astral(self) -> Places:
        """The places of characters that take two UTF-16 units, such as most emoji."""
        return np.flatnonzero(_characters(self.tekst) > 0xFFFF)


@dataclass(frozen=True)
class Reading:
    """One way of counting. ``bom`` counts the byte order mark; ``tot_en_met`` has the end inside the selection."""

    eenheid: str
    regeleinde: str
    bom: bool = False
    tot_en_met: bool = False

    @property
    def label(self) -> str:
        extra = [", de BOM meegeteld"] * self.bom + [", het einde tot en met"] * self.tot_en_met
        return f"{self.eenheid}, {self.regeleinde}{''.join(extra)}"


@dataclass(frozen=True)
class Fit:
    """The way of counting that was chosen for one text, why, and the place of each selection.

    A place is (start, end) in ``Text.tekst``, None when it is not in the text. ``citaten`` counts
    selections whose stored quotation stands there; ``los`` those that begin or end inside a word.
    """

    telling: Reading
    reden: str
    plaatsen: tuple[Place, ...]
    citaten: int
    los: int


def decode_text(raw: bytes) -> Text | None:
    """Read a text in UTF-8, or in UTF-16 with a byte order mark; None when it is neither."""
    wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = raw.decode("utf-16" if wide else "utf-8")
    except UnicodeDecodeError:
        return None
    bom = wide or text.startswith("\ufeff")
    return build_text(text.removeprefix("\ufeff"), bom=bom)


def build_text(stored: str, *, bom: bool = False) -> Text:
    r"""Return a text with its line ends counted as one.

    >>> build_text("a\r\nb\r\n").breed
    array([1, 3])
    """
    characters = _characters(stored)
    wide = np.flatnonzero((characters[:-1] == ord("\r")) & (characters[1:] == ord("\n")))
    text = stored.replace("\r\n", "\n").replace("\r", "\n")
    return Text(text, wide - np.arange(len(wide)), bom)


def _characters(text: str) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def fit_selections(text: Text, selections: Sequence[Selection]) -> Fit:
    """Choose how positions in this text were counted and return where each selection stands.

    A selection of no characters proves nothing and keeps its place.
    """
    readings = _list_readings(text, named=any(s.naam for s in selections))
    tried = [(reading, *_score(text, selections, reading)) for reading in readings]
    best = max((citaten, words) for _, _, citaten, words in tried)
    fitting = [(reading, places) for reading, places, *score in tried if tuple(score) == best]
    reading, places = fitting[0]
    rivals = [
        quotations
        for rival, found, quotations, _ in tried
        if found != places and (reading.tot_en_met or not rival.tot_en_met)
    ]
    reason = (
        ZONDER_PASSAGES if not selections
        else EVEN_GOED if len({found for _, found in fitting}) > 1
        else GEEN_VERSCHIL if not rivals
        else CITATEN if best[0] > max(rivals)
        else WOORDEN
    )  # fmt: skip
    loose = sum(1 for place in places if place and place[0] < place[1] and not _at_words(text.tekst, place))
    return Fit(reading, reason, places, best[0], loose)


def _list_readings(text: Text, *, named: bool) -> list[Reading]:
    """Return the ways of counting that can differ here, the one of the standard first."""
    units = [CODEPUNTEN, *([UTF16] if len(text.astral) else [])]
    ends = [OPGESLAGEN, *([LF] if len(text.breed) else []), *([CRLF] if len(text.breed) < len(text.line_ends) else [])]
    return [
        Reading(unit, end, bom, inclusive)
        for inclusive in ((False, True) if named else (False,))
        for bom in ((False, True) if text.bom else (False,))
        for unit in units
        for end in ends
    ]


def _score(text: Text, selections: Sequence[Selection], reading: Reading) -> tuple[tuple[Place, ...], int, int]:
    """Return the places by one way of counting, how many quotations agree, and how well places fit words.

    An end that is inside the selection is believed only when quotations prove it.
    """
    lines = {OPGESLAGEN: text.breed, LF: text.breed[:0], CRLF: text.line_ends}[reading.regeleinde]
    wide = np.sort(np.concatenate([lines, text.astral])) if reading.eenheid == UTF16 else lines
    taken = wide + np.arange(len(wide)) + int(reading.bom)
    places: list[Place] = []
    quotations = words = 0
    for selection in selections:
        start, starts_whole = _find(selection.start, taken, int(reading.bom))
        end, ends_whole = _find(selection.eind + int(reading.tot_en_met), taken, int(reading.bom))
        if not 0 <= start <= end <= len(text.tekst):
            places.append(None)
            continue
        places.append((start, end))
        if start < end:
            quotations += _agrees(text.tekst[start:end], selection.naam)
            words += _starts_well(text.tekst, start) * starts_whole + _ends_well(text.tekst, end) * ends_whole
    return tuple(places), quotations, -1 if reading.tot_en_met else words


def _find(position: int, taken: Places, first: int) -> tuple[int, bool]:
    """Return the place in the text of a position as counted, and False when that is inside a wide character."""
    before = int(np.searchsorted(taken, position))
    whole = not before or int(taken[before - 1]) != position - 1
    return max(position - first - before, min(position, 0)), whole


def _agrees(passage: str, name: str) -> bool:
    words, known = " ".join(passage.split()), " ".join(name.split())
    cut = _CUT.fullmatch(known)
    return bool(known) and (words == known or (cut is not None and words.startswith(cut["begin"])))


def _starts_well(text: str, place: int) -> int:
    """Return 2 for the beginning of a word, 1 for another edge of a word, 0 inside a word."""
    before, after = text[place - 1 : place], text[place : place + 1]
    if before.isalnum() and after.isalnum():
        return 0
    return 2 if not before.isalnum() and after.strip() else 1


def _ends_well(text: str, place: int) -> int:
    before, after = text[place - 1 : place], text[place : place + 1]
    if before.isalnum() and after.isalnum():
        return 0
    return 2 if before.strip() and not after.isalnum() else 1


def _at_words(text: str, place: tuple[int, int]) -> bool:
    return bool(_starts_well(text, place[0]) and _ends_well(text, place[1]))
