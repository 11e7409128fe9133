"""The house figure: drawn from counted data, with an alternative text and a table twin."""

from __future__ import annotations

import base64
import html
import io
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import seaborn as sns
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Patch

from nsoc_lib.prose import Indication, Shown, fill
from nsoc_lib.result import Result
from nsoc_lib.shares import Agreement, share_agreeing
from nsoc_lib.survey import Survey
from nsoc_lib.svg import clean_svg, label_id
from nsoc_lib.tables import Table
from nsoc_lib.tabulate import tabulate_agreement, tabulate_answers

WIDTH, ROW_HEIGHT, MARGIN = 8.6, 0.46, 1.0
AGREES, AGREES_NEGATIVE, OTHER = "(helemaal) mee eens", "(helemaal) mee eens, negatief gesteld", "ander antwoord"
SIMULATED_STYLES: dict[str, dict[str, Any]] = {
    AGREES: {"facecolor": "#1b5e82", "hatch": "", "edgecolor": "#1b5e82"},
    AGREES_NEGATIVE: {"facecolor": "#a5561d", "hatch": "..", "edgecolor": "#ffffff"},
    OTHER: {"facecolor": "#d9dee2", "hatch": "//", "edgecolor": "#5b6770"},
}
NOT_SHOWN = "niet getoond"
HIDDEN_STYLE: dict[str, Any] = {"facecolor": "#ffffff", "hatch": "oo", "edgecolor": "#5b6770"}
LABEL_BOX = {"boxstyle": "round,pad=0.15", "fc": "white", "ec": "none"}
# From agreeing to disagreeing; the pattern carries the order for who cannot see the colour.
PATTERNS = ("", "//", "..", "\\\\", "xx", "++", "--")
HOUSE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "nsoc",
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "hatch.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


@dataclass(frozen=True)
class Figure:
    """A drawing with the results it shows, its alternative text and the table that says the same."""

    key: str
    bijschrift: str
    alt_html: str
    svg: str
    png: bytes
    tweeling: Table
    results: tuple[Result, ...]

    def show(self) -> FigureShown:
        key = html.escape(self.key)
        markup = (
            f'<figure class="figuur" id="{key}">'
            f'<div class="rol tekening" tabindex="0" role="region" aria-labelledby="{key}-titel">'
            f'<div role="img" aria-labelledby="{key}-alt">{self.svg}</div></div>'
            f'<figcaption id="{key}-titel"><span class="aanduiding nummer"></span> '
            f"{html.escape(self.bijschrift, quote=False)}</figcaption>"
            f'<p class="alt" id="{key}-alt">{self.alt_html}</p>'
            f'<details><summary id="{key}-tabel">Dezelfde gegevens als tabel</summary>'
            f"{self.tweeling.boxed(f'{key}-titel {key}-tabel')}{self.tweeling.notes}</details></figure>"
        )
        text = f"{self.bijschrift}\n{self.tweeling.show().text}"
        return FigureShown(markup, text, (*self.results, *self.tweeling.results), png=self.png)


@dataclass(frozen=True)
class FigureShown(Shown):
    """A shown figure carries a picture as well, for slides."""

    png: bytes = b""

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        bundle = super()._repr_mimebundle_(include, exclude)
        return bundle | {"image/png": base64.b64encode(self.png).decode("ascii")}


@dataclass(frozen=True)
class Segment:
    """One stretch of a stacked bar: how many people, and the result that may be written in it.

    A suppressed result is not drawn: it is part of what remains of the bar.
    """

    label: str
    aantal: int
    result: Result | None = None


@dataclass(frozen=True)
class Bar:
    """One statement as a stacked bar of counts; the label at its end is built from results."""

    label: str
    segmenten: tuple[Segment, ...]
    eens: Result

    @property
    def n(self) -> int:
        """The people in the whole bar; one, for a bar of which nothing may be shown."""
        if self.eens.suppressed:
            return 1
        return self.eens.n if self.hidden and self.eens.n else sum(segment.aantal for segment in self.drawn)

    @property
    def drawn(self) -> tuple[Segment, ...]:
        """The stretches that may be shown."""
        return tuple(s for s in self.segmenten if not self.eens.suppressed and not (s.result and s.result.suppressed))

    @property
    def hidden(self) -> bool:
        return len(self.drawn) < len(self.segmenten)


