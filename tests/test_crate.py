"""What an archive is told of a package: RO-Crate 1.1, checked by the rules of its specification."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from test_evaluation import evaluation, raw_evaluation

from nsoc_lib.crate import Packed, build_crate

FILES = (
    Packed("LICENSE", b"MIT License\n\nVoorwaarden.", "Voorwaarden"),
    Packed("evaluatierapport.html", b"<!doctype html>", "Het rapport"),
    Packed("notebooks/inleiding.ipynb", b"{}", "Notebook"),
)
WORKS = [
    {"titel": "Eindrapport", "organisatie": "Bureau Een"},
    {"titel": "Tussenrapport", "organisatie": "Bureau Een"},
]


def crate(*, simulated: bool = False, **changes: Any) -> dict[str, dict[str, Any]]:
    """Return the entities of the package of an invented evaluation, by id."""
    told = build_crate(evaluation(raw_evaluation() | changes), "2026-05-01", FILES, simulated=simulated)
    graph = told["@graph"]
    assert len({entity["@id"] for entity in graph}) == len(graph)
    return {entity["@id"]: entity for entity in graph}


def references(value: Any) -> list[str]:
    """Return every id that an entity points at."""
    if isinstance(value, list):
        return [found for item in value for found in references(item)]
    return [value["@id"]] if isinstance(value, dict) else []


def test_the_context_is_that_of_the_specification_and_of_the_one_term_it_lacks() -> None:
    """An archive reads the terms of RO-Crate 1.1, and ``sha256`` as schema.org has it."""
    told = build_crate(evaluation(), "2026-05-01", FILES, simulated=False)
    assert told["@context"] == ["https://w3id.org/ro/crate/1.1/context", {"sha256": "https://schema.org/sha256"}]
    assert set(told) == {"@context", "@graph"}


def test_the_descriptor_says_what_it_describes_and_by_which_specification() -> None:
    """The file itself is an entity that conforms to version 1.1 and is about the root."""
    assert crate()["ro-crate-metadata.json"] == {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }


def test_the_root_has_what_the_specification_requires() -> None:
    """Name, description, date of publication and licence; and every file is a part of it."""
    root = crate()["./"]
    assert (root["@type"], root["name"], root["datePublished"]) == ("Dataset", "Evaluatie", "2026-05-01")
    assert root["description"] == "Proef. Alles is verzonnen."
    assert root["license"] == {"@id": "LICENSE"}
    assert [part["@id"] for part in root["hasPart"]] == [file.pad for file in FILES]
    assert (root["creativeWorkStatus"], root["version"]) == ("concept", "0.1")


def test_the_description_says_that_answers_are_imitated_only_when_they_are() -> None:
    """What the title page says of imitated answers, the archive says too."""
    words = {"bij_nagebootst": ["Niemand zei dit."]}
    assert crate(simulated=True, **words)["./"]["description"] == "Proef. Niemand zei dit. Alles is verzonnen."
    assert crate(simulated=False, **words)["./"]["description"] == "Proef. Alles is verzonnen."


def test_each_file_is_an_entity_with_kind_size_and_checksum() -> None:
    """The size is a text in bytes and the checksum that of the content."""
    assert crate()["evaluatierapport.html"] == {
        "@id": "evaluatierapport.html",
        "@type": "File",
        "name": "evaluatierapport.html",
        "description": "Het rapport",
        "encodingFormat": "text/html",
        "contentSize": "15",
        "sha256": hashlib.sha256(b"<!doctype html>").hexdigest(),
    }
    assert crate()["LICENSE"]["name"] == "MIT License"


def test_organisations_are_entities_of_their_own_and_nothing_points_nowhere() -> None:
    """Who made the report, and who made the works it rests on, each once; every reference has its entity."""
    entities = crate(bronwerken=WORKS)
    organisations = [entity["name"] for entity in entities.values() if entity["@type"] == "Organization"]
    assert organisations == ["Wij", "Bureau Een"]
    assert entities["./"]["isBasedOn"] == [{"@id": "#bron-eindrapport"}, {"@id": "#bron-tussenrapport"}]
    assert entities["#bron-tussenrapport"]["author"] == {"@id": "#organisatie-bureau-een"}
    pointed = {found for entity in entities.values() for value in entity.values() for found in references(value)}
    assert pointed - set(entities) == {"https://w3id.org/ro/crate/1.1"}


def test_the_metadata_is_plain_json() -> None:
    """Everything in it can be written as JSON and read back."""
    told = build_crate(evaluation(), "2026-05-01", FILES, simulated=False)
    assert json.loads(json.dumps(told)) == told
