"""Tables of the report: what each says, what it refuses, and why."""

import re
from dataclasses import replace

import pandas as pd
import pytest
from conftest import OPEN_PROFILE
from fictitious import survey_record

from nsoc_lib.codebook import Codebook
from nsoc_lib.entries import Entry
from nsoc_lib.expectation import Outcome, Validation
from nsoc_lib.meting import ONBEKEND, Fieldwork, Invited, SurveyRecord
from nsoc_lib.prose import as_plain
from nsoc_lib.published import compare_published
from nsoc_lib.response import count_response
from nsoc_lib.result import Result, plain
from nsoc_lib.shares import share_agreeing
from nsoc_lib.source_rows import SourceTable
from nsoc_lib.source_tables import tabulate_comparison, tabulate_readings, tabulate_response_comparison
from nsoc_lib.survey import Finding, Survey
from nsoc_lib.tables import Table
from nsoc_lib.tabulate import (
    show_validation,
    tabulate_agreement,
    tabulate_answers,
    tabulate_bases,
    tabulate_codebook,
    tabulate_deviations,
    tabulate_fieldwork,
    tabulate_findings,
    tabulate_flow,
    tabulate_folders,
    tabulate_groups,
    tabulate_validation,
)

# Seven of ten invited people began; d1 to d3 are Board, d4 to d6 Field, and d7 left the group blank.
GROUPS = ["Bestuur", "Bestuur", "Bestuur", "Uitvoering", "Uitvoering", "Uitvoering", None]
STEUN = ["Eens", "Zeer eens", "Oneens", "Eens", "Oneens", "Oneens", None]
TIJD = ["Oneens", "Oneens", "Oneens", "Eens", "Neutraal", "Oneens", None]
SCALE = ["Oneens", "Neutraal", "Eens", "Zeer eens"]


def scale(labels: list[str], *agreeing: str) -> dict[str, object]:
    answers = [{"code": code, "label": label} for code, label in enumerate(labels, 1)]
    return {"herkomst": "aanname", "antwoorden": answers, "instemmend": list(agreeing)}


def statement(name: str, short: str, scale_name: str = "eens") -> dict[str, str]:
    return {"id": name, "kolom": f"Q_{name}", "import_id": f"QID_{name}", "thema": "draagvlak", "kort": short,
            "tekst": f"{short}, volgens u.", "schaal": scale_name, "richting": "positief"}  # fmt: skip


BACKGROUND = {"id": "groep", "kolom": "groep", "import_id": "groep", "tekst": "Groep",
              "antwoorden": ["Bestuur", "Uitvoering"], "kleinste_groep": 3}  # fmt: skip
CODEBOOK = {
    "instrument": "proef",
    "schalen": {"eens": scale(SCALE, "Eens", "Zeer eens")},
    "themas": {"draagvlak": "Draagvlak"},
    "stellingen": [statement("steun", "Directie steunt het"), statement("tijd", "Genoeg tijd")],
    "achtergrond": [BACKGROUND],
}


def tiny_record(herkomst: str) -> SurveyRecord:
    groups = (Invited("Bestuur", 4, "herleid", "Bron §1.1"), Invited("Uitvoering", 6, "gepubliceerd", "Bron §1.3"))
    fieldwork = Fieldwork("internet", ONBEKEND, ONBEKEND, "mei 2023", 10, "Bron §3.1", groups)
    return survey_record(instrument="proef", bestand="proef.csv", herkomst=herkomst, veldwerk=fieldwork)


def tiny_survey(
    herkomst: str = "waargenomen",
    groups: list[str | None] = GROUPS,
    answers: dict[str, list[str | None]] | None = None,
    **codebook: object,
) -> Survey:
    """Return a survey of invented respondents; an answer that is None was skipped."""
    rows = [
        (f"d{person}", name, "draagvlak", answer, "geldig" if answer else "overgeslagen", person, f"Q_{name}")
        for name, given in (answers or {"steun": STEUN, "tijd": TIJD}).items()
        for person, answer in enumerate(given, 1)
    ]
    frame = pd.DataFrame(rows, columns=["respondent", "stelling", "thema", "antwoord", "status", "rij", "kolom"])
    people = pd.DataFrame(
        {
            "respondent": [f"d{person}" for person in range(1, len(groups) + 1)],
            "compleet": [person < len(groups) for person in range(1, len(groups) + 1)],
            "groep": groups,
            "rij": range(1, len(groups) + 1),
        }
    )
    return Survey(
        meting="meting-1",
        antwoorden=frame,
        respondenten=people,
        open_antwoorden=pd.DataFrame(),
        codeboek=Codebook.build(Entry(CODEBOOK | codebook, "codeboek.yml")),
        opgave=tiny_record(herkomst),
        dataset="proef@abc",
        profiel=OPEN_PROFILE,
    )


