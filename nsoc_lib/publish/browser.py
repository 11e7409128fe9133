"""The browser of this machine, without a window: it prints the page and is gone.

Chromium and Chrome print HTML as tagged PDF by themselves. No other program here lays out text.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from nsoc_lib.errors import NsocError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = ("Chromium.app/Contents/MacOS/Chromium", "Google Chrome.app/Contents/MacOS/Google Chrome")
# Nothing of the user's browser is used, and nothing is asked of the network.
FLAGS = (
    "--disable-gpu", "--disable-quic", "--disable-sync", "--disable-extensions", "--disable-component-update",
    "--disable-background-networking", "--no-first-run", "--no-default-browser-check", "--lang=nl",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip
PRINT = ("--headless", "--no-pdf-header-footer", "--generate-pdf-document-outline")
MOST_SECONDS = 300


def find_browser() -> str:
    """Return the program to start. Raises NsocError, with what to install, when this machine has none."""
    installed = [found for found in map(shutil.which, NAMES) if found]
    installed += [f"/Applications/{app}" for app in MAC if Path("/Applications", app).exists()]
    if not installed:
        raise NsocError(
            "deze computer",
            found="geen Chromium en geen Google Chrome",
            expected="een van beide, om de pagina af te drukken zoals een browser dat doet",
            remedy="Installeer Chromium (Debian en Ubuntu: sudo apt install chromium) of Google Chrome. "
            "make report heeft geen browser nodig.",
        )
    return installed[0]


def flags() -> list[str]:
    """Return how the browser is started. Only root, who has no sandbox in Chromium, goes without one."""
    return [*FLAGS, *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else [])]


def print_page(page: Path, seconds: float = MOST_SECONDS) -> bytes:
    """Return the PDF that the browser makes of a page, as it is: with the time of printing in it.

    The browser works in a folder beside the page that is removed afterwards, because a browser
    installed as a snap sees neither ``/tmp`` nor hidden folders. Raises NsocError when it makes no PDF in time.
    """
    program = find_browser()
    with tempfile.TemporaryDirectory(prefix="afdruk-", dir=page.parent, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        target = folder / "pagina.pdf"
        places = [f"--user-data-dir={folder / 'profiel'}", f"--print-to-pdf={target}", page.resolve().as_uri()]
        code, said = _run([program, *flags(), *PRINT, *places], folder, seconds)
        if code is None:
            found = f"na {seconds:.0f} seconden nog geen PDF"
        elif target.exists() and target.read_bytes().startswith(b"%PDF"):
            return target.read_bytes()
        else:
            found = f"geen PDF; de browser stopte met code {code}" + (f": {said}" if said else "")
    raise NsocError(
        page.name,
        found=found,
        expected=f"een PDF van {Path(program).name}",
        remedy="Probeer het opnieuw. Blijft het misgaan, open de pagina in de browser en druk zelf af naar PDF.",
    )


def _run(command: list[str], folder: Path, seconds: float) -> tuple[int | None, str]:
    """Run the browser and everything it starts, at most so long; return its code (None: too late) and last words."""
    environment = os.environ | {"TZ": "UTC", "LC_ALL": "C.UTF-8"}
    log = folder / "meldingen.txt"
    with log.open("wb") as output:
        running = subprocess.Popen(  # noqa: S603 (our own command)
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment, start_new_session=True
        )
        try:
            code: int | None = running.wait(seconds)
        except subprocess.TimeoutExpired:
            code = None
        finally:
            _end(running)
    lines = log.read_text(encoding="utf-8", errors="replace").split("\n")
    return code, next((line.strip()[:200] for line in reversed(lines) if line.strip()), "")


def _end(running: subprocess.Popen[bytes]) -> None:
    """End the browser with its own processes; they are a group of their own."""
    with contextlib.suppress(ProcessLookupError):  # all of them had ended
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()
