"""The report: numbered, cross-referenced, escaped, and with every number accounted for."""

import csv
import io
import re
from dataclasses import replace

import lxml.html
import nbformat
import pytest
from small_reports import build_report, cell, evaluation, notebook, prose

from nsoc_lib.errors import NsocError
from nsoc_lib.evaluation import Chapter, Part
from nsoc_lib.figures import Figure
from nsoc_lib.paths import Study
from nsoc_lib.prose import footnote, indicate, refer, tell
from nsoc_lib.publish.beside import find_drawings
from nsoc_lib.publish.report import Report, publish_report, refuse_loose_numbers
from nsoc_lib.result import Result
from nsoc_lib.tables import Table


def people(name: str = "gestart", value: int = 7, provenance: str = "waargenomen") -> Result:
    return Result(f"meting-1.respons.{name}", name, value, "personen", provenance, "proef@abc")


def table(key: str, *results: Result) -> Table:
    rows = tuple((result.label, result) for result in results or (people(),))
    return Table(key, "Wie er begon.", ("Wat", "Hoeveel"), rows)


def figure(key: str) -> object:
    """Return a figure with one drawn number and its table twin, as a notebook shows it."""
    token = '<g class="cijfer" data-id="meting-1.respons.gestart" data-value="7"><text>7</text></g>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">{token}</svg>'
    return Figure(key, "Wie er begon.", "Een balk.", svg, b"\x89PNG", table(f"tabel-{key}"), (people(),)).show()


def chapter(name: str, titel: str | None = None) -> Chapter:
    return Chapter(titel=titel or name.capitalize(), notebook=name, parameters={})


def build(*chapters: nbformat.NotebookNode, **fields: str) -> Report:
    """Build a report of one part whose chapters are these notebooks: a, b, c."""
    names = "abcdefgh"[: len(chapters)]
    part = Part("Deel", bijlage=False, hoofdstukken=tuple(chapter(name) for name in names))
    return build_report(evaluation(part, **fields), dict(zip(names, chapters, strict=True)))


def text_of(report: Report) -> str:
    """Return the visible text of the page, white space folded."""
    body = lxml.html.fromstring(report.page.encode()).find("body")
    return re.sub(r"\s+", " ", body.text_content())


# Numbers of chapters, figures, tables and sections


def test_chapters_are_numbered_through_all_parts():
    """The second part goes on where the first stopped."""
    parts = (
        Part("Een deel", bijlage=False, hoofdstukken=(chapter("a"), chapter("b"))),
        Part("Nog een deel", bijlage=False, hoofdstukken=(chapter("c"),)),
    )
    page = build_report(evaluation(*parts), {name: notebook() for name in "abc"}).page
    assert re.findall(r'hoofdstuktitel"><span class="aanduiding">(\w+)</span> (\w+)', page) == [
        ("1", "A"),
        ("2", "B"),
        ("3", "C"),
    ]


def test_appendices_get_letters():
    """Chapters of an appendix are A and B and do not count among the numbers."""
    parts = (
        Part("Deel", bijlage=False, hoofdstukken=(chapter("a"),)),
        Part("Bijlagen", bijlage=True, hoofdstukken=(chapter("b"), chapter("c"))),
    )
    executed = {"a": notebook(), "b": notebook(cell(table("tabel-x"))), "c": notebook()}
    report = build_report(evaluation(*parts), executed)
    assert re.findall(r'hoofdstuktitel"><span class="aanduiding">(\w+)</span>', report.page) == ["1", "A", "B"]
    assert "Tabel A.1. Wie er begon." in text_of(report)


