"""What ``make doctor`` says of any file somebody may have: what it is, what is wrong, what to do."""

from __future__ import annotations

import sys
from pathlib import Path

import invented_survey as survey
import limesurvey_files as limesurvey
import pytest
import yaml
from conftest import run
from qualtrics_files import zipped
from spss_files import Variable, sav_bytes

from nsoc_lib.publish.doctor import Diagnosis, examine_file

VV = "Respons\tVerstuurd\tPagina\tVraag\nid\tsubmitdate\tlastpage\tQ1\n1\t1980-01-01\t2\tA1\n"
ASKED = sav_bytes([Variable("doel", labels={1: "Eens", 7: "Weet niet"})], [[1], [7]])


def examine(folder: Path, content: bytes | str, name: str = "bestand") -> Diagnosis:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return examine_file(path)


@pytest.mark.parametrize(
    ("content", "kind", "formaat"),
    [
        (survey.qualtrics_bytes(), "een export van Qualtrics", "qualtrics"),
        (zipped({"a.csv": survey.qualtrics_bytes()}), "een export van Qualtrics", "qualtrics"),
        (limesurvey.csv_text(), "een export van LimeSurvey", "limesurvey"),
        (limesurvey.csv_text(kind="tekst", answers="teksten", language="de"), "een export van LimeSurvey", "limesurvey"),
        (survey.excel_bytes(), "een bestand van Excel (.xlsx)", "excel"),
        (survey.plain_bytes(), "een gewone CSV met een kopregel", "csv"),
        (survey.spss_bytes(), "een bestand van SPSS (.sav)", "spss"),
    ],
    ids=["qualtrics", "zip", "limesurvey", "limesurvey, Duits", "excel", "csv", "spss"],
)  # fmt: skip
def test_an_export_is_known_whatever_it_is_called(tmp_path, content, kind, formaat):
    """The content says what a file is: program, number of people, and what belongs in meting.yml."""
    found = examine(tmp_path, content)
    assert f"Soort:   {kind}\n" in found.tekst
    assert "4 rijen met deelnemers" in found.tekst
    assert f"bestand: bestand en formaat: {formaat}." in found.tekst
    assert f"Laat een codeboek voorstellen: make codebook FILE={tmp_path}/bestand" in found.tekst


def test_a_file_without_anything_wrong_is_in_order(tmp_path):
    """No personal data and no open question: in order, and nothing to note."""
    found = examine(tmp_path, "doel;tijd\nEens;Oneens\nOneens;Eens\n", "a.csv")
    assert found.in_orde
    assert "Let op" not in found.tekst
    assert "Opmaak:  UTF-8, puntkomma's tussen de cellen" in found.tekst


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (b"%PDF-1.7", "a.csv", "een PDF"),
        (zipped({"[Content_Types].xml": b"", "word/document.xml": b""}), "a", "een document van Word"),
        (zipped({"project.qde": b"<Project/>"}), "a.zip", "een project met codes (REFI-QDA, .qdpx)"),
        ('<?xml version="1.0"?><CodeBook xmlns="urn:QDA-XML:codebook:1.0"/>', "a", "(REFI-QDA, .qdc)"),
        (zipped({"survey_1.lss": b"", "survey_1_responses.lsr": b""}), "a.lsa", "een archief van LimeSurvey (.lsa)"),
        (VV, "vvexport_1.csv", "een vv-export van LimeSurvey"),
        (limesurvey.lss(), "a.lss", "de structuur van een vragenlijst van LimeSurvey (.lss)"),
        (limesurvey.r_syntax(), "a.R", "het syntaxbestand voor R van LimeSurvey"),
        (zipped({"map/a.sav": b"$FL2"}), "a.zip", "een zipbestand met a.sav erin"),
        ("aspect,tekst,vindplaats\na,b,c\n", "opzet.csv", "een tabel die uit een bron is overgetypt"),
        ("<!DOCTYPE html><html></html>", "export.csv", "een webpagina"),
        ("Beste collega,\nhierbij de cijfers.\nGroet\n", "a.txt", "gewone tekst"),
        ("meting: meting-1\ntitel: x\n", "a.yml", "meting.yml: wat er in een map staat"),
        (yaml.safe_dump(survey.raw_codebook()), "a.yml", "een codeboek (codeboek.yml)"),
        ("titel: x\ndelen: []\n", "a.yml", "evaluatie.yml: de inhoudsopgave van het rapport"),
    ],
)  # fmt: skip
def test_what_is_no_export_is_called_by_its_name(tmp_path, content, name, expected):
    """Whatever lies beside an export is named, with one thing to do, and is not in order."""
    found = examine(tmp_path, content, name)
    assert expected in found.tekst
    assert "Dit is niet de export van een vragenlijst.\n" in found.tekst
    assert not found.in_orde


@pytest.mark.parametrize(
    "content", ["", "  \n", b"\xd0\xcf\x11\xe0 oud", b"\xff\xfe\x00", b"$FL2 te kort", b"PK\x03\x04kapot"]
)
def test_a_damaged_or_old_file_is_told_in_dutch(tmp_path, content):
    """No fault of a file is a traceback: it is a block, or a kind with advice."""
    found = examine(tmp_path, content)
    assert not found.in_orde
    assert "wat nu:" in found.tekst or "Bewaar het als .xlsx" in found.tekst


def test_personal_data_is_an_alarm_without_a_value(tmp_path):
    """The column is named and the kind, never what is in it."""
    found = examine(tmp_path, "e-mailadres;doel\nzoe@voorbeeld.nl;Eens\nbob@voorbeeld.nl;Eens\n", "a.csv")
    assert not found.in_orde
    assert "Kolom e-mailadres: volgens de kop persoonsgegevens (e-mailadres), aantal cellen: 2." in found.tekst
    assert "voorbeeld.nl" not in found.tekst


def test_dont_know_is_asked_until_the_codebook_answers(tmp_path):
    """A labelled code that is not declared missing is a question; with weet_niet in codeboek.yml it is none."""
    found = examine(tmp_path, ASKED, "a.sav")
    assert 'Is code 7 ("Weet niet") een antwoord of ontbreekt het? In doel (1 keer' in found.tekst
    assert not found.in_orde
    raw = survey.raw_codebook()
    answers = [{"code": 0, "label": "Oneens"}, {"code": 1, "label": "Eens"}, {"code": 7, "label": "Weet niet"}]
    raw |= {"stellingen": raw["stellingen"][:1], "vragen": [], "achtergrond": []}
    raw["schalen"]["eens"] = raw["schalen"]["eens"] | {"antwoorden": answers}
    (tmp_path / "codeboek.yml").write_text(yaml.safe_dump(raw), encoding="utf-8")
    answered = examine(tmp_path, ASKED, "a.sav")
    assert answered.in_orde, answered.tekst
    raw["schalen"]["eens"] |= {"weet_niet": []}
    (tmp_path / "codeboek.yml").write_text(yaml.safe_dump(raw), encoding="utf-8")
    assert not examine(tmp_path, ASKED, "a.sav").in_orde


def test_the_exit_code_tells_whether_a_file_is_in_order(tmp_path):
    """Zero for a file in order and one for a file that is not there, without a traceback."""
    (tmp_path / "goed.csv").write_text("doel;tijd\nEens;Eens\nOneens;Eens\n", encoding="utf-8")
    for name, code in (("goed.csv", 0), ("weg.csv", 1)):
        done = run([sys.executable, "-m", "nsoc_lib", "doctor", str(tmp_path / name)])
        assert done.code == code
        assert "Traceback" not in done.err
