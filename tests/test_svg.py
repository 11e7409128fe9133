"""A drawing that a strict page accepts: no styles, unique ids, accountable digits."""

from nsoc_lib.prose import indicate
from nsoc_lib.result import Result
from nsoc_lib.svg import clean_svg, label_id

SHARE = Result("meting-1.steun.eens", "Steun", 75.0, "pct", "waargenomen", "proef@abc", count=3, n=4)


def drawing(inner: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd">\n'
        '<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="120pt" height="60pt" viewBox="0 0 120.4 60" '
        f'xmlns="http://www.w3.org/2000/svg" version="1.1">{inner}</svg>\n'
    )


def test_only_the_svg_element_remains():
    """Declaration, doctype, metadata, style sheet and comments are left out."""
    svg = clean_svg(drawing("<metadata><a/></metadata><style>*{}</style><!-- 75% --> <g/>"), "f", [])
    assert svg == (
        '<svg xmlns="http://www.w3.org/2000/svg" width="120" viewBox="0 0 120.4 60" stroke-linejoin="round" '
        'stroke-linecap="butt" aria-hidden="true"><g/></svg>'
    )


def test_a_style_becomes_presentation_attributes():
    """Each declaration is an attribute, so that the page needs no hole in its security policy."""
    svg = clean_svg(drawing('<path style="fill: #ffffff; stroke: none"/>'), "f", [])
    assert '<path fill="#ffffff" stroke="none"/>' in svg


def test_the_font_shorthand_is_split():
    """SVG has no attribute for the shorthand; size, family and weight have."""
    svg = clean_svg(drawing("<text style=\"font: 700 9px 'DejaVu Sans'\">a</text>"), "f", [])
    assert 'font-size="9px"' in svg
    assert 'font-weight="bold"' in svg
    assert "style=" not in svg


def test_ids_and_what_points_at_them_get_the_same_prefix():
    """Two drawings on one page keep apart, and clip paths and uses still find their target."""
    svg = clean_svg(drawing('<path id="m1"/><use xlink:href="#m1"/><g clip-path="url(#m1)"/>'), "daadkracht", [])
    assert '<path id="daadkracht-m1"/><use href="#daadkracht-m1"/><g clip-path="url(#daadkracht-m1)"/>' in svg


def test_a_drawn_result_is_tied_to_its_row_in_the_ledger():
    """The group around a drawn number has the id and the raw value of the result, unchanged."""
    svg = clean_svg(drawing(f'<g id="{label_id(0)}"><text>75%</text></g>'), "f", [SHARE])
    assert '<g class="cijfer" data-id="meting-1.steun.eens" data-value="75"><text>75%</text></g>' in svg


def test_a_drawn_indication_is_marked_as_one():
    """A digit that counts nothing is wrapped as an indication."""
    svg = clean_svg(drawing(f'<g id="{label_id(0)}"><text>2024</text></g>'), "f", [indicate("2024")])
    assert '<g class="aanduiding"><text>2024</text></g>' in svg


def test_the_eleventh_label_is_not_mistaken_for_the_second():
    """Labels are found by their whole id."""
    groups = "".join(f'<g id="{label_id(number)}"><text>{number}</text></g>' for number in range(11))
    svg = clean_svg(drawing(groups), "f", [indicate(str(number)) for number in range(10)] + [SHARE])
    assert svg.count('<g class="aanduiding">') == 10
    assert 'data-value="75"><text>10</text></g></svg>' in svg