def read(table: Table) -> list[list[str]]:
    """Return the cells of a table as a reader sees them."""
    return [
        [as_plain(cell) if not isinstance(cell, tuple) else "".join(map(as_plain, cell)) for cell in row]
        for row in table.rijen
    ]


def test_agreement_stands_with_count_base_and_worst_case_bounds():
    """Three of six agree and four of ten did not answer: certainly three, at most seven of ten."""
    assert read(tabulate_agreement(tiny_survey(), "draagvlak")) == [
        ["Directie steunt het", "50%", "3", "6", "3 tot 7 van 10"],
        ["Genoeg tijd", "17%", "1", "6", "1 tot 5 van 10"],
    ]


def test_a_table_of_imitated_answers_says_that_they_are():
    """The note stands below the table, and only then."""
    noted = tabulate_agreement(tiny_survey("gesimuleerd"), "draagvlak").noten
    assert noted == (
        "Nagebootste antwoorden: de aantallen zijn gekozen zodat ze bij het gepubliceerde percentage passen.",
    )
    assert tabulate_agreement(tiny_survey("waargenomen"), "draagvlak").noten == ()


def test_all_answers_are_counted_also_those_nobody_chose():
    """Each point of the scale has its column, in the order of the codebook."""
    table = tabulate_answers(tiny_survey(), "draagvlak")
    assert table.koppen[5:] == ("Oneens", "Neutraal", "Eens", "Zeer eens")
    assert read(table) == [
        ["Directie steunt het", "50%", "3", "6", "3 tot 7 van 10", "3", "0", "2", "1"],
        ["Genoeg tijd", "17%", "1", "6", "1 tot 5 van 10", "4", "1", "1", "0"],
    ]


def test_statements_on_two_scales_can_share_a_theme():
    """A codebook may use more than one scale; every answer that was given is in the table."""
    survey = tiny_survey(
        schalen={"eens": scale(SCALE, "Eens", "Zeer eens"), "vaak": scale(["Nooit", "Altijd"], "Altijd")},
        stellingen=[statement("steun", "Directie steunt het"), statement("tijd", "Genoeg tijd", "vaak")],
        answers={"steun": STEUN, "tijd": ["Nooit", "Nooit", "Altijd", "Nooit", "Nooit", None, None]},
    )
    table = tabulate_answers(survey, "draagvlak")
    counted = dict(zip(table.koppen, read(table)[1], strict=True))
    assert (counted["Stelling"], counted["Nooit"], counted["Altijd"]) == ("Genoeg tijd", "4", "1")


def test_groups_are_refused_for_imitated_answers():
    """The whole sentence says why, and no number comes with it."""
    refusal = tabulate_groups(tiny_survey("gesimuleerd"), "draagvlak")
    assert refusal.text == (
        "De uitsplitsing van draagvlak naar groep wordt hier niet getoond. "
        "De antwoorden zijn nagebootst; bij welke groep een antwoord hoort is nooit gepubliceerd."
    )
    assert refusal.results == ()
    assert 'class="weigering"' in refusal.html


def test_groups_are_shown_for_observed_answers():
    """With three answers in each group, a table says who agrees per group."""
    groups = GROUPS[:6]
    shown = tabulate_groups(tiny_survey(groups=groups, answers={"steun": STEUN[:6], "tijd": TIJD[:6]}), "draagvlak")
    assert shown.text == (
        "Draagvlak naar groep: aandeel dat het (helemaal) eens is.\n"
        "Stelling | Bestuur | Uitvoering\n"
        "Directie steunt het | 67% (2 van 3) | 33% (1 van 3)\n"
        "Genoeg tijd | 0% (0 van 3) | 33% (1 van 3)"
    )


