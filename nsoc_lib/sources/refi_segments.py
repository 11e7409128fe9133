"""The coded passages of one source of a REFI-QDA project, of whatever kind, with the place as it is given."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from nsoc_lib.errors import NsocError
from nsoc_lib.periods import is_day
from nsoc_lib.sources.archive import Archive, climbs
from nsoc_lib.sources.coded_project import (
    AFBEELDING,
    BEELD,
    GELUID,
    HELE_BRON,
    ONBEKENDE_CODEUR,
    PDF,
    TEKST,
    TRANSCRIPT,
    ProjectSource,
    Segment,
)  # fmt: skip
from nsoc_lib.sources.export import AANGENOMEN, WEGGELATEN
from nsoc_lib.sources.refi_text import Fit, Place, Selection, Text, build_text, decode_text, fit_selections
from nsoc_lib.sources.refi_xml import read_guid, read_name, read_whole

SOURCE_KINDS = {
    "TextSource": TEKST, "PDFSource": PDF, "PictureSource": AFBEELDING, "AudioSource": GELUID, "VideoSource": BEELD
}  # fmt: skip
MOST_TEXT = 10_000_000  # bytes; two hours of talk are a hundredth of it
_AREA = ("firstX", "firstY", "secondX", "secondY")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):/*")

Passage = tuple[str, int | None, int | None, str]


@dataclass(frozen=True)
class Reader:
    """What every source of a project needs: the zip, codes and coders by guid, and a tally of what was done."""

    archive: Archive
    codes: Mapping[str, str]
    coders: Mapping[str, str]
    tally: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def note(self, soort: str, wat: str, waarom: str, aantal: int = 1) -> None:
        self.tally[(soort, wat, waarom)] += aantal

    def find_member(self, path: str) -> str | None:
        """Return the member a path means: ``internal://x``, ``internal:/x``, ``x`` or ``sources/x``, in any case.

        None is a file elsewhere, or one that is not there. Raises NsocError for a path that climbs out of the zip.
        """
        scheme = _SCHEME.match(path)
        if scheme and scheme[1].lower() != "internal":
            return None  # a file on somebody's own computer
        name = path[scheme.end() if scheme else 0 :].replace("\\", "/")
        if climbs(name) or climbs(unquote(name)):
            raise NsocError(
                self.archive.where,
                found=f'een verwijzing naar "{path[:60]}"',
                expected="alleen verwijzingen naar bestanden in het zipbestand",
                remedy="Vertrouw dit bestand niet; exporteer het project opnieuw.",
            )
        return self._members.get(_plain(name)) or self._members.get(_plain(unquote(name)))

    @cached_property
    def _members(self) -> dict[str, str]:
        return {_plain(name): name for name in reversed(self.archive.names)}


def _plain(name: str) -> str:
    return name.lower().removeprefix("sources/")


def read_source(element: Element, number: int, reader: Reader) -> tuple[ProjectSource, tuple[Segment, ...]]:
    """Return one source with its coded passages. No word of its text is in them.

    A passage that one coder gave the same code twice counts once, and so does one that the file
    holds as text and as an area of the page (ATLAS.ti does so for PDF).
    """
    kind, source = SOURCE_KINDS[element.tag], f"b{number}"
    holder = element if kind == TEKST else _first(element, "Representation", "TextDescription")
    text = _load_text(holder, reader) if holder is not None else None
    marks = holder.findall("PlainTextSelection") if holder is not None else []
    fit = fit_selections(text, _selections(marks)) if text else None
    if fit and marks:
        _note_fit(fit, reader)
    places = fit.plaatsen if fit else (None,) * len(marks)
    passages = [(mark, _text_passage(mark, place)) for mark, place in zip(marks, places, strict=True)]
    known = {read_guid(mark): passage for mark, passage in passages if read_guid(mark)}
    passages += [(mark, known.get(read_guid(mark), area)) for mark, area in _other_passages(element)]
    without = sum(mark.find("Coding") is None for mark, _ in passages)
    reader.note(WEGGELATEN, "passages zonder code", "er valt niets te tellen", without)
    wholes = [element] if holder is None or holder is element else [element, holder]
    passages += [(whole, (HELE_BRON, None, None, "")) for whole in wholes]
    kept: dict[tuple[Passage, str, str], Segment] = {}
    for mark, passage in passages:
        for code, coder, day in _codings(mark, reader):
            if (passage, code, coder) in kept:
                reader.note(WEGGELATEN, "coderingen die er al waren", "zelfde passage, code en codeur")
            kept.setdefault((passage, code, coder), Segment(source, *passage, code, coder, day))
    length = len(text.tekst) if text else None
    told = f"{fit.telling.label}: {fit.reden}" if fit else ""
    name = read_name(element)
    return ProjectSource(source, read_guid(element), name, kind, length, told), tuple(kept.values())


def _first(element: Element, *names: str) -> Element | None:
    return next((child for name in names for child in element.iterfind(name)), None)


def _load_text(holder: Element, reader: Reader) -> Text | None:
    content, path = holder.findtext("PlainTextContent"), holder.get("plainTextPath", "").strip()
    if content:
        return build_text(content.removeprefix("\ufeff"), bom=content.startswith("\ufeff"))
    member = reader.find_member(path) if path else None
    text = decode_text(reader.archive.read(member, MOST_TEXT)) if member else None
    if text is None and holder.find("PlainTextSelection") is not None:
        why = "de tekst is geen UTF-8" if member else "de tekst zit niet in het bestand"
        reader.note(AANGENOMEN, "bronnen waarvan plaatsen niet zijn nagegaan", why)
    return text


def _selections(marks: list[Element]) -> list[Selection]:
    places = [(read_whole(mark, "startPosition"), read_whole(mark, "endPosition"), read_name(mark)) for mark in marks]
    return [Selection(-1 if start is None else start, -1 if end is None else end, name) for start, end, name in places]


def _text_passage(mark: Element, place: Place) -> Passage:
    """Return the place of a selection in a text; one that is not in the text keeps what the file says."""
    if place:
        return TEKST, *place, ""
    return TEKST, None, None, f"{mark.get('startPosition', '?')[:12]}-{mark.get('endPosition', '?')[:12]}"


def _note_fit(fit: Fit, reader: Reader) -> None:
    reader.note(AANGENOMEN, f"teksten met plaatsen geteld in {fit.telling.label}", fit.reden)
    asis = "overgenomen zoals zij zijn"
    points = sum(place is not None and place[0] == place[1] for place in fit.plaatsen)
    reader.note(AANGENOMEN, "passages waarvan het citaat in het bestand klopt", "vergeleken met de tekst", fit.citaten)
    reader.note(AANGENOMEN, "passages die midden in een woord beginnen of eindigen", asis, fit.los)
    reader.note(AANGENOMEN, "passages zonder lengte", asis, points)
    outside = sum(place is None for place in fit.plaatsen)
    reader.note(AANGENOMEN, "passages met een plaats die niet in de tekst ligt", "alleen de code telt", outside)


def _other_passages(element: Element) -> Iterator[tuple[Element, Passage]]:
    """Give the selections that are no text, with their place as the file says."""
    for mark in element.iterfind("PDFSelection"):
        yield mark, (PDF, None, None, f"pagina {mark.get('page', '?')[:12]}: {_area(mark)}")
    for mark in element.iterfind("PictureSelection"):
        yield mark, (AFBEELDING, None, None, _area(mark))
    for name, kind in (("AudioSelection", GELUID), ("VideoSelection", BEELD)):
        for mark in element.iterfind(name):
            yield mark, (kind, read_whole(mark, "begin"), read_whole(mark, "end"), "")
    for number, transcript in enumerate(element.iterfind("Transcript"), 1):
        times = {read_guid(point): read_whole(point, "timeStamp") for point in transcript.iterfind("SyncPoint")}
        for mark in transcript.iterfind("TranscriptSelection"):
            begin, end = (times.get(read_guid(mark, name)) for name in ("fromSyncPoint", "toSyncPoint"))
            yield mark, (TRANSCRIPT, begin, end, f"transcript {number}")


def _area(mark: Element) -> str:
    return ",".join(mark.get(name, "?")[:12] for name in _AREA)


def _codings(mark: Element, reader: Reader) -> Iterator[tuple[str, str, str]]:
    """Give code, coder and day of each coding of a selection, or of a whole source."""
    for coding in mark.iterfind("Coding"):
        reference = coding.find("CodeRef")
        guid = read_guid(reference, "targetGUID") if reference is not None else ""
        if guid not in reader.codes:
            raise NsocError(
                reader.archive.where,
                found=f'een codering met de code "{guid[:40]}"' if guid else "een codering zonder code",
                expected="een code die in het codeboek van het project staat",
                remedy="Exporteer het project opnieuw, met alle codes.",
            )
        coder = reader.coders.get(read_guid(coding, "creatingUser")) or reader.coders.get(
            read_guid(mark, "creatingUser")
        )
        if not coder:
            reader.note(AANGENOMEN, "coderingen zonder codeur", f'genoemd: "{ONBEKENDE_CODEUR}"')
        yield reader.codes[guid], coder or ONBEKENDE_CODEUR, _day(coding) or _day(mark)


def _day(element: Element) -> str:
    text = element.get("creationDateTime", "").strip()[:10]
    return text if is_day(text) else ""
