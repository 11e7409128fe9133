"""A published number with everything needed to account for it."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from nsoc_lib.result import Result, plain

NUMBER = Result(
    id="kader.feiten.partners",
    label="Organisaties",
    value=6,
    unit="organisaties",
    provenance="gepubliceerd",
    dataset="feiten@1",
)
SHARE = Result(
    id="meting-1.procesthermometer.opbrengsten.vrachtcontrole.eens",
    label="Vrachtcontrole",
    value=100 * 19 / 26,
    unit="pct",
    provenance="gesimuleerd",
    dataset="procesthermometer@1",
    count=19,
    n=26,
    population=31,
    low=100 * 19 / 31,
    high=100 * 24 / 31,
    rounding="percentage van de som",
    parts=(3, 16),
)


def test_a_share_is_shown_as_a_whole_percentage():
    """A share is shown rounded once from its counts, with a percent sign."""
    assert SHARE.shown == "73%"


def test_a_share_follows_its_own_rounding_rule():
    """Under the rule of separately rounded categories 3 and 16 of 26 show as 12 plus 62."""
    assert replace(SHARE, rounding="som van afgeronde percentages").shown == "74%"


def test_without_categories_there_is_nothing_to_round_apart():
    """The rule of separately rounded categories shows the plain share when no categories are known."""
    assert replace(SHARE, rounding="som van afgeronde percentages", parts=()).shown == "73%"


def test_rounding_never_touches_the_value():
    """What is shown depends on the rounding rule, the value stays the computed one."""
    summed = replace(SHARE, rounding="som van afgeronde percentages")
    assert summed.value == SHARE.value
    assert plain(summed.value) == "73.0769230769231"


def test_a_published_percentage_without_counts_is_shown_as_printed():
    """A percentage of which only the figure is known is shown as a whole percentage."""
    assert replace(NUMBER, value=84, unit="pct").shown == "84%"
    assert replace(NUMBER, value=12.5, unit="pct").shown == "13%"


@pytest.mark.parametrize(
    ("value", "shown"), [(0, "0"), (21, "21"), (4.0, "4"), (1000, "1.000"), (1234567, "1.234.567"), (0.25, "0,25")]
)
def test_numbers_are_shown_the_dutch_way(value, shown):
    """Thousands get a point, decimals a comma, and a whole number no decimals."""
    assert replace(NUMBER, value=value).shown == shown


def test_the_meting_is_the_first_part_of_the_id():
    """The id of a result begins with the meting it belongs to."""
    assert SHARE.meting == "meting-1"


def test_a_token_ties_the_shown_number_to_its_row():
    """The HTML of a number holds its id, its raw value for machines and the shown text for people."""
    assert SHARE.token == (
        '<data class="cijfer" data-id="meting-1.procesthermometer.opbrengsten.vrachtcontrole.eens" '
        'value="73.0769230769231">73%</data>'
    )


def test_a_token_cannot_be_broken_by_its_id():
    """An id with quotation marks or tags stays inside its attribute."""
    token = html.fromstring(replace(NUMBER, id='a"><b>').token)
    assert (token.tag, token.get("data-id"), token.text, len(token)) == ("data", 'a"><b>', "6", 0)


@pytest.mark.parametrize(
    ("name", "value"), [("aantal", 19), ("basis", 26), ("genodigd", 31), ("minstens", 19), ("hoogstens", 24)]
)
def test_what_belongs_to_a_share_is_a_result_of_its_own(name, value):
    """Count, base, invited and both bounds of a share in people carry an id, a unit and the same origin."""
    related = getattr(SHARE, name)
    assert (related.id, related.value, related.unit) == (f"{SHARE.id}.{name}", value, "personen")
    assert (related.provenance, related.dataset) == ("gesimuleerd", "procesthermometer@1")


@pytest.mark.parametrize("name", ["aantal", "basis", "genodigd", "minstens", "hoogstens"])
def test_a_number_that_is_no_share_has_no_base(name):
    """Asking a plain number for its count, base or bounds is a mistake and says so."""
    with pytest.raises(ValueError, match=f"kader.feiten.partners is geen aandeel en heeft geen {name}"):
        getattr(NUMBER, name)


def test_a_result_remembers_its_notebook_without_changing():
    """Naming the notebook gives a new result and leaves the old one as it was."""
    assert SHARE.in_notebook("respons").notebook == "respons"
    assert SHARE.notebook == ""


@pytest.mark.parametrize("result", [NUMBER, SHARE])
def test_a_result_survives_a_notebook(result):
    """A result written into a notebook as JSON is read back equal."""
    assert Result.from_json(json.loads(json.dumps(result.to_json()))) == result


@pytest.mark.parametrize(
    ("value", "text"), [(None, ""), (84, "84"), (84.0, "84"), (0.1 + 0.2, "0.3"), (-2.5, "-2.5"), (0.0, "0")]
)
def test_a_number_for_machines_has_a_point_and_no_noise(value, text):
    """A number in the ledger has a decimal point, no trailing noise, and is empty when missing."""
    assert plain(value) == text


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_a_number_for_machines_loses_nothing_that_matters(count, n):
    """The written value of any share reads back to the same value in fifteen digits."""
    assert float(plain(100 * count / n)) == pytest.approx(100 * count / n, rel=1e-14)


def test_a_percentage_printed_with_one_decimal_is_shown_with_one():
    """A source that prints 60,8 percent is not made to say 61; other percentages stay whole."""
    printed = replace(NUMBER, value=60.8, unit="pct", rounding="een decimaal")
    assert printed.shown == "60,8%"
    assert replace(printed, rounding="geen").shown == "61%"


@pytest.mark.parametrize(
    ("value", "unit", "rounding", "shown"),
    [
        (84.2, "pct", "geen", "84%"),
        (84.25, "pct", "een decimaal", "84.3%"),
        (1765, "personen", "geen", "1,765"),
        (0.25, "kappa", "geen", "0.25"),
        (0.0004, "kans", "geen", "less than 0.001"),
    ],
)
def test_an_english_reader_sees_english_figures(value, unit, rounding, shown):
    """Point and comma change places, and a very small chance is said in English."""
    assert replace(NUMBER, value=value, unit=unit, rounding=rounding).shown_en == shown
