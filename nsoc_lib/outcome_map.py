"""The Outcome Map: how the Actieplan was meant to work, as nodes in layers that serve what lies higher.

It holds an intention, no finding. A link is ``genoemd`` when the source draws it and ``afgeleid``
when it only joins two groups, or says nothing, and we draw the line (Regioplan §2.2).
"""

from __future__ import annotations

from dataclasses import dataclass

from nsoc_lib.errors import enumerate_nl, select_named
from nsoc_lib.prose import Filling, indicate
from nsoc_lib.result import Result
from nsoc_lib.shares import slug
from nsoc_lib.source_rows import AFGELEID, GENOEMD, TOEWIJZINGEN, SourceRow, SourceTable, read_rows
from nsoc_lib.tables import NOTHING, Row, Table

NIET_GENOEMD = "niet genoemd"  # the soort of an activity whose name says none
WERKDOEL, ACTIVITEIT = "werkdoel", "activiteit"
# From the top down, in the order of the source; each with its plural.
LAGEN = {
    "probleemstelling": "probleemstellingen",
    "hoger-doel": "hogere doelen",
    WERKDOEL: "werkdoelen",
    "stap": "stappen",
    "werkwijze": "werkwijzen",
    ACTIVITEIT: "activiteiten",
    "werkproces": "werkprocessen",
    "randvoorwaarde": "randvoorwaarden",
}
ORDER = tuple(LAGEN)


@dataclass(frozen=True)
class Link:
    """A line from one node to another, and whether the source draws it."""

    knoop: str
    toewijzing: str


@dataclass(frozen=True)
class Node:
    """One part of the map. ``soort`` is what the name of an activity says it is, empty elsewhere.

    ``ouders`` are the nodes it serves, each in a higher layer.
    """

    id: str
    laag: str
    label: str
    soort: str
    ouders: tuple[Link, ...]
    toelichting: str
    vindplaats: str


@dataclass(frozen=True)
class OutcomeMap:
    """All nodes, in the order of the table."""

    meting: str
    knopen: tuple[Node, ...]
    dataset: str

    @property
    def lagen(self) -> tuple[str, ...]:
        """The layers that hold a node, from the top down."""
        filled = {node.laag for node in self.knopen}
        return tuple(laag for laag in ORDER if laag in filled)

    def select_layer(self, laag: str) -> tuple[Node, ...]:
        return tuple(node for node in self.knopen if node.laag == laag)

    def select_node(self, name: str) -> Node:
        """Return the node with this id. Raises NsocError when there is none."""
        return select_named("tabel outcome_map, kolom knoop", self.knopen, name)

    def select_servants(self, node: Node) -> tuple[Link, ...]:
        """Return the nodes that serve this one, in the order of the table."""
        return tuple(Link(n.id, link.toewijzing) for n in self.knopen for link in n.ouders if link.knoop == node.id)

    def select_activities(self, werkdoel: Node) -> tuple[Node, ...]:
        """Return the activities listed under one werkdoel."""
        under = {link.knoop for link in self.select_servants(werkdoel)}
        return tuple(node for node in self.select_layer(ACTIVITEIT) if node.id in under)


def build_outcome_map(table: SourceTable) -> OutcomeMap:
    """Check the table and return the map, or raise one NsocError with row and column.

    A node serves nodes of higher layers only, so that no path leads back to where it began.
    """
    rows = read_rows(table)
    layers: dict[str, str] = {}
    for row in rows:
        layers[row.once("knoop", layers, "elke knoop een keer")] = row.choice("laag", ORDER)
    return OutcomeMap(table.meting, tuple(_build_node(row, layers) for row in rows), table.dataset)


def _build_node(row: SourceRow, layers: dict[str, str]) -> Node:
    parents = list(row.choices("ouders", layers))
    _check_parents(row, parents, layers)
    origins = row.text("toewijzing").split()
    if len(origins) == 1 and parents:
        origins *= len(parents)
    if len(origins) != len(parents) or not set(origins) <= set(TOEWIJZINGEN):
        raise row.refuse(
            "toewijzing",
            f"{GENOEMD} of {AFGELEID}: een woord voor alle ouders, of per ouder een",
            "Zeg van elk verband of de bron het noemt.",
            found=f'"{row.text("toewijzing")}" bij {len(parents)} ouders',
        )
    links = tuple(Link(*pair) for pair in zip(parents, origins, strict=True))
    knoop, laag, label, soort, toelichting, vindplaats = row.texts(
        "knoop", "laag", "label", "soort", "toelichting", "vindplaats"
    )
    return Node(knoop, laag, label, soort, links, toelichting, vindplaats)


def _check_parents(row: SourceRow, parents: list[str], layers: dict[str, str]) -> None:
    laag = row.text("laag")
    for parent in parents:
        if ORDER.index(layers[parent]) >= ORDER.index(laag):
            higher = enumerate_nl(list(ORDER[: ORDER.index(laag)])) or "niets"
            raise row.refuse(
                "ouders",
                f"knopen boven de laag {laag}: {higher}",
                "Verbeter de ouder, of de laag van een van beide.",
                found=f'"{parent}" in de laag {layers[parent]}',
            )
    if len(set(parents)) < len(parents):
        raise row.refuse("ouders", "elke ouder een keer", "Haal de dubbele ouder weg.")
    if not parents and laag != ORDER[0]:
        remedy = f"Alleen een {ORDER[0]} heeft geen ouder."
        raise row.refuse("ouders", "ten minste een knoop die deze dient", remedy)
    goals = [parent for parent in parents if layers[parent] == WERKDOEL]
    if laag == ACTIVITEIT and len(goals) != 1:
        found = enumerate_nl(goals) or f"geen {WERKDOEL}"
        remedy = "De bron noemt elke activiteit onder een focusgebied."
        raise row.refuse("ouders", f"precies een {WERKDOEL}", remedy, found=found)


