"""Make the Python environments from their locks, and keep ``environment.yml`` equal to them.

Runs before anything is installed, so it imports the standard library alone. Its messages are
for whoever types ``make``, so they are Dutch.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = (ROOT / "requirements.lock", ROOT / "requirements-lab.lock")
OLDEST = (3, 11)
PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*==[^\s;\\]+)\s*(;[^\\]*)?", re.MULTILINE)
CONDA_HEAD = """\
# For users of conda; the same versions as requirements.lock and requirements-lab.lock.
# Made by `make lock`; a test keeps them equal.
name: nsoc
dependencies:
  - python>=3.11,<3.15
  - make
  - pip
  - pip:
"""


def create(folder: Path, lock: Path) -> None:
    """Make a virtual environment with exactly what the lock names, checked by hash.

    The file ``klaar`` in it is written last: an environment that was interrupted is made anew.
    """
    if sys.version_info < OLDEST:
        raise SystemExit(
            f"Python {sys.version_info[0]}.{sys.version_info[1]} is te oud.\n"
            f"  verwacht: Python {OLDEST[0]}.{OLDEST[1]} of nieuwer als python3\n"
            "  wat nu:   installeer een nieuwere Python en draai make opnieuw."
        )
    print(f"Omgeving {folder.name} maken uit {lock.name}; dit duurt de eerste keer een paar minuten.", flush=True)
    uv = shutil.which("uv")
    try:
        venv.EnvBuilder(clear=True, with_pip=uv is None, symlinks=os.name != "nt").create(folder)
    except (subprocess.CalledProcessError, OSError) as error:
        raise SystemExit(
            f"De omgeving {folder.name} kon niet worden gemaakt ({error}).\n"
            "  verwacht: python3 met de module venv en schrijfrechten in deze map\n"
            "  wat nu:   installeer het pakket python3-venv en draai make opnieuw."
        ) from error
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    installer = (
        [uv, "pip", "install", "-q", "--python", str(python)] if uv else [str(python), "-m", "pip", "install", "-q"]
    )
    _run([*installer, "--require-hashes", "-r", str(lock)], lock)
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)}))
    (packages / "nsoc_lib.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    _run([str(python), "-m", "compileall", "-q", "-j", "0", str(packages)], lock, may_fail=True)
    if folder.name == ".venv-lab":  # its kernel is our environment, under the name that the notebooks give it
        named = ["--name", "python3", "--display-name", "Python 3"]
        python = ROOT / ".venv/bin/python"
        _run([str(python), "-m", "ipykernel", "install", "--prefix", str(folder), *named], lock)
    (folder / "klaar").touch()


def _run(command: list[str], lock: Path, *, may_fail: bool = False) -> None:
    # A wheel may ship a file of another Python version that does not compile; that is no fault.
    done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL if may_fail else None)  # noqa: S603
    if done.returncode and not may_fail:
        raise SystemExit(
            f"Installeren uit {lock.name} is niet gelukt.\n"
            "  verwacht: verbinding met PyPI, en pakketten met de hash uit het slot\n"
            "  wat nu:   lees de melding hierboven, herstel de verbinding en draai make opnieuw."
        )


def pinned(lock: Path) -> list[str]:
    """Return what a lock names, as ``name==version`` with its marker if it has one."""
    found = PINNED.findall(lock.read_text(encoding="utf-8"))
    return [f"{name}{f' {marker.strip()}' if marker.strip() else ''}" for name, marker in found]


def render_conda() -> str:
    """Return the text of ``environment.yml``: the union of both locks."""
    union = sorted({requirement for lock in LOCKS for requirement in pinned(lock)})
    return CONDA_HEAD + "".join(f'      - "{requirement}"\n' for requirement in union)


def check() -> int:
    """Run every check, changing nothing, and return how many found something."""
    commands = {
        "ruff (stijl)": ["ruff", "check", "-q", "."],
        "ruff (opmaak)": ["ruff", "format", "-q", "--check", "."],
        "mypy (types)": ["mypy", "nsoc_lib"],
        "nbstripout (uitvoer in notebooks)": [
            "nbstripout",
            "--verify",
            "--keep-id",  # the places in the report are made of it
            *map(str, sorted(ROOT.glob("notebooks/*.ipynb"))),
        ],
    }
    failed = []
    for name, command in commands.items():
        done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=False)  # noqa: S603
        failed += [name] if done.returncode else []
    print(f"Controles: {len(commands) - len(failed)} goed, {len(failed)} niet. {', '.join(failed)}")
    return len(failed)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["create", folder, lock]:
            create(Path(folder).absolute(), Path(lock).absolute())
        case ["conda"]:
            (ROOT / "environment.yml").write_text(render_conda(), encoding="utf-8")
        case ["check"]:
            raise SystemExit(check())
        case _:
            raise SystemExit("Gebruik: python3 -m nsoc_lib.environment create MAP SLOT | conda | check")
