"""Run one chapter: a notebook with parameters, in a process of its own."""

from __future__ import annotations

import logging
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError

from nsoc_lib.characters import mark_steering
from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.evaluation import Chapter
from nsoc_lib.paths import REPOSITORY, Study
from nsoc_lib.publish.apart import Place, died, tell_place, too_slow
from nsoc_lib.publish.engine import ENGINE_NAME, INJECTED, register_engine
from nsoc_lib.publish.files import write_whole
from nsoc_lib.result import MIME
from nsoc_lib.saving import KERNEL

if TYPE_CHECKING:
    from nbformat import NotebookNode

CELL_SECONDS = 900
# What nbformat and papermill raise on JSON that is no notebook, besides what they say themselves.
_NO_NOTEBOOK = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, nbformat.ValidationError)
nbformat.validate(nbformat.v4.new_notebook())  # compiles the schema, here and not in the process of every chapter
WITH_IDS = (4, 5)  # the format from which a cell has an id; in an older notebook it is made up on each run


def run_chapter(study: Study, chapter: Chapter, engine: str) -> None:
    """Execute the notebook of a chapter in this process, which is used for nothing else, and keep the executed copy.

    Who waits for this process is told the place of each cell before it runs.
    Raises NsocError, with the cell, for a wrong parameter, a cell that raises, an output that
    is not published by the library, and, of a kernel, a cell that takes too long or a process that dies.
    """
    _prepare_process(study, engine)
    path = study.notebook_file(chapter.notebook)
    where = _where(study, chapter)
    _check_parameters(path, chapter, where)

    def at_cell(number: int) -> None:
        tell_place(Place(f"{where}, cel {number}", CELL_SECONDS))

    try:
        with _engine_settings(engine, at_cell) as settings:
            executed = papermill.execute_notebook(
                path,
                None,
                parameters=chapter.parameters,
                kernel_name=KERNEL["name"],
                progress_bar=False,
                execution_timeout=CELL_SECONDS,
                cwd=str(path.parent),
                **settings,
            )
    except PapermillExecutionError as error:
        raise _cell_error(error, path, where, injected=bool(chapter.parameters)) from None
    except CellTimeoutError:
        raise too_slow(Place(where, CELL_SECONDS)) from None
    except DeadKernelError:
        raise died(where, None) from None
    refuse_unaccounted_outputs(executed, where)
    stored = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    finished = normalise(executed, own_ids=(stored.nbformat, stored.nbformat_minor) >= WITH_IDS)
    write_whole(study.executed_file(chapter.key), nbformat.writes(finished).encode("utf-8"))


def _prepare_process(study: Study, engine: str) -> None:
    """Tell this process, and the kernel that it may start, of which study it is and where our library stands.

    Raises NsocError on a system where a notebook cannot be run this way.
    """
    if engine == "nsoc" and not hasattr(os, "fork"):
        raise NsocError(
            "ENGINE",
            found="een besturingssysteem dat geen proces kan splitsen (Windows)",
            expected="Linux, macOS of WSL2, of ENGINE=kernel",
            remedy="Gebruik WSL2, of draai opnieuw met --engine kernel.",
        )
    os.environ["NSOC_DATA"], os.environ["NSOC_REPORTS"] = str(study.data), str(study.reports)
    search = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]
    if str(REPOSITORY) not in search:
        os.environ["PYTHONPATH"] = os.pathsep.join([str(REPOSITORY), *search])
    os.environ["MPLBACKEND"] = "agg"  # a figure is stored, never shown on a screen
    logging.getLogger("papermill").setLevel(logging.ERROR)
    register_engine()


@contextmanager
def _engine_settings(engine: str, at_cell: Callable[[int], object]) -> Iterator[dict[str, Any]]:
    """Give what papermill needs for our engine or for a kernel.

    A kernel talks through sockets in a folder of its own, where the system has those: kernels that start at the same
    time may choose the same port, and then one of them dies.
    """
    if engine == "nsoc":
        yield {"engine_name": ENGINE_NAME, "at_cell": at_cell}
        return
    from traitlets.config import Config

    with tempfile.TemporaryDirectory() as folder:
        sockets = {"transport": "ipc", "ip": f"{folder}/kernel"} if hasattr(os, "fork") else {}
        yield {"engine_name": None, "config": Config({"KernelManager": sockets})}


