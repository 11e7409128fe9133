"""Cleaned tables as an archive keeps them: one row per person with codes, their labels and kinds of missing.

A wide table has the columns of the questionnaire, so that it can be read and cleaned again. What
people wrote is never in it: a marker says that they did. Neither is the pseudonym that links metingen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from nsoc_lib.codebook import Codebook
from nsoc_lib.errors import NsocError
from nsoc_lib.matching import spss_name
from nsoc_lib.questions import EEN, FOLLOWING, LUS, RANGORDE, TOESTEMMING, Option, Question
from nsoc_lib.sources.export import NIET_GEKOZEN
from nsoc_lib.survey import NIET_GETOOND, ONTBREEKT, SOORT, STATUSSEN

MISSING = {"overgeslagen": -1, "niet bereikt": -2, NIET_GETOOND: -3}
GESCHREVEN = "[tekst, niet in dit bestand]"
WITHHELD = ("kenmerk", "tekst")  # of the tables of a questionnaire: what links metingen, and what people wrote
CODEBOOK_COLUMNS = ["bestand", "herkomst", "variabele", "tekst", "code", "label", "betekenis"]
Codes = Mapping[int, str]


@dataclass(frozen=True)
class Variable:
    """One variable: what was asked, the label per code, and which codes stand for a kind of missing."""

    tekst: str = ""
    labels: Codes = field(default_factory=dict)
    ontbreekt: Codes = field(default_factory=dict)


@dataclass(frozen=True)
class Deposited:
    """One table of the deposit. ``gecodeerd`` has codes where ``tabel`` may have labels; same rows and columns.

    ``herkomst`` tells whether it was observed, imitated or published: a deposit may not pass for more.
    """

    naam: str
    tabel: pd.DataFrame
    gecodeerd: pd.DataFrame
    variabelen: Mapping[str, Variable]
    herkomst: str = ""


@dataclass(frozen=True)
class _Asked:
    """The answers of one questionnaire, by respondent, while its wide table is built."""

    codeboek: Codebook
    respondenten: list[str]
    keuzes: Mapping[tuple[str, str], pd.DataFrame]
    ontbreekt: Mapping[str, int]  # a code below nought per reason why there is no answer

    def variable(self, text: str, codes: Codes, where: str, also_missing: Codes | None = None) -> Variable:
        """Return a variable with these codes and those of the kinds of missing. Raises NsocError where the two meet."""
        kinds = {code: kind for kind, code in self.ontbreekt.items()}
        clash = [code for code in codes if code in kinds]
        if clash:
            raise NsocError(
                f"het codeboek, {where}",
                found=f"code {clash[0]}",
                expected=f"geen code van {min(kinds)} tot en met {max(kinds)}: daar staan soorten ontbrekend",
                remedy="Geef het antwoord in codeboek.yml een andere code.",
            )
        return Variable(text, {**codes, **kinds}, {**kinds, **(also_missing or {})})


def build_wide(name: str, frames: tuple[pd.DataFrame, ...], codebook: Codebook) -> Deposited:
    """Return one row per respondent with the columns of the questionnaire, as codes.

    ``frames`` are the cleaned tables in the order of ``SurveyRecord.tabellen``. Raises NsocError
    when a code of the codebook is one of those that stand for a kind of missing here.
    """
    answers, respondents, open_answers = frames[:3]
    people = [str(person) for person in respondents["respondent"]]
    choices = frames[3] if len(frames) > 3 else pd.DataFrame(columns=["respondent", "vraag"])
    grouped = {(str(key[0]), str(key[1])): rows for key, rows in choices.groupby(["respondent", "vraag"], sort=False)}
    asked = _Asked(codebook, people, grouped, _number_kinds(answers, choices))
    columns: dict[str, tuple[Variable, list[object]]] = {}
    columns |= _statements(answers, asked)
    for question in codebook.gesloten:
        columns |= _closed(question, asked)
    for written in codebook.open_vragen:
        given = open_answers.loc[open_answers["vraag"] == written.id].set_index("respondent")["status"]
        texts: list[object] = [GESCHREVEN if given.get(person) == "geldig" else "" for person in people]
        columns[written.import_id] = Variable(written.tekst), texts
    order = [key for group in codebook.volgorde for key in group if key in columns]
    tags = list(codebook.kolommen.values())
    named = {spss_name(codebook.kolommen[k] if tags.count(codebook.kolommen[k]) == 1 else k): columns[k] for k in order}
    whole = _system(respondents) | _backgrounds(respondents, codebook) | named
    if len(named) < len(order) or len(whole) < len(named) + 3 + len(codebook.achtergrond):
        raise NsocError(
            f"het codeboek {codebook.instrument}",
            found="kolommen die in SPSS dezelfde naam zouden krijgen",
            expected="kolommen die ook zonder leestekens verschillen",
            remedy="Geef een van de kolommen in codeboek.yml een andere naam.",
        )
    frame = pd.DataFrame({key: _column(cells) for key, (_, cells) in whole.items()})
    return Deposited(name, frame, frame, {key: variable for key, (variable, _) in whole.items()})


def build_questionnaire(name: str, codebook: Codebook) -> Deposited:
    """Return the wide table of a questionnaire that nobody filled in: its variables, and not one person.

    Raises NsocError as ``build_wide`` does.
    """
    respondents = ["respondent", "compleet", "voortgang", *(background.id for background in codebook.achtergrond)]
    columns = (["respondent", "stelling", "antwoord", "status"], respondents, ["respondent", "vraag", "status"])
    empty = [pd.DataFrame(columns=names) for names in columns]
    return build_wide(name, (empty[0], empty[1], empty[2]), codebook)


def build_long(name: str, frame: pd.DataFrame, without: tuple[str, ...] = ()) -> Deposited:
    """Return a cleaned table as it is, without these columns, and with a code per category."""
    kept = frame.drop(columns=list(without), errors="ignore")
    names = {column: spss_name(column) for column in kept.columns}
    coded, variables = {}, {}
    for column, short in names.items():
        cells = kept[column]
        if isinstance(cells.dtype, pd.CategoricalDtype):
            labels = {number: str(label) for number, label in enumerate(cells.cat.categories, 1)}
            numbers = pd.Series(cells.cat.codes, dtype="Int64") + 1
            coded[short] = numbers.mask(numbers == 0)
            variables[short] = Variable(column, labels)
        elif cells.dtype == bool:
            coded[short], variables[short] = cells.astype("Int64"), Variable(column, {0: "Nee", 1: "Ja"})
        else:
            coded[short], variables[short] = cells, Variable(column)
    return Deposited(name, kept.rename(columns=names), pd.DataFrame(coded), variables)


def build_codebook_table(tables: list[Deposited]) -> Deposited:
    """Return one row per variable, and below it one per code: what it means and whether it is an answer."""
    rows: list[tuple[str, str, str, str, int | None, str, str]] = []
    for table in tables:
        for name, variable in table.variabelen.items():
            rows.append((table.naam, table.herkomst, name, variable.tekst, None, "", ""))
            rows += [
                (
                    table.naam,
                    table.herkomst,
                    name,
                    "",
                    code,
                    label,
                    "ontbreekt" if code in variable.ontbreekt else "antwoord",
                )
                for code, label in variable.labels.items()
            ]
    frame = pd.DataFrame(rows, columns=CODEBOOK_COLUMNS)
    return build_long("codeboek", frame.astype(dict.fromkeys(CODEBOOK_COLUMNS, "str") | {"code": "Int64"}))


def _number_kinds(*frames: pd.DataFrame) -> dict[str, int]:
    """Return a code per status without an answer, and below those one per kind that a file or codebook declared."""
    declared = sorted({str(kind) for frame in frames if SOORT in frame for kind in frame[SOORT].dropna()})
    return MISSING | {kind: min(MISSING.values()) - place for place, kind in enumerate(declared, 1)}


def _reasons(rows: pd.DataFrame) -> list[str]:
    """Return per row its status, or the declared kind of missing where there is one."""
    status = rows["status"].astype(object)
    return list(status.mask(status == ONTBREEKT, rows[SOORT]) if SOORT in rows else status)


def _column(cells: list[object]) -> pd.Series[Any]:
    return pd.Series(cells, dtype="str" if any(isinstance(cell, str) for cell in cells) else "Int64")


def _numbers(codes: list[str]) -> dict[str, int]:
    """Return the number of each code: itself, or its place where one of them is no whole number."""
    whole = all(code.removeprefix("-").isdecimal() for code in codes)
    return {code: int(code) if whole else place for place, code in enumerate(codes, 1)}


def _system(respondents: pd.DataFrame) -> dict[str, tuple[Variable, list[object]]]:
    return {
        "ResponseId": (Variable("Deelnemer"), list(respondents["respondent"])),
        "Finished": (Variable("Helemaal ingevuld", {0: "Nee", 1: "Ja"}), [int(x) for x in respondents["compleet"]]),
        "Progress": (Variable("Voortgang in procenten"), [int(x) for x in respondents["voortgang"]]),
    }


def _backgrounds(respondents: pd.DataFrame, codebook: Codebook) -> dict[str, tuple[Variable, list[object]]]:
    columns = {}
    for background in codebook.achtergrond:
        codes = {label: code for code, label in enumerate(background.antwoorden, 1)}
        cells: list[object] = [codes.get(label) for label in respondents[background.id].astype(object)]
        variable = Variable(background.tekst, {code: label for label, code in codes.items()})
        columns[spss_name(background.kolom)] = variable, cells
    return columns


def _statements(answers: pd.DataFrame, asked: _Asked) -> dict[str, tuple[Variable, list[object]]]:
    """Return a column per statement. One answer "weet niet" is declared missing; SPSS has no room for more."""
    columns = {}
    for stelling in asked.codeboek.stellingen:
        scale = asked.codeboek.scale_of(stelling)
        numbers = _numbers(list(scale.antwoorden))
        codes = {label: numbers[code] for code, label in scale.antwoorden.items()}
        unknown = {codes[label]: label for label in scale.weet_niet} if len(scale.weet_niet) == 1 else {}
        rows = answers.loc[answers["stelling"] == stelling.id].set_index("respondent")
        given = dict(zip(rows.index, zip(rows["antwoord"], _reasons(rows), strict=True), strict=True))
        cells: list[object] = [
            codes[answer] if reason == STATUSSEN[0] else asked.ontbreekt[reason]
            for answer, reason in (given[person] for person in asked.respondenten)
        ]
        labels = {code: label for label, code in codes.items()}
        columns[stelling.import_id] = asked.variable(stelling.tekst, labels, f"stelling {stelling.id}", unknown), cells
    return columns


def _closed(question: Question, asked: _Asked) -> dict[str, tuple[Variable, list[object]]]:
    """Return the columns of one question with options, and of what was written at "anders, namelijk"."""
    where, columns = f"vraag {question.id}", {}
    for option in question.opties:
        import_id = question.column_of(option)[0]
        if import_id in columns:
            continue
        cells = [_cell(question, option, person, asked) for person in asked.respondenten]
        columns[import_id] = asked.variable(_text(question, option), _labels(question, option), where), cells
    for option in question.opties:
        import_id = question.words_at(option)[0]
        if import_id in question.kolommen:
            written = [_written(option, asked.keuzes.get((person, question.id))) for person in asked.respondenten]
            text = f"{question.tekst} {option.label}, namelijk"
            columns[import_id] = Variable(text), written
    return columns


def _text(question: Question, option: Option) -> str:
    return question.tekst if question.soort in {EEN, TOESTEMMING} else f"{question.tekst} {option.label}"


def _labels(question: Question, option: Option) -> Codes:
    if question.soort == RANGORDE:
        return {}
    if question.soort in {EEN, TOESTEMMING, LUS}:
        answers = question.antwoorden if question.soort == LUS else question.opties
        numbers = _numbers([answer.code for answer in answers])
        return {numbers[answer.code]: answer.label for answer in answers}
    return {0: NIET_GEKOZEN.capitalize(), 1: option.label}


def _cell(question: Question, option: Option, person: str, asked: _Asked) -> object:
    """Return the code for one person: what was chosen, or why there is none; None where nothing applied."""
    numbers = _numbers([answer.code for answer in question.opties])
    if question.soort == TOESTEMMING:
        return numbers[question.opties[0].code]  # who gave none is not in the cleaned tables
    rows = asked.keuzes.get((person, question.id))
    if rows is None:
        return None
    if rows["optie"].isna().all():
        return asked.ontbreekt[_reasons(rows)[0]]
    if question.soort == EEN:
        return numbers[question.select_option(str(rows["optie"].iloc[0])).code]
    own = rows.loc[rows["optie"] == option.id]
    if question.soort not in FOLLOWING:
        return int(len(own) > 0)
    return _followed_cell(question, own, asked) if len(own) else None


def _followed_cell(question: Question, own: pd.DataFrame, asked: _Asked) -> object:
    """Return the rank of an option, or the answer about it; the option was chosen before."""
    if question.soort == RANGORDE:
        return int(own["rang"].iloc[0])
    numbers = _numbers([answer.code for answer in question.antwoorden])
    codes = {answer.id: numbers[answer.code] for answer in question.antwoorden}
    return codes.get(str(own["antwoord"].iloc[0]), asked.ontbreekt.get(_reasons(own)[0]))


def _written(option: Option, rows: pd.DataFrame | None) -> object:
    """Return the marker where somebody's words got a code; words without a code are nowhere in cleaned data."""
    if rows is None:
        return ""
    return GESCHREVEN if rows.loc[rows["optie"] == option.id, "code"].notna().any() else ""
