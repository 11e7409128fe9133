"""Answers to questions with options: what was chosen, how it was ranked, how long per chosen option.

Columns are read in the split form, in which each option has its own column with ``1`` or the
label (``choice_cells`` brings other exports into that form). Words at "anders, namelijk" stay behind; only the researchers' code for them goes on.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from nsoc_lib.codebook import Codebook
from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.privacy import quote_cell
from nsoc_lib.questions import EEN, KIES, LUS, MEER, RANGORDE, TOESTEMMING, Option, Question
from nsoc_lib.sources.export import CHOSEN, Response
from nsoc_lib.survey import NIET_GETOOND, ONTBREEKT, SOORT, STATUSSEN, Finding, keep_kinds, kind_of_missing

COLUMNS = ["respondent", "vraag", "optie", "rang", "antwoord", "code", "status", "rij", "kolom", SOORT]
BLANK = ("", "0")  # an option of several that was not chosen; 0 where the export writes what was seen
Codes = dict[tuple[str, str], str]


@dataclass(frozen=True)
class Chosen:
    """One chosen option, with its rank, its answer in a loop, or the code of what was written at it."""

    optie: Option
    rang: int | None = None
    antwoord: str | None = None
    code: str | None = None


def leave_out_without_consent(
    responses: list[Response], codebook: Codebook, where: str
) -> tuple[list[Response], list[Finding]]:
    """Return who agreed, by the first option, to take part, and how many did not. Raises NsocError when nobody did."""
    kept = responses
    for question in codebook.gesloten:
        if question.soort == TOESTEMMING:
            kept = [response for response in kept if _read_option(response, question, where) == question.opties[0]]
    left_out = len(responses) - len(kept)
    if not kept:
        raise NsocError(
            where,
            found="niemand die toestemming gaf",
            expected="ten minste een deelnemer met toestemming",
            remedy="Kijk of de kolom met de toestemming in de export staat en gevuld is.",
        )
    text = "Deelnemers zonder toestemming, weggelaten"
    return kept, [Finding("toestemming", text, left_out)] if left_out else []


def select_coding(coding: pd.DataFrame, codebook: Codebook) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split the researchers' coding into that of open questions and that of "anders, namelijk"."""
    other = coding["vraag"].isin([question.id for question in codebook.gesloten if question.codes])
    return coding.loc[~other], coding.loc[other]


def clean_choices(
    responses: list[Response],
    names: dict[str, str],
    codebook: Codebook,
    coding: tuple[pd.DataFrame, str],
    reached: dict[str, frozenset[str]],
    where: str,
) -> tuple[pd.DataFrame, list[Finding]]:
    """Return one row per chosen option, or one without option for who chose none, and the findings.

    ``reached`` holds per ResponseId the columns that person saw. Raises NsocError for an answer
    the codebook does not know, more choices than allowed, a rank given twice, a rank or an answer
    for what was not chosen, and a code for nobody or for nothing written.
    """
    codes = _read_codes(coding, responses, names, codebook)
    rows = []
    for response in responses:
        chosen: dict[str, tuple[Chosen, ...]] = {}
        for question in codebook.gesloten:
            if question.soort == TOESTEMMING:
                continue
            chosen[question.id] = _read(response, question, chosen.get(question.van, ()), codes, where)
            rows += _rows(names[response.response_id], response, question, chosen, reached[response.response_id])
    frame = keep_kinds(pd.DataFrame(rows, columns=COLUMNS))
    kinds = dict.fromkeys(("optie", "antwoord", "code"), "str") | {"rang": "Int64"}
    status = pd.CategoricalDtype([*STATUSSEN, NIET_GETOOND, *([ONTBREEKT] if SOORT in frame else [])])
    return frame.astype(kinds | {"status": status}), _findings(frame, codebook)


