"""The tables of the activities: how each stands, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable

from nsoc_lib.activities import (
    AFGEROND,
    FOCUSGEBIEDEN,
    GROUPS,
    HERNOEMD,
    LOPEND,
    ONBEKEND,
    ONTBONDEN,
    STANDEN,
    VERSCHILLEN,
    VERTRAAGD,
    Activities,
    Activity,
    Statement,
    count_states,
)
from nsoc_lib.periods import read_period
from nsoc_lib.prose import Filling, indicate
from nsoc_lib.tables import NOTHING, Cell, Row, Table

# A sign beside the word, so that no state is told by colour alone.
SIGNS = {LOPEND: "●", VERTRAAGD: "◐", AFGEROND: "✓", ONTBONDEN: "✕", VERSCHILLEN: "≠", ONBEKEND: "?"}
READ_FORWARD = {"ontstaan uit": "daaruit ontstaan"}  # the table reads from van to naar
# The colours of footnote 43, by the state they stand for; the other two are ours and have none.
PRINTED_COLOURS = {LOPEND: "donkergeel of goud", VERTRAAGD: "oranje", AFGEROND: "groen", ONTBONDEN: "geel"}
UNDATED = "niet genoemd"
STATE_NOTES = (
    "De bron geeft een peildatum voor de hele paragraaf, niet per activiteit.",
    "Genoemd: het gedrukte woord is zelf een woord uit de legenda. Afgeleid: wij deelden het erbij in.",
)
ORDER_NOTE = (
    "Een uitspraak met een peildatum gaat voor een uitspraak zonder; van gedateerde telt de nieuwste. "
    "Spreken de nieuwste elkaar tegen, dan is de stand: bronnen verschillen."
)


def show_state(state: str) -> str:
    """Return a state as its sign and word."""
    return f"{SIGNS[state]}\N{NO-BREAK SPACE}{state}"


def show_date(text: str, missing: str = UNDATED) -> Filling:
    """Return a printed date in words, or that there is none."""
    return indicate(read_period(text).in_words) if text else missing


def tabulate_state_counts(activities: Activities) -> Table:
    """Return per state the colour of the printed legend, and how many have it: of the plan, of the labs, of all."""
    counts = [count_states(activities, group) for group in GROUPS]
    rows: list[Row] = [
        (show_state(state), PRINTED_COLOURS.get(state, NOTHING), *(count.per_stand[state] for count in counts))
        for state in (*STANDEN, VERSCHILLEN, ONBEKEND)
    ]
    rows.append(("Totaal", NOTHING, *(count.totaal for count in counts)))
    return Table(
        key=f"tabel-{activities.meting}-activiteiten-standen",
        bijschrift="Hoeveel activiteiten en labs in elke stand zijn.",
        koppen=("Stand", "Kleur in de bron", *GROUPS.values()),
        rijen=tuple(rows),
        noten=(
            "De groepen overlappen. Een lab met een nieuwe naam telt een keer; onderdelen van activiteiten tellen niet mee.",
            "De bron kent de standen zonder kleur niet; die zijn van ons.",
        ),
    )


def tabulate_states(activities: Activities) -> Table:
    """Return per activity its focus area, its place in the plan, its state, the printed word, and the date."""
    rows: list[Row] = []
    for activity in activities.select_group("alle"):
        standing = activities.standing(activity.activiteit)
        rows.append(
            (
                _name(activities, activity),
                FOCUSGEBIEDEN[activity.focusgebied],
                activity.in_actieplan,
                show_state(standing.stand),
                _join(f"{s.gedrukt} ({s.toewijzing})" for s in standing.uitspraken),
                _join(_date(s) for s in standing.uitspraken),
            )
        )
    return Table(
        key=f"tabel-{activities.meting}-activiteiten",
        bijschrift="Stand van elke activiteit en elk lab.",
        koppen=("Activiteit", "Focusgebied", "In het Actieplan", "Stand", "Woord in de bron", "Peildatum"),
        rijen=tuple(rows),
        noten=STATE_NOTES,
    )


def tabulate_evidence(activities: Activities) -> Table:
    """Return per activity where its state stands, the documents named there, and what is said elsewhere."""
    rows: list[Row] = []
    for activity in activities.select_group("alle"):
        standing = activities.standing(activity.activiteit)
        rows.append(
            (
                _name(activities, activity),
                _join(s.vindplaats for s in standing.uitspraken),
                _join(s.onderliggende_bron for s in standing.uitspraken),
                _join(f"{s.stand}: {s.gedrukt} ({s.toewijzing}; {_date(s)}; {s.vindplaats})" for s in standing.anders),
            )
        )
    return Table(
        key=f"tabel-{activities.meting}-activiteiten-bewijs",
        bijschrift="Waarop de stand van elke activiteit steunt.",
        koppen=("Activiteit", "Vindplaats", "Daar genoemd document", "Elders een andere stand"),
        rijen=tuple(rows),
        noten=(ORDER_NOTE,),
    )


def _name(activities: Activities, activity: Activity) -> Cell:
    earlier = [t.van for t in activities.overgangen if t.soort == HERNOEMD and t.van and t.naar == activity.activiteit]
    names = ", ".join(activities.select_activity(name).naam for name in earlier)
    return indicate(f"{activity.label} (eerder {names})" if names else activity.label)


def _join(texts: Iterable[str]) -> Cell:
    """Return what there is, each text once, or a dash."""
    found = [text for text in dict.fromkeys(texts) if text]
    return indicate("; ".join(found)) if found else NOTHING


def _date(statement: Statement) -> str:
    return read_period(statement.peildatum).in_words if statement.peildatum else "zonder peildatum"


def tabulate_parts(activities: Activities) -> Table:
    """Return the parts of activities and what followed from them; their state is mostly unknown."""
    return Table(
        key=f"tabel-{activities.meting}-onderdelen",
        bijschrift="Onderdelen van activiteiten, en wat eruit voortkwam.",
        koppen=("Onderdeel", "Soort", "Hoort bij", "Stand", "Vindplaats"),
        rijen=tuple(
            (
                indicate(part.label),
                part.soort,
                indicate(activities.select_activity(part.bovenliggend).naam),
                show_state(activities.standing(part.activiteit).stand),
                indicate(part.vindplaats),
            )
            for part in activities.select_parts()
        ),
        noten=("Onbekend betekent dat de bron voor dit onderdeel geen eigen stand geeft.",),
    )


def tabulate_transitions(activities: Activities) -> Table:
    """Return what was renamed, merged, or arose from what, with the date where one was published."""

    def side(name: str, other: str) -> Cell:
        return indicate(activities.select_activity(name).label if name else other)

    return Table(
        key=f"tabel-{activities.meting}-overgangen",
        bijschrift="Wat er met activiteiten en labs gebeurde.",
        koppen=("Van", "Overgang", "Naar", "Wanneer", "Vindplaats"),
        rijen=tuple(
            (
                side(t.van, t.anders),
                READ_FORWARD.get(t.soort, t.soort),
                side(t.naar, t.anders),
                show_date(t.datum),
                indicate(t.vindplaats),
            )
            for t in activities.overgangen
        ),
        noten=("De woorden voor de overgang zijn van ons, net als wat er staat bij een kant die geen activiteit is.",),
    )
