"""The Outcome Map drawn as bands of boxes: HTML that reads, prints and works by keyboard.

No bitmap and no style of its own: ``rapport.css`` has the block that goes with it. A box opens
to show what it serves and what serves it, with links; its relations light up while it has focus.
"""

from __future__ import annotations

import html
from collections.abc import Sequence

from nsoc_lib.outcome_map import (
    ACTIVITEIT,
    NIET_GENOEMD,
    WERKDOEL,
    Link,
    Node,
    OutcomeMap,
    count_layers,
    count_links,
    name_layer,
    show_name,
    tabulate_outcome_map,
)
from nsoc_lib.prose import Shown, as_token, fill, indicate, join_nl
from nsoc_lib.result import Result
from nsoc_lib.source_rows import AFGELEID, GENOEMD

SERVES, SERVED = "Bedoeld voor", "Hiervoor bedoeld"
# What a link is called from below and from above, where it is not what something is meant for.
RELATIONS = {
    ("hoger-doel", "probleemstelling"): ("Antwoord op", "Antwoord hierop"),
    (ACTIVITEIT, "werkwijze"): ("Hoort bij", "Hierbij horen"),
    ("randvoorwaarde", ACTIVITEIT): ("Nodig voor", "Hiervoor nodig"),
    ("randvoorwaarde", "werkproces"): ("Nodig voor", "Hiervoor nodig"),
}
ORIGINS = {GENOEMD: "", AFGELEID: ", volgens ons"}


def draw_outcome_map(outcome_map: OutcomeMap) -> Shown:
    """Return the map as a numbered figure, with a sentence that says what it shows and a table twin."""
    key = f"figuur-{outcome_map.meting}-outcome-map"
    caption = "Outcome Map van het Actieplan: wat waarvoor bedoeld is."
    alt_html, alt_text, results = describe_outcome_map(outcome_map)
    bands = "".join(_band(outcome_map, laag, key) for laag in outcome_map.lagen)
    twin = tabulate_outcome_map(outcome_map)
    markup = (
        f'<figure class="figuur" id="{key}">'
        f'<div class="kaart" role="group" aria-labelledby="{key}-alt">{bands}</div>'
        f'<figcaption id="{key}-titel"><span class="aanduiding nummer"></span> {caption}</figcaption>'
        f'<p class="alt" id="{key}-alt">{alt_html}</p>'
        f'<details><summary id="{key}-tabel">Dezelfde gegevens als tabel</summary>'
        f"{twin.boxed(f'{key}-titel {key}-tabel')}{twin.notes}</details></figure>"
    )
    return Shown(markup, f"{caption}\n{alt_text}\n{twin.show().text}", (*results, *twin.results))


def describe_outcome_map(outcome_map: OutcomeMap) -> tuple[str, str, tuple[Result, ...]]:
    """Say in two sentences what the map shows, for who cannot see it: HTML, plain text and results."""
    layers, links = count_layers(outcome_map), count_links(outcome_map)
    parts = [f"{{n{place}}} {name_layer(laag, layers[laag].value)}" for place, laag in enumerate(outcome_map.lagen)]
    values = {f"n{place}": layers[laag] for place, laag in enumerate(outcome_map.lagen)}
    return fill(
        f"Kaart in {{lagen}} lagen, van boven naar beneden: {join_nl(parts)}. Wat lager ligt, dient iets wat hoger ligt; van de "
        "{totaal} verbanden noemt de bron er {genoemd}, de andere zijn van ons.",
        {"lagen": layers["lagen"]} | links | values,
    )


def _band(outcome_map: OutcomeMap, laag: str, key: str) -> str:
    """Return one layer: what it is for, its name, and its boxes; activities in a column per werkdoel."""
    nodes, label = outcome_map.select_layer(laag), f"{key}-laag-{laag}"
    name = name_layer(laag, len(nodes)).capitalize()
    goals = outcome_map.select_layer(WERKDOEL) if laag == ACTIVITEIT else ()
    columns = "".join(_column(outcome_map, goal, key) for goal in goals)
    content = f'<div class="kolommen">{columns}</div>' if goals else _boxes(outcome_map, nodes, key, label)
    return (
        f"{_arrow(outcome_map, nodes)}"
        f'<section class="laag" role="group" aria-labelledby="{label}">'
        f'<p class="laagnaam" id="{label}">{name}</p>{content}</section>'
    )


