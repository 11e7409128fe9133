"""The PDF of a page: tagged, titled, with bookmarks, and the same bytes on every print."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from nsoc_lib.errors import NsocError
from nsoc_lib.paths import Study
from nsoc_lib.publish.browser import print_page
from nsoc_lib.publish.pdf import finish_pdf, print_report, printed_from, read_outline, source_of

LONG = "Evaluatie van het Actieplan met een lange titel, opnieuw uitgerekend"
BODY = f"""
<h1 style="text-wrap: balance; font-size: 40pt">{LONG}</h1>
<nav><h2 style="text-transform: uppercase">Inhoud</h2><h3>Deel</h3><p><a href="#een">Een</a></p>
<h3 hidden>Slot</h3></nav>
<h2>Deel</h2><h3 id="een">1 Een</h3><h4>1.1 Kop</h4>
<figure><div role="img" aria-label="Het vaakst eens: doel" style="background: #fff">
<svg width="40" height="40" aria-hidden="true"><title>Geen titel</title><rect width="40" height="40"/></svg></div>
<figcaption>Figuur 1. Eens.</figcaption></figure>
<figure><figcaption>Tabel 1. Aantallen.</figcaption><div>
<table><thead><tr><th scope="col">Groep</th><th scope="col">n</th></tr></thead>
<tbody><tr><th scope="row">Noord</th><td><button popovertarget="u1">twaalf</button></td></tr></tbody></table>
</div></figure>
<h2>Slot</h2><h3>2 Twee</h3>
<p><a href="notebooks/een.html">Een</a>, <a href="resultaten.csv">cijfers</a> en <a href="https://example.org/">elders</a></p>
"""
POPOVER = '<div popover id="u1"><p>' + "Geheim achter een getal. " * 400 + "</p></div>"


def html(body: str) -> str:
    return (
        '<!doctype html><html lang="nl"><head><meta charset="utf-8"><meta name="author" content="De Makers">'
        f"<title>{LONG} (concept)</title></head><body>{body}</body></html>"
    )


def printed(folder: Path, body: str) -> bytes:
    """Return what the browser makes of a page with this body."""
    page = folder / "evaluatierapport.html"
    page.write_text(html(body), encoding="utf-8")
    return print_page(page)


@pytest.fixture(scope="module")
def prints(browser_here: str, tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """The same page, printed in two folders; the second time with something before it that is not shown.

    Chromium now and then counts one element more before the page than at another time.
    """
    one, two = (tmp_path_factory.mktemp(f"druk {name}") for name in ("een", "twee"))
    return [printed(one, BODY), printed(two, f"<template><p>x</p></template><p hidden>x</p>{BODY}")]


@pytest.fixture
def pdf(prints: list[bytes]) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(finish_pdf(prints[0], html(BODY).encode()))) as opened:
        yield opened


def elements(node: Any) -> Iterator[Any]:
    """Return every structure element in reading order."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def roles(node: Any) -> list[str]:
    return [str(element.S) for element in elements(node)]


def test_two_prints_differ_and_become_the_same_bytes(prints: list[bytes]) -> None:
    """The time of printing and the browser's own count of elements differ; both go out."""
    page = html(BODY).encode()
    ids = [set(re.findall(rb"/ID \((node\d+)\)", content)) for content in prints]
    assert len(ids[0]) == len(ids[1]) > 0
    assert ids[0] != ids[1], "without a difference this test would say nothing"
    assert finish_pdf(prints[0], page) == finish_pdf(prints[1], page)


def test_no_time_and_no_machine_stands_in_it(pdf: pikepdf.Pdf) -> None:
    """Title, authors and the printer's version are told; when and where it was printed are not."""
    assert set(pdf.docinfo.keys()) == {"/Title", "/Author", "/Producer"}
    with pdf.open_metadata() as meta:
        assert {key.rsplit("}", 1)[-1] for key in meta} == {"title", "creator", "language", "source", "Producer"}


def test_a_link_to_a_file_beside_the_page_tells_no_path(pdf: pikepdf.Pdf) -> None:
    """Where the page was printed is the researcher's own affair; an address on the web stays as it is."""
    links = [
        found.A
        for found in pdf.objects
        if isinstance(found, pikepdf.Dictionary) and found.get("/Subtype") == "/Link" and "/A" in found
    ]
    assert {str(link.URI) for link in links if "/URI" in link} == {
        "notebooks/een.html",
        "resultaten.csv",
        "https://example.org/",
    }


def test_title_language_and_authors_are_told_twice(pdf: pikepdf.Pdf) -> None:
    """A reader shows the title in place of the name of the file, and reads aloud in Dutch."""
    assert (str(pdf.docinfo.Title), str(pdf.docinfo.Author)) == (f"{LONG} (concept)", "De Makers")
    assert str(pdf.Root.Lang) == "nl"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    with pdf.open_metadata() as meta:
        assert (meta["dc:title"], meta["dc:creator"]) == (f"{LONG} (concept)", ["De Makers"])
        assert meta["dc:language"] == {"nl"}


def test_headings_stand_in_the_structure_in_order(pdf: pikepdf.Pdf) -> None:
    """Who cannot see the page goes from heading to heading."""
    headings = [role for role in roles(pdf.Root.StructTreeRoot) if role[:2] == "/H"]
    assert headings == ["/H1", "/H2", "/H3", "/H2", "/H3", "/H4", "/H2", "/H3"]


