"""Read a project or codebook in REFI-QDA: what ATLAS.ti, NVivo and others export as .qdpx and .qdc.

The standard (version 1.5, with the XSD of project and codebook 1.0) leaves room, and programs take
more: this reader accepts what they write and says what it took for granted. Texts are read
only to learn how positions were counted; no word of them stands in what is returned.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.sources.archive import MARK, MOST_MEMBER, Archive, open_archive, open_file
from nsoc_lib.sources.coded_project import CodedProject, ProjectSource, Segment
from nsoc_lib.sources.export import WEGGELATEN, Note
from nsoc_lib.sources.refi_codes import build_codes
from nsoc_lib.sources.refi_segments import SOURCE_KINDS, Reader, read_source
from nsoc_lib.sources.refi_xml import parse_refi, read_guid, read_name

# What a project may hold that is no coded passage, with the path to each.
LEFT_OUT = {
    "memo's": "Notes/Note",
    "koppelingen": "Links/Link",
    "schema's": "Graphs/Graph",
    "kenmerken van gevallen": "Cases/Case/VariableValue",
    "kenmerken van bronnen": "Sources/*/VariableValue",
    "passages die bij een geval horen": "Cases/Case/SelectionRef",
    "codes bij een geval": "Cases/Case/CodeRef",
}


def load_refi(path: Path, where: str) -> CodedProject:
    """Read a coded project (.qdpx) or a codebook alone (.qdc).

    Raises NsocError for a file that is absent, damaged, locked with a password or of another
    kind, for a zip that unpacks to too much or names files outside itself, for no or several
    .qde in its root, for XML with entities or references outside, and for a coding with a
    code that the codebook lacks.
    """
    with open_file(path, where) as file:
        raw = file.read(len(MARK))
        zipped = raw == MARK
        raw += b"" if zipped else file.read(MOST_MEMBER)
    if not zipped:
        return _build_codebook(_parse_codebook(raw, where), where)
    with open_archive(path, where) as archive:
        name = _select_project(archive)
        root = parse_refi(archive.read(name), f"{where}, {name}")
        if root.tag != "Project":
            raise _refuse(f"{where}, {name}", f'XML die met "{root.tag[:40]}" begint', "een project van REFI-QDA")
        return _build_project(root, archive)


def _parse_codebook(raw: bytes, where: str) -> Element:
    if len(raw) > MOST_MEMBER:
        raise _refuse(where, f"meer dan {MOST_MEMBER // 1_000_000} MB", "een codeboek van REFI-QDA")
    if not raw.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").startswith(b"<"):
        raise _refuse(where, "een bestand dat geen zip en geen XML is", "een project (.qdpx) of codeboek (.qdc)")
    root = parse_refi(raw, where)
    if root.tag != "CodeBook":
        raise _refuse(where, f'XML die met "{root.tag[:40]}" begint', "een project (.qdpx) of codeboek (.qdc)")
    return root


def _select_project(archive: Archive) -> str:
    """Return the one .qde in the root, whatever its name: the standard's project.qde, or another program's own."""
    own = [name for name in archive.names if name.lower().endswith(".qde") and not name.startswith((".", "__MACOSX"))]
    found = [name for name in own if "/" not in name]
    if len(found) != 1:
        listed = enumerate_nl([name[:60] for name in found or own])
        elsewhere = f"geen .qde in de hoofdmap, wel {listed}" if own else "een zipbestand zonder .qde"
        raise _refuse(
            archive.where, f"{len(found)} projecten: {listed}" if found else elsewhere, "een .qde in de hoofdmap"
        )
    return found[0]


def _build_codebook(root: Element, where: str) -> CodedProject:
    codes = build_codes(root, root.find("Sets"), where)
    return CodedProject(where, _program(root), codes.lijst, notities=codes.notities, alleen_codes=True)


def _build_project(root: Element, archive: Archive) -> CodedProject:
    codes = build_codes(root.find("CodeBook"), root.find("Sets"), archive.where)
    coders = _name_coders(root)
    reader = Reader(archive, {guid: code.id for guid, code in codes.per_guid.items()}, coders)
    groups = _list_members(root, "Sets/Set", "MemberSource")
    cases = _list_members(root, "Cases/Case", "SourceRef")
    sources: list[ProjectSource] = []
    segments: list[Segment] = []
    for element in root.iterfind("Sources/*"):
        if element.tag in SOURCE_KINDS:
            source, found = read_source(element, len(sources) + 1, reader)
            guid = source.kenmerk
            sources.append(replace(source, groepen=groups.get(guid, ()), gevallen=cases.get(guid, ())))
            segments += found
    notes = [Note(*what, count) for what, count in reader.tally.items() if count]
    return CodedProject(
        archive.where,
        _program(root),
        codes.lijst,
        tuple(sources),
        tuple(segments),
        (*codes.notities, *notes, *_note_left_out(root)),
        codeurs=tuple(coders.values()),
    )


def _program(root: Element) -> str:
    return f"REFI-QDA, {' '.join(root.get('origin', '').split())[:60] or 'programma niet genoemd'}"


def _name_coders(root: Element) -> dict[str, str]:
    """Return a name for each user by guid; a name that two have gets a number."""
    names: dict[str, str] = {}
    given: Counter[str] = Counter()
    for user in root.iterfind("Users/User"):
        name = read_name(user) or " ".join(user.get("id", "").split()) or "zonder naam"
        given[name] += 1
        names[read_guid(user)] = f"{name} ({given[name]})" if given[name] > 1 else name
    return names


def _list_members(root: Element, path: str, reference: str) -> dict[str, tuple[str, ...]]:
    """Return for each source, by guid, the sets or cases that name it."""
    members: dict[str, tuple[str, ...]] = {}
    for group in root.iterfind(path):
        name = read_name(group) or read_guid(group)
        for member in group.iterfind(reference):
            guid = read_guid(member, "targetGUID")
            members[guid] = (*members.get(guid, ()), name)
    return members


def _note_left_out(root: Element) -> Iterator[Note]:
    for what, path in LEFT_OUT.items():
        count = len(root.findall(path))
        if count:
            yield Note(WEGGELATEN, what, "de tellingen gaan over gecodeerde passages", count)


def _refuse(where: str, found: str, expected: str) -> NsocError:
    remedy = "Exporteer het project opnieuw als REFI-QDA (.qdpx), of het codeboek als .qdc."
    return NsocError(where, found=found, expected=expected, remedy=remedy)
