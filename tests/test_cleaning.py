"""From an export to tidy answers: everything that does not fit the codebook is named."""

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from nsoc_lib.cleaning import clean_survey
from nsoc_lib.codebook import Codebook
from nsoc_lib.entries import Entry
from nsoc_lib.errors import NsocError
from nsoc_lib.sources.export import Column, Export, Response
from nsoc_lib.sources.tabular import pseudonym
from nsoc_lib.survey import Cleaned, Finding

WHERE = "data/raw/meting-9/export.csv"
CODING_WHERE = "data/raw/meting-9/codering.csv"
SYSTEM = {"_recordId": "ResponseId", "status": "Status", "finished": "Finished", "progress": "Progress",
          "recipientEmail": "RecipientEmail", "ipAddress": "IPAddress"}  # fmt: skip
QUESTIONS = {"QID1": "Q1", "QID2": "Q2", "QID3": "Q3", "QID4": "G"}
PERSONAL_FINDING = "persoonsgegevens"


def raw_codebook(**changes: Any) -> dict[str, Any]:
    """Return the raw codebook of two statements, an open question and a background variable."""
    statement = {"thema": "draagvlak", "kort": "K", "schaal": "eens", "richting": "positief"}
    return {
        "instrument": "thermometer",
        "schalen": {
            "eens": {
                "herkomst": "vragenlijst",
                "antwoorden": [{"code": 1, "label": "Oneens"}, {"code": 2, "label": "Eens"}],
                "instemmend": ["Eens"],
            }
        },
        "themas": {"draagvlak": "Draagvlak"},
        "stellingen": [
            {"id": "doel", "kolom": "Q1", "import_id": "QID1", "tekst": "Wij delen het doel."} | statement,
            {"id": "tijd", "kolom": "Q2", "import_id": "QID2", "tekst": "Er is genoeg tijd."} | statement,
        ],
        "achtergrond": [
            {"id": "groep", "kolom": "G", "import_id": "QID4", "tekst": "Groep", "antwoorden": ["Noord", "Zuid"],
             "kleinste_groep": 5}
        ],
        "open_vragen": [
            {"id": "overig", "kolom": "Q3", "import_id": "QID3", "tekst": "Wat ontbreekt?", "bewaren": False,
             "reden": "Alleen de codes worden gebruikt.", "codes": {"visie": "Mist visie", "geld": "Mist geld"}}
        ],
    } | changes  # fmt: skip


def codebook(raw: dict[str, Any] | None = None) -> Codebook:
    """Return the codebook of a raw one."""
    return Codebook.build(Entry(raw or raw_codebook(), "codeboek.yml"))


def person(rij: int, q1: str = "Eens", q2: str = "Eens", **cells: str) -> Response:
    """Return the row of somebody who finished, unless told otherwise."""
    usual = {"_recordId": f"R_{rij}", "status": "IP Address", "finished": "True", "progress": "100"}
    empty = dict.fromkeys([*SYSTEM, *QUESTIONS], "")
    return Response(rij, empty | usual | {"QID1": q1, "QID2": q2, "QID4": "Noord"} | cells)


def export(*people: Response) -> Export:
    """Return an export with these people as rows."""
    columns = tuple(Column(tag, f"Vraag {tag}", import_id) for import_id, tag in (SYSTEM | QUESTIONS).items())
    return Export(WHERE, columns, people)


def without_column(whole: Export, *import_ids: str) -> Export:
    """Return the export as it would be without these columns."""
    return Export(
        whole.where,
        tuple(column for column in whole.columns if column.import_id not in import_ids),
        tuple(
            Response(r.rij, {key: cell for key, cell in r.cells.items() if key not in import_ids})
            for r in whole.responses
        ),
    )


