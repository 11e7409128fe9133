"""The register of fieldwork: interviews, meetings and respondents of the study of 2021, as printed and corrected.

Phases are not printed per row. The source says that interviews in the projects were held from May
2020 (WODC 2021 §2.2); what lies before is the exploratory phase, and what names no project after
it belongs to the wider movement.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from nsoc_lib.corrections import Correction, build_corrections, correct_table, refuse_other_tables
from nsoc_lib.errors import NsocError, unknown_value
from nsoc_lib.source_rows import SourceRow, SourceTable, read_rows

INTERVIEWS, BIJEENKOMSTEN = "interviews", "bijeenkomsten"
VORMEN = ("In persoon", "Digitaal", "Digitaal en in persoon")
VERKENNEND, PROJECTEN, BREED = "verkennend", "projecten", "breed"
FASEN = {VERKENNEND: "Verkennende fase", PROJECTEN: "In de projecten", BREED: "Bredere beweging"}
VERDIEPING = "2020-05"  # first month of the interviews in the projects (WODC 2021 §2.2)
GEEN_PROJECT = "Niet specifiek"
REFLECTIE = " (Reflectiesessie)"
GEEN = "-"  # printed in table 3 for none at all
BESCHRIJVING = "bijlage 4"  # where the source describes the projects; their names in the report come from there


@dataclass(frozen=True)
class Appointment:
    """One interview or meeting. ``project`` is empty when the source names none."""

    soort: str
    regio: str
    project: str
    reflectie: bool
    dag: date
    vorm: str
    vindplaats: str

    @property
    def maand(self) -> str:
        """The month as ``2020-05``; such texts sort in the order of time."""
        return f"{self.dag:%Y-%m}"

    @property
    def fase(self) -> str:
        """The phase that follows from month and project."""
        if self.maand < VERDIEPING:
            return VERKENNEND
        return PROJECTEN if self.project else BREED


@dataclass(frozen=True)
class Respondent:
    """One code of table 3. A count that is not filled in is None, which is not the same as none at all."""

    project: str
    code: str
    interviews: int | None
    bijeenkomsten: int | None
    vindplaats: str


@dataclass(frozen=True)
class Group:
    """People of table 3 who have no code of their own."""

    project: str
    omvang: int
    interviews: int | None
    bijeenkomsten: int | None
    vindplaats: str


@dataclass(frozen=True)
class Register:
    """All appointments, respondents and groups, with the names of the projects and what was corrected."""

    meting: str
    afspraken: tuple[Appointment, ...]
    respondenten: tuple[Respondent, ...]
    groepen: tuple[Group, ...]
    namen: dict[str, str]
    correcties: tuple[Correction, ...]
    datasets: dict[str, str]

    def select(self, soort: str, fase: str = "", project: str = "", maand: str = "") -> tuple[Appointment, ...]:
        """Select interviews or meetings, if asked of one phase, project or month."""
        return tuple(
            a
            for a in self.afspraken
            if a.soort == soort and fase in ("", a.fase) and project in ("", a.project) and maand in ("", a.maand)
        )


def build_register(
    bijeenkomsten: SourceTable,
    interviews: SourceTable,
    respondenten: SourceTable,
    namen: SourceTable,
    correcties: SourceTable,
) -> Register:
    """Correct the transcribed tables and return the register.

    Raises NsocError for a correction that does not fit, a date that is none, an unknown project or
    form, a range that is not written out in full, and a respondent that stands there twice.
    """
    corrections = build_corrections(correcties)
    tables = (bijeenkomsten, interviews, respondenten, namen)
    refuse_other_tables(corrections, [table.naam for table in tables])
    meetings, talks, people, names = (correct_table(table, corrections) for table in tables)
    known = _read_spellings(names)
    coded, groups = _read_people(people)
    return Register(
        interviews.meting,
        (*_read_appointments(talks, INTERVIEWS, known), *_read_appointments(meetings, BIJEENKOMSTEN, known)),
        coded,
        groups,
        _choose_names(names),
        corrections,
        {INTERVIEWS: talks.dataset, BIJEENKOMSTEN: meetings.dataset, "respondenten": people.dataset},
    )


def read_day(text: str, where: str = "een datum") -> date:
    """Return a date printed as day/month/year. Raises NsocError for a date that does not exist.

    >>> read_day("04/06/2020").isoformat()
    '2020-06-04'
    """
    try:
        return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 (a day has no time zone)
    except ValueError as error:
        raise NsocError(
            where,
            found=f'"{text}"',
            expected="een bestaande datum als 04/06/2020",
            remedy="Kijk wat de bron drukt; een drukfout hoort in de lijst met correcties.",
        ) from error


def expand_range(text: str) -> tuple[str, ...]:
    """Return the codes of a printed range, or of a single code; empty when it has no start or no end.

    >>> expand_range("P7R 8 - P7R9"), expand_range("P6R - P6R14")
    (('P7R8', 'P7R9'), ())
    """
    found = re.fullmatch(r"(P\d+R) ?(\d+)(?: ?[-–] ?\1 ?(\d+))?", text)
    if not found:
        return ()
    first, last = int(found[2]), int(found[3] or found[2])
    return tuple(f"{found[1]}{number}" for number in range(first, last + 1))


def _read_spellings(names: SourceTable) -> dict[str, str]:
    """Return the project of every spelling. One spelling for two projects would hide an interview."""
    known: dict[str, str] = {}
    for row in read_rows(names):
        spelling, project = row.texts("spelling", "project")
        if known.setdefault(spelling, project) != project:
            found = f'"{spelling}" voor {known[spelling]} en {project}'
            raise row.refuse("spelling", "een naam voor een project", "Verbeter het project.", found)
    return known


def _choose_names(names: SourceTable) -> dict[str, str]:
    """Return one name per project: that above its description in the source, else the first spelling."""
    chosen: dict[str, str] = {}
    described: dict[str, str] = {}
    for row in read_rows(names):
        project, spelling, where = row.texts("project", "spelling", "waar")
        chosen.setdefault(project, spelling)
        described |= {project: spelling} if where == BESCHRIJVING else {}
    return chosen | described


def _read_appointments(table: SourceTable, soort: str, known: dict[str, str]) -> list[Appointment]:
    appointments = []
    for row in read_rows(table):
        printed = row.text("project")
        name = printed.removesuffix(REFLECTIE)
        if name != GEEN_PROJECT and name not in known:
            remedy = "Voeg de naam toe aan projectnamen, of verbeter haar."
            raise unknown_value(row.place("project"), printed, [GEEN_PROJECT, *known], remedy)
        appointments.append(
            Appointment(
                soort,
                row.text("regio"),
                known.get(name, ""),
                printed.endswith(REFLECTIE),
                read_day(row.text("datum"), row.place("datum")),
                row.choice("type", VORMEN),
                row.text("vindplaats"),
            )
        )
    return appointments


def _read_people(table: SourceTable) -> tuple[tuple[Respondent, ...], tuple[Group, ...]]:
    coded: dict[str, Respondent] = {}
    groups = []
    rows = read_rows(table)
    written = {row.text("respondent") for row in rows}
    for row in rows:
        printed, number, own, where = row.texts("zoals_gedrukt", "projectnummer", "respondent", "vindplaats")
        project = f"p{int(number[1:]):02d}"
        talks, meetings = (_read_count(row, column) for column in (INTERVIEWS, BIJEENKOMSTEN))
        if size := re.search(r"\((\d+) respondenten\)", printed):
            groups.append(Group(project, int(size[1]), talks, meetings, where))
            continue
        codes = expand_range(printed)
        if not codes or (own and not set(codes) <= written):
            expected = "een code of een bereik met begin en einde, met een rij per code"
            remedy = "Schrijf het bereik uit; ontbreekt het begin in de bron, voeg dan een correctie toe."
            raise row.refuse("zoals_gedrukt", expected, remedy)
        for code in (own,) if own else codes:
            if code in coded or code not in codes or not code.startswith(f"{number}R"):
                expected = "elke code een keer, binnen het bereik en bij haar eigen project"
                raise row.refuse("respondent", expected, "Verbeter de code.", f'"{code}"')
            coded[code] = Respondent(project, code, talks, meetings, where)
    return tuple(coded.values()), tuple(groups)


def _read_count(row: SourceRow, column: str) -> int | None:
    """Return a printed count; a dash is none at all, an empty cell is not known."""
    text = row.text(column)
    if text not in ("", GEEN) and not re.fullmatch(r"\d+", text):
        raise row.refuse(column, "een aantal, een streepje of niets", "Verbeter de cel.")
    return None if not text else 0 if text == GEEN else int(text)
