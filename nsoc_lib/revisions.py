"""What changed between two editions of a report: numbers, words, chapters and figures.

A number that changed is a row of the ledger; a paragraph in which only the number changed has the same words,
and is not a change of text as well. What only moved within its chapter has not changed.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from nsoc_lib.edition import Block, ChapterText, Edition, join_words
from nsoc_lib.errors import NsocError

# What a row of the ledger says besides the number itself, in the words of a reader.
ASPECTS = {
    "n": "geldige antwoorden",
    "count": "aantal",
    "population": "genodigden",
    "provenance": "herkomst",
    "rounding": "afronding",
    "unit": "eenheid",
    "label": "omschrijving",
    "low": "ondergrens",
    "high": "bovengrens",
    "parts": "opbouw",
    "missing": "geen antwoord",
}
SAME_PARAGRAPH = 0.5  # from this likeness on, two paragraphs without an anchor are versions of one
MOST_WORDS = 3000  # a longer paragraph is shown whole: finding its changed words would take too long


@dataclass(frozen=True)
class Aspect:
    """Something besides the number that changed in its row."""

    name: str
    old: str
    new: str


@dataclass(frozen=True)
class NumberChange:
    """One row of the ledger in both editions. ``old`` or ``new`` is empty when the number was not there."""

    id: str
    label: str
    old: str
    new: str
    difference: str = ""
    aspects: tuple[Aspect, ...] = ()


@dataclass(frozen=True)
class Piece:
    """Consecutive words, whether they are different in the other edition, and whether no space stands before them."""

    text: str
    changed: bool
    glued: bool = False


@dataclass(frozen=True)
class TextChange:
    """One paragraph as it was and as it is, in pieces; empty when it was not there or is no longer."""

    old: tuple[Piece, ...]
    new: tuple[Piece, ...]


@dataclass(frozen=True)
class ChapterChange:
    """The changes of text and of figures in one chapter. Figures are named by their captions."""

    title: str
    texts: tuple[TextChange, ...]
    figures_changed: tuple[str, ...]
    figures_new: tuple[str, ...]
    figures_gone: tuple[str, ...]
    language: str = "nl"

    @property
    def figures(self) -> tuple[str, ...]:
        return (*self.figures_changed, *self.figures_new, *self.figures_gone)


@dataclass(frozen=True)
class Revisions:
    """Everything in which a later edition differs from an earlier one."""

    changed: tuple[NumberChange, ...]
    appeared: tuple[NumberChange, ...]
    disappeared: tuple[NumberChange, ...]
    chapters: tuple[ChapterChange, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    reordered: bool

    @property
    def nothing(self) -> bool:
        found = (self.changed, self.appeared, self.disappeared, self.chapters, self.added, self.removed, self.renamed)
        return not any(found) and not self.reordered

    @property
    def summary(self) -> str:
        """What changed in one line, for the screen."""
        numbers = f"{len(self.changed)} veranderd, {len(self.appeared)} nieuw, {len(self.disappeared)} verdwenen"
        texts, figures = (sum(len(getattr(c, kind)) for c in self.chapters) for kind in ("texts", "figures"))
        chapters = f"{len(self.added)} nieuw, {len(self.removed)} verdwenen, {len(self.renamed)} met een andere titel"
        return f"Getallen: {numbers}. Alinea’s en rijen: {texts}. Figuren: {figures}. Hoofdstukken: {chapters}."


def compare_editions(earlier: Edition, later: Edition) -> Revisions:
    """Return what changed. Raises NsocError for a report of another study.

    Another study is one with another title and less than half of the earlier numbers under the same id.
    """
    _refuse_another_study(earlier, later)
    before, after = ({c.key: c for c in edition.chapters} for edition in (earlier, later))
    both = [key for key in after if key in before]
    changes = (compare_chapters(before[key], after[key]) for key in both)
    old, new = earlier.numbers, later.numbers
    return Revisions(
        changed=tuple(_changed_numbers(old, new)),
        appeared=tuple(NumberChange(k, new[k]["label"], "", new[k]["shown"]) for k in sorted(new.keys() - old)),
        disappeared=tuple(NumberChange(k, old[k]["label"], old[k]["shown"], "") for k in sorted(old.keys() - new)),
        chapters=tuple(change for change in changes if change.texts or change.figures),
        added=tuple(after[key].title for key in after if key not in before),
        removed=tuple(before[key].title for key in before if key not in after),
        renamed=tuple((before[k].title, after[k].title) for k in both if before[k].title != after[k].title),
        reordered=both != [key for key in before if key in after],
    )


def _refuse_another_study(earlier: Edition, later: Edition) -> None:
    known = sum(key in later.numbers for key in earlier.numbers)
    if earlier.title != later.title and 2 * known < len(earlier.numbers):
        raise NsocError(
            "WITH",
            found=f'het rapport "{earlier.title[:80]}", met {known} van zijn {len(earlier.numbers)} getallen in dit rapport',
            expected=f'een eerdere versie van "{later.title[:80]}"',
            remedy="Geef een rapport over hetzelfde onderzoek.",
        )


# Numbers


def _changed_numbers(old: dict[str, dict[str, str]], new: dict[str, dict[str, str]]) -> Iterator[NumberChange]:
    for key in sorted(old.keys() & new.keys()):
        was, now = old[key], new[key]
        aspects = tuple(
            Aspect(name, was[column], now[column])
            for column, name in ASPECTS.items()
            if column in was and column in now and was[column] != now[column]
        )
        if aspects or any(was[column] != now[column] for column in ("value", "shown")):
            difference = _difference(was["value"], now["value"], now.get("unit", ""))
            yield NumberChange(key, now["label"], was["shown"], now["shown"], difference, aspects)


def _difference(was: str, now: str, unit: str) -> str:
    """Return how much more it is now, of the unrounded values, as a Dutch reader has it; empty when that is unknown.

    >>> _difference("84", "80.25", "pct"), _difference("21", "22", "personen"), _difference("", "3", "personen")
    ('−3,8 procentpunt', '+1', '')
    """
    try:
        change = float(now) - float(was)
    except ValueError:
        return ""
    if not math.isfinite(change):
        return ""
    if change == 0:
        return "0"
    percentage = unit == "pct"
    text = f"{change:+.1f}" if percentage else f"{change:+.0f}" if change.is_integer() else f"{change:+.2g}"
    return text.replace("-", "−").replace(".", ",") + (" procentpunt" if percentage else "")


# Text and figures


def compare_chapters(earlier: ChapterText, later: ChapterText) -> ChapterChange:
    """Return what changed in one chapter, in the order of the later edition."""
    old, new = earlier.drawings, later.drawings
    return ChapterChange(
        title=later.title,
        texts=tuple(_mark(was, now) for was, now in _pair(earlier.blocks, later.blocks)),
        figures_changed=tuple(new[k].caption for k in new if k in old and new[k].digest != old[k].digest),
        figures_new=tuple(new[k].caption for k in new if k not in old),
        figures_gone=tuple(old[k].caption for k in old if k not in new),
        language=later.language,
    )


def _pair(earlier: Sequence[Block], later: Sequence[Block]) -> Iterator[tuple[Block | None, Block | None]]:
    """Return the paragraphs that differ, each beside what it was: by its anchor, else by its place and likeness."""
    stays = Counter(block.key for block in earlier) & Counter(block.key for block in later)
    old, new = _without(earlier, stays), _without(later, stays)
    anchors = {block.anchor: block for block in old if block.anchor}
    left = [block for block in old if not any(block.anchor and block.anchor == other.anchor for other in new)]
    for block in new:
        twin = anchors.get(block.anchor) if block.anchor else None
        if twin is None:
            twin = next((other for other in left if _likeness(other, block) >= SAME_PARAGRAPH), None)
            if twin is not None:
                left.remove(twin)
        yield twin, block
    yield from ((block, None) for block in left)


def _without(blocks: Sequence[Block], stays: Counter[tuple[str, ...]]) -> list[Block]:
    """Return the blocks that the other edition does not have as well, wherever in the chapter."""
    left, kept = Counter(stays), []
    for block in blocks:
        if left[block.key]:
            left[block.key] -= 1
        else:
            kept.append(block)
    return kept


def _likeness(one: Block, other: Block) -> float:
    """Return the part of the words that two paragraphs share, from none to all."""
    shared = sum((Counter(one.key) & Counter(other.key)).values())
    return 2 * shared / (len(one.key) + len(other.key))


def _mark(old: Block | None, new: Block | None) -> TextChange:
    if old is None or new is None:
        return TextChange(_whole(old), _whole(new))
    if max(len(old.words), len(new.words)) > MOST_WORDS:
        return TextChange(_whole(old), _whole(new))
    # A result keeps its key when only its number changed; within a paragraph that is shown, that is marked too.
    was, now = ([f"{w.key} {w.shown}" if w.key.startswith("{") else w.key for w in b.words] for b in (old, new))
    runs = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    return TextChange(
        tuple(_piece(old, low, high, kind) for kind, low, high, _, _ in runs if high > low),
        tuple(_piece(new, low, high, kind) for kind, _, _, low, high in runs if high > low),
    )


def _piece(block: Block, low: int, high: int, kind: str) -> Piece:
    return Piece(join_words(block.words[low:high]), kind != "equal", glued=block.words[low].glued)


def _whole(block: Block | None) -> tuple[Piece, ...]:
    return (Piece(block.text, changed=True),) if block else ()
