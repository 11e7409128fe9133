"""Every number on the page opens the account of its result, and the table of results holds them all."""

import lxml.html
import pytest

from nsoc_lib.errors import NsocError
from nsoc_lib.evaluation import Chapter
from nsoc_lib.publish.accounts import account_results, link_numbers, render_accounts, render_foot
from nsoc_lib.publish.digits import account_numbers
from nsoc_lib.result import Result
from nsoc_lib.shares import Share

SHARE = Share(21, 25, 31, (0, 21), (("niet begonnen", 6),)).to_result(
    "meting-1.peiling.eens", "Eens & wel", rounding="percentage van de som", provenance="gesimuleerd", dataset="p@0123456789ab"
)  # fmt: skip
COUNT = Result("meting-1.rijen", "Rijen", 1234, "rijen", "herleid", "codeboek.yml")
RESULTS = [SHARE.in_notebook("a"), COUNT.in_notebook("b")]
CHAPTERS = [(Chapter("Eerst", "a", {}), "1"), (Chapter("Leeg", "c", {}), "2"), (Chapter("Later", "b", {}), "B")]


def rendered() -> lxml.html.HtmlElement:
    return lxml.html.fromstring(str(render_accounts(account_results(RESULTS, CHAPTERS, ()))))


def test_a_number_stands_unchanged_in_a_button_that_opens_its_account() -> None:
    """The token stays byte for byte what it was; the same number twice opens the same account."""
    page = f"<td>{SHARE.token}</td><td>{COUNT.token}</td><td>{SHARE.token}</td>"
    assert link_numbers(page, RESULTS) == (
        f'<td><button popovertarget="uitleg-1">{SHARE.token}</button></td>'
        f'<td><button popovertarget="uitleg-2">{COUNT.token}</button></td>'
        f'<td><button popovertarget="uitleg-1">{SHARE.token}</button></td>'
    )


@pytest.mark.parametrize(("before", "after"), [("", ","), ("(", ""), ("(", ")."), ("“", "”")])
def test_punctuation_stays_on_the_line_of_its_number(before: str, after: str) -> None:
    """A line may break after a button; a comma at the head of the next line reads as a slip."""
    assert link_numbers(f"<p>x {before}{SHARE.token}{after} y</p>", RESULTS) == (
        f'<p>x <span class="vast">{before}<button popovertarget="uitleg-1">{SHARE.token}</button>{after}</span> y</p>'
    )


def test_a_number_in_a_drawing_stays_a_drawing() -> None:
    """A drawing cannot hold a button; its table has the same numbers."""
    drawing = '<svg><g class="cijfer" data-id="meting-1.rijen" data-value="1234"><text>1.234</text></g></svg>'
    assert link_numbers(drawing, RESULTS) == drawing


def test_the_text_that_stands_for_a_drawing_stays_text() -> None:
    """It is the name of the drawing, in which a button would be read as "( 84% ,"."""
    text = f'<p class="alt" id="f-alt">Het vaakst ({SHARE.token}, hier).</p>'
    assert link_numbers(f"{text}<p>{COUNT.token}</p>", RESULTS) == (
        f'{text}<p><button popovertarget="uitleg-2">{COUNT.token}</button></p>'
    )


def test_a_number_that_is_not_in_the_ledger_is_refused() -> None:
    """A page may not show a number whose account nobody can give."""
    with pytest.raises(NsocError, match=r"niet in resultaten\.csv"):
        link_numbers(f"<p>{SHARE.token}</p>", [COUNT])


def test_each_result_has_one_row_and_one_popover() -> None:
    """Row and popover carry the ids that buttons and links point at, in the chapter that explains the number."""
    page = rendered()
    assert page.xpath("//summary/span/text()") == ["1 Eerst (1)", "B Later (1)"]
    assert page.xpath("//tr/@id") == ["resultaat-meting-1.peiling.eens", "resultaat-meting-1.rijen"]
    assert page.xpath("//*[@popover]/@id") == ["uitleg-1", "uitleg-2"]
    assert page.xpath("//details//*[@popover]") == []  # what is folded away cannot be shown


def test_a_popover_holds_everything_and_leads_on() -> None:
    """Label, what is shown, formula, bounds, provenance, data and id; row, notebook and ledger are links."""
    popover = rendered().get_element_by_id("uitleg-1")
    text = popover.text_content()
    for words in ("84%", "Eens & wel", "100 × 21 / 25 = 84", "gesimuleerd", "0123456789ab", "meting-1.peiling.eens"):
        assert words in text
    assert popover.xpath(".//a/@href") == ["#resultaat-meting-1.peiling.eens", "notebooks/a.html", "resultaten.csv"]
    assert popover.get("aria-label") == "Uitleg bij 84%"


def test_a_row_shows_counts_bounds_and_provenance() -> None:
    """100 × 21 / 31 and 100 × 27 / 31; a dash where nothing applies."""
    cells = [[cell.text_content() for cell in row] for row in rendered().xpath("//tbody/tr")]
    assert cells[0][1:] == ["84%", "21", "25", "31", "67,74–87,1", "gesimuleerd"]
    assert cells[1][1:] == ["1.234", "–", "herleid"]


def test_a_chapter_ends_with_how_it_was_made() -> None:
    """Notebook, parameters and versions of the data, in a fixed order, and links to both copies that ran."""
    foot = lxml.html.fromstring(render_foot(Chapter("T", "proef", {"thema": "x"}), ["b@2", "a@1", "b@2"]))
    text = " ".join(foot.text_content().split())
    assert text.startswith(
        "Zo is dit hoofdstuk gemaakt. Met het notebook proef.ipynb (thema = x) en de gegevens a@1; b@2."
    )
    assert foot.xpath("//a/@href") == ["notebooks/proef-x.html", "notebooks/proef-x.ipynb"]


def test_every_number_in_the_accounts_is_accounted_for() -> None:
    """So the page may be searched for loose numbers without them: a search would find and change nothing."""
    accounts = str(render_accounts(account_results(RESULTS, CHAPTERS, ())))
    assert account_numbers(accounts) == (accounts, [])
