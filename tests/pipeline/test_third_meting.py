"""A fictitious third meting: a folder and a few lines in evaluatie.yml, no code, whatever the declared design.

Nobody in these files exists. Of 31 invited, 24 people answer twice, 5 only the first time and 6 only the third.
Everybody is neutral about everything, except about the statement ``hoofddoel``:

              | agrees later | does not |
| agreed      | 10           | 5        |
| did not     | 1            | 8        |

Who answered once agreed the first time and did not the third. The exact chance that six who change divide as five
and one, or worse, is 2 · (1 + 6) / 2⁶ = 14/64 = 0,21875 (McNemar 1947, in its binomial form).
"""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest
from conftest import Run, StudyFolder, build_once, new_small_study

BOTH = [(True, True)] * 10 + [(True, False)] * 5 + [(False, True)] + [(False, False)] * 8
ONCE, LATE = 5, 6
HOOFDDOEL = "Q3_3"
GROUPS = (
    ["Ambtelijke Stuurgroep"] * 10 + ["Coördinerend Overleg"] * 6 + ["Teammanagers"] * 5 + ["Intern specialisten"] * 10
)
RECORD = """\
meting: meting-3
onderzoek: evaluatie-actieplan-nsoc
titel: Meting 3 (verzonnen)
enquetes:
  - instrument: procesthermometer
    bestand: export.csv
    formaat: qualtrics
    codeboek: codeboek.yml
    codering: codering.csv
    herkomst: waargenomen
    toelichting: Verzonnen voor een test.
    afronding: percentage van de som
    weging: {keuze: geen, reden: Verzonnen.}
    veldwerk:
      vorm: vragenlijst via internet
      periode: verzonnen
      herinneringen: geen
      redenen_niet_meedoen: niet gevraagd
      uitgenodigd: 31
      bron_uitgenodigd: verzonnen
      groepen:
        - {groep: Ambtelijke Stuurgroep, aantal: 10, herkomst: waargenomen, bron: verzonnen}
        - {groep: Coördinerend Overleg, aantal: 6, herkomst: waargenomen, bron: verzonnen}
        - {groep: Teammanagers, aantal: 5, herkomst: waargenomen, bron: verzonnen}
        - {groep: Intern specialisten, aantal: 10, herkomst: waargenomen, bron: verzonnen}
tabellen:
  - naam: gepubliceerde_respons
    bestand: respons.csv
    herkomst: waargenomen
    bron: verzonnen
    kolommen: {kenmerk: tekst, waarde: geheel, eenheid: tekst, verwoording: tekst, vindplaats: tekst}
  - naam: opzet
    bestand: opzet.csv
    herkomst: waargenomen
    bron: verzonnen
    kolommen: {aspect: tekst, tekst: tekst, vindplaats: tekst}
  - naam: vergelijkingen
    bestand: vergelijkingen.csv
    herkomst: waargenomen
    bron: verzonnen
    kolommen: {met: tekst, opzet: tekst, reden: tekst, toestemming: tekst, rol: tekst, datum: tekst, vindplaats: tekst}
  - naam: koppelingen
    bestand: koppelingen.csv
    herkomst: waargenomen
    bron: verzonnen
    kolommen: {met: tekst, respondent_eerste: deelnemer, respondent_tweede: deelnemer}
"""
DECLARED = """\
met,opzet,reden,toestemming,rol,datum,vindplaats
meting-1,gekoppeld,Dezelfde vragenlijst ging naar dezelfde mensen.,formulier vraag drie,onderzoeker,2027-05-01,draaiboek
meting-2,niet vergelijkbaar,De tweede meting bestond uit gesprekken.,,onderzoeker,2027-05-01,draaiboek
"""
ASPECTS = ("doel", "onderzoeksvragen", "onderwerpen", "instrumenten", "respondenten", "eenheid", "uitkomst", "periode")
CHAPTERS_BEFORE = ("respons", "procesthermometer", "metingen")  # only draagvlak of the themes
# The whole of what evaluatie.yml gets: the chapters of the third meting, and its name beside the other two.
CHAPTERS = """\
      - titel: Draagvlak, de derde keer
        notebook: procesthermometer
        parameters: {meting: meting-3, thema: draagvlak}
      - titel: Respons, de derde keer
        notebook: respons
        parameters: {meting: meting-3}
"""
# Per copy of the third meting: the title of its chapter, and what is declared otherwise.
VARIANTS = {
    "meting-4": ("Zonder toestemming", "vergelijkingen.csv", "formulier vraag drie", ""),
    "meting-5": ("Dezelfde genodigden", "vergelijkingen.csv", "gekoppeld", "zelfde populatie"),
    "meting-6": ("Gescheiden groepen", "vergelijkingen.csv", "gekoppeld", "gescheiden"),
    "meting-7": (
        "Een ander programma",
        "meting.yml",
        "onderzoek: evaluatie-actieplan-nsoc",
        "onderzoek: ander-programma",
    ),
}


