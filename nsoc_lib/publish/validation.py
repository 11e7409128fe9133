"""Judge cleaned tables with Great Expectations, by suites that people can read.

Great Expectations is imported only inside the function that needs it: it is the slowest
import of all.
"""

from __future__ import annotations

import json
from collections.abc import Container
from functools import cache
from typing import Any

import pandas as pd

from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.expectation import HOUDT, HOUDT_NIET, NIET_TE_BEOORDELEN, Outcome, Validation
from nsoc_lib.paths import REPOSITORY, Study
from nsoc_lib.publish.files import content_hash, library_files, write_json, write_whole
from nsoc_lib.publish.suite import load_suite
from nsoc_lib.sources.study import load_meting

PLACES_SHOWN = 5
PLACE = "plaats"
# Great Expectations skips missing values, so an all-missing column would pass all but these.
ABOUT_MISSING = ("expect_column_values_to_be_null", "expect_column_values_to_not_be_null", "expect_column_to_exist")


def validate_table(  # noqa: PLR0913 (a table, its suite, and where both come from)
    frame: pd.DataFrame,
    suite: list[dict[str, Any]],
    meting: str,
    table: str,
    herkomst: str,
    dataset: str,
    *,
    named: str = "",
) -> Validation:
    """Judge one table. An expectation about a column without a single value cannot be judged.

    ``frame`` may have ``rij`` and ``kolom``, the place of each row in the researcher's file; ``named`` is the
    suite as messages name it.
    Raises NsocError for a kind of expectation that there is not.
    """
    columns = [_columns(raw) for raw in suite]
    beforehand = [_unable(frame, raw, own) for raw, own in zip(suite, columns, strict=True)]
    where = f"{named or _name_suite(table)}, verwachting"
    built = [_expectation(raw, f"{where} {place}", place) for place, raw in enumerate(suite, 1)]
    judged = [expectation for expectation, reason in zip(built, beforehand, strict=True) if not reason]
    results = iter(_results(frame, judged, table) if judged else [])
    outcomes = tuple(
        _outcome(frame, table, raw, own, reason or next(results))
        for raw, own, reason in zip(suite, columns, beforehand, strict=True)
    )
    return Validation(meting, table, herkomst, dataset, outcomes)


@cache
def _batches() -> Any:
    """Return what lends any table to Great Expectations. Made once: a context costs as much as judging a table."""
    import great_expectations as gx

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    asset = context.data_sources.add_pandas("tabellen").add_dataframe_asset("tabel")
    return asset.add_batch_definition_whole_dataframe("geheel")


def _results(frame: pd.DataFrame, expectations: list[Any], table: str) -> list[Any]:
    """Judge all expectations at once, so that what several of them need is computed once.

    Great Expectations returns those that raised first; their places put them back in order.
    """
    from great_expectations import ExpectationSuite

    batch = _batches().get_batch({"dataframe": frame})
    found = batch.validate(ExpectationSuite(name=table, expectations=expectations), result_format="COMPLETE")
    return sorted(found.results, key=lambda result: result.expectation_config.meta[PLACE])


def _name_suite(table: str) -> str:
    return f"expectations/{table}.json"


def _columns(raw: dict[str, Any]) -> list[str]:
    kwargs = raw["kwargs"]
    columns = [str(kwargs[name]) for name in ("column", "column_A", "column_B") if name in kwargs]
    return columns + [str(name) for name in kwargs.get("column_list", [])]


def _unable(frame: pd.DataFrame, raw: dict[str, Any], columns: list[str]) -> str:
    """Return why an expectation cannot be judged on this table, empty when it can."""
    absent = [column for column in columns if column not in frame.columns]
    if absent:
        return f"kolom {', '.join(absent)} ontbreekt"
    empty = [column for column in columns if frame[column].isna().all()]
    if empty and raw["type"] not in ABOUT_MISSING:
        return f"kolom {', '.join(empty)} heeft geen enkele waarde"
    return ""


def _outcome(frame: pd.DataFrame, table: str, raw: dict[str, Any], columns: list[str], judged: Any) -> Outcome:
    """Put what Great Expectations found, or why it was not asked, in our words."""

    def outcome(result: str, found: str, count: int = 0, places: tuple[str, ...] = ()) -> Outcome:
        return Outcome(
            table, raw["type"], ", ".join(columns), raw["severity"], raw["meta"]["reden"], result, found, count, places
        )

    if isinstance(judged, str):
        return outcome(NIET_TE_BEOORDELEN, judged)
    if judged.exception_info and _raised(judged.exception_info):
        return outcome(NIET_TE_BEOORDELEN, "Great Expectations kon deze verwachting niet uitrekenen")
    if judged.success:
        return outcome(HOUDT, "")
    places = _places(frame, judged.result.get("unexpected_index_list") or [], columns)
    return outcome(HOUDT_NIET, _found(judged.result), int(judged.result.get("unexpected_count") or 0), places)


