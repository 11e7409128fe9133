"""A coded project as tables: counted by hand on an invented project of two conversations."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from refi_files import (
    ATLAS,
    CODES,
    CODINGS,
    DOCUMENTS,
    NVIVO,
    codebook_xml,
    codes_xml,
    file_of,
    guid,
    passage,
    project_bytes,
    write,
    zip_bytes,
)

from nsoc_lib.entries import Entry
from nsoc_lib.errors import NsocError
from nsoc_lib.meting import RawTable
from nsoc_lib.paths import Study
from nsoc_lib.publish.clean import clean_folder
from nsoc_lib.sources.coded_tables import COLUMNS, load_coded_table
from nsoc_lib.sources.tabular import pseudonym

WHERE, RECORD = "data/raw/meting-9/interviews.qdpx", "data/raw/meting-9/meting.yml"
SAYS: dict[str, dict[str, str]] = {
    "codeboek_open": {"soort": "inductief", "versie": "export van mei"},
    "coderingen": {"vraag": "interviews"},
}


def raw_table(name: str, **changes: Any) -> dict[str, Any]:
    return {
        "naam": name, "bestand": "interviews.qdpx", "formaat": "refi-qda", "herkomst": "waargenomen", "bron": "verzonnen",
        "kolommen": dict.fromkeys(COLUMNS.get(name, ("a",)), "tekst"), "aanvulling": SAYS.get(name, {"a": "b"}),
    } | changes  # fmt: skip


def table(folder, content, name: str = "coderingen", **changes: Any):
    record = RawTable.build(Entry(raw_table(name, **changes), RECORD))
    return load_coded_table(write(folder, content), WHERE, record, RECORD)


def rows(folder, content, name: str = "coderingen", **changes: Any) -> list[dict[str, Any]]:
    return table(folder, content, name, **changes)[0].to_dict("records")


def said(folder, content, name: str = "coderingen", **changes: Any) -> dict[str, int]:
    return {note.wat: note.aantal for note in table(folder, content, name, **changes)[1]}


def refusal(folder, content, name: str = "coderingen", **changes: Any) -> str:
    with pytest.raises(NsocError) as raised:
        table(folder, content, name, **changes)
    return str(raised.value)


PROJECT = project_bytes(CODES, DOCUMENTS, CODINGS)


@pytest.mark.parametrize("style", [ATLAS, NVIVO], ids=["atlas", "nvivo"])
def test_every_coding_is_a_row_without_a_word_of_the_interview(tmp_path, style):
    """By hand: three passages in conversation A, the last coded by two people, and one in conversation B."""
    a, b = pseudonym("Gesprek A"), pseudonym("Gesprek B")
    found = rows(tmp_path, project_bytes(CODES, DOCUMENTS, CODINGS, style))
    assert [tuple(row.values()) for row in found] == [
        (a, "interviews", "f1", "Middelen::Geld", "codeur 1", "2024-05-01", "ja", 1),
        (a, "interviews", "f2", "Middelen::Mensen", "codeur 1", "2024-05-01", "ja", 2),
        (a, "interviews", "f3", "Samenwerken::Vertrouwen", "codeur 1", "2024-05-01", "ja", 3),
        (a, "interviews", "f3", "Samenwerken::Vertrouwen", "codeur 2", "2024-05-01", "nee", 4),
        (b, "interviews", "f1", "Middelen::Geld", "codeur 2", "2024-05-01", "ja", 5),
    ]
    assert list(found[0]) == [*COLUMNS["coderingen"], "rij"]


def test_the_code_book_has_a_row_per_code_with_its_theme(tmp_path):
    """The theme is the code at the top; what the file does not record is said to be so."""
    found = rows(tmp_path, PROJECT, "codeboek_open")
    assert [(row["code"], row["label"], row["thema"], row["definitie"]) for row in found] == [
        ("Middelen", "Middelen", "Middelen", "niet vastgelegd"),
        ("Middelen::Geld", "Geld", "Middelen", "Er is genoeg geld"),
        ("Middelen::Mensen", "Mensen", "Middelen", "niet vastgelegd"),
        ("Samenwerken", "Samenwerken", "Samenwerken", "niet vastgelegd"),
        ("Samenwerken::Vertrouwen", "Vertrouwen", "Samenwerken", "Partners rekenen op elkaar"),
    ]
    assert {(row["soort"], row["versie"], row["wel"], row["niet"]) for row in found} == {
        ("inductief", "export van mei", "niet vastgelegd", "niet vastgelegd")
    }
    assert [row["rij"] for row in found] == [1, 2, 3, 4, 5]
    assert said(tmp_path, PROJECT, "codeboek_open")["codes zonder definitie"] == 3


def test_a_folder_is_no_code_unless_somebody_coded_with_it(tmp_path):
    """A folder gives its name to the theme and gets no row; one that was used must keep it."""
    folders = (("Middelen",), ("Samenwerken",))
    content = codebook_xml(codes_xml(CODES, nested=True, folders=folders))
    assert [row["code"] for row in rows(tmp_path, content, "codeboek_open")] == [
        "Middelen::Geld", "Middelen::Mensen", "Samenwerken::Vertrouwen"
    ]  # fmt: skip
    assert said(tmp_path, content, "codeboek_open")["mappen in het codeboek"] == 2
    project = project_bytes(CODES, DOCUMENTS, (*CODINGS, passage("Wij", ("Middelen",))), NVIVO)
    qde = (
        zipfile.ZipFile(write(tmp_path, project))
        .read("project.qde")
        .decode()
        .replace('isCodable="true"', 'isCodable="0"')
    )
    assert "Middelen" in [row["code"] for row in rows(tmp_path, zip_bytes({"project.qde": qde}), "codeboek_open")]


def test_a_case_is_the_respondent_of_its_sources(tmp_path):
    """Sources of one case are one respondent, whose passages are numbered on; the pseudonym is that of the case."""
    members = "".join(f'<SourceRef targetGUID="{guid("bron", name)}"/>' for name in DOCUMENTS)
    content = project_bytes(CODES, DOCUMENTS, CODINGS, rest=f'<Cases><Case name="R_1">{members}</Case></Cases>')
    found = rows(tmp_path, content)
    assert {row["respondent"] for row in found} == {pseudonym("R_1")}
    assert [row["fragment"] for row in found] == ["f1", "f2", "f3", "f3", "f4"]
    assert said(tmp_path, content)["bronnen waarvan het geval de deelnemer is"] == 2


def test_documents_with_one_name_are_two_respondents(tmp_path):
    """A name that two documents have cannot tell people apart; the guid does."""
    qde = zipfile.ZipFile(write(tmp_path, PROJECT)).read("project.qde").decode()
    content = zip_bytes({"project.qde": qde.replace('name="Gesprek B"', 'name="Gesprek A"')})
    assert len({row["respondent"] for row in rows(tmp_path, content)}) == 2


def test_the_same_code_by_another_coder_serves_to_compare(tmp_path):
    """A code of a passage counts once, for whoever stands first; another code by another coder counts too."""
    more = (*CODINGS, passage("mensen niet", ("Middelen",), coder="Bram"))
    found = rows(tmp_path, project_bytes(CODES, DOCUMENTS, more))
    assert [(row["fragment"], row["codeur"], row["telt"]) for row in found if row["respondent"] == pseudonym("Gesprek A")] == [
        ("f1", "codeur 1", "ja"), ("f2", "codeur 1", "ja"), ("f3", "codeur 1", "ja"), ("f3", "codeur 2", "nee"),
        ("f2", "codeur 2", "ja"),
    ]  # fmt: skip


def test_what_the_file_does_not_say_must_be_said(tmp_path):
    """Whether a code book was made beforehand stands in no file; it is asked, not made up."""
    assert refusal(tmp_path, PROJECT, "codeboek_open", aanvulling={"versie": "mei"}) == (
        f"Fout in {RECORD}, tabel codeboek_open\n"
        "  gevonden: geen waarde voor soort bij 5 van 5 rijen\n"
        "  verwacht: een waarde voor soort, want het bestand geeft die niet\n"
        "  wat nu:   Voeg onder aanvulling toe: soort: …"
    )


def test_a_day_that_the_file_lacks_can_be_given(tmp_path):
    """Some programs record no day; the researcher's holds for those codings alone."""
    content = project_bytes(CODES, DOCUMENTS, (CODINGS[0], replace(CODINGS[1], day="")))
    assert "geen waarde voor datum bij 1 van 2 rijen" in refusal(tmp_path, content)
    found = rows(tmp_path, content, aanvulling={"vraag": "interviews", "datum": "2024-06-01"})
    assert [row["datum"] for row in found] == ["2024-05-01", "2024-06-01"]


