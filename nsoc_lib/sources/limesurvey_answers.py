"""From the cells of LimeSurvey to those cleaning knows: several answers, "other" and ranks.

Several answers become ``1`` or empty, the text at "other" its own column ``…_TEXT``, and the
options at ranks 1 to n a rank per option. Each change is a note with its count.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.questions import WORDS
from nsoc_lib.sources.export import AANGENOMEN, CHOSEN, HERNOEMD, Note
from nsoc_lib.sources.limesurvey_fields import (
    ABSENT,
    ANDERS,
    EEN,
    JANEE,
    MEER,
    NO,
    NOT_SELECTED,
    OTHER,
    OTHER_CODE,
    OTHER_WORDS,
    OVERIG,
    RANG,
    TOELICHTING,
    YES,
    Field,
    is_rank,
    key_of,
)  # fmt: skip
from nsoc_lib.sources.limesurvey_headings import Heading


@dataclass(frozen=True)
class Row:
    """The answers of one person by stable name, with the row in the file."""

    rij: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """Question columns with their kind, rows and notes; each step returns a new one."""

    where: str
    columns: tuple[tuple[Heading, str], ...]
    rows: tuple[Row, ...]
    notes: tuple[Note, ...] = ()

    def having(self, kind: str) -> list[Heading]:
        return [heading for heading, own in self.columns if own == kind]


def read_answers(where: str, headings: Sequence[Heading], rows: Sequence[Row]) -> Sheet:
    """Return the answers in the shape that cleaning knows. Raises NsocError for an answer the structure cannot have."""
    kinds, notes = _kinds(headings, rows)
    sheet = Sheet(where, tuple((heading, kinds[heading.naam]) for heading in headings), tuple(rows), notes)
    for step in (_blank_absent, _mark_chosen, _name_other, _split_other, _rank_options):
        sheet = step(sheet)
    return sheet


def _kinds(headings: Sequence[Heading], rows: Sequence[Row]) -> tuple[dict[str, str], tuple[Note, ...]]:
    """Return the kind of each column, from the structure or, where there is none, from what can be nothing else."""
    kinds = {heading.naam: heading.veld.soort if heading.veld else OVERIG for heading in headings}
    groups: dict[str, list[Heading]] = {}
    for heading in headings:
        if not heading.veld:
            groups.setdefault(heading.vraag, []).append(heading)
    assumed = unclear = ranks = 0
    for group in groups.values():
        parts = [h for h in group if h.deel and h.deel != OTHER and not h.deel.endswith("comment")]
        values = {row.cells[heading.naam].casefold() for heading in parts for row in rows} - {""}
        several = len(values) == 1 and values <= YES
        kinds |= _kinds_of(group, parts if several else [])
        assumed += len(parts) if several else 0
        unclear += len(parts) if not several and values & YES and values <= YES | NO | ABSENT else 0
        ranks += sum(is_rank(heading.tekst.rpartition("[")[2].rstrip("]")) for heading in parts)
    reason = "zonder structuur (.lss) is dat niet te zien; noem haar bij structuur in meting.yml"
    found = (
        Note(AANGENOMEN, "kolommen met alleen ja en leeg zijn opties van een meerkeuzevraag",
             "LimeSurvey schrijft een gekozen optie als Y en laat de andere leeg", assumed),
        Note(AANGENOMEN, "kolommen met ja en nee zijn gelaten zoals ze zijn: een stelling of een meerkeuzevraag",
             reason, unclear),
        Note(AANGENOMEN, "kolommen met een rangplaats zijn gelaten zoals ze zijn", reason, ranks),
    )  # fmt: skip
    return kinds, tuple(note for note in found if note.aantal)


def _kinds_of(group: list[Heading], options: list[Heading]) -> dict[str, str]:
    """Return the kinds in one question without structure; ``options`` are its columns with only yes and blank."""
    kinds = {heading.naam: ANDERS for heading in group if heading.deel == OTHER}
    kinds |= {heading.naam: EEN for heading in group if not heading.deel and len(group) > 1}
    kinds |= {heading.naam: MEER for heading in options}
    comments = {f"{heading.deel}comment" for heading in options}
    return kinds | {heading.naam: TOELICHTING for heading in group if heading.deel in comments}


def _blank_absent(sheet: Sheet) -> Sheet:
    """Empty LimeSurvey's own word for no answer to a question with yes and no."""

    def change(_: Heading, cell: str, __: int) -> str:
        return "" if cell.casefold() in ABSENT else cell

    what = "cellen met een woord voor geen antwoord zijn leeg gemaakt"
    return _each(sheet, JANEE, change, what, "LimeSurvey schrijft dit zelf waar niets is geantwoord")


def _mark_chosen(sheet: Sheet) -> Sheet:
    def change(heading: Heading, cell: str, rij: int) -> str:
        label = heading.veld.labels.get(cell, cell) if heading.veld else cell
        word = label.casefold()
        if word in YES:
            return CHOSEN
        if not word or word in NO | ABSENT | NOT_SELECTED:
            return ""
        raise NsocError(
            f"{sheet.where}, rij {rij}, kolom {heading.tag}",
            found=f'"{cell[:60]}" bij een optie van een meerkeuzevraag',
            expected="Y of leeg, of in woorden ja, nee of niet van toepassing (Nederlands, Engels of Duits)",
            remedy="Exporteer opnieuw zonder Y en N om te zetten; geef bij een R-bestand het syntaxbestand als structuur.",
        )

    what = "cellen van meerkeuzevragen omgezet: gekozen is 1, niet gekozen of niet getoond is leeg"
    return _each(sheet, MEER, change, what, "elk programma schrijft een gekozen optie anders")


