"""When a verdict counts: only with words, a role, an argument and a date of whoever signs it."""

from __future__ import annotations

from nsoc_lib.errors import NsocError
from nsoc_lib.periods import is_day

REMEDY = "Laat een onderzoeker het oordeel tekenen met rol, datum en argument, of laat het weg."


def check_signature(subject: str, oordeel: str, rol: str, datum: str, argument: str) -> None:
    """Raise NsocError unless a verdict on ``subject`` has words, role and argument, and a day as its date.

    >>> check_signature("governance", "stemt overeen", "onderzoeker", "2026-11-22", "Alle bronnen zeggen het.")
    """
    signature = {"oordeel": oordeel, "rol": rol, "datum": datum, "argument": argument}
    for name, value in signature.items():
        if not value.strip():
            raise _refusal(subject, name, "niets", "een waarde")
    if not is_day(datum):
        raise _refusal(subject, "datum", f'"{datum}"', "een datum als 2026-11-22")


def _refusal(subject: str, name: str, found: str, expected: str) -> NsocError:
    return NsocError(f"het oordeel over {subject}, {name}", found=found, expected=expected, remedy=REMEDY)
