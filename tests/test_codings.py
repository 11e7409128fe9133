"""Codings: an invented code book, a code that was merged, and counts by hand on three respondents."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
import yaml
from conftest import PROFILE, ROOT

from nsoc_lib.codings import Codings, build_codings, count_coding, show_codings, tabulate_codings
from nsoc_lib.errors import NsocError
from nsoc_lib.publish.digits import account_numbers
from nsoc_lib.source_rows import SourceTable
from nsoc_lib.sources.tabular import load_table

FOLDER = ROOT / "tests/voorbeelden"
NAMES = ("codeboek_open", "code_samenvoegingen", "coderingen")


def load(name: str) -> SourceTable:
    record = yaml.safe_load((FOLDER / "meting.yml").read_text(encoding="utf-8"))
    columns = next(table["kolommen"] for table in record["tabellen"] if table["naam"] == name)
    frame = load_table(FOLDER / f"{name}.csv", f"{name}.csv", columns)
    return SourceTable("proef", frame, "waargenomen", f"{name}@x")


def build(**changed: SourceTable | None) -> Codings:
    found = build_codings(*({name: load(name) for name in NAMES} | changed).values())
    assert found
    return found


def change(name: str, row: int, **cells: object) -> dict[str, SourceTable]:
    table = load(name)
    frame = table.rijen.astype(object)
    for column, value in cells.items():
        frame.loc[frame.index[row], column] = value
    return {name: replace(table, rijen=frame)}


def add(name: str, *rows: str) -> dict[str, SourceTable]:
    """Return a table with more rows, as comma-separated cells."""
    table = load(name)
    columns = [column for column in table.rijen if column != "rij"]
    last = int(table.rijen["rij"].max())
    more = pd.DataFrame([row.split(",") for row in rows], columns=columns).assign(
        rij=range(last + 1, last + 1 + len(rows))
    )
    return {name: replace(table, rijen=pd.concat([table.rijen, more], ignore_index=True))}


def count(codings: Codings, code: str, vraag: str = "ambitie") -> tuple[float, float]:
    counts = count_coding(codings, vraag, code, {code}, PROFILE)
    return counts["respondenten"].value, counts["vermeldingen"].value


def test_a_study_that_supplies_nothing_has_no_codings():
    """None stays None, and the chapter says what would be needed."""
    assert build_codings(None, None, None) is None
    text = show_codings(None, PROFILE).text
    assert text.startswith("De telling per code en thema wordt hier niet getoond. Welk antwoord welke code kreeg")
    assert show_codings(None, PROFILE).results == ()


def test_respondents_and_mentions_are_counted_apart():
    """By hand: d1 twice and d2 once on overleg (once as afstemmen), d2 once on vertrouwen, d3 on geld."""
    codings = build()
    assert count(codings, "overleg") == (2, 3)
    assert count(codings, "vertrouwen") == (1, 1)
    assert count(codings, "geld") == (1, 1)
    assert count(codings, "geld", "droombeeld") == (1, 1)
    assert count(codings, "mensen") == (0, 0)


def test_a_theme_counts_each_respondent_once():
    """d2 has two codes of one theme: two respondents, four mentions in the theme, three respondents in all."""
    rows = [row.split(" | ") for row in tabulate_codings(build(), "ambitie", PROFILE).show().text.splitlines()[2:]]
    assert rows == [
        ["Samenwerken", "alle codes", "2", "4"],
        ["Samenwerken", "Overleg", "2", "3"],
        ["Samenwerken", "Vertrouwen", "1", "1"],
        ["Middelen", "alle codes", "1", "1"],
        ["Middelen", "Geld", "1", "1"],
        ["Middelen", "Mensen", "0", "0"],
        ["Alle thema's", "alle codes", "3", "5"],
    ]


def test_the_table_is_shown_per_question_with_traceable_numbers():
    """Each question has its own table; every number has an id, and none is loose."""
    shown = show_codings(build(), PROFILE)
    ids = [result.id for result in shown.results]
    assert "proef.codering.ambitie.overleg.respondenten" in ids
    assert "proef.codering.droombeeld.thema-middelen.vermeldingen" in ids
    assert len(ids) == len(set(ids))
    assert account_numbers(shown.html)[1] == []


def test_removing_a_coding_changes_the_cell():
    """Without the fragment of d2 on overleg that code has one respondent left."""
    table = load("coderingen")
    kept = table.rijen[~((table.rijen["respondent"] == "d2") & (table.rijen["code"] == "overleg"))]
    assert count(build(coderingen=replace(table, rijen=kept)), "overleg") == (1, 2)


def test_what_only_serves_to_compare_coders_is_not_counted():
    """Of the second coder's five codings none counts: six of eleven rows are mentions."""
    assert sum(coding.telt for coding in build().coderingen) == 6


