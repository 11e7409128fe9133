"""The table of contents of the report, which is the pipeline as well."""

from copy import deepcopy
from typing import Any

import pytest

from nsoc_lib.entries import Entry
from nsoc_lib.errors import NsocError
from nsoc_lib.evaluation import Evaluation

RAW: dict[str, Any] = {
    "titel": "Evaluatie",
    "ondertitel": "Proef",
    "opstellers": "Wij",
    "status": "concept",
    "versie": "0.1",
    "datum": "1 mei 2026",
    "verantwoording": ["Alles is verzonnen."],
    "delen": [
        {
            "titel": "Deel",
            "hoofdstukken": [
                {"titel": "Inleiding", "notebook": "inleiding"},
                {
                    "titel": "Draagvlak",
                    "notebook": "thermometer",
                    "parameters": {"meting": "meting-2", "thema": "draagvlak"},
                },
            ],
        },
        {
            "titel": "Bijlagen",
            "bijlage": True,
            "hoofdstukken": [
                {
                    "titel": "Kwaliteit",
                    "notebook": "data_kwaliteit",
                    "parameters": {"meting": "meting-1", "kader": "kader", "jaar": 2024},
                },
                {"titel": "Respons", "notebook": "respons", "parameters": {"meting": "meting-2"}},
            ],
        },
    ],
}


def raw_evaluation() -> dict[str, Any]:
    """Return a raw table of contents of four chapters, to be changed freely."""
    return deepcopy(RAW)


def evaluation(raw: dict[str, Any] | None = None) -> Evaluation:
    """Return the evaluation of a raw table of contents."""
    return Evaluation.build(Entry(raw_evaluation() if raw is None else raw, "evaluatie.yml"))


def refusal(raw: dict[str, Any]) -> str:
    """Return the block with which a raw table of contents is refused."""
    with pytest.raises(NsocError) as raised:
        evaluation(raw)
    return str(raised.value)


def test_chapters_come_in_the_order_of_the_file():
    """Chapters keep their order across parts."""
    titles = [chapter.titel for chapter in evaluation().chapters]
    assert titles == ["Inleiding", "Draagvlak", "Kwaliteit", "Respons"]


def test_a_part_is_an_appendix_only_when_it_says_so():
    """A part without the key bijlage belongs to the report itself."""
    assert [part.bijlage for part in evaluation().delen] == [False, True]


def test_a_part_cannot_stand_in_front_and_behind():
    """A part that comes first is no appendix."""
    raw = raw_evaluation()
    raw["delen"][1]["vooraf"] = True
    assert "een deel dat vooraf komt en een bijlage is" in refusal(raw)


def test_a_chapter_is_named_after_notebook_and_parameters():
    """The name of an executed notebook follows from the notebook and the values of its parameters."""
    assert [chapter.key for chapter in evaluation().chapters] == [
        "inleiding",
        "thermometer-meting-2-draagvlak",
        "data-kwaliteit-meting-1-kader-2024",
        "respons-meting-2",
    ]


def test_the_name_of_a_chapter_can_never_leave_its_folder():
    """Whatever a parameter holds, the name of the chapter has no slash, dot or space."""
    raw = raw_evaluation()
    raw["delen"][0]["hoofdstukken"][1]["parameters"]["thema"] = "../../Geheim plan"
    assert evaluation(raw).chapters[1].key == "thermometer-meting-2--geheim-plan"


def test_each_folder_is_named_once_in_order_of_appearance():
    """The folders that chapters read are those of meting and kader, each once."""
    assert evaluation().folders == ["meting-2", "meting-1", "kader"]


def test_a_chapter_of_prose_reads_no_folder():
    """A chapter without parameters depends on no data."""
    assert evaluation().chapters[0].folders == []


def test_a_chapter_may_read_several_metingen():
    """The parameter metingen names folders with a space between them; each counts once."""
    raw = raw_evaluation()
    raw["delen"][0]["hoofdstukken"][0]["parameters"] = {"metingen": "meting-1 meting-2", "kader": "meting-1"}
    assert evaluation(raw).chapters[0].folders == ["meting-1", "meting-2"]


def test_the_same_chapter_twice_is_refused():
    """Two chapters with the same notebook and parameters would claim the same file."""
    raw = raw_evaluation()
    raw["delen"][1]["hoofdstukken"].append({"titel": "Nog eens", "notebook": "inleiding"})
    assert refusal(raw) == (
        "Fout in evaluatie.yml, sleutel delen\n"
        "  gevonden: twee keer het hoofdstuk inleiding\n"
        "  verwacht: elk notebook met dezelfde parameters een keer\n"
        "  wat nu:   Verwijder een van beide of geef het andere parameters."
    )


def test_a_status_is_concept_or_final():
    """A report is a draft or final, and another word is refused."""
    raw = raw_evaluation()
    raw["status"] = "klaar"
    assert refusal(raw) == (
        "Fout in evaluatie.yml, sleutel status\n"
        '  gevonden: "klaar"\n'
        "  verwacht: een van: concept, definitief\n"
        "  wat nu:   Kies een van deze waarden."
    )


def test_a_misspelt_key_in_a_chapter_is_refused():
    """A chapter whose parameters are misspelt would run without them and is refused."""
    raw = raw_evaluation()
    chapter = raw["delen"][0]["hoofdstukken"][1]
    chapter["paramaters"] = chapter.pop("parameters")
    assert 'de onbekende sleutel "paramaters"' in refusal(raw)