def test_what_stands_in_front_has_small_roman_numbers():
    """A summary is i and does not count among the chapters; its sections are i.1 and its tables i.1."""
    parts = (
        Part("Vooraf", bijlage=False, vooraf=True, hoofdstukken=(chapter("a"), chapter("b"))),
        Part("Deel", bijlage=False, hoofdstukken=(chapter("c"),)),
    )
    executed = {"a": notebook(prose("## Kort"), cell(table("tabel-x"))), "b": notebook(), "c": notebook()}
    report = build_report(evaluation(*parts), executed)
    assert re.findall(r'hoofdstuktitel"><span class="aanduiding">(\w+)</span>', report.page) == ["i", "ii", "1"]
    assert '<span class="aanduiding">i.1</span> Kort' in report.page
    assert "Tabel i.1. Wie er begon." in text_of(report)


def test_a_number_belongs_to_the_chapter_that_explains_it():
    """A summary in front repeats a number; the ledger names the notebook of the chapter."""
    parts = (
        Part("Vooraf", bijlage=False, vooraf=True, hoofdstukken=(chapter("a"),)),
        Part("Deel", bijlage=False, hoofdstukken=(chapter("b"),)),
    )
    shown = cell(tell("{n}", n=Result("meting-1.n", "N", 3, "personen", "herleid", "x@y")))
    report = build_report(evaluation(*parts), {"a": notebook(shown), "b": notebook(shown)})
    assert [result.notebook for result in report.results] == ["b"]


def test_figures_and_tables_are_counted_per_chapter_and_kind():
    """The first figure of the third chapter is Figuur 3.1, whatever came before."""
    report = build(
        notebook(cell(table("t1"), table("t2"))),
        notebook(),
        notebook(cell(table("t3"), figure("f1")), cell(figure("f2"))),
    )
    captions = re.findall(r'<figcaption id="[^"]+"><span class="aanduiding nummer">(.*?)</span>', report.page)
    assert captions == ["Tabel 1.1.", "Tabel 1.2.", "Tabel 3.1.", "Figuur 3.1.", "Figuur 3.2."]


def test_headings_of_a_notebook_become_sections_of_the_chapter():
    """Two headings are 1.1 and 1.2, each with an anchor, without the link nbconvert adds."""
    page = build(notebook(prose("## Boodschap"), prose("## Hoe *zeker*"))).page
    assert re.search(r'<h4 id="\w+_1"><span class="aanduiding">1.1</span> Boodschap</h4>', page)
    assert re.search(r'<h4 id="\w+_1"><span class="aanduiding">1.2</span> Hoe <em>zeker</em></h4>', page)
    assert "anchor-link" not in page


def test_the_table_of_contents_leads_to_every_chapter():
    """Each link of the contents has a target on the page."""
    page = lxml.html.fromstring(build(notebook(), notebook()).page.encode())
    links = page.xpath("//nav//a/@href")
    assert len(links) == 4  # two chapters, the table of results and the colophon
    assert [link for link in links if not page.xpath("//*[@id=$id]", id=link[1:])] == []


# References


def test_a_reference_is_resolved_also_forward():
    """A sentence in chapter one points at a figure in chapter two by its number."""
    report = build(notebook(cell(tell("Zie {f}.", f=refer("f1")))), notebook(cell(figure("f1"))))
    sentence = '>Zie <a class="aanduiding verwijzing" id="verwijzing-1-1" href="#f1">figuur 2.1</a>.</p>'
    assert sentence in report.page


def test_what_is_referred_to_says_from_where():
    """A figure ends with a link to the sentence that names it; a chapter begins with it."""
    here = tell("Zie {f} en {b}.", f=refer("f1"), b=refer("hoofdstuk-b"))
    page = lxml.html.fromstring(
        build(notebook(prose("## Kop"), cell(here)), notebook(cell(figure("f1")))).page.encode()
    )
    ((back,),) = ([link.get("href") for link in page.xpath('//figure[@id="f1"]/p[@class="genoemd"]/a')],)
    assert [link.text for link in page.xpath("//*[@id=$id]", id=back[1:])] == ["figuur 2.1"]
    assert page.xpath('//article[@id="hoofdstuk-b"]/p[@class="genoemd"]/a/text()') == ["1.1"]


