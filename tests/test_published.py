"""What a source prints, beside what the data give."""

import pandas as pd
import pytest
from fictitious import survey_record

from nsoc_lib.codebook import Codebook
from nsoc_lib.entries import Entry
from nsoc_lib.errors import NsocError
from nsoc_lib.meting import Invited
from nsoc_lib.published import build_facts, compare_published, compare_response, count_comparisons
from nsoc_lib.response import count_response
from nsoc_lib.source_rows import SourceTable
from nsoc_lib.survey import Survey

# Eight of ten invited people began and six finished. Per statement: how many "Eens", how many "Zeer eens".
AGREEING = {"steun": (1, 1), "tijd": (2, 2), "geld": (0, 8)}
COLUMNS = ["thema", "stelling", "percentage", "bases", "toewijzing", "verwoording", "vindplaats"]
PRINTED = [
    ("draagvlak", "tijd", 50, "7 8", "genoemd", "de helft", "§3.2"),
    ("draagvlak", "steun", 26, "7 8", "afgeleid", "een kwart", "§3.3"),
    ("draagvlak", "geld", 99, "6 7", "genoemd", "bijna allen", "§3.4"),
]


def tiny_survey(afronding: str) -> Survey:
    raw = {
        "instrument": "proef",
        "schalen": {
            "eens": {
                "herkomst": "vragenlijst",
                "antwoorden": [{"code": n, "label": label} for n, label in enumerate(("Oneens", "Eens", "Zeer eens"))],
                "instemmend": ["Eens", "Zeer eens"],
            }
        },
        "themas": {"draagvlak": "Draagvlak"},
        "stellingen": [
            {"id": name, "kolom": name, "import_id": name, "thema": "draagvlak", "kort": name.capitalize(),
             "tekst": name, "schaal": "eens", "richting": "positief"}
            for name in AGREEING
        ],
        "open_vragen": [
            {"id": "open", "kolom": "Q9", "import_id": "Q9", "tekst": "Wat nog?", "bewaren": False, "reden": "Proef.",
             "codes": {"gedeelde-visie": "Mist een gedeelde visie"}}
        ],
    }  # fmt: skip
    rows = [
        (f"d{person}", name, "draagvlak", answer, "geldig", person, name)
        for name, (agree, strongly) in AGREEING.items()
        for person, answer in enumerate(
            ["Eens"] * agree + ["Zeer eens"] * strongly + ["Oneens"] * (8 - agree - strongly), 1
        )
    ]
    everybody = Invited("Allen", 10, "gepubliceerd", "§1")
    return Survey(
        meting="meting-1",
        antwoorden=pd.DataFrame(
            rows, columns=["respondent", "stelling", "thema", "antwoord", "status", "rij", "kolom"]
        ),
        respondenten=pd.DataFrame(
            {"respondent": [f"d{n}" for n in range(1, 9)], "compleet": [True] * 6 + [False] * 2}
        ),
        open_antwoorden=pd.DataFrame(
            {"respondent": ["d1", "d2"], "vraag": ["open", "open"], "code": ["gedeelde-visie", None]}
        ),
        codeboek=Codebook.build(Entry(raw, "codeboek.yml")),
        opgave=survey_record(everybody, instrument="proef", herkomst="gesimuleerd", afronding=afronding),
        dataset="proef@abc",
    )  # fmt: skip


def printed(rows: list[tuple[object, ...]], columns: list[str] = COLUMNS) -> SourceTable:
    return SourceTable("meting-1", pd.DataFrame(rows, columns=columns), "gepubliceerd", "gepubliceerd@def")


@pytest.fixture
def comparisons():
    """Return the three printed percentages beside those computed as a sum of rounded categories."""
    return compare_published(tiny_survey("som van afgeronde percentages"), printed(PRINTED))


def test_comparisons_keep_the_order_of_the_source(comparisons):
    """The table reads like the source, not like the questionnaire."""
    assert [c.berekend.id.split(".")[3] for c in comparisons] == ["tijd", "steun", "geld"]


def test_the_published_figure_is_a_result_of_its_own(comparisons):
    """It has the id of the computed one with an ending, and the origin of the table it was printed in."""
    first = comparisons[0]
    assert first.gepubliceerd.id == f"{first.berekend.id}.gepubliceerd"
    assert (first.gepubliceerd.value, first.gepubliceerd.provenance) == (50, "gepubliceerd")
    assert (first.gepubliceerd.dataset, first.berekend.dataset) == ("gepubliceerd@def", "proef@abc")


def test_two_readings_of_two_agreeing_people_out_of_eight(comparisons):
    """Two of eight is 25 percent; rounded apart, 12.5 and 12.5 become 13 and 13, which is 26."""
    steun = comparisons[1]
    assert (steun.van_de_som, steun.som_van_delen, steun.berekend.value) == (25, 26, 25)


