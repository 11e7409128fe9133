"""What ``make audit`` prints about a table, and when it says nothing."""

from pathlib import Path

import pytest
from conftest import ROOT

from nsoc_lib.errors import NsocError
from nsoc_lib.publish.audit import CAUTION, Audit, audit_file

HEADER = "label;percentage;gemiddelde;n;items;conventie\n"
CLEAN = [
    *(f"stelling {k};{(200 * k + 25) // 50} %;;25;;" for k in range(26)),
    "schaal;;5,00;25;;",
    "twee items;;3,15;27;2;",
    "gemengd;84;;24/25/26;;",
    "apart afgerond;74;;26;;som van afgeronde percentages",
]


def audit(folder: Path, *rows: str) -> Audit:
    """Return what a table with these rows gives."""
    path = folder / "cijfers.csv"
    path.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return audit_file(path)


def test_a_clean_table_says_nothing(tmp_path):
    """A table in which every number fits its base prints nothing and is reachable."""
    assert audit(tmp_path, *CLEAN) == Audit("", reachable=True)


@pytest.mark.parametrize("place", range(26))
@pytest.mark.parametrize("step", [-1, 1])
def test_one_percentage_moved_by_one_point_is_named(tmp_path, place, step):
    """In a clean table whichever percentage is moved by one point, that row is named and no other."""
    rows = [*CLEAN]
    rows[place] = f"stelling {place};{4 * place + step};;25;;"
    found = audit(tmp_path, *rows)
    first, *summary = found.text.splitlines()
    assert first.startswith(f"rij {place + 2}, stelling {place}: {4 * place + step}% is niet bereikbaar")
    assert len(summary) == 2
    assert not found.reachable


def test_a_number_out_of_reach_is_told_with_its_neighbours(tmp_path):
    """What no count of the base gives is worded with care, and the nearest numbers stand beside it."""
    found = audit(tmp_path, "doel;85;;25;;", "tijd;84;;25;;")
    assert found.text == (
        "rij 2, doel: 85% is niet bereikbaar onder de gedrukte bases (25). "
        "Dichtstbij: 84% (21 van 25) en 88% (22 van 25).\n"
        "Cijfers: 2. Passend bij de basis: 1. Alleen met optellen van afgeronde categorieën of afronden naar even: 0. "
        f"Niet bereikbaar: 1.\n{CAUTION}"
    )
    assert not found.reachable


def test_a_sum_of_rounded_categories_is_told_apart(tmp_path):
    """What only adding rounded categories gives is named with an example, and counts as reachable."""
    found = audit(tmp_path, "controle;74;;24 25 26;;")
    assert found.text.splitlines()[0] == (
        "rij 2, controle: 74% is bij basis 24, 25, 26 niet k van n, alleen bij optellen van twee afgeronde "
        "categorieën (12% + 62%: 3 + 16 van 26). Dichtstbij: 73% (19 van 26) en 75% (18 van 24)."
    )
    assert found.reachable


def test_three_categories_are_tried_when_two_do_not_do(tmp_path):
    """A percentage that three rounded categories add up to is told so, with its decimals."""
    found = audit(tmp_path, "drie;51;;6;;", "deel;33,4;;12;;")
    assert "alleen bij optellen van drie afgeronde categorieën (17% + 17% + 17%: 1 + 1 + 1 van 6)" in found.text
    assert "alleen bij optellen van twee afgeronde categorieën (16,7% + 16,7%: 2 + 2 van 12)" in found.text
    assert found.reachable


def test_a_half_to_even_is_told_apart(tmp_path):
    """A half that went to the even neighbour is named, beside a sum that would do as well."""
    found = audit(tmp_path, "alleen even;62;;8;;", "beide;12;;24;;")
    assert "62% is bij basis 8 niet k van n, alleen bij afronden naar even (5 van 8)." in found.text
    assert (
        "alleen bij afronden naar even (3 van 24) of bij optellen van twee afgeronde categorieën "
        "(4% + 8%: 1 + 2 van 24)" in found.text
    )
    assert found.reachable


