"""Answers of LimeSurvey in the shape that cleaning knows, with and without a structure."""

import pytest

from nsoc_lib.errors import NsocError
from nsoc_lib.sources.limesurvey_answers import Row, Sheet, read_answers
from nsoc_lib.sources.limesurvey_fields import ANDERS, EEN, JANEE, MEER, RANG, TOELICHTING, Field, key_of
from nsoc_lib.sources.limesurvey_headings import Heading, read_headings

WHERE = "export.csv"


def known(name: str, kind: str, **labels: str) -> Heading:
    """Return a column of the structure."""
    question, _, part = name.partition("_")
    words = {key_of(label): code for code, label in labels.items()}
    field = Field(name, question, part, kind, "Wat?", labels, words)
    return Heading(name, name, question, part, "Wat?", veld=field)


def unknown(*cells: str) -> list[Heading]:
    """Return columns without a structure, with codes in their heading."""
    return [h for h in read_headings(("id", "submitdate", "lastpage", *cells), None, WHERE)[1] if not h.vast]


def read(headings: list[Heading], *rows: str) -> Sheet:
    """Return the answers of rows in which a bar parts the cells."""
    names = [heading.naam for heading in headings]
    return read_answers(
        WHERE, headings, [Row(n, dict(zip(names, row.split("|"), strict=True))) for n, row in enumerate(rows, 2)]
    )


def cells(sheet: Sheet) -> list[dict[str, str]]:
    return [dict(row.cells) for row in sheet.rows]


def noted(sheet: Sheet) -> list[tuple[str, int]]:
    """Return the first two words of each note, and its count."""
    return [(" ".join(note.wat.split()[:4]), note.aantal) for note in sheet.notes]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Y", "1"),
        ("ja", "1"),
        ("Yes", "1"),
        ("", ""),
        ("N", ""),
        ("Nee", ""),
        ("Nein", ""),
        ("N/A", ""),
        ("n.v.t.", ""),
    ],
)
def test_a_chosen_option_is_one_and_any_other_is_blank(cell, expected):
    """Whether not chosen or not shown: cleaning reads a blank, as it does for other programs."""
    assert cells(read([known("Q_a", MEER)], cell)) == [{"Q_a": expected}]


@pytest.mark.parametrize("cell", ["1", "2", "0", "Tijd"])
def test_an_option_with_a_number_is_refused(cell):
    """LimeSurvey can write yes as 1 or as 2, so a number without its labels says nothing."""
    with pytest.raises(NsocError) as raised:
        read([known("Q_a", MEER)], "Y", cell)
    assert str(raised.value) == (
        "Fout in export.csv, rij 3, kolom Q_a\n"
        f'  gevonden: "{cell}" bij een optie van een meerkeuzevraag\n'
        "  verwacht: Y of leeg, of in woorden ja, nee of niet van toepassing (Nederlands, Engels of Duits)\n"
        "  wat nu:   Exporteer opnieuw zonder Y en N om te zetten; geef bij een R-bestand het syntaxbestand als structuur."
    )


def test_a_number_with_its_labels_is_read_by_its_label():
    """The syntax file for R says which number is yes."""
    heading = known("Q_a", MEER, **{"2": "Ja", "1": "Niet geselecteerd"})
    assert cells(read([heading], "2", "1", "")) == [{"Q_a": "1"}, {"Q_a": ""}, {"Q_a": ""}]


def test_without_structure_only_yes_and_blank_are_an_option():
    """Columns of one question with nothing but Y are options of several, which is noted as an assumption."""
    sheet = read(unknown("Q[a]", "Q[b]", "P[a]", "P[b]"), "Y||A1|", "Y|Y||A2")
    assert cells(sheet) == [
        {"Q_a": "1", "Q_b": "", "P_a": "A1", "P_b": ""},
        {"Q_a": "1", "Q_b": "1", "P_a": "", "P_b": "A2"},
    ]
    assert noted(sheet) == [("kolommen met alleen ja", 2), ("cellen van meerkeuzevragen omgezet:", 3)]


def test_yes_and_no_without_structure_may_be_a_statement_and_stay():
    """Options and statements with yes and no look alike, so neither is changed and the receipt says so."""
    sheet = read(unknown("Q[a]", "Q[b]"), "Ja|Nee", "Nee|N.v.t.")
    assert cells(sheet) == [{"Q_a": "Ja", "Q_b": "Nee"}, {"Q_a": "Nee", "Q_b": "N.v.t."}]
    assert noted(sheet) == [("kolommen met ja en", 2)]
    assert cells(read(unknown("Q[a]", "Q[b]"), "Ja|Nee")) == [{"Q_a": "Ja", "Q_b": "Nee"}]
    assert "structuur in meting.yml" in sheet.notes[0].waarom


