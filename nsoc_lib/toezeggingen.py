"""Commitments of a minister after an evaluation, and what is known of each since.

A state holds from its date and rests on evidence or on the record of a meeting; what nobody recorded
is unknown, not undone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nsoc_lib.prose import indicate
from nsoc_lib.result import Result
from nsoc_lib.shares import slug
from nsoc_lib.source_rows import SourceRow, SourceTable, read_rows
from nsoc_lib.tables import NOTHING, Row, Table

TOEGEZEGD = "toegezegd"
STANDEN = (TOEGEZEGD, "loopt", "nagekomen", "niet nagekomen", "vervallen")
CLOSED = STANDEN[2:]
SOORTEN = ("bewijs", "verslag")


@dataclass(frozen=True)
class Toezegging:
    """One commitment. ``termijn`` and ``voorwaarde`` are empty where the source names none."""

    id: str
    label: str
    termijn: str
    voorwaarde: str
    vindplaats: str


@dataclass(frozen=True)
class State:
    """How a commitment stood from a date; ``datum`` is empty when the source gives none."""

    toezegging: str
    datum: str
    stand: str
    bewijs: str


@dataclass(frozen=True)
class Toezeggingen:
    """All commitments in the order of the source, each with its states from early to late."""

    meting: str
    toezeggingen: tuple[Toezegging, ...]
    standen: Mapping[str, tuple[State, ...]]
    dataset: str

    def latest(self, toezegging: Toezegging) -> State | None:
        """Return the last recorded state; None when no record says anything."""
        return next(reversed(self.standen[toezegging.id]), None)


def build_toezeggingen(toezeggingen: SourceTable, standen: SourceTable) -> Toezeggingen:
    """Check both tables and return the commitments, or raise one NsocError with row and column."""
    known = [
        Toezegging(r.filled("toezegging"), r.filled("label"), r.text("termijn"), r.text("voorwaarde"), r.filled("vindplaats"))
        for r in read_rows(toezeggingen)
    ]  # fmt: skip
    states: dict[str, list[State]] = {toezegging.id: [] for toezegging in known}
    for row in read_rows(standen):
        name = row.choice("toezegging", states)
        states[name].append(_build_state(row, states[name]))
    found = {name: tuple(rows) for name, rows in states.items()}
    return Toezeggingen(toezeggingen.meting, tuple(known), found, standen.dataset)


def _build_state(row: SourceRow, earlier: list[State]) -> State:
    row.choice("soort", SOORTEN)
    state = State(row.text("toezegging"), row.moment("datum"), row.choice("stand", STANDEN), row.filled("bewijs"))
    if (state.stand == TOEGEZEGD) == bool(earlier):
        raise row.refuse("stand", f'"{TOEGEZEGD}" als eerste stand, en daarna nooit meer', "Verbeter de stand.")
    if earlier and not state.datum:
        raise row.refuse("datum", "de datum van deze verandering", "Vul de datum in van het bewijs of het verslag.")
    if earlier and (earlier[-1].stand in CLOSED or state.datum < earlier[-1].datum):
        raise row.refuse(
            "stand" if earlier[-1].stand in CLOSED else "datum",
            f'geen stand na "{earlier[-1].stand}" van {earlier[-1].datum}'
            if earlier[-1].stand in CLOSED
            else f"een datum op of na {earlier[-1].datum}",
            "Verbeter de rij, of zet de rijen op volgorde.",
        )
    return state


def count_toezeggingen(toezeggingen: Toezeggingen) -> dict[str, Result]:
    """Count the commitments: ``totaal``, and per last recorded state; ``onbekend`` has no record at all."""
    latest = [toezeggingen.latest(toezegging) for toezegging in toezeggingen.toezeggingen]
    held = [state.stand if state else "onbekend" for state in latest]
    counts = {"totaal": len(held)} | {stand: held.count(stand) for stand in (*STANDEN, "onbekend")}
    return {
        name: Result(
            f"{toezeggingen.meting}.toezeggingen.{slug(name)}",
            f"Toezeggingen: {name}",
            value,
            "toezeggingen",
            "herleid",
            toezeggingen.dataset,
        )
        for name, value in counts.items()
    }


def tabulate_toezeggingen(toezeggingen: Toezeggingen) -> Table:
    """Return every commitment with term, condition, last recorded state and what that rests on."""
    rows: list[Row] = []
    for toezegging in toezeggingen.toezeggingen:
        state = toezeggingen.latest(toezegging)
        rows.append(
            (
                toezegging.label,
                indicate(toezegging.termijn) if toezegging.termijn else NOTHING,
                toezegging.voorwaarde or NOTHING,
                state.stand if state else "onbekend",
                indicate(state.datum) if state and state.datum else NOTHING,
                indicate(state.bewijs) if state else NOTHING,
            )
        )
    return Table(
        key=f"tabel-{toezeggingen.meting}-toezeggingen",
        bijschrift="Wat is toegezegd, en wat daarover is vastgelegd.",
        koppen=("Toezegging", "Termijn", "Voorwaarde", "Laatst vastgelegde stand", "Sinds", "Waaruit dat blijkt"),
        rijen=tuple(rows),
        noten=("Een streepje betekent dat de bron het niet noemt.",),
    )
