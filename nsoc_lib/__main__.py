"""The command line behind ``make``: ``python -m nsoc_lib report``, ``doctor``, ``docx`` and more."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Annotated, Any

import typer

from nsoc_lib.characters import visible
from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.paths import REPOSITORY, Study

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)

DATA, REPORTS = REPOSITORY / "data", REPOSITORY / "reports"
DataFolder = Annotated[Path, typer.Option("--data", help="Map met raw/, en waarin processed/ wordt gemaakt.")]
ReportsFolder = Annotated[Path, typer.Option("--reports", help="Map voor het rapport.")]
Engine = Annotated[str, typer.Option("--engine", help="nsoc, of kernel voor een kernel per notebook.")]
ExportFile = Annotated[Path, typer.Argument(help="De export van een vragenlijst.")]
StructureFile = Annotated[Path | None, typer.Option("--structure", help="De .lss of .R van LimeSurvey.")]


@app.command()
def report(
    data: DataFolder = DATA,
    reports: ReportsFolder = REPORTS,
    engine: Engine = "nsoc",
    workers: Annotated[str, typer.Option("--workers", help="Adres van een planner van Dask (docs/cluster.md).")] = "",
) -> None:
    """Breng het rapport bij: schoonmaken, toetsen, hoofdstukken draaien, publiceren."""
    from nsoc_lib.publish.pipeline import default_workers, run_pipeline
    from nsoc_lib.publish.placement import PAGE

    start = time.monotonic()
    study = Study(data.resolve(), reports.resolve())
    print("Rapport bijwerken:", flush=True)
    run_pipeline(study, engine, default_workers(), workers)
    seconds = f"{time.monotonic() - start:.1f}".replace(".", ",")
    print(f"Klaar in {seconds} s: {study.show(study.reports / PAGE)}")


@app.command()
def why(data: DataFolder = DATA, reports: ReportsFolder = REPORTS, engine: Engine = "nsoc") -> None:
    """Leg uit wat make report opnieuw zou doen en waarom, zonder iets te doen."""
    from nsoc_lib.publish.placement import PAGE
    from nsoc_lib.publish.why import explain_report

    study = Study(data.resolve(), reports.resolve())
    lines = explain_report(study, engine)
    if not lines:
        print(f"Niets te doen: {study.show(study.reports / PAGE)} is bij.")
        return
    print("Dit zou make report opnieuw doen:")
    print("\n".join(f"  {line}" for line in lines))


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(
    more: typer.Context,
    python: Annotated[Path, typer.Option("--python", help="Python met JupyterLab.")],
    data: DataFolder = DATA,
    reports: ReportsFolder = REPORTS,
) -> None:
    """Open de notebooks in JupyterLab, met een startpagina; wat erachter staat gaat naar JupyterLab."""
    from nsoc_lib.publish.lab import call_lab, environment_of_lab, prepare_lab

    study = Study(data.resolve(), reports.resolve())
    prepare_lab(study)
    command = call_lab(study, python, more.args)
    print("JupyterLab opent in de browser. Ctrl-C in dit venster stopt het.", flush=True)
    os.execve(command[0], command, environment_of_lab(study, os.environ))  # noqa: S606


@app.command()
def docx(data: DataFolder = DATA, reports: ReportsFolder = REPORTS) -> None:
    """Zet het laatst gemaakte rapport in een Word-bestand."""
    from nsoc_lib.publish.word import publish_word

    study = Study(data.resolve(), _settled(reports))
    print("Word-bestand maken (ongeveer een halve minuut):", flush=True)
    print(f"Klaar: {study.show(publish_word(study))}")


@app.command()
def reactions(
    file: Annotated[Path, typer.Argument(help="Het Word-bestand met opmerkingen.")],
    data: DataFolder = DATA,
    reports: ReportsFolder = REPORTS,
) -> None:
    """Zet de opmerkingen in een Word-bestand in de reactietabel; wat daar al staat blijft."""
    from nsoc_lib.publish.reactions import collect_reactions

    study = Study(data.resolve(), _settled(reports))
    merged = collect_reactions(study, file)
    print(f"Klaar: {merged.new} nieuw, {len(merged.reactions)} in {study.show(study.reactions_file)}")
    for author, role in merged.roles.items():  # on the screen only: the table holds roles
        print(f"  {author or 'iemand zonder naam'} staat erin als {role}")
    print("Lees de nieuwe rijen na op namen voordat u ze vastlegt.")


@app.command()
def audit(file: Annotated[Path, typer.Argument(help="CSV met label, percentage of gemiddelde, en n.")]) -> None:
    """Toets of gedrukte percentages en gemiddelden op hun bases mogelijk zijn; zwijgt als alles past."""
    from nsoc_lib.publish.audit import audit_file

    found = audit_file(file)
    if found.text:
        print(found.text)
    raise typer.Exit(0 if found.reachable else 1)


@app.command()
def simulate(data: DataFolder = DATA) -> None:
    """Maak de nagebootste export van meting-1 opnieuw; dezelfde invoer geeft dezelfde bytes."""
    from nsoc_lib.publish.simulate import simulate_meting

    simulate_meting(Study(data.resolve(), REPORTS), "meting-1")


@app.command()
def deposit(
    meting: Annotated[str, typer.Option("--meting", help="Map onder data/raw.")],
    data: DataFolder = DATA,
) -> None:
    """Bewaar de antwoorden van een meting, per persoon, als CSV, Parquet en SPSS, met een codeboek."""
    from nsoc_lib.publish.deposit import deposit_meting

    study = Study(data.resolve(), REPORTS)
    made = deposit_meting(study, meting)
    print(f"Klaar: {len(made)} bestanden in {study.show(study.deposit_folder(meting))}")
    print("Let op: dit zijn antwoorden per persoon. Bepaal zelf wie erbij mag voordat u ze weggeeft.")


@app.command()
def doctor(file: ExportFile, structure: StructureFile = None) -> None:
    """Leg uit wat een bestand is, wat eraan mankeert en wat u nu kunt doen."""
    from nsoc_lib.publish.doctor import examine_file

    found = examine_file(file, structure)
    print(visible(found.tekst))
    raise typer.Exit(0 if found.in_orde else 1)


@app.command()
def codebook(file: ExportFile, structure: StructureFile = None) -> None:
    """Stel een codeboek voor uit een export; niets wordt overschreven."""
    from nsoc_lib.publish.propose import propose_for

    made = propose_for(file, structure)
    print(f"Klaar: {', '.join(made.bestanden)}")
    print(f"Te bevestigen: {made.gissingen} regels, waarvan de volgorde van schalen: {made.schalen}.")
    print("Leg het voorstel naast de vragenlijst, verbeter het, en noem het dan codeboek.yml.")


@app.command("new-meting")
def new_meting(name: Annotated[str, typer.Option("--name")], data: DataFolder = DATA) -> None:
    """Maak de map van een nieuwe meting, met meting.yml en een deel in evaluatie.yml."""
    from nsoc_lib.publish.new_meting import add_meting

    made = add_meting(Study(data.resolve(), REPORTS), name)
    print(f"Klaar: {' en '.join(made)}")
    print('Zet de export in de map, en vul in waar "vul in" staat. Bekijk de export met make doctor FILE=…')


@app.command("new-notebook")
def new_notebook(name: Annotated[str, typer.Option("--name")], data: DataFolder = DATA) -> None:
    """Maak een notebook dat meteen draait, en zeg welke regel er een hoofdstuk van maakt."""
    from nsoc_lib.publish.new_notebook import add_notebook

    made = add_notebook(Study(data.resolve(), REPORTS), name)
    print(f"Klaar: {made.bestand}")
    print("Zet deze regel in evaluatie.yml onder de hoofdstukken van een deel, recht onder de andere:")
    print(f"      {made.regel}")


@app.command()
def compare(
    earlier: Annotated[str, typer.Argument(help="Een eerder rapport: deposit.zip of een map.")] = "",
    reports: ReportsFolder = REPORTS,
) -> None:
    """Zet het rapport naast een eerder rapport: getallen, tekst, hoofdstukken en figuren."""
    from nsoc_lib.publish.compare import compare_report

    study = Study(DATA, _settled(reports))
    path, revisions = compare_report(study, earlier)
    print(f"Klaar: {study.show(path)}")
    print("Er zijn geen verschillen." if revisions.nothing else revisions.summary)


@app.command()
def pdf(data: DataFolder = DATA, reports: ReportsFolder = REPORTS) -> None:
    """Druk het rapport af naar PDF, met koppen, bladwijzers en tekst bij figuren; vraagt Chromium of Chrome."""
    from nsoc_lib.publish.pdf import print_report

    _tell_made(print_report(Study(data.resolve(), _settled(reports))))


@app.command()
def package(data: DataFolder = DATA, reports: ReportsFolder = REPORTS) -> None:
    """Pak het rapport met alles waaruit het blijkt in deposit.zip, zonder antwoorden van personen."""
    from nsoc_lib.publish.package import package_report

    _tell_made(package_report(Study(data.resolve(), _settled(reports))))


@app.command()
def screenshots(reports: ReportsFolder = REPORTS) -> None:
    """Maak schermbeelden van het rapport in reports/schermbeelden; vraagt Chromium of Chrome, en playwright."""
    from nsoc_lib.publish.screenshots import take_screenshots

    print("Schermbeelden maken:", flush=True)
    for made in take_screenshots(_settled(reports)):
        _tell_made(made)


def _settled(reports: Path) -> Path:
    """Return the folder of a report in which nothing is half in place."""
    from nsoc_lib.publish.placement import settle_report

    settle_report(reports.resolve())
    return reports.resolve()


def _tell_made(path: Path) -> None:
    study = Study(path.parent.parent / "data", path.parent)
    size = f"{path.stat().st_size / 1_000_000:.1f}".replace(".", ",")
    print(f"Klaar: {study.show(path)} ({size} MB)")


@app.command()
def gate(data: DataFolder = DATA, reports: ReportsFolder = REPORTS) -> None:
    """Val een map met gepubliceerde bestanden aan zoals een vreemde zou doen; zwijgt over wat mag."""
    from nsoc_lib.publish.gate import check_folder

    read = check_folder(Study(data.resolve(), _settled(reports)))
    print(f"Klaar: {read} bestanden gelezen, niets gevonden dat het profiel verbiedt.")


def main() -> int:
    """Run the command line; return the exit code. A researcher sees a block, never a traceback."""
    try:
        code = app(standalone_mode=False)
    except NsocError as error:
        print(f"\n{error.on_screen()}", file=sys.stderr)
        return 1
    except (typer.Abort, KeyboardInterrupt):
        print("\nAfgebroken. Het vorige rapport is niet veranderd.", file=sys.stderr)
        return 130
    except Exception as error:
        if os.environ.get("DEBUG"):
            raise
        told = _misused(error) if hasattr(error, "format_message") else _unexpected(error)
        print(f"\n{told.on_screen()}", file=sys.stderr)
        return 2
    return code if isinstance(code, int) else 0


def _misused(error: Any) -> NsocError:
    """Return what was typed wrongly, in Dutch; typer tells it in English."""
    context = error.ctx
    commands = list(getattr(context.command, "commands", ())) if context else []
    options = [name for given in context.command.params for name in given.opts] if context else []
    option = getattr(error, "option_name", "")
    missing = getattr(error, "param", None)
    if type(error).__name__ == "NoSuchOption":
        found = f'de onbekende optie "{option}"'
    elif option:
        found = f'de optie "{option}" zonder waarde'
    elif type(error).__name__ == "MissingParameter" and missing:
        found = f'niets voor "{missing.opts[0]}"'
    else:
        found = f'"{" ".join(sys.argv[1:])}"'
    known = f"een van: {enumerate_nl(commands or options, most=20)}"
    return NsocError(
        "de opdracht",
        found=found,
        expected=known if context else f"een waarde achter {option}" if option else "een opdracht",
        remedy="Draai make zonder iets erachter; dan ziet u alle opdrachten, met wat erachter mag.",
    )


def _unexpected(error: Exception) -> NsocError:
    return NsocError(
        "het programma zelf",
        found=f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}",
        expected="een fout die wij in gewone woorden kunnen melden",
        remedy="Draai opnieuw met DEBUG=1 en stuur de melding aan wie het programma onderhoudt.",
    )


if __name__ == "__main__":
    raise SystemExit(main())
