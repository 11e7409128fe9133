"""From make report to Word, comments, the table and the appendix, with a chapter put in between."""

import re
import sys
from pathlib import Path

import lxml.html
from conftest import Run, StudyFolder, run
from word_files import comment_on


def make(study: StudyFolder, target: str, *arguments: str) -> Run:
    folders = [f"DATA={study.data}", f"REPORTS={study.reports}", f"PYTHON={sys.executable}"]
    return run(["make", target, *folders, *arguments])


def test_a_comment_leads_to_its_paragraph_after_a_chapter_was_put_before_it(own: StudyFolder, tmp_path: Path) -> None:
    """Word goes out, a comment comes in, the report is renumbered, and the link leads to the same words."""
    done = make(own, "docx")
    assert done.code == 0, done.err
    comments = tmp_path / "terug.docx"
    comments.write_bytes((own.reports / "evaluatierapport.docx").read_bytes())
    passage = "De stellingen staan van de hoogste naar de laagste instemming"
    comment_on(comments, {passage: ("Jan Jansen", "Waarom zo?")})
    done = make(own, "reactions", f"FILE={comments}")
    assert done.code == 0, done.err
    assert "Klaar: 1 nieuw, 1 in" in done.out

    contents = own.raw / "evaluatie.yml"
    chapters = contents.read_text(encoding="utf-8")
    moved = re.search(r"(?m)^      - titel: [^\n]*\n        notebook: codeboek\n[^\n]*meting-1[^\n]*\n", chapters)
    assert moved
    part = "  - titel: Bijlagen\n    bijlage: true\n    hoofdstukken:\n"  # without its only chapter
    assert part + moved[0] in chapters
    text = chapters.replace(part + moved[0], "").replace("    hoofdstukken:\n", f"    hoofdstukken:\n{moved[0]}", 1)
    contents.write_text(text, encoding="utf-8")
    done = own.run()
    assert done.code == 0, done.err
    assert "rapport" in done.done
    page = lxml.html.fromstring(own.page.encode())
    (link,) = page.xpath("//article[@id='hoofdstuk-reacties']//a[@class='aanduiding verwijzing']")
    (target,) = page.xpath(f"//*[@id='{link.get('href')[1:]}']")
    assert target.text_content().strip().startswith(passage)
    chapter = target.xpath("ancestor::article//h3/span")[0].text_content()
    assert link.text_content().startswith(f"paragraaf {chapter}.")
    assert "gewijzigd" not in link.getparent().text_content()
    assert "Jansen" not in own.page
