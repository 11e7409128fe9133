"""Files are written whole or not at all, and told apart by content."""

import errno
import hashlib
import io
import json
import zipfile

import pytest

from nsoc_lib.errors import NsocError
from nsoc_lib.publish.files import (
    content_hash,
    read_content,
    remove_halves,
    write_json,
    write_whole,
    zip_bytes,
)


def test_a_file_is_written_with_its_folders(tmp_path):
    """The folders on the way are made."""
    path = tmp_path / "a" / "b" / "proef.txt"
    write_whole(path, b"inhoud")
    assert path.read_bytes() == b"inhoud"


def test_a_file_is_replaced_and_nothing_stays_beside_it(tmp_path):
    """The new content stands in the place of the old, and no temporary file is left."""
    path = tmp_path / "proef.txt"
    write_whole(path, b"oud")
    write_whole(path, b"nieuw")
    assert path.read_bytes() == b"nieuw"
    assert [entry.name for entry in tmp_path.iterdir()] == ["proef.txt"]


def test_who_has_the_old_file_open_keeps_reading_the_old_content(tmp_path):
    """The file is replaced, not overwritten, so that no reader ever sees a part."""
    path = tmp_path / "proef.txt"
    write_whole(path, b"oud")
    with path.open("rb") as reader:
        write_whole(path, b"nieuw en langer")
        assert reader.read() == b"oud"


def test_a_failed_write_leaves_the_old_file_and_no_rest(tmp_path):
    """When writing goes wrong, the earlier file is untouched."""
    path = tmp_path / "proef.txt"
    write_whole(path, b"oud")
    with pytest.raises(TypeError):
        write_whole(path, "geen bytes")
    assert path.read_bytes() == b"oud"
    assert [entry.name for entry in tmp_path.iterdir()] == ["proef.txt"]


def test_json_is_readable_and_comes_back_equal(tmp_path):
    """Dutch letters stand as they are, in UTF-8, on lines of their own."""
    path = tmp_path / "proef.json"
    write_json(path, {"reden": "coördinatie", "aantal": [1, 2]})
    text = path.read_text(encoding="utf-8")
    assert "coördinatie" in text
    assert text.endswith("}\n")
    assert len(text.splitlines()) > 3
    assert json.loads(text) == {"reden": "coördinatie", "aantal": [1, 2]}


def test_the_same_content_has_the_same_hash_wherever_it_stands(tmp_path):
    """The hash is twelve hexadecimal digits of content, not of names or times."""
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_bytes(b"inhoud")
    second.write_bytes(b"inhoud")
    assert content_hash([first]) == content_hash([second])
    assert len(content_hash([first])) == 12
    assert int(content_hash([first]), 16) >= 0


def test_the_hash_is_that_of_the_hashes_of_the_files(tmp_path):
    """Anybody can recompute it: SHA-256 over the SHA-256 of each file, the first twelve digits."""
    path = tmp_path / "a"
    path.write_bytes(b"abc")
    abc = bytes.fromhex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")  # FIPS 180-2, appendix B
    assert content_hash([path]) == hashlib.sha256(abc).hexdigest()[:12]


def test_moving_content_from_one_file_to_the_next_changes_the_hash(tmp_path):
    """Files are told apart: "ab" and "c" is not "a" and "bc", and their order counts."""

    def hashed(*contents: bytes) -> str:
        paths = [tmp_path / str(number) for number in range(len(contents))]
        for path, content in zip(paths, contents, strict=True):
            path.write_bytes(content)
        return content_hash(paths)

    assert len({hashed(b"ab", b"c"), hashed(b"a", b"bc"), hashed(b"bc", b"a"), hashed(b"abc")}) == 4


def notebook(**changed: object) -> str:
    cell = {"cell_type": "code", "source": ["a\n", "b"], "id": "x", "metadata": {"tags": ["t"]}, "outputs": []}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell | changed]})


