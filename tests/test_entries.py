"""One mapping of a YAML file: every value is checked when it is taken, every key is accounted for."""

import pytest

from nsoc_lib.entries import Entry
from nsoc_lib.errors import NsocError


def entry(**values: object) -> Entry:
    """Return an entry of the file meting.yml."""
    return Entry(values, "meting.yml")


def message(raised: pytest.ExceptionInfo[NsocError]) -> str:
    """Return the block that a researcher sees."""
    return str(raised.value)


def test_values_come_out_with_their_kind():
    """Text, whole numbers, flags and lists of texts come out as they were written."""
    raw = entry(titel="Eerste meting", aantal=31, bewaren=False, antwoorden=["ja", "nee"])
    assert raw.text("titel") == "Eerste meting"
    assert raw.whole("aantal") == 31
    assert raw.flag("bewaren") is False
    assert raw.texts("antwoorden") == ["ja", "nee"]


def test_a_missing_key_is_asked_for_by_name():
    """A missing key is named, with the kind of value it needs and what to add."""
    with pytest.raises(NsocError) as raised:
        entry(meting="meting-1").text("titel")
    assert message(raised) == (
        "Fout in meting.yml\n"
        '  gevonden: geen sleutel "titel"\n'
        '  verwacht: de sleutel "titel" met tekst\n'
        "  wat nu:   Voeg titel: … toe."
    )


def test_a_default_stands_in_for_a_missing_key_only():
    """A default is used when the key is absent, not when its value is of the wrong kind."""
    assert entry().text("titel", "Zonder titel") == "Zonder titel"
    assert entry().texts("antwoorden", []) == []
    assert entry().flag("bijlage", default=False) is False
    with pytest.raises(NsocError, match="gevonden: niets"):
        entry(titel=None).text("titel", "Zonder titel")


def test_a_number_where_text_belongs_must_be_quoted():
    """A version that YAML reads as a number is refused, and the remedy is quotation marks."""
    with pytest.raises(NsocError) as raised:
        entry(versie=0.1).text("versie")
    assert message(raised) == (
        "Fout in meting.yml, sleutel versie\n"
        "  gevonden: '0.1'\n"
        "  verwacht: tekst\n"
        '  wat nu:   Zet tekst die op een getal of datum lijkt tussen aanhalingstekens: "…".'
    )


@pytest.mark.parametrize("value", ["31", 31.0, True, None, [31]])
def test_only_a_whole_number_is_a_whole_number(value):
    """Text, a fraction, true, nothing and a list are not taken for a whole number."""
    with pytest.raises(NsocError, match="verwacht: een geheel getal"):
        entry(aantal=value).whole("aantal")


@pytest.mark.parametrize("value", ["ja", 1, 0, None])
def test_only_true_and_false_are_flags(value):
    """A flag is true or false, never a number or a word that looks like one."""
    with pytest.raises(NsocError, match="verwacht: true of false"):
        entry(bewaren=value).flag("bewaren")


def test_a_choice_outside_the_options_names_the_options():
    """A value that is not offered is quoted beside the values that are."""
    with pytest.raises(NsocError) as raised:
        entry(richting="neutraal").choice("richting", ("positief", "negatief"))
    assert message(raised) == (
        "Fout in meting.yml, sleutel richting\n"
        '  gevonden: "neutraal"\n'
        "  verwacht: een van: positief, negatief\n"
        "  wat nu:   Kies een van deze waarden."
    )


def test_a_list_of_texts_holds_texts_only():
    """A list with a number among its texts is refused, and the number is quoted."""
    with pytest.raises(NsocError) as raised:
        entry(antwoorden=["Nooit", 2]).texts("antwoorden")
    assert message(raised) == (
        "Fout in meting.yml, sleutel antwoorden\n"
        "  gevonden: '2'\n"
        "  verwacht: een lijst van teksten\n"
        "  wat nu:   Zet de waarde tussen aanhalingstekens."
    )


def test_a_list_handed_out_is_a_copy():
    """Whoever changes a list that was handed out does not change what the file said."""
    raw = entry(antwoorden=["ja", "nee"])
    raw.texts("antwoorden").clear()
    assert raw.texts("antwoorden") == ["ja", "nee"]