def test_figures_and_tables_are_listed_with_their_numbers():
    """The lists at the end name each figure and each table in order, with a link; a report without has no list."""
    page = lxml.html.fromstring(build(notebook(cell(table("t1"))), notebook(cell(figure("f1")))).page.encode())
    listed = [
        (link.get("href"), re.sub(r"\s+", " ", link.text_content()))
        for link in page.xpath('//section[@class="lijst"]//a')
    ]
    assert listed == [("#f1", "Figuur 2.1 Wie er begon."), ("#t1", "Tabel 1.1 Wie er begon.")]
    assert 'class="lijst"' not in build(notebook()).page


def test_a_note_stands_at_the_end_of_its_chapter():
    """Its number, its text and the results in it are published; the sentence keeps a link."""
    noted = tell("Zo is het.{noot}", noot=footnote("Op {n} antwoorden.", n=people()))
    report = build(notebook(prose("## Kop"), cell(noted)))
    page = lxml.html.fromstring(report.page.encode())
    assert page.xpath('//section[@role="doc-endnotes"]/ol/li[@id="noot-1-1"]/p//text()')[:3] == [
        "Op ",
        "7",
        " antwoorden. ",
    ]
    assert page.xpath('//p/sup/a[@href="#noot-1-1"]/text()') == ["1"]
    assert [result.id for result in report.results] == ["meting-1.respons.gestart"]
    assert report.loose == ()


def test_a_reference_in_a_table_is_resolved_as_well():
    """Cells refer as sentences do."""
    pointing = Table("t", "Waar het staat.", ("Wat", "Waar"), (("Begonnen", refer("t")),))
    assert 'href="#t">tabel 1.1</a>' in build(notebook(cell(pointing))).page


def test_a_reference_to_a_chapter_is_resolved():
    """The key of a chapter is a target too: it reads as hoofdstuk 2."""
    assert "Zie hoofdstuk 2." in text_of(build(notebook(cell(tell("Zie {h}.", h=refer("hoofdstuk-b")))), notebook()))


def test_an_unknown_reference_is_refused():
    """The whole block names the chapter and the key that nobody has."""
    with pytest.raises(NsocError) as error:
        build(notebook(cell(tell("Zie {f}.", f=refer("figuur-weg")))))
    assert (error.value.where, error.value.found) == ('hoofdstuk "A"', "een verwijzing naar figuur-weg")
    assert error.value.remedy == ("Verbeter refer(…) in het notebook, of voeg toe waarnaar verwezen wordt.")


@pytest.mark.parametrize("kind", ["tabel", "figuur"])
def test_a_key_used_twice_is_refused(kind):
    """Two captions with one key would make every reference ambiguous, also across chapters."""
    show = {"tabel": table, "figuur": figure}[kind]
    with pytest.raises(NsocError) as error:
        build(notebook(cell(show("dubbel"))), notebook(cell(show("dubbel"))))
    assert str(error.value) == (
        "Fout in hoofdstuk 2\n"
        f"  gevonden: een tweede {kind} met de sleutel dubbel\n"
        "  verwacht: elke figuur en tabel een keer in het rapport\n"
        "  wat nu:   Haal een van beide weg, of geef het hoofdstuk andere parameters."
    )


def test_the_twin_of_a_figure_takes_no_number():
    """The table below a drawing belongs to the figure; the next table is still the first."""
    report = build(notebook(cell(figure("f1")), cell(table("t1"))))
    assert re.findall(r'<span class="aanduiding nummer">(.*?)</span>', report.page) == ["Figuur 1.1.", "Tabel 1.1."]


# What is published and what stays behind


def test_code_is_not_published():
    """The reader sees prose and what the library showed, never the source of a cell."""
    report = build(notebook(cell(tell("Goed."), source="geheime_variabele = 3")))
    assert "Goed." in report.page
    assert "geheime_variabele" not in report.page


def test_a_worksheet_cell_is_not_published():
    """Prose and output tagged werkblad are for the researcher alone."""
    report = build(notebook(prose("Notitie.", "werkblad"), cell(tell("Proefje."), tags=("werkblad",)), prose("Tekst.")))
    assert "Tekst." in report.page
    assert "Notitie." not in report.page
    assert "Proefje." not in report.page


