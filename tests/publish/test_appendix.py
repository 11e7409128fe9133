"""The appendix with reactions: in a concept only, with links that lead somewhere."""

import re

from small_reports import build_report
from word_files import chapter_notebook, evaluation

from nsoc_lib.reactions import Reaction

REACTIONS = (
    Reaction(1, "voorzitter", "aa_k_2", "Paragraaf 4.1", "Een alinea van aa.", "Waarom 12 & niet <3>?", "Zie daar."),
    Reaction(2, "lezer 1", "weg_1_1", "Paragraaf 9.2", "Weg.", "Dit ook?"),
)


def report(status: str = "concept", reactions: tuple[Reaction, ...] = REACTIONS):
    return build_report(evaluation("aa", status=status), {"aa": chapter_notebook("aa")}, reactions=reactions)


def test_a_concept_prints_reactions_in_the_last_appendix():
    """They stand in the contents, after all chapters, as the next letter."""
    page = report().page
    assert (
        '<a href="#hoofdstuk-reacties"><span class="aanduiding">A</span> <span>Reacties en antwoorden</span></a>'
        in page
    )
    assert page.index('id="hoofdstuk-reacties"') > page.index('id="hoofdstuk-aa"')
    assert "Tabel A.1.</span> Reacties op eerdere versies" in page


def test_a_reaction_links_to_where_it_belongs():
    """The link shows the number that the section has now, and leads to the paragraph."""
    page = report().page
    assert '<a class="aanduiding verwijzing" id="verwijzing-A-1" href="#aa_k_2">paragraaf 1.1</a>' in page
    assert re.search(r'<p id="aa_k_2">Een alinea van aa\.</p>', page)
    assert '<span class="aanduiding">Paragraaf 9.2</span>: deze plaats bestaat niet meer' in page


def test_the_words_of_a_reader_are_words():
    """A digit in a reaction is no number of ours, and markup in it is text."""
    made = report()
    assert '<span class="aanduiding">Waarom 12 &amp; niet &lt;3&gt;?</span>' in made.page
    assert made.loose == ()


def test_a_final_report_prints_none():
    """Reactions are between readers and makers of a concept."""
    assert "eacties" not in report(status="definitief").page
    assert "eacties" not in report(reactions=()).page
