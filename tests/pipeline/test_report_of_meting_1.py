"""The report of meting 1: what was published comes out, and every number can be traced."""

from __future__ import annotations

import csv
import re
from fractions import Fraction

import lxml.html
import pytest
from conftest import ROOT, TOKEN, StudyFolder

SOURCE = (ROOT / "data/raw/meting-1/gepubliceerd.csv").read_text(encoding="utf-8")
PUBLISHED = list(csv.DictReader(SOURCE.splitlines()))


@pytest.mark.parametrize("row", PUBLISHED, ids=[f"{row['thema']}.{row['stelling']}" for row in PUBLISHED])
def test_each_published_percentage_is_shown_on_a_base_that_its_figure_prints(built: StudyFolder, row: dict) -> None:
    """The page shows the published percentage for each statement, on one of the printed bases."""
    key = f"meting-1.procesthermometer.{row['thema']}.{row['stelling']}.eens"
    result = built.results()[key]
    assert built.tokens()[key][1] == f"{row['percentage']}%"
    assert built.tokens()[f"{key}.gepubliceerd"] == (row["percentage"], f"{row['percentage']}%")
    assert result["n"] in row["bases"].split()
    assert result["provenance"] == "gesimuleerd"


def test_there_are_28_percentages_in_four_themes() -> None:
    """The source prints 4, 3, 11 and 10 percentages."""
    themes = [row["thema"] for row in PUBLISHED]
    assert [themes.count(t) for t in ("daadkracht", "draagvlak", "draagkracht", "opbrengsten")] == [4, 3, 11, 10]


def test_both_response_rates_equal_the_published_ones(built: StudyFolder) -> None:
    """Of 31 invited 28 started (90 percent) and 23 finished (74 percent)."""
    shown = {key: text for key, (_, text) in built.tokens().items()}
    assert [shown[f"meting-1.respons.{name}"] for name in ("genodigd", "gestart", "compleet", "deels")] == [
        "31", "28", "23", "5",
    ]  # fmt: skip
    assert shown["meting-1.respons.gestart.aandeel"] == "90%"
    assert shown["meting-1.respons.compleet.aandeel"] == "74%"


def test_who_gave_no_answer_is_counted_per_kind(built: StudyFolder) -> None:
    """Of 31 invited 25 answered on the directie: nobody skipped it, three had stopped, three never began."""
    result = built.results()["meting-1.procesthermometer.daadkracht.directie.eens"]
    assert result["missing"] == "overgeslagen 0; niet bereikt 3; niet begonnen 3"


def test_five_percentages_fit_only_as_a_sum_of_rounded_categories(built: StudyFolder) -> None:
    """Rounded once, 23 of the 28 fit; the readings of the other five are shown side by side."""
    results = built.results()
    assert results["meting-1.vergelijking.eens-afgerond"]["value"] == "23"
    summed = {key.split(".")[3] for key in results if key.endswith(".som-van-percentages")}
    assert summed == {"doelen-nagestreefd", "vrachtcontrole", "logistieke-keten", "zicht-vermenging", "witwassen"}
    assert results["meting-1.procesthermometer.opbrengsten.vrachtcontrole.eens.percentage-van-de-som"]["value"] == "73"


def test_every_number_on_the_page_is_the_number_in_the_ledger(built: StudyFolder) -> None:
    """A token's id stands in resultaten.csv, with the same plain value and the same text, or a word for it."""
    results = built.results()
    for key, value, shown in TOKEN.findall(built.page):
        assert results[key]["value"] == value
        assert shown == results[key]["shown"] or not re.search(r"\d", shown), key


def test_every_number_in_a_drawing_is_in_the_ledger(built: StudyFolder) -> None:
    """A figure's labels carry the id and value of a result."""
    drawn = re.findall(r'<g class="cijfer" data-id="([^"]+)" data-value="([^"]*)">', built.page)
    results = built.results()
    assert len(drawn) == 5 * len(PUBLISHED)
    assert all(results[key]["value"] == value for key, value in drawn)


def test_a_word_for_a_share_has_its_counts_beside_it(built: StudyFolder) -> None:
    """At this size one answer changes every word, so k of n follows in the same sentence."""
    sentence = re.sub(r"</?(button|span)\b[^>]*>", "", built.page)
    assert re.search(
        r">ruim negen op de tien</data> deelnemers \(<data[^>]*>24</data> van de <data[^>]*>26</data>\)", sentence
    )


