"""One fictitious meting saved by three programs, from export to report: the numbers do not depend on the program.

Eight invented people answer two statements, one question with a choice and one with several. The codebook is the one
that ``make codebook`` proposes for the SPSS file, with its order confirmed: the whole road a researcher goes.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from conftest import ROOT, StudyFolder, run_forked
from qualtrics_files import SYSTEM, Field, current_rows, delimited
from spss_files import Variable, sav_bytes

SCALE = {1: "Oneens", 2: "Neutraal", 3: "Eens", 9: "Weet niet"}
REGION, PARTNERS = {1: "Noord", 2: "Zuid"}, {1: "Politie", 2: "Gemeente"}
# doel, tijd, regio, Politie, Gemeente; 0 is no answer
PEOPLE = [
    (3, 1, 1, 1, 0), (3, 2, 1, 1, 1), (1, 3, 2, 0, 1), (2, 9, 2, 1, 0),
    (3, 3, 1, 0, 1), (3, 0, 2, 1, 1), (9, 1, 1, 1, 0), (1, 1, 2, 1, 0),
]  # fmt: skip
TAGS = ("doel", "tijd", "regio", "partners_1", "partners_2")
TEXTS = ("Wij delen het doel.", "Er is genoeg tijd.", "Regio", "Met wie? - Politie", "Met wie? - Gemeente")
CONTENTS = """\
titel: Verzonnen
ondertitel: Voor een test
opstellers: niemand
status: concept
versie: "0.1"
datum: 1 mei 2027
verantwoording: [Verzonnen.]
delen:
  - titel: Uitkomsten
    hoofdstukken:
      - titel: Stellingen
        notebook: procesthermometer
        parameters: {meting: meting-9, instrument: peiling, thema: stellingen}
      - titel: Kwaliteit
        notebook: datakwaliteit
        parameters: {metingen: meting-9, kader: meting-9}
"""
RECORD = """\
meting: meting-9
onderzoek: verzonnen
titel: Verzonnen meting
enquetes:
  - instrument: peiling
    bestand: BESTAND
    formaat: FORMAAT
    codeboek: codeboek.yml
    keuzevragen: true
    herkomst: waargenomen
    toelichting: Verzonnen.
    afronding: percentage van de som
    weging: {keuze: geen, reden: Iedereen is gevraagd.}
    veldwerk: {vorm: internet, periode: mei, herinneringen: geen, redenen_niet_meedoen: onbekend, uitgenodigd: 9,
      bron_uitgenodigd: verzonnen, groepen: [{groep: Allen, aantal: 9, herkomst: waargenomen, bron: verzonnen}]}
"""


def words(person: tuple[int, ...]) -> list[str]:
    goal, time, region, police, council = person
    return [SCALE.get(goal, ""), SCALE.get(time, ""), REGION[region],
            PARTNERS[1] if police else "", PARTNERS[2] if council else ""]  # fmt: skip


def codes(person: tuple[int, ...]) -> list[str]:
    return [str(cell) if cell else "" for cell in person]


def qualtrics(shown: list[list[str]], finished: str, status: str) -> bytes:
    fields = [Field(tag, text, tag) for tag, text in zip(TAGS, TEXTS, strict=True)]
    people = [["2026-01-05", status, "100", finished, f"R_{n}", *cells] for n, cells in enumerate(shown)]
    return delimited(current_rows((*SYSTEM, *fields), people)).encode()


def spss() -> bytes:
    labels = (SCALE, SCALE, REGION, {0: "Nee", 1: "Ja"}, {0: "Nee", 1: "Ja"})
    asked = [Variable(tag, text, labels=own) for tag, text, own in zip(TAGS, TEXTS, labels, strict=True)]
    rows = [(f"R_{n}", 1, 100, 0, *p[:1], p[1] or None, *p[2:]) for n, p in enumerate(PEOPLE)]
    return sav_bytes(
        [Variable("ResponseId", breedte=8), *map(Variable, ("Finished", "Progress", "Status")), *asked], rows
    )


def excel() -> bytes:
    from openpyxl import Workbook

    book, buffer = Workbook(), io.BytesIO()
    book.active.append(["ResponseId", "Finished", "Progress", "Status", *TAGS])
    for number, person in enumerate(PEOPLE):
        book.active.append([f"R_{number}", True, 100, "IP Address", *(cell or None for cell in words(person))])
    book.save(buffer)
    return buffer.getvalue()


FILES = {
    "antwoorden.sav": ("spss", spss()),
    "codes.csv": ("qualtrics", qualtrics([codes(p) for p in PEOPLE], "1", "0")),
    "tekst.csv": ("qualtrics", qualtrics([words(p) for p in PEOPLE], "True", "IP Address")),
    "antwoorden.xlsx": ("excel", excel()),
}


def put(study: StudyFolder, name: str) -> Path:
    """Put one of the four files in the meting, as its only export."""
    folder = study.raw / "meting-9"
    formaat, content = FILES[name]
    (folder / name).write_bytes(content)
    (folder / "meting.yml").write_text(RECORD.replace("BESTAND", name).replace("FORMAAT", formaat), encoding="utf-8")
    return folder / name


@pytest.fixture(scope="module")
def ledgers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, str]]]:
    """The ledger of the report on each file; the codebook is made once, from the SPSS file."""
    study = StudyFolder(tmp_path_factory.mktemp("formaten"))
    (study.raw / "meting-9").mkdir(parents=True)
    (study.raw / "evaluatie.yml").write_text(CONTENTS, encoding="utf-8")
    made = run_forked(["codebook", str(put(study, "antwoorden.sav"))])
    assert made.code == 0, made.err
    proposed = study.raw / "meting-9" / "codeboek.voorstel.yml"
    lines = proposed.read_text(encoding="utf-8").splitlines(keepends=True)
    confirmed = [line for line in lines if not line.startswith("    volgorde: te bevestigen")]
    assert len(confirmed) < len(lines)
    proposed.with_name("codeboek.yml").write_text("".join(confirmed), encoding="utf-8")
    found = {}
    for name in FILES:
        put(study, name)
        done = study.run()
        assert done.code == 0, done.err
        found[name] = list(csv.DictReader(io.StringIO((study.reports / "resultaten.csv").read_text(encoding="utf-8"))))
    return found


def test_four_formats_give_one_ledger(ledgers: dict[str, list[dict[str, str]]]) -> None:
    """Every number about answers is the same; only the hash of the file and the receipt of columns may differ."""
    shown = {
        name: {row["id"]: {key: cell for key, cell in row.items() if key != "dataset"}
               for row in rows if ".ontvangst." not in row["id"]}
        for name, rows in ledgers.items()
    }  # fmt: skip
    assert len(shown["antwoorden.sav"]) > 20
    for name in FILES:
        assert shown[name] == shown["antwoorden.sav"], name


def test_the_numbers_are_those_counted_by_hand(ledgers: dict[str, list[dict[str, str]]]) -> None:
    """Four of the seven with an opinion agree on the aim, and two of the six on time; "weet niet" is in no base."""
    results = {row["id"]: row for row in ledgers["codes.csv"]}
    shares = [results[f"meting-9.peiling.stellingen.{name}.eens"] for name in ("doel", "tijd")]
    assert [(share["count"], share["n"], share["population"]) for share in shares] == [("4", "7", "9"), ("2", "6", "9")]


def test_the_repository_gets_no_expectations_of_a_study(ledgers: dict[str, list[dict[str, str]]]) -> None:
    """What make codebook proposes for another questionnaire stays in the study."""
    assert ledgers
    assert not list((ROOT / "expectations").glob("peiling*"))
