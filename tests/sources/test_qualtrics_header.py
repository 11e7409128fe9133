"""The header rows of a Qualtrics export: which layout it is, what each column is called, what stays out."""

import time

import pytest
from qualtrics_files import LEGACY_SYSTEM, SYSTEM, Field, current_rows

from nsoc_lib.errors import NsocError
from nsoc_lib.sources.delimited import Delimited
from nsoc_lib.sources.export import Note
from nsoc_lib.sources.qualtrics_header import Header, read_header, strip_markup

WHERE = "data/raw/meting-1/export.csv"


def header_of(rows: list[list[str]]) -> Header:
    return read_header(Delimited(tuple(map(tuple, rows)), "UTF-8", ",", ()), WHERE)


def names_of(*fields: Field) -> list[str]:
    return [column.import_id for column in header_of(current_rows((*SYSTEM, *fields), [])).kept][len(SYSTEM) :]


def refusal(rows: list[list[str]]) -> str:
    with pytest.raises(NsocError) as raised:
        header_of(rows)
    return str(raised.value)


@pytest.mark.parametrize(
    ("field", "name"),
    [
        (Field("Q1", "Een antwoord", "QID1"), "QID1"),
        (Field("Q2_1", "Matrix - rij", "QID2_1"), "QID2_1"),
        (Field("Q3#1_2", "Naast elkaar", "QID3#1_2"), "QID3#1_2"),
        (Field("Q4_7_TEXT", "Anders, namelijk", "QID4_7_TEXT"), "QID4_7_TEXT"),
        (Field("Q4_7", "Keuze - Anders", "QID4", {"choiceId": "7"}), "QID4_7"),
        (Field("2_Q5", "Lus", "2_QID5"), "2_QID5"),
        (Field("2_Q5_3", "Lus, keuze", "2_QID5", {"choiceId": "3"}), "2_QID5_3"),
        (Field("Q6_4", "Schuif", "QID6_4"), "QID6_4"),
        (Field("Q7_2", "Rangorde", "QID7_2"), "QID7_2"),
        (Field("groep", "groep", "groep"), "groep"),
        (Field("Q8_1_x", "Kaart", "QID8", {"point": "1", "coord": "x"}), "QID8_1_x"),
    ],
)
def test_each_kind_of_column_has_one_stable_name(field, name):
    """The name is the ImportId, with the option where options have columns of their own."""
    assert names_of(field) == [name]


def test_split_options_share_an_import_id_and_are_told_apart():
    """In the split form of Qualtrics all options of a question carry the same ImportId."""
    fields = [Field(f"Q4_{n}", "Keuze", "QID4", {"choiceId": str(n)}) for n in (1, 4, 6)]
    assert names_of(*fields) == ["QID4_1", "QID4_4", "QID4_6"]


def test_a_time_zone_is_no_part_of_a_name():
    """Dates carry their time zone in the third row."""
    assert header_of(current_rows(SYSTEM, [])).kept[0].import_id == "startDate"


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        (
            [Field(f"t_Q1_{p.title().replace('_', ' ')}", "Timing", f"QID9_{p}")
             for p in ("FIRST_CLICK", "LAST_CLICK", "PAGE_SUBMIT", "CLICK_COUNT")],
            "tijdmeting",
        ),
        (
            [Field("Q1_DO", "Volgorde", "QID1_DO"), Field("Q2_DO_3", "Volgorde", "QID2_DO", {"choiceId": "3"}),
             Field("Blok_DO_Q8", "Volgorde", "BL_cMZntk_DO", {"choiceId": "Q8"}), Field("FL_15_DO", "V", "FL_15_DO"),
             Field("2_Q5_DO", "Volgorde", "2_QID5_DO"), Field("DO-Q-Q4", "Volgorde", "DO-Q-Q4")],
            "volgorde van tonen",
        ),
        (
            [Field(f"meta_{p}", p, f"QID10_{p}") for p in ("BROWSER", "VERSION", "OS", "RESOLUTION")],
            "gegevens over het apparaat",
        ),
        (
            [Field("Q2 - Topics", "Q2 - Topics", "QID2_TEXT_eae5a8d0e7fd4bd183e983e5Topics")],
            "onderwerpen die Qualtrics zelf aan een tekst gaf",
        ),
    ],
)  # fmt: skip
def test_technical_columns_stay_out_with_a_note(fields, what):
    """What holds no answer is left out, and how many columns that were is told."""
    header = header_of(current_rows((*SYSTEM, *fields), []))
    assert [column.import_id for column in header.kept] == [field.import_id for field in SYSTEM]
    assert header.notes == (Note("weggelaten", f"kolommen met {what}", "technisch, geen antwoord", len(fields)),)


