"""House rules that a machine can check: who may import whom, who may touch files, how a notebook looks."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
import yaml
from conftest import ROOT

from nsoc_lib.paths import Study
from nsoc_lib.publish.digits import LOOSE, LOOSE_EN
from nsoc_lib.publish.new_notebook import add_notebook
from nsoc_lib.saving import KERNEL, keep_what_was_written
from nsoc_lib.start_page import MARK

LIBRARY = ROOT / "nsoc_lib"
MODULES = sorted(path for path in LIBRARY.rglob("*.py"))
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

CHAPTERS = yaml.safe_load((ROOT / "data/raw/evaluatie.yml").read_text(encoding="utf-8"))["delen"]
ENGLISH = {c["notebook"] for part in CHAPTERS for c in part["hoofdstukken"] if c.get("taal") == "en"}

# Imports point one way: a module may import only what stands before it.
ORDER = [
    "characters", "doubles", "errors", "saving", "entries", "unfilled", "insertion", "paths", "places", "rounding", "disclosure_profile",
    "linked_tables", "solver", "feasible", "frequencies", "sources.stored", "suppression", "result", "disclosure", "protection",
    "expectation", "meting", "questions", "scales", "codebook", "periods", "evaluation", "sources.study",
    "sources.tabular", "sources.export", "sources.archive", "edition", "revisions", "sources.earlier_report",
    "sources.coded_project", "sources.refi_text", "sources.xml_tree", "sources.refi_xml", "sources.refi_codes", "sources.refi_segments",
    "sources.refi_qda", "sources.coded_tables", "sources.delimited", "sources.disclosure", "sources.qualtrics_header",
    "sources.qualtrics", "sources.limesurvey_fields", "sources.limesurvey_lss", "sources.limesurvey_syntax",
    "sources.limesurvey_headings", "sources.limesurvey_answers", "sources.limesurvey", "sources.audit_table",
    "privacy", "sources.system_columns", "sources.dont_know", "sources.headed", "sources.plain",
    "sources.spreadsheet", "sources.spss_process", "sources.spss_header", "sources.spss", "sources.recognise",
    "matching", "survey", "open_answers", "choice_cells", "choice_answers", "columns", "cleaning", "receipt",
    "proposal_scales", "proposal", "proposal_text", "proposal_suites", "simulation", "shares", "response", "source_rows",
    "published", "intervals", "rounds", "reliability", "granularity", "sources.cleaned", "outcomes",
    "choices", "given", "prose", "wording", "consistency", "tables", "status_tables", "reactions",
    "sources.word_comments", "sources.reaction_table", "receipt_tables", "questionnaire", "choice_tables",
    "published_response", "corrections", "register", "register_counts", "fieldwork_audit", "register_tables",
    "groups", "fieldwork", "scope", "differences", "meerwaarde", "leeragenda", "leeragenda_tables", "verdict",
    "toetsingskader", "findings", "triangulation", "activities", "evidence", "readings", "activity_sources",
    "activity_tables", "projects", "selection", "selection_counts", "selection_tables", "outcome_map",
    "outcome_map_view", "registrations", "toezeggingen", "normenkader", "normenkader_tables", "slotbeschouwing",
    "coding_facts", "codings", "quotations", "coding_agreement", "answers", "sources.evidence", "svg", "tabulate",
    "source_tables", "figures", "choice_figures", "timeline", "certainty", "comparison", "comparison_tables",
    "account", "ledger", "pieces", "leaks", "ledger_rows", "fact_table", "ledger_leaks", "sum_leaks", "round_leaks",
    "count_claims", "explanations", "drawn_bars", "personal_leaks", "quotation_leaks", "attack", "environment", "supply",
    "publish.files", "publish.placement", "publish.given_file", "publish.markup", "publish.digits", "publish.modules",
    "publish.cell_outputs", "publish.engine", "publish.suite", "publish.validation", "publish.clean", "deposit", "publish.deposit",
    "publish.simulate", "publish.apart", "publish.workers", "publish.chapter", "publish.cross_references", "publish.downloads",
    "publish.anchors", "publish.numbering", "publish.statuses", "publish.templates", "publish.notebook_exporter", "publish.contents",
    "publish.finished",
    "publish.accounts", "publish.notebook_page", "publish.running_heads", "publish.appendix", "publish.spreadsheet",
    "publish.beside",
    "publish.artefact_xml", "publish.artefact_shapes", "publish.artefact_tables", "publish.artefact_lines", "publish.artefact_documents",
    "publish.artefact_pages", "publish.artefacts", "publish.gate", "publish.colophon", "publish.report", "publish.word_style",
    "publish.word_page", "publish.word_layout", "publish.word", "publish.reactions", "publish.coverage",
    "publish.audit", "publish.propose", "publish.doctor", "publish.new_meting", "publish.new_notebook",
    "publish.consistency", "publish.steps", "publish.schedule", "publish.cluster", "publish.compare",
    "publish.plan", "publish.pipeline", "publish.why", "start_page", "publish.lab_server", "publish.lab", "crate", "publish.browser", "publish.pdf_tags", "publish.pdf", "publish.screenshots", "publish.package",
    "__main__",
]  # fmt: skip
# The functions whose first words are a sentence of the researcher, and where one stands before the first heading.
SENTENCES = {"tell", "tell_en", "tell_either", "tell_share"}
TOP = ""
# Only these may open, read or write a file; environment.py makes the environment itself.
EDGES = ("sources", "publish", "environment.py")
TOUCHES_FILES = re.compile(
    r"\bopen\(|\.read_text\(|\.read_bytes\(|\.write_text\(|\.write_bytes\(|read_csv|read_parquet|to_csv|to_parquet"
)


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(LIBRARY).with_suffix("").parts)


def own_imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("nsoc_lib."):
            names.add(str(node.module).removeprefix("nsoc_lib."))
        if isinstance(node, ast.Import):
            names |= {a.name.removeprefix("nsoc_lib.") for a in node.names if a.name.startswith("nsoc_lib.")}
    return names


def code_cells(path: Path) -> list[str]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def prose_cells(path: Path) -> list[str]:
    """Return the prose that is published; a worksheet cell is for the researcher alone."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    published = [c for c in cells if "werkblad" not in c["metadata"].get("tags", [])]
    return ["".join(cell["source"]) for cell in published if cell["cell_type"] == "markdown"]


