"""The steps of a report: what each reads, does and makes. pytask decides by the hashes of these which are stale."""

from __future__ import annotations

from collections.abc import Iterable

from nsoc_lib.errors import NsocError
from nsoc_lib.evaluation import Chapter, Evaluation
from nsoc_lib.meting import Meting
from nsoc_lib.paths import Study
from nsoc_lib.publish.clean import clean_folder, raw_files
from nsoc_lib.publish.consistency import CRITERIA, DATES, TABLES, can_be_asked, write_findings
from nsoc_lib.publish.files import content_hash, library_files
from nsoc_lib.publish.modules import module_closure, module_name, modules_of_notebook
from nsoc_lib.publish.placement import PAGE, RESULTS, WORKBOOK
from nsoc_lib.publish.steps import Step
from nsoc_lib.publish.validation import validate_folder
from nsoc_lib.sources.disclosure import load_current_profile
from nsoc_lib.sources.study import check_filled, load_evaluation, load_meting

KADER = "kader"
ENGINES = ("nsoc", "kernel")
TABLES_AT_ONCE = 13  # judged by one step; with six, all steps together took a twentieth more and nothing came sooner
# What running almost any notebook imports, here or deep in a library at first use; and one that draws. Imported once,
# before the fork.
CHAPTER_NEEDS = (
    "nsoc_lib.publish.chapter", "nsoc_lib.sources.cleaned", "pyarrow.dataset", "pyarrow.parquet",
    "pandas.core.arrays.arrow._arrow_utils", "pandas.core.arrays.arrow.extension_types", "pandas.core.methods.to_dict",
    "IPython.core.application", "IPython.core.completerlib", "IPython.core.crashhandler", "IPython.core.logger",
    "IPython.core.magics", "IPython.core.oinspect",
)  # fmt: skip
FIGURES = "nsoc_lib.figures"
FIGURE_NEEDS = (
    "matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg",
    "PIL.BmpImagePlugin", "PIL.GifImagePlugin", "PIL.JpegImagePlugin", "PIL.PpmImagePlugin",
)  # fmt: skip


def plan_steps(study: Study, engine: str) -> list[Step]:
    """Return every step of the study's report. Raises NsocError for an unknown engine or a fault in the YAML files."""
    if engine not in ENGINES:
        raise NsocError("ENGINE", found=f'"{engine}"', expected=" of ".join(ENGINES), remedy="Laat ENGINE weg.")
    evaluation = load_evaluation(study)
    metingen = {folder: load_meting(study, folder) for folder in evaluation.folders}
    check_filled(study)  # after the records: those come first for who fills in a new meting
    steps = [step for meting in metingen.values() for step in _data_steps(study, meting)]
    steps += _consistency_steps(study, metingen)
    steps += [_chapter_step(study, chapter, metingen, engine) for chapter in evaluation.chapters]
    return [*steps, _report_step(study, evaluation, metingen)]


def _data_steps(study: Study, meting: Meting) -> list[Step]:
    tables = meting.table_sources
    cleaned = [study.table_file(meting.naam, table) for table in tables]
    cleaning = Step(
        naam=f"schoonmaken {meting.naam}",
        functie=clean_folder,
        argumenten=(study, meting.naam),
        leest=(*raw_files(study, meting), *module_closure(["nsoc_lib.publish.clean"])),
        telt="",
        maakt=(*cleaned, study.cleaning_file(meting.naam)),
    )
    return [cleaning, *_validation_steps(study, meting)]


def _validation_steps(study: Study, meting: Meting) -> list[Step]:
    """Return one step per so many tables: what the chapters of a large folder wait for takes all cores."""
    tables = list(meting.table_sources)
    groups = [tables[start : start + TABLES_AT_ONCE] for start in range(0, len(tables), TABLES_AT_ONCE)]
    return [
        Step(
            naam=f"toetsen {meting.naam}" + (f" ({number} van {len(groups)})" if groups[1:] else ""),
            functie=validate_folder,
            argumenten=(study, meting.naam, group),
            leest=(*(study.table_file(meting.naam, table) for table in group), study.cleaning_file(meting.naam),
                   study.record_file(meting.naam), *(study.suite_file(table) for table in group),
                   *module_closure(["nsoc_lib.publish.validation"])),
            telt="",
            maakt=tuple(study.validation_file(meting.naam, table) for table in group),
            nodig=("great_expectations", "great_expectations.expectations"),
        )
        for number, group in enumerate(groups, 1)
    ]  # fmt: skip


