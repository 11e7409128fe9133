"""What the project is made of: the licence of everything in the lock, and whether a fault in it has been reported.

``python -m nsoc_lib.supply licences`` and ``python -m nsoc_lib.supply audit [--index ADDRESS]``. Licences come from what
is installed. Reports of vulnerabilities come from the JSON interface of the package index that pip is set to use; what
could not be looked up is called "niet nagekeken" and never counts as sound.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email.message import Message

from nsoc_lib.environment import LOCKS, pinned

UNKNOWN, ELSEWHERE = "onbekend", "hier niet geïnstalleerd"
ALLOWED = ("MIT", "BSD", "Apache-2.0", "MPL-2.0", "PSF-2.0", "ISC", "Zlib", "CC0-1.0", "MIT-CMU", "publiek domein")
# What packages that state no licence in a word of its own call it.
_FAMILIES = {
    r"\bMIT-CMU\b": "MIT-CMU", r"\bMIT\b": "MIT", r"\b0?BSD\b": "BSD", r"\bApache\b": "Apache-2.0",
    r"\bMPL\b|Mozilla": "MPL-2.0", r"\bPSFL?\b|Python Software": "PSF-2.0", r"\bISCL?\b": "ISC", r"\bzlib\b": "Zlib",
    r"\bCC0\b": "CC0-1.0", r"Public Domain": "publiek domein",
}  # fmt: skip
# Packages whose metadata name no licence, with what their own licence file says.
_BY_HAND = {"axe-playwright-python": "MIT"}
# What comes inside a package under another licence; it is run as a program of its own.
BROUGHT = {
    "pypandoc-binary": "brengt pandoc mee, GPL-2.0-or-later",
    "axe-playwright-python": "brengt axe-core mee, MPL-2.0",
}
SECONDS, MOST_SECONDS, MOST_BYTES = 10, 120, 20_000_000


@dataclass(frozen=True)
class Licence:
    """The licence of one pinned package: one or more names, ``onbekend`` or ``hier niet geïnstalleerd``."""

    package: str
    version: str
    names: tuple[str, ...]

    @property
    def expected(self) -> bool:
        return all(name in ALLOWED or name == ELSEWHERE for name in self.names)


@dataclass(frozen=True)
class Audit:
    """Which packages were looked up, what was reported about them, and which could not be looked up."""

    checked: tuple[str, ...]
    reports: tuple[tuple[str, str], ...]
    unchecked: tuple[str, ...]

    def __str__(self) -> str:
        if not self.checked:
            return f"Niet nagekeken: geen van de {len(self.unchecked)} pakketten."
        lines = [f"{package}: {report}" for package, report in self.reports]
        lines.append(f"{len(self.checked)} pakketten nagekeken, {len(self.reports)} meldingen.")
        if self.unchecked:
            lines.append(f"Niet nagekeken ({len(self.unchecked)}): {', '.join(self.unchecked)}")
        return "\n".join(lines)

    @property
    def sound(self) -> bool:
        """Whether all was looked up and nothing was reported."""
        return bool(self.checked) and not self.reports and not self.unchecked


def locked() -> list[tuple[str, str, bool]]:
    """Return name and version of everything in ``requirements.lock``, and whether a marker says where it belongs."""
    found = []
    for requirement in pinned(LOCKS[0]):
        package, _, marker = requirement.partition(" ")
        name, _, version = package.partition("==")
        found.append((name, version, bool(marker)))
    return found


def list_licences() -> list[Licence]:
    """Return the licence of everything in the lock, as the installed packages state it."""
    return [_licence(*package) for package in locked()]


def _licence(name: str, version: str, marked: bool) -> Licence:  # noqa: FBT001 (as ``locked`` gives it)
    try:
        installed = importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return Licence(name, version, (ELSEWHERE if marked else UNKNOWN,))
    # Typed as a message of its own, which at run time it is: a key may be absent or be there twice.
    return Licence(name, installed.version, read_licence(name, installed.metadata))  # type: ignore[arg-type]


def read_licence(name: str, metadata: Message) -> tuple[str, ...]:
    """Return the licences that metadata of a package name: its expression, else its classifiers, else its first line.

    Of an expression with OR the first part that is allowed counts; of one with AND every part.
    """
    if name in _BY_HAND:
        return (_BY_HAND[name],)
    expression = metadata.get("License-Expression")
    if expression:
        choices = [_families(re.split(r"\bAND\b", part)) for part in re.split(r"\bOR\b", expression)]
        return next((choice for choice in choices if all(one in ALLOWED for one in choice)), choices[0])
    classifiers = [str(line) for line in metadata.get_all("Classifier", []) if str(line).startswith("License ::")]
    first = str(metadata.get("License") or "").strip().splitlines()[:1]
    return _families(classifiers or first or [UNKNOWN])


def _families(texts: Iterable[str]) -> tuple[str, ...]:
    named = [text.strip(" ()") for text in texts]
    found = [next((family for rule, family in _FAMILIES.items() if re.search(rule, text)), text) for text in named]
    return tuple(dict.fromkeys(found))


def index_address(given: str = "") -> str:
    """Return the address of the package index that was given or that pip is set to; empty when there is none."""
    if given or os.environ.get("PIP_INDEX_URL"):
        return given or os.environ["PIP_INDEX_URL"]
    command = [sys.executable, "-m", "pip", "config", "get", "global.index-url"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return done.stdout.strip() if done.returncode == 0 else ""


def audit(packages: Iterable[tuple[str, str]], ask: Callable[[str, str], object]) -> Audit:
    """Ask about every package, four at a time and for two minutes at most.

    ``ask`` takes name and version and returns what the index says of them, or raises OSError or ValueError.
    """
    deadline = time.monotonic() + MOST_SECONDS
    wanted = list(packages)

    def look_up(package: tuple[str, str]) -> list[tuple[str, str]] | None:
        if time.monotonic() > deadline:
            return None
        try:
            return [(f"{package[0]} {package[1]}", report) for report in _reports(ask(*package))]
        except (OSError, ValueError):
            return None

    with ThreadPoolExecutor(4) as pool:
        answers = list(zip(wanted, pool.map(look_up, wanted), strict=True))
    checked = tuple(name for (name, _), answer in answers if answer is not None)
    unchecked = tuple(name for (name, _), answer in answers if answer is None)
    return Audit(checked, tuple(report for _, answer in answers for report in answer or ()), unchecked)


def _reports(answer: object) -> list[str]:
    """Read what an index says of one release. Raises ValueError when it says nothing about vulnerabilities."""
    if not isinstance(answer, dict) or not isinstance(answer.get("vulnerabilities"), list):
        raise ValueError("geen lijst van kwetsbaarheden")  # noqa: TRY004 (as broken JSON raises)
    told = [entry for entry in answer["vulnerabilities"] if not entry.get("withdrawn")]
    return [
        f"{entry.get('id', UNKNOWN)}, hersteld in {', '.join(entry.get('fixed_in') or [UNKNOWN])}" for entry in told
    ]


def ask_index(address: str) -> Callable[[str, str], object]:
    """Return a question to the JSON interface that stands beside the simple index of this address.

    Raises ValueError for an address that is no http or https.
    """
    root = address.rstrip("/").removesuffix("/simple")
    if urllib.parse.urlsplit(root).scheme not in {"http", "https"}:
        raise ValueError("een adres dat geen http of https is")

    def ask(name: str, version: str) -> object:
        page = f"{root}/pypi/{urllib.parse.quote(name)}/{urllib.parse.quote(version)}/json"
        with urllib.request.urlopen(page, timeout=SECONDS) as answer:  # noqa: S310 (checked above)
            return json.loads(answer.read(MOST_BYTES))

    return ask


def main(words: list[str]) -> int:
    """Print what was asked for; the exit code says whether all is as expected."""
    match words:
        case ["licences"]:
            found = list_licences()
            for one in found:
                remark = f"  ({BROUGHT[one.package]})" if one.package in BROUGHT else ""
                print(f"{one.package:32}{one.version:20}{', '.join(one.names)}{remark}")
            strange = [one.package for one in found if not one.expected]
            print(f"{len(found)} pakketten, {len(strange)} met een onverwachte licentie. {', '.join(strange)}".strip())
            return min(len(strange), 1)
        case ["audit", *rest] if len(rest) in {0, 2} and rest[:1] in ([], ["--index"]):
            address = index_address(*rest[1:])
            packages = [(name, version) for name, version, _ in locked()]
            try:
                told = audit(packages, ask_index(address))
            except ValueError:
                told = Audit((), (), tuple(name for name, _ in packages))
                print("Er is geen adres van een pakketindex: noem het met INDEX=, of stel het in met pip config.")
            print(told)
            return int(not told.sound)
        case _:
            print("Gebruik: python -m nsoc_lib.supply licences | audit [--index ADRES]")
            return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
