"""Showing what metingen may say about each other: designs, declarations, changes and refusals."""

from __future__ import annotations

import re
from itertools import chain

from nsoc_lib.certainty import change_results
from nsoc_lib.codebook import Stelling
from nsoc_lib.comparison import Pair
from nsoc_lib.prose import Filling, Shown, indicate, refuse, show_all, tell
from nsoc_lib.published import Dossier
from nsoc_lib.rounds import GEKOPPELD, GESCHEIDEN, ZELFDE_POPULATIE, Change
from nsoc_lib.source_rows import SourceRow, read_rows
from nsoc_lib.tables import NOTHING, Cell, Row, Table
from nsoc_lib.tabulate import SIMULATED_NOTE

OPZET = "opzet"
ASPECTEN = {
    "doel": "Doel",
    "onderzoeksvragen": "Gebruikt voor de vragen over",
    "onderwerpen": "Waarnaar is gevraagd",
    "instrumenten": "Werkwijze",
    "respondenten": "Wie aan het woord kwamen",
    "eenheid": "Wat als antwoord telt",
    "uitkomst": "Vorm van de uitkomst",
    "periode": "Wanneer",
}
MANY_NOTE = (
    "Hoe meer stellingen er staan, hoe groter de kans dat toeval er ergens een opvallende verandering bij geeft."
)
# Per design the columns of the table: head, and what stands below it, filled with what the comparison found.
COLUMNS: dict[str, tuple[tuple[str, str], ...]] = {
    GEKOPPELD: (
        ("Antwoordden beide keren", "{gekoppeld}"),
        ("Van niet eens naar eens", "{erbij}"),
        ("Van eens naar niet eens", "{eraf}"),
        ("Bleven waar zij waren", "{gebleven}"),
        ("Kans op zo’n verdeling door toeval", "{kans}"),
    ),
    ZELFDE_POPULATIE: (
        ("Eerder zeker eens", "{eerste_minstens} tot {eerste_hoogstens} van {genodigd}"),
        ("Later zeker eens", "{tweede_minstens} tot {tweede_hoogstens} van {genodigd}"),
        ("Verandering in personen", "{laag} tot {hoog}"),
    ),
    GESCHEIDEN: (
        ("Eerder eens", "{eerste_aantal} van {eerste_basis}"),
        ("Later eens", "{tweede_aantal} van {tweede_basis}"),
        ("Verschil in procentpunt", "{verschil}"),
        ("Marge", "{laag} tot {hoog}"),
    ),
}


def was_compared(pairs: tuple[Pair, ...]) -> bool:
    """Return whether anything at all is compared, for prose that must be true of the data at hand."""
    return any(pair.changes for pair in pairs)


def tabulate_designs(dossiers: tuple[Dossier, ...]) -> Table:
    """Return the designs of metingen side by side, one column each; what was not recorded is a dash.

    Reads the table ``opzet`` (aspect, tekst, vindplaats). Raises NsocError for an aspect that is unknown or
    there twice.
    """
    designs = [_read_design(dossier) for dossier in dossiers]
    rows: list[Row] = []
    for aspect, head in ASPECTEN.items():
        cells = [design.get(aspect) for design in designs]
        places = dict.fromkeys(row.filled("vindplaats") for row in cells if row)
        told: list[Cell] = [indicate(row.filled("tekst")) if row else NOTHING for row in cells]
        rows.append((head, *told, indicate("; ".join(places)) if places else NOTHING))
    return Table(
        key=f"tabel-opzet-{'-'.join(dossier.meting.naam for dossier in dossiers)}",
        bijschrift="De opzet van de metingen naast elkaar.",
        koppen=("Onderdeel", *(indicate(dossier.meting.titel) for dossier in dossiers), "Vindplaats"),
        rijen=tuple(rows),
        noten=("Een streepje betekent dat het niet is vastgelegd. De korte woorden zijn van de opstellers.",),
    )


def _read_design(dossier: Dossier) -> dict[str, SourceRow]:
    found: dict[str, SourceRow] = {}
    for row in read_rows(dossier.tabellen[OPZET]) if OPZET in dossier.tabellen else ():
        row.choice("aspect", ASPECTEN)
        found[row.once("aspect", found, "elk aspect een keer")] = row
    return found


