"""A coded project as the tables of thematic coding: the code book and who gave which passage which code.

What a project does not say (was the code book fixed beforehand? which open question is this?)
the researcher says once in ``meting.yml`` under ``aanvulling``; nothing is made up for it. Names of
respondents, documents and coders stay behind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.meting import RawTable
from nsoc_lib.sources.coded_project import ONBEKENDE_CODEUR, CodedProject, ProjectSource
from nsoc_lib.sources.export import AANGENOMEN, HERNOEMD, WEGGELATEN, Note
from nsoc_lib.sources.refi_qda import load_refi
from nsoc_lib.sources.tabular import pseudonym

CODEBOEK, CODERINGEN = "codeboek_open", "coderingen"
NIET_VASTGELEGD = "niet vastgelegd"
# Columns in the order of the table.
COLUMNS = {
    CODEBOEK: ("soort", "versie", "code", "label", "thema", "definitie", "wel", "niet"),
    CODERINGEN: ("respondent", "vraag", "fragment", "code", "codeur", "datum", "telt"),
}
# What the researcher may say where the file is silent.
SUPPLIED = {CODEBOEK: ("soort", "versie", "definitie", "wel", "niet"), CODERINGEN: ("vraag", "datum")}

Rows = list[dict[str, str]]


def load_coded_table(path: Path, where: str, table: RawTable, record: str) -> tuple[pd.DataFrame, tuple[Note, ...]]:
    """Read ``codeboek_open`` or ``coderingen`` from a project or codebook in REFI-QDA.

    Returns the columns of the table as text, with ``rij`` numbering its rows from 1, and what was
    assumed. ``record`` names the meting.yml. Raises NsocError for another table or other columns,
    and for a value that neither file nor ``aanvulling`` gives.
    """
    texts = set(table.kolommen.values()) <= {"tekst", "deelnemer"}
    if list(table.kolommen) != list(COLUMNS.get(table.naam, ())) or not texts:
        wanted = " of ".join(f"{name} ({', '.join(columns)})" for name, columns in COLUMNS.items())
        raise NsocError(
            f"{record}, tabel {table.naam}",
            found=f"de kolommen {enumerate_nl(list(table.kolommen), most=12)}, uit een bestand van REFI-QDA",
            expected=f"de tabel {wanted}, alles tekst",
            remedy="Verbeter naam en kolommen, of haal formaat: refi-qda weg.",
        )
    project = load_refi(path, where)
    rows, notes = _list_codes(project) if table.naam == CODEBOEK else _list_codings(project)
    if not rows:
        raise NsocError(
            where,
            found="een codeboek zonder coderingen" if project.alleen_codes else f"geen rij voor de tabel {table.naam}",
            expected="een project (.qdpx) met codes en gecodeerde passages",
            remedy="Exporteer het hele project, met alle codes en documenten.",
        )
    _fill(rows, table, record)
    frame = pd.DataFrame(rows, columns=list(COLUMNS[table.naam]), dtype="str").assign(rij=range(1, len(rows) + 1))
    return frame, (*project.notities, *(note for note in notes if note.aantal))


def _list_codes(project: CodedProject) -> tuple[Rows, list[Note]]:
    """Return a row per code that can be given; its theme is the code or folder at the top."""
    used = {segment.code for segment in project.segmenten}
    codes = [code for code in project.codes if code.codeerbaar or code.id in used]
    rows = [
        {
            "code": code.id,
            "label": code.pad[-1],
            "thema": code.pad[0],
            "definitie": code.definitie,
            "wel": "",
            "niet": "",
        }
        for code in codes
    ]
    silent = sum(not code.definitie for code in codes)
    notes = [
        Note(
            AANGENOMEN, "thema's van codes", "de bovenste code of map van de hiërarchie", len({c.pad[0] for c in codes})
        ),
        Note(
            AANGENOMEN, "codes zonder definitie", f'genoemd: "{NIET_VASTGELEGD}", tenzij aanvulling iets zegt', silent
        ),
        Note(WEGGELATEN, "mappen in het codeboek", "er kan niet mee gecodeerd worden", len(project.codes) - len(codes)),
    ]
    return rows, notes


def _list_codings(project: CodedProject) -> tuple[Rows, list[Note]]:
    """Return a row per coded passage. This is where a project becomes the table of thematic coding.

    A passage gets a number per respondent. Every code of a passage counts once, for the coder who
    stands first in the file; the same code by another coder serves to compare coders.
    """
    place = {source.id: number for number, source in enumerate(project.bronnen)}
    respondents, notes = _name_respondents(project)
    coders = {name: f"codeur {number}" for number, name in enumerate(project.codeurs, 1)}
    fragments: dict[tuple[str, object], str] = {}
    numbers: Counter[str] = Counter()
    for segment in sorted(project.segmenten, key=lambda s: (place[s.bron], s.passage)):
        who = respondents[segment.bron]
        if (who, segment.passage) not in fragments:
            numbers[who] += 1
            fragments[who, segment.passage] = f"f{numbers[who]}"
    rows: Rows = []
    counted: set[tuple[str, ...]] = set()
    for segment in project.segmenten:
        who = respondents[segment.bron]
        unit = (who, fragments[who, segment.passage], segment.code)
        rows.append({
            "respondent": who, "fragment": unit[1], "code": segment.code,
            "codeur": coders.get(segment.codeur, ONBEKENDE_CODEUR), "datum": segment.datum,
            "telt": "nee" if unit in counted else "ja",
        })  # fmt: skip
        counted.add(unit)
    double = sum(row["telt"] == "nee" for row in rows)
    notes += [
        Note(HERNOEMD, "namen van codeurs", "een nummer in de volgorde van het project", len(coders)),
        Note(AANGENOMEN, "coderingen die niet meetellen", "een andere codeur gaf de passage dezelfde code", double),
    ]
    return rows, notes


def _name_respondents(project: CodedProject) -> tuple[dict[str, str], list[Note]]:
    """Return a pseudonym per source: of its case where it has one case, else of the source itself."""
    names = Counter(source.naam for source in project.bronnen)
    coded = {segment.bron for segment in project.segmenten}
    sources = [source for source in project.bronnen if source.id in coded]
    by_case = sum(len(source.gevallen) == 1 for source in sources)
    found = {source.id: pseudonym(_respondent(source, names)) for source in sources}
    return found, [
        Note(AANGENOMEN, "bronnen waarvan het geval de deelnemer is", "een geval in het project noemt deze bron", by_case),
        Note(AANGENOMEN, "bronnen die elk een deelnemer zijn", "geen geval, of meer dan een, noemt deze bron",
             len(sources) - by_case),
        Note(HERNOEMD, "namen van deelnemers", "een kenmerk dat niet terug te lezen is", len(set(found.values()))),
    ]  # fmt: skip


def _respondent(source: ProjectSource, names: Mapping[str, int]) -> str:
    if len(source.gevallen) == 1:
        return source.gevallen[0]
    return source.naam if source.naam and names[source.naam] == 1 else source.kenmerk or source.id


def _fill(rows: Rows, table: RawTable, record: str) -> None:
    """Put what the researcher says where the file is silent, and refuse what nobody says."""
    allowed = SUPPLIED[table.naam]
    unknown = [name for name in table.aanvulling if name not in allowed]
    if unknown:
        raise NsocError(
            f"{record}, tabel {table.naam}, sleutel aanvulling",
            found=f'"{unknown[0]}"',
            expected=f"een van: {enumerate_nl(list(allowed))}",
            remedy="Haal de sleutel weg; deze kolom komt uit het bestand.",
        )
    supplied = dict.fromkeys(("definitie", "wel", "niet"), NIET_VASTGELEGD) | table.aanvulling
    for row in rows:
        row |= {name: row.get(name) or supplied.get(name, "") for name in COLUMNS[table.naam]}
    for name in COLUMNS[table.naam]:
        empty = sum(not row[name] for row in rows)
        if empty:
            raise NsocError(
                f"{record}, tabel {table.naam}",
                found=f"geen waarde voor {name} bij {empty} van {len(rows)} rijen",
                expected=f"een waarde voor {name}, want het bestand geeft die niet",
                remedy=f"Voeg onder aanvulling toe: {name}: …",
            )
