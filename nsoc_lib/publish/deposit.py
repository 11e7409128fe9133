"""The step behind ``make deposit``: a cleaned meting as CSV, Parquet and SPSS, with its codebook.

Files go to ``DATA/processed/<meting>/export`` and never to ``reports``: they hold answers per person.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from nsoc_lib.deposit import WITHHELD, Deposited, build_codebook_table, build_long, build_wide
from nsoc_lib.errors import NsocError
from nsoc_lib.meting import Meting
from nsoc_lib.paths import Study, check_name
from nsoc_lib.publish.files import content_hash, write_whole
from nsoc_lib.sources.study import load_codebook, load_meting

SUFFIXES = ("csv", "parquet", "sav")
WIDE = "_breed"
# SPSS cuts longer labels without a word, in the middle of a letter if need be.
MOST_LABEL_BYTES, MOST_TEXT_BYTES, MOST_NAME_BYTES = 120, 255, 64
DATE_PLACE, NO_DATE = slice(92, 109), b"01 Jan 0000:00:00"  # when the file was made: date and time, in the header


def deposit_meting(study: Study, name: str) -> list[Path]:
    """Write every cleaned table of a meting, a wide table per questionnaire and the codebook; return the files.

    Nothing is written when anything is wrong. Files of an earlier deposit that no longer belong to
    it are removed. Raises NsocError when the meting was not cleaned, or its raw files changed since.
    """
    meting = load_meting(study, check_name(name, "de naam van de meting"))
    tables = _tables(study, meting)
    content = {
        study.deposit_folder(name) / f"{table.naam}.{suffix}": _render(table, suffix)
        for table in [*tables, build_codebook_table(tables)]
        for suffix in SUFFIXES
    }
    for path, whole in content.items():
        write_whole(path, whole)
    for path in study.deposit_folder(name).iterdir():
        if path not in content and path.suffix.removeprefix(".") in SUFFIXES:
            path.unlink()
    return list(content)


def render_sav(table: Deposited) -> bytes:
    """Return a table as an SPSS file, the same bytes for the same table: the date in its header says nothing.

    Raises NsocError when the date is not where SPSS puts it.
    """
    import pyreadstat

    labels: dict[str, dict[float | int, str]] = {
        name: {code: _cut(label, MOST_LABEL_BYTES) for code, label in variable.labels.items()}
        for name, variable in table.variabelen.items()
        if variable.labels
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tabel.sav"
        pyreadstat.write_sav(
            table.gecodeerd,
            path,
            file_label=_cut(f"{table.herkomst}: {table.naam}" if table.herkomst else table.naam, MOST_NAME_BYTES),
            column_labels=[_cut(table.variabelen[name].tekst, MOST_TEXT_BYTES) for name in table.gecodeerd.columns],
            variable_value_labels=labels,
            missing_ranges={name: _ranges(v.ontbreekt) for name, v in table.variabelen.items() if v.ontbreekt},
            variable_measure=dict.fromkeys(labels, "nominal"),
            variable_format={
                name: "F8.0" for name in table.gecodeerd.columns if pd.api.types.is_integer_dtype(table.gecodeerd[name])
            },
        )
        raw = bytearray(path.read_bytes())
    if not re.fullmatch(rb"\d\d [A-Z][a-z]{2} \d\d\d\d:\d\d:\d\d", bytes(raw[DATE_PLACE])):
        raise NsocError(
            f"{table.naam}.sav",
            found=f"geen datum op de plaats waar SPSS die zet ({bytes(raw[DATE_PLACE])!r})",
            expected="een datum, om weg te halen",
            remedy="Gebruik de versie van pyreadstat uit requirements.lock.",
        )
    raw[DATE_PLACE] = NO_DATE
    return bytes(raw)


def _tables(study: Study, meting: Meting) -> list[Deposited]:
    """Return the wide table of each questionnaire and every cleaned table that does not link people."""
    linking = {table.naam for table in meting.tabellen if "deelnemer" in table.kolommen.values()}
    datasets = _datasets(study, meting)
    frames = {name: _load(study, meting, name, datasets) for name in meting.table_sources if name not in linking}
    wide = [
        replace(
            build_wide(
                f"{record.instrument}{WIDE}",
                tuple(frames[name] for name in record.tabellen),
                load_codebook(study, meting.naam, record.codeboek),
            ),
            herkomst=record.herkomst,
        )
        for record in meting.enquetes
        if record.bestand
    ]
    asked = {name for record in meting.enquetes for name in record.tabellen}
    long = [
        replace(build_long(name, frame, WITHHELD if name in asked else ()), herkomst=meting.table_sources[name][1])
        for name, frame in frames.items()
    ]
    tables = [*wide, *long]
    names = [table.naam for table in tables]
    taken = [name for name in names if names.count(name) > 1 or name == "codeboek"]
    if taken or not tables:
        raise NsocError(
            study.show(study.record_file(meting.naam)),
            found=f'een tabel met de naam "{taken[0]}"' if taken else "geen tabellen",
            expected=f"ten minste een tabel, en geen met de naam codeboek of een die op {WIDE} eindigt als een enquete",
            remedy="Geef de tabel in meting.yml een andere naam." if taken else "Kies een meting met gegevens.",
        )
    return tables


def _datasets(study: Study, meting: Meting) -> dict[str, str]:
    path = study.cleaning_file(meting.naam)
    if not path.exists():
        raise NsocError(
            study.show(path),
            found="nog niet gemaakt",
            expected="de schoongemaakte tabellen van deze meting",
            remedy="Draai eerst make report.",
        )
    datasets: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))["datasets"]
    return datasets


def _load(study: Study, meting: Meting, name: str, datasets: dict[str, str]) -> pd.DataFrame:
    of_survey = [record.versie_van for record in meting.enquetes if name in record.tabellen]
    names = of_survey[0] if of_survey else (meting.table_sources[name][0],)
    raw = [study.raw / meting.naam / file for file in names]
    path = study.table_file(meting.naam, name)
    if not path.exists() or not all(file.exists() for file in raw) or content_hash(raw) != datasets.get(name):
        raise NsocError(
            study.show(path),
            found=f"een tabel die niet bij het huidige {names[0]} hoort",
            expected="tabellen die na de laatste wijziging zijn schoongemaakt",
            remedy="Draai eerst make report.",
        )
    return pd.read_parquet(path)


def _render(table: Deposited, suffix: str) -> bytes:
    if suffix == "sav":
        return render_sav(table)
    if suffix == "csv":
        return table.tabel.to_csv(index=False, lineterminator="\n").encode("utf-8")
    return table.tabel.to_parquet(index=False)


def _ranges(codes: Iterable[int]) -> list[Any]:
    """Return the codes as SPSS declares them: the negative ones as one range, and one other."""
    numbers = sorted(codes)
    kinds = [code for code in numbers if code < 0]
    return [{"lo": kinds[0], "hi": kinds[-1]}, *(code for code in numbers if code >= 0)]


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore")
