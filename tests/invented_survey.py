"""One invented meting as three programs would save it: Qualtrics with its header rows, SPSS with codes, Excel.

Four people, of whom the last stops after the first statement. "Weet niet" is an answer of the scale;
in SPSS it is declared missing, as it often is.
"""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from spss_files import Variable, sav_bytes

from nsoc_lib.codebook import Codebook
from nsoc_lib.entries import Entry

SCALE = {1: "Oneens", 2: "Eens", 9: "Weet niet"}
GROUPS = {1: "Noord", 2: "Zuid"}
PARTNERS = {1: "Politie", 2: "Gemeente"}
COLUMNS = {
    "_recordId": "ResponseId", "finished": "Finished", "progress": "Progress", "status": "Status", "QID1": "doel",
    "QID2_1": "partners_1", "QID2_2": "partners_2", "QID3": "tijd", "QID4_TEXT": "waarom", "QID5": "groep",
}  # fmt: skip
# ResponseId, Finished, Progress, doel, partner 1, partner 2, tijd, waarom, groep
PEOPLE: list[tuple[Any, ...]] = [
    ("R_1", 1, 100, 2, 1, 0, 9, "Zoë koos dit", 1),
    ("R_2", 1, 100, 1, 1, 1, None, "", 2),
    ("R_3", 1, 100, 9, 0, 0, 2, "één", None),
    ("R_4", 0, 40, 2, None, None, None, "", 1),
]


def raw_codebook() -> dict[str, Any]:
    def statement(name: str, import_id: str) -> dict[str, str]:
        return {"id": name, "kolom": name, "import_id": import_id, "thema": "draagvlak", "kort": name,
                "tekst": f"Wij delen {name}.", "schaal": "eens", "richting": "positief"}  # fmt: skip

    options = [{"id": label.lower(), "code": code, "label": label} for code, label in PARTNERS.items()]
    return {
        "instrument": "thermometer",
        "schalen": {"eens": {
            "herkomst": "vragenlijst", "antwoorden": [{"code": c, "label": label} for c, label in SCALE.items()],
            "instemmend": ["Eens"], "weet_niet": ["Weet niet"],
        }},
        "themas": {"draagvlak": "Draagvlak"},
        "stellingen": [statement("doel", "QID1"), statement("tijd", "QID3")],
        "vragen": [
            {"soort": "stellingen", "id": "stellingen", "kort": "Stellingen", "tekst": "Wat vindt u?"},
            {"soort": "meer", "id": "partners", "kort": "Partners", "tekst": "Met wie?", "kolom": "partners",
             "import_id": "QID2", "opties": options},
            {"soort": "open", "id": "waarom", "kolom": "waarom", "import_id": "QID4_TEXT", "tekst": "Waarom?",
             "bewaren": False, "reden": "Niet nodig.", "codes": {"tijdgebrek": "Tijdgebrek"}},
        ],
        "achtergrond": [{"id": "groep", "kolom": "groep", "import_id": "QID5", "tekst": "Groep",
                         "antwoorden": list(GROUPS.values()), "kleinste_groep": 3}],
    }  # fmt: skip


def codebook(**changes: Any) -> Codebook:
    return Codebook.build(Entry(raw_codebook() | changes, "codeboek.yml"))


def texts(person: tuple[Any, ...]) -> list[str]:
    """Return the cells of one person as an export with choice text has them."""
    name, finished, progress, goal, police, council, time, why, group = person
    return [
        name, "True" if finished else "False", str(progress), "IP Address", SCALE.get(goal, ""),
        PARTNERS[1] if police else "", PARTNERS[2] if council else "", SCALE.get(time, ""), why, GROUPS.get(group, ""),
    ]  # fmt: skip


def qualtrics_bytes() -> bytes:
    text = io.StringIO()
    header = [list(COLUMNS.values()), list(COLUMNS.values()), [json.dumps({"ImportId": key}) for key in COLUMNS]]
    csv.writer(text, lineterminator="\n").writerows([*header, *map(texts, PEOPLE)])
    return text.getvalue().encode()


def plain_bytes() -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([list(COLUMNS.values()), *map(texts, PEOPLE)])
    return text.getvalue().encode()


def spss_bytes(*, turned: bool = False) -> bytes:
    """Return the meting as SPSS would have it; ``turned`` with the scale of "doel" the other way round."""
    flip = {1: 2, 2: 1, 9: 9} if turned else {1: 1, 2: 2, 9: 9}
    variables = [
        Variable("ResponseId", breedte=16), Variable("Finished", labels={0: "False", 1: "True"}), Variable("Progress"),
        Variable("Status", labels={0: "IP Address", 1: "Survey Preview"}),
        Variable("doel", "Wij delen doel.", labels={flip[c]: label for c, label in SCALE.items()}, ontbreekt=(9,)),
        Variable("partners_1", labels={0: "Nee", 1: "Ja"}), Variable("partners_2", labels={0: "Nee", 1: "Ja"}),
        Variable("tijd", "Wij delen tijd.", labels=SCALE, ontbreekt=(9,)),
        Variable("waarom", breedte=24), Variable("groep", labels=GROUPS),
    ]  # fmt: skip
    rows = [(n, f, p, 0, flip.get(g), a, b, t, why, group) for n, f, p, g, a, b, t, why, group in PEOPLE]
    sets = "$partners=D1 1 7 Met wie V6 V7\n"
    return sav_bytes(variables, rows, encoding="windows-1252", sets=sets)


def excel_bytes() -> bytes:
    """Return the meting as somebody keeps it in Excel: numbers and truth values as such."""
    from openpyxl import Workbook

    book, buffer = Workbook(), io.BytesIO()
    book.active.append(list(COLUMNS.values()))
    for person in PEOPLE:
        row: list[Any] = [cell or None for cell in texts(person)]
        row[1], row[2] = bool(person[1]), person[2]
        book.active.append(row)
    book.create_sheet("Uitleg")
    book.save(buffer)
    return buffer.getvalue()
