"""The imitated export: published margins exactly, by a stated rule, and nobody real in it."""

import csv
import io
import re
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from itertools import permutations, product

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nsoc_lib.errors import NsocError
from nsoc_lib.paths import REPOSITORY, Study
from nsoc_lib.simulation import Margin, Simulated, choose_margin, choose_margins, simulate_survey, tabulate_margins
from nsoc_lib.sources.export import Export
from nsoc_lib.sources.qualtrics import load_qualtrics
from nsoc_lib.sources.study import load_codebook, load_meting
from nsoc_lib.sources.tabular import load_table

OWN = Study(REPOSITORY / "data", REPOSITORY / "reports")
FOLDER = OWN.raw / "meting-1"
CODEBOOK = load_codebook(OWN, "meting-1", "codeboek.yml")
BASES = st.lists(st.integers(1, 32), min_size=1, max_size=3, unique=True)


def source_table(name: str) -> pd.DataFrame:
    """Return a transcribed table of meting 1."""
    table = next(table for table in load_meting(OWN, "meting-1").tabellen if table.naam == name)
    return load_table(FOLDER / table.bestand, table.bestand, table.kolommen)


def simulate(**options: int) -> Simulated:
    """Return the export that follows from what was published about meting 1."""
    response = source_table("gepubliceerde_respons")
    return simulate_survey(
        CODEBOOK,
        load_meting(OWN, "meting-1").select_survey("procesthermometer"),
        source_table("gepubliceerd"),
        dict(zip(response["kenmerk"], response["waarde"].astype(int), strict=True)),
        **options,
    )


@pytest.fixture(scope="module")
def simulated() -> Simulated:
    """Return the simulation with its own seed, made once."""
    return simulate()


@pytest.fixture(scope="module")
def export() -> Export:
    """Return the committed export."""
    return load_qualtrics(FOLDER / "procesthermometer.csv", "procesthermometer.csv")


def answers_to(export: Export, stelling: str) -> list[str]:
    """Return the answers to a statement, without the blanks."""
    column = CODEBOOK.select_stelling(stelling).import_id
    return [response.cells[column] for response in export.responses if response.cells[column]]


