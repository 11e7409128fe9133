"""Where the shapes and texts of an SVG stand, after the transformations around them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from nsoc_lib.pieces import Shape
from nsoc_lib.publish.artefact_xml import local

Matrix = tuple[float, float, float, float, float, float]
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_COMMAND = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])([^MmLlHhVvCcSsQqTtAaZz]*)")
_TRANSFORM = re.compile(r"(\w+)\s*\(([^)]*)\)")
_STEP = {"c": 6, "s": 4, "q": 4, "t": 2, "a": 7, "m": 2, "l": 2}


def transform_of(element: Any, outer: Matrix) -> Matrix:
    """Return the matrix in force within an element; rotations are left out, since no bar is drawn by one."""
    matrix = outer
    for name, arguments in _TRANSFORM.findall(element.get("transform") or ""):
        numbers = [float(each) for each in _NUMBER.findall(arguments)]
        if name == "translate" and numbers:
            matrix = _times(matrix, (1, 0, 0, 1, numbers[0], numbers[1] if len(numbers) > 1 else 0))
        elif name == "scale" and numbers:
            matrix = _times(matrix, (numbers[0], 0, 0, numbers[-1], 0, 0))
        elif name == "matrix" and len(numbers) == 6:
            matrix = _times(matrix, (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]))
    return matrix


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def place_of(element: Any, matrix: Matrix) -> tuple[float, float]:
    """Return where a text stands; the place of its first part when it has none itself."""
    inner = next((e for e in element.iter() if isinstance(e.tag, str) and e.get("x") is not None), element)
    return _apply(matrix, _number(inner, "x"), _number(inner, "y"))


def _number(element: Any, key: str) -> float:
    match = _NUMBER.match((element.get(key) or "0").strip())
    return float(match[0]) if match else 0.0


def box_of(element: Any, matrix: Matrix, by_id: Mapping[str, Any]) -> Shape | None:
    """Return what encloses one drawn element; None for what draws nothing."""
    points = [_apply(matrix, x, y) for x, y in _points(element, by_id)]
    if not points:
        return None
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Shape(min(xs), min(ys), max(xs), max(ys))


def _points(element: Any, by_id: Mapping[str, Any]) -> list[tuple[float, float]]:
    name = local(element)
    if name == "path":
        return path_points(element.get("d") or "")
    if name in {"polyline", "polygon"}:
        numbers = [float(each) for each in _NUMBER.findall(element.get("points") or "")]
        return list(zip(numbers[::2], numbers[1::2], strict=False))
    return _points_of_use(element, by_id) if name == "use" else _corners(element, name)


def _corners(element: Any, name: str) -> list[tuple[float, float]]:
    """Return two corners of a shape that is given by a few numbers."""
    if name == "line":
        return [(_number(element, "x1"), _number(element, "y1")), (_number(element, "x2"), _number(element, "y2"))]
    if name in {"rect", "image"}:
        x, y = _number(element, "x"), _number(element, "y")
        return [(x, y), (x + _number(element, "width"), y + _number(element, "height"))]
    if name in {"circle", "ellipse"}:
        x, y = _number(element, "cx"), _number(element, "cy")
        keys = ("r", "r") if name == "circle" else ("rx", "ry")
        across, down = (_number(element, key) for key in keys)
        return [(x - across, y - down), (x + across, y + down)]
    return []


def _points_of_use(element: Any, by_id: Mapping[str, Any]) -> list[tuple[float, float]]:
    target = next((value for key, value in element.attrib.items() if key.endswith("href")), "").removeprefix("#")
    used = by_id.get(target)
    if used is None or used is element or not isinstance(used.tag, str):
        return []
    x, y = _number(element, "x"), _number(element, "y")
    return [(x + dx, y + dy) for dx, dy in _points(used, {})] or [(x, y)]


def path_points(data: str) -> list[tuple[float, float]]:
    """Return the points that a path goes through, curves by their ends.

    >>> path_points("M 1 2 h 3 v -1 l 1 1 z")
    [(1.0, 2.0), (4.0, 2.0), (4.0, 1.0), (5.0, 2.0)]
    """
    points: list[tuple[float, float]] = []
    x = y = 0.0
    start_x = start_y = 0.0
    for command, arguments in _COMMAND.findall(data):
        numbers = [float(each) for each in _NUMBER.findall(arguments)]
        lower, relative = command.lower(), command.islower()
        if lower in {"h", "v"}:
            for number in numbers:
                if lower == "h":
                    x = x + number if relative else number
                else:
                    y = y + number if relative else number
                points.append((x, y))
            continue
        if lower == "z":
            x, y = start_x, start_y
        step = _STEP.get(lower, 0)
        for start in range(0, len(numbers) - step + 1, step) if step else ():
            dx, dy = numbers[start + step - 2], numbers[start + step - 1]
            x, y = (x + dx, y + dy) if relative else (dx, dy)
            points.append((x, y))
            if lower == "m" and start == 0:
                start_x, start_y = x, y
    return points
