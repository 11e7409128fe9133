"""Read one SPSS file in a process of its own, and print it as JSON.

A damaged file can make the C library behind pyreadstat crash or keep it busy for ever (both were
seen); here that ends this process only. It is run as a script by ``spss`` and imports nothing of ours.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import warnings
from typing import Any

MOST_MEMORY = 2_000_000_000
MOST_SECONDS = 60


def main(path: str, encoding: str, most_rows: int) -> int:
    """Print what the file holds, or the error; ``encoding`` empty means as the file says."""
    _limit()
    import pyreadstat

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            data, meta = pyreadstat.read_sav(
                path, encoding=encoding or None, user_missing=True, disable_datetime_conversion=True,
                output_format="dict", row_limit=most_rows,
            )  # fmt: skip
        except Exception as error:  # noqa: BLE001 (whatever goes wrong is told to the process that asked)
            json.dump({"fout": f"{type(error).__name__}: {error}"}, sys.stdout)
            return 0
    json.dump(_content(data, meta) | {"waarschuwingen": [str(warning.message) for warning in caught]}, sys.stdout)
    return 0


def _content(data: Any, meta: Any) -> dict[str, Any]:
    return {
        "namen": list(meta.column_names),
        "teksten": [label or "" for label in meta.column_labels],
        "cellen": [list(data[name]) for name in meta.column_names],
        "labels": {name: list(labels.items()) for name, labels in meta.variable_value_labels.items()},
        "ontbreekt": {name: list(ranges) for name, ranges in meta.missing_ranges.items()},
        "soorten": meta.original_variable_types,
        "meetniveaus": meta.variable_measure,
        "sets": meta.mr_sets or {},
    }


def _limit() -> None:
    """Bound memory and time, where the system can; one thread, because each of many reserves memory."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
