"""``evaluatie.yml``: the table of contents of the report, which is the pipeline as well."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nsoc_lib.disclosure_profile import STANDAARD
from nsoc_lib.entries import Entry
from nsoc_lib.errors import NsocError
from nsoc_lib.paths import check_name

STATUSSEN = ("concept", "definitief")
FOLDER_PARAMETERS = ("meting", "metingen", "kader")  # a folder each; metingen holds several, with spaces between


@dataclass(frozen=True)
class Chapter:
    """One chapter: a notebook, run with these parameters.

    ``key`` names the executed notebook; it follows from notebook and parameters, so two
    chapters can never claim the same file.
    """

    titel: str
    notebook: str
    parameters: dict[str, str | int]

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
        )
        raw.refuse_unknown()
        for name in chapter.folders:
            check_name(name, raw.at("parameters"))
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
class Evaluation:
    """Title page and table of contents of one report."""

    titel: str
    ondertitel: str
    opstellers: str
    status: str
    versie: str
    datum: str
    verantwoording: tuple[str, ...]
    delen: tuple[Part, ...]
    bij_nagebootst: tuple[str, ...] = ()
    onthulling: str = STANDAARD

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
            onthulling=raw.text("onthulling", STANDAARD),
            delen=tuple(Part.build(entry) for entry in raw.entries("delen")),
        )
        raw.refuse_unknown()
        if not evaluation.chapters:
            raise NsocError(
                raw.at("delen"),
                found="geen enkel hoofdstuk",
                expected="ten minste een deel met een hoofdstuk",
                remedy="Voeg een hoofdstuk toe: titel en notebook.",
            )
        keys = [chapter.key for chapter in evaluation.chapters]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise NsocError(
                raw.at("delen"),
                found=f"twee keer het hoofdstuk {twice[0]}",
                expected="elk notebook met dezelfde parameters een keer",
                remedy="Verwijder een van beide of geef het andere parameters.",
            )
        return evaluation
