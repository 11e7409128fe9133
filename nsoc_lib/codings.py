"""Thematic coding of open answers: a code book, the merging of codes, and counts per code and theme.

The words of respondents are no part of this: a coding says which fragment of which answer got which
code, and by whom. A code that was merged away stays in the code book, so that an earlier coding can
still be read; who codes after the merging uses the code that remained.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from nsoc_lib.disclosure import judge_result
from nsoc_lib.disclosure_profile import DisclosureProfile
from nsoc_lib.errors import NsocError
from nsoc_lib.prose import Shown, indicate, refuse, show_all, tell
from nsoc_lib.result import Result
from nsoc_lib.shares import slug
from nsoc_lib.source_rows import SourceRow, SourceTable, read_rows
from nsoc_lib.suppression import AANVULLEND
from nsoc_lib.tables import Row, Table

VAST, INDUCTIEF = "vast", "inductief"
SOORTEN = (VAST, INDUCTIEF)
NIET_AANGELEVERD = (
    "Welk antwoord welke code kreeg is niet aangeleverd. Zodra een onderzoeker het codeboek en de coderingen bij de "
    "gegevens legt, staat hier de telling per code en thema; woorden van deelnemers komen er nooit te staan."
)
NIET_WAARGENOMEN = "De coderingen zijn niet waargenomen. Verzonnen coderingen zeggen niets over wat iemand vond."


@dataclass(frozen=True)
class Code:
    """One code: what it means, when to use it (``wel``) and when not (``niet``), and the theme it serves."""

    id: str
    label: str
    thema: str
    definitie: str
    wel: str
    niet: str


@dataclass(frozen=True)
class Merge:
    """One line of the merge log: from this date on, ``van`` is part of ``naar``."""

    van: str
    naar: str
    datum: str
    reden: str


@dataclass(frozen=True)
class CodeBook:
    """All codes that ever were, with the merges. ``soort`` is vast (made beforehand) or inductief."""

    soort: str
    versie: str
    codes: Mapping[str, Code]
    samenvoegingen: Mapping[str, Merge]

    @property
    def current(self) -> tuple[Code, ...]:
        """Return the codes that were not merged away, in the order of the code book."""
        return tuple(code for code in self.codes.values() if code.id not in self.samenvoegingen)

    def resolve(self, code: str, datum: str) -> str:
        """Return what a code given on a day is called now; empty when it was merged before that day."""
        while code in self.samenvoegingen:
            if self.samenvoegingen[code].datum < datum:
                return ""
            code = self.samenvoegingen[code].naar
        return code


@dataclass(frozen=True)
class Coding:
    """One fragment of one answer, coded by one person; ``telt`` for the counts, or only to compare coders."""

    respondent: str
    vraag: str
    fragment: str
    code: str
    codeur: str
    telt: bool

    @property
    def unit(self) -> tuple[str, str, str]:
        return self.respondent, self.vraag, self.fragment


@dataclass(frozen=True)
class Codings:
    """All codings under the codes of now, with the code book they follow."""

    meting: str
    codeboek: CodeBook
    coderingen: tuple[Coding, ...]
    herkomst: str
    dataset: str

    @property
    def vragen(self) -> tuple[str, ...]:
        """The open questions with a coding that counts, in the order of the file."""
        return tuple(dict.fromkeys(coding.vraag for coding in self.coderingen if coding.telt))


def build_codings(
    codebook: SourceTable | None, merges: SourceTable | None, codings: SourceTable | None
) -> Codings | None:
    """Check the tables a study may supply and return the codings under the codes of now; None stays None.

    ``merges`` may be absent. Raises NsocError for codings without a code book, and with row and
    column for a code that is unknown or was merged before it was given.
    """
    if codings is None:
        return None
    if codebook is None:
        raise NsocError(
            f"meting.yml van {codings.meting}",
            found="de tabel coderingen zonder de tabel codeboek_open",
            expected="bij coderingen het codeboek dat zij volgen",
            remedy="Voeg de tabel codeboek_open toe, of laat de coderingen weg.",
        )
    book = build_codebook(codebook, merges)
    found: dict[tuple[str, ...], Coding] = {}
    given: set[tuple[str, ...]] = set()
    for row in read_rows(codings):
        coding = _build_coding(row, book)
        place = (*coding.unit, "" if coding.telt else coding.codeur)
        if (*place, row.text("code")) in given:
            raise row.refuse("code", "elke code een keer per fragment", "Haal een van beide rijen weg.")
        given.add((*place, row.text("code")))
        # Codes that were merged later may meet in one fragment: that is one mention.
        found.setdefault((*place, coding.code), coding)
    return Codings(codings.meting, book, tuple(found.values()), codings.herkomst, codings.dataset)


def build_codebook(codebook: SourceTable, merges: SourceTable | None) -> CodeBook:
    """Check code book and merge log and return them, or raise one NsocError with row and column."""
    codes: dict[str, Code] = {}
    first: SourceRow | None = None
    for row in read_rows(codebook):
        first = first or row
        row.choice("soort", SOORTEN)
        for column in ("soort", "versie"):
            if row.filled(column) != first.text(column):
                raise row.refuse(column, f'"{first.text(column)}", als in de eerste rij', "Maak alle rijen gelijk.")
        code = Code(*(row.filled(name) for name in ("code", "label", "thema", "definitie", "wel", "niet")))
        codes[row.once("code", codes, "elke code een keer")] = code
    if first is None:
        remedy = "Vul de tabel codeboek_open."
        raise NsocError(
            f"tabel codeboek_open van {codebook.meting}", found="geen code", expected="codes", remedy=remedy
        )
    return CodeBook(first.text("soort"), first.text("versie"), codes, _build_merges(merges, codes))


def _build_merges(table: SourceTable | None, codes: Mapping[str, Code]) -> dict[str, Merge]:
    rows = read_rows(table) if table else []
    merges: dict[str, Merge] = {}
    for row in rows:
        merge = Merge(row.choice("van", codes), row.choice("naar", codes), _day(row), row.filled("reden"))
        if merge.van in merges:
            raise row.refuse("van", "een code die nog niet was samengevoegd", "Haal een van beide rijen weg.")
        merges[merge.van] = merge
    for row in rows:
        merge = merges[row.text("van")]
        gone = merges.get(merge.naar)
        if gone and gone.datum <= merge.datum:
            expected = f"een code die op {merge.datum} nog bestaat"
            raise row.refuse("naar", expected, "Noem de code waar alles uiteindelijk in terechtkwam.")
    return merges


def _build_coding(row: SourceRow, book: CodeBook) -> Coding:
    given, day = row.filled("code"), _day(row)
    if given not in book.codes:
        raise row.refuse("code", "een code uit codeboek_open", "Verbeter de code, of voeg haar toe aan het codeboek.")
    code = book.resolve(given, day)
    if not code:
        merged = next(m for m in _chain(book, given) if m.datum < day)
        expected = f'"{merged.naar}": de code "{merged.van}" is op {merged.datum} samengevoegd'
        raise row.refuse("code", expected, "Codeer met de code die bleef, of verbeter de datum.")
    counts = row.choice("telt", ("ja", "nee")) == "ja"
    place = row.filled("respondent"), row.filled("vraag"), row.filled("fragment")
    return Coding(*place, code, row.filled("codeur"), counts)


def _chain(book: CodeBook, code: str) -> list[Merge]:
    chain = []
    while code in book.samenvoegingen:
        chain.append(book.samenvoegingen[code])
        code = chain[-1].naar
    return chain


def _day(row: SourceRow) -> str:
    day = row.moment("datum")
    if len(day) != len("2024-01-31"):
        raise row.refuse("datum", "een dag als 2024-01-31", "Vul de hele datum in.")
    return day


def count_coding(
    codings: Codings, vraag: str, name: str, codes: set[str], profile: DisclosureProfile
) -> dict[str, Result]:
    """Count for one question who was given these codes (respondents), and how often (mentions)."""
    own = [c for c in codings.coderingen if c.telt and c.vraag == vraag and c.code in codes]
    counts = {"respondenten": len({coding.respondent for coding in own}), "vermeldingen": len(own)}
    results = {
        unit: Result(
            f"{codings.meting}.codering.{slug(vraag)}.{slug(name)}.{unit}",
            f"Open vraag {vraag}, {name}: {unit}",
            value,
            unit,
            codings.herkomst,
            codings.dataset,
        )
        for unit, value in counts.items()
    }
    return {unit: judge_result(result, profile) for unit, result in results.items()}


def tabulate_codings(codings: Codings, vraag: str, profile: DisclosureProfile) -> Table:
    """Return codes by theme for one question. A theme counts each respondent once, so codes may add up to more.

    Mentions do add up; where one code is hidden, all mentions are.
    """
    codes = codings.codeboek.current
    rows: list[Row] = []
    for thema in dict.fromkeys(code.thema for code in codes):
        own = [code for code in codes if code.thema == thema]
        total = count_coding(codings, vraag, f"thema {thema}", {code.id for code in own}, profile)
        rows.append((indicate(thema), "alle codes", *total.values()))
        rows += [
            (indicate(thema), indicate(code.label), *count_coding(codings, vraag, code.id, {code.id}, profile).values())
            for code in own
        ]
    everyone = count_coding(codings, vraag, "gecodeerd", {code.id for code in codes}, profile)
    rows.append(("Alle thema's", "alle codes", *everyone.values()))
    if any(isinstance(cell, Result) and cell.suppressed for row in rows for cell in row):
        rows = [(*row[:-1], cast("Result", row[-1]).suppress(AANVULLEND)) for row in rows]
    return Table(
        key=f"tabel-{codings.meting}-codering-{slug(vraag)}",
        bijschrift="Codes en thema's van een open vraag.",
        koppen=("Thema", "Code", "Respondenten", "Vermeldingen"),
        rijen=tuple(rows),
        noten=(
            "Een deelnemer telt een keer per code en een keer per thema. Een vermelding is een fragment van een antwoord met die code.",
        ),
    )


def show_codings(codings: Codings | None, profile: DisclosureProfile) -> Shown:
    """Show a table per open question, or say why there is none."""
    if codings is None or codings.herkomst != "waargenomen":
        return refuse("De telling per code en thema", NIET_WAARGENOMEN if codings else NIET_AANGELEVERD)
    shown: list[Shown] = []
    for vraag in codings.vragen:
        shown += [tell("Open vraag: {vraag}.", vraag=indicate(vraag)), tabulate_codings(codings, vraag, profile).show()]
    return show_all(*shown)
