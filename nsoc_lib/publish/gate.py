"""The gate before publication: attack the finished files as a stranger would, and refuse what the profile forbids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from nsoc_lib.attack import attack_pieces
from nsoc_lib.disclosure_profile import DisclosureProfile
from nsoc_lib.errors import NsocError
from nsoc_lib.leaks import Leak
from nsoc_lib.publish.artefacts import read_artefacts


def find_leaks(reports: Path, profile: DisclosureProfile, secrets: frozenset[str] = frozenset()) -> list[Leak]:
    """Return everything in a folder that the profile forbids and that a reader of the files can find or compute."""
    files = {path.relative_to(reports).as_posix(): path.read_bytes() for path in reports.rglob("*") if path.is_file()}
    return attack_files(files, profile, secrets)


def attack_files(
    files: Mapping[str, bytes], profile: DisclosureProfile, secrets: frozenset[str] = frozenset()
) -> list[Leak]:
    """Return the leaks of files by name, written or not yet."""
    return attack_pieces(read_artefacts(files), profile, secrets)
