"""The tables of the report: each function turns counted data into a house table."""

from __future__ import annotations

from collections.abc import Sequence

from nsoc_lib.consistency import ConsistencyFinding
from nsoc_lib.expectation import HOUDT, UITKOMSTEN, Validation
from nsoc_lib.meting import SurveyRecord
from nsoc_lib.prose import Filling, Shown, indicate, refuse, tell
from nsoc_lib.published import Comparison
from nsoc_lib.response import WEET_NIET, Response, count_status, invited_groups
from nsoc_lib.result import Result
from nsoc_lib.shares import Agreement, Share, answer_result, count_answers, share_agreeing, share_by_group, slug
from nsoc_lib.survey import STATUSSEN, Finding, Survey
from nsoc_lib.tables import NOTHING, Row, Table

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
    labels = list(dict.fromkeys(label for a in agreements for label in count_answers(survey, a.stelling)))
    rows: list[Row] = []
    for agreement in agreements:
        counts = count_answers(survey, agreement.stelling)
        cells = [answer_result(agreement.eens, x, counts[x]) if x in counts else NOTHING for x in labels]
        rows.append((agreement.stelling.kort, agreement.eens, agreement.eens.basis, *cells))
    return Table(
        key=f"tabel-{survey.meting}-{thema}",
        bijschrift=f"{survey.codeboek.themas[thema]}: alle antwoorden, in aantallen.",
        koppen=("Stelling", "(Helemaal) mee eens", "Geldige antwoorden", *labels),
        rijen=tuple(rows),
    )


def tabulate_groups(survey: Survey, thema: str) -> Shown:
    """Return who agrees per group, or the sentence why that cannot be shown.

    Refused for simulated answers, which say nothing about groups. When a group has fewer valid
    answers than the codebook's ``kleinste_groep``, no group is shown: the rest would give it away.
    """
    theme = survey.codeboek.themas[thema]
    if not survey.codeboek.achtergrond:
        return refuse(f"De uitsplitsing van {theme.lower()}", "De vragenlijst heeft geen achtergrondvraag.")
    background = survey.codeboek.achtergrond[0]
    what = f"De uitsplitsing van {theme.lower()} naar {background.id}"
    if not survey.waargenomen:
        return refuse(what, "De antwoorden zijn nagebootst; bij welke groep een antwoord hoort is nooit gepubliceerd.")
    agreements = share_agreeing(survey, thema)
    shares = {a.stelling.id: share_by_group(survey, a.stelling, background) for a in agreements}
    if any(_gives_someone_away(a, shares[a.stelling.id], background.kleinste_groep) for a in agreements):
        return refuse(what, "Ten minste een groep is zo klein dat iemands antwoord te herleiden zou zijn.")
    shown = [group for group in background.antwoorden if all(groups[group] for groups in shares.values())]
    rows: list[Row] = [
        (a.stelling.kort, *(_group_cell(survey, a, group, shares[a.stelling.id][group]) for group in shown))
        for a in agreements
    ]
    return Table(
        key=f"tabel-{survey.meting}-{thema}-{background.id}",
        bijschrift=f"{survey.codeboek.themas[thema]} naar {background.id}: aandeel dat het (helemaal) eens is.",
        koppen=("Stelling", *shown),
        rijen=tuple(rows),
    ).show()


def _gives_someone_away(agreement: Agreement, groups: dict[str, Share | None], smallest: int) -> bool:
    """Whether a group, or those of unknown group (the total minus the groups), is too small to show."""
    sizes = [share.n for share in groups.values() if share]
    rest = agreement.share.n - sum(sizes)
    return any(0 < size < smallest for size in [*sizes, rest])


