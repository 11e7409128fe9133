"""Figures: the counted bars are tested on values, the drawing on what a reader must find in it."""

import re
from collections import Counter
from dataclasses import replace
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
from conftest import OPEN_PROFILE
from fictitious import survey_record

from nsoc_lib.codebook import Codebook
from nsoc_lib.entries import Entry
from nsoc_lib.errors import NsocError
from nsoc_lib.figures import AGREES, AGREES_NEGATIVE, OTHER, likert_data, plot_likert
from nsoc_lib.meting import Invited
from nsoc_lib.survey import Survey

SVG = "{http://www.w3.org/2000/svg}"
SCALE = ["Oneens", "Neutraal", "Eens", "Zeer eens"]
# Six of eight invited people began. Nobody chose "Neutraal".
ANSWERS = {
    "steun": ["Eens", "Zeer eens", "Eens", "Oneens", None, None],
    "tijd": ["Eens", "Oneens", "Oneens", "Oneens", "Oneens", None],
}
SHORT = {"steun": "Directie steunt het plan", "tijd": "Te weinig tijd"}


def tiny_survey(herkomst: str) -> Survey:
    statements = [
        {"id": name, "kolom": f"Q{number}", "import_id": f"QID{number}", "thema": "draagvlak", "kort": SHORT[name],
         "tekst": f"{SHORT[name]}.", "schaal": "eens", "richting": "negatief" if name == "tijd" else "positief"}
        for number, name in enumerate(ANSWERS, 1)
    ]  # fmt: skip
    scale = {
        "herkomst": "vragenlijst",
        "antwoorden": [{"code": code, "label": label} for code, label in enumerate(SCALE, 1)],
        "instemmend": ["Eens", "Zeer eens"],
    }
    raw = {"instrument": "proef", "schalen": {"eens": scale}, "themas": {"draagvlak": "Draagvlak"},
           "stellingen": statements}  # fmt: skip
    rows = [
        (f"d{person}", name, "draagvlak", answer, "geldig" if answer else "overgeslagen", person, "Q")
        for name, answers in ANSWERS.items()
        for person, answer in enumerate(answers, 1)
    ]
    answers = pd.DataFrame(rows, columns=["respondent", "stelling", "thema", "antwoord", "status", "rij", "kolom"])
    record = survey_record(Invited("Allen", 8, "gepubliceerd", "§1"), instrument="proef", herkomst=herkomst)
    people = pd.DataFrame({"respondent": [f"d{person}" for person in range(1, 7)]})
    codebook = Codebook.build(Entry(raw, "codeboek.yml"))
    return Survey("meting-1", answers, people, pd.DataFrame(), codebook, record, "proef@abc", profiel=OPEN_PROFILE)


@pytest.fixture(scope="module", params=["gesimuleerd", "waargenomen"])
def survey(request):
    """Return the same answers once as imitated and once as observed."""
    return tiny_survey(request.param)


@pytest.fixture(scope="module")
def html(survey):
    """Return the figure of the theme as it stands in a notebook."""
    return plot_likert(survey, "draagvlak").html


def drawing(html: str) -> ET.Element:
    """Return the svg element of a figure; this fails when it is not well-formed."""
    return ET.fromstring(re.search(r"<svg.*?</svg>", html, re.DOTALL)[0])


def texts(element: ET.Element) -> list[str]:
    return ["".join(text.itertext()) for text in element.iter(f"{SVG}text")]


def test_imitated_answers_show_who_agrees_against_the_rest():
    """Three of four agree with the first statement, one of five with the second, put negatively."""
    bars = likert_data(tiny_survey("gesimuleerd"), "draagvlak")
    assert [[(segment.label, segment.aantal) for segment in bar.segmenten] for bar in bars] == [
        [(AGREES, 3), (OTHER, 1)],
        [(AGREES_NEGATIVE, 1), (OTHER, 4)],
    ]


def test_observed_answers_show_the_whole_scale():
    """Every point of the scale is a segment, also the one nobody chose, agreeing first."""
    bars = likert_data(tiny_survey("waargenomen"), "draagvlak")
    assert [[(segment.label, segment.aantal) for segment in bar.segmenten] for bar in bars] == [
        [("Zeer eens", 1), ("Eens", 2), ("Neutraal", 0), ("Oneens", 1)],
        [("Zeer eens", 0), ("Eens", 1), ("Neutraal", 0), ("Oneens", 4)],
    ]


def test_the_largest_agreement_stands_first(survey):
    """Bars are ordered by share, three of four before one of five."""
    assert [bar.eens.value for bar in likert_data(survey, "draagvlak")] == [75, 20]


def test_each_bar_has_its_own_base(survey):
    """Who skipped a statement is not in the base of that statement only."""
    assert [bar.n for bar in likert_data(survey, "draagvlak")] == [4, 5]


def test_a_statement_put_negatively_says_so(survey):
    """Who agrees with a negative statement sees a shortage; the label of the bar tells."""
    labels = [bar.label for bar in likert_data(survey, "draagvlak")]
    assert labels == ["Directie steunt het plan", "Te weinig tijd (negatief)"]


def test_an_unknown_theme_is_refused(survey):
    """A misspelt theme is one Dutch block with the themes there are."""
    with pytest.raises(NsocError) as error:
        plot_likert(survey, "draagvlag")
    assert str(error.value) == (
        "Fout in parameter thema\n"
        '  gevonden: "draagvlag"\n'
        "  verwacht: een thema uit het codeboek: draagvlak\n"
        "  wat nu:   Verbeter thema in data/raw/evaluatie.yml of in de cel met parameters."
    )


