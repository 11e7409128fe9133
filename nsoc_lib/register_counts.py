"""Counts of the fieldwork, each a result, and what the source prints beside what the register gives."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from nsoc_lib.errors import NsocError
from nsoc_lib.register import BIJEENKOMSTEN, FASEN, INTERVIEWS, VORMEN, Appointment, Register
from nsoc_lib.result import Result
from nsoc_lib.shares import slug
from nsoc_lib.source_rows import SourceTable, read_rows

PERSONEN, RESPONDENTEN = "personen", "respondenten"
GELIJK, ANDERE_LEZING, VERSCHIL = "gelijk", "gelijk bij een andere lezing", "verschilt"
TOTAAL = "totaal"


@dataclass(frozen=True)
class CountComparison:
    """A count printed in one place beside the count from the register.

    ``lezing`` is what the register gives when the printed count is read in another way, if that was declared.
    """

    kenmerk: str
    berekend: Result
    gepubliceerd: Result
    gedrukt: str
    lezing: Result | None
    vindplaats: str

    @property
    def uitkomst(self) -> str:
        """Whether both are equal, equal in the other reading, or different."""
        if self.berekend.value == self.gepubliceerd.value:
            return GELIJK
        other = self.lezing is not None and self.lezing.value == self.gepubliceerd.value
        return ANDERE_LEZING if other else VERSCHIL


def count_fieldwork(register: Register) -> dict[str, Result]:
    """Count all that the source counts, and what it leaves uncounted, by kenmerk.

    A respondent whose number of interviews is not filled in is not counted as interviewed; those
    are ``personen-zonder-opgave``. Members of a group have no code and are counted apart.
    """
    counts: dict[str, Result] = {}
    for soort in (INTERVIEWS, BIJEENKOMSTEN):
        counts[soort] = count_appointments(register, soort, "", register.select(soort))
        for fase in FASEN:
            counts[f"{soort}-{fase}"] = count_appointments(register, soort, fase, register.select(soort, fase))
    talks = register.select(INTERVIEWS)
    reflections = [a for a in talks if a.reflectie]
    counts["reflectiesessies"] = count_appointments(register, INTERVIEWS, "reflectiesessies", reflections)
    people, groups = register.respondenten, register.groepen
    rest = {
        "projecten": ("Projecten in het register", len({a.project for a in talks if a.project}), INTERVIEWS),
        "projecten-met-reflectiesessie": (
            "Projecten met een reflectiesessie", len({a.project for a in reflections}), INTERVIEWS,
        ),
        "personen-met-code": ("Personen met een eigen code", len(people), RESPONDENTEN),
        "personen-met-interview": ("Personen met een interview", sum((p.interviews or 0) > 0 for p in people), RESPONDENTEN),
        "personen-meermaals": (
            "Personen met meer interviews", sum((p.interviews or 0) > 1 for p in people), RESPONDENTEN,
        ),
        "personen-alleen-bijeenkomst": (
            "Personen met alleen een bijeenkomst",
            sum(p.interviews == 0 and (p.bijeenkomsten or 0) > 0 for p in people), RESPONDENTEN,
        ),
        "personen-zonder-opgave": (
            "Personen zonder ingevuld aantal interviews", sum(p.interviews is None for p in people), RESPONDENTEN,
        ),
        "groepsleden": ("Personen in een groep, zonder eigen code", sum(g.omvang for g in groups), RESPONDENTEN),
    }  # fmt: skip
    return counts | {name: _result(register, name, *found) for name, found in rest.items()}


def count_appointments(register: Register, soort: str, deel: str, chosen: Collection[Appointment]) -> Result:
    """Count interviews or meetings; ``deel`` says which ones: parts of the id with bars between, empty for all."""
    parts = [part for part in deel.split("|") if part]
    return Result(
        id=".".join([register.meting, "veldwerk", soort, *map(slug, parts)]),
        label=", ".join(
            [soort.capitalize(), *(register.namen.get(part) or FASEN.get(part, part).lower() for part in parts)]
        ),
        value=len(chosen),
        unit=soort,
        provenance="herleid",
        dataset=register.datasets[soort],
    )


def count_forms(
    register: Register, soort: str, deel: str, chosen: Collection[Appointment]
) -> tuple[tuple[Result, ...], Result]:
    """Count the chosen appointments per form (in person, digital, both), and in all."""
    forms = tuple(
        count_appointments(register, soort, f"{deel}|{vorm}", [a for a in chosen if a.vorm == vorm]) for vorm in VORMEN
    )
    return forms, count_appointments(register, soort, deel, chosen)


def count_people(register: Register, project: str) -> tuple[Result, Result | None]:
    """Count the codes of one project, and those with an interview: None when a number is not filled in."""
    people = [p for p in register.respondenten if p.project == project]
    name = register.namen[project]
    known = all(p.interviews is not None for p in people)
    interviewed = sum((p.interviews or 0) > 0 for p in people)
    all_codes, label = f"Personen met een code: {name}", f"Personen met een interview: {name}"
    return (
        _result(register, f"personen.{project}", all_codes, len(people), RESPONDENTEN),
        _result(register, f"personen.{project}.met-interview", label, interviewed, RESPONDENTEN) if known else None,
    )


def count_group(register: Register, project: str) -> Result:
    """Count the people of one project who are in a group and have no code."""
    size = sum(group.omvang for group in register.groepen if group.project == project)
    label = f"Personen in een groep, zonder eigen code: {register.namen[project]}"
    return _result(register, f"groepsleden.{project}", label, size, RESPONDENTEN)


def list_months(register: Register) -> tuple[str, ...]:
    """Return every month from the first to the last appointment, those without one included."""
    days = [appointment.dag for appointment in register.afspraken]
    first, last = (12 * day.year + day.month - 1 for day in (min(days), max(days)))
    return tuple(f"{month // 12}-{month % 12 + 1:02d}" for month in range(first, last + 1))


def check_month(text: str) -> str:
    """Return a month as ``2020-04``. Raises NsocError for another text: texts are compared in order."""
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        where, remedy = (
            "de grens tussen voor en na het begin van de pandemie",
            "Verbeter de parameter van het notebook.",
        )
        raise NsocError(where, found=f'"{text}"', expected="een maand als 2020-04", remedy=remedy)
    return text


def compare_counts(register: Register, table: SourceTable) -> tuple[CountComparison, ...]:
    """Put every printed count beside the count from the register, in the order of the source.

    Raises NsocError for a kenmerk that is not counted.
    """
    counts = count_fieldwork(register)
    comparisons = []
    remedy = "Verbeter de naam, of tel dit kenmerk in register_counts."
    for row in read_rows(table):
        name = row.choice("kenmerk", counts, remedy)
        other, place = row.choice("andere_lezing", ("", *counts), remedy), row.text("vindplaats")
        printed = Result(
            id=f"{counts[name].id}.gepubliceerd.{slug(place)}",
            label=f"{counts[name].label} (gepubliceerd, {place})",
            value=row.count("waarde"),
            unit=row.text("eenheid"),
            provenance=table.herkomst,
            dataset=table.dataset,
        )
        comparisons.append(CountComparison(name, counts[name], printed, row.text("gedrukt"), counts.get(other), place))
    return tuple(comparisons)


def count_outcomes(comparisons: tuple[CountComparison, ...], register: Register) -> dict[str, Result]:
    """Count the printed counts: all, and how many are equal, equal in another reading, and different."""
    outcomes = [comparison.uitkomst for comparison in comparisons]
    found = {TOTAAL: len(outcomes)} | {name: outcomes.count(name) for name in (GELIJK, ANDERE_LEZING, VERSCHIL)}
    return {
        name: Result(
            id=f"{register.meting}.veldwerk.vergelijking.{slug(name)}",
            label=f"Gedrukte tellingen: {name}",
            value=value,
            unit="tellingen",
            provenance="herleid",
            dataset=comparisons[0].gepubliceerd.dataset,
        )
        for name, value in found.items()
    }


def _result(register: Register, name: str, label: str, value: int, table: str) -> Result:
    unit = "projecten" if name.startswith("projecten") else PERSONEN
    return Result(f"{register.meting}.veldwerk.{name}", label, value, unit, "herleid", register.datasets[table])
