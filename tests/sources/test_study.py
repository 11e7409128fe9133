"""Reading the YAML files in which a researcher describes a study."""

import errno
from pathlib import Path

import pytest

from nsoc_lib.errors import NsocError
from nsoc_lib.paths import REPOSITORY, Study
from nsoc_lib.sources.study import load_codebook, load_evaluation, load_meting, load_text, load_yaml

OWN = Study(REPOSITORY / "data", REPOSITORY / "reports")


def written(folder: Path, text: str | bytes) -> Path:
    """Return a new file with this content."""
    path = folder / "codeboek.yml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def refusal(path: Path) -> str:
    """Return the block with which a YAML file is refused."""
    with pytest.raises(NsocError) as raised:
        load_yaml(path, "data/raw/meting-1/codeboek.yml")
    return str(raised.value)


def test_a_yaml_file_becomes_an_entry(tmp_path):
    """The keys and values of a file come out as written, accents included."""
    entry = load_yaml(written(tmp_path, "titel: Coördinatie\naantal: 3\n"), "codeboek.yml")
    assert (entry.text("titel"), entry.whole("aantal"), entry.where) == ("Coördinatie", 3, "codeboek.yml")


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path):
    """A file that Windows marked as UTF-8 reads like any other."""
    assert load_text(written(tmp_path, "\ufefftitel: a\n".encode()), "codeboek.yml") == "titel: a\n"


def test_a_missing_file_is_named(tmp_path):
    """A file that is not there is named as the researcher knows it, without a traceback."""
    assert refusal(tmp_path / "codeboek.yml") == (
        "Fout in data/raw/meting-1/codeboek.yml\n"
        "  gevonden: geen bestand met deze naam\n"
        "  verwacht: dit bestand, op deze plaats\n"
        "  wat nu:   Zet het bestand terug of verbeter de naam waar ernaar verwezen wordt."
    )


def test_a_file_in_another_encoding_is_refused(tmp_path):
    """A Latin-1 file is refused with the place of the first byte that is not UTF-8."""
    assert refusal(written(tmp_path, "titel: Coördinatie\n".encode("latin-1"))) == (
        "Fout in data/raw/meting-1/codeboek.yml\n"
        "  gevonden: een bestand dat geen UTF-8 is (byte 10)\n"
        "  verwacht: tekst in UTF-8\n"
        "  wat nu:   Exporteer of bewaar het opnieuw met tekencodering UTF-8."
    )


def test_a_key_given_twice_is_refused(tmp_path):
    """A key that occurs twice is refused with its line, where YAML would keep the last in silence."""
    assert refusal(written(tmp_path, "titel: a\nstatus: concept\ntitel: b\n")) == (
        "Fout in data/raw/meting-1/codeboek.yml, regel 3\n"
        '  gevonden: de sleutel "titel" voor de tweede keer\n'
        "  verwacht: elke sleutel een keer in een blok\n"
        "  wat nu:   Verwijder een van beide."
    )


def test_a_key_given_twice_deep_in_a_file_is_refused(tmp_path):
    """A double key is found in a block inside a list too."""
    assert ", regel 4\n" in refusal(written(tmp_path, "stellingen:\n  - id: a\n    kolom: Q1\n    id: b\n"))


def test_a_key_may_return_in_another_block(tmp_path):
    """The same key in two blocks is not a double key."""
    entry = load_yaml(written(tmp_path, "lijst:\n  - id: a\n  - id: b\n"), "codeboek.yml")
    assert [item.text("id") for item in entry.entries("lijst")] == ["a", "b"]


def test_a_broken_key_is_refused_with_its_line(tmp_path):
    """A key without its colon is refused with the line on which YAML stumbles."""
    assert refusal(written(tmp_path, "titel: Proef\nstatus concept\nversie: a\n")) == (
        "Fout in data/raw/meting-1/codeboek.yml, regel 3\n"
        "  gevonden: tekst die geen geldige YAML is\n"
        "  verwacht: sleutel: waarde, met spaties ingesprongen (geen tabs) en gesloten aanhalingstekens\n"
        "  wat nu:   Kijk op deze regel en de regel erboven."
    )


