"""Sentences of the report: words by a researcher, numbers from the ledger."""

from __future__ import annotations

import html
import re
import string
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nsoc_lib.errors import NsocError
from nsoc_lib.result import MIME, Result


@dataclass(frozen=True)
class Indication:
    """Text with a digit that counts nothing: a date, a locator, a name."""

    text: str

    @property
    def html(self) -> str:
        return f'<span class="aanduiding">{html.escape(self.text)}</span>'


@dataclass(frozen=True)
class Reference:
    """A reference to a figure, table or chapter. The report fills in its number."""

    target: str

    @property
    def text(self) -> str:
        return f"[{self.target}]"

    @property
    def html(self) -> str:
        target = html.escape(self.target)
        return f'<a class="aanduiding verwijzing" href="#{target}">{target}</a>'


@dataclass(frozen=True)
class DutchTerm:
    """A Dutch name in an English sentence, marked so that it is read aloud as Dutch. A number in it stays a number."""

    text: str

    @property
    def html(self) -> str:
        return f'<span lang="nl">{html.escape(self.text, quote=False)}</span>'


@dataclass(frozen=True)
class Footnote:
    """A remark beside the sentence. The report numbers it and puts it at the end of the chapter."""

    html: str
    text: str
    results: tuple[Result, ...]


Filling = Result | Indication | Reference | DutchTerm | str


@dataclass(frozen=True)
class Shown:
    """What a notebook shows and the report prints: HTML, plain text, and the results in it."""

    html: str
    text: str
    results: tuple[Result, ...] = ()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {
            "text/html": self.html,
            "text/plain": self.text,
            MIME: {"resultaten": [result.to_json() for result in self.results]},
        }


def tell(template: str, **values: Any) -> Shown:
    """Return a paragraph in which ``{name}`` is replaced by a value, and results become ledger entries.

    A value is a Result, an Indication, a Reference, a Footnote or a word; ``{aandeel.aantal}`` takes what
    belongs to a result. Raises NsocError for a name without a value and a value of another kind.
    """
    html_parts, text_parts, results = fill(template, values)
    return Shown(f"<p>{html_parts}</p>", text_parts, results)


def tell_en(template: str, **values: Any) -> Shown:
    """Tell a paragraph of an English chapter: as ``tell``, with every number in its English form.

    The ledger keeps the one result that the Dutch chapters show. Raises NsocError as ``tell`` does, and for
    a share in words, because the scale of words is Dutch.
    """
    html_parts, text_parts, results = fill(template, values, english=True)
    return Shown(f"<p>{html_parts}</p>", text_parts, results)


def tell_either(condition: bool, then: str, otherwise: str, **values: Any) -> Shown:  # noqa: FBT001
    """Tell one of two paragraphs: what is true of observed answers need not be of simulated ones."""
    return tell(then if condition else otherwise, **values)


def fill(template: str, values: dict[str, Any], *, english: bool = False) -> tuple[str, str, tuple[Result, ...]]:
    """Fill a template; return HTML, plain text and the results used, in order. Numbers are Dutch unless ``english``."""
    as_html, as_text = [], []
    results: list[Result] = []
    for literal, field, spec, conversion in _parse(template):
        as_html.append(html.escape(literal, quote=False))
        as_text.append(literal)
        if field is None:
            continue
        if spec or conversion:
            raise _sentence_error(template, f"{{{field}:{spec}}}", "alleen een naam tussen accolades")
        value = _look_up(template, field, values)
        if isinstance(value, Footnote):
            as_html.append(value.html)
            as_text.append(f" (noot: {value.text})")
            results += value.results
            continue
        if isinstance(value, Result):
            shown = _in_english(template, field, value) if english else value.shown
            as_html.append(value.token_as(shown))
            as_text.append(shown)
            results.append(value)
        else:
            as_html.append(as_token(value))
            as_text.append(as_plain(value))
    return "".join(as_html), "".join(as_text), tuple(results)


def as_token(value: Filling) -> str:
    """Return a value as HTML: a result as its token, words escaped."""
    if isinstance(value, Result):
        return value.token
    return html.escape(value, quote=False) if isinstance(value, str) else value.html


