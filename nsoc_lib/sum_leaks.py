"""What is hidden in the ledger and computed back from what is shown: totals minus parts, everybody minus everybody but."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from nsoc_lib.disclosure_profile import DisclosureProfile
from nsoc_lib.fact_table import SHARE, TOTAL_ANSWERS, Statement, invited_of
from nsoc_lib.feasible import Interval, Published, Reader, ShownPercentage
from nsoc_lib.leaks import ALL_BUT, SMALL_CELL, SMALL_GROUP, TOTAL, Leak, judge_counts
from nsoc_lib.ledger_leaks import tell
from nsoc_lib.ledger_rows import WITHOUT, Group, Who, split_names
from nsoc_lib.linked_tables import Equation

MOST = 100_000  # more people than any evaluation asks; only there to bound what is unknown
OTHERS = Who("groep", "overige-groepen")
ANSWER, FULLY = "antwoord.", "antwoord.helemaal-"


@dataclass
class System:
    """The unknown counts of one statement, what ties them together, and the sets of people that are asked about.

    ``before`` is what a reader knows of each count who only sees what is said of everybody, and who was invited.
    """

    known: dict[str, Interval] = field(default_factory=dict)
    before: dict[str, Interval] = field(default_factory=dict)
    equations: list[Equation] = field(default_factory=list)
    percentages: list[ShownPercentage] = field(default_factory=list)
    asked: dict[Who, str] = field(default_factory=dict)

    @cached_property
    def published(self) -> Reader:
        """What everything together tells; the system is complete by then."""
        return Reader(Published(self.known, tuple(self.equations), tuple(self.percentages)))

    def know(self, name: str, now: Interval, before: Interval) -> None:
        """Add a count with what is known of it, and what was before anything was said of a group."""
        self.known[name], self.before[name] = now, before

    @cached_property
    def beforehand(self) -> Reader:
        """What a reader works out before anything is said of a group."""
        return Reader(Published(self.before, tuple(self.equations)))


def find_by_sums(statements: Iterable[Statement], groups: Sequence[Group], profile: DisclosureProfile) -> list[Leak]:
    """Return every hidden group or answer that the shown numbers leave too little doubt about."""
    return [leak for statement in statements for leak in _of_statement(statement, groups, profile)]


def _of_statement(statement: Statement, groups: Sequence[Group], profile: DisclosureProfile) -> list[Leak]:
    solvable = (_solvable(statement, groups, kind) for kind in ("groep", "niveau"))
    found = [
        leak
        for system in solvable
        if system is not None
        for who, channel in system.asked.items()
        for leak in _of_group(statement, system, who, channel, (groups, profile))
    ]
    return found + _of_answers(statement, groups, profile)


def _solvable(statement: Statement, groups: Sequence[Group], kind: str) -> System | None:
    """Return the sums over groups: first as if no group but those named took part, else with others."""
    parts = _parts(statement, kind)
    if not parts or Who() not in statement.bases:
        return None
    rows = statement.whose(kind)
    for others in (False, True) if len(rows) > 1 else (True,):
        system = _build(statement, groups, parts, others=others)
        if not system.asked:
            continue
        try:
            system.published.interval(_name(Who(), ""))
        except ValueError:
            continue
        return system
    return None


def _parts(statement: Statement, kind: str) -> list[Who]:
    named = set(statement.whose(kind))
    if kind == "groep":
        named |= {Who("groep", name) for who in statement.whose(WITHOUT) for name in split_names(who.name)}
    return sorted(named, key=lambda who: who.name)


def _name(who: Who, what: str) -> str:
    return f"{who.kind}|{who.name}|{what}"


def _build(statement: Statement, groups: Sequence[Group], parts: Sequence[Who], *, others: bool) -> System:
    system, whats = System(), [what for what in statement.whats if what != TOTAL_ANSWERS]
    all_parts = [*parts, *([OTHERS] if others else [])]
    without = statement.whose(WITHOUT) if parts[0].kind == "groep" else []
    for who in (Who(), *all_parts, *without):
        _add_cells(system, statement, who, invited_of(who, groups), whats)
    for what in ("", *whats):
        system.equations.append(Equation(_name(Who(), what), tuple(_name(part, what) for part in all_parts)))
        for who in without:
            left = set(split_names(who.name))
            kept = tuple(_name(part, what) for part in all_parts if part.name not in left)
            system.equations.append(Equation(_name(who, what), kept))
    for who in without:
        _add_left_out(system, who, all_parts, whats)
    named = {name for who in without for name in split_names(who.name)}
    for part in parts:
        if part not in statement.bases or any((part, what) not in statement.facts for what in whats):
            system.asked[part] = ALL_BUT if part.name in named else TOTAL
    if others and len([part for part in parts if part in statement.bases]) > 1:
        system.asked[OTHERS] = TOTAL
    return system


def _add_left_out(system: System, who: Who, parts: Sequence[Who], whats: Sequence[str]) -> None:
    """Ask about the groups that were left out together, when there is more than one."""
    names = split_names(who.name)
    if len(names) < 2:
        return
    together = Who("groep", who.name)
    for what in ("", *whats):
        system.know(_name(together, what), Interval(0, MOST), Interval(0, MOST))
        terms = tuple(_name(part, what) for part in parts if part.name in names)
        system.equations.append(Equation(_name(together, what), terms))
    system.asked[together] = ALL_BUT


def _add_cells(system: System, statement: Statement, who: Who, invited: int | None, whats: Sequence[str]) -> None:
    """Add base, counts and what is left of the base, with what is known of each."""
    whole = statement.bases[Who()].high
    most = min(invited if invited is not None else whole, whole)
    base = statement.bases.get(who, Interval(0, most))
    anything = Interval(0, most)
    system.know(_name(who, ""), base, anything if who.kind else base)
    for what in whats:
        facts = statement.facts.get((who, what))
        count = facts.count if facts is not None and facts.count is not None else Interval(0, base.high)
        system.know(_name(who, what), count, anything if who.kind else count)
        system.know(_name(who, f"niet {what}"), Interval(0, base.high), anything)
        system.equations.append(Equation(_name(who, ""), (_name(who, what), _name(who, f"niet {what}"))))
        percentage = facts.percentage if facts is not None else None
        if percentage is not None and count.width and percentage == int(percentage):
            system.percentages.append(ShownPercentage(_name(who, what), _name(who, ""), int(percentage)))


def _of_group(
    statement: Statement, system: System, who: Who, channel: str, told: tuple[Sequence[Group], DisclosureProfile]
) -> list[Leak]:
    groups, profile = told
    base = system.published.interval(_name(who, ""))
    if statement.is_large(who):  # so many at least: where the sums leave fewer the reason is wrong, and they count
        base = Interval(max(base.low, min(profile.kleinste_groep, base.high)), base.high)
    broken: list[tuple[str, Interval]] = []
    for what in [what for what in statement.whats if what == SHARE or what.startswith(ANSWER)] or [""]:
        if what == TOTAL_ANSWERS:
            continue
        count = system.published.interval(_name(who, what)) if what else None
        broken += _judge_hidden(profile, (base, count), _beforehand(system, who, what, (base, count), profile))
    where = statement.first.where
    return [
        leak
        for rule, interval in dict.fromkeys(broken)
        for leak in tell(where, channel, statement.stem, who, rule, interval, groups, profile)
    ]


Told = tuple[Interval, Interval | None]  # of a base and of a count


def _beforehand(system: System, who: Who, what: str, told: Told, profile: DisclosureProfile) -> Told:
    """Return what was known of base and count before; the same as now where that is too wide to give anything away."""
    base, count = told
    then = system.beforehand
    base_then = then.interval(_name(who, "")) if base.width < profile.bescherming else base
    if count is None or (base.width and count.width >= profile.bescherming):
        return base_then, count
    return base_then, then.interval(_name(who, what))


def _judge_hidden(profile: DisclosureProfile, told: Told, before: Told) -> list[tuple[str, Interval]]:
    """Return the rules that a hidden group breaks: it becomes known outright, or with less doubt than the profile asks.

    What follows from the numbers about everybody and from who was invited is no secret that hiding a group can keep.
    """
    base, count = told
    learned = [(now, then) for now, then in zip(told, before, strict=True) if now and then and now.width < then.width]
    count_learned = count if count is not None and (count, before[1]) in learned else None
    if base.width == 0 and ((base, before[0]) in learned or base.low >= profile.kleinste_groep):
        return judge_counts(profile, base, count_learned, group=True) if learned else []
    if base.low >= profile.kleinste_groep:
        return []
    narrow = [
        now
        for now, then in learned
        if now.width < profile.bescherming and (now.low or then.width >= profile.bescherming)
    ]
    return [(SMALL_GROUP, each) for each in narrow if each.high]


def _of_answers(statement: Statement, groups: Sequence[Group], profile: DisclosureProfile) -> list[Leak]:
    """Return the hidden answers that the others and their total give away."""
    found: list[Leak] = []
    for who in dict.fromkeys(who for who, _ in {**statement.facts, **dict.fromkeys(statement.hidden)}):
        hidden = sorted(what for each, what in statement.hidden if each == who and what.startswith(ANSWER))
        base = statement.bases.get(who)
        if not hidden or base is None:
            continue
        published = Reader(_sum_of_answers(statement, who, base))
        for what in hidden:
            interval = published.interval(_name(who, what))
            broken = judge_counts(profile, base, interval, group=who.is_group)
            doubt = interval.width < min(profile.bescherming, base.width or MOST)
            if doubt and interval.low and profile.forbids_count(interval.low):
                broken.append((SMALL_CELL, interval))
            for rule, derived in broken:
                if derived == interval:
                    stem = f"{statement.stem}.{what}"
                    found += tell(statement.first.where, TOTAL, stem, who, rule, derived, groups, profile)
    return found


def _sum_of_answers(statement: Statement, who: Who, base: Interval) -> Published:
    """Return that the answers add up to the base, and that who agrees fully and who agrees are who agree together."""
    known, percentages = {_name(who, ""): base}, []
    whats = [what for what in statement.whats if what.startswith(ANSWER) and what != TOTAL_ANSWERS]
    for what in whats:
        facts = statement.facts.get((who, what))
        count = facts.count if facts is not None and facts.count is not None else None
        known[_name(who, what)] = count or Interval(0, base.high)
        percentage = facts.percentage if facts is not None and (count is None or count.width) else None
        if percentage is not None and percentage == int(percentage):
            percentages.append(ShownPercentage(_name(who, what), _name(who, ""), int(percentage)))
    equations = [Equation(_name(who, ""), tuple(_name(who, what) for what in whats))]
    together, agree = statement.facts.get((who, SHARE)), [what for what in whats if what in _agreeing(whats)]
    if together is not None and together.count is not None and len(agree) == 2:
        known[_name(who, SHARE)] = together.count
        equations.append(Equation(_name(who, SHARE), tuple(_name(who, what) for what in agree)))
    return Published(known, tuple(equations), tuple(percentages))


def _agreeing(whats: Sequence[str]) -> set[str]:
    """Return the two answers that together are agreement: one in full and the same word without."""
    pairs = [(what, ANSWER + what.removeprefix(FULLY)) for what in whats if what.startswith(FULLY)]
    return {name for pair in pairs if pair[1] in whats and "oneens" not in pair[1] for name in pair}
