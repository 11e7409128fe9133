"""Texts that want to be more than text, put in every place of a study where a researcher or a respondent writes."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from conftest import SMALL, StudyFolder, expect_little, new_small_study

MARK = "nsoc-gekaapt"  # what would show that something ran
PAYLOADS = (
    f"<script>document.title='{MARK}';alert(1)</script>",
    f"<img src=x onerror=\"document.title='{MARK}'\">",
    f"<svg xmlns='http://www.w3.org/2000/svg' onload=\"document.title='{MARK}'\"><script>alert(1)</script></svg>",
    '<a href="javascript:alert(1)">klik</a> [klik](javascript:alert(1)) ![b](https://example.org/b.png)',
    "</style></title></textarea></table></script><iframe src='https://example.org/'></iframe>",
    "\"><link rel=stylesheet href='https://example.org/s.css'> ' onmouseover='alert(1)",
    "{{ 7*191 }} {% for i in range(9) %}x{% endfor %} {# weg #} ${7*191} #{7*191}",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;script&#62;alert(1)&#60;/script&#62; <!-- ]]> <![CDATA[ --!>",
    "**vet** _schuin_ `code` # kop | cel | $x^2$ \\(x\\) ~~~ > citaat",
    "@import 'https://example.org/s.css'; } body { display: none } \\3c script>",
)
UNSEEN = (
    "\x1b[31mrood\x1b[0m \x1b]0;titel\x07 \x1b[2J",
    "\u202egnirts edreekegmo\u202c \u2066afgezonderd\u2069 \u200f",
    "\x00nul \x08terug \x7f wis \x9b31m",
)
FORMULAS = ("=1+1", "+1+1", "-2+3", "@SUM(A1)", "\t=cmd|' /C calc'!A0")
FOLDERS = ("kader", "meting-1", "meting-2")
OTHER = "versterking-2021"
# One is about that study, two repeat what others show.
LEFT_OUT = ("veldwerk", "zekerheid", "berekend_naast_gepubliceerd")
LONG = "lang " * 20_000
WRITTEN = {"titel", "ondertitel", "opstellers", "label", "kort", "tekst", "toelichting", "reden", "verantwoording",
           "bij_nagebootst", "themas", "organisatie", "vorm", "bron"}  # fmt: skip
COLUMNS = {"label", "vraag", "tekst", "verwoording", "toelichting", "omschrijving", "bewijs", "uitleg", "vindplaats"}


def new_study_to_poison(root: Path) -> StudyFolder:
    """Return a study with a few chapters, none of them about the study of 2021."""
    study = new_small_study(root, [name for name in SMALL if name not in LEFT_OUT], [f"meting: {OTHER}"])
    study.replace("evaluatie.yml", f" {OTHER}", "")
    return study


def poison(study: StudyFolder) -> int:
    """Put the corpus in every text of the study that is not a key; return in how many places."""
    known = _descriptions(study)
    expect_little(study, f"Een tabel is er. {PAYLOADS[0]}")
    return len(known) + _tables(study, known) + _open_answers(study)


def _descriptions(study: StudyFolder) -> dict[str, str]:
    """Spoil the YAML files; return every text that was spoiled with what it became, the same in all files."""
    payloads = itertools.cycle(PAYLOADS)
    known: dict[str, str] = {}

    def spoil(text: str) -> str:
        return known.setdefault(text, f"{text} {next(payloads)}")

    described = [study.raw / "evaluatie.yml", study.raw / "meting-1" / "codeboek.yml"]
    described += [study.raw / folder / "meting.yml" for folder in FOLDERS]
    for change in (spoil, lambda text: known.get(text, text)):  # a label is named again elsewhere
        for path in described:
            values = yaml.safe_load(path.read_text(encoding="utf-8"))
            changed = _in_yaml(values, "", change, everywhere=change is not spoil)
            path.write_text(yaml.safe_dump(changed, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return known


def _tables(study: StudyFolder, known: dict[str, str]) -> int:
    """Spoil the cells of tables that hold more than one word, and use labels as they are called now."""
    texts = itertools.cycle((*UNSEEN, *PAYLOADS, *FORMULAS))
    count = 0
    for path in [path for folder in FOLDERS for path in sorted((study.raw / folder).glob("*.csv"))]:
        rows = _read(path)
        for row in rows[1:]:
            for number, (name, cell) in enumerate(zip(rows[0], row, strict=False)):
                row[number] = known.get(cell, cell)
                if cell not in known and name in COLUMNS and " " in cell.strip():
                    row[number] = f"{cell[:-1]} {next(texts)}?" if cell.endswith("?") else f"{cell} {next(texts)}"
                    count += 1
        _write(path, rows)
    return count


def _in_yaml(value: Any, key: str, spoil: Callable[[str], str], *, everywhere: bool) -> Any:
    if isinstance(value, dict):
        if key == "kolommen":
            return value  # kinds of columns, which have the names of columns as keys
        inside = key in WRITTEN  # a block of labels, as themas has
        return {
            name: _in_yaml(item, key if inside else str(name), spoil, everywhere=everywhere)
            for name, item in value.items()
        }
    if isinstance(value, list):
        return [_in_yaml(item, key, spoil, everywhere=everywhere) for item in value]
    return spoil(value) if isinstance(value, str) and (everywhere or key in WRITTEN) else value


def _open_answers(study: StudyFolder) -> int:
    rows = _read(study.export)
    column = rows[0].index("Q5")
    given = [row for row in rows[3:] if row[column]]
    texts = (*FORMULAS, LONG, *UNSEEN, *PAYLOADS)
    for row, text in zip(given, itertools.cycle(texts), strict=False):
        row[column] = text
    _write(study.export, rows)
    return min(len(given), len(texts))


def _read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _write(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
