"""Whether the printed tables of the fieldwork agree with each other and with the text.

What one cell or one table shows by itself is an expectation in ``expectations/``. The rules here
look across rows and tables. A finding is a question to the authors, with table and row; it names
no code of a respondent. Whether a fault is printed or arose in our rendition cannot always be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from nsoc_lib.consistency import GEEN, GETAL, HOOG, LAAG, MIDDEL, ConsistencyFinding, Rule
from nsoc_lib.register import BIJEENKOMSTEN, INTERVIEWS, PROJECTEN, REFLECTIE, Group, Register, Respondent, read_day
from nsoc_lib.register_counts import GELIJK, CountComparison
from nsoc_lib.source_rows import SourceTable, list_records

SATURDAY = 5

ORDER = Rule("datums uit volgorde", "Klopt de datum, of hoort de rij op een andere plaats?", MIDDEL, GETAL)
IDENTICAL = Rule("gelijke rijen", "Verschillende afspraken, of dubbel?", LAAG, GETAL)
WEEKEND = Rule("afspraak in het weekend", "Was de afspraak echt in een weekend?", LAAG, GEEN)
BOTH = Rule("in beide tabellen", "Dezelfde afspraak, of meer op die dag?", LAAG, GETAL)
SPELLING = Rule("project onder meer namen", "Welke naam is bedoeld?", LAAG, GEEN)
ATTENDANCE = Rule("personen naast afspraken", "Ontbreekt er een afspraak, of is een aantal per persoon anders bedoeld?",
                  MIDDEL, GETAL)  # fmt: skip
PRINTED = Rule("tekst naast het register", "Wat telt dit getal precies?", HOOG, GETAL)
RULES = (ORDER, IDENTICAL, WEEKEND, BOTH, SPELLING, ATTENDANCE, PRINTED)


def audit_fieldwork(
    bijeenkomsten: SourceTable,
    interviews: SourceTable,
    namen: SourceTable,
    register: Register,
    comparisons: Sequence[CountComparison],
) -> tuple[ConsistencyFinding, ...]:
    """Return every finding, in the order of the rules. The tables are raw: a correction hides no question."""
    tables = (bijeenkomsten.rijen, interviews.rijen)
    return (
        *(finding for table in tables for finding in check_order(table)),
        *(finding for table in tables for finding in check_identical(table)),
        *(finding for table in tables for finding in check_weekend(table)),
        *check_both(*tables),
        *check_spelling(namen.rijen),
        *check_attendance(register),
        *check_printed(comparisons),
    )


def check_order(table: pd.DataFrame) -> tuple[ConsistencyFinding, ...]:
    """Ask about each row whose date lies before that of the row above it, in a table that runs in time."""
    return tuple(
        ORDER.ask(
            "; ".join(dict.fromkeys((_subject(earlier), _subject(later)))),
            (earlier, later),
            f"{later['datum']} staat onder {earlier['datum']}",
        )
        for earlier, later in pairwise(list_records(table))
        if read_day(str(later["datum"])) < read_day(str(earlier["datum"]))
    )


def check_identical(table: pd.DataFrame) -> tuple[ConsistencyFinding, ...]:
    """Ask about rows with the same region, project, date and form; one finding per set of equal rows."""
    return tuple(
        IDENTICAL.ask(_subject(list_records(group)[0]), list_records(group), f"{len(group)} keer")
        for _, group in table.groupby(["regio", "project", "datum", "type"], sort=False)
        if len(group) > 1
    )


def check_weekend(table: pd.DataFrame) -> tuple[ConsistencyFinding, ...]:
    """Ask about appointments on a Saturday or Sunday."""
    names = {SATURDAY: "zaterdag", SATURDAY + 1: "zondag"}
    days = [(row, read_day(str(row["datum"])).weekday()) for row in list_records(table)]
    return tuple(
        WEEKEND.ask(_subject(row), [row], f"{row['datum']}, een {names[day]}") for row, day in days if day >= SATURDAY
    )


def check_both(first: pd.DataFrame, second: pd.DataFrame) -> tuple[ConsistencyFinding, ...]:
    """Ask about appointments of one project, region and day that stand in both tables."""
    findings = []
    columns = ["regio", "project", "datum"]
    for key, group in first.groupby(columns, sort=False):
        same = second.loc[(second[columns] == list(key)).all(axis=1)]
        if len(same):
            rows = [*list_records(group), *list_records(same)]
            found = f"{key[2]}: bijeenkomsten {len(group)}, interviews {len(same)}"
            findings.append(BOTH.ask(_subject(rows[0]), rows, found))
    return tuple(findings)


def check_spelling(names: pd.DataFrame) -> tuple[ConsistencyFinding, ...]:
    """Ask about a project whose printed names are not one name with words added, nor its abbreviation.

    ``names`` has project, spelling, vindplaats. Case and spaces make no difference.
    """
    findings = []
    for _, group in names.groupby("project", sort=False):
        spellings = list(dict.fromkeys(str(spelling) for spelling in group["spelling"]))
        if len(_families(spellings)) > 1:
            findings.append(SPELLING.ask(spellings[0], list_records(group), "; ".join(spellings)))
    return tuple(findings)


def _families(spellings: Iterable[str]) -> list[list[str]]:
    """Group spellings that belong together, directly or by way of another."""
    families: list[list[str]] = []
    for spelling in spellings:
        related = [family for family in families if any(_related(spelling, other) for other in family)]
        families = [family for family in families if family not in related]
        families.append([spelling, *(other for family in related for other in family)])
    return families


def _related(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    plain = [re.sub(r"\s+", "", name).casefold() for name in (short, long)]
    initials = short.isupper() and re.match(".*".join(map(re.escape, plain[0])), plain[1])
    return plain[0] in plain[1] or bool(initials)


def check_attendance(register: Register) -> tuple[ConsistencyFinding, ...]:
    """Hold what table 3 gives per person against the rows of tables 1 and 2, per project.

    Nobody can have had more appointments than there are rows, and every row needs at least one
    person; a group counts as one, since it is not printed who was there when. A project with a
    count that is not filled in is not judged.
    """
    findings = []
    for soort in (INTERVIEWS, BIJEENKOMSTEN):
        for project, name in register.namen.items():
            people: list[Respondent | Group] = [p for p in register.respondenten if p.project == project]
            people += [g for g in register.groepen if g.project == project]
            counts = [person.interviews if soort == INTERVIEWS else person.bijeenkomsten for person in people]
            known = [count for count in counts if count is not None]
            held = register.select(soort, PROJECTEN, project)
            if len(known) < len(counts) or not known or max(known) <= len(held) <= sum(known):
                continue
            places = [p for p, count in zip(people, known, strict=True) if count]
            found = f"{soort}: {len(held)} in het register; per persoon of groep opgeteld {sum(known)}, de hoogste {max(known)}"
            rows = [{"vindplaats": place} for place in (*(a.vindplaats for a in held), *(p.vindplaats for p in places))]
            findings.append(ATTENDANCE.ask(name, rows, found))
    return tuple(findings)


def check_printed(comparisons: Iterable[CountComparison]) -> tuple[ConsistencyFinding, ...]:
    """Ask about a printed count that the register does not give in its first reading; one finding per kenmerk."""
    differing: dict[str, list[CountComparison]] = {}
    for comparison in comparisons:
        if comparison.uitkomst != GELIJK:
            differing.setdefault(comparison.kenmerk, []).append(comparison)
    findings = []
    for group in differing.values():
        first = group[0]
        found = f"gedrukt: {first.gedrukt}; in het register: {first.berekend.shown}"
        if first.lezing is not None:
            found += f"; {first.lezing.label.lower()}: {first.lezing.shown}"
        rows = [{"vindplaats": comparison.vindplaats} for comparison in group]
        findings.append(PRINTED.ask(first.berekend.label, rows, found))
    return tuple(findings)


def _subject(row: dict[str, Any]) -> str:
    return f"{str(row['project']).removesuffix(REFLECTIE)} ({row['regio']})"
