"""Faulty inputs with the message each must give: read from the corpus, done to a study, run and judged.

A case of the corpus is one change to one file of a study whose report was made before, and the
lines that the researcher must then see. ``run_fault`` runs the command line in a child that is
forked from a process in which the slow imports were made, so that hundreds of cases take minutes.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

CORPUS = Path(__file__).resolve().parent / "corpus"
ROOT = Path(__file__).resolve().parents[2]
SECONDS = 120
CAUGHT, OTHER, SILENT, TRACEBACK, DAMAGE = "gevangen", "andere melding", "niet gemeld", "traceback", "schade"
OUTCOMES = (CAUGHT, OTHER, SILENT, TRACEBACK, DAMAGE)


@dataclass(frozen=True)
class Fault:
    """One faulty input.

    ``bestand`` is the file that changes, from the folder of the study. ``wijziging`` maps one or more kinds of
    change (see ``apply_fault``) to what they take. ``melding`` are texts that must stand in the message, in this
    order. ``opdracht`` are the words after ``python -m nsoc_lib``; {studie} is the folder of the study.
    ```heel``` asks for the report with every chapter.
    """

    soort: str
    naam: str
    bestand: str
    wijziging: dict[str, Any]
    melding: tuple[str, ...]
    opdracht: tuple[str, ...] = ("report", "--data", "{studie}/data", "--reports", "{studie}/reports")
    heel: bool = False


@dataclass(frozen=True)
class Judged:
    """What became of a fault: one of OUTCOMES, and what the researcher saw."""

    fault: Fault
    outcome: str
    shown: str
    seconds: float = field(compare=False, default=0.0)


def load_faults() -> list[Fault]:
    """Return the corpus by file and in file order. The name of a file of the corpus is the kind of its faults."""
    faults = []
    for path in sorted(CORPUS.glob("*.yml")):
        for raw in yaml.safe_load(path.read_text(encoding="utf-8")):
            options = {key: raw.pop(key) for key in ("heel",) if key in raw}
            if "opdracht" in raw:
                options["opdracht"] = tuple(raw.pop("opdracht"))
            name, file, message = raw.pop("naam"), raw.pop("bestand", ""), raw.pop("melding")
            faults.append(Fault(path.stem, name, file, raw, tuple(message), **options))
    return faults


def apply_fault(study: Path, fault: Fault) -> None:
    """Change the file as the case says. A change that has nothing to change is a fault of the corpus."""
    path = study / fault.bestand
    for kind, value in fault.wijziging.items():
        _CHANGES[kind](path, value)


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
    """``cel: {rij: 3, kolom: naam, wordt: tekst}``: a cell of a CSV file, by its row as a spreadsheet counts."""
    rows = _rows(path)
    rows[place["rij"] - 1][rows[0].index(place["kolom"])] = place["wordt"]
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


_CHANGES = {
    "vervang": _replace, "tekst": _write, "erbij": _append, "bytes": _bytes, "codering": _encode, "weg": _remove,
    "map": _folder, "kort": _truncate, "cel": _cell, "kolom": _column, "regel": _line, "json": _json,
}  # fmt: skip


def _rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))


def _save(path: Path, rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")


def run_fault(study: Path, fault: Fault) -> Judged:
    """Spoil a copy of a study with a made report, run the command and judge what came of it."""
    with tempfile.TemporaryDirectory(prefix="fout-", dir=study.parent) as folder:
        own = Path(folder) / "studie"
        shutil.copytree(study, own)
        for name in ("notebooks", "expectations"):  # a study may have its own; a case may spoil them
            if fault.bestand.startswith(f"data/{name}/") and (ROOT / name / Path(fault.bestand).name).exists():
                (own / "data" / name).mkdir(exist_ok=True)
                shutil.copy(ROOT / name / Path(fault.bestand).name, own / fault.bestand)
        apply_fault(own, fault)
        before = _published(own)
        start = time.monotonic()
        words = [word.replace("{studie}", str(own)) for word in fault.opdracht]
        code, shown = run_in_child(words)
        seconds = time.monotonic() - start
        changed = _published(own) != before or _halves(own)
    return Judged(fault, _judge(fault, code, shown, damaged=changed), shown, seconds)


def _judge(fault: Fault, code: int, shown: str, *, damaged: bool) -> str:
    if damaged:
        return DAMAGE
    if "Traceback" in shown or code not in {0, 1, 2} or "het programma zelf" in shown:
        return TRACEBACK
    if code == 0:
        return SILENT
    ordered = ".*?".join(re.escape(text) for text in fault.melding)
    if shown.count("Fout in ") == 1 and re.search(ordered, shown, re.DOTALL):
        return CAUGHT
    return OTHER


def _published(study: Path) -> dict[str, bytes]:
    return {str(p.relative_to(study)): p.read_bytes() for p in (study / "reports").rglob("*") if p.is_file()}


def _halves(study: Path) -> list[Path]:
    """Return what a writer left half done: everything is written beside its name and then moved."""
    return [path for path in study.rglob(".*") if re.fullmatch(r"\..+\.\d+", path.name)]


def run_in_child(words: list[str], seconds: float = SECONDS) -> tuple[int, str]:
    """Run ``python -m nsoc_lib`` with these words in a forked child; return exit code and what it showed.

    A child that takes longer than ``seconds`` is ended, and its code is then -9.
    """
    with tempfile.TemporaryFile() as shown:
        child = os.fork()
        if child == 0:
            _become_command(shown.fileno(), words)
        code = _wait(child, seconds)
        shown.seek(0)
        return code, shown.read().decode("utf-8", errors="replace")


def _become_command(output: int, words: list[str]) -> None:
    try:
        os.setsid()  # so that a run that hangs is ended with the workers it started
        os.dup2(output, 1)
        os.dup2(output, 2)
        sys.stdout, sys.stderr = (io.TextIOWrapper(io.FileIO(n, "w", closefd=False), "utf-8") for n in (1, 2))
        sys.__stdout__, sys.__stderr__ = sys.stdout, sys.stderr
        sys.argv = ["nsoc_lib", *words]
        from nsoc_lib.__main__ import main

        code = main()
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:  # noqa: BLE001 (a child has nobody to raise to; the parent judges what it showed)
        import traceback

        os.write(2, traceback.format_exc().encode())
        code = 70
    os._exit(code)


def _wait(child: int, seconds: float) -> int:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    os.killpg(child, 9)
    os.waitpid(child, 0)
    return -9


def warm_up() -> None:
    """Make the slow imports once, in the process from which every run is forked."""
    import great_expectations  # noqa: F401
    import pytask  # noqa: F401

    import nsoc_lib.publish.pipeline
    import nsoc_lib.publish.report
    import nsoc_lib.publish.validation  # noqa: F401

    nsoc_lib.publish.pipeline._warm_up()


def run_all(faults: list[Fault], small: Path, whole: Path) -> Iterator[Judged]:
    """Run every fault on the study it asks for."""
    for fault in faults:
        yield run_fault(whole if fault.heel else small, fault)
