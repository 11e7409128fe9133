"""The page that compares two editions: complete, Dutch, self-contained, and safe whatever the earlier one holds."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest
from report_pages import chapter, figure, ledger, page, row, write_report

from nsoc_lib.errors import NsocError
from nsoc_lib.paths import Study
from nsoc_lib.publish.compare import compare_report

BODY = chapter("a", "Hoofdstuk A", "<p>Een zin.</p>" + figure("figuur-a", "Een balk.", "7"))
NUMBERS = ledger(row("m.a", "84", "84%"))


def compared(
    root: Path, earlier: tuple[str, str], later: tuple[str, str] = (page(BODY), NUMBERS)
) -> lxml.html.HtmlElement:
    """Return the page that compares two reports, as another parser reads it."""
    old, new = write_report(root / "eerder", *earlier), write_report(root / "reports", *later)
    path, _ = compare_report(Study(root / "data", new), str(old))
    assert path == new / "vergelijking.html"
    return lxml.html.fromstring(path.read_bytes())


def words(tree: lxml.html.HtmlElement) -> str:
    return " ".join(tree.find("body").text_content().split())


def test_two_equal_reports_say_that_they_are_equal(tmp_path):
    """A page without differences says so, above both statuses."""
    tree = compared(tmp_path, (page(BODY), NUMBERS))
    assert "Er zijn geen verschillen" in words(tree)
    assert tree.xpath("//section") == []


def test_the_page_names_numbers_words_chapters_and_figures(tmp_path):
    """Every kind of change has its own place on the page, old beside new."""
    body = "<p>Een andere zin.</p>" + figure("figuur-a", "Een balk.", "8")
    old = page(chapter("a", "Hoofdstuk A", body), chapter("w", "Wat wegging", "<p>x</p>"), version="0.0")
    tree = compared(tmp_path, (old, ledger(row("m.a", "80", "80%", n="24"), row("m.weg", "3", "3"))))
    assert [cell.text_content() for cell in tree.xpath('//*[@id="veranderd"]/..//td')] == [
        "80%",
        "84%",
        "+4,0 procentpunt",
        "geldige antwoorden: 24 → 25",
    ]
    assert tree.xpath('//*[@id="verdwenen"]/..//tr/@data-id') == ["m.weg"]
    assert [(e.tag, e.text) for e in tree.xpath("//del | //ins")] == [("del", "andere")]
    assert "Verdwenen: Wat wegging" in words(tree)
    assert "Figuren die anders zijn: Een balk." in words(tree)
    assert "Eerderconcept, versie 0.0, niet citeren" in words(tree)
    assert "Er zijn geen verschillen" not in words(tree)


def test_the_page_is_dutch_and_loads_nothing(tmp_path):
    """One file with a policy: no script, link, picture or address from elsewhere."""
    tree = compared(tmp_path, (page(BODY), NUMBERS))
    assert tree.get("lang") == "nl"
    assert tree.xpath("//script | //link | //img | //iframe | //@src | //@href") == []
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")


def test_a_change_in_an_english_chapter_is_marked_as_english(tmp_path):
    """Its title and both versions carry the language of the chapter; a Dutch chapter stays Dutch."""
    old, new = (
        page(
            BODY.replace("zin", zin),
            chapter("b", "Summary", f"<p>A {zin}.</p>").replace("<article", '<article lang="en"'),
        )
        for zin in ("oud", "nieuw")
    )
    tree = compared(tmp_path, (old, NUMBERS), (new, NUMBERS))
    assert [head.get("lang") for head in tree.xpath("//h3")] == ["nl", "en"]
    assert tree.xpath("//td[starts-with(normalize-space(.), 'A ')]/@lang") == ["en", "en"]


def test_an_earlier_report_cannot_put_markup_on_the_page(tmp_path):
    """Whatever stands in title, status, text, caption or ledger is shown as text."""
    evil = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=y&gt;"
    raw = "<script>alert(1)</script><img src=x onerror=y>"
    old = page(
        chapter("a", evil, f"<p>{evil}</p><p>{raw}</p>" + figure("figuur-a", evil, raw)),
        chapter("weg", evil, "<p>x</p>"),
        title=evil,
        version=evil,
    )
    tree = compared(tmp_path, (old, ledger(row("m.a", raw, raw, label=raw, n=raw), row('m."><b>', raw, raw))))
    assert tree.xpath("//script | //img | //b | //@onerror") == []
    assert words(tree).count("<script>alert(1)</script>") >= 8


def test_the_same_two_reports_give_the_same_bytes(tmp_path):
    """No clock, path or order of chance stands on the page."""
    old = (page(chapter("a", "A", "<p>Iets anders.</p>")), ledger(row("m.b", "1", "1")))
    made = [lxml.html.tostring(compared(tmp_path / name, old)) for name in ("een", "ander")]
    assert made[0] == made[1]


@pytest.mark.parametrize("earlier", ["", " "])
def test_without_a_report_to_compare_with_nothing_is_made(tmp_path, earlier):
    """WITH is the one thing that has to be given."""
    study = Study(tmp_path, write_report(tmp_path / "reports", page(BODY), NUMBERS))
    with pytest.raises(NsocError) as raised:
        compare_report(study, earlier)
    assert str(raised.value) == (
        "Fout in WITH\n"
        "  gevonden: niets\n"
        "  verwacht: een eerder rapport: deposit.zip van make package, of een map\n"
        "  wat nu:   Draai make compare WITH=eerder.zip."
    )
    assert not (study.reports / "vergelijking.html").exists()


def test_without_a_report_of_its_own_there_is_nothing_to_compare(tmp_path):
    """The report is made first."""
    old = write_report(tmp_path / "eerder", page(BODY), NUMBERS)
    with pytest.raises(NsocError, match=r"nog geen rapport[\s\S]*Draai eerst make report"):
        compare_report(Study(tmp_path, tmp_path / "reports"), str(old))
