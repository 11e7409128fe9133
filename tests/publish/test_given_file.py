"""How messages name a file that somebody gave, and how it is typed again."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT

from nsoc_lib.errors import NsocError
from nsoc_lib.publish.given_file import show_given, typed_again


def test_a_file_is_named_as_it_was_typed_or_from_the_repository() -> None:
    """Of a file elsewhere no more is shown than its name: the path may say whose computer it is."""
    assert show_given(Path("data/a.csv")) == "data/a.csv"
    assert show_given(ROOT / "data" / "a.csv") == "data/a.csv"
    assert show_given(Path("/thuis/iemand/a.csv")) == "a.csv"


def test_an_empty_name_of_a_file_is_told():
    """``make codebook FILE=`` gives an example of what to type."""
    with pytest.raises(NsocError) as raised:
        show_given(Path())
    assert str(raised.value) == (
        "Fout in FILE\n"
        "  gevonden: geen bestand\n"
        "  verwacht: de naam van een bestand\n"
        "  wat nu:   Geef het bestand op, bijvoorbeeld FILE=data/raw/meting-3/export.csv"
    )


def test_no_file_is_told_with_what_is_expected() -> None:
    """An empty FILE= is the empty path."""
    with pytest.raises(NsocError) as raised:
        show_given(Path(), "een tabel", "Geef het bestand op.")
    assert str(raised.value) == (
        "Fout in FILE\n  gevonden: geen bestand\n  verwacht: een tabel\n  wat nu:   Geef het bestand op."
    )


@pytest.mark.parametrize(("path", "where", "typed"), [
    ("data/raw/x/a b.csv", "data/raw/x/a b.csv", "'data/raw/x/a b.csv'"),
    ("/thuis/oefening/a b.csv", "a b.csv", '"$HOME/oefening/a b.csv"'),
    ("/thuis/a$b.csv", "a$b.csv", "'/thuis/a$b.csv'"),
    ("/elders/a.csv", "a.csv", "/elders/a.csv"),
    ("/thuis/repository/data/a.csv", "data/a.csv", "data/a.csv"),
])  # fmt: skip
def test_the_next_command_can_be_typed_as_it_stands(monkeypatch, path, where, typed):
    """The name of a file is quoted where a shell would cut it, and a home folder is not named after its owner."""
    monkeypatch.setenv("HOME", "/thuis")
    assert typed_again(Path(path), where) == typed
