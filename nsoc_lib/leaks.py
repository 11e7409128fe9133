"""A leak: something in a published file that the profile in force forbids and that a stranger can find or compute."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nsoc_lib.disclosure_profile import ALLE as EVERYBODY
from nsoc_lib.disclosure_profile import GROEP, DisclosureProfile
from nsoc_lib.feasible import Interval

# Where the piece stands without which nothing could be derived.
PERCENTAGE = "percentage en basis"
TOTAL = "totaal min delen"
ALL_BUT = "alle min alle zonder"
ROUNDS = "metingen naast elkaar"
DRAWING = "figuur"
ALT = "alternatieve tekst"
DOWNLOAD = "csv om op te halen"
HIDDEN = "verborgen html"
NOTEBOOK = "notebook"
WORD = "word"
PDF = "pdf"
ZIP = "deposit.zip"
LEDGER = "resultaten"
MICRODATA = "gegevens per persoon"
QUOTATION = "citaat"
# What forbids it: a key of onthulling.yml, or one of the two that hold under every profile.
SMALL_CELL, ZERO, SMALL_GROUP = "kleinste_cel", "nul_is_onthullend", "kleinste_groep"
DOMINANCE, UNANIMITY, SMALL_ROLE = "dominantie", "eensgezindheid", "kleinste_rol"
NO_MICRODATA, NO_QUOTATION = "gegevens per persoon", "citaat"


@dataclass(frozen=True, order=True)
class Leak:
    """One leak. ``what`` is a Dutch sentence that never repeats personal data.

    ``where`` is the file as a path from the published folder, an archive and what is in it apart by ``!``;
    ``derived`` holds the lowest and highest count that remain possible, empty when the leak is no count.
    """

    where: str
    channel: str
    what: str
    rule: str
    derived: tuple[int, int] | None = None

    @property
    def remedy(self) -> str:
        """What a researcher can do about it."""
        if self.rule == NO_MICRODATA:
            return "Haal dit uit het bestand, of uit het notebook dat het maakt."
        if self.rule in {NO_QUOTATION, SMALL_ROLE}:
            return "Haal het citaat of de aanduiding weg, of leg de vrijgave vast."
        return (
            "Verberg dit cijfer en wat nodig is om het verborgen te houden, of kies bij onthulling een ander profiel."
        )


def judge_counts(
    profile: DisclosureProfile, base: Interval | None, count: Interval | None, *, group: bool
) -> list[tuple[str, Interval]]:
    """Return the rules that a count of a base breaks, each with the people it tells about.

    An interval is what remains possible; a rule is broken only when every possibility breaks it. None means unknown.
    """
    found: list[tuple[str, Interval]] = []
    known = [each for each in (base, count) if each is not None]
    if base is not None and 0 < base.high < profile.kleinste_groep and any(each.low for each in known):
        found.append((SMALL_GROUP, min(known, key=lambda each: each.width)))
    kind = GROEP if group else EVERYBODY
    if base is not None and count is not None and _unanimous(base, count) and profile.forbids_unanimity(kind):
        found.append((UNANIMITY, count))
    cells = [each for each in (*known, _rest(base, count)) if each is not None]
    for cell in cells:
        if cell.low > 0 and profile.forbids_count(cell.high):
            found.append((SMALL_CELL, cell))
        if cell.high == 0 and profile.forbids_count(0) and base is not None and base.low:
            found.append((ZERO, cell))
    return found


def _unanimous(base: Interval, count: Interval) -> bool:
    return base.low > 0 and (count.high == 0 or (base.width == 0 and count.low == base.high))


def _rest(base: Interval | None, count: Interval | None) -> Interval | None:
    """Return how many of the base are not in the count, when the base is known to a person."""
    if base is None or count is None or base.width:
        return None
    return Interval(max(base.low - count.high, 0), base.high - count.low)


def possible_counts(percentage: float, base: int) -> Interval | None:
    """Return which counts of a base give a percentage; None when no count does.

    A percentage with more than one decimal is unrounded, and so is a whole one that some count gives exactly.

    >>> possible_counts(76, 25), possible_counts(98, 280), possible_counts(66.6666666666667, 4)
    (Interval(low=19, high=19), Interval(low=273, high=275), None)
    """
    exact = percentage * base / 100
    if abs(exact - round(exact)) < 1e-6 * max(base, 1):
        return Interval(round(exact), round(exact))
    decimals = next((d for d in (0, 1) if abs(percentage * 10**d - round(percentage * 10**d)) < 1e-9), None)
    if decimals is None:
        return None
    half = 0.5 / 10**decimals
    fits = [k for k in range(base + 1) if percentage - half - 1e-9 <= 100 * k / base < percentage + half + 1e-9]
    return Interval(fits[0], fits[-1]) if fits else None


def fitting_bases(percentage: float, most: int, tolerance: float = 0.0) -> list[tuple[int, int]]:
    """Return every count and base up to ``most`` people that give a percentage, within a tolerance in percents.

    >>> fitting_bases(66.7, 3, 0.1)
    [(2, 3)]
    """
    if tolerance:
        pairs = [(round(percentage * n / 100), n) for n in range(1, most + 1)]
        return [(k, n) for k, n in pairs if 0 <= k <= n and abs(100 * k / n - percentage) <= tolerance]
    found = [(possible_counts(percentage, n), n) for n in range(1, most + 1)]
    return [(k, n) for fit, n in found if fit is not None for k in range(fit.low, fit.high + 1)]


def sort_leaks(leaks: Iterable[Leak]) -> list[Leak]:
    """Return each leak once, in the order of file, channel, sentence and rule."""
    return sorted(set(leaks), key=lambda leak: (leak.where, leak.channel, leak.what, leak.rule, leak.derived or ()))
