"""Invented data past one laptop's comfort, as cleaning leaves them; the same seed gives the same cells.

Every table is written in pieces, and every cell is tallied while it is written: that is what counting must find.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from nsoc_lib.paths import Study
from nsoc_lib.publish.files import write_json

METING, INSTRUMENT = "groot", "enquete"
LABELS = ("Zeer oneens", "Oneens", "Neutraal", "Eens", "Zeer eens", "Weet niet")
STATUSES = ("geldig", "overgeslagen", "niet bereikt")
GROUPS = tuple(f"Regio {letter}" for letter in "ABCDEFGHIJKL")
KINDS = ("aanvraag", "besluit", "bezwaar", "beroep", "intrekking")
STATEMENTS = tuple(f"stelling-{number:02d}" for number in range(1, 41))
PIECE = 25_000  # respondents: a row group of a million answers
REGISTER_PIECE = 1_000_000


@dataclass(frozen=True)
class Tally:
    """What was written: ``answers`` by statement, answer, status; ``groups`` by statement, answer, group.

    The last place of answer and of group counts missing.
    """

    answers: np.ndarray
    groups: np.ndarray


def category(codes: np.ndarray, levels: tuple[str, ...]) -> pa.DictionaryArray:
    """Return codes as a categorical column; -1 is missing."""
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int8), mask=codes < 0), list(levels))


def text(codes: np.ndarray, words: list[str]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32)), words).cast(pa.large_string())


def write_survey(data: Path, respondents: int, seed: int = 20240131) -> Tally:
    """Write a study of one questionnaire with 40 statements, cleaned, and return what its cells must be."""
    study = Study(data, data.parent / "reports")
    random = np.random.default_rng(seed)
    write_record(study, respondents)
    count = len(STATEMENTS)
    tally = Tally(np.zeros((count, len(LABELS) + 1, 3), np.int64), np.zeros((count, len(LABELS) + 1, 13), np.int64))
    writers: dict[str, pq.ParquetWriter] = {}
    for start in range(0, respondents, PIECE):
        people = np.arange(start, min(start + PIECE, respondents))
        group = random.integers(-1, len(GROUPS), len(people))  # one in thirteen has none
        answer = random.choice(7, (len(people), count), p=[0.1, 0.2, 0.15, 0.3, 0.15, 0.05, 0.05])
        status = np.where(answer < 6, 0, random.integers(1, 3, answer.shape))
        for number in range(count):
            np.add.at(tally.answers[number], (answer[:, number], status[:, number]), 1)
            np.add.at(tally.groups[number], (answer[:, number], group), 1)
        each, which = np.repeat(people - start, count), np.tile(np.arange(count), len(people))
        names = [f"r{number + 1:03d}" for number in people]
        tables = {
            INSTRUMENT: pa.table({
                "respondent": text(each, names), "stelling": category(which, STATEMENTS),
                "thema": category(which // 10, ("een", "twee", "drie", "vier")),
                "antwoord": category(np.where(answer < 6, answer, -1).ravel(), LABELS),
                "status": category(status.ravel(), STATUSES), "rij": np.repeat(people + 4, count),
                "kolom": text(which, [f"Q{number}" for number in range(count)]),
            }),
            "respondenten": pa.table({
                "respondent": pa.array(names, pa.large_string()), "compleet": np.ones(len(people), bool),
                "groep": category(group, GROUPS), "rij": people + 4,
            }),
        }  # fmt: skip
        for name, table in tables.items():
            if name not in writers:
                writers[name] = pq.ParquetWriter(study.table_file(METING, name), table.schema)
            writers[name].write_table(table)
    for writer in writers.values():
        writer.close()
    pd.DataFrame({"respondent": [], "vraag": []}).to_parquet(study.table_file(METING, "open_antwoorden"))
    return tally


def write_register(path: Path, rows: int, seed: int = 20240131) -> np.ndarray:
    """Write a register of kind and region, and return its counts by kind and region; the last place is missing."""
    random = np.random.default_rng(seed)
    tally = np.zeros((len(KINDS) + 1, len(GROUPS) + 1), np.int64)
    writer = None
    for start in range(0, rows, REGISTER_PIECE):
        many = min(REGISTER_PIECE, rows - start)
        kind, group = random.integers(-1, len(KINDS), many), random.integers(-1, len(GROUPS), many)
        np.add.at(tally, (kind, group), 1)
        table = pa.table({
            "nummer": np.arange(start, start + many), "soort": category(kind, KINDS), "regio": category(group, GROUPS),
        })  # fmt: skip
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    if writer:
        writer.close()
    return tally


def write_record(study: Study, respondents: int) -> None:
    """Write the record, codebook and bookkeeping that reading such a questionnaire takes."""
    scale = {
        "herkomst": "vragenlijst", "antwoorden": [{"code": n, "label": label} for n, label in enumerate(LABELS, 1)],
        "instemmend": ["Eens", "Zeer eens"], "weet_niet": ["Weet niet"],
    }  # fmt: skip
    statements = [
        {"id": name, "kolom": f"Q{n}", "import_id": f"QID{n}", "thema": ("een", "twee", "drie", "vier")[n // 10],
         "kort": name, "tekst": name, "schaal": "eens", "richting": "positief"} for n, name in enumerate(STATEMENTS)
    ]  # fmt: skip
    group = {"id": "groep", "kolom": "G", "import_id": "QIDG", "tekst": "Regio", "antwoorden": list(GROUPS),
             "kleinste_groep": 3}  # fmt: skip
    codebook = {
        "instrument": INSTRUMENT, "schalen": {"eens": scale}, "stellingen": statements, "achtergrond": [group],
        "themas": {"een": "Een", "twee": "Twee", "drie": "Drie", "vier": "Vier"},
    }  # fmt: skip
    invited = [
        {"groep": name, "aantal": respondents, "herkomst": "waargenomen", "bron": "verzonnen"} for name in GROUPS
    ]
    fieldwork = {
        "vorm": "internet", "periode": "mei", "herinneringen": "geen", "redenen_niet_meedoen": "onbekend",
        "uitgenodigd": respondents * len(GROUPS), "bron_uitgenodigd": "verzonnen", "groepen": invited,
    }  # fmt: skip
    survey = {
        "instrument": INSTRUMENT, "bestand": "export.csv", "formaat": "qualtrics", "codeboek": "codeboek.yml",
        "herkomst": "gesimuleerd", "toelichting": "Verzonnen.", "afronding": "percentage van de som",
        "weging": {"keuze": "geen", "reden": "Iedereen is gevraagd."}, "veldwerk": fieldwork,
    }  # fmt: skip
    folder = study.raw / METING
    folder.mkdir(parents=True)
    (folder / "codeboek.yml").write_text(yaml.safe_dump(codebook, allow_unicode=True), encoding="utf-8")
    record = {"meting": METING, "titel": "Groot", "enquetes": [survey]}
    (folder / "meting.yml").write_text(yaml.safe_dump(record, allow_unicode=True), encoding="utf-8")
    write_json(study.cleaning_file(METING), {"datasets": {INSTRUMENT: "proef"}})
