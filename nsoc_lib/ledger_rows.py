"""What one row of the ledger tells a stranger: of whom, about what, and which count, base or percentage."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from nsoc_lib.feasible import Interval, rounded_interval
from nsoc_lib.leaks import possible_counts
from nsoc_lib.pieces import Record
from nsoc_lib.result import PROCENT, ROUNDED_COUNTS
from nsoc_lib.shares import slug as slugify

# Figures that repeat what is public, or that nobody real is behind, tell nothing about a person.
HARMLESS = frozenset({"gepubliceerd", "herleid", "gesimuleerd"})
PEOPLE = frozenset({"personen", "respondenten", "deelnemers", "mensen", "antwoorden", PROCENT})
SUPPRESSED = "suppress"
KINDS = ("groep", "niveau", "zonder")
WITHOUT = "zonder"
RELATED = ("aantal", "basis", "genodigd", "minstens", "hoogstens")
INVITED = re.compile(r"\bgenodigd(?:e[nr]?)?\b|\buitgenodigd", re.IGNORECASE)
CONTENT = ("value", "count", "n", "low", "high", "shown", "parts", "missing")
ALL = ""


@dataclass(frozen=True)
class Who:
    """Everybody (no kind), one group, one level, or everybody but some groups; ``name`` as in the id."""

    kind: str = ALL
    name: str = ""

    @property
    def is_group(self) -> bool:
        return self.kind in {"groep", "niveau"}

    @property
    def text(self) -> str:
        if not self.kind:
            return "alle deelnemers"
        words = self.name.replace("-", " ")
        return f"alle deelnemers zonder {words}" if self.kind == WITHOUT else f"{self.kind} {words}"


@dataclass(frozen=True)
class Outcome:
    """A row of the ledger in parts: ``stem`` is the meting and the statement, ``what`` the answer it counts."""

    record: Record
    stem: str
    who: Who
    what: str
    related: str

    @property
    def suppressed(self) -> bool:
        return self.record["status"] == SUPPRESSED

    @property
    def filled(self) -> bool:
        return any(self.record[column] for column in CONTENT)

    @property
    def meting(self) -> str:
        return self.stem.split(".", 1)[0]


def read_outcome(record: Record) -> Outcome:
    """Take the id of a row apart.

    >>> o = read_outcome(Record("", "", {"id": "m.s.groep.om.eens.basis"}))
    >>> o.stem, o.who.text, o.what, o.related
    ('m.s', 'groep om', 'eens', 'basis')
    """
    parts = record["id"].split(".")
    related = parts.pop() if len(parts) > 2 and parts[-1] in RELATED else ""
    place = next((n for n, part in enumerate(parts[:-1]) if n and part in KINDS), None)
    if place is not None:
        return Outcome(
            record, ".".join(parts[:place]), Who(parts[place], parts[place + 1]), ".".join(parts[place + 2 :]), related
        )
    cut = -2 if len(parts) > 2 and parts[-2] in {"antwoord", "herkomst"} else -1
    return Outcome(record, ".".join(parts[:cut]), Who(), ".".join(parts[cut:]), related)


def tells_of_people(record: Record) -> bool:
    """Whether a row is about what people answered: not public, not imitated, and not a count of things."""
    known = record["unit"] in PEOPLE or not record["unit"]
    return known and record["provenance"] not in HARMLESS and not is_invitation(record)


def is_invitation(record: Record) -> bool:
    """Whether a row says how many were invited, which everybody knows."""
    return record["unit"] == "genodigden" or bool(INVITED.search(record["label"])) or record["id"].endswith(".genodigd")


@dataclass(frozen=True)
class Facts:
    """What one row says of its base, its count and the number invited; None where it says nothing."""

    base: Interval | None = None
    count: Interval | None = None
    invited: int | None = None
    percentage: float | None = None


def read_facts(outcome: Outcome, most: int | None = None, base: Interval | None = None) -> Facts:
    """Return what a row tells, also by what is left in it: bounds, parts, missing and the unrounded value.

    ``most`` is how many people there can be, ``base`` what is known of the base from elsewhere.
    """
    record = outcome.record
    value, invited = _number(record["value"]), _whole(record["population"])
    step = _step(record["rounding"])
    if record["unit"] != PROCENT and value is not None:
        return _of_count(outcome, rounded_interval(int(value), step), base)
    if step > 1:  # the percentage was computed from the rounded counts, and tells no more than they do
        return Facts(_between(record["n"], step) or base, _between(record["count"], step), invited)
    base = _exact(_whole(record["n"])) or base or _base_of_missing(record, invited)
    count = _exact(_whole(record["count"])) or _exact(_sum_of(record["parts"]))
    low, high = _number(record["low"]), _number(record["high"])
    if invited and low is not None and high is not None:
        count = count or _exact(round(low * invited / 100))
        base = base or _exact(invited - round((high - low) * invited / 100))
    percentage = value if value is not None else _number(record["shown"].rstrip("% "))
    if percentage is not None:
        base, count = _with_percentage(percentage, base, count, invited or most)
    if base is None and count is not None and (invited or most):
        base = Interval(count.low, invited or most or count.high)
    return Facts(base, count, invited, percentage)


def _of_count(outcome: Outcome, count: Interval, base: Interval | None) -> Facts:
    if outcome.related == "basis" or outcome.what in {"antwoord.totaal", "geldig", "basis"}:
        return Facts(base=count)
    if outcome.related == "genodigd":
        return Facts(invited=count.high)
    return Facts(base, count) if outcome.related != "hoogstens" else Facts(base)


def _step(rounding: str) -> int:
    """Return to a multiple of what the counts of a row are rounded; one when they are not.

    >>> _step("aantallen op veelvouden van 5"), _step("percentage van de som")
    (5, 1)
    """
    return int(rounding.removeprefix(ROUNDED_COUNTS)) if rounding.startswith(ROUNDED_COUNTS) else 1


def _between(text: str, step: int) -> Interval | None:
    number = _whole(text)
    return None if number is None else rounded_interval(number, step)


def _with_percentage(
    percentage: float, base: Interval | None, count: Interval | None, most: int | None
) -> tuple[Interval | None, Interval | None]:
    """Narrow base and count by a percentage: only pairs that give it remain."""
    if base is not None and base.width == 0:
        return base, count or possible_counts(percentage, base.low)
    bases = range(max(base.low, 1), base.high + 1) if base else range(1, (most or 0) + 1)
    fits = [(n, fit) for n in bases if (fit := possible_counts(percentage, n)) is not None]
    if count is not None:
        fits = [(n, fit) for n, fit in fits if fit.low <= count.high and count.low <= fit.high]
    if not fits:
        return base, count
    counts = [*(fit.low for _, fit in fits), *(fit.high for _, fit in fits)]
    return Interval(fits[0][0], fits[-1][0]), count or Interval(min(counts), max(counts))


def _base_of_missing(record: Record, invited: int | None) -> Interval | None:
    numbers = [int(number) for number in re.findall(r"\d+", record["missing"])]
    return _exact(invited - sum(numbers)) if invited and numbers and sum(numbers) <= invited else None


def _sum_of(parts: str) -> int | None:
    return sum(int(part) for part in re.findall(r"\d+", parts)) if parts else None


def _exact(number: int | None) -> Interval | None:
    return None if number is None else Interval(number, number)


def _whole(text: str) -> int | None:
    number = _number(text)
    return None if number is None else int(number)


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", ".")) if text else None
    except ValueError:
        return None


@dataclass(frozen=True)
class Group:
    """A group as a reader knows it: its name, its words in an id, how many were invited, whether it is hidden.

    A hidden answer of a scale is named in tables as a group is; ``is_answer`` tells them apart.
    """

    name: str
    slug: str
    invited: int | None = None
    hidden: bool = False
    is_answer: bool = False
    answered: int | None = None


def group_of(who: Who, groups: Iterable[Group]) -> Group | None:
    """Return the group or level that is meant; None for everybody, and for one that is not among them."""
    return next((group for group in groups if who.is_group and group.slug == who.name), None)


def groups_by_words(groups: Iterable[Group]) -> dict[str, Group]:
    """Return each group by its name and by its words in an id, both written as in an id."""
    return {slugify(each): group for group in groups for each in (group.name, group.slug)}


def find_hidden_answers(records: Iterable[Record]) -> tuple[Group, ...]:
    """Return the answers that the ledger suppresses for everybody, by the words in their id."""
    outcomes = [read_outcome(record) for record in records if tells_of_people(record)]
    slugs = {o.what.removeprefix("antwoord.") for o in outcomes if o.suppressed and o.what.startswith("antwoord.")}
    return tuple(Group(slug.replace("-", " "), slug, None, hidden=True, is_answer=True) for slug in sorted(slugs))


def find_groups(records: Sequence[Record], smallest: int) -> tuple[Group, ...]:
    """Return the groups that the ledger names. Hidden: with a suppressed row, or invited with fewer than ``smallest``."""
    invited: dict[str, tuple[str, int]] = {}
    hidden: dict[str, bool] = {}
    for record in records:
        if is_invitation(record) and ":" in record["label"] and ".genodigd.groep" in record["id"]:
            name = record["label"].split(":", 1)[1].strip()
            invited[slugify(name)] = (name, int(_number(record["value"]) or 0))
        outcome = read_outcome(record)
        if outcome.who.is_group and tells_of_people(record):
            hidden[outcome.who.name] = hidden.get(outcome.who.name, False) or outcome.suppressed
        if outcome.who.kind == WITHOUT:
            hidden |= {slug: hidden.get(slug, False) for slug in split_names(outcome.who.name)}
    answered = _answered(records, set(invited))
    found = list(_levels(records, invited))
    for slug in sorted({*invited, *hidden} - {group.slug for group in found}):
        name, number = invited.get(slug) or (slug.replace("-", " "), None)
        small = number is not None and number < smallest
        found.append(Group(name, slug, number, small or hidden.get(slug, False), answered=answered.get(slug)))
    return tuple(found)


def _answered(records: Iterable[Record], slugs: set[str]) -> dict[str, int]:
    """Return of which groups a row says how many answered."""
    ends = {record["id"]: record["id"].rsplit(".", 1)[-1] for record in records if ".respons." in record["id"]}
    return {
        ends[record["id"]]: int(_number(record["value"]) or 0)
        for record in records
        if ends.get(record["id"]) in slugs and record["value"] and not is_invitation(record)
    }


def _levels(records: Iterable[Record], invited: Mapping[str, tuple[str, int]]) -> Iterator[Group]:
    """Yield the levels of which a label says between brackets which one group they are."""
    found: dict[str, Group] = {}
    for record in records:
        outcome = read_outcome(record)
        inside = re.search(r"\(([^()]+)\)", record["label"])
        known = invited.get(slugify(inside[1])) if inside else None
        if outcome.who.kind == "niveau" and known is not None:
            name = f"{outcome.who.name} ({known[0]})"
            found[outcome.who.name] = Group(name, outcome.who.name, known[1], outcome.suppressed)
    yield from found.values()


def split_names(names: str) -> tuple[str, ...]:
    """Return the groups that are left out together.

    >>> split_names("stuurgroep-en-om")
    ('stuurgroep', 'om')
    """
    return tuple(names.split("-en-"))
