"""Dates as sources print them: a day, a month, a year, or a part of a year in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from nsoc_lib.errors import NsocError

# How we read a part of a year: first and last month. Sources do not say what they mean by it.
PARTS_OF_YEAR = {"begin": (1, 4), "medio": (5, 8), "eind": (9, 12), "": (1, 12)}
MAANDEN = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]


@dataclass(frozen=True)
class Period:
    """A date as printed, and the first and last day that it can mean."""

    tekst: str
    eerste: date
    laatste: date

    @property
    def in_words(self) -> str:
        """The date as a sentence has it: ``november 2022``, ``1 november 2022``, ``eind 2022``."""
        month = f"{MAANDEN[self.eerste.month - 1]} {self.eerste.year}"
        return (
            {4: self.tekst, 7: month, 10: f"{self.eerste.day} {month}"}[len(self.tekst)] if self.is_iso else self.tekst
        )

    @property
    def is_iso(self) -> bool:
        return "-" in self.tekst


def read_period(text: str, where: str = "een datum") -> Period:
    """Return the days that a printed date can mean. Raises NsocError for a text that is none.

    >>> read_period("eind 2022").eerste.isoformat(), read_period("2022-11").laatste.isoformat()
    ('2022-09-01', '2022-11-30')
    """
    named = re.fullmatch(r"(?:(begin|medio|eind) )?([12]\d{3})", text)
    printed = re.fullmatch(r"([12]\d{3})-(\d{2})(?:-(\d{2}))?", text)
    try:
        if printed and printed[3]:
            return Period(text, date.fromisoformat(text), date.fromisoformat(text))
        if printed:
            return _months(text, int(printed[1]), int(printed[2]), int(printed[2]))
        if named:
            return _months(text, int(named[2]), *PARTS_OF_YEAR[named[1] or ""])
    except ValueError:  # a thirteenth month or a 31st of April
        pass
    raise NsocError(
        where,
        found=f'"{text}"' if text else "geen datum",
        expected="een datum als 2022, 2022-11, 2022-11-01, of begin, medio of eind met een jaar",
        remedy="Verbeter de datum, of laat de cel leeg als de bron er geen noemt.",
    )


def read_day(text: str, where: str) -> date:
    """Return the day of a Dutch date in words. Raises NsocError for another form or a day that does not exist.

    >>> read_day("1 maart 2027", "een datum").isoformat()
    '2027-03-01'
    """
    written = re.fullmatch(rf"(\d{{1,2}}) ({'|'.join(MAANDEN)}) ([12]\d{{3}})", text)
    try:
        if written:
            return date(int(written[3]), MAANDEN.index(written[2]) + 1, int(written[1]))
    except ValueError:  # a 31st of April
        pass
    raise NsocError(
        where,
        found=f'"{text}"',
        expected="een bestaande dag als 1 maart 2027: dag, maand als woord in kleine letters, jaar",
        remedy="Verbeter de datum.",
    )


def is_moment(text: str) -> bool:
    """Whether a text is an ISO date to the day, month or year, and exists.

    >>> is_moment("2024-02"), is_moment("2024-02-30"), is_moment("eind 2024")
    (True, False, False)
    """
    try:
        return bool(re.fullmatch(r"\d{4}(-\d{2}){0,2}", text) and date.fromisoformat(f"{text}-01-01"[:10]))
    except ValueError:  # a thirteenth month or a 31st of April
        return False


def is_day(text: str) -> bool:
    """Whether a text is an ISO date to the day, and exists."""
    return is_moment(text) and len(text) == len("2024-01-31")


def _months(text: str, year: int, first: int, last: int) -> Period:
    begin, after = date(year, first, 1), date(year + last // 12, last % 12 + 1, 1)
    return Period(text, begin, after - timedelta(days=1))
