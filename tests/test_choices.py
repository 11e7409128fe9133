"""Counts per kind of question, with expected numbers counted by hand from twelve invented people."""

from dataclasses import replace

import pytest
from conftest import OPEN_PROFILE
from fictitious_enquete import Person, add_export, people
from test_choice_answers import CODEBOOK, FOLDER, clean, coding, export

from nsoc_lib.choices import (
    Spread,
    Tally,
    count_choices,
    count_codes,
    count_loop,
    count_ranks,
    count_statements,
    select_group,
)
from nsoc_lib.errors import NsocError
from nsoc_lib.given import count_given, list_statuses
from nsoc_lib.meting import Meting
from nsoc_lib.sources.study import load_yaml
from nsoc_lib.survey import Survey


def survey(persons: list[Person] | None = None, codes: list[tuple[str, str, str, str]] | None = None) -> Survey:
    """Return the fictitious survey, as observed data."""
    cleaned = clean(export(people() if persons is None else persons), None if codes is None else coding(codes))
    record = Meting.build(load_yaml(FOLDER / "meting.yml", "meting.yml"), "versterking-2021").enquetes[0]
    return Survey("versterking-2021", cleaned.antwoorden, cleaned.respondenten, cleaned.open_antwoorden, CODEBOOK,
                  replace(record, bestand="enquete.csv", herkomst="waargenomen"), "enquete@abc", cleaned.keuzes, OPEN_PROFILE)  # fmt: skip


SURVEY = survey()


def shares(tally: Tally) -> dict[str, tuple[int | None, int | None]]:
    """Return count and base per option that somebody chose and that may be shown."""
    return {
        line.label: (line.aandeel.count, line.aandeel.n) for line in tally.regels if line.aandeel and line.aandeel.count
    }


def parts(spread: Spread) -> dict[str, tuple[list[int], int]]:
    return {row.label: ([int(part.value) for part in row.delen], int(row.basis.value)) for row in spread.regels}


def test_a_top_three_counts_people_and_mentions():
    """Eleven people named factors, 6 x 3 + 4 x 3 + 2 = 32 times; ten of them named capacity."""
    tally = count_choices(SURVEY, "factoren")
    assert (tally.basis.value, tally.vermeldingen.value, tally.vermeldingen.unit) == (11, 32, "vermeldingen")
    assert shares(tally) == {
        "Capaciteit": (10, 11),
        "Vertrouwen tussen samenwerkingspartners": (7, 11),
        "Draagvlak": (6, 11),
        "Leiderschap": (4, 11),
        "Expertise": (4, 11),
        "Bewustwording": (1, 11),
    }
    first = tally.regels[0]
    assert (first.aandeel.shown, first.vermelding.shown, first.vermelding.n) == ("91%", "31%", 32)
    assert first.aandeel.id == "versterking-2021.enquete.factoren.capaciteit"


def test_shares_of_respondents_may_exceed_the_whole_and_those_of_mentions_may_not():
    """45 + 55 + 45 percent of respondents; 5 + 6 + 5 of 16 mentions."""
    lines = count_choices(SURVEY, "regio").regels
    assert round(sum(line.aandeel.value for line in lines)) == 145
    assert round(sum(line.vermelding.value for line in lines)) == 100


def test_one_answer_has_a_base_and_no_mentions():
    """Ten of twelve answered: one skipped the question and one had stopped."""
    tally = count_choices(SURVEY, "soort-organisatie")
    assert (tally.basis.value, tally.vermeldingen) == (10, None)
    assert shares(tally) == {"Overheidsorganisatie": (5, 10), "Semi-overheidsorganisatie": (5, 10)}


def test_a_small_background_group_is_hidden():
    """Five worked one to two years; two and four people in two other groups are fewer than five."""
    tally = count_choices(SURVEY, "duur-organisatie")
    assert shares(tally) == {"1 tot 2 jaar": (5, 11)}
    assert [line.label for line in tally.regels if line.aandeel.suppressed] == ["2 tot 5 jaar", "5 tot 10 jaar"]


def test_a_hidden_group_takes_another_with_it_when_the_total_would_tell():
    """One private employee beside ten others: with the total known both are hidden."""
    persons = people()
    persons[10].keuzes["soort-organisatie"] = ["privaat"]
    assert shares(count_choices(survey(persons), "soort-organisatie")) == {"Overheidsorganisatie": (5, 11)}


def test_an_opinion_is_not_hidden_when_few_hold_it():
    """Awareness was named by one person; a factor is no group of people."""
    assert shares(count_choices(SURVEY, "factoren"))["Bewustwording"] == (1, 11)


def test_leaving_out_a_group_changes_count_and_base():
    """Without the first five people six are left; five of them named capacity, two trust."""
    group = select_group(SURVEY, "organisatie", "openbaar-ministerie")
    rest = count_choices(SURVEY, "factoren", group, "zonder-om")
    assert len(group) == 5
    assert shares(rest)["Capaciteit"] == (5, 6)
    assert shares(rest)["Vertrouwen tussen samenwerkingspartners"] == (2, 6)
    assert rest.regels[0].aandeel.id == "versterking-2021.enquete.factoren.capaciteit.zonder-om"


def test_a_group_may_be_an_option_of_a_question():
    """Six people have a legal function."""
    assert len(select_group(SURVEY, "functie", "juridisch")) == 6


def test_a_group_that_does_not_exist_is_refused():
    """A misspelt code would otherwise leave nobody out."""
    with pytest.raises(NsocError) as error:
        select_group(SURVEY, "organisatie", "om")
    assert 'geen code "om"' in str(error.value)
    assert "openbaar-ministerie" in str(error.value)


