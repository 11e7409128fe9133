"""Number chapters, figures and tables: only of the report as a whole is it known what comes before each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from nsoc_lib.errors import NsocError
from nsoc_lib.evaluation import Evaluation
from nsoc_lib.publish.markup import CAPTIONED

FRONT_MATTER = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


def _letter(number: int) -> str:
    """Return A to Z, then AA, AB, as appendices are lettered."""
    letter = chr(ord("A") + number % 26)
    return letter if number < 26 else _letter(number // 26 - 1) + letter


def number_chapters(evaluation: Evaluation) -> Iterator[tuple[str, str]]:
    """Give chapters 1, 2, 3 through all parts, those of an appendix A, B, C, and those in front i, ii, iii."""
    numbers, letters, front = map(str, count(1)), map(_letter, count()), iter(FRONT_MATTER)
    for part in evaluation.delen:
        for chapter in part.hoofdstukken:
            yield chapter.key, next(front if part.vooraf else letters if part.bijlage else numbers)


def next_letter(evaluation: Evaluation) -> str:
    """Return the letter after those of the appendices in ``evaluatie.yml``."""
    return _letter(sum(len(part.hoofdstukken) for part in evaluation.delen if part.bijlage))


def label_targets(bodies: dict[str, str], numbers: dict[str, str]) -> dict[str, str]:
    """Return "Figuur 3.1" or "Tabel 3.2" for each captioned figure, counted per chapter and kind.

    Raises NsocError when two of them have the same key.
    """
    labels = {f"hoofdstuk-{key}": f"Hoofdstuk {number}" for key, number in numbers.items()}
    for key, body in bodies.items():
        counts = {"figuur": 0, "tabel": 0}
        for kind, target in CAPTIONED.findall(body):
            counts[kind] += 1
            if target in labels:
                raise NsocError(
                    f"hoofdstuk {numbers[key]}",
                    found=f"een tweede {kind} met de sleutel {target}",
                    expected="elke figuur en tabel een keer in het rapport",
                    remedy="Haal een van beide weg, of geef het hoofdstuk andere parameters.",
                )
            labels[target] = f"{kind.capitalize()} {numbers[key]}.{counts[kind]}"
    return labels
