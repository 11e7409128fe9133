"""Quotations of respondents: shown only when nobody can be recognised by them and a reviewer released them.

A respondent is quoted once, under a description that enough respondents share, in words without names. Who said
it is known to the researcher alone: the respondent stands in the raw table and never in what is shown.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from nsoc_lib.disclosure import VRIJGEVEN, Release
from nsoc_lib.disclosure_profile import DisclosureProfile
from nsoc_lib.errors import enumerate_nl
from nsoc_lib.prose import Shown, refuse, show_all
from nsoc_lib.source_rows import SourceRow, SourceTable, read_rows
from nsoc_lib.survey import Survey

DEELNEMER = "deelnemer"  # the description that everybody shares
NONE_SUPPLIED = "Er zijn geen citaten aangeleverd."
WAITING = "Het wacht op een besluit van een toetser."
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Quotation:
    """Words of one respondent and how they are attributed: ``deelnemer``, or a group that enough people share."""

    id: str
    tekst: str
    aanduiding: str


def count_descriptions(survey: Survey) -> dict[str, int]:
    """Return how many respondents share each description: everybody, and who gave the same answer about themselves."""
    counts = {DEELNEMER: len(survey.respondenten)}
    for background in survey.codeboek.achtergrond:
        given = survey.respondenten[background.id]
        counts |= {answer: int((given == answer).sum()) for answer in background.antwoorden}
    return counts


def build_quotations(
    table: SourceTable | None,
    groups: Mapping[str, int],
    forbidden: Collection[str],
    profile: DisclosureProfile,
) -> tuple[Quotation, ...]:
    """Check the quotations a study may supply and return them; no table is none.

    ``groups`` counts the respondents per description; ``deelnemer`` must be one of them. ``forbidden`` are names,
    units and places. Raises NsocError with row and column for a description that too few share, a forbidden
    word or the name of a group in the text, a respondent quoted twice, and the same words twice.
    """
    found: dict[str, Quotation] = {}
    respondents: set[str] = set()
    texts: list[str] = []
    for row in read_rows(table) if table else ():
        _check_description(row, groups, profile)
        _check_words(row, {*forbidden, *(group for group in groups if group != DEELNEMER)})
        folded = " ".join(WORD.findall(row.filled("tekst").lower()))
        if row.filled("respondent") in respondents:
            raise row.refuse(
                "respondent", "elke deelnemer een keer", "Kies een van beide citaten: samen wijzen zij iemand aan.",
                found="een deelnemer die al is geciteerd",
            )  # fmt: skip
        if any(folded in other or other in folded for other in texts):
            raise row.refuse(
                "tekst", "elk citaat een keer", "Haal een van beide weg.", found="woorden uit een ander citaat"
            )
        row.once("citaat", found, "elke naam een keer")
        respondents.add(row.filled("respondent"))
        texts.append(folded)
        name = f"{row.tabel.meting}.citaat.{row.filled('citaat')}"
        found[row.filled("citaat")] = Quotation(name, row.filled("tekst"), row.filled("aanduiding"))
    return tuple(found.values())


def _check_description(row: SourceRow, groups: Mapping[str, int], profile: DisclosureProfile) -> None:
    people = groups[row.choice("aanduiding", groups)]
    if people < profile.kleinste_rol:
        raise row.refuse(
            "aanduiding",
            f"een aanduiding die ten minste {profile.kleinste_rol} deelnemers delen",
            f"Gebruik een ruimere aanduiding, zoals {DEELNEMER}, of laat het citaat weg.",
            found=f'"{row.text("aanduiding")}", gedeeld door {people}',
        )


def _check_words(row: SourceRow, forbidden: Collection[str]) -> None:
    """Refuse a forbidden word wherever it stands, also within a longer one; the message does not repeat the text."""
    text = row.filled("tekst").casefold()
    if named := sorted(word for word in forbidden if word.casefold() in text):
        raise row.refuse(
            "tekst", "woorden zonder naam, onderdeel of plaats", "Vervang het woord door een omschrijving tussen haken.",
            found=f"een verboden woord: {enumerate_nl(named)}",
        )  # fmt: skip


def tell_quotes(quotations: Sequence[Quotation], releases: Sequence[Release]) -> Shown:
    """Return the quotations that were released; of the others only that they wait, never their words."""
    if not quotations:
        return refuse("Een citaat", NONE_SUPPLIED)
    released = {release.id for release in releases if release.besluit == VRIJGEVEN}
    return show_all(*(_quote(one) if one.id in released else _wait(one) for one in quotations))


def _quote(quotation: Quotation) -> Shown:
    words, who = html.escape(quotation.tekst, quote=False), html.escape(quotation.aanduiding, quote=False)
    return Shown(
        f'<blockquote class="citaat" data-citaat="{html.escape(quotation.id)}"><p>{words}</p>'
        f'<footer class="bron">{who}</footer></blockquote>',
        f"“{quotation.tekst}” ({quotation.aanduiding})",
    )


def _wait(quotation: Quotation) -> Shown:
    box = refuse("Een citaat", WAITING)
    return Shown(box.html.replace("<p ", f'<p data-citaat-wacht="{html.escape(quotation.id)}" ', 1), box.text)
