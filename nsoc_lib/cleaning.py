"""From the export of a questionnaire to tidy answers: one row per person and statement.

Why an answer is missing is kept: ``overgeslagen`` (seen, left blank), ``niet bereikt`` (the
respondent had stopped before) or ``ontbreekt`` (the file or the codebook says so, with the kind).
Technical and personal columns stay behind.
"""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from nsoc_lib.choice_answers import clean_choices, leave_out_without_consent, select_coding
from nsoc_lib.choice_cells import split_choices
from nsoc_lib.codebook import Background, Codebook, Stelling
from nsoc_lib.columns import check_columns, checked_columns, refuse_missing_that_is_an_answer
from nsoc_lib.doubles import find_double
from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.open_answers import clean_open_answers
from nsoc_lib.privacy import find_alarms, quote_cell
from nsoc_lib.sources.export import FINISHED, PROGRESS, RESPONSE_ID, STATUS, Export, Response
from nsoc_lib.sources.tabular import pseudonym
from nsoc_lib.survey import ONTBREEKT, SEEN, SOORT, STATUSSEN, Cleaned, Finding, keep_kinds, kind_of_missing

PREVIEWS = ("1", "Survey Preview", "Voorbeeldversie enquête", "Umfragevorschau")
DONE = {"True": True, "False": False, "1": True, "0": False, "WAAR": True, "ONWAAR": False}


def clean_survey(export: Export, codebook: Codebook, coding: pd.DataFrame, coding_where: str) -> Cleaned:
    """Turn an export into tidy tables and name everything that does not fit the codebook.

    ``coding`` has the columns respons (ResponseId), vraag, code and rij: the researchers'
    codes of open answers. Raises NsocError for a missing or unknown column, an unknown answer,
    a respondent who occurs twice and a code for nobody. Test responses made in the preview of
    the survey tool are left out and reported as a finding; so is who gave no consent. Words
    that look like personal data are left out as well, unless the codebook gives a reason.
    """
    kept, findings = _leave_out_previews(export)
    alarms = find_alarms(export, checked_columns(codebook))
    by_head = frozenset(alarm.import_id for alarm in alarms if alarm.naar_kop)
    export = split_choices(replace(export, responses=tuple(kept)), codebook)
    check_columns(export, codebook)
    refuse_missing_that_is_an_answer(export, codebook)
    responses, refused = leave_out_without_consent(list(export.responses), codebook, export.where)
    _refuse_double_respondents(responses, export.where)
    names = {response.response_id: f"r{number:03d}" for number, response in enumerate(responses, 1)}
    reached = {r.response_id: _reached(r, codebook, export.where) for r in responses}
    answers = _clean_answers(responses, names, codebook, export, reached)
    respondents = _clean_respondents(responses, names, codebook, export)
    open_coding, other_coding = select_coding(coding, codebook)
    choices, notes = clean_choices(responses, names, codebook, (other_coding, coding_where), reached, export.where)
    return Cleaned(
        antwoorden=answers,
        respondenten=respondents,
        open_antwoorden=clean_open_answers(responses, names, codebook, (open_coding, coding_where), by_head),
        keuzes=choices,
        bevindingen=(
            *findings,
            *refused,
            *notes,
            *(Finding("persoonsgegevens", f"{a.tekst}; {_fate(a.import_id, codebook)}", a.cellen) for a in alarms),
            *_unused_answers(answers, codebook),
            *_unused_groups(respondents, codebook),
        ),
    )


def _leave_out_previews(export: Export) -> tuple[list[Response], list[Finding]]:
    kept = [response for response in export.responses if response.cells.get(STATUS) not in PREVIEWS]
    left_out = len(export.responses) - len(kept)
    if not kept:
        raise NsocError(
            export.where,
            found="alleen proefantwoorden uit de voorbeeldversie van de vragenlijst",
            expected="ten minste een antwoord van een echte deelnemer",
            remedy="Exporteer opnieuw nadat deelnemers hebben geantwoord.",
        )
    text = "Proefantwoorden uit de voorbeeldversie van de vragenlijst, weggelaten"
    return kept, [Finding("proefantwoorden", text, left_out)] if left_out else []


def _refuse_double_respondents(responses: list[Response], where: str) -> None:
    for response in responses:
        if not response.response_id:
            raise NsocError(
                f"{where}, rij {response.rij}, kolom ResponseId",
                found="een lege cel",
                expected="het kenmerk van de deelnemer",
                remedy="Exporteer opnieuw uit het programma van de enquête.",
            )
    if double := find_double(responses, lambda response: response.response_id):
        first, second = double
        raise NsocError(
            f"{where}, rij {second.rij}, kolom ResponseId",
            found=f"dezelfde deelnemer als in rij {first.rij}",
            expected="elke deelnemer een keer",
            remedy="Kijk welke van de twee rijen geldt en exporteer opnieuw.",
        )


def _clean_answers(
    responses: list[Response], names: dict[str, str], codebook: Codebook, export: Export,
    reached: dict[str, frozenset[str]],
) -> pd.DataFrame:  # fmt: skip
    rows = []
    for response in responses:
        seen = reached[response.response_id]
        for stelling in codebook.stellingen:
            answer, kind = _read_answer(response, stelling, codebook, export)
            silent = "overgeslagen" if stelling.import_id in seen else "niet bereikt"
            status = "geldig" if answer else ONTBREEKT if kind else silent
            person = names[response.response_id]
            rows.append((person, stelling.id, stelling.thema, answer, status, response.rij, stelling.kolom, kind))
    columns = ["respondent", "stelling", "thema", "antwoord", "status", "rij", "kolom", SOORT]
    frame = keep_kinds(pd.DataFrame(rows, columns=columns))
    labels = list(dict.fromkeys(label for scale in codebook.schalen.values() for label in scale.labels))
    return frame.astype(
        {
            "stelling": pd.CategoricalDtype([stelling.id for stelling in codebook.stellingen]),
            "thema": pd.CategoricalDtype(list(codebook.themas)),
            "antwoord": pd.CategoricalDtype(labels, ordered=True),
            "status": pd.CategoricalDtype([*STATUSSEN, ONTBREEKT] if SOORT in frame else list(STATUSSEN)),
        }
    )


