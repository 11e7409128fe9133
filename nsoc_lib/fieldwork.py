"""Research activities of the metingen: which groups were involved, how many conversations, how many people.

Groups overlap and the same people come back in several activities. So people are added up within one
activity alone, and only where the source sets its groups apart; nothing adds up groups or activities.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.groups import NIVEAUS, Group, name_overlap
from nsoc_lib.meting import ONBEKEND
from nsoc_lib.prose import Filling, indicate
from nsoc_lib.result import Result
from nsoc_lib.source_rows import SourceRow, SourceTable, read_rows
from nsoc_lib.tables import NOTHING, Cell, Row, Table

PERSOON, GENODIGDE, GESPREK, GROEP, DOCUMENT = "persoon", "genodigde", "gesprek", "groep", "document"
EENHEDEN = (PERSOON, GENODIGDE, GESPREK, GROEP, DOCUMENT)
UNITS = {"gesprekken": "gesprekken", "personen": "personen", "geweigerd": "personen", "goedgekeurd": "verslagen"}
HEADS = {
    "gesprekken": "Gesprekken",
    "personen": "Personen",
    "geweigerd": "Weigerden",
    "goedgekeurd": "Verslag goedgekeurd",
}
JA = "ja"


@dataclass(frozen=True)
class Line:
    """One line of the register: an activity with one group, or as a whole (``groep`` is empty).

    ``eenheid`` is what the source counts on this line. A count in ``aantallen`` (people, conversations, people
    who refused, approved reports) is None where the source gives none. ``apart``: the source sets these people
    apart from those of the activity's other groups.
    """

    groep: str
    wie: str
    niveau: str
    eenheid: str
    aantallen: dict[str, int | None]
    apart: bool
    gedrukt: str
    vindplaats: str


@dataclass(frozen=True)
class ResearchActivity:
    """One activity of one meting, with its lines in the order of the source."""

    meting: str
    id: str
    label: str
    regels: tuple[Line, ...]
    herkomst: str
    dataset: str

    @property
    def is_questionnaire(self) -> bool:
        """Whether people were invited to answer on their own: then there are no conversations."""
        return any(line.eenheid == GENODIGDE for line in self.regels)

    @property
    def reads_documents(self) -> bool:
        """Whether no people take part at all."""
        return all(line.eenheid == DOCUMENT for line in self.regels)

    @property
    def opgeteld(self) -> int | None:
        """The people of all groups added up; None unless the source counts each group and sets all apart."""
        parts = [line.aantallen["personen"] if line.apart else None for line in self.regels if line.groep]
        known = [part for part in parts if part is not None]
        return sum(known) if known and len(known) == len(parts) else None

    @property
    def is_summed(self) -> bool:
        """Whether the number of people is our sum and not the source's."""
        return self._stated("personen") is None and self.opgeteld is not None

    @property
    def personen(self) -> Result | None:
        """The people as the source gives them, else added up over groups set apart; None where neither can be."""
        count = self.opgeteld if self.is_summed else self._stated("personen")
        return None if count is None else self._result("personen", count, summed=self.is_summed)

    @property
    def gesprekken(self) -> Result | None:
        """The conversations as the source gives them for the activity; never added up, for groups may have met together."""
        count = self._stated("gesprekken")
        return None if count is None else self._result("gesprekken", count)

    def show_count(self, line: Line, count: str) -> Filling:
        """Return one count of one line: a result, "niet gepubliceerd", or a dash where it does not apply."""
        if self.reads_documents or (self.is_questionnaire and count != "personen"):
            return NOTHING
        value = line.aantallen[count]
        return ONBEKEND if value is None else self._result(count, value, group=line.groep)

    def _stated(self, count: str) -> int | None:
        """Return what the source gives for the whole activity: on a line of its own, or on the only line."""
        lines = [line for line in self.regels if not line.groep or len(self.regels) == 1]
        return lines[0].aantallen[count] if lines else None

    def _result(self, count: str, value: int, *, group: str = "", summed: bool = False) -> Result:
        names = [self.meting, "onderzoeksactiviteiten", self.id, group, count]
        label = f"{self.label}{f', {group}' if group else ''}: {count}{' samen' if summed else ''}"
        label += " (genodigd)" if self.is_questionnaire else ""
        provenance = "herleid" if summed and self.herkomst == "gepubliceerd" else self.herkomst
        return Result(".".join(name for name in names if name), label, value, UNITS[count], provenance, self.dataset)


