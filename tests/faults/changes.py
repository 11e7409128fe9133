"""What a case of the corpus can do to a file: each kind of change is a key in the case, and a function here."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any


def apply_change(path: Path, kind: str, value: Any) -> None:
    """Change a file as the case says. A change that has nothing to change is a fault of the corpus."""
    CHANGES[kind](path, value)


def _replace(path: Path, pair: list[str]) -> None:
    """``vervang: [oud, nieuw]``: the first place where the old text stands."""
    old, new = pair
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} heeft geen {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _write(path: Path, text: str) -> None:
    """``tekst: …``: the whole file, made when it was not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _append(path: Path, text: str) -> None:
    """``erbij: …``: text behind the last line."""
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def _bytes(path: Path, code: str) -> None:
    """``bytes: …``: the whole file, as a Python literal of bytes without the quotes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(code.encode("latin-1").decode("unicode_escape").encode("latin-1"))


def _encode(path: Path, encoding: str) -> None:
    """``codering: …``: the same text in another encoding."""
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))


def _remove(path: Path, _: object) -> None:
    """``weg: true``: the file or the folder is gone."""
    shutil.rmtree(path) if path.is_dir() else path.unlink()


def _folder(path: Path, _: object) -> None:
    """``map: true``: a folder stands where the file was."""
    path.unlink(missing_ok=True)
    path.mkdir()


def _truncate(path: Path, share: float) -> None:
    """``kort: 0.5``: only this share of the bytes."""
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])


def _cell(path: Path, place: dict[str, Any]) -> None:
    """``cel: {rij: 3, kolom: naam, wordt: tekst}``: a cell of a CSV file, by its row as a spreadsheet counts.

    With ``keer`` the text stands there so many times.
    """
    rows = _rows(path)
    rows[place["rij"] - 1][rows[0].index(place["kolom"])] = place["wordt"] * place.get("keer", 1)
    _save(path, rows)


def _column(path: Path, change: dict[str, Any]) -> None:
    """``kolom: {naam: x, weg: true}`` or ``{naam: x, heet: y}`` or ``{naam: x, alles: tekst}``."""
    rows = _rows(path)
    number = rows[0].index(change["naam"])
    if "weg" in change:
        rows = [[cell for n, cell in enumerate(row) if n != number] for row in rows]
    elif "heet" in change:
        rows[0][number] = change["heet"]
    else:
        rows[1:] = [[change["alles"] if n == number else cell for n, cell in enumerate(row)] for row in rows[1:]]
    _save(path, rows)


def _line(path: Path, change: dict[str, Any]) -> None:
    """``regel: {rij: 3, weg: true}``, ``{rij: 3, nog_eens: true}`` or ``{rij: 3, wordt: tekst}``."""
    rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = change["rij"] - 1
    rows[at : at + 1] = [] if "weg" in change else [rows[at]] * 2 if "nog_eens" in change else [change["wordt"] + "\n"]
    path.write_text("".join(rows), encoding="utf-8")


def _json(path: Path, change: dict[str, Any]) -> None:
    """``json: {pad: [cells, 0, source], wordt: …}``: one value in a JSON file or notebook; without ``wordt`` it goes."""
    document = json.loads(path.read_text(encoding="utf-8"))
    *way, last = change["pad"]
    value = document
    for step in way:
        value = value[step]
    if "wordt" in change:
        value[last] = change["wordt"]
    else:
        del value[last]
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")


def _fill(path: Path, change: dict[str, Any]) -> None:
    """``vol: {oud: tekst, met: a, keer: 9}``: the first place of the old text, filled with a text so many times."""
    _replace(path, [change["oud"], change["met"] * change["keer"]])


def _repeat(path: Path, change: dict[str, Any]) -> None:
    """``herhaald: {met: a, keer: 9}``: the whole file is one text so many times."""
    _write(path, change["met"] * change["keer"])


def _zip(path: Path, members: list[dict[str, Any]]) -> None:
    """``zip: [{naam: x, tekst: y, keer: 9}]``: members added to a zip file, which is made when it is not there."""
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            archive.writestr(member["naam"], member.get("tekst", "") * member.get("keer", 1))


def _sheet(path: Path, change: dict[str, str]) -> None:
    """``excel: {cel: B2, wordt: tekst}``, ``{samen: "A2:B2"}`` or ``{blad: naam}`` with a row of its own."""
    from openpyxl import load_workbook

    book = load_workbook(path)
    if "cel" in change:
        book.worksheets[0][change["cel"]] = change["wordt"]
    if "samen" in change:
        book.worksheets[0].merge_cells(change["samen"])
    if "blad" in change:
        book.create_sheet(change["blad"]).append(["ook", "gegevens"])
    book.save(path)


CHANGES = {
    "vervang": _replace, "tekst": _write, "erbij": _append, "bytes": _bytes, "codering": _encode, "weg": _remove,
    "map": _folder, "kort": _truncate, "cel": _cell, "kolom": _column, "regel": _line, "json": _json,
    "vol": _fill, "herhaald": _repeat, "zip": _zip, "excel": _sheet,
}  # fmt: skip


def _rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))


def _save(path: Path, rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")
