"""What a questionnaire of LimeSurvey asked: fields with one name each, and texts without markup."""

import pytest

from nsoc_lib.errors import NsocError
from nsoc_lib.sources.limesurvey_fields import EEN, MOST_FIELDS, OVERIG, Field, Structure, flatten, is_rank, key_of


def field(name: str) -> Field:
    """Return a field with this name."""
    return Field(name, name, "", OVERIG, "")


def test_a_field_is_found_by_its_name():
    """The structure keeps its fields by name, and where they came from."""
    built = Structure.build("survey.lss", [field("A"), Field("B", "B", "", EEN, "Waar?", {"1": "Hier"})])
    assert built.velden["B"].labels == {"1": "Hier"}
    assert (list(built.velden), built.where, built.volgorde) == (["A", "B"], "survey.lss", ())


def test_a_name_twice_is_refused():
    """Two questions with one code would share a column."""
    with pytest.raises(NsocError, match="gevonden: de kolom A voor de tweede keer"):
        Structure.build("survey.lss", [field("A"), field("A")])


@pytest.mark.parametrize(("count", "found"), [(0, "0 vragen"), (MOST_FIELDS + 1, "meer dan 10000 kolommen")])
def test_a_questionnaire_has_questions_and_not_too_many(count, found):
    """Nothing and far too much are both refused."""
    with pytest.raises(NsocError, match=f"gevonden: {found}"):
        Structure.build("survey.lss", [field(f"Q{number}") for number in range(count)])


def test_markup_and_entities_are_not_text():
    """What LimeSurvey shows is the text: without tags, with the characters that entities stand for."""
    assert flatten('<p class="a">Wat&nbsp;vindt u\r\n van R&amp;D?</p>') == "Wat vindt u van R&D?"
    assert key_of("<b>Wat</b> vindt u van R&amp;D?") == key_of("Wat vindt  u van R&D ?")
    assert key_of("Wat vindt u?") != key_of("Wat vond u?")


def test_a_rank_is_a_word_and_a_number():
    """LimeSurvey's own name for a rank is known in Dutch, English and German, an answer that resembles it is none."""
    assert [is_rank(text) for text in ("Rank 1", "Rang 12", "rang 3", "Rang", "Rang A", "Ranking van 3", "3")] == [
        True, True, True, False, False, False, False,
    ]  # fmt: skip
