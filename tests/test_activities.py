"""Activities: a state follows from the newest statement of a source, and is unknown without any."""

from __future__ import annotations

import pytest
from transcribed import invent, load_real, without

from nsoc_lib.activities import (
    AFGEROND,
    LOPEND,
    ONBEKEND,
    ONTBONDEN,
    VERSCHILLEN,
    VERTRAAGD,
    Activities,
    build_activities,
    count_states,
)
from nsoc_lib.activity_tables import tabulate_states
from nsoc_lib.errors import NsocError
from nsoc_lib.source_rows import SourceTable

NAMES = ("activiteiten", "activiteiten_overgangen", "activiteiten_standen")
ACTIVITY = ("activiteit", "label", "soort", "focusgebied", "bovenliggend", "in_actieplan", "begin",
            "begin_toewijzing", "einde", "vindplaats")  # fmt: skip
TRANSITION = ("van", "naar", "anders", "soort", "datum", "vindplaats")
STATEMENT = ("activiteit", "stand", "gedrukt", "toewijzing", "bron", "peildatum", "onderliggende_bron", "vindplaats")


def load_activities() -> Activities:
    """Return the activities of the real tables."""
    return build_activities(*(load_real("kader", name) for name in NAMES))


def source(name: str, columns: tuple[str, ...], *rows: tuple[str, ...]) -> SourceTable:
    return invent(name, columns, *([cell or None for cell in row] for row in rows))


def lab(name: str, *, begin: str = "", how: str = "", end: str = "", kind: str = "NSOC-lab") -> tuple[str, ...]:
    return (name, f"NSOC-lab {name.title()}", kind, "tbml", "", "genoemd", begin, how, end, "§1")


def says(name: str, state: str, when: str = "2023-08", printed: str = "zo staat het") -> tuple[str, ...]:
    return (name, state, printed, "afgeleid", "bron", when, "", f"§{state} {when}")


def build(
    *statements: tuple[str, ...],
    activities: tuple[tuple[str, ...], ...] = (),
    transitions: tuple[tuple[str, ...], ...] = (),
) -> Activities:
    return build_activities(
        source("activiteiten", ACTIVITY, *(activities or (lab("a"), lab("b")))),
        source("activiteiten_overgangen", TRANSITION, *transitions),
        source("activiteiten_standen", STATEMENT, *statements),
    )


def refusal(*statements: tuple[str, ...], **rows: tuple[tuple[str, ...], ...]) -> str:
    with pytest.raises(NsocError) as error:
        build(*statements, **rows)
    return str(error.value)


@pytest.fixture(scope="module")
def tables() -> tuple[SourceTable, SourceTable, SourceTable]:
    return tuple(load_real("kader", name) for name in NAMES)


@pytest.fixture(scope="module")
def real(tables) -> Activities:
    return build_activities(*tables)


# What the sources say


def test_the_plan_lists_eleven_activities(real):
    """Three, three, three and two under the four focus areas of Regioplan §2.2."""
    listed = [activity.activiteit for activity in real.select_group("actieplan")]
    assert sorted(listed) == sorted(
        ["tbml-goud", "cat", "caterpillar", "geen-id", "cash-cows", "trustkantoren", "exit", "switch-off", "logistiek",
         "heet-ijzer", "corruptie"]
    )  # fmt: skip


def test_six_labs_began_in_2021_and_five_later(real):
    """Eleven labs in all: Trustkantoren and Postbus Apate are one."""
    begins = [activity.begin for activity in real.select_group("labs")]
    assert (begins.count("medio 2021"), begins.count("2022-11"), len(begins)) == (6, 5, 11)


def test_two_activities_have_five_parts_and_one_has_nine_studies(real):
    """As Regioplan §2.3 sums them up; two more things followed from labs."""
    parts = [part.bovenliggend for part in real.select_parts()]
    assert {name: parts.count(name) for name in dict.fromkeys(parts)} == {
        "cash-cows": 1, "loading": 1, "heet-ijzer": 5, "corruptie": 5, "systeemgerichte-aanpak": 9,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("group", "expected"),
    [("actieplan", (11, 3, 1, 3, 3, 0, 1)), ("labs", (11, 4, 0, 5, 2, 0, 0)), ("alle", (16, 6, 1, 5, 3, 0, 1))],
)
def test_the_states_are_counted_per_group(real, group, expected):
    """Total, running, delayed, finished, disbanded, sources differ, unknown: counted by hand in §2.3."""
    counts = count_states(real, group)
    assert (counts.totaal.value, *(result.value for result in counts.per_stand.values())) == expected
    assert counts.lopend.id == f"kader.activiteiten.{group}.lopend"
    assert counts.lopend.dataset == "activiteiten_standen@proef"


