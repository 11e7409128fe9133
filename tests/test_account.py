"""The account of a result: a formula that a reader can redo, and that is refused when it does not hold."""

from dataclasses import replace
from fractions import Fraction

import pytest

from nsoc_lib.account import account_for, number_nl
from nsoc_lib.errors import NsocError
from nsoc_lib.expectation import Outcome, Validation
from nsoc_lib.result import Result
from nsoc_lib.shares import Share

DATASET = "peiling@0123456789ab"


def share(parts: tuple[int, ...] = (3, 16), n: int = 26, population: int = 31, **changes: object) -> Result:
    """Return a share as the survey chapters make it: 19 of 26 valid answers of 31 invited."""
    made = Share(sum(parts), n, population, parts, (("overgeslagen", 2), ("niet begonnen", 3)) if n == 26 else ())
    result = made.to_result(
        "meting-1.peiling.thema.stelling.eens",
        "Stelling: eens",
        rounding="som van afgeronde percentages",
        provenance="gesimuleerd",
        dataset=DATASET,
    )
    return replace(result, **changes)  # type: ignore[arg-type]


def count(result_id: str = "meting-1.lijst.totaal", **changes: object) -> Result:
    return replace(Result(result_id, "Rijen", 7, "rijen", "herleid", "lijst@0123456789ab"), **changes)  # type: ignore[arg-type]


def validation(table: str, *outcomes: str, meting: str = "meting-1") -> Validation:
    judged = tuple(Outcome(table, "expect", "k", "warning", "Een reden.", outcome, "", 0, ()) for outcome in outcomes)
    return Validation(meting, table, "herleid", f"{table}@0123456789ab", judged)


def lines(result: Result, *others: Result, validations: tuple[Validation, ...] = ()) -> dict[str, str]:
    known = {one.id: one for one in (result, *others)}
    return dict(account_for(result, known, validations).lines)


def test_a_share_shows_its_formula_with_its_own_numbers() -> None:
    """100 times 19 divided by 26 is 73,08: counted by hand."""
    assert lines(share())["Totstandkoming"] == "100 × k / n = 100 × 19 / 26 ≈ 73,08"
    assert lines(share((0, 21), 25))["Totstandkoming"] == "100 × k / n = 100 × 21 / 25 = 84"


def test_the_bounds_are_written_out() -> None:
    """At the least 19 of 31 agree, at the most 19 and the 5 without an answer."""
    told = lines(share())
    assert told["Ondergrens"] == "100 × k / N = 100 × 19 / 31 ≈ 61,29, als van wie niet antwoordde niemand meetelt"
    assert told["Bovengrens"] == (
        "100 × (k + N − n) / N = 100 × (19 + 31 − 26) / 31 ≈ 77,42, als van wie niet antwoordde iedereen meetelt"
    )


def test_the_rule_of_rounding_is_written_out() -> None:
    """12 and 62 rounded apart make 74; rounded once, 19 of 26 is 73."""
    assert lines(share())["Afronding"] == (
        "elke antwoordcategorie apart afgerond en dan opgeteld: 100 × 3 / 26 wordt 12, 100 × 16 / 26 wordt 62; 12 + 62 = 74"
    )
    assert lines(share(rounding="percentage van de som"))["Afronding"] == "een keer afgerond, halven naar boven: 73%"


def test_who_gave_no_answer_is_told_per_kind() -> None:
    """The kinds add up to N minus n; without kinds only the number is known."""
    assert lines(share())["Zonder antwoord"] == "N − n = 31 − 26 = 5: overgeslagen 2, niet begonnen 3"
    assert lines(share(missing=()))["Zonder antwoord"] == "N − n = 31 − 26 = 5; de soorten zijn niet vastgelegd"
    assert lines(share())["Aantallen"] == "k = 19 (tellen mee), n = 26 (geldige antwoorden), N = 31 (genodigd)"


@pytest.mark.parametrize("changed", [{"value": 74.0}, {"low": 60.0}, {"high": 80.0}, {"low": None}])
def test_a_share_that_differs_from_its_formula_is_refused(changed: dict[str, float | None]) -> None:
    """Value and bounds are computed again from k, n and N before anything is printed."""
    with pytest.raises(NsocError, match="Fout in resultaat meting-1"):
        lines(share(**changed))


def test_the_refusal_is_one_block_that_shows_the_formula() -> None:
    """Whoever maintains the function sees what it gave and what follows from its own counts."""
    with pytest.raises(NsocError) as error:
        lines(share(value=74.0))
    assert str(error.value) == (
        "Fout in resultaat meting-1.peiling.thema.stelling.eens\n"
        "  gevonden: 74\n"
        "  verwacht: 100 × k / n = 100 × 19 / 26 ≈ 73,08\n"
        "  wat nu:   Verbeter de functie in nsoc_lib die dit resultaat maakt; een getal gaat niet zonder kloppende formule."
    )


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("aantal", "k = 19"),
        ("basis", "n = 26"),
        ("genodigd", "N = 31"),
        ("minstens", "k = 19"),
        ("hoogstens", "k + N − n = 19 + 31 − 26 = 24"),
    ],
)
def test_what_belongs_to_a_share_is_derived_from_it(part: str, told: str) -> None:
    """A count beside a share names that share and how it follows."""
    related = getattr(share(), part)
    assert lines(related, share())["Totstandkoming"] == f"{told}; hoort bij “Stelling: eens”"


def test_a_count_that_contradicts_its_share_is_refused() -> None:
    """The most of those invited cannot be another number than k, N and n give."""
    with pytest.raises(NsocError, match=r"k \+ N − n = 19 \+ 31 − 26 = 24"):
        lines(replace(share().hoogstens, value=25), share())


