"""Every number on the page answers back: a button per number, a popover and a row per result."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape

from markupsafe import Markup

from nsoc_lib.account import Account, account_for, number_nl
from nsoc_lib.errors import NsocError
from nsoc_lib.evaluation import Chapter
from nsoc_lib.expectation import Validation
from nsoc_lib.publish.markup import NUMBER
from nsoc_lib.publish.templates import page_templates
from nsoc_lib.result import Result

ALTERNATIVE = re.compile(r'(<p class="alt"[^>]*>.*?</p>)', re.DOTALL)
# A button is a box of its own, after which a line may break: what clings to a number goes with it.
CLINGING = re.compile(rf"(?P<before>[(“‘]*)(?P<token>{NUMBER.pattern})(?P<after>[.,;:!?)”’]*)")


@dataclass(frozen=True)
class ChapterAccounts:
    """The accounts of one chapter: what it was made by, and the results that it explains."""

    number: str
    title: str
    key: str
    accounts: tuple[tuple[int, Account], ...]


def account_results(
    results: Sequence[Result], chapters: Iterable[tuple[Chapter, str]], validations: Sequence[Validation]
) -> tuple[ChapterAccounts, ...]:
    """Return per chapter with its number the accounts of the results that it explains, numbered by the ledger."""
    known = {result.id: result for result in results}
    found = [(place, account_for(result, known, validations)) for place, result in enumerate(results, 1)]
    by_chapter: dict[str, list[tuple[int, Account]]] = {}
    for pair in found:
        by_chapter.setdefault(pair[1].result.notebook, []).append(pair)
    groups = (
        ChapterAccounts(number, chapter.titel, chapter.key, tuple(by_chapter.get(chapter.key, ())))
        for chapter, number in chapters
    )
    return tuple(group for group in groups if group.accounts)


def render_accounts(groups: Sequence[ChapterAccounts]) -> Markup:
    """Return the table of results, per chapter, with behind each row the popover of that result."""
    template = page_templates().get_template("herkomst.html.j2")
    return Markup(template.render(groups=groups, number=number_nl))  # noqa: S704 (the template escapes)


def link_numbers(page: str, results: Sequence[Result]) -> str:
    """Return the page with each token in a button that opens the popover of its result.

    A number in a drawing cannot be a button, and one in the text that stands for a drawing is not, for it is
    read aloud as the name of that drawing; the table below the drawing has the same numbers.
    Raises NsocError for a number that is on the page and not in the ledger.
    """
    places = {result.id: place for place, result in enumerate(results, 1)}
    pieces = ALTERNATIVE.split(page)
    pieces[::2] = [CLINGING.sub(lambda match: _button(match, places), piece) for piece in pieces[::2]]
    return "".join(pieces)


def _button(match: re.Match[str], places: Mapping[str, int]) -> str:
    result_id = unescape(match["id"])
    if result_id not in places:
        raise NsocError(
            f"resultaat {result_id}",
            found="een getal op de pagina dat niet in resultaten.csv staat",
            expected="elk getal in het grootboek",
            remedy="Laat de functie in nsoc_lib die dit toont, het resultaat ook doorgeven.",
        )
    button = f'<button popovertarget="uitleg-{places[result_id]}">{match["token"]}</button>'
    if not match["before"] and not match["after"]:
        return button
    return f'<span class="vast">{match["before"]}{button}{match["after"]}</span>'
