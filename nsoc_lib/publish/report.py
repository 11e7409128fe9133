"""Assemble executed chapters into one page, the ledger and the figures, and publish them."""

from __future__ import annotations

import base64
import hashlib
import platform
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
import nbformat
from markupsafe import Markup
from nbconvert.exporters import HTMLExporter

from nsoc_lib.errors import NsocError
from nsoc_lib.evaluation import Evaluation
from nsoc_lib.ledger import collect_results, ledger_csv
from nsoc_lib.paths import REPOSITORY, Study
from nsoc_lib.publish.anchors import anchor_blocks
from nsoc_lib.publish.appendix import append_reactions
from nsoc_lib.publish.digits import LooseNumber, account_numbers
from nsoc_lib.publish.files import content_hash, library_files
from nsoc_lib.publish.numbering import CAPTIONED, RenderedPart, finish_chapter, label_targets, number_chapters
from nsoc_lib.publish.placement import place_report
from nsoc_lib.publish.spreadsheet import render_spreadsheet
from nsoc_lib.reactions import Reaction
from nsoc_lib.result import Result
from nsoc_lib.sources.reaction_table import load_reactions
from nsoc_lib.sources.study import load_evaluation, load_meting

if TYPE_CHECKING:
    from nbformat import NotebookNode

TEMPLATE = Path(__file__).parent / "sjabloon"
# The page loads nothing and runs nothing: no picture from elsewhere, no link that is a program.
OUTSIDE = re.compile(r'<img\b[^>]*>|href="(?!#|https?://|mailto:)[^"]*"', re.IGNORECASE)
WORKSHEET = "werkblad"
VERSIONED = ("pandas", "matplotlib", "seaborn", "papermill", "nbconvert", "great-expectations", "pytask")


@dataclass(frozen=True)
class Report:
    """Everything that is published, before any of it is written."""

    page: str
    results: tuple[Result, ...]
    drawings: dict[str, bytes]
    loose: tuple[LooseNumber, ...]
    parts: tuple[RenderedPart, ...] = ()
    simulated: bool = False


def publish_report(study: Study) -> None:
    """Build the report from executed chapters and put all of it in place, or nothing.

    Raises NsocError when a final report holds a number that nobody computed.
    """
    evaluation = load_evaluation(study)
    executed = {c.key: nbformat.read(study.executed_file(c.key), as_version=4) for c in evaluation.chapters}
    reactions = load_reactions(study.reactions_file, study.show(study.reactions_file))
    report = build_report(evaluation, executed, colophon(study, evaluation), reactions)
    if evaluation.status == "definitief" and report.loose:
        first = report.loose[0]
        raise NsocError(
            first.hoofdstuk,
            found=f'"{first.tekst}" in "{first.omgeving}", een getal dat niemand heeft uitgerekend',
            expected="alleen getallen uit tell, plot_… en tabulate_…, of een aanduiding",
            remedy="Gebruik een resultaat of indicate(…), of zet status terug op concept.",
        )
    _write(study, report, executed)


def build_report(
    evaluation: Evaluation,
    executed: dict[str, NotebookNode],
    colophon: list[tuple[str, str]],
    reactions: Sequence[Reaction] = (),
) -> Report:
    """Return page, ledger and drawings; nothing is read or written here. Reactions stand in a concept only."""
    ahead = {chapter.key for part in evaluation.delen if part.vooraf for chapter in part.hoofdstukken}
    # What stands in front repeats numbers of the chapters; a number belongs to the chapter that explains it.
    explained = sorted(_shown(executed), key=lambda pair: pair[0] in ahead)
    results = collect_results((key, output.data) for key, output in explained)
    bodies = {key: _render_body(key, notebook) for key, notebook in executed.items()}
    numbers = dict(number_chapters(evaluation))
    labels = label_targets(bodies, numbers)
    parts = tuple(
        RenderedPart(
            part.titel,
            f"deel-{position}",
            tuple(finish_chapter(chapter, bodies[chapter.key], numbers[chapter.key], labels)
                  for chapter in part.hoofdstukken),
        )
        for position, part in enumerate(evaluation.delen, 1)
    )  # fmt: skip
    parts = append_reactions(evaluation, parts, reactions)
    simulated = any(r.provenance == "gesimuleerd" and ".toetsing." not in r.id for r in results)
    page, loose = account_numbers(_render_page(evaluation, parts, colophon, simulated=simulated))
    return Report(page, tuple(results), dict(_drawings(executed)), tuple(loose), parts, simulated)


def _shown(executed: dict[str, NotebookNode]) -> Iterator[tuple[str, Any]]:
    for key, notebook in executed.items():
        for cell in notebook.cells:
            if WORKSHEET not in cell.metadata.get("tags", []):
                yield from ((key, output) for output in cell.get("outputs", []))


