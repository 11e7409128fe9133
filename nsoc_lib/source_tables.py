"""Report tables about a source: what it prints beside what is computed, and questions to its authors."""

from __future__ import annotations

from collections.abc import Sequence

from nsoc_lib.consistency import ConsistencyFinding
from nsoc_lib.prose import Filling, indicate
from nsoc_lib.published import Comparison
from nsoc_lib.result import Result
from nsoc_lib.survey import Survey
from nsoc_lib.tables import NOTHING, Row, Table
from nsoc_lib.tabulate import SIMULATED_NOTE


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
