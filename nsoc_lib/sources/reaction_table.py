"""Read the table of reactions and, where there is one, the list that says which reader has which role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from nsoc_lib.errors import NsocError
from nsoc_lib.reactions import COLUMNS, JA, NEE, Reaction, fold_name
from nsoc_lib.sources.delimited import load_rows

ROLE_COLUMNS = ("naam", "rol")


def load_reactions(path: Path, where: str) -> tuple[Reaction, ...]:
    """Return the rows of ``reacties.csv``; no file is no reactions. Commas or semicolons, as a spreadsheet saves it.

    Raises NsocError with row and column for other columns, a number that is no number or stands
    there twice, a row without a role or comment, and anything but ja or nee under ``afgehandeld``.
    """
    reactions: dict[int, Reaction] = {}
    for number, cells in _rows(path, where, COLUMNS):
        row = f"{where}, rij {number}"
        values = dict(zip(COLUMNS, cells, strict=True))
        if not re.fullmatch(r"\d{1,9}", values["nr"]) or int(values["nr"]) in reactions:
            raise _wrong(f"{row}, kolom nr", values["nr"], "een geheel getal dat nog geen andere rij heeft")
        if values["afgehandeld"] not in (JA, NEE):
            raise _wrong(f"{row}, kolom afgehandeld", values["afgehandeld"], f"{JA} of {NEE}")
        for column in ("rol", "opmerking"):
            if not values[column]:
                raise _wrong(f"{row}, kolom {column}", "", "een tekst")
        reactions[int(values["nr"])] = Reaction(int(values["nr"]), *cells[1:])
    return tuple(reactions.values())


def load_roles(path: Path, where: str) -> dict[str, str]:
    """Return the role of each reader by name, as ``fold_name`` writes it; no file is no roles.

    Raises NsocError for other columns, an empty cell and a name with two roles.
    """
    roles: dict[str, str] = {}
    for number, (name, role) in _rows(path, where, ROLE_COLUMNS):
        if not name or not role or roles.get(fold_name(name), role) != role or fold_name(name) in fold_name(role):
            raise _wrong(
                f"{where}, rij {number}", f"{name}, {role}", "een naam en de ene rol van die lezer, zonder naam"
            )
        roles[fold_name(name)] = role
    return roles


def _rows(path: Path, where: str, columns: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    for number, cells in load_rows(path, where, columns):
        if len(cells) != len(columns):
            raise _wrong(f"{where}, rij {number}", f"{len(cells)} cellen", f"{len(columns)} cellen")
        yield number, cells


def _wrong(where: str, found: str, expected: str) -> NsocError:
    return NsocError(where, found=f'"{found}"', expected=expected, remedy="Verbeter de rij.")
