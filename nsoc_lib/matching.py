"""Tell, with the codebook, what the columns and codes of a file are that knows them by name only.

A file of SPSS, Excel or a plain CSV has no ImportIds: a column is found by its name. What a code
means is said by the file's own labels, because 1 to 5 may run either way; the codebook must agree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from nsoc_lib.codebook import Codebook
from nsoc_lib.errors import NsocError
from nsoc_lib.questions import EEN, KIES, LUS, MEER, TOESTEMMING
from nsoc_lib.sources.dont_know import WHY, ask_dont_know
from nsoc_lib.sources.export import (
    AANGENOMEN,
    FINISHED,
    HERNOEMD,
    NIET_GEKOZEN,
    PROGRESS,
    RESPONSE_ID,
    STATUS,
    SYSTEM_COLUMNS,
    Column,
    Export,
    Note,
    Response,
)
from nsoc_lib.sources.system_columns import TRUE, assumed_columns, complete_columns

SYSTEEM = {"deelnemer": RESPONSE_ID, "compleet": FINISHED, "voortgang": PROGRESS, "status": STATUS}
FALSE = frozenset({"false", "onwaar", "nee", "no"})
TRUNCATED = 55  # bytes; SPSS cuts a value label at 60 or 120 bytes, and a longer one may be the beginning of ours
RESERVED = frozenset(["ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"])


@dataclass(frozen=True)
class _Known:
    """What the codebook knows of one column: label per code, labels that may be declared missing, yes or empty."""

    codes: Mapping[str, str]
    labels: tuple[str, ...]
    ontbreekbaar: tuple[str, ...] = ()
    gekozen: bool = False


def match_export(export: Export, codebook: Codebook) -> Export:
    """Return the export with the columns and answers of the codebook.

    A column gets the ImportId that the codebook has for its name, or the system column that the
    codebook declares it to be. A code becomes the label that the file gives it. Raises NsocError
    when a declared column is absent, and when file and codebook call one code differently.
    """
    assumed = assumed_columns(export.notities)
    columns = tuple(column for column in export.columns if column.import_id not in assumed)
    names = _names(columns, codebook, export.where)
    known = _known(codebook)
    counts: Counter[tuple[str, str, str]] = Counter()
    responses = []
    for response in export.responses:
        cells, kinds = {}, dict[str, str]()
        for column in columns:
            name = names[column.import_id]
            cell, kind = response.cells[column.import_id], response.ontbreekt.get(column.import_id, "")
            if name == FINISHED:
                cell = _finished(column, cell)
            elif name in known:
                where = f"{export.where}, rij {response.rij}, kolom {column.tag}"
                cell, kind = _answer(known[name], column, (cell, kind), where, counts)
            cells[name] = cell
            if kind:
                kinds[name] = kind
        responses.append(Response(response.rij, cells, kinds))
    renamed = [column for column in columns if names[column.import_id] != column.import_id]
    if renamed:
        counts[HERNOEMD, "kolommen onder de naam van het codeboek", "herkend aan hun naam in het bestand"] = len(
            renamed
        )
    matched = tuple(replace(column, import_id=names[column.import_id]) for column in columns)
    completed, filled, notes = complete_columns(matched, responses)
    answered = _answered(columns, names, codebook)
    asked = ask_dont_know(columns, export.responses, answered)
    kept = tuple(note for note in export.notities if not assumed_columns([note]) and note.waarom != WHY)
    found = tuple(Note(*key, count) for key, count in counts.items())
    return replace(export, columns=completed, responses=filled, notities=(*kept, *asked, *found, *notes))


def _answered(columns: tuple[Column, ...], names: Mapping[str, str], codebook: Codebook) -> set[tuple[str, str]]:
    """Return column and label of what the codebook says is no opinion, is no answer, is an option, or is not read."""
    said = {
        stelling.import_id: (*scale.weet_niet, *scale.ontbreekt)
        for stelling in codebook.stellingen
        for scale in [codebook.scale_of(stelling)]
    }
    options = {name: known.labels for name, known in _known(codebook).items() if name not in said}
    return {
        (column.import_id, label)
        for column in columns
        for label in column.labels.values()
        if column.tag in codebook.overslaan or _same(label, (said | options).get(names[column.import_id], ()))
    }


def spss_name(name: str) -> str:
    """Return a name that SPSS accepts for a variable: letters, digits, ``.`` and ``_``, a letter first.

    >>> spss_name("1_Q5-a")
    'v_1_Q5_a'
    """
    plain = re.sub(r"[^A-Za-z0-9._]", "_", name).rstrip(".")[:60]
    if not plain[:1].isalpha():
        plain = f"v_{plain}"
    return f"{plain}_" if plain.upper() in RESERVED else plain


def _names(columns: tuple[Column, ...], codebook: Codebook, where: str) -> dict[str, str]:
    """Return the name that each column gets; one that the codebook does not know keeps its own."""
    by_tag: dict[str, set[str]] = {}
    unsplit = {q.import_id: q.kolom for q in codebook.gesloten if q.soort in {MEER, KIES}}  # all choices in one cell
    for import_id, tag in (codebook.kolommen | unsplit).items():
        for name in {import_id, tag, spss_name(import_id), spss_name(tag)}:
            by_tag.setdefault(name.casefold(), set()).add(import_id)
    declared = {column.casefold(): SYSTEEM[name] for name, column in codebook.systeem.items()}
    names, taken = {}, dict[str, str]()
    for column in columns:
        tag = column.tag.casefold().removeprefix("@")
        own = by_tag.get(tag, set()) if column.import_id not in SYSTEM_COLUMNS else set()
        name = declared.get(tag) or (next(iter(own)) if len(own) == 1 else column.import_id)
        if name in taken:
            raise NsocError(
                f"{where}, kolom {column.tag[:60]}",
                found=f"dezelfde kolom van het codeboek als {taken[name][:60]}",
                expected="elke kolom van het codeboek een keer",
                remedy="Geef een van beide kolommen een andere naam, of verbeter codeboek.yml.",
            )
        names[column.import_id] = name
        taken[name] = column.tag
    absent = [
        column for column in codebook.systeem.values() if column.casefold() not in map(str.casefold, taken.values())
    ]
    if absent:
        raise NsocError(
            f"{where}, kolom {absent[0]}",
            found="geen kolom met deze naam",
            expected="de kolom die het codeboek noemt onder systeemkolommen",
            remedy="Verbeter systeemkolommen in codeboek.yml, of bewaar het bestand met deze kolom.",
        )
    return names


def _known(codebook: Codebook) -> dict[str, _Known]:
    known = {}
    for stelling in codebook.stellingen:
        scale = codebook.scale_of(stelling)
        known[stelling.import_id] = _Known(scale.antwoorden, tuple(scale.antwoorden.values()), scale.weet_niet)
    for background in codebook.achtergrond:
        known[background.import_id] = _Known({}, background.antwoorden)
    for question in codebook.gesloten:
        options = question.antwoorden if question.soort == LUS else question.opties
        codes = {option.in_cel: option.label for option in options}
        labels = tuple(codes.values())
        for option in question.opties:
            name = question.column_of(option)[0]
            if question.soort in {EEN, TOESTEMMING, LUS}:
                known[name] = _Known(codes, labels, labels)
            elif question.soort in {MEER, KIES}:
                known[name] = _Known({}, (option.label,), gekozen=True)
    return known


def _answer(
    known: _Known, column: Column, found: tuple[str, str], where: str, counts: Counter[tuple[str, str, str]]
) -> tuple[str, str]:
    """Return the cell as the codebook says it, and what is left of the kind of missing."""
    cell, kind = found
    if known.gekozen and cell == "0":
        counts[AANGENOMEN, "0 is niet gekozen", "elke optie heeft een eigen kolom, met 1 voor wie haar koos"] += 1
        return "", NIET_GEKOZEN
    if kind:
        label = _same(kind, known.ontbreekbaar)
        if label:
            counts[HERNOEMD, f'"{label}" telt als antwoord', "het codeboek noemt het zo, het bestand ontbrekend"] += 1
        return (label, "") if label else (cell, kind)
    own = column.labels.get(cell, "")
    if not own:
        return cell, ""
    label = _same(own, known.labels)
    if label:
        return label, ""
    if cell in known.codes:
        raise NsocError(
            where,
            found=f'code {cell}, die het bestand "{own[:60]}" noemt',
            expected=f'"{known.codes[cell]}", zoals het codeboek code {cell} noemt',
            remedy="Kijk wat de vragenlijst zegt, en maak het label in codeboek.yml en in het bestand gelijk.",
        )
    return (cell if known.gekozen else own), ""


def _same(text: str, labels: tuple[str, ...]) -> str:
    """Return the label that this text is, whatever its capitals and spaces, or cut off by SPSS; empty when none."""
    plain = " ".join(text.casefold().split())
    for label in labels:
        if " ".join(label.casefold().split()) == plain:
            return label
    if len(text.encode()) < TRUNCATED:
        return ""
    begun = [label for label in labels if " ".join(label.casefold().split()).startswith(plain)]
    return begun[0] if len(begun) == 1 else ""


def _finished(column: Column, cell: str) -> str:
    word = column.labels.get(cell, cell).casefold()
    if word in TRUE - {"1"}:
        return "True"
    return "False" if word in FALSE else cell
