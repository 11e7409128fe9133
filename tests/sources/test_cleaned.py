"""Reading back what the pipeline wrote: the same tables, or a block that says what to run."""

import ast
import json
import re
import textwrap
from dataclasses import replace

import pandas as pd
import pytest
from conftest import ROOT

from nsoc_lib.errors import NsocError
from nsoc_lib.expectation import HOUDT, Outcome, Validation
from nsoc_lib.paths import Study
from nsoc_lib.prose import Shown
from nsoc_lib.publish.clean import clean_folder
from nsoc_lib.receipt import Receipt, TableReceipt
from nsoc_lib.sources.cleaned import (
    find_source_table,
    load_dossiers,
    load_facts,
    load_quality,
    load_source_table,
    load_source_tables,
    load_survey,
    load_words,
)
from nsoc_lib.sources.tabular import load_table
from nsoc_lib.survey import Finding

METING = """\
meting: proef
titel: Proef
enquetes:
  - instrument: thermometer
    bestand: export.csv
    formaat: qualtrics
    codeboek: codeboek.yml
    codering: codering.csv
    herkomst: waargenomen
    toelichting: Vijf verzonnen deelnemers.
    afronding: percentage van de som
    weging: {keuze: geen, reden: Iedereen is gevraagd.}
    veldwerk:
      vorm: internet
      periode: mei
      herinneringen: geen
      redenen_niet_meedoen: niet gepubliceerd
      uitgenodigd: 6
      bron_uitgenodigd: verzonnen
      groepen: [{groep: Allen, aantal: 6, herkomst: gepubliceerd, bron: verzonnen}]
tabellen:
  - naam: feiten
    bestand: feiten.csv
    herkomst: gepubliceerd
    bron: verzonnen
    kolommen: {feit: tekst, waarde: geheel, eenheid: tekst, omschrijving: tekst, vindplaats: tekst}
"""
CODEBOEK = """\
instrument: thermometer
schalen:
  eens:
    herkomst: vragenlijst
    antwoorden: [{code: 1, label: Oneens}, {code: 2, label: Eens}]
    instemmend: [Eens]
themas: {draagvlak: Draagvlak}
stellingen:
  - {id: steun, kolom: Q1, import_id: QID1, thema: draagvlak, kort: Steun, tekst: Steun., schaal: eens, richting: positief}
"""
KADER = """\
meting: kader
titel: Kader
tabellen:
  - naam: feiten
    bestand: feiten.csv
    herkomst: gepubliceerd
    bron: verzonnen
    kolommen: {feit: tekst, waarde: geheel, eenheid: tekst, omschrijving: tekst, vindplaats: tekst}
"""
FEITEN = (
    "feit,waarde,eenheid,omschrijving,vindplaats\npartners,6,organisaties,Partners,§1.1\ndoelen,3,doelen,Doelen,§1.2\n"
)


@pytest.fixture
def study(tmp_path, monkeypatch):
    """Return a study in an empty folder that this process takes for its own."""
    study = Study(data=tmp_path / "data", reports=tmp_path / "reports")
    for folder, files in {
        "proef": {"meting.yml": METING, "codeboek.yml": CODEBOEK, "feiten.csv": FEITEN},
        "kader": {"meting.yml": KADER, "feiten.csv": FEITEN},
    }.items():
        (study.raw / folder).mkdir(parents=True)
        for name, text in files.items():
            (study.raw / folder / name).write_text(text, encoding="utf-8")
    monkeypatch.setenv("NSOC_DATA", str(study.data))
    monkeypatch.setenv("NSOC_REPORTS", str(study.reports))
    return study


RECEIPT = Receipt("thermometer", "Qualtrics, keuzetekst", 6, {"proefantwoord": 1}, 5, (), (), (), 0)


def write_cleaned(study: Study) -> pd.DataFrame:
    """Write what cleaning would have left of five answers to one statement, and return the answers."""
    answers = pd.DataFrame(
        {
            "respondent": [f"d{n}" for n in range(1, 6)],
            "stelling": "steun",
            "antwoord": pd.Categorical(["Eens", "Oneens", None, "Eens", "Eens"], ["Oneens", "Eens"], ordered=True),
        }
    )
    study.table_file("proef", "thermometer").parent.mkdir(parents=True)
    answers.to_parquet(study.table_file("proef", "thermometer"))
    for table in ("respondenten", "open_antwoorden"):
        pd.DataFrame({"respondent": [f"d{n}" for n in range(1, 6)]}).to_parquet(study.table_file("proef", table))
    notes = {
        "datasets": {"thermometer": "abc123"},
        "bevindingen": [Finding("proef", "Weggelaten", 1).__dict__],
        "ontvangst": [RECEIPT.to_json()],
        "tabellen": [],
    }
    study.cleaning_file("proef").write_text(json.dumps(notes), encoding="utf-8")
    return answers


