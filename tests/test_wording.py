"""The field's words for a share, and the ordinal words of interviews."""

import csv
import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nsoc_lib.errors import NsocError
from nsoc_lib.prose import tell
from nsoc_lib.result import MIME, Result
from nsoc_lib.shares import Share
from nsoc_lib.wording import (
    ANCHORS,
    QUANTIFIERS,
    read_claim,
    read_quantifier,
    tell_share,
    word_count,
    word_result,
    word_share,
)

PRINTED = Path(__file__).parent.parent / "data" / "raw" / "meting-1" / "gepubliceerd.csv"
# The five of 28 where the source writes something else than the rule, and why.
OTHER_WORDS = {
    "expertise": (67, "ruim twee derde", "twee derde", "een derde punt boven twee derde; dezelfde 67 heet elders kaal"),
    "huisvesting": (82, "iets meer dan acht op de tien", "ruim acht op de tien", "een ander woord voor ruim"),
    "doelen-nagestreefd": (89, "het overgrote deel", "negen op de tien", "noemt geen hoeveelheid"),
    "juiste-activiteiten": (88, "een nagenoeg even groot deel", "bijna negen op de tien", "vergelijkt met de vorige"),
    "zicht-vermenging": (39, "een aanzienlijk kleiner deel", "vier op de tien", "vergelijkt met de vorige"),
}
LOW_TO_HIGH = [
    "vrijwel niemand", "bijna een op de tien", "een op de tien", "ruim een op de tien", "bijna twee op de tien",
    "twee op de tien", "ruim twee op de tien", "een kwart", "ruim een kwart", "drie op de tien", "ruim drie op de tien",
    "een derde", "ruim een derde", "bijna vier op de tien", "vier op de tien", "ruim vier op de tien",
    "iets minder dan de helft", "ongeveer de helft", "ruim de helft", "bijna zes op de tien", "zes op de tien",
    "ruim zes op de tien", "bijna twee derde", "twee derde", "ruim twee derde", "zeven op de tien", "ruim zeven op de tien", "drie kwart",
    "ruim drie kwart", "acht op de tien", "ruim acht op de tien", "bijna negen op de tien", "negen op de tien",
    "ruim negen op de tien", "nagenoeg alle",
]  # fmt: skip


def share(count: int, n: int, population: int = 31) -> Result:
    return Share(count, n, max(population, n)).to_result(
        "meting-1.proef.draagvlak.steun.eens", "Steun", rounding="percentage van de som", provenance="waargenomen",
        dataset="proef@abc",
    )  # fmt: skip


def test_the_rule_gives_23_of_the_28_wordings_of_the_source():
    """Fed with the printed percentages the rule gives the source's word, except at five named places."""
    with PRINTED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    chosen = {row["stelling"]: (int(row["percentage"]), row["verwoording"]) for row in rows}
    equal = [name for name, (percentage, words) in chosen.items() if word_share(percentage) == words]
    others = {name: (*pair, word_share(pair[0])) for name, pair in chosen.items() if name not in equal}
    assert (len(chosen), len(equal)) == (28, 23)
    assert others == {name: row[:3] for name, row in OTHER_WORDS.items()}


@pytest.mark.parametrize(
    ("percentage", "words"),
    [
        (92, "ruim negen op de tien"),
        (84, "ruim acht op de tien"),
        (80, "acht op de tien"),
        (74, "drie kwart"),
        (73, "ruim zeven op de tien"),
        (69, "zeven op de tien"),
        (68, "ruim twee derde"),
        (67, "twee derde"),
        (66, "twee derde"),
        (59, "zes op de tien"),
        (58, "bijna zes op de tien"),
        (54, "ruim de helft"),
        (52, "ongeveer de helft"),
        (46, "iets minder dan de helft"),
    ],
)
def test_a_printed_percentage_gets_the_word_of_the_field(percentage, words):
    """Near an anchor its bare name, up to five points above it "ruim", and otherwise "bijna" the next."""
    assert word_share(percentage) == words


