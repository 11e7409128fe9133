"""Comparison of two rounds or two groups, decided by a declared design and never by default.

Only the researchers know who answered twice. They declare it; the declared design picks the one
comparison it can carry, or the Dutch sentence why there is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nsoc_lib.shares import Share

GEKOPPELD = "gekoppeld"
ZELFDE_POPULATIE = "zelfde populatie"
GESCHEIDEN = "gescheiden"
NIET_VERGELIJKBAAR = "niet vergelijkbaar"
OPZETTEN = (GEKOPPELD, ZELFDE_POPULATIE, GESCHEIDEN, NIET_VERGELIJKBAAR)

CLAIMS = {
    GEKOPPELD: (
        "De kans zegt hoe vaak toeval alleen een minstens zo scheve verdeling geeft, als wie van antwoord "
        "verandert even makkelijk de ene als de andere kant op gaat. Over wie maar een keer meedeed zegt zij niets."
    ),
    ZELFDE_POPULATIE: "Dit vraagt geen aanname over wie zweeg, alleen dat beide keren dezelfde mensen zijn uitgenodigd.",
    GESCHEIDEN: (
        "Wie deze marge gebruikt neemt aan dat beide groepen toevallige grepen zijn uit veel grotere groepen, "
        "en spreekt over die groepen, niet over wie is uitgenodigd."
    ),
}


@dataclass(frozen=True)
class Design:
    """What the researchers declare about two rounds or groups.

    ``opzet`` is one of OPZETTEN. ``reden`` is the Dutch sentence why nothing can be compared,
    needed for "niet vergelijkbaar". ``toestemming`` is where consent to link answers is recorded,
    empty when it is not. Raises ValueError for an unknown design or a missing reason.
    """

    opzet: str
    reden: str = ""
    toestemming: str = ""

    def __post_init__(self) -> None:
        if self.opzet not in OPZETTEN:
            raise ValueError(f'onbekende opzet "{self.opzet}"; kies uit {", ".join(OPZETTEN)}')
        if self.opzet == NIET_VERGELIJKBAAR and not self.reden.strip():
            raise ValueError("wat niet vergelijkbaar is vraagt een reden, als zin voor de lezer")


@dataclass(frozen=True)
class Round:
    """One side of a comparison: what one round, or one group in it, answered to one statement.

    ``share`` is missing when the round gave no percentage (interviews only). ``groep`` is empty
    for everybody. ``antwoorden`` says per linked person whether they agree; a person without a
    valid answer is left out, and it is empty when answers are not linked. Raises ValueError when
    answers and share contradict each other.
    """

    evaluatie: str
    naam: str
    stelling: str
    share: Share | None
    herkomst: str
    groep: str = ""
    antwoorden: Mapping[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        counted = (sum(self.antwoorden.values()), len(self.antwoorden))
        if self.antwoorden and (self.share is None or counted != (self.share.count, self.share.n)):
            raise ValueError(f"{self.naam}: {counted[0]} van {counted[1]} per persoon is niet het aandeel {self.share}")


@dataclass(frozen=True)
class NoComparison:
    """There is no comparison; ``reason`` is the Dutch sentence for the report."""

    reason: str


@dataclass(frozen=True)
class Change:
    """What may be said about two rounds or groups, second minus first.

    ``low`` and ``high`` are in ``unit``: bounds of the change in people ("personen") for the same
    population, limits in percentage points ("procentpunt") for separate groups, missing when linked.
    ``template`` is the Dutch sentence without digits for ``tell``; ``filling`` are the numbers and names it asks for.
    """

    design: str
    outcome: str
    unit: str
    claim: str
    template: str
    filling: Mapping[str, float | str]
    low: float | None = None
    high: float | None = None


def compare_rounds(
    first: Round, second: Round, design: Design, *, minimum: int, confidence: float = 0.95
) -> Change | NoComparison:
    """Return the one comparison that the declared design can carry, or why there is none.

    ``minimum`` is the smallest number of answers, of linked people and of people outside the link
    that may be shown (disclosure). Linked: counts both ways and exact McNemar (McNemar 1947,
    Psychometrika 12, in its binomial form). Same population: worst-case bounds of both rounds
    subtracted, in people. Separate groups: Newcombe's hybrid score interval (Newcombe 1998,
    Statistics in Medicine 17, 873-890, method 10).
    """
    reason = _reason_against(first, second, design, minimum)
    if reason or first.share is None or second.share is None:
        return NoComparison(reason)
    if design.opzet == GEKOPPELD:
        return _compare_linked(first, second)
    if design.opzet == ZELFDE_POPULATIE:
        return _compare_bounds((first.naam, first.share), (second.naam, second.share))
    names = (first.groep or first.naam, second.groep or second.naam)
    return _compare_groups((names[0], first.share), (names[1], second.share), confidence)


def _reason_against(first: Round, second: Round, design: Design, minimum: int) -> str:
    """Return the first reason not to compare, empty when there is none."""
    shares = [side.share for side in (first, second) if side.share]
    linked = len(first.antwoorden.keys() & second.antwoorden.keys())
    apart = [len(side.antwoorden) - linked for side in (first, second)]
    pairs, same, separate = (design.opzet == opzet for opzet in (GEKOPPELD, ZELFDE_POPULATIE, GESCHEIDEN))
    simulated = "gesimuleerd" in (first.herkomst, second.herkomst)
    reasons = (
        (first.evaluatie != second.evaluatie,
         "Het zijn verschillende evaluaties; cijfers daaruit worden nooit met elkaar vergeleken."),
        (design.opzet == NIET_VERGELIJKBAAR, design.reden),
        (len(shares) < len((first, second)),
         "Een van de metingen leverde geen aandelen op, dus er is niets om te vergelijken."),
        (first.stelling != second.stelling, "De metingen stelden niet dezelfde vraag."),
        (pairs and not design.toestemming.strip(),
         "Nergens is vastgelegd dat de deelnemers toestemming gaven om hun antwoorden te koppelen."),
        (simulated and (pairs or bool(first.groep or second.groep)),
         "De antwoorden zijn nagebootst; wie wat antwoordde is nooit gepubliceerd."),
        (pairs and not linked, "Niemand is in beide metingen terug te vinden; er is niets gekoppeld."),
        (same and (first.groep != second.groep or len({share.population for share in shares}) > 1),
         "De genodigden zijn niet beide keren dezelfde groep, dus het is niet dezelfde populatie."),
        (separate and linked > 0, "Dezelfde mensen staan aan beide kanten, dus de groepen zijn niet gescheiden."),
        (any(share.n < minimum for share in shares),
         "Een van de groepen is zo klein dat iemands antwoord te herleiden zou zijn."),
        (pairs and (linked < minimum or any(0 < rest < minimum for rest in apart)),
         "Zo weinig mensen deden beide keren mee, of juist niet, dat iemands antwoord te herleiden zou zijn."),
    )  # fmt: skip
    return next((reason for holds, reason in reasons if holds), "")


def _compare_linked(first: Round, second: Round) -> Change:
    from statsmodels.stats.contingency_tables import mcnemar  # type: ignore[import-untyped]

    persons = first.antwoorden.keys() & second.antwoorden.keys()
    pairs = [(bool(first.antwoorden[person]), bool(second.antwoorden[person])) for person in persons]
    gained, lost = pairs.count((False, True)), pairs.count((True, False))
    both, neither = pairs.count((True, True)), pairs.count((False, False))
    chance = float(mcnemar([[both, lost], [gained, neither]], exact=True).pvalue)
    return Change(
        design=GEKOPPELD,
        outcome=f"per saldo {'toegenomen' if gained > lost else 'afgenomen' if gained < lost else 'gelijk gebleven'}",
        unit="personen",
        claim=CLAIMS[GEKOPPELD],
        template=(
            "Van de {gekoppeld} mensen die bij {eerste} en bij {tweede} antwoordden gingen er {erbij} van niet eens "
            "naar eens en {eraf} van eens naar niet eens; {gebleven} bleven waar zij waren. De kans dat toeval alleen "
            "een minstens zo scheve verdeling geeft is {kans}."
        ),
        filling={
            "gekoppeld": len(pairs),
            "eerste": first.naam,
            "tweede": second.naam,
            "erbij": gained,
            "eraf": lost,
            "gebleven": both + neither,
            "kans": chance,
        },
    )


def _compare_bounds(first: tuple[str, Share], second: tuple[str, Share]) -> Change:
    (first_name, before), (second_name, after) = first, second
    most_before, most_after = (share.count + share.population - share.n for share in (before, after))
    low, high = after.count - most_before, most_after - before.count
    outcome, ending = _certainty(low, high)
    return Change(
        design=ZELFDE_POPULATIE,
        outcome=outcome,
        unit="personen",
        claim=CLAIMS[ZELFDE_POPULATIE],
        template=(
            "Bij {eerste} waren zeker {eerste_minstens} tot {eerste_hoogstens} van de {genodigd} genodigden het eens, "
            f"bij {{tweede}} zeker {{tweede_minstens}} tot {{tweede_hoogstens}}. {ending}"
        ),
        filling={
            "eerste": first_name,
            "tweede": second_name,
            "genodigd": before.population,
            "eerste_minstens": before.count,
            "eerste_hoogstens": most_before,
            "tweede_minstens": after.count,
            "tweede_hoogstens": most_after,
            "daling": -low,
            "stijging": high,
            "minste": max(low, -high, 0),
            "meeste": max(-low, high, 0),
        },
        low=low,
        high=high,
    )


def _certainty(low: int, high: int) -> tuple[str, str]:
    """Return outcome and closing sentence for a change of ``low`` to ``high`` people."""
    if low > 0:
        return "zeker toegenomen", "Het aantal is zeker toegenomen, met ten minste {minste} en ten hoogste {meeste}."
    if high < 0:
        return "zeker afgenomen", "Het aantal is zeker afgenomen, met ten minste {minste} en ten hoogste {meeste}."
    if low == high == 0:
        return "zeker gelijk gebleven", "Het aantal is zeker gelijk gebleven."
    if 0 in (low, high):
        way = "{stijging} toegenomen" if low == 0 else "{daling} afgenomen"
        return "niet te zeggen", f"Het aantal is gelijk gebleven of met ten hoogste {way}."
    return "niet te zeggen", "Of het aantal toe- of afnam is niet te zeggen: {daling} minder tot {stijging} meer kan."


def _compare_groups(first: tuple[str, Share], second: tuple[str, Share], confidence: float) -> Change:
    (first_name, before), (second_name, after) = first, second
    low, high = newcombe(before, after, confidence)
    found = low > 0 or high < 0
    return Change(
        design=GESCHEIDEN,
        outcome="verschil" if found else "geen verschil aan te tonen",
        unit="procentpunt",
        claim=CLAIMS[GESCHEIDEN],
        template=(
            "Bij {eerste} waren {eerste_aantal} van {eerste_basis} het eens, bij {tweede} {tweede_aantal} van "
            "{tweede_basis}: een verschil van {verschil} procentpunt, met een marge van {laag} tot {hoog}. "
            f"Dat er geen verschil is past daar {'niet' if found else 'ook'} bij."
        ),
        filling={
            "eerste": first_name,
            "tweede": second_name,
            "eerste_aantal": before.count,
            "eerste_basis": before.n,
            "tweede_aantal": after.count,
            "tweede_basis": after.n,
            "verschil": after.percentage - before.percentage,
            "laag": low,
            "hoog": high,
        },
        low=low,
        high=high,
    )


def newcombe(first: Share, second: Share, confidence: float = 0.95) -> tuple[float, float]:
    """Return Newcombe's interval for second minus first, in percentage points (-100 to 100).

    Method 10 of Newcombe 1998 (hybrid of two Wilson intervals, no correction), by statsmodels.
    Raises ValueError when confidence does not lie between 0 and 1.
    """
    from statsmodels.stats.proportion import confint_proportions_2indep  # type: ignore[import-untyped]

    if not 0 < confidence < 1:
        raise ValueError(f"betrouwbaarheid {confidence} ligt niet tussen 0 en 1")
    low, high = confint_proportions_2indep(
        second.count, second.n, first.count, first.n, method="newcomb", compare="diff", alpha=1 - confidence
    )
    return 100 * float(low), 100 * float(high)
