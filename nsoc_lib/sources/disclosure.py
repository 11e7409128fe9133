"""Read what governs disclosure: the profile in force, decisions of reviewers, and words no quotation may hold."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from nsoc_lib.disclosure import BESLUITEN, Release, Rules
from nsoc_lib.disclosure_profile import STANDAARD, DisclosureProfile, build_profile
from nsoc_lib.errors import NsocError, enumerate_nl, unknown_value
from nsoc_lib.paths import Study
from nsoc_lib.periods import is_day
from nsoc_lib.sources.delimited import load_rows
from nsoc_lib.sources.study import load_evaluation, load_text, parse_yaml

RELEASE_COLUMNS = ("id", "besluit", "rol", "datum", "reden")
WORD_COLUMNS = ("woord",)


def load_profile(study: Study, name: str = STANDAARD) -> DisclosureProfile:
    """Read one profile: of the study's own file when it has one, else of the repository's.

    Raises NsocError when the file is absent or wrong anywhere, and when it has no profile with this name.
    """
    where = study.show(study.disclosure_file)
    return _build_profile(load_text(study.disclosure_file, where), where, name)


@lru_cache(maxsize=8)  # every chapter and every file that is checked asks for it
def _build_profile(text: str, where: str, name: str) -> DisclosureProfile:
    return build_profile(parse_yaml(text, where), name)


def load_current_profile(study: Study) -> DisclosureProfile:
    """Read the profile that ``evaluatie.yml`` chooses; ``wodc-praktijk`` when it names none or is not there."""
    if not study.evaluation_file.exists():
        return load_profile(study)
    return load_profile(study, load_evaluation(study).onthulling)


def load_disclosure(study: Study) -> Rules:
    """Read the profile in force and the decisions of reviewers."""
    return Rules(load_current_profile(study), load_releases(study))


def load_releases(study: Study) -> tuple[Release, ...]:
    """Return the rows of ``data/raw/vrijgaven.csv``; no file is no decisions.

    Raises NsocError with row and column for other columns, an empty cell, another decision, a date that does
    not exist, and an output that is decided about twice.
    """
    found: dict[str, Release] = {}
    for where, cells in _rows(study, study.releases_file, RELEASE_COLUMNS):
        release = Release(**dict(zip(RELEASE_COLUMNS, cells, strict=True)))
        if release.besluit not in BESLUITEN:
            raise unknown_value(f"{where}, kolom besluit", release.besluit, BESLUITEN)
        if not is_day(release.datum):
            raise NsocError(
                f"{where}, kolom datum",
                found=f'"{release.datum}"',
                expected="een bestaande dag als 2024-01-31",
                remedy="Verbeter de datum.",
            )
        if release.id in found:
            raise NsocError(
                f"{where}, kolom id",
                found=f"{release.id} voor de tweede keer",
                expected="over elke uitkomst een besluit",
                remedy="Laat het laatste besluit staan en haal de andere rij weg.",
            )
        found[release.id] = release
    return tuple(found.values())


def load_forbidden_words(study: Study, meting: str) -> tuple[str, ...]:
    """Return the names, units and places that no quotation of a meting may hold; no file is none."""
    return tuple(cells[0] for _, cells in _rows(study, study.forbidden_words_file(meting), WORD_COLUMNS))


def _rows(study: Study, path: Path, columns: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give the rows below the head, with where each stands and its cells without the spaces around them."""
    where = study.show(path)
    for number, cells in load_rows(path, where, columns):
        if len(cells) != len(columns) or not all(cells):
            raise NsocError(
                f"{where}, rij {number}",
                found=f'"{", ".join(cells)}"',
                expected=f"tekst in elk van de kolommen {enumerate_nl(list(columns), most=12)}",
                remedy="Vul de rij aan, of haal haar weg.",
            )
        yield f"{where}, rij {number}", cells
