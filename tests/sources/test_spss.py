"""Reading an SPSS file: codes with their labels, each kind of missing kept, and questions for what the file leaves open."""

from __future__ import annotations

import contextlib
import math
import random
import subprocess
import sys
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spss_files import DATE, DATETIME, TIME, Variable, sav_bytes

from nsoc_lib.errors import NsocError
from nsoc_lib.sources import spss
from nsoc_lib.sources.export import Export, Note
from nsoc_lib.sources.spss import load_spss

WHERE = "data/raw/meting-3/antwoorden.sav"
SECONDS_FROM_1582 = 13_923_532_800  # 2 January 2024, midnight, as SPSS counts: 161 150 days of 86 400 seconds
AGREE = Variable("doel", "Wij delen het doel.", labels={1: "Oneens", 2: "Eens", 9: "Weet niet"}, ontbreekt=(9,))
ASSUMED = 4  # notes on system columns that a file without any gets


def load(folder, content):
    path = folder / "antwoorden.sav"
    path.write_bytes(content)
    return load_spss(path, WHERE)


def refusal(folder, content):
    with pytest.raises(NsocError) as raised:
        load(folder, content)
    return str(raised.value)


def cells(folder, variable, *values):
    """Return the cells that one variable gives with these values."""
    export = load(folder, sav_bytes([variable], [[value] for value in values]))
    return [response.cells[variable.naam] for response in export.responses]


def told(export):
    """Return the notes of an export, without those about system columns."""
    return export.notities[:-ASSUMED]


def test_a_variable_keeps_its_label_and_the_labels_of_its_codes(tmp_path):
    """Name, question text, code to label, and the codes declared missing with their kind."""
    column = load(tmp_path, sav_bytes([AGREE], [[1]])).columns[0]
    assert (column.tag, column.text, column.import_id) == ("doel", "Wij delen het doel.", "doel")
    assert column.labels == {"1": "Oneens", "2": "Eens", "9": "Weet niet"}
    assert column.ontbreekt == {"9": "Weet niet"}


def test_a_code_declared_missing_is_an_empty_cell_with_its_kind(tmp_path):
    """The kind of missing is kept and counted; what SPSS calls system-missing is empty without a kind."""
    export = load(tmp_path, sav_bytes([AGREE], [[1], [9], [None], [9]]))
    assert [(r.cells["doel"], dict(r.ontbreekt)) for r in export.responses] == [
        ("1", {}),
        ("", {"doel": "Weet niet"}),
        ("", {}),
        ("", {"doel": "Weet niet"}),
    ]
    assert told(export) == (
        Note(
            "hernoemd",
            'code 9 ("Weet niet") wordt een lege cel met die soort ontbrekend, in doel',
            "het bestand verklaart deze code ontbrekend",
            2,
        ),
    )


def test_a_range_of_missing_codes_has_its_ends_in_it(tmp_path):
    """A range with one code beside it: both ends are missing, what lies beyond is not, and a label names the kind."""
    variable = Variable("leeftijd", labels={97: "Geweigerd"}, reeks=(90, 99), ontbreekt=(-1,))
    export = load(tmp_path, sav_bytes([variable], [[value] for value in (89, 90, 97, 99, 100, -1)]))
    assert [r.cells["leeftijd"] for r in export.responses] == ["89", "", "", "", "100", ""]
    assert [r.ontbreekt.get("leeftijd", "") for r in export.responses] == [
        "", "ontbrekend zonder label", "Geweigerd", "ontbrekend zonder label", "", "ontbrekend zonder label",
    ]  # fmt: skip