def likert_data(survey: Survey, thema: str) -> tuple[Bar, ...]:
    """Return the bars of one theme, the largest agreement first.

    Observed answers show the whole scale. Simulated answers can only carry what was published:
    those who agree, against the rest.
    """
    agreements = share_agreeing(survey, thema)
    return tuple(_whole_scale(survey, a) if survey.waargenomen else _agree_against_rest(a) for a in agreements)


def _agree_against_rest(agreement: Agreement) -> Bar:
    share = agreement.share
    negative = agreement.stelling.richting == "negatief"
    agreeing = Segment(AGREES_NEGATIVE if negative else AGREES, share.count)
    return Bar(_row_label(agreement), (agreeing, Segment(OTHER, share.n - share.count)), agreement.eens)


def _whole_scale(survey: Survey, agreement: Agreement) -> Bar:
    scale = survey.codeboek.scale_of(agreement.stelling)
    results = {label: agreement.antwoorden[label] for label in scale.agreeing_first if label not in scale.weet_niet}
    segments = [
        Segment(label, 0 if result.suppressed else int(result.value), result) for label, result in results.items()
    ]
    return Bar(_row_label(agreement), tuple(segments), agreement.eens)


def _row_label(agreement: Agreement) -> str:
    """Who agrees with a statement put negatively sees a shortage; the label must say so."""
    return f"{agreement.stelling.kort}{' (negatief)' if agreement.stelling.richting == 'negatief' else ''}"


def plot_likert(survey: Survey, thema: str) -> FigureShown:
    """Draw the statements of one theme as stacked bars with N per statement.

    Raises NsocError when the theme does not exist.
    """
    bars = likert_data(survey, thema)
    labels: list[Any] = []
    with mpl.rc_context(HOUSE), sns.axes_style("white", rc=HOUSE):
        canvas = Canvas(figsize=(WIDTH, ROW_HEIGHT * len(bars) + MARGIN))
        ax = canvas.subplots()
        _draw_bars(ax, bars, labels)
        svg, png = save_drawing(canvas, survey.meting + "-" + thema, labels)
    alt_html, _, alt_results = _describe(bars, survey.codeboek.themas[thema])
    twin = (tabulate_answers if survey.waargenomen else tabulate_agreement)(survey, thema)
    return Figure(
        key=f"figuur-{survey.meting}-{thema}",
        bijschrift=_caption(survey, thema),
        alt_html=alt_html,
        svg=svg,
        png=png,
        tweeling=twin,
        results=(*alt_results, *(label for label in labels if isinstance(label, Result))),
    ).show()


def _caption(survey: Survey, thema: str) -> str:
    kind = "" if survey.waargenomen else " Nagebootste antwoorden; alleen het instemmende aandeel is gepubliceerd."
    return f"{survey.codeboek.themas[thema]}: wie het eens is met elke stelling, en op hoeveel antwoorden.{kind}"