@dataclass(frozen=True)
class Register:
    """The research activities of one meting, and which group had a part in which."""

    meting: str
    activiteiten: tuple[ResearchActivity, ...]
    betrokken: frozenset[tuple[str, str]]


def build_registers(
    activities: Sequence[SourceTable], involvement: Sequence[SourceTable], groups: Sequence[Group]
) -> tuple[Register, ...]:
    """Build the register of each meting from its two tables, in the order of the metingen (Regioplan §1.3).

    Raises NsocError with table, row and column for an unknown group, level or unit, a group twice in one
    activity, an activity with two labels, a count that cannot be, groups that do not add up to the
    total of the source, and a mark for an unknown activity or group.
    """
    known = [group.id for group in groups]
    return tuple(_build_register(*tables, known) for tables in zip(activities, involvement, strict=True))


def _build_register(activities: SourceTable, involvement: SourceTable, known: list[str]) -> Register:
    lines: dict[str, list[Line]] = {}
    labels: dict[str, str] = {}
    for row in read_rows(activities):
        name, label, line = row.filled("activiteit"), row.filled("label"), _build_line(row, known)
        if labels.setdefault(name, label) != label:
            raise row.refuse("label", f'"{labels[name]}", als op eerdere rijen', "Maak de labels gelijk.")
        if line.groep in [earlier.groep for earlier in lines.get(name, [])]:
            raise row.refuse("groep", "elke groep een keer per activiteit", "Haal een van de rijen weg.")
        lines.setdefault(name, []).append(line)
    meting, herkomst, dataset = activities.meting, activities.herkomst, activities.dataset
    built = [ResearchActivity(meting, name, labels[name], tuple(own), herkomst, dataset) for name, own in lines.items()]
    for activity in built:
        _check_total(activity)
    marks = [(row.choice("activiteit", list(lines)), row.choice("groep", known)) for row in read_rows(involvement)]
    return Register(meting, tuple(built), frozenset(marks))


def _build_line(row: SourceRow, known: list[str]) -> Line:
    unit, counts = row.choice("eenheid", EENHEDEN), {name: row.whole(name) for name in UNITS}
    for name, value in counts.items():
        if value is not None and value < 0:
            raise row.refuse(name, "nul of meer, of een lege cel", "Verbeter het aantal.")
        if value is not None and unit == DOCUMENT:
            raise row.refuse(name, "een lege cel, want stukken zijn geen gesprekken of personen", "Maak de cel leeg.")
    talks, approved = counts["gesprekken"], counts["goedgekeurd"]
    if talks is not None and approved is not None and approved > talks:
        raise row.refuse("goedgekeurd", f"hooguit de {talks} gesprekken", "Verbeter een van beide aantallen.")
    return Line(
        groep=row.choice("groep", ("", *known)),
        wie=row.filled("wie"),
        niveau=row.choice("niveau", ("", *NIVEAUS)),
        eenheid=unit,
        aantallen=counts,
        apart=row.choice("apart", ("", JA)) == JA,
        gedrukt=row.text("gedrukt"),
        vindplaats=row.filled("vindplaats"),
    )


def _check_total(activity: ResearchActivity) -> None:
    """Hold the total of the source against its groups, where it gives both and sets the groups apart."""
    stated = activity.personen
    if stated is not None and activity.opgeteld not in (None, stated.value):
        raise NsocError(
            f"tabel onderzoeksactiviteiten van {activity.meting}, {activity.id}, kolom personen",
            found=f"groepen met samen {activity.opgeteld}",
            expected=f"samen {stated.shown}, zoals op de rij van de hele activiteit",
            remedy="Verbeter een aantal, of maak de kolom apart leeg als groepen mensen delen.",
        )


