"""The account of one result: how it came about, written out so that a reader can redo it by hand.

Nothing here is taken on trust: a formula is computed from the counts it prints, and a result that
differs from its own formula is refused.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from nsoc_lib.errors import NsocError
from nsoc_lib.expectation import HOUDT, HOUDT_NIET, NIET_TE_BEOORDELEN, Validation
from nsoc_lib.result import ONE_DECIMAL, PROCENT, Result, plain
from nsoc_lib.rounding import ROUNDED_APART, percentage_of_sum, round_half_up

MEANING = {
    "gepubliceerd": "het volgt rechtstreeks uit wat de bron afdrukt",
    "herleid": "wij hebben het afgeleid uit de bron, door te tellen, te rekenen of te lezen",
    "gesimuleerd": "het komt uit nagebootste antwoorden; daar zit niemand achter",
    "waargenomen": "het komt uit antwoorden die echt zijn gegeven",
}
CHECKS = "verwachtingen"
VERSIONED = re.compile(r"([\w-]+)@([0-9a-f]{12})")


@dataclass(frozen=True)
class Account:
    """One result with lines of a term and what there is to say about it, both Dutch and for a reader."""

    result: Result
    lines: tuple[tuple[str, str], ...]


def account_for(result: Result, known: Mapping[str, Result], validations: Sequence[Validation]) -> Account:
    """Return the account of a result; ``known`` are all results by id, to find the share it belongs to.

    ``validations`` are those of every table of the report; a result whose table was not validated
    says so. Raises NsocError when value, bounds or what is shown differ from the formula.
    """
    data, checks = _sources(result, validations)
    lines = [
        *([] if result.suppressed else _how(result, known)),
        ("Onthulling", _disclosure(result)),
        ("Herkomst", _provenance(result)),
        ("Gegevens", data),
        ("Getoetst", checks),
    ]
    return Account(result, tuple((term, words) for term, words in lines if words))


def _how(result: Result, known: Mapping[str, Result]) -> list[tuple[str, str]]:
    """Write out the arithmetic; of a number that may not be shown there is none to write."""
    return [
        ("Totstandkoming", _origin(result, known)),
        ("Afronding", _rounding(result)),
        ("Aantallen", _counts(result)),
        *_bounds(result),
        ("Zonder antwoord", _missing(result)),
    ]


def _disclosure(result: Result) -> str:
    """Say what was decided about a number that counts people; of another the provenance tells enough."""
    if result.suppressed:
        return f"niet getoond: {result.status_reden}"
    return result.status_reden if result.provenance == "waargenomen" else ""


def number_nl(value: float | Fraction) -> str:
    """Return a number with at most two decimals, a comma, halves up.

    >>> number_nl(84.0), number_nl(Fraction(2400, 26)), number_nl(-0.5)
    ('84', '92,31', '-0,5')
    """
    hundredths = math.floor(abs(Fraction(value)) * 100 + Fraction(1, 2))
    text = f"{hundredths // 100},{hundredths % 100:02d}".rstrip("0").rstrip(",")
    return f"-{text}" if value < 0 and hundredths else text


def _equals(value: Fraction) -> str:
    """Return the outcome of a formula; a sign of its own says that decimals were left out."""
    return f"{'=' if (value * 100).denominator == 1 else '≈'} {number_nl(value)}"


def _check(result: Result, found: float | None, formula: str, value: Fraction) -> str:
    if found is None or not math.isclose(found, float(value), rel_tol=1e-9, abs_tol=1e-9):
        raise NsocError(
            f"resultaat {result.id}",
            found=plain(found) or "geen waarde",
            expected=f"{formula} {_equals(value)}",
            remedy="Verbeter de functie in nsoc_lib die dit resultaat maakt; een getal gaat niet zonder kloppende formule.",
        )
    return f"{formula} {_equals(value)}"


def _is_share(result: Result) -> bool:
    return result.unit == PROCENT and result.count is not None and bool(result.n)


def _origin(result: Result, known: Mapping[str, Result]) -> str:
    if _is_share(result):
        k, n = int(result.count or 0), int(result.n or 0)
        return _check(result, result.value, f"100 × k / n = 100 × {k} / {n}", Fraction(100 * k, n))
    share, suffix = _share_of(result, known)
    if share is not None:
        return f"{_part_of_share(result, share, suffix)}; hoort bij “{share.label}”"
    place = enumerate_tables(result.dataset)
    if result.unit == CHECKS:
        return f"geteld bij het toetsen van {place}"
    if result.provenance == "gepubliceerd":
        return f"overgenomen uit de bron, vastgelegd bij {place} (eenheid: {result.unit})"
    return f"uitgerekend uit {place} (eenheid: {result.unit})"


def _part_of_share(result: Result, share: Result, suffix: str) -> str:
    """Write out what follows from k, n and N of a share, such as the most of those invited who agree."""
    k, n, population = int(share.count or 0), int(share.n or 0), share.population or 0
    most = k + population - n
    formulas = {
        "aantal": (f"k = {k}", k),
        "basis": (f"n = {n}", n),
        "genodigd": (f"N = {population}", population),
        "minstens": (f"k = {k}", k),
        "hoogstens": (f"k + N − n = {k} + {population} − {n} = {most}", most),
    }
    if suffix not in formulas:
        return f"uitgerekend uit de antwoorden (eenheid: {result.unit})"
    formula, value = formulas[suffix]
    if value != result.value:
        raise NsocError(
            f"resultaat {result.id}",
            found=plain(result.value),
            expected=f"{formula}, van {share.id}",
            remedy="Verbeter de functie in nsoc_lib die dit resultaat maakt.",
        )
    return formula


def _share_of(result: Result, known: Mapping[str, Result]) -> tuple[Result | None, str]:
    """Return the nearest result in whose id this one stands and that is a share, and the rest of the id."""
    steps = result.id.split(".")
    for length in range(len(steps) - 1, 1, -1):
        above = known.get(".".join(steps[:length]))
        if above is not None and _is_share(above) and above.provenance == result.provenance:
            return above, ".".join(steps[length:])
    return None, ""


def enumerate_tables(dataset: str) -> str:
    """Name the tables of a dataset, or the place in a source when it is no table.

    >>> enumerate_tables("groepen@dad9151a1361"), enumerate_tables("Regioplan §1.1")
    ('tabel groepen', 'Regioplan §1.1')
    """
    names = [name for name, _ in VERSIONED.findall(dataset)]
    return f"{'tabel' if len(names) == 1 else 'de tabellen'} {' en '.join(names)}" if names else dataset


def _rounding(result: Result) -> str:
    if result.counts_rounded:
        return f"{result.rounding} afgerond voordat er iets mee is gerekend; getoond als {result.shown}"
    if _is_share(result) and result.rounding == ROUNDED_APART and result.parts:
        n = int(result.n or 0)
        parts = [percentage_of_sum(part, n) for part in result.parts]
        each = ", ".join(f"100 × {part} / {n} wordt {whole}" for part, whole in zip(result.parts, parts, strict=True))
        words = f"elke antwoordcategorie apart afgerond en dan opgeteld: {each}; {' + '.join(map(str, parts))} = {sum(parts)}"
        return _checked_rounding(result, f"{sum(parts)}%", words)
    if _is_share(result):
        whole = f"{percentage_of_sum(int(result.count or 0), int(result.n or 0))}%"
        if result.rounding != ONE_DECIMAL:
            return _checked_rounding(result, whole, f"een keer afgerond, halven naar boven: {whole}")
    exact = number_nl(result.value)
    if result.shown.rstrip("%").replace(".", "") == exact:
        return "niet afgerond"
    if result.unit == PROCENT and result.rounding != ONE_DECIMAL and result.shown == f"{round_half_up(result.value)}%":
        return f"{exact} is afgerond op een heel percentage, halven naar boven: {result.shown}"
    return f"{plain(result.value).replace('.', ',')} is getoond als {result.shown}"


def _checked_rounding(result: Result, shown: str, words: str) -> str:
    if shown != result.shown:
        raise NsocError(
            f"resultaat {result.id}",
            found=result.shown,
            expected=f"{shown}, {words}",
            remedy="Verbeter de afronding van dit resultaat in nsoc_lib.",
        )
    return words


def _counts(result: Result) -> str:
    named = (
        ("k", result.count, "tellen mee"),
        ("n", result.n, "geldige antwoorden"),
        ("N", result.population, "genodigd"),
    )
    return ", ".join(f"{letter} = {value} ({words})" for letter, value, words in named if value is not None)


def _bounds(result: Result) -> list[tuple[str, str]]:
    """Write out the worst-case bounds: those without an answer all differ, or all agree."""
    if _is_share(result) and result.population and not result.counts_rounded:
        k, n, population = int(result.count or 0), int(result.n or 0), result.population
        least, most = Fraction(100 * k, population), Fraction(100 * (k + population - n), population)
        summed = f"100 × (k + N − n) / N = 100 × ({k} + {population} − {n}) / {population}"
        low = _check(result, result.low, f"100 × k / N = 100 × {k} / {population}", least)
        high = _check(result, result.high, summed, most)
        return [
            ("Ondergrens", f"{low}, als van wie niet antwoordde niemand meetelt"),
            ("Bovengrens", f"{high}, als van wie niet antwoordde iedereen meetelt"),
        ]
    bounds = (("Ondergrens", result.low), ("Bovengrens", result.high))
    return [(name, number_nl(value)) for name, value in bounds if value is not None]


def _provenance(result: Result) -> str:
    if result.unit == CHECKS:  # a count of ours, about a table with this provenance
        return f"eigen telling; de getoetste tabel is {result.provenance}"
    return ": ".join(filter(None, (result.provenance, MEANING.get(result.provenance))))


def _missing(result: Result) -> str:
    kinds = ", ".join(f"{kind} {count}" for kind, count in result.missing)
    if result.population is None or result.n is None or result.counts_rounded:
        return kinds
    total = f"N − n = {result.population} − {result.n} = {result.population - result.n}"
    return f"{total}: {kinds}" if kinds else f"{total}; de soorten zijn niet vastgelegd"


def _sources(result: Result, validations: Sequence[Validation]) -> tuple[str, str]:
    """Return which data a result stands on and how those were validated, every table of it."""
    versions = VERSIONED.findall(result.dataset)
    if versions:
        data = "; ".join(f"tabel {name}, kenmerk {version}" for name, version in versions)
        checks = [_of_table(f"{name}@{version}", validations) for name, version in versions]
        return data, "; ".join(checks)
    of_folder = [validation for validation in validations if validation.meting == result.dataset]
    if of_folder:
        return f"alle tabellen van {result.dataset}", f"{len(of_folder)} tabellen: {_outcomes(of_folder)}"
    return result.dataset, "hier hoort geen getoetste tabel bij"


def _of_table(dataset: str, validations: Sequence[Validation]) -> str:
    found = [validation for validation in validations if validation.dataset == dataset]
    name = dataset.partition("@")[0]
    return f"suite {name}: {_outcomes(found[:1])}" if found else f"tabel {name} is niet getoetst"


def _outcomes(validations: Sequence[Validation]) -> str:
    outcomes = [outcome.uitkomst for validation in validations for outcome in validation.uitkomsten]
    held = outcomes.count(HOUDT)
    ran = "1 verwachting" if len(outcomes) == 1 else f"{len(outcomes)} verwachtingen"
    if held == len(outcomes):
        return f"{ran}, {'die klopt' if held == 1 else 'alle kloppen'}, geen waarschuwingen"
    counts = ", ".join(f"{outcomes.count(kind)} {kind}" for kind in (HOUDT, HOUDT_NIET, NIET_TE_BEOORDELEN))
    return f"{ran}: {counts}; waarschuwingen: {len(outcomes) - held}"
