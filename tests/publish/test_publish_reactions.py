"""From Word to the table and back to the report: a round trip with a library that writes as Word does."""

from pathlib import Path

import pytest
from word_files import comment_on, publish_study

from nsoc_lib.errors import NsocError
from nsoc_lib.paths import Study
from nsoc_lib.publish.reactions import collect_reactions
from nsoc_lib.publish.word import publish_word
from nsoc_lib.sources.reaction_table import load_reactions

REMARKS = {
    "Een alinea van bb.": ("Jan Jansen", "Scherper graag."),
    "Tabel 2.1.": ("An Smit", "Welke mensen?"),
    "Begonnen": ("An Smit", "Waar staat dit?"),
    "2.1 Kop van bb": ("Jan Jansen", "Andere titel."),
}


def study_in(root) -> Study:
    return Study(root / "data", root / "reports")


def test_comments_in_the_word_file_become_rows_at_the_right_place(tmp_path):
    """A paragraph, a caption, a cell and a heading are found under their anchor and number; no name is kept."""
    publish_study(tmp_path, "aa", "bb")
    study = study_in(tmp_path)
    word = publish_word(study)
    comment_on(word, REMARKS)
    merged = collect_reactions(study, word)
    assert [(r.rol, r.plaats, r.waar, r.passage, r.opmerking) for r in merged.reactions] == [
        ("lezer 1", "aa_u_4", "Tabel 1.1", "Begonnen", "Waar staat dit?"),
        ("lezer 2", "bb_k_1", "Paragraaf 2.1", "2.1 Kop van bb", "Andere titel."),
        ("lezer 2", "bb_k_2", "Paragraaf 2.1", "Een alinea van bb.", "Scherper graag."),
        ("lezer 1", "tabel-bb", "Tabel 2.1", "Tabel 2.1. Wie er begon in bb.", "Welke mensen?"),
    ]
    assert load_reactions(study.reactions_file, "") == merged.reactions
    assert "Jansen" not in study.reactions_file.read_text()


def test_a_reply_stays_when_the_file_comes_again_after_a_chapter_was_put_before(tmp_path):
    """The same comments are known again in a report whose numbers moved; the next file adds what is new."""
    publish_study(tmp_path, "aa", "bb")
    study = study_in(tmp_path)
    word = publish_word(study)
    comment_on(word, REMARKS)
    again = word.rename(tmp_path / "terug.docx")
    collect_reactions(study, again)
    table = study.reactions_file
    table.write_text(table.read_text().replace("Scherper graag.,,nee", "Scherper graag.,Gedaan.,ja"))
    publish_study(tmp_path, "nieuw", "aa", "bb")
    comment_on(again, {"punt van bb": ("Jan Jansen", "Nog een punt.")})
    merged = collect_reactions(study, again)
    assert merged.new == 1
    assert [(r.plaats, r.antwoord, r.afgehandeld) for r in merged.reactions if r.opmerking.startswith("Scherper")] == [
        ("bb_k_2", "Gedaan.", "ja")
    ]
    last = merged.reactions[-1]
    assert (last.nr, last.rol, last.plaats, last.waar) == (5, "lezer 2", "bb_k_3", "Paragraaf 3.1")


def test_a_list_of_roles_gives_readers_their_role(tmp_path):
    """DATA/lezers.csv holds the names; the table holds roles only."""
    publish_study(tmp_path, "aa", "bb")
    study = study_in(tmp_path)
    study.readers_file.write_text("naam,rol\nAn Smit,secretaris\n")
    word = publish_word(study)
    comment_on(word, REMARKS)
    assert collect_reactions(study, word).roles == {"An Smit": "secretaris", "Jan Jansen": "lezer 1"}


def test_a_faulty_table_is_not_overwritten(tmp_path):
    """A researcher's replies are never lost to a mistake in one row."""
    publish_study(tmp_path, "bb")
    study = study_in(tmp_path)
    word = publish_word(study)
    comment_on(word, {"Een alinea van bb.": ("Jan", "Waarom?")})
    study.reactions_file.write_text("nr,mijn eigen kolommen\n1,antwoord\n")
    with pytest.raises(NsocError, match=r"reacties.csv, rij 1"):
        collect_reactions(study, word)
    assert study.reactions_file.read_text() == "nr,mijn eigen kolommen\n1,antwoord\n"


def test_a_file_must_be_named(tmp_path):
    """An empty FILE= is no file."""
    with pytest.raises(NsocError) as caught:
        collect_reactions(study_in(tmp_path), Path())
    assert str(caught.value) == (
        "Fout in FILE\n"
        "  gevonden: geen bestand\n"
        "  verwacht: het evaluatierapport.docx dat een lezer met opmerkingen terugstuurde\n"
        "  wat nu:   Geef het bestand op: make reactions FILE=opmerkingen.docx"
    )
