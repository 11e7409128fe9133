"""Read the syntax file that LimeSurvey writes beside its data file for R: names, labels and levels by column.

The text is read for four forms of statement and never executed; anything else in it is passed over.
"""

from __future__ import annotations

import re

from nsoc_lib.errors import NsocError
from nsoc_lib.sources.limesurvey_fields import (
    ANDERS,
    EEN,
    MEER,
    MOST_FIELDS,
    NOT_SELECTED,
    OTHER,
    OVERIG,
    RANG,
    TOELICHTING,
    YES,
    Field,
    Structure,
    flatten,
    is_rank,
    key_of,
)  # fmt: skip

MOST_CHARACTERS = 30_000  # of one text; LimeSurvey cuts at 25,500
_TEXT = rf'"(?:[^"\\]|\\.){{0,{MOST_CHARACTERS}}}"'
_LABEL = re.compile(rf"^attributes\(data\)\$variable\.labels\[(\d{{1,6}})\] *<- *({_TEXT})", re.MULTILINE | re.DOTALL)
_NAME = re.compile(rf"^names\(data\)\[(\d{{1,6}})\] *<- *({_TEXT})", re.MULTILINE)
_FACTOR = re.compile(r"^data\[, *(\d{1,6})\] *<- *factor\(data\[, *\d{1,6}\], *levels *= *c\(", re.MULTILINE)
_BETWEEN = re.compile(r"\) *, *labels *= *c\(")
_VALUE = re.compile(rf"\s*({_TEXT}|[^\s,()\"]{{1,100}})\s*(,?)", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def read_syntax(text: str, where: str) -> Structure:
    """Return the fields of a syntax file, in the order of the columns of the data file.

    A column whose name the file does not set has the name "". Raises NsocError when the file has no
    such statement, and for levels and labels that differ in number.
    """
    texts = {int(match[1]): _unquote(match[2]) for match in _LABEL.finditer(text)}
    names = {int(match[1]): _unquote(match[2]) for match in _NAME.finditer(text)}
    if not names:
        raise NsocError(
            where,
            found='tekst zonder regels als names(data)[1] <- "id"',
            expected="het syntaxbestand voor R van LimeSurvey",
            remedy="Exporteer in LimeSurvey de antwoorden als R (syntax file), naast R (data file).",
        )
    labels = _read_labels(text, where)
    last = max(*names, *texts, *labels, 0)
    if last > MOST_FIELDS:
        raise NsocError(
            where,
            found=f"kolom {last}",
            expected=f"ten hoogste {MOST_FIELDS} kolommen",
            remedy="Kijk of dit het goede bestand is.",
        )
    order = tuple(_stable(names.get(number, "")) for number in range(1, last + 1))
    several = {
        name.partition("_")[0] for number, name in enumerate(order, 1) if name and _is_several(labels.get(number, {}))
    }
    fields = [
        _field(name, texts.get(number, ""), labels.get(number, {}), several)
        for number, name in enumerate(order, 1)
        if name
    ]
    return Structure.build(where, fields, order)


def _stable(name: str) -> str:
    """Return the stable name: the scale of a dual question is counted from one, as in a CSV export."""
    head, mark, scale = name.partition("#")
    return f"{head}_{int(scale) + 1}" if mark and scale in {"0", "1"} else name


def _field(name: str, text: str, labels: dict[str, str], several: set[str]) -> Field:
    question, _, part = name.partition("_")
    sub = text[1 : text.find("]")] if text.startswith("[") and "]" in text else ""
    if part == OTHER:
        kind = ANDERS
    elif _is_several(labels):
        kind = MEER
    elif part.isdecimal() and is_rank(sub):
        kind = RANG
    elif part.endswith("comment") and question in several:
        kind = TOELICHTING
    else:
        kind = EEN if labels else OVERIG
    return Field(name, question, part, kind, flatten(text), labels, {key_of(w): c for c, w in labels.items()})


def _is_several(labels: dict[str, str]) -> bool:
    words = {label.casefold() for label in labels.values()}
    return len(words) == 2 and bool(words & YES) and bool(words & NOT_SELECTED)


def _read_labels(text: str, where: str) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for match in _FACTOR.finditer(text):
        levels, end = _read_values(text, match.end())
        between = _BETWEEN.match(text, end)
        labels = _read_values(text, between.end())[0] if between else []
        if len(levels) != len(labels):
            raise NsocError(
                f"{where}, kolom {match[1]}",
                found=f"{len(levels)} codes en {len(labels)} labels",
                expected="bij elke code een label: levels=c(…),labels=c(…)",
                remedy="Exporteer het syntaxbestand opnieuw uit LimeSurvey; bewerk het niet met de hand.",
            )
        found[int(match[1])] = dict(zip(levels, map(flatten, labels), strict=True))
    return found


def _read_values(text: str, start: int) -> tuple[list[str], int]:
    """Return the values of one c(…) and the place where reading stopped."""
    values: list[str] = []
    match = _VALUE.match(text, start)
    while match:
        values.append(_unquote(match[1]))
        start = match.end()
        match = _VALUE.match(text, start) if match[2] else None
    return values, start


def _unquote(text: str) -> str:
    """Return what stands between the quotation marks of R; a number stands as it is."""
    return _ESCAPED.sub(r"\1", text[1:-1]) if text.startswith('"') else text