def select_activity(registers: Sequence[Register], name: str) -> ResearchActivity:
    """Return the activity with this id from the first meting that has it. Raises NsocError when none has."""
    every = _every(registers)
    for activity in every:
        if activity.id == name:
            return activity
    raise NsocError(
        "de tabellen onderzoeksactiviteiten",
        found=f'geen activiteit "{name}"',
        expected=f"een van: {enumerate_nl([activity.id for activity in every])}",
        remedy="Verbeter de naam in het notebook, of voeg de meting toe aan de parameter metingen.",
    )


def tabulate_activities(registers: Sequence[Register]) -> Table:
    """Return per activity its conversations and its people, and what kind of number the latter is."""
    rows: list[Row] = []
    for activity in _every(registers):
        talks: Cell = activity.gesprekken or ONBEKEND
        people: Cell = activity.personen or ONBEKEND
        note = "personen: onze som" if activity.is_summed else NOTHING
        if activity.is_questionnaire:
            talks, note = NOTHING, "personen: genodigd"
        if activity.reads_documents:
            talks, people, note = NOTHING, NOTHING, "stukken gelezen"
        rows.append(((activity.label, " (", indicate(activity.meting), ")"), talks, people, note))
    return Table(
        key="tabel-onderzoeksactiviteiten",
        bijschrift="Onderzoeksactiviteiten met hun gesprekken en personen.",
        koppen=("Activiteit", "Gesprekken", "Personen", "Toelichting"),
        rijen=tuple(rows),
        noten=(
            "Onze som: de bron noemt per groep een aantal en houdt de groepen bij deze activiteit uit elkaar.",
            "Dezelfde mensen kunnen bij meer activiteiten horen. Over activiteiten heen is daarom niets opgeteld.",
        ),
    )


def tabulate_involvement(registers: Sequence[Register], groups: Sequence[Group]) -> Table:
    """Return groups by activities, "ja" where the source has a mark. There is no total over groups."""
    columns = [
        (f"{activity.label} ({register.meting})", {group for name, group in register.betrokken if name == activity.id})
        for register in registers
        for activity in register.activiteiten
        if not activity.reads_documents
    ]
    overlap = name_overlap(groups)
    return Table(
        key="tabel-betrokkenheid",
        bijschrift="Welke groep bij welke onderzoeksactiviteit is betrokken.",
        koppen=("Groep", *(indicate(head) for head, _ in columns)),
        rijen=tuple((g.label, *(JA if g.id in marked else NOTHING for _, marked in columns)) for g in groups),
        noten=(
            "Een streepje betekent dat de bron deze groep bij deze activiteit niet aankruist.",
            f"{f'Groepen delen mensen: {overlap}. ' if overlap else ''}Daarom zijn groepen nergens opgeteld.",
        ),
    )


def tabulate_conversations(registers: Sequence[Register]) -> Table:
    """Return the register: per activity and group what the source prints in both units, and what it leaves out."""
    rows: list[Row] = []
    for activity in _every(registers):
        for line in activity.regels:
            head = (f"{activity.label}: {line.wie} (", indicate(activity.meting), ")")
            level = line.niveau or (ONBEKEND if line.groep else NOTHING)
            counts = (activity.show_count(line, name) for name in UNITS)
            printed = f"{line.gedrukt or 'geen aantal'} ({line.vindplaats})"
            rows.append((head, level, *counts, indicate(printed)))
    return Table(
        key="tabel-gespreksregister",
        bijschrift="Gespreksregister: wat de bron per activiteit en groep vermeldt.",
        koppen=("Activiteit en wie", "Niveau", *(HEADS[name] for name in UNITS), "Zo staat het in de bron"),
        rijen=tuple(rows),
        noten=("Een streepje betekent dat het gegeven hier niet past.",),
    )


def _every(registers: Sequence[Register]) -> list[ResearchActivity]:
    return [activity for register in registers for activity in register.activiteiten]
