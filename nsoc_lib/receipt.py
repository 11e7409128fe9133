"""The receipt of an import (ontvangstbewijs): what came in, what went out, and that the two are equal.

What came in is counted in the export as it was read, what went out in the tidy tables. Every
respondent, column and answer that came in must be in one of the places where it can have gone.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, replace
from typing import Any

import pandas as pd

from nsoc_lib.choice_answers import is_filled, option_columns
from nsoc_lib.choice_cells import split_choices
from nsoc_lib.codebook import Codebook, Stelling
from nsoc_lib.errors import NsocError
from nsoc_lib.privacy import name_column
from nsoc_lib.questions import LUS, TOESTEMMING, Question
from nsoc_lib.sources.export import PERSONAL_COLUMNS, RESPONSE_ID, SYSTEM_COLUMNS, TAKING_PART, Export, Note, Response
from nsoc_lib.survey import ONTBREEKT, SOORT, Cleaned, kind_of_missing

GELDIG, LEEG, TOELICHTING = "geldig", "niet ingevuld", "toelichting"
GEBRUIKT, WEGGELATEN = "gebruikt", "weggelaten"
BY_READER, DOUBLE = "door de lezer van het bestand", "dubbel"
LEFT_OUT = {"proefantwoorden": "proefantwoord", "toestemming": "zonder toestemming"}  # by the finding that counts them
REASONS = (  # ours; another reason is the codebook's
    "techniek van het programma", "persoonsgegevens", "wie meedeed en hoe ver",
    "kenmerk van de deelnemer, als pseudoniem", "antwoord op een vraag van het codeboek",
    "of er woorden staan; de woorden zelf blijven achter", "antwoord in woorden, bewaard",
)  # fmt: skip
TECHNIEK, PERSOONLIJK, MEEDOEN, PSEUDONIEM, VRAAG, ALLEEN_OF, WOORDEN = REASONS
ANSWER = (GEBRUIKT, VRAAG)


@dataclass(frozen=True)
class Fate:
    """Columns that met the same end: used or left out, and why. ``kolommen`` are their tags."""

    lot: str
    reden: str
    kolommen: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """One question, in and out.

    In: cells with text, people (in a loop: chosen options) without, and those with a declared kind
    of missing. Out: rows of the tidy tables by status and by kind of missing. ``bewaard`` counts
    the words that were kept, ``terzijde`` the declared cells beside a choice, which are not chosen.
    """

    vraag: str
    soort: str
    gevuld: int
    leeg: int
    soorten: dict[str, int]
    uit: dict[str, int]
    soorten_uit: dict[str, int]
    bewaard: int | None = None
    terzijde: int = 0


@dataclass(frozen=True)
class Receipt:
    """What became of one export. ``weggelaten`` counts respondents per reason.

    ``meting``, ``herkomst`` and ``dataset`` are known when it is read back.
    """

    instrument: str
    programma: str
    rijen: int
    weggelaten: dict[str, int]
    behouden: int
    kolommen: tuple[Fate, ...]
    vragen: tuple[Item, ...]
    notities: tuple[Note, ...]
    codes: int
    meting: str = ""
    herkomst: str = ""
    dataset: str = ""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, raw: dict[str, Any], **known: str) -> Receipt:
        """Read a receipt back, with the meting, origin and version that are known by then."""
        return cls(**(raw | known | {
            "kolommen": tuple(Fate(**(fate | {"kolommen": tuple(fate["kolommen"])})) for fate in raw["kolommen"]),
            "vragen": tuple(Item(**item) for item in raw["vragen"]),
            "notities": tuple(Note(**note) for note in raw["notities"]),
        }))  # fmt: skip


@dataclass(frozen=True)
class TableReceipt:
    """Rows of a transcribed table, in the file and in the cleaned table."""

    tabel: str
    gelezen: int
    bewaard: int
    meting: str = ""


def build_table_receipt(table: str, read: int, kept: int, where: str) -> TableReceipt:
    """Return the receipt of one table. Raises NsocError when a row was lost or made."""
    refuse_difference(where, "rijen", read, kept)
    return TableReceipt(table, read, kept)


def build_receipt(export: Export, codebook: Codebook, cleaned: Cleaned, coding: pd.DataFrame) -> Receipt:
    """Count what came in and what went out. Raises NsocError when the two differ: then the library is wrong."""
    rows = set(cleaned.respondenten["rij"])
    kept = tuple(response for response in export.responses if response.rij in rows)
    split = split_choices(replace(export, responses=kept), codebook)
    read = export.rijen_gelezen or len(export.responses)
    counted = {finding.onderwerp: finding.aantal for finding in cleaned.bevindingen}
    left_out = {BY_READER: read - len(export.responses)}
    left_out |= {reason: counted.get(subject, 0) for subject, reason in LEFT_OUT.items()}
    receipt = Receipt(
        instrument=codebook.instrument,
        programma=export.programma,
        rijen=read,
        weggelaten=left_out | {DOUBLE: 0},  # a respondent who occurs twice stops the run
        behouden=len(cleaned.respondenten),
        kolommen=_fates(export, codebook),
        vragen=tuple(_items(list(split.responses), codebook, cleaned)),
        notities=split.notities,
        codes=len(coding),
    )
    _check(receipt, export, codebook, cleaned)
    refuse_difference(export.where, "behouden deelnemers", len(split.responses), receipt.behouden)
    return receipt


def refuse_difference(where: str, what: str, came_in: int, went_out: int) -> None:
    """Raise NsocError when what went out is not what came in."""
    if came_in != went_out:
        raise NsocError(
            where,
            found=f"{what}: {came_in} erin en {went_out} eruit",
            expected="evenveel eruit als erin",
            remedy="Dit is een fout in nsoc_lib en niet in uw bestand. Er is niets geschreven; meld het met dit blok.",
        )


# Columns


def _fates(export: Export, codebook: Codebook) -> tuple[Fate, ...]:
    known = _known_fates(codebook)
    fates: dict[tuple[str, str], list[str]] = {}
    for number, column in enumerate(export.columns, 1):
        skipped = (WEGGELATEN, codebook.overslaan[column.tag]) if column.tag in codebook.overslaan else ("", "")
        fates.setdefault(known.get(column.import_id, skipped), []).append(name_column(column, number))
    order = sorted(fates.items(), key=lambda pair: pair[0][0] != GEBRUIKT)
    return tuple(Fate(lot, reason, tuple(tags)) for (lot, reason), tags in order)


def _known_fates(codebook: Codebook) -> dict[str, tuple[str, str]]:
    """Return what becomes of each column that the library knows; what is asked goes before what a program fills."""
    kept = {question.import_id for question in codebook.open_vragen if question.bewaren}
    words = {question.import_id for question in codebook.open_vragen}
    words |= {name for question in codebook.gesloten for name in set(question.kolommen) - {*option_columns(question)}}
    return {
        **dict.fromkeys(SYSTEM_COLUMNS, (WEGGELATEN, TECHNIEK)),
        **dict.fromkeys(PERSONAL_COLUMNS, (WEGGELATEN, PERSOONLIJK)),
        **dict.fromkeys(TAKING_PART, (GEBRUIKT, MEEDOEN)),
        RESPONSE_ID: (GEBRUIKT, PSEUDONIEM),
        **dict.fromkeys([q.import_id for q in codebook.gesloten], ANSWER),  # all chosen options in one column
        **dict.fromkeys(codebook.kolommen, ANSWER),
        **dict.fromkeys(words, (GEBRUIKT, ALLEEN_OF)),
        **dict.fromkeys(kept, (GEBRUIKT, WOORDEN)),
    }


# Questions


def _items(responses: list[Response], codebook: Codebook, cleaned: Cleaned) -> list[Item]:
    items = []
    for stelling in codebook.stellingen:
        rows = cleaned.antwoorden.loc[cleaned.antwoorden["stelling"] == stelling.id]
        items.append(Item(stelling.id, "stelling", *_count_in(responses, [stelling.import_id])[:3], *_count_out(rows)))
    for background in codebook.achtergrond:
        known = cleaned.respondenten[background.id].notna()
        kinds = cleaned.respondenten.get(f"{background.id}-{ONTBREEKT}", pd.Series(dtype=str)).dropna()
        out = {GELDIG: int(known.sum()), LEEG: int((~known).sum()) - len(kinds), ONTBREEKT: len(kinds)}
        came_in = _count_in(responses, [background.import_id])[:3]
        items.append(Item(background.id, "achtergrond", *came_in, out, dict(Counter(kinds))))
    for question in codebook.open_vragen:
        rows = cleaned.open_antwoorden.loc[cleaned.open_antwoorden["vraag"] == question.id]
        came_in = _count_in(responses, [question.import_id])[:3]
        items.append(Item(question.id, "open", *came_in, *_count_out(rows), int(rows["tekst"].notna().sum())))
    for closed in codebook.gesloten:
        if closed.soort != TOESTEMMING:
            items += _closed(closed, responses, codebook, cleaned)
    return items


def _closed(question: Question, responses: list[Response], codebook: Codebook, cleaned: Cleaned) -> list[Item]:
    """Return the question itself, and what people wrote at "anders, namelijk"."""
    rows = cleaned.keuzes.loc[cleaned.keuzes["vraag"] == question.id]
    columns = option_columns(question)
    if question.soort == LUS:
        came_in = _count_loop(responses, question, codebook.select_vraag(question.van))
    else:
        came_in = _count_in(responses, columns, question)
    items = [Item(question.id, question.soort, *came_in[:3], *_count_out(rows), terzijde=came_in[3])]
    texts = [name for name in question.kolommen if name not in columns]
    if texts:
        filled = sum(bool(response.cells[name]) for response in responses for name in texts)
        empty = len(responses) * len(texts) - filled
        items.append(Item(question.id, TOELICHTING, filled, empty, {}, {}, {}, bewaard=0))
    return items


def _count_in(
    responses: list[Response], columns: list[str], question: Question | None = None
) -> tuple[int, int, dict[str, int], int]:
    """Count filled cells, people without any, kinds of missing of people without any, and kinds beside a choice."""
    filled, empty, beside = 0, 0, 0
    kinds: Counter[str] = Counter()
    for response in responses:
        cells = sum(
            is_filled(question, response.cells[name]) if question else bool(response.cells[name]) for name in columns
        )
        filled += cells
        if cells:
            beside += sum(kind_of_missing(response, name) is not None for name in columns)
        elif kind := kind_of_missing(response, *columns):
            kinds[kind] += 1
        else:
            empty += 1
    return filled, empty, dict(kinds), beside


def _count_loop(
    responses: list[Response], question: Question, source: Question
) -> tuple[int, int, dict[str, int], int]:
    """Count as ``_count_in`` does, for each option that somebody chose before; who chose none counts once."""
    counts = [0, 0, 0]
    kinds: Counter[str] = Counter()
    for response in responses:
        chosen = [option for option in source.opties if is_filled(source, response.cells[source.column_of(option)[0]])]
        columns = [[question.column_of(option)[0]] for option in chosen] or [option_columns(question)]
        for names in columns:
            filled, empty, found, beside = _count_in([response], names)
            counts = [counts[0] + filled, counts[1] + empty, counts[2] + beside]
            kinds.update(found)
    return counts[0], counts[1], dict(kinds), counts[2]


def _count_out(rows: pd.DataFrame) -> tuple[dict[str, int], dict[str, int]]:
    statuses = {str(status): int(count) for status, count in rows["status"].value_counts().items()}
    kinds = {str(kind): int(count) for kind, count in rows[SOORT].value_counts().items()} if SOORT in rows else {}
    return statuses, dict(sorted(kinds.items()))


# What came in is what went out


def _check(receipt: Receipt, export: Export, codebook: Codebook, cleaned: Cleaned) -> None:
    people = receipt.behouden + sum(receipt.weggelaten.values())
    negative = min(receipt.weggelaten.values()) < 0  # more people than rows
    refuse_difference(export.where, "deelnemers", receipt.rijen, -1 if negative else people)
    placed = sum(len(fate.kolommen) for fate in receipt.kolommen if fate.lot)
    refuse_difference(export.where, "kolommen", len(export.columns), placed)
    statements = {stelling.id: stelling for stelling in codebook.stellingen}
    for item in receipt.vragen:
        if item.soort != TOELICHTING:
            _check_item(item, statements.get(item.vraag), codebook, export.where)
    coded = int(cleaned.open_antwoorden["code"].notna().sum())
    if len(cleaned.keuzes):
        with_code = cleaned.keuzes.loc[cleaned.keuzes["code"].notna()]
        coded += len(with_code[["respondent", "vraag"]].drop_duplicates())
    refuse_difference(export.where, "codes van onderzoekers", receipt.codes, coded)


def _check_item(item: Item, stelling: Stelling | None, codebook: Codebook, where: str) -> None:
    spoken = item.uit.get(GELDIG, 0) + item.uit.get(ONTBREEKT, 0)
    name = f"{item.soort} {item.vraag}"
    refuse_difference(
        where, f"{name}, antwoorden en soorten ontbreken", item.gevuld + sum(item.soorten.values()), spoken
    )
    refuse_difference(where, f"{name}, zonder antwoord", item.leeg, sum(item.uit.values()) - spoken)
    refuse_difference(where, f"{name}, met soort", item.uit.get(ONTBREEKT, 0), sum(item.soorten_uit.values()))
    scale = codebook.scale_of(stelling) if stelling else None
    for kind, count in item.soorten.items():
        if scale and kind in scale.weet_niet:
            continue  # an answer of the scale, by whatever name the file calls it
        kept = item.soorten_uit.get(kind, 0)
        if scale and kind in scale.ontbreekt:
            kept = min(kept, count)  # cells with this label came in as text
        refuse_difference(where, f'{name}, soort "{kind}"', count, kept)
