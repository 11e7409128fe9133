"""The status of an output: what passes, what waits, what is suppressed, and that nothing goes without."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from conftest import PROFILE

from nsoc_lib.disclosure import (
    DOMINANTIE_ONBEKEND,
    Release,
    Rules,
    find_objection,
    judge_output,
    judge_result,
    list_reasons,
    round_people,
    settle_results,
)
from nsoc_lib.disclosure_profile import Dominance
from nsoc_lib.errors import NsocError
from nsoc_lib.result import PROCENT, Result

STRICT = replace(PROFILE, kleinste_cel=8, kleinste_groep=8, eensgezindheid="alle", afronden_op=5)
DOMINATED = replace(PROFILE, dominantie=Dominance(2, 85))


def share(count: int, n: int, provenance: str = "waargenomen") -> Result:
    missing = (("overgeslagen", 2), ("niet begonnen", 31 - n - 2))
    return Result("m.e.eens", "Eens", 100 * count / n, PROCENT, provenance, "e@1", count, n, 31, 0, 100, "geen", (1, count - 1),
                  missing)  # fmt: skip


@pytest.mark.parametrize("provenance", ["gepubliceerd", "gesimuleerd", "herleid"])
def test_what_is_public_or_imitated_passes_however_small(provenance):
    """One of one is no secret when it was printed before, or when nobody is behind it."""
    judged = judge_result(share(1, 1, provenance), STRICT)
    assert (judged.status, judged.value, judged.count) == ("pass", 100, 1)
    assert judged.status_reden


@pytest.mark.parametrize(
    ("result", "profile", "kind", "reason"),
    [
        (share(2, 4), PROFILE, "alle", "te kleine groep"),
        (share(5, 5), PROFILE, "groep", "niemand of iedereen antwoordde dit"),
        (share(0, 5), PROFILE, "groep", "niemand of iedereen antwoordde dit"),
        (share(7, 25), STRICT, "alle", "te klein aantal"),
        (share(18, 25), STRICT, "alle", "te klein aantal"),  # seven others follow
        (Result("m.a", "A", 7, "personen", "waargenomen", "e@1"), STRICT, "alle", "te klein aantal"),
    ],
)
def test_the_profile_suppresses_with_the_rule_that_forbids(result, profile, kind, reason):
    """Nothing but the name of the number remains: no value, count, base, bound or kind of missing."""
    judged = judge_result(result, profile, kind)
    assert (judged.status, judged.status_reden) == ("suppress", reason)
    assert judged.to_json() | {"status_reden": ""} == {
        "id": result.id, "label": result.label, "value": None, "unit": result.unit, "provenance": "waargenomen",
        "dataset": "e@1", "count": None, "n": None, "population": None, "low": None, "high": None, "rounding": "geen",
        "parts": [], "missing": [], "notebook": "", "status": "suppress", "status_reden": "",
    }  # fmt: skip
    assert judged.token == f'<span class="onderdrukt" data-id="{result.id}">·</span>'


@pytest.mark.parametrize(("count", "n", "kind"), [(5, 5, "alle"), (4, 5, "groep"), (1, 25, "alle")])
def test_the_profile_of_practice_lets_the_rest_pass(count, n, kind):
    """Five of five of everybody, four of five of a group and one of 25 stay as they were counted."""
    judged = judge_result(share(count, n), PROFILE, kind)
    assert (judged.status, judged.count, judged.n) == ("pass", count, n)
    assert judged.missing == share(count, n).missing


def test_counts_are_rounded_when_the_profile_says_so():
    """Of 17 of 26 multiples of five remain: 15 of 25 is 60 percent; bounds, parts and small kinds of missing go."""
    judged = judge_result(share(17, 26), STRICT)
    assert (judged.value, judged.count, judged.n, judged.low, judged.parts, judged.missing) == (
        60,
        15,
        25,
        None,
        (),
        (),
    )
    assert (judged.aantal.value, judged.basis.value) == (15, 25)
    assert judged.minstens.suppressed
    assert judged.hoogstens.suppressed


def test_what_the_rules_cannot_say_is_for_a_reviewer():
    """Where organisations may not dominate, and nobody looked which organisations answered, somebody has to."""
    judged = judge_result(share(17, 26), DOMINATED)
    assert (judged.status, judged.status_reden) == ("review", DOMINANTIE_ONBEKEND)


@pytest.mark.parametrize("provenance", ["waargenomen", "gesimuleerd"])
def test_things_are_no_people(provenance):
    """Two activities may be counted, observed ones and those in imitated data alike."""
    judged = judge_result(Result("m.a", "A", 2, "activiteiten", provenance, "e@1"), STRICT)
    assert (judged.status, judged.status_reden) == ("pass", "telt geen mensen")


@pytest.mark.parametrize(
    ("provenance", "unit", "reason"),
    [
        ("gepubliceerd", "personen", "herhaalt een openbaar feit"),
        ("gepubliceerd", "activiteiten", "herhaalt een openbaar feit"),
        ("gesimuleerd", "personen", "nagebootste antwoorden: er zit niemand achter"),
        ("herleid", "activiteiten", "afgeleid uit openbare bronnen of over de tabellen zelf"),
    ],
)
def test_a_number_passes_for_the_reason_of_its_provenance(provenance, unit, reason):
    """What is imitated says so of people; what was published or derived says that of whatever it counts."""
    assert judge_result(Result("m.a", "A", 2, unit, provenance, "e@1"), STRICT).status_reden == reason


def test_a_small_kind_of_missing_takes_the_other_kinds_along():
    """Where two is too few, two who skipped hide how many never began too: all kinds add up to who was invited."""
    small = replace(PROFILE, kleinste_cel=3)
    assert judge_result(share(9, 20), small).missing == ()
    assert judge_result(share(9, 20), replace(PROFILE, kleinste_cel=2)).missing == (
        ("overgeslagen", 2),
        ("niet begonnen", 9),
    )


def number(value: float, unit: str, n: int | None = None) -> Result:
    return Result("m.g", "G", value, unit, "waargenomen", "e@1", n=n)


@pytest.mark.parametrize(
    ("result", "objection"),
    [
        (number(20, "personen"), ""),
        (number(7, "personen"), "te klein aantal"),
        (number(-7, "personen"), "te klein aantal"),  # a difference of two counts
        (number(3, "procentpunt"), ""),  # no count
        (number(3, PROCENT), ""),
        (number(3.5, "getal"), ""),  # a mean
        (number(3.5, "getal", n=26), ""),
    ],
)
def test_only_a_count_of_people_can_be_too_small(result, objection):
    """With at least eight people to a number, seven is too few and twenty is not; points and means are no counts."""
    assert find_objection(result, STRICT) == objection


@pytest.mark.parametrize("unit", ["personen", "respondenten", "deelnemers", "genodigden", "antwoorden"])
def test_people_are_people_by_any_name(unit):
    """Seven is too few whatever the people are called; an answer is somebody's."""
    assert judge_result(number(7, unit), STRICT).status_reden == "te klein aantal"


