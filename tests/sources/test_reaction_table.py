"""The table of reactions as a researcher edits it, and the list of roles."""

import pytest

from nsoc_lib.errors import NsocError
from nsoc_lib.publish.reactions import reactions_csv
from nsoc_lib.reactions import Reaction
from nsoc_lib.sources.reaction_table import load_reactions, load_roles

HEAD = "nr,rol,plaats,waar,passage,opmerking,antwoord,afgehandeld\n"


def load(tmp_path, text: str):
    path = tmp_path / "reacties.csv"
    path.write_text(text, encoding="utf-8")
    return load_reactions(path, "reacties.csv")


def refused(tmp_path, text: str) -> str:
    with pytest.raises(NsocError) as caught:
        load(tmp_path, text)
    return str(caught.value)


def test_what_was_written_is_read_back(tmp_path):
    """Quotation marks, commas, line ends and letters of another alphabet survive."""
    rows = (
        Reaction(1, "lezer 1", "a_1_1", "Paragraaf 3.1", "23 mensen", 'Zeg "nee";\nof, beter: één', "=1+1", "ja"),
        Reaction(2, "lid", "", "", "", "Goed."),
    )
    assert load(tmp_path, reactions_csv(rows)) == rows


def test_a_dutch_spreadsheet_saves_with_semicolons(tmp_path):
    """The separator is told by the head; an empty row is no reaction."""
    text = HEAD.replace(",", ";") + "1;lid;a;3.1;b;Waarom?;Daarom, dus;ja\n;;;;;;;\n"
    assert load(tmp_path, text)[0].antwoord == "Daarom, dus"


def test_no_table_is_no_reactions(tmp_path):
    """Most studies begin without."""
    assert load_reactions(tmp_path / "reacties.csv", "reacties.csv") == ()


def test_a_wrong_cell_is_named(tmp_path):
    """Row and column, what stands there and what may stand there."""
    assert refused(tmp_path, HEAD + "1,lid,a,3.1,b,c,d,klaar\n") == (
        "Fout in reacties.csv, rij 2, kolom afgehandeld\n"
        '  gevonden: "klaar"\n'
        "  verwacht: ja of nee\n"
        "  wat nu:   Verbeter de rij."
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("9" * 5000 + ",lid,a,3.1,b,c,d,ja\n", "rij 2, kolom nr", id="a number of 5000 digits"),
        ("x,lid,a,3.1,b,c,d,ja\n", "rij 2, kolom nr"),
        ("1,lid,a,3.1,b,c,d,ja\n1,lid,a,3.1,b,e,d,ja\n", "rij 3, kolom nr"),
        ("1,,a,3.1,b,c,d,ja\n", "rij 2, kolom rol"),
        ("1,lid,a,3.1,b,,d,ja\n", "rij 2, kolom opmerking"),
        ("1,lid,a,3.1,b,c,d\n", "7 cellen"),
    ],
)
def test_a_row_that_says_too_little_is_refused(tmp_path, text, expected):
    """A number is unique, and a reaction has a role and words."""
    assert expected in refused(tmp_path, HEAD + text)


def test_other_columns_are_refused(tmp_path):
    """The head says which columns there are."""
    assert "de kolommen nr, naam" in refused(tmp_path, "nr,naam\n1,Jan\n")


def test_roles_are_read_by_name_in_any_way_of_writing(tmp_path):
    """A name has one role, and the role is no name."""
    path = tmp_path / "lezers.csv"
    path.write_text("naam;rol\nJan  JANSEN;voorzitter\njan jansen;voorzitter\n", encoding="utf-8")
    assert load_roles(path, "lezers.csv") == {"jan jansen": "voorzitter"}
    for wrong in ("Jan,lid\nJan,voorzitter\n", "Jan,\n", "Jan Jansen,lid Jan Jansen\n"):
        path.write_text(f"naam,rol\n{wrong}", encoding="utf-8")
        with pytest.raises(NsocError, match="een naam en de ene rol van die lezer"):
            load_roles(path, "lezers.csv")
