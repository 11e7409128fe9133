"""A miniature of the folder ``reports``: a page with tokens, the ledger with its real columns, and what a case adds.

Every folder starts with the same harmless content: an outcome on 280 people, the published number of invited
people per group, among them groups of two and three, small counts of things that are no people, and an e-mail
sign, a path and numbers of many digits that are nobody's. A gate that cries at these cries at every twin.
"""

from __future__ import annotations

import base64
import csv
import html
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from nsoc_lib.ledger import COLUMNS
from nsoc_lib.publish.spreadsheet import CREATED
from nsoc_lib.result import MIME, plain
from nsoc_lib.rounding import percentage_of_sum

PASS, REVIEW, SUPPRESS = "pass", "review", "suppress"  # the column status
HEAD = tuple(dict.fromkeys((*COLUMNS, "status")))
OBSERVED, PUBLISHED = "waargenomen", "gepubliceerd"
THERMOMETER = "meting-1.procesthermometer.draagvlak.hoofddoel"  # a statement to 31 invited people
SURVEY = "versterking-2021.enquete.nut.stelling-3"  # a statement to a survey of 330 people
# Published: how many people of which group were invited. Everybody knows these.
INVITED = {"Directeur": 1, "Douane": 3, "FIOD": 6, "Ministerie": 2, "OM": 6, "Politie": 7, "Stuurgroep": 6}
STYLE = "@media print { .status { display: none } } .getal { text-align: right } @page { size: A4 }"
Row = dict[str, str]


def group_id(statement: str, group: str) -> str:
    """Return the id of the share of one group, as the library makes it."""
    return f"{statement}.groep.{group.lower().replace(' ', '-')}.eens"


