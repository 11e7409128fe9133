"""The first row of an export: which column is which, in three kinds of heading and three languages."""

import pytest

from nsoc_lib.errors import NsocError
from nsoc_lib.sources.limesurvey_fields import OVERIG, Field, Structure, key_of
from nsoc_lib.sources.limesurvey_headings import BOTH, CODES, TEXTS, Heading, read_headings

WHERE = "data/raw/meting-9/export.csv"
FIXED = ("id", "submitdate", "lastpage")
TITLES = ("Respons ID", "Datum verstuurd", "Laatste pagina")


def questions(*cells: str, structure: Structure | None = None) -> list[Heading]:
    """Return the columns after the three fixed ones."""
    return [heading for heading in read_headings(cells, structure, WHERE)[1] if not heading.vast]


def names(*cells: str, structure: Structure | None = None) -> list[str]:
    return [heading.naam for heading in questions(*cells, structure=structure)]


def field(name: str, text: str) -> Field:
    """Return a field that a full text is recognised by."""
    question, _, part = name.partition("_")
    return Field(name, question, part, OVERIG, text, koppen=frozenset({key_of(text)}))


@pytest.mark.parametrize(
    ("cell", "name", "part"),
    [
        ("G01Q04", "G01Q04", ""),
        ("G01Q04[SQ001]", "G01Q04_SQ001", "SQ001"),
        ("G01Q04[SQ001_SQ002]", "G01Q04_SQ001_SQ002", "SQ001_SQ002"),
        ("G01Q04[SQ001][2]", "G01Q04_SQ001_2", "SQ001_2"),
        ("G01Q04[other]", "G01Q04_other", "other"),
        ("G01Q04_SQ001", "G01Q04_SQ001", ""),
    ],
)
def test_a_code_becomes_a_stable_name(cell, name, part):
    """A part between brackets, or after a low line, is written one way; the tag stays as it was."""
    assert questions(*FIXED, cell) == [Heading(cell, name, name if "[" not in cell else "G01Q04", part)]


def test_the_kind_of_heading_is_told_by_the_number_of_the_answer():
    """Codes, full texts or both: the column with the number tells, in any language."""
    assert read_headings(FIXED, None, WHERE)[0] == CODES
    assert read_headings(TITLES, None, WHERE)[0] == TEXTS
    assert read_headings([f"{c}. {t}" for c, t in zip(FIXED, TITLES, strict=True)], None, WHERE)[0] == BOTH
    assert read_headings(["Response_ID", "Date_submitted", "Last_page"], None, WHERE)[0] == TEXTS


@pytest.mark.parametrize("between", [". ", " - ", "|"])
def test_code_and_text_are_parted_by_what_parts_them_in_the_first_column(between):
    """LimeSurvey lets its user choose what stands between code and text."""
    cells = [f"{code}{between}{title}" for code, title in zip(FIXED, TITLES, strict=True)]
    (heading,) = questions(*cells, f"G01Q04[SQ001]{between}Vraag. Dus{between}zo [Deel]")
    assert (heading.tag, heading.naam) == ("G01Q04[SQ001]", "G01Q04_SQ001")
    assert heading.tekst == f"Vraag. Dus{between}zo [Deel]"


def test_a_full_text_is_its_own_name_without_a_structure():
    """The part between the last brackets is the part of the question, and other is other in any language."""
    assert names(*TITLES, "Waar werkt u?", "Waar werkt u? [Anders]", "Geef <b>uw</b> mening [Wij delen (alles)]") == [
        "Waar werkt u?", "Waar werkt u?_other", "Geef uw mening_Wij delen (alles)",
    ]  # fmt: skip


def test_a_full_text_is_found_in_the_structure():
    """With the structure the name is the code, whatever spaces and markup the text has."""
    structure = Structure.build("survey.lss", [field("Q1", "Waar werkt u?"), field("Q2_a", "Geef mening. [Deel]")])
    assert names(*TITLES, "Geef  mening. [Deel]", "<p>Waar werkt u?</p>", structure=structure) == ["Q2_a", "Q1"]


def test_a_text_of_two_questions_is_not_guessed():
    """A text that two questions share keeps its own name: nobody can tell which of the two it is."""
    structure = Structure.build("survey.lss", [field("Q1", "Waarom?"), field("Q2", "Waarom?"), field("Q3", "Wat?")])
    assert names(*TITLES, "Waarom?", "Wat?", structure=structure) == ["Waarom?", "Q3"]


def test_timings_and_other_fixed_columns_are_no_questions():
    """What LimeSurvey keeps about an answer is known by its code."""
    assert names(*FIXED, "seed", "token", "interviewtime", "groupTime12", "questionTime3", "Q1") == ["Q1"]


def test_the_syntax_file_names_columns_by_their_place():
    """Old data files for R have the names of the database, which say nothing: the place does."""
    structure = Structure.build("survey.R", [field("Q1_a", "Wat?")], (*FIXED, "Q1_a"))
    assert names(*FIXED, "12345X6X78SQ001", structure=structure) == ["Q1_a"]
    assert names("ID", "SUBMITDATE", "LASTPAGE", "12345X6X78SQ001", structure=structure) == ["Q1_a"]
    assert names(*FIXED, "Q1[a]", structure=structure) == ["Q1_a"]


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ((*FIXED, "Q2"), 'de kolom "Q2", en op die plaats Q1_a in de structuur'),
        (FIXED, "3 kolommen, en 4 in de structuur"),
    ],
)
def test_a_syntax_file_of_another_data_file_is_refused(cells, found):
    """Names by place are only used where width and headings fit."""
    structure = Structure.build("survey.R", [field("Q1_a", "Wat?")], (*FIXED, "Q1_a"))
    with pytest.raises(NsocError) as raised:
        read_headings(cells, structure, WHERE)
    assert str(raised.value).splitlines()[:3] == [
        "Fout in data/raw/meting-9/export.csv, rij 1",
        f"  gevonden: {found}",
        "  verwacht: de kolommen van survey.R",
    ]