def _rows(
    name: str, response: Response, question: Question, chosen: dict[str, tuple[Chosen, ...]], seen: frozenset[str]
) -> list[tuple[object, ...]]:
    """Return the rows of one person for one question; in a loop each chosen option has its own status.

    A kind of missing counts for who chose nothing: beside a choice it says no more than not chosen.
    """
    shown = not question.van or bool(chosen[question.van])
    silent = "overgeslagen" if seen & set(question.kolommen) else "niet bereikt"
    if question.soort == LUS and shown:
        answers = {choice.optie.id: choice.antwoord for choice in chosen[question.id]}
        rows: list[tuple[object, ...]] = []
        for option in (choice.optie for choice in chosen[question.van]):
            import_id, tag = question.column_of(option)
            answer, kind = answers.get(option.id), kind_of_missing(response, import_id)
            status = "geldig" if answer else ONTBREEKT if kind else silent
            rows.append((name, question.id, option.id, None, answer, None, status, response.rij, tag, kind))
        return rows
    if not chosen[question.id]:
        kind = kind_of_missing(response, *option_columns(question))
        unseen = NIET_GETOOND if not shown and silent == "overgeslagen" else silent
        status = ONTBREEKT if kind else unseen
        return [(name, question.id, None, None, None, None, status, response.rij, question.kolom, kind)]
    return [
        (name, question.id, c.optie.id, c.rang, c.antwoord, c.code, "geldig", response.rij,
         question.column_of(c.optie)[1], None)
        for c in chosen[question.id]
    ]  # fmt: skip


def is_filled(question: Question, cell: str) -> bool:
    """Whether somebody chose or answered something in this cell of an option."""
    return cell not in (BLANK if question.soort in {MEER, KIES} else ("",))


def option_columns(question: Question) -> list[str]:
    """Return the columns in which options are chosen, without those for words, each once.

    The columns are named by ImportId.
    """
    return list(dict.fromkeys(question.column_of(option)[0] for option in question.opties))


def _read(
    response: Response, question: Question, before: tuple[Chosen, ...], codes: Codes, where: str
) -> tuple[Chosen, ...]:
    if question.soort == EEN:
        option = _read_option(response, question, where)
        options = [option] if option else []
    else:
        options = [o for o in question.opties if is_filled(question, response.cells[question.column_of(o)[0]])]
    if question.van:
        _refuse_not_chosen(response, question, options, before, where)
    if question.soort == RANGORDE:
        return _read_ranks(response, question, options, len(before), where)
    if question.soort == LUS:
        return tuple(Chosen(option, antwoord=_read_loop(response, question, option, where)) for option in options)
    if question.soort != EEN:
        _check_selected(response, question, options, where)
    code = codes.get((response.response_id, question.id))
    return tuple(Chosen(option, code=code if option.toelichting else None) for option in options)


def _read_option(response: Response, question: Question, where: str) -> Option | None:
    """Return the one option in the question's own column: its label, or the code of a numeric export."""
    cell = response.cells[question.import_id]
    return _option(question.opties, cell, f"{where}, rij {response.rij}, kolom {question.kolom}") if cell else None


def _read_loop(response: Response, question: Question, option: Option, where: str) -> str:
    import_id, tag = question.column_of(option)
    return _option(question.antwoorden, response.cells[import_id], f"{where}, rij {response.rij}, kolom {tag}").id


def _option(options: tuple[Option, ...], cell: str, where: str) -> Option:
    for option in options:
        if cell in {option.label, option.in_cel}:
            return option
    raise NsocError(
        where,
        found=f"het antwoord {quote_cell(cell)}",
        expected=f"een van: {enumerate_nl([option.label for option in options], most=15)}",
        remedy="Verbeter de cel, of voeg het antwoord toe aan codeboek.yml.",
    )


def _check_selected(response: Response, question: Question, options: list[Option], where: str) -> None:
    for option in options:
        import_id, tag = question.column_of(option)
        if response.cells[import_id] not in {CHOSEN, option.label}:
            raise NsocError(
                f"{where}, rij {response.rij}, kolom {tag}",
                found=quote_cell(response.cells[import_id]),
                expected=f'leeg, "{CHOSEN}" of "{option.label}": elke optie heeft een eigen kolom',
                remedy='Exporteer opnieuw met een kolom per optie (in Qualtrics "Split multi-value fields into columns"); '
                "noem bij LimeSurvey de structuur (.lss) in meting.yml.",
            )
    if question.soort == KIES and len(options) > question.aantal:
        raise NsocError(
            f"{where}, rij {response.rij}, vraag {question.id}",
            found=f"{len(options)} gekozen opties",
            expected=f"hooguit {question.aantal}",
            remedy="Kijk na of de vragenlijst meer toeliet, en pas dan aantal in codeboek.yml aan.",
        )


