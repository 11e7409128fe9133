"""What was asked: one door that checks everything and gives a codebook or one clear refusal."""

from copy import deepcopy
from typing import Any

import pytest

from nsoc_lib.codebook import Codebook
from nsoc_lib.entries import Entry
from nsoc_lib.errors import NsocError

RAW: dict[str, Any] = {
    "instrument": "thermometer",
    "schalen": {
        "eens": {
            "herkomst": "vragenlijst",
            "antwoorden": [
                {"code": 1, "label": "Oneens"},
                {"code": 2, "label": "Eens"},
                {"code": 3, "label": "Zeer eens"},
                {"code": 9, "label": "Weet niet"},
            ],
            "instemmend": ["Eens", "Zeer eens"],
            "weet_niet": ["Weet niet"],
        }
    },
    "themas": {"draagvlak": "Draagvlak", "daadkracht": "Daadkracht"},
    "stellingen": [
        {
            "id": "doel", "kolom": "Q1", "import_id": "QID1", "thema": "draagvlak", "kort": "Doel gedeeld",
            "tekst": "Wij delen het doel.", "schaal": "eens", "richting": "positief",
        },
        {
            "id": "tijd", "kolom": "Q2", "import_id": "QID2", "thema": "daadkracht", "kort": "Te weinig tijd",
            "tekst": "Er is te weinig tijd.", "schaal": "eens", "richting": "negatief",
        },
    ],
    "achtergrond": [
        {"id": "groep", "kolom": "G", "import_id": "QID3", "tekst": "Groep", "antwoorden": ["A", "B"],
         "kleinste_groep": 5}
    ],
    "open_vragen": [
        {"id": "overig", "kolom": "Q4", "import_id": "QID4", "tekst": "Wat ontbreekt?", "bewaren": False,
         "reden": "Alleen de codes worden gebruikt.", "codes": {"visie": "Mist visie"}}
    ],
    "overslaan": [{"kolom": "Q5", "reden": "Vraag over de lunch."}],
}  # fmt: skip


def raw_codebook() -> dict[str, Any]:
    """Return the raw codebook of two statements, to be changed freely."""
    return deepcopy(RAW)


def codebook(raw: dict[str, Any] | None = None) -> Codebook:
    """Return a codebook of two statements, one background variable and one open question."""
    return Codebook.build(Entry(raw_codebook() if raw is None else raw, "codeboek.yml"))


def refusal(raw: dict[str, Any]) -> str:
    """Return the block with which a raw codebook is refused."""
    with pytest.raises(NsocError) as raised:
        codebook(raw)
    return str(raised.value)


def test_questions_keep_the_order_in_which_they_are_listed():
    """Statements come first, then background, then open questions, each in the order of the file."""
    assert [question.id for question in codebook().vragen] == ["doel", "tijd", "groep", "overig"]


def test_a_scale_keeps_its_answers_in_order():
    """A scale runs from disagreeing to agreeing and maps the codes of a numeric export to labels."""
    scale = codebook().schalen["eens"]
    assert scale.labels == ["Oneens", "Eens", "Zeer eens", "Weet niet"]
    assert scale.antwoorden["9"] == "Weet niet"
    assert scale.instemmend == ("Eens", "Zeer eens")
    assert scale.weet_niet == ("Weet niet",)


def test_a_scale_without_weet_niet_has_none():
    """An answer "weet niet" is never invented."""
    raw = raw_codebook()
    del raw["schalen"]["eens"]["weet_niet"]
    assert codebook(raw).schalen["eens"].weet_niet == ()


def test_what_is_called_missing_is_no_answer_of_the_scale():
    """A label under ``ontbreekt`` is known by its code and stands outside the order of the answers."""
    raw = raw_codebook()
    del raw["schalen"]["eens"]["weet_niet"]
    raw["schalen"]["eens"]["ontbreekt"] = ["Weet niet"]
    scale = codebook(raw).schalen["eens"]
    assert scale.labels == ["Oneens", "Eens", "Zeer eens"]
    assert (scale.antwoorden["9"], scale.ontbreekt) == ("Weet niet", ("Weet niet",))


@pytest.mark.parametrize("key", ["instemmend", "weet_niet"])
def test_a_label_is_missing_or_an_answer(key):
    """The same label cannot be both, and the message names where it stands twice."""
    raw = raw_codebook()
    raw["schalen"]["eens"]["ontbreekt"] = [raw["schalen"]["eens"][key][0]]
    assert "meer dan een keer onder instemmend, weet_niet en ontbreekt" in refusal(raw)


