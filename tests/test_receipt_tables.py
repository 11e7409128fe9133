"""The receipts as tables: every number a result, and a sentence where there is nothing to show."""

import re
from dataclasses import replace

import pytest
from conftest import PROFILE, ROOT
from test_cleaning import codebook, coding, export, person
from test_receipt import receive
from test_tabulate import read

from nsoc_lib.paths import Study
from nsoc_lib.prose import as_plain
from nsoc_lib.receipt import Receipt, TableReceipt
from nsoc_lib.receipt_tables import (
    show_receipts,
    tabulate_columns,
    tabulate_items,
    tabulate_kinds,
    tabulate_notes,
    tabulate_people,
    tabulate_rows,
)
from nsoc_lib.sources.disclosure import load_profile
from nsoc_lib.sources.export import AANGENOMEN, Note


def receipt(**changes: object) -> Receipt:
    """Return the receipt of three people and a test response, of whom one refused the second statement."""
    refused = replace(person(6, "Eens", "", QID3="Meer visie"), ontbreekt={"QID2": "code -77"})
    whole = export(person(4), person(5, "Eens", "", QID4=""), refused, person(7, status="Survey Preview"))
    notes = (Note(AANGENOMEN, "finished volgt uit Datum verstuurd", "LimeSurvey heeft geen kolom Finished", 4),)
    received = receive(replace(whole, programma="LimeSurvey, codes", notities=notes), codebook(), coding())
    known = {"meting": "meting-9", "herkomst": "waargenomen", "dataset": "thermometer@abc"}
    return replace(received, **(known | changes))


RECEIPT = receipt()


def test_people_go_from_the_file_to_who_is_kept():
    """Four in the file, one test response left out, three kept; nobody was left out by the reader."""
    assert [row[:2] for row in read(tabulate_people(RECEIPT))] == [
        ["In het bestand", "4"],
        ["Weggelaten: proefantwoord", "1"],
        ["Weggelaten: zonder toestemming", "0"],
        ["Weggelaten: dubbel", "0"],
        ["Behouden", "3"],
    ]


def test_people_whom_the_reader_left_out_are_named():
    """The row stands there only when it says something."""
    more = receipt(weggelaten=RECEIPT.weggelaten | {"door de lezer van het bestand": 2})
    assert read(tabulate_people(more))[1][:2] == ["Weggelaten: door de lezer van het bestand", "2"]


def test_columns_stand_with_what_became_of_them_and_their_sum():
    """Ten columns: eight used in three ways, two left out."""
    rows = read(tabulate_columns(RECEIPT))
    assert ["Weggelaten", "persoonsgegevens", "2", "RecipientEmail, IPAddress"] in rows
    assert rows[-1][:3] == ["Gelezen", "–", "10"]
    assert sum(int(row[2]) for row in rows[:-1]) == 10


def test_answers_stand_per_question_in_and_out():
    """A dash stands where a kind of question cannot end in that way."""
    table = tabulate_items(RECEIPT)
    assert [as_plain(head) for head in table.koppen] == [
        "Vraag", "Erin: ingevuld", "Erin: leeg", "Erin: ontbreekt volgens het bestand", "Eruit: geldig",
        "Eruit: overgeslagen", "Eruit: niet bereikt", "Eruit: niet ingevuld",
        "Eruit: ontbreekt: code -77", "Woorden bewaard",
    ]  # fmt: skip
    assert read(table) == [
        ["doel", "3", "0", "0", "3", "0", "0", "–", "0", "–"],
        ["tijd", "1", "1", "1", "1", "1", "0", "–", "1", "–"],
        ["groep", "2", "1", "0", "2", "–", "–", "1", "0", "–"],
        ["overig", "1", "2", "0", "1", "–", "–", "2", "0", "0"],
    ]


def test_answers_per_kind_of_question_are_the_sums():
    """The two statements together: four cells filled, one blank, one declared missing."""
    rows = {row[0]: row[1:] for row in read(tabulate_kinds(RECEIPT))}
    assert list(rows) == ["Stellingen", "Achtergrondvragen", "Open vragen"]
    assert rows["Stellingen"] == ["4", "1", "1", "4", "1", "0", "–", "1", "–"]