def test_a_place_inside_a_file_is_named_by_its_path_of_keys():
    """A mistake deep in a file is found by following the keys and numbers of the message."""
    raw = entry(enquetes=[{"veldwerk": {"vorm": "internet"}}, {"veldwerk": {"vorm": 3}}])
    fieldwork = raw.entries("enquetes")[1].entry("veldwerk")
    with pytest.raises(NsocError) as raised:
        fieldwork.text("vorm")
    assert raised.value.where == "meting.yml, sleutel enquetes, nummer 2, sleutel veldwerk, sleutel vorm"


def test_something_other_than_a_block_is_refused():
    """A text where a block of keys belongs is quoted and sends the reader to the indentation."""
    with pytest.raises(NsocError) as raised:
        Entry("respons", "evaluatie.yml, sleutel delen, nummer 1")
    assert message(raised) == (
        "Fout in evaluatie.yml, sleutel delen, nummer 1\n"
        "  gevonden: 'respons'\n"
        "  verwacht: een blok met sleutels (sleutel: waarde)\n"
        "  wat nu:   Controleer het inspringen en de dubbele punten op deze plaats."
    )


def test_a_misspelt_key_is_refused_with_the_key_that_was_meant():
    """A misspelt key stops the run and the message suggests the key it resembles."""
    raw = entry(titel="Eerste meting", herkosmt="gesimuleerd")
    raw.text("titel")
    raw.text("herkomst", "gepubliceerd")
    with pytest.raises(NsocError) as raised:
        raw.refuse_unknown()
    assert message(raised) == (
        "Fout in meting.yml, sleutel herkosmt\n"
        '  gevonden: de onbekende sleutel "herkosmt"\n'
        "  verwacht: een van: herkomst, titel\n"
        '  wat nu:   Bedoeld is misschien "herkomst".'
    )


def test_a_key_that_resembles_nothing_is_refused_without_a_guess():
    """An unknown key far from every known one gets no suggestion."""
    raw = entry(titel="Eerste meting", x="?")
    raw.text("titel")
    with pytest.raises(NsocError, match=r"wat nu:   Verwijder of verbeter de sleutel\."):
        raw.refuse_unknown()


def test_a_file_of_which_every_key_was_taken_is_accepted():
    """Nothing is refused once every key was taken."""
    raw = entry(titel="Eerste meting", enquetes=[], veldwerk={})
    raw.text("titel")
    raw.entries("enquetes")
    raw.entry("veldwerk")
    raw.refuse_unknown()
    assert raw.names() == ["titel", "enquetes", "veldwerk"]


def test_looking_whether_a_key_exists_does_not_take_it():
    """A key that was only looked at still counts as unknown."""
    raw = entry(parameters={})
    assert raw.has("parameters")
    assert not raw.has("thema")
    with pytest.raises(NsocError, match='de onbekende sleutel "parameters"'):
        raw.refuse_unknown()


def test_parameters_are_texts_or_whole_numbers():
    """Parameters of a notebook keep their kind, and a fraction is refused by name."""
    assert entry(meting="meting-1", jaar=2024).scalars() == {"meting": "meting-1", "jaar": 2024}
    with pytest.raises(NsocError, match=r"meting\.yml, sleutel drempel"):
        entry(drempel=0.5).scalars()


def test_a_number_may_be_a_word_that_says_it_is_not_known():
    """The word itself gives None, a number stays a number, another word is refused."""
    raw = entry(een="onbekend", twee=2, drie="veel")
    assert (raw.whole_or("een", "onbekend"), raw.whole_or("twee", "onbekend")) == (None, 2)
    with pytest.raises(NsocError):
        raw.whole_or("drie", "onbekend")


def test_the_code_of_an_answer_is_a_number_or_a_text():
    """A code stands as the export has it: 1 or "A1", and never true, a fraction or nothing."""
    raw = entry(getal=1, tekst="A1", leeg="", waar=True, breuk=0.5)
    assert (raw.code("getal"), raw.code("tekst")) == ("1", "A1")
    for key in ("leeg", "waar", "breuk", "weg"):
        with pytest.raises(NsocError):
            raw.code(key)