class ReportFolder:
    """What a case fills in: rows of the ledger, pieces of the page, other files. ``write`` puts it on disk."""

    def __init__(self) -> None:
        self.rows: dict[str, Row] = {}
        self.body: list[str] = []
        self.files: dict[str, bytes] = {}
        self.style = STYLE
        self.workbook_only: list[Row] = []
        self.cell_notes: dict[str, str] = {}
        self.hidden_sheet: list[list[str]] = []
        self.hidden_columns: dict[str, Mapping[str, str]] = {}
        self._harmless()

    def _harmless(self) -> None:
        for number, (group, count) in enumerate(INVITED.items(), 1):
            row = f"meting-1.respons.genodigd.groep-{number}"
            self.number(
                row,
                f"Genodigd: {group}",
                count,
                unit="genodigden",
                provenance=PUBLISHED,
                dataset="groepen@1f2e3d4c5b6a",
            )
        self.number(
            "kader.activiteiten.labs.ontbonden", "Labs: ontbonden", 1, unit="activiteiten", provenance="herleid"
        )
        nut = self.share("versterking-2021.enquete.nut.stelling-1.eens", "Nut van het programma", 170, 280, 330)
        self.paragraph(f"Van de deelnemers aan de enquête vindt {nut} het programma nuttig.")
        self.paragraph("Bestand op dossier 2024-0031-118; zie https://example.org/nota#p4. Peildatum 1.2.2024.")

    # Rows of the ledger. Each returns the token by which the page shows the number.

    def number(self, row_id: str, label: str, value: float, /, *, unit: str = "personen", **cells: str) -> str:
        """Add a plain number."""
        return self._add(row_id, label, plain(value), unit, {"shown": plain(value).replace(".", ",")} | cells)

    def share(self, row_id: str, label: str, count: int, n: int, population: int, /, **cells: str) -> str:
        """Add a share with everything that the library gives it: count, base, invited and worst-case bounds."""
        value = 100 * count / n
        whole = {
            "count": str(count), "n": str(n), "population": str(population), "low": plain(100 * count / population),
            "high": plain(100 * (count + population - n) / population), "rounding": "percentage van de som",
            "shown": f"{percentage_of_sum(count, n)}%",
        }  # fmt: skip
        return self._add(row_id, label, plain(value), "pct", whole | cells)

    def suppressed(self, row_id: str, label: str, unit: str = "pct", /, **cells: str) -> str:
        """Add a number that is suppressed: its row says so and is empty, unless a case leaves something in."""
        return self._add(row_id, label, "", unit, {"shown": "", "status": SUPPRESS} | cells)

    def _add(self, row_id: str, label: str, value: str, unit: str, cells: Mapping[str, str]) -> str:
        row = dict.fromkeys(HEAD, "") | {
            "id": row_id, "meting": row_id.split(".", maxsplit=1)[0], "notebook": "procesthermometer-meting-1-draagvlak", "label": label,
            "value": value, "unit": unit, "rounding": "geen", "provenance": OBSERVED,
            "dataset": "procesthermometer@9fcbbc7503f1", "status": PASS,
        }  # fmt: skip
        assert set(cells) <= set(row), sorted(set(cells) - set(row))
        self.rows[row_id] = row | dict(cells)
        return self.token(row_id)

    def token(self, row_id: str) -> str:
        """Return a number as the page shows it."""
        row = self.rows[row_id]
        if row["status"] == SUPPRESS:
            return f'<span class="onderdrukt" data-id="{row_id}">·</span>'
        return f'<data class="cijfer" data-id="{row_id}" value="{row["value"]}">{row["shown"]}</data>'

    # Pieces of the page.

    def paragraph(self, markup: str) -> None:
        self.body.append(f"<p>{markup}</p>")

    def table(
        self, key: str, caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], label: str = ""
    ) -> None:
        """Add a table in the markup of the house; cells are markup."""
        head = "".join(f'<th scope="col">{kop}</th>' for kop in heads)
        lines = "".join(
            f'<tr><th scope="row">{r[0]}</th>' + "".join(f'<td class="getal">{c}</td>' for c in r[1:]) + "</tr>"
            for r in rows
        )
        self.body.append(
            f'<figure class="tabel" id="{key}"><figcaption>{caption}</figcaption><div class="rol" tabindex="0" role="region"'
            f' aria-label="{html.escape(label or caption)}"><table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table></div></figure>'
        )

    def figure(self, key: str, svg: str, alt: str, caption: str = "Draagvlak per organisatie.") -> None:
        """Add a figure with its text, and the drawing as a file of its own, as the report does."""
        self.body.append(
            f'<figure class="figuur" id="{key}"><div class="tekening" role="img" aria-labelledby="{key}-alt">{svg}</div>'
            f'<figcaption>{caption}</figcaption><p class="alt" id="{key}-alt">{alt}</p></figure>'
        )
        self.files[f"figuren/{key}.svg"] = f"{svg}\n".encode()

    # Other files.

    def notebook(self, name: str, cells: Sequence[dict[str, Any]], metadata: Mapping[str, Any] | None = None) -> None:
        """Add an executed notebook."""
        kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
        content = {"cells": list(cells), "metadata": kernel | dict(metadata or {}), "nbformat": 4, "nbformat_minor": 5}
        self.files[f"notebooks/{name}.ipynb"] = (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()

    def results_output(self, rows: Iterable[Row]) -> dict[str, Any]:
        """Return an output of a cell that carries results, as the ledger collects them."""
        return {
            "output_type": "display_data",
            "metadata": {},
            "data": {MIME: {"resultaten": [dict(row) for row in rows]}},
        }

    def archive(self, members: Mapping[str, bytes], comment: str = "", name: str = "deposit.zip") -> bytes:
        """Add a zip to the folder (unless ``name`` is empty) and return its bytes."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as file:
            for member, content in members.items():
                file.writestr(zipfile.ZipInfo(member), content)
            file.comment = comment.encode()
        if name:
            self.files[name] = buffer.getvalue()
        return buffer.getvalue()

    def write(self, reports: Path) -> Path:
        """Write everything and return the folder."""
        content = self.files | {
            "evaluatierapport.html": self._page().encode(),
            "resultaten.csv": table_csv([list(HEAD), *([row[c] for c in HEAD] for row in self._sorted())]),
            "resultaten.xlsx": self._workbook(),
        }
        for name, data in content.items():
            path = reports / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return reports

    def _sorted(self) -> list[Row]:
        return [self.rows[key] for key in sorted(self.rows)]

    def _page(self) -> str:
        return (
            '<!doctype html>\n<html lang="nl">\n<head>\n<meta charset="utf-8">\n<title>Evaluatie (concept 0.1)</title>\n'
            f"<style>{self.style}</style>\n</head>\n<body>\n"
            '<p class="status">concept 0.1, niet citeren</p>\n<main>\n<section class="hoofdstuk" id="hoofdstuk-7">\n'
            + "\n".join(self.body)
            + "\n</section>\n</main>\n</body>\n</html>\n"
        )

    def _workbook(self) -> bytes:
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
            book.set_properties({"created": CREATED})
            sheet = book.add_worksheet("resultaten")
            extra = list(self.hidden_columns)
            sheet.write_row(0, 0, [*HEAD, *extra])
            for line, row in enumerate([*self._sorted(), *self.workbook_only], 1):
                sheet.write_row(
                    line, 0, [row[c] for c in HEAD] + [self.hidden_columns[e].get(row["id"], "") for e in extra]
                )
                if row["id"] in self.cell_notes:
                    sheet.write_comment(line, HEAD.index("value"), self.cell_notes[row["id"]])
            if extra:
                sheet.set_column(len(HEAD), len(HEAD) + len(extra) - 1, None, None, {"hidden": True})
            if self.hidden_sheet:
                other = book.add_worksheet("controle")
                other.very_hidden()
                for line, cells in enumerate(self.hidden_sheet):
                    other.write_row(line, 0, cells)
        return buffer.getvalue()


def table_csv(rows: Iterable[Sequence[str]], delimiter: str = ",") -> bytes:
    """Return rows as the bytes of a CSV file."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n", delimiter=delimiter).writerows(rows)
    return text.getvalue().encode()


