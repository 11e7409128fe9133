"""Every number in the README is a result of the report it describes, or it does not stand there."""

from __future__ import annotations

import re
import tomllib

import yaml
from conftest import ROOT, StudyFolder

from nsoc_lib.publish.digits import LOOSE_EN

README = (ROOT / "README.md").read_text(encoding="utf-8")
TEXT = re.sub(r"\s+", " ", README)
# What the README says, with the id of the result, or the name of what is counted below, in place of each number.
SAYS = (
    "{meting-1.vergelijking.totaal} percentages in {themes} themes",
    "the answers of {meting-1.respons.gestart} respondents",
    "{meting-1.vergelijking.eens-afgerond} of the {meting-1.vergelijking.totaal} percentages are a count",
    "separately rounded categories all {meting-1.vergelijking.als-som} are",
    "{meting-1.respons.gestart} respondents by {statements} statements",
    "{tables} tables, each against its suite",
    "bounds over the {meting-1.respons.genodigd} invited",
    "{meting-1.respons.genodigd} invited, chosen by hand: {meting-1.respons.genodigd.groep-1} Ambtelijke Stuurgroep",
    "{meting-1.respons.genodigd.groep-2} Coördinerend Overleg",
    "{meting-1.respons.genodigd.groep-3} teammanagers",
    "{meting-1.respons.genodigd.groep-4} intern specialisten",
    "{meting-1.respons.niet-begonnen} never began",
    "{meting-1.respons.gestart} began",
    "{meting-1.respons.deels} stopped on the way",
    "{meting-1.respons.compleet} finished",
    "Uitvoering en daadkracht (doing what is needed) | {number.daadkracht} statements, each with {bases.daadkracht} answers",
    "Draagvlak (support) | {number.draagvlak} statements, each with {bases.draagvlak} answers",
    "Draagkracht (capacity) | {number.draagkracht} statements, each with {bases.draagkracht} answers",
    "Eerste opbrengsten (first results) | {number.opbrengsten} statements, each with {bases.opbrengsten} answers",
    "meting 1: {meting-1.bevindingen.aantal} findings, from {meting-1.onderzoeksactiviteiten.aanvullende-interviews.gesprekken}"
    " interviews, documents and the survey",
    "meting 2: {meting-2.bevindingen.aantal} findings, from (duo-)interviews with"
    " {meting-2.onderzoeksactiviteiten.duo-interviews.personen} people,"
    " {meting-2.onderzoeksactiviteiten.groepsgesprekken.gesprekken} group talks and"
    " {meting-2.onderzoeksactiviteiten.stakeholderinterviews.gesprekken} interviews with stakeholders",
    "{kader.antwoorden.aantal} questions, each answered",
    "{kader.leerpunten.aantal} lessons and {kader.leervragen.aantal} questions of the learning agenda",
    "{versterking-2021.veldwerk.interviews} interviews and {versterking-2021.veldwerk.bijeenkomsten} meetings",
    "{versterking-2021.keuze.gekozen} projects, chosen from a list of {versterking-2021.keuze.gedrukt.lijst.1-2}",
    "{versterking-2021.normenkader.bevindingen} findings on {versterking-2021.normenkader.gedekt} of"
    " {versterking-2021.normenkader.dimensies} dimensions",
    "{versterking-2021.respons.totaal.gepubliceerd} respondents according to the source",
)  # fmt: skip
# Not counted: years of the studies, rounds by name, names with a digit and the oldest Python.
NAMES = r"\b20(?:21|24)\b|\bmeting [12]\b|\bWSL2\b|\bPython 3\.11\b"


def numbers_of(study: StudyFolder) -> dict[str, str]:
    """Return every result of the report as plain text, and what is counted from several of them."""
    results = {key: row["value"] for key, row in study.results().items()}
    bases: dict[str, list[int]] = {}
    for key, value in results.items():
        found = re.fullmatch(r"meting-1\.procesthermometer\.(\w+)\.[^.]+\.eens\.basis", key)
        if found:
            bases.setdefault(found[1], []).append(int(value))
    results |= {f"number.{theme}": str(len(values)) for theme, values in bases.items()}
    results |= {f"bases.{t}": " to ".join(map(str, sorted({min(values), max(values)}))) for t, values in bases.items()}
    tables = [int(value) for key, value in results.items() if re.fullmatch(r"[^.]+\.toetsing\.tabellen", key)]
    counted = {"themes": len(bases), "statements": sum(map(len, bases.values())), "tables": sum(tables)}
    return results | {key: str(value) for key, value in counted.items()}


def filled(study: StudyFolder) -> list[str]:
    numbers = numbers_of(study)
    return [re.sub(r"\{([^}]+)\}", lambda found: numbers[found[1]], said) for said in SAYS]


def test_every_number_in_the_readme_is_a_result(built: StudyFolder) -> None:
    """What the README says of respondents, bases and findings is what the report computes."""
    plain = re.sub(r"[│├└─ ]+", " ", TEXT)
    assert [said for said in filled(built) if said not in plain] == []


def test_the_readme_has_no_other_number(built: StudyFolder) -> None:
    """A number that no result holds would grow old unseen; commands, links and the numbers of steps are none."""
    text = re.sub(r"```sh.*?```", "", README, flags=re.DOTALL)
    text = re.sub(r"(?m)^\d+\. ", "", text)
    text = re.sub(r"[│├└─ ]+", " ", re.sub(r"\s+", " ", re.sub(r"`[^`]*`|\]\([^)]*\)", "", text.replace("```", ""))))
    for said in filled(built):
        text = text.replace(re.sub(r"`[^`]*`", "", said), "")
    assert LOOSE_EN.findall(re.sub(NAMES, "", text)) == []


def test_the_readme_names_chapters_that_are_there() -> None:
    """The table of what chapters rest on has the titles that evaluatie.yml gives them."""
    parts = yaml.safe_load((ROOT / "data/raw/evaluatie.yml").read_text(encoding="utf-8"))["delen"]
    titles = {chapter["titel"] for part in parts for chapter in part["hoofdstukken"]}
    table = README.split("| chapter | rests on |\n|---|---|\n")[1].split("\n\n")[0]
    named = [re.split(r" \(| \|", line.removeprefix("| "))[0] for line in table.splitlines()]
    assert named
    assert [name for name in named if name not in titles] == []


def test_the_oldest_python_is_the_one_that_is_required() -> None:
    """The README and the project ask for the same Python."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"].startswith(">=" + re.search(r"Python (\d\.\d+) or newer", README)[1])
