"""Colours that can be told apart: on paper, in the dark, in grey, and by who confuses red and green."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import pytest
from conftest import ROOT

from nsoc_lib.figures import OTHER, SIMULATED_STYLES, scale_styles
from nsoc_lib.timeline import EDGE, STYLES

SHEET = (ROOT / "nsoc_lib/publish/sjabloon/rapport.css").read_text(encoding="utf-8")
# How a colour looks to who lacks one kind of cone, in linear light: Viénot, Brettel and Mollon (1999), eq. 4 to 8,
# the product of RGB to LMS, the projection, and back.
TO_LMS = np.array([[17.8824, 43.5161, 4.11935], [3.45565, 27.1554, 3.86714], [0.0299566, 0.184309, 1.46709]])
PROJECTIONS = {
    "gewoon": np.eye(3),
    "protanopie": np.array([[0, 2.02344, -2.52581], [0, 1, 0], [0, 0, 1]]),
    "deuteranopie": np.array([[1, 0, 0], [0.494207, 0, 1.24827], [0, 0, 1]]),
}


def linear(colour: str) -> np.ndarray:
    """Return a hexadecimal colour as linear light, as WCAG 2.2 defines it."""
    digits = colour.lstrip("#")
    pairs = [digit * 2 for digit in digits] if len(digits) == 3 else [digits[n : n + 2] for n in (0, 2, 4)]
    shares = np.array([int(pair, 16) / 255 for pair in pairs])
    return np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)


def luminance(colour: str, eye: str = "gewoon") -> float:
    seen = np.linalg.inv(TO_LMS) @ PROJECTIONS[eye] @ TO_LMS @ linear(colour)
    return float(np.array([0.2126, 0.7152, 0.0722]) @ np.clip(seen, 0, 1))


def contrast(one: str, other: str, eye: str = "gewoon") -> float:
    """Return the contrast ratio of WCAG 2.2. It rests on luminance alone, so it holds in grey print as well."""
    dark, light = sorted((luminance(one, eye), luminance(other, eye)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_agrees_with_known_values() -> None:
    """Black on white is 21; the grey #767676 is the first that passes 4.5 on white; white stays white to all eyes."""
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert [luminance("#fff", eye) for eye in PROJECTIONS] == pytest.approx([1, 1, 1], abs=0.01)
    assert luminance("#f00", "protanopie") < 0.6 * luminance("#f00")  # who lacks the red cone sees red dark


@pytest.mark.parametrize("eye", PROJECTIONS)
def test_agreement_stands_out_from_the_rest(eye: str) -> None:
    """Both colours of agreement keep three to one against the rest of their bar, for every eye and in grey."""
    rest = SIMULATED_STYLES[OTHER]["facecolor"]
    agreeing = [style["facecolor"] for name, style in SIMULATED_STYLES.items() if name != OTHER]
    assert [colour for colour in agreeing if contrast(colour, rest, eye) < 3] == []


@pytest.mark.parametrize("size", range(2, 8))
def test_neighbours_in_a_scale_differ_in_pattern(size: int) -> None:
    """Steps of a scale lie close in grey, so two neighbours never share a pattern, and each has an edge."""
    styles = scale_styles(size)
    assert [one for one, other in pairwise(styles) if one["hatch"] == other["hatch"]] == []
    assert [style for style in styles if contrast(style["edgecolor"], "#fff") < 3] == []


def test_states_in_the_timeline_differ_in_pattern() -> None:
    """No two states of a lab share a pattern, and the edge stands out from the page."""
    patterns = [style["hatch"] for style in STYLES.values()]
    assert len(set(patterns)) == len(patterns)
    assert contrast(EDGE, "#ffffff") >= 3


def schemes() -> Iterable[tuple[str, dict[str, str]]]:
    """Return the colours of the style sheet on a light and on a dark screen, by name."""
    light, dark = (
        dict(re.findall(r"--(\w+): (#\w+);", block)) for block in re.findall(r":root \{(.*?)\}", SHEET, re.DOTALL)[:2]
    )
    return (("licht", light), ("donker", light | dark))


@pytest.mark.parametrize(("scheme", "colours"), schemes(), ids=["licht", "donker"])
def test_text_can_be_read_on_every_ground(scheme: str, colours: dict[str, str]) -> None:
    """Text keeps 7 to 1 (WCAG AAA), soft text, links and the warning 4.5 to 1 (AA), on paper and on tinted ground."""
    grounds = [colours[name] for name in ("papier", "vlak", "waarschuwingvlak")]
    assert min(contrast(colours["tekst"], ground) for ground in grounds) >= 7
    softer = {
        name: min(contrast(colours[name], ground) for ground in grounds) for name in ("zacht", "accent", "waarschuwing")
    }
    assert {name: ratio for name, ratio in softer.items() if ratio < 4.5} == {}, scheme
