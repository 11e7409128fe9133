"""How positions in a text were counted: tried on small texts whose places were counted by hand."""

from __future__ import annotations

import pytest

from nsoc_lib.sources.refi_text import Selection, build_text, decode_text, fit_selections

# Characters by hand: "Wij 😀 ook" has W=0, i=1, j=2, space=3, emoji=4, space=5, o=6, o=7, k=8; UTF-16 has ook at 7-10.
EMOJI = "Wij 😀 ook\nen zij"


def fit(stored: str, *selections: tuple[int, int] | tuple[int, int, str], bom: bool = False):
    return fit_selections(build_text(stored, bom=bom), [Selection(*selection) for selection in selections])


@pytest.mark.parametrize(
    ("stored", "place", "label", "found"),
    [
        ("Wij ook", (4, 7), "codepunten, regeleinden zoals in het bestand", (4, 7)),
        (EMOJI, (6, 9), "codepunten, regeleinden zoals in het bestand", (6, 9)),
        (EMOJI, (7, 10), "UTF-16-eenheden, regeleinden zoals in het bestand", (6, 9)),
        ("Wij ook\r\nen zij", (9, 11), "codepunten, regeleinden zoals in het bestand", (8, 10)),
        ("Wij ook\r\nen zij", (8, 10), "codepunten, regeleinden als LF", (8, 10)),
        ("Wij ook\nen zij", (9, 11), "codepunten, regeleinden als CRLF", (8, 10)),
    ],
)
def test_the_way_of_counting_that_fits_words_is_chosen(stored, place, label, found):
    """A selection that begins and ends at a word by one way of counting alone decides."""
    chosen = fit(stored, place)
    assert (chosen.telling.label, chosen.plaatsen) == (label, (found,))


def test_a_byte_order_mark_may_have_been_counted():
    """With the mark counted, Wij stands at 1 to 4."""
    chosen = fit("Wij ook", (1, 4), (5, 8), bom=True)
    assert chosen.telling.label == "codepunten, regeleinden zoals in het bestand, de BOM meegeteld"
    assert chosen.plaatsen == ((0, 3), (4, 7))


def test_a_stored_quotation_decides_before_words():
    """A coder may select half words; the quotation in the file shows where they stand."""
    chosen = fit(EMOJI, (8, 10, "ok"), (1, 3, "ij"))
    assert chosen.telling.eenheid == "UTF-16-eenheden"
    assert (chosen.reden, chosen.citaten) == ("zo staan de citaten uit het bestand op hun plaats", 2)
    assert chosen.plaatsen == ((7, 9), (1, 3))


def test_a_long_quotation_that_was_cut_still_proves_its_place():
    """ATLAS.ti keeps the beginning of a quotation, with an ellipsis, and line ends as spaces."""
    text = "Ja.\nWij spreken elkaar veel te weinig in de werkgroep, en dat merk je."
    assert fit(text, (4, 70, "Wij spreken elkaar veel…")).citaten == 1
    assert fit(text, (0, 70, "Ja. Wij spreken elkaar veel…")).citaten == 1
    assert fit("Wij spreken elkaar veel te weinig.", (4, 33, "Wij spreken elkaar veel…")).citaten == 0


def test_an_end_inside_the_selection_needs_a_quotation_as_proof():
    """The standard speaks of the last character; without a quotation the end is taken as the first one after."""
    assert fit("Wij ook", (4, 6, "ook")).plaatsen == ((4, 7),)
    assert fit("Wij ook", (4, 6, "ook")).telling.label.endswith(", het einde tot en met")
    assert fit("Wij ook", (4, 6)).plaatsen == ((4, 6),)
    assert fit("Wij ook", (4, 6, "over geld")).plaatsen == ((4, 6),)


def test_a_title_given_by_a_coder_is_no_quotation():
    """A name that is not in the text proves nothing and does no harm."""
    chosen = fit("Wij ook", (4, 7, "over geld"))
    assert (chosen.plaatsen, chosen.citaten) == (((4, 7),), 0)
    assert chosen.reden == "andere tellingen geven hier dezelfde plaatsen"


def test_two_ways_that_fit_equally_well_give_code_points_and_say_so():
    """Between marks that are no words every place fits; the standard decides."""
    chosen = fit("😀!!!!!!!", (4, 5), (6, 7))
    assert chosen.telling.eenheid == "codepunten"
    assert chosen.reden == "meer tellingen passen even goed; de standaard zegt codepunten"
    assert chosen.plaatsen == ((4, 5), (6, 7))


def test_a_selection_without_length_proves_nothing():
    """A selection of no characters keeps its place and decides nothing."""
    assert fit("Wij ook", (2, 2)).plaatsen == ((2, 2),)
    assert fit("Wij ook", (2, 2)).los == 0


@pytest.mark.parametrize("place", [(-1, 3), (5, 3), (4, 8), (900, 950)])
def test_a_place_outside_the_text_is_none(place):
    """Backwards, before the beginning or after the end is no place in the text."""
    assert fit("Wij ook", place).plaatsen == (None,)


def test_passages_that_begin_inside_a_word_are_counted():
    """Half words are kept, and told."""
    assert fit("Wij ook", (1, 3), (4, 7), (4, 6)).los == 2


def test_a_text_without_selections_has_nothing_to_count():
    """Nothing was selected, so nothing is claimed about counting."""
    assert fit("Wij ook").reden == "zonder passages valt er niets te tellen"


@pytest.mark.parametrize(
    ("raw", "text", "wide", "bom"),
    [
        ("één\n".encode(), "één\n", [], False),
        ("\ufeffa\r\nb\r\n".encode(), "a\nb\n", [1, 3], True),
        (b"a\rb", "a\nb", [], False),
        ("a\r\nb".encode("utf-16"), "a\nb", [1], True),
    ],
)
def test_texts_are_read_with_one_line_end(raw, text, wide, bom):
    """LF, CRLF and CR all become one character; what they were is remembered."""
    read = decode_text(raw)
    assert read is not None
    assert (read.tekst, list(read.breed), read.bom) == (text, wide, bom)


def test_a_text_in_another_encoding_is_none():
    """Windows-1252 is not guessed."""
    assert decode_text("één".encode("cp1252")) is None