def test_intervals_stay_in_the_chapter_on_certainty(built: StudyFolder) -> None:
    """The range of the invited and Wilson's interval of a larger group are shown once, with bounds beside them."""
    shown = {key: text for key, (_, text) in built.tokens().items()}
    base = "meting-1.procesthermometer.daadkracht.directie.eens"
    limits = [
        shown[f"{base}.{name}"] for name in ("minstens", "hoogstens", "hypergeometrisch.laag", "hypergeometrisch.hoog")
    ]
    assert limits == ["21", "27", "23", "27"]
    assert (shown[f"{base}.wilson.laag"], shown[f"{base}.wilson.hoog"]) == ("65%", "94%")
    before = built.page[: built.page.index('id="hoofdstuk-zekerheid-meting-1-directie"')]
    assert "hypergeometrisch" not in before


def test_questions_to_the_authors_touch_a_number_or_a_conclusion(built: StudyFolder) -> None:
    """Of twelve questions eight touch a conclusion and are printed; all stand in the researcher's file."""
    rows = (built.data / "processed" / "meting-1" / "samenhang.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 1 + 12
    assert any("onderdeel FF; Regioplan §6.3, onderdeel LL" in row for row in rows)
    table = built.page[built.page.index('id="tabel-meting-1-bronverschillen"') :]
    assert table[: table.index("</figure>")].count('<tr><th scope="row">') == 8


def test_every_answer_rests_on_evidence_that_is_there(built: StudyFolder) -> None:
    """Seven research questions are answered, up front and in their chapter, and no evidence is missing."""
    results = built.results()
    assert (results["kader.antwoorden.aantal"]["value"], results["kader.antwoorden.zonder-bewijs"]["value"]) == (
        "7",
        "0",
    )
    front, chapter = (built.page.index(f"{title}</h3>") for title in ("In het kort", "Onderzoeksvragen beantwoord"))
    for label in ("In hoeverre is het Actieplan uitgevoerd?", "Welke lessen maken NSOC effectiever?"):
        assert front < built.page.index(label) < chapter < built.page.rindex(label)


def test_no_number_on_the_page_is_loose(built: StudyFolder) -> None:
    """Every digit and number word of the default report is accounted for, so it could be final."""
    assert "<mark" not in built.page


def test_the_first_page_says_what_is_imitated(built: StudyFolder) -> None:
    """The title page says in plain Dutch that nobody real is behind the answers."""
    title_page = built.page[built.page.index('<header class="titelblad">') : built.page.index("</header>")]
    assert "nooit openbaar gemaakt" in title_page
    assert "zit niemand" in title_page
    assert "niet gemaakt en niet" in title_page


def test_simulated_answers_are_not_broken_down_by_group(built: StudyFolder) -> None:
    """A breakdown by group is refused with the reason, and no whole scale is shown."""
    assert built.page.count("bij welke groep een antwoord hoort is nooit gepubliceerd") == 4
    assert not [key for key in built.results() if ".groep." in key or ".antwoord." in key]


def test_chapters_figures_and_tables_are_numbered(built: StudyFolder) -> None:
    """Chapters follow evaluatie.yml, figures and tables count per chapter, an appendix has a letter."""
    titles = re.findall(r'<h3 class="hoofdstuktitel"><span class="aanduiding">(\w+)</span> ([^<]+)</h3>', built.page)
    assert titles[:3] == [("i", "In het kort"), ("ii", "Samenvatting"), ("iii", "Summary")]
    assert titles[3] == ("1", "Aanleiding en vragen")
    assert titles[8] == ("6", "Uitvoering en daadkracht")
    letters = [number for number, _ in titles if number.isalpha() and number.isupper()]
    assert letters == list("ABCDEFGHIJKLMNOPQRSTUVWXYZ")[: len(letters)]
    assert len(letters) == 16  # two codebooks, the questions to the authors, thirteen project sheets
    assert '<span class="aanduiding nummer">Figuur 6.1.</span>' in built.page
    assert 'href="#figuur-meting-1-daadkracht">figuur 6.1</a>' in built.page


def test_figures_are_there_for_slides(built: StudyFolder) -> None:
    """Each figure is published as SVG and PNG."""
    names = {path.name for path in (built.reports / "figuren").iterdir()}
    themes = ("daadkracht", "draagvlak", "draagkracht", "opbrengsten")
    drawings = [*(f"figuur-meting-1-{theme}" for theme in themes), "figuur-kader-tijdlijn"]
    assert names == {f"{drawing}.{kind}" for drawing in drawings for kind in ("svg", "png")}


def test_nothing_about_one_person_leaves_the_data_folder(built: StudyFolder) -> None:
    """No response id, address, name, answer in words or row number stands in any published file."""
    with built.export.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    header, people = rows[0], rows[3:]
    private = [header.index(name) for name in ("ResponseId", "RecipientEmail", "IPAddress", "Q5")]
    secrets = {row[column] for row in people for column in private} - {""}
    assert len(secrets) > 3 * 23
    for name, content in built.files().items():
        for secret in secrets:
            assert secret.encode() not in content, f"{secret} in {name}"
        assert str(built.root).encode() not in content, name


def test_the_summaries_say_no_number_that_the_chapters_do_not_show(built: StudyFolder) -> None:
    """Each number in the Dutch and the English summary stands in a chapter under the same id, and both tell the same."""
    tree = lxml.html.fromstring(built.page.encode())
    chapters = tree.xpath("//article[contains(@id, '-summary-') or contains(@id, '-samenvatting-')]")
    told = [set(chapter.xpath(".//data/@data-id")) for chapter in chapters]
    shown = set(tree.xpath("//section[@class='deel'][position() > 1]//@data-id"))
    assert len(told[0]) > 40
    assert told[0] == told[1] <= shown


def test_the_english_summary_is_english_and_its_dutch_terms_are_dutch(built: StudyFolder) -> None:
    """A screen reader is told of each switch of language; no other chapter claims to be English."""
    tree = lxml.html.fromstring(built.page.encode())
    (summary,) = tree.xpath("//article[@lang='en']")
    assert "Procesthermometer" in summary.xpath(".//span[@lang='nl']/text()")
    assert tree.xpath("//nav//*[@lang='en']//a/@href") == [f"#{summary.get('id')}"]


def account_of(page: lxml.html.HtmlElement, key: str) -> dict[str, str]:
    """Return what the popover of a result says, by term."""
    (button,) = page.xpath("//button[data/@data-id=$key][1]", key=key)[:1]
    popover = page.get_element_by_id(button.get("popovertarget"))
    assert key in popover.text_content()
    return dict(zip(popover.xpath(".//dt/text()"), popover.xpath(".//dd/text()"), strict=True))


def outcome(formula: str) -> tuple[Fraction, str]:
    """Compute the last but one part of a printed "a = b ≈ c" by its own digits, and return it with c."""
    *_, sum_to_do, printed = re.split(r" [=≈] ", formula.split(", als", maxsplit=1)[0])
    match = re.fullmatch(r"100 × (?:(\d+)|\((\d+) \+ (\d+) − (\d+)\)) / (\d+)", sum_to_do)
    assert match, formula
    k = int(match[1]) if match[1] else int(match[2]) + int(match[3]) - int(match[4])
    return Fraction(100 * k, int(match[5])), printed


def test_every_share_and_its_bounds_follow_from_the_formula_that_is_printed(built: StudyFolder) -> None:
    """Whoever redoes the sum in the popover by hand gets the value and bounds of resultaten.csv, for every row."""
    page = lxml.html.fromstring(built.page.encode())
    shares = {key: row for key, row in built.results().items() if row["count"] and row["n"]}
    assert len(shares) >= len(PUBLISHED)
    for key, row in shares.items():
        told = account_of(page, key)
        for term, column in (("Totstandkoming", "value"), ("Ondergrens", "low"), ("Bovengrens", "high")):
            computed, printed = outcome(told[term])
            assert float(computed) == pytest.approx(float(row[column]), abs=1e-9), (key, column)
            assert float(printed.replace(",", ".")) == pytest.approx(float(row[column]), abs=0.005001), (key, column)
        assert told["Aantallen"] == (
            f"k = {row['count']} (tellen mee), n = {row['n']} (geldige antwoorden), N = {row['population']} (genodigd)"
        )
        rounded = re.search(r"(\d+)%?$", told["Afronding"])
        assert rounded
        assert f"{rounded[1]}%" == row["shown"], key


def test_every_result_says_how_it_came_about_and_what_guarded_its_data(built: StudyFolder) -> None:
    """One row and one popover per result; data, provenance and suite are the ones of resultaten.csv."""
    page = lxml.html.fromstring(built.page.encode())
    results = built.results()
    rows = page.xpath("//section[@id='resultaten']//tbody/tr/@id")
    assert sorted(rows) == sorted(f"resultaat-{key}" for key in results)
    popovers = page.xpath("//*[@popover]")
    assert len(popovers) == len(results)
    for popover, (key, row) in zip(
        sorted(popovers, key=lambda p: int(p.get("id").split("-")[1])), results.items(), strict=True
    ):
        told = dict(zip(popover.xpath(".//dt/text()"), popover.xpath(".//dd/text()"), strict=True))
        assert f"#resultaat-{key}" in popover.xpath(".//a/@href")
        assert row["provenance"] in told["Herkomst"]
        assert row["label"] in popover.text_content()
        table, _, version = row["dataset"].partition("@")
        assert table in told["Gegevens"]
        if version:
            assert version in told["Gegevens"]
            assert told["Getoetst"].startswith(f"suite {table}: ")
        (notebook,) = popover.xpath(".//a[starts-with(@href, 'notebooks/')]/@href")
        assert (built.reports / notebook).read_text(encoding="utf-8").startswith("<!doctype html>")
