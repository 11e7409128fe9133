"""A questionnaire as tidy tables: who took part, what each answered, what is known about it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from nsoc_lib.codebook import Codebook
from nsoc_lib.disclosure import judge_result
from nsoc_lib.disclosure_profile import ALLE, DisclosureProfile
from nsoc_lib.errors import NsocError
from nsoc_lib.meting import ONBEKEND, SurveyRecord
from nsoc_lib.result import Result
from nsoc_lib.sources.export import NIET_GEKOZEN, OVERGESLAGEN, Response

STATUSSEN = ("geldig", "overgeslagen", "niet bereikt")
ONTBREEKT = "ontbreekt"  # the file or the codebook itself says why there is no answer
SEEN = (OVERGESLAGEN, NIET_GEKOZEN)  # declared kinds that say no more than a blank: shown, and left as it was
NIET_GETOOND = "niet getoond"  # a question about what was chosen before, when nothing was
KNOWN_KINDS = (*SEEN, *STATUSSEN, NIET_GETOOND)  # what a status says already, as in a file we wrote ourselves
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


@dataclass(frozen=True)
class Survey:
    """A cleaned questionnaire with what is needed to read it: codebook, record, data version.

    Its tables are empty when the answers were never published; ``beschikbaar`` tells. ``profiel`` says what may be
    shown of observed answers; imitated ones need none.
    """

    meting: str
    antwoorden: pd.DataFrame
    respondenten: pd.DataFrame
    open_antwoorden: pd.DataFrame
    codeboek: Codebook
    opgave: SurveyRecord
    dataset: str
    keuzes: pd.DataFrame = field(default_factory=pd.DataFrame)
    profiel: DisclosureProfile | None = None

    @property
    def regels(self) -> DisclosureProfile:
        """The disclosure profile in force. Raises ValueError for a survey that was put together without one."""
        if self.profiel is None:
            raise ValueError(f"enquête {self.codeboek.instrument} van {self.meting} heeft geen profiel van onthulling")
        return self.profiel

    def judge(self, result: Result, kind: str = ALLE) -> Result:
        """Return a number about these respondents with its status; an observed one by the profile in force."""
        return judge_result(result, self.regels, kind) if self.waargenomen else result

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


def kinds_in(frame: pd.DataFrame) -> tuple[str, ...]:
    """Return the kinds of missing in a cleaned table, sorted; none for a table without them."""
    return tuple(sorted(frame[SOORT].dropna().unique())) if SOORT in frame else ()


def name_kind(kind: str) -> str:
    """Return a kind of missing as a kind of status.

    >>> name_kind("weigert")
    'ontbreekt: weigert'
    """
    return f"{ONTBREEKT}: {kind}"


def count_kinds(rows: pd.DataFrame, kinds: tuple[str, ...]) -> dict[str, int]:
    """Count the answers missing in each way, also those that do not occur in these rows."""
    return {name_kind(kind): int((rows[SOORT] == kind).sum()) for kind in kinds}
