"""The step behind ``make doctor``: say in Dutch what a file is, what is wrong with it and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nsoc_lib.codebook import Codebook
from nsoc_lib.columns import checked_columns
from nsoc_lib.errors import NsocError
from nsoc_lib.matching import match_export
from nsoc_lib.privacy import find_alarms
from nsoc_lib.publish.clean import BY_NAME
from nsoc_lib.publish.given_file import show_given, typed_again
from nsoc_lib.publish.propose import PROPOSAL, read_export
from nsoc_lib.sources.export import SYSTEM_COLUMNS, VRAAG, Export
from nsoc_lib.sources.recognise import Recognised, recognise_file
from nsoc_lib.sources.study import load_yaml

CODEBOOK = "codeboek.yml"
PERSONAL = (
    "Exporteer opnieuw met anonieme antwoorden, of haal deze kolommen eruit. De verwerking laat ze weg, maar in het "
    "bestand zelf blijven ze staan."
)


@dataclass(frozen=True)
class Diagnosis:
    """What ``make doctor`` prints, and whether the file can be used as it is."""

    tekst: str
    in_orde: bool


def examine_file(path: Path, structure: Path | None = None) -> Diagnosis:
    """Return what a file is and what is wrong with it; no fault of the file raises an error.

    When ``codeboek.yml`` lies beside it, what that answers is not asked again.
    """
    where = show_given(path)
    try:
        known = recognise_file(path, where)
    except NsocError as error:
        return Diagnosis(error.on_screen(), in_orde=False)
    lines = [f"Bestand: {where}", f"Soort:   {known.soort}"]
    lines += [f"Opmaak:  {', '.join(known.opmaak)}"] if known.opmaak else []
    if not known.formaat:
        return Diagnosis(
            "\n".join([*lines, "", "Dit is niet de export van een vragenlijst.", known.advies]), in_orde=False
        )
    try:
        export = read_export(path, where, structure)
        book = _load_codebook(path)
        matched = match_export(export, book) if book and known.formaat in BY_NAME else export
    except NsocError as error:
        return Diagnosis("\n".join([*lines, "", error.on_screen()]), in_orde=False)
    points = [*_personal(matched, book), *_asked(matched)]
    lines += [f"Inhoud:  {line}" for line in _content(export)]
    if points:
        lines += ["", "Let op:", *(f"- {point}" for point in points)]
    lines += ["", "Wat nu:", *(f"- {step}" for step in _next(path, where, known))]
    return Diagnosis("\n".join(lines), in_orde=not points)


def _load_codebook(path: Path) -> Codebook | None:
    """Return the codebook beside the export; one of another questionnaire is told by the run of the report."""
    beside = path.with_name(CODEBOOK)
    return Codebook.build(load_yaml(beside, show_given(beside))) if beside.is_file() else None


def _content(export: Export) -> Iterator[str]:
    asked = sum(column.import_id not in SYSTEM_COLUMNS for column in export.columns)
    finished = sum(response.cells.get("finished") in {"True", "1"} for response in export.responses)
    yield export.programma
    yield f"{export.rijen_gelezen} rijen met deelnemers; helemaal ingevuld: {finished}"
    yield f"{len(export.columns)} kolommen; die geen kolom van het programma zelf zijn: {asked}"


def _personal(export: Export, book: Codebook | None) -> Iterator[str]:
    """Return the privacy alarms, with one remedy for all."""
    alarms = find_alarms(export, checked_columns(book) if book else frozenset())
    for alarm in alarms:
        yield f"{alarm.tekst}."
    if alarms:
        yield PERSONAL


def _asked(export: Export) -> Iterator[str]:
    """Return what the file leaves open and the codebook does not answer."""
    for note in export.notities:
        if note.soort == VRAAG:
            yield (
                f"{note.wat[:1].upper()}{note.wat[1:]} ({note.aantal} keer; {note.waarom}). "
                f"Zet het in {CODEBOOK}: weet_niet of ontbreekt van de schaal, of een optie van de vraag."
            )


def _next(path: Path, where: str, known: Recognised) -> Iterator[str]:
    if path.resolve().parent.parent.name != "raw":
        yield "Maak een map met make new-meting NAME=meting-3, en zet dit bestand daarin."
    yield f"Schrijf in meting.yml: bestand: {path.name} en formaat: {known.formaat}."
    if path.with_name(CODEBOOK).is_file():
        yield "Draai make report."
    elif path.with_name(PROPOSAL).is_file():
        yield f"Bevestig wat geraden is in {PROPOSAL}, en noem het dan {CODEBOOK}."
    else:
        beside = " STRUCTURE=… (de .lss, als die er is)" if known.formaat == "limesurvey" else ""
        yield f"Laat een codeboek voorstellen: make codebook FILE={typed_again(path, where)}{beside}."
