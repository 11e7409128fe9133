"""What a reader sees of a comparison: designs side by side, who declared what, and each number accounted for."""

from __future__ import annotations

import pytest
from conftest import ROOT
from fictitious import EERDER, EVERYBODY, LATER, LINKED, TOESTEMMING, compare, declared, dossier, table

from nsoc_lib.comparison import Pair, compare_metingen
from nsoc_lib.comparison_tables import (
    ASPECTEN,
    COLUMNS,
    MANY_NOTE,
    tabulate_declarations,
    tabulate_designs,
    tell_comparability,
    was_compared,
)
from nsoc_lib.errors import NsocError
from nsoc_lib.paths import Study
from nsoc_lib.publish.digits import LOOSE, account_numbers
from nsoc_lib.published import Dossier
from nsoc_lib.rounds import CLAIMS, GEKOPPELD, GESCHEIDEN, NIET_VERGELIJKBAAR, OPZETTEN, ZELFDE_POPULATIE
from nsoc_lib.source_rows import SourceTable
from nsoc_lib.sources.study import load_meting
from nsoc_lib.sources.tabular import load_table

STUDY = Study(ROOT / "data", ROOT / "reports")


def real(*, without: str = "") -> tuple[Dossier, ...]:
    """Return both metingen of the evaluation with the tables of this chapter, without one aspect of the second."""
    found = []
    for name in ("meting-1", "meting-2"):
        record = load_meting(STUDY, name)
        tables = {}
        for raw in record.tabellen:
            if raw.naam in {"opzet", "vergelijkingen"}:
                frame = load_table(ROOT / "data/raw" / name / raw.bestand, raw.bestand, raw.kolommen)
                if without and raw.naam == "opzet" and name == "meting-2":
                    frame = frame[frame["aspect"] != without]
                tables[raw.naam] = SourceTable(name, frame, raw.herkomst, f"{raw.naam}@x")
        found.append(Dossier(record, {}, tables))
    return tuple(found)


def told(*tables: SourceTable, **changes: object) -> str:
    return tell_comparability((compare(*tables, **changes),)).text


# The two metingen of the evaluation


def test_both_designs_stand_side_by_side() -> None:
    """Eight aspects, the first meting in the first column; when the fieldwork was is not published for either."""
    shown = tabulate_designs(real()).show().text.splitlines()
    assert shown[1] == "Onderdeel | Eerste meting | Tweede meting | Vindplaats"
    assert len(shown) == 2 + 8
    assert shown[-1] == "Wanneer | niet gepubliceerd | niet gepubliceerd | Regioplan §1.3 en §3.1"
    assert "percentages, met het aantal antwoorden" in shown[8].split(" | ")[1]
    assert "geen percentages" in shown[8].split(" | ")[2]


def test_an_aspect_that_is_not_recorded_is_a_dash() -> None:
    """Without the row on the aim of the second meting its cell is empty, and the first keeps its own."""
    before, after = (tabulate_designs(real(without=name)).show().text.splitlines()[2] for name in ("", "doel"))
    assert before.split(" | ")[2].startswith("Vooral zien wat het samenwerkingsverband toevoegt")
    assert after.split(" | ")[:3] == [*before.split(" | ")[:2], "–"]


def test_the_two_metingen_are_not_compared_and_the_reason_is_plain() -> None:
    """Aim, questions and way of working differ, so that a difference is no change; no number is shown."""
    pairs = compare_metingen(real())
    shown = tell_comparability(pairs)
    assert not was_compared(pairs)
    assert "Tussen “Eerste meting” en “Tweede meting” is geen verandering uitgerekend." in shown.text
    assert "Doel, vragen en werkwijze verschillen, dus een verschil tussen beide is geen verandering" in shown.text
    assert shown.html.count('<p class="weigering">') == 1
    assert shown.results == ()
    assert LOOSE.search(shown.text) is None


