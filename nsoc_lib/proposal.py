"""A codebook proposed from an export: which columns are one question, of what kind, with which answers.

Everything here is a guess by rules that can be read, and the text of the proposal marks each as one.
Only what the file itself states, such as its own list of answers, is taken over as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from nsoc_lib.errors import NsocError
from nsoc_lib.privacy import NAAM, find_alarms, recognise
from nsoc_lib.proposal_scales import AnswerList, is_about_agreement
from nsoc_lib.questions import EEN, MEER, OPEN, WORDS
from nsoc_lib.sources.export import RESPONSE_ID, SYSTEM_COLUMNS, Column, Export

STELLING, OVERSLAAN = "stelling", "overslaan"
MOST_ANSWERS, LONGEST_ANSWER, MOST_OPTIONS = 12, 80, 40
TOGETHER = 3  # questions that share a list of answers of the file's own; so many are statements
_LOOP = re.compile(r"\d+_(QID\d+.*)")
_PART = re.compile(r"(.+)_([A-Za-z0-9-]*\d[A-Za-z0-9-]*|other)")
_WHO = re.compile(r"(resp(ondent)?|deelnemer|case|record)?[ _-]?(id|nr|nummer|num|code)|respondent", re.IGNORECASE)
_CODES, _NUMBER = re.compile(r"\d{1,4}(,[1-9]\d{0,3})*"), re.compile(r"-?\d+([.,]\d+)?")


@dataclass(frozen=True)
class Proposed:
    """One question, or a column to leave out, with in ``gissing`` what was guessed and why.

    ``kolom`` and ``import_id`` are those of the question and ``plaats`` that of its first column in
    the file. ``blok`` is the name and text of the block that a statement stands in; ``toelichting``
    are the codes of options that have words beside them.
    """

    soort: str
    kolom: str
    import_id: str
    tekst: str
    gissing: str
    plaats: int
    antwoorden: AnswerList = field(default_factory=AnswerList)
    blok: tuple[str, str] = ("", "")
    toelichting: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """All questions in the order of the file, and the columns that say who answered, by their role."""

    programma: str
    vragen: tuple[Proposed, ...]
    systeem: Mapping[str, str]

    def having(self, kind: str) -> tuple[Proposed, ...]:
        return tuple(question for question in self.vragen if question.soort == kind)


@dataclass(frozen=True)
class _Asked:
    """A column with its place and cells, and the name of its question and part where it has both."""

    column: Column
    plaats: int
    cells: tuple[str, ...]
    deel: tuple[str, str] = ("", "")

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(cell for cell in self.cells if cell))

    @property
    def name(self) -> str:
        return self.column.import_id

    @property
    def text(self) -> str:
        return self.column.text or self.column.tag

    @property
    def closed(self) -> bool:
        """Whether a few short answers return, as those from a list do and words of people's own do not.

        Answers end up in a codebook that is published, so what looks like personal data never counts.
        """
        few = 0 < 2 * len(self.values) <= min(sum(map(bool, self.cells)), 2 * MOST_ANSWERS)
        return few and all(len(value) <= LONGEST_ANSWER and set(recognise(value)) <= {NAAM} for value in self.values)


def propose_codebook(export: Export, ordered: Collection[str] = ()) -> Proposal:
    """Return the proposal; ``ordered`` are the columns whose answers the file itself puts in order.

    Raises NsocError when no column can be a question.
    """
    personal = {alarm.import_id for alarm in find_alarms(export, frozenset()) if alarm.naar_kop}
    columns = [
        _Asked(column, place, tuple(response.cells.get(column.import_id, "") for response in export.responses))
        for place, column in enumerate(export.columns)
        if column.import_id not in SYSTEM_COLUMNS
    ]
    system = _guess_system(export, columns)
    asked = [item for item in columns if item.column.tag not in system.values()]
    found = [_left_out(item, "lijkt naar persoonsgegevens te vragen") for item in asked if item.name in personal]
    for block in _blocks([item for item in asked if item.name not in personal]):
        found += _propose_block(block, ordered)
    if all(question.soort == OVERSLAAN for question in found):
        raise NsocError(
            export.where,
            found=f"{len(found)} kolommen, waarvan er geen een vraag lijkt",
            expected="ten minste een kolom met antwoorden op een vraag",
            remedy="Kijk met make doctor FILE=… of dit de goede export is.",
        )
    ordered_questions = sorted(_join_statements(found), key=lambda question: question.plaats)
    return Proposal(export.programma, tuple(ordered_questions), system)


def _guess_system(export: Export, columns: list[_Asked]) -> dict[str, str]:
    """Return the column that tells respondents apart, where the file has none under a known name."""
    assumed = any(column.tag == RESPONSE_ID for column in export.columns)
    for item in columns:
        if assumed and all(item.cells) and len(item.values) == len(item.cells) and _WHO.fullmatch(item.column.tag):
            return {"deelnemer": item.column.tag}
    return {}


def _blocks(columns: list[_Asked]) -> list[list[_Asked]]:
    """Return the columns of one question together, words beside an option with their question."""
    names = {item.name for item in columns}
    blocks: dict[str, list[_Asked]] = {}
    for item in columns:
        bare = item.name.removesuffix(WORDS)
        question, bracket, _ = item.column.tag.partition("[")
        match = _PART.fullmatch(bare)
        if loop := _LOOP.fullmatch(item.name):
            deel = (f"lus {loop[1].removesuffix(WORDS)}", "")
        elif bracket and bare.startswith(f"{question}_"):  # LimeSurvey: question[part]
            deel = (question, bare.removeprefix(f"{question}_"))
        elif match:
            deel = (match[1], match[2])
        else:
            deel = (bare if bare in names else item.name, "")
        blocks.setdefault(deel[0], []).append(replace(item, deel=deel))
    return list(blocks.values())


def _propose_block(block: list[_Asked], ordered: Collection[str]) -> list[Proposed]:
    if _LOOP.fullmatch(block[0].name):
        return [_left_out(item, "een vraag per gekozen optie; hoort onder vragen met soort: lus") for item in block]
    words = [item for item in block if item.name.endswith(WORDS)]
    rest = [item for item in block if item not in words]
    parts = [item for item in rest if item.deel[1]]
    if not rest:
        return [_open(item) for item in words]
    if len(rest) == 1:
        return _with_words([_propose_one(rest[0], ordered)], words)
    if len(parts) < len(rest):
        return [_propose_one(item, ordered) for item in rest] + [_open(item) for item in words]
    return _with_words(_propose_several(rest, ordered), words)


def _propose_several(rest: list[_Asked], ordered: Collection[str]) -> list[Proposed]:
    """Return columns under one name as options, ranks or a block of statements, or else each on its own."""
    first, tag = rest[0], _PART.fullmatch(rest[0].column.tag)
    name = tag[1] if tag else first.column.tag.partition("[")[0]
    if _is_options(rest):
        answers = AnswerList(tuple((item.deel[1], _option_label(item)) for item in rest))
        guess = "elke kolom heeft hooguit een waarde: opties waarvan er meer te kiezen zijn"
        return [Proposed(MEER, name, first.deel[0], _stem(first), guess, first.plaats, answers)]
    if _is_ranking(rest):
        return [_left_out(item, "een rangorde; hoort onder vragen met soort: rangorde") for item in rest]
    values = {value for item in rest for value in item.values}
    one_list = len({tuple(item.column.labels.items()) for item in rest}) == 1
    together = replace(first, cells=tuple(cell for item in rest for cell in item.cells))
    if one_list and (first.column.labels or together.closed):
        answers = AnswerList.build((item.column for item in rest), values, ordered)
        guess = "kolommen onder een naam met dezelfde antwoorden: stellingen"
        stems = {_stem(item) for item in rest}
        block = (name, _stem(first) if len(stems) == 1 else name)
        return [_statement(item, answers, block, guess) for item in rest]
    return [_propose_one(item, ordered) for item in rest]


def _propose_one(item: _Asked, ordered: Collection[str]) -> Proposed:
    """Return a column by itself: a statement, a question with answers to choose, words, or nothing to keep."""
    if not item.values and not item.column.labels:
        return _left_out(item, "leeg in deze export")
    several = _split_cells(item)
    if several:
        guess = "een cel met komma's houdt alle gekozen opties"
        return Proposed(MEER, item.column.tag, item.name, item.text, guess, item.plaats, several)
    if item.column.labels or item.closed:
        answers = AnswerList.build([item.column], item.values, ordered)
        if is_about_agreement(answers.labels):
            return _statement(item, answers, ("stellingen", "Stellingen"), "de antwoorden lijken een schaal")
        guess = "enkele antwoorden die terugkomen: een vraag met een keuze"
        return Proposed(EEN, item.column.tag, item.name, item.text, guess, item.plaats, answers)
    if all(_NUMBER.fullmatch(value) for value in item.values):
        return _left_out(item, "een getal; daarvoor heeft het codeboek geen soort vraag")
    return _open(item)


def _join_statements(found: list[Proposed]) -> list[Proposed]:
    """Turn questions that share the file's own list of answers into statements, and give them the fullest list."""
    shared: dict[AnswerList, int] = {}
    for question in found:
        if question.soort == EEN and question.antwoorden.labels_bekend and question.antwoorden.codes_bekend:
            shared[question.antwoorden] = shared.get(question.antwoorden, 0) + 1
    block = ("stellingen", "Stellingen")
    joined = [
        replace(q, soort=STELLING, blok=block, gissing="vragen met dezelfde antwoordlijst: stellingen")
        if q.soort == EEN and shared.get(q.antwoorden, 0) >= TOGETHER and not q.toelichting
        else q
        for q in found
    ]
    lists = sorted({q.antwoorden for q in joined if q.soort == STELLING}, key=lambda a: (-len(a.labels), a.labels))
    fullest = {a: next(b for b in lists if a == b or a.is_part_of(b)) for a in lists}
    return [replace(q, antwoorden=fullest[q.antwoorden]) if q.soort == STELLING else q for q in joined]


