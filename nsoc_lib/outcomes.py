"""The shapes in which a question with choices comes out: a tally of options, or a spread over columns."""

from __future__ import annotations

from dataclasses import dataclass

from nsoc_lib.questions import SMALLEST_GROUP
from nsoc_lib.result import Result


@dataclass(frozen=True)
class Line:
    """One option: the share of respondents, and of mentions where more answers were allowed."""

    label: str
    aandeel: Result
    vermelding: Result | None = None


@dataclass(frozen=True)
class Tally:
    """The options of one question with their shares. ``basis`` are the people who answered."""

    id: str
    kort: str
    soort: str
    basis: Result
    vermeldingen: Result | None
    regels: tuple[Line, ...]
    kleinste_groep: int = SMALLEST_GROUP


@dataclass(frozen=True)
class Row:
    """One row of a distribution: counts per column on ``basis`` people, and the share that stands out."""

    label: str
    delen: tuple[Result, ...]
    basis: Result
    aandeel: Result | None = None
    zonder: Result | None = None


@dataclass(frozen=True)
class Spread:
    """Rows with the same columns. ``weggelaten`` says that rows on too few people were left out."""

    id: str
    kort: str
    soort: str
    koppen: tuple[str, ...]
    regels: tuple[Row, ...]
    weggelaten: bool = False