def _reached(response: Response, codebook: Codebook, where: str) -> frozenset[str]:
    """Return the columns the respondent saw: all when finished, else those up to the last answer or known blank.

    Another kind of missing is no answer here: a program may declare it of what it did not show.
    """
    groups = codebook.volgorde
    seen = {column for column, kind in response.ontbreekt.items() if kind in SEEN}
    answered = [n for n, group in enumerate(groups, 1) if any(response.cells[c] or c in seen for c in group)]
    last = len(groups) if _is_finished(response, where) else max(answered, default=0)
    return frozenset(column for group in groups[:last] for column in group)


def _is_finished(response: Response, where: str) -> bool:
    value = response.cells[FINISHED]
    if value not in DONE:
        raise NsocError(
            f"{where}, rij {response.rij}, kolom Finished",
            found=f'"{value}"',
            expected="True of False (of 1 of 0)",
            remedy="Exporteer opnieuw uit het programma van de enquête.",
        )
    return DONE[value]


def _read_answer(
    response: Response, stelling: Stelling, codebook: Codebook, export: Export
) -> tuple[str | None, str | None]:
    """Return the answer, or else the kind of missing that file or codebook declares.

    "Weet niet" is an answer of its scale, whether or not the file calls it missing.
    """
    cell, scale = response.cells[stelling.import_id], codebook.scale_of(stelling)
    if not cell:
        kind = kind_of_missing(response, stelling.import_id)
        return (kind, None) if kind in scale.weet_niet else (None, kind)
    label = cell if cell in scale.antwoorden.values() else scale.antwoorden.get(cell)
    if label:
        return (None, label) if label in scale.ontbreekt else (label, None)
    raise NsocError(
        f"{export.where}, rij {response.rij}, kolom {stelling.kolom}",
        found=f"het antwoord {quote_cell(cell)}",
        expected=f"een antwoord uit schaal {scale.id}: {enumerate_nl(scale.labels)}",
        remedy="Verbeter de cel, of voeg het antwoord toe aan de schaal in codeboek.yml.",
    )


def _clean_respondents(
    responses: list[Response], names: dict[str, str], codebook: Codebook, export: Export
) -> pd.DataFrame:
    rows = [
        {
            "respondent": names[response.response_id],
            "compleet": _is_finished(response, export.where),
            "voortgang": _read_progress(response, export.where),
            **{b.id: _read_background(response, b, export.where) for b in codebook.achtergrond},
            "kenmerk": pseudonym(response.response_id),
            "rij": response.rij,
            **{f"{b.id}-{ONTBREEKT}": kind_of_missing(response, b.import_id) for b in codebook.achtergrond},
        }
        for response in responses
    ]
    dtypes = {b.id: pd.CategoricalDtype(list(b.antwoorden)) for b in codebook.achtergrond}
    frame = pd.DataFrame(rows).astype(dtypes)
    kinds = [f"{b.id}-{ONTBREEKT}" for b in codebook.achtergrond]
    return frame.drop(columns=[name for name in kinds if frame[name].isna().all()])


def _read_progress(response: Response, where: str) -> int:
    value = response.cells[PROGRESS]
    if not re.fullmatch(r"\d{1,3}", value) or int(value) > 100:
        raise NsocError(
            f"{where}, rij {response.rij}, kolom Progress",
            found=f'"{value}"',
            expected="een geheel getal van 0 tot en met 100",
            remedy="Exporteer opnieuw uit het programma van de enquête.",
        )
    return int(value)


def _read_background(response: Response, background: Background, where: str) -> str | None:
    value = response.cells[background.import_id]
    if value and value not in background.antwoorden:
        raise NsocError(
            f"{where}, rij {response.rij}, kolom {background.kolom}",
            found=quote_cell(value),
            expected=f"een van: {enumerate_nl(list(background.antwoorden))}",
            remedy="Verbeter de cel, of voeg de groep toe aan codeboek.yml.",
        )
    return value or None


def _fate(import_id: str, codebook: Codebook) -> str:
    """Say what became of personal data in a column; a reason in the codebook is repeated."""
    if import_id == RESPONSE_ID:
        return "alleen een pseudoniem gaat verder; vervang het kenmerk in de export"
    for question in codebook.open_vragen:
        if question.import_id == import_id and question.bewaren:
            return f"bewaard, want: {question.persoonlijk}" if question.persoonlijk else "die woorden zijn niet bewaard"
    return "niet verwerkt"


def _unused_answers(answers: pd.DataFrame, codebook: Codebook) -> list[Finding]:
    findings = []
    for scale in codebook.schalen.values():
        statements = [stelling.id for stelling in codebook.stellingen if stelling.schaal == scale.id]
        used = set(answers.loc[answers["stelling"].isin(statements), "antwoord"].dropna())
        findings += [
            Finding("ongebruikt antwoord", f'Niemand koos het antwoord "{label}" uit schaal {scale.id}', 0)
            for label in scale.labels
            if label not in used
        ]
    return findings


def _unused_groups(respondents: pd.DataFrame, codebook: Codebook) -> list[Finding]:
    return [
        Finding("ongebruikte groep", f'Niemand heeft "{group}" bij {background.id}', 0)
        for background in codebook.achtergrond
        for group in background.antwoorden
        if group not in set(respondents[background.id].dropna())
    ]
