"""The running heads of the printed report: each page names the chapter it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nsoc_lib.publish.numbering import RenderedChapter

FONT = "8pt 'Segoe UI', 'Liberation Sans', Arial, sans-serif"


def style_chapter_pages(chapters: Iterable[RenderedChapter]) -> str:
    """Return a style of page per chapter with its number and title at the head.

    Chromium knows no running strings (``string-set``), but it does know named pages. The title of a part
    stands on the page of its first chapter; a page of another style would push it to one of its own.
    """
    return "".join(
        f"#{chapter.anchor}, .deel:has(> #{chapter.anchor}:first-of-type) {{ page: h{place}; }}\n"
        f'@page h{place} {{ @top-left {{ content: "{_quoted(chapter)}"; '
        f"font: {FONT}; color: #555; }} }}\n"
        for place, chapter in enumerate(chapters, 1)
    )


def _quoted(chapter: RenderedChapter) -> str:
    """Return number and title as text of a style sheet, without what could end it."""
    return re.sub(r'["\\<\n]', "", f"{chapter.number}   {chapter.title}")
