"""What is in a package of the report, in the terms that archives read: RO-Crate 1.1.

An archive that knows nothing of evaluations finds here who made it, when, under which licence,
what it rests on, and per file what it is, how large, and its checksum.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from nsoc_lib.evaluation import Evaluation

METADATA = "ro-crate-metadata.json"
VERSION = "https://w3id.org/ro/crate/1.1"
# The context of RO-Crate 1.1 does not have this term of schema.org yet.
OWN_TERMS = {"sha256": "https://schema.org/sha256"}
LICENCE = "LICENSE"
FORMATS = {
    ".html": "text/html", ".pdf": "application/pdf", ".csv": "text/csv", ".json": "application/json",
    ".yml": "application/yaml", ".svg": "image/svg+xml", ".png": "image/png", ".ipynb": "application/x-ipynb+json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".lock": "text/plain", "": "text/plain",
}  # fmt: skip
AUTHORS = "#opstellers"


@dataclass(frozen=True)
class Packed:
    """One file of the package: its place in it, its content and, in Dutch, what it is."""

    pad: str
    inhoud: bytes
    omschrijving: str

    @property
    def formaat(self) -> str:
        return FORMATS[PurePosixPath(self.pad).suffix]


def build_crate(evaluation: Evaluation, published: str, files: Sequence[Packed], *, simulated: bool) -> dict[str, Any]:
    """Return the metadata of a package with these files, as JSON-LD. ``published`` is an ISO date.

    The licence is the file of that name, which must be among the files.
    """
    works = [entity for work in evaluation.bronwerken for entity in _work(work.titel, work.organisatie)]
    unique = {entity["@id"]: entity for entity in works}  # one organisation may have made more than one
    graph = [
        {"@id": METADATA, "@type": "CreativeWork", "conformsTo": {"@id": VERSION}, "about": {"@id": "./"}},
        _root(evaluation, published, files, simulated=simulated),
        {"@id": AUTHORS, "@type": "Organization", "name": evaluation.opstellers},
        *unique.values(),
        *map(_file, files),
    ]
    return {"@context": [f"{VERSION}/context", OWN_TERMS], "@graph": graph}


def _root(evaluation: Evaluation, published: str, files: Sequence[Packed], *, simulated: bool) -> dict[str, Any]:
    said = (*(evaluation.bij_nagebootst if simulated else ()), *evaluation.verantwoording)
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": evaluation.titel,
        "description": " ".join([f"{evaluation.ondertitel}.", *said]),
        "datePublished": published,
        "version": evaluation.versie,
        "creativeWorkStatus": evaluation.status,
        "inLanguage": "nl",
        "license": {"@id": LICENCE},
        "author": {"@id": AUTHORS},
        "publisher": {"@id": AUTHORS},
        "hasPart": [{"@id": file.pad} for file in files],
    }
    works = [{"@id": _anchor("bron", work.titel)} for work in evaluation.bronwerken]
    return root | ({"isBasedOn": works} if works else {})


def _work(title: str, organisation: str) -> list[dict[str, Any]]:
    maker = _anchor("organisatie", organisation)
    return [
        {"@id": _anchor("bron", title), "@type": "CreativeWork", "name": title, "author": {"@id": maker}},
        {"@id": maker, "@type": "Organization", "name": organisation},
    ]


def _file(file: Packed) -> dict[str, Any]:
    entity = {
        "@id": file.pad,
        "@type": "File",
        "name": PurePosixPath(file.pad).name,
        "description": file.omschrijving,
        "encodingFormat": file.formaat,
        "contentSize": str(len(file.inhoud)),
        "sha256": hashlib.sha256(file.inhoud).hexdigest(),
    }
    if file.pad == LICENCE:
        entity["name"] = file.inhoud.decode("utf-8").split("\n", 1)[0].strip()
    return entity


def _anchor(kind: str, name: str) -> str:
    return f"#{kind}-{re.sub(r'[^a-z0-9]+', '-', name.lower()).strip('-')}"
