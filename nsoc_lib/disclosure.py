"""The status of an output: may it be published, must somebody look first, or is it suppressed, and why.

A number that repeats a public fact, that was imitated or that counts no people passes. What counts observed
people is judged by the profile in force. Numbers that together give a third away are judged in ``protection``.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from nsoc_lib.disclosure_profile import ALLE, DisclosureProfile
from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.feasible import round_count
from nsoc_lib.result import PASS, PROCENT, REVIEW, ROUNDED_COUNTS, SUPPRESS, Result
from nsoc_lib.suppression import EENSGEZIND, KLEIN, KLEINE_GROEP

STATUSSEN = (PASS, REVIEW, SUPPRESS)
# Why a number passes without counting anybody, by where it comes from.
HERKOMSTEN = {
    "gepubliceerd": "herhaalt een openbaar feit",
    "gesimuleerd": "nagebootste antwoorden: er zit niemand achter",
    "herleid": "afgeleid uit openbare bronnen of over de tabellen zelf",
}
WAARGENOMEN = "waargenomen"
MENSEN = (PROCENT, "personen", "respondenten", "deelnemers", "genodigden", "antwoorden", "procentpunt", "kans", "getal")
GEEN_MENSEN = "telt geen mensen"
MAG = "mag volgens het profiel"
RELEASED = "vrijgegeven door een toetser"
NOT_RELEASED = "wacht op een besluit van een toetser"
DOMINANTIE_ONBEKEND = "wie de antwoorden gaf is niet nagegaan: overheerst geen organisatie dit cijfer?"
# What belongs to a share shares its decision.
ONDERDELEN = (".aantal", ".basis", ".genodigd", ".minstens", ".hoogstens")


@dataclass(frozen=True)
class Release:
    """A decision about one output that the rules left to a person: who (a role), when and why."""

    id: str
    besluit: str
    rol: str
    datum: str
    reden: str


@dataclass(frozen=True)
class Rules:
    """What decides about an output: the profile in force, and the decisions of people where it leaves them one."""

    profiel: DisclosureProfile | None = None
    vrijgaven: tuple[Release, ...] = ()


NO_RULES = Rules()
VRIJGEVEN, TEGENHOUDEN = "vrijgeven", "tegenhouden"
BESLUITEN = (VRIJGEVEN, TEGENHOUDEN)


def judge_result(result: Result, profile: DisclosureProfile | None, kind: str = ALLE) -> Result:
    """Return the result with its status: suppressed, rounded or as it was. One that has a status keeps it.

    ``kind`` says whether it is about one group (``groep``) or everybody (``alle``). Without a known provenance,
    or a profile to judge observed people by, there is no status, and the report will refuse the number.
    """
    if result.provenance in HERKOMSTEN and not result.status:
        about_data = result.provenance == "gesimuleerd" and result.unit not in MENSEN
        return _passing(result, GEEN_MENSEN if about_data else HERKOMSTEN[result.provenance])
    if result.status or result.provenance != WAARGENOMEN:
        return result
    if result.unit not in MENSEN:
        return _passing(result, GEEN_MENSEN)
    return result if profile is None else _judge_people(result, profile, kind)


def _judge_people(result: Result, profile: DisclosureProfile, kind: str) -> Result:
    if reason := find_objection(result, profile, kind):
        return result.suppress(reason)
    kept = replace(result, missing=_speakable(result, profile))
    rounded = round_people(kept, profile.afronden_op)
    if profile.dominantie is not None:
        return replace(rounded, status=REVIEW, status_reden=DOMINANTIE_ONBEKEND)
    return _passing(rounded, f"{MAG} {profile.naam}")


def find_objection(result: Result, profile: DisclosureProfile, kind: str = ALLE) -> str:
    """Return the rule that forbids a number about observed people by itself; empty when none does."""
    if result.n is not None and result.count is not None:
        if result.n < profile.kleinste_groep:
            return KLEINE_GROEP
        if profile.forbids_unanimity(kind) and result.count in (0, result.n):
            return EENSGEZIND
        return KLEIN if any(map(profile.forbids_count, (result.count, result.n - result.count))) else ""
    counts = isinstance(result.value, int) and result.unit not in {PROCENT, "procentpunt"}
    return KLEIN if counts and profile.forbids_count(abs(int(result.value))) else ""


def round_people(result: Result, step: int) -> Result:
    """Return a number with its counts of people as multiples of ``step``, and the share computed from those."""
    if step == 1:
        return result
    words = f"{ROUNDED_COUNTS} {step}"
    if result.count is not None and result.n is not None:
        count, n = round_count(result.count, step), round_count(result.n, step)
        value = 100 * count / n if n else math.nan
        return replace(result, value=value, count=count, n=n, low=None, high=None, parts=(), missing=(), rounding=words)
    if isinstance(result.value, int):
        return replace(result, value=round_count(result.value, step), rounding=words)
    return result


def _speakable(result: Result, profile: DisclosureProfile) -> tuple[tuple[str, int], ...]:
    """Return the kinds of missing, or none at all when one is too small: together they add up to who was invited."""
    return () if any(profile.forbids_count(count) for _, count in result.missing) else result.missing


def _passing(result: Result, reason: str) -> Result:
    return replace(result, status=PASS, status_reden=reason)


def settle_results(
    results: Iterable[Result],
    rules: Rules = NO_RULES,
    others: Collection[str] = (),
) -> list[Result]:
    """Return all results of a report with their status and what reviewers decided.

    ``others`` are outputs beside results that somebody may decide about, such as quotations. Raises NsocError
    for a number without status, one that the profile forbids and that was shown all the same, and a decision
    about an unknown or a suppressed output.
    """
    settled = {result.id: _settle(result, rules.profiel) for result in results}
    for release in rules.vrijgaven:
        _apply(release, settled, others)
    return list(settled.values())


def _settle(result: Result, profile: DisclosureProfile | None) -> Result:
    judged = judge_result(result, profile)
    if judged.status not in STATUSSEN:
        raise NsocError(
            f"resultaat {result.id}",
            found=f'geen status, bij herkomst "{result.provenance}"',
            expected=f"een herkomst die bekend is: {enumerate_nl([*HERKOMSTEN, WAARGENOMEN])}",
            remedy="Verbeter herkomst in meting.yml, of laat de functie het getal beoordelen met judge_result.",
        )
    if judged.suppressed != result.suppressed or judged.counts_rounded != result.counts_rounded:
        raise NsocError(
            f"resultaat {result.id}",
            found="een getal over mensen dat het profiel zo niet toestaat",
            expected=f"een verborgen of afgerond getal ({judged.status_reden})",
            remedy="Laat de uitkomst weg uit het notebook, of laat de functie het getal beoordelen met judge_result.",
        )
    return judged


def _apply(release: Release, settled: dict[str, Result], others: Collection[str]) -> None:
    where = f"data/raw/vrijgaven.csv, id {release.id}"
    if release.id not in settled:
        if release.id not in others:
            raise NsocError(
                where,
                found="een uitkomst die niet in het rapport staat",
                expected="de id van een uitkomst uit resultaten.csv, of van een citaat",
                remedy="Verbeter de id, of haal de rij weg.",
            )
        return
    if settled[release.id].suppressed:
        raise NsocError(
            where,
            found="een besluit over een verborgen uitkomst",
            expected="een uitkomst met status review; wat het profiel verbergt kan niemand vrijgeven",
            remedy="Haal de rij weg, of kies met wie over de gegevens gaat een ander profiel.",
        )
    for name in (release.id, *(f"{release.id}{part}" for part in ONDERDELEN)):
        if release.besluit == VRIJGEVEN and name in settled and settled[name].status == REVIEW:
            reason = f"{RELEASED} ({release.rol}, {release.datum}): {release.reden}"
            settled[name] = replace(settled[name], status=PASS, status_reden=reason)


def judge_output(results: Iterable[Result]) -> tuple[str, str]:
    """Return the status of a table or figure, with the reason, from the settled results that stand in it.

    It passes with hidden cells in it, as long as something in it is shown.
    """
    found = list(results)
    if not found:
        return PASS, "bevat geen uitgerekend getal"
    for status in (REVIEW, PASS):
        reasons = dict.fromkeys(result.status_reden for result in found if result.status == status)
        if reasons:
            hidden = sum(result.suppressed for result in found)
            return status, "; ".join([*reasons, *(["met verborgen cellen"] if hidden else [])])
    return SUPPRESS, "; ".join(dict.fromkeys(result.status_reden for result in found))


def list_reasons(results: Iterable[Result]) -> tuple[str, ...]:
    """Return why numbers are suppressed, each reason once, in the order of the results."""
    return tuple(dict.fromkeys(result.status_reden for result in results if result.suppressed))
