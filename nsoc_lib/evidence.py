"""What may be named as evidence: statements that were asked, findings that were reported, activities described."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from nsoc_lib.activities import Activities
from nsoc_lib.errors import NsocError
from nsoc_lib.findings import Findings
from nsoc_lib.survey import Survey
from nsoc_lib.toetsingskader import Toetsingskader


def index_evidence(survey: Survey, findings: Findings, activities: Activities) -> dict[str, str]:
    """Return by id what evidence is called in the report.

    An id is ``meting-1.procesthermometer.draagvlak.hoofddoel`` for a statement, ``meting-2.b07`` for a
    finding and ``kader.activiteiten.exit`` for an activity; of an activity only NSOC itself reports the state.
    """
    base = f"{survey.meting}.{survey.codeboek.instrument}"
    statements = {f"{base}.{s.thema}.{s.id}": f"stelling “{s.kort}”" for s in survey.codeboek.stellingen}
    found = {finding.key: f"bevinding “{finding.label}”" for finding in findings.bevindingen}
    described = {
        f"{activities.meting}.activiteiten.{activity.activiteit}": f"stand van {activity.naam}, volgens NSOC"
        for activity in activities.activiteiten
    }
    return statements | found | described


def link_evidence(toetsingskader: Toetsingskader, known: Mapping[str, str]) -> Toetsingskader:
    """Return the toetsingskader with the name of each piece of evidence. Raises NsocError for an id not ``known``.

    A place in a source is no id: it has a space in it, and it is its own name.
    """
    for evidence in toetsingskader.bewijzen:
        if " " not in evidence.bewijs and evidence.bewijs not in known:
            raise NsocError(
                f"tabel dekking_toetsingskader, onderwerp {evidence.kader} {evidence.letter}, kolom bewijs",
                found=f'"{evidence.bewijs}", dat niet in de gegevens staat',
                expected="een stelling, bevinding of activiteit uit de gegevens, of een plaats in de bron",
                remedy="Verbeter het kenmerk, of haal de rij weg.",
            )
    return replace(toetsingskader, namen=known)
