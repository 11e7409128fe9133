"""Draw how data flows, and list who may import whom: ``python tests/architecture/drawing.py`` writes docs/architecture.md's parts.

Which groups there are is said here, once; what each imports and whether it touches files is read from the code.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = ROOT / "nsoc_lib"
PICTURE, PAGE = ROOT / "docs/beeld/architectuur.svg", ROOT / "docs/architecture.md"
BEGIN, END = "<!-- made by tests/architecture/drawing.py -->\n", "<!-- end -->"


@dataclass(frozen=True)
class Group:
    """Modules that do one kind of work. ``rest`` is the beginning of names that belong here when no group names them."""

    does: str
    modules: tuple[str, ...] = ()
    rest: str | None = None


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# In the order of imports: a group imports only groups above it.
GROUPS = {
    "environment": Group("makes environments from locks; tells what they are made of", words("environment supply")),
    "words": Group(
        "what a study may say, what a result is; for all groups",
        words(
            "characters doubles errors saving entries unfilled insertion paths places rounding disclosure_profile frequencies result"
            " expectation meting questions scales codebook periods evaluation"
        ),
    ),
    "disclosure": Group(
        "whether a number may be shown; for all that show one",
        words("linked_tables solver feasible suppression disclosure protection"),
    ),
    "readers": Group("read what came in, in one shape; decide nothing about meaning", rest="sources."),
    "cleaning": Group(
        "turns an export into checked answers, with a receipt",
        words("privacy matching survey open_answers choice_cells choice_answers columns cleaning receipt"),
    ),
    "proposals": Group(
        "guess a codebook, and imitate answers",
        words("proposal_scales proposal proposal_text proposal_suites simulation"),
    ),
    "counting": Group(
        "shares, bounds and intervals, each with its counts",
        words("shares response published source_rows intervals rounds reliability granularity outcomes choices given"),
    ),
    "telling": Group(
        "sentences, tables and figures from results",
        words("prose wording tables status_tables svg tabulate figures"),
    ),
    "topics": Group("what one chapter is about: a question, its table, its tale", rest=""),
    "ledger": Group("keeps every result that was shown, and its account", words("account ledger")),
    "attack": Group(
        "looks in finished files for what leads to a person",
        words(
            "pieces leaks ledger_rows fact_table ledger_leaks sum_leaks round_leaks count_claims drawn_bars"
            " personal_leaks quotation_leaks explanations attack"
        ),
    ),
    "editions": Group("what is kept, packed or compared", words("edition revisions deposit crate")),
    "doors": Group(
        "read what was cleaned, and what readers of a concept said",
        words("sources.cleaned sources.evidence sources.word_comments sources.reaction_table sources.earlier_report"),
    ),
    "placing": Group(
        "writes files whole, a report at once", words("publish.files publish.placement publish.given_file")
    ),
    "data steps": Group("clean, validate, question; propose what a person confirms", rest="publish."),
    "running": Group(
        "runs the cells of a notebook",
        words("publish.cell_outputs publish.engine publish.apart publish.workers publish.chapter"),
    ),
    "gate": Group(
        "opens every published form and has it attacked",
        words(
            "publish.artefact_xml publish.artefact_shapes publish.artefact_tables publish.artefact_lines"
            " publish.artefact_documents publish.artefact_pages publish.artefacts publish.gate"
        ),
    ),
    "page": Group(
        "one page and the ledger, every digit accounted for",
        words(
            "publish.markup publish.digits publish.cross_references publish.downloads publish.anchors publish.numbering"
            " publish.statuses publish.templates publish.notebook_exporter publish.contents"
            " publish.finished publish.accounts publish.notebook_page publish.running_heads publish.appendix"
            " publish.spreadsheet publish.beside publish.colophon publish.report"
        ),
    ),
    "forms": Group(
        "the same report as Word file, PDF, archive, pictures",
        words(
            "publish.word_style publish.word_page publish.word_layout publish.word publish.reactions publish.compare"
            " publish.browser publish.pdf_tags publish.pdf publish.screenshots publish.package"
        ),
    ),
    "pipeline": Group(
        "knows which step is stale, and runs it; opens the notebooks in JupyterLab",
        words(
            "publish.modules publish.steps publish.schedule publish.cluster publish.plan publish.pipeline publish.why start_page"
            " publish.lab_server publish.lab"
        ),
    ),
    "command line": Group("what make calls", words("__main__")),
}
# Files, with what is in them.
STORES = {
    "data/raw": "exports, tables, YAML",
    "expectations": "a suite per table",
    "data/processed": "tables, receipts",
    "notebooks": "without outputs",
    ".stand": "executed, unpublished",
    "reports": "page, ledger, figures",
    "reports: other forms": "pdf, docx, zip",
    "locks": "and .venv",
}
# Where a box stands: column and row.
PLACES = {
    "command line": (0, 0), "pipeline": (1, 0), "expectations": (3, 0), "proposals": (4, 0),
    "data/raw": (0, 1), "readers": (1, 1), "cleaning": (2, 1), "data steps": (3, 1), "data/processed": (4, 1),
    "doors": (4, 2), "counting": (3, 2), "telling": (2, 2), "topics": (1, 2), "running": (0, 2),
    ".stand": (0, 3), "page": (1, 3), "gate": (2, 3), "placing": (3, 3), "reports": (4, 3),
    "notebooks": (0, 4), "ledger": (1, 4), "attack": (2, 4), "forms": (4, 4), "reports: other forms": (3, 4),
    "editions": (4, 5), "disclosure": (3, 5), "words": (2, 5), "environment": (1, 5), "locks": (0, 5),
}  # fmt: skip
# How data goes. Where a box of files is at either end, the group reads or writes those files.
FLOWS = (
    ("command line", "pipeline"), ("pipeline", ".stand"),
    ("data/raw", "readers"), ("readers", "cleaning"), ("cleaning", "data steps"), ("expectations", "data steps"),
    ("proposals", "data steps"), ("data steps", "data/processed"), ("data/processed", "data steps"), ("data steps", "data/raw"),
    ("data/processed", "doors"),
    ("doors", "counting"), ("counting", "telling"), ("telling", "topics"), ("topics", "running"),
    ("notebooks", "running"), ("running", ".stand"), (".stand", "page"), ("ledger", "page"), ("page", "gate"),
    ("attack", "gate"), ("gate", "placing"), ("placing", "reports"), ("reports", "gate"), ("reports", "forms"),
    ("editions", "forms"), ("forms", "reports: other forms"), ("environment", "locks"),
)  # fmt: skip
WIDTH, HEIGHT, STEP_X, STEP_Y, EDGE = 184, 62, 236, 118, 24


@cache
def modules() -> list[str]:
    """Return the name of every module of the library, as the order of imports has it."""
    paths = (path.relative_to(LIBRARY).with_suffix("") for path in LIBRARY.rglob("*.py") if path.name != "__init__.py")
    return sorted(".".join(path.parts) for path in paths)


def groups_of(module: str) -> list[str]:
    """Return the groups a module belongs to: those that name it, else the one with the longest beginning of its name."""
    named = [name for name, group in GROUPS.items() if module in group.modules]
    begun = [(len(g.rest), name) for name, g in GROUPS.items() if g.rest is not None and module.startswith(g.rest)]
    return named or [max(begun)[1]]


@cache
def imports_of(module: str) -> set[str]:
    """Return which modules of the library a module imports, wherever in it."""
    tree = ast.parse((LIBRARY / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8"))
    found = [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
    found += [alias.name for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names]
    return {name.removeprefix("nsoc_lib.") for name in found if name.startswith("nsoc_lib.")}


def members(group: str) -> list[str]:
    return [module for module in modules() if groups_of(module) == [group]]


def imported_groups(group: str) -> list[str]:
    """Return the other groups that a group imports, in the order of imports."""
    found = {groups_of(name)[0] for module in members(group) for name in imports_of(module)}
    return [name for name in GROUPS if name in found - {group}]


def touches(group: str) -> str:
    """Return what a group does with files, as the drawing says."""
    reads = [a for a, b in FLOWS if b == group and a in STORES]
    writes = [b for a, b in FLOWS if a == group and b in STORES]
    said = [f"reads {', '.join(reads)}"] * bool(reads) + [f"writes {', '.join(writes)}"] * bool(writes)
    return "; ".join(said) or "none"


def render_tables() -> str:
    """Return the generated part of docs/architecture.md: the groups in the order of imports."""
    lines = ["| group | does | files | imports | modules |", "|---|---|---|---|---|"]
    for name, group in GROUPS.items():
        listed = " ".join(f"`{module}`" for module in members(name))
        above = ", ".join(imported_groups(name)) or "nothing of ours"
        lines.append(f"| {name} | {group.does} | {touches(name)} | {above} | {listed} |")
    return "\n".join(lines) + "\n"


def render_picture() -> str:
    """Return the drawing: files with a folded corner, groups of modules as boxes, arrows for data."""
    width, height = 2 * EDGE + 4 * STEP_X + WIDTH, 2 * EDGE + 5 * STEP_Y + HEIGHT
    title = "How data flows: raw files, readers, cleaning, tables, notebooks, page, gate, reports"
    style = (
        "text{font:13px sans-serif;fill:#1b1f23}.n{font-weight:bold}.s{font-size:11px;fill:#4a5560}"
        ".g{fill:#eef4f8;stroke:#1a5276}.f{fill:#fdf3e3;stroke:#8a5a00}.a{fill:none;stroke:#4a5560;stroke-width:1.5}"
        ".b{fill:#ffffff}"
    )
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img"'
        f' aria-label="{title}">\n<title>{title}</title>\n<style>{style}</style>\n'
        '<defs><marker id="p" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0L8 4L0 8z" fill="#4a5560"/></marker></defs>\n'
        f'<rect class="b" width="{width}" height="{height}"/>\n'
    )
    arrows = "".join(f'<path class="a" marker-end="url(#p)" d="{_route(a, b)}"/>\n' for a, b in FLOWS)
    return head + arrows + "".join(_box(name) for name in PLACES) + "</svg>\n"


def _corner(name: str) -> tuple[int, int]:
    column, row = PLACES[name]
    return EDGE + column * STEP_X, EDGE + row * STEP_Y


def _box(name: str) -> str:
    x, y = _corner(name)
    if name in STORES:
        outline = f"M{x} {y}h{WIDTH - 14}l14 14v{HEIGHT - 14}h-{WIDTH}z"
        shape, below = f'<path class="f" d="{outline}"/>', [STORES[name]]
    else:
        shape = f'<rect class="g" x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="7"/>'
        below = _folded(GROUPS[name].does.split(";")[0])
    top = y + (26 if len(below) == 1 else 19)
    lines = [f'<text class="n" x="{x + 10}" y="{top}">{escape(name)}</text>']
    lines += [
        f'<text class="s" x="{x + 10}" y="{top + 16 * n}">{escape(line)}</text>' for n, line in enumerate(below, 1)
    ]
    return f"<g>{shape}{''.join(lines)}</g>\n"


def _folded(text: str, most: int = 29) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > most:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _route(start: str, end: str) -> str:
    """Return the path of an arrow: straight between neighbours, and along the outside where it would cross a box."""
    (x, y), (u, v) = _corner(start), _corner(end)
    middle = HEIGHT // 2
    around = {
        ("data steps", "data/raw"): f"M{x + 40} {y + HEIGHT}v20H{u + 90}V{v + HEIGHT}",
        ("reports", "gate"): f"M{x + 40} {y}v-20H{u + 90}V{v}",
        ("pipeline", ".stand"): f"M{x + 40} {y + HEIGHT}v20H{EDGE // 2}V{v + middle}H{u}",
        ("notebooks", "running"): f"M{x + WIDTH} {y + middle}h14V{v + middle + 14}h-14",
        ("data/processed", "data steps"): f"M{x} {y + middle + 16}H{u + WIDTH}",
    }
    if (start, end) in around:
        return around[start, end]
    if y == v:
        right = u > x
        return f"M{x + WIDTH * right} {y + middle}H{u + WIDTH * (not right)}"
    if x == u:
        down = v > y
        return f"M{x + WIDTH // 2} {y + HEIGHT * down}V{v + HEIGHT * (not down)}"
    return f"M{x + 20} {y + HEIGHT}L{u + WIDTH - 20} {v}"


def render_page(page: str) -> str:
    """Return the page with its generated part made anew."""
    before, rest = page.split(BEGIN)
    return before + BEGIN + render_tables() + END + rest.split(END, 1)[1]


def files() -> Iterable[tuple[Path, str]]:
    """Return each file this writes, with its content."""
    return ((PICTURE, render_picture()), (PAGE, render_page(PAGE.read_text(encoding="utf-8"))))


if __name__ == "__main__":
    for path, content in files():
        path.write_text(content, encoding="utf-8")
        print(path.relative_to(ROOT))
