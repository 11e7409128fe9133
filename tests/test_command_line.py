"""What is typed wrongly is told in the same block as a fault in a file."""

from __future__ import annotations

import pytest

from nsoc_lib.__main__ import main


def told(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[int, list[str]]:
    monkeypatch.setattr("sys.argv", ["nsoc_lib", *words])
    code = main()
    return code, capsys.readouterr().err.strip().splitlines()


@pytest.mark.parametrize(
    ("words", "found", "expected"),
    [
        (["rapport"], '"rapport"', "een van: report, "),
        (["report", "--dta", "x"], 'de onbekende optie "--dta"', "een van: --data, --reports, --engine"),
        (["report", "--data"], 'de optie "--data" zonder waarde', "een waarde achter --data"),
        (["deposit"], 'niets voor "--meting"', "een van: --meting, --data"),
        (["report", "nog", "iets"], '"report nog iets"', "een van: --data, --reports, --engine"),
    ],
)
def test_a_wrong_command_is_told_in_dutch(words, found, expected, monkeypatch, capsys):
    """The block says what was typed, what may be typed, and where all commands stand."""
    code, lines = told(words, monkeypatch, capsys)
    assert code == 2
    assert lines[:2] == ["Fout in de opdracht", f"  gevonden: {found}"]
    assert lines[2].startswith(f"  verwacht: {expected}")
    assert lines[3].startswith("  wat nu:   Draai make")
