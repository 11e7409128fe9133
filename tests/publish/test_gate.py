"""The gate before publication: it finds what was planted, says so in one block, and lets nothing be written."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT
from lekken.contract import Case, judge
from lekken.corpus import cases

from nsoc_lib.disclosure_profile import DisclosureProfile
from nsoc_lib.errors import NsocError
from nsoc_lib.leaks import Leak
from nsoc_lib.paths import Study
from nsoc_lib.publish.gate import attack_files, find_leaks, refuse_leaks, write_checked
from nsoc_lib.sources.disclosure import load_profile

HEAD = "id,meting,label,value,unit,count,n,population,provenance,shown,status\n"
INVITED = "m.respons.genodigd.groep-1,m,Genodigd: Douane,3,genodigden,,,,gepubliceerd,3,pass\n"
SMALL = 'm.q.s.groep.douane.eens,m,"Stelling, Douane",66.7,pct,2,3,3,{provenance},67%,pass\n'


def profile(name: str = "wodc-praktijk") -> DisclosureProfile:
    return load_profile(Study(ROOT / "data", ROOT / "reports"), name)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_the_open_half_of_the_corpus_is_found(case: Case, tmp_path: Path) -> None:
    """Of every open case the leak is found and its clean twin raises nothing."""
    leaking = find_leaks(case.build(tmp_path / "lek", leaking=True), profile(case.profile))
    twin = find_leaks(case.build(tmp_path / "tweeling", leaking=False), profile(case.profile))
    assert judge(case, leaking, twin) == []


@pytest.mark.parametrize(("provenance", "found"), [("waargenomen", True), ("gesimuleerd", False), ("herleid", False)])
def test_only_figures_about_people_are_judged(provenance: str, found: bool) -> None:  # noqa: FBT001
    """The same row of a group of three is a leak when it was observed, not when it is imitated or public."""
    ledger = HEAD + INVITED + SMALL.format(provenance=provenance)
    assert bool(attack_files({"resultaten.csv": ledger.encode()}, profile())) == found


@pytest.mark.parametrize(("count", "n", "found"), [(2, 4, True), (3, 5, False)])
def test_everybody_may_be_too_few_as_well(count: int, n: int, found: bool) -> None:  # noqa: FBT001
    """Four answers of everybody together are fewer than the smallest group of five, as the statuses judge; five are not."""
    row = f"m.q.s.eens,m,Stelling,{100 * count / n},pct,{count},{n},{n},waargenomen,x,pass\n"
    leaks = attack_files({"resultaten.csv": (HEAD + row).encode()}, profile())
    assert {leak.rule for leak in leaks} == ({"kleinste_groep"} if found else set())


def test_an_archive_in_an_archive_is_opened() -> None:
    """What lies two archives deep is named by both, with exclamation marks."""
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("lees.txt", "Vragen? bel 06-12345678")
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("binnen.zip", inner.getvalue())
    leaks = attack_files({"deposit.zip": outer.getvalue()}, profile())
    assert [(leak.where, leak.rule) for leak in leaks] == [
        ("deposit.zip!binnen.zip!lees.txt", "gegevens per persoon")
    ] * len(leaks)
    assert any("telefoonnummer" in leak.what for leak in leaks)


QUESTION = "Ik kan bij de systemen die mijn werk vraagt."


@pytest.mark.parametrize(("head", "found"), [("variabele,tekst,code", False), ("wie,tekst,code", True)])
def test_a_question_of_a_codebook_may_say_i(head: str, found: bool) -> None:  # noqa: FBT001
    """The wording of a question is no answer where a codebook gives it, nor in the YAML beside that; elsewhere it is one."""
    table = f"{head}\nhuisvesting,{QUESTION},1\nhuisvesting,{QUESTION},2\n"
    leaks = attack_files({"codeboek.csv": table.encode(), "codeboek.yml": f"tekst: {QUESTION}\n".encode()}, profile())
    assert bool(leaks) == found


def test_an_open_answer_of_the_study_is_found_in_a_codebook_too() -> None:
    """What somebody typed is known word for word, wherever it stands."""
    table = f"variabele,tekst,code\nhuisvesting,{QUESTION},1\n"
    leaks = attack_files({"codeboek.csv": table.encode()}, profile(), frozenset({QUESTION}))
    assert [leak.where for leak in leaks] == ["codeboek.csv"]


def test_a_secret_of_the_study_is_found_and_not_repeated() -> None:
    """An open answer of the cleaned data in a page is a leak, and the message does not quote it."""
    answer = "Te veel overleg op dinsdag."
    leaks = attack_files({"evaluatierapport.html": f"<p>{answer}</p>".encode()}, profile(), frozenset({answer}))
    assert [leak.what for leak in leaks] == ["Hier staat een open antwoord zoals iemand het gaf."]


def test_the_refusal_names_file_count_rule_and_remedy() -> None:
    """A researcher reads where it is, what can be derived, which rule forbids it and what to do."""
    leak = Leak("resultaten.csv", "resultaten", "Van groep Douane is dit te herleiden.", "kleinste_groep", (2, 3))
    with pytest.raises(NsocError) as caught:
        refuse_leaks([leak])
    assert str(caught.value).splitlines() == [
        "Fout in resultaten.csv",
        "  gevonden: Van groep Douane is dit te herleiden. Het gaat om 2 tot en met 3.",
        "  verwacht: niets wat de regel kleinste_groep van het profiel in onthulling.yml verbiedt",
        "  wat nu:   Verberg dit cijfer en wat nodig is om het verborgen te houden, of kies bij onthulling een ander profiel.",
    ]


def test_nothing_found_is_no_refusal() -> None:
    """Without leaks the gate says nothing."""
    refuse_leaks([])


def test_a_file_that_gives_somebody_away_is_not_written(tmp_path: Path) -> None:
    """Of a Word file, PDF or archive the earlier one stays, whole, and the message names the new one."""
    study = Study(tmp_path / "data", tmp_path / "reports")
    target = study.reports / "toelichting.txt"
    write_checked(study, target, b"Dertig mensen deden mee.")
    with pytest.raises(NsocError, match=r"toelichting\.txt"):
        write_checked(study, target, b"Vragen? Bel 06-12345678.")
    assert target.read_bytes() == b"Dertig mensen deden mee."


def test_a_file_is_read_beside_the_ledger(tmp_path: Path) -> None:
    """What a file says of a group is harmless, until the ledger of the same report hides that group."""
    study = Study(tmp_path / "data", tmp_path / "reports")
    study.reports.mkdir(parents=True)
    said = b"Van Douane antwoordden 3 mensen."
    write_checked(study, study.reports / "los.txt", said)
    ledger = study.reports / "resultaten.csv"
    ledger.write_text(HEAD + INVITED + SMALL.format(provenance="waargenomen").replace("66.7,pct,2,3,3", ",pct,,,").replace("67%,pass", ",suppress"))  # fmt: skip
    with pytest.raises(NsocError, match="Douane"):
        write_checked(study, study.reports / "ernaast.txt", said)
    assert not (study.reports / "ernaast.txt").exists()
