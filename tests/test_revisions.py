"""What changed between two editions: exactly that, and nothing that only moved or was renumbered."""

from __future__ import annotations

import pytest
from report_pages import chapter, figure, number, page, row

from nsoc_lib.edition import read_page
from nsoc_lib.errors import NsocError
from nsoc_lib.revisions import Aspect, NumberChange, Piece, Revisions, TextChange, compare_editions


def compare(earlier: str, later: str) -> Revisions:
    return compare_editions(read_page(earlier, {}, "toen"), read_page(later, {}, "nu"))


def compare_bodies(earlier: str, later: str) -> tuple[TextChange, ...]:
    """Return the changes of text in the one chapter of two pages."""
    changed = compare(page(chapter("a", "A", earlier)), page(chapter("a", "A", later))).chapters
    return changed[0].texts if changed else ()


def compare_numbers(earlier: dict[str, dict[str, str]], later: dict[str, dict[str, str]]) -> Revisions:
    content = page(chapter("a", "A", "<p>Zin.</p>"))
    return compare_editions(read_page(content, earlier, "toen"), read_page(content, later, "nu"))


def marked(pieces: tuple[Piece, ...]) -> str:
    """Return a paragraph with what changed between brackets."""
    return " ".join(f"[{piece.text}]" if piece.changed else piece.text for piece in pieces)


# Numbers


def test_a_number_that_changed_says_how_much_and_what_else():
    """21 of 25 became 20 of 25: four points less, with another count; the row names both."""
    found = compare_numbers({"m.a": row("m.a", "84", "84%")}, {"m.a": row("m.a", "80", "80%", count="20")})
    assert found.changed == (
        NumberChange("m.a", "Getal m.a", "84%", "80%", "−4,0 procentpunt", (Aspect("aantal", "21", "20"),)),
    )
    assert not found.appeared
    assert not found.disappeared


@pytest.mark.parametrize(
    ("column", "name", "old", "new"),
    [("n", "geldige antwoorden", "25", "26"), ("provenance", "herkomst", "gesimuleerd", "waargenomen")],
)
def test_another_base_or_provenance_is_a_change_when_the_number_stays(column, name, old, new):
    """The same 84% on another base, or from other answers, is not the same number."""
    found = compare_numbers({"m.a": row("m.a", "84", "84%")}, {"m.a": row("m.a", "84", "84%", **{column: new})})
    assert found.changed == (NumberChange("m.a", "Getal m.a", "84%", "84%", "0", (Aspect(name, old, new),)),)


def test_another_version_of_the_data_alone_changes_no_number():
    """A raw file of which one answer changed gives all its numbers another version; they are not all changed."""
    assert compare_numbers(
        {"m.a": row("m.a", "84", "84%")}, {"m.a": row("m.a", "84", "84%", dataset="proef@2")}
    ).nothing


def test_a_change_smaller_than_the_eye_sees_is_a_change():
    """The unrounded value counts, also when the same figure is shown."""
    found = compare_numbers({"m.a": row("m.a", "84.1", "84%")}, {"m.a": row("m.a", "84.3", "84%")})
    assert [(change.old, change.new, change.difference) for change in found.changed] == [
        ("84%", "84%", "+0,2 procentpunt")
    ]


def test_numbers_that_came_or_went_are_named():
    """A new id appeared, one that is gone disappeared, in the order of the ids."""
    found = compare_numbers(
        {k: row(k, "1", "1") for k in ("m.b", "m.c")}, {k: row(k, "1", "1") for k in ("m.a", "m.c")}
    )
    assert [(change.id, change.new) for change in found.appeared] == [("m.a", "1")]
    assert [(change.id, change.old) for change in found.disappeared] == [("m.b", "1")]
    assert not found.changed


@pytest.mark.parametrize("value", ["", "nan", "inf", "<b>"])
def test_a_value_that_is_no_number_has_no_difference(value):
    """An earlier ledger can hold anything; it is shown as it is and not computed with."""
    found = compare_numbers({"m.a": row("m.a", value, value)}, {"m.a": row("m.a", "84", "84%")})
    assert [(change.old, change.difference) for change in found.changed] == [(value, "")]


# Text


def test_a_changed_word_is_marked_on_both_sides():
    """The paragraph stands there as it was and as it is; only the words that differ are marked."""
    (change,) = compare_bodies(
        "<p>Een oud woord staat hier.</p><p>Blijft.</p>", "<p>Een nieuw woord staat hier.</p><p>Blijft.</p>"
    )
    assert (marked(change.old), marked(change.new)) == ("Een [oud] woord staat hier.", "Een [nieuw] woord staat hier.")


def test_a_paragraph_in_which_only_the_number_changed_is_no_change_of_text():
    """The number is in the ledger; the words are the same."""
    bodies = [f"<p>Het is {number('m.x', 84, shown)} nu.</p>" for shown in ("84%", "80%")]
    assert compare_bodies(*bodies) == ()


def test_in_a_changed_paragraph_a_changed_number_is_marked_too():
    """Whoever reads the two versions sees every word that differs, numbers included."""
    (change,) = compare_bodies(
        f"<p>Het is dus {number('m.x', 84, '84%')} van allen.</p>",
        f"<p>Het was dus {number('m.x', 80, '80%')} van allen.</p>",
    )
    assert marked(change.new) == "Het [was] dus [80%] van allen."


def test_an_inserted_paragraph_changes_no_other():
    """Without anchors the others are recognised by their words."""
    (change,) = compare_bodies(
        "<p>Een zin.</p><p>Twee is meer.</p>", "<p>Een zin.</p><p>Dit is nieuw hier.</p><p>Twee is meer.</p>"
    )
    assert (change.old, marked(change.new)) == ((), "[Dit is nieuw hier.]")