@pytest.mark.parametrize("name", ["../respons", "Respons", "map/respons"])
def test_a_notebook_is_named_without_a_folder(name):
    """A chapter cannot run a notebook from outside the folder of notebooks."""
    raw = raw_evaluation()
    raw["delen"][0]["hoofdstukken"][0]["notebook"] = name
    assert refusal(raw).startswith(
        "Fout in evaluatie.yml, sleutel delen, nummer 1, sleutel hoofdstukken, nummer 1, sleutel notebook\n"
    )


@pytest.mark.parametrize("key", ["meting", "kader"])
def test_a_parameter_that_names_a_folder_is_checked(key):
    """A meting or kader that points outside data/raw is refused."""
    raw = raw_evaluation()
    raw["delen"][0]["hoofdstukken"][1]["parameters"][key] = "../elders"
    assert 'gevonden: "../elders"' in refusal(raw)


@pytest.mark.parametrize("key", ["titel", "status", "versie", "datum", "verantwoording", "delen"])
def test_a_title_page_is_complete(key):
    """Title, status, version, date, account and parts are obligatory."""
    raw = raw_evaluation()
    del raw[key]
    assert f'geen sleutel "{key}"' in refusal(raw)


def test_an_unknown_key_on_the_title_page_is_refused():
    """The title page takes no key that nobody reads."""
    raw = raw_evaluation()
    raw["auteur"] = "Wij"
    assert 'de onbekende sleutel "auteur"' in refusal(raw)


def test_a_chapter_is_dutch_unless_it_says_otherwise():
    """The key taal is nl when absent, and nothing but nl or en."""
    raw = raw_evaluation()
    raw["delen"][0]["hoofdstukken"][1]["taal"] = "en"
    assert [chapter.taal for chapter in evaluation(raw).chapters] == ["nl", "en", "nl", "nl"]
    raw["delen"][0]["hoofdstukken"][1]["taal"] = "de"
    assert refusal(raw) == (
        "Fout in evaluatie.yml, sleutel delen, nummer 1, sleutel hoofdstukken, nummer 2, sleutel taal\n"
        '  gevonden: "de"\n'
        "  verwacht: een van: nl, en\n"
        "  wat nu:   Kies een van deze waarden."
    )


@pytest.mark.parametrize(
    ("status", "embargo", "printed"),
    [
        ("concept", "", "concept 0.1, niet citeren"),
        ("definitief", "", "definitief 0.1"),
        ("definitief", "1 maart 2027", "definitief 0.1; onder embargo tot en met 1 maart 2027"),
    ],
)
def test_a_printed_page_says_status_version_and_embargo(status, embargo, printed):
    """Status and version always, the request not to quote for a concept, the embargo when there is one."""
    raw = raw_evaluation() | {"status": status} | ({"embargo": embargo} if embargo else {})
    assert evaluation(raw).status_in_print == printed


def test_an_embargo_is_a_day_that_exists():
    """A day that no calendar has is refused, with the key and the form that is expected."""
    assert refusal(raw_evaluation() | {"embargo": "31 april 2027"}) == (
        "Fout in evaluatie.yml, sleutel embargo\n"
        '  gevonden: "31 april 2027"\n'
        "  verwacht: een bestaande dag als 1 maart 2027: dag, maand als woord in kleine letters, jaar\n"
        "  wat nu:   Verbeter de datum."
    )


def test_works_it_rests_on_have_a_title_and_a_maker():
    """The list may be absent; a work without a maker is refused where it stands."""
    assert evaluation().bronwerken == ()
    works = evaluation(
        raw_evaluation() | {"bronwerken": [{"titel": "Eindrapport", "organisatie": "Bureau"}]}
    ).bronwerken
    assert [(work.titel, work.organisatie) for work in works] == [("Eindrapport", "Bureau")]
    told = refusal(raw_evaluation() | {"bronwerken": [{"titel": "Eindrapport"}]})
    assert told.startswith(
        'Fout in evaluatie.yml, sleutel bronwerken, nummer 1\n  gevonden: geen sleutel "organisatie"'
    )


def test_parameters_fit_in_the_name_of_a_file():
    """The executed notebook is named after its parameters, and no file system takes hundreds of characters."""
    raw = raw_evaluation()
    raw["delen"][0]["hoofdstukken"][0]["parameters"] = {"meting": "meting-1", "thema": "a" * 300}
    assert "sleutel parameters\n  gevonden: waarden van samen 308 tekens" in refusal(raw)


def test_the_disclosure_profile_is_the_common_one_unless_another_is_named():
    """Without the key ``onthulling`` the profile is wodc-praktijk; with it, the one that is named."""
    assert evaluation().onthulling == "wodc-praktijk"
    assert evaluation(raw_evaluation() | {"onthulling": "strikt"}).onthulling == "strikt"


def test_a_table_of_contents_without_a_chapter_is_refused():
    """A part of nothing makes no report."""
    raw = raw_evaluation() | {"delen": []}
    assert "  gevonden: geen enkel hoofdstuk\n  verwacht: ten minste een deel met een hoofdstuk\n" in refusal(raw)
