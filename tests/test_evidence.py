"""Evidence for the toetsingskader: an id is a statement, a finding or an activity that exists."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import yaml
from conftest import ROOT
from transcribed import load_real

from nsoc_lib.activities import build_activities
from nsoc_lib.errors import NsocError
from nsoc_lib.evidence import index_evidence, link_evidence
from nsoc_lib.findings import build_findings
from nsoc_lib.toetsingskader import Toetsingskader, build_toetsingskader, tabulate_coverage


@pytest.fixture(scope="module")
def known() -> dict[str, str]:
    """The names of all evidence in the real data; of the survey only its codebook is needed."""
    codebook = yaml.safe_load((ROOT / "data/raw/meting-1/codeboek.yml").read_text(encoding="utf-8"))
    statements = [SimpleNamespace(id=s["id"], thema=s["thema"], kort=s["kort"]) for s in codebook["stellingen"]]
    survey = SimpleNamespace(
        meting="meting-1", codeboek=SimpleNamespace(instrument="procesthermometer", stellingen=statements)
    )
    findings = build_findings(tuple(load_real(folder, "bevindingen") for folder in ("meting-1", "meting-2")))
    names = ("activiteiten", "activiteiten_overgangen", "activiteiten_standen")
    return index_evidence(survey, findings, build_activities(*(load_real("kader", name) for name in names)))


@pytest.fixture(scope="module")
def kader() -> Toetsingskader:
    """The real toetsingskader with its evidence."""
    return build_toetsingskader(load_real("kader", "toetsingskader"), load_real("kader", "dekking_toetsingskader"))


def test_each_kind_of_evidence_has_a_name(known: dict[str, str]) -> None:
    """A statement is named by its short text, a finding by its label, an activity without the kind of lab."""
    assert known["meting-1.procesthermometer.draagkracht.governance"] == "stelling “Governance maakt besluiten snel”"
    assert known["meting-2.b34"] == "bevinding “De organisatie is minder plat dan bedoeld”"
    assert known["kader.activiteiten.bored-apes"] == "stand van Bored Apes, volgens NSOC"


def test_all_evidence_of_the_report_exists(kader: Toetsingskader, known: dict[str, str]) -> None:
    """Every id in the real table is one of the data, and the table shows its name with the place."""
    linked = link_evidence(kader, known)
    assert (
        "Governance maakt besluiten snel” (Regioplan §3.3, governance)" in tabulate_coverage(linked, "6.2").show().text
    )
    assert "meting-" not in tabulate_coverage(linked, "6.3").show().text


def test_evidence_from_a_finding_has_the_place_of_that_finding(kader: Toetsingskader) -> None:
    """The place beside a finding is the one in the table of findings, so that both lead to the same lines."""
    places = {
        f"{folder}.{row['bevinding']}": row["vindplaats"]
        for folder in ("meting-1", "meting-2")
        for row in load_real(folder, "bevindingen").rijen.to_dict("records")
    }
    named = [evidence for evidence in kader.bewijzen if ".b" in evidence.bewijs and evidence.bewijs in places]
    assert len(named) > 20
    assert [e.bewijs for e in named if e.vindplaats != places[e.bewijs]] == []


@pytest.mark.parametrize("gone", ["meting-1.b24", "kader.activiteiten.sluitsteen"])
def test_evidence_that_is_not_in_the_data_is_refused(kader: Toetsingskader, known: dict[str, str], gone: str) -> None:
    """When a finding or activity is taken out of the data, the row that rests on it is named."""
    with pytest.raises(NsocError, match=rf'kolom bewijs\n  gevonden: "{gone}", dat niet in de gegevens staat'):
        link_evidence(kader, {name: label for name, label in known.items() if name != gone})
