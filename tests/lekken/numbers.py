"""Leaks by arithmetic: percentages with bases, totals without parts, all without some, rounds side by side."""

from __future__ import annotations

from lekken.contract import ALL_BUT, LEDGER_FILE, PERCENTAGE, ROUNDS, TOTAL, planted
from lekken.folder import SURVEY, THERMOMETER, ReportFolder, group_id
from lekken.groups import SHOWN, STATEMENT, breakdown, group, hidden_group, whole

LARGE = f"{SURVEY}.eens"


@planted("rest-onder-de-drempel", PERCENTAGE, "kleinste_cel", "stelling-3", derived=(3, 7), profile="opensafely")
def _rest(folder: ReportFolder, *, leaking: bool) -> None:
    """98% of 280 printed in a sentence, without a count: 3 to 6 people do not agree."""
    count, shown = (275, "98%") if leaking else (200, "71%")
    share = folder.share(
        LARGE, "Nut, stelling 3", count, 280, 330, count="", low="", high="", value=shown[:-1], shown=shown
    )
    base = folder.number(f"{LARGE}.basis", "Nut, stelling 3: geldige antwoorden", 280)
    folder.paragraph(f"Bijna iedereen ({share}) is het eens met de derde stelling; {base} mensen gaven antwoord.")


@planted(
    "grenzen-verraden-het-aantal", PERCENTAGE, "kleinste_cel", "stelling-3", where=LEDGER_FILE, derived=(6, 6),
    profile="strikt", held_out=True,
)  # fmt: skip
def _bounds(folder: ReportFolder, *, leaking: bool) -> None:
    """Count and base are blank, but the worst-case bounds over 330 people give 240 of 246."""
    left = {"value": "98", "count": "", "n": "", "shown": "98%"} if leaking else {"low": "", "high": ""}
    count, n = (240, 246) if leaking else (180, 245)
    share = folder.share(LARGE, "Nut, stelling 3", count, n, 330, **left)
    folder.paragraph(f"Met de derde stelling is {share} het eens.")


@planted("eensgezind-via-percentage", PERCENTAGE, "eensgezindheid", "Politie", derived=(7, 7))
def _unanimous(folder: ReportFolder, *, leaking: bool) -> None:
    """A group of seven agrees to a man; the number stands in another paragraph than the percentage."""
    whole(folder)
    share = group(folder, "Politie", 7 if leaking else 5, 7, count="", n="", low="", high="")
    folder.paragraph(f"Bij de politie is {share} het eens.")
    base = folder.number(f"{group_id(THERMOMETER, 'Politie')}.basis", f"{STATEMENT}, Politie: geldige antwoorden", 7)
    folder.paragraph(f"Het antwoord rust op {base} vragenlijsten.")


@planted("afgerond-naar-nul", PERCENTAGE, "kleinste_cel", "stelling-3", derived=(1, 1), profile="strikt", held_out=True)
def _rounded_to_zero(folder: ReportFolder, *, leaking: bool) -> None:
    """The reader sees 0%, the attribute value beside it says 0.357…: one person of 280."""
    cells = {"count": "", "low": "", "high": "", "shown": "0%"} if leaking else {}
    share = folder.share(LARGE, "Nut, stelling 3", 1 if leaking else 115, 280, 330, **cells)
    folder.paragraph(f"Met de derde stelling is {share} het niet eens.")


@planted(
    "breuk-in-onafgeronde-waarde",
    PERCENTAGE,
    "kleinste_cel",
    "stelling-3",
    where=LEDGER_FILE,
    derived=(3, 3),
    profile="opensafely",
)
def _fraction(folder: ReportFolder, *, leaking: bool) -> None:
    """No count and no base, but 15.7894736842105 is 3 of 19 or a multiple, and the missing leave 19 of 330."""
    blank = {"count": "", "n": "", "low": "", "high": ""}
    if leaking:
        folder.share(
            LARGE, "Nut, stelling 3", 3, 19, 330, **blank, shown="16%", missing="overgeslagen 11; niet begonnen 300"
        )
    else:
        folder.share(LARGE, "Nut, stelling 3", 50, 280, 330, **blank, shown="18%", value="18")


