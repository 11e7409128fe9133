"""Whether a source agrees with itself: each finding is a question with its places."""

from pathlib import Path

import pandas as pd
import pytest

from nsoc_lib.consistency import (
    RESPONSE,
    RULES,
    Rate,
    Total,
    audit_consistency,
    check_claims,
    check_dates,
    check_duplicates,
    check_restated,
    check_totals,
    check_wording,
    finding_rows,
    select_reported,
    stack_figures,
)
from nsoc_lib.errors import NsocError
from nsoc_lib.sources.tabular import load_table

RAW = Path(__file__).parent.parent / "data" / "raw"
FIGURE = ["onderwerp", "waarde", "verwoording", "vindplaats"]
STATEMENT = ["stelling", "vindplaats", "vorm", "waarde", "verwoording", "rol"]
DATE = ["gebeurtenis", "datum", "uiterlijk", "soort", "vindplaats"]


def figures(*rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=FIGURE, dtype=object)


def statements(*rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=STATEMENT).astype({"waarde": "Int64"})


def published(*rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["stelling", "percentage", "verwoording", "vindplaats"])


def response(**values: int) -> pd.DataFrame:
    rows = [
        (name.replace("_", "-"), value, "pct" if name.startswith("aandeel") else "personen", None, f"§1, {name}")
        for name, value in values.items()
    ]
    return pd.DataFrame(rows, columns=["kenmerk", "waarde", "eenheid", "verwoording", "vindplaats"])


def dates(*rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=DATE)


def load(name: str, **kinds: str) -> pd.DataFrame:
    columns = (RAW / name).read_text(encoding="utf-8").splitlines()[0].split(",")
    return load_table(RAW / name, name, {column: kinds.get(column, "tekst") for column in columns})


@pytest.fixture(scope="module")
def regioplan():
    """Return the findings on the report as it was typed over."""
    return audit_consistency(
        load("meting-1/gepubliceerd.csv", percentage="geheel"),
        load("meting-1/gepubliceerde_respons.csv", waarde="geheel"),
        load("meting-1/uitspraken.csv", waarde="geheel"),
        load("kader/datums.csv"),
    )


def test_the_response_of_31_adds_up():
    """23 and 5 of 31 are 74 and 90 percent: nothing to ask."""
    values = response(uitgenodigd=31, compleet=23, deels=5, aandeel_compleet=74, aandeel_gestart=90)
    assert check_totals(values, RESPONSE) == ()


def test_a_percentage_that_its_counts_do_not_give_is_asked_about():
    """28 of 31 is 90 percent; a printed 91 gives a question with the four places it rests on."""
    values = response(uitgenodigd=31, compleet=23, deels=5, aandeel_compleet=74, aandeel_gestart=91)
    (finding,) = check_totals(values, RESPONSE)
    assert (finding.regel, finding.onderwerp, finding.staat_er) == (
        "deel en geheel",
        "aandeel-gestart",
        "aandeel-gestart 91; 28 van 31",
    )
    assert finding.vindplaatsen == ("§1, aandeel_gestart", "§1, compleet", "§1, deels", "§1, uitgenodigd")
    assert (finding.ernst, finding.raakt) == ("hoog", "getal")


def test_parts_may_be_fewer_than_a_total_only_where_that_is_said():
    """5 of 6 answered: fine for those invited, a question for a sum."""
    values = response(allen=6, eerste=2, tweede=3)
    assert check_totals(values, [Total("allen", ("eerste", "tweede"), hoogstens=True)]) == ()
    (finding,) = check_totals(values, [Total("allen", ("eerste", "tweede"))])
    assert finding.staat_er == "allen 6; eerste en tweede samen 5"


def test_more_parts_than_the_total_are_asked_about():
    """Four and three of six cannot both be so."""
    values = response(allen=6, eerste=4, tweede=3)
    assert len(check_totals(values, [Total("allen", ("eerste", "tweede"), hoogstens=True)])) == 1


