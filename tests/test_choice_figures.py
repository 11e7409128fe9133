"""Figures of choices: the drawing holds the counted numbers, an alternative text and the table."""

import re
from xml.etree import ElementTree as ET

import pytest
from test_choice_tables import UNPUBLISHED
from test_choices import SURVEY

from nsoc_lib.choice_figures import plot_question
from nsoc_lib.choice_tables import SILENCE
from nsoc_lib.publish.digits import LOOSE

SVG = "{http://www.w3.org/2000/svg}"
KINDS = ("factoren", "factoren-rang", "regio", "soort-organisatie", "duur-functie", "stellingen", "functie-code")


def drawing(html: str) -> ET.Element:
    """Return the svg element of a figure; this fails when it is not well-formed."""
    return ET.fromstring(re.search(r"<svg.*?</svg>", html, re.DOTALL)[0])


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_has_a_figure_with_alternative_text_and_table(name):
    """The table below the figure has a row for each row of the drawing."""
    shown = plot_question(SURVEY, name)
    assert f'id="figuur-versterking-2021-{name}"' in shown.html
    assert re.search(r'<p class="alt"[^>]*>(Staafdiagram|Gestapeld)', shown.html)
    assert ">Dezelfde gegevens als tabel</summary>" in shown.html
    assert shown.png.startswith(b"\x89PNG")


@pytest.mark.parametrize("name", KINDS)
def test_every_digit_in_a_drawing_is_accounted_for(name):
    """Text with a digit or number word stands in a result or an indication."""
    root = drawing(plot_question(SURVEY, name).html)
    counted = [text for group in root.iter(f"{SVG}g") if group.get("class") in {"cijfer", "aanduiding"}
               for text in group.iter(f"{SVG}text")]  # fmt: skip
    loose = [text for text in root.iter(f"{SVG}text") if text not in counted and LOOSE.search("".join(text.itertext()))]
    assert loose == []


def test_the_bars_show_share_count_and_base():
    """Capacity: 91 percent, ten of eleven."""
    texts = ["".join(text.itertext()) for text in drawing(plot_question(SURVEY, "factoren").html).iter(f"{SVG}text")]
    assert {"Capaciteit", "91%", "10", "11"} <= set(texts)


def test_a_hidden_group_has_words_and_no_bar():
    """Neither share nor count of a small group is drawn."""
    html = plot_question(SURVEY, "duur-organisatie").html
    texts = ["".join(text.itertext()) for text in drawing(html).iter(f"{SVG}text")]
    assert texts.count("te klein om te tonen") == 2
    assert "2-tot-5" not in html


def test_the_alternative_text_says_what_the_figure_shows():
    """Most named, and the first place of the ranking."""
    assert "Capaciteit</span> (" in plot_question(SURVEY, "factoren").html
    ranks = plot_question(SURVEY, "factoren-rang").html
    assert re.search(r"plaats 1</span> het vaakst voor \(<data[^>]*>6</data> van", ranks)


def test_without_answers_nothing_is_drawn():
    """The chapter refuses once; no empty axes."""
    assert plot_question(UNPUBLISHED, "factoren") is SILENCE


def test_a_figure_on_too_few_people_is_refused():
    """Nobody answered the question on ambition."""
    assert "te weinig mensen" in plot_question(SURVEY, "ambitie").text


def test_the_same_answers_give_the_same_drawing():
    """A report made again differs in nothing."""
    assert plot_question(SURVEY, "duur-functie").html == plot_question(SURVEY, "duur-functie").html
