"""The step that asks a source's own tables whether they agree, and keeps every question for the researcher."""

from __future__ import annotations

import csv
import io

import pandas as pd

from nsoc_lib.consistency import ConsistencyFinding, audit_consistency, finding_rows, list_criteria
from nsoc_lib.ledger import guard_formula
from nsoc_lib.meting import Meting
from nsoc_lib.paths import Study
from nsoc_lib.publish.files import write_whole

TABLES = ("gepubliceerd", "gepubliceerde_respons", "uitspraken")
DATES = "datums"
CRITERIA = "toetsingskader"


def can_be_asked(meting: Meting, kader: Meting | None) -> bool:
    """Return whether the tables that the rules speak of are there."""
    known = kader is not None and {DATES, CRITERIA} <= set(kader.table_sources)
    return known and all(name in meting.table_sources for name in TABLES)


def write_findings(study: Study, meting: str, kader: str) -> None:
    """Write all findings on the tables of one meting to ``samenhang.csv``, one row each."""
    published, response, statements = (pd.read_parquet(study.table_file(meting, name)) for name in TABLES)
    dates, criteria = (pd.read_parquet(study.table_file(kader, name)) for name in (DATES, CRITERIA))
    findings = audit_consistency(published, response, statements, dates, list_criteria(criteria))
    write_whole(study.findings_file(meting), _csv(findings).encode("utf-8"))


def _csv(findings: tuple[ConsistencyFinding, ...]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([guard_formula(cell) for cell in row] for row in finding_rows(findings))
    return text.getvalue()
