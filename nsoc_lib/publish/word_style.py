"""The look of the Word file: styles, language, header and page numbers, made from pandoc's own model."""

from __future__ import annotations

import io
from typing import Any

LANGUAGE = "nl-NL"
TEXT_FONT, HEAD_FONT = "Georgia", "Segoe UI"
ACCENT, SOFT = "1B5E82", "56616A"
ADDED = {"Noot": "Body Text", "Kader": "Body Text", "Vraag": "Body Text", "Header": "Normal", "Footer": "Normal"}
HEADINGS = {"Heading 1": 20, "Heading 2": 16, "Heading 3": 12.5}
TEXTS = {
    "Normal": 10.5, "Body Text": 10.5, "First Paragraph": 10.5, "Compact": 9, "Noot": 8.5, "Kader": 10, "Vraag": 10.5, "Subtitle": 14,
    "Author": 10.5, "Date": 10.5, "Table Caption": 9.5, "Image Caption": 9.5, "Header": 8, "Footer": 8, "TOC Heading": 14,
}  # fmt: skip


def render_reference(model: bytes, head: str) -> bytes:
    """Return the document whose styles, header and page numbers pandoc takes over.

    ``model`` is pandoc's own reference document; ``head`` stands at the top of every page.
    """
    import docx
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Mm

    document = docx.Document(io.BytesIO(model))
    for name, base in ADDED.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles[base]
        style.quick_style = True
    for name, size in (TEXTS | HEADINGS | {"Title": 26}).items():
        _set_font(document.styles[name], size)
    _set_spacing(document.styles)
    _set_language(document)
    _draw_tables(document.styles["Table"])
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(25), Mm(20)
    section.header.paragraphs[0].text = head
    _number_pages(section.footer.paragraphs[0])
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _set_font(style: Any, size: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    heading = style.name in HEADINGS or style.name in {"Title", "TOC Heading"}
    small = style.name in {"Noot", "Header", "Footer", "Author", "Date", "Subtitle"}
    captioned = style.name.endswith("Caption")
    font = HEAD_FONT if heading or small or captioned or style.name == "Compact" else TEXT_FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):  # a font of the theme would go before ours
        del fonts.attrib[name]
    for kind in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{kind}"), font)
    style.font.size = Pt(size)
    style.font.bold = heading or captioned or style.name == "Vraag"
    style.font.italic = False
    style.font.color.rgb = RGBColor.from_string(ACCENT if heading else SOFT if small else "1D2429")


def _set_spacing(styles: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    for name, (before, after) in {
        "Compact": (1.5, 1.5), "Noot": (2, 6), "Kader": (4, 8), "Table Caption": (10, 4), "Image Caption": (4, 4),
        "Title": (90, 8), "Subtitle": (0, 24), "Author": (0, 0), "Date": (0, 24), "Heading 1": (0, 12), "Heading 2": (24, 8), "Heading 3": (14, 4),
    }.items():  # fmt: skip
        spacing = styles[name].paragraph_format
        spacing.space_before, spacing.space_after = Pt(before), Pt(after)
    for name in ("Title", "Subtitle", "Author", "Date"):
        styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
    styles["Kader"].paragraph_format.left_indent = Mm(5)
    styles["Heading 1"].paragraph_format.page_break_before = True
    for name in ("Table Caption", "Captioned Figure", "Vraag", *HEADINGS):
        styles[name].paragraph_format.keep_with_next = True


def _set_language(document: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    language = defaults.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        defaults.append(language)
    language.set(qn("w:val"), LANGUAGE)
    settings = document.settings.element
    if settings.find(qn("w:autoHyphenation")) is None:  # long Dutch words in narrow columns
        settings.find(qn("w:defaultTabStop")).addnext(OxmlElement("w:autoHyphenation"))


def _draw_tables(style: Any) -> None:
    """Draw thin lines between rows and a firm one below the head, as the page has them."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    properties = style.element.find(qn("w:tblPr"))
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="CFD6DB"/>' for side in ("top", "bottom", "insideH")
    )
    for old in properties.findall(qn("w:tblBorders")):
        properties.remove(old)
    place = properties.find(qn("w:tblCellMar"))
    drawn = parse_xml(f"<w:tblBorders {nsdecls('w')}>{borders}</w:tblBorders>")
    if place is None:
        properties.append(drawn)
    else:
        place.addprevious(drawn)


def _number_pages(paragraph: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
