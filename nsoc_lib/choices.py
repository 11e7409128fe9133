"""Counts of a questionnaire per kind of question, each with its own base.

A share never travels without its base. One answer, several answers and a top-n are a ``Tally``:
the share of respondents who answered, and of the mentions where more answers were allowed; only
the latter add up to 100. Ranks, loops and statements are a ``Spread``: a distribution per row,
each row with its own base. People outside the answers are not spoken of: there are no bounds.

Partial ranks: an option that was chosen and not ranked counts as chosen, never in a rank.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from nsoc_lib.codebook import Codebook, Stelling
from nsoc_lib.disclosure import list_reasons
from nsoc_lib.outcomes import Line, Row, Spread, Tally
from nsoc_lib.protection import protect_options, protect_remainder, protect_statement
from nsoc_lib.questions import (
    KIES,
    LUS,
    MEER,
    OPEN,
    RANGORDE,
    SMALLEST_GROUP,
    Question,
)
from nsoc_lib.result import PROCENT, Result
from nsoc_lib.rounding import ROUNDED_ONCE
from nsoc_lib.shares import answer_result, count_answers, hide
from nsoc_lib.suppression import AANVULLEND
from nsoc_lib.survey import Survey


def count_choices(survey: Survey, question_id: str, leave_out: frozenset[str] = frozenset(), part: str = "") -> Tally:
    """Count how many people chose each option, among those who answered the question.

    ``leave_out`` are respondents not to count and ``part`` then names the rest in the result ids.
    A top-n and a ranking stand from much to little, other questions in the order of the codebook.
    Raises NsocError for a question the codebook does not have.
    """
    question = survey.codeboek.select_vraag(question_id)
    rows = _valid(survey, question_id, leave_out)
    people, mentions = rows["respondent"].nunique(), len(rows)
    counts = {option.id: int((rows["optie"] == option.id).sum()) for option in question.opties}
    several = question.soort in {MEER, KIES}
    smallest = max(question.kleinste_groep, survey.regels.kleinste_rol) if question.achtergrond else 0
    hidden = protect_options(counts, people, survey.regels, single=not several, smallest=smallest)
    if leave_out:
        hidden = _hidden_remainder(survey, question, counts, people, hidden)
    tail = f".{part}" if part else ""
    lines = [
        Line(
            option.label,
            _share(survey, f"{question_id}.{option.id}{tail}", f"{question.kort}: {option.label}", counts[option.id], people,
                   hidden[option.id]),
            _mention(survey, f"{question_id}.{option.id}{tail}", f"{question.kort}: {option.label}", counts[option.id], mentions,
                     hidden[option.id]) if several else None,
        )
        for option in question.opties
    ]  # fmt: skip
    if question.soort == KIES:
        lines.sort(key=_by_what_is_shown)
    return Tally(
        question_id,
        question.kort,
        question.soort,
        count_people(survey, f"{question_id}{tail}.beantwoord", f"{question.kort}: beantwoord", people),
        count_people(
            survey, f"{question_id}{tail}.vermeldingen", f"{question.kort}: vermeldingen", mentions, "vermeldingen"
        )
        if several
        else None,
        tuple(lines),
        question.kleinste_groep,
    )


def count_codes(survey: Survey, question_id: str) -> Tally:
    """Count the researchers' codes for words: of an open question, or at "anders, namelijk".

    The base is whose words were coded. Codes are groups of people as well, so small ones are hidden.
    """
    codebook = survey.codeboek
    opened = {question.id: question for question in codebook.open_vragen}
    if question_id in opened:
        codes, short, smallest = opened[question_id].codes, opened[question_id].tekst.rstrip("?"), SMALLEST_GROUP
        table = survey.open_antwoorden
    else:
        question = codebook.select_vraag(question_id)
        codes, short, smallest = question.codes, f"{question.kort}, toelichting", question.kleinste_groep
        table = survey.keuzes
    coded = table.loc[(table["vraag"] == question_id) & table["code"].notna(), "code"]
    counts = {code: int((coded == code).sum()) for code in codes}
    smallest = max(smallest, survey.regels.kleinste_rol)
    hidden = protect_options(counts, len(coded), survey.regels, single=True, smallest=smallest)
    lines = [
        Line(codes[c], _share(survey, f"{question_id}.code.{c}", f"{short}: {codes[c]}", k, len(coded), hidden[c]))
        for c, k in counts.items()
    ]  # fmt: skip
    base = count_people(survey, f"{question_id}.gecodeerd", f"{short}: gecodeerd", len(coded))
    return Tally(f"{question_id}-code", short, OPEN, base, None, tuple(lines), smallest)


def count_ranks(survey: Survey, question_id: str, top: int = 0) -> Spread:
    """Count per option how often it got each rank, and how often one of the first ``top`` ranks.

    The base of every row is who ranked anything; ``top`` 0 takes every rank. ``zonder`` counts who
    chose the option without ranking it.
    """
    question = survey.codeboek.select_vraag(question_id)
    rows, chosen = _valid(survey, question_id), _valid(survey, question.van)
    people, places = rows["respondent"].nunique(), range(1, question.aantal + 1)
    lines = []
    for option in question.opties:
        ranks = rows.loc[rows["optie"] == option.id, "rang"]
        name, label = f"{question_id}.{option.id}", f"{question.kort}: {option.label}"
        lines.append(
            _hide_together(Row(
                option.label,
                tuple(count_people(survey, f"{name}.rang-{n}", f"{label}: rang {n}", int((ranks == n).sum())) for n in places),
                count_people(survey, f"{question_id}.beantwoord", f"{question.kort}: beantwoord", people),
                _share(survey, f"{name}.top", label, int((ranks <= (top or question.aantal)).sum()), people),
                count_people(survey, f"{name}.zonder-rang", f"{label}: gekozen zonder rang",
                       int((chosen["optie"] == option.id).sum()) - len(ranks)),
            ))
        )  # fmt: skip
    lines.sort(key=_rank_order)
    return Spread(question_id, question.kort, RANGORDE, tuple(f"Plaats {n}" for n in places), tuple(lines))


def _hide_together(row: Row) -> Row:
    """Hide a whole row of ranks when one of them is hidden: they add up to numbers that are shown."""
    numbers = [number for number in (row.aandeel, row.zonder, *row.delen) if number]
    if not list_reasons(numbers):
        return row
    return replace(
        row,
        delen=tuple(hide(part, AANVULLEND) for part in row.delen),
        aandeel=row.aandeel and hide(row.aandeel, AANVULLEND),
        zonder=row.zonder and hide(row.zonder, AANVULLEND),
    )


def _rank_order(line: Row) -> tuple[float, ...]:
    """Order by what a reader sees, the most often named first; what is hidden counts as nothing."""
    shown = (line.aandeel, *line.delen)
    return tuple(0.0 if part is None or part.suppressed else -part.value for part in shown)


def count_loop(survey: Survey, question_id: str) -> Spread:
    """Count the answers of a loop per option, among who chose that option and answered for it.

    Options too small to show at the question that is followed, or on too few answers, are left out.
    """
    question = survey.codeboek.select_vraag(question_id)
    rows = _valid(survey, question_id)
    shown = {line.label for line in count_choices(survey, question.van).regels if not line.aandeel.suppressed}
    lines, left_out = [], False
    for option in question.opties:
        answers = rows.loc[rows["optie"] == option.id, "antwoord"]
        smallest = max(question.kleinste_groep, survey.regels.kleinste_groep)
        if option.label not in shown or 0 < len(answers) < smallest:
            left_out = True
            continue
        if answers.empty:
            continue
        name, label = f"{question_id}.{option.id}", f"{question.kort}, {option.label}"
        counts = {answer.id: int((answers == answer.id).sum()) for answer in question.antwoorden}
        hidden = protect_options(counts, len(answers), survey.regels, single=True)
        parts = tuple(
            count_people(
                survey, f"{name}.{answer.id}", f"{label}: {answer.label}", counts[answer.id], hidden=hidden[answer.id]
            )
            for answer in question.antwoorden
        )
        lines.append(
            Row(option.label, parts, count_people(survey, f"{name}.beantwoord", f"{label}: beantwoord", len(answers)))
        )
    heads = tuple(answer.label for answer in question.antwoorden)
    return Spread(question_id, question.kort, LUS, heads, tuple(lines), left_out)


def count_statements(survey: Survey, thema: str) -> Spread:
    """Count every answer to the statements of one theme that share a scale, and who agrees.

    The base is the valid answers to that statement. Statements on too few answers are left out.
    """
    lines, heads, left_out = [], tuple[str, ...](), False
    for stelling in survey.codeboek.select_thema(thema):
        scale, counts = survey.codeboek.scale_of(stelling), count_answers(survey, stelling)
        heads = tuple(label for label in scale.agreeing_first if label not in scale.weet_niet)
        n, agreeing = sum(counts[label] for label in heads), sum(counts[label] for label in scale.instemmend)
        if n < max(SMALLEST_GROUP, survey.regels.kleinste_groep):
            left_out = True
            continue
        name, valid = f"{thema}.{stelling.id}", {label: counts[label] for label in heads}
        hidden = protect_statement(valid, scale.instemmend, {}, n, survey.regels)
        label = f"{stelling.kort}: {_agreeing(survey.codeboek, stelling)}"
        eens = _share(survey, f"{name}.eens", label, agreeing, n, hidden.alle)
        answers = {label: answer_result(eens, label, count) for label, count in valid.items()}
        parts = tuple(survey.judge(hide(answers[label], hidden.antwoorden[label])) for label in heads)
        lines.append(Row(stelling.kort, parts, eens.basis, eens))
    return Spread(thema, survey.codeboek.themas[thema], "stellingen", heads, tuple(lines), left_out)


def select_group(survey: Survey, question_id: str, answer: str) -> frozenset[str]:
    """Return who gave an answer: an option of a question, or the code of an open one.

    Raises NsocError when the codebook does not have the question or the answer.
    """
    survey.codeboek.label_answer(question_id, answer)
    opened = question_id in {question.id for question in survey.codeboek.open_vragen}
    rows = survey.open_antwoorden if opened else _valid(survey, question_id)
    found = (rows["vraag"] == question_id) & (rows["code" if opened else "optie"] == answer)
    return frozenset(rows.loc[found, "respondent"])


def _valid(survey: Survey, question_id: str, leave_out: frozenset[str] = frozenset()) -> pd.DataFrame:
    rows = survey.keuzes
    kept = (rows["vraag"] == question_id) & (rows["status"] == "geldig") & ~rows["respondent"].isin(leave_out)
    return rows.loc[kept]


def _hidden_remainder(
    survey: Survey, question: Question, rest: dict[str, int], people: int, hidden: Mapping[str, str]
) -> dict[str, str]:
    """Return what is hidden of an outcome without a group, beside the same outcome of everybody."""
    rows, single = _valid(survey, question.id), question.soort not in {MEER, KIES}
    counts = {option.id: int((rows["optie"] == option.id).sum()) for option in question.opties}
    everybody = rows["respondent"].nunique()
    also = protect_options(counts, everybody, survey.regels, single=single)
    rest_hidden = protect_remainder(counts, rest, (everybody, people), survey.regels, single=single)
    return {name: hidden[name] or also[name] or rest_hidden[name] for name in rest}


def _by_what_is_shown(line: Line) -> tuple[bool, float]:
    """Order by what a reader sees: a hidden option comes last."""
    return line.aandeel.suppressed, 0.0 if line.aandeel.suppressed else -line.aandeel.value


def _share(survey: Survey, name: str, label: str, count: int, n: int, hidden: str = "") -> Result:
    value = 100 * count / n if n else 0.0
    share = Result(_id(survey, name), label, value, PROCENT, survey.opgave.herkomst, survey.dataset, count=count, n=n,
                   rounding=ROUNDED_ONCE)  # fmt: skip
    return survey.judge(hide(share, hidden))


def _mention(survey: Survey, name: str, label: str, count: int, mentions: int, hidden: str) -> Result:
    return _share(survey, f"{name}.vermelding", f"{label}: aandeel van de vermeldingen", count, mentions, hidden)


def count_people(survey: Survey, name: str, label: str, value: int, unit: str = "personen", hidden: str = "") -> Result:
    """Return a count of the people of a questionnaire with its status; hidden when there is a reason."""
    counted = Result(_id(survey, name), label, value, unit, survey.opgave.herkomst, survey.dataset)
    return survey.judge(hide(counted, hidden))


def _id(survey: Survey, name: str) -> str:
    return f"{survey.meting}.{survey.codeboek.instrument}.{name}"


def _agreeing(codebook: Codebook, stelling: Stelling) -> str:
    words: Sequence[str] = [label.lower() for label in codebook.scale_of(stelling).instemmend]
    return " of ".join(words)