def name_layer(laag: str, count: float = 1) -> str:
    """Return the name of a layer as a sentence has it, in the plural for more or fewer than one.

    >>> name_layer("hoger-doel"), name_layer("stap", 3)
    ('hoger doel', 'stappen')
    """
    return laag.replace("-", " ") if count == 1 else LAGEN[laag]


def show_name(text: str) -> Filling:
    """Return a name for the report: with a digit in it, it says that it counts nothing."""
    return indicate(text) if any(letter.isdigit() for letter in text) else text


def count_layers(outcome_map: OutcomeMap) -> dict[str, Result]:
    """Count the nodes of each layer; ``lagen`` and ``knopen`` count the layers and all nodes."""
    sizes = {laag: len(outcome_map.select_layer(laag)) for laag in ORDER}
    counts = sizes | {"lagen": len(outcome_map.lagen), "knopen": len(outcome_map.knopen)}
    return {
        name: _result(outcome_map, name, f"Outcome Map: {LAGEN.get(name, name)}", value)
        for name, value in counts.items()
    }


def count_links(outcome_map: OutcomeMap) -> dict[str, Result]:
    """Count the links: all, those the source draws, and those we draw."""
    given = [link.toewijzing for node in outcome_map.knopen for link in node.ouders]
    counts = {"totaal": len(given), GENOEMD: given.count(GENOEMD), AFGELEID: given.count(AFGELEID)}
    return {
        name: _result(outcome_map, f"verbanden.{name}", f"Verbanden in de Outcome Map: {name}", value, "verbanden")
        for name, value in counts.items()
    }


def count_kinds(outcome_map: OutcomeMap) -> dict[str, Result]:
    """Count the activities per kind that their name says, in the order of the table; without a kind comes last."""
    kinds = [node.soort for node in outcome_map.select_layer(ACTIVITEIT)]
    return {
        kind: _result(outcome_map, f"soort.{slug(kind)}", f"Activiteiten: {kind}", kinds.count(kind), "activiteiten")
        for kind in sorted(dict.fromkeys(kinds), key=NIET_GENOEMD.__eq__)
    }


def tabulate_activities(outcome_map: OutcomeMap) -> Table:
    """Return per kind that a name says how many activities each werkdoel has, with the sums."""
    goals, kinds = outcome_map.select_layer(WERKDOEL), count_kinds(outcome_map)
    rows: list[Row] = []
    for kind, total in kinds.items():
        cells = [_count_activities(outcome_map, goal, kind) for goal in goals]
        rows.append((show_name(kind), *cells, total))
    sums = [_count_activities(outcome_map, goal) for goal in goals]
    return Table(
        key=f"tabel-{outcome_map.meting}-outcome-map-activiteiten",
        bijschrift="Activiteiten per focusgebied, naar de soort die hun naam noemt.",
        koppen=("In de naam", *(goal.label for goal in goals), "Samen"),
        rijen=(*rows, ("Samen", *sums, count_layers(outcome_map)[ACTIVITEIT])),
    )


def _count_activities(outcome_map: OutcomeMap, goal: Node, kind: str = "") -> Result:
    """Count the activities under one werkdoel, of one kind when it is given."""
    found = [node for node in outcome_map.select_activities(goal) if kind in {"", node.soort}]
    name = f"{ACTIVITEIT}.{goal.id}" + (f".{slug(kind)}" if kind else "")
    return _result(outcome_map, name, f"Activiteiten, {goal.label}: {kind or 'samen'}", len(found), "activiteiten")


def tabulate_outcome_map(outcome_map: OutcomeMap) -> Table:
    """Return every node with its layer and all it serves, by whether the source draws the link."""
    rows: list[Row] = [
        (
            show_name(node.label),
            name_layer(node.laag),
            show_name(node.soort or NOTHING),
            _served(outcome_map, node, GENOEMD),
            _served(outcome_map, node, AFGELEID),
            indicate(node.vindplaats),
        )
        for node in outcome_map.knopen
    ]
    return Table(
        key=f"tabel-{outcome_map.meting}-outcome-map",
        bijschrift="Onderdelen van de Outcome Map en wat zij dienen.",
        koppen=("Onderdeel", "Laag", "In de naam", "Dient volgens de bron", "Dient volgens ons", "Vindplaats"),
        rijen=tuple(rows),
        noten=("Veel namen zijn van ons; de vindplaats wijst de tekst van de bron aan.",),
    )


def _served(outcome_map: OutcomeMap, node: Node, toewijzing: str) -> Filling:
    served = [outcome_map.select_node(link.knoop).label for link in node.ouders if link.toewijzing == toewijzing]
    return show_name("; ".join(served)) if served else NOTHING


def _result(outcome_map: OutcomeMap, name: str, label: str, value: int, unit: str = "onderdelen") -> Result:
    identifier = f"{outcome_map.meting}.outcome-map.{name}"
    return Result(identifier, label, value, unit, "herleid", outcome_map.dataset)
