"""Anchors: made of chapter, cell and position, and of nothing that moves."""

import re

import nbformat
from small_reports import build_report, evaluation, notebook, output

from nsoc_lib.evaluation import Chapter, Part
from nsoc_lib.places import Place
from nsoc_lib.prose import tell
from nsoc_lib.publish.anchors import anchor_blocks, list_places
from nsoc_lib.tables import Table

BODY = (
    "<!--cel 3--><p>Eerst.</p><ul><li>Dan.</li></ul>"
    '<!--cel 7f--><figure class="tabel" id="tabel-x"><figcaption>Bij.</figcaption><table><tr><td>1</td></tr></table>'
    '<p class="noot" id="noot-x">Noot.</p></figure><p>Slot &amp; einde.</p>'
)


def test_each_block_is_named_after_chapter_cell_and_position():
    """The first paragraph of cell 3 of chapter "a-b" is a-b_3_1; what has an id keeps it and counts."""
    assert anchor_blocks("a-b", BODY) == (
        '<p id="a-b_3_1">Eerst.</p><ul><li id="a-b_3_2">Dan.</li></ul>'
        '<figure class="tabel" id="tabel-x"><figcaption id="a-b_7f_2">Bij.</figcaption>'
        '<table id="a-b_7f_3"><tr><td>1</td></tr></table>'
        '<p class="noot" id="noot-x">Noot.</p></figure><p id="a-b_7f_5">Slot &amp; einde.</p>'
    )


def test_a_heading_gets_our_anchor_in_place_of_its_words():
    """Nbconvert names a heading after its words, which two chapters may share."""
    assert anchor_blocks("a", '<!--cel 1--><h2 id="Boodschap">Boodschap</h2>') == '<h2 id="a_1_1">Boodschap</h2>'


def test_what_pops_up_or_is_drawn_is_no_place():
    """A paragraph in a popover or drawing gets no anchor and moves none."""
    aside = '<span popover id="p"><p>uitleg</p></span><svg viewBox="0 0 1 1"><p/></svg><button><p>i</p></button>'
    assert anchor_blocks("a", f"<!--cel 1-->{aside}<p>Tekst.</p>") == f'{aside}<p id="a_1_1">Tekst.</p>'


def test_places_stand_under_their_section_figure_or_table():
    """A reader finds a caption, table and note under the number of the table, a paragraph under its section."""
    body = (
        '<p id="a">Voor.</p><h4 id="b"><span class="aanduiding">3.1</span> Kop</h4><p id="c">Met <b>nadruk</b>.</p>'
        '<figure class="tabel" id="t"><figcaption id="d"><span class="aanduiding nummer">Tabel 3.1.</span> Wie.</figcaption>'
        '<table id="e"><tr><td>x</td></tr></table></figure><p id="f">Na.</p>'
    )
    assert list_places(body, "Hoofdstuk 3") == [
        Place("a", "Hoofdstuk 3", "Voor."),
        Place("b", "Paragraaf 3.1", "3.1 Kop"),
        Place("c", "Paragraaf 3.1", "Met nadruk."),
        Place("t", "Tabel 3.1", "Tabel 3.1. Wie.x"),
        Place("d", "Tabel 3.1", "Tabel 3.1. Wie."),
        Place("e", "Tabel 3.1", "x"),
        Place("f", "Paragraaf 3.1", "Na."),
    ]


def page_of(*names: str) -> str:
    cells = [
        nbformat.v4.new_markdown_cell("## Kop\n\nEen alinea.\n\n- een punt", id="k"),
        nbformat.v4.new_code_cell(
            "x", id="u", outputs=[output(tell("Een zin.")), output(Table("KEY", "Bij.", ("A",), (("b",),)))]
        ),
    ]
    executed = {}
    for name in names:
        text = nbformat.writes(notebook(*cells)).replace("KEY", f"tabel-{name}")
        executed[name] = nbformat.reads(text, as_version=4)
    part = Part("Deel", bijlage=False, hoofdstukken=tuple(Chapter(name, name, {}) for name in names))
    return build_report(evaluation(part), executed).page


def test_a_chapter_put_in_between_moves_no_anchor():
    """Every id of a chapter is the same after another chapter came before it, and no two are alike."""
    alone, second = page_of("b"), page_of("a", "b")
    of_b = re.findall(r' id="(b_[^"]*)"', alone)
    assert of_b == ["b_k_1", "b_k_2", "b_k_3", "b_u_1", "b_u_4"]
    assert re.findall(r' id="(b_[^"]*)"', second) == of_b
    ids = re.findall(r' id="([^"]*)"', second)
    assert len(ids) == len(set(ids))
