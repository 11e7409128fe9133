"""The attack on published pieces: everything that a stranger can find or compute and that the profile forbids."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence

from nsoc_lib.count_claims import (
    Claim,
    claims_of_cells,
    claims_of_everybody,
    claims_of_percentages,
    find_claims,
    judge_claim,
    name_pattern,
    repeats_invited,
)
from nsoc_lib.disclosure_profile import ALLE, DisclosureProfile
from nsoc_lib.drawn_bars import read_percentages
from nsoc_lib.explanations import Explanations, words_of
from nsoc_lib.fact_table import build_statements, invited_of
from nsoc_lib.leaks import LEDGER, SMALL_CELL, SMALL_GROUP, Leak
from nsoc_lib.ledger import COLUMNS
from nsoc_lib.ledger_leaks import find_in_rows, find_in_statements
from nsoc_lib.ledger_rows import (
    CONTENT,
    SUPPRESSED,
    Group,
    Who,
    find_groups,
    find_hidden_answers,
    group_of,
    groups_by_words,
    read_outcome,
    tells_of_people,
)
from nsoc_lib.pieces import Drawing, Grid, Mark, Piece, Quotation, Record, Release, Text, of_kind
from nsoc_lib.quotation_leaks import find_quotations
from nsoc_lib.round_leaks import find_between_rounds, find_differences
from nsoc_lib.shares import slug as slugify
from nsoc_lib.sum_leaks import find_by_sums

NEARLY = 49.7  # further than this from the middle a bar is empty or full


def attack_pieces(pieces: Sequence[Piece], profile: DisclosureProfile) -> list[Leak]:
    """Return what pieces of files tell about groups and everybody that the profile forbids; not who somebody is."""
    everything = of_kind(pieces, Record)
    ledger = _ledger(everything)
    groups = find_groups(ledger, profile.kleinste_groep)
    hidden = frozenset(record["id"] for record in ledger if record["status"] == SUPPRESSED)
    elsewhere = _elsewhere(everything, ledger, hidden)
    answers = find_hidden_answers(ledger)
    bases = _bases(ledger, groups, profile)
    found = find_in_rows([*ledger, *elsewhere], groups, hidden, profile)
    found += _by_arithmetic(ledger, elsewhere, (groups, of_kind(pieces, Text)), profile)
    if any(tells_of_people(record) for record in [*ledger, *elsewhere]):
        ledger_says = Explanations(ledger)
        found += [
            _tell(*claim, profile=profile)
            for claim in _claims(pieces, [*groups, *answers], (bases, ledger_says), profile)
        ]
        found += _of_marks(of_kind(pieces, Mark), ledger, groups)
    found += find_quotations(of_kind(pieces, Quotation), of_kind(pieces, Release), groups, profile)
    return found


def _ledger(records: Iterable[Record]) -> list[Record]:
    """Return the rows of the ledger itself: those of the CSV, and what the workbook has more or otherwise."""
    own = sorted((r for r in records if r.channel == LEDGER), key=lambda record: record.where)
    first = own[0].where if own else ""
    known = {_content(record) for record in own if record.where == first}
    return [record for record in own if record.where == first or _content(record) not in known]


def _bases(ledger: Sequence[Record], groups: Sequence[Group], profile: DisclosureProfile) -> frozenset[int]:
    """Return the bases of what is said of everybody, where the profile has a rule about that."""
    if profile.kleinste_cel == 1 and not profile.forbids_unanimity(ALLE):
        return frozenset()
    known = [statement.bases.get(Who()) for statement in build_statements(ledger, groups)]
    return frozenset(base.low for base in known if base is not None)


def _says_more(record: Record, row: Record) -> bool:
    """Whether a row of another file says something that the same row of the ledger does not."""
    return any(record[key] and not _same(record[key], row[key]) for key in CONTENT)


def _same(text: str, other: str) -> bool:
    """Whether two texts are the same number or the same words; a file keeps more or fewer decimals than another."""
    try:
        return math.isclose(float(text), float(other), rel_tol=1e-12)
    except ValueError:
        return text == other


def _content(record: Record) -> tuple[str, ...]:
    return tuple(
        record[key] for key in ("id", "status", "value", "count", "n", "population", "parts", "missing", "shown")
    )


def _elsewhere(records: Iterable[Record], ledger: Sequence[Record], hidden: frozenset[str]) -> list[Record]:
    """Return the rows and numbers outside the ledger that say something else than the ledger does."""
    rows = {record["id"]: record for record in ledger}
    known = {_content(record) for record in ledger}
    found = []
    for record in records:
        row = rows.get(record["id"])
        if record.channel == LEDGER or _content(record) in known:
            continue
        if record["unit"]:
            found += [record] if row is None or _says_more(record, row) else []
        elif re.search(r"\d", record["value"] + record["shown"]):
            told = row is not None and record["id"] not in hidden and record["value"] == row["value"]
            kept = {key: row[key] for key in ("unit", "provenance", "label", "status")} if row is not None else {}
            unit = "pct" if record["shown"].endswith("%") else "personen"
            found += [] if told else [Record(record.where, record.channel, {"unit": unit} | kept | dict(record.cells))]
    return found


def _by_arithmetic(
    ledger: Sequence[Record], elsewhere: Sequence[Record], said: tuple[Sequence[Group], Sequence[Text]],
    profile: DisclosureProfile,
) -> list[Leak]:  # fmt: skip
    """Return what the ledger gives away in its rows together, and what rows of another file add to that."""
    found = _combined(ledger, said, profile)
    known = {(leak.rule, leak.what, leak.derived) for leak in found}
    for where in dict.fromkeys(record.where for record in elsewhere):
        more = [record for record in elsewhere if record.where == where]
        for leak in _combined([*ledger, *more], said, profile):
            if (leak.rule, leak.what, leak.derived) not in known:
                found.append(Leak(where, more[0].channel, leak.what, leak.rule, leak.derived))
    return found


def _combined(
    records: Sequence[Record], said: tuple[Sequence[Group], Sequence[Text]], profile: DisclosureProfile
) -> list[Leak]:
    groups = said[0]
    statements = build_statements(records, groups)
    return [
        *find_in_statements(statements, groups, profile),
        *find_by_sums(statements, groups, profile),
        *find_between_rounds(statements, records, said, profile),
        *find_differences(statements, records, groups, profile),
    ]


def _claims(
    pieces: Iterable[Piece],
    groups: Sequence[Group],
    known: tuple[frozenset[int], Explanations],
    profile: DisclosureProfile,
) -> Iterator[tuple[str, str, str, str, tuple[int, int]]]:
    """Yield per broken rule the file, the channel, the group, the rule and what can be derived."""
    names = name_pattern(groups)
    bases, ledger_says = known
    for piece in pieces:
        if isinstance(piece, Quotation | Release):  # what these give away is not in numbers
            continue
        claims = [] if names is None else list(_claims_of(piece, groups, names))
        if isinstance(piece, Text):
            claims += claims_of_everybody(piece.text, bases)
        if claims:
            words = words_of(piece)
            claims = [claim for claim in claims if not ledger_says.explain(claim, words)]
        for claim in claims:
            for rule, interval in judge_claim(claim, profile):
                yield piece.where, piece.channel, claim.group.name, rule, (interval.low, interval.high)


def _claims_of(piece: Piece, groups: Sequence[Group], names: re.Pattern[str]) -> Iterator[Claim]:
    if isinstance(piece, Text):
        yield from find_claims(piece.text, groups, names)
    elif isinstance(piece, Record):
        yield from _claims_of_row(piece, groups, names)
    elif isinstance(piece, Grid):
        yield from _claims_of_grid(piece, groups, names)
    elif isinstance(piece, Drawing):
        by_name = {group.name.lower(): group for group in groups}
        for name, percentages in read_percentages(piece, list(by_name)).items():
            group = by_name[name.lower()]
            # A shown group may have a bar, but not one of nobody or everybody.
            outer = [p for p in percentages if group.hidden or abs(p - 50) > NEARLY]
            yield from claims_of_percentages(group, outer)


def _claims_of_row(record: Record, groups: Sequence[Group], names: re.Pattern[str]) -> Iterator[Claim]:
    """Yield what the label of a row says, and what stands in a column that the ledger does not have."""
    if record["unit"] and not tells_of_people(record):
        return
    yield from find_claims(record["label"], groups, names)
    group = group_of(read_outcome(record).who, groups)
    more = [(head, cell) for head, cell in record.cells.items() if head not in (*COLUMNS, "status") and cell]
    if group is not None and more:
        yield from claims_of_cells(group, more)


def _claims_of_grid(grid: Grid, groups: Sequence[Group], names: re.Pattern[str]) -> Iterator[Claim]:
    """Yield what rows and columns say about the group that they are named after."""
    known, rows = groups_by_words(groups), grid.padded
    if not any(names.search(cell) for row in rows for cell in row):
        return
    for lines in (rows, tuple(zip(*rows, strict=True))):
        for line in lines:
            place = next((n for n, cell in enumerate(line[:3]) if len(cell) < 60 and names.search(cell)), None)
            if place is None or re.search(r"\bzonder\b|\bbehalve\b", line[place]):
                continue
            match = names.search(line[place])
            heads = lines[0] if lines[0] is not line else ("",) * len(line)
            cells = [(head, cell) for n, (head, cell) in enumerate(zip(heads, line, strict=True)) if n != place]
            if match:
                claims = claims_of_cells(known[slugify(match[0])], cells)
                yield from (claim for claim in claims if not repeats_invited(claim, line[place]))


def _tell(
    where: str, channel: str, group: str, rule: str, derived: tuple[int, int], *, profile: DisclosureProfile
) -> Leak:
    what = f"Van {group} staat hier hoeveel mensen antwoordden of iets antwoordden, volgens {profile.naam} te weinig."
    return Leak(where, channel, what, rule, derived)


def _of_marks(marks: Iterable[Mark], ledger: Sequence[Record], groups: Sequence[Group]) -> list[Leak]:
    """Return what hangs on the mark of a suppressed result and still says a number."""
    rows = {record["id"]: record for record in ledger if record["status"] == SUPPRESSED and tells_of_people(record)}
    found = []
    for mark in marks:
        row = rows.get(mark.id)
        if row is None or not re.search(r"\d", mark.text):
            continue
        outcome = read_outcome(row)
        group = group_of(outcome.who, groups)
        asked = group or Group(outcome.who.text, "", invited_of(outcome.who, groups))
        claim = next(claims_of_cells(asked, [("", mark.text)]), None)
        derived = (claim.count.low, claim.base.high if claim.base else claim.count.high) if claim else None
        what = f"Van {asked.name} is het cijfer onderdrukt, maar staat er nog een getal bij, bij {outcome.stem}."
        found.append(Leak(mark.where, mark.channel, what, SMALL_GROUP if group else SMALL_CELL, derived))
    return found
