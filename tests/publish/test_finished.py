"""A chapter ready for the page ends with how it was made, and every place of the report has its bookmark."""

from __future__ import annotations

import lxml.html
from markupsafe import Markup

from nsoc_lib.evaluation import Chapter
from nsoc_lib.places import Place, bookmark_name
from nsoc_lib.publish.finished import RenderedChapter, RenderedPart, bookmarked_places, render_foot


def test_a_chapter_ends_with_how_it_was_made() -> None:
    """Notebook, parameters and versions of the data, in a fixed order, and links to both copies that ran."""
    foot = lxml.html.fromstring(render_foot(Chapter("T", "proef", {"thema": "x"}), ["b@2", "a@1", "b@2"]))
    text = " ".join(foot.text_content().split())
    assert text.startswith(
        "Zo is dit hoofdstuk gemaakt. Met het notebook proef.ipynb (thema = x) en de gegevens a@1; b@2."
    )
    assert foot.xpath("//a/@href") == ["notebooks/proef-x.html", "notebooks/proef-x.ipynb"]


def test_every_place_is_found_by_its_bookmark() -> None:
    """The part, the chapter and a paragraph in it, each under the name that a reader knows it by."""
    chapter = RenderedChapter("3", "Een titel", "hoofdstuk-a", Markup('<p id="a_1_1">Tekst.</p>'))
    assert bookmarked_places([RenderedPart("Deel", "deel-1", (chapter,))]) == {
        bookmark_name(place.anchor): place
        for place in (
            Place("deel-1", "Deel", "Deel"),
            Place("hoofdstuk-a", "Hoofdstuk 3", "3 Een titel"),
            Place("a_1_1", "Hoofdstuk 3", "Tekst."),
        )
    }
