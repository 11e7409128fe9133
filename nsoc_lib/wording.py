"""Words for a share, and words that interviewers use: two scales that are never exchanged.

A share of a survey gets the field's own words ("ruim acht op de tien"), chosen by one rule. In a
small group one respondent changes the word, so that k of n stands beside it, and below twenty
answers the counts stand alone. Words for interviews are ordinal: nobody counted, so no percentage
follows from them.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from fractions import Fraction
from typing import Any

from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.prose import Filling, Shown, tell
from nsoc_lib.result import PROCENT, Result
from nsoc_lib.rounding import percentage_of_sum

SMALLEST_BASE = 20  # below this many answers a sentence shows counts and no word
FEW, MANY = Fraction(5), Fraction(95)  # up to and above which there is no anchor any more
HALF = Fraction(50)
ABOUT_HALF, BARE, WIDEST = Fraction(2), Fraction(1), Fraction(5)  # tolerances in percentage points
ALL, NEARLY_ALL, HARDLY_ANYBODY, NOBODY = "alle", "nagenoeg alle", "vrijwel niemand", "niemand"

_TENTHS = ("een", "twee", "drie", "vier", "", "zes", "zeven", "acht", "negen")
# Thirds are exact: 68 lies more than one point above 66⅔ and is "ruim twee derde"; from a rounded 67 it would not.
ANCHORS: dict[Fraction, str] = dict(
    sorted(
        [(Fraction(10 * tenth), f"{word} op de tien") for tenth, word in enumerate(_TENTHS, 1) if word]
        + [
            (Fraction(25), "een kwart"),
            (Fraction(100, 3), "een derde"),
            (HALF, "de helft"),
            (Fraction(200, 3), "twee derde"),
            (Fraction(75), "drie kwart"),
        ]
    )
)


def word_share(percentage: float) -> str:
    """Return the field's words for a percentage from 0 to 100, as a report prints it.

    A percentage alone never says "alle" or "niemand": 100 may be rounded (see ``word_count``).
    Raises ValueError outside 0 to 100. Source: the rule fitted to the wordings of Regioplan §3.2 to §3.4.

    >>> word_share(92), word_share(74), word_share(46)
    ('ruim negen op de tien', 'drie kwart', 'iets minder dan de helft')
    """
    value = Fraction(percentage)
    if not 0 <= value <= 100:
        raise ValueError(f"een percentage ligt tussen 0 en 100, niet {percentage}")
    if value <= FEW:
        return HARDLY_ANYBODY
    if value > MANY:
        return NEARLY_ALL
    if abs(value - HALF) <= ABOUT_HALF:
        return f"ongeveer {ANCHORS[HALF]}"
    nearest = min(ANCHORS, key=lambda anchor: abs(value - anchor))
    if abs(value - nearest) <= BARE:
        return ANCHORS[nearest]
    lower = max((anchor for anchor in ANCHORS if anchor < value), default=None)
    if lower is not None and value - lower <= WIDEST:
        return f"ruim {ANCHORS[lower]}"
    upper = min(anchor for anchor in ANCHORS if anchor > value)
    return f"{'iets minder dan' if upper == HALF else 'bijna'} {ANCHORS[upper]}"


def word_count(count: int, n: int, shown: int | None = None) -> str:
    """Return the words for ``count`` of ``n`` valid answers: "alle" and "niemand" only when that is so.

    ``shown`` is the whole percentage that stands beside the word, when another rounding rule than
    half up made it; the word always belongs to the percentage that the reader sees. Raises ValueError
    when the counts contradict each other.

    >>> word_count(25, 25), word_count(24, 25), word_count(0, 25)
    ('alle', 'nagenoeg alle', 'niemand')
    """
    if not (0 <= count <= n and n > 0):
        raise ValueError(f"geen aandeel: {count} van {n}")
    if count in (0, n):
        return NOBODY if count == 0 else ALL
    return word_share(min(100, percentage_of_sum(count, n) if shown is None else shown))


@dataclass(frozen=True)
class WordedShare(Result):
    """A share that shows its word in place of its percentage; in the ledger it is the same result."""

    @property
    def shown(self) -> str:
        """The word that belongs to the percentage of this share."""
        return word_count(self.count or 0, self.n or 0, self._whole_percentage())


@dataclass(frozen=True)
class Wording:
    """What a sentence may say of one share: a word, count and base, all results of the ledger.

    ``groep`` names those who answered. ``naast`` says that k of n stands beside the word, which
    ``tell_share`` sees to. In ``tell`` it gives ``{deel.woord}``, ``{deel.aantal}``, ``{deel.basis}``.
    """

    aandeel: Result
    groep: str
    naast: bool = False

    @property
    def aantal(self) -> Result:
        """The count k, in people."""
        return self.aandeel.aantal

    @property
    def basis(self) -> Result:
        """The valid answers n."""
        return self.aandeel.basis

    @property
    def klein(self) -> bool:
        """Whether there are too few answers for any word."""
        return (self.aandeel.n or 0) < SMALLEST_BASE

    @property
    def wankel(self) -> bool:
        """Whether one answer more or less would give another word.

        Moving one answer is the largest change: one person more or fewer who answers moves the
        percentage less in the same direction, and every word holds for one stretch of percentages.
        """
        count, n = self.aandeel.count or 0, self.aandeel.n or 0
        word = _worded(self.aandeel).shown
        return any(word_count(other, n) != word for other in (count - 1, count + 1) if 0 <= other <= n)

    @property
    def woord(self) -> Result:
        """The word as a result. Raises NsocError when the counts do not carry it."""
        if self.klein:
            raise self._refusal(
                f"een woord bij {self.aandeel.n} antwoorden",
                f"aantallen bij minder dan {SMALLEST_BASE} antwoorden",
                "Schrijf {naam.aantal} van de {naam.basis}, of {naam} in tell_share.",
            )
        if self.wankel and not self.naast:
            raise self._refusal(
                f'"{_worded(self.aandeel).shown}" bij {self.aandeel.count} van de {self.aandeel.n} antwoorden',
                "een woord dat met een antwoord meer of minder hetzelfde blijft, of de aantallen ernaast",
                "Schrijf {naam} of {naam.woord} ({naam.aantal} van de {naam.basis}) in tell_share.",
            )
        return _worded(self.aandeel)

    @property
    def pieces(self) -> tuple[Filling, ...]:
        """Word and counts for a cell of a table; below twenty answers the counts alone."""
        counts: tuple[Filling, ...] = (self.aantal, " van de ", self.basis)
        return counts if self.klein else (replace(self, naast=True).woord, " (", *counts, ")")

    def phrase(self, name: str) -> str:
        """Return the template for this share under a name: "drie kwart van de deelnemers (19 van de 26)"."""
        counts = f"{{{name}.aantal}} van de {{{name}.basis}}"
        if self.klein:
            return f"{counts} {self.groep}"
        word = _worded(self.aandeel).shown
        of_the = "" if word.endswith(("op de tien", ALL)) else "van de "
        return f"{{{name}.woord}} {of_the}{self.groep} ({counts})"

    def _refusal(self, found: str, expected: str, remedy: str) -> NsocError:
        return NsocError(f"de zin over {self.aandeel.label}", found=found, expected=expected, remedy=remedy)


def word_result(result: Result, groep: str = "deelnemers") -> Wording:
    """Return what a sentence may say of a share; of a suppressed one a dot for each count.

    Raises NsocError for a result without count and base.
    """
    if result.unit != PROCENT or (not result.suppressed and (result.count is None or not result.n)):
        raise NsocError(
            f"de zin over {result.label}",
            found="een getal zonder aantal en basis",
            expected="een aandeel van antwoorden",
            remedy="Gebruik een berekend aandeel, of noem het getal zelf.",
        )
    return Wording(result, groep)


def tell_share(template: str, **values: Any) -> Shown:
    """Tell a paragraph in which ``{name}`` of a Wording becomes word, group and counts.

    "Volgens {deel} is er draagvlak." becomes "Volgens ruim acht op de tien deelnemers (21 van de 25)
    is er draagvlak."; with fewer than twenty answers "Volgens 14 van de 18 deelnemers …". A word of
    its own, ``{deel.woord}``, is refused when one respondent would change it, unless
    ``{deel.aantal}`` and ``{deel.basis}`` stand in the same paragraph. Further as ``prose.tell``.
    """
    filled = dict(values)
    for name, value in values.items():
        if isinstance(value, Wording):
            template = template.replace(f"{{{name}}}", value.phrase(name))
            beside = all(f"{{{name}.{part}}}" in template for part in ("aantal", "basis"))
            filled[name] = replace(value, naast=beside)
    return tell(template, **filled)


def _worded(result: Result) -> WordedShare:
    return WordedShare(**{field.name: getattr(result, field.name) for field in fields(Result)})


# What a printed word claims, to hold against a printed percentage.


@dataclass(frozen=True)
class Claim:
    """The percentages that a word claims, and how far off a printed percentage may be."""

    low: Fraction
    high: Fraction
    tolerance: Fraction

    def admits(self, percentage: float) -> bool:
        """Return whether a percentage lies within the claim or within the tolerance of it."""
        return self.low - self.tolerance <= Fraction(percentage) <= self.high + self.tolerance


def _claims() -> dict[str, Claim]:
    whole, exact = Fraction(100), Fraction(0)
    claims = {
        ALL: Claim(whole, whole, exact),
        NEARLY_ALL: Claim(MANY + 1, whole, BARE),
        HARDLY_ANYBODY: Claim(Fraction(0), FEW, BARE),
        NOBODY: Claim(Fraction(0), Fraction(0), exact),
        "de meerderheid": Claim(HALF, whole, exact),
    }
    for anchor, name in ANCHORS.items():
        claims[name] = Claim(anchor, anchor, ABOUT_HALF if anchor == HALF else BARE)
        claims[f"ongeveer {name}"] = Claim(anchor, anchor, ABOUT_HALF)
        claims |= {f"{word} {name}": Claim(anchor, anchor + WIDEST, BARE) for word in ("ruim", "iets meer dan")}
        claims |= {f"{word} {name}": Claim(anchor - WIDEST, anchor, BARE) for word in ("bijna", "iets minder dan")}
    return claims


_CLAIMS = _claims()


def read_claim(words: str) -> Claim | None:
    """Return what the words for a share claim; None for words that name no quantity, like "het overgrote deel"."""
    text = " ".join(words.lower().split())
    text = text.replace("tweederde", "twee derde").replace("driekwart", "drie kwart").replace("één", "een")
    return _CLAIMS.get(text)


# Words for interviews: an order, no percentages.


@dataclass(frozen=True, order=True)
class Quantifier:
    """A word for how many of those interviewed said something. Compared by its place on the scale only."""

    rang: int
    woord: str


_WORDS = ("een enkele", "enkele", "een deel", "ongeveer de helft", "meerderheid", "drie kwart", "groot deel")
QUANTIFIERS = tuple(Quantifier(rank, word) for rank, word in enumerate((*_WORDS, NEARLY_ALL, ALL), 1))[::-1]
_OTHER_FORMS = {"de meerderheid": "meerderheid", "een groot deel": "groot deel", "ongeveer drie kwart": "drie kwart"}


def read_quantifier(text: str, where: str = "een woord uit de interviews") -> Quantifier:
    """Return the place of a word on the scale for interviews. Raises NsocError for another word."""
    word = " ".join(text.lower().split())
    for quantifier in QUANTIFIERS:
        if quantifier.woord == _OTHER_FORMS.get(word, word):
            return quantifier
    raise NsocError(
        where,
        found=f'"{text}"',
        expected=f"een van: {enumerate_nl([quantifier.woord for quantifier in QUANTIFIERS], most=9)}",
        remedy="Kies het woord van deze schaal dat de auteur bedoelt, en noteer het oorspronkelijke erbij.",
    )
