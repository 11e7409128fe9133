"""Read a survey export of LimeSurvey: CSV, or the data file for R, with or without the structure of the questionnaire.

LimeSurvey has no column for finished or progress. Who submitted finished; progress is the last page
as a share of the highest in the file. The structure is a ``.lss`` or the syntax file of R; with it
several answers, ranks and full texts are recognised, and codes get their labels.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from nsoc_lib.doubles import find_double
from nsoc_lib.errors import NsocError
from nsoc_lib.sources.delimited import LIMESURVEY_ADVICE, Delimited, load_delimited
from nsoc_lib.sources.export import (
    AANGENOMEN,
    FINISHED,
    HERNOEMD,
    PROGRESS,
    STATUS,
    WEGGELATEN,
    Column,
    Export,
    Note,
    Response,
)
from nsoc_lib.sources.limesurvey_answers import Row, read_answers
from nsoc_lib.sources.limesurvey_fields import ABSENT, NO, OTHER_CODE, YES, Structure
from nsoc_lib.sources.limesurvey_headings import FIXED, PAGE, SUBMITTED, Heading, is_vv, read_headings
from nsoc_lib.sources.limesurvey_lss import read_lss
from nsoc_lib.sources.limesurvey_syntax import read_syntax
from nsoc_lib.sources.study import load_bytes, load_text, refuse_larger

MOST_STRUCTURE_BYTES = 20_000_000


def load_limesurvey(path: Path, where: str, structure: Path | None = None) -> Export:
    """Read an export of LimeSurvey, and its structure when given: a file in the same folder.

    Raises NsocError for another file than an export of LimeSurvey, a row of the wrong width, a fixed
    column that is absent, a cell that its kind of question cannot have, and a structure of another survey.
    """
    known = load_structure(structure, str(PurePosixPath(where).with_name(structure.name))) if structure else None
    table = load_delimited(path, where)
    if not table.rijen:
        raise _nobody(where, "geen enkele regel")
    if is_vv(table):
        raise NsocError(
            where,
            found="een vv-export van LimeSurvey",
            expected="de antwoorden als CSV",
            remedy=LIMESURVEY_ADVICE,
        )
    kind, headings = read_headings(table.rijen[0], known, where)
    rows = _rows(table, headings, where, for_r=bool(known and known.volgorde))
    questions = [heading for heading in headings if not heading.vast]
    answers = [Row(row.rij, {heading.naam: row.cells[heading.naam] for heading in questions}) for row in rows]
    sheet = read_answers(where, questions, answers)
    derived, notes = _derive(rows, where)
    system = [heading for heading in headings if heading.vast and _standard(heading)]
    columns = [Column(heading.tag, heading.tag, _standard(heading)) for heading in system]
    columns += [
        Column(heading.tag, heading.tekst or heading.tag, heading.naam, heading.veld.labels if heading.veld else {})
        for heading, _ in sheet.columns
    ]
    columns += [Column(name, f"afgeleid: {name}", name) for name in (FINISHED, PROGRESS, STATUS)]
    _refuse_same_name(columns, where)
    responses = [
        Response(raw.rij, {_standard(h): raw.cells[h.naam] for h in system} | dict(clean.cells) | own)
        for raw, clean, own in zip(rows, sheet.rows, derived, strict=True)
    ]
    return Export(
        where,
        tuple(columns),
        tuple(responses),
        programma=f"LimeSurvey, {_layout(known, questions, rows)}, {kind} in de kop",
        notities=(*table.notities, *_system_notes(headings), *notes, *sheet.notes, *_unknown(questions, known)),
        rijen_gelezen=len(rows),
    )


def load_structure(path: Path, where: str) -> Structure:
    """Read the structure of a questionnaire: a ``.lss`` or the syntax file of R, told by its name.

    Raises NsocError for a file of another name, one that is too large, and one that cannot be read.
    """
    refuse_larger(path, where, MOST_STRUCTURE_BYTES, "de structuur van een vragenlijst")
    suffix = path.suffix.casefold()
    if suffix == ".lss":
        return read_lss(load_bytes(path, where), where)
    if suffix == ".r":
        return read_syntax(load_text(path, where).replace("\r\n", "\n"), where)
    raise NsocError(
        where,
        found=f'een structuur die eindigt op "{path.suffix[:20]}"',
        expected="een .lss, of het syntaxbestand voor R (.R)",
        remedy="Exporteer in LimeSurvey de structuur (.lss) of R (syntax file), en noem dat bestand bij structuur.",
    )


def _rows(table: Delimited, headings: tuple[Heading, ...], where: str, *, for_r: bool) -> list[Row]:
    """Return the rows of people. In a data file for R two quotation marks are an empty cell, as its syntax file says."""
    rows = []
    for number, cells in enumerate(table.rijen[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue  # LimeSurvey ends an export with a white line
        if len(cells) != len(headings):
            raise NsocError(
                f"{where}, rij {number}",
                found=f"{len(cells)} cellen",
                expected=f"{len(headings)} cellen, evenveel als er kolommen zijn",
                remedy="Exporteer opnieuw; bewerk het bestand niet met de hand.",
            )
        texts = ("" if for_r and cell.strip() == '""' else cell.strip() for cell in cells)
        rows.append(Row(number, {heading.naam: text for heading, text in zip(headings, texts, strict=True)}))
    if not rows:
        raise _nobody(where, "een kop en geen enkele deelnemer")
    return rows


def _nobody(where: str, found: str) -> NsocError:
    return NsocError(
        where,
        found=found,
        expected="een kop en ten minste een rij met antwoorden",
        remedy="Kijk of de export een filter had, en exporteer opnieuw uit LimeSurvey.",
    )


def _standard(heading: Heading) -> str:
    return FIXED[heading.vast][0] if heading.vast in FIXED else ""


def _derive(rows: list[Row], where: str) -> tuple[list[dict[str, str]], tuple[Note, ...]]:
    """Return finished, progress and status per row, by the rules that the notes state."""
    pages = [_page(row, where) for row in rows]
    highest = max(*pages, 1)
    derived = []
    for row, page in zip(rows, pages, strict=True):
        done = _submitted(row, where)
        progress = 100 if done else min(100 * page // highest, 99)
        derived.append({FINISHED: str(done), PROGRESS: str(progress), STATUS: ""})
    stopped = sum(own[FINISHED] == "False" for own in derived)
    return derived, (
        Note(AANGENOMEN, "af is wie de vragenlijst verstuurde; zonder datum van versturen is iemand gestopt",
             "LimeSurvey heeft geen eigen kolom voor af", len(rows)),
        Note(AANGENOMEN, f"voortgang van wie stopte is de laatste pagina gedeeld door {highest}, de hoogste in het bestand, "
             "naar beneden afgerond en ten hoogste 99 procent", "LimeSurvey bewaart geen voortgang", stopped),
        Note(AANGENOMEN, "alle rijen zijn echte antwoorden", "LimeSurvey onderscheidt proefantwoorden niet", len(rows)),
    )  # fmt: skip


def _submitted(row: Row, where: str) -> bool:
    cell = row.cells[SUBMITTED]
    if cell and not re.match(r"\d", cell):
        raise NsocError(
            f"{where}, rij {row.rij}, kolom {SUBMITTED}",
            found=f'"{cell[:40]}"',
            expected="een datum, of leeg voor wie de vragenlijst niet verstuurde",
            remedy="Exporteer opnieuw uit LimeSurvey; bewerk de kolom niet met de hand.",
        )
    return bool(cell)


def _page(row: Row, where: str) -> int:
    """Return the last page somebody reached; LimeSurvey writes nothing, or -1, for who never got past the welcome."""
    cell = row.cells[PAGE]
    if not re.fullmatch(r"(-?[0-9]{1,5})?", cell):
        raise NsocError(
            f"{where}, rij {row.rij}, kolom {PAGE}",
            found=f'"{cell[:40]}"',
            expected="het nummer van de laatste pagina, of leeg",
            remedy="Exporteer opnieuw uit LimeSurvey; bewerk de kolom niet met de hand.",
        )
    return max(int(cell or 0), 0)


def _refuse_same_name(columns: list[Column], where: str) -> None:
    if double := find_double(columns, lambda column: column.import_id):
        first, second = double
        raise NsocError(
            f"{where}, rij 1",
            found=f'de kolommen "{first.tag[:60]}" en "{second.tag[:60]}", die allebei {first.import_id[:60]} heten',
            expected="elke kolom een eigen naam",
            remedy="Geef een van beide vragen in LimeSurvey een andere code, en exporteer opnieuw.",
        )


def _system_notes(headings: tuple[Heading, ...]) -> list[Note]:
    renamed = [h for h in headings if h.vast and _standard(h)]
    dropped = [h.tag for h in headings if h.vast and not _standard(h) and h.vast != PAGE]
    notes = [Note(HERNOEMD, "vaste kolommen kregen de standaardnaam", "elk programma noemt ze anders", len(renamed))]
    if dropped:
        what = f"vaste kolommen die geen vraag zijn: {', '.join(dropped[:8])}"
        notes.append(Note(WEGGELATEN, what, "niemand rekent ermee", len(dropped)))
    return notes


def _unknown(questions: list[Heading], structure: Structure | None) -> list[Note]:
    if not structure:
        return []
    unknown = [heading.tag for heading in questions if not heading.veld]
    what = f"kolommen die de structuur niet kent, gelaten zoals ze zijn: {', '.join(unknown[:8])}"
    return [Note(AANGENOMEN, what, "ze staan niet in de vragenlijst", len(unknown))] if unknown else []


def _layout(structure: Structure | None, questions: list[Heading], rows: list[Row]) -> str:
    """Return whether the cells hold codes or texts, from the labels or from LimeSurvey's own words."""
    if structure and structure.volgorde:
        return "met het syntaxbestand voor R"
    codes = texts = 0
    for heading in questions:
        labels: Mapping[str, str] = heading.veld.labels if heading.veld else {}
        answers = frozenset(labels.values())
        for row in rows:
            cell = row.cells[heading.naam]
            codes += cell in labels or cell in {"Y", "N", OTHER_CODE}
            texts += cell in answers or (len(cell) > 1 and cell.casefold() in YES | NO | ABSENT)
    return "antwoordcodes" if codes > texts else "antwoordteksten" if texts > codes else "codes of teksten onbekend"
