"""The timeline: bars as long as sources allow, open ends drawn otherwise, digits accounted for."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter

import pytest
from test_activities import build, lab, load_activities, says

from nsoc_lib.activities import AFGEROND, LOPEND, ONTBONDEN, Activities
from nsoc_lib.errors import NsocError
from nsoc_lib.timeline import BEKEND, LOOPT_DOOR, NIET_GEPUBLICEERD, plot_timeline, tabulate_timeline, timeline_data

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def real() -> Activities:
    return load_activities()


@pytest.fixture(scope="module")
def html(real) -> str:
    return plot_timeline(real).html


def drawing(html: str) -> ET.Element:
    """Return the svg element; this fails when it is not well-formed."""
    return ET.fromstring(re.search(r"<svg.*?</svg>", html, re.DOTALL)[0])


def texts(element: ET.Element) -> list[str]:
    return ["".join(text.itertext()) for text in element.iter(f"{SVG}text")]


def alt(html: str) -> str:
    return re.sub(r"<[^>]+>", "", re.search(r'<p class="alt"[^>]*>(.*?)</p>', html)[1])


def some() -> Activities:
    """Return four invented labs: one ended, one that runs, one whose end and one whose begin is unknown."""
    labs = (
        lab("klaar", begin="medio 2021", how="genoemd", end="eind 2022"),
        lab("bezig", begin="2022-11", how="afgeleid"),
        lab("weg", begin="medio 2021", how="genoemd"),
        lab("ooit"),
    )
    return build(says("klaar", AFGEROND), says("bezig", LOPEND), says("weg", ONTBONDEN), activities=labs)


def test_six_labs_stand_before_five(real):
    """First those of 2021, then those of November 2022; the order within is that of the source."""
    assert [span.naam for span in timeline_data(real)] == [
        "Caterpillar", "Geen ID", "Cash cows", "Exit", "Switch-off", "Heet IJzer",
        "Postbus Apate", "Bored Apes", "Sluitsteen", "Mind your step", "#Loading",
    ]  # fmt: skip


def test_an_end_is_known_open_or_not_published(real):
    """Three ended at a printed time, of Caterpillar the time is not published, seven had not ended."""
    ends = Counter(span.slot for span in timeline_data(real))
    assert ends == {BEKEND: 3, NIET_GEPUBLICEERD: 1, LOOPT_DOOR: 7}
    assert [span.naam for span in timeline_data(real) if span.slot == NIET_GEPUBLICEERD] == ["Caterpillar"]


def test_a_begin_of_our_own_is_marked(real):
    """Regioplan prints no begin for two of the five new labs."""
    assert [span.naam for span in timeline_data(real) if span.afgeleid] == ["Bored Apes", "#Loading"]


def test_finished_without_a_date_is_no_open_end():
    """Only what is being finished goes on; what is finished ended at an unknown time."""
    finished = build(says("a", AFGEROND, printed="afgerond"), says("b", AFGEROND, printed="in afronding"))
    assert [span.slot for span in timeline_data(finished)] == [NIET_GEPUBLICEERD, LOOPT_DOOR]


def test_a_lab_without_a_begin_stands_last():
    """It is not put at some date that nobody gave."""
    assert [(span.naam, span.begin is None) for span in timeline_data(some())][-1] == ("Ooit", True)


def test_the_alternative_text_tells_the_finding(html):
    """Who cannot see the figure hears how many began when, how they stand, and what is left open."""
    assert alt(html) == (
        "Tijdlijn van 11 labs: 6 met als begin medio 2021 en 5 met als begin november 2022. "
        "Bij het einde van de waarneming, augustus 2023, zijn er 4 lopend, 5 afgerond of in afronding en 2 ontbonden. "
        "Het begin is afgeleid bij 2: Bored Apes, #Loading. Het einde is niet gepubliceerd bij 1: Caterpillar."
    )


def test_the_alternative_text_follows_the_data():
    """Other labs give another text, also for a begin that nobody published."""
    assert alt(plot_timeline(some()).html) == (
        "Tijdlijn van 4 labs: 2 met als begin medio 2021, 1 met als begin november 2022 en 1 zonder "
        "gepubliceerd begin. Bij het einde van de waarneming, augustus 2023, zijn er 1 lopend, 1 afgerond of in "
        "afronding, 1 ontbonden en 1 onbekend. Het begin is afgeleid bij 1: Bezig. "
        "Het einde is niet gepubliceerd bij 2: Weg, Ooit."
    )


def test_every_text_with_a_digit_is_an_indication(html):
    """Years, dates and headings count nothing; the strict page knows them as such."""
    svg = drawing(html)
    accounted = [t for group in svg.iter(f"{SVG}g") if group.get("class") == "aanduiding" for t in texts(group)]
    with_digit = [text for text in texts(svg) if re.search(r"\d", text)]
    assert Counter(with_digit) - Counter(accounted) == Counter()
    assert {"2021", "2022", "2023", "Begin: medio 2021", "einde waarneming: augustus 2023"} <= set(with_digit)


def test_a_state_is_drawn_as_sign_and_word(html):
    """Each lab has both at the end of its bar; colour and pattern repeat them."""
    drawn = " ".join(texts(drawing(html))).replace("\N{NO-BREAK SPACE}", " ")
    assert [drawn.count(word) for word in ("● lopend", "✕ ontbonden", "✓ afgerond of in")] == [5, 3, 6]


def test_open_ends_and_our_own_begins_have_a_question_mark(html):
    """Caterpillar at its end, Bored Apes and #Loading at their begin."""
    assert texts(drawing(html)).count("?") == 3
    assert texts(drawing(html)).count("nog niet geëindigd") == 7
    assert texts(drawing(html)).count("niet gepubliceerd") == 1


