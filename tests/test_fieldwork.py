"""Research activities: both units as the source gives them, sums only of groups it sets apart, no totals beyond."""

from __future__ import annotations

import pandas as pd
import pytest
from transcribed import invent, load_real, without

from nsoc_lib.errors import NsocError
from nsoc_lib.fieldwork import (
    Register,
    build_registers,
    select_activity,
    tabulate_activities,
    tabulate_conversations,
    tabulate_involvement,
)
from nsoc_lib.groups import Group, build_groups
from nsoc_lib.source_rows import SourceTable
from nsoc_lib.tables import Table

METINGEN = ("meting-1", "meting-2")
COUNTS = ("personen", "gesprekken", "geweigerd", "goedgekeurd")
COLUMNS = ("activiteit", "label", "groep", "wie", "niveau", "eenheid", *COUNTS, "apart", "gedrukt", "vindplaats")


@pytest.fixture(scope="module")
def groepen() -> tuple[Group, ...]:
    return build_groups(load_real("kader", "groepen"))


@pytest.fixture(scope="module")
def tables() -> tuple[list[SourceTable], list[SourceTable]]:
    activities = [load_real(meting, "onderzoeksactiviteiten") for meting in METINGEN]
    return activities, [load_real(meting, "betrokkenheid") for meting in METINGEN]


@pytest.fixture(scope="module")
def aanpak(tables, groepen) -> tuple[Register, ...]:
    return build_registers(*tables, groepen)


def cells(table: Table) -> list[list[str]]:
    return [line.split(" | ") for line in table.show().text.splitlines()[1:]]


def line(activiteit: str = "praten", groep: str | None = None, **values: object) -> dict[str, object]:
    """Return one invented row: an activity with a group, one person, set apart."""
    row = dict.fromkeys(COLUMNS) | {"activiteit": activiteit, "label": "Praten", "groep": groep, "wie": "leden"}
    return row | {"eenheid": "persoon", "vindplaats": "§1"} | values


def build(
    *rows: dict[str, object], marks: tuple[tuple[str, str], ...] = (), herkomst: str = "gepubliceerd"
) -> Register:
    """Build one register of invented rows, with the groups a and b, of which b overlaps with a."""
    groups = (Group("a", "A", "Aa", "", "", (), "§1"), Group("b", "B", "Bee", "", "", ("a",), "§1"))
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).assign(rij=range(2, len(rows) + 2))
    frame = frame.astype(dict.fromkeys(COUNTS, "Int64"))
    activities = SourceTable("meting-3", frame, herkomst, "onderzoeksactiviteiten@x")
    columns, crosses = ("activiteit", "groep", "vindplaats"), [(*mark, "§1") for mark in marks]
    involved = invent("betrokkenheid", columns, *crosses, meting="meting-3", herkomst=herkomst)
    return build_registers([activities], [involved], groups)[0]


# What the source gives


def test_counts_are_those_of_the_source(aanpak):
    """§1.3 and §3.1: ten interviews; 31 invited; people without conversations; conversations without people."""
    assert [row[:3] for row in cells(tabulate_activities(aanpak))[1:]] == [
        ["Documentstudie (meting-1)", "–", "–"],
        ["Aanvullende interviews (meting-1)", "10", "10"],
        ["Procesthermometer (meting-1)", "–", "31"],
        ["(Duo-)interviews (meting-2)", "niet gepubliceerd", "30"],
        ["Groepsgesprekken (meting-2)", "3", "niet gepubliceerd"],
        ["Interviews met stakeholders (meting-2)", "5", "niet gepubliceerd"],
    ]


def test_a_sum_of_groups_is_derived_and_says_so(aanpak):
    """10, 6, 4 and 10 are 30 people; 1, 3 and 6 are ten; both sums are ours, the invited are the source's."""
    notes = {row[0]: row[3] for row in cells(tabulate_activities(aanpak))[1:]}
    duo, invited = select_activity(aanpak, "duo-interviews"), select_activity(aanpak, "procesthermometer")
    assert (duo.personen.id, duo.personen.value) == ("meting-2.onderzoeksactiviteiten.duo-interviews.personen", 30)
    assert duo.personen.provenance == select_activity(aanpak, "aanvullende-interviews").personen.provenance == "herleid"
    assert invited.personen.provenance == "gepubliceerd"
    assert {name for name, note in notes.items() if note == "personen: onze som"} == {
        "Aanvullende interviews (meting-1)",
        "(Duo-)interviews (meting-2)",
    }
    assert notes["Procesthermometer (meting-1)"] == "personen: genodigd"


def test_the_levels_of_the_duo_interviews(aanpak):
    """Ten strategic, six tactical, four and ten operational people; how many conversations is not printed."""
    rows = [row for row in cells(tabulate_conversations(aanpak)) if row[0].startswith("(Duo-)interviews")]
    assert [(row[1], row[2], row[3]) for row in rows] == [
        ("strategisch", "niet gepubliceerd", "10"),
        ("tactisch", "niet gepubliceerd", "6"),
        ("operationeel", "niet gepubliceerd", "4"),
        ("operationeel", "niet gepubliceerd", "10"),
    ]