def _arrow(outcome_map: OutcomeMap, nodes: Sequence[Node]) -> str:
    """Return what ties this band to those above it, in words; the arrow itself is for the eye."""
    ties: dict[str, list[str]] = {}
    for node in nodes:
        for link in node.ouders:
            parent = outcome_map.select_node(link.knoop)
            above = name_layer(parent.laag, len(outcome_map.select_layer(parent.laag)))
            ties.setdefault(_relation(node, parent)[0], []).append(above)
    said = "; ".join(f"{word.lower()} {' en '.join(dict.fromkeys(layers))}" for word, layers in ties.items())
    return f'<p class="pijl"><span aria-hidden="true">▲</span> {said}</p>' if said else ""


def _column(outcome_map: OutcomeMap, goal: Node, key: str) -> str:
    label = f"{key}-kolom-{goal.id}"
    boxes = _boxes(outcome_map, outcome_map.select_activities(goal), key, label)
    return f'<div class="kolom"><p class="kolomkop" id="{label}">{_name(goal.label)}</p>{boxes}</div>'


def _boxes(outcome_map: OutcomeMap, nodes: Sequence[Node], key: str, label: str) -> str:
    boxes = "".join(_box(outcome_map, node, key) for node in nodes)
    return f'<ol class="knopen" role="list" aria-labelledby="{label}">{boxes}</ol>'


def _box(outcome_map: OutcomeMap, node: Node, key: str) -> str:
    """Return one node. ``k01`` and ``data-bij`` let the style sheet find what belongs together."""
    related = [link.knoop for link in (*node.ouders, *outcome_map.select_servants(node))]
    near = " ".join(_place(outcome_map, name) for name in related)
    kind = f" {_kind(node.soort)}" if node.soort else ""
    return (
        f'<li class="knoop {_place(outcome_map, node.id)}" id="{_anchor(key, node.id)}" tabindex="-1" data-bij="{near}">'
        f"<details><summary>{_name(node.label)}{kind}</summary>"
        f"<p>{_name(node.toelichting)}</p>{_relations(outcome_map, node, key)}"
        f'<p class="bron">{indicate(node.vindplaats).html}</p></details></li>'
    )


def _place(outcome_map: OutcomeMap, name: str) -> str:
    return f"k{outcome_map.knopen.index(outcome_map.select_node(name)) + 1:02d}"


def _anchor(key: str, name: str) -> str:
    return f"{key}-knoop-{html.escape(name)}"


def _kind(kind: str) -> str:
    return "" if kind == NIET_GENOEMD else f'<span class="aanduiding soort">{html.escape(kind)}</span>'


def _name(text: str) -> str:
    return as_token(show_name(text))


def _relation(child: Node, parent: Node) -> tuple[str, str]:
    return RELATIONS.get((child.laag, parent.laag), (SERVES, SERVED))


def _relations(outcome_map: OutcomeMap, node: Node, key: str) -> str:
    """Return the links to what a node serves and to what serves it, by what the link is called."""
    lines: dict[str, list[str]] = {}

    def add(link: Link, *, up: bool) -> None:
        other = outcome_map.select_node(link.knoop)
        word = _relation(node, other)[0] if up else _relation(other, node)[1]
        anchor = f'<a href="#{_anchor(key, other.id)}">{_name(other.label)}</a>'
        lines.setdefault(f"{word}{ORIGINS[link.toewijzing]}", []).append(anchor)

    for link in node.ouders:
        add(link, up=True)
    for link in outcome_map.select_servants(node):
        add(link, up=False)
    return "".join(
        f'<p class="verband"><span class="verbandsoort">{word}:</span> {"; ".join(anchors)}</p>'
        for word, anchors in lines.items()
    )
