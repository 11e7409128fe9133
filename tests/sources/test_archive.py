"""Zip files from outside: what is unpacked, and what is refused before it costs time or memory."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from refi_files import write, zip_bytes

from nsoc_lib.errors import NsocError
from nsoc_lib.sources.archive import open_archive, open_file

WHERE = "data/raw/meting-9/interviews.qdpx"


def read(folder: Path, content: bytes, name: str = "a.qde", *, times: int = 1) -> bytes:
    with open_archive(write(folder, content), WHERE) as archive:
        return [archive.read(name) for _ in range(times)][-1]


def refusal(folder: Path, content: bytes, name: str = "a.qde", *, times: int = 1) -> str:
    with pytest.raises(NsocError) as raised:
        read(folder, content, name, times=times)
    return str(raised.value)


def test_a_member_is_read_by_name(tmp_path):
    """Folders are no members, and a backslash of Windows is a slash."""
    content = zip_bytes({"a.qde": "<x/>", "Sources/": "", "Sources\\b.txt": "één"})
    with open_archive(write(tmp_path, content), WHERE) as archive:
        assert archive.names == ["a.qde", "Sources/b.txt"]
        assert archive.read("Sources/b.txt") == "één".encode()


def test_a_member_that_unpacks_to_much_more_is_refused(tmp_path):
    """A zip bomb is refused by what it says of itself, within seconds and without its bytes in memory."""
    content = zip_bytes({"a.qde": b"\0" * 40_000_000})
    assert len(content) < 100_000
    tracemalloc.start()
    began = time.monotonic()
    assert refusal(tmp_path, content) == (
        f"Fout in {WHERE}, in het zipbestand\n"
        '  gevonden: "a.qde", dat uitgepakt te groot is\n'
        "  verwacht: ten hoogste 50 MB, en geen bestand dat tot meer dan het 200-voudige uitpakt\n"
        "  wat nu:   Vertrouw dit bestand niet; exporteer het project opnieuw uit het eigen programma."
    )
    assert time.monotonic() - began < 5
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_a_member_that_says_it_is_small_is_measured_while_reading(tmp_path):
    """The size in the list of members is not believed: what comes out is never more than the limit."""
    content = bytearray(zip_bytes({"a.qde": b"\0" * 3_000_000}))
    size = (3_000_000).to_bytes(4, "little")
    assert content.count(size) == 2
    lied = bytes(content).replace(size, (10).to_bytes(4, "little"))
    assert "beschadigd" in refusal(tmp_path, lied)


def test_all_that_is_unpacked_together_is_limited(tmp_path, monkeypatch):
    """Members that are each small enough may not add up without end."""
    monkeypatch.setattr("nsoc_lib.sources.archive.MOST_TOTAL", 1000)
    content = zip_bytes({"a.qde": "x" * 400})
    assert len(read(tmp_path, content, times=2)) == 400
    assert "uitgepakt te groot" in refusal(tmp_path, content, times=3)


def test_a_large_recording_that_nobody_reads_does_no_harm(tmp_path):
    """Only what is asked for is unpacked."""
    assert read(tmp_path, zip_bytes({"a.qde": "<x/>", "sources/film.mp4": b"\0" * 5_000_000})) == b"<x/>"


def test_too_many_members_are_refused(tmp_path, monkeypatch):
    """The number of members is limited."""
    monkeypatch.setattr("nsoc_lib.sources.archive.MOST_MEMBERS", 3)
    assert "gevonden: 4 bestanden" in refusal(tmp_path, zip_bytes({f"{n}.txt": "" for n in range(4)}))


@pytest.mark.parametrize("large", [False, True], ids=["zip", "zip64"])
def test_a_long_list_of_members_is_refused_before_it_is_read(tmp_path, large):
    """Sixty thousand names take seconds and much memory to list: their number is looked at first."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(70_000 if large else 60_000):
            archive.writestr(zipfile.ZipInfo(f"{number:040}"), b"")
    began = time.monotonic()
    assert "een lijst van te veel bestanden" in refusal(tmp_path, buffer.getvalue())
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("name", ["../a.txt", "sources/../../a.txt", "/etc/a.txt", "C:\\a.txt", "..\\a.txt"])
def test_a_name_that_climbs_out_is_refused(tmp_path, name):
    """Nothing is written to disk, but a file with such a name is not to be trusted."""
    assert refusal(tmp_path, zip_bytes({"a.qde": "<x/>", name: "x"})).startswith(
        f"Fout in {WHERE}\n  gevonden: een zipbestand met de naam "
    )


def test_a_password_is_refused(tmp_path):
    """A member that says it is locked is named as such."""
    content = bytearray(zip_bytes({"a.qde": "<x/>"}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    content[6] |= 1
    assert refusal(tmp_path, bytes(content)) == (
        f"Fout in {WHERE}\n"
        "  gevonden: een zipbestand met een wachtwoord\n"
        "  verwacht: een export zonder wachtwoord\n"
        "  wat nu:   Exporteer opnieuw zonder wachtwoord, en bewaar het bestand op een afgeschermde plaats."
    )


def test_packing_in_another_way_is_refused(tmp_path):
    """Methods other than deflate cannot be unpacked within a limit."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.qde", "<x/>")
    assert "beschadigd of niet heel" in refusal(tmp_path, buffer.getvalue())


def test_a_zip_that_was_cut_off_is_refused(tmp_path):
    """Half a file is no project, wherever it was cut."""
    content = zip_bytes({"a.qde": "<x/>" * 100})
    for end in range(4, len(content), 7):
        assert "beschadigd of niet heel" in refusal(tmp_path, content[:end])


def test_a_file_that_is_absent_is_refused(tmp_path):
    """A folder or nothing at all is no zip file."""
    for path in (tmp_path, tmp_path / "weg.qdpx"):
        with pytest.raises(NsocError, match="geen bestand met deze naam"), open_archive(path, WHERE):
            pass


def test_a_file_one_may_not_read_is_no_missing_file(tmp_path, monkeypatch):
    """Who lacks the right to read is told so, also for an export that is read as bytes."""

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(NsocError, match="een bestand dat u niet mag lezen"):
        open_file(tmp_path / "export.zip", "export.zip")
