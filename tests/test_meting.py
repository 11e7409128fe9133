"""The record of a folder under data/raw: what came in, from whom, how it was gathered."""

from copy import deepcopy
from typing import Any

import pytest

from nsoc_lib.entries import Entry
from nsoc_lib.errors import NsocError
from nsoc_lib.meting import Meting

RAW: dict[str, Any] = {
    "meting": "meting-9",
    "titel": "Verzonnen meting",
    "enquetes": [
        {
            "instrument": "thermometer",
            "bestand": "export.csv",
            "formaat": "qualtrics",
            "codeboek": "codeboek.yml",
            "codering": "codering.csv",
            "herkomst": "waargenomen",
            "toelichting": "Verzonnen.",
            "afronding": "percentage van de som",
            "weging": {"keuze": "geen", "reden": "Iedereen is gevraagd."},
            "veldwerk": {
                "vorm": "internet",
                "periode": "mei",
                "herinneringen": "een",
                "redenen_niet_meedoen": "niet gepubliceerd",
                "uitgenodigd": 8,
                "bron_uitgenodigd": "eigen lijst",
                "groepen": [
                    {"groep": "Noord", "aantal": 5, "herkomst": "waargenomen", "bron": "eigen lijst"},
                    {"groep": "Zuid", "aantal": 3, "herkomst": "waargenomen", "bron": "eigen lijst"},
                ],
            },
        }
    ],
    "tabellen": [
        {
            "naam": "gepubliceerd",
            "bestand": "gepubliceerd.csv",
            "herkomst": "gepubliceerd",
            "bron": "eindrapport",
            "kolommen": {"stelling": "tekst", "percentage": "geheel"},
        }
    ],
}


def raw_meting() -> dict[str, Any]:
    """Return the raw record of a meting with one questionnaire and one table, to be changed freely."""
    return deepcopy(RAW)


def meting(raw: dict[str, Any] | None = None) -> Meting:
    """Return the meting of a raw record in the folder meting-9."""
    return Meting.build(Entry(raw_meting() if raw is None else raw, "meting.yml"), folder="meting-9")


def refusal(raw: dict[str, Any]) -> str:
    """Return the block with which a raw record is refused."""
    with pytest.raises(NsocError) as raised:
        meting(raw)
    return str(raised.value)


def test_a_record_tells_how_the_survey_was_held():
    """Origin, rounding rule, weighting with its reason and the invited per group come out as written."""
    survey = meting().select_survey("thermometer")
    assert (survey.herkomst, survey.afronding) == ("waargenomen", "percentage van de som")
    assert (survey.weging, survey.weging_reden) == ("geen", "Iedereen is gevraagd.")
    assert [(group.groep, group.aantal) for group in survey.veldwerk.groepen] == [("Noord", 5), ("Zuid", 3)]


def test_a_table_names_its_columns_and_their_kinds():
    """A transcribed table says which columns it has, in order, and of what kind each is."""
    assert list(meting().tabellen[0].kolommen.items()) == [("stelling", "tekst"), ("percentage", "geheel")]


def test_a_folder_may_hold_tables_alone():
    """A folder that belongs to no meting has no questionnaires."""
    raw = raw_meting()
    del raw["enquetes"]
    assert meting(raw).enquetes == ()


def test_a_meting_says_to_which_study_it_belongs():
    """The study has a short name like that of a folder; without one nobody recorded it."""
    assert meting().onderzoek == ""
    assert meting(raw_meting() | {"onderzoek": "evaluatie-nsoc"}).onderzoek == "evaluatie-nsoc"
    assert 'sleutel onderzoek\n  gevonden: "Evaluatie NSOC"' in refusal(raw_meting() | {"onderzoek": "Evaluatie NSOC"})


def test_an_unknown_instrument_is_refused_by_name():
    """Asking for a questionnaire that the meting does not have names the file to look in."""
    with pytest.raises(NsocError) as raised:
        meting().select_survey("leeragenda")
    assert str(raised.value) == (
        "Fout in data/raw/meting-9/meting.yml\n"
        '  gevonden: geen enquete "leeragenda"\n'
        "  verwacht: een blok onder enquetes met dit instrument\n"
        "  wat nu:   Voeg het instrument toe, of kies een meting die het wel heeft."
    )


def test_a_meting_has_the_name_of_its_folder():
    """A record that was copied to another folder without changing its name is refused."""
    raw = raw_meting()
    raw["meting"] = "meting-1"
    assert refusal(raw) == (
        "Fout in meting.yml, sleutel meting\n"
        '  gevonden: "meting-1"\n'
        '  verwacht: "meting-9", de naam van de map\n'
        "  wat nu:   Maak de naam gelijk aan die van de map."
    )


