"""The receipts of what came in as tables: respondents, columns, answers, and what the reader took for granted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from nsoc_lib.disclosure import WAARGENOMEN
from nsoc_lib.disclosure_profile import DisclosureProfile
from nsoc_lib.errors import enumerate_nl
from nsoc_lib.prose import Shown, fold, indicate, refuse, show_all, tell
from nsoc_lib.receipt import BY_READER, GELDIG, REASONS, TOELICHTING, Item, Receipt, TableReceipt
from nsoc_lib.result import Result
from nsoc_lib.shares import slug
from nsoc_lib.survey import ONTBREEKT, STATUSSEN, name_kind
from nsoc_lib.tables import NOTHING, Cell, Row, Table

# Each kind of question with its name in the report.
SOORTEN = {
    "stelling": "Stellingen", "achtergrond": "Achtergrondvragen", "open": "Open vragen", "een": "Vragen met een antwoord",
    "meer": "Vragen met meer antwoorden", "kies": "Vragen met een keuze uit opties", "rangorde": "Rangordes",
    "lus": "Vragen per gekozen optie", TOELICHTING: "Toelichting bij anders, namelijk",
}  # fmt: skip
WHY = {
    BY_READER: "zie hieronder wat de lezer deed",
    "proefantwoord": "gemaakt in de voorbeeldversie van de vragenlijst",
    "zonder toestemming": "gaf geen akkoord met deelname",
    "dubbel": "stopt de verwerking: een mens kiest welke rij geldt",
}
SOORT_VRAAG = "Soort vraag"
FILLED = (
    "Ingevuld: cellen met iets erin; elke gekozen optie heeft een cel. Leeg: deelnemers bij wie de vraag leeg bleef. "
    "De verwerking stopt als er niet evenveel uit komt als erin ging."
)
BESIDE = "Noemt het bestand een niet gekozen optie ontbrekend naast een gekozen optie, dan telt zij als niet gekozen."


def tabulate_rows(tables: Sequence[TableReceipt]) -> Table:
    """Return per folder how many rows of transcribed tables were read and kept."""
    rows: list[Row] = []
    for meting in dict.fromkeys(table.meting for table in tables):
        own = [table for table in tables if table.meting == meting]

        def count(name: str, label: str, value: int, unit: str, meting: str = meting) -> Result:
            return Result(f"{meting}.ontvangst.tabellen.{name}", f"{label} in {meting}", value, unit, "herleid", meting)

        rows.append((
            indicate(meting),
            count("aantal", "Overgenomen tabellen", len(own), "tabellen"),
            count("gelezen", "Rijen gelezen", sum(table.gelezen for table in own), "rijen"),
            count("bewaard", "Rijen bewaard", sum(table.bewaard for table in own), "rijen"),
        ))  # fmt: skip
    return Table(
        key="tabel-ontvangst-tabellen",
        bijschrift="Overgenomen tabellen: rijen erin en eruit.",
        koppen=("Map", "Tabellen", "Rijen in de bestanden", "Rijen na het schoonmaken"),
        rijen=tuple(rows),
    )


def show_receipts(receipts: Sequence[Receipt], profile: DisclosureProfile) -> Shown:
    """Return the receipt of each questionnaire, or the sentence that none came in.

    Of observed answers no count of people or answers is shown when the profile forbids any of them: in and out add
    up, so that one hidden number would follow from the others.
    """
    if not receipts:
        return tell("In deze mappen staat geen vragenlijst met antwoorden; er valt niets te ontvangen.")
    return show_all(*(_show_receipt(receipt, profile) for receipt in receipts))


def _show_receipt(receipt: Receipt, profile: DisclosureProfile) -> Shown:
    if receipt.herkomst == WAARGENOMEN and _tells_too_much(receipt, profile):
        what = f"Wat er van de vragenlijst {receipt.instrument} in en uit ging"
        why = f"Er zijn aantallen bij die het profiel {profile.naam} verbiedt, en samen tellen ze op."
        return show_all(refuse(what, why), tabulate_columns(receipt).show())
    return show_all(
        tell(
            "De vragenlijst {naam} in de map {map} kwam binnen als export uit {programma}. Van de {rijen} deelnemers in het "
            "bestand zijn er {behouden} behouden.",
            naam=indicate(receipt.instrument),
            map=indicate(receipt.meting),
            programma=indicate(receipt.programma or "een programma dat niet is genoemd"),
            rijen=_count(receipt, "rijen", "Deelnemers in het bestand", receipt.rijen, "personen"),
            behouden=_count(receipt, "behouden", "Deelnemers behouden", receipt.behouden, "personen"),
        ),
        tabulate_people(receipt).show(),
        tabulate_columns(receipt).show(),
        tabulate_kinds(receipt).show(),
        fold("Per vraag", tabulate_items(receipt).show()),
        tabulate_notes(receipt),
    )


def _tells_too_much(receipt: Receipt, profile: DisclosureProfile) -> bool:
    counts = [receipt.rijen, receipt.behouden, *receipt.weggelaten.values()]
    for item in receipt.vragen:
        counts += [item.gevuld, item.leeg, *item.soorten.values(), *item.uit.values(), *item.soorten_uit.values()]
    return any(map(profile.forbids_count, counts))


def _count(receipt: Receipt, name: str, label: str, value: int, unit: str) -> Result:
    base = f"{receipt.meting}.ontvangst.{receipt.instrument}"
    return Result(f"{base}.{name}", label, value, unit, receipt.herkomst, receipt.dataset)


def tabulate_people(receipt: Receipt) -> Table:
    """Return the way from the rows in the file to the respondents kept, with why somebody was left out."""
    left_out: list[Row] = [
        (
            f"Weggelaten: {reason}",
            _count(receipt, f"weggelaten.{slug(reason)}", f"Weggelaten: {reason}", count, "personen"),
            WHY[reason],
        )
        for reason, count in receipt.weggelaten.items()
        if count or reason != BY_READER
    ]
    return Table(
        key=f"tabel-{receipt.meting}-ontvangst-{receipt.instrument}-deelnemers",
        bijschrift="Deelnemers erin en eruit.",
        koppen=("Stap", "Deelnemers", "Waarom"),
        rijen=(
            (
                "In het bestand",
                _count(receipt, "rijen", "Deelnemers in het bestand", receipt.rijen, "personen"),
                NOTHING,
            ),
            *left_out,
            ("Behouden", _count(receipt, "behouden", "Deelnemers behouden", receipt.behouden, "personen"), NOTHING),
        ),
    )


def tabulate_columns(receipt: Receipt) -> Table:
    """Return what became of the columns: used or left out, and why."""
    rows: list[Row] = [
        (
            fate.lot.capitalize(),
            fate.reden if fate.reden in REASONS else indicate(fate.reden),
            _count(receipt, f"kolommen.{n}", f"Kolommen, {fate.lot}: {fate.reden}", len(fate.kolommen), "kolommen"),
            indicate(enumerate_nl(list(fate.kolommen), most=12)),
        )
        for n, fate in enumerate(receipt.kolommen, 1)
    ]
    total = sum(len(fate.kolommen) for fate in receipt.kolommen)
    all_of_them = _count(receipt, "kolommen", "Kolommen gelezen", total, "kolommen")
    return Table(
        key=f"tabel-{receipt.meting}-ontvangst-{receipt.instrument}-kolommen",
        bijschrift="Kolommen die zijn gelezen.",
        koppen=("Lot", "Reden", "Aantal", "Kolommen"),
        rijen=(*rows, ("Gelezen", NOTHING, all_of_them, NOTHING)),
    )


def tabulate_kinds(receipt: Receipt) -> Table:
    """Return the answers in and out, per kind of question."""
    kinds = [kind for kind in SOORTEN if any(item.soort == kind for item in receipt.vragen)]
    groups = [
        (SOORTEN[kind], f"soort.{kind}", [item for item in receipt.vragen if item.soort == kind]) for kind in kinds
    ]
    return _tabulate_answers(receipt, "soorten", "Antwoorden erin en eruit, per soort vraag.", SOORT_VRAAG, groups)


def tabulate_items(receipt: Receipt) -> Table:
    """Return the answers in and out, per question."""
    groups = [
        (f"{item.vraag}{' (toelichting)' if item.soort == TOELICHTING else ''}",
         f"vraag-{item.vraag}{'.toelichting' if item.soort == TOELICHTING else ''}", [item])
        for item in receipt.vragen
    ]  # fmt: skip
    return _tabulate_answers(receipt, "vragen", "Antwoorden erin en eruit, per vraag.", "Vraag", groups)


def _tabulate_answers(
    receipt: Receipt, name: str, caption: str, head: str, groups: Sequence[tuple[str, str, list[Item]]]
) -> Table:
    items = receipt.vragen
    silent = [status for item in items for status in item.uit if status not in {*STATUSSEN, ONTBREEKT}]
    kinds = sorted({kind for item in items for kind in item.soorten_uit})
    declared = any(item.soorten for item in items)
    words = any(item.bewaard is not None for item in items)

    def cells(key: str, label: str, own: list[Item]) -> Row:
        def add(part: str, values: Callable[[Item], int]) -> Result:
            return _count(receipt, f"{key}.{slug(part)}", f"{label}: {part}", sum(map(values, own)), "antwoorden")

        statuses = {status for item in own for status in item.uit}
        row: list[Cell] = [
            label if head == SOORT_VRAAG else indicate(label),
            add("ingevuld", lambda i: i.gevuld),
            add("leeg", lambda i: i.leeg),
        ]
        row += [add("ontbreekt volgens het bestand", lambda i: sum(i.soorten.values()))] if declared else []
        for status in (GELDIG, *STATUSSEN[1:], *dict.fromkeys(silent)):
            shown = status in statuses
            row.append(add(f"eruit {status}", lambda i, s=status: i.uit.get(s, 0)) if shown else NOTHING)  # type: ignore[misc]
        for kind in kinds:
            row.append(add(f"eruit {name_kind(kind)}", lambda i, k=kind: i.soorten_uit.get(k, 0)))  # type: ignore[misc]
        kept = any(item.bewaard is not None for item in own)
        row += [add("woorden bewaard", lambda i: i.bewaard or 0) if kept else NOTHING] if words else []
        return tuple(row)

    heads = [head, "Erin: ingevuld", "Erin: leeg", *(["Erin: ontbreekt volgens het bestand"] if declared else [])]
    heads += [f"Eruit: {status}" for status in (GELDIG, *STATUSSEN[1:], *dict.fromkeys(silent))]
    kinds_heads = [indicate(f"Eruit: {name_kind(kind)}") for kind in kinds]
    return Table(
        key=f"tabel-{receipt.meting}-ontvangst-{receipt.instrument}-{name}",
        bijschrift=caption,
        koppen=(*heads, *kinds_heads, *(["Woorden bewaard"] if words else [])),
        rijen=tuple(cells(key, label, own) for label, key, own in groups),
        noten=(FILLED, *((BESIDE,) if any(item.terzijde for item in items) else ())),
    )


def tabulate_notes(receipt: Receipt) -> Shown:
    """Return what the reader renamed, left out or took for granted, or the sentence that it did nothing of the kind."""
    if not receipt.notities:
        return tell("Bij het lezen is niets hernoemd, weggelaten of aangenomen.")
    return Table(
        key=f"tabel-{receipt.meting}-ontvangst-{receipt.instrument}-notities",
        bijschrift="Wat bij het lezen is hernoemd, weggelaten of aangenomen.",
        koppen=("Soort", "Wat", "Waarom", "Aantal"),
        rijen=tuple(
            (note.soort, indicate(note.wat), indicate(note.waarom),
             _count(receipt, f"notitie-{n}", f"{note.soort}: {note.wat}", note.aantal, "stuks"))
            for n, note in enumerate(receipt.notities, 1)
        ),
    ).show()  # fmt: skip