def test_an_order_that_nobody_checked_is_refused():
    """A scale that a machine proposed is no basis for counting; one block names every such scale."""
    raw = raw_codebook()
    raw["schalen"]["eens"]["volgorde"] = "te bevestigen"
    assert refusal(raw) == (
        "Fout in codeboek.yml, sleutel schalen\n"
        "  gevonden: schaal eens met volgorde: te bevestigen, van oneens naar eens voorgesteld als: "
        "Oneens < Eens < Zeer eens < Weet niet\n"
        "  verwacht: schalen waarvan iemand de volgorde met de vragenlijst heeft vergeleken\n"
        "  wat nu:   Vergelijk de volgorde en instemmend met de vragenlijst, verbeter ze zo nodig, en haal dan de "
        "regel volgorde: te bevestigen weg."
    )


def test_every_order_that_nobody_checked_is_named_at_once():
    """A researcher checks them in one go."""
    raw = raw_codebook()
    raw["schalen"]["vaak"] = deepcopy(raw["schalen"]["eens"])
    for scale in raw["schalen"].values():
        scale["volgorde"] = "te bevestigen"
    assert all(f"schaal {name} met" in refusal(raw) for name in ("eens", "vaak"))


def test_another_word_for_the_order_is_refused():
    """The line is taken away after checking, not changed into another word."""
    raw = raw_codebook()
    raw["schalen"]["eens"]["volgorde"] = "bevestigd"
    assert "verwacht: een van: te bevestigen" in refusal(raw)


def test_background_open_questions_and_skipped_columns_may_be_absent():
    """A questionnaire of statements alone is a questionnaire."""
    raw = raw_codebook()
    for key in ("achtergrond", "open_vragen", "overslaan"):
        del raw[key]
    built = codebook(raw)
    assert (built.achtergrond, built.open_vragen, built.overslaan) == ((), (), {})


def test_a_column_is_skipped_with_a_reason():
    """A column that is left out on purpose stands in the codebook with its reason."""
    assert codebook().overslaan == {"Q5": "Vraag over de lunch."}
    raw = raw_codebook()
    del raw["overslaan"][0]["reden"]
    assert 'geen sleutel "reden"' in refusal(raw)


def test_a_statement_knows_its_scale():
    """The scale of a statement is found by its name."""
    built = codebook()
    assert built.scale_of(built.stellingen[0]).id == "eens"


def test_a_theme_selects_its_statements():
    """A theme gives the statements that belong to it and no others."""
    assert [stelling.id for stelling in codebook().select_thema("daadkracht")] == ["tijd"]


def test_an_unknown_theme_is_refused_with_the_themes_there_are():
    """A misspelt theme names the parameter, the themes of the codebook and where to correct it."""
    with pytest.raises(NsocError) as raised:
        codebook().select_thema("draagvlaag")
    assert str(raised.value) == (
        "Fout in parameter thema\n"
        '  gevonden: "draagvlaag"\n'
        "  verwacht: een thema uit het codeboek: draagvlak, daadkracht\n"
        "  wat nu:   Verbeter thema in data/raw/evaluatie.yml of in de cel met parameters."
    )


def test_a_statement_is_selected_by_its_id():
    """A statement is found by its id, and an unknown id names those that exist."""
    assert codebook().select_stelling("tijd").kort == "Te weinig tijd"
    with pytest.raises(NsocError) as raised:
        codebook().select_stelling("geld")
    assert str(raised.value) == (
        "Fout in het codeboek\n"
        '  gevonden: geen stelling "geld"\n'
        "  verwacht: een van: doel, tijd\n"
        "  wat nu:   Verbeter de naam van de stelling of voeg haar toe aan het codeboek."
    )


def test_a_misspelt_key_in_a_statement_is_refused_with_its_place():
    """A misspelt key is refused with the number of the statement and the key that was meant."""
    raw = raw_codebook()
    raw["stellingen"][1]["richtng"] = "negatief"
    assert refusal(raw) == (
        "Fout in codeboek.yml, sleutel stellingen, nummer 2, sleutel richtng\n"
        '  gevonden: de onbekende sleutel "richtng"\n'
        "  verwacht: een van: id, import_id, kolom, kort, richting, schaal, tekst, thema\n"
        '  wat nu:   Bedoeld is misschien "richting".'
    )


@pytest.mark.parametrize(
    "path",
    [
        (),
        ("schalen", "eens"),
        ("schalen", "eens", "antwoorden", 0),
        ("stellingen", 0),
        ("achtergrond", 0),
        ("open_vragen", 0),
        ("overslaan", 0),
    ],
)
def test_an_unknown_key_is_refused_everywhere(path):
    """No block of the codebook takes a key that nobody reads."""
    raw = raw_codebook()
    block: Any = raw
    for step in path:
        block = block[step]
    block["opmerking"] = "nog doen"
    assert 'de onbekende sleutel "opmerking"' in refusal(raw)