def test_a_column_that_comes_from_the_file_cannot_be_given(tmp_path):
    """Nobody overrules who coded what from meting.yml."""
    assert 'gevonden: "codeur"' in refusal(tmp_path, PROJECT, aanvulling={"vraag": "interviews", "codeur": "iemand"})


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "stellingen"},
        {"name": "coderingen", "kolommen": {"respondent": "tekst", "code": "tekst"}},
        {"name": "coderingen", "kolommen": dict.fromkeys(COLUMNS["coderingen"], "geheel")},
    ],
)
def test_another_table_cannot_come_from_a_project(tmp_path, changes):
    """A project gives two tables, with the columns that thematic coding reads."""
    text = refusal(tmp_path, PROJECT, **changes)
    assert text.startswith(f"Fout in {RECORD}, tabel {changes['name']}\n")
    assert "coderingen (respondent, vraag, fragment, code, codeur, datum, telt)" in text


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (codebook_xml(codes_xml(CODES, nested=True)), "een codeboek zonder coderingen"),
        (project_bytes(CODES, DOCUMENTS, ()), "geen rij voor de tabel coderingen"),
    ],
)
def test_a_file_without_codings_gives_no_codings(tmp_path, content, part):
    """A code book alone, or a project in which nobody coded, is refused as a table of codings."""
    assert f"gevonden: {part}" in refusal(tmp_path, content)


