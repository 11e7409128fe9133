"""The ledger: every published number once, in ``resultaten.csv``, with what accounts for it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

from nsoc_lib.errors import NsocError
from nsoc_lib.result import MIME, Result, plain

COLUMNS = (
    "id", "meting", "notebook", "label", "value", "unit", "count", "n", "population", "low", "high", "rounding",
    "provenance", "dataset", "shown", "parts", "missing", "status", "status_reden",
)  # fmt: skip


def collect_results(outputs: Iterable[tuple[str, dict[str, str]]]) -> list[Result]:
    """Collect the results of all chapters, sorted by id, each with the first notebook that shows it.

    ``outputs`` are pairs of a chapter key and the data of one output. A number may be shown in
    many places; raises NsocError when the same id comes with different content.
    """
    found: dict[str, Result] = {}
    for chapter, data in outputs:
        payload = data.get(MIME)
        entries = json.loads(payload) if isinstance(payload, str) else payload
        for raw in (entries or {}).get("resultaten", []):
            result = Result.from_json(raw)
            known = found.setdefault(result.id, result.in_notebook(chapter))
            other = known.to_json()
            differs = [name for name, value in result.to_json().items() if name != "notebook" and other[name] != value]
            if differs:
                raise NsocError(
                    f"resultaat {result.id}",
                    found=f"{plain(result.value)} in {chapter} en {plain(known.value)} in {known.notebook}"
                    f" (anders: {', '.join(differs)})",
                    expected="een en hetzelfde resultaat onder een id",
                    remedy="Geef een van beide een andere id, of laat beide dezelfde functie gebruiken.",
                )
    return [found[key] for key in sorted(found)]


def ledger_rows(results: Iterable[Result]) -> list[list[str]]:
    """Return header and rows as text: plain numbers with a point, empty where it does not apply."""
    return [list(COLUMNS), *([_cell(result, column) for column in COLUMNS] for result in results)]


def _cell(result: Result, column: str) -> str:
    if result.suppressed and column in {"shown", "rounding"}:
        return ""
    value = getattr(result, column)
    if column == "missing":
        return "; ".join(f"{kind} {count}" for kind, count in value)
    if isinstance(value, tuple):
        return "+".join(str(part) for part in value)
    if isinstance(value, int | float) or value is None:
        return plain(value)
    return str(value)


def ledger_csv(results: Iterable[Result]) -> str:
    """Return the ledger as CSV text. A text that a spreadsheet would read as a formula is quoted with '."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([guard_formula(cell) for cell in row] for row in ledger_rows(results))
    return text.getvalue()


def guard_formula(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula; numbers stay what they are.

    >>> guard_formula("=1+1"), guard_formula("-3.5"), guard_formula("3+16")
    ("'=1+1", '-3.5', '3+16')
    """
    if not cell or cell[0] not in "=+-@\t\r":
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell
