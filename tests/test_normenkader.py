"""The normenkader: 21 dimensions, 96 factors, and findings that cover some dimensions and not others."""

from __future__ import annotations

from dataclasses import replace

import pytest
from transcribed import load_real, without

from nsoc_lib.errors import NsocError
from nsoc_lib.normenkader import Normenkader, build_normenkader, count_normenkader, count_place
from nsoc_lib.source_rows import SourceTable

FOLDER = "versterking-2021"
NAMES = ("normen_dimensies", "normen_factoren", "normen_bevindingen")


def tables() -> dict[str, SourceTable]:
    return {name: load_real(FOLDER, name) for name in NAMES}


def build(**changed: SourceTable) -> Normenkader:
    return build_normenkader(*(tables() | changed).values())


def change(name: str, column: str, value: object, row: int = 0) -> dict[str, SourceTable]:
    table = load_real(FOLDER, name)
    frame = table.rijen.astype({column: object})
    frame.loc[frame.index[row], column] = value
    return {name: replace(table, rijen=frame)}


def test_the_appendix_numbers_six_nine_and_six_dimensions():
    """Kennen has 6 assumptions, kunnen 9 and willen 6, by the numbers of appendix 2."""
    numbers = {name: [d.nummer for d in build().select_dimensions(name)] for name in ("kennen", "kunnen", "willen")}
    assert numbers == {"kennen": [*range(1, 7)], "kunnen": [*range(1, 10)], "willen": [*range(1, 7)]}


def test_the_body_names_two_dimensions_less():
    """Section 1.3 lists 5, 9 and 5: it leaves out sharing willingly and takes culture and routines together."""
    counts = [count_place(build(), name)["hoofdtekst"].value for name in ("kennen", "kunnen", "willen")]
    assert counts == [5, 9, 5]
    body = {d.id: d.hoofdtekst for d in build().dimensies}
    assert (body["kennen-6"], body["willen-4"], body["willen-5"], body["willen-6"]) == (None, 5, 5, 4)


@pytest.mark.parametrize(("kernfactor", "succes", "faal"), [("kennen", 14, 17), ("kunnen", 24, 24), ("willen", 8, 9)])
def test_every_bullet_of_the_appendix_is_a_factor(kernfactor, succes, faal):
    """The bullets of each column, counted by hand, are the factors; shared ones count once."""
    counts = count_place(build(), kernfactor)
    assert (counts["succesfactoren"].value, counts["faalfactoren"].value) == (succes, faal)


def test_dimensions_in_one_row_share_its_factors():
    """The fifth and sixth assumption of kennen stand in one row with 3 and 1 bullets."""
    for dimension in ("kennen-5", "kennen-6"):
        counts = count_place(build(), dimension)
        assert (counts["succesfactoren"].value, counts["faalfactoren"].value) == (3, 1)


def test_the_whole_adds_up():
    """Three kernfactoren, 21 dimensions (19 in the body), 46 and 50 factors."""
    counts = count_normenkader(build())
    names = ("kernfactoren", "dimensies", "hoofdtekst", "succesfactoren", "faalfactoren", "factoren")
    assert [counts[name].value for name in names] == [3, 21, 19, 46, 50, 96]
    assert counts["dimensies"].id == "versterking-2021.normenkader.dimensies"
    assert counts["gedekt"].value + counts["ongedekt"].value == 21
    assert counts["bevindingen"].value == len(load_real(FOLDER, "normen_bevindingen").rijen)


def test_every_numbered_section_gives_findings():
    """Chapter 4 has four sections, chapter 5 five and chapter 6 four."""
    sections = set(load_real(FOLDER, "normen_bevindingen").rijen["paragraaf"])
    assert sections == {f"4.{n}" for n in range(1, 5)} | {f"5.{n}" for n in range(1, 6)} | {
        f"6.{n}" for n in range(1, 5)
    }