@pytest.mark.parametrize(
    ("percentage", "words"),
    [
        (0, "vrijwel niemand"),
        (5, "vrijwel niemand"),
        (6, "bijna een op de tien"),
        (9, "een op de tien"),
        (11, "een op de tien"),
        (12, "ruim een op de tien"),
        (24, "een kwart"),
        (26, "een kwart"),
        (27, "ruim een kwart"),
        (32, "ruim drie op de tien"),
        (33, "een derde"),
        (34, "een derde"),
        (35, "ruim een derde"),
        (45, "ruim vier op de tien"),
        (47, "iets minder dan de helft"),
        (48, "ongeveer de helft"),
        (53, "ruim de helft"),
        (55, "ruim de helft"),
        (56, "bijna zes op de tien"),
        (95, "ruim negen op de tien"),
        (96, "nagenoeg alle"),
        (100, "nagenoeg alle"),
    ],
)
def test_every_limit_of_the_rule(percentage, words):
    """On each side of a limit stands the word of that side."""
    assert word_share(percentage) == words


def test_thirds_are_exact():
    """68 lies one and a third above 66⅔ and is "ruim"; from a rounded 67 it would be bare and 21 wordings would fit."""
    assert [word_share(percentage) for percentage in (66, 67, 68)] == ["twee derde", "twee derde", "ruim twee derde"]


@given(st.floats(0, 100), st.floats(0, 100))
def test_a_larger_share_never_gets_a_smaller_word(first, second):
    """Every word holds for one stretch of percentages, and the words go up with the share."""
    low, high = sorted((first, second))
    assert LOW_TO_HIGH.index(word_share(low)) <= LOW_TO_HIGH.index(word_share(high))


@pytest.mark.parametrize("percentage", [-1, 100.5])
def test_what_is_no_percentage_has_no_word(percentage):
    """Below 0 and above 100 there is nothing to say."""
    with pytest.raises(ValueError, match="tussen 0 en 100"):
        word_share(percentage)


def test_alle_is_said_of_everybody_only():
    """249 of 250 shows 100 percent and is "nagenoeg alle"; "alle" is all, "niemand" is none."""
    counts = [(250, 250), (249, 250), (1, 250), (0, 250)]
    assert [word_count(*pair) for pair in counts] == ["alle", "nagenoeg alle", "vrijwel niemand", "niemand"]


def test_the_word_belongs_to_the_percentage_that_is_shown():
    """19 of 26 is 73 percent rounded once and 74 as 12 and 62: beside 74% stands "drie kwart"."""
    plain = Share(19, 26, 31, (3, 16)).to_result(
        "m.a", "A", rounding="percentage van de som", provenance="", dataset=""
    )
    summed = dataclasses.replace(plain, rounding="som van afgeronde percentages")
    words = {result.shown: tell_share("{deel}", deel=word_result(result)).text for result in (plain, summed)}
    assert words == {
        "73%": "ruim zeven op de tien deelnemers (19 van de 26)",
        "74%": "drie kwart van de deelnemers (19 van de 26)",
    }


def test_counts_without_a_base_have_no_word():
    """More who agree than answered is no share."""
    with pytest.raises(ValueError, match="3 van 2"):
        word_count(3, 2)


def test_a_sentence_says_the_word_with_count_and_base():
    """Word, count and base are results of the ledger, in reading order."""
    sentence = tell_share("Volgens {deel} is er steun.", deel=word_result(share(21, 25)))
    assert sentence.text == "Volgens ruim acht op de tien deelnemers (21 van de 25) is er steun."
    key = "meting-1.proef.draagvlak.steun.eens"
    assert [result.id for result in sentence.results] == [key, f"{key}.aantal", f"{key}.basis"]


def test_the_word_is_the_same_result_as_the_percentage():
    """In the text stands the word, with the raw value; the ledger gets the share itself, shown as a percentage."""
    sentence = tell_share("{deel}", deel=word_result(share(21, 25)))
    assert 'value="84">ruim acht op de tien</data>' in sentence.html
    stored = [Result.from_json(raw) for raw in sentence._repr_mimebundle_()[MIME]["resultaten"]]
    assert stored[0] == share(21, 25)
    assert stored[0].shown == "84%"


def test_below_twenty_answers_counts_stand_without_a_word():
    """14 of 18 is said as counts, whoever asks for a word."""
    sentence = tell_share("Volgens {deel} is er steun.", deel=word_result(share(14, 18), "bestuurders"))
    assert sentence.text == "Volgens 14 van de 18 bestuurders is er steun."
    assert [result.value for result in sentence.results] == [14, 18]


def test_a_word_for_fewer_than_twenty_answers_is_refused():
    """The refusal is a Dutch block that says what to write."""
    with pytest.raises(NsocError) as error:
        tell_share("{deel.woord} ({deel.aantal} van de {deel.basis})", deel=word_result(share(14, 18)))
    assert str(error.value) == (
        "Fout in de zin over Steun\n"
        "  gevonden: een woord bij 18 antwoorden\n"
        "  verwacht: aantallen bij minder dan 20 antwoorden\n"
        "  wat nu:   Schrijf {naam.aantal} van de {naam.basis}, of {naam} in tell_share."
    )


def test_twenty_answers_are_enough_for_a_word():
    """At 20 answers the word stands, with its counts."""
    assert tell_share("{deel}", deel=word_result(share(15, 20))).text == "drie kwart van de deelnemers (15 van de 20)"


@pytest.mark.parametrize("template", ["Van hen is {deel.woord} het eens.", "{deel.woord} van de {deel.basis}"])
@pytest.mark.parametrize("say", [tell, tell_share])
def test_a_word_that_one_respondent_would_change_is_refused_alone(say, template):
    """At 25 answers 23 is "ruim negen op de tien" and 22 "bijna": the word needs both k and n beside it."""
    with pytest.raises(NsocError, match='"ruim negen op de tien" bij 23 van de 25 antwoorden'):
        say(template, deel=word_result(share(23, 25)))


def test_a_word_that_one_respondent_would_change_may_stand_beside_its_counts():
    """With count and base in the same paragraph the word is allowed."""
    sentence = tell_share("{deel.woord}: {deel.aantal} van {deel.basis}", deel=word_result(share(23, 25)))
    assert sentence.text == "ruim negen op de tien: 23 van 25"


def test_a_word_that_no_respondent_changes_may_stand_alone():
    """Of 200, 183 to 185 are all "ruim negen op de tien", and the word needs nothing beside it."""
    assert tell("{deel.woord}", deel=word_result(share(184, 200))).text == "ruim negen op de tien"


def test_up_to_41_answers_every_word_needs_its_counts():
    """Up to 41 answers one respondent changes every word there is; at 42 "ongeveer de helft" survives at 21."""
    stable = [(count, n) for n in range(20, 43) for count in range(n + 1) if not word_result(share(count, n)).wankel]
    assert stable == [(21, 42)]


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (25, "alle deelnemers (25 van de 25)"),
        (24, "nagenoeg alle deelnemers (24 van de 25)"),
        (13, "ongeveer de helft van de deelnemers (13 van de 25)"),
        (1, "vrijwel niemand van de deelnemers (1 van de 25)"),
        (0, "niemand van de deelnemers (0 van de 25)"),
    ],
)
def test_the_group_is_named_as_the_word_asks(count, text):
    """It reads "alle deelnemers" and "de helft van de deelnemers": the words decide what stands between."""
    assert tell_share("{deel}", deel=word_result(share(count, 25))).text == text


def test_a_cell_of_a_table_takes_the_same_pieces():
    """Word and counts for a cell, counts alone below twenty answers."""
    cells = [word_result(share(count, n)).pieces for count, n in ((21, 25), (14, 18))]
    assert ["".join(p if isinstance(p, str) else p.shown for p in cell) for cell in cells] == [
        "ruim acht op de tien (21 van de 25)",
        "14 van de 18",
    ]


def test_a_number_without_counts_has_no_wording():
    """A published percentage or a count is no share of answers and is refused with its label."""
    with pytest.raises(NsocError, match="de zin over Steun: aantal personen"):
        word_result(share(21, 25).aantal)


