"""Differences in and between sources: both places, what stands there, a question, and what it touches."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from test_activities import load_activities
from transcribed import invent, load_real, without

from nsoc_lib.activity_sources import compare_counts
from nsoc_lib.differences import (
    Difference,
    Differences,
    build_differences,
    tabulate_differences,
    tabulate_questions,
)
from nsoc_lib.errors import NsocError

COLUMNS = (
    "verschil", "groep", "onderwerp", "staat_er", "vindplaats", "staat_ook", "vindplaats_ook", "vraag", "raakt",
)  # fmt: skip
ROW = ("managers", "aanpak", "Managers", "vijf", "§1.1", "vier", "§1.3", "Hoeveel?", "getal")


def build(*rows: tuple[str | None, ...]) -> Differences:
    return build_differences(invent("verschillen", COLUMNS, *rows))


def row(**cells: str | None) -> tuple[str | None, ...]:
    """Return the invented row with some cells changed."""
    return tuple((dict(zip(COLUMNS, ROW, strict=True)) | cells).values())


@pytest.fixture(scope="module")
def real() -> Differences:
    return build_differences(load_real("kader", "verschillen"))


@pytest.fixture(scope="module")
def find(real: Differences) -> Callable[[str], Difference]:
    return lambda name: next(d for d in real.verschillen if d.id == name)


# What we noted


@pytest.mark.parametrize(
    ("name", "here", "there", "touched"),
    [
        ("teammanagers", ("vijf", "§1.1"), ("vier", "§1.3"), "getal"),
        ("tabelnummer", ("tabel 1.2", "§1.3"), ("tabel 1.1", "§1.3"), "geen"),
        ("gespreksonderwerpen", ("drie", "§1.3"), ("vier", "§3.1"), "conclusie"),
        ("mit-labs-aantal", ("twee", "voetnoten 10 en 11"), ("drie", "punten 1 en 2"), "getal"),
        ("corruptie-fase", ("nog bezig met de analyse", "§3.4"), ("ontwikkeld", "§5.2"), "conclusie"),
        ("datadeling-aandeel", ("nagenoeg alle", "eerste zin"), ("alle geïnterviewden", "voorlaatste zin"), "getal"),
        ("visie-aandeel", ("ongeveer 10 procent", "§3.3"), ("ongeveer drie kwart", "§3.3"), "getal"),
        ("commitment-verloop", ("voldoende draagvlak", "eerste zin"), ("afnemen", "laatste zin"), "conclusie"),
        ("platform-fase", ("ontwerpen", "§3.3"), ("ontwikkelen", "§3.4"), "geen"),
        ("optimisme", ("overwegend optimistisch", "§5.3"), ("niets", "§3.5"), "conclusie"),
        ("werkdoelen", ("vier werkdoelen", "§6.3"), ("vier focusgebieden", "§2.2"), "getal"),
        ("randvoorwaarden", ("capaciteit niet", "FF tot en met LL"), ("met capaciteit", "§2.2"), "conclusie"),
        ("outcome-map-delen", ("effecten", "§2.1"), ("zonder prestaties", "§2.2"), "getal"),
        ("goud", ("circa 3 miljoen euro", "Brief"), ("geen bedrag", "Regioplan §2.3"), "getal"),
        ("vrachtcontrole", ("controle kan effectiever", "Brief"), ("74 procent", "Regioplan §3.4"), "conclusie"),
        ("partners", ("zes, met", "Brief"), ("zes, zonder", "website Over NSOC"), "getal"),
        ("nsoc-naam", ("Ondermijnende", "Brief"), ("onze weergave", "Regioplan §1.1"), "geen"),
        ("mit-einde", ("na het einde", "Regioplan §1.1"), ("omgevormd", "website Over NSOC"), "geen"),
    ],
)
def test_both_places_say_what_we_read_there(find, name, here, there, touched):
    """Per difference a word and a place of either side, read by hand, and what it touches."""
    found = find(name)
    assert here[0] in found.staat_er
    assert here[1] in found.vindplaats
    assert there[0] in found.staat_ook
    assert there[1] in found.vindplaats_ook
    assert found.raakt == touched


def test_the_groups_hold_what_was_read(real):
    """Ten on the approach, twenty-six on the activities; letter, findings, framework, plan and reason are small."""
    sizes = {
        "aanleiding": 2, "aanpak": 10, "actieplan": 1, "activiteiten": 26, "bevindingen": 5, "toetsingskader": 2,
        "brief": 3,
    }  # fmt: skip
    assert {name: real.select_group(name).aantal.value for name in sizes} == sizes
    assert real.aantal.value == sum(sizes.values()) == 49


def test_every_difference_in_state_with_the_web_page_is_written_down(real):
    """What stands beside a state as another state of the website is a row of the differences too."""
    activities = load_activities()
    differing = {
        f"{a.activiteit}-stand"
        for a in activities.select_group("alle")
        for s in activities.standing(a.activiteit).anders
        if s.bron == "website NSOC-labs"
    }
    assert differing == {"exit-stand", "switch-off-stand", "cash-cows-stand"}
    noted = {d.id for d in real.verschillen if d.id.endswith("-stand") and d.vindplaats.startswith("website")}
    assert noted == differing


def test_the_words_for_the_mit_labs_are_the_numbers_of_the_chapters(find):
    """Two by the text and three by the list: what the difference says is what is counted."""
    activities = load_activities()
    count = compare_counts(load_real("kader", "activiteiten_tellingen"), activities)["mit-labs"]
    words = {2: "twee", 3: "drie"}
    assert find("mit-labs-aantal").staat_er.startswith(words[int(count.gepubliceerd.value)])
    assert find("mit-labs-aantal").staat_ook.startswith(words[int(count.benoemd.value)])


def test_what_is_said_is_in_few_words(real):
    """Own words: at most sixteen on either side."""
    assert max(len(text.split()) for d in real.verschillen for text in (d.staat_er, d.staat_ook)) <= 16


# Counts


def test_counts_are_results_that_are_ours():
    """One of three touches a number, one a conclusion, so two are asked; each count has its own id."""
    found = build(
        row(), row(verschil="b", raakt="conclusie"), row(verschil="c", raakt="geen", groep="brief"),
    )  # fmt: skip
    counts = (found.aantal, found.gevraagd, found.getal, found.conclusie, found.overig)
    assert [count.value for count in counts] == [3, 2, 1, 1, 1]
    assert len({count.id for count in counts}) == 5
    assert {(count.provenance, count.dataset) for count in counts} == {("herleid", "verschillen@x")}
    assert found.gevraagd.id == "kader.verschillen.gevraagd"


def test_a_group_has_counts_of_its_own():
    """The count of a group has another id than the count of all."""
    found = build(row(), row(verschil="b", groep="brief")).select_group("brief")
    assert (found.aantal.id, found.aantal.value) == ("kader.verschillen.brief.aantal", 1)


def test_a_group_without_differences_is_empty_and_an_unknown_group_is_refused():
    """Nothing noted is said so; a name that is no group is a mistake in the notebook."""
    table = tabulate_differences(build(row()).select_group("brief"), "Verschillen.")
    assert table.rijen == ()
    assert table.noten == ("Zulke verschillen zijn niet opgeschreven.",)
    with pytest.raises(NsocError, match='gevonden: "brieven"\n  verwacht: een van: aanleiding'):
        build(row()).select_group("brieven")


# Tables


def test_both_places_are_shown_without_loose_numbers():
    """What stands in the source is quoted as an indication, so that a number word there is accounted for."""
    table = tabulate_differences(build(ROW).select_group("aanpak"), "Verschillen.")
    assert table.key == "tabel-kader-verschillen-aanpak"
    assert table.show().text.splitlines()[2] == "Managers | vijf (§1.1) | vier (§1.3) | Hoeveel? | getal"
    assert '<span class="aanduiding">vijf (§1.1)</span>' in table.grid
    assert "Een verschil is geen fout" in table.noten[0]


def test_a_chapter_shows_its_own_group_and_all_of_it(real):
    """Also what touches nothing; neither side is called right."""
    lines = tabulate_differences(real.select_group("activiteiten"), "Verschillen.").show().text.splitlines()[2:]
    assert len(lines) == 26
    assert (
        "Geen ID: waar het lab over gaat | fraude met identiteit (website NSOC-labs, Geen ID) | malafide financiële "
        "dienstverleners en schijnconstructies (Regioplan §2.2, Financiële dienstverleners, punt 1) | Ging het lab over "
        "identiteit, over financiële dienstverleners, of over beide? | geen"
    ) in lines


def test_the_appendix_asks_what_touches_a_number_or_a_conclusion(real):
    """Eighteen touch a number and six a conclusion; the other twenty-five stay in the table."""
    table = tabulate_questions(real)
    assert (real.getal.value, real.conclusie.value, real.overig.value) == (18, 6, 25)
    assert len(table.rijen) == real.gevraagd.value == 24
    assert {line.split(" | ")[-1] for line in table.show().text.splitlines()[2:]} == {"getal", "conclusie"}
    assert (
        "In beslag genomen goud (brief) | circa 3 miljoen euro, bij de eerste resultaten (Brief van de minister, alinea "
        "over de eerste resultaten) | geen bedrag, in onze tekst van het rapport (Regioplan §2.3, TBML, punt 1; §3.4; "
        "§5.2, vraag 3) | Komt dit bedrag uit het rapport of uit een andere bron? | getal"
    ) in table.show().text.splitlines()


def test_without_its_row_a_question_is_gone(real):
    """The question about the gold and the count of questions follow from the row."""
    assert "goud" in tabulate_questions(real).show().text
    less = build_differences(without(load_real("kader", "verschillen"), verschil="goud"))
    assert "goud" not in tabulate_questions(less).show().text
    assert (less.aantal.value, less.gevraagd.value, less.getal.value) == (48, 23, 17)


def test_a_difference_that_touches_nothing_is_not_asked(real):
    """The name of NSOC in our text stays in the data, and no row makes an empty appendix."""
    assert "Ondernijnde" not in tabulate_questions(real).show().text
    none = tabulate_questions(build(row(raakt="geen")))
    assert (none.rijen, none.noten) == ((), ("Er zijn geen zulke vragen.",))


# Errors


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ((ROW, ROW), r'rij 3, kolom verschil\n  gevonden: "managers" nog een keer\n  verwacht: elk verschil een keer'),
        ((row(staat_ook="vijf"),), r'rij 2, kolom staat_ook\n  gevonden: "vijf"\n  verwacht: iets anders dan in staat'),
        ((row(vindplaats_ook="§1.1"),), r'kolom vindplaats_ook\n  gevonden: "§1.1"\n  verwacht: een andere plaats'),
        ((row(vindplaats=None),), r"rij 2, kolom vindplaats\n  gevonden: een lege cel"),
        ((row(vindplaats_ook=" "),), r"rij 2, kolom vindplaats_ook\n  gevonden: een lege cel"),
        ((row(vraag=None),), r"rij 2, kolom vraag\n  gevonden: een lege cel"),
        ((row(vraag="Dit klopt niet."),), r"rij 2, kolom vraag\n.*\n  verwacht: een vraag met een vraagteken"),
        ((row(raakt="doel"),), r'rij 2, kolom raakt\n  gevonden: "doel"\n  verwacht: een van: getal, conclusie'),
        ((row(raakt=None),), r"rij 2, kolom raakt\n  gevonden: een lege cel"),
        ((row(groep="hoax"),), r'rij 2, kolom groep\n  gevonden: "hoax"\n  verwacht: een van: aanleiding, aanpak'),
    ],
    ids=["twice", "same", "same-place", "no-place", "blank-place", "no-question", "no-mark", "raakt", "untouched",
         "groep"],
)  # fmt: skip
def test_a_wrong_row_is_refused(rows, message):
    """A difference stands once, has two places that say two things, asks something, and touches what we know."""
    with pytest.raises(NsocError, match=message):
        build(*rows)
