"""Write exports of Qualtrics in each layout it ever had. Every respondent in them is invented."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Field:
    """One column: tag, question text, ImportId, and what else its cell in the third row holds."""

    tag: str
    text: str
    import_id: str
    extra: dict[str, str] = field(default_factory=dict)


SYSTEM = (
    Field("StartDate", "Startdatum", "startDate", {"timeZone": "Europe/Amsterdam"}),
    Field("Status", "Type antwoord", "status"),
    Field("Progress", "Voortgang", "progress"),
    Field("Finished", "Voltooid", "finished"),
    Field("ResponseId", "Antwoord-ID", "_recordId"),
)
LEGACY_SYSTEM = ("ResponseID", "ResponseSet", "Name", "ExternalDataReference", "EmailAddress", "IPAddress",
                 "Status", "StartDate", "EndDate", "Finished")  # fmt: skip
EARLY_SYSTEM = (
    Field("ResponseID", "ResponseID", "responseId"),
    Field("ResponseSet", "ResponseSet", "responseSetId"),
    Field("Status", "Status", "status"),
    Field("Finished", "Finished", "finished"),
    Field("RecipientEmail", "RecipientEmail", "panel-RecipientEmail"),
)


def delimited(rows: list[list[str]], separator: str = ",") -> str:
    """Return rows as text, with quotation marks where they are needed."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows(rows)
    return text.getvalue()


def current_rows(fields: tuple[Field, ...], answers: list[list[str]]) -> list[list[str]]:
    """Return three header rows, the third in JSON, and the answers."""
    objects = [json.dumps({"ImportId": f.import_id} | f.extra, separators=(",", ":")) for f in fields]
    return [[f.tag for f in fields], [f.text for f in fields], objects, *answers]


def current(fields: tuple[Field, ...], *answers: list[str], separator: str = ",") -> str:
    """Return a current export; ``fields`` come after the system columns, answers are of the fields alone."""
    people = [
        ["2026-01-05 10:00:00", "IP Address", "100", "True", f"R_{number}", *cells]
        for number, cells in enumerate(answers, 1)
    ]
    return delimited(current_rows((*SYSTEM, *fields), people), separator)


def early(fields: tuple[Field, ...], *answers: list[str]) -> str:
    """Return an early Insights export: the third row Python-style, other system columns, no Progress."""
    columns = (*EARLY_SYSTEM, *fields)
    objects = [f"{{'ImportId': '{f.import_id}'}}" for f in columns]
    people = [[f"R_{n}", "Default Response Set", "0", *cells[:1], "", *cells[1:]] for n, cells in enumerate(answers, 1)]
    return delimited([[f.tag for f in columns], [f.text for f in columns], objects, *people])


def legacy(questions: dict[str, str], *answers: list[str]) -> str:
    """Return a legacy export: two header rows, V1 to V10 for the system, a comma at the end of each row."""
    header = [
        [*(f"V{n}" for n in range(1, 11)), *questions, "LocationAccuracy", ""],
        [*LEGACY_SYSTEM, *questions.values(), "LocationAccuracy", ""],
    ]
    people = [
        [f"R_{n}", "Standard-Antwortsatz", "Anonym", "", "", "192.0.2.7", "0", "2017-07-18 08:28:09",
         "2017-07-18 08:28:48", *cells, "-1", ""]
        for n, cells in enumerate(answers, 1)
    ]  # fmt: skip
    return delimited([*header, *people])


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip with these files in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return buffer.getvalue()
