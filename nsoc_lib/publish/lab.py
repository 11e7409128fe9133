"""What ``make lab`` needs: the start page, settings that ask nothing, the look of the report, and the call of JupyterLab."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from nsoc_lib.errors import NsocError
from nsoc_lib.paths import REPOSITORY, Study
from nsoc_lib.publish.files import write_json, write_whole
from nsoc_lib.publish.templates import read_style
from nsoc_lib.sources.study import load_evaluation
from nsoc_lib.start_page import NotebookLink, Workplace, render_start

SETTINGS = {
    # A page is for reading; who wants to write Markdown opens it with the editor.
    "@jupyterlab/docmanager-extension:plugin": {"defaultViewers": {"markdown": "Markdown Preview"}},
    "@jupyterlab/notebook-extension:tracker": {"autoStartDefaultKernel": True},
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
}
EXTENSIONS = {"ServerApp": {"jpserver_extensions": {"nsoc_lib.publish.lab_server": True}}}
# Reading all of pandas before the first completion takes longer than JupyterLab waits; a notebook that ran knows its objects.
KERNEL_SETTINGS = {"Completer": {"use_jedi": False}}
DARK = re.compile(r"@media \(prefers-color-scheme: dark\) \{(?:[^{}]|\{[^{}]*\})*\}")
OUTPUT = (
    ".jp-OutputArea .jp-OutputArea-output.jp-RenderedHTML.jp-RenderedHTMLCommon"  # weighs more than JupyterLab's own
)
# What make says to its own commands is not meant for a terminal in JupyterLab; and there a figure may be shown.
NOT_PASSED_ON = ("MAKEFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "MFLAGS", "MPLBACKEND")


def prepare_lab(study: Study) -> Path:
    """Write the start page and the settings in ``DATA/processed/.stand/lab`` and return that folder.

    Raises NsocError for a fault in ``evaluatie.yml``, and when it may not write.
    """
    folder = study.lab_folder
    page = render_start(load_evaluation(study), describe_work(study))
    write_whole(folder / "start.md", page.encode("utf-8"))
    write_whole(folder / "custom" / "custom.css", output_style().encode("utf-8"))
    write_json(folder / "workspaces" / "default-37a8.jupyterlab-workspace", first_screen(study))
    write_json(folder / "labconfig" / "default_setting_overrides.json", SETTINGS)
    write_json(folder / "ipython" / "profile_default" / "ipython_kernel_config.json", KERNEL_SETTINGS)
    write_json(folder / "jupyter_server_config.d" / "nsoc.json", EXTENSIONS)
    return folder


def call_lab(study: Study, python: Path, options: Sequence[str]) -> list[str]:
    """Return the command that opens JupyterLab on the start page, with the notebooks of the study beside it.

    ``python`` is that of an environment with JupyterLab in it; raises NsocError when it is not there.
    """
    present = [str(python), "-c", "import importlib.util as u, sys; sys.exit(u.find_spec('jupyterlab') is None)"]
    if subprocess.run(present, check=False).returncode:  # noqa: S603
        raise NsocError(
            "PYTHON",
            found="een omgeving zonder JupyterLab",
            expected="de omgeving die make zelf maakt, of een met alles uit environment.yml",
            remedy="Laat PYTHON= weg, of maak de omgeving opnieuw uit environment.yml.",
        )
    return [
        *(str(python), "-m", "jupyterlab"),
        f"--ServerApp.root_dir={root_of(study)}",
        f"--LabApp.workspaces_dir={study.lab_folder / 'workspaces'}",
        "--ContentsManager.allow_hidden=True",  # the start page stands in .stand
        "--LabApp.custom_css=True",
        *options,
    ]


def first_screen(study: Study) -> dict[str, Any]:
    """Return what JupyterLab opens with, as it stores a screen itself: the start page, and beside it the notebooks.

    In the address of the page they would have to be a query, which the server spoils when it prints the address.
    """
    notebooks = study.new_notebook_file("x").parent
    page, beside = (
        path.relative_to(root_of(study)).as_posix()
        for path in (study.lab_folder / "start.md", notebooks if notebooks.is_dir() else study.data)
    )
    widget = f"markdownviewer-widget:{page}"
    return {
        "data": {
            "layout-restorer:data": {
                "main": {"dock": {"type": "tab-area", "currentIndex": 0, "widgets": [widget]}, "current": widget},
                "left": {"collapsed": False, "visible": True, "current": "filebrowser", "widgets": ["filebrowser"]},
                "relativeSizes": [0.2, 0.8],
            },
            "file-browser-filebrowser:cwd": {"path": beside},
            widget: {"data": {"path": page, "factory": "Markdown Preview"}},
        },
        "metadata": {"id": "default"},
    }


def environment_of_lab(study: Study, environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for JupyterLab and its kernels: this study, our library, our settings before a user's own."""
    kept = {name: value for name, value in environment.items() if name not in NOT_PASSED_ON}

    def before(name: str, path: Path) -> str:
        return os.pathsep.join([str(path), *filter(None, [kept.get(name)])])

    return kept | {
        "NSOC_DATA": str(study.data),
        "NSOC_REPORTS": str(study.reports),
        "PYTHONPATH": before("PYTHONPATH", REPOSITORY),
        "IPYTHONDIR": str(study.lab_folder / "ipython"),
        "JUPYTER_CONFIG_PATH": before("JUPYTER_CONFIG_PATH", study.lab_folder),
    }


def root_of(study: Study) -> Path:
    """Return the folder that JupyterLab may show: that of the repository, or one that holds the study as well."""
    return Path(os.path.commonpath([REPOSITORY, study.data]))


def describe_work(study: Study) -> Workplace:
    """Return what the start page says about the files of this study, with links from the folder of the page."""
    evaluation = load_evaluation(study)
    places = {"DATA": study.data, "REPORTS": study.reports}
    usual = {"DATA": REPOSITORY / "data", "REPORTS": REPOSITORY / "reports"}
    given = {name: "" if path == usual[name] else f" {name}={shlex.quote(str(path))}" for name, path in places.items()}
    return Workplace(
        notebooks={c.notebook: _linked(study, study.notebook_file(c.notebook)) for c in evaluation.chapters},
        inhoudsopgave=_linked(study, study.evaluation_file),
        map=study.show(study.new_notebook_file("x").parent),
        studie=given["DATA"],
        uitvoer=given["REPORTS"],
        schoon=any(study.processed.glob("*/*.parquet")),
    )


def _linked(study: Study, path: Path) -> NotebookLink:
    link = Path(os.path.relpath(path, study.lab_folder)).as_posix()
    return NotebookLink(quote(link), study.show(path), van_repository=path.parent == REPOSITORY / "notebooks")


def output_style() -> str:
    """Return the style of the report for what a cell shows, and for nothing else on the screen.

    Always on light paper: JupyterLab chooses its own colours, whatever the system prefers.
    """
    report = DARK.sub("", read_style("rapport.css")).replace(":root", "&")
    return f"{OUTPUT} {{\n{report}\n{read_style('lab.css')}}}\n"
