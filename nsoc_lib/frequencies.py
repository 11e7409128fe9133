"""How often every combination of answers occurs: one way of counting for 28 respondents and for a million.

A table comes in parts, such as the row groups of a Parquet file. Each part is counted by itself and forgotten, a
few at a time, so memory depends on the size of a part and not on the number of rows.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pyarrow as pa

MOST_CELLS = 10_000_000
SLICE = 1 << 16  # rows at a time: what is made in between stays in the cache of the processor

Part = Callable[[], "pa.Table"]
Level = str | int | bool


@dataclass(frozen=True)
class Crosstab:
    """Counts of rows per combination of levels.

    ``counts`` has an axis per column; along it stand the levels of that column in their order, those that do not
    occur included, and one place more for rows where the column is missing.
    """

    columns: tuple[str, ...]
    levels: tuple[tuple[Level, ...], ...]
    counts: NDArray[np.int64]

    @property
    def rows(self) -> int:
        """How many rows were counted."""
        return int(self.counts.sum())

    def where(self, column: str, level: Level) -> Crosstab:
        """Return the counts of the rows with this level, without that column; zeros for an unknown level."""
        axis = self.columns.index(column)
        known = self.levels[axis]
        place = known.index(level) if level in known else -1
        counts = np.moveaxis(self.counts, axis, 0)[place] * (level in known)
        return Crosstab(_without(self.columns, axis), _without(self.levels, axis), counts)

    def of(self, column: str) -> dict[Level, int]:
        """Return how many rows have each level of one column; rows where it is missing are not in it."""
        axis = self.columns.index(column)
        others = tuple(n for n in range(self.counts.ndim) if n != axis)
        found = self.counts.sum(axis=others)
        return {level: int(count) for level, count in zip(self.levels[axis], found[:-1], strict=True)}

    def __add__(self, other: Crosstab) -> Crosstab:
        if self.levels == other.levels:
            return Crosstab(self.columns, self.levels, self.counts + other.counts)
        both = zip(self.levels, other.levels, strict=True)
        levels = tuple(tuple(dict.fromkeys([*mine, *theirs])) for mine, theirs in both)
        return Crosstab(self.columns, levels, self._spread(levels) + other._spread(levels))

    def _spread(self, levels: tuple[tuple[Level, ...], ...]) -> NDArray[np.int64]:
        """Return the counts with room for more levels, each in its own place and missing in the last."""
        wide = np.zeros([len(all_) + 1 for all_ in levels], dtype=np.int64)
        places = [[*map(all_.index, own), len(all_)] for own, all_ in zip(self.levels, levels, strict=True)]
        wide[np.ix_(*places)] = self.counts
        return wide


def count_parts(parts: Sequence[Part], *columns: str) -> Crosstab:
    """Count the rows of all parts together per combination of levels of these columns.

    Each part is a function that returns a table with at least these columns. Levels stand in the order of a
    categorical column, and otherwise in the order in which the parts bring them. Raises ValueError when there
    would be more than ten million combinations.
    """
    if len(parts) == 1:
        return _count_part(parts[0], columns)
    with ThreadPoolExecutor(min(len(parts), os.cpu_count() or 1)) as threads:
        return reduce(Crosstab.__add__, threads.map(lambda part: _count_part(part, columns), parts))


def parts_of(frame: pd.DataFrame, columns: Sequence[str]) -> list[Part]:
    """Return a table in memory as the one part that it is."""
    import pyarrow as pa

    return [lambda: pa.Table.from_pandas(frame[list(columns)], preserve_index=False)]


def _count_part(part: Part, columns: Sequence[str]) -> Crosstab:
    table = part()
    coded = [_code(table.column(name)) for name in columns]
    levels = tuple(own for own, _ in coded)
    return Crosstab(tuple(columns), levels, _count_codes([codes for _, codes in coded], [len(own) for own in levels]))


def _code(column: pa.ChunkedArray) -> tuple[tuple[Level, ...], NDArray[Any]]:
    """Return the levels of a column, and per row the place of its level; missing is one place further."""
    import pyarrow as pa

    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    chunks = column.unify_dictionaries().chunks
    if not chunks:
        return (), np.empty(0, dtype=np.int8)
    levels = tuple(chunks[0].dictionary.to_pylist())
    roomy = pa.int8() if len(levels) <= np.iinfo(np.int8).max else pa.int32()
    indices = [chunk.indices if chunk.type.index_type == roomy else chunk.indices.cast(roomy) for chunk in chunks]
    places = [own.fill_null(len(levels)).to_numpy(zero_copy_only=False) for own in indices]
    return levels, places[0] if len(places) == 1 else np.concatenate(places)


def _count_codes(codes: Sequence[NDArray[Any]], sizes: Sequence[int]) -> NDArray[np.int64]:
    shape = [size + 1 for size in sizes]
    cells = math.prod(shape)
    if cells > MOST_CELLS:
        raise ValueError(f"{cells} combinaties zijn er te veel om te tellen")
    counts = np.zeros(cells, dtype=np.int64)
    for start in range(0, len(codes[0]), SLICE):
        own = [column[start : start + SLICE] for column in codes]
        place = own[0].astype(np.intp)
        for column, size in zip(own[1:], shape[1:], strict=True):
            place *= size
            place += column
        counts += np.bincount(place, minlength=cells)
    return counts.reshape(shape)


def _without(values: tuple[Any, ...], place: int) -> tuple[Any, ...]:
    return values[:place] + values[place + 1 :]