def test_the_share_of_a_group_has_the_invited_of_that_group_as_population():
    """Four Board members were invited and three answered: at least two of four agree, at most three."""
    survey = tiny_survey(groups=GROUPS[:6], answers={"steun": STEUN[:6], "tijd": TIJD[:6]})
    share = tabulate_groups(survey, "draagvlak").results[0]
    assert share.id == "meting-1.proef.draagvlak.steun.groep.bestuur.eens"
    assert (share.count, share.n, share.population, share.low, share.high) == (2, 3, 4, 50, 75)


def test_a_group_too_small_is_a_dot_and_so_is_what_would_give_it_away():
    """Two answers are below the smallest group of three; the other group is the total minus those two, so it goes too."""
    shown = tabulate_groups(
        tiny_survey(groups=GROUPS[:6], answers={"steun": [None, *STEUN[1:6]], "tijd": TIJD[:6]}), "draagvlak"
    )
    assert {"Directie steunt het | · | ·", "Genoeg tijd | 0% (0 van 3) | 33% (1 van 3)"} < set(shown.text.splitlines())
    hidden = [result for result in shown.results if ".steun." in result.id]
    assert [(plain(result.value), result.count, result.n) for result in hidden] == [("", None, None)] * 2
    assert "te kleine groep; nodig om andere cellen te verbergen" in shown.html


def test_a_group_is_hidden_when_the_rest_would_give_somebody_away():
    """One answer without a group equals the total minus the groups, so at least one group of each statement goes."""
    answers = {"steun": [*STEUN[:6], "Eens"], "tijd": [*TIJD[:6], "Eens"]}
    survey = tiny_survey(answers=answers)
    for row in tabulate_groups(survey, "draagvlak").text.splitlines()[2:]:
        assert "·" in row.split(" | ")[1:]
    assert not any(agreement.eens.suppressed for agreement in share_agreeing(survey, "draagvlak"))


def test_groups_are_refused_when_none_was_asked():
    """A questionnaire without background variables gives a refusal, not a Python error."""
    shown = tabulate_groups(tiny_survey(achtergrond=[]), "draagvlak")
    assert 'class="weigering"' in shown.html


def test_a_group_in_which_nobody_answered_is_left_out():
    """A column without any answer says nothing, and hides nobody."""
    only_board = {name: [*given[:3], None, None, None, None] for name, given in (("steun", STEUN), ("tijd", TIJD))}
    shown = tabulate_groups(tiny_survey(answers=only_board), "draagvlak")
    assert "Stelling | Bestuur\n" in shown.text
    assert "Uitvoering" not in shown.text


def test_the_flow_goes_from_invited_to_complete():
    """Of ten invited seven began and six finished; one stopped early and three never began."""
    assert read(tabulate_flow(count_response(tiny_survey()), "meting-1")) == [
        ["Uitgenodigd", "10", "–"],
        ["Begonnen", "7", "70%"],
        ["Helemaal ingevuld", "6", "60%"],
        ["Deels ingevuld", "1", "–"],
        ["Niet begonnen", "3", "–"],
    ]


def test_bases_tell_each_kind_of_missing_apart():
    """Six valid and one skipped per statement; the statements stand as they were asked."""
    assert read(tabulate_bases(tiny_survey())) == [
        ["Directie steunt het", "Draagvlak", "6", "1", "0"],
        ["Genoeg tijd", "Draagvlak", "6", "1", "0"],
    ]


def test_what_the_source_leaves_unsaid_about_the_fieldwork_is_named():
    """Period and reminders were not published, and the table says so instead of leaving a gap."""
    rows = {row[0]: row[1:] for row in read(tabulate_fieldwork(tiny_record("gesimuleerd"), "meting-1"))}
    assert rows["Vorm"] == ["internet", "Bron §3.1"]
    assert rows["Periode"] == ["niet gepubliceerd", "–"]
    assert rows["Herinneringen"] == ["niet gepubliceerd", "–"]
    assert rows["Weging"] == ["geen", "Iedereen is gevraagd."]


def test_the_invited_of_each_group_keep_their_own_origin():
    """Each number of invited is a result with the provenance and the source of that number."""
    table = tabulate_fieldwork(tiny_record("gesimuleerd"), "meting-1")
    assert [(r.value, r.provenance, r.dataset) for r in table.results] == [
        (4, "herleid", "Bron §1.1"),
        (6, "gepubliceerd", "Bron §1.3"),
    ]


