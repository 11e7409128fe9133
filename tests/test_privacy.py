"""Personal data: recognised by the head of a column and by its cells, named by column, never quoted."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_cleaning import clean, codebook, coding, export, findings, person, raw_codebook, refusal

from nsoc_lib.cleaning import clean_survey
from nsoc_lib.errors import NsocError
from nsoc_lib.privacy import CONTENTS, Alarm, can_hold, find_alarms, quote_cell, recognise
from nsoc_lib.sources.export import Column, Export, Response

SUBJECT = "persoonsgegevens"


def column_of(tag: str, *cells: str, text: str = "Vraag", import_id: str = "QID9") -> tuple[Alarm, ...]:
    """Return the alarms about an export of one column."""
    responses = tuple(Response(n, {import_id: cell}) for n, cell in enumerate(cells, 4))
    return find_alarms(Export("export.csv", (Column(tag, text, import_id),), responses), frozenset())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Mail mij: piet.jansen@voorbeeld.nl", "e-mailadres"),
        ("192.0.2.7", "IP-adres"),
        ("via 2001:0db8:0000:0000:0000:ff00:0042:8329", "IP-adres"),
        ("2001:db8::42", "IP-adres"),
        ("Bel 06-12345678", "telefoonnummer"),
        ("+31 6 12 34 56 78", "telefoonnummer"),
        ("0031612345678", "telefoonnummer"),
        ("070 123 45 67", "telefoonnummer"),
        ("+44 20 7946 0958", "telefoonnummer"),
        ("52.37022, 4.89517", "coördinaten"),
        ("111222333", "BSN"),
        ("1112.22.333", "BSN"),
        ("Mijn naam is Piet", "naam of contact"),
        ("mevrouw De Vries weet meer", "naam of contact"),
        ("Met vriendelijke groet, Anna", "naam of contact"),
        ("Jan de Vries", "naam of contact"),
        ("Fatima el Idrissi", "naam of contact"),
        ("José Müller-Bakker", "naam of contact"),
        ("Bel mij gerust", "naam of contact"),
    ],
)
def test_what_looks_like_personal_data_is_recognised(text, kind):
    """Each pattern has an example, as it may stand in an answer."""
    assert kind in recognise(text)


@pytest.mark.parametrize(
    "text",
    [
        "(nagebootst) Er ontbreekt een gedeelde visie.",
        "Meer geld",
        "Geld",
        "In 2023 waren er 31 genodigden, 74% deed mee.",
        "2023-09-04 10:11:12",
        "123456789",
        "Versie 1.2.3",
        "§3.2, pagina 12-14",
        "De verhouding is 1,25 : 3,5",
        "Contact met partners is lastig",
        "Meer samenwerking met Politie en OM",
        "Project: fase 2; stap 3",
        "€ 1.250.000,00",
    ],
)
def test_an_ordinary_answer_is_no_alarm(text):
    """Dates, amounts, versions and sentences are left alone; nine digits are no BSN unless they pass its test."""
    assert recognise(text) == ()


@pytest.mark.parametrize(
    ("tag", "kind"),
    [("ipaddr", "IP-adres"), ("E-mailadres", "e-mailadres"), ("Achternaam", "naam of contact"), ("LocationLatitude", "coördinaten"),
     ("Telefoon", "telefoonnummer"), ("BSN", "BSN"), ("Postcode", "adres"), ("geboortedatum", "geboortedatum")],
)  # fmt: skip
def test_a_column_is_recognised_by_its_head(tag, kind):
    """The head is enough, whatever stands below it; every filled cell counts."""
    assert column_of(tag, "x", "", "y") == (Alarm("QID9", tag, (kind,), 2, naar_kop=True),)


@pytest.mark.parametrize("tag", ["Q5", "Naam van de organisatie", "naam project", "Gesprekslatten", "equip", "telling"])
def test_another_head_is_no_alarm(tag):
    """A word that only begins like one, or the name of an organisation, is no head of personal data."""
    assert column_of(tag, "x") == ()


def test_a_question_that_asks_for_somebody_s_own_data_is_recognised():
    """The word alone may stand in any question; asked of you it is personal."""
    assert column_of("Q7", "x", text="Wat is uw e-mailadres?")
    assert not column_of("Q7", "x", text="Krijgt u genoeg nieuws per e-mail?")


def test_an_empty_column_is_no_alarm():
    """An anonymised export keeps its heads."""
    assert column_of("IPAddress", "", "", import_id="ipAddress") == ()


def test_cells_are_counted_per_column():
    """Two of three cells fit a pattern, of two kinds."""
    assert column_of("Q5", "a@b.nl", "Meer geld", "06-12345678") == (
        Alarm("QID9", "Q5", ("e-mailadres", "telefoonnummer"), 2, naar_kop=False),
    )


def test_a_column_in_which_only_answers_of_the_codebook_may_stand_is_not_looked_at():
    """An answer there must equal an option; anything else is refused when it is read."""
    one = Export("export.csv", (Column("Naam", "Naam", "QID1"),), (Response(4, {"QID1": "Jan de Vries"}),))
    assert find_alarms(one, frozenset({"QID1"})) == ()


def test_a_head_that_is_itself_personal_is_named_by_its_place():
    """Somebody may have typed an address above a column."""
    (alarm,) = column_of("piet@voorbeeld.nl", "06-12345678")
    assert alarm.kolom == "nummer 1"


def test_an_address_as_mark_of_a_respondent_is_reported():
    """Only a pseudonym of the mark goes on, but a pseudonym of an address can be guessed."""
    found = findings(clean(person(4, _recordId="piet@voorbeeld.nl"), person(5)))[SUBJECT]
    assert found == [
        "Kolom ResponseId: naar wat erin staat persoonsgegevens (e-mailadres), aantal cellen: 1; "
        "alleen een pseudoniem gaat verder; vervang het kenmerk in de export"
    ]


# What happens to it


def keeping(**changes: str) -> dict[str, object]:
    raw = raw_codebook()
    raw["open_vragen"][0] |= {"bewaren": True, **changes}
    return raw


def test_words_that_look_personal_are_not_kept():
    """The answer counts and the other words stay; the finding says how many were left behind."""
    cleaned = clean(person(4, QID3="Bel 06-12345678"), person(5, QID3="Meer visie"), raw=keeping())
    assert cleaned.open_antwoorden["status"].tolist() == ["geldig", "geldig"]
    assert cleaned.open_antwoorden["tekst"].isna().tolist() == [True, False]
    assert findings(cleaned)[SUBJECT] == [
        "Kolom Q3: naar wat erin staat persoonsgegevens (telefoonnummer), aantal cellen: 1; die woorden zijn niet bewaard"
    ]


def test_a_reason_in_the_codebook_keeps_them():
    """The reason is repeated where the reader looks for it."""
    cleaned = clean(person(4, QID3="Bel 06-12345678"), raw=keeping(persoonlijk="Voor de klankbordgroep, met akkoord."))
    assert cleaned.open_antwoorden["tekst"].tolist() == ["Bel 06-12345678"]
    assert findings(cleaned)[SUBJECT][0].endswith("; bewaard, want: Voor de klankbordgroep, met akkoord.")


def test_a_column_that_asks_for_personal_data_is_not_kept_at_all():
    """By its question every answer is personal, also one that fits no pattern."""
    assert clean(person(4, QID3="piet"), raw=keeping()).open_antwoorden["tekst"].tolist() == ["piet"]
    whole = export(person(4, QID3="piet"))
    asked = tuple(Column("Naam", "Uw naam?", c.import_id) if c.import_id == "QID3" else c for c in whole.columns)
    other = clean_survey(Export(whole.where, asked, whole.responses), codebook(keeping()), coding(), "c.csv")
    assert other.open_antwoorden["tekst"].isna().all()


def test_a_skipped_column_is_reported_and_goes_nowhere():
    """What the codebook skips may still be personal data that should not lie in the export."""
    raw = raw_codebook(overslaan=[{"kolom": "Q5", "reden": "Niet nodig."}])
    whole = export(person(4, QID5="piet@voorbeeld.nl"))
    whole = Export(whole.where, (*whole.columns, Column("Q5", "Nog iets?", "QID5")), whole.responses)
    cleaned = clean_survey(whole, codebook(raw), coding(), "c.csv")
    assert findings(cleaned)[SUBJECT][0].endswith("(e-mailadres), aantal cellen: 1; niet verwerkt")


def test_a_reason_to_keep_what_is_not_kept_is_refused():
    """The two keys contradict each other."""
    raw = raw_codebook()
    raw["open_vragen"][0]["persoonlijk"] = "Zomaar."
    with pytest.raises(NsocError, match="een reden om persoonsgegevens te bewaren, en bewaren: false"):
        codebook(raw)


@pytest.mark.parametrize("cells", [{"QID4": "piet@voorbeeld.nl"}, {"q1": "06-12345678"}])
def test_an_unknown_answer_that_looks_personal_is_not_quoted(cells):
    """The row and the column are enough to find it."""
    text = refusal(export(person(4, **cells)))
    assert "iets dat op een " in text
    assert not any(value in text for value in cells.values())


def test_an_unknown_answer_that_may_be_a_place_is_quoted():
    """A group that the codebook does not know may look like a name, and must be found."""
    assert quote_cell("Noord Holland") == '"Noord Holland"'


# No value leaves


WORDS = st.text(st.characters(categories=("Lu", "Ll")), min_size=3, max_size=8)
DIGITS = st.integers(10_000_000, 99_999_999)
PERSONAL = st.one_of(
    st.builds("{}@{}.nl".format, WORDS, WORDS),
    st.builds("06{}".format, DIGITS),
    st.builds("+31 6 {}".format, DIGITS),
    st.builds("198.51.100.{}".format, st.integers(1, 254)),
    st.builds("Mijn naam is {}".format, st.sampled_from(["Aaltje", "Wubbo", "Xander"])),
    st.builds("51.{},4.{}".format, DIGITS, DIGITS),
    st.text(max_size=40),
)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(PERSONAL, min_size=1, max_size=4), st.booleans(), st.booleans())
def test_no_value_ever_stands_in_a_finding(values, keep, as_head):
    """Whatever is found, the text of a finding is the same for any other value of that kind."""
    raw = raw_codebook(overslaan=[{"kolom": "Extra", "reden": "Niet nodig."}])
    raw["open_vragen"][0]["bewaren"] = keep
    answers = [value.strip() for value in values]
    people = [person(n, QID3=a, QID5=a, ipAddress=a, recipientEmail=a) for n, a in enumerate(answers, 4)]
    whole = export(*people)
    tag = "E-mail" if as_head else "Extra"
    raw["overslaan"][0]["kolom"] = tag
    whole = Export(whole.where, (*whole.columns, Column(tag, "Nog iets?", "QID5")), whole.responses)
    cleaned = clean_survey(whole, codebook(raw), coding(), "c.csv")
    for finding in cleaned.bevindingen:
        if finding.onderwerp == SUBJECT:
            bare = finding.tekst
            for part in ("RecipientEmail", "IPAddress", "Extra", "E-mail", "Q3", str(finding.aantal)):
                bare = bare.replace(part, "")
            assert not any(len(a) > 3 and recognise(a) and a in bare for a in answers)
            assert "@" not in bare
            assert not any(character.isdigit() for character in bare)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(PERSONAL, min_size=1, max_size=4))
def test_no_recognised_value_is_kept_without_a_reason(values):
    """What is recognised stands in no table that is made."""
    answers = [value.strip() for value in values]
    cleaned = clean(*(person(n, QID3=a) for n, a in enumerate(answers, 4)), raw=keeping())
    kept = set(cleaned.open_antwoorden["tekst"].dropna())
    assert not any(recognise(text) for text in kept)
    assert {a for a in answers if a and not recognise(a)} == kept


@settings(max_examples=60, deadline=2000, derandomize=True)
@given(st.text(alphabet="a@.0:1+ -B", max_size=20), st.integers(1, 4000))
def test_a_long_cell_is_read_in_time(piece, times):
    """No pattern runs wild on a cell of any length."""
    recognise(piece * times)


@pytest.mark.parametrize("kind", CONTENTS)
@settings(max_examples=300)
@given(
    text=st.lists(st.sampled_from([*"01239.:@,; -fe", "nl", "ab", "::", "52.370", "192", "Dhr. Vos"]), max_size=16).map(
        "".join
    )
)
def test_a_text_without_the_signs_of_a_kind_holds_nothing_of_it(kind, text):
    """The cheap look says no only where the pattern finds nothing."""
    assert can_hold(text, kind) or not CONTENTS[kind].search(text)
