"""Shares of a small group, never without their counts."""

from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import pandas as pd
import pytest
from conftest import OPEN_PROFILE, PROFILE
from fictitious import survey_record
from hypothesis import given
from hypothesis import strategies as st

from nsoc_lib.codebook import Codebook
from nsoc_lib.entries import Entry
from nsoc_lib.errors import NsocError
from nsoc_lib.meting import Invited
from nsoc_lib.result import PROCENT, Result
from nsoc_lib.shares import (
    Agreement,
    Share,
    agreement_by_statement,
    answer_result,
    count_agreeing,
    count_answers,
    share_agreeing,
    share_by_group,
    slug,
)
from nsoc_lib.survey import Survey

LABELS = ["Oneens", "Eens", "Zeer eens", "Weet niet"]
GROUPS = ("Noord", "Zuid", "Oost")
SHARES = st.integers(1, 60).flatmap(
    lambda population: st.integers(1, population).flatmap(
        lambda n: st.tuples(st.integers(0, n), st.just(n), st.just(population))
    )
)


def codebook(*background: dict[str, Any]) -> Codebook:
    """Return a codebook of three statements in two themes, and the group of a respondent."""
    statement = {"schaal": "eens", "richting": "positief", "tekst": "T"}
    group = {"id": "groep", "kolom": "G", "import_id": "QID9", "tekst": "Groep", "antwoorden": list(GROUPS),
             "kleinste_groep": 3}  # fmt: skip
    raw = {
        "instrument": "thermometer",
        "schalen": {
            "eens": {
                "herkomst": "vragenlijst",
                "antwoorden": [{"code": code, "label": label} for code, label in enumerate(LABELS, 1)],
                "instemmend": ["Eens", "Zeer eens"],
                "weet_niet": ["Weet niet"],
            }
        },
        "themas": {"draagvlak": "Draagvlak", "daadkracht": "Daadkracht"},
        "stellingen": [
            {"id": "steun", "kolom": "Q1", "import_id": "QID1", "thema": "draagvlak", "kort": "Steun"} | statement,
            {"id": "doel", "kolom": "Q2", "import_id": "QID2", "thema": "draagvlak", "kort": "Doel"} | statement,
            {"id": "tijd", "kolom": "Q3", "import_id": "QID3", "thema": "daadkracht", "kort": "Tijd"} | statement,
        ],
        "achtergrond": [group, *background],
    }
    return Codebook.build(Entry(raw, "codeboek.yml"))


def survey(doel: list[str | None], steun: list[str | None], book: Codebook | None = None, **columns: Any) -> Survey:
    """Return eight invited people, of whom the first ones gave these answers to two statements."""
    book = book or codebook()
    people = [f"r{number}" for number in range(len(doel))]
    rows = dict(zip(people, range(4, 4 + len(people)), strict=True))
    answers = pd.DataFrame(
        [(person, "doel", answer) for person, answer in zip(people, doel, strict=True)]
        + [(person, "steun", answer) for person, answer in zip(people, steun, strict=True)],
        columns=["respondent", "stelling", "antwoord"],
    )
    answers["antwoord"] = answers["antwoord"].astype(pd.CategoricalDtype(LABELS, ordered=True))
    answers["status"] = answers["antwoord"].notna().map({True: "geldig", False: "overgeslagen"})
    answers["rij"] = answers["respondent"].map(rows)
    invited = tuple(
        Invited(group, number, "waargenomen", "lijst") for group, number in zip(GROUPS, (4, 3, 1), strict=True)
    )
    record = survey_record(*invited)
    respondents = pd.DataFrame({"respondent": people, "rij": rows.values()} | columns)
    return Survey("meting-9", answers, respondents, pd.DataFrame(), book, record, "thermometer@1", profiel=OPEN_PROFILE)


FIVE = survey(["Eens", "Zeer eens", "Oneens", "Weet niet", None], ["Eens", "Eens", "Zeer eens", "Oneens", "Eens"])
STEUN, DOEL, TIJD = FIVE.codeboek.stellingen


def test_a_share_keeps_its_counts():
    """A share is a percentage with its count, its base and the number invited."""
    share = Share(21, 25, 31)
    assert (share.percentage, share.count, share.n, share.population) == (84.0, 21, 25, 31)


