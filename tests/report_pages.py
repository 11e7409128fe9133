"""Small report pages and ledgers, written by hand as ``make report`` lays them out."""

from __future__ import annotations

import zipfile
from pathlib import Path

HEAD = '<!doctype html><html lang="nl"><head><title>Proef</title></head><body>'
STATUS = '<p class="status" role="note">concept, versie <span class="aanduiding">{}</span>, niet citeren</p>'
TITLE = '<header class="titelblad"><h1>{}</h1><p>Wij maakten dit.</p></header><nav><ul><li>Inhoud</li></ul></nav><main>'
TOKEN = '<data class="cijfer" data-id="{}" value="{}">{}</data>'
COLUMNS = ("id", "label", "value", "unit", "count", "n", "provenance", "dataset", "shown")


def number(key: str, value: float, shown: str) -> str:
    return TOKEN.format(key, value, shown)


def chapter(key: str, title: str, body: str, nummer: str = "1") -> str:
    head = f'<h3 class="hoofdstuktitel"><span class="aanduiding">{nummer}</span> {title}</h3>'
    return f'<article class="hoofdstuk" id="hoofdstuk-{key}" data-hoofdstuk="{title}">{head}{body}</article>'


def figure(key: str, caption: str, drawn: str, nummer: str = "Figuur 1.1.") -> str:
    return (
        f'<figure class="figuur" id="{key}"><div class="tekening"><svg xmlns="http://www.w3.org/2000/svg"><text>{drawn}</text></svg></div>'
        f'<figcaption><span class="aanduiding nummer">{nummer}</span> {caption}</figcaption></figure>'
    )


def page(*chapters: str, title: str = "Proef", version: str = "0.1") -> str:
    return HEAD + STATUS.format(version) + TITLE.format(title) + "".join(chapters) + "</main></body></html>"


def row(key: str, value: str, shown: str, **other: str) -> dict[str, str]:
    """Return one row of a ledger: 21 of 25 unless said otherwise."""
    base = {"id": key, "label": f"Getal {key}", "value": value, "unit": "pct", "count": "21", "n": "25"}
    return base | {"provenance": "gesimuleerd", "dataset": "proef@1", "shown": shown} | other


def ledger(*rows: dict[str, str]) -> str:
    return "\n".join([",".join(COLUMNS), *(",".join(row[name] for name in COLUMNS) for row in rows), ""])


def write_report(folder: Path, content: str, csv: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "evaluatierapport.html").write_text(content, encoding="utf-8")
    (folder / "resultaten.csv").write_text(csv, encoding="utf-8")
    return folder


def write_zip(path: Path, **members: str) -> Path:
    """Write a zip; a double underscore in a name is a slash and a single one before html or csv a point."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_html", ".html").replace("_csv", ".csv"), content)
    return path
