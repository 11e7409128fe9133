"""Write on the finished pages what disclosure control decided: per table and figure, and counted over the report.

Only here is everything known that is published. The chapter on anonymity leaves a place for each count.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nsoc_lib.disclosure import NOT_RELEASED, RELEASED, judge_output
from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.publish.markup import CAPTIONED, NUMBER
from nsoc_lib.result import PASS, REVIEW, Result
from nsoc_lib.status_tables import CIJFERS, CITATEN, FIGUREN, TABELLEN, count_key, reason_key

FIGURE_END = "</figure>"
SHOWN_ID = re.compile(r'data-id="([^"]+)"')
COUNT_PLACE = re.compile(r'(<span class="aanduiding telling" data-telling="([^"]+)">)(</span>)')
QUOTED, WAITING = re.compile(r'data-citaat="([^"]+)"'), re.compile(r'data-citaat-wacht="([^"]+)"')
KINDS = {"tabel": TABELLEN, "figuur": FIGUREN}


@dataclass(frozen=True)
class Output:
    """Something published that is no number of its own: a table, a figure or a quotation, with its status."""

    id: str
    soort: str
    status: str
    reden: str


def find_quotations(bodies: Iterable[str]) -> dict[str, str]:
    """Return the status of each quotation: shown ones were released, the others wait for it."""
    found: dict[str, str] = {}
    for body in bodies:
        found |= dict.fromkeys(map(html.unescape, QUOTED.findall(body)), PASS)
        found |= dict.fromkeys(map(html.unescape, WAITING.findall(body)), REVIEW)
    return found


def mark_statuses(bodies: Mapping[str, str], results: Iterable[Result]) -> tuple[dict[str, str], tuple[Output, ...]]:
    """Return the bodies with the status on each table and figure, numbers under review marked, and counts filled in.

    ``results`` are settled. Also returns every table, figure and quotation with its status.
    """
    known = {html.escape(result.id): result for result in results}
    outputs: list[Output] = []

    def mark_figure(match: re.Match[str]) -> str:
        body = match.string
        inner = body[match.end() : body.index(FIGURE_END, match.end())]
        shown = [known[key] for key in dict.fromkeys(SHOWN_ID.findall(inner)) if key in known]
        output = Output(html.unescape(match[2]), KINDS[match[1]], *judge_output(shown))
        outputs.append(output)
        return f'{match[0][:-1]} data-status="{output.status}" data-reden="{html.escape(output.reden)}">'

    def mark_number(match: re.Match[str]) -> str:
        review = match[1] in known and known[match[1]].status == REVIEW
        return f'<mark class="toetsen">{match[0]}</mark>' if review else match[0]

    marked = {key: NUMBER.sub(mark_number, CAPTIONED.sub(mark_figure, body)) for key, body in bodies.items()}
    quotations = find_quotations(bodies.values())
    outputs += [
        Output(name, CITATEN, status, RELEASED if status == PASS else NOT_RELEASED)
        for name, status in quotations.items()
    ]
    counts = count_outputs(known.values(), outputs)
    filled = {
        key: COUNT_PLACE.sub(lambda place: f"{place[1]}{counts.get(html.unescape(place[2]), 0)}{place[3]}", body)
        for key, body in marked.items()
    }
    return filled, tuple(outputs)


def count_outputs(results: Iterable[Result], outputs: Iterable[Output]) -> Counter[str]:
    """Count everything that is published per kind and status, and the numbers per reason, by the name of the place."""
    counts: Counter[str] = Counter()
    for result in results:
        counts[count_key(CIJFERS, result.status)] += 1
        counts[reason_key(result.status_reden)] += 1
    for output in outputs:
        counts[count_key(output.soort, output.status)] += 1
    return counts


def refuse_unreviewed(results: Iterable[Result], outputs: Iterable[Output]) -> None:
    """Stop a final report with something in it that nobody has released. Raises NsocError with the first few ids."""
    waiting = [result.id for result in results if result.status == REVIEW]
    waiting += [output.id for output in outputs if output.status == REVIEW and output.soort == CITATEN]
    if waiting:
        raise NsocError(
            "data/raw/vrijgaven.csv",
            found=f"nog geen vrijgave van {enumerate_nl(waiting)}",
            expected="in een definitief rapport een besluit over alles met status review",
            remedy="Laat een toetser een rij toevoegen met id, besluit, rol, datum en reden, of zet status terug op concept.",
        )
