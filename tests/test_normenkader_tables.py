"""Tables of the normenkader: what is covered, what is not, and that nothing is not absence."""

from __future__ import annotations

import pytest
from test_normenkader import build
from transcribed import load_real, without

from nsoc_lib.normenkader_tables import (
    GEEN_BEVINDING,
    UITLEG,
    show_findings,
    tabulate_coverage,
    tabulate_differences,
    tabulate_factors,
    tell_gaps,
)
from nsoc_lib.publish.digits import account_numbers


def line(text: str, start: str) -> str:
    return next(row for row in text.splitlines() if row.startswith(start))


def test_coverage_lists_every_dimension_and_willen_as_a_whole():
    """Twenty-one dimensions, and one row for findings that fit none."""
    rows = tabulate_coverage(build()).show().text.splitlines()[2:]
    assert len(rows) == 22
    assert rows[-1].startswith("Willen als geheel | – | – | ")


def test_a_dimension_without_finding_says_so_and_not_that_it_is_absent():
    """The cell says that these chapters report nothing."""
    text = tabulate_coverage(build()).show().text
    assert line(text, "Willen 6").endswith(f"| 1 | 1 | 0 | 0 | 0 | {GEEN_BEVINDING}")
    assert "aanwezig" not in line(text, "Willen 6")


def test_removing_the_finding_changes_the_shown_cell():
    """The only finding on kunnen 5 is a failure; without its row the cell says that there is none."""
    assert line(tabulate_coverage(build(), "kunnen").show().text, "Kunnen 5").endswith("| 0 | 1 | 0 | –")
    less = build(normen_bevindingen=without(load_real("versterking-2021", "normen_bevindingen"), dimensie="kunnen-5"))
    assert line(tabulate_coverage(less, "kunnen").show().text, "Kunnen 5").endswith(f"| 0 | 0 | 0 | {GEEN_BEVINDING}")
    assert "kunnen 5 (" in tell_gaps(less, "kunnen").text
    assert "kunnen 5 (" not in tell_gaps(build(), "kunnen").text


def test_the_differences_are_those_of_the_source():
    """The body leaves one dimension out and numbers two of willen otherwise; four it words otherwise."""
    rows = [row.split(" | ")[:2] for row in tabulate_differences(build()).show().text.splitlines()[2:]]
    heads = {row[0].split(":")[0]: row[1] for row in rows}
    assert heads == {
        "Kennen 3": "kennen 3", "Kennen 6": "–", "Kunnen 2": "kunnen 2", "Kunnen 8": "kunnen 8",
        "Willen 4": "willen 5", "Willen 5": "willen 5", "Willen 6": "willen 4",
    }  # fmt: skip


def test_factors_stand_beside_their_dimension():
    """Willen 6 has one factor of each kind; only at kennen does a note speak of a shared row."""
    text = tabulate_factors(build(), "willen").show().text
    assert line(text, "Willen 6").split(" | ")[1:] == [
        "Macht wordt gedeeld en dat is in alles te merken",
        "Wie (informatie)macht heeft, deelt die te weinig",
        "WODC 2021 bijlage 2, willen 6; §1.3",
    ]
    assert "delen ook hun factoren" in tabulate_factors(build(), "kennen").show().html
    assert "delen ook hun factoren" not in tabulate_factors(build(), "willen").show().html


@pytest.mark.parametrize("kernfactor", sorted(UITLEG))
def test_every_finding_of_a_kernfactor_is_shown_with_its_place(kernfactor):
    """Nothing is left out on the way to the page, and no number on it is loose."""
    kader = build()
    shown = show_findings(kader, kernfactor)
    own = [f for f in kader.bevindingen if f.dimensie.split("-")[0] == kernfactor]
    assert own
    for finding in own:
        word = f"{finding.woord} ({finding.eenheid})" if finding.woord else "–"
        assert (
            f"{finding.label} | {finding.teneur} | {word} | {finding.toewijzing} | {finding.vindplaats}" in shown.text
        )
    for page in (shown, tell_gaps(kader, kernfactor), tabulate_coverage(kader, kernfactor).show()):
        assert account_numbers(page.html)[1] == []
    assert account_numbers(tabulate_factors(kader, kernfactor).show().html)[1] == []


def test_only_willen_has_findings_without_a_dimension():
    """The sentence counts them at willen and says that there are none at kennen."""
    assert tell_gaps(build(), "willen").results[0].id == "versterking-2021.normenkader.willen.los"
    assert "Elke bevinding kreeg een plaats" in tell_gaps(build(), "kennen").text
