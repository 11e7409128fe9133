"""The columns of an export against those of the codebook: missing, unknown, or not to be read at all."""

from __future__ import annotations

from nsoc_lib.codebook import Codebook
from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.questions import WORDS
from nsoc_lib.sources.export import OVERGESLAGEN, PERSONAL_COLUMNS, SYSTEM_COLUMNS, TAKING_PART, Export


def checked_columns(codebook: Codebook) -> frozenset[str]:
    """Return the columns in which only answers of the codebook may stand, not words of people's own."""
    texts = {name for question in codebook.gesloten for name in question.kolommen if name.endswith(WORDS)}
    words = texts | {question.import_id for question in codebook.open_vragen}
    asked = {*codebook.kolommen, *(question.import_id for question in codebook.gesloten)}
    return frozenset(asked - words)


def check_columns(export: Export, codebook: Codebook) -> None:
    """Raise NsocError for a column that is missing, unknown, or holds personal data that the codebook asks for."""
    present = set(export.import_ids)
    asked = codebook.kolommen
    missing = [tag for import_id, tag in asked.items() if import_id not in present]
    if len(missing) == len(asked):
        raise NsocError(
            export.where,
            found="geen enkele vraag uit het codeboek",
            expected=f"de kolommen {enumerate_nl(list(asked.values()))}",
            remedy="Dit lijkt de export van een andere vragenlijst. Zet de goede export neer, of pas codeboek.yml aan.",
        )
    if missing:
        raise NsocError(
            f"{export.where}, kolom {missing[0]}",
            found=f"geen kolom voor {enumerate_nl(missing)}",
            expected="een kolom voor elke vraag van het codeboek",
            remedy="Exporteer opnieuw met alle vragen, of haal de vraag uit codeboek.yml.",
        )
    for name in TAKING_PART:
        if name not in present:
            raise NsocError(
                f"{export.where}, rij 3",
                found=f"geen kolom met ImportId {name}",
                expected="de systeemkolommen Status, Progress en Finished",
                remedy="Exporteer opnieuw met alle systeemkolommen.",
            )
    personal = [import_id for import_id in asked if import_id in PERSONAL_COLUMNS]
    if personal:
        raise NsocError(
            f"het codeboek, kolom {asked[personal[0]]}",
            found=f"de kolom met persoonsgegevens {personal[0]}",
            expected="alleen vragen aan de deelnemer",
            remedy="Haal deze kolom uit het codeboek; persoonsgegevens worden nooit verwerkt.",
        )
    for column in export.columns:
        known = column.import_id in asked or column.import_id in SYSTEM_COLUMNS or column.tag in codebook.overslaan
        if not known:
            raise NsocError(
                f"{export.where}, kolom {column.tag}",
                found=f'een vraag die het codeboek niet kent (ImportId {column.import_id}, "{column.text[:60]}")',
                expected="alleen kolommen die in codeboek.yml staan",
                remedy="Voeg de vraag toe aan codeboek.yml, of zet de kolom onder overslaan met een reden.",
            )


def refuse_missing_that_is_an_answer(export: Export, codebook: Codebook) -> None:
    """Refuse a code that the reader took for "seen and left blank" where the codebook has an answer with that code."""
    answers = {stelling.import_id: set(codebook.scale_of(stelling).antwoorden) for stelling in codebook.stellingen}
    for question in codebook.gesloten:
        options = question.antwoorden or question.opties
        answers |= {key: {option.in_cel for option in options} for key in question.kolommen}
    for column in export.columns:
        skipped = {code for code, kind in column.ontbreekt.items() if kind == OVERGESLAGEN}
        for code in sorted(skipped & answers.get(column.import_id, set())):
            raise NsocError(
                f"{export.where}, kolom {column.tag}",
                found=f"de code {code}, die in een export ook gezien en niet beantwoord betekent",
                expected="een code met een betekenis",
                remedy="Exporteer de antwoorden als tekst, of zonder de code voor gezien en niet beantwoord.",
            )
