"""Put the finished chapters on one page, and publish it with the ledger and what stands beside it."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import nbformat
from markupsafe import Markup

from nsoc_lib.errors import NsocError
from nsoc_lib.evaluation import Evaluation
from nsoc_lib.expectation import Validation
from nsoc_lib.ledger import ledger_csv
from nsoc_lib.paths import Study
from nsoc_lib.publish.accounts import account_results, link_numbers, render_accounts
from nsoc_lib.publish.apart import call_beside
from nsoc_lib.publish.appendix import append_reactions
from nsoc_lib.publish.beside import files_beside
from nsoc_lib.publish.colophon import colophon_rows
from nsoc_lib.publish.contents import Contents, collect_contents
from nsoc_lib.publish.digits import LooseNumber, account_numbers
from nsoc_lib.publish.finished import RenderedPart, finish_parts
from nsoc_lib.publish.gate import Examined, examine_files, judge_examined, load_secrets, refuse_leaks
from nsoc_lib.publish.placement import PAGE, RESULTS, place_report
from nsoc_lib.publish.running_heads import style_chapter_pages, style_status_head
from nsoc_lib.publish.statuses import refuse_unreviewed
from nsoc_lib.publish.templates import page_templates, read_style, style_hash
from nsoc_lib.reactions import Reaction
from nsoc_lib.result import Result
from nsoc_lib.sources.disclosure import load_current_profile, load_disclosure
from nsoc_lib.sources.reaction_table import load_reactions
from nsoc_lib.sources.study import load_evaluation, load_meting

if TYPE_CHECKING:
    from nbformat import NotebookNode

ACCOUNTS_PLACE = "\0"  # a character that no text of a report holds


@dataclass(frozen=True)
class Report:
    """The page and what is known of it, before anything is written."""

    page: str
    results: tuple[Result, ...]
    loose: tuple[LooseNumber, ...]


def publish_report(study: Study) -> None:
    """Build the report from executed chapters and put all of it in place, or nothing.

    Raises NsocError when a final report holds a number that nobody computed, and when any file gives away what
    the profile forbids; the earlier report then stays as it was.
    """
    evaluation = load_evaluation(study)
    stored = {chapter.key: study.executed_file(chapter.key).read_bytes() for chapter in evaluation.chapters}
    executed = {key: nbformat.reads(content.decode(), as_version=4) for key, content in stored.items()}
    publish_chapters(study, evaluation, executed, stored=stored, side_by_side=hasattr(os, "fork"))


def publish_chapters(
    study: Study,
    evaluation: Evaluation,
    executed: dict[str, NotebookNode],
    *,
    stored: Mapping[str, bytes] | None = None,
    side_by_side: bool = False,
) -> None:
    """Publish executed chapters, by key, as ``publish_report`` does.

    ``stored`` are the same chapters as bytes, where there are. With ``side_by_side`` what stands beside the page is
    made and examined by a process of its own.
    """
    secrets = load_secrets(study)

    def make_beside() -> tuple[dict[str, bytes], Examined]:
        files = files_beside(evaluation, executed, contents, stored or {})
        return files, examine_files(files, secrets)

    with _without_collector():
        contents = collect_contents(evaluation, executed, load_disclosure(study))
        with call_beside(make_beside, apart=side_by_side) as made:
            page = _page_files(study, evaluation, executed, contents)
            examined = examine_files(page, secrets)
            beside, examined_beside = made()
        refuse_leaks(judge_examined([examined, examined_beside], load_current_profile(study), secrets))
        place_report(study.reports, beside | page)  # the page goes last


@contextmanager
def _without_collector() -> Iterator[None]:
    """Do not look for garbage: nearly all that is made while a report is published is kept until it is written."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _page_files(
    study: Study, evaluation: Evaluation, executed: dict[str, NotebookNode], contents: Contents
) -> dict[str, bytes]:
    """Return ledger and page. Raises NsocError for what a final report may not hold."""
    reactions = load_reactions(study.reactions_file, study.show(study.reactions_file))
    rows, validations = colophon_rows(study, evaluation), _load_validations(study, evaluation)
    report = build_report(evaluation, executed, contents, rows, validations, reactions)
    if evaluation.status == "definitief":
        refuse_unreviewed(contents.results, contents.outputs)
    refuse_loose_numbers(evaluation.status, report)
    return {RESULTS: ledger_csv(report.results).encode(), PAGE: report.page.encode()}


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
    contents: Contents,
    colophon: Sequence[tuple[str, str]],
    validations: Sequence[Validation],
    reactions: Sequence[Reaction],
) -> Report:
    """Return the page of executed chapters, of which the contents were collected; nothing is read or written here.

    Reactions stand in a concept only.
    """
    parts = append_reactions(evaluation, finish_parts(evaluation, executed, contents), reactions)
    page = _render_page(evaluation, parts, colophon, simulated=contents.simulated)
    page, loose = account_numbers(link_numbers(page, contents.results))
    # The accounts are numbers from end to end, each of them accounted for; half the page need not be searched.
    chapters = [(chapter, contents.numbers[chapter.key]) for chapter in evaluation.chapters]
    accounts = render_accounts(account_results(contents.results, chapters, validations))
    return Report(page.replace(ACCOUNTS_PLACE, accounts, 1), contents.results, tuple(loose))


def _render_page(
    evaluation: Evaluation,
    parts: tuple[RenderedPart, ...],
    colophon: Sequence[tuple[str, str]],
    *,
    simulated: bool,
) -> str:
    style = read_style("rapport.css", "cijfers.css") + style_status_head(evaluation)
    style += style_chapter_pages(chapter for part in parts for chapter in part.chapters)
    page = (
        page_templates()
        .get_template("rapport.html.j2")
        .render(
            evaluation=evaluation,
            parts=parts,
            colophon=colophon,
            accounts=ACCOUNTS_PLACE,
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


def _load_validations(study: Study, evaluation: Evaluation) -> tuple[Validation, ...]:
    """Read the outcomes of validation of every table of the report."""
    files = [
        study.validation_file(f, table) for f in evaluation.folders for table in load_meting(study, f).table_sources
    ]
    return tuple(Validation.from_json(json.loads(path.read_text(encoding="utf-8"))) for path in files)