def write_export(study: StudyFolder, folder: str, name: str, people: list[tuple[str, bool]]) -> None:
    """Write an export of people, each a ResponseId and whether they agree on the main aim, with one open answer."""
    with (study.raw / "meting-1" / "procesthermometer.csv").open(encoding="utf-8", newline="") as file:
        header = list(csv.reader(file))[:3]
    rows = []
    for number, (response_id, agrees) in enumerate(people):
        cells = {"Status": "IP Address", "Progress": "100", "Finished": "True", "ResponseId": response_id}
        cells |= {"groep": GROUPS[number], "Q5": "Verzonnen" if number == 0 else ""}
        cells |= {tag: "Neutraal" for tag in header[0] if re.fullmatch(r"Q[1-4]_\d+", tag)}
        cells |= {HOOFDDOEL: "Mee eens" if agrees else "Mee oneens"}
        rows.append([cells.get(tag, "") for tag in header[0]])
    with (study.raw / folder / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([*header, *rows])


def write_first(study: StudyFolder) -> None:
    """Put fictitious observed answers in place of the imitated ones of the first meting."""
    people = [(f"R_eerst{number}", before) for number, (before, _) in enumerate(BOTH)]
    write_export(study, "meting-1", "procesthermometer.csv", [*people, *((f"R_een{n}", True) for n in range(ONCE))])
    coding = "respons,vraag,code,codeur\nR_eerst0,overige-randvoorwaarden,gedeelde-visie,AB\n"
    (study.raw / "meting-1" / "open_antwoorden_codering.csv").write_text(coding, encoding="utf-8")
    study.replace("meting-1/meting.yml", "herkomst: gesimuleerd", "herkomst: waargenomen")


def write_third(study: StudyFolder) -> None:
    """Write the folder of the third meting. Its people stand in another order and have other ids."""
    folder = study.raw / "meting-3"
    folder.mkdir()
    shutil.copy(study.raw / "meting-1" / "codeboek.yml", folder)
    people = [
        *((f"R_laat{n}", False) for n in range(LATE)),
        *((f"R_weer{n}", after) for n, (_, after) in enumerate(BOTH)),
    ]
    write_export(study, "meting-3", "export.csv", people[::-1])
    linked = "".join(f"meting-1,R_eerst{number},R_weer{number}\n" for number in range(len(BOTH)))
    files = {
        "meting.yml": RECORD,
        "codering.csv": "respons,vraag,code,codeur\nR_weer23,overige-randvoorwaarden,gedeelde-visie,AB\n",
        "respons.csv": "kenmerk,waarde,eenheid,verwoording,vindplaats\ngedeelde-visie,3,pct,,verzonnen\n",
        "opzet.csv": "aspect,tekst,vindplaats\n" + "".join(f"{aspect},verzonnen,draaiboek\n" for aspect in ASPECTS),
        "vergelijkingen.csv": DECLARED,
        "koppelingen.csv": "met,respondent_eerste,respondent_tweede\n" + linked,
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def write_variants(study: StudyFolder) -> None:
    """Write the third meting four times more, each with one thing declared otherwise and a chapter of its own."""
    for name, (_, file, old, new) in VARIANTS.items():
        shutil.copytree(study.raw / "meting-3", study.raw / name)
        study.replace(f"{name}/meting.yml", "meting: meting-3", f"meting: {name}")
        study.replace(f"{name}/{file}", old, new)


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> StudyFolder:
    """A study of three chapters, with the suites of the repository, a third meting and its four variants, built once."""
    return build_once(tmp_path_factory, "gegroeid", grow)


def grow(root: Path) -> Run:
    study = new_small_study(root, CHAPTERS_BEFORE, [f"thema: {theme}" for theme in ("daad", "draagkr", "opbr")])
    write_first(study)
    write_third(study)
    write_variants(study)
    beside = "".join(
        f"      - titel: {title}\n        notebook: metingen\n        parameters: {{metingen: meting-1 {name}}}\n"
        for name, (title, *_) in VARIANTS.items()
    )
    side_by_side = "notebook: metingen\n        parameters: {metingen: meting-1 meting-2"
    study.replace("evaluatie.yml", side_by_side, f"{side_by_side} meting-3")
    study.replace(
        "evaluatie.yml",
        "      - titel: Wat de metingen over elkaar",
        f"{CHAPTERS}{beside}      - titel: Wat de metingen over elkaar",
    )
    return study.run()


def chapter(study: StudyFolder, title: str) -> str:
    """Return the text of one chapter as a reader sees it."""
    found = re.search(
        rf"<h3 class=\"hoofdstuktitel\"><span[^>]*>\d+</span> {title}</h3>(.*?)</section>", study.page, re.DOTALL
    )
    assert found, title
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"</?(data|span|a|button)\b[^>]*>", "", found[1])).split())