def test_a_cleaned_survey_comes_back_as_it_was_written(study):
    """Answers keep their order and their missing values; codebook, record and version come along."""
    answers = write_cleaned(study)
    survey = load_survey("proef", "thermometer")
    pd.testing.assert_frame_equal(survey.antwoorden, answers)
    assert survey.antwoorden["antwoord"].cat.ordered
    assert (survey.genodigd, survey.waargenomen, survey.dataset) == (6, True, "thermometer@abc123")
    assert [stelling.id for stelling in survey.codeboek.stellingen] == ["steun"]


def test_a_survey_that_was_not_cleaned_yet_says_what_to_run(study):
    """A notebook opened before the first run gets one Dutch block."""
    with pytest.raises(NsocError) as error:
        load_survey("proef", "thermometer")
    assert str(error.value) == (
        "Fout in data/processed/proef/thermometer.parquet\n"
        "  gevonden: nog niet gemaakt\n"
        "  verwacht: een bestand dat make report maakt\n"
        "  wat nu:   Draai eerst make report."
    )


def test_an_instrument_the_meting_does_not_have_is_refused(study):
    """The block names the record in which the instrument is missing."""
    with pytest.raises(NsocError) as error:
        load_survey("proef", "barometer")
    assert (error.value.where, error.value.found) == ("data/raw/proef/meting.yml", 'geen enquete "barometer"')


def test_a_table_the_meting_does_not_have_is_refused(study):
    """The block names the record in which the table is missing."""
    with pytest.raises(NsocError) as error:
        load_source_table("kader", "gegevens")
    assert str(error.value) == (
        "Fout in data/raw/kader/meting.yml\n"
        '  gevonden: geen tabel "gegevens"\n'
        "  verwacht: een blok onder tabellen met deze naam\n"
        "  wat nu:   Voeg de tabel toe aan meting.yml, of verbeter de naam in het notebook."
    )


def test_a_meting_that_does_not_exist_is_refused(study):
    """A parameter that names no folder gives one Dutch block."""
    with pytest.raises(NsocError, match=r"Fout in data/raw/meting-9/meting\.yml"):
        load_survey("meting-9", "thermometer")


def test_a_source_table_keeps_its_origin_and_version(study):
    """What was cleaned from a transcription comes back with provenance and the version of its file."""
    clean_folder(study, "kader")
    table = load_source_table("kader", "feiten")
    assert table.rijen[["feit", "waarde", "rij"]].to_dict("records") == [
        {"feit": "partners", "waarde": 6, "rij": 2},
        {"feit": "doelen", "waarde": 3, "rij": 3},
    ]
    assert (table.meting, table.herkomst) == ("kader", "gepubliceerd")
    assert table.dataset.startswith("feiten@")


def test_a_table_that_may_be_supplied_is_none_until_it_is(study):
    """Only what meting.yml names is looked for; a table it does name must have been cleaned."""
    assert find_source_table("kader", "registraties") is None
    with pytest.raises(NsocError, match="nog niet gemaakt"):
        find_source_table("kader", "feiten")


def test_tables_of_several_metingen_come_in_the_order_asked(study):
    """A folder without that table is left out; the others keep the order of the parameter."""
    for folder in ("kader", "proef"):
        (study.raw / folder / "meting.yml").write_text(KADER.replace("kader", folder), encoding="utf-8")
        clean_folder(study, folder)
    empty = study.raw / "leeg" / "meting.yml"
    empty.parent.mkdir()
    empty.write_text("meting: leeg\ntitel: Leeg\ntabellen: []\n", encoding="utf-8")
    tables = load_source_tables("proef leeg kader", "feiten")
    assert [table.meting for table in tables] == ["proef", "kader"]
    assert [len(table.rijen) for table in tables] == [2, 2]


@pytest.mark.parametrize("metingen", ["", "  ", "kader kader"])
def test_folders_that_cannot_be_read_together_are_refused(study, metingen):
    """No folder at all, or one folder twice, is a mistake in the parameter."""
    with pytest.raises(NsocError, match=r"de parameter metingen\n  gevonden: \"" + metingen):
        load_source_tables(metingen, "feiten")


def test_a_table_that_no_meting_has_is_refused(study):
    """The block names the records in which the table is missing."""
    with pytest.raises(NsocError) as error:
        load_source_tables("kader proef", "gegevens")
    assert error.value.found == 'geen tabel "gegevens"'
    assert all(f"data/raw/{folder}/meting.yml" in error.value.where for folder in ("kader", "proef"))


