"""Write SPSS system files byte by byte, as old and new versions of SPSS lay them out, for invented people only.

pyreadstat writes UTF-8 and no multiple-response sets; what researchers have is older. The layout follows the PSPP
developers' description of the system file: header, variables, value labels, extension records, cases.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

SYSMIS = -1.7976931348623157e308
NUMERIC, DATE, DATETIME, TIME = 5, 20, 22, 21  # print formats F, DATE, DATETIME, TIME
CODE_PAGES = {"utf-8": 65001, "windows-1252": 1252, "latin-1": 28591}


@dataclass(frozen=True)
class Variable:
    """One variable. ``breedte`` 0 is a number; ``ontbreekt`` holds up to three codes, ``reeks`` a lowest and highest."""

    naam: str
    label: str = ""
    breedte: int = 0
    labels: dict[float, str] = field(default_factory=dict)
    ontbreekt: tuple[float | str, ...] = ()
    reeks: tuple[float, float] | None = None
    formaat: int = NUMERIC
    decimalen: int = 0


def sav_bytes(
    variables: Sequence[Variable], rows: Sequence[Sequence[float | str | None]], *,
    encoding: str = "utf-8", named: str | None = None, sets: str = "", cases: int | None = None,
) -> bytes:  # fmt: skip
    """Return a system file. ``named`` is the encoding that the file claims, "" for none; ``sets`` its MRSETS text."""
    shorts = [f"V{number}" for number in range(1, len(variables) + 1)]
    slots = [_slots(variable) for variable in variables]
    parts = [_header(sum(slots), len(rows) if cases is None else cases)]
    parts += [_variable(v, short, encoding) for v, short in zip(variables, shorts, strict=True)]
    places = accumulate(slots, initial=1)
    parts += [_labels(v, place, encoding) for v, place in zip(variables, places, strict=False) if v.labels]
    page = CODE_PAGES[encoding]
    parts.append(_extension(3, 4, struct.pack("<8i", 20, 0, 0, -1, 1, 1, 2, page)))
    parts.append(_extension(4, 8, struct.pack("<3d", SYSMIS, 1.7976931348623157e308, -1.7976931348623155e308)))
    if sets:
        parts.append(_extension(7, 1, sets.encode(encoding)))
    names = "\t".join(f"{short}={v.naam}" for v, short in zip(variables, shorts, strict=True))
    parts.append(_extension(13, 1, names.encode(encoding)))
    claimed = encoding if named is None else named
    if claimed:
        parts.append(_extension(20, 1, claimed.encode()))
    parts.append(struct.pack("<2i", 999, 0))
    parts += [_cell(v, cell, encoding) for row in rows for v, cell in zip(variables, row, strict=True)]
    return b"".join(parts)


def _slots(variable: Variable) -> int:
    return max(1, -(-variable.breedte // 8))


def _header(size: int, cases: int) -> bytes:
    product = b"@(#) SPSS DATA FILE".ljust(60)
    return (
        b"$FL2" + product + struct.pack("<5i", 2, size, 0, 0, cases) + struct.pack("<d", 100.0)
        + b"01 Jan 2401:02:03" + b" " * 64 + b"\0" * 3
    )  # fmt: skip


def _variable(variable: Variable, short: str, encoding: str) -> bytes:
    missing: list[float | str] = [*(variable.reeks or ()), *variable.ontbreekt]
    count = -len(missing) if variable.reeks else len(missing)
    width = {NUMERIC: 8, DATE: 11, DATETIME: 20, TIME: 8}[variable.formaat]
    print_format = (1 << 16 | variable.breedte << 8) if variable.breedte else (
        variable.formaat << 16 | width << 8 | variable.decimalen
    )  # fmt: skip
    record = struct.pack(
        "<6i", 2, variable.breedte, int(bool(variable.label)), count, print_format, print_format
    ) + short.encode().ljust(8)
    if variable.label:
        label = variable.label.encode(encoding)
        record += struct.pack("<i", len(label)) + label + b" " * (-len(label) % 4)
    for value in missing:
        record += struct.pack("<d", value) if isinstance(value, (int, float)) else value.encode(encoding).ljust(8)
    dummy = struct.pack("<6i", 2, -1, 0, 0, 0, 0) + b" " * 8
    return record + dummy * (_slots(variable) - 1)


def _labels(variable: Variable, place: int, encoding: str) -> bytes:
    record = struct.pack("<2i", 3, len(variable.labels))
    for value, label in variable.labels.items():
        text = label.encode(encoding)
        key = struct.pack("<d", value) if not isinstance(value, str) else value.encode(encoding).ljust(8)
        record += key + bytes([len(text)]) + text + b" " * (-(len(text) + 1) % 8)
    return record + struct.pack("<3i", 4, 1, place)


def _extension(subtype: int, size: int, data: bytes) -> bytes:
    return struct.pack("<4i", 7, subtype, size, len(data) // size) + data


def _cell(variable: Variable, cell: float | str | None, encoding: str) -> bytes:
    if variable.breedte:
        return str(cell or "").encode(encoding).ljust(_slots(variable) * 8)
    assert not isinstance(cell, str)
    return struct.pack("<d", SYSMIS if cell is None else cell)