def _where(study: Study, chapter: Chapter) -> str:
    return f'{study.show(study.notebook_file(chapter.notebook))} (hoofdstuk "{chapter.titel}")'


def _check_parameters(path: Path, chapter: Chapter, where: str) -> None:
    """Refuse a parameter that the notebook does not declare: papermill would only warn."""
    try:
        nbformat.validate(nbformat.read(path, as_version=4))
        declared = papermill.inspect_notebook(path)
    except _NO_NOTEBOOK as error:
        raise NsocError(
            where,
            found="geen leesbaar notebook",
            expected="een bestand dat JupyterLab heeft opgeslagen",
            remedy="Verbeter de naam in data/raw/evaluatie.yml, of zet het notebook terug.",
        ) from error
    unknown = [name for name in chapter.parameters if name not in declared]
    if unknown:
        raise NsocError(
            where,
            found=f"de parameter {enumerate_nl(unknown)}",
            expected=f"een parameter van dit notebook: {enumerate_nl(sorted(declared)) or 'het heeft er geen'}",
            remedy="Verbeter de naam in data/raw/evaluatie.yml of in de cel met parameters.",
        )


def _cell_error(error: PapermillExecutionError, path: Path, where: str, *, injected: bool) -> NsocError:
    if error.ename == NsocError.__name__:
        own = NsocError.read(error.evalue)
        if own is not None:
            return own
    return NsocError(
        f"{where}, cel {_own_number(error.cell_index, path) if injected else error.cell_index + 1}",
        found=f"{error.ename}: {error.evalue}",
        expected="een cel die zonder fout draait",
        remedy="Open het notebook in JupyterLab en draai het tot en met deze cel.",
    )


def _own_number(executed_index: int, path: Path) -> int:
    """Return the number of a cell as the researcher counts, without the one that papermill put in."""
    cells = nbformat.read(path, as_version=4).cells
    place = next((n for n, cell in enumerate(cells) if "parameters" in cell.metadata.get("tags", [])), len(cells))
    return executed_index + 1 - (executed_index > place)


def refuse_unaccounted_outputs(notebook: NotebookNode, where: str) -> None:
    """Refuse any output that did not come from the library: it could hold anything, also answers."""
    for number, cell in enumerate((c for c in notebook.cells if not _injected(c)), 1):
        for output in cell.get("outputs", []):
            if output.get("output_type") == "error":  # papermill takes sys.exit(0) for success
                raise NsocError(
                    f"{where}, cel {number}",
                    found=f"{output.get('ename')}: {output.get('evalue')}",
                    expected="een notebook dat tot en met de laatste cel draait",
                    remedy="Haal exit of sys.exit weg; alles wat erna komt zou in het rapport ontbreken.",
                )
            if MIME not in output.get("data", {}):
                shown = output.get("text") or output.get("data", {}).get("text/plain", "")
                raise NsocError(
                    f"{where}, cel {number}",
                    found=f"uitvoer die niet van nsoc_lib komt ({len(str(shown))} tekens)",
                    expected="alleen wat tell, plot_… en tabulate_… tonen",
                    remedy="Haal print of het tonen van de tabel weg; rijen van deelnemers horen niet in een rapport.",
                )


def normalise(notebook: NotebookNode, *, own_ids: bool = True) -> NotebookNode:
    """Remove from an executed notebook what differs from run to run: times, paths, and ids unless the author's own.

    What it shows may quote a table that somebody supplied, so characters that steer are made visible.
    """
    for number, cell in enumerate(notebook.cells):
        cell.metadata = {"tags": cell.metadata["tags"]} if cell.metadata.get("tags") else {}
        if _injected(cell):
            cell.id = INJECTED
        elif not own_ids or not re.fullmatch(r"[A-Za-z0-9_-]+", cell.get("id", "")):
            cell.id = f"cel-{number}"
        cell.source = mark_steering(cell.source)
        if cell.get("outputs"):
            cell.outputs = nbformat.from_dict(_marked(cell.outputs))
    notebook.metadata = nbformat.from_dict({"kernelspec": KERNEL})
    return notebook


def _marked(value: Any) -> Any:
    """Return outputs with every text in them free of characters that steer."""
    if isinstance(value, str):
        return mark_steering(value)
    if isinstance(value, dict):
        return {key: _marked(inside) for key, inside in value.items()}
    return [_marked(inside) for inside in value] if isinstance(value, list) else value


def _injected(cell: Any) -> bool:
    return INJECTED in cell.metadata.get("tags", [])