def _with_words(questions: list[Proposed], words: list[_Asked]) -> list[Proposed]:
    """Return questions with the words beside their options; other words are questions of their own."""
    question = questions[0]
    codes: list[str] = []
    if len(questions) == 1 and question.soort in {EEN, MEER}:
        codes = [item.deel[1] for item in words if item.deel[1] and item.deel[0] == question.import_id]
        split = question.soort == MEER and question.antwoorden.labels_bekend and question.antwoorden.codes_bekend
        codes = [code for code in codes if not split or code in question.antwoorden.codes]
    apart = [_open(item) for item in words if not codes or item.deel[1] not in codes]
    if codes:
        question = replace(question, toelichting=tuple(codes), antwoorden=question.antwoorden.with_codes(codes))
    return [question, *questions[1:], *apart]


def _statement(item: _Asked, answers: AnswerList, block: tuple[str, str], guess: str) -> Proposed:
    text = item.text.removeprefix(block[1]).strip(" -–[]") or item.text
    return Proposed(STELLING, item.column.tag, item.name, text, guess, item.plaats, answers, block)


def _open(item: _Asked) -> Proposed:
    return Proposed(OPEN, item.column.tag, item.name, item.text, "antwoorden in eigen woorden", item.plaats)


def _left_out(item: _Asked, why: str) -> Proposed:
    return Proposed(OVERSLAAN, item.column.tag, item.name, item.text, why, item.plaats)


