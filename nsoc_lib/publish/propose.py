"""The step behind ``make codebook``: propose a codebook beside an export, and never over anything."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nsoc_lib.errors import NsocError
from nsoc_lib.paths import REPOSITORY, check_name
from nsoc_lib.proposal import propose_codebook
from nsoc_lib.proposal_suites import propose_suites
from nsoc_lib.proposal_text import proposal_text
from nsoc_lib.publish.clean import READERS
from nsoc_lib.publish.files import write_whole
from nsoc_lib.publish.given_file import show_given
from nsoc_lib.scales import TE_BEVESTIGEN
from nsoc_lib.sources.export import Export
from nsoc_lib.sources.recognise import recognise_file
from nsoc_lib.sources.study import load_yaml

PROPOSAL, RECORD = "codeboek.voorstel.yml", "meting.yml"
OWN_INSTRUMENT = "vragenlijst"
ORDINAL = "ordinal"


@dataclass(frozen=True)
class Made:
    """What was written, in the order in which a researcher reads it, and how many guesses there are to check."""

    bestanden: tuple[str, ...]
    gissingen: int
    schalen: int


def propose_for(path: Path, structure: Path | None = None) -> Made:
    """Write ``codeboek.voorstel.yml`` beside an export, and suites for its tables where none are.

    Raises NsocError for what is no export, and when the proposal is already there: somebody may
    have worked in it.
    """
    where = show_given(path)
    export = read_export(path, where, structure)
    target = path.with_name(PROPOSAL)
    if target.exists():
        raise NsocError(
            show_given(target),
            found="een voorstel dat er al staat, misschien met verbeteringen van u",
            expected="nog geen voorstel in deze map",
            remedy="Geef het een andere naam, zoals codeboek.yml als het af is, of verwijder het; draai dan opnieuw.",
        )
    instrument = _instrument(path)
    ordered = [
        column.import_id for column in export.columns
        if column.meetniveau == ORDINAL or (column.labels and export.programma.startswith("LimeSurvey"))
    ]  # fmt: skip
    proposal = propose_codebook(export, ordered)
    text = proposal_text(proposal, path.name, instrument)
    write_whole(target, text.encode("utf-8"))
    suites = _write_suites(path, propose_suites(instrument, proposal))
    guesses = sum("# te bevestigen" in line for line in text.splitlines())
    return Made((target.name, *suites), guesses, text.count(f"\n    volgorde: {TE_BEVESTIGEN}"))


def read_export(path: Path, where: str, structure: Path | None = None) -> Export:
    """Read an export of whatever program. Raises NsocError with advice for any other kind of file."""
    known = recognise_file(path, where)
    if not known.formaat:
        raise NsocError(where, found=known.soort, expected="de export van een vragenlijst", remedy=known.advies)
    if structure is not None and known.formaat != "limesurvey":
        raise NsocError(
            "STRUCTURE",
            found=f"een structuur bij {known.soort}",
            expected="een structuur (.lss of .R) alleen bij een export van LimeSurvey",
            remedy="Laat STRUCTURE= weg.",
        )
    extra = [] if structure is None else [structure]
    return READERS[known.formaat](path, where, *extra)


def _instrument(path: Path) -> str:
    """Return the name that meting.yml gives the questionnaire of this export, or a name of our own."""
    record = path.with_name(RECORD)
    if record.is_file():
        where = show_given(record)
        surveys = load_yaml(record, where).entries("enquetes", [])
        named = [s for s in surveys if s.has("bestand") and s.text("bestand") == path.name] or surveys
        if named and named[0].has("instrument"):
            return check_name(named[0].text("instrument"), named[0].at("instrument"))
    return OWN_INSTRUMENT


def _write_suites(path: Path, suites: dict[str, dict[str, Any]]) -> list[str]:
    """Write suites into the study that the export lies in, for tables that have none there or in the repository."""
    folder = path.resolve().parent
    if folder.parent.name != "raw":
        return []
    own = folder.parent.parent / "expectations"
    written = []
    for name, suite in suites.items():
        if not any((place / f"{name}.json").exists() for place in (own, REPOSITORY / "expectations")):
            content = json.dumps(suite, ensure_ascii=False, indent=2) + "\n"
            write_whole(own / f"{name}.json", content.encode("utf-8"))
            written.append(f"expectations/{name}.json")
    return written
