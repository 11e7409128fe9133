"""The tables of the report: each function turns counted data into a house table."""

from __future__ import annotations

from collections.abc import Sequence

from nsoc_lib.expectation import HOUDT, UITKOMSTEN, Validation
from nsoc_lib.meting import ONBEKEND, SurveyRecord
from nsoc_lib.prose import Shown, fold, indicate, refuse, show_all, tell
from nsoc_lib.response import WEET_NIET, Response, count_status, invited_groups
from nsoc_lib.result import Result
from nsoc_lib.shares import Agreement, share_agreeing, slug
from nsoc_lib.survey import STATUSSEN, Finding, Survey, name_kind
from nsoc_lib.tables import NOTHING, Row, Table, with_counts

ORDER_NOTE = "De volgorde van de vragen is niet gepubliceerd; wie iets oversloeg of niet bereikte is dus nagebootst."
SIMULATED_NOTE = "Nagebootste antwoorden: de aantallen zijn gekozen zodat ze bij het gepubliceerde percentage passen."


def tabulate_agreement(survey: Survey, thema: str) -> Table:
    """Return per statement of a theme who agrees: share, count, base and worst-case bounds."""
    return Table(
        key=f"tabel-{survey.meting}-{thema}",
        bijschrift=f"{survey.codeboek.themas[thema]}: aandeel dat het (helemaal) eens is.",
        koppen=("Stelling", "(Helemaal) mee eens", "Aantal", "Geldige antwoorden", "Zeker van de genodigden"),
        rijen=tuple(_agreement_row(agreement) for agreement in share_agreeing(survey, thema)),
        noten=() if survey.waargenomen else (SIMULATED_NOTE,),
    )


def _agreement_row(agreement: Agreement) -> Row:
    eens = agreement.eens
    bounds = (eens.minstens, " tot ", eens.hoogstens, " van ", eens.genodigd)
    return (agreement.stelling.kort, eens, eens.aantal, eens.basis, bounds)


def tabulate_answers(survey: Survey, thema: str) -> Table:
    """Return per statement the count of every answer, beside share and base. Observed data only."""
    agreements = share_agreeing(survey, thema)
    labels = list(dict.fromkeys(label for agreement in agreements for label in agreement.antwoorden))
    rows: list[Row] = [
        (*_agreement_row(agreement), *(agreement.antwoorden.get(label, NOTHING) for label in labels))
        for agreement in agreements
    ]
    return Table(
        key=f"tabel-{survey.meting}-{thema}",
        bijschrift=f"{survey.codeboek.themas[thema]}: alle antwoorden, in aantallen.",
        koppen=(
            "Stelling",
            "(Helemaal) mee eens",
            "Aantal",
            "Geldige antwoorden",
            "Zeker van de genodigden",
            *labels,
        ),
        rijen=tuple(rows),
    )


def tabulate_groups(survey: Survey, thema: str) -> Shown:
    """Return who agrees per group, or the sentence why that cannot be shown.

    Refused for simulated answers, which say nothing about groups, and when no group at all may be shown. A group
    that the profile or the codebook's ``kleinste_groep`` hides is a dot, and so is what would give it away.
    """
    theme = survey.codeboek.themas[thema]
    if not survey.codeboek.achtergrond:
        return refuse(f"De uitsplitsing van {theme.lower()}", "De vragenlijst heeft geen achtergrondvraag.")
    background = survey.codeboek.achtergrond[0]
    what = f"De uitsplitsing van {theme.lower()} naar {background.id}"
    if not survey.waargenomen:
        return refuse(what, "De antwoorden zijn nagebootst; bij welke groep een antwoord hoort is nooit gepubliceerd.")
    agreements = share_agreeing(survey, thema)
    shown = [group for group in background.antwoorden if all(group in a.groepen for a in agreements)]
    if all(a.groepen[group].suppressed for a in agreements for group in shown):
        return refuse(what, "Elke groep is zo klein of zo eensgezind dat iemands antwoord te herleiden zou zijn.")
    rows: list[Row] = [(a.stelling.kort, *(with_counts(a.groepen[group]) for group in shown)) for a in agreements]
    return Table(
        key=f"tabel-{survey.meting}-{thema}-{background.id}",
        bijschrift=f"{survey.codeboek.themas[thema]} naar {background.id}: aandeel dat het (helemaal) eens is.",
        koppen=("Stelling", *shown),
        rijen=tuple(rows),
    ).show()


