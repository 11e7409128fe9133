"""System columns of programs that have few of them: known by name, or assumed with a note."""

from __future__ import annotations

import pytest

from nsoc_lib.errors import NsocError
from nsoc_lib.sources.export import Column, Response
from nsoc_lib.sources.system_columns import assumed_columns, complete_columns, name_columns


@pytest.mark.parametrize(
    ("tag", "name"),
    [("ResponseId", "_recordId"), ("start_date", "startDate"), ("ExternalReference", "externalDataReference"),
     ("Duration (in seconds)", "duration"), ("Progress", "progress"), ("Statuut", "Statuut")],
)  # fmt: skip
def test_a_system_column_is_known_by_its_name(tag, name):
    """Names of Qualtrics count, in any capitals and with any marks; no other name does."""
    assert name_columns([Column(tag, "", tag)], "x")[0].import_id == name


def test_a_system_column_twice_is_refused():
    """Two columns that are both the respondent leave open who answered."""
    with pytest.raises(NsocError, match="dezelfde kolom als ResponseId"):
        name_columns([Column("ResponseId", "", "a"), Column("recordId", "", "b")], "x")


@pytest.mark.parametrize(
    ("finished", "cells", "progress"),
    [
        ("True", ("", "", ""), "100"),
        ("0", ("Eens", "", ""), "33"),
        ("Nee", ("Eens", "Eens", "Eens"), "99"),
        ("0", ("", "", ""), "0"),
    ],
)
def test_progress_is_the_place_of_the_last_answer(finished, cells, progress):
    """Who finished is at 100; who did not is where the last filled column stands, and never at 100."""
    columns = (Column("f", "", "finished"), *(Column(name, "", name) for name in "abc"))
    _, responses, _ = complete_columns(
        columns, [Response(2, {"finished": finished} | dict(zip("abc", cells, strict=True)))]
    )
    assert responses[0].cells["progress"] == progress


def test_the_notes_tell_which_columns_were_assumed():
    """From its notes it can be told what a reader made up, so that a codebook may say better."""
    _, _, notes = complete_columns((Column("f", "", "finished"),), [Response(2, {"finished": "1"})])
    assert assumed_columns(notes) == {"_recordId", "progress", "status"}
