"""All that the rows of a ledger tell together: per statement and per group the base and the counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from nsoc_lib.feasible import Interval
from nsoc_lib.ledger_rows import Facts, Group, Outcome, Who, group_of, read_facts, read_outcome, tells_of_people
from nsoc_lib.pieces import Record
from nsoc_lib.suppression import AANVULLEND, EENSGEZIND

Key = tuple[Who, str]
SHARE = "eens"
SOURCE, TOTAL_ANSWERS = "herkomst.", "antwoord.totaal"
OTHER_REASONS = {EENSGEZIND, AANVULLEND}  # what the ledger says of a hidden group that is not too small


@dataclass
class Statement:
    """What is known of one statement in one meting. A key without facts is hidden or was never shown."""

    stem: str
    bases: dict[Who, Interval] = field(default_factory=dict)
    facts: dict[Key, Facts] = field(default_factory=dict)
    shown: dict[Key, Record] = field(default_factory=dict)
    hidden: set[Key] = field(default_factory=set)
    reasons: dict[Who, set[str]] = field(default_factory=dict)
    invited: int | None = None

    @property
    def whats(self) -> list[str]:
        """The answers that are counted, without those that say where answers came from."""
        names = {what for _, what in {*self.facts, *self.hidden}}
        return sorted(what for what in names if what and not what.startswith(SOURCE))

    def whose(self, kind: str) -> list[Who]:
        """Everybody of one kind that is named, shown or hidden."""
        return sorted({who for who, _ in {*self.facts, *self.hidden} if who.kind == kind}, key=lambda who: who.name)

    def is_large(self, who: Who) -> bool:
        """Whether the ledger itself says that somebody hidden is no small group: by each reason it gives."""
        return bool(self.reasons.get(who)) and self.reasons[who] <= OTHER_REASONS

    @property
    def first(self) -> Record:
        """A row to name the file by."""
        return next(iter(self.shown.values()))


def invited_of(who: Who, groups: Sequence[Group]) -> int | None:
    """How many of a group were invited, when that is known."""
    group = group_of(who, groups)
    return group.invited if group else None


def build_statements(records: Iterable[Record], groups: Sequence[Group]) -> list[Statement]:
    """Return what the rows tell about people, per statement, in the order of the ledger."""
    found: dict[str, Statement] = {}
    outcomes = [read_outcome(record) for record in records if tells_of_people(record)]
    for outcome in outcomes:
        statement = found.setdefault(outcome.stem, Statement(outcome.stem))
        _add_base(statement, outcome, invited_of(outcome.who, groups))
    for outcome in outcomes:
        _add_counts(found[outcome.stem], outcome, invited_of(outcome.who, groups))
    return [statement for statement in found.values() if statement.shown]


def _add_base(statement: Statement, outcome: Outcome, most: int | None) -> None:
    if outcome.suppressed or not outcome.filled:
        return
    facts = read_facts(outcome, most)
    if facts.base is not None and facts.base.width == 0 and not outcome.what.startswith(SOURCE):
        statement.bases[outcome.who] = facts.base
    if facts.invited and not outcome.who.kind:
        statement.invited = facts.invited


def _add_counts(statement: Statement, outcome: Outcome, most: int | None) -> None:
    key = (outcome.who, outcome.what)
    if outcome.suppressed or not outcome.filled:
        statement.hidden.add(key)
        statement.reasons.setdefault(outcome.who, set()).add(outcome.record["status_reden"])
        return
    statement.shown.setdefault(key, outcome.record)
    facts = read_facts(outcome, most, statement.bases.get(outcome.who))
    if outcome.related == "basis" or outcome.what == TOTAL_ANSWERS:
        return
    known = statement.facts.get(key)
    if known is None or known.count is None or (facts.count is not None and facts.count.width < known.count.width):
        statement.facts[key] = facts
