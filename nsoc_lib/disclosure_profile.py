"""A disclosure profile: what may be published without anybody being recognised, as a data steward chose it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nsoc_lib.entries import Entry
from nsoc_lib.errors import NsocError, enumerate_nl

STANDAARD = "wodc-praktijk"  # in force when evaluatie.yml names none
GEEN = "geen"
GROEP, ALLE, TOEGESTAAN = "groep", "alle", "toegestaan"
EENSGEZINDHEID = (GROEP, ALLE, TOEGESTAAN)


@dataclass(frozen=True)
class Dominance:
    """The ``grootste`` largest organisations may give at most ``hoogstens`` percent of the answers."""

    grootste: int
    hoogstens: int


@dataclass(frozen=True)
class DisclosureProfile:
    """One profile of ``onthulling.yml``. Counts are people; ``dominantie`` is None where no such rule holds.

    ``bescherming`` is the protection level: the least difference between the highest and the lowest
    count that a hidden cell may still have for a reader who adds up and subtracts all that is shown.
    """

    naam: str
    uitleg: str
    bronnen: tuple[str, ...]
    kleinste_cel: int
    nul_is_onthullend: bool
    kleinste_groep: int
    bescherming: int
    dominantie: Dominance | None
    eensgezindheid: str
    afronden_op: int
    kleinste_rol: int

    def forbids_count(self, count: int) -> bool:
        """Whether a count of people is too small to be shown or derived."""
        return self.nul_is_onthullend if count == 0 else count < self.kleinste_cel

    def forbids_unanimity(self, kind: str) -> bool:
        """Whether 0 or 100 percent is forbidden within one group (``groep``) or among everybody (``alle``)."""
        return self.eensgezindheid in {ALLE, kind}

    def forbids_contributions(self, contributions: Sequence[int]) -> bool:
        """Whether so few organisations stand behind a count, in answers per organisation, that it is about them.

        With no answers at all nobody dominates.
        """
        if self.dominantie is None or not sum(contributions):
            return False
        largest = sum(sorted(contributions, reverse=True)[: self.dominantie.grootste])
        return 100 * largest > self.dominantie.hoogstens * sum(contributions)


def build_profile(raw: Entry, name: str) -> DisclosureProfile:
    """Check the whole of ``onthulling.yml`` and return the profile with this name.

    Every profile is checked, also the ones not in force. Raises NsocError with key for a missing, unknown
    or wrong value, for a profile that the file does not have, and for an assumption that is switched off.
    """
    _check_assumptions(raw.entry("uitgangspunten"))
    listed = raw.entry("profielen")
    profiles = {known: _build_one(listed.entry(known), known) for known in listed.names()}
    raw.refuse_unknown()
    if name not in profiles:
        raise NsocError(
            listed.where,
            found=f'geen profiel "{name}"',
            expected=f"een van: {enumerate_nl(list(profiles))}" if profiles else "ten minste een profiel",
            remedy="Kies in evaluatie.yml bij onthulling een profiel dat hier staat, of voeg het toe.",
        )
    return profiles[name]


def _check_assumptions(raw: Entry) -> None:
    """Refuse an assumption that is switched off: every rule rests on all of them, and none is made to do without."""
    held = {
        "meningen_gevoelig": raw.flag("meningen_gevoelig"),
        "rollen_herkenbaar": raw.flag("rollen_herkenbaar"),
        "genodigden_bekend": raw.flag("genodigden_bekend"),
    }
    raw.refuse_unknown()
    for name, holds in held.items():
        if not holds:
            raise NsocError(
                raw.at(name),
                found="false",
                expected="true: de regels van elk profiel gaan hiervan uit",
                remedy="Zet true terug. Wat er anders zou mogen, is niet uitgewerkt.",
            )


def _build_one(raw: Entry, name: str) -> DisclosureProfile:
    profile = DisclosureProfile(
        naam=name,
        uitleg=raw.text("uitleg"),
        bronnen=tuple(raw.texts("bronnen")),
        kleinste_cel=_at_least(raw, "kleinste_cel", 1),
        nul_is_onthullend=raw.flag("nul_is_onthullend"),
        kleinste_groep=_at_least(raw, "kleinste_groep", 1),
        bescherming=_at_least(raw, "bescherming", 1),
        dominantie=_build_dominance(raw),
        eensgezindheid=raw.choice("eensgezindheid", EENSGEZINDHEID),
        afronden_op=_at_least(raw, "afronden_op", 1),
        kleinste_rol=_at_least(raw, "kleinste_rol", 2),
    )
    raw.refuse_unknown()
    if not profile.bronnen:
        raise NsocError(
            raw.at("bronnen"),
            found="geen enkele bron",
            expected="ten minste een bron voor de getallen van dit profiel",
            remedy="Schrijf op uit welk document of welke regeling de getallen komen.",
        )
    if profile.kleinste_groep < profile.kleinste_cel:
        raise NsocError(
            raw.at("kleinste_groep"),
            found=f"{profile.kleinste_groep}, minder dan de kleinste cel van {profile.kleinste_cel}",
            expected="een kleinste groep die niet kleiner is dan de kleinste cel",
            remedy="Verhoog kleinste_groep of verlaag kleinste_cel.",
        )
    return profile


def _build_dominance(raw: Entry) -> Dominance | None:
    if raw.holds("dominantie", GEEN):
        return None
    entry = raw.entry("dominantie")
    dominance = Dominance(_at_least(entry, "grootste", 1), _at_least(entry, "hoogstens", 1))
    entry.refuse_unknown()
    if dominance.hoogstens > 100:
        raise NsocError(
            entry.at("hoogstens"),
            found=f"{dominance.hoogstens}",
            expected="een percentage van 1 tot en met 100",
            remedy="Verbeter het percentage.",
        )
    return dominance


def _at_least(raw: Entry, key: str, least: int) -> int:
    value = raw.whole(key)
    if value < least:
        raise NsocError(
            raw.at(key), found=str(value), expected=f"een geheel getal van {least} of meer", remedy="Verhoog de waarde."
        )
    return value
