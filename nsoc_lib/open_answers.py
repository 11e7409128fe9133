"""Answers in words: what was written stays in the data, the researchers' codes are counted."""

from __future__ import annotations

import pandas as pd

from nsoc_lib.codebook import Codebook
from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.privacy import quote_cell, recognise
from nsoc_lib.questions import OpenQuestion
from nsoc_lib.sources.export import Response
from nsoc_lib.survey import ONTBREEKT, SOORT, keep_kinds, kind_of_missing


def clean_open_answers(
    responses: list[Response],
    names: dict[str, str],
    codebook: Codebook,
    coding: tuple[pd.DataFrame, str],
    personal: frozenset[str],
) -> pd.DataFrame:
    """Return one row per respondent and open question: status, code, and the words if the codebook keeps them.

    ``names`` maps a ResponseId to the respondent's name in the cleaned tables; ``coding`` has
    the columns respons, vraag, code and rij, and the file they came from. Words are not kept when
    they look like personal data, or when their column is in ``personal``, unless the codebook gives
    a reason. Raises NsocError for a code for nobody, an unknown question or code, and a second code.
    """
    codes = _read_codes(*coding, names, codebook)
    rows = []
    for response in responses:
        for question in codebook.open_vragen:
            text = response.cells[question.import_id]
            name = names[response.response_id]
            kind = kind_of_missing(response, question.import_id)
            status = "geldig" if text else ONTBREEKT if kind else "niet ingevuld"
            kept = text if text and _may_be_kept(text, question, personal) else None
            rows.append((name, question.id, status, codes.get((name, question.id)), kept, response.rij, kind))
    frame = pd.DataFrame(rows, columns=["respondent", "vraag", "status", "code", "tekst", "rij", SOORT])
    return keep_kinds(frame).astype({"code": "str", "tekst": "str", "status": "str", "vraag": "str"})


def _may_be_kept(text: str, question: OpenQuestion, personal: frozenset[str]) -> bool:
    alarming = question.import_id in personal or bool(recognise(text))
    return question.bewaren and (bool(question.persoonlijk) or not alarming)


def _read_codes(
    coding: pd.DataFrame, where: str, names: dict[str, str], codebook: Codebook
) -> dict[tuple[str, str], str]:
    questions = {question.id: question for question in codebook.open_vragen}
    codes: dict[tuple[str, str], str] = {}
    for row in coding.itertuples():
        place = f"{where}, rij {row.rij}"
        _check_code(str(row.respons), str(row.vraag), str(row.code), names, questions, place)
        key = names[str(row.respons)], str(row.vraag)
        if key in codes:
            raise NsocError(
                place,
                found="een tweede code voor hetzelfde antwoord",
                expected="een code per deelnemer en vraag",
                remedy="Kies welke van de twee geldt en verwijder de andere rij.",
            )
        codes[key] = str(row.code)
    return codes


def _check_code(
    respons: str, vraag: str, code: str, names: dict[str, str], questions: dict[str, OpenQuestion], where: str
) -> None:
    known = {"respons": list(names), "vraag": list(questions)}
    for column, value in (("respons", respons), ("vraag", vraag)):
        if value not in known[column]:
            raise NsocError(
                f"{where}, kolom {column}",
                found=quote_cell(value),
                expected="een ResponseId uit de export" if column == "respons" else enumerate_nl(list(questions)),
                remedy="Verbeter de codering, of verwijder de rij.",
            )
    if code not in questions[vraag].codes:
        raise NsocError(
            f"{where}, kolom code",
            found=f'"{code}"',
            expected=f"een code uit codeboek.yml: {enumerate_nl(list(questions[vraag].codes))}",
            remedy="Verbeter de code, of voeg haar toe aan codeboek.yml.",
        )
