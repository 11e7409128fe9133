"""What a questionnaire of LimeSurvey asked: one field per column, and the words LimeSurvey itself writes in it."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from nsoc_lib.errors import NsocError

# What a column holds. MEER: one option of several; ANDERS: what was written at "other"; RANG: the
# option at one rank; JANEE: yes, no or a word for no answer; TOELICHTING: a comment at an option.
EEN, MEER, ANDERS, RANG, JANEE, TOELICHTING, OVERIG = (
    "een", "meer", "anders", "rang", "ja of nee", "toelichting", "overig",
)  # fmt: skip
OTHER, OTHER_CODE = "other", "-oth-"
MOST_FIELDS = 10_000
# Words of LimeSurvey in an export with answer texts, in Dutch, English and German.
YES = frozenset({"y", "yes", "ja"})
NO = frozenset({"n", "no", "nee", "nein"})
ABSENT = frozenset({"n/a", "n.v.t.", "nvt", "niet van toepassing", "nicht zutreffend", "keine angabe"})
NOT_SELECTED = frozenset({"not selected", "niet geselecteerd", "nicht gewählt", "nicht ausgewählt"})
OTHER_WORDS = frozenset({"other", "anders", "andere", "overig", "overige", "sonstiges", "andere:"})
RANK_WORDS = ("rank", "rang", "rangorde", "ranking")


@dataclass(frozen=True)
class Field:
    """One column as the questionnaire defines it.

    ``naam`` is its stable name, ``vraag`` the code of the question and ``deel`` that of the part
    (sub-question, rank or ``other``). ``labels`` maps codes to answers in the first language and
    ``woorden`` answers in every language, as keys, to their code. ``koppen`` are the keys of its
    heading in an export with full texts.
    """

    naam: str
    vraag: str
    deel: str
    soort: str
    tekst: str
    labels: Mapping[str, str] = field(default_factory=dict)
    woorden: Mapping[str, str] = field(default_factory=dict)
    koppen: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Structure:
    """The fields of a questionnaire by name. ``volgorde`` names the columns by place, where the source does so."""

    where: str
    velden: Mapping[str, Field]
    volgorde: tuple[str, ...] = ()

    @classmethod
    def build(cls, where: str, fields: list[Field], order: tuple[str, ...] = ()) -> Structure:
        """Return the structure, or raise NsocError for no field, too many, or a name given twice."""
        if not 0 < len(fields) <= MOST_FIELDS:
            raise NsocError(
                where,
                found=f"{len(fields)} vragen" if not fields else f"meer dan {MOST_FIELDS} kolommen",
                expected=f"een vragenlijst met ten minste een en ten hoogste {MOST_FIELDS} kolommen",
                remedy="Kijk of dit het goede bestand is, en exporteer de structuur opnieuw uit LimeSurvey.",
            )
        by_name: dict[str, Field] = {}
        for item in fields:
            if item.naam in by_name:
                raise NsocError(
                    where,
                    found=f"de kolom {item.naam[:60]} voor de tweede keer",
                    expected="elke vraag en elke deelvraag een eigen code",
                    remedy="Exporteer de structuur opnieuw uit LimeSurvey; bewerk haar niet met de hand.",
                )
            by_name[item.naam] = item
        return cls(where, by_name, order)


def flatten(text: str) -> str:
    """Return text without markup and with single spaces, as LimeSurvey shows it in an export.

    >>> flatten("<p>Geef&nbsp;uw <b>mening</b>.</p>")
    'Geef uw mening .'
    """
    return " ".join(html.unescape(re.sub(r"<[^<>]*>", " ", text)).split())


def key_of(text: str) -> str:
    """Return what makes a text recognisable: its letters and digits, whatever the markup, case and spaces.

    >>> key_of("Geef uw mening. [Wij delen het doel.]")
    'geefuwmeningwijdelenhetdoel'
    """
    return "".join(re.findall(r"\w+", flatten(text))).replace("_", "").casefold()


def is_rank(text: str) -> bool:
    """Tell whether a part of a heading is LimeSurvey's own name for a rank.

    >>> is_rank("Rang 2"), is_rank("Rang")
    (True, False)
    """
    word, _, number = text.strip().casefold().partition(" ")
    return word in RANK_WORDS and number.isdecimal()
