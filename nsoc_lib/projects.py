"""The projects that a study follows: what each is about, and every spelling under which it is printed."""

from __future__ import annotations

from dataclasses import dataclass

from nsoc_lib.errors import unknown_value
from nsoc_lib.source_rows import SourceRow, SourceTable, read_rows


@dataclass(frozen=True)
class Project:
    """One project. ``cluster`` is empty where its description names none; ``beschrijving`` is our wording."""

    id: str
    naam: str
    regio: str
    cluster: str
    beschrijving: str
    vindplaats: str
    spellingen: tuple[str, ...]

    @property
    def other_spellings(self) -> str:
        """The spellings beside its name, in words for a list; capitals alone make no other spelling."""
        others = {text.lower(): text for text in self.spellingen if text.lower() != self.naam.lower()}
        return ", ".join(others.values()) or "geen"


@dataclass(frozen=True)
class Projects:
    """All projects of one study, by id."""

    meting: str
    projecten: tuple[Project, ...]
    dataset: str

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(project.id for project in self.projecten)

    def select(self, name: str) -> Project:
        """Return one project by its id. Raises NsocError when there is none."""
        return self._find(name, {project.id: project for project in self.projecten})

    def find(self, spelling: str) -> Project:
        """Return the project that the source prints like this, letter by letter. Raises NsocError for another."""
        return self._find(spelling, {text: project for project in self.projecten for text in project.spellingen})

    def _find(self, name: str, known: dict[str, Project]) -> Project:
        if name not in known:
            remedy = "Verbeter de naam, of voeg haar toe aan projectnamen met de vindplaats."
            raise unknown_value(f"de projecten van {self.meting}", name, known, remedy)
        return known[name]


def build_projects(projects: SourceTable, names: SourceTable) -> Projects:
    """Check projects and spellings and return them in the order of their ids, or raise one NsocError.

    ``projects`` has project, naam, regio, cluster, beschrijving, vindplaats; ``names`` has project,
    spelling, waar, vindplaats. Source: WODC 2021 §2.4, bijlage 1 and bijlage 4.
    """
    rows: dict[str, SourceRow] = {}
    for row in read_rows(projects):
        rows[row.once("project", rows, "elk project een keer")] = row
    owners: dict[str, str] = {}
    for row in read_rows(names):
        owner, spelling = row.choice("project", rows), row.filled("spelling")
        if owners.setdefault(spelling, owner) != owner:
            expected = f"een spelling van een project; deze is ook van {owners[spelling]}"
            raise row.refuse("spelling", expected, "Verbeter de spelling of het project.")
    columns = ("naam", "regio", "beschrijving", "vindplaats")
    found = []
    for name in sorted(rows):
        title, region, text, place = (rows[name].filled(column) for column in columns)
        spellings = tuple(spelling for spelling, owner in owners.items() if owner == name)
        found.append(Project(name, title, region, rows[name].text("cluster"), text, place, spellings))
    return Projects(projects.meting, tuple(found), projects.dataset)
