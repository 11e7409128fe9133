"""Comments from Word: where they hang, on which words, and what is refused."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from word_files import add_bookmark, as_bytes, plain_document

from nsoc_lib.errors import NsocError
from nsoc_lib.places import bookmark_name
from nsoc_lib.reactions import Remark
from nsoc_lib.sources.word_comments import load_comments

FIRST, SECOND = bookmark_name("a_1_1"), bookmark_name("a_1_2")


def read(tmp_path: Path, document) -> tuple[Remark, ...]:
    path = tmp_path / "opmerkingen.docx"
    path.write_bytes(document if isinstance(document, bytes) else as_bytes(document))
    return load_comments(path, "opmerkingen.docx")


def remark(document, runs, text="Waarom?", author="Jan Jansen") -> None:
    document.add_comment(runs, text=text, author=author, initials="JJ")


def test_a_comment_has_its_place_words_and_author(tmp_path):
    """The place is the bookmark of the paragraph, under the section in which it stands."""
    document = plain_document("Er deden zeven mensen mee.", "Meer niet.")
    remark(document, document.paragraphs[2].runs, "Wie dan?")
    assert read(tmp_path, document) == (Remark("Jan Jansen", SECOND, "Paragraaf 3.1", "Meer niet.", "Wie dan?"),)


def test_the_passage_is_what_was_selected(tmp_path):
    """Only the words between the ends of the comment are the passage."""
    document = plain_document("Er deden ")
    paragraph = document.paragraphs[1]
    middle = paragraph.add_run("zeven mensen")
    paragraph.add_run(" mee.")
    remark(document, [middle])
    assert [one.passage for one in read(tmp_path, document)] == ["zeven mensen"]


def test_a_comment_over_paragraphs_hangs_on_the_first(tmp_path):
    """The passage keeps the paragraphs apart."""
    document = plain_document("Een.", "Twee.")
    remark(document, [document.paragraphs[1].runs[0], document.paragraphs[2].runs[0]])
    assert [(one.bookmark, one.passage) for one in read(tmp_path, document)] == [(FIRST, "Een. / Twee.")]


def test_a_comment_in_a_cell_hangs_on_the_table(tmp_path):
    """Cells have no anchor of their own; the first cell holds that of the table."""
    document = plain_document("Een.")
    table = document.add_table(2, 2)
    for cell, text in zip([c for row in table.rows for c in row.cells], "ABCD", strict=True):
        cell.text = text
    add_bookmark(table.cell(0, 0).paragraphs[0], "a_2_1", 9)
    remark(document, table.cell(1, 1).paragraphs[0].runs)
    assert [(one.bookmark, one.passage) for one in read(tmp_path, document)] == [(bookmark_name("a_2_1"), "D")]


@pytest.mark.parametrize("style", ["Heading3", "Kop3"])
def test_a_heading_is_a_place_also_in_a_dutch_word(tmp_path, style):
    """A Dutch Word calls the style Kop."""
    document = plain_document("Een.")
    add_bookmark(document.paragraphs[0], "a_0_1", 9)
    document.paragraphs[0]._p.pPr.pStyle.set(qn("w:val"), style)
    remark(document, document.paragraphs[0].runs)
    assert read(tmp_path, document)[0].bookmark == bookmark_name("a_0_1")
    assert read(tmp_path, document)[0].waar == "Paragraaf 3.1"


def test_what_a_reader_struck_out_is_passage_and_what_they_added_is_not(tmp_path):
    """Tracked changes leave the report as it was."""
    document = plain_document("Er deden ")
    paragraph = document.paragraphs[1]
    for tag, kind, text in (("del", "delText", "zeven"), ("ins", "t", "acht")):
        change = parse_xml(
            f'<w:{tag} {nsdecls("w")} w:id="5" w:author="J"><w:r><w:{kind}>{text}</w:{kind}></w:r></w:{tag}>'
        )
        paragraph._p.append(change)
    remark(document, [paragraph.runs[0], paragraph.add_run(" mee.")])
    assert [one.passage for one in read(tmp_path, document)] == ["Er deden zeven mee."]


def test_a_comment_on_added_words_alone_says_so(tmp_path):
    """There is no passage of the report to quote."""
    document = plain_document("Een.")
    paragraph = document.paragraphs[1]
    remark(document, [paragraph.add_run("nieuw")])
    run = paragraph.runs[-2]._r  # before the run that refers to the comment
    change = OxmlElement("w:ins")
    run.addprevious(change)
    change.append(run)
    assert [(one.bookmark, one.passage) for one in read(tmp_path, document)] == [
        (FIRST, "(tekst die de lezer toevoegde)")
    ]


def test_a_reply_is_a_comment_at_the_same_place(tmp_path):
    """A thread is read in the order in which it was written, also when only the first has a place of its own."""
    document = plain_document("Een.")
    remark(document, document.paragraphs[1].runs, "Klopt dit?")
    remark(document, document.paragraphs[1].runs, "Ja.", "An Smit")
    found = read(tmp_path, document)
    assert [(one.auteur, one.bookmark, one.opmerking) for one in found] == [
        ("Jan Jansen", FIRST, "Klopt dit?"),
        ("An Smit", FIRST, "Ja."),
    ]


def test_a_comment_that_hangs_on_nothing_is_kept(tmp_path):
    """A program may lose the place; the words are not lost."""
    document = plain_document("Een.")
    remark(document, document.paragraphs[1].runs)
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for element in list(document.element.body.iter(qn(f"w:{tag}"))):
            element.getparent().remove(element)
    assert read(tmp_path, document) == (Remark("Jan Jansen", "", "", "", "Waarom?"),)


def test_a_split_paragraph_keeps_its_place(tmp_path):
    """What a reader put on a new line still belongs to the paragraph it came from."""
    document = plain_document("Een.", "Twee.")
    added = document.paragraphs[1].insert_paragraph_before("Los.")
    document.paragraphs[1]._p.addprevious(document.paragraphs[2]._p)
    remark(document, added.runs)
    assert read(tmp_path, document)[0].bookmark == FIRST


def test_a_long_passage_is_cut(tmp_path):
    """A comment on a whole page quotes its beginning."""
    document = plain_document("woord " * 100)
    remark(document, document.paragraphs[1].runs)
    passage = read(tmp_path, document)[0].passage
    assert 390 < len(passage) <= 401
    assert passage.endswith(" woord…")


def refused(tmp_path: Path, content: bytes) -> str:
    with pytest.raises(NsocError) as caught:
        read(tmp_path, content)
    return str(caught.value)


def repacked(content: bytes, **parts: bytes) -> bytes:
    """Return a Word file with other content for some parts, named by their last name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(Path(name).stem, old.read(name)))
    return buffer.getvalue()


