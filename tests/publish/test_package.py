"""What the package is made of: the same bytes for the same files, and no row of anybody's answers."""

from __future__ import annotations

import io
import zipfile

from nsoc_lib.crate import Packed
from nsoc_lib.publish.package import without_places, without_questions, zip_files

FILES = [Packed("b/tekst.csv", b"a,b\n", "Twee"), Packed("a.html", b"<p>", "Een")]


def test_a_zip_keeps_order_and_tells_no_time_and_no_owner() -> None:
    """Entries stand as they were given, dated the first day a zip knows, readable by all and by Unix convention."""
    with zipfile.ZipFile(io.BytesIO(zip_files(FILES))) as archive:
        entries = archive.infolist()
        assert [(entry.filename, archive.read(entry)) for entry in entries] == [
            ("b/tekst.csv", b"a,b\n"),
            ("a.html", b"<p>"),
        ]
        assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
        assert {(entry.create_system, entry.external_attr >> 16) for entry in entries} == {(3, 0o100644)}


def test_an_outcome_loses_the_rows_where_it_was_found() -> None:
    """How many rows failed is told; which rows they were is for the researcher alone."""
    outcome = {"soort": "verwachting", "aantal": 1, "plaatsen": ["rij 73, kolom interviews"]}
    kept = without_places({"tabel": "t", "uitkomsten": [outcome]})
    assert kept == {"tabel": "t", "uitkomsten": [{"soort": "verwachting", "aantal": 1}]}
    assert outcome["plaatsen"], "what was given is not changed"


def test_a_receipt_loses_its_counts_per_question() -> None:
    """How many came in and were left out is told; one person who skipped one question is not."""
    receipt = {"instrument": "thermometer", "rijen": 28, "vragen": [{"vraag": "doel", "leeg": 1}]}
    kept = without_questions({"datasets": {"t": "abc"}, "ontvangst": [receipt]})
    assert kept == {"datasets": {"t": "abc"}, "ontvangst": [{"instrument": "thermometer", "rijen": 28}]}
