"""Which cells of linked tables are hidden: those the profile forbids, and the fewest others that keep them hidden.

Primary cells are forbidden by themselves. Complementary cells are added so that nobody can compute a primary
cell from what is shown: for each primary cell there must be two sets of counts that agree with everything
shown and differ in that cell by at least the profile's ``bescherming``. Finding the cheapest set is solved as
one integer linear program (Fischetti and Salazar-González) by HiGHS, and proven afterwards by those sets of counts
themselves: by adding up, without a solver.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from nsoc_lib.disclosure_profile import DisclosureProfile
from nsoc_lib.errors import NsocError
from nsoc_lib.feasible import Published, publish_counts
from nsoc_lib.linked_tables import SOM, Equation, LinkedTables
from nsoc_lib.solver import best_counts

if TYPE_CHECKING:
    import numpy as np

KLEIN, KLEINE_GROEP, EENSGEZIND, OVERHEERST = (
    "te klein aantal",
    "te kleine groep",
    "niemand of iedereen antwoordde dit",
    "dominantie",
)
AANVULLEND = "nodig om andere cellen te verbergen"


DEAREST = 1e5  # a solver calls a cell hidden that is so up to a millionth; this many times that is no whole person yet

Counts = Mapping[str, int]


class Choice(NamedTuple):
    """The hidden cells, and for each cell that was asked two sets of counts that fit what is shown then."""

    hidden: frozenset[str]
    pairs: tuple[tuple[Counts, Counts], ...]


class Outside(NamedTuple):
    """What a reader knows of single cells apart from the tables.

    ``limits`` is the most a count can be, such as the invited of a group; ``widths`` how far its highest and lowest
    possible count lie apart even when nothing is published. No more uncertainty is asked for than that.
    """

    limits: Mapping[str, int]
    widths: Mapping[str, int]


@dataclass(frozen=True)
class Suppression:
    """Which cells are hidden: ``primary`` with the rule that forbids each, and ``complementary`` to protect those."""

    primary: Mapping[str, str]
    complementary: frozenset[str]

    @property
    def hidden(self) -> frozenset[str]:
        return frozenset(self.primary) | self.complementary

    def reason(self, cell: str) -> str:
        """Why a cell is hidden; empty when it is shown."""
        return self.primary.get(cell, AANVULLEND if cell in self.complementary else "")


def suppress_primary(
    tables: LinkedTables, profile: DisclosureProfile, contributions: Mapping[str, Sequence[int]] | None = None
) -> dict[str, str]:
    """Return the cells that the profile forbids by themselves, each with the rule, in order of name.

    ``contributions`` gives for a cell how many answers each organisation brought; without it the rule of
    dominance is not applied to that cell. What is public is never forbidden.
    """
    found: dict[str, str] = {}
    for equation in tables.equations:
        found |= _forbidden_in_group(tables, equation, profile)
    for cell, answers in (contributions or {}).items():
        if profile.forbids_contributions(answers):
            found.setdefault(cell, OVERHEERST)
    for cell, count in tables.counts.items():
        if profile.forbids_count(count):
            found.setdefault(cell, KLEIN)
    return {cell: found[cell] for cell in sorted(found) if cell not in tables.public}


def _forbidden_in_group(tables: LinkedTables, equation: Equation, profile: DisclosureProfile) -> dict[str, str]:
    """Return what one group may not show: everything when it is small, an answer of nobody or of everybody."""
    base = tables.counts[equation.total]
    if equation.kind == SOM or base == 0:
        return {}
    if base < profile.kleinste_groep:
        return dict.fromkeys((equation.total, *equation.parts), KLEINE_GROEP)
    if profile.forbids_unanimity(equation.kind):
        return {part: EENSGEZIND for part in equation.parts if tables.counts[part] in (0, base)}
    return {}


def suppress_cells(
    tables: LinkedTables,
    primary: Mapping[str, str],
    profile: DisclosureProfile,
    most: int,
    where: str,
    outside: Outside | None = None,
) -> Suppression:
    """Return the primary cells with the complementary ones that protect them.

    The choice hides as few totals as possible, then as few cells, then as few people; what is left open is
    decided by name, so that the same tables always give the same choice. ``most`` is the number of people a
    reader knows there can be, and ``outside`` what is known of single cells. Raises NsocError, with ``where`` the table stands, when even hiding everything
    that is not public leaves a primary cell too well known.
    """
    if not primary:
        return Suppression({}, frozenset())
    limits, widths = outside or Outside({}, {})
    asked = {cell: min(profile.bescherming, limits.get(cell, most), widths.get(cell, most)) for cell in sorted(primary)}
    chosen = _choose(_Program(tables, asked, most, limits))
    if chosen is None:
        raise NsocError(
            where,
            found="een tabel die ook met meer verborgen cellen nog te berekenen is",
            expected=f"van elke verborgen cel ten minste {profile.bescherming + 1} mogelijke aantallen",
            remedy="Laat de tabel weg, of voeg groepen samen.",
        )
    _prove(publish_counts(tables, chosen.hidden, most, limits=limits), asked, chosen.pairs)
    return Suppression(dict(primary), chosen.hidden - frozenset(primary))


def _prove(published: Published, asked: Mapping[str, int], pairs: Sequence[tuple[Counts, Counts]]) -> None:
    """See for each cell that two sets of counts fit what is published and lie far enough apart in that cell."""
    for (cell, width), (one, other) in zip(asked.items(), pairs, strict=True):
        if not (_fits(published, one) and _fits(published, other)) or other[cell] - one[cell] < width:
            raise AssertionError(f"{cell} is nauwer te berekenen dan het profiel toestaat")


def _fits(published: Published, counts: Counts) -> bool:
    """Whether a reader would see the same if these were the counts."""
    known = all(each.low <= counts[name] <= each.high for name, each in published.known.items())
    return known and all(counts[sum_.total] == sum(counts[part] for part in sum_.parts) for sum_ in published.equations)


class _Program:
    """The integer program: per cell whether it is hidden, and per primary cell two sets of counts that fit."""

    def __init__(self, tables: LinkedTables, asked: Mapping[str, int], most: int, limits: Mapping[str, int]) -> None:
        import numpy as np

        self.names = sorted(tables.counts)
        self.size = len(self.names)
        self.most = np.array([limits.get(name, most) for name in self.names], dtype=float)
        counts = np.array([tables.counts[name] for name in self.names], dtype=float)
        if (counts > self.most).any():
            raise ValueError(f"een aantal is hoger dan {most}, het aantal mensen, of dan wat bekend is")
        self.place = [self.names.index(cell) for cell in asked]
        self.low = np.array([float(name in asked) for name in self.names])
        self.high = np.array([float(name not in tables.public) for name in self.names])
        shown = self.high == 0
        self.fewest, self.most = np.where(shown, counts, 0), np.where(shown, counts, self.most)
        totals = np.array([name in tables.totals for name in self.names])
        # The fewest totals, then the fewest cells, then the fewest people, then by name; what is settled costs nothing.
        levels = np.vstack([totals, np.ones(self.size), counts, np.eye(self.size)]) * (self.high - self.low)
        self.costs = _in_few(levels)
        self.constraints = self._fit(self._sums(tables), counts, list(asked.values()))

    def _sums(self, tables: LinkedTables) -> np.ndarray:
        """Return one row per sum with 1 for its total and -1 for each part, one column per cell."""
        import numpy as np

        place = {name: number for number, name in enumerate(self.names)}
        matrix = np.zeros((len(tables.equations), self.size))
        for row, equation in zip(matrix, tables.equations, strict=True):
            row[place[equation.total]] += 1
            for part in equation.parts:
                row[place[part]] -= 1
        return matrix

    def _fit(self, sums: np.ndarray, counts: np.ndarray, widths: list[int]) -> list[Any]:
        """Return that all sets of counts add up, differ only in hidden cells, and differ enough in their own cell."""
        import numpy as np
        from scipy.optimize import LinearConstraint  # type: ignore[import-untyped]
        from scipy.sparse import csr_array, diags_array, eye_array, hstack, kron  # type: ignore[import-untyped]

        copies = 2 * len(self.place)
        each, ones = eye_array(copies), np.ones((copies, 1))
        # A cell of which it is settled whether it is hidden has its counts in the bounds.
        open_cells = np.flatnonzero(self.high > self.low)
        chosen = eye_array(self.size, format="csr")[open_cells]
        free, repeated = kron(each, chosen), np.tile(counts[open_cells], copies)
        room_below, room_above = chosen @ diags_array(counts), chosen @ diags_array(self.most - counts)
        added = hstack([csr_array((copies * len(sums), self.size)), kron(each, csr_array(sums))])
        apart = np.zeros((len(self.place), self.size * (1 + copies)))
        for number, place in enumerate(self.place):
            apart[number, self.size * (1 + 2 * number) + place] = -1
            apart[number, self.size * (2 + 2 * number) + place] = 1
        found = [LinearConstraint(added, 0, 0), LinearConstraint(csr_array(apart), widths, np.inf)]
        if len(open_cells):
            found += [
                LinearConstraint(hstack([kron(ones, room_below), free]), repeated, np.inf),
                LinearConstraint(hstack([kron(-ones, room_above), free]), -np.inf, repeated),
            ]
        return found

    def solve(self, cost: np.ndarray) -> np.ndarray | None:
        """Return the cheapest choice, or None when nothing protects the primary cells.

        One row says which cells are hidden; below it stand two rows of counts per primary cell.
        """
        import numpy as np
        from scipy.optimize import Bounds

        copies = 2 * len(self.place)
        low = np.concatenate([self.low, np.tile(self.fewest, copies)])
        high = np.concatenate([self.high, np.tile(self.most, copies)])
        found = best_counts(np.pad(cost, (0, copies * self.size)), Bounds(low, high), self.constraints)
        return None if found is None else found.reshape(1 + copies, self.size)

    def cap(self, cost: np.ndarray, most: int) -> None:
        """Allow only choices that cost at most this."""
        import numpy as np
        from scipy.optimize import LinearConstraint

        row = np.pad(cost, (0, self.size * 2 * len(self.place)))
        # Half a person of slack: costs are whole numbers, and a solver works to a tolerance.
        self.constraints.append(LinearConstraint(row[None, :], -np.inf, most + 0.5))


def _in_few(levels: Sequence[np.ndarray]) -> list[np.ndarray]:
    """Return costs of which the first counts most as fewer costs that lead to the same choice.

    Two become one when the first is multiplied by more than the second can ever be; as far as a solver, which works
    to a tolerance, can still tell the last of them apart.
    """
    few = [levels[0]]
    for level in levels[1:]:
        both = few[-1] * (1 + level.sum()) + level
        if both.sum() > DEAREST:
            few.append(level)
        else:
            few[-1] = both
    return few


def _choose(program: _Program) -> Choice | None:
    """Return the one cheapest set of hidden cells; among equally cheap ones the first by name stays shown."""
    found = None
    for cost in program.costs:
        found = program.solve(cost)
        if found is None:
            return None
        program.cap(cost, int(cost @ found[0]))
    assert found is not None
    hidden = frozenset(name for name, one in zip(program.names, found[0], strict=True) if one)
    sets = [dict(zip(program.names, counts.tolist(), strict=True)) for counts in found[1:]]
    return Choice(hidden, tuple(zip(sets[::2], sets[1::2], strict=True)))