def test_the_groups_add_up_to_the_invited():
    """Groups that do not add up to the number invited are refused with both totals."""
    raw = raw_meting()
    raw["enquetes"][0]["veldwerk"]["uitgenodigd"] = 9
    assert refusal(raw) == (
        "Fout in meting.yml, sleutel enquetes, nummer 1, sleutel veldwerk\n"
        "  gevonden: uitgenodigd: 9, de groepen samen: 8\n"
        "  verwacht: groepen die samen het aantal genodigden vormen\n"
        "  wat nu:   Verbeter het aantal genodigden of dat van een groep."
    )


@pytest.mark.parametrize("key", ["weging", "veldwerk", "afronding", "herkomst", "codeboek"])
def test_no_survey_without_its_account(key):
    """Weighting, fieldwork, rounding, origin and codebook are obligatory."""
    raw = raw_meting()
    del raw["enquetes"][0][key]
    assert f'geen sleutel "{key}"' in refusal(raw)


def test_no_weighting_without_a_reason():
    """The choice not to weight comes with its reason."""
    raw = raw_meting()
    del raw["enquetes"][0]["weging"]["reden"]
    assert 'geen sleutel "reden"' in refusal(raw)


def test_an_empty_reason_is_no_reason():
    """The choice not to weight needs a reason that says something."""
    raw = raw_meting()
    raw["enquetes"][0]["weging"]["reden"] = ""
    assert "meting.yml, sleutel enquetes, nummer 1, sleutel weging, sleutel reden" in refusal(raw)


@pytest.mark.parametrize("herkomst", ["gepubliceerd", "herleid", "verzonnen"])
def test_answers_are_simulated_or_observed(herkomst):
    """An export holds simulated or observed answers and nothing else."""
    raw = raw_meting()
    raw["enquetes"][0]["herkomst"] = herkomst
    assert "verwacht: een van: gesimuleerd, waargenomen" in refusal(raw)


def test_a_format_without_a_reader_is_refused():
    """A format for which there is no reader is refused before a file is opened."""
    raw = raw_meting()
    raw["enquetes"][0]["formaat"] = "stata"
    assert refusal(raw) == (
        "Fout in meting.yml, sleutel enquetes, nummer 1, sleutel formaat\n"
        '  gevonden: "stata"\n'
        "  verwacht: een van: qualtrics, limesurvey, spss, excel, csv\n"
        "  wat nu:   Kies een van deze waarden."
    )


def test_an_export_of_limesurvey_may_have_a_structure():
    """The file that describes the questionnaire stands beside the export; without it the record has none."""
    raw = raw_meting()
    raw["enquetes"][0] |= {"formaat": "limesurvey", "structuur": "vragenlijst.lss"}
    assert meting(raw).enquetes[0].structuur == "vragenlijst.lss"
    assert meting().enquetes[0].structuur == ""


def test_a_structure_without_a_program_that_has_one_is_refused():
    """A structure that no reader would open is refused, for nobody would notice."""
    raw = raw_meting()
    raw["enquetes"][0]["structuur"] = "vragenlijst.lss"
    assert refusal(raw) == (
        "Fout in meting.yml, sleutel enquetes, nummer 1, sleutel structuur\n"
        "  gevonden: een structuur bij formaat: qualtrics\n"
        "  verwacht: alleen bij formaat: limesurvey\n"
        "  wat nu:   Haal structuur weg, of verbeter formaat."
    )


def test_a_kind_of_column_that_does_not_exist_is_refused():
    """A column is text, a whole number or a number."""
    raw = raw_meting()
    raw["tabellen"][0]["kolommen"]["percentage"] = "procent"
    assert "verwacht: een van: tekst, geheel, getal" in refusal(raw)


@pytest.mark.parametrize("name", ["../export.csv", "map/export.csv", "map\\export.csv", ".env", ".", "a" * 201])
@pytest.mark.parametrize("key", ["bestand", "codeboek", "codering", "structuur"])
def test_a_file_stands_beside_its_record(key, name):
    """A file is named without a folder, so that nothing outside the meting is ever read."""
    raw = raw_meting()
    raw["enquetes"][0] |= {"formaat": "limesurvey", key: name}
    assert refusal(raw) == (
        f"Fout in meting.yml, sleutel enquetes, nummer 1, sleutel {key}\n"
        f'  gevonden: "{name}"\n'
        "  verwacht: de naam van een bestand in dezelfde map\n"
        "  wat nu:   Zet het bestand naast meting.yml en noem alleen de naam."
    )


