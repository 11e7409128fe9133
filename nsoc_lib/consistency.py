"""Whether a source agrees with itself: rules over tables that were typed over from it.

A finding is a question to the authors, never a verdict: it says where something stands, what
stands there, how much it weighs and whether it touches a number or a conclusion. Rules read
tables and return findings in the order of the rules and, within a rule, of the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields, replace
from typing import Any

import pandas as pd

from nsoc_lib.errors import unknown_value
from nsoc_lib.periods import Period, read_period
from nsoc_lib.result import PROCENT
from nsoc_lib.rounding import percentage_of_sum
from nsoc_lib.source_rows import list_records
from nsoc_lib.wording import read_claim, word_share

HOOG, MIDDEL, LAAG = "hoog", "middel", "laag"
GETAL, CONCLUSIE, GEEN = "getal", "conclusie", "geen"

LARGE_SHARE = 80  # above this percentage nearly everybody agrees, and a fact is no more than they say
NARROW_SHARE = 60  # below this percentage two in five did not agree


@dataclass(frozen=True)
class ConsistencyFinding:
    """One question to the authors of a source.

    ``regel`` names a rule of RULES, ``ernst`` is hoog, middel or laag, ``raakt`` getal, conclusie or geen.
    """

    regel: str
    onderwerp: str
    vindplaatsen: tuple[str, ...]
    staat_er: str
    vraag: str
    ernst: str
    raakt: str


@dataclass(frozen=True)
class Rule:
    """What a source should agree on, and the question to ask when it does not."""

    naam: str
    vraag: str
    ernst: str
    raakt: str

    def ask(self, subject: str, rows: Iterable[dict[str, Any]], found: str) -> ConsistencyFinding:
        """Return the finding on one subject, with the places in ``rows`` in their order, each once."""
        places = tuple(dict.fromkeys(str(row["vindplaats"]) for row in rows))
        return ConsistencyFinding(self.naam, subject, places, found, self.vraag, self.ernst, self.raakt)


TOTALS = Rule("deel en geheel", "Welk van deze getallen is bedoeld, of hoe volgt het een uit het ander?", HOOG, GETAL)
RESTATED = Rule("twee keer genoemd", "Gaat het om hetzelfde gegeven, en welke waarde is dan bedoeld?", HOOG, GETAL)
WORDS = Rule("percentage en woord", "Is het percentage bedoeld of het woord?", MIDDEL, GETAL)
CLAIMS = Rule(
    "meer dan het cijfer zegt",
    "Steunt de conclusie ook op een andere bron, of is zij als mening van dit aandeel bedoeld?",
    MIDDEL,
    CONCLUSIE,
)
AFTERWARDS = Rule("datum na de bron", "Klopt de datum, of is een andere bron bedoeld?", MIDDEL, GEEN)
UNDATED = Rule("datum ontbreekt", "Welke datum hoort hier?", LAAG, GEEN)
DUPLICATES = Rule("dubbel in een lijst", "Is een van deze regels te veel, of is een andere bedoeld?", LAAG, GEEN)
RULES = (TOTALS, RESTATED, WORDS, CLAIMS, AFTERWARDS, UNDATED, DUPLICATES)


@dataclass(frozen=True)
class Total:
    """A count that the source gives as the sum of others. ``hoogstens``: the parts may be fewer."""

    geheel: str
    delen: tuple[str, ...]
    hoogstens: bool = False


@dataclass(frozen=True)
class Rate:
    """A whole percentage that the source gives for some counts over another, rounded half up."""

    geheel: str
    delen: tuple[str, ...]
    basis: str


# What the response of a Procesthermometer must add up to (Regioplan §3.1).
RESPONSE = (
    Total("uitgenodigd", ("compleet", "deels"), hoogstens=True),
    Rate("aandeel-compleet", ("compleet",), "uitgenodigd"),
    Rate("aandeel-gestart", ("compleet", "deels"), "uitgenodigd"),
)


def audit_consistency(
    published: pd.DataFrame,
    response: pd.DataFrame,
    statements: pd.DataFrame,
    dates: pd.DataFrame,
    labels: pd.DataFrame | None = None,
) -> tuple[ConsistencyFinding, ...]:
    """Return every finding on the tables of one report, in the order of the rules.

    ``published`` has stelling, percentage, verwoording, vindplaats; ``response`` kenmerk, waarde,
    eenheid, verwoording, vindplaats; ``statements`` the columns of ``uitspraken.csv``, ``dates`` those
    of ``datums.csv``; ``labels`` lijst, label, vindplaats, for a source with a list of criteria.
    Raises NsocError for a statement about something the report gives no figure for, and for a
    date that is none.
    """
    figures = stack_figures(published, response, statements)
    return (
        *check_totals(response, RESPONSE),
        *check_restated(figures),
        *check_wording(figures),
        *check_claims(published, statements),
        *check_dates(dates),
        *(() if labels is None else check_duplicates(labels)),
    )


def stack_figures(published: pd.DataFrame, response: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    """Return every place that gives a figure or a word for it: onderwerp, waarde, verwoording, vindplaats.

    ``waarde`` is missing where only a word stands; words for a count of people are left out.
    Raises NsocError for a statement about something the tables have no figure for.
    """
    known = [str(name) for name in (*published["stelling"], *response["kenmerk"])]
    for row in list_records(statements):
        if row["stelling"] not in known:
            where = f"tabel uitspraken, rij {row.get('rij', '?')}, kolom stelling"
            remedy = "Verbeter de naam, of voeg het cijfer toe aan de overgetypte tabel."
            raise unknown_value(where, row["stelling"], known, remedy)
    shares = response["verwoording"].where(response["eenheid"] == PROCENT)
    parts = [
        published.rename(columns={"stelling": "onderwerp", "percentage": "waarde"}),
        response.assign(verwoording=shares).rename(columns={"kenmerk": "onderwerp"}),
        statements.loc[statements["vorm"] != "feit"].rename(columns={"stelling": "onderwerp"}),
    ]
    columns = ["onderwerp", "waarde", "verwoording", "vindplaats"]
    return pd.concat([part[columns].astype(object) for part in parts], ignore_index=True)


def check_totals(values: pd.DataFrame, rules: Sequence[Total | Rate]) -> tuple[ConsistencyFinding, ...]:
    """Hold totals and percentages against the parts they are made of.

    ``values`` has kenmerk, waarde, vindplaats, one row per kenmerk. A rule of which a value is
    missing is not judged.
    """
    rows = {str(row["kenmerk"]): row for row in list_records(values) if not pd.isna(row["waarde"])}
    findings = []
    for rule in rules:
        names = (rule.geheel, *rule.delen, *((rule.basis,) if isinstance(rule, Rate) else ()))
        if not rows.keys() >= set(names):
            continue
        stated, *others = (int(rows[name]["waarde"]) for name in names)
        if isinstance(rule, Rate):
            *parts, base = others
            fits = base > 0 and percentage_of_sum(sum(parts), base) == stated
            computed = f"{sum(parts)} van {base}"
        else:
            fits = sum(others) <= stated if rule.hoogstens else sum(others) == stated
            computed = f"{' en '.join(rule.delen)} samen {sum(others)}"
        if not fits:
            findings.append(
                TOTALS.ask(rule.geheel, (rows[name] for name in names), f"{rule.geheel} {stated}; {computed}")
            )
    return tuple(findings)


def check_restated(figures: pd.DataFrame) -> tuple[ConsistencyFinding, ...]:
    """Ask about a figure that stands in two places with different values; equal values are no finding.

    ``figures`` has onderwerp, waarde, vindplaats; a place without a value is passed over.
    """
    findings = []
    for subject, group in figures.loc[figures["waarde"].notna()].groupby("onderwerp", sort=False):
        values = list(dict.fromkeys(str(value) for value in group["waarde"]))
        if len(values) > 1:
            findings.append(RESTATED.ask(str(subject), list_records(group), " en ".join(values)))
    return tuple(findings)


def check_wording(figures: pd.DataFrame) -> tuple[ConsistencyFinding, ...]:
    """Hold printed words against the printed percentage, by the rule of ``wording``.

    ``figures`` has onderwerp, waarde, verwoording, vindplaats; a word without a value is held
    against the first value of its subject. A finding only when the rule gives another word and the
    percentage lies further off than the rule tolerates; a word that names no quantity is not judged.
    """
    valued = figures.dropna(subset=["waarde"]).drop_duplicates("onderwerp")
    first = dict(zip(valued["onderwerp"], valued["waarde"], strict=True))
    findings = []
    for row in list_records(figures.dropna(subset=["verwoording"])):
        word, value = str(row["verwoording"]), first.get(row["onderwerp"]) if pd.isna(row["waarde"]) else row["waarde"]
        claim = read_claim(word)
        if claim is None or value is None or claim.admits(int(value)) or word_share(int(value)) == word:
            continue
        found = f'{value} procent en "{word}"; de regel geeft "{word_share(int(value))}"'
        findings.append(WORDS.ask(str(row["onderwerp"]), [row], found))
    return tuple(findings)


def check_claims(published: pd.DataFrame, statements: pd.DataFrame) -> tuple[ConsistencyFinding, ...]:
    """Ask about conclusions that give as a fact what at most 80 percent of those who answered agreed with.

    One finding per statement, with every place. Above 80 percent nothing is asked; below 60
    percent the question weighs more. Only opinions in ``published`` are judged.
    """
    claimed = statements.loc[(statements["rol"] == "conclusie") & (statements["vorm"] == "feit")]
    findings = []
    for row in list_records(published):
        places, share = list_records(claimed.loc[claimed["stelling"] == row["stelling"]]), int(row["percentage"])
        if places and share <= LARGE_SHARE:
            found = f"{share} procent was het eens; de conclusie noemt geen aandeel"
            finding = CLAIMS.ask(str(row["stelling"]), [row, *places], found)
            findings.append(replace(finding, ernst=HOOG) if share < NARROW_SHARE else finding)
    return tuple(findings)


def check_dates(dates: pd.DataFrame) -> tuple[ConsistencyFinding, ...]:
    """Ask about what happened after the publication that reports it, and about dates left open.

    ``dates`` has gebeurtenis, datum, uiterlijk, soort, vindplaats. Dates are as ``read_period`` takes
    them; ``uiterlijk`` is the publication of the report or of the source it cites there.
    What is ``gepland`` may lie after it. Raises NsocError for a date that is none.
    """
    findings = []
    for row in list_records(dates):
        what = str(row["gebeurtenis"])
        if pd.isna(row["datum"]):
            findings.append(UNDATED.ask(what, [row], "geen datum ingevuld"))
        elif row["soort"] != "gepland" and _period(row, "datum").eerste > _period(row, "uiterlijk").laatste:
            findings.append(AFTERWARDS.ask(what, [row], f"{row['datum']}; op zijn laatst verwacht {row['uiterlijk']}"))
    return tuple(findings)


def check_duplicates(labels: pd.DataFrame) -> tuple[ConsistencyFinding, ...]:
    """Ask about labels that stand twice in one list: columns lijst, label, vindplaats.

    Case, spaces and punctuation make no difference; the same label in two lists is no finding.
    """
    keys = labels["label"].map(lambda label: re.sub(r"\W+", " ", str(label).casefold()).strip())
    return tuple(
        DUPLICATES.ask(
            str(group["label"].iloc[0]), list_records(group), f"{len(group)} keer in {group['lijst'].iloc[0]}"
        )
        for _, group in labels.groupby([labels["lijst"], keys], sort=False)
        if len(group) > 1
    )


def list_criteria(criteria: pd.DataFrame) -> pd.DataFrame:
    """Return the criteria of a toetsingskader as labels for ``check_duplicates``; each framework is a list."""
    return criteria[["kader", "label", "vindplaats"]].rename(columns={"kader": "lijst"})


def select_reported(findings: Iterable[ConsistencyFinding]) -> tuple[ConsistencyFinding, ...]:
    """Select what the report prints: findings that touch a number or a conclusion."""
    return tuple(finding for finding in findings if finding.raakt != GEEN)


def finding_rows(findings: Iterable[ConsistencyFinding]) -> list[list[str]]:
    """Return header and rows as text for the data file of the researcher; locators are joined by a semicolon."""
    rows = [["; ".join(v) if isinstance(v, tuple) else str(v) for v in astuple(finding)] for finding in findings]
    return [[field.name for field in fields(ConsistencyFinding)], *rows]


def _period(row: dict[str, Any], column: str) -> Period:
    return read_period(str(row[column]), f"tabel datums, rij {row.get('rij', '?')}, kolom {column}")
