"""Reading the structure of a questionnaire: a field for each column, by the type of the question."""

import time

import pytest
from limesurvey_files import lss

from nsoc_lib.errors import NsocError
from nsoc_lib.sources.limesurvey_fields import ANDERS, EEN, JANEE, MEER, OVERIG, RANG, TOELICHTING, Structure, key_of
from nsoc_lib.sources.limesurvey_lss import read_lss

WHERE = "data/raw/meting-9/survey.lss"


def rows(table: str, *rows: dict[str, str]) -> str:
    """Return one table of a .lss with these rows."""
    shown = "".join("<row>" + "".join(f"<{k}><![CDATA[{v}]]></{k}>" for k, v in row.items()) + "</row>" for row in rows)
    return f"<{table}><rows>{shown}</rows></{table}>"


def document(*tables: str, kind: str = "Survey") -> bytes:
    """Return a .lss with these tables."""
    return f"<document><LimeSurveyDocType>{kind}</LimeSurveyDocType>{''.join(tables)}</document>".encode()


def question(
    kind: str, other: str = "N", subs: tuple[tuple[str, str], ...] = (), answers: tuple[str, ...] = ()
) -> Structure:
    """Return the structure of one question Q with sub-questions (code and scale) and answers (code on scale 0)."""
    return read_lss(
        document(
            rows("questions", {"qid": "1", "type": kind, "title": "Q", "other": other, "question": "Wat?", "language": "nl"}),
            rows("subquestions", *({"qid": f"1{code}", "parent_qid": "1", "title": code, "scale_id": scale,
                                    "question": f"Deel {code}", "language": "nl"} for code, scale in subs)),
            rows("answers", *({"qid": "1", "code": code, "answer": f"Antwoord {code}", "language": "nl", "scale_id": "0"}
                              for code in answers)),
        ),
        WHERE,
    )  # fmt: skip


def kinds(structure: Structure) -> dict[str, str]:
    """Return the kind of each field by its name."""
    return {name: field.soort for name, field in structure.velden.items()}


def refusal(raw: bytes) -> str:
    """Return the block with which a structure is refused."""
    with pytest.raises(NsocError) as raised:
        read_lss(raw, WHERE)
    return str(raised.value)


@pytest.mark.parametrize("version", [3, 6])
def test_both_layouts_give_the_same_fields(version):
    """Whether texts stand in the rows of the questions or in tables of their own makes no difference."""
    structure = read_lss(lss(version).encode(), WHERE)
    assert kinds(structure) == {
        "G01Q01_SQ001": EEN, "G01Q01_SQ002": EEN, "G01Q02": EEN, "G01Q02_other": ANDERS, "G02Q03_SQ001": MEER,
        "G02Q03_SQ002": MEER, "G02Q03_SQ003": MEER, "G02Q04_1": RANG, "G02Q04_2": RANG, "G02Q04_3": RANG,
        "G03Q05_SQ001": MEER, "G03Q05_SQ002": MEER, "G03Q05_other": ANDERS, "G03Q06": JANEE, "G04Q07": OVERIG,
    }  # fmt: skip
    assert structure.velden["G01Q01_SQ002"].tekst == "Geef uw mening. [Er is genoeg tijd.]"
    assert structure.velden["G01Q01_SQ002"].labels == {"A1": "Oneens", "A2": "Eens"}
    assert structure.velden["G02Q04_1"].labels == {"SQ001": "Tijd", "SQ002": "Geld", "SQ003": "Mensen"}


@pytest.mark.parametrize(
    ("kind", "other", "subs", "answers", "expected"),
    [
        ("!", "Y", (), ("A1",), {"Q": EEN, "Q_other": ANDERS}),
        ("O", "N", (), ("A1",), {"Q": EEN, "Q_comment": OVERIG}),
        ("S", "N", (), (), {"Q": OVERIG}),
        ("G", "N", (), (), {"Q": JANEE}),
        ("P", "Y", (("a", "0"),), (), {"Q_a": MEER, "Q_acomment": TOELICHTING, "Q_other": ANDERS, "Q_othercomment": OVERIG}),
        ("A", "N", (("a", "0"), ("b", "0")), (), {"Q_a": OVERIG, "Q_b": OVERIG}),
        (":", "N", (("r", "0"), ("x", "1"), ("y", "1")), (), {"Q_r_x": OVERIG, "Q_r_y": OVERIG}),
        ("1", "N", (("a", "0"),), ("A1",), {"Q_a_1": EEN, "Q_a_2": EEN}),
        ("|", "N", (), (), {"Q": OVERIG, "Q_filecount": OVERIG}),
    ],
)  # fmt: skip
def test_a_type_of_question_has_its_columns(kind, other, subs, answers, expected):
    """Each type makes the columns that LimeSurvey writes for it."""
    assert kinds(question(kind, other, subs, answers)) == expected


