"""What the rows of the ledger give away: by themselves, next to another row, and by the sums between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nsoc_lib.disclosure_profile import DisclosureProfile
from nsoc_lib.fact_table import SOURCE, Statement, invited_of
from nsoc_lib.feasible import Interval
from nsoc_lib.leaks import (
    DOMINANCE,
    LEDGER,
    PERCENTAGE,
    SMALL_CELL,
    SMALL_GROUP,
    SMALL_ROLE,
    TOTAL,
    Leak,
    judge_counts,
    possible_counts,
)
from nsoc_lib.ledger_rows import Group, Outcome, Who, group_of, read_facts, read_outcome, tells_of_people
from nsoc_lib.pieces import Record


def find_in_rows(
    records: Iterable[Record], groups: Sequence[Group], hidden: frozenset[str], profile: DisclosureProfile
) -> list[Leak]:
    """Return what single rows give away. ``hidden`` are the ids that some ledger calls suppressed."""
    found: list[Leak] = []
    for record in records:
        if not tells_of_people(record) or record["id"].split(".")[-2:-1] == ["herkomst"]:
            continue
        outcome = read_outcome(record)
        if outcome.filled:
            found += _of_row(outcome, groups, profile, hidden=outcome.suppressed or record["id"] in hidden)
    return found


def _of_row(outcome: Outcome, groups: Sequence[Group], profile: DisclosureProfile, *, hidden: bool) -> list[Leak]:
    facts = read_facts(outcome, invited_of(outcome.who, groups))
    group = outcome.who.is_group
    base, count = facts.base, facts.count
    if group and count is not None and base is None:
        most = invited_of(outcome.who, groups)
        base = Interval(count.low, most) if most is not None and most >= count.low else None
    broken = judge_counts(profile, base, count, group=group)
    known = [each for each in (count, base) if each is not None]
    if hidden and not any(rule == SMALL_GROUP for rule, _ in broken):
        narrowest = min(known, key=lambda each: each.width) if known else None
        broken.append((SMALL_GROUP if group else SMALL_CELL, narrowest or Interval(0, facts.invited or 0)))
    return [
        leak
        for rule, interval in broken
        for channel in _channels(outcome, rule)
        for leak in tell(outcome.record.where, channel, outcome.stem, outcome.who, rule, interval, groups, profile)
    ]


def _channels(outcome: Outcome, rule: str) -> list[str]:
    """Return by what a row is known: as it stands, and when it is a share or has parts by arithmetic as well."""
    record = outcome.record
    if record.channel != LEDGER or not rule:
        return [record.channel]
    more = [PERCENTAGE] if record["unit"] == "pct" and record["value"] else []
    return [LEDGER, *more, *([TOTAL] if record["parts"] or record["missing"] else [])]


def tell(  # noqa: PLR0913, PLR0917 (a leak is told with everything that makes it one)
    where: str, channel: str, stem: str, who: Who, rule: str, interval: Interval, groups: Sequence[Group],
    profile: DisclosureProfile,
) -> list[Leak]:  # fmt: skip
    """Return a leak in words, and the same under the rule on roles when few people share the name of the group."""
    group = group_of(who, groups)
    subject = f"{who.kind} {group.name}" if group else who.text
    what = f"Van {subject} is te herleiden hoeveel mensen antwoordden of iets antwoordden, bij {stem}."
    derived = (interval.low, interval.high)
    leaks = [Leak(where, channel, what, rule, derived)]
    if rule == SMALL_GROUP and group and group.invited is not None and group.invited < profile.kleinste_rol:
        leaks.append(Leak(where, channel, what, SMALL_ROLE, derived))
    return leaks


def find_in_statements(
    statements: Iterable[Statement], groups: Sequence[Group], profile: DisclosureProfile
) -> list[Leak]:
    """Return what rows give away next to each other: a percentage here and its base there, and who dominates."""
    found: list[Leak] = []
    for statement in statements:
        for (who, what), facts in statement.facts.items():
            if what.startswith(SOURCE):
                continue
            base = statement.bases.get(who, facts.base)
            record = statement.shown[who, what]
            for rule, interval in judge_counts(profile, base, facts.count, group=who.is_group):
                found += tell(record.where, PERCENTAGE, statement.stem, who, rule, interval, groups, profile)
        found += _of_bases(statement, groups, profile)
        found += _dominated(statement, profile)
    return found


def _of_bases(statement: Statement, groups: Sequence[Group], profile: DisclosureProfile) -> list[Leak]:
    """Return the bases that are too small by themselves."""
    where = statement.first.where
    return [
        leak
        for who, base in statement.bases.items()
        for rule, interval in judge_counts(profile, base, None, group=bool(who.kind))
        for leak in tell(where, PERCENTAGE, statement.stem, who, rule, interval, groups, profile)
    ]


def _dominated(statement: Statement, profile: DisclosureProfile) -> list[Leak]:
    """Return whether so few organisations gave the answers that a figure is about them."""
    base = statement.bases.get(Who())
    given: list[int] = []
    for (_, what), facts in statement.facts.items():
        if not what.startswith(SOURCE):
            continue
        count = facts.count
        if count is None and facts.percentage is not None and base is not None:
            count = possible_counts(facts.percentage, base.high)
        if count is not None:
            given.append(count.low)
    missing = [what for _, what in statement.hidden if what.startswith(SOURCE)]
    rest = base.low - sum(given) if base is not None else 0
    if missing and rest > 0:
        given.append(rest // len(missing) if len(missing) > 1 else rest)
    if not given or not profile.forbids_contributions(given) or profile.dominantie is None:
        return []
    largest = sum(sorted(given, reverse=True)[: profile.dominantie.grootste])
    what = f"Van {largest} antwoorden is te herleiden dat zo weinig organisaties ze gaven, bij {statement.stem}."
    where = statement.first.where
    return [Leak(where, channel, what, DOMINANCE, (largest, largest)) for channel in (TOTAL, PERCENTAGE)]