def _name_other(sheet: Sheet) -> Sheet:
    """Write the choice for "other" as ``other``, where a column holds what was written at it."""
    asked = {heading.vraag for heading in sheet.having(ANDERS)}

    def change(heading: Heading, cell: str, _: int) -> str:
        own = heading.veld.labels.values() if heading.veld else ()
        word = cell.casefold()
        is_other = cell == OTHER_CODE or (word in OTHER_WORDS and cell not in own)
        return OTHER if is_other and heading.vraag in asked and not heading.deel else cell

    what = "keer de keuze voor een ander antwoord omgezet in de code other"
    return _each(sheet, EEN, change, what, "LimeSurvey schrijft -oth- of een woord in de taal van de export")


def _each(sheet: Sheet, kind: str, change: Callable[[Heading, str, int], str], what: str, reason: str) -> Sheet:
    """Return the sheet with a change in every cell of the columns of one kind, counted."""
    headings = sheet.having(kind)
    if not headings:
        return sheet
    rows, changed = [], 0
    for row in sheet.rows:
        new = {heading.naam: change(heading, row.cells[heading.naam], row.rij) for heading in headings}
        changed += sum(row.cells[name] != cell for name, cell in new.items())
        rows.append(replace(row, cells={**row.cells, **new}))
    notes = (Note(HERNOEMD, what, reason, changed),) if changed else ()
    return replace(sheet, rows=tuple(rows), notes=(*sheet.notes, *notes))


def _split_other(sheet: Sheet) -> Sheet:
    """Give the text at "other" the name that the codebook expects, and several answers an option ``other`` beside it."""
    several = {heading.vraag for heading in sheet.having(MEER)}
    renamed: dict[str, str] = {}
    columns: list[tuple[Heading, str]] = []
    for heading, kind in sheet.columns:
        if kind not in {ANDERS, TOELICHTING}:
            columns.append((heading, kind))
            continue
        base = heading.naam if kind == ANDERS else heading.naam.removesuffix("comment")
        renamed[heading.naam] = f"{base}{WORDS}"
        if kind == ANDERS and heading.vraag in several:
            columns.append((heading, MEER))
        columns.append((replace(heading, naam=renamed[heading.naam]), OVERIG))
    if not renamed:
        return sheet
    rows = []
    for row in sheet.rows:
        cells = {renamed.get(name, name): cell for name, cell in row.cells.items()}
        cells |= {h.naam: CHOSEN if cells[renamed[h.naam]] else "" for h, kind in columns if h.naam in renamed}
        rows.append(replace(row, cells=cells))
    note = Note(HERNOEMD, f"kolommen met een toelichting heten nu …{WORDS}; wat er staat telt als gekozen",
                "LimeSurvey heeft bij meerkeuze geen eigen kolom voor de keuze zelf", len(renamed))  # fmt: skip
    return replace(sheet, columns=tuple(columns), rows=tuple(rows), notes=(*sheet.notes, note))


def _rank_options(sheet: Sheet) -> Sheet:
    """Turn the option at each rank into the rank of each option."""
    ranked: dict[str, list[Heading]] = {}
    for heading in sheet.having(RANG):
        if heading.veld and heading.veld.labels:
            ranked.setdefault(heading.vraag, []).append(heading)
    if not ranked:
        return sheet
    gone = {heading.naam for headings in ranked.values() for heading in headings}
    columns: list[tuple[Heading, str]] = []
    for heading, kind in sheet.columns:
        if heading.naam not in gone:
            columns.append((heading, kind))
        elif heading == ranked[heading.vraag][0]:
            columns += [(option, OVERIG) for option in _options(heading)]
    rows = [replace(row, cells=_ranked_cells(row, ranked, sheet.where)) for row in sheet.rows]
    note = Note(HERNOEMD, "kolommen met de optie per rang omgezet naar de rang per optie",
                "zo leest het codeboek een rangorde", len(gone))  # fmt: skip
    return replace(sheet, columns=tuple(columns), rows=tuple(rows), notes=(*sheet.notes, note))


def _ranked_cells(row: Row, ranked: dict[str, list[Heading]], where: str) -> dict[str, str]:
    cells = dict(row.cells)
    for question, headings in ranked.items():
        for heading in headings:
            del cells[heading.naam]
        ranks = _ranks(row, headings, where)
        cells |= {f"{question}_{code}": ranks.get(code, "") for code in _field(headings).labels}
    return cells


def _options(first: Heading) -> list[Heading]:
    """Return a column for each option of a ranking, in the order of the questionnaire."""
    field = _field([first])
    return [
        Heading(f"{field.vraag}[{code}]", f"{field.vraag}_{code}", field.vraag, code, f"{field.tekst} [{label}]")
        for code, label in field.labels.items()
    ]


def _field(headings: list[Heading]) -> Field:
    field = headings[0].veld
    assert field is not None
    return field


def _ranks(row: Row, headings: list[Heading], where: str) -> dict[str, str]:
    field = _field(headings)
    found: dict[str, str] = {}
    for heading in headings:
        cell = row.cells[heading.naam]
        if not cell:
            continue
        code = cell if cell in field.labels else field.woorden.get(key_of(cell), "")
        if not code or code in found:
            raise NsocError(
                f"{where}, rij {row.rij}, kolom {heading.tag}",
                found=f'"{cell[:60]}"' + (", al op een eerdere rang" if code else ""),
                expected=f"elke optie hooguit op een rang: {enumerate_nl(list(field.labels.values()))}",
                remedy="Kijk of de structuur bij deze export hoort, en exporteer beide opnieuw.",
            )
        found[code] = heading.deel
    return found
