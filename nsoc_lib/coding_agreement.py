"""Whether coders who worked apart gave the same fragments the same codes.

That question belongs to a code book that was fixed beforehand. Where codes grew out of the answers, the
coders made the categories while they read; a figure of agreement would then measure something else.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from nsoc_lib.codings import INDUCTIEF, NIET_WAARGENOMEN, Codings
from nsoc_lib.prose import Shown, refuse, tell
from nsoc_lib.reliability import cohen_kappa
from nsoc_lib.result import Result

MINSTE_FRAGMENTEN = 20
GEEN_CODERINGEN = "Er zijn geen coderingen aangeleverd, ook niet van een tweede codeur."
BIJ_INDUCTIEF = (
    "De codes ontstonden uit de antwoorden zelf. Overeenstemming tussen codeurs vraagt een codeboek dat vooraf vaststond; "
    "anders meet zij iets anders dan zij lijkt te meten."
)


@dataclass(frozen=True)
class Agreement:
    """Kappa over ``fragments`` that each of ``coders`` gave one code; ``incomplete`` fragments lack a coder.

    Kappa is 1 when all agree and 0 when agreement is what chance would give. ``observed`` is the
    share of pairs of coders, over all fragments, who gave the same code.
    """

    kappa: float
    observed: float
    method: str
    coders: int
    fragments: int
    incomplete: int


@dataclass(frozen=True)
class NoAgreement:
    """Kappa is not computed; ``reason`` is the Dutch sentence for the report."""

    reason: str


def score_agreement(codings: Codings) -> Agreement | NoAgreement:
    """Return the agreement between coders over the codes of now, or why it is not computed.

    Two coders: Cohen 1960, Educational and Psychological Measurement 20, 37-46. More coders: Fleiss
    1971, Psychological Bulletin 76, 378-382. Both by statsmodels. A fragment counts when every coder
    gave it a code; one that somebody gave several codes cannot be judged this way.
    """
    given = [(coding.unit, coding.codeur, coding.code) for coding in codings.coderingen]
    frame = pd.DataFrame(given, columns=["fragment", "codeur", "code"]).drop_duplicates()
    several = bool(frame.duplicated(["fragment", "codeur"]).any())
    wide = frame.drop_duplicates(["fragment", "codeur"]).pivot_table(
        index="fragment", columns="codeur", values="code", aggfunc="first"
    )
    complete = wide.dropna()
    reason = _reason_against(codings, complete, several=several)
    if reason:
        return NoAgreement(reason)
    kappa, observed, method = _kappa(complete)
    return Agreement(kappa, observed, method, complete.shape[1], len(complete), len(wide) - len(complete))


def _reason_against(codings: Codings, complete: pd.DataFrame, *, several: bool) -> str:
    reasons = (
        (codings.codeboek.soort == INDUCTIEF, BIJ_INDUCTIEF),
        (codings.herkomst != "waargenomen", NIET_WAARGENOMEN),
        (complete.shape[1] < 2, "Dezelfde antwoorden zijn maar door een persoon gecodeerd."),
        (several, "Een codeur gaf een fragment meer dan een code; deze maat vraagt er een per fragment."),
        (len(complete) < MINSTE_FRAGMENTEN, "Te weinig fragmenten zijn door iedere codeur gecodeerd."),
        (len(_codes_in(complete)) < 2, "Alle fragmenten kregen dezelfde code; dan zegt overeenstemming niets."),
    )
    return next((reason for holds, reason in reasons if holds), "")


def _codes_in(complete: pd.DataFrame) -> list[str]:
    return sorted({str(code) for code in complete.to_numpy().ravel()})


def _kappa(complete: pd.DataFrame) -> tuple[float, float, str]:
    from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa  # type: ignore[import-untyped]

    codes = _codes_in(complete)
    numbers = complete.apply(lambda column: column.map({code: n for n, code in enumerate(codes)}))
    counts, _ = aggregate_raters(numbers.to_numpy(dtype=int), n_cat=len(codes))
    coders = complete.shape[1]
    observed = float(((counts**2).sum(axis=1) - coders).mean() / (coders * (coders - 1)))
    if coders > 2:
        return float(fleiss_kappa(counts)), observed, "Fleiss"
    kappa = cohen_kappa(*(list(complete[name]) for name in complete))
    assert kappa is not None  # more than one code was given
    return kappa, observed, "Cohen"


def tell_agreement(codings: Codings | None) -> Shown:
    """Tell how far coders agreed, or refuse with the reason."""
    outcome = score_agreement(codings) if codings else NoAgreement(GEEN_CODERINGEN)
    if codings is None or isinstance(outcome, NoAgreement):
        return refuse("Overeenstemming tussen codeurs", outcome.reason if isinstance(outcome, NoAgreement) else "")
    numbers = {
        "kappa": (outcome.kappa, "getal"),
        "gelijk": (100 * outcome.observed, "pct"),
        "codeurs": (outcome.coders, "codeurs"),
        "fragmenten": (outcome.fragments, "fragmenten"),
        "onvolledig": (outcome.incomplete, "fragmenten"),
    }
    base = f"{codings.meting}.codering.overeenstemming"
    results = {
        name: Result(f"{base}.{name}", f"Codeurs: {name}", value, unit, codings.herkomst, codings.dataset)
        for name, (value, unit) in numbers.items()
    }
    return tell(
        "Over {fragmenten} fragmenten die {codeurs} codeurs los van elkaar codeerden is kappa ({maat}) {kappa}; van de paren "
        "oordelen is {gelijk} gelijk. Niet door iedereen gecodeerd, en weggelaten: {onvolledig} fragmenten.",
        maat=outcome.method,
        **results,
    )
