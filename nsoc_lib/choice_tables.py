"""Report tables of a questionnaire with choices, ranks and loops.

What needs answers shows nothing when they were never published; ``tell_answers`` says so once.
"""

from __future__ import annotations

from nsoc_lib.choices import (
    count_choices,
    count_codes,
    count_loop,
    count_ranks,
    count_statements,
    select_group,
)
from nsoc_lib.given import OPEN_STATUS, count_given, list_statuses
from nsoc_lib.outcomes import Row, Spread, Tally
from nsoc_lib.prose import Filling, Indication, Shown, indicate, refuse, show_all, tell
from nsoc_lib.questionnaire import name_question
from nsoc_lib.questions import LUS, RANGORDE, STELLINGEN, Listed, OpenQuestion
from nsoc_lib.result import Result
from nsoc_lib.survey import NIET_GETOOND, ONTBREEKT, STATUSSEN, Survey
from nsoc_lib.tables import NOTHING, Cell, Table, with_counts
from nsoc_lib.tables import Row as Cells

SILENCE = Shown("", "")  # what needs answers and has none
WHEN_SUPPLIED = (
    "Zodra een onderzoeker de export naast het codeboek legt, verschijnen hieronder tabellen en figuren. Tot dan staat er alleen "
    "hoe elke soort vraag wordt geteld."
)
SEVERAL_NOTE = (
    "Wie meer antwoorden gaf, telt bij elk daarvan; de aandelen van de respondenten kunnen samen meer dan alles zijn."
)
LEFT_OUT_NOTE = "Rijen op minder antwoorden dan de kleinste groep van het codeboek staan er niet bij."
RANK_NOTE = "Wie een optie koos en geen plaats gaf, telt bij gekozen zonder plaats en niet in de verdeling."


def tell_answers(survey: Survey) -> Shown:
    """Tell how many took part, or refuse every outcome with the reason the record gives."""
    if not survey.beschikbaar:
        return show_all(refuse("De uitslag van de enquête", survey.opgave.toelichting), tell(WHEN_SUPPLIED))
    base = f"{survey.meting}.{survey.codeboek.instrument}.deelnemers"
    people = survey.respondenten
    total, complete = (
        survey.judge(Result(f"{base}.{name}", label, value, "personen", survey.opgave.herkomst, survey.dataset))
        for name, label, value in (
            ("totaal", "Deelnemers met toestemming", len(people)),
            ("compleet", "Vragenlijst helemaal ingevuld", int(people["compleet"].sum())),
        )
    )
    return tell(
        "De uitkomsten gaan over {totaal} deelnemers die toestemming gaven; {compleet} van hen vulden de vragenlijst helemaal in.",
        totaal=total,
        compleet=complete,
    )


def tabulate_question(survey: Survey, question_id: str) -> Shown:
    """Return the outcome of one question as its kind asks, or why it cannot be shown."""
    if not survey.beschikbaar:
        return SILENCE
    outcome = count_question(survey, question_id)
    if (few := refuse_small(outcome)) is not None:
        return few
    return outcome_table(survey, outcome).show()


def outcome_table(survey: Survey, outcome: Tally | Spread) -> Table:
    """Return the table of an outcome, whatever its shape."""
    return _tally_table(survey, outcome) if isinstance(outcome, Tally) else _spread_table(survey, outcome)


def count_question(survey: Survey, question_id: str) -> Tally | Spread:
    """Count one question as its kind asks; a theme name counts the statements, ``…-code`` the codes."""
    if question_id in survey.codeboek.themas:
        return count_statements(survey, question_id)
    name = question_id.removesuffix("-code")
    if name != question_id or name in {question.id for question in survey.codeboek.open_vragen}:
        return count_codes(survey, name)
    kind = survey.codeboek.select_vraag(question_id).soort
    return {RANGORDE: count_ranks, LUS: count_loop}.get(kind, count_choices)(survey, question_id)


def refuse_small(outcome: Tally | Spread) -> Shown | None:
    """Return the refusal of an outcome on too few people, or None."""
    if isinstance(outcome, Tally):
        few = outcome.basis.suppressed or outcome.basis.value < outcome.kleinste_groep
    else:
        few = not outcome.regels
    reason = "Er antwoordden te weinig mensen om het te tonen zonder iemand te verraden."
    return refuse(f"De uitkomst van “{outcome.kort}”", reason) if few else None


def _tally_table(survey: Survey, tally: Tally) -> Table:
    """Return the table of one question with options: share of respondents, count, share of mentions."""
    several = tally.vermeldingen is not None
    shares = ("Aandeel van de respondenten", "Aantal", "Respondenten")
    rows: list[Cells] = []
    for line in tally.regels:
        cells: list[Cell] = [indicate(line.label), *_share_cells(line.aandeel)]
        rows.append((*cells, *((line.vermelding,) if line.vermelding else ())))
    if tally.vermeldingen:
        rows.append(("Alle vermeldingen", NOTHING, tally.vermeldingen, tally.basis, NOTHING))
    return Table(
        key=f"tabel-{survey.meting}-{tally.id}",
        bijschrift=f"{tally.kort}: {'meer antwoorden per persoon' if several else 'aandeel per antwoord'}.",
        koppen=("Antwoord", *shares, *(("Aandeel van de vermeldingen",) if several else ())),
        rijen=tuple(rows),
        noten=(SEVERAL_NOTE,) if several else (),
    )