def changes(study: StudyFolder, meting: str) -> dict[str, str]:
    """Return what the ledger says of the main aim in a meting compared with the first."""
    base = f"{meting}.vergelijking.meting-1.hoofddoel."
    return {key.removeprefix(base): row["value"] for key, row in study.results().items() if key.startswith(base)}


def test_a_folder_and_a_few_lines_make_chapters(grown: StudyFolder) -> None:
    """11 of 30 answers of the third meting agree on the main aim; 30 of 31 invited answered."""
    result = grown.results()["meting-3.procesthermometer.draagvlak.hoofddoel.eens"]
    assert (result["count"], result["n"], result["population"], result["provenance"]) == (
        "11",
        "30",
        "31",
        "waargenomen",
    )
    assert grown.results()["meting-3.respons.gestart"]["value"] == "30"
    assert "Van de 31 genodigden begonnen er 30" in chapter(grown, "Respons, de derde keer")
    assert "Partners delen het hoofddoel" in chapter(grown, "Draagvlak, de derde keer")


def test_linked_people_give_the_sentence_with_both_counts_and_the_chance(grown: StudyFolder) -> None:
    """Of 24 people in both one went towards agreeing and five away from it, 18 stayed: a chance of 0,219."""
    assert changes(grown, "meting-3") == {
        "gekoppeld": "24",
        "erbij": "1",
        "eraf": "5",
        "gebleven": "18",
        "kans": "0.21875",
    }
    text = chapter(grown, "Wat de metingen over elkaar zeggen")
    assert "Partners delen het hoofddoel 24 1 5 18 0,219 per saldo afgenomen" in text
    assert (
        "Zo is de tabel te lezen, voor “Huisvesting voldoet”. Van de 24 mensen die bij “Eerste meting” en bij "
        "“Meting 3 (verzonnen)” antwoordden gingen er 0 van niet eens naar eens en 0 van eens naar niet eens; 24 "
        "bleven waar zij waren. De kans dat toeval alleen een minstens zo scheve verdeling geeft is 1,000."
    ) in text
    assert "De kans zegt hoe vaak toeval alleen" in text
    assert "gekoppeld 28 onderzoeker, 2027-05-01 draaiboek; toestemming: formulier vraag drie" in text


def test_the_interviews_are_still_compared_with_nothing(grown: StudyFolder) -> None:
    """Beside the linked pair the same chapter refuses both pairs with the second meting, each with its reason."""
    text = chapter(grown, "Wat de metingen over elkaar zeggen")
    assert "Tussen “Eerste meting” en “Tweede meting” is geen verandering uitgerekend." in text
    assert "De tweede meting bestond uit gesprekken." in text
    assert not [key for key in grown.results() if ".vergelijking.meting-2." in key or key.startswith("meting-2.vergel")]


def test_without_the_record_of_consent_nobody_is_linked(grown: StudyFolder) -> None:
    """The same folder with an empty cell for consent gives the sentence and not one number of a change."""
    text = chapter(grown, "Zonder toestemming")
    assert "Nergens is vastgelegd dat de deelnemers toestemming gaven om hun antwoorden te koppelen." in text
    assert changes(grown, "meting-4") == {}


def test_one_population_gives_bounds(grown: StudyFolder) -> None:
    """20 to 22 of 31 agreed and 11 to 12 do: certainly fewer, 8 at the least and 11 at the most."""
    found = changes(grown, "meting-5")
    assert [found[name] for name in ("eerste-minstens", "eerste-hoogstens", "tweede-minstens", "tweede-hoogstens")] == [
        "20", "22", "11", "12",
    ]  # fmt: skip
    assert (found["laag"], found["hoog"]) == ("-11", "-8")
    row = "Partners delen het hoofddoel 20 tot 22 van 31 11 tot 12 van 31 -11 tot -8 zeker afgenomen"
    assert row in chapter(grown, "Dezelfde genodigden")


def test_groups_with_people_in_common_are_not_separate(grown: StudyFolder) -> None:
    """The table of links shows 24 people on both sides."""
    assert "Dezelfde mensen staan aan beide kanten" in chapter(grown, "Gescheiden groepen")
    assert changes(grown, "meting-6") == {}


def test_a_round_of_another_study_is_refused(grown: StudyFolder) -> None:
    """With everything declared and linked, another study is another evaluation."""
    assert "Het zijn verschillende evaluaties" in chapter(grown, "Een ander programma")
    assert changes(grown, "meting-7") == {}


def test_no_number_is_loose_and_nobody_can_be_found(grown: StudyFolder) -> None:
    """Also a title with a digit is accounted for, and no id of a respondent stands in any published file."""
    assert "<mark" not in grown.page
    assert not [name for name, content in grown.files().items() if re.search(rb"R_(eerst|weer|een|laat)\d", content)]
