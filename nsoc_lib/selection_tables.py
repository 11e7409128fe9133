"""The tables of a purposive choice: coverage, overlap, what each project alone brings, and one project by itself."""

from __future__ import annotations

from collections.abc import Iterable

from nsoc_lib.projects import Projects
from nsoc_lib.prose import Filling, indicate
from nsoc_lib.result import Result
from nsoc_lib.selection import (
    NADER,
    NEE,
    NIET_VERMELD,
    THEORIE,
    Candidates,
    Criterion,
    count_criteria,
    count_holders,
    count_lost,
    count_result,
    count_silent,
)
from nsoc_lib.source_rows import AFGELEID, TOEWIJZINGEN
from nsoc_lib.tables import NOTHING, Row, Table

ALL = "alle"
KINDS = {THEORIE: "criteria uit de theorie", NADER: "nadere criteria"}
DERIVED_NOTE = (
    "Afgeleid: de beschrijving geeft deze waarde niet met zoveel woorden, wij lezen haar erin. "
    "Genoemd: de bron zegt het zelf."
)
SILENT_NOTE = "Niet vermeld: de bron zegt het niet. Dat is iets anders dan nee."


def tabulate_coverage(candidates: Candidates, projects: Projects, soort: str) -> Table:
    """Return per value of the criteria of one kind how many projects have it, which, and how many are silent."""
    rows: list[Row] = []
    for criterion in (c for c in candidates.criteria if c.soort == soort):
        rows += [_value_row(candidates, projects, criterion, value) for value in criterion.waarden]
        if candidates.holders(criterion.id, NEE):
            rows.append(_value_row(candidates, projects, criterion, NEE))
        silent = count_silent(candidates, criterion.id)
        rows.append((f"{criterion.label}: {NIET_VERMELD}", silent, NOTHING, NOTHING))
    return Table(
        key=f"tabel-{candidates.meting}-dekking-{soort}",
        bijschrift=f"Welke waarden de gekozen projecten hebben: {KINDS[soort]}.",
        koppen=("Criterium en waarde", "Projecten", "Waarvan afgeleid", "Welke"),
        rijen=tuple(rows),
        noten=(DERIVED_NOTE, SILENT_NOTE),
    )


def _value_row(candidates: Candidates, projects: Projects, criterion: Criterion, value: str) -> Row:
    holders = candidates.holders(criterion.id, value)
    return (
        f"{criterion.label}: {value}",
        count_holders(candidates, criterion.id, value),
        count_holders(candidates, criterion.id, value, AFGELEID),
        _names(projects, holders) if holders else "geen",
    )


def tabulate_overlap(candidates: Candidates, projects: Projects) -> Table:
    """Return per project its number of values, and with which other it shares most, and how many."""
    rows: list[Row] = []
    for project in candidates.projecten:
        pairs = [candidates.overlap(project, other) for other in candidates.projecten if other != project]
        most = max((len(pair.gedeeld) for pair in pairs), default=0)
        nearest = [pair.projecten[1] for pair in pairs if most and len(pair.gedeeld) == most]
        held = sum(feature.project == project for feature in candidates.kenmerken)
        rows.append(
            (
                indicate(projects.select(project).naam),
                count_result(candidates, f"{project}.waarden", f"Waarden van {project}", held, "waarden"),
                count_result(candidates, f"{project}.gedeeld", f"Meeste waarden die {project} deelt", most, "waarden"),
                _names(projects, nearest) if nearest else NOTHING,
            )
        )
    return Table(
        key=f"tabel-{candidates.meting}-overlap",
        bijschrift="Met welk ander project elk project de meeste waarden deelt.",
        koppen=("Project", "Waarden", "Meest gedeeld", "Met"),
        rijen=tuple(rows),
        noten=("Wie uitvoerig is beschreven, deelt al daardoor meer. Wat niet vermeld is, telt niet als gedeeld.",),
    )


def tabulate_loss(candidates: Candidates, projects: Projects) -> Table:
    """Return per project the values that the choice would lose without it."""
    labels = {criterion.id: criterion.label for criterion in candidates.criteria}
    rows: list[Row] = []
    for project in candidates.projecten:
        lost = candidates.lost_without(project)
        per_criterion = {
            name: [value for criterium, value in lost if criterium == name]
            for name in dict.fromkeys(n for n, _ in lost)
        }
        words = "; ".join(f"{labels[name]}: {', '.join(values)}" for name, values in per_criterion.items())
        rows.append((indicate(projects.select(project).naam), count_lost(candidates, project), words or "niets"))
    return Table(
        key=f"tabel-{candidates.meting}-verlies",
        bijschrift="Wat de keuze zou missen zonder dit project.",
        koppen=("Project", "Waarden", "Welke alleen dit project heeft"),
        rijen=tuple(rows),
    )


# One project


def count_stated(candidates: Candidates, project: str) -> dict[str, Result]:
    """Count all criteria and, for one project, those on which the source is silent."""
    silent = sum(not candidates.values(project, criterion.id) for criterion in candidates.criteria)
    label = f"Criteria waarover de bron bij {project} niets vermeldt"
    return {
        "criteria": count_criteria(candidates),
        "stil": count_result(candidates, f"{project}.stil", label, silent, "criteria"),
    }


def tabulate_project(candidates: Candidates, project: str) -> Table:
    """Return per criterion the values of one project with origin and locator; silence is said in words."""
    rows = [_criterion_row(candidates, criterion, project) for criterion in candidates.criteria]
    return Table(
        key=f"tabel-{candidates.meting}-projectblad-{project}",
        bijschrift="Dit project op de criteria van de keuze.",
        koppen=("Criterium", "Waarde", "Herkomst", "Vindplaats"),
        rijen=tuple(rows),
        noten=(DERIVED_NOTE, SILENT_NOTE),
    )


def _criterion_row(candidates: Candidates, criterion: Criterion, project: str) -> Row:
    held = candidates.values(project, criterion.id)
    if not held:
        return (criterion.label, NIET_VERMELD, NOTHING, NOTHING)
    whole = len(held) > 2 and held == criterion.waarden
    features = [f for f in candidates.kenmerken if (f.project, f.criterium) == (project, criterion.id)]
    origins = [origin for origin in TOEWIJZINGEN if origin in {feature.herkomst for feature in features}]
    places = "; ".join(dict.fromkeys(feature.vindplaats for feature in features))
    return (criterion.label, ALL if whole else "; ".join(held), " en ".join(origins), indicate(places))


def _names(projects: Projects, ids: Iterable[str]) -> Filling:
    return indicate(", ".join(projects.select(name).naam for name in ids))