def _share_cells(share: Result) -> tuple[Filling, Filling, Filling]:
    return (share, NOTHING, NOTHING) if share.suppressed else (share, share.aantal, share.basis)


def _spread_table(survey: Survey, spread: Spread) -> Table:
    """Return the table of a ranking, a loop or a theme of statements: counts per column and the row's base."""
    extra = {RANGORDE: ("Op een van deze plaatsen", "Gekozen zonder plaats"), STELLINGEN: ("Instemmend",)}
    heads: tuple[str | Indication, ...] = tuple(indicate(head) for head in spread.koppen)
    return Table(
        key=f"tabel-{survey.meting}-{spread.id}",
        bijschrift=f"{spread.kort}: verdeling in aantallen.",
        koppen=("Onderdeel", *extra.get(spread.soort, ())[:1], *heads, *extra.get(spread.soort, ())[1:], "Antwoorden"),
        rijen=tuple(_spread_row(row) for row in spread.regels),
        noten=(
            *((RANK_NOTE,) if spread.soort == RANGORDE else ()),
            *((LEFT_OUT_NOTE,) if spread.weggelaten else ()),
        ),
    )


def _spread_row(row: Row) -> Cells:
    stands_out: tuple[Cell, ...] = (_with_count(row.aandeel),) if row.aandeel else ()
    return (indicate(row.label), *stands_out, *row.delen, *((row.zonder,) if row.zonder else ()), row.basis)


def _with_count(share: Result) -> Cell:
    return share if share.suppressed else (share, " (", share.aantal, ")")


def tabulate_without(survey: Survey, question_id: str, group_question: str, group: str) -> Shown:
    """Return one question with and without a group that is over-represented, side by side.

    This stands in the place of weighting, for which the make-up of those asked is needed. Refused
    for a background question, and when the group or the rest is too small: the difference of the
    two columns tells what the group answered.
    """
    if not survey.beschikbaar:
        return SILENCE
    everybody, people = count_choices(survey, question_id), select_group(survey, group_question, group)
    rest = count_choices(survey, question_id, people, f"zonder-{group}")
    what, question = f"“{everybody.kort}” met en zonder een groep", survey.codeboek.select_vraag(question_id)
    if question.achtergrond:
        return refuse(what, "Het verschil tussen beide kolommen zou kleine groepen tonen.")
    smallest = max(question.kleinste_groep, survey.regels.kleinste_groep)
    if not min(rest.basis.value, everybody.basis.value - rest.basis.value) >= smallest:  # also when one is hidden
        return refuse(what, "Die groep, of de rest, is zo klein dat iemands antwoord te herleiden zou zijn.")
    without = {line.label: line.aandeel for line in rest.regels}
    rows: list[Cells] = [
        (indicate(line.label), with_counts(line.aandeel), with_counts(without[line.label])) for line in everybody.regels
    ]
    return Table(
        key=f"tabel-{survey.meting}-{question_id}-zonder-{group}",
        bijschrift=f"{everybody.kort}: alle respondenten, en zonder een groep die te zwaar meetelt.",
        koppen=(
            "Antwoord",
            "Alle respondenten",
            indicate(f"Zonder {survey.codeboek.label_answer(group_question, group)}"),
        ),
        rijen=tuple(rows),
        noten=("Er is niet gewogen: hoe de groepen onder alle aangeschrevenen waren verdeeld is niet bekend.",),
    ).show()


def tabulate_given(survey: Survey) -> Shown:
    """Return per question how many answered it, and how the others did not."""
    if not survey.beschikbaar:
        return SILENCE
    statuses = list_statuses(survey)
    return Table(
        key=f"tabel-{survey.meting}-beantwoord",
        bijschrift="Per vraag wie antwoordde en wie niet, in personen.",
        koppen=("Vraag", "Beantwoord", *(status.capitalize() for status in statuses[1:])),
        rijen=tuple(
            (indicate(name_question(q)), *(counts[s] if s in _possible(q) else NOTHING for s in statuses))
            for q, counts in count_given(survey)
        ),
        noten=(
            "Niet getoond: de vraag gaat over eerdere keuzes, en die waren er niet.",
            "Niet ingevuld: bij een open vraag is alleen bekend of er iets staat.",
        ),
    ).show()


def _possible(question: Listed) -> tuple[str, ...]:
    """Return the ways of answering or not that a kind of question knows."""
    if isinstance(question, OpenQuestion):
        return (STATUSSEN[0], OPEN_STATUS, ONTBREEKT)
    return (*STATUSSEN, ONTBREEKT, NIET_GETOOND) if question.van else (*STATUSSEN, ONTBREEKT)