def test_figures_are_equal_when_they_show_the_same_percentage(comparisons):
    """50 and 26 are met as shown; 100 against a printed 99 is not."""
    assert [c.gelijk for c in comparisons] == [True, True, False]


def test_the_rounding_rule_of_the_survey_decides_what_is_shown():
    """With a single rounding two of eight shows 25%, which is not the printed 26."""
    rounded_once = compare_published(tiny_survey("percentage van de som"), printed(PRINTED))
    assert [c.gelijk for c in rounded_once] == [True, False, False]


def test_a_base_is_compared_with_those_the_figure_prints(comparisons):
    """Eight answers is a printed base of the first two figures and not of the third."""
    assert [(c.bases, c.basis_gedrukt) for c in comparisons] == [((7, 8), True), ((7, 8), True), ((6, 7), False)]


def test_what_the_source_says_of_a_figure_travels_along(comparisons):
    """Wording, locator and whether the figure was named or inferred stand with each comparison."""
    steun = comparisons[1]
    assert (steun.thema, steun.toewijzing, steun.verwoording, steun.vindplaats) == (
        "draagvlak",
        "afgeleid",
        "een kwart",
        "§3.3",
    )


def test_comparisons_are_counted_by_how_they_fit(comparisons):
    """Of three, two are equal as shown, one also when rounded once, two stand on a printed base."""
    counts = count_comparisons(comparisons)
    assert {name: counts[name].value for name in ("totaal", "gelijk", "eens_afgerond", "basis_gedrukt")} == {
        "totaal": 3,
        "gelijk": 2,
        "eens_afgerond": 1,
        "basis_gedrukt": 2,
    }


def test_a_figure_that_fits_in_neither_reading_is_not_counted_as_a_sum(comparisons):
    """Only the 26 is explained by adding rounded parts; the printed 99 is explained by nothing."""
    assert count_comparisons(comparisons)["alleen_als_som"].value == 1


def test_counts_of_comparisons_are_results_of_the_meting(comparisons):
    """Their ids begin with the meting and hold no underscore."""
    assert {result.id for result in count_comparisons(comparisons).values()} == {
        f"meting-1.vergelijking.{name}"
        for name in ("totaal", "gelijk", "eens-afgerond", "als-som", "alleen-als-som", "basis-gedrukt")
    }


def test_a_printed_statement_that_was_never_asked_is_refused():
    """A misspelt statement in the transcription is one Dutch block that names it."""
    wrong = printed([("draagvlak", "stuen", 26, "8", "genoemd", "", "§3.2")])
    with pytest.raises(NsocError, match="stuen"):
        compare_published(tiny_survey("percentage van de som"), wrong)


RESPONSE_COLUMNS = ["kenmerk", "waarde", "eenheid", "verwoording", "vindplaats"]


def test_the_printed_response_stands_beside_the_computed_one():
    """Ten invited, eight began (80 percent), one of the eight misses a shared vision (12.5 percent)."""
    survey = tiny_survey("percentage van de som")
    table = printed(
        [
            ("uitgenodigd", 10, "personen", None, "§3.1"),
            ("aandeel-gestart", 80, "pct", "ruim", "§3.1"),
            ("gedeelde-visie", 10, "pct", "ongeveer", "§3.3"),
        ],
        RESPONSE_COLUMNS,
    )
    rows = compare_response(survey, count_response(survey), table)
    assert [(computed.value, published.value, word, place) for computed, published, word, place in rows] == [
        (10, 10, "", "§3.1"),
        (80, 80, "ruim", "§3.1"),
        (12.5, 10, "ongeveer", "§3.3"),
    ]


def test_a_printed_figure_on_the_response_that_nobody_computes_is_refused():
    """A misspelt name in the transcription is one Dutch block that names it."""
    survey = tiny_survey("percentage van de som")
    table = printed([("uitgenodigt", 10, "personen", None, "§3.1")], RESPONSE_COLUMNS)
    with pytest.raises(NsocError, match="uitgenodigt"):
        compare_response(survey, count_response(survey), table)


def test_a_fixed_fact_is_a_result_with_its_origin():
    """A fact can stand in a sentence by its name."""
    columns = ["feit", "waarde", "eenheid", "omschrijving", "vindplaats"]
    facts = build_facts(
        SourceTable("kader", pd.DataFrame([("partners", 6, "organisaties", "Organisaties", "§1.1")], columns=columns),
                    "gepubliceerd", "feiten@abc")
    )  # fmt: skip
    assert (facts.partners.id, facts.partners.shown) == ("kader.feiten.partners", "6")
    assert "partners" in dir(facts)  # by which JupyterLab completes a name
    assert (facts.partners.unit, facts.partners.provenance) == ("organisaties", "gepubliceerd")


def test_a_fact_that_does_not_exist_is_named():
    """A misspelt fact says which one is missing."""
    with pytest.raises(NsocError, match='geen feit "partner"'):
        _ = build_facts(printed([], ["feit", "waarde", "eenheid", "omschrijving"])).partner
