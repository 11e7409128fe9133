"""The receipt of an import: what came in is what went out, counted on two sides."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from fictitious_enquete import CODING, export_rows, load_own_codebook, people
from hypothesis import given, settings
from hypothesis import strategies as st
from test_cleaning import SYSTEM, WHERE, codebook, coding, export, person, raw_codebook

from nsoc_lib.cleaning import clean_survey
from nsoc_lib.codebook import Codebook
from nsoc_lib.entries import Entry
from nsoc_lib.errors import NsocError
from nsoc_lib.paths import REPOSITORY
from nsoc_lib.receipt import Fate, Item, Receipt, build_receipt, build_table_receipt
from nsoc_lib.sources.export import WEGGELATEN, Column, Export, Note, Response
from nsoc_lib.survey import Cleaned

ENQUETE: Path = REPOSITORY / "data" / "raw" / "versterking-2021"
BOOK = load_own_codebook(ENQUETE)
NO_CODES = coding()


def receive(whole: Export, book: Codebook, codes: pd.DataFrame = NO_CODES) -> Receipt:
    """Return the receipt of an export that is cleaned first."""
    return build_receipt(whole, book, clean_survey(whole, book, codes, "codering.csv"), codes)


def some(counts: dict[str, int]) -> dict[str, int]:
    """Return the counts of what occurs."""
    return {name: count for name, count in counts.items() if count}


def item(receipt: Receipt, vraag: str, soort: str = "") -> Item:
    """Return one question of a receipt."""
    return next(one for one in receipt.vragen if one.vraag == vraag and soort in {"", one.soort})


def test_every_row_of_the_file_is_kept_or_left_out_with_a_reason():
    """Five rows in the file: one the reader left out, one test response, three people."""
    whole = export(person(4), person(5, status="Survey Preview"), person(6), person(7))
    receipt = receive(replace(whole, rijen_gelezen=5, programma="LimeSurvey, codes"), codebook())
    assert (receipt.programma, receipt.rijen, receipt.behouden) == ("LimeSurvey, codes", 5, 3)
    assert receipt.weggelaten == {
        "door de lezer van het bestand": 1,
        "proefantwoord": 1,
        "zonder toestemming": 0,
        "dubbel": 0,
    }


def test_every_column_is_used_or_left_out_with_a_reason():
    """Eleven columns: what is asked and who took part is used, personal data and what is skipped is not."""
    whole = export(person(4, QID5="Lekker"))
    whole = replace(whole, columns=(*whole.columns, Column("Q5", "Hoe was de lunch?", "QID5")))
    raw = raw_codebook(overslaan=[{"kolom": "Q5", "reden": "De lunch telt niet mee."}])
    assert receive(whole, codebook(raw)).kolommen == (
        Fate("gebruikt", "kenmerk van de deelnemer, als pseudoniem", ("ResponseId",)),
        Fate("gebruikt", "wie meedeed en hoe ver", ("Status", "Finished", "Progress")),
        Fate("gebruikt", "antwoord op een vraag van het codeboek", ("Q1", "Q2", "G")),
        Fate("gebruikt", "of er woorden staan; de woorden zelf blijven achter", ("Q3",)),
        Fate("weggelaten", "persoonsgegevens", ("RecipientEmail", "IPAddress")),
        Fate("weggelaten", "De lunch telt niet mee.", ("Q5",)),
    )


def test_a_head_that_is_itself_personal_stands_in_no_receipt():
    """An address typed above a column that is skipped is named by its place in the file."""
    address = "piet@voorbeeld.nl"
    whole = export(person(4, QID5=""))
    whole = replace(whole, columns=(*whole.columns, Column(address, "?", "QID5")))
    raw = raw_codebook(overslaan=[{"kolom": address, "reden": "Niet nodig."}])
    receipt = receive(whole, codebook(raw))
    assert receipt.kolommen[-1] == Fate("weggelaten", "Niet nodig.", ("nummer 11",))
    assert address not in json.dumps(receipt.to_json())


def test_answers_are_counted_in_the_file_and_after_cleaning():
    """Of four people one skipped the second statement, one stopped before it, and one refused."""
    refused = replace(person(7, "Eens", ""), ontbreekt={"QID2": "weigert"})
    whole = export(person(4), person(5, "Eens", ""), person(6, "Eens", "", finished="False", progress="50"), refused)
    tijd = item(receive(whole, codebook()), "tijd")
    assert (tijd.gevuld, tijd.leeg, tijd.soorten) == (1, 2, {"weigert": 1})
    assert tijd.uit == {"geldig": 1, "overgeslagen": 1, "niet bereikt": 1, "ontbreekt": 1}
    assert tijd.soorten_uit == {"weigert": 1}


def test_a_label_that_only_the_codebook_calls_missing_comes_in_as_text():
    """The file has the text "Weigert"; the codebook says that it is no answer."""
    raw = raw_codebook()
    raw["schalen"]["eens"] |= {"ontbreekt": ["Weigert"]}
    raw["schalen"]["eens"]["antwoorden"].append({"code": 9, "label": "Weigert"})
    doel = item(receive(export(person(4, "Weigert"), person(5, "9"), person(6)), codebook(raw)), "doel")
    assert (doel.gevuld, doel.soorten) == (3, {})
    assert (some(doel.uit), doel.soorten_uit) == ({"ontbreekt": 2, "geldig": 1}, {"Weigert": 2})


def test_words_are_counted_and_so_are_those_that_were_kept():
    """Two of three wrote something; one text is an address and is not kept."""
    raw = raw_codebook()
    raw["open_vragen"][0]["bewaren"] = True
    whole = export(person(4, QID3="Meer geld"), person(5, QID3="Mail naar piet@voorbeeld.nl"), person(6))
    overig = item(receive(whole, codebook(raw)), "overig")
    assert (overig.gevuld, overig.leeg, overig.uit, overig.bewaard) == (2, 1, {"geldig": 2, "niet ingevuld": 1}, 1)


def test_a_background_question_keeps_its_kinds_of_missing():
    """One of three did not say to which group they belong, one left it blank."""
    whole = export(person(4), person(5, QID4=""), replace(person(6, QID4=""), ontbreekt={"QID4": "n.v.t."}))
    groep = item(receive(whole, codebook()), "groep")
    assert (groep.uit, groep.soorten_uit) == ({"geldig": 1, "niet ingevuld": 1, "ontbreekt": 1}, {"n.v.t.": 1})


def test_questions_with_options_count_cells_in_and_rows_out():
    """The fictitious survey of twelve people, counted by hand from its description."""
    tags, texts, ids, *rows = export_rows(BOOK, people())
    keys = [i.split('"')[3] for i in ids]
    columns = tuple(Column(*three) for three in zip(tags, texts, keys, strict=True))
    answers = tuple(Response(n, dict(zip(keys, row, strict=True))) for n, row in enumerate(rows, 4))
    codes = pd.DataFrame(CODING, columns=["respons", "vraag", "code", "codeur"]).assign(rij=range(len(CODING)))
    receipt = receive(Export(WHERE, columns, answers), BOOK, codes)
    assert (receipt.rijen, receipt.behouden, receipt.codes) == (14, 12, 16)
    assert (receipt.weggelaten["proefantwoord"], receipt.weggelaten["zonder toestemming"]) == (1, 1)
    factoren = item(receipt, "factoren")  # ten people chose three, one chose two, one none
    assert (factoren.gevuld, factoren.leeg, some(factoren.uit)) == (32, 1, {"geldig": 32, "overgeslagen": 1})
    duur = item(receipt, "duur-functie")  # six of one function, four of two, one of one of two, one of none
    assert (duur.gevuld, duur.leeg) == (15, 2)
    assert some(duur.uit) == {"geldig": 15, "overgeslagen": 1, "niet bereikt": 1}
    functie = item(receipt, "functie", "toelichting")
    assert (functie.gevuld, functie.bewaard) == (5, 0)


def test_a_kind_beside_a_choice_is_set_aside_and_counted():
    """Who chose one option and has a declared code at the others chose one; who chose none is missing with that kind."""
    opties = [{"id": name, "code": n, "label": name} for n, name in enumerate(("appel", "peer", "pruim"), 1)]
    fruit = {
        "id": "fruit",
        "soort": "meer",
        "kolom": "F",
        "import_id": "QID8",
        "kort": "F",
        "tekst": "?",
        "opties": opties,
    }
    place = {"id": "blok", "soort": "stellingen", "kort": "S", "tekst": "?"}
    book = codebook(raw_codebook(vragen=[place, fruit], open_vragen=[]))
    names = ["QID8_1", "QID8_2", "QID8_3"]
    chose = replace(person(4, QID8_1="1", QID8_2="", QID8_3=""), ontbreekt=dict.fromkeys(names[1:], "-99"))
    none = replace(person(5, **dict.fromkeys(names, "")), ontbreekt=dict.fromkeys(names, "-99"))
    whole = export(chose, none)
    columns = [column for column in whole.columns if column.import_id != "QID3"]
    whole = replace(whole, columns=(*columns, *(Column(name, "F", name) for name in names)))
    found = item(receive(whole, book), "fruit")
    assert (found.gevuld, found.leeg, found.soorten, found.terzijde) == (1, 0, {"-99": 1}, 2)
    assert (some(found.uit), found.soorten_uit) == ({"geldig": 1, "ontbreekt": 1}, {"-99": 1})


def test_a_blank_that_is_only_known_to_be_seen_has_no_kind():
    """What a file declares "overgeslagen" comes in as a blank and goes out as skipped."""
    whole = export(replace(person(4, "Eens", "", finished="False", progress="50"), ontbreekt={"QID2": "overgeslagen"}))
    tijd = item(receive(whole, codebook()), "tijd")
    assert (tijd.leeg, tijd.soorten, some(tijd.uit)) == (1, {}, {"overgeslagen": 1})


@pytest.mark.parametrize(
    ("names", "first", "second"),
    [(["QID8"], ["1,3"], [""]), (["QID8_1", "QID8_2", "QID8_3"], ["1", "0", "1"], ["0", "0", "0"])],
)
def test_several_choices_are_counted_alike_in_each_layout(names, first, second):
    """All options in one cell, or a column per option with a nought for what was not chosen: two choices and a skip."""
    opties = [{"id": name, "code": n, "label": name} for n, name in enumerate(("appel", "peer", "pruim"), 1)]
    fruit = {
        "id": "fruit",
        "soort": "meer",
        "kolom": "F",
        "import_id": "QID8",
        "kort": "F",
        "tekst": "?",
        "opties": opties,
    }
    book = codebook(
        raw_codebook(vragen=[{"id": "b", "soort": "stellingen", "kort": "S", "tekst": "?"}, fruit], open_vragen=[])
    )
    people_ = [person(rij, **dict(zip(names, cells, strict=True))) for rij, cells in ((4, first), (5, second))]
    whole = export(*people_)
    columns = [column for column in whole.columns if column.import_id != "QID3"]
    receipt = receive(replace(whole, columns=(*columns, *(Column(name, "F", name) for name in names))), book)
    found = item(receipt, "fruit")
    assert (found.gevuld, found.leeg, some(found.uit)) == (2, 1, {"geldig": 2, "overgeslagen": 1})
    assert set(names) <= set(next(fate.kolommen for fate in receipt.kolommen if "antwoord op" in fate.reden))


def test_a_receipt_comes_back_from_its_file_as_it_was_written():
    """What is stored is all there is to a receipt, beside what the folder knows."""
    whole = replace(export(person(4)), notities=(Note(WEGGELATEN, "een kolom", "volgorde van tonen", 2),))
    receipt = receive(whole, codebook())
    stored = json.loads(json.dumps(receipt.to_json()))
    assert Receipt.from_json(stored, meting="meting-9") == replace(receipt, meting="meting-9")


# What may never differ


def lose_statement(cleaned: Cleaned) -> Cleaned:
    return replace(cleaned, antwoorden=cleaned.antwoorden.drop(index=0))


def invent_answer(cleaned: Cleaned) -> Cleaned:
    frame = cleaned.antwoorden.astype({"status": "str"})
    frame.loc[frame["status"] == "overgeslagen", "status"] = "geldig"
    return replace(cleaned, antwoorden=frame)


def rename_kind(cleaned: Cleaned) -> Cleaned:
    return replace(cleaned, antwoorden=cleaned.antwoorden.replace({"soort_ontbreekt": {"weigert": "n.v.t."}}))


def forget_kind(cleaned: Cleaned) -> Cleaned:
    return replace(cleaned, antwoorden=cleaned.antwoorden.drop(columns="soort_ontbreekt"))


def lose_person(cleaned: Cleaned) -> Cleaned:
    return replace(cleaned, respondenten=cleaned.respondenten.drop(index=0))


def lose_group(cleaned: Cleaned) -> Cleaned:
    return replace(cleaned, respondenten=cleaned.respondenten.assign(groep=None))


def lose_words(cleaned: Cleaned) -> Cleaned:
    return replace(cleaned, open_antwoorden=cleaned.open_antwoorden.assign(status="niet ingevuld"))


def lose_code(cleaned: Cleaned) -> Cleaned:
    return replace(cleaned, open_antwoorden=cleaned.open_antwoorden.assign(code=None))


def hide_preview(cleaned: Cleaned) -> Cleaned:
    return replace(cleaned, bevindingen=())


@pytest.mark.parametrize(
    ("tamper", "what"),
    [
        (lose_statement, "stelling doel, antwoorden en soorten ontbreken: 3 erin en 2 eruit"),
        (invent_answer, "stelling tijd, antwoorden en soorten ontbreken: 2 erin en 3 eruit"),
        (rename_kind, 'stelling tijd, soort "weigert": 1 erin en 0 eruit'),
        (forget_kind, "stelling tijd, met soort: 1 erin en 0 eruit"),
        (lose_person, "deelnemers: 4 erin en 3 eruit"),
        (lose_group, "achtergrond groep, antwoorden en soorten ontbreken: 3 erin en 0 eruit"),
        (lose_words, "open overig, antwoorden en soorten ontbreken: 1 erin en 0 eruit"),
        (lose_code, "codes van onderzoekers: 1 erin en 0 eruit"),
        (hide_preview, "deelnemers: 4 erin en 3 eruit"),
    ],
)
def test_anything_that_is_lost_or_made_on_the_way_stops_the_run(tamper, what):
    """A cleaning that loses or invents something is a fault of the library, and says so."""
    refused = replace(person(6, "Eens", ""), ontbreekt={"QID2": "weigert"})
    people_ = person(4, QID3="Meer visie"), person(5, "Eens", ""), refused, person(7, status="Survey Preview")
    codes = coding(("R_4", "overig", "visie"))
    whole, book = export(*people_), codebook()
    cleaned = clean_survey(whole, book, codes, "codering.csv")
    build_receipt(whole, book, cleaned, codes)
    with pytest.raises(NsocError) as error:
        build_receipt(whole, book, tamper(cleaned), codes)
    assert str(error.value) == (
        f"Fout in data/raw/meting-9/export.csv\n  gevonden: {what}\n"
        "  verwacht: evenveel eruit als erin\n"
        "  wat nu:   Dit is een fout in nsoc_lib en niet in uw bestand. Er is niets geschreven; meld het met dit blok."
    )


def test_a_reader_cannot_return_more_people_than_it_read():
    """A count of rows below the number of responses is a fault of the reader."""
    with pytest.raises(NsocError, match="deelnemers: 1 erin"):
        receive(replace(export(person(4), person(5)), rijen_gelezen=1), codebook())


def test_a_column_that_is_neither_used_nor_left_out_stops_the_run():
    """A column that cleaning let pass without a place is not forgotten in silence."""
    whole, book = export(person(4)), codebook()
    cleaned = clean_survey(whole, book, NO_CODES, "codering.csv")
    more = replace(whole, columns=(*whole.columns, Column("Q5", "Lunch?", "QID5")))
    with pytest.raises(NsocError, match="kolommen: 11 erin en 10 eruit"):
        build_receipt(more, book, cleaned, NO_CODES)


def test_a_transcribed_table_keeps_its_rows():
    """As many rows in the cleaned table as in the file, or one block."""
    assert build_table_receipt("feiten", 3, 3, "feiten.csv").bewaard == 3
    with pytest.raises(NsocError, match="rijen: 3 erin en 2 eruit"):
        build_table_receipt("feiten", 3, 2, "feiten.csv")


# Any export


OPTIES = [{"id": name, "code": n, "label": name} for n, name in enumerate(("appel", "peer", "anders"), 1)]
OPTIES[2]["toelichting"] = True
LISTED = [
    {"id": "mee", "soort": "toestemming", "kolom": "T", "import_id": "QID5", "kort": "T", "tekst": "?",
     "opties": [{"id": "ja", "code": 1, "label": "Ja"}]},
    {"id": "blok", "soort": "stellingen", "kort": "S", "tekst": "?"},
    {"id": "keer", "soort": "een", "kolom": "E", "import_id": "QID6", "kort": "E", "tekst": "?", "opties": OPTIES[:2]},
    {"id": "fruit", "soort": "meer", "kolom": "F", "import_id": "QID7", "kort": "F", "tekst": "?", "opties": OPTIES},
    {"id": "duur", "soort": "lus", "kolom": "L", "import_id": "QID8", "kort": "L", "tekst": "?", "van": "fruit",
     "antwoorden": [{"id": "kort", "code": 1, "label": "Kort"}]},
]  # fmt: skip
KINDS = st.sampled_from(
    ["", "", *(f"ontbreekt:{kind}" for kind in ("weigert", "Weet niet", "", "overgeslagen", "niet gekozen"))]
)


def any_book() -> Codebook:
    raw = raw_codebook(vragen=LISTED)
    raw["schalen"]["eens"] |= {"weet_niet": ["Weet niet"], "ontbreekt": ["Weigert"]}
    raw["schalen"]["eens"]["antwoorden"] += [{"code": 8, "label": "Weet niet"}, {"code": 9, "label": "Weigert"}]
    raw["open_vragen"][0]["bewaren"] = True
    return Codebook.build(Entry(raw, "codeboek.yml"))


ANY_BOOK = any_book()
CELLS = {
    **dict.fromkeys(("QID1", "QID2"), st.sampled_from(["Oneens", "2", "8", "Weet niet", "Weigert", "9"]) | KINDS),
    "QID3": st.sampled_from(["Meer geld", "piet@voorbeeld.nl"]) | KINDS,
    "QID4": st.sampled_from(["Noord", "Zuid"]) | KINDS,
    "QID5": st.sampled_from(["Ja", "Ja", "Ja", ""]),
    "QID6": st.sampled_from(["appel", "2"]) | KINDS,
    **dict.fromkeys(("QID7_1", "QID7_2", "QID7_3"), st.sampled_from(["1", "0"]) | KINDS),
    "QID7_3_TEXT": st.sampled_from(["Druif", ""]),
}


@st.composite
def exports(draw: st.DrawFn) -> Export:
    """Draw an export in which at least the last person is kept."""
    responses = []
    for rij in range(4, 4 + draw(st.integers(1, 6))):
        drawn = {name: draw(cells) for name, cells in CELLS.items()}
        loops = [f"{n}_QID8" for n in (1, 2, 3)]
        drawn |= {name: draw(st.just("Kort") | KINDS) if drawn[f"QID7_{name[0]}"] == "1" else
                  draw(KINDS) for name in loops}  # fmt: skip
        drawn |= {"_recordId": f"R_{rij}", "progress": "50", "finished": draw(st.sampled_from(["True", "False"])),
                  "status": draw(st.sampled_from(["IP Address", "IP Address", "Survey Preview"]))}  # fmt: skip
        kinds = {name: cell[10:] for name, cell in drawn.items() if cell.startswith("ontbreekt:")}
        empty = dict.fromkeys([*SYSTEM, *ANY_BOOK.kolommen], "")
        responses.append(Response(rij, empty | drawn | dict.fromkeys(kinds, ""), kinds))
    last = responses[-1]
    responses[-1] = replace(last, cells=last.cells | {"status": "IP Address", "QID5": "Ja"})
    columns = tuple(Column(tag, "Vraag", key) for key, tag in (SYSTEM | ANY_BOOK.kolommen).items())
    return Export(WHERE, columns, tuple(responses), rijen_gelezen=len(responses) + draw(st.integers(0, 2)))


@settings(max_examples=40, deadline=None, derandomize=True)
@given(exports())
def test_of_any_export_everything_that_came_in_went_somewhere(whole):
    """Rows, columns, answers, blanks and kinds of missing: as many out as in, by a count of the test's own."""
    receipt = receive(whole, ANY_BOOK)
    kept = [r for r in whole.responses if r.cells["status"] == "IP Address" and r.cells["QID5"] == "Ja"]
    assert receipt.behouden == len(kept)
    assert receipt.rijen == receipt.behouden + sum(receipt.weggelaten.values()) == whole.rijen_gelezen
    assert sum(len(fate.kolommen) for fate in receipt.kolommen) == len(whole.columns)
    for name, vraag in (("QID1", "doel"), ("QID2", "tijd"), ("QID3", "overig"), ("QID4", "groep"), ("QID6", "keer")):
        one = item(receipt, vraag)
        filled = sum(bool(r.cells[name]) for r in kept)
        declared = [r.ontbreekt[name] for r in kept if name in r.ontbreekt]
        kinds = Counter(kind or "zonder naam" for kind in declared if kind not in {"overgeslagen", "niet gekozen"})
        assert (one.gevuld, one.soorten) == (filled, dict(kinds))
        assert sum(one.uit.values()) == len(kept) == filled + one.leeg + sum(kinds.values())
    chosen = [[n for n in (1, 2, 3) if r.cells[f"QID7_{n}"] == "1"] for r in kept]
    assert item(receipt, "fruit", "meer").uit.get("geldig", 0) == sum(map(len, chosen))
    assert sum(item(receipt, "duur").uit.values()) == sum(max(len(options), 1) for options in chosen)
    loops = sum(bool(r.cells[f"{n}_QID8"]) for r in kept for n in (1, 2, 3))
    assert item(receipt, "duur").uit.get("geldig", 0) == loops
    assert item(receipt, "overig").bewaard == sum(r.cells["QID3"] == "Meer geld" for r in kept)