@planted(
    "delen-tot-honderd", PERCENTAGE, "kleinste_cel", "stelling-3", derived=(3, 7), profile="opensafely", held_out=True
)
def _sum_of_parts(folder: ReportFolder, *, leaking: bool) -> None:
    """Four of five answers are printed with a decimal and their base: together 98,2%, so the fifth is 5 of 280."""
    counts = {"helemaal eens": 170, "eens": 70, "neutraal": 25, "oneens": 10}
    if not leaking:
        counts = {"helemaal eens": 110, "eens": 60, "neutraal": 50}
    cells = []
    for text, count in counts.items():
        shown = f"{count / 2.8:.1f}"
        row, label = f"{SURVEY}.antwoord.{text.replace(' ', '-')}", f"Nut, stelling 3: {text}"
        token = folder.number(
            row, label, float(shown), unit="pct", shown=f"{shown.replace('.', ',')}%", rounding="een decimaal"
        )
        cells.append((text, token))
    for text in [t for t in ("oneens", "helemaal oneens") if t not in counts]:
        row = f"{SURVEY}.antwoord.{text.replace(' ', '-')}"
        cells.append((text, folder.suppressed(row, f"Nut, stelling 3: {text}")))
    base = folder.number(f"{LARGE}.basis", "Nut, stelling 3: geldige antwoorden", 280)
    folder.table("tabel-antwoorden", f"Antwoorden op de derde stelling, van {base}.", ("Antwoord", "Aandeel"), cells)


@planted("laatste-deel-van-het-totaal", TOTAL, "kleinste_groep", "Douane", derived=(2, 3))
def _last_part(folder: ReportFolder, *, leaking: bool) -> None:
    """Every group but Douane is shown, and the total: 27 answers without 24 are 3."""
    counts = SHOWN | ({"Stuurgroep": (4, 5)} if leaking else {})
    rows = [("Allen", whole(folder, *((20, 27) if leaking else (19, 25))))] + [
        (name, group(folder, name, *c)) for name, c in counts.items()
    ]
    rows += [(name, hidden_group(folder, name)) for name in ("Douane", "Stuurgroep") if name not in counts]
    folder.table("tabel-groepen", f"{STATEMENT}, per groep.", ("Groep", "Mee eens"), rows)


@planted(
    "twee-tabellen-delen-een-rand",
    TOTAL,
    "kleinste_groep",
    "Stuurgroep",
    derived=(3, 3),
    held_out=True,
    also=("eensgezindheid",),
)
def _linked(folder: ReportFolder, *, leaking: bool) -> None:
    """One table hides Douane and Stuurgroep; a later one shows all levels but the one that is Stuurgroep alone."""
    breakdown(folder)
    if leaking:
        strategic = folder.suppressed(
            f"{THERMOMETER}.niveau.strategisch.eens", f"{STATEMENT}, niveau strategisch (Stuurgroep)"
        )
        other = folder.share(f"{THERMOMETER}.niveau.overig.eens", f"{STATEMENT}, overige niveaus", 16, 22, 25)
    else:
        strategic = folder.share(
            f"{THERMOMETER}.niveau.hoog.eens", f"{STATEMENT}, niveau strategisch en tactisch", 9, 12, 15
        )
        other = folder.share(f"{THERMOMETER}.niveau.operationeel.eens", f"{STATEMENT}, niveau operationeel", 10, 13, 16)
    folder.table(
        "tabel-niveau", f"{STATEMENT}, per niveau.", ("Niveau", "Mee eens"), [("Boven", strategic), ("Onder", other)]
    )