@pytest.mark.parametrize("percentage", range(101))
def test_the_rule_keeps_its_own_claims(percentage):
    """A percentage always lies within what its own word claims."""
    claim = read_claim(word_share(percentage))
    assert claim
    assert claim.admits(percentage)


@pytest.mark.parametrize(
    ("words", "held", "refused"),
    [
        ("drie kwart", (74, 75, 76), (73, 77)),
        ("de helft", (48, 52), (47, 53)),
        ("Ruim  tweederde", (66, 72), (65, 73)),
        ("iets meer dan acht op de tien", (79, 82, 86), (78, 87)),
        ("bijna één op de tien", (4, 10, 11), (3, 12)),
        ("alle", (100,), (99,)),
        ("de meerderheid", (50, 92), (49,)),
    ],
)
def test_a_printed_word_claims_a_range(words, held, refused):
    """A bare anchor gives one point, the half two, and "ruim" and "bijna" five points on their side and one more."""
    claim = read_claim(words)
    assert claim
    assert [value for value in (*held, *refused) if claim.admits(value)] == list(held)


@pytest.mark.parametrize("words", ["het overgrote deel", "voldoende", "met name", ""])
def test_a_word_that_names_no_quantity_claims_nothing(words):
    """What cannot be held against a number is not judged."""
    assert read_claim(words) is None


def test_anchors_are_tenths_quarters_thirds_and_the_half():
    """Thirteen anchors, in order, with thirds between the tenths."""
    assert [round(float(anchor), 1) for anchor in ANCHORS] == [
        10, 20, 25, 30, 33.3, 40, 50, 60, 66.7, 70, 75, 80, 90,
    ]  # fmt: skip


def test_words_for_interviews_have_an_order():
    """From all to a single one, compared by place and not by number."""
    assert [quantifier.woord for quantifier in QUANTIFIERS] == [
        "alle", "nagenoeg alle", "groot deel", "drie kwart", "meerderheid", "ongeveer de helft", "een deel", "enkele",
        "een enkele",
    ]  # fmt: skip
    assert sorted(QUANTIFIERS, reverse=True) == list(QUANTIFIERS)
    assert read_quantifier("alle") > read_quantifier("enkele") > read_quantifier("een enkele")


def test_words_for_interviews_hold_no_percentage():
    """The scale is ordinal: a place and a word are all there is."""
    assert [field.name for field in dataclasses.fields(QUANTIFIERS[0])] == ["rang", "woord"]


@pytest.mark.parametrize(
    ("text", "word"),
    [("Nagenoeg  alle", "nagenoeg alle"), ("de meerderheid", "meerderheid"), ("een groot deel", "groot deel"),
     ("ongeveer drie kwart", "drie kwart"), ("een enkele", "een enkele"), ("enkele", "enkele")],
)  # fmt: skip
def test_a_word_is_read_with_or_without_its_article(text, word):
    """Capitals, spaces and an article make no difference."""
    assert read_quantifier(text).woord == word


def test_a_word_outside_the_scale_is_refused():
    """One Dutch block names the word and the whole scale."""
    with pytest.raises(NsocError) as error:
        read_quantifier("veel", "interviews.csv, rij 4")
    assert str(error.value) == (
        "Fout in interviews.csv, rij 4\n"
        '  gevonden: "veel"\n'
        "  verwacht: een van: alle, nagenoeg alle, groot deel, drie kwart, meerderheid, ongeveer de helft, een deel, "
        "enkele, een enkele\n"
        "  wat nu:   Kies het woord van deze schaal dat de auteur bedoelt, en noteer het oorspronkelijke erbij."
    )


def test_a_suppressed_share_has_dots_in_its_sentence():
    """No word and no count may tell what was hidden."""
    hidden = Share(2, 4, 8).to_result("m.e.eens", "Eens", rounding="geen", provenance="waargenomen", dataset="e@1")
    told = tell_share("Volgens {deel} is er draagvlak.", deel=word_result(hidden.suppress("te kleine groep")))
    assert told.text == "Volgens · van de · deelnemers is er draagvlak."
    assert not any(digit.isdigit() for digit in told.text)