def whole(count: int, n: int) -> int:
    """Return the whole percentage by exact decimals, halves up."""
    return int((Decimal(100 * count) / Decimal(n)).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def fitting_splits(percentage: int, n: int) -> list[tuple[int, int]]:
    """Return every pair of categories whose percentages on this base add up to the published one."""
    return [
        (first, second)
        for first, second in product(range(n + 1), repeat=2)
        if first + second <= n and whole(first, n) + whole(second, n) == percentage
    ]


def chosen_by_hand(percentage: int, bases: list[int]) -> Margin | None:
    """Return the choice by narrowing down all pairs of categories, one preference after another."""
    fits = [(n, first, second) for n in bases for first, second in fitting_splits(percentage, n)]
    if not fits:
        return None
    left = [fit for fit in fits if whole(fit[1] + fit[2], fit[0]) == percentage] or fits
    left = [fit for fit in left if fit[0] == max(n for n, _, _ in left)]
    left = [fit for fit in left if fit[1] == min(first for _, first, _ in left)]
    n, first, second = min(left, key=sum)
    return Margin("s", percentage, n, first, second, len(fits))


def test_the_committed_export_is_what_the_generator_writes(simulated):
    """The committed export, coding and record of choices are the generator's, byte for byte."""
    assert (FOLDER / "procesthermometer.csv").read_bytes() == simulated.export.encode()
    assert (FOLDER / "open_antwoorden_codering.csv").read_bytes() == simulated.codering.encode()
    assert (FOLDER / "simulatie.csv").read_bytes() == simulated.marges.encode()


def test_the_same_seed_gives_the_same_bytes(simulated):
    """Running the generator again changes nothing."""
    assert simulate() == simulated


def test_another_seed_gives_other_people_with_the_same_margins(simulated):
    """The seed decides who answers what, never how many."""
    other = simulate(seed=7)
    assert other.export != simulated.export
    assert other.marges == simulated.marges
    ours, theirs = (list(csv.reader(io.StringIO(text.export))) for text in (simulated, other))
    assert len(ours) == len(theirs)
    for column in range(17, len(ours[0])):
        chosen, others = (Counter(row[column].startswith(("Mee eens", "Helemaal mee eens")) for row in rows[3:])
                          for rows in (ours, theirs))  # fmt: skip
        assert chosen == others


@pytest.mark.parametrize("row", source_table("gepubliceerd").to_dict("records"), ids=lambda row: row["stelling"])
def test_each_published_percentage_comes_out_of_the_export(export, row):
    """Counted in the export, the two agreeing categories rounded apart add up to the published percentage."""
    answers = answers_to(export, row["stelling"])
    parts = [100 * answers.count(label) / len(answers) for label in ("Mee eens", "Helemaal mee eens")]
    assert sum(int(part + 0.5) for part in parts) == row["percentage"]


@pytest.mark.parametrize("row", source_table("gepubliceerd").to_dict("records"), ids=lambda row: row["stelling"])
def test_each_base_is_one_that_the_figure_prints(export, row):
    """The number of answers to each statement stands among the Ns of its figure."""
    assert str(len(answers_to(export, row["stelling"]))) in row["bases"].split()


def test_all_28_percentages_are_transcribed():
    """Twenty-eight percentages were published, each about a statement of the codebook."""
    published = source_table("gepubliceerd")
    assert len(published) == 28
    assert set(published["stelling"]) == {stelling.id for stelling in CODEBOOK.stellingen}


def test_the_record_keeps_both_readings_of_each_choice():
    """The record holds k, n, both categories and both readings: all 28 fit as a sum, 23 also as a share."""
    record = source_table("simulatie")
    assert (record["som_van_percentages"] == record["percentage"]).all()
    assert (record["percentage_van_de_som"] == record["percentage"]).sum() == 23
    assert (record["mee_eens"] + record["helemaal_mee_eens"] == record["instemmend"]).all()


def test_the_record_holds_what_the_export_holds(export):
    """Base and categories of each statement in the record are those counted in the export."""
    for row in source_table("simulatie").to_dict("records"):
        answers = answers_to(export, row["stelling"])
        counted = (len(answers), answers.count("Mee eens"), answers.count("Helemaal mee eens"))
        assert counted == (row["basis"], row["mee_eens"], row["helemaal_mee_eens"])


def test_23_finished_and_5_did_not(export):
    """Of the 28 who began, 23 reached the end and 5 stopped before it."""
    finished = [response.cells["finished"] for response in export.responses]
    assert (finished.count("True"), finished.count("False")) == (23, 5)
    for response in export.responses:
        assert (response.cells["progress"] == "100") == (response.cells["finished"] == "True")


def test_who_stopped_never_came_back(export):
    """After the first blank of somebody who stopped there is no further answer."""
    order = [question.import_id for question in (*CODEBOOK.stellingen, *CODEBOOK.open_vragen)]
    for response in export.responses:
        if response.cells["finished"] == "False":
            answered = [bool(response.cells[column]) for column in order]
            assert answered == sorted(answered, reverse=True)
            assert 0 < sum(answered) < len(order)


def allows_pure_drop_out(order: tuple[str, ...]) -> bool:
    """Tell whether the published percentages fit bases that never rise from one block to the next."""
    published = source_table("gepubliceerd").to_dict("records")
    most = 28
    for theme in order:
        bases = [
            [n for n in map(int, row["bases"].split()) if n <= most and fitting_splits(row["percentage"], n)]
            for row in published
            if row["thema"] == theme
        ]
        if not all(bases):
            return False
        most = min(max(possible) for possible in bases)
    return True


def test_blocks_stand_in_the_only_order_that_pure_drop_out_allows():
    """Of all orders of the four blocks the codebook has the one in which nobody has to come back."""
    asked = tuple(dict.fromkeys(stelling.thema for stelling in CODEBOOK.stellingen))
    assert [order for order in permutations(CODEBOOK.themas) if allows_pure_drop_out(order)] == [asked]
    assert asked == ("draagkracht", "opbrengsten", "draagvlak", "daadkracht")


def test_about_ten_percent_miss_a_shared_vision(export):
    """Of those who began, about one in ten writes of a shared vision, and each of them is coded."""
    coded = [row[0] for row in csv.reader((FOLDER / "open_antwoorden_codering.csv").read_text().splitlines()[1:])]
    wrote = [response.response_id for response in export.responses if response.cells["QID5_TEXT"]]
    assert sorted(coded) == sorted(wrote)
    assert 0.09 <= len(wrote) / len(export.responses) <= 0.11


def test_nobody_exceeds_a_group_of_invited(export):
    """No group has more respondents than were invited of it."""
    invited = {group.groep: group.aantal for group in load_meting(OWN, "meting-1").enquetes[0].veldwerk.groepen}
    seen = Counter(response.cells["groep"] for response in export.responses)
    assert all(seen[group] <= invited[group] for group in seen)


def test_no_personal_data_stands_in_the_export(export):
    """Where personal data would stand are addresses reserved for documentation and names that say so."""
    for response in export.responses:
        assert re.fullmatch(r"192\.0\.2\.\d{1,3}", response.cells["ipAddress"])
        assert re.fullmatch(r"deelnemer\d+@example\.org", response.cells["recipientEmail"])
        assert response.cells["recipientLastName"] == "Nagebootst"
        assert re.fullmatch(r"Deelnemer \d+", response.cells["recipientFirstName"])
        assert {
            response.cells[name] for name in ("externalDataReference", "locationLatitude", "locationLongitude")
        } == {""}


def test_the_export_looks_like_one_of_qualtrics(export):
    """The export has the system columns of Qualtrics, response ids of its form and an unmistakable date."""
    assert [column.tag for column in export.columns[:3]] == ["StartDate", "EndDate", "Status"]
    assert {response.cells["startDate"] for response in export.responses} == {"2000-01-01 09:00:00"}
    ids = [response.response_id for response in export.responses]
    assert all(re.fullmatch(r"R_[A-Za-z0-9]{15}", response_id) for response_id in ids)
    assert len(set(ids)) == 28


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 101), BASES)
def test_a_choice_is_the_one_that_the_rule_states(percentage, bases):
    """Also plain k/N first, then the largest N, then the smallest first category, then the smallest count."""
    expected = chosen_by_hand(percentage, bases)
    if expected is None:
        with pytest.raises(NsocError):
            choose_margin("s", percentage, bases)
    else:
        assert choose_margin("s", percentage, bases) == expected


