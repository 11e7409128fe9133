"""Counts that are tied together by sums: a table with its margins, or several tables that share cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

# What a sum is about: the answers of one group, the answers of everybody, or no set of people of its own.
GROEP, ALLE, SOM = "groep", "alle", "som"
TOTAAL = "totaal"


@dataclass(frozen=True)
class Equation:
    """``total`` is the sum of ``parts``. For a group the total is its base and the parts are its answers."""

    total: str
    parts: tuple[str, ...]
    kind: str = SOM


@dataclass(frozen=True)
class LinkedTables:
    """Counts of people by name and the sums that a reader knows to hold between them.

    ``public`` are cells that everybody knows already, such as how many were invited: they cannot be
    hidden. Raises ValueError for a negative count, a name without a count, and a sum that does not hold.
    """

    counts: Mapping[str, int]
    equations: tuple[Equation, ...]
    public: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        named = {*chain.from_iterable((e.total, *e.parts) for e in self.equations), *self.public}
        if unknown := sorted(named - set(self.counts)):
            raise ValueError(f"geen aantal voor {unknown[0]}")
        if negative := sorted(name for name, count in self.counts.items() if count < 0):
            raise ValueError(f"een negatief aantal voor {negative[0]}")
        for equation in self.equations:
            if self.counts[equation.total] != sum(self.counts[part] for part in equation.parts):
                raise ValueError(f"de delen van {equation.total} tellen niet op tot het totaal")

    @property
    def totals(self) -> frozenset[str]:
        """The cells that are the sum of others."""
        return frozenset(equation.total for equation in self.equations)


def cell_name(table: str, row: str, column: str) -> str:
    """Return what a cell of a table is called, a margin included."""
    return f"{table}|{row}|{column}"


def cross_table(name: str, rows: Mapping[str, Mapping[str, int]]) -> LinkedTables:
    """Return a table of groups (rows) by answers (columns) with its margins, as linked counts.

    A cell is called ``name|group|answer``; a margin has ``totaal`` for the other part.

    >>> cross_table("s1", {"om": {"eens": 4, "oneens": 1}, "fiod": {"eens": 2, "oneens": 3}}).counts["s1|totaal|eens"]
    6
    """
    columns = list(dict.fromkeys(chain.from_iterable(rows.values())))
    counts = {cell_name(name, r, c): rows[r].get(c, 0) for r in rows for c in columns}
    equations = [
        Equation(cell_name(name, r, TOTAAL), tuple(cell_name(name, r, c) for c in columns), GROEP) for r in rows
    ]
    sums = [Equation(cell_name(name, TOTAAL, c), tuple(cell_name(name, r, c) for r in rows)) for c in columns]
    whole = cell_name(name, TOTAAL, TOTAAL)
    everybody = Equation(whole, tuple(cell_name(name, TOTAAL, c) for c in columns), ALLE)
    for equation in (*equations, *sums, everybody):
        counts[equation.total] = sum(counts[part] for part in equation.parts)
    return LinkedTables(counts, (*equations, *sums, everybody))