def as_plain(value: Filling) -> str:
    """Return a value as plain text."""
    if isinstance(value, Result):
        return value.shown
    return value if isinstance(value, str) else value.text


def _in_english(template: str, field: str, result: Result) -> str:
    shown = result.shown_en
    if re.search("[a-z]", shown.removeprefix("less than")):
        raise _sentence_error(
            template,
            f'{{{field}}}, in woorden: "{result.shown}"',
            "een getal in cijfers: woorden voor een aandeel zijn Nederlands",
        )
    return shown


def _parse(template: str) -> list[tuple[str, str | None, str | None, str | None]]:
    try:
        return list(string.Formatter().parse(template))
    except ValueError as error:
        raise _sentence_error(template, "een accolade die niet sluit", "elke { met een }") from error


def _look_up(template: str, field: str, values: dict[str, Any]) -> Filling | Footnote:
    name, *attributes = field.split(".")
    if name not in values or not all(re.fullmatch(r"[a-z]+", attribute) for attribute in attributes):
        raise _sentence_error(template, f"{{{field}}}", f"een van: {', '.join(values) or 'geen enkele waarde gegeven'}")
    value = values[name]
    for attribute in attributes:
        try:
            value = getattr(value, attribute)
        except (AttributeError, ValueError):
            raise _sentence_error(template, f"{{{field}}}", f"iets dat {name} heeft") from None
    if not isinstance(value, Filling | Footnote):
        number = isinstance(value, int | float) and not isinstance(value, bool)
        what = f"het getal {value}" if number else type(value).__name__
        raise _sentence_error(template, f"{{{field}}} met {what}", "een resultaat, een aanduiding of een woord")
    return value


def _sentence_error(template: str, found: str, expected: str) -> NsocError:
    return NsocError(
        f'de zin "{template[:60]}"', found=found, expected=expected, remedy="Verbeter de zin in het notebook."
    )


def indicate(text: str) -> Indication:
    """Mark text with a digit that is no finding: a date, a locator, the name of a law or a lab."""
    return Indication(text)


def dutch(text: str) -> DutchTerm:
    """Mark a Dutch term or label in an English sentence."""
    return DutchTerm(text)


def refer(target: str) -> Reference:
    """Refer to a figure, table or chapter by its key; the report writes "Figuur …" there."""
    return Reference(target)


def footnote(template: str, **values: Any) -> Footnote:
    """Return a note for ``tell``: ``tell("… gevraagd.{noot}", noot=footnote("…"))``. Filled in as a sentence is.

    Raises NsocError as ``tell`` does, and for a note within the note.
    """
    nested = [name for name, value in values.items() if isinstance(value, Footnote)]
    if nested:
        raise _sentence_error(template, f"een noot in een noot: {nested[0]}", "een noot in de zin zelf")
    as_html, text, results = fill(template, values)
    return Footnote(f'<small class="voetnoot">{as_html}</small>', text, results)


def show_all(*shown: Shown) -> Shown:
    """Return several outcomes as one, below each other."""
    return Shown(
        "".join(one.html for one in shown),
        "\n\n".join(one.text for one in shown if one.text),
        tuple(result for one in shown for result in one.results),
    )


def join_nl(parts: Sequence[str]) -> str:
    """Return parts of a sentence as a Dutch list.

    >>> join_nl(["een", "twee", "drie"]), join_nl(["een"])
    ('een, twee en drie', 'een')
    """
    return " en ".join([", ".join(parts[:-1]), parts[-1]] if parts[1:] else parts)


def fold(summary: str, shown: Shown) -> Shown:
    """Return an outcome that a reader opens: it is on the page and in print, and stays out of the way on a screen."""
    markup = f"<details><summary>{html.escape(summary, quote=False)}</summary>{shown.html}</details>"
    return Shown(markup, shown.text, shown.results)


def refuse(what: str, reason: str) -> Shown:
    """Return a box that says what is not shown, and why."""
    text = f"{what} wordt hier niet getoond. {reason}"
    return Shown(f'<p class="weigering">{html.escape(text, quote=False)}</p>', text)
