"""What can be saved from the page: the table of a figure and its drawing, complete."""

import re
from urllib.parse import unquote

from nsoc_lib.publish.downloads import offer_downloads, table_csv

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"><text fill="#123">10% &amp; meer\n</text></svg>'
TABLE = (
    "<table><thead><tr><th>Stap</th><th>Deel</th></tr></thead><tbody>"
    '<tr><th>Begonnen, "echt"</th><td><data value="0.5">50%</data> (1 van\n2)</td></tr></tbody></table>'
)
CSV = 'Stap,Deel\r\n"Begonnen, ""echt""",50% (1 van 2)\r\n'


def saved(body: str) -> dict[str, tuple[str, str]]:
    """Return by file name what a browser would save, and as what kind."""
    links = re.findall(r'<a download="([^"]+)" href="data:([^,"]+),([^"]*)"', body)
    return {name: (kind, unquote(content)) for name, kind, content in links}


def test_a_table_is_saved_as_it_is_shown():
    """Cells hold the text on the page, quoted where CSV needs it; white space is folded."""
    assert table_csv(f"{TABLE}<table><tr><td>een andere</td></tr></table>") == CSV


def test_a_figure_offers_its_table_and_its_drawing():
    """Both come out as they went in; the table carries the mark by which a spreadsheet knows UTF-8."""
    body = offer_downloads(f'<figure class="figuur" id="figuur-x">{DRAWING}<details>{TABLE}</details></figure>')
    assert saved(body) == {
        "figuur-x.csv": ("text/csv;charset=utf-8", "\ufeff" + CSV),
        "figuur-x.svg": ("image/svg+xml", DRAWING),
    }


def test_a_map_of_boxes_offers_its_table_alone():
    """A figure without a drawing has no drawing to save."""
    body = offer_downloads(f'<figure class="figuur" id="figuur-x"><div>Vak</div>{TABLE}</figure>')
    assert list(saved(body)) == ["figuur-x.csv"]


def test_a_table_offers_nothing_of_its_own():
    """Its numbers are in resultaten.csv; a copy of each table would double the page."""
    body = f'<figure class="tabel" id="tabel-x">{TABLE}</figure>'
    assert offer_downloads(body) == body
