"""Answers to questions with options: from the split columns of an export to one row per choice."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from fictitious_enquete import CODING, Person, export_rows, load_own_codebook, people

from nsoc_lib.cleaning import clean_survey
from nsoc_lib.errors import NsocError
from nsoc_lib.paths import REPOSITORY
from nsoc_lib.questions import Option
from nsoc_lib.sources.export import Column, Export, Response
from nsoc_lib.survey import Cleaned

FOLDER: Path = REPOSITORY / "data" / "raw" / "versterking-2021"
CODEBOOK = load_own_codebook(FOLDER)
WHERE = "data/raw/versterking-2021/enquete.csv"


def export(persons: list[Person], *, numeric: bool = False, **cells: str) -> Export:
    """Return the fictitious export; ``cells`` puts text in columns of the first person, by tag."""
    tags, texts, ids, *rows = export_rows(CODEBOOK, persons, numeric=numeric)
    keys = [i.split('"')[3] for i in ids]
    rows[0] = [cells.get(tag, cell) for tag, cell in zip(tags, rows[0], strict=True)]
    columns = tuple(Column(*three) for three in zip(tags, texts, keys, strict=True))
    return Export(
        WHERE, columns, tuple(Response(n, dict(zip(keys, row, strict=True))) for n, row in enumerate(rows, 4))
    )


def coding(rows: list[tuple[str, str, str, str]] = CODING) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["respons", "vraag", "code", "codeur"]).assign(rij=range(2, len(rows) + 2))


def clean(whole: Export, codes: pd.DataFrame | None = None) -> Cleaned:
    return clean_survey(whole, CODEBOOK, coding() if codes is None else codes, "codering.csv")


def rows_of(cleaned: Cleaned, person: str, question: str) -> list[tuple[object, ...]]:
    table = cleaned.keuzes
    found = table.loc[(table["respondent"] == person) & (table["vraag"] == question)]
    return [
        tuple(None if pd.isna(v) else v for v in row)
        for row in found[["optie", "rang", "antwoord", "code", "status"]].itertuples(index=False)
    ]


CLEANED = clean(export(people()))


def test_who_gave_no_consent_is_left_out_and_counted():
    """Fourteen rows: one test response and one without consent leave twelve respondents."""
    assert CLEANED.respondenten["respondent"].nunique() == 12
    counts = {finding.onderwerp: finding.aantal for finding in CLEANED.bevindingen}
    assert (counts["proefantwoorden"], counts["toestemming"]) == (1, 1)
    assert "borging" not in set(CLEANED.keuzes["optie"])


def test_an_export_in_which_nobody_consented_is_refused():
    """It would otherwise be a survey of nobody."""
    with pytest.raises(NsocError) as error:
        clean(export([Person(1)]), coding([]))
    assert "niemand die toestemming gaf" in str(error.value)


def test_only_the_first_option_of_consent_is_consent():
    """Where a questionnaire also offers a refusal, who chose that is left out."""
    question = CODEBOOK.select_vraag("toestemming")
    refusal = replace(question, opties=(*question.opties, Option("nee", "2", "Nee")))
    listed = tuple(refusal if q.id == "toestemming" else q for q in CODEBOOK.vragenlijst)
    whole = export(people(), Q1="Nee")
    cleaned = clean_survey(whole, replace(CODEBOOK, vragenlijst=listed), coding(CODING[1:]), "codering.csv")
    assert len(cleaned.respondenten) == 11


def test_a_choice_is_a_row_and_a_rank_stands_beside_its_option():
    """The first person chose and ranked three factors."""
    assert rows_of(CLEANED, "r001", "factoren") == [
        (name, None, None, None, "geldig") for name in ("capaciteit", "vertrouwen", "draagvlak")
    ]
    assert rows_of(CLEANED, "r007", "factoren-rang") == [
        ("leiderschap", 1, None, None, "geldig"),
        ("capaciteit", 2, None, None, "geldig"),
        ("expertise", 3, None, None, "geldig"),
    ]


def test_what_was_chosen_and_not_ranked_has_no_rank():
    """The eleventh person chose two factors and ranked one."""
    assert len(rows_of(CLEANED, "r011", "factoren")) == 2
    assert rows_of(CLEANED, "r011", "factoren-rang") == [("vertrouwen", 1, None, None, "geldig")]
    partial = [f.aantal for f in CLEANED.bevindingen if f.onderwerp == "deels gerangschikt"]
    fewer = [f.aantal for f in CLEANED.bevindingen if f.onderwerp == "minder gekozen"]
    assert (partial, fewer) == ([1], [1])


def test_skipped_not_reached_and_not_shown_are_told_apart():
    """The twelfth person skipped the factors, saw no ranking of them, and stopped after the obstacles."""
    nothing = (None, None, None, None)
    assert rows_of(CLEANED, "r012", "factoren") == [(*nothing, "overgeslagen")]
    assert rows_of(CLEANED, "r012", "factoren-rang") == [(*nothing, "niet getoond")]
    assert rows_of(CLEANED, "r012", "obstakels-rang") == [(*nothing, "niet bereikt")]
    assert rows_of(CLEANED, "r012", "duur-functie") == [(*nothing, "niet bereikt")]
    assert set(CLEANED.antwoorden.loc[CLEANED.antwoorden["respondent"] == "r012", "status"]) == {"niet bereikt"}


def with_kinds(whole: Export, **kinds: str) -> Export:
    """Return the export in which these empty cells of the first person are declared missing, by tag."""
    first = whole.responses[0]
    ids = {column.tag: column.import_id for column in whole.columns}
    cells = first.cells | {ids[tag]: "" for tag in kinds}
    first = replace(first, cells=cells, ontbreekt={ids[tag]: kind for tag, kind in kinds.items()})
    return replace(whole, responses=(first, *whole.responses[1:]))


def kinds_of(cleaned: Cleaned, question: str) -> list[tuple[object, ...]]:
    """Return option, status and kind of the first person."""
    rows = cleaned.keuzes.loc[(cleaned.keuzes["respondent"] == "r001") & (cleaned.keuzes["vraag"] == question)]
    frame = rows[["optie", "status", "soort_ontbreekt"]]
    return [tuple(None if pd.isna(v) else v for v in row) for row in frame.itertuples(index=False)]


def test_a_declared_kind_of_missing_is_kept_per_question():
    """Who refused a question of one answer, and one of several, did not skip them."""
    several = {f"Q18_{code}": "weigert" for code in range(1, 6)}
    cleaned = clean(with_kinds(export(people()), Q15="weet ik niet", **several))
    assert kinds_of(cleaned, "duur-organisatie") == [(None, "ontbreekt", "weet ik niet")]
    assert kinds_of(cleaned, "onderwerpen") == [(None, "ontbreekt", "weigert")]
    assert "ontbreekt" in cleaned.keuzes["status"].cat.categories


def test_a_loop_keeps_a_kind_per_chosen_option():
    """The first person has one function, juridisch, and refuses to say how long; of the others nothing was asked."""
    cleaned = clean(with_kinds(export(people()), **{"4_Q17": "weigert", "1_Q17": "n.v.t.", "5_Q17": "n.v.t."}))
    assert kinds_of(cleaned, "duur-functie") == [("juridisch", "ontbreekt", "weigert")]


def test_without_declared_kinds_the_table_of_choices_is_as_it_was():
    """The column and the category are there only when they are needed."""
    assert "soort_ontbreekt" not in CLEANED.keuzes
    assert "ontbreekt" not in CLEANED.keuzes["status"].cat.categories


def test_a_loop_has_an_answer_per_chosen_option():
    """The seventh person answered for both functions, the eleventh for one of two."""
    assert rows_of(CLEANED, "r007", "duur-functie") == [
        ("beleid", None, "2-tot-5", None, "geldig"),
        ("anders", None, "korter-dan-1", None, "geldig"),
    ]
    assert rows_of(CLEANED, "r011", "duur-functie")[1] == ("anders", None, None, None, "overgeslagen")


def test_words_at_anders_stay_behind_and_their_code_goes_on():
    """Only the researchers' category is in the tidy table."""
    assert rows_of(CLEANED, "r007", "functie")[1] == ("anders", None, None, "projectleider", "geldig")
    tables = (CLEANED.keuzes, CLEANED.antwoorden, CLEANED.respondenten, CLEANED.open_antwoorden)
    assert not [table for table in tables if "Verzonnen" in table.to_csv()]


