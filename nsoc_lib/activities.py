"""The activities and labs: what was planned, what sources say of how each stands, what became of it.

A state is never typed as such: it follows from the statements of sources, the newest first, and is
unknown without any. Which of the four states of Regioplan §2.3 (footnote 43) a printed word belongs to
is our reading where the word itself is not one of theirs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields

from nsoc_lib.errors import NsocError, enumerate_nl, unknown_value
from nsoc_lib.periods import read_period
from nsoc_lib.result import Result
from nsoc_lib.shares import slug
from nsoc_lib.source_rows import GENOEMD, TOEWIJZINGEN, SourceRow, SourceTable, read_rows

LOPEND, VERTRAAGD, AFGEROND, ONTBONDEN = "lopend", "lopend met vertraging", "afgerond of in afronding", "ontbonden"
STANDEN = (LOPEND, VERTRAAGD, AFGEROND, ONTBONDEN)
ONBEKEND, VERSCHILLEN = "onbekend", "bronnen verschillen"
FOCUSGEBIEDEN = {
    "tbml": "TBML",
    "financiele-dienstverleners": "Financiële dienstverleners",
    "logistieke-dienstverleners": "Logistieke dienstverleners",
    "corruptie-en-geweld": "Corruptie en geweld",
    "": "geen focusgebied",
}
LABS = ("MIT-lab", "NSOC-lab", "NSOC-lab 2.0")
PARTS = ("deelactiviteit", "deelonderzoek", "vervolg")
SOORTEN = (*LABS, "fenomeenaanpak", "analyse", "activiteit", "werkproces", *PARTS)
HERNOEMD = "hernoemd"
OVERGANGEN = (HERNOEMD, "opgegaan in", "gesplitst", "ontstaan uit", "vervolg")
REMEDY = "Verbeter de rij in de tabel, of haal haar weg."
GROUPS = {"actieplan": "Lijst van het Actieplan", "labs": "Labs", "alle": "Alles zonder onderdelen"}


@dataclass(frozen=True)
class Activity:
    """An activity, lab or part of one. An empty ``begin`` or ``einde`` was not published."""

    activiteit: str
    label: str
    soort: str
    focusgebied: str
    bovenliggend: str
    in_actieplan: str
    begin: str
    begin_toewijzing: str
    einde: str
    vindplaats: str

    @property
    def naam(self) -> str:
        """The name without the kind of lab before it."""
        return re.sub(r"^(MIT|NSOC)-lab( 2\.0)?( –)? ", "", self.label)


@dataclass(frozen=True)
class Transition:
    """What became of an activity. Where ``van`` or ``naar`` is no activity, ``anders`` says what it is."""

    van: str
    naar: str
    anders: str
    soort: str
    datum: str
    vindplaats: str


@dataclass(frozen=True)
class Statement:
    """What one source says of the state of one activity. Without ``peildatum`` the source gives no date."""

    activiteit: str
    stand: str
    gedrukt: str
    toewijzing: str
    bron: str
    peildatum: str
    onderliggende_bron: str
    vindplaats: str


@dataclass(frozen=True)
class Standing:
    """The state of an activity, the statements it rests on, and those that say something else."""

    activiteit: Activity
    stand: str
    uitspraken: tuple[Statement, ...]
    anders: tuple[Statement, ...]


@dataclass(frozen=True)
class Activities:
    """Everything known of the activities, in the order of the source; ``datasets`` per table."""

    meting: str
    activiteiten: tuple[Activity, ...]
    overgangen: tuple[Transition, ...]
    uitspraken: tuple[Statement, ...]
    datasets: dict[str, str]

    @property
    def peildatum(self) -> str:
        """The newest date for which a source gives a state: the end of what was observed."""
        return max((s.peildatum for s in self.uitspraken), default="")

    def select_activity(self, name: str) -> Activity:
        """Return one activity by its id. Raises NsocError when there is none."""
        known = {activity.activiteit: activity for activity in self.activiteiten}
        if name not in known:
            raise unknown_value("de activiteiten", name, known, "Verbeter de naam in het notebook.")
        return known[name]

    def select_group(self, group: str) -> tuple[Activity, ...]:
        """Return the activities listed in the plan, the labs, or all without parts; no lab under two names."""
        if group == "actieplan":
            return tuple(a for a in self.activiteiten if a.in_actieplan == GENOEMD)
        renamed = _renamings(self.overgangen)
        current = [a for a in self.activiteiten if a.activiteit not in renamed and a.soort not in PARTS]
        return tuple(a for a in current if group != "labs" or a.soort in LABS)

    def select_parts(self) -> tuple[Activity, ...]:
        """Return the parts of activities, and what followed from them."""
        return tuple(a for a in self.activiteiten if a.soort in PARTS)

    def standing(self, name: str) -> Standing:
        """Return the state: that of the newest dated statements, else of those without a date.

        An activity under another name is one activity. Newest statements that do not agree give
        ``bronnen verschillen``, and no statement at all gives ``onbekend``.
        """
        renamed, names = _renamings(self.overgangen), [name]
        while names[-1] in renamed:
            names.append(renamed[names[-1]])
        known = [s for s in self.uitspraken if s.activiteit in names]
        newest = max((s.peildatum for s in known), default="")
        latest = tuple(s for s in known if newest.startswith(s.peildatum) and bool(s.peildatum) == bool(newest))
        states = list(dict.fromkeys(s.stand for s in latest))
        state = states[0] if len(states) == 1 else VERSCHILLEN if states else ONBEKEND
        others = tuple(s for s in known if s not in latest and s.stand != state)
        return Standing(self.select_activity(names[-1]), state, latest, others)

    def count(self, name: str, label: str, found: Sequence[object], table: str) -> Result:
        """Return a count of rows as a result, with the version of the table that was counted."""
        full = f"{self.meting}.activiteiten.{name}"
        return Result(full, label, len(found), "activiteiten", "herleid", self.datasets[table])


def _renamings(transitions: Sequence[Transition]) -> dict[str, str]:
    return {t.van: t.naar for t in transitions if t.soort == HERNOEMD and t.van and t.naar}


@dataclass(frozen=True)
class StateCounts:
    """How many activities of one group are in each state; a sentence names them as ``{plan.lopend}``."""

    totaal: Result
    lopend: Result
    vertraagd: Result
    afgerond: Result
    ontbonden: Result
    verschillen: Result
    onbekend: Result

    @property
    def per_stand(self) -> dict[str, Result]:
        """The counts by the full word for the state, in the order of the report."""
        counts = (self.lopend, self.vertraagd, self.afgerond, self.ontbonden, self.verschillen, self.onbekend)
        return dict(zip((*STANDEN, VERSCHILLEN, ONBEKEND), counts, strict=True))


def count_states(activities: Activities, group: str) -> StateCounts:
    """Count one group of activities: in total, and per state, also the states that nobody has."""
    standings = [activities.standing(activity.activiteit) for activity in activities.select_group(group)]
    label = GROUPS[group]
    total = activities.count(f"{group}.totaal", f"{label}: totaal", standings, "activiteiten")
    counts = [
        activities.count(
            f"{group}.{slug(state)}", f"{label}: {state}", [s for s in standings if s.stand == state], "standen"
        )
        for state in (*STANDEN, VERSCHILLEN, ONBEKEND)
    ]
    return StateCounts(total, *counts)


# What comes in


def build_activities(activiteiten: SourceTable, overgangen: SourceTable, standen: SourceTable) -> Activities:
    """Check the three tables and return the activities, or raise one NsocError with row and column."""
    known: dict[str, Activity] = {}
    for row in read_rows(activiteiten):
        activity = _build_activity(row, known)
        known[activity.activiteit] = activity
    transitions: list[Transition] = []
    for row in read_rows(overgangen):
        transitions.append(_build_transition(row, known))
        _refuse_renaming(transitions, row)
    return Activities(
        activiteiten.meting,
        tuple(known.values()),
        tuple(transitions),
        tuple(_build_statement(row, known) for row in read_rows(standen)),
        {"activiteiten": activiteiten.dataset, "overgangen": overgangen.dataset, "standen": standen.dataset},
    )


def _build_activity(row: SourceRow, known: dict[str, Activity]) -> Activity:
    """Return the activity; refuse a double id, an unknown kind, focus area or parent, and dates that run back."""
    row.once("activiteit", known, "elke activiteit een keer")
    activity = Activity(*row.texts(*_columns(Activity)))
    for column, options in (
        ("soort", SOORTEN),
        ("focusgebied", tuple(FOCUSGEBIEDEN)),
        ("bovenliggend", ("", *known)),
        ("begin_toewijzing", TOEWIJZINGEN if activity.begin else ("",)),
    ):
        row.choice(column, options)
    begin, end = (
        read_period(row.text(name), row.place(name)) if row.text(name) else None for name in ("begin", "einde")
    )
    if begin and end and end.laatste < begin.eerste:
        raise row.refuse("einde", "een einde na het begin", REMEDY, f"{end.tekst}, en als begin {begin.tekst}")
    return activity


def _build_transition(row: SourceRow, known: dict[str, Activity]) -> Transition:
    transition = Transition(*row.texts(*_columns(Transition)))
    row.choice("soort", OVERGANGEN)
    for column in ("van", "naar"):
        row.choice(column, ("", *known))
    sides = [side for side in (transition.van, transition.naar, transition.anders) if side]
    if len(sides) != 2 or transition.van == transition.naar:
        expected = "twee verschillende activiteiten, of een activiteit en in anders wat de andere kant is"
        raise NsocError(
            f"{row.place()}, kolommen van, naar en anders",
            found=enumerate_nl(sides) or "niets",
            expected=expected,
            remedy=REMEDY,
        )
    if transition.datum:
        read_period(transition.datum, row.place("datum"))
    return transition


def _refuse_renaming(transitions: list[Transition], row: SourceRow) -> None:
    """Refuse a last renaming that gives a second new name, or leads back to a name already left."""
    last, earlier = transitions[-1], _renamings(transitions[:-1])
    if not _renamings([last]):
        return
    seen = [last.naar]
    while seen[-1] in earlier:
        seen.append(earlier[seen[-1]])
    if last.van in earlier or last.van in seen:
        found = f'"{last.van}" wordt "{last.naar}", en eerder "{earlier.get(last.van, seen[-1])}"'
        raise row.refuse("naar", "per activiteit hooguit een nieuwe naam, zonder kring", REMEDY, found)


def _build_statement(row: SourceRow, known: dict[str, Activity]) -> Statement:
    statement = Statement(*row.texts(*_columns(Statement)))
    row.choice("activiteit", known)
    row.choice("stand", STANDEN)
    row.choice("toewijzing", TOEWIJZINGEN)
    for column in ("gedrukt", "bron", "vindplaats"):
        if not row.text(column):
            found = f'{statement.activiteit} is "{statement.stand}" zonder {column}'
            raise row.refuse(column, "bij elke stand het gedrukte woord, bron en vindplaats", REMEDY, found)
    if statement.peildatum and not read_period(statement.peildatum, row.place("peildatum")).is_iso:
        raise row.refuse("peildatum", "jaar-maand of jaar-maand-dag, om te kunnen ordenen", REMEDY)
    return statement


def _columns(record: type[Activity | Transition | Statement]) -> list[str]:
    """Return the columns of a table; each is a field of its record."""
    return [field.name for field in fields(record)]