def data_uri(content: bytes, kind: str = "text/csv") -> str:
    """Return a file as an address that holds it."""
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def code_cell(source: str, *outputs: dict[str, Any], metadata: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return an executed cell of a notebook."""
    return {
        "cell_type": "code", "execution_count": 1, "id": "1", "metadata": dict(metadata or {}), "source": [source],
        "outputs": list(outputs),
    }  # fmt: skip


def shown_output(**data: str) -> dict[str, Any]:
    """Return an output with texts by kind, ``text_html`` for text/html."""
    return {"output_type": "display_data", "metadata": {}, "data": {k.replace("_", "/", 1): v for k, v in data.items()}}


def stream_output(text: str, name: str = "stdout") -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": [text]}


def bar_chart(bars: Mapping[str, float | None], extra: str = "", width: float = 400.0) -> str:
    """Return a bar chart as matplotlib draws it: closed paths from x = 100, of which ``width`` is a hundred percent.

    A bar without a value is not drawn, only its name.
    """
    parts = []
    for number, (name, share) in enumerate(bars.items()):
        top = 20 + 40 * number
        parts.append(f'<text x="95" y="{top + 16}" text-anchor="end">{html.escape(name)}</text>')
        if share is not None:
            parts.append(bar_path(share, top, width))
    ticks = "".join(
        f'<g id="xtick_{p}"><text x="{100 + width * p / 100:.6f}" y="300">{p}%</text></g>' for p in (0, 50, 100)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="639" viewBox="0 0 639 310" aria-hidden="true">'
        f'<g id="axes_1">{"".join(parts)}{ticks}</g>{extra}</svg>'
    )


def bar_path(share: float, top: float, width: float = 400.0, attributes: str = 'fill="#1b5e82"') -> str:
    """Return one bar of ``share`` percent as a path."""
    right = 100 + width * share / 100
    return f'<path d="M 100.000000 {top + 25:.6f} \nL {right:.6f} {top + 25:.6f} \nL {right:.6f} {top:.6f} \nL 100.000000 {top:.6f} \nz\n" {attributes}/>'