@pytest.mark.parametrize("unit", [PROCENT, "procentpunt", "kans", "getal"])
def test_what_is_computed_from_people_passes_by_the_profile(unit):
    """It counts nobody and yet is about people: that it may be shown is for the profile to say."""
    assert judge_result(number(0.5, unit), STRICT).status_reden == "mag volgens het profiel wodc-praktijk"


def test_a_count_without_a_base_is_rounded_by_itself():
    """Of seventeen people fifteen remain, in words that say so; a step of one changes nothing, nor does a mean change."""
    rounded = replace(number(15, "personen"), rounding="aantallen op veelvouden van 5")
    assert round_people(number(17, "personen"), 5) == rounded
    assert round_people(number(17, "personen"), 1) == number(17, "personen")
    for mean in (number(3.5, "getal"), number(3.5, "getal", n=26)):
        assert round_people(mean, 5) == mean


def test_a_rounded_share_keeps_nothing_that_was_counted():
    """Bounds, parts and kinds of missing would undo the rounding; of a base that rounds to nobody there is no share."""
    rounded = round_people(share(17, 26), 5)
    assert (rounded.low, rounded.high, rounded.parts, rounded.missing) == (None, None, (), ())
    assert (rounded.value, rounded.count, rounded.n, rounded.rounding) == (60, 15, 25, "aantallen op veelvouden van 5")
    nobody = round_people(share(1, 2), 5)
    assert (nobody.count, nobody.n, math.isnan(nobody.value)) == (0, 0, True)


def test_reasons_are_listed_once_in_order():
    """What a note tells: why numbers are hidden, each reason once; what is shown has no reason there."""
    hidden = judge_result(share(2, 4), PROFILE)
    unanimous = judge_result(share(5, 5), PROFILE, "groep")
    shown = judge_result(share(9, 20), PROFILE)
    assert list_reasons([hidden, shown, unanimous, hidden]) == ("te kleine groep", "niemand of iedereen antwoordde dit")
    assert judge_output([hidden, unanimous]) == ("suppress", "te kleine groep; niemand of iedereen antwoordde dit")


def test_the_parts_of_a_suppressed_share_are_suppressed():
    """Count, base and bounds would each give it away."""
    hidden = judge_result(share(2, 4), PROFILE)
    for part in (hidden.aantal, hidden.basis, hidden.genodigd, hidden.minstens, hidden.hoogstens):
        assert (part.shown, part.status, part.to_json()["value"]) == ("·", "suppress", None)


