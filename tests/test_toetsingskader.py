"""The toetsingskader: criteria by letter, coverage from evidence, verdicts only when signed."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from transcribed import change, load_real, without

from nsoc_lib.errors import NsocError
from nsoc_lib.source_rows import SourceTable
from nsoc_lib.toetsingskader import (
    DEELS,
    GEEN,
    GEEN_OORDEEL,
    JA,
    NIETS_GETEKEND,
    Criterion,
    Toetsingskader,
    Verdict,
    build_toetsingskader,
    count_coverage,
    needs_registration,
    sign_all,
    tabulate_counts,
    tabulate_coverage,
)


def select(kader: Toetsingskader, name: str, letter: str) -> Criterion:
    return next(criterion for criterion in kader.select_criteria(name) if criterion.letter == letter)


def row_of(table: object, letter: str) -> str:
    return next(line for line in table.show().text.splitlines() if line.startswith(f"{letter}. "))


@pytest.fixture
def criteria() -> SourceTable:
    return load_real("kader", "toetsingskader")


@pytest.fixture
def evidence() -> SourceTable:
    return load_real("kader", "dekking_toetsingskader")


@pytest.fixture
def kader(criteria: SourceTable, evidence: SourceTable) -> Toetsingskader:
    return build_toetsingskader(criteria, evidence)


def test_the_source_lists_24_and_38_criteria(kader: Toetsingskader) -> None:
    """A to X in the one framework, A to LL in the other, in the order of the source."""
    letters = {name: [c.letter for c in kader.select_criteria(name)] for name in ("6.2", "6.3")}
    alphabet = [chr(code) for code in range(ord("A"), ord("Z") + 1)]
    assert letters["6.2"] == alphabet[:24]
    assert letters["6.3"] == alphabet + [letter * 2 for letter in alphabet[:12]]


def test_one_text_under_two_letters_is_two_criteria(kader: Toetsingskader) -> None:
    """FF and LL say the same and stay apart, each with its own evidence."""
    first, last = select(kader, "6.3", "FF"), select(kader, "6.3", "LL")
    assert first.label == last.label
    assert first != last
    assert len(kader.select_evidence(first)) == len(kader.select_evidence(last)) == 3


def test_the_conditions_of_ansell_and_gash_group_a_to_l(kader: Toetsingskader) -> None:
    """Three, four, one and four criteria stand under the four conditions."""
    groups = [criterion.groep for criterion in kader.select_criteria("6.2")[:12]]
    assert groups == ["Basiscondities"] * 3 + ["Organisatie"] * 4 + ["Regie"] + ["Samenwerkingsproces"] * 4


def test_only_the_second_framework_names_methods(kader: Toetsingskader) -> None:
    """Ten criteria of 6.3 ask for a registration; in 6.2 no method is named."""
    assert {criterion.methode for criterion in kader.select_criteria("6.2")} == {""}
    asking = [criterion.letter for criterion in kader.select_criteria("6.3") if needs_registration(criterion)]
    assert asking == ["H", "M", "N", "P", "V", "X", "Y", "BB", "CC", "EE"]


def test_a_label_is_short(kader: Toetsingskader) -> None:
    """A label is our own and has at most twelve words."""
    assert max(len(criterion.label.split()) for criterion in kader.criteria) <= 12


@pytest.mark.parametrize(
    ("name", "letter", "before"),
    [
        ("6.2", "T", JA),
        ("6.3", "JJ", JA),
        ("6.3", "U", JA),
        ("6.2", "I", DEELS),
        ("6.3", "P", DEELS),
        ("6.3", "T", DEELS),
    ],
)
def test_coverage_rests_on_its_evidence(
    criteria: SourceTable, evidence: SourceTable, name: str, letter: str, before: str
) -> None:
    """Without the one row of evidence the cell says that there is none."""
    whole = build_toetsingskader(criteria, evidence)
    bare = build_toetsingskader(criteria, without(evidence, kader=name, letter=letter))
    assert whole.coverage(select(whole, name, letter)) == before
    assert bare.coverage(select(bare, name, letter)) == GEEN
    assert f" | {before} | " in row_of(tabulate_coverage(whole, name), letter)
    assert f" | {GEEN} | – | " in row_of(tabulate_coverage(bare, name), letter)


def test_parts_never_add_up_to_a_whole(kader: Toetsingskader) -> None:
    """Three pieces that each cover a part leave the criterion partly covered."""
    assert kader.coverage(select(kader, "6.3", "LL")) == DEELS


def test_the_counts_are_results(kader: Toetsingskader, criteria: SourceTable, evidence: SourceTable) -> None:
    """Of 24 criteria three are covered (T, U, V), H is not, twenty partly; one row less moves one criterion."""
    counts = count_coverage(kader, "6.2")
    assert [counts[name].value for name in ("totaal", JA, DEELS, GEEN, "registratie")] == [24, 3, 20, 1, 0]
    assert counts[JA].id == "kader.toetsingskader.6-2.ja"
    assert counts[JA].provenance == "herleid"
    less = count_coverage(build_toetsingskader(criteria, without(evidence, kader="6.2", letter="T")), "6.2")
    assert [less[name].value for name in (JA, DEELS, GEEN)] == [2, 20, 2]


def test_both_frameworks_are_counted(kader: Toetsingskader) -> None:
    """Of 38 criteria I, J, U, GG to KK are covered, eleven not, nineteen partly; ten ask for a registration."""
    lines = tabulate_counts(kader).show().text.splitlines()
    assert lines[2:] == ["§6.2 | 24 | 3 | 20 | 1 | 0", "§6.3 | 38 | 8 | 19 | 11 | 10"]
    codes = {c.letter: kader.coverage(c) for c in kader.select_criteria("6.3")}
    assert [letter for letter, code in codes.items() if code == JA] == ["I", "J", "U", "GG", "HH", "II", "JJ", "KK"]
    assert [letter for letter, code in codes.items() if code == GEEN] == [
        "F", "G", "H", "K", "L", "M", "N", "X", "Y", "BB", "CC",
    ]  # fmt: skip


def test_one_finding_makes_the_legal_framework_covered(criteria: SourceTable, evidence: SourceTable) -> None:
    """All interviewees say that it lacks; without that finding only the statement on data sharing is left."""
    bare = build_toetsingskader(criteria, without(evidence, kader="6.2", letter="V", bewijs="meting-1.b36"))
    whole = build_toetsingskader(criteria, evidence)
    assert (whole.coverage(select(whole, "6.2", "V")), bare.coverage(select(bare, "6.2", "V"))) == (JA, DEELS)


def test_an_opinion_never_covers_what_asks_for_a_registration(criteria: SourceTable, evidence: SourceTable) -> None:
    """Opinions on seizures are a part at most: they count no cases."""
    assert {e.dekt for e in build_toetsingskader(criteria, evidence).bewijzen if e.letter in {"P", "V", "EE"}} >= {
        DEELS
    }
    frame = evidence.rijen.copy()
    frame.loc[(frame["kader"] == "6.3") & (frame["letter"] == "V"), "dekt"] = JA
    with pytest.raises(
        NsocError, match=r'kolom dekt\n  gevonden: "ja"\n  verwacht: deels: dit onderwerp vraagt een telling'
    ):
        build_toetsingskader(criteria, replace(evidence, rijen=frame))


def test_the_account_of_nsoc_itself_covers_a_part_at_most(kader: Toetsingskader) -> None:
    """The state of an activity comes from reports that NSOC wrote."""
    own = [e for e in kader.bewijzen if e.bewijs.startswith("kader.activiteiten.")]
    assert len({e.bewijs for e in own}) == 7
    assert {e.dekt for e in own} == {DEELS}


def test_a_group_stands_once_above_its_criteria(kader: Toetsingskader) -> None:
    """Seven groups in 6.2, in the order of the source, each on a row of its own."""
    lines = tabulate_coverage(kader, "6.2").show().text.splitlines()
    assert lines[2:4] == ["Basiscondities", lines[3]]
    assert lines[3].startswith("A. Bestuurlijke en politieke aandacht bij de partners | deels | meting-1.b24 (")
    assert [line for line in lines[2:] if " | " not in line] == [
        "Basiscondities", "Organisatie", "Regie", "Samenwerkingsproces", "Doelen", "Activiteiten", "Randvoorwaarden",
    ]  # fmt: skip


def test_the_method_stands_behind_the_criterion(kader: Toetsingskader) -> None:
    """6.2 names no method and 6.3 does; the columns are the same, and there is none for verdicts that do not exist."""
    tables = [tabulate_coverage(kader, name) for name in ("6.2", "6.3")]
    assert [table.koppen for table in tables] == [("Onderwerp", "Dekking", "Bewijs en vindplaats", "Ontbreekt")] * 2
    assert row_of(tables[0], "H").startswith("H. Regie die verbindt en mogelijk maakt, niet oplegt | geen | – | bewijs")
    head = "X. Meer cocaïne in beslag genomen in de Rotterdamse haven (aantallen uit registratie) | geen | – | "
    assert row_of(tables[1], "X").startswith(head)


def test_an_unknown_framework_is_refused(kader: Toetsingskader) -> None:
    """There are two frameworks and no third."""
    with pytest.raises(NsocError, match=r"een van: 6\.2, 6\.3"):
        kader.select_criteria("6.4")


def test_evidence_for_an_unknown_criterion_is_refused(criteria: SourceTable, evidence: SourceTable) -> None:
    """The message names the row of the file and what stands there."""
    with pytest.raises(NsocError, match=r'rij 2, kolom letter\n  gevonden: "6\.2 ZZ"'):
        build_toetsingskader(criteria, change(evidence, "letter", "ZZ"))


def test_another_coverage_is_refused(criteria: SourceTable, evidence: SourceTable) -> None:
    """Evidence covers a criterion or a part of it; nothing else."""
    with pytest.raises(NsocError, match="een van: ja, deels"):
        build_toetsingskader(criteria, change(evidence, "dekt", "misschien"))


def test_a_letter_twice_is_refused(criteria: SourceTable, evidence: SourceTable) -> None:
    """The first letter overwritten by the second makes that one stand there twice."""
    with pytest.raises(NsocError, match=r"6\.2 B nog een keer"):
        build_toetsingskader(change(criteria, "letter", "B"), evidence)


SIGNED = {
    "kader": "6.2",
    "letter": "T",
    "oordeel": "niet vast te stellen",
    "rol": "onderzoeker",
    "datum": "2026-11-22",
    "argument": "Er is geen norm.",
}


def test_nobody_signed_a_verdict_yet(kader: Toetsingskader) -> None:
    """The table says so in a note until a researcher signs; then one row has it and the others have none."""
    assert NIETS_GETEKEND in tabulate_coverage(kader, "6.2").noten
    signed = kader.sign(Verdict(**SIGNED))
    table = tabulate_coverage(signed, "6.2")
    assert (table.koppen[-1], NIETS_GETEKEND in table.noten) == ("Oordeel", False)
    assert table.show().text.count(f" | {GEEN_OORDEEL}") == 23
    assert row_of(table, "T").endswith(" | niet vast te stellen (onderzoeker, 2026-11-22): Er is geen norm.")
    assert NIETS_GETEKEND in tabulate_coverage(signed, "6.3").noten


@pytest.mark.parametrize("name", ["oordeel", "rol", "datum", "argument"])
def test_a_verdict_without_signature_is_refused(name: str) -> None:
    """Words, role, date and argument are all needed."""
    with pytest.raises(NsocError, match=name):
        Verdict(**(SIGNED | {name: " "}))


def test_a_date_must_be_a_date() -> None:
    """A date in words cannot be sorted."""
    with pytest.raises(NsocError, match="een datum als 2026-11-22"):
        Verdict(**(SIGNED | {"datum": "gisteren"}))


@pytest.mark.parametrize("letter", ["ZZ", "T"])
def test_a_verdict_belongs_to_one_open_criterion(kader: Toetsingskader, letter: str) -> None:
    """An unknown criterion is refused, and so is a second verdict on the same one."""
    with pytest.raises(NsocError, match=f"6.2 {letter}"):
        kader.sign(Verdict(**SIGNED)).sign(Verdict(**(SIGNED | {"letter": letter})))


def verdicts(*rows: dict[str, str | None]) -> SourceTable:
    """Return a supplied table of verdicts; each row is the signed one with some cells changed."""
    base = SIGNED | {"vindplaats": "verslag"}
    frame = pd.DataFrame([base | row | {"rij": number} for number, row in enumerate(rows, start=2)])
    return SourceTable("kader", frame, "waargenomen", "oordelen@proef")


def test_without_a_table_of_verdicts_nothing_changes(kader: Toetsingskader) -> None:
    """A study need not supply verdicts."""
    assert sign_all(kader, None) == kader


def test_supplied_verdicts_appear_in_their_rows(kader: Toetsingskader) -> None:
    """Two rows sign two criteria, each with where the verdict is recorded."""
    signed = sign_all(kader, verdicts({}, {"kader": "6.3", "letter": "X", "oordeel": "onbekend"}))
    assert [(v.kader, v.letter, v.oordeel) for v in signed.oordelen] == [
        ("6.2", "T", "niet vast te stellen"), ("6.3", "X", "onbekend"),
    ]  # fmt: skip
    assert row_of(tabulate_coverage(signed, "6.2"), "T").endswith("Er is geen norm. (verslag)")
    assert "onbekend (onderzoeker, 2026-11-22)" in row_of(tabulate_coverage(signed, "6.3"), "X")


@pytest.mark.parametrize("column", ["oordeel", "rol", "datum", "argument", "vindplaats"])
@pytest.mark.parametrize("nothing", [None, " "])
def test_a_supplied_verdict_needs_every_cell(kader: Toetsingskader, column: str, nothing: str | None) -> None:
    """The message names the row of the file and the empty column."""
    with pytest.raises(NsocError, match=rf"tabel oordelen van kader, rij 3, kolom {column}\n  gevonden: een lege cel"):
        sign_all(kader, verdicts({}, {"letter": "U", column: nothing}))


@pytest.mark.parametrize("date", ["2026-11", "2026-02-30", "gisteren"])
def test_a_supplied_verdict_is_signed_on_a_day(kader: Toetsingskader, date: str) -> None:
    """A month, a day that does not exist and a word are no date of signing."""
    with pytest.raises(NsocError, match=rf'rij 2, kolom datum\n  gevonden: "{date}"'):
        sign_all(kader, verdicts({"datum": date}))


def test_a_supplied_verdict_has_a_known_criterion(kader: Toetsingskader) -> None:
    """Y is a letter of 6.3 alone."""
    with pytest.raises(NsocError, match=r"rij 2, kolom letter\n  gevonden: 6\.2 Y"):
        sign_all(kader, verdicts({"letter": "Y"}))


def test_a_criterion_is_judged_once(kader: Toetsingskader) -> None:
    """The second row on the same criterion is refused with its place."""
    with pytest.raises(NsocError, match=r"rij 3, kolom letter\n  gevonden: 6\.2 T nog een keer"):
        sign_all(kader, verdicts({}, {"oordeel": "voldoende"}))