def bars(html: str) -> list[float]:
    """Return the width of every filled bar from the top down; a key of the legend is lower, the ground higher."""
    found = []
    for path in drawing(html).iter(f"{SVG}path"):
        points = [tuple(map(float, pair)) for pair in re.findall(r"[ML] ([\d.]+) ([\d.]+)", path.get("d") or "")]
        if len(points) == 4 and path.get("fill", "none") != "none":
            xs, ys = zip(*points, strict=True)
            if 15 < max(ys) - min(ys) < 40:
                found.append((min(ys), max(xs) - min(xs)))
    return [width for _, width in sorted(found)]


def test_bars_end_where_the_source_says():
    """A lab that ended half way through the year is drawn half as long as one that went on until December."""
    labs = (
        lab("klaar", begin="2022-01", how="genoemd", end="2022-06"),
        lab("bezig", begin="2022-01", how="genoemd"),
    )
    ended, running = bars(
        plot_timeline(build(says("klaar", AFGEROND, "2022-12"), says("bezig", LOPEND, "2022-12"), activities=labs)).html
    )
    assert ended / running == pytest.approx(0.5, abs=0.02)


def test_a_part_of_a_year_is_drawn_as_the_months_it_can_be():
    """From mid 2021 to the end of 2022: twenty months, of which four at either end are a strip of their own."""
    labs = (lab("klaar", begin="medio 2021", how="genoemd", end="eind 2022"),)
    widths = bars(plot_timeline(build(says("klaar", AFGEROND), activities=labs)).html)
    assert [width / max(widths) for width in sorted(widths)] == pytest.approx([0.2, 0.2, 1], abs=0.02)


def test_the_table_twin_says_the_same(real):
    """Begin, end and state per lab, with what was not published in words."""
    lines = tabulate_timeline(real).show().text.replace("\N{NO-BREAK SPACE}", " ").splitlines()[2:]
    assert lines[0] == "Caterpillar | medio 2021 | niet gepubliceerd | ✕ ontbonden"
    assert lines[3] == "Exit | medio 2021 | eind 2022 | ✓ afgerond of in afronding"
    assert lines[7] == "Bored Apes | november 2022 (afgeleid) | nog niet geëindigd | ✓ afgerond of in afronding"
    assert len(lines) == 11


def test_the_same_labs_give_the_same_bytes(real):
    """Drawing twice gives the same SVG and the same PNG."""
    first, second = plot_timeline(real), plot_timeline(real)
    assert (first.html, first.png) == (second.html, second.png)
    assert "style=" not in first.html


def test_the_counts_of_the_alternative_text_are_results(real):
    """Each has an id of its own, so that the ledger holds it."""
    ids = [result.id for result in plot_timeline(real).results]
    assert "kader.activiteiten.tijdlijn.totaal" in ids
    assert len(ids) == len(set(ids)) == 8


def test_without_any_date_there_is_no_end_of_observation():
    """A timeline needs a date up to which states are known."""
    with pytest.raises(NsocError, match="de tijdlijn: peildatum van de uitspraken"):
        plot_timeline(build(says("a", LOPEND, "")))
