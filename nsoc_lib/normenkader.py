"""The normenkader: kennen, kunnen and willen, their dimensions and factors, and what was reported on each.

A finding is what an interim report says, mostly from impressions. How many rows it became is our
division of the text, so a count of findings says what is covered, not how often or how strongly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nsoc_lib.errors import unknown_value
from nsoc_lib.result import Result
from nsoc_lib.source_rows import AFGELEID, TOEWIJZINGEN, SourceRow, SourceTable, read_rows
from nsoc_lib.wording import read_quantifier

KERNFACTOREN = ("kennen", "kunnen", "willen")
SUCCES, FAAL, GEMENGD = "succes", "faal", "gemengd"
SOORTEN = (SUCCES, FAAL)
TENEUREN = (SUCCES, FAAL, GEMENGD)
UNITS = ("dimensies", "factoren", "bevindingen")  # in the order of the three tables
UNIT = dict.fromkeys(("kernfactoren", "dimensies", "hoofdtekst"), "dimensies") | dict.fromkeys(
    ("factoren", "succesfactoren", "faalfactoren"), "factoren"
)  # what a count of this name counts; any other counts bevindingen
LANGSTE_LABEL = 100
IN_WOORDEN = {
    "afgeleid": "bevindingen waarvoor wij zelf de plaats in het kader kozen",
    "gedekt": "dimensies met een bevinding",
    "ongedekt": "dimensies zonder bevinding",
    "hoofdtekst": "dimensies volgens de hoofdtekst",
    "los": "bevindingen zonder dimensie",
    "succes": "gemeld als succes",
    "faal": "gemeld als faal",
    "gemengd": "gemengd gemeld",
}  # what a count is called in the ledger


@dataclass(frozen=True)
class Dimension:
    """One dimension. ``hoofdtekst`` is its number there, None where the body names no such dimension."""

    id: str
    kernfactor: str
    nummer: int
    hoofdtekst: int | None
    label: str
    verschil: str
    vindplaats: str


@dataclass(frozen=True)
class Factor:
    """A factor for success or failure. It belongs to more dimensions where these share a row."""

    id: str
    dimensies: tuple[str, ...]
    soort: str
    label: str
    vindplaats: str


@dataclass(frozen=True)
class NormFinding:
    """What the chapters report. ``dimensie`` is a kernfactor where the framework has no dimension for it.

    ``woord`` is the published word for how many of ``eenheid``, empty where the source gives none.
    """

    id: str
    dimensie: str
    toewijzing: str
    teneur: str
    label: str
    woord: str
    eenheid: str
    vindplaats: str


@dataclass(frozen=True)
class Normenkader:
    """The framework with the findings of the chapters, all in the order of the source."""

    meting: str
    dimensies: tuple[Dimension, ...]
    factoren: tuple[Factor, ...]
    bevindingen: tuple[NormFinding, ...]
    tabellen: tuple[SourceTable, SourceTable, SourceTable]

    def select_dimensions(self, kernfactor: str) -> tuple[Dimension, ...]:
        """Return the dimensions of one kernfactor. Raises NsocError for another word."""
        if kernfactor not in KERNFACTOREN:
            remedy = "Verbeter de parameter kernfactor in evaluatie.yml."
            raise unknown_value("het normenkader", kernfactor, KERNFACTOREN, remedy)
        return tuple(dimension for dimension in self.dimensies if dimension.kernfactor == kernfactor)

    def select_factors(self, place: str, soort: str) -> tuple[Factor, ...]:
        """Return the factors of a dimension, or of a whole kernfactor, each once."""
        return tuple(
            factor
            for factor in self.factoren
            if factor.soort == soort and any(_lies_in(dimension, place) for dimension in factor.dimensies)
        )

    def select_findings(self, dimension: str) -> tuple[NormFinding, ...]:
        """Return the findings on one dimension, or those on a kernfactor that fit no dimension."""
        return tuple(finding for finding in self.bevindingen if finding.dimensie == dimension)

    def uncovered(self, kernfactor: str) -> tuple[Dimension, ...]:
        """Return the dimensions on which these chapters report nothing."""
        return tuple(d for d in self.select_dimensions(kernfactor) if not self.select_findings(d.id))


def _lies_in(dimension: str, place: str) -> bool:
    return dimension == place or dimension.split("-", maxsplit=1)[0] == place


def build_normenkader(dimensies: SourceTable, factoren: SourceTable, bevindingen: SourceTable) -> Normenkader:
    """Check the three tables and return the framework, or raise one NsocError with row and column."""
    dimensions: list[Dimension] = []
    for row in read_rows(dimensies):
        dimensions.append(_build_dimension(row, [dimension.id for dimension in dimensions]))
    names = [dimension.id for dimension in dimensions]
    factors: list[Factor] = []
    for row in read_rows(factoren):
        factors.append(_build_factor(row, names, [factor.id for factor in factors]))
    findings: list[NormFinding] = []
    for row in read_rows(bevindingen):
        findings.append(_build_finding(row, names, [finding.id for finding in findings]))
    tables = (dimensies, factoren, bevindingen)
    return Normenkader(dimensies.meting, tuple(dimensions), tuple(factors), tuple(findings), tables)


def _build_dimension(row: SourceRow, earlier: list[str]) -> Dimension:
    kernfactor, number = row.choice("kernfactor", KERNFACTOREN), row.whole("nummer")
    name = row.once("dimensie", earlier, "elke naam een keer")
    if name != f"{kernfactor}-{number}":
        expected = "de kernfactor en het nummer in de bijlage, met een streepje ertussen"
        raise row.refuse("dimensie", expected, "Verbeter de naam, de kernfactor of het nummer.")
    body = row.whole("nummer_hoofdtekst")
    return Dimension(
        name, kernfactor, int(number or 0), body, _label(row), row.text("verschil"), row.filled("vindplaats")
    )


def _build_factor(row: SourceRow, dimensions: list[str], earlier: list[str]) -> Factor:
    row.filled("dimensie")
    places = row.choices("dimensie", dimensions)
    name, kind = row.once("factor", earlier, "elke naam een keer"), row.choice("soort", SOORTEN)
    if not re.fullmatch(rf"{places[0]}-{kind[0]}\d+", name):
        expected = f"{places[0]}, dan {kind[0]} en een nummer"
        raise row.refuse("factor", expected, "Verbeter de naam, de dimensie of de soort.")
    return Factor(name, places, kind, _label(row), row.filled("vindplaats"))


def _build_finding(row: SourceRow, dimensions: list[str], earlier: list[str]) -> NormFinding:
    name = row.once("bevinding", earlier, "elke naam een keer")
    place = row.choice("dimensie", [*dimensions, *KERNFACTOREN])
    found = row.filled("vindplaats")
    if f"§{row.filled('paragraaf')}," not in found:
        raise row.refuse("vindplaats", f"een plaats in §{row.text('paragraaf')}", "Verbeter paragraaf of vindplaats.")
    return NormFinding(
        name,
        place,
        row.choice("toewijzing", TOEWIJZINGEN),
        row.choice("teneur", TENEUREN),
        _label(row),
        _read_word(row),
        row.text("eenheid"),
        found,
    )


def _read_word(row: SourceRow) -> str:
    """Return the word for how many: on the scale for interviews, or as the source has it; not both."""
    on_scale, other = row.text("hoeveel"), row.text("ander_woord")
    word = read_quantifier(on_scale, row.place("hoeveel")).woord if on_scale else other
    if on_scale and other:
        raise row.refuse("ander_woord", "een woord in hoeveel of in ander_woord", "Haal een van beide weg.")
    if bool(word) != bool(row.text("eenheid")):
        expected = "waarvan dit een hoeveelheid is" if word else "niets, want er staat geen woord voor hoeveel"
        raise row.refuse("eenheid", expected, "Vul woord en eenheid allebei, of geen van beide.")
    return word


def _label(row: SourceRow) -> str:
    if len(row.filled("label")) > LANGSTE_LABEL:
        raise row.refuse("label", f"hoogstens {LANGSTE_LABEL} tekens", "Zeg het korter, in eigen woorden.")
    return row.text("label")


def count_place(normenkader: Normenkader, place: str) -> dict[str, Result]:
    """Count for a dimension, or for a whole kernfactor, its factors and findings of each kind.

    A finding on a kernfactor that fits no dimension counts for the kernfactor alone.
    """
    own = [f for f in normenkader.bevindingen if _lies_in(f.dimensie, place)]
    counts = {f"{soort}factoren": len(normenkader.select_factors(place, soort)) for soort in SOORTEN}
    counts |= {teneur: sum(finding.teneur == teneur for finding in own) for teneur in TENEUREN}
    counts |= {"bevindingen": len(own), "afgeleid": sum(f.toewijzing == AFGELEID for f in own)}
    if place in KERNFACTOREN:
        dimensions = normenkader.select_dimensions(place)
        counts["dimensies"] = len(dimensions)
        counts["hoofdtekst"] = len({d.hoofdtekst for d in dimensions} - {None})
        counts["gedekt"] = len(dimensions) - len(normenkader.uncovered(place))
        counts["los"] = len(normenkader.select_findings(place))
    return {name: _count_one(normenkader, f"{place}.{name}", value) for name, value in counts.items()}


def count_loose(normenkader: Normenkader, kernfactor: str) -> dict[str, Result]:
    """Count the findings on a kernfactor that fit no dimension, of each kind."""
    kinds = [finding.teneur for finding in normenkader.select_findings(kernfactor)]
    return {t: _count_one(normenkader, f"{kernfactor}.los.{t}", kinds.count(t)) for t in TENEUREN}


def count_normenkader(normenkader: Normenkader) -> dict[str, Result]:
    """Count over the whole framework: kernfactoren, dimensions in appendix and body, factors, findings."""
    per = [count_place(normenkader, kernfactor) for kernfactor in KERNFACTOREN]
    totals = {name: int(sum(counts[name].value for counts in per)) for name in per[0]}
    kernfactors = len({dimension.kernfactor for dimension in normenkader.dimensies})
    totals |= {
        "kernfactoren": kernfactors,
        "factoren": len(normenkader.factoren),
        "ongedekt": totals["dimensies"] - totals["gedekt"],
    }
    return {name: _count_one(normenkader, name, value) for name, value in totals.items()}


def _count_one(normenkader: Normenkader, name: str, value: int) -> Result:
    parts = name.split(".")
    unit = UNIT.get(parts[-1], "bevindingen")
    source = normenkader.tabellen[UNITS.index(unit)]
    words = ", ".join(IN_WOORDEN.get(part, part.replace("-", " ")) for part in parts)
    label = f"Normenkader: {words}"
    return Result(f"{normenkader.meting}.normenkader.{name}", label, value, unit, "herleid", source.dataset)
