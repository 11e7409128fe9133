"""Read anyone's table of printed percentages and means, as a spreadsheet or a survey tool saves it.

Wanted are a label, a percentage or a mean, and the number of people it stands on. Headers are
Dutch or English; cells are separated by commas, semicolons or tabs; numbers have a decimal comma
or point. Other columns are ignored.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from nsoc_lib.characters import on_one_line
from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.rounding import ROUNDED_APART, ROUNDED_ONCE
from nsoc_lib.sources.study import load_text, name_csv_fault

HEADERS = {
    "label": ("label", "omschrijving", "stelling", "naam", "vraag", "name", "statement", "description"),
    "percentage": ("percentage", "procent", "pct", "%", "percent"),
    "gemiddelde": ("gemiddelde", "mean", "average"),
    "n": ("n", "basis", "bases", "base", "aantal"),
    "decimalen": ("decimalen", "decimals"),
    "items": ("items",),
    "conventie": ("conventie", "afronding", "convention", "rounding"),
}
AMBIGUOUS = "aantal"  # the base, unless another column is: then it is the count, which is not needed here
CONVENTIONS = {
    ROUNDED_ONCE: ROUNDED_ONCE,
    "percentage of sum": ROUNDED_ONCE,
    "percentage of the sum": ROUNDED_ONCE,
    ROUNDED_APART: ROUNDED_APART,
    "sum of rounded percentages": ROUNDED_APART,
}
SEPARATORS = {";": "puntkomma's", "\t": "tabs", ",": "komma's"}
MOST_DECIMALS = 4
_NUMBER = re.compile(r"[+-]?[0-9]{1,9}(?:[.,][0-9]{1,9})?")
_WHOLE = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class AuditRow:
    """One printed number. ``rij`` is the row in the file as a spreadsheet shows it.

    ``value`` keeps its zeros: 84,0 is another claim than 84. ``is_mean`` tells a mean, over
    ``items`` whole answers per person, from a percentage; ``bases`` are the numbers of people it
    may stand on; ``convention`` is how a percentage is said to be rounded.
    """

    rij: int
    label: str
    value: Decimal
    is_mean: bool
    bases: tuple[int, ...]
    items: int
    convention: str


def load_audit_table(path: Path, where: str) -> tuple[AuditRow, ...]:
    """Read a table of printed numbers: UTF-8 with or without BOM, a header and a row per number.

    Empty rows are skipped. Decimals come from the text as printed, unless a column gives them.
    Raises NsocError with row and column for a missing or double column, a cell that is no
    number, a row with both or neither of percentage and mean, and a base that is not positive.
    """
    text = load_text(path, where)
    separator = _find_separator(text)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise NsocError(
            where,
            found=name_csv_fault(error),
            expected=f"{SEPARATORS[separator]} tussen de cellen, en aanhalingstekens die ook sluiten",
            remedy='Zet een aanhalingsteken in een cel dubbel ("") en sluit elke cel af.',
        ) from error
    body = [(number, row) for number, row in enumerate(rows[1:], 2) if any(cell.strip() for cell in row)]
    if not body:
        raise NsocError(
            where,
            found="geen enkele rij met cijfers",
            expected="een kopregel (label, percentage of gemiddelde, n) en ten minste een rij",
            remedy="Vul de tabel.",
        )
    columns = _find_columns(rows[0], where)
    return tuple(_Cells(row, number, rows[0], columns, where, separator).build() for number, row in body)


def _plain(header: str) -> str:
    return on_one_line(header).casefold()


def _role(header: str) -> str | None:
    return next((role for role, names in HEADERS.items() if _plain(header) in names), None)


def _find_separator(text: str) -> str:
    """Return the separator that makes most known columns of the first line."""
    first = text.split("\n", 1)[0]

    def count_known(separator: str) -> int:
        return sum(_role(cell.strip('"\r ')) is not None for cell in first.split(separator))

    return max(SEPARATORS, key=count_known)


def _find_columns(header: list[str], where: str) -> dict[str, int]:
    """Return the place of each column by its role; refuse a role given twice or missing."""
    columns: dict[str, int] = {}
    for place, name in enumerate(header):
        role = _role(name)
        if role in columns and role == "n" and AMBIGUOUS in (_plain(name), _plain(header[columns[role]])):
            columns[role] = columns[role] if _plain(name) == AMBIGUOUS else place
        elif role in columns:
            raise NsocError(
                f"{where}, rij 1",
                found=f'de kolommen "{on_one_line(header[columns[role]])}" en "{on_one_line(name)}"',
                expected=f"een kolom voor {role}",
                remedy="Verwijder of hernoem een van beide.",
            )
        elif role:
            columns[role] = place
    for wanted in (("label",), ("percentage", "gemiddelde"), ("n",)):
        if not any(role in columns for role in wanted):
            raise NsocError(
                f"{where}, rij 1",
                found=f"de kolommen {enumerate_nl([on_one_line(name) for name in header], most=12)}",
                expected=f"een kolom {' of '.join(wanted)} (ook goed: "
                f"{', '.join(name for role in wanted for name in HEADERS[role][1:])})",
                remedy="Verbeter de kopregel; scheid kolommen met komma's, puntkomma's of tabs.",
            )
    _refuse_misspelt(header, columns, where)
    return columns


def _refuse_misspelt(header: list[str], columns: dict[str, int], where: str) -> None:
    """Refuse a column that nearly has the name of an absent one: it would be ignored in silence."""
    absent = [name for role, names in HEADERS.items() if role not in columns for name in names if len(name) > 3]
    for name in header:
        near = [] if _role(name) else difflib.get_close_matches(_plain(name), absent, n=1, cutoff=0.85)
        if near:
            raise NsocError(
                f"{where}, rij 1",
                found=f'de onbekende kolom "{on_one_line(name)}"',
                expected=f'"{near[0]}", of een naam die daar niet op lijkt',
                remedy="Verbeter de kopregel.",
            )


@dataclass(frozen=True)
class _Cells:
    """The cells of one row with their place, so that each refusal can name it."""

    row: list[str]
    rij: int
    header: list[str]
    columns: dict[str, int]
    where: str
    separator: str

    def build(self) -> AuditRow:
        if len(self.row) != len(self.header):
            raise NsocError(
                f"{self.where}, rij {self.rij}",
                found=f"{len(self.row)} cellen",
                expected=f"{len(self.header)} cellen, met {SEPARATORS[self.separator]} ertussen",
                remedy='Zet een cel met een komma tussen aanhalingstekens: "3,14".',
            )
        given = [role for role in ("percentage", "gemiddelde") if self._text(role)]
        if len(given) != 1:
            raise NsocError(
                f"{self.where}, rij {self.rij}",
                found="een percentage en een gemiddelde" if given else "geen percentage en geen gemiddelde",
                expected="een van beide",
                remedy="Geef elk cijfer een eigen rij." if given else "Vul het cijfer in of verwijder de rij.",
            )
        is_mean = given == ["gemiddelde"]
        items = self._whole("items", 1)
        if items > 1 and not is_mean:
            raise self._refuse("items", "items alleen bij een gemiddelde", "Laat de cel leeg.")
        return AuditRow(
            rij=self.rij,
            label=self._text("label"),
            value=self._value(given[0]),
            is_mean=is_mean,
            bases=self._bases(),
            items=items,
            convention=self._convention(),
        )

    def _text(self, role: str) -> str:
        return on_one_line(self.row[self.columns[role]]) if role in self.columns else ""

    def _refuse(self, role: str, expected: str, remedy: str) -> NsocError:
        return NsocError(
            f"{self.where}, rij {self.rij}, kolom {on_one_line(self.header[self.columns[role]])}",
            found=f'"{self._text(role)[:60]}"',
            expected=expected,
            remedy=remedy,
        )

    def _value(self, role: str) -> Decimal:
        text = self._text(role)
        if role == "percentage":
            text = text.removesuffix("%").strip()
        if not _NUMBER.fullmatch(text):
            raise self._refuse(role, "een getal, zoals 84 of 3,14", "Schrijf alleen het getal zoals het gedrukt staat.")
        value = Decimal(text.replace(",", "."))
        printed = max(-int(value.as_tuple().exponent), 0)
        decimals = self._whole("decimalen", printed, least=0)
        if max(decimals, printed) > MOST_DECIMALS:
            which = role if printed > MOST_DECIMALS else "decimalen"
            raise self._refuse(which, f"ten hoogste {MOST_DECIMALS} decimalen", "Neem het getal over zoals gedrukt.")
        rounded = value.quantize(Decimal(1).scaleb(-decimals))
        if rounded != value:
            raise self._refuse(role, f"een getal met {decimals} decimalen", "Verbeter het getal of de kolom decimalen.")
        return rounded

    def _whole(self, role: str, default: int, least: int = 1) -> int:
        text = self._text(role)
        if not text:
            return default
        if not _WHOLE.fullmatch(text) or int(text) < least:
            raise self._refuse(role, f"een geheel getal van {least} of meer", "Verbeter de cel of laat haar leeg.")
        return int(text)

    def _bases(self) -> tuple[int, ...]:
        words = [word for word in re.split(r"[\s,;/]+", self._text("n")) if word]
        if not words or not all(_WHOLE.fullmatch(word) and int(word) > 0 for word in words):
            raise self._refuse(
                "n", "een aantal, of een rijtje zoals 24 25 26", "Schrijf elk aantal uit, zonder punten."
            )
        return tuple(dict.fromkeys(int(word) for word in words))

    def _convention(self) -> str:
        text = _plain(self._text("conventie"))
        if not text:
            return ROUNDED_ONCE
        if text not in CONVENTIONS:
            choices = enumerate_nl(list(dict.fromkeys(CONVENTIONS.values())))
            raise self._refuse("conventie", f"een van: {choices}", "Kies een van deze, of laat de cel leeg.")
        return CONVENTIONS[text]
