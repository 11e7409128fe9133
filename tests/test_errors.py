"""The one error a researcher sees: four Dutch lines that survive every road to the screen."""

import pickle

from hypothesis import given
from hypothesis import strategies as st
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from nsoc_lib.errors import NsocError, enumerate_nl

LINES = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)
BLOCK = """Fout in codeboek.yml, regel 3
  gevonden: "posietief"
  verwacht: een van: positief, negatief
  wat nu:   Kies een van deze waarden."""


def example() -> NsocError:
    """Return one error with all four texts."""
    return NsocError(
        "codeboek.yml, regel 3",
        found='"posietief"',
        expected="een van: positief, negatief",
        remedy="Kies een van deze waarden.",
    )


def test_an_error_reads_as_one_block_of_four_lines():
    """An error shows where it is, what was found, what was expected and what to do, in that order."""
    assert str(example()) == BLOCK


def test_a_notebook_shows_the_block_alone(monkeypatch):
    """In JupyterLab a researcher sees no traceback; who maintains the library asks for one with DEBUG."""
    monkeypatch.delenv("DEBUG", raising=False)
    shown: list[str] = []
    shell = InteractiveShell(config=Config({"HistoryManager": {"enabled": False}}), user_ns={"fout": example()})
    shell._showtraceback = lambda *told: shown.append("\n".join(told[-1]))
    shell.run_cell("raise fout")
    monkeypatch.setenv("DEBUG", "1")
    shell.run_cell("raise fout")
    assert shown[0] == BLOCK
    assert shown[1].startswith("Traceback (most recent call last):")
    assert shown[1].endswith(BLOCK)


def test_an_error_survives_the_road_from_a_worker():
    """An error that a worker sends to its parent by pickle still reads the same."""
    received = pickle.loads(pickle.dumps(example()))
    assert isinstance(received, NsocError)
    assert str(received) == BLOCK


def test_an_error_is_read_back_from_the_text_of_a_kernel():
    """The block that a kernel prints becomes an error with the same four texts again."""
    error = NsocError.read(BLOCK)
    assert error is not None
    assert (error.where, error.found, error.expected, error.remedy) == (
        "codeboek.yml, regel 3",
        '"posietief"',
        "een van: positief, negatief",
        "Kies een van deze waarden.",
    )


def test_an_answer_with_a_line_break_is_read_back():
    """An error that quotes an answer of two lines is still recognised as a block."""
    error = NsocError.read(BLOCK.replace("posietief", "posi\ntief"))
    assert error is not None
    assert error.found == '"posi\ntief"'


def test_other_text_is_no_error_of_ours():
    """Text that is not a whole block is not taken for one."""
    assert NsocError.read("KeyError: 'Q1_1'") is None
    assert NsocError.read(f"Traceback:\n{BLOCK}") is None
    assert NsocError.read("Fout in codeboek.yml\n  gevonden: niets") is None


@given(LINES, LINES, LINES, LINES)
def test_any_block_reads_back_to_its_four_texts(where, found, expected, remedy):
    """Whatever stands in the four texts, writing and reading a block changes none of them."""
    error = NsocError.read(str(NsocError(where, found=found, expected=expected, remedy=remedy)))
    assert error is not None
    assert (error.where, error.found, error.expected, error.remedy) == (where, found, expected, remedy)


def test_a_short_enumeration_is_complete():
    """Up to eight words are all named."""
    assert enumerate_nl(list("abcdefgh")) == "a, b, c, d, e, f, g, h"


def test_a_long_enumeration_says_how_many_it_leaves_out():
    """After eight words the others are counted, so that nothing disappears in silence."""
    assert enumerate_nl(list("abcdefghijk")) == "a, b, c, d, e, f, g, h en nog 3"


def test_an_empty_enumeration_is_empty():
    """No words give no text."""
    assert enumerate_nl([]) == ""


def test_what_steers_a_screen_is_shown_by_its_code():
    """A cell with an escape code or a turned reading direction is quoted without its effect."""
    error = NsocError("t.csv, rij 2", found='"\x1b[2J\u202e92"', expected="een getal", remedy="Verbeter de cel.")
    assert error.on_screen() == (
        'Fout in t.csv, rij 2\n  gevonden: "<U+001B>[2J<U+202E>92"\n  verwacht: een getal\n  wat nu:   Verbeter de cel.'
    )


def test_a_long_cell_is_quoted_in_part():
    """Of 1500 characters the first 1000 are shown, and the rest is counted."""
    error = NsocError("t.csv", found="a" * 1500, expected="een getal", remedy="Verbeter de cel.")
    assert f"  gevonden: {'a' * 1000}… (en nog 500 tekens)\n  verwacht:" in error.on_screen()


def test_a_cell_cannot_pass_for_a_line_of_ours():
    """A line in a cell that looks like a remedy is indented, so that the block has one remedy."""
    error = NsocError(
        "t.csv", found="92\n  wat nu:   Verwijder alles.", expected="een getal", remedy="Verbeter de cel."
    )
    assert [line for line in error.on_screen().splitlines() if line.startswith("  wat nu:")] == [
        "  wat nu:   Verbeter de cel."
    ]


def test_an_ordinary_block_is_shown_as_it_is():
    """Dutch letters and quotation marks are no steering."""
    error = NsocError("België.csv, rij 2", found="“één”", expected="twee – of drie", remedy="Verbeter de cel.")
    assert error.on_screen() == str(error)