def test_a_paragraph_that_is_gone_is_named():
    """What stood there is shown, with nothing beside it."""
    (change,) = compare_bodies("<p>Een zin.</p><p>Weg ermee.</p>", "<p>Een zin.</p>")
    assert (marked(change.old), change.new) == ("[Weg ermee.]", ())


def test_a_rewritten_paragraph_is_recognised_by_its_anchor():
    """With anchors in both editions the old text stands beside the new, also when no word is the same."""
    (change,) = compare_bodies('<p id="a_1_1">Alles anders.</p>', '<p id="a_1_1">Geheel nieuw geschreven</p>')
    assert (marked(change.old), marked(change.new)) == ("[Alles anders.]", "[Geheel nieuw geschreven]")


def test_without_a_shared_anchor_a_rewritten_paragraph_is_one_gone_and_one_new():
    """Two paragraphs that share no words are not taken for versions of one."""
    assert len(compare_bodies("<p>Alles anders.</p>", '<p id="a_1_1">Geheel nieuw geschreven</p>')) == 2


def test_a_row_that_only_moved_has_not_changed():
    """A table sorted by its numbers shows the same rows in another order."""
    rows = ["<tr><td>Eerste</td></tr>", "<tr><td>Andere</td></tr>"]
    assert compare_bodies("".join(rows), "".join(reversed(rows))) == ()


def test_the_same_paragraph_once_more_is_new():
    """Of two equal paragraphs one was there before; the other is new."""
    (change,) = compare_bodies("<p>Zin.</p>", "<p>Zin.</p><p>Zin.</p>")
    assert (change.old, marked(change.new)) == ((), "[Zin.]")


# Chapters and figures


def test_an_inserted_chapter_changes_nothing_else():
    """Other numbers of chapters, figures and references follow from it and are no changes."""

    def rest(nummer: str) -> str:
        body = f'<h4 id="paragraaf-{nummer}-1"><span class="aanduiding">{nummer}.1</span> Kop</h4><p>Zie '
        body += f'<a class="aanduiding verwijzing" href="#figuur-a">figuur {nummer}.1</a>.</p>'
        return chapter("b", "Rest", body + figure("figuur-a", "Een balk.", "7", f"Figuur {nummer}.1."), nummer)

    found = compare(page(rest("1")), page(chapter("a", "Nieuw hoofdstuk", "<p>Tekst.</p>"), rest("2")))
    assert found.added == ("Nieuw hoofdstuk",)
    assert (found.chapters, found.removed, found.renamed, found.reordered) == ((), (), (), False)


def test_a_removed_and_a_renamed_chapter_are_named():
    """A chapter goes by its key: the same key with another title was renamed."""
    found = compare(
        page(chapter("a", "A", "<p>x</p>"), chapter("b", "B", "<p>y</p>")), page(chapter("b", "Bee", "<p>y</p>"))
    )
    assert (found.removed, found.renamed, found.added) == (("A",), (("B", "Bee"),), ())


def test_another_order_of_chapters_is_said():
    """Chapters that changed places are a change, though their words are the same."""
    one, other = chapter("a", "A", "<p>x</p>"), chapter("b", "B", "<p>y</p>")
    found = compare(page(one, other), page(other, one))
    assert found.reordered
    assert not found.nothing
    assert not found.chapters


def test_a_figure_is_changed_new_or_gone():
    """Figures go by their key; one whose drawing differs has changed, by its caption."""
    old = figure("figuur-a", "A.", "7") + figure("figuur-b", "B.", "7") + figure("figuur-c", "C.", "7")
    new = figure("figuur-a", "A.", "8") + figure("figuur-b", "B.", "7") + figure("figuur-d", "D.", "7")
    (change,) = compare(page(chapter("a", "A", old)), page(chapter("a", "A", new))).chapters
    assert (change.figures_changed, change.figures_new, change.figures_gone) == (("A.",), ("D.",), ("C.",))


def test_the_same_report_has_no_differences():
    """Also when its status changed: that stands above the comparison."""
    body = chapter("a", "A", "<p>Zin.</p>" + figure("figuur-a", "A.", "7"))
    assert compare(page(body), page(body, version="0.2")).nothing


def test_a_report_of_another_study_is_refused():
    """Another title and less than half of the numbers in common: that is not an earlier version."""
    body = chapter("a", "A", "<p>x</p>")
    old = read_page(page(body, title="Iets anders"), {k: row(k, "1", "1") for k in ("m.a", "m.b", "m.c")}, "toen")
    with pytest.raises(NsocError) as raised:
        compare_editions(old, read_page(page(body), {"m.a": row("m.a", "1", "1")}, "nu"))
    assert str(raised.value) == (
        "Fout in WITH\n"
        '  gevonden: het rapport "Iets anders", met 1 van zijn 3 getallen in dit rapport\n'
        '  verwacht: een eerdere versie van "Proef"\n'
        "  wat nu:   Geef een rapport over hetzelfde onderzoek."
    )


def test_a_report_with_another_title_and_the_same_numbers_is_an_earlier_version():
    """A title may be improved; half of the numbers in common is enough, and the title is shown as changed."""
    body, numbers = chapter("a", "A", "<p>x</p>"), {k: row(k, "1", "1") for k in ("m.a", "m.b")}
    old = read_page(page(body, title="Oude titel"), numbers, "toen")
    found = compare_editions(old, read_page(page(body), {"m.a": numbers["m.a"]}, "nu"))
    assert [(marked(text.old), marked(text.new)) for text in found.chapters[0].texts] == [
        ("", "[Proef]"),
        ("[Oude titel]", ""),
    ]