def test_digits_in_a_fieldwork_answer_are_an_indication():
    """A date typed by the researcher is marked, so that the report does not take it for a finding."""
    grid = tabulate_fieldwork(tiny_record("gesimuleerd"), "meting-1").grid
    assert '<span class="aanduiding">mei 2023</span>' in grid


def source_table(steun: int = 50, tijd: int = 18) -> SourceTable:
    rows = [
        ("draagvlak", "steun", steun, "6 7", "genoemd", "de helft", "§3.2"),
        ("draagvlak", "tijd", tijd, "5 7", "afgeleid", "weinig", "§3.3"),
    ]
    columns = ["thema", "stelling", "percentage", "bases", "toewijzing", "verwoording", "vindplaats"]
    return SourceTable("meting-1", pd.DataFrame(rows, columns=columns), "gepubliceerd", "gepubliceerd@def")


def test_published_stands_beside_computed():
    """The first percentage is met, the second (18 against one of six) is not, and the table says which."""
    survey = tiny_survey()
    comparisons = compare_published(survey, source_table())
    assert read(tabulate_comparison(comparisons, survey)) == [
        ["Directie steunt het", "50%", "50%", "3 van 6", "ja", "6, 7 (genoemd)", "§3.2"],
        ["Genoeg tijd", "18%", "17%", "1 van 6", "nee", "5, 7 (afgeleid)", "§3.3"],
    ]


def test_a_comparison_of_observed_answers_does_not_call_them_imitated():
    """The note on imitated answers belongs to imitated answers only."""
    survey = tiny_survey("waargenomen")
    table = tabulate_comparison(compare_published(survey, source_table()), survey)
    assert [note for note in table.noten if "agebootst" in note] == []


def test_readings_show_only_percentages_that_need_the_second_rounding():
    """Two of six is 33 percent; rounded apart, 17 and 17 make the printed 34. The printed 50 needs no second look."""
    survey = tiny_survey(answers={"steun": STEUN, "tijd": ["Eens", "Zeer eens", *["Oneens"] * 4, None]})
    comparisons = compare_published(survey, source_table(steun=50, tijd=34))
    assert read(tabulate_readings(comparisons, survey)) == [
        ["Genoeg tijd", "34%", "1", "1", "6", "33%", "34%"],
    ]


def test_readings_leave_out_what_neither_rounding_explains():
    """One of six is 17 percent in both readings; a printed 18 is a difference, not a matter of rounding."""
    survey = tiny_survey()
    assert read(tabulate_readings(compare_published(survey, source_table(steun=50, tijd=18)), survey)) == []


def test_published_response_stands_beside_computed():
    """Each figure on the response has the word of the source, or a dash, and its locator."""
    computed = Result("meting-1.respons.gestart", "Begonnen", 7, "personen", "waargenomen", "proef@abc")
    published = Result("meting-1.respons.gestart.gepubliceerd", "Begonnen", 8, "personen", "gepubliceerd", "g@d")
    rows = [(computed, published, "ruim", "§3.1"), (computed, published, "", "§3.1")]
    assert read(tabulate_response_comparison(rows, "meting-1")) == [
        ["Begonnen", "8", "ruim", "7", "§3.1"],
        ["Begonnen", "8", "–", "7", "§3.1"],
    ]


def validation(*outcomes: str) -> Validation:
    reason, column = "Elke deelnemer heeft een nummer.", "respondent"
    return Validation("meting-1", "respondenten", "waargenomen", "respondenten@abc", tuple(
        Outcome("respondenten", "soort", column, "warning", reason, outcome, "1 van 7 rijen wijken af", 1, ())
        for outcome in outcomes
    ))  # fmt: skip


def test_validation_is_counted_per_table_in_three_columns():
    """What could not be judged is counted apart from what does not hold."""
    table = tabulate_validation([validation("klopt", "klopt", "niet te beoordelen")])
    assert table.koppen == ("Tabel", "Klopt", "Klopt niet", "Niet te beoordelen")
    assert read(table) == [["meting-1: respondenten", "2", "0", "1"]]


