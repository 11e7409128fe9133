"""The answers to one question as a file shows them, and in which order a machine would put them.

A file seldom says which answer agrees. Words are compared with those that surveys commonly use,
in Dutch and English; what they do not settle is marked as a guess.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from itertools import count

from nsoc_lib.sources.dont_know import DONT_KNOW
from nsoc_lib.sources.export import Column

# What an answer says, from most against to most for; the first pattern that fits counts.
_STRONG = r"(helemaal|zeer|sterk|volledig|totaal|strongly|completely|very|fully)"
_WORDS = tuple(
    (score, re.compile(pattern, re.IGNORECASE))
    for score, pattern in (
        (0, r"neutra|onbeslist|\bnoch\b|neither|undecided|niet (mee )?eens,? .*niet (mee )?oneens|\bsoms\b|sometimes"),
        (-2, rf"\b{_STRONG} (mee )?(oneens|niet|ontevreden|onbelangrijk|disagree|dissatisfied)|\bnooit\b|\bnever\b"),
        (-1, r"\b(oneens|disagree|ontevreden|dissatisfied|onbelangrijk|zelden|rarely|nee|no)\b|\bniet (mee )?(eens|akkoord)"),
        (2, rf"\b{_STRONG} (mee )?(eens|akkoord|tevreden|belangrijk|agree|satisfied)\b|\baltijd\b|\balways\b"),
        (1, r"\b(eens|akkoord|agree|tevreden|satisfied|belangrijk|vaak|often|ja|yes)\b"),
    )
)  # fmt: skip
_OPINION = re.compile(r"eens\b|agree|akkoord|tevreden|satisfied", re.IGNORECASE)
_REFUSED = re.compile(
    r"weiger|niet zeggen|liever niet|geen antwoord|refus|no (answer|response)|prefer not", re.IGNORECASE
)
_OTHER = re.compile(r"\b(anders|andere|overig\w*|other|sonstiges)\b", re.IGNORECASE)
_WHOLE = re.compile(r"-?\d{1,9}")


@dataclass(frozen=True)
class AnswerList:
    """Answers as code and label, from disagreeing to agreeing as far as their words tell.

    ``codes_bekend`` and ``labels_bekend`` say whether the file gives both; ``geordend`` that the file
    puts them in this order itself and that their words bear it out. ``ontbrekend`` are the codes
    that the file declares missing: they are no answers.
    """

    antwoorden: tuple[tuple[str, str], ...] = ()
    codes_bekend: bool = True
    labels_bekend: bool = True
    geordend: bool = False
    ontbrekend: tuple[tuple[str, str], ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(label for _, label in self.antwoorden)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(code for code, _ in self.antwoorden)

    @property
    def geen_antwoord(self) -> tuple[str, ...]:
        """Labels of a refusal: the answer is missing."""
        return tuple(label for label in self.labels if DONT_KNOW.search(label) and _REFUSED.search(label))

    @property
    def weet_niet(self) -> tuple[str, ...]:
        return tuple(label for label in self.labels if DONT_KNOW.search(label) and label not in self.geen_antwoord)

    @property
    def instemmend(self) -> tuple[str, ...]:
        """Labels whose words agree; the last answer when no word says so."""
        points = [label for label in self.labels if not DONT_KNOW.search(label)]
        agreeing = tuple(label for label in points if (_score(label) or 0) > 0)
        return agreeing or tuple(points[-1:] or self.labels[-1:])

    def is_part_of(self, other: AnswerList) -> bool:
        """Tell whether this is a fuller list of which not every answer was given; a list of the file's own never is."""
        alike = (self.codes_bekend, self.labels_bekend) == (other.codes_bekend, other.labels_bekend)
        return alike and not (self.codes_bekend and self.labels_bekend) and set(self.labels) < set(other.labels)

    def with_codes(self, codes: Collection[str]) -> AnswerList:
        """Return the list with an option for each code that has words beside it, by name where a name says "other"."""
        own: dict[str, str] = {}
        for code in codes:
            if not (self.codes_bekend and code in self.codes):
                named = [label for label in self.labels if _OTHER.search(label) and label not in own]
                own[named[0] if named and not self.codes_bekend else f"Anders, namelijk ({code})"] = code
        free = (str(number) for number in count(1) if str(number) not in codes)
        kept = self.antwoorden
        if not self.codes_bekend:
            kept = tuple((next(free), label) for label in self.labels if label not in own)
        return replace(self, antwoorden=(*kept, *((code, label) for label, code in own.items())))

    @classmethod
    def build(cls, columns: Iterable[Column], values: Collection[str], ordered: Collection[str]) -> AnswerList:
        """Return the answers of columns that share one list, as the file labels them or as its cells show."""
        own = list(columns)
        labels = {code: label or code for column in own for code, label in column.labels.items()}
        missing = {code: kind for column in own for code, kind in column.ontbreekt.items()}
        known = {code: label for code, label in labels.items() if code not in missing}
        others = sorted(set(values) - set(labels) - set(labels.values()) - set(missing))
        declared = tuple(missing.items())
        if known:
            stated = not others and all(column.import_id in ordered for column in own)
            found = _unique([*known.items(), *((value, value) for value in others)])
            answers, borne_out = _arrange(found)
            return cls(answers, geordend=stated and borne_out and answers in {found, _turn(found)}, ontbrekend=declared)
        if others and all(_WHOLE.fullmatch(value) for value in others):
            return cls(tuple((v, v) for v in sorted(others, key=int)), labels_bekend=False, ontbrekend=declared)
        answers, _ = _arrange(tuple((str(n), value) for n, value in enumerate(others, 1)))
        renumbered = tuple((str(number), label) for number, (_, label) in enumerate(answers, 1))
        return cls(renumbered, codes_bekend=False, ontbrekend=declared)


def is_about_agreement(labels: Collection[str]) -> bool:
    """Tell whether answers are points of a scale of agreement or satisfaction.

    >>> is_about_agreement(["Oneens", "Eens", "Weet niet"]), is_about_agreement(["Noord", "Zuid"])
    (True, False)
    """
    points = [label for label in labels if not DONT_KNOW.search(label)]
    scored = [label for label in points if _score(label) is not None]
    return len(scored) > 1 and len(scored) == len(points) and any(map(_OPINION.search, points))


def _score(label: str) -> int | None:
    return next((score for score, pattern in _WORDS if pattern.search(label)), None)


def _arrange(answers: tuple[tuple[str, str], ...]) -> tuple[tuple[tuple[str, str], ...], bool]:
    """Return answers from against to for, "don't know" last, and whether the words tell all of that order."""
    points = [pair for pair in answers if not DONT_KNOW.search(pair[1])]
    rest = tuple(pair for pair in answers if DONT_KNOW.search(pair[1]))
    scores = [_score(label) for _, label in points]
    told = len(points) > 1 and None not in scores and len(set(scores)) == len(scores)
    if told:
        points.sort(key=lambda pair: _score(pair[1]) or 0)
    elif any(scores) and (scores[0] or 0) > (scores[-1] or 0):
        points.reverse()
    return (*points, *rest), told


def _turn(answers: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Return answers the other way round, "don't know" still last."""
    points = [pair for pair in answers if not DONT_KNOW.search(pair[1])]
    return (*reversed(points), *(pair for pair in answers if DONT_KNOW.search(pair[1])))


def _unique(answers: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return answers with the code behind a label that two codes share: a codebook has each label once."""
    labels = [label for _, label in answers]
    return tuple((code, f"{label} ({code})" if labels.count(label) > 1 else label) for code, label in answers)
