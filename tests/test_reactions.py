"""The table of reactions: nothing lost, nothing twice, no names, and what is gone is said."""

from nsoc_lib.places import Place, bookmark_name
from nsoc_lib.prose import Indication, Reference
from nsoc_lib.reactions import COLUMNS, Reaction, Remark, hide_names, merge_reactions, tabulate_reactions

A, B = Place("a_1_1", "Paragraaf 3.1", "Er deden 23 mensen mee."), Place("a_1_2", "Tabel 3.1", "Tabel 3.1. Wie.")
PLACES = {bookmark_name(place.anchor): place for place in (A, B)}


def remark(opmerking="Waarom?", auteur="Jan Jansen", anchor="a_1_1", passage="23 mensen") -> Remark:
    return Remark(auteur, bookmark_name(anchor), "Paragraaf 2.9", passage, opmerking)


def row(nr=1, **fields) -> Reaction:
    return Reaction(**({"nr": nr, "rol": "lezer 1", "plaats": "a_1_1", "waar": "Paragraaf 3.1", "passage": "23 mensen",
                        "opmerking": "Waarom?"} | fields))  # fmt: skip


def test_a_comment_becomes_a_row_with_a_readable_place_and_no_reply():
    """The number of the section is that of the report as it is now."""
    merged = merge_reactions((), [remark()], {}, PLACES)
    assert merged.reactions == (row(antwoord="", afgehandeld="nee"),)
    assert COLUMNS == ("nr", "rol", "plaats", "waar", "passage", "opmerking", "antwoord", "afgehandeld")


def test_a_place_that_the_report_does_not_have_keeps_the_number_of_the_word_file():
    """The bookmark stays, so that the comment is known again."""
    merged = merge_reactions((), [remark(anchor="weg_1_1")], {}, PLACES)
    assert (merged.reactions[0].plaats, merged.reactions[0].waar) == (bookmark_name("weg_1_1"), "Paragraaf 2.9")


def test_the_same_file_twice_adds_nothing_and_replies_stay():
    """A comment is the same when place and words are; a reply and a tick are never overwritten."""
    answered = row(antwoord="Omdat.", afgehandeld="ja", waar="Paragraaf 1.1", passage="oud")
    merged = merge_reactions((answered,), [remark("Waarom? ")], {}, PLACES)
    assert (merged.reactions, merged.new) == ((answered,), 0)


def test_new_comments_come_after_what_was_there():
    """Rows that are not in this file stay, and numbers go on."""
    merged = merge_reactions((row(4, opmerking="Eerder."),), [remark()], {}, PLACES)
    assert [(r.nr, r.opmerking) for r in merged.reactions] == [(4, "Eerder."), (5, "Waarom?")]


def test_two_comments_alike_are_two():
    """Two readers may say the same of the same words; a rerun knows both again."""
    twice = [remark(), remark(auteur="An Smit")]
    first = merge_reactions((), twice, {}, PLACES)
    assert [r.rol for r in first.reactions] == ["lezer 1", "lezer 2"]
    assert merge_reactions(first.reactions, twice, {}, PLACES).reactions == first.reactions


def test_a_place_that_vanished_since_is_still_the_same_comment():
    """An anchor and its bookmark are one place."""
    assert merge_reactions((row(),), [remark()], {}, {}).new == 0


def test_a_known_reader_keeps_the_number_and_a_new_one_gets_the_next():
    """Who has a comment in the table is the same reader; another is not."""
    merged = merge_reactions((row(rol="lezer 3"),), [remark(), remark("Meer."), remark("Zo.", "An")], {}, PLACES)
    assert [r.rol for r in merged.reactions] == ["lezer 3", "lezer 3", "lezer 4"]
    assert merged.roles == {"Jan Jansen": "lezer 3", "An": "lezer 4"}


def test_a_role_replaces_a_reader_number_but_not_a_role_that_was_typed():
    """A list of roles that is made later is applied; what the researcher wrote by hand stays."""
    known = (row(1), row(2, opmerking="Meer.", rol="secretaris"))
    merged = merge_reactions(known, [remark(), remark("Meer.")], {"jan jansen": "voorzitter"}, PLACES)
    assert [r.rol for r in merged.reactions] == ["voorzitter", "secretaris"]


def test_names_of_readers_are_left_out_of_what_they_write():
    """A comment may speak to another reader by name; the report does not."""
    merged = merge_reactions((), [remark("@An Smit: mee eens, Jan Jansen"), remark("Ja", "An Smit")], {}, PLACES)
    assert merged.reactions[0].opmerking == "[naam]: mee eens, [naam]"
    assert hide_names("De Ananas van an smitshoek", ["An Smit", "De"]) == "De Ananas van an smitshoek"


def cells(reaction: Reaction, places=PLACES):
    return tabulate_reactions((reaction,), places).rijen[0]


def test_a_reaction_leads_to_its_place():
    """The place is a reference, which the report fills in."""
    assert cells(row(afgehandeld="ja")) == (
        Indication("1"), Indication("lezer 1"), (Reference("a_1_1"),), Indication("23 mensen"), Indication("Waarom?"),
        "–", "ja",
    )  # fmt: skip


def test_a_passage_that_changed_is_said():
    """The place is there, the words are not; the first paragraph of several decides."""
    changed = (Reference("a_1_1"), ": de tekst is gewijzigd")
    assert cells(row(passage="24 mensen"))[2] == changed
    assert cells(row(passage="23 mensen mee. / Iets anders"))[2] == (Reference("a_1_1"),)
    assert cells(row(plaats="a_1_2", passage="Tabel 2.7. Wie."))[2] == (Reference("a_1_2"),)


def test_a_place_that_is_gone_is_said():
    """There is nothing to lead to; the number it had remains."""
    assert cells(row(plaats="weg_1_1"))[2] == (Indication("Paragraaf 3.1"), ": deze plaats bestaat niet meer")
    assert cells(row(plaats="", waar=""))[2] == (Indication("onbekend"), ": de reactie hing niet aan een plaats")