def test_what_the_source_leaves_out_is_named_and_what_does_not_fit_is_a_dash(aanpak):
    """Nobody says who refused an interview; documents refuse nothing, and a survey has no conversations."""
    rows = {row[0]: row[1:6] for row in cells(tabulate_conversations(aanpak))[1:]}
    unknown = "niet gepubliceerd"
    assert len(rows) == 19
    assert rows["Documentstudie: stukken (meting-1)"] == ["–"] * 5
    assert rows["Procesthermometer: alle genodigden samen (meting-1)"] == ["–", "–", "31", "–", "–"]
    assert rows["Procesthermometer: interne specialisten van NSOC (meting-1)"] == [unknown, "–", unknown, "–", "–"]
    assert rows["Groepsgesprekken: alle groepsgesprekken samen (meting-2)"] == ["–", "3", unknown, unknown, unknown]


def test_the_register_shows_how_the_source_prints_it(aanpak):
    """What is printed as "een tiental" stays a word; a group without any count is said to have none."""
    printed = {row[0]: row[6] for row in cells(tabulate_conversations(aanpak))[1:]}
    assert printed["Procesthermometer: interne specialisten van NSOC (meting-1)"].startswith(
        "een tiental (Regioplan §1.3"
    )
    assert printed["Procesthermometer: teammanagers van NSOC (meting-1)"].startswith("geen aantal (Regioplan §1.3")


def test_the_matrix_has_the_marks_of_the_source(aanpak, groepen):
    """Table 1.1, read by hand: per group, the five activities of both metingen."""
    head, *rows = cells(tabulate_involvement(aanpak, groepen))
    assert head[1:] == [
        "Aanvullende interviews (meting-1)", "Procesthermometer (meting-1)", "(Duo-)interviews (meting-2)",
        "Groepsgesprekken (meting-2)", "Interviews met stakeholders (meting-2)",
    ]  # fmt: skip
    assert {row[0]: " ".join(row[1:]) for row in rows} == {
        "JenV": "ja ja ja – –",
        "Ambtelijke Stuurgroep": "ja ja ja – –",
        "Directeur NSOC": "ja ja ja – –",
        "Netwerk Advies Groep": "– – – ja –",
        "Coördinerend Overleg": "– ja ja ja –",
        "Teammanagers": "– ja ja ja –",
        "Intern specialisten": "– ja ja – –",
        "Stakeholders": "– – – – ja",
    }


def test_a_mark_left_out_of_the_real_table_is_gone_from_the_matrix(tables, groepen):
    """Without its row the director has no mark at the duo-interviews; nothing else changes."""
    activities, (first, second) = tables
    fewer = build_registers(
        activities, [first, without(second, activiteit="duo-interviews", groep="directeur")], groepen
    )
    rows = {row[0]: row[1:] for row in cells(tabulate_involvement(fewer, groepen))}
    assert rows["Directeur NSOC"] == ["ja", "ja", "–", "–", "–"]
    assert rows["JenV"] == ["ja", "ja", "ja", "–", "–"]


def test_a_line_left_out_of_the_real_table_changes_the_sum(tables, groepen):
    """Without the six members of the Coördinerend Overleg the duo-interviews have 24 people."""
    (first, second), marks = tables
    fewer = without(second, activiteit="duo-interviews", groep="coordinerend-overleg")
    registers = build_registers([first, fewer], marks, groepen)
    assert select_activity(registers, "duo-interviews").personen.value == 24


# What is never added up


def test_no_table_holds_a_sum_over_activities_or_groups(aanpak, groepen):
    """Every number belongs to one activity of one meting, and the matrix holds no number at all."""
    shown = [*tabulate_activities(aanpak).results, *tabulate_conversations(aanpak).results]
    ids = {activity.id for register in aanpak for activity in register.activiteiten}
    assert {result.id.split(".")[2] for result in shown} == ids - {"documentstudie"}
    assert max(result.value for result in shown) == 31
    assert tabulate_involvement(aanpak, groepen).results == ()
    assert not hasattr(aanpak[0], "personen")


def test_the_notes_say_why_nothing_is_added_up(aanpak, groepen):
    """Groups share people, by name; people return in more activities."""
    assert tabulate_involvement(aanpak, groepen).noten[1] == (
        "Groepen delen mensen: JenV met Ambtelijke Stuurgroep; Directeur NSOC met Ambtelijke Stuurgroep. "
        "Daarom zijn groepen nergens opgeteld."
    )
    assert "Over activiteiten heen is daarom niets opgeteld." in tabulate_activities(aanpak).noten[1]


@pytest.mark.parametrize(
    "other",
    [line(groep="b", personen=2), line(groep="b", apart="ja", eenheid="groep")],
    ids=["not-set-apart", "not-counted"],
)
def test_people_are_not_added_up_when_a_group_is_not_apart_or_not_counted(other):
    """One group that may share people, or that nobody counted, and there is no sum."""
    register = build(line(groep="a", personen=4, apart="ja"), other)
    assert register.activiteiten[0].personen is None
    assert cells(tabulate_activities([register]))[1] == [
        "Praten (meting-3)",
        "niet gepubliceerd",
        "niet gepubliceerd",
        "–",
    ]


