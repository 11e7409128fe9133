"""A survey export in one shape, whatever program it came from: columns, responses, and what was assumed.

Every reader returns an Export, so that cleaning knows one shape only. A reader decides nothing
about meaning: it keeps cells as text and says what it renamed, left out or took for granted.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

RESPONSE_ID = "_recordId"
FINISHED, PROGRESS, STATUS = "finished", "progress", "status"
TAKING_PART = (FINISHED, PROGRESS, STATUS)  # without these nobody can tell who took part and how far
# Names of the columns that the program itself fills; readers give theirs these names.
SYSTEM_COLUMNS = (
    "startDate", "endDate", STATUS, "ipAddress", PROGRESS, "duration", FINISHED, "recordedDate", RESPONSE_ID,
    "recipientLastName", "recipientFirstName", "recipientEmail", "externalDataReference", "locationLatitude",
    "locationLongitude", "distributionChannel", "userLanguage",
)  # fmt: skip
PERSONAL_COLUMNS = (
    "ipAddress", "recipientLastName", "recipientFirstName", "recipientEmail", "externalDataReference",
    "locationLatitude", "locationLongitude",
)  # fmt: skip
AANGENOMEN, HERNOEMD, WEGGELATEN = "aangenomen", "hernoemd", "weggelaten"
OVERGESLAGEN = "overgeslagen"  # the kind of missing of what somebody saw and left blank
VRAAG = "vraag"  # something the file leaves open and no reader may decide
CHOSEN = "1"  # what stands in the column of an option of several that was chosen
NIET_GEKOZEN = "niet gekozen"  # kind of missing of an option that was shown and not chosen


@dataclass(frozen=True)
class Note:
    """One thing a reader did that a researcher must be able to check. ``aantal`` counts rows, columns or cells."""

    soort: str
    wat: str
    waarom: str
    aantal: int


@dataclass(frozen=True)
class Column:
    """One column of an export: the tag a researcher sees, the question text, the stable name.

    ``labels`` maps a code in the cells to its label, where the file itself says so; ``ontbreekt``
    maps a code that the file declares missing to the kind of missing. Both are empty where the
    file is silent. ``meetniveau`` is nominal, ordinal or scale, empty where the file does not say.
    """

    tag: str
    text: str
    import_id: str
    labels: Mapping[str, str] = field(default_factory=dict)
    ontbreekt: Mapping[str, str] = field(default_factory=dict)
    meetniveau: str = ""


@dataclass(frozen=True)
class Response:
    """One respondent's row. ``rij`` is the row in the file as a spreadsheet shows it.

    ``cells`` hold text by the stable name of the column; an empty text is an empty cell, and so is
    a code that the file declares missing: its kind then stands in ``ontbreekt``.
    """

    rij: int
    cells: dict[str, str]
    ontbreekt: Mapping[str, str] = field(default_factory=dict)

    @property
    def response_id(self) -> str:
        return self.cells[RESPONSE_ID]


@dataclass(frozen=True)
class Export:
    """A survey export as it came: columns in file order, cells as text by their stable name.

    ``programma`` names program and layout; ``rijen_gelezen`` counts the rows of respondents in
    the file, also those left out.
    """

    where: str
    columns: tuple[Column, ...]
    responses: tuple[Response, ...]
    programma: str = ""
    notities: tuple[Note, ...] = ()
    rijen_gelezen: int = 0

    @property
    def import_ids(self) -> list[str]:
        return [column.import_id for column in self.columns]


def write_number(value: float) -> str:
    """Return a number as the text of a cell: a whole one without point.

    >>> write_number(3.0), write_number(0.1)
    ('3', '0.1')
    """
    return str(int(value)) if math.isfinite(value) and value == int(value) and abs(value) < 2**63 else repr(value)


def write_duration(seconds: float) -> str:
    """Return a duration of nought or more as the text of a cell.

    >>> write_duration(3725)
    '1:02:05'
    """
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}"