def _expectation(raw: dict[str, Any], where: str, place: int) -> Any:
    """Return an expectation as Great Expectations has it, with its place in the suite."""
    import great_expectations.expectations as gxe

    name = "".join(part.capitalize() for part in raw["type"].split("_"))
    try:
        return getattr(gxe, name)(**raw["kwargs"], severity=raw["severity"], meta={PLACE: place})
    except Exception as error:
        raise NsocError(
            where,
            found=f'"{raw["type"]}" met kwargs die Great Expectations zo niet kent: {enumerate_nl(list(raw["kwargs"]))}',
            expected="een verwachting uit Great Expectations met haar eigen kwargs",
            remedy="Vergelijk de naam en de kwargs met de documentatie van Great Expectations.",
        ) from error


def _raised(info: dict[str, Any]) -> bool:
    nested = [value for value in info.values() if isinstance(value, dict)]
    return bool(info.get("raised_exception")) or any(value.get("raised_exception") for value in nested)


def _found(result: dict[str, Any]) -> str:
    """Say what was found, in counts: an answer itself is never quoted."""
    if "missing_count" in result and "element_count" not in result:  # a set of values, not a row at a time
        return f"{result['missing_count']} verwachte waarden ontbreken, {result.get('unexpected_count', 0)} andere staan erin"
    if "unexpected_count" in result:
        return f"{result['unexpected_count']} van {result['element_count']} rijen wijken af"
    observed = result.get("observed_value")
    return f"waargenomen: {observed}" if isinstance(observed, int | float | str) else "wijkt af"


def _places(frame: pd.DataFrame, index: list[Any], columns: list[str]) -> tuple[str, ...]:
    """Return the places in the researcher's file: row and column of the export, else of the table."""
    if "rij" not in frame.columns:
        return ()
    positions = [entry if isinstance(entry, int) else entry.get("index") for entry in index]
    places = []
    for position in positions[:PLACES_SHOWN]:
        row = frame.loc[position]
        # Only answers know their column of the export; a table may have a column of its own with that name.
        column = row["kolom"] if {"kolom", "respondent"} <= set(frame.columns) else ", ".join(columns)
        places.append(f"rij {row['rij']}, kolom {column}")
    return tuple(places)


def stop_on_critical(validation: Validation, where: str, named: str = "") -> None:
    """Raise NsocError for a critical expectation that does not hold or could not be judged.

    The first that names rows goes before one about the table as a whole, which tells nobody where to look.
    """
    broken = [each for each in validation.uitkomsten if each.ernst == "critical" and each.uitkomst != HOUDT]
    for outcome in sorted(broken, key=lambda each: not each.plaatsen)[:1]:
        column = (f"kolom {outcome.kolom}",) if outcome.kolom else ()
        raise NsocError(
            ", ".join([where, "; ".join(outcome.plaatsen)] if outcome.plaatsen else [where, *column]),
            found=outcome.waargenomen,
            expected=outcome.reden,
            remedy=f"Verbeter het bestand, of de verwachting in {named or _name_suite(outcome.tabel)}.",
        )


def validate_folder(study: Study, folder: str, tables: Container[str] | None = None) -> None:
    """Judge the cleaned tables of one folder, all or these, and write the outcomes.

    A table keeps its outcomes when all that they rest on is as it was when they were written.
    Raises NsocError at the first critical expectation that does not hold; nothing is written then.
    """
    versions = json.loads(study.cleaning_file(folder).read_text(encoding="utf-8"))["datasets"]
    library = content_hash([REPOSITORY / "requirements.lock", *library_files()])
    validations = {}
    for table, (file_name, herkomst) in load_meting(study, folder).table_sources.items():
        if tables is not None and table not in tables:
            continue
        suite, named = load_suite(study, table), study.show(study.suite_file(table))
        dataset = f"{table}@{versions[table]}"
        basis = f"{library} {herkomst} {dataset}"
        if _is_judged(study, folder, table, basis):
            continue
        frame = pd.read_parquet(study.table_file(folder, table))
        validation = validate_table(frame, suite, folder, table, herkomst, dataset, named=named)
        stop_on_critical(validation, study.show(study.raw / folder / file_name), named)
        validations[table] = basis, validation
    for table, (basis, validation) in validations.items():
        write_json(study.validation_file(folder, table), validation.to_json())
        write_whole(study.seal_file(folder, table), _seal(study, folder, table, basis))


def _is_judged(study: Study, folder: str, table: str, basis: str) -> bool:
    """Tell whether the outcomes that are there are what judging again would give."""
    outcomes, seal = study.validation_file(folder, table), study.seal_file(folder, table)
    return outcomes.exists() and seal.exists() and seal.read_bytes() == _seal(study, folder, table, basis)


def _seal(study: Study, folder: str, table: str, basis: str) -> bytes:
    """Return what stands for a judgement: what it rests on, and its outcomes, which nobody may have edited."""
    files = (study.table_file(folder, table), study.suite_file(table), study.validation_file(folder, table))
    return f"{basis} {content_hash(files)}\n".encode()
