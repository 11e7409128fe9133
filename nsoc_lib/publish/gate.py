"""The gate before publication: attack the finished files as a stranger would, and refuse what the profile forbids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nsoc_lib.attack import attack_pieces
from nsoc_lib.disclosure_profile import DisclosureProfile
from nsoc_lib.errors import NsocError
from nsoc_lib.leaks import Leak, sort_leaks
from nsoc_lib.paths import Study
from nsoc_lib.personal_leaks import find_personal
from nsoc_lib.pieces import Piece
from nsoc_lib.publish.artefacts import read_artefacts
from nsoc_lib.publish.files import write_whole
from nsoc_lib.sources.disclosure import load_current_profile

MOST_TOLD = 5
BESIDE = ("resultaten.csv", "evaluatierapport.html")  # what a reader of another file has as well
# Columns of a cleaned table that mark a person, and those that hold what somebody typed.
MARKS, ANSWERS = ("kenmerk", "respons"), ("tekst",)
OPEN_TABLE, RESPONDENT = "open_antwoorden", "respondenten"
LEAST_ANSWER = 12  # a shorter answer is a word that may stand anywhere


@dataclass(frozen=True)
class Examined:
    """What files hold, piece by piece, and what of that is about one person."""

    pieces: tuple[Piece, ...]
    personal: list[Leak]


def find_leaks(reports: Path, profile: DisclosureProfile, secrets: frozenset[str] = frozenset()) -> list[Leak]:
    """Return everything in a folder that the profile forbids and that a reader of the files can find or compute.

    ``where`` of a leak is a path from the folder. ``secrets`` are marks and open answers, see ``load_secrets``.
    """
    files = {path.relative_to(reports).as_posix(): path.read_bytes() for path in reports.rglob("*") if path.is_file()}
    return attack_files(files, profile, secrets)


def attack_files(
    files: Mapping[str, bytes], profile: DisclosureProfile, secrets: frozenset[str] = frozenset()
) -> list[Leak]:
    """Return the leaks of files by name, written or not yet. ``secrets`` are marks and open answers that must stay behind."""
    return judge_examined([examine_files(files, secrets)], profile, secrets)


def judge_examined(
    parts: Sequence[Examined], profile: DisclosureProfile, secrets: frozenset[str] = frozenset()
) -> list[Leak]:
    """Return the leaks of files of one folder that were examined in parts."""
    pieces = [piece for part in parts for piece in part.pieces]
    personal = [leak for part in parts for leak in part.personal]
    if len(parts) > 1 and personal:  # what looks like an answer may be a question that the other part shows as one
        personal = find_personal(pieces, secrets)
    return sort_leaks([*attack_pieces(pieces, profile), *personal])


def examine_files(files: Mapping[str, bytes], secrets: frozenset[str] = frozenset()) -> Examined:
    """Take files apart, and look for what is about one person."""
    pieces = read_artefacts(files)
    return Examined(pieces, find_personal(pieces, secrets))


def load_secrets(study: Study) -> frozenset[str]:
    """Return the marks of respondents and the open answers in the cleaned tables, which may stand in no published file.

    Imitated answers are secret as well: nobody is behind them, but they lie where those of people will.
    """
    import pandas as pd

    found: set[str] = set()
    for path in sorted(study.processed.glob("*/*.parquet")):
        if path.stem.endswith(RESPONDENT) or path.stem.endswith(OPEN_TABLE):
            table = pd.read_parquet(path)
            found |= {str(mark) for name in MARKS if name in table for mark in table[name].dropna()}
            typed = {str(text) for name in ANSWERS if name in table for text in table[name].dropna()}
            found |= {text for text in typed if len(text) >= LEAST_ANSWER}
    return frozenset(found)


def refuse_leaks(leaks: Sequence[Leak]) -> None:
    """Raise NsocError, with the first leak and how many there are, when there is any."""
    if not leaks:
        return
    first = leaks[0]
    told = "; ".join(f"{leak.where}: {leak.what}" for leak in leaks[1:MOST_TOLD])
    rest = f" En nog {len(leaks) - 1}, waaronder {told}" if told else ""
    raise NsocError(
        first.where,
        found=f"{first.what}{_count(first)}{rest}",
        expected=f"niets wat de regel {first.rule} van het profiel in onthulling.yml verbiedt",
        remedy=first.remedy,
    )


def _count(leak: Leak) -> str:
    if leak.derived is None:
        return ""
    low, high = leak.derived
    return f" Het gaat om {low}." if low == high else f" Het gaat om {low} tot en met {high}."


def write_checked(study: Study, path: Path, content: bytes) -> None:
    """Write a file made from the report, when nothing that the profile forbids follows from it, page and ledger together.

    Raises NsocError otherwise; an earlier file of that name then stays as it was.
    """
    files = {path.relative_to(study.reports).as_posix(): content}
    beside = [study.reports / name for name in BESIDE]
    files |= {file.name: file.read_bytes() for file in beside if file.is_file() and file != path}
    refuse_leaks(attack_files(files, load_current_profile(study), load_secrets(study)))
    write_whole(path, content)


def check_folder(study: Study, reports: Path) -> int:
    """Attack a folder with everything made from the report as well, such as Word, PDF and archive; return the files read.

    Raises NsocError for the first thing that the profile in force forbids.
    """
    if not reports.is_dir():
        raise NsocError(
            study.show(reports),
            found="geen map",
            expected="een map met een rapport",
            remedy="Draai eerst make report, of geef een andere map op met REPORTS=.",
        )
    refuse_leaks(find_leaks(reports, load_current_profile(study), load_secrets(study)))
    return sum(path.is_file() for path in reports.rglob("*"))