def test_a_renamed_activity_has_the_state_of_its_new_name(real):
    """Trustkantoren went on as Postbus Apate, which is being carried out."""
    standing = real.standing("trustkantoren")
    assert (standing.activiteit.activiteit, standing.stand) == ("postbus-apate", LOPEND)


def test_a_source_without_a_date_gives_way_and_is_shown(real):
    """The website describes Switch-off as working; Regioplan says for August 2023 that it is being finished."""
    standing = real.standing("switch-off")
    assert standing.stand == AFGEROND
    assert [(s.bron, s.stand) for s in standing.anders] == [("website NSOC-labs", LOPEND)]


def test_a_web_page_that_says_the_same_is_no_other_state(real):
    """Both sources call Geen ID disbanded."""
    assert real.standing("geen-id").anders == ()


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [("cat", ONTBONDEN, ONBEKEND), ("corruptie", VERTRAAGD, LOPEND), ("sluitsteen", LOPEND, ONBEKEND)],
)
def test_a_state_rests_on_its_statement(tables, name, before, after):
    """Without the row of §2.3 the state is unknown, or what another place says of it; the shown cell follows."""
    plain, transitions, statements = tables
    whole = build_activities(plain, transitions, statements)
    bare = build_activities(plain, transitions, without(statements, activiteit=name, bron="Regioplan §2.3"))
    assert (whole.standing(name).stand, bare.standing(name).stand) == (before, after)
    label = whole.select_activity(name).label
    cells = [
        next(line for line in tabulate_states(found).show().text.splitlines() if line.startswith(f"{label} |"))
        for found in (whole, bare)
    ]
    assert before in cells[0]
    assert after in cells[1]
    assert cells[0] != cells[1]


def test_without_a_word_of_the_legend_the_state_is_our_reading(real):
    """What is called "in uitvoering" is running by our reading only; "ontbonden" is a word of the legend."""
    read = {s.gedrukt: s.toewijzing for s in real.uitspraken if s.bron == "Regioplan §2.3"}
    assert (read["in uitvoering"], read["ontbonden"], read["in afronding"]) == ("afgeleid", "genoemd", "genoemd")


def test_the_report_without_a_date_is_named_as_such(real):
    """Footnote 21 cites a report whose date was never filled in; it runs beyond the date of the state."""
    cited = [s.onderliggende_bron for s in real.uitspraken if "december 2023" in s.onderliggende_bron]
    assert [source.endswith("(datum niet ingevuld)") for source in cited] == [True]
    assert real.peildatum == "2023-08"


# Which statement counts


def test_the_newest_statement_wins():
    """What was running in August is disbanded by December; the older statement stands beside it."""
    standing = build(says("a", LOPEND), says("a", ONTBONDEN, "2023-12")).standing("a")
    assert (standing.stand, [s.stand for s in standing.anders]) == (ONTBONDEN, [LOPEND])


@pytest.mark.parametrize("when", ["2023-08", "2023-08-15"])
def test_equally_new_statements_that_disagree_are_no_state(when):
    """A month and a day in it cannot be put in order."""
    standing = build(says("a", LOPEND), says("a", ONTBONDEN, when)).standing("a")
    assert (standing.stand, standing.anders) == (VERSCHILLEN, ())


def test_equally_new_statements_that_agree_are_one_state():
    """Two sources that say the same leave one state, with both as evidence."""
    standing = build(says("a", LOPEND), says("a", LOPEND)).standing("a")
    assert (standing.stand, len(standing.uitspraken)) == (LOPEND, 2)


def test_a_statement_without_a_date_counts_when_there_is_no_other():
    """Then two that disagree are a difference as well."""
    assert build(says("a", LOPEND, "")).standing("a").stand == LOPEND
    assert build(says("a", LOPEND, ""), says("a", ONTBONDEN, "")).standing("a").stand == VERSCHILLEN


def test_of_what_nobody_speaks_the_state_is_unknown():
    """There are statements about another activity only."""
    standing = build(says("a", LOPEND)).standing("b")
    assert (standing.stand, standing.uitspraken) == (ONBEKEND, ())