def test_ranks_are_counted_per_place_with_one_base():
    """Capacity: six times first, four times second, of eleven who ranked."""
    ranks = parts(count_ranks(SURVEY, "factoren-rang"))
    assert ranks["Capaciteit"] == ([6, 4, 0], 11)
    assert ranks["Vertrouwen tussen samenwerkingspartners"] == ([1, 6, 0], 11)
    assert ranks["Draagvlak"] == ([0, 0, 6], 11)


def test_the_top_counts_the_first_places_only():
    """In the first two places: capacity ten times, draagvlak never; in all three draagvlak six times."""
    two = {row.label: row.aandeel.count for row in count_ranks(SURVEY, "factoren-rang", top=2).regels}
    three = {row.label: row.aandeel.count for row in count_ranks(SURVEY, "factoren-rang").regels}
    assert (two["Capaciteit"], two["Draagvlak"], three["Draagvlak"]) == (10, 0, 6)


def test_chosen_without_a_place_is_no_rank():
    """Awareness was chosen once and ranked by nobody; the twelfth person chose obstacles and stopped."""
    rows = {row.label: row for row in count_ranks(SURVEY, "factoren-rang").regels}
    assert ([part.value for part in rows["Bewustwording"].delen], rows["Bewustwording"].zonder.value) == ([0, 0, 0], 1)
    obstacles = {row.label: row.zonder.value for row in count_ranks(SURVEY, "obstakels-rang").regels}
    assert (obstacles["Bevoegdheden"], obstacles["Draagvlak"]) == (1, 0)


def test_a_loop_has_a_base_per_option_and_leaves_out_small_ones():
    """Six legal and five policy functions answered; four of five answered for "anders", too few to show."""
    loop = count_loop(SURVEY, "duur-functie")
    assert parts(loop) == {"Beleid": ([0, 0, 5, 0, 0], 5), "Juridisch": ([0, 4, 0, 0, 2], 6)}
    assert loop.weggelaten


def test_statements_have_their_own_base_without_bounds():
    """Six of eleven agree; the statement on halving was skipped once."""
    rows = {row.label: row for row in count_statements(SURVEY, "stellingen").regels}
    halving = rows["Halvering in tien jaar"].aandeel
    assert (halving.count, halving.n, halving.population, halving.low) == (6, 10, None, None)
    assert halving.id == "versterking-2021.enquete.stellingen.halvering.eens"
    assert parts(count_statements(SURVEY, "stellingen"))["Bedrijfsleven te weinig benut"] == ([0, 6, 1, 4, 0], 11)


def test_codes_are_counted_among_coded_words():
    """Five functions were coded, all project leader; eleven organisations, five of them over-represented."""
    assert shares(count_codes(SURVEY, "functie")) == {"Projectleider/leidinggevende": (5, 5)}
    assert shares(count_codes(SURVEY, "organisatie")) == {"Openbaar Ministerie": (5, 11), "Gemeente": (6, 11)}


def test_a_code_of_few_people_is_hidden():
    """Three and two people with two codes: fewer than five each."""
    codes = [(f"R_{n}", "functie", "projectleider" if n < 10 else "bestuur", "AB") for n in range(7, 12)]
    assert shares(count_codes(survey(codes=codes), "functie")) == {}


def test_each_question_tells_how_many_answered_and_how_the_others_did_not():
    """Twelve people at every question, in one way or another."""
    given = {question.id: {kind: r.value for kind, r in counts.items()} for question, counts in count_given(SURVEY)}
    assert len(given) == 18
    assert all(sum(counts.values()) == 12 for counts in given.values())
    assert given["factoren"] == {
        "geldig": 11,
        "overgeslagen": 1,
        "niet bereikt": 0,
        "niet getoond": 0,
        "niet ingevuld": 0,
    }
    assert given["factoren-rang"]["niet getoond"] == 1
    assert (given["stellingen"]["geldig"], given["stellingen"]["niet bereikt"]) == (11, 1)
    assert (given["organisatie"]["geldig"], given["organisatie"]["niet ingevuld"]) == (11, 1)


def test_results_of_an_observed_export_are_observed():
    """The provenance of the record travels with every number."""
    assert count_choices(SURVEY, "regio").regels[0].aandeel.provenance == "waargenomen"


def test_the_export_of_the_tests_is_added_to_a_record_that_says_so(tmp_path):
    """What replaces the missing answers is a file and one changed line; the codebook stays as it is."""
    for name in ("meting.yml", "codeboek.yml"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    add_export(tmp_path)
    record = Meting.build(load_yaml(tmp_path / "meting.yml", "meting.yml"), "versterking-2021").enquetes[0]
    assert (record.bestand, record.herkomst) == ("enquete.csv", "waargenomen")
    assert record.tabellen == ("enquete", "enquete_respondenten", "enquete_open_antwoorden", "enquete_keuzes")


def test_a_declared_kind_of_missing_is_a_way_of_not_answering():
    """It stands beside the others only where the file or the codebook declares it."""
    assert "ontbreekt" not in list_statuses(SURVEY)
    frame = SURVEY.keuzes.astype({"status": "str"}).assign(soort_ontbreekt=None)
    skipped = (frame["vraag"] == "factoren") & (frame["status"] == "overgeslagen")
    frame.loc[skipped, ["status", "soort_ontbreekt"]] = ["ontbreekt", "weigert"]
    declared = replace(SURVEY, keuzes=frame)
    counts = next(counts for question, counts in count_given(declared) if question.id == "factoren")
    assert (counts["geldig"].value, counts["ontbreekt"].value, counts["overgeslagen"].value) == (11, 1, 0)
