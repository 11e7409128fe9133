"""One mapping of a YAML file with its place, so that every value taken from it is checked."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

from nsoc_lib.characters import find_steering
from nsoc_lib.errors import NsocError, enumerate_nl

_KINDS = {str: "tekst", int: "een geheel getal", bool: "true of false", list: "een lijst", dict: "een blok"}


class Entry:
    """A mapping from a YAML file. Take each key once; what is left over is refused.

    ``where`` is the file and the path of keys to this mapping, as messages show it. Every method that
    takes a key raises NsocError when it is absent without a default, or holds another kind of value.
    """

    def __init__(self, values: object, where: str) -> None:
        if not isinstance(values, dict):
            raise NsocError(
                where,
                found=_describe(values),
                expected="een blok met sleutels (sleutel: waarde)",
                remedy="Controleer het inspringen en de dubbele punten op deze plaats.",
            )
        _refuse_steering(values, where)
        self._values: dict[str, Any] = {str(key): value for key, value in values.items()}
        self._taken: set[str] = set()
        self.where = where

    @property
    def values(self) -> dict[str, Any]:
        """Everything in the mapping, unchecked, for a rule about the file as a whole."""
        return self._values

    def names(self) -> list[str]:
        return list(self._values)

    def at(self, key: str) -> str:
        return f"{self.where}, sleutel {key}"

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text that says something: an empty one is refused unless it is the default."""
        value = str(self._take(key, str, default))
        if not value.strip() and value != default:
            raise NsocError(
                self.at(key),
                found="een lege tekst",
                expected="tekst",
                remedy="Vul de waarde in, of verwijder de sleutel.",
            )
        return value

    def whole(self, key: str, default: int | None = None) -> int:
        return int(self._take(key, int, default))

    def whole_or(self, key: str, word: str) -> int | None:
        """Return a whole number, or None where ``word`` stands because the number is not known."""
        return None if self.holds(key, word) else self.whole(key)

    def code(self, key: str) -> str:
        """Return the code of an answer as the export has it: a whole number, or a text such as "A1"."""
        return self.text(key) if isinstance(self._values.get(key), str) else str(self.whole(key))

    def flag(self, key: str, default: bool | None = None) -> bool:  # noqa: FBT001 (a YAML default, always passed by name)
        return bool(self._take(key, bool, default))

    def choice(self, key: str, options: Iterable[str], default: str | None = None) -> str:
        value = self.text(key, default)
        if value not in options:
            raise NsocError(
                self.at(key),
                found=f'"{value}"',
                expected=f"een van: {enumerate_nl(list(options))}",
                remedy="Kies een van deze waarden.",
            )
        return value

    def texts(self, key: str, default: list[str] | None = None) -> list[str]:
        values = self._take(key, list, default)
        for value in values:
            if not isinstance(value, str):
                raise NsocError(
                    self.at(key),
                    found=_describe(value),
                    expected="een lijst van teksten",
                    remedy="Zet de waarde tussen aanhalingstekens.",
                )
        return list(values)

    def entry(self, key: str) -> Entry:
        return Entry(self._take(key, dict, None), self.at(key))

    def entries(self, key: str, default: list[Any] | None = None) -> list[Entry]:
        return [
            Entry(value, f"{self.at(key)}, nummer {number}")
            for number, value in enumerate(self._take(key, list, default), start=1)
        ]

    def scalars(self) -> dict[str, str | int]:
        """Return every key with its text or whole number (parameters of a notebook)."""
        return {key: self.text(key) if isinstance(self._values[key], str) else self.whole(key) for key in self._values}

    def has(self, key: str) -> bool:
        return key in self._values

    def holds(self, key: str, word: str) -> bool:
        """Whether ``word`` stands where another kind of value could stand; the key then counts as taken."""
        if self._values.get(key) != word:
            return False
        self._taken.add(key)
        return True

    def refuse_unknown(self) -> None:
        """Refuse keys that nobody took: a misspelt key would otherwise be ignored in silence."""
        unknown = [key for key in self._values if key not in self._taken]
        if unknown:
            near = difflib.get_close_matches(unknown[0], self._taken, n=1)
            raise NsocError(
                self.at(unknown[0]),
                found=f'de onbekende sleutel "{unknown[0]}"',
                expected=f"een van: {enumerate_nl(sorted(self._taken), most=12)}",
                remedy=f'Bedoeld is misschien "{near[0]}".' if near else "Verwijder of verbeter de sleutel.",
            )

    def _take(self, key: str, kind: type, default: Any) -> Any:
        self._taken.add(key)
        if key not in self._values:
            if default is not None:
                return default
            raise NsocError(
                self.where,
                found=f'geen sleutel "{key}"',
                expected=f'de sleutel "{key}" met {_KINDS[kind]}',
                remedy=f"Voeg {key}: … toe.",
            )
        value = self._values[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise NsocError(
                self.at(key),
                found=_describe(value),
                expected=_KINDS[kind],
                remedy='Zet tekst die op een getal of datum lijkt tussen aanhalingstekens: "…".'
                if kind is str
                else "Verbeter de waarde.",
            )
        return value


def _refuse_steering(values: dict[Any, Any], where: str) -> None:
    """Refuse a key or text with a character that steers a terminal or the direction of a text."""
    for key, value in values.items():
        for text in (key, *(value if isinstance(value, list) else [value])):
            code = find_steering(text) if isinstance(text, str) else ""
            if code:
                raise NsocError(
                    f"{where}, sleutel {key}",
                    found=f"een onzichtbaar stuurteken ({code})",
                    expected="tekst die er staat zoals u haar leest",
                    remedy="Typ de tekst opnieuw in plaats van haar te plakken.",
                )


def _describe(value: object) -> str:
    if value is None:
        return "niets"
    return f"{str(value)[:60]!r}" if not isinstance(value, dict | list) else _KINDS[type(value)]
