"""A purposive choice of projects: what the chosen ones cover, where they overlap, what each alone brings.

A project may have several values on a criterion, one, or none. None means that the source does not
say it (niet vermeld), which is never the same as no (nee). Nothing here ranks or chooses projects.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

from nsoc_lib.errors import select_named, unknown_value
from nsoc_lib.result import Result
from nsoc_lib.shares import slug
from nsoc_lib.source_rows import AFGELEID, TOEWIJZINGEN, SourceRow, SourceTable, read_rows

JA, NEE, NIET_VERMELD = "ja", "nee", "niet vermeld"
THEORIE, NADER = "theorie", "nader"

Value = tuple[str, str]  # a criterion and one of its values


@dataclass(frozen=True)
class Criterion:
    """One criterion for choosing, with the values the source gives it, in the order of the source."""

    id: str
    label: str
    soort: str
    waarden: tuple[str, ...]

    @property
    def allowed(self) -> tuple[str, ...]:
        """The values a project may have: a criterion that is met or not also allows no."""
        return (JA, NEE) if self.waarden == (JA,) else self.waarden


@dataclass(frozen=True, order=True)
class Feature:
    """One value of one project, and whether its description says so (genoemd) or we read it there (afgeleid)."""

    project: str
    criterium: str
    waarde: str
    herkomst: str
    vindplaats: str


@dataclass(frozen=True)
class Overlap:
    """Two projects, the values both have, and whether both have exactly the same values."""

    projecten: tuple[str, str]
    gedeeld: tuple[Value, ...]
    gelijk: bool


@dataclass(frozen=True)
class Candidates:
    """Projects with their values per criterion; the order of the rows they came from is gone."""

    meting: str
    projecten: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    kenmerken: tuple[Feature, ...]
    dataset: str

    @cached_property
    def universe(self) -> tuple[Value, ...]:
        """Every value that the criteria know, in the order of the source."""
        return tuple((criterion.id, value) for criterion in self.criteria for value in criterion.waarden)

    def select_criterion(self, name: str) -> Criterion:
        """Return one criterion. Raises NsocError when there is none."""
        return select_named(f"de criteria van {self.meting}", self.criteria, name)

    def values(self, project: str, criterium: str, *origins: str) -> tuple[str, ...]:
        """Return the values of a project on a criterion, of these origins or of all; none is niet vermeld."""
        found = self._by_cell.get((project, criterium), ())
        held = {f.waarde for f in found if f.herkomst in (origins or TOEWIJZINGEN)}
        return tuple(value for value in self.select_criterion(criterium).allowed if value in held)

    @cached_property
    def _by_cell(self) -> dict[tuple[str, str], list[Feature]]:
        """The features per project and criterion, so that hundreds of projects take no longer than their rows."""
        found: dict[tuple[str, str], list[Feature]] = {}
        for feature in self.kenmerken:
            found.setdefault((feature.project, feature.criterium), []).append(feature)
        return found

    def holders(self, criterium: str, waarde: str, *origins: str) -> tuple[str, ...]:
        """Return the projects with this value."""
        return tuple(p for p in self.projecten if waarde in self.values(p, criterium, *origins))

    def silent(self, criterium: str) -> tuple[str, ...]:
        """Return the projects of which the source does not say how they stand on this criterion."""
        return tuple(p for p in self.projecten if not self.values(p, criterium))

    def covered(self, *projects: str) -> frozenset[Value]:
        """Return the values that these projects, or all, have; a no covers nothing."""
        chosen = projects or self.projecten
        return frozenset((f.criterium, f.waarde) for f in self.kenmerken if f.project in chosen and f.waarde != NEE)

    def without(self, project: str) -> Candidates:
        """Return the others. Raises NsocError for a project that is not among them."""
        if project not in self.projecten:
            raise unknown_value(f"de projecten van {self.meting}", project, list(self.projecten))
        kept = tuple(feature for feature in self.kenmerken if feature.project != project)
        return replace(self, projecten=tuple(p for p in self.projecten if p != project), kenmerken=kept)

    def lost_without(self, project: str) -> tuple[Value, ...]:
        """Return the values that no other project has, in the order of the source."""
        lost = self.covered() - self.without(project).covered()
        return tuple(value for value in self.universe if value in lost)

    def overlap(self, one: str, other: str) -> Overlap:
        """Compare two projects. Two that have no value at all are not called the same."""
        first, second = self._all_values(one), self._all_values(other)
        return Overlap(
            (one, other), tuple(value for value in first if value in second), bool(first) and first == second
        )

    def overlaps(self) -> tuple[Overlap, ...]:
        """Return every pair once, in the order of the projects."""
        return tuple(self.overlap(*pair) for pair in combinations(self.projecten, 2))

    def _all_values(self, project: str) -> tuple[Value, ...]:
        return tuple((criterion.id, v) for criterion in self.criteria for v in self.values(project, criterion.id))


def build_candidates(criteria: SourceTable, features: SourceTable, projects: Iterable[str]) -> Candidates:
    """Check both tables and return the candidates, or raise one NsocError with row and column.

    ``criteria`` has a row per value (criterium, label, soort, waarde); ``features`` a row per value of
    a project (project, criterium, waarde, herkomst, vindplaats). A project without rows has no values.
    """
    known = _build_criteria(criteria)
    ids = tuple(sorted(projects))
    found: dict[tuple[str, str, str], Feature] = {}
    for row in read_rows(features):
        feature = _build_feature(row, ids, known)
        if (feature.project, feature.criterium, feature.waarde) in found:
            expected = f"elke waarde een keer per project; {feature.project} heeft deze al"
            raise row.refuse("waarde", expected, "Haal een van beide rijen weg.")
        opposite = {JA: NEE, NEE: JA}.get(feature.waarde, "")
        if (feature.project, feature.criterium, opposite) in found:
            raise row.refuse("waarde", f"{JA} of {NEE}, niet beide bij een project", "Haal een van beide rijen weg.")
        found[feature.project, feature.criterium, feature.waarde] = feature
    return Candidates(features.meting, ids, tuple(known.values()), tuple(sorted(found.values())), features.dataset)


def _build_criteria(table: SourceTable) -> dict[str, Criterion]:
    known: dict[str, Criterion] = {}
    for row in read_rows(table):
        name, value = row.filled("criterium"), row.filled("waarde")
        given = Criterion(name, row.filled("label"), row.choice("soort", (THEORIE, NADER)), (value,))
        before = known.setdefault(name, replace(given, waarden=()))
        if value in before.waarden:
            raise row.refuse("waarde", "elke waarde een keer per criterium", "Haal een van beide rijen weg.")
        if (given.label, given.soort) != (before.label, before.soort):
            expected = f"{before.label} ({before.soort}), zoals bij de eerste rij van {name}"
            raise row.refuse("label", expected, "Maak label en soort gelijk.")
        known[name] = replace(before, waarden=(*before.waarden, value))
    return known


def _build_feature(row: SourceRow, projects: tuple[str, ...], known: dict[str, Criterion]) -> Feature:
    criterion = known[row.choice("criterium", known)]
    return Feature(
        row.choice("project", projects),
        criterion.id,
        row.choice("waarde", criterion.allowed),
        row.choice("herkomst", TOEWIJZINGEN),
        row.filled("vindplaats"),
    )


# What is counted


def count_holders(candidates: Candidates, criterium: str, waarde: str, *origins: str) -> Result:
    """Count the projects with a value, of these origins or of all."""
    name = ".".join([slug(criterium), slug(waarde), *origins])
    label = f"Projecten met {candidates.select_criterion(criterium).label}: {waarde}"
    note = f" ({' of '.join(origins)})" if origins else ""
    return count_result(candidates, name, f"{label}{note}", len(candidates.holders(criterium, waarde, *origins)))


def count_silent(candidates: Candidates, criterium: str) -> Result:
    """Count the projects without a value on a criterion."""
    label = f"Projecten zonder {candidates.select_criterion(criterium).label} ({NIET_VERMELD})"
    return count_result(candidates, f"{slug(criterium)}.niet-vermeld", label, len(candidates.silent(criterium)))


def count_values(candidates: Candidates, criterium: str, besides: str) -> Result:
    """Count the values of a criterion without the one that stands beside them, such as none of the clusters."""
    criterion = candidates.select_criterion(criterium)
    if besides not in criterion.waarden:
        raise unknown_value(f"de waarden van {criterion.label}", besides, list(criterion.waarden))
    label = f"Waarden van {criterion.label}, zonder {besides}"
    return count_result(candidates, f"{slug(criterium)}.waarden", label, len(criterion.waarden) - 1, "waarden")


def count_lost(candidates: Candidates, project: str) -> Result:
    """Count the values that a project alone has."""
    lost = len(candidates.lost_without(project))
    return count_result(candidates, f"{project}.alleen", f"Waarden die alleen {project} heeft", lost, "waarden")


def count_choice(candidates: Candidates) -> dict[str, Result]:
    """Count projects, criteria, values and what no project has, cells without a value, no's, and pairs."""
    cells = [candidates.values(p, c.id) for p in candidates.projecten for c in candidates.criteria]
    pairs, covered = candidates.overlaps(), candidates.covered()
    theory = {(c.id, value) for c in candidates.criteria if c.soort == THEORIE for value in c.waarden}
    counts = {
        "gekozen": ("Beschreven projecten", len(candidates.projecten), "projecten"),
        "waarden": ("Waarden van alle criteria samen", len(candidates.universe), "waarden"),
        "ongedekt": ("Waarden die geen project heeft", len(set(candidates.universe) - covered), "waarden"),
        "theorie": ("Waarden van de criteria uit de theorie", len(theory), "waarden"),
        "theorie-ongedekt": ("Waarden uit de theorie die geen project heeft", len(theory - covered), "waarden"),
        "cellen": ("Projecten maal criteria", len(cells), "cellen"),
        "stil": ("Cellen waarover de bron niets vermeldt", sum(not cell for cell in cells), "cellen"),
        "nee": ("Cellen waar de bron nee zegt", sum(NEE in cell for cell in cells), "cellen"),
        "afgeleid": ("Afgeleide waarden", sum(f.herkomst == AFGELEID for f in candidates.kenmerken), "waarden"),
        "kenmerken": ("Waarden van de projecten", len(candidates.kenmerken), "waarden"),
        "paren": ("Paren van projecten", len(pairs), "paren"),
        "gelijk": ("Paren met precies dezelfde waarden", sum(pair.gelijk for pair in pairs), "paren"),
        "niets": ("Paren zonder gedeelde waarde", sum(not pair.gedeeld for pair in pairs), "paren"),
    }
    found = {name.replace("-", "_"): count_result(candidates, name, *rest) for name, rest in counts.items()}
    return found | {"criteria": count_criteria(candidates)}


def count_criteria(candidates: Candidates) -> Result:
    """Count the criteria of the choice."""
    return count_result(candidates, "criteria", "Criteria", len(candidates.criteria), "criteria")


def count_holding(candidates: Candidates, *criteria: str) -> dict[str, Result]:
    """Count the projects that meet none, one or more of some criteria that are met or not."""
    met = [sum(JA in candidates.values(project, name) for name in criteria) for project in candidates.projecten]
    names, label = "-".join(criteria), " en ".join(criteria)
    counts = {"geen": met.count(0), "een": met.count(1), "meer": sum(number > 1 for number in met)}
    return {
        name: count_result(candidates, f"{names}.{name}", f"Projecten met {name} van {label}", value)
        for name, value in counts.items()
    }


def count_result(candidates: Candidates, name: str, label: str, value: int, unit: str = "projecten") -> Result:
    """Return a count of the choice as a result."""
    return Result(f"{candidates.meting}.keuze.{name}", label, value, unit, "herleid", candidates.dataset)
