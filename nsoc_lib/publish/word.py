"""The step behind ``make docx``: the published chapters as one Word file, the same bytes on every run."""

from __future__ import annotations

import io
import os
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat

from nsoc_lib.errors import NsocError
from nsoc_lib.evaluation import Evaluation
from nsoc_lib.paths import Study
from nsoc_lib.publish.appendix import append_reactions
from nsoc_lib.publish.beside import find_drawings
from nsoc_lib.publish.contents import collect_contents
from nsoc_lib.publish.files import content_hash, zip_bytes
from nsoc_lib.publish.finished import RenderedPart, finish_parts
from nsoc_lib.publish.gate import write_checked
from nsoc_lib.publish.placement import NOTEBOOKS, PAGE
from nsoc_lib.publish.report import list_notices
from nsoc_lib.publish.word_layout import lay_out
from nsoc_lib.publish.word_page import render_word_page
from nsoc_lib.publish.word_style import LANGUAGE, render_reference
from nsoc_lib.sources.disclosure import load_disclosure
from nsoc_lib.sources.reaction_table import load_reactions
from nsoc_lib.sources.study import load_evaluation

if TYPE_CHECKING:
    from nbformat import NotebookNode

FILE_NAME = "evaluatierapport.docx"
PANDOC_SECONDS = 300
NO_CLOCK = {"SOURCE_DATE_EPOCH": "0", "LC_ALL": "C.UTF-8"}


def publish_word(study: Study) -> Path:
    """Write the report that was last made as a Word file and return where it stands.

    Raises NsocError when there is no report, when ``evaluatie.yml`` changed since, and without pandoc.
    """
    evaluation, executed = load_published(study)
    path = study.reports / FILE_NAME
    reactions = load_reactions(study.reactions_file, study.show(study.reactions_file))
    contents = collect_contents(evaluation, executed, load_disclosure(study))
    parts = append_reactions(evaluation, finish_parts(evaluation, executed, contents), reactions)
    notices = list_notices(evaluation, simulated=contents.simulated)
    write_checked(study, path, render_word(evaluation, parts, find_pictures(executed), notices))
    return path


def load_published(study: Study) -> tuple[Evaluation, dict[str, NotebookNode]]:
    """Read the table of contents and the executed chapters as they were published together."""
    evaluation = load_evaluation(study)
    page = study.reports / PAGE
    paths = {chapter.key: study.reports / NOTEBOOKS / f"{chapter.key}.ipynb" for chapter in evaluation.chapters}
    missing = [path for path in (page, *paths.values()) if not path.is_file()]
    if missing:
        raise _make_first(study.show(missing[0]), "nog niet gemaakt", "het rapport met al zijn hoofdstukken")
    if content_hash([study.evaluation_file]) not in page.read_text(encoding="utf-8"):
        raise _make_first(
            study.show(page), "een rapport van voor de laatste wijziging in evaluatie.yml", "een rapport dat bij is"
        )
    return evaluation, {key: nbformat.read(path, as_version=4) for key, path in paths.items()}


def _make_first(where: str, found: str, expected: str) -> NsocError:
    return NsocError(where, found=found, expected=expected, remedy="Draai eerst make report.")


def find_pictures(executed: dict[str, NotebookNode]) -> dict[str, bytes]:
    """Return the figures of executed chapters as PNG, by their key."""
    return {key: png for key, _, png in find_drawings(executed)}


def render_word(
    evaluation: Evaluation, parts: Sequence[RenderedPart], pictures: Mapping[str, bytes], notices: Sequence[str]
) -> bytes:
    """Return the report as a Word file, with pictures by the key of their figure and notices on the title page."""
    told = [text for text in (*notices, evaluation.status_in_print) if text]
    page = render_word_page(evaluation, parts, pictures, told)
    head = f"{evaluation.titel}: {evaluation.status_in_print}"
    with tempfile.TemporaryDirectory() as folder:
        for key, picture in pictures.items():
            (Path(folder) / f"{key}.png").write_bytes(picture)
        model = _run_pandoc(["--print-default-data-file", "reference.docx"], b"", folder)
        (Path(folder) / "model.docx").write_bytes(render_reference(model, head))
        kinds, look = ("-f", "html-auto_identifiers", "-t", "docx"), ("--reference-doc", "model.docx")
        made = _run_pandoc([*kinds, *look, "-M", f"lang={LANGUAGE}", "-o", "-"], page.encode(), folder)
    return _finish(made, evaluation)


def _run_pandoc(arguments: list[str], text: bytes, folder: str) -> bytes:
    """Run the pandoc that the lock names, never one that happens to be on this machine."""
    try:
        done = subprocess.run(  # noqa: S603 (the one program, with arguments of our own)
            [_find_pandoc(), *arguments],
            input=text,
            cwd=folder,
            env=os.environ | NO_CLOCK,
            capture_output=True,
            timeout=PANDOC_SECONDS,
            check=True,
        )
    except (OSError, ImportError) as error:
        raise NsocError(
            "pandoc",
            found="geen pandoc in deze omgeving",
            expected="het programma pandoc, dat met pypandoc-binary meekomt",
            remedy="Maak de omgeving opnieuw met requirements.lock.",
        ) from error
    except subprocess.SubprocessError as error:
        said = (getattr(error, "stderr", b"") or b"").decode(errors="replace").strip()
        raise NsocError(
            "pandoc",
            found=said or f"na {PANDOC_SECONDS} seconden nog niet klaar",
            expected="een Word-bestand",
            remedy="Draai opnieuw; helpt dat niet, stuur deze melding aan wie het programma onderhoudt.",
        ) from error
    return done.stdout


def _find_pandoc() -> str:
    import pypandoc

    return str(Path(pypandoc.__file__).parent / "files" / "pandoc")


def _finish(made: bytes, evaluation: Evaluation) -> bytes:
    """Add contents and properties, and leave out every date."""
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = lay_out(parts["word/document.xml"])
    parts["docProps/core.xml"] = _set_properties(parts["docProps/core.xml"], evaluation)
    return zip_bytes(sorted(parts.items(), key=lambda part: (part[0] != "[Content_Types].xml", part[0])))


def _set_properties(core: bytes, evaluation: Evaluation) -> bytes:
    """Set title, makers and status; the moments of making and changing go."""
    from lxml import etree

    root = etree.fromstring(core)
    keep = {"language": LANGUAGE, "title": evaluation.titel, "creator": evaluation.opstellers}
    space = {"dc": root.nsmap["dc"], "cp": root.nsmap["cp"]}
    for child in list(root):
        root.remove(child)
    for name, text in keep.items():
        etree.SubElement(root, f"{{{space['dc']}}}{name}").text = text
    etree.SubElement(root, f"{{{space['cp']}}}contentStatus").text = evaluation.status_in_print
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written
