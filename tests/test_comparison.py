"""Comparison by declaration: a fictitious first and second round of ten people and two statements."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from fictitious import (
    EERDER,
    EVERYBODY,
    LATER,
    LINKED,
    REDEN,
    TOESTEMMING,
    compare,
    declared,
    dossier,
    links,
    raw_codebook,
    raw_statement,
    table,
)

from nsoc_lib.comparison import (
    NOTHING_SHARED,
    UNDECLARED,
    UNKNOWN_STUDY,
    build_declarations,
    build_links,
    compare_metingen,
    smallest_group,
)
from nsoc_lib.errors import NsocError
from nsoc_lib.meting import Meting
from nsoc_lib.published import Dossier
from nsoc_lib.rounds import GEKOPPELD, GESCHEIDEN, NIET_VERGELIJKBAAR, ZELFDE_POPULATIE, Change
from nsoc_lib.source_rows import SourceTable

# What a declared design gives


def went(change: Change) -> tuple[float | str, ...]:
    """Return who went to agreeing, who away from it, and who stayed."""
    return tuple(change.filling[name] for name in ("erbij", "eraf", "gebleven"))


def test_linked_people_are_compared_one_by_one() -> None:
    """Of ten linked people two go to agreeing and one away from it: 2 and 1 of 3 who changed give a chance of 1."""
    pair = compare(LINKED, EVERYBODY)
    (doel, change), (tijd, same) = pair.changes
    assert (doel.id, *went(change), change.filling["kans"]) == ("doel", 2, 1, 7, 1.0)
    assert (tijd.id, *went(same)) == ("tijd", 0, 0, 10)
    assert pair.weigering == ""
    assert pair.reasons == {}


def test_a_link_is_followed_and_not_the_number_of_the_respondent() -> None:
    """With persons crossed, r0 to r9 of the later round are r9 to r0 of the earlier one."""
    crossed = links(*((f"R_{n}", f"R_{9 - n}") for n in range(10)))
    change = {s.id: c for s, c in compare(LINKED, crossed).changes}["tijd"]
    assert went(change) == (5, 5, 0)


def test_who_answered_once_is_left_out_of_a_link() -> None:
    """Three people answered "weet niet" the second time: seven remain, and none of them is invented."""
    pair = compare(LINKED, EVERYBODY, answers={"doel": "eeeoeeowww", "tijd": LATER["tijd"]})
    change = pair.changes[0][1]
    assert went(change) == (2, 1, 4)


def test_one_population_is_compared_by_its_bounds() -> None:
    """4 of 10 agreed and all answered; later 5 of 8 agree and 2 are silent: between 1 and 3 people more."""
    pair = compare(declared(ZELFDE_POPULATIE), answers={"doel": "eeeoeeoo--", "tijd": LATER["tijd"]})
    change = pair.changes[0][1]
    assert (change.low, change.high, change.outcome) == (1, 3, "zeker toegenomen")


def test_separate_groups_are_compared_with_a_margin() -> None:
    """Without a table of links nobody is known to be on both sides: 4 of 10 beside 5 of 10 is 10 points."""
    change = compare(declared(GESCHEIDEN)).changes[0][1]
    assert change.design == GESCHEIDEN
    assert [change.filling[f"{side}_{part}"] for side in ("eerste", "tweede") for part in ("aantal", "basis")] == [
        4,
        10,
        5,
        10,
    ]
    assert change.filling["verschil"] == 10


def test_the_declaring_meting_is_the_later_one() -> None:
    """The order of the parameter does not turn a comparison round: who declares came later."""
    later, earlier = dossier("meting-3", LATER, declared(ZELFDE_POPULATIE)), dossier("meting-1", EERDER)
    pair = compare_metingen((later, earlier))[0]
    assert (pair.eerder.meting.naam, pair.later.meting.naam) == ("meting-1", "meting-3")
    assert pair.base == "meting-3.vergelijking.meting-1"
    assert (pair.changes[0][1].low, pair.changes[0][1].high) == (1, 1)


def test_every_pair_of_metingen_is_looked_at() -> None:
    """Three metingen make three pairs, and only the declared one is compared."""
    third = dossier("meting-3", LATER, declared(ZELFDE_POPULATIE))
    pairs = compare_metingen((dossier("meting-1", EERDER), dossier("meting-2", EERDER), third))
    assert [(p.eerder.meting.naam, p.later.meting.naam, bool(p.changes)) for p in pairs] == [
        ("meting-1", "meting-2", False), ("meting-1", "meting-3", True), ("meting-2", "meting-3", False),
    ]  # fmt: skip


# What is refused


def refusal(*tables: SourceTable, **changes: Any) -> str:
    """Return the one reason why nothing is compared."""
    pair = compare(*tables, **changes)
    assert pair.changes == ()
    (reason,) = pair.reasons
    return reason


def test_nothing_is_compared_by_default() -> None:
    """Two rounds of one questionnaire without a declaration are not compared."""
    assert refusal() == UNDECLARED


def test_another_study_is_refused_whatever_is_declared() -> None:
    """Rounds of two studies are never compared, declared or not."""
    for tables in ((), (declared(ZELFDE_POPULATIE),), (declared(NIET_VERGELIJKBAAR),)):
        assert "verschillende evaluaties" in refusal(*tables, onderzoek="ondermijning")


@pytest.mark.parametrize("onderzoek", [("", "nsoc"), ("nsoc", ""), ("", "")])
def test_a_study_that_nobody_recorded_is_no_study_in_common(onderzoek: tuple[str, str]) -> None:
    """Without the name of the study on either side two rounds are not taken for one evaluation."""
    first = dossier("meting-1", EERDER, onderzoek=onderzoek[0])
    assert refusal(declared(ZELFDE_POPULATIE), first=first, onderzoek=onderzoek[1]) == UNKNOWN_STUDY


def test_declared_not_comparable_gives_the_declared_reason() -> None:
    """The sentence of the researchers is the sentence of the report."""
    assert refusal(declared(NIET_VERGELIJKBAAR, reden="Het zijn andere vragen.")) == "Het zijn andere vragen."


def test_a_link_without_consent_is_refused() -> None:
    """The links are there, and without the record of consent they are not used."""
    assert "toestemming gaven om hun antwoorden te koppelen" in refusal(declared(GEKOPPELD), EVERYBODY)


def test_a_linked_design_without_links_is_refused() -> None:
    """Consent alone links nobody, with an empty table of links for this meting or without one."""
    assert "niets gekoppeld" in refusal(LINKED)


def test_separate_groups_that_share_people_are_refused() -> None:
    """One person on both sides is enough, when a table of links tells."""
    assert "Dezelfde mensen staan aan beide kanten" in refusal(declared(GESCHEIDEN), links(("R_0", "R_5")))


def test_another_number_of_invited_is_no_same_population() -> None:
    """Twelve invited after ten is another group of people."""
    assert "niet dezelfde populatie" in refusal(declared(ZELFDE_POPULATIE), invited=12)


def test_imitated_answers_are_not_linked() -> None:
    """Nobody is behind an imitated answer, so nobody can be followed."""
    assert "nagebootst" in refusal(LINKED, EVERYBODY, herkomst="gesimuleerd")


def test_the_smallest_group_of_the_codebooks_counts() -> None:
    """Ten answers are too few when one of both codebooks asks for eleven."""
    book = raw_codebook(smallest=11)
    assert "te herleiden" in refusal(declared(ZELFDE_POPULATIE), codebook=book)
    surveys = [dossier("meting-1", EERDER, codebook=raw_codebook(smallest=n)).enquetes["thermometer"] for n in (4, 7)]
    assert smallest_group(*surveys) == 7


@pytest.mark.parametrize(
    "change",
    [
        {"tekst": "Wij delen een ander doel."},
        {"richting": "negatief"},
        {"schaal": "ja"},
        {"schaal": "breed"},
    ],
)
def test_a_question_in_other_words_is_another_question(change: dict[str, str]) -> None:
    """Other words, another direction or another scale under the same id: that statement is not compared, others are."""
    book = raw_codebook(raw_statement("doel", **change), raw_statement("tijd"))
    book["schalen"]["ja"] = book["schalen"]["eens"] | {"instemmend": ["Oneens"]}
    wider = [*book["schalen"]["eens"]["antwoorden"], {"code": 4, "label": "Neutraal"}]
    book["schalen"]["breed"] = book["schalen"]["eens"] | {"antwoorden": wider}
    pair = compare(declared(ZELFDE_POPULATIE), codebook=book)
    assert [stelling.id for stelling, _ in pair.changes] == ["tijd"]
    assert pair.reasons == {"De metingen stelden niet dezelfde vraag.": ["Doel"]}


def test_the_place_of_a_question_does_not_make_it_another() -> None:
    """Another column, short name, theme and spacing is still the same question."""
    book = raw_codebook(
        raw_statement("doel", kolom="Q7", kort="Het doel", tekst="Wij  delen doel."), raw_statement("tijd")
    )
    assert [stelling.id for stelling, _ in compare(declared(ZELFDE_POPULATIE), codebook=book).changes] == [
        "doel",
        "tijd",
    ]


def test_questionnaires_without_a_statement_in_common_are_not_compared() -> None:
    """A declared design does not make other questions comparable."""
    pair = compare(declared(ZELFDE_POPULATIE), answers={"geld": "eeeeeooooo"})
    assert (pair.weigering, pair.gedeeld and pair.gedeeld.value) == (NOTHING_SHARED, 0)


def test_a_meting_of_interviews_has_no_shares() -> None:
    """Without a questionnaire there is nothing to count, also when a comparison was declared."""
    first = dossier("meting-1", EERDER)
    interviews = Dossier(Meting("meting-3", "Gesprekken", (), (), "nsoc"), {}, {"vergelijkingen": declared(GESCHEIDEN)})
    pair = compare_metingen((first, interviews))[0]
    assert (pair.weigering, pair.gedeeld) == (
        "Een van de metingen leverde geen aandelen op, dus er is niets om te vergelijken.",
        None,
    )


def test_statements_in_common_are_counted() -> None:
    """Two statements stand in both questionnaires; the count belongs to the later meting."""
    gedeeld = compare().gedeeld
    assert gedeeld
    assert (gedeeld.id, gedeeld.value) == ("meting-3.vergelijking.meting-1.stellingen", 2)
    assert (gedeeld.provenance, gedeeld.dataset) == ("herleid", "thermometer@meting-3")


# What the tables may hold


def blocked(*tables: SourceTable, metingen: tuple[Dossier, ...] = ()) -> str:
    with pytest.raises(NsocError) as raised:
        compare_metingen(metingen) if metingen else compare(*tables)
    return str(raised.value)


def test_a_declaration_is_signed() -> None:
    """Role and date stand together; the reason is the sentence for the reader."""
    (declaration,) = build_declarations(LINKED)
    assert (declaration.ondertekening, declaration.reden) == ("onderzoeker, 2027-05-01", REDEN)
    assert declaration.design.toestemming == TOESTEMMING


@pytest.mark.parametrize("column", ["met", "reden", "rol", "datum", "vindplaats"])
def test_a_declaration_without_reason_or_signature_is_refused(column: str) -> None:
    """Who declared what, when, why and on what grounds is never left empty."""
    assert f"rij 2, kolom {column}\n  gevonden: een lege cel" in blocked(declared(GESCHEIDEN, **{column: None}))


def test_an_unknown_design_is_refused() -> None:
    """Only a design that has a comparison, or none at all, can be declared."""
    assert blocked(declared("los")) == (
        "Fout in tabel vergelijkingen van meting-3, rij 2, kolom opzet\n"
        '  gevonden: "los"\n'
        "  verwacht: een van: gekoppeld, zelfde populatie, gescheiden, niet vergelijkbaar\n"
        "  wat nu:   Verbeter de waarde in de tabel."
    )


def test_a_meting_is_not_declared_beside_itself() -> None:
    """A declaration is about another meting."""
    assert "een andere meting dan deze zelf" in blocked(declared(GESCHEIDEN, met="meting-3"))


def test_one_declaration_for_each_pair() -> None:
    """Two rows about one meting, or a declaration on both sides, leave open which holds."""
    twice = declared(GESCHEIDEN)
    twice = SourceTable("meting-3", pd.concat([twice.rijen, twice.rijen.assign(rij=3)]), "waargenomen", twice.dataset)
    assert "rij 3, kolom met" in blocked(twice)
    back = declared(GESCHEIDEN, met="meting-3")
    first = dossier("meting-1", EERDER, SourceTable("meting-1", back.rijen, "waargenomen", back.dataset))
    both = (first, dossier("meting-3", LATER, declared(GESCHEIDEN)))
    assert "in allebei een verklaring over de andere" in blocked(metingen=both)


def test_one_meting_has_nothing_to_stand_beside() -> None:
    """The chapter asks for at least two metingen."""
    assert "ten minste twee metingen" in blocked(metingen=(dossier("meting-1", EERDER),))


@pytest.mark.parametrize(
    ("wrong", "where", "found"),
    [
        (links(("R_77", "R_1")), "rij 2, kolom respondent_eerste", "iemand die niet in die export staat"),
        (links(("R_1", "R_77")), "rij 2, kolom respondent_tweede", "iemand die niet in die export staat"),
        (links(("R_1", "R_1"), ("R_1", "R_2")), "rij 3, kolom respondent_eerste", "iemand die al gekoppeld is"),
        (links(("R_1", "R_1"), ("R_2", "R_1")), "rij 3, kolom respondent_tweede", "iemand die al gekoppeld is"),
        (links(("R_1", "R_1"), met="meting-2"), "rij 2, kolom met", '"meting-2"'),
    ],
)
def test_a_link_that_leads_nowhere_stops(wrong: SourceTable, where: str, found: str) -> None:
    """Somebody unknown, somebody twice or a meting nobody declared is an error by row, and quotes no pseudonym."""
    block = blocked(LINKED, wrong)
    assert where in block
    assert f"gevonden: {found}" in block
    assert "R_" not in block


def test_links_of_another_meting_are_left_alone() -> None:
    """A later meting may link to several earlier ones; each pair takes its own rows."""
    first, second = (dossier(name, EERDER).enquetes["thermometer"] for name in ("meting-1", "meting-3"))
    rows = table(
        "koppelingen", "met respondent_eerste respondent_tweede", ("meting-1", "R_1", "R_2"), ("meting-2", "R_8", "R_9")
    )
    assert build_links(rows, ["meting-1", "meting-2"], first, second) == {"r2": "r1"}


def test_an_outcome_is_a_change_or_a_reason() -> None:
    """Nothing else reaches a reader."""
    pair = compare(LINKED, EVERYBODY)
    assert all(isinstance(outcome, Change) for _, outcome in pair.uitkomsten)