def _group_cell(survey: Survey, agreement: Agreement, group: str, share: Share | None) -> Sequence[Filling]:
    if share is None:
        return (NOTHING,)
    result = share.to_result(
        f"{agreement.eens.id.removesuffix('.eens')}.groep.{slug(group)}.eens",
        f"{agreement.stelling.kort}, {group}: (helemaal) mee eens",
        rounding=survey.opgave.afronding,
        provenance=survey.opgave.herkomst,
        dataset=survey.dataset,
    )
    return (result, " (", result.aantal, " van ", result.basis, ")")


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
    kinds = [*STATUSSEN, *([WEET_NIET] if any(scale.weet_niet for scale in codebook.schalen.values()) else [])]
    rows: list[Row] = []
    for stelling in codebook.stellingen:
        counts = count_status(survey, stelling)
        rows.append((stelling.kort, codebook.themas[stelling.thema], *(counts.get(kind, NOTHING) for kind in kinds)))
    return Table(
        key=f"tabel-{survey.meting}-bases",
        bijschrift="Geldige antwoorden per stelling, in de volgorde van de vragenlijst.",
        koppen=("Stelling", "Thema", *(kind.capitalize() for kind in kinds)),
        rijen=tuple(rows),
        noten=("Overgeslagen: gezien en leeg gelaten. Niet bereikt: de deelnemer was al gestopt.",),
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
            ("Vorm", fieldwork.vorm, indicate(fieldwork.bron_uitgenodigd)),
            ("Periode", indicate(fieldwork.periode), NOTHING),
            ("Herinneringen", indicate(fieldwork.herinneringen), NOTHING),
            ("Redenen om niet mee te doen", indicate(fieldwork.redenen_niet_meedoen), NOTHING),
            *((f"Uitgenodigd: {group.groep}", result, indicate(f"{group.herkomst}: {group.bron}"))
              for group, result in invited),
            ("Weging", record.weging, record.weging_reden),
        ),
    )  # fmt: skip


def tabulate_comparison(comparisons: Sequence[Comparison], survey: Survey) -> Table:
    """Return every published percentage beside the computed one, with base and locator."""
    rows = [
        (
            survey.codeboek.select_stelling(c.berekend.id.split(".")[3]).kort,
            c.gepubliceerd,
            c.berekend,
            (c.berekend.aantal, " van ", c.berekend.basis),
            "ja" if c.gelijk else "nee",
            indicate(f"{', '.join(str(base) for base in c.bases)} ({c.toewijzing})"),
            indicate(c.vindplaats),
        )
        for c in comparisons
    ]
    return Table(
        key=f"tabel-{survey.meting}-vergelijking",
        bijschrift="Elk gepubliceerd percentage naast het berekende.",
        koppen=("Stelling", "Gepubliceerd", "Berekend", "Aantal", "Gelijk", "Bases in de figuur", "Vindplaats"),
        rijen=tuple(rows),
        noten=(
            "Afgeleid: de bron noemt bij dit percentage geen figuur; de indeling volgt uit de plaats in de tekst.",
            *(() if survey.waargenomen else (SIMULATED_NOTE,)),
        ),
    )


def tabulate_readings(comparisons: Sequence[Comparison], survey: Survey) -> Table:
    """Return, for percentages that do not fit when rounded once, the two categories that explain them."""
    rows: list[Row] = []
    for c in comparisons:
        if not c.alleen_als_som:
            continue
        first, second = (
            Result(f"{c.berekend.id}.categorie-{n}", f"{c.berekend.label}: categorie {n}", count, "personen",
                   c.berekend.provenance, c.berekend.dataset)
            for n, count in enumerate(c.berekend.parts, 1)
        )  # fmt: skip
        plain, summed = (
            Result(f"{c.berekend.id}.{name}", f"{c.berekend.label}: {name.replace('-', ' ')}", value, "pct",
                   c.berekend.provenance, c.berekend.dataset)
            for name, value in (("percentage-van-de-som", c.van_de_som), ("som-van-percentages", c.som_van_delen))
        )  # fmt: skip
        name = survey.codeboek.select_stelling(c.berekend.id.split(".")[3]).kort
        rows.append((name, c.gepubliceerd, first, second, c.berekend.basis, plain, summed))
    return Table(
        key=f"tabel-{survey.meting}-afronding",
        bijschrift="Percentages die alleen kloppen als de instemmende antwoorden apart zijn afgerond en dan opgeteld.",
        koppen=("Stelling", "Gepubliceerd", "Mee eens", "Helemaal mee eens", "Geldige antwoorden",
                "Een keer afgerond", "Som van afgeronde delen"),
        rijen=tuple(rows),
        noten=("De verdeling over beide antwoorden is gekozen om te passen en is geen bevinding.",)
        if rows
        else ("Zulke percentages zijn er niet.",),
    )  # fmt: skip


