"""``evaluatie.yml``: the table of contents of the report, which is the pipeline as well."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nsoc_lib.disclosure_profile import STANDAARD
from nsoc_lib.doubles import first_double
from nsoc_lib.entries import Entry
from nsoc_lib.errors import NsocError
from nsoc_lib.paths import check_name
from nsoc_lib.periods import read_day

TALEN = ("nl", "en")
MOST_KEY = 200  # characters; no file system takes much more, and an ending comes after it
STATUSSEN = ("concept", "definitief")
FOLDER_PARAMETERS = ("meting", "metingen", "kader")  # a folder each; metingen holds several, with spaces between


@dataclass(frozen=True)
class Chapter:
    """One chapter: a notebook, run with these parameters, in Dutch unless ``taal`` says en.

    ``key`` names the executed notebook; it follows from notebook and parameters, so two
    chapters can never claim the same file.
    """

    titel: str
    notebook: str
    parameters: dict[str, str | int]
    taal: str = "nl"

    @property
    def key(self) -> str:
        values = (re.sub(r"[^a-z0-9-]+", "-", str(value).lower()) for value in self.parameters.values())
        return "-".join([self.notebook.replace("_", "-"), *values])

    @property
    def folders(self) -> list[str]:
        """The folders under ``data/raw`` that this chapter reads."""
        values = (str(self.parameters[name]).split() for name in FOLDER_PARAMETERS if name in self.parameters)
        return list(dict.fromkeys(folder for value in values for folder in value))

    @classmethod
    def build(cls, raw: Entry) -> Chapter:
        parameters = raw.entry("parameters").scalars() if raw.has("parameters") else {}
        chapter = cls(
            titel=raw.text("titel"),
            notebook=check_name(raw.text("notebook"), raw.at("notebook")),
            parameters=parameters,
            taal=raw.choice("taal", TALEN, "nl"),
        )
        raw.refuse_unknown()
        for name in chapter.folders:
            check_name(name, raw.at("parameters"))
        if len(chapter.key) > MOST_KEY:
            raise NsocError(
                raw.at("parameters"),
                found=f"waarden van samen {sum(len(str(value)) for value in parameters.values())} tekens",
                expected=f"parameters die met het notebook samen in de naam van een bestand passen ({MOST_KEY} tekens)",
                remedy="Kort de waarden in.",
            )
        return chapter


@dataclass(frozen=True)
class Part:
    """A part of the report with its chapters: numbered, lettered in an appendix, i and ii in front."""

    titel: str
    bijlage: bool
    hoofdstukken: tuple[Chapter, ...]
    vooraf: bool = False

    @classmethod
    def build(cls, raw: Entry) -> Part:
        part = cls(
            titel=raw.text("titel"),
            bijlage=raw.flag("bijlage", default=False),
            hoofdstukken=tuple(Chapter.build(entry) for entry in raw.entries("hoofdstukken")),
            vooraf=raw.flag("vooraf", default=False),
        )
        raw.refuse_unknown()
        if part.vooraf and part.bijlage:
            raise NsocError(
                raw.at("vooraf"),
                found="een deel dat vooraf komt en een bijlage is",
                expected="een van beide",
                remedy="Haal vooraf of bijlage weg.",
            )
        return part


@dataclass(frozen=True)
class Bronwerk:
    """A published work that the evaluation rests on, and the organisation that made it; told to an archive."""

    titel: str
    organisatie: str

    @classmethod
    def build(cls, raw: Entry) -> Bronwerk:
        work = cls(raw.text("titel"), raw.text("organisatie"))
        raw.refuse_unknown()
        return work


@dataclass(frozen=True)
class Evaluation:
    """Title page and table of contents of one report.

    ``embargo`` is the last day on which it may not be made public, as a Dutch date; empty when there is none.
    No clock is consulted: a researcher removes the key when the day has passed.
    """

    titel: str
    ondertitel: str
    opstellers: str
    status: str
    versie: str
    datum: str
    verantwoording: tuple[str, ...]
    delen: tuple[Part, ...]
    bij_nagebootst: tuple[str, ...] = ()
    embargo: str = ""
    onthulling: str = STANDAARD
    bronwerken: tuple[Bronwerk, ...] = ()

    @property
    def status_in_print(self) -> str:
        """Status, version and embargo as every printed page has them: ``concept 0.8, niet citeren``."""
        status = f"{self.status} {self.versie}" + (", niet citeren" if self.status == "concept" else "")
        return f"{status}; onder embargo tot en met {self.embargo}" if self.embargo else status

    @property
    def chapters(self) -> list[Chapter]:
        return [chapter for part in self.delen for chapter in part.hoofdstukken]

    @property
    def folders(self) -> list[str]:
        """Every folder under ``data/raw`` that some chapter reads, in order of appearance."""
        return list(dict.fromkeys(folder for chapter in self.chapters for folder in chapter.folders))

    @classmethod
    def build(cls, raw: Entry) -> Evaluation:
        """Check the raw YAML of ``evaluatie.yml`` and return it, or raise one NsocError."""
        evaluation = cls(
            titel=raw.text("titel"),
            ondertitel=raw.text("ondertitel"),
            opstellers=raw.text("opstellers"),
            status=raw.choice("status", STATUSSEN),
            versie=raw.text("versie"),
            datum=raw.text("datum"),
            verantwoording=tuple(raw.texts("verantwoording")),
            bij_nagebootst=tuple(raw.texts("bij_nagebootst", [])),
            embargo=raw.text("embargo", ""),
            bronwerken=tuple(Bronwerk.build(entry) for entry in raw.entries("bronwerken", [])),
            onthulling=raw.text("onthulling", STANDAARD),
            delen=tuple(Part.build(entry) for entry in raw.entries("delen")),
        )
        raw.refuse_unknown()
        if evaluation.embargo:
            read_day(evaluation.embargo, raw.at("embargo"))
        if not evaluation.chapters:
            raise NsocError(
                raw.at("delen"),
                found="geen enkel hoofdstuk",
                expected="ten minste een deel met een hoofdstuk",
                remedy="Voeg een hoofdstuk toe: titel en notebook.",
            )
        if twice := first_double(chapter.key for chapter in evaluation.chapters):
            raise NsocError(
                raw.at("delen"),
                found=f"twee keer het hoofdstuk {twice}",
                expected="elk notebook met dezelfde parameters een keer",
                remedy="Verwijder een van beide of geef het andere parameters.",
            )
        return evaluation
