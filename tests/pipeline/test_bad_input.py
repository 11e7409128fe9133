"""A faulty file gives one Dutch block, exit code 1 and leaves the earlier report as it was."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable

import pytest
from conftest import StudyFolder

EXPORT = "data/raw/meting-1/procesthermometer.csv"


def edit_export(study: StudyFolder, change: Callable[[list[list[str]]], None]) -> None:
    with study.export.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    change(rows)
    with study.export.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def missing_column(study: StudyFolder) -> None:
    def change(rows: list[list[str]]) -> None:
        column = rows[0].index("Q1_3")
        for row in rows:
            del row[column]

    edit_export(study, change)


def unknown_answer(study: StudyFolder) -> None:
    def change(rows: list[list[str]]) -> None:
        rows[4][rows[0].index("Q1_1")] = "Mee eenss"

    edit_export(study, change)


def double_respondent(study: StudyFolder) -> None:
    edit_export(study, lambda rows: rows.append(rows[3]))


def empty_export(study: StudyFolder) -> None:
    def change(rows: list[list[str]]) -> None:
        del rows[3:]

    edit_export(study, change)


def another_survey(study: StudyFolder) -> None:
    def change(rows: list[list[str]]) -> None:
        for column, cell in enumerate(rows[2]):
            if json.loads(cell)["ImportId"].startswith(("QID", "groep")):
                rows[2][column] = json.dumps({"ImportId": f"QID9{column}"})

    edit_export(study, change)


def unknown_column(study: StudyFolder) -> None:
    def change(rows: list[list[str]]) -> None:
        for number, row in enumerate(rows):
            row.append(["Q9", "Nog een vraag?", '{"ImportId":"QID9"}'][number] if number < 3 else "ja")

    edit_export(study, change)


def wrong_encoding(study: StudyFolder) -> None:
    study.export.write_bytes(study.export.read_text(encoding="utf-8").encode("latin-1"))


def not_qualtrics(study: StudyFolder) -> None:
    study.export.write_text("naam,antwoord\nA,1\nB,2\nC,3\n", encoding="utf-8")


def broken_key(study: StudyFolder) -> None:
    study.replace("meting-1/meting.yml", "    formaat: qualtrics", "    formaatt: qualtrics")


def broken_yaml(study: StudyFolder) -> None:
    study.replace("meting-1/codeboek.yml", "instrument: procesthermometer", "instrument: [procesthermometer")


def unknown_theme(study: StudyFolder) -> None:
    study.replace("evaluatie.yml", "thema: draagvlak", "thema: draagvlakte")


def misspelt_parameter(study: StudyFolder) -> None:
    study.replace("evaluatie.yml", "{meting: meting-1, thema: draagvlak}", "{meting: meting-1, tema: draagvlak}")


def missing_notebook(study: StudyFolder) -> None:
    study.replace("evaluatie.yml", "notebook: respons", "notebook: responz")


def path_outside(study: StudyFolder) -> None:
    study.replace("meting-1/meting.yml", "bestand: gepubliceerd.csv", "bestand: ../../../elders.csv")


def missing_export(study: StudyFolder) -> None:
    study.export.unlink()


def one_percentage_missing(study: StudyFolder) -> None:
    drop_last_row(study, "meting-1/gepubliceerd.csv")


def one_point_of_learning_missing(study: StudyFolder) -> None:
    drop_last_row(study, "kader/leerpunten.csv")


def drop_last_row(study: StudyFolder, name: str) -> None:
    """Leave out the last row of a table, and judge it by the suite of the repository."""
    path = study.raw / name
    (study.data / "expectations" / path.with_suffix(".json").name).unlink()
    path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8")


def wrong_invited(study: StudyFolder) -> None:
    study.replace("meting-1/meting.yml", "uitgenodigd: 31", "uitgenodigd: 32")


def loose_number_in_final_report(study: StudyFolder) -> None:
    study.replace("evaluatie.yml", "status: concept ", "status: definitief ")
    study.replace("evaluatie.yml", "titel: Draagvlak", "titel: Draagvlak in 7 punten")


FAULTS: list[tuple[Callable[[StudyFolder], None], str]] = [
    (
        missing_column,
        f"Fout in {EXPORT}, kolom Q1_3\n"
        "  gevonden: geen kolom voor Q1_3\n"
        "  verwacht: een kolom voor elke vraag van het codeboek\n"
        "  wat nu:   Exporteer opnieuw met alle vragen, of haal de vraag uit codeboek.yml.",
    ),
    (
        unknown_answer,
        f"Fout in {EXPORT}, rij 5, kolom Q1_1\n"
        '  gevonden: het antwoord "Mee eenss"\n'
        "  verwacht: een antwoord uit schaal eens: Helemaal mee oneens, Mee oneens, Neutraal, Mee eens, "
        "Helemaal mee eens\n"
        "  wat nu:   Verbeter de cel, of voeg het antwoord toe aan de schaal in codeboek.yml.",
    ),
    (
        double_respondent,
        f"Fout in {EXPORT}, rij 32, kolom ResponseId\n"
        "  gevonden: dezelfde deelnemer als in rij 4\n"
        "  verwacht: elke deelnemer een keer\n"
        "  wat nu:   Kijk welke van de twee rijen geldt en exporteer opnieuw.",
    ),
    (
        empty_export,
        f"Fout in {EXPORT}\n"
        "  gevonden: drie kopregels en geen enkele deelnemer\n"
        "  verwacht: ten minste een rij met antwoorden\n"
        "  wat nu:   Kijk of de export een filter had, en exporteer opnieuw.",
    ),
    (
        another_survey,
        f"Fout in {EXPORT}\n"
        "  gevonden: geen enkele vraag uit het codeboek\n"
        "  verwacht: de kolommen Q1_1, Q1_2, Q1_3, Q1_4, Q1_5, Q1_6, Q1_7, Q1_8 en nog 22\n"
        "  wat nu:   Dit lijkt de export van een andere vragenlijst. Zet de goede export neer, of pas codeboek.yml aan.",
    ),
    (
        unknown_column,
        f"Fout in {EXPORT}, kolom Q9\n"
        '  gevonden: een vraag die het codeboek niet kent (ImportId QID9, "Nog een vraag?")\n'
        "  verwacht: alleen kolommen die in codeboek.yml staan\n"
        "  wat nu:   Voeg de vraag toe aan codeboek.yml, of zet de kolom onder overslaan met een reden.",
    ),
    (
        wrong_encoding,
        "  verwacht: tekst in UTF-8\n  wat nu:   Exporteer of bewaar het opnieuw met tekencodering UTF-8.",
    ),
    (
        not_qualtrics,
        f"Fout in {EXPORT}, rij 3, kolom naam\n"
        '  gevonden: "B"\n'
        '  verwacht: {"ImportId":"…"}, de derde kopregel van Qualtrics\n'
        "  wat nu:   Is dit een export van een ander programma? Exporteer uit Qualtrics als CSV, met alle kopregels.",
    ),
    (
        broken_key,
        "Fout in data/raw/meting-1/meting.yml, sleutel enquetes, nummer 1\n"
        '  gevonden: geen sleutel "formaat"\n'
        '  verwacht: de sleutel "formaat" met tekst\n'
        "  wat nu:   Voeg formaat: … toe.",
    ),
    (broken_yaml, "Fout in data/raw/meting-1/codeboek.yml, regel "),
    (
        unknown_theme,
        "Fout in parameter thema\n"
        '  gevonden: "draagvlakte"\n'
        "  verwacht: een thema uit het codeboek: daadkracht, draagvlak, draagkracht, opbrengsten\n"
        "  wat nu:   Verbeter thema in data/raw/evaluatie.yml of in de cel met parameters.",
    ),
    (
        misspelt_parameter,
        'Fout in notebooks/procesthermometer.ipynb (hoofdstuk "Draagvlak")\n'
        "  gevonden: de parameter tema\n"
        "  verwacht: een parameter van dit notebook: instrument, meting, thema\n"
        "  wat nu:   Verbeter de naam in data/raw/evaluatie.yml of in de cel met parameters.",
    ),
    (
        missing_notebook,
        "Fout in data/raw/evaluatie.yml\n"
        '  gevonden: het notebook "responz" in hoofdstuk "Respons op de Procesthermometer"\n'
        "  verwacht: een bestand notebooks/responz.ipynb\n"
        "  wat nu:   Verbeter de naam, of maak het notebook.",
    ),
    (
        path_outside,
        "Fout in data/raw/meting-1/meting.yml, sleutel tabellen, nummer 2, sleutel bestand\n"
        '  gevonden: "../../../elders.csv"\n'
        "  verwacht: de naam van een bestand in dezelfde map\n"
        "  wat nu:   Zet het bestand naast meting.yml en noem alleen de naam.",
    ),
    (
        missing_export,
        f"Fout in {EXPORT}\n"
        "  gevonden: geen bestand met deze naam\n"
        '  verwacht: een bestand dat de stap "schoonmaken meting-1" leest\n'
        "  wat nu:   Zet het bestand terug, of verbeter de naam in meting.yml of evaluatie.yml.",
    ),
    (
        one_percentage_missing,
        "Fout in data/raw/meting-1/gepubliceerd.csv\n"
        "  gevonden: waargenomen: 27\n"
        "  verwacht: De bron noemt 28 percentages van de Procesthermometer.\n"
        "  wat nu:   Verbeter het bestand, of de verwachting in expectations/gepubliceerd.json.",
    ),
    (
        one_point_of_learning_missing,
        "Fout in data/raw/kader/leerpunten.csv\n"
        "  gevonden: waargenomen: 5\n"
        "  verwacht: De bron noemt zes leerpunten.\n"
        "  wat nu:   Verbeter het bestand, of de verwachting in expectations/leerpunten.json.",
    ),
    (
        wrong_invited,
        "Fout in data/raw/meting-1/meting.yml, sleutel enquetes, nummer 1, sleutel veldwerk\n"
        "  gevonden: uitgenodigd: 32, de groepen samen: 31\n"
        "  verwacht: groepen die samen het aantal genodigden vormen\n"
        "  wat nu:   Verbeter het aantal genodigden of dat van een groep.",
    ),
    (
        loose_number_in_final_report,
        "Fout in de inhoudsopgave (de titels in evaluatie.yml)\n"
        '  gevonden: "7" in "Draagvlak in 7 punten", een getal dat niemand heeft uitgerekend\n'
        "  verwacht: alleen getallen uit tell, plot_… en tabulate_…, of een aanduiding\n"
        "  wat nu:   Gebruik een resultaat of indicate(…), of zet status terug op concept.",
    ),
]


@pytest.mark.parametrize(("spoil", "message"), FAULTS, ids=[spoil.__name__ for spoil, _ in FAULTS])
def test_a_fault_is_told_in_one_block_and_the_report_stays(
    own: StudyFolder, spoil: Callable[[StudyFolder], None], message: str
) -> None:
    """The message is exact, there is one, no traceback is shown, and no published file changes."""
    before = own.files()
    spoil(own)
    done = own.run()
    assert done.code == 1
    assert message in done.err
    assert done.err.count("Fout in ") == 1
    assert "Traceback" not in done.out + done.err
    assert own.files() == before


def test_a_repaired_fault_gives_the_report_as_it_was(little: StudyFolder, own: StudyFolder) -> None:
    """After a failed run, putting the file back gives the same report."""
    text = own.export.read_bytes()
    unknown_answer(own)
    assert own.run().code == 1
    own.export.write_bytes(text)
    assert own.run().code == 0
    assert own.files() == little.files()


def test_an_unknown_engine_is_refused(own: StudyFolder) -> None:
    """ENGINE takes nsoc or kernel."""
    done = own.run(engine="kernle")
    assert done.code == 1
    assert 'Fout in ENGINE\n  gevonden: "kernle"\n  verwacht: nsoc of kernel' in done.err


def test_a_concept_marks_a_loose_number_and_is_published(own: StudyFolder) -> None:
    """What stops a final report is marked in a concept."""
    own.replace("evaluatie.yml", "titel: Draagvlak", "titel: Draagvlak in zeven punten")
    assert own.run().code == 0
    assert 'Draagvlak in <mark class="los">zeven</mark> punten' in own.page