def tabulate_flow(response: Response, meting: str) -> Table:
    """Return the flow from invited to complete, in people and as share of those invited."""
    return Table(
        key=f"tabel-{meting}-respons",
        bijschrift="Van uitgenodigd tot volledig ingevuld.",
        koppen=("Stap", "Personen", "Aandeel van de genodigden"),
        rijen=(
            ("Uitgenodigd", response.genodigd, NOTHING),
            ("Begonnen", response.gestart, response.gestartaandeel),
            ("Helemaal ingevuld", response.compleet, response.compleetaandeel),
            ("Deels ingevuld", response.deels, NOTHING),
            ("Niet begonnen", response.uitgevallen, NOTHING),
        ),
    )


def tabulate_bases(survey: Survey) -> Table:
    """Return per statement how many answered, and why the others are missing."""
    codebook = survey.codeboek
    declared = [name_kind(kind) for kind in survey.soorten]
    kinds = [
        *STATUSSEN,
        *declared,
        *([WEET_NIET] if any(scale.weet_niet for scale in codebook.schalen.values()) else []),
    ]
    rows: list[Row] = []
    for stelling in codebook.stellingen:
        counts = count_status(survey, stelling)
        rows.append((stelling.kort, codebook.themas[stelling.thema], *(counts.get(kind, NOTHING) for kind in kinds)))
    return Table(
        key=f"tabel-{survey.meting}-bases",
        bijschrift="Geldige antwoorden per stelling, in de volgorde van het codeboek.",
        koppen=(
            "Stelling",
            "Thema",
            *(indicate(kind.capitalize()) if kind in declared else kind.capitalize() for kind in kinds),
        ),
        rijen=tuple(rows),
        noten=(
            "Overgeslagen: gezien en leeg gelaten. Niet bereikt: de deelnemer was al gestopt.",
            *(("Ontbreekt: het bestand of het codeboek zegt waarom er geen antwoord is.",) if declared else ()),
            *(() if survey.waargenomen else (ORDER_NOTE, SIMULATED_NOTE)),
        ),
    )


def tabulate_fieldwork(record: SurveyRecord, meting: str) -> Table:
    """Return how the survey was held, with what the source leaves unsaid named as such."""
    fieldwork = record.veldwerk
    invited = zip(fieldwork.groepen, invited_groups(record, meting), strict=True)
    return Table(
        key=f"tabel-{meting}-veldwerk",
        bijschrift="Hoe de vragenlijst is afgenomen.",
        koppen=("Kenmerk", "Opgave", "Herkomst"),
        rijen=(
            ("Vorm", indicate(fieldwork.vorm), indicate(fieldwork.bron_uitgenodigd)),
            ("Periode", indicate(fieldwork.periode), NOTHING),
            ("Herinneringen", indicate(fieldwork.herinneringen), NOTHING),
            ("Redenen om niet mee te doen", indicate(fieldwork.redenen_niet_meedoen), NOTHING),
            *((f"Uitgenodigd: {group.groep}", result, indicate(f"{group.herkomst}: {group.bron}"))
              for group, result in invited),
            *((("Uitgenodigd", indicate(ONBEKEND), indicate(fieldwork.bron_uitgenodigd)),)
              if fieldwork.uitgenodigd is None else ()),
            ("Weging", record.weging, record.weging_reden),
        ),
    )  # fmt: skip


