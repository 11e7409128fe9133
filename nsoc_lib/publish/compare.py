"""The step behind ``make compare``: one page that puts this report beside an earlier one."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from nsoc_lib.edition import Edition
from nsoc_lib.errors import NsocError
from nsoc_lib.paths import Study
from nsoc_lib.publish.files import write_whole
from nsoc_lib.publish.templates import page_templates, read_style, style_hash
from nsoc_lib.revisions import Revisions, compare_editions
from nsoc_lib.sources.earlier_report import PAGE, read_edition

COMPARISON = "vergelijking.html"


def compare_report(study: Study, earlier: str) -> tuple[Path, Revisions]:
    """Write the page that compares the report of a study with an earlier one; return its file and what changed.

    Raises NsocError when either is not there, when the earlier one is no report, or one of another study.
    """
    if not earlier.strip():
        raise NsocError(
            "WITH",
            found="niets",
            expected="een eerder rapport: deposit.zip van make package, of een map",
            remedy="Draai make compare WITH=eerder.zip.",
        )
    if not (study.reports / PAGE).is_file():
        raise NsocError(
            study.show(study.reports / PAGE),
            found="nog geen rapport",
            expected="het rapport dat met het eerdere wordt vergeleken",
            remedy="Draai eerst make report.",
        )
    before = read_edition(Path(earlier), f"WITH, {Path(earlier).name or earlier}")
    after = read_edition(study.reports, study.show(study.reports))
    revisions = compare_editions(before, after)
    path = study.reports / COMPARISON
    write_whole(path, render_comparison(before, after, revisions).encode())
    return path, revisions


def render_comparison(earlier: Edition, later: Edition, revisions: Revisions) -> str:
    """Return the page, with everything that came out of either report escaped. It loads nothing and runs nothing."""
    style = read_style("rapport.css", "vergelijking.css")
    page = (
        page_templates()
        .get_template("vergelijking.html.j2")
        .render(
            earlier=earlier,
            later=later,
            revisions=revisions,
            style=Markup(style),  # noqa: S704 (our own files)
            style_hash=style_hash(style),
        )
    )
    return page + "\n"