def test_a_receipt_without_declared_kinds_has_no_columns_for_them():
    """A table with a row of zeros for what this program does not have would only distract."""
    plain = replace(receive(export(person(4)), codebook()), meting="meting-9")
    assert not any("ontbreekt" in as_plain(head) for head in tabulate_items(plain).koppen)


def test_what_the_reader_did_is_listed_or_denied():
    """A note stands with its count; without notes there is a sentence."""
    assert tabulate_notes(RECEIPT).text.splitlines()[2:] == [
        "aangenomen | finished volgt uit Datum verstuurd | LimeSurvey heeft geen kolom Finished | 4"
    ]
    assert tabulate_notes(receipt(notities=())).text == "Bij het lezen is niets hernoemd, weggelaten of aangenomen."


def test_rows_of_transcribed_tables_are_summed_per_folder():
    """Two tables of one folder and one of another."""
    tables = [
        TableReceipt("feiten", 3, 3, "kader"),
        TableReceipt("datums", 4, 4, "kader"),
        TableReceipt("x", 2, 2, "m-1"),
    ]
    assert read(tabulate_rows(tables)) == [["kader", "2", "7", "7"], ["m-1", "1", "2", "2"]]


def test_without_a_questionnaire_there_is_a_sentence():
    """A meting of interviews receives no export."""
    assert (
        show_receipts([], PROFILE).text
        == "In deze mappen staat geen vragenlijst met antwoorden; er valt niets te ontvangen."
    )


def test_a_program_that_is_not_named_is_called_that():
    """Nothing is guessed about where a file came from."""
    assert "een programma dat niet is genoemd" in show_receipts([receipt(programma="")], PROFILE).text


def test_every_number_of_a_receipt_is_a_result_with_an_id_of_its_own():
    """The ids begin with meting and ontvangst, no two numbers share one, and no digit is left outside the ledger."""
    shown = show_receipts([RECEIPT], PROFILE)
    assert {r.id.rsplit(".ontvangst.thermometer.")[0] for r in shown.results} == {"meting-9"}
    values: dict[str, set[tuple[object, ...]]] = {}
    for result in shown.results:
        values.setdefault(result.id, set()).add((result.value, result.label, result.provenance, result.dataset))
    assert [name for name, found in values.items() if len(found) > 1] == []
    bare = re.sub(r"<(data|span) class=\"(cijfer|aanduiding)\"[^>]*>.*?</\1>", "", shown.html)
    assert not re.search(r">[^<]*\d", bare)


def test_a_receipt_of_a_background_question_is_no_result_per_group():
    """The ids with a part "groep" are those of groups that may be too small to show."""
    assert not [result.id for result in show_receipts([RECEIPT], PROFILE).results if ".groep." in result.id]


@pytest.mark.parametrize("part", ["deelnemers", "kolommen", "soorten", "vragen", "notities"])
def test_a_receipt_shows_each_of_its_parts(part):
    """Nothing of the receipt is left out of the chapter."""
    assert f'id="tabel-meting-9-ontvangst-thermometer-{part}"' in show_receipts([RECEIPT], PROFILE).html


def test_observed_answers_are_not_counted_where_the_profile_forbids_one_of_them():
    """In and out add up; under a profile that hides small counts only what the columns were is left."""
    imitated = receipt(herkomst="gesimuleerd")
    strict = load_profile(Study(ROOT / "data", ROOT / "reports"), "strikt")
    shown = show_receipts([RECEIPT], strict)
    assert "het profiel strikt verbiedt" in shown.text
    assert {result.unit for result in shown.results} == {"kolommen"}
    assert {result.unit for result in show_receipts([RECEIPT], PROFILE).results} > {"kolommen"}
    assert {result.unit for result in show_receipts([imitated], strict).results} > {"kolommen"}
