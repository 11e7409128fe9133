"""One edition of a report: what an author wrote, without what follows from the place it stands in."""

from __future__ import annotations

import pytest
from report_pages import chapter, figure, number, page

from nsoc_lib.edition import ChapterText, read_page
from nsoc_lib.errors import NsocError


def only(body: str) -> ChapterText:
    """Return the one chapter of a page, after its title page."""
    return read_page(page(chapter("a", "Titel", body)), {}, "hier").chapters[1]


def texts(body: str) -> list[str]:
    return [block.text for block in only(body).blocks]


def test_a_chapter_has_its_key_and_its_title_without_its_number():
    """The key is that of the anchor, which stays when the chapter gets another number."""
    read = read_page(page(chapter("draagvlak-meting-1", "Draagvlak", "<p>Ja.</p>", "7")), {}, "hier")
    assert [(one.key, one.title) for one in read.chapters] == [
        ("titelblad", "Titelpagina"),
        ("draagvlak-meting-1", "Draagvlak"),
    ]
    assert (read.title, read.status) == ("Proef", "concept, versie 0.1, niet citeren")


def test_paragraphs_headings_captions_and_rows_are_read_in_words():
    """Each is a block of its own; cells of a row stand beside each other, the contents and a drawing are left out."""
    body = (
        '<h4 id="paragraaf-1-1"><span class="aanduiding">1.1</span> Kop 2</h4><p>Een\n zin &amp; meer.</p><ul><li>Punt</li></ul>'
        "<table><tr><th>Rij</th><td>cel</td></tr></table>" + figure("figuur-a", "Een balk.", "42")
    )
    assert texts(body) == ["Kop 2", "Een zin & meer.", "Punt", "Rij | cel", "Een balk."]


def test_a_result_is_the_same_word_whatever_its_number():
    """The key of a result is its id, so that a paragraph with another number has the same words."""
    one, other = (only(f"<p>Het is {number('m.x', 84, shown)}.</p>").blocks[0] for shown in ("84%", "80%"))
    assert one.key == other.key == ("Het", "is", "{m.x}", ".")
    assert (one.text, other.text) == ("Het is 84%.", "Het is 80%.")


def test_a_reference_is_the_same_word_whatever_its_number():
    """The key of a reference is what it points at: an inserted chapter renumbers it and changes nothing."""
    one, other = (
        only(f'<p>Zie <a class="aanduiding verwijzing" href="#figuur-a">figuur {nummer}</a></p>').blocks[0]
        for nummer in ("1.1", "2.1")
    )
    assert one.key == other.key == ("Zie", "[#figuur-a]")


@pytest.mark.parametrize(
    "follows",
    [
        '<p class="verder"><a rel="next" href="#b">Volgend hoofdstuk</a></p>',
        '<p class="genoemd">Genoemd in <a class="aanduiding" href="#v">3.2</a></p>',
        '<p class="afnemen"><a download="a.csv" href="data:">CSV</a></p>',
        '<sup><a class="aanduiding nootnummer" href="#n">1</a></sup>',
    ],
)
def test_what_follows_from_the_rest_is_no_text(follows):
    """Links to neighbours, mentions, downloads and the numbers of notes change when something else does."""
    assert texts(f"<p>Zin.</p>{follows}") == ["Zin."]


def test_a_drawing_is_known_by_its_content():
    """Two drawings have the same digest when every character is the same, and another when one differs."""
    digests = [only(figure("figuur-a", "Een balk.", drawn)).drawings["figuur-a"].digest for drawn in ("7", "7", "8")]
    assert digests[0] == digests[1] != digests[2]
    assert only(figure("figuur-a", "Een balk.", "7")).drawings["figuur-a"].caption == "Een balk."


def test_the_anchor_of_a_paragraph_is_its_own_id():
    """A paragraph without id has an empty anchor."""
    assert [block.anchor for block in only('<p id="a_1_1">Zin.</p><p>Nog een.</p>').blocks] == ["a_1_1", ""]


@pytest.mark.parametrize("text", ["", "<p>Niets.</p>", "<h1>Titel</h1>", page(), "\x00\x01<<<>"])
def test_a_page_without_chapters_is_no_report(text):
    """Any other page is refused with what was expected."""
    with pytest.raises(NsocError) as raised:
        read_page(text, {}, "WITH, map")
    assert str(raised.value) == (
        "Fout in WITH, map\n"
        "  gevonden: een pagina zonder titel of hoofdstukken\n"
        "  verwacht: een evaluatierapport zoals make report het maakt\n"
        "  wat nu:   Geef deposit.zip van make package, of de map van een eerder rapport."
    )


def test_a_page_that_nests_without_end_is_refused():
    """A page made to cost time is refused before it does."""
    with pytest.raises(NsocError, match="meer dan 500 elementen in elkaar"):
        read_page("<div>" * 100_000, {}, "hier")
