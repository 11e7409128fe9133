"""Counting ten thousand respondents on the road of a million: every cell, against pandas; no time is asserted."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench import scale_bench, scale_data, scale_peers

PEOPLE = 10_000


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, scale_data.Tally]:
    """A cleaned survey of ten thousand people in parts of a million answers or fewer."""
    folder = tmp_path_factory.mktemp("groot") / "data"
    return folder, scale_data.write_survey(folder, PEOPLE)


def files(data: Path) -> tuple[Path, Path]:
    folder = data / "processed" / scale_data.METING
    return folder / f"{scale_data.INSTRUMENT}.parquet", folder / "respondenten.parquet"


def test_every_answer_and_status_is_counted(data, monkeypatch) -> None:
    """Each cell of statement, answer and status is what was written and what pandas counts."""
    monkeypatch.setenv("NSOC_DATA", str(data[0]))
    survey = scale_bench.load(data[0])
    scale_bench.check(survey.count("stelling", "antwoord", "status"), data[1].answers)
    table, _ = files(data[0])
    assert scale_bench.count_all(survey) == scale_peers.with_pandas(table, None, ["stelling", "antwoord", "status"])


@pytest.mark.parametrize("count", [scale_peers.with_pandas, scale_peers.with_numpy])
def test_every_group_is_counted(data, monkeypatch, count) -> None:
    """Each cell of statement, answer and group is what was written, and what is measured against agrees."""
    monkeypatch.setenv("NSOC_DATA", str(data[0]))
    survey = scale_bench.load(data[0])
    scale_bench.check(survey.count("stelling", "antwoord", by="groep"), data[1].groups)
    assert scale_bench.count_groups(survey) == count(*files(data[0]), ["stelling", "antwoord", "groep"])


def test_a_register_is_counted_on_the_same_road(tmp_path) -> None:
    """Each cell of kind and region is what was written and what pandas counts."""
    path = tmp_path / "register.parquet"
    tally = scale_data.write_register(path, 30_000)
    found = scale_bench.count_register(path, ["soort", "regio"])
    assert found == scale_peers.with_pandas(path, None, ["soort", "regio"])
    assert found["aanvraag", "Regio A"] == tally[0, 0]


def test_a_cell_that_differs_stops_the_measuring() -> None:
    """An engine that counts other cells is an error and not a time."""
    with pytest.raises(RuntimeError, match="DuckDB counts other cells"):
        scale_bench.measure(lambda: {("Eens",): 2}, {"DuckDB": lambda: {("Eens",): 3}}, 1)


def test_what_is_not_installed_is_named(monkeypatch) -> None:
    """A page without DuckDB and polars says that it did not compare with them."""
    monkeypatch.setenv("NSOC_DATA", "")
    monkeypatch.setattr(scale_peers, "find_spec", lambda _: None)
    monkeypatch.setattr(scale_bench, "peak_of", lambda _: 0.0)
    page, drawing = scale_bench.report((200, 400), 1000, 1)
    assert "Niet vergeleken, want niet geïnstalleerd: DuckDB, polars." in page
    assert drawing.count("<circle") == 2