def test_a_mean_out_of_reach_is_told_with_its_items(tmp_path):
    """A mean that no total of whole answers gives is named with its base, items and nearest totals."""
    found = audit(tmp_path, "schaal;;3,14;27;2;", "vraag;;4,74;25;;")
    assert found.text.splitlines()[:2] == [
        "rij 2, schaal: gemiddelde 3,14 is niet bereikbaar onder de gedrukte bases (27, 2 items). "
        "Dichtstbij: 3,13 (totaal 169 bij 27) en 3,15 (totaal 170 bij 27).",
        "rij 3, vraag: gemiddelde 4,74 is niet bereikbaar onder de gedrukte bases (25). "
        "Dichtstbij: 4,72 (totaal 118 bij 25) en 4,76 (totaal 119 bij 25).",
    ]
    assert not found.reachable


def test_a_declared_convention_is_taken_at_its_word(tmp_path):
    """With sums declared, a sum of rounded categories is clean, and what no sum gives is still named."""
    assert audit(tmp_path, "a;74;;26;;som van afgeronde percentages").text == ""
    found = audit(tmp_path, "a;85;;25;;som van afgeronde percentages")
    assert "85% is niet bereikbaar onder de gedrukte bases (25)" in found.text
    assert not found.reachable


def test_a_base_elsewhere_in_the_table_is_named(tmp_path):
    """A percentage that another row's base would give is told so: it may have moved from another figure."""
    found = audit(tmp_path, "a;89;;24 25 26;;", "b;82;;27 28;;", "c;;3,00;100;;")
    assert found.text.splitlines()[0].endswith("Met een basis elders in deze tabel wel: 24 van 27, 25 van 28.")


def test_the_published_figures_of_meting_1():
    """Of the 28 published percentages 23 fit, five only as a sum of rounded categories, and none is out of reach."""
    found = audit_file(ROOT / "data/raw/meting-1/gepubliceerd.csv")
    *lines, summary, caution = found.text.splitlines()
    assert [line.split(":")[0] for line in lines] == [
        "rij 20, doelen-nagestreefd",
        "rij 22, vrachtcontrole",
        "rij 23, logistieke-keten",
        "rij 25, zicht-vermenging",
        "rij 27, witwassen",
    ]
    assert all("alleen bij optellen van twee afgeronde categorieën" in line for line in lines)
    assert summary == (
        "Cijfers: 28. Passend bij de basis: 23. "
        "Alleen met optellen van afgeronde categorieën of afronden naar even: 5. Niet bereikbaar: 0."
    )
    assert caution == CAUTION
    assert found.reachable


def test_nobody_is_accused(tmp_path):
    """The text never calls a number wrong: it speaks of bases, and names what else may explain it."""
    text = audit(tmp_path, "a;85;;25;;", "b;74;;26;;", "c;12;;24;;", "d;;4,74;25;;").text.lower()
    assert [
        word for word in ("fout", "onjuist", "verkeerd", "verzonnen", "klopt niet", "onmogelijk") if word in text
    ] == []
    assert CAUTION.lower() in text


def test_an_unreadable_table_is_named_without_its_folder(tmp_path):
    """The message names the file, never the folders of somebody's machine."""
    with pytest.raises(NsocError) as raised:
        audit_file(tmp_path / "weg.csv")
    assert str(raised.value).startswith("Fout in weg.csv\n")


def test_without_a_file_the_command_is_told():
    """``make audit`` without FILE= says how it is given."""
    with pytest.raises(NsocError) as raised:
        audit_file(Path())
    assert str(raised.value) == (
        "Fout in FILE\n"
        "  gevonden: geen bestand\n"
        "  verwacht: een tabel met de kolommen label, percentage of gemiddelde, en n\n"
        "  wat nu:   Geef het bestand op: make audit FILE=cijfers.csv"
    )