def _consistency_steps(study: Study, metingen: dict[str, Meting]) -> list[Step]:
    kader = metingen.get(KADER)
    return [
        Step(
            naam=f"samenhang {meting.naam}",
            functie=write_findings,
            argumenten=(study, meting.naam, KADER),
            leest=(
                *(study.table_file(meting.naam, table) for table in TABLES),
                *(study.validation_file(meting.naam, table) for table in TABLES),  # a table that is wrong is not asked
                *(study.table_file(KADER, table) for table in (DATES, CRITERIA)),
                *(study.validation_file(KADER, table) for table in (DATES, CRITERIA)),
                *module_closure(["nsoc_lib.publish.consistency"]),
            ),
            telt="",
            maakt=(study.findings_file(meting.naam),),
        )
        for meting in metingen.values()
        if can_be_asked(meting, kader)
    ]


def _chapter_step(study: Study, chapter: Chapter, metingen: dict[str, Meting], engine: str) -> Step:
    notebook = study.notebook_file(chapter.notebook)
    if not notebook.exists():
        raise NsocError(
            study.show(study.evaluation_file),
            found=f'het notebook "{chapter.notebook}" in hoofdstuk "{chapter.titel}"',
            expected=f"een bestand {study.show(notebook)}",
            remedy="Verbeter de naam, of maak het notebook.",
        )
    modules = modules_of_notebook(notebook)
    reads = [notebook, *modules]
    for folder in chapter.folders:
        meting = metingen[folder]
        tables = meting.table_sources
        reads += [study.record_file(folder), study.cleaning_file(folder)]
        reads += [study.raw / folder / record.codeboek for record in meting.enquetes]
        reads += [study.table_file(folder, table) for table in tables]
        reads += [study.validation_file(folder, table) for table in tables]
    return Step(
        naam=f"hoofdstuk {chapter.titel}",
        functie=run_chapter_step,
        argumenten=(study, chapter, engine),
        leest=tuple(reads),
        telt=f"{sorted(chapter.parameters.items())} {engine} {_rules_of(study, chapter.folders)}",
        maakt=(study.executed_file(chapter.key),),
        nodig=_needs(map(module_name, modules)) if engine == "nsoc" else (),
    )


def _needs(modules: Iterable[str]) -> tuple[str, ...]:
    """Return what a notebook with these modules of ours imports, so that its process finds it there."""
    own = tuple(modules)
    return (*CHAPTER_NEEDS, *own, *(FIGURE_NEEDS if FIGURES in own else ()))


def _rules_of(study: Study, folders: Iterable[str]) -> str:
    """Return what stands for the rules of disclosure in force: which profile, its numbers, and what people decided."""
    optional = (study.releases_file, *(study.forbidden_words_file(folder) for folder in folders))
    files = [study.disclosure_file, *(path for path in optional if path.exists())]
    return f"{load_current_profile(study).naam} {content_hash(files)} {len(files)}"


def run_chapter_step(study: Study, chapter: Chapter, engine: str) -> None:
    """Run one chapter; the imports it needs were made by the parent of this worker."""
    from nsoc_lib.publish.chapter import run_chapter

    run_chapter(study, chapter, engine)


def _report_step(study: Study, evaluation: Evaluation, metingen: dict[str, Meting]) -> Step:
    optional = [path for path in (study.reactions_file, study.releases_file) if path.exists()]
    raw = [path for meting in metingen.values() for path in raw_files(study, meting)]
    cleaned = [study.table_file(m.naam, table) for m in metingen.values() for table in m.table_sources]
    return Step(
        naam="rapport",
        functie=render_report_step,
        argumenten=(study,),
        leest=(
            study.evaluation_file,
            study.disclosure_file,
            *optional,
            *(study.executed_file(chapter.key) for chapter in evaluation.chapters),
            *raw,
            *cleaned,  # what people answered, which may stand in no published file
            *(study.validation_file(m.naam, table) for m in metingen.values() for table in m.table_sources),
            *(study.notebook_file(chapter.notebook) for chapter in evaluation.chapters),
            *library_files(),  # all of it: the colophon prints one hash of the whole library
        ),
        telt=" ".join(path.name for path in optional),  # gone is seen too
        maakt=tuple(study.reports / name for name in (PAGE, RESULTS, WORKBOOK)),
        nodig=("nsoc_lib.publish.report",),
    )


def render_report_step(study: Study) -> None:
    """Assemble and publish the report."""
    from nsoc_lib.publish.report import publish_report

    publish_report(study)
