"""Read answers from a plain CSV file: one header row with the names of the columns, one row per respondent."""

from __future__ import annotations

from pathlib import Path

from nsoc_lib.errors import NsocError
from nsoc_lib.sources.delimited import load_delimited
from nsoc_lib.sources.export import Export
from nsoc_lib.sources.headed import build_headed_export


def load_plain(path: Path, where: str) -> Export:
    """Read a CSV file with one header row; a column is known by its name.

    System columns are those with the names of Qualtrics; what is absent is assumed and said in a
    Note. Raises NsocError as ``load_delimited`` and ``build_headed_export`` do, and for a row that
    is shorter than the header: there a separator or a line end went wrong.
    """
    table = load_delimited(path, where)
    header = table.rijen[0] if table.rijen else ()
    for number, row in enumerate(table.rijen[1:], 2):
        if any(cell.strip() for cell in row) and len(row) < len(header):
            raise NsocError(
                f"{where}, rij {number}",
                found=f"{len(row)} cellen",
                expected=f"{len(header)} cellen, evenveel als er kolommen zijn",
                remedy="Exporteer opnieuw; bewerk het bestand niet met de hand.",
            )
    return build_headed_export(header, enumerate(table.rijen[1:], 2), where, "CSV met een kopregel", table.notities)
