"""The step from ``data/raw`` to ``data/processed``: read, clean, write Parquet and findings."""

from __future__ import annotations

import io
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
from nsoc_lib.sources.coded_tables import load_coded_table
from nsoc_lib.sources.export import Export, Note
from nsoc_lib.sources.limesurvey import load_limesurvey
from nsoc_lib.sources.plain import load_plain
from nsoc_lib.sources.qualtrics import load_qualtrics
from nsoc_lib.sources.spreadsheet import load_spreadsheet
from nsoc_lib.sources.spss import load_spss
from nsoc_lib.sources.study import load_codebook, load_meting
from nsoc_lib.sources.tabular import load_table
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


def clean_folder(study: Study, folder: str) -> None:
    """Clean every table of one folder under ``data/raw`` and write them whole.

    Nothing is written when anything is wrong: all tables are read before the first is written.
    """
    meting = load_meting(study, folder)
    tables: dict[str, pd.DataFrame] = {}
    datasets: dict[str, str] = {}
    findings: list[dict[str, object]] = []
    for record in meting.enquetes:
        codebook = _load_codebook(study, meting, record)
        if not record.bestand:
            continue  # never published: there is nothing to clean
        cleaned = _clean_survey(study, meting, record, codebook)
        version = content_hash([study.raw / folder / name for name in record.versie_van])
        frames = [cleaned.antwoorden, cleaned.respondenten, cleaned.open_antwoorden]
        frames += [cleaned.keuzes] if record.keuzevragen else []
        for name, frame in zip(record.tabellen, frames, strict=True):
            tables[name], datasets[name] = frame, version
        findings += [finding.__dict__ for finding in cleaned.bevindingen]
    for table in meting.tabellen:
        tables[table.naam], notes = _load(study, meting, table)
        findings += [told for told in map(_tell, notes) if told not in findings]  # two tables may share a file
        datasets[table.naam] = content_hash([study.raw / folder / table.bestand])
    for name, frame in tables.items():
        write_whole(study.table_file(folder, name), _parquet(frame))
    write_json(study.cleaning_file(folder), {"datasets": datasets, "bevindingen": findings})


def _load_codebook(study: Study, meting: Meting, record: SurveyRecord) -> Codebook:
    """Read the codebook; the record says whether it lists more than statements and open questions."""
    codebook = load_codebook(study, meting.naam, record.codeboek)
    if record.keuzevragen != bool(codebook.vragenlijst):
        raise NsocError(
            f"{study.show(study.record_file(meting.naam))}, enquete {record.instrument}",
            found=f"keuzevragen: {'true' if record.keuzevragen else 'false'}, en {len(codebook.vragenlijst)} onder vragen",
            expected="keuzevragen: true als het codeboek een lijst vragen heeft, en anders niet",
            remedy="Verbeter keuzevragen in meting.yml, of de lijst vragen in het codeboek.",
        )
    return codebook


def _clean_survey(study: Study, meting: Meting, record: SurveyRecord, codebook: Codebook) -> Cleaned:
    export_path = _raw(study, meting, record.bestand)
    coding_path = _raw(study, meting, record.codering)
    extra = [_raw(study, meting, record.structuur)] if record.structuur else [record.blad] if record.blad else []
    no_codes = pd.DataFrame(columns=[*CODING_COLUMNS, "rij"])
    where = study.show(export_path)
    export = READERS[record.formaat](export_path, where, *extra)
    return clean_survey(
        match_export(export, codebook) if record.formaat in BY_NAME else export,
        codebook,
        load_table(coding_path, study.show(coding_path), CODING_COLUMNS) if record.codering else no_codes,
        study.show(coding_path),
    )


def _load(study: Study, meting: Meting, table: RawTable) -> tuple[pd.DataFrame, tuple[Note, ...]]:
    path = _raw(study, meting, table.bestand)
    if table.formaat == REFI:
        return load_coded_table(path, study.show(path), table, study.show(study.record_file(meting.naam)))
    return load_table(path, study.show(path), table.kolommen), ()


def _tell(note: Note) -> dict[str, object]:
    """Return what a reader did as a finding for the chapter on the quality of the data."""
    text = f"{note.wat[:1].upper()}{note.wat[1:]}: {note.waarom} ({note.aantal})"
    return Finding(note.soort, text, note.aantal).__dict__


def _raw(study: Study, meting: Meting, name: str) -> Path:
    return study.raw / meting.naam / name


def _parquet(frame: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.to_parquet(buffer, index=False)
    return buffer.getvalue()
