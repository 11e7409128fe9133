"""``make deposit``: a cleaned meting as CSV, Parquet and SPSS, the same bytes each time, and readable again."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
from conftest import ROOT, run
from fictitious_enquete import add_export

from nsoc_lib.cleaning import clean_survey
from nsoc_lib.deposit import Deposited, Variable
from nsoc_lib.errors import NsocError
from nsoc_lib.matching import match_export
from nsoc_lib.paths import Study
from nsoc_lib.publish.clean import clean_folder
from nsoc_lib.publish.deposit import deposit_meting, render_sav
from nsoc_lib.sources.spss import load_spss
from nsoc_lib.sources.study import load_codebook

ENQUETE, THERMOMETER = "versterking-2021", "meting-1"


def new_study(root: Path, *metingen: str) -> Study:
    """Return a study with these metingen cleaned, the survey of 2021 with invented answers."""
    study = Study(root / "data", root / "reports")
    for name in metingen:
        target = study.raw / name
        target.mkdir(parents=True)
        for path in (ROOT / "data" / "raw" / name).iterdir():
            (target / path.name).write_bytes(path.read_bytes())
        if name == ENQUETE:
            add_export(target)
        clean_folder(study, name)
    return study


def coding_of(*tables: pd.DataFrame) -> pd.DataFrame:
    """Return the researchers' codes, which stand in the long tables, as a table of coding."""
    codes = pd.concat([table.loc[table["code"].notna(), ["respondent", "vraag", "code"]] for table in tables])
    return codes.rename(columns={"respondent": "respons"}).assign(codeur="AB", rij=range(len(codes)))


@pytest.mark.parametrize(
    ("meting", "names"),
    [
        (THERMOMETER, ("procesthermometer", "respondenten", "open_antwoorden")),
        (ENQUETE, ("enquete", "enquete_respondenten", "enquete_open_antwoorden", "enquete_keuzes")),
    ],
)
def test_what_is_deposited_cleans_to_the_same_tables(tmp_path, meting, names):
    """The wide SPSS file, read and cleaned again, gives the tables it was made from, kinds of missing included.

    Not the row in the file, the pseudonym and the words of people, which are not deposited.
    """
    study = new_study(tmp_path, meting)
    deposit_meting(study, meting)
    codebook = load_codebook(study, meting, "codeboek.yml")
    before = [pd.read_parquet(study.table_file(meting, name)) for name in names]
    export = match_export(load_spss(study.deposit_folder(meting) / f"{names[0]}_breed.sav", "breed.sav"), codebook)
    again = clean_survey(export, codebook, coding_of(*before[2:]), "codering.csv")
    after = [again.antwoorden, again.respondenten, again.open_antwoorden, again.keuzes]
    for first, second in zip(before, after, strict=False):
        assert len(first)
        left_out = [column for column in ("rij", "kenmerk", "tekst") if column in first]
        pd.testing.assert_frame_equal(first.drop(columns=left_out), second.drop(columns=left_out))


def test_the_same_meting_gives_the_same_bytes(tmp_path):
    """Made again, in another folder and another second, every file is the same, byte for byte."""
    found = []
    for place in ("een", "twee"):
        study = new_study(tmp_path / place, ENQUETE)
        began = time.monotonic()
        found.append({path.name: path.read_bytes() for path in deposit_meting(study, ENQUETE)})
        time.sleep(max(0, 1.1 - (time.monotonic() - began)) if place == "een" else 0)
    assert found[0] == found[1]
    assert {name.rsplit(".", 1)[1] for name in found[0]} == {"csv", "parquet", "sav"}
    assert {"enquete_breed.sav", "enquete_keuzes.csv", "codeboek.parquet", "interviews.sav"} <= set(found[0])


def test_three_formats_hold_the_same(tmp_path):
    """CSV, Parquet and SPSS of one table have the same rows, columns and codes."""
    study = new_study(tmp_path, ENQUETE)
    deposit_meting(study, ENQUETE)
    base = study.deposit_folder(ENQUETE) / "enquete_breed"
    parquet, plain = pd.read_parquet(f"{base}.parquet"), pd.read_csv(f"{base}.csv", keep_default_na=False, dtype=str)
    spss, meta = pyreadstat.read_sav(f"{base}.sav", user_missing=True)
    for name in parquet.columns:
        texts = ["" if cell is pd.NA else str(cell) for cell in parquet[name].astype(object)]
        assert plain[name].tolist() == texts
        assert ["" if pd.isna(cell) else str(cell).removesuffix(".0") for cell in spss[name]] == texts
    assert list(spss.columns) == list(parquet.columns)
    assert meta.missing_ranges["Q4_1"] == [{"lo": -3.0, "hi": -1.0}]
    assert meta.variable_measure["Q4_1"] == "nominal"


