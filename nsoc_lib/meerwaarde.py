"""The elements of added value that interviewees named, with the words the source uses for how many."""

from __future__ import annotations

from dataclasses import dataclass

from nsoc_lib.prose import indicate
from nsoc_lib.result import Result
from nsoc_lib.source_rows import SourceRow, SourceTable, read_rows
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
    return Meerwaarde(table.meting, tuple(_build_element(row) for row in read_rows(table)), table.dataset)


def _build_element(row: SourceRow) -> Element:
    words, about = (text.split(BETWEEN) if text else [] for text in row.texts("woord", "waarover"))
    if len(words) != len(about):
        raise row.refuse(
            "waarover",
            "bij elk woord voor een hoeveelheid waarover het gaat",
            f'Vul beide kolommen even vaak, met "{BETWEEN}" ertussen.',
            found=f"{len(words)} in de kolom woord en {len(about)} in de kolom waarover",
        )
    quantifiers = [read_quantifier(word, row.place("woord")) for word in words]
    element, label, niveau, vindplaats = row.texts("element", "label", "niveau", "vindplaats")
    return Element(element, label, tuple(zip(quantifiers, about, strict=True)), niveau, vindplaats)


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