def test_words_without_a_code_are_counted():
    """Without coding five people who chose "anders, namelijk" are uncoded."""
    findings = clean(export(people()), coding([])).bevindingen
    assert [f.aantal for f in findings if f.onderwerp == "niet gecodeerd"] == [5]


def test_a_numeric_export_gives_the_same_answers():
    """Codes in place of labels change nothing."""
    numeric = clean(export(people(), numeric=True))
    pd.testing.assert_frame_equal(numeric.keuzes, CLEANED.keuzes)
    pd.testing.assert_frame_equal(numeric.antwoorden, CLEANED.antwoorden)


@pytest.mark.parametrize(
    ("cells", "parts"),
    [
        ({"Q13": "Sportclub"}, ["rij 4, kolom Q13", '"Sportclub"', "Private organisatie"]),
        ({"Q4_3": "1,4"}, ["rij 4, kolom Q4_3", '"1,4"', "elke optie heeft een eigen kolom"]),
        ({"Q4_1": "1"}, ["rij 4, vraag factoren", "4 gekozen opties", "hooguit 3"]),
        ({"Q5_10": "1"}, ["rij 4, kolom Q5_10", 'rang "1", al gegeven', "elke rang hooguit een keer"]),
        ({"Q5_10": "4"}, ["rij 4, kolom Q5_10", "een rang van 1 tot en met 3"]),
        ({"Q5_10": "2,5"}, ["rij 4, kolom Q5_10", 'rang "2,5"']),
        ({"Q5_1": "1"}, ["kolom Q5_1", 'een antwoord over "Bewustwording"', "bij de vraag factoren is gekozen"]),
        ({"1_Q17": "1 tot 2 jaar"}, ["kolom 1_Q17", 'een antwoord over "Beleid"', "bij de vraag functie"]),
        ({"4_Q17": "ooit"}, ["kolom 4_Q17", '"ooit"', "Korter dan 1 jaar"]),
    ],
)
def test_an_answer_that_cannot_be_is_refused_with_its_place(cells, parts):
    """Ties, ranks that do not exist and answers about what was not chosen are faults in the export."""
    with pytest.raises(NsocError) as error:
        clean(export(people(), **cells))
    assert [part for part in parts if part not in str(error.value)] == []


