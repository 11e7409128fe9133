"""References lead both ways: to what they name, and back to where it is named."""

from nsoc_lib.publish.cross_references import find_mentions, place_footnotes, show_mentions

NAMED = '<a class="aanduiding verwijzing" href="#tabel-x">tabel-x</a>'


def test_a_mention_knows_its_section():
    """Before the first heading a mention stands in the chapter itself, after the second in its second section."""
    first = f'<p>{NAMED}</p><h2 id="a_1_1">Een</h2><h2 id="a_2_1">Nog een</h2><p>{NAMED}</p>'
    bodies = {"a": first, "b": f"<p>{NAMED}</p>"}
    found = find_mentions(bodies, {"a": "3", "b": "B"})
    assert [(mention.place, mention.anchor) for mention in found["tabel-x"]] == [
        ("3", "verwijzing-3-1"),
        ("3.2", "verwijzing-3-2"),
        ("B", "verwijzing-B-1"),
    ]


def test_a_section_that_names_something_twice_is_listed_once():
    """The line leads to the first of the two."""
    bodies = {"a": f'<h2 id="a_1_1">Een</h2>{NAMED}{NAMED}'}
    mentions = find_mentions(bodies, {"a": "3"})["tabel-x"]
    assert show_mentions(mentions) == (
        '<p class="genoemd">Genoemd in <a class="aanduiding" href="#verwijzing-3-1">3.1</a></p>'
    )


def test_what_nobody_names_has_no_line():
    """An empty line would only be noise."""
    assert find_mentions({"a": "<p>Niets.</p>"}, {"a": "1"}) == {}
    assert show_mentions(()) == ""


def test_notes_are_numbered_in_a_chapter_and_lead_back():
    """The second note stands second at the end of its chapter, and both ends of its link exist."""
    body = place_footnotes(
        '<p>Zin.<small class="voetnoot">Eerst.</small> Nog een.<small class="voetnoot">Dan <b>dit</b>.</small></p>', "3"
    )
    sentence, notes = body.split("<section")
    assert '<a class="aanduiding nootnummer" role="doc-noteref" id="bij-noot-3-2" href="#noot-3-2"' in sentence
    assert "Dan" not in sentence
    assert notes.index("Eerst.") < notes.index('<li id="noot-3-2">') < notes.index("Dan <b>dit</b>.")
    assert 'href="#bij-noot-3-2"' in notes


def test_a_chapter_without_notes_stays_as_it_is():
    """No empty list of notes."""
    assert place_footnotes("<p>Zin.</p>", "3") == "<p>Zin.</p>"
