"""The chapters as plain HTML from which a Word file is made: shown text only, figures as pictures.

Made from the bodies of chapters, not from the page: what a page adds to click on is no part of a Word file.
"""

from __future__ import annotations

import html
from collections.abc import Container, Sequence
from typing import Any

from nsoc_lib.evaluation import Evaluation
from nsoc_lib.places import bookmark_name
from nsoc_lib.publish.finished import RenderedPart
from nsoc_lib.publish.markup import HEADINGS

CONTENTS = "[inhoudsopgave]"
DROPPED = ("svg", "nav", "script", "style", "template", "dialog", "input", "select")
NUMBERS = ("cijfer", "aanduiding")
STYLES = {"noot": "Noot", "alt": "Noot", "weigering": "Kader", "vraag": "Vraag"}
PAGE_ONLY = ("afnemen", "genoemd", "gemaakt")  # what can be saved, the way back to a mention, how it was made
CHAPTER_LEVEL, SECTION_LEVEL = 2, 3
BLOCK = ("p", "ul", "ol", "div", "table", "details", "figure", "section")


def render_word_page(
    evaluation: Evaluation, parts: Sequence[RenderedPart], pictures: Container[str], notice: Sequence[str]
) -> str:
    """Return the whole report as HTML for pandoc. ``pictures`` are the keys of figures that have a PNG file.

    ``notice`` is what stands on the title page. Links to what is not in the file become words.
    """
    import lxml.html

    chapters = [
        (part if chapter is part.chapters[0] else None, chapter, clean_body(str(chapter.body), pictures))
        for part in parts
        for chapter in part.chapters
    ]
    markup = "".join(
        (f"<h1>{_marked(part.anchor, part.title)}</h1>" if part else "")
        + _in_language(
            chapter.language,
            f"<h{CHAPTER_LEVEL}>{_marked(chapter.anchor, f'{chapter.number} {chapter.title}')}</h{CHAPTER_LEVEL}>{body}",
        )
        for part, chapter, body in chapters
    )
    front = [
        ("Title", evaluation.titel),
        ("Subtitle", evaluation.ondertitel),
        ("Author", evaluation.opstellers),
        ("Date", evaluation.datum),
        *(("Kader", text) for text in notice),
        ("TOC Heading", "Inhoud"),
        ("Normal", CONTENTS),
    ]
    title_page = "".join(f'<div custom-style="{style}"><p>{html.escape(text)}</p></div>' for style, text in front)
    tree = lxml.html.fragment_fromstring(f"{title_page}{markup}", create_parent="body")
    known = set(tree.xpath("//@id"))
    for link in tree.xpath("//a[starts-with(@href, '#')]"):
        target = bookmark_name(link.get("href")[1:])
        link.set("href", f"#{target}")
        if target not in known:
            link.drop_tag()
    return f'<html lang="nl"><head><meta charset="utf-8"></head>{_serialise(tree)}</html>'


def _in_language(language: str, markup: str) -> str:
    """Tell Word the language of a chapter that is not Dutch, for spelling and for reading aloud."""
    return markup if language == "nl" else f'<div lang="{language}">{markup}</div>'


def clean_body(body: str, pictures: Container[str]) -> str:
    """Return the body of a chapter with nothing but its text, tables, lists and pictures, each anchor a bookmark.

    What pops up, downloads or navigates is gone; of a button only a number or indication in it remains.
    """
    import lxml.html

    tree = lxml.html.fragment_fromstring(body, create_parent="div")
    _drop_controls(tree)  # first, for an alternative text may have something to click on too
    for figure in tree.xpath(".//figure"):
        _replace_drawing(figure, pictures)
    _flatten(tree)
    for element in tree.xpath(".//*[@id]"):
        _keep_anchor(element)
    _apply_styles(tree)
    return _serialise(tree)