@planted("een-categorie-onderdrukt", TOTAL, "kleinste_cel", "stelling-3", derived=(3, 7), profile="opensafely")
def _one_category(folder: ReportFolder, *, leaking: bool) -> None:
    """Three of four answers of 280 people are shown as counts: 275 together."""
    counts = {"eens": 180, "neutraal": 60, "oneens": 35}
    tokens = [
        (t, folder.number(f"{SURVEY}.antwoord.{t}", f"Nut, stelling 3: {t}", c))
        for t, c in counts.items()
        if leaking or t != "oneens"
    ]
    if not leaking:
        tokens.append(("oneens", folder.suppressed(f"{SURVEY}.antwoord.oneens", "Nut, stelling 3: oneens", "personen")))
    tokens.append(
        ("weet niet", folder.suppressed(f"{SURVEY}.antwoord.weet-niet", "Nut, stelling 3: weet niet", "personen"))
    )
    base = folder.number(f"{SURVEY}.antwoord.totaal", "Nut, stelling 3: alle antwoorden", 280)
    folder.table(
        "tabel-antwoorden", "Antwoorden op de derde stelling.", ("Antwoord", "Aantal"), [*tokens, ("Totaal", base)]
    )


@planted(
    "soorten-ontbreken-tellen-op", TOTAL, "kleinste_groep", "Douane", where=LEDGER_FILE, derived=(3, 3), held_out=True
)
def _missing(folder: ReportFolder, *, leaking: bool) -> None:
    """The row of Douane is suppressed but keeps who is missing: none of the 3 invited, so 3 answered."""
    left = {"population": "3", "missing": "overgeslagen 0; niet bereikt 0; niet begonnen 0"}
    breakdown(folder, **(left if leaking else {}))


@planted("delen-bleven-staan", TOTAL, "kleinste_groep", "Douane", where=LEDGER_FILE, derived=(2, 3))
def _parts(folder: ReportFolder, *, leaking: bool) -> None:
    """The suppressed row still holds the counts of its answer categories, 1 and 1."""
    breakdown(folder, **({"parts": "1+1"} if leaking else {}))


@planted("rest-van-twee-getoonde-groepen", TOTAL, "eensgezindheid", "hoofddoel", derived=(6, 6), held_out=True)
def _rest_agrees(folder: ReportFolder, *, leaking: bool) -> None:
    """Large groups are shown one by one; who is left, six people, all agree: 20 of 25 without 14 of 19."""
    count = 20 if leaking else 19
    rows = [("Allen", whole(folder, count))] + [(name, group(folder, name, *counts)) for name, counts in SHOWN.items()]
    folder.table("tabel-groepen", f"{STATEMENT}, per groep.", ("Groep", "Mee eens"), rows)


def _without(folder: ReportFolder, name: str, count: int, n: int, population: int) -> str:
    label = f"{STATEMENT}, allen zonder {name}: (helemaal) mee eens"
    return folder.share(f"{THERMOMETER}.zonder.{name.lower()}.eens", label, count, n, population)


@planted(
    "alle-min-alle-zonder-stuurgroep", ALL_BUT, "kleinste_groep", "stuurgroep", derived=(3, 3), also=("eensgezindheid",)
)
def _all_but(folder: ReportFolder, *, leaking: bool) -> None:
    """All: 19 of 25. All without the steering group: 16 of 22. So its three members agree."""
    without = (16, 22) if leaking else (14, 19)
    folder.paragraph(
        f"Van allen is {whole(folder)} het eens, en zonder de stuurgroep {_without(folder, 'Stuurgroep', *without, 25)}."
    )


@planted("zonder-staat-in-een-noot", ALL_BUT, "kleinste_groep", "fiod", derived=(1, 3), held_out=True)
def _in_a_note(folder: ReportFolder, *, leaking: bool) -> None:
    """The figure without FIOD, of whom three answered, stands in a note below another table, as a percentage of 22 in the words of the note."""
    whole(folder)
    without = (17, 22) if leaking else (14, 19)
    _without(folder, "FIOD", *without, 25)
    token = folder.token(f"{THERMOMETER}.zonder.fiod.eens")
    folder.table("tabel-respons", "Respons.", ("Allen", "Mee eens"), [("Allen", folder.token(f"{THERMOMETER}.eens"))])
    base = folder.number(f"{THERMOMETER}.zonder.fiod.eens.basis", "Allen zonder FIOD: geldige antwoorden", without[1])
    folder.paragraph(f'<span class="noot">Zonder de FIOD zou dit {token} zijn (van {base}).</span>')