def coding(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """Return the researchers' coding table with these rows of respons, vraag and code."""
    frame = pd.DataFrame(rows, columns=["respons", "vraag", "code"])
    return frame.assign(rij=range(2, len(rows) + 2))


def clean(*people: Response, raw: dict[str, Any] | None = None, codes: pd.DataFrame | None = None) -> Cleaned:
    """Return the tidy tables for these people."""
    return clean_survey(export(*people), codebook(raw), coding() if codes is None else codes, CODING_WHERE)


def refusal(whole: Export, raw: dict[str, Any] | None = None, codes: pd.DataFrame | None = None) -> str:
    """Return the block with which an export is refused."""
    with pytest.raises(NsocError) as raised:
        clean_survey(whole, codebook(raw), coding() if codes is None else codes, CODING_WHERE)
    return str(raised.value)


def findings(cleaned: Cleaned) -> dict[str, list[str]]:
    """Return the texts of the findings by subject."""
    return {
        subject: [finding.tekst for finding in cleaned.bevindingen if finding.onderwerp == subject]
        for subject in {finding.onderwerp for finding in cleaned.bevindingen}
    }


def test_there_is_one_row_per_person_and_statement():
    """Each answer is a row with its person, statement, theme, and the row and column it came from."""
    answers = clean(person(4, "Eens", "Oneens"), person(5, "Oneens", "Eens")).antwoorden
    assert answers.astype(object).to_numpy().tolist() == [
        ["r001", "doel", "draagvlak", "Eens", "geldig", 4, "Q1"],
        ["r001", "tijd", "draagvlak", "Oneens", "geldig", 4, "Q2"],
        ["r002", "doel", "draagvlak", "Oneens", "geldig", 5, "Q1"],
        ["r002", "tijd", "draagvlak", "Eens", "geldig", 5, "Q2"],
    ]


def test_answers_are_an_ordered_category_of_the_scale():
    """The answers run from disagreeing to agreeing, those nobody chose included."""
    answers = clean(person(4, "Eens", "Eens")).antwoorden["antwoord"]
    assert list(answers.cat.categories) == ["Oneens", "Eens"]
    assert answers.cat.ordered


def test_a_numeric_export_gives_the_same_answers():
    """An export with codes instead of labels is read as the labels of those codes."""
    by_label = clean(person(4, "Eens", "Oneens")).antwoorden
    by_code = clean(person(4, "2", "1")).antwoorden
    pd.testing.assert_frame_equal(by_code, by_label)


def test_what_somebody_who_finished_left_blank_was_skipped():
    """A blank of somebody who reached the end is "overgeslagen", also at the end."""
    answers = clean(person(4, "Eens", "")).antwoorden
    assert answers["status"].tolist() == ["geldig", "overgeslagen"]
    assert answers["antwoord"].isna().tolist() == [False, True]


def test_what_comes_after_the_last_answer_was_not_reached():
    """Blanks after the last answer of somebody who stopped are "niet bereikt", earlier ones "overgeslagen"."""
    stopped = {"finished": "False", "progress": "50"}
    answers = clean(person(4, "Eens", "", **stopped), person(5, "", "Eens", **stopped), person(6, "", "", **stopped))
    assert answers.antwoorden["status"].tolist() == [
        "geldig", "niet bereikt", "overgeslagen", "geldig", "niet bereikt", "niet bereikt",
    ]  # fmt: skip


def test_everything_before_the_last_answer_was_seen():
    """Somebody who stopped after answering the third statement alone saw the two before it."""
    raw = raw_codebook(open_vragen=[])
    raw["stellingen"].append(raw["stellingen"][0] | {"id": "geld", "kolom": "Q3", "import_id": "QID3"})
    answers = clean(person(4, "", "", QID3="Eens", finished="False", progress="75"), raw=raw).antwoorden
    assert answers["status"].tolist() == ["overgeslagen", "overgeslagen", "geldig"]


def test_a_blank_that_the_export_knows_was_seen_counts_as_seen():
    """Where the export itself says "seen and left blank", who stopped right after it skipped that statement."""
    stopped = {"finished": "False", "progress": "50"}
    blank = replace(person(4, "Eens", "", **stopped), ontbreekt={"QID2": "overgeslagen"})
    unknown = replace(person(5, "Eens", "", **stopped), ontbreekt={"QID2": "weet niet"})
    assert clean(blank, unknown).antwoorden["status"].tolist() == ["geldig", "overgeslagen", "geldig", "ontbreekt"]


def test_who_answers_the_open_question_saw_every_statement():
    """The open question comes last, so its answer shows that the statements before it were seen."""
    answers = clean(person(4, "Eens", "", QID3="Tijd", finished="False", progress="75")).antwoorden
    assert answers["status"].tolist() == ["geldig", "overgeslagen"]


def with_kinds(response: Response, **kinds: str) -> Response:
    """Return a row of which the file declares these empty cells missing."""
    return replace(response, ontbreekt=kinds)


def test_a_kind_of_missing_that_the_file_declares_is_kept():
    """A refusal is no blank: status "ontbreekt" with the kind in a column of its own."""
    answers = clean(with_kinds(person(4, "Eens", ""), QID2="weigert"), person(5, "Eens", "")).antwoorden
    assert answers["status"].tolist() == ["geldig", "ontbreekt", "geldig", "overgeslagen"]
    assert answers["soort_ontbreekt"].fillna("").tolist() == ["", "weigert", "", ""]
    assert answers["antwoord"].isna().tolist() == [False, True, False, True]


def test_without_declared_kinds_the_tables_are_as_they_were():
    """The column and the category are there only when they are needed."""
    cleaned = clean(person(4, "Eens", ""))
    assert "soort_ontbreekt" not in cleaned.antwoorden
    assert list(cleaned.antwoorden["status"].cat.categories) == ["geldig", "overgeslagen", "niet bereikt"]
    assert "soort_ontbreekt" not in cleaned.open_antwoorden
    assert list(cleaned.respondenten.columns) == ["respondent", "compleet", "voortgang", "groep", "kenmerk", "rij"]


def test_a_declared_kind_does_not_show_that_somebody_came_so_far():
    """A program may declare it of what it did not show; blanks before it stay "niet bereikt"."""
    stopped = with_kinds(person(4, "", "", finished="False", progress="10"), QID2="n.v.t.")
    assert clean(stopped).antwoorden["status"].tolist() == ["niet bereikt", "ontbreekt"]


def test_a_kind_without_a_name_is_still_a_kind():
    """A file may declare a code missing without saying what it means."""
    answers = clean(with_kinds(person(4, "Eens", ""), QID2="")).antwoorden
    assert answers["soort_ontbreekt"].fillna("").tolist() == ["", "zonder naam"]


def test_weet_niet_is_an_answer_also_where_the_file_calls_it_missing():
    """One program exports the label, another declares its code missing: the same answer."""
    raw = raw_codebook()
    raw["schalen"]["eens"] |= {"weet_niet": ["Weet niet"]}
    raw["schalen"]["eens"]["antwoorden"].append({"code": 9, "label": "Weet niet"})
    answers = clean(with_kinds(person(4, "", "Eens"), QID1="Weet niet"), person(5, "9", "Eens"), raw=raw).antwoorden
    assert answers["antwoord"].tolist() == ["Weet niet", "Eens", "Weet niet", "Eens"]
    assert set(answers["status"]) == {"geldig"}


def test_a_label_that_the_codebook_calls_missing_is_no_answer():
    """Where the file is silent the codebook tells that "Weigert" is a kind of missing, by label or by code."""
    raw = raw_codebook()
    raw["schalen"]["eens"] |= {"ontbreekt": ["Weigert"]}
    raw["schalen"]["eens"]["antwoorden"].append({"code": 9, "label": "Weigert"})
    cleaned = clean(person(4, "Weigert", "9"), raw=raw)
    assert cleaned.antwoorden["soort_ontbreekt"].tolist() == ["Weigert", "Weigert"]
    assert list(cleaned.antwoorden["antwoord"].cat.categories) == ["Oneens", "Eens"]
    assert not any("Weigert" in text for text in findings(cleaned).get("ongebruikt antwoord", []))


def test_the_group_that_somebody_did_not_tell_keeps_its_kind():
    """A background variable has a column of its own for why it is missing."""
    people = clean(with_kinds(person(4, QID4=""), QID4="weigert"), person(5)).respondenten
    assert people["groep"].isna().tolist() == [True, False]
    assert people["groep-ontbreekt"].fillna("").tolist() == ["weigert", ""]


def test_people_are_counted_complete_when_the_tool_says_so():
    """Whether somebody finished, how far and from which group comes from the export."""
    people = clean(person(4), person(5, "Eens", "", finished="False", progress="40", QID4="Zuid")).respondenten
    assert people.drop(columns="kenmerk").astype(object).to_numpy().tolist() == [
        ["r001", True, 100, "Noord", 4],
        ["r002", False, 40, "Zuid", 5],
    ]
    assert list(people.columns) == ["respondent", "compleet", "voortgang", "groep", "kenmerk", "rij"]


def test_a_respondent_keeps_a_mark_when_the_export_comes_again():
    """Somebody who stands a row lower in a later export gets another number and keeps the mark of the ResponseId."""
    first, again = clean(person(5)).respondenten, clean(person(4), person(5)).respondenten
    assert (first["respondent"][0], again["respondent"][1]) == ("r001", "r002")
    assert first["kenmerk"][0] == again["kenmerk"][1] == pseudonym("R_5")


@pytest.mark.parametrize(("cell", "complete"), [("True", True), ("1", True), ("WAAR", True), ("False", False),
                                                ("0", False), ("ONWAAR", False)])  # fmt: skip
def test_finished_is_read_in_each_form_of_the_tool(cell, complete):
    """Finished stands as True, 1 or WAAR, after the language and the kind of export."""
    assert clean(person(4, finished=cell)).respondenten["compleet"].tolist() == [complete]


def test_an_unknown_group_stays_unknown():
    """A respondent whose group is blank belongs to no group."""
    people = clean(person(4, QID4=""), person(5)).respondenten
    assert people["groep"].isna().tolist() == [True, False]


def test_personal_and_technical_columns_stay_behind():
    """No address, name or ResponseId of the export is found in any table that is made."""
    cleaned = clean(person(4, ipAddress="192.0.2.7", recipientEmail="deelnemer@example.org", QID3="Mijn naam is Piet"))
    for frame in (cleaned.antwoorden, cleaned.respondenten, cleaned.open_antwoorden):
        text = frame.to_csv()
        assert not any(word in text for word in ("192.0.2.7", "example.org", "R_4", "Piet"))


def test_personal_data_in_an_export_is_reported():
    """An export that holds addresses is reported with the columns that hold them."""
    cleaned = clean(person(4, ipAddress="192.0.2.7", recipientEmail="deelnemer@example.org"))
    assert findings(cleaned)[PERSONAL_FINDING] == [
        "Kolom RecipientEmail: volgens de kop persoonsgegevens (e-mailadres), aantal cellen: 1; niet verwerkt",
        "Kolom IPAddress: volgens de kop persoonsgegevens (IP-adres), aantal cellen: 1; niet verwerkt",
    ]


def test_personal_data_of_a_test_response_is_reported():
    """An address in a row that is left out stands in the raw file all the same."""
    cleaned = clean(person(4), person(5, status="Survey Preview", recipientEmail="maker@example.org"))
    assert findings(cleaned)[PERSONAL_FINDING] == [
        "Kolom RecipientEmail: volgens de kop persoonsgegevens (e-mailadres), aantal cellen: 1; niet verwerkt"
    ]


def test_empty_personal_columns_are_no_finding():
    """An anonymised export, with the columns but nothing in them, is not reported."""
    assert PERSONAL_FINDING not in findings(clean(person(4)))


def test_a_codebook_cannot_open_a_personal_column():
    """A question that claims the column of an e-mail address is refused: that column never leaves data/raw."""
    raw = raw_codebook()
    raw["open_vragen"][0] |= {"import_id": "recipientEmail", "bewaren": True}
    whole = without_column(export(person(4, recipientEmail="deelnemer@example.org")), "QID3")
    assert "recipientEmail" in refusal(whole, raw)


def test_free_text_is_left_behind():
    """Of an open answer only whether it was given and its code are kept."""
    cleaned = clean(person(4, QID3="Meer visie"), person(5), codes=coding(("R_4", "overig", "visie")))
    answers = cleaned.open_antwoorden
    assert answers["status"].tolist() == ["geldig", "niet ingevuld"]
    assert answers["code"].fillna("").tolist() == ["visie", ""]
    assert answers["tekst"].isna().all()


def test_free_text_is_kept_when_the_codebook_says_so():
    """The words of an open answer are kept only where the codebook keeps them."""
    raw = raw_codebook()
    raw["open_vragen"][0]["bewaren"] = True
    assert clean(person(4, QID3="Meer visie"), raw=raw).open_antwoorden["tekst"].tolist() == ["Meer visie"]


def test_a_missing_column_is_named():
    """An export without the column of a question is refused with the tag of that question."""
    assert refusal(without_column(export(person(4)), "QID2")) == (
        "Fout in data/raw/meting-9/export.csv, kolom Q2\n"
        "  gevonden: geen kolom voor Q2\n"
        "  verwacht: een kolom voor elke vraag van het codeboek\n"
        "  wat nu:   Exporteer opnieuw met alle vragen, of haal de vraag uit codeboek.yml."
    )


def test_an_export_of_another_survey_is_recognised():
    """An export without a single question of the codebook is called the export of another survey."""
    other = Column("Q77", "Hoe was de lunch?", "QID77")
    whole = without_column(export(person(4)), *QUESTIONS)
    assert refusal(replace(whole, columns=(*whole.columns, other))) == (
        "Fout in data/raw/meting-9/export.csv\n"
        "  gevonden: geen enkele vraag uit het codeboek\n"
        "  verwacht: de kolommen Q1, Q2, G, Q3\n"
        "  wat nu:   Dit lijkt de export van een andere vragenlijst. "
        "Zet de goede export neer, of pas codeboek.yml aan."
    )


@pytest.mark.parametrize("import_id", ["status", "progress", "finished"])
def test_a_missing_system_column_is_named(import_id):
    """Without status, progress or finished nobody can tell who took part, and the export is refused."""
    assert refusal(without_column(export(person(4)), import_id)) == (
        "Fout in data/raw/meting-9/export.csv, rij 3\n"
        f"  gevonden: geen kolom met ImportId {import_id}\n"
        "  verwacht: de systeemkolommen Status, Progress en Finished\n"
        "  wat nu:   Exporteer opnieuw met alle systeemkolommen."
    )


def lunch() -> Export:
    """Return an export with one question more than the codebook has."""
    whole = export(person(4, QID5="Lekker"))
    return replace(whole, columns=(*whole.columns, Column("Q5", "Hoe was de lunch?", "QID5")))


def test_a_question_that_the_codebook_does_not_know_is_named():
    """A column without a place in the codebook is refused with its tag, ImportId and text."""
    assert refusal(lunch()) == (
        "Fout in data/raw/meting-9/export.csv, kolom Q5\n"
        '  gevonden: een vraag die het codeboek niet kent (ImportId QID5, "Hoe was de lunch?")\n'
        "  verwacht: alleen kolommen die in codeboek.yml staan\n"
        "  wat nu:   Voeg de vraag toe aan codeboek.yml, of zet de kolom onder overslaan met een reden."
    )


def test_a_column_is_skipped_when_the_codebook_gives_a_reason():
    """A column that the codebook skips with a reason stops nothing and ends up nowhere."""
    raw = raw_codebook(overslaan=[{"kolom": "Q5", "reden": "De lunch telt niet mee."}])
    cleaned = clean_survey(lunch(), codebook(raw), coding(), CODING_WHERE)
    assert "Lekker" not in cleaned.antwoorden.to_csv() + cleaned.open_antwoorden.to_csv()


def test_an_unknown_answer_is_named_with_row_and_column():
    """An answer outside the scale is quoted with its row, its column and the answers of the scale."""
    assert refusal(export(person(4), person(5, "Eens", "Geen mening"))) == (
        "Fout in data/raw/meting-9/export.csv, rij 5, kolom Q2\n"
        '  gevonden: het antwoord "Geen mening"\n'
        "  verwacht: een antwoord uit schaal eens: Oneens, Eens\n"
        "  wat nu:   Verbeter de cel, of voeg het antwoord toe aan de schaal in codeboek.yml."
    )


@pytest.mark.parametrize("cell", ["eens", "Eens.", "0", "3", "2.0"])
def test_an_answer_that_nearly_fits_is_unknown(cell):
    """Another capital, a full stop or a code outside the scale is never taken for an answer."""
    assert f'gevonden: het antwoord "{cell}"' in refusal(export(person(4, cell)))


def test_an_unknown_group_name_is_named():
    """A group that the codebook does not know is quoted with row and column."""
    assert refusal(export(person(4, QID4="Oost"))) == (
        "Fout in data/raw/meting-9/export.csv, rij 4, kolom G\n"
        '  gevonden: "Oost"\n'
        "  verwacht: een van: Noord, Zuid\n"
        "  wat nu:   Verbeter de cel, of voeg de groep toe aan codeboek.yml."
    )


def test_a_respondent_who_occurs_twice_is_refused():
    """A ResponseId in two rows is refused with the numbers of both rows."""
    assert refusal(export(person(4), person(5), person(6, _recordId="R_4"))) == (
        "Fout in data/raw/meting-9/export.csv, rij 6, kolom ResponseId\n"
        "  gevonden: dezelfde deelnemer als in rij 4\n"
        "  verwacht: elke deelnemer een keer\n"
        "  wat nu:   Kijk welke van de twee rijen geldt en exporteer opnieuw."
    )


@pytest.mark.parametrize("cell", ["", "true", "Ja", "2"])
def test_an_unreadable_finished_is_refused(cell):
    """Whether somebody finished is never guessed."""
    assert f'rij 4, kolom Finished\n  gevonden: "{cell}"' in refusal(export(person(4, finished=cell)))


@pytest.mark.parametrize("cell", ["", "101", "-1", "50.5", "half"])
def test_an_unreadable_progress_is_refused(cell):
    """Progress is a whole number from 0 to 100."""
    assert refusal(export(person(4, progress=cell))) == (
        "Fout in data/raw/meting-9/export.csv, rij 4, kolom Progress\n"
        f'  gevonden: "{cell}"\n'
        "  verwacht: een geheel getal van 0 tot en met 100\n"
        "  wat nu:   Exporteer opnieuw uit het programma van de enquête."
    )


@pytest.mark.parametrize("status", ["Survey Preview", "1", "Voorbeeldversie enquête"])
def test_a_test_response_is_left_out_and_reported(status):
    """A response made in the preview of the survey tool does not count, and the report says so."""
    cleaned = clean(person(4), person(5, "Onzin", status=status), person(6))
    assert cleaned.respondenten["rij"].tolist() == [4, 6]
    assert Finding("proefantwoorden", findings(cleaned)["proefantwoorden"][0], 1) in cleaned.bevindingen


def test_an_export_of_test_responses_alone_is_refused():
    """An export in which nobody but the researcher answered is no export."""
    assert refusal(export(person(4, status="Survey Preview"))) == (
        "Fout in data/raw/meting-9/export.csv\n"
        "  gevonden: alleen proefantwoorden uit de voorbeeldversie van de vragenlijst\n"
        "  verwacht: ten minste een antwoord van een echte deelnemer\n"
        "  wat nu:   Exporteer opnieuw nadat deelnemers hebben geantwoord."
    )


def test_an_answer_that_nobody_chose_is_reported():
    """An answer of the codebook that never occurs is reported by name and scale."""
    unused = findings(clean(person(4, "Eens", "Eens")))["ongebruikt antwoord"]
    assert unused == ['Niemand koos het antwoord "Oneens" uit schaal eens']


def test_an_answer_that_everybody_may_choose_is_no_finding():
    """When each answer occurs there is nothing to report about answers."""
    assert "ongebruikt antwoord" not in findings(clean(person(4, "Eens", "Oneens"), person(5, QID4="Zuid")))


def test_an_answer_counts_as_unused_per_scale():
    """A label that two scales share is reported for the scale in which nobody chose it."""
    raw = raw_codebook()
    raw["schalen"]["vaak"] = {
        "herkomst": "vragenlijst",
        "antwoorden": [{"code": 1, "label": "Oneens"}, {"code": 2, "label": "Vaak"}],
        "instemmend": ["Vaak"],
    }
    raw["stellingen"][1]["schaal"] = "vaak"
    unused = findings(clean(person(4, "Oneens", "Vaak"), person(5, "Eens", "Vaak"), raw=raw))["ongebruikt antwoord"]
    assert unused == ['Niemand koos het antwoord "Oneens" uit schaal vaak']


def test_a_group_from_which_nobody_answered_is_reported():
    """A group of the codebook that never occurs is reported by name, like any unused entry."""
    texts = [finding.tekst for finding in clean(person(4, "Eens", "Oneens")).bevindingen]
    assert any("Zuid" in text for text in texts)


def test_a_code_belongs_to_a_respondent():
    """A code for a ResponseId that the export does not have is refused with its row."""
    assert refusal(export(person(4)), codes=coding(("R_4", "overig", "visie"), ("R_9", "overig", "geld"))) == (
        "Fout in data/raw/meting-9/codering.csv, rij 3, kolom respons\n"
        '  gevonden: "R_9"\n'
        "  verwacht: een ResponseId uit de export\n"
        "  wat nu:   Verbeter de codering, of verwijder de rij."
    )


def test_a_code_belongs_to_an_open_question():
    """A code for something other than an open question is refused."""
    assert refusal(export(person(4)), codes=coding(("R_4", "doel", "visie"))) == (
        "Fout in data/raw/meting-9/codering.csv, rij 2, kolom vraag\n"
        '  gevonden: "doel"\n'
        "  verwacht: overig\n"
        "  wat nu:   Verbeter de codering, of verwijder de rij."
    )


def test_a_code_stands_in_the_codebook():
    """A code that the codebook does not know is refused with the codes that it does."""
    assert refusal(export(person(4)), codes=coding(("R_4", "overig", "tijd"))) == (
        "Fout in data/raw/meting-9/codering.csv, rij 2, kolom code\n"
        '  gevonden: "tijd"\n'
        "  verwacht: een code uit codeboek.yml: visie, geld\n"
        "  wat nu:   Verbeter de code, of voeg haar toe aan codeboek.yml."
    )


def test_a_second_code_for_one_answer_is_never_lost():
    """An answer that was coded twice is refused with its row, not reduced to the last code in silence."""
    twice = coding(("R_4", "overig", "visie"), ("R_4", "overig", "geld"))
    assert "data/raw/meting-9/codering.csv, rij 3" in refusal(export(person(4, QID3="Visie en geld")), codes=twice)


def test_a_row_without_a_respondent_is_refused():
    """Without a name of its own a row could be the same person as another."""
    assert refusal(export(person(4, _recordId=""))).endswith(
        "rij 4, kolom ResponseId\n  gevonden: een lege cel\n  verwacht: het kenmerk van de deelnemer\n"
        "  wat nu:   Exporteer opnieuw uit het programma van de enquête."
    )
