"""What the server of JupyterLab loads of ours."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace

from conftest import ROOT

from nsoc_lib.publish import lab_server
from nsoc_lib.saving import before_saving


def test_it_strips_what_is_saved_and_finds_the_style(monkeypatch, tmp_path):
    """The server is given the hook, and looks for the style in the folder of the study first."""
    monkeypatch.setenv("NSOC_DATA", str(tmp_path))
    hooks: list[object] = []
    server = SimpleNamespace(
        static_custom_path=["/van/de/gebruiker"],
        contents_manager=SimpleNamespace(register_pre_save_hook=hooks.append),
    )
    lab_server._link_jupyter_server_extension(server)
    lab_server._load_jupyter_server_extension(server)
    assert lab_server._jupyter_server_extension_points() == [{"module": "nsoc_lib.publish.lab_server"}]
    assert hooks == [before_saving]
    assert server.static_custom_path == [str(tmp_path / "processed/.stand/lab/custom"), "/van/de/gebruiker"]


def test_it_needs_nothing_that_the_environment_of_jupyterlab_has_not():
    """That environment has none of our dependencies, so importing this asks for the standard library alone."""
    code = (
        "import sys; before = set(sys.modules); import nsoc_lib.publish.lab_server; "
        "new = {name.split('.')[0] for name in set(sys.modules) - before}; "
        "print(sorted(new - set(sys.stdlib_module_names)))"
    )
    command = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {code}"]
    assert subprocess.run(command, check=True, capture_output=True, text=True).stdout == "['nsoc_lib']\n"