def test_another_version_of_a_file_is_another_dataset(study):
    """A changed cell in the transcription shows in the name of the dataset."""
    clean_folder(study, "kader")
    before = load_source_table("kader", "feiten").dataset
    (study.raw / "kader" / "feiten.csv").write_text(FEITEN.replace(",6,", ",7,"), encoding="utf-8")
    clean_folder(study, "kader")
    assert load_source_table("kader", "feiten").dataset != before


def test_facts_are_results_by_name(study):
    """A fixed fact from a source can be told with its id in the ledger."""
    clean_folder(study, "kader")
    facts = load_facts("kader")
    assert (facts.partners.id, facts.partners.shown) == ("kader.feiten.partners", "6")


def test_quality_gathers_outcomes_and_findings(study):
    """Outcomes of validation and findings of cleaning come back for every folder asked for."""
    write_cleaned(study)
    clean_folder(study, "kader")
    outcome = Outcome("feiten", "soort", "feit", "critical", "Elk feit een keer.", HOUDT, "", 0, ())
    written = [Validation("proef", "thermometer", "waargenomen", "thermometer@abc123", (outcome,)),
               Validation("kader", "feiten", "gepubliceerd", "feiten@def456", ())]  # fmt: skip
    for validation in written:
        path = study.validation_file(validation.meting, validation.tabel)
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(validation.to_json()), encoding="utf-8")
    quality = load_quality("proef", "kader")
    assert quality.toetsingen == tuple(written)
    assert quality.bevindingen == (Finding("proef", "Weggelaten", 1, "proef"),)
    known = {"meting": "proef", "herkomst": "waargenomen", "dataset": "thermometer@abc123"}
    assert quality.ontvangsten == (replace(RECEIPT, **known),)
    assert quality.tabellen == (TableReceipt("feiten", 2, 2, "kader"),)
    assert load_quality("proef kader") == load_quality("proef kader", "kader") == quality


def test_a_dossier_holds_all_that_was_cleaned_of_a_meting(study):
    """Record, questionnaires and tables come together; a folder without a questionnaire has none."""
    write_cleaned(study)
    pd.DataFrame({"feit": ["partners"], "rij": [2]}).to_parquet(study.table_file("proef", "feiten"))
    versions = {"datasets": {"thermometer": "abc123", "feiten": "def456"}, "bevindingen": []}
    study.cleaning_file("proef").write_text(json.dumps(versions), encoding="utf-8")
    clean_folder(study, "kader")
    proef, kader = load_dossiers("proef kader")
    assert (proef.meting.titel, list(proef.enquetes), list(proef.tabellen)) == ("Proef", ["thermometer"], ["feiten"])
    assert (kader.meting.titel, list(kader.enquetes), list(kader.tabellen)) == ("Kader", [], ["feiten"])


def unpublished(study: Study) -> None:
    """Take away the export of the survey, and say that its answers were never published."""
    record = study.raw / "proef" / "meting.yml"
    text = METING.replace("    bestand: export.csv\n", "", 1).replace("    codering: codering.csv\n", "")
    record.write_text(text.replace("herkomst: waargenomen", "herkomst: niet gepubliceerd"), encoding="utf-8")


def test_a_survey_that_was_never_published_has_a_codebook_and_no_answers(study):
    """Nothing is cleaned for it, its other tables are, and its tables are empty."""
    unpublished(study)
    clean_folder(study, "proef")
    survey = load_survey("proef", "thermometer")
    assert (survey.beschikbaar, len(survey.antwoorden), len(survey.keuzes)) == (False, 0, 0)
    assert [stelling.id for stelling in survey.codeboek.stellingen] == ["steun"]
    assert not study.table_file("proef", "thermometer").exists()
    assert len(load_source_table("proef", "feiten").rijen) == 2


def test_the_record_and_the_codebook_agree_on_questions_with_choices(study):
    """The record names the tables, so it must say what kinds of question the codebook has."""
    unpublished(study)
    record = study.raw / "proef" / "meting.yml"
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace("    toelichting:", "    keuzevragen: true\n    toelichting:", 1), encoding="utf-8")
    with pytest.raises(NsocError) as error:
        clean_folder(study, "proef")
    assert "keuzevragen: true, en 0 onder vragen" in str(error.value)