def test_what_a_worksheet_cell_shows_is_not_in_the_ledger():
    """The ledger holds every published number, and this one is not published."""
    executed = notebook(cell(tell("{n}", n=people()), figure("f1"), tags=("werkblad",)))
    assert build(executed).results == ()
    assert list(find_drawings({"a": executed})) == []


def test_results_of_all_chapters_are_in_the_ledger():
    """Numbers in sentences and tables are gathered, sorted by id, with their chapter."""
    report = build(
        notebook(cell(tell("{n}", n=people("gestart", 7)))), notebook(cell(table("t", people("compleet", 5))))
    )
    assert [(r.id, r.value, r.notebook) for r in report.results] == [
        ("meting-1.respons.compleet", 5, "b"),
        ("meting-1.respons.gestart", 7, "a"),
    ]


def test_every_token_on_the_page_is_in_the_ledger():
    """What stands on the page as a number has its row, with the same raw value."""
    report = build(notebook(cell(tell("{n}", n=people())), cell(table("t", people("compleet", 5)), figure("f"))))
    page = lxml.html.fromstring(report.page.encode())
    tokens = {(node.get("data-id"), node.get("value")) for node in page.iter("data")}
    assert tokens == {(result.id, str(result.value)) for result in report.results}


def test_two_values_under_one_id_stop_the_report():
    """A reader must never find two numbers for the same thing."""
    with pytest.raises(NsocError, match=r"Fout in resultaat meting-1\.respons\.gestart"):
        build(notebook(cell(tell("{n}", n=people(value=7)))), notebook(cell(tell("{n}", n=people(value=8)))))


# The page itself


def test_titles_are_escaped():
    """A title with < or & is text everywhere it stands: heading, contents and the title of the page."""
    part = Part("Deel <i> & meer", bijlage=False, hoofdstukken=(chapter("a", 'Kosten < baten & "meer" <script>'),))
    page = build_report(evaluation(part), {"a": notebook()}).page
    tree = lxml.html.fromstring(page.encode())
    assert tree.xpath("//script") == []
    assert tree.xpath("//i") == []
    assert tree.xpath("//article/@data-hoofdstuk") == ['hoofdstuk 1 Kosten < baten & "meer" <script>']
    assert tree.xpath("//h3[@class='hoofdstuktitel']/text()") == [' Kosten < baten & "meer" <script>']
    assert page.count("Kosten &lt; baten &amp; ") == 3


def test_the_page_is_dutch_and_loads_nothing():
    """One file: no script, frame or address from elsewhere; a link leads to a place in it or a file beside it."""
    page = build(notebook(cell(figure("f")))).page
    tree = lxml.html.fromstring(page.encode())
    assert tree.get("lang") == "nl"
    assert tree.xpath("//script | //link | //iframe | //object | //embed") == []
    assert [a for a in tree.xpath("//@src") if not a.startswith("data:")] == []
    assert {a for a in tree.xpath("//a[not(@download)]/@href") if not a.startswith("#")} == {
        "notebooks/a.html",
        "notebooks/a.ipynb",
        "resultaten.csv",
    }
    assert "default-src 'none'" in page


def test_a_concept_says_so():
    """Status, version and the request not to quote stand at the top and on every printed page."""
    report = build(notebook())
    assert "concept, versie 0.1, niet citeren" in text_of(report)
    assert '@top-right { content: "concept 0.1, niet citeren"' in report.page


def test_a_final_report_may_be_quoted():
    """The request not to quote belongs to a concept only."""
    assert "niet citeren" not in build(notebook(), status="definitief").page


@pytest.mark.parametrize(("provenance", "warned"), [("gesimuleerd", True), ("waargenomen", False)])
def test_the_first_page_warns_for_imitated_answers(provenance, warned):
    """One imitated result is enough; without any the warning would be untrue."""
    report = build(notebook(cell(tell("{n}", n=people(provenance=provenance)))))
    assert ("nagebootste antwoorden" in text_of(report).lower()) is warned


