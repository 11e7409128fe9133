"""A questionnaire as tidy tables: who took part, what each answered, what is known about it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from nsoc_lib.codebook import Codebook
from nsoc_lib.meting import SurveyRecord

STATUSSEN = ("geldig", "overgeslagen", "niet bereikt")


@dataclass(frozen=True)
class Finding:
    """Something a researcher must know about the data that does not stop the run."""

    onderwerp: str
    tekst: str
    aantal: int


@dataclass(frozen=True)
class Cleaned:
    """Tidy tables of one questionnaire.

    ``antwoorden``: respondent, stelling, thema, antwoord (ordered category, missing unless
    ``status`` is "geldig"), status, rij, kolom. ``respondenten``: respondent, compleet,
    voortgang (percent of the questionnaire), one column per background variable, kenmerk
    (pseudonym of the ResponseId, which stays the same in a later export), rij.
    ``open_antwoorden``: respondent, vraag, status, code (missing when not coded), tekst
    (missing unless the codebook keeps it), rij.
    """

    antwoorden: pd.DataFrame
    respondenten: pd.DataFrame
    open_antwoorden: pd.DataFrame
    bevindingen: tuple[Finding, ...]


@dataclass(frozen=True)
class Survey:
    """A cleaned questionnaire with what is needed to read it: codebook, record, data version."""

    meting: str
    antwoorden: pd.DataFrame
    respondenten: pd.DataFrame
    open_antwoorden: pd.DataFrame
    codeboek: Codebook
    opgave: SurveyRecord
    dataset: str

    @property
    def genodigd(self) -> int:
        return self.opgave.veldwerk.uitgenodigd

    @property
    def waargenomen(self) -> bool:
        return self.opgave.herkomst == "waargenomen"