def test_a_theme_that_does_not_exist_is_refused():
    """A statement under an unknown theme is named, with the themes there are."""
    raw = raw_codebook()
    raw["stellingen"][0]["thema"] = "draagkracht"
    assert refusal(raw) == (
        "Fout in codeboek.yml, stelling doel, sleutel thema\n"
        '  gevonden: "draagkracht"\n'
        "  verwacht: een van: draagvlak, daadkracht\n"
        "  wat nu:   Verbeter de naam of voeg hem toe onder themas."
    )


def test_a_scale_that_does_not_exist_is_refused():
    """A statement with an unknown scale is named, with the key under which scales stand."""
    raw = raw_codebook()
    raw["stellingen"][1]["schaal"] = "cijfer"
    assert refusal(raw) == (
        "Fout in codeboek.yml, stelling tijd, sleutel schaal\n"
        '  gevonden: "cijfer"\n'
        "  verwacht: een van: eens\n"
        "  wat nu:   Verbeter de naam of voeg hem toe onder schalen."
    )


@pytest.mark.parametrize("answer", [{"code": 1, "label": "Neutraal"}, {"code": 5, "label": "Eens"}])
def test_an_answer_is_listed_once(answer):
    """A code or a label that occurs twice in a scale is refused."""
    raw = raw_codebook()
    raw["schalen"]["eens"]["antwoorden"].append(answer)
    text = refusal(raw)
    assert text.startswith("Fout in codeboek.yml, sleutel schalen, sleutel eens, sleutel antwoorden, nummer 5\n")
    assert "verwacht: elke code en elk label een keer" in text


@pytest.mark.parametrize("key", ["instemmend", "weet_niet", "ontbreekt"])
def test_a_label_outside_the_scale_is_refused(key):
    """Agreeing and "weet niet" are said of answers of the scale, in the same spelling."""
    raw = raw_codebook()
    raw["schalen"]["eens"][key] = ["eens"]
    assert refusal(raw) == (
        f"Fout in codeboek.yml, sleutel schalen, sleutel eens, sleutel {key}\n"
        '  gevonden: "eens"\n'
        "  verwacht: een label van deze schaal: Oneens, Eens, Zeer eens, Weet niet\n"
        "  wat nu:   Schrijf het label precies zoals onder antwoorden."
    )


def test_an_agreeing_answer_is_named_once():
    """An answer listed twice as agreeing would count its people twice and is refused."""
    raw = raw_codebook()
    raw["schalen"]["eens"]["instemmend"] = ["Eens", "Eens"]
    assert "codeboek.yml, sleutel schalen, sleutel eens, sleutel instemmend" in refusal(raw)


@pytest.mark.parametrize("key", ["id", "import_id"])
def test_no_two_questions_share_an_identity(key):
    """An id or ImportId that two questions claim is refused, also across kinds of question."""
    raw = raw_codebook()
    raw["open_vragen"][0][key] = raw["stellingen"][0][key]
    assert f"verwacht: elke {key} een keer" in refusal(raw)


def test_the_double_identity_is_quoted():
    """The message about a double ImportId quotes it."""
    raw = raw_codebook()
    raw["stellingen"][1]["import_id"] = "QID1"
    assert refusal(raw) == (
        "Fout in codeboek.yml\n"
        '  gevonden: import_id "QID1" bij meer dan een vraag\n'
        "  verwacht: elke import_id een keer\n"
        "  wat nu:   Geef een van de vragen een andere waarde."
    )


def test_free_text_is_kept_only_with_a_reason():
    """An open question whose words are kept needs a reason that says something."""
    raw = raw_codebook()
    raw["open_vragen"][0] |= {"bewaren": True, "reden": ""}
    assert "codeboek.yml, sleutel open_vragen, nummer 1, sleutel reden" in refusal(raw)


@pytest.mark.parametrize("key", ["themas", "instrument", "stelling", "code"])
def test_names_that_become_part_of_an_id_are_checked(key):
    """Instrument, theme, statement and code are names without capitals, spaces or slashes."""
    raw = raw_codebook()
    if key == "themas":
        raw["themas"]["../x"] = "X"
    elif key == "instrument":
        raw["instrument"] = "../x"
    elif key == "stelling":
        raw["stellingen"][0]["id"] = "../x"
    else:
        raw["open_vragen"][0]["codes"] = {"../x": "X"}
    assert "verwacht: een naam van kleine letters" in refusal(raw)


def with_questions(*questions: dict[str, Any]) -> dict[str, Any]:
    """Return the raw codebook with a whole questionnaire in order."""
    return raw_codebook() | {"vragen": list(questions)}


BLOCK = {"id": "blok", "soort": "stellingen", "kort": "Stellingen", "tekst": "Eens?"}
CONSENT = {"id": "mee", "soort": "toestemming", "kolom": "Q0", "import_id": "QID0", "kort": "Mee", "tekst": "Doet u mee?",
           "opties": [{"id": "ja", "code": 1, "label": "Ja"}]}  # fmt: skip
