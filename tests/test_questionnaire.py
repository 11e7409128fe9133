"""The questionnaire as a table: every question in order, and how many there are."""

from dataclasses import replace

from test_choice_tables import UNPUBLISHED, lines
from test_choices import SURVEY

from nsoc_lib.prose import Shown
from nsoc_lib.questionnaire import (
    count_questions,
    show_questionnaire,
    tabulate_published_outcomes,
    tabulate_questionnaire,
)


def test_the_questions_are_counted_in_three_ways():
    """Eighteen as a respondent meets them; six statements apart make 23, consent makes 19."""
    counts = {name: result.value for name, result in count_questions(UNPUBLISHED).items()}
    assert counts == {"totaal": 18, "stellingen-apart": 23, "met-toestemming": 19}


def test_the_questionnaire_lists_every_question_in_order():
    """Consent first, pillars last, with how the kind of question is known."""
    rows = lines(tabulate_questionnaire(UNPUBLISHED).show().text)[1:]
    assert len(rows) == 19
    assert (rows[0][2], rows[3][2], rows[-1][3]) == ("toestemming", "kies er een aantal", "bijlage 3, figuur 5")
    assert "een export is nooit openbaar gemaakt" in tabulate_questionnaire(UNPUBLISHED).notes


def test_what_was_published_is_named_per_question():
    """Figures without values in the text, words, or nothing at all."""
    rows = {row[0]: row[3] for row in lines(tabulate_published_outcomes(UNPUBLISHED).show().text)}
    assert rows["Regio van het werk"] == "figuur 1, waarden niet in de tekst"
    assert rows["Belangrijkste factoren"] == "niet gepubliceerd"


def test_a_questionnaire_of_statements_alone_has_no_list():
    """Its appendix shows the statements and nothing else."""
    bare = replace(SURVEY, codeboek=replace(SURVEY.codeboek, vragenlijst=()))
    assert show_questionnaire(bare) == Shown("", "")
