"""Figures printed in a source, beside what the data give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.meting import Meting
from nsoc_lib.response import Response, share_mentioning
from nsoc_lib.result import PROCENT, Result
from nsoc_lib.rounding import percentage_of_sum, sum_of_percentages
from nsoc_lib.shares import Agreement, share_agreeing
from nsoc_lib.source_rows import SourceRow, SourceTable, read_rows
from nsoc_lib.survey import Survey

REMEDY = "Verbeter de naam in de overgetypte tabel, of in het codeboek."


@dataclass(frozen=True)
class Dossier:
    """All that was cleaned of one meting: its record, its questionnaires and its tables by name."""

    meting: Meting
    enquetes: Mapping[str, Survey]
    tabellen: Mapping[str, SourceTable]


@dataclass(frozen=True)
class Comparison:
    """A computed share beside the published one, with everything the source says of it."""

    berekend: Result
    gepubliceerd: Result
    thema: str
    bases: tuple[int, ...]
    toewijzing: str
    verwoording: str
    vindplaats: str

    @property
    def gelijk(self) -> bool:
        """Whether both show the same whole percentage."""
        return self.berekend.shown == self.gepubliceerd.shown

    @property
    def basis_gedrukt(self) -> bool:
        """Whether the base used is one that the figure prints."""
        return self.berekend.n in self.bases

    @property
    def van_de_som(self) -> int:
        """The percentage when the agreeing categories are added first and rounded once."""
        return percentage_of_sum(self.berekend.count or 0, self.berekend.n or 1)

    @property
    def som_van_delen(self) -> int:
        """The percentage when each agreeing category is rounded apart and the outcomes are added."""
        return sum_of_percentages(self.berekend.parts, self.berekend.n or 1)

    @property
    def eens_afgerond(self) -> bool:
        """Whether the published percentage is the count over the base, rounded once."""
        return self.van_de_som == int(self.gepubliceerd.value)

    @property
    def als_som(self) -> bool:
        """Whether the published percentage is the sum of separately rounded categories."""
        return self.som_van_delen == int(self.gepubliceerd.value)

    @property
    def alleen_als_som(self) -> bool:
        return self.als_som and not self.eens_afgerond


@dataclass(frozen=True)
class Facts:
    """Fixed facts from the sources by name, for sentences: ``feiten.partners``."""

    resultaten: dict[str, Result]

    def __getattr__(self, name: str) -> Result:
        if name.startswith("_"):  # Python itself asks for such names
            raise AttributeError(name)
        try:
            return self.resultaten[name]
        except KeyError:
            raise NsocError(
                "feiten.csv, kolom feit",
                found=f'geen feit "{name}"',
                expected=f"een van: {enumerate_nl(list(self.resultaten))}",
                remedy="Voeg het feit toe met zijn vindplaats, of verbeter de naam in het notebook.",
            ) from None

    def __dir__(self) -> list[str]:
        """Name the facts as well, so that JupyterLab completes them."""
        return [*super().__dir__(), *self.resultaten]


def build_facts(table: SourceTable) -> Facts:
    """Return the facts of a table with the columns feit, waarde, eenheid, omschrijving, vindplaats."""
    return Facts(
        {
            row.text("feit"): Result(
                id=f"{table.meting}.feiten.{row.text('feit')}",
                label=f"{row.text('omschrijving')} ({row.text('vindplaats')})",
                value=row.count("waarde"),
                unit=row.text("eenheid"),
                provenance=table.herkomst,
                dataset=table.dataset,
            )
            for row in read_rows(table)
        }
    )


def compare_published(survey: Survey, table: SourceTable) -> tuple[Comparison, ...]:
    """Put each published percentage beside the computed one, in the order of the source."""
    computed = {
        agreement.stelling.id: agreement
        for thema in survey.codeboek.themas
        for agreement in share_agreeing(survey, thema)
    }
    return tuple(_compare(computed[row.choice("stelling", computed, REMEDY)], row, table) for row in read_rows(table))


def _compare(agreement: Agreement, row: SourceRow, table: SourceTable) -> Comparison:
    theme, bases, assigned, wording, where = row.texts("thema", "bases", "toewijzing", "verwoording", "vindplaats")
    return Comparison(
        berekend=agreement.eens,
        gepubliceerd=_published(agreement.eens, row.count("percentage"), PROCENT, table),
        thema=theme,
        bases=tuple(int(base) for base in bases.split()),
        toewijzing=assigned,
        verwoording=wording,
        vindplaats=where,
    )


def compare_response(
    survey: Survey, response: Response, table: SourceTable
) -> tuple[tuple[Result, Result, str, str], ...]:
    """Put published counts and rates of the response beside the computed ones.

    ``kenmerk`` is a part of the response or a code of an open question. Returns per row:
    computed, published, the source's wording, locator. Raises NsocError for another kenmerk.
    """
    computed = {
        "uitgenodigd": response.genodigd,
        "compleet": response.compleet,
        "deels": response.deels,
        "aandeel-compleet": response.compleetaandeel,
        "aandeel-gestart": response.gestartaandeel,
    }
    questions = survey.codeboek.open_vragen
    computed |= {code: share_mentioning(survey, question, code) for question in questions for code in question.codes}
    compared = []
    for row in read_rows(table):
        own = computed[row.choice("kenmerk", computed, REMEDY)]
        published = _published(own, row.count("waarde"), row.text("eenheid"), table)
        compared.append((own, published, row.text("verwoording"), row.text("vindplaats")))
    return tuple(compared)


def _published(berekend: Result, value: int, unit: str, table: SourceTable) -> Result:
    return Result(
        id=f"{berekend.id}.gepubliceerd",
        label=f"{berekend.label} (gepubliceerd)",
        value=value,
        unit=unit,
        provenance=table.herkomst,
        dataset=table.dataset,
    )


def count_comparisons(comparisons: tuple[Comparison, ...]) -> dict[str, Result]:
    """Count how many published percentages are met: as shown, as a share rounded once, on a printed base."""
    first = comparisons[0].berekend
    counts = {
        "totaal": ("Gepubliceerde percentages", len(comparisons)),
        "gelijk": ("Gelijk zoals getoond", sum(c.gelijk for c in comparisons)),
        "eens_afgerond": ("Ook gelijk als er een keer wordt afgerond", sum(c.eens_afgerond for c in comparisons)),
        "als_som": ("Gelijk als som van afgeronde delen", sum(c.als_som for c in comparisons)),
        "alleen_als_som": ("Alleen gelijk als som van afgeronde delen", sum(c.alleen_als_som for c in comparisons)),
        "basis_gedrukt": ("Op een basis die de figuur noemt", sum(c.basis_gedrukt for c in comparisons)),
    }
    return {
        name: Result(f"{first.meting}.vergelijking.{name.replace('_', '-')}", label, value, "percentages",
                     first.provenance, first.dataset)
        for name, (label, value) in counts.items()
    }  # fmt: skip
