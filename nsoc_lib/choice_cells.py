"""Cells that hold several chosen options at once: ``1,4,6`` or labels with commas between them.

Labels can hold commas themselves, so a cell is only read against the options of the codebook; one
that can be read in two ways is refused. The result is the split form, a column per option.
"""

from __future__ import annotations

from dataclasses import replace

from nsoc_lib.codebook import Codebook
from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.questions import KIES, MEER, Option, Question
from nsoc_lib.sources.export import AANGENOMEN, CHOSEN, Column, Export, Note, Response

SEPARATOR = ","
MOST_READINGS = 64  # a cell with more ways to read it is refused like one with two
Reading = frozenset[str]


def split_choices(export: Export, codebook: Codebook) -> Export:
    """Return the export with a column per option where it had one column for several chosen options.

    Raises NsocError for a cell with something that is no option, an option given twice, a cell that
    can be read in more than one way, and an export that has both forms of one question.
    """
    for question in codebook.gesloten:
        if question.soort in {MEER, KIES} and question.import_id in export.import_ids:
            _refuse_both_forms(export, question)
            export = _split(replace(export, notities=(*export.notities, *_notes(export, question))), question)
    return export


def _notes(export: Export, question: Question) -> tuple[Note, ...]:
    """Tell that codes were taken for the numbers of choices, where the codebook gives no recoded values."""
    cells = [response.cells[question.import_id] for response in export.responses]
    read = sum(bool(cell) and bool(_read_codes(cell, question.opties)) for cell in cells)
    if not read or any(option.waarde for option in question.opties):
        return ()
    what = f"de codes in een cel met alle keuzes van {question.kolom} zijn de codes van het codeboek"
    why = "het bestand zegt het niet; bij hercodeerde antwoorden hoort waarde: bij elke optie"
    return (Note(AANGENOMEN, what, why, read),)


def _refuse_both_forms(export: Export, question: Question) -> None:
    split = {question.column_of(option)[0] for option in question.opties}
    both = [column.tag for column in export.columns if column.import_id in split]
    if both:
        raise NsocError(
            f"{export.where}, vraag {question.id}",
            found=f"een kolom {question.kolom} met alle keuzes, en ook {enumerate_nl(both)}",
            expected="een van beide vormen",
            remedy="Exporteer opnieuw; plak geen kolommen uit een andere export bij.",
        )


def _split(export: Export, question: Question) -> Export:
    columns: list[Column] = []
    for column in export.columns:
        if column.import_id != question.import_id:
            columns.append(column)
            continue
        for option in question.opties:
            name, tag = question.column_of(option)
            columns.append(replace(column, tag=tag, text=f"{column.text} - {option.label}", import_id=name))
    responses = tuple(_split_response(response, question, export.where) for response in export.responses)
    return replace(export, columns=tuple(columns), responses=responses)


def _split_response(response: Response, question: Question, where: str) -> Response:
    cells, missing = dict(response.cells), dict(response.ontbreekt)
    cell = cells.pop(question.import_id)
    chosen = _read_cell(cell, question, f"{where}, rij {response.rij}")
    _refuse_words_beside(cells, cell, chosen, question, f"{where}, rij {response.rij}")
    kind = missing.pop(question.import_id, None)
    for option in question.opties:
        name = question.column_of(option)[0]
        cells[name] = CHOSEN if option.id in chosen else ""
        if kind is not None:
            missing[name] = kind
    return replace(response, cells=cells, ontbreekt=missing)


def _refuse_words_beside(cells: dict[str, str], cell: str, chosen: Reading, question: Question, where: str) -> None:
    """Refuse words at an option that the codes in the cell do not choose: then those codes may mean other options.

    Columns carry the number of a choice and cells its recoded value. Where the two differ no reading
    is sure, so somebody has to say which value belongs to which option.
    """
    if not chosen or not _read_codes(cell, question.opties) or any(option.waarde for option in question.opties):
        return
    for option in question.opties:
        if option.toelichting and cells.get(question.words_at(option)[0]) and option.id not in chosen:
            raise NsocError(
                f"{where}, kolom {question.kolom}",
                found=f'de codes "{cell[:60]}", en woorden bij "{option.label}" (code {option.code}), die daar niet tussen staat',
                expected="codes in de cel die bij de nummers van de keuzes horen",
                remedy="Zijn de antwoorden hercodeerd? Zet dan in codeboek.yml bij elke optie waarde: met de hercodeerde "
                'waarde, of exporteer met een kolom per optie (in Qualtrics "Split multi-value fields into columns").',
            )


def _read_cell(cell: str, question: Question, where: str) -> Reading:
    """Return the ids of the options in a cell, which holds either codes or labels."""
    if not cell:
        return frozenset()
    readings = _readings(cell, {option.label: option.id for option in question.opties})
    readings |= _read_codes(cell, question.opties)
    if len(readings) == 1:
        return next(iter(readings))
    raise NsocError(
        f"{where}, kolom {question.kolom}",
        found=f'"{cell[:60]}", ' + ("op meer dan een manier te lezen" if readings else "met iets dat geen optie is"),
        expected=f"codes of labels uit het codeboek, elk een keer, met een komma ertussen: "
        f"{enumerate_nl([option.label for option in question.opties], most=15)}",
        remedy='Exporteer opnieuw met een kolom per optie (in Qualtrics "Split multi-value fields into columns"), '
        "of verbeter het codeboek.",
    )


def _read_codes(cell: str, options: tuple[Option, ...]) -> set[Reading]:
    codes = {option.in_cel: option.id for option in options}
    parts = [part.strip() for part in cell.split(SEPARATOR)]
    known = [codes[part] for part in parts if part in codes]
    return {frozenset(known)} if len(set(known)) == len(parts) else set()


def _readings(cell: str, labels: dict[str, str]) -> set[Reading]:
    """Return every set of labels that, with commas between them, is exactly this cell."""
    ways: dict[int, set[Reading]] = {0: {frozenset()}}
    complete: set[Reading] = set()
    while ways:
        place = min(ways)
        before = ways.pop(place)
        for label, name in labels.items():
            end = place + len(label)
            if not cell.startswith(label, place) or cell[end : end + 1] not in {"", SEPARATOR}:
                continue
            longer = {reading | {name} for reading in before if name not in reading}
            goal = complete if end == len(cell) else ways.setdefault(end + len(SEPARATOR), set())
            goal |= longer
            if len(goal) > MOST_READINGS:
                return goal
        ways = {where: found for where, found in ways.items() if found}
    return complete
