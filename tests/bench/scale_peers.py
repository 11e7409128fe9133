"""The same counts with other engines, each reading the same Parquet files; for the bench alone.

Every function returns the cells that occur: a key of words, None for missing, and a count. DuckDB and polars are no
part of the environment; without them the bench says that nothing was compared.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from itertools import product
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

THREADS = 2
Cells = dict[tuple[str | None, ...], int]
Count = Callable[[Path, Path | None, list[str]], Cells]
"""A table, the table of respondents to take the group from or None, and the columns to count by."""


def with_duckdb(table: Path, people: Path | None, columns: list[str]) -> Cells:
    import duckdb

    names = ", ".join(columns)
    source = f"'{table}'" + (f" left join (select rij, groep from '{people}') using (rij)" if people else "")
    with duckdb.connect(config={"threads": THREADS}) as connection:
        rows = connection.execute(f"select {names}, count(*) from {source} group by {names}").fetchall()
    return {tuple(row[:-1]): row[-1] for row in rows}


def with_polars(table: Path, people: Path | None, columns: list[str]) -> Cells:
    import polars as pl

    frame = pl.scan_parquet(table)
    if people:
        frame = frame.join(pl.scan_parquet(people).select("rij", "groep"), on="rij", how="left")
    rows = frame.group_by(columns).len().collect(engine="streaming").rows()
    return {tuple(row[:-1]): row[-1] for row in rows}


def with_numpy(table: Path, people: Path | None, columns: list[str]) -> Cells:
    """Count with bincount on two threads, as one would write it for these columns by hand."""
    groups, lookup = _lookup(people) if people else ([], np.empty(0))
    metadata = pq.read_metadata(table)
    asked = [name for name in columns if not (people and name == "groep")] + (["rij"] if people else [])

    def count(number: int) -> tuple[list[list[str]], np.ndarray]:
        with pq.ParquetFile(table, metadata=metadata) as file:
            part = file.read_row_group(number, columns=asked, use_threads=False)
        coded = [part.column(name).chunk(0) for name in columns if name in part.column_names]
        levels = [one.dictionary.to_pylist() for one in coded]
        codes = [one.indices.fill_null(len(own)).to_numpy() for one, own in zip(coded, levels, strict=True)]
        if people:
            levels, codes = [*levels, groups], [*codes, lookup[part.column("rij").to_numpy()]]
        place = codes[0].astype(np.int32)
        for own, code in zip(levels[1:], codes[1:], strict=True):
            place = place * np.int32(len(own) + 1) + code
        return levels, np.bincount(place, minlength=int(np.prod([len(own) + 1 for own in levels])))

    with ThreadPoolExecutor(THREADS) as threads:
        found = list(threads.map(count, range(metadata.num_row_groups)))
    keys = product(*([*own, None] for own in found[0][0]))
    return {key: int(n) for key, n in zip(keys, sum(counts for _, counts in found), strict=True) if n}


def _lookup(people: Path) -> tuple[list[str], np.ndarray]:
    table = pq.read_table(people, columns=["rij", "groep"])
    groups = table.column("groep").unify_dictionaries()
    levels = groups.chunk(0).dictionary.to_pylist()
    rows = table.column("rij").to_numpy()
    lookup = np.full(rows.max() + 1, len(levels), np.int8)
    lookup[rows] = np.concatenate([one.indices.fill_null(len(levels)).to_numpy() for one in groups.chunks])
    return levels, lookup


def with_pandas(table: Path, people: Path | None, columns: list[str]) -> Cells:
    """Count with pandas, which reads everything; the slow and plain answer that a test compares with."""
    import pandas as pd

    frame = pd.read_parquet(table)
    if people:
        frame = frame.merge(pd.read_parquet(people)[["rij", "groep"]], on="rij", how="left")
    sizes = frame.groupby(columns, dropna=False, observed=True).size()
    return {tuple(None if pd.isna(word) else word for word in key): int(count) for key, count in sizes.items()}


def count_wide(table: Path) -> int:
    """Count every statement by group in a table with a column per statement; return how many rows were counted."""
    metadata = pq.read_metadata(table)

    def count(number: int) -> int:
        with pq.ParquetFile(table, metadata=metadata) as file:
            part = file.read_row_group(number, use_threads=False)
        codes = {name: part.column(name).chunk(0).indices.fill_null(12).to_numpy() for name in part.column_names}
        group = codes.pop("groep").astype(np.int16) * 13
        return sum(int(np.bincount(group + code, minlength=169).sum()) for code in codes.values())

    with ThreadPoolExecutor(THREADS) as threads:
        return sum(threads.map(count, range(metadata.num_row_groups)))


def others() -> dict[str, Count]:
    """Return the engines that can be measured here."""
    found: dict[str, Count] = {"NumPy": with_numpy}
    if find_spec("duckdb"):
        found["DuckDB"] = with_duckdb
    if find_spec("polars"):
        found["polars"] = with_polars
    return found
