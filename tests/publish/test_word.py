"""The Word file: real headings, captions, tables and pictures, and the same bytes on every run."""

import io
import re
import zipfile
from dataclasses import replace
from xml.etree import ElementTree as ET

import docx
import pytest
from conftest import PROFILE
from docx.oxml.ns import qn
from word_files import chapter_notebook, evaluation, publish_study

from nsoc_lib.disclosure import Rules
from nsoc_lib.errors import NsocError
from nsoc_lib.evaluation import Evaluation
from nsoc_lib.paths import Study
from nsoc_lib.places import bookmark_name
from nsoc_lib.publish.contents import collect_contents
from nsoc_lib.publish.finished import finish_parts
from nsoc_lib.publish.word import find_pictures, publish_word, render_word
from nsoc_lib.publish.word_page import clean_body


def word_of(contents: Evaluation) -> bytes:
    """Return the Word file of these chapters."""
    executed = {chapter.key: chapter_notebook(chapter.key) for chapter in contents.chapters}
    parts = finish_parts(contents, executed, collect_contents(contents, executed, Rules(PROFILE)))
    return render_word(contents, parts, find_pictures(executed), contents.verantwoording)


@pytest.fixture(scope="module")
def made() -> bytes:
    return word_of(evaluation("aa", "bb"))


@pytest.fixture(scope="module")
def word(made):
    return docx.Document(io.BytesIO(made))


def styled(word, style: str) -> list[str]:
    return [paragraph.text for paragraph in word.paragraphs if paragraph.style.name == style]


def test_parts_chapters_and_sections_are_headings_of_three_levels(word):
    """The navigation pane of Word shows the report."""
    assert styled(word, "Heading 1") == ["Deel een"]
    assert styled(word, "Heading 2") == ["1 Hoofdstuk aa", "2 Hoofdstuk bb"]
    assert styled(word, "Heading 3") == ["1.1 Kop van aa", "2.1 Kop van bb"]


def test_captions_have_their_style_and_the_number_of_the_page(word):
    """A caption in Word is numbered as on the page."""
    assert styled(word, "Table Caption") == ["Tabel 1.1. Wie er begon in aa.", "Tabel 2.1. Wie er begon in bb."]
    assert styled(word, "Image Caption") == ["Figuur 1.1. Balk van aa.", "Figuur 2.1. Balk van bb."]


def test_a_figure_is_a_picture_with_its_alternative_text(word):
    """The drawing of the page becomes a PNG that says the same to who cannot see it."""
    described = [element.get("descr") for element in word.element.iter(qn("wp:docPr"))]
    assert described == ["Een balk in aa.", "Een balk in bb."]
    assert len(word.inline_shapes) == 2
    assert "LEK" not in "".join(word.element.itertext())


def test_an_english_chapter_is_english_to_word():
    """Its words carry their language; those of a Dutch chapter have that of the document."""
    contents = evaluation("aa", "bb")
    (part,) = contents.delen
    english = replace(part.hoofdstukken[1], taal="en")
    contents = replace(contents, delen=(replace(part, hoofdstukken=(part.hoofdstukken[0], english)),))
    word = docx.Document(io.BytesIO(word_of(contents)))
    languages = {
        paragraph.text: {mark.get(qn("w:val")) for mark in paragraph._p.iter(qn("w:lang"))}
        for paragraph in word.paragraphs
        if paragraph.text.startswith("Een alinea van")
    }
    assert languages == {"Een alinea van aa.": set(), "Een alinea van bb.": {"en"}}


def test_a_table_is_a_table_whose_head_is_repeated(word):
    """Every table has one row that is repeated on each page, and numbers on the right."""
    assert [[cell.text for cell in row.cells] for row in word.tables[0].rows] == [["Wat", "Hoeveel"], ["Begonnen", "7"]]
    for table in word.tables:
        heads = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows]
        assert heads == [True] + [False] * (len(heads) - 1)
    assert word.tables[0].cell(1, 1).paragraphs[0].alignment == docx.enum.text.WD_ALIGN_PARAGRAPH.RIGHT


def test_a_table_is_as_wide_as_the_text_and_gives_most_to_who_says_most(word):
    """The columns divide 166 mm, which is 9411 twentieths of a point."""
    widths = [int(column.get(qn("w:w"))) for column in word.tables[0]._tbl.tblGrid.findall(qn("w:gridCol"))]
    assert 9400 <= sum(widths) <= 9411
    assert widths[0] > widths[1]


def test_the_language_is_dutch_and_the_properties_hold_no_date(word, made):
    """Title, makers and status are known to Word; the moment of making is not."""
    language = word.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    properties = word.core_properties
    assert language.get(qn("w:val")) == "nl-NL"
    assert word.settings.element.find(qn("w:autoHyphenation")) is not None
    assert (properties.title, properties.author, properties.language) == ("Een proef", "Wij", "nl-NL")
    assert properties.content_status == "concept 0.3, niet citeren"
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert b"dcterms" not in re.sub(rb"xmlns:\w+=", b"", archive.read("docProps/core.xml"))
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_every_page_says_what_it_is_and_has_a_number(word):
    """Who finds a page on a printer sees that it is a concept."""
    section = word.sections[0]
    assert section.header.paragraphs[0].text == "Een proef: concept 0.3, niet citeren"
    assert section.footer._element.find(f".//{qn('w:fldSimple')}").get(qn("w:instr")) == "PAGE"
    assert not section.different_first_page_header_footer