def test_text_may_be_declared_missing(tmp_path):
    """A text such as X, declared missing, is a kind of missing like any code."""
    variable = Variable("wie", breedte=8, labels={"X": "Onleesbaar"}, ontbreekt=("X",))
    export = load(tmp_path, sav_bytes([variable], [["X"], ["Xa"], [""]]))
    assert [(r.cells["wie"], r.ontbreekt.get("wie", "")) for r in export.responses] == [
        ("", "Onleesbaar"), ("Xa", ""), ("", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "label",
    ["Weet niet", "weet ik niet", "Weet het niet", "Geen mening", "n.v.t.", "Nvt", "Niet van toepassing", "I don't know",
     "Don’t Know", "Refused", "No Response", "Weigert", "Wil ik niet zeggen", "Not applicable", "Onbekend"],
)  # fmt: skip
def test_a_label_that_may_mean_missing_is_asked_about(tmp_path, label):
    """A code that is only called don't know stays an answer, and one note asks, with a count."""
    variable = Variable("doel", labels={1: "Eens", 7: label})
    export = load(tmp_path, sav_bytes([variable], [[1], [7], [7]]))
    assert [r.cells["doel"] for r in export.responses] == ["1", "7", "7"]
    assert told(export) == (
        Note(
            "vraag",
            f'is code 7 ("{label}") een antwoord of ontbreekt het? In doel',
            "het bestand verklaart deze code niet ontbrekend; hij telt nu als antwoord",
            2,
        ),
    )


@pytest.mark.parametrize("label", ["Eens", "Niet eens, niet oneens", "Mee oneens", "Nooit", "Ik weet dit zeker"])
def test_an_ordinary_label_is_not_asked_about(tmp_path, label):
    """No question about what is plainly an answer."""
    assert told(load(tmp_path, sav_bytes([Variable("doel", labels={1: label})], [[1]]))) == ()


def test_a_question_covers_every_variable_with_that_code(tmp_path):
    """One note for one code and label, however many variables have them."""
    variables = [Variable(name, labels={7: "Weet niet"}) for name in ("a", "b", "c")]
    (note,) = told(load(tmp_path, sav_bytes(variables, [[7, 7, 1], [7, 1, 1]])))
    assert (note.wat, note.aantal) == ('is code 7 ("Weet niet") een antwoord of ontbreekt het? In a, b', 3)


@pytest.mark.parametrize(
    ("value", "text"),
    [(1, "1"), (1.5, "1.5"), (-0.0, "0"), (0.1 + 0.2, "0.30000000000000004"), (1e15, "1000000000000000"),
     (123456789012, "123456789012"), (1e300, "1e+300")],
)  # fmt: skip
def test_a_number_is_text_without_loss(tmp_path, value, text):
    """A whole number has no point, another is in full, whatever format SPSS shows it in."""
    assert cells(tmp_path, Variable("a"), value) == [text]


@pytest.mark.parametrize(
    ("kind", "seconds", "text"),
    [
        (DATE, SECONDS_FROM_1582, "2024-01-02"),
        (DATE, 86_400, "1582-10-15"),
        (DATETIME, SECONDS_FROM_1582 + 3661, "2024-01-02 01:01:01"),
        (DATETIME, SECONDS_FROM_1582, "2024-01-02 00:00:00"),
        (TIME, 93_784, "26:03:04"),
        (DATE, 1e15, "1000000000000000"),
        (TIME, -5, "-5"),
        (DATE, math.inf, "inf"),
    ],
)
def test_a_date_is_iso_text(tmp_path, kind, seconds, text):
    """Dates and times become ISO text, durations hours that may exceed a day; what is no date stays a number."""
    assert cells(tmp_path, Variable("a", formaat=kind), seconds, None) == [text, ""]


def test_a_date_beyond_the_calendar_is_told(tmp_path):
    """A date that no calendar has is counted in a note."""
    (note,) = told(load(tmp_path, sav_bytes([Variable("a", formaat=DATE)], [[1e15], [SECONDS_FROM_1582]])))
    assert (note.soort, note.aantal) == ("hernoemd", 1)


def test_long_text_and_its_spaces(tmp_path):
    """Text keeps its inner spaces and every letter; SPSS fills it up with spaces, which are dropped."""
    text = " ".join(["Zoë schreef:  lang"] * 11)
    assert cells(tmp_path, Variable("waarom", breedte=248), text, "  ja ", "") == [text, "ja", ""]


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "windows-1252"])
@pytest.mark.parametrize("named", [None, ""])
def test_old_encodings_are_read_as_the_file_says(tmp_path, encoding, named):
    """UTF-8, Latin-1 and Windows-1252, named or only given by a code page, give the same letters."""
    variable = Variable("één", "Één vraag", breedte=16, labels={"ë": "geïnd"})
    export = load(tmp_path, sav_bytes([variable], [["ë"]], encoding=encoding, named=named))
    assert (export.columns[0].tag, export.columns[0].text) == ("één", "Één vraag")
    assert export.columns[0].labels == {"ë": "geïnd"}
    assert export.responses[0].cells["één"] == "ë"
    assert told(export) == ()


def test_an_encoding_that_does_not_fit_is_assumed_and_told(tmp_path):
    """A file that says UTF-8 and is not is read as Windows text, and a note says so."""
    variable = Variable("wie", "Één vraag", breedte=16)
    export = load(tmp_path, sav_bytes([variable], [["Zoë"]], encoding="windows-1252", named="UTF-8"))
    assert export.responses[0].cells["wie"] == "Zoë"
    assert told(export) == (
        Note("aangenomen", "tekencodering Windows-1252", "de codering die het bestand noemt, past niet", 1),
    )


