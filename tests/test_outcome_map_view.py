"""The drawn Outcome Map, read with another parser: every node reachable, nothing loose, nothing double."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from conftest import ROOT
from lxml import html as parser
from test_outcome_map import build
from transcribed import load_real

from nsoc_lib.outcome_map import OutcomeMap, build_outcome_map
from nsoc_lib.outcome_map_view import draw_outcome_map
from nsoc_lib.publish.digits import account_numbers
from nsoc_lib.publish.markup import CAPTIONED, NUMBER_PLACE

CSS = (ROOT / "nsoc_lib/publish/sjabloon/rapport.css").read_text(encoding="utf-8")
KEY = "figuur-kader-outcome-map"


@pytest.fixture(scope="module")
def kaart() -> OutcomeMap:
    return build_outcome_map(load_real("kader", "outcome_map"))


@pytest.fixture(scope="module")
def markup(kaart: OutcomeMap) -> str:
    return draw_outcome_map(kaart).html


@pytest.fixture(scope="module")
def figure(markup: str) -> parser.HtmlElement:
    return parser.fragment_fromstring(markup)


def box(figure: parser.HtmlElement, name: str) -> parser.HtmlElement:
    return figure.get_element_by_id(f"{KEY}-knoop-{name}")


def lines(figure: parser.HtmlElement, name: str) -> list[str]:
    return [line.text_content() for line in box(figure, name).xpath('.//p[@class="verband"]')]


def test_the_report_numbers_it_as_one_figure(markup: str) -> None:
    """It has the opening and the place for a number that the report looks for, once."""
    assert CAPTIONED.findall(markup) == [("figuur", KEY)]
    assert markup.count(NUMBER_PLACE) == 1


def test_no_number_is_loose(markup: str) -> None:
    """Every digit stands in a result or an indication, also that of NSOC-lab 2.0."""
    assert account_numbers(markup)[1] == []


def test_nothing_needs_a_hole_in_the_security_policy(markup: str) -> None:
    """No style, no script, no picture, and no heading that would change the order of the report."""
    assert re.findall(r"style=|<script|<img|\son\w+=|<h[1-6]", markup) == []


def test_ids_are_unique(figure: parser.HtmlElement) -> None:
    """Nodes, layers and columns share one page with the rest of the report."""
    ids = figure.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert all(name.startswith(KEY) for name in ids)


def test_every_node_is_reachable_by_a_link(figure: parser.HtmlElement, kaart: OutcomeMap) -> None:
    """Each link leads to a box, each box has one leading to it, and can take the focus."""
    targets = {link.removeprefix("#") for link in figure.xpath('//div[@class="kaart"]//a/@href')}
    assert targets == {f"{KEY}-knoop-{node.id}" for node in kaart.knopen}
    assert {figure.get_element_by_id(target).get("tabindex") for target in targets} == {"-1"}


def test_a_box_names_both_sides_of_a_link(figure: parser.HtmlElement) -> None:
    """What serves and what is served both say so, and whether the source does."""
    assert lines(figure, "hoger-doel")[0].startswith("Antwoord op: Misdaad tast")
    assert lines(figure, "probleem")[0].startswith("Antwoord hierop: Onder- en bovenwereld")
    assert lines(figure, "tbml-goud") == [
        "Bedoeld voor: Trade Based Money Laundering (TBML)",
        "Hoort bij, volgens ons: Fenomeenaanpak",
        "Hiervoor nodig, volgens ons: Commitment van de partners; Op tijd genoeg mensen met de juiste kennis; Op tijd de "
        "benodigde IT en voorzieningen; Hulp van de beheerorganisatie bij de versnelling; Werkbaar juridisch kader; "
        "Eenvoudiger governance; Mandaat van de directie van NSOC",
    ]
    assert lines(figure, "mandaat")[0].startswith("Nodig voor, volgens ons: TBML – Goud; ")
    assert lines(figure, "mandaat")[0].endswith("; Systeemgerichte aanpak verder ontwikkelen")


def test_the_bands_stand_in_the_order_of_the_source(figure: parser.HtmlElement) -> None:
    """Each band is a named group; singular where there is one node."""
    names = [band.text_content() for band in figure.xpath('//p[@class="laagnaam"]')]
    assert names == [
        "Probleemstelling", "Hoger doel", "Werkdoelen", "Stappen", "Werkwijzen", "Activiteiten", "Werkproces",
        "Randvoorwaarden",
    ]  # fmt: skip
    labels = figure.xpath('//section[@role="group"]/@aria-labelledby')
    assert [figure.get_element_by_id(label).text_content() for label in labels] == names


def test_an_arrow_says_in_words_what_a_band_is_for(figure: parser.HtmlElement) -> None:
    """Under the first band each has one; the glyph is hidden from a screen reader."""
    said = [arrow.text_content() for arrow in figure.xpath('//p[@class="pijl"]')]
    assert len(said) == 7
    assert said[0] == "▲ antwoord op probleemstelling"
    assert said[4] == "▲ bedoeld voor werkdoelen; hoort bij werkwijzen"
    assert said[6] == "▲ nodig voor activiteiten en werkproces"
    assert len(figure.xpath('//p[@class="pijl"]/span[@aria-hidden="true"]')) == 7


def test_activities_stand_in_a_column_under_their_focus_area(figure: parser.HtmlElement) -> None:
    """Four columns with three, three, three and two boxes."""
    columns = figure.xpath('//div[@class="kolom"]')
    assert [column[0].text_content() for column in columns][3] == "Corruptie en geweld"
    assert [len(column.xpath("./ol/li")) for column in columns] == [3, 3, 3, 2]


def test_the_text_counts_what_is_drawn(kaart: OutcomeMap, figure: parser.HtmlElement) -> None:
    """The sentence for who cannot see the map has the counts, and names the drawing."""
    said = figure.get_element_by_id(f"{KEY}-alt").text_content()
    assert said.startswith(
        "Kaart in 8 lagen, van boven naar beneden: 1 probleemstelling, 1 hoger doel, 4 werkdoelen, 3 "
    )
    assert "11 activiteiten, 1 werkproces en 7 randvoorwaarden." in said
    assert said.endswith("van de 129 verbanden noemt de bron er 23, de andere zijn van ons.")
    assert figure.xpath('//div[@class="kaart"]/@aria-labelledby') == [f"{KEY}-alt"]
    shown = {result.id: result for result in draw_outcome_map(kaart).results}
    assert set(figure.xpath("//data/@data-id")) == set(shown)


def test_the_twin_is_complete(figure: parser.HtmlElement, kaart: OutcomeMap) -> None:
    """Every node has its row, with every node it serves."""
    rows = figure.xpath("./details//tbody/tr")
    assert [row[0].text_content() for row in rows] == [node.label for node in kaart.knopen]
    served = [f"{row[3].text_content()}; {row[4].text_content()}".split("; ") for row in rows]
    counted = [len([name for name in names if name != "–"]) for names in served]
    assert counted == [len(node.ouders) for node in kaart.knopen]


def test_without_its_row_a_node_is_not_drawn() -> None:
    """Removing a condition from the real table removes its box and every link to it."""
    source = load_real("kader", "outcome_map")
    less = draw_outcome_map(build_outcome_map(replace(source, rijen=source.rijen[source.rijen["knoop"] != "mandaat"])))
    assert "Mandaat" in draw_outcome_map(build_outcome_map(source)).html
    assert "Mandaat" not in less.html
    assert "mandaat" not in less.html
    assert "6 randvoorwaarden" in less.text


def test_relations_light_up_for_every_place(figure: parser.HtmlElement) -> None:
    """A box names the places of what it is tied to, and the style sheet knows each place on the map."""
    assert box(figure, "caterpillar").get("data-bij").split() == [
        box(figure, name).get("class").split()[1]
        for name in ("tbml", "labs", "commitment", "capaciteit", "middelen", "beheerorganisatie", "juridisch-kader",
                     "governance", "mandaat")
    ]  # fmt: skip
    for places in figure.xpath('//li/@class[starts-with(., "knoop")]'):
        place = places.split()[1]
        assert f'.kaart:has(.{place}:focus-within) [data-bij~="{place}"]' in CSS


def test_text_from_the_table_cannot_become_markup() -> None:
    """A name with an angle bracket is shown as it is."""
    hostile = build(["zorg", "probleemstelling", "<b>", None, None])
    assert "<b>" not in draw_outcome_map(hostile).html
    assert "&lt;b&gt;" in draw_outcome_map(hostile).html