RECORD_TEXT = """
meting: meting-9
titel: Verzonnen meting
tabellen:
  - naam: codeboek_open
    bestand: interviews.qdpx
    formaat: refi-qda
    herkomst: waargenomen
    bron: verzonnen
    kolommen: {soort: tekst, versie: tekst, code: tekst, label: tekst, thema: tekst, definitie: tekst, wel: tekst, niet: tekst}
    aanvulling: {soort: inductief, versie: export van mei}
  - naam: coderingen
    bestand: interviews.qdpx
    formaat: refi-qda
    herkomst: waargenomen
    bron: verzonnen
    kolommen: {respondent: deelnemer, vraag: tekst, fragment: tekst, code: tekst, codeur: tekst, datum: tekst, telt: tekst}
    aanvulling: {vraag: interviews}
"""


def study_with(tmp_path, content: bytes) -> Study:
    study = Study(tmp_path / "data", tmp_path / "reports")
    folder = study.raw / "meting-9"
    folder.mkdir(parents=True)
    (folder / "meting.yml").write_text(RECORD_TEXT, encoding="utf-8")
    write(folder, content)
    return study


def test_a_project_named_in_meting_yml_becomes_two_clean_tables(tmp_path):
    """Cleaning reads the project as it reads a CSV, and what the reader took for granted is told with it."""
    study = study_with(tmp_path, project_bytes(CODES, DOCUMENTS, CODINGS, NVIVO))
    clean_folder(study, "meting-9")
    codes, codings = (pd.read_parquet(study.table_file("meting-9", name)) for name in ("codeboek_open", "coderingen"))
    assert set(codings["code"]) <= set(codes["code"])
    assert (len(codes), len(codings)) == (5, 5)
    notes = json.loads(study.cleaning_file("meting-9").read_text(encoding="utf-8"))
    assert {
        "onderwerp": "hernoemd",
        "tekst": "Namen van codeurs: een nummer in de volgorde van het project (2)",
        "aantal": 2,
    } in notes["bevindingen"]
    told = [finding["tekst"] for finding in notes["bevindingen"]]
    assert len(told) == len(set(told))
    assert set(notes["datasets"]) == {"codeboek_open", "coderingen"}


def test_no_word_and_no_name_reaches_the_clean_tables(tmp_path):
    """Neither the words of respondents nor the names of documents and coders are written anywhere."""
    study = study_with(tmp_path, PROJECT)
    clean_folder(study, "meting-9")
    frames = [pd.read_parquet(path).to_csv() for path in study.processed.rglob("*.parquet")]
    text = "".join([*frames, study.cleaning_file("meting-9").read_text(encoding="utf-8")])
    secret = ["weinig", "mensen niet", "groeit", "Gesprek", "Anna", "Bram", "iemand", file_of("Gesprek A")[:8]]
    assert [word for word in secret if word in text] == []


def test_nothing_is_written_when_the_project_is_refused(tmp_path):
    """A damaged project leaves no half of the tables behind."""
    study = study_with(tmp_path, PROJECT[:-40])
    with pytest.raises(NsocError, match=r"interviews\.qdpx"):
        clean_folder(study, "meting-9")
    assert not study.processed.exists()