def _refuse_not_chosen(
    response: Response, question: Question, options: list[Option], before: tuple[Chosen, ...], where: str
) -> None:
    known = {choice.optie.id for choice in before}
    for option in options:
        if option.id not in known:
            raise NsocError(
                f"{where}, rij {response.rij}, kolom {question.column_of(option)[1]}",
                found=f'een antwoord over "{option.label}"',
                expected=f"alleen antwoorden over wat bij de vraag {question.van} is gekozen",
                remedy="Kijk na of de kolommen bij elkaar horen, en exporteer opnieuw.",
            )


def _read_ranks(
    response: Response, question: Question, options: list[Option], most: int, where: str
) -> tuple[Chosen, ...]:
    """Read ranks 1 to the number of chosen options. What is left unranked stays unranked; ties are refused."""
    ranked: dict[int, Option] = {}
    for option in options:
        import_id, tag = question.column_of(option)
        cell = response.cells[import_id]
        rank = int(cell) if cell.isascii() and cell.isdecimal() and len(cell) < 10 else 0
        if not 1 <= rank <= most or rank in ranked:
            raise NsocError(
                f"{where}, rij {response.rij}, kolom {tag}",
                found=f"rang {quote_cell(cell)}" + (", al gegeven" if rank in ranked else ""),
                expected=f"een rang van 1 tot en met {most}, elke rang hooguit een keer",
                remedy="Verbeter de cel, of maak haar leeg: een optie zonder rang telt als gekozen.",
            )
        ranked[rank] = option
    return tuple(Chosen(option, rang=rank) for rank, option in sorted(ranked.items()))


def _read_codes(
    coding: tuple[pd.DataFrame, str], responses: list[Response], names: dict[str, str], codebook: Codebook
) -> Codes:
    table, where = coding
    rows = {response.response_id: response for response in responses}
    codes: Codes = {}
    for row in table.itertuples():
        place, key = f"{where}, rij {row.rij}", (str(row.respons), str(row.vraag))
        question = codebook.select_vraag(key[1])
        written = key[0] in names and _wrote(rows[key[0]], question)
        for column, value, fits, expected in (
            ("respons", key[0], written, 'wie bij "anders, namelijk" iets schreef'),
            ("vraag", key[1], key not in codes, "een code per deelnemer en vraag"),
            ("code", str(row.code), str(row.code) in question.codes, enumerate_nl(list(question.codes), most=15)),
        ):
            if not fits:
                raise NsocError(
                    f"{place}, kolom {column}",
                    found=quote_cell(value),
                    expected=expected,
                    remedy="Verbeter de codering, verwijder de rij, of voeg de code toe aan codeboek.yml.",
                )
        codes[key] = str(row.code)
    return codes


def _wrote(response: Response, question: Question) -> bool:
    """Whether somebody chose an option with a text field and wrote something there."""
    return any(
        option.toelichting
        and bool(response.cells[question.words_at(option)[0]])
        and response.cells[question.column_of(option)[0]] in {option.label, option.in_cel, CHOSEN}
        for option in question.opties
    )


def _findings(frame: pd.DataFrame, codebook: Codebook) -> list[Finding]:
    """Name who chose fewer than asked, what was left unranked, options nobody chose and texts without a code."""
    findings = []
    valid = frame.loc[frame["status"] == "geldig"]
    for question in codebook.gesloten:
        rows = valid.loc[valid["vraag"] == question.id]
        if question.soort == KIES:
            fewer = int((rows.groupby("respondent").size() < question.aantal).sum())
            findings += [Finding("minder gekozen", f"Minder opties gekozen dan gevraagd bij {question.id}", fewer)]
        if question.soort == RANGORDE:
            before = valid.loc[(valid["vraag"] == question.van) & valid["respondent"].isin(rows["respondent"])]
            left = len(before) - len(rows)
            findings += [Finding("deels gerangschikt", f"Gekozen opties zonder rang bij {question.id}", left)]
        elif question.soort in {EEN, MEER, KIES}:
            unused = [option.id for option in question.opties if option.id not in set(rows["optie"])]
            text = f"Antwoorden die niemand koos bij {question.id}: {', '.join(unused)}"
            findings += [Finding("ongebruikt antwoord", text, len(unused))]
        if question.codes:
            asked = [option.id for option in question.opties if option.toelichting]
            uncoded = int((rows["optie"].isin(asked) & rows["code"].isna()).sum())
            findings += [Finding("niet gecodeerd", f"Gekozen toelichting zonder code bij {question.id}", uncoded)]
    return [finding for finding in findings if finding.aantal]
