"""The tables of the learning agenda: leerpunten, how each leervraag stands, and what changed."""

from __future__ import annotations

from nsoc_lib.leeragenda import Leeragenda, State, count_leervragen
from nsoc_lib.prose import Shown, indicate, tell
from nsoc_lib.tables import NOTHING, Row, Table

LEVEL_NOTE = "Het niveau van een leervraag volgt uit haar leerpunt; de bron noemt het niet per vraag."


def tabulate_leerpunten(agenda: Leeragenda) -> Table:
    """Return the leerpunten with the levels that are to act, and how many leervragen each has."""
    return Table(
        key=f"tabel-{agenda.meting}-leerpunten",
        bijschrift="Leerpunten, met het niveau dat aan zet is.",
        koppen=("Leerpunt", "Niveau", "Leervragen", "Vindplaats"),
        rijen=tuple(
            (p.label, ", ".join(p.niveaus), count_leervragen(agenda, p.id), indicate(p.vindplaats))
            for p in agenda.leerpunten
        ),
    )


def tabulate_leeragenda(agenda: Leeragenda, moment: str = "") -> Table:
    """Return each leervraag with leerpunt, level, state, since when and on what: last known, or on a date."""
    current = agenda.state_on(moment) if moment else agenda.latest()
    rows: list[Row] = [
        (
            (indicate(v.id), f" {v.vraag}"),
            v.leerpunt.label,
            ", ".join(v.leerpunt.niveaus),
            *_shown(current[v.id]),
        )
        for v in agenda.leervragen
        if v.id in current
    ]
    return Table(
        key=f"tabel-{agenda.meting}-leeragenda{moment and f'-{moment}'}",
        bijschrift="De leervragen en hoe zij ervoor staan.",
        koppen=("Leervraag", "Leerpunt", "Niveau", "Stand", "Sinds", "Bewijs of verslag"),
        rijen=tuple(rows),
        noten=(LEVEL_NOTE,),
    )


def tabulate_changes(agenda: Leeragenda, since: str) -> Shown:
    """Return what changed after a date, such as that of the last meting, or say that nothing did."""
    changes = agenda.changes_since(since)
    if not changes:
        return tell(
            "Na {moment} is geen verandering vastgelegd. Dat zegt niets over wat er in de praktijk is gebeurd.",
            moment=indicate(since),
        )
    return Table(
        key=f"tabel-{agenda.meting}-leeragenda-sinds-{since}",
        bijschrift="Wat er sinds de vorige meting op de leeragenda veranderde.",
        koppen=("Leervraag", "Was", "Werd", "Datum", "Bewijs of verslag"),
        rijen=tuple(
            (
                (indicate(c.later.leervraag), f" {agenda.select_leervraag(c.later.leervraag).vraag}"),
                c.eerder.stand if c.eerder else NOTHING,
                *_shown(c.later),
            )
            for c in changes
        ),
    ).show()


def _shown(state: State) -> Row:
    stand = (f"{state.stand} als ", indicate(state.opvolger)) if state.opvolger else state.stand
    return (stand, indicate(state.datum), indicate(f"{state.soort}: {state.bewijs}"))
