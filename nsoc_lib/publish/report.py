"""Assemble executed chapters into one page, the ledger and the figures, and publish them."""

from __future__ import annotations

import base64
import json
import platform
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import nbformat
from markupsafe import Markup

from nsoc_lib.disclosure import NO_RULES, Rules, settle_results
from nsoc_lib.errors import NsocError
from nsoc_lib.evaluation import Evaluation
from nsoc_lib.expectation import Validation
from nsoc_lib.ledger import collect_results, ledger_csv
from nsoc_lib.paths import REPOSITORY, Study
from nsoc_lib.publish.accounts import account_results, link_numbers, render_accounts, render_foot
from nsoc_lib.publish.anchors import anchor_blocks
from nsoc_lib.publish.appendix import append_reactions
from nsoc_lib.publish.cross_references import CAPTIONED, find_mentions
from nsoc_lib.publish.digits import LooseNumber, account_numbers
from nsoc_lib.publish.files import content_hash, library_files
from nsoc_lib.publish.gate import attack_files, load_secrets, refuse_leaks
from nsoc_lib.publish.notebook_page import render_notebook
from nsoc_lib.publish.numbering import RenderedPart, finish_chapter, label_targets, number_chapters
from nsoc_lib.publish.placement import place_report
from nsoc_lib.publish.running_heads import style_chapter_pages
from nsoc_lib.publish.spreadsheet import render_spreadsheet
from nsoc_lib.publish.statuses import Output, find_quotations, mark_statuses, refuse_unreviewed
from nsoc_lib.publish.templates import notebook_exporter, page_templates, read_style, style_hash
from nsoc_lib.reactions import Reaction
from nsoc_lib.result import MIME, Result
from nsoc_lib.sources.disclosure import load_current_profile, load_disclosure
from nsoc_lib.sources.reaction_table import load_reactions
from nsoc_lib.sources.study import load_evaluation, load_meting

if TYPE_CHECKING:
    from nbformat import NotebookNode

# The page loads nothing and runs nothing: no picture from elsewhere, no link that is a program. Text that reads as
# markup is none: only what stands in a tag counts.
OUTSIDE = re.compile(
    r"""<img\b[^>]*>|<[a-z](?:"[^"]*"|'[^']*'|[^<>"'])*?\bhref\s*=\s*["']?(?!["'#]|https?://|mailto:)[^>]*>""",
    re.IGNORECASE,
)
WORKSHEET = "werkblad"
NOTEBOOKS, DRAWINGS = "notebooks", "figuren"
VERSIONED = ("pandas", "matplotlib", "seaborn", "papermill", "nbconvert", "great-expectations", "pytask")


@dataclass(frozen=True)
class Report:
    """Everything that is published, before any of it is written."""

    page: str
    results: tuple[Result, ...]
    drawings: dict[str, bytes]
    loose: tuple[LooseNumber, ...]
    notebooks: dict[str, str]
    parts: tuple[RenderedPart, ...]
    simulated: bool
    outputs: tuple[Output, ...]


def publish_report(study: Study) -> None:
    """Build the report from executed chapters and put all of it in place, or nothing.

    Raises NsocError when a final report holds a number that nobody computed, and when any file gives away what
    the profile forbids; the earlier report then stays as it was.
    """
    evaluation = load_evaluation(study)
    executed = {c.key: nbformat.read(study.executed_file(c.key), as_version=4) for c in evaluation.chapters}
    publish_chapters(study, evaluation, executed, side_by_side=True)


def publish_chapters(
    study: Study, evaluation: Evaluation, executed: dict[str, NotebookNode], *, side_by_side: bool = False
) -> None:
    """Publish executed chapters, by key, as ``publish_report`` does; the gate may use a process of its own."""
    reactions = load_reactions(study.reactions_file, study.show(study.reactions_file))
    rows, validations = colophon(study, evaluation), _load_validations(study, evaluation)
    report = build_report(evaluation, executed, rows, validations, reactions, load_disclosure(study))
    if evaluation.status == "definitief":
        refuse_unreviewed(report.results, report.outputs)
    refuse_loose_numbers(evaluation.status, report)
    files = published_files(report, executed)
    secrets = load_secrets(study)
    refuse_leaks(attack_files(files, load_current_profile(study), secrets, side_by_side=side_by_side))
    place_report(study.reports, files)


def refuse_loose_numbers(status: str, report: Report) -> None:
    """Raise NsocError for the first number in a final report that nobody computed; a concept only marks it."""
    if status == "definitief" and report.loose:
        first = report.loose[0]
        raise NsocError(
            first.hoofdstuk,
            found=f'"{first.tekst}" in "{first.omgeving}", een getal dat niemand heeft uitgerekend',
            expected="alleen getallen uit tell, plot_… en tabulate_…, of een aanduiding",
            remedy="Gebruik een resultaat of indicate(…), of zet status terug op concept.",
        )


