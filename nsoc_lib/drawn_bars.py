"""How long the bars of a drawing are: what a ruler along its axis reads beside the name of a group."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nsoc_lib.pieces import POINT, Drawing, Label, Shape

TICK = re.compile(r"(\d{1,3})\s*(%?)")
_CLOSE = 3.0
_TALLEST = 60.0  # what is taller than this is a frame or a background, not the bar of one group


def read_percentages(drawing: Drawing, names: Sequence[str]) -> dict[str, list[float]]:
    """Return per name found in the drawing the lengths, in percents, of what is drawn beside or above it."""
    lowered = {name.lower() for name in names}
    found: dict[str, list[float]] = {}
    for across in (False, True):
        turned = _turn(drawing) if across else drawing
        axis = _axis(turned.labels)
        if axis is None:
            continue
        for label in turned.labels:
            if label.text.strip().lower() in lowered:
                lengths = _lengths(label, turned, axis)
                if lengths:
                    found.setdefault(label.text.strip(), []).extend(lengths)
    return found


def _turn(drawing: Drawing) -> Drawing:
    """Return a drawing with its axes exchanged, so that columns become bars."""
    labels = tuple(Label(label.text, label.y, label.x) for label in drawing.labels)
    shapes = tuple(Shape(s.top, s.left, s.bottom, s.right) for s in drawing.shapes)
    return Drawing(drawing.where, drawing.channel, labels, shapes)


def _axis(labels: Sequence[Label]) -> tuple[float, float] | None:
    """Return where zero is and how far a percent goes, by ticks that stand in one line; None without an axis."""
    ticks = [(label, int(match[1]), match[2]) for label in labels if (match := TICK.fullmatch(label.text.strip()))]
    for sign in ("%", ""):
        for one, value, mark in ticks:
            for other, further, same in ticks:
                in_line = abs(one.y - other.y) < 1 and abs(one.x - other.x) > POINT
                if in_line and mark == same == sign and value == 0 < further <= 100:
                    return one.x, (other.x - one.x) / further
    return None


def _lengths(label: Label, drawing: Drawing, axis: tuple[float, float]) -> list[float]:
    zero, step = axis
    found = []
    for shape in drawing.shapes:
        beside = shape.top - _CLOSE <= label.y <= shape.bottom + _CLOSE
        if not beside or shape.height > _TALLEST or _covers_another(label, shape, drawing.labels):
            continue
        apart = shape.is_point and abs(shape.left - zero) > _CLOSE
        length = ((shape.left + shape.right) / 2 - zero) / step if apart else shape.width / abs(step)
        if -1 <= length <= 101:
            found.append(round(length, 3))
    return found


def _covers_another(label: Label, shape: Shape, labels: Sequence[Label]) -> bool:
    """Whether a shape runs past the next name in the same column as well."""
    others = [other for other in labels if other is not label and abs(other.x - label.x) < 1 and other.y != label.y]
    return any(shape.top <= other.y <= shape.bottom for other in others)
