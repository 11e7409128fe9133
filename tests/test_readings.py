"""Two readings of the toetsingskader: how often they agreed, and what became of the differences."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pandas as pd
import pytest
from transcribed import load_real, without

from nsoc_lib.errors import NsocError
from nsoc_lib.readings import (
    Readings,
    build_readings,
    cohen_kappa,
    count_agreement,
    tabulate_agreement,
    tabulate_differences,
)
from nsoc_lib.source_rows import SourceTable
from nsoc_lib.toetsingskader import Toetsingskader, build_toetsingskader

NAMES = ("eerste_lezing", "tweede_lezing", "besluiten")


def change(table: SourceTable, letter: str, column: str, value: str) -> SourceTable:
    """Return the table with one cell changed in the row of a letter of §6.2."""
    frame = table.rijen.copy()
    hit = (frame["kader"] == "6.2") & (frame["letter"] == letter)
    assert hit.sum() == 1
    frame.loc[hit, column] = value
    return replace(table, rijen=frame)


@pytest.fixture
def kader() -> Toetsingskader:
    """The toetsingskader after both readings were reconciled."""
    return build_toetsingskader(load_real("kader", "toetsingskader"), load_real("kader", "dekking_toetsingskader"))


@pytest.fixture
def tables() -> dict[str, SourceTable]:
    return {name: load_real("kader", f"dekking_{name}") for name in NAMES}


def build(kader: Toetsingskader, tables: dict[str, SourceTable], **other: SourceTable) -> Readings:
    return build_readings(kader, *(tables | other).values())


def test_the_codes_of_both_readings_are_counted(kader: Toetsingskader, tables: dict[str, SourceTable]) -> None:
    """The readings gave 8 and 18 times ja, 36 and 32 times deels, 18 and 12 times geen."""
    readings = build(kader, tables)
    for codes, expected in ((readings.eerste, [8, 36, 18]), (readings.tweede, [18, 32, 12])):
        assert [list(codes.values()).count(code) for code in ("ja", "deels", "geen")] == expected


def test_agreement_before_reconciling(kader: Toetsingskader, tables: dict[str, SourceTable]) -> None:
    """46 of 62 are the same; by chance (8*18 + 36*32 + 18*12) of 62*62, so kappa is 1340 / 2332."""
    counts = count_agreement(build(kader, tables))
    assert {name: counts[name].value for name in ("totaal", "gelijk", "anders", "eerste", "tweede")} == {
        "totaal": 62, "gelijk": 46, "anders": 16, "eerste": 7, "tweede": 9,
    }  # fmt: skip
    assert counts["kappa"].value == pytest.approx(float(Fraction(1340, 2332)))
    assert (counts["kappa"].id, counts["kappa"].shown) == ("kader.toetsingskader.lezingen.kappa", "0,57")


def test_agreement_per_framework(kader: Toetsingskader, tables: dict[str, SourceTable]) -> None:
    """17 of 24 with kappa 87/255, and 29 of 38 with kappa 599/941; after the codes that were kept in either."""
    lines = tabulate_agreement(build(kader, tables)).show().text.splitlines()
    assert lines[2:] == [
        "§6.2 | 24 | 17 | 4 | 3 | 0,34",
        "§6.3 | 38 | 29 | 3 | 6 | 0,64",
        "Samen | 62 | 46 | 7 | 9 | 0,57",
    ]


def test_the_makers_are_called_the_makers(kader: Toetsingskader, tables: dict[str, SourceTable]) -> None:
    """Under both tables stands that the readers are no independent panel."""
    readings = build(kader, tables)
    for table in (tabulate_agreement(readings), tabulate_differences(readings)):
        assert "Beide lezingen zijn van opstellers van dit rapport, geen onafhankelijk panel." in table.noten


def test_every_difference_is_shown_with_its_decision(kader: Toetsingskader, tables: dict[str, SourceTable]) -> None:
    """W was partly covered, then covered; partly was kept, as the statement is about the action plan."""
    lines = tabulate_differences(build(kader, tables)).show().text.splitlines()[2:]
    letters = ["J", "L", "R", "S", "V", "W", "X", "C", "T", "V", "DD", "EE", "FF", "II", "KK", "LL"]
    assert [line.split(".")[1].split()[-1] for line in lines] == letters
    assert lines[5].startswith(
        "§6.2 W. Mandaat van de directie reikt ver genoeg | deels | ja | deels | De stelling gaat over het Actieplan,"
    )


def test_one_code_changed_changes_what_is_shown(kader: Toetsingskader, tables: dict[str, SourceTable]) -> None:
    """Had the second reading also found W partly covered, 47 of 62 would be the same and one row gone."""
    agreed = build(
        kader,
        tables,
        tweede_lezing=change(tables["tweede_lezing"], "W", "dekt", "deels"),
        besluiten=without(tables["besluiten"], kader="6.2", letter="W"),
    )
    assert count_agreement(agreed)["gelijk"].value == 47
    assert "Mandaat" not in tabulate_differences(agreed).show().text


def test_a_decision_follows_from_the_evidence(kader: Toetsingskader, tables: dict[str, SourceTable]) -> None:
    """Without the finding on the legal framework, V is decided as the first reading had it."""
    frame = load_real("kader", "dekking_toetsingskader")
    rows = frame.rijen[~((frame.rijen["letter"] == "V") & (frame.rijen["bewijs"] == "meting-1.b36"))]
    bare = build_toetsingskader(load_real("kader", "toetsingskader"), replace(frame, rijen=rows))
    assert [count_agreement(build(k, tables), "6.2")["eerste"].value for k in (kader, bare)] == [4, 5]


@pytest.mark.parametrize(("name", "place"), [("eerste_lezing", "dekking_eerste"), ("tweede_lezing", "dekking_tweede")])
def test_a_reading_codes_every_criterion(
    kader: Toetsingskader, tables: dict[str, SourceTable], name: str, place: str
) -> None:
    """A criterion left out is named with the table it is missing from."""
    with pytest.raises(NsocError, match=rf"tabel {place}_lezing van kader\n  gevonden: geen code voor 6\.2 H"):
        build(kader, tables, **{name: without(tables[name], kader="6.2", letter="H")})


@pytest.mark.parametrize(
    ("name", "cell", "message"),
    [
        ("tweede_lezing", ("B", "letter", "A"), r"rij 3, kolom letter\n  gevonden: 6\.2 A"),
        ("eerste_lezing", ("B", "letter", "Y"), r"rij 3, kolom letter\n  gevonden: 6\.2 Y"),
        ("tweede_lezing", ("B", "dekt", "misschien"), r'rij 3, kolom dekt\n  gevonden: "misschien"'),
        ("besluiten", ("J", "letter", "A"), r"rij 2, kolom letter\n  gevonden: 6\.2 A"),
        ("besluiten", ("L", "letter", "J"), r"rij 3, kolom letter\n  gevonden: 6\.2 J"),
        ("besluiten", ("J", "reden", " "), "rij 2, kolom reden"),
    ],
)
def test_a_wrong_cell_is_refused_with_its_place(
    kader: Toetsingskader, tables: dict[str, SourceTable], name: str, cell: tuple[str, str, str], message: str
) -> None:
    """A double or unknown criterion, another code, and a decision about what did not differ."""
    with pytest.raises(NsocError, match=message):
        build(kader, tables, **{name: change(tables[name], *cell)})


def test_a_difference_without_a_reason_is_refused(kader: Toetsingskader, tables: dict[str, SourceTable]) -> None:
    """No code is changed in silence."""
    with pytest.raises(NsocError, match=r"tabel dekking_besluiten van kader\n  gevonden: geen reden bij 6\.2 X"):
        build(kader, tables, besluiten=without(tables["besluiten"], kader="6.2", letter="X"))


def test_kappa_of_a_table_worked_out_by_hand() -> None:
    """20 and 15 of 50 agree; by chance 25/50 * 30/50 + 25/50 * 20/50 = 1/2, so (0.7 - 0.5) / 0.5 = 0.4."""
    pairs = [("ja", "ja")] * 20 + [("ja", "geen")] * 5 + [("geen", "ja")] * 10 + [("geen", "geen")] * 15
    first, second = ([pair[n] for pair in pairs] for n in (0, 1))
    assert cohen_kappa(first, second) == pytest.approx(0.4)


def test_kappa_counts_a_code_that_one_reading_never_used() -> None:
    """One of four agrees where 2/4 * 1/4 = 1/8 is chance: kappa is (1/4 - 1/8) / (7/8) = 1/7."""
    assert cohen_kappa(["ja", "ja", "geen", "geen"], ["ja", "deels", "deels", "deels"]) == pytest.approx(1 / 7)


def test_kappa_has_no_value_when_everything_is_alike() -> None:
    """Where both readings use one code, chance explains all; the table then shows a dash."""
    assert cohen_kappa(["deels"] * 4, ["deels"] * 4) is None


def test_a_table_without_kappa_shows_a_dash(kader: Toetsingskader, tables: dict[str, SourceTable]) -> None:
    """With every code deels there is no difference, no decision and no kappa."""
    alike = {
        name: replace(tables[name], rijen=tables[name].rijen.assign(dekt="deels"))
        for name in ("eerste_lezing", "tweede_lezing")
    }
    nothing = replace(tables["besluiten"], rijen=pd.DataFrame(columns=tables["besluiten"].rijen.columns))
    readings = build(kader, tables, **alike, besluiten=nothing)
    assert "kappa" not in count_agreement(readings)
    assert tabulate_agreement(readings).show().text.splitlines()[-1] == "Samen | 62 | 62 | 0 | 0 | –"
