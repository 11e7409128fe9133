"""Reading a plain CSV file: one header row, columns known by their name, what is absent assumed and said."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nsoc_lib.errors import NsocError
from nsoc_lib.sources.export import Export, Note
from nsoc_lib.sources.plain import load_plain

WHERE = "data/raw/meting-3/antwoorden.csv"


def load(folder, content):
    path = folder / "antwoorden.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return load_plain(path, WHERE)


def refusal(folder, content):
    with pytest.raises(NsocError) as raised:
        load(folder, content)
    return str(raised.value)


def test_a_column_is_known_by_its_name(tmp_path):
    """The header gives tag and stable name; cells are found by it, without spaces at the ends."""
    export = load(tmp_path, "doel,tijd\n Eens ,\n")
    assert [(c.tag, c.import_id) for c in export.columns[:2]] == [("doel", "doel"), ("tijd", "tijd")]
    assert (export.responses[0].cells["doel"], export.responses[0].cells["tijd"]) == ("Eens", "")


def test_what_a_file_does_not_say_is_assumed_and_told(tmp_path):
    """Without system columns the row is the respondent and everybody finished; each assumption is counted."""
    export = load(tmp_path, "doel\nEens\n\nOneens\n")
    assert [(r.rij, r.response_id, r.cells["finished"], r.cells["progress"]) for r in export.responses] == [
        (2, "2", "True", "100"),
        (4, "4", "True", "100"),
    ]
    assert export.notities == (
        Note("aangenomen", "kenmerk van de deelnemer: het nummer van de rij", "geen kolom ResponseId", 2),
        Note("aangenomen", "helemaal ingevuld: iedereen", "geen kolom Finished", 2),
        Note(
            "aangenomen",
            "voortgang: 100 bij wie klaar is, en anders de plaats van de laatste ingevulde kolom",
            "geen kolom Progress",
            2,
        ),
        Note("aangenomen", "soort antwoord: van een deelnemer, niet uit een proef", "geen kolom Status", 2),
    )
    assert (export.programma, export.rijen_gelezen) == ("CSV met een kopregel", 2)


def test_system_columns_are_known_by_the_names_of_qualtrics(tmp_path):
    """ResponseId, Finished and the personal columns get their standard name, whatever their capitals and marks."""
    export = load(tmp_path, "response_id,FINISHED,Duration (in seconds),IPAddress,doel,tijd\nR_1,0,60,1.2.3.4,Eens,\n")
    assert export.import_ids[:6] == ["_recordId", "finished", "duration", "ipAddress", "doel", "tijd"]
    assert export.responses[0].cells["progress"] == "50"
    assert [note.waarom for note in export.notities] == ["geen kolom Progress", "geen kolom Status"]


def test_a_name_twice_is_refused(tmp_path):
    """Two columns of one name would be one answer."""
    assert refusal(tmp_path, "doel,doel\n1,2\n") == (
        "Fout in data/raw/meting-3/antwoorden.csv, rij 1, kolom 2\n"
        '  gevonden: de kop "doel" voor de tweede keer\n'
        "  verwacht: boven elke kolom een eigen naam\n"
        "  wat nu:   Geef de kolom een naam; samengevoegde cellen in de kop moeten weer los."
    )


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("", "rij 1\n  gevonden: een lege kopregel"),
        ("doel,\n1,2\n", "rij 1, kolom 2\n  gevonden: een lege kop"),
        ("doel,tijd\n", "gevonden: een kopregel en geen enkele deelnemer"),
        ("doel,tijd\n,\n", "gevonden: een kopregel en geen enkele deelnemer"),
        ("doel,tijd\n1\n", "rij 2\n  gevonden: 1 cellen\n  verwacht: 2 cellen"),
        ("doel,tijd\n1,2,3\n", "rij 2\n  gevonden: 3 cellen onder 2 koppen (doel, tijd)"),
        ("ResponseId,recordId\n1,2\n", "kolom recordId\n  gevonden: dezelfde kolom als ResponseId"),
        ('Q1\nVraag\n"{""ImportId"":""QID1""}"\n', "rij 3\n  gevonden: de derde kopregel van Qualtrics"),
        ('doel\n"open\n', "tekst die geen geldige CSV is"),
        (b"doel\n\xe9\xe9n\n", "een bestand dat geen UTF-8 is"),
        (",".join(f"v{n}" for n in range(10_001)) + "\n", "gevonden: 10001 kolommen"),
    ],
)
def test_a_bad_file_is_refused_with_its_place(tmp_path, content, part):
    """A bad file ends in one message that names the place."""
    assert part in refusal(tmp_path, content)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_any_bytes_end_in_an_export_or_a_message(tmp_path, content):
    """Whatever stands in a file, the reader gives an export or one message."""
    with contextlib.suppress(NsocError):
        assert isinstance(load(tmp_path, content), Export)