def show_validation(validations: Sequence[Validation]) -> Shown:
    """Return how many expectations hold per folder, with the tables one by one for who opens them."""
    return show_all(tabulate_folders(validations).show(), fold("Per tabel", tabulate_validation(validations).show()))


def tabulate_folders(validations: Sequence[Validation]) -> Table:
    """Return per folder its tables and how many expectations hold, do not hold, or could not be judged."""
    rows: list[Row] = []
    for meting in dict.fromkeys(validation.meting for validation in validations):
        own = [validation for validation in validations if validation.meting == meting]
        base, source = f"{meting}.toetsing", ("herleid", meting)
        cells = [Result(f"{base}.tabellen", f"Getoetste tabellen in {meting}", len(own), "tabellen", *source)]
        for outcome in UITKOMSTEN:
            total, name = sum(int(v.count(outcome).value) for v in own), slug(outcome)
            cells.append(
                Result(f"{base}.{name}", f"Verwachtingen in {meting}: {outcome}", total, "verwachtingen", *source)
            )
        rows.append((indicate(meting), *cells))
    return Table(
        key="tabel-toetsing",
        bijschrift="Verwachtingen per map.",
        koppen=("Map", "Tabellen", "Klopt", "Klopt niet", "Niet te beoordelen"),
        rijen=tuple(rows),
    )


def tabulate_validation(validations: Sequence[Validation]) -> Table:
    """Return per table how many expectations hold, do not hold, or could not be judged."""
    return Table(
        key="tabel-toetsing-tabellen",
        bijschrift="Verwachtingen per tabel.",
        koppen=("Tabel", "Klopt", "Klopt niet", "Niet te beoordelen"),
        rijen=tuple(
            (indicate(f"{v.meting}: {v.tabel}"), *(v.count(outcome) for outcome in UITKOMSTEN)) for v in validations
        ),
    )


def tabulate_deviations(validations: Sequence[Validation]) -> Shown:
    """Return the expectations that do not hold or could not be judged, or say that there are none."""
    rows: list[Row] = [
        (indicate(f"{v.meting}: {v.tabel}"), indicate(o.reden), indicate(o.waargenomen))
        for v in validations
        for o in v.uitkomsten
        if o.uitkomst != HOUDT
    ]
    if not rows:
        return tell("Alle verwachtingen kloppen.")
    return Table(
        key="tabel-toetsing-afwijkingen",
        bijschrift="Verwachtingen die niet kloppen of niet te beoordelen zijn.",
        koppen=("Tabel", "Verwacht", "Gevonden"),
        rijen=tuple(rows),
    ).show()


def tabulate_findings(findings: Sequence[Finding]) -> Shown:
    """Return what cleaning met that a reader must know, or say that it met nothing."""
    if not findings:
        return tell("Bij het schoonmaken viel niets op.")
    return Table(
        key="tabel-schoonmaken",
        bijschrift="Wat bij het schoonmaken opviel.",
        koppen=("Map", "Onderwerp", "Wat"),
        rijen=tuple((indicate(finding.meting), finding.onderwerp, indicate(finding.tekst)) for finding in findings),
    ).show()


def tabulate_codebook(survey: Survey) -> Table:
    """Return the statements as they were put: column, theme, text, direction."""
    codebook = survey.codeboek
    notes = tuple(
        f"Antwoorden: {', '.join(label.lower() for label in scale.labels)}."
        + (" Dit is een aanname: de bron drukt alleen (helemaal) mee eens af." if scale.herkomst == "aanname" else "")
        for scale in codebook.schalen.values()
    )
    return Table(
        key=f"tabel-{survey.meting}-codeboek",
        bijschrift="Stellingen in de volgorde van het codeboek.",
        koppen=("Kolom", "Thema", "Stelling", "Richting"),
        rijen=tuple(
            (indicate(s.kolom), codebook.themas[s.thema], indicate(s.tekst), s.richting) for s in codebook.stellingen
        ),
        noten=notes,
    )
