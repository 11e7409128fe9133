"""The command line behind ``make``: ``python -m nsoc_lib report``, ``simulate``, ``audit`` and ``deposit``."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from nsoc_lib.errors import NsocError
from nsoc_lib.paths import REPOSITORY, Study

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)

DataFolder = Annotated[Path, typer.Option("--data", help="Map met raw/, en waarin processed/ wordt gemaakt.")]
ReportsFolder = Annotated[Path, typer.Option("--reports", help="Map voor het rapport.")]
Engine = Annotated[str, typer.Option("--engine", help="nsoc, of kernel voor een kernel per notebook.")]


@app.command()
def report(
    data: DataFolder = REPOSITORY / "data", reports: ReportsFolder = REPOSITORY / "reports", engine: Engine = "nsoc"
) -> None:
    """Breng het rapport bij: schoonmaken, toetsen, hoofdstukken draaien, publiceren."""
    from nsoc_lib.publish.pipeline import default_workers, run_pipeline

    start = time.monotonic()
    study = Study(data.resolve(), reports.resolve())
    print("Rapport bijwerken:", flush=True)
    run_pipeline(study, engine, default_workers())
    seconds = f"{time.monotonic() - start:.1f}".replace(".", ",")
    print(f"Klaar in {seconds} s: {study.show(study.reports / 'evaluatierapport.html')}")


@app.command()
def audit(file: Annotated[Path, typer.Argument(help="CSV met label, percentage of gemiddelde, en n.")]) -> None:
    """Toets of gedrukte percentages en gemiddelden op hun bases mogelijk zijn; zwijgt als alles past."""
    from nsoc_lib.publish.audit import audit_file

    found = audit_file(file)
    if found.text:
        print(found.text)
    raise typer.Exit(0 if found.reachable else 1)


@app.command()
def simulate(data: DataFolder = REPOSITORY / "data") -> None:
    """Maak de nagebootste export van meting-1 opnieuw; dezelfde invoer geeft dezelfde bytes."""
    from nsoc_lib.publish.simulate import simulate_meting

    simulate_meting(Study(data.resolve(), REPOSITORY / "reports"), "meting-1")


@app.command()
def deposit(
    meting: Annotated[str, typer.Option("--meting", help="Map onder data/raw.")],
    data: DataFolder = REPOSITORY / "data",
) -> None:
    """Bewaar de schoongemaakte tabellen van een meting als CSV, Parquet en SPSS, met een codeboek."""
    from nsoc_lib.publish.deposit import deposit_meting

    study = Study(data.resolve(), REPOSITORY / "reports")
    made = deposit_meting(study, meting)
    print(f"Klaar: {len(made)} bestanden in {study.show(study.deposit_folder(meting))}")
    print("Let op: dit zijn antwoorden per persoon. Bepaal zelf wie erbij mag voordat je ze weggeeft.")


@app.command()
def gate(data: DataFolder = REPOSITORY / "data", reports: ReportsFolder = REPOSITORY / "reports") -> None:
    """Val een map met gepubliceerde bestanden aan zoals een vreemde zou doen; zwijgt over wat mag."""
    from nsoc_lib.publish.gate import check_folder

    read = check_folder(Study(data.resolve(), reports.resolve()), reports.resolve())
    print(f"Klaar: {read} bestanden gelezen, niets gevonden dat het profiel verbiedt.")


def main() -> int:
    """Run the command line; return the exit code. A researcher sees a block, never a traceback."""
    try:
        code = app(standalone_mode=False)
    except NsocError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except (typer.Abort, KeyboardInterrupt):
        print("\nAfgebroken. Het vorige rapport is niet veranderd.", file=sys.stderr)
        return 130
    except Exception as error:
        if os.environ.get("DEBUG"):
            raise
        usage = getattr(error, "format_message", None)
        print(f"\n{usage() if usage else _unexpected(error)}", file=sys.stderr)
        return 2
    return code if isinstance(code, int) else 0


def _unexpected(error: Exception) -> NsocError:
    return NsocError(
        "het programma zelf",
        found=f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}",
        expected="een fout die wij in gewone woorden kunnen melden",
        remedy="Draai opnieuw met DEBUG=1 en stuur de melding aan wie het programma onderhoudt.",
    )


if __name__ == "__main__":
    raise SystemExit(main())
