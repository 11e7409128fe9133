"""Fictitious metingen: two of ten people for the tests on comparison, and the record of a questionnaire for any."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
from conftest import OPEN_PROFILE
from transcribed import invent

from nsoc_lib.codebook import Codebook
from nsoc_lib.comparison import Pair, compare_metingen
from nsoc_lib.entries import Entry
from nsoc_lib.meting import Fieldwork, Invited, Meting, SurveyRecord
from nsoc_lib.published import Dossier
from nsoc_lib.rounds import GEKOPPELD
from nsoc_lib.source_rows import SourceTable
from nsoc_lib.survey import Survey

REDEN = "Dezelfde vragenlijst ging naar dezelfde mensen."
TOESTEMMING = "formulier, vraag over koppelen"
# Ten people; e is agree, o is disagree. On doel two go from o to e and one from e to o.
EERDER = {"doel": "eeeeoooooo", "tijd": "eeeeeooooo"}
LATER = {"doel": "eeeoeeoooo", "tijd": "eeeeeooooo"}


def raw_statement(name: str, **changes: Any) -> dict[str, Any]:
    return {
        "id": name, "kolom": name, "import_id": name, "thema": "draagvlak", "kort": name.capitalize(),
        "tekst": f"Wij delen {name}.", "schaal": "eens", "richting": "positief",
    } | changes  # fmt: skip


def raw_codebook(*statements: dict[str, Any], smallest: int = 3) -> dict[str, Any]:
    answers = [{"code": code, "label": label} for code, label in enumerate(("Oneens", "Eens", "Weet niet"), 1)]
    return {
        "instrument": "thermometer",
        "schalen": {
            "eens": {"herkomst": "vragenlijst", "antwoorden": answers, "instemmend": ["Eens"], "weet_niet": ["Weet niet"]}
        },
        "themas": {"draagvlak": "Draagvlak"},
        "stellingen": list(statements) or [raw_statement("doel"), raw_statement("tijd")],
        "achtergrond": [
            {"id": "groep", "kolom": "groep", "import_id": "groep", "tekst": "Groep", "antwoorden": ["Noord"],
             "kleinste_groep": smallest}
        ],
    }  # fmt: skip


def raw_record(name: str, onderzoek: str, herkomst: str, invited: int) -> dict[str, Any]:
    survey = {
        "instrument": "thermometer", "bestand": "export.csv", "formaat": "qualtrics", "codeboek": "codeboek.yml",
        "herkomst": herkomst, "toelichting": "Verzonnen.", "afronding": "percentage van de som",
        "weging": {"keuze": "geen", "reden": "Iedereen is gevraagd."},
        "veldwerk": {
            "vorm": "internet", "periode": "mei", "herinneringen": "geen", "redenen_niet_meedoen": "onbekend",
            "uitgenodigd": invited, "bron_uitgenodigd": "verzonnen",
            "groepen": [{"groep": "Noord", "aantal": invited, "herkomst": "waargenomen", "bron": "verzonnen"}],
        },
    }  # fmt: skip
    record = {"meting": name, "titel": f"Meting {name[-1]}", "enquetes": [survey]}
    return record | ({"onderzoek": onderzoek} if onderzoek else {})


def dossier(
    name: str,
    answers: dict[str, str],
    *tables: SourceTable,
    onderzoek: str = "nsoc",
    herkomst: str = "waargenomen",
    invited: int = 10,
    codebook: dict[str, Any] | None = None,
) -> Dossier:
    """Return a fictitious meting: person i of the first letter row is called R_i in the export."""
    meting = Meting.build(Entry(raw_record(name, onderzoek, herkomst, invited), "meting.yml"), folder=name)
    book = Codebook.build(Entry(codebook or raw_codebook(*map(raw_statement, answers)), "codeboek.yml"))
    words = {"e": "Eens", "o": "Oneens", "w": "Weet niet", "-": None}
    rows = [(f"r{n}", s, words[a]) for s, letters in answers.items() for n, a in enumerate(letters)]
    frame = pd.DataFrame(rows, columns=["respondent", "stelling", "antwoord"])
    frame["status"] = ["overgeslagen" if a is None else "geldig" for _, _, a in rows]
    count = max(map(len, answers.values()))
    people = pd.DataFrame({"respondent": [f"r{n}" for n in range(count)], "kenmerk": [f"R_{n}" for n in range(count)]})
    survey = Survey(
        name, frame, people, pd.DataFrame(), book, meting.enquetes[0], f"thermometer@{name}", profiel=OPEN_PROFILE
    )
    return Dossier(meting, {"thermometer": survey}, {table.dataset.split("@")[0]: table for table in tables})


def survey_record(*groups: Invited, **changes: Any) -> SurveyRecord:
    """Return the record of a questionnaire for these groups, as it would be built from a ``meting.yml``."""
    invited = sum(group.aantal for group in groups)
    record = SurveyRecord(
        instrument="thermometer",
        bestand="export.csv",
        formaat="qualtrics",
        codeboek="codeboek.yml",
        codering="codering.csv",
        herkomst="waargenomen",
        toelichting="",
        afronding="percentage van de som",
        weging="geen",
        weging_reden="Iedereen is gevraagd.",
        veldwerk=Fieldwork("internet", "mei", "een", "", invited, "lijst", groups),
    )
    return replace(record, **changes)


def table(name: str, columns: str, *rows: tuple[str | None, ...], meting: str = "meting-3") -> SourceTable:
    return invent(name, columns.split(), *rows, meting=meting, herkomst="waargenomen")


def declared(opzet: str, toestemming: str | None = None, **changes: str | None) -> SourceTable:
    """Return a table vergelijkingen of meting-3 with one declaration about meting-1."""
    row = {"met": "meting-1", "opzet": opzet, "reden": REDEN, "toestemming": toestemming, "rol": "onderzoeker",
           "datum": "2027-05-01", "vindplaats": "draaiboek"} | changes  # fmt: skip
    return table("vergelijkingen", " ".join(row), tuple(row.values()))


def links(*pairs: tuple[str, str], met: str = "meting-1") -> SourceTable:
    return table("koppelingen", "met respondent_eerste respondent_tweede", *((met, *pair) for pair in pairs))


EVERYBODY = links(*((f"R_{n}", f"R_{n}") for n in range(10)))


def compare(*tables: SourceTable, first: Dossier | None = None, **changes: Any) -> Pair:
    """Compare the fictitious meting-1 with a meting-3 that brings these tables."""
    changes.setdefault("answers", LATER)
    later = dossier("meting-3", changes.pop("answers"), *tables, **changes)
    return compare_metingen((first or dossier("meting-1", EERDER), later))[0]


LINKED = declared(GEKOPPELD, TOESTEMMING)
