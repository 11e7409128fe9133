"""Who was invited, who started, who finished, and who answered each statement."""

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from conftest import OPEN_PROFILE
from fictitious import survey_record

from nsoc_lib.codebook import Codebook
from nsoc_lib.entries import Entry
from nsoc_lib.errors import NsocError
from nsoc_lib.meting import Invited
from nsoc_lib.response import count_response, count_status, invited_groups, share_mentioning
from nsoc_lib.shares import count_agreeing
from nsoc_lib.survey import Survey

LABELS = ["Oneens", "Eens", "Weet niet"]


def codebook() -> Codebook:
    """Return a codebook of one statement and one open question."""
    raw: dict[str, Any] = {
        "instrument": "thermometer",
        "schalen": {
            "eens": {
                "herkomst": "vragenlijst",
                "antwoorden": [{"code": code, "label": label} for code, label in enumerate(LABELS, 1)],
                "instemmend": ["Eens"],
                "weet_niet": ["Weet niet"],
            }
        },
        "themas": {"draagvlak": "Draagvlak"},
        "stellingen": [
            {"id": "doel", "kolom": "Q1", "import_id": "QID1", "thema": "draagvlak", "kort": "Doel", "tekst": "T",
             "schaal": "eens", "richting": "positief"}
        ],
        "open_vragen": [
            {"id": "overig", "kolom": "Q2", "import_id": "QID2", "tekst": "Wat?", "bewaren": False,
             "reden": "Alleen codes.", "codes": {"visie": "Mist visie", "geld": "Mist geld"}}
        ],
    }  # fmt: skip
    return Codebook.build(Entry(raw, "codeboek.yml"))


def survey(
    *people: tuple[bool, str, str | None, str | None], invited: int = 8, herkomst: str = "waargenomen"
) -> Survey:
    """Return people as (complete, status, answer to the statement, code of the open answer)."""
    names = [f"r{number}" for number in range(len(people))]
    complete, status, answer, code = (list(values) for values in zip(*people, strict=True))
    groups = (Invited("Noord", invited - 3, "herleid", "§1.3"), Invited("Zuid", 3, "gepubliceerd", "§1.1"))
    record = survey_record(*groups, herkomst=herkomst, afronding="som van afgeronde percentages")
    return Survey(
        meting="meting-9",
        antwoorden=pd.DataFrame(
            {
                "respondent": names,
                "stelling": "doel",
                "antwoord": pd.Categorical(answer, LABELS, ordered=True),
                "status": status,
            }
        ),
        respondenten=pd.DataFrame({"respondent": names, "compleet": complete}),
        open_antwoorden=pd.DataFrame({"respondent": names, "vraag": "overig", "code": pd.array(code, dtype="str")}),
        codeboek=codebook(),
        opgave=record,
        dataset="thermometer@1",
        profiel=OPEN_PROFILE,
    )


FIVE = survey(
    (True, "geldig", "Eens", "visie"),
    (True, "geldig", "Oneens", None),
    (True, "overgeslagen", None, "visie"),
    (False, "geldig", "Eens", "geld"),
    (False, "niet bereikt", None, None),
)
DOEL = FIVE.codeboek.stellingen[0]


def test_the_flow_runs_from_invited_to_complete():
    """Of eight invited five started, three finished, two stopped and three never began."""
    flow = count_response(FIVE)
    assert {
        name: getattr(flow, name).value for name in ("genodigd", "gestart", "compleet", "deels", "uitgevallen")
    } == {
        "genodigd": 8,
        "gestart": 5,
        "compleet": 3,
        "deels": 2,
        "uitgevallen": 3,
    }


def test_nobody_falls_out_of_the_flow():
    """Complete and partial are those who started, and with those who never began they are all invited."""
    flow = count_response(FIVE)
    assert flow.compleet.value + flow.deels.value == flow.gestart.value
    assert flow.gestart.value + flow.uitgevallen.value == flow.genodigd.value


def test_both_response_rates_are_shares_of_the_invited():
    """The rates of those who started and of those who finished have all invited as their base."""
    flow = count_response(FIVE)
    assert [(rate.count, rate.n, rate.shown) for rate in (flow.gestartaandeel, flow.compleetaandeel)] == [
        (5, 8, "63%"),
        (3, 8, "38%"),
    ]


def test_a_response_rate_has_no_uncertainty():
    """Of everybody invited it is known whether they answered, so the bounds are the rate itself."""
    rate = count_response(FIVE).compleetaandeel
    assert (rate.low, rate.high) == (37.5, 37.5)


def test_the_published_response_comes_out():
    """Of 31 invited, 23 complete and 5 partial are the published 74 and 90 percent."""
    finished, stopped = (True, "geldig", "Eens", None), (False, "geldig", "Eens", None)
    flow = count_response(survey(*[finished] * 23, *[stopped] * 5, invited=31))
    assert (flow.compleetaandeel.shown, flow.gestartaandeel.shown) == ("74%", "90%")


