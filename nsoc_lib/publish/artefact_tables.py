"""Take tables, structures and plain text apart: CSV, workbooks, JSON, Parquet, SPSS."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nsoc_lib.pieces import AUTHOR, Grid, Piece, Record, Text

if TYPE_CHECKING:
    import pandas as pd

_SPLIT = re.compile(r"\s*\|\s*|\t|\s{2,}")
_MAKER = re.compile(r"author|creator|modifiedby|manager|lastmodif|auteur|maker|owner|username|user_name", re.IGNORECASE)


def read_delimited(where: str, text: str, channel: str) -> Iterator[Piece]:
    """Yield a CSV as a table, or as rows of the ledger when it has its columns."""
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t|", key=first.count)
    yield from read_rows(where, list(csv.reader(io.StringIO(text), delimiter=delimiter)), channel)


def read_rows(where: str, rows: Sequence[Sequence[str]], channel: str) -> Iterator[Piece]:
    """Yield rows of cells as a table, or as rows of the ledger."""
    rows = [row for row in rows if any(row)]
    if rows and {"id", "value", "unit"} <= set(rows[0]):
        yield from (Record(where, channel, dict(zip(rows[0], row, strict=False))) for row in rows[1:])
    elif rows:
        yield Grid(where, channel, tuple(tuple(row) for row in rows))


def read_workbook(where: str, content: bytes, channel: str) -> Iterator[Piece]:
    """Yield every sheet of a workbook, those that are hidden as well."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    for sheet in book.worksheets:
        yield Text(where, channel, sheet.title)
        rows = []
        for row in sheet.iter_rows():
            rows.append([_plain(cell.value) for cell in row])
            notes = [cell.comment.text for cell in row if cell.comment]
            yield from (Text(where, channel, f"{' | '.join(rows[-1][:4])}: {note}") for note in notes)
        yield from read_rows(where, rows, channel)


def _plain(cell: Any) -> str:
    if cell is None:
        return ""
    return format(cell, ".15g") if isinstance(cell, float) else str(cell)


def read_parquet(where: str, content: bytes, channel: str) -> Iterator[Piece]:
    """Yield a Parquet file as a table."""
    import pandas as pd

    return _read_frame(where, pd.read_parquet(io.BytesIO(content)), channel)


def read_spss(where: str, content: bytes, channel: str) -> Iterator[Piece]:
    """Yield an SPSS file as a table."""
    import pyreadstat

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tabel.sav"
        path.write_bytes(content)
        frame, _ = pyreadstat.read_sav(path)
    return _read_frame(where, frame, channel)


def _read_frame(where: str, frame: pd.DataFrame, channel: str) -> Iterator[Piece]:
    import pandas as pd

    body = [["" if pd.isna(cell) else _plain(cell) for cell in row] for row in frame.itertuples(index=False)]
    yield from read_rows(where, [list(map(str, frame.columns)), *body], channel)


def read_text(where: str, text: str, channel: str) -> Iterator[Piece]:
    """Yield a text, line by line, and as a table where lines are in columns."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line in lines:
        yield Text(where, channel, line)
    block: list[tuple[str, ...]] = []
    for line in [*lines, ""]:
        cells = tuple(_SPLIT.split(line.strip("| ")))
        if len(cells) > 1:
            block.append(cells)
            continue
        if len(block) > 1:
            yield Grid(where, channel, tuple(block))
        block = []


def read_structure(where: str, value: Any, channel: str, path: str = "") -> Iterator[Piece]:
    """Yield JSON: every object as one line with the names that lead to it, a list of objects as a table."""
    if isinstance(value, Mapping):
        leaves = {key: leaf for key, leaf in value.items() if not isinstance(leaf, Mapping | list)}
        yield Text(where, channel, f"{path}: " + ", ".join(f"{key}: {leaf}" for key, leaf in leaves.items()))
        for key, leaf in value.items():
            maker = AUTHOR if _MAKER.search(key) or _MAKER.search(path) else ""
            if isinstance(leaf, str):
                yield Text(where, channel, leaf, maker)
            elif key not in leaves:
                yield from read_structure(where, leaf, channel, f"{path} {key}".strip())
    elif isinstance(value, list):
        yield from _read_list(where, value, channel, path)
    elif value is not None:
        yield Text(where, channel, f"{path}: {value}")


def _read_list(where: str, values: list[Any], channel: str, path: str) -> Iterator[Piece]:
    plain = [value for value in values if not isinstance(value, Mapping | list)]
    if plain:
        yield Text(where, channel, f"{path}: {', '.join(map(str, plain))}")
        yield from (Text(where, channel, value) for value in plain if isinstance(value, str))
    objects = [value for value in values if isinstance(value, Mapping)]
    if objects:
        heads = list(dict.fromkeys(key for value in objects for key in value))
        rows = [[str(value.get(head, "")) for head in heads] for value in objects]
        yield from read_rows(where, [list(map(str, heads)), *rows], channel)
    lists = [value for value in values if isinstance(value, list)]
    if lists and all(not isinstance(cell, Mapping | list) for row in lists for cell in row):
        yield from read_rows(where, [[str(cell) for cell in row] for row in lists], channel)
        lists = []
    for value in [*objects, *lists]:
        yield from read_structure(where, value, channel, path)
