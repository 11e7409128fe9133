"""The tables of the fieldwork: counts per phase, project and month, corrections, and questions. No code of a respondent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from nsoc_lib.consistency import ConsistencyFinding
from nsoc_lib.expectation import HOUDT, Validation
from nsoc_lib.periods import read_period
from nsoc_lib.prose import Indication, indicate
from nsoc_lib.register import BIJEENKOMSTEN, BREED, FASEN, INTERVIEWS, PROJECTEN, VERKENNEND, VORMEN, Register
from nsoc_lib.register_counts import (
    ANDERE_LEZING,
    CountComparison,
    check_month,
    count_appointments,
    count_fieldwork,
    count_forms,
    count_group,
    count_people,
    list_months,
)
from nsoc_lib.tables import NOTHING, Cell, Row, Table

SOORTEN = (INTERVIEWS, BIJEENKOMSTEN)
TABELLEN = (
    *SOORTEN, "respondenten_projecten", "projectnamen", "correcties", "gedrukte_tellingen_veldwerk",
)  # fmt: skip
SOURCE = "WODC 2021 "
UNKNOWN = "niet vermeld"
IN_RENDITION = "Zo staat het in onze weergave van de bron; of een fout ook gedrukt is, is niet altijd te zien."


def tabulate_phases(register: Register) -> Table:
    """Return interviews and meetings per phase, and in all."""
    counts = count_fieldwork(register)
    return Table(
        key=f"tabel-{register.meting}-veldwerk-fasen",
        bijschrift="Interviews en bijgewoonde bijeenkomsten per fase, geteld in het register.",
        koppen=("Soort", *FASEN.values(), "Totaal"),
        rijen=tuple(
            (soort.capitalize(), *(counts[f"{soort}-{fase}"] for fase in FASEN), counts[soort]) for soort in SOORTEN
        ),
        noten=("De fase staat niet per rij gedrukt. Zij volgt uit maand en project; dat is onze afleiding.",),
    )


def tabulate_printed(comparisons: Sequence[CountComparison], register: Register) -> Table:
    """Return every printed count beside the count from the register, with how they compare."""
    rows: list[Row] = []
    for c in comparisons:
        outcome: Cell = c.uitkomst
        if c.lezing is not None and c.uitkomst == ANDERE_LEZING:
            outcome = f"{c.uitkomst}: {c.lezing.label.lower()}"
        printed = (indicate(f"{c.gedrukt} ("), c.gepubliceerd, ")")
        plain = c.gedrukt == c.gepubliceerd.shown
        rows.append(
            (
                c.berekend.label,
                c.gepubliceerd if plain else printed,
                c.berekend,
                outcome,
                indicate(_join_places([c.vindplaats])),
            )
        )
    return Table(
        key=f"tabel-{register.meting}-veldwerk-gedrukt",
        bijschrift="Elke gedrukte telling van het veldwerk naast die uit het register.",
        koppen=("Wat er is geteld", "Gedrukt", "In het register", "Uitkomst", "Vindplaats"),
        rijen=tuple(rows),
    )


def tabulate_projects(register: Register) -> Table:
    """Return per project the appointments by form and the people; the other phases close the list."""
    rows: list[Row] = []
    for project, name in register.namen.items():
        part = f"{PROJECTEN}|{project}"
        held, met = (register.select(soort, PROJECTEN, project) for soort in SOORTEN)
        forms, total = count_forms(register, INTERVIEWS, part, held)
        reflections = [a for a in held if a.reflectie]
        reflected = count_appointments(register, INTERVIEWS, f"reflectiesessies|{project}", reflections)
        meetings = count_appointments(register, BIJEENKOMSTEN, part, met)
        people, interviewed = count_people(register, project)
        rows.append((indicate(name), total, *forms, reflected, meetings, people, interviewed or NOTHING))
    for fase in (VERKENNEND, BREED):
        forms, total = count_forms(register, INTERVIEWS, fase, register.select(INTERVIEWS, fase))
        meetings = count_appointments(register, BIJEENKOMSTEN, fase, register.select(BIJEENKOMSTEN, fase))
        rows.append((FASEN[fase], total, *forms, NOTHING, meetings, NOTHING, NOTHING))
    counts = count_fieldwork(register)
    forms, total = count_forms(register, INTERVIEWS, "", register.select(INTERVIEWS))
    ends = (counts["reflectiesessies"], counts[BIJEENKOMSTEN], counts["personen-met-code"])
    rows.append(("Totaal", total, *forms, *ends, counts["personen-met-interview"]))
    return Table(
        key=f"tabel-{register.meting}-veldwerk-projecten",
        bijschrift="Interviews, bijeenkomsten en personen per project.",
        koppen=("Project", "Interviews", *VORMEN, "Waarvan reflectiesessie", "Bijeenkomsten", "Personen met code",
                "Van wie met interview"),
        rijen=tuple(rows),
        noten=(
            "De vorm (in persoon, digitaal of beide) is die van de interviews.",
            "Een streepje bij een project: het aantal interviews per persoon is niet ingevuld.",
            "Een project met een interview of bijeenkomst in de verkennende fase heeft die in de rij van die fase.",
        ),
    )  # fmt: skip


def tabulate_project_fieldwork(register: Register, project: str) -> Table:
    """Return what was held and who was spoken to in one project, with rows of the source.

    The exploratory phase and people in a group have a row when there are any. A count that the
    source leaves open is "niet vermeld", which is not the same as none.
    """
    rows: list[Row] = []
    for fase, name in ((PROJECTEN, ""), (VERKENNEND, " in de verkennende fase")):
        for soort in SOORTEN:
            held = register.select(soort, fase, project)
            count = count_appointments(register, soort, f"{fase}|{project}", held)
            if held or fase == PROJECTEN:
                rows.append((f"{soort.capitalize()}{name}", count, _places(a.vindplaats for a in held)))
            if soort == INTERVIEWS and fase == PROJECTEN:
                sessions = [a for a in held if a.reflectie]
                count = count_appointments(register, soort, f"reflectiesessies|{project}", sessions)
                rows.append(("Waarvan reflectiesessie", count, _places(a.vindplaats for a in sessions)))
    coded = [p for p in register.respondenten if p.project == project]
    people, interviewed = count_people(register, project)
    met = _places(p.vindplaats for p in coded if p.interviews)
    rows.append(("Personen met een code", people, _places(p.vindplaats for p in coded)))
    rows.append(("Van wie met een interview", interviewed or UNKNOWN, met))
    if groups := [g for g in register.groepen if g.project == project]:
        members = _places(g.vindplaats for g in groups)
        rows.append(("Personen in een groep, zonder code", count_group(register, project), members))
    return Table(
        key=f"tabel-{register.meting}-projectblad-veldwerk-{project}",
        bijschrift="Veldwerk bij dit project, geteld in het register.",
        koppen=("Wat er is geteld", "Aantal", "Vindplaats"),
        rijen=tuple(rows),
    )


def tabulate_forms(register: Register, vanaf: str) -> Table:
    """Return appointments by form, before and from a month on. Raises NsocError for no month."""
    border = check_month(vanaf)
    rows: list[Row] = []
    for soort in SOORTEN:
        for name, part, later in (("tot", f"tot {border}", False), ("vanaf", f"vanaf {border}", True)):
            chosen = [a for a in register.select(soort) if (a.maand >= border) == later]
            forms, total = count_forms(register, soort, part, chosen)
            rows.append(((f"{soort.capitalize()}, {name} ", indicate(_in_words(border))), *forms, total))
    return Table(
        key=f"tabel-{register.meting}-veldwerk-vormen",
        bijschrift="In persoon en digitaal, voor en na onze grens voor het begin van de pandemie.",
        koppen=("Soort en tijd", *VORMEN, "Totaal"),
        rijen=tuple(rows),
        noten=("De grens is van ons: de bron noemt de pandemie, maar geen datum waarop het veldwerk digitaal werd.",),
    )


def tabulate_months(register: Register) -> Table:
    """Return appointments per month, in all and by form, months without one included."""
    rows: list[Row] = []
    for month in list_months(register):
        cells: list[Cell] = []
        for soort in SOORTEN:
            forms, total = count_forms(register, soort, f"maand|{month}", register.select(soort, maand=month))
            cells += [total, *forms]
        rows.append((indicate(_in_words(month)), *cells))
    parts = ("in persoon", "digitaal", "beide")
    heads = [head for soort in SOORTEN for head in (soort.capitalize(), *parts)]
    return Table(
        key=f"tabel-{register.meting}-veldwerk-maanden",
        bijschrift="Interviews en bijeenkomsten per maand, in persoon en digitaal.",
        koppen=("Maand", *heads),
        rijen=tuple(rows),
        noten=("Met de datum uit de lijst met correcties waar de gedrukte datum niet kan kloppen.",)
        if any(correction.veld == "datum" for correction in register.correcties)
        else (),
    )


def show_gap(register: Register, vanaf: str) -> tuple[Indication, Indication]:
    """Return the last day before a month and the first day from it on, for a sentence."""
    border = check_month(vanaf)
    before = [a.dag for a in register.afspraken if a.maand < border]
    after = [a.dag for a in register.afspraken if a.maand >= border]
    last, first = (_in_words(max(before)) if before else "het begin"), (_in_words(min(after)) if after else "het einde")
    return indicate(last), indicate(first)


def show_month(month: str) -> Indication:
    """Return a month such as ``2020-05`` in words, for a sentence. Raises NsocError for another text."""
    return indicate(_in_words(check_month(month)))


def tabulate_corrections(register: Register) -> Table:
    """Return the declared corrections: what stands there, what is read, why, by whom. Codes are masked."""
    return Table(
        key=f"tabel-{register.meting}-veldwerk-correcties",
        bijschrift="Wat in het register anders is gelezen dan het gedrukt staat.",
        koppen=("Wat er staat", "Gelezen als", "Reden", "Wie en wanneer", "Vindplaats"),
        rijen=tuple(
            (
                indicate(_mask(c.ruwe_waarde)),
                indicate(_mask(c.verbeterde_waarde)),
                indicate(c.reden),
                indicate(f"{c.rol}, {c.datum}"),
                indicate(_join_places([c.vindplaats])),
            )
            for c in register.correcties
        ),
        noten=(
            "In een code staat een beletselteken voor het nummer van de persoon; het nummer zelf staat in correcties.csv.",
        ),
    )


def tabulate_faults(validations: Iterable[Validation], meting: str) -> Table:
    """Return the expectations about the tables of the fieldwork that do not hold, with rows of the file."""
    rows: list[Row] = [
        (indicate(v.tabel), indicate(o.reden), indicate(o.waargenomen), indicate(_file_rows(o.plaatsen, o.aantal)))
        for v in validations
        if v.tabel in TABELLEN
        for o in v.uitkomsten
        if o.uitkomst != HOUDT
    ]
    return Table(
        key=f"tabel-{meting}-veldwerk-afwijkingen",
        bijschrift="Verwachtingen over de gedrukte tabellen die niet uitkomen.",
        koppen=("Tabel", "Verwacht", "Gevonden", "Rij in het bestand"),
        rijen=tuple(rows),
        noten=(
            "Het bestand heeft bovenaan een rij met koppen; het bestand met personen heeft verder een rij per code.",
        )
        if rows
        else ("Alle verwachtingen komen uit.",),
    )


def tabulate_questions(findings: Iterable[ConsistencyFinding], meting: str) -> Table:
    """Return the questions to the authors about the fieldwork, with the places they are about."""
    rows: list[Row] = [
        (f.regel, indicate(f.onderwerp), indicate(f.staat_er), f.vraag, indicate(_join_places(f.vindplaatsen)))
        for f in findings
    ]
    return Table(
        key=f"tabel-{meting}-veldwerk-vragen",
        bijschrift="Vragen aan de auteurs over het veldwerk.",
        koppen=("Regel", "Onderwerp", "Wat er staat", "Vraag", "Vindplaats"),
        rijen=tuple(rows),
        noten=(IN_RENDITION,) if rows else ("Er zijn geen zulke vragen.",),
    )


def _mask(text: str) -> str:
    return re.sub(r"(P\d+R) ?\d+", r"\1…", text)


def _file_rows(places: Sequence[str], count: int) -> str:
    numbers = [place.removeprefix("rij ").split(",")[0] for place in places]
    return ", ".join(numbers) + (" en verder" if count > len(numbers) else "")


def _join_places(places: Sequence[str]) -> str:
    """Return places with the rows of one table together: "tabel …, rij 5, 6; §2.2". The source is that of the chapter."""
    tables: dict[str, list[str]] = {}
    for place in places:
        table, _, row = place.removeprefix(SOURCE).partition(", rij ")
        tables.setdefault(table, []).extend([row] if row else [])
    return "; ".join(f"{table}, rij {', '.join(rows)}" if rows else table for table, rows in tables.items())


def _places(places: Iterable[str]) -> Cell:
    """Return places for a cell, each once; a dash when there are none."""
    found = list(dict.fromkeys(places))
    return indicate(_join_places(found)) if found else NOTHING


def _in_words(iso: date | str) -> str:
    return read_period(str(iso)).in_words
