"""The heads of the printed pages."""

from markupsafe import Markup

from nsoc_lib.publish.finished import RenderedChapter
from nsoc_lib.publish.running_heads import style_chapter_pages


def test_each_chapter_has_a_page_of_its_own_name():
    """Number and title of the chapter stand at the head, and no title can end the style sheet."""
    chapters = [
        RenderedChapter("1", 'A "b"\\ </style>', "hoofdstuk-a", Markup("")),
        RenderedChapter("B", "Twee", "hoofdstuk-b", Markup("")),
    ]
    style = style_chapter_pages(chapters)
    assert 'content: "1   A b /style>"' in style
    assert 'content: "B   Twee"' in style
    assert style.count("@page h") == 2
    assert "#hoofdstuk-b, .deel:has(> #hoofdstuk-b:first-of-type) { page: h2; }" in style