def test_who_declared_it_stands_there_with_date_and_grounds() -> None:
    """The judgement is ours and signed; the second meting has no questionnaire to share a statement with."""
    row = tabulate_declarations(compare_metingen(real())).show().text.splitlines()[2].split(" | ")
    assert row == [
        "Eerste meting", "Tweede meting", "niet vergelijkbaar", "geen vragenlijst gemeen",
        "opstellers van dit rapport, 2026-11-22", "Regioplan §1.3, twee metingen; §3.1",
    ]  # fmt: skip


# Fictitious metingen of any design


def test_every_design_that_can_be_compared_has_columns() -> None:
    """A design that is added to the rounds cannot be forgotten here."""
    assert set(COLUMNS) == set(OPZETTEN) - {NIET_VERGELIJKBAAR} == set(CLAIMS)


def test_linked_people_are_told_with_counts_and_chance() -> None:
    """The sentence reads one row aloud: 2 of 10 towards agreeing, 1 away, 7 stayed; the claim stands below."""
    shown = told(LINKED, EVERYBODY)
    assert "“Meting 1” en “Meting 3” zijn wel vergeleken. Dezelfde vragenlijst ging naar dezelfde mensen." in shown
    assert (
        "Zo is de tabel te lezen, voor “Doel”. Van de 10 mensen die bij “Meting 1” en bij “Meting 3” antwoordden "
        "gingen er 2 van niet eens naar eens en 1 van eens naar niet eens; 7 bleven waar zij waren."
    ) in shown
    assert "Doel | 10 | 2 | 1 | 7 | 1,000 | per saldo toegenomen" in shown
    assert "Tijd | 10 | 0 | 0 | 10 | 1,000 | per saldo gelijk gebleven" in shown
    html = tell_comparability((compare(LINKED, EVERYBODY),)).html
    assert CLAIMS[GEKOPPELD] in html
    assert MANY_NOTE in html


def test_one_population_is_told_with_bounds() -> None:
    """Eerder zeker 4 tot 4 van 10, later 5 tot 7: one to three people more; no chance is spoken of."""
    shown = told(declared(ZELFDE_POPULATIE), answers={"doel": "eeeoeeoo--", "tijd": LATER["tijd"]})
    assert "Doel | 4 tot 4 van 10 | 5 tot 7 van 10 | 1 tot 3 | zeker toegenomen" in shown
    assert "Tijd | 5 tot 5 van 10 | 5 tot 5 van 10 | 0 tot 0 | zeker gelijk gebleven" in shown
    assert MANY_NOTE not in tell_comparability((compare(declared(ZELFDE_POPULATIE)),)).html


def test_separate_groups_are_told_with_a_margin() -> None:
    """4 of 10 beside 5 of 10 is 10 points, and no difference fits the margin as well."""
    row = next(line for line in told(declared(GESCHEIDEN)).splitlines() if line.startswith("Doel |"))
    assert row.startswith("Doel | 4 van 10 | 5 van 10 | 10 | ")
    assert row.endswith("geen verschil aan te tonen")


@pytest.mark.parametrize("tables", [(LINKED, EVERYBODY), (declared(ZELFDE_POPULATIE),), (declared(GESCHEIDEN),), ()])
def test_every_number_is_accounted_for(tables: tuple[SourceTable, ...]) -> None:
    """No digit stands loose, also not in the name of a meting, and each result belongs to the later one."""
    pairs = (compare(*tables),)
    page = tell_comparability(pairs).html + tabulate_declarations(pairs).show().html
    assert account_numbers(page)[1] == []
    results = tell_comparability(pairs).results + tabulate_declarations(pairs).results
    assert all(result.id.startswith("meting-3.vergelijking.meting-1.") for result in results)
    assert {result.dataset for result in results} == {"thermometer@meting-3"}


