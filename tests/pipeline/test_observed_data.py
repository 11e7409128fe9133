"""A real export in place of the imitated one: one line in ``meting.yml``, and what was refused appears."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from conftest import Run, StudyFolder, build_once, new_study, new_tiny_study, run_forked

SCALE = ["Helemaal mee oneens", "Mee oneens", "Neutraal", "Mee eens", "Helemaal mee eens"]
GROUPS = (
    ["Ambtelijke Stuurgroep"] * 10 + ["Coördinerend Overleg"] * 6 + ["Teammanagers"] * 5 + ["Intern specialisten"] * 10
)


def fictitious_export(study: StudyFolder, groups: list[str]) -> None:
    """Write an export in which person i answers statement j with scale point (i + j) modulo five."""
    with study.export.open(encoding="utf-8", newline="") as file:
        header = list(csv.reader(file))[:3]
    rows = [_person(number, group, header[0]) for number, group in enumerate(groups)]
    with study.export.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([*header, *rows])
    (study.raw / "meting-1" / "open_antwoorden_codering.csv").write_text(
        "respons,vraag,code,codeur\nR_0,overige-randvoorwaarden,gedeelde-visie,AB\n", encoding="utf-8"
    )
    study.replace("meting-1/meting.yml", "herkomst: gesimuleerd", "herkomst: waargenomen")


def _person(number: int, group: str, tags: list[str]) -> list[str]:
    fixed = {"Status": "IP Address", "Progress": "100", "Finished": "True", "ResponseId": f"R_{number}", "groep": group}
    fixed["Q5"] = "Er is geen gedeelde visie" if number == 0 else ""
    statements = [tag for tag in tags if re.fullmatch(r"Q[1-4]_\d+", tag)]
    return [SCALE[(number + statements.index(tag)) % 5] if tag in statements else fixed.get(tag, "") for tag in tags]


# Every notebook of the small study that shows answers or speaks of them.
CHAPTERS = (
    "inleiding", "respons", "procesthermometer", "zekerheid", "berekend_naast_gepubliceerd", "datakwaliteit", "codeboek",
)  # fmt: skip


@pytest.fixture(scope="session")
def observed(tmp_path_factory: pytest.TempPathFactory) -> StudyFolder:
    """A study of one theme and what is told of it, with the invented answers of 31 people, built once. Tests read it."""

    def build(root: Path) -> Run:
        others = [f"thema: {theme}" for theme in ("daadkracht", "draagvlak", "opbrengsten")]
        study = new_tiny_study(root, CHAPTERS, [*others, "meting: versterking-2021"])
        fictitious_export(study, GROUPS)
        return study.run()

    return build_once(tmp_path_factory, "waargenomen", build)


@pytest.fixture(scope="session")
def scarce(tmp_path_factory: pytest.TempPathFactory) -> StudyFolder:
    """Three chapters on answers of which one team manager is missing and one point of the scale, built once."""

    def build(root: Path) -> Run:
        others = [f"thema: {theme}" for theme in ("daadkracht", "draagkracht", "opbrengsten")]
        study = new_tiny_study(root, ("respons", "procesthermometer", "datakwaliteit"), others)
        study.replace("evaluatie.yml", "{metingen: meting-1 meting-2 versterking-2021,", "{metingen: meting-1,")
        fictitious_export(study, [*GROUPS[:16], *GROUPS[17:]])
        text = study.export.read_text(encoding="utf-8")
        study.export.write_text(text.replace("Neutraal", "Mee oneens"), encoding="utf-8")
        return study.run()

    return build_once(tmp_path_factory, "schaars", build)


def test_the_whole_scale_appears(observed: StudyFolder) -> None:
    """Statement 0 gets answers 0..4 in turn: of 31 people 7 choose the first point and 6 each other."""
    results = observed.results()
    base = "meting-1.procesthermometer.draagkracht.huisvesting"
    counts = [results[f"{base}.antwoord.{name}"]["value"] for name in
              ("helemaal-mee-oneens", "mee-oneens", "neutraal", "mee-eens", "helemaal-mee-eens")]  # fmt: skip
    assert counts == ["7", "6", "6", "6", "6"]
    assert results[f"{base}.eens"]["provenance"] == "waargenomen"
    assert all(f">{label}</" in observed.page for label in SCALE)


def test_the_breakdown_by_group_appears(observed: StudyFolder) -> None:
    """The first ten people answer statement 0 with points 0..4 twice: 4 of 10 agree."""
    result = observed.results()["meting-1.procesthermometer.draagkracht.huisvesting.groep.ambtelijke-stuurgroep.eens"]
    assert (result["count"], result["n"], result["population"]) == ("4", "10", "10")
    assert "bij welke groep een antwoord hoort" not in observed.page


def test_a_group_too_small_is_hidden_with_another(scarce: StudyFolder) -> None:
    """With one team manager missing that group has four answers, fewer than five: it is a dot in page and ledger."""
    results = scarce.results()
    small = [row for key, row in results.items() if key.endswith(".groep.teammanagers.eens")]
    assert len(small) == 3  # the statements of the one theme
    for row in small:
        assert (row["status"], row["status_reden"]) == ("suppress", "te kleine groep")
        assert not any(
            row[name] for name in ("value", "count", "n", "population", "low", "high", "shown", "parts", "missing")
        )
        assert f'<span class="onderdrukt" data-id="{row["id"]}">·</span>' in scarce.page
        groups = [other for key, other in results.items() if key.startswith(row["id"].replace("teammanagers.eens", ""))
                  and key.endswith(".eens")]  # fmt: skip
        assert [group["status"] for group in groups].count("suppress") >= 2
        assert results[row["id"].replace("groep.teammanagers.", "")]["status"] == "pass"


def test_a_report_that_tells_of_a_person_is_refused_and_the_earlier_one_stays(
    scarce: StudyFolder, tmp_path: Path
) -> None:
    """An open answer that a researcher copies into the subtitle stops the report; nothing published changes."""
    own = scarce.copy_to(tmp_path / "studie")
    before = {path: path.read_bytes() for path in sorted(own.reports.rglob("*")) if path.is_file()}
    title = re.search(r"^ondertitel: .*$", (own.raw / "evaluatie.yml").read_text(encoding="utf-8"), re.MULTILINE)
    assert title is not None
    own.replace("evaluatie.yml", title[0], "ondertitel: Er is geen gedeelde visie")
    done = own.run()
    assert done.code == 1
    assert "Fout in evaluatierapport.html\n  gevonden: Hier staat een open antwoord zoals iemand het gaf." in done.err
    assert {path: path.read_bytes() for path in sorted(own.reports.rglob("*")) if path.is_file()} == before


def test_the_words_about_imitation_are_gone(observed: StudyFolder) -> None:
    """Nowhere on the page are observed answers called imitated: not on the title page, in prose or in a table."""
    assert "agebootst" not in observed.page
    assert "nabootsing" not in observed.page


def test_an_unused_answer_is_reported_by_name(scarce: StudyFolder) -> None:
    """When nobody chooses a point of the scale, the chapter on data quality names it."""
    assert "Niemand koos het antwoord &quot;Neutraal&quot; uit schaal eens" in scarce.page


def test_simulate_never_overwrites_observed_data(tmp_path: Path) -> None:
    """``make simulate`` refuses when the record says that the export was observed."""
    own = new_study(tmp_path)
    fictitious_export(own, GROUPS)
    before = own.export.read_bytes()
    done = run_forked(["simulate", "--data", str(own.data)])
    assert done.code == 1
    assert "gevonden: herkomst: waargenomen" in done.err
    assert own.export.read_bytes() == before