@pytest.mark.parametrize(
    "text",
    [
        "titel:\n\tstatus: a\n",
        'titel: "nooit gesloten\n',
        "titel: een: twee\n",
        "lijst: [a, b\n",
        "a: 1\n---\nb: 2\n",
        "a: !!python/object/apply:os.getcwd []\n",
        "titel: \x07\n",
        "",
        "- a\n- b\n",
    ],
)
def test_text_that_is_no_plain_block_of_yaml_is_refused(tmp_path, text):
    """Tabs, open quotes, second documents, foreign objects, odd bytes and empty files give one block."""
    assert refusal(written(tmp_path, text)).startswith("Fout in data/raw/meting-1/codeboek.yml")


def test_braces_of_a_template_are_refused(tmp_path):
    """A value between double braces, left over from a template, gives one block."""
    assert "codeboek.yml, regel 1\n" in refusal(written(tmp_path, "titel: {{titel}}\n"))


def test_a_date_that_does_not_exist_is_refused(tmp_path):
    """The thirtieth of February gives one block."""
    assert "codeboek.yml" in refusal(written(tmp_path, "datum: 2026-02-30\n"))


def test_the_study_of_the_repository_is_readable():
    """The table of contents, every folder it names and every codebook pass their own checks."""
    for folder in load_evaluation(OWN).folders:
        for record in load_meting(OWN, folder).enquetes:
            assert load_codebook(OWN, folder, record.codeboek).instrument == record.instrument


def test_the_codebook_of_the_procesthermometer_has_its_28_statements():
    """Four themes of four, three, eleven and ten statements were published."""
    codebook = load_codebook(OWN, "meting-1", "codeboek.yml")
    sizes = {theme: len(codebook.select_thema(theme)) for theme in codebook.themas}
    assert sizes == {"daadkracht": 4, "draagvlak": 3, "draagkracht": 11, "opbrengsten": 10}


def test_three_statements_are_reported_negatively():
    """Capacity, digital infrastructure and data sharing are reported as shortcomings, the others are not."""
    codebook = load_codebook(OWN, "meting-1", "codeboek.yml")
    negative = {stelling.id for stelling in codebook.stellingen if stelling.richting == "negatief"}
    assert negative == {"capaciteit", "digitale-infrastructuur", "datadeling"}


def test_no_answer_weet_niet_is_invented():
    """The source knows no "weet niet", so the codebook of the Procesthermometer has none."""
    codebook = load_codebook(OWN, "meting-1", "codeboek.yml")
    assert all(scale.weet_niet == () for scale in codebook.schalen.values())


def test_an_unknown_folder_names_the_record_that_is_missing():
    """A meting without a folder is reported by the file that should describe it."""
    with pytest.raises(NsocError, match=r"^Fout in data/raw/meting-99/meting\.yml\n"):
        load_meting(OWN, "meting-99")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 101,
        "[" * 100_000,
        "a: " + "- " * 100_000 + "x\n",
        "a: &a [x, x]\n? *a\n: y\n",
        "a: &a {x: 1}\nb: {<<: [*a, *a]}\n",
        "titel: " + "9" * 5000 + "\n",
        "titel: " + "a" * 2_000_001 + "\n",
    ],
    ids=[
        "deep",
        "deeper than the reader bears",
        "deep lists below each other",
        "a key that is a list",
        "a block that takes over others",
        "a huge number",
        "a huge text",
    ],
)
def test_yaml_that_unfolds_into_more_than_memory_is_refused(tmp_path, text):
    """Nesting, lists as keys, merged blocks, and sizes that no record has end in one block."""
    assert refusal(written(tmp_path, text)).startswith("Fout in data/raw/meting-1/codeboek.yml")


def test_a_file_below_a_file_is_absent(tmp_path):
    """A path through something that is no folder names a file that is not there."""
    below = written(tmp_path, "titel: proef\n") / "codeboek.yml"
    assert "gevonden: geen bestand met deze naam" in refusal(below)


@pytest.mark.parametrize(
    ("number", "found"),
    [
        (errno.EACCES, "een bestand dat u niet mag lezen"),
        (errno.ENOENT, "geen bestand met deze naam"),
        (errno.EIO, "een bestand dat niet te lezen is (Input/output error)"),
    ],
)
def test_what_the_system_refuses_is_told_by_its_cause(tmp_path, monkeypatch, number, found):
    """No right, no file and a broken disk are three faults. Root is refused nothing, so the refusal is put in place."""

    def refuse(_: Path) -> bytes:
        raise OSError(number, "refused")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert f"\n  gevonden: {found}\n" in refusal(tmp_path / "codeboek.yml")