def sentences_of(cells: list[dict[str, Any]]) -> tuple[set[str], set[str]]:
    """Return which functions hold a sentence to edit, and under which headings they stand."""
    heading, functions, headings = TOP, set(), set()
    for cell in cells:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            heading = [heading, *re.findall(r"(?m)^#+ (.*)$", source)][-1]
            continue
        called = {
            n.func.id for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
        }
        functions |= called & SENTENCES
        headings |= {heading} if called & SENTENCES else set()
    return functions, headings


def test_every_module_has_a_place_in_the_order() -> None:
    """A new module is put in the order of imports by whoever adds it."""
    assert {name_of(path) for path in MODULES if path.name != "__init__.py"} == set(ORDER)


@pytest.mark.parametrize("path", [p for p in MODULES if p.name != "__init__.py"], ids=name_of)
def test_imports_point_one_way(path: Path) -> None:
    """A module imports only modules before it in the order."""
    place = ORDER.index(name_of(path))
    assert {name for name in own_imports(path) if ORDER.index(name) >= place} == set()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_files_are_touched_at_the_edge_only(path: Path) -> None:
    """No module between the readers and what publishes opens, reads or writes a file."""
    if path.relative_to(LIBRARY).parts[0] not in EDGES:
        assert TOUCHES_FILES.search(path.read_text(encoding="utf-8")) is None


def test_the_plain_script_is_plain() -> None:
    """What ``make report`` is measured against knows none of what it is measured for."""
    script = (ROOT / "tests/bench/plain_report.py").read_text(encoding="utf-8")
    imports = re.findall(r"^(?:from|import) (\S+)", script, re.MULTILINE)
    assert "nsoc_lib.publish.report" in imports
    ours = {
        "nsoc_lib.publish.plan",
        "nsoc_lib.publish.pipeline",
        "nsoc_lib.publish.schedule",
        "nsoc_lib.publish.workers",
        "nsoc_lib.publish.chapter",
    }
    assert not ours & set(imports)
    assert not {"pytask", "papermill", "multiprocessing", "subprocess"} & {name.split(".")[0] for name in imports}