def test_a_survey_that_everybody_finished_has_no_partial_responses():
    """When all invited finish, nobody is partial and nobody stayed away."""
    flow = count_response(survey(*[(True, "geldig", "Eens", None)] * 4, invited=4))
    assert (flow.deels.value, flow.uitgevallen.value, flow.compleetaandeel.shown) == (0, 0, "100%")


def test_more_respondents_than_invited_is_refused():
    """An export with more people than were invited is refused with both numbers and the files."""
    with pytest.raises(NsocError) as raised:
        count_response(survey(*[(True, "geldig", "Eens", None)] * 5, invited=4))
    assert str(raised.value) == (
        "Fout in data/raw/meting-9/export.csv\n"
        "  gevonden: 5 deelnemers\n"
        "  verwacht: hooguit de 4 genodigden van meting.yml\n"
        "  wat nu:   Verbeter uitgenodigd in meting.yml, of haal wie niet was uitgenodigd uit de export."
    )


def test_results_of_the_response_are_named_after_the_meting():
    """Each number of the flow has an id of its own that begins with the meting."""
    ids = [result.id for result in vars(count_response(FIVE)).values()]
    assert len(set(ids)) == 7
    assert all(result_id.startswith("meting-9.respons.") for result_id in ids)


@pytest.mark.parametrize("herkomst", ["gesimuleerd", "waargenomen"])
def test_counted_people_carry_the_origin_of_the_answers(herkomst):
    """Who started and who finished is as simulated or as observed as the answers themselves."""
    flow = count_response(survey((True, "geldig", "Eens", None), herkomst=herkomst))
    assert {flow.gestart.provenance, flow.compleet.provenance, flow.gestartaandeel.provenance} == {herkomst}


def test_each_kind_of_missing_is_counted_apart():
    """Three gave an answer, one skipped the statement and one had stopped before it."""
    counts = {status: result.value for status, result in count_status(FIVE, DOEL).items()}
    assert counts == {"geldig": 3, "overgeslagen": 1, "niet bereikt": 1, "weet niet": 0}


def test_each_declared_kind_of_missing_is_counted_apart():
    """Of three without an answer one skipped, one refused and one was not asked."""
    five = survey(
        *[(True, "geldig", "Eens", None)] * 2,
        *[(True, "ontbreekt", None, None)] * 2,
        (True, "overgeslagen", None, None),
    )
    kinds = [None, None, "weigert", "n.v.t.", None]
    counts = count_status(replace(five, antwoorden=five.antwoorden.assign(soort_ontbreekt=kinds)), DOEL)
    assert {status: result.value for status, result in counts.items()} == {
        "geldig": 2, "overgeslagen": 1, "niet bereikt": 0, "ontbreekt: n.v.t.": 1, "ontbreekt: weigert": 1, "weet niet": 0,
    }  # fmt: skip
    assert counts["ontbreekt: weigert"].id == "meting-9.thermometer.draagvlak.doel.eens.ontbreekt-weigert"


def test_a_kind_of_missing_that_does_not_occur_is_zero():
    """When everybody answered, every kind of missing is shown as zero."""
    counts = count_status(survey((True, "geldig", "Eens", None)), DOEL)
    assert [result.shown for result in counts.values()] == ["1", "0", "0", "0"]


def test_valid_answers_are_the_base_of_the_share():
    """The number of valid answers is the base of the share that agrees, in which "weet niet" has no part."""
    answered = survey((True, "geldig", "Eens", None), (True, "geldig", "Weet niet", None))
    valid = count_status(answered, DOEL)["geldig"]
    assert valid.id == "meting-9.thermometer.draagvlak.doel.eens.basis"
    assert valid.value == count_agreeing(answered, DOEL).n == 1


def test_a_mention_is_counted_among_all_who_started():
    """Two of five who started mention it: who wrote nothing did not mention it either."""
    share = share_mentioning(FIVE, FIVE.codeboek.open_vragen[0], "visie")
    assert (share.count, share.n, share.population, share.shown) == (2, 5, 8, "40%")
    assert (share.id, share.label) == ("meting-9.thermometer.overig.visie", "Mist visie")


def test_a_code_that_nobody_got_is_a_share_of_zero():
    """A code of the codebook that was never given is mentioned by nobody."""
    only = survey((True, "geldig", "Eens", "visie"))
    assert share_mentioning(only, only.codeboek.open_vragen[0], "geld").shown == "0%"


def test_each_invited_group_keeps_its_own_source():
    """How many of a group were invited is a result with its own origin and source."""
    groups = invited_groups(FIVE.opgave, "meting-9")
    assert [(group.label, group.value, group.provenance, group.dataset) for group in groups] == [
        ("Uitgenodigd: Noord", 5, "herleid", "§1.3"),
        ("Uitgenodigd: Zuid", 3, "gepubliceerd", "§1.1"),
    ]
    assert len({group.id for group in groups}) == 2