@pytest.mark.parametrize("counted", [1, 2])
def test_a_set_of_yes_and_no_tells_what_was_chosen(tmp_path, counted):
    """In a multiple-response set the counted value is 1, and another value was shown and not chosen."""
    other = 3 - counted
    sets = f"$partners=D1 {counted} 7 Met wie V1 V2\n"
    content = sav_bytes([Variable("a"), Variable("b")], [[counted, other], [None, counted]], sets=sets)
    export = load(tmp_path, content)
    assert [(r.cells["a"], r.cells["b"], dict(r.ontbreekt)) for r in export.responses] == [
        ("1", "", {"b": "niet gekozen"}),
        ("", "1", {}),
    ]
    assert told(export) == (
        Note(
            "hernoemd",
            f"meervoudige-antwoordset partners (a, b): {counted} is gekozen, al het andere niet",
            "zo staat de set in het bestand",
            1,
        ),
    )


def test_a_set_with_a_code_per_choice_is_left_as_it_is(tmp_path):
    """A set of categories has no column per option: its columns are read apart, and a note says so."""
    content = sav_bytes([Variable("a"), Variable("b")], [[3, 1]], sets="$partners=C 7 Met wie V1 V2\n")
    export = load(tmp_path, content)
    assert (export.responses[0].cells["a"], export.responses[0].cells["b"]) == ("3", "1")
    assert [(note.soort, note.aantal) for note in told(export)] == [("weggelaten", 2)]


def test_a_set_names_no_variable_that_is_not_there(tmp_path):
    """A label with é is counted in bytes, so pyreadstat takes its last letter for a variable: that one is ignored."""
    content = sav_bytes([Variable("a"), Variable("b")], [[1, 0]], sets="$p=D1 1 10 Één keuze V1 V2\n")
    (note,) = told(load(tmp_path, content))
    assert "(a, b)" in note.wat


def test_a_file_that_does_not_know_its_length_is_asked_about(tmp_path):
    """Where the header has no number of cases, a file that was cut off cannot be told from a whole one."""
    export = load(tmp_path, sav_bytes([AGREE], [[1], [2]], cases=-1))
    assert [(note.soort, note.wat) for note in told(export)] == [("vraag", "zijn dit alle rijen?")]
    assert export.rijen_gelezen == 2


def test_an_active_weight_is_not_applied_and_told(tmp_path):
    """A file saved with weighting on is read unweighted: weighting is declared in meting.yml."""
    content = bytearray(sav_bytes([AGREE], [[1]]))
    content[76:80] = (1).to_bytes(4, "little")
    (note,) = told(load(tmp_path, bytes(content)))
    assert (note.soort, note.wat) == ("weggelaten", "de weging die in SPSS aan stond")


def test_what_was_read_is_named(tmp_path):
    """Program, layout and number of cases are on the receipt; a row is the number of its case."""
    export = load(tmp_path, sav_bytes([AGREE], [[1], [2]]))
    assert (export.programma, export.rijen_gelezen) == ("SPSS, codes", 2)
    assert [(response.rij, response.response_id) for response in export.responses] == [(1, "1"), (2, "2")]


def test_a_file_of_pyreadstat_reads_back(tmp_path):
    """What pyreadstat writes, compressed or not, with a level of measurement, is read as it was meant."""
    pandas, pyreadstat = pytest.importorskip("pandas"), pytest.importorskip("pyreadstat")
    frame = pandas.DataFrame({"doel": [1.0, 9.0], "wie": ["Zoë", ""]})
    for options in ({}, {"compress": True}, {"row_compress": True}):
        pyreadstat.write_sav(
            frame, tmp_path / "antwoorden.sav", variable_value_labels={"doel": {9: "Weet niet"}},
            missing_ranges={"doel": [9]}, variable_measure={"doel": "ordinal"}, **options,
        )  # fmt: skip
        export = load_spss(tmp_path / "antwoorden.sav", WHERE)
        assert [column.meetniveau for column in export.columns[:2]] == ["ordinal", ""]
        assert [(r.cells["doel"], r.cells["wie"], dict(r.ontbreekt)) for r in export.responses] == [
            ("1", "Zoë", {}),
            ("", "", {"doel": "Weet niet"}),
        ]


WHOLE = sav_bytes([AGREE, Variable("wie", breedte=20)], [[1, "Zoë"], [2, "Bo"], [9, "Al"]])


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "een bestand dat niet begint zoals een SPSS-bestand"),
        (b"doel,wie\n1,Zo\n", "een bestand dat niet begint zoals een SPSS-bestand"),
        (b"PK\x03\x04" + bytes(500), "een bestand dat niet begint zoals een SPSS-bestand"),
        (WHOLE[:100], "in de lijst van variabelen ophoudt"),
        (WHOLE[:300], "in de lijst van variabelen ophoudt"),
        (WHOLE[:-10], "een bestand dat te vroeg ophoudt"),
        (WHOLE[:-32], "een bestand dat te vroeg ophoudt"),
        (sav_bytes([AGREE], [[1]], cases=7), "een bestand dat te vroeg ophoudt"),
        (sav_bytes([AGREE], []), "1 variabelen en geen enkele deelnemer"),
        (sav_bytes([Variable("a"), Variable("a")], [[1, 2]]), "een variabele die er twee keer in staat (a)"),
        (sav_bytes([Variable("Status"), Variable("sta.tus")], [[1, 2]]), "dezelfde kolom als Status"),
        (sav_bytes([Variable(f"v{n}") for n in range(5_001)], []), "meer dan 5000 variabelen"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_file_is_refused(tmp_path, content, part):
    """A file that is cut off, of another program, double or too large ends in one message."""
    assert part in refusal(tmp_path, content)


def test_very_many_variables_are_refused_at_once(tmp_path):
    """Reading a hundred thousand variables takes minutes; they are counted first, which takes no time."""
    content = sav_bytes([Variable(f"v{n}") for n in range(100_000)], [])
    start = time.monotonic()
    assert "meer dan 5000 variabelen" in refusal(tmp_path, content)
    assert time.monotonic() - start < 2


def test_very_many_cells_are_refused(tmp_path, monkeypatch):
    """More cells than a survey has are not read to the end."""
    monkeypatch.setattr(spss, "MOST_CELLS", 5)
    assert "gevonden: meer dan 5 cellen" in refusal(tmp_path, sav_bytes([AGREE], [[1]] * 9))


def test_a_file_that_is_not_there_is_named(tmp_path):
    """A wrong name is told as for any file."""
    with pytest.raises(NsocError, match="geen bestand met deze naam"):
        load_spss(tmp_path / "weg.sav", WHERE)


@pytest.mark.parametrize(
    ("script", "part"),
    [
        ("import os; os.kill(os.getpid(), 11)", "waarop het lezen afbreekt"),
        ("import time; time.sleep(60)", "nog niet gelezen"),
    ],
)
def test_a_crash_or_a_hang_of_the_library_is_a_message(tmp_path, monkeypatch, script, part):
    """The C library runs in a process of its own: when that dies or does not end, the run tells it in one block."""
    (tmp_path / "kapot.py").write_text(script, encoding="utf-8")
    monkeypatch.setattr(spss, "SCRIPT", tmp_path / "kapot.py")
    monkeypatch.setattr(spss, "SECONDS", 1)
    assert part in refusal(tmp_path, WHOLE)


def test_the_library_is_not_imported_by_who_reads():
    """Importing pyreadstat costs time on every run; only the process that reads does it."""
    code = "import sys, nsoc_lib.sources.spss; sys.exit('pyreadstat' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


NUMBERS = st.none() | st.integers(-(10**9), 10**9) | st.floats(allow_nan=False, allow_infinity=False, width=32)
LETTERS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8).map(str.strip)


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(NUMBERS, LETTERS), min_size=1, max_size=12))
def test_any_answers_read_back_as_written(tmp_path, rows):
    """Numbers and letters of every alphabet survive; a number reads back as the same number."""
    export = load(tmp_path, sav_bytes([Variable("a"), Variable("b", breedte=40)], rows))
    for response, (number, text) in zip(export.responses, rows, strict=True):
        assert response.cells["b"] == text.strip()
        assert (response.cells["a"] == "") is (number is None)
        if number is not None:
            assert float(response.cells["a"]) == number


@pytest.mark.parametrize("seed", [*range(15), 65])  # 65 is a file on which the C library of pyreadstat 1.3.7 crashes
def test_a_damaged_file_ends_in_an_export_or_a_message(tmp_path, seed):
    """Bytes that fell over crash the C library now and then; the reader gives an export or one message all the same."""
    chance, content = random.Random(seed), bytearray(WHOLE)
    for _ in range(chance.randint(1, 6)):
        content[chance.randrange(176, len(content))] = chance.choice([0, 127, 255, chance.randrange(256)])
    with contextlib.suppress(NsocError):
        assert isinstance(load(tmp_path, bytes(content)), Export)
