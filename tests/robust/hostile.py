"""Texts that want to be more than text, put in every place of a study where a researcher or a respondent writes."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml
from conftest import StudyFolder

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
LONG = "lang " * 20_000
WRITTEN = {"titel", "ondertitel", "opstellers", "label", "kort", "tekst", "toelichting", "reden", "verantwoording",
           "bij_nagebootst", "themas", "organisatie", "vorm", "bron"}  # fmt: skip
COLUMNS = {"label", "vraag", "tekst", "verwoording", "toelichting", "omschrijving", "bewijs", "uitleg", "vindplaats"}


def poison(study: StudyFolder) -> int:
    """Put the corpus in every text of the study that is not a key; return in how many places."""
    payloads = itertools.cycle(PAYLOADS)
    known: dict[str, str] = {}  # a label that stands in several files is the same label in all

    def spoil(text: str) -> str:
        return known.setdefault(text, f"{text} {next(payloads)}")

    for path in [
        study.raw / "evaluatie.yml",
        *sorted(study.raw.glob("*/codeboek.yml")),
        *sorted(study.raw.glob("*/meting.yml")),
    ]:
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
        path.write_text(
            yaml.safe_dump(_in_yaml(values, "", spoil), allow_unicode=True, sort_keys=False), encoding="utf-8"
        )
    rename = dict(known)
    count = len(known)
    unseen = itertools.cycle((*UNSEEN, *PAYLOADS, *FORMULAS))
    for path in sorted(study.raw.glob("*/*.csv")):
        rows = _read(path)
        head = rows[0]
        for row in rows[1:]:
            for number, cell in enumerate(row):
                name = head[number] if number < len(head) else ""
                if cell in rename:
                    row[number] = rename[cell]
                elif name in COLUMNS and cell.strip():
                    row[number] = f"{cell} {next(unseen)}"
                    count += 1
        _write(path, rows)
    return count + _open_answers(study)


def _in_yaml(value: Any, key: str, spoil: Callable[[str], str]) -> Any:
    if isinstance(value, dict):
        if key == "kolommen":
            return value  # kinds of columns, which have the names of columns as keys
        inside = key in WRITTEN  # a block of labels, as themas has
        return {name: _in_yaml(item, key if inside else str(name), spoil) for name, item in value.items()}
    if isinstance(value, list):
        return [_in_yaml(item, key, spoil) for item in value]
    return spoil(value) if isinstance(value, str) and key in WRITTEN else value


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


def texts_of(value: Any) -> Iterator[str]:
    """Return every text in a nested value, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inside in value.items():
            yield from (key, *texts_of(inside))
    elif isinstance(value, list):
        for inside in value:
            yield from texts_of(inside)
