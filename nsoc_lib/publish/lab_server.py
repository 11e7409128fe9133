"""What the server of JupyterLab loads of ours: it strips what is saved, and finds the style of the report.

That server runs in an environment of its own, so nothing here imports more than the standard library.
"""

from __future__ import annotations

from typing import Any

from nsoc_lib.paths import current_study
from nsoc_lib.saving import before_saving


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _link_jupyter_server_extension(server: Any) -> None:
    """Let ``custom/custom.css`` be ours, before the server makes its pages; there is no setting for it."""
    server.static_custom_path = [str(current_study().lab_folder / "custom"), *server.static_custom_path]


def _load_jupyter_server_extension(server: Any) -> None:
    server.contents_manager.register_pre_save_hook(before_saving)
