"""Make matplotlib's SVG fit for a strict page: no inline styles, unique ids, accountable digits."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from nsoc_lib.prose import Indication
from nsoc_lib.result import Result, plain

FONT = "'DejaVu Sans', Verdana, sans-serif"


def label_id(number: int) -> str:
    """Return the id to give to the drawn text with this number in the list of labels."""
    return f"nsoc-label-{number}"


def clean_svg(text: str, prefix: str, labels: Sequence[Result | Indication]) -> str:
    """Return the svg element: styles as presentation attributes, ids made unique by ``prefix``.

    Inline styles would need a hole in the Content-Security-Policy. Text drawn with
    ``label_id`` is wrapped as a result (``data-id``, ``data-value``) or an indication, so that
    a digit in a figure is accounted for as one in a sentence is.
    """
    svg = text[text.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<style[^>]*>.*?</style>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'style="([^"]*)"', lambda match: _attributes(match[1]), svg)
    for number, label in enumerate(labels):
        svg = svg.replace(f'<g id="{label_id(number)}">', _opening(label), 1)
    svg = re.sub(r'(?<![-\w])id="([^"]+)"', rf'id="{prefix}-\1"', svg)
    svg = re.sub(r'(href="|url\()#', rf"\1#{prefix}-", svg)
    size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    width = f'width="{float(size[1]):.0f}"' if size else ""
    svg = re.sub(
        r'<svg[^>]*?(viewBox="[^"]*")[^>]*>',
        rf'<svg xmlns="http://www.w3.org/2000/svg" {width} \1 stroke-linejoin="round" stroke-linecap="butt" aria-hidden="true">',
        svg,
        count=1,
    )
    svg = svg.replace("xlink:href", "href")
    return re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL).strip()


def _attributes(style: str) -> str:
    declarations = [part.split(":", 1) for part in style.split(";") if ":" in part]
    attributes: dict[str, str] = {}
    for name, value in ((name.strip(), value.strip()) for name, value in declarations):
        if name == "font":
            attributes |= _font(value)
        else:
            attributes[name] = value
    return " ".join(f'{name}="{html.escape(value)}"' for name, value in attributes.items())


def _font(shorthand: str) -> dict[str, str]:
    """Split the CSS shorthand ``font``, which has no presentation attribute."""
    size = re.search(r"([\d.]+)px", shorthand)
    bold = {"font-weight": "bold"} if re.search(r"\b(bold|[6-9]00)\b", shorthand) else {}
    return {"font-size": f"{size[1]}px" if size else "9px", "font-family": FONT} | bold


def _opening(label: Result | Indication) -> str:
    if isinstance(label, Result) and label.suppressed:
        return f'<g class="onderdrukt" data-id="{html.escape(label.id)}">'
    if isinstance(label, Result):
        return f'<g class="cijfer" data-id="{html.escape(label.id)}" data-value="{plain(label.value)}">'
    return '<g class="aanduiding">'