def test_the_contents_are_a_field_that_leads_to_the_chapters(word):
    """The contents can be refreshed in Word, and work before that."""
    assert [e.text.strip() for e in word.element.iter(qn("w:instrText"))] == ['TOC \\o "1-3" \\h \\u']
    kinds = [mark.get(qn("w:fldCharType")) for mark in word.element.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]
    targets = {mark.get(qn("w:name")) for mark in word.element.iter(qn("w:bookmarkStart"))}
    links = [link.get(qn("w:anchor")) for link in word.element.iter(qn("w:hyperlink"))]
    assert links[:3] == [bookmark_name("deel-1"), bookmark_name("hoofdstuk-aa"), bookmark_name("hoofdstuk-bb")]
    assert set(links) <= targets


@pytest.mark.parametrize(
    ("anchor", "text"),
    [
        ("bb_k_1", "2.1 Kop van bb"),
        ("bb_k_2", "Een alinea van bb."),
        ("bb_k_3", "punt van bb"),
        ("bb_u_1", "In bb begonnen 7 mensen."),
        ("tabel-bb-titel", "Tabel 2.1. Wie er begon in bb."),
        ("tabel-bb", "Tabel 2.1. Wie er begon in bb."),
        ("bb_u_4", "Wat"),
        ("bb_u_5", "Een noot."),
        ("figuur-bb-alt", "Een balk in bb."),
        ("hoofdstuk-bb", "2 Hoofdstuk bb"),
    ],
)
def test_an_anchor_is_a_bookmark_in_its_own_paragraph(word, anchor, text):
    """The bookmark stands in the paragraph, item, caption or first cell that has the anchor on the page."""
    found = [
        mark for mark in word.element.iter(qn("w:bookmarkStart")) if mark.get(qn("w:name")) == bookmark_name(anchor)
    ]
    assert len(found) == 1
    paragraph = next(found[0].iterancestors(qn("w:p")))
    assert "".join(words.text for words in paragraph.iter(qn("w:t"))) == text


def test_the_file_is_sound(made):
    """Each part is well-formed, is declared, and no two ids are alike."""
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            ET.fromstring(content)
    declared = ET.fromstring(parts["[Content_Types].xml"])
    known = {element.get("PartName") for element in declared} | {element.get("Extension") for element in declared}
    assert [n for n in parts if f"/{n}" not in known and n.rpartition(".")[2] not in known] == []
    root = ET.fromstring(parts["word/document.xml"])
    for tag, key in (
        (qn("wp:docPr"), "id"),
        (qn("w:bookmarkStart"), qn("w:id")),
        (qn("w:bookmarkStart"), qn("w:name")),
    ):
        ids = [element.get(key) for element in root.iter(tag)]
        assert ids
        assert len(ids) == len(set(ids))


def test_another_folder_gives_the_same_bytes(tmp_path, made):
    """Neither place nor day stands in the file."""
    study = Study(tmp_path / "een andere map" / "data", tmp_path / "een andere map" / "reports")
    publish_study(study.data.parent, "aa", "bb")
    assert publish_word(study).read_bytes() == made


@pytest.mark.parametrize(
    ("markup", "left"),
    [
        (
            '<p>Van <button popovertarget="h"><data class="cijfer">74%</data><span>i</span></button> niet.</p>',
            "Van 74% niet.",
        ),
        (
            '<p>Van <data class="cijfer">74%</data><button popovertarget="h">herkomst 12</button> niet.</p>',
            "Van 74% niet.",
        ),
        ('<p>Wel.</p><div id="h" popover><p>Herkomst 12</p></div><p>Ook.</p>', "Wel.Ook."),
        ('<p>Wel. <a download href="data:x">als CSV</a>.</p>', "Wel. ."),
        ("<nav><a href='#x'>verder</a></nav><p>Wel.</p>", "Wel."),
    ],
)
def test_only_shown_text_comes_along(markup, left):
    """What a reader clicks on is gone; a number in a button stays."""
    assert re.sub("<[^>]+>", "", clean_body(markup, ())) == left


def test_the_alternative_text_has_nothing_to_click_on():
    """A number in it may have its origin beside it, which is not said twice."""
    markup = (
        '<figure class="figuur" id="f"><div class="tekening" role="img" aria-labelledby="f-alt"><svg/></div>'
        '<p class="alt" id="f-alt">Balk van <button popovertarget="h"><data class="cijfer">74%</data></button>'
        '<span id="h" popover>herkomst</span>.</p></figure>'
    )
    assert 'alt="Balk van 74%."' in clean_body(markup, {"f"})


def test_without_a_report_there_is_no_word_file(tmp_path):
    """The message says which file is absent and what to do first."""
    publish_study(tmp_path, "aa")
    (tmp_path / "reports" / "evaluatierapport.html").unlink()
    with pytest.raises(NsocError) as caught:
        publish_word(Study(tmp_path / "data", tmp_path / "reports"))
    assert str(caught.value) == (
        "Fout in reports/evaluatierapport.html\n"
        "  gevonden: nog niet gemaakt\n"
        "  verwacht: het rapport met al zijn hoofdstukken\n"
        "  wat nu:   Draai eerst make report."
    )


def test_a_report_from_before_a_change_is_not_put_in_word(tmp_path):
    """A concept that has become final in evaluatie.yml alone is no final report."""
    publish_study(tmp_path, "aa")
    contents = tmp_path / "data" / "raw" / "evaluatie.yml"
    contents.write_text(contents.read_text().replace("concept", "definitief"))
    with pytest.raises(NsocError, match="van voor de laatste wijziging in evaluatie"):
        publish_word(Study(tmp_path / "data", tmp_path / "reports"))


def test_without_pandoc_one_message_says_so(monkeypatch):
    """An environment that lacks pandoc is named, not traced."""
    monkeypatch.setattr("nsoc_lib.publish.word._find_pandoc", lambda: "/bestaat/niet/pandoc")
    with pytest.raises(NsocError, match="geen pandoc in deze omgeving"):
        word_of(evaluation("aa"))