def tabulate_response_comparison(rows: Sequence[tuple[Result, Result, str, str]], meting: str) -> Table:
    """Return the published figures on the response beside the computed ones."""
    return Table(
        key=f"tabel-{meting}-respons-vergelijking",
        bijschrift="Gepubliceerde en berekende respons.",
        koppen=("Gegeven", "Gepubliceerd", "Woord in de bron", "Berekend", "Vindplaats"),
        rijen=tuple(
            (computed.label, published, wording or NOTHING, computed, indicate(locator))
            for computed, published, wording, locator in rows
        ),
    )


def tabulate_validation(validations: Sequence[Validation]) -> Table:
    """Return per table how many expectations hold, do not hold, or could not be judged."""
    return Table(
        key=f"tabel-{validations[0].meting}-toetsing",
        bijschrift="Verwachtingen per tabel.",
        koppen=("Tabel", "Houdt", "Houdt niet", "Niet te beoordelen"),
        rijen=tuple(
            (indicate(f"{v.meting}: {v.tabel}"), *(v.count(outcome) for outcome in UITKOMSTEN)) for v in validations
        ),
    )


def tabulate_findings(validations: Sequence[Validation], findings: Sequence[Finding], meting: str) -> Shown:
    """Return what a reader must know about the data, or say that nothing was found."""
    rows: list[Row] = [
        (indicate(f"tabel {v.tabel}"), indicate(o.reden), indicate(o.waargenomen))
        for v in validations
        for o in v.uitkomsten
        if o.uitkomst != HOUDT
    ]
    rows += [(finding.onderwerp, indicate(finding.tekst), NOTHING) for finding in findings]
    if not rows:
        return tell("Er zijn geen bevindingen over de gegevens.")
    return Table(
        key=f"tabel-{meting}-bevindingen",
        bijschrift="Bevindingen over de gegevens.",
        koppen=("Onderwerp", "Wat", "Gevonden"),
        rijen=tuple(rows),
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
        bijschrift="Stellingen in de volgorde van de vragenlijst.",
        koppen=("Kolom", "Thema", "Stelling", "Richting"),
        rijen=tuple((indicate(s.kolom), codebook.themas[s.thema], s.tekst, s.richting) for s in codebook.stellingen),
        noten=notes,
    )


def tabulate_consistency(findings: Sequence[ConsistencyFinding], survey: Survey) -> Table:
    """Return questions to the authors of a source, each with the places it is about."""
    names: dict[str, Filling] = {stelling.id: stelling.kort for stelling in survey.codeboek.stellingen}
    return Table(
        key=f"tabel-{survey.meting}-bronverschillen",
        bijschrift="Vragen aan de auteurs van de bron.",
        koppen=("Onderwerp", "Wat er staat", "Vraag", "Raakt", "Vindplaats"),
        rijen=tuple(
            (
                names.get(finding.onderwerp, indicate(finding.onderwerp)),
                indicate(finding.staat_er),
                finding.vraag,
                finding.raakt,
                indicate("; ".join(finding.vindplaatsen)),
            )
            for finding in findings
        ),
        noten=() if findings else ("Er zijn geen zulke vragen.",),
    )
