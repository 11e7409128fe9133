"""What two metingen give away next to each other, when the report says how many people answered the same in both."""

from __future__ import annotations

from collections.abc import Sequence

from nsoc_lib.disclosure_profile import DisclosureProfile
from nsoc_lib.fact_table import SHARE, Statement
from nsoc_lib.feasible import Interval
from nsoc_lib.leaks import ROUNDS, Leak, judge_counts, possible_counts
from nsoc_lib.ledger_leaks import tell
from nsoc_lib.ledger_rows import HARMLESS, Group, Outcome, Who, read_outcome
from nsoc_lib.pieces import Record, Text

POINTS, BOTH = "procentpunt", ".beide"
UNCHANGED = "respons.gekoppeld.ongewijzigd"


def find_between_rounds(
    statements: Sequence[Statement],
    records: Sequence[Record],
    said: tuple[Sequence[Group], Sequence[Text]],
    profile: DisclosureProfile,
) -> list[Leak]:
    """Return who came or went between two metingen and what they answered, as far as the rest stayed the same.

    ``said`` are the groups and the texts of the page: a group named beside the numbers is whom they are about.
    """
    unchanged = _unchanged(records)
    found: list[Leak] = []
    for later in statements:
        meting, _, rest = later.stem.partition(".")
        if meting not in unchanged:
            continue
        for earlier in statements:
            before, _, same = earlier.stem.partition(".")
            if same == rest and before < meting and Who() in earlier.bases and Who() in later.bases:
                found += _of_pair(earlier, later, unchanged[meting], said, profile)
    return found


def find_differences(
    statements: Sequence[Statement], records: Sequence[Record], groups: Sequence[Group], profile: DisclosureProfile
) -> list[Leak]:
    """Return what a change gives away: the share of one meting plus the points it changed, or who agreed both times."""
    found: list[Leak] = []
    for record in records:
        if record["provenance"] in HARMLESS or not record["value"]:
            continue
        for stem, who, base, count in _of_difference(statements, record):
            for rule, interval in judge_counts(profile, base, count, group=who.is_group):
                found += tell(record.where, ROUNDS, stem, who, rule, interval, groups, profile)
    return found


def _of_difference(statements: Sequence[Statement], record: Record) -> list[tuple[str, Who, Interval | None, Interval]]:
    outcome = read_outcome(record)
    if record["unit"] == POINTS and outcome.who.is_group and record["n"]:
        base = Interval(int(float(record["n"])), int(float(record["n"])))
        counts = _changed(statements, outcome, float(record["value"]), base.low)
        return [(outcome.stem, outcome.who, base, count) for count in counts]
    if record["id"].endswith(BOTH):
        return [(stem, Who(), None, rest) for stem, rest in _came_or_went(statements, record)]
    return []


def _came_or_went(statements: Sequence[Statement], record: Record) -> list[tuple[str, Interval]]:
    """Return per round how many agreed then and not in the other one."""
    both, stem = int(float(record["value"])), record["id"].removesuffix(BOTH)
    shares = [(s.stem, s.facts.get((Who(), SHARE))) for s in statements if s.stem.startswith(f"{stem}.")]
    counts = [(name, facts.count) for name, facts in shares if facts is not None and facts.count is not None]
    return [(name, Interval(c.low - both, c.high - both)) for name, c in counts if c.low > both]


def _changed(statements: Sequence[Statement], outcome: Outcome, points: float, base: int) -> list[Interval]:
    """Return the counts that an earlier share and the points it changed leave."""
    rest = outcome.stem.partition(".")[2]
    found = []
    for statement in statements:
        facts = statement.facts.get((outcome.who, SHARE))
        earlier = statement.stem.partition(".")[2] == rest and statement.stem != outcome.stem
        if earlier and facts is not None and facts.percentage is not None:
            count = possible_counts(round(facts.percentage + points, 9), base)
            found += [count] if count is not None else []
    return found


def _unchanged(records: Sequence[Record]) -> dict[str, int]:
    return {
        record["id"].split(".", 1)[0]: int(float(record["value"]))
        for record in records
        if record["id"].endswith(UNCHANGED) and record["value"]
    }


def _of_pair(
    earlier: Statement,
    later: Statement,
    unchanged: int,
    said: tuple[Sequence[Group], Sequence[Text]],
    profile: DisclosureProfile,
) -> list[Leak]:
    found: list[Leak] = []
    whole = Who()
    gone, come = earlier.bases[whole].low - unchanged, later.bases[whole].low - unchanged
    for who, what in sorted({*earlier.facts} & {*later.facts}, key=str):
        first, second = _counts(earlier, who, what), _counts(later, who, what)
        if first is None or second is None or min(gone, come) < 0 or (who.kind and gone and come):
            continue
        left, joined = (gone, come) if not who.kind else _of_part(first[0], second[0], gone)
        names = _named_beside(later.shown[who, what]["id"], said)
        for number, other, more, stem in (
            (left, joined, first[1] - second[1], earlier.stem),
            (joined, left, second[1] - first[1], later.stem),
        ):
            agreed = Interval(max(more, 0), max(min(number, other + more), 0))
            if number <= 0 or agreed.width == number:
                continue
            sentence = (
                f"Van wie alleen in {stem.split('.')[0]} antwoordde ({who.text}{names}) is te herleiden hoeveel het er "
                f"zijn en wat ze antwoordden, bij {later.stem}."
            )
            found += [
                Leak(later.shown[who, what].where, ROUNDS, sentence, rule, (interval.low, interval.high))
                for rule, interval in judge_counts(profile, Interval(number, number), agreed, group=True)
            ]
    return found


def _of_part(old: int, new: int, gone: int) -> tuple[int, int]:
    """Return how many of a group left and joined, when in all nobody did the one or nobody did the other."""
    return (old - new, 0) if gone else (0, new - old)


def _counts(statement: Statement, who: Who, what: str) -> tuple[int, int] | None:
    """Return base and count when both are known to a person."""
    facts = statement.facts[who, what]
    base = statement.bases.get(who, facts.base)
    if base is None or facts.count is None or base.width or facts.count.width:
        return None
    return base.low, facts.count.low


def _named_beside(shown: str, said: tuple[Sequence[Group], Sequence[Text]]) -> str:
    """Return the groups that the page names in the sentence where a number stands."""
    groups, texts = said
    beside = " ".join(text.text for text in texts if shown in text.ids).lower()
    names = [group.name for group in groups if group.name.lower() in beside]
    return f"; genoemd wordt {', '.join(names)}" if names else ""
