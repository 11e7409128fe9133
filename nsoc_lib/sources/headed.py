"""Rows of text under one header row, from whatever file, as an Export."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.sources.export import Column, Export, Note, Response
from nsoc_lib.sources.system_columns import complete_columns, name_columns

QUALTRICS_MARK = '{"ImportId"'


def build_headed_export(
    header: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]], where: str, programma: str, notes: Iterable[Note]
) -> Export:
    """Return the export of a table whose first row names the columns; rows come with their number in the file.

    A row without any text is no respondent. Raises NsocError for a column without name or with the
    name of another, a row of another width, no respondents, and the three header rows of Qualtrics.
    """
    names = [name.strip() for name in header]
    if not any(names):
        raise NsocError(
            f"{where}, rij 1",
            found="een lege kopregel",
            expected="de namen van de kolommen in de eerste rij",
            remedy="Zet de namen van de vragen in de eerste rij, en niets erboven.",
        )
    for place, name in enumerate(names, 1):
        if not name or name in names[: place - 1]:
            raise NsocError(
                f"{where}, rij 1, kolom {place}",
                found=f'de kop "{name[:60]}" voor de tweede keer' if name else "een lege kop",
                expected="boven elke kolom een eigen naam",
                remedy="Geef de kolom een naam; samengevoegde cellen in de kop moeten weer los.",
            )
    responses = [_response(number, row, names, where) for number, row in rows if any(cell.strip() for cell in row)]
    if not responses:
        raise NsocError(
            where,
            found="een kopregel en geen enkele deelnemer",
            expected="ten minste een rij met antwoorden",
            remedy="Kijk of de export een filter had, en exporteer opnieuw.",
        )
    columns = name_columns((Column(name, name, name) for name in names), where)
    renamed = {column.tag: column.import_id for column in columns}
    standard = [Response(r.rij, {renamed[name]: cell for name, cell in r.cells.items()}) for r in responses]
    columns, complete, assumed = complete_columns(columns, standard)
    return Export(where, columns, complete, programma, (*notes, *assumed), len(responses))


def _response(number: int, row: Sequence[str], names: list[str], where: str) -> Response:
    filled = [cell.strip() for cell in row]
    if len(filled) > len(names) and any(filled[len(names) :]):
        raise NsocError(
            f"{where}, rij {number}",
            found=f"{len(filled)} cellen onder {len(names)} koppen ({enumerate_nl(names, most=3)})",
            expected="geen cel zonder kop erboven",
            remedy="Zet een kop boven elke kolom; tekst met het scheidingsteken erin hoort tussen aanhalingstekens.",
        )
    if any(cell.startswith(QUALTRICS_MARK) for cell in filled):
        raise NsocError(
            f"{where}, rij {number}",
            found="de derde kopregel van Qualtrics",
            expected="een tabel met een kopregel",
            remedy="Zet formaat: qualtrics in meting.yml, en gebruik de export als CSV.",
        )
    filled += [""] * (len(names) - len(filled))
    return Response(number, dict(zip(names, filled, strict=False)))