@pytest.mark.parametrize(
    ("row", "parts"),
    [
        (("R_1", "functie", "projectleider", "AB"), ["kolom respons", '"R_1"', "iets schreef"]),
        (("R_7", "functie", "tovenaar", "AB"), ["kolom code", '"tovenaar"', "projectleider"]),
        (("R_13", "functie", "projectleider", "AB"), ["kolom respons", '"R_13"']),
    ],
)
def test_a_code_for_nobody_or_nothing_is_refused(row, parts):
    """A code belongs to words that somebody with consent wrote."""
    with pytest.raises(NsocError) as error:
        clean(export(people()), coding([row]))
    assert [part for part in ["codering.csv, rij 2", *parts] if part not in str(error.value)] == []


def test_a_second_code_for_the_same_words_is_refused():
    """Both rows are equal, so only the second is at fault."""
    row = ("R_7", "functie", "projectleider", "AB")
    with pytest.raises(NsocError) as error:
        clean(export(people()), coding([row, row]))
    assert "codering.csv, rij 3, kolom vraag" in str(error.value)


def test_a_missing_column_of_a_choice_is_named():
    """An export without the ninth function cannot say that nobody has it."""
    whole = export(people())
    columns = tuple(column for column in whole.columns if column.tag != "Q16_9")
    with pytest.raises(NsocError) as error:
        clean(replace(whole, columns=columns))
    assert "geen kolom voor Q16_9" in str(error.value)
