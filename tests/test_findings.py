"""Findings of interviews: words as published, in the order of the source, never a percentage."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from transcribed import invent, load_real

from nsoc_lib.errors import NsocError
from nsoc_lib.findings import (
    AFGELEID,
    ENQUETE,
    NIET_GETELD,
    Findings,
    SourceFinding,
    build_findings,
    count_findings,
    name_scale,
    tabulate_counts,
    tabulate_findings,
)
from nsoc_lib.source_rows import SourceTable
from nsoc_lib.wording import NEARLY_ALL, read_quantifier

COLUMNS = (
    "bevinding", "activiteit", "niveau", "woord", "ander_woord", "label", "onderzoeksvragen", "randvoorwaarde",
    "teneur", "toewijzing", "toelichting", "vindplaats",
)  # fmt: skip
ROW = dict(
    zip(
        COLUMNS,
        ("b01", "duo-interviews", None, "alle", None, "Iets", "v1", None, None, "genoemd", None, "§3.2"),
        strict=True,
    )
)


def table(*rows: dict[str, str | None], meting: str = "meting-9") -> SourceTable:
    cells = ((ROW | row).values() for row in rows)
    return invent("bevindingen", COLUMNS, *cells, meting=meting, herkomst="gepubliceerd")


@pytest.fixture(scope="module")
def findings() -> Findings:
    return build_findings((load_real("meting-1", "bevindingen"), load_real("meting-2", "bevindingen")))


def find(findings: Findings, text: str) -> SourceFinding:
    """Return the one finding whose description has this text."""
    (finding,) = (finding for finding in findings.bevindingen if text in finding.label)
    return finding


# What the source says, read by hand


@pytest.mark.parametrize(
    ("text", "word", "activity", "where"),
    [
        ("meer focus dan het MIT", "nagenoeg alle", "aanvullende-interviews", "§3.2, oprichting, eerste alinea"),
        ("moeten concreter", "ongeveer drie kwart", "duo-interviews", "§3.2, doelen en activiteiten, derde alinea"),
        ("Te veilig gekozen", "een enkele", "aanvullende-interviews", "§3.2, doelen en activiteiten, tweede alinea"),
        ("te weinig tot uitvoering", "alle", "duo-interviews", "§3.2, uitvoering, tweede alinea onder figuur 3.1"),
        ("commitment en vertrouwen", "de meerderheid", "duo-interviews", "§3.3, commitment, alinea onder figuur 3.2"),
        (
            "te veel vast aan procedures",
            "ongeveer de helft",
            "duo-interviews",
            "§3.3, beheerorganisatie, tweede alinea",
        ),
        ("effect op vangsten", "enkele", "procesthermometer", "§3.4, zichtbare opbrengsten, derde alinea"),
    ],
)
def test_a_finding_reads_as_in_the_source(findings: Findings, text: str, word: str, activity: str, where: str) -> None:
    """Word, research activity and locator stand as a reader finds them in the source."""
    finding = find(findings, text)
    assert (finding.hoeveel, finding.activiteiten, finding.vindplaats) == (word, (activity,), f"Regioplan {where}")


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("§3.2, oprichting, eerste alinea", {"nagenoeg alle"}),
        ("§3.2, oprichting, tweede alinea", {"ongeveer de helft"}),
        ("§3.2, oprichting, derde alinea", {"de meerderheid"}),
        ("§3.2, doelen en activiteiten, eerste alinea", {"nagenoeg alle", "een deel"}),
        ("§3.2, doelen en activiteiten, tweede alinea", {"de meerderheid", "een respondent", "een enkele"}),
        ("§3.2, doelen en activiteiten, derde alinea", {"ongeveer drie kwart"}),
        ("§3.2, uitvoering, eerste alinea over de thermometer", {"een deel"}),
        ("§3.2, uitvoering, eerste alinea onder figuur 3.1", {"alle"}),
        ("§3.2, uitvoering, tweede alinea onder figuur 3.1", {"alle"}),
        ("§3.3, commitment, tweede alinea", {"overwegend"}),
        ("§3.3, commitment, alinea onder figuur 3.2", {"de meerderheid"}),
        ("§3.3, capaciteit bij de moederorganisaties, tweede alinea", {"de meerderheid"}),
        ("§3.3, systemen en applicaties, tweede alinea", {"de meerderheid"}),
        ("§3.3, beheerorganisatie, tweede alinea", {"ongeveer de helft", "de overige"}),
        ("§3.3, juridisch kader, eerste alinea", {"nagenoeg alle", "alle"}),
        ("§3.3, juridisch kader, laatste alinea", {"alle"}),
        ("§3.3, governance, tweede alinea", {"over het algemeen", "een deel"}),
        ("§3.3, mandaat directie, tweede alinea", {"een groot deel", "enkele"}),
        ("§3.3, overige randvoorwaarden, tweede alinea", {"ongeveer drie kwart"}),
        ("§3.4, ambities, eerste alinea", {"nagenoeg alle"}),
        ("§3.4, ambities, tweede alinea", {"een aantal"}),
        ("§3.4, ambities, vierde alinea", {"ongeveer de helft"}),
        ("§3.4, ambities, vijfde alinea", {"nagenoeg alle", "de meerderheid"}),
        ("§3.4, zichtbare opbrengsten, eerste alinea", {"een aantal"}),
        ("§3.4, zichtbare opbrengsten, derde alinea", {"enkele"}),
        ("§3.4, zichtbare opbrengsten, vijfde alinea", {"vaak"}),
        ("§3.4, zichtbare opbrengsten, tweede alinea onder figuur 3.4", {"nagenoeg alle"}),
        ("§3.4, zichtbare opbrengsten, derde alinea onder figuur 3.4", {"enkele"}),
        ("§3.5, element 4", {"de meerderheid", "nagenoeg alle"}),
        ("§4.2, leerpunt 2", {"veel", "sommige"}),
        ("§5.3, laatste alinea", {"overwegend"}),
    ],
)
def test_no_word_for_how_many_is_missed(findings: Findings, where: str, words: set[str]) -> None:
    """Every word that the source prints in a paragraph on interviews stands in a row of that paragraph, and no other."""
    here = {f.hoeveel for f in findings.bevindingen if f.vindplaats == f"Regioplan {where}" and f.hoeveel}
    assert here == words


def test_a_word_stands_only_in_those_paragraphs(findings: Findings) -> None:
    """No word was put where the source has none: the paragraphs above are all that have one."""
    paragraphs = {finding.vindplaats for finding in findings.bevindingen if finding.hoeveel}
    assert len(paragraphs) == 31


def test_percentages_are_no_findings(findings: Findings) -> None:
    """What the questionnaire counted stands in the ledger and not here."""
    assert [f.label for f in findings.bevindingen if re.search(r"\d|procent|%", f.label)] == []


def test_a_label_is_our_own_and_short(findings: Findings) -> None:
    """A description has at most a hundred characters and no two are the same."""
    labels = [finding.label for finding in findings.bevindingen]
    assert max(map(len, labels)) <= 100
    assert len(set(labels)) == len(labels)


def test_both_metingen_stay_what_they_are(findings: Findings) -> None:
    """The first meting has documents, first interviews and remarks; the second everything held later."""
    held = {meting: {a for f in findings.bevindingen if f.meting == meting for a in f.activiteiten}
            for meting in findings.datasets}  # fmt: skip
    assert held["meting-1"] == {"documentstudie", "aanvullende-interviews", "procesthermometer"}
    assert {"duo-interviews", "groepsgesprekken", "stakeholderinterviews"} <= held["meting-2"]


def test_what_bears_on_a_condition_bears_on_the_second_question(findings: Findings) -> None:
    """The second research question is the one on conditions."""
    assert [f.key for f in findings.bevindingen if f.randvoorwaarde and "v2" not in f.vragen] == []


# The scale


def test_a_word_off_the_scale_has_no_rank(findings: Findings) -> None:
    """A word like "overwegend" is shown as printed; "nagenoeg alle" has its place on the scale."""
    assert find(findings, "Nu enthousiast").rang is None
    assert find(findings, "meer focus dan het MIT").rang == read_quantifier(NEARLY_ALL)
    assert find(findings, "moeten concreter").rang == read_quantifier("drie kwart")


def test_the_scale_is_named_from_few_to_many() -> None:
    """A reader sees the nine words in order."""
    words = name_scale().text.split(", ")
    assert (words[0], words[3], words[-1], len(words)) == ("een enkele", "ongeveer de helft", "alle", 9)


# Tables and counts


def test_a_table_shows_words_as_published_and_no_percentage(findings: Findings) -> None:
    """What, word, activity, level and locator stand side by side; the note says that nobody counted."""
    shown = tabulate_findings(findings, "v1")
    assert (
        "Hoofddoel, werkdoelen en doelen van activiteiten moeten concreter | ongeveer drie kwart | duo-interviews | – | "
        "Regioplan §3.2, doelen en activiteiten, derde alinea"
    ) in shown.text
    assert NIET_GETELD in shown.html
    assert shown.results == ()
    assert "%" not in shown.text


def test_rows_go_by_activity_and_then_by_the_source(findings: Findings) -> None:
    """Documents come first, stakeholders last, whatever meting they belong to."""
    rows = [line.split(" | ") for line in tabulate_findings(findings, "v3").text.splitlines()[2:]]
    activities = list(dict.fromkeys(row[2].removesuffix(f" ({AFGELEID})") for row in rows))
    assert activities[:2] == ["documentstudie", "aanvullende interviews"]
    assert activities[-1] == "interviews met stakeholders"
    duo = [row[4] for row in rows if row[2].startswith("duo-interviews") and "§3" in row[4]]
    assert duo[0].startswith("Regioplan §3.3")
    assert duo[-1].startswith("Regioplan §3.4, zichtbare opbrengsten, tweede alinea onder")


def test_a_row_of_one_meting_may_stand_between_those_of_another() -> None:
    """The order of activities is the same for every meting, and within one the rows keep theirs."""
    later = table({"activiteit": "stakeholderinterviews", "label": "C"}, {"bevinding": "b02", "label": "B"})
    first = table({"activiteit": "documentstudie", "label": "A"}, meting="meting-8")
    assert [f.label for f in build_findings((later, first)).bevindingen] == ["A", "B", "C"]


def test_a_level_stands_where_the_source_names_it(findings: Findings) -> None:
    """Specialists and teammanagers are the operational level."""
    (row,) = (x for x in tabulate_findings(findings, "v2").text.splitlines() if "gescheiden afdelingen" in x)
    assert " | duo-interviews | operationeel | " in row


def test_an_assigned_activity_is_marked() -> None:
    """The note stands only below a table in which something was assigned."""
    told, assigned = build_findings((table({}),)), build_findings((table({"toewijzing": "afgeleid"}),))
    assert "Afgeleid:" not in tabulate_findings(told, "v1").text + tabulate_findings(told, "v1").html
    assert "duo-interviews (afgeleid)" in tabulate_findings(assigned, "v1").text
    assert "Afgeleid:" in tabulate_findings(assigned, "v1").html


def test_removing_a_row_removes_it_from_the_table() -> None:
    """What the table shows rests on the real rows."""
    source = load_real("meting-2", "bevindingen")
    rows = source.rijen
    less = replace(source, rijen=rows[~rows["label"].str.contains("moeten concreter")])
    assert len(less.rijen) == len(rows) - 1
    assert "moeten concreter" in tabulate_findings(build_findings((source,)), "v7").text
    assert "moeten concreter" not in tabulate_findings(build_findings((less,)), "v7").text


def test_two_questions_give_one_table_without_repeats(findings: Findings) -> None:
    """A finding on both questions is one row."""
    labels = [line.split(" | ")[0] for line in tabulate_findings(findings, "v4 v5").text.splitlines()[2:]]
    assert len(labels) == len(set(labels))
    assert set(labels) == {f.label for f in findings.bevindingen if {"v4", "v5"} & set(f.vragen)}


def test_a_question_on_which_nobody_spoke_says_so(findings: Findings) -> None:
    """The framework of criteria was made by the evaluators; no interviewee is quoted on it."""
    assert tabulate_findings(findings, "v6").text == "Over onderzoeksvraag 6 staat geen bevinding in de bron."


def test_counts_are_results_per_meting() -> None:
    """Three findings of which two bear on the first question and none on the sixth; their ids say which."""
    rows = ({}, {"bevinding": "b02", "onderzoeksvragen": "v1 v2"}, {"bevinding": "b03", "onderzoeksvragen": "v2"})
    findings = build_findings((table(*rows), table({}, meting="meting-8")))
    all_of, first = count_findings(findings), count_findings(findings, "v1")
    assert [(r.id, r.value) for r in all_of.values()] == [("meting-9.bevindingen.aantal", 3), ("meting-8.bevindingen.aantal", 1)]  # fmt: skip
    assert [(r.id, r.value) for r in first.values()] == [("meting-9.bevindingen.v1", 2), ("meting-8.bevindingen.v1", 1)]
    assert {r.provenance for r in all_of.values()} == {"herleid"}
    lines = tabulate_counts(findings).show().text.splitlines()
    assert lines[2] == "Onderzoeksvraag 1 | meting-9: 2; meting-8: 1"
    assert lines[7] == "Onderzoeksvraag 6 | meting-9: 0; meting-8: 0"
    assert lines[-1] == "Alle bevindingen | meting-9: 3; meting-8: 1"


def test_a_remark_in_the_questionnaire_is_of_the_questionnaire(findings: Findings) -> None:
    """A remark of a respondent is an opinion from the survey, not from an interview."""
    assert find(findings, "effect op vangsten").soort == ENQUETE
    assert find(findings, "effect op vangsten").key.startswith("meting-1.b")


# What is refused


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"activiteit": "borrel"}, r'rij 2, kolom activiteit\n  gevonden: "borrel"'),
        ({"activiteit": None}, r"rij 2, kolom activiteit\n  gevonden: een lege cel"),
        ({"activiteit": "documentstudie duo-interviews"}, "activiteiten van een soort bron"),
        ({"onderzoeksvragen": "v8"}, r'rij 2, kolom onderzoeksvragen\n  gevonden: "v8"'),
        ({"onderzoeksvragen": None}, r"kolom onderzoeksvragen\n  gevonden: een lege cel"),
        ({"toewijzing": "geraden"}, "een van: genoemd, afgeleid"),
        ({"teneur": "goed", "randvoorwaarde": "mandaat"}, "een van: leeg, steunt, gemengd, niet"),
        ({"teneur": "niet"}, '"niet" zonder randvoorwaarde'),
        ({"woord": "veel"}, r'rij 2, kolom woord\n  gevonden: "veel"'),
        ({"ander_woord": "veel"}, '"veel" naast "alle"'),
        ({"woord": None, "ander_woord": "enkele"}, r"kolom ander_woord\n  gevonden: \"enkele\", een woord van de schaal"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_refused_with_its_place(change: dict[str, str | None], message: str) -> None:
    """One Dutch block names table, row and column, what stands there and what may."""
    with pytest.raises(NsocError, match=message):
        build_findings((table(change),))


def test_a_number_twice_is_refused() -> None:
    """A finding is evidence under its number, so that a number is given once in a meting."""
    with pytest.raises(NsocError, match=r"rij 3, kolom bevinding\n  gevonden: b01 nog een keer"):
        build_findings((table({}, {}),))
    assert len(build_findings((table({}), table({}, meting="meting-8"))).bevindingen) == 2


@pytest.mark.parametrize("question", ["v9", "", "v1 v9"])
def test_an_unknown_question_is_refused(findings: Findings, question: str) -> None:
    """There are seven research questions."""
    with pytest.raises(NsocError, match="een van: v1, v2, v3, v4, v5, v6, v7"):
        tabulate_findings(findings, question)