def test_an_export_that_is_cleaned_leaves_a_receipt(study):
    """Two people and a test response come in; two people go on, and the receipt is read back with its origin."""
    header = ["Status", "Progress", "Finished", "ResponseId", "Q1"]
    names = ["status", "progress", "finished", "_recordId", "QID1"]
    ids = ['"{""ImportId"":""' + name + '""}"' for name in names]
    people = [
        f"{status},100,True,R_{n},Eens" for n, status in enumerate(("IP Address", "IP Address", "Survey Preview"))
    ]
    rows = [",".join(header), ",".join(header), ",".join(ids), *people]
    (study.raw / "proef" / "export.csv").write_text("\n".join(rows), encoding="utf-8")
    (study.raw / "proef" / "codering.csv").unlink(missing_ok=True)
    record = study.raw / "proef" / "meting.yml"
    record.write_text(METING.replace("    codering: codering.csv\n", ""), encoding="utf-8")
    clean_folder(study, "proef")
    validated = study.validation_file("proef", "feiten").parent
    validated.mkdir(parents=True)
    for table in json.loads(study.cleaning_file("proef").read_text(encoding="utf-8"))["datasets"]:
        empty = Validation("proef", table, "waargenomen", "x", ())
        (validated / f"{table}.json").write_text(json.dumps(empty.to_json()), encoding="utf-8")
    (receipt,) = load_quality("proef").ontvangsten
    assert (receipt.meting, receipt.rijen, receipt.behouden, receipt.herkomst) == ("proef", 3, 2, "waargenomen")
    assert receipt.weggelaten["proefantwoord"] == 1
    assert receipt.dataset == load_survey("proef", "thermometer").dataset


def test_words_that_no_quotation_may_hold_come_from_the_folder_of_the_meting(study):
    """A word per row; a meting that lists none has none, and another head is refused."""
    assert load_words("proef") == ()
    (study.raw / "proef" / "verboden_woorden.csv").write_text("woord\nJansen\n\n Eindhoven \n", encoding="utf-8")
    assert load_words("proef") == ("Jansen", "Eindhoven")
    (study.raw / "proef" / "verboden_woorden.csv").write_text("naam\nJansen\n", encoding="utf-8")
    with pytest.raises(NsocError, match=r"data/raw/proef/verboden_woorden\.csv, rij 1"):
        load_words("proef")


def quote_by_the_page(study: Study, **changed: str) -> Shown:
    """Do what docs/quotations.md says, in its own words; ``changed`` replaces one of them by another."""
    page = (ROOT / "docs/quotations.md").read_text(encoding="utf-8")
    for old, new in changed.items():
        assert old in page
        page = page.replace(old, new)
    blocks = re.findall(r"```(\w+)\n(.*?)```", textwrap.dedent(page.replace("\n   ", "\n")), re.DOTALL)
    record, quotations, words, cell, releases = (block for _, block in blocks)
    write_cleaned(study)
    folder = study.raw / "proef"
    (folder / "meting.yml").write_text(METING + textwrap.indent(record, "  "), encoding="utf-8")
    for path, text in (
        (folder / "citaten.csv", quotations),
        (folder / "verboden_woorden.csv", words),
        (study.releases_file, releases),
    ):
        path.write_text(text, encoding="utf-8")
    kinds = {"citaat": "tekst", "respondent": "deelnemer", "aanduiding": "tekst", "tekst": "tekst"}
    load_table(folder / "citaten.csv", "citaten.csv", kinds).to_parquet(study.table_file("proef", "citaten"))
    notes = json.loads(study.cleaning_file("proef").read_text(encoding="utf-8"))
    notes["datasets"]["citaten"] = "abc124"
    study.cleaning_file("proef").write_text(json.dumps(notes), encoding="utf-8")
    *lines, last = ast.parse(cell).body
    names = {"meting": "proef", "instrument": "thermometer"}
    exec(compile(ast.Module(lines, []), "citaten", "exec"), names)
    return eval(ast.unparse(last), names)


def test_the_page_on_quoting_gives_what_it_promises(study):
    """Five people are quoted as deelnemer; the released words are shown, the others wait, and nobody stands in it."""
    shown = quote_by_the_page(study)
    assert 'data-citaat="proef.citaat.overleg"><p>Het overleg helpt om elkaar te vinden.</p>' in shown.html
    assert 'data-citaat-wacht="proef.citaat.druk"' in shown.html
    assert "gewone werk" not in shown.html + shown.text
    assert "d01" not in shown.html + shown.text


def test_a_word_that_the_page_forbids_stops_the_quotation(study):
    """The list of the meting is heeded: a quotation with Jansen in it is refused."""
    with pytest.raises(NsocError, match="een verboden woord: Jansen"):
        quote_by_the_page(study, Het="Jansens overleg: het")
