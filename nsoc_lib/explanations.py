"""Numbers in words that are no secret: they repeat a row of the ledger that is shown, or a public source.

The ledger is judged row by row and by arithmetic. Here it only explains why a number stands next to a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from nsoc_lib.count_claims import Claim
from nsoc_lib.feasible import Interval
from nsoc_lib.ledger_rows import CONTENT, SUPPRESSED
from nsoc_lib.pieces import Drawing, Grid, Mark, Piece, Quotation, Record, Text

LEAST_LABEL = 12  # a shorter label is a word that may stand anywhere
_NUMBER = re.compile(r"\d+")
_SECTION = re.compile(r"§\s?\d")  # where in a public source something stands


def words_of(piece: Piece) -> str:
    """Return all words of a piece in one text."""
    if isinstance(piece, Grid):
        return " | ".join(cell for row in piece.rows for cell in row)
    if isinstance(piece, Drawing):
        return " | ".join(label.text for label in piece.labels)
    if isinstance(piece, Record):
        return piece["label"]
    return piece.text if isinstance(piece, Text | Mark | Quotation) else ""


class Explanations:
    """The rows of a ledger that are shown, by what their label is about, with every whole number in them.

    A table has the parts of a label apart: a statement before its row, a group above its column.
    """

    def __init__(self, ledger: Iterable[Record]) -> None:
        self._numbers: dict[tuple[str, ...], set[int]] = {}
        for row in ledger:
            if row["status"] != SUPPRESSED and len(row["label"]) >= LEAST_LABEL:
                found = _NUMBER.findall(" ".join(row[column] for column in CONTENT))
                about = tuple(re.split(r",\s", row["label"].rsplit(":", 1)[0]))
                self._numbers.setdefault(about, set()).update(map(int, found))

    def explain(self, claim: Claim, words: str) -> bool:
        """Whether a claim repeats a shown row that the same words are about, or cites a section of a source.

        A pair of count and base is never explained by a section alone.
        """
        if claim.base is None and _SECTION.search(words):
            return True
        names = (claim.group.name.lower(), claim.group.slug)
        named = [
            numbers
            for about, numbers in self._numbers.items()
            if all(part in words for part in about) and any(name in part.lower() for part in about for name in names)
        ]
        return any(_within(claim.count, found) and _within(claim.base, found) for found in named)


def _within(asked: Interval | None, numbers: Iterable[int]) -> bool:
    return asked is None or any(asked.low <= number <= asked.high for number in numbers)