def test_no_two_tables_share_a_name():
    """Two tables of one name would overwrite each other and are refused by name."""
    raw = raw_meting()
    raw["tabellen"].append(raw["tabellen"][0] | {"bestand": "anders.csv"})
    assert "gepubliceerd" in refusal(raw)


@pytest.mark.parametrize("block", ["meting", "enquete", "weging", "veldwerk", "groep", "tabel"])
def test_an_unknown_key_is_refused_everywhere(block):
    """No block of the record takes a key that nobody reads."""
    raw = raw_meting()
    survey = raw["enquetes"][0]
    blocks = {
        "meting": raw,
        "enquete": survey,
        "weging": survey["weging"],
        "veldwerk": survey["veldwerk"],
        "groep": survey["veldwerk"]["groepen"][0],
        "tabel": raw["tabellen"][0],
    }
    blocks[block]["opmerking"] = "nog doen"
    assert 'de onbekende sleutel "opmerking"' in refusal(raw)


def unpublished() -> dict[str, Any]:
    """Return a record of a survey whose answers were never published, by an unknown number of people."""
    raw = raw_meting()
    survey = raw["enquetes"][0]
    del survey["bestand"]
    survey["veldwerk"] |= {"uitgenodigd": "niet gepubliceerd", "groepen": []}
    raw["enquetes"][0] |= {"herkomst": "niet gepubliceerd"}
    return raw


def test_answers_that_were_never_published_have_no_file_and_no_tables():
    """Nothing is cleaned or judged for such a survey; how many were invited may be unknown."""
    built = meting(unpublished())
    assert (built.enquetes[0].bestand, built.enquetes[0].tabellen) == ("", ())
    assert built.enquetes[0].veldwerk.uitgenodigd is None
    assert not set(built.table_sources) & {"thermometer", "respondenten", "open_antwoorden"}


def test_a_survey_without_a_file_must_say_that_it_was_not_published():
    """An export that was forgotten is no unpublished survey."""
    raw = raw_meting()
    del raw["enquetes"][0]["bestand"]
    assert 'geen sleutel "bestand"' in refusal(raw)
    assert "of herkomst: niet gepubliceerd" in refusal(raw)


def test_an_unpublished_survey_with_a_file_is_refused():
    """Either the answers are there or they are not."""
    raw = unpublished()
    raw["enquetes"][0]["bestand"] = "export.csv"
    assert "Zet herkomst: waargenomen als dit de echte antwoorden zijn" in refusal(raw)


def test_groups_need_a_number_of_invited():
    """Groups that add up to nothing known are a fault."""
    raw = unpublished()
    raw["enquetes"][0]["veldwerk"]["groepen"] = [
        {"groep": "Noord", "aantal": 5, "herkomst": "gepubliceerd", "bron": "lijst"}
    ]
    assert "uitgenodigd: niet gepubliceerd, de groepen samen: 5" in refusal(raw)


def test_a_survey_with_choices_names_its_tables_after_itself():
    """Its suites are its own: other surveys have other people and no choices."""
    raw = raw_meting()
    raw["enquetes"][0]["keuzevragen"] = True
    assert meting(raw).enquetes[0].tabellen == (
        "thermometer",
        "thermometer_respondenten",
        "thermometer_open_antwoorden",
        "thermometer_keuzes",
    )


def test_a_table_is_csv_unless_it_says_otherwise():
    """A coded project is named as such, with what its file does not say."""
    raw = raw_meting()
    assert (meting(raw).tabellen[0].formaat, meting(raw).tabellen[0].aanvulling) == ("csv", {})
    raw["tabellen"][0] |= {"formaat": "refi-qda", "aanvulling": {"vraag": "interviews"}}
    assert meting(raw).tabellen[0].aanvulling == {"vraag": "interviews"}


@pytest.mark.parametrize(
    ("changes", "part"), [({"formaat": "xlsx"}, "csv, refi-qda"), ({"aanvulling": {"a": "b"}}, "aanvulling")]
)
def test_a_csv_takes_no_addition_and_another_format_is_refused(changes, part):
    """In a CSV every cell can be filled in, so an addition is a mistake."""
    raw = raw_meting()
    raw["tabellen"][0] |= changes
    with pytest.raises(NsocError, match=part):
        meting(raw)


def test_a_sheet_is_named_for_excel_only() -> None:
    """Several sheets need the name of one; a file of another program has no sheets."""
    raw = raw_meting()
    raw["enquetes"][0] |= {"formaat": "excel", "blad": "Antwoorden"}
    assert meting(raw).enquetes[0].blad == "Antwoorden"
    raw["enquetes"][0]["formaat"] = "spss"
    with pytest.raises(NsocError, match="gevonden: blad: Antwoorden, en formaat: spss"):
        meting(raw)
