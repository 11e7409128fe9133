"""A fictitious questionnaire of LimeSurvey and four invented people, written as LimeSurvey writes its files.

The layouts follow what LimeSurvey 3 and 6 write: CSV with three kinds of heading and two kinds of
answer, the data file with the syntax file of R, and the structure (.lss) with and without separate texts.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from fictitious import raw_record

from nsoc_lib.paths import Study

FIXED = {
    "nl": ("Respons ID", "Datum verstuurd", "Laatste pagina", "Begin taal", "Seed", "Startdatum", "IP-adres"),
    "en": ("Response ID", "Date submitted", "Last page", "Start language", "Seed", "Date started", "IP address"),
    "de": ("Antwort ID", "Datum Abgeschickt", "Letzte Seite", "Start-Sprache", "Zufallsstartwert", "Datum gestartet",
           "IP-Adresse"),
}  # fmt: skip
FIXED_CODES = ("id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "ipaddr")
YES_NO = {"nl": ("Ja", "Nee", "N.v.t."), "en": ("Yes", "No", "N/A"), "de": ("Ja", "Nein", "N/A")}
OTHER = {"nl": "Anders", "en": "Other", "de": "Sonstiges"}
RANK = {"nl": "Rang", "en": "Rank", "de": "Rang"}


@dataclass(frozen=True)
class Asked:
    """One question: its code, type, text, sub-questions and answers by code, and whether it has "anders"."""

    code: str
    type: str
    text: str
    subs: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    other: bool = False

    def parts(self) -> list[str]:
        """Return what follows the code in the heading of each column: nothing, or a part between brackets."""
        parts = list(self.subs)
        if self.type == "R":
            parts = [str(rank) for rank in range(1, len(self.answers) + 1)]
        if self.type not in {"M", "F", "R"}:
            parts = [""]
        return [*parts, "other"] if self.other else parts


HELP = {"SQ001": "Tijd", "SQ002": "Geld", "SQ003": "Mensen"}
QUESTIONS = (
    Asked("G01Q01", "F", "<p>Geef uw mening.</p>", {"SQ001": "Wij delen het doel.", "SQ002": "Er is genoeg tijd."},
          {"A1": "Oneens", "A2": "Eens"}),
    Asked("G01Q02", "L", "Waar werkt u?", answers={"AO01": "Gemeente", "AO02": "Politie"}, other=True),
    Asked("G02Q03", "M", "Wat hielp?", HELP),
    Asked("G02Q04", "R", "Zet op volgorde.", answers=HELP),
    Asked("G03Q05", "M", "Wat hinderde?", {"SQ001": "Regels", "SQ002": "Afstand"}, other=True),
    Asked("G03Q06", "Y", "Werkt u er nog?"),
    Asked("G04Q07", "T", "Wat ontbreekt?"),
)  # fmt: skip
COLUMNS = [(question, part) for question in QUESTIONS for part in question.parts()]
# A codebook of one statement; what it leaves out, it leaves out aloud.
LEFT_OUT = (
    "G01Q01[SQ002]", "G01Q02", "G01Q02[other]", "G02Q03[SQ001]", "G02Q03[SQ002]", "G02Q03[SQ003]", "G02Q04[SQ001]",
    "G02Q04[SQ002]", "G02Q04[SQ003]", "G03Q05[SQ001]", "G03Q05[SQ002]", "G03Q05[other]", "G03Q06", "G04Q07",
)  # fmt: skip
CODEBOOK: dict[str, Any] = {
    "instrument": "thermometer",
    "schalen": {
        "eens": {
            "herkomst": "vragenlijst",
            "antwoorden": [{"code": "A1", "label": "Oneens"}, {"code": "A2", "label": "Eens"}],
            "instemmend": ["Eens"],
        }
    },
    "themas": {"draagvlak": "Draagvlak"},
    "stellingen": [
        {"id": "doel", "kolom": "G01Q01[SQ001]", "import_id": "G01Q01_SQ001", "thema": "draagvlak", "kort": "Doel",
         "tekst": "Wij delen het doel.", "schaal": "eens", "richting": "positief"}
    ],
    "overslaan": [{"kolom": tag, "reden": "Niet nodig."} for tag in LEFT_OUT],
}  # fmt: skip


@dataclass(frozen=True)
class Person:
    """One invented person: the last page, and per column the code that LimeSurvey keeps; None was never shown."""

    number: int
    page: int
    cells: dict[str, str | None]
    submitted: bool = True


def _cells(*values: str | None) -> dict[str, str | None]:
    return dict(zip([f"{q.code}[{part}]" if part else q.code for q, part in COLUMNS], values, strict=True))


PEOPLE = (
    Person(3, 4, _cells("A2", "A1", "AO01", "", "Y", "Y", "", "SQ002", "SQ001", "", "Y", "", "", "Y", 'Meer; "tijd"')),
    Person(5, 4, _cells("A2", "", "-oth-", "Rijk", "", "Y", "Y", "SQ003", "", "", "", "Y", "Ruzie", "N", "")),
    Person(8, 2, _cells("A1", "A2", "AO02", "", "Y", "", "", "", "", "", None, None, None, None, None), submitted=False),
    Person(9, 0, _cells(*[None] * 15), submitted=False),
)  # fmt: skip


def heading(question: Asked, part: str, kind: str, language: str) -> str:
    """Return the heading of one column: its code, its full text, or both."""
    code = f"{question.code}[{part}]" if part else question.code
    sub = question.subs.get(part, OTHER[language] if part == "other" else f"{RANK[language]} {part}")
    text = question.text.removeprefix("<p>").removesuffix("</p>") + (f" [{sub}]" if part else "")
    return {"code": code, "tekst": text, "beide": f"{code}. {text}"}[kind]


def answer(question: Asked, part: str, cell: str | None, language: str) -> str:
    """Return an answer as an export with answer texts shows it."""
    yes, no, absent = YES_NO[language]
    if question.type == "Y" or (question.type == "M" and part != "other"):
        return {"Y": yes, "N": no, "": no if question.type == "M" else absent, None: absent}[cell]
    return OTHER[language] if cell == "-oth-" else question.answers.get(cell or "", cell or "")


def csv_text(kind: str = "code", answers: str = "codes", language: str = "nl", people: tuple[Person, ...] = PEOPLE,
             separator: str = ",") -> str:  # fmt: skip
    """Return an export: every cell between quotation marks, CRLF, and a white line at the end."""
    fixed = [
        {"code": code, "tekst": title, "beide": f"{code}. {title}"}[kind]
        for code, title in zip(FIXED_CODES, FIXED[language], strict=True)
    ]
    rows = [[*fixed, *(heading(question, part, kind, language) for question, part in COLUMNS)]]
    for person in people:
        cells = zip(COLUMNS, person.cells.values(), strict=True)
        shown = [answer(q, part, c, language) if answers == "teksten" else c or "" for (q, part), c in cells]
        rows.append([*fixed_cells(person, language), *shown])
    return _written(rows, separator) + "\r\n"


def fixed_cells(person: Person, language: str = "nl") -> list[str]:
    submitted = "1980-01-01 00:00:00" if person.submitted else ""
    page = str(person.page) if person.page else ""
    return [str(person.number), submitted, page, language, "1234567", "2026-05-01 10:00:00", ""]


def _written(rows: list[list[str]], separator: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def r_data(yes: str = "1", no: str = "0") -> str:
    """Return the data file for R: several answers as numbers, headings as codes."""
    rows = [[*FIXED_CODES, *(heading(question, part, "code", "nl") for question, part in COLUMNS)]]
    for person in PEOPLE:
        cells = fixed_cells(person)
        for (question, part), cell in zip(COLUMNS, person.cells.values(), strict=True):
            shown = cell or ""
            if question.type == "M" and part != "other" and cell is not None:
                shown = yes if cell == "Y" else no
            if question.type == "Y":
                shown = {"Y": "1", "N": "2"}.get(shown, "")
            cells.append(shown)
        rows.append(cells)
    return _written(rows, ",")


def r_syntax(yes: str = "1", no: str = "0") -> str:
    """Return the syntax file that goes with the data file for R."""
    lines = [
        'data <- read.csv("survey_1_R_data_file.csv", quote = "\'\\"", na.strings=c("", "\\"\\""), fileEncoding="UTF-8")',
        "",
        "",
    ]
    columns: list[tuple[str, str, dict[str, str]]] = [(code, code, {}) for code in FIXED_CODES]
    for question, part in COLUMNS:
        labels = question.answers
        if question.type in {"M", "Y"}:
            labels = {yes: "Ja", no: "Niet geselecteerd"} if question.type == "M" else {"1": "Ja", "2": "Nee"}
        sub = question.subs.get(part, "Anders" if part == "other" else f"Rang {part}")
        text = (f"[{sub}] " if part else "") + question.text.removeprefix("<p>").removesuffix("</p>")
        columns.append((f"{question.code}_{part}" if part else question.code, text, {} if part == "other" else labels))
    for number, (name, text, labels) in enumerate(columns, 1):
        lines += ["# LimeSurvey Field type: A", f"data[, {number}] <- as.character(data[, {number}])"]
        lines.append(f'attributes(data)$variable.labels[{number}] <- "{_escaped(text)}"')
        if labels:
            levels = ",".join(code if code.isdecimal() else f'"{code}"' for code in labels)
            shown = ", ".join(f'"{_escaped(label)}"' for label in labels.values())
            lines.append(f"data[, {number}] <- factor(data[, {number}], levels=c({levels}),labels=c({shown}))")
        lines.append(f'names(data)[{number}] <- "{name}"')
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("'", "\\'")


def lss(version: int = 6) -> str:
    """Return the structure: texts in the rows of the questions (3) or in tables of their own (6)."""
    split = version >= 4
    tables: dict[str, list[dict[str, str]]] = {
        "answers": [], "answer_l10ns": [], "questions": [], "subquestions": [], "question_l10ns": [],
        "surveys": [{"sid": "1", "language": "nl"}],
    }  # fmt: skip

    def add(table: str, row: dict[str, str], texts: str, text: str) -> None:
        if split:
            tables[table].append(row)
            key = "aid" if table == "answers" else "qid"
            tables[texts].append({key: row[key], "language": "nl", "answer" if key == "aid" else "question": text})
        else:
            tables[table].append(row | {"language": "nl", "answer" if table == "answers" else "question": text})

    number = 0
    for order, question in enumerate(QUESTIONS):
        number += 1
        parent = str(number)
        row = {"qid": parent, "parent_qid": "0", "gid": "1", "type": question.type, "title": question.code}
        add("questions", row | {"other": "Y" if question.other else "N", "question_order": str(order), "scale_id": "0"},
            "question_l10ns", question.text)  # fmt: skip
        for place, (code, text) in enumerate(question.subs.items()):
            number += 1
            row = {"qid": str(number), "parent_qid": parent, "gid": "1", "type": "T", "title": code}
            add("subquestions", row | {"question_order": str(place), "scale_id": "0"}, "question_l10ns", text)
        for place, (code, text) in enumerate(question.answers.items()):
            number += 1
            row = {"aid": str(number), "qid": parent, "code": code, "sortorder": str(place), "scale_id": "0"}
            add("answers", row, "answer_l10ns", text)
    body = "".join(_table(name, rows) for name, rows in tables.items() if rows)
    kind = "<LimeSurveyDocType>Survey</LimeSurveyDocType>\n <DBVersion>623</DBVersion>"
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<document>\n {kind}\n'
            f" <languages>\n  <language>nl</language>\n </languages>\n{body}</document>\n")  # fmt: skip


def _table(name: str, rows: list[dict[str, str]]) -> str:
    fields = "".join(f"   <fieldname>{key}</fieldname>\n" for key in rows[0])
    shown = "".join(
        "   <row>\n"
        + "".join(f"    <{key}><![CDATA[{value}]]></{key}>\n" for key, value in row.items())
        + "   </row>\n"
        for row in rows
    )
    return f" <{name}>\n  <fields>\n{fields}  </fields>\n  <rows>\n{shown}  </rows>\n </{name}>\n"


def write(folder: Path, name: str, text: str, *, mark: str = "\ufeff") -> Path:
    """Write a file as LimeSurvey does, with a byte order mark, and return its path."""
    path = folder / name
    path.write_bytes((mark + text).encode("utf-8"))
    return path


def write_study(root: Path) -> Study:
    """Return a study of one meting, meting-9, with an export of which the heading is full texts, and its structure."""
    folder = root / "data" / "raw" / "meting-9"
    folder.mkdir(parents=True)
    record = raw_record("meting-9", "", "waargenomen", 4)
    record["enquetes"][0] |= {"formaat": "limesurvey", "structuur": "survey.lss"}
    for name, content in (("meting.yml", record), ("codeboek.yml", CODEBOOK)):
        (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    write(folder, "export.csv", csv_text("beide", "teksten"))
    write(folder, "survey.lss", lss(), mark="")
    return Study(root / "data", root / "reports")