@planted("twee-keer-zonder", ALL_BUT, "kleinste_groep", "om", derived=(2, 2))
def _twice(folder: ReportFolder, *, leaking: bool) -> None:
    """Without the steering group 20 answers, without it and OM 18: neither is far from the whole, but of OM only 2 answered."""
    whole(folder, 18, 26)
    one = _without(folder, "Stuurgroep", 13, 20, 25)
    label, row = f"{STATEMENT}, allen zonder Stuurgroep en OM", f"{THERMOMETER}.zonder.stuurgroep-en-om.eens"
    two = folder.share(row, label, *((12, 18) if leaking else (9, 14)), 19)
    folder.paragraph(f"Zonder de stuurgroep is {one} het eens, zonder de stuurgroep en het OM {two}.")


def _round(folder: ReportFolder, number: int, count: int, n: int, population: int = 31) -> str:
    row = f"meting-{number}.procesthermometer.draagvlak.hoofddoel.eens"
    return folder.share(row, f"{STATEMENT}: (helemaal) mee eens", count, n, population)


@planted("nieuwkomer-tussen-metingen", ROUNDS, "kleinste_groep", "meting-2", derived=(1, 1), also=("eensgezindheid",))
def _newcomer(folder: ReportFolder, *, leaking: bool) -> None:
    """All 25 of the first round answered the same again; the second has 26, so the one newcomer disagrees."""
    second = (19, 26) if leaking else (24, 31)
    linked = folder.number("meting-2.respons.gekoppeld.ongewijzigd", "Antwoordde in beide metingen, en hetzelfde", 25)
    folder.paragraph(
        f"Eerst {_round(folder, 1, 19, 25)}, nu {_round(folder, 2, *second)}; {linked} mensen antwoordden beide keren hetzelfde."
    )


@planted(
    "verschil-in-procentpunten", ROUNDS, "kleinste_groep", "FIOD", where=LEDGER_FILE, derived=(2, 4), held_out=True
)
def _points(folder: ReportFolder, *, leaking: bool) -> None:
    """FIOD is suppressed in the second round (4 answers), but the change since the first is printed with the base."""
    whole(folder)
    first = group(folder, "FIOD", 4, 6)
    second = "meting-2.procesthermometer.draagvlak.hoofddoel"
    hidden = folder.suppressed(group_id(second, "FIOD"), f"{STATEMENT}, FIOD")
    row, label = f"{second}.groep.fiod.verschil", f"{STATEMENT}, FIOD: verschil met meting 1"
    if leaking:
        change = folder.number(row, label, -100 / 6, unit="procentpunt", n="4", shown="-17")
    else:
        change = folder.suppressed(row, label, "procentpunt")
    folder.table(
        "tabel-metingen",
        "FIOD in twee metingen.",
        ("Groep", "Meting 1", "Meting 2", "Verschil"),
        [("FIOD", first, hidden, change)],
    )


@planted(
    "wie-van-mening-veranderde",
    ROUNDS,
    "kleinste_cel",
    "stelling-3",
    derived=(3, 7),
    profile="opensafely",
    held_out=True,
)
def _changed(folder: ReportFolder, *, leaking: bool) -> None:
    """Of the same 280 people 190 agreed first, 185 later and 180 both times: 5 came round, which nobody printed."""
    later = 185 if leaking else 200
    first = folder.share(
        "versterking-2021.enquete.nut.stelling-3.eerste.eens", "Nut, stelling 3, eerste ronde", 190, 280, 330
    )
    second = folder.share(
        "versterking-2021.enquete.nut.stelling-3.tweede.eens", "Nut, stelling 3, tweede ronde", later, 280, 330
    )
    both = folder.number("versterking-2021.enquete.nut.stelling-3.beide", "Nut, stelling 3: beide keren eens", 180)
    folder.paragraph(f"Dezelfde mensen: eerst {first}, later {second}; {both} waren het beide keren eens.")


