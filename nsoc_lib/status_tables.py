"""The chapter on anonymity: the profile in force in plain words, what was decided, and who released what.

How many outputs have which status is known only when all chapters have run. The tables leave a place for each
count, as a caption does for its number; the report fills them in.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

from nsoc_lib.disclosure import GEEN_MENSEN, HERKOMSTEN, MAG, RELEASED, Release
from nsoc_lib.disclosure_profile import ALLE, GROEP, TOEGESTAAN, DisclosureProfile
from nsoc_lib.prose import Indication, Shown, indicate, tell
from nsoc_lib.protection import KLEINE_ROL
from nsoc_lib.result import NO_BOUNDS, PASS, REVIEW, SUPPRESS
from nsoc_lib.suppression import AANVULLEND, EENSGEZIND, KLEIN, KLEINE_GROEP
from nsoc_lib.tables import Row, Table

CIJFERS, TABELLEN, FIGUREN, CITATEN = "cijfers", "tabellen", "figuren", "citaten"
STATUS_WORDS = {PASS: "Mag", REVIEW: "Wacht op een toetser", SUPPRESS: "Niet getoond"}
# Why a number passes or not, as a reader is told it.
REASONS = {
    **HERKOMSTEN, "dingen": GEEN_MENSEN, "mag": MAG, "vrijgegeven": RELEASED, "klein": KLEIN, "groep": KLEINE_GROEP,
    "rol": KLEINE_ROL, "eens": EENSGEZIND, "aanvullend": AANVULLEND, "grenzen": NO_BOUNDS,
}  # fmt: skip
EENSGEZIND_WORDS = {
    GROEP: "mag niet over een groep; wel over alle deelnemers samen",
    ALLE: "mag niet, ook niet over alle deelnemers samen",
    TOEGESTAAN: "mag",
}


@dataclass(frozen=True)
class CountPlace(Indication):
    """The place of a count that the report fills in; ``text`` is its name."""

    @property
    def html(self) -> str:
        return f'<span class="aanduiding telling" data-telling="{html.escape(self.text)}"></span>'


def count_key(kind: str, status: str) -> str:
    """Return the name of the place for how many outputs of a kind have a status."""
    return f"{kind} {status}"


def reason_key(reason: str) -> str:
    """Return the name of the place for how many numbers have a reason; all releases are one."""
    return f"reden {next((name for name, words in REASONS.items() if reason.startswith(words)), 'anders')}"


def tabulate_statuses() -> Table:
    """Return how many numbers, tables, figures and quotations of the report have which status."""
    kinds = {CIJFERS: "Cijfers", TABELLEN: "Tabellen", FIGUREN: "Figuren", CITATEN: "Citaten"}
    return Table(
        key="tabel-onthulling",
        bijschrift="Wat er over alle uitkomsten in dit rapport is besloten.",
        koppen=("Soort uitkomst", *STATUS_WORDS.values()),
        rijen=tuple((label, *(CountPlace(count_key(kind, s)) for s in STATUS_WORDS)) for kind, label in kinds.items()),
        noten=(
            "Elk cijfer uit resultaten.csv telt een keer.",
            "Een tabel of figuur mag ook als er cellen in verborgen zijn.",
        ),
    )


def tabulate_reasons() -> Table:
    """Return how many numbers of the report have their status for which reason."""
    return Table(
        key="tabel-onthulling-redenen",
        bijschrift="Waarom cijfers mogen, of niet zijn getoond.",
        koppen=("Reden", "Cijfers"),
        rijen=tuple((words.capitalize(), CountPlace(reason_key(words))) for words in REASONS.values()),
    )


def tell_profile(profile: DisclosureProfile) -> Shown:
    """Return which profile is in force, in the words of who chose its rules."""
    return tell(
        "In dit rapport geldt het profiel {naam}. {uitleg}",
        naam=indicate(profile.naam),
        uitleg=indicate(" ".join(profile.uitleg.split())),
    )


def tabulate_profile(profile: DisclosureProfile) -> Table:
    """Return the rules of a profile in plain words, with its numbers and the documents they come from."""
    dominance = profile.dominantie
    rules: tuple[Row, ...] = (
        ("Kleinste aantal mensen dat getoond of te berekenen mag zijn", indicate(str(profile.kleinste_cel))),
        ("Telt niemand ook als te klein aantal", "ja" if profile.nul_is_onthullend else "nee"),
        ("Kleinste groep waarover een cijfer mag gaan", indicate(str(profile.kleinste_groep))),
        ("Zoveel mensen delen een functie die genoemd wordt", indicate(str(profile.kleinste_rol))),
        ("Zo ver liggen hoogste en laagste mogelijkheid van een verborgen aantal ten minste uiteen",
         indicate(str(profile.bescherming))),
        ("Niemand of iedereen is het eens", EENSGEZIND_WORDS[profile.eensgezindheid]),
        ("Grootste deel dat een paar organisaties samen mogen leveren",
         indicate(f"{dominance.hoogstens} procent, van de {dominance.grootste} grootste") if dominance else "geen grens"),
        ("Aantallen worden afgerond op een veelvoud van",
         indicate(str(profile.afronden_op)) if profile.afronden_op > 1 else "niet afgerond"),
    )  # fmt: skip
    return Table(
        key="tabel-onthulling-profiel",
        bijschrift="De regels die gelden.",
        koppen=("Regel", "Geldt hier"),
        rijen=(*rules, ("Bronnen", indicate("; ".join(profile.bronnen)))),
    )


def tabulate_releases(releases: Sequence[Release]) -> Shown:
    """Return every decision of a reviewer, or the sentence that there is none."""
    if not releases:
        return tell("Er zijn geen besluiten van een toetser vastgelegd.")
    return Table(
        key="tabel-vrijgave",
        bijschrift="Besluiten van toetsers over uitkomsten die de regels aan een mens overlaten.",
        koppen=("Uitkomst", "Besluit", "Rol", "Datum", "Reden"),
        rijen=tuple(
            (indicate(r.id), r.besluit, indicate(r.rol), indicate(r.datum), indicate(r.reden)) for r in releases
        ),
    ).show()