def test_the_colophon_lists_what_the_report_was_made_from():
    """Names and versions stand there as indications, so their digits are no loose numbers."""
    part = Part("Deel", bijlage=False, hoofdstukken=(chapter("a"),))
    report = build_report(evaluation(part), {"a": notebook()}, [("pandas", "3.0.1"), ("meting-1/x.csv", "a1b2")])
    rows = lxml.html.fromstring(report.page.encode()).xpath("//section[@id='colofon']//tbody/tr")
    assert [[cell.text_content() for cell in row] for row in rows] == [["pandas", "3.0.1"], ["meting-1/x.csv", "a1b2"]]
    assert report.loose == ()


def test_the_same_notebooks_give_the_same_page():
    """Building twice gives the same bytes."""
    executed = (notebook(prose("## Kop"), cell(figure("f"), tell("Zie {f}.", f=refer("f")))),)
    assert build(*executed).page == build(*executed).page


# Loose numbers


def test_a_report_of_the_library_alone_has_no_loose_numbers():
    """Sentences, tables, figures, numbers of chapters and dates are all accounted for."""
    report = build(notebook(prose("## Boodschap\n\nTekst."), cell(tell("Er begonnen {n}.", n=people()), figure("f"))))
    assert report.loose == ()


PLANTED = {
    "prose": prose("Er waren 7 mensen."),
    "word": prose("Er waren zeven mensen."),
    "heading": prose("## De 7 mensen"),
    "sentence": cell(tell("Er waren {n} mensen.", n="7")),
    "caption": cell(Table("t", "De 7 mensen.", ("Wat",), (("x",),))),
    "word in a caption": cell(Table("t", "De zeven mensen.", ("Wat",), (("x",),))),
    "cell": cell(Table("t", "De mensen.", ("Wat",), (("x: 7 mensen",),))),
    "word in a cell": cell(Table("t", "De mensen.", ("Wat",), (("x: zeven mensen",),))),
    "column head": cell(Table("t", "De mensen.", ("De 7",), (("x",),))),
    "note": cell(Table("t", "De mensen.", ("Wat",), (("x",),), ("Alle zeven.",))),
}


@pytest.mark.parametrize("planted", PLANTED.values(), ids=PLANTED)
def test_a_typed_number_is_marked_in_a_concept(planted):
    """The concept shows where the number stands and the list names its chapter."""
    report = build(notebook(planted))
    ((number, place),) = {(number.tekst, number.hoofdstuk) for number in report.loose}
    assert number in {"7", "zeven"}
    assert place == "hoofdstuk 1 A"
    assert re.search(r'<mark class="los">(7|zeven)</mark>', report.page)


def write_study(tmp_path, status: str, *cells: nbformat.NotebookNode) -> Study:
    """Write a study of one executed chapter without data, ready to be published."""
    study = Study(data=tmp_path / "data", reports=tmp_path / "reports")
    for folder in (study.raw, study.data / "notebooks", study.executed_file("a").parent):
        folder.mkdir(parents=True)
    study.evaluation_file.write_text(
        "titel: Proef\nondertitel: Een proef\nopstellers: Wij\n"
        f'status: {status}\nversie: "0.1"\ndatum: 1 mei 2024\nverantwoording: [Vooraf.]\n'
        "delen: [{titel: Deel, hoofdstukken: [{titel: Begin, notebook: a}]}]\n",
        encoding="utf-8",
    )
    nbformat.write(notebook(*cells), study.executed_file("a"))
    nbformat.write(notebook(), study.data / "notebooks" / "a.ipynb")
    return study


