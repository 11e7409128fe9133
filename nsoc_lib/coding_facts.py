"""What a report says of the coding of its open answers, and what it does not say."""

from __future__ import annotations

from dataclasses import dataclass

from nsoc_lib.errors import NsocError
from nsoc_lib.prose import Filling, Indication, indicate
from nsoc_lib.result import Result
from nsoc_lib.shares import slug
from nsoc_lib.source_rows import SourceRow, SourceTable, read_rows
from nsoc_lib.tables import Table

CODES = "codes"


@dataclass(frozen=True)
class CodingFact:
    """One fact: a printed number, or an answer in words such as "niet gepubliceerd"."""

    kenmerk: str
    label: str
    antwoord: Filling
    vindplaats: str


@dataclass(frozen=True)
class CodingFacts:
    """All facts in the order of the table."""

    meting: str
    feiten: tuple[CodingFact, ...]

    @property
    def codes(self) -> Filling:
        """How many codes there were."""
        return self._fact.antwoord

    @property
    def vindplaats(self) -> Indication:
        """Where the source says so."""
        return indicate(self._fact.vindplaats)

    @property
    def _fact(self) -> CodingFact:
        return next(fact for fact in self.feiten if fact.kenmerk == CODES)


def build_coding_facts(table: SourceTable) -> CodingFacts:
    """Check the table and return the facts, or raise one NsocError with row and column."""
    facts: list[CodingFact] = []
    for row in read_rows(table):
        name = row.once("kenmerk", [fact.kenmerk for fact in facts], "elk kenmerk een keer")
        facts.append(CodingFact(name, row.filled("label"), _answer(row, name, table), row.filled("vindplaats")))
    if not any(fact.kenmerk == CODES and isinstance(fact.antwoord, Result) for fact in facts):
        raise NsocError(
            f"tabel codering_open_vragen van {table.meting}, kolom waarde",
            found="geen aantal codes",
            expected=f"een rij {CODES} met een getal",
            remedy="Vul het gepubliceerde aantal in.",
        )
    return CodingFacts(table.meting, tuple(facts))


def _answer(row: SourceRow, name: str, table: SourceTable) -> Filling:
    value, words = row.whole("waarde"), row.text("antwoord")
    if (value is None) == (not words):
        raise row.refuse("antwoord", "een getal of een antwoord in woorden, niet allebei", "Vul er een van beide in.")
    if value is None:
        return words
    number = f"{table.meting}.open-vragen.{slug(name)}"
    return Result(number, row.text("label"), value, slug(name), table.herkomst, table.dataset)


def tabulate_coding_facts(facts: CodingFacts) -> Table:
    """Return what the source says of the coding in words, with its place."""
    return Table(
        key=f"tabel-{facts.meting}-codering-bron",
        bijschrift="Wat de bron verder over het coderen zegt, en wat niet.",
        koppen=("Kenmerk", "Volgens de bron", "Vindplaats"),
        rijen=tuple(
            (fact.label, fact.antwoord, indicate(fact.vindplaats)) for fact in facts.feiten if fact.kenmerk != CODES
        ),
    )
