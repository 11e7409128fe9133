"""What ``make verify`` does, on a tiny study, and that it would see a difference."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import verify
from conftest import new_tiny_study, run_forked
from runs import build_shared
from verify import SURROUNDINGS, Built, browser_remark, summarise, tabulate, verify_all, words_for_editions


def test_other_surroundings_give_the_same_bytes(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> None:
    """Another folder, locale, time zone, hash seed and number of cores change no report, number, PDF or package."""
    assert os.environ.get("CI") != "true" or browser_remark() == "", ".ci/run hoort een browser te installeren"
    here = build_shared(tmp_path_factory).copy_to(tmp_path_factory.mktemp("hier"))
    for words in words_for_editions(here):
        done = run_forked(words)
        assert done.code == 0, done.err
    (elsewhere,) = verify_all(tmp_path, new_tiny_study, [name for name in SURROUNDINGS if "een kern" in name])
    assert elsewhere.hashes == summarise(here.files())
    assert len(set(elsewhere.hashes.values())) == len(elsewhere.hashes)
    assert (here.reports / "deposit.zip").exists()


def test_a_file_that_differs_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One byte in one file of the second build is told, with the name of the file."""

    def build(study, environment, **_: object) -> None:
        study.reports.mkdir()
        (study.reports / "resultaten.csv").write_text(environment["PYTHONHASHSEED"][0], encoding="utf-8")

    monkeypatch.setattr(verify, "build", build)
    rows = list(verify_all(tmp_path, new_tiny_study))
    assert rows[1].differences == ("resultaten.csv",)
    assert "  anders: resultaten.csv" in tabulate(rows)
    assert tabulate(rows).endswith("Niet alles is gelijk.")


def test_a_hash_covers_names_and_content_of_its_kind() -> None:
    """The same bytes under another name, and other bytes under the same, are other hashes; other kinds do not count."""
    one = summarise({"figuren/a.svg": b"x", "resultaten.csv": b"1"})
    assert one["figuren"] != summarise({"figuren/b.svg": b"x"})["figuren"]
    assert one["figuren"] != summarise({"figuren/a.svg": b"y"})["figuren"]
    assert one["figuren"] == summarise({"figuren/a.svg": b"x", "resultaten.csv": b"2"})["figuren"]
    assert tabulate([Built("hier", one)]).count(one["csv"]) == 1