def test_a_final_report_with_a_loose_number_is_refused(tmp_path):
    """The whole block; the earlier report stays as it was and nothing else is written."""
    study = write_study(tmp_path, "definitief", prose("Er waren 7 mensen."))
    study.reports.mkdir()
    (study.reports / "evaluatierapport.html").write_text("eerder", encoding="utf-8")
    with pytest.raises(NsocError) as error:
        publish_report(study)
    assert str(error.value) == (
        "Fout in hoofdstuk 1 Begin\n"
        '  gevonden: "7" in "Er waren 7 mensen.", een getal dat niemand heeft uitgerekend\n'
        "  verwacht: alleen getallen uit tell, plot_… en tabulate_…, of een aanduiding\n"
        "  wat nu:   Gebruik een resultaat of indicate(…), of zet status terug op concept."
    )
    assert [file.name for file in study.reports.iterdir()] == ["evaluatierapport.html"]
    assert (study.reports / "evaluatierapport.html").read_text(encoding="utf-8") == "eerder"


@pytest.mark.parametrize("planted", PLANTED.values(), ids=PLANTED)
def test_a_final_report_refuses_a_typed_number_wherever_it_stands(planted):
    """What a concept marks in prose, caption, cell, head or note, stops a final report."""
    report = build(notebook(planted), status="definitief")
    with pytest.raises(NsocError, match=r'gevonden: "(7|zeven)" in ".*", een getal dat niemand heeft uitgerekend'):
        refuse_loose_numbers("definitief", report)


def test_names_and_sourced_facts_with_a_digit_pass_in_a_final_report():
    """The name of a lab, an article of a law and a fact of the source are no typed numbers, in a sentence nor a cell."""
    name, law, fact = indicate("NSOC-lab 2.0"), indicate("artikel 20"), people(provenance="gepubliceerd")
    rows = ((name, law), ("Mensen", fact))
    report = build(
        notebook(
            cell(
                tell("{n} werkt volgens {w} met {f} mensen.", n=name, w=law, f=fact),
                Table("t", "Wie.", ("A", "B"), rows),
            )
        )
    )
    assert report.loose == ()
    refuse_loose_numbers("definitief", report)


def test_a_concept_with_a_loose_number_is_published(tmp_path):
    """The number is marked, and the report is there."""
    study = write_study(tmp_path, "concept", prose("Er waren 7 mensen."))
    publish_report(study)
    assert '<mark class="los">7</mark>' in (study.reports / "evaluatierapport.html").read_text(encoding="utf-8")


def test_a_final_report_without_loose_numbers_is_published(tmp_path):
    """Page, ledger as CSV and workbook, figures and executed notebooks stand together."""
    study = write_study(tmp_path, "definitief", cell(tell("Er begonnen {n}.", n=people()), figure("figuur-a")))
    publish_report(study)
    written = {path.relative_to(study.reports).as_posix() for path in study.reports.rglob("*") if path.is_file()}
    assert written == {
        "evaluatierapport.html",
        "resultaten.csv",
        "resultaten.xlsx",
        "notebooks/a.ipynb",
        "notebooks/a.html",
        "figuren/figuur-a.svg",
        "figuren/figuur-a.png",
    }
    rows = list(csv.DictReader(io.StringIO((study.reports / "resultaten.csv").read_text(encoding="utf-8"))))
    assert [(row["id"], row["value"], row["notebook"]) for row in rows] == [("meting-1.respons.gestart", "7", "a")]


def test_publishing_twice_gives_the_same_bytes(tmp_path):
    """Every file, also the workbook, comes out equal."""
    study = write_study(tmp_path, "concept", cell(tell("Er begonnen {n}.", n=people()), figure("figuur-a")))
    publish_report(study)
    before = {path: path.read_bytes() for path in study.reports.rglob("*") if path.is_file()}
    publish_report(study)
    assert {path: path.read_bytes() for path in before} == before


def test_what_an_earlier_report_left_is_removed(tmp_path):
    """A chapter or figure that is no longer in the report does not stay in the folder; other files do."""
    study = write_study(tmp_path, "concept", cell(figure("figuur-a")))
    for name in ("notebooks/oud.ipynb", "notebooks/oud.html", "figuren/oud.svg", "figuren/lees.txt"):
        (study.reports / name).parent.mkdir(parents=True, exist_ok=True)
        (study.reports / name).write_text("oud", encoding="utf-8")
    publish_report(study)
    assert sorted(path.name for path in study.reports.glob("*/*")) == [
        "a.html",
        "a.ipynb",
        "figuur-a.png",
        "figuur-a.svg",
        "lees.txt",
    ]