def test_two_codes_merged_later_are_one_mention_in_a_fragment():
    """A fragment with afstemmen and overleg, given before the merging, is one mention of overleg."""
    more = add(
        "coderingen", "d3,ambitie,f2,afstemmen,codeur a,2024-02-01,ja", "d3,ambitie,f2,overleg,codeur a,2024-02-01,ja"
    )
    assert count(build(**more), "overleg") == (3, 4)


def test_merges_follow_each_other():
    """Afstemmen went into overleg in March and overleg into vertrouwen in May: all end in vertrouwen."""
    merges = add("code_samenvoegingen", "overleg,vertrouwen,2024-05-01,Verzonnen reden")
    assert count(build(**merges), "vertrouwen") == (2, 4)
    assert [code.id for code in build(**merges).codeboek.current] == ["vertrouwen", "geld", "mensen"]


def test_without_a_merge_log_every_code_stands():
    """Afstemmen keeps its own mention."""
    assert count(build(code_samenvoegingen=None), "afstemmen") == (1, 1)


def test_a_code_is_good_on_the_day_of_its_merging_and_not_after():
    """Codings given on that day are read under the code that remained; the next day they are refused."""
    assert count(build(**change("coderingen", 2, datum="2024-03-01")), "overleg") == (2, 3)
    with pytest.raises(NsocError) as error:
        build(**change("coderingen", 2, datum="2024-03-02"))
    assert str(error.value) == (
        "Fout in tabel coderingen van proef, rij 4, kolom code\n"
        '  gevonden: "afstemmen"\n'
        '  verwacht: "overleg": de code "afstemmen" is op 2024-03-01 samengevoegd\n'
        "  wat nu:   Codeer met de code die bleef, of verbeter de datum."
    )


def test_codings_that_were_not_observed_are_not_shown():
    """Invented codings say nothing about what anybody thought."""
    made_up = replace(load("coderingen"), herkomst="gesimuleerd")
    assert "niet waargenomen" in show_codings(build(coderingen=made_up), PROFILE).text


def test_codings_need_their_code_book():
    """The message names the file in which the table is missing."""
    with pytest.raises(NsocError, match=r"meting\.yml van proef\n  gevonden: de tabel coderingen zonder"):
        build(codeboek_open=None)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (change("coderingen", 0, code="geluk"), 'tabel coderingen van proef, rij 2, kolom code\n  gevonden: "geluk"'),
        (change("coderingen", 0, datum="2024-02"), 'rij 2, kolom datum\n  gevonden: "2024-02"'),
        (change("coderingen", 0, datum=None), "rij 2, kolom datum\n  gevonden: een lege cel"),
        (change("coderingen", 0, telt="soms"), "rij 2, kolom telt"),
        (change("coderingen", 0, fragment=None), "rij 2, kolom fragment"),
        (add("coderingen", "d1,ambitie,f1,overleg,codeur b,2024-02-01,ja"), "rij 13, kolom code"),
        (change("codeboek_open", 1, code="overleg"), "rij 3, kolom code"),
        (change("codeboek_open", 1, versie="b"), 'rij 3, kolom versie\n  gevonden: "b"'),
        (change("codeboek_open", 1, soort="inductief"), "rij 3, kolom soort"),
        (change("codeboek_open", 0, definitie=None), "rij 2, kolom definitie\n  gevonden: een lege cel"),
        (change("code_samenvoegingen", 0, van="geluk"), "rij 2, kolom van"),
        (change("code_samenvoegingen", 0, naar="geluk"), "rij 2, kolom naar"),
        (change("code_samenvoegingen", 0, naar="afstemmen"), "rij 2, kolom naar"),
        (change("code_samenvoegingen", 0, reden=None), "rij 2, kolom reden"),
        (add("code_samenvoegingen", "afstemmen,geld,2024-04-01,Nog een keer"), "rij 3, kolom van"),
        (add("code_samenvoegingen", "geld,afstemmen,2024-04-01,Te laat"), "rij 3, kolom naar.*\n.*\n.*op 2024-04-01 nog"),
        (add("code_samenvoegingen", "overleg,afstemmen,2024-04-01,Rondje"), "rij 3, kolom naar"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_refused_with_its_place(changed, message):
    """The refusal names table, row and column."""
    with pytest.raises(NsocError, match=message):
        build(**changed)