def test_bounds_assume_nothing_about_those_without_an_answer():
    """Of 21 who agree among 25 of 31, at least 21 and at most 27 of all invited agree."""
    low, high = Share(21, 25, 31).bounds
    assert (round(low, 1), round(high, 1)) == (67.7, 87.1)


@given(SHARES)
def test_bounds_hold_for_every_completion(counts):
    """However many of those without an answer agree, the share of all invited lies within the bounds."""
    count, n, population = counts
    low, high = Share(count, n, population).bounds
    possible = [100 * (count + more) / population for more in range(population - n + 1)]
    assert low == pytest.approx(min(possible))
    assert high == pytest.approx(max(possible))


@given(SHARES)
def test_bounds_contain_the_percentage_itself(counts):
    """The share among those who answered always lies within the bounds, and within 0 and 100."""
    count, n, population = counts
    low, high = (Fraction(bound).limit_denominator(10**6) for bound in Share(count, n, population).bounds)
    assert 0 <= low <= Fraction(100 * count, n) <= high <= 100


@given(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_bounds_collapse_when_everybody_answered(counts):
    """When all invited answered nothing is unknown, and both bounds are the percentage."""
    count, n = counts
    share = Share(count, n, n)
    assert share.bounds == (share.percentage, share.percentage)


@given(SHARES)
def test_bounds_are_as_wide_as_the_silence(counts):
    """The distance between the bounds is the share of the invited of whom no answer is known."""
    count, n, population = counts
    low, high = Share(count, n, population).bounds
    assert high - low == pytest.approx(100 * (population - n) / population)


@pytest.mark.parametrize(("count", "n", "population"), [(-1, 5, 8), (6, 5, 8), (5, 9, 8), (0, 0, 8)])
def test_counts_that_contradict_each_other_are_no_share(count, n, population):
    """No share has more who agree than answered, more answers than invited, or no answers at all."""
    with pytest.raises(ValueError, match="een aandeel telt") as raised:
        Share(count, n, population)
    assert str(raised.value) == (
        "een aandeel telt hooguit zoveel mensen als er antwoordden, en er antwoorden hooguit zoveel als genodigd: "
        f"{count} van {n} van {population}"
    )


def test_categories_add_up_to_the_count():
    """Categories that do not add up to the count are refused."""
    assert Share(19, 26, 31, (3, 16)).parts == (3, 16)
    with pytest.raises(ValueError, match="tellen niet op tot 19"):
        Share(19, 26, 31, (3, 15))


def test_a_share_becomes_a_result_with_everything_it_rests_on():
    """The result of a share holds value, counts, categories, bounds and rounding rule."""
    result = Share(3, 4, 8, (1, 2)).to_result(
        "m.x.eens", "X", rounding="som van afgeronde percentages", provenance="waargenomen", dataset="d@1"
    )
    assert (result.value, result.unit, result.count, result.n, result.population) == (75.0, "pct", 3, 4, 8)
    assert (result.low, result.high, result.parts) == (37.5, 87.5, (1, 2))
    assert (result.rounding, result.provenance, result.dataset) == (
        "som van afgeronde percentages",
        "waargenomen",
        "d@1",
    )


def test_agreement_is_counted_among_valid_answers():
    """Two of three agree: a blank and "weet niet" are no answers, the categories are kept apart."""
    missing = (("overgeslagen", 1), ("niet bereikt", 0), ("weet niet", 1), ("niet begonnen", 3))
    assert count_agreeing(FIVE, DOEL) == Share(2, 3, 8, (1, 1), missing)


def test_each_declared_kind_of_missing_is_told():
    """Who refused is missing with that kind; together the kinds are still all who gave no valid answer."""
    frame = FIVE.antwoorden.assign(soort_ontbreekt=None)
    skipped = (frame["stelling"] == "doel") & (frame["status"] == "overgeslagen")
    frame.loc[skipped, ["status", "soort_ontbreekt"]] = ["ontbreekt", "weigert"]
    counted = count_agreeing(replace(FIVE, antwoorden=frame), DOEL)
    assert counted.missing == (
        ("overgeslagen", 0), ("niet bereikt", 0), ("ontbreekt: weigert", 1), ("weet niet", 1), ("niet begonnen", 3),
    )  # fmt: skip


def test_each_statement_has_its_own_base():
    """A blank at one statement takes nothing from the base of another."""
    missing = (("overgeslagen", 0), ("niet bereikt", 0), ("niet begonnen", 3))
    assert count_agreeing(FIVE, STEUN) == Share(4, 5, 8, (3, 1), missing)


def test_the_largest_share_comes_first():
    """Statements of a theme come with the largest share of agreement first."""
    assert [agreement.stelling.id for agreement in share_agreeing(FIVE, "draagvlak")] == ["steun", "doel"]


def test_equal_shares_come_in_alphabetical_order():
    """Statements with the same share come in the order of their ids, so that the order never varies."""
    tied = survey(["Eens", "Oneens"], ["Oneens", "Eens"])
    assert [agreement.stelling.id for agreement in share_agreeing(tied, "draagvlak")] == ["doel", "steun"]


def test_a_share_that_agrees_is_a_result_of_its_statement():
    """The result is named after meting, instrument, theme and statement and follows the record."""
    eens = share_agreeing(FIVE, "draagvlak")[0].eens
    assert eens.id == "meting-9.thermometer.draagvlak.steun.eens"
    assert (eens.value, eens.rounding, eens.provenance) == (80.0, "percentage van de som", "waargenomen")


def test_an_unknown_theme_is_refused():
    """A theme that the codebook does not have gives one block."""
    with pytest.raises(NsocError, match="Fout in parameter thema"):
        share_agreeing(FIVE, "draagkracht")


def test_a_statement_without_a_single_answer_is_refused():
    """A statement that nobody answered gives one block that names it, not a share of nothing."""
    with pytest.raises(NsocError) as raised:
        count_agreeing(FIVE, TIJD)
    assert str(raised.value) == (
        "Fout in data/raw/meting-9/export.csv, kolom Q3\n"
        "  gevonden: geen enkel geldig antwoord\n"
        '  verwacht: ten minste een antwoord op "Tijd"\n'
        "  wat nu:   Haal de stelling uit codeboek.yml, met een reden onder overslaan, of kijk de export na."
    )


def test_every_answer_of_the_scale_is_counted():
    """Answers are counted in the order of the scale, those nobody chose included."""
    counts = count_answers(FIVE, STEUN)
    assert list(counts.items()) == [("Oneens", 1), ("Eens", 3), ("Zeer eens", 1), ("Weet niet", 0)]


def test_the_count_of_one_answer_is_a_result_beside_its_share():
    """The count of an answer stands in the ledger under its statement."""
    eens = share_agreeing(FIVE, "draagvlak")[0].eens
    assert answer_result(eens, "Zeer eens", 1) == Result(
        "meting-9.thermometer.draagvlak.steun.antwoord.zeer-eens",
        "Steun: Zeer eens",
        1,
        "personen",
        "waargenomen",
        "thermometer@1",
    )


def test_a_group_is_compared_with_its_own_invited():
    """Agreement within a group is counted among its own answers and its own invited people."""
    answered = survey(
        ["Eens", "Oneens", "Zeer eens", None],
        ["Eens"] * 4,
        groep=pd.Categorical(["Noord", "Noord", "Zuid", "Zuid"], GROUPS),
    )
    shares = share_by_group(answered, DOEL, answered.codeboek.achtergrond[0])
    assert shares == {"Noord": Share(1, 2, 4, (1, 0)), "Zuid": Share(1, 1, 3, (0, 1)), "Oost": None}


def test_groups_together_are_everybody_with_a_group():
    """Counts and bases of the groups add up to those of all respondents."""
    every = list(product(["Eens", "Oneens"], ["Noord", "Zuid"]))
    answers = [answer for answer, _ in every]
    answered = survey(answers, answers, groep=pd.Categorical([group for _, group in every], GROUPS))
    parts = [share for share in share_by_group(answered, DOEL, answered.codeboek.achtergrond[0]).values() if share]
    total = count_agreeing(answered, DOEL)
    assert (sum(part.count for part in parts), sum(part.n for part in parts)) == (total.count, total.n)


def test_a_group_that_was_not_invited_as_such_is_refused():
    """A breakdown by a variable whose groups meting.yml does not list gives one block, for its base is unknown."""
    years = {"id": "ervaring", "kolom": "E", "import_id": "QID8", "tekst": "Ervaring", "antwoorden": ["kort", "lang"],
             "kleinste_groep": 3}  # fmt: skip
    answered = survey(
        ["Eens", "Oneens"], ["Eens"] * 2, codebook(years), ervaring=pd.Categorical(["kort", "lang"], ["kort", "lang"])
    )
    with pytest.raises(NsocError) as raised:
        share_by_group(answered, DOEL, answered.codeboek.achtergrond[1])
    assert str(raised.value) == (
        "Fout in data/raw/meting-9/meting.yml, sleutel groepen\n"
        "  gevonden: geen aantal genodigden voor kort, lang\n"
        "  verwacht: elk antwoord op ervaring uit het codeboek\n"
        "  wat nu:   Voeg de groep toe onder veldwerk, of verbeter haar naam."
    )


def test_a_group_with_more_answers_than_invited_is_refused():
    """Two answers from a group of which one was invited give one block that names the group."""
    answered = survey(["Eens", "Oneens"], ["Eens"] * 2, groep=pd.Categorical(["Oost", "Oost"], GROUPS))
    with pytest.raises(NsocError) as raised:
        share_by_group(answered, DOEL, answered.codeboek.achtergrond[0])
    assert str(raised.value) == (
        "Fout in data/raw/meting-9/meting.yml, sleutel groepen\n"
        "  gevonden: 1 genodigden voor Oost, en 2 antwoorden\n"
        "  verwacht: niet meer antwoorden dan genodigden in een groep\n"
        "  wat nu:   Verbeter het aantal genodigden, of de groep van een deelnemer."
    )


def test_a_group_may_have_answered_whole():
    """One answer from a group of which one was invited is a share of one."""
    answered = survey(["Eens", "Oneens"], ["Eens"] * 2, groep=pd.Categorical(["Oost", "Noord"], GROUPS))
    assert share_by_group(answered, DOEL, answered.codeboek.achtergrond[0])["Oost"] == Share(1, 1, 1, (1, 0))


def test_an_answer_that_nobody_chose_counts_nobody():
    """Also in a table whose column of answers is text, and so does not list the answers that nobody gave."""
    text = replace(FIVE, antwoorden=FIVE.antwoorden.astype({"antwoord": "object"}))
    only = survey(["Eens", "Oneens"], ["Eens", "Eens"])
    only = replace(only, antwoorden=only.antwoorden.astype({"antwoord": "object"}))
    assert count_answers(text, STEUN) == {"Oneens": 1, "Eens": 3, "Zeer eens": 1, "Weet niet": 0}
    assert count_answers(only, STEUN) == {"Oneens": 0, "Eens": 2, "Zeer eens": 0, "Weet niet": 0}
    missing = (("overgeslagen", 0), ("niet bereikt", 0), ("niet begonnen", 6))
    assert count_agreeing(only, DOEL) == Share(1, 2, 8, (1, 0), missing)


def test_a_group_in_which_all_said_weet_niet_has_no_share():
    """A group whose only answers are "weet niet" has nobody to count, like a group without answers."""
    answered = survey(["Eens", "Weet niet"], ["Eens"] * 2, groep=pd.Categorical(["Noord", "Zuid"], GROUPS))
    assert share_by_group(answered, DOEL, answered.codeboek.achtergrond[0])["Zuid"] is None


@pytest.mark.parametrize(
    ("label", "part"),
    [
        ("Coördinerend Overleg", "coordinerend-overleg"),
        ("(Helemaal) mee eens", "helemaal-mee-eens"),
        ("A/B 2", "a-b-2"),
    ],
)
def test_a_label_becomes_part_of_an_id(label, part):
    """Capitals, accents, brackets, spaces and slashes of a label do not reach an id."""
    assert slug(label) == part


def test_kinds_of_missing_are_those_invited_who_gave_no_answer():
    """Of eight invited five began; four answered on the doel, so one and three are missing, by kind."""
    share = count_agreeing(FIVE, DOEL)
    assert sum(count for _, count in share.missing) == share.population - share.n
    assert dict(share.missing)["niet begonnen"] == share.population - len(FIVE.respondenten)


def test_kinds_of_missing_that_do_not_add_up_are_refused():
    """Two without an answer cannot be one who skipped."""
    with pytest.raises(ValueError, match="tellen niet op"):
        Share(3, 5, 7, missing=(("overgeslagen", 1),))


def test_a_statement_is_found_by_its_id_with_the_result_of_its_chapter():
    """Every statement of every theme is there once, as the same result that the chapter of its theme shows."""
    of_steun = FIVE.antwoorden.loc[FIVE.antwoorden["stelling"] == STEUN.id]
    whole = replace(FIVE, antwoorden=pd.concat([FIVE.antwoorden, of_steun.assign(stelling=TIJD.id)]))
    by_id = agreement_by_statement(whole)
    assert set(by_id) == {"steun", "doel", "tijd"}
    assert [by_id["steun"], by_id["doel"]] == [one.eens for one in share_agreeing(whole, "draagvlak")]


# What may be shown of observed answers

ID = "meting-9.thermometer.draagvlak.doel"
SUM_OF_ROUNDED = "som van afgeronde percentages"
# Of the North all four answered, of the South three of the three; nobody of the East began.
SEVEN = ["Eens", "Oneens", "Zeer eens", "Eens", "Oneens", "Eens", "Oneens"]
WHERE = ["Noord"] * 4 + ["Zuid"] * 3


def observed(doel: list[str | None], groups: list[str] | None = None, invited: int = 8, **rules: Any) -> Survey:
    """Return observed answers to one statement under the open profile, with these rules in place of its own."""
    columns = {"groep": pd.Categorical(groups, GROUPS)} if groups else {}
    whole = survey(doel, ["Eens"] * len(doel), **columns)
    fieldwork = replace(whole.opgave.veldwerk, uitgenodigd=invited)
    record = replace(whole.opgave, afronding=SUM_OF_ROUNDED, veldwerk=fieldwork)
    return replace(whole, opgave=record, profiel=replace(OPEN_PROFILE, **rules))


def of_doel(answered: Survey) -> Agreement:
    (found,) = (one for one in share_agreeing(answered, "draagvlak") if one.stelling == DOEL)
    return found


def reasons(results: Any) -> dict[str, str]:
    return {name: result.status_reden if result.suppressed else "" for name, result in results.items()}


def test_of_imitated_answers_the_share_alone_is_there():
    """Nobody is behind them: no status is needed, and no breakdown or scale is made of answers that were chosen."""
    imitated = replace(FIVE, opgave=replace(FIVE.opgave, herkomst="gesimuleerd"))
    share = count_agreeing(imitated, DOEL)
    eens = Result(
        f"{ID}.eens", "Doel: (helemaal) mee eens", 200 / 3, PROCENT, "gesimuleerd", "thermometer@1", 2, 3, 8, 25.0, 87.5,
        "percentage van de som", (1, 1),
        (("overgeslagen", 1), ("niet bereikt", 0), ("weet niet", 1), ("niet begonnen", 3)),
    )  # fmt: skip
    assert of_doel(imitated) == Agreement(DOEL, share, eens)


def test_observed_answers_that_may_be_shown_come_with_groups_and_the_whole_scale():
    """Four of seven agree, three of four in the North and one of three in the South; what a group answered is not told."""
    found = of_doel(observed(SEVEN, WHERE))
    passes = {"status": "pass", "status_reden": "mag volgens het profiel wodc-praktijk"}
    missing = (("overgeslagen", 0), ("niet bereikt", 0), ("niet begonnen", 1))
    assert found.share == Share(4, 7, 8, (3, 1), missing)
    assert found.eens == Result(
        f"{ID}.eens", "Doel: (helemaal) mee eens", 400 / 7, PROCENT, "waargenomen", "thermometer@1", 4, 7, 8, 50.0, 62.5,
        SUM_OF_ROUNDED, (3, 1), missing, **passes,
    )  # fmt: skip
    assert found.groepen == {
        "Noord": Result(f"{ID}.groep.noord.eens", "Doel, Noord: (helemaal) mee eens", 75.0, PROCENT, "waargenomen",
                        "thermometer@1", 3, 4, 4, 75.0, 75.0, "percentage van de som", **passes),
        "Zuid": Result(f"{ID}.groep.zuid.eens", "Doel, Zuid: (helemaal) mee eens", 100 / 3, PROCENT, "waargenomen",
                       "thermometer@1", 1, 3, 3, 100 / 3, 100 / 3, "percentage van de som", **passes),
    }  # fmt: skip
    assert {name: (answer.id, answer.value) for name, answer in found.antwoorden.items()} == {
        "Oneens": (f"{ID}.antwoord.oneens", 3),
        "Eens": (f"{ID}.antwoord.eens", 3),
        "Zeer eens": (f"{ID}.antwoord.zeer-eens", 1),
        "Weet niet": (f"{ID}.antwoord.weet-niet", 0),
    }
    assert {(answer.status, answer.provenance) for answer in found.antwoorden.values()} == {("pass", "waargenomen")}


def test_a_group_that_is_too_small_takes_another_along():
    """The codebook asks for three; with two of the South hidden, the North is all others and would tell of them."""
    found = of_doel(observed(SEVEN[:6], WHERE[:6]))
    assert reasons(found.groepen) == {"Noord": "nodig om andere cellen te verbergen", "Zuid": "te kleine groep"}
    assert (found.eens.count, found.eens.n) == (4, 6)


def test_a_group_in_which_all_disagree_is_hidden_though_everybody_does():
    """That nobody at all agrees may be told of everybody, and is still never a number about a group."""
    found = of_doel(observed(["Oneens"] * 7, WHERE, eensgezindheid="groep"))
    assert (found.eens.count, found.eens.n, found.eens.suppressed) == (0, 7, False)
    assert reasons(found.groepen) == dict.fromkeys(("Noord", "Zuid"), "niemand of iedereen antwoordde dit")


def test_without_groups_there_is_no_breakdown():
    """A codebook without a background, a record that counts no groups and a table without the column give none."""
    whole = observed(SEVEN, WHERE)
    bare = replace(whole, codeboek=replace(whole.codeboek, achtergrond=()))
    uncounted = replace(whole, opgave=replace(whole.opgave, veldwerk=replace(whole.opgave.veldwerk, groepen=())))
    for answered in (bare, uncounted, observed(SEVEN)):
        found = of_doel(answered)
        assert (found.groepen, found.eens.count, len(found.antwoorden)) == ({}, 4, 4)


# Of fourteen people two agree, six agree strongly and six do not.
FOURTEEN = ["Eens"] * 2 + ["Zeer eens"] * 6 + ["Oneens"] * 6


def test_a_hidden_answer_takes_the_parts_of_the_share_along():
    """With at least three to a number, two who agree are hidden, and those who agree strongly with them.

    What the eight are made of is then unknown, so the share can be no sum of rounded answers either.
    """
    found = of_doel(observed(FOURTEEN, invited=20, kleinste_cel=3))
    assert reasons(found.antwoorden) == {
        "Oneens": "", "Eens": "te klein aantal", "Zeer eens": "nodig om andere cellen te verbergen", "Weet niet": "",
    }  # fmt: skip
    assert (found.eens.count, found.eens.n, found.eens.parts, found.eens.rounding) == (
        8,
        14,
        (),
        "percentage van de som",
    )


def test_a_rounded_share_stays_one_without_its_parts():
    """When counts are rounded as well, the words that say so stay."""
    eens = of_doel(observed(FOURTEEN, invited=20, kleinste_cel=3, afronden_op=5)).eens
    assert (eens.count, eens.n, eens.parts, eens.rounding) == (10, 15, (), "aantallen op veelvouden van 5")


def test_of_too_few_people_nothing_is_shown():
    """Four answers are too few for the profile of practice: the share and each answer, "weet niet" too, are hidden."""
    four = replace(observed(["Eens", "Oneens", "Zeer eens", "Weet niet", "Oneens"]), profiel=PROFILE)
    found = of_doel(four)
    assert (found.eens.suppressed, found.eens.status_reden) == (True, "te kleine groep")
    assert reasons(found.antwoorden) == dict.fromkeys(LABELS, "te kleine groep")
    assert (found.eens.rounding, found.share.count) == ("geen", 2)


def test_the_smallest_group_of_a_codebook_holds_for_everybody_as_well():
    """Two answers are a share under the open profile, but this codebook asks for three."""
    found = of_doel(observed(["Eens", "Oneens"]))
    assert (found.eens.suppressed, found.eens.status_reden) == (True, "te kleine groep")


def test_a_hidden_share_comes_last():
    """So that its place tells nothing: 60 percent of ten is first, 75 percent of four is hidden and last."""
    ten = survey([*["Eens"] * 3, "Oneens", *[None] * 6], [*["Eens"] * 6, *["Oneens"] * 4])
    fieldwork = replace(ten.opgave.veldwerk, uitgenodigd=12, groepen=())
    ten = replace(ten, opgave=replace(ten.opgave, veldwerk=fieldwork), profiel=PROFILE)
    assert [one.stelling.id for one in share_agreeing(ten, "draagvlak")] == ["steun", "doel"]