def build_report(
    evaluation: Evaluation,
    executed: dict[str, NotebookNode],
    colophon: list[tuple[str, str]],
    validations: Sequence[Validation] = (),
    reactions: Sequence[Reaction] = (),
    rules: Rules = NO_RULES,
) -> Report:
    """Return page, ledger, drawings and a page per notebook; nothing is read or written here.

    Reactions stand in a concept only. Without a profile a number about observed people is refused, unless a
    function judged it.
    """
    ahead = {chapter.key for part in evaluation.delen if part.vooraf for chapter in part.hoofdstukken}
    # What stands in front repeats numbers of the chapters; a number belongs to the chapter that explains it.
    explained = sorted(_shown(executed), key=lambda pair: pair[0] in ahead)
    bodies = {key: _render_body(key, notebook) for key, notebook in executed.items()}
    collected = collect_results((key, output.data) for key, output in explained)
    results = settle_results(collected, rules, find_quotations(bodies.values()))
    bodies, outputs = mark_statuses(bodies, results)
    numbers = dict(number_chapters(evaluation))
    labels, mentions = label_targets(bodies, numbers), find_mentions(bodies, numbers)
    parts = tuple(
        RenderedPart(
            part.titel,
            f"deel-{position}",
            tuple(finish_chapter(chapter, bodies[chapter.key] + render_foot(chapter, _datasets(executed[chapter.key])),
                                 numbers[chapter.key], labels, mentions)
                  for chapter in part.hoofdstukken),
        )
        for position, part in enumerate(evaluation.delen, 1)
    )  # fmt: skip
    parts = append_reactions(evaluation, parts, reactions)
    chapters = [(chapter, numbers[chapter.key]) for chapter in evaluation.chapters]
    accounts = render_accounts(account_results(results, chapters, validations))
    simulated = any(r.provenance == "gesimuleerd" and ".toetsing." not in r.id for r in results)
    page = _render_page(evaluation, parts, colophon, accounts, simulated=simulated)
    page, loose = account_numbers(link_numbers(page, results))
    ledger = {result.id for result in results}
    notebooks = {c.key: render_notebook(c, executed[c.key], labels, ledger) for c in evaluation.chapters}
    drawings = dict(_drawings(executed))
    return Report(page, tuple(results), drawings, tuple(loose), notebooks, parts, simulated, outputs)


def _shown(executed: dict[str, NotebookNode]) -> Iterator[tuple[str, Any]]:
    for key, notebook in executed.items():
        for cell in notebook.cells:
            if WORKSHEET not in cell.metadata.get("tags", []):
                yield from ((key, output) for output in cell.get("outputs", []))


def _datasets(notebook: NotebookNode) -> set[str]:
    """Return the datasets behind everything that a chapter shows."""
    payloads = (output.data.get(MIME, {}) for _, output in _shown({"": notebook}))
    return {raw["dataset"] for payload in payloads for raw in payload.get("resultaten", [])}


def _render_body(chapter: str, notebook: NotebookNode) -> str:
    body, _ = notebook_exporter("hoofdstuk.html.j2").from_notebook_node(notebook)
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
    evaluation: Evaluation,
    parts: tuple[RenderedPart, ...],
    colophon: list[tuple[str, str]],
    accounts: Markup,
    *,
    simulated: bool,
) -> str:
    style = read_style("rapport.css", "cijfers.css") + _print_head(evaluation)
    style += style_chapter_pages(chapter for part in parts for chapter in part.chapters)
    page = (
        page_templates()
        .get_template("rapport.html.j2")
        .render(
            evaluation=evaluation,
            parts=parts,
            colophon=colophon,
            accounts=accounts,
            simulated=simulated,
            notices=list_notices(evaluation, simulated=simulated),
            style=Markup(style),  # noqa: S704 (our own file)
            style_hash=style_hash(style),
        )
    )
    return page + "\n"


def list_notices(evaluation: Evaluation, *, simulated: bool) -> tuple[str, ...]:
    """Return the paragraphs on the title page: what a reader must know before anything else."""
    return (evaluation.bij_nagebootst if simulated else ()) + evaluation.verantwoording


def _print_head(evaluation: Evaluation) -> str:
    """Put status, version and embargo on every printed page."""
    safe = re.sub(r'["\\<\n]', "", evaluation.status_in_print)
    return f'@page {{ @top-right {{ content: "{safe}"; font: 9pt sans-serif; color: #444; }} }}\n'


def _load_validations(study: Study, evaluation: Evaluation) -> tuple[Validation, ...]:
    """Read the outcomes of validation of every table of the report."""
    files = [
        study.validation_file(f, table) for f in evaluation.folders for table in load_meting(study, f).table_sources
    ]
    return tuple(Validation.from_json(json.loads(path.read_text(encoding="utf-8"))) for path in files)


def colophon(study: Study, evaluation: Evaluation) -> list[tuple[str, str]]:
    """Return what the report was made from: hashes of input, versions of programs. No clock, no path."""
    rows = []
    for folder in evaluation.folders:
        meting = load_meting(study, folder)
        names = [name for record in meting.enquetes for name in (record.bestand, record.codeboek, record.codering)]
        names = ["meting.yml", *dict.fromkeys([*filter(None, names), *(table.bestand for table in meting.tabellen)])]
        rows += [(f"{folder}/{name}", content_hash([study.raw / folder / name])) for name in names]
    supplied = [study.evaluation_file, study.reactions_file, study.releases_file, study.disclosure_file]
    supplied = [path for path in supplied if path.exists()]
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


def published_files(report: Report, executed: dict[str, NotebookNode]) -> dict[str, bytes]:
    """Return every file of a report by its name in the folder, in the order of writing: the page goes last."""
    notebooks = {f"{NOTEBOOKS}/{key}.ipynb": (nbformat.writes(n) + "\n").encode() for key, n in executed.items()}
    notebooks |= {f"{NOTEBOOKS}/{key}.html": page.encode() for key, page in report.notebooks.items()}
    drawings = {f"{DRAWINGS}/{name}": content for name, content in report.drawings.items()}
    return {
        **notebooks,
        **drawings,
        "resultaten.xlsx": render_spreadsheet(report.results),
        "resultaten.csv": ledger_csv(report.results).encode(),
        "evaluatierapport.html": report.page.encode(),
    }
