"""What became of an expectation: it holds, it does not, or it could not be judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nsoc_lib.result import Result

HOUDT, HOUDT_NIET, NIET_TE_BEOORDELEN = "klopt", "klopt niet", "niet te beoordelen"
UITKOMSTEN = (HOUDT, HOUDT_NIET, NIET_TE_BEOORDELEN)
ERNSTEN = ("critical", "warning")


@dataclass(frozen=True)
class Outcome:
    """The outcome of one expectation on one table.

    ``plaatsen`` are the rows and columns of the researcher's file where it fails, at most a
    few; ``waargenomen`` says what was found and never quotes a respondent's answer.
    """

    tabel: str
    soort: str
    kolom: str
    ernst: str
    reden: str
    uitkomst: str
    waargenomen: str
    aantal: int
    plaatsen: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return self.__dict__ | {"plaatsen": list(self.plaatsen)}

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Outcome:
        return cls(**(raw | {"plaatsen": tuple(raw["plaatsen"])}))


@dataclass(frozen=True)
class Validation:
    """All outcomes for one table of one folder, with the version of the data that was judged."""

    meting: str
    tabel: str
    herkomst: str
    dataset: str
    uitkomsten: tuple[Outcome, ...]

    def count(self, uitkomst: str) -> Result:
        """Count the expectations with one outcome, as a result."""
        return Result(
            id=f"{self.meting}.toetsing.{self.tabel}.{uitkomst.replace(' ', '-')}",
            label=f"Verwachtingen over tabel {self.tabel}: {uitkomst}",
            value=sum(outcome.uitkomst == uitkomst for outcome in self.uitkomsten),
            unit="verwachtingen",
            provenance=self.herkomst,
            dataset=self.dataset,
        )

    def to_json(self) -> dict[str, Any]:
        return self.__dict__ | {"uitkomsten": [outcome.to_json() for outcome in self.uitkomsten]}

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Validation:
        return cls(**(raw | {"uitkomsten": tuple(Outcome.from_json(outcome) for outcome in raw["uitkomsten"])}))
