"""A fictitious export of the survey of 2021: fourteen invented people whose answers can be counted by hand.

Nothing of it was ever observed. The columns follow from the codebook, in the split form of Qualtrics.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, field
from pathlib import Path

from nsoc_lib.codebook import Codebook
from nsoc_lib.questions import LUS, RANGORDE, Option, Question
from nsoc_lib.sources.study import load_yaml

SYSTEM = {"status": "Status", "progress": "Progress", "finished": "Finished", "_recordId": "ResponseId"}
STATEMENTS = ("barrieres", "bedrijfsleven", "halvering", "integraal-belang", "een-overheid", "leren")


@dataclass(frozen=True)
class Person:
    """One invented person. ``keuzes`` holds option ids per question, ``rangen`` and ``duur`` an id per option."""

    nummer: int
    keuzes: dict[str, list[str]] = field(default_factory=dict)
    rangen: dict[str, list[str]] = field(default_factory=dict)
    duur: dict[str, str] = field(default_factory=dict)
    stellingen: dict[str, str] = field(default_factory=dict)
    teksten: dict[str, str] = field(default_factory=dict)
    af: bool = True
    proef: bool = False


def people() -> list[Person]:
    """Return twelve people with consent, of whom the last stops early, one without and one test response."""
    persons = [_finished(number) for number in range(1, 12)]
    obstacles = ["bevoegdheden", "middelen", "capaciteit"]
    persons.append(Person(12, {"toestemming": ["ja"], "obstakels": obstacles}, af=False))
    persons.append(Person(13, {"factoren": ["borging"]}))
    persons.append(Person(14, {"toestemming": ["ja"], "factoren": ["borging"]}, proef=True))
    return persons


def _finished(number: int) -> Person:
    """Persons 1 to 5 belong to the organisation that is over-represented, 6 to 11 to another."""
    over_represented = number <= 5
    if number <= 6:
        factors = ranks = ["capaciteit", "vertrouwen", "draagvlak"]
    elif number <= 10:
        factors, ranks = ["capaciteit", "expertise", "leiderschap"], ["leiderschap", "capaciteit", "expertise"]
    else:
        factors, ranks = ["bewustwording", "vertrouwen"], ["vertrouwen"]
    obstacles = ["bevoegdheden", "middelen", "capaciteit"]
    opinion = "Akkoord" if number <= 6 else "Niet akkoord" if number <= 10 else "Onbeslist"
    functions = ["juridisch"] if number <= 6 else ["beleid", "anders"]
    durations = {"juridisch": "1-tot-2" if number <= 4 else "langer-dan-10"} if number <= 6 else {"beleid": "2-tot-5"}
    if 7 <= number <= 10:
        durations["anders"] = "korter-dan-1"
    return Person(
        number,
        keuzes={
            "toestemming": ["ja"],
            "factoren": factors,
            "obstakels": obstacles,
            "regio": ["landelijk", "limburg"] if over_represented else ["rotterdam"],
            "soort-organisatie": ["overheid"] if over_represented else ["semi-overheid"] if number <= 10 else [],
            "duur-organisatie": ["1-tot-2"] if over_represented else ["2-tot-5"] if number <= 7 else ["5-tot-10"],
            "functie": functions,
            "onderwerpen": ["geldstromen"],
            "pijlers": ["analyse", "kennis"] if over_represented else ["analyse"],
        },
        rangen={"factoren-rang": ranks, "obstakels-rang": obstacles},
        duur=durations,
        stellingen={name: opinion for name in STATEMENTS if (number, name) != (11, "halvering")},
        teksten={"organisatie": "Verzonnen organisatie"} | ({"functie": "Verzonnen functie"} if number >= 7 else {}),
    )


CODING = [(f"R_{n}", "organisatie", "openbaar-ministerie" if n <= 5 else "gemeente", "AB") for n in range(1, 12)]
CODING += [(f"R_{n}", "functie", "projectleider", "AB") for n in range(7, 12)]


def load_own_codebook(folder: Path) -> Codebook:
    """Return the codebook that lies in a folder of raw data."""
    return Codebook.build(load_yaml(folder / "codeboek.yml", "codeboek.yml"))


def export_rows(codebook: Codebook, persons: list[Person], *, numeric: bool = False) -> list[list[str]]:
    """Return the three header rows and a row per person, with labels or with the codes of a numeric export."""
    columns = SYSTEM | {key: codebook.kolommen[key] for group in codebook.volgorde for key in group}
    header = [list(columns.values()), [f"Vraag {tag}" for tag in columns.values()]]
    header.append([json.dumps({"ImportId": key}, separators=(",", ":")) for key in columns])
    return [*header, *([_cells(codebook, p, numeric=numeric).get(key, "") for key in columns] for p in persons)]


def _cells(codebook: Codebook, person: Person, *, numeric: bool) -> dict[str, str]:
    cells = {"status": "Survey Preview" if person.proef else "IP Address", "progress": "100" if person.af else "40",
             "finished": "True" if person.af else "False", "_recordId": f"R_{person.nummer}"}  # fmt: skip
    for question in codebook.gesloten:
        cells |= _closed(question, person, numeric=numeric)
        texts = [option for option in question.opties if option.toelichting and not question.van]
        cells |= {f"{question.import_id}_{o.code}_TEXT": person.teksten.get(question.id, "") for o in texts}
    for stelling in codebook.stellingen:
        label = person.stellingen.get(stelling.id, "")
        codes = {name: code for code, name in codebook.scale_of(stelling).antwoorden.items()}
        cells[stelling.import_id] = codes[label] if numeric and label else label
    return cells | {question.import_id: person.teksten.get(question.id, "") for question in codebook.open_vragen}


def _closed(question: Question, person: Person, *, numeric: bool) -> dict[str, str]:
    if question.soort == RANGORDE:
        ranked = person.rangen.get(question.id, [])
        return {question.column_of(question.select_option(name))[0]: str(n) for n, name in enumerate(ranked, 1)}
    if question.soort == LUS:
        answers = {answer.id: answer for answer in question.antwoorden}
        return {
            question.column_of(question.select_option(name))[0]: _shown(answers[duration], numeric=numeric)
            for name, duration in person.duur.items()
        }
    chosen = [question.select_option(name) for name in person.keuzes.get(question.id, [])]
    split = question.soort in {"meer", "kies"}
    return {
        question.column_of(option)[0]: "1" if numeric and split else _shown(option, numeric=numeric)
        for option in chosen
    }


def _shown(option: Option, *, numeric: bool) -> str:
    return option.code if numeric else option.label


def add_export(folder: Path, persons: list[Person] | None = None, *, numeric: bool = False) -> None:
    """Put the export and its coding in a folder of raw data, and say in its record that it was observed."""
    rows = export_rows(load_own_codebook(folder), people() if persons is None else persons, numeric=numeric)
    for name, content in (
        ("enquete.csv", rows),
        ("enquete_codering.csv", [["respons", "vraag", "code", "codeur"], *map(list, CODING)]),
    ):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(content)
    record = folder / "meting.yml"
    text = record.read_text(encoding="utf-8")
    observed = "bestand: enquete.csv\n    codering: enquete_codering.csv\n    herkomst: waargenomen"
    assert "herkomst: niet gepubliceerd\n" in text
    record.write_text(text.replace("herkomst: niet gepubliceerd", observed, 1), encoding="utf-8")