def test_validation_is_summed_per_folder():
    """Two tables of one folder and one of another: the sums stand per folder."""
    first, other = validation("klopt", "klopt niet"), validation("klopt")
    second, third = replace(other, tabel="antwoorden"), replace(other, meting="kader")
    assert read(tabulate_folders([first, second, third])) == [
        ["meting-1", "2", "2", "1", "0"],
        ["kader", "1", "1", "0", "0"],
    ]


def test_the_tables_one_by_one_are_folded_and_still_in_the_ledger():
    """What a reader must open is on the page all the same, with every number."""
    shown = show_validation([validation("klopt")])
    assert "<details><summary>Per tabel</summary>" in shown.html
    assert "meting-1.toetsing.respondenten.klopt" in {result.id for result in shown.results}


def test_deviations_list_what_does_not_hold_or_could_not_be_judged():
    """An expectation that holds is no deviation; the reason stands in the words of the suite."""
    shown = tabulate_deviations([validation("klopt", "klopt niet", "niet te beoordelen")])
    assert shown.text.splitlines()[2:] == [
        "meting-1: respondenten | Elke deelnemer heeft een nummer. | 1 van 7 rijen wijken af",
        "meting-1: respondenten | Elke deelnemer heeft een nummer. | 1 van 7 rijen wijken af",
    ]


def test_no_deviation_is_a_sentence():
    """An empty table would leave the reader in doubt."""
    assert tabulate_deviations([validation("klopt")]).text == "Alle verwachtingen kloppen."


def test_findings_list_what_cleaning_met_per_folder():
    """Each finding stands with the folder of its data."""
    shown = tabulate_findings([Finding("proefantwoorden", "Weggelaten: 2", 2, "meting-1")])
    assert shown.text.splitlines()[2:] == ["meting-1 | proefantwoorden | Weggelaten: 2"]


def test_no_findings_is_a_sentence():
    """An empty table would leave the reader in doubt."""
    assert tabulate_findings([]).text == "Bij het schoonmaken viel niets op."


def test_each_declared_kind_of_missing_has_a_column():
    """One refused the first statement; the second has a zero there, and the head is no finding."""
    survey = tiny_survey()
    frame = survey.antwoorden.assign(soort_ontbreekt=None)
    skipped = (frame["stelling"] == "steun") & (frame["status"] == "overgeslagen")
    frame.loc[skipped, ["status", "soort_ontbreekt"]] = ["ontbreekt", "code -99"]
    table = tabulate_bases(replace(survey, antwoorden=frame))
    assert [as_plain(head) for head in table.koppen][2:] == [
        "Geldig",
        "Overgeslagen",
        "Niet bereikt",
        "Ontbreekt: code -99",
    ]
    assert read(table) == [
        ["Directie steunt het", "Draagvlak", "6", "0", "0", "1"],
        ["Genoeg tijd", "Draagvlak", "6", "1", "0", "0"],
    ]
    assert not re.search(r">[^<]*\d", re.sub(r"<(data|span) class=\"(cijfer|aanduiding)\".*?</\1>", "", table.grid))


def test_the_codebook_shows_what_was_asked_and_what_is_assumed():
    """Statements stand in the order in which they were asked; an assumed scale is called one."""
    table = tabulate_codebook(tiny_survey())
    assert read(table) == [
        ["Q_steun", "Draagvlak", "Directie steunt het, volgens u.", "positief"],
        ["Q_tijd", "Draagvlak", "Genoeg tijd, volgens u.", "positief"],
    ]
    assert table.noten == (
        "Antwoorden: oneens, neutraal, eens, zeer eens. "
        "Dit is een aanname: de bron drukt alleen (helemaal) mee eens af.",
    )


@pytest.mark.parametrize(
    "table",
    [tabulate_agreement(tiny_survey(), "draagvlak"), tabulate_answers(tiny_survey(), "draagvlak"),
     tabulate_bases(tiny_survey()), tabulate_flow(count_response(tiny_survey()), "meting-1")],
    ids=lambda table: table.key,
)  # fmt: skip
def test_every_digit_in_a_table_of_counts_is_a_result(table):
    """Outside the tokens of the ledger there is no digit left."""
    without_tokens = re.sub(r"<data class=\"cijfer\".*?</data>", "", table.show().html)
    assert not re.search(r">[^<]*\d", without_tokens)
