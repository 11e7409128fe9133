"""The ledger as a workbook, for who reads it in Excel or LibreOffice."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import xlsxwriter

from nsoc_lib.ledger import ledger_rows
from nsoc_lib.result import Result

# A workbook must hold a date; this one says nothing, so that the same ledger gives the same bytes.
CREATED = datetime(2000, 1, 1, tzinfo=UTC)
NUMERIC = ("value", "count", "n", "population", "low", "high")


def render_spreadsheet(results: tuple[Result, ...]) -> bytes:
    """Return the ledger as a workbook; numbers are numbers, texts are never formulas."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        workbook.set_properties({"created": CREATED})
        sheet = workbook.add_worksheet("resultaten")
        bold = workbook.add_format({"bold": True})
        rows = ledger_rows(results)
        sheet.write_row(0, 0, rows[0], bold)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(rows) - 1, len(rows[0]) - 1)
        numeric = {rows[0].index(name) for name in NUMERIC}
        for number, row in enumerate(rows[1:], 1):
            for column, cell in enumerate(row):
                if cell and column in numeric:
                    sheet.write_number(number, column, float(cell))
                else:
                    sheet.write_string(number, column, cell)
    return buffer.getvalue()