@pytest.mark.parametrize("import_id", ["QID1_TEXT", "QID1_DOEL", "Q_DO", "QID1_VERSIONS", "toelichting_TEXT", "QID1"])
def test_what_only_looks_technical_stays(import_id):
    """A question is not left out because its name resembles that of a technical column."""
    assert names_of(Field("Q1", "Vraag", import_id)) == [import_id]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<div>Hoe <b>vaak</b></div>", "Hoe vaak"),
        ("Eerste regel\r\nTweede regel", "Eerste regel Tweede regel"),
        ("Wat&nbsp;vindt u&#8217;s avonds&amp;&#39;s ochtends?", "Wat vindt u’s avonds&'s ochtends?"),
        ("harde\u00a0spatie - Selected Choice", "harde spatie - Selected Choice"),
        ("1 < 2 en 3 > 2", "1 < 2 en 3 > 2"),
        ("<style>p {color: red}</style>Vraag<!-- oud --><script>a<b</script>", "Vraag"),
        ('<span style="font-size:12px">Vraag</span><br/>', "Vraag"),
    ],
)
def test_a_question_text_is_shown_without_markup(text, shown):
    """HTML, line ends and hard spaces are gone; what a reader sees is left."""
    assert strip_markup(text) == shown


def test_markup_that_was_taken_out_is_noted():
    """How many question texts were changed to be shown is told."""
    header = header_of(current_rows((*SYSTEM, Field("Q1", "<b>Wat</b>", "QID1"), Field("Q2", "Wie", "QID2")), []))
    assert header.notes == (Note("weggelaten", "opmaak en regeleinden in vraagteksten", "alleen om te tonen", 1),)
    assert [column.text for column in header.kept[-2:]] == ["Wat", "Wie"]


def test_an_early_export_gets_the_names_of_now():
    """Python-style objects, hyphens and prefixes of the first Insights exports are renamed, and that is noted."""
    found = ["responseId", "responseSetId", "panel-RecipientEmail", "Location-LocationLatitude",
             "Location-LocationAccuracy", "finished", "QID1", "QID2-1", "2_QID3-TEXT"]  # fmt: skip
    header = header_of([found, found, [f"{{'ImportId': '{name}'}}" for name in found]])
    assert header.layout == "Qualtrics, eerste Insights"
    assert [column.import_id for column in header.kept] == [
        "_recordId", "recipientEmail", "locationLatitude", "finished", "QID1", "QID2_1", "2_QID3_TEXT",
    ]  # fmt: skip
    assert [(note.soort, note.aantal) for note in header.notes] == [("weggelaten", 2), ("hernoemd", 5)]


def test_a_hyphen_in_a_current_export_stays():
    """Only early exports wrote hyphens; a name of today is never changed."""
    assert names_of(Field("x", "x", "QID2-1")) == ["QID2-1"]


def test_a_legacy_export_has_the_tags_as_names():
    """Two header rows, system columns under V1 to V10, an empty column at the end."""
    tags = [*(f"V{n}" for n in range(1, 11)), "Q1", "Q2_1", "LocationAccuracy", ""]
    texts = [*LEGACY_SYSTEM, "Naam van de partner", "Name", "LocationAccuracy", ""]
    header = header_of([tags, texts])
    assert (header.layout, header.rows, len(header.columns)) == ("Qualtrics legacy", 2, 14)
    assert [column.import_id for column in header.kept] == [
        "_recordId", "recipientLastName", "externalDataReference", "recipientEmail", "ipAddress", "status",
        "startDate", "endDate", "finished", "Q1", "Q2_1",
    ]  # fmt: skip
    assert [(note.soort, note.wat, note.aantal) for note in header.notes] == [
        ("weggelaten", "kolommen met gegevens die alleen oudere exports hebben", 2),
        ("hernoemd", "kolommen van een oudere export naar hun huidige naam", 9),
        ("aangenomen", "de kolomnaam als vaste naam van een vraag", 2),
        ("weggelaten", "lege kolommen aan het eind", 1),
    ]


def test_a_legacy_export_with_a_tag_twice_is_refused():
    """Without ImportIds a tag is the only name, so it must be unique."""
    assert refusal([["V1", "Q1", "Q1"], ["ResponseID", "Een", "Twee"]]) == (
        "Fout in data/raw/meting-1/export.csv, rij 1\n"
        "  gevonden: ImportId Q1 bij de kolommen Q1 en Q1\n"
        "  verwacht: elke ImportId een keer\n"
        "  wat nu:   Exporteer opnieuw uit Qualtrics; plak geen kolommen bij."
    )


@pytest.mark.parametrize(
    "cell",
    ["", "5", "[]", '{"Import": "QID1"}', "null", '"QID1"', '{"ImportId": ""}', "__import__('os')", "{'ImportId': x}",
     '{"ImportId":"' + "Q" * 1000 + '"}', "[" * 900, "{'ImportId': " + "-" * 900 + "1}"],
)  # fmt: skip
def test_a_third_row_without_import_id_is_refused(cell):
    """JSON of another kind, text that is code and a cell too long or too deep are no ImportId."""
    rows = [["ResponseId", "Q1"], ["a", "b"], ['{"ImportId":"_recordId"}', cell]]
    assert refusal(rows).startswith("Fout in data/raw/meting-1/export.csv, rij 3, kolom Q1\n")


def test_a_header_of_endless_text_takes_no_time():
    """Cells made to keep a search busy are done within seconds."""
    long = ["<style>" * 18_000, "<!--" * 30_000, "<a" * 60_000, ("_TEXT_" + "a" * 16) * 5_800 + "-", "&#" * 60_000]
    rows = [["V1", *(f"{text}{n}" for n, text in enumerate(long))], ["ResponseID", *long]]
    start = time.monotonic()
    assert len(header_of(rows).kept) == 1 + len(long)
    assert time.monotonic() - start < 10