@settings(deadline=None)
@given(st.integers(0, 100), BASES)
def test_a_choice_gives_the_percentage_back_or_says_that_none_does(percentage, bases):
    """Whatever was printed, the chosen counts give that percentage on one of the bases, or the row is refused."""
    if not any(fitting_splits(percentage, n) for n in bases):
        with pytest.raises(NsocError, match=r"^Fout in gepubliceerd\.csv, stelling s\n"):
            choose_margin("s", percentage, bases)
        return
    margin = choose_margin("s", percentage, bases)
    assert margin.summed == percentage
    assert margin.n in bases
    assert 0 <= margin.eerste <= margin.count <= margin.n


@pytest.mark.parametrize(
    ("percentage", "bases", "n", "first", "second"),
    [(92, (24, 25, 26), 26, 0, 24), (84, (24, 25, 26), 25, 0, 21), (74, (24, 25, 26), 26, 3, 16),
     (39, (24, 25, 26), 26, 1, 9), (82, (26, 27, 28), 28, 0, 23)],
)  # fmt: skip
def test_known_percentages_get_their_counts(percentage, bases, n, first, second):
    """Percentages of the report get the counts that follow from the rule by hand."""
    margin = choose_margin("s", percentage, bases)
    assert (margin.n, margin.eerste, margin.tweede) == (n, first, second)


def test_an_impossible_percentage_is_refused():
    """A percentage that no count on the printed bases can give is refused with those bases."""
    with pytest.raises(NsocError) as raised:
        choose_margin("doel", 33, [4, 5])
    assert str(raised.value) == (
        "Fout in gepubliceerd.csv, stelling doel\n"
        "  gevonden: 33 procent op basis van 4, 5\n"
        "  verwacht: een percentage dat op een van deze aantallen mogelijk is\n"
        "  wat nu:   Vergelijk percentage en bases met de bron."
    )


def test_margins_follow_the_table():
    """Each row of the published table gets its choice, in the order of the table."""
    published = pd.DataFrame({"stelling": ["b", "a"], "percentage": [50, 100], "bases": ["4 2", "3"]})
    assert choose_margins(published) == [Margin("b", 50, 4, 0, 2, 5), Margin("a", 100, 3, 0, 3, 4)]


def test_a_record_of_choices_is_a_table_with_its_theme():
    """A choice is written as one row with theme, statement, counts and both readings."""
    assert tabulate_margins([Margin("vrachtcontrole", 74, 26, 3, 16, 2)], CODEBOOK).splitlines() == [
        "thema,stelling,percentage,basis,instemmend,mee_eens,helemaal_mee_eens,percentage_van_de_som,"
        "som_van_percentages,aantal_oplossingen",
        "opbrengsten,vrachtcontrole,74,26,19,3,16,73,74,2",
    ]
