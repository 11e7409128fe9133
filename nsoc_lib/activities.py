"""The activities and labs: what was planned, what sources say of how each stands, what became of it.

A state is never typed as such: it follows from the statements of sources, the newest first, and is
unknown without any. Which of the four states of Regioplan §2.3 (footnote 43) a printed word belongs to
is our reading where the word itself is not one of theirs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nsoc_lib.errors import NsocError, enumerate_nl, unknown_value
from nsoc_lib.periods import read_period
from nsoc_lib.published import SourceTable
from nsoc_lib.result import Result
from nsoc_lib.shares import slug
from nsoc_lib.source_rows import read_rows

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
GENOEMD, AFGELEID = "genoemd", "afgeleid"
HERNOEMD = "hernoemd"
OVERGANGEN = (HERNOEMD, "opgegaan in", "gesplitst", "ontstaan uit", "vervolg")
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
        """Return one activity by its id."""
        return next(activity for activity in self.activiteiten if activity.activiteit == name)

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
    for where, texts in read_texts(activiteiten):
        activity = Activity(**texts)
        _refuse_activity(activity, known, where)
        known[activity.activiteit] = activity
    transitions: list[Transition] = []
    for where, texts in read_texts(overgangen):
        transitions.append(_build_transition(where, texts, known))
        _refuse_renaming(transitions, where)
    return Activities(
        activiteiten.meting,
        tuple(known.values()),
        tuple(transitions),
        tuple(_build_statement(where, texts, known) for where, texts in read_texts(standen)),
        {"activiteiten": activiteiten.dataset, "overgangen": overgangen.dataset, "standen": standen.dataset},
    )


def read_texts(table: SourceTable) -> list[tuple[str, dict[str, str]]]:
    """Return every row as texts, an empty cell as an empty text, with its place for a message."""
    columns = [str(name) for name in table.rijen.columns if name != "rij"]
    return [(row.place(), {name: row.text(name) for name in columns}) for row in read_rows(table)]


def _refuse_activity(activity: Activity, known: dict[str, Activity], where: str) -> None:
    """Refuse a double id, an unknown kind, focus area or parent, and dates that are none or run back."""
    if activity.activiteit in known:
        raise _refusal(
            f"{where}, kolom activiteit", f'"{activity.activiteit}" nog een keer', "elke activiteit een keer"
        )
    refuse_unknown(activity.soort, SOORTEN, f"{where}, kolom soort")
    refuse_unknown(activity.focusgebied, FOCUSGEBIEDEN, f"{where}, kolom focusgebied")
    refuse_unknown(activity.bovenliggend, ["", *known], f"{where}, kolom bovenliggend")
    refuse_unknown(
        activity.begin_toewijzing, (GENOEMD, AFGELEID) if activity.begin else ("",), f"{where}, kolom begin_toewijzing"
    )
    begin = read_period(activity.begin, f"{where}, kolom begin") if activity.begin else None
    end = read_period(activity.einde, f"{where}, kolom einde") if activity.einde else None
    if begin and end and end.laatste < begin.eerste:
        raise _refusal(f"{where}, kolom einde", f"{end.tekst}, en als begin {begin.tekst}", "een einde na het begin")


def _build_transition(where: str, texts: dict[str, str], known: dict[str, Activity]) -> Transition:
    transition = Transition(**texts)
    refuse_unknown(transition.soort, OVERGANGEN, f"{where}, kolom soort")
    for column in ("van", "naar"):
        refuse_unknown(texts[column], ["", *known], f"{where}, kolom {column}")
    sides = [side for side in (transition.van, transition.naar, transition.anders) if side]
    if len(sides) != 2 or transition.van == transition.naar:
        expected = "twee verschillende activiteiten, of een activiteit en in anders wat de andere kant is"
        raise _refusal(f"{where}, kolommen van, naar en anders", enumerate_nl(sides) or "niets", expected)
    if transition.datum:
        read_period(transition.datum, f"{where}, kolom datum")
    return transition


def _refuse_renaming(transitions: list[Transition], where: str) -> None:
    """Refuse a last renaming that gives a second new name, or leads back to a name already left."""
    last, earlier = transitions[-1], _renamings(transitions[:-1])
    if not _renamings([last]):
        return
    seen = [last.naar]
    while seen[-1] in earlier:
        seen.append(earlier[seen[-1]])
    if last.van in earlier or last.van in seen:
        found = f'"{last.van}" wordt "{last.naar}", en eerder "{earlier.get(last.van, seen[-1])}"'
        raise _refusal(f"{where}, kolom naar", found, "per activiteit hooguit een nieuwe naam, zonder kring")


def _build_statement(where: str, texts: dict[str, str], known: dict[str, Activity]) -> Statement:
    statement = Statement(**texts)
    refuse_unknown(statement.activiteit, known, f"{where}, kolom activiteit")
    refuse_unknown(statement.stand, STANDEN, f"{where}, kolom stand")
    refuse_unknown(statement.toewijzing, (GENOEMD, AFGELEID), f"{where}, kolom toewijzing")
    for column in ("gedrukt", "bron", "vindplaats"):
        if not texts[column]:
            found = f'{statement.activiteit} is "{statement.stand}" zonder {column}'
            raise _refusal(f"{where}, kolom {column}", found, "bij elke stand het gedrukte woord, bron en vindplaats")
    if statement.peildatum:
        read_period(statement.peildatum, f"{where}, kolom peildatum")
        if not re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", statement.peildatum):
            found, expected = f'"{statement.peildatum}"', "jaar-maand of jaar-maand-dag, om te kunnen ordenen"
            raise _refusal(f"{where}, kolom peildatum", found, expected)
    return statement


def refuse_unknown(value: str, allowed: Sequence[str] | dict[str, Any], where: str) -> None:
    """Raise NsocError for a value that is not among those allowed."""
    if value not in allowed:
        raise unknown_value(where, value, allowed)


def _refusal(where: str, found: str, expected: str) -> NsocError:
    return NsocError(where, found=found, expected=expected, remedy="Verbeter de rij in de tabel, of haal haar weg.")
