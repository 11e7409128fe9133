"""What ``make lab`` prepares: a start page with links that lead somewhere, and settings that ask nothing."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml
from conftest import ROOT, run

from nsoc_lib.errors import NsocError
from nsoc_lib.paths import REPOSITORY, Study
from nsoc_lib.publish.lab import (
    call_lab,
    describe_work,
    environment_of_lab,
    first_screen,
    output_style,
    prepare_lab,
    root_of,
)

REPOSITORYS = Study(REPOSITORY / "data", REPOSITORY / "reports")


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """A study outside the repository, in a folder with a space in its name, with a notebook of its own."""
    data = tmp_path / "mijn studie" / "data"
    (data / "notebooks").mkdir(parents=True)
    (data / "raw").symlink_to(ROOT / "data" / "raw")
    (data / "notebooks" / "respons.ipynb").write_text("{}", encoding="utf-8")
    return Study(data, data.parent / "reports")


def test_the_start_page_names_every_chapter_and_each_link_leads_to_a_file(study):
    """The links are those from where the page stands; the study's own notebook goes before that of the repository."""
    folder = prepare_lab(study)
    page = (folder / "start.md").read_text(encoding="utf-8")
    parts = yaml.safe_load(study.evaluation_file.read_text(encoding="utf-8"))["delen"]
    rows = re.findall(r"^\| (.+?) \| \[(\w+)\]\((.+?)\)", page, re.MULTILINE)
    assert [(title, name) for title, name, _ in rows] == [
        (chapter["titel"], chapter["notebook"]) for part in parts for chapter in part["hoofdstukken"]
    ]
    ends = {name: (folder / unquote(link)).resolve() for _, name, link in rows}
    assert all(path.is_file() for path in ends.values())
    assert ends["respons"] == study.data / "notebooks" / "respons.ipynb"
    assert ends["veldwerk"] == ROOT / "notebooks" / "veldwerk.ipynb"
    assert " " not in "".join(link for *_, link in rows)  # Markdown would end the link there


def test_the_study_of_the_repository_needs_nothing_behind_a_command(study):
    """DATA and REPORTS are told only where they are not the usual ones."""
    usual, own = describe_work(REPOSITORYS), describe_work(study)
    assert (usual.studie, usual.uitvoer, usual.map) == ("", "", "notebooks")
    assert (own.studie, own.uitvoer) == (f" DATA='{study.data}'", f" REPORTS='{study.reports}'")
    assert not own.schoon
    (study.processed / "meting-1").mkdir(parents=True)
    (study.processed / "meting-1" / "x.parquet").touch()
    assert describe_work(study).schoon


def test_the_first_screen_is_the_start_page_beside_the_notebooks(study):
    """Both are under the folder that JupyterLab may show; before there is a notebook the study itself is beside it."""
    for one, beside in ((REPOSITORYS, "notebooks"), (study, "data/notebooks")):
        data = first_screen(one)["data"]
        (tab,) = data["layout-restorer:data"]["main"]["dock"]["widgets"]
        assert root_of(one) / data[tab]["data"]["path"] == one.lab_folder / "start.md"
        assert data[tab]["data"]["factory"] == "Markdown Preview"
        assert data["file-browser-filebrowser:cwd"]["path"].endswith(beside)
    (study.data / "notebooks" / "respons.ipynb").unlink()
    (study.data / "notebooks").rmdir()
    assert first_screen(study)["data"]["file-browser-filebrowser:cwd"]["path"].endswith("mijn studie/data")


def test_the_repository_and_a_study_elsewhere_are_both_in_sight(study):
    """The folder that is shown holds both, so that the page can link to notebooks of either."""
    assert root_of(REPOSITORYS) == REPOSITORY
    assert REPOSITORY.is_relative_to(root_of(study))
    assert study.data.is_relative_to(root_of(study))


