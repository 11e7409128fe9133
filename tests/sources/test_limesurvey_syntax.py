"""Reading the syntax file for R: four forms of statement are understood and nothing is executed."""

import time

import pytest
from limesurvey_files import r_syntax

from nsoc_lib.errors import NsocError
from nsoc_lib.sources.limesurvey_fields import ANDERS, EEN, MEER, OVERIG, RANG, TOELICHTING, Structure
from nsoc_lib.sources.limesurvey_syntax import read_syntax

WHERE = "data/raw/meting-9/survey.R"


def column(number: int, name: str, text: str = "", factor: str = "") -> str:
    """Return the statements for one column, as LimeSurvey writes them."""
    lines = [f"# LimeSurvey Field type: A\ndata[, {number}] <- as.character(data[, {number}])"]
    lines.append(f'attributes(data)$variable.labels[{number}] <- "{text}"')
    if factor:
        lines.append(f"data[, {number}] <- factor(data[, {number}], {factor})")
    return "\n".join([*lines, f'names(data)[{number}] <- "{name}"']) + "\n"


def read(*columns: str) -> Structure:
    """Return the structure of a syntax file with these statements."""
    return read_syntax('data <- read.csv("survey_1_R_data_file.csv", quote = "\'\\"")\n\n\n' + "".join(columns), WHERE)


def test_names_texts_and_labels_are_read_by_column():
    """Each column has its name, its text and its labels; the order is that of the data file."""
    structure = read_syntax(r_syntax(), WHERE)
    assert structure.volgorde[:9] == (
        "id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "ipaddr", "G01Q01_SQ001", "G01Q01_SQ002",
    )  # fmt: skip
    assert structure.velden["G01Q01_SQ001"].labels == {"A1": "Oneens", "A2": "Eens"}
    assert structure.velden["G01Q01_SQ001"].tekst == "[Wij delen het doel.] Geef uw mening."
    assert {name: field.soort for name, field in structure.velden.items() if name.startswith("G0")} == {
        "G01Q01_SQ001": EEN, "G01Q01_SQ002": EEN, "G01Q02": EEN, "G01Q02_other": ANDERS, "G02Q03_SQ001": MEER,
        "G02Q03_SQ002": MEER, "G02Q03_SQ003": MEER, "G02Q04_1": RANG, "G02Q04_2": RANG, "G02Q04_3": RANG,
        "G03Q05_SQ001": MEER, "G03Q05_SQ002": MEER, "G03Q05_other": ANDERS, "G03Q06": EEN, "G04Q07": OVERIG,
    }  # fmt: skip


def test_quotation_marks_commas_and_brackets_inside_a_text_are_text():
    """PHP puts a backslash before quotation marks and backslashes; that backslash goes and nothing else."""
    structure = read(
        column(1, "Q", r"Zo \"ja\", waarom? (c(\\x))", r'levels=c("A1","A2"),labels=c("Ja, \"soms\"", "D\'r (niet), c(3)")'),
        column(2, "R", "Verder", 'levels=c(1,0),labels=c("Ja", "Niet geselecteerd"), ordered=TRUE'),
    )  # fmt: skip
    assert structure.velden["Q"].tekst == r'Zo "ja", waarom? (c(\x))'
    assert structure.velden["Q"].labels == {"A1": 'Ja, "soms"', "A2": "D'r (niet), c(3)"}
    assert (structure.velden["R"].labels, structure.velden["R"].soort) == ({"1": "Ja", "0": "Niet geselecteerd"}, MEER)


def test_the_scale_of_a_dual_question_counts_from_one():
    """R calls the two scales #0 and #1, a CSV export [1] and [2]; here they have one name."""
    assert read(column(1, "Q_a#0"), column(2, "Q_a#1")).volgorde == ("Q_a_1", "Q_a_2")


def test_a_comment_belongs_to_an_option_of_several():
    """A column that ends in comment is the text at an option, and elsewhere just a column."""
    several = 'levels=c(1,0),labels=c("Yes", "Not Selected")'
    structure = read(column(1, "Q_a", "", several), column(2, "Q_acomment"), column(3, "P_acomment"))
    assert [field.soort for field in structure.velden.values()] == [MEER, TOELICHTING, OVERIG]


def test_yes_and_no_alone_are_an_answer_and_not_an_option():
    """Only the word for not selected shows that a column is one option of several."""
    assert read(column(1, "Q_a", "", 'levels=c(1,2),labels=c("Ja", "Nee")')).velden["Q_a"].soort == EEN


def test_a_column_without_a_name_keeps_its_place():
    """LimeSurvey sets no name for timings; the columns after them stay where they are."""
    unnamed = 'data[, 2] <- as.numeric(data[, 2])\nattributes(data)$variable.labels[2] <- ""\n#sql_name not set\n'
    assert read(column(1, "id"), unnamed, column(3, "Q")).volgorde == ("id", "", "Q")


def test_code_is_never_executed():
    """A statement that LimeSurvey does not write is passed over, whatever it would do."""
    structure = read('system("touch gevaar")\n', column(1, "Q", "Wat?"), "unlink('data', recursive = TRUE)\n")
    assert list(structure.velden) == ["Q"]


def test_another_text_is_refused():
    """R code that names no columns is not the file of LimeSurvey."""
    with pytest.raises(NsocError) as raised:
        read_syntax("data <- read.csv('x.csv')\n", WHERE)
    assert str(raised.value) == (
        "Fout in data/raw/meting-9/survey.R\n"
        '  gevonden: tekst zonder regels als names(data)[1] <- "id"\n'
        "  verwacht: het syntaxbestand voor R van LimeSurvey\n"
        "  wat nu:   Exporteer in LimeSurvey de antwoorden als R (syntax file), naast R (data file)."
    )


@pytest.mark.parametrize(
    "factor", ['levels=c("A1","A2"),labels=c("Ja")', 'levels=c("A1")', 'levels=c("A1"),labels=c("Ja", "']
)
def test_levels_without_labels_are_refused(factor):
    """A code without a label, or the other way around, means that the file was changed."""
    with pytest.raises(
        NsocError, match=r"Fout in data/raw/meting-9/survey\.R, kolom 1\n  gevonden: \d codes en \d labels"
    ):
        read(column(1, "Q", "", factor))


def test_a_column_number_without_end_is_refused():
    """A file cannot make us count to a million."""
    with pytest.raises(NsocError, match="gevonden: kolom 999999"):
        read(column(999999, "Q"))


def test_texts_that_never_close_are_passed_within_seconds():
    """Quotation marks that do not close take no more time than the file is long."""
    start = time.perf_counter()
    broken = "".join(f'attributes(data)$variable.labels[{n}] <- "\\\\\\"\n' for n in range(1, 3000))
    assert list(read(broken, column(1, "Q")).velden) == ["Q"]
    assert time.perf_counter() - start < 10