WISH = {"id": "wens", "soort": "open", "kolom": "Q9", "import_id": "QID9_TEXT", "tekst": "Wens", "bewaren": False,
        "reden": "Alleen codes.", "codes": {"geld": "Geld"}}  # fmt: skip


def test_the_order_of_asking_is_that_of_the_list():
    """An open question before the statements was seen by whoever saw the statements."""
    built = codebook(with_questions(CONSENT, WISH, BLOCK))
    assert built.volgorde == (("QID0",), ("QID9_TEXT",), ("QID1",), ("QID2",))
    assert codebook().volgorde == (("QID1",), ("QID2",), ("QID4",))


def test_an_open_question_of_the_list_is_coded_like_the_others():
    """It stands among the open questions, and its answers can be labelled by code."""
    built = codebook(with_questions(CONSENT, WISH, BLOCK))
    assert [question.id for question in built.open_vragen] == ["overig", "wens"]
    assert (built.label_answer("wens", "geld"), built.label_answer("mee", "ja")) == ("Geld", "Ja")
    assert built.kolommen["QID0"] == "Q0"


@pytest.mark.parametrize(
    ("questions", "part"),
    [
        ((CONSENT, WISH), "0 keer soort: stellingen, en 2 stellingen"),
        ((BLOCK, BLOCK | {"id": "nog"}), "2 keer soort: stellingen"),
        ((BLOCK, CONSENT | {"import_id": "QID1"}), 'import_id "QID1" bij meer dan een vraag'),
        ((BLOCK, CONSENT | {"id": "doel"}), 'id "doel" bij meer dan een vraag'),
    ],
)
def test_a_list_that_does_not_fit_the_statements_is_refused(questions, part):
    """Statements stand in the list once, and no two questions share an id or a column."""
    assert part in refusal(with_questions(*questions))


def test_a_codebook_may_say_who_answered_and_who_finished():
    """A file without the names of Qualtrics has its system columns declared; another name than ours is refused."""
    declared = {"deelnemer": "nummer", "compleet": "klaar"}
    assert codebook(raw_codebook() | {"systeemkolommen": declared}).systeem == declared
    assert 'sleutel "respondent"' in refusal(raw_codebook() | {"systeemkolommen": {"respondent": "nummer"}})


def test_a_scale_on_which_everybody_agrees_is_refused():
    """When every answer with an opinion counts as agreeing, each share would be 100 percent."""
    raw = raw_codebook()
    raw["schalen"]["eens"]["instemmend"] = ["Oneens", "Eens", "Zeer eens"]
    assert refusal(raw) == (
        "Fout in codeboek.yml, sleutel schalen, sleutel eens, sleutel instemmend\n"
        "  gevonden: alle antwoorden met een mening: Oneens, Eens, Zeer eens\n"
        "  verwacht: ten minste een antwoord dat geen instemming is\n"
        "  wat nu:   Noem onder instemmend alleen de antwoorden die instemming betekenen."
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda raw: raw["achtergrond"][0].update(kleinste_groep=2),
            "  gevonden: 2\n  verwacht: ten minste 3\n"
            "  wat nu:   Maak het getal groter: een kleinere groep tonen verraadt wat iemand antwoordde.",
        ),
        (
            lambda raw: raw["themas"].update(leeg="Leeg"),
            '  gevonden: het thema "leeg" zonder stellingen\n  verwacht: bij elk thema ten minste een stelling\n'
            "  wat nu:   Verwijder het thema, of voeg de stellingen toe.",
        ),
        (
            lambda raw: raw["schalen"]["eens"].update(instemmend=[]),
            "  gevonden: een lege lijst\n"
            "  verwacht: de labels die als instemming tellen: Oneens, Eens, Zeer eens, Weet niet\n"
            "  wat nu:   Noem ten minste een label.",
        ),
        (
            lambda raw: raw.update(meetschalen=[{"id": "draagvlak", "titel": "Draagvlak", "stellingen": ["zoek"]}]),
            "zoek",
        ),
    ],
)
def test_what_cannot_be_counted_or_told_is_refused(change, message):
    """A group of two, a theme of nothing, a scale on which nobody can agree, a scale of an unknown statement."""
    raw = raw_codebook()
    change(raw)
    assert message in refusal(raw)


def test_a_measuring_scale_is_the_statements_that_its_makers_named():
    """Only what a codebook declares is one scale; a theme is not one by itself."""
    raw = raw_codebook() | {"meetschalen": [{"id": "inzet", "titel": "Inzet", "stellingen": ["doel", "tijd"]}]}
    (scale,) = codebook(raw).meetschalen
    assert (scale.id, scale.titel, scale.stellingen) == ("inzet", "Inzet", ("doel", "tijd"))
