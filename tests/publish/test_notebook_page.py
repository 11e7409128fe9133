"""An executed notebook as a page: what ran and what came out, in Dutch, loading nothing."""

import re

import lxml.html
import nbformat
import pytest
from small_reports import cell, notebook

from nsoc_lib.evaluation import Chapter
from nsoc_lib.prose import refer, tell
from nsoc_lib.publish.notebook_page import render_notebook
from nsoc_lib.result import Result
from nsoc_lib.tables import Table

RESULT = Result("meting-1.rijen", "Rijen", 7, "rijen", "herleid", "lijst@0123456789ab")
CHAPTER = Chapter("Lijst <nu>", "lijst", {"meting": "meting-1"})


def code(source: str, shown: object | None = None, *tags: str) -> nbformat.NotebookNode:
    return cell(*([] if shown is None else [shown]), source=source, tags=tags)


def render(*cells: nbformat.NotebookNode, ledger: tuple[str, ...] = (RESULT.id,)) -> str:
    labels = {"tabel-a": "Tabel 3.2", "hoofdstuk-lijst": "Hoofdstuk 3"}
    made = notebook(*cells)
    for number, each in enumerate(made.cells):
        each.id = f"cel-{number}"
    return render_notebook(CHAPTER, made, labels, ledger)


def test_every_cell_is_shown_in_order_with_its_code() -> None:
    """Worksheet cells and parameters too, each named; code is text, whatever stands in it."""
    page = lxml.html.fromstring(
        render(
            nbformat.v4.new_markdown_cell("# Werk", metadata={"tags": ["werkblad"]}),
            code('a = "<b>"', None, "parameters"),
            code("meting", None, "injected-parameters"),
            code("tell(…)", tell("Er zijn {n}.", n=RESULT)),
        ).encode()
    )
    assert page.xpath("//*[@class='celnaam']/text()") == [
        "Cel 1, tekst (werkblad)",
        "Cel 2, code (parameters)",
        "Cel 3, code (parameters van dit hoofdstuk)",
        "Cel 4, code",
    ]
    assert page.xpath("//pre/code/text()") == ['a = "<b>"', "meting", "tell(…)"]


def test_a_number_leads_back_to_its_row_in_the_report() -> None:
    """A number that the report does not publish, as in a worksheet, leads nowhere."""
    shown = tell("Er zijn {n}.", n=RESULT)
    assert f'<a href="../evaluatierapport.html#resultaat-meting-1.rijen">{RESULT.token}</a>' in render(code("x", shown))
    assert "#resultaat-" not in render(code("x", shown), ledger=())


def test_captions_and_references_have_the_numbers_of_the_report() -> None:
    """A table is called what the report calls it, and a reference leads there."""
    table = Table("tabel-a", "De rijen.", ("Wat", "Hoeveel"), (("x", RESULT),))
    page = render(code("x", table), code("y", tell("Zie {t}.", t=refer("tabel-a"))))
    assert '<span class="aanduiding nummer">Tabel 3.2.</span> De rijen.' in page
    assert '<a class="aanduiding verwijzing" href="../evaluatierapport.html#tabel-a">tabel 3.2</a>' in page


def test_a_table_of_a_worksheet_alone_has_no_number() -> None:
    """The report does not count what it does not show."""
    page = render(code("x", Table("tabel-b", "Werk.", ("Wat",), (("x",),)), "werkblad"))
    assert "nummer" not in page[page.index("<body") :]


def test_the_page_is_dutch_and_loads_nothing() -> None:
    """The policy of the report holds here as well; headings descend from one title, which is escaped."""
    page = render(nbformat.v4.new_markdown_cell("#### Diep\n\n# Hoog"), code("x"))
    tree = lxml.html.fromstring(page.encode())
    assert tree.get("lang") == "nl"
    assert "default-src 'none'" in page
    assert tree.xpath("//script | //link | //iframe | //@src") == []
    assert [element.tag for element in tree.iter("h1", "h2", "h3", "h4")] == ["h1", "h2", "h2"]
    assert tree.xpath("//h1/text()") == ["Notebook bij Lijst <nu>"]


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", '<img src="https://example.org/1.png">'])
def test_markup_typed_by_hand_is_text(typed: str) -> None:
    """As in the report, only the library writes markup."""
    assert re.search(r"<(script|img)", render(nbformat.v4.new_markdown_cell(typed), code(typed))) is None


def test_the_same_notebook_gives_the_same_page() -> None:
    """No clock and no random id."""
    assert render(code("x", tell("Er zijn {n}.", n=RESULT))) == render(code("x", tell("Er zijn {n}.", n=RESULT)))