@pytest.mark.parametrize(
    "typed",
    [
        '<span class="aanduiding">31 deelnemers</span>',
        "<script>alert(1)</script>",
        '<img src="https://example.org/1.png">',
        '<a href="javascript:alert(1)">klik</a>',
    ],
)
def test_markup_typed_by_hand_is_text(typed):
    """Only the library writes markup: a typed token does not pass for a result, and nothing is loaded or run."""
    report = build(notebook(prose(typed)))
    page = lxml.html.fromstring(report.page.encode())
    assert page.xpath("//script") == []
    assert [src for src in page.xpath("//@src") if not src.startswith("data:")] == []
    assert [href for href in page.xpath("//@href") if href.lower().startswith("javascript")] == []
    if "31" in typed:
        assert report.loose


@pytest.mark.parametrize("typed", ["![beeld](https://example.org/1.png)", "[klik](javascript:alert(1))"])
def test_a_picture_from_elsewhere_and_a_program_as_link_are_refused(typed):
    """The block names the chapter and what stands there, instead of dropping it in silence."""
    with pytest.raises(NsocError, match="een beeld of verwijzing die niet in een rapport hoort"):
        build(notebook(prose(typed)))


def test_an_english_chapter_says_so():
    """Its article and its entry in the contents are English, a Dutch chapter says nothing of its own."""
    english = Chapter(titel="Summary", notebook="b", parameters={}, taal="en")
    part = Part("Deel", bijlage=False, hoofdstukken=(chapter("a"), english))
    executed = {"a": notebook(), "b": notebook(cell(tell("See {here}.", here=refer("hoofdstuk-a"))))}
    tree = lxml.html.fromstring(build_report(evaluation(part), executed).page.encode())
    assert [node.get("lang") for node in tree.xpath("//article")] == [None, "en"]
    assert [node.get("lang") for node in tree.xpath("//nav//li")][:2] == [None, "en"]
    assert "See chapter 1." in tree.xpath("//article[2]")[0].text_content()


def test_an_english_number_word_is_marked_in_an_english_chapter_only():
    """The gate reads a chapter in the language that evaluatie.yml gives it."""
    english = Chapter(titel="Summary", notebook="b", parameters={}, taal="en")
    part = Part("Deel", bijlage=False, hoofdstukken=(chapter("a"), english))
    executed = {"a": notebook(prose("Het ten.")), "b": notebook(prose("Ten points."))}
    report = build_report(evaluation(part), executed)
    assert [(number.tekst, number.hoofdstuk) for number in report.loose] == [("Ten", "hoofdstuk 2 Summary")]


def test_an_embargo_stands_in_the_status_line_on_the_title_page_and_in_print():
    """Nobody can read or print a page without seeing until when it is not public."""
    part = Part("Deel", bijlage=False, hoofdstukken=(chapter("a"),))
    study = replace(evaluation(part, status="definitief"), embargo="1 maart 2027")
    page = build_report(study, {"a": notebook()}).page
    tree = lxml.html.fromstring(page.encode())
    assert (
        tree.find_class("status")[0].text_content() == "definitief, versie 0.1; onder embargo tot en met 1 maart 2027"
    )
    assert tree.find_class("embargo")[0].text_content() == "Onder embargo tot en met 1 maart 2027"
    assert '@top-right { content: "definitief 0.1; onder embargo tot en met 1 maart 2027"' in page
    assert "embargo" not in tree.xpath("//body")[0].text_content().replace("nder embargo tot en met 1 maart 2027", "")


def test_without_embargo_no_page_speaks_of_one():
    """The word appears only when the key does."""
    assert "embargo" not in text_of(build(notebook()))
