"""Tables of the normenkader: coverage at a glance, and per kernfactor its factors and findings."""

from __future__ import annotations

import html

from nsoc_lib.normenkader import (
    FAAL,
    KERNFACTOREN,
    SUCCES,
    TENEUREN,
    Dimension,
    Normenkader,
    NormFinding,
    count_loose,
    count_place,
)
from nsoc_lib.prose import Filling, Shown, indicate, show_all, tell
from nsoc_lib.tables import NOTHING, Row, Table

UITLEG = {
    "kennen": "wat partners weten van elkaar, van het probleem, en van doel en werkwijze van de aanpak",
    "kunnen": "wat organisatie en recht aan samenwerken mogelijk maken of beperken",
    "willen": "belangstelling en enthousiasme voor de aanpak, en bereid zijn er samen iets van te maken",
}  # bijlage 2, tweede alinea, in eigen woorden
GEEN_BEVINDING = "geen bevinding in deze hoofdstukken"
GEEN_DIMENSIE = "past bij geen dimensie"
ONZE_VERDELING = (
    "De verdeling van de tekst in bevindingen en de teneur ervan zijn ons oordeel. Meer rijen betekent niet dat iets vaker "
    "voorkomt of zwaarder weegt; geen rij betekent niet dat iets afwezig is."
)
ONZE_PLAATS = (
    "Genoemd: de paragraaf gaat over deze dimensie. Afgeleid: wij plaatsten de bevinding hier. Gemengd: de bron noemt beide "
    "kanten, of weegt het niet. Een streepje betekent dat de bron niet zegt hoeveel."
)


def tabulate_coverage(normenkader: Normenkader, *kernfactoren: str) -> Table:
    """Return per dimension its factors and what the chapters report on it; of all kernfactoren, or of these."""
    chosen = kernfactoren or KERNFACTOREN
    rows: list[Row] = []
    for kernfactor in chosen:
        for dimension in normenkader.select_dimensions(kernfactor):
            counts = count_place(normenkader, dimension.id)
            names = ("succesfactoren", "faalfactoren", *TENEUREN)
            covered = NOTHING if normenkader.select_findings(dimension.id) else GEEN_BEVINDING
            rows.append((_name(dimension), *(counts[name] for name in names), covered))
        if normenkader.select_findings(kernfactor):
            loose = count_loose(normenkader, kernfactor)
            head = f"{kernfactor.capitalize()} als geheel"
            rows.append((head, NOTHING, NOTHING, *(loose[teneur] for teneur in TENEUREN), GEEN_DIMENSIE))
    return Table(
        key="-".join(["tabel", normenkader.meting, "normenkader", *kernfactoren]),
        bijschrift="Dimensies van het normenkader, en wat de hoofdstukken erover melden.",
        koppen=("Dimensie", "Succesfactoren", "Faalfactoren", "Gemeld als succes", "Als faal", "Gemengd", "Opmerking"),
        rijen=tuple(rows),
        noten=(ONZE_VERDELING,),
    )


def _name(dimension: Dimension) -> tuple[Filling, ...]:
    return (indicate(f"{dimension.kernfactor.capitalize()} {dimension.nummer}"), f": {dimension.label}")


def tabulate_differences(normenkader: Normenkader) -> Table:
    """Return where the body of the report words or numbers a dimension otherwise than the appendix."""
    rows: list[Row] = [
        (_name(d), indicate(f"{d.kernfactor} {d.hoofdtekst}") if d.hoofdtekst else NOTHING, d.verschil or NOTHING)
        for d in normenkader.dimensies
        if d.verschil or d.hoofdtekst != d.nummer
    ]
    return Table(
        key=f"tabel-{normenkader.meting}-normenkader-verschillen",
        bijschrift="Waar de hoofdtekst dimensies anders noemt of nummert dan de bijlage.",
        koppen=("Dimensie in de bijlage", "In de hoofdtekst", "Verschil"),
        rijen=tuple(rows),
    )


