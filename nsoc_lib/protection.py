"""Which numbers about one statement are hidden, given everything the report shows about that statement.

The whole answer scale, the share that agrees and the breakdown by group hang together by sums, so they are
judged as one set of linked counts. A number falls when the profile forbids it, or when it would give such a
number away (``suppression``). Of a share the count, the rest and the base fall together: that hides more than
is needed, never less.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from nsoc_lib.disclosure_profile import DisclosureProfile
from nsoc_lib.feasible import Reader, publish_counts
from nsoc_lib.linked_tables import ALLE, GROEP, SOM, TOTAAL, Equation, LinkedTables, cell_name, cross_table
from nsoc_lib.suppression import EENSGEZIND, KLEIN, Outside, Suppression, suppress_cells, suppress_primary

ANTWOORD, BASIS, EENS, ANDERS = "antwoord", "basis", "eens", "anders"
EVERYBODY = "alle"
UNKNOWN_GROUP = "onbekend"
KLEINE_ROL = "te kleine functie of groep"


@dataclass(frozen=True)
class Split:
    """Of the answers of one group, or of everybody: who agrees and who does not."""

    eens: int
    anders: int
    genodigd: int

    @property
    def basis(self) -> int:
        return self.eens + self.anders


@dataclass(frozen=True)
class Protected:
    """Why the numbers about one statement are hidden: of everybody, per group, per answer. Empty is shown."""

    alle: str
    groepen: Mapping[str, str]
    antwoorden: Mapping[str, str]


def protect_statement(
    answers: Mapping[str, int],
    agreeing: Collection[str],
    groups: Mapping[str, Split],
    invited: int,
    profile: DisclosureProfile,
) -> Protected:
    """Decide what of one statement is hidden.

    ``answers`` counts every valid answer, ``agreeing`` are those that agree. ``groups`` may leave out people of
    whom no group is known; a reader finds those as the rest. What the numbers about everybody tell of a group by
    themselves, such as that nobody in it agrees when nobody at all does, is not the breakdown's to hide.
    """
    tables = link_statement(answers, agreeing, groups)
    hidden = _find_hidden(tuple(tables.counts.items()), tables.equations, _known_limits(groups), profile, invited)
    whole = _of_share(hidden, EVERYBODY)
    return Protected(
        whole,
        {group: _of_share(hidden, group) for group in groups},
        # Without the share of everybody a single answer says nothing and could give the share away.
        {label: whole or hidden.get(cell_name(ANTWOORD, EVERYBODY, label), "") for label in answers},
    )


def link_statement(answers: Mapping[str, int], agreeing: Collection[str], groups: Mapping[str, Split]) -> LinkedTables:
    """Return all counts about one statement with the sums between them; people of unknown group are a group."""
    split = {label: label in agreeing for label in answers}
    everybody = Split(
        sum(answers[label] for label in answers if split[label]),
        sum(answers[label] for label in answers if not split[label]),
        0,
    )
    shares = {EVERYBODY: everybody, **groups}
    unknown = Split(
        everybody.eens - sum(group.eens for group in groups.values()),
        everybody.anders - sum(group.anders for group in groups.values()),
        0,
    )
    if groups and unknown.basis:
        shares[UNKNOWN_GROUP] = unknown
    counts = {cell_name(ANTWOORD, EVERYBODY, label): count for label, count in answers.items()}
    for name, share in shares.items():
        counts |= {_cell(name, BASIS): share.basis, _cell(name, EENS): share.eens, _cell(name, ANDERS): share.anders}
    scale = tuple(counts)[: len(answers)]
    equations = [
        Equation(_cell(EVERYBODY, BASIS), scale, ALLE),
        Equation(_cell(EVERYBODY, EENS), tuple(c for c, label in zip(scale, answers, strict=True) if split[label])),
        Equation(
            _cell(EVERYBODY, ANDERS), tuple(c for c, label in zip(scale, answers, strict=True) if not split[label])
        ),
    ]
    for name in shares:
        kind = ALLE if name == EVERYBODY else GROEP
        equations.append(Equation(_cell(name, BASIS), (_cell(name, EENS), _cell(name, ANDERS)), kind))
    if parts := tuple(name for name in shares if name != EVERYBODY):
        equations += [
            Equation(_cell(EVERYBODY, part), tuple(_cell(name, part) for name in parts))
            for part in (BASIS, EENS, ANDERS)
        ]
    return LinkedTables(counts, tuple(equations))


def protect_options(
    counts: Mapping[str, int], people: int, profile: DisclosureProfile, *, single: bool, smallest: int = 0
) -> dict[str, str]:
    """Decide which options of one question are hidden, with why; empty text for those shown.

    ``people`` answered. With ``single`` everybody chose one option; else the sum of all mentions is shown.
    Below ``smallest`` an option is too small a group of people: for a question that tells who somebody is.
    """
    cells = {cell_name("optie", EVERYBODY, name): count for name, count in counts.items()}
    total = cell_name("optie", EVERYBODY, BASIS)
    kind = ALLE if single else SOM
    tables = LinkedTables(
        cells | {total: sum(cells.values())}, (Equation(total, tuple(cells), kind),), frozenset({total})
    )
    primary = {c: KLEINE_ROL for c, count in cells.items() if 0 < count < smallest} | suppress_primary(tables, profile)
    if not single:  # nobody, or everybody, chose this one of several
        unanimous = profile.forbids_unanimity(ALLE)
        primary |= {c: EENSGEZIND for c, count in cells.items() if unanimous and count in (0, people)}
        primary |= {c: KLEIN for c, count in cells.items() if profile.forbids_count(people - count)}
    limits = dict.fromkeys(cells, people)
    found = _suppress(tables, primary, profile, max(sum(cells.values()), people), limits)
    return {name: found.reason(cell) for name, cell in zip(counts, cells, strict=True)}


def protect_remainder(
    counts: Mapping[str, int],
    rest: Mapping[str, int],
    people: tuple[int, int],
    profile: DisclosureProfile,
    *,
    single: bool,
) -> dict[str, str]:
    """Decide which options are hidden in an outcome without a group that is also shown with everybody.

    The difference is what the group answered: it is judged as a group. ``people`` answered in all and without it.
    """
    everybody, without = people
    if single:
        pairs = {"": {"rest": dict(rest), "groep": {name: counts[name] - rest[name] for name in counts}}}
    else:
        pairs = {
            name: {
                "rest": {name: rest[name], "niet": without - rest[name]},
                "groep": {name: counts[name] - rest[name], "niet": everybody - without - counts[name] + rest[name]},
            }
            for name in counts
        }
    reasons: dict[str, str] = {}
    for rows in pairs.values():
        table = cross_table("zonder", rows)
        margins = {name for name in table.counts if f"|{TOTAAL}" in name}
        public = LinkedTables(table.counts, table.equations, frozenset(margins))
        found = _suppress(public, suppress_primary(public, profile), profile, everybody, {})
        reasons |= {name: found.reason(cell_name("zonder", "rest", name)) for name in rows["rest"] if name in counts}
    return reasons


def _cell(name: str, part: str) -> str:
    return cell_name("aandeel", name, part)


def _of_share(hidden: Mapping[str, str], name: str) -> str:
    reasons = (hidden.get(_cell(name, part), "") for part in (EENS, ANDERS, BASIS))
    return next(filter(None, reasons), "")


def _known_limits(groups: Mapping[str, Split]) -> tuple[tuple[str, int], ...]:
    """Return the most that each count of a group can be, for a reader who knows how many were invited."""
    return tuple(
        chain.from_iterable(
            ((_cell(name, part), group.genodigd) for part in (BASIS, EENS, ANDERS)) for name, group in groups.items()
        )
    )


@lru_cache(maxsize=1024)
def _find_hidden(
    counts: tuple[tuple[str, int], ...],
    equations: tuple[Equation, ...],
    limits: tuple[tuple[str, int], ...],
    profile: DisclosureProfile,
    invited: int,
) -> dict[str, str]:
    """Return the hidden cells with their reasons. Kept, because tables and figures ask the same, and so may statements.

    What is said of everybody matters most: it is hidden when it is forbidden itself, never for the sake of a group.
    """
    tables = LinkedTables(dict(counts), equations)
    primary = suppress_primary(tables, profile)
    whole = {_cell(EVERYBODY, part) for part in (BASIS, EENS, ANDERS)}
    scale = {name for name in tables.counts if name.startswith(f"{ANTWOORD}|")}
    kept = frozenset().union(*(cells for cells in (whole, scale) if not cells & primary.keys()))
    found = _suppress(replace(tables, public=kept), primary, profile, invited, dict(limits))
    return {cell: found.reason(cell) for cell in sorted(found.hidden)}


def _suppress(
    tables: LinkedTables,
    primary: Mapping[str, str],
    profile: DisclosureProfile,
    most: int,
    limits: Mapping[str, int],
) -> Suppression:
    """Hide so much that no primary cell is known more closely than the profile asks, or than public counts tell by themselves.

    That can always be done: no more is asked than hiding everything that is not public leaves.
    """
    if not primary:
        return Suppression({}, frozenset())
    nothing = Reader(publish_counts(tables, tables.counts.keys() - tables.public, most, limits=limits))
    widths = {cell: nothing.interval(cell).width for cell in primary}
    return suppress_cells(tables, primary, profile, most, min(primary), Outside(limits, widths))


def with_smallest_group(profile: DisclosureProfile, smallest: int) -> DisclosureProfile:
    """Return the profile with the smallest group of a codebook where that is larger."""
    return replace(profile, kleinste_groep=max(profile.kleinste_groep, smallest))