def test_a_text_that_is_only_shown_has_no_column():
    """A questionnaire of texts alone asks nothing."""
    with pytest.raises(NsocError, match="gevonden: 0 vragen"):
        question("X")


def test_texts_in_every_language_are_recognised_and_the_first_is_shown():
    """Headings and answers are matched in each language; what is shown is in the language of the survey."""
    structure = read_lss(
        document(
            rows("surveys", {"language": "nl"}),
            rows("questions", {"qid": "1", "type": "L", "title": "Q", "other": "N"}),
            rows("question_l10ns", {"qid": "1", "language": "en", "question": "Where?"},
                 {"qid": "1", "language": "nl", "question": "Waar?"}),
            rows("answers", {"aid": "7", "qid": "1", "code": "A1", "scale_id": "0"}),
            rows("answer_l10ns", {"aid": "7", "language": "en", "answer": "Here"},
                 {"aid": "7", "language": "nl", "answer": "Hier"}),
        ),
        WHERE,
    )  # fmt: skip
    field = structure.velden["Q"]
    assert (field.tekst, field.labels) == ("Waar?", {"A1": "Hier"})
    assert field.woorden == {"here": "A1", "hier": "A1"}
    assert field.koppen == {key_of("Waar?"), key_of("Where?")}


def test_questions_come_in_the_order_of_groups_and_of_the_group():
    """The order is that of the questionnaire, whatever the order of the rows."""
    structure = read_lss(
        document(
            rows("groups", {"gid": "1", "group_order": "2"}, {"gid": "2", "group_order": "1"}),
            rows("questions", *({"qid": code, "gid": group, "type": "T", "title": f"Q{code}", "question_order": order}
                                for code, group, order in (("1", "1", "1"), ("2", "2", "2"), ("3", "2", "1")))),
        ),
        WHERE,
    )  # fmt: skip
    assert list(structure.velden) == ["Q3", "Q2", "Q1"]


def test_another_document_is_refused():
    """A single question, or XML of another program, is no questionnaire."""
    assert refusal(document(kind="Question")) == (
        "Fout in data/raw/meting-9/survey.lss\n"
        "  gevonden: XML met <document> die geen vragenlijst van LimeSurvey is\n"
        "  verwacht: een structuur (.lss) van LimeSurvey\n"
        "  wat nu:   Exporteer in LimeSurvey de vragenlijst als structuur (.lss)."
    )
    assert "XML met <html>" in refusal(b"<html/>")


@pytest.mark.parametrize("raw", [b"", b"geen xml", lss().encode()[:900], b'<?xml version="1.0" encoding="x"?><document/>',
                                 lss().replace("Wat hielp?", "Wat hiélp?").encode("latin-1")])  # fmt: skip
def test_broken_xml_is_refused(raw):
    """A file that was cut short, is something else or is in another encoding is refused."""
    assert "gevonden: tekst die geen geldige XML is" in refusal(raw)


def test_a_bomb_of_entities_is_refused_at_once():
    """Entities that would unfold to gigabytes are never unfolded."""
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE d [<!ENTITY a0 "ha">{entities}]><document>&a11;</document>'
    start = time.perf_counter()
    assert "gevonden: XML met een documenttype, eigen entiteiten" in refusal(bomb.encode())
    assert time.perf_counter() - start < 5


def test_a_structure_without_end_is_refused():
    """No questionnaire has hundreds of levels; what does is refused before it is built."""
    assert "gevonden: meer dan 100 niveaus" in refusal(b"<document>" * 100_000)


def test_a_document_type_from_elsewhere_is_refused():
    """LimeSurvey writes none, and one from elsewhere could make a reader fetch it."""
    outside = '<!DOCTYPE document SYSTEM "https://example.org/x.dtd">' + lss().partition("?>")[2].strip()
    assert "gevonden: XML met een documenttype" in refusal(outside.encode())


def test_a_grid_without_end_is_refused_within_seconds():
    """A table of questions grows with the product of its rows and columns, and has a limit."""
    start = time.perf_counter()
    with pytest.raises(NsocError, match="gevonden: meer dan 10000 kolommen"):
        question(";", subs=tuple((f"s{n}", str(n % 2)) for n in range(20_000)))
    assert time.perf_counter() - start < 10