def test_jupyterlab_asks_nothing_and_stores_no_outputs(study):
    """No news, no updates, no choice of a kernel, Markdown as a page; what strips outputs is loaded by its server."""
    folder = prepare_lab(study)
    settings = json.loads((folder / "labconfig/default_setting_overrides.json").read_text(encoding="utf-8"))
    assert settings["@jupyterlab/apputils-extension:notification"] == {"fetchNews": "false", "checkForUpdates": False}
    assert settings["@jupyterlab/notebook-extension:tracker"] == {"autoStartDefaultKernel": True}
    loaded = json.loads((folder / "jupyter_server_config.d/nsoc.json").read_text(encoding="utf-8"))
    assert loaded == {"ServerApp": {"jpserver_extensions": {"nsoc_lib.publish.lab_server": True}}}
    kernel = json.loads((folder / "ipython/profile_default/ipython_kernel_config.json").read_text(encoding="utf-8"))
    assert kernel == {"Completer": {"use_jedi": False}}


def test_the_kernels_see_this_study_and_our_settings_go_first(study):
    """What a user has set stays, behind ours; what make told its own commands is not passed on."""
    given = {"PATH": "/bin", "JUPYTER_CONFIG_PATH": "/van/mij", "MAKELEVEL": "1", "MAKEFLAGS": "w", "MPLBACKEND": "agg"}
    made = environment_of_lab(study, given)
    assert (made["NSOC_DATA"], made["NSOC_REPORTS"]) == (str(study.data), str(study.reports))
    assert made["PYTHONPATH"] == str(REPOSITORY)
    assert made["JUPYTER_CONFIG_PATH"] == f"{study.lab_folder}:/van/mij"
    assert made["PATH"] == "/bin"
    assert not {"MAKELEVEL", "MAKEFLAGS", "MPLBACKEND"} & set(made)


def test_an_outcome_looks_as_in_the_report_and_nothing_else_does():
    """Every rule of the report stands within the outputs of a cell, on light paper whatever the system prefers."""
    style = output_style()
    assert style.startswith(".jp-OutputArea .jp-OutputArea-output")
    assert style.count("{") == style.count("}")
    assert style.rstrip().endswith("}")
    assert ":root" not in style
    assert "prefers-color-scheme" not in style
    assert "--accent: #17506f" in style
    assert ".getal { text-align: right; }" in style


def test_an_environment_without_jupyterlab_is_told_in_dutch(study):
    """The environment of the tests has none, as that of a researcher who gives PYTHON= may not."""
    with pytest.raises(NsocError) as caught:
        call_lab(study, Path(sys.executable), [])
    assert str(caught.value) == (
        "Fout in PYTHON\n"
        "  gevonden: een omgeving zonder JupyterLab\n"
        "  verwacht: de omgeving die make zelf maakt, of een met alles uit environment.yml\n"
        "  wat nu:   Laat PYTHON= weg, of maak de omgeving opnieuw uit environment.yml."
    )


def test_the_call_opens_the_prepared_folder_and_passes_on_what_follows(study, tmp_path):
    """JupyterLab starts on the root that holds both, with our screen and our style; a port of one's own comes last."""
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    python.chmod(0o755)
    command = call_lab(study, python, ["--port=8888"])
    assert command[:3] == [str(python), "-m", "jupyterlab"]
    assert f"--ServerApp.root_dir={root_of(study)}" in command
    assert f"--LabApp.workspaces_dir={study.lab_folder / 'workspaces'}" in command
    assert command[-1] == "--port=8888"


def test_make_lab_takes_the_environment_of_jupyterlab_unless_one_is_given():
    """A folder may have a space in its name; an environment of one's own has JupyterLab inside."""
    ours = run(["make", "-n", "-o", ".venv-lab/klaar", "-o", ".venv/klaar", "lab", "DATA=/een map/data"]).out
    assert ours == (
        '.venv/bin/python -m nsoc_lib lab --python ".venv-lab/bin/python" --data "/een map/data" --reports "reports"\n'
    )
    given = run(["make", "-n", "lab", "PYTHON=x"]).out
    assert given == 'x -m nsoc_lib lab --python "$(command -v "x")" --data "data" --reports "reports"\n'
