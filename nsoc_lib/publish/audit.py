"""The step behind ``make audit``: name the printed numbers that are not simply k of n, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from nsoc_lib.errors import enumerate_nl
from nsoc_lib.granularity import (
    PLAIN,
    UNREACHABLE,
    MeanReach,
    Reach,
    fits_elsewhere,
    nearest,
    reach,
    reach_mean,
    round_units,
)
from nsoc_lib.publish.given_file import show_given
from nsoc_lib.rounding import ROUNDED_APART
from nsoc_lib.sources.audit_table import AuditRow, load_audit_table

CAUTION = (
    "Niet bereikbaar zegt iets over de gedrukte bases, niet over wie rekende: "
    "een andere basis, weging of afronding kan het verklaren."
)
_NUMBER_WORDS = {2: "twee", 3: "drie"}


@dataclass(frozen=True)
class Audit:
    """What ``make audit`` prints, empty for a clean table, and whether every number can be reached in some way."""

    text: str
    reachable: bool


def audit_file(path: Path) -> Audit:
    """Read a table of printed numbers and judge each against its own bases.

    The text has a line for each number that is neither k of n nor what its own convention
    gives, and two closing lines; it is empty when there is no such number.
    Raises NsocError for a file that cannot be read as a table of percentages and means.
    """
    where = show_given(
        path,
        "een tabel met de kolommen label, percentage of gemiddelde, en n",
        "Geef het bestand op: make audit FILE=cijfers.csv",
    )
    return audit_rows(load_audit_table(path, where))


def audit_rows(rows: Sequence[AuditRow]) -> Audit:
    """Judge printed numbers, each against its own bases. See ``audit_file``."""
    judged = [(row, _find(row)) for row in rows]
    verdicts = Counter(_judge(row, found) for row, found in judged)
    lines = [_describe(row, found, rows) for row, found in judged if _judge(row, found) != PLAIN]
    if not lines:
        return Audit("", reachable=True)
    otherwise = len(rows) - verdicts[PLAIN] - verdicts[UNREACHABLE]
    summary = (
        f"Cijfers: {len(rows)}. Passend bij de basis: {verdicts[PLAIN]}. Alleen met optellen van afgeronde "
        f"categorieën of afronden naar even: {otherwise}. Niet bereikbaar: {verdicts[UNREACHABLE]}."
    )
    return Audit("\n".join([*lines, summary, CAUTION]), reachable=not verdicts[UNREACHABLE])


def _find(row: AuditRow) -> Reach | MeanReach:
    """Return what can give a number; three categories are tried when two do not do it."""
    if row.is_mean:
        return reach_mean(row.value, row.bases, row.items)
    two = reach(row.value, row.bases)
    return two if two.splits else reach(row.value, row.bases, categories=3)


def _judge(row: AuditRow, found: Reach | MeanReach) -> str:
    if isinstance(found, MeanReach):
        return PLAIN if found.consistent else UNREACHABLE
    declared = row.convention == ROUNDED_APART and found.splits
    return PLAIN if declared else found.verdict


def _describe(row: AuditRow, found: Reach | MeanReach, rows: Sequence[AuditRow]) -> str:
    """Return the line on one number: place, what it is not, what would do it, what comes near."""
    bases = enumerate_nl([str(base) for base in row.bases])
    what = f"gemiddelde {_dutch(row.value)}" if row.is_mean else f"{_dutch(row.value)}%"
    where = f"rij {row.rij}, {row.label}" if row.label else f"rij {row.rij}"
    ways = [] if isinstance(found, MeanReach) else _ways(found)
    if ways:
        verdict = f"is bij basis {bases} niet k van n, alleen bij {' of bij '.join(ways)}"
    else:
        items = f", {row.items} items" if row.items > 1 else ""
        verdict = f"is niet bereikbaar onder de gedrukte bases ({bases}{items})"
    near = [_neighbour(row, near.value, near.count, near.base) for near in nearest(found)]
    return f"{where}: {what} {verdict}. Dichtstbij: {' en '.join(near)}.{_elsewhere(row, rows)}"


def _ways(found: Reach) -> list[str]:
    """Return the other conventions that give a percentage, each with one example."""
    ways = [f"afronden naar even ({fit.counts[0]} van {fit.base})" for fit in found.even[:1]]
    for split in found.splits[:1]:
        unit = 10 ** _decimals(found.percentage)
        shares = [Decimal(round_units(part, split.base, 100 * unit)) / unit for part in split.parts]
        ways.append(
            f"optellen van {_NUMBER_WORDS[len(split.parts)]} afgeronde categorieën "
            f"({' + '.join(f'{_dutch(share)}%' for share in shares)}: "
            f"{' + '.join(map(str, split.parts))} van {split.base})"
        )
    return ways


def _neighbour(row: AuditRow, value: Decimal, count: int, base: int) -> str:
    return f"{_dutch(value)} (totaal {count} bij {base})" if row.is_mean else f"{_dutch(value)}% ({count} van {base})"


def _elsewhere(row: AuditRow, rows: Sequence[AuditRow]) -> str:
    """Return which bases of other rows would make a percentage k of n."""
    others = {base for other in rows if not other.is_mean for base in other.bases} - set(row.bases)
    fits = [] if row.is_mean else fits_elsewhere(row.value, sorted(others))
    named = enumerate_nl([f"{fit.counts[0]} van {fit.base}" for fit in fits], most=3)
    return f" Met een basis elders in deze tabel wel: {named}." if named else ""


def _decimals(value: Decimal) -> int:
    return max(-int(value.as_tuple().exponent), 0)


def _dutch(value: Decimal) -> str:
    return format(value, "f").replace(".", ",")
