"""Read the structure of a questionnaire of LimeSurvey (.lss): codes, types, answers and "other".

A .lss is XML with one element per database table. Until version 3 texts stand in the rows
themselves, once per language; later they have tables of their own (``…_l10ns``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from xml.etree.ElementTree import Element

from nsoc_lib.errors import NsocError
from nsoc_lib.sources.limesurvey_fields import (
    ANDERS,
    EEN,
    JANEE,
    MEER,
    MOST_FIELDS,
    OTHER,
    OTHER_WORDS,
    OVERIG,
    RANG,
    RANK_WORDS,
    TOELICHTING,
    Field,
    Structure,
    flatten,
    key_of,
)  # fmt: skip
from nsoc_lib.sources.xml_tree import parse_tree

Row = dict[str, str]
Texts = dict[str, str]  # language to text, the first language first
# Types of question by the columns they make; LimeSurvey names a type by one character.
LISTS, SEVERAL, YES_NO, RANKING, DUAL = (
    frozenset("L!"),
    frozenset("MP"),
    frozenset("YG"),
    frozenset("R"),
    frozenset("1"),
)
ROWS_ONLY, GRIDS = frozenset("FABCEHKQ"), frozenset(":;")
SHOWN, WITH_COMMENT, UPLOAD = "X", "O", "|"


@dataclass(frozen=True)
class Part:
    """A sub-question or an answer: its code, its texts and the scale it belongs to."""

    code: str
    texts: Texts
    schaal: str


@dataclass(frozen=True)
class Asked:
    """One question with its parts, in the order of the questionnaire."""

    code: str
    soort: str
    texts: Texts
    anders: bool
    delen: tuple[Part, ...]
    antwoorden: tuple[Part, ...]


def read_lss(raw: bytes, where: str) -> Structure:
    """Return the fields of a structure. Raises NsocError for broken or unsafe XML and for another document."""
    root = parse_tree(raw, where, "LimeSurvey", "Exporteer de structuur (.lss) opnieuw.")
    if root.tag != "document" or root.findtext("LimeSurveyDocType") != "Survey":
        raise NsocError(
            where,
            found=f"XML met <{str(root.tag)[:40]}> die geen vragenlijst van LimeSurvey is",
            expected="een structuur (.lss) van LimeSurvey",
            remedy="Exporteer in LimeSurvey de vragenlijst als structuur (.lss).",
        )
    fields = chain.from_iterable(map(_fields, _questions(root)))
    return Structure.build(where, list(islice(fields, MOST_FIELDS + 1)))


def _rows(root: Element, table: str) -> list[Row]:
    return [{child.tag: (child.text or "").strip() for child in row} for row in root.findall(f"{table}/rows/row")]


def _questions(root: Element) -> list[Asked]:
    """Return the questions with their parts, by group and by place in the group."""
    first = next((row.get("language", "") for row in _rows(root, "surveys")), "")
    texts = _texts([*_rows(root, "questions"), *_rows(root, "subquestions"), *_rows(root, "question_l10ns")],
                   ("qid",), "question", first)  # fmt: skip
    answer_key = ("aid",) if root.find("answer_l10ns") is not None else ("qid", "scale_id", "code")
    words = _texts([*_rows(root, "answers"), *_rows(root, "answer_l10ns")], answer_key, "answer", first)
    subs = _parts(_rows(root, "subquestions"), "parent_qid", ("qid",), texts)
    answers = _parts(_rows(root, "answers"), "qid", answer_key, words)
    groups = {row.get("gid", ""): _place(row, "group_order") for row in _rows(root, "groups")}
    rows = {row.get("qid", ""): row for row in reversed(_rows(root, "questions"))}
    ordered = sorted(rows.values(), key=lambda row: (groups.get(row.get("gid", ""), 0), _place(row, "question_order")))
    return [
        Asked(
            code=row.get("title", ""),
            soort=row.get("type", ""),
            texts=texts.get((row.get("qid", ""),), {}),
            anders=row.get("other") == "Y",
            delen=tuple(subs.get(row.get("qid", ""), ())),
            antwoorden=tuple(answers.get(row.get("qid", ""), ())),
        )
        for row in ordered
    ]


def _place(row: Row, key: str) -> int:
    value = row.get(key, "")
    return int(value) if value.isdecimal() and len(value) < 10 else 0


def _texts(rows: list[Row], key: tuple[str, ...], column: str, first: str) -> dict[tuple[str, ...], Texts]:
    """Return the texts by id and language; the first language of the questionnaire comes first."""
    found: dict[tuple[str, ...], Texts] = {}
    for row in sorted(rows, key=lambda row: row.get("language", "") != first):
        if column in row:
            texts = found.setdefault(tuple(row.get(part, "") for part in key), {})
            texts.setdefault(row.get("language", ""), flatten(row[column]))
    return found


def _parts(
    rows: list[Row], parent: str, key: tuple[str, ...], texts: dict[tuple[str, ...], Texts]
) -> dict[str, list[Part]]:
    """Return sub-questions or answers by their question, in order, each once however many languages there are."""
    found: dict[str, dict[tuple[str, str], Part]] = {}
    code = "title" if parent == "parent_qid" else "code"
    order = "question_order" if parent == "parent_qid" else "sortorder"
    for row in sorted(rows, key=lambda row: _place(row, order)):
        part = Part(row.get(code, ""), texts.get(tuple(row.get(k, "") for k in key), {}), row.get("scale_id", "0"))
        found.setdefault(row.get(parent, ""), {}).setdefault((part.schaal, part.code), part)
    return {question: list(parts.values()) for question, parts in found.items()}


@dataclass(frozen=True)
class Answers:
    """The answers of one question or scale: code to text, and the key of a text in any language to its code."""

    labels: dict[str, str]
    woorden: dict[str, str]

    @classmethod
    def of(cls, question: Asked, scale: str = "0") -> Answers:
        parts = [part for part in question.antwoorden if (part.schaal or "0") == scale]
        return cls(
            {part.code: next(iter(part.texts.values()), "") for part in parts},
            {key_of(text): part.code for part in reversed(parts) for text in part.texts.values()},
        )


NONE = Answers({}, {})


def _fields(question: Asked) -> Iterator[Field]:
    """Return the columns that LimeSurvey makes for one question, by its type."""
    if question.soort == SHOWN:
        return iter(())
    for types, fields in (
        (SEVERAL, _several),
        (RANKING, _ranking),
        (ROWS_ONLY, _per_row),
        (GRIDS, _grid),
        (DUAL, _dual),
    ):
        if question.soort in types:
            return fields(question)
    return _single(question)


def _ranking(question: Asked) -> Iterator[Field]:
    answers = Answers.of(question)
    for rank in range(1, len(answers.labels) + 1):
        yield _field(question, str(rank), RANG, words=[f"{word}{rank}" for word in RANK_WORDS], answers=answers)


def _per_row(question: Asked) -> Iterator[Field]:
    answers = Answers.of(question)
    for part in question.delen:
        yield _field(question, part.code, EEN if answers.labels else OVERIG, beside=[part.texts], answers=answers)


def _dual(question: Asked) -> Iterator[Field]:
    scales = {"1": Answers.of(question), "2": Answers.of(question, "1")}
    for part in question.delen:
        for place, answers in scales.items():
            yield _field(question, f"{part.code}_{place}", EEN, beside=[part.texts], answers=answers)


def _single(question: Asked) -> Iterator[Field]:
    answers = Answers.of(question)
    kind = JANEE if question.soort in YES_NO else EEN if answers.labels else OVERIG
    yield _field(question, "", kind, answers=answers)
    if question.soort == WITH_COMMENT:
        yield _field(question, "comment", OVERIG)
    if question.soort == UPLOAD:
        yield _field(question, "filecount", OVERIG)
    if question.soort in LISTS and question.anders:
        yield _field(question, OTHER, ANDERS, words=sorted(OTHER_WORDS))


def _several(question: Asked) -> Iterator[Field]:
    for part in question.delen:
        yield _field(question, part.code, MEER, beside=[part.texts])
        if question.soort == "P":
            yield _field(question, f"{part.code}comment", TOELICHTING)
    if question.anders:
        yield _field(question, OTHER, ANDERS, words=sorted(OTHER_WORDS))
        if question.soort == "P":
            yield _field(question, "othercomment", OVERIG)


def _grid(question: Asked) -> Iterator[Field]:
    columns = [part for part in question.delen if part.schaal == "1"]
    for row in (part for part in question.delen if part.schaal != "1"):
        for column in columns:
            yield _field(question, f"{row.code}_{column.code}", OVERIG, beside=[row.texts, column.texts])


def _field(
    question: Asked, part: str, kind: str, *, beside: list[Texts] | None = None, words: list[str] | None = None,
    answers: Answers = NONE,
) -> Field:  # fmt: skip
    """Return one field. Between the brackets of its heading stand texts ``beside``, or one of LimeSurvey's ``words``."""
    parts = beside or []
    heads = {
        text + "".join(texts.get(language, "") for texts in parts) + word
        for language, text in question.texts.items()
        for word in words or [""]
    }
    shown = [next(iter(texts.values()), "") for texts in (question.texts, *parts)]
    return Field(
        naam="_".join(filter(None, (question.code, part))),
        vraag=question.code,
        deel=part,
        soort=kind,
        tekst=" ".join([shown[0], *(f"[{text}]" for text in shown[1:])]),
        labels=answers.labels,
        woorden=answers.woorden,
        koppen=frozenset(map(key_of, heads)),
    )
