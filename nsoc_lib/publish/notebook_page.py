"""An executed notebook as a page of its own, beside the report: what ran, cell by cell, and what came out."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from nsoc_lib.evaluation import Chapter
from nsoc_lib.publish.markup import CAPTIONED, HEADING, NUMBER, NUMBER_PLACE, REFERENCE, title_of
from nsoc_lib.publish.notebook_exporter import notebook_exporter
from nsoc_lib.publish.placement import PAGE
from nsoc_lib.publish.templates import read_style, style_hash

if TYPE_CHECKING:
    from nbformat import NotebookNode

REPORT = f"../{PAGE}"
CAPTION_NUMBER = re.compile(rf"({CAPTIONED.pattern}.*?){re.escape(NUMBER_PLACE)}", re.DOTALL)


def render_notebook(
    chapter: Chapter, notebook: NotebookNode, labels: Mapping[str, str], ledger: Collection[str]
) -> str:
    """Return the page of one executed notebook. It loads nothing, and what it points at stands beside it.

    ``labels`` are the names that the report gives to figures and tables, ``ledger`` the ids it
    publishes; what only a worksheet shows has neither and stays without a number or a link.
    """
    style = read_style("rapport.css", "notebook.css")
    page = {
        "title": chapter.titel,
        "key": chapter.key,
        "anchor": f"hoofdstuk-{chapter.key}",
        "style": style,
        "style_hash": style_hash(style),
    }
    body, _ = notebook_exporter("notebook.html.j2").from_notebook_node(notebook, resources={"pagina": page})
    head, divider, cells = body.partition('<div class="cel ')
    cells = HEADING.sub(lambda match: f"<h2>{title_of(match)}</h2>", cells)
    cells = CAPTION_NUMBER.sub(lambda match: match[1] + _caption_number(labels.get(match[3], "")), cells)
    cells = REFERENCE.sub(lambda match: _reference(match[1], labels), cells)
    cells = NUMBER.sub(lambda match: _row(match, ledger), cells)
    return f"{head}{divider}{cells}\n"


def _caption_number(label: str) -> str:
    return f'<span class="aanduiding nummer">{label}.</span>' if label else ""


def _reference(target: str, labels: Mapping[str, str]) -> str:
    label = labels.get(target, target)
    return f'<a class="aanduiding verwijzing" href="{REPORT}#{target}">{label[0].lower()}{label[1:]}</a>'


def _row(match: re.Match[str], ledger: Collection[str]) -> str:
    return f'<a href="{REPORT}#resultaat-{match[1]}">{match[0]}</a>' if match[1] in ledger else match[0]
