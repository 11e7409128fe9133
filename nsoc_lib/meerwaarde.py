"""The elements of added value that interviewees named, with the words the source uses for how many."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from nsoc_lib.errors import NsocError
from nsoc_lib.prose import indicate
from nsoc_lib.published import SourceTable
from nsoc_lib.result import Result
from nsoc_lib.tables import NOTHING, Row, Table
from nsoc_lib.wording import Quantifier, read_quantifier

BETWEEN = "; "  # between the words of one element, and between what they are about


@dataclass(frozen=True)
class Element:
    """One element of meerwaarde. ``woorden`` pairs a word for how many with what those said."""

    id: str
    label: str
    woorden: tuple[tuple[Quantifier, str], ...]
    niveau: str
    vindplaats: str


@dataclass(frozen=True)
class Meerwaarde:
    """All elements, in the order of the source."""

    meting: str
    elementen: tuple[Element, ...]
    dataset: str

    @property
    def aantal(self) -> Result:
        """How many elements there are."""
        return self._result("aantal", "Elementen van meerwaarde", len(self.elementen))

    @property
    def toegelicht(self) -> Result:
        """For how many elements the source says how many interviewees named it."""
        counted = [element for element in self.elementen if element.woorden]
        return self._result("met-woord", "Elementen met een woord voor hoeveel geïnterviewden", len(counted))

    def _result(self, name: str, label: str, value: int) -> Result:
        return Result(f"{self.meting}.meerwaarde.{name}", label, value, "elementen", "herleid", self.dataset)


def build_meerwaarde(table: SourceTable) -> Meerwaarde:
    """Check the table and return the elements, or raise one NsocError with row and column."""
    rows = table.rijen.to_dict("records")
    return Meerwaarde(table.meting, tuple(_build_element(row, table) for row in rows), table.dataset)


def _build_element(row: dict[Hashable, Any], table: SourceTable) -> Element:
    texts = {str(name): "" if pd.isna(value) else str(value) for name, value in row.items()}
    where = f"tabel {table.dataset.split('@')[0]} van {table.meting}, rij {row.get('rij', '?')}"
    words, about = (texts[name].split(BETWEEN) if texts[name] else [] for name in ("woord", "waarover"))
    if len(words) != len(about):
        raise NsocError(
            f"{where}, kolom waarover",
            found=f"{len(words)} in de kolom woord en {len(about)} in de kolom waarover",
            expected="bij elk woord voor een hoeveelheid waarover het gaat",
            remedy=f'Vul beide kolommen even vaak, met "{BETWEEN}" ertussen.',
        )
    quantifiers = [read_quantifier(word, f"{where}, kolom woord") for word in words]
    pairs = tuple(zip(quantifiers, about, strict=True))
    return Element(texts["element"], texts["label"], pairs, texts["niveau"], texts["vindplaats"])


def tabulate_meerwaarde(meerwaarde: Meerwaarde) -> Table:
    """Return every element with the published word for how many said what; no percentage follows from it."""
    rows: list[Row] = [
        (element.label, _words(element), element.niveau or NOTHING, indicate(element.vindplaats))
        for element in meerwaarde.elementen
    ]
    return Table(
        key=f"tabel-{meerwaarde.meting}-meerwaarde",
        bijschrift="Elementen van meerwaarde volgens geïnterviewden.",
        koppen=("Element", "Hoeveel geïnterviewden", "Niveau", "Vindplaats"),
        rijen=tuple(rows),
        noten=("Een streepje betekent dat de bron het bij dit element niet noemt, niet dat niemand het zei.",),
    )


def _words(element: Element) -> str:
    return BETWEEN.join(f"{quantifier.woord}: {about}" for quantifier, about in element.woorden) or NOTHING
