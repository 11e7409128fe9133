"""Every number on the page is a result or an indication; what remains is found and marked."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nsoc_lib.publish.digits import LooseNumber, account_numbers


def loose(page: str) -> list[str]:
    return [number.tekst for number in account_numbers(page)[1]]


@pytest.mark.parametrize(
    "page",
    [
        "<p>Er zijn 7 vragen.</p>",
        "<figure><figcaption>De 7 vragen.</figcaption></figure>",
        "<table><tr><td>7</td></tr></table>",
        "<h4>De 7 vragen</h4>",
        "<svg><text>7</text></svg>",
        "<details><summary>7</summary></details>",
    ],
)
def test_a_planted_digit_is_found_wherever_a_reader_sees_it(page):
    """Prose, caption, table cell, heading, drawing and summary are all looked at."""
    assert loose(page) == ["7"]


@pytest.mark.parametrize(
    "page",
    [
        "<p>Er zijn zeven vragen.</p>",
        "<figcaption>De zeven vragen.</figcaption>",
        "<table><tr><td>zeven</td></tr></table>",
    ],
)
def test_a_planted_number_word_is_found_in_prose_caption_and_cell(page):
    """A number in words is a number."""
    assert loose(page) == ["zeven"]


@pytest.mark.parametrize(
    "word", ["twee", "Negentien", "HONDERD", "helft", "kwart", "driekwart", "eenendertig", "vierentwintig"]
)
def test_number_words_are_found_in_any_form(word):
    """Capitals, fractions and compounds such as eenendertig count as much as the plain word."""
    assert loose(f"<p>Het waren er {word} in totaal.</p>") != []


@pytest.mark.parametrize("word", ["tweede", "achter", "elftal", "verdrietig", "helften van", "kwartaal", "aandacht"])
def test_a_number_inside_another_word_is_no_number(word):
    """Only whole words are numbers, so that ordinary Dutch passes."""
    assert loose(f"<p>Het gaat over {word} wat.</p>") == []


@pytest.mark.parametrize(
    ("text", "found"), [("84%", "84%"), ("84 %", "84 %"), ("1.234,5", "1.234,5"), ("12 van 31", "12")]
)
def test_a_number_is_reported_whole(text, found):
    """Separators and the percent sign belong to the number."""
    assert loose(f"<p>{text}</p>")[0] == found


@pytest.mark.parametrize(
    "page",
    [
        '<p><data class="cijfer" data-id="x" value="84.2">84%</data> van de antwoorden</p>',
        '<p>Zie <span class="aanduiding">§3.1, 12 mei 2023</span>.</p>',
        '<p><a class="aanduiding verwijzing" href="#f">figuur 3.1</a></p>',
        '<svg><g class="cijfer"><text>84%</text></g></svg>',
        '<p><span class="aanduiding">acht <b>van 10</b></span></p>',
    ],
)
def test_digits_in_a_result_or_an_indication_pass(page):
    """What the library wrote is accounted for, at any depth."""
    assert account_numbers(page) == (page, [])


def test_what_follows_an_accounted_number_is_looked_at_again():
    """The end of a token ends its protection."""
    assert loose('<p><data class="cijfer">84%</data> van de 25</p>') == ["25"]


def test_a_class_that_only_resembles_one_protects_nothing():
    """Only the exact class names count."""
    assert loose('<p class="cijfers">7</p><p class="geen-aanduiding">8</p>') == ["7", "8"]


@pytest.mark.parametrize("page", ["<style>p{margin:7px}</style>", "<head><title>Meting 1</title></head>"])
def test_what_is_not_read_as_text_is_left_alone(page):
    """Style sheets and the head of the page hold no findings."""
    assert account_numbers(page) == (page, [])


def test_digits_in_tags_are_no_text():
    """Anchors, sizes and image data may hold digits."""
    page = '<h2 id="deel-1">Deel</h2><img src="data:x,123" alt=""><path d="M1 2"/>'
    assert account_numbers(page) == (page, [])


def test_a_loose_number_is_marked_where_it_stands():
    """The copy of the page highlights the number and changes nothing else."""
    page = '<p>Er zijn 7 vragen &amp; <data class="cijfer">3</data> doelen.</p>'
    assert account_numbers(page)[0] == (
        '<p>Er zijn <mark class="los">7</mark> vragen &amp; <data class="cijfer">3</data> doelen.</p>'
    )


def test_a_loose_number_in_a_drawing_is_found_and_not_marked():
    """HTML inside an SVG text would break the drawing; the list names it all the same."""
    page = "<svg><text>7</text></svg>"
    copy, found = account_numbers(page)
    assert (copy, [number.tekst for number in found]) == (page, ["7"])


def test_a_digit_written_as_a_character_reference_is_found():
    """A reader sees a digit, however it was typed."""
    assert loose("<p>Er zijn &#55; vragen.</p>") == ["7"]


def test_a_loose_number_names_its_chapter_and_its_neighbourhood():
    """The researcher finds the place by the chapter and the words around it."""
    page = (
        "<p>Vooraf 1 woord.</p>"
        '<article data-hoofdstuk="2 Draagvlak &lt;nu&gt;"><p>Ongeveer 7 mensen.</p></article>'
        '<section data-hoofdstuk="colofon"><p>Versie 9</p></section>'
    )
    assert account_numbers(page)[1] == [
        LooseNumber("1", "Vooraf 1 woord.", "het titelblad (evaluatie.yml)"),
        LooseNumber("7", "Ongeveer 7 mensen.", "2 Draagvlak <nu>"),
        LooseNumber("9", "Versie 9", "colofon"),
    ]


def test_capitals_in_the_end_tags_of_a_drawing_survive():
    """SVG tells clipPath from clippath; the copy must not."""
    page = '<svg><defs><clipPath id="a"><rect width="1"/></clipPath></defs></svg>'
    assert account_numbers(page) == (page, [])


# Letters without vowels cannot form a number word.
WORDS = st.one_of(
    st.text(alphabet="bcdfghjk ,;:.!\n–’", min_size=1).map(lambda text: html.escape(text, quote=False)),
    st.sampled_from(["R&amp;D", "a &lt; b", "caf&eacute;", "&quot;", "draagvlak", "&nbsp;"]),
)
PIECES = st.one_of(
    WORDS,
    st.sampled_from(
        [
            "<br>",
            "<hr>",
            '<img src="data:x,1" alt="">',
            "<!-- 12 -->",
            "<!---->",
            '<data class="cijfer" data-id="x" value="1">1%</data>',
            '<span class="aanduiding">§3 &amp; 4</span>',
            '<svg viewBox="0 0 1 1"><path d="M1 1"/><g class="cijfer"><text>7</text></g></svg>',
            '<p title="a &gt; 3">',
        ]
    ),
)
PAGES = st.recursive(
    PIECES,
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(["p", "div", "td", "b", "article", "details"]),
        st.lists(inner, max_size=4),
    ),
)


@given(st.lists(PAGES).map("".join))
def test_a_page_without_loose_numbers_is_copied_unchanged(page):
    """Entities, comments, void elements and drawings come out byte for byte."""
    assert account_numbers(f"<!doctype html>\n{page}\n") == (f"<!doctype html>\n{page}\n", [])


@given(st.lists(PAGES).map("".join), st.lists(PAGES).map("".join))
def test_a_number_planted_anywhere_is_found(before, after):
    """Whatever stands before and after it, one planted number is the one that is found."""
    assert loose(f"{before}<p>plant 4711 hier</p>{after}") == ["4711"]


ENGLISH_WORDS = [
    "two", "Nine", "ten", "twelve", "NINETEEN", "twenty", "twenty-one", "ninety", "hundred", "thousands", "million",
    "half", "halves", "third", "two-thirds", "quarters", "twice", "dozen", "zero",
]  # fmt: skip


@pytest.mark.parametrize("word", ENGLISH_WORDS)
def test_english_number_words_are_found_in_an_english_chapter(word):
    """Where the page says that it is English, a number in English words is a number."""
    assert loose(f'<article lang="en"><p>There were {word} of them.</p></article>') != []


@pytest.mark.parametrize(
    "word", ["one of them", "tend", "often", "someone", "behalf", "thirdly", "acht", "elf", "helft"]
)
def test_ordinary_english_passes(word):
    """Only whole English number words count there; one is let through as een is."""
    assert loose(f'<article lang="en"><p>They {word} what.</p></article>') == []


def test_an_english_number_word_is_no_number_in_dutch():
    """The language of the nearest element decides, and ends where that element ends."""
    assert loose("<p>Het team Ten Half.</p>") == []
    assert loose('<article lang="en"><p>A <span lang="nl">kwart half</span> half</p></article><p>half</p>') == [
        "kwart",
        "half",
    ]


def test_a_digit_is_a_digit_in_every_language():
    """Figures are found whole in an English chapter too."""
    assert loose('<article lang="en"><p>It was 1,765 or 0.25.</p></article>') == ["1,765", "0.25"]