def test_statements_under_the_old_name_count_as_well():
    """A newer statement under the old name is about the same activity."""
    renamed = (("a", "b", "", "hernoemd", "", "§1"),)
    assert (
        build(says("b", LOPEND), says("a", ONTBONDEN, "2023-12"), transitions=renamed).standing("a").stand == ONTBONDEN
    )


# What is refused


def test_a_state_without_its_word_is_refused():
    """The block names the row and says that without evidence the state is unknown."""
    assert refusal(says("a", LOPEND, printed="")) == (
        "Fout in tabel activiteiten_standen van kader, rij 2, kolom gedrukt\n"
        '  gevonden: a is "lopend" zonder gedrukt\n'
        "  verwacht: bij elke stand het gedrukte woord, bron en vindplaats\n"
        "  wat nu:   Verbeter de rij in de tabel, of haal haar weg."
    )


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (says("c", LOPEND), 'kolom activiteit\n  gevonden: "c"'),
        (says("a", "bijna klaar"), 'kolom stand\n  gevonden: "bijna klaar"'),
        (says("a", LOPEND, "eind 2023"), 'kolom peildatum\n  gevonden: "eind 2023"\n  verwacht: jaar-maand'),
        (says("a", LOPEND, "2023-13"), 'kolom peildatum\n  gevonden: "2023-13"'),
    ],
)  # fmt: skip
def test_a_statement_that_cannot_be_placed_is_refused(row, message):
    """An unknown activity or state, and a date that cannot be put in order."""
    assert message in refusal(row)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ((lab("a"), lab("a")), 'rij 3, kolom activiteit\n  gevonden: "a" nog een keer'),
        ((lab("a", kind="club"),), 'kolom soort\n  gevonden: "club"'),
        ((lab("a", begin="ooit", how="genoemd"),), 'kolom begin\n  gevonden: "ooit"'),
        ((lab("a", begin="2022-11"),), "kolom begin_toewijzing\n  gevonden: een lege cel"),
        ((lab("a", how="genoemd"),), 'kolom begin_toewijzing\n  gevonden: "genoemd"'),
        ((lab("a", begin="2023-03", how="genoemd", end="eind 2022"),), "kolom einde\n  gevonden: eind 2022"),
    ],
)
def test_an_activity_that_cannot_be_is_refused(rows, message):
    """Twice the same, an unknown kind, a date that is none, a begin without origin, an end before the begin."""
    assert message in refusal(activities=rows)


def test_a_part_of_nothing_is_refused():
    """The activity above a part must be known."""
    assert 'kolom bovenliggend\n  gevonden: "z"' in refusal(activities=((*lab("a")[:4], "z", *lab("a")[5:]),))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ((("a", "z", "", "hernoemd", "", "§1"),), 'kolom naar\n  gevonden: "z"'),
        ((("a", "b", "", "verdwenen", "", "§1"),), 'kolom soort\n  gevonden: "verdwenen"'),
        ((("a", "b", "", "hernoemd", "onlangs", "§1"),), 'kolom datum\n  gevonden: "onlangs"'),
        ((("a", "", "", "hernoemd", "", "§1"),), "kolommen van, naar en anders\n  gevonden: a\n"),
        ((("a", "a", "", "hernoemd", "", "§1"),), "verwacht: twee verschillende activiteiten"),
        ((("a", "b", "iets", "hernoemd", "", "§1"),), "kolommen van, naar en anders\n  gevonden: a, b, iets"),
        ((("", "", "iets", "hernoemd", "", "§1"),), "kolommen van, naar en anders\n  gevonden: iets"),
        ((("a", "b", "", "hernoemd", "", "§1"), ("b", "a", "", "hernoemd", "", "§1")), "rij 3, kolom naar"),
        ((("a", "b", "", "hernoemd", "", "§1"), ("a", "b", "", "hernoemd", "", "§2")), "rij 3, kolom naar"),
    ],
)  # fmt: skip
def test_a_transition_that_leads_nowhere_is_refused(rows, message):
    """Unknown ends, one end, the same end twice, three ends, and names that go round or fork."""
    assert message in refusal(transitions=rows)


def test_an_activity_that_does_not_exist_is_refused_with_those_that_do():
    """A notebook that asks for another name gets the names there are, and no bare StopIteration."""
    with pytest.raises(
        NsocError, match='gevonden: "z"\n  verwacht: een van: a, b\n  wat nu:   Verbeter de naam in het'
    ):
        build().select_activity("z")
