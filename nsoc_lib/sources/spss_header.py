"""Read the first part of an SPSS file ourselves, to refuse before the rest costs time or memory.

The layout follows the description of the system file by the developers of PSPP. The number of
variables is counted here because reading very many takes minutes: the time grows with their square.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

from nsoc_lib.errors import NsocError
from nsoc_lib.sources.study import load_bytes, refuse_larger, too_large

MOST_BYTES = 100_000_000
MOST_VARIABLES = 5_000
MOST_CELLS = 2_000_000
MARKS = (b"$FL2", b"$FL3")  # .sav and .zsav
HEADER_BYTES = 176
LAYOUT, CASES, WEIGHT = 64, 80, 76  # places of whole numbers in the header
VARIABLE, CONTINUED = 2, -1


@dataclass(frozen=True)
class Header:
    """What the header promises. ``rijen`` is -1 when the writer did not know."""

    variabelen: int
    rijen: int
    gewogen: bool


def load_header(path: Path, where: str) -> Header:
    """Read header and variables. Raises NsocError when the file is absent, too large, cut off or not of SPSS."""
    refuse_larger(path, where, MOST_BYTES)
    raw = load_bytes(path, where)
    if not raw.startswith(MARKS):
        raise NsocError(
            where,
            found="een bestand dat niet begint zoals een SPSS-bestand",
            expected="een .sav of .zsav van SPSS",
            remedy="Is dit een ander soort bestand? Verbeter formaat in meting.yml, of bewaar het in SPSS als .sav.",
        )
    try:
        order = "<" if raw[LAYOUT] in {2, 3} else ">"
        cases, weight = (struct.unpack_from(f"{order}i", raw, place)[0] for place in (CASES, WEIGHT))
        variables = _count_variables(raw, order)
    except (struct.error, IndexError):
        variables = cases = weight = 0
    if not variables:
        raise NsocError(
            where,
            found="een SPSS-bestand dat in de lijst van variabelen ophoudt",
            expected="een heel SPSS-bestand (.sav)",
            remedy="Open het in SPSS of PSPP en bewaar het opnieuw, of vraag het bestand opnieuw op.",
        )
    if variables > MOST_VARIABLES:
        raise too_large(where, f"meer dan {MOST_VARIABLES} variabelen")
    return Header(variables, max(cases, -1), gewogen=weight > 0)


def _count_variables(raw: bytes, order: str) -> int:
    """Count the records of variables, each with its label and missing codes; stops above the most we read."""
    place, count = HEADER_BYTES, 0
    while count <= MOST_VARIABLES:
        kind, width, labelled, missing = struct.unpack_from(f"{order}4i", raw, place)
        if kind != VARIABLE:
            break
        count += width != CONTINUED
        place += 32
        if labelled == 1:
            length = struct.unpack_from(f"{order}i", raw, place)[0]
            place += 4 + max(0, length + -length % 4)
        place += 8 * abs(missing)
    return count
