"""What a planted leak is, what a gate must say about it, and how an answer of a gate is judged. No gate stands here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from lekken.folder import ReportFolder

PERCENTAGE = "percentage en basis"
TOTAL = "totaal min delen"
ALL_BUT = "alle min alle zonder"
ROUNDS = "metingen naast elkaar"
DRAWING = "figuur"
ALT = "alternatieve tekst"
DOWNLOAD = "csv om op te halen"
HIDDEN = "verborgen html"
NOTEBOOK = "notebook"
WORD = "word"
PDF = "pdf"
ZIP = "deposit.zip"
LEDGER = "resultaten"
MICRODATA = "gegevens per persoon"
QUOTATION = "citaat"
CHANNELS = (
    PERCENTAGE, TOTAL, ALL_BUT, ROUNDS, DRAWING, ALT, DOWNLOAD, HIDDEN, NOTEBOOK, WORD, PDF, ZIP, LEDGER, MICRODATA,
    QUOTATION,
)  # fmt: skip
# Who adds and subtracts all that is published cannot always say by which of these roads a count was reached.
ARITHMETIC = frozenset({PERCENTAGE, TOTAL, ALL_BUT, ROUNDS})
# The rules of a profile, as onthulling.yml calls them, and two that hold under every profile.
NO_MICRODATA, NO_QUOTATION = "gegevens per persoon", "citaat"
RULES = (
    "kleinste_cel",
    "nul_is_onthullend",
    "kleinste_groep",
    "dominantie",
    "eensgezindheid",
    "kleinste_rol",
    NO_MICRODATA,
    NO_QUOTATION,
)
PAGE, LEDGER_FILE, WORKBOOK = "evaluatierapport.html", "resultaten.csv", "resultaten.xlsx"
NUMBERS = frozenset({PAGE, LEDGER_FILE, WORKBOOK})  # the same numbers stand in all three


class Leak(Protocol):
    """What a gate reports: one thing that the profile forbids and that a stranger can find or compute."""

    @property
    def where(self) -> str:
        """The file, as a path from ``reports``; in an archive ``deposit.zip!inner name``."""

    @property
    def channel(self) -> str:
        """One of CHANNELS: where the piece stands without which nothing could be derived."""

    @property
    def what(self) -> str:
        """A Dutch sentence that names what is known; it never repeats personal data."""

    @property
    def derived(self) -> tuple[int, int] | None:
        """The lowest and highest count that remain possible; None when the leak is no count."""

    @property
    def rule(self) -> str:
        """One of RULES: what forbids it."""


@dataclass(frozen=True)
class Expected:
    """What a gate must report at least once. ``derived`` may be any interval within this one.

    ``says`` are words that the Dutch sentence contains, in any case; ``never`` is what it must not repeat.
    """

    where: str
    channel: str
    derived: tuple[int, int] | None
    rule: str
    says: tuple[str, ...]
    never: str = ""
    also: tuple[str, ...] = ()

    @property
    def places(self) -> frozenset[str]:
        """The files that may be named: for arithmetic each that publishes the numbers, else the one that leaks."""
        return NUMBERS if self.channel in ARITHMETIC else frozenset({self.where})

    @property
    def channels(self) -> frozenset[str]:
        """The channels that may be named: for arithmetic any arithmetic, else the one that leaks."""
        return ARITHMETIC if self.channel in ARITHMETIC else frozenset({self.channel})

    @property
    def rules(self) -> tuple[str, ...]:
        """The rule, and others that forbid the same thing just as well."""
        return (self.rule, *self.also)


@dataclass(frozen=True)
class Case:
    """One leak and its twin. ``write`` fills a folder, ``leaking`` or as the twin that must raise nothing."""

    name: str
    profile: str
    expected: Expected
    held_out: bool
    write: Callable[..., None]

    @property
    def story(self) -> str:
        """What the case plants, in a sentence."""
        return (self.write.__doc__ or "").strip()

    def build(self, root: Path, *, leaking: bool) -> Path:
        """Write the miniature ``reports`` folder below ``root`` and return it."""
        folder = ReportFolder()
        self.write(folder, leaking=leaking)
        return folder.write(root / "reports")


_CASES: list[Case] = []


def planted(
    name: str, channel: str, rule: str, *says: str, where: str = PAGE, derived: tuple[int, int] | None = None,
    profile: str = "wodc-praktijk", held_out: bool = False, never: str = "", also: tuple[str, ...] = (),
) -> Callable[[Callable[..., None]], Callable[..., None]]:  # fmt: skip
    """Add the decorated function to the corpus as a case."""

    def add(write: Callable[..., None]) -> Callable[..., None]:
        _CASES.append(Case(name, profile, Expected(where, channel, derived, rule, says, never, also), held_out, write))
        return write

    return add


def registered() -> tuple[Case, ...]:
    """Return every case that was planted so far, sorted by name."""
    return tuple(sorted(_CASES, key=lambda case: case.name))


def recognises(expected: Expected, leak: Leak) -> bool:
    """Whether a reported leak is the planted one."""
    if leak.where not in expected.places or leak.channel not in expected.channels or leak.rule not in expected.rules:
        return False
    if expected.derived is not None and (
        leak.derived is None or leak.derived[0] < expected.derived[0] or leak.derived[1] > expected.derived[1]
    ):
        return False
    return all(word.lower() in leak.what.lower() for word in expected.says)


def judge(case: Case, on_leak: Iterable[Leak], on_twin: Iterable[Leak]) -> list[str]:
    """Return what is wrong with the answers of a gate on one case; nothing when both are right."""
    found, alarms = list(on_leak), list(on_twin)
    faults = [] if any(recognises(case.expected, leak) for leak in found) else [f"{case.name}: niet gevonden"]
    if case.expected.never and any(case.expected.never in leak.what for leak in found):
        faults.append(f"{case.name}: de melding herhaalt wat geheim moet blijven")
    return faults + [f"{case.name}: vals alarm op de tweeling: {leak.what}" for leak in alarms]
