"""The timeline of the labs: a bar from begin to end, and drawn otherwise where a source leaves one open."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from datetime import date
from typing import Any

import matplotlib as mpl
import seaborn as sns
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Patch

from nsoc_lib.activities import AFGEROND, LOPEND, ONBEKEND, ONTBONDEN, VERSCHILLEN, VERTRAAGD, Activities
from nsoc_lib.activity_tables import show_date, show_state
from nsoc_lib.figures import HOUSE, ROW_HEIGHT, WIDTH, Figure, FigureShown, save_drawing, write_label
from nsoc_lib.periods import Period, read_period
from nsoc_lib.prose import Indication, fill, indicate, join_nl
from nsoc_lib.result import Result
from nsoc_lib.source_rows import AFGELEID
from nsoc_lib.tables import Table

BEKEND, LOOPT_DOOR, NIET_GEPUBLICEERD = "bekend", "nog niet geëindigd", "niet gepubliceerd"
ENDING = "in afronding"  # the printed word of a lab that ends but had not ended yet
EDGE, PALE = "#37424a", "#ffffff"
STYLES: dict[str, dict[str, Any]] = {
    LOPEND: {"facecolor": "#1b5e82", "hatch": ""},
    VERTRAAGD: {"facecolor": "#c98a3d", "hatch": "\\\\"},
    AFGEROND: {"facecolor": "#9fc3b0", "hatch": "//"},
    ONTBONDEN: {"facecolor": "#d9dee2", "hatch": "xx"},
    VERSCHILLEN: {"facecolor": "#e9c9d3", "hatch": "++"},
    ONBEKEND: {"facecolor": "#ffffff", "hatch": "--"},
}
BAR_HEIGHT, COLUMN, SECOND_COLUMN = 0.56, 1.4, 10.5
COLOUR_NOTE = "Kleur, patroon en teken staan voor de stand aan het einde van de waarneming, niet voor die daarvoor."
PART_NOTE = (
    "Noemt een bron alleen begin, midden of eind van een jaar, dan lezen wij dat als een derde deel van dat jaar."
)


@dataclass(frozen=True)
class Span:
    """One lab in time. ``begin`` is missing where none was published; ``slot`` says what is known of the end."""

    naam: str
    stand: str
    begin: Period | None
    afgeleid: bool
    einde: Period | None
    slot: str


def timeline_data(activities: Activities) -> tuple[Span, ...]:
    """Return a span per lab, those that began first standing first, labs without a begin last."""
    spans = []
    for lab in activities.select_group("labs"):
        standing = activities.standing(lab.activiteit)
        ending = any(ENDING in statement.gedrukt for statement in standing.uitspraken)
        runs_on = standing.stand in (LOPEND, VERTRAAGD) or (standing.stand == AFGEROND and ending)
        spans.append(
            Span(
                naam=lab.naam,
                stand=standing.stand,
                begin=read_period(lab.begin) if lab.begin else None,
                afgeleid=lab.begin_toewijzing == AFGELEID,
                einde=read_period(lab.einde) if lab.einde else None,
                slot=BEKEND if lab.einde else LOOPT_DOOR if runs_on else NIET_GEPUBLICEERD,
            )
        )
    return tuple(sorted(spans, key=lambda span: span.begin.eerste if span.begin else date.max))


def plot_timeline(activities: Activities) -> FigureShown:
    """Draw the labs in time up to the last date for which a source gives a state."""
    spans = timeline_data(activities)
    end = read_period(activities.peildatum, "de tijdlijn: peildatum van de uitspraken")
    labels: list[Any] = []
    with mpl.rc_context(HOUSE), sns.axes_style("white", rc=HOUSE):
        canvas = Canvas(figsize=(WIDTH, ROW_HEIGHT * (len(spans) + len(_cohorts(spans))) + 1.6))
        ax = canvas.subplots()
        _draw(ax, spans, end, labels)
        svg, png = save_drawing(canvas, f"{activities.meting}-tijdlijn", labels)
    alt_html, _, results = _describe(activities, spans, end)
    return Figure(
        key=f"figuur-{activities.meting}-tijdlijn",
        bijschrift="De labs in de tijd, met hun stand aan het einde van de waarneming.",
        alt_html=alt_html,
        svg=svg,
        png=png,
        tweeling=tabulate_timeline(activities),
        results=results,
    ).show()


def tabulate_timeline(activities: Activities) -> Table:
    """Return the same as the drawing: per lab begin, end and state."""
    return Table(
        key=f"tabel-{activities.meting}-tijdlijn",
        bijschrift="De labs in de tijd.",
        koppen=("Lab", "Begin", "Einde", "Stand"),
        rijen=tuple(
            (
                indicate(span.naam),
                _begin(span),
                show_date(span.einde.tekst) if span.einde else span.slot,
                show_state(span.stand),
            )
            for span in timeline_data(activities)
        ),
        noten=(PART_NOTE, COLOUR_NOTE),
    )


def _begin(span: Span) -> Indication | str:
    if span.begin is None:
        return NIET_GEPUBLICEERD
    return indicate(f"{span.begin.in_words}{' (afgeleid)' if span.afgeleid else ''}")


def _cohorts(spans: tuple[Span, ...]) -> list[str]:
    """Return the printed begins, each once and in order; an empty text for labs without one."""
    return list(dict.fromkeys(span.begin.in_words if span.begin else "" for span in spans))


# The drawing. Places are months since the first of the year in which the first lab began.


def _draw(ax: Any, spans: tuple[Span, ...], end: Period, labels: list[Any]) -> None:
    first = min((span.begin.eerste.year for span in spans if span.begin), default=end.eerste.year)
    stop = _place(end.laatste, first, after=True)
    row = 0
    for cohort in _cohorts(spans):
        heading = f"Begin: {cohort}" if cohort else "Begin niet gepubliceerd"
        write_label(ax, 0, -row, indicate(heading), labels, ha="left", weight="bold")
        for span in spans:
            if (span.begin.in_words if span.begin else "") == cohort:
                row += 1
                _draw_span(ax, -row, span, (first, stop), labels)
        row += 1
    ax.plot([stop, stop], [0.55, -row + 0.4], color=EDGE, linewidth=1.2, zorder=4)
    write_label(ax, stop, 0.85, indicate(f"einde waarneming: {end.in_words}"), labels, ha="center", fontsize=8)
    for place, head in ((COLUMN, "stand"), (SECOND_COLUMN, "einde")):
        ax.text(stop + place, 0.12, head, va="center", ha="left", fontsize=8, color="#56616a")
    for year in range(first, end.laatste.year + 1):
        left = 12 * (year - first)
        ax.plot([left, left], [-row + 0.5, -row + 0.25], color=EDGE, linewidth=0.8)
        write_label(ax, left + 0.3, -row + 0.2, indicate(str(year)), labels, ha="left", fontsize=8)
    ax.plot([0, stop], [-row + 0.5, -row + 0.5], color=EDGE, linewidth=0.8)
    ax.set_xlim(-9, stop + 20)
    ax.set_ylim(-row - 0.1, 1.2)
    ax.set_axis_off()
    handles = _legend(spans)
    ax.legend(handles=handles, loc="upper left", bbox_to_anchor=(0.0, 0.0), ncols=2, frameon=False, handlelength=2.2)


def _draw_span(ax: Any, y: float, span: Span, bounds: tuple[int, float], labels: list[Any]) -> None:
    """Draw one bar: pale where begin or end may lie, dashed where one was not published or is our inference."""
    first, stop = bounds
    fuzzy = [_stretch(period, first) for period in (span.begin, span.einde) if period and not period.is_iso]
    left = _place(span.begin.eerste, first) if span.begin else 0.0
    right = min(stop, _place(span.einde.laatste, first, after=True)) if span.einde else stop
    style = STYLES[span.stand] | {"edgecolor": EDGE, "linewidth": 1.0}
    if span.slot == NIET_GEPUBLICEERD:  # open to the right, and pale: it may have ended anywhere
        ax.barh(y, right - left, left=left, height=BAR_HEIGHT, **style | {"facecolor": PALE, "linewidth": 0})
        top, bottom = y + BAR_HEIGHT / 2, y - BAR_HEIGHT / 2
        ax.plot([right, left, left, right], [top, top, bottom, bottom], color=EDGE, linewidth=1.0, linestyle="--")
    else:
        dashed = "--" if span.afgeleid or span.begin is None else "-"
        ax.barh(y, right - left, left=left, height=BAR_HEIGHT, linestyle=dashed, **style)
    for start, finish in fuzzy:
        ax.barh(y, finish - start, left=start, height=BAR_HEIGHT, facecolor=PALE, edgecolor=EDGE, linestyle=":")
    if span.slot == LOOPT_DOOR:
        ax.plot([stop + 0.45], [y], marker=">", markersize=6, color=EDGE, clip_on=False)
    if span.slot == NIET_GEPUBLICEERD:
        ax.text(stop - 0.4, y, "?", va="center", ha="right", weight="bold", bbox=_box())
    if span.afgeleid or span.begin is None:
        ax.text(left + 0.4, y, "?", va="center", ha="left", weight="bold", bbox=_box())
    write_label(ax, -0.5, y, indicate(span.naam), labels, ha="right")
    ax.text(stop + COLUMN, y, textwrap.fill(show_state(span.stand), 17), va="center", ha="left", fontsize=8)
    ending = indicate(span.einde.in_words if span.einde else span.slot)
    write_label(ax, stop + SECOND_COLUMN, y, ending, labels, ha="left", fontsize=8)


def _place(day: date, first: int, *, after: bool = False) -> float:
    """Return the place of a day in months; ``after`` the day is over."""
    return 12 * (day.year - first) + day.month - 1 + (day.day - (0 if after else 1)) / 31


def _stretch(period: Period, first: int) -> tuple[float, float]:
    return _place(period.eerste, first), _place(period.laatste, first, after=True)


def _box() -> dict[str, Any]:
    return {"boxstyle": "round,pad=0.1", "fc": "white", "ec": "none"}


def _legend(spans: tuple[Span, ...]) -> list[Patch]:
    found = [state for state in STYLES if state in {span.stand for span in spans}]
    patches = [Patch(label=show_state(state), edgecolor=EDGE, **STYLES[state]) for state in found]
    patches.append(Patch(label="begin of einde ligt in dit tijdvak", facecolor=PALE, edgecolor=EDGE, linestyle=":"))
    patches.append(Patch(label="? begin afgeleid, of einde niet gepubliceerd", fc=PALE, ec=EDGE, linestyle="--"))
    return patches


# What it says, for who cannot see it


def _describe(activities: Activities, spans: tuple[Span, ...], end: Period) -> tuple[str, str, tuple[Result, ...]]:
    """Say how many labs began when, how they stand, and of which the source leaves something open."""
    values: dict[str, Any] = {"peil": indicate(end.in_words)}

    def count(name: str, label: str, found: list[Span]) -> str:
        values[name] = activities.count(f"tijdlijn.{name}", f"Tijdlijn: {label}", found, "activiteiten")
        return f"{{{name}}}"

    begins, states = [], []
    for number, cohort in enumerate(_cohorts(spans)):
        those = [span for span in spans if (span.begin.in_words if span.begin else "") == cohort]
        values[f"wanneer{number}"] = indicate(cohort)
        when = f"met als begin {{wanneer{number}}}" if cohort else "zonder gepubliceerd begin"
        begins.append(f"{count(f'begin{number}', f'begin {cohort}'.strip(), those)} {when}")
    for number, state in enumerate(STYLES):
        those = [span for span in spans if span.stand == state]
        if those:
            states.append(f"{count(f'stand{number}', state, those)} {state}")
    template = f"Tijdlijn van {count('totaal', 'labs', list(spans))} labs: {join_nl(begins)}. "
    template += f"Bij het einde van de waarneming, {{peil}}, zijn er {join_nl(states)}. "
    for name, those, sentence in (
        ("afgeleid", [s for s in spans if s.afgeleid], "Het begin is afgeleid bij {aantal}: {namen}. "),
        (
            "open",
            [s for s in spans if s.slot == NIET_GEPUBLICEERD],
            "Het einde is niet gepubliceerd bij {aantal}: {namen}.",
        ),
    ):
        if those:
            values[f"namen-{name}"] = indicate(", ".join(span.naam for span in those))
            template += sentence.format(aantal=count(name, name, those), namen=f"{{namen-{name}}}")
    return fill(template.strip(), values)
