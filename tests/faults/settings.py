"""What a case may need in the study beside the raw data of the repository: an export of another program, supplied tables.

Every setting by itself gives a report without a fault (``test_faults.py`` checks it), so what a case
finds is what the case did.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import invented_survey
import limesurvey_files
import refi_files
import yaml
from fictitious import raw_record

EXAMPLES = Path(__file__).resolve().parents[1] / "voorbeelden"
FOLDER = "meting-9"
TABLES = ("thermometer", "thermometer_respondenten", "thermometer_open_antwoorden", "thermometer_keuzes",
          "respondenten", "open_antwoorden")  # fmt: skip
CONTENTS = """\
titel: Verzonnen
ondertitel: Voor een proef
opstellers: niemand
status: concept
versie: "0.1"
datum: 1 mei 2027
verantwoording: [Verzonnen.]
delen:
  - titel: Uitkomsten
    hoofdstukken:
      - titel: Kwaliteit
        notebook: datakwaliteit
        parameters: {metingen: meting-9, kader: meting-9}
"""
CODED = {
    "codeboek_open": ("soort versie code label thema definitie wel niet", {"soort": "inductief", "versie": "mei"}),
    "coderingen": ("respondent vraag fragment code codeur datum telt", {"vraag": "interviews"}),
}


def make_setting(study: Path, name: str) -> None:
    """Put the files of a setting in a study."""
    _SETTINGS[name](study)


def _survey(study: Path, formaat: str, files: dict[str, bytes], codebook: dict[str, Any], **record: Any) -> None:
    """Put one meting with one survey in a study, as its only folder with a chapter."""
    meting = raw_record(FOLDER, "verzonnen", "waargenomen", 6)
    meting["enquetes"][0] |= {"formaat": formaat, "bestand": next(iter(files)), **record}
    suite = {
        "type": "expect_table_row_count_to_be_between",
        "kwargs": {"min_value": 0},
        "severity": "critical",
        "meta": {"reden": "Een tabel is er."},
    }
    own = study / "data" / "expectations"
    own.mkdir()
    for table in TABLES:
        (own / f"{table}.json").write_text(json.dumps({"name": table, "expectations": [suite]}), encoding="utf-8")
    _folder(study, meting, files | {"codeboek.yml": yaml.safe_dump(codebook, allow_unicode=True).encode()})


def _folder(study: Path, record: dict[str, Any], files: dict[str, bytes]) -> None:
    folder = study / "data" / "raw" / FOLDER
    folder.mkdir()
    (folder / "meting.yml").write_text(yaml.safe_dump(record, allow_unicode=True, sort_keys=False), encoding="utf-8")
    for name, content in files.items():
        (folder / name).write_bytes(content)
    (study / "data" / "raw" / "evaluatie.yml").write_text(CONTENTS, encoding="utf-8")


def _spss(study: Path) -> None:
    _survey(study, "spss", {"antwoorden.sav": invented_survey.spss_bytes()}, invented_survey.raw_codebook(), keuzevragen=True)  # fmt: skip


def _excel(study: Path) -> None:
    _survey(study, "excel", {"antwoorden.xlsx": invented_survey.excel_bytes()}, invented_survey.raw_codebook(), keuzevragen=True)  # fmt: skip


def _plain(study: Path) -> None:
    _survey(study, "csv", {"antwoorden.csv": invented_survey.plain_bytes()}, invented_survey.raw_codebook(), keuzevragen=True)  # fmt: skip


def _limesurvey(study: Path) -> None:
    files = {"antwoorden.csv": limesurvey_files.csv_text().encode(), "vragen.lss": limesurvey_files.lss().encode()}
    _survey(study, "limesurvey", files, limesurvey_files.CODEBOOK, structuur="vragen.lss")


def _coded(study: Path) -> None:
    project = refi_files.project_bytes(refi_files.CODES, refi_files.DOCUMENTS, refi_files.CODINGS)
    tables = [
        {"naam": name, "bestand": "interviews.qdpx", "formaat": "refi-qda", "herkomst": "waargenomen", "bron": "verzonnen",
         "kolommen": dict.fromkeys(columns.split(), "tekst"), "aanvulling": supplied}
        for name, (columns, supplied) in CODED.items()
    ]  # fmt: skip
    _folder(study, {"meting": FOLDER, "titel": "Verzonnen", "tabellen": tables}, {"interviews.qdpx": project})


def _supplied(study: Path) -> None:
    """Add the examples of tables that a researcher may supply to the folders of the chapter on quality."""
    shutil.copytree(EXAMPLES, study / "data" / "raw" / "voorbeelden")
    contents = study / "data" / "raw" / "evaluatie.yml"
    text = contents.read_text(encoding="utf-8")
    assert "versterking-2021, kader: kader" in text
    contents.write_text(text.replace("versterking-2021, kader: kader", "versterking-2021 voorbeelden, kader: kader"), encoding="utf-8")  # fmt: skip


_SETTINGS: dict[str, Callable[[Path], None]] = {
    "spss": _spss, "excel": _excel, "csv": _plain, "limesurvey": _limesurvey, "interviews": _coded, "tabellen": _supplied,
}  # fmt: skip
SETTINGS = tuple(_SETTINGS)
