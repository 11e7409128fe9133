"""A file that somebody named behind ``FILE=``: how messages name it, and how it can be typed again."""

from __future__ import annotations

import shlex
from pathlib import Path

from nsoc_lib.errors import NsocError
from nsoc_lib.paths import REPOSITORY


def show_given(
    path: Path,
    expected: str = "de naam van een bestand",
    remedy: str = "Geef het bestand op, bijvoorbeeld FILE=data/raw/meting-3/export.csv",
) -> str:
    """Return a path as it may be shown: as it was typed, from the repository, or of any other place its last part.

    Raises NsocError, with what is expected and how to give it, for the empty path that ``FILE=`` becomes.
    """
    if path == Path():
        raise NsocError("FILE", found="geen bestand", expected=expected, remedy=remedy)
    if not path.is_absolute():
        return path.as_posix()
    absolute = path.resolve()
    return absolute.relative_to(REPOSITORY).as_posix() if absolute.is_relative_to(REPOSITORY) else path.name


def typed_again(path: Path, where: str) -> str:
    """Return the name of a given file as it can be typed behind ``FILE=``; of a home folder it does not say whose.

    ``where`` is how messages name the file, as ``show_given`` returns it.
    """
    if not path.is_absolute() or where != path.name:
        return shlex.quote(where)
    home = Path.home()
    inside = path.relative_to(home).as_posix() if path.is_relative_to(home) else ""
    return f'"$HOME/{inside}"' if inside and not set(inside) & set('"$`\\') else shlex.quote(str(path))
