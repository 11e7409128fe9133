"""Account for every number on a rendered page: a result, an indication, or a loose end.

A digit may stand only in a result token (``data.cijfer``, ``g.cijfer`` in a drawing) or in an
indication (``.aanduiding``), which library functions alone write. Number words in prose count
as numbers too, in the language of the text around them. What remains was typed by hand and cannot be traced.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from nsoc_lib.publish.markup import VOID, Copier, close_element

ACCOUNTED = {"cijfer", "aanduiding"}
SILENT = {"style", "script", "title", "head"}
UNITS = "een|één|twee|drie|vier|vijf|zes|zeven|acht|negen"
TEENS = "tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien|negentien"
TENS = "twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig"
COMPOUND = rf"(?:(?:{UNITS})[eë]n)?(?:{TENS})"
HUNDREDS = rf"(?:{COMPOUND}|{TEENS}|{UNITS})?(?:honderd|duizend)(?:en)?(?:{COMPOUND}|{TEENS}|{UNITS})?"
# "een" alone is an article; ordinals count nothing.
ALONE = "nul|twee|drie|vier|vijf|zes|zeven|acht|negen|miljoen|miljard|helft|kwart|tweederde|driekwart"
NUMERALS = "[½⅓⅔¼¾²³¹\u2160-\u2188\u2460-\u249b]"
# In a chapter with lang="en". "one" counts as little as "een"; "third", "half" and "quarter" do count.
UNITS_EN = "one|two|three|four|five|six|seven|eight|nine"
TEENS_EN = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
TENS_EN = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
LARGE_EN = "hundreds?|thousands?|millions?|billions?|dozens?"
FRACTIONS_EN = "halves|half|thirds?|quarters?|twice|thrice"
ALONE_EN = (
    f"zero|{UNITS_EN.removeprefix('one|')}|{TEENS_EN}|(?:{TENS_EN})(?:[- ](?:{UNITS_EN}))?|{LARGE_EN}|{FRACTIONS_EN}"
)
FIGURES = rf"\d+(?:[.,]\d+)*(?:\s?%)?|{NUMERALS}"
LOOSE_EN = re.compile(rf"{FIGURES}|\b(?:{ALONE_EN})\b", re.IGNORECASE)
LOOSE = re.compile(rf"{FIGURES}|\b(?:{HUNDREDS}|{COMPOUND}|{TEENS}|{ALONE})\b", re.IGNORECASE)


@dataclass(frozen=True)
class LooseNumber:
    """A number nobody computed: the text itself, some words around it, the chapter it stands in."""

    tekst: str
    omgeving: str
    hoofdstuk: str


class _Accountant(Copier):
    """Copies the page as it is and marks loose numbers on the way."""

    def __init__(self) -> None:
        super().__init__()
        self.loose: list[LooseNumber] = []
        # Tag, whether what is in it is accounted for, whether it is in a drawing, language.
        self._open: list[tuple[str, bool, bool, str]] = []
        self._chapter = "het titelblad (evaluatie.yml)"

    @property
    def _accounted(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    @property
    def _language(self) -> str:
        return self._open[-1][3] if self._open else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.copy.append(self.get_starttag_text() or "")
        values = dict(attrs)
        if "data-hoofdstuk" in values:
            self._chapter = values["data-hoofdstuk"] or ""
        if tag not in VOID:
            classes = set((values.get("class") or "").split())
            accounted = self._accounted or bool(classes & ACCOUNTED) or tag in SILENT
            in_drawing = tag == "svg" or (bool(self._open) and self._open[-1][2])
            self._open.append((tag, accounted, in_drawing, values.get("lang") or self._language))

    def handle_endtag(self, tag: str) -> None:
        close_element(self._open, tag)

    def handle_data(self, data: str) -> None:
        if self._accounted:
            self.copy.append(data)
            return
        in_drawing = bool(self._open) and self._open[-1][2]
        pattern = LOOSE_EN if self._language == "en" else LOOSE
        end = 0
        for match in pattern.finditer(data):
            around = data[max(0, match.start() - 40) : match.end() + 40].strip()
            self.loose.append(LooseNumber(match[0], around, self._chapter))
            marked = match[0] if in_drawing else f'<mark class="los">{match[0]}</mark>'
            self.copy += [data[end : match.start()], marked]
            end = match.end()
        self.copy.append(data[end:])

    def handle_charref(self, name: str) -> None:
        reference = f"&#{name};"
        if html.unescape(reference).isnumeric() and not self._accounted:
            self.loose.append(LooseNumber(html.unescape(reference), reference, self._chapter))
            reference = f'<mark class="los">{reference}</mark>'
        self.copy.append(reference)


def account_numbers(page: str) -> tuple[str, list[LooseNumber]]:
    """Return the page with loose numbers marked, and the list of them.

    >>> account_numbers('<p>Er zijn <data class="cijfer">7</data> vragen en 3 doelen.</p>')[1][0].tekst
    '3'
    """
    accountant = _Accountant()
    accountant.feed(page)
    accountant.close()
    return "".join(accountant.copy), accountant.loose
