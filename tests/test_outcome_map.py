"""The Outcome Map: counts by hand from the source, and every row that cannot be part of it."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from conftest import ROOT
from transcribed import invent, load_real

from nsoc_lib.activity_sources import build_counts
from nsoc_lib.errors import NsocError
from nsoc_lib.outcome_map import (
    AFGELEID,
    GENOEMD,
    Link,
    OutcomeMap,
    build_outcome_map,
    count_kinds,
    count_layers,
    count_links,
    tabulate_activities,
    tabulate_outcome_map,
)
from nsoc_lib.source_rows import SourceTable

COLUMNS = ("knoop", "laag", "label", "soort", "ouders", "toewijzing", "toelichting", "vindplaats")
# knoop, laag, soort, ouders, toewijzing: rows 2 to 6 of an invented table
TINY = [
    ["zorg", "probleemstelling", None, None, None],
    ["rust", "hoger-doel", None, "zorg", "genoemd"],
    ["geld", "werkdoel", None, "rust", "genoemd"],
    ["kijken", "stap", None, "geld", "afgeleid"],
    ["proef", "activiteit", "MIT-lab", "geld kijken", "genoemd afgeleid"],
]


def build(*rows: list[str | None]) -> OutcomeMap:
    cells = [
        (name, laag, str(name).capitalize(), soort, ouders, toewijzing, None, "§2.2")
        for name, laag, soort, ouders, toewijzing in rows
    ]
    return build_outcome_map(invent("outcome_map", COLUMNS, *cells))


def tiny(row: int, **changes: str | None) -> OutcomeMap:
    """Build the invented map with some cells of one row (counted as in the file) changed."""
    names = ("knoop", "laag", "soort", "ouders", "toewijzing")
    rows = [list(cells) for cells in TINY]
    for name, value in changes.items():
        rows[row - 2][names.index(name)] = value
    return build(*rows)


@pytest.fixture(scope="module")
def source() -> SourceTable:
    return load_real("kader", "outcome_map")


@pytest.fixture(scope="module")
def kaart(source: SourceTable) -> OutcomeMap:
    return build_outcome_map(source)


def test_the_layers_are_those_of_the_source(kaart: OutcomeMap) -> None:
    """One problem, one goal, four focus areas, three steps, two kinds, eleven activities, one process, seven conditions."""
    assert [len(kaart.select_layer(laag)) for laag in kaart.lagen] == [1, 1, 4, 3, 2, 11, 1, 7]
    assert len(kaart.knopen) == 30


def test_each_focus_area_has_its_own_activities(kaart: OutcomeMap) -> None:
    """Three, three, three and two, in the order of the source."""
    found = [[node.id for node in kaart.select_activities(goal)] for goal in kaart.select_layer("werkdoel")]
    assert found == [
        ["tbml-goud", "cat", "caterpillar"],
        ["geen-id", "cash-cows", "trustkantoren"],
        ["exit", "switch-off", "logistiek"],
        ["heet-ijzer", "corruptie"],
    ]


def test_commitment_comes_before_the_six_other_conditions(kaart: OutcomeMap) -> None:
    """Commitment is named apart, the others in a list."""
    assert [node.id for node in kaart.select_layer("randvoorwaarde")] == [
        "commitment", "capaciteit", "middelen", "beheerorganisatie", "juridisch-kader", "governance", "mandaat",
    ]  # fmt: skip


def test_counts_are_results(kaart: OutcomeMap) -> None:
    """Each layer has a result with a stable name, counted from the rows."""
    counts = count_layers(kaart)
    assert counts["werkdoel"].id == "kader.outcome-map.werkdoel"
    assert (counts["activiteit"].value, counts["randvoorwaarde"].value) == (11, 7)
    assert (counts["lagen"].value, counts["knopen"].value) == (8, 30)
    assert {result.provenance for result in counts.values()} == {"herleid"}


def test_links_are_counted_by_who_draws_them(kaart: OutcomeMap) -> None:
    """The source draws 23: goal to problem, 4 focus areas, 11 activities under them, 7 labs by name.

    We draw 106: 12 from steps, 6 from kinds, 2 to the approach of a phenomenon, 2 from the process, 84 from conditions.
    """
    assert {name: result.value for name, result in count_links(kaart).items()} == {
        "totaal": 1 + 4 + 11 + 7 + 12 + 6 + 2 + 2 + 84, GENOEMD: 1 + 4 + 11 + 7, AFGELEID: 12 + 6 + 2 + 2 + 84,
    }  # fmt: skip


def test_no_link_between_two_groups_passes_as_printed(kaart: OutcomeMap) -> None:
    """The source joins steps, kinds, process and conditions as groups; which serves which is ours."""
    for laag in ("stap", "werkwijze", "werkproces", "randvoorwaarde"):
        assert {link.toewijzing for node in kaart.select_layer(laag) for link in node.ouders} == {AFGELEID}


def test_kinds_are_what_the_names_say(kaart: OutcomeMap) -> None:
    """Three MIT-labs, three NSOC-labs, one NSOC-lab 2.0, one fenomeenbeeld; three names say nothing, and come last."""
    assert [(kind, result.value) for kind, result in count_kinds(kaart).items()] == [
        ("MIT-lab", 3), ("NSOC-lab 2.0", 1), ("NSOC-lab", 3), ("fenomeenbeeld", 1), ("niet genoemd", 3),
    ]  # fmt: skip
    assert len({result.id for result in count_kinds(kaart).values()}) == 5


def test_every_lab_and_no_other_activity_belongs_to_the_labs(kaart: OutcomeMap) -> None:
    """What is called a lab hangs under the labs."""
    labs = {link.knoop for link in kaart.select_servants(kaart.select_node("labs"))}
    assert labs == {node.id for node in kaart.select_layer("activiteit") if "lab" in node.soort}


def test_the_source_contradicts_itself_on_mit_labs(kaart: OutcomeMap) -> None:
    """The text says two, the list has three; the printed number has one owner, and the other is counted."""
    said = build_counts(load_real("kader", "activiteiten_tellingen"))["mit-labs"]
    assert (said.value, said.provenance) == (2, "gepubliceerd")
    assert said.id == "kader.activiteiten.tellingen.mit-labs.gepubliceerd"
    assert count_kinds(kaart)["MIT-lab"].value == 3


def test_the_map_agrees_with_the_facts_on_focus_areas(kaart: OutcomeMap) -> None:
    """The number of focus areas that another chapter shows is that of the map."""
    facts = pd.read_csv(ROOT / "data/raw/kader/feiten.csv").set_index("feit")
    assert facts.loc["focusgebieden", "waarde"] == count_layers(kaart)["werkdoel"].value


def test_the_activities_are_tabulated_with_their_sums(kaart: OutcomeMap) -> None:
    """Rows are kinds, columns focus areas; the last row is three, three, three, two and eleven."""
    lines = tabulate_activities(kaart).show().text.splitlines()
    assert lines[2] == "MIT-lab | 1 | 2 | 0 | 0 | 3"
    assert lines[-1] == "Samen | 3 | 3 | 3 | 2 | 11"
    ids = [result.id for result in tabulate_activities(kaart).results]
    assert len(ids) == len(set(ids)) == 30


def test_the_twin_has_a_row_for_every_node(kaart: OutcomeMap) -> None:
    """Name, layer, kind, what it serves by the source and by us, and the place."""
    lines = tabulate_outcome_map(kaart).show().text.splitlines()[2:]
    assert [line.split(" | ")[0] for line in lines] == [node.label for node in kaart.knopen]
    exit_lab = next(line for line in lines if line.startswith("Exit"))
    assert exit_lab == (
        "Exit | activiteit | NSOC-lab | Logistieke dienstverleners; MIT-labs en NSOC-labs | – | "
        "Regioplan §2.2, activiteiten, logistieke dienstverleners, punt 1"
    )


def test_without_its_row_an_activity_is_in_no_table(source: SourceTable) -> None:
    """One row less and who served it no longer named: ten activities, two under its focus area."""
    frame = source.rijen[source.rijen["knoop"] != "cat"].copy()
    frame["ouders"] = frame["ouders"].str.replace(" cat ", " ")
    less = build_outcome_map(replace(source, rijen=frame))
    assert tabulate_activities(less).show().text.splitlines()[-1] == "Samen | 2 | 3 | 3 | 2 | 10"
    assert "Cryptoanalyse" not in tabulate_outcome_map(less).show().text
    assert count_links(less)["totaal"].value == 129 - 1 - 7


def test_a_row_that_others_serve_cannot_just_go(source: SourceTable) -> None:
    """The conditions name the activity; the message says which row does."""
    with pytest.raises(NsocError, match=r'rij \d+, kolom ouders\n  gevonden: "cat"'):
        build_outcome_map(replace(source, rijen=source.rijen[source.rijen["knoop"] != "cat"]))


def test_the_invented_map_is_sound() -> None:
    """Nothing is wrong with it before a test changes a cell; origins belong to parents in order."""
    kaart = build(*TINY)
    assert kaart.select_node("proef").ouders == (Link("geld", GENOEMD), Link("kijken", AFGELEID))
    assert kaart.select_servants(kaart.select_node("geld")) == (Link("kijken", AFGELEID), Link("proef", GENOEMD))


def test_one_origin_may_hold_for_all_parents() -> None:
    """A single word counts for every parent of the row."""
    assert {link.toewijzing for link in tiny(6, toewijzing="afgeleid").select_node("proef").ouders} == {AFGELEID}


@pytest.mark.parametrize(
    ("row", "changes", "message"),
    [
        (6, {"knoop": "geld"}, 'rij 6, kolom knoop\n  gevonden: "geld" nog een keer'),
        (
            5,
            {"laag": "effect"},
            'rij 5, kolom laag\n  gevonden: "effect"\n  verwacht: een van: probleemstelling, hoger',
        ),
        (6, {"ouders": "geld drank"}, 'rij 6, kolom ouders\n  gevonden: "drank"\n  verwacht: een van: zorg, rust'),
        (
            4,
            {"ouders": "kijken"},
            'rij 4, kolom ouders\n  gevonden: "kijken" in de laag stap\n  verwacht: knopen boven',
        ),
        (4, {"ouders": "geld"}, '"geld" in de laag werkdoel\n  verwacht: knopen boven de laag werkdoel: probleemst'),
        (2, {"ouders": "rust", "toewijzing": "genoemd"}, "knopen boven de laag probleemstelling: niets"),
        (5, {"ouders": "geld geld"}, 'rij 5, kolom ouders\n  gevonden: "geld geld"\n  verwacht: elke ouder een keer'),
        (3, {"ouders": None}, "rij 3, kolom ouders\n  gevonden: een lege cel\n  verwacht: ten minste een knoop"),
        (6, {"ouders": "kijken", "toewijzing": "afgeleid"}, "rij 6, kolom ouders\n  gevonden: geen werkdoel"),
        (6, {"toewijzing": "genoemd genoemd genoemd"}, "rij 6, kolom toewijzing\n  gevonden: .* bij 2 ouders"),
        (6, {"toewijzing": None}, 'rij 6, kolom toewijzing\n  gevonden: "" bij 2 ouders'),
        (6, {"toewijzing": "geraden"}, "verwacht: genoemd of afgeleid: een woord voor alle ouders"),
        (2, {"toewijzing": "geraden"}, 'rij 2, kolom toewijzing\n  gevonden: "geraden" bij 0 ouders'),
    ],
)
def test_a_wrong_cell_is_refused_with_its_place(row: int, changes: dict[str, str | None], message: str) -> None:
    """A double node, unknown layer or parent, a parent that is not higher, and an origin that does not fit."""
    with pytest.raises(NsocError, match=message):
        tiny(row, **changes)


def test_an_activity_under_two_focus_areas_is_refused() -> None:
    """The source lists each activity once."""
    second = ["wapens", "werkdoel", None, "rust", "genoemd"]
    with pytest.raises(NsocError, match="gevonden: geld, wapens\n  verwacht: precies een werkdoel"):
        build(*TINY[:3], second, ["proef", "activiteit", "MIT-lab", "geld wapens", "genoemd"])


def test_a_path_never_leads_back(kaart: OutcomeMap) -> None:
    """Going up from any node ends at the problem within as many steps as there are layers."""
    for node in kaart.knopen:
        reached = {node.id}
        for _ in kaart.lagen:
            reached = {link.knoop for name in reached for link in kaart.select_node(name).ouders} or reached
        assert reached <= {"probleem"}


def test_an_unknown_node_is_refused(kaart: OutcomeMap) -> None:
    """The name that was asked for is told."""
    with pytest.raises(NsocError) as raised:
        kaart.select_node("zoek")
    assert raised.value.where == "tabel outcome_map, kolom knoop"
    assert "zoek" in raised.value.found