def test_no_module_is_named_after_nothing() -> None:
    """A drawer named utils collects what nobody wants to name."""
    drawers = re.compile(r"(utils?|helpers?|common|misc|shared)(_\w+)?")
    assert [path for path in ROOT.glob("nsoc_lib/**/*.py") if drawers.fullmatch(path.stem)] == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_are_short(path: Path) -> None:
    """A module that does not fit in 300 lines is two modules."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_functions_are_short(path: Path) -> None:
    """A function has at most 50 lines, its docstring not counted."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            docstring = ast.get_docstring(node, clean=False)
            lines = (node.end_lineno or 0) - node.lineno + 1 - (len(docstring.splitlines()) if docstring else 0)
            assert lines <= 50, f"{path.name}: {node.name} has {lines} lines"


@pytest.mark.parametrize("path", sorted(ROOT.glob("tests/**/test_*.py")), ids=lambda path: path.stem)
def test_every_test_states_its_rule(path: Path) -> None:
    """The tests are the manual: each has a docstring of one sentence."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            assert ast.get_docstring(node), f"{path.name}: {node.name}"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``make new-notebook`` makes of a study outside the repository."""
    study = Study(tmp_path_factory.mktemp("nieuw") / "data", ROOT / "reports")
    study.data.mkdir()
    (study.data / "raw").symlink_to(ROOT / "data" / "raw")
    add_notebook(study, "hoe_het_ging")
    return study.notebook_file("hoe_het_ging")


@pytest.fixture(params=[*NOTEBOOKS, "nieuw"], ids=lambda path: getattr(path, "stem", path))
def path(request: pytest.FixtureRequest) -> Path:
    """Every notebook of the repository, and the one that a researcher starts from."""
    return request.getfixturevalue("made") if request.param == "nieuw" else request.param


class TestNotebook:
    """How a notebook of this project looks."""

    def test_opens_with_its_question(self, path: Path) -> None:
        """The first cell is for the researcher: the question, the data that go in, and what comes out."""
        first = json.loads(path.read_text(encoding="utf-8"))["cells"][0]
        assert first["metadata"]["tags"] == ["werkblad"]
        assert [f"**{name}:**" in "".join(first["source"]) for name in ("Vraag", "Gegevens in", "Product")] == [
            True
        ] * 3

    def test_says_which_sentence_to_edit(self, path: Path) -> None:
        """Its first cell names the functions that hold a sentence, and each heading under which one stands."""
        first, *others = json.loads(path.read_text(encoding="utf-8"))["cells"]
        said = re.search(rf"- \*\*{MARK}:\*\* (.*?)(?:\n\n|$)", "".join(first["source"]), re.DOTALL)
        assert said, f"zonder {MARK}"
        functions, headings = sentences_of(others)
        assert set(re.findall(r"`(\w+)\(…\)`", said[1])) == functions
        assert set(re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", said[1])) == headings - {TOP}
        assert ("bovenaan" in said[1]) == (TOP in headings)

    def test_opens_without_a_question_about_its_kernel(self, path: Path) -> None:
        """It names the kernel of the environment of JupyterLab, and nothing that differs from one machine to another."""
        assert json.loads(path.read_text(encoding="utf-8"))["metadata"] == {"kernelspec": KERNEL}

    def test_is_stored_as_jupyterlab_stores_it(self, path: Path) -> None:
        """Saving a notebook without a change leaves every byte as it is."""
        text = path.read_text(encoding="utf-8")
        notebook = nbformat.reads(text, as_version=nbformat.NO_CONVERT)
        keep_what_was_written(notebook)
        assert nbformat.writes(notebook).rstrip("\n") == text.rstrip("\n")

    def test_is_stored_without_outputs(self, path: Path) -> None:
        """Executed copies live in reports/."""
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            assert not cell.get("outputs")
            assert cell.get("execution_count") is None

    def test_has_one_cell_of_typed_and_explained_parameters(self, path: Path) -> None:
        """Each parameter line reads ``name: type = default  # uitleg`` and works on meting 1."""
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        assert [c["metadata"].get("tags", []) for c in cells].count(["parameters"]) == 1
        inspected = papermill.inspect_notebook(path)
        assert inspected
        for parameter in inspected.values():
            assert parameter["inferred_type_name"] != "None", parameter
            assert parameter["help"], parameter

    def test_is_a_story_of_at_most_25_cells(self, path: Path) -> None:
        """At least 40 percent of the cells are prose and a code cell has at most ten lines."""
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        prose = [cell for cell in cells if cell["cell_type"] == "markdown"]
        assert len(cells) <= 25
        assert len(prose) >= 0.4 * len(cells)
        assert all(len(source.splitlines()) <= 10 for source in code_cells(path))

    def test_computes_nothing_itself(self, path: Path) -> None:
        """No function, class, loop, path or file in a notebook: that is the library's work."""
        tree = ast.parse("\n".join(code_cells(path)))
        forbidden = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.With, ast.Lambda, ast.ListComp)
        assert [node for node in ast.walk(tree) if isinstance(node, forbidden)] == []
        imported = [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
        assert all(name.startswith("nsoc_lib") for name in imported)
        assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import)]

    def test_types_no_number_in_prose(self, path: Path) -> None:
        """A number in prose comes from ``tell``: no digit and no number word stands in the text itself."""
        loose = LOOSE_EN if path.stem in ENGLISH else LOOSE
        assert [loose.findall(text) for text in prose_cells(path) if loose.search(text)] == []