def test_bookmarks_read_as_the_headings_do(pdf: pikepdf.Pdf) -> None:
    """With the space that the browser lost at the end of a line, and not in capitals.

    The groups of the contents are left out, also when one of them is not printed and a part has its name.
    """
    with pdf.open_outline() as outline:
        (title,) = outline.root
        assert title.title == LONG
        assert [(item.title, len(item.children)) for item in title.children] == [
            ("Inhoud", 0),
            ("Deel", 1),
            ("Slot", 1),
        ]
        chapter = title.children[1].children[0]
        assert (chapter.title, [item.title for item in chapter.children]) == ("1 Een", ["1.1 Kop"])
    first = pdf.Root.Outlines.First
    part = first.Last.Prev
    assert (int(first.Count), int(part.Count), int(part.First.Count)) == (5, 1, -1)


def test_a_drawing_is_a_figure_with_its_text_and_nothing_else_is(pdf: pikepdf.Pdf) -> None:
    """A frame around a drawing or a table is no figure, so no figure is without a text."""
    figures = [element for element in elements(pdf.Root.StructTreeRoot) if element.S == "/Figure"]
    assert [str(figure.Alt) for figure in figures] == ["Het vaakst eens: doel"]


def test_a_table_has_its_caption_and_headers(pdf: pikepdf.Pdf) -> None:
    """The caption comes first in the table; heads of columns and rows say which they are."""
    (table,) = [element for element in elements(pdf.Root.StructTreeRoot) if element.S == "/Table"]
    assert roles(table)[0] == "/Caption"
    assert roles(table).count("/Caption") == 1
    heads = [element for element in elements(table) if element.S == "/TH"]
    scopes = [str(next(a.Scope for a in head.A if "/Scope" in a)) for head in heads]
    assert scopes == ["/Column", "/Column", "/Row"]
    parents = [element.P for element in elements(table) if element.S == "/Caption"]
    assert [str(parent.S) for parent in parents] == ["/Table"]


def test_each_cell_points_at_headers_that_are_there(pdf: pikepdf.Pdf) -> None:
    """The cell names the heads of its column and row, which the index of the file knows under that name."""
    named = {bytes(e.ID): e for e in elements(pdf.Root.StructTreeRoot) if "/ID" in e}
    (cell,) = [element for element in elements(pdf.Root.StructTreeRoot) if element.S == "/TD"]
    heads = [bytes(head) for attributes in cell.A if "/Headers" in attributes for head in attributes.Headers]
    scopes = [str(next(a.Scope for a in named[head].A if "/Scope" in a)) for head in heads]
    assert scopes == ["/Column", "/Row"]
    index = list(pdf.Root.StructTreeRoot.IDTree.Names)
    assert [bytes(name) for name in index[::2]] == sorted(named)
    assert all(named[bytes(name)].objgen == index[2 * place + 1].objgen for place, name in enumerate(index[::2]))


def test_a_button_is_text_on_paper(pdf: pikepdf.Pdf) -> None:
    """There is no form, so nothing is announced as a field."""
    assert "/Form" not in roles(pdf.Root.StructTreeRoot)
    assert "/AcroForm" not in pdf.Root


def test_fonts_are_in_the_file(pdf: pikepdf.Pdf) -> None:
    """The file reads the same on a machine without them."""
    described = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"]
    assert described
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(font.keys()) for font in described)


def test_what_opens_behind_a_number_is_not_printed(browser_here: str, tmp_path: Path) -> None:
    """A page with hidden details prints to the same bytes as the page without them."""
    body = '<h1>Kop</h1><p>Zie <button popovertarget="u1">twaalf</button>.</p>'
    page = html(body).encode()
    without, with_details = printed(tmp_path, body), printed(tmp_path, body + POPOVER)
    assert finish_pdf(with_details, page) == finish_pdf(without, page)
    shown = printed(tmp_path, body + POPOVER.replace(" popover ", " "))
    assert finish_pdf(shown, page) != finish_pdf(without, page)


def test_the_pdf_says_of_which_page_it_is_a_print(prints: list[bytes]) -> None:
    """An older print is recognised beside a newer page; a PDF of another maker says nothing."""
    page = html(BODY).encode()
    assert printed_from(finish_pdf(prints[0], page)) == source_of(page)
    assert source_of(page) != source_of(page + b" ")
    assert printed_from(prints[0]) == ""


def test_a_browser_too_old_for_bookmarks_is_refused() -> None:
    """A PDF without structure would look right and read wrong."""
    buffer = io.BytesIO()
    with pikepdf.new() as bare:
        bare.add_blank_page()
        bare.Root["/Lang"] = "nl"
        bare.save(buffer)
    with pytest.raises(NsocError) as raised:
        finish_pdf(buffer.getvalue(), html(BODY).encode())
    assert raised.value.found == "een PDF zonder structuur en bladwijzers"
    assert raised.value.remedy == "Werk Chromium of Google Chrome bij."


def test_without_a_report_there_is_nothing_to_print(tmp_path: Path) -> None:
    """The message names the file and the command that makes it."""
    with pytest.raises(NsocError) as raised:
        print_report(Study(tmp_path / "data", tmp_path / "uitvoer"))
    assert str(raised.value) == (
        "Fout in uitvoer/evaluatierapport.html\n"
        "  gevonden: nog niet gemaakt\n"
        "  verwacht: het rapport als pagina\n"
        "  wat nu:   Draai eerst make report, met dezelfde REPORTS=."
    )


def test_the_outline_of_a_page_is_its_headings_in_order() -> None:
    """White space is one space, and a heading in the table of contents is known as such."""
    outline = read_outline(html("<nav><h2>In\n houd</h2></nav><h3><span>1</span> Een &amp; twee</h3>"))
    assert [(h.level, h.text, h.in_contents) for h in outline.headings] == [
        ("h2", "In houd", True),
        ("h3", "1 Een & twee", False),
    ]
    assert (outline.title, outline.author) == (f"{LONG} (concept)", "De Makers")
