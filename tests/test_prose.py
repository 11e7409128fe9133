"""Sentences: words by a researcher, numbers from the ledger, and nothing in between."""

from dataclasses import replace

import pytest

from nsoc_lib.errors import NsocError
from nsoc_lib.prose import as_plain, as_token, dutch, fold, footnote, indicate, refer, refuse, tell, tell_en
from nsoc_lib.result import MIME, Result
from nsoc_lib.wording import word_result


def three_of_four() -> Result:
    return Result(
        id="meting-1.proef.draagvlak.steun.eens",
        label="Steun: (helemaal) mee eens",
        value=75.0,
        unit="pct",
        provenance="waargenomen",
        dataset="proef@abc",
        count=3,
        n=4,
        population=6,
    )


def test_a_sentence_shows_each_number_as_a_token_of_the_ledger():
    """A result in a sentence becomes a data element with its id, its raw value and what is shown."""
    sentence = tell("Van de deelnemers is {aandeel} het eens.", aandeel=three_of_four())
    assert sentence.html == (
        '<p>Van de deelnemers is <data class="cijfer" data-id="meting-1.proef.draagvlak.steun.eens" value="75">'
        "75%</data> het eens.</p>"
    )


def test_a_sentence_reads_the_same_as_plain_text():
    """The plain text has the words and the shown number, without markup."""
    assert tell("Eens: {aandeel}.", aandeel=three_of_four()).text == "Eens: 75%."


def test_the_counts_behind_a_share_are_results_of_their_own():
    """Count and base can stand in the same sentence and become ledger entries, in reading order."""
    sentence = tell("{deel.aantal} van de {deel.basis}, dus {deel}.", deel=three_of_four())
    share = "meting-1.proef.draagvlak.steun.eens"
    assert sentence.text == "3 van de 4, dus 75%."
    assert [result.id for result in sentence.results] == [f"{share}.aantal", f"{share}.basis", share]


def test_a_sentence_can_say_the_worst_case_bounds():
    """Two of six did not answer: at least three agree, at most five, of six invited."""
    sentence = tell("{d.minstens} tot {d.hoogstens} van {d.genodigd}", d=three_of_four())
    assert sentence.text == "3 tot 5 van 6"


def test_a_notebook_stores_the_results_beside_the_text():
    """The output of the cell holds HTML, plain text and every result whole, so it can be read back."""
    bundle = tell("Eens: {aandeel}.", aandeel=three_of_four())._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/plain", MIME}
    assert [Result.from_json(raw) for raw in bundle[MIME]["resultaten"]] == [three_of_four()]


def test_a_sentence_without_numbers_brings_no_results():
    """Words alone add nothing to the ledger."""
    assert tell("Er zijn geen bevindingen.").results == ()


def test_words_are_escaped():
    """Neither the sentence nor a word filled in can bring markup of its own."""
    assert tell("a < b & {woord}", woord="<b>c</b>").html == "<p>a &lt; b &amp; &lt;b&gt;c&lt;/b&gt;</p>"


def test_a_number_typed_as_a_word_is_no_result():
    """A digit passed as text stays bare text, so that the accountant of the page can find it."""
    sentence = tell("Het zijn er {aantal}.", aantal="12")
    assert (sentence.html, sentence.results) == ("<p>Het zijn er 12.</p>", ())


def test_a_name_without_a_value_is_refused():
    """A misspelt name is one Dutch block that lists the names there are."""
    with pytest.raises(NsocError) as error:
        tell("Eens is {aandel}.", aandeel="veel", groep="alle")
    assert str(error.value) == (
        'Fout in de zin "Eens is {aandel}."\n'
        "  gevonden: {aandel}\n"
        "  verwacht: een van: aandeel, groep\n"
        "  wat nu:   Verbeter de zin in het notebook."
    )


def test_a_name_is_refused_when_no_value_is_given_at_all():
    """Without any value the block says so instead of ending in nothing."""
    with pytest.raises(NsocError, match="verwacht: een van: geen enkele waarde gegeven"):
        tell("Eens is {aandeel}.")


def test_a_bare_number_is_refused():
    """A number that is no result cannot be accounted for, so it cannot be told."""
    with pytest.raises(NsocError) as error:
        tell("Het zijn er {aantal}.", aantal=12)
    assert str(error.value) == (
        'Fout in de zin "Het zijn er {aantal}."\n'
        "  gevonden: {aantal} met het getal 12\n"
        "  verwacht: een resultaat, een aanduiding of een woord\n"
        "  wat nu:   Verbeter de zin in het notebook."
    )


def test_the_unrounded_value_of_a_result_is_refused():
    """A researcher cannot slip a bare number in through the value of a result."""
    with pytest.raises(NsocError, match=r"gevonden: \{deel\.value\} met het getal 75\.0"):
        tell("Het is {deel.value}.", deel=three_of_four())


def test_a_brace_that_does_not_close_is_refused():
    """An unclosed brace is one Dutch block."""
    with pytest.raises(NsocError) as error:
        tell("Eens is {aandeel.", aandeel="veel")
    assert str(error.value) == (
        'Fout in de zin "Eens is {aandeel."\n'
        "  gevonden: een accolade die niet sluit\n"
        "  verwacht: elke { met een }\n"
        "  wat nu:   Verbeter de zin in het notebook."
    )


@pytest.mark.parametrize("field", ["{deel:.1f}", "{deel!r}"])
def test_rounding_in_a_sentence_is_refused(field):
    """How a number is rounded belongs to the result, so a format in the sentence is refused."""
    with pytest.raises(NsocError, match="verwacht: alleen een naam tussen accolades"):
        tell(f"Het is {field}.", deel=three_of_four())