def commented() -> bytes:
    document = plain_document("Een.")
    remark(document, document.paragraphs[1].runs)
    return as_bytes(document)


def test_another_kind_of_file_is_refused(tmp_path):
    """A PDF, a text or an old .doc gets one message."""
    assert refused(tmp_path, b"%PDF-1.7") == (
        "Fout in opmerkingen.docx\n"
        "  gevonden: een bestand dat geen Word-bestand (.docx) is\n"
        "  verwacht: het evaluatierapport.docx dat een lezer met opmerkingen terugstuurde\n"
        "  wat nu:   Sla het in Word op als .docx (niet .doc, .odt of .pdf) en geef dat bestand op."
    )


def test_a_file_without_comments_is_refused(tmp_path):
    """Changes in the text itself are not read, and that is said."""
    assert "gevonden: geen enkele opmerking" in refused(tmp_path, as_bytes(plain_document("Een.")))


def test_another_document_is_refused(tmp_path):
    """Without our bookmarks no place can be found."""
    document = docx.Document()
    remark(document, [document.add_paragraph("Een.").runs[0]])
    assert "zonder de bladwijzers van dit rapport" in refused(tmp_path, as_bytes(document))


def test_a_zip_without_a_document_is_refused(tmp_path):
    """A zip is not yet a Word file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "x")
    assert "een zipbestand zonder Word-document erin" in refused(tmp_path, buffer.getvalue())


def test_a_zip_bomb_is_refused(tmp_path):
    """What unpacks to far more than text can is not unpacked."""
    assert "uitgepakt te groot" in refused(tmp_path, repacked(commented(), document=b" " * 60_000_000))


def test_entities_are_refused(tmp_path):
    """No Word file has a document type; one that has may expand without end or fetch files."""
    hostile = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    for part in ("document", "comments"):
        message = refused(tmp_path, repacked(commented(), **{part: hostile}))
        assert "XML met een documenttype" in message
        assert "zoals Word het opslaat" in message


def test_a_file_that_was_cut_off_is_refused(tmp_path):
    """Half a file is damaged, not empty."""
    assert "beschadigd of niet heel" in refused(tmp_path, commented()[:3000])


def test_a_part_that_is_cut_off_is_refused(tmp_path):
    """Half a part is no XML."""
    assert "geen geldige XML" in refused(tmp_path, repacked(commented(), comments=b"<w:comments"))


def test_a_file_that_is_not_there_is_named(tmp_path):
    """The name that was given is the name in the message."""
    with pytest.raises(NsocError, match="geen bestand met deze naam"):
        load_comments(tmp_path / "weg.docx", "weg.docx")
