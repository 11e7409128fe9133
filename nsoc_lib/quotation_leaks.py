"""What a quotation gives away of who said it: no release, an attribution few share, a name, or two of one person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from nsoc_lib.disclosure_profile import DisclosureProfile
from nsoc_lib.leaks import NO_QUOTATION, QUOTATION, SMALL_ROLE, Leak
from nsoc_lib.ledger_rows import Group
from nsoc_lib.pieces import Quotation, Release
from nsoc_lib.privacy import recognise

EVERYBODY = re.compile(r"(?:een )?(?:deelnemers?|respondenten?)", re.IGNORECASE)
_STARTS = re.compile(r"(?:^|[.!?…:]\s+|[\"“„‘'(]\s*)[\"“„‘'(]*$")
_CAPITAL = re.compile(r"(?<![\w'’-])[A-ZÀ-Þ][\w'’-]*|(?<=[a-zà-ÿ])[A-ZÀ-Þ]\w*")
_REFERS = re.compile(r"\b(?:zelfde|dezelfde|diezelfde|zie)\b|\bc\d+\b", re.IGNORECASE)
_RELEASE_CELLS = 3  # role, date and reason


def find_quotations(
    quotations: Sequence[Quotation], releases: Sequence[Release], groups: Sequence[Group], profile: DisclosureProfile
) -> list[Leak]:
    """Return what is wrong with quotations. Every one needs a mark, a release and an attribution that enough people share."""
    released = {release.name for release in releases if sum(bool(cell) for cell in release.cells) >= _RELEASE_CELLS}
    found: list[Leak] = []
    for quotation in quotations:
        if not quotation.name or quotation.name not in released:
            found.append(_leak(quotation, "heeft geen vastgelegde vrijgave met rol, datum en reden"))
        found += _attribution(quotation, groups, profile)
        found += _tokens(quotation, groups)
    found += [
        _leak(one, f"is van dezelfde persoon als citaat {other.name}: het zijn er twee van de zelfde persoon")
        for one, other in combinations(quotations, 2)
        if _linked(one, other)
    ]
    return found


def _leak(quotation: Quotation, what: str, rule: str = NO_QUOTATION) -> Leak:
    return Leak(quotation.where, QUOTATION, f"Citaat {quotation.name or 'zonder kenmerk'} {what}.", rule)


def _attribution(quotation: Quotation, groups: Sequence[Group], profile: DisclosureProfile) -> list[Leak]:
    """Return whether too few people share the words under a quotation; words that nobody can count are too few."""
    source = re.sub(r"\d+", "", quotation.source).strip(" ,.#")
    if EVERYBODY.fullmatch(source):
        return []
    shared = [group for group in groups if re.search(rf"\b{re.escape(group.name)}\b", source, re.IGNORECASE)]
    few = [group for group in shared if group.invited is None or group.invited < profile.kleinste_rol]
    if few:
        return [_leak(quotation, f"noemt {few[0].name}: zo weinig mensen delen die aanduiding", SMALL_ROLE)]
    if not shared:
        return [_leak(quotation, "heeft een aanduiding waarvan niet vaststaat hoeveel mensen die delen", SMALL_ROLE)]
    return []


def _tokens(quotation: Quotation, groups: Sequence[Group]) -> list[Leak]:
    text = quotation.text
    inside = [
        group
        for group in groups
        if group.name in text or (not group.name.isupper() and group.name.lower() in text.lower())
    ]
    found = [_leak(quotation, f"noemt een groep: {group.name}") for group in inside]
    if any(not _STARTS.search(text[: match.start()]) for match in _CAPITAL.finditer(text)) or recognise(f"· {text}"):
        found.append(_leak(quotation, "bevat een woord dat een naam, plaats, functie of organisatie kan zijn"))
    return found


def _linked(one: Quotation, other: Quotation) -> bool:
    """Whether two quotations can be told to be of one person."""
    if one.text and one.text == other.text:
        return True
    if one.source == other.source and re.search(r"\d", one.source):
        return True
    if {value for _, value in one.traits} & {value for _, value in other.traits}:
        return True
    return any(
        (a.name and re.search(rf"\b{re.escape(a.name)}\b", b.source)) or _REFERS.search(b.source)
        for a, b in ((one, other), (other, one))
    )