def test_the_legend_of_observed_answers_has_every_point_of_the_scale():
    """A point nobody chose is in the legend, so that a reader sees that it could be chosen."""
    drawn = texts(drawing(plot_likert(tiny_survey("waargenomen"), "draagvlak").html))
    assert [label for label in SCALE if label not in drawn] == []


def test_the_legend_of_imitated_answers_names_no_point_of_the_scale():
    """Only the share that agrees was published; the drawing must not suggest more."""
    drawn = texts(drawing(plot_likert(tiny_survey("gesimuleerd"), "draagvlak").html))
    assert [label for label in SCALE if label in drawn] == []
    assert {AGREES, AGREES_NEGATIVE, OTHER} <= set(drawn)


def test_share_count_and_base_of_each_statement_are_drawn(html):
    """The reader sees 75%, 3 van 4 and 20%, 1 van 5 in the picture itself."""
    drawn = Counter(texts(drawing(html)))
    assert drawn["van"] == 2
    assert all(drawn[text] >= 1 for text in ("75%", "3", "4", "20%", "1", "5"))


def test_every_digit_of_the_drawing_is_a_result(html):
    """Text with a digit stands only inside a group that is tied to the ledger."""
    svg = drawing(html)
    accounted = [text for group in svg.iter(f"{SVG}g") if group.get("class") == "cijfer" for text in texts(group)]
    with_digit = [text for text in texts(svg) if re.search(r"\d", text)]
    assert Counter(with_digit) == Counter(accounted)
    assert len(with_digit) >= 6


def test_what_is_drawn_is_what_the_ledger_holds(survey):
    """Each drawn number has the id of a result of the figure and shows it as that result is shown."""
    figure = plot_likert(survey, "draagvlak")
    shown = {result.id: result.shown for result in figure.results}
    groups = [group for group in drawing(figure.html).iter(f"{SVG}g") if group.get("class") == "cijfer"]
    assert [(group.get("data-id"), texts(group)[-1]) for group in groups] == [
        (group.get("data-id"), shown.get(group.get("data-id"))) for group in groups
    ]
    assert "meting-1.proef.draagvlak.steun.eens.basis" in {group.get("data-id") for group in groups}


def test_the_drawing_has_no_inline_style(html):
    """A strict page refuses the attribute style."""
    assert "style=" not in html
    assert "<style" not in html


def test_ids_are_unique_and_clip_paths_point_at_them(html):
    """No two elements share an id, and what is pointed at exists."""
    ids = re.findall(r'(?<![\w-])id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    targets = re.findall(r'url\(#([^)]+)\)|(?<![\w-])href="#([^"]+)"', html)
    assert {one or other for one, other in targets} <= set(ids)


def test_two_figures_on_one_page_share_no_id():
    """The same theme of another meting is another drawing."""
    first = tiny_survey("waargenomen")
    second = replace(first, meting="meting-2")
    found = [
        set(re.findall(r'(?<![\w-])id="([^"]+)"', plot_likert(survey, "draagvlak").html)) for survey in (first, second)
    ]
    assert found[0] & found[1] == set()


def test_the_same_answers_give_the_same_bytes(survey):
    """Drawing twice gives the same SVG and the same PNG."""
    first, second = plot_likert(survey, "draagvlak"), plot_likert(survey, "draagvlak")
    assert first.html == second.html
    assert first.png == second.png
    assert first.png.startswith(b"\x89PNG")


def test_the_caption_of_imitated_answers_says_that_they_are():
    """Whoever copies the figure copies the warning."""
    assert (
        '-titel"><span class="aanduiding nummer"></span> Draagvlak: wie het eens is met elke stelling, en op '
        "hoeveel antwoorden. Nagebootste antwoorden; alleen het instemmende aandeel is gepubliceerd.</figcaption>"
    ) in plot_likert(tiny_survey("gesimuleerd"), "draagvlak").html


def test_the_caption_of_observed_answers_has_no_such_warning():
    """Real answers are not called imitated."""
    assert "agebootst" not in plot_likert(tiny_survey("waargenomen"), "draagvlak").html


def test_the_alternative_text_tells_the_finding(html):
    """Who cannot see the figure hears the largest and the smallest agreement, with their counts."""
    alt = re.search(r'<p class="alt" id="figuur-meting-1-draagvlak-alt">(.*?)</p>', html)[1]
    assert re.sub(r"<[^>]+>", "", alt) == (
        "Staafdiagram van draagvlak. Het vaakst eens: Directie steunt het plan (75%, 3 van 4). "
        "Het minst vaak eens: Te weinig tijd (negatief) (20%, 1 van 5)."
    )
    assert 'role="img" aria-labelledby="figuur-meting-1-draagvlak-alt"' in html


def test_the_figure_has_a_table_twin(survey, html):
    """Below the drawing stands the same as a table: the whole scale for observed answers only."""
    twin = re.search(r"<details>.*?</details>", html, re.DOTALL)[0]
    heads = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', twin)
    assert [label for label in SCALE if label in heads] == (SCALE if survey.waargenomen else [])
    assert re.findall(r'<th scope="row">(.*?)</th>', twin) == ["Directie steunt het plan", "Te weinig tijd"]


def test_the_notebook_stores_a_picture_as_well(survey):
    """The PNG travels in the output of the cell, for slides."""
    bundle = plot_likert(survey, "draagvlak")._repr_mimebundle_()
    assert bundle["image/png"].startswith("iVBORw0KGgo")
