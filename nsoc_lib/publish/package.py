"""The step behind ``make package``: the report and everything that it can be checked against, in one zip.

What goes in is a list, never whatever lies in a folder, and nothing on it is about one person:
no raw export, no cleaned table. Those are for ``make deposit``, which never writes in ``reports``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from nsoc_lib.crate import LICENCE, METADATA, Packed, build_crate
from nsoc_lib.deposit import build_codebook_table, build_questionnaire
from nsoc_lib.errors import NsocError
from nsoc_lib.evaluation import Evaluation
from nsoc_lib.meting import Meting
from nsoc_lib.paths import REPOSITORY, Study
from nsoc_lib.periods import read_day
from nsoc_lib.publish.colophon import colophon_rows
from nsoc_lib.publish.files import json_bytes, zip_bytes
from nsoc_lib.publish.gate import write_checked
from nsoc_lib.publish.pdf import PRINTED, printed_from, source_of
from nsoc_lib.publish.placement import DRAWINGS, NOTEBOOKS, PAGE, RESULTS, WORKBOOK
from nsoc_lib.publish.word import FILE_NAME
from nsoc_lib.sources.study import load_codebook, load_evaluation, load_meting

ZIP = "deposit.zip"
LOCK = "requirements.lock"
PLACES = "plaatsen"  # rows of the researcher's file: where one person's answers stand
QUESTIONS = "vragen"
Described = tuple[str, Path, str]  # place in the package, file, what it is


def package_report(study: Study) -> Path:
    """Write the package of the report that stands in ``REPORTS``; return the file.

    Nothing is written when a file is missing, or when report, PDF and data are not of one making:
    then NsocError says which, and what to run.
    """
    evaluation = load_evaluation(study)
    published = read_day(evaluation.datum, f"{study.show(study.evaluation_file)}, sleutel datum").isoformat()
    metingen = [load_meting(study, folder) for folder in evaluation.folders]
    page = _read(study, study.reports / PAGE)
    _refuse_other_making(study, evaluation, page)
    files = [*_report_files(study, evaluation, page), *_study_files(study, metingen)]
    files = sorted(files, key=lambda file: file.pad)
    imitated = any(record.herkomst == "gesimuleerd" for meting in metingen for record in meting.enquetes)
    crate = build_crate(evaluation, published, files, simulated=imitated)
    entries = [(METADATA, json_bytes(crate)), *((file.pad, file.inhoud) for file in files)]
    write_checked(study, study.reports / ZIP, zip_bytes(entries))
    return study.reports / ZIP


def without_places(validation: dict[str, Any]) -> dict[str, Any]:
    """Return the outcomes of a table without the rows where they were found."""
    outcomes = [{key: value for key, value in outcome.items() if key != PLACES} for outcome in validation["uitkomsten"]]
    return validation | {"uitkomsten": outcomes}


def without_questions(cleaning: dict[str, Any]) -> dict[str, Any]:
    """Return the receipts without their counts per question: a count of one is about one person.

    The report shows what of them may be shown.
    """
    receipts = [{key: value for key, value in receipt.items() if key != QUESTIONS} for receipt in cleaning["ontvangst"]]
    return cleaning | {"ontvangst": receipts}


def _report_files(study: Study, evaluation: Evaluation, page: bytes) -> Iterator[Packed]:
    """Return what ``make report``, ``make pdf`` and the like made; what may be absent is left out."""
    yield Packed(PAGE, page, "Het rapport")
    printed = study.reports / PRINTED
    if printed.exists():
        yield Packed(PRINTED, _refuse_other_page(study, printed, page), "Het rapport als PDF")
    for name, path, what in (*_optional(study, evaluation), *_required(study, evaluation)):
        yield Packed(name, _read(study, path), what)


def _required(study: Study, evaluation: Evaluation) -> Iterator[Described]:
    for name in (RESULTS, WORKBOOK):
        yield name, study.reports / name, "Elk getal van het rapport, met basis, herkomst en versie van de gegevens"
    for chapter in evaluation.chapters:
        name = f"{NOTEBOOKS}/{chapter.key}.ipynb"
        yield name, study.reports / name, f"Uitgevoerd notebook van het hoofdstuk {chapter.titel}"


def _optional(study: Study, evaluation: Evaluation) -> Iterator[Described]:
    word = study.reports / FILE_NAME
    if word.exists():
        yield word.name, word, "Het rapport als Word-bestand"
    for chapter in evaluation.chapters:
        shown = study.reports / NOTEBOOKS / f"{chapter.key}.html"
        if shown.exists():
            yield (
                f"{NOTEBOOKS}/{shown.name}",
                shown,
                f"Uitgevoerd notebook van het hoofdstuk {chapter.titel}, als pagina",
            )
    for kind in ("svg", "png"):
        for drawing in sorted((study.reports / DRAWINGS).glob(f"figuur-*.{kind}")):
            yield f"{DRAWINGS}/{drawing.name}", drawing, "Figuur uit het rapport"


def _study_files(study: Study, metingen: list[Meting]) -> Iterator[Packed]:
    """Return what the report was made from and judged by, as far as it is about no one person."""
    described: list[Described] = [
        (LICENCE, REPOSITORY / LICENCE, "Voorwaarden waaronder dit pakket gebruikt mag worden"),
        (LOCK, REPOSITORY / LOCK, "Programma’s waarmee het rapport is gemaakt, met versie en controlegetal"),
        ("evaluatie.yml", study.evaluation_file, "Titelblad en inhoudsopgave van het rapport"),
    ]
    tables: dict[str, None] = {}
    for meting in metingen:
        yield from _meting_files(study, meting)
        tables |= dict.fromkeys(meting.table_sources)
    described += [
        (f"verwachtingen/{table}.json", study.suite_file(table), f"Verwachtingen waaraan de tabel {table} is getoetst")
        for table in tables
    ]
    for name, path, what in described:
        yield Packed(name, _read(study, path), what)


def _meting_files(study: Study, meting: Meting) -> Iterator[Packed]:
    folder = f"metingen/{meting.naam}"
    record, cleaning = study.record_file(meting.naam), study.cleaning_file(meting.naam)
    yield Packed(
        f"{folder}/meting.yml", _read(study, record), f"Wat er in de map {meting.naam} stond en van wie het komt"
    )
    what = f"Ontvangstbewijs van {meting.naam}: wat binnenkwam, wat is weggelaten en waarom, in totalen"
    yield Packed(f"{folder}/opschoning.json", json_bytes(without_questions(json.loads(_read(study, cleaning)))), what)
    for table in meting.table_sources:
        validation = json.loads(_read(study, study.validation_file(meting.naam, table)))
        what = f"Uitkomst van de verwachtingen over de tabel {table}, zonder rijnummers"
        yield Packed(f"{folder}/toetsing/{table}.json", json_bytes(without_places(validation)), what)
    for survey in meting.enquetes:
        codebook = load_codebook(study, meting.naam, survey.codeboek)
        raw = _read(study, study.raw / meting.naam / survey.codeboek)
        yield Packed(f"{folder}/{survey.codeboek}", raw, f"Codeboek van {survey.instrument}")
        rows = build_codebook_table([build_questionnaire(survey.instrument, codebook)]).tabel
        listed = rows.drop(columns=["bestand", "herkomst"]).to_csv(index=False, lineterminator="\n").encode()
        name = f"{folder}/{Path(survey.codeboek).stem}.csv"
        yield Packed(name, listed, f"Codeboek van {survey.instrument}: vragen, codes en soorten ontbrekend, als tabel")


def _read(study: Study, path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise NsocError(
            study.show(path),
            found="nog niet gemaakt, of weggehaald",
            expected="een bestand van het rapport",
            remedy="Draai eerst make report, met dezelfde DATA= en REPORTS=.",
        ) from error


class _Texts(HTMLParser):
    """Collects every piece of text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: set[str] = set()

    def handle_data(self, data: str) -> None:
        self.texts.add(data.strip())


def _refuse_other_making(study: Study, evaluation: Evaluation, page: bytes) -> None:
    """Refuse a report whose colophon names other versions than those that are there now."""
    printed = _Texts()
    printed.feed(page.decode("utf-8"))
    changed = [name for name, version in colophon_rows(study, evaluation) if not {name, version} <= printed.texts]
    if changed:
        raise NsocError(
            study.show(study.reports / PAGE),
            found=f"een rapport van een andere versie van {changed[0]}",
            expected="een rapport van de gegevens en programma’s die er nu zijn",
            remedy="Draai eerst make report, met dezelfde DATA= en REPORTS=.",
        )


def _refuse_other_page(study: Study, path: Path, page: bytes) -> bytes:
    printed = path.read_bytes()
    if printed_from(printed) != source_of(page):
        raise NsocError(
            study.show(path),
            found="een PDF van een ander rapport, of niet van make pdf",
            expected=f"een PDF van {study.show(study.reports / PAGE)}",
            remedy="Draai make pdf, of haal de PDF weg.",
        )
    return printed
