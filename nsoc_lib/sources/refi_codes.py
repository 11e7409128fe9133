"""The codes of a REFI-QDA file: nested, or with the hierarchy in their names, under one id."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from nsoc_lib.errors import NsocError
from nsoc_lib.sources.coded_project import SCHEIDING, ProjectCode
from nsoc_lib.sources.export import AANGENOMEN, HERNOEMD, Note
from nsoc_lib.sources.refi_xml import read_description, read_guid, read_name


@dataclass(frozen=True)
class Codes:
    """All codes by their guid, and what was done to name them."""

    per_guid: dict[str, ProjectCode]
    lijst: tuple[ProjectCode, ...]
    notities: tuple[Note, ...]


def build_codes(book: Element | None, sets: Element | None, where: str) -> Codes:
    """Return the codes below ``CodeBook`` in file order.

    A name like ``Coke::diet Coke`` is read as two levels (ATLAS.ti). Raises NsocError for a code
    without a name and for a guid given to two codes.
    """
    groups = _list_groups(sets)
    found: dict[tuple[str, ...], ProjectCode] = {}
    guids: dict[str, ProjectCode] = {}
    given: Counter[tuple[str, ...]] = Counter()
    flattened = 0
    top = book.find("Codes") if book is not None else None
    nothing: tuple[str, ...] = ()
    waiting = [(element, nothing) for element in reversed(_below(top))] if top is not None else []
    while waiting:
        element, above = waiting.pop()
        name, guid = read_name(element), read_guid(element)
        if not name:
            raise _refuse(where, "een code zonder naam", "elke code een naam")
        flattened += SCHEIDING in name
        path = (*above, *_split(name))
        given[path] += 1
        if path in found:
            path = (*path[:-1], f"{path[-1]} ({given[path]})")
        codable = element.get("isCodable", "true").strip().lower() not in ("false", "0")
        code = ProjectCode(path, read_description(element), codable, groups.get(guid, ()))
        if path in found or guid in guids:
            raise _refuse(where, f'twee keer "{code.id}", of twee codes met een guid', "elke code een keer")
        found[path] = code
        guids |= {guid: code} if guid else {}
        waiting += [(child, path) for child in reversed(_below(element))]
    renamed = sum(times - 1 for times in given.values())
    return Codes(guids, tuple(found.values()), _notes(flattened, renamed))


def _below(parent: Element) -> list[Element]:
    return parent.findall("Code")


def _split(name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in name.split(SCHEIDING) if part.strip()) or (name,)


def _list_groups(sets: Element | None) -> dict[str, tuple[str, ...]]:
    groups: dict[str, tuple[str, ...]] = {}
    for group in sets.iterfind("Set") if sets is not None else ():
        for member in group.iterfind("MemberCode"):
            guid = read_guid(member, "targetGUID") or read_guid(member)  # a codebook says guid here
            groups[guid] = (*groups.get(guid, ()), read_name(group))
    return groups


def _notes(flattened: int, renamed: int) -> tuple[Note, ...]:
    notes = (
        Note(AANGENOMEN, f'codes met "{SCHEIDING}" in de naam', "gelezen als een code onder een andere", flattened),
        Note(HERNOEMD, "codes met een naam die er al was", "een volgnummer achter de naam", renamed),
    )
    return tuple(note for note in notes if note.aantal)


def _refuse(where: str, found: str, expected: str) -> NsocError:
    return NsocError(where, found=found, expected=expected, remedy="Verbeter het codeboek en exporteer opnieuw.")