def test_a_number_has_one_id_in_sentence_and_table() -> None:
    """What is told of a statement and what stands in its row is one result with one content."""
    results = tell_comparability((compare(LINKED, EVERYBODY),)).results
    by_id = {result.id: result for result in results}
    assert len(results) > len(by_id)
    assert all(by_id[result.id] == result for result in results)
    assert by_id["meting-3.vergelijking.meting-1.doel.erbij"].label == "Doel: erbij"


def test_imitated_answers_on_either_side_make_the_result_imitated() -> None:
    """A change since an imitated round is not observed, and the table says so."""
    first = dossier("meting-1", EERDER, herkomst="gesimuleerd")
    shown = tell_comparability((compare(declared(ZELFDE_POPULATIE), first=first),))
    assert {result.provenance for result in shown.results} == {"gesimuleerd"}
    assert "Nagebootste antwoorden" in shown.html
    observed = tell_comparability((compare(declared(ZELFDE_POPULATIE)),))
    assert {result.provenance for result in observed.results} == {"waargenomen"}


def test_statements_that_cannot_be_compared_are_named_beside_those_that_can() -> None:
    """On tijd only two people answered the second time: that statement is refused by name, doel is shown."""
    pair = compare(declared(ZELFDE_POPULATIE), answers={"doel": LATER["doel"], "tijd": "eo--------"})
    shown = tell_comparability((pair,)).text
    assert "Een vergelijking van “Tijd” wordt hier niet getoond. Een van de groepen is zo klein" in shown
    assert "Doel | 4 tot 4 van 10" in shown
    assert "Tijd |" not in shown


def test_one_reason_for_all_is_told_once() -> None:
    """Without consent both statements are refused for the same reason, in one box."""
    shown = tell_comparability((compare(declared(GEKOPPELD), EVERYBODY),))
    assert shown.html.count('<p class="weigering">') == 1
    assert "Een vergelijking wordt hier niet getoond. Nergens is vastgelegd dat de deelnemers toestemming" in shown.text
    assert shown.results == ()


def test_the_record_of_consent_stands_with_the_declaration() -> None:
    """Who reads that people were linked, reads where they agreed to it; nobody declared is a dash."""
    linked = tabulate_declarations((compare(LINKED, EVERYBODY),)).show().text.splitlines()[2]
    assert linked.endswith(f"gekoppeld | 2 | onderzoeker, 2027-05-01 | draaiboek; toestemming: {TOESTEMMING}")
    assert tabulate_declarations((compare(),)).show().text.splitlines()[2].endswith("niets vastgelegd | 2 | – | –")


def design(*rows: tuple[str, str, str]) -> Dossier:
    return dossier("meting-3", LATER, table("opzet", "aspect tekst vindplaats", *rows))


def test_an_aspect_is_known_and_stands_once() -> None:
    """Designs can only stand side by side when they speak of the same things."""
    row = ("doel", "Zien wat er verandert", "draaiboek")
    with pytest.raises(NsocError, match='rij 2, kolom aspect\n  gevonden: "budget"'):
        tabulate_designs((design(("budget", "ruim", "draaiboek")),))
    with pytest.raises(NsocError, match="rij 3, kolom aspect"):
        tabulate_designs((design(row, row),))
    with pytest.raises(NsocError, match="kolom tekst\n  gevonden: een lege cel"):
        tabulate_designs((design(("doel", "", "draaiboek")),))


def test_a_meting_without_a_recorded_design_has_an_empty_column() -> None:
    """Nobody described it, and the reader sees that nobody did."""
    rows = tabulate_designs((real()[0], dossier("meting-3", LATER))).show().text.splitlines()[2:]
    assert [row.split(" | ")[2] for row in rows] == ["–"] * len(ASPECTEN)


def test_a_pair_without_any_outcome_was_not_compared() -> None:
    """Prose that says something was compared needs at least one change."""
    pair = compare(LINKED, EVERYBODY)
    assert was_compared((Pair(pair.eerder, pair.later, None), pair))
    assert not was_compared((Pair(pair.eerder, pair.later, None),))
