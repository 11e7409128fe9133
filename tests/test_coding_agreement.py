"""Agreement between coders: examples by hand, and a Dutch reason where a figure would mislead."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import permutations

import pytest
from test_codings import build

from nsoc_lib.coding_agreement import Agreement, NoAgreement, score_agreement, tell_agreement
from nsoc_lib.codings import CodeBook, Coding, Codings
from nsoc_lib.publish.digits import LOOSE


def codings(judgements: list[tuple[str, ...]], soort: str = "vast", herkomst: str = "waargenomen") -> Codings:
    """Return codings of so many fragments, one code per coder; an empty code is no coding."""
    rows = tuple(
        Coding("d1", "v", f"f{number}", code, f"codeur {coder}", telt=coder == 0)
        for number, codes in enumerate(judgements)
        for coder, code in enumerate(codes)
        if code
    )
    return Codings("proef", CodeBook(soort, "a", {}, {}), rows, herkomst, "coderingen@x")


# Twenty-five and twenty-five: both yes 20, yes and no 5, no and yes 10, both no 15.
COHEN = [("j", "j")] * 20 + [("j", "n")] * 5 + [("n", "j")] * 10 + [("n", "n")] * 15


def test_kappa_of_two_coders_by_hand():
    """Observed 35 of 50; by chance .5 x .6 + .5 x .4 = .5; so kappa is (.7 - .5) / .5 = .4."""
    result = score_agreement(codings(COHEN))
    assert isinstance(result, Agreement)
    assert (result.kappa, result.observed) == (pytest.approx(0.4), pytest.approx(0.7))
    assert (result.method, result.coders, result.fragments, result.incomplete) == ("Cohen", 2, 50, 0)


def fleiss_by_hand(judgements: list[tuple[str, ...]]) -> tuple[float, float]:
    """Return kappa and observed agreement from pairs of coders and shares of codes."""
    pairs = [a == b for codes in judgements for a, b in permutations(codes, 2)]
    observed = sum(pairs) / len(pairs)
    shares = Counter(code for codes in judgements for code in codes)
    chance = sum((k / shares.total()) ** 2 for k in shares.values())
    return (observed - chance) / (1 - chance), observed


def test_kappa_of_more_coders_is_that_of_fleiss():
    """Three coders and three codes, against the definition by pairs."""
    judgements = [("a", "a", "b"), ("a", "a", "a"), ("b", "b", "c"), ("c", "c", "c"), ("a", "b", "c")] * 4
    result = score_agreement(codings(judgements))
    assert isinstance(result, Agreement)
    assert (result.kappa, result.observed) == pytest.approx(fleiss_by_hand(judgements))
    assert result.method == "Fleiss"


def test_a_code_that_one_coder_never_used_is_no_obstacle():
    """Coder two never says c; the table stays square: observed 18 of 21, by chance (9 x 12 + 9 x 9) / 441."""
    judgements = [("a", "a")] * 9 + [("b", "b")] * 9 + [("c", "a")] * 3
    result = score_agreement(codings(judgements))
    assert isinstance(result, Agreement)
    chance = (9 * 12 + 9 * 9) / 21**2
    assert result.kappa == pytest.approx((18 / 21 - chance) / (1 - chance))


def test_what_not_everybody_coded_is_left_out_and_counted():
    """Two fragments lack the second coder; kappa stays what it was."""
    result = score_agreement(codings([*COHEN, ("j", ""), ("n", "")]))
    assert isinstance(result, Agreement)
    assert (result.kappa, result.fragments, result.incomplete) == (pytest.approx(0.4), 50, 2)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (codings(COHEN, soort="inductief"), "De codes ontstonden uit de antwoorden zelf."),
        (codings(COHEN, herkomst="gesimuleerd"), "niet waargenomen"),
        (codings([("j",), ("n",)] * 20), "door een persoon"),
        (codings(COHEN[:19]), "Te weinig fragmenten"),
        (codings([("j", "j")] * 30), "dezelfde code"),
        (build(), "Te weinig fragmenten"),
    ],
    ids=["inductief", "gesimuleerd", "een codeur", "weinig", "alles gelijk", "voorbeeld"],
)
def test_agreement_is_refused_with_its_reason(given, reason):
    """No figure where it would mislead; the reason is Dutch and has no number of its own."""
    outcome = score_agreement(given)
    assert isinstance(outcome, NoAgreement)
    assert reason in outcome.reason
    assert LOOSE.search(outcome.reason) is None
    assert outcome.reason in tell_agreement(given).text


def test_a_fragment_with_more_codes_of_one_coder_is_refused():
    """The measure asks for one code per fragment and coder."""
    whole = codings(COHEN)
    more = replace(whole, coderingen=(*whole.coderingen, replace(whole.coderingen[0], code="n")))
    outcome = score_agreement(more)
    assert isinstance(outcome, NoAgreement)
    assert "meer dan een code" in outcome.reason


def test_twenty_fragments_are_enough():
    """At the least number kappa is given."""
    assert isinstance(score_agreement(codings([("j", "j"), ("n", "j")] * 10)), Agreement)


def test_the_sentence_gives_kappa_with_its_base():
    """Kappa, its maker, fragments, coders and the observed share stand in one sentence, each a result."""
    shown = tell_agreement(codings(COHEN))
    assert shown.text == (
        "Over 50 fragmenten die 2 codeurs los van elkaar codeerden is kappa (Cohen) 0,40; van de paren oordelen is "
        "70% gelijk. Niet door iedereen gecodeerd, en weggelaten: 0 fragmenten."
    )
    assert "proef.codering.overeenstemming.kappa" in [result.id for result in shown.results]


def test_without_codings_there_is_nothing_to_compare():
    """The refusal says that no codings were supplied."""
    assert "geen coderingen aangeleverd" in tell_agreement(None).text