def test_a_total_of_which_a_part_is_not_printed_is_not_judged():
    """What the source leaves out is no contradiction."""
    assert check_totals(response(allen=6, eerste=4), [Total("allen", ("eerste", "tweede"))]) == ()


def test_a_percentage_of_nobody_is_asked_about():
    """A share of a base of zero follows from nothing."""
    values = response(aandeel=50, eerste=1, allen=0)
    assert [f.staat_er for f in check_totals(values, [Rate("aandeel", ("eerste",), "allen")])] == [
        "aandeel 50; 1 van 0"
    ]


def test_a_figure_stated_twice_with_one_value_is_no_finding():
    """68 in two places is agreement."""
    assert check_restated(figures(("partners", 68, None, "§1"), ("partners", 68, None, "§2"))) == ()


def test_a_figure_stated_twice_with_two_values_is_asked_about():
    """68 in one place and 86 in another: one question with both places, in the order of the source."""
    (finding,) = check_restated(
        figures(("partners", 68, None, "§1"), ("partners", None, "ruim", "§2"), ("partners", 86, None, "§3"))
    )
    assert (finding.vindplaatsen, finding.staat_er) == (("§1", "§3"), "68 en 86")
    assert (finding.ernst, finding.raakt) == ("hoog", "getal")


def test_two_subjects_with_two_values_are_no_finding():
    """Different things may differ."""
    assert check_restated(figures(("partners", 68, None, "§1"), ("directie", 84, None, "§1"))) == ()


def test_a_word_far_from_its_percentage_is_asked_about():
    """Three quarters for 66 percent is nine points off; the rule's own word stands with the question."""
    (finding,) = check_wording(figures(("steun", 66, "drie kwart", "§1")))
    assert finding.staat_er == '66 procent en "drie kwart"; de regel geeft "twee derde"'
    assert (finding.regel, finding.ernst, finding.raakt) == ("percentage en woord", "middel", "getal")


@pytest.mark.parametrize(
    ("value", "word"),
    [(66, "twee derde"), (67, "ruim twee derde"), (82, "iets meer dan acht op de tien"), (89, "het overgrote deel")],
)
def test_another_word_within_the_tolerance_is_no_finding(value, word):
    """A synonym, a word one point off and a word that names no quantity give nothing to ask."""
    assert check_wording(figures(("steun", value, word, "§1"))) == ()


def test_a_word_elsewhere_is_held_against_the_percentage_of_its_subject():
    """The word "de meerderheid" in a conclusion is checked with the number of its subject, here 46 percent."""
    (finding,) = check_wording(figures(("goud", 46, None, "§1"), ("goud", None, "de meerderheid", "§5")))
    assert finding.vindplaatsen == ("§5",)
    assert finding.staat_er == '46 procent en "de meerderheid"; de regel geeft "iets minder dan de helft"'


def test_a_word_without_any_percentage_is_not_judged():
    """There is nothing to hold it against."""
    assert check_wording(figures(("goud", None, "de meerderheid", "§5"))) == ()


@pytest.mark.parametrize(("share", "weights"), [(54, ["hoog"]), (60, ["middel"]), (80, ["middel"]), (81, [])])
def test_an_opinion_told_as_a_fact_in_a_conclusion_is_asked_about(share, weights):
    """Up to 80 percent a conclusion should say whose opinion it is; below 60 the question weighs more."""
    findings = check_claims(
        published(("goud", share, "", "§3")), statements(("goud", "§5", "feit", None, None, "conclusie"))
    )
    assert [finding.ernst for finding in findings] == weights
    assert [(f.vindplaatsen, f.raakt) for f in findings] == [(("§3", "§5"), "conclusie")] * len(weights)


@pytest.mark.parametrize(("form", "role"), [("feit", "bevinding"), ("woord", "conclusie"), ("percentage", "conclusie")])
def test_an_opinion_told_as_an_opinion_is_no_finding(form, role):
    """Beside its number, or in words that say how many, an opinion may be told."""
    assert check_claims(published(("goud", 54, "", "§3")), statements(("goud", "§5", form, 54, "", role))) == ()


