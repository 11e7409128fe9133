"""The house table: what it says, how it is marked up, and which numbers it brings."""

import pytest

from nsoc_lib.prose import indicate, refer
from nsoc_lib.result import MIME, Result
from nsoc_lib.tables import NOTHING, Heading, Table


def people(name: str, value: int) -> Result:
    return Result(f"meting-1.respons.{name}", name, value, "personen", "waargenomen", "proef@abc")


def flow() -> Table:
    return Table(
        key="tabel-proef",
        bijschrift="Van uitgenodigd tot begonnen.",
        koppen=("Stap", "Personen", "Bron"),
        rijen=(
            ("Uitgenodigd", people("genodigd", 6), indicate("§3.1")),
            ("Begonnen", people("gestart", 4), NOTHING),
        ),
        noten=("Eigen telling.",),
    )


def test_the_first_cell_of_a_row_is_its_head():
    """Column heads and row heads carry their scope; a column of numbers is marked as such."""
    assert flow().grid == (
        '<table><thead><tr><th scope="col">Stap</th><th scope="col" class="getal">Personen</th>'
        '<th scope="col">Bron</th></tr></thead><tbody>'
        '<tr><th scope="row">Uitgenodigd</th><td class="getal">'
        '<data class="cijfer" data-id="meting-1.respons.genodigd" value="6">6</data></td>'
        '<td><span class="aanduiding">§3.1</span></td></tr>'
        '<tr><th scope="row">Begonnen</th><td class="getal">'
        '<data class="cijfer" data-id="meting-1.respons.gestart" value="4">4</data></td><td>–</td></tr>'
        "</tbody></table>"
    )


def test_a_cell_that_begins_with_words_is_text():
    """A number among words does not align right and may break over lines; a cell that begins with one does not."""
    share = people("genodigd", 6)
    grid = Table("tabel-proef", "Proef.", ("A", "B", "C"), (("Rij", ("mee eens: ", share), (share, " mensen")),)).grid
    assert '<td>mee eens: <data class="cijfer"' in grid
    assert '<td class="getal"><data class="cijfer"' in grid
    assert '<th scope="col">B</th><th scope="col" class="getal">C</th>' in grid


def test_a_word_or_two_may_stand_in_a_column_of_numbers():
    """What is not published aligns with the numbers around it; a longer remark makes it a column of text."""
    rows = (("Een", people("a", 4), people("b", 4)), ("Twee", "niet gepubliceerd", "niet in deze bron gepubliceerd"))
    grid = Table("t", "Proef.", ("Wat", "Kort", "Lang"), rows).grid
    assert '<td class="getal">niet gepubliceerd</td>' in grid
    assert "<td>niet in deze bron gepubliceerd</td>" in grid
    assert '<th scope="col" class="getal">Kort</th><th scope="col">Lang</th>' in grid


def test_a_shown_table_has_key_caption_place_for_a_number_and_notes():
    """The report finds the table by its key and writes its number in the caption."""
    markup = flow().show().html
    assert markup.startswith(
        '<figure class="tabel" id="tabel-proef"><figcaption id="tabel-proef-titel"><span class="aanduiding nummer"></span> '
        "Van uitgenodigd tot begonnen.</figcaption>"
    )
    assert markup.endswith('<p class="noot">Eigen telling.</p></figure>')


def test_a_wide_table_can_be_scrolled_by_keyboard():
    """The scrolling region has a tab stop; region and table are named by the numbered caption."""
    assert (
        '<div class="rol" tabindex="0" role="region" aria-labelledby="tabel-proef-titel">'
        '<table aria-labelledby="tabel-proef-titel"><thead>'
    ) in flow().show().html


def test_a_table_reads_as_plain_text():
    """The plain text is the caption, the heads and one line per row."""
    assert flow().show().text == (
        "Van uitgenodigd tot begonnen.\nStap | Personen | Bron\nUitgenodigd | 6 | §3.1\nBegonnen | 4 | –"
    )


def test_every_number_in_a_table_is_a_result():
    """The results of a table are those in its cells, row by row."""
    assert [result.id for result in flow().results] == ["meting-1.respons.genodigd", "meting-1.respons.gestart"]


def test_a_cell_may_join_words_and_results():
    """A sequence of pieces is one cell, and each result in it counts."""
    table = Table("t", "Proef.", ("Stap", "Aantal"), (("Begonnen", (people("a", 4), " van ", people("b", 6))),))
    assert table.show().text.endswith("Begonnen | 4 van 6")
    assert [result.value for result in table.results] == [4, 6]


def test_a_table_can_be_the_last_line_of_a_cell():
    """A notebook displays a table without calling show, with its results."""
    bundle = flow()._repr_mimebundle_()
    assert bundle["text/html"] == flow().show().html
    assert [raw["value"] for raw in bundle[MIME]["resultaten"]] == [6, 4]


def test_words_heads_captions_and_notes_are_escaped():
    """No text of a researcher can bring markup or leave its attribute."""
    table = Table("t", 'A "<b>" & c', ("<i>", "Kop"), (("<u>", "x & y"),), ("<s>",))
    markup = table.show().html
    assert not any(tag in markup for tag in ("<b>", "<i>", "<u>", "<s>"))
    assert '</span> A "&lt;b&gt;" &amp; c</figcaption>' in markup
    assert "x &amp; y" in markup


def test_a_cell_can_refer_to_a_figure():
    """A reference in a cell is a link that the report will number."""
    table = Table("t", "Proef.", ("Wat", "Waar"), (("Draagvlak", refer("figuur-a")),))
    assert '<td><a class="aanduiding verwijzing" href="#figuur-a">figuur-a</a></td>' in table.grid


def test_a_row_must_fill_every_column():
    """A row that is too short is an error of the programmer, named with the key of the table."""
    with pytest.raises(ValueError, match="tabel t: een rij van 1 cellen onder 2 koppen"):
        Table("t", "Proef.", ("Stap", "Aantal"), (("Begonnen",),))


def test_a_heading_spans_the_whole_width():
    """A heading is the head of the rows below it; it is no cell of a column, so a column of numbers stays one."""
    rows = (Heading("Begin <1>"), ("Uitgenodigd", people("genodigd", 6)), Heading(indicate("§3")), ("Weg", NOTHING))
    table = Table("t", "Proef.", ("Stap", "Personen"), rows)
    assert '<tr><th scope="colgroup" colspan="2"><strong>Begin &lt;1&gt;</strong></th></tr>' in table.grid
    assert '<th scope="col" class="getal">Personen</th>' in table.grid
    assert table.show().text.splitlines()[2:] == ["Begin <1>", "Uitgenodigd | 6", "§3", "Weg | –"]
    assert [result.value for result in table.results] == [6]


def test_a_column_head_may_hold_a_name_with_a_digit():
    """A name such as meting-1 in a column head is an indication, so that its digit is accounted for."""
    table = Table("tabel-kop", "Kop.", ("Groep", indicate("Vragenlijst (meting-1)")), (("Allen", "ja"),))
    assert '<th scope="col"><span class="aanduiding">Vragenlijst (meting-1)</span></th>' in table.grid
    assert table.show().text.splitlines()[1] == "Groep | Vragenlijst (meting-1)"