@pytest.mark.parametrize(
    ("changed", "counts"),
    [
        ({"source": "a\nb"}, False),
        ({"outputs": [7], "execution_count": 7}, False),
        ({"metadata": {"tags": ["t"], "collapsed": True}}, False),
        ({"source": ["a\n", "c"]}, True),
        ({"cell_type": "markdown"}, True),
        ({"id": "y"}, True),
        ({"metadata": {"tags": ["werkblad"]}}, True),
        ({"attachments": {"beeld.png": {}}}, True),
    ],
)
def test_of_a_notebook_counts_what_reaches_a_report(tmp_path, changed, counts):
    """Kind, source, tags, id and pictures of a cell count; outputs, numbers and other metadata do not."""
    first, second = tmp_path / "a.ipynb", tmp_path / "b.ipynb"
    first.write_text(notebook())
    second.write_text(notebook(**changed))
    assert (read_content(first) != read_content(second)) is counts


def test_what_is_no_notebook_counts_byte_by_byte(tmp_path):
    """Another file, and a notebook that cannot be read, are their bytes."""
    for name, content in (("a.csv", b"a"), ("a.ipynb", b"geen json"), ("b.ipynb", b'{"cells": 7}'), ("c.ipynb", b"[]")):
        (tmp_path / name).write_bytes(content)
        assert read_content(tmp_path / name) == content


def test_a_zip_keeps_order_and_tells_no_time_and_no_owner():
    """Entries stand as they were given, dated the first day a zip knows, readable by all and by Unix convention."""
    given = [("b/tekst.csv", b"a,b\n"), ("a.html", b"<p>")]
    with zipfile.ZipFile(io.BytesIO(zip_bytes(given))) as archive:
        entries = archive.infolist()
        assert [(entry.filename, archive.read(entry)) for entry in entries] == given
        assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
        assert {(entry.create_system, entry.external_attr >> 16) for entry in entries} == {(3, 0o100644)}


@pytest.mark.parametrize(
    ("number", "found", "remedy"),
    [
        (errno.ENOSPC, "een volle schijf (No space left on device)", "Maak ruimte vrij"),
        (errno.EDQUOT, "een volle schijf voor deze gebruiker (Disk quota exceeded)", "Maak ruimte vrij"),
        (errno.EFBIG, "een bestand dat niet groter mag worden (File too large)", "Vraag om die grens te verhogen"),
        (errno.EROFS, "een schijf waarop niet geschreven mag worden (Read-only file system)", "Kies een andere map"),
        (errno.EACCES, "geen recht om dit te lezen of te schrijven (Permission denied)",
         "Vraag om dat recht of kies een andere map"),
        (errno.EMFILE, "te veel open bestanden (Too many open files)", "Sluit andere programma's"),
        (errno.ENAMETOOLONG, "een te lange naam (File name too long)", "Kies een kortere naam"),
        (errno.EIO, "Input/output error", "Herstel dit"),
    ],
)  # fmt: skip
def test_what_the_system_refuses_is_told_with_what_to_do(tmp_path, monkeypatch, number, found, remedy):
    """The block names the file by its folder, the reason in Dutch with that of the system, and that nothing was lost."""
    path = tmp_path / "proef.txt"
    write_whole(path, b"oud")

    def refuse(*_):
        raise OSError(number, "")

    monkeypatch.setattr("nsoc_lib.publish.files.os.fsync", refuse)
    with pytest.raises(NsocError) as raised:
        write_whole(path, b"nieuw")
    assert str(raised.value) == (
        f"Fout in {tmp_path.name}/proef.txt\n"
        f"  gevonden: {found}\n"
        "  verwacht: een bestand dat te lezen en te schrijven is\n"
        f"  wat nu:   {remedy} en draai de opdracht opnieuw; wat er stond, staat er nog."
    )
    assert (path.read_bytes(), len(list(tmp_path.iterdir()))) == (b"oud", 1)


def test_half_a_file_of_an_ended_run_is_removed(tmp_path):
    """Only what has the name under which a file is written; other hidden files are somebody's own."""
    for name in (".proef.csv.4711", ".gitignore", "proef.csv"):
        (tmp_path / name).write_bytes(b"x")
    remove_halves(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".gitignore", "proef.csv"]
