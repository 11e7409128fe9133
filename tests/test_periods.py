"""Dates as printed: what days they can mean, and how they are said."""

from __future__ import annotations

from datetime import date

import pytest

from nsoc_lib.errors import NsocError
from nsoc_lib.periods import read_day, read_period


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022-11-01", date(2022, 11, 1), date(2022, 11, 1)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022-12", date(2022, 12, 1), date(2022, 12, 31)),
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("begin 2023", date(2023, 1, 1), date(2023, 4, 30)),
        ("medio 2021", date(2021, 5, 1), date(2021, 8, 31)),
        ("eind 2022", date(2022, 9, 1), date(2022, 12, 31)),
    ],
)
def test_a_printed_date_is_the_days_it_can_mean(text, first, last):
    """A part of a year is a third of it; a month ends on its own last day."""
    period = read_period(text)
    assert (period.eerste, period.laatste) == (first, last)


@pytest.mark.parametrize("text", ["", "zomer 2021", "2022-13", "2023-02-30", "11-2022", "0001-01", "medio"])
def test_what_is_no_date_is_refused(text):
    """The message names the place and the forms a date can have."""
    with pytest.raises(NsocError, match=r"Fout in rij 2, kolom begin\n(.|\n)*begin, medio of eind met een jaar"):
        read_period(text, "rij 2, kolom begin")


@pytest.mark.parametrize(
    ("text", "said"),
    [("2022-11-01", "1 november 2022"), ("2023-08", "augustus 2023"), ("medio 2021", "medio 2021"), ("2021", "2021")],
)
def test_a_date_is_said_as_a_sentence_has_it(text, said):
    """A month by its name; what was printed in words stays as it is."""
    assert read_period(text).in_words == said


@pytest.mark.parametrize(
    "text", ["2027-03-01", "1 Maart 2027", "29 februari 2027", "maart 2027", "1 maart 27", "\u0661 maart 2027 "]
)
def test_a_day_in_words_is_written_in_one_way(text):
    """Another form, a month with a capital or a day that does not exist is no day."""
    with pytest.raises(NsocError, match="een bestaande dag als 1 maart 2027"):
        read_day(text, "een datum")


def test_a_day_in_words_is_read():
    """Day, month as a word and year give the date, also in a leap year."""
    assert read_day("29 februari 2028", "een datum").isoformat() == "2028-02-29"
