"""The learning agenda: leerpunten, their leervragen, and what became of each leervraag over time.

A state holds from its date and rests on evidence or on the record of a meeting. Nothing is
overwritten: the agenda of any date can be shown again, and so can what changed since then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from nsoc_lib.errors import NsocError, enumerate_nl, select_named
from nsoc_lib.groups import NIVEAUS
from nsoc_lib.periods import is_moment
from nsoc_lib.result import Result
from nsoc_lib.shares import slug
from nsoc_lib.source_rows import SourceRow, SourceTable, read_rows

OPEN, REPHRASED = "open", "geherformuleerd"
# What may follow on a state. A stubborn question (hardnekkig) is taken up again, put otherwise or dropped.
FOLLOWING: dict[str, tuple[str, ...]] = {
    OPEN: ("in behandeling", "hardnekkig", REPHRASED, "vervallen"),
    "in behandeling": ("voorlopig beantwoord", "hardnekkig", REPHRASED, "vervallen"),
    "voorlopig beantwoord": ("beantwoord", "hardnekkig", REPHRASED, "vervallen"),
    "beantwoord": ("opgevolgd",),
    "opgevolgd": (),
    "hardnekkig": ("in behandeling", REPHRASED, "vervallen"),
    REPHRASED: (),
    "vervallen": (),
}
STANDEN = tuple(FOLLOWING)
SOORTEN = ("bewijs", "verslag")


@dataclass(frozen=True)
class Leerpunt:
    """A lesson of the evaluators, with the levels that are to act on it."""

    id: str
    label: str
    niveaus: tuple[str, ...]
    vindplaats: str


@dataclass(frozen=True)
class Leervraag:
    """A question that belongs to one leerpunt and has the levels of it."""

    id: str
    vraag: str
    leerpunt: Leerpunt
    vindplaats: str


@dataclass(frozen=True)
class State:
    """How a leervraag stood from a date (a month, or a day), and the evidence or record that says so."""

    leervraag: str
    datum: str
    stand: str
    soort: str
    bewijs: str
    opvolger: str = ""

    def is_known_on(self, moment: str) -> bool:
        """Whether this state held by a day, or by the end of a month. A month without a day is its first."""
        return self.datum[: len(moment)] <= moment


@dataclass(frozen=True)
class Change:
    """A state that came after a date, beside the state before it: None for a new question."""

    eerder: State | None
    later: State


@dataclass(frozen=True)
class Leeragenda:
    """Leerpunten, leervragen, and per leervraag its states from early to late."""

    meting: str
    leerpunten: tuple[Leerpunt, ...]
    leervragen: tuple[Leervraag, ...]
    standen: Mapping[str, tuple[State, ...]]
    dataset: str

    def state_on(self, moment: str) -> dict[str, State]:
        """Return how each leervraag stood on a day or at the end of a month; without those that came later."""
        _check_date(moment, "de datum waarop de leeragenda wordt bekeken")
        known = {name: [s for s in states if s.is_known_on(moment)] for name, states in self.standen.items()}
        return {name: states[-1] for name, states in known.items() if states}

    def latest(self) -> dict[str, State]:
        """Return how each leervraag stands according to its last record."""
        return {name: states[-1] for name, states in self.standen.items()}

    def changes_since(self, moment: str) -> tuple[Change, ...]:
        """Return every change after a day or month (the last meting), by date and then by leervraag."""
        _check_date(moment, "de datum vanaf wanneer veranderingen worden gezocht")
        pairs = [pair for states in self.standen.values() for pair in pairwise((None, *states))]
        changes = [Change(earlier, later) for earlier, later in pairs if later and not later.is_known_on(moment)]
        return tuple(sorted(changes, key=lambda change: change.later.datum))

    def select_leervraag(self, name: str) -> Leervraag:
        """Return one leervraag by its id. Raises NsocError when there is none."""
        return select_named("de leervragen", self.leervragen, name)


def build_leeragenda(leerpunten: SourceTable, leervragen: SourceTable, standen: SourceTable) -> Leeragenda:
    """Check the three tables and return the agenda, or raise one NsocError with row and column."""
    points = {row.text("leerpunt"): _build_leerpunt(row) for row in read_rows(leerpunten)}
    questions = {row.text("leervraag"): _build_leervraag(row, points) for row in read_rows(leervragen)}
    states: dict[str, list[State]] = {name: [] for name in questions}
    for row in read_rows(standen):
        state = _build_state(row, list(questions))
        _refuse_order(states[state.leervraag], state, row)
        states[state.leervraag].append(state)
    _refuse_stateless(states, standen)
    _refuse_circle(states, standen)
    return Leeragenda(
        leerpunten.meting,
        tuple(points.values()),
        tuple(questions.values()),
        {name: tuple(found) for name, found in states.items()},
        standen.dataset,
    )


def _build_leerpunt(row: SourceRow) -> Leerpunt:
    row.filled("niveaus")
    name, label, where = row.texts("leerpunt", "label", "vindplaats")
    return Leerpunt(name, label, row.choices("niveaus", NIVEAUS), where)


def _build_leervraag(row: SourceRow, points: dict[str, Leerpunt]) -> Leervraag:
    point = points[row.choice("leerpunt", points)]
    levels = " ".join(point.niveaus)
    if row.text("niveau") != levels:
        remedy = "Neem het niveau van het leerpunt over: een leervraag heeft geen eigen niveau."
        raise row.refuse("niveau", f'"{levels}", het niveau van leerpunt {point.id}', remedy)
    name, question, where = row.texts("leervraag", "vraag", "vindplaats")
    return Leervraag(name, question, point, where)


def _build_state(row: SourceRow, questions: list[str]) -> State:
    state = State(*row.texts("leervraag", "datum", "stand", "soort", "bewijs", "opvolger"))
    row.choice("leervraag", questions)
    _check_date(state.datum, row.place("datum"))
    row.choice("stand", STANDEN)
    if state.soort not in SOORTEN or not state.bewijs:
        raise row.refuse(
            "bewijs" if state.soort in SOORTEN else "soort",
            "bewijs, of het verslag van een bijeenkomst, met de vindplaats",
            f"Vul soort ({' of '.join(SOORTEN)}) en bewijs in, of haal de rij weg.",
            f'{state.leervraag} wordt "{state.stand}" zonder bewijs en zonder verslag',
        )
    if (state.stand == REPHRASED) != bool(state.opvolger) or state.opvolger == state.leervraag:
        raise row.refuse(
            "opvolger",
            f'een andere leervraag als opvolger bij "{REPHRASED}", en bij geen andere stand',
            "Zet de nieuwe vraag in leervragen en noem haar hier, of maak de cel leeg.",
            f'"{state.opvolger}" bij de stand "{state.stand}"' if state.opvolger else "geen opvolger",
        )
    row.choice("opvolger", ("", *questions))
    return state


def _refuse_order(earlier: list[State], state: State, row: SourceRow) -> None:
    following: tuple[str, ...] = (OPEN,)
    before = "als eerste stand"
    if earlier:
        following, before = FOLLOWING[earlier[-1].stand], f'na "{earlier[-1].stand}"'
        if state.datum < earlier[-1].datum:  # so a month alone cannot follow a day in it
            raise row.refuse(
                "datum",
                "een datum op of na die van de vorige stand",
                "Verbeter de datum (noem de dag als de vorige stand dat doet), of zet de rijen van deze leervraag op volgorde.",
                f"{state.datum}, vóór de vorige stand van {state.leervraag} ({earlier[-1].datum})",
            )
    if state.stand not in following:
        raise row.refuse(
            "stand",
            f"een van: {enumerate_nl(list(following))}" if following else f"geen nieuwe stand {before}",
            "Voeg de stand toe die ertussen zit, of verbeter deze.",
            f'{state.leervraag}: "{state.stand}" {before}',
        )


def _refuse_stateless(states: dict[str, list[State]], table: SourceTable) -> None:
    without = [name for name, found in states.items() if not found]
    if without:
        raise NsocError(
            table.place(),
            found=f"geen stand van {enumerate_nl(without)}",
            expected=f'van elke leervraag ten minste de stand "{OPEN}"',
            remedy="Voeg een rij toe met datum en bewijs of verslag.",
        )


def _refuse_circle(states: dict[str, list[State]], table: SourceTable) -> None:
    successors = {name: found[-1].opvolger for name, found in states.items() if found[-1].opvolger}
    for start in successors:
        seen = [start]
        while seen[-1] in successors and seen[-1] not in seen[:-1]:
            seen.append(successors[seen[-1]])
        if seen[-1] in successors:
            raise NsocError(
                table.place("opvolger"),
                found=f"een kring van opvolgers: {enumerate_nl(seen)}",
                expected="opvolgers die eindigen bij een vraag die nog gesteld wordt",
                remedy="Verbeter de opvolger van een van deze leervragen.",
            )


def _check_date(text: str, where: str) -> None:
    if not is_moment(text) or "-" not in text:
        raise NsocError(
            where,
            found=f'"{text}"' if text else "geen datum",
            expected="jaar-maand of jaar-maand-dag, zoals 2024-01 of 2024-01-31",
            remedy="Vul de datum in van het bewijs of van de bijeenkomst.",
        )


# What is counted


def count_states(agenda: Leeragenda, moment: str = "") -> dict[str, Result]:
    """Count the leervragen per state, all states included: by the last record, or on a date.

    A date stands in the id, so that two moments never share a row of the ledger.
    """
    held = [state.stand for state in (agenda.state_on(moment) if moment else agenda.latest()).values()]
    prefix = f"leeragenda.{moment}" if moment else "leeragenda"
    label = f"Leervragen op {moment}" if moment else "Leervragen"
    return {
        stand: _result(agenda, f"{prefix}.{slug(stand)}", f"{label}: {stand}", held.count(stand)) for stand in STANDEN
    }


def count_leerpunten(agenda: Leeragenda) -> Result:
    """Count the leerpunten."""
    return _result(agenda, "leerpunten.aantal", "Leerpunten", len(agenda.leerpunten), "leerpunten")


def count_leervragen(agenda: Leeragenda, leerpunt: str = "") -> Result:
    """Count the leervragen, of all leerpunten or of one."""
    found = [v for v in agenda.leervragen if leerpunt in {"", v.leerpunt.id}]
    return _result(
        agenda,
        f"leerpunten.{leerpunt}.leervragen" if leerpunt else "leervragen.aantal",
        f"Leervragen bij {found[0].leerpunt.label}" if leerpunt and found else "Leervragen",
        len(found),
    )


def _result(agenda: Leeragenda, name: str, label: str, value: int, unit: str = "leervragen") -> Result:
    return Result(f"{agenda.meting}.{name}", label, value, unit, "herleid", agenda.dataset)