def tabulate_factors(normenkader: Normenkader, kernfactor: str) -> Table:
    """Return per dimension the factors for success and failure that the framework names."""
    rows: list[Row] = []
    for dimension in normenkader.select_dimensions(kernfactor):
        cells = [
            " • ".join(factor.label for factor in normenkader.select_factors(dimension.id, kind)) or NOTHING
            for kind in (SUCCES, FAAL)
        ]
        rows.append((_name(dimension), *cells, indicate(dimension.vindplaats)))
    shared = any(
        len(factor.dimensies) > 1 and factor.dimensies[0].startswith(kernfactor) for factor in normenkader.factoren
    )
    return Table(
        key=f"tabel-{normenkader.meting}-{kernfactor}-factoren",
        bijschrift=f"Wat bij {kernfactor} volgens het normenkader helpt, en wat hindert.",
        koppen=("Dimensie", "Succesfactoren", "Faalfactoren", "Vindplaats"),
        rijen=tuple(rows),
        noten=("Dimensies die in de bijlage een rij delen, delen ook hun factoren.",) if shared else (),
    )


def tell_loose(normenkader: Normenkader, kernfactor: str) -> Shown:
    """Tell how many findings are about the kernfactor as a whole, because no dimension fits."""
    if not normenkader.select_findings(kernfactor):
        return tell("Elke bevinding kreeg een plaats bij een dimensie.")
    return tell(
        "{los} van die bevindingen gaan over {kernfactor} als geheel: het normenkader heeft er geen dimensie voor, al past "
        "het bij de omschrijving van {kernfactor}.",
        los=count_place(normenkader, kernfactor)["los"],
        kernfactor=kernfactor,
    )


def tell_uncovered(normenkader: Normenkader, kernfactor: str) -> Shown:
    """Tell on which dimensions these chapters report nothing, and that this does not mean absence."""
    missing = normenkader.uncovered(kernfactor)
    if not missing:
        return tell("Over elke dimensie staat er een bevinding. Dat zegt niet dat zij volledig is onderzocht.")
    names = indicate("; ".join(f"{d.kernfactor} {d.nummer} ({d.label})" for d in missing))
    return tell(
        "Geen bevinding in deze hoofdstukken is er over: {namen}. Dat is iets anders dan dat het er niet is: het "
        "tussenrapport zegt er niets over, of zegt het op een plaats waar wij het anders lazen.",
        namen=names,
    )


def tell_gaps(normenkader: Normenkader, kernfactor: str) -> Shown:
    """Tell which dimensions have no finding, and which findings have no dimension."""
    return show_all(tell_uncovered(normenkader, kernfactor), tell_loose(normenkader, kernfactor))


def show_findings(normenkader: Normenkader, kernfactor: str) -> Shown:
    """Show per dimension a table of its findings, each below a heading that opens it."""
    groups = [
        (d.id, f"{kernfactor.capitalize()} {d.nummer}: ", d.label) for d in normenkader.select_dimensions(kernfactor)
    ]
    groups.append((kernfactor, "", f"{kernfactor.capitalize()} als geheel, zonder dimensie"))
    parts, texts = [], []
    for place, number, label in groups:
        findings = normenkader.select_findings(place)
        if findings:
            shown = _tabulate_findings(normenkader, place, label, findings).show()
            parts.append(f"<details><summary>{indicate(number + label).html}</summary>{shown.html}</details>")
            texts.append(shown.text)
    notes = f'<p class="noot">{html.escape(ONZE_PLAATS, quote=False)}</p>'
    return Shown("".join([*parts, notes]), "\n\n".join([*texts, ONZE_PLAATS]))


def _tabulate_findings(normenkader: Normenkader, place: str, label: str, findings: tuple[NormFinding, ...]) -> Table:
    rows: list[Row] = [
        (f.label, f.teneur, f"{f.woord} ({f.eenheid})" if f.woord else NOTHING, f.toewijzing, indicate(f.vindplaats))
        for f in findings
    ]
    return Table(
        key=f"tabel-{normenkader.meting}-bevindingen-{place}",
        bijschrift=f"Bevindingen. {label}.",
        koppen=("Bevinding", "Teneur", "Hoeveel", "Toewijzing", "Vindplaats"),
        rijen=tuple(rows),
    )
