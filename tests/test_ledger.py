"""The ledger: every published number once, safe to open in a spreadsheet."""

import csv
import io
import json
from dataclasses import replace

import pytest

from nsoc_lib.errors import NsocError
from nsoc_lib.ledger import collect_results, guard_formula, ledger_csv, ledger_rows
from nsoc_lib.result import MIME, Result

STARTED = Result("meting-1.respons.gestart", "Begonnen", 5, "personen", "waargenomen", "proef@abc")
SHARE = Result(
    id="meting-1.proef.steun.eens",
    label="Steun: (helemaal) mee eens",
    value=200 / 3,
    unit="pct",
    provenance="waargenomen",
    dataset="proef@abc",
    count=2,
    n=3,
    population=5,
    low=40.0,
    high=80.0,
    rounding="percentage van de som",
    parts=(1, 1),
)


def output(*results: Result) -> dict[str, object]:
    return {"text/plain": "…", MIME: {"resultaten": [result.to_json() for result in results]}}


def test_results_of_all_chapters_are_sorted_by_id():
    """The order of chapters does not show in the ledger."""
    found = collect_results([("respons", output(STARTED)), ("draagvlak", output(SHARE))])
    assert [result.id for result in found] == ["meting-1.proef.steun.eens", "meting-1.respons.gestart"]


def test_a_number_shown_twice_stands_once_with_its_first_notebook():
    """The same result in two chapters is one row that names the first of them."""
    found = collect_results([("respons", output(STARTED, STARTED)), ("inleiding", output(STARTED))])
    assert [(result.id, result.notebook) for result in found] == [("meting-1.respons.gestart", "respons")]


def test_one_id_with_two_contents_is_refused():
    """The block names the id, both values and both chapters."""
    other = replace(STARTED, value=6)
    with pytest.raises(NsocError) as error:
        collect_results([("respons", output(STARTED)), ("inleiding", output(other))])
    assert str(error.value) == (
        "Fout in resultaat meting-1.respons.gestart\n"
        "  gevonden: 6 in inleiding en 5 in respons (anders: value)\n"
        "  verwacht: een en hetzelfde resultaat onder een id\n"
        "  wat nu:   Geef een van beide een andere id, of laat beide dezelfde functie gebruiken."
    )


def test_everything_that_differs_between_two_contents_is_named():
    """The block lists the columns in the order of the ledger, with a comma between; the notebook is no difference."""
    other = replace(STARTED, label="Gestart", value=6)
    with pytest.raises(NsocError) as error:
        collect_results([("respons", output(STARTED)), ("inleiding", output(other))])
    assert error.value.found == "6 in inleiding en 5 in respons (anders: label, value)"


def test_the_same_value_on_another_base_is_another_content():
    """Two of three and four of six are both 66.7 percent, and yet two results."""
    other = replace(SHARE, count=4, n=6, population=6, parts=(2, 2))
    with pytest.raises(NsocError, match=r"Fout in resultaat meting-1\.proef\.steun\.eens"):
        collect_results([("a", output(SHARE)), ("b", output(other))])


def test_an_output_without_results_adds_nothing():
    """A picture or a sentence of words alone has no row."""
    assert collect_results([("a", {"text/html": "<p>Niets.</p>"}), ("b", output())]) == []


def test_results_stored_as_text_are_read_as_well():
    """A notebook that was saved by another program may hold the JSON as one string."""
    data = {MIME: json.dumps({"resultaten": [STARTED.to_json()]})}
    assert [result.value for result in collect_results([("respons", data)])] == [5]


def test_the_first_columns_are_those_of_the_contract():
    """Other programs read the ledger by these names, in this order."""
    header = ledger_csv([]).splitlines()[0]
    assert header.startswith(
        "id,meting,notebook,label,value,unit,count,n,population,low,high,rounding,provenance,dataset"
    )


def test_a_row_holds_plain_unrounded_numbers_with_a_point():
    """What is shown is rounded in a column of its own; the value is not."""
    header, row = ledger_rows([SHARE.in_notebook("draagvlak")])
    cells = dict(zip(header, row, strict=True))
    assert cells["value"] == "66.6666666666667"
    assert [cells[name] for name in ("count", "n", "population", "low", "high")] == ["2", "3", "5", "40", "80"]
    assert (cells["meting"], cells["notebook"], cells["shown"], cells["parts"]) == (
        "meting-1",
        "draagvlak",
        "67%",
        "1+1",
    )


def test_what_does_not_apply_is_empty():
    """A count of people has no base, bounds or parts."""
    header, row = ledger_rows([STARTED])
    cells = dict(zip(header, row, strict=True))
    assert {cells[name] for name in ("count", "n", "population", "low", "high", "parts")} == {""}


def test_who_gave_no_answer_stands_per_kind():
    """Kinds of missing stand in one cell with a semicolon between; parts with a plus."""
    header, row = ledger_rows([replace(SHARE, missing=(("overgeslagen", 1), ("niet begonnen", 1)))])
    cells = dict(zip(header, row, strict=True))
    assert (cells["missing"], cells["parts"]) == ("overgeslagen 1; niet begonnen 1", "1+1")


def test_the_whole_file_of_a_shown_and_a_hidden_number():
    """A hidden number keeps its name, its source and why it is hidden; not its value, its bases or how it was rounded."""
    hidden = SHARE.in_notebook("draagvlak").suppress("te klein aantal")
    assert ledger_csv([STARTED.in_notebook("respons"), hidden]) == (
        "id,meting,notebook,label,value,unit,count,n,population,low,high,rounding,provenance,dataset,shown,parts,missing,"
        "status,status_reden\n"
        "meting-1.respons.gestart,meting-1,respons,Begonnen,5,personen,,,,,,geen,waargenomen,proef@abc,5,,,,\n"
        "meting-1.proef.steun.eens,meting-1,draagvlak,Steun: (helemaal) mee eens,,pct,,,,,,,waargenomen,proef@abc,,,,"
        "suppress,te klein aantal\n"
    )


def test_the_csv_comes_back_as_it_was_written():
    """Commas, quotes and line breaks in a label survive the file."""
    awkward = replace(STARTED, label='Begonnen, "dus"\nniet af')
    rows = list(csv.reader(io.StringIO(ledger_csv([awkward]))))
    assert len(rows) == 2
    assert rows[1][3] == 'Begonnen, "dus"\nniet af'


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_a_spreadsheet_would_run_is_quoted(start):
    """A cell that begins like a formula gets an apostrophe, in the CSV itself too."""
    text = f"{start}SOM(A1)"
    assert guard_formula(text) == f"'{text}"
    assert f"'{start}SOM(A1)" in ledger_csv([replace(STARTED, label=text)])


@pytest.mark.parametrize("text", ["-3.5", "+4", "3+16", "", "a=b", "Steun", "X"])
def test_numbers_and_other_text_stay_what_they_are(text):
    """A negative number is no formula, nor is a sign in the middle."""
    assert guard_formula(text) == text