def test_a_claim_in_several_places_is_one_question():
    """The places stand together, that of the number first."""
    (finding,) = check_claims(
        published(("goud", 70, "", "§3")),
        statements(*((("goud", place, "feit", None, None, "conclusie")) for place in ("§4", "§5"))),
    )
    assert finding.vindplaatsen == ("§3", "§4", "§5")


@pytest.mark.parametrize(
    ("date", "latest", "asked"),
    [
        ("2024-01-15", "2024-01-15", False),
        ("2024-01-16", "2024-01-15", True),
        ("2024-01", "2024-01-15", False),
        ("2024-02", "2024-01-15", True),
        ("2024", "2024-01-15", False),
        ("2023-09", "2023-05", True),
        ("2023-05-31", "2023-05", False),
        ("2025", "2024", True),
        ("2024-12-31", "2024", False),
    ],
)
def test_a_date_is_late_when_no_day_of_it_lies_before_the_publication(date, latest, asked):
    """A month or a year is late only when even its first day is."""
    findings = check_dates(dates(("Iets", date, latest, "gebeurd", "§1")))
    assert [finding.regel for finding in findings] == ["datum na de bron"] * asked


def test_what_is_planned_may_lie_after_the_publication():
    """A plan that ends later is no contradiction."""
    assert check_dates(dates(("Einde", "2024-03", "2024-01-15", "gepland", "§1"))) == ()


def test_a_date_left_open_is_asked_about():
    """A place where the source prints no date gives a light question."""
    (finding,) = check_dates(dates(("Versie", None, "2024-01-15", "gebeurd", "noot")))
    assert (finding.regel, finding.ernst, finding.raakt) == ("datum ontbreekt", "laag", "geen")


@pytest.mark.parametrize("text", ["januari 2024", "2024-13", "2024-02-30", "24-1-1", "0000-01"])
def test_a_date_that_is_none_is_refused(text):
    """What cannot be a date gives one Dutch block with the row."""
    table = dates(("Iets", text, "2024-01-15", "gebeurd", "§1")).assign(rij=7)
    with pytest.raises(NsocError, match="tabel datums, rij 7, kolom datum"):
        check_dates(table)


def test_a_label_twice_in_one_list_is_asked_about():
    """The last criterion of §6.3 repeats the first of the conditions; case and punctuation make no difference."""
    labels = pd.DataFrame(
        [
            ("randvoorwaarden", "(Digitale) middelen beschikbaar", "§6.3, FF"),
            ("randvoorwaarden", "Governance versnelt besluiten", "§6.3, GG"),
            ("randvoorwaarden", "digitale middelen beschikbaar.", "§6.3, LL"),
            ("samenwerkingsverband", "Digitale middelen beschikbaar", "§6.2, S"),
        ],
        columns=["lijst", "label", "vindplaats"],
    )
    (finding,) = check_duplicates(labels)
    assert (finding.vindplaatsen, finding.staat_er) == (("§6.3, FF", "§6.3, LL"), "2 keer in randvoorwaarden")
    assert (finding.ernst, finding.raakt) == ("laag", "geen")


def test_figures_are_stacked_from_every_table_without_facts():
    """Figures, response and restated words stand in one table; a word for a count of people is left out."""
    counts = pd.DataFrame(
        [("compleet", 5, "personen", "volledig", "§2"), ("aandeel", 50, "pct", "de helft", "§2")],
        columns=["kenmerk", "waarde", "eenheid", "verwoording", "vindplaats"],
    )
    stacked = stack_figures(
        published(("goud", 54, "ruim de helft", "§1")),
        counts,
        statements(("goud", "§3", "woord", None, "veel", "bevinding"), ("goud", "§4", "feit", None, None, "conclusie")),
    )
    rows = stacked.astype(object).where(stacked.notna(), None).to_numpy().tolist()
    assert rows == [
        ["goud", 54, "ruim de helft", "§1"],
        ["compleet", 5, None, "§2"],
        ["aandeel", 50, "de helft", "§2"],
        ["goud", None, "veel", "§3"],
    ]