def _is_options(rest: list[_Asked]) -> bool:
    """Whether columns hold 1 or nothing (or 0), or each only the name of its own option."""
    values = [value for item in rest for value in item.values]
    if set(values) <= {"0", "1"}:
        return "1" in values
    own = [item.values for item in rest if item.values]
    return all(len(found) == 1 for found in own) and len(set(own)) == len(own) > 1


def _is_ranking(rest: list[_Asked]) -> bool:
    """Whether every person's cells are different whole numbers from one up, and columns hold several of them."""
    ranks = {str(number) for number in range(1, len(rest) + 1)}
    people = list(zip(*(item.cells for item in rest), strict=True))
    given = [[cell for cell in cells if cell] for cells in people]
    fits = all(set(cells) <= ranks and len(set(cells)) == len(cells) for cells in given)
    return fits and len(rest) > 2 and any(len(cells) > 1 for cells in given)


def _split_cells(item: _Asked) -> AnswerList | None:
    """Return the options in cells that hold several at once: codes or texts with commas between them."""
    cells = [cell.split(",") for cell in item.values]
    parts = {part for cell in cells for part in cell}
    apart = all(len(set(cell)) == len(cell) for cell in cells) and any(len(cell) > 1 for cell in cells)
    if item.column.labels or not apart or len(parts) > MOST_OPTIONS:
        return None
    if all(_CODES.fullmatch(value) for value in item.values):
        rising = all(cell == sorted(cell, key=int) for cell in cells)
        return AnswerList.build([], parts, ()) if rising else None
    mentions = sum(len(cell.split(",")) for cell in item.cells if cell)
    texts = all(part and part == part.strip() and len(part) <= LONGEST_ANSWER for part in parts)
    return AnswerList.build([], parts, ()) if texts and mentions >= 2 * len(parts) else None


def _option_label(item: _Asked) -> str:
    """Return the name of an option: what stands in its cells, or after the last mark in its text."""
    words = [value for value in item.values if value not in {"0", "1"}]
    tail = item.text.rpartition(" - ")[2].rpartition("[")[2].rstrip("]").strip()
    return words[0] if words else tail or item.deel[1]


def _stem(item: _Asked) -> str:
    """Return the text that the columns of one question share: what stands before the mark."""
    before = item.text.rpartition(" - ")[0] or item.text.partition("[")[0]
    return before.strip() or item.text