def test_one_name_runs_through_the_tree() -> None:
    """Every table of a meting, or of the examples of what may be supplied, has a suite with its name."""
    tables = set()
    for record in [*ROOT.glob("data/raw/*/meting.yml"), ROOT / "tests/voorbeelden/meting.yml"]:
        meting = yaml.safe_load(record.read_text(encoding="utf-8"))
        tables |= {table["naam"] for table in meting.get("tabellen", [])}
        for survey in meting.get("enquetes", []):
            own = [survey["instrument"]] if survey.get("keuzevragen") else []  # such tables carry its name
            kinds = ["respondenten", "open_antwoorden", *(["keuzes"] if own else [])]
            tables |= {survey["instrument"], *("_".join([*own, kind]) for kind in kinds)}
    assert {path.stem for path in ROOT.glob("expectations/*.json")} == tables


def test_every_raw_file_has_a_record() -> None:
    """A file under data/raw that no meting.yml names would be read by nobody."""
    for folder in (path for path in ROOT.glob("data/raw/*") if path.is_dir()):
        text = (folder / "meting.yml").read_text(encoding="utf-8")
        assert [path.name for path in folder.iterdir() if path.name != "meting.yml" and path.name not in text] == []


def test_files_beside_the_folders_of_raw_are_known() -> None:
    """Above the metingen stand the table of contents and, once readers have spoken, their reactions."""
    files = {path.name for path in (ROOT / "data/raw").iterdir() if path.is_file()}
    assert files <= {"evaluatie.yml", "reacties.csv"}


def test_a_list_of_names_is_never_committed() -> None:
    """The names of readers stand outside the raw data and outside version control."""
    study = Study(ROOT / "data", ROOT / "reports")
    assert study.readers_file.relative_to(ROOT).as_posix() in (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    assert not study.readers_file.is_relative_to(study.raw)


def test_every_notebook_is_a_chapter() -> None:
    """No notebook lies about that evaluatie.yml does not name."""
    chapters = re.findall(r"notebook: ([\w-]+)", (ROOT / "data/raw/evaluatie.yml").read_text(encoding="utf-8"))
    assert {path.stem for path in NOTEBOOKS} == set(chapters)


def test_the_glossary_knows_every_dutch_noun_of_art() -> None:
    """Each Dutch noun of the design's word list that stands in the code stands in the glossary."""
    glossary = (ROOT / "docs/begrippenlijst.md").read_text(encoding="utf-8").lower()
    nouns = [
        "meting",
        "procesthermometer",
        "stelling",
        "draagvlak",
        "draagkracht",
        "daadkracht",
        "opbrengst",
        "randvoorwaarde",
        "werkdoel",
        "focusgebied",
        "toetsingskader",
        "leeragenda",
        "leervraag",
        "leerpunt",
        "meerwaarde",
        "normenkader",
        "herkomst",
    ]
    used = " ".join(path.read_text(encoding="utf-8") for path in [*MODULES, *ROOT.glob("data/raw/**/*.yml")]).lower()
    assert [noun for noun in nouns if noun in used and f"| {noun} |" not in glossary] == []


def test_the_help_names_every_target() -> None:
    """``make`` alone lists each target with one line, in groups."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony
    explained = set(re.findall(r"^([a-z-]+):.*## \S", makefile, re.MULTILINE))
    assert explained == set(phony[1].split()) - {"help"}
