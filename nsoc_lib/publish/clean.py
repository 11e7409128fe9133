"""The step from ``data/raw`` to ``data/processed``: read, clean, write Parquet, findings and receipts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from nsoc_lib.cleaning import clean_survey
from nsoc_lib.codebook import Codebook
from nsoc_lib.errors import NsocError
from nsoc_lib.matching import match_export
from nsoc_lib.meting import REFI, Meting, RawTable, SurveyRecord
from nsoc_lib.paths import Study
from nsoc_lib.publish.files import content_hash, write_json, write_whole
from nsoc_lib.receipt import Receipt, TableReceipt, build_receipt, build_table_receipt
from nsoc_lib.sources.coded_tables import load_coded_table
from nsoc_lib.sources.export import Export, Note
from nsoc_lib.sources.limesurvey import load_limesurvey
from nsoc_lib.sources.plain import load_plain
from nsoc_lib.sources.qualtrics import load_qualtrics
from nsoc_lib.sources.spreadsheet import load_spreadsheet
from nsoc_lib.sources.spss import load_spss
from nsoc_lib.sources.study import load_codebook, load_meting
from nsoc_lib.sources.tabular import count_rows, load_table
from nsoc_lib.survey import Cleaned, Finding

CODING_COLUMNS = {"respons": "tekst", "vraag": "tekst", "code": "tekst", "codeur": "tekst"}
READERS: dict[str, Callable[..., Export]] = {  # a third argument is the structure, or the sheet of an Excel file
    "qualtrics": load_qualtrics,
    "limesurvey": load_limesurvey,
    "spss": load_spss,
    "excel": load_spreadsheet,
    "csv": load_plain,
}
BY_NAME = ("spss", "excel", "csv")  # formats that know a column by its name, so the codebook must tell what it is


def raw_files(study: Study, meting: Meting) -> list[Path]:
    """Return the record of a meting and every file that it names, each once."""
    names = [n for r in meting.enquetes for n in (r.bestand, r.codeboek, r.codering, r.structuur)]
    names += [table.bestand for table in meting.tabellen]
    return [study.record_file(meting.naam), *(study.raw / meting.naam / name for name in dict.fromkeys(names) if name)]


def clean_folder(study: Study, folder: str) -> None:
    """Clean every table of one folder under ``data/raw`` and write them whole.

    Nothing is written when anything is wrong: all tables are read, and what came in is compared with
    what goes out, before the first is written.
    """
    meting = load_meting(study, folder)
    tables: dict[str, pd.DataFrame] = {}
    datasets: dict[str, str] = {}
    findings: list[Finding] = []
    receipts: list[Receipt] = []
    for record in meting.enquetes:
        codebook = _load_codebook(study, meting, record)
        if not record.bestand:
            continue  # never published: there is nothing to clean
        cleaned, receipt = _clean_survey(study, meting, record, codebook)
        version = content_hash([study.raw / folder / name for name in record.versie_van])
        frames = [cleaned.antwoorden, cleaned.respondenten, cleaned.open_antwoorden]
        frames += [cleaned.keuzes] if record.keuzevragen else []
        for name, frame in zip(record.tabellen, frames, strict=True):
            tables[name], datasets[name] = frame, version
        findings += cleaned.bevindingen
        receipts.append(receipt)
    for table in meting.tabellen:
        tables[table.naam], told = _load(study, meting, table)
        findings += [finding for finding in map(_tell, told) if finding not in findings]  # two tables may share a file
        datasets[table.naam] = content_hash([study.raw / folder / table.bestand])
    rows = [
        _receive_table(study, meting, table, tables[table.naam]) for table in meting.tabellen if table.formaat != REFI
    ]
    for name, frame in tables.items():
        write_whole(study.table_file(folder, name), frame.to_parquet(index=False))
    notes = {
        "datasets": datasets,
        "bevindingen": [_without_folder(finding.__dict__) for finding in findings],
        "ontvangst": [receipt.to_json() for receipt in receipts],
        "tabellen": [_without_folder(row.__dict__) for row in rows],
    }
    write_json(study.cleaning_file(folder), notes)


def _without_folder(entry: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in entry.items() if name != "meting"}


def _load_codebook(study: Study, meting: Meting, record: SurveyRecord) -> Codebook:
    """Read the codebook; the record says of which instrument it is, and whether it lists more than statements."""
    codebook = load_codebook(study, meting.naam, record.codeboek)
    if codebook.instrument != record.instrument:
        raise NsocError(
            f"{study.show(study.raw / meting.naam / record.codeboek)}, sleutel instrument",
            found=f'"{codebook.instrument}"',
            expected=f'"{record.instrument}", het instrument van deze enquete in meting.yml',
            remedy="Noem in meting.yml het codeboek van dit instrument, of verbeter de naam.",
        )
    if record.keuzevragen != bool(codebook.vragenlijst):
        raise NsocError(
            f"{study.show(study.record_file(meting.naam))}, enquete {record.instrument}",
            found=f"keuzevragen: {'true' if record.keuzevragen else 'false'}, en {len(codebook.vragenlijst)} onder vragen",
            expected="keuzevragen: true als het codeboek een lijst vragen heeft, en anders niet",
            remedy="Verbeter keuzevragen in meting.yml, of de lijst vragen in het codeboek.",
        )
    return codebook


def _clean_survey(study: Study, meting: Meting, record: SurveyRecord, codebook: Codebook) -> tuple[Cleaned, Receipt]:
    export_path = _raw(study, meting, record.bestand)
    coding_path = _raw(study, meting, record.codering)
    extra = [_raw(study, meting, record.structuur)] if record.structuur else [record.blad] if record.blad else []
    no_codes = pd.DataFrame(columns=[*CODING_COLUMNS, "rij"])
    where = study.show(export_path)
    coding = load_table(coding_path, study.show(coding_path), CODING_COLUMNS) if record.codering else no_codes
    export = READERS[record.formaat](export_path, where, *extra)
    export = match_export(export, codebook) if record.formaat in BY_NAME else export
    cleaned = clean_survey(export, codebook, coding, study.show(coding_path))
    return cleaned, build_receipt(export, codebook, cleaned, coding)


def _receive_table(study: Study, meting: Meting, table: RawTable, frame: pd.DataFrame) -> TableReceipt:
    path = _raw(study, meting, table.bestand)
    read = len(frame) if table.formaat == REFI else count_rows(path, study.show(path))
    return build_table_receipt(table.naam, read, len(frame), study.show(path))


def _load(study: Study, meting: Meting, table: RawTable) -> tuple[pd.DataFrame, tuple[Note, ...]]:
    path = _raw(study, meting, table.bestand)
    if table.formaat == REFI:
        return load_coded_table(path, study.show(path), table, study.show(study.record_file(meting.naam)))
    return load_table(path, study.show(path), table.kolommen), ()


def _tell(note: Note) -> Finding:
    """Return what a reader did as a finding for the chapter on the quality of the data."""
    text = f"{note.wat[:1].upper()}{note.wat[1:]}: {note.waarom} ({note.aantal})"
    return Finding(note.soort, text, note.aantal)


def _raw(study: Study, meting: Meting, name: str) -> Path:
    return study.raw / meting.naam / name