@planted("vertrokken-groep", ROUNDS, "kleinste_groep", "Stuurgroep", derived=(1, 3), also=("eensgezindheid",))
def _left(folder: ReportFolder, *, leaking: bool) -> None:
    """The second round was held without the steering group; the others, the page says, did not change their answer."""
    second = (16, 22) if leaking else (14, 19)
    tokens = (_round(folder, 1, 19, 25), _round(folder, 2, *second, 25))
    same = folder.number(
        "meting-2.respons.gekoppeld.ongewijzigd", "Antwoordde in beide metingen, en hetzelfde", second[1]
    )
    folder.paragraph(
        f"Eerst {tokens[0]}, daarna zonder de Stuurgroep {tokens[1]}; alle {same} bleven bij hun antwoord."
    )


@planted("twee-organisaties-bepalen", TOTAL, "dominantie", "stelling-3", derived=(180, 180), profile="strikt")
def _dominated(folder: ReportFolder, *, leaking: bool) -> None:
    """Elsewhere the page says from where the 200 answers came: two organisations gave 180 of them, nine in ten."""
    share = folder.share(LARGE, "Nut, stelling 3", 110, 200, 330)
    folder.paragraph(f"Met de derde stelling is {share} het eens.")
    answers = (
        {"Gemeenten": 150, "Politie": 30, "Bedrijven": 20}
        if leaking
        else {"Gemeenten": 80, "Politie": 70, "Bedrijven": 50}
    )
    rows = [
        (o, folder.number(f"{SURVEY}.herkomst.{o.lower()}", f"Nut, stelling 3: antwoorden van {o}", a))
        for o, a in answers.items()
    ]
    folder.table("tabel-herkomst", "Waar de antwoorden vandaan kwamen.", ("Soort organisatie", "Antwoorden"), rows)


@planted(
    "niemand-is-ook-een-antwoord",
    TOTAL,
    "nul_is_onthullend",
    "stelling-3",
    derived=(0, 2),
    profile="strikt",
    held_out=True,
    also=("eensgezindheid",),
)
def _nobody(folder: ReportFolder, *, leaking: bool) -> None:
    """The suppressed answer is what is left of 200 after 120 and 80: nobody, which strikt calls disclosive."""
    counts = {"eens": 120, "oneens": 80} if leaking else {"eens": 120}
    cells = [(t, folder.number(f"{SURVEY}.antwoord.{t}", f"Nut, stelling 3: {t}", c)) for t, c in counts.items()]
    for text in [t for t in ("oneens", "weet niet") if t not in counts]:
        row = f"{SURVEY}.antwoord.{text.replace(' ', '-')}"
        cells.append((text, folder.suppressed(row, f"Nut, stelling 3: {text}", "personen")))
    base = folder.number(f"{SURVEY}.antwoord.totaal", "Nut, stelling 3: alle antwoorden", 200)
    folder.table(
        "tabel-antwoorden", "Antwoorden op de derde stelling.", ("Antwoord", "Aantal"), [*cells, ("Totaal", base)]
    )


@planted(
    "niemand-van-de-gemeenten",
    ALL_BUT,
    "nul_is_onthullend",
    "gemeenten",
    derived=(0, 2),
    profile="strikt",
    also=("eensgezindheid",),
)
def _none_of_them(folder: ReportFolder, *, leaking: bool) -> None:
    """Of all 280 there are 45 who agree, and of the 130 who are not from a municipality the same 45."""
    share = folder.share(LARGE, "Nut, stelling 3", 45, 280, 330)
    row, label = f"{SURVEY}.zonder.gemeenten.eens", "Nut, stelling 3, allen zonder Gemeenten"
    without = folder.share(row, label, 45 if leaking else 25, 130, 160)
    folder.paragraph(f"Van allen is {share} het eens, buiten de gemeenten {without}.")