def test_a_suppressed_result_survives_the_way_to_the_report():
    """What is read back from a notebook is what was written, also without a value."""
    hidden = judge_result(share(2, 4), PROFILE)
    assert Result.from_json(hidden.to_json()).to_json() == hidden.to_json()


UNKNOWN = """\
Fout in resultaat m.e.eens
  gevonden: geen status, bij herkomst "{herkomst}"
  verwacht: een herkomst die bekend is: gepubliceerd, gesimuleerd, herleid, waargenomen
  wat nu:   Verbeter herkomst in meting.yml, of laat de functie het getal beoordelen met judge_result."""
FORBIDDEN = """\
Fout in resultaat m.e.eens
  gevonden: een getal over mensen dat het profiel zo niet toestaat
  verwacht: een verborgen of afgerond getal ({reden})
  wat nu:   Laat de uitkomst weg uit het notebook, of laat de functie het getal beoordelen met judge_result."""


@pytest.mark.parametrize(
    ("result", "profile", "message"),
    [
        (share(9, 9, "niet vastgelegd"), PROFILE, UNKNOWN.format(herkomst="niet vastgelegd")),
        (share(9, 9), None, UNKNOWN.format(herkomst="waargenomen")),
        (share(2, 4), PROFILE, FORBIDDEN.format(reden="te kleine groep")),
        (share(17, 26), STRICT, FORBIDDEN.format(reden="mag volgens het profiel wodc-praktijk")),
    ],
)
def test_the_report_refuses_what_nobody_judged(result, profile, message):
    """A number of unknown provenance, without a profile, or shown although the profile hides or rounds it."""
    with pytest.raises(NsocError) as raised:
        settle_results([result], Rules(profile))
    assert str(raised.value) == message
    assert str(result.value) not in message


def release(key: str, besluit: str = "vrijgeven") -> Release:
    return Release(key, besluit, "projectleider", "2026-11-01", "Vijf organisaties antwoordden.")


def test_a_reviewer_overrules_review_and_its_parts():
    """The share, its count, base and bounds pass, with who said so, when and why."""
    judged = judge_result(share(17, 26), DOMINATED)
    parts = (judged.aantal, judged.basis, judged.genodigd, judged.minstens, judged.hoogstens)
    settled = settle_results([judged, *parts], Rules(DOMINATED, (release("m.e.eens"),)))
    reason = "vrijgegeven door een toetser (projectleider, 2026-11-01): Vijf organisaties antwoordden."
    assert [(r.status, r.status_reden) for r in settled] == [("pass", reason)] * 6


def test_holding_back_releases_nothing():
    """A decision not to release leaves the number under review."""
    judged = judge_result(share(17, 26), DOMINATED)
    assert settle_results([judged], Rules(DOMINATED, (release("m.e.eens", "tegenhouden"),)))[0].status == "review"


@pytest.mark.parametrize(
    ("key", "message"),
    [
        (
            "m.x",
            """\
Fout in data/raw/vrijgaven.csv, id m.x
  gevonden: een uitkomst die niet in het rapport staat
  verwacht: de id van een uitkomst uit resultaten.csv, of van een citaat
  wat nu:   Verbeter de id, of haal de rij weg.""",
        ),
        (
            "m.e.eens",
            """\
Fout in data/raw/vrijgaven.csv, id m.e.eens
  gevonden: een besluit over een verborgen uitkomst
  verwacht: een uitkomst met status review; wat het profiel verbergt kan niemand vrijgeven
  wat nu:   Haal de rij weg, of kies met wie over de gegevens gaat een ander profiel.""",
        ),
    ],
)
def test_a_decision_about_nothing_or_about_a_suppressed_output_is_an_error(key, message):
    """What the profile hides nobody can release, and an unknown id is a slip of the pen."""
    with pytest.raises(NsocError) as raised:
        settle_results([judge_result(share(2, 4), PROFILE)], Rules(PROFILE, (release(key),)))
    assert str(raised.value) == message
    assert settle_results([], Rules(PROFILE, (release("m.citaat.a"),)), {"m.citaat.a"}) == []


def test_a_table_passes_with_hidden_cells_and_waits_when_a_number_waits():
    """The status of a table or figure follows from the numbers in it."""
    passes, hidden = judge_result(share(9, 20), PROFILE), judge_result(share(2, 4), PROFILE)
    assert judge_output([passes]) == ("pass", "mag volgens het profiel wodc-praktijk")
    assert judge_output([passes, hidden]) == ("pass", "mag volgens het profiel wodc-praktijk; met verborgen cellen")
    assert judge_output([passes, judge_result(share(9, 20), DOMINATED)])[0] == "review"
    assert judge_output([hidden]) == ("suppress", "te kleine groep")
    assert judge_output([]) == ("pass", "bevat geen uitgerekend getal")