def test_long_labels_are_cut_at_a_letter_in_spss_only(tmp_path):
    """SPSS has room for 120 bytes of a label and 255 of a text; a letter of two bytes is not cut in half."""
    frame = pd.DataFrame({"a": pd.Series([1], dtype="Int64")})
    variable = Variable("x" + "é" * 200, {1: "x" + "é" * 100})
    path = tmp_path / "a.sav"
    path.write_bytes(render_sav(Deposited("a", frame, frame, {"a": variable})))
    _, meta = pyreadstat.read_sav(path)
    assert meta.variable_value_labels == {"a": {1.0: "x" + "é" * 59}}
    assert meta.column_labels == ["x" + "é" * 127]


def test_nothing_goes_to_the_reports(tmp_path):
    """Answers per person stay in DATA/processed; no words of people and no pseudonym are among them."""
    study = new_study(tmp_path, THERMOMETER)
    made = deposit_meting(study, THERMOMETER)
    assert {path.parent for path in made} == {study.processed / THERMOMETER / "export"}
    assert not study.reports.exists()
    words = pd.read_parquet(study.table_file(THERMOMETER, "open_antwoorden"))["tekst"].dropna()
    names = pd.read_parquet(study.table_file(THERMOMETER, "respondenten"))["kenmerk"]
    assert len(words)
    for path in made:
        content = path.read_bytes()
        assert not [secret for secret in (*words, *names) if secret.encode() in content], path.name


def test_an_imitated_meting_says_so(tmp_path):
    """Answers of make simulate are called gesimuleerd in the codebook and in the SPSS file itself."""
    study = new_study(tmp_path, THERMOMETER)
    deposit_meting(study, THERMOMETER)
    folder = study.deposit_folder(THERMOMETER)
    codebook = pd.read_csv(folder / "codeboek.csv").set_index("bestand")["herkomst"]
    assert set(codebook.loc["procesthermometer_breed"]) == {"gesimuleerd"}
    assert set(codebook.loc["gepubliceerd"]) == {"gepubliceerd"}
    _, meta = pyreadstat.read_sav(folder / "procesthermometer_breed.sav", metadataonly=True)
    assert meta.file_label == "gesimuleerd: procesthermometer_breed"


def test_a_file_of_an_earlier_deposit_goes(tmp_path):
    """A table that the meting no longer has does not stay behind in its deposit."""
    study = new_study(tmp_path, THERMOMETER)
    old = study.deposit_folder(THERMOMETER) / "vervallen.csv"
    old.parent.mkdir(parents=True)
    old.write_text("a\n1\n", encoding="utf-8")
    assert old not in deposit_meting(study, THERMOMETER)
    assert not old.exists()


def test_a_meting_that_changed_since_is_refused(tmp_path):
    """Tables cleaned from an older export are not deposited, and nothing is written."""
    study = new_study(tmp_path, THERMOMETER)
    path = study.raw / THERMOMETER / "opzet.csv"
    path.write_text(path.read_text(encoding="utf-8") + "x,y,z\n", encoding="utf-8")
    with pytest.raises(NsocError) as raised:
        deposit_meting(study, THERMOMETER)
    assert raised.value.found == "een tabel die niet bij het huidige opzet.csv hoort"
    assert raised.value.remedy == "Draai eerst make report."
    assert not study.deposit_folder(THERMOMETER).exists()


def test_a_meting_that_was_not_cleaned_is_refused(tmp_path):
    """Without cleaned tables there is nothing to deposit."""
    study = new_study(tmp_path, THERMOMETER)
    study.cleaning_file(THERMOMETER).unlink()
    with pytest.raises(NsocError, match="gevonden: nog niet gemaakt"):
        deposit_meting(study, THERMOMETER)


def test_the_command_tells_what_it_made_and_warns(tmp_path):
    """``make deposit NAME=meting-1`` counts the files and says that they hold answers per person."""
    new_study(tmp_path, THERMOMETER)
    done = run(["make", "deposit", f"DATA={tmp_path / 'data'}", f"NAME={THERMOMETER}", f"PYTHON={sys.executable}"])
    assert done.code == 0, done.err
    assert "Klaar: 39 bestanden in data/processed/meting-1/export" in done.out
    assert "antwoorden per persoon" in done.out
    missing = run(["make", "deposit", f"DATA={tmp_path / 'data'}", f"PYTHON={sys.executable}"])
    assert missing.code != 0
    assert "Fout in de naam van de meting" in missing.err
