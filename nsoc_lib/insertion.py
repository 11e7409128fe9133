"""Put a part into the text of ``evaluatie.yml`` and leave every other character as it was."""

from __future__ import annotations

import yaml

from nsoc_lib.errors import NsocError

PARTS, APPENDIX = "delen", "bijlage"


def insert_part(text: str, lines: list[str], where: str) -> str:
    """Return the text with ``lines`` as one more part: after the last that is no appendix.

    ``lines`` start at the dash; they get the indent of the parts that are there. Raises NsocError
    when the parts are not a list with a dash per part.
    """
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    parts = next((value for key, value in pairs if key.value == PARTS), None)
    if not isinstance(parts, yaml.SequenceNode) or parts.flow_style or not parts.value:
        raise NsocError(
            f"{where}, sleutel {PARTS}",
            found="delen die niet onder elkaar staan, elk met een streepje",
            expected="een regel met een streepje per deel",
            remedy="Schrijf de delen onder elkaar, en draai opnieuw.",
        )
    before = [part for part in parts.value if not _is_appendix(part)]
    old = text.split("\n")
    place = _last_line(before[-1]) + 1 if before else parts.start_mark.line
    indent = " " * parts.start_mark.column
    end = "\r" if old[0].endswith("\r") else ""
    added = [f"{indent}{line}{end}" if line else end for line in lines]
    if place >= len(old):  # the file ends without a line end
        return "\n".join([*old, *added])
    return "\n".join([*old[:place], *added, *old[place:]])


def _is_appendix(part: yaml.Node) -> bool:
    pairs = part.value if isinstance(part, yaml.MappingNode) else []
    return any(key.value == APPENDIX and str(value.value).casefold() in {"true", "yes", "on"} for key, value in pairs)


def _last_line(node: yaml.Node) -> int:
    """Return the last line that a node has something on; PyYAML counts the white lines behind a block as well."""
    if isinstance(node, yaml.ScalarNode) or getattr(node, "flow_style", False) or not node.value:
        mark = node.end_mark
        return int(mark.line - 1 if mark.column == 0 and mark.line > node.start_mark.line else mark.line)
    last = node.value[-1]
    return _last_line(last[1] if isinstance(last, tuple) else last)