def _flatten(tree: Any) -> None:
    """Make captions paragraphs of their own, and leave out what only groups or opens."""
    for caption in tree.xpath(".//figcaption"):
        figure = caption.getparent()
        _mark(caption, figure.attrib.pop("id", ""))
        _restyle(caption, "Table Caption" if "tabel" in (figure.get("class") or "") else "Image Caption")
    for element in tree.xpath(".//details | .//figure | .//section"):
        element.drop_tag()
    for element in tree.xpath(".//summary"):
        element.tag = "p"


def _apply_styles(tree: Any) -> None:
    for heading in tree.xpath(" | ".join(f".//{tag}" for tag in HEADINGS)):
        heading.tag = f"h{SECTION_LEVEL}"
    for name, style in STYLES.items():
        for paragraph in tree.xpath(f".//p[@class='{name}']"):
            _restyle(paragraph, style)
    for cell in tree.xpath(".//*[self::td or self::th][@class='getal']"):
        cell.set("style", "text-align: right")


def _replace_drawing(figure: Any, pictures: Container[str]) -> None:
    """Put the picture where the drawing was, with the alternative text that the page has."""
    drawing = figure.find(".//div[@role='img']")
    if drawing is None or figure.get("id") not in pictures:
        return
    described = [element for element in figure.iter() if element.get("id") == drawing.get("aria-labelledby")]
    text = " ".join((described or [figure.find("figcaption")])[0].text_content().split())
    drawing.clear()
    drawing.set("custom-style", "Captioned Figure")
    paragraph = drawing.makeelement("p")
    paragraph.append(paragraph.makeelement("img", src=f"{figure.get('id')}.png", alt=text))
    drawing.append(paragraph)


def _drop_controls(tree: Any) -> None:
    controls = tree.xpath(
        " | ".join(f".//{tag}" for tag in DROPPED)
        + "".join(f" | .//p[@class='{name}']" for name in PAGE_ONLY)
        + " | .//*[@popover] | .//*[@hidden] | .//a[@download] | .//a[contains(@class, 'anchor-link')]"
    )
    for element in controls:
        element.drop_tree()
    for button in tree.xpath(".//button"):
        within = {id(e): e for kind in NUMBERS for e in button.xpath(f".//*[contains(@class, '{kind}')]")}
        numbers = [e for e in button.iterdescendants() if id(e) in within and id(e.getparent()) not in within]
        for child in list(button):
            button.remove(child)
        button.text = "".join(number.text_content() for number in numbers)
        button.drop_tag()


def _keep_anchor(element: Any) -> None:
    """Turn the id of a block into a bookmark inside it, where Word keeps it."""
    if element.tag == "span" and not element.get("class"):
        return
    anchor = element.attrib.pop("id")
    if element.tag == "table":
        first = element.find(".//th")
        _mark(element.find(".//td") if first is None else first, anchor)
    elif element.tag in ("p", "li", *HEADINGS):
        _mark(element, anchor)


def _mark(element: Any, anchor: str) -> None:
    """Bookmark what an element says; where blocks stand in it, the place before them."""
    if not anchor or element is None:
        return
    first = next((child for child in element if child.tag in BLOCK), None)
    if first is not None and not (element.text or "").strip() and first.tag == "p":
        _mark(first, anchor)
        return
    mark = element.makeelement("span", id=bookmark_name(anchor))
    if first is None:
        mark.text, element.text = element.text, None
        for child in list(element):
            mark.append(child)
    element.insert(0, mark)


def _restyle(element: Any, style: str) -> None:
    """Make a block a paragraph with a style of the Word file."""
    from lxml import etree

    wrapper = etree.Element("div", {"custom-style": style})
    element.addprevious(wrapper)
    wrapper.tail, element.tail = element.tail, None
    wrapper.append(element)
    element.tag = "p"


def _marked(anchor: str, text: str) -> str:
    return f'<span id="{bookmark_name(anchor)}">{html.escape(text)}</span>'


def _serialise(tree: Any) -> str:
    import lxml.html

    return str(lxml.html.tostring(tree, encoding="unicode"))