def test_conversations_are_never_added_up():
    """Two groups may have met in the same conversation, also when their people are apart."""
    one, other = (line(groep=name, personen=2, gesprekken=1, apart="ja") for name in "ab")
    activity = build(one, other).activiteiten[0]
    assert activity.gesprekken is None
    assert activity.personen.value == 4


def test_a_sum_of_observed_people_stays_observed():
    """Derived means: from what was printed. A researcher's own counts keep their own provenance."""
    rows = (line(groep="a", personen=1, apart="ja"), line(groep="b", personen=2, apart="ja"))
    assert build(*rows, herkomst="waargenomen").activiteiten[0].personen.provenance == "waargenomen"


# A meting more, and what is refused


def test_another_meting_needs_its_tables_alone(tables, groepen):
    """A third folder adds columns, and its five counts to the eleven there are; the first meting that has an activity is the one selected."""
    (first, second), (marks, more) = tables
    again = SourceTable("meting-3", first.rijen, "waargenomen", first.dataset)
    crosses = SourceTable("meting-3", marks.rijen, "waargenomen", marks.dataset)
    registers = build_registers([first, second, again], [marks, more, crosses], groepen)
    assert cells(tabulate_involvement(registers, groepen))[0][-1] == "Procesthermometer (meting-3)"
    assert len({result.id for result in tabulate_conversations(registers).results}) == 5 + 6 + 5
    assert select_activity(registers, "procesthermometer").meting == "meting-1"


def test_refusals_and_approvals_are_shown_once_known():
    """A register that a researcher fills in shows all four counts, each with its own unit."""
    filled = line(eenheid="gesprek", gesprekken=3, personen=5, geweigerd=0, goedgekeurd=2)
    table = tabulate_conversations([build(filled)])
    assert cells(table)[1][2:6] == ["3", "5", "0", "2"]
    assert [result.unit for result in table.results] == ["gesprekken", "personen", "personen", "verslagen"]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ((line(groep="c"),), r"rij 2, kolom groep\n  gevonden: \"c\""),
        ((line(niveau="hoog"),), r"rij 2, kolom niveau\n  gevonden: \"hoog\""),
        ((line(eenheid="uur"),), r"rij 2, kolom eenheid\n  gevonden: \"uur\""),
        ((line(apart="nee"),), r"rij 2, kolom apart\n  gevonden: \"nee\""),
        ((line(wie=None),), r"rij 2, kolom wie\n  gevonden: een lege cel"),
        ((line(personen=-1),), r"rij 2, kolom personen\n  gevonden: \"-1\""),
        ((line(eenheid="document", gesprekken=1),), r"rij 2, kolom gesprekken\n  gevonden: \"1\"\n  verwacht: een lege cel, want stukken"),
        ((line(gesprekken=2, goedgekeurd=3),), r"kolom goedgekeurd\n  gevonden: \"3\"\n  verwacht: hooguit de 2 gesprekken"),
        ((line(groep="a"), line(groep="a")), r"rij 3, kolom groep\n  gevonden: \"a\"\n  verwacht: elke groep een keer"),
        ((line(groep="a"), line(groep="b", label="Anders")), r"rij 3, kolom label\n  gevonden: \"Anders\""),
        (
            (line(personen=4), line(groep="a", personen=3, apart="ja")),
            r"van meting-3, praten, kolom personen\n  gevonden: groepen met samen 3\n  verwacht: samen 4",
        ),
    ],
    ids=["group", "level", "unit", "apart", "who", "negative", "document", "approved", "twice", "label", "total"],
)  # fmt: skip
def test_a_wrong_line_is_refused(rows, message):
    """Each fault gives one block with table, meting, row and column."""
    with pytest.raises(NsocError, match=message):
        build(*rows)


@pytest.mark.parametrize(
    ("mark", "column"), [(("lezen", "a"), "activiteit"), (("praten", "c"), "groep")], ids=["activity", "group"]
)
def test_a_mark_for_something_unknown_is_refused(mark, column):
    """A mark belongs to an activity of the same meting and to a known group."""
    with pytest.raises(NsocError, match=rf"tabel betrokkenheid van meting-3, rij 2, kolom {column}"):
        build(line(groep="a"), marks=(mark,))


def test_an_activity_that_no_meting_has_is_refused(aanpak):
    """The block names the activities there are and what to do in the notebook."""
    with pytest.raises(NsocError) as error:
        select_activity(aanpak[:1], "duo-interviews")
    assert str(error.value) == (
        "Fout in de tabellen onderzoeksactiviteiten\n"
        '  gevonden: geen activiteit "duo-interviews"\n'
        "  verwacht: een van: documentstudie, aanvullende-interviews, procesthermometer\n"
        "  wat nu:   Verbeter de naam in het notebook, of voeg de meting toe aan de parameter metingen."
    )
