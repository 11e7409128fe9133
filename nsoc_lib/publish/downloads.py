"""What a reader can take from a figure: its numbers as CSV and its drawing as SVG, inside the page itself."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser
from urllib.parse import quote

from nsoc_lib.publish.markup import FIGURE, drawing_in

# A quote, a hash, a percent sign or a line break would end or change the address; the rest stays readable.
PLAIN = " !$'()*+,-./:;=?@_~"
BYTE_ORDER_MARK = "\ufeff"  # without it a spreadsheet takes UTF-8 for something else


class _Grid(HTMLParser):
    """Collects the text of the cells of the first table."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._in_cell = self._done = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr" and not self._done:
            self.rows.append([])
        if tag in ("th", "td") and not self._done:
            self._in_cell = True
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self._in_cell = self._in_cell and tag not in ("th", "td")
        self._done = self._done or tag == "table"

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.rows[-1][-1] += data


def table_csv(markup: str) -> str:
    r"""Return the first table of some markup as CSV: one line per row, cells as they are shown.

    >>> table_csv("<table><tr><th>Stap</th><td>4 van 6</td></tr></table>")
    'Stap,4 van 6\r\n'
    """
    grid = _Grid()
    grid.feed(markup)
    grid.close()
    lines = io.StringIO()
    csv.writer(lines).writerows([" ".join(cell.split()) for cell in row] for row in grid.rows)
    return lines.getvalue()


def offer_downloads(body: str) -> str:
    """End each figure with links that save its table, and its drawing when it has one."""
    return FIGURE.sub(_with_downloads, body)


def _with_downloads(match: re.Match[str]) -> str:
    kind, key, inside = match.groups()
    if kind != "figuur":
        return match[0]
    table = BYTE_ORDER_MARK + table_csv(inside)
    links = [_link(f"{key}.csv", "text/csv;charset=utf-8", table, "Tabel als CSV")]
    if drawing := drawing_in(inside):
        links.append(_link(f"{key}.svg", "image/svg+xml", drawing, "Tekening als SVG"))
    return f'{match[0].removesuffix("</figure>")}<p class="afnemen">{" ".join(links)}</p></figure>'


def _link(name: str, kind: str, content: str, words: str) -> str:
    return f'<a download="{name}" href="data:{kind},{quote(content, safe=PLAIN)}">{words}</a>'
