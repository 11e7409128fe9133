"""The running heads of the printed report: each page names its chapter, and the status of the report."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nsoc_lib.evaluation import Evaluation
from nsoc_lib.publish.finished import RenderedChapter

FONT = "8pt 'Segoe UI', 'Liberation Sans', Arial, sans-serif"


def style_status_head(evaluation: Evaluation) -> str:
    """Return a style that puts status, version and embargo at the head of every page."""
    head = _quoted(evaluation.status_in_print)
    return f'@page {{ @top-right {{ content: "{head}"; font: 9pt sans-serif; color: #444; }} }}\n'


def style_chapter_pages(chapters: Iterable[RenderedChapter]) -> str:
    """Return a style of page per chapter with its number and title at the head.

    Chromium knows no running strings (``string-set``), but it does know named pages. The title of a part
    stands on the page of its first chapter; a page of another style would push it to one of its own.
    """
    heads = ((chapter.anchor, _quoted(f"{chapter.number}   {chapter.title}")) for chapter in chapters)
    return "".join(
        f"#{anchor}, .deel:has(> #{anchor}:first-of-type) {{ page: h{place}; }}\n"
        f'@page h{place} {{ @top-left {{ content: "{head}"; font: {FONT}; color: #555; }} }}\n'
        for place, (anchor, head) in enumerate(heads, 1)
    )


def _quoted(text: str) -> str:
    """Return what may stand between quotes in a style sheet: the text without what could end it."""
    return re.sub(r'["\\<\n]', "", text)