def tabulate_declarations(pairs: tuple[Pair, ...]) -> Table:
    """Return what was declared about every pair, by whom and when, on what it rests, and what they share."""
    rows: list[Row] = []
    for pair in pairs:
        declared = pair.verklaring
        consent = declared.design.toestemming if declared else ""
        places = [declared.vindplaats if declared else "", f"toestemming: {consent}" if consent else ""]
        rows.append(
            (
                indicate(pair.eerder.meting.titel),
                indicate(pair.later.meting.titel),
                declared.design.opzet if declared else "niets vastgelegd",
                pair.gedeeld or "geen vragenlijst gemeen",
                indicate(declared.ondertekening) if declared else NOTHING,
                indicate("; ".join(filter(None, places))) if declared else NOTHING,
            )
        )
    names = dict.fromkeys(dossier.meting.naam for pair in pairs for dossier in (pair.eerder, pair.later))
    return Table(
        key=f"tabel-verklaringen-{'-'.join(names)}",
        bijschrift="Wat is vastgelegd over het vergelijken van metingen.",
        koppen=("Eerder", "Later", "Opzet", "Stellingen in beide", "Wie en wanneer", "Waarop dat berust"),
        rijen=tuple(rows),
    )


def tell_comparability(pairs: tuple[Pair, ...]) -> Shown:
    """Return per pair the changes with what they claim, or the sentence why there is no comparison."""
    return show_all(*chain.from_iterable(_tell_pair(pair) for pair in pairs))


def _tell_pair(pair: Pair) -> list[Shown]:
    names = {"eerder": indicate(f"“{pair.eerder.meting.titel}”"), "later": indicate(f"“{pair.later.meting.titel}”")}
    shown = []
    if not pair.changes:
        shown.append(tell("Tussen {eerder} en {later} is geen verandering uitgerekend.", **names))
    elif pair.verklaring:
        stelling, change = pair.changes[0]
        found = _results(pair, stelling, change)
        shown += [
            tell("{eerder} en {later} zijn wel vergeleken. {reden}", **names, reden=pair.verklaring.reden),
            tell(f"Zo is de tabel te lezen, voor “{{kort}}”. {change.template}", **found, kort=stelling.kort),
            _tabulate_changes(pair).show(),
        ]
    for reason, statements in pair.reasons.items():
        about = " van " + ", ".join(f"“{name}”" for name in statements)
        shown.append(
            refuse(
                "Een vergelijking" if len(pair.reasons) == 1 and not pair.changes else f"Een vergelijking{about}",
                reason,
            )
        )
    return shown


def _tabulate_changes(pair: Pair) -> Table:
    (_, first), *_ = pair.changes
    columns = COLUMNS[first.design]
    rows: list[Row] = []
    for stelling, change in pair.changes:
        found = _results(pair, stelling, change)
        rows.append((stelling.kort, *(_cell(template, found) for _, template in columns), change.outcome))
    chance = (MANY_NOTE,) if first.design != ZELFDE_POPULATIE and len(rows) > 1 else ()
    return Table(
        key=f"tabel-vergelijking-{pair.later.meting.naam}-{pair.eerder.meting.naam}",
        bijschrift="Wat er per stelling over verandering te zeggen is.",
        koppen=("Stelling", *(head for head, _ in columns), "Uitkomst"),
        rijen=tuple(rows),
        noten=(first.claim, *chance, *((SIMULATED_NOTE,) if pair.nagebootst else ())),
    )


def _results(pair: Pair, stelling: Stelling, change: Change) -> dict[str, Filling]:
    """Return the numbers of one change; imitated as soon as one of the two metingen is."""
    assert pair.surveys is not None
    later = pair.surveys[1]
    provenance = "gesimuleerd" if pair.nagebootst else later.opgave.herkomst
    return change_results(change, f"{pair.base}.{stelling.id}", stelling.kort, provenance, later.dataset)


def _cell(template: str, found: dict[str, Filling]) -> tuple[Filling, ...]:
    """Return the pieces of one cell: words as they are, a name between braces as its value."""
    pieces = re.split(r"\{(\w+)\}", template)
    return tuple(found[piece] if number % 2 else piece for number, piece in enumerate(pieces) if piece)