def _draw_bars(ax: Any, bars: Sequence[Bar], labels: list[Any]) -> None:
    """Draw bars from the top down. Each piece of text with a digit is noted in ``labels``."""
    styles = _segment_styles(bars)
    for row, bar in enumerate(bars):
        left = 0.0
        for segment in bar.drawn:
            width = 100 * segment.aantal / bar.n
            ax.barh(-row, width, left=left, height=0.62, linewidth=0.6, **styles[segment.label])
            if segment.result is not None and segment.aantal:
                write_label(ax, left + width / 2, -row, segment.result, labels, ha="center", bbox=LABEL_BOX)
            left += width
        if bar.hidden:
            ax.barh(-row, max(100 - left, 0), left=left, height=0.62, linewidth=0.6, **HIDDEN_STYLE)
        write_label(ax, 102, -row, bar.eens, labels, ha="left", weight="bold")
        if bar.eens.suppressed:
            continue
        write_label(ax, 117, -row, bar.eens.aantal, labels, ha="right")
        ax.text(118, -row, "van", va="center", ha="left")
        write_label(ax, 124, -row, bar.eens.basis, labels, ha="left")
        write_label(ax, 142, -row, bar.eens.minstens, labels, ha="right")
        ax.text(143, -row, "tot", va="center", ha="left")
        write_label(ax, 148, -row, bar.eens.hoogstens, labels, ha="left")
    for place, head in ((102, "eens"), (113, "aantal"), (137, "zeker van\nde genodigden")):
        ax.text(place, 0.55, head, va="bottom", ha="left", fontsize=8, color="#56616a")
    ax.set_yticks([-row for row in range(len(bars))], [textwrap.fill(bar.label, 30) for bar in bars])
    ax.set_xticks([])
    ax.set_xlim(0, 154)
    ax.set_ylim(-len(bars) + 0.4, 0.6)
    ax.tick_params(length=0)
    sns.despine(ax=ax, left=True, bottom=True)
    if any(bar.hidden for bar in bars):
        styles |= {NOT_SHOWN: HIDDEN_STYLE}
    legend = [Patch(label=label, **style) for label, style in styles.items()]
    ax.legend(handles=legend, loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=2, frameon=False, handlelength=1.6)


def _segment_styles(bars: Sequence[Bar]) -> dict[str, dict[str, Any]]:
    """Return colour and pattern per kind of answer, in the order of the legend, unused ones included."""
    names = list(dict.fromkeys(segment.label for bar in bars for segment in bar.segmenten))
    if OTHER in names:
        order = [name for name in SIMULATED_STYLES if name in names]
        return {name: SIMULATED_STYLES[name] for name in order}
    return dict(zip(names, scale_styles(len(names)), strict=True))


def scale_styles(size: int) -> list[dict[str, Any]]:
    """Return colour and pattern for each step of a scale. Two neighbours lie close in grey, so the pattern tells them."""
    colours = sns.color_palette("blend:#1b5e82,#e9edf0,#a5561d", size).as_hex()
    return [
        {"facecolor": colour, "hatch": PATTERNS[step % len(PATTERNS)], "edgecolor": "#5b6770"}
        for step, colour in enumerate(colours)
    ]


def write_label(ax: Any, x: float, y: float, label: Result | Indication, labels: list[Any], **style: Any) -> None:
    """Draw text with a digit in it, and note in ``labels`` what it is."""
    text = label.shown if isinstance(label, Result) else label.text
    ax.text(x, y, text, va="center", gid=label_id(len(labels)), **style)
    labels.append(label)


def save_drawing(canvas: Canvas, prefix: str, labels: Sequence[Result | Indication]) -> tuple[str, bytes]:
    """Return the drawing as SVG for the page, its ids unique by ``prefix``, and as PNG for slides."""
    vector, raster = io.StringIO(), io.BytesIO()
    canvas.savefig(vector, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
    canvas.savefig(raster, format="png", bbox_inches="tight", dpi=160, metadata={"Software": None})
    return clean_svg(vector.getvalue(), prefix, labels), raster.getvalue()


def _describe(bars: Sequence[Bar], thema: str) -> tuple[str, str, tuple[Result, ...]]:
    """Say the finding of the figure in a sentence or two, for who cannot see it."""
    shown = [bar for bar in bars if not bar.eens.suppressed]
    if not shown:
        return fill(
            "Staafdiagram van {thema} zonder uitkomsten: geen ervan mag worden getoond.", {"thema": thema.lower()}
        )
    rest = "" if len(shown) == len(bars) else " Van de andere stellingen is niets getoond."
    highest, lowest = shown[0], shown[-1]
    return fill(
        "Staafdiagram van {thema}. Het vaakst eens: {hoog} ({hoogste}, {hoogste.aantal} van {hoogste.basis}). "
        f"Het minst vaak eens: {{laag}} ({{laagste}}, {{laagste.aantal}} van {{laagste.basis}}).{rest}",
        {"thema": thema.lower(), "hoog": highest.label, "hoogste": highest.eens,
         "laag": lowest.label, "laagste": lowest.eens},
    )  # fmt: skip
