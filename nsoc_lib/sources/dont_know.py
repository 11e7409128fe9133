"""Codes that are only called "don't know": no file says whether they are an answer, so somebody must."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

from nsoc_lib.errors import enumerate_nl
from nsoc_lib.sources.export import VRAAG, Column, Note, Response

DONT_KNOW = re.compile(
    r"\b(weet (ik |het )*niet|geen (mening|idee|antwoord)|n\.?\s?v\.?\s?t\b|niet van toepassing|onbekend|geweigerd"
    r"|weiger\w*|wil (ik )?niet zeggen|zeg (ik )?liever niet|do(es)?n['’]?t know|do not know|not applicable|unknown"
    r"|refus\w*|no (opinion|answer|response)|n/a|prefer not)",
    re.IGNORECASE,
)
WHY = "het bestand verklaart deze code niet ontbrekend; hij telt nu als antwoord"


def ask_dont_know(
    columns: Iterable[Column], responses: Iterable[Response], answered: Collection[tuple[str, str]] = ()
) -> tuple[Note, ...]:
    """Return a Note per code in use that a file labels "don't know" without declaring it missing.

    ``answered`` are import id and label where the codebook says what it is. ``aantal`` counts cells.
    """
    asked = {
        (column.import_id, code): (column.tag, label)
        for column in columns
        for code, label in column.labels.items()
        if DONT_KNOW.search(label) and code not in column.ontbreekt and (column.import_id, label) not in answered
    }
    if not asked:
        return ()
    counts: Counter[tuple[str, str]] = Counter()
    where: dict[tuple[str, str], set[str]] = {}
    for response in responses:
        for (import_id, code), (tag, label) in asked.items():
            if response.cells.get(import_id) == code:
                counts[code, label] += 1
                where.setdefault((code, label), set()).add(tag)
    tags = list(dict.fromkeys(tag for tag, _ in asked.values()))
    return tuple(
        Note(
            VRAAG,
            f'is code {code} ("{label}") een antwoord of ontbreekt het? In '
            f"{enumerate_nl([tag for tag in tags if tag in where[code, label]], most=5)}",
            WHY,
            count,
        )
        for (code, label), count in counts.items()
    )
