"""What pandoc leaves to be done in the text of the Word file: the contents, and how wide columns are."""

from __future__ import annotations

from html import escape
from typing import Any

from nsoc_lib.publish.word_page import CONTENTS

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT_WIDTH = 9411  # twentieths of a point: 166 mm, what the margins of the page leave
WIDEST_WORDS = 40  # letters; a longer cell goes over several lines
LETTER, MARGINS = 105, 240  # the room for a letter of the tables, and for the margins of a cell


def lay_out(document: bytes) -> bytes:
    """Return the text of the file with its contents filled in and tables as wide as the text."""
    from lxml import etree

    root = etree.fromstring(document)
    _add_contents(root)
    for table in root.iter(f"{W}tbl"):
        _set_widths(table)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _add_contents(root: Any) -> None:
    """Put a field with the contents in its place, filled, so that nobody need refresh it to read it."""
    paragraphs = list(root.iter(f"{W}p"))
    headings = [(paragraph, level) for paragraph in paragraphs if (level := _level(paragraph)) in (1, 2)]
    place = next(p for p in paragraphs if "".join(p.itertext()).strip() == CONTENTS)
    for number, (heading, level) in enumerate(headings):
        anchor = heading.find(f"{W}bookmarkStart").get(f"{W}name")
        text = "".join(words.text or "" for words in heading.iter(f"{W}t"))
        start = _field('TOC \\o "1-3" \\h \\u') if number == 0 else ""
        end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>' if number == len(headings) - 1 else ""
        place.addprevious(_entry(start, text, anchor, end, level))
    place.getparent().remove(place)


def _level(paragraph: Any) -> int:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    name = "" if style is None else style.get(f"{W}val", "")
    return int(name[-1]) if name in {"Heading1", "Heading2", "Heading3"} else 0


def _field(instruction: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def _entry(start: str, text: str, anchor: str, end: str, level: int) -> Any:
    from lxml import etree

    bold = "<w:rPr><w:b/></w:rPr>" if level == 1 else ""
    return etree.fromstring(
        f'<w:p xmlns:w="{W[1:-1]}"><w:pPr><w:pStyle w:val="Compact"/><w:ind w:left="{240 * (level - 1)}"/></w:pPr>{start}'
        f'<w:hyperlink w:anchor="{anchor}"><w:r>{bold}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:hyperlink>'
        f"{end}</w:p>"
    )


def _set_widths(table: Any) -> None:
    """Divide the width of the text over the columns by what stands in them; no row goes over two pages."""
    columns = table.find(f"{W}tblGrid").findall(f"{W}gridCol")
    least, most = [1] * len(columns), [1] * len(columns)
    rows = [(row, _cells(row)) for row in table.findall(f"{W}tr")]
    for _, cells in rows:
        for place, span, cell in cells:
            if span == 1:
                word, whole = _letters(cell)
                least[place], most[place] = max(least[place], word), max(most[place], whole)
    widths = _divide([LETTER * letters + MARGINS for letters in least], most)
    for column, width in zip(columns, widths, strict=True):
        column.set(f"{W}w", str(width))
    whole = table.find(f"{W}tblPr/{W}tblW")
    whole.set(f"{W}type", "dxa")
    whole.set(f"{W}w", str(sum(widths)))
    for row, cells in rows:
        for place, span, cell in cells:
            properties = cell.find(f"{W}tcPr")
            size = properties.makeelement(
                f"{W}tcW", {f"{W}w": str(sum(widths[place : place + span])), f"{W}type": "dxa"}
            )
            properties.insert(0, size)
        _keep_together(row)


def _cells(row: Any) -> list[tuple[int, int, Any]]:
    """Return the cells of a row: in which column each begins, over how many it goes, and the cell."""
    cells, place = [], 0
    for cell in row.findall(f"{W}tc"):
        spanned = cell.find(f"{W}tcPr/{W}gridSpan")
        span = 1 if spanned is None else int(spanned.get(f"{W}val"))
        cells.append((place, span, cell))
        place += span
    return cells


def _letters(cell: Any) -> tuple[int, int]:
    """Return how many letters the longest word has, and the whole text as far as it should stand on one line."""
    text = "".join(words.text or "" for words in cell.iter(f"{W}t"))
    return max((len(word) for word in text.split()), default=1), min(len(text) + 1, WIDEST_WORDS)


def _divide(least: list[int], most: list[int]) -> list[int]:
    """Give each column room for its longest word, and divide what is left by how much there is to say."""
    left = TEXT_WIDTH - sum(least)
    if left < 0:
        return [TEXT_WIDTH * width // sum(least) for width in least]
    return [width + left * letters // sum(most) for width, letters in zip(least, most, strict=True)]


def _keep_together(row: Any) -> None:
    properties = row.find(f"{W}trPr")
    if properties is None:
        properties = row.makeelement(f"{W}trPr")
        row.insert(0, properties)
    properties.insert(0, properties.makeelement(f"{W}cantSplit"))
