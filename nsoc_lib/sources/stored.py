"""A cleaned table as it lies on disk: read whole by who needs its rows, in parts by who only counts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from nsoc_lib.frequencies import Part


class StoredTable:
    """A Parquet file that is opened when something of it is asked."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The whole table in memory."""
        return pd.read_parquet(self._path)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        return tuple(self._schema.names)

    def select(self, columns: Sequence[str]) -> pd.DataFrame:
        """Return a few columns of all rows."""
        return pd.read_parquet(self._path, columns=list(columns))

    def parts(self, columns: Sequence[str]) -> list[Part]:
        """Return the row groups, each with these columns alone; a text comes as the places of its words in a list."""
        import pyarrow as pa

        texts = [name for name in columns if _is_text(pa, self._schema.field(name).type)]
        return [self._row_group(number, columns, texts) for number in range(self._metadata.num_row_groups)]

    def _row_group(self, number: int, columns: Sequence[str], texts: list[str]) -> Part:
        def read() -> Any:
            import pyarrow.parquet as pq

            with pq.ParquetFile(self._path, metadata=self._metadata, read_dictionary=texts) as file:
                return file.read_row_group(number, columns=list(columns), use_threads=False)

        return read

    @cached_property
    def _metadata(self) -> Any:
        import pyarrow.parquet as pq

        return pq.read_metadata(self._path)

    @cached_property
    def _schema(self) -> Any:
        return self._metadata.schema.to_arrow_schema()


def _is_text(pa: Any, kind: Any) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))