def test_another_number_beside_a_share_gets_no_invented_formula() -> None:
    """An interval stands on the answers of its share; which formula it follows is not made up here."""
    interval = replace(count("meting-1.peiling.thema.stelling.eens.wilson.laag"), provenance="gesimuleerd", unit="pct")
    assert lines(interval, share())["Totstandkoming"] == (
        "uitgerekend uit de antwoorden (eenheid: pct); hoort bij “Stelling: eens”"
    )


def test_a_number_without_k_and_n_says_where_it_came_from() -> None:
    """Its unit and its table, nothing more; a copied number is never called computed."""
    told = lines(count())
    assert told["Totstandkoming"] == "uitgerekend uit tabel lijst (eenheid: rijen)"
    assert not told.keys() & {"Aantallen", "Ondergrens", "Bovengrens", "Zonder antwoord"}
    copied = lines(count(provenance="gepubliceerd"))
    assert copied["Totstandkoming"] == "overgenomen uit de bron, vastgelegd bij tabel lijst (eenheid: rijen)"


def test_a_count_of_expectations_is_ours_whatever_the_table_is() -> None:
    """That a table was published does not make the number of its expectations published."""
    told = lines(count(unit="verwachtingen", provenance="gepubliceerd"))
    assert told["Totstandkoming"] == "geteld bij het toetsen van tabel lijst"
    assert told["Herkomst"] == "eigen telling; de getoetste tabel is gepubliceerd"


@pytest.mark.parametrize("herkomst", ["gepubliceerd", "herleid", "gesimuleerd", "waargenomen"])
def test_each_provenance_is_explained(herkomst: str) -> None:
    """A reader need not know our words."""
    assert len(lines(count(provenance=herkomst))["Herkomst"]) > len(herkomst) + 20


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        (7, "rijen", "niet afgerond"),
        (1234, "rijen", "niet afgerond"),
        (48.410269, "pct", "48,41 is afgerond op een heel percentage, halven naar boven: 48%"),
        (16.0396, "verwacht aantal", "16,0396 is getoond als 16"),
        (0.0004, "kans", "0,0004 is getoond als kleiner dan 0,001"),
    ],
)
def test_rounding_of_other_numbers_is_told_too(value: float, unit: str, told: str) -> None:
    """A reader sees what was there before rounding, or that nothing was rounded."""
    assert lines(count(value=value, unit=unit))["Afronding"] == told


def test_the_suite_that_guarded_the_data_is_named_with_its_outcome() -> None:
    """How many expectations ran, and whether any of them warns."""
    good = validation("lijst", "klopt", "klopt")
    assert lines(count(), validations=(good,))["Getoetst"] == (
        "suite lijst: 2 verwachtingen, alle kloppen, geen waarschuwingen"
    )
    warned = validation("lijst", "klopt", "klopt niet", "niet te beoordelen")
    assert lines(count(), validations=(warned,))["Getoetst"] == (
        "suite lijst: 3 verwachtingen: 1 klopt, 1 klopt niet, 1 niet te beoordelen; waarschuwingen: 2"
    )
    assert lines(count())["Gegevens"] == "tabel lijst, kenmerk 0123456789ab"


def test_another_version_of_a_table_does_not_lend_its_outcome() -> None:
    """The suite judged one version of the data, and only that one."""
    told = lines(count(dataset="lijst@ffffffffffff"), validations=(validation("lijst", "klopt"),))
    assert told["Getoetst"] == "tabel lijst is niet getoetst"


def test_data_of_several_tables_shows_every_one() -> None:
    """Each table with its version and its suite."""
    both = count(dataset="lijst@0123456789ab + groepen@0123456789ab")
    told = lines(both, validations=(validation("lijst", "klopt"), validation("groepen", "klopt", "klopt niet")))
    assert told["Gegevens"] == "tabel lijst, kenmerk 0123456789ab; tabel groepen, kenmerk 0123456789ab"
    assert told["Getoetst"] == (
        "suite lijst: 1 verwachting, die klopt, geen waarschuwingen; "
        "suite groepen: 2 verwachtingen: 1 klopt, 1 klopt niet, 0 niet te beoordelen; waarschuwingen: 1"
    )
    assert told["Totstandkoming"] == "uitgerekend uit de tabellen lijst en groepen (eenheid: rijen)"


def test_data_of_a_whole_folder_counts_all_its_suites() -> None:
    """A result about a whole meting stands on every table of it, and of no other."""
    tables = (validation("a", "klopt"), validation("b", "klopt"), validation("c", "klopt", meting="meting-2"))
    told = lines(count(dataset="meting-1"), validations=tables)
    assert told["Gegevens"] == "alle tabellen van meting-1"
    assert told["Getoetst"] == "2 tabellen: 2 verwachtingen, alle kloppen, geen waarschuwingen"


def test_a_place_in_a_source_is_no_table() -> None:
    """A number with a locator alone has no suite, and says so."""
    told = lines(count(dataset="Regioplan §1.1"))
    assert (told["Gegevens"], told["Getoetst"]) == ("Regioplan §1.1", "hier hoort geen getoetste tabel bij")


@pytest.mark.parametrize(
    ("value", "shown"),
    [(84.0, "84"), (Fraction(2400, 26), "92,31"), (0.005, "0,01"), (-0.5, "-0,5"), (-0.001, "0"), (1234.5, "1234,5")],
)
def test_a_number_has_a_comma_and_at_most_two_decimals(value: float | Fraction, shown: str) -> None:
    """Halves go up, zeros at the end go away, and nothing is minus zero."""
    assert number_nl(value) == shown
