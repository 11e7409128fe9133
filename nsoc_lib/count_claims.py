"""Counts of a group in words: sentences, tables, attributes and drawings that say how many, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from nsoc_lib.disclosure_profile import DisclosureProfile
from nsoc_lib.feasible import Interval
from nsoc_lib.leaks import SMALL_CELL, SMALL_GROUP, UNANIMITY, fitting_bases, judge_counts
from nsoc_lib.ledger_rows import INVITED, Group, groups_by_words
from nsoc_lib.shares import slug as slugify

WORDS = (
    "nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf", "dertien",
    "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien", "twintig",
)  # fmt: skip
VALUES = {word: value for value, word in enumerate(WORDS)} | {"geen": 0, "niemand": 0, "een": 1, "beide": 2}
_DIGITS = r"(?<![\d.,\w§-])\d{1,4}(?![\d\w]|[.,-]\d)"
_NUMBER = rf"(?:{_DIGITS}|\b(?:{'|'.join(WORDS)})\b)"
_FIRST = rf"(?:{_NUMBER}|\b(?:een|geen|beide)\b)"
_OF = r"\s*(?:\b(?:van|uit|op|of)\b(?:\s+(?:de|het|alle|in totaal))?|[/⁄∕])\s*"
PAIR = re.compile(rf"({_FIRST}){_OF}({_NUMBER})|\(\s*(\d{{1,4}})\s*[,;/|]\s*(\d{{1,4}})\s*\)", re.IGNORECASE)
_HEADS = (
    r"aantal(?:\s+personen)?|basis|geldige?(?:\s+antwoorden)?|antwoorden|respons|respondenten|deelnemers|personen|count|valid|base"
    r"|total|totaal|agree|\bn\b|\bk\b|(?<!mee )eens|oneens"
)
KEYED = re.compile(rf"(?:\b(?:{_HEADS}))[\"']?\s*[:=|\t ]\s*({_NUMBER})(?!\s*%)", re.IGNORECASE)
COUNTED = re.compile(
    rf"({_NUMBER})\s+(?:\w+\s+)?(?:mensen|personen|deelnemers|antwoorden|respondenten|vragenlijsten|leden|collega)",
    re.IGNORECASE,
)
BARE = re.compile(rf"[\"')\]]?\s*(?:[:=;|,(\t]|–|->)\s*[\[({{]?\s*({_NUMBER})(?!\s*%|[.:,]?\d)")
_PLACES = r"(?:tabel|hoofdstuk|meting|figuur|paragraaf|bijlage|bladzijde|pagina|versie|rij|cel|stelling|niveau|ronde)"
_THINGS = r"meting|ronde|keer|maal|tabel|figu|jaar|maand|stelling|vragen|vraag|deel|delen|punt|procent"
LOOSE = re.compile(rf"(?:\s+(?!{_PLACES}\b)[^\W\d]+){{1,3}}\s+({_NUMBER})(?!\s*(?:%|{_THINGS}))", re.IGNORECASE)
PERCENT = re.compile(r"(?<![\d.,])(\d{1,3}(?:[.,]\d+)?)\s?(?:%|procent)")
NUMBER_CELL = re.compile(r"[<≤]?\s*(\d+(?:[.,]\d+)?)\s*(%?)")
EVERYBODY = Group("alle deelnemers", "")
SENTENCE = re.compile(r"[\n\r]+|(?<=[.!?;])\s+(?=[A-ZÀ-Þ])")
MOST = 31  # people in a group of which nobody says how many there are
_BETWEEN = 60  # further than so many letters from the name of a group a number is about something else


@dataclass(frozen=True)
class Claim:
    """That so many people of a group are meant; ``base`` is None where only one number is given."""

    group: Group
    count: Interval
    base: Interval | None


def name_pattern(groups: Sequence[Group]) -> re.Pattern[str] | None:
    """Return what finds the name of any group in a text, the longest name first; None without groups.

    "(helemaal) mee eens" is who agrees in all, not the answer "mee eens".
    """
    names = {each: rf"{'(?<![)] )' if group.is_answer else ''}{re.escape(each)}"
             for group in groups for each in (group.name, group.slug)}  # fmt: skip
    longest = "|".join(names[each] for each in sorted(names, key=lambda each: (-len(each), each)))
    return re.compile(rf"(?<![\w-])(?:{longest})(?![\w-])", re.IGNORECASE) if names else None


def find_claims(text: str, groups: Sequence[Group], names: re.Pattern[str]) -> Iterator[Claim]:
    """Yield what a text says about each group. What stands after ``zonder`` is about the others."""
    if not names.search(text) or not re.search(r"\d|\b(?:" + "|".join(VALUES) + r")\b", text, re.IGNORECASE):
        return
    known = groups_by_words(groups)
    for sentence in SENTENCE.split(text):
        found = [
            (match, known[slugify(match[0])])
            for match in names.finditer(sentence)
            if not re.search(r"\b(?:zonder|behalve|buiten)\s+(?:de |het )?$", sentence[: match.start()], re.IGNORECASE)
        ]
        for number, (match, group) in enumerate(found):
            end = found[number + 1][0].start() if number + 1 < len(found) else len(sentence)
            start = found[number - 1][0].end() if number else 0
            after = sentence[match.end() : min(end, match.end() + 3 * _BETWEEN)]
            before = sentence[max(start, match.start() - _BETWEEN) : match.start()]
            claim = _read(group, after, bare=True) or (_read(group, before, bare=False) if number == 0 else None)
            if claim is not None and not repeats_invited(claim, sentence[start : match.start()]):
                yield claim


def repeats_invited(claim: Claim, words: str) -> bool:
    """Whether a number after words about inviting is how many of the group were invited, which is public."""
    group = claim.group
    return (
        claim.base is None
        and claim.count == Interval(group.invited or 0, group.invited or 0)
        and bool(INVITED.search(words))
    )


def _read(group: Group, text: str, *, bare: bool) -> Claim | None:
    """Return what a piece of text next to a name says, the clearest statement first."""
    if INVITED.search(text):
        return None
    if pair := PAIR.search(text):
        return _claim(group, _values(pair))
    if keyed := [_value(match[1]) for match in KEYED.finditer(text)]:
        return _claim(group, keyed)
    if counted := COUNTED.search(text):
        return _claim(group, [_value(counted[1])])
    percentages = [float(match[1].replace(",", ".")) for match in PERCENT.finditer(text)]
    own = (BARE.match(text) or (LOOSE.match(text) if group.hidden else None)) if bare else None
    if own:
        near = re.match(rf".{{0,{_BETWEEN // 2}}}(?!\S)", text, re.DOTALL)  # never half a number
        more = [_value(each) for each in re.findall(_NUMBER + r"(?!\s*%)", near[0] if near else text)]
        return _claim(group, more)
    return _of_percentage(group, percentages[0]) if percentages else None


def _value(text: str) -> int:
    return int(text) if text.isdigit() else VALUES[text.lower()]


def _values(pair: re.Match[str]) -> list[int]:
    """Return the count and the base that ``PAIR`` found."""
    return [_value(pair[1] or pair[3]), _value(pair[2] or pair[4])]


def _claim(group: Group, numbers: Sequence[int]) -> Claim | None:
    """Return the lowest number as a count of the highest; what is more than were invited is about something else."""
    most = group.invited if group.invited is not None else 100
    fitting = [number for number in numbers if number <= most]
    if not fitting:
        return None
    low, high = min(fitting), max(fitting)
    return Claim(group, Interval(low, low), Interval(high, high) if len(fitting) > 1 else None)


def _of_percentage(group: Group, percentage: float, tolerance: float = 0.51) -> Claim | None:
    fits = fitting_bases(percentage, group.answered or group.invited or MOST, tolerance)
    fits = [(count, base) for count, base in fits if group.answered in {None, base}]
    if not fits or percentage > 100:
        return None
    counts, bases = [count for count, _ in fits], [base for _, base in fits]
    return Claim(group, Interval(min(counts), max(counts)), Interval(min(bases), max(bases)))


def claims_of_percentages(group: Group, percentages: Iterable[float]) -> Iterator[Claim]:
    """Yield what bars of these lengths, in percents, say about a group."""
    for percentage in percentages:
        claim = _of_percentage(group, percentage, 0.3)
        if claim is not None:
            yield claim


def claims_of_cells(group: Group, cells: Iterable[tuple[str, str]]) -> Iterator[Claim]:
    """Yield what a line of a table says about a group; ``cells`` are pairs of a head and a text.

    A count with its base in one cell says something by itself; numbers in cells of their own belong together.
    """
    counts: list[int] = []
    shares: list[float] = []
    for head, text in cells:
        match = NUMBER_CELL.fullmatch(text.strip())
        if INVITED.search(head) or head.strip().lower() in {"population", "nr", "rang", "id"}:
            continue
        if match is None:
            pair = PAIR.search(text) if len(text) < _BETWEEN else None
            if pair and (claim := _claim(group, _values(pair))):
                yield claim
        elif match[2] or not float(match[1].replace(",", ".")).is_integer() or re.search(r"%|pct|procent", head):
            shares.append(float(match[1].replace(",", ".")))
        else:
            counts.append(int(float(match[1].replace(",", "."))))
    claim = _claim(group, counts) if counts else None
    if claim is not None or (shares and (claim := _of_percentage(group, shares[0]))):
        yield claim


def claims_of_everybody(text: str, bases: Collection[int]) -> Iterator[Claim]:
    """Yield what a text says of everybody: a count of one of the bases that the report knows."""
    for match in PAIR.finditer(text) if any(str(base) in text for base in bases) else ():
        count, base = _values(match)
        if base in bases and count <= base:
            yield Claim(EVERYBODY, Interval(count, count), Interval(base, base))


def judge_claim(claim: Claim, profile: DisclosureProfile) -> list[tuple[str, Interval]]:
    """Return the rules that a claim breaks: anything about a hidden group, and what no group may show."""
    if claim.group.is_answer:
        return [(SMALL_CELL, claim.count)] if profile.forbids_count(claim.count.high) else []
    if claim.group.hidden:
        return [(SMALL_GROUP, claim.base if claim.base is not None and not claim.base.width else claim.count)]
    if claim.base is None:
        return []
    if claim.group == EVERYBODY:
        return judge_counts(profile, claim.base, claim.count, group=False)
    return [
        (rule, interval)
        for rule, interval in judge_counts(profile, claim.base, claim.count, group=True)
        if rule in {SMALL_GROUP, UNANIMITY} or claim.base.width == 0
    ]
