"""Read back what the pipeline wrote: cleaned tables, findings, receipts and outcomes of validation."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from nsoc_lib.disclosure import Release
from nsoc_lib.disclosure_profile import DisclosureProfile
from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.expectation import Validation
from nsoc_lib.paths import Study, current_study
from nsoc_lib.published import Dossier, Facts, build_facts
from nsoc_lib.receipt import Receipt, TableReceipt
from nsoc_lib.source_rows import SourceTable
from nsoc_lib.sources.disclosure import load_current_profile, load_forbidden_words, load_releases
from nsoc_lib.sources.stored import StoredTable
from nsoc_lib.sources.study import load_codebook, load_meting
from nsoc_lib.survey import Finding, Survey


@dataclass(frozen=True)
class DataQuality:
    """What is known about the quality of the data of folders under ``data/raw``.

    ``ontvangsten`` has one receipt per questionnaire with answers, ``tabellen`` one per transcribed table.
    """

    toetsingen: tuple[Validation, ...]
    bevindingen: tuple[Finding, ...]
    ontvangsten: tuple[Receipt, ...] = ()
    tabellen: tuple[TableReceipt, ...] = ()


def load_survey(meting: str, instrument: str) -> Survey:
    """Read a cleaned questionnaire with its codebook and record.

    Its tables are empty when the answers were never published. Raises NsocError when the meting
    has no such instrument or was not cleaned yet.
    """
    study = current_study()
    record = load_meting(study, meting).select_survey(instrument)
    # Survey takes a table on disk where it promises rows, and reads it when rows are asked.
    stored: list[Any] = [StoredTable(_made_file(study, meting, name)) for name in record.tabellen]
    answers, respondents, open_answers, *choices = stored or [pd.DataFrame() for _ in range(3)]
    return Survey(
        meting=meting,
        antwoorden=answers,
        respondenten=respondents,
        open_antwoorden=open_answers,
        keuzes=choices[0].frame if choices else pd.DataFrame(),
        codeboek=load_codebook(study, meting, record.codeboek),
        opgave=record,
        dataset=_dataset(study, meting, instrument) if record.bestand else record.codeboek,
        profiel=load_current_profile(study),
    )


def load_rules() -> DisclosureProfile:
    """Read the disclosure profile in force."""
    return load_current_profile(current_study())


def load_decisions() -> tuple[Release, ...]:
    """Read what reviewers decided about outputs; none where nobody decided anything."""
    return load_releases(current_study())


def load_words(meting: str) -> tuple[str, ...]:
    """Read the names, units and places that no quotation of a meting may hold; none where nobody listed any."""
    return load_forbidden_words(current_study(), meting)


def load_source_table(meting: str, name: str) -> SourceTable:
    """Read a cleaned table that was transcribed from a source. Raises NsocError when meting.yml has none of that name."""
    study = current_study()
    raw = next((table for table in load_meting(study, meting).tabellen if table.naam == name), None)
    if raw is None:
        raise NsocError(
            study.show(study.record_file(meting)),
            found=f'geen tabel "{name}"',
            expected="een blok onder tabellen met deze naam",
            remedy="Voeg de tabel toe aan meting.yml, of verbeter de naam in het notebook.",
        )
    return SourceTable(meting, _load_parquet(study, meting, name), raw.herkomst, _dataset(study, meting, name))


def find_source_table(meting: str, name: str) -> SourceTable | None:
    """Read a table that a study may supply; None as long as its ``meting.yml`` does not name it."""
    named = any(table.naam == name for table in load_meting(current_study(), meting).tabellen)
    return load_source_table(meting, name) if named else None


def load_source_tables(metingen: str, name: str) -> tuple[SourceTable, ...]:
    """Read the table of this name of each meting, in the order of ``metingen`` (folders, with spaces between).

    A meting without that table is absent from the result. Raises NsocError when a folder is named
    twice, and when none of them has the table.
    """
    study = current_study()
    folders = metingen.split()
    if not folders or len(set(folders)) < len(folders):
        raise NsocError(
            "de parameter metingen",
            found=f'"{metingen}"',
            expected="een of meer mappen onder data/raw, elk een keer, met spaties ertussen",
            remedy="Verbeter de parameter in evaluatie.yml of in het notebook.",
        )
    found = tuple(table for folder in folders if (table := find_source_table(folder, name)) is not None)
    if not found:
        raise NsocError(
            enumerate_nl([study.show(study.record_file(folder)) for folder in folders]),
            found=f'geen tabel "{name}"',
            expected="bij ten minste een meting een blok onder tabellen met deze naam",
            remedy="Voeg de tabel toe aan meting.yml, of verbeter de parameter metingen van het notebook.",
        )
    return found


def load_facts(kader: str) -> Facts:
    """Read the fixed facts from the sources; each is a result with its locator."""
    return build_facts(load_source_table(kader, "feiten"))


def load_dossiers(metingen: str) -> tuple[Dossier, ...]:
    """Read all that was cleaned of several metingen, named with spaces between, in that order."""
    study = current_study()
    records = [load_meting(study, folder) for folder in dict.fromkeys(metingen.split())]
    return tuple(
        Dossier(
            meting=record,
            enquetes={e.instrument: load_survey(record.naam, e.instrument) for e in record.enquetes},
            tabellen={table.naam: load_source_table(record.naam, table.naam) for table in record.tabellen},
        )
        for record in records
    )


def load_quality(*folders: str) -> DataQuality:
    """Read outcomes of validation, findings of cleaning and receipts for these folders.

    One text may name several folders, with spaces between.
    """
    study = current_study()
    validations, findings = [], []
    receipts, tables = [], []
    for folder in dict.fromkeys(" ".join(folders).split()):
        notes, meting = _load_json(study, study.cleaning_file(folder)), load_meting(study, folder)
        findings += [Finding(**(finding | {"meting": folder})) for finding in notes["bevindingen"]]
        for raw in notes["ontvangst"]:
            name = raw["instrument"]
            known = {"herkomst": meting.select_survey(name).herkomst, "dataset": f"{name}@{notes['datasets'][name]}"}
            receipts.append(Receipt.from_json(raw, meting=folder, **known))
        tables += [TableReceipt(**(raw | {"meting": folder})) for raw in notes["tabellen"]]
        validations += [
            Validation.from_json(_load_json(study, study.validation_file(folder, table))) for table in notes["datasets"]
        ]
    return DataQuality(tuple(validations), tuple(findings), tuple(receipts), tuple(tables))


def _dataset(study: Study, meting: str, name: str) -> str:
    return f"{name}@{_load_json(study, study.cleaning_file(meting))['datasets'][name]}"


def _load_parquet(study: Study, meting: str, table: str) -> pd.DataFrame:
    return StoredTable(_made_file(study, meting, table)).frame


def _made_file(study: Study, meting: str, table: str) -> Path:
    path = study.table_file(meting, table)
    if not path.exists():
        raise _not_made(study, path)
    return path


def _load_json(study: Study, path: Path) -> Any:
    if not path.exists():
        raise _not_made(study, path)
    return json.loads(path.read_text(encoding="utf-8"))


def _not_made(study: Study, path: Path) -> NsocError:
    return NsocError(
        study.show(path),
        found="nog niet gemaakt",
        expected="een bestand dat make report maakt",
        remedy="Draai eerst make report.",
    )
