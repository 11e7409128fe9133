"""A published number with everything needed to account for it: the row of the ledger."""

from __future__ import annotations

import html
import math
from dataclasses import asdict, dataclass, replace
from typing import Any

from nsoc_lib.rounding import ROUNDED_APART, percentage_of_sum, round_half_up, sum_of_percentages

MIME = "application/vnd.nsoc.resultaat+json"
PROCENT = "pct"
ONE_DECIMAL = "een decimaal"  # a percentage that a source prints so
PASS, REVIEW, SUPPRESS = "pass", "review", "suppress"  # what disclosure control decided about an output
HIDDEN_MARK = "·"
ROUNDED_COUNTS = "aantallen op veelvouden van"  # how ``rounding`` begins when the profile rounds counts of people
NO_BOUNDS = "de aantallen zijn afgerond; grenzen zouden dat ongedaan maken"
_TO_ENGLISH = str.maketrans(",.", ".,")  # point and comma change places


@dataclass(frozen=True)
class Result:
    """One number. ``value`` is computed and unrounded; rounding is applied only when it is shown.

    ``count`` of ``n`` valid answers, of ``population`` invited people; ``parts`` are the counts
    of the answer categories that make up ``count``; ``missing`` counts, per kind, who gave no answer; ``low`` and ``high`` are the worst-case
    bounds over the population in the unit of ``value``. Missing means: does not apply. ``status`` is pass,
    review or suppress with its reason in Dutch; empty until it is decided. A suppressed result holds no number.
    """

    id: str
    label: str
    value: float | int
    unit: str
    provenance: str
    dataset: str
    count: int | None = None
    n: int | None = None
    population: int | None = None
    low: float | None = None
    high: float | None = None
    rounding: str = "geen"
    parts: tuple[int, ...] = ()
    missing: tuple[tuple[str, int], ...] = ()
    notebook: str = ""
    status: str = ""
    status_reden: str = ""

    @property
    def suppressed(self) -> bool:
        return self.status == SUPPRESS

    def suppress(self, reason: str) -> Result:
        """Return what remains of a number that may not be shown: its name, never its value. NaN stands for no value."""
        return Result(self.id, self.label, math.nan, self.unit, self.provenance, self.dataset, notebook=self.notebook,
                      status=SUPPRESS, status_reden=reason)  # fmt: skip

    @property
    def meting(self) -> str:
        return self.id.split(".", 1)[0]

    @property
    def shown(self) -> str:
        """The number as a Dutch reader sees it: ``84%``, ``21``, ``0,25``; a dot when it is suppressed."""
        if self.suppressed:
            return HIDDEN_MARK
        if self.unit == PROCENT:
            one = f"{round_half_up(10 * self.value) / 10:.1f}".replace(".", ",")
            return f"{one if self.rounding == ONE_DECIMAL else self._whole_percentage()}%"
        if self.unit in {"procentpunt", "verwacht aantal"}:
            return str(round_half_up(self.value))
        if self.unit == "kans":
            return "kleiner dan 0,001" if self.value < 0.001 else f"{self.value:.3f}".replace(".", ",")
        if isinstance(self.value, int) or self.value == int(self.value):
            return f"{int(self.value):,}".replace(",", ".")
        return f"{self.value:.2f}".replace(".", ",")

    @property
    def shown_en(self) -> str:
        """The number as an English reader sees it: ``84%``, ``1,765``, ``0.25``."""
        return self.shown.replace("kleiner dan", "less than").translate(_TO_ENGLISH)

    @property
    def token(self) -> str:
        """The number as HTML, tied to its row in ``resultaten.csv``."""
        if self.suppressed:
            return f'<span class="onderdrukt" data-id="{html.escape(self.id)}">{HIDDEN_MARK}</span>'
        return self.token_as(self.shown)

    def token_as(self, shown: str) -> str:
        """Return the number as HTML in a form of its own, such as the English one: the same row, the same value."""
        return (
            f'<data class="cijfer" data-id="{html.escape(self.id)}" '
            f'value="{plain(self.value)}">{html.escape(shown)}</data>'
        )

    def _whole_percentage(self) -> int:
        if self.count is None or not self.n:
            return round_half_up(self.value)
        if self.rounding == ROUNDED_APART and self.parts:
            return sum_of_percentages(self.parts, self.n)
        return percentage_of_sum(self.count, self.n)

    # What belongs to a share is a result of its own, so that no number in a sentence goes unaccounted for.

    @property
    def aantal(self) -> Result:
        """The count k behind a share, in people."""
        return self._related("aantal", self.count, "aantal personen")

    @property
    def basis(self) -> Result:
        """The valid answers n on which a share is based."""
        return self._related("basis", self.n, "geldige antwoorden")

    @property
    def genodigd(self) -> Result:
        """The people invited, N."""
        return self._related("genodigd", self.population, "genodigden")

    @property
    def minstens(self) -> Result:
        """The fewest of those invited for whom this holds: everybody without an answer differs."""
        return self._related("minstens", self.count, "minstens van de genodigden")

    @property
    def hoogstens(self) -> Result:
        """The most of those invited for whom this holds: everybody without an answer agrees."""
        known = None not in (self.count, self.n, self.population)
        most = self.count + self.population - self.n if known else None  # type: ignore[operator]
        return self._related("hoogstens", most, "hoogstens van de genodigden")

    def _related(self, suffix: str, value: int | None, label: str) -> Result:
        if value is None and not self.suppressed:
            raise ValueError(f"{self.id} is geen aandeel en heeft geen {suffix}")
        related = Result(
            id=f"{self.id}.{suffix}",
            label=f"{self.label}: {label}",
            value=math.nan if value is None else value,
            unit="personen",
            provenance=self.provenance,
            dataset=self.dataset,
            rounding=self.rounding if self.counts_rounded and suffix in {"aantal", "basis"} else "geen",
            status=self.status,
            status_reden=self.status_reden,
        )
        if self.suppressed:
            return related.suppress(self.status_reden)
        return related.suppress(NO_BOUNDS) if self.counts_rounded and suffix in {"minstens", "hoogstens"} else related

    @property
    def counts_rounded(self) -> bool:
        """Whether its counts of people were rounded before anything was computed from them."""
        return self.rounding.startswith(ROUNDED_COUNTS)

    def in_notebook(self, notebook: str) -> Result:
        return replace(self, notebook=notebook)

    def to_json(self) -> dict[str, Any]:
        value = None if math.isnan(self.value) else self.value  # JSON knows no NaN
        parts, missing = list(self.parts), [list(pair) for pair in self.missing]
        return asdict(self) | {"value": value, "parts": parts, "missing": missing}

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Result:
        missing = tuple((str(kind), int(count)) for kind, count in raw["missing"])
        value = math.nan if raw["value"] is None else raw["value"]
        return cls(**(raw | {"value": value, "parts": tuple(raw["parts"]), "missing": missing}))


def plain(value: float | None) -> str:
    """Return a number for a machine: a point, no rounding for the eye, empty when missing.

    >>> plain(84.0), plain(2 / 3), plain(None)
    ('84', '0.666666666666667', '')
    """
    return "" if value is None or math.isnan(value) else format(value, ".15g")
