"""Read the suite of expectations about a table, as people write it.

A suite is JSON in ``expectations/``: a list of expectations with type, kwargs, severity and,
in ``meta``, a Dutch reason. It holds no ids and no versions, so a diff shows what changed.
"""

from __future__ import annotations

import json
from typing import Any

from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.expectation import ERNSTEN
from nsoc_lib.paths import Study
from nsoc_lib.sources.study import load_text


def load_suite(study: Study, table: str) -> list[dict[str, Any]]:
    """Read the suite of one table. Raises NsocError for broken JSON, an unknown key or a missing reason."""
    path = study.suite_file(table)
    where = study.show(path)
    try:
        suite = json.loads(load_text(path, where))
    except json.JSONDecodeError as error:
        raise NsocError(
            f"{where}, regel {error.lineno}",
            found=f"tekst die geen geldige JSON is ({error.msg})",
            expected="een suite met name en expectations",
            remedy="Kijk naar komma's en aanhalingstekens op deze regel en de regel erboven.",
        ) from error
    except RecursionError as error:
        raise NsocError(
            where,
            found="lijsten of blokken die te diep in elkaar zitten",
            expected="een suite met name en expectations",
            remedy="Zet het bestand terug zoals het was, of begin met de suite van een andere tabel.",
        ) from error
    known = isinstance(suite, dict) and set(suite) == {"name", "expectations"}
    if not known or suite["name"] != table or not isinstance(suite["expectations"], list) or not suite["expectations"]:
        raise NsocError(
            where,
            found="geen suite met deze naam en ten minste een verwachting",
            expected=f'{{"name": "{table}", "expectations": [...]}}',
            remedy="Maak name gelijk aan de naam van het bestand en voeg verwachtingen toe.",
        )
    for number, expectation in enumerate(suite["expectations"], 1):
        _check_expectation(expectation, f"{where}, verwachting {number}")
    return list(suite["expectations"])


def _check_expectation(expectation: Any, where: str) -> None:
    if not isinstance(expectation, dict) or set(expectation) != {"type", "kwargs", "severity", "meta"}:
        found = enumerate_nl(sorted(expectation)) if isinstance(expectation, dict) else "geen blok"
        raise NsocError(
            where,
            found=found,
            expected="de sleutels type, kwargs, severity en meta",
            remedy="Verbeter de verwachting naar het voorbeeld van de andere.",
        )
    if expectation["severity"] not in ERNSTEN:
        raise NsocError(
            where,
            found=f'severity "{expectation["severity"]}"',
            expected=f"een van: {', '.join(ERNSTEN)}",
            remedy="critical stopt de verwerking, warning wordt een bevinding in het rapport.",
        )
    for key in ("kwargs", "meta"):
        if not isinstance(expectation[key], dict):
            raise NsocError(
                where,
                found=f"{key} dat geen blok is",
                expected=f'"{key}": {{…}}',
                remedy="Verbeter de verwachting naar het voorbeeld van de andere.",
            )
    if not expectation["meta"].get("reden"):
        raise NsocError(
            where,
            found="geen reden",
            expected='"meta": {"reden": "…"}, een Nederlandse zin',
            remedy="Schrijf op waarom deze verwachting er is.",
        )
