"""Gather everything that an answer to a research question may rest on, from the cleaned tables of a study."""

from __future__ import annotations

from typing import Any

from nsoc_lib import fieldwork
from nsoc_lib.activities import build_activities, count_states
from nsoc_lib.answers import Answers, Indicator, build_answers, index_findings, index_results, index_survey
from nsoc_lib.findings import SourceFinding, build_findings
from nsoc_lib.groups import build_groups
from nsoc_lib.leeragenda import build_leeragenda, count_leerpunten, count_leervragen
from nsoc_lib.meerwaarde import build_meerwaarde
from nsoc_lib.response import count_response
from nsoc_lib.shares import agreement_by_statement
from nsoc_lib.sources.cleaned import load_facts, load_source_table, load_source_tables, load_survey
from nsoc_lib.toetsingskader import Toetsingskader, build_toetsingskader, count_coverage
from nsoc_lib.toezeggingen import build_toezeggingen, count_toezeggingen

RESEARCH = {
    "interviews": "aanvullende-interviews",
    "duo": "duo-interviews",
    "groep": "groepsgesprekken",
    "buiten": "stakeholderinterviews",
}
COUNTS = {
    "genoemd": "activiteiten.actieplan.totaal",
    "lopend": "activiteiten.actieplan.lopend",
    "vertraagd": "activiteiten.actieplan.lopend-met-vertraging",
    "afgerond": "activiteiten.actieplan.afgerond-of-in-afronding",
    "ontbonden": "activiteiten.actieplan.ontbonden",
    "onbekend": "activiteiten.actieplan.onbekend",
    "elementen": "meerwaarde.aantal",
    "leerpunten": "leerpunten.aantal",
    "leervragen": "leervragen.aantal",
    "samen": "toetsingskader.6-2.totaal",
    "samengedekt": "toetsingskader.6-2.ja",
    "samenzonder": "toetsingskader.6-2.geen",
    "plan": "toetsingskader.6-3.totaal",
    "plangedekt": "toetsingskader.6-3.ja",
    "planzonder": "toetsingskader.6-3.geen",
    "registratie": "toetsingskader.6-3.registratie",
}


def load_answers(kader: str) -> Answers:
    """Read the research questions with their signed answers."""
    tables = ("onderzoeksvragen", "antwoorden", "antwoorden_bewijs")
    return build_answers(*(load_source_table(kader, name) for name in tables))


def load_toetsingskader(kader: str) -> Toetsingskader:
    """Read the criteria and our judgement of what the metingen give."""
    tables = ("toetsingskader", "dekking_toetsingskader")
    return build_toetsingskader(*(load_source_table(kader, name) for name in tables))


def load_indicators(meting: str, metingen: str, kader: str) -> dict[str, Indicator]:
    """Read what answers may rest on, by id: shares of the survey, findings, and counts of the instruments.

    ``meting`` has the questionnaire, ``metingen`` are folders with findings, with spaces between.
    """
    agenda = build_leeragenda(
        *(load_source_table(kader, name) for name in ("leerpunten", "leervragen", "leeragenda_standen"))
    )
    activities = build_activities(
        *(load_source_table(kader, f"activiteiten{suffix}") for suffix in ("", "_overgangen", "_standen"))
    )
    framework = load_toetsingskader(kader)
    states = count_states(activities, "actieplan")
    counts = [
        count_leerpunten(agenda),
        count_leervragen(agenda),
        build_meerwaarde(load_source_table(kader, "meerwaarde")).aantal,
        *(result for name in ("6.2", "6.3") for result in count_coverage(framework, name).values()),
        states.totaal,
        *states.per_stand.values(),
    ]
    findings = build_findings(load_source_tables(metingen, "bevindingen"))
    return (
        index_survey(load_survey(meting, "procesthermometer"))
        | index_findings((f.key, f.soort, _quote(f), findings.datasets[f.meting]) for f in findings.bevindingen)
        | index_results(counts, "telling")
    )


def load_summary(meting: str, metingen: str, kader: str) -> dict[str, Any]:
    """Read what a summary tells, by name, each a result under the id that the chapters give it.

    A statement of the questionnaire goes by its own id, the rest by the names below; of two that are the
    same the name below holds. Raises NsocError when a table or an activity of the research is not there.
    """
    survey = load_survey(meting, "procesthermometer")
    found = {name: indicator.wat for name, indicator in load_indicators(meting, metingen, kader).items()}
    registers = fieldwork.build_registers(
        load_source_tables(metingen, "onderzoeksactiviteiten"),
        load_source_tables(metingen, "betrokkenheid"),
        build_groups(load_source_table(kader, "groepen")),
    )
    promised = build_toezeggingen(
        load_source_table(kader, "toezeggingen"), load_source_table(kader, "toezeggingen_standen")
    )
    return {
        **agreement_by_statement(survey),
        "feiten": load_facts(kader),
        "respons": count_response(survey),
        **{name: fieldwork.select_activity(registers, activity) for name, activity in RESEARCH.items()},
        **{name: found[f"{kader}.{key}"] for name, key in COUNTS.items()},
        "toegezegd": count_toezeggingen(promised)["totaal"],
        "ongewijzigd": count_toezeggingen(promised)["toegezegd"],
    }


def _quote(finding: SourceFinding) -> str:
    """Return a finding in our words, with the published word for how many."""
    return f"{finding.label} ({finding.hoeveel})" if finding.hoeveel else finding.label
