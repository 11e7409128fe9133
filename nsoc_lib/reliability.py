"""How well measurements hang together: Cronbach's alpha of the items of a scale, Cohen's kappa of two codings.

Alpha answers a question only about items that were made to measure the same thing. A theme is a
chapter heading, no scale, and imitated answers carry no correlation at all: both are refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

MINSTE_ITEMS = 3
MINSTE_PERSONEN = 20


@dataclass(frozen=True)
class Reliability:
    """Cronbach's alpha of a scale with its interval.

    ``alpha``, ``low`` and ``high`` have no unit and are at most 1; below 0 means that items
    contradict each other. ``persons`` answered every item, ``incomplete`` did not and were left
    out. ``template`` is the Dutch sentence without digits for ``tell``; ``filling`` are the numbers and names it asks for.
    """

    alpha: float
    low: float
    high: float
    items: int
    persons: int
    incomplete: int
    template: str
    filling: Mapping[str, float | str]


@dataclass(frozen=True)
class NotReliable:
    """Alpha is not computed; ``reason`` is the Dutch sentence for the report."""

    reason: str


def score_reliability(
    items: pd.DataFrame, *, scale: str | None, provenance: str, confidence: float = 0.95
) -> Reliability | NotReliable:
    """Return alpha of the items of a declared scale, or why it is not computed.

    ``items`` has a row per person and a column per item with its numeric score, all in the same
    direction; a missing score takes the whole person out. ``scale`` is the name under which the
    codebook declares these items a scale, None when it does not. ``provenance`` is the herkomst.
    Alpha: Cronbach 1951, Psychometrika 16(3), 297-334. Interval: Feldt, Woodruff and Salih 1987,
    Applied Psychological Measurement 11(1), 93-103, formulas 6 and 7; it takes items to be normal
    and equally related, so at few answers read it as a rough margin. Raises ValueError for a
    column that is not numeric and for a confidence that does not lie between 0 and 1.
    """
    textual = [str(name) for name in items if not pd.api.types.is_numeric_dtype(items[name])]
    if textual:
        raise ValueError(f"items zonder getallen: {', '.join(textual)}; zet antwoorden eerst om naar scores")
    complete = items.dropna()
    reason = _reason_against(complete, scale, provenance)
    if reason:
        return NotReliable(reason)
    alpha = _alpha(complete)
    low, high = feldt_interval(alpha, complete.shape[1], len(complete), confidence)
    return Reliability(
        alpha=alpha,
        low=low,
        high=high,
        items=complete.shape[1],
        persons=len(complete),
        incomplete=len(items) - len(complete),
        template=_template(alpha),
        filling={
            "schaal": str(scale),
            "items": complete.shape[1],
            "personen": len(complete),
            "alfa": alpha,
            "laag": low,
            "hoog": high,
        },
    )


def feldt_interval(alpha: float, items: int, persons: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the limits around an alpha of so many items and persons, by the F distribution.

    Raises ValueError when confidence does not lie between 0 and 1, and for fewer than two items or persons.
    """
    from scipy.stats import f  # type: ignore[import-untyped]

    if not 0 < confidence < 1 or items < 2 or persons < 2:
        raise ValueError(f"geen marge voor {items} items, {persons} personen en betrouwbaarheid {confidence}")
    freedom = (persons - 1, (persons - 1) * (items - 1))
    low, high = (1 - (1 - alpha) * float(f.ppf((1 + side * confidence) / 2, *freedom)) for side in (1, -1))
    return low, high


def cohen_kappa(first: list[str], second: list[str]) -> float | None:
    """Return Cohen's kappa of two lists of codes (1960, Educational and Psychological Measurement 20, 37-46), unweighted.

    None when both use one and the same code throughout: agreement by chance is then complete.

    >>> round(cohen_kappa(["ja", "ja", "geen", "geen"], ["ja", "geen", "geen", "geen"]), 2)
    0.5
    """
    from statsmodels.stats.inter_rater import cohens_kappa  # type: ignore[import-untyped]

    codes = sorted({*first, *second})
    if len(codes) < 2:
        return None
    table = pd.crosstab(pd.Series(first), pd.Series(second)).reindex(index=codes, columns=codes, fill_value=0)
    return float(cohens_kappa(table.to_numpy(), return_results=False))


def _reason_against(complete: pd.DataFrame, scale: str | None, provenance: str) -> str:
    reasons = (
        (provenance == "gesimuleerd", "De antwoorden zijn nagebootst; hun onderlinge samenhang is verzonnen."),
        (not scale, "Het codeboek noemt deze stellingen geen schaal; een thema is een indeling, geen meetlat."),
        (complete.shape[1] < MINSTE_ITEMS, "De schaal heeft te weinig items om hun samenhang te beoordelen."),
        (
            len(complete) < MINSTE_PERSONEN,
            "Te weinig mensen beantwoordden alle items; de uitkomst hing van enkelen af.",
        ),
    )
    reason = next((reason for holds, reason in reasons if holds), "")
    if not reason and _constant(complete.sum(axis=1)):
        return "Iedereen komt op dezelfde totaalscore uit; zonder verschillen is er geen samenhang te berekenen."
    return reason


def _alpha(complete: pd.DataFrame) -> float:
    count = complete.shape[1]
    within, total = complete.var().sum(), complete.sum(axis=1).var()
    return float(count / (count - 1) * (1 - within / total))


def _constant(scores: pd.Series) -> bool:
    return bool(scores.min() == scores.max())


def _template(alpha: float) -> str:
    opening = (
        "De samenhang van de {items} items van {schaal} is {alfa} (Cronbachs alfa, marge {laag} tot {hoog}), "
        "over de {personen} mensen die alle items beantwoordden."
    )
    if alpha >= 0:
        return opening
    return f"{opening} Onder het nulpunt spreken items elkaar tegen: kijk na of er een omgekeerd is gesteld."
