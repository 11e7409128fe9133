"""The text that a content stream of a PDF shows, visible or not, by line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

Decode = Callable[[bytes], str]
_TOKEN = re.compile(
    rb"(?P<text>\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\))|(?P<hex><[0-9A-Fa-f\s]*>)|(?P<name>/[^\s/<>\[\]()]*)"
    rb"|(?P<number>[-+]?(?:\d+\.?\d*|\.\d+))|(?P<word>[A-Za-z'\"]+\*?)",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r?\n|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r\n": b""}
_WORD_GAP = -180  # in thousandths of the size of the letters: what is moved further than this is a space
_LETTER, _GAP = 0.65, 0.6  # how wide a letter is on average, and from where a gap is a space, in sizes of the letters


def plain_text(raw: bytes) -> str:
    """Return bytes as Western text, what a font without a table of its own shows."""
    return raw.decode("cp1252", "replace")


def read_lines(content: bytes, fonts: Mapping[str, Decode]) -> list[str]:
    """Return the lines of a content stream. A move to another height begins a line, a wide one sideways a word.

    >>> read_lines(rb"BT /F1 10 Tf 0 700 Td (Douane) Tj 90 0 Td (2 van 3) Tj 0 -14 Td [(O) 20 (M)] TJ ET", {})
    ['Douane 2 van 3', 'OM']
    """
    lines = _Lines(fonts)
    for match in _TOKEN.finditer(content):
        if match.lastgroup != "word":
            lines.operands.append((match.lastgroup or "", match[0]))
        else:
            lines.obey(match[0])
            lines.operands = []
    return [line.strip() for line in lines.lines if line.strip()]


class _Lines:
    """The state of a reader of one content stream."""

    def __init__(self, fonts: Mapping[str, Decode]) -> None:
        self.fonts = fonts
        self.decode: Decode = plain_text
        self.operands: list[tuple[str, bytes]] = []
        self.lines, self.size, self.height, self.written = [""], 1.0, 0.0, 0

    def obey(self, operator: bytes) -> None:
        if operator in {b"Tj", b"TJ"}:
            self._show()
        elif operator in {b"Td", b"TD"} and len(self.operands) > 1:
            self._move(self._number(-2), self._number(-1))
        elif operator == b"Tm" and len(self.operands) > 5:
            height = self._number(-1)
            self._move(1e9, height - self.height)
            self.height = height
        elif operator in {b"T*", b"BT", b"'", b'"'}:
            self._move(0, 1e9)
            if operator in {b"'", b'"'}:
                self._show()
        elif operator == b"Tf" and len(self.operands) > 1:
            self.decode = self.fonts.get(self.operands[-2][1].decode("latin-1"), plain_text)
            self.size = abs(self._number(-1)) or 1.0

    def _number(self, place: int) -> float:
        kind, raw = self.operands[place]
        return float(raw) if kind == "number" else 0.0

    def _move(self, across: float, down: float) -> None:
        if abs(down) > 0.5:
            self.lines.append("")
        elif across > self.size * (_LETTER * self.written + _GAP) or across < 0:
            self.lines[-1] += " "
        self.written = 0

    def _show(self) -> None:
        for kind, raw in self.operands:
            if kind == "number" and float(raw) < _WORD_GAP:
                self.lines[-1] += " "
            elif kind in {"text", "hex"}:
                text = self.decode(_unescape(raw[1:-1]) if kind == "text" else _unhex(raw))
                self.lines[-1] += text
                self.written += len(text)


def _unescape(raw: bytes) -> bytes:
    def one(match: re.Match[bytes]) -> bytes:
        code = match[1]
        return bytes([int(code, 8) & 255]) if code[:1].isdigit() else _ESCAPED.get(code, code)

    return _ESCAPE.sub(one, raw) if b"\\" in raw else raw


def _unhex(raw: bytes) -> bytes:
    digits = b"".join(raw[1:-1].split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