def test_what_was_written_at_other_has_a_column_of_its_own():
    """At a list the choice is other; at several answers what was written is the choice."""
    sheet = read(unknown("Q", "Q[other]", "P[a]", "P[other]"), "-oth-|Rijk|Y|Ruzie", "A1|||")
    assert cells(sheet) == [
        {"Q": "other", "Q_other_TEXT": "Rijk", "P_a": "1", "P_other_TEXT": "Ruzie", "P_other": "1"},
        {"Q": "A1", "Q_other_TEXT": "", "P_a": "", "P_other_TEXT": "", "P_other": ""},
    ]
    assert [heading.naam for heading, _ in sheet.columns] == ["Q", "Q_other_TEXT", "P_a", "P_other", "P_other_TEXT"]


def test_an_answer_that_is_called_other_is_only_other_where_one_can_write():
    """The word is LimeSurvey's own only when the question has a field for it, and no answer of that name."""
    assert cells(read([known("Q", EEN)], "Anders")) == [{"Q": "Anders"}]
    listed = known("Q", EEN, A1="Anders")
    assert cells(read([listed, known("Q_other", ANDERS)], "Anders|"))[0]["Q"] == "Anders"
    assert cells(read([known("Q", EEN, A1="Hier"), known("Q_other", ANDERS)], "Sonstiges|x"))[0]["Q"] == "other"


def test_a_comment_at_an_option_gets_the_name_of_a_text():
    """A comment is what the codebook calls the text of an option, and does not choose the option."""
    sheet = read([known("Q_a", MEER), known("Q_acomment", TOELICHTING)], "|Toch wel")
    assert cells(sheet) == [{"Q_a": "", "Q_a_TEXT": "Toch wel"}]
    assert cells(read(unknown("P[a]", "P[acomment]"), "Y|Soms")) == [{"P_a": "1", "P_a_TEXT": "Soms"}]


def test_no_answer_to_yes_or_no_is_blank():
    """LimeSurvey's word for no answer is blank only at a question with yes and no."""
    assert cells(read([known("Q", JANEE), known("P", EEN)], "N/A|N/A")) == [{"Q": "", "P": "N/A"}]


RANKS = [known(f"Q_{rank}", RANG, a="Tijd", b="Geld", c="Mensen") for rank in (1, 2, 3)]


@pytest.mark.parametrize("row", ["b|a|", "Geld|Tijd|", " Geld |tijd|"])
def test_ranks_become_a_rank_per_option(row):
    """Codes and texts give the same ranks, and what was not ranked is blank."""
    assert cells(read(RANKS, row)) == [{"Q_a": "2", "Q_b": "1", "Q_c": ""}]


def test_options_stand_where_the_ranks_stood():
    """The order of the columns stays that of the questionnaire."""
    sheet = read([known("A", EEN), *RANKS, known("Z", EEN)], "1|b|||2")
    assert [(heading.tag, heading.tekst) for heading, _ in sheet.columns] == [
        ("A", "Wat?"), ("Q[a]", "Wat? [Tijd]"), ("Q[b]", "Wat? [Geld]"), ("Q[c]", "Wat? [Mensen]"), ("Z", "Wat?"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "place", "found"),
    [("a|a|", "kolom Q_2", '"a", al op een eerdere rang'), ("a|Regels|", "kolom Q_2", '"Regels"')],
)
def test_an_option_twice_or_unknown_is_refused(row, place, found):
    """An option has one rank, and is one of the questionnaire."""
    with pytest.raises(NsocError) as raised:
        read(RANKS, "|||"[:2], row)
    assert str(raised.value).splitlines()[:2] == [f"Fout in export.csv, rij 3, {place}", f"  gevonden: {found}"]


def test_ranks_without_structure_stay_and_are_noted():
    """Without the list of options nobody knows which were left unranked."""
    headings = [h for h in read_headings(("Respons ID", "Datum verstuurd", "Laatste pagina", "Wat? [Rang 1]",
                                          "Wat? [Rang 2]"), None, WHERE)[1] if not h.vast]  # fmt: skip
    sheet = read(headings, "Tijd|Geld")
    assert cells(sheet) == [{"Wat?_Rang 1": "Tijd", "Wat?_Rang 2": "Geld"}]
    assert noted(sheet) == [("kolommen met een rangplaats", 2)]