class ChapterExporter(HTMLExporter):  # type: ignore[misc]
    """The exporter of nbconvert without its pass through an HTML parser.

    That pass gives pictures a meaningless alternative text and writes the names in a drawing
    in lower case; ours have a text of their own, and XML minds its case.
    """

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[str, Any]:
        exported: tuple[str, Any] = super(HTMLExporter, self).from_notebook_node(nb, resources, **kw)
        return exported


@cache
def _chapter_exporter() -> ChapterExporter:
    return ChapterExporter(template_file=str(TEMPLATE / "hoofdstuk.html.j2"))


def _render_body(chapter: str, notebook: NotebookNode) -> str:
    body, _ = _chapter_exporter().from_notebook_node(notebook)
    outside = OUTSIDE.search(body)
    if outside:
        raise NsocError(
            f"hoofdstuk {chapter}",
            found=f"een beeld of verwijzing die niet in een rapport hoort: {outside[0][:80]}",
            expected="figuren uit plot_… en gewone verwijzingen (https:, mailto: of #)",
            remedy="Haal het beeld of de verwijzing uit de tekst van het notebook.",
        )
    return anchor_blocks(chapter, str(body))


def _render_page(
    evaluation: Evaluation, parts: tuple[RenderedPart, ...], colophon: list[tuple[str, str]], *, simulated: bool
) -> str:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATE), autoescape=True, undefined=jinja2.StrictUndefined
    )
    style = (TEMPLATE / "rapport.css").read_text(encoding="utf-8") + _print_head(evaluation)
    page = environment.get_template("rapport.html.j2").render(
        evaluation=evaluation,
        parts=parts,
        colophon=colophon,
        simulated=simulated,
        notices=list_notices(evaluation, simulated=simulated),
        style=Markup(style),  # noqa: S704 (our own file)
        style_hash=f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}",
    )
    return page + "\n"


def list_notices(evaluation: Evaluation, *, simulated: bool) -> tuple[str, ...]:
    """Return the paragraphs on the title page: what a reader must know before anything else."""
    return (evaluation.bij_nagebootst if simulated else ()) + evaluation.verantwoording


def _print_head(evaluation: Evaluation) -> str:
    """Put status, version and embargo on every printed page."""
    safe = re.sub(r'["\\<\n]', "", evaluation.status_in_print)
    return f'@page {{ @top-right {{ content: "{safe}"; font: 9pt sans-serif; color: #444; }} }}\n'


def colophon(study: Study, evaluation: Evaluation) -> list[tuple[str, str]]:
    """Return what the report was made from: hashes of input, versions of programs. No clock, no path."""
    rows = []
    for folder in evaluation.folders:
        meting = load_meting(study, folder)
        names = [name for record in meting.enquetes for name in (record.bestand, record.codeboek, record.codering)]
        names = ["meting.yml", *dict.fromkeys([*filter(None, names), *(table.bestand for table in meting.tabellen)])]
        rows += [(f"{folder}/{name}", content_hash([study.raw / folder / name])) for name in names]
    supplied = [path for path in (study.evaluation_file, study.reactions_file) if path.exists()]
    rows += [(path.name, content_hash([path])) for path in supplied]
    suites = [study.suite_file(t) for folder in evaluation.folders for t in load_meting(study, folder).table_sources]
    rows.append(("expectations", content_hash(dict.fromkeys(suites))))
    notebooks = dict.fromkeys(chapter.notebook for chapter in evaluation.chapters)
    rows += [(f"notebook {name}", content_hash([study.notebook_file(name)])) for name in notebooks]
    rows.append(("nsoc_lib", content_hash(library_files())))
    rows.append(("requirements.lock", content_hash([REPOSITORY / "requirements.lock"])))
    rows.append(("Python", ".".join(platform.python_version_tuple()[:2])))
    return [*rows, *((name, version(name)) for name in VERSIONED)]


def _drawings(executed: dict[str, NotebookNode]) -> Iterator[tuple[str, bytes]]:
    """Return each figure as SVG and PNG, by file name, for slides."""
    for _, output in _shown(executed):
        if "image/png" not in output.data:
            continue
        markup = output.data["text/html"]
        match = CAPTIONED.search(markup)
        if match:
            svg = markup[markup.index("<svg") : markup.index("</svg>") + len("</svg>")]
            yield f"{match[2]}.svg", f"{svg}\n".encode()
            yield f"{match[2]}.png", base64.b64decode(output.data["image/png"])


def _write(study: Study, report: Report, executed: dict[str, NotebookNode]) -> None:
    notebooks = {f"notebooks/{key}.ipynb": (nbformat.writes(n) + "\n").encode() for key, n in executed.items()}
    drawings = {f"figuren/{name}": content for name, content in report.drawings.items()}
    rest = {
        "resultaten.xlsx": render_spreadsheet(report.results),
        "resultaten.csv": ledger_csv(report.results).encode(),
        "evaluatierapport.html": report.page.encode(),
    }
    place_report(study.reports, {**notebooks, **drawings, **rest})
