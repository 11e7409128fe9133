"""Figures of a questionnaire with choices: bars for what was chosen, stacked bars for distributions."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import seaborn as sns
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Patch

from nsoc_lib.choice_tables import SILENCE, count_question, outcome_table, refuse_small
from nsoc_lib.choices import Spread, Tally
from nsoc_lib.figures import (
    HOUSE,
    LABEL_BOX,
    MARGIN,
    ROW_HEIGHT,
    WIDTH,
    Figure,
    save_drawing,
    scale_styles,
    write_label,
)
from nsoc_lib.prose import Shown, fill, indicate
from nsoc_lib.result import Result
from nsoc_lib.survey import Survey
from nsoc_lib.svg import label_id

BAR: dict[str, Any] = {"facecolor": "#1b5e82", "edgecolor": "#1b5e82", "height": 0.62, "linewidth": 0.6}
LABEL_WIDTH = 34  # characters before a label goes to the next line


def plot_question(survey: Survey, question_id: str) -> Shown:
    """Draw the outcome of one question as its kind asks, with its table; show nothing without answers.

    Raises NsocError for a question the codebook does not have.
    """
    if not survey.beschikbaar:
        return SILENCE
    outcome = count_question(survey, question_id)
    if (few := refuse_small(outcome)) is not None:
        return few
    labels: list[Any] = []
    with mpl.rc_context(HOUSE), sns.axes_style("white", rc=HOUSE):
        canvas = Canvas(figsize=(WIDTH, ROW_HEIGHT * len(outcome.regels) + MARGIN))
        ax = canvas.subplots()
        if isinstance(outcome, Tally):
            _draw_tally(ax, outcome, labels)
        else:
            _draw_spread(ax, outcome, labels)
        _finish(ax, [row.label for row in outcome.regels], labels)
        svg, png = save_drawing(canvas, f"{survey.meting}-{outcome.id}", labels)
    alt_html, _, alt_results = _describe_tally(outcome) if isinstance(outcome, Tally) else _describe_spread(outcome)
    return Figure(
        key=f"figuur-{survey.meting}-{outcome.id}",
        bijschrift=_caption(outcome),
        alt_html=alt_html,
        svg=svg,
        png=png,
        tweeling=outcome_table(survey, outcome),
        results=(*alt_results, *(label for label in labels if isinstance(label, Result))),
    ).show()


def _caption(outcome: Tally | Spread) -> str:
    if isinstance(outcome, Spread):
        return f"{outcome.kort}: hoe de antwoorden zijn verdeeld, per rij over wie antwoordde."
    several = " Meer antwoorden per persoon." if outcome.vermeldingen else ""
    return f"{outcome.kort}: aandeel van de respondenten die antwoordden.{several}"


def _draw_tally(ax: Any, tally: Tally, labels: list[Any]) -> None:
    """Draw one bar per option, as a share of the respondents; a hidden option has words and no bar."""
    for row, line in enumerate(tally.regels):
        if line.aandeel is None:
            ax.text(1, -row, "te klein om te tonen", va="center", ha="left", style="italic", color="#56616a")
            continue
        ax.barh(-row, line.aandeel.value, **BAR)
        write_label(ax, 102, -row, line.aandeel, labels, ha="left", weight="bold")
        write_label(ax, 119, -row, line.aandeel.aantal, labels, ha="right")
        ax.text(120, -row, "van", va="center", ha="left")
        write_label(ax, 127, -row, line.aandeel.basis, labels, ha="left")


def _draw_spread(ax: Any, spread: Spread, labels: list[Any]) -> None:
    """Draw one stacked bar per row over those who answered there; a rank leaves room for who did not give it."""
    styles = scale_styles(len(spread.koppen))
    for row, line in enumerate(spread.regels):
        left = 0.0
        for part, style in zip(line.delen, styles, strict=True):
            width = 100 * part.value / line.basis.value if line.basis.value else 0
            ax.barh(-row, width, left=left, height=0.62, linewidth=0.6, **style)
            if part.value:
                write_label(ax, left + width / 2, -row, part, labels, ha="center", bbox=LABEL_BOX)
            left += width
        ax.text(102, -row, "van", va="center", ha="left")
        write_label(ax, 109, -row, line.basis, labels, ha="left")
    patches = [Patch(label=head, **style) for head, style in zip(spread.koppen, styles, strict=True)]
    legend = ax.legend(handles=patches, loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=3, frameon=False)
    for text in legend.get_texts():
        text.set_gid(label_id(len(labels)))
        labels.append(indicate(text.get_text()))


def _finish(ax: Any, names: Sequence[str], labels: list[Any]) -> None:
    """Write the name of each row before it: a name may hold digits, which an axis cannot account for."""
    for row, name in enumerate(names):
        write_label(ax, -2, -row, indicate(textwrap.fill(name, LABEL_WIDTH)), labels, ha="right")
    ax.set_xticks([])
    ax.set_yticks([])
    ax.set_xlim(0, 136)
    ax.set_ylim(-len(names) + 0.4, 0.6)
    sns.despine(ax=ax, left=True, bottom=True)


def _describe_tally(tally: Tally) -> tuple[str, str, tuple[Result, ...]]:
    """Say what was chosen most and least often, among the options that are shown."""
    shown = sorted((line for line in tally.regels if line.aandeel), key=lambda line: -(line.aandeel.count or 0))  # type: ignore[union-attr]
    if not shown:
        return fill("Staafdiagram zonder balken: elk antwoord is te klein om te tonen.", {})
    first, last = shown[0], shown[-1]
    return fill(
        "Staafdiagram. Het vaakst gekozen: {hoog} ({hoogste}, {hoogste.aantal} van {hoogste.basis}). "
        "Het minst vaak van wat is getoond: {laag} ({laagste}).",
        {
            "hoog": indicate(first.label),
            "hoogste": first.aandeel,
            "laag": indicate(last.label),
            "laagste": last.aandeel,
        },
    )


def _describe_spread(spread: Spread) -> tuple[str, str, tuple[Result, ...]]:
    """Say for the first row which part is largest."""
    first = spread.regels[0]
    most = max(range(len(first.delen)), key=lambda number: first.delen[number].value)
    return fill(
        "Gestapeld staafdiagram. Bovenste rij: {rij}; daar komt {kop} het vaakst voor ({deel} van {basis}).",
        {"rij": indicate(first.label), "kop": indicate(spread.koppen[most].lower()), "deel": first.delen[most],
         "basis": first.basis},
    )  # fmt: skip