def test_something_a_result_does_not_have_is_refused():
    """A misspelt attribute names what was asked and what could be meant."""
    with pytest.raises(NsocError) as error:
        tell("{deel.aantl}", deel=three_of_four())
    assert str(error.value) == (
        'Fout in de zin "{deel.aantl}"\n'
        "  gevonden: {deel.aantl}\n"
        "  verwacht: iets dat deel heeft\n"
        "  wat nu:   Verbeter de zin in het notebook."
    )


def test_the_base_of_a_plain_count_is_refused():
    """A count has no base; asking for it is the same Dutch block, not a Python error."""
    people = Result("meting-1.respons.gestart", "Begonnen", 5, "personen", "waargenomen", "proef@abc")
    with pytest.raises(NsocError, match=r"Fout in de zin"):
        tell("{gestart.basis}", gestart=people)


@pytest.mark.parametrize("field", ["{deel.__class__}", "{deel[id]}", "{}", "{0}"])
def test_only_plain_names_can_be_filled_in(field):
    """Python's internals, indexes and positions are no names of values."""
    with pytest.raises(NsocError, match="Fout in de zin"):
        tell(field, deel=three_of_four())


def test_an_indication_marks_a_digit_that_counts_nothing():
    """A date or locator is marked, so that its digits are no loose numbers."""
    assert tell("Zie {plaats}.", plaats=indicate("§3.1 & bijlage")).html == (
        '<p>Zie <span class="aanduiding">§3.1 &amp; bijlage</span>.</p>'
    )


def test_a_reference_holds_its_place_until_the_report_numbers_it():
    """A reference is a link to the key; the notebook shows the key between brackets."""
    reference = refer("figuur-meting-1-draagvlak")
    assert as_token(reference) == (
        '<a class="aanduiding verwijzing" href="#figuur-meting-1-draagvlak">figuur-meting-1-draagvlak</a>'
    )
    assert as_plain(reference) == "[figuur-meting-1-draagvlak]"


def test_a_refusal_says_what_is_not_shown_and_why():
    """A refusal is a marked paragraph without any result."""
    refusal = refuse("De uitsplitsing naar groep", "De antwoorden zijn nagebootst.")
    assert refusal.html == (
        '<p class="weigering">De uitsplitsing naar groep wordt hier niet getoond. De antwoorden zijn nagebootst.</p>'
    )
    assert (refusal.text, refusal.results) == (
        "De uitsplitsing naar groep wordt hier niet getoond. De antwoorden zijn nagebootst.",
        (),
    )


def test_what_is_folded_keeps_its_text_and_its_results():
    """A reader opens it; the ledger and the plain text know no fold."""
    shown = tell("{n} mensen", n=Result("m.n", "Mensen", 3, "personen", "waargenomen", "d@1"))
    folded = fold("Per <tabel>", shown)
    assert folded.html == f"<details><summary>Per &lt;tabel&gt;</summary>{shown.html}</details>"
    assert (folded.text, folded.results) == (shown.text, shown.results)


def test_an_english_sentence_shows_the_same_result_in_an_english_form():
    """The token keeps id and value; only what is shown is English, and the ledger gets the one result."""
    mean = replace(three_of_four(), id="meting-1.proef.gemiddelde", value=1765.25, unit="euro")
    sentence = tell_en("On average {mean}.", mean=mean)
    assert (
        sentence.html
        == '<p>On average <data class="cijfer" data-id="meting-1.proef.gemiddelde" value="1765.25">1765.25</data>.</p>'
    )
    assert sentence.text == "On average 1765.25."
    assert sentence.results == (mean,)


def test_a_dutch_term_in_an_english_sentence_is_marked_as_dutch():
    """A term keeps its language and is escaped; it is no indication, so a number in it would still be found."""
    sentence = tell_en("The {tool} was used.", tool=dutch("Proces<thermometer"))
    assert sentence.html == '<p>The <span lang="nl">Proces&lt;thermometer</span> was used.</p>'
    assert sentence.text == "The Proces<thermometer was used."


def test_a_share_in_dutch_words_is_refused_in_an_english_sentence():
    """The scale of words is Dutch, so an English sentence gives the figure."""
    with pytest.raises(NsocError) as raised:
        tell_en(
            "{steun.woord} agree ({steun.aantal}, {steun.basis}).",
            steun=replace(word_result(thirty_of_forty()), naast=True),
        )
    assert str(raised.value) == (
        'Fout in de zin "{steun.woord} agree ({steun.aantal}, {steun.basis})."\n'
        '  gevonden: {steun.woord}, in woorden: "drie kwart"\n'
        "  verwacht: een getal in cijfers: woorden voor een aandeel zijn Nederlands\n"
        "  wat nu:   Verbeter de zin in het notebook."
    )


def thirty_of_forty() -> Result:
    return replace(three_of_four(), count=30, n=40, population=40)


def test_a_note_brings_its_text_and_results_along():
    """The report finds the note in the sentence, a notebook shows it between brackets, and its numbers are published."""
    sentence = tell("Zo is het.{noot}", noot=footnote("Het gaat om {deel} & meer.", deel=three_of_four()))
    assert sentence.html.startswith('<p>Zo is het.<small class="voetnoot">Het gaat om <data class="cijfer"')
    assert sentence.html.endswith("</data> &amp; meer.</small></p>")
    assert sentence.text == "Zo is het. (noot: Het gaat om 75% & meer.)"
    assert [result.id for result in sentence.results] == ["meting-1.proef.draagvlak.steun.eens"]


def test_a_note_within_a_note_is_refused():
    """A reader would have to jump twice; the error names the place."""
    with pytest.raises(NsocError, match="een noot in een noot: binnen"):
        footnote("Buiten.{binnen}", binnen=footnote("Binnen."))
