"""A questionnaire as tidy tables: who took part, what each answered, what is known about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nsoc_lib.codebook import Codebook
from nsoc_lib.errors import NsocError
from nsoc_lib.frequencies import Crosstab, Part, count_parts, parts_of
from nsoc_lib.meting import ONBEKEND, SurveyRecord
from nsoc_lib.sources.export import NIET_GEKOZEN, OVERGESLAGEN, Response
from nsoc_lib.sources.stored import StoredTable

STATUSSEN = ("geldig", "overgeslagen", "niet bereikt")
ONTBREEKT = "ontbreekt"  # the file or the codebook itself says why there is no answer
SEEN = (OVERGESLAGEN, NIET_GEKOZEN)  # declared kinds that say no more than a blank: shown, and left as it was
NIET_GETOOND = "niet getoond"  # a question about what was chosen before, when nothing was
KNOWN_KINDS = (*SEEN, *STATUSSEN, NIET_GETOOND)  # what a status says already, as in a file we wrote ourselves
ROW = "rij"  # the row in the export, one per respondent: what the tables of a survey have in common
SOORT = "soort_ontbreekt"  # the column with what it says; absent where no answer is missing in that way


@dataclass(frozen=True)
class Finding:
    """Something a researcher must know about the data that does not stop the run."""

    onderwerp: str
    tekst: str
    aantal: int
    meting: str = ""


@dataclass(frozen=True)
class Cleaned:
    """Tidy tables of one questionnaire.

    ``antwoorden``: respondent, stelling, thema, antwoord (ordered category, missing unless
    ``status`` is "geldig"), status, rij, kolom. ``respondenten``: respondent, compleet,
    voortgang (percent of the questionnaire), one column per background variable, kenmerk
    (pseudonym of the ResponseId, which stays the same in a later export), rij.
    ``open_antwoorden``: respondent, vraag, status, code (missing when not coded), tekst
    (missing unless the codebook keeps it), rij. ``keuzes``: one row per chosen option, or one
    without option for who chose none: respondent, vraag, optie, rang (missing when not ranked),
    antwoord (of a loop), code (of "anders, namelijk"; its words are never kept), status, rij, kolom.

    Where an answer is missing because the file or the codebook says so ("weigert"), ``status`` is
    "ontbreekt" and a last column soort_ontbreekt keeps the kind; without such answers there is no
    such column. ``respondenten`` then has a column per background variable, ``groep-ontbreekt``.
    """

    antwoorden: pd.DataFrame
    respondenten: pd.DataFrame
    open_antwoorden: pd.DataFrame
    bevindingen: tuple[Finding, ...]
    keuzes: pd.DataFrame = field(default_factory=pd.DataFrame)


class _Rows:
    """A field that takes a table in memory or on disk, and gives its rows.

    A table on disk is read when somebody asks for rows; who counts never does.
    """

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, survey: object | None, owner: type) -> pd.DataFrame:
        if survey is None:
            raise AttributeError(self._name)  # as a field without a default
        table = survey.__dict__[self._name]
        return table.frame if isinstance(table, StoredTable) else table

    def __set__(self, survey: object, table: pd.DataFrame | StoredTable) -> None:
        survey.__dict__[self._name] = table


@dataclass(frozen=True)
class Survey:
    """A cleaned questionnaire with what is needed to read it: codebook, record, data version.

    Its tables are empty when the answers were never published; ``beschikbaar`` tells.
    """

    meting: str
    if TYPE_CHECKING:  # a type checker takes a descriptor for a default
        antwoorden: pd.DataFrame
        respondenten: pd.DataFrame
        open_antwoorden: pd.DataFrame
    else:
        antwoorden: Any = _Rows()
        respondenten: Any = _Rows()
        open_antwoorden: Any = _Rows()
    codeboek: Codebook
    opgave: SurveyRecord
    dataset: str
    keuzes: pd.DataFrame = field(default_factory=pd.DataFrame)
    _counted: dict[tuple[str | None, ...], Crosstab] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def count(self, *columns: str, by: str | None = None) -> Crosstab:
        """Count the answers per combination of levels of these columns, and by a background variable.

        The group of an answer is that of the respondent in the same row of the export; it is missing for
        who has none. Counted once for each combination of columns, and never by reading all rows at a time.
        """
        key = (by, *columns)
        if key not in self._counted:
            answers = self.__dict__["antwoorden"]
            parts = _parts(answers, [*columns, ROW] if by else columns)
            if by:
                groups = _groups_by_row(self.__dict__["respondenten"], by)
                parts = [groups.join(part) for part in parts]
            self._counted[key] = count_parts(parts, *columns, *([by] if by else []))
        return self._counted[key]

    def count_statement(self, stelling: str) -> Crosstab:
        """Count one statement by answer, status and, where the table has it, kind of missing."""
        return self._by_statement.where("stelling", stelling)

    @property
    def soorten(self) -> tuple[str, ...]:
        """The kinds of missing among the answers to statements, sorted."""
        counts = self._by_statement
        return tuple(sorted(str(k) for k, n in counts.of(SOORT).items() if n)) if SOORT in counts.columns else ()

    @property
    def _by_statement(self) -> Crosstab:
        known = self.__dict__["antwoorden"].columns
        return self.count(*(name for name in ("stelling", "antwoord", "status", SOORT) if name in known))

    @property
    def genodigd(self) -> int:
        """How many were invited. Raises NsocError when nobody can say."""
        invited = self.opgave.veldwerk.uitgenodigd
        if invited is None:
            raise NsocError(
                f"data/raw/{self.meting}/meting.yml, sleutel uitgenodigd",
                found=ONBEKEND,
                expected="het aantal genodigden, voor een uitkomst over allen die zijn gevraagd",
                remedy="Vul het aantal in, of toon een uitkomst over wie antwoordde.",
            )
        return invited

    @property
    def beschikbaar(self) -> bool:
        """Whether there are answers at all, observed or imitated."""
        return self.opgave.herkomst != ONBEKEND

    @property
    def waargenomen(self) -> bool:
        return self.opgave.herkomst == "waargenomen"


@dataclass(frozen=True)
class _Groups:
    """The group of the respondent in each row of an export, as a place among ``levels``; -1 where there is none."""

    name: str
    levels: list[str]
    places: NDArray[Any]

    def join(self, part: Part) -> Part:
        """Return the part with the group of each row; a row that no respondent has, has no group."""

        def read() -> Any:
            import pyarrow as pa

            table = part()
            places = self.places.take(table.column(ROW).to_numpy(), mode="clip")
            indices = pa.array(places, mask=places < 0)
            levels = pa.array(self.levels, pa.string())
            return table.append_column(self.name, pa.DictionaryArray.from_arrays(indices, levels))

        return read


def _groups_by_row(respondents: pd.DataFrame | StoredTable, name: str) -> _Groups:
    frame = respondents[[ROW, name]] if isinstance(respondents, pd.DataFrame) else respondents.select([ROW, name])
    groups = frame[name].astype("category").cat
    codes = groups.codes.to_numpy()
    last = int(frame[ROW].max()) if len(frame) else 0
    places = np.full(last + 2, -1, dtype=codes.dtype)  # the last place is for any row beyond
    places[frame[ROW].to_numpy()] = codes
    return _Groups(name, [str(level) for level in groups.categories], places)


def _parts(table: pd.DataFrame | StoredTable, columns: Sequence[str]) -> list[Part]:
    return table.parts(columns) if isinstance(table, StoredTable) else parts_of(table, columns)


def kind_of_missing(response: Response, *import_ids: str) -> str | None:
    """Return the kind of missing that the file declares for an empty cell, or for cells of one question together.

    A kind that repeats a status, or only says that the question was seen, is none: it stands in the status.
    """
    declared = [
        response.ontbreekt[name] for name in import_ids if name in response.ontbreekt and not response.cells[name]
    ]
    kinds = [kind or "zonder naam" for kind in declared if kind.lower() not in KNOWN_KINDS]
    return "; ".join(dict.fromkeys(kinds)) or None


def keep_kinds(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the table with its kinds of missing, or without that column when there are none."""
    return frame.astype({SOORT: "str"}) if frame[SOORT].notna().any() else frame.drop(columns=SOORT)


def name_kind(kind: str) -> str:
    """Return a kind of missing as a kind of status.

    >>> name_kind("weigert")
    'ontbreekt: weigert'
    """
    return f"{ONTBREEKT}: {kind}"


def count_kinds(counts: Crosstab, kinds: tuple[str, ...]) -> dict[str, int]:
    """Return how many answers are missing in each way, also in ways that do not occur among these answers."""
    found = counts.of(SOORT) if kinds else {}
    return {name_kind(kind): found.get(kind, 0) for kind in kinds}
