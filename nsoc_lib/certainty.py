"""How sure a figure is: bounds and intervals side by side, and what cannot be computed at all.

Everything here is for the chapter that explains certainty. Other chapters show counts and
worst-case bounds only: those who were invited were chosen by hand.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from nsoc_lib.granularity import PrintedShare, expect_by_chance, explain_table, fits_elsewhere, reach
from nsoc_lib.intervals import HYPERGEOMETRISCH, WILSON, Interval, coverage, hypergeometric_range, intervals_of
from nsoc_lib.prose import Filling, Shown, indicate, refuse, show_all, tell
from nsoc_lib.reliability import NotReliable, score_reliability
from nsoc_lib.result import NO_BOUNDS, PROCENT, Result
from nsoc_lib.rounding import ROUNDED_ONCE
from nsoc_lib.rounds import Change
from nsoc_lib.scales import MeasuringScale
from nsoc_lib.shares import Agreement, protect_agreement, share_agreeing, slug
from nsoc_lib.source_rows import SourceTable
from nsoc_lib.survey import Survey
from nsoc_lib.tables import NOTHING, Row, Table
from nsoc_lib.tabulate import SIMULATED_NOTE

CONFIDENCE = 0.95
BOUNDS_NOTE = (
    "De eerste grenzen gelden zonder aanname. Die bij een toevallige greep gaan ook over de genodigden, in personen. Die "
    "van Wilson gaan over een grotere groep waaruit de genodigden toevallig gekozen zouden zijn; dat waren zij niet."
)
UNREACHED_NOTE = (
    "Niet bereikbaar onder de gedrukte bases betekent niet dat het percentage fout is: de figuren zelf staan niet in de "
    "tekst, en welke stelling bij welke figuur hoort is bij afgeleid niet zeker."
)


def select_agreement(survey: Survey, stelling: str) -> Agreement:
    """Return the share that agrees with one statement. Raises NsocError for an unknown statement."""
    return protect_agreement(survey, survey.codeboek.select_stelling(stelling))


def tabulate_methods(survey: Survey, stelling: str) -> Table:
    """Return every way to state how sure one share is, each with what one must be willing to assume."""
    agreement = select_agreement(survey, stelling)
    eens = agreement.eens
    rows: list[Row] = [
        (
            "Zonder aanname",
            (eens.minstens, " tot ", eens.hoogstens, " van ", eens.genodigd),
            "Niets: wie niet antwoordde kan het eens of oneens zijn.",
        )
    ]
    intervals = intervals_of(agreement.share, CONFIDENCE)
    rows += [(_method_name(interval), _limits(eens, interval), interval.claim) for interval in intervals]
    return Table(
        key=f"tabel-{survey.meting}-methoden",
        bijschrift=f"Hoe zeker is “{agreement.stelling.kort}”? Grenzen en wat zij vragen aan te nemen.",
        koppen=("Manier", "Grenzen", "Wat u dan aanneemt"),
        rijen=tuple(rows),
        noten=() if survey.waargenomen else (SIMULATED_NOTE,),
    )


def state_confidence(survey: Survey) -> tuple[Result, Result]:
    """Return the confidence of the intervals, and the least coverage of Wilson's at the usual base, as results."""
    agreements = [a for thema in survey.codeboek.themas for a in share_agreeing(survey, thema)]
    bases = sorted(a.eens.n for a in agreements if a.eens.n)
    usual = bases[len(bases) // 2] if bases else survey.genodigd
    values = {
        "betrouwbaarheid": 100 * CONFIDENCE,
        "dekking-wilson": coverage(WILSON, usual, confidence=CONFIDENCE).minimum,
    }
    level, least = (
        Result(f"{survey.meting}.zekerheid.{name}", name, value, PROCENT, "herleid", survey.dataset)
        for name, value in values.items()
    )
    return level, least


def _method_name(interval: Interval) -> str:
    return "Hypergeometrisch" if interval.method == HYPERGEOMETRISCH else interval.method


def _limits(eens: Result, interval: Interval) -> tuple[Filling, ...]:
    """Return the limits as results: people of the invited, or percentages of a larger group."""
    if interval.method == HYPERGEOMETRISCH:
        hidden = eens.suppressed or eens.counts_rounded  # _limit shows nothing then
        counts = (eens.count or 0, eens.n or 0, eens.population or 0)
        low, high = (0, 0) if hidden else hypergeometric_range(*counts, CONFIDENCE)
        return (
            _limit(eens, interval, "laag", low, "personen"),
            " tot ",
            _limit(eens, interval, "hoog", high, "personen"),
            " van ",
            eens.genodigd,
        )
    return (
        _limit(eens, interval, "laag", interval.low, PROCENT),
        " tot ",
        _limit(eens, interval, "hoog", interval.high, PROCENT),
    )


def _limit(eens: Result, interval: Interval, side: str, value: float, unit: str) -> Result:
    """Return one limit; from a limit the exact count follows, so it is hidden where that count is."""
    limit = Result(
        id=f"{eens.id}.{slug(interval.method)}.{side}",
        label=f"{eens.label}: {interval.method}, {side}",
        value=value,
        unit=unit,
        provenance=eens.provenance,
        dataset=eens.dataset,
        rounding=ROUNDED_ONCE if unit == PROCENT else "geen",
        status=eens.status,
        status_reden=eens.status_reden,
    )
    if eens.suppressed:
        return limit.suppress(eens.status_reden)
    return limit.suppress(NO_BOUNDS) if eens.counts_rounded else limit


def tabulate_certainty(survey: Survey) -> Table:
    """Return all statements with bounds, the range under a chance draw, and Wilson's interval."""
    rows: list[Row] = []
    for thema in survey.codeboek.themas:
        for agreement in share_agreeing(survey, thema):
            eens = agreement.eens
            by_method = {interval.method: interval for interval in intervals_of(agreement.share, CONFIDENCE)}
            bounds = (eens.minstens, " tot ", eens.hoogstens)
            counts = (eens.aantal, " van ", eens.basis)
            chance = _limits(eens, by_method[HYPERGEOMETRISCH])[:3]
            rows.append((agreement.stelling.kort, eens, counts, bounds, chance, _limits(eens, by_method[WILSON])))
    return Table(
        key=f"tabel-{survey.meting}-zekerheid",
        bijschrift="Elke stelling met haar grenzen, van minder naar meer aannames.",
        koppen=("Stelling", "Eens", "Aantal", "Zeker van de genodigden", "Bij een toevallige greep", "Wilson"),
        rijen=tuple(rows),
        noten=(BOUNDS_NOTE, *(() if survey.waargenomen else (SIMULATED_NOTE,))),
    )


def tell_reliability(survey: Survey) -> Shown:
    """Return a paragraph per declared scale with its alpha, or the reason why none is computed."""
    scales = survey.codeboek.meetschalen
    if not scales:
        outcome = score_reliability(pd.DataFrame(), scale=None, provenance=survey.opgave.herkomst)
        reason = outcome.reason if isinstance(outcome, NotReliable) else ""
        return refuse("De samenhang binnen de thema’s (Cronbachs alfa)", reason)
    return show_all(*(_tell_scale(survey, scale) for scale in scales))


def _tell_scale(survey: Survey, scale: MeasuringScale) -> Shown:
    outcome = score_reliability(score_items(survey, scale), scale=scale.titel, provenance=survey.opgave.herkomst)
    if isinstance(outcome, NotReliable):
        return refuse(f"De betrouwbaarheid van de schaal {scale.titel}", outcome.reason)
    base = f"{survey.meting}.{survey.codeboek.instrument}.schaal.{scale.id}"
    return tell(outcome.template, **_as_results(outcome.filling, base, survey.opgave.herkomst, survey.dataset))


def score_items(survey: Survey, scale: MeasuringScale) -> pd.DataFrame:
    """Return a row per person and a column per item: the place on its scale, high meaning favourable."""
    columns = {}
    for stelling in scale.stellingen:
        asked = survey.codeboek.select_stelling(stelling)
        answers = survey.antwoorden.loc[survey.antwoorden["stelling"] == stelling].set_index("respondent")["antwoord"]
        labels = survey.codeboek.scale_of(asked)
        places = labels.labels if asked.richting == "positief" else labels.labels[::-1]
        order = {label: place for place, label in enumerate(places, 1) if label not in labels.weet_niet}
        columns[stelling] = answers.astype(object).map(order).astype("Float64")
    return pd.DataFrame(columns)


def change_results(change: Change, base: str, label: str, provenance: str, dataset: str) -> dict[str, Filling]:
    """Return what a comparison found by name, as results: its numbers, and its bounds ``laag`` and ``hoog``.

    ``base`` begins with the later round: ``meting-3.vergelijking.meting-1.huisvesting``. The names of both rounds are indications: a digit in them counts nothing.
    """
    limits = {name: limit for name, limit in (("laag", change.low), ("hoog", change.high)) if limit is not None}
    filled: dict[str, Filling] = {}
    for name, value in (dict(change.filling) | limits).items():
        if isinstance(value, str):
            filled[name] = indicate(value)
            continue
        unit = "kans" if name == "kans" else "personen" if isinstance(value, int) else "procentpunt"
        words = f"{label}: {name.replace('_', ' ')}"
        filled[name] = Result(f"{base}.{slug(name)}", words, value, unit, provenance, dataset)
    return filled


def _as_results(values: Mapping[str, float | str], base: str, provenance: str, dataset: str) -> dict[str, Filling]:
    """Turn the numbers of a template into results of the ledger; words stay words."""
    filled: dict[str, Filling] = {}
    for name, value in values.items():
        if isinstance(value, str):
            filled[name] = value
            continue
        filled[name] = Result(f"{base}.{slug(name)}", name.replace("_", " "), value, "getal", provenance, dataset)
    return filled


def printed_shares(table: SourceTable) -> list[PrintedShare]:
    """Return the percentages of a transcribed table with the bases that their figure prints."""
    return [
        PrintedShare(str(row["stelling"]), str(row["percentage"]), tuple(int(b) for b in str(row["bases"]).split()))
        for row in table.rijen.to_dict("records")
    ]


def tabulate_conventions(table: SourceTable) -> Table:
    """Return per rounding convention how many published percentages it reaches, and by chance."""
    shares = printed_shares(table)
    rows: list[Row] = []
    for explanation in explain_table(shares):
        reached, total, chance = (
            Result(
                id=f"{table.meting}.korrel.{slug(explanation.convention)}.{slug(name)}",
                label=f"{explanation.convention}: {name}",
                value=value,
                unit=unit,
                provenance="herleid",
                dataset=table.dataset,
            )
            for name, value, unit in (
                ("bereikt", explanation.reached, "percentages"),
                ("totaal", explanation.total, "percentages"),
                ("bij toeval", float(expect_by_chance(shares, explanation.convention)), "verwacht aantal"),
            )
        )
        rows.append((indicate(explanation.convention.capitalize()), (reached, " van ", total), chance))
    return Table(
        key=f"tabel-{table.meting}-korrel",
        bijschrift="Hoeveel gepubliceerde percentages een afspraak over afronden verklaart.",
        koppen=("Afspraak", "Verklaart", "Te verwachten bij willekeurige percentages"),
        rijen=tuple(rows),
        noten=("Een afspraak die ook bijna elk willekeurig percentage verklaart, zegt weinig.",),
    )


def tabulate_unreached(table: SourceTable, survey: Survey) -> Table:
    """Return the published percentages that are no share of a printed base, and what would fit elsewhere."""
    records = table.rijen.to_dict("records")
    bases = {str(row["figuur"]): [int(base) for base in str(row["bases"]).split()] for row in records}
    rows: list[Row] = []
    for row in records:
        own = bases[str(row["figuur"])]
        found = reach(str(row["percentage"]), own)
        if found.plain:
            continue
        others = sorted({base for figure in bases.values() for base in figure} - set(own))
        fits = [
            f"{count} van {fit.base}" for fit in fits_elsewhere(str(row["percentage"]), others) for count in fit.counts
        ]
        stelling = survey.codeboek.select_stelling(str(row["stelling"]))
        published = select_agreement(survey, stelling.id).eens
        rows.append(
            (
                stelling.kort,
                Result(f"{published.id}.gepubliceerd", f"{published.label} (gepubliceerd)", int(row["percentage"]),
                       PROCENT, table.herkomst, table.dataset),
                indicate(f"{', '.join(map(str, own))} (figuur {row['figuur']}, {row['toewijzing']})"),
                found.verdict,
                indicate(", ".join(fits)) if fits else NOTHING,
            )
        )  # fmt: skip
    return Table(
        key=f"tabel-{table.meting}-onbereikbaar",
        bijschrift="Percentages die geen aandeel zijn op een van de gedrukte bases.",
        koppen=(
            "Stelling",
            "Gepubliceerd",
            "Gedrukte bases",
            "Wat wel past",
            "Past op een basis van een andere figuur",
        ),
        rijen=tuple(rows),
        noten=(UNREACHED_NOTE,),
    )