def test_a_statement_about_something_without_a_figure_is_refused():
    """A misspelt name in the transcription is one Dutch block that names it."""
    wrong = statements(("gaud", "§5", "feit", None, None, "conclusie"))
    with pytest.raises(NsocError, match='"gaud"'):
        stack_figures(published(("goud", 54, "", "§3")), response(allen=6), wrong)


def test_findings_come_in_the_order_of_the_rules():
    """Whatever the tables, the order of the findings is that of the rules and then of the source."""
    labels = pd.DataFrame([("a", "x", "§6"), ("a", "X", "§7")], columns=["lijst", "label", "vindplaats"])
    findings = audit_consistency(
        published(("goud", 54, "drie kwart", "§3"), ("steun", 70, "zeven op de tien", "§3")),
        response(uitgenodigd=6, compleet=5, deels=2),
        statements(
            ("goud", "§4", "percentage", 45, None, "bevinding"), ("goud", "§5", "feit", None, None, "conclusie")
        ),
        dates(("Open", None, "2024", "gebeurd", "§1"), ("Laat", "2025", "2024", "gebeurd", "§1")),
        labels,
    )
    assert [finding.regel for finding in findings] == [
        "deel en geheel",
        "twee keer genoemd",
        "percentage en woord",
        "meer dan het cijfer zegt",
        "datum ontbreekt",
        "datum na de bron",
        "dubbel in een lijst",
    ]
    assert {rule.naam for rule in RULES} == {finding.regel for finding in findings}
    assert [f.regel for f in select_reported(findings)] == [f.regel for f in findings[:4]]


def test_findings_become_rows_of_text():
    """The data file has a header and joins the places."""
    findings = check_restated(figures(("partners", 68, None, "§1"), ("partners", 86, None, "§3")))
    assert finding_rows(findings) == [
        ["regel", "onderwerp", "vindplaatsen", "staat_er", "vraag", "ernst", "raakt"],
        ["twee keer genoemd", "partners", "§1; §3", "68 en 86",
         "Gaat het om hetzelfde gegeven, en welke waarde is dan bedoeld?", "hoog", "getal"],
    ]  # fmt: skip


def test_the_report_agrees_with_itself_on_its_numbers(regioplan):
    """Totals fit, 68 percent stands twice with one value, and no word is further off than the rule allows."""
    assert [finding for finding in regioplan if finding.raakt == "getal"] == []


def test_eight_conclusions_of_the_report_give_an_opinion_without_its_share(regioplan):
    """Of the eight, that of 54 percent weighs most; all are questions and stand in chapter 5."""
    claims = {f.onderwerp: (f.staat_er[:2], f.ernst, f.vindplaatsen[-1][:13]) for f in select_reported(regioplan)}
    assert claims == {
        "uitvoering": ("68", "middel", "§5.2, vraag 2"),
        "capaciteit": ("74", "middel", "§5.2, vraag 3"),
        "datadeling": ("74", "middel", "§5.2, vraag 3"),
        "vrachtcontrole": ("74", "middel", "§5.2, vraag 3"),
        "logistieke-keten": ("70", "middel", "§5.2, vraag 3"),
        "regelgeving": ("69", "middel", "§5.2, vraag 3"),
        "witwassen": ("66", "middel", "§5.2, vraag 3"),
        "corruptie": ("54", "hoog", "§5.2, vraag 3"),
    }


def test_three_dates_of_the_report_are_asked_about(regioplan):
    """A presentation after the newsletter cited for it, a period after the stated month, and a date left open."""
    asked = [(f.regel, f.staat_er) for f in regioplan if f.raakt == "geen"]
    assert asked == [
        ("datum na de bron", "2023-09; op zijn laatst verwacht 2023-05"),
        ("datum na de bron", "2023-12; op zijn laatst verwacht 2023-08"),
        ("datum ontbreekt", "geen datum ingevuld"),
    ]