def test_two_dimensions_have_no_finding():
    """Nothing is reported on sharing willingly or on awareness of dependence."""
    kader = build()
    missing = [d.id for name in ("kennen", "kunnen", "willen") for d in kader.uncovered(name)]
    assert missing == ["kennen-6", "willen-6"]


def test_without_its_finding_a_dimension_is_uncovered():
    """Kunnen 5 rests on one row; without it the count changes and the dimension is listed."""
    assert count_place(build(), "kunnen-5")["faal"].value == 1
    less = build(normen_bevindingen=without(load_real(FOLDER, "normen_bevindingen"), dimensie="kunnen-5"))
    assert count_place(less, "kunnen-5")["faal"].value == 0
    assert [d.id for d in less.uncovered("kunnen")] == ["kunnen-5"]
    assert count_normenkader(less)["ongedekt"].value == 3


def test_enthusiasm_fits_no_dimension():
    """Section 6.4 is about a subject that appendix 2 has no dimension for; those findings stay with willen."""
    loose = build().select_findings("willen")
    assert loose
    assert all("§6.4," in finding.vindplaats for finding in loose)
    assert count_place(build(), "willen")["los"].value == len(loose)


def test_a_word_stands_as_published():
    """A word on the scale for interviews and another word are both kept, with what they count."""
    words = {(f.woord, f.eenheid) for f in build().bevindingen}
    assert {("enkele", "projecten"), ("vrijwel alle", "projecten"), ("de meeste", "betrokkenen"), ("", "")} <= words


def test_another_kernfactor_is_refused():
    """There are three kernfactoren and no fourth."""
    with pytest.raises(NsocError, match='"weten"\n  verwacht: een van: kennen, kunnen, willen'):
        build().select_dimensions("weten")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (change("normen_dimensies", "dimensie", "kennen-9"), 'rij 2, kolom dimensie\n  gevonden: "kennen-9"'),
        (change("normen_dimensies", "dimensie", "kennen-2"), "rij 2, kolom dimensie"),
        (change("normen_dimensies", "kernfactor", "weten"), "rij 2, kolom kernfactor"),
        (change("normen_dimensies", "dimensie", "kennen-1", row=1), "rij 3, kolom dimensie.*\n.*\n.*elke naam een keer"),
        (change("normen_factoren", "dimensie", "kennen-7"), "rij 2, kolom dimensie"),
        (change("normen_factoren", "dimensie", None), "rij 2, kolom dimensie\n  gevonden: een lege cel"),
        (change("normen_factoren", "soort", "faal"), 'rij 2, kolom factor\n  gevonden: "kennen-1-s1"'),
        (change("normen_factoren", "label", "x" * 101), "rij 2, kolom label"),
        (change("normen_bevindingen", "dimensie", "weten"), "rij 2, kolom dimensie"),
        (change("normen_bevindingen", "teneur", "goed"), "rij 2, kolom teneur"),
        (change("normen_bevindingen", "toewijzing", "geraden"), "rij 2, kolom toewijzing"),
        (change("normen_bevindingen", "paragraaf", "4.2"), "rij 2, kolom vindplaats"),
        (change("normen_bevindingen", "hoeveel", "diverse"), 'rij 2, kolom hoeveel\n  gevonden: "diverse"'),
        (change("normen_bevindingen", "hoeveel", "enkele"), "rij 2, kolom ander_woord"),
        (change("normen_bevindingen", "eenheid", None), "rij 2, kolom eenheid\n  gevonden: een lege cel"),
        (change("normen_bevindingen", "ander_woord", None), 'rij 2, kolom eenheid\n  gevonden: "projecten"'),
        (change("normen_bevindingen", "bevinding", "b001", row=1), "rij 3, kolom bevinding"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_refused_with_its_place(changed, message):
    """The refusal names table, row and column."""
    with pytest.raises(NsocError, match=message):
        build(**changed)
